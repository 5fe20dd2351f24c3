/* What the evidence proposes and nobody has decided: each with the value that stands, the new
 * one, what changed, and what that does to the verdict. A person accepts it, or declines it
 * with a reason. */
#include "web/actual_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* clang-format off */
const struct field PROPOSAL_FIELDS[] = {
    { "indicator", INPUT_LINE, 12, true, { "指標", "Indicator" } },
    { "year", INPUT_COUNT, 4, true, { "年度", "Fiscal year" } },
    { "seen", INPUT_HASH, 0, true, { "見ていた値", "The value that was seen" } },
    { "do", INPUT_LINE, 10, true, { "操作", "What to do" } },
    { "reason", INPUT_TEXT, 1000, false, { "理由", "Reason" } },
    { 0 },
};
/* clang-format on */

struct listing {
    struct req *r;
    struct value *open, *declined;
    str organisation;
    str only; /* an indicator's key, "" = all */
};

/* ---- what is proposed ---- */

static struct value *proposed_tree(struct req *r, const struct actual_view *v)
{
    return measured_value(r->mem, &v->now, &v->state.source.evidence);
}

/* The form is about this very value, from this very evidence. */
static str sign_of(struct req *r, const struct value *tree)
{
    struct buf b;

    buf_init(&b, r->mem, 1024, LIMIT_JSON_BYTES);
    json_put_canonical(&b, tree);
    return part_hash(r, hash_bytes(buf_str(&b)));
}

/* Whoever writes the indicator's sheet, and the planning section; *who is how they act. */
static bool may_decide(struct req *r, str organisation, str indicator, struct actor *who,
                       struct err *e)
{
    struct duty_place at = { organisation, { 0 }, r->now_ms };
    unsigned held;

    *who = (struct actor){ r->person->account, { 0 } };
    if (!store_indicator_section(r->db, r->mem, organisation, indicator, &at.section, e)
        || !store_duties(r->db, r->person->account, &at, &held, e))
        return false;
    for (int d = 0; d < DUTY_COUNT && !who->role.n; d++)
        if (held & DUTIES_WRITE & DUTY_BIT(d))
            who->role = duty_word((enum duty)d);
    return true;
}

/* The verdict of what stood before: of what was accepted, or else of what was published. */
static void put_verdict_before(const struct req *r, struct value *row,
                               const struct actual_view *v)
{
    const struct measured *was = &v->state.was;

    if (!v->has_indicator)
        value_put_null(r->mem, row, "verdict_before");
    else
        value_put_text(r->mem, row, "verdict_before",
                       verdict_word(was->has_value ? measure_verdict(&v->indicator, was)
                                                   : v->indicator.verdict));
}

static str name_of(const struct series *series)
{
    return series->points[series->count - 1].indicator.name.v;
}

/* What was typed into the form of this very proposal, and what was wrong with it. */
static void put_typed(struct req *r, struct value *row, const struct indicator_body *declared,
                      int fiscal_year)
{
    dec year;
    const bool is_this = r->form && str_eq(req_field(r, "indicator"), declared->indicator)
                         && dec_parse(req_field(r, "year"), &year) && year.n == fiscal_year;

    value_put_text_or_null(r->mem, row, "typed", is_this ? req_field(r, "reason") : (str){ 0 });
    value_put_text_or_null(r->mem, row, "error",
                           is_this ? req_fault_of(r, (str){ 0 }) : (str){ 0 });
}

static bool add_open(struct listing *l, const struct indicator_body *declared,
                     const struct series *series, const struct actual_view *v, struct err *e)
{
    struct req *r = l->r;
    struct value *row = value_add_map(r->mem, l->open);
    struct actor who;

    if (!may_decide(r, l->organisation, declared->indicator, &who, e))
        return false;
    actual_put(r, row, l->organisation, v);
    value_put_text(r->mem, row, "indicator", declared->indicator);
    value_put_text(r->mem, row, "name", name_of(series));
    value_put_text(r->mem, row, "id",
                   str_fmt(r->mem, "%.*s-%d", STR_ARG(declared->indicator), v->fiscal_year));
    value_put_text(r->mem, row, "url",
                   req_url(r, "/o/%.*s/i/%.*s#made", STR_ARG(l->organisation),
                           STR_ARG(declared->indicator)));
    put_verdict_before(r, row, v);
    value_put_text(r->mem, row, "seen", sign_of(r, proposed_tree(r, v)));
    value_put_bool(r->mem, row, "may", who.role.n > 0);
    put_typed(r, row, declared, v->fiscal_year);
    return actual_put_why(r, row, v, e);
}

static void add_declined(struct listing *l, const struct indicator_body *declared,
                         const struct series *series, const struct actual_view *v)
{
    struct req *r = l->r;
    struct value *row = value_add_map(r->mem, l->declined);
    const struct indicator_body *said = &v->state.declined;

    part_put_year(r, row, v->fiscal_year);
    value_put_text(r->mem, row, "name", name_of(series));
    value_put_text(r->mem, row, "url",
                   req_url(r, "/o/%.*s/i/%.*s#made", STR_ARG(l->organisation),
                           STR_ARG(declared->indicator)));
    value_put_dec(r->mem, row, "value", v->state.refused.value);
    value_put_text_or_null(r->mem, row, "unit", v->state.refused.unit);
    value_put_text(r->mem, row, "reason", said->reason);
    value_put_text(r->mem, row, "by", staff_name(r, said->author));
    value_put_text(r->mem, row, "when", part_time_label(r, said->at_ms));
}

static bool list_one(struct actual_walk *w, const struct indicator_body *declared,
                     const struct series *series, const struct actual_view *v, struct err *e)
{
    struct listing *l = w->ctx;

    if (l->only.n && !str_eq(l->only, declared->indicator))
        return true;
    if (v->is_news)
        return add_open(l, declared, series, v, e);
    if (v->state.refused.has_value)
        add_declined(l, declared, series, v);
    return true;
}

/* ---- the page ---- */

static bool proposals_put(struct req *r, struct value *page, struct err *e)
{
    struct listing l = { .r = r, .only = r->form ? (str){ 0 } : req_query(r, "indicator") };
    struct actual_walk w = { .r = r, .ctx = &l, .each = list_one };
    struct value *words = value_map(r->mem);
    struct organisation o;

    if (!staff_put_organisation(r, page, &o, e))
        return false;
    page_crumb(r, page, o.name, req_url(r, "/w/%.*s", STR_ARG(o.key)));
    value_put_text(r->mem, words, "name", o.name);
    page_title(r, page, req_message(r, "proposal.title", words));
    l.organisation = w.organisation = o.key;
    l.open = value_put_list(r->mem, page, "open");
    l.declined = value_put_list(r->mem, page, "declined");
    if (!actual_walk(&w, e))
        return false;
    value_put_int(r->mem, page, "count", l.open->count);
    value_put_int(r->mem, page, "declined_count", l.declined->count);
    value_put_text_or_null(r->mem, page, "all_url",
                           l.only.n ? req_url(r, "/w/%.*s/proposals", STR_ARG(o.key))
                                    : (str){ 0 });
    value_put_text(r->mem, page, "form_url", req_url(r, "/w/%.*s/proposals", STR_ARG(o.key)));
    value_put_text_or_null(r->mem, page, "done", r->form ? (str){ 0 } : req_query(r, "done"));
    return true;
}

bool page_proposals(struct req *r, struct value *page, struct err *e)
{
    return proposals_put(r, page, e);
}

/* ---- deciding ---- */

static bool view_find(struct req *r, struct actual_view *v, struct err *e)
{
    const struct indicator_ref ref = { req_param(r, "org"), req_field(r, "indicator"), 0 };
    struct indicator_body declared;
    struct series series;
    dec year;

    if (!dec_parse(req_field(r, "year"), &year))
        return err_set(e, ERR_INPUT, "年度がありません。ページを開き直してください。");
    return store_binding(r->db, r->mem, ref.organisation, ref.key, &declared, e)
           && store_series(r->db, r->mem, &ref, &series, e)
           && actual_view_load(r, &(struct actual_of){ ref.organisation, &series, (int)year.n },
                               &declared, v, e);
}

static bool decide(struct req *r, const struct actual_view *v, const char **done, struct err *e)
{
    const str org = req_param(r, "org"), key = req_field(r, "indicator");
    const struct value *tree = proposed_tree(r, v);
    struct stamp stamp = { .now_ms = r->now_ms, .reason = req_field(r, "reason") };
    const struct actual_ref ref = { org, v->fiscal_year, key };
    struct actor who;
    bool is_same;

    if (!may_decide(r, org, key, &who, e))
        return false;
    stamp.who = &who;
    if (!v->now.has_value || !str_eq(sign_of(r, tree), req_field(r, "seen")))
        return err_set(
            e, ERR_CONFLICT,
            "開いているあいだに証拠が変わり、提案も変わりました。今の提案を確かめて、"
            "もう一度決めてください。");
    if (str_eq(req_field(r, "do"), STR("accept"))) {
        *done = "accept";
        return store_actual_save(r->db, &stamp, &ref, tree, &is_same, e);
    }
    *done = "decline";
    return str_eq(req_field(r, "do"), STR("decline"))
               ? store_actual_decline(r->db, &stamp, &ref, tree, e)
               : err_set(e, ERR_INPUT, "確定するか、見送るかを選んでください。");
}

bool act_proposals(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const char *done = "";
    struct actual_view v;

    if (!req_is_fine(r))
        return proposals_put(r, page, e);
    if (view_find(r, &v, e) && decide(r, &v, &done, e)) {
        out->location =
            req_url_with(r, req_url(r, "/w/%.*s/proposals", STR_ARG(req_param(r, "org"))),
                         "done", str_from(done));
        return true;
    }
    if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, (str){ 0 }, str_dup(r->mem, str_from(e->text)));
    return proposals_put(r, page, e);
}
