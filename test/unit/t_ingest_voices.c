/* A table of voices: columns by their headings, each fault with its cell. */
#include "ingest/voices.h"

#include "check.h"

struct read {
    struct arena a;
    struct hearing h;
    struct voice_lines out;
};

static const struct section_name SECTIONS[] = {
    { STR_INIT("minamo-mado"), STR_INIT("窓口サービス課") },
};

static void read_in(struct read *x, const char *csv)
{
    struct voices_hints hints = {
        .hearing = &x->h,
        .sections = SECTIONS,
        .section_count = 1,
        .today = { 2025, 7, 1 },
        .fiscal_year = 2025,
    };
    struct table t;
    struct err e;

    *x = (struct read){ 0 };
    CHECK(hearing_parse(&x->a, hearing_preset(), &x->h, &e));
    CHECK(ingest_table(&x->a, STR("koe.csv"), str_from(csv), &t, &e));
    ingest_voices(&x->a, &t, &hints, &x->out);
}

static bool told(const struct read *x, uint32_t row, uint32_t column, const char *what)
{
    for (uint32_t i = 0; i < x->out.fault_count; i++)
        if (x->out.faults[i].row == row && x->out.faults[i].column == column
            && str_find(x->out.faults[i].message, str_from(what)) >= 0)
            return true;
    for (uint32_t i = 0; i < x->out.fault_count; i++)
        printf("# %u:%u %.*s\n", x->out.faults[i].row, x->out.faults[i].column,
               STR_ARG(x->out.faults[i].message));
    return false;
}

static void columns_stand_in_any_order_below_any_title(void)
{
    struct read x;

    read_in(&x, "改善箱 6月分\n\n担当課,受付日,ご意見,入口,分野\n"
                "窓口サービス課,令和7年6月3日,待ち時間が長い,改善箱,窓口・職員の応対\n"
                ",6/4,\"二行の\n声\",,\n,,いすが足りない,box,counter\n");
    CHECK(x.out.errors == 0 && x.out.count == 3);
    CHECK(str_eq(x.out.rows[0].section, STR("minamo-mado")));
    CHECK(x.out.rows[0].door == DOOR_BOX && str_eq(x.out.rows[0].category, STR("counter")));
    CHECK(x.out.rows[0].received.month == 6 && x.out.rows[0].received.day == 3);
    CHECK(x.out.rows[1].received.year == 2025 && x.out.rows[1].received.day == 4);
    CHECK(str_eq(x.out.rows[1].text, STR("二行の\n声")) && x.out.rows[1].door == DOOR_VOICE);
    CHECK(x.out.rows[2].received.month == 7 && x.out.rows[2].row == 6); /* today's */
    arena_done(&x.a);
}

static void what_is_no_value_is_told_with_its_cell(void)
{
    struct read x;

    read_in(&x, "本文,受付日,分野,担当課,入口,受付方法\n"
                "あ,6月31日,counter,,,\n"
                "い,,天気,,,\n"
                "う,,,窓口係,,\n"
                "え,,,,電報,\n"
                "お,2025-07-02,,,,\n"
                ",2025-06-30,,,,\n"
                "か,,,,,のろし\n");
    CHECK(x.out.errors == 7 && x.out.count == 0);
    CHECK(told(&x, 2, 2, "形で書いてください"));
    CHECK(told(&x, 3, 3, "「天気」") && told(&x, 3, 3, "窓口・職員の応対"));
    CHECK(told(&x, 4, 4, "「窓口係」"));
    CHECK(told(&x, 5, 5, "市民の声"));
    CHECK(told(&x, 6, 2, "きょうより後"));
    CHECK(told(&x, 7, 1, "本文がありません"));
    CHECK(told(&x, 8, 6, "「のろし」"));
    arena_done(&x.a);
}

static void without_a_heading_nothing_is_guessed(void)
{
    struct read x;

    read_in(&x, "2025-06-03,待ち時間が長い\n2025-06-04,いすが足りない\n");
    CHECK(x.out.count == 0 && x.out.errors == 1);
    CHECK(told(&x, 1, 0, "「本文」"));
    arena_done(&x.a);
}

static void blank_rows_are_passed_over(void)
{
    struct read x;

    read_in(&x, "声\n\n一つ目\n\n\n二つ目\n");
    CHECK(x.out.errors == 0 && x.out.count == 2 && x.out.rows[1].row == 6);
    arena_done(&x.a);
}

static void a_text_longer_than_the_settings_allow_is_refused(void)
{
    AUTO(arena_done) struct arena text = { 0 };
    struct read x;
    struct buf b;

    buf_init(&b, &text, 4096, (size_t)8 * 1024 * 1024);
    buf_put(&b, STR("text\n"));
    for (int i = 0; i < 1048577; i++)
        buf_put(&b, STR("x"));
    buf_put(&b, STR("\n"));
    read_in(&x, str_c(&text, buf_str(&b)));
    CHECK(x.out.count == 0 && told(&x, 2, 1, "長すぎます"));
    arena_done(&x.a);
}

static void more_than_the_limit_is_refused(void)
{
    AUTO(arena_done) struct arena text = { 0 };
    struct read x;
    struct buf b;

    buf_init(&b, &text, 4096, (size_t)8 * 1024 * 1024);
    buf_put(&b, STR("本文\n"));
    for (int i = 0; i <= LIMIT_VOICE_LINES; i++)
        buf_put(&b, STR("x\n"));
    read_in(&x, str_c(&text, buf_str(&b)));
    CHECK(x.out.count == LIMIT_VOICE_LINES && x.out.errors == 1);
    CHECK(told(&x, LIMIT_VOICE_LINES + 2, 0, "分けてください"));
    arena_done(&x.a);
}

int main(void)
{
    RUN(columns_stand_in_any_order_below_any_title);
    RUN(what_is_no_value_is_told_with_its_cell);
    RUN(without_a_heading_nothing_is_guessed);
    RUN(blank_rows_are_passed_over);
    RUN(a_text_longer_than_the_settings_allow_is_refused);
    RUN(more_than_the_limit_is_refused);
    return DONE();
}
