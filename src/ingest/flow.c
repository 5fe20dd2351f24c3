/* The flow: one text without markup that the grammar reads, and the way back from each of its
 * bytes to the source's line and column. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

enum { MILE = 64 };

#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

void *grow(struct arena *a, void *items, uint32_t count, uint32_t *cap, size_t size)
{
    void *more;

    if (count < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 8;
    more = arena_alloc(a, size, *cap);
    if (count)
        memcpy(more, items, count * size);
    return more;
}

void flow_run(struct arena *a, struct flow *f, struct run run)
{
    GROW(a, f->runs, f->run_count, &f->run_cap);
    f->runs[f->run_count++] = run;
}

void flow_broken(struct arena *a, struct flow *f, size_t off, size_t len)
{
    if (f->broken_count >= LIMIT_NOTES)
        return;
    GROW(a, f->broken, f->broken_count, &f->broken_cap);
    f->broken[f->broken_count++] = (struct span){ .off = (uint32_t)off, .len = (uint32_t)len };
}

/* Moves a place over some bytes: a line feed begins a line, a byte that begins a character is a
 * column. */
static void walk(struct mile *at, const char *p, size_t n, char line_end)
{
    uint64_t w, feed;

    for (; n >= sizeof w; n -= sizeof w, p += sizeof w) {
        memcpy(&w, p, sizeof w);
        feed = w ^ EACH_BYTE((unsigned char)line_end);
        if ((feed - EACH_BYTE(1)) & ~feed & EACH_BYTE(0x80))
            break;
        at->col += 8 - (uint32_t)((w >> 7 & ~(w >> 6) & EACH_BYTE(1)) * EACH_BYTE(1) >> 56);
    }
    for (size_t i = 0; i < n; i++) {
        if (p[i] == line_end) {
            at->line++;
            at->col = 1;
        } else if (((unsigned char)p[i] & 0xC0) != 0x80) {
            at->col++;
        }
    }
}

void flow_miles(struct arena *a, struct flow *f)
{
    struct mile at = { 1, 1 };
    size_t n = f->source.n / MILE + 1;

    f->line_end = f->source.n && memchr(f->source.p, '\n', f->source.n) ? '\n' : '\r';
    f->miles = NEW(a, struct mile, n);
    for (size_t i = 0; i < n; i++) {
        f->miles[i] = at;
        if ((i + 1) * MILE <= f->source.n)
            walk(&at, f->source.p + i * MILE, MILE, f->line_end);
    }
}

struct span flow_source_span(const struct flow *f, uint32_t off, uint32_t len)
{
    struct mile at = f->miles[off / MILE];

    walk(&at, f->source.p + off / MILE * MILE, off % MILE, f->line_end);
    return (struct span){ off, len, at.line, at.col };
}

/* The run that holds byte `at` of the flow. */
static uint32_t run_find(const struct flow *f, size_t at)
{
    uint32_t low = 0, high = f->run_count;

    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;

        if (f->runs[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static uint32_t source_of(const struct flow *f, size_t at, bool is_end)
{
    uint32_t i;

    if (!f->run_count)
        return (uint32_t)at;
    i = run_find(f, is_end ? at - 1 : at);
    if (!f->runs[i].is_entity)
        return f->runs[i].src + (uint32_t)(at - f->runs[i].at);
    if (!is_end)
        return f->runs[i].src;
    return i + 1 < f->run_count ? f->runs[i + 1].src : (uint32_t)f->source.n;
}

struct span flow_span(const struct flow *f, str view)
{
    size_t at;
    uint32_t from, to;

    if (!view.n || view.p < f->text.p || view.p + view.n > f->text.p + f->text.n)
        return (struct span){ 0 };
    at = (size_t)(view.p - f->text.p);
    from = source_of(f, at, false);
    to = source_of(f, at + view.n, true);
    from = from < f->source.n ? from : (uint32_t)f->source.n; /* libxml2 may say one place twice
                                                               */
    to = to < f->source.n ? to : (uint32_t)f->source.n;
    return flow_source_span(f, from, to > from ? to - from : 0);
}
