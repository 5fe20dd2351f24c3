/* Entries of registers, and the areas they name. */
#include "model/register.h"

#include "base/banned.h"
#include "base/limits.h"

str register_entry_id(struct arena *a, const struct register_def *d,
                      const struct register_entry *one, uint32_t ordinal)
{
    struct buf b, hex;

    buf_init(&b, a, 128, LIMIT_TEXT_BYTES);
    buf_put(&b, d->key);
    for (uint32_t i = 0; i < d->identity_count; i++) {
        buf_put_char(&b, '\x1F'); /* stands in no value */
        buf_put(&b, one->values[d->identity[i]].v);
    }
    buf_fmt(&b, "\x1F%u", ordinal);
    buf_init(&hex, a, 64, 64);
    hash_put(&hex, hash_bytes(buf_str(&b)));
    return str_take(buf_str(&hex), 16);
}

int register_entry_check(const struct register_def *d, const struct register_entry *one)
{
    for (uint32_t i = 0; i < d->check_count; i++) {
        dec less, more;

        if (!one->reason.n && dec_parse(one->values[d->checks[i].less].v, &less)
            && dec_parse(one->values[d->checks[i].more].v, &more) && dec_cmp(less, more) > 0)
            return (int)i;
    }
    return -1;
}

static void entry_put(struct arena *a, struct value *list, const struct register_def *d,
                      const struct register_entry *one)
{
    struct value *row = value_add_map(a, list), *values, *pending = NULL;

    value_put_text(a, row, "id", one->id);
    values = value_put_map(a, row, "values");
    for (uint32_t i = 0; i < d->field_count; i++) {
        struct value *v;

        if (one->values[i].is_pending && !pending)
            pending = value_put_list(a, row, "pending");
        if (one->values[i].is_pending)
            value_add_text(a, pending, d->fields[i].key);
        if (!one->values[i].v.n)
            continue;
        v = NEW(a, struct value, 1);
        v->kind = VALUE_TEXT;
        v->key = d->fields[i].key;
        v->text = one->values[i].v;
        (void)value_append(values, v);
    }
    if (one->is_void)
        value_put_bool(a, row, "void", true);
    if (one->reason.n)
        value_put_text(a, row, "reason", one->reason);
    if (one->note.n)
        value_put_text(a, row, "note", one->note);
}

struct value *entries_value(struct arena *a, const struct register_def *d,
                            const struct register_entry *rows, uint32_t count,
                            const struct batch_source *source)
{
    struct value *v = value_map(a), *kinds, *list;

    value_put_text(a, v, "register", d->key);
    kinds = value_put_map(a, v, "kinds");
    for (uint32_t i = 0; i < d->field_count; i++) {
        struct value *kind = NEW(a, struct value, 1);

        kind->kind = VALUE_TEXT;
        kind->key = d->fields[i].key;
        kind->text = field_kind_word(d->fields[i].kind);
        (void)value_append(kinds, kind);
    }
    list = value_put_list(a, v, "rows");
    for (uint32_t i = 0; i < count; i++)
        entry_put(a, list, d, &rows[i]);
    value_put_text_or_null(a, v, "source_name", source->name);
    if (hash_is_zero(source->hash)) {
        value_put_null(a, v, "source");
    } else {
        struct buf hex;

        buf_init(&hex, a, 64, 64);
        hash_put(&hex, source->hash);
        value_put_text(a, v, "source", buf_str(&hex));
    }
    return v;
}

/* ---- areas ---- */

bool areas_read(struct arena *a, const struct value *tree, struct areas *out, struct err *e)
{
    const struct value *list = value_get(tree, STR("areas"));
    struct areas all = { NEW(a, struct area, list ? list->count : 0), 0 };

    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        const struct area one = { value_text(v, "key"), value_text(v, "name") };

        if (!one.key.n || !one.name.n)
            return err_set(e, ERR_INPUT, "地域の一覧: 番号と名前のない行があります。");
        for (uint32_t i = 0; i < all.count; i++)
            if (str_eq(all.rows[i].key, one.key) || str_eq(all.rows[i].name, one.name))
                return err_set(e, ERR_INPUT, "地域の一覧: 「%.*s」が2回あります。",
                               STR_ARG(one.name));
        all.rows[all.count++] = one;
    }
    *out = all;
    return true;
}

struct value *areas_value(struct arena *a, const struct areas *areas)
{
    struct value *v = value_map(a), *list = value_put_list(a, v, "areas");

    for (uint32_t i = 0; i < areas->count; i++) {
        struct value *row = value_add_map(a, list);

        value_put_text(a, row, "key", areas->rows[i].key);
        value_put_text(a, row, "name", areas->rows[i].name);
    }
    return v;
}
