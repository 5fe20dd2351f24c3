/* The assignment, against every possible assignment of small tables. */
#include "audit/inner.h"
#include "check.h"

static int64_t best_of_all(const int32_t *gain, uint32_t rows, uint32_t cols, uint32_t row,
                           uint32_t used)
{
    int64_t best;

    if (row == rows)
        return 0;
    best = best_of_all(gain, rows, cols, row + 1, used); /* this row stays alone */
    for (uint32_t c = 0; c < cols; c++)
        if (!(used >> c & 1)) {
            const int64_t sum =
                gain[row * cols + c] + best_of_all(gain, rows, cols, row + 1, used | 1u << c);

            best = sum > best ? sum : best;
        }
    return best;
}

static uint32_t draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static bool is_one_to_one(const int32_t *col, uint32_t rows)
{
    uint32_t used = 0;

    for (uint32_t r = 0; r < rows; r++) {
        if (col[r] >= 0 && used >> col[r] & 1)
            return false;
        used |= col[r] >= 0 ? 1u << col[r] : 0;
    }
    return true;
}

static void no_other_assignment_gains_more(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    uint64_t seed = 20191;

    for (int round = 0; round < 3000; round++) {
        const uint32_t rows = 1 + draw(&seed) % 6, cols = 1 + draw(&seed) % 6;
        int32_t gain[36], col[6];
        int64_t sum = 0;

        for (uint32_t i = 0; i < rows * cols; i++)
            gain[i] = draw(&seed) % 3 ? (int32_t)(draw(&seed) % 20) : 0;
        assign(&a, gain, rows, cols, col);
        for (uint32_t r = 0; r < rows; r++)
            sum += col[r] >= 0 ? gain[r * cols + (uint32_t)col[r]] : 0;
        CHECK(is_one_to_one(col, rows));
        CHECK(sum == best_of_all(gain, rows, cols, 0, 0));
        arena_reset(&a);
    }
}

static void what_must_not_be_paired_stays_alone(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const int32_t gain[] = { 0, 0, 7, 0 };
    int32_t col[2];

    assign(&a, gain, 2, 2, col);
    CHECK(col[0] == -1);
    CHECK(col[1] == 0);
}

static void the_whole_is_looked_at_and_not_the_first_row(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const int32_t gain[] = { 9, 8, 8, 1 };
    int32_t col[2];

    assign(&a, gain, 2, 2, col);
    CHECK(col[0] == 1);
    CHECK(col[1] == 0);
}

int main(void)
{
    RUN(no_other_assignment_gains_more);
    RUN(what_must_not_be_paired_stays_alone);
    RUN(the_whole_is_looked_at_and_not_the_first_row);
    return DONE();
}
