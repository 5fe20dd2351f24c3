/* Funnel limits, many comparisons at once, and the distribution functions under them (values of
 * R 4.2.2). */
#include "measure/inner.h"
#include "check.h"

#include <math.h>

static void funnel_limits_are_exact_and_interpolated(void)
{
    CHECK(fabs(measure_funnel_limit(0.3, 100, 0.025) - 0.2069023858) < 1e-9);
    CHECK(fabs(measure_funnel_limit(0.3, 100, 0.975) - 0.3869120142) < 1e-9);
}

static void limits_close_in_as_n_grows(void)
{
    CHECK(measure_funnel_limit(0.3, 10000, 0.975) < measure_funnel_limit(0.3, 100, 0.975));
    CHECK(measure_funnel_limit(0.3, 10000, 0.025) > measure_funnel_limit(0.3, 100, 0.025));
    CHECK(measure_funnel_limit(0.3, 100, 0.999) > measure_funnel_limit(0.3, 100, 0.975));
}

static void of_many_comparisons_only_the_sure_ones_are_flagged(void)
{
    const double p[] = { 0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216 };
    bool flagged[10];

    measure_false_discovery(p, 10, 0.05, flagged);
    CHECK(flagged[0] && flagged[1]);
    for (int i = 2; i < 10; i++)
        CHECK(!flagged[i]);
}

static void distributions_agree_with_their_definitions(void)
{
    CHECK(fabs(normal_quantile(0.975) - 1.95996398454005) < 1e-12);
    CHECK(fabs(normal_cdf(1.0) - 0.841344746068543) < 1e-13);
    CHECK(fabs(t_quantile(0.975, 3) - 3.18244630528371) < 1e-9);
    CHECK(fabs(t_cdf(-1.0, 1) - 0.25) < 1e-13); /* Cauchy */
    CHECK(fabs(binomial_cdf(2, 5, 0.5) - 0.5) < 1e-13);
    CHECK(fabs(binomial_cdf(0, 10, 0.1) - pow(0.9, 10)) < 1e-13);
    CHECK(binomial_cdf(-1, 10, 0.1) == 0 && binomial_cdf(10, 10, 0.1) == 1);
}

int main(void)
{
    RUN(funnel_limits_are_exact_and_interpolated);
    RUN(limits_close_in_as_n_grows);
    RUN(of_many_comparisons_only_the_sure_ones_are_flagged);
    RUN(distributions_agree_with_their_definitions);
    return DONE();
}
