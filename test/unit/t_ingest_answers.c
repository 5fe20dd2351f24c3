/* A survey's file: answers a row each, and counts made by hand. */
#include "ingest/ingest.h"
#include "check.h"

#define DEFINITION                                                                            \
    "{\"key\":\"kumin\",\"title\":\"区民\",\"fiscal_year\":2024,\"population\":{"             \
    "\"description\":"                                                                        \
    "\"区民\"},\"sampling\":\"random\",\"questions\":[{\"key\":\"sex\",\"number\":\"F1\","    \
    "\"text\":"                                                                               \
    "\"性別\",\"kind\":\"single\",\"attribute\":true,\"choices\":[{\"code\":\"1\",\"label\":" \
    "\"男性\"},"                                                                              \
    "{\"code\":\"2\",\"label\":\"女性\"}]},{\"key\":\"q1\",\"number\":\"問1\",\"text\":"      \
    "\"知っていますか\","                                                                     \
    "\"kind\":\"single\",\"no_answer\":\"out\",\"choices\":[{\"code\":\"1\",\"label\":"       \
    "\"はい\","                                                                               \
    "\"yes\":true},{\"code\":\"2\",\"label\":\"いいえ\"}]},{\"key\":\"q2\",\"number\":"       \
    "\"問2\","                                                                                \
    "\"text\":\"何で\",\"kind\":\"multiple\",\"answers_max\":1,\"only_if\":{\"question\":"    \
    "\"q1\","                                                                                 \
    "\"codes\":[\"1\"]},\"choices\":[{\"code\":\"1\",\"label\":\"紙\"},{\"code\":\"2\","      \
    "\"label\":"                                                                              \
    "\"人\"}]}]}"

struct read {
    struct arena a;
    struct survey s;
    struct table t;
    struct survey_file f;
};

static void read_in(struct read *x, const char *csv)
{
    struct err e;

    *x = (struct read){ 0 };
    CHECK(survey_read(&x->a, STR(DEFINITION), &x->s, &e));
    CHECK(ingest_table(&x->a, STR("kaitou.csv"), str_from(csv), &x->t, &e));
    ingest_answers(&x->a, &x->t, &x->s, &x->f);
}

static bool told(const struct read *x, uint32_t row, uint32_t column, const char *what)
{
    for (uint32_t i = 0; i < x->f.fault_count; i++)
        if (x->f.faults[i].row == row && x->f.faults[i].column == column
            && str_find(x->f.faults[i].message, str_from(what)) >= 0)
            return true;
    for (uint32_t i = 0; i < x->f.fault_count; i++)
        printf("# %u:%u %.*s\n", x->f.faults[i].row, x->f.faults[i].column,
               STR_ARG(x->f.faults[i].message));
    return false;
}

static void columns_stand_in_any_order_below_any_title(void)
{
    struct read x;

    read_in(&x, "令和6年度 区民アンケート\n\n番号,問2,問1,F1\n1,1,1,1\n2,,2,女性\n3,2,はい,\n");
    CHECK(!x.f.is_tally && x.f.errors == 0 && x.f.answers.rows == 3);
    CHECK(x.f.answers.columns[0].codes[0] == 0 && x.f.answers.columns[0].codes[1] == 1);
    CHECK(x.f.answers.columns[0].codes[2] == 2); /* gave none */
    CHECK(x.f.answers.columns[1].codes[2] == 0);
    CHECK(x.f.answers.columns[2].sets[0] == 1 && x.f.answers.columns[2].sets[2] == 2);
    arena_done(&x.a);
}

static void spellings_of_a_choice_are_one_choice(void)
{
    struct read x;

    read_in(&x, "F1,問1,問2\n１,01,1\n1.0,1:はい,紙\n男性,無回答,\n女 性,-,2\n");
    CHECK(x.f.errors == 0 && x.f.answers.rows == 4);
    CHECK(x.f.answers.columns[0].codes[0] == 0 && x.f.answers.columns[0].codes[1] == 0);
    CHECK(x.f.answers.columns[0].codes[3] == 1);
    CHECK(x.f.answers.columns[1].codes[0] == 0 && x.f.answers.columns[1].codes[1] == 0);
    CHECK(x.f.answers.columns[1].codes[2] == 2 && x.f.answers.columns[1].codes[3] == 2);
    arena_done(&x.a);
}

static void what_is_no_choice_is_told_with_its_cell(void)
{
    struct read x;

    read_in(&x, "F1,問1,問2\n1,1,1\n9,1,\"1,3\"\n1,調査中,\n");
    CHECK(x.f.errors == 3);
    CHECK(told(&x, 3, 1, "「9」はF1の選択肢にありません"));
    CHECK(told(&x, 3, 3, "「3」は問2の選択肢にありません"));
    CHECK(told(&x, 4, 2, "「調査中」は問1の選択肢にありません"));
    arena_done(&x.a);
}

static void several_answers_stand_in_one_cell_or_in_columns(void)
{
    struct read x;

    read_in(&x, "F1,問1,問2\n1,1,\"1、2\"\n1,1,2;1\n");
    CHECK(x.f.errors == 0);
    CHECK(x.f.answers.columns[2].sets[0] == 3 && x.f.answers.columns[2].sets[1] == 3);
    CHECK(told(&x, 2, 3, "1つまでですが"));
    arena_done(&x.a);
    read_in(&x, "F1,問1,問2_1,問2(人)\n1,1,○,0\n1,1,,1\n1,1,x,2\n");
    CHECK(x.f.answers.columns[2].sets[0] == 1 && x.f.answers.columns[2].sets[1] == 2);
    CHECK(x.f.errors == 1 && told(&x, 4, 4, "選んだなら 1"));
    arena_done(&x.a);
}

static void answers_of_people_who_were_not_asked_are_told(void)
{
    struct read x;

    read_in(&x, "F1,問1,問2\n1,2,1\n1,,2\n1,1,1\n");
    CHECK(x.f.errors == 0 && x.f.not_asked == 2);
    CHECK(told(&x, 2, 3, "問2は、問1の答えからみて対象でない"));
    arena_done(&x.a);
}

static void a_question_that_the_file_lacks_is_told(void)
{
    struct read x;

    read_in(&x, "F1,問1\n1,1\n");
    CHECK(x.f.errors == 1 && told(&x, 1, 0, "「問2」の列がありません"));
    arena_done(&x.a);
    read_in(&x, "名前,住所\na,b\n");
    CHECK(x.f.errors == 1 && told(&x, 1, 0, "見出しの行が見つかりません"));
    arena_done(&x.a);
    read_in(&x, "");
    CHECK(x.f.errors == 1);
    arena_done(&x.a);
}

static void a_total_row_is_no_answer(void)
{
    struct read x;

    read_in(&x, "F1,問1,問2\n1,1,1\n2,2,\n合計,2,1\n");
    CHECK(x.f.answers.rows == 2 && x.f.errors == 0);
    CHECK(told(&x, 4, 0, "合計の行"));
    arena_done(&x.a);
}

#define TALLY                                                                                 \
    "問,選択肢,全体,男性,女性\n問1,はい,349,170,179\n,いいえ,169,84,85\n,無回答,12,6,6\n,計," \
    "530,260,270\n"                                                                           \
    "問2,紙,300,150,150\n,人,100,50,50\n,計,349,170,179\n"

static void counts_made_by_hand_are_read(void)
{
    struct read x;
    str said[4];

    read_in(&x, TALLY);
    CHECK(x.f.is_tally && x.f.errors == 0 && x.f.tally.rows == 530);
    CHECK(x.f.tally.questions[1].yes == 349 && x.f.tally.questions[1].no_answer == 12);
    CHECK(x.f.tally.questions[1].by_count == 1);
    CHECK(x.f.tally.questions[1].by[0].count[0] == 170
          && x.f.tally.questions[1].by[0].base[1] == 270);
    CHECK(x.f.tally.questions[0].count[0] == 260 && x.f.tally.questions[0].count[1] == 270);
    CHECK(x.f.tally.questions[2].asked == 349);
    CHECK(survey_sums_check(&x.a, &x.s, &x.f.tally, said, 4) == 0);
    arena_done(&x.a);
}

static void what_is_no_number_is_told_with_its_cell(void)
{
    struct read x;

    read_in(&x, "問,選択肢,全体,男性,女性\n問1,はい,65.8%,170,179\n問1,いいえ,169,,-\n"
                "問1,そのた,1,0,1\n問9,はい,1,1,0\n");
    CHECK(told(&x, 2, 3, "人数ではありません"));
    CHECK(told(&x, 3, 4, "空欄です"));
    CHECK(told(&x, 3, 5, "人数ではありません"));
    CHECK(told(&x, 4, 0, "「そのた」は問1の選択肢にありません"));
    CHECK(told(&x, 5, 0, "「問9」という問は定義にありません"));
    CHECK(told(&x, 1, 0, "問2: 選択肢「紙」の行がありません"));
    arena_done(&x.a);
}

static void a_group_without_a_column_is_told(void)
{
    struct read x;

    read_in(&x, "問,選択肢,全体,男性\n問1,はい,349,170\n問1,いいえ,181,90\n");
    CHECK(told(&x, 1, 0, "性別の区分「女性」の列がありません"));
    arena_done(&x.a);
}

static void a_column_of_those_of_whom_it_is_not_known(void)
{
    struct read x;

    read_in(&x,
            "問,選択肢,全体,男性,女性,性別不明\n問1,はい,350,170,179,1\n,いいえ,180,90,88,2\n"
            "問2,紙,350,170,179,1\n,人,0,0,0,0\n,計,350,170,179,1\n");
    CHECK(x.f.errors == 0);
    CHECK(x.f.tally.questions[1].by[0].base[2] == 3);
    CHECK(x.f.tally.questions[0].no_answer == 3 && x.f.tally.questions[0].asked == 530);
    arena_done(&x.a);
}

int main(void)
{
    RUN(columns_stand_in_any_order_below_any_title);
    RUN(spellings_of_a_choice_are_one_choice);
    RUN(what_is_no_choice_is_told_with_its_cell);
    RUN(several_answers_stand_in_one_cell_or_in_columns);
    RUN(answers_of_people_who_were_not_asked_are_told);
    RUN(a_question_that_the_file_lacks_is_told);
    RUN(a_total_row_is_no_answer);
    RUN(counts_made_by_hand_are_read);
    RUN(what_is_no_number_is_told_with_its_cell);
    RUN(a_group_without_a_column_is_told);
    RUN(a_column_of_those_of_whom_it_is_not_known);
    return DONE();
}
