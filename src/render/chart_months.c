/* Monthly curves of a rate that grows through the year and its closing period (出納整理期間,
 * April and May of the next year): past years thin, this one thick, a fan to where it lands. */
#include "render/axis.h"

#include "base/banned.h"

static const int COLUMN = 52;
static const int TOP = 32;
static const int BOTTOM = 48;
static const int HEIGHT = 340;
static const int RIGHT = 96; /* for the years' names and the target's words */

struct drawing {
    const struct months *m;
    struct arena *a;
    enum lang lang;
    struct axis axis;
};

/* ---- names ---- */

str curve_point_name(struct arena *a, int point, enum lang lang)
{
    static const char *const MONTHS[12] = { "Apr", "May", "Jun", "Jul", "Aug", "Sep",
                                            "Oct", "Nov", "Dec", "Jan", "Feb", "Mar" };
    const int month = point % 12;
    const bool is_closing = point >= 12;

    if (lang == LANG_EN)
        return str_fmt(a, "%s%s", MONTHS[month], is_closing ? "+" : "");
    return str_fmt(a, "%s%d月", is_closing ? "出納" : "", (month + 3) % 12 + 1);
}

static str year_name(const struct drawing *d, int fiscal_year, enum fiscal_style ja)
{
    struct buf b;

    buf_init(&b, d->a, 32, 64);
    fiscal_put(&b, fiscal_year, d->lang == LANG_JA ? ja : FISCAL_ENGLISH);
    return buf_str(&b);
}

/* The last point that has a value, -1 = none. */
static int last_point(const struct month_curve *y)
{
    int last = -1;

    for (int k = 0; k < CURVE_POINTS; k++)
        last = y->has[k] ? k : last;
    return last;
}

static double x_of(const struct drawing *d, int point)
{
    return d->axis.left + COLUMN * (point + 0.5);
}

static double y_of(const struct drawing *d, dec v)
{
    return scale_at(&d->axis.y, dec_double(v));
}

/* ---- what is drawn ---- */

static void range_make(struct drawing *d)
{
    struct scale range = AXIS_EMPTY;

    for (uint32_t i = 0; i < d->m->count; i++) {
        for (int k = 0; k < CURVE_POINTS; k++) {
            if (d->m->years[i].has[k])
                axis_widen(&range, dec_double(d->m->years[i].value[k]));
        }
    }
    if (d->m->has_target)
        axis_widen(&range, dec_double(d->m->target));
    if (d->m->fan.is_set) {
        axis_widen(&range, dec_double(d->m->fan.low));
        axis_widen(&range, dec_double(d->m->fan.high));
    }
    d->axis = axis_make(d->a, range, TOP, HEIGHT - BOTTOM);
}

static void put_words(struct buf *b, double x, double y, const char *anchor, str words)
{
    buf_fmt(b,
            "<text class=\"c-text\" fill=\"" SVG_INK
            "\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
            x, y, anchor);
    svg_text(b, words);
    buf_put_c(b, "</text>");
}

static void put_months(struct buf *b, const struct drawing *d)
{
    for (int k = 0; k < CURVE_POINTS; k++) {
        if (k < 12 || d->lang == LANG_EN) {
            put_words(b, x_of(d, k), HEIGHT - BOTTOM + 20, "middle",
                      curve_point_name(d->a, k, d->lang));
            continue;
        }
        put_words(b, x_of(d, k), HEIGHT - BOTTOM + 20, "middle", STR("出納"));
        put_words(b, x_of(d, k), HEIGHT - BOTTOM + 38, "middle",
                  str_skip(curve_point_name(d->a, k, d->lang), STR("出納").n));
    }
}

/* Points that follow each other are joined; a month without a value, or one in which collection
 * stood still, breaks the line. */
static void put_curve(struct buf *b, const struct drawing *d, const struct month_curve *y,
                      bool is_this)
{
    bool is_down = false;

    buf_fmt(b, "<path class=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" d=\"",
            is_this ? "c-actual" : "c-past", is_this ? SVG_ACCENT : SVG_LINE,
            is_this ? "2.5" : "1.2");
    for (int k = 0; k < CURVE_POINTS; k++) {
        if (!y->has[k]) {
            is_down = false;
            continue;
        }
        buf_fmt(b, "%c%.1f %.1f", is_down ? 'L' : 'M', x_of(d, k), y_of(d, y->value[k]));
        is_down = !y->is_suspended[k];
    }
    buf_put_c(b, "\"/>");
    for (int k = 0; is_this && k < CURVE_POINTS; k++) {
        if (y->has[k])
            buf_fmt(b,
                    "<circle class=\"c-dot\" fill=\"%s\" stroke=\"" SVG_ACCENT
                    "\" stroke-width=\"1.5\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>",
                    y->is_suspended[k] ? "#fff" : SVG_ACCENT, x_of(d, k), y_of(d, y->value[k]));
    }
}

/* Names at the ends of the lines, the newest year first; one that would stand on another is
 * moved down, and left out where there is no room: the table has them all. */
static void put_names(struct buf *b, const struct drawing *d)
{
    const double line = 16;
    double free_from = TOP - line;

    for (uint32_t i = d->m->count; i-- > 0;) {
        const struct month_curve *y = &d->m->years[i];
        const int last = last_point(y);
        double at;

        if (last < CURVE_POINTS - 1)
            continue;
        at = y_of(d, y->value[last]) + 4.5;
        at = at < free_from + line ? free_from + line : at;
        if (at > HEIGHT - BOTTOM)
            continue;
        put_words(b, x_of(d, last) + 10, at, "start",
                  year_name(d, y->fiscal_year, FISCAL_SHORT));
        free_from = at;
    }
}

static void put_target(struct buf *b, const struct drawing *d)
{
    const double y = y_of(d, d->m->target), right = x_of(d, CURVE_POINTS - 1) + 8;

    buf_fmt(b,
            "<path class=\"c-target\" stroke=\"" SVG_INK
            "\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\" d=\"M%d %.1fH%.1f\"/>",
            d->axis.left, y, right);
    put_words(b, d->axis.left + 4, y - 6, "start",
              str_fmt(d->a, "%s %.*s%.*s", d->lang == LANG_JA ? "目標" : "target",
                      STR_ARG(dec_str(d->a, d->m->target)), STR_ARG(d->m->unit)));
}

static void put_fan(struct buf *b, const struct drawing *d, const struct month_curve *now)
{
    const int last = last_point(now), end = CURVE_POINTS - 1;
    const struct landing_fan *fan = &d->m->fan;
    double x, y;

    if (!fan->is_set || last < 0 || last >= end)
        return;
    x = x_of(d, last);
    y = y_of(d, now->value[last]);
    buf_fmt(b,
            "<path class=\"c-band\" fill=\"" SVG_ACCENT
            "\" fill-opacity=\"0.12\" d=\"M%.1f %.1fL%.1f %.1fV%.1fZ\"/>"
            "<path class=\"c-ahead\" fill=\"none\" stroke=\"" SVG_ACCENT
            "\" stroke-dasharray=\"4 4\" d=\"M%.1f %.1fL%.1f %.1f\"/>"
            "<path class=\"c-interval\" stroke=\"" SVG_ACCENT "\" d=\"M%.1f %.1fV%.1f\"/>",
            x, y, x_of(d, end), y_of(d, fan->high), y_of(d, fan->low), x, y, x_of(d, end),
            y_of(d, fan->middle), x_of(d, end), y_of(d, fan->high), y_of(d, fan->low));
}

/* ---- the sentence ---- */

/* The same month of the year before, in points where the unit is %. */
static str since_last_year(const struct drawing *d, int point, struct value *words)
{
    const struct month_curve *now = &d->m->years[d->m->count - 1], *before = now - 1;
    dec gap;

    if (d->m->count < 2 || before->fiscal_year != now->fiscal_year - 1 || !before->has[point]
        || !dec_sub(now->value[point], before->value[point], &gap))
        return (str){ 0 };
    value_put_dec(d->a, words, "gap", (dec){ gap.n < 0 ? -gap.n : gap.n, gap.scale });
    value_put_text(d->a, words, "gap_unit",
                   str_eq(d->m->unit, STR("%"))
                       ? render_message(d->a, STR("word.points"), NULL, d->lang)
                       : d->m->unit);
    return render_message(d->a,
                          gap.n > 0   ? STR("chart.month_up")
                          : gap.n < 0 ? STR("chart.month_down")
                                      : STR("chart.month_level"),
                          words, d->lang);
}

static str landing_words(const struct drawing *d, struct value *words)
{
    const struct landing_fan *fan = &d->m->fan;
    str says, chance = { 0 };

    if (!fan->is_set)
        return (str){ 0 };
    value_put_dec(d->a, words, "low", fan->low);
    value_put_dec(d->a, words, "high", fan->high);
    value_put_dec(d->a, words, "middle", fan->middle);
    value_put_int(d->a, words, "confidence", fan->confidence_pct);
    says =
        render_message(d->a,
                       fan->confidence_pct ? STR("chart.month_land") : STR("chart.month_range"),
                       words, d->lang);
    if (d->m->has_target && fan->chance_pct >= 0) {
        value_put_dec(d->a, words, "target", d->m->target);
        value_put_int(d->a, words, "chance", fan->chance_pct);
        chance = render_message(d->a, STR("chart.month_chance"), words, d->lang);
    }
    return str_fmt(d->a, "%.*s%s%.*s", STR_ARG(says), chance.n && d->lang == LANG_EN ? " " : "",
                   STR_ARG(chance));
}

static str sentence(const struct drawing *d)
{
    const struct month_curve *now = &d->m->years[d->m->count - 1];
    const int last = last_point(now);
    const char *gap = d->lang == LANG_EN ? " " : "";
    struct value *words = value_map(d->a);
    str says, since, land;

    value_put_text(d->a, words, "year", year_name(d, now->fiscal_year, FISCAL_ERA));
    value_put_text(d->a, words, "unit", d->m->unit);
    if (last < 0)
        return render_message(d->a, STR("chart.month_none"), words, d->lang);
    value_put_text(d->a, words, "month", curve_point_name(d->a, last, d->lang));
    value_put_dec(d->a, words, "value", now->value[last]);
    says = render_message(d->a, STR("chart.month"), words, d->lang);
    since = since_last_year(d, last, words);
    land = landing_words(d, words);
    return str_fmt(d->a, "%.*s%s%.*s%s%.*s", STR_ARG(says), since.n ? gap : "", STR_ARG(since),
                   land.n ? gap : "", STR_ARG(land));
}

struct chart chart_months(struct arena *a, const struct months *m, enum lang lang)
{
    struct drawing d = { .m = m, .a = a, .lang = lang };
    struct chart out = { 0 };
    struct buf b;

    if (!m->count)
        return out;
    range_make(&d);
    out.sentence = sentence(&d);
    buf_init(&b, a, 8192, SVG_BYTES_MAX);
    svg_begin(&b, "course", d.axis.left + COLUMN * CURVE_POINTS + RIGHT, HEIGHT,
              str_fmt(a, "%.*s: %.*s", STR_ARG(m->name), STR_ARG(out.sentence)));
    axis_put(&b, &d.axis, d.axis.left + COLUMN * CURVE_POINTS, m->unit);
    axis_put_cut(&b, &d.axis, HEIGHT - 4, lang);
    put_fan(&b, &d, &m->years[m->count - 1]);
    for (uint32_t i = 0; i < m->count; i++)
        put_curve(&b, &d, &m->years[i], i + 1 == m->count);
    if (m->has_target)
        put_target(&b, &d);
    put_names(&b, &d);
    put_months(&b, &d);
    svg_end(&b);
    out.svg = buf_str(&b);
    return out;
}
