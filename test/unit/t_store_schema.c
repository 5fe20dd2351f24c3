/* The form of the data: the migrations give what schema.sql shows, every table and column says
 * what it is, every statement is understood by SQLite. (PostgreSQL: test/e2e/t1960.) With
 * ACCEPT=1 in the environment schema.sql is written anew; read the difference. */
#include "stores.h"
#include "store_sql.h"
#include "check.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char SCHEMA[] = "src/store/schema.sql";
static const char HEAD[] =
    "-- What the migrations give, for reading: made by t_store_schema, never run.\n";

/* Another connection to the same file; it must not need the tokenizer to look at the schema. */
static sqlite3 *look(struct fixture *f)
{
    sqlite3 *db = NULL;

    CHECK(sqlite3_open(f->path, &db) == SQLITE_OK);
    return db;
}

/* Tables and indexes that a migration names, in the order in which they were made. */
static str schema_of(struct fixture *f)
{
    sqlite3 *db = look(f);
    sqlite3_stmt *s = NULL;
    struct buf out;

    buf_init(&out, &f->mem, 65536, 1 << 20);
    buf_put_c(&out, HEAD);
    CHECK(
        sqlite3_prepare_v2(db,
                           "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
                           " AND name NOT LIKE 'search\\_index\\_%' ESCAPE '\\'"
                           " AND name NOT LIKE 'voice\\_index\\_%' ESCAPE '\\' ORDER BY rowid",
                           -1, &s, NULL)
        == SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        buf_fmt(&out, "\n%s;\n", (const char *)sqlite3_column_text(s, 0));
    CHECK(sqlite3_finalize(s) == SQLITE_OK);
    CHECK(sqlite3_close(db) == SQLITE_OK);
    return buf_str(&out);
}

static void the_migrations_give_what_the_schema_shows(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str made = schema_of(&f);
    char *shown = NEW(&f.mem, char, 1 << 20);
    FILE *file;

    if (getenv("ACCEPT")) {
        file = fopen(SCHEMA, "wb");
        CHECK(file && fwrite(made.p, 1, made.n, file) == made.n && fclose(file) == 0);
    }
    file = fopen(SCHEMA, "rb");
    CHECK(file != NULL);
    if (!file)
        return;
    shown[fread(shown, 1, (1 << 20) - 1, file)] = '\0';
    (void)fclose(file);
    CHECK_STR(str_c(&f.mem, made), shown);
}

static bool is_column_line(str line)
{
    static const str OTHER[] = { STR_INIT("    PRIMARY KEY"), STR_INIT("    FOREIGN KEY"),
                                 STR_INIT("    UNIQUE"), STR_INIT("    content="),
                                 STR_INIT("    text, scope,") };

    if (!str_starts(line, STR("    ")) || str_starts(line, STR("     ")))
        return false;
    for (size_t i = 0; i < sizeof OTHER / sizeof *OTHER; i++)
        if (str_starts(line, OTHER[i]))
            return false;
    return true;
}

static void every_table_and_column_says_what_it_is(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    str rest = schema_of(&f), line;
    int columns = 0, tables = 0;

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (str_starts(line, STR("CREATE TABLE")) || str_starts(line, STR("CREATE VIRTUAL"))) {
            tables++;
            CHECK(str_find(line, STR(" -- ")) > 0);
        }
        if (!is_column_line(line))
            continue;
        columns++;
        if (str_find(line, STR(" -- ")) < 0)
            CHECK_STR(str_c(&f.mem, line), "a column with a comment");
    }
    CHECK(tables >= 12 && columns >= 80);
}

#define EACH(name, text) { name, text },

static void every_statement_is_understood(void)
{
    static const struct {
        const char *name, *text;
    } ALL[] = { SQL_LIST(EACH) };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct verify_report report;
    int prepared = 0;

    /* The connection of the room itself prepares all but those that compare; verify does. */
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
    CHECK(store_rebuild(f.c, &f.e));
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
        sqlite3 *db;
        sqlite3_stmt *s = NULL;

        /* what names the index of words needs its tokenizer, and is run by other tests */
        if (strncmp(ALL[i].name, "pg:", 3) == 0 || strncmp(ALL[i].name, "compare_", 8) == 0
            || strstr(ALL[i].text, "search_index") || strstr(ALL[i].text, "voice_index"))
            continue;
        db = look(&f);
        if (sqlite3_prepare_v2(db, ALL[i].text, -1, &s, NULL) != SQLITE_OK)
            CHECK_STR(ALL[i].name, sqlite3_errmsg(db));
        prepared++;
        (void)sqlite3_finalize(s);
        (void)sqlite3_close(db);
    }
    CHECK(prepared > 50);
}

/* How SQLite would answer a statement, a line a step. */
static str plan_of(struct fixture *f, const char *text)
{
    sqlite3 *db = look(f);
    sqlite3_stmt *s = NULL;
    struct buf out;

    buf_init(&out, &f->mem, 1024, 65536);
    CHECK(sqlite3_prepare_v2(db,
                             str_c(&f->mem, str_fmt(&f->mem, "EXPLAIN QUERY PLAN %s", text)),
                             -1, &s, NULL)
          == SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        buf_fmt(&out, "%s\n", (const char *)sqlite3_column_text(s, 3));
    CHECK(sqlite3_finalize(s) == SQLITE_OK);
    CHECK(sqlite3_close(db) == SQLITE_OK);
    return buf_str(&out);
}

/* A register may have a million entries: none of them is read that is not wanted. */
static void entries_are_found_by_their_indexes(void)
{
    static const struct {
        const char *name, *text;
    } ALL[] = { SQL_LIST(EACH) };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    int seen = 0;

    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
        const bool is_entry = strncmp(ALL[i].name, "entry_", 6) == 0;
        str plan;

        if (!is_entry || strstr(ALL[i].name, "_clear") || strstr(ALL[i].name, "_add"))
            continue;
        plan = plan_of(&f, ALL[i].text);
        if (str_find(plan, STR("SCAN entry")) >= 0 || str_find(plan, STR("SCAN e\n")) >= 0)
            CHECK_STR(ALL[i].name, "found by an index");
        if (strcmp(ALL[i].name, "entry_count_months") == 0)
            CHECK(str_find(plan, STR("COVERING INDEX entry_void")) >= 0);
        seen++;
    }
    CHECK(seen > 8);
}

int main(void)
{
    RUN(the_migrations_give_what_the_schema_shows);
    RUN(every_table_and_column_says_what_it_is);
    RUN(every_statement_is_understood);
    RUN(entries_are_found_by_their_indexes);
    return DONE();
}
