/* The entry page of a register: a line of inputs on top, what was entered below it.
 *
 *  1. What was typed is never lost: a refusal shows the line again as it was.
 *  2. The same line sent twice is one entry: the second finds it there.
 *  3. Another entry with the same day and name is asked about, never overwritten. */
#include "web/entry_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* clang-format off */
const struct field ENTRY_FIELDS[] = {
    { "v.*", INPUT_TEXT, 2000, false, { "項目", "Field" } },
    { "reason", INPUT_TEXT, 400, false, { "ありえない値が正しい理由", "Why the impossible value is right" } },
    { "same", INPUT_LINE, 20, false, { "前からある1件", "The entry that is there" } },
    { "ordinal", INPUT_COUNT, 0, false, { "何件目か", "Number among equal ones" } },
    { "again", INPUT_FLAG, 0, false, { "同じ内容を続ける", "Go on with the same" } },
    { 0 },
};
/* clang-format on */

enum { ENTRIES_ON_A_PAGE = 30, RECENT_MS = 60 * 1000, EQUAL_MAX = 200 };

/* ---- the list ---- */

static bool has_section(const struct register_def *d)
{
    for (uint32_t i = 0; i < d->field_count; i++)
        if (d->fields[i].kind == FIELD_SECTION)
            return true;
    return false;
}

static void put_filter(struct entry_view *w, const struct entry_filter *f)
{
    const struct req *r = w->v.r;
    struct value *map = value_put_map(r->mem, w->v.page, "filter"), *list;

    value_put_text(r->mem, map, "url", w->url);
    value_put_text(r->mem, map, "from", req_query(r, "from"));
    value_put_text(r->mem, map, "to", req_query(r, "to"));
    value_put_text(r->mem, map, "text", f->text);
    value_put_text(r->mem, map, "section", f->section);
    value_put_bool(r->mem, map, "has_section", has_section(&w->v.def));
    list = value_put_list(r->mem, map, "areas");
    for (uint32_t i = 0; w->v.def.area >= 0 && i < w->v.areas.count; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "name", w->v.areas.rows[i].name);
        value_put_bool(r->mem, row, "is_chosen", str_eq(f->area, w->v.areas.rows[i].name));
    }
    value_put_bool(r->mem, map, "has_areas", list->count > 0);
    value_put_bool(r->mem, map, "is_set",
                   f->from.n || f->before.n || f->area.n || f->section.n || f->text.n);
}

/* A day or month as people type it; what is none does not filter. */
static str day_asked(const struct entry_view *w, const char *name)
{
    const str typed = req_query(w->v.r, name);
    struct entry_hints hints;
    struct buf b;
    date d;

    entry_hints(w, &hints);
    if (!typed.n || date_read(typed, hints.fiscal_year, &d) != DATE_FINE)
        return (str){ 0 };
    buf_init(&b, w->v.r->mem, 16, 16);
    if (d.day)
        date_put(&b, d);
    else
        buf_fmt(&b, "%04d-%02d", d.year, d.month);
    return buf_str(&b);
}

static void filter_of(const struct entry_view *w, struct entry_filter *f)
{
    const struct req *r = w->v.r;
    str to = day_asked(w, "to");

    *f = (struct entry_filter){
        .from = day_asked(w, "from"),
        .area = req_query(r, "area"),
        .section = req_query(r, "section"),
        .text = req_query(r, "text"),
        .when = r->at,
        .page = req_page_of(r, ENTRIES_ON_A_PAGE),
    };
    /* up to and with the day or month: what sorts behind everything that begins like it */
    if (to.n)
        f->before = str_fmt(r->mem, "%.*s~", STR_ARG(to));
}

/* The entries as a table of their own words: what it gives can be read in again. */
static void add_flat(struct entry_view *w, struct value *list, const struct register_entry *one)
{
    struct arena *a = w->v.r->mem;
    struct value *row = value_add_map(a, list);
    const str *texts = entry_texts(w, one);

    for (uint32_t i = 0; i < w->v.def.field_count; i++)
        value_put_text(a, row, str_c(a, w->v.def.fields[i].key), texts[i]);
    if (register_field_find(&w->v.def, STR("reason")) < 0)
        value_put_text(a, row, "reason", one->reason);
    if (register_field_find(&w->v.def, STR("void")) < 0)
        value_put_text(a, row, "void", one->is_void ? STR("yes") : (str){ 0 });
}

static bool put_list(struct entry_view *w, struct entry_rows *rows, struct err *e)
{
    struct req *r = w->v.r;
    struct value *list = value_put_list(r->mem, w->v.page, "entries");
    struct value *flat = value_put_list(r->mem, w->v.page, "rows");
    const str saved = req_query(r, "saved");
    struct entry_filter filter;

    filter_of(w, &filter);
    put_filter(w, &filter);
    if (!store_entries(r->db, r->mem, &(struct open_book){ w->v.ref, &w->v.def }, &filter, rows,
                       e))
        return false;
    entry_put_columns(w, w->v.page);
    for (uint32_t i = 0; i < rows->count; i++) {
        add_flat(w, flat, &rows->rows[i].entry);
        if (!str_eq(rows->rows[i].entry.id, saved)) /* it stands on top */
            entry_put_row(w, value_add_map(r->mem, list), &rows->rows[i].entry);
    }
    value_put_bool(r->mem, w->v.page, "has_entries", rows->count > 0);
    page_put_pages(r, w->v.page, filter.page, rows->total);
    return true;
}

/* ---- what was saved just now ---- */

/* What the reader of cells would say of it: no value yet, or words beside a number. */
static void put_remarks(const struct entry_view *w, struct value *map,
                        const struct register_entry *one)
{
    const struct req *r = w->v.r;
    struct value *list = value_put_list(r->mem, map, "remarks");

    for (uint32_t i = 0; i < w->v.def.field_count; i++) {
        struct value *words;

        if (!one->values[i].is_pending)
            continue;
        words = value_map(r->mem);
        value_put_text(r->mem, words, "label", w->v.def.fields[i].label[r->lang]);
        value_add_text(r->mem, list, req_message(r, "entry.is_pending", words));
    }
    if (one->note.n) {
        struct value *words = value_map(r->mem);

        value_put_text(r->mem, words, "note", one->note);
        value_add_text(r->mem, list, req_message(r, "entry.is_noted", words));
    }
}

static bool entry_find(struct entry_view *w, str id, struct entry_version *out, struct err *e)
{
    struct entry_versions found;

    *out = (struct entry_version){ 0 };
    if (!id.n)
        return true;
    if (store_entry_versions(w->v.r->db, w->v.r->mem,
                             &(struct open_book){ w->v.ref, &w->v.def }, id, &found, e))
        *out = found.rows[0];
    return out->batch || e->code == ERR_NOT_FOUND;
}

static bool put_saved(struct entry_view *w, struct entry_version *out, struct err *e)
{
    struct req *r = w->v.r;
    struct value *map;

    if (!entry_find(w, req_query(r, "saved"), out, e))
        return false;
    if (!out->batch) {
        value_put_null(r->mem, w->v.page, "saved");
        return true;
    }
    map = value_put_map(r->mem, w->v.page, "saved");
    entry_put_row(w, map, &out->entry);
    put_remarks(w, map, &out->entry);
    return true;
}

/* A table that went in: ?fresh=3&changed=1. */
static void put_stored(struct entry_view *w)
{
    static const char *const COUNTS[] = { "fresh", "changed", "voided", "same" };
    const struct req *r = w->v.r;
    struct value *map, *words;
    dec n;

    if (!dec_parse(req_query(r, "fresh"), &n)) {
        value_put_null(r->mem, w->v.page, "stored");
        return;
    }
    map = value_put_map(r->mem, w->v.page, "stored");
    words = value_map(r->mem);
    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++) {
        if (!dec_parse(req_query(r, COUNTS[i]), &n))
            n = (dec){ 0, 0 };
        value_put_text(r->mem, words, COUNTS[i], dec_str(r->mem, n));
    }
    value_put_text(r->mem, map, "says", req_message(r, "entry.stored", words));
}

/* ---- the line ---- */

/* Of an entry of just now the day and the section stay: the next is often of the same. */
static void carry_on(const struct entry_view *w, const struct register_entry *saved, str *texts)
{
    for (uint32_t i = 0; i < w->v.def.field_count; i++) {
        const enum field_kind kind = w->v.def.fields[i].kind;

        if (kind == FIELD_DATE || kind == FIELD_SECTION || kind == FIELD_YEAR)
            texts[i] = saved->values[i].v;
    }
}

/* ?v.area=…: a link of another page fills a field. */
static void take_links(const struct entry_view *w, str *texts)
{
    for (uint32_t i = 0; i < w->v.def.field_count; i++) {
        const char *name =
            str_c(w->v.r->mem, str_fmt(w->v.r->mem, "v.%.*s", STR_ARG(w->v.def.fields[i].key)));
        const str v = req_query(w->v.r, name);

        if (v.n)
            texts[i] = v;
    }
}

static bool texts_shown(struct entry_view *w, const struct entry_version *saved, str **out,
                        struct err *e)
{
    const struct req *r = w->v.r;
    const bool again = str_eq(req_query(r, "again"), STR("1"));
    struct entry_version like = { 0 };
    struct register_entry last;

    if (r->form) {
        *out = entry_typed(w);
        return true;
    }
    if (str_eq(req_query(r, "like"), STR("last"))) {
        if (!store_entry_last(r->db, r->mem, &(struct open_book){ w->v.ref, &w->v.def }, &last,
                              e))
            return false;
        like.batch = last.id.n > 0;
        like.entry = last;
    } else if (!entry_find(w, req_query(r, "like"), &like, e)) {
        return false;
    }
    *out = NEW(r->mem, str, w->v.def.field_count);
    if (like.batch)
        *out = entry_texts(w, &like.entry);
    else if (saved->batch && again)
        *out = entry_texts(w, &saved->entry);
    else if (saved->batch)
        carry_on(w, &saved->entry, *out);
    take_links(w, *out);
    return true;
}

/* What a refusal asks besides the fields. */
struct asked {
    bool reason;                  /* why an impossible value is right */
    const struct entry_row *twin; /* another entry with the same day and name */
    uint32_t ordinal;             /* of this one, when both are meant */
};

static void put_twin(struct entry_view *w, struct value *line, const struct asked *asked)
{
    const struct req *r = w->v.r;
    struct value *map;

    if (!asked->twin) {
        value_put_null(r->mem, line, "twin");
        return;
    }
    map = value_put_map(r->mem, line, "twin");
    entry_put_row(w, map, &asked->twin->entry);
    value_put_int(r->mem, map, "ordinal", asked->ordinal);
}

static bool put_line(struct entry_view *w, const struct entry_version *saved,
                     const struct entry_rows *recent, const struct asked *asked, struct err *e)
{
    struct req *r = w->v.r;
    struct value *line = value_put_map(r->mem, w->v.page, "line");
    str *texts;

    if (!texts_shown(w, saved, &texts, e))
        return false;
    value_put_text(r->mem, line, "action", w->url);
    value_put_text_or_null(r->mem, line, "last_url",
                           recent->count ? req_url_with(r, w->url, "like", STR("last"))
                                         : (str){ 0 });
    if (asked->reason || req_typed(r, "reason", (str){ 0 }).n)
        page_field(r, line, "reason", (str){ 0 });
    else
        value_put_null(r->mem, line, "reason");
    put_twin(w, line, asked);
    value_put_text(r->mem, line, "script", req_static(r, "entry.js"));
    return entry_put_fields(w, line, texts, recent, e);
}

static bool entry_page_put(struct entry_view *w, const struct asked *asked, struct err *e)
{
    struct entry_version saved;
    struct entry_rows recent;

    if (!put_saved(w, &saved, e) || !put_list(w, &recent, e))
        return false;
    put_stored(w);
    return put_line(w, &saved, &recent, asked, e);
}

bool page_entry(struct req *r, struct value *page, struct err *e)
{
    const struct asked nothing = { 0 };
    struct entry_view w;

    return entry_view_load(&w, r, page, "line", e) && entry_page_put(&w, &nothing, e);
}

/* ---- storing ---- */

static bool entries_store(struct entry_view *w, const struct register_entry *one,
                          struct entries_report *report, struct err *e)
{
    struct req *r = w->v.r;
    const struct entries_import in = { .ref = w->v.ref,
                                       .def = &w->v.def,
                                       .rows = one,
                                       .count = 1,
                                       .apply = true,
                                       .revives = true };
    struct actor who;
    const struct stamp stamp = { &who, r->now_ms, { 0 } };

    return entry_actor(w, DUTIES_ENTER, &who, e)
           && store_entries_import(r->db, &stamp, &in, report, e);
}

/* Reads the line. False when it cannot be stored: what is wrong stands beside the fields. */
static bool line_read(struct entry_view *w, struct register_entry *out, struct asked *asked)
{
    struct req *r = w->v.r;
    struct entry_hints hints;
    struct register_entries read, with;
    str *texts = entry_typed(w);

    entry_hints(w, &hints);
    ingest_entry(r->mem, texts, req_field(r, "reason"), &hints, &read);
    if (!read.errors && req_is_fine(r)) {
        *out = read.rows[0];
        return true;
    }
    /* would a reason let it pass? */
    ingest_entry(r->mem, texts, STR("-"), &hints, &with);
    asked->reason = with.errors < read.errors;
    entry_faults(w, &read);
    return false;
}

/* The entry that stands under the id of `one` with this ordinal; a void one does not stand. */
static bool standing_at(struct entry_view *w, struct register_entry *one, uint32_t ordinal,
                        struct entry_version *out, struct err *e)
{
    one->id = register_entry_id(w->v.r->mem, &w->v.def, one, ordinal);
    return entry_find(w, one->id, out, e);
}

static bool says_the_same(const struct entry_view *w, const struct register_entry *x,
                          const struct register_entry *y)
{
    for (uint32_t i = 0; i < w->v.def.field_count; i++)
        if (!str_eq(x->values[i].v, y->values[i].v)
            || x->values[i].is_pending != y->values[i].is_pending)
            return false;
    return true;
}

/* The next place among entries with the same day and name that nothing stands in. */
static bool ordinal_free(struct entry_view *w, struct register_entry *one, uint32_t *ordinal,
                         struct entry_version *twin, struct err *e)
{
    struct entry_version found;

    for (; *ordinal < EQUAL_MAX; ++*ordinal) {
        if (!standing_at(w, one, *ordinal, &found, e))
            return false;
        if (!found.batch)
            return true;
        if (!found.entry.is_void)
            *twin = found;
    }
    return err_set(
        e, ERR_INPUT,
        "同じ日付と名前の記録が多すぎます。1件ずつ見分けられる名前を付けてください。");
}

/* Just entered by the same person, in the same words: the second half of a double click. */
static bool is_echo(const struct entry_view *w, const struct entry_version *there,
                    const struct register_entry *one)
{
    return there->batch && says_the_same(w, &there->entry, one)
           && str_eq(there->author, w->v.r->person->account)
           && w->v.r->now_ms - there->at_ms < RECENT_MS;
}

static str saved_url(const struct entry_view *w, str id)
{
    const struct req *r = w->v.r;
    const str url = req_url_with(r, w->url, "saved", id);

    return req_url_with(r, url, "again", req_field(r, "again"));
}

/* Where the entry goes: to a place of its own, or it is asked about (asked->twin). Gives false
 * for both an error and a question; e->code is ERR_NONE for the question. */
static bool place_find(struct entry_view *w, struct register_entry *one, struct asked *asked,
                       bool *is_there, struct err *e)
{
    struct req *r = w->v.r;
    struct entry_version twin = { 0 };
    struct entry_row *shown;
    dec meant = { 0, 0 };
    uint32_t ordinal = 0;

    e->code = ERR_NONE;
    if (str_eq(req_field(r, "same"), STR("other"))
        && dec_parse(req_field(r, "ordinal"), &meant))
        ordinal = (uint32_t)meant.n;
    if (!ordinal_free(w, one, &ordinal, &twin, e))
        return false;
    *is_there = is_echo(w, &twin, one);
    if (*is_there) {
        one->id = twin.entry.id;
        return true;
    }
    if (!twin.batch)
        return true;
    shown = NEW(r->mem, struct entry_row, 1);
    shown->entry = twin.entry;
    asked->twin = shown;
    asked->ordinal = ordinal;
    return false;
}

bool act_entry(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct asked asked = { 0 };
    struct entry_view w;
    struct entries_report report;
    struct register_entry one;
    struct actor who;
    bool is_there = false;

    if (!entry_view_load(&w, r, page, "line", e) || !entry_actor(&w, DUTIES_ENTER, &who, e))
        return false;
    if (!line_read(&w, &one, &asked))
        return entry_page_put(&w, &asked, e);
    if (place_find(&w, &one, &asked, &is_there, e)
        && (is_there || entries_store(&w, &one, &report, e))) {
        out->location = saved_url(&w, one.id);
        return true;
    }
    if (asked.twin) {
        out->status = 409;
        req_fault(r, STR("same"), req_message(r, "entry.twin_fault", NULL));
    } else if (!req_refused(r, e, "")) {
        return false;
    }
    return entry_page_put(&w, &asked, e);
}
