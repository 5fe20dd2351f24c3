/* Pairing of two lists, and its cost. */
#include "audit/inner.h"
#include "check.h"

#include <string.h>

static struct two_lists lists(struct arena *a, const str *left, uint32_t n, const str *right,
                              uint32_t m)
{
    return (struct two_lists){ .left = left,
                               .right = right,
                               .left_count = n,
                               .right_count = m,
                               .right_of_left = pair_none(a, n),
                               .left_of_right = pair_none(a, m) };
}

static int32_t any_likeness(const void *context, const struct candidate *c)
{
    (void)context;
    return shape_likeness(c->left, c->right);
}

static void equal_texts_are_paired_in_their_order(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str left[] = { STR_INIT("訓練"), STR_INIT("研修"), STR_INIT("研修"), STR_INIT("") };
    const str right[] = { STR_INIT("研修"), STR_INIT("巡回"), STR_INIT("研修"), STR_INIT(""),
                          STR_INIT("訓練") };
    struct two_lists l = lists(&a, left, 4, right, 5);

    pair_equal(&a, &l);
    CHECK(l.right_of_left[0] == 4);
    CHECK(l.right_of_left[1] == 0);
    CHECK(l.right_of_left[2] == 2);
    CHECK(l.right_of_left[3] == -1); /* an empty text pairs with nothing */
    CHECK(l.left_of_right[4] == 0);
    CHECK(l.left_of_right[1] == -1);
}

static void of_equal_texts_the_one_under_the_same_heading_is_taken(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str left[] = { STR_INIT("相談会"), STR_INIT("相談会") };
    const str left_group[] = { STR_INIT("広報"), STR_INIT("支援") };
    const str right[] = { STR_INIT("相談会") };
    const str right_group[] = { STR_INIT("支援") };
    struct two_lists l = lists(&a, left, 2, right, 1);

    l.left_group = left_group;
    l.right_group = right_group;
    pair_equal(&a, &l);
    CHECK(l.right_of_left[0] == -1);
    CHECK(l.right_of_left[1] == 0);
}

static void equal_texts_keep_their_order_when_a_line_is_missing(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str left[] = { STR_INIT("巡回"), STR_INIT("研修"), STR_INIT("清掃"), STR_INIT("研修"),
                         STR_INIT("研修") };
    const str right[] = { STR_INIT("研修"), STR_INIT("清掃"), STR_INIT("研修"),
                          STR_INIT("研修") };
    struct two_lists l = lists(&a, left, 5, right, 4);

    pair_equal(&a, &l);
    CHECK(l.right_of_left[1] == 0);
    CHECK(l.right_of_left[3] == 2);
    CHECK(l.right_of_left[4] == 3);
}

static void what_is_left_is_paired_by_likeness(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str left[] = { STR_INIT("防災訓練の実施"), STR_INIT("広報紙の発行") };
    const str right[] = { STR_INIT("広報紙を発行"), STR_INIT("防災訓練を実施") };
    struct two_lists l = lists(&a, left, 2, right, 2);
    uint64_t cells = 4;

    pair_alike(&a, &l, any_likeness, NULL, &cells);
    CHECK(l.right_of_left[0] == 1);
    CHECK(l.right_of_left[1] == 0);
    CHECK(cells == 0);
}

static void past_the_cap_nothing_is_compared(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str left[] = { STR_INIT("防災訓練の実施"), STR_INIT("広報紙の発行") };
    struct two_lists l = lists(&a, left, 2, left, 2);
    uint64_t cells = 3;

    pair_alike(&a, &l, any_likeness, NULL, &cells);
    CHECK(l.right_of_left[0] == -1);
    CHECK(cells == 3);
}

static void a_hundred_thousand_equal_lines_in_another_order_are_paired_in_linear_time(void)
{
    enum { N = 100000 };
    AUTO(arena_done) struct arena a = { 0 };
    str *left = NEW(&a, str, N), *right = NEW(&a, str, N);
    struct two_lists l;
    bool all = true;

    for (uint32_t i = 0; i < N; i++)
        left[i] = right[N - 1 - i] = str_fmt(&a, "取組%u", i);
    l = lists(&a, left, N, right, N);
    pair_equal(&a, &l);
    for (uint32_t i = 0; i < N; i++)
        all = all && l.right_of_left[i] == (int32_t)(N - 1 - i);
    CHECK(all);
}

int main(void)
{
    RUN(equal_texts_are_paired_in_their_order);
    RUN(of_equal_texts_the_one_under_the_same_heading_is_taken);
    RUN(equal_texts_keep_their_order_when_a_line_is_missing);
    RUN(what_is_left_is_paired_by_likeness);
    RUN(past_the_cap_nothing_is_compared);
    RUN(a_hundred_thousand_equal_lines_in_another_order_are_paired_in_linear_time);
    return DONE();
}
