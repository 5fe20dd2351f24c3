/* Counting answers. Answers stand column by column, one small code a row, so that a table of
 * one question by two attributes is one pass over three arrays: the cell of each row of a block
 * is computed first (the compiler makes vectors of it), then the cells are counted into several
 * partial tables in turn, so that a run of equal answers does not wait for its own last store.
 * No branch depends on an answer. */
#include "measure/measure.h"

#include <assert.h>

#include "base/banned.h"

enum { BLOCK = 2048, LANES = 4, LANE_CELLS = 1 << 14 };

static uint32_t code_at(const struct column *c, uint64_t row)
{
    return c->wide ? c->wide[row] : c->codes[row];
}

static bool codes_fit_8(const uint8_t *codes, uint64_t rows, uint32_t categories)
{
    uint8_t largest = 0;

    for (uint64_t r = 0; r < rows; r++)
        largest = codes[r] > largest ? codes[r] : largest;
    return rows == 0 || largest < categories;
}

static bool codes_fit_16(const uint16_t *codes, uint64_t rows, uint32_t categories)
{
    uint16_t largest = 0;

    for (uint64_t r = 0; r < rows; r++)
        largest = codes[r] > largest ? codes[r] : largest;
    return rows == 0 || largest < categories;
}

/* How many cells a table has; 0 when it has too many, or a code lies outside its column. */
static uint32_t cells_of(const struct tabulation *t)
{
    uint64_t cells = 1;

    assert(t->column_count <= TABULATE_COLUMNS_MAX);
    for (uint32_t k = 0; k < t->column_count; k++) {
        const struct column *c = &t->columns[k];

        assert(!c->codes != !c->wide && c->categories > 0);
        cells *= c->categories;
        if (cells > TABULATE_CELLS_MAX
            || !(c->wide ? codes_fit_16(c->wide, t->rows, c->categories)
                         : codes_fit_8(c->codes, t->rows, c->categories)))
            return 0;
    }
    return (uint32_t)cells;
}

static void step_8(uint32_t *cell, const uint8_t *codes, uint32_t categories, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        cell[i] = cell[i] * categories + codes[i];
}

static void step_16(uint32_t *cell, const uint16_t *codes, uint32_t categories, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        cell[i] = cell[i] * categories + codes[i];
}

/* The cells of rows from..from+n; a row that is not counted goes to the cell after the last. */
static void block_cells(const struct tabulation *t, uint64_t from, uint32_t n, uint32_t outside,
                        uint32_t *cell)
{
    for (uint32_t i = 0; i < n; i++)
        cell[i] = 0;
    for (uint32_t k = 0; k < t->column_count; k++) {
        const struct column *c = &t->columns[k];

        if (c->wide)
            step_16(cell, c->wide + from, c->categories, n);
        else
            step_8(cell, c->codes + from, c->categories, n);
    }
    if (!t->is_counted)
        return;
    for (uint32_t i = 0; i < n; i++)
        cell[i] = t->is_counted[from + i] ? cell[i] : outside;
}

static uint32_t block_size(uint64_t rows, uint64_t from)
{
    return rows - from < BLOCK ? (uint32_t)(rows - from) : BLOCK;
}

/* A lane's counters have 32 bits; the sums are taken before one of them could pass that. */
static void lanes_add(uint32_t *lane, uint32_t lanes, uint32_t stride, uint64_t *count,
                      uint32_t cells)
{
    for (uint32_t k = 0; k < lanes; k++)
        for (uint32_t c = 0; c < cells; c++)
            count[c] += lane[k * stride + c];
    memset(lane, 0, (size_t)lanes * stride * sizeof *lane);
}

bool measure_tabulate(struct arena *a, const struct tabulation *t, uint64_t *count)
{
    const uint32_t cells = cells_of(t), stride = cells + 1;
    const uint32_t lanes = cells <= LANE_CELLS ? LANES : 1;
    uint32_t *lane, cell[BLOCK];
    uint64_t since = 0;

    if (!cells)
        return false;
    lane = NEW(a, uint32_t, (size_t)lanes *stride);
    memset(count, 0, cells * sizeof *count);
    for (uint64_t from = 0; from < t->rows; from += BLOCK) {
        const uint32_t n = block_size(t->rows, from);
        uint32_t i = 0;

        block_cells(t, from, n, cells, cell);
        for (; lanes == LANES && i + LANES <= n; i += LANES) {
            lane[cell[i]]++;
            lane[stride + cell[i + 1]]++;
            lane[2 * stride + cell[i + 2]]++;
            lane[3 * stride + cell[i + 3]]++;
        }
        for (; i < n; i++)
            lane[cell[i]]++;
        since += n;
        if (since > UINT32_MAX / 2) {
            lanes_add(lane, lanes, stride, count, cells);
            since = 0;
        }
    }
    lanes_add(lane, lanes, stride, count, cells);
    return true;
}

bool measure_tabulate_weighted(const struct tabulation *t, const double *weight,
                               struct weighted *cells)
{
    const uint32_t n_cells = cells_of(t);
    uint32_t cell[BLOCK];

    if (!n_cells)
        return false;
    for (uint32_t c = 0; c < n_cells; c++)
        cells[c] = (struct weighted){ 0 };
    for (uint64_t from = 0; from < t->rows; from += BLOCK) {
        const uint32_t n = block_size(t->rows, from);

        block_cells(t, from, n, n_cells, cell);
        for (uint32_t i = 0; i < n; i++) {
            const double w = weight[from + i];
            struct weighted *one = &cells[cell[i]];

            if (cell[i] == n_cells)
                continue;
            one->n++;
            one->sum += w;
            one->squares += w * w;
        }
    }
    return true;
}

void measure_tabulate_sets(const uint64_t *sets, uint32_t choices, const struct tabulation *by,
                           uint64_t *count)
{
    const struct column *c = by->column_count ? &by->columns[0] : NULL;
    const uint32_t groups = c ? c->categories : 1;
    const uint64_t known = choices < 64 ? (UINT64_C(1) << choices) - 1 : UINT64_MAX;

    assert(by->column_count <= 1 && choices <= 64);
    memset(count, 0, (size_t)choices * groups * sizeof *count);
    for (uint64_t r = 0; r < by->rows; r++) {
        const uint32_t group = c ? code_at(c, r) : 0;

        assert(group < groups);
        if (by->is_counted && !by->is_counted[r])
            continue;
        for (uint64_t set = sets[r] & known; set; set &= set - 1)
            count[(size_t)(uint32_t)__builtin_ctzll(set) * groups + group]++;
    }
}

bool measure_weighted_share(struct weighted yes, struct weighted all, uint64_t population,
                            struct weighted_share *out)
{
    if (all.n == 0 || all.sum <= 0 || yes.sum > all.sum)
        return false;
    out->share = yes.sum / all.sum;
    out->design_effect = (double)all.n * all.squares / (all.sum * all.sum);
    out->n_effective = (double)all.n / out->design_effect;
    return measure_wilson_share(out->share, out->n_effective, population, MEASURE_Z95,
                                &out->limits);
}
