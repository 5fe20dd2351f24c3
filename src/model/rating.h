/* Ratings (格付け): items scored within fields, a mean, and the stars that the mean is worth
 * by the thresholds of its year. The thresholds are data of the register that holds the scores
 * ("levels" of its definition); they change from time to time, so each set says since when it
 * holds. */
#ifndef MEGURI_RATING_H
#define MEGURI_RATING_H

#include "base/base.h"

enum { RATING_LEVELS_MAX = 10 };

/* From a fiscal year on: the least mean for one star, two stars, …; full marks. */
struct rating_levels {
    int since; /* western fiscal year */
    dec full;  /* the most that an item can get */
    uint32_t count;
    dec at_least[RATING_LEVELS_MAX]; /* rising */
};
struct rating_scale {
    struct rating_levels *rows; /* by `since`, rising */
    uint32_t count;
};

/* Reads "levels" of a register's definition: [{since, full, at_least: [..]}]; a definition
 * without them gives an empty scale. ERR_INPUT with a sentence: thresholds that do not rise,
 * lie above full marks, or are no numbers; a year twice. */
MUST bool rating_scale_read(struct arena *a, const struct value *definition,
                            struct rating_scale *out, struct err *e);

/* The thresholds in force in a fiscal year, NULL when there are none. */
const struct rating_levels *rating_levels_of(const struct rating_scale *scale, int fiscal_year);

/* The stars that a mean is worth: 0 below the first threshold, at most `count`. Compared
 * exactly, before any rounding: 2.99 is not 3. */
uint32_t rating_stars(const struct rating_levels *levels, dec mean);

/* The mean of scores, rounded half up to `decimals`. False for no scores, or a sum that is too
 * large. */
MUST bool rating_mean(const dec *scores, uint32_t count, uint8_t decimals, dec *mean);
/* The stars of scores by their exact mean: sum >= threshold * count. */
uint32_t rating_stars_of(const struct rating_levels *levels, const dec *scores, uint32_t count);

#endif
