/* A year that is worked on: its record, how it begins, when its steps are due. */
#include "store/work_inner.h"

#include "base/banned.h"

/* ---- shared ---- */

bool work_say(struct conn *c, struct arena *a, const struct stamp *stamp,
              const struct work_say *what, struct work_said *out, struct err *e)
{
    const struct entity_ref ref = { what->organisation, what->entity, 0 };
    struct draft d = { what->organisation, what->kind, what->entity, what->seen,
                       body_put(a, what->tree) };
    struct record newest;

    if (!d.body.n)
        return err_set(e, ERR_INPUT, "%.*s が大きすぎます。", STR_ARG(what->entity));
    if (!record_find(c, a, &ref, &newest, e))
        return false;
    if (newest.seq && str_eq(newest.body, d.body)) {
        *out = (struct work_said){ newest, true };
        return true;
    }
    if (what->is_blind)
        d.replaces = newest.hash;
    out->is_same = false;
    return record_commit(c, stamp, &d, &out->record, e);
}

bool work_asker(struct conn *c, const struct stamp *stamp, str organisation, str section,
                struct cycle_asker *out, struct err *e)
{
    enum duty duty;

    *out = (struct cycle_asker){ .duties = DUTIES_ALL };
    if (actor_is_machine(stamp->who))
        return true;
    out->account = stamp->who->id;
    if (!access_duties(c, stamp, organisation, section, &out->duties, e))
        return false;
    out->duties &= duty_parse(stamp->who->role, &duty) ? DUTY_BIT(duty) : 0;
    return true;
}

void work_now(const struct cycle *k, const struct sheet_copy *s, enum step step,
              struct cycle_now *out)
{
    *out = (struct cycle_now){
        .phase = k->phase,
        .midyear_done = k->midyear_done,
        .last_mover = k->mover,
    };
    for (int i = 0; s && i < STEP_COUNT; i++)
        out->status[i] = s->steps[i].status;
    if (s)
        out->submitter = s->steps[step].submitter;
}

bool work_planning(struct conn *c, const struct stamp *stamp, str organisation,
                   const char *what, struct err *e)
{
    struct cycle_asker who;

    if (!work_asker(c, stamp, organisation, STR(""), &who, e))
        return false;
    return (who.duties & DUTY_BIT(DUTY_PLANNING))
           || err_set(e, ERR_DENIED, "「%s」ができるのは、企画担当です。", what);
}

/* ---- reading ---- */

/* Columns of cycle_row and cycle_rows. */
static struct cycle row_cycle(struct query *q, struct arena *a)
{
    struct cycle k = { 0 };

    take_skip(q);
    k.fiscal_year = (int)take_int(q);
    if (!phase_parse(take_text(q, a), &k.phase))
        k.phase = PHASE_NONE; /* a changed table: verification says so */
    k.midyear_done = take_int(q) != 0;
    k.origin_year = (int)take_int(q);
    k.title = take_text(q, a);
    k.form_id = take_text(q, a);
    for (int s = 0; s < STEP_COUNT; s++)
        k.due[s] = take_text(q, a);
    k.mover = take_text(q, a);
    k.record = take_hash(q);
    k.at_ms = take_int(q);
    k.author = take_text(q, a);
    k.role = take_text(q, a);
    k.reason = take_text(q, a);
    return k;
}

bool work_cycle_find(struct conn *c, struct arena *a, const struct work_ref *ref,
                     struct cycle *out, bool *found, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CYCLE_ROW);

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    if (!query_step(&q, found, e))
        return false;
    *out = *found ? row_cycle(&q, a) : (struct cycle){ 0 };
    return true;
}

bool store_cycle(struct conn *c, struct arena *a, const struct work_ref *ref, struct cycle *out,
                 struct err *e)
{
    bool found;

    if (!work_cycle_find(c, a, ref, out, &found, e))
        return false;
    return found
           || err_set(e, ERR_NOT_FOUND, "%.*s の%d年度の作業は始まっていません。",
                      STR_ARG(ref->organisation), ref->fiscal_year);
}

bool store_cycles(struct conn *c, struct arena *a, str organisation, struct cycle_rows *out,
                  struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CYCLE_ROWS);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct cycle_rows){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = row_cycle(&q, a);
    }
    return !is_row;
}

bool work_cycle_say(struct conn *c, struct arena *a, const struct stamp *stamp,
                    const struct work_ref *ref, const struct cycle *k, struct err *e)
{
    const struct work_say what = {
        .organisation = ref->organisation,
        .kind = STR("cycle"),
        .entity = entity_cycle(a, ref->fiscal_year),
        .tree = work_cycle_value(a, k),
        .seen = k->record,
    };
    struct work_said r;

    return work_say(c, a, stamp, &what, &r, e);
}

/* ---- beginning ---- */

/* The steps that are behind a plan which was imported in a phase. */
static bool is_behind(enum phase p, enum step s)
{
    static const enum phase AFTER[STEP_COUNT] = {
        [STEP_PLAN] = PHASE_PROPOSAL,
        [STEP_MIDYEAR] = PHASE_REVIEWED,
        [STEP_EVALUATION] = PHASE_EVALUATED,
    };

    return p >= AFTER[s];
}

static bool check_start(struct conn *c, struct arena *a, const struct cycle_start *start,
                        struct err *e)
{
    const struct work_ref *ref = &start->ref;
    const bool is_imported = start->from_year == ref->fiscal_year;
    const struct plan_ref official = { ref->organisation, ref->fiscal_year, 0 };
    struct organisation organisation;
    struct plan_head head;
    struct cycle k;
    struct err none;
    bool found;

    if (ref->fiscal_year < FISCAL_MIN || ref->fiscal_year > FISCAL_MAX)
        return err_set(e, ERR_INPUT, "年度は西暦で指定してください(例: 2025)。");
    if (!store_organisation(c, a, ref->organisation, &organisation, e)
        || !work_cycle_find(c, a, ref, &k, &found, e))
        return false;
    if (found)
        return err_set(e, ERR_CONFLICT, "%d年度の作業はもう始まっています。", ref->fiscal_year);
    if (start->from_year > ref->fiscal_year)
        return err_set(e, ERR_INPUT, "後の年度からは写せません。");
    if (!is_imported && store_plan_head(c, a, &official, &head, &none))
        return err_set(e, ERR_CONFLICT,
                       "%d年度の運営方針は保存されています。その続きとして始めてください"
                       "(写す元の年度を%dにします)。",
                       ref->fiscal_year, ref->fiscal_year);
    if (start->phase != PHASE_DRAFT
        && (!is_imported
            || (!phase_official(start->phase).n && start->phase != PHASE_EVALUATED)))
        return err_set(e, ERR_INPUT,
                       "この段階からは始められません。素案からか、取り込んだ運営方針の段階から"
                       "始めてください。");
    return true;
}

/* The steps that lie behind a sheet of a year that begins late. */
static bool step_begin(struct conn *c, const struct stamp *stamp, const struct work_ref *ref,
                       struct hash sheet, enum phase phase, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct step_body body = { .status = STATUS_APPROVED, .sheet = sheet };

    for (int s = 0; s < STEP_COUNT; s++) {
        const struct work_say what = {
            .organisation = ref->organisation,
            .kind = STR("step"),
            .entity = entity_step(&mem, ref->fiscal_year, ref->number, (enum step)s),
            .tree = work_step_value(&mem, &body),
            .is_blind = true,
        };
        struct work_said r;

        if (is_behind(phase, (enum step)s) && !work_say(c, &mem, stamp, &what, &r, e))
            return false;
    }
    return true;
}

/* One sheet of the year, from an initiative of the plan it begins with. */
static bool sheet_begin(struct conn *c, const struct stamp *stamp,
                        const struct cycle_start *start, const struct initiative *from,
                        struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const bool is_rolled = start->from_year != start->ref.fiscal_year;
    struct work_ref ref = start->ref;
    struct sheet_body body = { .section = from->section, .initiative = *from };
    struct work_say what = { .organisation = ref.organisation, .kind = STR("sheet") };
    struct work_said r;

    ref.number = from->number;
    if (is_rolled) {
        body.origin_year = start->from_year;
        body.origin_number = from->number;
        sheet_roll(&mem, from, start->from_year, ref.fiscal_year, &body.initiative);
    }
    what.entity = entity_sheet(&mem, ref.fiscal_year, ref.number);
    what.tree = work_sheet_value(&mem, &body);
    what.is_blind = true;
    return work_say(c, &mem, stamp, &what, &r, e)
           && step_begin(c, stamp, &ref, r.record.hash, start->phase, e);
}

/* 令和5年度…運営方針 -> 令和6年度…運営方針 */
static str title_roll(struct arena *a, str title, int from_year, int year)
{
    struct buf old, new;
    ptrdiff_t at;

    buf_init(&old, a, 32, 64);
    buf_init(&new, a, 32, 64);
    fiscal_put(&old, from_year, FISCAL_ERA);
    fiscal_put(&new, year, FISCAL_ERA);
    at = str_find(title, buf_str(&old));
    if (at < 0)
        return title;
    return str_fmt(a, "%.*s%.*s%.*s", (int)at, title.p, STR_ARG(buf_str(&new)),
                   STR_ARG(str_skip(title, (size_t)at + buf_str(&old).n)));
}

static bool begin_from(struct conn *c, struct arena *a, const struct cycle_start *start,
                       struct cycle *k, struct plan *from, struct err *e)
{
    const struct plan_ref ref = { start->ref.organisation, start->from_year, 0 };

    *from = (struct plan){ 0 };
    *k = (struct cycle){
        .phase = start->phase,
        .midyear_done = start->phase >= PHASE_REVIEWED,
        .origin_year = start->from_year,
        .title = start->title,
        .form_id = start->form_id,
    };
    if (!start->from_year)
        return true;
    if (!store_plan(c, a, &ref, from, e))
        return false;
    if (!k->title.n)
        k->title = title_roll(a, from->title.v, start->from_year, start->ref.fiscal_year);
    if (!k->form_id.n)
        k->form_id = from->form_id;
    return true;
}

bool store_cycle_start(struct conn *c, struct arena *a, const struct stamp *stamp,
                       const struct cycle_start *start, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct work_ref *ref = &start->ref;
    struct plan from;
    struct cycle k;

    if (!transaction_begin(c, &t, e)
        || !work_planning(c, stamp, ref->organisation, "年度の作業を始める", e)
        || !check_start(c, a, start, e) || !begin_from(c, a, start, &k, &from, e))
        return false;
    k.mover = stamp->who->id;
    if (!k.form_id.n)
        k.form_id = form_preset_id(0);
    if (!work_cycle_say(c, a, stamp, ref, &k, e))
        return false;
    for (uint32_t i = 0; i < from.initiative_count; i++)
        if (!sheet_begin(c, stamp, start, &from.initiatives[i], e))
            return false;
    return transaction_commit(&t, e);
}

/* ---- due dates ---- */

bool store_cycle_due(struct conn *c, const struct stamp *stamp, const struct work_ref *ref,
                     const str due[STEP_COUNT], struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct cycle k;

    for (int s = 0; s < STEP_COUNT; s++) {
        date day;

        if (due[s].n && !date_parse(due[s], &day))
            return err_set(e, ERR_INPUT,
                           "期限は、ある日を 2025-09-30 のように書いてください: %.*s",
                           STR_ARG(due[s]));
    }
    if (!transaction_begin(c, &t, e)
        || !work_planning(c, stamp, ref->organisation, "期限を決める", e)
        || !store_cycle(c, &mem, ref, &k, e))
        return false;
    for (int s = 0; s < STEP_COUNT; s++)
        k.due[s] = due[s];
    return work_cycle_say(c, &mem, stamp, ref, &k, e) && transaction_commit(&t, e);
}
