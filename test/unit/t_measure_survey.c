/* Surveys: values computed with R 4.2.2 and statsmodels. */
#include "measure/measure.h"
#include "check.h"

#include <math.h>

static bool near(double got, double want)
{
    const bool is_near = fabs(got - want) < 1e-9;

    if (!is_near)
        printf("# got %.12g, want %.12g\n", got, want);
    return is_near;
}

static bool wilson_is(uint64_t yes, uint64_t n, double low, double high)
{
    struct interval i;

    return measure_wilson(yes, n, 0, MEASURE_Z95, &i) && near(i.low, low) && near(i.high, high);
}

static void intervals_of_shares_are_wilsons(void)
{
    CHECK(wilson_is(0, 10, 0, 0.2775327999));
    CHECK(wilson_is(5, 10, 0.2365930905, 0.7634069095));
    CHECK(wilson_is(1, 29, 0.0061132143, 0.1717552188));
    CHECK(wilson_is(15, 148, 0.0623863995, 0.1604872417));
    CHECK(wilson_is(420, 1000, 0.3897726822, 0.4508395992));
    CHECK(wilson_is(349, 530, 0.6171068834, 0.6975932906));
}

static void where_nobody_answered_there_is_no_interval(void)
{
    struct interval i = { -1, -1 };

    CHECK(!measure_wilson(0, 0, 0, MEASURE_Z95, &i));
    CHECK(!measure_wilson(11, 10, 0, MEASURE_Z95, &i));
    CHECK(!measure_wilson(5, 10, 9, MEASURE_Z95, &i));
    CHECK(i.low == -1);
}

static void when_everyone_was_asked_the_share_is_certain(void)
{
    struct interval i;

    CHECK(measure_wilson(7, 11, 11, MEASURE_Z95, &i));
    CHECK(near(i.low, 7.0 / 11) && near(i.high, 7.0 / 11));
}

static void a_small_population_narrows_the_interval(void)
{
    struct interval small, large;

    CHECK(measure_wilson(420, 1000, 5000, MEASURE_Z95, &small));
    CHECK(measure_wilson(420, 1000, 0, MEASURE_Z95, &large));
    CHECK(small.low > large.low && small.high < large.high);
    CHECK(near(measure_share_se(0.42, 1000, 5000), 0.0139613389));
}

static void everybody_is_worth_more_than_any_sample(void)
{
    CHECK(measure_worth(530, 0) == 530);
    CHECK(measure_worth(1000, 5000) == 1249); /* 1000 * 4999 / 4000 = 1249.75 */
    CHECK(measure_worth(22, 22) > 1000000000);
    CHECK(measure_worth(0, 22) == 0);
}

static void those_who_did_not_answer_may_think_anything(void)
{
    struct interval i;

    CHECK(measure_nonresponse(349, 530, 2000, &i));
    CHECK(near(i.low, 0.1745));
    CHECK(near(i.high, 0.9095));
    CHECK(!measure_nonresponse(349, 530, 500, &i));
}

static void the_answers_needed_for_five_points(void)
{
    CHECK(fabs(measure_sample_size(1000, 0.05, MEASURE_Z95) - 277.7334532) < 1e-7);
    CHECK(fabs(measure_sample_size(10000, 0.05, MEASURE_Z95) - 369.9706105) < 1e-7);
    CHECK(measure_sample_size(0, 0.05, MEASURE_Z95) > 384);
}

static void the_difference_of_two_surveys_is_newcombes(void)
{
    struct interval i;

    CHECK(measure_difference((struct share){ 56, 70 }, (struct share){ 48, 80 }, MEASURE_Z95,
                             &i));
    CHECK(near(i.low, 0.0524314724) && near(i.high, 0.3338726540));
    CHECK(measure_difference((struct share){ 420, 1000 }, (struct share){ 465, 1000 },
                             MEASURE_Z95, &i));
    CHECK(near(i.low, -0.0882896482) && near(i.high, -0.0014700859));
}

static void two_shares_are_tested_against_each_other(void)
{
    double z, p;

    CHECK(measure_z_test((struct share){ 15, 50 }, (struct share){ 25, 50 }, &z, &p));
    CHECK(near(z, -2.0412414523));
    CHECK(near(p, 0.0412268333));
    CHECK(!measure_z_test((struct share){ 0, 50 }, (struct share){ 0, 40 }, &z, &p));
}

static void the_smallest_change_that_can_be_told_apart(void)
{
    CHECK(fabs(100 * measure_detectable(500, 500, 0.5, 0.05, 0.8) - 8.8594) < 5e-5);
    CHECK(fabs(100 * measure_detectable(1000, 1000, 0.5, 0.05, 0.8) - 6.2645) < 5e-5);
}

int main(void)
{
    RUN(intervals_of_shares_are_wilsons);
    RUN(where_nobody_answered_there_is_no_interval);
    RUN(when_everyone_was_asked_the_share_is_certain);
    RUN(a_small_population_narrows_the_interval);
    RUN(everybody_is_worth_more_than_any_sample);
    RUN(those_who_did_not_answer_may_think_anything);
    RUN(the_answers_needed_for_five_points);
    RUN(the_difference_of_two_surveys_is_newcombes);
    RUN(two_shares_are_tested_against_each_other);
    RUN(the_smallest_change_that_can_be_told_apart);
    return DONE();
}
