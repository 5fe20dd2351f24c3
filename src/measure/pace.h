/* The pace towards a target: how fast it goes so far, how fast it would have to. Part of
 * measure.h; include that. */
#ifndef MEGURI_MEASURE_PACE_H
#define MEGURI_MEASURE_PACE_H

#include "measure/measure.h"

enum pace_kind {
    PACE_NOTHING,     /* no target in numbers: there is nothing to say */
    PACE_LEVEL,       /* a target in levels (☆☆☆): whole steps have no pace */
    PACE_NO_BASELINE, /* nothing to count from */
    PACE_NO_YEARS,    /* the baseline's year is not named, or not before the target's */
    PACE_UNITS,       /* baseline and target are in different units */
    PACE_BELOW_START, /* the target is worse than the baseline was */
    PACE_KEEP,        /* ... or the same: a level to hold; is_met says whether it is held */
    PACE_FELL,        /* a running total (累計) that became smaller: it was counted otherwise */
    PACE_NO_VALUE,    /* no result yet: only `planned` */
    PACE_REACHED,
    PACE_LATE,   /* the target's year has a result, and it was not reached */
    PACE_STILL,  /* no way made since the baseline */
    PACE_AWAY,   /* moved away from the target */
    PACE_BEHIND, /* going on like this does not reach it in time */
    PACE_ENOUGH, /* ... does */
    PACE_KIND_COUNT
};
struct pace_point {
    int year; /* western fiscal year */
    dec value;
};
struct pace_rate { /* by the year, signed, in the indicator's unit (points for percentages) */
    dec value; /* up to two decimals more than the numbers it is made of, half away from 0 */
    bool is_exact; /* false: rounded */
};
struct pace_in {
    const struct indicator *indicator; /* baseline, target, comparison */
    int fiscal_year;                   /* of the plan: the target's where it names none */
    const struct pace_point *values;   /* results by year, oldest first, in the target's unit */
    uint32_t count;
    bool is_total; /* a running total over the years */
};
struct pace {
    enum pace_kind kind;
    struct pace_point baseline, target, latest; /* latest: the newest result after the baseline
                                                 */
    uint32_t value_count;     /* results after the baseline: one year is no trend */
    struct pace_rate planned; /* from baseline to target; from PACE_KEEP on */
    struct pace_rate so_far;  /* from baseline to latest; from PACE_REACHED on */
    struct pace_rate needed;  /* from latest to target; from PACE_STILL on */
    int years_left;           /* to the target's year; from PACE_REACHED on */
    bool is_met;
};
/* A yearly figure and a running total are followed alike, as levels: the difference of two
 * years by the years between them. No forecast: a target that moves with the season is for
 * landing.c. */
void measure_pace(const struct pace_in *in, struct pace *out);

#endif
