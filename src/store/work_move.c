/* The moves of a year, and what they make official: in one transaction the year moves on and
 * the public records are what the sheets say, or nothing happened. */
#include "store/work_inner.h"

#include "base/banned.h"

/* ---- the plan that the sheets make ---- */

static bool sheets_state(struct conn *c, struct arena *a, const struct work_ref *ref,
                         int64_t *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_NEWEST);

    put_text(&q, ref->organisation);
    put_text(&q, str_fmt(a, "work/%d/sheet/", ref->fiscal_year));
    put_text(&q, str_fmt(a, "work/%d/sheet0", ref->fiscal_year)); /* '0' follows '/' */
    return query_number(&q, out, e);
}

static bool initiatives_load(struct conn *c, struct arena *a, const struct work_ref *ref,
                             struct plan *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_BODIES);
    uint32_t room = 0;
    bool is_row = true;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    while (query_step(&q, &is_row, e) && is_row) {
        struct sheet_body body;
        struct value *tree;

        if (!body_tree(a, take_text(&q, a), &tree, e) || !work_sheet_read(a, tree, &body, e))
            return false;
        out->initiatives = rows_grow(a, out->initiatives, sizeof *out->initiatives,
                                     out->initiative_count, &room);
        out->initiatives[out->initiative_count++] = body.initiative;
    }
    return !is_row;
}

/* The document that the year was imported from stays known: places refer to it. */
static bool source_load(struct conn *c, struct arena *a, const struct work_ref *ref,
                        struct plan *out, struct err *e)
{
    const struct plan_ref official = { ref->organisation, ref->fiscal_year, 0 };
    struct plan_head head;

    if (!store_plan_head(c, a, &official, &head, e))
        return e->code == ERR_NOT_FOUND;
    out->source_hash = head.source;
    out->source_name = head.source_name;
    return true;
}

bool store_work_plan(struct conn *c, struct arena *a, const struct work_ref *ref,
                     struct plan *out, int64_t *made_of, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct organisation organisation;
    struct cycle k;

    if (!transaction_begin_read(c, &t, e) || !store_cycle(c, a, ref, &k, e)
        || !store_organisation(c, a, ref->organisation, &organisation, e))
        return false;
    *out = (struct plan){
        .organisation.v = organisation.name,
        .organisation_code = ref->organisation,
        .fiscal_year = ref->fiscal_year,
        .title.v = k.title,
        .form_id = k.form_id,
    };
    return source_load(c, a, ref, out, e) && initiatives_load(c, a, ref, out, e)
           && sheets_state(c, a, ref, made_of, e);
}

/* ---- may it move? ---- */

static bool check_settled(struct conn *c, const struct work_ref *ref, enum step s,
                          struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_UNSETTLED);
    struct buf list;
    uint32_t count = 0;
    bool is_row = true;

    buf_init(&list, &mem, 128, 120);
    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_text(&q, step_word(s));
    while (query_step(&q, &is_row, e) && is_row) {
        buf_put_c(&list, count++ ? ", " : "");
        buf_put_int(&list, take_int(&q));
    }
    if (is_row)
        return false;
    return !count
           || err_set(
               e, ERR_CONFLICT,
               "まだ承認されていない取組項目が%u件あります: %.*s%s。承認が済んでから進めて"
               "ください。",
               count, STR_ARG(buf_str(&list)), list.full ? "…" : "");
}

static bool check_sheets(struct conn *c, struct arena *a, const struct work_ref *ref,
                         const struct move_rule *rule, struct err *e)
{
    struct sheet_rows sheets;

    if (!rule->settled)
        return true;
    if (!store_sheets(c, a, ref, &sheets, e))
        return false;
    if (!sheets.count)
        return err_set(e, ERR_CONFLICT, "取組項目がまだありません。");
    for (int s = 0; s < STEP_COUNT; s++)
        if (rule->settled & 1u << s && !check_settled(c, ref, (enum step)s, e))
            return false;
    return true;
}

/* What was promised is adopted, dropped or carried before a plan is proposed. */
static bool check_promises(struct conn *c, struct arena *a, const struct work_ref *ref,
                           struct err *e)
{
    struct commitment_rows rows;
    struct buf list;
    uint32_t open = 0;

    buf_init(&list, a, 128, 140);
    if (!store_commitments(c, a, ref, false, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.rows[i].fate == FATE_OPEN) {
            buf_put_c(&list, open++ ? "、" : "");
            buf_put(&list, rows.rows[i].id);
        }
    return !open
           || err_set(
               e, ERR_CONFLICT,
               "前の年度の改善の約束が%u件、どうするか決まっていません: %.*s%s。採り入れる"
               "か、理由を付けて見送るか、持ち越してください。",
               open, STR_ARG(buf_str(&list)), list.full ? "…" : "");
}

static bool check_official(struct conn *c, struct arena *a, const struct cycle_move *m,
                           struct err *e)
{
    int64_t state;

    if (!m->official)
        return err_set(e, ERR_INPUT, "公表する内容が作られていません。");
    if (!sheets_state(c, a, &m->ref, &state, e))
        return false;
    return state == m->made_of
           || err_set(
               e, ERR_CONFLICT,
               "点検のあとで、取組項目が書き換えられました。もう一度やり直してください。");
}

static bool check_move(struct conn *c, struct arena *a, const struct stamp *stamp,
                       const struct cycle_move *m, const struct cycle *k, struct err *e)
{
    const struct move_rule *rule = move_rule(m->move);
    struct cycle_asker who;
    struct cycle_now now;

    work_now(k, NULL, STEP_PLAN, &now);
    if (!work_asker(c, stamp, m->ref.organisation, STR(""), &who, e)
        || !cycle_may_move(&now, &who, m->move, stamp->reason, e))
        return false;
    if (!hash_eq(k->record, m->seen))
        return err_set(e, ERR_CONFLICT,
                       "ほかの人が先に進めました。いまの段階を見てからやり直してください。");
    if (!check_sheets(c, a, &m->ref, rule, e))
        return false;
    if (m->move == MOVE_PROPOSE && !check_promises(c, a, &m->ref, e))
        return false;
    return !phase_official(rule->to).n || check_official(c, a, m, e);
}

/* ---- moving ---- */

/* The move was made a moment ago by the same account on the record that it saw now. */
static bool is_made(struct conn *c, struct arena *a, const struct stamp *stamp,
                    const struct cycle_move *m, const struct cycle *k)
{
    struct record r;
    struct err none;

    return k->phase == move_rule(m->move)->to && str_eq(k->mover, stamp->who->id)
           && store_record(c, a, k->record, &r, &none) && hash_eq(r.replaces, m->seen);
}

static bool publish(struct conn *c, struct arena *a, const struct stamp *stamp,
                    const struct cycle_move *m, str state, struct err *e)
{
    const struct import_item item = {
        .plan = m->official,
        .organisation_name = m->official->organisation.v,
        .state = state,
        .findings = m->findings,
        .finding_count = m->finding_count,
        .audit_version = m->audit_version,
        .used_previous = m->used_previous,
    };

    return plan_publish(c, a, stamp, &item, e) && commitments_publish(c, a, stamp, &m->ref, e);
}

/* What the public sees has changed, so the head that holds it is signed. The move stands
 * whether or not that can be done (a key that cannot be written): the next signature covers it
 * as well. */
static bool sign_head(struct conn *c, struct arena *a, const struct stamp *stamp,
                      str organisation)
{
    struct checkpoint_row row;
    struct err told_by_verify;

    return store_checkpoint_sign(c, a, organisation, stamp->now_ms, &row, &told_by_verify);
}

bool store_cycle_move(struct conn *c, struct arena *a, const struct stamp *stamp,
                      const struct cycle_move *move, struct cycle *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    const enum phase to = move_rule(move->move)->to;
    const str state = phase_official(to);
    struct cycle k;

    if (!transaction_begin(c, &t, e) || !store_cycle(c, a, &move->ref, out, e))
        return false;
    if (is_made(c, a, stamp, move, out))
        return true;
    if (!check_move(c, a, stamp, move, out, e))
        return false;
    k = *out;
    k.phase = to;
    k.midyear_done = k.midyear_done || to == PHASE_REVIEWED;
    k.mover = stamp->who->id;
    if (!work_cycle_say(c, a, stamp, &move->ref, &k, e)
        || (state.n && !publish(c, a, stamp, move, state, e))
        || !store_cycle(c, a, &move->ref, out, e) || !transaction_commit(&t, e))
        return false;
    out->is_signed = state.n && sign_head(c, a, stamp, move->ref.organisation);
    return true;
}
