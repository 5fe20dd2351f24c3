/* Normal, Student's t and binomial distribution functions, by textbook methods named at each.
 */
#include "measure/inner.h"

#include <assert.h>
#include <math.h>

#include "base/banned.h"

double normal_cdf(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

/* Bisection between -40 and 40, where the distribution function is 0 and 1 in double precision.
 * Not fast, but its error is that of erfc; a quantile is asked for once or twice in a
 * computation. */
double normal_quantile(double p)
{
    double low = -40, high = 40;

    assert(p > 0 && p < 1);
    if (p > 0.5) /* near 1 the distribution function has no digits left */
        return -normal_quantile(1 - p);
    for (int i = 0; i < 200 && low < high; i++) {
        const double mid = low + (high - low) / 2;

        if (mid <= low || mid >= high)
            break;
        *(normal_cdf(mid) < p ? &low : &high) = mid;
    }
    return low + (high - low) / 2;
}

/* One factor of the continued fraction of I_x(a, b): DLMF 8.17.22, d(2m) for even k and d(2m+1)
 * for odd k. */
static double beta_factor(int k, double x, double a, double b)
{
    const int pairs = k / 2;
    const double m = pairs;

    if (k == 0)
        return 1;
    if (k % 2 == 0)
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
}

/* 1/(1 + d1/(1 + d2/(1 + ...))) by Lentz's method (Thompson and Barnett 1986). It computes 1 +
 * that fraction, whose first term is not 0 as the method wants. */
static double beta_fraction(double x, double a, double b)
{
    enum { STEPS = 10000 };
    const double tiny = 1e-300, enough = 1e-16;
    double f = 1, c = 1, d = 0;

    for (int k = 0; k < STEPS; k++) {
        const double factor = beta_factor(k, x, a, b);

        d = 1 + factor * d;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = 1 + factor / c;
        c = fabs(c) < tiny ? tiny : c;
        f *= c * d;
        if (fabs(c * d - 1) < enough)
            break;
    }
    return f - 1;
}

double beta_cdf(double x, double a, double b)
{
    double front;

    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    if (x > (a + 1) / (a + b + 2)) /* where the fraction converges slowly, the other tail */
        return 1 - beta_cdf(1 - x, b, a);
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return front * beta_fraction(x, a, b) / a;
}

double binomial_cdf(int64_t r, int64_t n, double p)
{
    if (r < 0)
        return 0;
    if (r >= n)
        return 1;
    return beta_cdf(1 - p, (double)(n - r), (double)(r + 1)); /* DLMF 8.17.5 */
}

double t_cdf(double t, double df)
{
    double tail, middle;

    if (t * t < df) { /* around the middle the tail is 1/2 less a hair */
        middle = beta_cdf(t * t / (df + t * t), 0.5, df / 2) / 2;
        return t > 0 ? 0.5 + middle : 0.5 - middle;
    }
    tail = beta_cdf(df / (df + t * t), df / 2, 0.5) / 2;
    return t > 0 ? 1 - tail : tail;
}

double t_quantile(double p, double df)
{
    double low = -1, high = 1;

    assert(p > 0 && p < 1);
    if (p > 0.5)
        return -t_quantile(1 - p, df);
    while (t_cdf(low, df) > p)
        low *= 2;
    while (t_cdf(high, df) < p)
        high *= 2;
    for (int i = 0; i < 200; i++) {
        const double mid = low + (high - low) / 2;

        if (mid <= low || mid >= high)
            break;
        *(t_cdf(mid, df) < p ? &low : &high) = mid;
    }
    return low + (high - low) / 2;
}
