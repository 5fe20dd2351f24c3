/* Counts month by month with the limits of what is usual: which months say something, and
 * which only wobble (Shewhart; Wheeler 1993). */
#include "render/axis.h"

#include "base/banned.h"

static const int COLUMN = 44;
static const int TOP = 32;
static const int BOTTOM = 44;
static const int HEIGHT = 260;
static const int RIGHT = 110; /* for the words of the lines */

struct drawing {
    const struct behaviour_chart *c;
    struct arena *a;
    enum lang lang;
    struct axis axis;
};

static double x_of(const struct drawing *d, uint32_t k)
{
    return d->axis.left + COLUMN * (k + 0.5);
}

static double y_of(const struct drawing *d, uint32_t k)
{
    return scale_at(&d->axis.y, dec_double(d->c->points[k].value));
}

static void range_make(struct drawing *d)
{
    struct scale range = AXIS_EMPTY;

    for (uint32_t k = 0; k < d->c->count; k++)
        axis_widen(&range, dec_double(d->c->points[k].value));
    axis_widen(&range, d->c->mean);
    if (d->c->has_limits) {
        axis_widen(&range, d->c->low);
        axis_widen(&range, d->c->high);
    }
    d->axis = axis_make(d->a, range, TOP, HEIGHT - BOTTOM);
}

static void put_level(struct buf *b, const struct drawing *d, double value, const char *key,
                      bool is_dashed)
{
    const double y = scale_at(&d->axis.y, value);
    const int right = d->axis.left + COLUMN * (int)d->c->count;

    buf_fmt(b,
            "<path class=\"c-target\" stroke=\"" SVG_QUIET
            "\"%s d=\"M%d %.1fH%d\"/><text class=\"c-text\" fill=\"" SVG_INK
            "\" x=\"%d\" y=\"%.1f\">",
            is_dashed ? " stroke-dasharray=\"6 4\"" : "", d->axis.left, y, right,
            right + AXIS_GAP, y + 4.5);
    svg_text(b, render_message(d->a, str_from(key), NULL, d->lang));
    buf_fmt(b, " %.1f</text>", value);
}

/* A signal is larger, another shape, and has its value beside it: not colour alone. */
static void put_point(struct buf *b, const struct drawing *d, uint32_t k)
{
    const struct behaviour_point *p = &d->c->points[k];
    const double x = x_of(d, k), y = y_of(d, k);

    if (p->is_outside)
        buf_fmt(b,
                "<path class=\"not_met\" fill=\"none\" stroke=\"#ec0000\" stroke-width=\"2.5\""
                " d=\"M%.1f %.1fl7 7l-7 7l-7-7z\"/>",
                x, y - 7);
    else if (p->is_run)
        buf_fmt(b, "<path class=\"cannot_tell\" fill=\"#c74700\" d=\"M%.1f %.1fl6 11h-12z\"/>",
                x, y - 7);
    else
        buf_fmt(b,
                "<circle class=\"c-dot\" fill=\"" SVG_ACCENT
                "\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>",
                x, y);
    if (!p->is_outside)
        return;
    buf_fmt(b,
            "<text class=\"c-value\" fill=\"" SVG_INK
            "\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-weight=\"700\">%.*s</text>",
            x, y - 12, STR_ARG(dec_str(d->a, p->value)));
}

/* Every label, or as many as do not run into one another. */
static void put_labels(struct buf *b, const struct drawing *d)
{
    enum { DIGIT = 8 }; /* about how wide one is */
    size_t longest = 1;
    uint32_t step;

    for (uint32_t k = 0; k < d->c->count; k++)
        longest = d->c->points[k].label.n > longest ? d->c->points[k].label.n : longest;
    step = (uint32_t)longest * DIGIT / (uint32_t)COLUMN + 1;
    for (uint32_t k = 0; k < d->c->count; k += step) {
        buf_fmt(b,
                "<text class=\"c-text\" fill=\"" SVG_INK
                "\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">",
                x_of(d, k), HEIGHT - BOTTOM + 20);
        svg_text(b, d->c->points[k].label);
        buf_put_c(b, "</text>");
    }
}

static void put_line(struct buf *b, const struct drawing *d)
{
    buf_put_c(b, "<path class=\"c-actual\" fill=\"none\" stroke=\"" SVG_ACCENT "\" d=\"");
    for (uint32_t k = 0; k < d->c->count; k++)
        buf_fmt(b, "%c%.1f %.1f", k ? 'L' : 'M', x_of(d, k), y_of(d, k));
    buf_put_c(b, "\"/>");
}

/* ---- the sentence ---- */

static str sentence(const struct drawing *d)
{
    const struct behaviour_chart *c = d->c;
    struct value *words = value_map(d->a);
    uint32_t outside = 0, runs = 0;
    struct buf names;

    buf_init(&names, d->a, 256, 4096);
    for (uint32_t k = 0; k < c->count; k++) {
        runs += c->points[k].is_run;
        if (!c->points[k].is_outside)
            continue;
        if (outside++)
            buf_put_c(&names, d->lang == LANG_JA ? "、" : ", ");
        buf_put(&names, c->points[k].label);
    }
    value_put_text(d->a, words, "mean", str_fmt(d->a, "%.1f", c->mean));
    value_put_text(d->a, words, "low", str_fmt(d->a, "%.1f", c->low));
    value_put_text(d->a, words, "high", str_fmt(d->a, "%.1f", c->high));
    value_put_text(d->a, words, "unit", c->unit);
    value_put_int(d->a, words, "count", c->count);
    value_put_int(d->a, words, "outside", outside);
    value_put_text(d->a, words, "names", buf_str(&names));
    if (!c->has_limits)
        return render_message(d->a, STR("chart.behaviour_few"), words, d->lang);
    if (outside)
        return render_message(d->a, STR("chart.behaviour_outside"), words, d->lang);
    return render_message(d->a,
                          runs ? STR("chart.behaviour_run") : STR("chart.behaviour_usual"),
                          words, d->lang);
}

struct chart chart_behaviour(struct arena *a, const struct behaviour_chart *c, enum lang lang)
{
    struct drawing d = { .c = c, .a = a, .lang = lang };
    struct chart out = { 0 };
    struct buf b;

    if (!c->count)
        return out;
    range_make(&d);
    out.sentence = sentence(&d);
    buf_init(&b, a, 8192, SVG_BYTES_MAX);
    svg_begin(&b, "course", d.axis.left + COLUMN * (int)c->count + RIGHT, HEIGHT,
              str_fmt(a, "%.*s: %.*s", STR_ARG(c->name), STR_ARG(out.sentence)));
    axis_put(&b, &d.axis, d.axis.left + COLUMN * (int)c->count, c->unit);
    axis_put_cut(&b, &d.axis, HEIGHT - 4, lang);
    put_level(&b, &d, c->mean, "chart.behaviour_mean", false);
    if (c->has_limits) {
        put_level(&b, &d, c->high, "chart.behaviour_high", true);
        put_level(&b, &d, c->low, "chart.behaviour_low", true);
    }
    put_line(&b, &d);
    for (uint32_t k = 0; k < c->count; k++)
        put_point(&b, &d, k);
    put_labels(&b, &d);
    svg_end(&b);
    out.svg = buf_str(&b);
    return out;
}
