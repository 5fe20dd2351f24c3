/* Surveys of an organisation, and one of them: what do we really know? The sentence that the
 * design allows stands first, then question by question, then what was asked and of whom. */
#include "web/actual_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/survey_incoming.h"
#include "web/survey_part.h"

#include "base/banned.h"

/* ---- the list ---- */

static bool put_survey_rows(struct req *r, struct value *page, str org, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "surveys");
    struct survey_rows rows;

    if (!store_surveys(r->db, r->mem, org, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct survey_row *row = &rows.rows[i];
        struct value *v = value_add_map(r->mem, list);

        value_put_text(r->mem, v, "key", row->key);
        value_put_text(r->mem, v, "title", row->title);
        part_put_year(r, v, row->fiscal_year);
        value_put_int(r->mem, v, "answers", (int64_t)row->rows);
        value_put_text(r->mem, v, "url",
                       req_url(r, "/o/%.*s/surveys/%.*s", STR_ARG(org), STR_ARG(row->key)));
    }
    value_put_bool(r->mem, page, "has_surveys", rows.count > 0);
    return true;
}

bool page_surveys(struct req *r, struct value *page, struct err *e)
{
    const str org = req_param(r, "org");
    struct organisation o;

    if (!store_organisation(r->db, r->mem, org, &o, e))
        return false;
    part_crumb_organisation(r, page, org, o.name);
    part_put_organisation(r, page, org, o.name);
    return put_survey_rows(r, page, org, e);
}

/* ---- one survey ---- */

struct survey_view {
    struct req *r;
    struct value *page;
    str org;
    struct survey_stored now, before;
    const struct value *bound; /* indicators that it feeds */
};

static bool result_load(struct survey_view *x, struct err *e)
{
    const struct survey_ref ref = { x->org, req_param(x->r, "survey"), x->r->at };
    const struct survey_ref last = { x->org, { 0 }, x->r->at };
    struct survey_ref before = last;

    if (!store_survey(x->r->db, x->r->mem, &ref, &x->now, e))
        return false;
    before.key = x->now.survey.previous;
    if (before.key.n && !store_survey(x->r->db, x->r->mem, &before, &x->before, e)) {
        x->before = (struct survey_stored){ 0 };
        return e->code == ERR_NOT_FOUND;
    }
    return true;
}

static void put_count_or_null(const struct survey_view *x, const char *key, uint64_t n)
{
    if (n)
        value_put_int(x->r->mem, x->page, key, (int64_t)n);
    else
        value_put_null(x->r->mem, x->page, key);
}

static str day_str(struct arena *a, date d)
{
    struct buf b;

    buf_init(&b, a, 16, 16);
    if (d.year)
        date_put(&b, d);
    return buf_str(&b);
}

/* Of whom, how, when: what a reader has to know before any figure. */
static void put_facts(const struct survey_view *x)
{
    const struct survey *s = &x->now.survey;
    struct arena *a = x->r->mem;
    const uint64_t rows = x->now.has_tally ? x->now.tally.rows : 0;

    value_put_text(a, x->page, "title", s->title);
    part_put_year(x->r, x->page, s->fiscal_year);
    value_put_text(a, x->page, "population", s->population);
    put_count_or_null(x, "population_size", s->population_size);
    value_put_text(a, x->page, "sampling", sampling_word(s->sampling));
    value_put_text_or_null(a, x->page, "method", s->method);
    put_count_or_null(x, "sent", s->sent);
    value_put_int(a, x->page, "answers", (int64_t)rows);
    value_put_bool(a, x->page, "has_answers", x->now.has_tally);
    if (s->sent)
        value_put_dec(a, x->page, "return_rate",
                      (dec){ (int64_t)((rows * 2000 + s->sent) / (2 * s->sent)), 1 });
    else
        value_put_null(a, x->page, "return_rate");
    value_put_text_or_null(a, x->page, "from", day_str(a, s->from));
    value_put_text_or_null(a, x->page, "to", day_str(a, s->to));
    value_put_int(a, x->page, "small", (int64_t)s->small);
    value_put_text_or_null(a, x->page, "margin_source", s->margin_source);
    value_put_text_or_null(a, x->page, "previous",
                           x->before.has_tally ? x->before.survey.title : (str){ 0 });
    value_put_text_or_null(a, x->page, "previous_url",
                           x->before.has_tally
                               ? req_url(x->r, "/o/%.*s/surveys/%.*s", STR_ARG(x->org),
                                         STR_ARG(x->before.survey.key))
                               : (str){ 0 });
}

/* The first share of the survey leads. */
static void put_lead(const struct survey_view *x, const struct value *questions)
{
    const struct value *q = questions->first;

    while (q && !value_text(q, "sentence").n)
        q = q->next;
    value_put_text_or_null(x->r->mem, x->page, "lead", value_text(q, "sentence"));
    value_put_text_or_null(x->r->mem, x->page, "lead_caution", value_text(q, "caution"));
}

static void put_questions(const struct survey_view *x)
{
    const struct survey_shown shown = { x->org, &x->now, &x->before, x->bound };
    const struct survey *s = &x->now.survey;
    struct value *list = value_put_list(x->r->mem, x->page, "questions");
    struct value *flat = value_put_list(x->r->mem, x->page, "rows");

    for (uint32_t i = 0; x->now.has_tally && i < s->question_count; i++)
        if (s->questions[i].kind != QUESTION_TEXT && !s->questions[i].is_attribute)
            survey_put_question(x->r, value_add_map(x->r->mem, list), flat, &shown, i);
    put_lead(x, list);
}

/* The questionnaire as it was asked. */
static void put_form(const struct survey_view *x)
{
    const struct survey *s = &x->now.survey;
    struct value *list = value_put_list(x->r->mem, x->page, "form");

    for (uint32_t i = 0; i < s->question_count; i++) {
        const struct question *q = &s->questions[i];
        struct value *v = value_add_map(x->r->mem, list), *choices;

        value_put_text(x->r->mem, v, "number", q->number);
        value_put_text(x->r->mem, v, "text", q->text);
        survey_put_filter(x->r, v, s, q);
        choices = value_put_list(x->r->mem, v, "choices");
        for (uint32_t k = 0; k < q->choice_count; k++) {
            struct value *c = value_add_map(x->r->mem, choices);

            value_put_text(x->r->mem, c, "label", q->choices[k].label);
            value_put_bool(x->r->mem, c, "is_yes", q->choices[k].is_yes);
        }
    }
}

static bool put_result(struct survey_view *x, const struct organisation *o, struct err *e)
{
    const str evidence = str_fmt(x->r->mem, "survey/%.*s", STR_ARG(x->now.survey.key));

    if (!actual_put_uses(x->r, x->page, x->org, evidence, e))
        return false;
    x->bound = value_get(x->page, STR("uses"));
    page_title(x->r, x->page, x->now.survey.title);
    part_put_organisation(x->r, x->page, x->org, o->name);
    put_facts(x);
    put_questions(x);
    put_form(x);
    return true;
}

bool page_survey(struct req *r, struct value *page, struct err *e)
{
    struct survey_view x = { .r = r, .page = page, .org = req_param(r, "org") };
    struct organisation o;

    if (!store_organisation(r->db, r->mem, x.org, &o, e) || !result_load(&x, e))
        return false;
    part_crumb_organisation(r, page, x.org, o.name);
    page_crumb(r, page, req_message(r, "survey.list", NULL),
               req_url(r, "/o/%.*s/surveys", STR_ARG(x.org)));
    page_record(r, page, x.now.has_tally ? x.now.answers : x.now.record,
                x.now.has_tally ? x.now.answered_ms : x.now.at_ms);
    value_put_null(r->mem, page, "desk_url");
    return put_result(&x, &o, e);
}

bool page_survey_preview(struct req *r, struct value *page, struct err *e)
{
    struct survey_view x = { .r = r, .page = page, .org = req_param(r, "org") };
    struct survey_incoming *in = NEW(r->mem, struct survey_incoming, 1);
    struct organisation o;

    if (!staff_put_organisation(r, page, &o, e) || !survey_incoming_load(r, in, e))
        return false;
    x.now = in->work.stored;
    x.before = in->before;
    page_crumb(r, page, o.name, req_url(r, "/w/%.*s", STR_ARG(o.key)));
    page_crumb(r, page, req_message(r, "survey.list", NULL),
               req_url(r, "/w/%.*s/surveys", STR_ARG(o.key)));
    value_put_text(r->mem, page, "desk_url",
                   req_url(r, "/w/%.*s/surveys/%.*s", STR_ARG(o.key), STR_ARG(in->ref.key)));
    return put_result(&x, &o, e);
}
