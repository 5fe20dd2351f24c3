/* The registers and ledgers of an organisation for those who enter them: what each is for, what
 * was entered last, what to do next; and the built-in ones that could be opened. */
#include "web/entry_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* clang-format off */
const struct field ENTRY_OPEN_FIELDS[] = {
    { "preset", INPUT_LINE, 60, true, { "台帳", "Register" } },
    { 0 },
};
/* clang-format on */

static str key_of(str book)
{
    return str_skip(book, (size_t)str_find_char(book, '/') + 1);
}

static str section_name(const struct req *r, str key)
{
    struct organisation o;
    struct err none;

    if (!key.n)
        return req_message(r, "entry.all_sections", NULL);
    return store_organisation(r->db, r->mem, key, &o, &none) ? o.name : key;
}

static bool add_book(struct req *r, struct value *list, str org, const struct book_row *b,
                     struct err *e)
{
    const struct book_ref ref = { org, b->book };
    const struct entry_filter newest = { .page = { 0, 1 } };
    struct value *row = value_add_map(r->mem, list);
    struct entry_view w = { .v = { .r = r, .ref = ref } };
    struct entry_rows last;
    unsigned duties;

    if (!store_book(r->db, r->mem, &ref, &w.v.def, &w.record, e)
        || !store_entries(r->db, r->mem, &(struct open_book){ ref, &w.v.def }, &newest, &last,
                          e)
        || !store_book_duties(r->db, r->person->account,
                              &(struct duty_place){ org, w.v.def.section, r->now_ms }, &duties,
                              e))
        return false;
    value_put_text(r->mem, row, "register", b->book);
    value_put_text(r->mem, row, "name", b->name[r->lang]);
    value_put_text(r->mem, row, "about", w.v.def.about[r->lang]);
    value_put_text(r->mem, row, "about_lang", page_lang_of(r, w.v.def.about[r->lang]));
    value_put_text(r->mem, row, "name_lang", page_lang_of(r, b->name[r->lang]));
    value_put_text(r->mem, row, "section", section_name(r, w.v.def.section));
    value_put_text(r->mem, row, "section_lang",
                   page_lang_of(r, section_name(r, w.v.def.section)));
    value_put_bool(r->mem, row, "is_ledger", str_starts(b->book, STR("ledger/")));
    value_put_int(r->mem, row, "entries", (int64_t)b->entries);
    value_put_text_or_null(r->mem, row, "last",
                           last.count ? entry_words(&w, &last.rows[0].entry) : (str){ 0 });
    value_put_bool(r->mem, row, "may_enter", (duties & DUTIES_ENTER) != 0);
    value_put_text(r->mem, row, "url",
                   req_url(r, "/w/%.*s/evidence/%.*s", STR_ARG(org), STR_ARG(key_of(b->book))));
    value_put_text(r->mem, row, "enter_url",
                   req_url_with(r,
                                req_url(r, "/w/%.*s/evidence/%.*s", STR_ARG(org),
                                        STR_ARG(key_of(b->book))),
                                "enter", STR("1")));
    value_put_text(r->mem, row, "bulk_url",
                   req_url(r, "/w/%.*s/evidence/%.*s/bulk", STR_ARG(org),
                           STR_ARG(key_of(b->book))));
    return true;
}

static bool is_open(const struct book_rows *rows, str key)
{
    for (uint32_t i = 0; i < rows->count; i++)
        if (str_eq(key_of(rows->rows[i].book), key))
            return true;
    return false;
}

static bool put_presets(struct req *r, struct value *page, const struct book_rows *rows,
                        struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "presets");
    str key;

    for (size_t i = 0; (key = register_preset_key(i)).n; i++) {
        struct register_def d;
        struct value *row;

        if (is_open(rows, key))
            continue;
        if (!register_parse(r->mem, register_preset(key), &d, e))
            return false;
        row = value_add_map(r->mem, list);
        value_put_text(r->mem, row, "preset", key);
        value_put_text(r->mem, row, "name", d.name[r->lang]);
        value_put_text(r->mem, row, "about", d.about[r->lang]);
        value_put_bool(r->mem, row, "is_ledger", d.book != BOOK_REGISTER);
    }
    value_put_bool(r->mem, page, "has_presets", list->count > 0);
    return true;
}

static bool may_define(struct req *r, str org, bool *out, struct err *e)
{
    const struct duty_place at = { org, { 0 }, r->now_ms };
    unsigned held;

    if (!store_duties(r->db, r->person->account, &at, &held, e))
        return false;
    *out = (held & DUTIES_DEFINE) != 0;
    return true;
}

static bool books_put(struct req *r, struct value *page, struct err *e)
{
    struct organisation o;
    struct book_rows rows;
    struct value *list;
    bool defines;

    if (!staff_put_organisation(r, page, &o, e) || !may_define(r, o.key, &defines, e)
        || !store_books(r->db, r->mem, o.key, &rows, e))
        return false;
    page_crumb(r, page, o.name, req_url(r, "/w/%.*s", STR_ARG(o.key)));
    page_title(r, page, req_message(r, "entry.books_title", page));
    list = value_put_list(r->mem, page, "registers");
    for (uint32_t i = 0; i < rows.count; i++)
        if (!add_book(r, list, o.key, &rows.rows[i], e))
            return false;
    value_put_bool(r->mem, page, "has_registers", rows.count > 0);
    value_put_bool(r->mem, page, "may_define", defines);
    value_put_text(r->mem, page, "open_url", req_url(r, "/w/%.*s/evidence", STR_ARG(o.key)));
    value_put_text(r->mem, page, "new_url", req_url(r, "/w/%.*s/evidence/new", STR_ARG(o.key)));
    value_put_text(r->mem, page, "public_url", req_url(r, "/o/%.*s/evidence", STR_ARG(o.key)));
    return put_presets(r, page, &rows, e);
}

bool page_entry_books(struct req *r, struct value *page, struct err *e)
{
    return books_put(r, page, e);
}

/* Opens a built-in register as it is; one that is open already stays as it is. */
static bool preset_open(struct req *r, str key, struct err *e)
{
    const struct actor who = staff_actor(r, DUTIES_DEFINE);
    const struct stamp stamp = { &who, r->now_ms, { 0 } };
    const str org = req_param(r, "org");
    struct book_ref ref = { .organisation = org };
    struct register_def d, standing;
    struct hash record;
    bool is_same;

    if (!register_preset(key).n)
        return err_set(e, ERR_INPUT, "この台帳はありません。一覧から選んでください。");
    if (!register_parse(r->mem, register_preset(key), &d, e))
        return false;
    ref.book = register_entity(r->mem, &d);
    if (store_book(r->db, r->mem, &ref, &standing, &record, e))
        return true;
    return e->code == ERR_NOT_FOUND && store_book_save(r->db, &stamp, org, &d, &is_same, e);
}

bool act_entry_open(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    if (req_is_fine(r) && preset_open(r, req_field(r, "preset"), e)) {
        out->location = req_url(r, "/w/%.*s/evidence/%.*s", STR_ARG(req_param(r, "org")),
                                STR_ARG(req_field(r, "preset")));
        return true;
    }
    return req_refused(r, e, "preset") && books_put(r, page, e);
}
