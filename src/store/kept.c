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
    return c->is_snapshot && !c->is_keeping && c->kept_bytes < 2 * KEPT_BYTES;
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

bool kept_or_read(struct conn *c, struct arena *a, const struct kept_reader *how, void *out,
                  struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct kept_key key = { .kind = how->kind };
    const void *kept;
    bool is_read;

    if (!kept_is_open(c))
        return how->read(c, a, how->of, out, e);
    if (!store_generation(c, &key.record, e))
        return false;
    key.of = hash_bytes(how->name);
    kept = kept_find(c, &key);
    if (kept) {
        memcpy(out, kept, how->size);
        return true;
    }
    c->is_keeping = true;
    is_read = how->read(c, &mem, how->of, out, e);
    c->is_keeping = false;
    if (is_read)
        kept_add(c, &key, &mem, out, how->size);
    return is_read;
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
