#include "base/date.h"

#include "base/arena.h"
#include "check.h"

static void only_days_that_exist_are_dates(void)
{
    static const char *const bad[] = { "2019-02-29", "1900-02-29",  "2019-13-01", "2019-00-10",
                                       "2019-04-31", "2019-4-1",    "1867-12-31", "2200-01-01",
                                       "2019/04/01", "2019-04-01 ", "",           "20190401",
                                       "2019-04-0x" };
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;
    date d;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!date_parse(str_from(bad[i]), &d));
    CHECK(date_parse(STR("2020-02-29"), &d) && d.year == 2020 && d.month == 2 && d.day == 29);
    CHECK(date_parse(STR("2000-02-29"), &d));
    CHECK(date_parse(STR("1868-01-25"), &d));
    buf_init(&b, &a, 0, 100);
    date_put(&b, d);
    CHECK(str_eq(buf_str(&b), STR("1868-01-25")));
}

static void a_fiscal_year_runs_from_april_to_march(void)
{
    CHECK(date_fiscal_year((date){ 2020, 3, 31 }) == 2019);
    CHECK(date_fiscal_year((date){ 2020, 4, 1 }) == 2020);
    CHECK(date_fiscal_year((date){ 2020, 12, 31 }) == 2020);
}

struct reading {
    const char *text;
    int context;
    bool bare;
    int year;         /* 0: no fiscal year */
    const char *rest; /* what it does not cover */
};

static void check_readings(const struct reading *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        str s = str_from(r[i].text);
        int year = 0;
        size_t used = 0;
        bool ok = fiscal_parse(s, r[i].context, r[i].bare, &year, &used);

        CHECK(ok == (r[i].year != 0) && year == r[i].year);
        CHECK(!ok || str_eq(str_skip(s, used), str_from(r[i].rest)));
        if (year != r[i].year)
            printf("# %s beside %d is %d, not %d\n", r[i].text, r[i].context, year, r[i].year);
    }
}
#define CHECK_READINGS(r) check_readings((r), sizeof(r) / sizeof *(r))

static void a_year_with_its_era_needs_no_context(void)
{
    static const struct reading r[] = {
        { "令和元年度", 0, false, 2019, "" },
        { "令和２年度の", 0, false, 2020, "の" },
        { "平成31年度", 0, false, 2019, "" },
        { "平成元年度", 0, false, 1989, "" },
        { "昭和63年度", 0, false, 1988, "" },
        { "昭和元年度", 0, false, 1926, "" },
        { "大正15年度", 0, false, 1926, "" },
        { "明治45年度", 0, false, 1912, "" },
        { "令和 元 年度", 0, false, 2019, "" },
        { "令和　２　年度", 0, false, 2020, "" },
        { "令和二年度", 0, false, 2020, "" },
        { "平成三十一年度", 0, false, 2019, "" },
        { "平成二十年度", 0, false, 2008, "" },
        { "平成十年度", 0, false, 1998, "" },
        { "㋿元年度", 0, false, 2019, "" },
        { "R1年度", 0, false, 2019, "" },
        { "R元年度", 0, false, 2019, "" },
        { "Ｈ２９年度", 0, false, 2017, "" },
        { "h29年度", 0, false, 2017, "" },
        { "S63年度", 0, false, 1988, "" },
        { "R 2 年度", 0, false, 2020, "" },
        { "R05年度", 0, false, 2023, "" },
        { "R1", 0, false, 2019, "" },
        { "R1 40%", 0, false, 2019, " 40%" },
        { "H29実績", 0, false, 2017, "実績" },
        { "R元", 0, false, 2019, "" },
        { "R2-R4", 0, false, 2020, "-R4" },
        { "2019年度", 0, false, 2019, "" },
        { "２０１９ 年度", 0, false, 2019, "" },
        { "FY2019", 0, false, 2019, "" },
        { "FY2019年度", 0, false, 2019, "" },
        { "平成31年度末", 0, false, 2019, "末" },
        { "令和元年度収納率", 0, false, 2019, "収納率" },
    };

    CHECK_READINGS(r);
}

static void two_spellings_that_agree_are_one_year(void)
{
    static const struct reading r[] = {
        { "令和2(2020)年度", 0, false, 2020, "" },
        { "令和２（２０２０）年度", 0, false, 2020, "" },
        { "2020(令和2)年度", 0, false, 2020, "" },
        { "2019（令和元年）年度", 0, false, 2019, "" },
        { "平成31(令和元)年度", 0, false, 2019, "" },
        { "R2(2020)年度", 0, false, 2020, "" },
        { "令和2(2019)年度", 0, false, 0, "" },
        { "2020年度(令和2年度)", 0, false, 2020, "(令和2年度)" },
        { "令和2年度(40%)", 0, false, 2020, "(40%)" },
        { "令和2(40%)", 0, false, 0, "" },
        { "R2(40%)", 0, false, 2020, "(40%)" },
    };

    CHECK_READINGS(r);
}

static void a_year_without_its_era_is_read_beside_the_documents_year(void)
{
    static const struct reading r[] = {
        { "元年度", 2019, false, 2019, "" },   { "元年度", 2020, false, 2019, "" },
        { "元年度", 2018, false, 2019, "" },   { "元年度", 1990, false, 1989, "" },
        { "元年度", 2016, false, 1989, "" },   { "元年度", 0, false, 2019, "" },
        { "29年度", 2019, false, 2017, "" },   { "29年度", 2017, false, 2017, "" },
        { "30年度", 2019, false, 2018, "" },   { "31年度", 2019, false, 2019, "" },
        { "31年度", 2018, false, 2019, "" },   { "2年度", 2019, false, 2020, "" },
        { "3年度", 2022, false, 2021, "" },    { "5年度", 2010, false, 1993, "" },
        { "63年度", 1990, false, 1988, "" },   { "60年度", 1987, false, 1985, "" },
        { "２９年度", 2019, false, 2017, "" }, { "29 年度", 2019, false, 2017, "" },
        { "29年度", 0, false, 2017, "" },      { "7年度", 0, false, 2025, "" },
        { "8年度", 0, false, 1996, "" },       { "41年度", 0, false, 1966, "" },
        { "31年度", 0, false, 2019, "" },
    };

    CHECK_READINGS(r);
}

static void a_year_that_its_era_never_had_is_no_year(void)
{
    static const char *const never[] = { "平成32年度", "平成40年度", "昭和64年度",
                                         "令和0年度",  "平成00年度", "大正16年度",
                                         "H32年度",    "H32",        "昭和100年度" };

    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        check_readings(&(struct reading){ never[i], 2019, false, 0, "" }, 1);
    /* Beside 2017 the nearest is a Heisei 32 that never was; 1957 is not guessed. */
    check_readings(&(struct reading){ "32年度", 2017, false, 0, "" }, 1);
    check_readings(&(struct reading){ "0年度", 2019, false, 0, "" }, 1);
    check_readings(&(struct reading){ "35年度", 0, false, 0, "" }, 1);
}

static void the_year_meant_by_one_that_never_was_can_be_told(void)
{
    int year = 0;
    size_t used = 0;

    CHECK(fiscal_parse_beyond(STR("平成32年度まで"), 0, &year, &used) && year == 2020
          && used == 14);
    CHECK(fiscal_parse_beyond(STR("32年度"), 2017, &year, &used) && year == 2020);
    CHECK(fiscal_parse_beyond(STR("昭和64年度"), 0, &year, &used) && year == 1989);
    CHECK(!fiscal_parse_beyond(STR("平成31年度"), 0, &year, &used));
    CHECK(!fiscal_parse_beyond(STR("令和0年度"), 0, &year, &used));
}

static void the_year_sign_alone_is_taken_only_where_it_may_be(void)
{
    static const struct reading r[] = {
        { "令和元年", 0, false, 0, "" },
        { "令和元年", 0, true, 2019, "" },
        { "29年実績", 2019, true, 2017, "実績" },
        { "2019年", 0, true, 2019, "" },
        { "R1年", 0, false, 0, "" },
        { "R1年", 0, true, 2019, "" },
        { "元年", 2019, true, 2019, "" },
        { "令和2年3月", 0, true, 0, "" },
        { "2020年 ３ 月", 0, true, 0, "" },
        { "令和二年三月", 0, true, 0, "" },
        { "3年間", 2019, true, 0, "" },
        { "5年前", 2019, true, 0, "" },
        { "2年連続", 2019, true, 0, "" },
        { "3年ごと", 2019, true, 0, "" },
        { "29年前期", 2019, true, 2017, "前期" },
        { "10年以上", 2019, true, 0, "" },
        { "2年度目", 2019, false, 0, "" },
        { "2年度目標", 2019, false, 2020, "目標" },
        { "3年度間", 2019, false, 0, "" },
        { "29年度分", 2019, false, 2017, "分" },
    };

    CHECK_READINGS(r);
}

static void what_only_looks_like_a_year_is_none(void)
{
    static const char *const none[] = {
        "",     "年度", "40%",  "R100",      "R2D2",     "H2O",      "H31.4.1", "R1/4",
        "R1-3", "S63",  "T5",   "M1",        "r1",       "R",        "令和",    "令和元",
        "平成", "29",   "2019", "12019年度", "1800年度", "2500年度", "100年度", "05年度",
        "FY19", "元",   "元町", "R1a",       "\xEF\xBC"
    };

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        check_readings(&(struct reading){ none[i], 2019, true, 0, "" }, 1);
}

static void every_year_reads_back_from_each_of_its_spellings(void)
{
    for (int year = FISCAL_MIN; year <= FISCAL_MAX; year++) {
        for (int style = FISCAL_ERA; style <= FISCAL_ENGLISH; style++) {
            AUTO(arena_done) struct arena a = { 0 };
            struct buf b;
            int back = 0;
            size_t used;

            if (year > 2019 + 98 && style == FISCAL_SHORT)
                continue; /* R100 may be anything */
            buf_init(&b, &a, 0, 100);
            fiscal_put(&b, year, (enum fiscal_style)style);
            if (style == FISCAL_SHORT)
                buf_put(&b, STR("年度"));
            CHECK(fiscal_parse(buf_str(&b), 0, false, &back, &used));
            CHECK(back == year && used == b.n);
        }
    }
}

static void the_first_year_of_an_era_is_written_gannen(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;

    buf_init(&b, &a, 0, 200);
    fiscal_put(&b, 2019, FISCAL_ERA);
    fiscal_put(&b, 2018, FISCAL_ERA);
    fiscal_put(&b, 1989, FISCAL_ERA);
    fiscal_put(&b, 1988, FISCAL_ERA);
    fiscal_put(&b, 2019, FISCAL_SHORT);
    fiscal_put(&b, 2019, FISCAL_WESTERN);
    fiscal_put(&b, 2019, FISCAL_ENGLISH);
    CHECK(str_eq(buf_str(&b), STR("令和元年度平成30年度平成元年度昭和63年度R12019年度FY2019")));
}

static void check_instant(int64_t ms, const char *want)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;
    int64_t back = 0;

    buf_init(&b, &a, 0, 100);
    instant_put(&b, ms);
    CHECK_STR(str_c(&a, buf_str(&b)), want);
    CHECK(instant_parse(buf_str(&b), &back) && back == ms);
}

static void an_instant_is_written_in_japanese_time(void)
{
    check_instant(0, "1970-01-01T09:00:00.000+09:00");
    check_instant(-1, "1970-01-01T08:59:59.999+09:00");
    check_instant(INT64_C(1795334700123), "2026-11-22T17:05:00.123+09:00");
    check_instant(INT64_C(951782400000), "2000-02-29T09:00:00.000+09:00");
    check_instant(INT64_C(4107481200000), "2100-02-28T16:00:00.000+09:00");
    check_instant(INSTANT_MIN, "0001-01-01T00:00:00.000+09:00");
    check_instant(INSTANT_MAX, "9999-12-31T23:59:59.999+09:00");
}

static void every_day_of_four_centuries_reads_back(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;

    buf_init(&b, &a, 0, 100);
    for (int64_t day = -80000; day < 80000; day++) {
        int64_t ms = day * 86400000 + (day & 1023) * 84375, back = 0;

        buf_clear(&b);
        instant_put(&b, ms);
        CHECK(instant_parse(buf_str(&b), &back) && back == ms);
    }
}

static void only_the_one_form_is_an_instant(void)
{
    static const char *const bad[] = {
        "2026-11-22T17:05:00.123Z",      "2026-11-22T17:05:00+09:00",
        "2026-11-22 17:05:00.123+09:00", "2026-02-30T17:05:00.123+09:00",
        "2026-11-22T24:00:00.000+09:00", "2026-11-22T17:60:00.000+09:00",
        "2026-11-22T17:05:60.000+09:00", "0000-11-22T17:05:00.000+09:00",
        "2026-11-22T17:05:00.123+00:00", ""
    };
    int64_t ms = 42;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!instant_parse(str_from(bad[i]), &ms) && ms == 42);
}

static const struct {
    const char *written;
    int context;
    enum date_fault fault;
    date want;
} DAYS[] = {
    { "2024-04-01", 0, DATE_FINE, { 2024, 4, 1 } },
    { "2024/4/1", 0, DATE_FINE, { 2024, 4, 1 } },
    { " ２０２４．４．１ ", 0, DATE_FINE, { 2024, 4, 1 } },
    { "2024年4月1日", 0, DATE_FINE, { 2024, 4, 1 } },
    { "20240401", 0, DATE_FINE, { 2024, 4, 1 } },
    { "令和6年4月1日", 0, DATE_FINE, { 2024, 4, 1 } },
    { "令和６年 ４月 １日(月)", 0, DATE_FINE, { 2024, 4, 1 } },
    { "令和元年5月1日", 0, DATE_FINE, { 2019, 5, 1 } },
    { "R6.4.1", 0, DATE_FINE, { 2024, 4, 1 } },
    { "r6/4/1", 0, DATE_FINE, { 2024, 4, 1 } },
    { "H31.4.30", 0, DATE_FINE, { 2019, 4, 30 } },
    { "昭和64年1月7日", 0, DATE_FINE, { 1989, 1, 7 } },
    { "6月3日", 2024, DATE_FINE, { 2024, 6, 3 } },
    { "2月3日", 2024, DATE_FINE, { 2025, 2, 3 } },
    { "6/3", 2024, DATE_FINE, { 2024, 6, 3 } },
    { "2024/4/1 0:00", 0, DATE_FINE, { 2024, 4, 1 } },
    { "2024-04-01T13:30:00", 0, DATE_FINE, { 2024, 4, 1 } },
    { "令和6年4月", 0, DATE_FINE, { 2024, 4, 0 } },
    { "2024-04", 0, DATE_FINE, { 2024, 4, 0 } },
    { "平成31年4月", 0, DATE_FINE, { 2019, 4, 0 } },
    { "平成31年5月1日", 0, DATE_ERA, { 0 } },
    { "令和元年4月30日", 0, DATE_ERA, { 0 } },
    { "昭和64年1月8日", 0, DATE_ERA, { 0 } },
    { "2024-04-01(火)", 0, DATE_WEEKDAY, { 0 } },
    { "2023-02-29", 0, DATE_NO_DAY, { 0 } },
    { "2024/13/1", 0, DATE_NO_DAY, { 0 } },
    { "6月31日", 2024, DATE_NO_DAY, { 0 } },
    { "6月3日", 0, DATE_NO_YEAR, { 0 } },
    { "45383", 2024, DATE_NONE, { 0 } },
    { "4月", 2024, DATE_NONE, { 0 } },
    { "4", 2024, DATE_NONE, { 0 } },
    { "未定", 2024, DATE_NONE, { 0 } },
    { "2024-04-01ごろ", 0, DATE_NONE, { 0 } },
    { "", 2024, DATE_NONE, { 0 } },
};

static void a_day_is_read_as_people_write_it_or_said_to_be_none(void)
{
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        date d = { 0 };
        const enum date_fault fault = date_read(str_from(DAYS[i].written), DAYS[i].context, &d);
        const date w = DAYS[i].want;

        if (fault != DAYS[i].fault || d.year != w.year || d.month != w.month || d.day != w.day)
            printf("# %s: %d %d-%d-%d\n", DAYS[i].written, (int)fault, d.year, d.month, d.day);
        CHECK(fault == DAYS[i].fault);
        CHECK(d.year == w.year && d.month == w.month && d.day == w.day);
    }
}

/* "年度" directly behind the number is read at a glance, with a blank between by the grammar.
 */
static void check_glance(const char *era, const char *number, const char *after, int context)
{
    char near[64], apart[64];
    int year = 0, year_apart = 0;
    size_t used = 0, used_apart = 0;
    bool ok, ok_apart;

    snprintf(near, sizeof near, "%s%s年度%s", era, number, after);
    snprintf(apart, sizeof apart, "%s%s 年度%s", era, number, after);
    ok = fiscal_parse(str_from(near), context, false, &year, &used);
    ok_apart = fiscal_parse(str_from(apart), context, false, &year_apart, &used_apart);
    CHECK(ok == ok_apart && year == year_apart && (!ok || used + 1 == used_apart));
    ok = fiscal_parse_beyond(str_from(near), context, &year, &used);
    ok_apart = fiscal_parse_beyond(str_from(apart), context, &year_apart, &used_apart);
    CHECK(ok == ok_apart && year == year_apart && (!ok || used + 1 == used_apart));
}

static void a_year_read_at_a_glance_is_what_the_grammar_reads(void)
{
    static const char *const eras[] = { "", "令和", "平成", "昭和", "大正", "明治" };
    static const char *const after[] = { "", "末", "目標", "目", "間", "(2019年度)" };
    static const int contexts[] = { 0, 1950, 1989, 2017, 2019, 2035 };
    char number[8];

    for (int n = -1; n < 2400; n += n < 130 ? 1 : 37) {
        snprintf(number, sizeof number, n < 0 ? "元" : n % 3 ? "%d" : "%02d", n);
        for (size_t e = 0; e < sizeof eras / sizeof *eras; e++)
            for (size_t a = 0; a < sizeof after / sizeof *after; a++)
                for (size_t c = 0; c < sizeof contexts / sizeof *contexts; c++)
                    check_glance(eras[e], number, after[a], contexts[c]);
    }
}

int main(void)
{
    RUN(only_days_that_exist_are_dates);
    RUN(a_fiscal_year_runs_from_april_to_march);
    RUN(a_year_with_its_era_needs_no_context);
    RUN(two_spellings_that_agree_are_one_year);
    RUN(a_year_without_its_era_is_read_beside_the_documents_year);
    RUN(a_year_that_its_era_never_had_is_no_year);
    RUN(the_year_meant_by_one_that_never_was_can_be_told);
    RUN(the_year_sign_alone_is_taken_only_where_it_may_be);
    RUN(what_only_looks_like_a_year_is_none);
    RUN(every_year_reads_back_from_each_of_its_spellings);
    RUN(the_first_year_of_an_era_is_written_gannen);
    RUN(a_year_read_at_a_glance_is_what_the_grammar_reads);
    RUN(an_instant_is_written_in_japanese_time);
    RUN(every_day_of_four_centuries_reads_back);
    RUN(only_the_one_form_is_an_instant);
    RUN(a_day_is_read_as_people_write_it_or_said_to_be_none);
    return DONE();
}
