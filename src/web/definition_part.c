/* A definition as a form, and back. The keys of fields and choices are never typed: those that
 * are there stay, new ones are made here. */
#include "web/definition_part.h"

#include "base/banned.h"

enum { SPARE_ROWS = 3, FIRST_ROWS = 6 };

/* ---- from a definition ---- */

/* What a table may call the field besides its labels and key. */
static str headings_of(struct arena *a, const struct value *field)
{
    const struct value *list = value_get(field, STR("synonyms"));
    struct buf b;

    buf_init(&b, a, 80, LIMIT_TEXT_BYTES);
    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        buf_fmt(&b, "%s%.*s", b.n ? "、" : "", STR_ARG(v->text));
    return buf_str(&b);
}

static str english_of(const str label[2])
{
    return str_eq(label[0], label[1]) ? (str){ 0 } : label[1];
}

static const struct value *field_tree(const struct value *def, str key)
{
    const struct value *list = value_get(def, STR("fields"));

    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        if (str_eq(value_text(v, "key"), key))
            return v;
    return NULL;
}

static void row_of(struct arena *a, const struct register_def *d, uint32_t i,
                   struct form_row *row)
{
    const struct register_field *f = &d->fields[i];

    *row = (struct form_row){ .key = f->key,
                              .label = f->label[0],
                              .label_en = english_of(f->label),
                              .kind = field_kind_word(f->kind),
                              .unit = f->unit,
                              .is_required = f->is_required,
                              .is_retired = f->is_retired,
                              .headings = headings_of(a, field_tree(d->tree, f->key)) };
    for (uint32_t k = 0; k < d->identity_count; k++)
        row->is_identity = row->is_identity || d->identity[k] == i;
    row->choices = NEW(a, struct form_choice, f->choice_count);
    for (uint32_t k = 0; k < f->choice_count; k++)
        row->choices[row->choice_count++] =
            (struct form_choice){ f->choices[k].key, f->choices[k].label[0] };
}

void definition_form_of(struct arena *a, const struct register_def *d,
                        struct definition_form *out)
{
    static const str BOOKS[] = { [BOOK_REGISTER] = STR_INIT("register"),
                                 [BOOK_COLLECTION] = STR_INIT("collection"),
                                 [BOOK_REVENUE] = STR_INIT("revenue") };

    *out = (struct definition_form){ .key = d->key,
                                     .name = d->name[0],
                                     .name_en = english_of(d->name),
                                     .about = d->about[0],
                                     .about_en = english_of(d->about),
                                     .section = d->section,
                                     .book = BOOKS[d->book],
                                     .before = d->tree };
    for (uint32_t i = 0; i < d->field_count; i++)
        row_of(a, d, i, &out->rows[i]);
    out->row_count = d->field_count + SPARE_ROWS;
    out->row_count = out->row_count > FIELDS_MAX ? FIELDS_MAX : out->row_count;
    for (uint32_t i = 0; i < CHECKS_OFFERED; i++) {
        out->less[i] = i < d->check_count ? (int)d->checks[i].less : -1;
        out->more[i] = i < d->check_count ? (int)d->checks[i].more : -1;
    }
}

void definition_form_new(struct definition_form *out)
{
    *out = (struct definition_form){ .book = STR("register"), .row_count = FIRST_ROWS };
    out->rows[0].kind = STR("date");
    out->rows[0].is_required = out->rows[0].is_identity = true;
    for (uint32_t i = 0; i < CHECKS_OFFERED; i++)
        out->less[i] = out->more[i] = -1;
}

/* ---- from what was typed ---- */

static str typed(const struct req *r, uint32_t row, const char *part)
{
    return req_field_fmt(r, "f.%u.%s", row, part);
}

static void choices_typed(const struct req *r, uint32_t row, struct form_row *out)
{
    const char *pattern = str_c(r->mem, str_fmt(r->mem, "c.%u.*", row));
    const uint32_t count = req_field_count(r, pattern);

    out->choices = NEW(r->mem, struct form_choice, count);
    for (uint32_t i = 0; i < count; i++) {
        struct form_choice *c = &out->choices[out->choice_count++];

        c->label = req_field_at(r, pattern, i, &c->key);
    }
}

static int row_typed(const struct req *r, const char *part, uint32_t check)
{
    dec n;

    return dec_parse(req_field_fmt(r, "k.%u.%s", check, part), &n) && !n.scale && n.n >= 0
                   && n.n < FIELDS_MAX
               ? (int)n.n
               : -1;
}

void definition_form_typed(const struct req *r, struct definition_form *out)
{
    dec rows = { FIRST_ROWS, 0 };

    out->key = req_field(r, "key");
    out->name = req_field(r, "name");
    out->name_en = req_field(r, "name_en");
    out->about = req_field(r, "about");
    out->about_en = req_field(r, "about_en");
    out->section = req_field(r, "section");
    out->book = req_field(r, "book");
    if (!dec_parse(req_field(r, "rows"), &rows))
        rows.n = FIRST_ROWS;
    if (str_eq(req_field(r, "do"), STR("more")))
        rows.n += SPARE_ROWS;
    out->row_count = rows.n > FIELDS_MAX || rows.n < 0 ? FIELDS_MAX : (uint32_t)rows.n;
    for (uint32_t i = 0; i < out->row_count; i++) {
        out->rows[i] = (struct form_row){ .key = typed(r, i, "key"),
                                          .label = typed(r, i, "label"),
                                          .label_en = typed(r, i, "label_en"),
                                          .kind = typed(r, i, "kind"),
                                          .unit = typed(r, i, "unit"),
                                          .is_required = typed(r, i, "required").n > 0,
                                          .is_identity = typed(r, i, "identity").n > 0,
                                          .is_retired = typed(r, i, "retired").n > 0,
                                          .headings = typed(r, i, "headings"),
                                          .new_choices = typed(r, i, "choices") };
        choices_typed(r, i, &out->rows[i]);
    }
    for (uint32_t i = 0; i < CHECKS_OFFERED; i++) {
        out->less[i] = row_typed(r, "less", i);
        out->more[i] = row_typed(r, "more", i);
    }
}

/* ---- keys ---- */

static bool is_taken(const struct definition_form *form, str key)
{
    for (uint32_t i = 0; i < form->row_count; i++)
        if (str_eq(form->rows[i].key, key))
            return true;
    return false;
}

/* A field of a kind that a register has once is called by it; others are numbered. */
static str field_key(struct arena *a, const struct definition_form *form, str kind)
{
    static const char *const ONCE[] = { "date", "area", "section", "partner", "year" };

    for (size_t i = 0; i < sizeof ONCE / sizeof *ONCE; i++)
        if (str_eq(kind, str_from(ONCE[i])) && !is_taken(form, kind))
            return kind;
    for (uint32_t n = 1;; n++) {
        const str key = str_fmt(a, "item-%u", n);

        if (!is_taken(form, key))
            return key;
    }
}

static str register_key(struct arena *a, str name)
{
    struct buf hex;

    buf_init(&hex, a, 64, 64);
    hash_put(&hex, hash_bytes(name));
    return str_fmt(a, "own-%.*s", STR_ARG(str_take(buf_str(&hex), 8)));
}

/* ---- to a tree ---- */

static void put_both(struct arena *a, struct value *map, const char *key, str ja, str en)
{
    struct value *both = value_put_map(a, map, key);

    value_put_text(a, both, "ja", ja);
    value_put_text(a, both, "en", en.n ? en : ja);
}

/* What a map held that the form does not know stays. */
static void keep_others(struct arena *a, struct value *map, const struct value *before)
{
    for (const struct value *v = before ? before->first : NULL; v; v = v->next) {
        struct value *copy;

        if (value_get(map, v->key))
            continue;
        copy = NEW(a, struct value, 1);
        *copy = *v;
        copy->next = NULL;
        (void)value_append(map, copy);
    }
}

static str choice_key(struct arena *a, const struct value *list)
{
    for (uint32_t n = 1;; n++) {
        const str key = str_fmt(a, "choice-%u", n);
        bool is_free = true;

        for (const struct value *v = list->first; v; v = v->next)
            is_free = is_free && !str_eq(value_text(v, "key"), key);
        if (is_free)
            return key;
    }
}

static const struct value *choice_tree(const struct value *field, str key)
{
    const struct value *list = value_get(field, STR("choices"));

    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        if (str_eq(value_text(v, "key"), key))
            return v;
    return NULL;
}

static void put_choices(struct arena *a, struct value *map, const struct form_row *row,
                        const struct value *before)
{
    struct value *list = value_put_list(a, map, "choices");
    str rest = row->new_choices;

    for (uint32_t i = 0; i < row->choice_count; i++) {
        const struct form_choice *c = &row->choices[i];
        const struct value *old = choice_tree(before, c->key);
        const struct value *label = value_get(old, STR("label"));
        const bool is_same = str_eq(value_text(label, "ja"), c->label);
        struct value *one;

        if (!c->label.n)
            continue;
        one = value_add_map(a, list);
        value_put_text(a, one, "key", c->key);
        put_both(a, one, "label", c->label, is_same ? value_text(label, "en") : (str){ 0 });
        keep_others(a, one, old);
    }
    while (rest.n) {
        struct value *one;
        str line;

        rest = str_cut(rest, '\n', &line);
        line = str_trim(line);
        if (!line.n)
            continue;
        one = value_add_map(a, list);
        value_put_text(a, one, "key", choice_key(a, list));
        put_both(a, one, "label", line, (str){ 0 });
    }
}

static void put_headings(struct arena *a, struct value *map, str headings)
{
    struct value *list;

    if (!headings.n)
        return;
    list = value_put_list(a, map, "synonyms");
    while (headings.n) {
        const ptrdiff_t at = str_find(headings, STR("、"));
        const str one = str_trim(at < 0 ? headings : str_take(headings, (size_t)at));

        headings = at < 0 ? (str){ 0 } : str_skip(headings, (size_t)at + STR("、").n);
        if (one.n)
            value_add_text(a, list, one);
    }
}

static void put_field(struct arena *a, struct value *list, const struct form_row *row,
                      const struct value *before)
{
    const struct value *old = field_tree(before, row->key);
    struct value *map = value_add_map(a, list);

    value_put_text(a, map, "key", row->key);
    put_both(a, map, "label", row->label, row->label_en);
    value_put_text(a, map, "kind", row->kind);
    if (row->unit.n)
        value_put_text(a, map, "unit", row->unit);
    if (row->is_required)
        value_put_bool(a, map, "required", true);
    if (row->is_retired)
        value_put_bool(a, map, "retired", true);
    put_headings(a, map, row->headings);
    if (str_eq(row->kind, STR("choice")))
        put_choices(a, map, row, old);
}

static void put_checks(struct arena *a, struct value *tree, const struct definition_form *form)
{
    struct value *list = value_put_list(a, tree, "checks");

    for (uint32_t i = 0; i < CHECKS_OFFERED; i++) {
        struct value *one;

        if (form->less[i] < 0 || form->more[i] < 0 || form->less[i] == form->more[i])
            continue;
        one = value_add_map(a, list);
        value_put_text(a, one, "less", form->rows[form->less[i]].key);
        value_put_text(a, one, "more", form->rows[form->more[i]].key);
    }
}

/* ---- what can be counted ---- */

static void add_measure(struct arena *a, struct value *list, const struct definition_form *form,
                        const struct form_row *row)
{
    struct value *one = value_add_map(a, list), *measure;

    value_put_text(a, one, "key",
                   row ? str_fmt(a, "sum-%.*s", STR_ARG(row->key)) : STR("count"));
    put_both(a, one, "name", row ? row->label : STR("件数"),
             row ? row->label_en : STR("Entries"));
    measure = value_put_map(a, one, "measure");
    value_put_text(a, measure, "kind", STR("register"));
    value_put_text(a, measure, "register", form->key);
    value_put_text(a, measure, "value", row ? STR("sum") : STR("count"));
    if (row)
        value_add_text(a, value_put_list(a, measure, "of"), row->key);
    value_put_text(a, measure, "unit", row ? row->unit : STR("件"));
}

static bool is_counted(const struct value *gives, str key)
{
    for (const struct value *v = gives->first; v; v = v->next) {
        const struct value *of = value_get(value_get(v, STR("measure")), STR("of"));

        for (const struct value *o = of ? of->first : NULL; o; o = o->next)
            if (str_eq(o->text, key))
                return true;
    }
    return false;
}

/* Those of the definition before, the number of entries, the sum of each quantity. */
static void put_gives(struct arena *a, struct value *tree, const struct definition_form *form)
{
    struct value *list = value_put_list(a, tree, "gives");
    const struct value *old = form->is_copy ? NULL : value_get(form->before, STR("gives"));

    for (const struct value *v = old ? old->first : NULL; v; v = v->next) {
        struct value *copy = NEW(a, struct value, 1);

        *copy = *v;
        copy->next = NULL;
        (void)value_append(list, copy);
    }
    if (!list->count)
        add_measure(a, list, form, NULL);
    for (uint32_t i = 0; i < form->row_count; i++)
        if (form->rows[i].label.n && str_eq(form->rows[i].kind, STR("quantity"))
            && !is_counted(list, form->rows[i].key))
            add_measure(a, list, form, &form->rows[i]);
}

static const struct value *tree_of(struct arena *a, const struct definition_form *form)
{
    struct value *tree = value_map(a), *list;

    value_put_text(a, tree, "key", form->key);
    put_both(a, tree, "name", form->name, form->name_en);
    put_both(a, tree, "about", form->about, form->about_en);
    if (!str_eq(form->book, STR("register")))
        value_put_text(a, tree, "book", form->book);
    if (form->section.n)
        value_put_text(a, tree, "section", form->section);
    list = value_put_list(a, tree, "fields");
    for (uint32_t i = 0; i < form->row_count; i++)
        if (form->rows[i].label.n)
            put_field(a, list, &form->rows[i], form->before);
    list = value_put_list(a, tree, "identity");
    for (uint32_t i = 0; i < form->row_count; i++)
        if (form->rows[i].label.n && form->rows[i].is_identity)
            value_add_text(a, list, form->rows[i].key);
    put_checks(a, tree, form);
    /* counted measures of a revenue or collection ledger are its own */
    if (str_eq(form->book, STR("register")))
        put_gives(a, tree, form);
    if (!form->is_copy)
        keep_others(a, tree, form->before);
    return tree;
}

/* ---- reading ---- */

static void fault_at(struct req *r, uint32_t row, const char *part, const char *message)
{
    struct value *words = value_map(r->mem);

    value_put_int(r->mem, words, "row", row + 1);
    req_fault_called(r, str_fmt(r->mem, "f.%u.%s", row, part),
                     req_message(r, "define.row", words), req_message(r, message, NULL));
}

static void row_check(struct req *r, const struct form_row *row, uint32_t i)
{
    if (!row->label.n) {
        if (row->key.n)
            fault_at(r, i, "label", "define.no_label");
        else if (row->unit.n || row->new_choices.n || row->is_identity)
            fault_at(r, i, "label", "define.label_missing");
        return;
    }
    if (field_kind_find(row->kind) < 0)
        fault_at(r, i, "kind", "define.no_kind");
    if (str_eq(row->kind, STR("choice")) && !row->choice_count && !row->new_choices.n)
        fault_at(r, i, "choices", "define.no_choices");
}

static void form_check(struct req *r, const struct definition_form *form)
{
    bool has_date = false, has_identity = false, has_label = false;

    for (uint32_t i = 0; i < form->row_count; i++) {
        const struct form_row *row = &form->rows[i];

        row_check(r, row, i);
        has_label = has_label || row->label.n;
        has_date = has_date || (row->label.n && str_eq(row->kind, STR("date")));
        has_identity = has_identity || (row->label.n && row->is_identity);
    }
    if (!has_label)
        fault_at(r, 0, "label", "define.no_fields");
    else if (!has_date)
        fault_at(r, 0, "kind", "define.no_date");
    else if (!has_identity)
        fault_at(r, 0, "identity", "define.no_identity");
    for (uint32_t i = 0; i < CHECKS_OFFERED; i++)
        if ((form->less[i] < 0) != (form->more[i] < 0))
            req_fault_called(r, str_fmt(r->mem, "k.%u.less", i),
                             req_message(r, "define.checks", NULL),
                             req_message(r, "define.half_check", NULL));
}

bool definition_form_read(struct req *r, struct definition_form *form, struct register_def *out)
{
    struct err e = { .code = ERR_NONE };

    form_check(r, form);
    if (!req_is_fine(r))
        return false;
    if (!form->key.n)
        form->key = register_key(r->mem, form->name);
    if (!form->about.n)
        form->about = form->name;
    for (uint32_t i = 0; i < form->row_count; i++)
        if (form->rows[i].label.n && !form->rows[i].key.n)
            form->rows[i].key = field_key(r->mem, form, form->rows[i].kind);
    if (register_read(r->mem, tree_of(r->mem, form), out, &e))
        return true;
    req_fault(r, (str){ 0 }, str_from(e.text));
    return false;
}
