/* Signed heads of logs (checkpoints): made, kept, listed. What a signature is: base/sign.h.
 * Part of store.h; include that.
 *
 * The private key lies beside the data, in a file of its own (ADDRESS.key, mode 0600): who
 * steals or alters the data file alone cannot sign. It is not part of a backup. */
#ifndef MEGURI_STORE_CHECKPOINT_H
#define MEGURI_STORE_CHECKPOINT_H

#include "base/sign.h"
#include "model/model.h"

struct conn;
typedef int64_t as_of; /* store.h */

/* The head of an organisation's log, signed. */
struct checkpoint_row {
    int64_t number; /* 1, 2, 3, ... in the order of signing */
    str organisation;
    uint64_t size;
    int64_t at_ms; /* when it was signed, by this machine's clock: not covered by the signature
                    */
    str verifier;  /* public key, as verifier_put writes it */
    str note;      /* the whole note: checkpoint_read */
    struct hash root;
};

/* Makes the key of these data when there is none: *is_new says so. `name` is for a new key
 * only,
 * "" = one made of the key itself. ERR_INPUT: a name that may not be; a key file that others
 * can read, or that is none. ERR_CONFLICT: a name is given and there is a key of another name.
 */
MUST bool store_key(struct conn *c, struct arena *a, str name, struct verifier *out,
                    bool *is_new, struct err *e);
/* The public key of the key file beside the data; name "" when there is none yet. */
MUST bool store_verifier(struct conn *c, struct arena *a, struct verifier *out, struct err *e);

/* Signs the head of an organisation's log as it stands and stores it; to be called whenever a
 * plan was published, after that was committed. Makes the key at first need. A head that was
 * signed before by the same key gives the row that there is. ERR_NOT_FOUND: no records. */
MUST bool store_checkpoint_sign(struct conn *c, struct arena *a, str organisation,
                                int64_t now_ms, struct checkpoint_row *out, struct err *e);
/* The newest one at an instant; number 0 when nothing was signed yet. */
MUST bool store_checkpoint(struct conn *c, struct arena *a, str organisation, as_of when,
                           struct checkpoint_row *out, struct err *e);
struct checkpoint_list {
    str organisation;
    as_of when;
    struct page_of page;
};
struct checkpoint_rows {
    struct checkpoint_row *rows; /* the largest first */
    uint32_t count;
    uint32_t total; /* on all pages of the list */
};
MUST bool store_checkpoints(struct conn *c, struct arena *a, const struct checkpoint_list *what,
                            struct checkpoint_rows *out, struct err *e);
/* Calls `visit` with each organisation that has a log, in the order of their keys. */
typedef bool log_fn(void *ctx, str organisation, struct err *e);
MUST bool logs_each(struct conn *c, log_fn *visit, void *ctx, struct err *e);
/* The root that the first `size` records give when each is hashed again, and how many records
 * the log has; the root is of all of them when it has fewer. */
MUST bool store_root(struct conn *c, str organisation, uint64_t size, struct hash *root,
                     uint64_t *have, struct err *e);

#endif
