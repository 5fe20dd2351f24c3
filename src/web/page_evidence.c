/* Registers and ledgers of an organisation: which there are, and one of them: when and where
 * its entries fall (the empty places visible), what they add up to, and the last of them. A
 * ledger of collection shows its monthly curves and where this year will land. */
#include "web/actual_part.h"
#include "web/behaviour_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/register_part.h"

#include <stdio.h>

#include "base/banned.h"

/* ---- the list ---- */

/* The register as it stood on the day asked for. *is_there: it held something, or was open. */
static bool book_then(struct req *r, str org, struct book_row *b, bool *is_there, struct err *e)
{
    const struct book_ref ref = { org, b->book };
    const struct entry_filter then = { .when = r->at };
    struct entry_days days;

    if (!store_entry_days(r->db, r->mem, &ref, &then, &days, e))
        return false;
    *is_there = days.count > 0 || b->at_ms <= r->at;
    b->entries = 0;
    b->first_month = b->last_month = (str){ 0 };
    for (uint32_t i = 0; i < days.count; i++) {
        b->entries += (uint64_t)days.rows[i].count;
        b->last_month = str_take(days.rows[i].day, 7);
        if (!b->first_month.n)
            b->first_month = b->last_month;
    }
    return true;
}

static void add_book(struct req *r, struct value *list, str org, const struct book_row *b)
{
    struct value *row = value_add_map(r->mem, list);
    str key = str_skip(b->book, (size_t)str_find_char(b->book, '/') + 1);

    value_put_text(r->mem, row, "register", b->book);
    value_put_text(r->mem, row, "name", b->name[r->lang]);
    value_put_text(r->mem, row, "url",
                   req_url(r, "/o/%.*s/evidence/%.*s", STR_ARG(org), STR_ARG(key)));
    value_put_bool(r->mem, row, "is_ledger", str_starts(b->book, STR("ledger/")));
    value_put_int(r->mem, row, "entries", (int64_t)b->entries);
    value_put_text_or_null(r->mem, row, "first_month", b->first_month);
    value_put_text_or_null(r->mem, row, "last_month", b->last_month);
}

bool page_evidence(struct req *r, struct value *page, struct err *e)
{
    const str org = req_param(r, "org");
    struct value *list = value_put_list(r->mem, page, "registers");
    struct organisation o;
    struct book_rows rows;

    if (!store_organisation(r->db, r->mem, org, &o, e)
        || !store_books(r->db, r->mem, org, &rows, e))
        return false;
    part_crumb_organisation(r, page, org, o.name);
    part_put_organisation(r, page, org, o.name);
    for (uint32_t i = 0; i < rows.count; i++) {
        bool is_there = true;

        if (r->at && !book_then(r, org, &rows.rows[i], &is_there, e))
            return false;
        if (is_there)
            add_book(r, list, org, &rows.rows[i]);
    }
    value_put_bool(r->mem, page, "has_registers", list->count > 0);
    return true;
}

/* ---- one of them ---- */

static void put_years(struct register_view *v)
{
    struct req *r = v->r;
    struct value *list = value_put_list(r->mem, v->page, "years");
    char text[16];

    for (uint32_t i = 0; i < v->year_count; i++) {
        struct value *row = value_add_map(r->mem, list);
        const int n = snprintf(text, sizeof text, "%d", v->years[i]);

        part_put_year(r, row, v->years[i]);
        value_put_bool(r->mem, row, "is_shown", v->years[i] == v->fiscal_year);
        value_put_text(r->mem, row, "url",
                       req_url_with(r, v->url, "year",
                                    str_dup(r->mem, (str){ text, (size_t)n })));
    }
}

/* ?year=2024, or the newest year that has entries. */
static void choose_year(struct register_view *v)
{
    dec asked;

    v->fiscal_year = v->year_count ? v->years[0] : 0;
    if (!dec_parse(req_query(v->r, "year"), &asked) || asked.scale)
        return;
    for (uint32_t i = 0; i < v->year_count; i++)
        if (v->years[i] == asked.n)
            v->fiscal_year = v->years[i];
}

bool register_view_load(struct register_view *v, struct err *e)
{
    struct req *r = v->r;
    const str key = req_param(r, "register");
    struct hash record;

    v->ref.organisation = req_param(r, "org");
    v->ref.book = str_fmt(r->mem, "register/%.*s", STR_ARG(key));
    if (!store_organisation(r->db, r->mem, v->ref.organisation, &v->organisation, e))
        return false;
    if (!store_book(r->db, r->mem, &v->ref, &v->def, &record, e)) {
        if (e->code != ERR_NOT_FOUND)
            return false;
        v->ref.book = str_fmt(r->mem, "ledger/%.*s", STR_ARG(key));
        if (!store_book(r->db, r->mem, &v->ref, &v->def, &record, e))
            return false;
    }
    v->url = req_url(r, "/o/%.*s/evidence/%.*s", STR_ARG(v->ref.organisation), STR_ARG(key));
    return store_areas(r->db, r->mem, v->ref.organisation, &v->areas, e)
           && store_book_years(r->db, r->mem, &v->ref, &v->years, &v->year_count, e);
}

/* How many entries a month, and what is usual; not of amounts that grow from month to month. */
static bool put_behaviour(struct register_view *v, struct err *e)
{
    enum { YEARS_OF_MONTHS = 3 };
    static const str NUMBER = { 0 };
    const struct measure_def count = { .kind = MEASURE_REGISTER, .value = GIVES_COUNT };
    const bool is_register = v->def.book == BOOK_REGISTER && v->def.date >= 0;
    struct cells cells = { 0 };

    if (is_register && v->fiscal_year && v->r->at
        && !register_cells(v, v->fiscal_year - YEARS_OF_MONTHS, v->fiscal_year, &cells, e))
        return false;
    if (is_register && v->fiscal_year && !v->r->at
        && !store_cells(v->r->db, v->r->mem,
                        &(struct cells_of){ v->ref, v->fiscal_year - YEARS_OF_MONTHS,
                                            v->fiscal_year, &NUMBER, 1, 0 },
                        &cells, e))
        return false;
    behaviour_put(v->r, v->page, &count, &cells, v->def.name[v->r->lang]);
    return true;
}

bool page_register(struct req *r, struct value *page, struct err *e)
{
    struct register_view v = { .r = r, .page = page };

    if (!register_view_load(&v, e))
        return false;
    choose_year(&v);
    part_crumb_organisation(r, page, v.ref.organisation, v.organisation.name);
    page_crumb(r, page, req_message(r, "evidence.title", NULL),
               req_url(r, "/o/%.*s/evidence", STR_ARG(v.ref.organisation)));
    page_title(r, page, v.def.name[r->lang]);
    part_put_organisation(r, page, v.ref.organisation, v.organisation.name);
    value_put_text(r->mem, page, "register", v.ref.book);
    value_put_text(r->mem, page, "name", v.def.name[r->lang]);
    value_put_text(r->mem, page, "about", v.def.about[r->lang]);
    value_put_text(r->mem, page, "year_label", part_year_label(r, v.fiscal_year));
    put_years(&v);
    if (!register_put_sums(&v, e) || !register_put_curves(&v, e) || !put_behaviour(&v, e)
        || !actual_put_uses(r, page, v.ref.organisation, v.ref.book, e)
        || !register_put_entries(&v, e))
        return false;
    value_put_bool(r->mem, page, "is_past_not", v.is_past_not);
    return true;
}
