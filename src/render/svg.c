/* What the charts have in common. No markup from outside: every text goes through svg_text. */
#include "render/svg.h"

#include <math.h>

#include "render/escape.h"

#include "base/banned.h"

double scale_at(const struct scale *s, double value)
{
    double range = s->high - s->low;

    return range > 0 ? s->from + (s->to - s->from) * (value - s->low) / range
                     : (s->from + s->to) / 2;
}

double scale_step(double range, int parts)
{
    double least = range / parts, power;

    if (!(least > 0))
        return 1;
    power = pow(10, floor(log10(least)));
    if (least <= power)
        return power;
    if (least <= 2 * power)
        return 2 * power;
    return least <= 5 * power ? 5 * power : 10 * power;
}

void svg_begin(struct buf *b, const char *class_name, int width, int height, str label)
{
    buf_fmt(b,
            "<svg class=\"chart %s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            " role=\"img\" aria-label=\"",
            class_name, width, height, width, height);
    svg_text(b, label);
    buf_put_c(b, "\">");
}

void svg_end(struct buf *b)
{
    buf_put_c(b, "</svg>");
}

void svg_text(struct buf *b, str s)
{
    escape_html(b, s);
}

int svg_text_width(str s)
{
    int width = 0;
    size_t len;

    for (size_t at = 0; at < s.n; at += len)
        width += utf8_first(str_skip(s, at), &len) < 0x80 ? 8 : 14;
    return width;
}

void svg_shape(struct buf *b, enum verdict v, double x, double y)
{
    static const char *const SHAPES[VERDICT_COUNT] = {
        [VERDICT_MET] = "<circle class=\"met\" fill=\"#197a4b\" r=\"6\"/>",
        [VERDICT_NOT_MET] =
            "<path class=\"not_met\" stroke=\"#ec0000\" stroke-width=\"3\" fill=\"none\""
            " d=\"M-5-5L5 5M5-5L-5 5\"/>",
        [VERDICT_CANNOT_TELL] =
            "<path class=\"cannot_tell\" fill=\"#c74700\" fill-rule=\"evenodd\""
            " d=\"M0-6a6 6 0 1 1 0 12A6 6 0 0 1 0-6zM0-4.5v9a4.5 4.5 0 0 0 0-9z\"/>",
        [VERDICT_NOT_MEASURED] =
            "<circle class=\"not_measured\" fill=\"#fff\" stroke=\"#4d4d4d\""
            " stroke-width=\"1.5\" r=\"5\"/>",
        [VERDICT_NOT_MEASURABLE] =
            "<path class=\"not_measurable\" stroke=\"#4d4d4d\" stroke-width=\"2\""
            " d=\"M-6 0H6\"/>",
    };

    buf_fmt(b, "<g transform=\"translate(%.1f %.1f)\">%s</g>", x, y, SHAPES[v]);
}
