/* Duties: records of kind "grant", and the question who holds what where on a day. */
#include "store/people_inner.h"

#include "base/banned.h"

static str grant_entity(struct arena *a, const struct grant *g)
{
    const str word = duty_word(g->duty);

    return str_fmt(a, "grant/%.*s/%.*s", STR_ARG(g->account), STR_ARG(word));
}

bool grant_project(struct conn *c, const struct record *r, const struct value *tree,
                   struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_GRANT_PUT);

    put_text(&q, r->organisation);
    put_text(&q, value_text(tree, "account"));
    put_text(&q, value_text(tree, "duty"));
    put_text(&q, value_text(tree, "from"));
    put_text_or_null(&q, value_text(tree, "to"));
    put_text_or_null(&q, value_text(tree, "deputy_of"));
    put_int(&q, r->seq);
    return query_run(&q, e);
}

/* ---- who holds what ---- */

/* Asking on one day for one account. */
struct asking {
    struct conn *c;
    str account, day;
};

static unsigned duty_bit(str word)
{
    enum duty d;

    return duty_parse(word, &d) ? DUTY_BIT(d) : 0;
}

/* The duties that reach `from` upwards from itself. *passed: was `through` on the way? What is
 * above a ward or bureau reaches down into it for REFORM and AUDITOR alone; sections are part
 * of what they belong to. */
static bool duties_up(const struct asking *k, str from, str through, unsigned *out,
                      bool *passed, struct err *e)
{
    enum { FROM_A_CITY = DUTY_BIT(DUTY_REFORM) | DUTY_BIT(DUTY_AUDITOR) };
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(k->c, Q_GRANT_UP);
    unsigned reach = DUTIES_ALL, reach_above = DUTIES_ALL;
    int64_t depth = 0;
    bool is_row = true;

    *out = 0;
    *passed = false;
    put_text(&q, from);
    put_text(&q, k->account);
    put_text(&q, k->day);
    while (query_step(&q, &is_row, e) && is_row) {
        const int64_t at = take_int(&q);
        const str key = take_text(&q, &mem), kind = take_text(&q, &mem);

        if (at != depth)
            reach = reach_above;
        depth = at;
        reach_above = str_eq(kind, STR("section")) ? reach : reach & FROM_A_CITY;
        *passed = *passed || str_eq(key, through);
        *out |= duty_bit(take_text(&q, &mem)) & reach;
    }
    return !is_row;
}

static bool duties_down(const struct asking *k, str organisation, unsigned *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(k->c, Q_GRANT_DOWN);
    bool is_row = true;

    put_text(&q, organisation);
    put_text(&q, k->account);
    put_text(&q, k->day);
    while (query_step(&q, &is_row, e) && is_row)
        *out |= duty_bit(take_text(&q, &mem));
    return !is_row;
}

bool store_duties(struct conn *c, str account, const struct duty_place *at, unsigned *out,
                  struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct asking k = { c, account, day_of(&mem, at->now_ms) };
    bool is_open, passed = false;

    *out = str_eq(account, STR("cli")) ? DUTIES_ALL : DUTIES_NONE;
    if (*out)
        return true;
    if (!account_is_open(c, account, &is_open, e))
        return false;
    if (!is_open)
        return true;
    if (at->section.n && !duties_up(&k, at->section, at->organisation, out, &passed, e))
        return false;
    return passed || duties_up(&k, at->organisation, at->organisation, out, &passed, e);
}

bool store_duties_within(struct conn *c, str account, str organisation, int64_t now_ms,
                         unsigned *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct asking k = { c, account, day_of(&mem, now_ms) };
    const struct duty_place at = { organisation, STR(""), now_ms };
    bool is_open;

    if (!store_duties(c, account, &at, out, e) || !account_is_open(c, account, &is_open, e))
        return false;
    return !is_open || duties_down(&k, organisation, out, e);
}

/* ---- lists ---- */

static struct grant row_grant(struct query *q, struct arena *a)
{
    struct grant g = { .organisation = take_text(q, a) };

    g.account = take_text(q, a);
    if (!duty_parse(take_text(q, a), &g.duty))
        g.duty = DUTY_COUNT; /* a file that was changed; verify says so */
    g.from = take_text(q, a);
    g.to = take_text(q, a);
    g.deputy_of = take_text(q, a);
    g.record = take_hash(q);
    return g;
}

bool store_grants(struct conn *c, struct arena *a, str account, str organisation,
                  struct grant_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_GRANT_LIST);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct grant_rows){ 0 };
    put_text(&q, account);
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        const struct grant g = row_grant(&q, a);

        if (g.duty == DUTY_COUNT)
            continue;
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = g;
    }
    return !is_row;
}

/* ---- giving them ---- */

static bool days_check(const struct grant *g, struct err *e)
{
    date from, to;

    if (!date_parse(g->from, &from))
        return err_set(e, ERR_INPUT, "始まりの日「%.*s」は 2024-04-01 の形で書いてください。",
                       STR_ARG(g->from));
    if (g->to.n && !date_parse(g->to, &to))
        return err_set(e, ERR_INPUT, "終わりの日「%.*s」は 2025-03-31 の形で書いてください。",
                       STR_ARG(g->to));
    if (g->to.n && str_cmp(g->to, g->from) < 0)
        return err_set(e, ERR_INPUT, "終わりの日(%.*s)が始まりの日(%.*s)より前です。",
                       STR_ARG(g->to), STR_ARG(g->from));
    return true;
}

/* A deputy stands in for somebody who holds the duty there itself. */
static bool deputy_check(struct conn *c, struct arena *a, const struct grant *g, struct err *e)
{
    struct grant_rows rows;
    struct account principal;

    if (!g->deputy_of.n)
        return true;
    if (str_eq(g->deputy_of, g->account))
        return err_set(e, ERR_INPUT, "自分の代理にはなれません。");
    if (!store_account(c, a, g->deputy_of, &principal, e)
        || !store_grants(c, a, g->deputy_of, g->organisation, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.rows[i].duty == g->duty && !rows.rows[i].deputy_of.n)
            return true;
    return err_set(e, ERR_INPUT,
                   "「%.*s」はこの団体でその職務をもっていないので、代理を立てられません。",
                   STR_ARG(principal.login));
}

static bool may_grant(struct conn *c, const struct stamp *stamp, const struct grant *g,
                      struct err *e)
{
    const struct duty_place at = { g->organisation, STR(""), stamp->now_ms };
    unsigned duties;

    if (!store_duties(c, stamp->who->id, &at, &duties, e))
        return false;
    return (duties & DUTY_BIT(DUTY_ADMINISTRATOR))
           || err_set(e, ERR_DENIED,
                      "権限を与えたり終えたりできるのは、この団体の管理者だけです。");
}

static str grant_body(struct arena *a, const struct grant *g)
{
    struct value *v = value_map(a);
    struct buf b;

    value_put_text(a, v, "account", g->account);
    value_put_text(a, v, "duty", duty_word(g->duty));
    value_put_text(a, v, "from", g->from);
    value_put_text_or_null(a, v, "to", g->to);
    value_put_text_or_null(a, v, "deputy_of", g->deputy_of);
    buf_init(&b, a, 256, LIMIT_TEXT_BYTES);
    json_put_canonical(&b, v);
    return buf_str(&b);
}

static bool grant_write(struct conn *c, struct arena *a, const struct stamp *stamp,
                        const struct grant *g, struct err *e)
{
    const struct entity_ref ref = { g->organisation, grant_entity(a, g), 0 };
    struct draft d = { g->organisation, STR("grant"), ref.entity, { { 0 } }, grant_body(a, g) };
    struct record before, written;

    if (!record_find(c, a, &ref, &before, e))
        return false;
    if (before.seq && str_eq(before.body, d.body))
        return true;
    d.replaces = before.hash;
    return record_commit(c, stamp, &d, &written, e);
}

bool store_grant_save(struct conn *c, const struct stamp *stamp, const struct grant *g,
                      struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct grant now = *g;
    struct organisation o;
    struct account whose;

    if (!now.from.n)
        now.from = day_of(&mem, stamp->now_ms);
    return days_check(&now, e) && transaction_begin(c, &t, e)
           && store_organisation(c, &mem, now.organisation, &o, e)
           && store_account(c, &mem, now.account, &whose, e) && may_grant(c, stamp, &now, e)
           && deputy_check(c, &mem, &now, e) && grant_write(c, &mem, stamp, &now, e)
           && transaction_commit(&t, e);
}

static bool grant_standing(struct conn *c, struct arena *a, const struct grant *g,
                           struct grant *out, struct err *e)
{
    struct grant_rows rows;

    if (!store_grants(c, a, g->account, g->organisation, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.rows[i].duty == g->duty) {
            *out = rows.rows[i];
            return true;
        }
    return err_set(e, ERR_NOT_FOUND, "その利用者はこの団体でその職務をもっていません。");
}

bool store_grant_end(struct conn *c, const struct stamp *stamp, const struct grant *g,
                     struct err *e)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    const str yesterday = day_of(&mem, stamp->now_ms - DAY_MS);
    struct grant now;

    if (!transaction_begin(c, &t, e) || !may_grant(c, stamp, g, e)
        || !grant_standing(c, &mem, g, &now, e))
        return false;
    if (now.to.n && str_cmp(now.to, yesterday) <= 0)
        return err_set(e, ERR_NOT_FOUND, "その職務は%.*sでもう終わっています。",
                       STR_ARG(now.to));
    now.to = yesterday;
    return grant_write(c, &mem, stamp, &now, e) && transaction_commit(&t, e);
}
