/* Opening and closing: whose file is it, which form has it, bring it to ours. */
#include "store/kept.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>

#include "base/embed.h"
#include "base/banned.h"

/* migrations/ and sql/open.sqlite.sql, put in by meson.build. */
extern const struct embedded STORE_SCRIPTS[];
extern const size_t STORE_SCRIPTS_N;

enum { NAME_DIGITS = 4 };

static const struct embedded *script_named(const char *name)
{
    for (size_t i = 0; i < STORE_SCRIPTS_N; i++)
        if (strcmp(STORE_SCRIPTS[i].name, name) == 0)
            return &STORE_SCRIPTS[i];
    return NULL;
}

/* NNNN of migrations/NNNN_name.sqlite.sql; 0 = another script. */
static int migration_number(const struct embedded *script)
{
    static const char folder[] = "migrations/";
    const char *digits = script->name + sizeof folder - 1;
    int n = 0;

    if (strncmp(script->name, folder, sizeof folder - 1) != 0)
        return 0;
    for (int i = 0; i < NAME_DIGITS; i++)
        n = n * 10 + (digits[i] - '0');
    return n;
}

static int migration_newest(void)
{
    int newest = 0;

    for (size_t i = 0; i < STORE_SCRIPTS_N; i++) {
        const int n = migration_number(&STORE_SCRIPTS[i]);

        newest = n > newest ? n : newest;
    }
    return newest;
}

static bool number_of(struct conn *c, enum sql statement, int64_t *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);

    return query_number(&q, out, e);
}

static bool migrate_one(struct conn *c, const struct embedded *script, struct err *e)
{
    struct timespec now;

    if (!engine_script(c, (const char *)script->data, e))
        return false;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    AUTO(query_end) struct query q = query_on(c, Q_MIGRATION_ADD);
    put_int(&q, migration_number(script));
    put_text(&q, str_from(script->name));
    put_int(&q, now.tv_sec * 1000 + now.tv_nsec / 1000000);
    return query_run(&q, e);
}

/* All of it or nothing: a migration that fails leaves the file as it was. */
static bool migrate(struct conn *c, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    int64_t exists, last = 0;

    if (!transaction_begin(c, &t, e) || !number_of(c, Q_MIGRATION_EXISTS, &exists, e))
        return false;
    if (exists && !number_of(c, Q_MIGRATION_LAST, &last, e))
        return false;
    for (int n = (int)last + 1; n <= migration_newest(); n++)
        for (size_t i = 0; i < STORE_SCRIPTS_N; i++)
            if (migration_number(&STORE_SCRIPTS[i]) == n
                && !migrate_one(c, &STORE_SCRIPTS[i], e))
                return false;
    return transaction_commit(&t, e);
}

/* Ours, and not from a newer program. *last is the newest migration it has, 0 = none. */
static bool recognise(struct conn *c, int64_t *last, struct err *e)
{
    int64_t exists, tables;

    *last = 0;
    if (!number_of(c, Q_MIGRATION_EXISTS, &exists, e)
        || !number_of(c, Q_MIGRATION_TABLES, &tables, e))
        return false;
    if (!exists && (tables || c->mode != STORE_CREATE))
        return err_set(e, ERR_INPUT, "meguri のデータファイルではありません: %s", c->address);
    if (exists && !number_of(c, Q_MIGRATION_LAST, last, e))
        return false;
    if (*last > migration_newest())
        return err_set(e, ERR_INPUT,
                       "新しい版の meguri が書いたデータファイルです。meguri を新しくしてから"
                       "開いてください: %s",
                       c->address);
    return true;
}

static bool run_script(struct conn *c, const char *name, struct err *e)
{
    const struct embedded *script = script_named(name);

    assert(script);
    return engine_script(c, (const char *)script->data, e);
}

bool cache_enlarge(struct conn *c, struct conn **to_end, struct err *e)
{
    *to_end = c;
    return run_script(c, "sql/cache_large.sqlite.sql", e);
}

void cache_end(struct conn **c)
{
    struct err ignored; /* a larger cache harms nobody */

    if (*c && !run_script(*c, "sql/cache_usual.sqlite.sql", &ignored))
        *c = NULL;
}

static bool prepare(struct conn *c, struct err *e)
{
    int64_t last;

    if (!engine_open(c, e) || !tokenizer_register(c, e)
        || !run_script(c, "sql/open.sqlite.sql", e)
        || (c->mode == STORE_READ && !run_script(c, "sql/open_read.sqlite.sql", e))
        || !recognise(c, &last, e))
        return false;
    if (last < migration_newest() && c->mode == STORE_READ)
        return err_set(e, ERR_INPUT,
                       "古い形のデータファイルです。書き込める場所で meguri rebuild を一度実行"
                       "すると新しい形になります: %s",
                       c->address);
    return last == migration_newest() || migrate(c, e);
}

bool store_open(const char *address, enum store_mode mode, struct conn **out, struct err *e)
{
    struct arena mem = { 0 };
    struct conn *c = NEW(&mem, struct conn, 1);

    c->mode = mode;
    c->address = str_c(&mem, str_from(address));
    c->mem = mem;
    if (!prepare(c, e)) {
        conn_close(&c);
        return false;
    }
    *out = c;
    return true;
}

void conn_close(struct conn **c)
{
    struct arena mem;

    if (!*c)
        return;
    for (int i = 0; i < Q_COUNT; i++)
        (void)sqlite3_finalize((*c)->statements[i]);
    kept_trim(*c, 0);
    (void)sqlite3_close((*c)->db);
    mem = (*c)->mem;
    arena_done(&mem);
    *c = NULL;
}

bool store_generation(struct conn *c, int64_t *generation, struct err *e)
{
    if (c->is_snapshot && c->knows_generation) {
        *generation = c->generation;
        return true;
    }
    if (!number_of(c, Q_RECORD_GENERATION, generation, e))
        return false;
    c->generation = *generation;
    c->knows_generation = c->is_snapshot; /* others may write as soon as it ends */
    return true;
}
