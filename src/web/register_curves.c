/* A ledger of collection: the rate month by month beside past years, and where this year lands.
 */
#include <math.h>

#include "measure/measure.h"
#include "web/parts.h"
#include "web/register_part.h"

#include "base/banned.h"

enum { YEARS_MAX = 12 };

struct curves {
    const struct register_view *v;
    struct measure_def def; /* how the rate is counted: as its indicator does */
    struct rate_curve rates[YEARS_MAX];
    struct month_curve years[YEARS_MAX]; /* oldest first; the same, to be drawn */
    uint32_t count;
};

static void year_take(struct curves *x, const struct cells *cells, int fiscal_year)
{
    struct rate_curve *rate = &x->rates[x->count];
    struct month_curve *curve = &x->years[x->count];

    measure_rate_curve(x->v->r->mem, &x->def, cells, fiscal_year, rate);
    curve->fiscal_year = fiscal_year;
    for (int p = 0; p < CURVE_POINTS; p++) {
        curve->has[p] = rate->has[p];
        curve->value[p] = rate->value[p];
        curve->is_suspended[p] = rate->is_suspended[p];
    }
    x->count++;
}

/* ---- where it will land ---- */

static dec two_decimals(double v)
{
    return (dec){ (int64_t)floor(v * 100 + 0.5), 2 };
}

/* An indicator that counts this ledger's rate: how it does, and its target in the year that is
 * shown. Without one the present year's line counts, without what was refunded taken off. */
static bool bound_find(struct curves *x, struct months *m, struct err *e)
{
    static const str OF[] = { STR_INIT("collected"), STR_INIT("assessed") };
    static str current = STR_INIT("current");
    const struct register_view *v = x->v;
    struct indicator_bodies all;

    x->def = (struct measure_def){ .kind = MEASURE_LEDGER,
                                   .value = GIVES_RATE,
                                   .of = { OF[0], OF[1] },
                                   .of_count = 2,
                                   .decimals = 2 };
    if (register_field_find(&v->def, STR("line")) >= 0) {
        x->def.filters[0] = (struct measure_filter){ STR("line"), &current, 1 };
        x->def.filter_count = 1;
    }
    if (!store_bound_to(v->r->db, v->r->mem, v->ref.organisation, v->ref.book, &all, e))
        return false;
    for (uint32_t i = 0; i < all.count; i++) {
        const struct indicator_ref ref = { v->ref.organisation, all.rows[i].indicator, 0 };
        const struct binding *b = &all.rows[i].binding;
        struct series series;

        if (b->measure.value != GIVES_RATE
            || !store_series(v->r->db, v->r->mem, &ref, &series, e))
            continue;
        x->def = b->measure;
        for (uint32_t k = 0; k < series.count; k++)
            if (series.points[k].fiscal_year == v->fiscal_year) {
                m->has_target = series.points[k].indicator.target.is_set;
                m->target = series.points[k].indicator.target.value;
            }
        return true;
    }
    return true;
}

static void put_landed(const struct curves *x, const struct months *m, struct value *out,
                       const struct landed *l)
{
    static const char *const METHODS[] = { "landing.additive", "landing.ratio",
                                           "landing.logit" };
    const struct req *r = x->v->r;
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "method", req_message(r, METHODS[l->method], NULL));
    value_put_dec(r->mem, words, "error", two_decimals(l->error));
    value_put_int(r->mem, words, "years", l->years);
    value_put_dec(r->mem, words, "low", two_decimals(l->low));
    value_put_dec(r->mem, words, "middle", two_decimals(l->middle));
    value_put_dec(r->mem, words, "high", two_decimals(l->high));
    value_put_int(r->mem, words, "chance", m->fan.chance_pct);
    if (m->has_target)
        value_put_dec(r->mem, words, "target", m->target);
    value_put_text(r->mem, out, "landing",
                   req_message(r,
                               m->fan.chance_pct >= 0 ? "landing.says_chance" : "landing.says",
                               words));
}

static void land(struct curves *x, struct months *m, struct value *out)
{
    const int now = x->count ? measure_curve_point(&x->rates[x->count - 1]) : -1;
    struct past_year past[YEARS_MAX];
    struct landed l;
    double chance;

    if (!measure_curve_landing(x->rates, x->count, now, past, &l)) {
        value_put_null(x->v->r->mem, out, "landing");
        return;
    }
    m->fan = (struct landing_fan){
        true, two_decimals(l.low), two_decimals(l.middle), two_decimals(l.high), 95, -1
    };
    if (m->has_target
        && measure_landing_chance_by(l.method, past, l.years,
                                     dec_double(x->rates[x->count - 1].value[now]),
                                     dec_double(m->target), &chance))
        m->fan.chance_pct = (int)floor(chance * 100 + 0.5);
    put_landed(x, m, out, &l);
}

/* ---- the table ---- */

static void put_table(const struct curves *x, struct value *out)
{
    const struct req *r = x->v->r;
    struct value *list = value_put_list(r->mem, out, "years");

    for (uint32_t i = 0; i < x->count; i++)
        part_put_year(r, value_add_map(r->mem, list), x->years[i].fiscal_year);
    list = value_put_list(r->mem, out, "rows");
    for (int p = 0; p < CURVE_POINTS; p++) {
        struct value *row = value_add_map(r->mem, list), *cells;

        value_put_text(r->mem, row, "month", curve_point_name(r->mem, p, r->lang));
        cells = value_put_list(r->mem, row, "cells");
        for (uint32_t i = 0; i < x->count; i++) {
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

    if (v->def.book != BOOK_COLLECTION || !v->fiscal_year) {
        value_put_null(r->mem, v->page, "curves");
        return true;
    }
    if (!register_cells(v, v->fiscal_year - YEARS_MAX + 1, v->fiscal_year, &cells, e))
        return false;
    x->v = v;
    if (!bound_find(x, &m, e))
        return false;
    for (uint32_t i = v->year_count; i-- > 0;) /* newest first in v->years */
        if (v->years[i] <= v->fiscal_year && v->years[i] > v->fiscal_year - YEARS_MAX)
            year_take(x, &cells, v->years[i]);
    m.count = x->count;
    out = value_put_map(r->mem, v->page, "curves");
    land(x, &m, out);
    chart = chart_months(r->mem, &m, r->lang);
    value_put_markup(r->mem, out, "chart", chart.svg);
    value_put_text(r->mem, out, "sentence", chart.sentence);
    put_table(x, out);
    return true;
}
