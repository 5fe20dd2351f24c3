/* A register in a year by area and month, and what was planned against what was done: the empty
 * places are seen at a glance, and lead to the line that would fill them. */
#include "web/entry_part.h"
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum { MONTHS = 12, SHADES = 3, PLANNED_MAX = 20000 };

/* ---- the year ---- */

static void put_years(struct entry_view *w, const char *path)
{
    const struct req *r = w->v.r;
    struct value *list = value_put_list(r->mem, w->v.page, "years");
    const str url = req_url(r, "/w/%.*s/evidence/%.*s/%s", STR_ARG(w->v.ref.organisation),
                            STR_ARG(w->v.def.key), path);

    for (uint32_t i = 0; i < w->v.year_count; i++) {
        struct value *row = value_add_map(r->mem, list);

        part_put_year(r, row, w->v.years[i]);
        value_put_bool(r->mem, row, "is_shown", w->v.years[i] == w->v.fiscal_year);
        value_put_text(r->mem, row, "url",
                       req_url_with(r, url, "year", str_fmt(r->mem, "%d", w->v.years[i])));
    }
}

/* ?year=2024, or the newest that has entries, or this year. */
static void year_choose(struct entry_view *w)
{
    struct entry_hints hints;
    dec asked;

    entry_hints(w, &hints);
    w->v.fiscal_year = w->v.year_count ? w->v.years[0] : hints.fiscal_year;
    if (dec_parse(req_query(w->v.r, "year"), &asked) && !asked.scale && asked.n >= FISCAL_MIN
        && asked.n <= FISCAL_MAX)
        w->v.fiscal_year = (int)asked.n;
}

/* April is 0. */
static str month_of(struct arena *a, int fiscal_year, int month)
{
    const int m = (month + 3) % MONTHS + 1;

    return str_fmt(a, "%04d-%02d", fiscal_year + (m < 4), m);
}

static int month_index(str month)
{
    dec m;

    return month.n == 7 && dec_parse(str_skip(month, 5), &m) ? (int)((m.n + 8) % MONTHS) : -1;
}

static void put_months(const struct entry_view *w)
{
    struct value *list = value_put_list(w->v.r->mem, w->v.page, "months");

    for (int m = 0; m < MONTHS; m++)
        value_put_text(w->v.r->mem, value_add_map(w->v.r->mem, list), "label",
                       curve_point_name(w->v.r->mem, m, w->v.r->lang));
}

/* ---- areas ---- */

struct heat {
    struct entry_view w;
    int64_t (*count)[MONTHS]; /* a row an area */
    int64_t most;             /* in one cell */
    uint32_t empty;           /* areas without any */
    int64_t total;
};

static int area_find(const struct heat *h, str area)
{
    for (uint32_t i = 0; i < h->w.v.areas.count; i++)
        if (str_eq(h->w.v.areas.rows[i].name, area))
            return (int)i;
    return -1;
}

static void heat_fill(struct heat *h, const struct cells *cells)
{
    for (uint32_t i = 0; i < cells->count; i++) {
        const struct cell *c = &cells->rows[i];
        const int area = c->field.n ? -1 : area_find(h, c->area);
        const int month = month_index(c->month);

        if (area < 0 || month < 0)
            continue;
        h->count[area][month] += c->amount.n;
        h->total += c->amount.n;
        if (h->count[area][month] > h->most)
            h->most = h->count[area][month];
    }
}

/* The line with area and month in it, or the list of what stands there. */
static str cell_url(const struct heat *h, uint32_t area, int month, bool is_empty)
{
    const struct req *r = h->w.v.r;
    const struct register_def *d = &h->w.v.def;
    const str name = h->w.v.areas.rows[area].name;
    const str day = month_of(r->mem, h->w.v.fiscal_year, month);
    str url = h->w.url;

    if (!is_empty) {
        url = req_url_with(r, req_url_with(r, url, "from", day), "to", day);
        return req_url_with(r, url, "area", name);
    }
    url =
        req_url_with(r, url,
                     str_c(r->mem, str_fmt(r->mem, "v.%.*s", STR_ARG(d->fields[d->date].key))),
                     day);
    return req_url_with(r, url,
                        str_c(r->mem,
                              str_fmt(r->mem, "v.%.*s", STR_ARG(d->fields[d->area].key))),
                        name);
}

/* Which third of the largest a number lies in. */
static str shade_of(const struct heat *h, int64_t n)
{
    static const str WORDS[] = { STR_INIT("few"), STR_INIT("some"), STR_INIT("many") };
    const int64_t most = h->most > SHADES ? h->most : SHADES;
    const int64_t third = n ? (n * SHADES - 1) / most : 0;

    return n ? WORDS[third < SHADES ? third : SHADES - 1] : STR("blank");
}

static void put_area(struct heat *h, struct value *list, uint32_t area)
{
    const struct req *r = h->w.v.r;
    struct value *row = value_add_map(r->mem, list), *cells;
    int64_t total = 0;

    value_put_text(r->mem, row, "area", h->w.v.areas.rows[area].name);
    cells = value_put_list(r->mem, row, "cells");
    for (int m = 0; m < MONTHS; m++) {
        struct value *cell = value_add_map(r->mem, cells);
        const int64_t n = h->count[area][m];

        total += n;
        if (n)
            value_put_int(r->mem, cell, "count", n);
        else
            value_put_null(r->mem, cell, "count");
        value_put_text(r->mem, cell, "shade", shade_of(h, n));
        value_put_text(r->mem, cell, "month", curve_point_name(r->mem, m, r->lang));
        value_put_text(r->mem, cell, "url", cell_url(h, area, m, n == 0));
    }
    value_put_int(r->mem, row, "total", total);
    h->empty += total == 0;
}

bool page_entry_areas(struct req *r, struct value *page, struct err *e)
{
    struct heat h = { 0 };
    struct value *words = value_map(r->mem), *list;
    struct cells cells;

    if (!entry_view_load(&h.w, r, page, "areas", e))
        return false;
    year_choose(&h.w);
    if (!register_cells(&h.w.v, h.w.v.fiscal_year, h.w.v.fiscal_year, &cells, e))
        return false;
    h.count = arena_alloc(r->mem, sizeof *h.count, h.w.v.areas.count + 1);
    heat_fill(&h, &cells);
    put_years(&h.w, "areas");
    put_months(&h.w);
    list = value_put_list(r->mem, page, "rows");
    for (uint32_t i = 0; h.w.v.def.area >= 0 && i < h.w.v.areas.count; i++)
        put_area(&h, list, i);
    value_put_text(r->mem, words, "year", part_year_label(r, h.w.v.fiscal_year));
    value_put_int(r->mem, words, "total", h.total);
    value_put_int(r->mem, words, "areas", list->count);
    value_put_int(r->mem, words, "empty", h.empty);
    value_put_text(r->mem, page, "sentence",
                   req_message(r, list->count ? "evidence.says_areas" : "entry.no_areas",
                               words));
    value_put_bool(r->mem, page, "has_rows", list->count > 0);
    value_put_bool(r->mem, page, "is_past_not", h.w.v.is_past_not);
    return true;
}

/* ---- planned and done ---- */

/* A group of entries: a body, a training, a month. */
struct sums {
    str label;
    dec planned, done;
    uint32_t entries, missing; /* entries in which one of the two has no value */
};
struct plan_view {
    struct entry_view w;
    uint32_t planned, done; /* fields */
    int group;              /* the field that names the groups, -1 = none */
    struct sums *groups;
    uint32_t group_count;
    struct sums months[MONTHS], all;
};

static int group_field(const struct register_def *d)
{
    for (uint32_t i = 0; i < d->identity_count; i++) {
        const enum field_kind kind = d->fields[d->identity[i]].kind;

        if (kind == FIELD_TEXT || kind == FIELD_CHOICE || kind == FIELD_PARTNER)
            return (int)d->identity[i];
    }
    return -1;
}

static void sums_add(struct sums *s, const struct plan_view *p,
                     const struct register_entry *one)
{
    dec planned = { 0, 0 }, done = { 0, 0 };
    const bool has_planned = dec_parse(one->values[p->planned].v, &planned);
    const bool has_done = dec_parse(one->values[p->done].v, &done);

    s->entries++;
    s->missing += !has_planned || !has_done;
    /* entries stay below a million million, so no sum of a year leaves 64 bits */
    if ((has_planned && !dec_add(s->planned, planned, &s->planned))
        || (has_done && !dec_add(s->done, done, &s->done)))
        s->missing++;
}

static struct sums *group_of(struct plan_view *p, const struct register_entry *one)
{
    const str label = p->group < 0 ? (str){ 0 }
                                   : register_value_label(&p->w.v, (uint32_t)p->group,
                                                          &one->values[p->group]);

    for (uint32_t i = 0; i < p->group_count; i++)
        if (str_eq(p->groups[i].label, label))
            return &p->groups[i];
    p->groups[p->group_count].label = label;
    return &p->groups[p->group_count++];
}

static bool plan_load(struct plan_view *p, uint32_t *left_out, struct err *e)
{
    const struct req *r = p->w.v.r;
    const struct entry_filter year = {
        .from = str_fmt(r->mem, "%04d-04", p->w.v.fiscal_year),
        .before = str_fmt(r->mem, "%04d-04", p->w.v.fiscal_year + 1),
        .when = r->at,
        .page = { 0, PLANNED_MAX },
    };
    struct entry_rows rows;

    if (!store_entries(r->db, r->mem, &(struct open_book){ p->w.v.ref, &p->w.v.def }, &year,
                       &rows, e))
        return false;
    p->groups = NEW(r->mem, struct sums, rows.count + 1);
    *left_out = rows.total - rows.count;
    for (uint32_t i = rows.count; i-- > 0;) { /* the oldest first */
        const struct register_entry *one = &rows.rows[i].entry;
        const int month = month_index(str_take(one->values[p->w.v.def.date].v, 7));

        if (one->is_void)
            continue;
        sums_add(group_of(p, one), p, one);
        sums_add(&p->all, p, one);
        if (month >= 0)
            sums_add(&p->months[month], p, one);
    }
    return true;
}

static void put_sums(const struct req *r, struct value *row, const struct sums *s)
{
    dec difference;

    value_put_int(r->mem, row, "entries", s->entries);
    value_put_text(r->mem, row, "planned", dec_str(r->mem, s->planned));
    value_put_text(r->mem, row, "done", dec_str(r->mem, s->done));
    if (!dec_sub(s->done, s->planned, &difference) || !s->entries)
        value_put_null(r->mem, row, "difference");
    else
        value_put_text(r->mem, row, "difference",
                       str_fmt(r->mem, "%s%.*s", difference.n > 0 ? "+" : "",
                               STR_ARG(dec_str(r->mem, difference))));
    value_put_bool(r->mem, row, "is_short", s->entries && dec_cmp(s->done, s->planned) < 0);
    if (s->planned.n > 0)
        value_put_text(r->mem, row, "share",
                       str_fmt(r->mem, "%.1f",
                               100 * dec_double(s->done) / dec_double(s->planned)));
    else
        value_put_null(r->mem, row, "share");
    value_put_int(r->mem, row, "missing", s->missing);
}

static void put_plan(struct plan_view *p)
{
    const struct req *r = p->w.v.r;
    struct value *list = value_put_list(r->mem, p->w.v.page, "groups");
    const char *date_name =
        str_c(r->mem,
              str_fmt(r->mem, "v.%.*s", STR_ARG(p->w.v.def.fields[p->w.v.def.date].key)));

    for (uint32_t i = 0; i < p->group_count; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "label", p->groups[i].label);
        put_sums(r, row, &p->groups[i]);
    }
    list = value_put_list(r->mem, p->w.v.page, "by_month");
    for (int m = 0; m < MONTHS; m++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "label", curve_point_name(r->mem, m, r->lang));
        value_put_text(r->mem, row, "url",
                       req_url_with(r, p->w.url, date_name,
                                    month_of(r->mem, p->w.v.fiscal_year, m)));
        put_sums(r, row, &p->months[m]);
    }
    put_sums(r, value_put_map(r->mem, p->w.v.page, "sum"), &p->all);
}

static str plan_sentence(const struct plan_view *p)
{
    const struct req *r = p->w.v.r;
    const struct register_field *planned = &p->w.v.def.fields[p->planned];
    const struct register_field *done = &p->w.v.def.fields[p->done];
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "year", part_year_label(r, p->w.v.fiscal_year));
    value_put_text(r->mem, words, "planned_label", planned->label[r->lang]);
    value_put_text(r->mem, words, "done_label", done->label[r->lang]);
    value_put_text(r->mem, words, "planned",
                   str_fmt(r->mem, "%.*s%.*s", STR_ARG(dec_str(r->mem, p->all.planned)),
                           STR_ARG(planned->unit)));
    value_put_text(r->mem, words, "done",
                   str_fmt(r->mem, "%.*s%.*s", STR_ARG(dec_str(r->mem, p->all.done)),
                           STR_ARG(done->unit)));
    return req_message(r, p->all.entries ? "planned.says" : "planned.none", words);
}

bool page_entry_planned(struct req *r, struct value *page, struct err *e)
{
    struct plan_view p = { 0 };
    const struct register_def *d = &p.w.v.def;
    uint32_t left_out;

    if (!entry_view_load(&p.w, r, page, "planned", e))
        return false;
    if (!entry_has_pair(d))
        return err_set(e, ERR_NOT_FOUND,
                       "この台帳には、計画と実施のような数の組がありません。");
    year_choose(&p.w);
    p.done = d->checks[0].less;
    p.planned = d->checks[0].more;
    p.group = group_field(d);
    if (!plan_load(&p, &left_out, e))
        return false;
    put_years(&p.w, "planned");
    put_plan(&p);
    value_put_text(r->mem, page, "planned_label", d->fields[p.planned].label[r->lang]);
    value_put_text(r->mem, page, "done_label", d->fields[p.done].label[r->lang]);
    value_put_text(r->mem, page, "unit", d->fields[p.done].unit);
    value_put_text(r->mem, page, "group_label",
                   p.group < 0 ? (str){ 0 } : d->fields[p.group].label[r->lang]);
    value_put_text(r->mem, page, "sentence", plan_sentence(&p));
    value_put_int(r->mem, page, "left_out", left_out);
    return true;
}
