/* What a published percentage tells about the number of people behind it. */
#include "measure/measure.h"

#include <assert.h>

#include "base/banned.h"

/* The largest product below is (2 * 100 * 10^9 + 1) * n, which must stay under 2^63. */
enum { N_MAX = 40000000 };

/* Is the share a rounding of 100 k / n for a whole k, 0 <= k <= n? With s = N / 10^scale,
 * rounding half up means (2N - 1) n <= 200 * 10^scale * k < (2N + 1) n. */
static bool is_share_of(dec share, int64_t n)
{
    int64_t unit = 200, least;

    for (int i = 0; i < share.scale; i++)
        unit *= 10;
    if (share.n < 0 || share.n > unit / 2) /* below 0% or above 100% */
        return false;
    least = share.n == 0 ? 0 : ((2 * share.n - 1) * n + unit - 1) / unit;
    return least <= n && unit * least < (2 * share.n + 1) * n;
}

bool measure_share_fits(dec share_pct, uint64_t n)
{
    assert(n > 0 && n <= N_MAX);
    return is_share_of(share_pct, (int64_t)n);
}

uint32_t measure_smallest_n(const dec *shares_pct, size_t count, uint32_t limit)
{
    assert(limit <= N_MAX);
    for (uint32_t n = 1; count > 0 && n <= limit; n++) {
        size_t i = 0;

        while (i < count && is_share_of(shares_pct[i], n))
            i++;
        if (i == count)
            return n;
    }
    return 0;
}

double measure_chance_n(const dec *shares_pct, size_t count, uint32_t n)
{
    double sum = 0;

    for (uint32_t m = 1; m <= n; m++) {
        double chance = 1;

        for (size_t i = 0; i < count; i++) {
            double values = 100;

            for (int d = 0; d < shares_pct[i].scale; d++)
                values *= 10;
            chance *= m < values ? (m + 1) / (values + 1) : 1;
        }
        sum += chance;
    }
    return sum;
}
