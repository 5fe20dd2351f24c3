/* What waits for an account, by the duties it holds. */
#include "store/voice_inner.h"

#include <stdlib.h>

#include "base/banned.h"

static const char *const WAITS[WAIT_COUNT] = {
    [WAIT_TRIAGE] = "triage",   [WAIT_ANSWER] = "answer",   [WAIT_RETURNED] = "returned",
    [WAIT_APPROVE] = "approve", [WAIT_PUBLISH] = "publish",
};
/* Who it waits for. */
static const enum duty FOR[WAIT_COUNT] = {
    [WAIT_TRIAGE] = DUTY_LISTENER,  [WAIT_ANSWER] = DUTY_EDITOR,
    [WAIT_RETURNED] = DUTY_EDITOR,  [WAIT_APPROVE] = DUTY_HEAD,
    [WAIT_PUBLISH] = DUTY_LISTENER,
};

str voice_wait_word(enum voice_wait w)
{
    return str_from(WAITS[w]);
}

struct asked {
    struct conn *c;
    struct arena *a;
    struct voice_task_rows *out;
    str organisation, name; /* of the voices */
    str section;            /* "" = any */
    str today;
    uint32_t room;
};

static bool is_there(const struct asked *q, const struct voice_task *t)
{
    for (uint32_t i = 0; i < q->out->count; i++) {
        const struct voice_task *x = &q->out->rows[i];

        if (x->wait == t->wait && x->fiscal_year == t->fiscal_year && x->number == t->number
            && x->part == t->part && str_eq(x->organisation, t->organisation))
            return true; /* by another duty, or as a deputy */
    }
    return false;
}

static struct voice_task row_task(struct asked *g, struct query *q, enum voice_wait w)
{
    struct voice_task t = { .wait = w, .organisation = g->organisation };
    str due;

    t.organisation_name = g->name;
    t.fiscal_year = (int)take_int(q);
    t.number = (int)take_int(q);
    t.part = (uint32_t)take_int(q);
    t.section = take_text(q, g->a);
    t.summary = take_text(q, g->a);
    t.comment = take_text(q, g->a);
    due = take_text(q, g->a);
    if (!date_parse(due, &t.due))
        t.due = (date){ 0 };
    t.is_overdue = str_cmp(due, g->today) < 0;
    return t;
}

static bool tasks_of(struct asked *g, enum voice_wait w, struct err *e)
{
    const bool of_all = !g->section.n;
    AUTO(query_end)
    struct query q = query_on(g->c, of_all ? Q_VOICE_WAITS_OF_ALL : Q_VOICE_WAITS);
    bool is_row = true;

    put_text(&q, g->organisation);
    put_text(&q, str_from(WAITS[w]));
    if (!of_all)
        put_text(&q, g->section);
    put_int(&q, VOICE_TASKS_MAX);
    while (query_step(&q, &is_row, e) && is_row) {
        const struct voice_task t = row_task(g, &q, w);

        if (is_there(g, &t))
            continue;
        g->out->rows = rows_grow(g->a, g->out->rows, sizeof t, g->out->count, &g->room);
        g->out->rows[g->out->count++] = t;
    }
    return !is_row;
}

/* A duty: held in the ward, or in a section of it. */
static bool grant_tasks(struct asked *g, const struct grant *grant, struct err *e)
{
    struct organisation held, above;

    if (!store_organisation(g->c, g->a, grant->organisation, &held, e))
        return e->code == ERR_NOT_FOUND;
    g->organisation = held.key;
    g->name = held.name;
    g->section = (str){ 0 };
    if (str_eq(held.kind, STR("section"))) {
        if (!held.parent.n || !store_organisation(g->c, g->a, held.parent, &above, e))
            return !held.parent.n || e->code == ERR_NOT_FOUND;
        g->organisation = above.key;
        g->name = above.name;
        g->section = held.key;
    }
    for (int w = 0; w < WAIT_COUNT; w++)
        if (FOR[w] == grant->duty && !tasks_of(g, (enum voice_wait)w, e))
            return false;
    return true;
}

static int by_urgency(const void *x, const void *y)
{
    const struct voice_task *a = x, *b = y;
    const int64_t p = a->due.year ? date_number(a->due) : 0;
    const int64_t q = b->due.year ? date_number(b->due) : 0;

    if (p != q)
        return p < q ? -1 : 1;
    if (a->fiscal_year != b->fiscal_year)
        return a->fiscal_year < b->fiscal_year ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->part > b->part) - (a->part < b->part);
}

bool store_voice_tasks(struct conn *c, struct arena *a, str account, int64_t now_ms,
                       struct voice_task_rows *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct asked g = { .c = c, .a = a, .out = out };
    struct grant_rows grants;

    *out = (struct voice_task_rows){ 0 };
    g.today = voice_day(a, date_of_instant(now_ms));
    if (!transaction_begin_read(c, &t, e) || !store_grants(c, a, account, STR(""), &grants, e))
        return false;
    for (uint32_t i = 0; i < grants.count; i++) {
        const struct grant *one = &grants.rows[i];
        const bool is_over = one->to.n && str_cmp(one->to, g.today) < 0;

        if (is_over || str_cmp(one->from, g.today) > 0)
            continue;
        if (!grant_tasks(&g, one, e))
            return false;
    }
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, by_urgency);
    out->total = out->count;
    out->count = out->count < VOICE_TASKS_MAX ? out->count : VOICE_TASKS_MAX;
    return true;
}
