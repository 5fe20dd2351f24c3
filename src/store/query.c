/* Statements: prepared once a connection, parameters and columns in their order, and
 * transactions. */
#include "store/kept.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "base/banned.h"

static const char *const TEXTS[Q_COUNT] = { SQL_TEXTS };

struct query query_on(struct conn *c, enum sql statement)
{
    struct query q = { .c = c, .code = SQLITE_OK };

    if (!c->statements[statement])
        q.code = sqlite3_prepare_v3(c->db, TEXTS[statement], -1, SQLITE_PREPARE_PERSISTENT,
                                    &c->statements[statement], NULL);
    q.s = c->statements[statement];
    /* A statement is run by one function at a time; the one who forgot query_end finds out. */
    assert(!q.s || !sqlite3_stmt_busy(q.s));
    return q;
}

void query_end(struct query *q)
{
    if (!q->s)
        return;
    (void)sqlite3_reset(q->s); /* repeats an error that query_step has told */
    (void)sqlite3_clear_bindings(q->s);
    q->s = NULL;
}

void query_again(struct query *q)
{
    if (q->s)
        (void)sqlite3_reset(q->s);
    q->bound = 0;
}

static void keep(struct query *q, int code)
{
    if (q->code == SQLITE_OK)
        q->code = code;
}

void put_int(struct query *q, int64_t n)
{
    keep(q, q->s ? sqlite3_bind_int64(q->s, ++q->bound, n) : q->code);
}

void put_text(struct query *q, str text)
{
    keep(q, q->s ? sqlite3_bind_text64(q->s, ++q->bound, text.n ? text.p : "", text.n,
                                       SQLITE_STATIC, SQLITE_UTF8)
                 : q->code);
}

void put_null(struct query *q)
{
    keep(q, q->s ? sqlite3_bind_null(q->s, ++q->bound) : q->code);
}

void put_text_or_null(struct query *q, str text)
{
    if (text.n)
        put_text(q, text);
    else
        put_null(q);
}

void put_bytes(struct query *q, str bytes)
{
    keep(q, q->s ? sqlite3_bind_blob64(q->s, ++q->bound, bytes.n ? bytes.p : "", bytes.n,
                                       SQLITE_STATIC)
                 : q->code);
}

void put_hash(struct query *q, const struct hash *h)
{
    if (hash_is_zero(*h))
        put_null(q);
    else
        put_bytes(q, (str){ (const char *)h->b, sizeof h->b });
}

bool query_step(struct query *q, bool *is_row, struct err *e)
{
    q->column = 0;
    if (q->code == SQLITE_OK) {
        const int code = sqlite3_step(q->s);

        if (code == SQLITE_ROW || code == SQLITE_DONE) {
            *is_row = code == SQLITE_ROW;
            return true;
        }
        q->code = code;
    }
    return engine_fail(q->c, q->code, e);
}

bool query_run(struct query *q, struct err *e)
{
    bool is_row = true;

    while (is_row)
        if (!query_step(q, &is_row, e))
            return false;
    return true;
}

int64_t take_int(struct query *q)
{
    return sqlite3_column_int64(q->s, q->column++);
}

static str column_bytes(struct query *q)
{
    const int column = q->column++;
    const void *p = sqlite3_column_blob(q->s, column);

    return (str){ p, (size_t)sqlite3_column_bytes(q->s, column) };
}

str take_text(struct query *q, struct arena *a)
{
    return str_dup(a, column_bytes(q));
}

struct hash take_hash(struct query *q)
{
    const str bytes = column_bytes(q);
    struct hash h = { { 0 } };

    for (size_t i = 0; bytes.n == sizeof h.b && i < sizeof h.b; i++)
        h.b[i] = (uint8_t)bytes.p[i];
    return h;
}

void take_skip(struct query *q)
{
    q->column++;
}

bool next_is_null(const struct query *q)
{
    return sqlite3_column_type(q->s, q->column) == SQLITE_NULL;
}

void *rows_grow(struct arena *a, void *rows, size_t size, uint32_t count, uint32_t *room)
{
    void *more;

    if (count < *room)
        return rows;
    *room = *room ? *room * 2 : 8;
    more = arena_alloc(a, size, *room);
    if (count)
        memcpy(more, rows, size * count);
    return more;
}

bool query_number(struct query *q, int64_t *out, struct err *e)
{
    bool is_row = false;

    if (!query_step(q, &is_row, e))
        return false;
    *out = is_row ? take_int(q) : 0;
    return true;
}

/* Writers of this process take their turns in the order in which they came: the engine lets
 * whoever happens to ask first go first, and others sleep longer and longer. Writers of other
 * processes are waited for by the engine (BUSY_MS). */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    uint64_t next, now; /* numbers drawn, number whose turn it is */
} writers = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0 };

static void writer_wait(void)
{
    uint64_t mine;

    (void)pthread_mutex_lock(&writers.mutex);
    mine = writers.next++;
    while (mine != writers.now)
        (void)pthread_cond_wait(&writers.moved, &writers.mutex);
    (void)pthread_mutex_unlock(&writers.mutex);
}

static void writer_done(void)
{
    (void)pthread_mutex_lock(&writers.mutex);
    writers.now++;
    (void)pthread_cond_broadcast(&writers.moved);
    (void)pthread_mutex_unlock(&writers.mutex);
}

static bool run_alone(struct conn *c, enum sql statement, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);

    return query_run(&q, e);
}

bool transaction_begin(struct conn *c, struct transaction *t, struct err *e)
{
    t->c = c;
    c->first_new = 0;
    c->is_pending = c->has_new_voices = false;
    writer_wait();
    t->is_open = t->is_writer = run_alone(c, Q_BEGIN, e);
    if (!t->is_open)
        writer_done();
    return t->is_open;
}

bool transaction_begin_read(struct conn *c, struct transaction *t, struct err *e)
{
    t->c = c;
    if (c->is_snapshot || !sqlite3_get_autocommit(c->db))
        return true; /* the transaction that is open shows one state too */
    t->is_open = run_alone(c, Q_BEGIN_READ, e);
    return t->is_open;
}

bool store_snapshot_begin(struct conn *c, struct err *e)
{
    assert(!c->is_snapshot);
    c->knows_generation = false;
    c->is_snapshot = run_alone(c, Q_BEGIN_READ, e);
    return c->is_snapshot;
}

void store_snapshot_end(struct conn *c)
{
    struct transaction t = { .c = c, .is_open = c->is_snapshot };

    c->is_snapshot = false;
    kept_trim(c, KEPT_BYTES);
    transaction_end(&t);
}

static void writer_leave(struct transaction *t)
{
    if (t->is_writer)
        writer_done();
    t->is_writer = false;
}

bool transaction_commit(struct transaction *t, struct err *e)
{
    if (!search_flush(t->c, e) || !voice_words_flush(t->c, e) || !run_alone(t->c, Q_COMMIT, e))
        return false;
    t->is_open = false;
    writer_leave(t);
    return true;
}

void transaction_end(struct transaction *t)
{
    struct err ignored;

    /* An error may have rolled it back already; there is nobody left to tell either way. */
    if (t->is_open && !sqlite3_get_autocommit(t->c->db)
        && !run_alone(t->c, Q_ROLLBACK, &ignored))
        t->is_open = false;
    writer_leave(t);
}
