/* What the planning section does with a year's sheets: sections, due dates, findings answered,
 * the catalogue of indicators. */
#include "works.h"

static void sheets_are_given_to_sections_and_taken_out(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    const struct work_ref ref = sheet_of(2024, 1);
    struct sheet_rows rows;
    struct saved saved;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved));
    CHECK(!assign(&y, &EDITOR, ref, ""));
    CHECK(!assign(&y, &PLANNING, ref, "komorebi"));
    CHECK(y.f.e.code == ERR_INPUT);
    CHECK(assign(&y, &PLANNING, ref, ""));
    CHECK(!sheet(&y, 2024, 1).section.n);
    CHECK(assign(&y, &PLANNING, ref, "minamo-kikaku"));
    CHECK(str_eq(sheet(&y, 2024, 1).section_name, STR("市民協働課")));
    CHECK(!store_sheet_drop(y.f.c, by(&y, &PLANNING, " "), &ref, sheet(&y, 2024, 1).record,
                            &y.f.e));
    CHECK(y.f.e.code == ERR_INPUT);
    CHECK(store_sheet_drop(y.f.c, by(&y, &PLANNING, "統合"), &ref, sheet(&y, 2024, 1).record,
                           &y.f.e));
    CHECK(store_sheets(y.f.c, &y.f.mem, &ref, &rows, &y.f.e) && rows.count == 0);
    /* its number is not given to another */
    CHECK(add(&y, &EDITOR, 2024, "次の題", &saved) && saved.number == 2);
    CHECK(is_whole(&y));
}

static void due_dates_are_days(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    const struct work_ref ref = sheet_of(2024, 0);
    const str good[STEP_COUNT] = { STR("2024-05-31"), STR(""), STR("2025-04-30") };
    const str bad[STEP_COUNT] = { STR("2024-02-30") };

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(!store_cycle_due(y.f.c, by(&y, &PLANNING, ""), &ref, bad, &y.f.e));
    CHECK(y.f.e.code == ERR_INPUT);
    CHECK(!store_cycle_due(y.f.c, by(&y, &HEAD, ""), &ref, good, &y.f.e));
    CHECK(store_cycle_due(y.f.c, by(&y, &PLANNING, ""), &ref, good, &y.f.e));
    CHECK(str_eq(cycle(&y, 2024).due[STEP_PLAN], STR("2024-05-31")));
    CHECK(!cycle(&y, 2024).due[STEP_MIDYEAR].n);
    CHECK(cycle(&y, 2024).phase == PHASE_DRAFT && is_whole(&y));
}

static void a_finding_is_answered_and_the_answer_taken_back(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    const struct work_ref ref = sheet_of(2024, 1);
    struct answer answer = { .rule = STR("P1"), .subject = STR("割合"), .reason = STR("理由") };
    struct answer_rows rows;
    struct saved saved;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved));
    CHECK(!store_answer_save(y.f.c, by(&y, &AUDITOR, ""), &ref, &answer, &y.f.e));
    CHECK(store_answer_save(y.f.c, by(&y, &EDITOR, ""), &ref, &answer, &y.f.e));
    CHECK(store_answers(y.f.c, &y.f.mem, &ref, &rows, &y.f.e) && rows.count == 1);
    CHECK(str_eq(rows.rows[0].id, answer_id(&y.f.mem, STR("P1"), STR("割合"))));
    CHECK(str_eq(rows.rows[0].author, EDITOR.id));
    answer.reason = STR("");
    CHECK(store_answer_save(y.f.c, by(&y, &EDITOR, ""), &ref, &answer, &y.f.e));
    CHECK(store_answers(y.f.c, &y.f.mem, &ref, &rows, &y.f.e) && rows.count == 0);
    CHECK(is_whole(&y));
}

static void the_catalogue_outlives_the_year(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct catalogue_entry k = { .name = STR("割合"),
                                 .unit = STR("%"),
                                 .decimals = 1,
                                 .direction = DIRECTION_HIGHER,
                                 .valid_from = STR("2024-04-01") },
                           back;
    struct catalogue_rows rows;

    CHECK(!store_catalogue_save(y.f.c, &y.f.mem, by(&y, &HEAD, ""), WARD, &k, &y.f.e));
    CHECK(store_catalogue_save(y.f.c, &y.f.mem, by(&y, &PLANNING, ""), WARD, &k, &y.f.e));
    CHECK(store_catalogue_entry(y.f.c, &y.f.mem, WARD, k.id, &back, &y.f.e));
    CHECK(back.decimals == 1 && back.direction == DIRECTION_HIGHER);
    back.definition = STR("回答者のうち、はいと答えた人");
    CHECK(store_catalogue_save(y.f.c, &y.f.mem, by(&y, &PLANNING, ""), WARD, &back, &y.f.e));
    k.definition = STR("別の定義"); /* on a page that is out of date */
    CHECK(!store_catalogue_save(y.f.c, &y.f.mem, by(&y, &PLANNING, ""), WARD, &k, &y.f.e));
    CHECK(y.f.e.code == ERR_CONFLICT);
    CHECK(store_catalogue(y.f.c, &y.f.mem, WARD, &rows, &y.f.e) && rows.count == 1);
    CHECK(is_whole(&y));
}

/* ---- what is mandatory ---- */

int main(void)
{
    RUN(sheets_are_given_to_sections_and_taken_out);
    RUN(due_dates_are_days);
    RUN(a_finding_is_answered_and_the_answer_taken_back);
    RUN(the_catalogue_outlives_the_year);
    return DONE();
}
