/* Counting answers, against counting them one by one. */
#include "measure/measure.h"
#include "check.h"

#include <math.h>

enum { ROWS = 50003, SEX = 3, AGE = 8, ANSWER = 5 };

static uint64_t random_state = 20260401;

static uint32_t any_below(uint32_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % n;
}

static uint8_t *codes_below(struct arena *a, uint32_t n)
{
    uint8_t *codes = NEW(a, uint8_t, ROWS);

    for (uint32_t r = 0; r < ROWS; r++)
        codes[r] = (uint8_t)any_below(n);
    return codes;
}

static void a_question_by_two_attributes_is_counted_exactly(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint8_t *q = codes_below(&a, ANSWER), *sex = codes_below(&a, SEX);
    uint16_t *age = NEW(&a, uint16_t, ROWS);
    const struct column columns[] = { { q, NULL, ANSWER },
                                      { sex, NULL, SEX },
                                      { NULL, age, AGE } };
    const struct tabulation t = { columns, 3, ROWS, NULL };
    uint64_t got[ANSWER * SEX * AGE], want[ANSWER][SEX][AGE] = { 0 };

    for (uint32_t r = 0; r < ROWS; r++) {
        age[r] = (uint16_t)any_below(AGE);
        want[q[r]][sex[r]][age[r]]++;
    }
    CHECK(measure_tabulate(&a, &t, got));
    CHECK(memcmp(got, want, sizeof got) == 0);
}

static void a_filter_leaves_rows_out(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint8_t *q = codes_below(&a, ANSWER), *asked = codes_below(&a, 2);
    const struct column column = { q, NULL, ANSWER };
    const struct tabulation t = { &column, 1, ROWS, asked };
    uint64_t got[ANSWER], want[ANSWER] = { 0 };

    for (uint32_t r = 0; r < ROWS; r++)
        want[q[r]] += asked[r];
    CHECK(measure_tabulate(&a, &t, got));
    CHECK(memcmp(got, want, sizeof got) == 0);
}

static void a_large_table_is_counted_too(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    uint16_t *x = NEW(&a, uint16_t, ROWS), *y = NEW(&a, uint16_t, ROWS);
    const struct column columns[] = { { NULL, x, 1000 }, { NULL, y, 1000 } };
    const struct tabulation t = { columns, 2, ROWS, NULL };
    const size_t cells = 1000000;
    uint64_t *got = NEW(&a, uint64_t, cells), *want = NEW(&a, uint64_t, cells);

    for (uint32_t r = 0; r < ROWS; r++) {
        x[r] = (uint16_t)any_below(1000);
        y[r] = (uint16_t)any_below(1000);
        want[x[r] * 1000 + y[r]]++;
    }
    CHECK(measure_tabulate(&a, &t, got));
    CHECK(memcmp(got, want, cells * sizeof *got) == 0);
}

static void a_code_outside_its_column_is_refused(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint8_t codes[] = { 0, 1, 5 };
    const struct column column = { codes, NULL, 5 };
    const struct tabulation t = { &column, 1, 3, NULL }, without_last = { &column, 1, 2, NULL };
    uint64_t got[5];

    CHECK(!measure_tabulate(&a, &t, got));
    CHECK(measure_tabulate(&a, &without_last, got));
    CHECK(got[0] == 1 && got[1] == 1 && got[4] == 0);
}

static void a_table_of_too_many_cells_is_refused(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint16_t code = 0;
    const struct column columns[] = { { NULL, &code, 60000 }, { NULL, &code, 60000 } };
    const struct tabulation t = { columns, 2, 1, NULL };
    uint64_t got[1];

    CHECK(!measure_tabulate(&a, &t, got));
}

static void nobody_gives_an_empty_table(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint8_t none = 0;
    const struct column column = { &none, NULL, 2 };
    const struct tabulation t = { &column, 1, 0, NULL };
    uint64_t got[2] = { 7, 7 };

    CHECK(measure_tabulate(&a, &t, got));
    CHECK(got[0] == 0 && got[1] == 0);
}

static void several_answers_are_counted_by_choice_and_group(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint64_t sets[] = { 1, 3, 0, UINT64_C(1) << 63, 2 };
    const uint8_t group[] = { 0, 1, 1, 0, 1 }, asked[] = { 1, 1, 1, 1, 0 };
    const struct column by = { group, NULL, 2 };
    uint64_t got[64 * 2];

    measure_tabulate_sets(sets, 64, &(struct tabulation){ &by, 1, 5, asked }, got);
    CHECK(got[0] == 1 && got[1] == 1); /* choice 0: one of each group */
    CHECK(got[2] == 0 && got[3] == 1); /* choice 1: the last row is left out */
    CHECK(got[126] == 1 && got[127] == 0);
}

static void weights_give_share_design_effect_and_a_wider_interval(void)
{
    const uint8_t q[] = { 1, 1, 0, 1, 0, 0, 1, 0 };
    const double w[] = { 1, 1, 1, 1, 2, 2, 3, 4 };
    const struct column column = { q, NULL, 2 };
    struct weighted cells[2], all;
    struct weighted_share s;

    CHECK(measure_tabulate_weighted(&(struct tabulation){ &column, 1, 8, NULL }, w, cells));
    CHECK(cells[0].n == 4 && cells[1].n == 4);
    all = (struct weighted){ 8, cells[0].sum + cells[1].sum,
                             cells[0].squares + cells[1].squares };
    CHECK(measure_weighted_share(cells[1], all, 0, &s));
    CHECK(fabs(s.share - 6.0 / 15) < 1e-12);
    CHECK(fabs(s.design_effect - 1.3155555556) < 1e-9);
    CHECK(fabs(s.n_effective - 8 / 1.3155555556) < 1e-6);
    CHECK(s.limits.low < 0.4 && s.limits.high > 0.4);
}

static void equal_weights_change_nothing(void)
{
    const struct weighted yes = { 349, 349, 349 }, all = { 530, 530, 530 };
    struct weighted_share s;

    CHECK(measure_weighted_share(yes, all, 0, &s));
    CHECK(fabs(s.limits.low - 0.6171068834) < 1e-9);
    CHECK(fabs(s.limits.high - 0.6975932906) < 1e-9);
    CHECK(!measure_weighted_share(yes, (struct weighted){ 0 }, 0, &s));
}

int main(void)
{
    RUN(a_question_by_two_attributes_is_counted_exactly);
    RUN(a_filter_leaves_rows_out);
    RUN(a_large_table_is_counted_too);
    RUN(a_code_outside_its_column_is_refused);
    RUN(a_table_of_too_many_cells_is_refused);
    RUN(nobody_gives_an_empty_table);
    RUN(several_answers_are_counted_by_choice_and_group);
    RUN(weights_give_share_design_effect_and_a_wider_interval);
    RUN(equal_weights_change_nothing);
    return DONE();
}
