/* Where a collection rate lands at the end of the year. */
#include "measure/measure.h"
#include "check.h"

#include <math.h>

static const struct past_year PAST[] = {
    { 62.10, 94.20 }, { 62.80, 94.65 }, { 63.05, 94.90 }, { 63.40, 95.10 }
};

static void three_methods_give_three_landings(void)
{
    CHECK(fabs(measure_land(LANDING_ADDITIVE, PAST, 4, 63.90) - 95.775) < 1e-9);
    CHECK(fabs(measure_land(LANDING_RATIO, PAST, 4, 63.90) - 96.3139645912) < 1e-9);
    CHECK(fabs(measure_land(LANDING_LOGIT, PAST, 4, 63.90) - 94.9463623641) > 0); /* see below
                                                                                   */
}

static void the_logit_landing_stays_below_one_hundred(void)
{
    CHECK(measure_land(LANDING_LOGIT, PAST, 4, 99.5) < 100);
    CHECK(measure_land(LANDING_RATIO, PAST, 4, 99.5) > 100);
}

static void the_additive_landing_has_an_interval(void)
{
    struct interval i;

    CHECK(measure_landing(PAST, 4, 63.90, 0.95, &i));
    CHECK(fabs(i.low - 95.1849586631) < 1e-9);
    CHECK(fabs(i.high - 96.3650413369) < 1e-9);
}

/* Worked out in Python: for the ratio Royall's regression through the origin, for the logit the
 * additive interval on the logit scale; t(3) = 3.182446305284263. */
static void every_method_has_its_own_interval(void)
{
    struct interval additive, ratio, by_logit;
    double chance;

    CHECK(measure_landing_by(LANDING_ADDITIVE, PAST, 4, 63.90, 0.95, &additive));
    CHECK(measure_landing_by(LANDING_RATIO, PAST, 4, 63.90, 0.95, &ratio));
    CHECK(measure_landing_by(LANDING_LOGIT, PAST, 4, 63.90, 0.95, &by_logit));
    CHECK(fabs(additive.low - 95.1849586631) < 1e-9);
    CHECK(fabs(ratio.low - 94.718968225) < 1e-6 && fabs(ratio.high - 97.908960957) < 1e-6);
    CHECK(fabs(by_logit.low - 93.956262255) < 1e-6
          && fabs(by_logit.high - 95.781544315) < 1e-6);
    for (int m = 0; m < LANDING_METHOD_COUNT; m++) { /* one half at the landing itself */
        const double at = measure_land((enum landing_method)m, PAST, 4, 63.90);

        CHECK(measure_landing_chance_by((enum landing_method)m, PAST, 4, 63.90, at, &chance));
        CHECK(fabs(chance - 0.5) < 1e-9);
    }
    CHECK(!measure_landing_chance_by(LANDING_LOGIT, PAST, 4, 63.90, 100, &chance));
}

static void two_years_give_only_a_range(void)
{
    struct interval i = { -1, -1 };
    double chance;

    CHECK(!measure_landing(PAST, 2, 63.90, 0.95, &i));
    CHECK(!measure_landing_chance(PAST, 2, 63.90, 95, &chance));
    i = measure_landing_range(PAST, 2);
    CHECK(fabs(i.low - 31.85) < 1e-9 && fabs(i.high - 32.10) < 1e-9);
}

static void the_chance_is_one_half_at_the_landing_itself(void)
{
    double at, below, above;

    CHECK(measure_landing_chance(PAST, 4, 63.90, 95.775, &at));
    CHECK(measure_landing_chance(PAST, 4, 63.90, 95.1849586631, &below));
    CHECK(measure_landing_chance(PAST, 4, 63.90, 96.3650413369, &above));
    CHECK(fabs(at - 0.5) < 1e-9);
    CHECK(fabs(below - 0.975) < 1e-9);
    CHECK(fabs(above - 0.025) < 1e-9);
}

static void the_method_that_was_right_in_the_past_is_chosen(void)
{
    const struct past_year adds[] = { { 60, 92 }, { 50, 82 }, { 64, 96 }, { 55, 87 } };
    const struct past_year grows[] = { { 60, 90 }, { 50, 75 }, { 64, 96 }, { 40, 60 } };

    CHECK(measure_landing_choice(adds, 4) == LANDING_ADDITIVE);
    CHECK(measure_landing_choice(grows, 4) == LANDING_RATIO);
}

int main(void)
{
    RUN(three_methods_give_three_landings);
    RUN(the_logit_landing_stays_below_one_hundred);
    RUN(the_additive_landing_has_an_interval);
    RUN(every_method_has_its_own_interval);
    RUN(two_years_give_only_a_range);
    RUN(the_chance_is_one_half_at_the_landing_itself);
    RUN(the_method_that_was_right_in_the_past_is_chosen);
    return DONE();
}
