/* Shares of a survey as lying bars on one axis from 0 to 100%: what was chosen by how many, and
 * the interval of the share that people quote. */
#include "render/svg.h"

#include "base/banned.h"

enum { WIDTH = 620, LEFT = 8, RIGHT = 548, ROW = 42, TOP = 4, FOOT = 30, BAR = 12 };

static const struct scale PERCENT = { 0, 100, LEFT, RIGHT };

static void put_axis(struct buf *b, int bottom)
{
    for (int p = 0; p <= 100; p += 25) {
        const double x = scale_at(&PERCENT, p);

        buf_fmt(b,
                "<path class=\"c-grid\" stroke=\"%s\" d=\"M%.1f %dV%d\"/>"
                "<text class=\"c-text\" fill=\"" SVG_QUIET
                "\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d%s</text>",
                p ? SVG_GRID : SVG_LINE, x, TOP, bottom, p == 100 ? x - 4 : x + (p ? 0 : 4),
                bottom + 20, p, p == 100 ? "%" : "");
    }
}

/* The interval as a line with ends, as wide as what a sample of this size leaves open; on a
 * light ground, so that it is seen upon the bar too. */
static void put_interval(struct buf *b, const struct chart_bar *bar, int y)
{
    static const struct {
        const char *colour;
        int width;
    } STROKES[] = { { "#fff", 6 }, { SVG_INK, 2 } };
    const double low = scale_at(&PERCENT, dec_double(bar->low)),
                 high = scale_at(&PERCENT, dec_double(bar->high));

    for (size_t i = 0; i < sizeof STROKES / sizeof *STROKES; i++)
        buf_fmt(b,
                "<path class=\"c-interval\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\""
                " d=\"M%.1f %dH%.1fM%.1f %dv10M%.1f %dv10\"/>",
                STROKES[i].colour, STROKES[i].width, low, y, high, low, y - 5, high, y - 5);
}

static void put_bar(struct buf *b, struct arena *a, const struct chart_bar *bar, int top)
{
    const double end = scale_at(&PERCENT, dec_double(bar->share));
    const str value = dec_str(a, bar->share);
    const double words =
        bar->has_interval ? scale_at(&PERCENT, dec_double(bar->high)) + 8 : end + 8;

    buf_fmt(b, "<text class=\"c-text\" fill=\"" SVG_INK "\" x=\"%d\" y=\"%d\">", LEFT,
            top + 14);
    svg_text(b, bar->label);
    buf_fmt(b,
            "</text><rect class=\"%s\" fill=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\""
            " height=\"%d\"/>",
            bar->is_yes ? "c-bar c-yes" : "c-bar", bar->is_yes ? SVG_ACCENT : SVG_LINE, LEFT,
            top + 20, end - (double)LEFT, BAR);
    if (bar->has_interval)
        put_interval(b, bar, top + 20 + BAR / 2);
    buf_fmt(b, "<text class=\"c-value\" fill=\"" SVG_INK "\" x=\"%.1f\" y=\"%d\">%.*s%%</text>",
            words, top + 31, STR_ARG(value));
}

struct chart chart_bars(struct arena *a, const struct chart_bar *bars, uint32_t count,
                        str sentence)
{
    const int bottom = TOP + (int)count * ROW;
    struct buf svg;

    buf_init(&svg, a, 2048, SVG_BYTES_MAX);
    svg_begin(&svg, "bars", WIDTH, bottom + FOOT, sentence);
    put_axis(&svg, bottom);
    for (uint32_t i = 0; i < count; i++)
        put_bar(&svg, a, &bars[i], TOP + (int)i * ROW);
    svg_end(&svg);
    return (struct chart){ buf_str(&svg), sentence };
}
