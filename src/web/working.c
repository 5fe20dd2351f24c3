/* The sheet that a staff page is about, and who looks at it. */
#include "web/working.h"

#include "web/parts.h"
#include "web/audit_part.h"

#include "base/banned.h"

static bool form_load(struct working *w, struct err *e)
{
    str preset = form_preset(w->cycle.form_id);

    if (!preset.n)
        preset = form_preset(form_preset_id(0));
    return form_read(w->r->mem, preset, &w->form, e);
}

bool working_load(struct req *r, struct working *w, struct err *e)
{
    *w = (struct working){
        .r = r,
        .ref = { req_param(r, "org"), req_int(r, "year"), req_int(r, "number") },
        .who = { r->person->account, r->person->duties },
    };
    return store_organisation(r->db, r->mem, w->ref.organisation, &w->ward, e)
           && store_cycle(r->db, r->mem, &w->ref, &w->cycle, e)
           && store_sheet(r->db, r->mem, &w->ref, &w->sheet, e) && form_load(w, e);
}

/* ---- judged ---- */

void working_link(struct working *w, struct initiative *i)
{
    struct plan plan = { .organisation_code = w->ref.organisation,
                         .fiscal_year = w->ref.fiscal_year,
                         .initiatives = i,
                         .initiative_count = 1 };

    audit_link(w->r->mem, &plan);
}

/* Last year's version of the sheet; none is no error. */
static bool before_load(const struct working *w, struct plan *out)
{
    const struct plan_ref ref = { w->ref.organisation, w->sheet.origin_year, 0 };
    struct initiative_row *row = NEW(w->r->mem, struct initiative_row, 1);
    struct err ignored;

    if (!w->sheet.origin_year || w->sheet.origin_year == w->ref.fiscal_year
        || !store_initiative(w->r->db, w->r->mem, &ref, w->sheet.origin_number, row, &ignored))
        return false;
    *out = (struct plan){ .organisation_code = w->ref.organisation,
                          .fiscal_year = w->sheet.origin_year,
                          .initiatives = &row->initiative,
                          .initiative_count = 1 };
    return true;
}

bool working_audit(struct working *w, struct err *e)
{
    struct plan before;
    struct audit_input in = { .plan = &w->plan };

    working_link(w, &w->sheet.initiative);
    w->plan = (struct plan){ .organisation_code = w->ref.organisation,
                             .fiscal_year = w->ref.fiscal_year,
                             .initiatives = &w->sheet.initiative,
                             .initiative_count = 1 };
    if (before_load(w, &before))
        in.previous = &before;
    return evidence_audit(w->r, &in, &w->findings, e)
           && store_answers(w->r->db, w->r->mem, &w->ref, &w->answers, e);
}

/* ---- who may ---- */

struct cycle_now working_now(const struct working *w, enum step s)
{
    struct cycle_now now = { .phase = w->cycle.phase,
                             .midyear_done = w->cycle.midyear_done,
                             .last_mover = w->cycle.mover,
                             .submitter = w->sheet.steps[s].submitter };

    for (int k = 0; k < STEP_COUNT; k++)
        now.status[k] = w->sheet.steps[k].status;
    return now;
}

bool working_may_edit(const struct working *w, enum step s, str *why)
{
    const struct cycle_now now = working_now(w, s);
    struct err e;

    *why = (str){ 0 };
    if (cycle_may_edit(&now, &w->who, s, &e))
        return true;
    *why = str_dup(w->r->mem, str_from(e.text));
    return false;
}

struct actor working_actor(const struct working *w, unsigned duties)
{
    static const enum duty STRONGEST_FIRST[] = { DUTY_MAYOR, DUTY_PLANNING, DUTY_HEAD,
                                                 DUTY_EDITOR };
    struct actor a = { .id = w->who.account };

    for (size_t k = 0; k < sizeof STRONGEST_FIRST / sizeof *STRONGEST_FIRST; k++) {
        if (w->who.duties & duties & DUTY_BIT(STRONGEST_FIRST[k])) {
            a.role = duty_word(STRONGEST_FIRST[k]);
            break;
        }
    }
    return a;
}

/* ---- what every one of these pages has ---- */

str working_url(const struct working *w, const char *below)
{
    return req_url(w->r, "/w/%.*s/%d/%d%s", STR_ARG(w->ref.organisation), w->ref.fiscal_year,
                   w->ref.number, below);
}

str working_name(const struct req *r, str account)
{
    struct account a;
    struct err ignored;

    if (!account.n)
        return account;
    if (str_eq(account, STR("cli")))
        return req_message(r, "work.cli", NULL);
    if (!store_account(r->db, r->mem, account, &a, &ignored))
        return req_message(r, "work.erased", NULL);
    return a.name.n ? a.name : a.login;
}

void working_put(const struct working *w, struct value *page, const char *title_key)
{
    struct req *r = w->r;
    const struct initiative *i = &w->sheet.initiative;
    struct value *words = value_map(r->mem);

    value_put_int(r->mem, words, "number", w->ref.number);
    value_put_text(r->mem, words, "title", i->title.v);
    page_title(r, page, req_message(r, title_key, words));
    page_crumb(r, page, w->ward.name.n ? w->ward.name : w->ward.key,
               req_url(r, "/o/%.*s", STR_ARG(w->ref.organisation)));
    page_crumb(r, page, part_year_label(r, w->ref.fiscal_year),
               req_url(r, "/w/%.*s/%d", STR_ARG(w->ref.organisation), w->ref.fiscal_year));
    part_put_organisation(r, page, w->ward.key, w->ward.name);
    part_put_year(r, page, w->ref.fiscal_year);
}
