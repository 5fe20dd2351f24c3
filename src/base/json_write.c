/* JSON out. One writer, two orders: as put, or sorted (canonical). */
#define MEGURI_BASE_ROOM
#include "base/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"
#include "base/json_inner.h"
#include "base/limits.h"

/* RFC 8785 section 3.2.2.2: two characters where JSON has such a form, else \u00xx in lower
 * case. */
static void put_escape(struct buf *b, unsigned char c)
{
    static const char HEX[] = "0123456789abcdef";
    static const char SHORT[] = "\bb\tt\nn\ff\rr\"\"\\\\";

    for (const char *at = SHORT; *at; at += 2) {
        if ((unsigned char)*at == c) {
            buf_put(b, (str){ (const char[]){ '\\', at[1] }, 2 });
            return;
        }
    }
    buf_put(b, (str){ (const char[]){ '\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15] }, 6 });
}

/* Most strings need no escape: they are copied while they are looked at. False, with nothing
 * put, when this one does or has no room. */
static bool put_plain(struct buf *b, str s)
{
    char *to = buf_room(b, s.n + 2);

    if (!to || !json_copy_plain(to + 1, s))
        return false;
    to[0] = '"';
    to[s.n + 1] = '"';
    b->n += s.n + 2;
    return true;
}

void json_put_string(struct buf *b, str s)
{
    if (put_plain(b, s))
        return;
    buf_put_char(b, '"');
    for (;;) {
        size_t plain = json_plain(s);

        buf_put(b, str_take(s, plain));
        if (plain == s.n)
            break;
        put_escape(b, (unsigned char)s.p[plain]);
        s = str_skip(s, plain + 1);
    }
    buf_put_char(b, '"');
}

static int by_key(const void *a, const void *b)
{
    const struct value *const *left = a, *const *right = b;

    return json_key_cmp((*left)->key, (*right)->key);
}

static bool is_shown(const struct value *v)
{
    return v->kind != VALUE_MARKUP;
}

static void put_value(struct buf *b, const struct value *v, bool sorted, unsigned depth);

static void put_member(struct buf *b, const struct value *v, bool sorted, unsigned depth,
                       bool *any)
{
    if (!is_shown(v))
        return;
    if (*any)
        buf_put_char(b, ',');
    *any = true;
    json_put_string(b, v->key);
    buf_put_char(b, ':');
    put_value(b, v, sorted, depth);
}

static bool in_order(const struct value *map)
{
    for (const struct value *v = map->first; v && v->next; v = v->next)
        if (json_key_cmp(v->key, v->next->key) >= 0)
            return false;
    return true;
}

static void put_map_sorted(struct buf *b, const struct value *map, unsigned depth)
{
    enum { FEW = 32 }; /* most maps need no memory for their order */
    AUTO(arena_done) struct arena mem = { 0 };
    const struct value *few[FEW], **order = few;
    bool any = false;
    uint32_t n = 0;

    if (map->count > FEW)
        order = NEW(&mem, const struct value *, map->count);
    for (const struct value *v = map->first; v; v = v->next)
        order[n++] = v;
    qsort(order, n, sizeof *order, by_key);
    for (uint32_t i = 0; i < n; i++) {
        assert(i == 0 || json_key_cmp(order[i - 1]->key, order[i]->key) < 0); /* a key put twice
                                                                               */
        put_member(b, order[i], true, depth, &any);
    }
}

static void put_map(struct buf *b, const struct value *map, bool sorted, unsigned depth)
{
    bool any = false;

    buf_put_char(b, '{');
    if (sorted && !in_order(map))
        put_map_sorted(b, map, depth);
    else
        for (const struct value *v = map->first; v; v = v->next)
            put_member(b, v, sorted, depth, &any);
    buf_put_char(b, '}');
}

static void put_list(struct buf *b, const struct value *list, bool sorted, unsigned depth)
{
    bool any = false;

    buf_put_char(b, '[');
    for (const struct value *v = list->first; v; v = v->next) {
        if (!is_shown(v))
            continue;
        if (any)
            buf_put_char(b, ',');
        any = true;
        put_value(b, v, sorted, depth);
    }
    buf_put_char(b, ']');
}

static void put_value(struct buf *b, const struct value *v, bool sorted, unsigned depth)
{
    assert(depth < LIMIT_JSON_DEPTH);
    switch (v->kind) {
    case VALUE_NULL:
    case VALUE_MARKUP:
        buf_put(b, STR("null"));
        break;
    case VALUE_BOOL:
        buf_put(b, v->truth ? STR("true") : STR("false"));
        break;
    case VALUE_INT:
        assert(!sorted || (v->number > -JSON_INT_END && v->number < JSON_INT_END));
        buf_put_int(b, v->number);
        break;
    case VALUE_TEXT:
        json_put_string(b, v->text);
        break;
    case VALUE_LIST:
        put_list(b, v, sorted, depth + 1);
        break;
    case VALUE_MAP:
        put_map(b, v, sorted, depth + 1);
        break;
    }
}

void json_put(struct buf *b, const struct value *v)
{
    put_value(b, v, false, 0);
}

void json_put_canonical(struct buf *b, const struct value *v)
{
    put_value(b, v, true, 0);
}
