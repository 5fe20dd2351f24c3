/* Comparing many organisations: which differ by more than chance? No league table. */
#include "measure/inner.h"

#include <assert.h>

#include "base/banned.h"

double measure_funnel_limit(double theta, uint64_t n, double p)
{
    int64_t low = -1, high = (int64_t)n; /* F(low) < p <= F(high) */
    double f, before;

    assert(n > 0 && theta > 0 && theta < 1 && p > 0 && p < 1);
    while (high - low > 1) {
        const int64_t mid = low + (high - low) / 2;

        *(binomial_cdf(mid, (int64_t)n, theta) < p ? &low : &high) = mid;
    }
    f = binomial_cdf(high, (int64_t)n, theta);
    before = binomial_cdf(high - 1, (int64_t)n, theta);
    return ((double)high - (f - p) / (f - before)) / (double)n;
}

void measure_false_discovery(const double *p, uint32_t n, double rate, bool *is_flagged)
{
    double limit = -1;

    for (uint32_t i = 0; i < n; i++) { /* the largest p(k) with p(k) <= k rate / n */
        uint32_t rank = 0;

        for (uint32_t j = 0; j < n; j++)
            rank += p[j] <= p[i];
        if (p[i] <= rank * rate / n && p[i] > limit)
            limit = p[i];
    }
    for (uint32_t i = 0; i < n; i++)
        is_flagged[i] = p[i] <= limit;
}
