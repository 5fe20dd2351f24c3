/* The grammar of goals:
 *
 *   goal     = name aim-year [aim] [baseline]  |  aim-year name [aim] [baseline]  |  [year]
 * name aim [baseline] aim-year = 【元年度】 | 【元年度 4件】 | 【目標】 | (元年度) … aim      =
 * amount [以上 | 以下 | …]  |  ゼロをめざす | …の増 | 維持 | 以上 with its number lost baseline
 * = (29年度14.4%) | (29年度実績:14.4%) | 参考平成30年度実績85.96% | …
 *
 * Whatever else stands there stays in the goal's raw text. */
#include "ingest/inner.h"

#include "base/banned.h"

enum { WISH_BYTES = 45 /* at its end stands the …の増 of a goal that has no aim of its own */ };

struct goal {
    struct reader *r;
    str s;
    struct pairs pairs;
    const struct pair *year; /* the brackets that name the year aimed at, NULL = none */
    size_t base_at;          /* where the baseline begins, s.n = none */
    str base;                /* what it says, without its brackets */
    str aim;                 /* where the target is looked for */
    struct indicator *in;
};

/* Blanks, colons and commas between a word and its number. */
static size_t skip_joint(str s, size_t i)
{
    for (size_t n; i < s.n; i += n) {
        uint32_t c = char_fold(char_at(s, i, &n));

        if (!char_is_blank(c) && c != ':' && c != 0x3001 && c != ',')
            break;
    }
    return i;
}

static str without_joint_end(str s)
{
    for (;;) {
        uint32_t c = char_fold(char_before(s, s.n));

        s = view_trim(s);
        if (!s.n || (c != ':' && c != 0x3001 && c != ','))
            return s;
        s.n -= c < 0x80 && (unsigned char)s.p[s.n - 1] < 0x80 ? 1 : 3;
    }
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
    return c == '~' || c == 0x301C || c == 0xFF5E ? i + n : 0;
}

/* A year or a range of years at *i, which is moved behind it. A range is due in its last year.
 */
static int years_at(const struct reader *r, str s, size_t *i)
{
    size_t n, next;
    int year = year_at(r, s, *i, true, &n), last;

    if (!year)
        return YEAR_NONE;
    *i += n;
    next = range_sign(s, *i);
    if (!next)
        return year;
    next = skip_blanks(s, next);
    last = year_at(r, s, next, true, &n);
    if (!last)
        return year;
    *i = next + n;
    return last;
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

static bool has_word(const struct reader *r, enum form_words list, str s)
{
    size_t at, n;

    return word_in(r, list, s, &at, &n);
}

/* Of angular brackets any with the year; of round ones those that hold nothing else, or no
 * baseline can be meant because the goal has a second pair with a year. */
static bool is_year_pair(struct goal *g, const struct pair *p, bool round)
{
    str inside = pair_inside(g->s, p), rest;
    int year;
    size_t at, n;

    if (p->kind == QUOTE || (p->kind == ROUND) != round
        || has_word(g->r, WORDS_BASELINE, inside))
        return false;
    if (!aim_year(g->r, inside, &year, &rest) || year == YEAR_LAST)
        return false;
    if (!round)
        return year != YEAR_NONE || !rest.n;
    if (!year)
        return false;
    return !rest.n
           || (p + 1 < g->pairs.items + g->pairs.count
               && year_find(g->r, pair_inside(g->s, p + 1), 0, &at, &n) != YEAR_NONE);
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

/* Without brackets: 参考平成30年度実績85.96%, ※29年度実績 14.4%, 前年度実績:3件. A year needs
 * such a word behind it, the word a year or a number, so that 参考図書 stays a name. */
static bool bare_baseline_at(const struct reader *r, str s, size_t i)
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
    if (str_starts(str_skip(s, next), STR("の")))
        next += STR("の").n;
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

/* From byte `from` on, brackets as a whole. */
static void find_baseline(struct goal *g, size_t from)
{
    uint32_t next = 0;

    g->base_at = g->s.n;
    for (size_t i = from, n; i < g->s.n; i += n) {
        char_at(g->s, i, &n);
        while (next < g->pairs.count && g->pairs.items[next].open < i)
            next++;
        if (next < g->pairs.count && g->pairs.items[next].open == i) {
            if (pair_is_baseline(g, &g->pairs.items[next])) {
                g->base_at = i;
                g->base = str_skip(g->s, i);
                return;
            }
            n = g->pairs.items[next].end - i;
            continue;
        }
        if (i > 0 && may_begin_baseline(char_before(g->s, i))
            && bare_baseline_at(g->r, g->s, i)) {
            g->base_at = i;
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

/* The newest pair of year and number; a number without a year where there is no other. */
static void base_take(const struct reader *r, struct base_reading *best, int year,
                      const struct found *f)
{
    int now = year < 0 && year != YEAR_LAST ? year : year;

    (void)r;
    if (best->any && best->year && (!now || (now < 0) != (best->year < 0)))
        return;
    if (best->any && best->year && (now < 0 ? now > best->year : now < best->year))
        return;
    *best = (struct base_reading){ true, year, *f };
}

static struct base_reading base_search(struct reader *r, str s)
{
    struct base_reading best = { 0 };
    struct found f;
    size_t from = 0, year_at_byte, n, next_at, next_n;
    int year = year_find(r, s, 0, &year_at_byte, &n);

    for (;;) {
        bool found = amount_find(r, s, from, &f);
        int next = year ? year_find(r, s, year_at_byte + n, &next_at, &next_n) : YEAR_NONE;

        if (found && (!next || f.at < next_at))
            base_take(r, &best, year, &f);
        else if (!best.any)
            best.year = year;
        if (!next)
            return best;
        year = next;
        year_at_byte = from = next_at;
        n = next_n;
    }
}

/* (30年度実績: ): what is left without year and words is nothing. */
static bool is_lost_baseline(const struct reader *r, str s)
{
    size_t i = 0, n;

    while ((i = skip_joint(s, i)) < s.n) {
        uint32_t c = char_at(s, i, &n);

        if (char_opens(c) || char_closes(c) || c == 0x203B) {
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
    size_t n;

    if (g->base_at >= g->s.n)
        return;
    b = base_search(g->r, g->base);
    if (!b.year)
        b.year = year_at(g->r, g->base, skip_joint(g->base, 0), true, &n);
    g->in->baseline_year = b.year;
    if (b.any && b.f.fault != DEC_FINE)
        note_bad_number(g->r, b.f.fault, (str){ g->base.p + b.f.at, b.f.end - b.f.at },
                        g->in->name.v);
    else if (b.any)
        g->in->baseline = b.f.amount;
    else if (is_lost_baseline(g->r, g->base))
        note_add(g->r, NOTE_LOST_MARK, g->base, g->in->name.v);
}

/* ---- the target ---- */

static bool is_lower_better(const struct reader *r, str name)
{
    return has_word(r, WORDS_LOWER, name) && !has_word(r, WORDS_LOWER_UNLESS, name);
}

/* What is said around a number that is there. */
static void compare(struct goal *g, const struct found *f, str aim)
{
    struct indicator *in = g->in;
    str before = str_take(aim, f->at), after = str_skip(aim, f->end);
    bool least =
        has_word(g->r, WORDS_AT_LEAST, after) || has_word(g->r, WORDS_AT_LEAST, before);

    in->target = f->amount;
    if (f->is_level) {
        in->comparison = COMPARE_LEVEL_GE;
        in->direction = DIRECTION_HIGHER;
    } else if (has_word(g->r, WORDS_AT_MOST, after) || has_word(g->r, WORDS_LESS, after)) {
        in->comparison = COMPARE_LE;
        in->direction = DIRECTION_LOWER;
    } else if (least || has_word(g->r, WORDS_MORE, after)) {
        in->comparison = COMPARE_GE;
        in->direction = DIRECTION_HIGHER;
    } else if (f->amount.value.n == 0 || is_lower_better(g->r, in->name.v)) {
        in->comparison = COMPARE_LE;
        in->direction = DIRECTION_LOWER;
    } else {
        in->comparison = COMPARE_GE;
    }
}

/* No number stands in the aim: nought in a word, an increase, a level to keep, or a number that
 * was lost. */
static void wish(struct goal *g, str aim)
{
    const struct reader *r = g->r;
    struct indicator *in = g->in;
    size_t at, n;

    if (word_in(r, WORDS_ZERO, aim, &at, &n)) {
        in->comparison = COMPARE_LE;
        in->direction = DIRECTION_LOWER;
        in->target = (struct amount){
            true, { 0, 0 }, { 0 }, flow_span(&r->flow, (str){ aim.p + at, n })
        };
    } else if (has_word(r, WORDS_MORE, aim)
               || (has_word(r, WORDS_LAST_YEAR, aim) && has_word(r, WORDS_AT_LEAST, aim))) {
        in->comparison = COMPARE_GT_BASELINE;
        in->direction = DIRECTION_HIGHER;
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

static void target_read(struct goal *g)
{
    struct found f;

    if (amount_find(g->r, g->aim, 0, &f)) {
        if (f.fault != DEC_FINE)
            note_bad_number(g->r, f.fault, (str){ g->aim.p + f.at, f.end - f.at },
                            g->in->name.v);
        else
            compare(g, &f, g->aim);
    } else if (is_lost_aim(g, g->aim)) {
        g->in->target_lost = true;
        note_add(g->r, NOTE_LOST_MARK, g->aim, g->in->name.v);
    } else {
        wish(g, g->aim);
    }
}

/* ---- the name ---- */

/* Cuts what leads over from a name to its number: 目標値, :, 元年度, を, は. */
static str name_end(struct goal *g, str s)
{
    const struct reader *r = g->r;

    for (;;) {
        size_t at, n;
        int year;

        s = without_joint_end(s);
        if (word_ends(r, WORDS_TARGET, s, &at) && at > 0
            && (char_is_blank(char_before(s, at)) || char_is_digit(char_before(s, at))
                || str_ends(str_take(s, at), STR("度")))) {
            s = str_take(s, at);
            continue;
        }
        year = YEAR_NONE;
        for (size_t i = s.n > 30 ? s.n - 30 : 0; i < s.n && !year; i++) {
            if (((unsigned char)s.p[i] & 0xC0) == 0x80
                || (i > 0 && !char_is_blank(char_before(s, i))))
                continue;
            year = year_at(r, s, i, false, &n);
            if (year && i + n == s.n && i > 0) {
                if (!g->in->target_year)
                    g->in->target_year = year;
                s = str_take(s, i);
            } else {
                year = YEAR_NONE;
            }
        }
        if (!year)
            return s;
    }
}

/* 令和元年度収納率: the year at the start is no part of the name. */
static str name_start(struct goal *g, str s)
{
    size_t n, i;
    int year = year_at(g->r, s, 0, false, &n);

    if (!year || n >= s.n)
        return s;
    if (!g->in->target_year)
        g->in->target_year = year;
    i = skip_joint(s, n);
    if (str_starts(str_skip(s, i), STR("末")))
        i += STR("末").n;
    if (str_starts(str_skip(s, i), STR("の")))
        i += STR("の").n;
    return view_from(s, skip_joint(s, i));
}

static void name_set(struct goal *g, str name)
{
    g->in->name = text_of(g->r, without_joint_end(name));
}

/* を, は, が between a name and a number that follows without a blank. */
static str without_particle(str s)
{
    static const str PARTICLES[] = { STR_INIT("を"), STR_INIT("は"), STR_INIT("が") };

    for (size_t i = 0; i < sizeof PARTICLES / sizeof *PARTICLES; i++)
        if (s.n > PARTICLES[i].n && str_ends(s, PARTICLES[i]))
            return str_take(s, s.n - PARTICLES[i].n);
    return s;
}

/* Name and aim stand in one text: the number at its end parts them. */
static void name_and_aim(struct goal *g, str text)
{
    struct found f;
    str tail;
    size_t at, n, from;

    if (amount_find_last(g->r, text, &f)) {
        name_set(g, name_start(g, name_end(g, without_particle(view_between(text, 0, f.at)))));
        g->aim = view_from(text, f.at);
        return;
    }
    from = text.n > WISH_BYTES ? text.n - WISH_BYTES : 0;
    while (from < text.n && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    tail = str_skip(text, from);
    if (word_in(g->r, WORDS_ZERO, tail, &at, &n) && from + at > 0)
        name_set(g, name_start(g, without_particle(view_between(text, 0, from + at))));
    else
        name_set(g, name_start(g, text));
    g->aim = view_trim(tail);
}

static void goal_parse(struct reader *r, str s, enum role role, struct indicator *in)
{
    struct goal g = { .r = r, .s = s, .pairs = view_pairs(r->scratch, s), .in = in };
    struct found f;
    str rest = { 0 }, before;

    *in = (struct indicator){ .role = role, .goal = text_of(r, s) };
    g.year = find_year_pair(&g);
    find_baseline(&g, g.year ? g.year->end : 0);
    if (g.year)
        (void)aim_year(r, pair_inside(s, g.year), &in->target_year, &rest);
    before = g.year ? view_between(s, 0, g.year->open) : (str){ 0 };
    if (!g.year) {
        name_and_aim(&g, view_between(s, 0, g.base_at));
    } else if (amount_find(r, rest, 0, &f)) {
        name_set(&g, before.n ? before : view_between(s, g.year->end, g.base_at));
        g.aim = rest;
    } else if (before.n) {
        name_set(&g, name_end(&g, before));
        g.aim = view_between(s, g.year->end, g.base_at);
    } else {
        name_and_aim(&g, view_between(s, g.year->end, g.base_at));
    }
    target_read(&g);
    baseline_read(&g);
    if (in->target.is_set && in->target.value.n == 0 && !in->target.unit.n)
        in->target.unit = in->baseline.unit; /* ゼロ is written without one */
}

/* ---- a field into goals ---- */

struct goals {
    struct reader *r;
    struct indicator *items;
    uint32_t count, cap;
    enum role role;
};

static void goal_add(struct goals *g, str s)
{
    if (g->count >= LIMIT_INDICATORS) {
        if (g->count == LIMIT_INDICATORS)
            note_add(g->r, NOTE_BROKEN, s, STR(""));
        return;
    }
    GROW(g->r->scratch, g->items, g->count, &g->cap);
    goal_parse(g->r, s, g->role, &g->items[g->count++]);
}

/* Is there anything to aim at, or only a heading? */
static bool is_goal_like(struct reader *r, str s)
{
    struct goal g = { .r = r, .s = s, .pairs = view_pairs(r->scratch, s) };
    struct found f;

    return find_year_pair(&g) || amount_find_last(r, s, &f);
}

/* An entry without a mark goes on with the one before it when it begins with brackets or when
 * that is no goal yet. */
static bool goes_on(struct reader *r, str before, const struct entry *e)
{
    size_t n;

    if (e->list != LIST_NONE || !before.n)
        return false;
    if (e->s.n && char_opens(char_at(e->s, 0, &n)) && char_opens(char_at(e->s, 0, &n)) != QUOTE)
        return true;
    if (bare_baseline_at(r, e->s, 0))
        return true;
    return !is_goal_like(r, before);
}

/* Several goals in one line without list marks: the next begins behind a blank after a
 * baseline, or where the year stands first, at the next year. */
static size_t next_goal(struct reader *r, str s)
{
    struct goal g = { .r = r, .s = s, .pairs = view_pairs(r->scratch, s) };
    const struct pair *end = g.pairs.items + g.pairs.count, *next;

    g.year = find_year_pair(&g);
    if (!g.year)
        return s.n;
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

static void goals_in_line(struct goals *g, str s)
{
    while (s.n) {
        size_t end = next_goal(g->r, s);

        goal_add(g, view_between(s, 0, end));
        s = view_from(s, end);
    }
}

static void goals_of_view(struct goals *g, str view)
{
    struct entries e = entries_split(g->r, view);
    str open = { 0 };
    bool is_marked = false;

    for (uint32_t i = 0; i <= e.count; i++) {
        const struct entry *now = i < e.count ? &e.items[i] : NULL;

        if (now && goes_on(g->r, open, now)) {
            open.n = (size_t)(now->s.p + now->s.n - open.p);
            continue;
        }
        if (open.n && e.marked && !is_marked && !is_goal_like(g->r, open))
            note_add(g->r, NOTE_UNREAD, open, STR(""));
        else if (open.n && is_marked)
            goal_add(g, open);
        else
            goals_in_line(g, open);
        open = now ? now->s : (str){ 0 };
        is_marked = now && now->list != LIST_NONE;
    }
}

void goals_read(struct reader *r, const struct views v[2], struct initiative *out)
{
    struct goals g = { .r = r };

    for (int i = 0; i < 2; i++) {
        g.role = i ? ROLE_OTHER : ROLE_MAIN;
        for (uint32_t k = 0; k < v[i].count; k++)
            goals_of_view(&g, v[i].items[k]);
    }
    out->indicator_count = g.count;
    out->indicators = NEW(r->a, struct indicator, g.count);
    for (uint32_t i = 0; i < g.count; i++)
        out->indicators[i] = g.items[i];
}
