/* Registers in the store: the same file twice changes nothing, history stays, cells follow, a
 * rebuild and a verification know them. */
#include "stores.h"
#include "check.h"

#include <sqlite3.h>

static const str WARD = STR_INIT("271284");
static const struct book_ref TRAINING = { STR_INIT("271284"), STR_INIT("register/training") };

static struct stamp stamp_of(int64_t at)
{
    return (struct stamp){ &STORES_CLERK, STORES_NOW + at, { 0 } };
}

static struct register_def open_training(struct fixture *f)
{
    const struct stamp stamp = stamp_of(0);
    const struct organisation o = { WARD, STR("中央区"), STR("ward"), { 0 } };
    struct register_def d = { 0 };
    bool is_same;

    CHECK(register_parse(&f->mem, register_preset(STR("training")), &d, &f->e));
    CHECK(store_organisation_save(f->c, &stamp, &o, &f->e));
    CHECK(store_book_save(f->c, &stamp, WARD, &d, &is_same, &f->e) && !is_same);
    CHECK(store_book_save(f->c, &stamp, WARD, &d, &is_same, &f->e) && is_same);
    return d;
}

/* A row of the training register. taken "" = pending. */
static struct register_entry row_of(struct fixture *f, const struct register_def *d,
                                    const char *day, const char *title, const char *eligible,
                                    const char *taken)
{
    struct register_entry one = { .values = NEW(&f->mem, struct entry_value, d->field_count) };
    const int at = register_field_find(d, STR("taken"));

    one.values[d->date].v = str_from(day);
    one.values[register_field_find(d, STR("title"))].v = str_from(title);
    one.values[register_field_find(d, STR("form"))].v = STR("class");
    one.values[register_field_find(d, STR("eligible"))].v = str_from(eligible);
    one.values[at].v = str_from(taken);
    one.values[at].is_pending = !*taken;
    one.id = register_entry_id(&f->mem, d, &one, 0);
    return one;
}

static struct entries_report enter(struct fixture *f, const struct register_def *d,
                                   const struct register_entry *rows, uint32_t count,
                                   bool apply)
{
    const struct stamp stamp = stamp_of(STORES_DAY);
    const struct entries_import in = { .ref = TRAINING,
                                       .def = d,
                                       .rows = rows,
                                       .count = count,
                                       .source_name = STR("t.csv"),
                                       .bytes = STR("bytes"),
                                       .apply = apply };
    struct entries_report report = { 0 };

    CHECK(store_entries_import(f->c, &stamp, &in, &report, &f->e)
          || (printf("# %s\n", f->e.text), false));
    return report;
}

/* The sum of a field over all cells of a year that have it; *entries the number of entries. */
static double sum_of(struct fixture *f, int year, const char *field, uint32_t *cells)
{
    const str fields[] = { str_from(field) };
    const struct cells_of what = { TRAINING, year, year, fields, 1, 0 };
    struct cells all = { 0 };
    double sum = 0;

    CHECK(store_cells(f->c, &f->mem, &what, &all, &f->e));
    for (uint32_t i = 0; i < all.count; i++)
        sum += dec_double(all.rows[i].amount);
    if (cells)
        *cells = all.count;
    return sum;
}

static void fill(struct fixture *f, struct register_def *d, struct register_entry rows[3])
{
    *d = open_training(f);
    rows[0] = row_of(f, d, "2024-04-01", "接遇", "30", "28");
    rows[1] = row_of(f, d, "2024-05", "人権", "20.5", "20");
    rows[2] = row_of(f, d, "2025-03-31", "防災", "10", "");
    enter(f, d, rows, 3, true);
}

static void a_dry_run_stores_nothing_and_tells_all(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d = open_training(&f);
    const struct register_entry one = row_of(&f, &d, "2024-04-01", "接遇", "30", "28");
    struct entries_report r = enter(&f, &d, &one, 1, false);

    CHECK(r.fresh == 1 && r.batches == 1);
    CHECK(sum_of(&f, 2024, "", NULL) == 0);
}

static void the_same_rows_twice_change_nothing(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3];
    struct entries_report r;
    struct evidence_state before, after;

    fill(&f, &d, rows);
    CHECK(store_evidence(f.c, &TRAINING, &before, &f.e) && before.batches == 1);
    r = enter(&f, &d, rows, 3, true);
    CHECK(r.same == 3 && r.batches == 0 && r.fresh == 0 && r.changed == 0);
    CHECK(store_evidence(f.c, &TRAINING, &after, &f.e) && hash_eq(before.digest, after.digest));
    CHECK(sum_of(&f, 2024, "", NULL) == 3);
    CHECK(sum_of(&f, 2024, "eligible", NULL) == 60.5);
    CHECK(sum_of(&f, 2024, "taken", NULL) == 48);
}

static void a_changed_row_is_a_new_version_and_the_sums_follow(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3];
    struct entries_report r;
    struct entry_versions all;
    uint32_t cells;

    fill(&f, &d, rows);
    rows[2] = row_of(&f, &d, "2025-03-31", "防災", "10", "9");
    r = enter(&f, &d, rows, 3, true);
    CHECK(r.changed == 1 && r.same == 2 && r.batches == 1);
    CHECK(sum_of(&f, 2024, "taken", NULL) == 57);
    CHECK(sum_of(&f, 2024, "", &cells) == 3 && cells == 3); /* the pending cell is gone */
    CHECK(store_entry_versions(f.c, &f.mem, &(struct open_book){ TRAINING, &d }, rows[2].id,
                               &all, &f.e));
    CHECK(all.count == 2 && all.rows[0].batch == 2);
    CHECK(all.rows[1].entry.values[register_field_find(&d, STR("taken"))].is_pending);
}

static void a_voided_entry_counts_no_more_and_stays_voided(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3], gone;
    struct entries_report r;
    struct entry_versions all;

    fill(&f, &d, rows);
    gone = rows[0];
    gone.is_void = true;
    gone.reason = STR("二重に入れた");
    r = enter(&f, &d, &gone, 1, true);
    CHECK(r.voided == 1 && r.batches == 1);
    CHECK(sum_of(&f, 2024, "", NULL) == 2 && sum_of(&f, 2024, "taken", NULL) == 20);
    r = enter(&f, &d, rows, 3, true); /* the file it came from still has it */
    CHECK(r.kept_void == 1 && r.same == 2 && r.batches == 0);
    CHECK(store_entry_versions(f.c, &f.mem, &(struct open_book){ TRAINING, &d }, gone.id, &all,
                               &f.e));
    CHECK(all.count == 2 && all.rows[0].entry.is_void && !all.rows[1].entry.is_void);
    CHECK(str_eq(all.rows[0].entry.reason, STR("二重に入れた")));
}

static void entries_are_listed_by_day(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3];
    struct entry_rows all;
    const struct entry_filter may = { .from = STR("2024-05"), .before = STR("2024-06") };

    fill(&f, &d, rows);
    CHECK(store_entries(f.c, &f.mem, &(struct open_book){ TRAINING, &d },
                        &(struct entry_filter){ 0 }, &all, &f.e));
    CHECK(all.count == 3 && all.total == 3);
    CHECK(str_eq(all.rows[0].entry.id, rows[2].id) && str_eq(all.rows[2].entry.id, rows[0].id));
    CHECK(store_entries(f.c, &f.mem, &(struct open_book){ TRAINING, &d }, &may, &all, &f.e));
    CHECK(all.count == 1 && str_eq(all.rows[0].entry.id, rows[1].id));
}

static void what_is_not_there_is_said(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d = open_training(&f);
    const struct book_ref none = { WARD, STR("register/nothing") };
    struct entry_versions all;
    struct hash h;

    CHECK(!store_book(f.c, &f.mem, &none, &d, &h, &f.e) && f.e.code == ERR_NOT_FOUND);
    CHECK(!store_entry_versions(f.c, &f.mem, &(struct open_book){ TRAINING, &d },
                                STR("0123456789abcdef"), &all, &f.e)
          && f.e.code == ERR_NOT_FOUND);
}

static void a_rebuild_and_a_verification_know_registers(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3];
    struct verify_report report;
    struct areas areas = { (struct area[]){ { STR("01"), STR("朝霧") } }, 1 };
    const struct stamp stamp = stamp_of(2 * (int64_t)STORES_DAY);
    bool is_same;

    fill(&f, &d, rows);
    CHECK(store_areas_save(f.c, &stamp, WARD, &areas, &is_same, &f.e));
    rows[1] = row_of(&f, &d, "2024-05", "人権", "21", "20");
    enter(&f, &d, rows, 3, true);
    CHECK(store_verify(f.c, &f.mem, &report, &f.e));
    for (uint32_t i = 0; i < report.fault_count; i++)
        printf("# %.*s\n", STR_ARG(report.faults[i]));
    CHECK(report.fault_count == 0);
    CHECK(store_rebuild(f.c, &f.e));
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
    CHECK(sum_of(&f, 2024, "eligible", NULL) == 61);
    CHECK(store_areas(f.c, &f.mem, WARD, &areas, &f.e) && areas.count == 1);
}

static void a_changed_row_of_each_table_is_found(void)
{
    static const struct {
        const char *sql, *named;
    } CHANGES[] = {
        { "UPDATE book SET name_ja = 'x'", "register/training" },
        { "UPDATE entry_batch SET entries = 9", "batch/1" },
        { "UPDATE entry SET is_current = 0 WHERE day = '2024-05'", "台帳の内容" },
        { "UPDATE entry_cell SET amount = amount + 1 WHERE field = 'taken'", "台帳の集計" },
        { "DELETE FROM entry_cell WHERE month = '2024-05'", "台帳の集計" },
    };

    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        AUTO(stores_end) struct fixture f;
        stores_begin(&f);
        struct register_def d;
        struct register_entry rows[3];
        struct verify_report report;
        sqlite3 *db = NULL;
        bool found = false;

        fill(&f, &d, rows);
        CHECK(sqlite3_open(f.path, &db) == SQLITE_OK);
        CHECK(sqlite3_exec(db, CHANGES[i].sql, NULL, NULL, NULL) == SQLITE_OK);
        CHECK(sqlite3_changes(db) > 0 && sqlite3_close(db) == SQLITE_OK);
        CHECK(store_verify(f.c, &f.mem, &report, &f.e));
        for (uint32_t k = 0; k < report.fault_count; k++)
            found = found || str_find(report.faults[k], str_from(CHANGES[i].named)) >= 0;
        CHECK(found);
    }
}

/* ---- as they stood; filters; days ---- */

static struct entries_report enter_at(struct fixture *f, const struct register_def *d,
                                      struct register_entry *one, int64_t at, bool revives)
{
    const struct stamp stamp = stamp_of(at);
    enum entry_fate fate = FATE_SAME;
    const struct entries_import in = { .ref = TRAINING,
                                       .def = d,
                                       .rows = one,
                                       .count = 1,
                                       .apply = true,
                                       .revives = revives,
                                       .fates = &fate };
    struct entries_report report = { 0 };

    CHECK(store_entries_import(f->c, &stamp, &in, &report, &f->e));
    CHECK(report.fresh == (fate == FATE_FRESH) && report.changed == (fate == FATE_CHANGED));
    return report;
}

static uint32_t listed(struct fixture *f, const struct register_def *d,
                       struct entry_filter filter, const char **first_taken)
{
    struct entry_rows rows;

    CHECK(store_entries(f->c, &f->mem, &(struct open_book){ TRAINING, d }, &filter, &rows,
                        &f->e));
    if (first_taken && rows.count)
        *first_taken =
            str_c(&f->mem, rows.rows[0].entry.values[register_field_find(d, STR("taken"))].v);
    return rows.total;
}

static double cells_then(struct fixture *f, int64_t when, const char *field)
{
    const struct cells_of what = { TRAINING, 2024, 2024, NULL, 0, when };
    struct cells all = { 0 };
    bool is_done = false;
    double sum = 0;

    CHECK(store_cells_at(f->c, &f->mem, &what, &all, &is_done, &f->e) && is_done);
    for (uint32_t i = 0; i < all.count; i++)
        if (str_eq(all.rows[i].field, str_from(field)))
            sum += dec_double(all.rows[i].amount);
    return sum;
}

static void a_day_that_is_over_shows_what_stood_then(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3], changed, taken_back;
    const int64_t later = STORES_NOW + 3 * STORES_DAY, last = STORES_NOW + 5 * STORES_DAY;
    const char *taken = "";

    fill(&f, &d, rows); /* on the next day */
    changed = row_of(&f, &d, "2024-04-01", "接遇", "30", "25");
    enter_at(&f, &d, &changed, 2 * STORES_DAY, false);
    taken_back = changed;
    taken_back.is_void = true;
    taken_back.reason = STR("二重");
    enter_at(&f, &d, &taken_back, 4 * STORES_DAY, false);

    CHECK(listed(&f, &d, (struct entry_filter){ .when = STORES_NOW }, NULL) == 0);
    CHECK(listed(&f, &d,
                 (struct entry_filter){ .when = STORES_NOW + STORES_DAY,
                                        .before = STR("2024-05") },
                 &taken)
          == 1);
    CHECK_STR(taken, "28");
    CHECK(
        listed(&f, &d, (struct entry_filter){ .when = later, .before = STR("2024-05") }, &taken)
        == 1);
    CHECK_STR(taken, "25");
    CHECK(cells_then(&f, STORES_NOW, "") == 0);
    CHECK(cells_then(&f, STORES_NOW + STORES_DAY, "taken") == 48);
    CHECK(cells_then(&f, later, "taken") == 45 && cells_then(&f, later, "") == 3);
    CHECK(cells_then(&f, last, "") == 2);
    CHECK(cells_then(&f, last, "taken") == sum_of(&f, 2024, "taken", NULL));
}

static void days_are_counted_without_what_was_taken_back(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3];
    const struct entry_filter now = { .from = STR("2024-04"), .before = STR("2024-06") };
    const struct entry_filter then = { .from = STR("2024-04"),
                                       .before = STR("2024-06"),
                                       .when = STORES_NOW + STORES_DAY };
    struct entry_days days;

    fill(&f, &d, rows);
    rows[0].is_void = true;
    rows[0].reason = STR("二重");
    enter_at(&f, &d, &rows[0], 2 * STORES_DAY, false);
    CHECK(store_entry_days(f.c, &f.mem, &TRAINING, &now, &days, &f.e) && days.count == 1);
    CHECK(str_eq(days.rows[0].day, STR("2024-05")) && days.rows[0].count == 1);
    CHECK(store_entry_days(f.c, &f.mem, &TRAINING, &then, &days, &f.e) && days.count == 2);
}

static void a_list_is_searched_in_values_and_labels_alone(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3];

    fill(&f, &d, rows);
    CHECK(listed(&f, &d, (struct entry_filter){ .text = STR("人権") }, NULL) == 1);
    CHECK(listed(&f, &d, (struct entry_filter){ .text = STR("集合研修") }, NULL) == 3);
    CHECK(listed(&f, &d, (struct entry_filter){ .text = STR("eligible") }, NULL) == 0);
    CHECK(listed(&f, &d, (struct entry_filter){ .text = STR("%") }, NULL) == 0);
    CHECK(listed(&f, &d, (struct entry_filter){ .section = STR("総務課") }, NULL) == 0);
    CHECK(listed(&f, &d, (struct entry_filter){ .text = STR("研修"), .page = { 2, 2 } }, NULL)
          == 3);
}

static void who_enters_by_hand_may_bring_back_what_was_taken_back(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct register_def d;
    struct register_entry rows[3], void_one;
    struct register_entry last;

    fill(&f, &d, rows);
    void_one = rows[0];
    void_one.is_void = true;
    void_one.reason = STR("二重");
    enter_at(&f, &d, &void_one, 2 * STORES_DAY, false);
    CHECK(enter_at(&f, &d, &rows[0], 3 * STORES_DAY, false).kept_void == 1);
    CHECK(enter_at(&f, &d, &rows[0], 3 * STORES_DAY, true).changed == 1);
    CHECK(sum_of(&f, 2024, "", NULL) == 3);
    CHECK(store_entry_last(f.c, &f.mem, &(struct open_book){ TRAINING, &d }, &last, &f.e));
    CHECK(str_eq(last.id, rows[0].id) && !last.is_void);
}

/* ---- definitions ---- */

static void a_definition_with_entries_changes_only_truthfully(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct stamp stamp = stamp_of(2 * STORES_DAY);
    struct register_def d, other;
    struct register_entry rows[3];
    const struct hash other_record = { { 1 } };
    struct book_change change = { WARD, &d, &other_record };
    struct hash record;
    str json = register_preset(STR("training")), changed;
    ptrdiff_t at;
    bool is_same;

    fill(&f, &d, rows);
    at = str_find(json, STR("\"人\""));
    CHECK(at > 0);
    changed = str_fmt(&f.mem, "%.*s\"件\"%.*s", STR_ARG(str_take(json, (size_t)at)),
                      STR_ARG(str_skip(json, (size_t)at + STR("\"人\"").n)));
    CHECK(register_parse(&f.mem, changed, &other, &f.e));
    CHECK(!store_book_save(f.c, &stamp, WARD, &other, &is_same, &f.e) && f.e.code == ERR_INPUT);
    CHECK(store_book(f.c, &f.mem, &TRAINING, &d, &record, &f.e));
    CHECK(!store_book_change(f.c, &stamp, &change, &is_same, &f.e) && f.e.code == ERR_CONFLICT);
    change.seen = &record;
    CHECK(store_book_change(f.c, &stamp, &change, &is_same, &f.e) && is_same);
}

int main(void)
{
    RUN(a_day_that_is_over_shows_what_stood_then);
    RUN(days_are_counted_without_what_was_taken_back);
    RUN(a_list_is_searched_in_values_and_labels_alone);
    RUN(who_enters_by_hand_may_bring_back_what_was_taken_back);
    RUN(a_definition_with_entries_changes_only_truthfully);
    RUN(a_dry_run_stores_nothing_and_tells_all);
    RUN(the_same_rows_twice_change_nothing);
    RUN(a_changed_row_is_a_new_version_and_the_sums_follow);
    RUN(a_voided_entry_counts_no_more_and_stays_voided);
    RUN(entries_are_listed_by_day);
    RUN(what_is_not_there_is_said);
    RUN(a_rebuild_and_a_verification_know_registers);
    RUN(a_changed_row_of_each_table_is_found);
    return DONE();
}
