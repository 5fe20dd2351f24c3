/* Entering: rows that are new, changed or taken back become batches; what stands already in the
 * same words makes no record. */
#include "store/inner.h"

#include "base/banned.h"

struct entering {
    struct conn *c;
    const struct stamp *stamp;
    const struct entries_import *in;
    struct entries_report *report;
    struct register_entry *rows; /* of the batch that is being gathered */
    uint32_t count;
    int64_t number; /* of the last batch */
    struct hash source;
};

/* ---- one record ---- */

static str canonical(struct arena *a, const struct value *tree)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, tree);
    return b.full ? (str){ 0 } : buf_str(&b);
}

bool record_say(struct conn *c, const struct stamp *stamp, const struct said *what,
                bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct entity_ref ref = { what->organisation, what->entity, 0 };
    struct draft d = { .organisation = what->organisation,
                       .kind = what->kind,
                       .entity = what->entity };
    struct record before, after;

    d.body = canonical(&mem, what->tree);
    if (!d.body.n)
        return err_set(e, ERR_INPUT, "%.*s が大きすぎます。", STR_ARG(what->entity));
    if (!record_find(c, &mem, &ref, &before, e))
        return false;
    *is_same = before.seq && str_eq(before.body, d.body);
    d.replaces = before.hash;
    return *is_same || record_commit(c, stamp, &d, &after, e);
}

bool record_say_alone(struct conn *c, const struct stamp *stamp, const struct said *what,
                      bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct organisation o;

    return transaction_begin(c, &t, e) && store_organisation(c, &mem, what->organisation, &o, e)
           && record_say(c, stamp, what, is_same, e) && transaction_commit(&t, e);
}

bool store_book_save(struct conn *c, const struct stamp *stamp, str organisation,
                     const struct register_def *d, bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct said what = {
        organisation,
        d->book == BOOK_REGISTER ? STR("register") : STR("ledger"),
        register_entity(&mem, d),
        d->tree,
    };

    return record_say_alone(c, stamp, &what, is_same, e);
}

bool store_areas_save(struct conn *c, const struct stamp *stamp, str organisation,
                      const struct areas *areas, bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct said what = { organisation, STR("areas"), STR("areas"),
                               areas_value(&mem, areas) };

    return record_say_alone(c, stamp, &what, is_same, e);
}

/* ---- batches ---- */

static bool source_put(struct entering *g, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct entries_import *in = g->in;
    struct value *v = value_map(&mem);
    struct said what = { in->ref.organisation, STR("source"), { 0 }, v };
    struct buf hex;
    bool is_same;

    if (!in->bytes.n || !hash_is_zero(g->source))
        return true;
    g->source = hash_bytes(in->bytes);
    what.entity = entity_source(&mem, g->source);
    buf_init(&hex, &mem, 64, 64);
    hash_put(&hex, g->source);
    value_put_text(&mem, v, "source", buf_str(&hex));
    value_put_text(&mem, v, "name", in->source_name);
    value_put_int(&mem, v, "bytes", (int64_t)in->bytes.n);
    return blob_save(g->c, &mem, g->source, in->bytes, e)
           && record_say(g->c, g->stamp, &what, &is_same, e);
}

static bool flush(struct entering *g, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct batch_source source = { g->in->source_name, { { 0 } } };
    struct said what = { g->in->ref.organisation, STR("entries"), { 0 }, NULL };
    bool is_same;

    if (!g->count)
        return true;
    g->number++;
    g->report->batches++;
    if (g->in->apply) {
        if (!source_put(g, e))
            return false;
        source.hash = g->source;
        what.entity =
            str_fmt(&mem, "%.*s/batch/%lld", STR_ARG(g->in->ref.book), (long long)g->number);
        what.tree = entries_value(&mem, g->in->def, g->rows, g->count, &source);
        if (!record_say(g->c, g->stamp, &what, &is_same, e))
            return false;
    }
    g->count = 0;
    return true;
}

/* ---- what is new? ---- */

/* The row as a batch would hold it. */
static const struct value *row_value(struct arena *a, const struct entering *g,
                                     const struct register_entry *one)
{
    const struct batch_source none = { { 0 }, { { 0 } } };
    const struct value *v = entries_value(a, g->in->def, one, 1, &none);

    return value_get(v, STR("rows"))->first;
}

/* Do two rows say the same values, whether or not one of them is void? */
static bool same_values(struct arena *a, const struct value *x, const struct value *y)
{
    static const char *const PARTS[] = { "values", "pending" };

    for (int i = 0; i < 2; i++) {
        const struct value *p = value_get(x, str_from(PARTS[i]));
        const struct value *q = value_get(y, str_from(PARTS[i]));

        if (!p != !q || (p && !str_eq(canonical(a, p), canonical(a, q))))
            return false;
    }
    return true;
}

static bool standing(struct entering *g, struct arena *a, str id, str *body, bool *is_void,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(g->c, Q_ENTRY_CURRENT);
    bool found;

    *body = (str){ 0 };
    *is_void = false;
    put_text(&q, g->in->ref.organisation);
    put_text(&q, g->in->ref.book);
    put_text(&q, id);
    if (!query_step(&q, &found, e))
        return false;
    if (found) {
        take_skip(&q);
        *is_void = take_int(&q) != 0;
        *body = take_text(&q, a);
    }
    return true;
}

/* *is_news: a batch must say it. */
static bool weigh(struct entering *g, const struct register_entry *one, bool *is_news,
                  struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct entries_report *r = g->report;
    struct value *old;
    const struct value *row;
    str body;
    bool is_void;

    *is_news = true;
    if (!standing(g, &mem, one->id, &body, &is_void, e))
        return false;
    if (!body.n) {
        r->fresh++;
        return true;
    }
    row = row_value(&mem, g, one);
    *is_news = !str_eq(body, canonical(&mem, row));
    if (!*is_news) {
        r->same++;
        return true;
    }
    if (!body_tree(&mem, body, &old, e))
        return false;
    if (is_void && (one->is_void || same_values(&mem, old, row))) {
        *is_news = false;
        r->kept_void++;
    } else if (one->is_void) {
        r->voided++;
    } else {
        r->changed++;
    }
    return true;
}

static bool last_batch(struct entering *g, struct err *e)
{
    AUTO(query_end) struct query q = query_on(g->c, Q_BATCH_LAST);

    put_text(&q, g->in->ref.organisation);
    put_text(&q, g->in->ref.book);
    return query_number(&q, &g->number, e);
}

bool store_entries_import(struct conn *c, const struct stamp *stamp,
                          const struct entries_import *in, struct entries_report *out,
                          struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct entering g = { .c = c, .stamp = stamp, .in = in, .report = out };
    struct register_def d;
    struct hash record;

    *out = (struct entries_report){ 0 };
    g.rows = NEW(&mem, struct register_entry, LIMIT_BATCH_ROWS);
    if (!(in->apply ? transaction_begin(c, &t, e) : transaction_begin_read(c, &t, e))
        || (in->apply && !store_book(c, &mem, &in->ref, &d, &record, e)) || !last_batch(&g, e))
        return false; /* a dry run may be of a register that is not open yet */
    for (uint32_t i = 0; i < in->count; i++) {
        bool is_news;

        if (!weigh(&g, &in->rows[i], &is_news, e))
            return false;
        if (is_news)
            g.rows[g.count++] = in->rows[i];
        if (g.count == LIMIT_BATCH_ROWS && !flush(&g, e))
            return false;
    }
    return flush(&g, e) && (!in->apply || transaction_commit(&t, e));
}
