/* Answers on their way in, read, counted and told. */
#include "web/survey_incoming.h"

#include "measure/measure.h"
#include "web/staff.h"

#include "base/banned.h"

bool survey_incoming_load(struct req *r, struct survey_incoming *in, struct err *e)
{
    struct survey_ref before = { req_param(r, "org"), { 0 }, 0 };

    in->ref = (struct survey_ref){ req_param(r, "org"), req_param(r, "survey"), 0 };
    if (!store_survey_work(r->db, r->mem, &in->ref, &in->work, e))
        return false;
    before.key = in->work.stored.survey.previous;
    if (before.key.n && !store_survey(r->db, r->mem, &before, &in->before, e)) {
        in->before = (struct survey_stored){ 0 };
        return e->code == ERR_NOT_FOUND;
    }
    return true;
}

bool survey_incoming_read(struct req *r, struct survey_incoming *in, str name, str bytes,
                          struct err *e)
{
    const struct survey *s = &in->work.stored.survey;
    struct table table;

    in->name = name;
    in->bytes = bytes;
    if (!ingest_table(r->mem, name, bytes, &table, e))
        return false;
    ingest_answers(r->mem, &table, s, &in->file);
    if (in->file.errors)
        return true;
    if (in->file.is_tally)
        in->tally = in->file.tally;
    else if (!measure_survey(r->mem, s, &in->file.answers, &in->tally, e))
        return false;
    in->sum_count = survey_sums_check(r->mem, s, &in->tally, in->sums, SURVEY_SAID_MAX);
    if (in->before.has_tally)
        in->copy_count = survey_copies_check(r->mem, &(struct survey_counted){ s, &in->tally },
                                             &(struct survey_counted){ &in->before.survey,
                                                                       &in->before.tally },
                                             in->copies, SURVEY_SAID_MAX);
    in->is_good = in->sum_count == 0 && in->tally.rows > 0;
    return true;
}

bool survey_incoming_keep(struct req *r, struct survey_incoming *in, struct err *e)
{
    const struct actor who = staff_actor(r, DUTIES_WRITE);
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    const struct survey_take take = {
        in->ref.organisation,
        in->ref.key,
        &in->work.stored.survey,
        &in->tally,
        in->bytes,
        in->name,
        true,
    };

    if (!in->is_good)
        return true;
    in->is_applied = true;
    return store_survey_work_take(r->db, &stamp, &take, &in->change, e);
}

/* ---- as a tree ---- */

static str cell_name(const struct req *r, const struct table_fault *f)
{
    struct value *words;
    struct buf b;

    if (!f->column) {
        words = value_map(r->mem);
        value_put_int(r->mem, words, "row", f->row);
        return req_message(r, "incoming.row", words);
    }
    buf_init(&b, r->mem, 32, 32);
    ingest_column_put(&b, f->column);
    buf_put_int(&b, f->row);
    return buf_str(&b);
}

static void put_faults(const struct req *r, struct value *map, const struct survey_file *f)
{
    struct value *list = value_put_list(r->mem, map, "faults");
    uint32_t shown = 0;

    for (; shown < f->fault_count && shown < SURVEY_SAID_MAX; shown++) {
        struct value *one = value_add_map(r->mem, list);

        value_put_text(r->mem, one, "cell", cell_name(r, &f->faults[shown]));
        value_put_bool(r->mem, one, "is_error", f->faults[shown].severity == SEVERITY_ERROR);
        value_put_text(r->mem, one, "message", f->faults[shown].message);
    }
    if (f->fault_count + f->faults_dropped > shown)
        value_put_int(r->mem, map, "more", f->fault_count + f->faults_dropped - shown);
    else
        value_put_null(r->mem, map, "more");
}

static void put_sentences(const struct req *r, struct value *map, const char *key,
                          const str *said, uint32_t count)
{
    struct value *list = value_put_list(r->mem, map, key);

    for (uint32_t i = 0; i < count && i < SURVEY_SAID_MAX; i++)
        value_put_text(r->mem, value_add_map(r->mem, list), "text", said[i]);
}

/* What the public page will say of each question. */
static void put_said(const struct req *r, struct value *map, const struct survey_incoming *in)
{
    const struct survey *s = &in->work.stored.survey;
    const struct survey_counted now = { s, &in->tally },
                                before = { &in->before.survey, &in->before.tally };
    struct value *list = value_put_list(r->mem, map, "said");

    for (uint32_t i = 0; in->is_good && i < s->question_count; i++) {
        struct survey_said said;
        struct value *one;

        audit_survey_say(r->mem, &now, i, in->before.has_tally ? &before : NULL, &said);
        if (!said.has_share)
            continue;
        one = value_add_map(r->mem, list);
        value_put_text(r->mem, one, "number", s->questions[i].number);
        value_put_text(r->mem, one, "text", s->questions[i].text);
        value_put_text(r->mem, one, "sentence", said.sentence[r->lang]);
    }
}

static const char *state_of(const struct survey_incoming *in)
{
    if (!in->is_good)
        return "bad";
    if (!in->is_applied)
        return "checked";
    return in->change == CHANGE_SAME ? "same" : "stored";
}

void survey_incoming_put(const struct req *r, struct value *page,
                         const struct survey_incoming *in)
{
    const uint64_t returned = in->work.stored.survey.returned;
    struct value *map;

    if (!in->bytes.n) {
        value_put_null(r->mem, page, "incoming");
        return;
    }
    map = value_put_map(r->mem, page, "incoming");
    value_put_text(r->mem, map, "state", str_from(state_of(in)));
    value_put_bool(r->mem, map, "is_good", in->is_good);
    value_put_bool(r->mem, map, "is_empty", !in->is_good && !in->file.errors && !in->sum_count);
    value_put_int(r->mem, map, "answers", (int64_t)in->tally.rows);
    if (in->is_good && returned > in->tally.rows)
        value_put_int(r->mem, map, "returned", (int64_t)returned);
    else
        value_put_null(r->mem, map, "returned");
    put_faults(r, map, &in->file);
    put_sentences(r, map, "sums", in->sums, in->sum_count);
    put_sentences(r, map, "copies", in->copies, in->copy_count);
    put_said(r, map, in);
}
