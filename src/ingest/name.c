/* What stands between a name and its number or year and belongs to neither: 令和元年度末の…, …
 * 目標値:, … 平均. */
#include "ingest/inner.h"

#include "base/banned.h"

enum { YEAR_BYTES = 30 /* the longest spelling of a fiscal year */ };

/* Does this byte begin an ideograph? Most names do. */
static bool is_ideograph(char byte)
{
    return (unsigned char)byte >= 0xE4 && (unsigned char)byte <= 0xE9;
}

size_t skip_joint(str s, size_t i)
{
    for (size_t n; i < s.n && !is_ideograph(s.p[i]); i += n) {
        uint32_t c = char_fold(char_at(s, i, &n));

        if (!char_is_blank(c) && !char_is_joint(c))
            break;
    }
    return i;
}

bool char_is_joint(uint32_t c)
{
    c = char_fold(c);
    return c == ':' || c == 0x3001 || c == ',' || c == '=' || c == 0x2192 || c == 0x21D2;
}

str without_joint(str s)
{
    s = view_trim(s);
    while (s.n && char_is_joint(char_before(s, s.n)))
        s = view_between(s, 0, char_start(s, s.n));
    return s;
}

/* Does what ends at byte `at` stand apart: behind a blank, a colon, brackets, a year, or at the
 * start? */
static bool stands_apart(str s, size_t at)
{
    uint32_t c = char_before(s, at);

    return !c || char_is_blank(c) || char_is_joint(c) || char_closes(c) || c == 0x5EA6; /* 度 */
}

/* A year with which s ends, behind a blank; *at where it begins. */
static int year_that_ends(const struct reader *r, str s, size_t *at)
{
    size_t i = s.n > YEAR_BYTES ? s.n - YEAR_BYTES : 0, n;

    while (i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80)
        i++;
    for (size_t len; (i = hint_next(&r->flow, s, i, HINT_NUMBER)) < s.n; i += len) {
        int year = YEAR_NONE;

        if (year_may_begin(r, char_at(s, i, &len)) && i > 0 && stands_apart(s, i))
            year = year_at(r, s, i, true, &n);
        if (year && i + n == s.n) {
            *at = i;
            return year;
        }
    }
    return YEAR_NONE;
}

/* The last brackets of s when they close at its end and hold a year and no number: 【元年度】,
 * (元年度実績). */
static int year_brackets_that_end(struct reader *r, str s, size_t *at)
{
    struct pair p;
    struct found f;
    str inside;
    size_t n;
    int year;

    if (!last_pair(s, &p) || p.kind == QUOTE || !p.open)
        return YEAR_NONE;
    inside = pair_inside(s, &p);
    year = year_at(r, inside, 0, true, &n);
    if (!year || amount_find(r, inside, n, &f))
        return YEAR_NONE;
    *at = p.open;
    return year;
}

str name_without_link(struct reader *r, str s, int *year)
{
    static const enum form_words LINKS[] = { WORDS_TARGET, WORDS_BASELINE, WORDS_QUALIFIER };

    for (size_t before = s.n + 1, at = 0; s.n && s.n < before;) {
        int found;

        before = s.n;
        s = without_joint(s);
        for (size_t i = 0; i < sizeof LINKS / sizeof *LINKS; i++)
            if (word_ends(r, LINKS[i], s, &at) && at > 0 && stands_apart(s, at))
                s = view_between(s, 0, at);
        found = year_that_ends(r, s, &at);
        if (!found)
            found = year_brackets_that_end(r, s, &at);
        if (!found)
            continue;
        if (!*year)
            *year = found;
        s = view_between(s, 0, at);
    }
    return s;
}

str name_without_year(struct reader *r, str s, int *year)
{
    size_t n, i;
    int found = year_at(r, s, 0, false, &n);

    if (!found || n >= s.n)
        return s;
    if (!*year)
        *year = found;
    i = skip_joint(s, n);
    i += word_at(r, WORDS_AFTER_YEAR, s, i);
    return view_from(s, skip_joint(s, i));
}

str without_particle(str s)
{
    static const str PARTICLES[] = { STR_INIT("を"), STR_INIT("は"), STR_INIT("が") };

    for (size_t i = 0; i < sizeof PARTICLES / sizeof *PARTICLES; i++)
        if (s.n > PARTICLES[i].n && str_ends(s, PARTICLES[i]))
            return str_take(s, s.n - PARTICLES[i].n);
    return s;
}
