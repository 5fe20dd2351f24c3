/* A list, the one asked for last first. The oldest go when there is too much, and never while a
 * snapshot is open: its reader may hold them. */
#include "store/kept.h"

#include <string.h>

#include "base/banned.h"

struct kept {
    struct arena mem; /* holds the entry itself */
    struct kept_key key;
    void *what;
    struct kept *older;
};

void *kept_find(struct conn *c, const struct kept_key *key)
{
    for (struct kept **at = &c->kept; *at; at = &(*at)->older) {
        struct kept *k = *at;

        if (k->key.record == key->record && k->key.kind == key->kind
            && k->key.number == key->number && hash_eq(k->key.of, key->of)) {
            *at = k->older;
            k->older = c->kept;
            c->kept = k;
            return k->what;
        }
    }
    return NULL;
}

bool kept_is_open(const struct conn *c)
{
    return c->is_snapshot && c->kept_bytes < 2 * KEPT_BYTES;
}

void kept_add(struct conn *c, const struct kept_key *key, struct arena *mem, const void *what,
              size_t size)
{
    struct kept *k = NEW(mem, struct kept, 1);

    k->key = *key;
    k->what = arena_alloc(mem, size, 1);
    memcpy(k->what, what, size);
    k->mem = *mem;
    k->older = c->kept;
    c->kept = k;
    c->kept_bytes += mem->total;
    *mem = (struct arena){ 0 };
}

void kept_trim(struct conn *c, size_t limit)
{
    struct kept **at = &c->kept;
    size_t used = 0;

    if (c->kept_bytes <= limit)
        return;
    while (*at) {
        struct kept *k = *at;
        struct arena mem = k->mem;

        if (used + mem.total <= limit) {
            used += mem.total;
            at = &k->older;
        } else {
            *at = k->older;
            arena_done(&mem);
        }
    }
    c->kept_bytes = used;
}
