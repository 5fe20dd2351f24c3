/* Months into a process-behaviour chart, with the table of the same figures. */
#include "web/behaviour_part.h"

#include <math.h>

#include "base/banned.h"

enum { MONTHS_SHOWN = 36, MONTHS_MIN = 3 };

static str this_month(const struct req *r)
{
    struct buf b;

    buf_init(&b, r->mem, 32, 32);
    instant_put(&b, r->now_ms);
    return str_take(buf_str(&b), 7);
}

static void put_rows(const struct req *r, struct value *map, const struct month_value *months,
                     const struct behaviour_chart *c)
{
    struct value *list = value_put_list(r->mem, map, "rows");

    for (uint32_t i = c->count; i-- > 0;) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "month", months[i].month);
        value_put_dec(r->mem, row, "count", c->points[i].value);
        value_put_bool(r->mem, row, "is_outside", c->points[i].is_outside);
        value_put_bool(r->mem, row, "is_run", c->points[i].is_run);
    }
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
    put_rows(r, map, months, c);
}

void behaviour_put(const struct req *r, struct value *map, const struct measure_def *d,
                   const struct cells *cells, str name)
{
    struct behaviour_chart c = { .name = name, .unit = d->unit };
    struct month_value *months = NULL;

    if (d->kind == MEASURE_REGISTER && (d->value == GIVES_COUNT || d->value == GIVES_SUM))
        c.count = measure_months(r->mem, d, cells, this_month(r), &months);
    if (c.count < MONTHS_MIN) {
        value_put_null(r->mem, map, "behaviour");
        return;
    }
    if (c.count > MONTHS_SHOWN) {
        months += c.count - MONTHS_SHOWN;
        c.count = MONTHS_SHOWN;
    }
    chart_put(r, value_put_map(r->mem, map, "behaviour"), months, &c);
}
