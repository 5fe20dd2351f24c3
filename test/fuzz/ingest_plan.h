/* What must hold of every plan that was read, whatever the bytes were. */
#ifndef MEGURI_TEST_FUZZ_INGEST_PLAN_H
#define MEGURI_TEST_FUZZ_INGEST_PLAN_H

#include <stdlib.h>

#include "ingest/ingest.h"

/* A place lies inside the text, and its line and column are those of its offset. */
static inline void check_span(str text, struct span at)
{
    uint32_t line, col;

    if (!at.line && !at.len)
        return;
    if ((size_t)at.off + at.len > text.n)
        abort();
    text_place(text, at.off, &line, &col);
    if (str_find_char(text, '\n') >= 0 && (line != at.line || col != at.col))
        abort();
}

static inline void check_text(str text, struct text t)
{
    if (utf8_valid_prefix(t.v.p, t.v.n) != t.v.n)
        abort();
    check_span(text, t.at);
}

static inline void check_activities(str text, const struct activity *a, uint32_t count)
{
    if (count > LIMIT_ACTIVITIES)
        abort();
    for (uint32_t i = 0; i < count; i++) {
        check_text(text, a[i].text);
        check_text(text, a[i].group);
        check_span(text, a[i].quantity.at);
        if (a[i].other != -1)
            abort();
    }
}

static inline void check_initiative(str text, const struct initiative *i)
{
    check_text(text, i->title);
    check_text(text, i->purpose);
    check_text(text, i->midyear.improvement);
    check_text(text, i->evaluation.improvement);
    for (uint32_t k = 0; k < i->outline_count; k++)
        check_text(text, i->outline[k]);
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        const struct indicator *in = &i->indicators[k];

        check_text(text, in->name);
        check_span(text, in->target.at);
        check_span(text, in->baseline.at);
        if (in->target_year < 0 || in->baseline_year < 0)
            abort(); /* a short year that was never settled */
    }
    for (uint32_t k = 0; k < i->result_count; k++)
        check_text(text, i->results[k].name);
    check_activities(text, i->planned, i->planned_count);
    check_activities(text, i->reported, i->reported_count);
}

static inline void check_plan(str text, const struct plan *p)
{
    if (p->initiative_count > LIMIT_INITIATIVES || p->note_count > LIMIT_NOTES)
        abort();
    check_text(text, p->title);
    check_text(text, p->organisation);
    for (uint32_t i = 0; i < p->initiative_count; i++)
        check_initiative(text, &p->initiatives[i]);
    for (uint32_t i = 0; i < p->note_count; i++)
        check_span(text, p->notes[i].at);
}

/* The default form, read once: it does not depend on the bytes. */
static inline const struct form *default_form(void)
{
    static struct arena mem;
    static struct form form;
    struct err e = { 0 };

    if (!form.index && !form_read(&mem, form_preset(form_preset_id(0)), &form, &e))
        abort();
    return &form;
}

/* Reads bytes by the default form and checks what came of it. */
static inline void check_document(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct plan plan;
    struct err e = { 0 };
    str text, bytes = { (const char *)data, size };

    if (ingest_document(&mem, default_form(),
                        &(struct document_source){ STR("fuzz"), bytes, { { 0 }, 0 } }, &plan,
                        &text, &e))
        check_plan(text, &plan);
    else if (e.code != ERR_INPUT || !e.text[0])
        abort();
}

#endif
