/* A sheet as a form: what people type is understood or refused with a sentence, nothing that
 * they left alone changes, and two people's changes come together blank by blank. */
#include "model/blanks.h"
#include "check.h"
#include "models.h"

#include <stdlib.h>
#include <string.h>

static struct form form_here(struct arena *a)
{
    struct form form;
    struct err e = { 0 };

    CHECK(form_read(a, form_preset(STR("osaka-ward-2019")), &form, &e));
    return form;
}

static str record_of(struct arena *a, const struct initiative *i)
{
    struct buf b;

    buf_init(&b, a, 4096, 1 << 24);
    json_put_canonical(&b, model_initiative_value(a, i, true));
    return buf_str(&b);
}

/* A sheet with one goal of 40% and two planned lines, 24 meetings and a leaflet. */
static struct initiative sheet(struct arena *a)
{
    struct initiative i = { .number = 1,
                            .title.v = STR("窓口の改善"),
                            .purpose.v = STR("待たせない窓口にする。") };

    i.indicators = NEW(a, struct indicator, 1);
    i.indicators[i.indicator_count++] = (struct indicator){
        .name = { STR("満足した来庁者の割合"), { 10, 20, 3, 4 } },
        .comparison = COMPARE_GE,
        .direction = DIRECTION_HIGHER,
        .target = { .is_set = true, .value = { 40, 0 }, .unit = STR("%"), .at.len = 3 },
        .target_year = 2024,
        .baseline = { .is_set = true, .value = { 144, 1 }, .unit = STR("%") },
        .baseline_year = 2022,
    };
    i.planned = NEW(a, struct activity, 2);
    i.planned[0] = (struct activity){ .text.v = STR("検討会の開催"),
                                      .quantity = { true, { 24, 0 }, STR("回"), { 0 } },
                                      .other = -1 };
    i.planned[1] =
        (struct activity){ .text.v = STR("案内の配布"), .as_needed = true, .other = -1 };
    i.planned_count = 2;
    return i;
}

struct setup {
    struct arena mem;
    struct form form;
    struct initiative base, made;
    struct filled_list list;
    struct blank_faults faults;
    enum step step;
};

static void start(struct setup *s, enum step step)
{
    *s = (struct setup){ .step = step };
    s->form = form_here(&s->mem);
    s->base = sheet(&s->mem);
    blanks_put(&s->mem, &s->base, step, &s->list);
}

static void done(struct setup *s)
{
    arena_done(&s->mem);
}

static void type(struct setup *s, const char *name, const char *text)
{
    filled_set(&s->mem, &s->list, str_from(name), str_from(text));
}

static bool take(struct setup *s)
{
    const struct blanks_input in = { &s->form, &s->base, &s->list, s->step, 2024 };

    s->faults = (struct blank_faults){ 0 };
    return blanks_take(&s->mem, &in, &s->made, &s->faults);
}

static const char *fault(struct setup *s, const char *name)
{
    for (uint32_t k = 0; k < s->faults.count; k++)
        if (str_eq(s->faults.items[k].name, str_from(name)))
            return str_c(&s->mem, s->faults.items[k].text);
    return "";
}

static bool lacks(struct setup *s, const struct initiative *i, const char *name)
{
    struct blank_faults out = { 0 };

    sheet_missing(&s->mem, &s->form, i, s->step, &out);
    for (uint32_t k = 0; k < out.count; k++)
        if (str_eq(out.items[k].name, str_from(name)))
            return true;
    return false;
}

/* ---- nothing changes by itself ---- */

static void a_form_that_nobody_touched_leaves_the_sheet_as_it_is(void)
{
    for (uint64_t seed = 1; seed <= 150; seed++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct form form = form_here(&mem);
        const struct plan plan = models_plan(&mem, seed, 1);
        const struct initiative *base = &plan.initiatives[0];
        const str before = record_of(&mem, base);

        for (int s = 0; s < STEP_COUNT; s++) {
            struct filled_list list;
            struct blank_faults faults = { 0 };
            struct initiative made;
            const struct blanks_input in = { &form, base, &list, (enum step)s, 2019 };

            blanks_put(&mem, base, (enum step)s, &list);
            CHECK(blanks_take(&mem, &in, &made, &faults));
            CHECK(str_eq(before, record_of(&mem, &made)));
        }
    }
}

static void one_change_changes_nothing_else_and_keeps_the_places(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_PLAN);
    type(&s, "purpose", "早く終わる窓口にする。");
    CHECK(take(&s));
    CHECK_STR(str_c(&s.mem, s.made.purpose.v), "早く終わる窓口にする。");
    CHECK(s.made.indicators[0].target.at.len == 3 && s.made.indicators[0].name.at.line == 3);
    CHECK(initiative_differs_only_in(&s.mem, &s.base, &s.made, STEP_PLAN));
}

/* ---- numbers, years and days as people type them ---- */

static void numbers_are_taken_as_people_type_them(void)
{
    static const struct {
        const char *typed, *value, *unit;
    } CASES[] = {
        { "45", "45", "%" },           { "４５", "45", "%" },      { "1,234", "1234", "%" },
        { "１，２３４", "1234", "%" }, { "12.50", "12.50", "%" },  { " 45 % ", "45", "%" },
        { "45％", "45", "%" },         { "▲0.5", "-0.5", "%" },    { "30件", "30", "件" },
        { "-3", "-3", "%" },           { "86.20%", "86.20", "%" }, { "0", "0", "%" },
    };

    for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
        AUTO(done) struct setup s;

        start(&s, STEP_PLAN);
        type(&s, "indicator.i1.target", CASES[k].typed);
        CHECK(take(&s));
        CHECK_STR(str_c(&s.mem, dec_str(&s.mem, s.made.indicators[0].target.value)),
                  CASES[k].value);
        CHECK_STR(str_c(&s.mem, s.made.indicators[0].target.unit), CASES[k].unit);
    }
}

static void what_is_no_number_is_refused_with_the_way_to_write_it(void)
{
    static const struct {
        const char *typed, *says;
    } CASES[] = {
        { "約40", "数字がありません" },
        { "1２", "全角と半角" },
        { "12.3.4", "小数点が2つ" },
        { "1,20", "桁区切り" },
        { "四十", "数字がありません" },
        { "40から50", "数が2つ" },
        { "1234567890123456789", "桁が多すぎ" },
    };

    for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
        AUTO(done) struct setup s;

        start(&s, STEP_PLAN);
        type(&s, "indicator.i1.target", CASES[k].typed);
        CHECK(!take(&s));
        if (!strstr(fault(&s, "indicator.i1.target"), CASES[k].says))
            CHECK_STR(fault(&s, "indicator.i1.target"), CASES[k].says);
    }
}

static void a_new_unit_goes_to_target_and_baseline(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_PLAN);
    type(&s, "indicator.i1.unit", "点");
    CHECK(take(&s));
    CHECK_STR(str_c(&s.mem, s.made.indicators[0].target.unit), "点");
    CHECK_STR(str_c(&s.mem, s.made.indicators[0].baseline.unit), "点");
}

static void a_baseline_in_another_unit_says_so_and_keeps_it(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_PLAN);
    s.base.indicators[0].baseline.unit = STR("件");
    blanks_put(&s.mem, &s.base, STEP_PLAN, &s.list);
    CHECK_STR(str_c(&s.mem, filled_get(&s.list, STR("indicator.i1.baseline"))), "14.4件");
    type(&s, "indicator.i1.target", "50");
    CHECK(take(&s));
    CHECK_STR(str_c(&s.mem, s.made.indicators[0].baseline.unit), "件");
}

static void fiscal_years_are_taken_in_every_spelling(void)
{
    static const struct {
        const char *typed;
        int year;
    } CASES[] = {
        { "令和7年度", 2025 },  { "R7", 2025 },         { "7年度", 2025 },
        { "７", 2025 },         { "2025", 2025 },       { "2025年度", 2025 },
        { "令和元年度", 2019 }, { "平成31年度", 2019 }, { "", 0 },
        { "29年度", 2017 },
    };

    for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
        AUTO(done) struct setup s;

        start(&s, STEP_PLAN);
        type(&s, "indicator.i1.target_year", CASES[k].typed);
        CHECK(take(&s));
        CHECK(s.made.indicators[0].target_year == CASES[k].year);
    }
}

static void targets_by_year_are_lines_of_year_and_number(void)
{
    AUTO(done) struct setup s;
    const struct indicator *i;

    start(&s, STEP_PLAN);
    type(&s, "indicator.i1.path", "令和7年度 45\n\nR8： 50.5%\n");
    CHECK(take(&s));
    i = &s.made.indicators[0];
    CHECK(i->path_count == 2 && i->path[0].year == 2025 && i->path[1].year == 2026);
    CHECK_STR(str_c(&s.mem, dec_str(&s.mem, i->path[1].value.value)), "50.5");
    CHECK_STR(str_c(&s.mem, i->path[0].value.unit), "%");
    type(&s, "indicator.i1.path", "令和7年度 45\n令和7年度 46");
    CHECK(!take(&s) && strstr(fault(&s, "indicator.i1.path"), "2回"));
    type(&s, "indicator.i1.path", "45");
    CHECK(!take(&s) && strstr(fault(&s, "indicator.i1.path"), "年度"));
}

static void a_day_is_kept_one_way(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    type(&s, "due", "令和7年9月30日");
    CHECK(take(&s));
    CHECK_STR(str_c(&s.mem, s.made.evaluation.remedy.due), "2025-09-30");
    type(&s, "due", "来年");
    CHECK(!take(&s) && strstr(fault(&s, "due"), "日付"));
}

static void every_fault_is_told_at_once(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_PLAN);
    type(&s, "indicator.i1.target", "x");
    type(&s, "activity.p1.quantity", "y");
    type(&s, "indicator.i1.comparison", "about");
    CHECK(!take(&s));
    CHECK(s.faults.count == 3);
}

static void a_text_over_its_limit_and_a_foreign_name_are_refused(void)
{
    AUTO(done) struct setup s;
    char title[1000];

    start(&s, STEP_PLAN);
    memset(title, 'a', sizeof title);
    title[sizeof title - 1] = 0;
    type(&s, "title", title);
    CHECK(!take(&s) && strstr(fault(&s, "title"), "長すぎ"));
    type(&s, "title", "窓口");
    type(&s, "mark", "met");
    CHECK(!take(&s) && fault(&s, "mark")[0]);
}

/* ---- rows ---- */

static void rows_are_put_in_taken_out_and_moved(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_PLAN);
    type(&s, "activity", "p2 n1 n2 p1");
    type(&s, "activity.n1.text", "相談会の開催");
    type(&s, "activity.n1.quantity", "3回");
    CHECK(take(&s));
    CHECK(s.made.planned_count == 3); /* n2 is empty */
    CHECK_STR(str_c(&s.mem, s.made.planned[0].text.v), "案内の配布");
    CHECK_STR(str_c(&s.mem, s.made.planned[1].text.v), "相談会の開催");
    CHECK_STR(str_c(&s.mem, s.made.planned[1].id), "n1");
    CHECK_STR(str_c(&s.mem, s.made.planned[2].id), "p1");
    type(&s, "activity", "p2");
    CHECK(take(&s) && s.made.planned_count == 1);
}

static void a_report_follows_its_line_or_stands_alone(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_PLAN);
    s.base.reported = NEW(&s.mem, struct activity, 1);
    s.base.reported[0] = (struct activity){ .text.v = STR("検討会の開催"), .other = 0 };
    s.base.reported_count = 1;
    s.base.planned[0].other = 0;
    blanks_put(&s.mem, &s.base, STEP_PLAN, &s.list);
    type(&s, "activity", "p2 p1");
    CHECK(take(&s) && s.made.reported[0].other == 1);
    type(&s, "activity", "p2");
    CHECK(take(&s) && s.made.reported[0].other == -1);
}

static void a_bad_order_of_rows_is_refused(void)
{
    static const char *const ORDERS[] = { "p1 p1", "p1 ../x", "p1 P2" };

    for (size_t k = 0; k < sizeof ORDERS / sizeof *ORDERS; k++) {
        AUTO(done) struct setup s;

        start(&s, STEP_PLAN);
        type(&s, "activity", ORDERS[k]);
        CHECK(!take(&s));
    }
}

static void ids_that_were_given_stay_when_a_row_without_one_comes_before(void)
{
    AUTO(done) struct setup s;
    struct filled_list list;

    start(&s, STEP_PLAN);
    s.base.planned[1].id = STR("p1"); /* what the first would be called */
    blanks_put(&s.mem, &s.base, STEP_PLAN, &list);
    CHECK_STR(str_c(&s.mem, filled_get(&list, STR("activity"))), "p1x p1");
}

/* ---- results ---- */

static void the_result_form_begins_with_every_planned_line(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    CHECK_STR(str_c(&s.mem, filled_get(&s.list, STR("result.p1.text"))), "検討会の開催");
    CHECK_STR(str_c(&s.mem, filled_get(&s.list, STR("result.p1.unit"))), "回");
    CHECK_STR(str_c(&s.mem, filled_get(&s.list, STR("result.p1.quantity"))), "");
    CHECK(filled_has(&s.list, STR("result.p2.status")));
    CHECK(lacks(&s, &s.base, "result.p1.status") && lacks(&s, &s.base, "result.p2.status"));
    CHECK(lacks(&s, &s.base, "actual.i1.value") && lacks(&s, &s.base, "mark"));
}

static void seventeen_of_24_asks_why(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    type(&s, "result.p1.quantity", "17");
    CHECK(take(&s));
    CHECK(s.made.reported_count == 1 && s.made.planned[0].other == 0);
    CHECK_STR(str_c(&s.mem, s.made.reported[0].text.v), "検討会の開催");
    CHECK_STR(str_c(&s.mem, s.made.reported[0].id), "p1");
    CHECK(lacks(&s, &s.made, "result.p1.reason"));
    type(&s, "result.p1.reason", "会場が使えなかったため");
    CHECK(take(&s));
    CHECK(s.made.planned[0].change == CHANGE_FEWER);
    CHECK(!lacks(&s, &s.made, "result.p1.reason"));
    CHECK(initiative_differs_only_in(&s.mem, &s.base, &s.made, STEP_EVALUATION));
}

static void what_was_replaced_says_by_what(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    type(&s, "result.p1.status", "replaced");
    CHECK(take(&s));
    CHECK(lacks(&s, &s.made, "result.p1.replaced_by"));
    CHECK(lacks(&s, &s.made, "result.p1.reason"));
    type(&s, "result.p1.replaced_by", "相談会の開催");
    type(&s, "result.p1.reason", "相談が増えたため");
    type(&s, "result.p1.quantity", "20");
    CHECK(take(&s));
    CHECK_STR(str_c(&s.mem, s.made.reported[0].text.v), "相談会の開催");
    CHECK(!lacks(&s, &s.made, "result.p1.replaced_by"));
    CHECK(!lacks(&s, &s.made, "result.p1.reason"));
}

static void a_suspension_has_an_order_and_days(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    type(&s, "result.p1.status", "suspended");
    type(&s, "result.p1.reason", "感染症のため");
    CHECK(take(&s));
    CHECK(s.made.reported_count == 0);
    CHECK(lacks(&s, &s.made, "result.p1.from") && lacks(&s, &s.made, "result.p1.order"));
    type(&s, "result.p1.from", "令和6年9月2日");
    type(&s, "result.p1.order", "市の対策本部");
    CHECK(take(&s));
    CHECK_STR(str_c(&s.mem, s.made.planned[0].suspended_from), "2024-09-02");
    CHECK(!lacks(&s, &s.made, "result.p1.from") && !lacks(&s, &s.made, "result.p1.order"));
}

static void a_report_can_be_taken_back(void)
{
    AUTO(done) struct setup s;
    struct initiative told;

    start(&s, STEP_EVALUATION);
    type(&s, "result.p1.quantity", "24");
    type(&s, "result.p2.status", "done");
    CHECK(take(&s) && s.made.reported_count == 2 && s.made.reported[1].as_needed);
    told = s.base = s.made;
    blanks_put(&s.mem, &told, STEP_EVALUATION, &s.list);
    CHECK_STR(str_c(&s.mem, filled_get(&s.list, STR("result.p1.status"))), "done");
    type(&s, "result.p1.status", "");
    type(&s, "result.p1.quantity", "");
    CHECK(take(&s));
    CHECK(s.made.reported_count == 1 && s.made.planned[0].other == -1);
    CHECK(s.made.planned[1].other == 0 && s.made.reported[0].other == 1);
}

static void what_was_done_without_a_plan_says_why(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    type(&s, "extra", "n1 n2");
    type(&s, "extra.n1.text", "防災訓練の実施");
    type(&s, "extra.n1.quantity", "1回");
    CHECK(take(&s));
    CHECK(s.made.reported_count == 1 && s.made.reported[0].other == -1);
    CHECK(lacks(&s, &s.made, "extra.n1.reason"));
    s.base = s.made;
    blanks_put(&s.mem, &s.base, STEP_EVALUATION, &s.list);
    CHECK_STR(str_c(&s.mem, filled_get(&s.list, STR("extra"))), "n1");
    type(&s, "extra.n1.reason", "区民から要望があったため");
    CHECK(take(&s) && !lacks(&s, &s.made, "extra.n1.reason"));
    type(&s, "extra", "");
    CHECK(take(&s) && s.made.reported_count == 0);
}

static void an_actual_becomes_a_result_and_changes_with_it(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    type(&s, "actual.i1.value", "38.20");
    type(&s, "actual.i1.is_final", "1");
    CHECK(take(&s));
    CHECK(s.made.result_count == 1 && s.made.results[0].indicator == 0);
    CHECK_STR(str_c(&s.mem, dec_str(&s.mem, s.made.indicators[0].actual.value)), "38.20");
    CHECK_STR(str_c(&s.mem, s.made.indicators[0].actual.unit), "%");
    CHECK(s.made.indicators[0].actual_is_final);
    s.base = s.made;
    type(&s, "actual.i1.value", "39");
    type(&s, "actual.i1.is_final", "");
    CHECK(take(&s) && s.made.result_count == 1);
    CHECK_STR(str_c(&s.mem, dec_str(&s.mem, s.made.results[0].value.value)), "39");
    CHECK(!s.made.indicators[0].actual_is_final);
    type(&s, "actual.i1.value", "");
    type(&s, "actual.i1.note", "調査を隔年に改めたため");
    CHECK(take(&s) && s.made.result_count == 0 && !lacks(&s, &s.made, "actual.i1.value"));
}

static void not_met_makes_the_four_parts_mandatory(void)
{
    static const char *const PARTS[] = { "improvement", "cause", "measure", "owner", "due" };
    AUTO(done) struct setup s;

    start(&s, STEP_EVALUATION);
    type(&s, "mark", "not_met");
    CHECK(take(&s));
    CHECK_STR(str_c(&s.mem, s.made.evaluation.mark.symbol), "×");
    for (size_t k = 0; k < sizeof PARTS / sizeof *PARTS; k++)
        CHECK(lacks(&s, &s.made, PARTS[k]));
    type(&s, "mark", "met");
    CHECK(take(&s));
    for (size_t k = 0; k < sizeof PARTS / sizeof *PARTS; k++)
        CHECK(!lacks(&s, &s.made, PARTS[k]));
}

static void a_review_asks_for_its_marks_unless_it_is_signed_as_skipped(void)
{
    AUTO(done) struct setup s;

    start(&s, STEP_MIDYEAR);
    CHECK(lacks(&s, &s.base, "outlook.1") && lacks(&s, &s.base, "outlook_goal"));
    type(&s, "outlook.1", "not_ok");
    type(&s, "outlook_goal", "ok");
    CHECK(take(&s) && s.made.midyear.is_present && s.made.midyear.activity_count == 1);
    CHECK(!lacks(&s, &s.made, "outlook.1") && lacks(&s, &s.made, "midyear_due"));
    s.base.midyear.is_skipped = true;
    CHECK(lacks(&s, &s.base, "outlook.1"));
    s.base.midyear.skip_reason = STR("年度途中に始めたため");
    CHECK(!lacks(&s, &s.base, "outlook.1"));
}

static void a_plan_needs_its_purpose_a_goal_and_an_activity(void)
{
    AUTO(done) struct setup s;
    const struct initiative empty = { .number = 1 };

    start(&s, STEP_PLAN);
    CHECK(lacks(&s, &empty, "title") && lacks(&s, &empty, "purpose"));
    CHECK(lacks(&s, &empty, "indicator") && lacks(&s, &empty, "activity"));
    CHECK(!lacks(&s, &s.base, "title") && !lacks(&s, &s.base, "indicator.i1.target"));
    s.base.indicators[0].target.is_set = false;
    CHECK(lacks(&s, &s.base, "indicator.i1.target"));
}

/* ---- two people ---- */

struct three {
    struct arena mem;
    struct filled_list base, mine, theirs;
    struct blank_merge out;
};

static void begin(struct three *t, enum step step)
{
    struct initiative i;

    *t = (struct three){ 0 };
    i = sheet(&t->mem);
    blanks_put(&t->mem, &i, step, &t->base);
    blanks_put(&t->mem, &i, step, &t->mine);
    blanks_put(&t->mem, &i, step, &t->theirs);
}

static void end(struct three *t)
{
    arena_done(&t->mem);
}

static void set(struct three *t, struct filled_list *l, const char *name, const char *text)
{
    filled_set(&t->mem, l, str_from(name), str_from(text));
}

static const char *merged(struct three *t, const char *name)
{
    return str_c(&t->mem, filled_get(&t->out.list, str_from(name)));
}

static void what_only_one_changed_is_taken(void)
{
    AUTO(end) struct three t;

    begin(&t, STEP_PLAN);
    set(&t, &t.mine, "purpose", "わたし");
    set(&t, &t.theirs, "title", "あなた");
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK(t.out.conflict_count == 0);
    CHECK_STR(merged(&t, "purpose"), "わたし");
    CHECK_STR(merged(&t, "title"), "あなた");
    CHECK(t.out.taken_count == 1 && str_eq(t.out.taken[0], STR("title")));
}

static void what_both_changed_alike_is_no_conflict(void)
{
    AUTO(end) struct three t;

    begin(&t, STEP_PLAN);
    set(&t, &t.mine, "purpose", "おなじ");
    set(&t, &t.theirs, "purpose", "おなじ");
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK(t.out.conflict_count == 0);
    CHECK_STR(merged(&t, "purpose"), "おなじ");
}

static void what_both_changed_differently_is_shown_with_all_three(void)
{
    AUTO(end) struct three t;

    begin(&t, STEP_PLAN);
    set(&t, &t.mine, "indicator.i1.target", "50");
    set(&t, &t.theirs, "indicator.i1.target", "60");
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK(t.out.conflict_count == 1);
    CHECK(str_eq(t.out.conflicts[0].base, STR("40")));
    CHECK(str_eq(t.out.conflicts[0].mine, STR("50")));
    CHECK(str_eq(t.out.conflicts[0].theirs, STR("60")));
    CHECK_STR(merged(&t, "indicator.i1.target"), "50");
}

static void a_row_put_in_before_the_others_shifts_nothing(void)
{
    AUTO(end) struct three t;

    begin(&t, STEP_PLAN);
    set(&t, &t.theirs, "activity", "n1 p1 p2");
    set(&t, &t.theirs, "activity.n1.text", "あたらしい行");
    set(&t, &t.mine, "activity.p2.text", "案内の全戸配布");
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK(t.out.conflict_count == 0);
    CHECK_STR(merged(&t, "activity"), "n1 p1 p2");
    CHECK_STR(merged(&t, "activity.n1.text"), "あたらしい行");
    CHECK_STR(merged(&t, "activity.p2.text"), "案内の全戸配布");
}

static void rows_of_both_come_together_in_their_places(void)
{
    AUTO(end) struct three t;

    begin(&t, STEP_PLAN);
    set(&t, &t.theirs, "activity", "p1 n1 p2");
    set(&t, &t.mine, "activity", "p1 p2 n2");
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK_STR(merged(&t, "activity"), "p1 n1 p2 n2");
    set(&t, &t.mine, "activity", "p2 p1"); /* moved */
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK_STR(merged(&t, "activity"), "p2 p1 n1");
}

static void a_row_that_one_took_out_is_gone_unless_the_other_changed_it(void)
{
    AUTO(end) struct three t;

    begin(&t, STEP_PLAN);
    set(&t, &t.mine, "activity", "p1");
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK_STR(merged(&t, "activity"), "p1");
    CHECK(t.out.conflict_count == 0);
    set(&t, &t.theirs, "activity.p2.text", "案内の郵送");
    blanks_merge(&t.mem, STEP_PLAN, &t.base, &t.mine, &t.theirs, &t.out);
    CHECK_STR(merged(&t, "activity"), "p1 p2");
    CHECK(t.out.conflict_count == 1 && t.out.conflicts[0].is_row);
    CHECK(str_eq(t.out.conflicts[0].name, STR("activity.p2")));
    CHECK(str_eq(t.out.conflicts[0].mine, STR("")));
    CHECK(str_eq(t.out.conflicts[0].theirs, STR("案内の郵送")));
}

/* ---- the table ---- */

static void every_blank_has_a_label_a_way_and_a_name_of_its_own(void)
{
    size_t n;
    const struct blank *all = blanks(&n);

    for (size_t i = 0; i < n; i++) {
        CHECK(all[i].label[LANG_JA][0] && all[i].label[LANG_EN][0]);
        CHECK((all[i].help[LANG_JA][0] == 0) == (all[i].help[LANG_EN][0] == 0));
        CHECK(all[i].way && all[i].limit);
        CHECK((all[i].kind == BLANK_CHOICE) == (all[i].words != NULL));
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(all[i].name, all[k].name) != 0);
    }
    CHECK(blank_of(STEP_PLAN, STR("indicator.p1.name")) != NULL);
    CHECK(blank_of(STEP_PLAN, STR("indicator..name")) == NULL);
    CHECK(blank_of(STEP_PLAN, STR("indicator.p1.namex")) == NULL);
    CHECK(blank_of(STEP_MIDYEAR, STR("purpose")) == NULL);
    CHECK(str_eq(blank_row(STR("indicator.p1.name")), STR("p1")));
    CHECK(str_eq(blank_row(STR("outlook.2")), STR("2")));
    CHECK(str_eq(blank_row(STR("purpose")), STR("")));
}

int main(void)
{
    RUN(a_form_that_nobody_touched_leaves_the_sheet_as_it_is);
    RUN(one_change_changes_nothing_else_and_keeps_the_places);
    RUN(numbers_are_taken_as_people_type_them);
    RUN(what_is_no_number_is_refused_with_the_way_to_write_it);
    RUN(a_new_unit_goes_to_target_and_baseline);
    RUN(a_baseline_in_another_unit_says_so_and_keeps_it);
    RUN(fiscal_years_are_taken_in_every_spelling);
    RUN(targets_by_year_are_lines_of_year_and_number);
    RUN(a_day_is_kept_one_way);
    RUN(every_fault_is_told_at_once);
    RUN(a_text_over_its_limit_and_a_foreign_name_are_refused);
    RUN(rows_are_put_in_taken_out_and_moved);
    RUN(a_report_follows_its_line_or_stands_alone);
    RUN(a_bad_order_of_rows_is_refused);
    RUN(ids_that_were_given_stay_when_a_row_without_one_comes_before);
    RUN(the_result_form_begins_with_every_planned_line);
    RUN(seventeen_of_24_asks_why);
    RUN(what_was_replaced_says_by_what);
    RUN(a_suspension_has_an_order_and_days);
    RUN(a_report_can_be_taken_back);
    RUN(what_was_done_without_a_plan_says_why);
    RUN(an_actual_becomes_a_result_and_changes_with_it);
    RUN(not_met_makes_the_four_parts_mandatory);
    RUN(a_review_asks_for_its_marks_unless_it_is_signed_as_skipped);
    RUN(a_plan_needs_its_purpose_a_goal_and_an_activity);
    RUN(what_only_one_changed_is_taken);
    RUN(what_both_changed_alike_is_no_conflict);
    RUN(what_both_changed_differently_is_shown_with_all_three);
    RUN(a_row_put_in_before_the_others_shifts_nothing);
    RUN(rows_of_both_come_together_in_their_places);
    RUN(a_row_that_one_took_out_is_gone_unless_the_other_changed_it);
    RUN(every_blank_has_a_label_a_way_and_a_name_of_its_own);
    return DONE();
}
