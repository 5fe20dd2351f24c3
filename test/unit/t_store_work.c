/* A year as it is worked on: from an empty year or last year's plan to what is public, by
 * people who hold duties; what is refused, and what stays as it was. */
#include "works.h"

/* ---- the year ---- */

static void a_year_is_played_through(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct saved saved;
    struct sheet_copy s;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "安全なまち", &saved) && saved.number == 1);
    CHECK(!is_public(&y, 2024, "draft") && y.f.e.code == ERR_NOT_FOUND);
    CHECK(!move(&y, &PLANNING, 2024, MOVE_PROPOSE) && y.f.e.code == ERR_CONFLICT);
    CHECK(str_find(str_from(y.f.e.text), STR("1件あります: 1。")) > 0);
    CHECK(settle(&y, 2024, 1, STEP_PLAN));
    CHECK(move(&y, &PLANNING, 2024, MOVE_PROPOSE) && is_public(&y, 2024, "proposal"));
    CHECK(move(&y, &MAYOR, 2024, MOVE_ADOPT) && is_public(&y, 2024, "adopted"));
    CHECK(move(&y, &PLANNING, 2024, MOVE_OPEN_MIDYEAR));
    s = sheet(&y, 2024, 1);
    s.initiative.midyear.is_present = true;
    s.initiative.midyear.improvement.v = STR("周知が足りない。");
    CHECK(write_sheet(&y, &EDITOR, &s, 2024, STEP_MIDYEAR));
    CHECK(!public_initiative(&y, 2024, 1).midyear.improvement.v.n);
    CHECK(settle(&y, 2024, 1, STEP_MIDYEAR));
    CHECK(move(&y, &PLANNING, 2024, MOVE_CLOSE_MIDYEAR) && is_public(&y, 2024, "midyear"));
    CHECK(public_initiative(&y, 2024, 1).midyear.improvement.v.n > 0);
    CHECK(move(&y, &PLANNING, 2024, MOVE_OPEN_EVALUATION));
    CHECK(settle(&y, 2024, 1, STEP_EVALUATION));
    CHECK(move(&y, &PLANNING, 2024, MOVE_COMPLETE) && is_public(&y, 2024, "midyear"));
    CHECK(!move(&y, &PLANNING, 2024, MOVE_PUBLISH) && y.f.e.code == ERR_DENIED);
    CHECK(move(&y, &MAYOR, 2024, MOVE_PUBLISH) && is_public(&y, 2024, "published"));
    CHECK(is_whole(&y));
    CHECK(store_rebuild(y.f.c, &y.f.e) && is_whole(&y));
    CHECK(cycle(&y, 2024).phase == PHASE_PUBLISHED);
}

static void a_correction_opens_one_step_and_settles_it(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct plan plan = stores_plan(&y.f.mem, 7, WARD, 2023, 2);
    struct import_report report;
    struct sheet_copy s;

    CHECK(stores_import(&y.f, &plan, y.now_ms, true, &report));
    CHECK(start(&y, &PLANNING, 2023, 2023, PHASE_PUBLISHED));
    assign_all(&y, 2023);
    s = sheet(&y, 2023, plan.initiatives[0].number);
    s.initiative.evaluation.improvement.v = STR("訂正した改善策。");
    CHECK(!write_sheet(&y, &EDITOR, &s, 2023, STEP_EVALUATION) && y.f.e.code == ERR_CONFLICT);
    CHECK(move(&y, &PLANNING, 2023, MOVE_REOPEN));
    CHECK(!write_sheet(&y, &PLANNING, &s, 2023, STEP_EVALUATION));
    CHECK(act(&y, &PLANNING, 2023, s.number, STEP_EVALUATION, ACTION_REOPEN));
    CHECK(write_sheet(&y, &PLANNING, &s, 2023, STEP_EVALUATION));
    CHECK(!move(&y, &MAYOR, 2023, MOVE_REPUBLISH) && y.f.e.code == ERR_CONFLICT);
    CHECK(settle(&y, 2023, s.number, STEP_EVALUATION));
    CHECK(!str_eq(public_initiative(&y, 2023, s.number).evaluation.improvement.v,
                  STR("訂正した改善策。")));
    CHECK(move(&y, &MAYOR, 2023, MOVE_REPUBLISH) && is_public(&y, 2023, "published"));
    CHECK(str_eq(public_initiative(&y, 2023, s.number).evaluation.improvement.v,
                 STR("訂正した改善策。")));
    CHECK(is_whole(&y));
}

static void an_imported_plan_goes_on_as_it_stands(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct plan plan = stores_plan(&y.f.mem, 11, WARD, 2024, 3), mine;
    struct import_report report;
    int64_t made_of;
    const struct work_ref ref = sheet_of(2024, 0);
    struct sheet_rows rows;

    CHECK(stores_import(&y.f, &plan, y.now_ms, true, &report));
    CHECK(!start(&y, &PLANNING, 2024, 0, PHASE_DRAFT) && y.f.e.code == ERR_CONFLICT);
    CHECK(start(&y, &PLANNING, 2024, 2024, PHASE_ADOPTED));
    assign_all(&y, 2024);
    CHECK(!start(&y, &PLANNING, 2024, 2024, PHASE_ADOPTED) && y.f.e.code == ERR_CONFLICT);
    CHECK(store_sheets(y.f.c, &y.f.mem, &ref, &rows, &y.f.e) && rows.count == 3);
    for (uint32_t i = 0; i < rows.count; i++) {
        CHECK(rows.rows[i].steps[STEP_PLAN].status == STATUS_APPROVED);
        CHECK(rows.rows[i].steps[STEP_MIDYEAR].status == STATUS_OPEN);
        CHECK(rows.rows[i].origin_year == 0);
    }
    CHECK(store_work_plan(y.f.c, &y.f.mem, &ref, &mine, &made_of, &y.f.e));
    for (uint32_t i = 0; i < mine.initiative_count; i++)
        CHECK(str_eq(mine.initiatives[i].title.v, plan.initiatives[i].title.v));
    CHECK(hash_eq(mine.source_hash, plan.source_hash));
    /* and nobody writes past it */
    CHECK(!stores_import(&y.f, &plan, y.now_ms, true, &report) && y.f.e.code == ERR_CONFLICT);
    CHECK(is_whole(&y));
}

/* ---- roll-over ---- */

static struct amount number(const char *digits, const char *unit)
{
    struct amount m = { .is_set = true, .unit = str_from(unit) };

    CHECK(dec_parse(str_from(digits), &m.value));
    return m;
}

/* A plan of one initiative with an indicator that was measured. */
static struct plan measured_plan(struct arena *a, int fiscal_year)
{
    struct plan p = stores_plan(a, 5, WARD, fiscal_year, 1);
    struct initiative *i = &p.initiatives[0];
    static struct indicator indicator;
    static struct activity planned, reported;
    static struct path_point path;

    path = (struct path_point){ fiscal_year + 1, number("45", "%") };
    indicator = (struct indicator){
        .name.v = STR("割合"),
        .comparison = COMPARE_GE,
        .target = number("40", "%"),
        .target_year = fiscal_year,
        .baseline = number("35.0", "%"),
        .baseline_year = fiscal_year - 1,
        .actual = number("41.25", "%"),
        .verdict = VERDICT_MET,
        .path = &path,
        .path_count = 1,
    };
    planned = (struct activity){ .text.v = STR("会議"), .quantity = number("24", "回") };
    reported = (struct activity){ .text.v = STR("会議"), .quantity = number("17", "回") };
    *i = (struct initiative){
        .number = 1,
        .title.v = STR("安全なまち"),
        .purpose.v = STR("目的"),
        .indicators = &indicator,
        .indicator_count = 1,
        .planned = &planned,
        .planned_count = 1,
        .reported = &reported,
        .reported_count = 1,
        .midyear = { .is_present = true,
                     .improvement.v = STR("・周知が足りない。\n・人手も。") },
        .evaluation = { .is_present = true,
                        .improvement.v = STR("周知が足りない。来年度は窓口で配る。") },
        .at = { 10, 20, 3, 1 },
    };
    p.title.v = STR("令和5年度 みなも区運営方針");
    return p;
}

static void a_new_year_begins_with_the_last_one(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct plan plan = measured_plan(&y.f.mem, 2023);
    struct import_report report;
    struct sheet_copy s;

    CHECK(stores_import(&y.f, &plan, y.now_ms, true, &report));
    CHECK(!start(&y, &EDITOR, 2024, 2023, PHASE_DRAFT) && y.f.e.code == ERR_DENIED);
    CHECK(!start(&y, &PLANNING, 2024, 2025, PHASE_DRAFT) && y.f.e.code == ERR_INPUT);
    CHECK(!start(&y, &PLANNING, 2024, 2022, PHASE_DRAFT) && y.f.e.code == ERR_NOT_FOUND);
    CHECK(start(&y, &PLANNING, 2024, 2023, PHASE_DRAFT));
    assign_all(&y, 2024);
    CHECK(str_eq(cycle(&y, 2024).title, STR("令和6年度 みなも区運営方針")));
    CHECK(cycle(&y, 2024).origin_year == 2023 && cycle(&y, 2024).phase == PHASE_DRAFT);
    s = sheet(&y, 2024, 1);
    CHECK(s.origin_year == 2023 && s.origin_number == 1);
    CHECK(s.steps[STEP_PLAN].status == STATUS_OPEN);
    CHECK(str_eq(s.initiative.purpose.v, STR("目的")) && s.initiative.at.len == 0);
    CHECK(s.initiative.indicator_count == 1 && s.initiative.planned_count == 1);
    CHECK(s.initiative.reported_count == 0 && s.initiative.result_count == 0);
    CHECK(!s.initiative.midyear.improvement.v.n && !s.initiative.evaluation.is_present);
    {
        const struct indicator *k = &s.initiative.indicators[0];

        CHECK(str_eq(dec_str(&y.f.mem, k->baseline.value), STR("41.25")));
        CHECK(k->baseline_year == 2023 && !k->actual.is_set);
        CHECK(str_eq(dec_str(&y.f.mem, k->target.value), STR("45")) && k->target_year == 2024);
        CHECK(k->verdict == VERDICT_NOT_MEASURED);
    }
    CHECK(str_eq(dec_str(&y.f.mem, s.initiative.planned[0].quantity.value), STR("24")));
    CHECK(is_whole(&y));
}

/* What one year writes never shows in another: neither in the copy it came from nor in the
 * public plan. */
static void changing_one_year_never_changes_another(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct plan plan = measured_plan(&y.f.mem, 2023);
    const struct plan_ref before_ref = { WARD, 2023, 0 };
    struct import_report report;
    struct plan_head before, after;
    struct sheet_copy s;
    struct hash work;

    CHECK(stores_import(&y.f, &plan, y.now_ms, true, &report));
    CHECK(start(&y, &PLANNING, 2023, 2023, PHASE_PUBLISHED));
    assign_all(&y, 2023);
    CHECK(start(&y, &PLANNING, 2024, 2023, PHASE_DRAFT));
    assign_all(&y, 2024);
    CHECK(store_plan_head(y.f.c, &y.f.mem, &before_ref, &before, &y.f.e));
    work = sheet(&y, 2023, 1).record;
    s = sheet(&y, 2024, 1);
    s.initiative.title.v = STR("別の題");
    s.initiative.indicators[0].target = number("60", "%");
    CHECK(write_sheet(&y, &EDITOR, &s, 2024, STEP_PLAN));
    CHECK(str_eq(sheet(&y, 2024, 1).initiative.title.v, STR("別の題")));
    CHECK(hash_eq(sheet(&y, 2023, 1).record, work));
    CHECK(str_eq(public_initiative(&y, 2023, 1).title.v, STR("安全なまち")));
    CHECK(store_plan_head(y.f.c, &y.f.mem, &before_ref, &after, &y.f.e));
    CHECK(hash_eq(before.record, after.record));
    /* and the other way round */
    CHECK(move(&y, &PLANNING, 2023, MOVE_REOPEN));
    CHECK(act(&y, &PLANNING, 2023, 1, STEP_PLAN, ACTION_REOPEN));
    work = sheet(&y, 2024, 1).record;
    s = sheet(&y, 2023, 1);
    s.initiative.title.v = STR("訂正した題");
    CHECK(write_sheet(&y, &PLANNING, &s, 2023, STEP_PLAN));
    CHECK(hash_eq(sheet(&y, 2024, 1).record, work));
    CHECK(is_whole(&y));
}

/* ---- saving ---- */

static void the_second_of_two_writers_is_told(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct sheet_copy mine, theirs;
    struct saved saved;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved));
    mine = theirs = sheet(&y, 2024, 1);
    theirs.initiative.purpose.v = STR("かれらの目的");
    CHECK(write_sheet(&y, &HEAD, &theirs, 2024, STEP_PLAN));
    mine.initiative.purpose.v = STR("わたしの目的");
    CHECK(!write_sheet(&y, &EDITOR, &mine, 2024, STEP_PLAN) && y.f.e.code == ERR_CONFLICT);
    CHECK(str_eq(sheet(&y, 2024, 1).initiative.purpose.v, STR("かれらの目的")));
}

static void the_same_thing_twice_is_one_record(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct sheet_save what = { .ref = sheet_of(2024, 1) };
    struct sheet_copy s;
    struct saved one, two;
    struct history all = { .organisation = WARD };
    struct record_rows before, after;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &one) && !one.is_same);
    CHECK(add(&y, &EDITOR, 2024, "題", &two) && two.is_same && two.number == one.number);
    CHECK(add(&y, &EDITOR, 2024, "ほかの題", &two) && !two.is_same && two.number == 2);
    s = sheet(&y, 2024, 1);
    s.initiative.purpose.v = STR("ほかの目的");
    what.initiative = &s.initiative;
    what.seen = s.record;
    CHECK(save(&y, &EDITOR, &what, &one) && !one.is_same);
    CHECK(save(&y, &EDITOR, &what, &two) && two.is_same && hash_eq(one.record, two.record));
    CHECK(act(&y, &EDITOR, 2024, 1, STEP_PLAN, ACTION_SUBMIT));
    CHECK(store_history(y.f.c, &y.f.mem, &all, &before, &y.f.e));
    CHECK(act(&y, &EDITOR, 2024, 1, STEP_PLAN, ACTION_SUBMIT));
    CHECK(store_history(y.f.c, &y.f.mem, &all, &after, &y.f.e));
    CHECK(before.total == after.total);
}

static void a_move_made_twice_is_one_record(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct plan plan = stores_plan(&y.f.mem, 3, WARD, 2023, 1);
    struct cycle_move what = { .ref = sheet_of(2023, 0), .move = MOVE_REOPEN };
    struct import_report report;
    struct cycle once, twice;

    CHECK(stores_import(&y.f, &plan, y.now_ms, true, &report));
    CHECK(start(&y, &PLANNING, 2023, 2023, PHASE_PUBLISHED));
    assign_all(&y, 2023);
    what.seen = cycle(&y, 2023).record;
    CHECK(store_cycle_move(y.f.c, &y.f.mem, by(&y, &PLANNING, "誤り"), &what, &once, &y.f.e));
    CHECK(store_cycle_move(y.f.c, &y.f.mem, by(&y, &PLANNING, "誤り"), &what, &twice, &y.f.e));
    CHECK(hash_eq(once.record, twice.record) && once.phase == PHASE_CORRECTING);
    what.move = MOVE_REPUBLISH; /* on a page that is out of date */
    CHECK(!store_cycle_move(y.f.c, &y.f.mem, by(&y, &MAYOR, "誤り"), &what, &twice, &y.f.e));
    CHECK(y.f.e.code == ERR_CONFLICT);
}

static void a_step_changes_its_own_part_only(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct plan plan = stores_plan(&y.f.mem, 3, WARD, 2024, 1);
    struct import_report report;
    struct sheet_copy s;

    CHECK(stores_import(&y.f, &plan, y.now_ms, true, &report));
    CHECK(start(&y, &PLANNING, 2024, 2024, PHASE_ADOPTED));
    assign_all(&y, 2024);
    CHECK(move(&y, &PLANNING, 2024, MOVE_OPEN_MIDYEAR));
    s = sheet(&y, 2024, plan.initiatives[0].number);
    s.initiative.title.v = STR("書き換えた題");
    CHECK(!write_sheet(&y, &EDITOR, &s, 2024, STEP_MIDYEAR) && y.f.e.code == ERR_DENIED);
    CHECK(!write_sheet(&y, &EDITOR, &s, 2024, STEP_PLAN) && y.f.e.code == ERR_CONFLICT);
    s = sheet(&y, 2024, s.number);
    s.initiative.midyear.improvement.v = STR("改善策");
    CHECK(write_sheet(&y, &EDITOR, &s, 2024, STEP_MIDYEAR));
}

static void what_is_approved_is_what_was_read(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct sheet_act what = { .step = STEP_PLAN, .action = ACTION_SUBMIT };
    struct sheet_copy s;
    struct saved saved;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved));
    what.ref = sheet_of(2024, 1);
    what.sheet = saved.record;
    s = sheet(&y, 2024, 1);
    s.initiative.purpose.v = STR("あとから");
    CHECK(write_sheet(&y, &HEAD, &s, 2024, STEP_PLAN));
    CHECK(!store_sheet_act(y.f.c, by(&y, &EDITOR, ""), &what, &y.f.e));
    CHECK(y.f.e.code == ERR_CONFLICT);
}

static void what_was_audited_is_what_becomes_public(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct cycle_move what = { .ref = sheet_of(2024, 0),
                               .move = MOVE_PROPOSE,
                               .audit_version = STR("1") };
    struct plan official;
    struct cycle after;
    struct saved saved;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved) && settle(&y, 2024, 1, STEP_PLAN));
    what.seen = cycle(&y, 2024).record;
    CHECK(store_work_plan(y.f.c, &y.f.mem, &what.ref, &official, &what.made_of, &y.f.e));
    what.official = &official;
    CHECK(add(&y, &EDITOR, 2024, "あとから加えた題", &saved));
    CHECK(settle(&y, 2024, 2, STEP_PLAN));
    CHECK(!store_cycle_move(y.f.c, &y.f.mem, by(&y, &PLANNING, ""), &what, &after, &y.f.e));
    CHECK(y.f.e.code == ERR_CONFLICT && cycle(&y, 2024).phase == PHASE_DRAFT);
}

static void a_skipped_review_is_signed_and_public(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct plan plan = stores_plan(&y.f.mem, 3, WARD, 2024, 1);
    const int n = plan.initiatives[0].number;
    struct import_report report;

    CHECK(stores_import(&y.f, &plan, y.now_ms, true, &report));
    CHECK(start(&y, &PLANNING, 2024, 2024, PHASE_ADOPTED));
    assign_all(&y, 2024);
    CHECK(move(&y, &PLANNING, 2024, MOVE_OPEN_MIDYEAR));
    CHECK(!act(&y, &EDITOR, 2024, n, STEP_MIDYEAR, ACTION_SKIP) && y.f.e.code == ERR_DENIED);
    CHECK(act(&y, &HEAD, 2024, n, STEP_MIDYEAR, ACTION_SKIP));
    CHECK(sheet(&y, 2024, n).steps[STEP_MIDYEAR].status == STATUS_SKIPPED);
    CHECK(move(&y, &PLANNING, 2024, MOVE_CLOSE_MIDYEAR));
    CHECK(public_initiative(&y, 2024, n).midyear.is_skipped);
    CHECK(str_eq(public_initiative(&y, 2024, n).midyear.skip_reason, STR("理由")));
    CHECK(is_whole(&y));
}

static void what_is_mandatory_is_written_before_it_is_submitted(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct saved saved;
    struct sheet_copy s;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved));
    s = sheet(&y, 2024, 1);
    CHECK(s.empty[STEP_PLAN] == 0 && s.empty[STEP_EVALUATION] > 0);
    s.initiative.purpose.v = STR("");
    CHECK(write_sheet(&y, &EDITOR, &s, 2024, STEP_PLAN));
    CHECK(sheet(&y, 2024, 1).empty[STEP_PLAN] == 1);
    CHECK(!act(&y, &EDITOR, 2024, 1, STEP_PLAN, ACTION_SUBMIT) && y.f.e.code == ERR_INPUT);
    CHECK(str_find(str_from(y.f.e.text), STR("趣旨・目的")) > 0);
    CHECK(settle(&y, 2024, 1, STEP_PLAN));
}

/* ---- who may ---- */

/* Nobody does what their duty, their section or their day does not give them, whatever role
 * they say they act in. */
static void others_are_refused(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    struct actor pretender;
    struct saved saved;
    struct sheet_copy s;
    struct grant over = { .organisation = STR("minamo-kikaku"),
                          .duty = DUTY_EDITOR,
                          .from = STR("2020-04-01"),
                          .to = STR("2024-03-31") };

    CHECK(!start(&y, &STRANGER, 2024, 0, PHASE_DRAFT) && y.f.e.code == ERR_DENIED);
    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved));
    s = sheet(&y, 2024, 1);
    s.initiative.purpose.v = STR("目的");
    CHECK(!write_sheet(&y, &STRANGER, &s, 2024, STEP_PLAN) && y.f.e.code == ERR_DENIED);
    CHECK(!write_sheet(&y, &MAYOR, &s, 2024, STEP_PLAN) && y.f.e.code == ERR_DENIED);
    CHECK(!write_sheet(&y, &AUDITOR, &s, 2024, STEP_PLAN) && y.f.e.code == ERR_DENIED);
    pretender = (struct actor){ STRANGER.id, STR("editor") };
    CHECK(!write_sheet(&y, &pretender, &s, 2024, STEP_PLAN) && y.f.e.code == ERR_DENIED);
    pretender = (struct actor){ EDITOR.id, STR("head") };
    CHECK(act(&y, &EDITOR, 2024, 1, STEP_PLAN, ACTION_SUBMIT));
    CHECK(!act(&y, &pretender, 2024, 1, STEP_PLAN, ACTION_APPROVE));
    CHECK(act(&y, &HEAD, 2024, 1, STEP_PLAN, ACTION_RETURN));
    /* the section changes hands, and its editor with it */
    const struct work_ref ref = sheet_of(2024, 1);
    CHECK(assign(&y, &PLANNING, ref, ""));
    s = sheet(&y, 2024, 1);
    s.initiative.purpose.v = STR("目的");
    CHECK(!write_sheet(&y, &EDITOR, &s, 2024, STEP_PLAN) && y.f.e.code == ERR_DENIED);
    CHECK(write_sheet(&y, &PLANNING, &s, 2024, STEP_PLAN));
    /* a duty that has ended */
    CHECK(assign(&y, &PLANNING, ref, "minamo-kikaku"));
    over.account = EDITOR.id;
    CHECK(store_grant_save(y.f.c, by(&y, &STORES_CLERK, ""), &over, &y.f.e));
    s = sheet(&y, 2024, 1);
    s.initiative.purpose.v = STR("別の目的");
    CHECK(!write_sheet(&y, &EDITOR, &s, 2024, STEP_PLAN) && y.f.e.code == ERR_DENIED);
}

/* ---- what must be done ---- */

static struct task_rows tasks(struct year *y, const struct actor *who)
{
    struct task_rows rows = { 0 };

    CHECK(store_tasks(y->f.c, &y->f.mem, who->id, y->now_ms, &rows, &y->f.e));
    return rows;
}

static bool must(struct year *y, const struct actor *who, enum task_kind kind)
{
    const struct task_rows rows = tasks(y, who);

    return rows.count == 1 && rows.rows[0].kind == kind
           && str_eq(rows.rows[0].organisation, WARD) && rows.rows[0].fiscal_year == 2024;
}

static bool is_free(struct year *y, const struct actor *who)
{
    return tasks(y, who).count == 0;
}

static void a_task_is_there_until_it_is_done(void)
{
    AUTO(year_end) struct year y;
    year_begin(&y);
    const struct work_ref ref = sheet_of(2024, 0);
    const str due[STEP_COUNT] = { STR(""), STR("2024-05-15"), STR("2025-04-30") };
    struct saved saved;

    CHECK(start(&y, &PLANNING, 2024, 0, PHASE_DRAFT));
    CHECK(is_free(&y, &EDITOR) && is_free(&y, &PLANNING));
    CHECK(add(&y, &EDITOR, 2024, "題", &saved));
    CHECK(must(&y, &EDITOR, TASK_WRITE) && is_free(&y, &HEAD) && is_free(&y, &STRANGER));
    CHECK(act(&y, &EDITOR, 2024, 1, STEP_PLAN, ACTION_SUBMIT));
    CHECK(is_free(&y, &EDITOR) && must(&y, &HEAD, TASK_APPROVE));
    CHECK(act(&y, &HEAD, 2024, 1, STEP_PLAN, ACTION_RETURN));
    CHECK(must(&y, &EDITOR, TASK_RETURNED) && is_free(&y, &HEAD));
    CHECK(str_eq(tasks(&y, &EDITOR).rows[0].comment, STR("理由")));
    CHECK(settle(&y, 2024, 1, STEP_PLAN));
    CHECK(must(&y, &PLANNING, TASK_MOVE) && is_free(&y, &EDITOR) && is_free(&y, &MAYOR));
    CHECK(move(&y, &PLANNING, 2024, MOVE_PROPOSE));
    CHECK(must(&y, &MAYOR, TASK_MOVE) && tasks(&y, &MAYOR).rows[0].move == MOVE_ADOPT);
    CHECK(move(&y, &MAYOR, 2024, MOVE_ADOPT) && is_free(&y, &MAYOR));
    CHECK(is_free(&y, &PLANNING)); /* nothing is due soon */
    CHECK(store_cycle_due(y.f.c, by(&y, &PLANNING, ""), &ref, due, &y.f.e));
    CHECK(must(&y, &PLANNING, TASK_MOVE));
    CHECK(tasks(&y, &PLANNING).rows[0].move == MOVE_OPEN_MIDYEAR);
    CHECK(is_free(&y, &AUDITOR));
    struct record_rows written;
    CHECK(store_written_by(y.f.c, &y.f.mem, HEAD.id, 10, &written, &y.f.e));
    CHECK(written.count == 2 && str_eq(written.rows[0].kind, STR("step")));
}

int main(void)
{
    RUN(a_year_is_played_through);
    RUN(a_correction_opens_one_step_and_settles_it);
    RUN(an_imported_plan_goes_on_as_it_stands);
    RUN(a_new_year_begins_with_the_last_one);
    RUN(changing_one_year_never_changes_another);
    RUN(the_second_of_two_writers_is_told);
    RUN(the_same_thing_twice_is_one_record);
    RUN(a_move_made_twice_is_one_record);
    RUN(a_step_changes_its_own_part_only);
    RUN(what_is_approved_is_what_was_read);
    RUN(what_was_audited_is_what_becomes_public);
    RUN(a_skipped_review_is_signed_and_public);
    RUN(what_is_mandatory_is_written_before_it_is_submitted);
    RUN(others_are_refused);
    RUN(a_task_is_there_until_it_is_done);
    return DONE();
}
