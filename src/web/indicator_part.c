/* Where an indicator's actuals come from: what its binding counts, year by year, beside what
 * was published and what somebody accepted; and how far it can be trusted. */
#include "web/indicator_part.h"

#include "measure/measure.h"
#include "web/parts.h"

#include "base/banned.h"

static date day_of(struct arena *a, int64_t at_ms)
{
    struct buf b;
    date d = { 0 };

    buf_init(&b, a, 32, 32);
    instant_put(&b, at_ms);
    return date_parse(str_take(buf_str(&b), 10), &d) ? d : (date){ 0 };
}

static void put_number(struct arena *a, struct value *row, const char *key, bool has, dec value)
{
    if (has)
        value_put_dec(a, row, key, value);
    else
        value_put_null(a, row, key);
}

/* ---- one year ---- */

static bool accepted_find(const struct made *m, int fiscal_year, struct measured *out,
                          struct err *e)
{
    struct indicator_body body;

    *out = (struct measured){ 0 };
    if (!store_actual(m->r->db, m->r->mem, m->ref, fiscal_year, &body, e))
        return e->code == ERR_NOT_FOUND;
    return measured_read(body.tree, out)
           || err_set(e, ERR_IO, "確定した実績の記録を読めません。");
}

static bool count_year(const struct made *m, const struct binding *b, int fiscal_year,
                       struct measured *out, struct err *e)
{
    struct req *r = m->r;
    struct measure_source source;

    if (b->measure.kind == MEASURE_MANUAL) {
        measure_manual(&b->measure, out);
        return true;
    }
    if (!store_measure_source(r->db, r->mem, m->ref->organisation, &b->measure, fiscal_year,
                              &source, e))
        return false;
    measure_evidence(r->mem,
                     &(struct measure_input){ &b->measure, &source.cells, fiscal_year,
                                              day_of(r->mem, r->now_ms), source.levels },
                     out);
    return true;
}

static bool add_year(const struct made *m, const struct binding *b, struct value *list,
                     const struct series_point *p, struct err *e)
{
    struct arena *a = m->r->mem;
    struct value *row = value_add_map(a, list);
    struct measured counted, accepted;

    if (!count_year(m, b, p->fiscal_year, &counted, e)
        || !accepted_find(m, p->fiscal_year, &accepted, e))
        return false;
    part_put_year(m->r, row, p->fiscal_year);
    put_number(a, row, "published", p->indicator.actual.is_set, p->indicator.actual.value);
    put_number(a, row, "accepted", accepted.has_value, accepted.value);
    put_number(a, row, "counted", counted.has_value, counted.value);
    value_put_text_or_null(a, row, "counted_unit", counted.unit);
    put_number(a, row, "numerator", counted.is_ratio, counted.numerator);
    put_number(a, row, "denominator", counted.is_ratio, counted.denominator);
    value_put_int(a, row, "pending", (int64_t)counted.pending);
    value_put_text_or_null(a, row, "as_of", counted.as_of);
    value_put_bool(a, row, "is_final", counted.is_final);
    value_put_bool(a, row, "is_news",
                   counted.has_value && accepted.has_value
                       && dec_cmp(counted.value, accepted.value) != 0);
    value_put_text_or_null(a, row, "why_not", counted.why_not);
    return true;
}

/* ---- the whole ---- */

static void put_quality(const struct made *m, struct value *made, const struct data_quality *q)
{
    const struct {
        const char *word;
        str text;
    } ROWS[] = { { "evidence.quality_verified", q->verified },
                 { "evidence.quality_source", q->source },
                 { "evidence.quality_accuracy", q->accuracy },
                 { "evidence.quality_limits", q->limits },
                 { "evidence.quality_compensation", q->compensation } };
    struct value *list = value_put_list(m->r->mem, made, "quality");

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct value *row;

        if (!ROWS[i].text.n)
            continue;
        row = value_add_map(m->r->mem, list);
        value_put_text(m->r->mem, row, "label", req_message(m->r, ROWS[i].word, NULL));
        value_put_text(m->r->mem, row, "text", ROWS[i].text);
    }
    value_put_bool(m->r->mem, made, "has_quality", list->count > 0);
}

bool part_put_made(const struct made *m, struct err *e)
{
    struct req *r = m->r;
    struct indicator_body body;
    struct binding b;
    struct value *made, *list;

    if (!store_binding(r->db, r->mem, m->ref->organisation, m->ref->key, &body, e)) {
        value_put_null(r->mem, m->page, "made");
        return e->code == ERR_NOT_FOUND;
    }
    if (!binding_read(r->mem, body.tree, &b, e))
        return false;
    if (b.measure.kind == MEASURE_SURVEY) { /* told on the survey's own page */
        value_put_null(r->mem, m->page, "made");
        return true;
    }
    made = value_put_map(r->mem, m->page, "made");
    value_put_text_or_null(
        r->mem, made, "register_url",
        b.measure.book.n
            ? req_url(r, "/o/%.*s/evidence/%.*s", STR_ARG(m->ref->organisation),
                      STR_ARG(str_skip(b.measure.book,
                                       (size_t)str_find_char(b.measure.book, '/') + 1)))
            : (str){ 0 });
    value_put_text_or_null(r->mem, made, "source", b.measure.source);
    list = value_put_list(r->mem, made, "years");
    for (uint32_t i = m->series->count; i-- > 0;)
        if (!add_year(m, &b, list, &m->series->points[i], e))
            return false;
    put_quality(m, made, &b.quality);
    return true;
}
