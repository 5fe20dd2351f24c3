/* Inside the room: documents and other bytes, by their hash. */
#ifndef MEGURI_STORE_BLOB_H
#define MEGURI_STORE_BLOB_H

#include "store/inner.h"

MUST bool blob_save(struct conn *c, struct arena *a, struct hash hash, str bytes,
                    struct err *e);
/* A document that everybody may read: its bytes, and the record that says so. What is there
 * already makes no record. */
struct open_document {
    str organisation, name, bytes;
};
MUST bool document_save(struct conn *c, const struct stamp *stamp,
                        const struct open_document *document, struct hash *hash, struct err *e);
/* Any blob by its hash, also one that no page may hand out. */
MUST bool blob_load(struct conn *c, struct arena *a, struct hash hash, str *bytes,
                    struct err *e);
/* False when the stored bytes are not a packed document of that size. */
MUST bool blob_unpack(struct arena *a, str packing, str stored, uint64_t size, str *bytes);

#endif
