/* Too much at once from one place, or from all: token buckets (a bucket fills at a rate up to
 * its size; what is taken from an empty one is refused).
 *
 * Honest people never meet it: one address may send `per_minute` forms in one go and as many
 * every minute after, all together `per_second` and twice that in one go. A loopback address is
 * not somebody's: it is a proxy that was not named to the server (--trust-from) or the machine
 * itself, so there the limit of all holds alone. Thread-safe; its memory is fixed. */
#ifndef MEGURI_WEB_FLOOD_H
#define MEGURI_WEB_FLOOD_H

#include <pthread.h>

#include "base/base.h"

enum { FLOOD_PLACES = 8192 }; /* addresses that are told apart at a time, 24 bytes each */

struct flood_place {
    uint64_t key;        /* of address and purpose; 0 = free */
    int64_t at_ms;       /* when it was last looked at */
    int64_t microtokens; /* millionths: what is left */
};
struct flood {
    pthread_mutex_t lock;
    struct flood_place all, places[FLOOD_PLACES];
};
void flood_init(struct flood *f);
void flood_done(struct flood *f);

struct flood_rate {
    const char *what; /* purposes do not take from each other: "voice", "receipt" */
    int per_minute;   /* of one address; 0 = not limited */
    int per_second;   /* of all; 0 = not limited */
};
/* Takes one. False: too much; *wait_s is when to come again (Retry-After). Two addresses whose
 * keys meet in one place share it: the older one forgets what it took. */
MUST bool flood_take(struct flood *f, const struct flood_rate *rate, str address,
                     int64_t now_ms, int *wait_s);

#endif
