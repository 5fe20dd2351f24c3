/* The door of the room: bytes to text, text to flow, flow to plan. */
#include "ingest/inner.h"

#include "base/banned.h"

static bool flow_of(struct arena *a, str name, str text, struct flow *out, struct err *e)
{
    *out = (struct flow){ .source = text };
    flow_miles(a, out);
    if (flow_is_html(text))
        return flow_read_html(a, name, out, e);
    flow_read_text(a, out);
    return true;
}

static void note_broken_markup(struct reader *r)
{
    for (uint32_t i = 0; i < r->flow.broken_count; i++) {
        struct span at = r->flow.broken[i];
        struct plan *p = r->plan;

        at = flow_source_span(&r->flow, at.off, at.len);
        GROW(r->a, p->notes, p->note_count, &r->note_cap);
        p->notes[p->note_count++] =
            (struct note){ .kind = NOTE_BROKEN,
                           .raw = str_take(str_skip(r->flow.source, at.off), at.len),
                           .at = at };
    }
}

bool ingest_document(struct arena *a, const struct form *form,
                     const struct document_source *source, struct plan *out, str *text,
                     struct err *e)
{
    AUTO(arena_done) struct arena scratch = { 0 };
    struct plan plan = { .form_id = form->id, .source_name = source->name };
    struct reader r = { .a = a,
                        .scratch = &scratch,
                        .form = form,
                        .plan = &plan,
                        .year_hint = source->hints.fiscal_year };
    enum text_encoding encoding;
    str decoded;

    if (!text_decode(a, source->name, source->bytes, &decoded, &encoding, e)
        || !flow_of(a, source->name, decoded, &r.flow, e))
        return false;
    hints_make(a, form, &r.flow);
    note_broken_markup(&r);
    sheet_read(&r);
    years_settle(&r, &source->hints);
    if (!plan.organisation.v.n)
        plan.organisation.v = source->hints.organisation;
    *out = plan;
    *text = decoded;
    return true;
}
