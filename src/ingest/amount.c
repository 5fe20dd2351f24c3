/* Numbers with their units: 40%, 1,200部, 年4回, ☆☆☆; and the quantity in the last brackets of
 * an activity. */
#include "ingest/inner.h"

#include "base/banned.h"

enum { UNIT_CHARS = 10, TAIL_BYTES = 60 /* words about a number that is aimed at */ };

/* ---- units ---- */

static bool is_hiragana(uint32_t c)
{
    return c >= 0x3041 && c <= 0x309F;
}

/* を に の で と へ は が も か ま */
static bool is_particle(uint32_t c)
{
    switch (c) {
    case 0x3092:
    case 0x306B:
    case 0x306E:
    case 0x3067:
    case 0x3068:
    case 0x3078:
    case 0x306F:
    case 0x304C:
    case 0x3082:
    case 0x304B:
    case 0x307E:
        return true;
    default:
        return false;
    }
}

/* Hiragana that is no particle goes on with the word before it. */
static bool is_inner_hiragana(uint32_t c)
{
    return is_hiragana(c) && !is_particle(c);
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

/* These words end a unit. */
#define UNIT_ENDS (1u << WORDS_AT_LEAST | 1u << WORDS_AT_MOST | 1u << WORDS_KEEP)

/* The unit at byte i of s: a counter of the form, or the run of ideographs, katakana and
 * letters that stands there. */
static size_t unit_at(const struct reader *r, str s, size_t i)
{
    size_t counter = word_at(r, WORDS_COUNTER, s, i), end = i, n, run;
    int chars = 0;

    if (counter && s.p[i] != '%'
        && (i + counter >= s.n || !is_unit_char(char_at(s, i + counter, &n))))
        return counter; /* (12回): nothing goes on with it */
    for (; end < s.n && chars < UNIT_CHARS && is_unit_char(char_at(s, end, &n)); end += n) {
        if (word_at_any(r, UNIT_ENDS, s, end))
            break;
        chars++;
    }
    run = unit_cut(r, (str){ s.p + i, end - i });
    if (end < s.n && chars == UNIT_CHARS && is_unit_char(char_at(s, end, &n)))
        run = 0; /* a word, not a unit */
    if (end > i && char_at(s, i, &n) == '%')
        return n;
    if (counter && run > counter && end < s.n && is_inner_hiragana(char_at(s, end, &n)))
        return counter; /* 1人当たり */
    return counter > run ? counter : run;
}

/* ％ is kept as %; any other unit as it is written. */
static str unit_kept(str unit)
{
    return str_eq(unit, STR("％")) ? STR("%") : unit;
}

/* ---- numbers ---- */

/* △ and ▲ are never anything but a minus; a dash apart from its number may part two words. */
static bool is_triangle(uint32_t c)
{
    return c == 0x25B2 || c == 0x25B3;
}

static bool is_plus(uint32_t c)
{
    return c == '+' || c == 0xFF0B;
}

bool amount_is_minus(uint32_t c)
{
    return c == '-' || c == 0xFF0D || c == 0x2212 || is_triangle(c);
}

/* Where the sign stands that belongs to the number at byte i, i when there is none. */
static size_t sign_before(str s, size_t i, bool *minus)
{
    size_t k = i;
    uint32_t c;

    while (k > 0 && char_is_blank(c = char_before(s, k)))
        k -= c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    c = char_before(s, k);
    *minus = amount_is_minus(c) && (k == i || is_triangle(c));
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

    out->amount =
        (struct amount){ .is_set = true, .value = { count, 0 }, .unit = { s.p + i, sign } };
    out->written = (str){ s.p + i, n };
    out->is_level = true;
    out->at = i;
    out->unit_at = i;
    out->end = i + n;
}

static bool is_point(uint32_t c)
{
    return c == '.' || c == ',' || c == 0xFF0E || c == 0xFF0C;
}

/* 45..9, 1,,200: points or separators on end, and digits behind them. The bytes of the whole
 * run, 0 = it is none. */
static size_t doubled_point(str s, size_t i)
{
    size_t n, points = 0, at = i;

    for (; at < s.n && is_point(char_at(s, at, &n)); at += n)
        points++;
    if (points < 2 || at >= s.n || !char_is_digit(char_at(s, at, &n)))
        return 0;
    while (at < s.n && (char_is_digit(char_at(s, at, &n)) || is_point(char_at(s, at, &n))))
        at += n;
    return at - i;
}

/* 億 万 千: 0 = none of them. */
static int64_t myriad_at(str s, size_t i, size_t *n)
{
    uint32_t c = i < s.n ? char_at(s, i, n) : 0;

    return c == 0x5104 ? 100000000 : c == 0x4E07 ? 10000 : c == 0x5343 ? 1000 : 0;
}

/* 1万2千世帯, 3億5000万円: parts of one number. *n is its length so far and is moved on. */
static void take_parts(str s, size_t i, size_t *n, dec *d)
{
    int64_t total = 0, part = d->n, times;
    size_t at = i + *n, len, used, next;
    bool more = true;

    while (more && (times = myriad_at(s, at, &len)) != 0
           && part < INT64_MAX / 100000000 / 1000) {
        dec rest;

        next = at + len;
        more = next < s.n && char_is_digit(char_at(s, next, &used))
               && dec_read(str_skip(s, next), &rest, &used) == DEC_FINE && !rest.scale;
        if (!more && !total)
            return; /* 2千円: a unit */
        total += part * times;
        part = more ? rest.n : 0;
        at = more ? next + used : next;
    }
    if (total) {
        d->n = total + part;
        *n = at - i;
    }
}

/* The number at the digit at byte i. False: it is a part of a word, and *n says how far that
 * goes. */
static bool take_number(struct reader *r, str s, size_t i, size_t *n, struct found *out)
{
    dec d = { 0 };
    bool minus;
    size_t unit_from, unit;
    enum dec_fault fault = dec_read(str_skip(s, i), &d, n);
    size_t more = doubled_point(s, i + *n);

    if (more) {
        fault = DEC_TWO_POINTS;
        *n += more;
    } else if (fault == DEC_FINE && !d.scale) {
        take_parts(s, i, n, &d);
    }
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
    out->amount = (struct amount){ .is_set = fault == DEC_FINE,
                                   .value = d,
                                   .unit = unit_kept((str){ s.p + unit_from, unit }) };
    out->written = (str){ s.p + out->at, out->end - out->at };
    return true;
}

struct amount amount_kept(const struct reader *r, const struct found *f)
{
    struct amount a = f->amount;

    a.at = flow_span(&r->flow, f->written);
    return a;
}

bool amount_find(struct reader *r, str s, size_t from, struct found *out)
{
    const uint32_t hints = 1u << WORDS_LEVEL;

    *out = (struct found){ 0 };
    for (size_t i = from, n; (i = hint_next(&r->flow, s, i, HINT_NUMBER)) < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);
        int64_t stars;
        size_t used;

        if (!(r->form->index->starts[form_start(char_fold(c))] & hints)
            && !year_may_begin(r, c))
            continue;
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

#define TAIL_WORDS \
    (UNIT_ENDS | 1u << WORDS_MORE | 1u << WORDS_LESS | 1u << WORDS_AIM | 1u << WORDS_AFTER_UNIT)

/* Nothing but how the number is meant: 以上, 以下, をめざす, 以上とする, を維持。 Endings of
 * verbs are hiragana. */
static bool is_comparison_tail(const struct reader *r, str tail)
{
    bool any = false;

    for (size_t i = 0, n; i < tail.n; i += n) {
        uint32_t c = char_at(tail, i, &n);
        size_t word = word_at_any(r, TAIL_WORDS, tail, i);

        if (word)
            n = word;
        else if (!char_is_blank(c) && c != 0x3002 && !(any && is_hiragana(c))
                 && !is_particle(c))
            return false;
        any = any || word;
        if (i > TAIL_BYTES)
            return false;
    }
    return true;
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

/* A unit without its number, where a blank has taken the number's place: ( 回). */
static bool is_lost_quantity(const struct reader *r, str s, const struct pair *p)
{
    str inside = pair_inside(s, p);

    return inside.n == 0 || (inside.p > s.p + p->inner && word_is(r, WORDS_COUNTER, inside));
}

/* (1~2回): the unit stands behind the second number. */
static void take_unit_of_range(struct reader *r, str s, struct found *f)
{
    struct found second;
    size_t n, at = skip_blanks(s, f->end);
    uint32_t c = at < s.n ? char_fold(char_at(s, at, &n)) : 0;

    if (f->unit_at < f->end || (c != '~' && c != 0x301C && c != '-')
        || !amount_find(r, s, at, &second))
        return;
    f->amount.unit = second.amount.unit;
    f->end = second.end;
}

static bool quantity_in_pair(struct reader *r, str s, const struct pair *p, struct quantity *q)
{
    str inside = pair_inside(s, p);
    struct found f;
    size_t at, n;

    q->text_end = p->open;
    q->as_needed = word_is(r, WORDS_AS_NEEDED, inside);
    if (q->as_needed)
        return true;
    q->is_lost = is_lost_quantity(r, s, p);
    if (q->is_lost)
        return true;
    if (!quantity_find(r, inside, &f)) {
        q->as_needed = word_in(r, WORDS_AS_NEEDED, inside, &at, &n) && at == 0;
        return q->as_needed;
    }
    take_unit_of_range(r, inside, &f);
    q->amount = amount_kept(r, &f);
    q->fault = f.fault;
    q->of = view_between(inside, 0, f.at);
    q->at_least = word_at(r, WORDS_AT_LEAST, inside, skip_blanks(inside, f.end)) != 0;
    return true;
}

/* The brackets that close at the end of s, found from there, so that a long text costs nothing.
 * Those of the same kind inside are passed over. */
bool last_pair(str s, struct pair *out)
{
    size_t n, at = s.n, depth = 1;
    enum bracket kind;

    if (!s.n)
        return false;
    out->end = s.n;
    out->close = at = char_start(s, at);
    kind = out->kind = char_closes(char_at(s, at, &n));
    while (kind && at > 0) {
        uint32_t c;

        at = char_start(s, at);
        c = char_at(s, at, &n);
        if (c == FLOW_PARA || c == FLOW_ITEM)
            return false;
        depth += char_closes(c) == kind;
        depth -= char_opens(c) == kind;
        if (!depth) {
            out->open = at;
            out->inner = at + n;
            return true;
        }
    }
    return false;
}

/* A full stop behind the brackets says nothing. */
static str without_stop(str s)
{
    uint32_t last;

    s = view_trim(s);
    last = char_before(s, s.n);
    if (last == 0x3001 || last == 0x3002 || last == 0xFF0E) /* 、 。 ． */
        return view_between(s, 0, char_start(s, s.n));
    return s;
}

/* A remark behind the brackets: (2回)※オンライン. */
static str without_remark(const struct reader *r, str s)
{
    for (size_t i = 0, n; (i = hint_next(&r->flow, s, i, HINT_SIGN)) < s.n; i += n)
        if (char_at(s, i, &n) == 0x203B && i > 0 && char_closes(char_before(s, i)))
            return view_between(s, 0, i);
    return s;
}

/* Does what begins at byte i stand apart, behind a blank or a colon? */
static bool stands_apart(str s, size_t i)
{
    uint32_t c = char_before(s, i);

    return char_is_blank(c) || char_fold(c) == ':';
}

/* …の開催 12回, …の受付:随時: without brackets, at the end. Only with a unit that the form
 * knows. */
static bool quantity_bare(struct reader *r, str s, struct quantity *q)
{
    struct found f;
    size_t at;

    if (word_ends(r, WORDS_AS_NEEDED, s, &at) && at > 0 && stands_apart(s, at)) {
        q->as_needed = true;
        q->text_end = at;
    } else if (amount_find_last(r, s, &f) && f.at > 0 && stands_apart(s, f.at)
               && f.end > f.unit_at
               && word_at(r, WORDS_COUNTER, s, f.unit_at) == f.end - f.unit_at
               && is_a_quantity(r, s, &f)) {
        q->amount = amount_kept(r, &f);
        q->fault = f.fault;
        q->at_least = word_at(r, WORDS_AT_LEAST, s, f.end) != 0;
        q->text_end = f.at;
    } else {
        return false;
    }
    q->text_end = without_joint(str_take(s, q->text_end)).n;
    return true;
}

bool quantity_read(struct reader *r, str s, struct quantity *out)
{
    struct pair last, before;

    *out = (struct quantity){ .text_end = s.n };
    s = without_stop(without_remark(r, s));
    if (!last_pair(s, &last) || last.kind == QUOTE)
        return quantity_bare(r, s, out);
    if (quantity_in_pair(r, s, &last, out))
        return true;
    if (last_pair(str_take(s, last.open), &before) && before.kind != QUOTE
        && quantity_in_pair(r, s, &before, out) && !out->is_lost)
        return true; /* (2回)(再掲) */
    *out = (struct quantity){ .text_end = s.n };
    return false;
}
