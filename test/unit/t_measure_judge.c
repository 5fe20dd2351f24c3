/* Verdicts by the numbers, as a section reads them off its own sheet. */
#include "measure/measure.h"
#include "check.h"

static struct amount amount(int64_t n, uint8_t scale, const char *unit)
{
    return (struct amount){ .is_set = true, .value = { n, scale }, .unit = str_from(unit) };
}

static struct indicator share_of_40(void)
{
    return (struct indicator){ .comparison = COMPARE_GE, .target = amount(40, 0, "%") };
}

static void a_share_below_its_target_is_not_met(void)
{
    struct indicator i = share_of_40();

    i.actual = amount(289, 1, "%");
    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
}

static void a_share_that_reaches_its_target_exactly_is_met(void)
{
    struct indicator i = share_of_40();

    i.actual = amount(4000, 2, "%");
    CHECK(measure_judge(&i) == VERDICT_MET);
}

static void a_miss_of_one_hundredth_is_a_miss(void)
{
    struct indicator i = { .comparison = COMPARE_GE,
                           .target = amount(8620, 2, "%"),
                           .actual = amount(8619, 2, "%") };

    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
}

static void without_a_result_nothing_is_judged(void)
{
    struct indicator i = share_of_40();

    CHECK(measure_judge(&i) == VERDICT_NOT_MEASURED);
}

static void a_target_without_a_number_cannot_be_measured(void)
{
    struct indicator i = { .comparison = COMPARE_NONE, .actual = amount(34, 1, "点") };
    struct indicator lost = { .comparison = COMPARE_GE, .actual = amount(34, 1, "点") };

    CHECK(measure_judge(&i) == VERDICT_NOT_MEASURABLE);
    CHECK(measure_judge(&lost) == VERDICT_NOT_MEASURABLE);
}

static void one_incident_misses_the_aim_of_none(void)
{
    struct indicator i = { .comparison = COMPARE_LE,
                           .target = amount(0, 0, "件"),
                           .actual = amount(1, 0, "件") };

    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
    i.actual = amount(0, 0, "件");
    CHECK(measure_judge(&i) == VERDICT_MET);
}

static void an_exact_target_is_missed_on_both_sides(void)
{
    struct indicator i = { .comparison = COMPARE_EQ,
                           .target = amount(20, 0, "地域"),
                           .actual = amount(21, 0, "地域") };

    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
    i.actual = amount(20, 0, "地域");
    CHECK(measure_judge(&i) == VERDICT_MET);
}

static void an_increase_of_any_size_is_met_by_a_change_above_zero(void)
{
    struct indicator i = { .comparison = COMPARE_GT_BASELINE,
                           .actual = amount(737, 0, "千円"),
                           .actual_is_change = true };

    CHECK(measure_judge(&i) == VERDICT_MET);
    i.actual = amount(0, 0, "千円");
    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
    i.actual = amount(-5, 0, "千円");
    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
}

static void an_increase_is_told_from_two_levels_only_when_both_are_there(void)
{
    struct indicator i = { .comparison = COMPARE_GT_BASELINE,
                           .actual = amount(105, 0, "千円") };

    CHECK(measure_judge(&i) == VERDICT_CANNOT_TELL);
    i.baseline = amount(100, 0, "千円");
    CHECK(measure_judge(&i) == VERDICT_MET);
    i.baseline = amount(105, 0, "千円");
    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
    i.baseline = amount(100, 0, "円");
    CHECK(measure_judge(&i) == VERDICT_CANNOT_TELL);
}

static void a_change_does_not_answer_a_level(void)
{
    struct indicator i = share_of_40();

    i.actual = amount(5, 0, "%");
    i.actual_is_change = true;
    CHECK(measure_judge(&i) == VERDICT_CANNOT_TELL);
}

static void percent_and_households_cannot_be_compared(void)
{
    struct indicator i = share_of_40();

    i.actual = amount(2890, 0, "世帯");
    CHECK(measure_judge(&i) == VERDICT_CANNOT_TELL);
}

static void a_unit_left_out_is_the_one_beside_it(void)
{
    struct indicator i = share_of_40();

    i.actual = amount(289, 1, "");
    CHECK(measure_judge(&i) == VERDICT_NOT_MET);
}

static void points_do_not_answer_stars(void)
{
    struct indicator i = { .comparison = COMPARE_LEVEL_GE,
                           .target = amount(3, 0, "☆"),
                           .actual = amount(34, 1, "") };

    CHECK(measure_judge(&i) == VERDICT_CANNOT_TELL);
    i.actual = amount(3, 0, "★");
    CHECK(measure_judge(&i) == VERDICT_MET);
}

static void two_spellings_of_a_unit_are_one_unit(void)
{
    CHECK(measure_same_unit(STR("人"), STR("名")));
    CHECK(measure_same_unit(STR("％"), STR("%")));
    CHECK(measure_same_unit(STR("ヶ所"), STR("箇所")));
    CHECK(!measure_same_unit(STR("千円"), STR("円")));
    CHECK(!measure_same_unit(STR("回"), STR("地域")));
}

static void worse_is_in_the_indicators_own_direction(void)
{
    CHECK(measure_is_worse((dec){ 5, 0 }, (dec){ 8, 0 }, DIRECTION_HIGHER));
    CHECK(!measure_is_worse((dec){ 5, 0 }, (dec){ 8, 0 }, DIRECTION_LOWER));
    CHECK(measure_is_worse((dec){ 8, 0 }, (dec){ 5, 0 }, DIRECTION_LOWER));
    CHECK(!measure_is_worse((dec){ 862, 1 }, (dec){ 8620, 2 }, DIRECTION_HIGHER));
    CHECK(!measure_is_worse((dec){ 1, 0 }, (dec){ 9, 0 }, DIRECTION_UNKNOWN));
}

int main(void)
{
    RUN(a_share_below_its_target_is_not_met);
    RUN(a_share_that_reaches_its_target_exactly_is_met);
    RUN(a_miss_of_one_hundredth_is_a_miss);
    RUN(without_a_result_nothing_is_judged);
    RUN(a_target_without_a_number_cannot_be_measured);
    RUN(one_incident_misses_the_aim_of_none);
    RUN(an_exact_target_is_missed_on_both_sides);
    RUN(an_increase_of_any_size_is_met_by_a_change_above_zero);
    RUN(an_increase_is_told_from_two_levels_only_when_both_are_there);
    RUN(a_change_does_not_answer_a_level);
    RUN(percent_and_households_cannot_be_compared);
    RUN(a_unit_left_out_is_the_one_beside_it);
    RUN(points_do_not_answer_stars);
    RUN(two_spellings_of_a_unit_are_one_unit);
    RUN(worse_is_in_the_indicators_own_direction);
    return DONE();
}
