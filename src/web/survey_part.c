/* A question of a survey: the sentence first, then its chart, its table, and its tables by
 * attribute, of which no small count can be read or computed. */
#include "web/survey_part.h"

#include "measure/measure.h"
#include "web/parts.h"

#include "base/banned.h"

static dec percent(uint64_t part, uint64_t whole)
{
    return (dec){ whole ? (int64_t)((part * 2000 + whole) / (2 * whole)) : 0, 1 };
}

static void put_use(const struct req *r, struct value *list, str name, str url)
{
    struct value *use;

    for (const struct value *v = list->first; v; v = v->next)
        if (str_eq(value_text(v, "name"), name))
            return;
    use = value_add_map(r->mem, list);
    value_put_text(r->mem, use, "name", name);
    value_put_text(r->mem, use, "url", url);
}

void survey_put_uses(const struct req *r, struct value *map, const struct survey_shown *x,
                     const struct question *q)
{
    struct value *list = value_put_list(r->mem, map, "uses");

    for (const struct value *v = x->bound ? x->bound->first : NULL; v; v = v->next)
        if (str_eq(value_text(v, "key"), q->key))
            put_use(r, list, value_text(v, "name"), value_text(v, "url"));
    for (uint32_t i = 0; i < q->indicator_count; i++)
        put_use(r, list, q->indicators[i],
                part_indicator_url(r, x->organisation, q->indicators[i]));
}

void survey_put_filter(const struct req *r, struct value *map, const struct survey *s,
                       const struct question *q)
{
    const struct question *of;
    struct buf words;

    if (q->filter < 0) {
        value_put_null(r->mem, map, "filter");
        return;
    }
    of = &s->questions[q->filter];
    buf_init(&words, r->mem, 128, LIMIT_TEXT_BYTES);
    buf_put(&words, of->number);
    for (uint32_t i = 0; i < of->choice_count; i++)
        if (q->filter_codes >> i & 1)
            buf_fmt(&words, "「%.*s」", STR_ARG(of->choices[i].label));
    value_put_text(r->mem, map, "filter", buf_str(&words));
}

/* ---- sentences ---- */

static void put_said(const struct req *r, struct value *map, const struct survey_said *said)
{
    const struct {
        const char *key;
        str text;
    } SENTENCES[] = {
        { "sentence", said->sentence[r->lang] }, { "caution", said->caution[r->lang] },
        { "bounds", said->bounds[r->lang] },     { "changed", said->changed[r->lang] },
        { "next", said->next[r->lang] },         { "weighting", said->weighting[r->lang] },
    };
    const struct {
        const char *key;
        bool is_set;
        dec value;
    } FIGURES[] = {
        { "share", said->has_share, said->share },
        { "low", said->has_share, said->low },
        { "high", said->has_share, said->high },
        { "worst", said->has_bounds, said->worst },
        { "best", said->has_bounds, said->best },
        { "change", said->has_change, said->change },
        { "detectable", said->has_change, said->detectable },
    };

    for (size_t i = 0; i < sizeof SENTENCES / sizeof *SENTENCES; i++)
        value_put_text_or_null(r->mem, map, SENTENCES[i].key, SENTENCES[i].text);
    for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++) {
        if (FIGURES[i].is_set)
            value_put_dec(r->mem, map, FIGURES[i].key, FIGURES[i].value);
        else
            value_put_null(r->mem, map, FIGURES[i].key);
    }
}

/* Where no share is asked for: what was chosen most. */
static str most_chosen(const struct req *r, const struct question *q,
                       const struct question_tally *t)
{
    struct value *words = value_map(r->mem);
    uint32_t most = 0;

    for (uint32_t i = 1; i < q->choice_count; i++)
        most = t->count[i] > t->count[most] ? i : most;
    if (!q->choice_count || !t->count[most])
        return (str){ 0 };
    value_put_text(r->mem, words, "label", q->choices[most].label);
    value_put_dec(r->mem, words, "share", percent(t->count[most], question_base(q, t)));
    value_put_int(r->mem, words, "count", (int64_t)t->count[most]);
    value_put_int(r->mem, words, "n", (int64_t)question_base(q, t));
    return req_message(r, "survey.most", words);
}

/* ---- chart and table of the whole ---- */

static void put_chart(const struct req *r, struct value *map, const struct question *q,
                      const struct question_tally *t, const struct survey_said *said)
{
    struct chart_bar *bars = NEW(r->mem, struct chart_bar, q->choice_count + 1);
    const uint64_t base = question_base(q, t);
    const str sentence = said->has_share ? said->sentence[r->lang] : most_chosen(r, q, t);
    uint32_t n = 0;

    if (said->has_share)
        bars[n++] = (struct chart_bar){
            req_message(r, t->weighted.is_set ? "survey.yes_weighted" : "survey.yes_all", NULL),
            said->share,
            said->low,
            said->high,
            !said->is_whole,
            true
        };
    for (uint32_t i = 0; base && i < q->choice_count; i++)
        bars[n++] = (struct chart_bar){ .label = q->choices[i].label,
                                        .share = percent(t->count[i], base),
                                        .is_yes = q->choices[i].is_yes };
    value_put_text_or_null(r->mem, map, "summary", said->has_share ? (str){ 0 } : sentence);
    if (base)
        value_put_markup(r->mem, map, "chart", chart_bars(r->mem, bars, n, sentence).svg);
    else
        value_put_null(r->mem, map, "chart");
}

static void put_choices(const struct req *r, struct value *map, const struct question *q,
                        const struct question_tally *t)
{
    struct value *list = value_put_list(r->mem, map, "choices");

    for (uint32_t i = 0; i < q->choice_count; i++) {
        struct value *one = value_add_map(r->mem, list);

        value_put_text(r->mem, one, "label", q->choices[i].label);
        value_put_bool(r->mem, one, "is_yes", q->choices[i].is_yes);
        value_put_int(r->mem, one, "count", (int64_t)t->count[i]);
        value_put_dec(r->mem, one, "share", percent(t->count[i], question_base(q, t)));
    }
    value_put_int(r->mem, map, "asked", (int64_t)t->asked);
    value_put_int(r->mem, map, "no_answer", (int64_t)t->no_answer);
    value_put_int(r->mem, map, "base", (int64_t)question_base(q, t));
    value_put_bool(r->mem, map, "no_answer_in", q->no_answer_in);
}

/* ---- tables by attribute: of those who answered ---- */

/* One table, and what of it is hidden. */
struct shown_cross {
    const struct req *r;
    const struct question *q, *by;
    const struct question_tally *t;
    const struct cross_tally *c;
    uint32_t stride; /* groups that are counted */
    uint32_t groups; /* that are shown: without the last where nobody is in it */
    uint64_t *base;  /* [groups]: who answered */
    uint8_t *hidden; /* [(choices + 1) * groups] */
    struct cross table;
};

static str group_label(const struct shown_cross *x, uint32_t g)
{
    return g < x->by->choice_count ? x->by->choices[g].label
                                   : req_message(x->r, "survey.unknown", NULL);
}

static uint64_t cell(const struct shown_cross *x, uint32_t row, uint32_t group)
{
    return x->c->count[row * x->stride + group];
}

static void put_count(const struct req *r, struct value *map, uint64_t n, bool is_hidden)
{
    if (is_hidden)
        value_put_null(r->mem, map, "count");
    else
        value_put_int(r->mem, map, "count", (int64_t)n);
    value_put_bool(r->mem, map, "is_hidden", is_hidden);
}

/* What must not be shown. Who gave no answer is left out: so few people would hide the rest. */
static enum suppression hide(struct shown_cross *x, uint64_t small)
{
    const uint32_t rows = x->q->choice_count;
    uint64_t *count;

    x->stride = x->by->choice_count + 1;
    x->groups = x->c->base[x->by->choice_count] ? x->stride : x->stride - 1;
    x->base = NEW(x->r->mem, uint64_t, x->groups);
    x->hidden = NEW(x->r->mem, uint8_t, (size_t)(rows + 1) * x->groups);
    count = NEW(x->r->mem, uint64_t, (size_t)rows * x->groups);
    for (uint32_t g = 0; g < x->groups; g++) {
        x->base[g] = x->c->base[g] - cell(x, rows, g);
        for (uint32_t i = 0; i < rows; i++)
            count[i * x->groups + g] = cell(x, i, g);
    }
    x->table = (struct cross){ count, rows, x->groups, x->base, x->q->kind == QUESTION_SINGLE };
    return measure_suppress(x->r->mem, &x->table, small, x->hidden);
}

/* The table of the same attribute for another question; false when there is none. */
static bool cross_of(const struct req *r, const struct survey_stored *now, uint32_t question,
                     uint32_t attribute, struct shown_cross *out)
{
    const struct question_tally *t = &now->tally.questions[question];

    for (uint32_t k = 0; k < t->by_count; k++)
        if (t->by[k].attribute == attribute) {
            *out = (struct shown_cross){ .r = r,
                                         .q = &now->survey.questions[question],
                                         .by = &now->survey.questions[attribute],
                                         .t = t,
                                         .c = &t->by[k] };
            return true;
        }
    return false;
}

/* A filtered question's table is shown only where it tells nothing of what the tables of the
 * questions before it hide. */
static bool is_told_together(const struct shown_cross *x, const struct survey_stored *now)
{
    struct shown_cross before;

    return x->q->filter >= 0
           && cross_of(x->r, now, (uint32_t)x->q->filter, x->c->attribute, &before)
           && (hide(&before, now->survey.small) == SUPPRESSED_ALL
               || is_told_together(&before, now)
               || measure_tells_together(&before.table, before.hidden, x->q->filter_codes,
                                         &x->table, x->hidden));
}

static void put_row(const struct shown_cross *x, struct value *list, struct value *flat,
                    uint32_t i)
{
    struct value *row = value_add_map(x->r->mem, list), *cells;

    value_put_text(x->r->mem, row, "label", x->q->choices[i].label);
    value_put_int(x->r->mem, row, "total", (int64_t)x->t->count[i]);
    cells = value_put_list(x->r->mem, row, "cells");
    for (uint32_t g = 0; g < x->groups; g++) {
        const bool is_hidden = x->hidden[i * x->groups + g];
        struct value *line = value_add_map(x->r->mem, flat);

        put_count(x->r, value_add_map(x->r->mem, cells), cell(x, i, g), is_hidden);
        value_put_text(x->r->mem, line, "question", x->q->number);
        value_put_text(x->r->mem, line, "choice", x->q->choices[i].label);
        value_put_text(x->r->mem, line, "attribute", x->by->text);
        value_put_text(x->r->mem, line, "group", group_label(x, g));
        value_put_text(x->r->mem, line, "count",
                       is_hidden
                           ? STR("x")
                           : str_fmt(x->r->mem, "%llu", (unsigned long long)cell(x, i, g)));
    }
}

static void put_cross(struct shown_cross *x, struct value *list, struct value *flat,
                      const struct survey_stored *now)
{
    struct value *map = value_add_map(x->r->mem, list), *heads, *rows;
    const enum suppression own = hide(x, now->survey.small);
    const enum suppression s = is_told_together(x, now) ? SUPPRESSED_ALL : own;
    const uint32_t last = x->q->choice_count * x->groups;

    value_put_text(x->r->mem, map, "attribute", x->by->text);
    value_put_text(x->r->mem, map, "anchor",
                   str_fmt(x->r->mem, "%.*s-%.*s", STR_ARG(x->q->key), STR_ARG(x->by->key)));
    value_put_bool(x->r->mem, map, "is_withheld", s == SUPPRESSED_ALL);
    value_put_bool(x->r->mem, map, "is_partial", s == SUPPRESSED_SOME);
    heads = value_put_list(x->r->mem, map, "groups");
    rows = value_put_list(x->r->mem, map, "lines");
    value_put_int(x->r->mem, map, "total", (int64_t)(x->t->asked - x->t->no_answer));
    for (uint32_t g = 0; s != SUPPRESSED_ALL && g < x->groups; g++) {
        struct value *head = value_add_map(x->r->mem, heads);

        value_put_text(x->r->mem, head, "label", group_label(x, g));
        put_count(x->r, head, x->base[g], x->hidden[last + g]);
    }
    for (uint32_t i = 0; s != SUPPRESSED_ALL && i < x->q->choice_count; i++)
        put_row(x, rows, flat, i);
}

/* ---- the whole question ---- */

static void put_flat(const struct req *r, struct value *flat, const struct question *q,
                     const struct question_tally *t)
{
    for (uint32_t i = 0; i <= q->choice_count; i++) {
        struct value *line = value_add_map(r->mem, flat);
        const uint64_t n = i < q->choice_count ? t->count[i] : t->no_answer;

        value_put_text(r->mem, line, "question", q->number);
        value_put_text(r->mem, line, "choice",
                       i < q->choice_count ? q->choices[i].label
                                           : req_message(r, "survey.no_answer", NULL));
        value_put_text(r->mem, line, "attribute", STR(""));
        value_put_text(r->mem, line, "group", req_message(r, "survey.all", NULL));
        value_put_text(r->mem, line, "count", str_fmt(r->mem, "%llu", (unsigned long long)n));
    }
}

void survey_put_question(const struct req *r, struct value *map, struct value *flat,
                         const struct survey_shown *x, uint32_t question)
{
    const struct survey *s = &x->now->survey;
    const struct question *q = &s->questions[question];
    const struct question_tally *t = &x->now->tally.questions[question];
    const struct survey_counted now = { s, &x->now->tally },
                                before = { &x->before->survey, &x->before->tally };
    struct survey_said said;
    struct value *crosses;

    audit_survey_say(r->mem, &now, question, x->before->has_tally ? &before : NULL, &said);
    value_put_text(r->mem, map, "key", q->key);
    value_put_text(r->mem, map, "number", q->number);
    value_put_text(r->mem, map, "text", q->text);
    value_put_bool(r->mem, map, "is_multiple", q->kind == QUESTION_MULTIPLE);
    survey_put_filter(r, map, s, q);
    put_said(r, map, &said);
    put_chart(r, map, q, t, &said);
    put_choices(r, map, q, t);
    put_flat(r, flat, q, t);
    survey_put_uses(r, map, x, q);
    crosses = value_put_list(r->mem, map, "crosses");
    for (uint32_t k = 0; k < t->by_count; k++) {
        struct shown_cross c;

        if (cross_of(r, x->now, question, t->by[k].attribute, &c))
            put_cross(&c, crosses, flat, x->now);
    }
}
