/* Verification finds every changed value and names it; a rebuild gives the same tables. */
#include "stores.h"
#include "check.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const str WARD = STR_INIT("271284");

static void fill(struct fixture *f)
{
    struct import_report report;

    for (int year = 2019; year <= 2021; year++) {
        struct plan p = stores_plan(&f->mem, (uint64_t)year, WARD, year, 3);

        p.initiatives[0].indicators = NEW(&f->mem, struct indicator, 1);
        p.initiatives[0].indicators[0] = (struct indicator){ .name.v = STR("割合") };
        p.initiatives[0].indicator_count = 1;
        p.initiatives[0].result_count = 0;
        p.initiatives[0].planned = NEW(&f->mem, struct activity, 1);
        p.initiatives[0].planned[0] = (struct activity){ .text.v = STR("会議"), .other = -1 };
        p.initiatives[0].planned_count = 1;
        p.initiatives[0].reported_count = 0;
        stores_fill(&f->mem, &p.initiatives[0], STEP_PLAN);
        CHECK(stores_import(f, &p, STORES_NOW + year, true, &report));
        p.initiatives[1].title.v = STR("改めた題");
        CHECK(stores_import(f, &p, STORES_NOW + STORES_DAY + year, true, &report));
    }
}

/* Runs SQL as somebody would who has the file and another program. */
static void tamper(struct fixture *f, const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;

    CHECK(sqlite3_open(f->path, &db) == SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        CHECK_STR(said, "");
    sqlite3_free(said);
    CHECK(sqlite3_changes(db) > 0);
    CHECK(sqlite3_close(db) == SQLITE_OK);
}

static bool names(const struct verify_report *r, const char *word)
{
    for (uint32_t i = 0; i < r->fault_count; i++)
        if (str_find(r->faults[i], str_from(word)) >= 0)
            return true;
    return false;
}

static void what_was_stored_is_found_whole(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct verify_report report;

    fill(&f);
    CHECK(store_verify(f.c, &f.mem, &report, &f.e));
    CHECK(report.fault_count == 0);
    CHECK(report.records == 1 + 3 * (1 + 3 + 1 + 1 + 2) && report.blobs == 3);
    CHECK(report.organisations == 1);
}

static void an_empty_store_is_whole(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct verify_report report;

    CHECK(store_verify(f.c, &f.mem, &report, &f.e));
    CHECK(report.fault_count == 0 && report.records == 0);
}

/* One changed value a row, and what the fault must name. */
static const struct {
    const char *sql, *named;
} CHANGES[] = {
    { "UPDATE record SET body = replace(body, '改めた題', '直した題') WHERE seq = 8",
      "plan/2019/initiative/2" },
    { "UPDATE record SET body = body || ' ' WHERE seq = 6", "plan/2019" },
    { "UPDATE record SET author = 'nobody' WHERE seq = 3", "plan/2019/initiative/1" },
    { "UPDATE record SET role = 'mayor' WHERE seq = 3", "plan/2019/initiative/1" },
    { "UPDATE record SET reason = '' WHERE seq = 3", "plan/2019/initiative/1" },
    { "UPDATE record SET at = at + 1 WHERE seq = 3", "plan/2019/initiative/1" },
    { "UPDATE record SET kind = 'plan' WHERE seq = 3", "plan/2019/initiative/1" },
    { "UPDATE record SET entity = 'plan/2019/initiative/9' WHERE seq = 3", "initiative/9" },
    { "UPDATE record SET replaces = NULL WHERE seq = 8", "plan/2019/initiative/2" },
    { "UPDATE record SET hash = zeroblob(32) WHERE seq = 3", "plan/2019/initiative/1" },
    { "UPDATE record SET position = 100 WHERE seq = 25", "271284" },
    { "UPDATE record SET organisation = '271004' WHERE seq = 25", "271004" },
    { "DELETE FROM record WHERE seq = 4", "plan/2019/initiative/3" },
    { "DELETE FROM record WHERE seq = 25", "271284" },
    { "UPDATE blob SET bytes = zeroblob(12) WHERE rowid = 1", "文書" },
    { "UPDATE blob SET size = size + 1 WHERE rowid = 1", "文書" },
    { "UPDATE blob SET packing = 'gzip' WHERE rowid = 1", "文書" },
    { "DELETE FROM blob WHERE rowid = 1", "2019.txt" },
    { "UPDATE log SET peaks = zeroblob(length(peaks))", "271284" },
    { "UPDATE log SET peaks = zeroblob(1)", "271284" },
    { "UPDATE log SET size = size - 1", "271284" },
    { "UPDATE log SET at = at + 1", "271284" },
    { "UPDATE organisation SET name = '別の区'", "団体の表" },
    { "UPDATE source SET name = 'other.txt' WHERE name = '2019.txt'", "other.txt" },
    { "UPDATE plan SET met = met + 1 WHERE fiscal_year = 2020", "plan/2020" },
    { "UPDATE plan SET state = 'draft' WHERE fiscal_year = 2020", "plan/2020" },
    { "UPDATE initiative SET title = 'x' WHERE fiscal_year = 2020 AND number = 2",
      "plan/2020/initiative/2" },
    { "DELETE FROM indicator WHERE fiscal_year = 2021 AND initiative = 1",
      "plan/2021/initiative/1" },
    { "UPDATE activity SET quantity = '7' WHERE fiscal_year = 2019 AND initiative = 1",
      "plan/2019/initiative/1" },
    { "UPDATE finding SET severity = 'X' WHERE fiscal_year = 2019", "plan/2019/findings" },
    { "DELETE FROM finding WHERE fiscal_year = 2019", "plan/2019/findings" },
    { "UPDATE paragraph SET text = text || 'x' WHERE fiscal_year = 2021 AND initiative = 2",
      "plan/2021/initiative/2" },
    { "UPDATE search_index_data SET block = zeroblob(length(block)) WHERE id > 10", "索引" },
};

static void every_changed_value_is_found_and_named(void)
{
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        AUTO(stores_end) struct fixture f;
        stores_begin(&f);
        struct verify_report report = { 0 };

        fill(&f);
        tamper(&f, CHANGES[i].sql);
        CHECK(store_verify(f.c, &f.mem, &report, &f.e));
        if (!names(&report, CHANGES[i].named)) {
            for (uint32_t k = 0; k < report.fault_count; k++)
                printf("#   %.*s\n", STR_ARG(report.faults[k]));
            CHECK_STR(CHANGES[i].sql, CHANGES[i].named);
        }
    }
}

/* A year that is worked on, with something in each of its tables. */
static void fill_work(struct fixture *f)
{
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW + 2 * STORES_DAY, STR("理由") };
    const struct cycle_start start = { { WARD, 2022, 0 }, 2021, PHASE_DRAFT, { 0 }, { 0 } };
    struct sheet_act act = { { WARD, 2022, 0 }, STEP_PLAN, ACTION_SUBMIT, { { 0 } } };
    const struct answer answer = { .rule = STR("P1"), .reason = STR("理由") };
    struct catalogue_entry entry = { .name = STR("割合"), .decimals = -1 };
    struct commitment_rows promises;
    struct commitment k;
    struct sheet_rows sheets;

    fill(f);
    CHECK(store_cycle_start(f->c, &f->mem, &stamp, &start, &f->e));
    CHECK(store_sheets(f->c, &f->mem, &start.ref, &sheets, &f->e) && sheets.count == 3);
    act.ref.number = sheets.rows[0].number;
    act.sheet = sheets.rows[0].record;
    CHECK(store_sheet_act(f->c, &stamp, &act, &f->e));
    CHECK(store_answer_save(f->c, &stamp, &act.ref, &answer, &f->e));
    CHECK(store_catalogue_save(f->c, &f->mem, &stamp, WARD, &entry, &f->e));
    CHECK(store_commitments(f->c, &f->mem, &start.ref, false, &promises, &f->e));
    CHECK(promises.count > 0);
    k = promises.rows[0];
    k.fate = FATE_CARRIED;
    k.fate_reason = STR("まだ");
    CHECK(store_commitment_decide(f->c, &stamp, &start.ref, &k, &f->e));
}

static const struct {
    const char *sql, *named;
} WORK_CHANGES[] = {
    { "UPDATE cycle SET phase = 'published'", "271284 work/2022" },
    { "UPDATE cycle SET due_plan = '2022-05-31'", "271284 work/2022" },
    { "UPDATE sheet SET title = 'x' WHERE number = (SELECT min(number) FROM sheet)",
      "work/2022/sheet/" },
    { "DELETE FROM sheet WHERE number = (SELECT min(number) FROM sheet)", "work/2022/sheet/" },
    { "UPDATE sheet_step SET status = 'approved'", "work/2022/step/" },
    { "UPDATE finding_answer SET reason = 'x'", "work/2022/answer/" },
    { "UPDATE commitment SET fate = 'done'", "work/2022/commitment/" },
    { "UPDATE catalogue SET retired = 1", "catalogue/" },
};

static void a_changed_value_of_the_working_copies_is_found_too(void)
{
    for (size_t i = 0; i < sizeof WORK_CHANGES / sizeof *WORK_CHANGES; i++) {
        AUTO(stores_end) struct fixture f;
        stores_begin(&f);
        struct verify_report report = { 0 };

        fill_work(&f);
        CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
        tamper(&f, WORK_CHANGES[i].sql);
        CHECK(store_verify(f.c, &f.mem, &report, &f.e));
        if (!names(&report, WORK_CHANGES[i].named))
            CHECK_STR(WORK_CHANGES[i].sql, WORK_CHANGES[i].named);
    }
}

/* All rows of a table, in one text. */
static str dump(struct fixture *f, const char *table)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    struct buf out;

    buf_init(&out, &f->mem, 4096, SIZE_MAX);
    CHECK(sqlite3_open(f->path, &db) == SQLITE_OK);
    CHECK(
        sqlite3_prepare_v2(db,
                           str_c(&f->mem,
                                 str_fmt(&f->mem, "SELECT * FROM %s ORDER BY 1, 2, 3", table)),
                           -1, &s, NULL)
        == SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            buf_put(&out,
                    (str){ sqlite3_column_blob(s, i), (size_t)sqlite3_column_bytes(s, i) });
            buf_put_char(&out, '|');
        }
    CHECK(sqlite3_finalize(s) == SQLITE_OK);
    CHECK(sqlite3_close(db) == SQLITE_OK);
    return buf_str(&out);
}

static void a_rebuild_gives_the_same_tables_byte_for_byte(void)
{
    static const char *const TABLES[] = {
        "log",       "organisation", "source",         "plan",       "initiative",
        "indicator", "activity",     "finding",        "paragraph",  "cycle",
        "sheet",     "sheet_step",   "finding_answer", "commitment", "catalogue",
    };
    enum { COUNT = sizeof TABLES / sizeof *TABLES };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct search what = { STR("改めた題"), { 0 }, 0, { 0 }, 0 };
    struct verify_report report;
    struct hits hits;
    str before[COUNT];

    fill_work(&f);
    for (int i = 0; i < COUNT; i++) {
        before[i] = dump(&f, TABLES[i]);
        CHECK(before[i].n > 0);
    }
    CHECK(store_rebuild(f.c, &f.e));
    for (int i = 0; i < COUNT; i++)
        CHECK(str_eq(before[i], dump(&f, TABLES[i])));
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
    CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e) && hits.total == 3);
}

static void a_rebuild_mends_damaged_tables(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct verify_report report;

    fill(&f);
    tamper(&f, "DELETE FROM indicator");
    tamper(&f, "UPDATE paragraph SET text = 'x'");
    tamper(&f, "UPDATE log SET size = 1");
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count > 0);
    CHECK(store_rebuild(f.c, &f.e));
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
}

static void a_copy_is_whole_and_never_overwrites(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const char *path = str_c(&f.mem, str_fmt(&f.mem, "%s/copy.db", f.dir));
    struct verify_report report;

    fill(&f);
    CHECK(store_backup(f.c, path, &f.e));
    CHECK(!store_backup(f.c, path, &f.e) && f.e.code == ERR_INPUT);
    AUTO(conn_close) struct conn *copy = NULL;
    CHECK(store_open(path, STORE_WRITE, &copy, &f.e));
    CHECK(store_verify(copy, &f.mem, &report, &f.e));
    CHECK(report.fault_count == 0 && report.records == 25);
}

int main(void)
{
    RUN(what_was_stored_is_found_whole);
    RUN(an_empty_store_is_whole);
    RUN(every_changed_value_is_found_and_named);
    RUN(a_changed_value_of_the_working_copies_is_found_too);
    RUN(a_rebuild_gives_the_same_tables_byte_for_byte);
    RUN(a_rebuild_mends_damaged_tables);
    RUN(a_copy_is_whole_and_never_overwrites);
    return DONE();
}
