/* The register that is entered, its line of inputs, its words. */
#include "web/entry_part.h"

#include "web/parts.h"
#include "web/staff.h"

#include <string.h>

#include "base/banned.h"

/* ---- the register and its places ---- */

struct place {
    const char *word, *path; /* below the register */
    bool needs_area, needs_pair, needs_define, needs_enter;
};

/* The amounts of a ledger of collection grow from month to month: they are not added up. */
bool entry_has_pair(const struct register_def *d)
{
    return d->check_count > 0 && d->book != BOOK_COLLECTION;
}

static bool is_place(const struct entry_view *w, const struct place *p)
{
    return (!p->needs_area || (w->v.def.area >= 0 && w->v.areas.count))
           && (!p->needs_pair || entry_has_pair(&w->v.def))
           && (!p->needs_define || w->may_define) && (!p->needs_enter || w->may_enter);
}

static void put_places(const struct entry_view *w, const char *here)
{
    static const struct place PLACES[] = {
        { .word = "line", .path = "" },
        { .word = "bulk", .path = "/bulk", .needs_enter = true },
        { .word = "calendar", .path = "/calendar" },
        { .word = "areas", .path = "/areas", .needs_area = true },
        { .word = "planned", .path = "/planned", .needs_pair = true },
        { .word = "definition", .path = "/definition", .needs_define = true },
    };
    const struct req *r = w->v.r;
    struct value *list = value_put_list(r->mem, w->v.page, "places");

    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        struct value *row;

        if (!is_place(w, &PLACES[i]))
            continue;
        row = value_add_map(r->mem, list);
        value_put_text(r->mem, row, "word", str_from(PLACES[i].word));
        value_put_text(r->mem, row, "url",
                       req_url(r, "/w/%.*s/evidence/%.*s%s", STR_ARG(w->v.ref.organisation),
                               STR_ARG(w->v.def.key), PLACES[i].path));
        value_put_bool(r->mem, row, "is_here", strcmp(PLACES[i].word, here) == 0);
    }
    value_put_text(r->mem, w->v.page, "public_url", w->v.url);
}

static bool duties_load(struct entry_view *w, struct err *e)
{
    const struct req *r = w->v.r;
    const struct duty_place at = { w->v.ref.organisation, { 0 }, r->now_ms };
    const struct duty_place kept_by = { at.organisation, w->v.def.section, r->now_ms };
    unsigned over;

    if (!store_book_duties(r->db, r->person->account, &kept_by, &w->duties, e)
        || !store_duties(r->db, r->person->account, &at, &over, e))
        return false;
    w->may_enter = (w->duties & DUTIES_ENTER) != 0;
    w->may_define = (over & DUTIES_DEFINE) != 0;
    return true;
}

bool entry_view_load(struct entry_view *w, struct req *r, struct value *page, const char *here,
                     struct err *e)
{
    struct organisation o;
    struct register_def d;

    *w = (struct entry_view){ .v = { .r = r, .page = page } };
    if (!staff_put_organisation(r, page, &o, e) || !register_view_load(&w->v, e)
        || !store_book(r->db, r->mem, &w->v.ref, &d, &w->record, e) || !duties_load(w, e))
        return false;
    w->url = req_url(r, "/w/%.*s/evidence/%.*s", STR_ARG(o.key), STR_ARG(w->v.def.key));
    page_crumb(r, page, o.name, req_url(r, "/w/%.*s", STR_ARG(o.key)));
    page_crumb(r, page, req_message(r, "evidence.title", NULL),
               req_url(r, "/w/%.*s/evidence", STR_ARG(o.key)));
    if (strcmp(here, "line") != 0)
        page_crumb(r, page, w->v.def.name[r->lang], w->url);
    page_title(r, page, w->v.def.name[r->lang]);
    value_put_text(r->mem, page, "register", w->v.ref.book);
    value_put_text(r->mem, page, "name", w->v.def.name[r->lang]);
    value_put_text(r->mem, page, "name_lang", page_lang_of(r, w->v.def.name[r->lang]));
    value_put_text(r->mem, page, "about_lang", page_lang_of(r, w->v.def.about[r->lang]));
    value_put_text(r->mem, page, "about", w->v.def.about[r->lang]);
    value_put_bool(r->mem, page, "may_enter", w->may_enter);
    value_put_bool(r->mem, page, "may_define", w->may_define);
    put_places(w, here);
    return true;
}

bool entry_actor(const struct entry_view *w, unsigned duties, struct actor *out, struct err *e)
{
    const struct req *r = w->v.r;
    unsigned held = w->duties & duties;

    *out = (struct actor){ r->person->account, { 0 } };
    for (int d = 0; d < DUTY_COUNT && !out->role.n; d++)
        if (held & DUTY_BIT(d))
            out->role = duty_word((enum duty)d);
    return out->role.n
           || err_set(e, ERR_DENIED,
                      "この台帳に記入するのは別の課です。記入が必要なときは企画担当に"
                      "知らせてください。");
}

void entry_hints(const struct entry_view *w, struct entry_hints *out)
{
    struct buf b;
    date today;

    buf_init(&b, w->v.r->mem, 40, 40);
    instant_put(&b, w->v.r->now_ms);
    *out = (struct entry_hints){ .def = &w->v.def, .areas = &w->v.areas };
    if (date_parse(str_take(buf_str(&b), 10), &today))
        out->fiscal_year = date_fiscal_year(today);
}

/* ---- texts ---- */

str *entry_typed(const struct entry_view *w)
{
    const struct register_def *d = &w->v.def;
    str *texts = NEW(w->v.r->mem, str, d->field_count);

    for (uint32_t i = 0; i < d->field_count; i++)
        texts[i] = req_field_fmt(w->v.r, "v.%.*s", STR_ARG(d->fields[i].key));
    return texts;
}

str *entry_texts(const struct entry_view *w, const struct register_entry *one)
{
    const struct register_def *d = &w->v.def;
    str *texts = NEW(w->v.r->mem, str, d->field_count);

    for (uint32_t i = 0; i < d->field_count; i++)
        texts[i] = one->values[i].is_pending ? STR("調査中") : one->values[i].v;
    return texts;
}

void entry_faults(const struct entry_view *w, const struct register_entries *read)
{
    struct req *r = w->v.r;
    const struct register_def *d = &w->v.def;

    for (uint32_t i = 0; i < read->fault_count; i++) {
        const struct table_fault *f = &read->faults[i];
        const struct register_field *field =
            f->column && f->column <= d->field_count ? &d->fields[f->column - 1] : NULL;

        if (f->severity != SEVERITY_ERROR)
            continue;
        if (field)
            req_fault_called(r, str_fmt(r->mem, "v.%.*s", STR_ARG(field->key)),
                             field->label[r->lang], f->message);
        else
            req_fault(r, (str){ 0 }, f->message);
    }
}

/* ---- the line ---- */

struct line {
    struct entry_view *w;
    const str *texts;
    const struct entry_rows *recent;
    struct organisation_list sections;
};

static void add_option(struct arena *a, struct value *list, str value, str label,
                       bool is_chosen)
{
    struct value *row = value_add_map(a, list);

    value_put_text(a, row, "value", value);
    value_put_text(a, row, "label", label);
    value_put_bool(a, row, "is_chosen", is_chosen);
}

/* A choice is shown as chosen by its key or any other way of writing it. */
static bool is_choice(struct arena *a, const struct choice *c, str text)
{
    const str folded = text_fold(a, text);

    for (uint32_t i = 0; i < c->spelling_count; i++)
        if (text.n && str_eq(c->spellings[i], folded))
            return true;
    return false;
}

static void put_options(const struct line *l, struct value *row, uint32_t field)
{
    const struct req *r = l->w->v.r;
    const struct register_field *f = &l->w->v.def.fields[field];
    const str text = l->texts[field];
    struct value *list;

    list = value_put_list(r->mem, row, "options");
    value_put_bool(r->mem, row, "has_options",
                   f->kind == FIELD_CHOICE || f->kind == FIELD_FLAG);
    if (f->kind != FIELD_CHOICE && f->kind != FIELD_FLAG)
        return;
    add_option(r->mem, list, (str){ 0 }, STR("–"), !text.n);
    for (uint32_t i = 0; i < f->choice_count; i++)
        add_option(r->mem, list, f->choices[i].key, f->choices[i].label[r->lang],
                   is_choice(r->mem, &f->choices[i], text));
    if (f->kind == FIELD_FLAG) {
        add_option(r->mem, list, STR("yes"), STR("○"), str_eq(text, STR("yes")));
        add_option(r->mem, list, STR("no"), STR("×"), str_eq(text, STR("no")));
    }
}

static bool is_listed(const struct value *list, str text)
{
    for (const struct value *v = list->first; v; v = v->next)
        if (str_eq(v->text, text))
            return true;
    return false;
}

/* Words that were written there before, at most this many. */
static void put_recent(const struct line *l, struct value *list, uint32_t field)
{
    enum { OFFERED = 20, LONGEST = 40 };

    for (uint32_t i = 0; l->recent && i < l->recent->count && list->count < OFFERED; i++) {
        const str v = l->recent->rows[i].entry.values[field].v;

        if (v.n && utf8_count(v) <= LONGEST && !is_listed(list, v))
            value_add_text(l->w->v.r->mem, list, v);
    }
}

static void put_list(const struct line *l, struct value *row, uint32_t field)
{
    const struct req *r = l->w->v.r;
    struct value *list = value_put_list(r->mem, row, "list");

    switch (l->w->v.def.fields[field].kind) {
    case FIELD_AREA:
        for (uint32_t i = 0; i < l->w->v.areas.count; i++)
            value_add_text(r->mem, list, l->w->v.areas.rows[i].name);
        break;
    case FIELD_SECTION:
        for (uint32_t i = 0; i < l->sections.count; i++)
            value_add_text(r->mem, list, l->sections.rows[i].name);
        put_recent(l, list, field);
        break;
    case FIELD_PARTNER:
    case FIELD_TEXT:
        put_recent(l, list, field);
        break;
    case FIELD_DATE:
    case FIELD_QUANTITY:
    case FIELD_CHOICE:
    case FIELD_FLAG:
    case FIELD_YEAR:
    case FIELD_KIND_COUNT:
        break;
    }
    value_put_bool(r->mem, row, "has_list", list->count > 0);
}

static void put_input(const struct line *l, struct value *row, uint32_t field)
{
    const struct req *r = l->w->v.r;
    const struct register_field *f = &l->w->v.def.fields[field];
    const str name = str_fmt(r->mem, "v.%.*s", STR_ARG(f->key));
    const str error = req_fault_of(r, name);

    value_put_text(r->mem, row, "name", name);
    value_put_text(r->mem, row, "kind", field_kind_word(f->kind));
    value_put_text(r->mem, row, "label", f->label[r->lang]);
    value_put_text(r->mem, row, "label_lang", page_lang_of(r, f->label[r->lang]));
    value_put_text_or_null(r->mem, row, "unit", f->unit);
    value_put_bool(r->mem, row, "is_required", f->is_required);
    value_put_bool(r->mem, row, "is_number", f->kind == FIELD_QUANTITY);
    value_put_text(r->mem, row, "value", l->texts[field]);
    value_put_text_or_null(r->mem, row, "error", error);
    value_put_text(r->mem, row, "lang", page_lang_of(r, error));
    put_options(l, row, field);
    put_list(l, row, field);
}

/* Who came here to enter begins in the first field; who came to read, at the top of the page.
 */
static bool is_entering(const struct entry_view *w)
{
    static const char *const SIGNS[] = { "enter", "saved", "like" };
    const struct req *r = w->v.r;

    for (size_t i = 0; !r->form && i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (req_query(r, SIGNS[i]).n)
            return true;
    for (uint32_t i = 0; !r->form && i < r->target.param_count; i++)
        if (str_starts(r->target.params[i].name, STR("v.")))
            return true;
    return false;
}

bool entry_put_fields(struct entry_view *w, struct value *map, const str *texts,
                      const struct entry_rows *recent, struct err *e)
{
    const struct req *r = w->v.r;
    struct line l = { w, texts, recent, { 0 } };
    struct value *list = value_put_list(r->mem, map, "fields");
    bool is_first = true;

    if (!store_sections(r->db, r->mem, w->v.ref.organisation, &l.sections, e))
        return false;
    for (uint32_t i = 0; i < w->v.def.field_count; i++) {
        struct value *row;

        if (w->v.def.fields[i].is_retired && !texts[i].n)
            continue;
        row = value_add_map(r->mem, list);
        put_input(&l, row, i);
        value_put_bool(r->mem, row, "is_first", is_first && is_entering(w));
        is_first = false;
    }
    return true;
}

/* ---- words ---- */

str entry_words(const struct entry_view *w, const struct register_entry *one)
{
    const struct register_def *d = &w->v.def;
    struct buf b;

    buf_init(&b, w->v.r->mem, 80, LIMIT_TEXT_BYTES);
    for (uint32_t i = 0; i < d->identity_count; i++) {
        const str v = register_value_label(&w->v, d->identity[i], &one->values[d->identity[i]]);

        if (v.n)
            buf_fmt(&b, "%s%.*s", b.n ? " " : "", STR_ARG(v));
    }
    return buf_str(&b);
}

void entry_put_columns(const struct entry_view *w, struct value *map)
{
    struct arena *a = w->v.r->mem;
    struct value *list = value_put_list(a, map, "columns");

    for (uint32_t i = 0; i < w->v.def.field_count; i++) {
        const struct register_field *f = &w->v.def.fields[i];
        struct value *head = value_add_map(a, list);

        value_put_text(a, head, "label", f->label[w->v.r->lang]);
        value_put_text(a, head, "label_lang", page_lang_of(w->v.r, f->label[w->v.r->lang]));
        value_put_text_or_null(a, head, "unit", f->unit);
        value_put_bool(a, head, "is_number", f->kind == FIELD_QUANTITY);
    }
}

void entry_put_row(const struct entry_view *w, struct value *row,
                   const struct register_entry *one)
{
    const struct req *r = w->v.r;
    struct value *cells;

    value_put_text(r->mem, row, "id", one->id);
    value_put_text(r->mem, row, "words", entry_words(w, one));
    value_put_bool(r->mem, row, "is_void", one->is_void);
    value_put_text_or_null(r->mem, row, "reason", one->reason);
    value_put_text_or_null(r->mem, row, "note", one->note);
    value_put_text(r->mem, row, "url",
                   req_url(r, "/w/%.*s/evidence/%.*s/%.*s", STR_ARG(w->v.ref.organisation),
                           STR_ARG(w->v.def.key), STR_ARG(one->id)));
    value_put_text(r->mem, row, "like_url", req_url_with(r, w->url, "like", one->id));
    cells = value_put_list(r->mem, row, "cells");
    for (uint32_t i = 0; i < w->v.def.field_count; i++) {
        struct value *cell = value_add_map(r->mem, cells);

        value_put_text_or_null(r->mem, cell, "text",
                               register_value_label(&w->v, i, &one->values[i]));
        value_put_bool(r->mem, cell, "is_number", w->v.def.fields[i].kind == FIELD_QUANTITY);
    }
}
