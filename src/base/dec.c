/* Exact decimals: a scaled integer. Every sum is checked; nothing is ever rounded. */
#define MEGURI_BASE_ROOM
#include "base/dec.h"

#include <assert.h>

#include "base/banned.h"

/* The least n that has too many digits: 10^18. */
static const int64_t TOO_LARGE = INT64_C(1000000000000000000);

static const int64_t POWER[DEC_SCALE_MAX + 1] = { 1,         10,        100,     1000,
                                                  10000,     100000,    1000000, 10000000,
                                                  100000000, 1000000000 };

/* A number that grows digit by digit. */
struct growing {
    int64_t n;
    unsigned scale;
    bool too_long;
};

static void add_digit(struct growing *g, int digit, bool after_point)
{
    if (g->n >= TOO_LARGE / 10 || (after_point && g->scale == DEC_SCALE_MAX)) {
        g->too_long = true;
        return;
    }
    g->n = g->n * 10 + digit;
    g->scale += after_point;
}

bool dec_parse(str s, dec *out)
{
    struct growing g = { 0 };
    bool minus = s.n && s.p[0] == '-', digit_last = false, point = false;

    for (size_t i = s.n && (minus || s.p[0] == '+'); i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9') {
            add_digit(&g, s.p[i] - '0', point);
            digit_last = true;
        } else if (s.p[i] == '.' && digit_last && !point) {
            point = true;
            digit_last = false;
        } else {
            return false;
        }
    }
    if (!digit_last || g.too_long)
        return false;
    *out = (dec){ minus ? -g.n : g.n, (uint8_t)g.scale };
    return true;
}

enum mark { MARK_OTHER, MARK_DIGIT, MARK_SEPARATOR, MARK_POINT, MARK_PLUS, MARK_MINUS };

/* One character of a written number. */
struct sign {
    enum mark mark;
    int digit;    /* MARK_DIGIT */
    bool is_wide; /* full-width */
    size_t n;     /* bytes */
};

static struct sign sign_ascii(char c)
{
    if (c >= '0' && c <= '9')
        return (struct sign){ MARK_DIGIT, c - '0', false, 1 };
    switch (c) {
    case ',':
        return (struct sign){ .mark = MARK_SEPARATOR, .n = 1 };
    case '.':
        return (struct sign){ .mark = MARK_POINT, .n = 1 };
    case '+':
        return (struct sign){ .mark = MARK_PLUS, .n = 1 };
    case '-':
        return (struct sign){ .mark = MARK_MINUS, .n = 1 };
    default:
        return (struct sign){ .mark = MARK_OTHER };
    }
}

/* Signs outside ASCII; all of them are three bytes long. */
static const struct {
    str text;
    enum mark mark;
} WIDE[] = {
    { STR_INIT("，"), MARK_SEPARATOR }, { STR_INIT("．"), MARK_POINT },
    { STR_INIT("＋"), MARK_PLUS },      { STR_INIT("－"), MARK_MINUS },
    { STR_INIT("−"), MARK_MINUS },      { STR_INIT("▲"), MARK_MINUS },
    { STR_INIT("△"), MARK_MINUS },
};

static struct sign sign_first(str s)
{
    if (s.n == 0)
        return (struct sign){ .mark = MARK_OTHER };
    if ((unsigned char)s.p[0] < 0x80)
        return sign_ascii(s.p[0]);
    if (s.n < 3)
        return (struct sign){ .mark = MARK_OTHER };
    /* U+FF10 to U+FF19 are EF BC 90 to EF BC 99. */
    if (str_starts(s, STR("\xEF\xBC")) && (unsigned char)s.p[2] >= 0x90
        && (unsigned char)s.p[2] <= 0x99)
        return (struct sign){ MARK_DIGIT, (unsigned char)s.p[2] - 0x90, true, 3 };
    for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++)
        if (str_starts(s, WIDE[i].text))
            return (struct sign){ .mark = WIDE[i].mark, .is_wide = true, .n = 3 };
    return (struct sign){ .mark = MARK_OTHER };
}

/* What was seen of a number so far. */
struct reading {
    struct growing value;
    unsigned points, separators;
    unsigned group; /* digits since the last separator, or since the start */
    bool narrow, wide, bad_separator;
};

/* Before the point a group is three digits, the first one to three; after it there is no group.
 */
static void end_group(struct reading *r)
{
    if (r->points == 0 && r->separators > 0 && r->group != 3)
        r->bad_separator = true;
}

static void take_sign(struct reading *r, struct sign sign)
{
    if (sign.mark == MARK_DIGIT) {
        r->narrow |= !sign.is_wide;
        r->wide |= sign.is_wide;
        r->group++;
        add_digit(&r->value, sign.digit, r->points > 0);
    } else if (sign.mark == MARK_POINT) {
        end_group(r);
        r->points++;
    } else {
        end_group(r);
        if (r->points > 0 || (r->separators == 0 && r->group > 3))
            r->bad_separator = true;
        r->separators++;
        r->group = 0;
    }
}

/* Reads the run of number characters; gives its bytes. */
static size_t read_run(str s, struct reading *r)
{
    str rest = s;

    for (;;) {
        struct sign sign = sign_first(rest);
        bool joins = sign.mark == MARK_SEPARATOR || sign.mark == MARK_POINT;

        if (joins && sign_first(str_skip(rest, sign.n)).mark != MARK_DIGIT)
            break;
        if (!joins && sign.mark != MARK_DIGIT)
            break;
        take_sign(r, sign);
        rest = str_skip(rest, sign.n);
    }
    end_group(r);
    return s.n - rest.n;
}

/* Up to nine digits of ASCII from byte i on are added to *n; behind them. */
static size_t plain_digits(str s, size_t i, int64_t *n)
{
    const size_t end = i + 9 < s.n ? i + 9 : s.n;

    for (; i < end && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        *n = *n * 10 + (s.p[i] - '0');
    return i;
}

/* 12 and 14.4, as most numbers are written: their bytes, 0 = it takes a closer look. Behind a
 * full-width character (EF) the number may go on. */
static size_t read_plain(str s, dec *out)
{
    int64_t n = 0;
    size_t whole = plain_digits(s, 0, &n), end = whole;

    if (whole == 0 || whole == 9)
        return 0;
    if (end < s.n && s.p[end] == '.')
        end = plain_digits(s, end + 1, &n);
    if (end == whole + 1 || end == whole + 10
        || (end < s.n && (s.p[end] == '.' || s.p[end] == ',' || s.p[end] == '\xEF')))
        return 0;
    *out = (dec){ n, (uint8_t)(end > whole ? end - whole - 1 : 0) };
    return end;
}

enum dec_fault dec_read(str s, dec *out, size_t *used)
{
    struct reading r = { 0 };
    struct sign sign;
    size_t start;

    *used = read_plain(s, out);
    if (*used)
        return DEC_FINE;
    sign = sign_first(s);
    start = sign.mark == MARK_PLUS || sign.mark == MARK_MINUS ? sign.n : 0;

    if (sign_first(str_skip(s, start)).mark != MARK_DIGIT)
        return DEC_NONE;
    *used = start + read_run(str_skip(s, start), &r);
    if (r.points > 1)
        return DEC_TWO_POINTS;
    if (r.narrow && r.wide)
        return DEC_MIXED;
    if (r.bad_separator)
        return DEC_SEPARATOR;
    if (r.value.too_long)
        return DEC_LONG;
    *out = (dec){ sign.mark == MARK_MINUS ? -r.value.n : r.value.n, (uint8_t)r.value.scale };
    return DEC_FINE;
}

/* v as an integer of 10^-scale; false when that passes 18 digits. */
static bool to_scale(dec v, unsigned scale, int64_t *out)
{
    return !__builtin_mul_overflow(v.n, POWER[scale - v.scale], out) && *out > -TOO_LARGE
           && *out < TOO_LARGE;
}

/* Whole parts first, then what is left of them: no product that could overflow. */
int dec_cmp(dec a, dec b)
{
    int64_t whole_a = a.n / POWER[a.scale], whole_b = b.n / POWER[b.scale];
    int64_t rest_a = a.n % POWER[a.scale] * POWER[DEC_SCALE_MAX - a.scale];
    int64_t rest_b = b.n % POWER[b.scale] * POWER[DEC_SCALE_MAX - b.scale];

    if (whole_a != whole_b)
        return whole_a < whole_b ? -1 : 1;
    return (rest_a > rest_b) - (rest_a < rest_b);
}

bool dec_eq_written(dec a, dec b)
{
    return a.n == b.n && a.scale == b.scale;
}

bool dec_add(dec a, dec b, dec *out)
{
    uint8_t scale = a.scale > b.scale ? a.scale : b.scale;
    int64_t x, y, sum;

    if (!to_scale(a, scale, &x) || !to_scale(b, scale, &y)
        || __builtin_add_overflow(x, y, &sum))
        return false;
    if (sum <= -TOO_LARGE || sum >= TOO_LARGE)
        return false;
    *out = (dec){ sum, scale };
    return true;
}

bool dec_sub(dec a, dec b, dec *out)
{
    return dec_add(a, (dec){ -b.n, b.scale }, out);
}

double dec_double(dec v)
{
    return (double)v.n / (double)POWER[v.scale];
}

void dec_put(struct buf *b, dec v)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = v.n < 0 ? 0 - (uint64_t)v.n : (uint64_t)v.n;

    assert(v.scale <= DEC_SCALE_MAX);
    for (unsigned i = 0; u || i <= v.scale; i++) {
        if (i == v.scale && i > 0)
            digits[--at] = '.';
        digits[--at] = (char)('0' + u % 10);
        u /= 10;
    }
    if (v.n < 0)
        digits[--at] = '-';
    buf_put(b, (str){ digits + at, sizeof digits - at });
}

str dec_str(struct arena *a, dec v)
{
    struct buf b;

    buf_init(&b, a, 24, 24);
    dec_put(&b, v);
    return buf_str(&b);
}
