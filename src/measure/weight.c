/* Weights that give a sample the known margins of its population, and what they cost. */
#include "measure/measure.h"

#include <assert.h>
#include <math.h>

#include "base/banned.h"

/* The sum of the weights in each category of one margin. */
static void sums_of(const struct margin *m, const double *weight, uint32_t rows, double *sum)
{
    for (uint32_t c = 0; c < m->categories; c++)
        sum[c] = 0;
    for (uint32_t r = 0; r < rows; r++)
        sum[m->category[r]] += weight[r];
}

static bool find_empty(const struct margin *m, uint32_t rows, uint32_t *category)
{
    for (uint32_t c = 0; c < m->categories; c++) {
        uint32_t r = 0;

        while (r < rows && m->category[r] != c)
            r++;
        if (r == rows && m->share[c] > 0) {
            *category = c;
            return true;
        }
    }
    return false;
}

/* Fits the weights to one margin. */
static void fit(const struct margin *m, double *weight, uint32_t rows, double *sum)
{
    sums_of(m, weight, rows, sum);
    for (uint32_t r = 0; r < rows; r++)
        if (sum[m->category[r]] > 0)
            weight[r] *= m->share[m->category[r]] * rows / sum[m->category[r]];
}

/* The largest difference between the share of a category and what it should be. */
static double error_of(const struct margin *m, const double *weight, uint32_t rows, double *sum)
{
    double worst = 0;

    sums_of(m, weight, rows, sum);
    for (uint32_t c = 0; c < m->categories; c++)
        worst = fmax(worst, fabs(sum[c] / rows - m->share[c]));
    return worst;
}

enum raking measure_rake(struct arena *a, const struct margin *margins, uint32_t margin_count,
                         uint32_t rows, double *weight, struct raking_report *report)
{
    enum { ROUNDS = 100 };
    uint32_t most = 0;
    double *sum, error = INFINITY;

    *report = (struct raking_report){ 0 };
    for (uint32_t m = 0; m < margin_count; m++) {
        most = margins[m].categories > most ? margins[m].categories : most;
        if (find_empty(&margins[m], rows, &report->empty_category)) {
            report->empty_margin = m;
            return RAKING_EMPTY;
        }
    }
    sum = NEW(a, double, most);
    for (uint32_t r = 0; r < rows; r++)
        weight[r] = 1;
    for (; report->rounds < ROUNDS && !(error < 1e-10); report->rounds++) {
        for (uint32_t m = 0; m < margin_count; m++)
            fit(&margins[m], weight, rows, sum);
        error = 0;
        for (uint32_t m = 0; m < margin_count; m++)
            error = fmax(error, error_of(&margins[m], weight, rows, sum));
    }
    return error < 1e-10 ? RAKING_DONE : RAKING_NO_END;
}

double measure_design_effect(const double *weight, uint32_t rows)
{
    double sum = 0, squares = 0;

    for (uint32_t r = 0; r < rows; r++) {
        sum += weight[r];
        squares += weight[r] * weight[r];
    }
    assert(sum > 0);
    return rows * squares / (sum * sum);
}

double measure_weight_ratio(const double *weight, uint32_t rows)
{
    double low = INFINITY, high = 0;

    for (uint32_t r = 0; r < rows; r++) {
        low = fmin(low, weight[r]);
        high = fmax(high, weight[r]);
    }
    return low > 0 ? high / low : INFINITY;
}
