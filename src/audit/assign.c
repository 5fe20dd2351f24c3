/* The assignment problem: Kuhn 1955 with the shortest augmenting paths of Jonker and Volgenant
 * 1987, O(rows² · cols). */
#include "audit/inner.h"

#include <string.h>

#include "base/banned.h"

struct work {
    const int32_t *gain; /* gain[r * row_step + c * col_step] */
    size_t row_step, col_step;
    uint32_t rows, cols; /* rows <= cols */
    int64_t *u, *v;      /* potentials of rows and columns; index 0 is the virtual start */
    uint32_t *row_of;    /* row_of[c]: the row that column c has, 1-based, 0 = none */
    uint32_t *way;       /* the column before c on the shortest path */
    int64_t *least;      /* least reduced cost at which c was reached */
    bool *is_done;
};

static int64_t cost(const struct work *w, uint32_t row, uint32_t col)
{
    return -(int64_t)w->gain[(row - 1) * w->row_step + (col - 1) * w->col_step];
}

/* One step of the search for the nearest free column: from column `at`; the result is the next
 * column. */
static uint32_t step(struct work *w, uint32_t at)
{
    const uint32_t row = w->row_of[at];
    int64_t delta = INT64_MAX;
    uint32_t next = 0;

    w->is_done[at] = true;
    for (uint32_t c = 1; c <= w->cols; c++) {
        if (w->is_done[c])
            continue;
        const int64_t reduced = cost(w, row, c) - w->u[row] - w->v[c];
        if (reduced < w->least[c]) {
            w->least[c] = reduced;
            w->way[c] = at;
        }
        if (w->least[c] < delta) {
            delta = w->least[c];
            next = c;
        }
    }
    for (uint32_t c = 0; c <= w->cols; c++) {
        if (w->is_done[c]) {
            w->u[w->row_of[c]] += delta;
            w->v[c] -= delta;
        } else {
            w->least[c] -= delta;
        }
    }
    return next;
}

static void place_row(struct work *w, uint32_t row)
{
    uint32_t at = 0;

    for (uint32_t c = 0; c <= w->cols; c++) {
        w->least[c] = INT64_MAX;
        w->is_done[c] = false;
    }
    w->row_of[0] = row;
    do {
        at = step(w, at);
    } while (w->row_of[at] != 0);
    while (at != 0) { /* turn the path over */
        const uint32_t before = w->way[at];

        w->row_of[at] = w->row_of[before];
        at = before;
    }
}

void assign(struct arena *a, const int32_t *gain, uint32_t rows, uint32_t cols,
            int32_t *col_of_row)
{
    const bool is_wide = rows <= cols;
    struct work w = { .gain = gain,
                      .row_step = is_wide ? cols : 1,
                      .col_step = is_wide ? 1 : cols,
                      .rows = is_wide ? rows : cols,
                      .cols = is_wide ? cols : rows };

    w.u = NEW(a, int64_t, w.rows + 1);
    w.v = NEW(a, int64_t, w.cols + 1);
    w.row_of = NEW(a, uint32_t, w.cols + 1);
    w.way = NEW(a, uint32_t, w.cols + 1);
    w.least = NEW(a, int64_t, w.cols + 1);
    w.is_done = NEW(a, bool, w.cols + 1);
    for (uint32_t r = 1; r <= w.rows; r++)
        place_row(&w, r);
    for (uint32_t r = 0; r < rows; r++)
        col_of_row[r] = -1;
    for (uint32_t c = 1; c <= w.cols; c++) {
        const uint32_t r = w.row_of[c];

        if (r != 0 && cost(&w, r, c) < 0)
            col_of_row[is_wide ? r - 1 : c - 1] = (int32_t)(is_wide ? c - 1 : r - 1);
    }
}
