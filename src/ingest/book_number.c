/* Numbers of a workbook as a person sees them. The file holds binary doubles, written out with
 * up to 17 digits; spreadsheets show at most 15, so 0.30000000000000004 is 0.3. Whether a
 * number is a day only its format says. */
#include "ingest/book_inner.h"

#include "base/banned.h"

enum { SHOWN_DIGITS = 15, DAYS_MAX = 2958465 /* 9999-12-31 */ };

/* ---- formats ---- */

/* ECMA-376 18.8.30: the ones that no file needs to spell out; 27 to 36 and 50 to 58 as
 * Japanese has them. */
struct cell_format format_built_in(uint32_t id)
{
    static const uint8_t SEEN[59] = {
        [9] = SEEN_PERCENT, [10] = SEEN_PERCENT, [14] = SEEN_DAY,      [15] = SEEN_DAY,
        [16] = SEEN_DAY,    [17] = SEEN_MONTH,   [18] = SEEN_TIME,     [19] = SEEN_TIME,
        [20] = SEEN_TIME,   [21] = SEEN_TIME,    [22] = SEEN_DAY_TIME, [27] = SEEN_DAY,
        [28] = SEEN_DAY,    [29] = SEEN_DAY,     [30] = SEEN_DAY,      [31] = SEEN_DAY,
        [32] = SEEN_TIME,   [33] = SEEN_TIME,    [34] = SEEN_MONTH,    [35] = SEEN_DAY,
        [36] = SEEN_DAY,    [45] = SEEN_TIME,    [46] = SEEN_HOURS,    [47] = SEEN_TIME,
        [50] = SEEN_DAY,    [51] = SEEN_DAY,     [52] = SEEN_MONTH,    [53] = SEEN_DAY,
        [54] = SEEN_DAY,    [55] = SEEN_MONTH,   [56] = SEEN_DAY,      [57] = SEEN_DAY,
        [58] = SEEN_DAY,
    };

    return (struct cell_format){ id < sizeof SEEN ? SEEN[id] : SEEN_NUMBER, false };
}

/* What a format's letters show. */
struct letters {
    bool year, month, day, clock, elapsed, percent, scaled;
};

/* Text, fillers and brackets mean nothing; [h] is a clock. Gives how many bytes to pass over,
 * 0 = it is none of these. */
static size_t literal_length(str s, struct letters *l)
{
    const char c = s.p[0];
    ptrdiff_t end;
    size_t n;

    if (c == '\\' || c == '_' || c == '*') {
        s = str_skip(s, 1);
        if (!s.n)
            return 1;
        (void)utf8_first(s, &n);
        return 1 + n;
    }
    if (c != '"' && c != '[')
        return 0;
    end = str_find_char(str_skip(s, 1), c == '"' ? '"' : ']');
    if (end < 0)
        return s.n;
    if (c == '[' && end && strchr("hHmMsS", s.p[1]) && (end == 1 || s.p[2] == s.p[1]))
        l->clock = l->elapsed = true;
    return (size_t)end + 2;
}

static bool starts_folded(str s, const char *word)
{
    size_t i = 0;

    for (; word[i]; i++)
        if (i >= s.n || (s.p[i] | 0x20) != word[i])
            return false;
    return true;
}

/* An m is minutes behind hours and before seconds, months otherwise. */
static bool is_minute(str before_run, str after_run)
{
    for (size_t i = before_run.n; i-- > 0;) {
        const char c = before_run.p[i];

        if (strchr("yYmMdDgGeE", c))
            break;
        if (c == 'h' || c == 'H')
            return true;
    }
    for (size_t i = 0; i < after_run.n; i++) {
        const char c = after_run.p[i];

        if (strchr("yYmMdDgGeEhH", c))
            break;
        if (c == 's' || c == 'S')
            return true;
    }
    return false;
}

static size_t month_run(str code, size_t at, struct letters *l)
{
    size_t n = 1;

    while (at + n < code.n && (code.p[at + n] | 0x20) == 'm')
        n++;
    if (n > 2 || !is_minute(str_take(code, at), str_skip(code, at + n)))
        l->month = true;
    else
        l->clock = true;
    return n;
}

/* One letter or word outside quotes; gives how many bytes it is. */
static size_t letter_take(str code, size_t at, struct letters *l)
{
    const str s = str_skip(code, at);

    if (starts_folded(s, "general"))
        return 7;
    if (starts_folded(s, "g/"))
        return s.n; /* G/標準 */
    switch (s.p[0] | 0x20) {
    case 'y':
    case 'g':
        l->year = true;
        break;
    case 'e': /* 1.0E+05, or the year of an era */
        if (s.n > 1 && (s.p[1] == '+' || s.p[1] == '-'))
            return 2;
        l->year = true;
        break;
    case 'm':
        return month_run(code, at, l);
    case 'd':
        l->day = true;
        break;
    case 'a': /* aaa is the day of the week */
        if (starts_folded(s, "am/pm") || starts_folded(s, "a/p"))
            return starts_folded(s, "am") ? 5 : 3;
        l->day = l->day || starts_folded(s, "aa");
        break;
    case 'h':
    case 's':
        l->clock = true;
        break;
    default:
        break;
    }
    l->percent = l->percent || s.p[0] == '%';
    return 1;
}

static bool is_digit_place(char c)
{
    return c == '0' || c == '#' || c == '?';
}

struct cell_format format_of_code(str code)
{
    struct letters l = { 0 };
    enum seen_as seen = SEEN_NUMBER;

    for (size_t at = 0; at < code.n && code.p[at] != ';';) {
        size_t n = literal_length(str_skip(code, at), &l);

        /* #,##0, is in thousands: a comma behind the last digit */
        if (!n && code.p[at] == ',' && at && is_digit_place(code.p[at - 1])
            && (at + 1 == code.n || !is_digit_place(code.p[at + 1])))
            l.scaled = true;
        at += n ? n : letter_take(code, at, &l);
    }
    if (l.day)
        seen = l.clock ? SEEN_DAY_TIME : SEEN_DAY;
    else if (l.month)
        seen = l.clock ? SEEN_DAY_TIME : SEEN_MONTH;
    else if (l.year)
        seen = SEEN_YEAR;
    else if (l.clock)
        seen = l.elapsed ? SEEN_HOURS : SEEN_TIME;
    else if (l.percent)
        seen = SEEN_PERCENT;
    return (struct cell_format){ seen, l.scaled && seen == SEEN_NUMBER };
}

/* ---- decimal digits ---- */

/* digits * 10^exponent, without zeros at either end of the digits. */
struct digits {
    bool is_negative;
    char d[40];
    int n, exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits with at most one point. Those beyond the ones that fit move the exponent only. */
static size_t mantissa_take(str s, struct digits *x)
{
    bool has_point = false, any = false;
    size_t i = 0;

    for (; i < s.n && (is_digit(s.p[i]) || (s.p[i] == '.' && !has_point)); i++) {
        if (s.p[i] == '.') {
            has_point = true;
            continue;
        }
        any = true;
        x->exponent -= has_point;
        if ((x->n || s.p[i] != '0') && x->n < (int)sizeof x->d)
            x->d[x->n++] = s.p[i];
        else
            x->exponent += x->n > 0;
    }
    return any ? i : 0;
}

/* E+05, or nothing. */
static bool exponent_take(str s, struct digits *x)
{
    uint32_t power = 0;
    bool down;

    if (!s.n)
        return true;
    if ((s.p[0] | 0x20) != 'e')
        return false;
    s = str_skip(s, 1);
    down = str_starts(s, STR("-"));
    if (down || str_starts(s, STR("+")))
        s = str_skip(s, 1);
    if (!book_uint(s, 400, &power))
        return false;
    x->exponent += down ? -(int)power : (int)power;
    return true;
}

/* xsd:double without INF and NaN. */
static bool digits_parse(str s, struct digits *out)
{
    struct digits x = { .is_negative = str_starts(s, STR("-")) };
    size_t n;

    if (x.is_negative || str_starts(s, STR("+")))
        s = str_skip(s, 1);
    n = mantissa_take(s, &x);
    if (!n || !exponent_take(str_skip(s, n), &x))
        return false;
    while (x.n && x.d[x.n - 1] == '0') {
        x.n--;
        x.exponent++;
    }
    *out = x;
    return true;
}

/* To the 15 digits that are shown, half up, as spreadsheets do; exact integers keep theirs. */
static void digits_round(struct digits *x)
{
    int i = SHOWN_DIGITS;
    bool up;

    if (x->n <= i || (x->exponent >= 0 && x->n + x->exponent <= DEC_DIGITS_MAX))
        return;
    up = x->d[i] >= '5';
    x->exponent += x->n - i;
    x->n = i;
    while (up && i > 0) {
        up = x->d[--i] == '9';
        x->d[i] = up ? '0' : (char)(x->d[i] + 1);
    }
    if (up) { /* 999... became 1000... */
        x->d[0] = '1';
        x->exponent += x->n;
        x->n = 1;
    }
    while (x->n && x->d[x->n - 1] == '0') {
        x->n--;
        x->exponent++;
    }
}

static void digits_put(struct buf *b, const struct digits *x)
{
    const int whole = x->n + x->exponent; /* digits before the point */

    if (!x->n) {
        buf_put_char(b, '0');
        return;
    }
    if (x->is_negative)
        buf_put_char(b, '-');
    if (whole <= 0)
        buf_put_char(b, '0');
    for (int i = 0; i < x->n || i < whole; i++) {
        if (i == (whole > 0 ? whole : 0))
            buf_put_char(b, '.');
        for (int zero = whole; i == 0 && zero < 0; zero++)
            buf_put_char(b, '0');
        buf_put_char(b, i < x->n ? x->d[i] : '0');
    }
}

/* ---- days and times ---- */

static double digits_double(const struct digits *x)
{
    double v = 0, p = 1;
    int exponent = x->exponent;

    for (int i = 0; i < x->n; i++)
        v = v * 10 + (x->d[i] - '0');
    for (; exponent > 0; exponent--)
        v *= 10;
    for (; exponent < 0 && p < 1e300; exponent++)
        p *= 10;
    return (x->is_negative ? -v : v) / p;
}

/* Days since 0000-03-01 to a date (Hinnant, "chrono-compatible low-level date algorithms"). */
static date day_of(int64_t days)
{
    const int64_t era = days / 146097, of_era = days % 146097;
    const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const int64_t m = (5 * of_year + 2) / 153;
    const int64_t month = m < 10 ? m + 3 : m - 9;

    return (date){ (int16_t)(year + era * 400 + (month <= 2)), (int8_t)month,
                   (int8_t)(of_year - (153 * m + 2) / 5 + 1) };
}

/* The 1900 system takes 1900 for a leap year: its day 60 is a 29 February that never was, and
 * is shown as such; its day 0 is 1900-01-00. */
static date day_seen(int64_t serial, bool is_1904)
{
    enum { DAY_1899_12_30 = 693899, DAY_1904_01_01 = 695361 };

    if (is_1904)
        return day_of(DAY_1904_01_01 + serial);
    if (serial == 0)
        return (date){ 1900, 1, 0 };
    if (serial == 60)
        return (date){ 1900, 2, 29 };
    return day_of(DAY_1899_12_30 + serial + (serial < 60));
}

static void clock_put(struct buf *b, int64_t seconds)
{
    buf_fmt(b, "%02lld:%02lld", (long long)(seconds / 3600), (long long)(seconds / 60 % 60));
    if (seconds % 60)
        buf_fmt(b, ":%02lld", (long long)(seconds % 60));
}

static void serial_put(struct buf *b, double serial, struct cell_format f, bool is_1904)
{
    enum { SECONDS = 86400 };
    const int64_t seconds = (int64_t)(serial * (double)SECONDS + 0.5);
    const date d = day_seen(seconds / SECONDS, is_1904);

    switch (f.seen) {
    case SEEN_TIME:
        clock_put(b, seconds % SECONDS);
        break;
    case SEEN_HOURS:
        clock_put(b, seconds);
        break;
    case SEEN_YEAR:
        buf_fmt(b, "%04d年", d.year);
        break;
    case SEEN_MONTH:
        buf_fmt(b, "%04d-%02d", d.year, d.month);
        break;
    case SEEN_DAY:
    case SEEN_DAY_TIME:
    case SEEN_NUMBER:
    case SEEN_PERCENT:
        buf_fmt(b, "%04d-%02d-%02d", d.year, d.month, d.day);
        if (f.seen == SEEN_DAY_TIME && seconds % SECONDS) {
            buf_put_char(b, ' ');
            clock_put(b, seconds % SECONDS);
        }
        break;
    }
}

bool number_seen(struct arena *a, str v, struct cell_format f, bool is_1904, str *out)
{
    const bool is_serial = f.seen != SEEN_NUMBER && f.seen != SEEN_PERCENT;
    struct digits x;
    struct buf b;

    if (!digits_parse(v, &x))
        return false;
    digits_round(&x);
    buf_init(&b, a, 24, 512);
    if (is_serial && !x.is_negative && x.n + x.exponent <= 7
        && digits_double(&x) <= (double)DAYS_MAX) {
        serial_put(&b, digits_double(&x), f, is_1904);
    } else {
        x.exponent += f.seen == SEEN_PERCENT && x.n ? 2 : 0;
        digits_put(&b, &x);
        if (f.seen == SEEN_PERCENT)
            buf_put_char(&b, '%');
    }
    *out = buf_str(&b);
    return !b.full;
}
