/* Shared by the charts: an svg buffer, a number scale, and the colours. The colours are those
 * of assets/static/meguri.css, written into the picture so that it can also stand alone; each
 * thing carries a class too, by which the style sheet gives it the reader's own colours. */
#ifndef MEGURI_RENDER_SVG_H
#define MEGURI_RENDER_SVG_H

#include "render/render.h"

#define SVG_INK    "#1a1a1a"
#define SVG_QUIET  "#4d4d4d"
#define SVG_LINE   "#949494"
#define SVG_GRID   "#cccccc"
#define SVG_ACCENT "#0017c1"

enum { SVG_BYTES_MAX = 1024 * 1024 };

/* Values from `low` to `high` on a line from `from` to `to` (in the picture's units, which grow
 * to the right and downwards). */
struct scale {
    double low, high, from, to;
};
double scale_at(const struct scale *s, double value);

/* A step of 1, 2 or 5 times a power of ten that cuts `range` into at most `parts` parts. */
double scale_step(double range, int parts);

/* Opens <svg class="chart NAME" …> as one picture with a text alternative. */
void svg_begin(struct buf *b, const char *class_name, int width, int height, str label);
void svg_end(struct buf *b);

/* Text for HTML: & < > " escaped. */
void svg_text(struct buf *b, str s);

/* Width of a text of 14 px: about 8 for a Latin letter, 14 for a Japanese one. */
int svg_text_width(str s);

/* A verdict's shape with its middle at (x, y), as large as the page's shapes. */
void svg_shape(struct buf *b, enum verdict v, double x, double y);

#endif
