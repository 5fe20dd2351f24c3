/* A sheet as its section writes it: its steps with what may be done in each, its findings with
 * their answers, and the sheet itself as the public page will show it. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/sheet.h"
#include "web/sheet_form.h"
#include "web/voice_behind.h"

#include "base/banned.h"

/* ---- the steps ---- */

static void add_action(const struct working *w, struct value *list, enum step s,
                       enum step_action a)
{
    struct req *r = w->r;
    const struct cycle_now now = working_now(w, s);
    const str word = step_action_word(a);
    struct value *m;
    struct err ignored;

    /* A reason is asked for in the form itself. */
    if (!cycle_may_act(&now, &w->who, s, a, STR("?"), &ignored))
        return;
    m = value_add_map(r->mem, list);
    value_put_text(r->mem, m, "action", word);
    value_put_text(r->mem, m, "act_url",
                   working_url(w, str_c(r->mem, str_fmt(r->mem, "/%.*s", STR_ARG(word)))));
    value_put_bool(r->mem, m, "has_comment", a != ACTION_SUBMIT && a != ACTION_APPROVE);
    value_put_text(r->mem, m, "field",
                   str_fmt(r->mem, "%.*s-%.*s", STR_ARG(step_word(s)), STR_ARG(word)));
}

static void add_step(const struct working *w, struct value *list, enum step s)
{
    struct req *r = w->r;
    const struct sheet_step *step = &w->sheet.steps[s];
    struct value *m = value_add_map(r->mem, list), *actions;
    str why;

    value_put_text(r->mem, m, "step", step_word(s));
    value_put_text(r->mem, m, "status", step_status_word(step->status));
    value_put_text_or_null(r->mem, m, "due", w->cycle.due[s]);
    value_put_text_or_null(r->mem, m, "comment", step->comment);
    value_put_text_or_null(r->mem, m, "by",
                           step->at_ms ? working_name(r, step->author) : (str){ 0 });
    value_put_text_or_null(r->mem, m, "when",
                           step->at_ms ? part_time_label(r, step->at_ms) : (str){ 0 });
    value_put_bool(r->mem, m, "may_edit", working_may_edit(w, s, &why));
    value_put_text_or_null(r->mem, m, "why_not", why);
    value_put_text(r->mem, m, "form_url",
                   working_url(w,
                               str_c(r->mem, str_fmt(r->mem, "/%.*s", STR_ARG(step_word(s))))));
    sheet_form_put_missing(w, s, m);
    actions = value_put_list(r->mem, m, "actions");
    for (int a = 0; a < ACTION_COUNT; a++)
        add_action(w, actions, s, (enum step_action)a);
}

/* ---- findings and answers ---- */

static const struct answer *answer_of(const struct working *w, const struct finding *f)
{
    for (uint32_t k = 0; k < w->answers.count; k++) {
        const struct answer *a = &w->answers.rows[k];

        if (a->reason.n && str_eq(a->rule, f->rule) && str_eq(a->subject, f->subject))
            return a;
    }
    return NULL;
}

static void put_answers(const struct working *w, struct value *page)
{
    struct req *r = w->r;
    const struct plan_head head = { .organisation = w->ref.organisation,
                                    .fiscal_year = w->ref.fiscal_year };
    struct value *open = value_put_list(r->mem, page, "open"),
                 *answered = value_put_list(r->mem, page, "answered");

    for (uint32_t k = 0; k < w->findings.count; k++) {
        const struct finding *f = &w->findings.items[k];
        const struct answer *a = answer_of(w, f);
        struct value *m = value_add_map(r->mem, a ? answered : open);

        part_put_finding(r, m, &head, f);
        value_put_text(r->mem, m, "id", answer_id(r->mem, f->rule, f->subject));
        if (!a)
            continue;
        value_put_text(r->mem, m, "reason", a->reason);
        value_put_text(r->mem, m, "by", working_name(r, a->author));
        value_put_text(r->mem, m, "when", part_time_label(r, a->at_ms));
    }
    value_put_int(r->mem, page, "open_count", open->count);
    value_put_int(r->mem, page, "answered_count", answered->count);
    value_put_text(r->mem, page, "answers_url", working_url(w, "/answers"));
    value_put_bool(r->mem, page, "may_answer", (w->who.duties & DUTIES_WRITE) != 0);
}

/* Only findings that nobody has answered stand beside their place. */
static struct finding_rows open_findings(const struct working *w)
{
    struct finding *rows = NEW(w->r->mem, struct finding, w->findings.count);
    uint32_t n = 0;

    for (uint32_t k = 0; k < w->findings.count; k++)
        if (!answer_of(w, &w->findings.items[k]))
            rows[n++] = w->findings.items[k];
    return (struct finding_rows){ rows, n };
}

/* ---- the page ---- */

static bool put_sheet(const struct working *w, struct value *page, struct err *e)
{
    struct sheet s = { .r = w->r, .page = page };

    s.head = (struct plan_head){ .organisation = w->ref.organisation,
                                 .organisation_name = w->ward.name,
                                 .fiscal_year = w->ref.fiscal_year };
    s.row.initiative = w->sheet.initiative;
    s.row.keys = indicator_keys(w->r->mem, &s.row.initiative);
    s.findings = open_findings(w);
    s.is_working = true;
    if (!actual_sheet_load(w->r, &w->ref, &s.row.initiative, s.row.keys, &s.actuals, e))
        return false;
    sheet_place_findings(&s);
    sheet_put_plan(&s);
    sheet_put_indicators(&s);
    sheet_put_activities(&s);
    sheet_put_reviews(&s);
    sheet_put_findings(&s);
    return true;
}

bool page_work_sheet(struct req *r, struct value *page, struct err *e)
{
    struct working w;
    struct value *list;

    if (!working_load(r, &w, e) || !working_audit(&w, e))
        return false;
    working_put(&w, page, "work.title");
    value_put_text(r->mem, page, "diff_url", working_url(&w, "/diff"));
    page_record_kept(r, page, w.sheet.record, w.sheet.at_ms);
    value_put_text(r->mem, page, "phase", phase_word(w.cycle.phase));
    value_put_text_or_null(r->mem, page, "section", w.sheet.section_name);
    value_put_text(r->mem, page, "seen", part_hash(r, w.sheet.record));
    value_put_text(r->mem, page, "by", working_name(r, w.sheet.author));
    value_put_text(r->mem, page, "when", part_time_label(r, w.sheet.at_ms));
    value_put_text_or_null(r->mem, page, "done", req_query(r, "done"));
    value_put_bool(r->mem, page, "may_drop",
                   (w.who.duties & DUTY_BIT(DUTY_PLANNING))
                       && phase_step(w.cycle.phase) == STEP_PLAN);
    value_put_text(r->mem, page, "drop_url", working_url(&w, "/drop"));
    if (!voice_behind_put(r, page, "behind",
                          &(struct voice_behind_asked){ .organisation = w.ref.organisation,
                                                        .kind = LINK_INITIATIVE,
                                                        .fiscal_year = w.ref.fiscal_year,
                                                        .number = w.ref.number },
                          e))
        return false;
    list = value_put_list(r->mem, page, "steps");
    for (int s = 0; s < STEP_COUNT; s++)
        add_step(&w, list, (enum step)s);
    put_answers(&w, page);
    return put_sheet(&w, page, e);
}
