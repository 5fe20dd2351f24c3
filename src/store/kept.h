/* What was read of records, kept by a connection for whoever asks next. Records never change,
 * so what is kept is right for ever; it goes to make room. */
#ifndef MEGURI_STORE_KEPT_H
#define MEGURI_STORE_KEPT_H

#include "store/inner.h"

/* A sheet with what stands behind five indicators takes more than one of the limit. */
enum { KEPT_BYTES = 2 * LIMIT_KEPT_BYTES };

enum kept_kind { KEPT_INITIATIVE, KEPT_FINDINGS, KEPT_CHECKPOINT, KEPT_ACTUAL, KEPT_BINDING };
struct kept_key {
    enum kept_kind kind;
    int64_t record; /* seq of what it was read from; number of the checkpoint; of
                       KEPT_ACTUAL and KEPT_BINDING the generation: what there is may change
                       with any record */
    int number;     /* KEPT_FINDINGS: of the initiative, 0 = the whole plan */
    struct hash of; /* KEPT_ACTUAL: the record of the binding; number is the fiscal year.
                       KEPT_BINDING: SHA-256 of organisation and indicator */
};
/* What is kept under the key, NULL for nothing; it stays until the snapshot ends. */
void *kept_find(struct conn *c, const struct kept_key *key);
/* May more be kept? Only within a snapshot, and there up to twice KEPT_BYTES. */
bool kept_is_open(const struct conn *c);
/* Keeps a copy of *what (size bytes) and the arena in which all that it points to lies; *mem is
 * empty afterwards. */
void kept_add(struct conn *c, const struct kept_key *key, struct arena *mem, const void *what,
              size_t size);
/* Gives back all but the `limit` bytes that were asked for last; 0 = everything. */
void kept_trim(struct conn *c, size_t limit);

#endif
