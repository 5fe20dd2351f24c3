/* The box's sheet of a month (改善箱), as it hangs in the building: what people wrote, by the
 * words that were reviewed, each with its answer; how many are not shown, and why. Made to be
 * printed. */
#include "web/opinion_part.h"
#include "web/pages.h"

#include "base/banned.h"

enum { BOX_MOST = 500 };

struct box {
    struct req *r;
    struct value *page;
    struct organisation ward;
    struct hearing_stored stored;
    str month; /* "2025-06" */
};

/* The last answer of the first part, for the sheet. */
static bool put_answers(const struct box *b, struct value *map, const struct opinion_row *row,
                        struct err *e)
{
    const struct voice_ref ref = { b->ward.key, row->fiscal_year, row->number, b->r->at };
    struct value *list = value_put_list(b->r->mem, map, "answers");
    const struct value *parts;
    struct opinion opinion;

    if (row->is_withheld)
        return true;
    if (!store_opinion(b->r->db, b->r->mem, &ref, &opinion, e))
        return false;
    parts = value_get(opinion.body, STR("parts"));
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next) {
        const struct value *answers = value_get(p, STR("answers"));
        const struct value *last = answers ? answers->last : NULL;
        struct value *one = value_add_map(b->r->mem, list);

        value_put_text_or_null(b->r->mem, one, "summary", value_text(p, "summary"));
        opinion_put_word(b->r, one, "kind", &b->stored.hearing.kinds,
                         last ? value_text(last, "kind") : (str){ 0 });
        value_put_text_or_null(b->r->mem, one, "text",
                               last ? value_text(last, "text") : (str){ 0 });
        opinion_put_day(b->r, one, "day_label", last ? value_text(last, "on") : (str){ 0 });
    }
    return true;
}

static bool put_rows(const struct box *b, struct err *e)
{
    struct req *r = b->r;
    struct value *list = value_put_list(r->mem, b->page, "opinions");
    const struct voice_filter f = {
        .organisation = b->ward.key,
        .facets = { { FACET_DOOR, door_word(DOOR_BOX) }, { FACET_MONTH, b->month } },
        .facet_count = 2,
        .page = { 0, BOX_MOST },
    };
    struct opinion_rows rows;
    uint32_t withheld = 0;

    if (!store_opinions(r->db, r->mem, &f, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        struct value *row;

        withheld += rows.rows[i].is_withheld;
        if (rows.rows[i].is_withheld)
            continue;
        row = value_add_map(r->mem, list);
        opinion_put_row(r, row, &b->stored.hearing, b->ward.key, &rows.rows[i]);
        if (!put_answers(b, row, &rows.rows[i], e))
            return false;
    }
    value_put_int(r->mem, b->page, "shown", rows.count - withheld);
    value_put_int(r->mem, b->page, "withheld", withheld);
    return true;
}

/* How many came in that month, of which some may not be decided on yet. */
static bool put_received(const struct box *b, struct err *e)
{
    const struct voice_count_asked asked = { b->ward.key, 0, DOOR_BOX, FACET_MONTH };
    struct voice_counts months;
    int64_t received = 0;

    if (!store_voice_counts(b->r->db, b->r->mem, &asked, &months, e))
        return false;
    for (uint32_t i = 0; i < months.count; i++)
        if (str_eq(months.rows[i].value, b->month))
            received = months.rows[i].voices;
    value_put_int(b->r->mem, b->page, "received", received);
    return true;
}

static void put_month_url(const struct box *b, const char *key, date first, int step)
{
    const int month = first.year * 12 + first.month - 1 + step;

    value_put_text(b->r->mem, b->page, key,
                   req_url(b->r, "/o/%.*s/voices/box/%04d-%02d", STR_ARG(b->ward.key),
                           month / 12, month % 12 + 1));
}

bool page_box(struct req *r, struct value *page, struct err *e)
{
    struct box b = { .r = r, .page = page, .month = req_param(r, "month") };
    struct value *words = value_map(r->mem);
    date first;

    if (!date_parse(str_fmt(r->mem, "%.*s-01", STR_ARG(b.month)), &first))
        return err_set(e, ERR_NOT_FOUND, "月は 2025-06 のように書いてください。");
    if (!store_organisation(r->db, r->mem, req_param(r, "org"), &b.ward, e)
        || !store_hearing(r->db, r->mem, b.ward.key, &b.stored, e))
        return false;
    opinion_put_month(r, page, "month_label", b.month);
    value_put_text(r->mem, words, "name", b.ward.name);
    opinion_put_month(r, words, "month_label", b.month);
    page_title(r, page, req_message(r, "box.title", words));
    opinion_crumb(r, page, &b.ward);
    part_put_organisation(r, page, b.ward.key, b.ward.name);
    put_month_url(&b, "previous_url", first, -1);
    put_month_url(&b, "next_url", first, 1);
    return put_rows(&b, e) && put_received(&b, e);
}
