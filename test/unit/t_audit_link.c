/* Which result answers which goal, which report answers which plan. */
#include "audit/audit.h"
#include "check.h"

enum { MOST = 8 };

/* One initiative, built piece by piece. */
struct sheet {
    struct arena a;
    struct plan plan;
    struct initiative in;
    struct indicator goals[MOST];
    struct result results[MOST];
    struct activity planned[MOST], reported[MOST];
};

static void start(struct sheet *s)
{
    *s = (struct sheet){ .plan = { .initiative_count = 1 } };
    s->plan.initiatives = &s->in;
    s->in.indicators = s->goals;
    s->in.results = s->results;
    s->in.planned = s->planned;
    s->in.reported = s->reported;
}

static void done(struct sheet *s)
{
    arena_done(&s->a);
}

static struct indicator *goal(struct sheet *s, const char *name, enum role role, int64_t target)
{
    struct indicator *i = &s->goals[s->in.indicator_count++];

    i->name.v = str_from(name);
    i->role = role;
    i->comparison = COMPARE_GE;
    i->target = (struct amount){ .is_set = true, .value = { target, 0 }, .unit = STR("%") };
    return i;
}

static struct result *result(struct sheet *s, const char *name, int64_t value)
{
    struct result *r = &s->results[s->in.result_count++];

    r->name.v = str_from(name);
    r->value = (struct amount){ .is_set = true, .value = { value, 0 }, .unit = STR("%") };
    return r;
}

static void plan_of(struct sheet *s, const char *text)
{
    s->planned[s->in.planned_count++].text.v = str_from(text);
}

static void report_of(struct sheet *s, const char *text)
{
    s->reported[s->in.reported_count++].text.v = str_from(text);
}

static void a_result_of_the_same_name_answers_the_goal(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    goal(&s, "講座を知っている区民の割合", ROLE_MAIN, 50);
    goal(&s, "講座に満足した区民の割合", ROLE_OTHER, 80);
    result(&s, "講座に満足した区民の割合", 82);
    audit_link(&s.a, &s.plan);
    CHECK(!s.goals[0].actual.is_set);
    CHECK(s.goals[0].verdict == VERDICT_NOT_MEASURED);
    CHECK(s.goals[1].actual.value.n == 82);
    CHECK(s.goals[1].verdict == VERDICT_MET);
    CHECK(s.results[0].indicator == 1);
}

static void quotation_marks_and_the_year_do_not_make_another_name(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    goal(&s, "「窓口案内の点検結果」において", ROLE_MAIN, 3);
    result(&s, "令和5年度「窓口案内の点検結果」", 2);
    audit_link(&s.a, &s.plan);
    CHECK(s.results[0].indicator == 0);
    CHECK(s.goals[0].verdict == VERDICT_NOT_MET);
}

static void a_result_with_another_bound_still_answers_its_goal(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    goal(&s, "納付率", ROLE_MAIN, 90);
    goal(&s, "口座からの納付の割合", ROLE_OTHER, 60);
    result(&s, "納付率(当年度分)", 88);
    audit_link(&s.a, &s.plan);
    CHECK(s.results[0].indicator == 0);
    CHECK(str_eq(s.goals[0].result.v, STR("納付率(当年度分)")));
    CHECK(!s.goals[1].actual.is_set);
}

static void two_increases_answer_one_goal_and_the_better_name_gives_the_actual(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    goal(&s, "庁舎の広告枠などによる貸付収入等の歳入", ROLE_MAIN, 0)->comparison =
        COMPARE_GT_BASELINE;
    s.goals[0].target.is_set = false;
    result(&s, "封筒の広告料の増", 90)->is_change = true;
    result(&s, "庁舎の広告枠などによる貸付収入の増", 640)->is_change = true;
    audit_link(&s.a, &s.plan);
    CHECK(s.results[0].indicator == 0);
    CHECK(s.results[1].indicator == 0);
    CHECK(s.goals[0].actual.value.n == 640);
    CHECK(s.goals[0].actual_is_change);
    CHECK(s.goals[0].verdict == VERDICT_MET);
}

static void a_result_about_something_else_answers_nothing(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    goal(&s, "防災訓練に参加した区民の割合", ROLE_MAIN, 30);
    result(&s, "広報紙の発行部数", 100);
    audit_link(&s.a, &s.plan);
    CHECK(s.results[0].indicator == -1);
    CHECK(!s.goals[0].actual.is_set);
}

static void a_rate_does_not_answer_a_number_of_people(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    goal(&s, "参加者数", ROLE_MAIN, 40)->target.unit = STR("人");
    result(&s, "参加率", 38);
    audit_link(&s.a, &s.plan);
    CHECK(s.results[0].indicator == -1);
    s.results[0].value.unit = STR("名");
    audit_link(&s.a, &s.plan);
    CHECK(s.results[0].indicator == 0);
}

static void a_result_without_a_name_answers_the_only_main_goal(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    goal(&s, "防災訓練に参加した区民の割合", ROLE_MAIN, 30);
    goal(&s, "避難所を知っている区民の割合", ROLE_OTHER, 70);
    result(&s, "", 31);
    audit_link(&s.a, &s.plan);
    CHECK(s.results[0].indicator == 0);
    CHECK(s.goals[0].verdict == VERDICT_MET);
}

static void reports_in_another_order_find_their_plans(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    plan_of(&s, "防災訓練の実施");
    plan_of(&s, "広報紙の発行");
    plan_of(&s, "相談会の開催");
    report_of(&s, "相談会の開催。");
    report_of(&s, "防災訓練の実施");
    report_of(&s, "広報紙の発行");
    audit_link(&s.a, &s.plan);
    CHECK(s.planned[0].other == 1 && s.planned[0].pairing == PAIR_SAME);
    CHECK(s.planned[1].other == 2);
    CHECK(s.planned[2].other == 0 && s.planned[2].pairing == PAIR_SAME);
    CHECK(s.reported[0].other == 2);
}

static void a_reworded_report_is_paired_by_the_word_that_only_its_plan_has(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    plan_of(&s, "滞在者への見守り訪問の強化");
    plan_of(&s, "集合住宅向け分別相談の強化");
    report_of(&s,
              "集合住宅の管理人と協力した分別相談の実施。とくに転入の時期の働きかけの強化。");
    audit_link(&s.a, &s.plan);
    CHECK(s.planned[0].other == -1);
    CHECK(s.planned[1].other == 0);
    CHECK(s.planned[1].pairing == PAIR_SIMILAR);
}

static void the_same_ending_alone_pairs_nothing(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    plan_of(&s, "清掃の実施");
    plan_of(&s, "広報紙の発行");
    report_of(&s, "広報紙の発行");
    report_of(&s, "講習の実施");
    audit_link(&s.a, &s.plan);
    CHECK(s.planned[0].other == -1);
    CHECK(s.reported[1].other == -1);
}

static void what_stands_in_the_same_place_and_is_half_alike_is_paired(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    plan_of(&s, "広報紙の発行");
    plan_of(&s, "手話講座の開催");
    plan_of(&s, "防災訓練の実施");
    report_of(&s, "広報紙の発行");
    report_of(&s, "点字講座の開催");
    report_of(&s, "防災訓練の実施");
    audit_link(&s.a, &s.plan);
    CHECK(s.planned[1].other == 1);
    CHECK(s.planned[1].pairing == PAIR_SIMILAR);
    CHECK(s.reported[1].pairing == PAIR_SIMILAR);
}

int main(void)
{
    RUN(a_result_of_the_same_name_answers_the_goal);
    RUN(quotation_marks_and_the_year_do_not_make_another_name);
    RUN(a_result_with_another_bound_still_answers_its_goal);
    RUN(two_increases_answer_one_goal_and_the_better_name_gives_the_actual);
    RUN(a_result_about_something_else_answers_nothing);
    RUN(a_rate_does_not_answer_a_number_of_people);
    RUN(a_result_without_a_name_answers_the_only_main_goal);
    RUN(reports_in_another_order_find_their_plans);
    RUN(a_reworded_report_is_paired_by_the_word_that_only_its_plan_has);
    RUN(the_same_ending_alone_pairs_nothing);
    RUN(what_stands_in_the_same_place_and_is_half_alike_is_paired);
    return DONE();
}
