/* Which organisations and years are here? A list with a row of years for each, and what was
 * written last. */
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum { YEARS_IN_ROW = 6, LATEST_RECORDS = 60, LATEST_SHOWN = 6 };

static void add_year(const struct req *r, struct value *list, str key,
                     const struct plan_head *head)
{
    struct value *row = value_add_map(r->mem, list);

    part_put_year(r, row, head->fiscal_year);
    value_put_text(r->mem, row, "url",
                   req_url(r, "/o/%.*s/%d", STR_ARG(key), head->fiscal_year));
    part_put_tally(r, row, &head->tally);
    value_put_markup(r->mem, row, "strip", chart_strip(r->mem, &head->tally));
}

static void add_organisation(const struct req *r, struct value *list,
                             const struct organisation_row *o)
{
    struct value *row = value_add_map(r->mem, list), *years;
    str key = o->organisation.key;
    uint32_t more = o->year_count > YEARS_IN_ROW ? o->year_count - YEARS_IN_ROW : 0;

    value_put_text(r->mem, row, "key", key);
    value_put_text(r->mem, row, "name", o->organisation.name);
    value_put_text(r->mem, row, "url", req_url(r, "/o/%.*s", STR_ARG(key)));
    years = value_put_list(r->mem, row, "years");
    for (uint32_t k = 0; k < o->year_count - more; k++)
        add_year(r, years, key, &o->years[k]);
    value_put_int(r->mem, row, "more_years", more);
}

static bool put_organisations(struct req *r, struct value *page, struct err *e)
{
    struct page_of shown = req_page_of(r, LIMIT_PAGE_ROWS);
    struct value *list = value_put_list(r->mem, page, "organisations");
    struct value *words = value_map(r->mem);
    str name = req_query(r, "name");
    const struct organisations_asked what = { name, shown, r->at };
    struct organisation_rows found;
    int64_t first;

    if (!store_organisations_then(r->db, r->mem, &what, &found, e)
        || !store_first(r->db, (str){ 0 }, &first, e))
        return false;
    part_put_early(r, page, first);
    for (uint32_t k = 0; k < found.count; k++)
        add_organisation(r, list, &found.rows[k]);
    page_put_pages(r, page, shown, found.total);
    value_put_text(r->mem, words, "name", name);
    value_put_int(r->mem, words, "organisations", found.total);
    value_put_text(r->mem, page, "sentence",
                   req_message(r, name.n ? "home.says_found" : "home.says", words));
    value_put_text_or_null(r->mem, page, "filter", name);
    value_put_bool(r->mem, page, "has_rows", found.count > 0);
    value_put_bool(r->mem, page, "is_empty", !first);
    value_put_bool(r->mem, page, "is_early", r->at && first > r->at);
    return true;
}

/* ---- what was written last ---- */

/* Records of one import come together: one line for each plan and moment. */
static bool is_same_writing(const struct record *a, const struct record *b)
{
    return a->at_ms == b->at_ms && str_eq(a->organisation, b->organisation);
}

/* Of records written together the plan's own, whose entity is the shortest that begins with
 * "plan/"; the newest when there is none. */
static const struct record *plan_among(const struct record *rows, uint32_t n)
{
    const struct record *best = NULL;

    for (uint32_t k = 0; k < n; k++) {
        if (str_starts(rows[k].entity, STR("plan/"))
            && (!best || rows[k].entity.n < best->entity.n))
            best = &rows[k];
    }
    return best ? best : rows;
}

static void add_change(const struct req *r, struct value *list, const struct record *record,
                       uint32_t records)
{
    struct value *row = value_add_map(r->mem, list);
    struct organisation o;
    struct err ignored;

    part_put_time(r, row, record->at_ms);
    part_put_record(r, row, record);
    value_put_int(r->mem, row, "records", records);
    /* A record may be older than the organisation's own: then its key must do. */
    value_put_text(r->mem, row, "organisation_name",
                   store_organisation_then(r->db, r->mem, record->organisation, r->at, &o,
                                           &ignored)
                       ? o.name
                       : record->organisation);
}

static bool put_changes(struct req *r, struct value *page, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "changes");
    const struct history what = {
        .page = { 0, LATEST_RECORDS }, .when = r->at, .is_public = true, .is_uncounted = true
    };
    struct record_rows found;

    if (!store_history(r->db, r->mem, &what, &found, e))
        return false;
    for (uint32_t k = 0, next; k < found.count && list->count < LATEST_SHOWN; k = next) {
        for (next = k + 1;
             next < found.count && is_same_writing(&found.rows[k], &found.rows[next]);)
            next++;
        add_change(r, list, plan_among(&found.rows[k], next - k), next - k);
    }
    return true;
}

bool page_home(struct req *r, struct value *page, struct err *e)
{
    return put_organisations(r, page, e) && put_changes(r, page, e);
}
