/* What the page of a register's definition shows. */
#include "web/definition_part.h"

#include "base/banned.h"

static void put_input(const struct req *r, struct value *map, const char *key, str name,
                      str value)
{
    struct value *m = value_put_map(r->mem, map, key);
    const str error = req_fault_of(r, name);

    value_put_text(r->mem, m, "name", name);
    value_put_text(r->mem, m, "value", value);
    value_put_text_or_null(r->mem, m, "error", error);
    value_put_text(r->mem, m, "lang", page_lang_of(r, error));
}

static void put_kinds(const struct req *r, struct value *row, str chosen)
{
    struct value *list = value_put_list(r->mem, row, "kinds");

    for (int k = 0; k < FIELD_KIND_COUNT; k++) {
        struct value *one = value_add_map(r->mem, list);
        const str word = field_kind_word((enum field_kind)k);

        value_put_text(r->mem, one, "word", word);
        value_put_bool(r->mem, one, "is_chosen", str_eq(chosen.n ? chosen : STR("text"), word));
    }
}

static void put_choices(const struct req *r, struct value *row, const struct form_row *f,
                        uint32_t i)
{
    struct value *list = value_put_list(r->mem, row, "old_choices");

    for (uint32_t k = 0; k < f->choice_count; k++) {
        struct value *one = value_add_map(r->mem, list);

        value_put_text(r->mem, one, "name",
                       str_fmt(r->mem, "c.%u.%.*s", i, STR_ARG(f->choices[k].key)));
        value_put_text(r->mem, one, "value", f->choices[k].label);
    }
}

static void put_row(const struct req *r, struct value *list, const struct form_row *f,
                    uint32_t i)
{
    struct value *row = value_add_map(r->mem, list);
    const struct {
        const char *key;
        str value;
    } INPUTS[] = {
        { "label", f->label }, { "label_en", f->label_en }, { "kind", f->kind },
        { "unit", f->unit },   { "headings", f->headings }, { "choices", f->new_choices },
        { "required", { 0 } }, { "identity", { 0 } },       { "retired", { 0 } },
    };

    value_put_int(r->mem, row, "number", i + 1);
    value_put_text(r->mem, row, "key_name", str_fmt(r->mem, "f.%u.key", i));
    value_put_text(r->mem, row, "key", f->key);
    value_put_bool(r->mem, row, "is_old", f->key.n > 0);
    for (size_t k = 0; k < sizeof INPUTS / sizeof *INPUTS; k++)
        put_input(r, row, INPUTS[k].key, str_fmt(r->mem, "f.%u.%s", i, INPUTS[k].key),
                  INPUTS[k].value);
    value_put_bool(r->mem, row, "is_required", f->is_required);
    value_put_bool(r->mem, row, "is_identity", f->is_identity);
    value_put_bool(r->mem, row, "is_retired", f->is_retired);
    put_kinds(r, row, f->kind);
    put_choices(r, row, f, i);
}

static void put_targets(const struct req *r, struct value *map, const char *key, str name,
                        const struct definition_form *form, int chosen)
{
    struct value *list;

    put_input(r, map, key, name, (str){ 0 });
    list = value_put_list(r->mem, map->last, "targets");
    for (uint32_t i = 0; i < form->row_count; i++) {
        struct value *one = value_add_map(r->mem, list), *words = value_map(r->mem);
        str label = form->rows[i].label;

        value_put_int(r->mem, words, "row", i + 1);
        value_put_int(r->mem, one, "value", i);
        label = label.n ? label : req_message(r, "define.row", words);
        value_put_text(r->mem, one, "label", label);
        value_put_text(r->mem, one, "lang", page_lang_of(r, label));
        value_put_bool(r->mem, one, "is_chosen", chosen == (int)i);
    }
}

static void put_checks(const struct req *r, struct value *map,
                       const struct definition_form *form)
{
    struct value *list = value_put_list(r->mem, map, "checks");

    for (uint32_t i = 0; i < CHECKS_OFFERED; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_int(r->mem, row, "number", i + 1);
        put_targets(r, row, "less", str_fmt(r->mem, "k.%u.less", i), form, form->less[i]);
        put_targets(r, row, "more", str_fmt(r->mem, "k.%u.more", i), form, form->more[i]);
    }
}

void definition_form_put(const struct req *r, struct value *map,
                         const struct definition_form *form)
{
    struct value *list = value_put_list(r->mem, map, "rows");

    for (uint32_t i = 0; i < form->row_count; i++)
        put_row(r, list, &form->rows[i], i);
    value_put_int(r->mem, map, "row_count", form->row_count);
    value_put_bool(r->mem, map, "may_grow", form->row_count < FIELDS_MAX);
    put_checks(r, map, form);
    put_input(r, map, "name", STR("name"), form->name);
    put_input(r, map, "name_en", STR("name_en"), form->name_en);
    put_input(r, map, "about", STR("about"), form->about);
    put_input(r, map, "about_en", STR("about_en"), form->about_en);
    put_input(r, map, "key", STR("key"), form->key);
    value_put_text(r->mem, map, "book", form->book);
}
