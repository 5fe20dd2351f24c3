/* What follows from the document as a whole: which result answers which indicator, which report
 * answers which planned activity, and the verdicts. The text of the document is not changed. */
#include "audit/inner.h"

#include <string.h>

#include "base/banned.h"

/* ---- names and texts as they are compared ---- */

/* Quotation marks and punctuation. */
static bool is_sign(uint32_t c)
{
    if (c < 0x80)
        return c == '.' || c == ',' || c == ':' || c == ';' || c == '\'' || c == '"' || c == '<'
               || c == '>';
    return (c >= 0x3001 && c <= 0x3002) || (c >= 0x3008 && c <= 0x3011)
           || c == 0x30FB; /* 、。〈…】・
                            */
}

/* Folded, without quotation marks and punctuation. Brackets stay: what stands in them bounds
 * the thing named. */
static str bare(struct arena *a, str s)
{
    const str folded = text_fold(a, s);
    str rest = folded;
    struct buf b = { .n = 0 };
    size_t kept = 0, len;

    for (size_t at = 0; rest.n; at += len, rest = str_skip(rest, len)) {
        if (!is_sign(utf8_first(rest, &len)))
            continue;
        if (!b.a)
            buf_init(&b, a, folded.n, folded.n);
        buf_put(&b, (str){ folded.p + kept, at - kept });
        kept = at + len;
    }
    if (!b.a)
        return folded;
    buf_put(&b, str_skip(folded, kept));
    return buf_str(&b);
}

static str without_year(str s)
{
    int year;
    size_t used;

    if (!fiscal_parse(s, 0, false, &year, &used))
        return s;
    s = str_trim(str_skip(s, used));
    return str_starts(s, STR("の")) ? str_skip(s, strlen("の")) : s;
}

/* What a sentence goes on with after a name, and what stands before its number:
 * 待ち時間は平均9分. */
static str without_tail(str s)
{
    static const str TAILS[] = {
        STR_INIT("において"), STR_INIT("における"), STR_INIT("については"),
        STR_INIT("について"), STR_INIT("の増加"),   STR_INIT("の増"),
        STR_INIT("は"),       STR_INIT("の"),       STR_INIT("平均"),
        STR_INIT("およそ"),   STR_INIT("約"),       STR_INIT("延べ"),
        STR_INIT("合計"),     STR_INIT("計"),
    };

    for (size_t i = 0; i < sizeof TAILS / sizeof *TAILS; i++)
        if (s.n > TAILS[i].n && str_ends(s, TAILS[i])) {
            s = str_take(s, s.n - TAILS[i].n);
            i = (size_t)-1; /* there may be another one before it */
        }
    return s;
}

str link_name(struct arena *a, str name)
{
    return without_tail(bare(a, without_year(str_trim(name))));
}

/* ---- results and indicators ---- */

enum {
    NAME_LIKE = 600,      /* names at least this alike name one indicator */
    NAME_CONTAINED = 300, /* added when one name is part of the other: 収納率,
                             収納率(現年度賦課分) */
    MAIN_FIRST = 50, /* results stand under the main goals, so of two equal chances the main
                        goal has it */
};

struct name_context {
    const struct initiative *in;
    bool is_only_pair; /* one main goal and one result are left */
};

static bool contains(const struct shape *whole, const struct shape *part)
{
    for (uint32_t i = 0; part->n >= 2 && i + part->n <= whole->n; i++)
        if (memcmp(whole->all + i, part->all, part->n * sizeof *part->all) == 0)
            return true;
    return false;
}

/* Could the one result that is left be the one main goal's? They share a word, and the units do
 * not say otherwise (参加者数 40人, 参加率 38%). */
static bool is_plausible(const struct name_context *x, const struct candidate *c)
{
    const struct indicator *goal = &x->in->indicators[c->i];
    const struct amount *value = &x->in->results[c->j].value;
    uint32_t start;

    return x->is_only_pair && goal->role == ROLE_MAIN
           && (goal->target.unit.n == 0 || value->unit.n == 0
               || measure_same_unit(goal->target.unit, value->unit))
           && shape_common_run(c->left, c->right, &start) >= 2;
}

static int32_t result_gain(const void *context, const struct candidate *c)
{
    const struct name_context *x = context;
    const bool is_main = x->in->indicators[c->i].role == ROLE_MAIN;
    int32_t like = shape_likeness(c->left, c->right);

    if (contains(c->left, c->right) || contains(c->right, c->left))
        like += NAME_CONTAINED;
    else if (like < NAME_LIKE && !is_plausible(x, c))
        return 0;
    return 1 + like + (is_main ? MAIN_FIRST : 0);
}

static bool is_only_pair(const struct initiative *in, const struct two_lists *l)
{
    uint32_t goals = 0, results = 0;

    for (uint32_t i = 0; i < l->left_count; i++)
        goals += l->right_of_left[i] < 0 && in->indicators[i].role == ROLE_MAIN;
    for (uint32_t j = 0; j < l->right_count; j++)
        results += l->left_of_right[j] < 0;
    return goals == 1 && results == 1;
}

static str *keys(struct arena *a, const str *texts, const int32_t *taken, uint32_t n,
                 str (*key)(struct arena *, str))
{
    str *k = NEW(a, str, n);

    for (uint32_t i = 0; i < n; i++)
        if (taken[i] < 0)
            k[i] = key(a, texts[i]);
    return k;
}

static bool has_free(const int32_t *taken, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (taken[i] < 0)
            return true;
    return false;
}

/* Equal as written; then equal as `key` reads them; then as one assignment by `gain`. */
static void pair_lists(struct arena *a, struct two_lists *l, str (*key)(struct arena *, str))
{
    str *left, *right;

    pair_equal(a, l);
    if (!has_free(l->right_of_left, l->left_count)
        || !has_free(l->left_of_right, l->right_count))
        return;
    left = keys(a, l->left, l->right_of_left, l->left_count, key);
    right = keys(a, l->right, l->left_of_right, l->right_count, key);
    l->left = left;
    l->right = right;
    pair_equal(a, l);
}

/* The indicator that is to increase, when there is just one: every change reported speaks of
 * it. -1 otherwise. */
static int32_t only_increase(const struct initiative *in)
{
    int32_t found = -1;

    for (uint32_t i = 0; i < in->indicator_count; i++)
        if (in->indicators[i].comparison == COMPARE_GT_BASELINE) {
            if (found >= 0)
                return -1;
            found = (int32_t)i;
        }
    return found;
}

/* A result without a name ("85%") answers the one main goal that is left. */
static int32_t only_main(const struct initiative *in, const struct two_lists *l)
{
    int32_t found = -1;

    for (uint32_t i = 0; i < in->indicator_count; i++)
        if (in->indicators[i].role == ROLE_MAIN && l->right_of_left[i] < 0) {
            if (found >= 0)
                return -1;
            found = (int32_t)i;
        }
    return found;
}

static void answer(struct indicator *goal, const struct result *r)
{
    if (goal->actual.is_set)
        return;
    goal->actual = r->value;
    goal->actual_is_change = r->is_change;
    goal->result = r->name;
}

/* Two results may speak of one indicator: a goal "収入等の増" is answered by the increase of
 * each kind of income. The result whose name fits best gives the actual; every one of them
 * keeps the index of the indicator it answers. */
static void give_results(struct initiative *in, const struct two_lists *l)
{
    const int32_t increase = only_increase(in);

    for (uint32_t j = 0; j < in->result_count; j++)
        if ((in->results[j].indicator = l->left_of_right[j]) >= 0)
            answer(&in->indicators[in->results[j].indicator], &in->results[j]);
    for (uint32_t j = 0; j < in->result_count; j++) {
        struct result *r = &in->results[j];

        if (r->indicator < 0 && r->value.is_set && r->is_change)
            r->indicator = increase;
        else if (r->indicator < 0 && r->value.is_set && r->name.v.n == 0)
            r->indicator = only_main(in, l);
        if (r->indicator >= 0)
            answer(&in->indicators[r->indicator], r);
    }
}

static void link_results(struct arena *a, struct initiative *in, uint64_t *cells)
{
    str *names = NEW(a, str, in->indicator_count), *results = NEW(a, str, in->result_count);
    struct two_lists l = { .left = names,
                           .right = results,
                           .left_count = in->indicator_count,
                           .right_count = in->result_count,
                           .right_of_left = pair_none(a, in->indicator_count),
                           .left_of_right = pair_none(a, in->result_count) };
    struct name_context x = { .in = in };

    for (uint32_t i = 0; i < in->indicator_count; i++)
        names[i] = in->indicators[i].name.v;
    for (uint32_t j = 0; j < in->result_count; j++)
        results[j] = in->results[j].name.v;
    pair_lists(a, &l, link_name);
    x.is_only_pair = is_only_pair(in, &l);
    pair_alike(a, &l, result_gain, &x, cells);
    give_results(in, &l);
}

/* ---- reports and planned activities ---- */

/* Thresholds, in thousandths of Dice's coefficient over character pairs. A pair is believed
 * when the texts are at least LIKE alike and share a telling word (not only …の実施), or they
 * are at least LIKE_IN_PLACE alike and stand at the same place: same heading, same neighbours,
 * or they are at least LIKE_BY_WORD alike and share a telling run of RUN characters which no
 * other planned activity has (口座振替勧奨の強化 and 口座振替利用奨励の実施。特に…). */
enum { LIKE = 500, LIKE_IN_PLACE = 350, LIKE_BY_WORD = 250, RUN = 4, MAX_GAIN = LIKENESS_SAME };

struct activity_context {
    struct arena *a;
    const struct initiative *in;
    const int32_t *report_of_plan; /* of the equal ones */
};

static bool is_in_place(const struct activity_context *x, uint32_t i, uint32_t j)
{
    const struct initiative *in = x->in;
    const bool after = i == 0 || j == 0 ? i == j : x->report_of_plan[i - 1] == (int32_t)j - 1;
    const bool is_last_plan = i + 1 == in->planned_count,
               is_last_report = j + 1 == in->reported_count;
    const bool before = is_last_plan || is_last_report
                            ? is_last_plan && is_last_report
                            : x->report_of_plan[i + 1] == (int32_t)j + 1;

    return after && before && str_eq(in->planned[i].group.v, in->reported[j].group.v);
}

/* Do other planned activities use these words too? Then they tell nothing: 地域活動協議会 in
 * every line. */
static bool is_common_word(const struct activity_context *x, uint32_t except,
                           const uint32_t *chars, uint32_t n)
{
    struct buf word;

    buf_init(&word, x->a, 4 * (size_t)n, 4 * (size_t)n);
    for (uint32_t k = 0; k < n; k++)
        utf8_put(&word, chars[k]);
    for (uint32_t i = 0; i < x->in->planned_count; i++)
        if (i != except && str_find(x->in->planned[i].text.v, buf_str(&word)) >= 0)
            return true;
    return false;
}

static int32_t activity_gain(const void *context, const struct candidate *c)
{
    const struct activity_context *x = context;
    const int32_t like = shape_likeness(c->left, c->right);
    uint32_t start = 0, run;
    bool is_believed;

    if (like < LIKE_BY_WORD)
        return 0;
    run = shape_common_run(c->left, c->right, &start);
    is_believed = (like >= LIKE && run >= 2)
                  || (like >= LIKE_IN_PLACE && is_in_place(x, c->i, c->j))
                  || (run >= RUN && !is_common_word(x, c->i, c->left->all + start, run));
    /* squared, so that one close pair counts for more than two loose ones */
    return is_believed ? 1 + like * like / MAX_GAIN : 0;
}

/* The lines of one side: their texts and the headings they stand under. */
struct lines {
    str *text, *group;
};

static struct lines lines_of(struct arena *a, const struct activity *list, uint32_t n)
{
    struct lines l = { NEW(a, str, n), NEW(a, str, n) };

    for (uint32_t i = 0; i < n; i++) {
        l.text[i] = list[i].text.v;
        l.group[i] = list[i].group.v;
    }
    return l;
}

static void mark_pairs(struct initiative *in, const struct two_lists *l, const int32_t *equal)
{
    for (uint32_t i = 0; i < in->planned_count; i++) {
        struct activity *p = &in->planned[i];

        p->other = l->right_of_left[i];
        p->pairing = equal[i] >= 0 ? PAIR_SAME : p->other >= 0 ? PAIR_SIMILAR : PAIR_NONE;
    }
    for (uint32_t j = 0; j < in->reported_count; j++) {
        struct activity *r = &in->reported[j];

        r->other = l->left_of_right[j];
        r->pairing = r->other >= 0 ? in->planned[r->other].pairing : PAIR_NONE;
    }
}

/* A report that was written in a form stands beside its plan: its writer said what it answers,
 * and nobody has to guess. */
static void pair_stated(const struct initiative *in, struct two_lists *l)
{
    for (uint32_t j = 0; j < in->reported_count; j++) {
        const struct activity *r = &in->reported[j];

        if (!r->id.n || r->other < 0 || (uint32_t)r->other >= in->planned_count
            || in->planned[r->other].other != (int32_t)j)
            continue;
        l->left_of_right[j] = r->other;
        l->right_of_left[r->other] = (int32_t)j;
    }
}

/* Of pairs that were stated, those that are equal in words. */
static int32_t *equal_pairs(struct arena *a, const struct initiative *in,
                            const struct two_lists *l)
{
    int32_t *equal = pair_none(a, in->planned_count);

    for (uint32_t i = 0; i < in->planned_count; i++) {
        const int32_t j = l->right_of_left[i];

        if (j < 0
            || (in->reported[j].id.n
                && !str_eq(bare(a, in->planned[i].text.v), bare(a, in->reported[j].text.v))))
            continue;
        equal[i] = j;
    }
    return equal;
}

static void link_activities(struct arena *a, struct initiative *in, uint64_t *cells)
{
    const struct lines plans = lines_of(a, in->planned, in->planned_count);
    const struct lines reports = lines_of(a, in->reported, in->reported_count);
    struct two_lists l = { .left = plans.text,
                           .right = reports.text,
                           .left_count = in->planned_count,
                           .right_count = in->reported_count,
                           .right_of_left = pair_none(a, in->planned_count),
                           .left_of_right = pair_none(a, in->reported_count),
                           .left_group = plans.group,
                           .right_group = reports.group };
    int32_t *equal;

    pair_stated(in, &l);
    pair_lists(a, &l, bare);
    equal = equal_pairs(a, in, &l);
    pair_alike(a, &l, activity_gain,
               &(struct activity_context){ .a = a, .in = in, .report_of_plan = equal }, cells);
    mark_pairs(in, &l, equal);
}

void audit_link(struct arena *a, struct plan *plan)
{
    uint64_t cells = LIMIT_PAIRING_CELLS;

    for (uint32_t k = 0; k < plan->initiative_count; k++) {
        struct initiative *in = &plan->initiatives[k];

        link_results(a, in, &cells);
        link_activities(a, in, &cells);
        for (uint32_t i = 0; i < in->indicator_count; i++)
            in->indicators[i].verdict = measure_judge(&in->indicators[i]);
    }
}
