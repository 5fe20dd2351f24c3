/* Answers that have been made once: pages are kept until somebody commits.
 *
 * Invariants:
 *  1. an entry is given only for the generation of the store that was asked for before it was
 * made;
 *  2. what a reader holds (cache_find gave it) stays as it is until cache_release, whatever
 * else happens;
 *  3. the cache never holds more than its limit, nor one entry of more than an eighth of it. */
#ifndef MEGURI_WEB_CACHE_H
#define MEGURI_WEB_CACHE_H

#include <pthread.h>

#include "base/base.h"

enum { CACHE_BUCKETS = 1024 };

struct cache_entry;

/* Zero-initialised, then cache_init. */
struct cache {
    pthread_mutex_t lock;
    size_t limit, used;    /* bytes */
    int64_t generation[2]; /* for which the entries were made */
    struct cache_entry *buckets[CACHE_BUCKETS];
    struct cache_entry *newest, *oldest; /* by last use */
};

/* What is kept of an answer. */
struct cached {
    str head, body, etag; /* header lines, bytes, the ETag among the lines */
};

void cache_init(struct cache *c, size_t limit);
void cache_done(struct cache *c); /* nobody may hold an entry */

/* The entry for a key, NULL when there is none for this generation. The generation is two
 * numbers: that of the store, and the day. */
struct cache_entry *cache_find(struct cache *c, const int64_t generation[2], str key,
                               struct cached *out);
/* Gives back what cache_find gave. Takes the entry as void * to be a release function of HTTP.
 */
void cache_release(void *entry);

/* Keeps a copy. */
void cache_put(struct cache *c, const int64_t generation[2], str key,
               const struct cached *what);

#endif
