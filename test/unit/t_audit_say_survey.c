/* What may be said of a survey, and what must be said beside it. */
#include "audit/audit.h"
#include "measure/measure.h"
#include "check.h"

#define DEFINITION                                                                          \
    "{\"key\":\"kumin\",\"title\":\"区民アンケート\",\"fiscal_year\":2024,\"population\":{" \
    "\"description\":\"区内に住む18歳以上の人\"},\"sampling\":\"%s\",\"sent\":2000,"        \
    "\"returned\":"                                                                         \
    "530,\"questions\":[{\"key\":\"sex\",\"number\":\"F1\",\"text\":\"性別\",\"kind\":"     \
    "\"single\","                                                                           \
    "\"attribute\":true,\"choices\":[{\"code\":\"1\",\"label\":\"男性\"},{\"code\":\"2\","  \
    "\"label\":"                                                                            \
    "\"女性\"}]},{\"key\":\"q1\",\"number\":\"問1\",\"text\":\"読んでいますか\",\"kind\":"  \
    "\"single\",\"no_answer\":\"out\",\"choices\":[{\"code\":\"1\",\"label\":\"毎号\","     \
    "\"yes\":true},"                                                                        \
    "{\"code\":\"2\",\"label\":\"ときどき\",\"yes\":true},{\"code\":\"3\",\"label\":"       \
    "\"読まない\"}]}]%s}"

#define WEIGHTS                                                                                \
    ",\"weights\":{\"source\":\"住民基本台帳\",\"margins\":[{\"question\":\"sex\",\"shares\":" \
    "[{"                                                                                       \
    "\"code\":\"1\",\"pct\":\"48\"},{\"code\":\"2\",\"pct\":\"52\"}]}]}"

struct made {
    struct survey s;
    struct survey_tally t;
};

/* `yes` of `n` answers, the others no; half of the yes are 毎号. Men are the first `men`. */
static struct made made(struct arena *a, const char *sampling, const char *more, uint32_t yes,
                        uint32_t n, uint32_t men)
{
    struct made m;
    struct err e;
    struct survey_answers answers = { .rows = n, .columns = NEW(a, struct answer_column, 2) };
    uint8_t *sex = NEW(a, uint8_t, n), *q1 = NEW(a, uint8_t, n);

    CHECK(survey_read(a, str_fmt(a, DEFINITION, sampling, more), &m.s, &e));
    for (uint32_t r = 0; r < n; r++) {
        sex[r] = r >= men;
        q1[r] = r < yes ? (uint8_t)(r % 2) : 2;
    }
    answers.columns[0].codes = sex;
    answers.columns[1].codes = q1;
    CHECK(measure_survey(a, &m.s, &answers, &m.t, &e));
    return m;
}

static struct survey_said said(struct arena *a, const struct made *now,
                               const struct made *before)
{
    const struct survey_counted x = { &now->s, &now->t };
    const struct survey_counted y = { before ? &before->s : NULL, before ? &before->t : NULL };
    struct survey_said out;

    audit_survey_say(a, &x, 1, before ? &y : NULL, &out);
    return out;
}

static void same(str got, const char *want)
{
    AUTO(arena_done) struct arena a = { 0 };

    CHECK_STR(str_c(&a, got), want);
}

static void the_share_is_of_those_who_answered(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct made m = made(&a, "random", "", 349, 530, 260);
    const struct survey_said s = said(&a, &m, NULL);

    same(s.sentence[LANG_JA],
         "回答者の65.8%(530人中349人。95%区間61.7~69.8%)が「毎号」「ときどき」と答えました。");
    same(s.caution[LANG_JA],
         "これは回答者の割合で、区内に住む18歳以上の人全体の割合ではありません。"
         "無作為に選んだ調査ですが、答えた人のかたよりを直していません。");
    same(s.bounds[LANG_JA],
         "たずねた2,000人全体では、答えなかった人の考えしだいで17.5%から91.0%"
         "まであり得ます。");
    CHECK(!s.of_population && s.has_bounds && !s.has_change && !s.weighting[LANG_JA].n);
    same(s.sentence[LANG_EN], "65.8% of those who answered (349 of 530; 95% interval 61.7 to "
                              "69.8%) said 「毎号」 or 「ときどき」.");
}

static void only_a_weighted_random_sample_speaks_for_the_population(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct made random = made(&a, "random", WEIGHTS, 349, 530, 260);
    const struct made panel = made(&a, "panel", WEIGHTS, 349, 530, 260);
    struct survey_said s = said(&a, &random, NULL);

    CHECK(s.of_population && !s.caution[LANG_JA].n);
    CHECK(str_starts(s.sentence[LANG_JA], STR("対象者(区内に住む18歳以上の人)の")));
    CHECK(str_starts(s.weighting[LANG_JA], STR("住民基本台帳に合わせて重み付けしました")));
    s = said(&a, &panel, NULL);
    CHECK(!s.of_population && s.caution[LANG_JA].n);
    CHECK(str_starts(s.sentence[LANG_JA], STR("回答者の")));
}

static void weights_that_differ_much_are_warned_of(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct made m = made(&a, "random", WEIGHTS, 349, 530, 40);
    const struct survey_said s = said(&a, &m, NULL);

    CHECK(str_find(s.weighting[LANG_JA], STR("重みの比が11.3倍あり")) > 0);
    CHECK(dec_double(s.high) - dec_double(s.low) > 8.1); /* wider than without weights */
}

static void a_small_change_cannot_be_told_from_chance(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct made now = made(&a, "random", "", 530, 1000, 500);
    const struct made then = made(&a, "random", "", 500, 1000, 500);
    const struct survey_said s = said(&a, &now, &then);

    CHECK(s.has_change && !s.is_different);
    same(s.changed[LANG_JA], "前回との差 3.0ポイントは、この調査の回答数では区別できません"
                             "(区別できる差の目安 6.3ポイント)。");
}

static void a_large_change_is_told_with_its_interval(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct made now = made(&a, "random", "", 420, 1000, 500);
    const struct made then = made(&a, "random", "", 520, 1000, 500);
    const struct survey_said s = said(&a, &now, &then);

    CHECK(s.is_different);
    same(s.changed[LANG_JA],
         "前回の52.0%から10.0ポイント下がりました。偶然では説明しにくい差です"
         "(差の95%区間 -14.3~-5.6ポイント)。");
}

static void another_question_is_not_compared(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct made now = made(&a, "random", "", 420, 1000, 500);
    struct made then = made(&a, "random", "", 520, 1000, 500);
    struct survey_said s;

    then.s.questions[1].text = STR("知っていますか");
    s = said(&a, &now, &then);
    CHECK(!s.has_change);
    CHECK(str_find(s.changed[LANG_JA], STR("比べられません")) > 0);
}

static void nobody_answering_says_nothing(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct made m = made(&a, "open", "", 0, 0, 0);
    const struct survey_said s = said(&a, &m, NULL);

    CHECK(!s.has_share && !s.sentence[LANG_JA].n && !s.bounds[LANG_JA].n);
}

static void where_everybody_answered_there_is_no_error(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct made now = made(&a, "everyone", "", 18, 22, 11);
    struct made then = made(&a, "everyone", "", 16, 22, 11);
    struct survey_said s;

    now.s.population_size = then.s.population_size = now.s.sent = then.s.sent = 22;
    s = said(&a, &now, &then);
    same(s.sentence[LANG_JA],
         "回答者の81.8%(22人中18人。全員の答え)が「毎号」「ときどき」と答えました。");
    CHECK(s.is_whole && !s.caution[LANG_JA].n && !s.bounds[LANG_JA].n && !s.next[LANG_JA].n);
    same(s.changed[LANG_JA],
         "前回の72.7%から9.1ポイント上がりました。どちらも全員の答えなので、"
         "調査の誤差はありません。");
    then.s.population_size = 40;
    s = said(&a, &now, &then);
    CHECK(str_find(s.changed[LANG_JA], STR("区別できません")) > 0);
}

int main(void)
{
    RUN(where_everybody_answered_there_is_no_error);
    RUN(the_share_is_of_those_who_answered);
    RUN(only_a_weighted_random_sample_speaks_for_the_population);
    RUN(weights_that_differ_much_are_warned_of);
    RUN(a_small_change_cannot_be_told_from_chance);
    RUN(a_large_change_is_told_with_its_interval);
    RUN(another_question_is_not_compared);
    RUN(nobody_answering_says_nothing);
    return DONE();
}
