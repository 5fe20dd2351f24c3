/* The flow: one text without markup that the grammar reads, and the way back from each of its
 * bytes to the source's line and column. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

enum { MILE = 32 };

void *grow(struct arena *a, void *items, uint32_t count, uint32_t *cap, size_t size)
{
    void *more;

    if (count < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 8;
    more = arena_raw(a, size, *cap);
    if (count)
        memcpy(more, items, count * size);
    return more;
}

void *keep(struct arena *a, const void *items, uint32_t count, size_t size)
{
    void *copy = arena_raw(a, size, count);

    if (count)
        memcpy(copy, items, count * size);
    return copy;
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

static void walk_bytes(struct mile *at, const char *p, size_t n, char line_end)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == line_end) {
            at->line++;
            at->col = 1;
        } else if (((unsigned char)p[i] & 0xC0) != 0x80) {
            at->col++;
        }
    }
}

/* Moves a place over n <= 8 bytes, the first of w: a line feed begins a line, a byte that
 * begins a character is a column. */
static void walk_word(struct mile *at, uint64_t w, const char *p, size_t n, char line_end)
{
    uint64_t mine = n < SWAR_BYTES ? w & ((UINT64_C(1) << 8 * n) - 1) : w;

    if (swar_equal(mine, (unsigned char)line_end))
        walk_bytes(at, p, n, line_end);
    else
        at->col += swar_characters(mine) - (uint32_t)(SWAR_BYTES - n); /* not the noughts */
}

/* From byte `from` of the source to byte `to`. */
static void walk(const struct flow *f, struct mile *at, size_t from, size_t to)
{
    const char *p = f->source.p;

    for (; from + SWAR_BYTES <= to; from += SWAR_BYTES)
        walk_word(at, swar_load(p + from), p + from, SWAR_BYTES, f->line_end);
    if (from + SWAR_BYTES <= f->source.n)
        walk_word(at, swar_load(p + from), p + from, to - from, f->line_end);
    else
        walk_bytes(at, p + from, to - from, f->line_end);
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
            walk(f, &at, i * MILE, (i + 1) * MILE);
    }
}

struct span flow_source_span(const struct flow *f, uint32_t off, uint32_t len)
{
    struct mile at = f->miles[off / MILE];

    walk(f, &at, off - off % MILE, off);
    return (struct span){ off, len, at.line, at.col };
}

/* The run that holds byte `at` of the flow. */
static uint32_t run_find(const struct flow *f, size_t at)
{
    uint32_t low = 0;

    for (uint32_t n = f->run_count; n > 1;) {
        uint32_t half = n / 2;

        low += f->runs[low + half].at <= at ? half : 0;
        n -= half;
    }
    return low;
}

static bool run_holds(const struct flow *f, uint32_t run, size_t at)
{
    return run + 1 >= f->run_count || f->runs[run + 1].at > at;
}

/* Where the last byte of a view ends in the source, the view's last run given. */
static uint32_t source_end(const struct flow *f, uint32_t run, size_t end)
{
    if (!f->runs[run].is_entity)
        return f->runs[run].src + (uint32_t)(end - f->runs[run].at);
    return run + 1 < f->run_count ? f->runs[run + 1].src : (uint32_t)f->source.n;
}

struct span flow_span(const struct flow *f, str view)
{
    size_t at, end;
    uint32_t from, to, run;

    if (!view.n || view.p < f->text.p || view.p + view.n > f->text.p + f->text.n)
        return (struct span){ 0 };
    at = (size_t)(view.p - f->text.p);
    end = at + view.n;
    if (!f->run_count)
        return flow_source_span(f, (uint32_t)at, (uint32_t)view.n);
    run = run_find(f, at);
    from = f->runs[run].src + (f->runs[run].is_entity ? 0 : (uint32_t)(at - f->runs[run].at));
    to = source_end(f, run_holds(f, run, end - 1) ? run : run_find(f, end - 1), end);
    from = from < f->source.n ? from : (uint32_t)f->source.n; /* libxml2 may say one place twice
                                                               */
    to = to < f->source.n ? to : (uint32_t)f->source.n;
    return flow_source_span(f, from, to > from ? to - from : 0);
}
