/* Fiscal years. A short one (29年度, 元年度) is kept as written until the document's own year
 * is known, because the goals may be all there is to know it from. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

/* What can begin a year, so that most characters cost one comparison. */
static bool may_begin(uint32_t c)
{
    if (c >= 0x3000 && c < 0x337B && c != 0x32FF)
        return false; /* kana, in haste */
    c = char_fold(c);
    switch (c) {
    case 0x5143: /* 元 */
    case 0x4EE4: /* 令 */
    case 0x5E73: /* 平 */
    case 0x662D: /* 昭 */
    case 0x32FF: /* ㋿ */
    case 0x337B: /* ㍻ */
    case 'r':
    case 'h':
    case 's':
    case 'f':
        return true;
    default:
        return c >= '0' && c <= '9';
    }
}

static const str NEN = STR_INIT("年");

/* How many digits of ASCII stand at i, up to five. */
static size_t ascii_digits(str s, size_t i)
{
    size_t n = 0;

    while (i + n < s.n && n < 5 && s.p[i + n] >= '0' && s.p[i + n] <= '9')
        n++;
    return n;
}

/* A byte that begins neither a blank nor a digit of full width: ASCII, or as 年 does. */
static bool is_plain(char byte)
{
    return byte == NEN.p[0] || ((unsigned char)byte > ' ' && (unsigned char)byte < 0x80);
}

/* Most numbers and letters are none: a year is 4 digits at most and 年, a letter and a digit,
 * an era's two characters. */
bool year_is_likely(str s, size_t i)
{
    size_t n, head = ascii_digits(s, i), digits = 0, from = i;
    uint32_t c, next;

    if (!head && str_starts(str_skip(s, i), STR("元")))
        head = strlen("元");
    if (head && i + head < s.n && is_plain(s.p[i + head])) /* in haste */
        return str_starts(str_skip(s, i + head), NEN);
    c = char_fold(char_at(s, i, &n));
    for (; i < s.n && digits < 5 && char_is_digit(char_at(s, i, &n)); i += n)
        digits++;
    if (!digits)
        i += n;
    i = skip_blanks(s, i);
    next = i < s.n ? char_fold(char_at(s, i, &n)) : 0;
    if (digits || c == 0x5143)
        return next == 0x5E74;
    if (c < 0x80)
        return next == '.' || next == 'y' || next == 0x5143 || (next >= '0' && next <= '9');
    if (c == 0x4EE4 || c == 0x662D)
        return next == 0x548C;
    return c != 0x5E73 || next == 0x6210 || from == i;
}

bool year_may_begin(const struct reader *r, uint32_t c)
{
    return may_begin(c)
           || (r->form->index->starts[form_start(char_fold(c))] >> WORDS_LAST_YEAR & 1);
}

/* The number of a year without an era, 0 = it has one or is western. */
static int short_number(str s)
{
    size_t n, used;
    uint32_t c = char_fold(char_at(s, 0, &n));
    dec d;

    if (c == 0x5143)
        return 1;
    if (c < '0' || c > '9' || dec_read(s, &d, &used) != DEC_FINE || d.scale || d.n > 99)
        return 0;
    return (int)d.n;
}

static int context_of(const struct reader *r)
{
    return r->year_hint ? r->year_hint : r->form->since;
}

/* 平成32年度 was written before 令和 began: it means 2020. */
static bool parse(str s, int context, bool bare, int *year, size_t *n)
{
    return fiscal_parse(s, context, bare, year, n) || fiscal_parse_beyond(s, context, year, n);
}

int year_at(const struct reader *r, str s, size_t i, bool bare, size_t *n)
{
    str rest = str_skip(s, i);
    size_t len;
    uint32_t before;
    int year, number;

    *n = word_at(r, WORDS_LAST_YEAR, s, i);
    if (*n)
        return YEAR_LAST;
    if (!rest.n || !may_begin(char_at(s, i, &len)) || !year_is_likely(s, i))
        return YEAR_NONE;
    before = char_before(s, i);
    if (before == '.' || char_is_ascii_word(before)
        || !parse(rest, context_of(r), bare, &year, n))
        return YEAR_NONE;
    number = short_number(rest);
    return number ? -number : year;
}

int year_find(const struct reader *r, str s, size_t from, size_t *at, size_t *n)
{
    for (size_t i = from, step; (i = hint_next(&r->flow, s, i, HINT_NUMBER)) < s.n; i += step) {
        int year;

        if (!year_may_begin(r, char_at(s, i, &step)))
            continue;
        year = year_at(r, s, i, false, n);
        if (year) {
            *at = i;
            return year;
        }
    }
    return YEAR_NONE;
}

/* ---- settling ---- */

static int settled(int year, int context)
{
    char text[16];
    struct buf b = { .p = text, .cap = sizeof text, .max = sizeof text };
    int western;
    size_t used;

    if (year == YEAR_LAST)
        return context ? context - 1 : 0;
    if (year >= 0)
        return year;
    if (year == -1)
        buf_put(&b, STR("元"));
    else
        buf_put_int(&b, -year);
    buf_put(&b, STR("年度"));
    return parse(buf_str(&b), context, false, &western, &used) ? western : 0;
}

int year_western(const struct reader *r, int year)
{
    return settled(year, context_of(r));
}

/* The year that most goals aim at, the later one of two; 0 = none is known. */
static int most_aimed_at(const struct plan *p)
{
    uint32_t votes[FISCAL_MAX - FISCAL_MIN + 1] = { 0 }, best = 0;
    int year = 0;

    for (uint32_t i = 0; i < p->initiative_count; i++) {
        for (uint32_t k = 0; k < p->initiatives[i].indicator_count; k++) {
            int y = p->initiatives[i].indicators[k].target_year;

            if (y >= FISCAL_MIN && y <= FISCAL_MAX)
                votes[y - FISCAL_MIN]++;
        }
    }
    for (int y = FISCAL_MIN; y <= FISCAL_MAX; y++) {
        if (votes[y - FISCAL_MIN] && votes[y - FISCAL_MIN] >= best) {
            best = votes[y - FISCAL_MIN];
            year = y;
        }
    }
    return year;
}

static void settle_all(struct plan *p, int context, bool targets_only)
{
    for (uint32_t i = 0; i < p->initiative_count; i++) {
        struct initiative *in = &p->initiatives[i];

        for (uint32_t k = 0; k < in->indicator_count; k++) {
            in->indicators[k].target_year = settled(in->indicators[k].target_year, context);
            if (!targets_only)
                in->indicators[k].baseline_year =
                    settled(in->indicators[k].baseline_year, context);
        }
        for (uint32_t k = 0; !targets_only && k < in->result_count; k++)
            in->results[k].base_year = settled(in->results[k].base_year, context);
    }
}

/* The document's year, by falling trust: its heading (or, when it has none, the caller); the
 * goals' years that name an era; the goals' short years, read near the first year of the form.
 */
void years_settle(struct reader *r, const struct ingest_hints *hints)
{
    struct plan *p = r->plan;
    int named = p->fiscal_year ? p->fiscal_year : hints->fiscal_year;
    int context = named ? named : most_aimed_at(p);

    settle_all(p, context ? context : r->form->since, true);
    if (!p->fiscal_year)
        p->fiscal_year = most_aimed_at(p);
    if (!p->fiscal_year)
        p->fiscal_year = hints->fiscal_year;
    settle_all(p, p->fiscal_year ? p->fiscal_year : r->form->since, false);
}
