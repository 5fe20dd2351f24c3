/* Goals in the spellings that a ward may use. */
#include "ingest/ingest.h"

#include "check.h"

static struct arena mem;

struct goal_case {
    const char *text, *name, *comparison, *target, *unit, *baseline;
    int target_year, baseline_year;
};

/* clang-format off */
static const struct goal_case CASES[] = {
    { "・参加率 【6年度】 40% (5年度35%)", "参加率", "ge", "40", "%", "35", 2024, 2023 },
    { "・相談の件数【6年度 4件】 (5年度実績:1件)", "相談の件数", "ge", "4", "件", "1", 2024, 2023 },
    { "・派遣の件数 【6年度 1件】(目標活用件数 1件)", "派遣の件数", "ge", "1", "件", "", 2024, 0 },
    { "令和6年度徴収率 86.20% 参考令和5年度実績85.96%", "徴収率", "ge", "86.20", "%", "85.96", 2024, 2023 },
    { "・誤りの件数(公表分)【6年度】発生件数ゼロをめざす。(5年度実績:1件)", "誤りの件数(公表分)", "le", "0", "件", "1", 2024, 2023 },
    { "【6年度】使用料等の歳入の増", "使用料等の歳入の増", "gt_baseline", "", "", "", 2024, 0 },
    { "・待ち時間 平均9分以下【6年度】(5年度 12分)", "待ち時間", "le", "9", "分", "12", 2024, 2023 },
    { "・参加率【6年度目標】４０．５％以上〔令和5年度実績：３５．２％〕", "参加率", "ge", "40.5", "%", "35.2", 2024, 2023 },
    { "・参加率【6年度】40%【5年度】35%", "参加率", "ge", "40", "%", "35", 2024, 2023 },
    { "・参加率:40%【6年度】(5年度実績:35%)", "参加率", "ge", "40", "%", "35", 2024, 2023 },
    { "・世帯の数【6年度】1万2千世帯 (5年度実績:1万1千世帯)", "世帯の数", "ge", "12000", "世帯", "11000", 2024, 2023 },
    { "・参加率 【6年度】 40%　5年度実績 35%", "参加率", "ge", "40", "%", "35", 2024, 2023 },
    { "・参加率【6年度】40%(4年度30%、5年度35%)", "参加率", "ge", "40", "%", "35", 2024, 2023 },
    { "・14日以内に答えた割合 100% (前年度実績 98.6%)", "14日以内に答えた割合", "ge", "100", "%", "98.6", 0, 2023 },
    { "・格付け【6年度】☆☆以上(5年度☆)", "格付け", "level_ge", "2", "☆", "1", 2024, 2023 },
    { "・利用者の数【6年度】前年度以上(5年度実績:120人)", "利用者の数", "gt_baseline", "", "", "120", 2024, 2023 },
    { "・担い手の輪【6年度】さらなる充実を図る。", "担い手の輪", "", "", "", "", 2024, 0 },
    { "・格付け【6年度】 以上 (5年度実績: )", "格付け", "", "", "", "", 2024, 2023 },
};
/* clang-format on */

static struct indicator read_goal(const char *text, uint32_t *notes)
{
    static struct form form;
    struct plan plan = { 0 };
    struct err e;
    str source, sheet;

    CHECK(form.index || form_read(&mem, form_preset(form_preset_id(0)), &form, &e));
    sheet =
        str_fmt(&mem, "令和6年度 みなも区運営方針\n\n取組項目1\n【題】\n(目標)\n%s\n", text);
    CHECK(ingest_document(&mem, &form,
                          &(struct document_source){ STR("goal"), sheet, { { 0 }, 0 } }, &plan,
                          &source, &e));
    *notes = plan.note_count;
    CHECK(plan.initiative_count == 1 && plan.initiatives[0].indicator_count == 1);
    return plan.initiatives[0].indicators[0];
}

static const char *number(struct amount a)
{
    return a.is_set ? str_c(&mem, dec_str(&mem, a.value)) : "";
}

static void every_spelling_gives_name_target_and_baseline(void)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct goal_case *c = &CASES[i];
        uint32_t notes;
        struct indicator in = read_goal(c->text, &notes);

        printf("# %s\n", c->text);
        CHECK_STR(str_c(&mem, in.name.v), c->name);
        CHECK_STR(str_c(&mem, comparison_word(in.comparison)), c->comparison);
        CHECK_STR(number(in.target), c->target);
        CHECK_STR(str_c(&mem, in.target.unit), c->unit);
        CHECK_STR(number(in.baseline), c->baseline);
        CHECK(in.target_year == c->target_year && in.baseline_year == c->baseline_year);
    }
}

static void what_was_lost_or_cannot_be_read_is_a_note(void)
{
    uint32_t notes;
    struct indicator in = read_goal("・格付け【6年度】 以上 (5年度実績: )", &notes);

    CHECK(in.target_lost && notes == 2);
    in = read_goal("・参加率【6年度】45..9% (5年度1,20%)", &notes);
    CHECK(!in.target.is_set && !in.baseline.is_set && notes == 2);
}

int main(void)
{
    RUN(every_spelling_gives_name_target_and_baseline);
    RUN(what_was_lost_or_cannot_be_read_is_a_note);
    arena_done(&mem);
    return DONE();
}
