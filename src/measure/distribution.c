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

/* A quotient of two polynomials of the seventh degree, the constant first. */
struct quotient {
    double above[8], below[8];
};

static double quotient_at(const struct quotient *q, double x)
{
    double above = 0, below = 0;

    for (int i = 7; i >= 0; i--) {
        above = above * x + q->above[i];
        below = below * x + q->below[i];
    }
    return above / below;
}

/* Wichura 1988, Algorithm AS 241 (PPND16), Applied Statistics 37:477: about 16 digits, by one
 * quotient in the middle and two for the tail, there of sqrt(-log p). */
double normal_quantile(double p)
{
    static const struct quotient MIDDLE = {
        { 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
          1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
          3.3430575583588128105e+4, 2.5090809287301226727e+3 },
        { 1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
          2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
          5.2264952788528545610e+3 },
    };
    static const struct quotient NEAR = {
        { 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
          3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
          2.27238449892691845833e-2, 7.74545014278341407640e-4 },
        { 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
          1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
          1.05075007164441684324e-9 },
    };
    static const struct quotient FAR = {
        { 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
          2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
          2.71155556874348757815e-5, 2.01033439929228813265e-7 },
        { 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
          7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
          2.04426310338993978564e-15 },
    };
    const double middle = p - 0.5;
    double tail;

    assert(p > 0 && p < 1);
    if (fabs(middle) <= 0.425)
        return middle * quotient_at(&MIDDLE, 0.425 * 0.425 - middle * middle);
    tail = sqrt(-log(middle < 0 ? p : 1 - p));
    tail = tail <= 5 ? quotient_at(&NEAR, tail - 1.6) : quotient_at(&FAR, tail - 5);
    return middle < 0 ? -tail : tail;
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
