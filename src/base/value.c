/* The value tree: nodes of one kind, linked to their siblings, all in the caller's arena. */
#define MEGURI_BASE_ROOM
#include "base/value.h"

#include <assert.h>

#include "base/banned.h"

static struct value *node(struct arena *a, enum value_kind kind)
{
    struct value *v = NEW(a, struct value, 1);

    v->kind = kind;
    return v;
}

static struct value *link_last(struct value *parent, struct value *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
    return child;
}

struct value *value_append(struct value *parent, struct value *child)
{
    child->tag = value_key_tag(child->key);
    return link_last(parent, child);
}

struct value *value_put_tagged(struct arena *a, struct value *map, str key, uint32_t tag,
                               enum value_kind kind)
{
    struct value *v = node(a, kind);

    assert(map->kind == VALUE_MAP);
    v->key = key;
    v->tag = tag;
#ifdef ARENA_DEBUG /* quadratic, so only in the build for tests */
    assert(!value_get(map, v->key));
#endif
    return link_last(map, v);
}

static struct value *add(struct arena *a, struct value *list, enum value_kind kind)
{
    assert(list->kind == VALUE_LIST);
    return link_last(list, node(a, kind));
}

struct value *value_map(struct arena *a)
{
    return node(a, VALUE_MAP);
}

struct value *value_list(struct arena *a)
{
    return node(a, VALUE_LIST);
}

struct value *value_add_map(struct arena *a, struct value *list)
{
    return add(a, list, VALUE_MAP);
}

struct value *value_add_list(struct arena *a, struct value *list)
{
    return add(a, list, VALUE_LIST);
}

void value_add_text(struct arena *a, struct value *list, str text)
{
    add(a, list, VALUE_TEXT)->text = text;
}

void value_add_int(struct arena *a, struct value *list, int64_t n)
{
    add(a, list, VALUE_INT)->number = n;
}

void value_add_null(struct arena *a, struct value *list)
{
    add(a, list, VALUE_NULL);
}

const struct value *value_get(const struct value *map, str key)
{
    const uint32_t tag = value_key_tag(key);

    if (!map || map->kind != VALUE_MAP)
        return NULL;
    for (const struct value *v = map->first; v; v = v->next)
        if (v->tag == tag && value_key_eq(v->key, key))
            return v;
    return NULL;
}

static const struct value *get_kind(const struct value *map, const char *key,
                                    enum value_kind kind)
{
    const struct value *v = value_get(map, str_from(key));

    return v && v->kind == kind ? v : NULL;
}

str value_text(const struct value *map, const char *key)
{
    const struct value *v = get_kind(map, key, VALUE_TEXT);

    return v ? v->text : (str){ NULL, 0 };
}

int64_t value_int(const struct value *map, const char *key)
{
    const struct value *v = get_kind(map, key, VALUE_INT);

    return v ? v->number : 0;
}

bool value_bool(const struct value *map, const char *key)
{
    const struct value *v = get_kind(map, key, VALUE_BOOL);

    return v && v->truth;
}

bool value_dec(const struct value *map, const char *key, dec *out)
{
    const struct value *v = get_kind(map, key, VALUE_TEXT);

    return v && dec_parse(v->text, out);
}
