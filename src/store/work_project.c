/* The records of the working copies as rows. */
#include "store/work_inner.h"

#include "model/blanks.h"

#include "base/banned.h"

/* The last part of an entity's name. */
static str last_part(str entity)
{
    str part = { 0 };

    while (entity.n)
        entity = str_cut(entity, '/', &part);
    return part;
}

bool project_cycle(const struct spot *s, const struct record *r, const struct value *tree,
                   struct err *e)
{
    AUTO(query_end) struct query q = query_at(s, Q_CYCLE_PUT);
    struct cycle k;

    if (!work_cycle_read(tree, &k, e))
        return false;
    put_text(&q, phase_word(k.phase));
    put_int(&q, k.midyear_done);
    put_int(&q, k.origin_year);
    put_text_or_null(&q, k.title);
    put_text_or_null(&q, k.form_id);
    for (int step = 0; step < STEP_COUNT; step++)
        put_text_or_null(&q, k.due[step]);
    put_text(&q, k.mover);
    put_int(&q, r->seq);
    return query_run(&q, e);
}

/* The form of the year, read once for each connection. A form that is not built in (any more)
 * asks for what the first one does. */
const struct form *work_form(struct conn *c, str id)
{
    const str json = form_preset(id);
    struct form *form;
    struct err e;

    if (c->form && str_eq(c->form->id, id))
        return c->form;
    form = NEW(&c->mem, struct form, 1);
    if (!form_read(&c->mem, json.n ? json : form_preset(form_preset_id(0)), form, &e))
        return NULL; /* presets are read by a test */
    c->form = form;
    return form;
}

/* Mandatory fields of each step that are empty. */
static bool count_empty(const struct spot *s, const struct initiative *i,
                        uint32_t out[STEP_COUNT], struct err *e)
{
    const struct work_ref ref = { s->organisation, s->fiscal_year, 0 };
    const struct form *form;
    struct cycle k;
    bool found;

    if (!work_cycle_find(s->c, s->a, &ref, &k, &found, e))
        return false;
    form = work_form(s->c, k.form_id);
    for (int step = 0; step < STEP_COUNT; step++) {
        struct blank_faults faults = { 0 };

        if (form)
            sheet_missing(s->a, form, i, (enum step)step, &faults);
        out[step] = faults.count;
    }
    return true;
}

bool project_sheet(const struct spot *s, const struct record *r, const struct value *tree,
                   struct err *e)
{
    struct sheet_body body;
    uint32_t empty[STEP_COUNT];

    if (!work_sheet_read(s->a, tree, &body, e) || !count_empty(s, &body.initiative, empty, e))
        return false;
    AUTO(query_end)
    struct query q = query_at_number(s, body.is_dropped ? Q_SHEET_DROP : Q_SHEET_PUT);
    if (!body.is_dropped) {
        put_text_or_null(&q, body.section);
        put_int(&q, body.origin_year);
        put_int(&q, body.origin_number);
        put_text_or_null(&q, body.initiative.title.v);
        for (int step = 0; step < STEP_COUNT; step++)
            put_int(&q, empty[step]);
        put_int(&q, r->seq);
    }
    return query_run(&q, e);
}

bool project_step(const struct spot *s, const struct record *r, const struct value *tree,
                  struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, Q_SHEET_STEP_PUT);
    const str word = last_part(r->entity);
    struct step_body body;
    enum step step;

    if (!step_parse(word, &step))
        return err_set(e, ERR_INPUT, "知らない段階の記録です: %.*s", STR_ARG(r->entity));
    if (!work_step_read(tree, &body, e))
        return false;
    put_text(&q, word);
    put_text(&q, step_status_word(body.status));
    put_text_or_null(&q, body.submitter);
    put_hash(&q, &body.sheet);
    put_int(&q, r->seq);
    return query_run(&q, e);
}

bool project_finding_answer(const struct spot *s, const struct record *r,
                            const struct value *tree, struct err *e)
{
    struct answer body;

    if (!work_answer_read(tree, &body, e))
        return false;
    AUTO(query_end)
    struct query q =
        query_at_number(s, body.reason.n ? Q_FINDING_ANSWER_PUT : Q_FINDING_ANSWER_DROP);
    put_text(&q, last_part(r->entity));
    if (body.reason.n) {
        put_text(&q, body.rule);
        put_text_or_null(&q, body.subject);
        put_text(&q, body.reason);
        put_int(&q, r->seq);
    }
    return query_run(&q, e);
}

bool project_commitment(const struct spot *s, const struct record *r, const struct value *tree,
                        struct err *e)
{
    AUTO(query_end) struct query q = query_at(s, Q_COMMITMENT_PUT);
    struct commitment body;

    if (!work_commitment_read(tree, &body, e))
        return false;
    put_int(&q, str_starts(r->entity, STR("plan/")));
    put_text(&q, last_part(r->entity));
    put_text(&q, body.text);
    put_text(&q, fate_word(body.fate));
    put_int(&q, body.fate_number);
    put_text_or_null(&q, body.fate_reason);
    put_int(&q, body.years);
    put_int(&q, r->seq);
    return query_run(&q, e);
}

bool project_catalogue(const struct spot *s, const struct record *r, const struct value *tree,
                       struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_CATALOGUE_PUT);
    struct catalogue_entry body;

    if (!work_catalogue_read(tree, &body, e))
        return false;
    put_text(&q, s->organisation);
    put_text(&q, last_part(r->entity));
    put_text(&q, body.name);
    put_int(&q, body.is_retired);
    put_int(&q, r->seq);
    return query_run(&q, e);
}
