/* What somebody must do now, over all the years that are worked on. A task is there while the
 * thing stands as it does and gone when it is done; none is stored. */
#include "store/work_inner.h"

#include <stdlib.h>

#include "base/banned.h"

enum {
    SOON_DAYS = 60, /* before its due date the opening of a step becomes somebody's task */
    TASKS_MAX = 500,
    DAY_MS = 86400000,
};

/* One year, asked for one account. */
struct asked {
    struct conn *c;
    struct arena *a;
    const struct stamp *stamp; /* who, and when */
    struct work_ref ref;
    str organisation_name;
    struct cycle cycle;
    struct sheet_rows sheets;
    unsigned duties; /* for the year as a whole */
    struct task_rows *out;
    uint32_t room;
};

static void task_add(struct asked *q, struct task t)
{
    struct task_rows *out = q->out;

    if (out->count == TASKS_MAX)
        return;
    t.organisation = q->ref.organisation;
    t.organisation_name = q->organisation_name;
    t.fiscal_year = q->ref.fiscal_year;
    out->rows = rows_grow(q->a, out->rows, sizeof *out->rows, out->count, &q->room);
    out->rows[out->count++] = t;
}

/* ---- sheets ---- */

/* Opened or sent back, it is the editor's; submitted, the head's. */
static bool sheet_task(const struct asked *q, const struct sheet_copy *s, enum step step,
                       unsigned duties, struct task *out)
{
    const struct sheet_step *at = &s->steps[step];
    const unsigned writers =
        DUTY_BIT(DUTY_EDITOR) | (s->section.n ? 0u : DUTY_BIT(DUTY_PLANNING));

    *out = (struct task){
        .number = s->number,
        .step = step,
        .title = s->initiative.title.v,
        .due = q->cycle.due[step],
        .comment = at->comment,
        .since_ms = at->at_ms ? at->at_ms : q->cycle.at_ms,
        .empty = s->empty[step],
    };
    switch (at->status) {
    case STATUS_OPEN:
        out->kind = TASK_WRITE;
        return duties & writers;
    case STATUS_RETURNED:
        out->kind = TASK_RETURNED;
        return duties & writers;
    case STATUS_SUBMITTED:
        out->kind = TASK_APPROVE;
        return (duties & DUTY_BIT(DUTY_HEAD)) && !str_eq(at->submitter, q->stamp->who->id);
    case STATUS_APPROVED:
    case STATUS_SKIPPED:
    case STATUS_COUNT:
        break;
    }
    return false;
}

/* While a correction is made every step that was opened again is written. */
static bool is_written_now(const struct asked *q, const struct sheet_copy *s, enum step step)
{
    if (q->cycle.phase == PHASE_CORRECTING)
        return !status_is_settled(s->steps[step].status);
    return phase_step(q->cycle.phase) == (int)step;
}

static bool sheet_tasks(struct asked *q, struct err *e)
{
    str section = STR("/"); /* of the sheet before: none is called so */
    unsigned duties = 0;

    for (uint32_t i = 0; i < q->sheets.count; i++) {
        const struct sheet_copy *s = &q->sheets.rows[i];

        for (int step = 0; step < STEP_COUNT; step++) {
            struct task t;

            if (!is_written_now(q, s, (enum step)step))
                continue;
            if (!str_eq(section, s->section)
                && !access_duties(q->c, q->stamp, q->ref.organisation, s->section, &duties, e))
                return false;
            section = s->section;
            if (sheet_task(q, s, (enum step)step, duties, &t))
                task_add(q, t);
        }
    }
    return true;
}

/* ---- the year ---- */

static bool all_settled(const struct asked *q, unsigned steps)
{
    for (uint32_t i = 0; i < q->sheets.count; i++)
        for (int s = 0; s < STEP_COUNT; s++)
            if (steps & 1u << s && !status_is_settled(q->sheets.rows[i].steps[s].status))
                return false;
    return q->sheets.count > 0;
}

static int64_t day_of(int64_t ms)
{
    return (ms + 9 * INT64_C(3600000)) / DAY_MS; /* days are days in Japan */
}

/* Days from now to a due date, INT_MAX when there is none. */
static int64_t days_left(const struct asked *q, str due)
{
    struct buf b;
    int64_t ms;

    buf_init(&b, q->a, 32, 64);
    buf_put(&b, due);
    buf_put_c(&b, "T00:00:00.000+09:00");
    return due.n && instant_parse(buf_str(&b), &ms) ? day_of(ms) - day_of(q->stamp->now_ms)
                                                    : INT32_MAX;
}

/* The move that a phase waits for, and the step it is about; opening a step waits only when its
 * due date comes near. */
static const struct {
    enum phase phase;
    enum move move;
    enum step step;
    bool is_opening;
} WAITING[] = {
    { PHASE_DRAFT, MOVE_PROPOSE, STEP_PLAN, false },
    { PHASE_PROPOSAL, MOVE_ADOPT, STEP_PLAN, false },
    { PHASE_REVISING, MOVE_ADOPT_REVISION, STEP_PLAN, false },
    { PHASE_ADOPTED, MOVE_OPEN_MIDYEAR, STEP_MIDYEAR, true },
    { PHASE_REVISED, MOVE_OPEN_MIDYEAR, STEP_MIDYEAR, true },
    { PHASE_MIDYEAR, MOVE_CLOSE_MIDYEAR, STEP_MIDYEAR, false },
    { PHASE_REVIEWED, MOVE_OPEN_EVALUATION, STEP_EVALUATION, true },
    { PHASE_REVISED, MOVE_OPEN_EVALUATION, STEP_EVALUATION, true },
    { PHASE_EVALUATION, MOVE_COMPLETE, STEP_EVALUATION, false },
    { PHASE_EVALUATED, MOVE_PUBLISH, STEP_EVALUATION, false },
    { PHASE_CORRECTING, MOVE_REPUBLISH, STEP_EVALUATION, false },
};

static void move_tasks(struct asked *q, bool has_open_promises)
{
    const struct cycle_asker who = { q->stamp->who->id, q->duties };
    struct cycle_now now;
    struct err none;

    work_now(&q->cycle, NULL, STEP_PLAN, &now);
    for (size_t i = 0; i < sizeof WAITING / sizeof *WAITING; i++) {
        const str due = q->cycle.due[WAITING[i].step];
        const struct task t = {
            .kind = TASK_MOVE,
            .move = WAITING[i].move,
            .step = WAITING[i].step,
            .due = due,
            .comment = q->cycle.reason,
            .since_ms = q->cycle.at_ms,
        };

        if (WAITING[i].phase != q->cycle.phase
            || !cycle_may_move(&now, &who, t.move, STR("-"), &none)
            || !all_settled(q, move_rule(t.move)->settled)
            || (WAITING[i].is_opening && days_left(q, due) > SOON_DAYS)
            || (t.move == MOVE_PROPOSE && has_open_promises))
            continue;
        task_add(q, t);
    }
}

static bool promise_tasks(struct asked *q, bool *has_open, struct err *e)
{
    struct commitment_rows rows;
    struct task t = { .kind = TASK_DECIDE,
                      .due = q->cycle.due[STEP_PLAN],
                      .since_ms = q->cycle.at_ms };

    *has_open = false;
    if (q->cycle.phase != PHASE_DRAFT || !(q->duties & DUTY_BIT(DUTY_PLANNING)))
        return true;
    if (!store_commitments(q->c, q->a, &q->ref, false, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        t.empty += rows.rows[i].fate == FATE_OPEN;
    *has_open = t.empty > 0;
    if (*has_open)
        task_add(q, t);
    return true;
}

static bool year_tasks(struct asked *q, struct err *e)
{
    const unsigned acting = DUTIES_WRITE | DUTY_BIT(DUTY_MAYOR);
    unsigned within;
    bool has_open;

    if (!store_duties_within(q->c, q->stamp->who->id, q->ref.organisation, q->stamp->now_ms,
                             &within, e))
        return false;
    if (!(within & acting))
        return true;
    return store_cycle(q->c, q->a, &q->ref, &q->cycle, e)
           && store_sheets(q->c, q->a, &q->ref, &q->sheets, e)
           && access_duties(q->c, q->stamp, q->ref.organisation, STR(""), &q->duties, e)
           && sheet_tasks(q, e) && promise_tasks(q, &has_open, e)
           && (move_tasks(q, has_open), true);
}

/* ---- all of them ---- */

/* By due date, those without one last; then by how long they have waited. */
static int by_urgency(const void *x, const void *y)
{
    const struct task *a = x, *b = y;

    if (!a->due.n != !b->due.n)
        return a->due.n ? -1 : 1;
    if (!str_eq(a->due, b->due))
        return str_cmp(a->due, b->due);
    if (a->since_ms != b->since_ms)
        return a->since_ms < b->since_ms ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

struct year_name {
    str organisation, name;
    int fiscal_year;
    struct year_name *next;
};

static bool years_load(struct conn *c, struct arena *a, struct year_name **first, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CYCLE_NAMES);
    struct year_name **last = first;
    bool is_row = true;

    *first = NULL;
    while (query_step(&q, &is_row, e) && is_row) {
        struct year_name *one = NEW(a, struct year_name, 1);

        one->organisation = take_text(&q, a);
        one->name = take_text(&q, a);
        one->fiscal_year = (int)take_int(&q);
        *last = one;
        last = &one->next;
    }
    return !is_row;
}

bool store_tasks(struct conn *c, struct arena *a, str account, int64_t now_ms,
                 struct task_rows *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct actor who = { account, { 0 } };
    const struct stamp stamp = { &who, now_ms, { 0 } };
    struct asked q = { .c = c, .a = a, .stamp = &stamp, .out = out };
    struct year_name *years;

    *out = (struct task_rows){ 0 };
    if (!transaction_begin_read(c, &t, e) || !years_load(c, a, &years, e))
        return false;
    for (; years; years = years->next) {
        q.ref = (struct work_ref){ years->organisation, years->fiscal_year, 0 };
        q.organisation_name = years->name;
        if (!year_tasks(&q, e))
            return false;
    }
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, by_urgency);
    return true;
}

bool store_written_by(struct conn *c, struct arena *a, str account, uint32_t limit,
                      struct record_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_WRITTEN_BY);
    bool is_row = true;

    *out = (struct record_rows){ .rows = NEW(a, struct record, limit) };
    put_text(&q, account);
    put_int(&q, limit);
    while (out->count < limit && query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++] = row_listed(&q, a);
    return !is_row || out->count == limit;
}
