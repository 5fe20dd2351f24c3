/* Which cells of a published cross table have to be hidden, so that no small count can be read
 * or computed.
 *
 * A table is published with its row sums (what all answered), its column sums (how many are in
 * each group) and the total. So whoever reads it can subtract. What can be computed is told by
 * the residual graph of the hidden cells (the network view of cell suppression: Kelly, Golden
 * and Assad 1992, Networks 22:397): rows and columns are its nodes; raising a hidden cell leads
 * from its row to its column, lowering one that is above 0 leads back. A hidden cell can have
 * another value exactly when an alternating cycle goes through it. A hidden column sum is a
 * cell of one more row, with the opposite sign. */
#include "measure/measure.h"

#include <assert.h>

#include "base/banned.h"

struct hiding {
    struct arena *a;
    const struct cross *t;
    uint8_t *hidden;   /* [(rows + 1) * cols], the last row is that of the column sums */
    uint64_t *row_sum; /* of each row */
    uint64_t *col_sum; /* of each column */
    uint8_t *seen;     /* of each node */
    uint32_t *queue;   /* nodes */
};

static uint64_t value_at(const struct hiding *h, uint32_t r, uint32_t c)
{
    return r < h->t->rows ? h->t->count[r * h->t->cols + c] : h->col_sum[c];
}

/* Can the walk go from node to node over the cell (r, c)? Raising leads from the row to the
 * column, lowering back; in the row of sums it is the other way round. */
static bool leads(const struct hiding *h, uint32_t r, uint32_t c, bool to_column)
{
    const bool raises = r < h->t->rows ? to_column : !to_column;

    return h->hidden[r * h->t->cols + c] && (raises || value_at(h, r, c) > 0);
}

static void visit(struct hiding *h, uint32_t node, uint32_t *count)
{
    if (!h->seen[node]) {
        h->seen[node] = 1;
        h->queue[(*count)++] = node;
    }
}

/* Is there a way from `from` to `to` that does not use the cell (r, c)? Nodes: rows (with that
 * of the sums), then columns. */
static bool is_reachable(struct hiding *h, uint32_t from, uint32_t to, uint32_t r, uint32_t c)
{
    const uint32_t rows = h->t->rows + 1, cols = h->t->cols;
    uint32_t count = 0;

    memset(h->seen, 0, rows + cols);
    visit(h, from, &count);
    for (uint32_t at = 0; at < count && !h->seen[to]; at++) {
        const uint32_t node = h->queue[at];

        if (node < rows) {
            for (uint32_t k = 0; k < cols; k++)
                if (!(node == r && k == c) && leads(h, node, k, true))
                    visit(h, rows + k, &count);
        } else {
            for (uint32_t k = 0; k < rows; k++)
                if (!(k == r && node - rows == c) && leads(h, k, node - rows, false))
                    visit(h, k, &count);
        }
    }
    return h->seen[to];
}

/* Where the columns do not add up (several answers each), only the others of its row can tell
 * what a cell is. */
static bool is_open_in_row(const struct hiding *h, uint32_t r, uint32_t c)
{
    uint64_t sum = 0;
    uint32_t others = 0;

    for (uint32_t k = 0; k < h->t->cols; k++) {
        if (!h->hidden[r * h->t->cols + k])
            continue;
        sum += value_at(h, r, k);
        others += k != c;
    }
    return others > 0 && sum > 0;
}

/* Could the hidden cell have another value, by all that is published? */
static bool is_open(struct hiding *h, uint32_t r, uint32_t c)
{
    const uint32_t row = r, col = h->t->rows + 1 + c;

    if (!h->t->is_one_answer)
        return is_open_in_row(h, r, c);
    return (leads(h, r, c, true) && is_reachable(h, col, row, r, c))
           || (leads(h, r, c, false) && is_reachable(h, row, col, r, c));
}

/* What hiding one more cell takes from the reader; nothing where it is hidden already. */
static uint64_t cost(const struct hiding *h, uint32_t r, uint32_t c)
{
    return h->hidden[r * h->t->cols + c] ? 0 : value_at(h, r, c) + 1;
}

/* Closes the cheapest cycle of four cells through (r, c). */
static bool hide_four(struct hiding *h, uint32_t r, uint32_t c)
{
    uint64_t best = UINT64_MAX;
    uint32_t best_r = 0, best_c = 0;

    for (uint32_t r2 = 0; r2 < h->t->rows; r2++)
        for (uint32_t c2 = 0; r2 != r && c2 < h->t->cols; c2++) {
            const bool up = value_at(h, r, c2) > 0 && value_at(h, r2, c) > 0;
            const bool down = value_at(h, r, c) > 0 && value_at(h, r2, c2) > 0;
            const uint64_t price = cost(h, r, c2) + cost(h, r2, c) + cost(h, r2, c2);

            if (c2 == c || !(up || down) || price >= best)
                continue;
            best = price;
            best_r = r2;
            best_c = c2;
        }
    if (best == UINT64_MAX)
        return false;
    h->hidden[r * h->t->cols + best_c] = 1;
    h->hidden[best_r * h->t->cols + c] = 1;
    h->hidden[best_r * h->t->cols + best_c] = 1;
    return true;
}

/* Hides the smallest other cell above 0 of the row (the smallest of all, if none is). */
static bool hide_in_row(struct hiding *h, uint32_t r)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t k = 0; k < h->t->cols; k++) {
        if (h->hidden[r * h->t->cols + k])
            continue;
        if (best == UINT32_MAX || value_at(h, r, best) == 0
            || (value_at(h, r, k) > 0 && value_at(h, r, k) < value_at(h, r, best)))
            best = k;
    }
    if (best == UINT32_MAX)
        return false;
    h->hidden[r * h->t->cols + best] = 1;
    return true;
}

/* Two column sums, so that the total does not tell the one that is small. */
static bool hide_another_sum(struct hiding *h)
{
    const uint32_t last = h->t->rows * h->t->cols;
    uint32_t best = UINT32_MAX;

    for (uint32_t c = 0; c < h->t->cols; c++)
        if (!h->hidden[last + c] && (best == UINT32_MAX || h->col_sum[c] < h->col_sum[best]))
            best = c;
    if (best == UINT32_MAX)
        return false;
    h->hidden[last + best] = 1;
    return true;
}

static bool protect(struct hiding *h, uint32_t r, uint32_t c)
{
    if (r == h->t->rows)
        return hide_another_sum(h);
    return h->t->is_one_answer ? hide_four(h, r, c) : hide_in_row(h, r);
}

static void sums(struct hiding *h)
{
    const struct cross *t = h->t;

    for (uint32_t r = 0; r < t->rows; r++)
        for (uint32_t c = 0; c < t->cols; c++) {
            h->row_sum[r] += t->count[r * t->cols + c];
            h->col_sum[c] += t->count[r * t->cols + c];
        }
    for (uint32_t c = 0; c < t->cols && t->base; c++)
        h->col_sum[c] = t->base[c];
}

/* What is small. A cell of a row or column that is empty as a whole tells nothing of anybody.
 */
static bool hide_small(struct hiding *h, uint64_t small)
{
    const struct cross *t = h->t;
    bool any = false;

    for (uint32_t c = 0; c < t->cols; c++) {
        const bool is_small = h->col_sum[c] > 0 && h->col_sum[c] < small;

        h->hidden[t->rows * t->cols + c] = is_small;
        any = any || is_small;
        for (uint32_t r = 0; r < t->rows; r++) {
            h->hidden[r * t->cols + c] =
                value_at(h, r, c) < small && h->row_sum[r] > 0 && h->col_sum[c] > 0;
            any = any || h->hidden[r * t->cols + c];
        }
    }
    return any;
}

enum suppression measure_suppress(struct arena *a, const struct cross *t, uint64_t small,
                                  uint8_t *hidden)
{
    const uint32_t cells = (t->rows + 1) * t->cols;
    struct hiding h = { .a = a, .t = t, .hidden = hidden };
    bool again = true;

    assert(t->rows > 0 && t->cols > 0 && t->rows < 1024 && t->cols < 1024);
    h.row_sum = NEW(a, uint64_t, t->rows);
    h.col_sum = NEW(a, uint64_t, t->cols);
    h.seen = NEW(a, uint8_t, t->rows + 1 + t->cols);
    h.queue = NEW(a, uint32_t, t->rows + 1 + t->cols);
    sums(&h);
    if (!hide_small(&h, small))
        return SUPPRESSED_NOTHING;
    while (again) {
        again = false;
        for (uint32_t i = 0; i < cells; i++) {
            const uint32_t r = i / t->cols, c = i % t->cols;

            if (!hidden[i] || is_open(&h, r, c))
                continue;
            if (!protect(&h, r, c)) {
                memset(hidden, 1, cells);
                return SUPPRESSED_ALL;
            }
            again = true;
        }
    }
    return SUPPRESSED_SOME;
}
