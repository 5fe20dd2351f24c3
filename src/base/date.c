/* Fiscal years, eras, and days as people write them. The only file that knows an era.
 *
 * An era has the fiscal years whose 1 April lies in it, and as its first (元年度) that of the
 * calendar year in which it began. So 平成31年度 is 2019, as 令和元年度 is; 平成32年度 and
 * 昭和64年度 never were. */
#define MEGURI_BASE_ROOM
#include "base/date.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"
#include "base/date_inner.h"

struct era {
    str name, sign; /* 令和 and its one-character form */
    char letter;
    bool is_bare;    /* the letter and a number stand alone for a year: R1, H29 */
    int first, last; /* fiscal years, western */
};

/* clang-format off */
static const struct era ERAS[] = { /* newest first */
    { STR_INIT("令和"), STR_INIT("㋿"), 'R', true,  2019, FISCAL_MAX },
    { STR_INIT("平成"), STR_INIT("㍻"), 'H', true,  1989, 2019 },
    { STR_INIT("昭和"), STR_INIT("㍼"), 'S', false, 1926, 1988 },
    { STR_INIT("大正"), STR_INIT("㍽"), 'T', false, 1912, 1926 },
    { STR_INIT("明治"), STR_INIT("㍾"), 'M', false, 1868, 1912 },
};
/* clang-format on */
enum { ERA_COUNT = sizeof ERAS / sizeof *ERAS };
enum { REIWA, HEISEI, SHOWA };

/* ---- reading a fiscal year: a cursor over the rest of the text ---- */

static size_t blank_first(str s)
{
    switch (s.n ? (unsigned char)s.p[0] : 0) {
    case ' ':
    case '\t':
        return 1;
    case 0xC2:
        return str_starts(s, STR("\u00A0")) ? 2 : 0;
    case 0xE3:
        return str_starts(s, STR("\u3000")) ? 3 : 0;
    default:
        return 0;
    }
}

static void skip_blanks(str *s)
{
    for (size_t n; (n = blank_first(*s)) > 0;)
        *s = str_skip(*s, n);
}

static inline bool accept(str *s, str word)
{
    if (!str_starts(*s, word))
        return false;
    *s = str_skip(*s, word.n);
    return true;
}

/* The same at byte *i. */
static inline bool accept_at(str s, size_t *i, str word)
{
    const bool is_there = str_starts(str_skip(s, *i), word);

    *i += is_there ? word.n : 0;
    return is_there;
}

/* A digit or letter of ASCII, or its full-width twin (U+FF01 to U+FF5E are EF BC 81 to EF BD
 * 9E); 0 when it is neither. */
static char narrow_first(str s, size_t *n)
{
    unsigned char high, low;

    *n = 1;
    if (s.n && (unsigned char)s.p[0] < 0x80)
        return s.p[0];
    if (s.n < 3 || (unsigned char)s.p[0] != 0xEF)
        return 0;
    *n = 3;
    high = (unsigned char)s.p[1];
    low = (unsigned char)s.p[2];
    if (high == 0xBC && low >= 0x81)
        return (char)(low - 0x60);
    return high == 0xBD && low <= 0x9E ? (char)(low - 0x20) : 0;
}

/* At most four digits, half- or full-width; *count is how many there were. -1 for none or more.
 */
static int accept_digits(str *s, int *count)
{
    int v = 0;

    *count = 0;
    for (size_t n;;) {
        char c = narrow_first(*s, &n);

        if (c < '0' || c > '9')
            return *count ? v : -1;
        if (++*count > 4)
            return -1;
        v = v * 10 + (c - '0');
        *s = str_skip(*s, n);
    }
}

/* 一 to 九十九 as formal papers write an era's year; 0 for none. */
static int accept_kanji(str *s)
{
    static const str ONES[] = { STR_INIT("一"), STR_INIT("二"), STR_INIT("三"),
                                STR_INIT("四"), STR_INIT("五"), STR_INIT("六"),
                                STR_INIT("七"), STR_INIT("八"), STR_INIT("九") };
    int tens = 0, ones = 0;
    bool ten = false;

    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; ones == 0 && i < 9; i++)
            if (accept(s, ONES[i]))
                ones = i + 1;
        if (turn == 0 && accept(s, STR("十"))) {
            ten = true;
            tens = ones ? ones : 1;
            ones = 0;
        }
        if (!ten)
            break;
    }
    return tens * 10 + ones;
}

/* The number of a year inside an era: 元, 2, ０２, 三十一. 0 for none, for 0 itself and for too
 * many digits. */
static int accept_era_number(str *s, int most_digits)
{
    str rest = *s;
    int count, number;

    if (accept(s, STR("元")))
        return 1;
    number = accept_digits(&rest, &count);
    if (number > 0 && count <= most_digits) {
        *s = rest;
        return number;
    }
    return count ? 0 : accept_kanji(s);
}

static bool era_has(const struct era *era, int year)
{
    return year >= era->first && year <= era->last;
}

/* A year as it was spelled. */
struct spelled {
    int year;    /* western, 0 = none */
    bool alone;  /* needs no 年度 behind it: R1, H29, FY2019 */
    bool no_era; /* 元, 29: read against the context */
    bool beyond; /* the era never had it */
};

static const struct era *accept_era(str *s, bool *letter, bool *capital)
{
    size_t n;
    char c;

    *letter = *capital = false;
    for (int i = 0; i < ERA_COUNT && s->n && (unsigned char)s->p[0] >= 0x80; i++)
        if (accept(s, ERAS[i].name) || accept(s, ERAS[i].sign))
            return &ERAS[i];
    c = narrow_first(*s, &n);
    *letter = true;
    *capital = c >= 'A' && c <= 'Z';
    for (int i = 0; i < ERA_COUNT; i++) {
        if (c == ERAS[i].letter || c == ERAS[i].letter + 'a' - 'A') {
            *s = str_skip(*s, n);
            return &ERAS[i];
        }
    }
    return NULL;
}

static bool spell_era(str *s, struct spelled *out)
{
    bool letter, capital, joined;
    str rest = *s, before;
    const struct era *era;
    int number;

    if (s->n && s->p[0] >= '0' && s->p[0] <= '9') /* 29年度, in haste */
        return false;
    era = accept_era(&rest, &letter, &capital);
    if (!era)
        return false;
    before = rest;
    skip_blanks(&rest);
    joined = rest.p == before.p;
    number = accept_era_number(&rest, letter ? 2 : 3);
    if (number == 0)
        return false;
    out->year = era->first + number - 1;
    out->alone = letter && capital && joined && era->is_bare;
    out->beyond = !era_has(era, out->year);
    *s = rest;
    return true;
}

static int away(int a, int b)
{
    return a > b ? a - b : b - a;
}

/* An era that nobody can have named yet in context_year is not meant. The year before its start
 * is let in: the report on 2018 was written in 2019. */
static bool era_is_known(const struct era *era, int context_year)
{
    return era->first <= context_year + 1;
}

static const struct era *era_of_number(int number, int context_year)
{
    const struct era *best = NULL;

    if (context_year == 0 && number == 1)
        return &ERAS[REIWA];
    if (context_year == 0)
        return &ERAS[number > 40 ? SHOWA : number > 7 ? HEISEI : REIWA];
    for (int i = 0; i < ERA_COUNT; i++) {
        int year = ERAS[i].first + number - 1;

        if (!era_is_known(&ERAS[i], context_year))
            continue;
        if (!best || away(year, context_year) <= away(best->first + number - 1, context_year))
            best = &ERAS[i];
    }
    return best;
}

/* 元, 29: the nearest year counts, and when its era never had it (32年度 beside 2017), no year
 * farther away is guessed. */
static bool spell_number(str *s, int context_year, struct spelled *out)
{
    const struct era *era;
    str rest = *s;
    int count, number = 1;

    if (!accept(&rest, STR("元"))) {
        number = accept_digits(&rest, &count);
        if (number <= 0 || count > 2 || (count == 2 && number < 10))
            return false;
    }
    era = era_of_number(number, context_year);
    if (!era)
        return false;
    out->year = era->first + number - 1;
    out->no_era = true;
    out->beyond = !era_has(era, out->year);
    *s = rest;
    return true;
}

static bool spell_western(str *s, struct spelled *out)
{
    str rest = *s;
    int count, year;

    out->alone = accept(&rest, STR("FY"));
    year = accept_digits(&rest, &count);
    if (count != 4)
        return false;
    out->year = year;
    *s = rest;
    return true;
}

static bool spell_one(str *s, int context_year, struct spelled *out)
{
    *out = (struct spelled){ 0 };
    if (spell_western(s, out))
        return true;
    *out = (struct spelled){ 0 };
    return spell_era(s, out) || spell_number(s, context_year, out);
}

/* The second spelling of the same year in brackets: 令和2(2020)年度, 2020(令和2年)年度. False
 * when the two disagree. */
static bool skip_second(str *s, struct spelled *first)
{
    struct spelled second;
    str rest = *s;

    skip_blanks(&rest);
    if (!accept(&rest, STR("(")) && !accept(&rest, STR("（")))
        return true;
    skip_blanks(&rest);
    if (!spell_one(&rest, first->year, &second))
        return true;
    if (!accept(&rest, STR("年度")))
        accept(&rest, STR("年"));
    skip_blanks(&rest);
    if (!accept(&rest, STR(")")) && !accept(&rest, STR("）")))
        return true;
    skip_blanks(&rest);
    if (!str_starts(rest, STR("年")))
        return true;
    *s = rest;
    return second.year == first->year && !second.beyond;
}

/* Words after 年 or 年度 that make it a length of time or a number in a row: 3年間, 5年前,
 * 2年度目. */
static bool is_duration(str after, bool bare_year)
{
    static const str ANY[] = { STR_INIT("間"), STR_INIT("目") };
    static const str BARE[] = { STR_INIT("生"),   STR_INIT("以"),   STR_INIT("連続"),
                                STR_INIT("ごと"), STR_INIT("毎"),   STR_INIT("ぶり"),
                                STR_INIT("半"),   STR_INIT("未満"), STR_INIT("制"),
                                STR_INIT("超") };

    for (size_t i = 0; i < sizeof ANY / sizeof *ANY; i++)
        if (str_starts(after, ANY[i]))
            return !str_starts(after, STR("目標")) && !str_starts(after, STR("目的"));
    if (!bare_year)
        return false;
    for (size_t i = 0; i < sizeof BARE / sizeof *BARE; i++)
        if (str_starts(after, BARE[i]))
            return true;
    if (accept(&after, STR("前")) || accept(&after, STR("後")))
        return !str_starts(after, STR("期")) && !str_starts(after, STR("半"));
    return false;
}

/* 年 with a month behind it is a day in the calendar, which may lie in the fiscal year before.
 */
static bool is_calendar(str after)
{
    int count;

    skip_blanks(&after);
    if (accept_digits(&after, &count) < 0 && accept_kanji(&after) == 0)
        return false;
    skip_blanks(&after);
    return str_starts(after, STR("月"));
}

/* 年度, or 年 where that is enough. */
static bool accept_suffix(str *s, bool bare_year, bool no_era)
{
    str rest = *s, degree;

    skip_blanks(&rest);
    if (!accept(&rest, STR("年")))
        return false;
    degree = rest;
    skip_blanks(&degree);
    if (accept(&degree, STR("度"))) {
        *s = degree;
        return !(no_era && is_duration(degree, false));
    }
    if (!bare_year || is_calendar(rest) || (no_era && is_duration(rest, true)))
        return false;
    *s = rest;
    return true;
}

/* R1 ends where no letter, digit, 年 or part of a date follows: not in R100, R2D2 or H31.4.1.
 */
static bool ends_alone(str after)
{
    size_t n;
    char c = narrow_first(after, &n), next;

    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return false;
    if (c != '.' && c != '/' && c != '-')
        return true;
    next = narrow_first(str_skip(after, n), &n);
    return next < '0' || next > '9';
}

/* A look at the first two bytes: readers ask at every place where a year could stand. */
static bool may_begin(str s)
{
    unsigned char second = s.n > 1 ? (unsigned char)s.p[1] : 0;

    switch (s.n ? (unsigned char)s.p[0] : 0) {
    case 0xE3: /* ㋿ ㍻ */
        return second == 0x8B || second == 0x8D;
    case 0xE4: /* 令 */
        return second == 0xBB;
    case 0xE5: /* 元 大 平 */
        return second == 0x85 || second == 0xA4 || second == 0xB9;
    case 0xE6: /* 昭 明 */
        return second == 0x98;
    case 0xEF: /* full-width digits and letters */
        return second == 0xBC || second == 0xBD;
    default:
        return s.n && (unsigned char)s.p[0] < 0x80;
    }
}

static const struct era *era_named(str s)
{
    for (int i = 0; i < ERA_COUNT && s.n > 1 && (unsigned char)s.p[0] >= 0x80; i++)
        if (s.p[1] == ERAS[i].name.p[1] && str_starts(s, ERAS[i].name))
            return &ERAS[i];
    return NULL;
}

/* 元 or up to four digits of ASCII at byte *i, which is moved behind them; 0 for none. */
static int usual_number(str s, size_t *i, size_t *digits)
{
    int number = 0;

    *digits = 0;
    if (accept_at(s, i, STR("元"))) {
        *digits = 1;
        return 1;
    }
    for (; *digits < 4 && *i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9'; ++*i, ++*digits)
        number = number * 10 + (s.p[*i] - '0');
    return number;
}

/* 元年度, 29年度, 2019年度, 令和元年度, 平成30年度: as almost all years are written, read at a
 * glance. False: it takes the grammar, which reads these too. */
static bool read_usual(str s, int context_year, struct spelled *out, size_t *used)
{
    const struct era *era = era_named(s);
    size_t i = era ? era->name.n : 0, digits;
    int number = usual_number(s, &i, &digits);

    if (number == 0 || !accept_at(s, &i, STR("年度")))
        return false;
    *used = i;
    *out = (struct spelled){ .year = number, .no_era = !era && digits < 4 };
    if (!era && digits == 4)
        return true;
    if (out->no_era) {
        if (digits > 2 || (digits == 2 && number < 10) || is_duration(str_skip(s, i), false))
            return false;
        era = era_of_number(number, context_year);
    }
    if (!era || digits > 3)
        return false;
    out->year = era->first + number - 1;
    out->beyond = !era_has(era, out->year);
    return true;
}

static bool read_spelled(str s, int context_year, bool bare_year, struct spelled *out,
                         size_t *used)
{
    str rest = s, suffix;

    if (!may_begin(s) || !spell_one(&rest, context_year, out))
        return false;
    suffix = rest;
    if (!skip_second(&suffix, out))
        return false;
    if (accept_suffix(&suffix, bare_year, out->no_era))
        rest = suffix;
    else if (!out->alone || str_starts(rest, STR("年")) || !ends_alone(rest))
        return false;
    *used = s.n - rest.n;
    return true;
}

static bool read_fiscal(str s, int context_year, bool bare_year, struct spelled *out,
                        size_t *used)
{
    return (read_usual(s, context_year, out, used)
            || read_spelled(s, context_year, bare_year, out, used))
           && out->year >= FISCAL_MIN && out->year <= FISCAL_MAX;
}

bool fiscal_parse(str s, int context_year, bool bare_year, int *year, size_t *used)
{
    struct spelled spelled;
    size_t n;

    if (!read_fiscal(s, context_year, bare_year, &spelled, &n) || spelled.beyond)
        return false;
    *year = spelled.year;
    *used = n;
    return true;
}

bool fiscal_parse_beyond(str s, int context_year, int *year, size_t *used)
{
    struct spelled spelled;
    size_t n;

    if (!read_fiscal(s, context_year, false, &spelled, &n) || !spelled.beyond)
        return false;
    *year = spelled.year;
    *used = n;
    return true;
}

static const struct era *era_of(int year)
{
    for (int i = 0; i < ERA_COUNT; i++)
        if (year >= ERAS[i].first)
            return &ERAS[i];
    return &ERAS[ERA_COUNT - 1];
}

void fiscal_put(struct buf *b, int year, enum fiscal_style style)
{
    const struct era *era = era_of(year);
    int number = year - era->first + 1;

    assert(year >= FISCAL_MIN && year <= FISCAL_MAX);
    switch (style) {
    case FISCAL_ERA:
        buf_put(b, era->name);
        if (number == 1)
            buf_put(b, STR("元"));
        else
            buf_put_int(b, number);
        buf_put(b, STR("年度"));
        break;
    case FISCAL_SHORT:
        buf_put_char(b, era->letter);
        buf_put_int(b, number);
        break;
    case FISCAL_WESTERN:
        buf_put_int(b, year);
        buf_put(b, STR("年度"));
        break;
    case FISCAL_ENGLISH:
        buf_put(b, STR("FY"));
        buf_put_int(b, year);
        break;
    }
}

/* ---- days as people write them ---- */

/* The first day of each era of ERAS (元号法, and the edicts before it). */
static const date ERA_BEGINS[ERA_COUNT] = {
    { 2019, 5, 1 }, { 1989, 1, 8 }, { 1926, 12, 25 }, { 1912, 7, 30 }, { 1868, 1, 25 },
};

static int date_order(date a, date b)
{
    const int x = a.year * 10000 + a.month * 100 + a.day;
    const int y = b.year * 10000 + b.month * 100 + b.day;

    return (x > y) - (x < y);
}

/* A date being read: what was there, in the order year, month, day. */
struct written {
    const struct era *era;
    int year, month, day; /* -1 = not there */
};

static bool accept_one(str *s, const str *of, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (accept(s, of[i]))
            return true;
    return false;
}

/* What may stand between the parts: the character that names the part, or a mark. */
static bool accept_between(str *s, str name)
{
    static const str MARKS[] = { STR_INIT("/"),  STR_INIT("-"),  STR_INIT("."),
                                 STR_INIT("／"), STR_INIT("－"), STR_INIT("．") };
    bool found;

    skip_blanks(s);
    found = accept(s, name) || accept_one(s, MARKS, sizeof MARKS / sizeof *MARKS);
    skip_blanks(s);
    return found;
}

/* 20240401 */
static bool read_eight(str *s, struct written *w)
{
    if (s->n < 8 || date_digits_at(*s, 0, 8) < 0)
        return false;
    w->year = date_digits_at(*s, 0, 4);
    w->month = date_digits_at(*s, 4, 2);
    w->day = date_digits_at(*s, 6, 2);
    *s = str_skip(*s, 8);
    return true;
}

/* Month and day: 4月1日 4/1 4月. A number that nothing follows is the last part. */
static bool read_month_day(str *s, struct written *w)
{
    int count;

    w->month = accept_digits(s, &count);
    if (w->month < 0 || count > 2)
        return false;
    if (!accept_between(s, STR("月")) || !s->n)
        return true;
    if (narrow_first(*s, &(size_t){ 0 }) < '0' || narrow_first(*s, &(size_t){ 0 }) > '9')
        return true; /* 4月(月初) is left to the caller */
    w->day = accept_digits(s, &count);
    skip_blanks(s);
    (void)accept(s, STR("日"));
    return w->day >= 0 && count <= 2;
}

static bool read_parts(str *s, struct written *w)
{
    str rest = *s;
    bool letter, capital;
    int count, number;

    if (read_eight(s, w))
        return true;
    w->era = accept_era(&rest, &letter, &capital);
    if (w->era) {
        skip_blanks(&rest);
        number = accept_era_number(&rest, 2);
        if (number == 0 || !accept_between(&rest, STR("年")))
            return false;
        w->year = w->era->first + number - 1;
        *s = rest;
        return read_month_day(s, w);
    }
    rest = *s;
    number = accept_digits(&rest, &count);
    if (number < 0)
        return false;
    if (count == 4) {
        if (!accept_between(&rest, STR("年")))
            return false;
        w->year = number;
        *s = rest;
    }
    return read_month_day(s, w);
}

/* (月) （火） 水曜日; *weekday -1 when none stands there. */
static bool read_weekday(str *s, int *weekday)
{
    static const str DAYS[] = { STR_INIT("日"), STR_INIT("月"), STR_INIT("火"), STR_INIT("水"),
                                STR_INIT("木"), STR_INIT("金"), STR_INIT("土") };
    static const str ENDS[] = { STR_INIT("曜日"), STR_INIT("曜"), STR_INIT("祝"),
                                STR_INIT("・祝") };
    bool bracket;

    *weekday = -1;
    skip_blanks(s);
    bracket = accept(s, STR("(")) || accept(s, STR("（"));
    for (int i = 0; i < 7; i++)
        if (*weekday < 0 && accept(s, DAYS[i]))
            *weekday = i;
    if (*weekday < 0)
        return !bracket;
    (void)accept_one(s, ENDS, sizeof ENDS / sizeof *ENDS);
    return !bracket || accept(s, STR(")")) || accept(s, STR("）"));
}

/* 0:00 13:30:00, as spreadsheets put behind a day. */
static bool read_time(str *s)
{
    int count;

    skip_blanks(s);
    (void)accept(s, STR("T"));
    if (!s->n)
        return true;
    for (int part = 0; part < 3; part++) {
        if (part && !accept(s, STR(":")))
            return part == 2;
        if (accept_digits(s, &count) < 0 || count > 2)
            return false;
    }
    return true;
}

/* Is the day within its era? A month alone is when some of its days are. */
static bool fits_era(const struct era *era, date d)
{
    const ptrdiff_t i = era - ERAS;
    const date last = { d.year, d.month,
                        d.day ? d.day : (int8_t)date_days_in(d.year, d.month) };
    const date first = { d.year, d.month, d.day ? d.day : 1 };

    return date_order(last, ERA_BEGINS[i]) >= 0
           && (i == 0 || date_order(first, ERA_BEGINS[i - 1]) < 0);
}

/* The parts as a day that there is: a day without its year is one of the fiscal year. */
static enum date_fault settle(struct written *w, int fiscal_year)
{
    if (w->year < 0 && w->day < 0)
        return DATE_NONE;
    if (w->month < 1 || w->month > 12)
        return DATE_NO_DAY;
    if (w->year < 0 && !fiscal_year)
        return DATE_NO_YEAR;
    if (w->year < 0)
        w->year = w->month >= 4 ? fiscal_year : fiscal_year + 1;
    if (w->year < FISCAL_MIN || w->year > FISCAL_MAX)
        return DATE_NONE;
    return w->day == 0 || w->day > date_days_in(w->year, w->month) ? DATE_NO_DAY : DATE_FINE;
}

enum date_fault date_read(str s, int fiscal_year, date *out)
{
    struct written w = { NULL, -1, -1, -1 };
    enum date_fault fault;
    int weekday;
    date d;

    s = str_trim(s);
    if (!read_parts(&s, &w) || !read_weekday(&s, &weekday) || !read_time(&s) || s.n)
        return DATE_NONE;
    fault = settle(&w, fiscal_year);
    if (fault != DATE_FINE)
        return fault;
    d = (date){ (int16_t)w.year, (int8_t)w.month, (int8_t)(w.day < 0 ? 0 : w.day) };
    if (w.era && !fits_era(w.era, d))
        return DATE_ERA;
    if (weekday >= 0 && (!d.day || date_weekday(d) != weekday))
        return DATE_WEEKDAY;
    *out = d;
    return DATE_FINE;
}
