/* What the files about people share. */
#ifndef MEGURI_STORE_PEOPLE_INNER_H
#define MEGURI_STORE_PEOPLE_INNER_H

#include "store/inner.h"

/* ---- people.c ---- */

/* "2024-04-01": the day of an instant in Japan. */
str day_of(struct arena *a, int64_t now_ms);
/* Is there such an account, and may it sign in? */
MUST bool account_is_open(struct conn *c, str id, bool *is_open, struct err *e);
/* A statement about one account, with one number; within a transaction of the caller. */
MUST bool account_put_int(struct conn *c, enum sql statement, str account, int64_t n,
                          struct err *e);
/* A statement about one account alone. */
MUST bool account_run(struct conn *c, enum sql statement, str account, struct err *e);

/* ---- people_session.c ---- */

/* Within a transaction of the caller; `keep` zero = none is kept. */
MUST bool sessions_drop(struct conn *c, str account, struct hash keep, struct err *e);

/* ---- people_throttle.c: how often may somebody try? ---- */

enum counted {
    COUNT_PAIR,       /* a login from an address */
    COUNT_LOGIN,      /* a login from wherever */
    COUNT_ADDRESS,    /* an address, whatever login */
    COUNT_CODES,      /* the codes of an account */
    COUNT_INVITATION, /* invitation codes that are wrong, from an address */
    COUNTED
};
struct tries {
    struct hash key;
    int64_t failures, at_ms, until_ms, good_ms;
};
/* Within a transaction of the caller: what stands, with what is forgotten by now taken off. */
MUST bool tries_load(struct conn *c, enum counted what, struct hash key, int64_t now_ms,
                     struct tries *out, struct err *e);
/* Counts one more. */
MUST bool tries_add(struct conn *c, enum counted what, struct tries *t, int64_t now_ms,
                    struct err *e);
/* The last one was right. */
MUST bool tries_right(struct conn *c, enum counted what, struct tries *t, int64_t now_ms,
                      struct err *e);
/* Seconds until the next try, 0 = now. */
int tries_wait(const struct tries *t, int64_t now_ms);
struct hash tries_key(enum counted what, str one, str other);

/* ---- people_common.c: passwords that everybody tries first. Pure. ---- */

/* Words of one's own that a password may not be made of. */
struct own_words {
    const str *words; /* folded */
    size_t count;
};
/* NULL = nothing is wrong with it; otherwise a sentence in Japanese that says what. */
const char *password_weakness(struct arena *a, str password, str login, str name,
                              const struct own_words *own);

#endif
