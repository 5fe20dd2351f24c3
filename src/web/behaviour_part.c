/* Months into a process-behaviour chart, with the table of the same figures. */
#include "web/behaviour_part.h"

#include <math.h>

#include "web/parts.h"

#include "base/banned.h"

enum { MONTHS_SHOWN = 36, MONTHS_MIN = 3 };

static str this_month(const struct req *r)
{
    struct buf b;

    buf_init(&b, r->mem, 32, 32);
    instant_put(&b, r->now_ms);
    return str_take(buf_str(&b), 7);
}

/* A sum of ten thousandths without idle zeros. */
static dec plain(dec v)
{
    while (v.scale && v.n % 10 == 0) {
        v.n /= 10;
        v.scale--;
    }
    return v;
}

/* ---- the table: months by fiscal years ---- */

static int year_of(str month)
{
    dec y, m;

    if (!dec_parse(str_take(month, 4), &y) || !dec_parse(str_skip(month, 5), &m))
        return 0;
    return (int)(m.n >= 4 ? y.n : y.n - 1);
}

static void add_cell(const struct req *r, struct value *cells, const struct behaviour_chart *c,
                     str month)
{
    struct value *cell = value_add_map(r->mem, cells);
    const struct behaviour_point *point = NULL;

    for (uint32_t i = 0; i < c->count && !point; i++)
        if (str_eq(c->points[i].label, month))
            point = &c->points[i];
    value_put_text_or_null(r->mem, cell, "count",
                           point ? dec_str(r->mem, point->value) : (str){ 0 });
    value_put_bool(r->mem, cell, "is_outside", point && point->is_outside);
    value_put_bool(r->mem, cell, "is_run", point && point->is_run);
}

static void put_rows(const struct req *r, struct value *map, const struct behaviour_chart *c)
{
    const int first = year_of(c->points[0].label),
              last = year_of(c->points[c->count - 1].label);
    struct value *years = value_put_list(r->mem, map, "years"),
                 *rows = value_put_list(r->mem, map, "rows");

    for (int year = first; year <= last; year++)
        part_put_year(r, value_add_map(r->mem, years), year);
    for (int m = 0; m < 12; m++) {
        struct value *row = value_add_map(r->mem, rows), *cells;
        const int month = (m + 3) % 12 + 1;

        value_put_text(r->mem, row, "month", curve_point_name(r->mem, m, r->lang));
        cells = value_put_list(r->mem, row, "cells");
        for (int year = first; year <= last; year++)
            add_cell(r, cells, c,
                     str_fmt(r->mem, "%04d-%02d", month >= 4 ? year : year + 1, month));
    }
}

static void chart_put(const struct req *r, struct value *map, const struct month_value *months,
                      struct behaviour_chart *c)
{
    struct behaviour_point *points = NEW(r->mem, struct behaviour_point, c->count);
    double *values = NEW(r->mem, double, c->count);
    uint8_t *signals = NEW(r->mem, uint8_t, c->count);
    struct behaviour limits = { 0 };
    struct chart chart;

    for (uint32_t i = 0; i < c->count; i++)
        values[i] = dec_double(months[i].value);
    c->has_limits = measure_xmr(values, c->count, &limits, signals);
    c->mean = limits.mean;
    c->low = fmax(limits.low, 0); /* fewer than none is nothing that could be */
    c->high = limits.high;
    for (uint32_t i = 0; i < c->count; i++)
        points[i] = (struct behaviour_point){ months[i].month, plain(months[i].value),
                                              c->has_limits && signals[i] & SIGNAL_OUTSIDE,
                                              c->has_limits && signals[i] & SIGNAL_RUN };
    c->points = points;
    chart = chart_behaviour(r->mem, c, r->lang);
    value_put_markup(r->mem, map, "chart", chart.svg);
    value_put_text(r->mem, map, "sentence", chart.sentence);
    put_rows(r, map, c);
}

/* The same every month, as where somebody reports once a month that there was nothing. */
static bool is_flat(const struct month_value *months, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (dec_cmp(months[i].value, months[0].value) != 0)
            return false;
    return true;
}

void behaviour_put(const struct req *r, struct value *map, const struct measure_def *d,
                   const struct cells *cells, str name)
{
    struct behaviour_chart c = { .name = name, .unit = d->unit };
    struct month_value *months = NULL;

    if (d->kind == MEASURE_REGISTER && (d->value == GIVES_COUNT || d->value == GIVES_SUM))
        c.count = measure_months(r->mem, d, cells, this_month(r), &months);
    if (c.count < MONTHS_MIN || is_flat(months, c.count)) {
        value_put_null(r->mem, map, "behaviour");
        return;
    }
    if (c.count > MONTHS_SHOWN) {
        months += c.count - MONTHS_SHOWN;
        c.count = MONTHS_SHOWN;
    }
    chart_put(r, value_put_map(r->mem, map, "behaviour"), months, &c);
}
