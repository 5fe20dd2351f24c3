/* Where an indicator's actuals come from: what its binding counts, year by year, beside what
 * was published and what somebody accepted; and how far it can be trusted. */
#include "web/indicator_part.h"

#include "web/behaviour_part.h"
#include "web/parts.h"

#include "base/banned.h"

enum { YEARS_OF_MONTHS = 3 };

/* ---- loading ---- */

bool made_load(struct made *m, struct err *e)
{
    struct req *r = m->r;
    struct actual_years years;

    if (r->at)
        return true;
    if (!store_binding(r->db, r->mem, m->ref->organisation, m->ref->key, &m->declared, e))
        return e->code == ERR_NOT_FOUND;
    if (!binding_read(r->mem, m->declared.tree, &m->binding, e)
        || !store_actual_years(r->db, r->mem, m->ref, &years, e))
        return false;
    m->is_bound = true;
    m->views = NEW(r->mem, struct actual_view, years.count);
    for (uint32_t i = 0; i < years.count; i++) {
        const struct actual_of of = { m->ref->organisation, m->series, years.years[i] };

        if (!actual_view_load(r, &of, &m->declared, &m->views[m->view_count++], e))
            return false;
    }
    return true;
}

const struct actual_view *made_year(const struct made *m, int fiscal_year)
{
    for (uint32_t i = 0; i < m->view_count; i++)
        if (m->views[i].fiscal_year == fiscal_year)
            return &m->views[i];
    return NULL;
}

/* ---- quality ---- */

static str first_of(str a, str b)
{
    return a.n ? a : b;
}

/* What the binding says of its figures; where it is silent, what the newest sheet says. */
static void put_quality(const struct made *m)
{
    struct req *r = m->r;
    const struct data_quality *q = &m->binding.quality;
    const struct quality *sheet = &m->series->points[m->series->count - 1].indicator.quality;
    const struct {
        const char *word;
        str text;
    } ROWS[] = {
        { "evidence.quality_verified", first_of(q->verified, sheet->verified) },
        { "evidence.quality_source", first_of(q->source, sheet->source) },
        { "evidence.quality_accuracy", first_of(q->accuracy, sheet->accuracy) },
        { "evidence.quality_limits", first_of(q->limits, sheet->limits) },
        { "evidence.quality_compensation", first_of(q->compensation, sheet->compensation) },
    };
    struct value *list = value_put_list(r->mem, m->page, "quality");

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "label", req_message(r, ROWS[i].word, NULL));
        value_put_text_or_null(r->mem, row, "text", ROWS[i].text);
    }
}

/* ---- the stars ---- */

static void add_levels(const struct made *m, struct value *sets, const struct rating_levels *l)
{
    struct req *r = m->r;
    struct value *map = value_add_map(r->mem, sets), *list;

    value_put_text(r->mem, map, "since", part_year_label(r, l->since));
    value_put_dec(r->mem, map, "full", l->full);
    list = value_put_list(r->mem, map, "levels");
    for (uint32_t i = 0; i < l->count; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_int(r->mem, row, "stars", i + 1);
        value_put_dec(r->mem, row, "at_least", l->at_least[i]);
    }
}

/* The thresholds of the years that are shown, each set once, the newest first. */
static void put_rating(const struct made *m)
{
    struct req *r = m->r;
    struct value *map, *sets;
    int since = -1;

    if (!m->is_bound || m->binding.measure.value != GIVES_LEVEL) {
        value_put_null(r->mem, m->page, "rating");
        return;
    }
    map = value_put_map(r->mem, m->page, "rating");
    value_put_text(r->mem, map, "url",
                   req_url(r, "/o/%.*s/rating", STR_ARG(m->ref->organisation)));
    sets = value_put_list(r->mem, map, "sets");
    for (uint32_t i = m->view_count; i-- > 0;) {
        const struct rating_levels *l = m->views[i].state.source.levels;

        if (!l || l->since == since)
            continue;
        add_levels(m, sets, l);
        since = l->since;
    }
}

/* ---- the whole ---- */

static bool put_behaviour(const struct made *m, struct value *made, struct err *e)
{
    struct req *r = m->r;
    const struct measure_def *d = &m->binding.measure;
    const int last = m->view_count ? m->views[m->view_count - 1].fiscal_year : 0;
    struct cells cells = { 0 };

    if (d->kind == MEASURE_REGISTER && last
        && !store_cells(
            r->db, r->mem,
            &(struct cells_of){
                { m->ref->organisation, d->book }, last - YEARS_OF_MONTHS, last, NULL, 0, 0 },
            &cells, e))
        return false;
    behaviour_put(r, made, d, &cells, m->series->points[m->series->count - 1].indicator.name.v);
    return true;
}

/* For whoever may write anything of the organisation; whether they may decide about this very
 * indicator, the page that it leads to says. */
static bool put_bind_url(const struct made *m, struct err *e)
{
    struct req *r = m->r;
    unsigned held = 0;

    if (r->person && !r->at
        && !store_duties_within(r->db, r->person->account, m->ref->organisation, r->now_ms,
                                &held, e))
        return false;
    value_put_text_or_null(r->mem, m->page, "bind_url",
                           held & DUTIES_WRITE
                               ? req_url(r, "/w/%.*s/i/%.*s", STR_ARG(m->ref->organisation),
                                         STR_ARG(m->ref->key))
                               : (str){ 0 });
    return true;
}

bool made_put(struct made *m, struct err *e)
{
    struct req *r = m->r;
    struct value *made, *list;
    struct register_def def = { 0 };
    str name = { 0 };

    put_quality(m);
    put_rating(m);
    if (!put_bind_url(m, e))
        return false;
    if (!m->is_bound) {
        value_put_null(r->mem, m->page, "made");
        return true;
    }
    if (!actual_book_load(r, m->ref->organisation, &m->binding.measure, &def, e))
        return false;
    made = value_put_map(r->mem, m->page, "made");
    for (uint32_t i = 0; i < m->view_count; i++)
        name = first_of(m->views[i].state.source.name, name);
    value_put_text(r->mem, made, "what", actual_measure_text(r, &m->binding, name, &def));
    value_put_text(r->mem, made, "declared", str_take(part_hash(r, m->declared.record), 12));
    value_put_text(r->mem, made, "declared_url", part_record_url(r, m->declared.record));
    list = value_put_list(r->mem, made, "years");
    for (uint32_t i = m->view_count; i-- > 0;)
        actual_put(r, value_add_map(r->mem, list), m->ref->organisation, &m->views[i]);
    return put_behaviour(m, made, e);
}
