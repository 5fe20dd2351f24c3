/* Where do these words stand? Exact count, the words marked, by organisation and year. */
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum { HITS_ON_A_PAGE = 20, EXCERPT_CHARACTERS = 140, NAMES_LOOKED_AT = 50 };

struct query {
    struct req *r;
    struct value *page;
    str q, org, year;          /* as asked */
    str organisation;          /* key, "" = all */
    int fiscal_year;           /* 0 = all */
    const char *complaints[2]; /* messages: a filter that could not be used; NULL = none */
};

/* A filter may be a key or a name; a part of a name will do when only one has it. */
static bool organisation_resolve(struct query *q, struct err *e)
{
    struct req *r = q->r;
    const struct organisations_asked what = { q->org, { 0, NAMES_LOOKED_AT }, r->at };
    struct organisation_rows found;

    if (!q->org.n)
        return true;
    if (!store_organisations_then(r->db, r->mem, &what, &found, e))
        return false;
    for (uint32_t k = 0; k < found.count; k++) {
        const struct organisation *o = &found.rows[k].organisation;

        if (found.total == 1 || str_eq(o->key, q->org) || str_eq(o->name, q->org)) {
            q->organisation = o->key;
            return true;
        }
    }
    q->complaints[0] = found.total ? "search.many_organisations" : "search.no_organisation";
    return true;
}

/* 2023, 令和5年度, R5, 5年度 (read in the era of today). */
static void year_resolve(struct query *q)
{
    struct buf now;
    int this_year = 0;
    size_t used;
    dec plain;

    if (!q->year.n)
        return;
    buf_init(&now, q->r->mem, 40, 40);
    instant_put(&now, q->r->now_ms);
    if (dec_parse(str_take(buf_str(&now), 4), &plain))
        this_year = (int)plain.n;
    if (dec_parse(q->year, &plain) && !plain.scale && plain.n >= FISCAL_MIN
        && plain.n <= FISCAL_MAX)
        q->fiscal_year = (int)plain.n;
    else if (!fiscal_parse(q->year, this_year, true, &q->fiscal_year, &used)
             || used != q->year.n) {
        q->fiscal_year = 0;
        q->complaints[1] = "search.no_year";
    }
}

static str kind_word(enum hit_kind kind)
{
    static const str WORDS[] = {
        [HIT_TITLE] = STR_INIT("title"),
        [HIT_PURPOSE] = STR_INIT("purpose"),
        [HIT_OUTLINE] = STR_INIT("outline"),
        [HIT_INDICATOR] = STR_INIT("indicator"),
        [HIT_ACTIVITY] = STR_INIT("activity"),
        [HIT_REPORTED] = STR_INIT("reported"),
        [HIT_IMPROVEMENT] = STR_INIT("improvement"),
    };

    return WORDS[kind];
}

static void add_hit(const struct query *q, struct value *list, const struct hit *hit)
{
    struct req *r = q->r;
    struct value *row = value_add_map(r->mem, list);

    value_put_text(r->mem, row, "kind", kind_word(hit->kind));
    value_put_text(r->mem, row, "organisation", hit->organisation);
    value_put_text(r->mem, row, "organisation_name", hit->organisation_name);
    part_put_year(r, row, hit->fiscal_year);
    value_put_int(r->mem, row, "initiative", hit->initiative);
    value_put_text(r->mem, row, "text", hit->text);
    value_put_text(r->mem, row, "url",
                   hit->initiative ? req_url(r, "/o/%.*s/%d/%d", STR_ARG(hit->organisation),
                                             hit->fiscal_year, hit->initiative)
                                   : req_url(r, "/o/%.*s/%d", STR_ARG(hit->organisation),
                                             hit->fiscal_year));
    part_put_marked(r, row, "runs", hit->text, q->q, EXCERPT_CHARACTERS);
}

static bool put_hits(const struct query *q, uint32_t *total, struct err *e)
{
    struct req *r = q->r;
    const struct search what = { q->q, q->organisation, q->fiscal_year,
                                 req_page_of(r, HITS_ON_A_PAGE), r->at };
    struct value *list = value_put_list(r->mem, q->page, "hits");
    struct hits found = { 0 };

    if (q->q.n && !store_search(r->db, r->mem, &what, &found, e))
        return false;
    for (uint32_t k = 0; k < found.count; k++)
        add_hit(q, list, &found.rows[k]);
    page_put_pages(r, q->page, what.page, found.total);
    *total = found.total;
    return true;
}

static void put_words(const struct query *q, uint32_t total)
{
    struct arena *a = q->r->mem;
    struct value *words = value_map(a), *list;
    const char *says = !q->q.n ? "search.says_empty"
                       : total ? "search.says"
                               : "search.says_none";

    value_put_text(a, words, "q", q->q);
    value_put_text(a, words, "org", q->org);
    value_put_text(a, words, "year", q->year);
    value_put_int(a, words, "total", total);
    value_put_text(a, q->page, "sentence", req_message(q->r, says, words));
    list = value_put_list(a, q->page, "complaints");
    for (size_t k = 0; k < 2; k++) {
        if (q->complaints[k])
            value_add_text(a, list, req_message(q->r, q->complaints[k], words));
    }
    value_put_text_or_null(a, q->page, "q", q->q);
    value_put_text_or_null(a, q->page, "org", q->org);
    value_put_text_or_null(a, q->page, "year", q->year);
    value_put_bool(a, q->page, "is_asked", q->q.n > 0);
}

bool page_search(struct req *r, struct value *page, struct err *e)
{
    struct query q = { .r = r, .page = page };
    uint32_t total;
    int64_t first;

    q.q = req_query(r, "q");
    q.org = req_query(r, "org");
    q.year = req_query(r, "year");
    year_resolve(&q);
    if (!organisation_resolve(&q, e) || !put_hits(&q, &total, e)
        || !store_first(r->db, q.organisation, &first, e))
        return false;
    part_put_early(r, page, first);
    put_words(&q, total);
    if (q.q.n)
        page_title(r, page,
                   str_fmt(r->mem, "%.*s: %.*s", STR_ARG(q.q),
                           STR_ARG(req_message(r, "search.h1", NULL))));
    return true;
}
