/* One entry of a register: as it stands, to be mended or taken back with a reason, and how it
 * came to be so. */
#include "web/entry_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* clang-format off */
const struct field ENTRY_EDIT_FIELDS[] = {
    { "v.*", INPUT_TEXT, 2000, false, { "項目", "Field" } },
    { "reason", INPUT_TEXT, 400, false, { "ありえない値が正しい理由", "Why the impossible value is right" } },
    { "why", INPUT_TEXT, 400, true, { "直す理由", "Why it is changed" } },
    { "seen", INPUT_COUNT, 0, true, { "開いたときの版", "The version that was opened" } },
    { 0 },
};
const struct field ENTRY_VOID_FIELDS[] = {
    { "why_void", INPUT_TEXT, 400, true, { "取り消す理由", "Why it is taken back" } },
    { "seen", INPUT_COUNT, 0, true, { "開いたときの版", "The version that was opened" } },
    { 0 },
};
/* clang-format on */

struct one_view {
    struct entry_view w;
    struct entry_versions versions;
    const struct register_entry *now;
    bool reason_asked;
};

static bool one_load(struct one_view *o, struct req *r, struct value *page, struct err *e)
{
    *o = (struct one_view){ 0 };
    if (!entry_view_load(&o->w, r, page, "one", e)
        || !store_entry_versions(r->db, r->mem, &(struct open_book){ o->w.v.ref, &o->w.v.def },
                                 req_param(r, "entry"), &o->versions, e))
        return false;
    o->now = &o->versions.rows[0].entry;
    page_title(r, page, req_message(r, "entry.one", page));
    return true;
}

/* ---- the page ---- */

static void put_versions(const struct one_view *o)
{
    const struct req *r = o->w.v.r;
    struct value *list = value_put_list(r->mem, o->w.v.page, "versions");

    for (uint32_t i = 0; i < o->versions.count; i++) {
        const struct entry_version *v = &o->versions.rows[i];
        struct value *row = value_add_map(r->mem, list);

        entry_put_row(&o->w, row, &v->entry);
        part_put_time(r, row, v->at_ms);
        value_put_text(r->mem, row, "who", staff_name(r, v->author));
        value_put_text_or_null(r->mem, row, "why", v->reason);
        value_put_text(r->mem, row, "hash", part_hash(r, v->record));
    }
}

static bool put_form(struct one_view *o, struct err *e)
{
    struct req *r = o->w.v.r;
    struct value *line = value_put_map(r->mem, o->w.v.page, "line");
    const bool is_edit = r->form && r->route->act == act_entry_one;
    const str *texts = is_edit ? entry_typed(&o->w) : entry_texts(&o->w, o->now);

    value_put_text(r->mem, line, "action",
                   req_url(r, "/w/%.*s/evidence/%.*s/%.*s", STR_ARG(o->w.v.ref.organisation),
                           STR_ARG(o->w.v.def.key), STR_ARG(o->now->id)));
    value_put_int(r->mem, line, "seen", o->versions.rows[0].batch);
    if (o->reason_asked || (o->now->reason.n && !o->now->is_void)
        || (is_edit && req_field(r, "reason").n))
        page_field(r, line, "reason", o->now->reason);
    else
        value_put_null(r->mem, line, "reason");
    page_field(r, line, "why", (str){ 0 });
    page_field(r, line, "why_void", (str){ 0 });
    return entry_put_fields(&o->w, line, texts, NULL, e);
}

static bool one_put(struct one_view *o, struct err *e)
{
    const struct req *r = o->w.v.r;
    struct value *now = value_put_map(r->mem, o->w.v.page, "entry");

    entry_put_row(&o->w, now, o->now);
    value_put_bool(r->mem, o->w.v.page, "is_saved", req_query(r, "done").n > 0 && !r->form);
    entry_put_columns(&o->w, o->w.v.page);
    put_versions(o);
    return put_form(o, e);
}

bool page_entry_one(struct req *r, struct value *page, struct err *e)
{
    struct one_view o;

    return one_load(&o, r, page, e) && one_put(&o, e);
}

/* ---- changing ---- */

static bool one_store(struct one_view *o, const struct register_entry *next, str why,
                      struct err *e)
{
    struct req *r = o->w.v.r;
    const struct entries_import in = { .ref = o->w.v.ref,
                                       .def = &o->w.v.def,
                                       .rows = next,
                                       .count = 1,
                                       .apply = true,
                                       .revives = true };
    struct entries_report report;
    struct actor who;
    const struct stamp stamp = { &who, r->now_ms, why };

    return entry_actor(&o->w, DUTIES_ENTER, &who, e)
           && store_entries_import(r->db, &stamp, &in, &report, e);
}

/* Somebody else changed it since: their version is shown, and what was typed stays. */
static bool is_stale(struct one_view *o, struct outcome *out)
{
    struct req *r = o->w.v.r;
    dec seen;

    if (dec_parse(req_field(r, "seen"), &seen) && seen.n == o->versions.rows[0].batch)
        return false;
    out->status = 409;
    req_fault(r, (str){ 0 }, req_message(r, "entry.stale", NULL));
    return true;
}

static str done_url(const struct one_view *o)
{
    const struct req *r = o->w.v.r;

    return req_url_with(r,
                        req_url(r, "/w/%.*s/evidence/%.*s/%.*s",
                                STR_ARG(o->w.v.ref.organisation), STR_ARG(o->w.v.def.key),
                                STR_ARG(o->now->id)),
                        "done", STR("1"));
}

/* What stands beside a number stays where the number stays. */
static void note_keep(const struct one_view *o, struct register_entry *next)
{
    if (next->note.n || !o->now->note.n)
        return;
    for (uint32_t i = 0; i < o->w.v.def.field_count; i++)
        if (o->w.v.def.fields[i].kind == FIELD_QUANTITY
            && !str_eq(next->values[i].v, o->now->values[i].v))
            return;
    next->note = o->now->note;
}

static bool says_the_same(const struct one_view *o, const struct register_entry *next)
{
    for (uint32_t i = 0; i < o->w.v.def.field_count; i++)
        if (!str_eq(next->values[i].v, o->now->values[i].v)
            || next->values[i].is_pending != o->now->values[i].is_pending)
            return false;
    return !o->now->is_void && str_eq(next->reason, o->now->reason);
}

static bool mended_read(struct one_view *o, struct register_entry *next)
{
    struct req *r = o->w.v.r;
    struct entry_hints hints;
    struct register_entries read, with;
    const str *texts = entry_typed(&o->w);

    entry_hints(&o->w, &hints);
    ingest_entry(r->mem, texts, req_field(r, "reason"), &hints, &read);
    entry_faults(&o->w, &read);
    if (read.errors) {
        ingest_entry(r->mem, texts, STR("-"), &hints, &with);
        o->reason_asked = with.errors < read.errors;
        return false;
    }
    *next = read.rows[0];
    next->id = o->now->id; /* the same entry, whatever of it is mended */
    note_keep(o, next);
    return req_is_fine(r);
}

bool act_entry_one(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct one_view o;
    struct register_entry next;
    struct actor who;

    if (!one_load(&o, r, page, e) || !entry_actor(&o.w, DUTIES_ENTER, &who, e))
        return false;
    if (!mended_read(&o, &next))
        return one_put(&o, e);
    if (says_the_same(&o, &next)) { /* sent twice, or nothing was changed */
        out->location = done_url(&o);
        return true;
    }
    if (is_stale(&o, out))
        return one_put(&o, e);
    if (one_store(&o, &next, req_field(r, "why"), e)) {
        out->location = done_url(&o);
        return true;
    }
    return req_refused(r, e, "") && one_put(&o, e);
}

bool act_entry_void(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct one_view o;
    struct register_entry next;
    struct actor who;

    if (!one_load(&o, r, page, e) || !entry_actor(&o.w, DUTIES_ENTER, &who, e))
        return false;
    if (req_is_fine(r) && o.now->is_void) { /* sent twice */
        out->location = done_url(&o);
        return true;
    }
    if (!req_is_fine(r) || is_stale(&o, out))
        return one_put(&o, e);
    next = *o.now;
    next.is_void = true;
    next.reason = req_field(r, "why_void");
    if (one_store(&o, &next, next.reason, e)) {
        out->location = done_url(&o);
        return true;
    }
    return req_refused(r, e, "why_void") && one_put(&o, e);
}
