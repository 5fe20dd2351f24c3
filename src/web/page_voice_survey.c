/* What people wrote into a survey, taken in as voices: one decision for each open question. The
 * comments are read from the file of answers, which no page hands out; each row is one voice,
 * however often it is asked for. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/voice_view.h"

#include "base/banned.h"
#include "ingest/ingest.h"

/* clang-format off */
const struct field VOICE_SURVEY_FIELDS[] = {
    { "survey", INPUT_LINE, 40, true, { "アンケート", "Survey" } },
    { "question", INPUT_LINE, 80, true, { "問い", "Question" } },
    { 0 },
};
/* clang-format on */

/* The comments on one open question, in the order of the file. */
struct comments {
    struct survey_stored *survey;
    const struct question *question;
    str *texts;
    uint32_t *rows; /* 1-based, of the file */
    uint32_t count;
};

/* The column of the question: by its heading, its number or its text. */
static int column_of(struct arena *a, const struct table *t, uint32_t row,
                     const struct question *q)
{
    const str names[] = { text_fold(a, q->column), text_fold(a, q->number),
                          text_fold(a, q->text) };

    for (uint32_t c = 0; c < t->rows[row].count; c++) {
        const str heading = text_fold(a, t->rows[row].cells[c]);

        for (size_t i = 0; heading.n && i < sizeof names / sizeof *names; i++)
            if (str_eq(heading, names[i]))
                return (int)c;
    }
    return -1;
}

static bool is_nothing(struct arena *a, str cell)
{
    const str folded = text_fold(a, cell);

    return !folded.n || str_eq(folded, STR("-")) || str_eq(folded, STR("無回答"))
           || str_eq(folded, STR("なし")) || str_eq(folded, STR("特になし"));
}

static void comments_of(struct arena *a, const struct table *t, struct comments *out)
{
    enum { HEADINGS_WITHIN = 12 };
    int column = -1;
    uint32_t row = 0;

    for (; row < t->count && row < HEADINGS_WITHIN && column < 0; row++)
        column = column_of(a, t, row, out->question);
    out->texts = NEW(a, str, t->count);
    out->rows = NEW(a, uint32_t, t->count);
    for (; column >= 0 && row < t->count; row++) {
        const struct table_row *cells = &t->rows[row];

        if ((uint32_t)column >= cells->count || is_nothing(a, cells->cells[column]))
            continue;
        out->texts[out->count] = cells->cells[column];
        out->rows[out->count++] = row + 1;
    }
}

/* None when the survey has no file yet. */
static bool comments_load(struct req *r, struct comments *out, struct err *e)
{
    struct table table;
    str bytes;

    out->count = 0;
    if (hash_is_zero(out->survey->file))
        return true;
    if (!store_survey_file(r->db, r->mem, out->survey, &bytes, e)
        || !ingest_table(r->mem, out->survey->survey.title, bytes, &table, e))
        return false;
    comments_of(r->mem, &table, out);
    return true;
}

/* ---- the page ---- */

static bool put_survey(struct hearing_view *v, struct value *list, const struct survey_row *row,
                       struct err *e)
{
    struct req *r = v->r;
    const struct survey_ref ref = { v->ward.key, row->key, 0 };
    struct comments c = { .survey = NEW(r->mem, struct survey_stored, 1) };

    if (!store_survey(r->db, r->mem, &ref, c.survey, e))
        return false;
    for (uint32_t i = 0; i < c.survey->survey.question_count; i++) {
        struct value *m, *words = value_map(r->mem);

        c.question = &c.survey->survey.questions[i];
        if (c.question->kind != QUESTION_TEXT)
            continue;
        if (!comments_load(r, &c, e))
            return false;
        m = value_add_map(r->mem, list);
        part_put_year(r, m, row->fiscal_year);
        value_put_text(r->mem, m, "title", row->title);
        value_put_text(r->mem, m, "survey", row->key);
        value_put_text(r->mem, m, "question", c.question->key);
        value_put_text(r->mem, m, "number", c.question->number);
        value_put_text(r->mem, m, "text", c.question->text);
        value_put_int(r->mem, words, "n", c.count);
        value_put_text(r->mem, m, "says", req_message(r, "hearing.comments", words));
        value_put_bool(r->mem, m, "has_comments", c.count > 0);
    }
    return true;
}

static bool put_page(struct hearing_view *v, const struct voices_taken *taken, struct err *e)
{
    struct req *r = v->r;
    struct value *list = value_put_list(r->mem, v->page, "questions");
    struct survey_rows rows;

    hearing_crumb(v);
    hearing_put_taken(v, taken);
    value_put_text(r->mem, v->page, "survey_url", hearing_url(v, "/survey"));
    if (!store_surveys(r->db, r->mem, v->ward.key, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        if (!put_survey(v, list, &rows.rows[i], e))
            return false;
    value_put_bool(r->mem, v->page, "has_questions", list->count > 0);
    return true;
}

bool page_voice_survey(struct req *r, struct value *page, struct err *e)
{
    struct hearing_view v;

    return hearing_open(r, page, &v, e) && put_page(&v, NULL, e);
}

/* ---- taken ---- */

static bool question_find(struct req *r, struct comments *c, struct err *e)
{
    const struct survey_ref ref = { req_param(r, "org"), req_field(r, "survey"), 0 };
    int32_t i;

    c->survey = NEW(r->mem, struct survey_stored, 1);
    if (!survey_key_is_valid(ref.key) || !store_survey(r->db, r->mem, &ref, c->survey, e))
        return err_set(e, ERR_INPUT, "アンケートを選び直してください。");
    i = survey_question(&c->survey->survey, req_field(r, "question"));
    if (i < 0 || c->survey->survey.questions[i].kind != QUESTION_TEXT)
        return err_set(e, ERR_INPUT, "自由記述の問いを選び直してください。");
    c->question = &c->survey->survey.questions[i];
    return comments_load(r, c, e);
}

/* The last day of the survey, or the day it was taken in. */
static date comments_day(const struct req *r, const struct comments *c)
{
    const date today = date_of_instant(r->now_ms), to = c->survey->survey.to;

    return to.year && date_number(to) < date_number(today) ? to : today;
}

static bool comments_take(struct req *r, const struct comments *c, struct voices_taken *out,
                          struct err *e)
{
    const struct actor who = { r->person->account, duty_word(DUTY_LISTENER) };
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct voice_submission *all = NEW(r->mem, struct voice_submission, c->count);

    for (uint32_t i = 0; i < c->count; i++)
        all[i] = (struct voice_submission){
            .organisation = req_param(r, "org"),
            .stamp = &stamp,
            .door = DOOR_SURVEY,
            .way = STR("survey"),
            .text = c->texts[i],
            .received = comments_day(r, c),
            .nonce = str_fmt(r->mem, "survey/%.*s/%.*s/%u", STR_ARG(c->survey->survey.key),
                             STR_ARG(c->question->key), c->rows[i]),
        };
    return hearing_take(r, all, c->count, out, e);
}

bool act_voice_survey(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct hearing_view v;
    struct voices_taken taken;
    struct comments c = { 0 };

    (void)out;
    if (!hearing_open(r, page, &v, e))
        return false;
    if (!req_is_fine(r) || !question_find(r, &c, e) || !comments_take(r, &c, &taken, e))
        return req_refused(r, e, "") && put_page(&v, NULL, e);
    return put_page(&v, &taken, e);
}
