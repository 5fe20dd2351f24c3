/* Scales as data: every preset reads; a slip is a sentence. And what they say of results. */
#include "measure/measure.h"
#include "check.h"

#include <string.h>

#define LEVELS                                                                                 \
    "\"levels\":[{\"code\":\"A\",\"label\":{\"ja\":\"a\",\"en\":\"a\"},\"at_least\":\"100\","  \
    "\"polarity\":1,\"comment\":false},{\"code\":\"B\",\"label\":{\"ja\":\"b\",\"en\":\"b\"}," \
    "\"at_least\":\"80\",\"polarity\":1,\"comment\":false},{\"code\":\"C\",\"label\":"         \
    "{\"ja\":\"c\",\"en\":\"c\"},\"polarity\":-1,\"comment\":true}]"
#define SCALE(by, lower)                                                                      \
    "{\"id\":\"x\",\"name\":{\"ja\":\"x\",\"en\":\"x\"},\"by\":\"" by "\",\"lower\":\"" lower \
    "\",\"forms\":[]," LEVELS "}"

static struct arena mem;

static struct scale scale_of(const char *json)
{
    struct scale s = { 0 };
    struct err e = { 0 };

    if (!scale_read(&mem, str_from(json), &s, &e))
        CHECK_STR(e.text, "a scale that reads");
    return s;
}

static struct amount amount(int64_t n, uint8_t decimals, const char *unit)
{
    return (struct amount){ .is_set = true, .value = { n, decimals }, .unit = str_from(unit) };
}

static struct indicator share_of_40(struct amount actual)
{
    return (struct indicator){ .comparison = COMPARE_GE,
                               .baseline = amount(20, 0, "%"),
                               .target = amount(40, 0, "%"),
                               .actual = actual };
}

/* The level's code, or "?" and the number of the reason. */
static const char *says(const struct scale *s, const struct indicator *i)
{
    const struct scale_level *level;
    const enum scale_answer answer = measure_scale(s, i, &level);

    return answer == SCALE_TOLD ? str_c(&mem, level->code)
                                : str_c(&mem, str_fmt(&mem, "?%d", (int)answer));
}

static const char *reason(enum scale_answer answer)
{
    return str_c(&mem, str_fmt(&mem, "?%d", (int)answer));
}

static void every_preset_reads_and_goes_with_its_forms(void)
{
    const struct scale *found;
    struct scales all;
    struct scale s;
    struct err e;
    size_t n = 0;

    for (; scale_preset(n).n; n++)
        CHECK(scale_read(&mem, scale_preset(n), &s, &e));
    scales_read(&mem, &all);
    CHECK(n >= 3 && all.count == n);
    found = scale_of_form(&all, STR("osaka-ward-2019"));
    CHECK(found && found->level_count == 2);
    CHECK(!scale_of_form(&all, STR("nobody")));
}

static void a_slip_is_a_sentence(void)
{
    static const struct {
        const char *was, *is, *says;
    } SLIPS[] = {
        { "\"at_least\":\"80\"", "\"at_least\":\"100\"", "順に小さく" },
        { "\"at_least\":\"80\"", "\"at_least\":80", "at_least" },
        { "\"levels\":[", "\"levels\":[\"A\",", "段階" },
        { "\"code\":\"B\"", "\"code\":\"A\"", "同じ印" },
        { "\"code\":\"B\"", "\"code\":\"\"", "code" },
        { "\"polarity\":-1,", "\"polarity\":-2,", "polarity" },
        { "\"polarity\":-1,", "\"at_least\":\"1\",\"polarity\":-1,", "最後の段階" },
        { "\"comment\":true", "\"coment\":true", "coment" },
        { "\"by\":\"rate\"", "\"by\":\"feeling\"", "rate か progress" },
        { "\"forms\":[]", "\"forms\":{}", "forms" },
        { "\"id\":\"x\"", "\"id\":\"\"", "id" },
    };
    const str good = STR(SCALE("rate", "inverse"));

    for (size_t i = 0; i < sizeof SLIPS / sizeof *SLIPS; i++) {
        const ptrdiff_t at = str_find(good, str_from(SLIPS[i].was));
        struct err e = { 0 };
        struct scale s;
        str bad;

        CHECK(at >= 0);
        bad = str_fmt(&mem, "%.*s%s%.*s", (int)at, good.p, SLIPS[i].is,
                      STR_ARG(str_skip(good, (size_t)at + strlen(SLIPS[i].was))));
        CHECK(!scale_read(&mem, bad, &s, &e) && e.code == ERR_INPUT);
        if (!strstr(e.text, SLIPS[i].says))
            CHECK_STR(e.text, SLIPS[i].says);
    }
    CHECK(!scale_read(&mem, STR("[]"), &(struct scale){ 0 }, &(struct err){ 0 }));
    CHECK(!scale_read(&mem, STR("{"), &(struct scale){ 0 }, &(struct err){ 0 }));
}

static void a_share_is_compared_exactly(void)
{
    const struct scale s = scale_of(SCALE("rate", "inverse"));
    struct indicator i = share_of_40(amount(40, 0, "%"));

    CHECK_STR(says(&s, &i), "A");
    i.actual = amount(3999, 2, "%");
    CHECK_STR(says(&s, &i), "B");
    i.actual = amount(32, 0, "%"); /* 80% to the point */
    CHECK_STR(says(&s, &i), "B");
    i.actual = amount(31999, 3, "%");
    CHECK_STR(says(&s, &i), "C");
}

static void fewer_is_better_where_the_scale_says_how(void)
{
    const struct scale inverse = scale_of(SCALE("rate", "inverse"));
    const struct scale mirror = scale_of(SCALE("rate", "mirror"));
    struct indicator i = { .comparison = COMPARE_LE,
                           .target = amount(8, 0, "件"),
                           .actual = amount(10, 0, "件") };

    CHECK_STR(says(&inverse, &i), "B"); /* 8 / 10 */
    CHECK_STR(says(&mirror, &i), "C");  /* 2 - 10 / 8 = 75% */
    i.actual = amount(0, 0, "件");
    CHECK_STR(says(&inverse, &i), "A");
    i.target = amount(0, 0, "件");
    CHECK_STR(says(&inverse, &i), "A");
    i.actual = amount(1, 0, "件");
    CHECK_STR(says(&inverse, &i), reason(SCALE_ZERO_TARGET));
}

static void progress_goes_from_the_baseline(void)
{
    const struct scale s = scale_of(SCALE("progress", "inverse"));
    struct indicator i = share_of_40(amount(36, 0, "%")); /* 16 of 20 points */

    CHECK_STR(says(&s, &i), "B");
    i.actual = amount(10, 0, "%");
    CHECK_STR(says(&s, &i), "C");
    i.baseline = amount(40, 0, "%");
    CHECK_STR(says(&s, &i), reason(SCALE_NO_WAY));
    i.baseline.is_set = false;
    CHECK_STR(says(&s, &i), reason(SCALE_NO_BASELINE));
    i = share_of_40(amount(4, 0, "件"));
    i.comparison = COMPARE_LE;
    i.baseline = amount(12, 0, "件");
    i.target = amount(2, 0, "件"); /* 8 of 10 */
    CHECK_STR(says(&s, &i), "B");
}

static void what_no_share_can_tell_is_named(void)
{
    const struct scale s = scale_of(SCALE("rate", "inverse"));
    struct indicator i = share_of_40((struct amount){ 0 });

    CHECK_STR(says(&s, &i), reason(SCALE_NO_ACTUAL));
    i.actual = amount(30, 0, "人");
    CHECK_STR(says(&s, &i), reason(SCALE_UNITS));
    i.actual = amount(-3, 0, "%");
    CHECK_STR(says(&s, &i), reason(SCALE_NEGATIVE));
    i.comparison = COMPARE_LEVEL_GE;
    CHECK_STR(says(&s, &i), reason(SCALE_LEVELS));
    i.comparison = COMPARE_NONE;
    CHECK_STR(says(&s, &i), reason(SCALE_NO_TARGET));
    i = share_of_40(amount(0, 0, "%"));
    i.target = amount(0, 0, "%");
    CHECK_STR(says(&s, &i), reason(SCALE_ZERO_TARGET));
    i = share_of_40(amount(INT64_C(999999999999999999), 0, "%"));
    CHECK_STR(says(&s, &i), reason(SCALE_TOO_LARGE));
}

int main(void)
{
    RUN(every_preset_reads_and_goes_with_its_forms);
    RUN(a_slip_is_a_sentence);
    RUN(a_share_is_compared_exactly);
    RUN(fewer_is_better_where_the_scale_says_how);
    RUN(progress_goes_from_the_baseline);
    RUN(what_no_share_can_tell_is_named);
    arena_done(&mem);
    return DONE();
}
