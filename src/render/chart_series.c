/* An indicator over the years: what was aimed at (level strokes) and what was reached (points
 * in the shape of the verdict, joined by a line). One column of fixed width for each year, so
 * that words stay readable on a phone; a long course scrolls. */
#include <math.h>

#include "render/svg.h"

#include "base/banned.h"

/* Constants, not an enum: clang refuses sums of an enum and a double. */
static const int COLUMN = 88;
static const int TOP = 44;
static const int BOTTOM = 68; /* for values under their points, the years, the note of a cut
                                 axis */
static const int HEIGHT = 288;
static const int STROKE = 28; /* half the width of a target */
static const int TICKS = 4;
static const int GAP = 8;

/* Values between 40% and 100% of the largest would all lie in the upper half: the axis is cut.
 */
#define CUT_FROM 0.4

struct course {
    const struct chart_point *points;
    uint32_t count;
    str unit;
    enum lang lang;
    struct arena *a;
    struct scale scale;
    double step;
    uint8_t decimals; /* of the ticks */
    bool is_cut;
    int left, right; /* room for the ticks, for the last target's words */
};

/* ---- the axis ---- */

static void widen(struct scale *s, double value)
{
    s->low = value < s->low ? value : s->low;
    s->high = value > s->high ? value : s->high;
}

static void axis_make(struct course *c)
{
    struct scale s = { 1e300, -1e300, HEIGHT - BOTTOM, TOP };
    double power;

    for (uint32_t k = 0; k < c->count; k++) {
        if (c->points[k].has_target)
            widen(&s, dec_double(c->points[k].target));
        if (c->points[k].has_actual)
            widen(&s, dec_double(c->points[k].actual));
    }
    if (s.low > s.high)
        s.low = 0, s.high = 1;
    c->is_cut = s.low > CUT_FROM * s.high;
    if (!c->is_cut && s.low > 0)
        s.low = 0;
    if (s.high - s.low <= 0)
        s.high = s.low + 1;
    c->step = scale_step(s.high - s.low, TICKS);
    s.low = floor(s.low / c->step) * c->step;
    s.high = ceil(s.high / c->step) * c->step;
    power = -floor(log10(c->step) + 1e-9);
    c->decimals = power > 0 ? (uint8_t)fmin(power, DEC_SCALE_MAX) : 0;
    c->scale = s;
}

/* Width of a text of 14 px: about 8 for a Latin letter, 14 for a Japanese one. */
static int text_width(str s)
{
    int width = 0;
    size_t len;

    for (size_t at = 0; at < s.n; at += len)
        width += utf8_first(str_skip(s, at), &len) < 0x80 ? 8 : 14;
    return width;
}

static str target_label(const struct course *c, const struct chart_point *p)
{
    return str_fmt(c->a, "%s %.*s%.*s", c->lang == LANG_JA ? "目標" : "target",
                   STR_ARG(dec_str(c->a, p->target)), STR_ARG(c->unit));
}

/* Room on both sides for what is written there. */
static void edges_make(struct course *c)
{
    const struct chart_point *last = &c->points[c->count - 1];
    str high = str_fmt(c->a, "%.*f", c->decimals, c->scale.high);
    str low = str_fmt(c->a, "%.*f", c->decimals, c->scale.low);
    int beside = COLUMN / 2 - STROKE - 4; /* of the last column, behind its target */

    c->left = GAP + text_width(high.n > low.n ? high : low);
    c->right = last->has_target ? text_width(target_label(c, last)) - beside : 0;
    c->right = c->right < GAP ? GAP : c->right;
}

static double x_of(const struct course *c, uint32_t k)
{
    return c->left + COLUMN * (k + 0.5);
}

static double y_of(const struct course *c, dec v)
{
    return scale_at(&c->scale, dec_double(v));
}

static int width_of(const struct course *c)
{
    return c->left + COLUMN * (int)c->count + c->right;
}

static void put_axis(struct buf *b, const struct course *c)
{
    int right = width_of(c) - c->right;

    /* Counted, because adding a step to a very large number may not change it. */
    for (int k = 0; k <= 2 * TICKS && c->scale.low + k * c->step < c->scale.high + c->step / 2;
         k++) {
        double v = c->scale.low + k * c->step, y = scale_at(&c->scale, v);

        buf_fmt(b,
                "<path class=\"c-grid\" stroke=\"" SVG_GRID "\" d=\"M%d %.1fH%d\"/>"
                "<text class=\"c-text\" fill=\"" SVG_QUIET
                "\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.*f</text>",
                c->left, y, right, c->left - GAP, y + 4.5, c->decimals, v);
    }
    if (c->unit.n) {
        buf_put_c(b, "<text class=\"c-text\" fill=\"" SVG_QUIET "\" x=\"0\" y=\"16\">(");
        svg_text(b, c->unit);
        buf_put_c(b, ")</text>");
    }
    if (!c->is_cut)
        return;
    buf_fmt(b, "<text class=\"c-text\" fill=\"" SVG_QUIET "\" x=\"%d\" y=\"%d\">", c->left,
            HEIGHT - 4);
    buf_fmt(b, c->lang == LANG_JA ? "縦軸は%.*fから</text>" : "axis from %.*f</text>",
            c->decimals, c->scale.low);
}

/* ---- what is drawn on it ---- */

static void put_target(struct buf *b, const struct course *c, uint32_t k)
{
    double x = x_of(c, k), y = y_of(c, c->points[k].target);

    buf_fmt(b,
            "<path class=\"c-target\" stroke=\"" SVG_INK
            "\" stroke-width=\"2\" d=\"M%.1f %.1fH%.1f\"/>"
            "<text class=\"c-text\" fill=\"" SVG_INK "\" x=\"%.1f\" y=\"%.1f\">",
            x - STROKE, y, x + STROKE, x + STROKE + 4, y + 4.5);
    svg_text(b, k + 1 == c->count ? target_label(c, &c->points[k])
                                  : dec_str(c->a, c->points[k].target));
    buf_put_c(b, "</text>");
}

/* The value stands on the side of its point that the target leaves free. */
static void put_actual(struct buf *b, const struct course *c, uint32_t k)
{
    const struct chart_point *p = &c->points[k];
    double x = x_of(c, k), y = y_of(c, p->actual);
    bool is_under = p->has_target && dec_cmp(p->actual, p->target) < 0;

    svg_shape(b, p->verdict, x, y);
    buf_fmt(b,
            "<text class=\"c-value\" fill=\"" SVG_INK
            "\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-weight=\"700\">",
            x, is_under ? y + 22 : y - 12);
    svg_text(b, dec_str(c->a, p->actual));
    svg_text(b, c->unit);
    buf_put_c(b, "</text>");
}

static void put_missing(struct buf *b, const struct course *c, uint32_t k)
{
    buf_fmt(b,
            "<text class=\"c-text\" fill=\"" SVG_QUIET
            "\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            x_of(c, k), HEIGHT - BOTTOM - 8, c->lang == LANG_JA ? "結果なし" : "no result");
}

static void put_line(struct buf *b, const struct course *c)
{
    for (uint32_t k = 1; k < c->count; k++) {
        if (!c->points[k - 1].has_actual || !c->points[k].has_actual)
            continue;
        buf_fmt(b,
                "<path class=\"c-actual\" stroke=\"" SVG_ACCENT
                "\" stroke-width=\"2\" d=\"M%.1f %.1fL%.1f %.1f\"/>",
                x_of(c, k - 1), y_of(c, c->points[k - 1].actual), x_of(c, k),
                y_of(c, c->points[k].actual));
    }
}

static str year_text(const struct course *c, int year)
{
    struct buf b;

    buf_init(&b, c->a, 32, 64);
    fiscal_put(&b, year, c->lang == LANG_JA ? FISCAL_ERA : FISCAL_ENGLISH);
    return buf_str(&b);
}

static void put_years(struct buf *b, const struct course *c)
{
    for (uint32_t k = 0; k < c->count; k++) {
        buf_fmt(b,
                "<text class=\"c-text\" fill=\"" SVG_INK
                "\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">",
                x_of(c, k), HEIGHT - BOTTOM + 42);
        svg_text(b, year_text(c, c->points[k].fiscal_year));
        buf_put_c(b, "</text>");
    }
}

/* ---- the sentence ---- */

static const char *sentence_key(const struct chart_point *p)
{
    static const char *const KEYS[VERDICT_COUNT] = {
        [VERDICT_MET] = "chart.met",
        [VERDICT_NOT_MET] = "chart.not_met",
        [VERDICT_CANNOT_TELL] = "chart.cannot_tell",
        [VERDICT_NOT_MEASURED] = "chart.no_result",
        [VERDICT_NOT_MEASURABLE] = "chart.no_target",
    };

    if (!p->has_actual)
        return p->has_target ? "chart.no_result" : "chart.nothing";
    return p->has_target ? KEYS[p->verdict] : "chart.no_target";
}

/* "ポイント" for differences of shares, the unit itself otherwise. */
static str gap_unit(const struct course *c)
{
    return str_eq(c->unit, STR("%")) ? render_message(c->a, STR("word.points"), NULL, c->lang)
                                     : c->unit;
}

/* What became of it since the year before; "" when that year has no result. */
static str trend(const struct course *c, struct value *words)
{
    const struct chart_point *last = &c->points[c->count - 1], *before = last - 1;
    dec gap;

    if (c->count < 2 || !last->has_actual || !before->has_actual
        || !dec_sub(last->actual, before->actual, &gap))
        return (str){ 0 };
    value_put_text(c->a, words, "before_year", year_text(c, before->fiscal_year));
    value_put_dec(c->a, words, "before", before->actual);
    value_put_text(c->a, words, "gap_unit", gap_unit(c));
    value_put_dec(c->a, words, "gap", (dec){ gap.n < 0 ? -gap.n : gap.n, gap.scale });
    return render_message(c->a,
                          gap.n > 0   ? STR("chart.up")
                          : gap.n < 0 ? STR("chart.down")
                                      : STR("chart.level"),
                          words, c->lang);
}

static str sentence(const struct course *c)
{
    const struct chart_point *last = &c->points[c->count - 1];
    struct value *words = value_map(c->a);
    str says, more;

    value_put_text(c->a, words, "year", year_text(c, last->fiscal_year));
    value_put_text(c->a, words, "unit", c->unit);
    if (last->has_target)
        value_put_dec(c->a, words, "target", last->target);
    if (last->has_actual)
        value_put_dec(c->a, words, "actual", last->actual);
    says = render_message(c->a, str_from(sentence_key(last)), words, c->lang);
    more = trend(c, words);
    return str_fmt(c->a, "%.*s%s%.*s", STR_ARG(says), more.n && c->lang == LANG_EN ? " " : "",
                   STR_ARG(more));
}

struct chart chart_series(struct arena *a, const struct chart_point *points, uint32_t count,
                          str name, str unit, enum lang lang)
{
    struct course c = { .points = points, .count = count, .unit = unit, .lang = lang, .a = a };
    struct chart out = { 0 };
    struct buf b;

    if (!count)
        return out;
    axis_make(&c);
    edges_make(&c);
    out.sentence = sentence(&c);
    buf_init(&b, a, 4096, SVG_BYTES_MAX);
    svg_begin(&b, "course", width_of(&c), HEIGHT,
              str_fmt(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(out.sentence)));
    put_axis(&b, &c);
    put_line(&b, &c);
    for (uint32_t k = 0; k < count; k++) {
        if (points[k].has_target)
            put_target(&b, &c, k);
    }
    for (uint32_t k = 0; k < count; k++) {
        if (points[k].has_actual)
            put_actual(&b, &c, k);
        else
            put_missing(&b, &c, k);
    }
    put_years(&b, &c);
    svg_end(&b);
    out.svg = buf_str(&b);
    return out;
}
