/* What became of the voices of a ward, in public: the numbers first, none of which leaves a
 * voice out, then those that may be read, to be filtered and searched. */
#include "web/opinion_part.h"
#include "web/pages.h"

#include "base/banned.h"

enum { OPINIONS_ON_A_PAGE = 50 };

struct opinions {
    struct req *r;
    struct value *page;
    struct organisation ward;
    struct hearing_stored stored;
    int fiscal_year; /* 0 = all */
    date today;
};

static date today_of(const struct req *r)
{
    struct buf now;
    date d = { 0 };

    buf_init(&now, r->mem, 40, 40);
    instant_put(&now, r->now_ms);
    return date_parse(str_take(buf_str(&now), 10), &d) ? d : (date){ 0 };
}

/* ---- the numbers ---- */

static void put_numbers(const struct req *r, struct value *map, const struct voice_numbers *n)
{
    struct arena *a = r->mem;

    value_put_int(a, map, "received", n->received);
    value_put_int(a, map, "answered", n->answered);
    value_put_int(a, map, "in_time", n->in_time);
    value_put_int(a, map, "late", n->late);
    value_put_int(a, map, "waiting", n->waiting);
    value_put_int(a, map, "overdue", n->overdue);
    value_put_int(a, map, "published", n->published);
    value_put_int(a, map, "withheld", n->withheld);
    value_put_int(a, map, "undecided", n->undecided + n->embargo);
    value_put_int(a, map, "reopened", n->reopened);
    value_put_text_or_null(a, map, "median_days",
                           n->median_days < 0
                               ? (str){ 0 }
                               : str_fmt(a, "%d.%d", n->median_days / 10, n->median_days % 10));
}

static void put_reasons(const struct opinions *o, const struct voice_numbers *n)
{
    struct value *list = value_put_list(o->r->mem, o->page, "reasons");

    for (uint32_t i = 0; i < n->by_reason.count; i++) {
        const struct voice_count *one = &n->by_reason.rows[i];
        struct value *row = value_add_map(o->r->mem, list);

        value_put_text(o->r->mem, row, "number", one->value);
        opinion_put_word(o->r, row, "label", &o->stored.hearing.reasons, one->value);
        value_put_int(o->r->mem, row, "voices", one->voices);
    }
}

/* One row for each door that has a voice, then all of them. */
static bool put_doors(const struct opinions *o, struct err *e)
{
    struct req *r = o->r;
    struct value *list = value_put_list(r->mem, o->page, "doors");

    for (int door = 0; door < DOOR_COUNT; door++) {
        const struct voice_count_asked asked = { o->ward.key, o->fiscal_year, door, FACET_ALL };
        struct voice_numbers n;
        struct value *row;

        if (!store_voice_numbers(r->db, r->mem, &asked, o->today, &n, e))
            return false;
        if (!n.received)
            continue;
        row = value_add_map(r->mem, list);
        value_put_text(r->mem, row, "door",
                       str_from(door_label((enum voice_door)door, r->lang)));
        put_numbers(r, row, &n);
    }
    return true;
}

static bool put_all_numbers(const struct opinions *o, struct err *e)
{
    struct req *r = o->r;
    const struct voice_count_asked all = { o->ward.key, o->fiscal_year, -1, FACET_ALL };
    struct value *total = value_put_map(r->mem, o->page, "total");
    struct voice_numbers n;

    if (!store_voice_numbers(r->db, r->mem, &all, o->today, &n, e))
        return false;
    put_numbers(r, total, &n);
    value_put_text(r->mem, o->page, "sentence",
                   req_message(r,
                               !n.received         ? "opinions.says_none"
                               : n.median_days < 0 ? "opinions.says_unanswered"
                                                   : "opinions.says",
                               total));
    put_reasons(o, &n);
    return put_doors(o, e);
}

/* ---- filters ---- */

static void put_option(const struct req *r, struct value *list, str value, str label,
                       str chosen)
{
    struct value *one = value_add_map(r->mem, list);

    value_put_text(r->mem, one, "value", value);
    value_put_text(r->mem, one, "label", label);
    value_put_bool(r->mem, one, "is_chosen", str_eq(value, chosen));
}

/* The fiscal years that have a voice, newest first. */
static bool put_years(const struct opinions *o, struct err *e)
{
    struct req *r = o->r;
    const struct voice_count_asked asked = { o->ward.key, 0, -1, FACET_MONTH };
    struct value *list = value_put_list(r->mem, o->page, "years");
    struct voice_counts months;
    int last = 0;

    if (!store_voice_counts(r->db, r->mem, &asked, &months, e))
        return false;
    for (uint32_t i = months.count; i-- > 0;) {
        date d;
        int year;

        if (!date_parse(str_fmt(r->mem, "%.*s-01", STR_ARG(months.rows[i].value)), &d))
            continue;
        year = date_fiscal_year(d);
        if (year != last)
            put_option(r, list, str_fmt(r->mem, "%d", year), part_year_label(r, year),
                       req_query(r, "year"));
        last = year;
    }
    return true;
}

static void put_choices(const struct opinions *o)
{
    struct req *r = o->r;
    const struct hearing_list *all = &o->stored.hearing.categories;
    struct value *list = value_put_list(r->mem, o->page, "door_choices");

    for (int d = 0; d < DOOR_COUNT; d++)
        put_option(r, list, door_word((enum voice_door)d),
                   str_from(door_label((enum voice_door)d, r->lang)), req_query(r, "door"));
    list = value_put_list(r->mem, o->page, "category_choices");
    for (uint32_t i = 0; i < all->count; i++)
        put_option(r, list, all->rows[i].code, all->rows[i].label[r->lang],
                   req_query(r, "category"));
    list = value_put_list(r->mem, o->page, "stage_choices");
    for (int s = STAGE_ANSWERED; s < STAGE_COUNT; s++)
        put_option(r, list, stage_word((enum voice_stage)s),
                   str_from(stage_label((enum voice_stage)s, r->lang)), req_query(r, "stage"));
    value_put_text_or_null(r->mem, o->page, "q", req_query(r, "q"));
}

static void facet_add(struct voice_filter *f, enum voice_facet facet, str value)
{
    if (value.n)
        f->facets[f->facet_count++] = (struct facet_value){ facet, value };
}

static bool put_list(const struct opinions *o, struct err *e)
{
    struct req *r = o->r;
    struct value *list = value_put_list(r->mem, o->page, "opinions");
    struct voice_filter f = { .organisation = o->ward.key,
                              .fiscal_year = o->fiscal_year,
                              .query = req_query(r, "q"),
                              .page = req_page_of(r, OPINIONS_ON_A_PAGE) };
    struct opinion_rows rows;

    facet_add(&f, FACET_DOOR, req_query(r, "door"));
    facet_add(&f, FACET_CATEGORY, req_query(r, "category"));
    facet_add(&f, FACET_STAGE, req_query(r, "stage"));
    facet_add(&f, FACET_MONTH, req_query(r, "month"));
    if (!store_opinions(r->db, r->mem, &f, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        opinion_put_row(r, value_add_map(r->mem, list), &o->stored.hearing, o->ward.key,
                        &rows.rows[i]);
    page_put_pages(r, o->page, f.page, rows.total);
    value_put_bool(r->mem, o->page, "is_more", rows.is_more);
    value_put_bool(r->mem, o->page, "is_filtered", f.facet_count || f.query.n);
    return true;
}

static void put_links(const struct opinions *o)
{
    struct req *r = o->r;
    const bool *shows = o->stored.hearing.shows_door;

    value_put_text_or_null(r->mem, o->page, "send_url",
                           shows[DOOR_VOICE]
                               ? req_url(r, "/o/%.*s/voices/new", STR_ARG(o->ward.key))
                               : (str){ 0 });
    value_put_text(r->mem, o->page, "follow_url",
                   req_url(r, "/o/%.*s/voices/receipt", STR_ARG(o->ward.key)));
    value_put_text(r->mem, o->page, "feed_url",
                   req_url(r, "/o/%.*s/voices/feed", STR_ARG(o->ward.key)));
    value_put_text(r->mem, o->page, "council_url",
                   req_url(r, "/o/%.*s/council", STR_ARG(o->ward.key)));
    value_put_text(r->mem, o->page, "list_url",
                   req_url(r, "/o/%.*s/voices", STR_ARG(o->ward.key)));
}

bool page_opinions(struct req *r, struct value *page, struct err *e)
{
    struct opinions o = { .r = r, .page = page, .today = today_of(r) };
    struct value *words = value_map(r->mem);
    dec year;

    if (dec_parse(req_query(r, "year"), &year) && !year.scale)
        o.fiscal_year = (int)year.n;
    if (!store_organisation(r->db, r->mem, req_param(r, "org"), &o.ward, e)
        || !store_hearing(r->db, r->mem, o.ward.key, &o.stored, e))
        return false;
    value_put_text(r->mem, words, "name", o.ward.name);
    page_title(r, page, req_message(r, "opinions.title", words));
    part_crumb_organisation(r, page, o.ward.key, o.ward.name);
    part_put_organisation(r, page, o.ward.key, o.ward.name);
    put_links(&o);
    put_choices(&o);
    return put_years(&o, e) && put_all_numbers(&o, e) && put_list(&o, e);
}
