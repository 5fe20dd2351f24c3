/* What a section says in the form is not asked again: why fewer were held, what a line was
 * replaced by, that the mid-year review was not held. */
#include "audit/audit.h"
#include "check.h"

#include <stdio.h>

enum { MOST = 4 };

struct sheet {
    struct arena a;
    struct plan plan;
    struct initiative in;
    struct indicator goals[MOST];
    struct activity planned[MOST], reported[MOST];
};

static struct amount times(int64_t n)
{
    return (struct amount){ .is_set = true, .value = { n, 0 }, .unit = STR("回") };
}

/* 24 were planned and 17 held. */
static void start(struct sheet *s)
{
    *s = (struct sheet){ .plan = { .initiative_count = 1, .fiscal_year = 2023 } };
    s->plan.initiatives = &s->in;
    s->in = (struct initiative){ .number = 1,
                                 .title.v = STR("窓口の改善"),
                                 .indicators = s->goals,
                                 .indicator_count = 1,
                                 .planned = s->planned,
                                 .planned_count = 1,
                                 .reported = s->reported,
                                 .reported_count = 1 };
    s->goals[0] = (struct indicator){ .name.v = STR("満足した来庁者の割合"),
                                      .comparison = COMPARE_GE,
                                      .direction = DIRECTION_HIGHER,
                                      .target = { true, { 80, 0 }, STR("%"), { 0 } },
                                      .actual = { true, { 70, 0 }, STR("%"), { 0 } } };
    s->planned[0] = (struct activity){ .id = STR("p1"),
                                       .text.v = STR("窓口検討会の開催"),
                                       .quantity = times(24) };
    s->reported[0] = (struct activity){ .id = STR("p1"),
                                        .text.v = STR("窓口検討会の開催"),
                                        .quantity = times(17) };
    s->in.evaluation = (struct evaluation){ .is_present = true };
    s->in.evaluation.mark = (struct marked){ MARK_NEGATIVE, STR("×"), { 0 } };
    s->in.evaluation.improvement.v = STR("研修の進め方を見直す。");
}

static void done(struct sheet *s)
{
    arena_done(&s->a);
}

static bool finds(struct sheet *s, const char *rule)
{
    const struct audit_input in = { .plan = &s->plan };
    struct findings found;

    audit_link(&s->a, &s->plan);
    audit_plan(&s->a, &in, &found);
    for (uint32_t i = 0; i < found.count; i++)
        if (str_eq(found.items[i].rule, str_from(rule)))
            return true;
    return false;
}

static void a_shortfall_with_its_reason_is_not_asked_again(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    CHECK(finds(&s, "D2") && finds(&s, "A2"));
    s.planned[0].change = CHANGE_FEWER;
    CHECK(finds(&s, "D2")); /* that it was fewer is no reason */
    s.planned[0].change_reason = STR("会場が使えなかったため");
    CHECK(!finds(&s, "D2") && !finds(&s, "A2"));
}

static void a_line_that_was_replaced_says_by_what(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    s.planned[0].text.v = STR("課長級職員の対話研修の実施");
    s.reported[0].text.v = STR("課長級職員の数学講座の実施");
    s.reported[0].quantity = times(24);
    CHECK(finds(&s, "D4"));
    s.planned[0].change = CHANGE_REPLACED;
    s.planned[0].replaced_by = s.reported[0].text.v;
    s.planned[0].change_reason = STR("相談が増えたため");
    CHECK(!finds(&s, "D4"));
}

static void a_report_keeps_to_the_line_it_was_written_beside(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    s.in.planned_count = s.in.reported_count = 2;
    s.planned[1] = (struct activity){ .id = STR("p2"), .text.v = STR("広報紙の発行") };
    s.reported[0].text.v = STR("まったく別のこと");
    s.reported[1] = (struct activity){ .text.v = STR("広報紙の発行"), .other = -1 };
    audit_link(&s.a, &s.plan);
    CHECK(s.planned[0].other == 0 && s.planned[0].pairing == PAIR_SIMILAR);
    CHECK(s.planned[1].other == 1 && s.planned[1].pairing == PAIR_SAME);
}

static void what_was_added_with_its_reason_is_not_asked_again(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    s.in.reported_count = 2;
    s.reported[1] =
        (struct activity){ .id = STR("x1"), .text.v = STR("防災訓練の実施"), .other = -1 };
    CHECK(finds(&s, "D5"));
    s.reported[1].change_reason = STR("区民から要望があったため");
    CHECK(!finds(&s, "D5"));
}

static void a_remedy_in_its_parts_is_an_answer(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    s.in.evaluation.improvement.v = (str){ 0 };
    CHECK(finds(&s, "A1"));
    s.in.evaluation.remedy.measure = STR("案内の順路を変える");
    CHECK(!finds(&s, "A1"));
}

static void a_result_that_was_not_measured_says_why(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    s.goals[0].actual = (struct amount){ 0 };
    CHECK(finds(&s, "C1"));
    s.goals[0].actual_note = STR("調査を隔年に改めたため");
    CHECK(!finds(&s, "C1"));
}

static void a_review_signed_as_not_held_is_not_an_empty_one(void)
{
    AUTO(done) struct sheet s;

    start(&s);
    s.in.midyear.is_present = true;
    CHECK(finds(&s, "C5"));
    s.in.midyear.is_skipped = true;
    CHECK(finds(&s, "C5"));
    s.in.midyear.skip_reason = STR("年度途中に始めた取組のため");
    CHECK(!finds(&s, "C5"));
}

int main(void)
{
    RUN(a_shortfall_with_its_reason_is_not_asked_again);
    RUN(a_line_that_was_replaced_says_by_what);
    RUN(a_report_keeps_to_the_line_it_was_written_beside);
    RUN(what_was_added_with_its_reason_is_not_asked_again);
    RUN(a_remedy_in_its_parts_is_an_answer);
    RUN(a_result_that_was_not_measured_says_why);
    RUN(a_review_signed_as_not_held_is_not_an_empty_one);
    return DONE();
}
