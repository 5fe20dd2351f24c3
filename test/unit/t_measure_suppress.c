/* Hidden cells: another program's eye tries to compute them, by trying every table that agrees
 * with what is published. */
#include "measure/measure.h"
#include "check.h"

enum { ROWS = 3, COLS = 3, CELLS = ROWS * COLS, SMALL = 5 };

static uint64_t random_state = 5;

static uint32_t any_below(uint32_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % n;
}

/* What a reader knows and tries. */
struct reader {
    const uint64_t *count;
    const uint8_t *hidden; /* [(ROWS + 1) * COLS] */
    uint64_t row_sum[ROWS], col_sum[COLS];
    bool columns_add_up;
    uint64_t guess[CELLS];
    bool differs[CELLS + COLS]; /* a table that agrees has another value there */
};

static uint64_t sum_of_row(const struct reader *x, uint32_t r)
{
    const uint64_t *row = &x->guess[(size_t)r * COLS];

    return row[0] + row[1] + row[2];
}

static uint64_t sum_of_col(const struct reader *x, uint32_t c)
{
    return x->guess[c] + x->guess[COLS + c] + x->guess[2 * COLS + c];
}

static void compare(struct reader *x)
{
    for (uint32_t c = 0; c < COLS && x->columns_add_up; c++)
        if (!x->hidden[CELLS + c] && sum_of_col(x, c) != x->col_sum[c])
            return;
    for (uint32_t i = 0; i < CELLS; i++)
        x->differs[i] = x->differs[i] || x->guess[i] != x->count[i];
    for (uint32_t c = 0; c < COLS; c++)
        x->differs[CELLS + c] = x->differs[CELLS + c] || sum_of_col(x, c) != x->col_sum[c];
}

static void try_from(struct reader *x, uint32_t i)
{
    uint64_t most;

    if (i > 0 && i % COLS == 0 && sum_of_row(x, i / COLS - 1) != x->row_sum[i / COLS - 1])
        return;
    if (i == CELLS) {
        compare(x);
        return;
    }
    most = x->row_sum[i / COLS];
    for (x->guess[i] = x->hidden[i] ? 0 : x->count[i]; x->guess[i] <= most; x->guess[i]++) {
        try_from(x, i + 1);
        if (!x->hidden[i])
            break;
    }
    x->guess[i] = 0;
}

/* Is there a hidden value that only one table explains? */
static bool can_be_computed(const uint64_t *count, const uint8_t *hidden, bool one_answer)
{
    struct reader x = { .count = count, .hidden = hidden, .columns_add_up = one_answer };

    for (uint32_t i = 0; i < CELLS; i++) {
        x.row_sum[i / COLS] += count[i];
        x.col_sum[i % COLS] += count[i];
    }
    try_from(&x, 0);
    for (uint32_t i = 0; i < CELLS + (one_answer ? COLS : 0); i++)
        if (hidden[i] && !x.differs[i])
            return true;
    return false;
}

/* Is a count below 5 shown that tells of somebody? */
static bool shows_small(const uint64_t *count, const uint8_t *hidden)
{
    for (uint32_t i = 0; i < CELLS; i++) {
        const uint32_t r = i / COLS, c = i % COLS;
        const uint64_t *cells = &count[(size_t)r * COLS];
        const uint64_t row = cells[0] + cells[1] + cells[2];
        const uint64_t col = count[c] + count[COLS + c] + count[2 * COLS + c];

        if (count[i] < SMALL && row > 0 && col > 0 && !hidden[i])
            return true;
    }
    return false;
}

static void no_hidden_cell_can_be_computed_from_the_sums(void)
{
    uint32_t some = 0, all = 0;

    for (int turn = 0; turn < 1500; turn++) {
        AUTO(arena_done) struct arena a = { 0 };
        uint64_t count[CELLS];
        uint8_t hidden[CELLS + COLS];
        const struct cross t = { count, ROWS, COLS, NULL, true };
        enum suppression s;

        for (uint32_t i = 0; i < CELLS; i++)
            count[i] = any_below(3) ? 5 + any_below(4) : any_below(6);
        s = measure_suppress(&a, &t, SMALL, hidden);
        some += s == SUPPRESSED_SOME;
        all += s == SUPPRESSED_ALL;
        if (s == SUPPRESSED_SOME)
            CHECK(!can_be_computed(count, hidden, true));
        CHECK(s == SUPPRESSED_ALL || !shows_small(count, hidden) || s == SUPPRESSED_NOTHING);
        CHECK(s != SUPPRESSED_NOTHING || !shows_small(count, (uint8_t[CELLS + COLS]){ 0 }));
    }
    CHECK(some > 1000); /* not by hiding everything */
    CHECK(all < 20);
}

static void of_several_answers_the_row_alone_must_not_tell(void)
{
    uint32_t some = 0;

    for (int turn = 0; turn < 500; turn++) {
        AUTO(arena_done) struct arena a = { 0 };
        const uint64_t base[COLS] = { 40, 40, 40 };
        uint64_t count[CELLS];
        uint8_t hidden[CELLS + COLS];
        const struct cross t = { count, ROWS, COLS, base, false };

        for (uint32_t i = 0; i < CELLS; i++)
            count[i] = any_below(3) ? 5 + any_below(4) : any_below(6);
        if (measure_suppress(&a, &t, SMALL, hidden) == SUPPRESSED_SOME) {
            some++;
            CHECK(!can_be_computed(count, hidden, false));
        }
    }
    CHECK(some > 300);
}

static void how_many_people_a_group_has_must_not_tell_either(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    /* nobody is in the first group, so all of a row are of the second; everybody of the first
     * chose something, so who did not choose one chose the other */
    const uint64_t empty[4] = { 0, 3, 0, 7 }, full[4] = { 1, 6, 5, 3 };
    const uint64_t nobody[2] = { 0, 8 }, six[2] = { 6, 9 };
    uint8_t hidden[6];

    CHECK(measure_suppress(&a, &(struct cross){ empty, 2, 2, nobody, false }, SMALL, hidden)
          == SUPPRESSED_ALL);
    CHECK(measure_suppress(&a, &(struct cross){ full, 2, 2, six, false }, SMALL, hidden)
          == SUPPRESSED_SOME);
    CHECK(hidden[0] && hidden[2]);
}

static void a_table_of_large_counts_is_shown_whole(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint64_t count[CELLS] = { 5, 60, 7, 80, 9, 10, 11, 12, 130 };
    uint8_t hidden[CELLS + COLS];

    CHECK(measure_suppress(&a, &(struct cross){ count, ROWS, COLS, NULL, true }, SMALL, hidden)
          == SUPPRESSED_NOTHING);
    for (uint32_t i = 0; i < CELLS + COLS; i++)
        CHECK(!hidden[i]);
}

static void one_small_cell_takes_three_others_with_it(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint64_t count[CELLS] = { 2, 60, 7, 80, 90, 100, 11, 120, 130 };
    uint8_t hidden[CELLS + COLS];
    uint32_t n = 0;

    CHECK(measure_suppress(&a, &(struct cross){ count, ROWS, COLS, NULL, true }, SMALL, hidden)
          == SUPPRESSED_SOME);
    for (uint32_t i = 0; i < CELLS + COLS; i++)
        n += hidden[i];
    CHECK(n == 4);
    CHECK(hidden[0] && hidden[2] && hidden[6] && hidden[8]); /* the smallest that do */
}

static void a_small_group_is_not_told_by_its_sum(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint64_t count[CELLS] = { 60, 70, 2, 80, 90, 1, 110, 120, 0 };
    uint8_t hidden[CELLS + COLS];

    CHECK(measure_suppress(&a, &(struct cross){ count, ROWS, COLS, NULL, true }, SMALL, hidden)
          == SUPPRESSED_SOME);
    CHECK(hidden[CELLS + 2]);
    CHECK(hidden[CELLS] || hidden[CELLS + 1]);
    CHECK(!can_be_computed(count, hidden, true));
}

static void a_group_of_its_own_cannot_be_protected(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint64_t count[] = { 2, 50 };
    uint8_t hidden[3];

    CHECK(measure_suppress(&a, &(struct cross){ count, 2, 1, NULL, true }, SMALL, hidden)
          == SUPPRESSED_ALL);
    CHECK(hidden[0] && hidden[1] && hidden[2]);
}

int main(void)
{
    RUN(no_hidden_cell_can_be_computed_from_the_sums);
    RUN(of_several_answers_the_row_alone_must_not_tell);
    RUN(how_many_people_a_group_has_must_not_tell_either);
    RUN(a_table_of_large_counts_is_shown_whole);
    RUN(one_small_cell_takes_three_others_with_it);
    RUN(a_small_group_is_not_told_by_its_sum);
    RUN(a_group_of_its_own_cannot_be_protected);
    return DONE();
}
