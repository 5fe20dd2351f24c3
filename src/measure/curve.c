/* The rate of a ledger of collection month by month, and where its year will land. */
#include "measure/inner.h"

#include <assert.h>

#include "base/banned.h"

/* 2024-04 of 2024 is 0, 2025-05 is 13; -1 = not of that year. */
static int point_of(str month, int fiscal_year)
{
    dec y, m;
    int64_t at;

    if (month.n != 7 || !dec_parse(str_take(month, 4), &y)
        || !dec_parse(str_skip(month, 5), &m))
        return -1;
    at = (y.n - fiscal_year) * 12 + m.n - 4;
    return at >= 0 && at < RATE_POINTS ? (int)at : -1;
}

/* The amounts of a year by point: collected, assessed, refunded, as the measure names them. */
struct amounts {
    dec of[3][RATE_POINTS];
    bool has[3][RATE_POINTS];
};

static void amounts_add(const struct measure_def *d, struct amounts *all,
                        struct rate_curve *curve, const struct cell *c)
{
    const int at = point_of(c->month, c->fiscal_year);

    if (at < 0)
        return;
    if (str_find(c->facets, STR("\"suspended\":\"yes\"")) >= 0)
        curve->is_suspended[at] = true;
    for (uint32_t i = 0; i < d->of_count; i++)
        if (str_eq(c->field, d->of[i]))
            all->has[i][at] = dec_add(all->of[i][at], c->amount, &all->of[i][at]);
}

static bool rate_at(const struct measure_def *d, const struct amounts *all, int at, dec *out)
{
    const uint8_t decimals = d->decimals ? d->decimals : 2;
    dec collected = all->of[0][at];

    if (!all->has[0][at] || !all->has[1][at] || all->of[1][at].n <= 0 || collected.n <= 0)
        return false;
    if (d->of_count == 3 && !dec_sub(collected, all->of[2][at], &collected))
        return false;
    return measure_percent(collected, all->of[1][at], decimals, out);
}

void measure_rate_curve(struct arena *a, const struct measure_def *d, const struct cells *cells,
                        int fiscal_year, struct rate_curve *out)
{
    struct amounts *all = NEW(a, struct amounts, 1);

    assert(d->value == GIVES_RATE && d->of_count >= 2);
    *out = (struct rate_curve){ .fiscal_year = fiscal_year };
    for (uint32_t i = 0; i < cells->count; i++)
        if (cells->rows[i].fiscal_year == fiscal_year && facets_fit(a, d, &cells->rows[i]))
            amounts_add(d, all, out, &cells->rows[i]);
    for (int at = 0; at < RATE_POINTS; at++)
        out->has[at] = rate_at(d, all, at, &out->value[at]);
}

int measure_curve_point(const struct rate_curve *c)
{
    for (int at = RATE_POINTS; at-- > 0;)
        if (c->has[at])
            return at;
    return -1;
}

bool measure_curve_landing(const struct rate_curve *curves, uint32_t count, int point,
                           struct past_year *past, struct landed *out)
{
    const struct rate_curve *now = count ? &curves[count - 1] : NULL;
    struct interval between;
    double rate;

    *out = (struct landed){ 0 };
    if (!now || point < 0 || point >= RATE_POINTS - 1 || !now->has[point])
        return false;
    for (uint32_t i = 0; i < count - 1; i++)
        if (curves[i].has[point] && curves[i].has[RATE_POINTS - 1])
            past[out->years++] =
                (struct past_year){ dec_double(curves[i].value[point]),
                                    dec_double(curves[i].value[RATE_POINTS - 1]) };
    if (out->years < LANDING_YEARS_MIN)
        return false;
    rate = dec_double(now->value[point]);
    out->method = measure_landing_choice(past, out->years);
    out->error = measure_landing_error(out->method, past, out->years);
    out->middle = measure_land(out->method, past, out->years, rate);
    if (!measure_landing_by(out->method, past, out->years, rate, 0.95, &between))
        return false;
    out->low = between.low;
    out->high = between.high;
    return true;
}
