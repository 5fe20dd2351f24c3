/* Records into tables. A plan's rows are those of the initiatives that its newest record lists;
 * an initiative that the list does not name keeps its records and has no rows. */
#include "store/voice_inner.h"
#include "store/entry_inner.h"
#include "store/work_inner.h"

#include <assert.h>
#include <stdlib.h>

#include "base/banned.h"

struct query query_at(const struct spot *s, enum sql statement)
{
    struct query q = query_on(s->c, statement);

    put_text(&q, s->organisation);
    put_int(&q, s->fiscal_year);
    return q;
}

struct query query_at_number(const struct spot *s, enum sql statement)
{
    struct query q = query_at(s, statement);

    put_int(&q, s->number);
    return q;
}

static bool drop(const struct spot *s, enum sql statement, struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, statement);

    return query_run(&q, e);
}

/* ---- paragraphs for the search ---- */

struct paragraphs {
    const struct spot *s;
    struct query *add;
    int64_t seq;
};

static bool paragraph_add(void *ctx, int64_t number, enum hit_kind kind, str text,
                          struct err *e)
{
    const struct paragraphs *p = ctx;

    query_again(p->add);
    put_int(p->add, paragraph_id(p->seq, number));
    put_text(p->add, p->s->organisation);
    put_int(p->add, p->s->fiscal_year);
    put_int(p->add, p->s->number);
    put_int(p->add, kind);
    put_text(p->add, text);
    return query_run(p->add, e);
}

/* Numbers the paragraphs of an initiative. */
struct visit {
    const struct initiative *i;
    paragraph_fn *visit;
    void *ctx;
    int64_t count;
};

static bool visit_one(struct visit *p, enum hit_kind kind, str text, struct err *e)
{
    if (!text.n)
        return true;
    if (p->count == PARAGRAPHS_MAX)
        return err_set(e, ERR_INPUT, "取組項目%dの項目が多すぎます(%d個まで)。", p->i->number,
                       (int)PARAGRAPHS_MAX);
    return p->visit(p->ctx, p->count++, kind, text, e);
}

/* What was reported in the very words of the plan is found by the plan's. */
static bool is_repeated(const struct initiative *i, const struct activity *report)
{
    return report->other >= 0 && str_eq(i->planned[report->other].text.v, report->text.v);
}

bool paragraphs_each(const struct initiative *i, paragraph_fn *visit, void *ctx, struct err *e)
{
    struct visit p = { i, visit, ctx, 0 };
    bool ok =
        visit_one(&p, HIT_TITLE, i->title.v, e) && visit_one(&p, HIT_PURPOSE, i->purpose.v, e);

    for (uint32_t k = 0; ok && k < i->outline_count; k++)
        ok = visit_one(&p, HIT_OUTLINE, i->outline[k].v, e);
    for (uint32_t k = 0; ok && k < i->indicator_count; k++) {
        const struct indicator *one = &i->indicators[k];

        ok = visit_one(&p, HIT_INDICATOR, one->goal.v.n ? one->goal.v : one->name.v, e);
    }
    for (uint32_t k = 0; ok && k < i->planned_count; k++)
        ok = visit_one(&p, HIT_ACTIVITY, i->planned[k].text.v, e);
    for (uint32_t k = 0; ok && k < i->reported_count; k++)
        ok = is_repeated(i, &i->reported[k])
             || visit_one(&p, HIT_REPORTED, i->reported[k].text.v, e);
    return ok && visit_one(&p, HIT_IMPROVEMENT, i->midyear.improvement.v, e)
           && visit_one(&p, HIT_IMPROVEMENT, i->evaluation.improvement.v, e);
}

/* A statement over the paragraphs of one record. */
static bool over_paragraphs(struct conn *c, enum sql statement, int64_t seq, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);

    put_int(&q, paragraph_id(seq, 0));
    put_int(&q, paragraph_id(seq, PARAGRAPHS_MAX - 1));
    return query_run(&q, e);
}

/* Each statement that touches the index makes it write out what it has gathered, so a batch is
 * indexed by one statement at its end: all from the first new record on. A record from before
 * (an initiative that a plan lists again) is indexed at once. */
static bool search_put(const struct spot *s, const struct initiative *i, int64_t seq,
                       struct err *e)
{
    AUTO(query_end) struct query add = query_on(s->c, Q_PARAGRAPH_ADD);
    struct paragraphs p = { s, &add, seq };

    if (!paragraphs_each(i, paragraph_add, &p, e))
        return false;
    if (s->c->without_index)
        return true;
    if (seq < s->c->first_new)
        return over_paragraphs(s->c, Q_SEARCH_INDEX_ADD, seq, e);
    s->c->is_pending = true;
    return true;
}

bool search_flush(struct conn *c, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SEARCH_INDEX_ADD);

    if (!c->is_pending)
        return true;
    c->is_pending = false;
    put_int(&q, paragraph_id(c->first_new, 0));
    put_int(&q, INT64_MAX);
    return query_run(&q, e);
}

static bool search_forget(const struct spot *s, int64_t seq, struct err *e)
{
    const bool is_indexed = !s->c->without_index && (!s->c->first_new || seq < s->c->first_new);

    return (!is_indexed || over_paragraphs(s->c, Q_SEARCH_INDEX_DROP, seq, e))
           && over_paragraphs(s->c, Q_PARAGRAPH_DROP, seq, e);
}

/* ---- initiatives ---- */

static str digits(struct arena *a, const struct amount *m)
{
    return m->is_set ? dec_str(a, m->value) : (str){ 0 };
}

static bool indicators_put(const struct spot *s, const struct initiative *i, struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_INDICATOR_ADD);

    for (uint32_t k = 0; k < i->indicator_count; k++) {
        const struct indicator *one = &i->indicators[k];

        query_again(&q);
        put_text(&q, s->organisation);
        put_int(&q, s->fiscal_year);
        put_int(&q, s->number);
        put_int(&q, k);
        put_text_or_null(&q, one->name.v);
        put_text(&q, indicator_key(s->a, one->name.v));
        put_text(&q, role_word(one->role));
        put_text_or_null(&q, comparison_word(one->comparison));
        put_text_or_null(&q, digits(s->a, &one->target));
        put_text_or_null(&q, digits(s->a, &one->baseline));
        put_text_or_null(&q, digits(s->a, &one->actual));
        put_text_or_null(&q, indicator_unit(one));
        put_text(&q, verdict_word(one->verdict));
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

/* One row: a planned activity, its report, or both. */
static bool activity_put(const struct spot *s, struct query *q, uint32_t position,
                         const struct activity *plan, const struct activity *report,
                         struct err *e)
{
    static const struct activity NOTHING = { 0 };
    const struct activity *p = plan ? plan : &NOTHING, *r = report ? report : &NOTHING;

    query_again(q);
    put_text(q, s->organisation);
    put_int(q, s->fiscal_year);
    put_int(q, s->number);
    put_int(q, position);
    put_text_or_null(q, p->text.v);
    put_text_or_null(q, digits(s->a, &p->quantity));
    put_text_or_null(q, p->quantity.unit);
    put_int(q, p->as_needed || r->as_needed);
    put_text_or_null(q, r->text.v);
    put_text_or_null(q, digits(s->a, &r->quantity));
    put_text_or_null(q, r->quantity.unit);
    return query_run(q, e);
}

static bool activities_put(const struct spot *s, const struct initiative *i, struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_ACTIVITY_ADD);
    uint32_t position = 0;

    for (uint32_t k = 0; k < i->planned_count; k++) {
        const struct activity *p = &i->planned[k];

        if (!activity_put(s, &q, position++, p, p->other < 0 ? NULL : &i->reported[p->other],
                          e))
            return false;
    }
    for (uint32_t k = 0; k < i->reported_count; k++)
        if (i->reported[k].other < 0
            && !activity_put(s, &q, position++, NULL, &i->reported[k], e))
            return false;
    return true;
}

bool goals_met(const struct initiative *i, bool *known)
{
    bool any = false, all = true;

    for (uint32_t k = 0; k < i->indicator_count; k++) {
        if (i->indicators[k].role != ROLE_MAIN)
            continue;
        if (i->indicators[k].verdict == VERDICT_NOT_MET)
            return *known = true, false;
        any = true;
        all = all && i->indicators[k].verdict == VERDICT_MET;
    }
    *known = any && all;
    return *known;
}

static void put_tally(struct query *q, const struct tally *t)
{
    put_int(q, t->indicators);
    put_int(q, t->with_result);
    put_int(q, t->by_verdict[VERDICT_MET]);
    put_int(q, t->by_verdict[VERDICT_NOT_MET]);
    put_int(q, t->by_verdict[VERDICT_CANNOT_TELL]);
    put_int(q, t->by_verdict[VERDICT_NOT_MEASURED]);
    put_int(q, t->by_verdict[VERDICT_NOT_MEASURABLE]);
}

static bool initiative_put(const struct spot *s, const struct value *tree, int64_t seq,
                           struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, Q_INITIATIVE_PUT);
    struct initiative i;
    struct tally tally = { 0 };
    bool known, met;

    if (!model_initiative_read(s->a, tree, &i, e))
        return false;
    model_tally(&i, &tally);
    met = goals_met(&i, &known);
    put_text_or_null(&q, i.title.v);
    if (known)
        put_int(&q, met);
    else
        put_null(&q);
    put_tally(&q, &tally);
    put_int(&q, seq);
    return query_run(&q, e) && indicators_put(s, &i, e) && activities_put(s, &i, e)
           && search_put(s, &i, seq, e);
}

static bool initiative_drop(const struct spot *s, int64_t seq, struct err *e)
{
    return search_forget(s, seq, e) && drop(s, Q_INDICATOR_DROP, e)
           && drop(s, Q_ACTIVITY_DROP, e) && drop(s, Q_INITIATIVE_DROP, e);
}

/* The seq of the record that the initiative's rows were made from, 0 = it has none. */
static bool initiative_shown(const struct spot *s, int64_t *seq, struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, Q_INITIATIVE_RECORD);

    return query_number(&q, seq, e);
}

static bool count_initiatives(const struct spot *s, struct err *e)
{
    AUTO(query_end) struct query q = query_at(s, Q_PLAN_COUNT);

    return query_run(&q, e);
}

/* A new record of an initiative that the plan lists already. */
static bool project_initiative(const struct spot *s, const struct record *r,
                               const struct value *tree, struct err *e)
{
    int64_t shown;

    if (!initiative_shown(s, &shown, e))
        return false;
    if (!shown)
        return true; /* the plan's record comes after it and lists it, or does not */
    return initiative_drop(s, shown, e) && initiative_put(s, tree, r->seq, e)
           && count_initiatives(s, e);
}

/* ---- plans ---- */

static bool plan_row_put(const struct spot *s, const struct value *tree, int64_t seq,
                         struct err *e)
{
    AUTO(query_end) struct query q = query_at(s, Q_PLAN_PUT);
    struct plan p;

    if (!model_plan_read(s->a, tree, &p, e))
        return false;
    put_text(&q, value_text(tree, "state"));
    put_text_or_null(&q, p.title.v);
    put_text_or_null(&q, p.form_id);
    put_hash(&q, &p.source_hash);
    put_text_or_null(&q, p.source_name);
    put_int(&q, seq);
    return query_run(&q, e);
}

static int by_number(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;

    return (*a > *b) - (*a < *b);
}

/* The numbers that a plan's record lists, ascending. */
static int64_t *listed_numbers(const struct spot *s, const struct value *tree, size_t *count)
{
    const struct value *list = value_get(tree, STR("numbers"));
    int64_t *numbers = NEW(s->a, int64_t, list ? list->count : 0);

    *count = 0;
    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        numbers[(*count)++] = v->number;
    qsort(numbers, *count, sizeof *numbers, by_number);
    return numbers;
}

/* Rows of initiatives that the plan does not list any more. */
static bool drop_unlisted(const struct spot *s, const int64_t *listed, size_t count,
                          struct err *e)
{
    struct gone {
        struct gone *next;
        int64_t number, seq;
    } *gone = NULL;
    bool is_row = true;

    {
        AUTO(query_end) struct query q = query_at(s, Q_INITIATIVE_RECORDS);

        while (query_step(&q, &is_row, e) && is_row) {
            const int64_t number = take_int(&q), seq = take_int(&q);

            if (bsearch(&number, listed, count, sizeof *listed, by_number))
                continue;
            struct gone *one = NEW(s->a, struct gone, 1);
            *one = (struct gone){ gone, number, seq };
            gone = one;
        }
    }
    for (; !is_row && gone; gone = gone->next) {
        struct spot at = *s;

        at.number = (int)gone->number;
        if (!initiative_drop(&at, gone->seq, e))
            return false;
    }
    return !is_row;
}

/* One listed initiative as its newest record has it; nothing to do when its rows say so. */
static bool show_listed(const struct spot *s, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct entity_ref ref = { s->organisation,
                                    entity_initiative(&mem, s->fiscal_year, s->number), 0 };
    struct spot at = *s;
    struct record r;
    struct value *tree;
    int64_t shown;

    at.a = &mem;
    if (!record_find(s->c, &mem, &ref, &r, e) || !initiative_shown(s, &shown, e))
        return false;
    if (!r.seq || r.seq == shown)
        return true;
    if (!body_tree(&mem, r.body, &tree, e) || (shown && !initiative_drop(&at, shown, e)))
        return false;
    return initiative_put(&at, tree, r.seq, e);
}

static bool project_plan(const struct spot *s, const struct record *r, const struct value *tree,
                         struct err *e)
{
    struct spot at = *s;
    size_t count;
    const int64_t *numbers = listed_numbers(s, tree, &count);

    if (!plan_row_put(s, tree, r->seq, e) || !drop_unlisted(s, numbers, count, e))
        return false;
    for (size_t i = 0; i < count; i++) {
        at.number = (int)numbers[i];
        if (!show_listed(&at, e))
            return false;
    }
    return count_initiatives(s, e);
}

/* ---- findings ---- */

static bool finding_put(const struct spot *s, struct query *q, uint32_t position,
                        const struct finding *f, struct err *e)
{
    query_again(q);
    put_text(q, s->organisation);
    put_int(q, s->fiscal_year);
    put_int(q, position);
    put_int(q, f->initiative);
    put_text(q, f->rule);
    put_text(q, severity_word(f->severity));
    put_text_or_null(q, f->subject);
    put_int(q, f->at.off);
    put_int(q, f->at.len);
    put_int(q, f->at.line);
    put_int(q, f->at.col);
    put_text(q, f->message[LANG_JA]);
    put_text(q, f->message[LANG_EN]);
    return query_run(q, e);
}

static bool count_findings(const struct spot *s, int64_t seq, struct err *e)
{
    AUTO(query_end) struct query q = query_at(s, Q_PLAN_COUNT_FINDINGS);

    put_int(&q, seq);
    return query_run(&q, e);
}

static bool project_findings(const struct spot *s, const struct record *r,
                             const struct value *tree, struct err *e)
{
    const struct value *list = value_get(tree, STR("findings"));
    uint32_t position = 0;

    {
        AUTO(query_end) struct query old = query_at(s, Q_FINDING_DROP);

        if (!query_run(&old, e))
            return false;
    }
    AUTO(query_end) struct query q = query_on(s->c, Q_FINDING_ADD);
    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        struct finding f;

        if (!model_finding_read(s->a, v, &f, e) || !finding_put(s, &q, position++, &f, e))
            return false;
    }
    return count_findings(s, r->seq, e);
}

/* ---- organisations and documents ---- */

static bool project_one(const struct spot *s, const struct record *r, const struct value *tree,
                        struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_ORGANISATION_PUT);
    const str name = value_text(tree, "name"), folded = text_fold(s->a, name);

    put_text(&q, s->organisation);
    put_text(&q, name);
    put_text(&q, value_text(tree, "kind"));
    put_text_or_null(&q, value_text(tree, "parent"));
    /* a blank between the two: folding leaves none in the name */
    put_text(&q, str_fmt(s->a, "%.*s %.*s", STR_ARG(folded), STR_ARG(s->organisation)));
    put_int(&q, r->seq);
    return query_run(&q, e);
}

static bool project_source(const struct spot *s, const struct record *r,
                           const struct value *tree, struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_SOURCE_PUT);
    struct hash hash;

    if (!hash_parse(value_text(tree, "source"), &hash))
        return err_set(e, ERR_INPUT, "記録の項目「source」の形が正しくありません。");
    put_text(&q, s->organisation);
    put_hash(&q, &hash);
    put_text(&q, value_text(tree, "name"));
    put_int(&q, r->seq);
    return query_run(&q, e);
}

static bool project_grant(const struct spot *s, const struct record *r,
                          const struct value *tree, struct err *e)
{
    return grant_project(s->c, r, tree, e);
}

/* What is read from its record alone has no table. */
static bool project_nothing(const struct spot *s, const struct record *r,
                            const struct value *tree, struct err *e)
{
    (void)s;
    (void)r;
    (void)tree;
    (void)e;
    return true;
}

/* ---- what the rest of the room calls ---- */

typedef bool project_kind(const struct spot *s, const struct record *r,
                          const struct value *tree, struct err *e);

/* In the order in which a whole organisation is projected: what is referred to comes first.
 * Initiatives come with the plan that lists them. */
static const struct {
    str kind;
    project_kind *project;
    bool comes_with_plan;
} KINDS[] = {
    { STR_INIT("organisation"), project_one, false },
    { STR_INIT("source"), project_source, false },
    { STR_INIT("plan"), project_plan, false },
    { STR_INIT("initiative"), project_initiative, true },
    { STR_INIT("findings"), project_findings, false },
    { STR_INIT("cycle"), project_cycle, false },
    { STR_INIT("sheet"), project_sheet, false },
    { STR_INIT("step"), project_step, false },
    { STR_INIT("answer"), project_finding_answer, false },
    { STR_INIT("commitment"), project_commitment, false },
    { STR_INIT("indicator"), project_catalogue, false },
    { STR_INIT("grant"), project_grant, false },
    { STR_INIT("survey"), project_survey, false },
    { STR_INIT("answers"), project_answers, false },
    { STR_INIT("areas"), project_areas, false },
    { STR_INIT("register"), project_book, false },
    { STR_INIT("ledger"), project_book, false },
    { STR_INIT("entries"), project_entries, false },
    { STR_INIT("binding"), project_binding, false },
    { STR_INIT("actual"), project_actual, false },
    { STR_INIT("voice"), project_voice, false },
    { STR_INIT("opinion"), project_opinion, false },
    { STR_INIT("erasure"), project_erasure, false },
    { STR_INIT("look"), project_bare, false },
    { STR_INIT("disclosure"), project_bare, false },
    { STR_INIT("hearing"), project_bare, false },
    { STR_INIT("council"), project_council, false },
    { STR_INIT("meeting"), project_meeting, false },
    { STR_INIT("declined"), project_nothing, false },
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

bool project_record(struct conn *c, struct arena *a, const struct record *r,
                    const struct value *tree, struct err *e)
{
    struct spot s = { c, a, r->organisation, 0, 0 };

    entity_parts(r->entity, &s.fiscal_year, &s.number);
    for (int i = 0; i < KIND_COUNT; i++)
        if (str_eq(KINDS[i].kind, r->kind))
            return KINDS[i].project(&s, r, tree, e);
    return err_set(e, ERR_INPUT, "知らない種類の記録です: %.*s", STR_ARG(r->kind));
}

static bool project_newest(struct conn *c, str organisation, str entity, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct entity_ref ref = { organisation, entity, 0 };
    struct record r;
    struct value *tree;

    if (!record_find(c, &mem, &ref, &r, e))
        return false;
    assert(r.seq); /* its name came from the records */
    return body_tree(&mem, r.body, &tree, e) && project_record(c, &mem, &r, tree, e);
}

/* The entities of one kind. Their names are gathered first: projecting runs other statements.
 */
static bool project_all_of(struct conn *c, str organisation, str kind, struct err *e)
{
    struct name {
        struct name *next;
        str entity;
    } *first = NULL, **last = &first;
    AUTO(arena_done) struct arena mem = { 0 };
    bool is_row = true;

    {
        AUTO(query_end) struct query q = query_on(c, Q_RECORD_ENTITIES);

        put_text(&q, organisation);
        put_text(&q, kind);
        while (query_step(&q, &is_row, e) && is_row) {
            *last = NEW(&mem, struct name, 1);
            (*last)->entity = take_text(&q, &mem);
            last = &(*last)->next;
        }
    }
    for (; !is_row && first; first = first->next)
        if (!project_newest(c, organisation, first->entity, e))
            return false;
    return !is_row;
}

static bool project_log(struct conn *c, str organisation, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_LEAVES);
    struct log log = { 0 };
    bool is_row = true;

    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        merkle_add(&log.tree, take_hash(&q));
        log.at_ms = take_int(&q);
    }
    return !is_row && log_save(c, organisation, &log, e);
}

bool project_organisation(struct conn *c, str organisation, struct err *e)
{
    for (int i = 0; i < KIND_COUNT; i++)
        if (!KINDS[i].comes_with_plan && !project_all_of(c, organisation, KINDS[i].kind, e))
            return false;
    return project_log(c, organisation, e);
}

bool project_clear(struct conn *c, struct err *e)
{
    static const enum sql CLEAR[] = {
        Q_VOICE_INDEX_CLEAR, Q_VOICE_WORDS_CLEAR,    Q_OPINION_CLEAR,
        Q_VOICE_WAIT_CLEAR,  Q_VOICE_ANSWER_CLEAR,   Q_VOICE_ERASURE_CLEAR,
        Q_VOICE_TURN_CLEAR,  Q_VOICE_LINK_CLEAR,     Q_VOICE_COUNT_CLEAR,
        Q_VOICE_TERM_CLEAR,  Q_VOICE_FACET_CLEAR,    Q_VOICE_CLEAR,
        Q_MEETING_CLEAR,     Q_ACTUAL_CLEAR,         Q_BINDING_CLEAR,
        Q_AREA_CLEAR,        Q_CELL_CLEAR,           Q_ENTRY_CLEAR,
        Q_BATCH_CLEAR,       Q_BOOK_CLEAR,           Q_GRANT_CLEAR,
        Q_SURVEY_CLEAR,      Q_SURVEY_ANSWERS_CLEAR, Q_CYCLE_CLEAR,
        Q_SHEET_CLEAR,       Q_SHEET_STEP_CLEAR,     Q_FINDING_ANSWER_CLEAR,
        Q_COMMITMENT_CLEAR,  Q_CATALOGUE_CLEAR,      Q_SEARCH_INDEX_CLEAR,
        Q_PARAGRAPH_CLEAR,   Q_FINDING_CLEAR,        Q_ACTIVITY_CLEAR,
        Q_INDICATOR_CLEAR,   Q_INITIATIVE_CLEAR,     Q_PLAN_CLEAR,
        Q_SOURCE_CLEAR,      Q_ORGANISATION_CLEAR,   Q_LOG_CLEAR,
    };

    for (size_t i = 0; i < sizeof CLEAR / sizeof *CLEAR; i++) {
        AUTO(query_end) struct query q = query_on(c, CLEAR[i]);

        if (!query_run(&q, e))
            return false;
    }
    return true;
}
