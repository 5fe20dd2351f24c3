/* Bindings, what stands behind them, and what was accepted or declined. */
#include "store/kept.h"

#include "base/banned.h"

/* ---- what stands behind a measure ---- */

static bool levels_find(struct arena *a, const struct register_def *d, int fiscal_year,
                        const struct rating_levels **out, struct err *e)
{
    struct rating_scale *scale = NEW(a, struct rating_scale, 1);

    if (!rating_scale_read(a, d->tree, scale, e))
        return false;
    *out = rating_levels_of(scale, fiscal_year);
    return true;
}

static bool book_source(struct conn *c, struct arena *a, const struct cells_of *what,
                        const struct measure_def *d, struct measure_source *out, struct err *e)
{
    struct evidence_state state;
    struct register_def def;

    if (!store_book(c, a, &what->ref, &def, &out->evidence.definition, e))
        return e->code == ERR_NOT_FOUND; /* not open yet: no cells */
    out->name = def.name[LANG_JA];
    if (!store_cells(c, a, what, &out->cells, e) || !store_evidence(c, &what->ref, &state, e))
        return false;
    out->evidence.batches = state.batches;
    out->evidence.digest = state.digest;
    out->evidence.newest = state.newest;
    return d->kind != MEASURE_RATING || levels_find(a, &def, what->last_year, &out->levels, e);
}

static bool survey_source(struct conn *c, struct arena *a, const struct survey_ref *ref,
                          struct measure_source *out, struct err *e)
{
    struct survey_stored *s = NEW(a, struct survey_stored, 1);

    out->evidence.book = str_fmt(a, "survey/%.*s", STR_ARG(ref->key));
    if (!ref->key.n || !store_survey(c, a, ref, s, e))
        return !ref->key.n || e->code == ERR_NOT_FOUND;
    out->survey = &s->survey;
    out->tally = s->has_tally ? &s->tally : NULL;
    out->name = s->survey.title;
    out->evidence.definition = s->record;
    out->evidence.batches = s->has_tally;
    out->evidence.digest = out->evidence.newest = s->answers;
    return true;
}

/* Behind a share of voices stands the rule of the due day: the settings, or their preset. A
 * year that has a number of its own has no voices here. */
static bool voices_source(struct conn *c, struct arena *a, const struct evidence_year *of,
                          const struct measure_def *d, struct measure_source *out,
                          struct err *e)
{
    struct hearing_stored settings;
    struct voice_clock clock;

    if (measure_year_of(d, of->fiscal_year))
        return true;
    if (!store_voice_clock(c, a, of->organisation, of->fiscal_year, &clock, e)
        || !store_hearing(c, a, of->organisation, &settings, e))
        return false;
    out->name = STR("市民の声などの受付");
    out->voices = clock.terms;
    out->evidence.batches = clock.voices;
    out->evidence.digest = clock.digest;
    out->evidence.definition =
        hash_is_zero(settings.record) ? hash_bytes(hearing_preset()) : settings.record;
    return true;
}

bool store_measure_source(struct conn *c, struct arena *a, const struct evidence_year *of,
                          const struct measure_def *d, struct measure_source *out,
                          struct err *e)
{
    str fields[4] = { { 0 } }; /* the first is the number of entries */
    const struct cells_of what = { .ref = { of->organisation, d->book },
                                   .first_year = of->fiscal_year - 1,
                                   .last_year = of->fiscal_year,
                                   .fields = fields,
                                   .field_count = d->of_count + 1 };

    *out = (struct measure_source){ .evidence.book = d->book };
    if (d->kind == MEASURE_SURVEY)
        return survey_source(c, a,
                             &(struct survey_ref){ of->organisation,
                                                   measure_survey_key(a, d, of->fiscal_year),
                                                   0 },
                             out, e);
    if (d->kind == MEASURE_VOICES)
        return voices_source(c, a, of, d, out, e);
    for (uint32_t i = 0; i < d->of_count; i++)
        fields[i + 1] = d->of[i];
    return !d->book.n || book_source(c, a, &what, d, out, e);
}

/* ---- writing ---- */

bool store_binding_save(struct conn *c, const struct stamp *stamp,
                        const struct indicator_ref *ref, const struct value *tree,
                        bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct said what = { ref->organisation, STR("binding"),
                               str_fmt(&mem, "binding/%.*s", STR_ARG(ref->key)), tree };

    return record_say_alone(c, stamp, &what, is_same, e);
}

bool store_actual_save(struct conn *c, const struct stamp *stamp, const struct actual_ref *ref,
                       const struct value *tree, bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct said what = {
        ref->organisation, STR("actual"),
        str_fmt(&mem, "actual/%04d/%.*s", ref->fiscal_year, STR_ARG(ref->indicator)), tree
    };

    return record_say_alone(c, stamp, &what, is_same, e);
}

bool store_actual_decline(struct conn *c, const struct stamp *stamp,
                          const struct actual_ref *ref, const struct value *tree, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct said what = {
        ref->organisation, STR("declined"),
        str_fmt(&mem, "declined/%04d/%.*s", ref->fiscal_year, STR_ARG(ref->indicator)), tree
    };
    bool is_same;

    if (!stamp->reason.n)
        return err_set(e, ERR_INPUT, "見送る理由を書いてください。");
    return record_say_alone(c, stamp, &what, &is_same, e);
}

/* ---- reading ---- */

static bool body_find(struct conn *c, struct arena *a, const struct entity_ref *ref,
                      const char *what, struct indicator_body *out, struct err *e)
{
    struct record r;
    struct value *tree;

    if (!record_find(c, a, ref, &r, e))
        return false;
    if (!r.seq)
        return err_set(e, ERR_NOT_FOUND, what, STR_ARG(ref->entity));
    if (!body_tree(a, r.body, &tree, e))
        return false;
    out->tree = tree;
    out->record = r.hash;
    out->at_ms = r.at_ms;
    out->author = r.author;
    out->role = r.role;
    out->reason = r.reason;
    return true;
}

static const char NOT_BOUND[] = "この指標は、どの台帳にも結び付いていません(%.*s)。";

static bool declared_read(struct conn *c, struct arena *a, str organisation, str indicator,
                          struct indicator_body *out, struct err *e)
{
    const struct entity_ref ref = { organisation,
                                    str_fmt(a, "binding/%.*s", STR_ARG(indicator)), 0 };

    out->indicator = indicator;
    return body_find(c, a, &ref, NOT_BOUND, out, e)
           && binding_read(a, out->tree, &out->binding, e);
}

struct declared_of {
    str organisation, indicator;
};

/* That nothing is declared is kept too: its record is then zero. */
static bool declared_or_not(struct conn *c, struct arena *a, const void *of, void *out,
                            struct err *e)
{
    const struct declared_of *what = of;
    struct indicator_body *body = out;

    *body = (struct indicator_body){ 0 };
    return declared_read(c, a, what->organisation, str_dup(a, what->indicator), body, e)
           || e->code == ERR_NOT_FOUND;
}

bool store_binding(struct conn *c, struct arena *a, str organisation, str indicator,
                   struct indicator_body *out, struct err *e)
{
    const struct declared_of what = { organisation, indicator };
    const struct kept_reader how = { KEPT_BINDING,
                                     STR_CAT(a, organisation, STR("/"), indicator), &what,
                                     declared_or_not, sizeof *out };

    if (!kept_or_read(c, a, &how, out, e))
        return false;
    return !hash_is_zero(out->record)
           || err_set(e, ERR_NOT_FOUND, NOT_BOUND,
                      STR_ARG(str_fmt(a, "binding/%.*s", STR_ARG(indicator))));
}

static bool bindings_read(struct conn *c, struct arena *a, const void *of, void *bindings,
                          struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_BINDING_LIST);
    const str organisation = *(const str *)of;
    struct indicator_bodies *out = bindings;
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct indicator_bodies){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++].indicator = take_text(&q, a);
    }
    for (uint32_t i = 0; !is_row && i < out->count; i++)
        if (!declared_read(c, a, organisation, out->rows[i].indicator, &out->rows[i], e))
            return false;
    return !is_row;
}

bool store_bindings(struct conn *c, struct arena *a, str organisation,
                    struct indicator_bodies *out, struct err *e)
{
    return kept_or_read(c, a,
                        &(struct kept_reader){ KEPT_ALL_BOUND, organisation, &organisation,
                                               bindings_read, sizeof *out },
                        out, e);
}

bool store_actual(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                  int fiscal_year, struct indicator_body *out, struct err *e)
{
    const struct entity_ref entity = {
        ref->organisation, str_fmt(a, "actual/%04d/%.*s", fiscal_year, STR_ARG(ref->key)),
        ref->when
    };

    out->indicator = ref->key;
    return body_find(c, a, &entity, "台帳から出した実績はまだ確定されていません(%.*s)。", out,
                     e);
}

static bool measured_of(const struct indicator_body *body, struct measured *out, struct err *e)
{
    return measured_read(body->tree, out)
           || err_set(e, ERR_IO, "確定した実績の記録を読めません(%.*s)。",
                      STR_ARG(body->indicator));
}

static bool declined_find(struct conn *c, struct arena *a, const struct evidence_year *of,
                          struct actual_state *out, struct err *e)
{
    const struct entity_ref entity = {
        of->organisation,
        str_fmt(a, "declined/%04d/%.*s", of->fiscal_year, STR_ARG(out->accepted.indicator)), 0
    };

    out->declined.indicator = out->accepted.indicator;
    if (!body_find(c, a, &entity, "%.*s", &out->declined, e))
        return e->code == ERR_NOT_FOUND;
    /* what was declined before the last decision does not stand in the way any more */
    if (out->declined.at_ms < out->accepted.at_ms)
        return true;
    return measured_of(&out->declined, &out->refused, e);
}

static bool state_read(struct conn *c, struct arena *a, const struct evidence_year *of,
                       const struct indicator_body *declared, struct actual_state *out,
                       struct err *e)
{
    const struct indicator_ref ref = { of->organisation, declared->indicator, 0 };

    *out = (struct actual_state){ .accepted.indicator = declared->indicator };
    if (!binding_read(a, declared->tree, &out->binding, e)
        || !store_measure_source(c, a, of, &out->binding.measure, &out->source, e))
        return false;
    out->source.evidence.binding = declared->record;
    if (store_actual(c, a, &ref, of->fiscal_year, &out->accepted, e)) {
        if (!measured_of(&out->accepted, &out->was, e))
            return false;
    } else if (e->code != ERR_NOT_FOUND) {
        return false;
    }
    return declined_find(c, a, of, out, e);
}

struct state_of {
    const struct evidence_year *of;
    const struct indicator_body *declared;
};

/* What was declared is read anew, so that nothing of the state borrows from it. */
static bool state_alone(struct conn *c, struct arena *a, const void *of, void *out,
                        struct err *e)
{
    const struct state_of *what = of;
    const struct evidence_year year = { str_dup(a, what->of->organisation),
                                        what->of->fiscal_year };
    struct indicator_body own = *what->declared;
    struct value *tree;

    if (!body_tree(a, body_put(a, own.tree), &tree, e))
        return false;
    own.tree = tree;
    own.indicator = str_dup(a, own.indicator);
    return state_read(c, a, &year, &own, out, e);
}

bool store_actual_state(struct conn *c, struct arena *a, const struct evidence_year *of,
                        const struct indicator_body *declared, struct actual_state *out,
                        struct err *e)
{
    const struct state_of what = { of, declared };
    struct kept_reader how = { .kind = KEPT_ACTUAL, .of = &what };
    struct buf name;

    if (hash_is_zero(declared->record)) /* not saved: only tried */
        return state_read(c, a, of, declared, out, e);
    buf_init(&name, a, 80, 80);
    hash_put(&name, declared->record);
    buf_fmt(&name, " %d", of->fiscal_year);
    how.name = buf_str(&name);
    how.read = state_alone;
    how.size = sizeof *out;
    return kept_or_read(c, a, &how, out, e);
}

bool store_actual_years(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                        struct actual_years *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_ACTUAL_YEARS);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct actual_years){ 0 };
    put_text(&q, ref->organisation);
    put_text(&q, ref->key);
    while (query_step(&q, &is_row, e) && is_row) {
        out->years = rows_grow(a, out->years, sizeof *out->years, out->count, &room);
        out->years[out->count++] = (int)take_int(&q);
    }
    return !is_row;
}

bool store_indicator_section(struct conn *c, struct arena *a, str organisation, str indicator,
                             str *section, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_INDICATOR_SECTION);
    bool found;

    put_text(&q, organisation);
    put_text(&q, indicator);
    if (!query_step(&q, &found, e))
        return false;
    *section = found ? take_text(&q, a) : (str){ 0 };
    return true;
}

bool store_bound_to(struct conn *c, struct arena *a, str organisation, str evidence,
                    struct indicator_bodies *out, struct err *e)
{
    const bool is_survey = str_starts(evidence, STR("survey/"));
    const str key = str_skip(evidence, (size_t)str_find_char(evidence, '/') + 1);
    struct indicator_bodies all;

    *out = (struct indicator_bodies){ 0 };
    if (!store_bindings(c, a, organisation, &all, e))
        return false;
    out->rows = NEW(a, struct indicator_body, all.count);
    for (uint32_t i = 0; i < all.count; i++) {
        const struct measure_def *d = &all.rows[i].binding.measure;

        if (is_survey ? measure_uses_survey(d, key) : str_eq(d->book, evidence))
            out->rows[out->count++] = all.rows[i];
    }
    return true;
}

/* ---- behind a whole plan ---- */

enum { CURVE_YEARS = 12 };

static bool bound_add(struct conn *c, struct arena *a, const struct plan *plan,
                      const struct indicator_body *declared, struct bound_source *out,
                      struct err *e)
{
    const struct evidence_year now = { plan->organisation_code, plan->fiscal_year };
    const struct evidence_year before = { now.organisation, now.fiscal_year - 1 };

    out->binding = declared->binding;
    if (!store_measure_source(c, a, &now, &out->binding.measure, &out->now, e)
        || !store_measure_source(c, a, &before, &out->binding.measure, &out->before, e))
        return false;
    return out->binding.measure.value != GIVES_RATE
           || store_cells(c, a,
                          &(struct cells_of){
                              .ref = { now.organisation, out->binding.measure.book },
                              .first_year = now.fiscal_year - CURVE_YEARS + 1,
                              .last_year = now.fiscal_year },
                          &out->years, e);
}

static const struct indicator_body *bound_find(struct arena *a,
                                               const struct indicator_bodies *all, str name)
{
    const str key = indicator_key(a, name);

    for (uint32_t i = 0; i < all->count; i++)
        if (str_eq(all->rows[i].indicator, key))
            return &all->rows[i];
    return NULL;
}

static bool bound_find_all(struct conn *c, struct arena *a, const struct plan *plan,
                           struct plan_behind *out, struct err *e)
{
    struct indicator_bodies all;
    uint32_t most = 0;

    if (!store_bindings(c, a, plan->organisation_code, &all, e))
        return false;
    if (!all.count) /* as in most: names need not be looked at */
        return true;
    for (uint32_t i = 0; i < plan->initiative_count; i++)
        most += plan->initiatives[i].indicator_count;
    out->bound = NEW(a, struct bound_source, most);
    for (uint32_t i = 0; i < plan->initiative_count; i++)
        for (uint32_t k = 0; k < plan->initiatives[i].indicator_count; k++) {
            const str name = plan->initiatives[i].indicators[k].name.v;
            const struct indicator_body *declared = bound_find(a, &all, name);

            if (!declared)
                continue;
            out->bound[out->bound_count].indicator = name;
            if (!bound_add(c, a, plan, declared, &out->bound[out->bound_count++], e))
                return false;
        }
    return true;
}

bool store_plan_behind(struct conn *c, struct arena *a, const struct plan *plan,
                       struct plan_behind *out, struct err *e)
{
    struct survey_results results;

    *out = (struct plan_behind){ 0 };
    if (!bound_find_all(c, a, plan, out, e)
        || !store_survey_results(c, a, plan->organisation_code, plan->fiscal_year, &results, e))
        return false;
    out->surveys = NEW(a, struct survey_counted, results.count);
    for (; out->survey_count < results.count; out->survey_count++) {
        const struct survey_stored *s = &results.rows[out->survey_count];

        out->surveys[out->survey_count] = (struct survey_counted){ &s->survey, &s->tally };
    }
    return true;
}
