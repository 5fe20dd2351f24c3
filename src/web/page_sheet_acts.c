/* What is done with a sheet as a whole: submitted, sent back, approved, signed as skipped,
 * opened again, answered, added, taken out. May they? model/cycle.h and the store say. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/sheet_form.h"

#include <assert.h>

#include "base/banned.h"

/* clang-format off */
const struct field SHEET_ACT_FIELDS[] = {
    { "step", INPUT_LINE, 20, true, { "段階", "Step" } },
    { "seen", INPUT_HASH, 0, true, { "見ていた記録", "The record that was seen" } },
    { "comment", INPUT_TEXT, 2000, false, { "コメント", "Comment" } },
    { 0 },
};
const struct field SHEET_ANSWER_FIELDS[] = {
    { "rule", INPUT_LINE, 8, true, { "規則", "Rule" } },
    { "subject", INPUT_TEXT, 2000, false, { "対象", "Subject" } },
    { "reason", INPUT_TEXT, 2000, false, { "理由", "Reason" } },
    { 0 },
};
const struct field SHEET_NEW_FIELDS[] = {
    { "title", INPUT_LINE, 200, true, { "取組項目の名前", "Name of the initiative" } },
    { "section", INPUT_LINE, 40, false, { "担当する課", "Section" } },
    { 0 },
};
const struct field SHEET_DROP_FIELDS[] = {
    { "seen", INPUT_HASH, 0, true, { "見ていた記録", "The record that was seen" } },
    { "reason", INPUT_TEXT, 2000, true, { "理由", "Reason" } },
    { 0 },
};
/* clang-format on */

/* The action is the last piece of the row's path. */
static enum step_action action_of(const struct req *r)
{
    enum step_action a = ACTION_COUNT;
    str rest = str_from(r->route->path), piece = rest;

    while (rest.n)
        rest = str_cut(rest, '/', &piece);
    if (!step_action_parse(piece, &a))
        assert(false && "a row of the route table names no action");
    return a;
}

static bool missing_told(const struct working *w, enum step s, struct err *e)
{
    struct blank_faults out = { 0 };

    sheet_missing(w->r->mem, &w->form, &w->sheet.initiative, s, &out);
    if (!out.count)
        return true;
    return err_set(e, ERR_INPUT, "必須の欄が%uつ空いています。「%.*s」: %.*s", out.count,
                   STR_ARG(sheet_form_label(w->r, &w->sheet.initiative, s, out.items[0].name)),
                   STR_ARG(out.items[0].text));
}

bool act_sheet_act(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const enum step_action action = action_of(r);
    struct working w;
    struct actor who;
    struct stamp stamp = { .who = &who,
                           .now_ms = r->now_ms,
                           .reason = req_field(r, "comment") };
    struct sheet_act act = { .action = action };

    (void)page;
    if (!working_load(r, &w, e))
        return false;
    if (!req_is_fine(r) || !step_parse(req_field(r, "step"), &act.step)
        || !hash_parse(req_field(r, "seen"), &act.sheet))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    act.ref = w.ref;
    who = working_actor(&w, action == ACTION_APPROVE || action == ACTION_SKIP
                                ? DUTY_BIT(DUTY_HEAD)
                            : action == ACTION_REOPEN ? DUTY_BIT(DUTY_PLANNING)
                                                      : DUTIES_WRITE);
    if (action == ACTION_SUBMIT && !missing_told(&w, act.step, e))
        return false;
    out->location = req_url_with(r, working_url(&w, ""), "done", step_action_word(action));
    return store_sheet_act(r->db, &stamp, &act, e);
}

bool act_sheet_answer(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct working w;
    struct actor who;
    struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct answer answer;

    (void)page;
    if (!working_load(r, &w, e))
        return false;
    if (!req_is_fine(r))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    who = working_actor(&w, DUTIES_WRITE);
    answer = (struct answer){ .number = w.ref.number,
                              .rule = req_field(r, "rule"),
                              .subject = req_field(r, "subject"),
                              .reason = req_field(r, "reason") };
    answer.id = answer_id(r->mem, answer.rule, answer.subject);
    out->location = req_url_with(r, working_url(&w, "#answers"), "done", STR("answer"));
    return store_answer_save(r->db, &stamp, &w.ref, &answer, e);
}

bool act_sheet_drop(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct working w;
    struct actor who;
    struct stamp stamp = { .who = &who, .now_ms = r->now_ms, .reason = req_field(r, "reason") };
    struct hash seen;

    (void)page;
    if (!working_load(r, &w, e))
        return false;
    if (!req_is_fine(r) || !hash_parse(req_field(r, "seen"), &seen))
        return err_set(e, ERR_INPUT,
                       "取組項目を外すには理由が要ります。理由を書いてください。");
    who = working_actor(&w, DUTY_BIT(DUTY_PLANNING));
    out->location = req_url(r, "/w/%.*s/%d", STR_ARG(w.ref.organisation), w.ref.fiscal_year);
    return store_sheet_drop(r->db, &stamp, &w.ref, seen, e);
}

/* A new sheet has its name; the rest is written in its form. */
bool act_sheet_new(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct initiative made = { .title.v = req_field(r, "title"),
                                     .section = req_field(r, "section") };
    const struct actor who = {
        r->person->account,
        duty_word(r->person->duties & DUTY_BIT(DUTY_PLANNING) ? DUTY_PLANNING
                  : r->person->duties & DUTY_BIT(DUTY_HEAD)   ? DUTY_HEAD
                                                              : DUTY_EDITOR),
    };
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    const struct sheet_save save = { .ref = { req_param(r, "org"), req_int(r, "year"), 0 },
                                     .step = STEP_PLAN,
                                     .initiative = &made,
                                     .section = req_field(r, "section") };
    struct saved saved;

    (void)page;
    if (!req_is_fine(r))
        return err_set(e, ERR_INPUT, "取組項目の名前を書いてください。");
    if (!store_sheet_save(r->db, r->mem, &stamp, &save, &saved, e))
        return false;
    out->location = req_url(r, "/w/%.*s/%d/%d/plan", STR_ARG(save.ref.organisation),
                            save.ref.fiscal_year, saved.number);
    return true;
}
