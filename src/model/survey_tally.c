/* What was counted: do the sums hold, was a column copied, and its form in JSON. */
#include "model/survey.h"

#include "base/banned.h"

uint64_t question_base(const struct question *q, const struct question_tally *t)
{
    return q->no_answer_in ? t->asked : t->asked - t->no_answer;
}

/* ---- sentences that are collected up to a limit, and counted beyond it ---- */

struct said {
    struct arena *a;
    str *out;
    uint32_t count, max;
};

static void say(struct said *x, str sentence)
{
    if (x->count < x->max)
        x->out[x->count] = sentence;
    x->count++;
}

static void say_unequal(struct said *x, str left, uint64_t n, str right, uint64_t m, str where)
{
    say(x, str_fmt(x->a, "%.*s %llu ≠ %.*s %llu(%.*s)", STR_ARG(left), (unsigned long long)n,
                   STR_ARG(right), (unsigned long long)m, STR_ARG(where)));
}

static void say_above(struct said *x, str left, uint64_t n, str right, uint64_t m, str where)
{
    say(x, str_fmt(x->a, "%.*s %llu > %.*s %llu(%.*s)", STR_ARG(left), (unsigned long long)n,
                   STR_ARG(right), (unsigned long long)m, STR_ARG(where)));
}

/* ---- sums ---- */

/* 男女計, 男性女性計; an attribute of many groups is named by its text: 年齢計. */
static str groups_name(struct arena *a, const struct question *by)
{
    static const struct {
        const char *first, *second, *name;
    } PAIRS[] = { { "男性", "女性", "男女計" }, { "男", "女", "男女計" } };

    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS && by->choice_count >= 2; i++)
        if (str_eq(by->choices[0].label, str_from(PAIRS[i].first))
            && str_eq(by->choices[1].label, str_from(PAIRS[i].second)))
            return str_from(PAIRS[i].name);
    return str_fmt(a, "%.*sの計", STR_ARG(by->text));
}

static str choice_name(const struct question *q, uint32_t row)
{
    return row < q->choice_count ? q->choices[row].label : STR("無回答");
}

static uint64_t total_of_row(const struct question *q, const struct question_tally *t,
                             uint32_t row)
{
    return row < q->choice_count ? t->count[row] : t->no_answer;
}

/* Each row over the groups, and what the groups were asked. */
static void check_rows(struct said *x, const struct question *q, const struct question_tally *t,
                       const struct cross_tally *by, const struct question *attribute)
{
    const uint32_t groups = attribute->choice_count + 1;
    const str sum_name = groups_name(x->a, attribute);
    uint64_t sum = 0;

    for (uint32_t g = 0; g < groups; g++)
        sum += by->base[g];
    if (sum != t->asked)
        say_unequal(x, sum_name, sum, STR("全体"), t->asked, q->number);
    for (uint32_t r = 0; r <= q->choice_count; r++) {
        const str where =
            str_fmt(x->a, "%.*s「%.*s」", STR_ARG(q->number), STR_ARG(choice_name(q, r)));

        sum = 0;
        for (uint32_t g = 0; g < groups; g++)
            sum += by->count[r * groups + g];
        if (sum != total_of_row(q, t, r))
            say_unequal(x, sum_name, sum, STR("全体"), total_of_row(q, t, r), where);
    }
}

/* Each group over the choices: they are all of it, or of several answers none is above it. */
static void check_columns(struct said *x, const struct question *q,
                          const struct cross_tally *by, const struct question *attribute)
{
    const uint32_t groups = attribute->choice_count + 1;

    for (uint32_t g = 0; g < groups; g++) {
        const str where =
            str_fmt(x->a, "%.*s「%.*s」", STR_ARG(q->number),
                    STR_ARG(g < attribute->choice_count ? attribute->choices[g].label
                                                        : STR("不明")));
        uint64_t sum = 0;

        for (uint32_t r = 0; r <= q->choice_count; r++) {
            sum += by->count[r * groups + g];
            if (q->kind == QUESTION_MULTIPLE && by->count[r * groups + g] > by->base[g])
                say_above(x, choice_name(q, r), by->count[r * groups + g], STR("計"),
                          by->base[g], where);
        }
        if (q->kind == QUESTION_SINGLE && sum != by->base[g])
            say_unequal(x, STR("選択肢の計"), sum, STR("計"), by->base[g], where);
    }
}

static void check_question(struct said *x, const struct survey *s, const struct question *q,
                           const struct question_tally *t)
{
    uint64_t sum = t->no_answer;

    for (uint32_t r = 0; r < q->choice_count; r++) {
        sum += t->count[r];
        if (t->count[r] > t->asked)
            say_above(x, choice_name(q, r), t->count[r], STR("全体"), t->asked, q->number);
    }
    if (q->kind == QUESTION_SINGLE && sum != t->asked)
        say_unequal(x, STR("選択肢の計"), sum, STR("全体"), t->asked, q->number);
    if (t->no_answer > t->asked)
        say_above(x, STR("無回答"), t->no_answer, STR("全体"), t->asked, q->number);
    if (q->has_yes && t->no_answer <= t->asked && t->yes > t->asked - t->no_answer)
        say_above(x, STR("該当する回答"), t->yes, STR("回答者"), t->asked - t->no_answer,
                  q->number);
    for (uint32_t k = 0; k < t->by_count; k++) {
        const struct question *attribute = &s->questions[t->by[k].attribute];

        check_rows(x, q, t, &t->by[k], attribute);
        check_columns(x, q, &t->by[k], attribute);
    }
}

/* Whom the filter lets through: those who chose one of its choices. Of several answers the sum
 * can only be a bound. */
static void check_filter(struct said *x, const struct survey *s, const struct question *q,
                         const struct survey_tally *t, uint64_t asked)
{
    const struct question *of = &s->questions[q->filter];
    const struct question_tally *from = &t->questions[q->filter];
    uint64_t sum = 0;

    for (uint32_t i = 0; i < of->choice_count; i++)
        sum += q->filter_codes >> i & 1 ? from->count[i] : 0;
    if (of->kind == QUESTION_SINGLE && sum != asked)
        say_unequal(x, str_fmt(x->a, "%.*sで対象となる人", STR_ARG(of->number)), sum,
                    STR("全体"), asked, q->number);
    if (of->kind == QUESTION_MULTIPLE && asked > sum)
        say_above(x, STR("全体"), asked,
                  str_fmt(x->a, "%.*sで対象となる人", STR_ARG(of->number)), sum, q->number);
}

uint32_t survey_sums_check(struct arena *a, const struct survey *s,
                           const struct survey_tally *t, str *out, uint32_t max)
{
    struct said x = { a, out, 0, max };

    if (s->returned && t->rows > s->returned)
        say_above(&x, STR("回答"), t->rows, STR("回収数"), s->returned, STR("全体"));
    for (uint32_t i = 0; i < s->question_count; i++) {
        const struct question *q = &s->questions[i];
        const struct question_tally *one = &t->questions[i];

        if (q->kind == QUESTION_TEXT)
            continue;
        if (q->filter >= 0)
            check_filter(&x, s, q, t, one->asked);
        else if (one->asked != t->rows)
            say_unequal(&x, STR("全体"), one->asked, STR("回答"), t->rows, q->number);
        check_question(&x, s, q, one);
    }
    return x.count;
}

/* ---- copies ---- */

static bool same_choices(const struct question *q, const struct question *p)
{
    if (q->kind != p->kind || q->kind == QUESTION_TEXT || q->choice_count != p->choice_count)
        return false;
    for (uint32_t i = 0; i < q->choice_count; i++)
        if (!str_eq(q->choices[i].code, p->choices[i].code))
            return false;
    return true;
}

/* Equal, and enough of it that chance does not explain it: three counts above 0, a sum of 20.
 */
static bool is_copied(const uint64_t *now, const uint64_t *then, uint32_t rows, uint32_t step)
{
    uint64_t sum = 0;
    uint32_t above = 0;

    for (uint32_t r = 0; r < rows; r++) {
        if (now[(size_t)r * step] != then[(size_t)r * step])
            return false;
        sum += now[(size_t)r * step];
        above += now[(size_t)r * step] > 0;
    }
    return above >= 3 && sum >= 20;
}

static const struct cross_tally *cross_find(const struct survey *s,
                                            const struct question_tally *t, str attribute)
{
    for (uint32_t k = 0; k < t->by_count; k++)
        if (str_eq(s->questions[t->by[k].attribute].key, attribute))
            return &t->by[k];
    return NULL;
}

static void say_copied(struct said *x, str what, const struct survey *before)
{
    say(x, str_fmt(x->a,
                   "%.*sの数が、前回(%.*s)とすべて同じです。前回の列を写していないか、"
                   "確かめてください。",
                   STR_ARG(what), STR_ARG(before->title)));
}

static void check_copied_groups(struct said *x, const struct survey *s,
                                const struct question *q, const struct cross_tally *now,
                                const struct survey *before, const struct cross_tally *then)
{
    const struct question *by = &s->questions[now->attribute];
    const struct question *old = &before->questions[then->attribute];
    const uint32_t groups = by->choice_count + 1;

    if (!same_choices(by, old))
        return;
    for (uint32_t g = 0; g < by->choice_count; g++)
        if (is_copied(now->count + g, then->count + g, q->choice_count, groups))
            say_copied(x,
                       str_fmt(x->a, "%.*s「%.*s」の列", STR_ARG(q->number),
                               STR_ARG(by->choices[g].label)),
                       before);
}

uint32_t survey_copies_check(struct arena *a, const struct survey_counted *now,
                             const struct survey_counted *before, str *out, uint32_t max)
{
    const struct survey *s = now->survey, *past = before->survey;
    struct said x = { a, out, 0, max };

    for (uint32_t i = 0; i < s->question_count; i++) {
        const struct question *q = &s->questions[i];
        const struct question_tally *t = &now->tally->questions[i], *then;
        const int32_t at = survey_question(past, q->key);

        if (at < 0 || !same_choices(q, &past->questions[at]))
            continue;
        then = &before->tally->questions[at];
        if (is_copied(t->count, then->count, q->choice_count, 1))
            say_copied(&x, str_fmt(a, "%.*s「全体」の列", STR_ARG(q->number)), past);
        for (uint32_t k = 0; k < t->by_count; k++) {
            const struct cross_tally *old =
                cross_find(past, then, s->questions[t->by[k].attribute].key);

            if (old)
                check_copied_groups(&x, s, q, &t->by[k], past, old);
        }
    }
    return x.count;
}

/* ---- JSON ---- */

static void counts_put(struct arena *a, struct value *map, const char *key, const uint64_t *n,
                       uint32_t count)
{
    struct value *list = value_put_list(a, map, key);

    for (uint32_t i = 0; i < count; i++)
        value_add_int(a, list, (int64_t)n[i]);
}

static void cross_put(struct arena *a, struct value *list, const struct survey *s,
                      const struct question *q, const struct cross_tally *c)
{
    struct value *v = value_add_map(a, list);
    const uint32_t groups = s->questions[c->attribute].choice_count + 1;

    value_put_text(a, v, "question", s->questions[c->attribute].key);
    counts_put(a, v, "base", c->base, groups);
    counts_put(a, v, "counts", c->count, (q->choice_count + 1) * groups);
}

static void weighted_put(struct arena *a, struct value *map, const struct weighted_tally *w)
{
    struct value *v = value_put_map(a, map, "weighted");

    value_put_dec(a, v, "share", w->share);
    value_put_dec(a, v, "low", w->low);
    value_put_dec(a, v, "high", w->high);
    value_put_dec(a, v, "n_effective", w->n_effective);
    value_put_dec(a, v, "design_effect", w->design_effect);
}

static void tally_put(struct arena *a, struct value *list, const struct survey *s, uint32_t i,
                      const struct question_tally *t)
{
    struct value *v = value_add_map(a, list), *by;

    value_put_text(a, v, "key", s->questions[i].key);
    value_put_int(a, v, "asked", (int64_t)t->asked);
    value_put_int(a, v, "no_answer", (int64_t)t->no_answer);
    value_put_int(a, v, "yes", (int64_t)t->yes);
    counts_put(a, v, "counts", t->count, s->questions[i].choice_count);
    by = t->by_count ? value_put_list(a, v, "by") : NULL;
    for (uint32_t k = 0; k < t->by_count; k++)
        cross_put(a, by, s, &s->questions[i], &t->by[k]);
    if (t->weighted.is_set)
        weighted_put(a, v, &t->weighted);
}

struct value *survey_tally_value(struct arena *a, const struct survey *s,
                                 const struct survey_tally *t)
{
    struct value *v = value_map(a), *list, *merged;

    value_put_int(a, v, "rows", (int64_t)t->rows);
    list = value_put_list(a, v, "questions");
    for (uint32_t i = 0; i < t->question_count; i++)
        tally_put(a, list, s, i, &t->questions[i]);
    if (!t->is_weighted)
        return v;
    value_put_dec(a, v, "weight_ratio", t->weight_ratio);
    value_put_int(a, v, "rounds", t->rounds);
    merged = value_put_list(a, v, "merged");
    for (uint32_t i = 0; i < t->merged_count; i++)
        value_add_text(a, merged, t->merged[i]);
    return v;
}

static bool broken(struct err *e)
{
    return err_set(e, ERR_INPUT, "アンケートの集計の形が、定義と合いません。");
}

static bool count_get(const struct value *map, const char *key, uint64_t *out, struct err *e)
{
    const struct value *v = value_get(map, str_from(key));

    if (!v || v->kind != VALUE_INT || v->number < 0)
        return broken(e);
    *out = (uint64_t)v->number;
    return true;
}

static bool counts_get(struct arena *a, const struct value *map, const char *key,
                       uint32_t count, uint64_t **out, struct err *e)
{
    const struct value *list = value_get(map, str_from(key));
    uint32_t i = 0;

    *out = NEW(a, uint64_t, count);
    if (!list || list->kind != VALUE_LIST || list->count != count)
        return broken(e);
    for (const struct value *v = list->first; v; v = v->next) {
        if (v->kind != VALUE_INT || v->number < 0)
            return broken(e);
        (*out)[i++] = (uint64_t)v->number;
    }
    return true;
}

static bool cross_get(struct arena *a, const struct value *v, const struct survey *s,
                      const struct question *q, struct cross_tally *c, struct err *e)
{
    const int32_t at = survey_question(s, value_text(v, "question"));
    uint32_t groups;

    if (at < 0)
        return broken(e);
    c->attribute = (uint32_t)at;
    groups = s->questions[at].choice_count + 1;
    return counts_get(a, v, "base", groups, &c->base, e)
           && counts_get(a, v, "counts", (q->choice_count + 1) * groups, &c->count, e);
}

static bool weighted_get(const struct value *v, struct weighted_tally *w, struct err *e)
{
    const struct value *map = value_get(v, STR("weighted"));

    if (!map)
        return true;
    w->is_set = true;
    return (value_dec(map, "share", &w->share) && value_dec(map, "low", &w->low)
            && value_dec(map, "high", &w->high)
            && value_dec(map, "n_effective", &w->n_effective)
            && value_dec(map, "design_effect", &w->design_effect))
           || broken(e);
}

static bool tally_get(struct arena *a, const struct value *v, const struct survey *s,
                      uint32_t i, struct question_tally *t, struct err *e)
{
    const struct question *q = &s->questions[i];
    const struct value *by = value_get(v, STR("by"));

    if (!str_eq(value_text(v, "key"), q->key) || !count_get(v, "asked", &t->asked, e)
        || !count_get(v, "no_answer", &t->no_answer, e) || !count_get(v, "yes", &t->yes, e)
        || !counts_get(a, v, "counts", q->choice_count, &t->count, e))
        return broken(e);
    t->by = NEW(a, struct cross_tally, by ? by->count : 0);
    for (const struct value *c = by ? by->first : NULL; c; c = c->next)
        if (!cross_get(a, c, s, q, &t->by[t->by_count++], e))
            return false;
    return t->no_answer <= t->asked ? weighted_get(v, &t->weighted, e) : broken(e);
}

static bool weights_get(struct arena *a, const struct value *v, struct survey_tally *t,
                        struct err *e)
{
    const struct value *merged = value_get(v, STR("merged"));
    uint64_t rounds;

    t->is_weighted = value_get(v, STR("weight_ratio")) != NULL;
    if (!t->is_weighted)
        return true;
    if (!value_dec(v, "weight_ratio", &t->weight_ratio) || !count_get(v, "rounds", &rounds, e)
        || !merged)
        return broken(e);
    t->rounds = (uint32_t)rounds;
    t->merged = NEW(a, str, merged->count);
    for (const struct value *x = merged->first; x; x = x->next)
        t->merged[t->merged_count++] = x->text;
    return true;
}

bool survey_tally_from_value(struct arena *a, const struct survey *s, const struct value *v,
                             struct survey_tally *out, struct err *e)
{
    const struct value *list = value_get(v, STR("questions"));
    struct survey_tally t = { 0 };

    if (!list || list->count != s->question_count || !count_get(v, "rows", &t.rows, e))
        return broken(e);
    t.questions = NEW(a, struct question_tally, list->count);
    for (const struct value *q = list->first; q; q = q->next) {
        if (!tally_get(a, q, s, t.question_count, &t.questions[t.question_count], e))
            return false;
        t.question_count++;
    }
    if (!weights_get(a, v, &t, e))
        return false;
    *out = t;
    return true;
}
