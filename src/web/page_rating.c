/* Ratings (格付け): how many stars, by which mean and which thresholds, field by field, over
 * the years. A rating is kept in a register that has "levels"; each fiscal year is rated by its
 * newest day. */
#include "web/pages.h"
#include "web/parts.h"

#include "model/rating.h"

#include "base/banned.h"

enum {
    SCORES_MAX = 5000, /* of one register: items times days */
    YEARS_MAX = 10,
    FIELDS_SHOWN = 40,
    DECIMALS = 2, /* of means: one more than scores have, so that 2.98 is not shown as 3.0 */
};

static const str BOOK = STR_INIT("register/service-rating");

/* One item as it was scored. */
struct score {
    int fiscal_year;
    str day, field, item;
    dec value;
};

struct rated {
    struct req *r;
    struct value *page;
    struct organisation organisation;
    struct register_def def;
    struct rating_scale scale;
    struct score *scores; /* the newest day first; of each year only its newest day */
    uint32_t count;
    int years[YEARS_MAX]; /* newest first */
    uint32_t year_count;
};

/* ---- reading ---- */

static str value_of(const struct rated *d, const struct entry_row *row, const char *key)
{
    const int at = register_field_find(&d->def, str_from(key));

    return at < 0 ? (str){ 0 } : row->entry.values[at].v;
}

static int fiscal_year_of(const struct rated *d, str day)
{
    date parsed;

    return date_parse(str_fmt(d->r->mem, "%.*s-01", STR_ARG(str_take(day, 7))), &parsed)
               ? date_fiscal_year(parsed)
               : 0;
}

/* A year is rated by its newest day: scores of an earlier day of that year are passed over. */
static void take(struct rated *d, const struct entry_row *row)
{
    struct score s = { .day = value_of(d, row, "date"),
                       .field = value_of(d, row, "field"),
                       .item = value_of(d, row, "item") };
    const struct score *before = d->count ? &d->scores[d->count - 1] : NULL;

    s.fiscal_year = fiscal_year_of(d, s.day);
    if (row->entry.is_void || !dec_parse(value_of(d, row, "score"), &s.value))
        return; /* not known yet: no score, and never nought */
    if (before && before->fiscal_year == s.fiscal_year && !str_eq(before->day, s.day))
        return;
    if (!before || before->fiscal_year != s.fiscal_year) {
        if (d->year_count == YEARS_MAX)
            return;
        d->years[d->year_count++] = s.fiscal_year;
    }
    d->scores[d->count++] = s;
}

static bool rated_load(struct rated *d, struct err *e)
{
    struct req *r = d->r;
    const struct book_ref ref = { d->organisation.key, BOOK };
    const struct entry_filter all = { .page = { 0, SCORES_MAX } };
    struct entry_rows found;
    struct hash record;

    if (!store_book(r->db, r->mem, &ref, &d->def, &record, e))
        return e->code == ERR_NOT_FOUND;
    if (!rating_scale_read(r->mem, d->def.tree, &d->scale, e)
        || !store_entries(r->db, r->mem, &(struct open_book){ ref, &d->def }, &all, &found, e))
        return false;
    d->scores = NEW(r->mem, struct score, found.count);
    for (uint32_t k = 0; k < found.count; k++)
        take(d, &found.rows[k]);
    return true;
}

/* ---- what it is worth ---- */

/* The scores of a year, of one field or of all ("" = all). */
static uint32_t scores_of(const struct rated *d, int year, str field, dec *out)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < d->count; k++) {
        const struct score *s = &d->scores[k];

        if (s->fiscal_year == year && (!field.n || str_eq(s->field, field)))
            out[n++] = s->value;
    }
    return n;
}

static str stars_text(struct arena *a, uint32_t stars, uint32_t of)
{
    struct buf b;

    buf_init(&b, a, 32, 128);
    for (uint32_t k = 0; k < of; k++)
        buf_put_c(&b, k < stars ? "★" : "☆");
    return buf_str(&b);
}

static void put_threshold(const struct rated *d, struct value *row,
                          const struct rating_levels *levels, uint32_t stars)
{
    struct arena *a = d->r->mem;

    value_put_text_or_null(a, row, "full", levels ? dec_str(a, levels->full) : (str){ 0 });
    value_put_text_or_null(a, row, "next_at",
                           levels && stars < levels->count ? dec_str(a, levels->at_least[stars])
                                                           : (str){ 0 });
    value_put_text_or_null(a, row, "stars_shown",
                           levels ? stars_text(a, stars, levels->count) : (str){ 0 });
}

/* mean, items, stars of a year or of one of its fields. */
static void put_worth(const struct rated *d, struct value *row, int year, str field)
{
    struct arena *a = d->r->mem;
    dec *scores = NEW(a, dec, d->count), mean;
    const uint32_t n = scores_of(d, year, field, scores);
    const struct rating_levels *levels = rating_levels_of(&d->scale, year);
    const uint32_t stars = levels ? rating_stars_of(levels, scores, n) : 0;

    value_put_int(a, row, "items", n);
    if (rating_mean(scores, n, DECIMALS, &mean))
        value_put_dec(a, row, "mean", mean);
    else
        value_put_null(a, row, "mean");
    if (field.n)
        return;
    if (levels && n)
        value_put_int(a, row, "stars", stars);
    else
        value_put_null(a, row, "stars");
    put_threshold(d, row, n ? levels : NULL, stars);
}

/* ---- the page ---- */

static void put_years(const struct rated *d)
{
    struct arena *a = d->r->mem;
    struct value *list = value_put_list(a, d->page, "years");

    for (uint32_t k = 0; k < d->year_count; k++) {
        struct value *row = value_add_map(a, list);

        part_put_year(d->r, row, d->years[k]);
        put_worth(d, row, d->years[k], (str){ 0 });
    }
    value_put_bool(a, d->page, "has_years", d->year_count > 0);
}

static bool is_listed(const str *names, uint32_t count, str name)
{
    for (uint32_t k = 0; k < count; k++) {
        if (str_eq(names[k], name))
            return true;
    }
    return false;
}

/* The fields of the newest year, in the order in which their items come. */
static uint32_t fields_of(const struct rated *d, str *out)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < d->count && n < FIELDS_SHOWN; k++) {
        if (d->scores[k].fiscal_year == d->years[0] && !is_listed(out, n, d->scores[k].field))
            out[n++] = d->scores[k].field;
    }
    return n;
}

static void put_items(const struct rated *d, struct value *row, str field)
{
    struct arena *a = d->r->mem;
    struct value *list = value_put_list(a, row, "scores");

    for (uint32_t k = 0; k < d->count; k++) {
        const struct score *s = &d->scores[k];
        struct value *one;

        if (s->fiscal_year != d->years[0] || !str_eq(s->field, field))
            continue;
        one = value_add_map(a, list);
        value_put_text(a, one, "item", s->item);
        value_put_dec(a, one, "score", s->value);
    }
}

static void put_fields(const struct rated *d)
{
    struct arena *a = d->r->mem;
    struct value *list = value_put_list(a, d->page, "fields");
    str names[FIELDS_SHOWN];
    const uint32_t n = d->year_count ? fields_of(d, names) : 0;

    for (uint32_t k = 0; k < n; k++) {
        struct value *row = value_add_map(a, list), *cells;

        value_put_text(a, row, "field", names[k]);
        put_items(d, row, names[k]);
        cells = value_put_list(a, row, "over_years");
        for (uint32_t y = 0; y < d->year_count; y++)
            put_worth(d, value_add_map(a, cells), d->years[y], names[k]);
    }
}

static void put_sentence(const struct rated *d)
{
    struct arena *a = d->r->mem;
    const struct value *years = value_get(d->page, STR("years"));
    struct value *words = value_map(a);
    const bool has_stars =
        years->first && value_get(years->first, STR("stars"))->kind != VALUE_NULL;

    if (years->first) {
        value_put_text(a, words, "year", value_text(years->first, "year_label"));
        value_put_text(a, words, "mean", value_text(years->first, "mean"));
        value_put_int(a, words, "items", value_int(years->first, "items"));
        value_put_int(a, words, "stars", value_int(years->first, "stars"));
        value_put_text(a, words, "full", value_text(years->first, "full"));
        value_put_text(a, words, "next_at", value_text(years->first, "next_at"));
    }
    value_put_text(a, d->page, "sentence",
                   req_message(d->r,
                               !years->first                           ? "rating.says_none"
                               : !has_stars                            ? "rating.says_mean"
                               : value_text(years->first, "next_at").n ? "rating.says_next"
                                                                       : "rating.says",
                               words));
}

bool page_rating(struct req *r, struct value *page, struct err *e)
{
    struct rated d = { .r = r, .page = page };

    if (!store_organisation(r->db, r->mem, req_param(r, "org"), &d.organisation, e)
        || !rated_load(&d, e))
        return false;
    part_crumb_organisation(r, page, d.organisation.key, d.organisation.name);
    part_put_organisation(r, page, d.organisation.key, d.organisation.name);
    put_years(&d);
    put_fields(&d);
    put_sentence(&d);
    return true;
}
