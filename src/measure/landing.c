/* Where will a cumulative rate land at the end of the year? From past years' rates to date and
 * final rates; three methods that disagree, so the one that would have been best in the past is
 * chosen and named. Rates are in percent. */
#include "measure/inner.h"

#include <assert.h>
#include <math.h>

#include "base/banned.h"

static double logit(double rate)
{
    return log(rate / (100 - rate));
}

/* The landing by one method from all past years but `skip` (skip >= count: from all). */
static double land(enum landing_method method, const struct past_year *past, uint32_t count,
                   uint32_t skip, double now)
{
    double differences = 0, to_date = 0, final = 0, logits = 0, years = 0;

    for (uint32_t i = 0; i < count; i++) {
        if (i == skip)
            continue;
        years += 1;
        differences += past[i].final - past[i].to_date;
        to_date += past[i].to_date;
        final += past[i].final;
        logits += logit(past[i].final) - logit(past[i].to_date);
    }
    if (method == LANDING_RATIO)
        return now * final / to_date;
    if (method == LANDING_LOGIT)
        return 100 / (1 + exp(-(logit(now) + logits / years)));
    return now + differences / years;
}

double measure_land(enum landing_method method, const struct past_year *past, uint32_t count,
                    double now)
{
    assert(count > 0);
    return land(method, past, count, count, now);
}

double measure_landing_error(enum landing_method method, const struct past_year *past,
                             uint32_t count)
{
    double squares = 0;

    assert(count >= LANDING_YEARS_MIN);
    for (uint32_t i = 0; i < count; i++) {
        const double miss = land(method, past, count, i, past[i].to_date) - past[i].final;

        squares += miss * miss / count;
    }
    return sqrt(squares);
}

enum landing_method measure_landing_choice(const struct past_year *past, uint32_t count)
{
    enum landing_method best = LANDING_ADDITIVE;
    double least = INFINITY;

    assert(count >= LANDING_YEARS_MIN);
    for (int m = 0; m < LANDING_METHOD_COUNT; m++) {
        double error = 0;

        for (uint32_t i = 0; i < count; i++) {
            const double miss =
                land((enum landing_method)m, past, count, i, past[i].to_date) - past[i].final;

            error += miss * miss;
        }
        if (error < least) {
            least = error;
            best = (enum landing_method)m;
        }
    }
    return best;
}

/* Where a method lands and how far it may be off, on the scale on which it adds: the rate
 * itself, or its logit. */
struct spread {
    double middle, error;
};

/* Mean of the method's differences, with the deviation of one more. */
static struct spread spread_of(const struct past_year *past, uint32_t count, double now,
                               double (*scale)(double))
{
    double mean = 0, squares = 0;

    for (uint32_t i = 0; i < count; i++)
        mean += (scale(past[i].final) - scale(past[i].to_date)) / count;
    for (uint32_t i = 0; i < count; i++) {
        const double d = scale(past[i].final) - scale(past[i].to_date) - mean;

        squares += d * d;
    }
    return (struct spread){ scale(now) + mean,
                            sqrt(squares / (count - 1)) * sqrt(1 + 1 / (double)count) };
}

/* final = b to_date + e, where the variance of e grows with to_date: b is the pooled ratio, and
 * a new year is off by s sqrt(r + r^2 / sum R). */
static struct spread spread_of_ratio(const struct past_year *past, uint32_t count, double now)
{
    double to_date = 0, final = 0, squares = 0, ratio;

    for (uint32_t i = 0; i < count; i++) {
        to_date += past[i].to_date;
        final += past[i].final;
    }
    ratio = final / to_date;
    for (uint32_t i = 0; i < count; i++) {
        const double e = past[i].final - ratio * past[i].to_date;

        squares += e * e / past[i].to_date;
    }
    return (struct spread){ now * ratio,
                            sqrt(squares / (count - 1)) * sqrt(now + now * now / to_date) };
}

static double as_it_is(double rate)
{
    return rate;
}

static struct spread spread_by(enum landing_method method, const struct past_year *past,
                               uint32_t count, double now)
{
    if (method == LANDING_RATIO)
        return spread_of_ratio(past, count, now);
    return spread_of(past, count, now, method == LANDING_LOGIT ? logit : as_it_is);
}

static double back(enum landing_method method, double v)
{
    return method == LANDING_LOGIT ? 100 / (1 + exp(-v)) : v;
}

bool measure_landing_by(enum landing_method method, const struct past_year *past,
                        uint32_t count, double now, double confidence, struct interval *out)
{
    struct spread s;
    double reach;

    if (count < LANDING_YEARS_MIN)
        return false;
    s = spread_by(method, past, count, now);
    reach = t_quantile(1 - (1 - confidence) / 2, count - 1) * s.error;
    out->low = back(method, s.middle - reach);
    out->high = back(method, s.middle + reach);
    return true;
}

bool measure_landing_chance_by(enum landing_method method, const struct past_year *past,
                               uint32_t count, double now, double target, double *chance)
{
    struct spread s;
    double goal;

    if (count < LANDING_YEARS_MIN || (method == LANDING_LOGIT && !(target > 0 && target < 100)))
        return false;
    s = spread_by(method, past, count, now);
    goal = method == LANDING_LOGIT ? logit(target) : target;
    *chance = s.error <= 0 ? s.middle >= goal : t_cdf((s.middle - goal) / s.error, count - 1);
    return true;
}

bool measure_landing(const struct past_year *past, uint32_t count, double now,
                     double confidence, struct interval *out)
{
    return measure_landing_by(LANDING_ADDITIVE, past, count, now, confidence, out);
}

bool measure_landing_chance(const struct past_year *past, uint32_t count, double now,
                            double target, double *chance)
{
    return measure_landing_chance_by(LANDING_ADDITIVE, past, count, now, target, chance);
}

struct interval measure_landing_range(const struct past_year *past, uint32_t count)
{
    struct interval range = { INFINITY, -INFINITY };

    assert(count > 0);
    for (uint32_t i = 0; i < count; i++) {
        range.low = fmin(range.low, past[i].final - past[i].to_date);
        range.high = fmax(range.high, past[i].final - past[i].to_date);
    }
    return range;
}
