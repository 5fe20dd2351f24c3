/* Likeness of short Japanese texts. */
#include "audit/inner.h"
#include "check.h"

static int32_t likeness(const char *a, const char *b)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct shape x, y;

    shape_make(&mem, str_from(a), &x);
    shape_make(&mem, str_from(b), &y);
    return shape_likeness(&x, &y);
}

static uint32_t common_run(const char *a, const char *b)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct shape x, y;
    uint32_t start = 0;

    shape_make(&mem, str_from(a), &x);
    shape_make(&mem, str_from(b), &y);
    return shape_common_run(&x, &y, &start);
}

static void a_text_is_wholly_like_itself_in_another_width(void)
{
    CHECK(likeness("ＳＮＳの活用", "SNSの活用") == LIKENESS_SAME);
    CHECK(likeness("ﾎｰﾑﾍﾟｰｼﾞの更新", "ホームページの更新") == LIKENESS_SAME);
}

static void likeness_is_twice_the_common_pairs_over_all_pairs(void)
{
    CHECK(likeness("防災訓練", "防災教室") == 333); /* 防災 of 3 + 3 pairs */
    CHECK(likeness("防災訓練", "広報") == 0);
    CHECK(likeness("", "広報") == 0);
    CHECK(likeness("春", "春") == LIKENESS_SAME);
    CHECK(likeness("春", "秋") == 0);
}

static void a_pair_that_stands_twice_counts_twice(void)
{
    CHECK(likeness("ラララ", "ラララ") == LIKENESS_SAME);
    CHECK(likeness("ラララ", "ララ") == 666);
}

static void words_that_only_say_that_it_was_done_are_no_common_run(void)
{
    CHECK(common_run("清掃の実施", "講習の実施") == 0);
    CHECK(common_run("口座振替勧奨の強化", "口座振替利用奨励の実施") == 4);
    CHECK(common_run("手話講座の開催", "点字講座の開催") == 2);
}

static void words_of_a_text_are_its_telling_runs(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    str rest = STR("空き家の活用による相談会の実施"), word;

    CHECK(text_next_word(&rest, &word) && str_eq(word, STR("相談会")));
    CHECK(!text_next_word(&rest, &word));
    rest = STR("行政資料の目的外貸出による収入の確保");
    CHECK(text_next_word(&rest, &word) && str_eq(word, STR("行政資料")));
    CHECK(text_next_word(&rest, &word) && str_eq(word, STR("目的外貸出")));
    CHECK(text_next_word(&rest, &word) && str_eq(word, STR("収入")));
    CHECK(!text_next_word(&rest, &word));
}

static void a_very_long_text_is_compared_by_its_beginning(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf b;
    struct shape s;

    buf_init(&b, &mem, 64, 1 << 20);
    for (int i = 0; i < 10000; i++)
        buf_put(&b, STR("長い文"));
    shape_make(&mem, buf_str(&b), &s);
    CHECK(s.n == SHAPE_CHARS);
    CHECK(shape_likeness(&s, &s) == LIKENESS_SAME);
}

int main(void)
{
    RUN(a_text_is_wholly_like_itself_in_another_width);
    RUN(likeness_is_twice_the_common_pairs_over_all_pairs);
    RUN(a_pair_that_stands_twice_counts_twice);
    RUN(words_that_only_say_that_it_was_done_are_no_common_run);
    RUN(words_of_a_text_are_its_telling_runs);
    RUN(a_very_long_text_is_compared_by_its_beginning);
    return DONE();
}
