/* What was damaged or not understood: kept with its raw text and place, never dropped. */
#include "ingest/inner.h"

#include "base/banned.h"

static void put(struct reader *r, struct note n)
{
    struct plan *p = r->plan;

    if (p->note_count >= LIMIT_NOTES) {
        p->notes_dropped++;
        return;
    }
    GROW(r->a, p->notes, p->note_count, &r->note_cap);
    p->notes[p->note_count++] = n;
}

/* The source's own text, markup and all. */
static str raw_of(const struct reader *r, struct span at)
{
    return str_take(str_skip(r->flow.source, at.off), at.len);
}

void note_add(struct reader *r, enum note_kind kind, str view, str subject)
{
    struct span at = flow_span(&r->flow, view_trim(view));

    put(r, (struct note){ .kind = kind,
                          .initiative = r->number,
                          .subject = subject,
                          .raw = raw_of(r, at),
                          .at = at });
}

void note_bad_number(struct reader *r, enum dec_fault fault, str view, str subject)
{
    struct span at = flow_span(&r->flow, view_trim(view));

    put(r, (struct note){ NOTE_BAD_NUMBER, fault, r->number, subject, raw_of(r, at), at });
}
