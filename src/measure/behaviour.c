/* Process-behaviour chart (XmR) of monthly counts: which months differ from the usual going up
 * and down? */
#include "measure/measure.h"

#include <math.h>

#include "base/banned.h"

enum { FEWEST = 8, RUN = 8 };

static void mark_runs(const double *value, uint32_t n, double mean, uint8_t *signal)
{
    uint32_t length = 0;
    int side = 0;

    for (uint32_t i = 0; i < n; i++) {
        const int now = (value[i] > mean) - (value[i] < mean);

        length = now != 0 && now == side ? length + 1 : now != 0;
        side = now;
        for (uint32_t k = 0; length >= RUN && k < RUN; k++)
            signal[i - k] |= SIGNAL_RUN;
    }
}

bool measure_xmr(const double *value, uint32_t n, struct behaviour *out, uint8_t *signal)
{
    const double reach = 3 * sqrt(acos(-1)) / 2; /* 3 / d2, d2 = 2 / sqrt(pi): 2.66 */

    *out = (struct behaviour){ 0 };
    for (uint32_t i = 0; i < n; i++) {
        out->mean += value[i]; /* whole counts add up exactly, so that equal ones are their mean
                                */
        signal[i] = 0;
    }
    out->mean /= n > 0 ? n : 1;
    if (n < FEWEST)
        return false;
    for (uint32_t i = 1; i < n; i++)
        out->moving_range += fabs(value[i] - value[i - 1]) / (n - 1);
    out->low = out->mean - reach * out->moving_range;
    out->high = out->mean + reach * out->moving_range;
    for (uint32_t i = 0; i < n; i++)
        if (value[i] < out->low || value[i] > out->high)
            signal[i] |= SIGNAL_OUTSIDE;
    mark_runs(value, n, out->mean, signal);
    return true;
}
