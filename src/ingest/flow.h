/* A document as one text, with the way back from each piece of it to its place in the source,
 * and what each of its characters may be. Private to the room. */
#ifndef MEGURI_INGEST_FLOW_H
#define MEGURI_INGEST_FLOW_H

#include "base/lanes.h"
#include "ingest/ingest.h"

/* ---- the flow (flow.c, flow_text.c, flow_html.c) ---- */

struct run { /* from byte `at` of the flow on, the bytes stand at `src` in the source */
    uint32_t at, src;
    bool is_entity; /* … but this one stands for an entity: it ends where the next run begins */
};
struct mile { /* where byte i * MILE of the source stands */
    uint32_t line, col;
};
struct flow {
    str text, source;
    struct run *runs; /* none: text is the source */
    uint32_t run_count, run_cap;
    uint32_t *run_at; /* the run that holds byte i * RUN_STRIDE of the text */
    struct mile *miles;
    const uint8_t *hints; /* HINT_… of each character, at its first byte */
    char line_end;        /* of the source: LF, or CR where there is no LF */
    struct span *broken;  /* markup that never closes: off and len only */
    uint32_t broken_count, broken_cap;
};
/* Both read out->source, whose miles are set, into out->text. */
void flow_read_text(struct arena *a, struct flow *out);
MUST bool flow_read_html(struct arena *a, str name, struct flow *out, struct err *e);
bool flow_is_html(str source);
void flow_miles(struct arena *a, struct flow *f); /* after source is set, before flow_span */
void flow_run(struct arena *a, struct flow *f, struct run run);
void flow_runs_end(struct arena *a, struct flow *f); /* after the last one, when text is set */
void flow_broken(struct arena *a, struct flow *f, size_t off, size_t len);
struct span flow_span(const struct flow *f, str view); /* a view of flow.text that is not empty,
                                                          else no place */
struct span flow_source_span(const struct flow *f, uint32_t off, uint32_t len);

/* ---- hints (hints.c) ---- */

/* What a character may be. A set bit is a hint, a clear one is certain. */
enum {
    HINT_BLANK = 1 << 0,   /* char_is_blank */
    HINT_BRACKET = 1 << 1, /* char_bracket, and what no pair reaches over */
    HINT_SIGN = 1 << 2,    /* 。 : ※ FLOW_ITEM */
    HINT_FIRST = 1 << 3,   /* a label, marks or a list mark begins */
    HINT_NUMBER = 1 << 4,  /* a digit, a year or a level begins */
    HINT_WORD = 1 << 5,    /* a word begins that word_in looks for */
    HINT_MARK = 1 << 6,    /* a mark, a sign or letter like one, what stands between marks */
    HINT_LEGEND = 1 << 7,  /* a mark of the form or a word of its legend begins */
};
void hints_make(struct arena *a, const struct form *form, struct flow *f);

/* May the character at byte i < s.n be one of these? Of another text's characters nothing is
 * known. */
static inline bool hint_at(const struct flow *f, str s, size_t i, uint8_t hints)
{
    size_t at = (size_t)((uintptr_t)s.p - (uintptr_t)f->text.p);

    return at >= f->text.n || f->hints[at + i] & hints;
}

/* The next character of s at or behind byte i that may be one of these, s.n = none. In a view
 * of another text it is the character at i: there are no hints of that, and each is looked at.
 */
static inline size_t hint_next(const struct flow *f, str s, size_t i, uint8_t hints)
{
    size_t at = (size_t)((uintptr_t)s.p - (uintptr_t)f->text.p);

    if (at > f->text.n)
        return i;
    for (; i < s.n; i += LANES) {
        lanes here = lanes_load((const char *)f->hints + at + i) & hints;
        uint32_t found = lanes_mask((lanes)(here != 0));

        if (found) {
            i += (size_t)__builtin_ctz(found);
            return i < s.n ? i : s.n;
        }
    }
    return s.n;
}

#endif
