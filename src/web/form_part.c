/* A form laid out from the table of its fields. */
#include "web/form_part.h"

#include <assert.h>

#include "base/banned.h"
#include "web/fields.h"

struct form_part form_part_begin(const struct req *r, struct value *map,
                                 const struct field *table, str id, bool is_back)
{
    return (struct form_part){
        .r = r,
        .map = map,
        .fields = value_put_list(r->mem, map, "fields"),
        .table = table,
        .id = id,
        .is_back = is_back,
    };
}

/* What the kind of a field looks like; a choice is none of them. */
static void put_kind(struct arena *a, struct value *m, const struct field *f, bool is_choice)
{
    static const char *const LOOKS[] = {
        [INPUT_LINE] = "is_line",   [INPUT_TEXT] = "is_area", [INPUT_FLAG] = "is_flag",
        [INPUT_COUNT] = "is_count", [INPUT_DAY] = "is_day",   [INPUT_FILE] = "is_file",
    };

    for (size_t k = 0; k < sizeof LOOKS / sizeof *LOOKS; k++)
        if (LOOKS[k])
            value_put_bool(a, m, LOOKS[k], !is_choice && f->kind == (enum input_kind)k);
    value_put_bool(a, m, "is_choice", is_choice);
}

static struct value *put_field(struct form_part *f, const char *name, str value, str hint,
                               bool is_choice)
{
    const struct req *r = f->r;
    const struct field *row = field_find(f->table, str_from(name));
    struct value *m = value_add_map(r->mem, f->fields);
    str error = f->is_back ? req_fault_of(r, str_from(name)) : (str){ 0 };

    assert(row && "the table of a form has no such field");
    if (f->is_back)
        value = req_typed(r, name, value);
    value_put_text(r->mem, m, "name", str_from(name));
    value_put_text(r->mem, m, "id",
                   f->is_back ? str_fmt(r->mem, "f-%s", name)
                              : str_fmt(r->mem, "%.*s-%s", STR_ARG(f->id), name));
    value_put_text(r->mem, m, "label", str_from(row->label[r->lang]));
    value_put_text(r->mem, m, "value", value);
    value_put_bool(r->mem, m, "is_ticked", str_eq(value, STR("1")));
    value_put_bool(r->mem, m, "is_required", row->is_required);
    value_put_text_or_null(r->mem, m, "hint", hint);
    value_put_text_or_null(r->mem, m, "error", error);
    value_put_text(r->mem, m, "error_lang", page_lang_of(r, error));
    put_kind(r->mem, m, row, is_choice);
    value_put_list(r->mem, m, "options");
    if (is_choice)
        value_put_list(r->mem, m, "groups");
    return m;
}

struct value *form_part_field(struct form_part *f, const char *name, str value, str hint)
{
    return put_field(f, name, value, hint, false);
}

struct value *form_part_choice(struct form_part *f, const char *name, str value, str hint)
{
    return put_field(f, name, value, hint, true);
}

static void put_option(struct form_part *f, struct value *m, const struct value *choice,
                       str value, str label)
{
    struct arena *a = f->r->mem;

    value_put_text(a, m, "value", value);
    value_put_text(a, m, "label", label);
    value_put_text(a, m, "lang", page_lang_of(f->r, label));
    value_put_bool(a, m, "is_chosen", str_eq(value, value_text(choice, "value")));
}

static struct value *member(struct value *map, str key)
{
    struct value *m = map->first;

    while (m && !str_eq(m->key, key))
        m = m->next;
    return m;
}

void form_part_option(struct form_part *f, struct value *choice, str value, str label)
{
    struct value *options = member(choice, STR("options"));

    put_option(f, value_add_map(f->r->mem, options), choice, value, label);
}

void form_part_grouped(struct form_part *f, struct value *choice,
                       const struct form_group *option)
{
    struct arena *a = f->r->mem;
    struct value *groups = member(choice, STR("groups")), *group = groups->last;

    if (!group || !str_eq(value_text(group, "group"), option->name)) {
        group = value_add_map(a, groups);
        value_put_text(a, group, "group", option->name);
        value_put_list(a, group, "options");
    }
    put_option(f, value_add_map(a, group->last), choice, option->value, option->label);
}
