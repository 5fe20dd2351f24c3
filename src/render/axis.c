/* The upright axis of the larger charts. */
#include "render/axis.h"

#include <math.h>

#include "base/banned.h"

enum { TICKS = 4 };

/* Values between 40% and 100% of the largest would all lie in the upper half: the axis is cut.
 */
#define CUT_FROM 0.4

const struct scale AXIS_EMPTY = { 1e300, -1e300, 0, 0 };

void axis_widen(struct scale *range, double value)
{
    range->low = value < range->low ? value : range->low;
    range->high = value > range->high ? value : range->high;
}

struct axis axis_make(struct arena *a, struct scale range, int top, int bottom)
{
    struct axis axis = { 0 };
    double power;
    str high, low;

    if (range.low > range.high)
        range.low = 0, range.high = 1;
    axis.is_cut = range.low > CUT_FROM * range.high;
    if (!axis.is_cut && range.low > 0)
        range.low = 0;
    if (range.high - range.low <= 0)
        range.high = range.low + 1;
    axis.step = scale_step(range.high - range.low, TICKS);
    range.low = floor(range.low / axis.step) * axis.step;
    range.high = ceil(range.high / axis.step) * axis.step;
    power = -floor(log10(axis.step) + 1e-9);
    axis.decimals = power > 0 ? (uint8_t)fmin(power, DEC_SCALE_MAX) : 0;
    axis.y = (struct scale){ range.low, range.high, bottom, top };
    high = str_fmt(a, "%.*f", axis.decimals, range.high);
    low = str_fmt(a, "%.*f", axis.decimals, range.low);
    axis.left = AXIS_GAP + svg_text_width(high.n > low.n ? high : low);
    return axis;
}

void axis_put(struct buf *b, const struct axis *axis, int right, str unit)
{
    /* Counted, because adding a step to a very large number may not change it. */
    for (int k = 0;
         k <= 2 * TICKS && axis->y.low + k * axis->step < axis->y.high + axis->step / 2; k++) {
        double v = axis->y.low + k * axis->step, y = scale_at(&axis->y, v);

        buf_fmt(b,
                "<path class=\"c-grid\" stroke=\"" SVG_GRID "\" d=\"M%d %.1fH%d\"/>"
                "<text class=\"c-text\" fill=\"" SVG_QUIET
                "\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.*f</text>",
                axis->left, y, right, axis->left - AXIS_GAP, y + 4.5, axis->decimals, v);
    }
    if (!unit.n)
        return;
    buf_put_c(b, "<text class=\"c-text\" fill=\"" SVG_QUIET "\" x=\"0\" y=\"16\">(");
    svg_text(b, unit);
    buf_put_c(b, ")</text>");
}

void axis_put_cut(struct buf *b, const struct axis *axis, int foot, enum lang lang)
{
    if (!axis->is_cut)
        return;
    buf_fmt(b, "<text class=\"c-text\" fill=\"" SVG_QUIET "\" x=\"%d\" y=\"%d\">", axis->left,
            foot);
    buf_fmt(b, lang == LANG_JA ? "縦軸は%.*fから</text>" : "axis from %.*f</text>",
            axis->decimals, axis->y.low);
}
