/* The flow: one text without markup that the grammar reads, and the way back from each of its
 * bytes to the source's line and column. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

enum { RUN_STRIDE = 64 };
enum { MILE = 2 * LANES, LAST_TAIL = -65 /* of UTF-8, as a signed byte */ };

void *grow_slowly(struct arena *a, void *items, uint32_t count, uint32_t *cap, size_t size)
{
    void *more;

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

void flow_runs_end(struct arena *a, struct flow *f)
{
    size_t n = f->text.n / RUN_STRIDE + 1;
    uint32_t run = 0;

    f->run_at = arena_raw(a, sizeof *f->run_at, n);
    for (size_t i = 0; i < n; i++) {
        while (run + 1 < f->run_count && f->runs[run + 1].at <= i * RUN_STRIDE)
            run++;
        f->run_at[i] = run;
    }
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

/* Bit i of each: byte i ends a line, byte i begins a character. */
struct marked_bytes {
    uint32_t ends, leads;
};

static struct marked_bytes mark_bytes(const char *p, char line_end)
{
    lanes low = lanes_load(p), high = lanes_load(p + LANES);

    return (struct marked_bytes){
        lanes_mask(lanes_equal(low, (uint8_t)line_end))
            | lanes_mask(lanes_equal(high, (uint8_t)line_end)) << LANES,
        lanes_mask(lanes_above(low, LAST_TAIL))
            | lanes_mask(lanes_above(high, LAST_TAIL)) << LANES,
    };
}

/* Moves a place over n < MILE bytes from p on, or over MILE of them; MILE can be read. */
static void walk(struct mile *at, const char *p, size_t n, char line_end)
{
    uint32_t mine = n < MILE ? (UINT32_C(1) << n) - 1 : UINT32_MAX;
    struct marked_bytes m = mark_bytes(p, line_end);

    m.ends &= mine;
    m.leads &= mine;
    if (m.ends) {
        unsigned last = 31 - (unsigned)__builtin_clz(m.ends);

        at->line += bits_count(m.ends);
        at->col = 1;
        m.leads = m.leads >> last >> 1;
    }
    at->col += bits_count(m.leads);
}

void flow_miles(struct arena *a, struct flow *f)
{
    struct mile at = { 1, 1 };
    size_t n = f->source.n / MILE + 1;

    f->line_end = f->source.n && memchr(f->source.p, '\n', f->source.n) ? '\n' : '\r';
    f->miles = arena_raw(a, sizeof *f->miles, n);
    for (size_t i = 0; i < n; i++) {
        f->miles[i] = at;
        if ((i + 1) * MILE <= f->source.n)
            walk(&at, f->source.p + i * MILE, MILE, f->line_end);
    }
}

struct span flow_source_span(const struct flow *f, uint32_t off, uint32_t len)
{
    struct mile at = f->miles[off / MILE];
    const char *p = f->source.p + (off - off % MILE);

    if (off - off % MILE + MILE <= f->source.n)
        walk(&at, p, off % MILE, f->line_end);
    else
        walk_bytes(&at, p, off % MILE, f->line_end);
    return (struct span){ off, len, at.line, at.col };
}

/* The run that holds byte `at` of the flow. */
static uint32_t run_find(const struct flow *f, size_t at)
{
    uint32_t run = f->run_at[at / RUN_STRIDE];

    while (run + 1 < f->run_count && f->runs[run + 1].at <= at)
        run++;
    return run;
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
