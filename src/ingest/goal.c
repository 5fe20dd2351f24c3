/* The grammar of one goal:
 *
 *   goal     = name aim-year [aim] [baseline]  |  aim-year name [aim] [baseline]  |  [year]
 * name aim [baseline] aim-year = 【元年度】 | 【元年度 4件】 | 【元年度目標】 | 【目標】 |
 * (元年度) aim      = amount [以上 | 以下 | …]  |  ゼロをめざす | …の増 | 維持 | 以上 with its
 * number lost baseline = (29年度14.4%) | (29年度実績:14.4%) | 【29年度】14.4% |
 * 参考平成30年度実績85.96% | …
 *
 * Whatever else stands there stays in the goal's raw text. */
#include "ingest/inner.h"

#include "base/banned.h"

enum { WISH_BYTES = 45 /* at its end stands the …の増 of a goal that has no aim of its own */ };

/* What aim_year says of a pair of brackets, found out once. */
struct inside {
    bool is_read, is_aim;
    int year;
    str rest;
};

struct goal {
    struct reader *r;
    str s;
    struct pairs pairs;
    struct inside *insides;  /* of each pair; NULL = none was asked for */
    const struct pair *year; /* the brackets that name the year aimed at, NULL = none */
    str year_rest;           /* what else stands in them */
    size_t aim_end; /* where the aim ends: at the baseline, at the aim of a later year */
    str base;       /* the baseline's text, "" = none */
    str aim;        /* where the target is looked for */
    struct indicator *in;
};

static bool has_word(const struct reader *r, enum form_words list, str s)
{
    size_t at, n;

    return word_in(r, list, s, &at, &n);
}

/* ---- which brackets name the year aimed at ---- */

static size_t range_sign(str s, size_t i)
{
    size_t n;
    uint32_t c;

    i = skip_blanks(s, i);
    if (i >= s.n)
        return 0;
    c = char_fold(char_at(s, i, &n));
    return c == '~' || c == 0x301C ? skip_blanks(s, i + n) : 0;
}

/* A year or a range of years (元年度~3年度, 3~5年度) at *i, which is moved behind it. A range
 * is due in its last year. */
static int years_at(const struct reader *r, str s, size_t *i)
{
    size_t n = 0, next = *i, len;
    int year = year_at(r, s, *i, true, &n), last;

    while (!year && next < s.n && char_is_digit(char_at(s, next, &len)))
        next += len;
    if (!year && next == *i)
        return YEAR_NONE;
    if (year)
        next = *i + n;
    next = range_sign(s, next);
    last = next ? year_at(r, s, next, true, &len) : YEAR_NONE;
    if (last)
        *i = next + len;
    else
        *i += n;
    return last ? last : year;
}

/* 目標, 元年度, 元年度目標: the year, and what else stands in the brackets. False: neither year
 * nor such a word. */
static bool aim_year(const struct reader *r, str inside, int *year, str *rest)
{
    size_t from = skip_joint(inside, 0), i = from;

    i = skip_joint(inside, i + word_at(r, WORDS_TARGET, inside, i));
    *year = years_at(r, inside, &i);
    i = skip_joint(inside, i);
    i = skip_joint(inside, i + word_at(r, WORDS_TARGET, inside, i));
    *rest = view_from(inside, i);
    return i > from;
}

static const struct inside *inside_of(struct goal *g, const struct pair *p)
{
    struct inside *x;

    if (!g->insides)
        g->insides = NEW(g->r->scratch, struct inside, g->pairs.count);
    x = &g->insides[p - g->pairs.items];
    if (!x->is_read)
        x->is_aim = aim_year(g->r, pair_inside(g->s, p), &x->year, &x->rest);
    x->is_read = true;
    return x;
}

/* Does a year stand in the brackets behind these? Then these cannot be the baseline. */
static bool is_followed_by_year(struct goal *g, const struct pair *p)
{
    size_t at, n;

    return p + 1 < g->pairs.items + g->pairs.count
           && year_find(g->r, pair_inside(g->s, p + 1), 0, &at, &n) != YEAR_NONE;
}

/* Of square brackets any with the year; of round ones those that hold nothing else, or that
 * more years follow. */
static bool is_year_pair(struct goal *g, const struct pair *p, bool round)
{
    const struct inside *x;

    if (p->kind == QUOTE || (p->kind == ROUND) != round
        || has_word(g->r, WORDS_BASELINE, pair_inside(g->s, p)))
        return false;
    x = inside_of(g, p);
    if (!x->is_aim || x->year == YEAR_LAST)
        return false;
    if (!round)
        return x->year != YEAR_NONE || !x->rest.n;
    return x->year && (!x->rest.n || is_followed_by_year(g, p));
}

static const struct pair *find_year_pair(struct goal *g)
{
    struct found f;

    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < g->pairs.count; i++) {
            const struct pair *p = &g->pairs.items[i];

            if (!is_year_pair(g, p, round))
                continue;
            if (round && amount_find_last(g->r, str_take(g->s, p->open), &f))
                return NULL; /* 40% (29年度 14.4%) */
            return p;
        }
    }
    for (uint32_t i = 0; i < g->pairs.count; i++)
        if (g->pairs.items[i].kind == LENTICULAR && !pair_inside(g->s, &g->pairs.items[i]).n)
            return &g->pairs.items[i]; /* 【 】: the year was lost */
    return NULL;
}

/* ---- where the baseline begins ---- */

/* 29年度14.4%, 29年度実績:63.6%, 前年度 3件, 実績 2名: a year or a word that says so at the
 * start, or such a word. */
static bool is_baseline(const struct reader *r, str inside)
{
    size_t n, i = skip_joint(inside, 0);

    if (has_word(r, WORDS_BASELINE, inside))
        return true;
    return year_at(r, inside, i, true, &n) != YEAR_NONE && i + n < inside.n;
}

static bool pair_is_baseline(struct goal *g, const struct pair *p)
{
    return p != g->year && p->kind != QUOTE && is_baseline(g->r, pair_inside(g->s, p));
}

/* Nothing but a year stands in brackets behind those of the aim: an earlier year is the
 * baseline's, a later one has an aim of its own, which is another year's business. */
static int pair_is_other_year(struct goal *g, const struct pair *p)
{
    const struct inside *x;
    int first, other;

    if (!g->year || p <= g->year || p->kind == QUOTE)
        return 0;
    x = inside_of(g, p);
    if (!x->is_aim || x->rest.n)
        return 0;
    first = g->in->target_year ? year_western(g->r, g->in->target_year) : g->r->year_hint;
    other = year_western(g->r, x->year);
    return !other ? 0 : other < first || !first ? -1 : 1;
}

/* Without brackets: 参考平成30年度実績85.96%, ※29年度実績 14.4%, 前年度実績:3件. A year needs
 * such a word behind it, the word a year or a number, so that 参考図書 stays a name. */
bool baseline_at(const struct reader *r, str s, size_t i)
{
    size_t n = word_at(r, WORDS_BASELINE, s, i), year_n;
    size_t next = skip_joint(s, i + n), len;

    if (n) {
        if (next >= s.n || year_at(r, s, next, true, &year_n))
            return true;
        return char_is_digit(char_at(s, next, &len)) || word_at(r, WORDS_LEVEL, s, next)
               || word_at(r, WORDS_BASELINE, s, next);
    }
    if (!year_at(r, s, i, false, &year_n))
        return false;
    next = skip_joint(s, i + year_n);
    next += word_at(r, WORDS_AFTER_YEAR, s, next);
    n = word_at(r, WORDS_BASELINE, s, next);
    return n > 0 && !word_at(r, WORDS_AT_LEAST, s, next + n)
           && !word_at(r, WORDS_AT_MOST, s, next + n);
}

/* A baseline stands behind a blank, brackets, a sign, or the unit of the target. */
static bool may_begin_baseline(uint32_t before)
{
    return char_is_blank(before) || char_closes(before) || before == 0x203B || before == '*'
           || before == 0x3001 || before == 0x3002 || before == '%' || before == 0xFF05;
}

static bool pair_ends_aim(struct goal *g, const struct pair *p)
{
    int other = pair_is_other_year(g, p);

    if (other > 0) {
        g->aim_end = p->open;
        return true;
    }
    if (!other && !pair_is_baseline(g, p))
        return false;
    g->aim_end = p->open;
    g->base = str_skip(g->s, p->open);
    return true;
}

/* From byte `from` on, brackets as a whole. */
static void find_baseline(struct goal *g, size_t from)
{
    uint32_t before = char_before(g->s, from), next = 0;

    g->aim_end = g->s.n;
    for (size_t i = from, n; i < g->s.n; i += n) {
        uint32_t c = char_at(g->s, i, &n);
        bool may = i > 0 && may_begin_baseline(before);

        while (next < g->pairs.count && g->pairs.items[next].open < i)
            next++;
        before = c;
        if (next < g->pairs.count && g->pairs.items[next].open == i) {
            if (pair_ends_aim(g, &g->pairs.items[next]))
                return;
            n = g->pairs.items[next].end - i;
            before = ')';
        } else if (may && baseline_at(g->r, g->s, i)) {
            g->aim_end = i;
            g->base = str_skip(g->s, i);
            return;
        }
    }
}

/* ---- the baseline ---- */

struct base_reading {
    bool any;
    int year;
    struct found f;
};

/* Of several years the newest counts: 3年度30%、4年度35%. */
static void base_take(const struct reader *r, struct base_reading *best, int year,
                      const struct found *f)
{
    if (best->any && year_western(r, year) < year_western(r, best->year))
        return;
    *best = (struct base_reading){ true, year, *f };
}

/* Pairs of a year and the number behind it; a number without a year where there is no year at
 * all. */
static struct base_reading base_search(struct reader *r, str s)
{
    struct base_reading best = { 0 };
    struct found f;
    size_t from = 0, at, n, next_at, next_n;
    int year = year_find(r, s, 0, &at, &n);

    for (;;) {
        bool found = amount_find(r, s, from, &f);
        int next = year ? year_find(r, s, at + n, &next_at, &next_n) : YEAR_NONE;

        if (found && (!next || f.at < next_at))
            base_take(r, &best, year, &f);
        else if (!best.any)
            best.year = year;
        if (!next)
            return best;
        year = next;
        at = from = next_at;
        n = next_n;
    }
}

/* (30年度実績: ): what is left without year and words is nothing. */
static bool is_lost_baseline(const struct reader *r, str s)
{
    size_t i = 0, n;

    while ((i = skip_joint(s, i)) < s.n) {
        uint32_t c = char_at(s, i, &n);

        if (char_bracket(c) || c == 0x203B) {
            i += n;
            continue;
        }
        if (!year_at(r, s, i, true, &n) && (n = word_at(r, WORDS_BASELINE, s, i)) == 0
            && (n = word_at(r, WORDS_COUNTER, s, i)) == 0)
            return false;
        i += n;
    }
    return true;
}

static void baseline_read(struct goal *g)
{
    struct base_reading b;

    if (!g->base.n)
        return;
    b = base_search(g->r, g->base);
    g->in->baseline_year = b.year;
    if (b.any && b.f.fault != DEC_FINE)
        note_bad_number(g->r, b.f.fault, view_between(g->base, b.f.at, b.f.end), g->in->name.v);
    else if (b.any)
        g->in->baseline = amount_kept(g->r, &b.f);
    else if (is_lost_baseline(g->r, g->base))
        note_add(g->r, NOTE_LOST_MARK, g->base, g->in->name.v);
}

/* ---- the target ---- */

static bool is_lower_better(const struct reader *r, str name)
{
    return has_word(r, WORDS_LOWER, name) && !has_word(r, WORDS_LOWER_UNLESS, name);
}

static void set_comparison(struct indicator *in, enum comparison c, enum direction d)
{
    in->comparison = c;
    in->direction = d;
}

/* What is said around a number that is there. */
static void compare(struct goal *g, const struct found *f)
{
    struct indicator *in = g->in;
    str before = str_take(g->aim, f->at), after = str_skip(g->aim, f->end);
    bool most = has_word(g->r, WORDS_AT_MOST, after) || has_word(g->r, WORDS_LESS, after);
    bool least = has_word(g->r, WORDS_AT_LEAST, after) || has_word(g->r, WORDS_AT_LEAST, before)
                 || has_word(g->r, WORDS_MORE, after);

    in->target = amount_kept(g->r, f);
    if (f->is_level)
        set_comparison(in, COMPARE_LEVEL_GE, DIRECTION_HIGHER);
    else if (least && !most)
        set_comparison(in, COMPARE_GE, DIRECTION_HIGHER);
    else if (most || f->amount.value.n == 0 || is_lower_better(g->r, in->name.v))
        set_comparison(in, COMPARE_LE, DIRECTION_LOWER);
    else
        set_comparison(in, COMPARE_GE, DIRECTION_UNKNOWN);
}

/* No number stands there: nought in a word, an increase, a level to keep. */
static void wish(struct goal *g, str aim)
{
    const struct reader *r = g->r;
    struct indicator *in = g->in;
    size_t at, n;

    if (word_in(r, WORDS_ZERO, aim, &at, &n)) {
        set_comparison(in, COMPARE_LE, DIRECTION_LOWER);
        in->target = (struct amount){
            true, { 0, 0 }, { 0 }, flow_span(&r->flow, (str){ aim.p + at, n })
        };
    } else if (has_word(r, WORDS_MORE, aim)
               || (has_word(r, WORDS_LAST_YEAR, aim) && has_word(r, WORDS_AT_LEAST, aim))) {
        set_comparison(in, COMPARE_GT_BASELINE, DIRECTION_HIGHER);
    } else if (has_word(r, WORDS_LESS, aim)) {
        in->direction = DIRECTION_LOWER;
    } else if (has_word(r, WORDS_KEEP, aim)) {
        in->comparison = COMPARE_LEVEL_GE;
    }
}

/* 以上 with nothing before it, a unit alone, empty brackets. */
static bool is_lost_aim(struct goal *g, str aim)
{
    size_t n, i = 0;

    if (!aim.n)
        return false;
    if (char_opens(char_at(aim, 0, &n)))
        return skip_blanks(aim, n) < aim.n
               && char_closes(char_at(aim, skip_blanks(aim, n), &n));
    i = word_at(g->r, WORDS_COUNTER, aim, 0);
    if (i == aim.n)
        return true;
    return word_at(g->r, WORDS_AT_LEAST, aim, i) || word_at(g->r, WORDS_AT_MOST, aim, i);
}

/* The end of a text, where …の増 or ゼロをめざす stands. */
static str end_of(str s)
{
    size_t from = s.n > WISH_BYTES ? s.n - WISH_BYTES : 0;

    while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
        from++;
    return str_skip(s, from);
}

static void target_read(struct goal *g)
{
    struct found f;

    if (amount_find(g->r, g->aim, 0, &f)) {
        if (f.fault == DEC_FINE)
            compare(g, &f);
        else
            note_bad_number(g->r, f.fault, view_between(g->aim, f.at, f.end), g->in->name.v);
    } else if (is_lost_aim(g, g->aim)) {
        g->in->target_lost = true;
        note_add(g->r, NOTE_LOST_MARK, g->aim, g->in->name.v);
    } else {
        wish(g, g->aim.n ? g->aim : end_of(g->in->name.v));
    }
}

/* ---- name and aim ---- */

static void name_set(struct goal *g, str name)
{
    g->in->name = text_of(g->r, without_joint(name));
}

/* Name and aim stand in one text: the number at its end parts them, or ゼロ does. */
static void name_and_aim(struct goal *g, str text)
{
    struct found f;
    str tail = end_of(text), name = text;
    size_t at, n;

    if (amount_find_last(g->r, text, &f)) {
        name = without_particle(view_between(text, 0, f.at));
        g->aim = view_from(text, f.at);
        name = name_without_link(g->r, name, &g->in->target_year);
    } else {
        if (word_in(g->r, WORDS_ZERO, tail, &at, &n) && tail.p + at > text.p)
            name = without_particle(view_between(text, 0, (size_t)(tail.p - text.p) + at));
        g->aim = view_trim(tail);
    }
    name_set(g, name_without_year(g->r, name, &g->in->target_year));
}

/* The name stands before the year; the aim behind it, or at the end of the name:
 * 参加率:40%【5年度】. */
static void name_before_year(struct goal *g, str before)
{
    struct found f;

    g->aim = view_between(g->s, g->year->end, g->aim_end);
    if (!g->aim.n && amount_find_last(g->r, before, &f) && f.at > 0 && f.unit_at < f.end) {
        name_and_aim(g, before);
        return;
    }
    name_set(g, name_without_link(g->r, before, &g->in->target_year));
}

static void goal_split(struct goal *g)
{
    struct found f;
    str before = g->year ? view_between(g->s, 0, g->year->open) : (str){ 0 };
    str behind = view_between(g->s, g->year ? g->year->end : 0, g->aim_end);

    if (g->year && amount_find(g->r, g->year_rest, 0, &f)) {
        name_set(g, before.n ? before : behind);
        g->aim = g->year_rest;
    } else if (before.n) {
        name_before_year(g, before);
    } else {
        name_and_aim(g, behind);
    }
}

void goal_read(struct reader *r, str s, enum role role, struct indicator *in)
{
    struct goal g = { .r = r, .s = s, .pairs = view_pairs(r, s), .in = in };

    *in = (struct indicator){ .role = role, .goal = text_of(r, s) };
    g.year = find_year_pair(&g);
    if (g.year) {
        in->target_year = inside_of(&g, g.year)->year;
        g.year_rest = inside_of(&g, g.year)->rest;
    }
    find_baseline(&g, g.year ? g.year->end : 0);
    goal_split(&g);
    if (g.year && !pair_inside(s, g.year).n)
        note_add(r, NOTE_LOST_MARK, (str){ s.p + g.year->open, g.year->end - g.year->open },
                 in->name.v);
    target_read(&g);
    baseline_read(&g);
    if (in->target.is_set && in->target.value.n == 0 && !in->target.unit.n)
        in->target.unit = in->baseline.unit; /* ゼロ is written without one */
}

bool goal_is_complete(struct reader *r, str s)
{
    struct goal g = { .r = r, .s = s, .pairs = view_pairs(r, s) };
    struct found f;

    return find_year_pair(&g) || amount_find_last(r, s, &f);
}

size_t goal_end(struct reader *r, str s)
{
    struct indicator none = { 0 };
    struct goal g = { .r = r, .s = s, .pairs = view_pairs(r, view_near(s)), .in = &none };
    const struct pair *end, *next;

    g.year = find_year_pair(&g);
    if (!g.year)
        return s.n;
    end = g.pairs.items + g.pairs.count;
    for (next = g.year + 1; next < end && !is_year_pair(&g, next, next->kind == ROUND); next++)
        ;
    if (next >= end || next->kind != g.year->kind)
        return s.n;
    if (!view_between(s, 0, g.year->open).n)
        return next->open;
    for (const struct pair *p = g.year + 1; p < next; p++)
        if (pair_is_baseline(&g, p) && view_between(s, p->end, next->open).n)
            return p->end;
    return s.n;
}
