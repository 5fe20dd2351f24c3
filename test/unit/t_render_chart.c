/* Charts: what they say in words, and that what they draw follows the numbers. */
#include "render/render.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static struct arena mem;

static dec number(const char *digits)
{
    dec v = { 0, 0 };

    CHECK(dec_parse(str_from(digits), &v));
    return v;
}

static struct amount amount(const char *digits, const char *unit)
{
    struct amount m = { .unit = str_from(unit) };

    if (digits) {
        m.is_set = true;
        m.value = number(digits);
    }
    return m;
}

static bool has(str svg, const char *what)
{
    return str_find(svg, str_from(what)) >= 0;
}

/* The number behind `before` in the picture, -1 when it is not there. */
static double place(str svg, const char *before)
{
    ptrdiff_t at = str_find(svg, str_from(before));

    return at < 0 ? -1 : strtod(svg.p + at + strlen(before), NULL);
}

/* ---- strips ---- */

static void a_strip_has_one_cell_for_each_indicator(void)
{
    struct tally t = { .indicators = 6 };
    str svg;

    t.by_verdict[VERDICT_MET] = 3;
    t.by_verdict[VERDICT_NOT_MET] = 2;
    t.by_verdict[VERDICT_NOT_MEASURED] = 1;
    svg = chart_strip(&mem, &t);
    CHECK(has(svg, "width=\"60\" height=\"10\""));
    CHECK(has(svg, "<rect x=\"0\" width=\"30\" height=\"10\" fill=\"url(#p-met)\"/>"));
    CHECK(has(svg, "<rect x=\"30\" width=\"20\" height=\"10\" fill=\"url(#p-not_met)\"/>"));
    CHECK(
        has(svg, "<rect x=\"50\" width=\"10\" height=\"10\" fill=\"url(#p-not_measured)\"/>"));
    CHECK(!has(svg, "p-cannot_tell"));
}

static void a_strip_of_none_or_too_many_is_left_out(void)
{
    struct tally none = { 0 }, many = { .indicators = STRIP_MAX + 1 };

    many.by_verdict[VERDICT_MET] = STRIP_MAX + 1;
    CHECK(chart_strip(&mem, &none).n == 0);
    CHECK(chart_strip(&mem, &many).n == 0);
}

/* ---- one goal ---- */

static struct indicator goal(const char *baseline, const char *target, const char *actual)
{
    return (struct indicator){ .baseline = amount(baseline, "%"),
                               .target = amount(target, "%"),
                               .actual = amount(actual, "%") };
}

static void a_goal_is_told_in_words_too(void)
{
    struct indicator i = goal("14.4", "40", "28.9");

    CHECK_STR(str_c(&mem, chart_goal(&mem, &i, LANG_JA).sentence),
              "基準 14.4%、目標 40%、実績 28.9%");
    CHECK_STR(str_c(&mem, chart_goal(&mem, &i, LANG_EN).sentence),
              "baseline 14.4%, target 40%, actual 28.9%");
}

static void a_goal_stands_in_the_order_of_its_numbers(void)
{
    struct indicator i = goal("14.4", "40", "28.9");
    str svg = chart_goal(&mem, &i, LANG_JA).svg;
    double ring = place(svg, "c-base\" cx=\""), dot = place(svg, "c-dot\" cx=\"");

    CHECK(ring > 0 && ring < dot && dot < 160);
    i = goal("28.9", "40", "14.4");
    svg = chart_goal(&mem, &i, LANG_JA).svg;
    CHECK(place(svg, "c-base\" cx=\"") > place(svg, "c-dot\" cx=\""));
}

static void an_axis_that_does_not_begin_at_zero_says_so(void)
{
    struct indicator wide = goal("14.4", "40", "28.9"),
                     narrow = goal("85.96", "86.20", "85.96");

    CHECK(!has(chart_goal(&mem, &wide, LANG_JA).svg, "l3-8"));
    CHECK(has(chart_goal(&mem, &narrow, LANG_JA).svg, "l3-8"));
}

static void nothing_is_drawn_that_cannot_be_compared(void)
{
    struct indicator alone = goal(NULL, "40", NULL), units = goal(NULL, "40", NULL);

    units.actual = amount("612", "千円");
    CHECK(chart_goal(&mem, &alone, LANG_JA).svg.n == 0);
    CHECK(chart_goal(&mem, &units, LANG_JA).svg.n == 0);
    CHECK_STR(str_c(&mem, chart_goal(&mem, &units, LANG_JA).sentence),
              "目標 40%、実績 612千円");
}

static void a_unit_cannot_become_markup(void)
{
    struct indicator i = goal(NULL, "40", "50");

    i.target.unit = i.actual.unit = STR("\"><script>");
    CHECK(!has(chart_goal(&mem, &i, LANG_JA).svg, "<script"));
}

/* ---- the course over the years ---- */

static struct chart_point point(int year, const char *target, const char *actual,
                                enum verdict verdict)
{
    struct chart_point p = { .fiscal_year = year, .verdict = verdict };

    p.has_target = target != NULL;
    p.has_actual = actual != NULL;
    if (target)
        p.target = number(target);
    if (actual)
        p.actual = number(actual);
    return p;
}

static struct chart course(const struct chart_point *p, uint32_t n, const char *unit,
                           enum lang lang)
{
    return chart_series(&mem, p, n, STR("待ち<時間>"), str_from(unit), lang);
}

static void a_course_says_how_it_ended_and_whence_it_came(void)
{
    const struct chart_point fell[] = { point(2022, "20", "21", VERDICT_NOT_MET),
                                        point(2023, "18", "17", VERDICT_MET) };
    const struct chart_point rose[] = { point(2022, "40", "33.6", VERDICT_NOT_MET),
                                        point(2023, "40", "36.4", VERDICT_NOT_MET) };

    CHECK_STR(str_c(&mem, course(fell, 2, "分", LANG_JA).sentence),
              "令和5年度の実績は17分で、目標の18分を達成しました。"
              "令和4年度の21分から4分減りました。");
    CHECK_STR(str_c(&mem, course(rose, 2, "%", LANG_JA).sentence),
              "令和5年度の実績は36.4%で、目標の40%を達成していません。"
              "令和4年度の33.6%から2.8ポイント増えました。");
    CHECK_STR(str_c(&mem, course(rose, 2, "%", LANG_EN).sentence),
              "In FY2023 it was 36.4%: the target of 40% was not met. "
              "It rose by 2.8 points from 33.6% in FY2022.");
}

static void a_year_without_a_number_says_what_is_missing(void)
{
    const struct chart_point open[] = { point(2023, "12", NULL, VERDICT_NOT_MEASURED) };
    const struct chart_point aimless[] = { point(2023, NULL, "3.1", VERDICT_NOT_MEASURABLE) };
    const struct chart_point bare[] = { point(2023, NULL, NULL, VERDICT_NOT_MEASURABLE) };

    CHECK_STR(str_c(&mem, course(open, 1, "%", LANG_JA).sentence),
              "令和5年度の目標は12%で、結果はまだありません。");
    CHECK(has(course(open, 1, "%", LANG_JA).svg, "結果なし"));
    CHECK_STR(str_c(&mem, course(aimless, 1, "", LANG_JA).sentence),
              "令和5年度の実績は3.1ですが、比べる目標値がありません。");
    CHECK_STR(str_c(&mem, course(bare, 1, "", LANG_JA).sentence),
              "令和5年度には、比べられる目標値も結果もありません。");
    CHECK(course(NULL, 0, "", LANG_JA).svg.n == 0);
}

static void each_year_has_its_label_value_and_shape(void)
{
    const struct chart_point p[] = { point(2022, "36", "33.6", VERDICT_NOT_MET),
                                     point(2023, "36", "36.4", VERDICT_MET) };
    str svg = course(p, 2, "%", LANG_JA).svg;

    CHECK(has(svg, "令和4年度") && has(svg, "令和5年度"));
    CHECK(has(svg, ">33.6%<") && has(svg, ">36.4%<"));
    CHECK(has(svg, "class=\"not_met\"") && has(svg, "class=\"met\""));
    CHECK(has(svg, "目標 36%"));
    CHECK(has(svg, "aria-label=\"待ち&lt;時間&gt;: "));
}

static void a_course_near_the_top_is_cut_and_says_where(void)
{
    const struct chart_point high[] = { point(2023, "88.40", "88.31", VERDICT_NOT_MET) };
    const struct chart_point low[] = { point(2023, "10", "2", VERDICT_NOT_MET) };

    CHECK(has(course(high, 1, "%", LANG_JA).svg, "縦軸は88.30から"));
    CHECK(!has(course(low, 1, "件", LANG_JA).svg, "縦軸は"));
}

static void numbers_of_any_size_make_a_picture(void)
{
    const struct chart_point same[] = { point(2023, "0", "0", VERDICT_MET) };
    const struct chart_point huge[] = { point(2022, "-5", "999999999999999999", VERDICT_MET),
                                        point(2023, "0.000000001", "-1", VERDICT_NOT_MET) };

    const struct chart_point level[] = { point(2023, "999999999999999999", "999999999999999999",
                                               VERDICT_MET) };

    CHECK(has(course(level, 1, "円", LANG_JA).svg, "</svg>"));
    CHECK(has(course(same, 1, "件", LANG_JA).svg, "</svg>"));
    CHECK(has(course(huge, 2, "件", LANG_JA).svg, "</svg>"));
    CHECK(!has(course(same, 1, "件", LANG_JA).svg, "nan"));
    CHECK(!has(course(huge, 2, "件", LANG_JA).svg, "nan"));
}

/* ---- months ---- */

/* 62.1 at the end of September in the first year, 0.4 more each year, all of which end at 95.
 */
static struct month_curve past_year(int fiscal_year, int to_date_tenths)
{
    struct month_curve y = { .fiscal_year = fiscal_year };

    for (int k = 0; k < CURVE_POINTS; k++) {
        y.has[k] = true;
        y.value[k] = (dec){ k < 5    ? 100 + 90 * k
                            : k == 5 ? to_date_tenths
                                     : 620 + 25 * (k - 5),
                            1 };
    }
    return y;
}

static struct months rates(struct month_curve years[3])
{
    years[0] = past_year(2022, 621);
    years[1] = past_year(2023, 634);
    years[2] = past_year(2024, 639);
    for (int k = 6; k < CURVE_POINTS; k++)
        years[2].has[k] = false;
    return (
        struct months){ .years = years,
                        .count = 3,
                        .has_target = true,
                        .target = number("82.5"),
                        .fan = { true, number("80.1"), number("81.9"), number("83.7"), 95, 37 },
                        .name = STR("収納率"),
                        .unit = STR("%") };
}

static void months_are_told_with_last_year_and_landing(void)
{
    struct month_curve years[3];
    struct months m = rates(years);
    str says = chart_months(&mem, &m, LANG_JA).sentence;

    CHECK(has(says, "9月までで63.9%"));
    CHECK(has(says, "前年同月より0.5ポイント高く"));
    CHECK(has(says, "80.1~83.7%"));
    CHECK(has(says, "82.5%に届く見込みは37%"));
}

static void without_the_year_before_nothing_is_said_of_it(void)
{
    struct month_curve years[3];
    struct months m = rates(years);

    years[1].fiscal_year = 2021;
    CHECK(!has(chart_months(&mem, &m, LANG_JA).sentence, "前年同月"));
    m.fan.confidence_pct = 0;
    m.fan.chance_pct = -1;
    CHECK(has(chart_months(&mem, &m, LANG_JA).sentence, "3年分に満たない"));
    CHECK(!has(chart_months(&mem, &m, LANG_JA).sentence, "届く見込み"));
}

static void the_fan_leads_from_the_last_month_to_the_closing_period(void)
{
    struct month_curve years[3];
    struct months m = rates(years);
    str svg = chart_months(&mem, &m, LANG_JA).svg;

    CHECK(has(svg, "c-band"));
    CHECK(has(svg, ">出納</text>"));
    for (int k = 6; k < CURVE_POINTS; k++)
        years[2].has[k] = true;
    CHECK(!has(chart_months(&mem, &m, LANG_JA).svg, "c-band")); /* it has landed */
}

static void a_suspended_month_breaks_the_line(void)
{
    struct month_curve years[3];
    struct months m = rates(years);
    size_t whole = chart_months(&mem, &m, LANG_JA).svg.n;

    years[2].is_suspended[3] = true;
    CHECK(has(chart_months(&mem, &m, LANG_JA).svg, "fill=\"#fff\""));
    CHECK(chart_months(&mem, &m, LANG_JA).svg.n != whole);
}

static void a_year_without_figures_says_so(void)
{
    struct month_curve none = { .fiscal_year = 2025 };
    struct months m = { .years = &none, .count = 1, .unit = STR("%") };

    CHECK(has(chart_months(&mem, &m, LANG_EN).sentence, "no figure for"));
    CHECK(chart_months(&mem, &m, LANG_EN).svg.n > 0);
}

static void the_closing_period_has_months_of_its_own(void)
{
    CHECK(str_eq(curve_point_name(&mem, 0, LANG_JA), STR("4月")));
    CHECK(str_eq(curve_point_name(&mem, 11, LANG_JA), STR("3月")));
    CHECK(str_eq(curve_point_name(&mem, 12, LANG_JA), STR("出納4月")));
    CHECK(str_eq(curve_point_name(&mem, 13, LANG_EN), STR("May+")));
}

/* ---- behaviour ---- */

static void a_month_outside_is_named_and_has_its_own_shape(void)
{
    const struct behaviour_point points[] = {
        { STR_INIT("4月"), { 5, 0 }, false, false },
        { STR_INIT("5月"), { 6, 0 }, false, false },
        { STR_INIT("6月"), { 5, 0 }, false, false },
        { STR_INIT("7月"), { 19, 0 }, true, false },
    };
    struct behaviour_chart c = { points, 4, true, 5.5, 1.2, 9.8, STR("窓口の苦情"), STR("件") };
    struct chart out = chart_behaviour(&mem, &c, LANG_JA);

    CHECK(has(out.sentence, "1.2~9.8件"));
    CHECK(has(out.sentence, "1回です(7月)"));
    CHECK(has(out.svg, ">19</text>"));
    CHECK(has(out.svg, "l7 7l-7 7l-7-7z"));
    c.has_limits = false;
    CHECK(has(chart_behaviour(&mem, &c, LANG_JA).sentence, "8回に満たない"));
    CHECK(!has(chart_behaviour(&mem, &c, LANG_JA).svg, "上限"));
}

static void only_wobbling_months_are_called_meaningless(void)
{
    const struct behaviour_point points[] = { { STR_INIT("Apr"), { 5, 0 }, false, false } };
    struct behaviour_chart c = { points, 1, true, 5, 1, 9, STR("x"), STR("") };

    CHECK(has(chart_behaviour(&mem, &c, LANG_EN).sentence, "mean nothing"));
}

/* ---- intervals over years ---- */

static void an_interval_is_a_bar_and_between_years_a_band(void)
{
    struct chart_point points[3] = {
        { .fiscal_year = 2023,
          .has_actual = true,
          .actual = number("60"),
          .has_interval = true,
          .low = 55,
          .high = 65 },
        { .fiscal_year = 2024,
          .has_actual = true,
          .actual = number("66"),
          .has_interval = true,
          .low = 62,
          .high = 70,
          .has_target = true,
          .target = number("65"),
          .verdict = VERDICT_CANNOT_TELL },
        { .fiscal_year = 2025, .has_target = true, .target = number("70"), .is_ahead = true },
    };
    struct chart c = chart_series(&mem, points, 3, STR("認知度"), STR("%"), LANG_JA);

    CHECK(has(c.svg, "c-band"));
    CHECK(has(c.svg, "c-interval"));
    CHECK(!has(c.svg, "結果なし")); /* nobody waits for the result of a year to come */
    CHECK(has(c.sentence, "令和6年度の実績は66%"));
}

static void a_share_is_a_bar_with_its_interval(void)
{
    const struct chart_bar bars[] = {
        { STR("知っている<b>"), { 658, 1 }, { 617, 1 }, { 698, 1 }, true, true },
        { .label = STR("知らない"), .share = { 342, 1 } },
    };
    const struct chart c = chart_bars(&mem, bars, 2, STR("回答者の65.8%"));

    CHECK(has(c.svg, "role=\"img\" aria-label=\"回答者の65.8%\""));
    CHECK(has(c.svg, "width=\"355.3\""));     /* 65.8 of 540 */
    CHECK(has(c.svg, "d=\"M341.2 30H384.9")); /* 61.7 to 69.8 */
    CHECK(has(c.svg, ">65.8%</text>") && has(c.svg, ">34.2%</text>"));
    CHECK(has(c.svg, "知っている&lt;b&gt;") && !has(c.svg, "<b>"));
}

int main(void)
{
    RUN(a_share_is_a_bar_with_its_interval);
    RUN(a_strip_has_one_cell_for_each_indicator);
    RUN(a_strip_of_none_or_too_many_is_left_out);
    RUN(a_goal_is_told_in_words_too);
    RUN(a_goal_stands_in_the_order_of_its_numbers);
    RUN(an_axis_that_does_not_begin_at_zero_says_so);
    RUN(nothing_is_drawn_that_cannot_be_compared);
    RUN(a_unit_cannot_become_markup);
    RUN(a_course_says_how_it_ended_and_whence_it_came);
    RUN(a_year_without_a_number_says_what_is_missing);
    RUN(each_year_has_its_label_value_and_shape);
    RUN(a_course_near_the_top_is_cut_and_says_where);
    RUN(numbers_of_any_size_make_a_picture);
    arena_done(&mem);
    RUN(months_are_told_with_last_year_and_landing);
    RUN(without_the_year_before_nothing_is_said_of_it);
    RUN(the_fan_leads_from_the_last_month_to_the_closing_period);
    RUN(a_suspended_month_breaks_the_line);
    RUN(a_year_without_figures_says_so);
    RUN(the_closing_period_has_months_of_its_own);
    RUN(a_month_outside_is_named_and_has_its_own_shape);
    RUN(only_wobbling_months_are_called_meaningless);
    RUN(an_interval_is_a_bar_and_between_years_a_band);
    return DONE();
}
