/* Survey definitions and counts: what is taken, what is refused with which sentence. */
#include "model/survey.h"
#include "check.h"

#include <string.h>

#define QUESTIONS                                                                              \
    "\"questions\":[{\"key\":\"sex\",\"number\":\"F1\",\"text\":\"性別\",\"kind\":\"single\"," \
    "\"attribute\":true,\"choices\":[{\"code\":\"1\",\"label\":\"男性\"},{\"code\":\"2\","     \
    "\"label\":\"女性\"}]},{\"key\":\"q1\",\"number\":\"問1\",\"text\":\"知っていますか\","    \
    "\"kind\":\"single\",\"no_answer\":\"out\",\"indicators\":[\"認知度\"],\"choices\":["      \
    "{\"code\":\"1\",\"label\":\"はい\",\"yes\":true},{\"code\":\"2\",\"label\":\"すこし\"},"  \
    "{\"code\":\"3\",\"label\":\"いいえ\"}]},"                                                 \
    "{\"key\":\"q2\",\"number\":\"問2\",\"text\":\"何で\",\"kind\":\"multiple\",\"only_if\":"  \
    "{\"question\":\"q1\",\"codes\":[\"1\",\"2\"]},\"choices\":[{\"code\":\"1\",\"label\":"    \
    "\"紙\"},"                                                                                 \
    "{\"code\":\"2\",\"label\":\"人\"}]}]"
#define HEAD                                                                                \
    "\"key\":\"kumin-2024\",\"title\":\"区民\",\"fiscal_year\":2024,\"previous\":\"kumin-"  \
    "2023\","                                                                               \
    "\"population\":{\"description\":\"18歳以上\",\"size\":98000},\"sampling\":\"random\"," \
    "\"from\":\"2024-09-01\",\"to\":\"2024-09-30\","
#define WEIGHTS                                                                                \
    ",\"weights\":{\"source\":\"住民基本台帳\",\"margins\":[{\"question\":\"sex\",\"shares\":" \
    "["                                                                                        \
    "{\"code\":\"1\",\"pct\":\"48.2\"},{\"code\":\"2\",\"pct\":\"51.8\"}]}]}"

static bool reads(const char *json, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct survey s;

    memset(e, 0, sizeof *e);
    return survey_read(&a, str_from(json), &s, e);
}

static bool refused(const char *json, const char *says)
{
    struct err e;
    const bool ok = !reads(json, &e) && e.code == ERR_INPUT && strstr(e.text, says);

    if (!ok)
        printf("# got: %s\n", e.text);
    return ok;
}

static void a_definition_survives_its_own_form(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct survey s, back;
    struct buf first, second;
    struct value *v;
    struct err e;

    CHECK(survey_read(&a, STR("{" HEAD "\"sent\":2000,\"returned\":530," QUESTIONS WEIGHTS "}"),
                      &s, &e));
    CHECK(s.population_size == 98000 && s.sent == 2000 && s.returned == 530 && s.small == 5);
    CHECK(s.question_count == 3 && s.questions[0].is_attribute && s.questions[1].has_yes);
    CHECK(s.questions[2].filter == 1 && s.questions[2].filter_codes == 3);
    CHECK(str_eq(s.questions[1].column, STR("問1")));
    CHECK(s.margin_count == 1 && s.margins[0].pct[1].n == 518);
    buf_init(&first, &a, 4096, 1 << 20);
    json_put_canonical(&first, survey_value(&a, &s));
    CHECK(json_read_canonical(&a, buf_str(&first), &v, &e));
    CHECK(survey_from_value(&a, v, &back, &e));
    buf_init(&second, &a, 4096, 1 << 20);
    json_put_canonical(&second, survey_value(&a, &back));
    CHECK(str_eq(buf_str(&first), buf_str(&second)));
}

static void what_a_definition_may_not_say(void)
{
    CHECK(refused("{" HEAD "\"sent\":500,\"returned\":530," QUESTIONS "}",
                  "回収数 530 > 配布数 500"));
    CHECK(refused("{" HEAD "\"sent\":99000," QUESTIONS "}", "配布数 99000 > 母集団 98000"));
    CHECK(refused("{" HEAD "\"retruned\":5," QUESTIONS "}", "知らない項目「retruned」"));
    CHECK(refused("{" HEAD "\"questions\":[]}", "問が1つもありません"));
    CHECK(refused("{" HEAD QUESTIONS
                  ",\"weights\":{\"source\":\"x\",\"margins\":[{\"question\":"
                  "\"sex\",\"shares\":[{\"code\":\"1\",\"pct\":\"48.2\"},{\"code\":\"2\","
                  "\"pct\":\"51.9\"}]}]}}",
                  "F1 の割合の計 100.1 ≠ 100"));
    CHECK(refused("{\"key\":\"Kumin\",\"title\":\"x\",\"fiscal_year\":2024,\"sampling\":"
                  "\"random\",\"population\":{\"description\":\"x\"}," QUESTIONS "}",
                  "key は英小文字"));
    CHECK(refused("{\"key\":\"kumin\",\"title\":\"x\",\"fiscal_year\":2024,\"sampling\":"
                  "\"lottery\",\"population\":{\"description\":\"x\"}," QUESTIONS "}",
                  "「lottery」はありません"));
    CHECK(refused("[]", "{ } の形"));
    CHECK(refused("{", ""));
}

static void what_a_question_may_not_say(void)
{
#define ONE(more)                                                                           \
    "{" HEAD                                                                                \
    "\"questions\":[{\"key\":\"q1\",\"number\":\"問1\",\"text\":\"x\",\"kind\":\"single\"," \
    "\"choices\":[{\"code\":\"1\",\"label\":\"a\"},{\"code\":\"2\",\"label\":\"b\"}]" more  \
    "}]}"
    CHECK(refused(ONE(",\"only_if\":{\"question\":\"q1\",\"codes\":[\"1\"]}"), "前に出てくる"));
    CHECK(refused(ONE(",\"indicators\":[\"認知度\"]"), "yes とする選択肢"));
    CHECK(refused(ONE("},{\"key\":\"q1\",\"number\":\"問2\",\"text\":\"x\",\"kind\":\"text\""),
                  "同じ key"));
    CHECK(refused(ONE("},{\"key\":\"q2\",\"number\":\"問1\",\"text\":\"x\",\"kind\":\"text\""),
                  "同じ番号"));
    CHECK(refused("{" HEAD "\"questions\":[{\"key\":\"q1\",\"number\":\"問1\",\"text\":\"x\","
                  "\"kind\":\"single\",\"choices\":[{\"code\":\"1\",\"label\":\"a\"},{\"code\":"
                  "\"1\",\"label\":\"b\"}]}]}",
                  "同じ選択肢"));
    CHECK(refused(
        "{" HEAD "\"questions\":[{\"key\":\"q1\",\"number\":\"問1\",\"text\":\"x\","
        "\"kind\":\"single\",\"choices\":[{\"code\":\"1\",\"label\":\"a\",\"yes\":true},"
        "{\"code\":\"2\",\"label\":\"b\"}]}]}",
        "no_answer がありません"));
}

/* 530 answers: 260 of men, 270 of women; of 問1 349 yes. */
struct counted {
    struct arena a;
    struct survey s;
    struct survey_tally t;
    uint64_t q1[3], by[4 * 3], base[3], sex[2], q2[2];
    struct question_tally questions[3];
    struct cross_tally cross;
};

static void count_in(struct counted *c)
{
    static const uint64_t Q1[] = { 349, 100, 69 }, SEX[] = { 260, 270 }, Q2[] = { 300, 200 };
    static const uint64_t BY[] = { 170, 179, 0, 50, 50, 0, 34, 35, 0, 6, 6, 0 };
    static const uint64_t BASE[] = { 260, 270, 0 };
    struct err e;

    memset(c, 0, sizeof *c);
    CHECK(survey_read(&c->a, STR("{" HEAD "\"sent\":2000,\"returned\":530," QUESTIONS "}"),
                      &c->s, &e));
    memcpy(c->q1, Q1, sizeof Q1);
    memcpy(c->by, BY, sizeof BY);
    memcpy(c->base, BASE, sizeof BASE);
    memcpy(c->sex, SEX, sizeof SEX);
    memcpy(c->q2, Q2, sizeof Q2);
    c->cross = (struct cross_tally){ 0, c->by, c->base };
    c->questions[0] = (struct question_tally){ .asked = 530, .count = c->sex };
    c->questions[1] = (struct question_tally){ .asked = 530,
                                               .no_answer = 12,
                                               .yes = 349,
                                               .count = c->q1,
                                               .by = &c->cross,
                                               .by_count = 1 };
    c->questions[2] = (struct question_tally){ .asked = 449, .count = c->q2 };
    c->t = (struct survey_tally){ .rows = 530, .questions = c->questions, .question_count = 3 };
}

static bool says(struct counted *c, const char *want)
{
    str out[20];
    const uint32_t n = survey_sums_check(&c->a, &c->s, &c->t, out, 20);
    bool found = *want == '\0' && n == 0;

    for (uint32_t i = 0; i < n; i++)
        found = found || (*want && str_eq(out[i], str_from(want)));
    for (uint32_t i = 0; i < n && !found; i++)
        printf("# said: %.*s\n", STR_ARG(out[i]));
    arena_done(&c->a);
    return found;
}

static void sums_that_hold_say_nothing(void)
{
    struct counted c;

    count_in(&c);
    CHECK(says(&c, ""));
}

static void a_sum_that_fails_is_told_with_both_figures(void)
{
    struct counted c;

    count_in(&c);
    c.base[1] -= 18;
    CHECK(says(&c, "男女計 512 ≠ 全体 530(問1)"));
    count_in(&c);
    c.by[0]++;
    CHECK(says(&c, "男女計 350 ≠ 全体 349(問1「はい」)"));
    count_in(&c);
    c.by[0]++;
    CHECK(says(&c, "選択肢の計 261 ≠ 計 260(問1「男性」)"));
    count_in(&c);
    c.q1[2]--;
    CHECK(says(&c, "選択肢の計 529 ≠ 全体 530(問1)"));
    count_in(&c);
    c.questions[2].asked = 450;
    CHECK(says(&c, "問1で対象となる人 449 ≠ 全体 450(問2)"));
    count_in(&c);
    c.q2[0] = 450;
    CHECK(says(&c, "紙 450 > 全体 449(問2)"));
    count_in(&c);
    c.t.rows = 531;
    CHECK(says(&c, "回答 531 > 回収数 530(全体)"));
}

static uint32_t copies(struct counted *now, struct counted *then, str *first)
{
    return survey_copies_check(&now->a, &(struct survey_counted){ &now->s, &now->t },
                               &(struct survey_counted){ &then->s, &then->t }, first, 1);
}

static void a_column_copied_from_the_year_before_is_seen(void)
{
    struct counted now, then;
    str first = { 0 };

    count_in(&now);
    count_in(&then);
    now.q1[0]--, now.q1[1]++, now.by[0]--, now.by[3]++; /* only the women's column is the same
                                                         */
    CHECK(copies(&now, &then, &first) == 1);
    CHECK(str_find(first, STR("問1「女性」の列の数が、前回(区民)とすべて同じです")) == 0);
    now.by[1]--, now.by[4]++;
    CHECK(copies(&now, &then, &first) == 0);
    arena_done(&now.a);
    arena_done(&then.a);
}

static void counts_survive_their_own_form(void)
{
    struct counted c;
    struct survey_tally back;
    struct buf first, second;
    struct value *v;
    struct err e;

    count_in(&c);
    c.questions[1].weighted = (struct weighted_tally){ true,     { 658000000, 9 }, { 6, 1 },
                                                       { 7, 1 }, { 4501, 1 },      { 118, 2 } };
    c.t.is_weighted = true;
    c.t.weight_ratio = (dec){ 32, 1 };
    c.t.merged = &c.s.title;
    c.t.merged_count = 1;
    buf_init(&first, &c.a, 4096, 1 << 20);
    json_put_canonical(&first, survey_tally_value(&c.a, &c.s, &c.t));
    CHECK(json_read_canonical(&c.a, buf_str(&first), &v, &e));
    CHECK(survey_tally_from_value(&c.a, &c.s, v, &back, &e));
    CHECK(back.questions[1].by[0].count[0] == 170 && back.questions[1].weighted.is_set);
    buf_init(&second, &c.a, 4096, 1 << 20);
    json_put_canonical(&second, survey_tally_value(&c.a, &c.s, &back));
    CHECK(str_eq(buf_str(&first), buf_str(&second)));
    arena_done(&c.a);
}

static void every_preset_is_a_definition(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct survey s;
    struct err e;
    size_t i = 0;

    for (; survey_preset_id(i).n; i++) {
        const bool ok = survey_read(&a, survey_preset(survey_preset_id(i)), &s, &e);

        CHECK(ok);
        if (!ok)
            printf("# %.*s: %s\n", STR_ARG(survey_preset_id(i)), e.text);
    }
    CHECK(i >= 4);
}

int main(void)
{
    RUN(a_definition_survives_its_own_form);
    RUN(what_a_definition_may_not_say);
    RUN(what_a_question_may_not_say);
    RUN(sums_that_hold_say_nothing);
    RUN(a_sum_that_fails_is_told_with_both_figures);
    RUN(a_column_copied_from_the_year_before_is_seen);
    RUN(counts_survive_their_own_form);
    RUN(every_preset_is_a_definition);
    return DONE();
}
