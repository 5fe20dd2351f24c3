/* Statistics and judging: numbers in, numbers out. */
#ifndef MEGURI_MEASURE_H
#define MEGURI_MEASURE_H

#include "model/model.h"

/* The verdict that the numbers give, by exact decimals. No testable target: NOT_MEASURABLE; no
 * actual: NOT_MEASURED. GE: met when actual >= target; LE: actual <= target; EQ: equal in
 * value; LEVEL_GE as GE on the level. GT_BASELINE: an actual that is a change is met when it is
 * above 0; otherwise it is compared with the baseline (CANNOT_TELL without one). CANNOT_TELL
 * also when the units differ, and when a change is to answer a level. A unit that is left out
 * on one side is taken to be the other's, except beside a level. */
enum verdict measure_judge(const struct indicator *i);

/* Is value `a` worse than `b` for this direction? False for DIRECTION_UNKNOWN. */
bool measure_is_worse(dec a, dec b, enum direction direction);

/* Smallest n for which every share (with its number of decimals) is a rounded k/n with whole
 * k: 63.6 and 81.8 -> 11. Searched up to `limit`; 0 when there is none. Rounding half up, as
 * offices do. (Rule C10.) */
uint32_t measure_smallest_n(const dec *shares_pct, size_t count, uint32_t limit);

/* How many n up to `n` would explain as many made-up shares with as many decimals by mere
 * chance: the sum over m <= n of the product of min(1, (m + 1) / (100 * 10^decimals + 1)). Well
 * below 1 = the n found says something. */
double measure_chance_n(const dec *shares_pct, size_t count, uint32_t n);

/* Do two spellings name one unit? 人 and 名, ％ and %, 箇所 and か所. Units are never
 * converted. */
bool measure_same_unit(str a, str b);

#endif
