/* One goal on one small axis: where it began (ring), where it was to go (upright line), where
 * it got (dot). */
#include "render/svg.h"

#include "base/banned.h"

enum { WIDTH = 160, HEIGHT = 28, EDGE = 10, MIDDLE = 14 };

/* An axis that begins near the values and not at 0 is cut; it says so by two strokes. */
#define CUT_FROM 0.4

struct point {
    bool is_set;
    double value;
};

struct goal_axis {
    struct point baseline, target, actual;
    struct scale scale;
    bool is_cut;
};

/* A figure in another unit has no place on the same axis. */
static struct point point_of(const struct amount *m, str unit)
{
    return (struct point){ m->is_set && str_eq(m->unit, unit),
                           m->is_set ? dec_double(m->value) : 0 };
}

static void widen(struct scale *s, struct point p)
{
    if (!p.is_set)
        return;
    s->low = p.value < s->low ? p.value : s->low;
    s->high = p.value > s->high ? p.value : s->high;
}

/* False when there are not two figures to compare. */
static bool axis_make(struct goal_axis *x, const struct indicator *i)
{
    const str unit = i->target.is_set ? i->target.unit : i->actual.unit;
    double room;

    x->baseline = point_of(&i->baseline, unit);
    x->target = point_of(&i->target, unit);
    x->actual = point_of(&i->actual, unit);
    if (i->actual_is_change)
        x->actual.is_set = false;
    if (x->baseline.is_set + x->target.is_set + x->actual.is_set < 2)
        return false;
    x->scale = (struct scale){ 1e300, -1e300, EDGE, WIDTH - EDGE };
    widen(&x->scale, x->baseline);
    widen(&x->scale, x->target);
    widen(&x->scale, x->actual);
    x->is_cut = x->scale.low > CUT_FROM * x->scale.high;
    if (!x->is_cut && x->scale.low > 0)
        x->scale.low = 0;
    room = (x->scale.high - x->scale.low) * 0.1;
    if (x->is_cut)
        x->scale.low -= room;
    x->scale.high += room;
    return true;
}

static double place(const struct goal_axis *x, struct point p)
{
    return scale_at(&x->scale, p.value);
}

static void put_label(struct buf *b, struct arena *a, const struct indicator *i, enum lang lang)
{
    static const char *const WORDS[LANG_COUNT][3] = {
        [LANG_JA] = { "基準", "目標", "実績" },
        [LANG_EN] = { "baseline", "target", "actual" },
    };
    const struct amount *amounts[] = { &i->baseline, &i->target, &i->actual };
    const char *between = lang == LANG_JA ? "、" : ", ";

    for (size_t k = 0; k < 3; k++) {
        if (!amounts[k]->is_set)
            continue;
        buf_fmt(b, "%s%s %.*s%.*s", b->n ? between : "", WORDS[lang][k],
                STR_ARG(dec_str(a, amounts[k]->value)), STR_ARG(amounts[k]->unit));
    }
}

static bool is_hidden(const struct goal_axis *x)
{
    double apart = place(x, x->baseline) - place(x, x->actual);

    return x->actual.is_set && apart > -4 && apart < 4;
}

static void draw(struct buf *b, const struct goal_axis *x)
{
    buf_fmt(b, "<path class=\"c-line\" stroke=\"" SVG_LINE "\" d=\"M2 %d.5H%d\"/>", MIDDLE,
            WIDTH - 2);
    if (x->is_cut)
        buf_fmt(b, "<path class=\"c-line\" stroke=\"" SVG_LINE "\" d=\"M3 %dl3-8M7 %dl3-8\"/>",
                MIDDLE + 4, MIDDLE + 4);
    if (x->baseline.is_set && x->actual.is_set)
        buf_fmt(b,
                "<path class=\"c-actual\" stroke=\"" SVG_ACCENT
                "\" stroke-width=\"2\" d=\"M%.1f %d.5H%.1f\"/>",
                place(x, x->baseline), MIDDLE, place(x, x->actual));
    if (x->target.is_set)
        buf_fmt(b,
                "<path class=\"c-target\" stroke=\"" SVG_INK
                "\" stroke-width=\"2\" d=\"M%.1f 3V25\"/>",
                place(x, x->target));
    /* The ring is wider where the dot would hide it. */
    if (x->baseline.is_set)
        buf_fmt(b,
                "<circle class=\"c-base\" cx=\"%.1f\" cy=\"%d.5\" r=\"%d\" fill=\"#fff\""
                " stroke=\"" SVG_ACCENT "\" stroke-width=\"1.5\"/>",
                place(x, x->baseline), MIDDLE, is_hidden(x) ? 8 : 4);
    if (x->actual.is_set)
        buf_fmt(b,
                "<circle class=\"c-dot\" cx=\"%.1f\" cy=\"%d.5\" r=\"4.5\" fill=\"" SVG_ACCENT
                "\"/>",
                place(x, x->actual), MIDDLE);
}

struct chart chart_goal(struct arena *a, const struct indicator *i, enum lang lang)
{
    struct goal_axis x = { 0 };
    struct buf label, svg;

    buf_init(&label, a, 128, SVG_BYTES_MAX);
    put_label(&label, a, i, lang);
    if (!axis_make(&x, i))
        return (struct chart){ { 0 }, buf_str(&label) };
    buf_init(&svg, a, 1024, SVG_BYTES_MAX);
    svg_begin(&svg, "goal", WIDTH, HEIGHT, buf_str(&label));
    draw(&svg, &x);
    svg_end(&svg);
    return (struct chart){ buf_str(&svg), buf_str(&label) };
}
