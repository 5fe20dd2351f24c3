/* A survey's answers into its counts and weighted shares. */
#include "measure/measure.h"

#include <math.h>

#include "base/banned.h"

struct counting {
    struct arena *a;
    const struct survey *s;
    const struct survey_answers *answers;
    double *weight; /* of each row; NULL = not weighted */
};

static struct column column_of(const struct counting *x, uint32_t question)
{
    return (struct column){ x->answers->columns[question].codes, NULL,
                            x->s->questions[question].choice_count + 1 };
}

static bool bad_code(const struct question *q, struct err *e)
{
    return err_set(e, ERR_INPUT, "%.*sに、選択肢にない回答があります。", STR_ARG(q->number));
}

/* ---- who is asked ---- */

/* 1 for each row that the question's filter lets through; NULL = everybody. The filter of the
 * question that it asks about holds too: who was not asked that gave it no answer. */
static uint8_t *asked_rows(const struct counting *x, const struct question *q)
{
    const struct question *of;
    const struct answer_column *from;
    uint8_t *asked, *asked_before;
    uint64_t none;

    if (q->filter < 0)
        return NULL;
    of = &x->s->questions[q->filter];
    from = &x->answers->columns[q->filter];
    asked = NEW(x->a, uint8_t, x->answers->rows);
    asked_before = asked_rows(x, of);
    none = UINT64_C(1);
    for (uint64_t r = 0; r < x->answers->rows; r++) {
        const uint64_t gave = from->sets                          ? from->sets[r]
                              : from->codes[r] < of->choice_count ? none << from->codes[r]
                                                                  : 0;

        asked[r] = (gave & q->filter_codes) != 0 && (!asked_before || asked_before[r]);
    }
    return asked;
}

static uint64_t count_rows(const uint8_t *asked, uint64_t rows)
{
    uint64_t n = 0;

    for (uint64_t r = 0; asked && r < rows; r++)
        n += asked[r];
    return asked ? n : rows;
}

/* ---- counts ---- */

static uint64_t yes_codes(const struct question *q)
{
    uint64_t set = 0;

    for (uint32_t i = 0; i < q->choice_count; i++)
        set |= (uint64_t)q->choices[i].is_yes << i;
    return set;
}

static bool count_single(const struct counting *x, uint32_t i, const uint8_t *asked,
                         struct question_tally *t, struct err *e)
{
    const struct question *q = &x->s->questions[i];
    const struct column column = column_of(x, i);
    const struct tabulation by = { &column, 1, x->answers->rows, asked };
    const uint64_t yes = yes_codes(q);
    uint64_t *count = NEW(x->a, uint64_t, q->choice_count + 1);

    if (!measure_tabulate(x->a, &by, count))
        return bad_code(q, e);
    t->count = count;
    t->no_answer = count[q->choice_count];
    for (uint32_t k = 0; k < q->choice_count; k++)
        t->yes += yes >> k & 1 ? count[k] : 0;
    return true;
}

static void count_multiple(const struct counting *x, uint32_t i, const uint8_t *asked,
                           struct question_tally *t)
{
    const struct question *q = &x->s->questions[i];
    const struct tabulation all = { NULL, 0, x->answers->rows, asked };
    const uint64_t *sets = x->answers->columns[i].sets, yes = yes_codes(q);

    t->count = NEW(x->a, uint64_t, q->choice_count);
    measure_tabulate_sets(sets, q->choice_count, &all, t->count);
    for (uint64_t r = 0; r < x->answers->rows; r++) {
        const bool is_asked = !asked || asked[r];

        t->no_answer += is_asked && sets[r] == 0;
        t->yes += is_asked && (sets[r] & yes) != 0;
    }
}

/* Who gave no answer, by group, where answers are sets. */
static void count_silent(const struct counting *x, uint32_t i, const uint8_t *asked,
                         const uint8_t *group, uint64_t *count)
{
    const uint64_t *sets = x->answers->columns[i].sets;

    for (uint64_t r = 0; r < x->answers->rows; r++)
        count[group[r]] += sets[r] == 0 && (!asked || asked[r]);
}

static bool count_by(const struct counting *x, uint32_t i, const uint8_t *asked,
                     struct cross_tally *c, struct err *e)
{
    const struct question *q = &x->s->questions[i];
    const struct column columns[] = { column_of(x, i), column_of(x, c->attribute) };
    const struct tabulation both = { columns, 2, x->answers->rows, asked };
    const struct tabulation group = { columns + 1, 1, x->answers->rows, asked };
    const uint32_t groups = columns[1].categories;

    c->base = NEW(x->a, uint64_t, groups);
    c->count = NEW(x->a, uint64_t, ((size_t)q->choice_count + 1) * groups);
    if (!measure_tabulate(x->a, &group, c->base))
        return bad_code(&x->s->questions[c->attribute], e);
    if (q->kind == QUESTION_SINGLE)
        return measure_tabulate(x->a, &both, c->count) || bad_code(q, e);
    measure_tabulate_sets(x->answers->columns[i].sets, q->choice_count, &group, c->count);
    count_silent(x, i, asked, columns[1].codes, c->count + (size_t)q->choice_count * groups);
    return true;
}

static bool count_crosses(const struct counting *x, uint32_t i, const uint8_t *asked,
                          struct question_tally *t, struct err *e)
{
    t->by = NEW(x->a, struct cross_tally, x->s->question_count);
    for (uint32_t k = 0; k < x->s->question_count; k++) {
        if (k == i || !x->s->questions[k].is_attribute || x->s->questions[i].is_attribute)
            continue;
        t->by[t->by_count].attribute = k;
        if (!count_by(x, i, asked, &t->by[t->by_count++], e))
            return false;
    }
    return true;
}

/* ---- weights ---- */

/* 9 decimals; a ratio that has no end (a weight of 0) as the largest that a dec holds so. */
static dec dec_of(double v)
{
    const double most = 999999999;

    return (dec){ llround((v < most ? v : most) * 1e9), 9 };
}

/* The weighted share of a question. */
static void weigh(const struct counting *x, uint32_t i, const uint8_t *asked,
                  struct question_tally *t)
{
    const struct question *q = &x->s->questions[i];
    const struct answer_column *c = &x->answers->columns[i];
    const uint64_t yes = yes_codes(q), one = 1;
    struct weighted said_yes = { 0 }, all = { 0 };
    struct weighted_share share;

    for (uint64_t r = 0; r < x->answers->rows; r++) {
        const bool is_silent = c->sets ? c->sets[r] == 0 : c->codes[r] == q->choice_count;
        const uint64_t gave = c->sets ? c->sets[r] : is_silent ? 0 : one << c->codes[r];
        const double w = x->weight[r];

        if ((asked && !asked[r]) || (is_silent && !q->no_answer_in))
            continue;
        all = (struct weighted){ all.n + 1, all.sum + w, all.squares + w * w };
        if (gave & yes)
            said_yes = (struct weighted){ said_yes.n + 1, said_yes.sum + w, 0 };
    }
    if (!measure_weighted_share(said_yes, all, x->s->population_size, &share))
        return;
    t->weighted = (struct weighted_tally){
        true,
        dec_of(share.share),
        dec_of(share.limits.low),
        dec_of(share.limits.high),
        dec_of(share.n_effective),
        dec_of(share.design_effect),
    };
}

static void merge_said(const struct counting *x, struct survey_tally *t,
                       const struct question *q, uint32_t from, uint32_t to)
{
    t->merged[t->merged_count++] =
        str_fmt(x->a, "%.*s「%.*s」は回答がないため「%.*s」と合わせた", STR_ARG(q->text),
                STR_ARG(q->choices[from].label), STR_ARG(q->choices[to].label));
}

/* The nearest category that has answers; itself when it has. */
static uint32_t nearest(const uint64_t *count, uint32_t categories, uint32_t c)
{
    for (uint32_t away = 0; away < categories; away++) {
        if (c >= away && count[c - away])
            return c - away;
        if (c + away < categories && count[c + away])
            return c + away;
    }
    return c;
}

/* One attribute as raking takes it. The last category is of those of whom it is not known. */
static bool margin_make(const struct counting *x, const struct survey_margin *from,
                        struct survey_tally *t, struct margin *out, struct err *e)
{
    const struct question *q = &x->s->questions[from->question];
    const struct column column = column_of(x, from->question);
    const struct tabulation all = { &column, 1, x->answers->rows, NULL };
    uint64_t *count = NEW(x->a, uint64_t, column.categories);
    const uint8_t *codes = x->answers->columns[from->question].codes;
    uint32_t *category = NEW(x->a, uint32_t, x->answers->rows);
    double *share = NEW(x->a, double, q->choice_count + 1), known;

    if (!measure_tabulate(x->a, &all, count))
        return bad_code(q, e);
    share[q->choice_count] = (double)count[q->choice_count] / (double)x->answers->rows;
    known = 1 - share[q->choice_count];
    for (uint32_t k = 0; k < q->choice_count; k++) {
        const uint32_t to = nearest(count, q->choice_count, k);

        share[to] += known * dec_double(from->pct[k]) / 100;
        if (to != k && from->pct[k].n > 0)
            merge_said(x, t, q, k, to);
    }
    for (uint64_t r = 0; r < x->answers->rows; r++)
        category[r] = codes[r];
    *out = (struct margin){ category, share, q->choice_count + 1 };
    return true;
}

static bool weights_make(struct counting *x, struct survey_tally *t, struct err *e)
{
    struct margin *margins = NEW(x->a, struct margin, x->s->margin_count);
    struct raking_report report;
    uint32_t most = 0;

    for (uint32_t i = 0; i < x->s->margin_count; i++)
        most += x->s->questions[x->s->margins[i].question].choice_count;
    t->merged = NEW(x->a, str, most);
    for (uint32_t i = 0; i < x->s->margin_count; i++)
        if (!margin_make(x, &x->s->margins[i], t, &margins[i], e))
            return false;
    x->weight = NEW(x->a, double, x->answers->rows);
    if (measure_rake(x->a, margins, x->s->margin_count, (uint32_t)x->answers->rows, x->weight,
                     &report)
        != RAKING_DONE)
        return err_set(e, ERR_INPUT,
                       "重み付けが100回で収まりません。区分の少ない属性にするか、"
                       "重み付け(weights)をやめてください。");
    t->is_weighted = true;
    t->rounds = report.rounds;
    t->weight_ratio = dec_of(measure_weight_ratio(x->weight, (uint32_t)x->answers->rows));
    return true;
}

/* ---- all of it ---- */

static bool count_question(const struct counting *x, uint32_t i, struct question_tally *t,
                           struct err *e)
{
    const struct question *q = &x->s->questions[i];
    const uint8_t *asked = asked_rows(x, q);

    t->asked = count_rows(asked, x->answers->rows);
    t->count = NEW(x->a, uint64_t, q->choice_count);
    if (q->kind == QUESTION_TEXT)
        return true;
    if (q->kind == QUESTION_MULTIPLE)
        count_multiple(x, i, asked, t);
    else if (!count_single(x, i, asked, t, e))
        return false;
    return count_crosses(x, i, asked, t, e);
}

bool measure_survey(struct arena *a, const struct survey *s,
                    const struct survey_answers *answers, struct survey_tally *out,
                    struct err *e)
{
    struct counting x = { a, s, answers, NULL };
    struct survey_tally t = { .rows = answers->rows };

    t.questions = NEW(a, struct question_tally, s->question_count);
    t.question_count = s->question_count;
    for (uint32_t i = 0; i < s->question_count; i++)
        if (!count_question(&x, i, &t.questions[i], e))
            return false;
    if (s->margin_count && answers->rows && !weights_make(&x, &t, e))
        return false;
    for (uint32_t i = 0; i < s->question_count && x.weight; i++)
        if (s->questions[i].has_yes)
            weigh(&x, i, asked_rows(&x, &s->questions[i]), &t.questions[i]);
    *out = t;
    return true;
}
