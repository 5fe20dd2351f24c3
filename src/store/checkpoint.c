/* Signed heads of logs: made, kept, listed. */
#include "store/kept.h"

#include "base/banned.h"

struct checkpoint_row row_checkpoint(struct query *q, struct arena *a)
{
    struct checkpoint_row row = { .number = take_int(q) };
    struct signed_checkpoint read;
    struct err ignored;
    str note;

    row.organisation = take_text(q, a);
    row.size = (uint64_t)take_int(q);
    row.at_ms = take_int(q);
    row.verifier = take_text(q, a);
    row.note = note = take_text(q, a);
    /* A note that was damaged is verify's to tell; a list shows it without a root. */
    if (checkpoint_read(&note, &read, &ignored))
        row.root = read.checkpoint.root;
    return row;
}

static int64_t instant_of(as_of when)
{
    return when ? when : INT64_MAX;
}

/* ---- signing ---- */

static bool find(struct conn *c, struct arena *a, struct checkpoint_row *row, bool *found,
                 struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_GET);

    put_text(&q, row->organisation);
    put_int(&q, (int64_t)row->size);
    put_text(&q, row->verifier);
    if (!query_step(&q, found, e))
        return false;
    if (*found)
        *row = row_checkpoint(&q, a);
    return true;
}

static bool add(struct conn *c, const struct checkpoint_row *row, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_ADD);

    put_text(&q, row->organisation);
    put_int(&q, (int64_t)row->size);
    put_int(&q, row->at_ms);
    put_text(&q, row->verifier);
    put_text(&q, row->note);
    return query_run(&q, e);
}

/* The head as it stands, signed; its row is not stored yet. */
static bool head_sign(struct conn *c, struct arena *a, const struct signer *s,
                      struct checkpoint_row *row, struct err *e)
{
    struct checkpoint head = { 0 };
    struct buf note, verifier;
    struct log log;

    if (!log_load(c, row->organisation, &log, e))
        return false;
    if (!log.tree.size)
        return err_set(e, ERR_NOT_FOUND, "%.*s の記録はありません。",
                       STR_ARG(row->organisation));
    row->size = head.size = log.tree.size;
    row->root = head.root = merkle_root(&log.tree);
    row->at_ms = row->at_ms > log.at_ms ? row->at_ms : log.at_ms;
    head.origin =
        str_fmt(a, "%.*s/%.*s", STR_ARG(s->verifier.name), STR_ARG(row->organisation));
    buf_init(&verifier, a, 256, 1024);
    verifier_put(&verifier, &s->verifier);
    row->verifier = buf_str(&verifier);
    buf_init(&note, a, 512, SIGN_NOTE_MAX);
    checkpoint_sign(&note, &head, s);
    row->note = buf_str(&note);
    return true;
}

bool store_checkpoint_sign(struct conn *c, struct arena *a, str organisation, int64_t now_ms,
                           struct checkpoint_row *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    AUTO(signer_forget) struct signer s = { 0 };
    struct checkpoint_row row = { .organisation = organisation, .at_ms = now_ms };
    bool is_new, found;

    if (!key_load(c, a, (str){ 0 }, &s, &is_new, e) || !transaction_begin(c, &t, e)
        || !head_sign(c, a, &s, &row, e) || !find(c, a, &row, &found, e))
        return false;
    if (!found && (!add(c, &row, e) || !find(c, a, &row, &found, e)))
        return false;
    *out = row;
    return transaction_commit(&t, e);
}

/* ---- reading ---- */

static bool row_read(struct conn *c, struct arena *a, int64_t number,
                     struct checkpoint_row *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_ROW);
    bool found;

    put_int(&q, number);
    if (!query_step(&q, &found, e))
        return false;
    *out = found ? row_checkpoint(&q, a) : (struct checkpoint_row){ 0 };
    return true;
}

/* Rows are never changed either, so they are kept as records are. */
static bool row_of_number(struct conn *c, struct arena *a, int64_t number,
                          struct checkpoint_row *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct kept_key key = { .kind = KEPT_CHECKPOINT, .record = number };
    const struct checkpoint_row *kept = kept_find(c, &key);
    const bool is_kept = kept_is_open(c);

    if (kept)
        *out = *kept;
    else if (!row_read(c, is_kept ? &mem : a, number, out, e))
        return false;
    else if (is_kept)
        kept_add(c, &key, &mem, out, sizeof *out);
    return true;
}

bool store_checkpoint(struct conn *c, struct arena *a, str organisation, as_of when,
                      struct checkpoint_row *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_NEWEST);
    int64_t number;

    put_text(&q, organisation);
    put_int(&q, instant_of(when));
    if (!query_number(&q, &number, e))
        return false;
    *out = (struct checkpoint_row){ 0 };
    return !number || row_of_number(c, a, number, out, e);
}

static bool count(struct conn *c, const struct checkpoint_list *what, uint32_t *total,
                  struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_COUNT);
    int64_t n;

    put_text(&q, what->organisation);
    put_int(&q, instant_of(what->when));
    if (!query_number(&q, &n, e))
        return false;
    *total = (uint32_t)n;
    return true;
}

bool store_checkpoints(struct conn *c, struct arena *a, const struct checkpoint_list *what,
                       struct checkpoint_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_ROWS);
    const uint32_t limit = page_limit(what->page);
    bool is_row = true;

    *out = (struct checkpoint_rows){ .rows = NEW(a, struct checkpoint_row, limit) };
    if (!count(c, what, &out->total, e))
        return false;
    put_text(&q, what->organisation);
    put_int(&q, instant_of(what->when));
    put_int(&q, limit);
    put_int(&q, what->page.offset);
    while (query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++] = row_checkpoint(&q, a);
    return !is_row;
}

/* ---- what the records give today ---- */

bool store_root(struct conn *c, str organisation, uint64_t size, struct hash *root,
                uint64_t *have, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_OF_LOG);
    struct merkle tree = { 0 };
    bool is_row = true;

    *have = 0;
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        if (tree.size < size) {
            struct record r;

            arena_reset(&mem);
            r = row_record(&q, &mem);
            merkle_add(&tree, merkle_leaf(record_bytes(&mem, &r)));
        }
        ++*have;
    }
    *root = merkle_root(&tree);
    return !is_row;
}
