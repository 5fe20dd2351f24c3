/* What a register counts month by month: for the chart that tells what is usual. */
#include "measure/inner.h"

#include "base/banned.h"

/* "2024-04" as months since the year 0; -1 = no month. */
static int month_number(str month)
{
    dec y, m;

    if (month.n != 7 || !dec_parse(str_take(month, 4), &y) || !dec_parse(str_skip(month, 5), &m)
        || m.n < 1 || m.n > 12)
        return -1;
    return (int)(y.n * 12 + m.n - 1);
}

/* The first and the last month with an entry, whether or not the filter lets it through: a
 * month without any that counts is a nought that somebody saw. */
static uint32_t span_of(const struct cells *cells, int before, int *first)
{
    int last = -1;

    *first = -1;
    for (uint32_t i = 0; i < cells->count; i++) {
        const int at = month_number(cells->rows[i].month);

        if (at < 0 || at >= before || cells->rows[i].field.n)
            continue;
        *first = *first < 0 || at < *first ? at : *first;
        last = at > last ? at : last;
    }
    return last < 0 ? 0 : (uint32_t)(last - *first + 1);
}

uint32_t measure_months(struct arena *a, const struct measure_def *d, const struct cells *cells,
                        str before, struct month_value **out)
{
    const str field = d->value == GIVES_SUM ? d->of[0] : (str){ 0 };
    int first;
    const int end = before.n ? month_number(before) : 1 << 30;
    const uint32_t n = span_of(cells, end, &first);

    *out = NEW(a, struct month_value, n);
    for (uint32_t i = 0; i < n; i++) {
        const int at = first + (int)i;

        (*out)[i].month = str_fmt(a, "%04d-%02d", at / 12, at % 12 + 1);
    }
    for (uint32_t i = 0; i < cells->count; i++) {
        const struct cell *c = &cells->rows[i];
        const int at = month_number(c->month);

        if (at < first || at >= first + (int)n || n == 0 || !str_eq(c->field, field)
            || !facets_fit(a, d, c))
            continue;
        if (!dec_add((*out)[at - first].value, c->amount, &(*out)[at - first].value))
            return 0;
    }
    return n;
}
