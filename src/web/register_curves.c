/* A ledger of collection: the rate month by month beside past years, and where this year lands.
 */
#include <math.h>
#include <stdio.h>

#include "measure/measure.h"
#include "web/parts.h"
#include "web/register_part.h"

#include "base/banned.h"

enum { YEARS_MAX = 12 };

struct curves {
    const struct register_view *v;
    struct month_curve years[YEARS_MAX]; /* oldest first */
    double rate[YEARS_MAX][CURVE_POINTS];
    int count;
};

/* 2024-04 of 2024 is 0, 2025-05 is 13; -1 = not of that year. */
static int point_of(str month, int fiscal_year)
{
    dec y, m;
    int64_t at;

    if (month.n != 7 || !dec_parse(str_take(month, 4), &y)
        || !dec_parse(str_skip(month, 5), &m))
        return -1;
    at = (y.n - fiscal_year) * 12 + m.n - 4;
    return at >= 0 && at < CURVE_POINTS ? (int)at : -1;
}

/* What was assessed and collected of the present year's line, by year and point. */
struct amounts {
    dec assessed[CURVE_POINTS], collected[CURVE_POINTS];
};

static void amounts_add(struct amounts *all, struct month_curve *curve, const struct cell *c)
{
    const int at = point_of(c->month, c->fiscal_year);

    if (at < 0 || str_find(c->facets, STR("\"line\":\"arrears\"")) >= 0)
        return;
    if (str_find(c->facets, STR("\"suspended\":\"yes\"")) >= 0)
        curve->is_suspended[at] = true;
    if (str_eq(c->field, STR("assessed")))
        curve->has[at] |= dec_add(all->assessed[at], c->amount, &all->assessed[at]);
    if (str_eq(c->field, STR("collected")))
        (void)(dec_add(all->collected[at], c->amount, &all->collected[at])
               || (curve->has[at] = false));
}

/* Percent with two decimals, half up. */
static bool rate_of(dec collected, dec assessed, dec *out)
{
    const double c = dec_double(collected), a = dec_double(assessed);

    if (a <= 0)
        return false;
    *out = (dec){ (int64_t)floor(c / a * 10000 + 0.5), 2 };
    return true;
}

static void year_take(struct curves *x, const struct cells *cells, int fiscal_year)
{
    struct amounts *all = NEW(x->v->r->mem, struct amounts, 1);
    struct month_curve *curve = &x->years[x->count];

    curve->fiscal_year = fiscal_year;
    for (uint32_t i = 0; i < cells->count; i++)
        if (cells->rows[i].fiscal_year == fiscal_year)
            amounts_add(all, curve, &cells->rows[i]);
    for (int p = 0; p < CURVE_POINTS; p++) {
        curve->has[p] = curve->has[p] && all->collected[p].n
                        && rate_of(all->collected[p], all->assessed[p], &curve->value[p]);
        x->rate[x->count][p] = curve->has[p] ? dec_double(curve->value[p]) : 0;
    }
    x->count++;
}

/* ---- where it will land ---- */

static int newest_point(const struct month_curve *c)
{
    for (int p = CURVE_POINTS; p-- > 0;)
        if (c->has[p])
            return p;
    return -1;
}

static dec two_decimals(double v)
{
    return (dec){ (int64_t)floor(v * 100 + 0.5), 2 };
}

/* The target of the indicator that is bound to this ledger, in the year that is shown. */
static bool target_find(const struct register_view *v, dec *target, struct err *e)
{
    struct indicator_bodies all;

    if (!store_bindings(v->r->db, v->r->mem, v->ref.organisation, &all, e))
        return false;
    for (uint32_t i = 0; i < all.count; i++) {
        struct binding b;
        struct series series;

        if (!binding_read(v->r->mem, all.rows[i].tree, &b, e)
            || !str_eq(b.measure.book, v->ref.book) || b.measure.value != GIVES_RATE
            || !store_series(v->r->db, v->r->mem,
                             &(struct indicator_ref){ v->ref.organisation,
                                                      all.rows[i].indicator, 0 },
                             &series, e))
            continue;
        for (uint32_t k = 0; k < series.count; k++)
            if (series.points[k].fiscal_year == v->fiscal_year
                && series.points[k].indicator.target.is_set) {
                *target = series.points[k].indicator.target.value;
                return true;
            }
    }
    return false;
}

static void land(struct curves *x, struct months *m, struct value *out)
{
    static const char *const METHODS[] = { "landing.additive", "landing.ratio",
                                           "landing.logit" };
    const struct req *r = x->v->r;
    const int now = newest_point(&x->years[x->count - 1]);
    const double rate = now < 0 ? 0 : x->rate[x->count - 1][now];
    struct past_year past[YEARS_MAX];
    uint32_t n = 0;
    struct interval between;
    enum landing_method method;
    double chance, middle;
    struct value *words = value_map(r->mem);

    for (int i = 0; i < x->count - 1 && now >= 0; i++)
        if (x->years[i].has[now] && x->years[i].has[CURVE_POINTS - 1])
            past[n++] = (struct past_year){ x->rate[i][now], x->rate[i][CURVE_POINTS - 1] };
    if (now < 0 || now == CURVE_POINTS - 1 || n < LANDING_YEARS_MIN
        || !measure_landing(past, n, rate, 0.95, &between)) {
        value_put_null(r->mem, out, "landing");
        return;
    }
    method = measure_landing_choice(past, n);
    middle = measure_land(method, past, n, rate);
    /* the interval is the additive method's, moved to the landing of the chosen one */
    between.low += middle - measure_land(LANDING_ADDITIVE, past, n, rate);
    between.high += middle - measure_land(LANDING_ADDITIVE, past, n, rate);
    m->fan = (struct landing_fan){
        true, two_decimals(between.low), two_decimals(middle), two_decimals(between.high), 95,
        -1
    };
    if (m->has_target && measure_landing_chance(past, n, rate, dec_double(m->target), &chance))
        m->fan.chance_pct = (int)floor(chance * 100 + 0.5);
    value_put_text(r->mem, words, "method", req_message(r, METHODS[method], NULL));
    value_put_dec(r->mem, words, "error", two_decimals(measure_landing_error(method, past, n)));
    value_put_int(r->mem, words, "years", n);
    value_put_text(r->mem, out, "landing", req_message(r, "landing.says", words));
}

/* ---- the table ---- */

static void put_table(const struct curves *x, struct value *out)
{
    const struct req *r = x->v->r;
    struct value *list = value_put_list(r->mem, out, "years");

    for (int i = 0; i < x->count; i++)
        part_put_year(r, value_add_map(r->mem, list), x->years[i].fiscal_year);
    list = value_put_list(r->mem, out, "rows");
    for (int p = 0; p < CURVE_POINTS; p++) {
        struct value *row = value_add_map(r->mem, list), *cells;

        value_put_text(r->mem, row, "month", curve_point_name(r->mem, p, r->lang));
        cells = value_put_list(r->mem, row, "cells");
        for (int i = 0; i < x->count; i++) {
            struct value *cell = value_add_map(r->mem, cells);
            dec points;

            if (x->years[i].has[p])
                value_put_dec(r->mem, cell, "rate", x->years[i].value[p]);
            else
                value_put_null(r->mem, cell, "rate");
            if (i && x->years[i].has[p] && x->years[i - 1].has[p]
                && dec_sub(x->years[i].value[p], x->years[i - 1].value[p], &points))
                value_put_text(r->mem, cell, "points",
                               str_fmt(r->mem, "%s%.*s", points.n < 0 ? "" : "+",
                                       STR_ARG(dec_str(r->mem, points))));
            else
                value_put_null(r->mem, cell, "points");
            value_put_bool(r->mem, cell, "is_suspended", x->years[i].is_suspended[p]);
        }
    }
}

bool register_put_curves(struct register_view *v, struct err *e)
{
    struct req *r = v->r;
    struct curves *x = NEW(r->mem, struct curves, 1);
    struct months m = { .years = x->years, .name = v->def.name[r->lang], .unit = STR("%") };
    struct value *out;
    struct chart chart;
    struct cells cells;
    struct err ignored = { .code = ERR_NONE };

    if (v->def.book != BOOK_COLLECTION || !v->fiscal_year) {
        value_put_null(r->mem, v->page, "curves");
        return true;
    }
    if (!store_cells(r->db, r->mem,
                     &(struct cells_of){ v->ref, v->fiscal_year - YEARS_MAX + 1, v->fiscal_year,
                                         NULL, 0 },
                     &cells, e))
        return false;
    x->v = v;
    for (uint32_t i = v->year_count; i-- > 0;) /* newest first in v->years */
        if (v->years[i] <= v->fiscal_year && v->years[i] > v->fiscal_year - YEARS_MAX)
            year_take(x, &cells, v->years[i]);
    m.count = (uint32_t)x->count;
    m.has_target = target_find(v, &m.target, &ignored);
    out = value_put_map(r->mem, v->page, "curves");
    land(x, &m, out);
    chart = chart_months(r->mem, &m, r->lang);
    value_put_markup(r->mem, out, "chart", chart.svg);
    value_put_text(r->mem, out, "sentence", chart.sentence);
    put_table(x, out);
    return true;
}
