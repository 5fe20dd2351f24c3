/* Which cells of a published cross table have to be hidden, so that no small count can be read
 * or computed.
 *
 * A table is published with its row sums (what all answered), its column sums (how many are in
 * each group) and the total. So whoever reads it can subtract. What can be computed is told by
 * the residual graph of the hidden cells (the network view of cell suppression: Kelly, Golden
 * and Assad 1992, Networks 22:397): rows and columns are its nodes; raising a hidden cell leads
 * from its row to its column, lowering one that is above 0 leads back. A hidden cell can have
 * another value exactly when an alternating cycle goes through it. A hidden column sum is a
 * cell of one more row, with the opposite sign.
 *
 * Where everybody could choose several, the columns do not add up; but nobody counts twice in a
 * row, so no count is above its column sum, and everybody counted chose something, so no column
 * holds fewer answers than people. A hidden cell is then taken as open only when we can name
 * another table that tells the same: one answer moved to another group. */
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

/* Visits what the walk comes to from a node without using the cell (r, c). Nodes: rows (with
 * that of the sums), then columns. */
static void step(struct hiding *h, uint32_t node, uint32_t r, uint32_t c, uint32_t *count)
{
    const uint32_t rows = h->t->rows + 1;

    for (uint32_t k = 0; node < rows && k < h->t->cols; k++)
        if (!(node == r && k == c) && leads(h, node, k, true))
            visit(h, rows + k, count);
    for (uint32_t k = 0; node >= rows && k < rows; k++)
        if (!(k == r && node - rows == c) && leads(h, k, node - rows, false))
            visit(h, k, count);
}

static bool is_reachable(struct hiding *h, uint32_t from, uint32_t to, uint32_t r, uint32_t c)
{
    uint32_t count = 0;

    memset(h->seen, 0, h->t->rows + 1 + h->t->cols);
    visit(h, from, &count);
    for (uint32_t at = 0; at < count && !h->seen[to]; at++)
        step(h, h->queue[at], r, c, &count);
    return h->seen[to];
}

/* ---- several answers ---- */

/* A table next to the true one: of row r (rows = that of the sums) one answer more in column
 * `to` and one less in `from`; and with it, where they are not `rows` + 1, the other way round
 * in row `back`, and a person moved in row `with`. */
struct shift {
    uint32_t to, from, r, back, with;
};

static bool moves(const struct shift *m, uint32_t r)
{
    return m->r == r || m->with == r;
}

/* Does a column stay possible? `more`: it is the one that gains. */
static bool column_holds(const struct hiding *h, const struct shift *m, bool more)
{
    const uint32_t c = more ? m->to : m->from;
    const int64_t one = more ? 1 : -1;
    const int64_t people = (int64_t)h->col_sum[c] + (moves(m, h->t->rows) ? one : 0);
    int64_t answers = 0, then = 0;

    for (uint32_t r = 0; r < h->t->rows; r++) {
        const int64_t was = (int64_t)value_at(h, r, c);
        const int64_t n = was + (moves(m, r) ? one : 0) - (m->back == r ? one : 0);

        if (n < 0 || n > people)
            return false;
        answers += was;
        then += n;
    }
    return then >= people || answers < (int64_t)h->col_sum[c]; /* not everybody chose */
}

static bool both_hidden(const struct hiding *h, const struct shift *m, uint32_t r)
{
    return h->hidden[r * h->t->cols + m->to] && h->hidden[r * h->t->cols + m->from];
}

static bool holds(const struct hiding *h, const struct shift *m)
{
    return column_holds(h, m, true) && column_holds(h, m, false);
}

/* The move alone, with a person, or with another row that goes back. */
static bool is_possible(const struct hiding *h, struct shift m)
{
    const uint32_t none = h->t->rows + 1;

    m.back = m.with = none;
    if (holds(h, &m))
        return true;
    for (uint32_t k = 0; k <= h->t->rows; k++) {
        if (k == m.r || !both_hidden(h, &m, k))
            continue;
        m.with = m.r == h->t->rows || k == h->t->rows ? k : none;
        m.back = m.with == none ? k : none;
        if (holds(h, &m))
            return true;
    }
    return false;
}

static bool is_open_of_several(const struct hiding *h, uint32_t r, uint32_t c)
{
    for (uint32_t k = 0; k < h->t->cols; k++)
        if (k != c && h->hidden[r * h->t->cols + k]
            && (is_possible(h, (struct shift){ .to = c, .from = k, .r = r })
                || is_possible(h, (struct shift){ .to = k, .from = c, .r = r })))
            return true;
    return false;
}

/* Could the hidden cell have another value, by all that is published? */
static bool is_open(struct hiding *h, uint32_t r, uint32_t c)
{
    const uint32_t row = r, col = h->t->rows + 1 + c;

    if (!h->t->is_one_answer)
        return is_open_of_several(h, r, c);
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
    if (best == UINT64_MAX || best == 0) /* none, or all of it is hidden and not enough */
        return false;
    h->hidden[r * h->t->cols + best_c] = 1;
    h->hidden[best_r * h->t->cols + c] = 1;
    h->hidden[best_r * h->t->cols + best_c] = 1;
    return true;
}

/* Hides the smallest other cell above 0 of the row. One that is 0 and not hidden is of a group
 * that has nobody, and hides nothing. */
static bool hide_in_row(struct hiding *h, uint32_t r)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t k = 0; k < h->t->cols; k++)
        if (!h->hidden[r * h->t->cols + k] && value_at(h, r, k) > 0
            && (best == UINT32_MAX || value_at(h, r, k) < value_at(h, r, best)))
            best = k;
    if (best == UINT32_MAX)
        return false;
    h->hidden[r * h->t->cols + best] = 1;
    return true;
}

/* Two column sums, so that the total does not tell the one that is small. That of a group that
 * has nobody hides nothing. */
static bool hide_another_sum(struct hiding *h)
{
    const uint32_t last = h->t->rows * h->t->cols;
    uint32_t best = UINT32_MAX;

    for (uint32_t c = 0; c < h->t->cols; c++)
        if (!h->hidden[last + c] && h->col_sum[c] > 0
            && (best == UINT32_MAX || h->col_sum[c] < h->col_sum[best]))
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
    return (!h->t->is_one_answer && hide_in_row(h, r)) || hide_four(h, r, c);
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

bool measure_tells_together(const struct cross *before, const uint8_t *hidden_before,
                            uint64_t codes, const struct cross *after,
                            const uint8_t *hidden_after)
{
    for (uint32_t c = 0; c < after->cols; c++)
        if (hidden_after[after->rows * after->cols + c])
            return true;
    for (uint32_t r = 0; r < before->rows; r++)
        for (uint32_t c = 0; codes >> r & 1 && c < before->cols; c++)
            if (hidden_before[r * before->cols + c])
                return true;
    return false;
}
