/* What one record says differently from another, field by field. Things of a list are compared
 * with the thing of the same name, so that one that was put in does not make all that follow
 * look changed. */
#include "store/inner.h"

#include "base/banned.h"

enum {
    CHANGES_MAX = 2000, /* of one pair of records; whoever changes more has written it anew */
    ALIGNED_MAX = 400,  /* longer lists are compared place by place */
};

struct change {
    struct field_change field;
    struct change *next;
};

struct differ {
    struct arena *a;
    struct change *first, **last;
    uint32_t count;
};

static void add(struct differ *d, str path, str before, str after)
{
    struct change *one;

    if (d->count == CHANGES_MAX)
        return;
    one = NEW(d->a, struct change, 1);
    one->field = (struct field_change){ path, before, after };
    *d->last = one;
    d->last = &one->next;
    d->count++;
}

/* What a thing is called: its name or its text. */
static str name_of(const struct value *v)
{
    const str name = value_text(v, "name");

    return name.n ? name : value_text(v, "text");
}

static str shown(struct arena *a, const struct value *v)
{
    struct buf b;

    if (!v || v->kind == VALUE_NULL)
        return (str){ 0 };
    if (v->kind == VALUE_TEXT)
        return v->text;
    if (v->kind == VALUE_MAP && name_of(v).n)
        return name_of(v);
    buf_init(&b, a, 64, LIMIT_TEXT_BYTES);
    json_put(&b, v);
    return buf_str(&b);
}

/* Places move with every change of the document before them: they say nothing about it. */
static bool is_place(str key)
{
    return str_ends(key, STR("_at")) || str_eq(key, STR("at")) || str_eq(key, STR("order"))
           || str_eq(key, STR("line")) || str_eq(key, STR("column"));
}

static void compare(struct differ *d, str path, const struct value *before,
                    const struct value *after);

static str member(struct differ *d, str path, str key)
{
    return path.n ? str_fmt(d->a, "%.*s.%.*s", STR_ARG(path), STR_ARG(key)) : key;
}

static void compare_maps(struct differ *d, str path, const struct value *before,
                         const struct value *after)
{
    for (const struct value *v = before->first; v; v = v->next)
        if (!is_place(v->key))
            compare(d, member(d, path, v->key), v, value_get(after, v->key));
    for (const struct value *v = after->first; v; v = v->next)
        if (!is_place(v->key) && !value_get(before, v->key))
            compare(d, member(d, path, v->key), NULL, v);
}

static bool is_same_thing(const struct value *x, const struct value *y)
{
    if (x->kind != y->kind)
        return false;
    if (x->kind == VALUE_TEXT)
        return str_eq(x->text, y->text);
    return x->kind == VALUE_MAP && name_of(x).n && str_eq(name_of(x), name_of(y));
}

static const struct value **items_of(struct arena *a, const struct value *list)
{
    const struct value **items = NEW(a, const struct value *, list->count + 1);
    uint32_t n = 0;

    for (const struct value *v = list->first; v; v = v->next)
        items[n++] = v;
    return items;
}

/* For each thing of `after` the one of `before` to compare it with: of the same name, or else
 * the one in the same place that nothing else has taken; NULL = none. */
static const struct value **align(struct arena *a, const struct value **before,
                                  uint32_t before_count, const struct value **after,
                                  uint32_t after_count)
{
    const struct value **with = NEW(a, const struct value *, after_count);
    bool *taken = NEW(a, bool, before_count);

    for (uint32_t i = 0; i < after_count && after_count <= ALIGNED_MAX; i++)
        for (uint32_t k = 0; k < before_count && k < ALIGNED_MAX && !with[i]; k++)
            if (!taken[k] && is_same_thing(before[k], after[i])) {
                with[i] = before[k];
                taken[k] = true;
            }
    for (uint32_t i = 0; i < after_count && i < before_count; i++)
        if (!with[i] && !taken[i]) {
            with[i] = before[i];
            taken[i] = true;
        }
    /* What is left of `before` was taken out; it is marked by having no place in `with`. */
    for (uint32_t k = 0; k < before_count; k++)
        if (taken[k])
            before[k] = NULL;
    return with;
}

static void compare_lists(struct differ *d, str path, const struct value *before,
                          const struct value *after)
{
    const struct value **old = items_of(d->a, before), **new = items_of(d->a, after);
    const struct value **with = align(d->a, old, before->count, new, after->count);

    for (uint32_t i = 0; i < after->count; i++)
        compare(d, str_fmt(d->a, "%.*s[%u]", STR_ARG(path), i), with[i], new[i]);
    for (uint32_t i = 0; i < before->count; i++)
        if (old[i])
            compare(d, str_fmt(d->a, "%.*s[%u]", STR_ARG(path), i), old[i], NULL);
}

/* A thing that was put in or taken out is told by its name, then by what it holds. */
static void whole_thing(struct differ *d, str path, const struct value *before,
                        const struct value *after)
{
    const struct value *thing = before ? before : after;
    const str name = name_of(thing);

    if (name.n)
        add(d, path, before ? name : (str){ 0 }, after ? name : (str){ 0 });
    for (const struct value *v = thing->first; v; v = v->next)
        if (!is_place(v->key) && !(name.n && v->kind == VALUE_TEXT && str_eq(v->text, name)))
            compare(d, member(d, path, v->key), before ? v : NULL, after ? v : NULL);
}

/* The same of a list: item by item. */
static void whole_list(struct differ *d, str path, const struct value *before,
                       const struct value *after)
{
    uint32_t i = 0;

    for (const struct value *v = (before ? before : after)->first; v; v = v->next)
        compare(d, str_fmt(d->a, "%.*s[%u]", STR_ARG(path), i++), before ? v : NULL,
                after ? v : NULL);
}

static const struct value *present(const struct value *v)
{
    return v && v->kind != VALUE_NULL ? v : NULL;
}

static void compare(struct differ *d, str path, const struct value *before,
                    const struct value *after)
{
    const struct value *only;
    bool same_kind;
    str x, y;

    before = present(before);
    after = present(after);
    same_kind = before && after && before->kind == after->kind;
    only = before && after ? NULL : before ? before : after;

    if (same_kind && before->kind == VALUE_MAP) {
        compare_maps(d, path, before, after);
        return;
    }
    if (same_kind && before->kind == VALUE_LIST) {
        compare_lists(d, path, before, after);
        return;
    }
    if (only && only->kind == VALUE_BOOL && !only->truth)
        return; /* what was not so before it was there is no news */
    if (only && only->kind == VALUE_MAP) {
        whole_thing(d, path, before, after);
        return;
    }
    if (only && only->kind == VALUE_LIST) {
        whole_list(d, path, before, after);
        return;
    }
    x = shown(d->a, before);
    y = shown(d->a, after);
    if (!str_eq(x, y))
        add(d, path, x, y);
}

void record_diff(struct arena *a, const struct value *before, const struct value *after,
                 struct field_change **rows, uint32_t *count)
{
    struct differ d = { .a = a };
    uint32_t n = 0;

    d.last = &d.first;
    compare(&d, (str){ 0 }, before, after);
    *rows = NEW(a, struct field_change, d.count);
    for (const struct change *c = d.first; c; c = c->next)
        (*rows)[n++] = c->field;
    *count = n;
}
