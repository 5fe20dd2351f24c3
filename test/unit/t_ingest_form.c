/* Another city's form is a new file, not new code: a sheet with other labels, brackets, marks
 * and words is read by its definition alone. */
#include "ingest/ingest.h"

#include "check.h"

static struct arena mem;

#define SHEET                                                                                 \
    "令和6年度 こだま町施策評価シート\n\n"                                                    \
    "施策1 水辺を楽しむ\n\n"                                                                  \
    "計画欄\tねらいと指標\t令和6年度に行うこと\n"                                             \
    "\t[ねらい] 川と親しむ。 [柱] ◆見る ◆遊ぶ [重点指標] 来訪者の数〔6年度〕めざす値 "        \
    "300人以上"                                                                               \
    "〔5年度 これまで250人〕 [参考指標・くらし] ◆苦情の件数〔6年度〕なくす〔5年度 "           \
    "これまで4件〕"                                                                           \
    "\t[行うこと] ■見る ・川開き〔2回〕 ・案内板の点検〔そのつど〕 ■遊ぶ "                    \
    "・舟遊び〔10回程度〕\n\n"                                                                \
    "上半期の点検\t行うことの見通し\t[A] [B] [A]順調 [B]要対応\t次に生かすこと "              \
    "左の欄がBなら必ず書く\n"                                                                 \
    "\t指標の見通し\tB A:順調 B:要対応\t雨の日の過ごし方を増やす。\n\n"                       \
    "年度末の評価\t令和6年度に行ったことと指標の結果 [行ったこと] ■見る ・川開き〔1回〕 "     \
    "[指標の結果] "                                                                           \
    "◆来訪者の数 およそ280人 ◆苦情の件数 まだ出ていない\t次に生かすこと 日程を早く決める。\n" \
    "\tB A:到達 B:未到達\t\n"

static bool read_sheet(struct plan *plan)
{
    struct form form;
    struct err e;
    str text;

    return form_read(&mem, form_preset(STR("review-sheet-2024")), &form, &e)
           && ingest_document(&mem, &form,
                              &(struct document_source){
                                  STR("sheet"), STR(SHEET), { { 0 }, 0 } },
                              plan, &text, &e);
}

#define SAME(got, want) CHECK(str_eq((got), STR(want)))

static void its_blocks_are_found_by_their_own_names(void)
{
    struct plan p = { 0 };

    NEED(read_sheet(&p));
    SAME(p.organisation.v, "こだま町");
    CHECK(p.fiscal_year == 2024);
    CHECK(p.initiative_count == 1);
    SAME(p.initiatives[0].title.v, "水辺を楽しむ");
    SAME(p.initiatives[0].purpose.v, "川と親しむ。");
    CHECK(p.initiatives[0].outline_count == 2);
    SAME(p.initiatives[0].outline[1].v, "遊ぶ");
    SAME(p.initiatives[0].midyear.improvement.v, "雨の日の過ごし方を増やす。");
    SAME(p.initiatives[0].evaluation.improvement.v, "日程を早く決める。");
    CHECK(p.note_count == 0);
}

static void its_goals_and_results_speak_its_own_words(void)
{
    struct plan p = { 0 };
    const struct indicator *in;

    NEED(read_sheet(&p));
    in = p.initiatives[0].indicators;
    CHECK(p.initiatives[0].indicator_count == 2);
    SAME(in[0].name.v, "来訪者の数");
    CHECK(in[0].role == ROLE_MAIN && in[0].comparison == COMPARE_GE
          && in[0].target.value.n == 300);
    CHECK(in[0].target_year == 2024 && in[0].baseline_year == 2023
          && in[0].baseline.value.n == 250);
    SAME(in[1].name.v, "苦情の件数");
    CHECK(in[1].role == ROLE_OTHER && in[1].comparison == COMPARE_LE);
    CHECK(in[1].target.is_set && in[1].target.value.n == 0 && in[1].baseline.value.n == 4);
    CHECK(p.initiatives[0].result_count == 2);
    SAME(p.initiatives[0].results[0].name.v, "来訪者の数");
    CHECK(p.initiatives[0].results[0].value.value.n == 280);
    SAME(p.initiatives[0].results[1].name.v, "苦情の件数");
    CHECK(!p.initiatives[0].results[1].value.is_set);
}

static void its_activities_stand_under_their_groups(void)
{
    struct plan p = { 0 };
    const struct activity *a;

    NEED(read_sheet(&p));
    a = p.initiatives[0].planned;
    CHECK(p.initiatives[0].planned_count == 3);
    SAME(a[0].group.v, "見る");
    SAME(a[0].text.v, "川開き");
    CHECK(a[0].quantity.value.n == 2);
    CHECK(a[1].as_needed && !a[1].quantity.is_set);
    SAME(a[2].group.v, "遊ぶ");
    CHECK(a[2].quantity.value.n == 10);
    SAME(a[2].quantity.unit, "回");
}

static void its_marks_are_letters(void)
{
    struct plan p = { 0 };
    const struct midyear *m;

    NEED(read_sheet(&p));
    m = &p.initiatives[0].midyear;
    CHECK(m->activity_count == 2);
    CHECK(m->activities[0].mark == MARK_POSITIVE && m->activities[1].mark == MARK_NEGATIVE);
    CHECK(m->goal.mark == MARK_NEGATIVE);
    CHECK(p.initiatives[0].evaluation.mark.mark == MARK_NEGATIVE);
}

int main(void)
{
    RUN(its_blocks_are_found_by_their_own_names);
    RUN(its_goals_and_results_speak_its_own_words);
    RUN(its_activities_stand_under_their_groups);
    RUN(its_marks_are_letters);
    arena_done(&mem);
    return DONE();
}
