/* Versions of one entity; corrections of a published plan. */
#include "store/inner.h"

#include "base/banned.h"

static int64_t instant_of(as_of when)
{
    return when ? when : INT64_MAX;
}

static bool version_count(struct conn *c, const struct versions_asked *what, uint32_t *total,
                          struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_VERSION_COUNT);
    int64_t n;

    put_text(&q, what->organisation);
    put_text(&q, what->entity);
    put_int(&q, instant_of(what->when));
    if (!query_number(&q, &n, e))
        return false;
    *total = (uint32_t)n;
    return true;
}

bool store_versions(struct conn *c, struct arena *a, const struct versions_asked *what,
                    struct record_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_VERSIONS);
    bool is_row = true;

    *out = (struct record_rows){ .rows = NEW(a, struct record, what->limit) };
    if (!version_count(c, what, &out->total, e))
        return false;
    put_text(&q, what->organisation);
    put_text(&q, what->entity);
    put_int(&q, instant_of(what->when));
    put_int(&q, what->limit);
    while (query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++] = row_listed(&q, a);
    return !is_row;
}

/* ---- corrections ---- */

/* The first record of the plan's head that says it is published; seq 0 = there is none. */
static bool first_published(struct conn *c, const struct plan_ref *ref, int64_t *seq,
                            int64_t *at_ms, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_FIRST_PUBLISHED);
    bool found;

    *seq = *at_ms = 0;
    put_text(&q, ref->organisation);
    put_text(&q, entity_plan(&mem, ref->fiscal_year));
    put_int(&q, instant_of(ref->when));
    if (!query_step(&q, &found, e))
        return false;
    if (found) {
        *seq = take_int(&q);
        *at_ms = take_int(&q);
    }
    return true;
}

/* Parameters of record_corrections and record_correction_count. */
static void put_after(struct query *q, struct arena *a, const struct plan_ref *ref, int64_t seq)
{
    const str plan = entity_plan(a, ref->fiscal_year);

    put_text(q, ref->organisation);
    put_text(q, plan);
    put_text(q, str_fmt(a, "%.*s/initiative/", STR_ARG(plan)));
    put_text(q, str_fmt(a, "%.*s/initiative0", STR_ARG(plan))); /* '0' follows '/' */
    put_int(q, seq);
    put_int(q, instant_of(ref->when));
}

static bool records_after(struct conn *c, struct arena *a, const struct plan_ref *ref,
                          int64_t seq, struct record_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_CORRECTIONS);
    bool is_row = true;

    out->rows = NEW(a, struct record, LIMIT_CORRECTED);
    out->count = 0;
    put_after(&q, a, ref, seq);
    put_int(&q, LIMIT_CORRECTED);
    while (query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++] = row_listed(&q, a);
    return !is_row;
}

/* Records of one transaction bear one instant, one author and one reason. */
static bool is_same_decision(const struct record *x, const struct record *y)
{
    return x->at_ms == y->at_ms && str_eq(x->author, y->author) && str_eq(x->reason, y->reason);
}

static void gather(struct arena *a, const struct record_rows *records, struct corrections *out)
{
    out->rows = NEW(a, struct correction, records->count);
    for (uint32_t i = 0; i < records->count; i++) {
        const struct record *r = &records->rows[i];

        if (!i || !is_same_decision(r - 1, r))
            out->rows[out->count++] =
                (struct correction){ r->at_ms, r->author, r->role, r->reason, r, 0 };
        out->rows[out->count - 1].count++;
    }
}

bool store_corrections(struct conn *c, struct arena *a, const struct plan_ref *ref,
                       struct corrections *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct record_rows records;
    int64_t seq;

    *out = (struct corrections){ 0 };
    if (!transaction_begin_read(c, &t, e)
        || !first_published(c, ref, &seq, &out->published_ms, e))
        return false;
    if (!seq)
        return true;
    if (!records_after(c, a, ref, seq, &records, e))
        return false;
    gather(a, &records, out);
    out->is_cut = records.count == LIMIT_CORRECTED;
    return true;
}

bool store_correction_count(struct conn *c, const struct plan_ref *ref, uint32_t *out,
                            struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_CORRECTION_COUNT);
    int64_t seq, at_ms, n;

    *out = 0;
    if (!first_published(c, ref, &seq, &at_ms, e))
        return false;
    if (!seq)
        return true;
    put_after(&q, &mem, ref, seq);
    if (!query_number(&q, &n, e))
        return false;
    *out = (uint32_t)n;
    return true;
}
