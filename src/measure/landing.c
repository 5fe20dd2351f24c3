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

/* Mean and standard deviation of final - to_date. */
static void differences(const struct past_year *past, uint32_t count, double *mean,
                        double *deviation)
{
    double squares = 0;

    *mean = 0;
    for (uint32_t i = 0; i < count; i++)
        *mean += (past[i].final - past[i].to_date) / count;
    for (uint32_t i = 0; i < count; i++) {
        const double d = past[i].final - past[i].to_date - *mean;

        squares += d * d;
    }
    *deviation = sqrt(squares / (count - 1));
}

bool measure_landing(const struct past_year *past, uint32_t count, double now,
                     double confidence, struct interval *out)
{
    double mean, deviation, reach;

    if (count < LANDING_YEARS_MIN)
        return false;
    differences(past, count, &mean, &deviation);
    reach = t_quantile(1 - (1 - confidence) / 2, count - 1) * deviation
            * sqrt(1 + 1 / (double)count);
    out->low = now + mean - reach;
    out->high = now + mean + reach;
    return true;
}

bool measure_landing_chance(const struct past_year *past, uint32_t count, double now,
                            double target, double *chance)
{
    double mean, deviation;

    if (count < LANDING_YEARS_MIN)
        return false;
    differences(past, count, &mean, &deviation);
    if (deviation <= 0)
        *chance = now + mean >= target;
    else
        *chance =
            t_cdf((now + mean - target) / (deviation * sqrt(1 + 1 / (double)count)), count - 1);
    return true;
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
