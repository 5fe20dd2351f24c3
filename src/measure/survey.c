/* Shares of a survey: what they can be, what two of them tell apart, how many people are
 * needed. */
#include "measure/inner.h"

#include <assert.h>
#include <math.h>

#include "base/banned.h"

const double MEASURE_Z95 = 1.95996398454005;

/* Wilson's interval for a share p of n, where n need not be whole. */
static struct interval wilson(double p, double n, double z)
{
    const double z2 = z * z, centre = p + z2 / (2 * n),
                 spread = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    struct interval i = { (centre - spread) / (1 + z2 / n), (centre + spread) / (1 + z2 / n) };

    i.low = p <= 0 ? 0 : i.low; /* exact at the ends; rounding may leave a hair */
    i.high = p >= 1 ? 1 : i.high;
    return i;
}

/* The n of an infinite population that is worth as much: the standard error is multiplied by
 * sqrt((N - n) / (N - 1)). */
static double worth(double n, uint64_t population)
{
    if ((double)population <= n || population < 2)
        return n;
    return n * (double)(population - 1) / ((double)population - n);
}

bool measure_wilson(uint64_t yes, uint64_t n, uint64_t population, double z,
                    struct interval *out)
{
    if (n == 0 || yes > n || (population && population < n))
        return false;
    return measure_wilson_share((double)yes / (double)n, (double)n, population, z, out);
}

bool measure_wilson_share(double p, double n, uint64_t population, double z,
                          struct interval *out)
{
    if (!(n > 0) || !(p >= 0 && p <= 1) || (population && (double)population < n))
        return false;
    if ((double)population == n) { /* everyone was asked */
        out->low = out->high = p;
        return true;
    }
    *out = wilson(p, worth(n, population), z);
    return true;
}

bool measure_nonresponse(uint64_t yes, uint64_t n, uint64_t sent, struct interval *out)
{
    if (sent == 0 || n > sent || yes > n)
        return false;
    out->low = (double)yes / (double)sent;
    out->high = (double)(yes + sent - n) / (double)sent;
    return true;
}

double measure_share_se(double p, uint64_t n, uint64_t population)
{
    assert(n > 0 && (population == 0 || population >= n));
    if (population == n)
        return 0;
    return sqrt(p * (1 - p) / worth((double)n, population));
}

uint64_t measure_worth(uint64_t n, uint64_t population)
{
    const double most = 1e15;
    const double much = population && population <= n ? most : worth((double)n, population);

    return (uint64_t)(much < most ? much : most);
}

double measure_sample_size(uint64_t population, double margin, double z)
{
    const double unlimited = z * z / (4 * margin * margin);

    assert(margin > 0);
    if (population == 0)
        return unlimited;
    return unlimited / (1 + (unlimited - 1) / (double)population);
}

bool measure_difference(struct share a, struct share b, double z, struct interval *out)
{
    struct interval ia, ib;
    double pa, pb;

    if (!measure_wilson(a.yes, a.n, 0, z, &ia) || !measure_wilson(b.yes, b.n, 0, z, &ib))
        return false;
    pa = (double)a.yes / (double)a.n;
    pb = (double)b.yes / (double)b.n;
    out->low = pa - pb - hypot(pa - ia.low, ib.high - pb);
    out->high = pa - pb + hypot(ia.high - pa, pb - ib.low);
    return true;
}

bool measure_z_test(struct share a, struct share b, double *z, double *p)
{
    double pooled, se;

    if (a.n == 0 || b.n == 0 || a.yes > a.n || b.yes > b.n)
        return false;
    pooled = (double)(a.yes + b.yes) / (double)(a.n + b.n);
    se = sqrt(pooled * (1 - pooled) * (1 / (double)a.n + 1 / (double)b.n));
    if (se <= 0)
        return false;
    *z = ((double)a.yes / (double)a.n - (double)b.yes / (double)b.n) / se;
    *p = erfc(fabs(*z) / sqrt(2));
    return true;
}

double measure_detectable(uint64_t n1, uint64_t n2, double p, double alpha, double power)
{
    assert(n1 > 0 && n2 > 0 && p >= 0 && p <= 1);
    return (normal_quantile(1 - alpha / 2) + normal_quantile(power))
           * sqrt(p * (1 - p) * (1 / (double)n1 + 1 / (double)n2));
}
