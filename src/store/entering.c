/* Entering: rows that are new, changed or taken back become batches; what stands already in the
 * same words makes no record. */
#include "store/entry_inner.h"
#include "store/blob.h"

#include "base/banned.h"

struct entering {
    struct conn *c;
    const struct stamp *stamp;
    const struct entries_import *in;
    struct entries_report *report;
    struct register_entry *rows; /* of the batch that is being gathered */
    uint32_t count;
    int64_t number; /* of the last batch */
    int64_t shelf;  /* where its entries stand; 0 = it has none */
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

/* What was entered by the definition that stands stays true. */
static bool entries_stay(struct conn *c, struct arena *a, const struct book_ref *ref,
                         const struct register_def *d, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_BATCH_LAST);
    struct register_def before;
    struct hash record;
    int64_t batches;
    int field;

    put_text(&q, ref->organisation);
    put_text(&q, ref->book);
    if (!query_number(&q, &batches, e))
        return false;
    return !batches
           || (store_book(c, a, ref, &before, &record, e)
               && register_may_become(&before, d, &field, e));
}

bool store_book_change(struct conn *c, const struct stamp *stamp,
                       const struct book_change *change, bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct register_def *d = change->def;
    const struct book_ref ref = { change->organisation, register_entity(&mem, d) };
    const struct entity_ref entity = { ref.organisation, ref.book, 0 };
    const struct said what = {
        ref.organisation,
        d->book == BOOK_REGISTER ? STR("register") : STR("ledger"),
        ref.book,
        d->tree,
    };
    struct organisation known;
    struct record standing;

    if (!transaction_begin(c, &t, e)
        || !store_organisation(c, &mem, ref.organisation, &known, e)
        || !record_find(c, &mem, &entity, &standing, e))
        return false;
    if (change->seen && !hash_eq(standing.hash, *change->seen))
        return err_set(e, ERR_CONFLICT,
                       "この台帳の項目は、開いているあいだに別の人が変えました。");
    return entries_stay(c, &mem, &ref, d, e) && record_say(c, stamp, &what, is_same, e)
           && transaction_commit(&t, e);
}

bool store_book_save(struct conn *c, const struct stamp *stamp, str organisation,
                     const struct register_def *d, bool *is_same, struct err *e)
{
    return store_book_change(c, stamp, &(struct book_change){ organisation, d, NULL }, is_same,
                             e);
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
    const struct entries_import *in = g->in;
    const struct open_document document = { in->ref.organisation, in->source_name, in->bytes };

    return !in->bytes.n || !hash_is_zero(g->source)
           || document_save(g->c, g->stamp, &document, &g->source, e);
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
    put_int(&q, entry_key(id));
    put_int(&q, g->shelf);
    if (!query_step(&q, &found, e))
        return false;
    if (found) {
        take_skip(&q); /* place, batch */
        take_skip(&q);
        *is_void = take_int(&q) != 0;
        *body = take_text(&q, a);
    }
    return true;
}

/* Counts what becomes of a row. */
static bool fate_of(struct entering *g, const struct register_entry *one, enum entry_fate fate)
{
    struct entries_report *r = g->report;

    if (g->in->fates)
        g->in->fates[one - g->in->rows] = fate;
    r->fresh += fate == FATE_FRESH;
    r->changed += fate == FATE_CHANGED;
    r->same += fate == FATE_SAME;
    r->voided += fate == FATE_VOIDED;
    r->kept_void += fate == FATE_KEPT_VOID;
    return fate == FATE_FRESH || fate == FATE_CHANGED || fate == FATE_VOIDED;
}

/* *is_news: a batch must say it. */
static bool weigh(struct entering *g, const struct register_entry *one, bool *is_news,
                  struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *old;
    const struct value *row;
    str body = { 0 };
    bool is_void = false, stays;

    if (g->shelf && !standing(g, &mem, one->id, &body, &is_void, e))
        return false;
    if (!body.n) {
        *is_news = fate_of(g, one, FATE_FRESH);
        return true;
    }
    row = row_value(&mem, g, one);
    if (str_eq(body, canonical(&mem, row))) {
        *is_news = fate_of(g, one, FATE_SAME);
        return true;
    }
    if (!body_tree(&mem, body, &old, e))
        return false;
    stays = is_void && (one->is_void || (!g->in->revives && same_values(&mem, old, row)));
    *is_news = fate_of(g, one,
                       stays          ? FATE_KEPT_VOID
                       : one->is_void ? FATE_VOIDED
                                      : FATE_CHANGED);
    return true;
}

/* The number of the last batch, and where the entries stand. */
static bool last_batch(struct entering *g, struct err *e)
{
    AUTO(query_end) struct query last = query_on(g->c, Q_BATCH_LAST);
    AUTO(query_end) struct query shelf = query_on(g->c, Q_BATCH_SHELF);

    put_text(&last, g->in->ref.organisation);
    put_text(&last, g->in->ref.book);
    put_text(&shelf, g->in->ref.organisation);
    put_text(&shelf, g->in->ref.book);
    return query_number(&last, &g->number, e) && query_number(&shelf, &g->shelf, e);
}

static int by_key(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;

    return *a < *b ? -1 : *a > *b;
}

/* Is a register empty, and does the import say nothing twice? Then nothing need be looked up.
 */
static bool all_are_new(const struct entering *g)
{
    AUTO(arena_done) struct arena mem = { 0 };
    int64_t *keys = NEW(&mem, int64_t, g->in->count + 1);

    for (uint32_t i = 0; i < g->in->count; i++)
        keys[i] = entry_key(g->in->rows[i].id);
    qsort(keys, g->in->count, sizeof *keys, by_key);
    for (uint32_t i = 1; i < g->in->count; i++)
        if (keys[i] == keys[i - 1])
            return false;
    return g->shelf == 0;
}

static bool enter_all(struct entering *g, struct err *e)
{
    for (uint32_t i = 0; i < g->in->count; i++) {
        bool is_news;

        if (!weigh(g, &g->in->rows[i], &is_news, e))
            return false;
        if (is_news)
            g->rows[g->count++] = g->in->rows[i];
        if (g->count == LIMIT_BATCH_ROWS && !flush(g, e))
            return false;
    }
    return flush(g, e);
}

bool store_entries_import(struct conn *c, const struct stamp *stamp,
                          const struct entries_import *in, struct entries_report *out,
                          struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(cache_end) struct conn *large = NULL;
    AUTO(transaction_end) struct transaction t = { 0 };
    struct entering g = { .c = c, .stamp = stamp, .in = in, .report = out };
    struct register_def d;
    struct hash record;
    bool ok;

    *out = (struct entries_report){ 0 };
    g.rows = NEW(&mem, struct register_entry, LIMIT_BATCH_ROWS);
    if (in->count > LIMIT_BATCH_ROWS && !cache_enlarge(c, &large, e))
        return false;
    if (!(in->apply ? transaction_begin(c, &t, e) : transaction_begin_read(c, &t, e))
        || (in->apply && !store_book(c, &mem, &in->ref, &d, &record, e)) || !last_batch(&g, e))
        return false; /* a dry run may be of a register that is not open yet */
    c->entries_are_new = all_are_new(&g);
    ok = enter_all(&g, e);
    c->entries_are_new = false;
    return ok && (!in->apply || transaction_commit(&t, e));
}
