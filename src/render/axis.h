/* The upright axis that the larger charts share: from nought or from a stated cut, with round
 * steps, its unit above it. Private to the room. */
#ifndef MEGURI_RENDER_AXIS_H
#define MEGURI_RENDER_AXIS_H

#include "render/svg.h"

struct axis {
    struct scale y;
    double step;
    uint8_t decimals; /* of the ticks */
    bool is_cut;      /* does not begin at nought: axis_put says so */
    int left;         /* where the picture begins, behind the ticks' words */
};

enum { AXIS_GAP = 8 }; /* between words and lines */

/* Takes one more value into the range; begin with AXIS_EMPTY. */
extern const struct scale AXIS_EMPTY;
void axis_widen(struct scale *range, double value);

/* An axis for the values of `range` (AXIS_EMPTY: from 0 to 1) between two heights of the
 * picture. Values that would all lie in the upper half of it get a cut axis. */
struct axis axis_make(struct arena *a, struct scale range, int top, int bottom);

/* Grid, ticks and unit up to `right`; the words about a cut at the height `foot`. */
void axis_put(struct buf *b, const struct axis *axis, int right, str unit);
void axis_put_cut(struct buf *b, const struct axis *axis, int foot, enum lang lang);

#endif
