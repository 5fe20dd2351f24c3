/* What was read of records, kept by a connection for whoever asks next. A record never changes,
 * so what was read of one is right for ever; what was read of many is asked for by the
 * generation, which is another after any commit. It goes to make room. */
#ifndef MEGURI_STORE_KEPT_H
#define MEGURI_STORE_KEPT_H

#include "store/inner.h"

/* A sheet with what stands behind five indicators takes more than one of the limit. */
enum { KEPT_BYTES = 2 * LIMIT_KEPT_BYTES };

enum kept_kind {
    KEPT_INITIATIVE,
    KEPT_FINDINGS,
    KEPT_CHECKPOINT,
    /* by kept_or_read: */
    KEPT_ACTUAL,
    KEPT_ALL_BOUND,
    KEPT_AREAS,
    KEPT_BINDING,
    KEPT_BOOK,
    KEPT_BOOKS,
    KEPT_BOOK_YEARS,
    KEPT_CELLS,
    KEPT_HEAD,
    KEPT_NEIGHBOURS,
    KEPT_NO_VOICES,
    KEPT_ENTRIES,
    KEPT_INDICATOR_NAME,
    KEPT_ORGANISATION,
    KEPT_SURVEY
};
struct kept_key {
    enum kept_kind kind;
    int64_t record; /* seq of what it was read from; number of the checkpoint; of what
                       kept_or_read keeps the generation: it may change with any record */
    int number;     /* KEPT_FINDINGS: of the initiative, 0 = the whole plan */
    str name;       /* of what kept_or_read keeps: the reader's */
};
/* What is kept under the key, NULL for nothing; it stays until the snapshot ends. */
void *kept_find(struct conn *c, const struct kept_key *key);
/* May more be kept? Only within a snapshot, and there up to twice KEPT_BYTES. */
bool kept_is_open(const struct conn *c);
/* Keeps a copy of the key and of *what (size bytes), and the arena in which all that *what
 * points to lies; *mem is empty afterwards. */
void kept_add(struct conn *c, const struct kept_key *key, struct arena *mem, const void *what,
              size_t size);
/* How something is read that stays as it is until the next record. What *out points to lies in
 * the arena, nothing of it in `of`. What `read` reads in turn is not kept by itself, so that
 * nothing that is kept borrows from what may go sooner. */
struct kept_reader {
    enum kept_kind kind;
    str name; /* tells it from the others of its kind */
    const void *of;
    bool (*read)(struct conn *c, struct arena *a, const void *of, void *out, struct err *e);
    size_t size; /* of *out */
};
/* What is kept, or what `read` gives, which is kept then; outside a snapshot it only reads.
 * *out is valid until the snapshot ends, or as long as the arena. Fails as `read` does, and
 * keeps no failure. */
MUST bool kept_or_read(struct conn *c, struct arena *a, const struct kept_reader *how,
                       void *out, struct err *e);
/* Gives back all but the `limit` bytes that were asked for last; 0 = everything. */
void kept_trim(struct conn *c, size_t limit);

#endif
