/* What a register holds, decided in the browser: a register of one's own, or another definition
 * of one that is there. What would make old entries untrue is refused (register_may_become). */
#include "web/definition_part.h"
#include "web/entry_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* clang-format off */
const struct field DEFINITION_FIELDS[] = {
    { "seen", INPUT_HASH, 0, false, { "開いたときの記録", "The record that was opened" } },
    { "rows", INPUT_COUNT, 0, false, { "行の数", "Number of rows" } },
    { "do", INPUT_LINE, 10, false, { "操作", "What to do" } },
    { "name", INPUT_LINE, 60, true, { "台帳の名前", "Name of the register" } },
    { "name_en", INPUT_LINE, 60, false, { "英語の名前", "English name" } },
    { "about", INPUT_LINE, 200, false, { "何を入れるか", "What it holds" } },
    { "about_en", INPUT_LINE, 200, false, { "何を入れるか(英語)", "What it holds, in English" } },
    { "key", INPUT_LINE, 40, false, { "記号", "Key" } },
    { "book", INPUT_LINE, 20, false, { "種類", "Kind" } },
    { "section", INPUT_LINE, 40, false, { "記入する課", "Section" } },
    { "why", INPUT_LINE, 400, false, { "変える理由", "Why it is changed" } },
    { "like", INPUT_LINE, 60, false, { "もとにする台帳", "Register that is copied" } },
    { "f.*.key", INPUT_LINE, 40, false, { "項目の記号", "Key of the field" } },
    { "f.*.label", INPUT_LINE, 40, false, { "項目の名前", "Name of the field" } },
    { "f.*.label_en", INPUT_LINE, 60, false, { "項目の英語の名前", "English name of the field" } },
    { "f.*.kind", INPUT_LINE, 20, false, { "項目の種類", "Kind of the field" } },
    { "f.*.unit", INPUT_LINE, 10, false, { "単位", "Unit" } },
    { "f.*.required", INPUT_FLAG, 0, false, { "必須", "Required" } },
    { "f.*.identity", INPUT_FLAG, 0, false, { "1件を見分ける", "Tells entries apart" } },
    { "f.*.retired", INPUT_FLAG, 0, false, { "もう使わない", "No longer used" } },
    { "f.*.headings", INPUT_LINE, 400, false, { "表での別の見出し", "Other headings" } },
    { "f.*.choices", INPUT_TEXT, 2000, false, { "選択肢", "Choices" } },
    { "c.*.*", INPUT_LINE, 60, false, { "選択肢", "Choice" } },
    { "k.*.less", INPUT_LINE, 4, false, { "超えてはならない方", "What must not be larger" } },
    { "k.*.more", INPUT_LINE, 4, false, { "もとの方", "What it must not exceed" } },
    { 0 },
};
/* clang-format on */

struct defining {
    struct req *r;
    struct value *page;
    str organisation;
    bool is_new, may_define;
    struct hash seen;
    bool has_entries;
    struct register_def before; /* what has entries */
    struct definition_form form;
};

/* ---- the page ---- */

static bool put_sections(struct defining *d, struct value *form, struct err *e)
{
    const struct req *r = d->r;
    struct value *list = value_put_list(r->mem, form, "sections");
    struct organisation_list sections;

    if (!store_sections(r->db, r->mem, d->organisation, &sections, e))
        return false;
    for (uint32_t i = 0; i < sections.count; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "value", sections.rows[i].key);
        value_put_text(r->mem, row, "label", sections.rows[i].name);
        value_put_bool(r->mem, row, "is_chosen", str_eq(d->form.section, sections.rows[i].key));
    }
    return true;
}

static bool definition_put(struct defining *d, struct err *e)
{
    const struct req *r = d->r;
    struct value *form = value_put_map(r->mem, d->page, "form");

    definition_form_put(r, form, &d->form);
    value_put_text(r->mem, form, "action",
                   d->is_new ? req_url(r, "/w/%.*s/evidence/new", STR_ARG(d->organisation))
                             : req_url(r, "/w/%.*s/evidence/%.*s/definition",
                                       STR_ARG(d->organisation), STR_ARG(d->form.key)));
    value_put_bool(r->mem, form, "is_new", d->is_new);
    value_put_bool(r->mem, form, "has_entries", d->has_entries);
    value_put_text_or_null(r->mem, form, "seen",
                           hash_is_zero(d->seen) ? (str){ 0 } : part_hash(r, d->seen));
    value_put_text_or_null(r->mem, form, "like",
                           d->is_new && d->form.before ? value_text(d->form.before, "key")
                                                       : (str){ 0 });
    value_put_bool(r->mem, form, "is_saved", !r->form && req_query(r, "done").n > 0);
    page_field(r, form, "why", (str){ 0 });
    value_put_bool(r->mem, d->page, "may_define", d->may_define);
    value_put_text(r->mem, d->page, "title_lang",
                   d->is_new ? page_lang_of(r, (str){ 0 })
                             : page_lang_of(r, d->before.name[r->lang]));
    return put_sections(d, form, e);
}

/* ---- a new one ---- */

/* ?like=training: another register as a beginning, ours or a built-in one. */
static bool like_load(struct defining *d, struct err *e)
{
    struct req *r = d->r;
    const str key = r->form ? req_field(r, "like") : req_query(r, "like");
    struct book_ref ref = { d->organisation, str_fmt(r->mem, "register/%.*s", STR_ARG(key)) };
    struct register_def def;
    struct hash record;

    definition_form_new(&d->form);
    if (!key.n)
        return true;
    if (!store_book(r->db, r->mem, &ref, &def, &record, e)) {
        if (e->code != ERR_NOT_FOUND)
            return false;
        if (!register_preset(key).n)
            return true;
        if (!register_parse(r->mem, register_preset(key), &def, e))
            return false;
    }
    definition_form_of(r->mem, &def, &d->form);
    d->form.is_copy = true;
    d->form.key = (str){ 0 };
    return true;
}

static bool new_load(struct defining *d, struct req *r, struct value *page, struct err *e)
{
    struct organisation o;

    *d = (struct defining){ .r = r, .page = page, .is_new = true, .may_define = true };
    if (!staff_put_organisation(r, page, &o, e))
        return false;
    d->organisation = o.key;
    page_crumb(r, page, o.name, req_url(r, "/w/%.*s", STR_ARG(o.key)));
    page_crumb(r, page, req_message(r, "evidence.title", NULL),
               req_url(r, "/w/%.*s/evidence", STR_ARG(o.key)));
    page_title(r, page, req_message(r, "entry.own", NULL));
    value_put_list(r->mem, page, "places");
    value_put_null(r->mem, page, "public_url");
    return like_load(d, e);
}

bool page_entry_new(struct req *r, struct value *page, struct err *e)
{
    struct defining d;

    return new_load(&d, r, page, e) && definition_put(&d, e);
}

/* ---- saving ---- */

static bool save(struct defining *d, const struct register_def *def, struct err *e)
{
    struct req *r = d->r;
    const struct actor who = staff_actor(r, DUTIES_DEFINE);
    const struct stamp stamp = { &who, r->now_ms, req_field(r, "why") };
    const struct book_change change = { d->organisation, def, &d->seen };
    bool is_same;

    if (str_eq(def->key, STR("new")))
        return err_set(e, ERR_INPUT, "記号 new は使えません。別の記号にしてください。");
    return store_book_change(r->db, &stamp, &change, &is_same, e);
}

/* What old entries do not allow stands beside the row that it is about. */
static bool entries_allow(struct defining *d, const struct register_def *def)
{
    struct req *r = d->r;
    struct err e = { .code = ERR_NONE };
    int field = -1;

    if (!d->has_entries || register_may_become(&d->before, def, &field, &e))
        return true;
    for (uint32_t i = 0; field >= 0 && i < d->form.row_count; i++) {
        struct value *words = value_map(r->mem);

        if (!str_eq(d->form.rows[i].key, d->before.fields[field].key))
            continue;
        value_put_int(r->mem, words, "row", i + 1);
        req_fault_called(r, str_fmt(r->mem, "f.%u.label", i),
                         req_message(r, "define.row", words), str_from(e.text));
    }
    if (req_is_fine(r))
        req_fault(r, (str){ 0 }, str_from(e.text));
    return false;
}

/* Sent: stored, or shown again with what is wrong. */
static bool definition_act(struct defining *d, struct outcome *out, struct err *e)
{
    struct req *r = d->r;
    struct register_def def;

    if (str_eq(req_field(r, "do"), STR("more"))) {
        out->status = 200;
        r->faults = NULL; /* rows are asked for; what is missing yet is no fault */
        return definition_put(d, e);
    }
    if (!definition_form_read(r, &d->form, &def) || !entries_allow(d, &def))
        return definition_put(d, e);
    if (save(d, &def, e)) {
        out->location = req_url_with(r,
                                     req_url(r, "/w/%.*s/evidence/%.*s/definition",
                                             STR_ARG(d->organisation), STR_ARG(def.key)),
                                     "done", STR("1"));
        return true;
    }
    if (e->code == ERR_CONFLICT) {
        out->status = 409;
        req_fault(r, (str){ 0 },
                  d->is_new ? req_message(r, "define.taken", NULL)
                            : req_message(r, "define.stale", NULL));
        return definition_put(d, e);
    }
    return req_refused(r, e, "") && definition_put(d, e);
}

static str canonical(struct arena *a, const struct value *tree)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, tree);
    return buf_str(&b);
}

/* The second half of a double click finds the register there, with the same name. */
static bool is_there_already(struct defining *d, str *key, struct err *e)
{
    struct req *r = d->r;
    struct definition_form form = d->form;
    struct book_ref ref = { .organisation = d->organisation };
    struct register_def def, standing;
    struct hash record;

    if (!req_is_fine(r) || !definition_form_read(r, &form, &def))
        return false;
    ref.book = register_entity(r->mem, &def);
    if (!store_book(r->db, r->mem, &ref, &standing, &record, e))
        return false;
    *key = def.key;
    return str_eq(canonical(r->mem, def.tree), canonical(r->mem, standing.tree));
}

bool act_entry_new(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct defining d;
    str key;

    if (!new_load(&d, r, page, e))
        return false;
    definition_form_typed(r, &d.form);
    if (!str_eq(req_field(r, "do"), STR("more")) && is_there_already(&d, &key, e)) {
        out->location = req_url(r, "/w/%.*s/evidence/%.*s/definition", STR_ARG(d.organisation),
                                STR_ARG(key));
        return true;
    }
    return definition_act(&d, out, e);
}

/* ---- one that is there ---- */

static bool old_load(struct defining *d, struct req *r, struct value *page, struct err *e)
{
    struct entry_view w;
    struct evidence_state state;

    *d = (struct defining){ .r = r, .page = page };
    if (!entry_view_load(&w, r, page, "definition", e)
        || !store_evidence(r->db, &w.v.ref, &state, e))
        return false;
    d->organisation = w.v.ref.organisation;
    d->may_define = w.may_define;
    d->seen = w.record;
    d->has_entries = state.batches > 0;
    d->before = w.v.def;
    definition_form_of(r->mem, &w.v.def, &d->form);
    return true;
}

bool page_entry_definition(struct req *r, struct value *page, struct err *e)
{
    struct defining d;

    return old_load(&d, r, page, e) && definition_put(&d, e);
}

bool act_entry_definition(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct defining d;
    str key, book;

    if (!old_load(&d, r, page, e))
        return false;
    key = d.form.key;
    book = d.form.book;
    definition_form_typed(r, &d.form);
    d.form.key = key; /* neither is asked for */
    d.form.book = book;
    if (!hash_parse(req_field(r, "seen"), &d.seen))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    return definition_act(&d, out, e);
}
