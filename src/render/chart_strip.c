/* A row of verdict shapes, one for each indicator of a plan. */
#include "render/svg.h"

#include "base/banned.h"

enum { CELL = 10 }; /* width of a pattern in the template part "shapes" */

/* In the order in which pages name the verdicts. */
static const struct {
    enum verdict verdict;
    const char *pattern;
} ORDER[VERDICT_COUNT] = {
    { VERDICT_MET, "p-met" },
    { VERDICT_NOT_MET, "p-not_met" },
    { VERDICT_CANNOT_TELL, "p-cannot_tell" },
    { VERDICT_NOT_MEASURED, "p-not_measured" },
    { VERDICT_NOT_MEASURABLE, "p-not_measurable" },
};

str chart_strip(struct arena *a, const struct tally *t)
{
    struct buf b;
    uint32_t x = 0;

    if (!t->indicators || t->indicators > STRIP_MAX)
        return (str){ 0 };
    buf_init(&b, a, 512, SVG_BYTES_MAX);
    /* The figures stand beside it in words, so it is not read aloud. */
    buf_fmt(&b,
            "<svg class=\"strip\" width=\"%u\" height=\"%d\" viewBox=\"0 0 %u %d\""
            " aria-hidden=\"true\">",
            t->indicators * CELL, CELL, t->indicators * CELL, CELL);
    for (size_t k = 0; k < VERDICT_COUNT; k++) {
        uint32_t n = t->by_verdict[ORDER[k].verdict];

        if (n)
            buf_fmt(&b, "<rect x=\"%u\" width=\"%u\" height=\"%d\" fill=\"url(#%s)\"/>", x,
                    n * CELL, CELL, ORDER[k].pattern);
        x += n * CELL;
    }
    svg_end(&b);
    return buf_str(&b);
}
