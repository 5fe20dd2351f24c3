/* Which sign is a mark, which belongs to the legend, and what it means. */
#include "ingest/ingest.h"

#include "check.h"

#include <string.h>

static struct arena mem;

struct marks_case {
    const char *text, *want; /* one letter a place: + - and ? for a mark that was lost */
};

/* clang-format off */
static const struct marks_case ACTIVITIES[] = {
    { "(○) (○)実施見込み (×)実施できない見込み", "+" },
    { "(②) (①)実施見込み (②)実施できない見込み", "-" },
    { "( ) ( )実施見込み ( )実施できない見込み", "?" },
    { "( ) ( ) ( ) ( )", "????" },
    { "(○) (×) ( ) (○)", "+-?+" },
    { "①(○) ②(×) (○)実施見込み (×)実施できない見込み", "+-" },
    { "① ○ ② × ○:実施見込み ×:実施できない見込み", "+-" },
    { "広報(○) 講座(×) (○)実施見込み (×)実施できない見込み", "+-" },
    { "①(ⅰ) ②(ⅱ) (ⅰ)実施見込み (ⅱ)実施できない見込み", "+-" },
    { "(ii) (i)実施見込み (ii)実施できない見込み", "-" },
    { "(イ) (ア)実施見込み (イ)実施できない見込み", "-" },
    { "（１）　（１）実施見込み　（２）実施できない見込み", "+" },
    { "(○)実施見込み ( )実施できない見込み", "+" },
    { "( )実施見込み (○)実施できない見込み", "-" },
    { "( )実施見込み ( )実施できない見込み", "" },
    { "(○)実施見込み (×)実施できない見込み", "" },
};
static const struct marks_case EVALUATION[] = {
    { "○ ○:目標達成 ×:目標未達成", "+" },
    { "× ○:目標達成 ×:目標未達成", "-" },
    { "○ :目標達成 ×:目標未達成", "+" },
    { "× :目標達成 ×:目標未達成", "-" },
    { "○:目標達成 ×:目標未達成", "" },
    { "○ :目標達成 × :目標未達成", "" },
    { ":目標達成 ×:目標未達成", "" },
    { ":目標達成 目標未達成", "" },
    { "× ○ :目標達成 × :目標未達成", "-" },
    { "② ①:目標達成 ②:目標未達成", "-" },
    { "① ②:目標達成 ①:目標未達成", "-" },
    { "B A:目標達成 B:目標未達成", "-" },
    { "○ (○:目標達成 ×:目標未達成)", "+" },
    { "評価:○ ○:目標達成 ×:目標未達成", "+" },
    { "○:目標達成 ×:目標未達成 ×", "-" },
    { "目標未達成", "-" },
};
/* clang-format on */

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static struct initiative read_with(const char *activities, const char *evaluation)
{
    static struct form form;
    struct plan plan = { 0 };
    struct err e;
    str text, sheet;

    CHECK(form.index || form_read(&mem, form_preset(form_preset_id(0)), &form, &e));
    sheet =
        str_fmt(&mem,
                "取組項目1\n\n【題】\n\n中間振り返り\t取組内容の実施見込み %s\t課題と改善策\n\n"
                "自己評価\t当年度の取組実績及び目標の達成状況 (目標の達成状況) ・率 "
                "4%%\t課題と改善策\n\t%s\t\n",
                activities, evaluation);
    CHECK(ingest_document(&mem, &form,
                          &(struct document_source){ STR("marks"), sheet, { { 0 }, 0 } }, &plan,
                          &text, &e));
    CHECK(plan.initiative_count == 1);
    return plan.initiatives[0];
}

static char letter(struct marked m)
{
    return m.mark == MARK_POSITIVE ? '+' : m.mark == MARK_NEGATIVE ? '-' : '?';
}

static void each_place_of_the_outlook_has_its_mark(void)
{
    for (size_t i = 0; i < COUNT(ACTIVITIES); i++) {
        struct initiative in = read_with(ACTIVITIES[i].text, "");
        char got[16] = { 0 };

        for (uint32_t k = 0; k < in.midyear.activity_count && k < 15; k++)
            got[k] = letter(in.midyear.activities[k]);
        if (strcmp(got, ACTIVITIES[i].want) != 0)
            printf("# %s\n", ACTIVITIES[i].text);
        CHECK_STR(got, ACTIVITIES[i].want);
        CHECK(in.midyear.improvement.v.n == 0);
    }
}

static void the_mark_of_the_evaluation_stands_before_its_legend(void)
{
    for (size_t i = 0; i < COUNT(EVALUATION); i++) {
        struct initiative in = read_with("(○)", EVALUATION[i].text);
        enum mark want = EVALUATION[i].want[0] == '+'   ? MARK_POSITIVE
                         : EVALUATION[i].want[0] == '-' ? MARK_NEGATIVE
                                                        : MARK_NONE;

        if (in.evaluation.mark.mark != want)
            printf("# %s\n", EVALUATION[i].text);
        CHECK(in.evaluation.mark.mark == want);
        CHECK(in.evaluation.improvement.v.n == 0);
    }
}

int main(void)
{
    RUN(each_place_of_the_outlook_has_its_mark);
    RUN(the_mark_of_the_evaluation_stands_before_its_legend);
    arena_done(&mem);
    return DONE();
}
