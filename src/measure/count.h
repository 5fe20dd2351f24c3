/* Counting answers, and which counts of a table are not to be shown. Part of measure.h; include
 * that. */
#ifndef MEGURI_MEASURE_COUNT_H
#define MEGURI_MEASURE_COUNT_H

#include "measure/measure.h"

/* ---- counting answers (tabulate.c) ---- */

/* One question or attribute: a code for each row, in 8 or in 16 bits (one of the two is NULL).
 * Codes are below `categories`; what a code means, no answer too, is the caller's. */
struct column {
    const uint8_t *codes;
    const uint16_t *wide;
    uint32_t categories;
};

enum { TABULATE_COLUMNS_MAX = 4, TABULATE_CELLS_MAX = 1 << 20 };

/* What is counted by what. No column is one cell: how many rows are counted. */
struct tabulation {
    const struct column *columns;
    uint32_t column_count; /* up to TABULATE_COLUMNS_MAX */
    uint64_t rows;
    const uint8_t *is_counted; /* of each row, 0 = left out (a filter); NULL = all are counted
                                */
};

/* Rows by cell: the cell of codes (i, j, k) is (i * categories_j + j) * categories_k + k.
 * count[product of the categories] is filled in. False, with nothing promised of it, when a
 * code is not below its categories or there are more than TABULATE_CELLS_MAX cells. */
MUST bool measure_tabulate(struct arena *a, const struct tabulation *t, uint64_t *count);

/* A sum of weights, with what its design effect needs. */
struct weighted {
    uint64_t n; /* rows */
    double sum, squares;
};
/* The same with a weight for each row. */
MUST bool measure_tabulate_weighted(const struct tabulation *t, const double *weight,
                                    struct weighted *cells);

/* A question with several answers: bit k of a row's set is choice k, up to 64. by: no column,
 * or one whose codes are below its categories (assert). count[choices * groups] is filled in,
 * [choice * groups + group]. */
void measure_tabulate_sets(const uint64_t *sets, uint32_t choices, const struct tabulation *by,
                           uint64_t *count);

/* yes of all, weighted: the share, Kish's design effect over all, the n that is left of it, and
 * Wilson's interval for that n. False where nobody counts. */
struct weighted_share {
    double share, design_effect, n_effective;
    struct interval limits;
};
MUST bool measure_weighted_share(struct weighted yes, struct weighted all, uint64_t population,
                                 struct weighted_share *out);

/* Counts the answers of a survey: each question, each by each attribute, and with margins the
 * weighted shares. Only those whom a question's filter lets through are counted for it. Whose
 * attribute is not known keeps the weight of its share among the answers. A category without
 * answers is merged with its nearest neighbour, and said so. ERR_INPUT: a code outside its
 * question, margins that cannot be fitted. */
MUST bool measure_survey(struct arena *a, const struct survey *s,
                         const struct survey_answers *answers, struct survey_tally *out,
                         struct err *e);

/* ---- small cells (suppress.c) ---- */

/* A question (rows: its choices, no answer too) by an attribute (columns: its groups), to be
 * published with row sums, column sums and total. */
struct cross {
    const uint64_t *count; /* [rows * cols] */
    uint32_t rows, cols;   /* both 1 to 1023 */
    const uint64_t *base;  /* how many people each group has; NULL = the sum of its column */
    bool is_one_answer;    /* everybody is in one row, so the columns add up to their sums */
};
enum suppression {
    SUPPRESSED_NOTHING,
    SUPPRESSED_SOME,
    SUPPRESSED_ALL, /* nothing less would do: the table is not to be shown */
};
/* hidden[(rows + 1) * cols] is filled in: 1 for each cell, and in the last row for each column
 * sum, that must not be shown. Hidden are the counts below `small` of groups that have anybody
 * (0 too: that nobody of a group said something tells of everybody in it), and as many more
 * that no hidden one can be computed from the sums, knowing that counts are not negative. Row
 * sums and total stay. A row that nobody chose is not hidden: its sum says so. */
enum suppression measure_suppress(struct arena *a, const struct cross *t, uint64_t small,
                                  uint8_t *hidden);
/* Two tables tell more than one: how many of each group a filtered question was put to is a
 * count of the question before it. Would `after`, of those who chose one of `codes` (a bit a
 * row) in `before`, of the same groups, tell what is hidden? It would not where none of those
 * rows hides a count and no column sum of `after` is hidden. */
bool measure_tells_together(const struct cross *before, const uint8_t *hidden_before,
                            uint64_t codes, const struct cross *after,
                            const uint8_t *hidden_after);

#endif
