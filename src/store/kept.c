/* A list, the one asked for last first. The oldest go when there is too much, and never while a
 * snapshot is open: its reader may hold them. */
#include "store/kept.h"

#include <string.h>

#include "base/banned.h"

struct kept {
    uint64_t tag; /* of the key: most entries are passed over by it */
    struct kept *older;
    void *what;
    struct kept_key key;
    struct arena mem; /* holds the entry itself */
};

/* Not for secrets: whose tag is the same is compared as well. */
static uint64_t tag_of(const struct kept_key *key)
{
    return str_hash(key->name) + (uint64_t)key->record * UINT64_C(0x9E3779B97F4A7C15)
           + (uint64_t)key->number * 64 + key->kind;
}

void *kept_find(struct conn *c, const struct kept_key *key)
{
    const uint64_t tag = tag_of(key);

    for (struct kept **at = &c->kept; *at; at = &(*at)->older) {
        struct kept *k = *at;

        if (k->tag == tag && k->key.record == key->record && k->key.kind == key->kind
            && k->key.number == key->number && str_eq(k->key.name, key->name)) {
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
    return c->is_snapshot && !c->is_keeping && c->kept_bytes < 2 * (size_t)KEPT_BYTES;
}

void kept_add(struct conn *c, const struct kept_key *key, struct arena *mem, const void *what,
              size_t size)
{
    struct kept *k = NEW(mem, struct kept, 1);

    k->key = *key;
    k->key.name = str_dup(mem, key->name);
    k->tag = tag_of(key);
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
    struct kept_key key = { .kind = how->kind, .name = how->name };
    const void *kept;
    bool is_read;

    if (!kept_is_open(c))
        return how->read(c, a, how->of, out, e);
    if (!store_generation(c, &key.record, e))
        return false;
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
