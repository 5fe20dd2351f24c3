/* Answering a survey by an invitation code: one answer for a code, no personal data. Free text
 * is not asked here, since people write names into it.
 *
 * Works without script. Whom a question is put to is decided here, on the way: the form begins
 * with the questions for everybody; when what was chosen opens more of them, it is shown again
 * with those; then everything is shown once to be confirmed, and only then kept. What was
 * chosen for a question that is not (any more) asked is left out. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/survey_part.h"

#include "base/banned.h"

/* clang-format off */
const struct field SURVEY_ANSWER_FIELDS[] = {
    { "code", INPUT_LINE, 60, true, { "招待コード", "Invitation code" } },
    { "do", INPUT_LINE, 10, false, { "すること", "What to do" } },
    { "q.*", INPUT_LINE, 2, false, { "回答", "Answer" } },
    { "c.*", INPUT_FLAG, 0, false, { "回答", "Answer" } },
    { "s.*", INPUT_FLAG, 0, false, { "問", "Question" } },
    { 0 },
};
/* clang-format on */

struct answering {
    struct req *r;
    struct value *page;
    struct survey_ref ref;
    struct survey_work work;
    const struct survey *survey;
    uint64_t *chosen; /* of each question that is asked: a bit for each choice */
    bool *is_asked;   /* of each question, by what was chosen before it */
};

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

static bool answering_load(struct answering *x, struct err *e)
{
    x->ref = (struct survey_ref){ req_param(x->r, "org"), req_param(x->r, "survey"), 0 };
    if (!store_survey_work(x->r->db, x->r->mem, &x->ref, &x->work, e))
        return false;
    if (!x->work.is_public && !x->work.invited) /* still being written */
        return err_set(e, ERR_NOT_FOUND, "アンケート「%.*s」は登録されていません。",
                       STR_ARG(x->ref.key));
    x->survey = &x->work.stored.survey;
    x->chosen = NEW(x->r->mem, uint64_t, x->survey->question_count);
    x->is_asked = NEW(x->r->mem, bool, x->survey->question_count);
    for (uint32_t i = 0; i < x->survey->question_count; i++) {
        const struct question *q = &x->survey->questions[i];

        x->is_asked[i] = q->kind != QUESTION_TEXT
                         && (q->filter < 0 || (x->chosen[q->filter] & q->filter_codes));
        x->chosen[i] = x->is_asked[i] ? chosen(x->r, q) : 0;
    }
    return true;
}

static int day_number(date d)
{
    return d.year * 372 + d.month * 31 + d.day;
}

/* Not closed, and today lies within the days of the survey, where it has any. */
static bool is_open(const struct answering *x)
{
    const struct survey *s = x->survey;
    struct buf now;
    date today;

    buf_init(&now, x->r->mem, 40, 40);
    instant_put(&now, x->r->now_ms);
    if (s->is_closed || !date_parse(str_take(buf_str(&now), 10), &today))
        return false;
    return (!s->from.year || day_number(today) >= day_number(s->from))
           && (!s->to.year || day_number(today) <= day_number(s->to));
}

/* ---- the page ---- */

static void put_choice(const struct answering *x, struct value *list, uint32_t at, uint32_t k)
{
    struct arena *a = x->r->mem;
    const struct question *q = &x->survey->questions[at];
    const bool is_multiple = q->kind == QUESTION_MULTIPLE;
    struct value *c = value_add_map(a, list);

    value_put_bool(a, c, "is_multiple", is_multiple);
    value_put_text(a, c, "id", str_fmt(a, "a-%.*s-%u", STR_ARG(q->key), k));
    value_put_text(a, c, "name",
                   is_multiple ? str_fmt(a, "c.%.*s-%u", STR_ARG(q->key), k)
                               : str_fmt(a, "q.%.*s", STR_ARG(q->key)));
    value_put_text(a, c, "value", is_multiple ? STR("1") : str_fmt(a, "%u", k));
    value_put_text(a, c, "label", q->choices[k].label);
    value_put_bool(a, c, "is_chosen", x->chosen[at] >> k & 1);
}

static void put_question(const struct answering *x, struct value *list, uint32_t at)
{
    struct arena *a = x->r->mem;
    const struct question *q = &x->survey->questions[at];
    struct value *v = value_add_map(a, list), *choices;
    const str fault = req_fault_of(x->r, str_fmt(a, "s.%.*s", STR_ARG(q->key)));

    value_put_text(a, v, "key", q->key);
    value_put_text(a, v, "number", q->number);
    value_put_text(a, v, "text", q->text);
    value_put_text_or_null(a, v, "error", fault);
    value_put_bool(a, v, "is_silent", !x->chosen[at]);
    if (q->answers_max)
        value_put_int(a, v, "answers_max", q->answers_max);
    else
        value_put_null(a, v, "answers_max");
    survey_put_filter(x->r, v, x->survey, q);
    choices = value_put_list(a, v, "choices");
    for (uint32_t k = 0; k < q->choice_count; k++)
        put_choice(x, choices, at, k);
}

static bool answering_put(struct answering *x, bool is_confirm, bool has_more, struct err *e)
{
    struct req *r = x->r;
    struct value *list = value_put_list(r->mem, x->page, "questions");
    struct organisation o;

    if (!store_organisation(r->db, r->mem, x->ref.organisation, &o, e))
        return false;
    page_title(r, x->page, x->survey->title);
    part_crumb_organisation(r, x->page, o.key, o.name);
    page_crumb(r, x->page, req_message(r, "survey.list", NULL),
               req_url(r, "/o/%.*s/surveys", STR_ARG(o.key)));
    value_put_text(r->mem, x->page, "title", x->survey->title);
    value_put_bool(r->mem, x->page, "is_open", is_open(x));
    value_put_bool(r->mem, x->page, "is_done", req_query(r, "done").n > 0);
    value_put_bool(r->mem, x->page, "is_confirm", is_confirm);
    value_put_bool(r->mem, x->page, "has_more", has_more);
    value_put_text(r->mem, x->page, "form_url",
                   req_url(r, "/o/%.*s/surveys/%.*s/answer", STR_ARG(o.key),
                           STR_ARG(x->survey->key)));
    page_field(r, x->page, "code", (str){ 0 });
    for (uint32_t i = 0; i < x->survey->question_count; i++)
        if (x->is_asked[i])
            put_question(x, list, i);
    return true;
}

bool page_survey_answer(struct req *r, struct value *page, struct err *e)
{
    struct answering x = { .r = r, .page = page };

    return answering_load(&x, e) && answering_put(&x, false, false, e);
}

/* ---- what was sent ---- */

static uint32_t count_of(uint64_t set)
{
    uint32_t n = 0;

    for (; set; set &= set - 1)
        n++;
    return n;
}

/* Faults of what was chosen; true when a question is asked now that the form did not show. */
static bool check(struct answering *x)
{
    bool has_more = false;

    for (uint32_t i = 0; i < x->survey->question_count; i++) {
        const struct question *q = &x->survey->questions[i];
        const str name = str_fmt(x->r->mem, "s.%.*s", STR_ARG(q->key));
        struct value *words = value_map(x->r->mem);

        if (!x->is_asked[i])
            continue;
        has_more = has_more || !req_field_fmt(x->r, "s.%.*s", STR_ARG(q->key)).n;
        if (!q->answers_max || count_of(x->chosen[i]) <= q->answers_max)
            continue;
        value_put_text(x->r->mem, words, "number", q->number);
        value_put_int(x->r->mem, words, "most", q->answers_max);
        req_fault(x->r, name, req_message(x->r, "answer.too_many", words));
    }
    return has_more;
}

/* The answer as it is kept: the codes of what was chosen, by the question's key. */
static str reply_body(const struct answering *x)
{
    struct arena *a = x->r->mem;
    struct value *v = value_map(a);
    struct buf b;

    for (uint32_t i = 0; i < x->survey->question_count; i++) {
        const struct question *q = &x->survey->questions[i];
        struct value *list = x->chosen[i] ? value_put_list(a, v, str_c(a, q->key)) : NULL;

        for (uint32_t k = 0; k < q->choice_count && list; k++)
            if (x->chosen[i] >> k & 1)
                value_add_text(a, list, q->choices[k].code);
    }
    buf_init(&b, a, 1024, LIMIT_TEXT_BYTES);
    json_put_canonical(&b, v);
    return buf_str(&b);
}

/* A code that cannot answer is a sentence beside its field. */
static bool refused(struct answering *x, struct outcome *out, struct err *e)
{
    if (e->code != ERR_NOT_FOUND && e->code != ERR_CONFLICT && e->code != ERR_DENIED)
        return false;
    req_fault(x->r, STR("code"), str_dup(x->r->mem, str_from(e->text)));
    out->status = e->code == ERR_CONFLICT ? 409 : e->code == ERR_DENIED ? 429 : 422;
    return answering_put(x, false, false, e);
}

bool act_survey_answer(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct answering x = { .r = r, .page = page };
    const struct survey_code code = { req_field(r, "code"), r->address, r->now_ms };
    bool has_more;

    if (!answering_load(&x, e))
        return false;
    if (req_is_fine(r) && !is_open(&x))
        req_fault(r, (str){ 0 }, req_message(r, "answer.closed", NULL));
    has_more = check(&x);
    if (!req_is_fine(r))
        return answering_put(&x, false, false, e);
    if (!str_eq(req_field(r, "do"), STR("send")) || has_more) {
        if (!store_survey_code(r->db, &x.ref, &code, e))
            return refused(&x, out, e);
        return answering_put(&x, !has_more && !str_eq(req_field(r, "do"), STR("edit")),
                             has_more, e);
    }
    if (!store_survey_reply(r->db, &x.ref, &code, reply_body(&x), e))
        return refused(&x, out, e);
    out->location = req_url_with(r,
                                 req_url(r, "/o/%.*s/surveys/%.*s/answer",
                                         STR_ARG(x.ref.organisation), STR_ARG(x.ref.key)),
                                 "done", STR("1"));
    return true;
}
