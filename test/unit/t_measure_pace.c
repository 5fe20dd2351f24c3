/* The pace towards a target: what has to be made a year, what was made, and when neither can be
 * told. */
#include "measure/measure.h"
#include "check.h"

#include <string.h>

static struct amount amount(int64_t n, uint8_t scale, const char *unit)
{
    return (struct amount){ .is_set = true, .value = { n, scale }, .unit = str_from(unit) };
}

/* 22.5% in 2020, 40% in 2024, more is better. */
static struct indicator share(void)
{
    return (struct indicator){ .comparison = COMPARE_GE,
                               .baseline = amount(225, 1, "%"),
                               .baseline_year = 2020,
                               .target = amount(40, 0, "%"),
                               .target_year = 2024 };
}

static struct pace pace_of(const struct indicator *i, const struct pace_point *values,
                           uint32_t count)
{
    const struct pace_in in = { i, 2024, values, count, false };
    struct pace p;

    measure_pace(&in, &p);
    return p;
}

static bool is(struct pace_rate r, int64_t n, uint8_t scale)
{
    return r.is_exact && dec_cmp(r.value, (dec){ n, scale }) == 0;
}

static void without_a_result_the_plan_says_how_much_a_year(void)
{
    const struct indicator i = share();
    const struct pace p = pace_of(&i, NULL, 0);

    CHECK(p.kind == PACE_NO_VALUE && is(p.planned, 4375, 3));
}

static void what_is_left_is_divided_by_the_years_left(void)
{
    static const struct pace_point VALUES[] = { { 2021, { 23, 0 } }, { 2022, { 250, 1 } } };
    const struct indicator i = share();
    const struct pace p = pace_of(&i, VALUES, 2);

    CHECK(p.kind == PACE_BEHIND && p.years_left == 2 && p.value_count == 2);
    CHECK(is(p.so_far, 125, 2) && is(p.needed, 75, 1));
}

/* 10 a year is needed and made, to the last hundredth: enough; a hundredth less is not. */
static void just_enough_is_enough(void)
{
    static const struct pace_point ENOUGH[] = { { 2022, { 3125, 2 } } };
    static const struct pace_point LESS[] = { { 2022, { 3124, 2 } } };
    const struct indicator i = share();

    CHECK(pace_of(&i, ENOUGH, 1).kind == PACE_ENOUGH);
    CHECK(pace_of(&i, LESS, 1).kind == PACE_BEHIND);
}

static void a_third_is_rounded_and_says_so(void)
{
    struct indicator i = share();
    struct pace p;

    i.baseline = amount(30, 0, "%");
    i.target_year = 2023;
    p = pace_of(&i, NULL, 0);
    CHECK(!p.planned.is_exact && dec_cmp(p.planned.value, (dec){ 333, 2 }) == 0);
    i.baseline = amount(20, 0, "%"); /* 20 / 3 = 6.666…, half away from nought */
    p = pace_of(&i, NULL, 0);
    CHECK(!p.planned.is_exact && dec_cmp(p.planned.value, (dec){ 667, 2 }) == 0);
}

static void fewer_can_be_better_down_to_nought(void)
{
    static const struct pace_point VALUES[] = { { 2021, { 9, 0 } }, { 2022, { 6, 0 } } };
    struct indicator i = share();
    struct pace p;

    i.comparison = COMPARE_LE;
    i.baseline = amount(12, 0, "件");
    i.target = amount(0, 0, "件");
    p = pace_of(&i, VALUES, 2);
    CHECK(p.kind == PACE_ENOUGH && is(p.so_far, -3, 0) && is(p.needed, -3, 0));
    CHECK(is(p.planned, -3, 0));
}

static void reached_late_still_and_away_are_told(void)
{
    static const struct pace_point REACHED[] = { { 2022, { 400, 1 } } };
    static const struct pace_point LATE[] = { { 2024, { 39, 0 } } };
    static const struct pace_point STILL[] = { { 2022, { 2250, 2 } } };
    static const struct pace_point AWAY[] = { { 2022, { 20, 0 } } };
    const struct indicator i = share();

    CHECK(pace_of(&i, REACHED, 1).kind == PACE_REACHED);
    CHECK(pace_of(&i, LATE, 1).kind == PACE_LATE && is(pace_of(&i, LATE, 1).so_far, 4125, 3));
    CHECK(pace_of(&i, STILL, 1).kind == PACE_STILL);
    CHECK(pace_of(&i, AWAY, 1).kind == PACE_AWAY && is(pace_of(&i, AWAY, 1).needed, 10, 0));
}

static void results_before_the_baseline_do_not_count(void)
{
    static const struct pace_point VALUES[] = { { 2018, { 99, 0 } }, { 2020, { 50, 0 } } };
    const struct indicator i = share();

    CHECK(pace_of(&i, VALUES, 2).kind == PACE_NO_VALUE);
}

static void what_cannot_be_told_is_named(void)
{
    struct indicator i = share();

    i.baseline.is_set = false;
    CHECK(pace_of(&i, NULL, 0).kind == PACE_NO_BASELINE);
    i = share();
    i.baseline_year = 0;
    CHECK(pace_of(&i, NULL, 0).kind == PACE_NO_YEARS);
    i.baseline_year = 2024;
    CHECK(pace_of(&i, NULL, 0).kind == PACE_NO_YEARS);
    i = share();
    i.baseline.unit = STR("人");
    CHECK(pace_of(&i, NULL, 0).kind == PACE_UNITS);
    i = share();
    i.target = amount(20, 0, "%");
    CHECK(pace_of(&i, NULL, 0).kind == PACE_BELOW_START);
    i = share();
    i.comparison = COMPARE_LEVEL_GE;
    CHECK(pace_of(&i, NULL, 0).kind == PACE_LEVEL);
    i.comparison = COMPARE_NONE;
    CHECK(pace_of(&i, NULL, 0).kind == PACE_NOTHING);
    i.comparison = COMPARE_GT_BASELINE;
    CHECK(pace_of(&i, NULL, 0).kind == PACE_NOTHING);
}

static void a_level_to_hold_is_held_or_not(void)
{
    static const struct pace_point HELD[] = { { 2021, { 2250, 2 } } };
    static const struct pace_point LOST[] = { { 2021, { 2249, 2 } } };
    struct indicator i = share();

    i.target = amount(2250, 2, "%");
    CHECK(pace_of(&i, NULL, 0).kind == PACE_KEEP && pace_of(&i, NULL, 0).value_count == 0);
    CHECK(pace_of(&i, HELD, 1).kind == PACE_KEEP && pace_of(&i, HELD, 1).is_met);
    CHECK(pace_of(&i, LOST, 1).kind == PACE_KEEP && !pace_of(&i, LOST, 1).is_met);
}

static void a_running_total_does_not_fall(void)
{
    static const struct pace_point VALUES[] = { { 2021, { 30, 0 } }, { 2022, { 29, 0 } } };
    const struct indicator i = share();
    struct pace_in in = { &i, 2024, VALUES, 2, true };
    struct pace p;

    measure_pace(&in, &p);
    CHECK(p.kind == PACE_FELL);
    in.is_total = false;
    measure_pace(&in, &p);
    CHECK(p.kind == PACE_BEHIND);
}

static void numbers_at_the_limit_give_no_nonsense(void)
{
    static const struct pace_point VALUES[] = { { 2021, { 1, 9 } } };
    struct indicator i = share();
    struct pace p;

    i.baseline = amount(-INT64_C(999999999999999999), 0, "円");
    i.target = amount(INT64_C(999999999999999999), 0, "円");
    p = pace_of(&i, VALUES, 1);
    CHECK(p.kind == PACE_NOTHING || !p.planned.is_exact || p.planned.value.n != 0);
}

int main(void)
{
    RUN(without_a_result_the_plan_says_how_much_a_year);
    RUN(what_is_left_is_divided_by_the_years_left);
    RUN(just_enough_is_enough);
    RUN(a_third_is_rounded_and_says_so);
    RUN(fewer_can_be_better_down_to_nought);
    RUN(reached_late_still_and_away_are_told);
    RUN(results_before_the_baseline_do_not_count);
    RUN(what_cannot_be_told_is_named);
    RUN(a_level_to_hold_is_held_or_not);
    RUN(a_running_total_does_not_fall);
    RUN(numbers_at_the_limit_give_no_nonsense);
    return DONE();
}
