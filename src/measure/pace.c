/* How fast it has to go and how fast it went: differences by the year, in exact decimals. What
 * is compared is compared as whole numbers (a rate times the years of the other), never as
 * rounded rates; rounding is for showing only. */
#include "measure/measure.h"

#include "base/banned.h"

static const int64_t LIMIT = INT64_C(1000000000000000000); /* of a dec */

enum { MORE_DECIMALS = 2 }; /* of a rate that does not come out even */

/* (to - from) / years. */
static struct pace_rate rate_of(dec from, dec to, int years)
{
    struct pace_rate rate = { .is_exact = true };
    int64_t n, half;

    if (!dec_sub(to, from, &rate.value))
        return (struct pace_rate){ 0 };
    for (int k = 0;
         k < MORE_DECIMALS && rate.value.n % years && rate.value.scale < DEC_SCALE_MAX; k++) {
        if (__builtin_mul_overflow(rate.value.n, 10, &n) || n >= LIMIT || n <= -LIMIT)
            break;
        rate.value.n = n;
        rate.value.scale++;
    }
    rate.is_exact = rate.value.n % years == 0;
    half = rate.value.n < 0 ? -(years / 2) : years / 2;
    rate.value.n = rate.is_exact ? rate.value.n / years : (rate.value.n + half) / years;
    return rate;
}

/* value * times as a dec for comparing; false when that is too large. */
static bool scaled(dec value, int times, dec *out)
{
    *out = value;
    return !__builtin_mul_overflow(value.n, (int64_t)times, &out->n) && out->n < LIMIT
           && out->n > -LIMIT;
}

/* +1 when the target is above the baseline, -1 below, 0 the same. */
static int way_of(const struct pace *p)
{
    const int order = dec_cmp(p->target.value, p->baseline.value);

    return (order > 0) - (order < 0);
}

static bool is_reached(enum comparison comparison, dec value, dec target)
{
    const int order = dec_cmp(value, target);

    if (comparison == COMPARE_LE)
        return order <= 0;
    return comparison == COMPARE_EQ ? order == 0 : order >= 0;
}

/* Is the way from the baseline to the target the way that counts as better? */
static bool is_forward(enum comparison comparison, int way)
{
    return comparison == COMPARE_EQ || (comparison == COMPARE_LE ? way < 0 : way > 0);
}

static bool units_agree(const struct indicator *i)
{
    return i->baseline.unit.n == 0 || i->target.unit.n == 0
           || measure_same_unit(i->baseline.unit, i->target.unit);
}

/* What can be said without any result. */
static enum pace_kind kind_before(const struct pace_in *in, const struct pace *p)
{
    const struct indicator *i = in->indicator;

    if (i->comparison == COMPARE_NONE || i->comparison == COMPARE_GT_BASELINE
        || !i->target.is_set)
        return PACE_NOTHING;
    if (i->comparison == COMPARE_LEVEL_GE)
        return PACE_LEVEL;
    if (!i->baseline.is_set)
        return PACE_NO_BASELINE;
    if (!units_agree(i))
        return PACE_UNITS;
    if (!p->baseline.year || p->target.year <= p->baseline.year)
        return PACE_NO_YEARS;
    if (way_of(p) == 0)
        return PACE_KEEP;
    return is_forward(i->comparison, way_of(p)) ? PACE_NO_VALUE : PACE_BELOW_START;
}

/* Behind or enough: the way so far, kept up for the years left, against the way left. */
static enum pace_kind kind_on_the_way(const struct pace *p, int years)
{
    const int way = way_of(p);
    dec gone, left;

    if (!dec_sub(p->latest.value, p->baseline.value, &gone)
        || !dec_sub(p->target.value, p->latest.value, &left)
        || !scaled(gone, p->years_left, &gone) || !scaled(left, years, &left))
        return PACE_NOTHING;
    if (gone.n == 0)
        return PACE_STILL;
    if ((gone.n > 0) != (way > 0))
        return PACE_AWAY;
    return dec_cmp(gone, left) * way >= 0 ? PACE_ENOUGH : PACE_BEHIND;
}

/* The results that count: after the baseline, the newest of them in p->latest. False when a
 * running total became smaller. */
static bool values_take(const struct pace_in *in, struct pace *p)
{
    for (uint32_t k = 0; k < in->count; k++) {
        const struct pace_point *v = &in->values[k];

        if (v->year <= p->baseline.year || v->year < p->latest.year)
            continue;
        if (in->is_total && p->value_count && dec_cmp(v->value, p->latest.value) < 0)
            return false;
        p->latest = *v;
        p->value_count++;
    }
    return true;
}

static void measure_way(const struct pace_in *in, struct pace *p)
{
    const int years = p->latest.year - p->baseline.year;

    p->years_left = p->target.year - p->latest.year;
    p->so_far = rate_of(p->baseline.value, p->latest.value, years);
    if (is_reached(in->indicator->comparison, p->latest.value, p->target.value)) {
        p->kind = PACE_REACHED;
    } else if (p->years_left <= 0) {
        p->kind = PACE_LATE;
    } else {
        p->needed = rate_of(p->latest.value, p->target.value, p->years_left);
        p->kind = kind_on_the_way(p, years);
    }
}

void measure_pace(const struct pace_in *in, struct pace *out)
{
    const struct indicator *i = in->indicator;

    *out = (struct pace){ .baseline = { i->baseline_year, i->baseline.value },
                          .target = { i->target_year ? i->target_year : in->fiscal_year,
                                      i->target.value } };
    out->kind = kind_before(in, out);
    if (out->kind != PACE_NO_VALUE && out->kind != PACE_KEEP)
        return;
    out->planned =
        rate_of(out->baseline.value, out->target.value, out->target.year - out->baseline.year);
    if (!values_take(in, out)) {
        out->kind = PACE_FELL;
        return;
    }
    if (!out->value_count)
        return;
    out->is_met = is_reached(i->comparison, out->latest.value, out->target.value);
    if (out->kind == PACE_NO_VALUE)
        measure_way(in, out);
}
