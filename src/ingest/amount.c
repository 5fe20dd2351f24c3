/* Numbers with their units: 40%, 1,200部, 年4回, ☆☆☆; and the quantity in the last brackets of
 * an activity. */
#include "ingest/inner.h"

#include "base/banned.h"

enum { UNIT_CHARS = 10, TAIL_CHARS = 14 };

/* ---- units ---- */

static bool is_hiragana(uint32_t c)
{
    return c >= 0x3041 && c <= 0x309F;
}

static bool is_unit_char(uint32_t c)
{
    if (c == '%' || c == 0xFF05 || c == 0x2103 || c == 0x33A1) /* % ％ ℃ ㎡ */
        return true;
    if (char_is_digit(c) || is_hiragana(c))
        return false;
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
           || (c >= 0x30A1 && c <= 0x30FE && c != 0x30FB) || (c >= 0x4E00 && c <= 0x9FFF)
           || (c >= 0x3300 && c <= 0x33FF) || (c >= 0xFF21 && c <= 0xFF5A) || c == 0x3005
           || c == 0x2606 || c == 0x2605;
}

/* Cuts words that may follow a unit (12回開催) and are no part of it, but never all of it. */
static size_t unit_cut(const struct reader *r, str unit)
{
    size_t at;

    while (word_ends(r, WORDS_AFTER_UNIT, unit, &at) && at > 0)
        unit.n = at;
    return unit.n;
}

/* The unit at byte i of s: a counter of the form, or the run of ideographs, katakana and
 * letters that stands there. */
static size_t unit_at(const struct reader *r, str s, size_t i)
{
    size_t counter = word_at(r, WORDS_COUNTER, s, i), end = i, n, run;
    int chars = 0;

    for (; end < s.n && chars < UNIT_CHARS && is_unit_char(char_at(s, end, &n)); end += n) {
        if (word_at(r, WORDS_AT_LEAST, s, end) || word_at(r, WORDS_AT_MOST, s, end)
            || word_at(r, WORDS_KEEP, s, end))
            break;
        chars++;
    }
    run = unit_cut(r, (str){ s.p + i, end - i });
    if (end < s.n && chars == UNIT_CHARS && is_unit_char(char_at(s, end, &n)))
        run = 0; /* a word, not a unit */
    if (end > i && char_at(s, i, &n) == '%')
        return n;
    return counter > run ? counter : run ? run : counter;
}

/* ％ is kept as %; any other unit as it is written. */
static str unit_kept(str unit)
{
    return str_eq(unit, STR("％")) ? STR("%") : unit;
}

/* ---- numbers ---- */

static bool is_plus(uint32_t c)
{
    return c == '+' || c == 0xFF0B;
}

static bool is_minus(uint32_t c)
{
    return c == '-' || c == 0xFF0D || c == 0x2212 || c == 0x25B2 || c == 0x25B3;
}

/* Where the sign stands that belongs to the number at byte i, i when there is none. */
static size_t sign_before(str s, size_t i, bool *minus)
{
    size_t k = i;
    uint32_t c;

    while (k > 0 && char_is_blank(c = char_before(s, k)))
        k -= c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    c = char_before(s, k);
    *minus = is_minus(c) && k == i;
    if (!*minus && !is_plus(c))
        return i;
    return k - (c < 0x80 ? 1 : c < 0x800 ? 2 : 3);
}

static size_t level_at(const struct reader *r, str s, size_t i, int64_t *count)
{
    size_t from = i, n;

    for (*count = 0; i < s.n && (n = word_at(r, WORDS_LEVEL, s, i)) != 0; i += n)
        ++*count;
    return i - from;
}

/* 第2期, R1, 5S: a number that belongs to a word. */
static bool is_part_of_word(const struct reader *r, str s, size_t from, size_t end)
{
    uint32_t before = char_before(s, from);
    size_t n;

    if (before == 0x7B2C || char_is_ascii_word(before)) /* 第 */
        return true;
    if (end >= s.n || !char_is_ascii_word(char_at(s, end, &n))
        || char_is_digit(char_at(s, end, &n)))
        return false;
    return word_at(r, WORDS_COUNTER, s, end) == 0;
}

static void take_level(struct reader *r, str s, size_t i, size_t n, int64_t count,
                       struct found *out)
{
    size_t sign = word_at(r, WORDS_LEVEL, s, i);

    out->amount = (struct amount){
        true, { count, 0 }, { s.p + i, sign }, flow_span(&r->flow, (str){ s.p + i, n })
    };
    out->is_level = true;
    out->at = i;
    out->unit_at = i;
    out->end = i + n;
}

/* The number at the digit at byte i. False: it is a part of a word, and *n says how far that
 * goes. */
static bool take_number(struct reader *r, str s, size_t i, size_t *n, struct found *out)
{
    dec d = { 0 };
    bool minus;
    size_t unit_from, unit;
    enum dec_fault fault = dec_read(str_skip(s, i), &d, n);

    if (is_part_of_word(r, s, i, i + *n))
        return false;
    out->at = sign_before(s, i, &minus);
    unit_from = skip_blanks(s, i + *n);
    unit = unit_at(r, s, unit_from);
    if (!unit)
        unit_from = i + *n;
    out->fault = fault;
    out->unit_at = unit_from;
    out->end = unit_from + unit;
    if (minus)
        d.n = -d.n;
    out->amount =
        (struct amount){ fault == DEC_FINE, d, unit_kept((str){ s.p + unit_from, unit }),
                         flow_span(&r->flow, (str){ s.p + out->at, out->end - out->at }) };
    return true;
}

bool amount_find(struct reader *r, str s, size_t from, struct found *out)
{
    *out = (struct found){ 0 };
    for (size_t i = from, n; i < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);
        int64_t stars;
        size_t used;

        if (year_at(r, s, i, false, &used)) {
            n = used;
        } else if (char_is_digit(c)) {
            if (take_number(r, s, i, &n, out))
                return true;
        } else if (c >= 0x2606 - 1 && (used = level_at(r, s, i, &stars)) != 0) {
            take_level(r, s, i, used, stars, out);
            return true;
        }
    }
    return false;
}

/* Nothing but how the number is meant: 以上, 以下, をめざす, とする, を維持。 */
static bool is_comparison_tail(const struct reader *r, str tail)
{
    size_t chars = utf8_count(tail), n, i = 0;
    uint32_t c;

    tail = view_trim(tail);
    if (!tail.n)
        return true;
    c = char_at(tail, 0, &n);
    if (chars > TAIL_CHARS || char_opens(c))
        return false;
    if (c == 0x3002) /* 。 */
        return n == tail.n;
    if (word_at(r, WORDS_AT_LEAST, tail, i) || word_at(r, WORDS_AT_MOST, tail, i)
        || word_at(r, WORDS_MORE, tail, i) || word_at(r, WORDS_LESS, tail, i)
        || word_at(r, WORDS_KEEP, tail, i) || word_at(r, WORDS_AFTER_UNIT, tail, i))
        return true;
    return is_hiragana(c);
}

bool amount_find_last(struct reader *r, str s, struct found *out)
{
    struct found f;
    bool any = false;

    for (size_t from = 0; amount_find(r, s, from, &f); from = f.end) {
        any = is_comparison_tail(r, str_skip(s, f.end));
        if (any) {
            *out = f;
            if (f.end >= s.n)
                return true;
        }
    }
    return any;
}

/* ---- quantities ---- */

static bool is_a_quantity(const struct reader *r, str s, const struct found *f)
{
    size_t unit_n = word_at(r, WORDS_NOT_A_QUANTITY, s, f->unit_at);
    dec year_like = { 1900, 0 };

    if (f->fault != DEC_FINE)
        return true;
    if (unit_n && unit_n >= f->end - f->unit_at)
        return false;
    return f->amount.unit.n > 0 || (dec_cmp(f->amount.value, year_like) < 0 && f->at == 0);
}

/* The first number inside the brackets that is a quantity; one behind 実績 wins: (計画24回
 * 実績17回). */
static bool quantity_find(struct reader *r, str inside, struct found *out)
{
    size_t at, n, from = 0;

    if (word_in(r, WORDS_BASELINE, inside, &at, &n))
        from = at + n;
    while (amount_find(r, inside, from, out)) {
        if (is_a_quantity(r, inside, out))
            return true;
        from = out->end;
    }
    return false;
}

/* A unit without its number: ( 回). */
static bool is_lost_quantity(const struct reader *r, str inside)
{
    return inside.n == 0 || word_is(r, WORDS_COUNTER, inside);
}

static bool quantity_inside(struct reader *r, str inside, struct quantity *q)
{
    struct found f;
    size_t at, n;

    q->as_needed = word_is(r, WORDS_AS_NEEDED, inside);
    if (q->as_needed)
        return true;
    q->is_lost = is_lost_quantity(r, inside);
    if (q->is_lost)
        return true;
    if (!quantity_find(r, inside, &f)) {
        q->as_needed = word_in(r, WORDS_AS_NEEDED, inside, &at, &n) && at == 0;
        return q->as_needed;
    }
    q->amount = f.amount;
    q->fault = f.fault;
    q->of = view_between(inside, 0, f.at);
    q->at_least = word_at(r, WORDS_AT_LEAST, inside, skip_blanks(inside, f.end)) != 0;
    return true;
}

/* Text behind the last brackets that says nothing: a full stop, blanks. */
static bool is_end(str rest)
{
    rest = view_trim(rest);
    return !rest.n || str_eq(rest, STR("。")) || str_eq(rest, STR("．"))
           || str_eq(rest, STR("、"));
}

bool quantity_read(struct reader *r, str s, struct quantity *out)
{
    struct pairs pairs = view_pairs(r->scratch, s);
    const struct pair *last = pairs.count ? &pairs.items[pairs.count - 1] : NULL;

    *out = (struct quantity){ .text_end = s.n };
    if (!last || last->kind == QUOTE || !is_end(str_skip(s, last->end)))
        return false;
    if (!quantity_inside(r, pair_inside(s, last), out))
        return false;
    out->text_end = last->open;
    return true;
}
