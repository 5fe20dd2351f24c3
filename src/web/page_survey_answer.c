/* Answering a survey by an invitation code: one answer for a code, no personal data. Free text
 * is not asked here, since people write names into it. Works without script. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/survey_part.h"

#include "base/banned.h"

/* clang-format off */
const struct field SURVEY_ANSWER_FIELDS[] = {
    { "code", INPUT_LINE, 60, true, { "招待コード", "Invitation code" } },
    { "q.*", INPUT_LINE, 2, false, { "回答", "Answer" } },
    { "c.*", INPUT_FLAG, 0, false, { "回答", "Answer" } },
    { 0 },
};
/* clang-format on */

struct answering {
    struct req *r;
    struct value *page;
    struct survey_ref ref;
    struct survey_stored stored;
};

static bool answering_load(struct answering *x, struct err *e)
{
    x->ref = (struct survey_ref){ req_param(x->r, "org"), req_param(x->r, "survey"), 0 };
    return store_survey(x->r->db, x->r->mem, &x->ref, &x->stored, e);
}

static int day_number(date d)
{
    return d.year * 372 + d.month * 31 + d.day;
}

/* Today lies within the days of the survey, where it has any. */
static bool is_open(const struct answering *x)
{
    const struct survey *s = &x->stored.survey;
    struct buf now;
    date today;

    buf_init(&now, x->r->mem, 40, 40);
    instant_put(&now, x->r->now_ms);
    if (!date_parse(str_take(buf_str(&now), 10), &today))
        return false;
    return (!s->from.year || day_number(today) >= day_number(s->from))
           && (!s->to.year || day_number(today) <= day_number(s->to));
}

/* What was chosen: a bit for each choice. */
static uint64_t chosen(const struct req *r, const struct question *q)
{
    uint64_t set = 0;

    if (!r->form)
        return 0;
    for (uint32_t k = 0; k < q->choice_count; k++) {
        const bool is_one =
            q->kind == QUESTION_MULTIPLE
                ? req_field_fmt(r, "c.%.*s-%u", STR_ARG(q->key), k).n > 0
                : str_eq(req_field_fmt(r, "q.%.*s", STR_ARG(q->key)), str_fmt(r->mem, "%u", k));

        set |= (uint64_t)is_one << k;
    }
    return set;
}

static void put_question(const struct answering *x, struct value *list,
                         const struct question *q)
{
    struct arena *a = x->r->mem;
    struct value *v = value_add_map(a, list), *choices;
    const uint64_t set = chosen(x->r, q);
    const bool is_multiple = q->kind == QUESTION_MULTIPLE;

    value_put_text(a, v, "number", q->number);
    value_put_text(a, v, "text", q->text);
    survey_put_filter(x->r, v, &x->stored.survey, q);
    choices = value_put_list(a, v, "choices");
    for (uint32_t k = 0; k < q->choice_count; k++) {
        struct value *c = value_add_map(a, choices);

        value_put_bool(a, c, "is_multiple", is_multiple);
        value_put_text(a, c, "id", str_fmt(a, "a-%.*s-%u", STR_ARG(q->key), k));
        value_put_text(a, c, "name",
                       is_multiple ? str_fmt(a, "c.%.*s-%u", STR_ARG(q->key), k)
                                   : str_fmt(a, "q.%.*s", STR_ARG(q->key)));
        value_put_text(a, c, "value", is_multiple ? STR("1") : str_fmt(a, "%u", k));
        value_put_text(a, c, "label", q->choices[k].label);
        value_put_bool(a, c, "is_chosen", set >> k & 1);
    }
}

static bool answering_put(struct answering *x, struct err *e)
{
    struct req *r = x->r;
    const struct survey *s = &x->stored.survey;
    struct value *list = value_put_list(r->mem, x->page, "questions");
    struct organisation o;

    if (!store_organisation(r->db, r->mem, x->ref.organisation, &o, e))
        return false;
    page_title(r, x->page, s->title);
    part_crumb_organisation(r, x->page, o.key, o.name);
    page_crumb(r, x->page, req_message(r, "survey.list", NULL),
               req_url(r, "/o/%.*s/surveys", STR_ARG(o.key)));
    value_put_text(r->mem, x->page, "title", s->title);
    value_put_bool(r->mem, x->page, "is_open", is_open(x));
    value_put_bool(r->mem, x->page, "is_done", req_query(r, "done").n > 0);
    value_put_text(r->mem, x->page, "form_url",
                   req_url(r, "/o/%.*s/surveys/%.*s/answer", STR_ARG(o.key), STR_ARG(s->key)));
    page_field(r, x->page, "code", (str){ 0 });
    for (uint32_t i = 0; i < s->question_count; i++)
        if (s->questions[i].kind != QUESTION_TEXT)
            put_question(x, list, &s->questions[i]);
    return true;
}

bool page_survey_answer(struct req *r, struct value *page, struct err *e)
{
    struct answering x = { .r = r, .page = page };

    return answering_load(&x, e) && answering_put(&x, e);
}

/* The answer as it is kept: the codes of what was chosen, by the question's key. */
static str reply_body(const struct answering *x)
{
    struct arena *a = x->r->mem;
    struct value *v = value_map(a);
    struct buf b;

    for (uint32_t i = 0; i < x->stored.survey.question_count; i++) {
        const struct question *q = &x->stored.survey.questions[i];
        const uint64_t set = q->kind == QUESTION_TEXT ? 0 : chosen(x->r, q);
        struct value *list = set ? value_put_list(a, v, str_c(a, q->key)) : NULL;

        for (uint32_t k = 0; k < q->choice_count && set; k++)
            if (set >> k & 1)
                value_add_text(a, list, q->choices[k].code);
    }
    buf_init(&b, a, 1024, LIMIT_TEXT_BYTES);
    json_put_canonical(&b, v);
    return buf_str(&b);
}

bool act_survey_answer(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct answering x = { .r = r, .page = page };

    if (!answering_load(&x, e))
        return false;
    if (req_is_fine(r) && !is_open(&x))
        req_fault(r, (str){ 0 }, req_message(r, "answer.closed", NULL));
    if (!req_is_fine(r))
        return answering_put(&x, e);
    if (store_survey_reply(r->db, &x.ref, req_field(r, "code"), reply_body(&x), e)) {
        out->location = req_url_with(r,
                                     req_url(r, "/o/%.*s/surveys/%.*s/answer",
                                             STR_ARG(x.ref.organisation), STR_ARG(x.ref.key)),
                                     "done", STR("1"));
        return true;
    }
    if (e->code != ERR_NOT_FOUND && e->code != ERR_CONFLICT)
        return false;
    req_fault(r, STR("code"), str_dup(r->mem, str_from(e->text)));
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    return answering_put(&x, e);
}
