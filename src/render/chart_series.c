/* An indicator over the years: what was aimed at (level strokes) and what was reached (points
 * in the shape of the verdict, joined by a line). One column of fixed width for each year, so
 * that words stay readable on a phone; a long course scrolls. */
#include "render/axis.h"

#include "base/banned.h"

/* Constants, not an enum: clang refuses sums of an enum and a double. */
static const int COLUMN = 88;
static const int TOP = 44;
static const int BOTTOM = 68; /* for values under their points, the years, the note of a cut
                                 axis */
static const int HEIGHT = 288;
static const int STROKE = 28; /* half the width of a target */
struct course {
    const struct chart_point *points;
    uint32_t count;
    str unit;
    enum lang lang;
    struct arena *a;
    struct axis axis;
    int right; /* room for the last target's words */
};

/* ---- the axis ---- */

static void range_make(struct course *c)
{
    struct scale range = AXIS_EMPTY;

    for (uint32_t k = 0; k < c->count; k++) {
        const struct chart_point *p = &c->points[k];

        if (p->has_target)
            axis_widen(&range, dec_double(p->target));
        if (p->has_actual)
            axis_widen(&range, dec_double(p->actual));
        if (p->has_actual && p->has_interval) {
            axis_widen(&range, p->low);
            axis_widen(&range, p->high);
        }
    }
    c->axis = axis_make(c->a, range, TOP, HEIGHT - BOTTOM);
}

static str target_label(const struct course *c, const struct chart_point *p)
{
    return str_fmt(c->a, "%s %.*s%.*s", c->lang == LANG_JA ? "目標" : "target",
                   STR_ARG(dec_str(c->a, p->target)), STR_ARG(c->unit));
}

/* Room behind the last column for the words of its target. */
static void edge_make(struct course *c)
{
    const struct chart_point *last = &c->points[c->count - 1];
    int beside = COLUMN / 2 - STROKE - 4; /* of the last column, behind its target */

    c->right = last->has_target ? svg_text_width(target_label(c, last)) - beside : 0;
    c->right = c->right < AXIS_GAP ? AXIS_GAP : c->right;
}

static double x_of(const struct course *c, uint32_t k)
{
    return c->axis.left + COLUMN * (k + 0.5);
}

static double y_of(const struct course *c, dec v)
{
    return scale_at(&c->axis.y, dec_double(v));
}

static int width_of(const struct course *c)
{
    return c->axis.left + COLUMN * (int)c->count + c->right;
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

/* What the value may be: a band from year to year, and at each year a bar with ends, so that it
 * is seen without colour. */
static void put_band(struct buf *b, const struct course *c)
{
    for (uint32_t k = 1; k < c->count; k++) {
        const struct chart_point *p = &c->points[k - 1], *q = p + 1;

        if (!p->has_actual || !p->has_interval || !q->has_actual || !q->has_interval)
            continue;
        buf_fmt(b,
                "<path class=\"c-band\" fill=\"" SVG_ACCENT "\" fill-opacity=\"0.1\""
                " d=\"M%.1f %.1fL%.1f %.1fV%.1fL%.1f %.1fZ\"/>",
                x_of(c, k - 1), scale_at(&c->axis.y, p->high), x_of(c, k),
                scale_at(&c->axis.y, q->high), scale_at(&c->axis.y, q->low), x_of(c, k - 1),
                scale_at(&c->axis.y, p->low));
    }
}

static void put_interval(struct buf *b, const struct course *c, uint32_t k)
{
    const struct chart_point *p = &c->points[k];
    const double x = x_of(c, k), high = scale_at(&c->axis.y, p->high),
                 low = scale_at(&c->axis.y, p->low);

    buf_fmt(b,
            "<path class=\"c-interval\" stroke=\"" SVG_ACCENT
            "\" d=\"M%.1f %.1fV%.1fM%.1f %.1fH%.1fM%.1f %.1fH%.1f\"/>",
            x, high, low, x - 5, high, x + 5, x - 5, low, x + 5);
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

/* The last year that is not ahead; the last of all where all are. */
static const struct chart_point *told(const struct course *c)
{
    for (uint32_t k = c->count; k-- > 0;) {
        if (!c->points[k].is_ahead)
            return &c->points[k];
    }
    return &c->points[c->count - 1];
}

/* What became of it since the year before; "" when that year has no result. */
static str trend(const struct course *c, struct value *words)
{
    const struct chart_point *last = told(c), *before = last - 1;
    dec gap;

    if (last == c->points || !last->has_actual || !before->has_actual
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
    const struct chart_point *last = told(c);
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
    range_make(&c);
    edge_make(&c);
    out.sentence = sentence(&c);
    buf_init(&b, a, 4096, SVG_BYTES_MAX);
    svg_begin(&b, "course", width_of(&c), HEIGHT,
              str_fmt(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(out.sentence)));
    axis_put(&b, &c.axis, width_of(&c) - c.right, unit);
    axis_put_cut(&b, &c.axis, HEIGHT - 4, lang);
    put_band(&b, &c);
    put_line(&b, &c);
    for (uint32_t k = 0; k < count; k++) {
        if (points[k].has_target)
            put_target(&b, &c, k);
    }
    for (uint32_t k = 0; k < count; k++) {
        if (points[k].has_actual && points[k].has_interval)
            put_interval(&b, &c, k);
        if (points[k].has_actual)
            put_actual(&b, &c, k);
        else if (!points[k].is_ahead)
            put_missing(&b, &c, k);
    }
    put_years(&b, &c);
    svg_end(&b);
    out.svg = buf_str(&b);
    return out;
}
