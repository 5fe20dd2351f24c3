/* The page cache: a hash table and a list by last use, under one lock that is held for a few
 * instructions. An entry is one piece of memory; whoever lets go of it last gives it back. */
#include "web/cache.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "base/banned.h"

struct cache_entry {
    struct arena mem; /* holds the entry itself */
    size_t size;
    uint64_t hash;
    str key;
    struct cached what;
    atomic_uint holders; /* the table is one of them */
    struct cache_entry *next_in_bucket;
    struct cache_entry *newer, *older;
};

void cache_init(struct cache *c, size_t limit)
{
    pthread_mutex_init(&c->lock, NULL);
    c->limit = limit;
}

void cache_release(void *entry)
{
    struct cache_entry *e = entry;

    if (atomic_fetch_sub(&e->holders, 1) == 1) {
        struct arena mem = e->mem;

        arena_done(&mem);
    }
}

/* ---- under the lock ---- */

static void list_remove(struct cache *c, struct cache_entry *e)
{
    if (e->newer)
        e->newer->older = e->older;
    else
        c->newest = e->older;
    if (e->older)
        e->older->newer = e->newer;
    else
        c->oldest = e->newer;
}

static void list_add(struct cache *c, struct cache_entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    if (c->newest)
        c->newest->newer = e;
    c->newest = e;
    if (!c->oldest)
        c->oldest = e;
}

static struct cache_entry **bucket_of(struct cache *c, uint64_t hash)
{
    return &c->buckets[hash % CACHE_BUCKETS];
}

static struct cache_entry *lookup(struct cache *c, uint64_t hash, str key)
{
    struct cache_entry *e = *bucket_of(c, hash);

    while (e && !(e->hash == hash && str_eq(e->key, key)))
        e = e->next_in_bucket;
    return e;
}

static void drop(struct cache *c, struct cache_entry *e)
{
    struct cache_entry **at = bucket_of(c, e->hash);

    while (*at != e)
        at = &(*at)->next_in_bucket;
    *at = e->next_in_bucket;
    list_remove(c, e);
    c->used -= e->size;
    cache_release(e);
}

static bool is_same(const int64_t a[2], const int64_t b[2])
{
    return a[0] == b[0] && a[1] == b[1];
}

/* A commit since the last look: everything is forgotten. */
static void generation_set(struct cache *c, const int64_t generation[2])
{
    if (is_same(c->generation, generation))
        return;
    while (c->oldest)
        drop(c, c->oldest);
    memcpy(c->generation, generation, sizeof c->generation);
}

/* ---- from outside ---- */

struct cache_entry *cache_find(struct cache *c, const int64_t generation[2], str key,
                               struct cached *out)
{
    uint64_t hash = str_hash(key);
    struct cache_entry *e = NULL;

    pthread_mutex_lock(&c->lock);
    if (is_same(c->generation, generation))
        e = lookup(c, hash, key);
    if (e) {
        atomic_fetch_add(&e->holders, 1);
        if (e != c->newest) {
            list_remove(c, e);
            list_add(c, e);
        }
        *out = e->what;
    }
    pthread_mutex_unlock(&c->lock);
    return e;
}

static str copy(char **to, str s)
{
    str kept = { *to, s.n };

    if (s.n)
        memcpy(*to, s.p, s.n);
    *to += s.n;
    return kept;
}

/* Entry and texts in one piece. */
static struct cache_entry *entry_new(str key, const struct cached *what)
{
    struct arena mem = { 0 };
    struct cache_entry *e;
    char *text;

    e = arena_alloc(&mem, sizeof *e + key.n + what->head.n + what->body.n + what->etag.n, 1);
    text = (char *)(e + 1);
    e->key = copy(&text, key);
    e->what.head = copy(&text, what->head);
    e->what.body = copy(&text, what->body);
    e->what.etag = copy(&text, what->etag);
    e->hash = str_hash(key);
    e->size = mem.total;
    e->mem = mem;
    atomic_init(&e->holders, 1);
    return e;
}

void cache_put(struct cache *c, const int64_t generation[2], str key, const struct cached *what)
{
    struct cache_entry *e, *old;

    if (what->body.n + what->head.n > c->limit / 8)
        return;
    e = entry_new(key, what);
    pthread_mutex_lock(&c->lock);
    generation_set(c, generation);
    old = lookup(c, e->hash, key);
    if (old) /* another thread was making the same */
        drop(c, old);
    while (c->oldest && c->used + e->size > c->limit)
        drop(c, c->oldest);
    e->next_in_bucket = *bucket_of(c, e->hash);
    *bucket_of(c, e->hash) = e;
    list_add(c, e);
    c->used += e->size;
    pthread_mutex_unlock(&c->lock);
}

void cache_done(struct cache *c)
{
    while (c->oldest)
        drop(c, c->oldest);
    pthread_mutex_destroy(&c->lock);
}
