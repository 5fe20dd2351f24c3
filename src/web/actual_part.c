/* Evidence, published, accepted: measured for one indicator and year, and put into a tree. */
#include "web/actual_part.h"

#include <math.h>

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

/* ---- measuring ---- */

static const struct series_point *point_of(const struct series *s, int fiscal_year)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->points[i].fiscal_year == fiscal_year)
            return &s->points[i];
    return NULL;
}

static void view_measure(struct req *r, const struct actual_of *of, struct actual_view *v)
{
    const struct measure_input in =
        measure_input_of(&v->state.binding.measure, &v->state.source, of->fiscal_year,
                         day_of(r->mem, r->now_ms));
    const struct series_point *point = point_of(of->series, of->fiscal_year);

    v->fiscal_year = of->fiscal_year;
    measure_actual(r->mem, &in, &v->now);
    v->has_indicator = point != NULL;
    if (point)
        v->indicator = point->indicator;
}

bool actual_view_load(struct req *r, const struct actual_of *of,
                      const struct indicator_body *declared, struct actual_view *out,
                      struct err *e)
{
    const struct evidence_year year = { of->organisation, of->fiscal_year };

    *out = (struct actual_view){ 0 };
    if (!store_actual_state(r->db, r->mem, &year, declared, &out->state, e))
        return false;
    view_measure(r, of, out);
    out->is_news = measured_is_news(&out->now, &out->state.was, &out->state.refused);
    return true;
}

bool actual_view_try(struct req *r, const struct actual_of *of, const struct binding *b,
                     struct actual_view *out, struct err *e)
{
    const struct evidence_year year = { of->organisation, of->fiscal_year };

    *out = (struct actual_view){ .state.binding = *b };
    if (!store_measure_source(r->db, r->mem, &year, &b->measure, &out->state.source, e))
        return false;
    view_measure(r, of, out);
    return true;
}

bool actual_differs(const struct actual_view *v)
{
    const struct amount *published = &v->indicator.actual;
    double unit = 1;

    if (!v->has_indicator || !v->now.has_value)
        return false;
    if (!published->is_set)
        return v->indicator.actual_note.n == 0;
    if (!measure_same_unit(published->unit, v->now.unit) && published->unit.n && v->now.unit.n)
        return true;
    for (int k = 0; k < published->value.scale; k++)
        unit /= 10;
    return fabs(dec_double(published->value) - dec_double(v->now.value))
           > unit / 2 * (1 + 1e-9);
}

/* ---- into the tree ---- */

static void put_number(struct arena *a, struct value *row, const char *key, bool has, dec value)
{
    if (has)
        value_put_dec(a, row, key, value);
    else
        value_put_null(a, row, key);
}

str actual_evidence_url(const struct req *r, str organisation, str evidence)
{
    const str key = str_skip(evidence, (size_t)str_find_char(evidence, '/') + 1);

    if (!evidence.n || !key.n)
        return (str){ 0 };
    if (str_eq(evidence, MEASURE_VOICES_BOOK))
        return req_url(r, "/o/%.*s/voices", STR_ARG(organisation));
    return str_starts(evidence, STR("survey/"))
               ? req_url(r, "/o/%.*s/surveys/%.*s", STR_ARG(organisation), STR_ARG(key))
               : req_url(r, "/o/%.*s/evidence/%.*s", STR_ARG(organisation), STR_ARG(key));
}

static void put_hash(const struct req *r, struct value *map, const char *key, const char *url,
                     struct hash h)
{
    const bool has = !hash_is_zero(h);

    value_put_text_or_null(r->mem, map, key, has ? str_take(part_hash(r, h), 12) : (str){ 0 });
    if (url)
        value_put_text_or_null(r->mem, map, url, has ? part_record_url(r, h) : (str){ 0 });
}

static void put_evidence(const struct req *r, struct value *row, str organisation,
                         const struct actual_view *v)
{
    const struct evidence_of *of = &v->state.source.evidence;
    struct value *map = value_put_map(r->mem, row, "evidence");
    const bool is_there = v->state.source.name.n > 0,
               is_voices = str_eq(of->book, MEASURE_VOICES_BOOK);

    value_put_text_or_null(r->mem, map, "name", v->state.source.name);
    value_put_text_or_null(r->mem, map, "url",
                           is_there ? actual_evidence_url(r, organisation, of->book)
                                    : (str){ 0 });
    value_put_int(r->mem, map, "batches", of->batches);
    put_hash(r, map, "digest", NULL, of->digest);
    put_hash(r, map, "newest", NULL, of->newest);
    /* what was entered into a register is shown by its own page */
    value_put_text_or_null(r->mem, map, "newest_url",
                           str_starts(of->book, STR("survey/")) && !hash_is_zero(of->newest)
                               ? part_record_url(r, of->newest)
                               : (str){ 0 });
    /* the settings of voices are for staff */
    put_hash(r, map, "definition", is_voices ? NULL : "definition_url", of->definition);
    if (is_voices)
        value_put_null(r->mem, map, "definition_url");
    value_put_text(r->mem, map, "rule", MEASURE_RULE);
}

static void put_entered(const struct req *r, struct value *row, const struct measured *m)
{
    struct value *map;

    if (!m->is_manual || !m->has_value) {
        value_put_null(r->mem, row, "entered");
        return;
    }
    map = value_put_map(r->mem, row, "entered");
    value_put_text(r->mem, map, "source", m->source);
    value_put_text_or_null(r->mem, map, "by", m->by);
    value_put_text_or_null(r->mem, map, "on", m->on);
}

static void put_verdicts(const struct req *r, struct value *row, const struct actual_view *v)
{
    if (!v->has_indicator) {
        value_put_null(r->mem, row, "verdict");
        value_put_null(r->mem, row, "sure");
        return;
    }
    value_put_text(r->mem, row, "verdict",
                   verdict_word(measure_verdict(&v->indicator, &v->now)));
    value_put_text(r->mem, row, "sure",
                   verdict_word(measure_verdict_sure(&v->indicator, &v->now)));
}

void actual_put(const struct req *r, struct value *row, str organisation,
                const struct actual_view *v)
{
    struct arena *a = r->mem;
    const struct measured *m = &v->now, *was = &v->state.was;
    const struct amount *published = &v->indicator.actual;

    part_put_year(r, row, v->fiscal_year);
    put_number(a, row, "published", v->has_indicator && published->is_set, published->value);
    put_number(a, row, "accepted", was->has_value, was->value);
    put_number(a, row, "counted", m->has_value, m->value);
    value_put_text_or_null(a, row, "counted_unit", m->unit);
    put_number(a, row, "numerator", m->is_ratio, m->numerator);
    put_number(a, row, "denominator", m->is_ratio, m->denominator);
    put_number(a, row, "low", m->has_interval, m->low);
    put_number(a, row, "high", m->has_interval, m->high);
    value_put_int(a, row, "entries", (int64_t)m->entries);
    value_put_int(a, row, "pending", (int64_t)m->pending);
    value_put_text_or_null(a, row, "as_of", m->as_of);
    value_put_bool(a, row, "is_final", m->is_final);
    value_put_bool(a, row, "is_weighted", m->is_weighted);
    value_put_bool(a, row, "is_news", v->is_news);
    value_put_bool(a, row, "differs", actual_differs(v));
    put_verdicts(r, row, v);
    put_entered(r, row, m);
    value_put_text_or_null(a, row, "why_not", m->why_not);
    put_evidence(r, row, organisation, v);
}

/* ---- why it is proposed ---- */

static void add_why(const struct req *r, struct value *list, const char *key,
                    const struct value *words)
{
    value_put_text(r->mem, value_add_map(r->mem, list), "text", req_message(r, key, words));
}

static bool is_same_hash(const struct req *r, const struct value *of, const char *key,
                         struct hash now)
{
    const str then = value_text(of, key);

    return hash_is_zero(now) ? !then.n : str_eq(then, part_hash(r, now));
}

/* What came in last, and why: from the newest record behind the figure. */
static bool add_newest(struct req *r, struct value *list, const struct actual_view *v,
                       int64_t before, struct err *e)
{
    const struct evidence_of *of = &v->state.source.evidence;
    struct value *words = value_map(r->mem);
    struct record newest;

    if (hash_is_zero(of->newest)) {
        value_put_int(r->mem, words, "count", (int64_t)of->batches - before);
        add_why(r, list, of->batches > before ? "proposal.why_voices" : "proposal.why_answers",
                words);
        return true;
    }
    if (!store_record(r->db, r->mem, of->newest, &newest, e))
        return false;
    value_put_text(r->mem, words, "name", v->state.source.name);
    value_put_int(r->mem, words, "count", (int64_t)of->batches - before);
    value_put_text(r->mem, words, "when", part_time_label(r, newest.at_ms));
    value_put_text(r->mem, words, "reason", newest.reason);
    add_why(r, list,
            newest.reason.n        ? "proposal.why_reason"
            : of->batches > before ? "proposal.why_entries"
                                   : "proposal.why_evidence",
            words);
    return true;
}

bool actual_put_why(struct req *r, struct value *row, const struct actual_view *v,
                    struct err *e)
{
    struct value *list = value_put_list(r->mem, row, "why");
    const struct actual_state *s = &v->state;
    const struct value *of =
        s->was.has_value ? value_get(s->accepted.tree, STR("evidence")) : NULL;

    if (!s->was.has_value) {
        add_why(r, list, "proposal.why_first", NULL);
        return true;
    }
    if (!is_same_hash(r, of, "binding", s->source.evidence.binding))
        add_why(r, list, "proposal.why_binding", NULL);
    if (!is_same_hash(r, of, "digest", s->source.evidence.digest)
        && !add_newest(r, list, v, value_int(of, "batches"), e))
        return false;
    if (value_get(of, STR("definition"))
        && !is_same_hash(r, of, "definition", s->source.evidence.definition))
        add_why(r, list, "proposal.why_definition", NULL);
    if (!str_eq(value_text(s->accepted.tree, "rule"), MEASURE_RULE))
        add_why(r, list, "proposal.why_rule", NULL);
    if (v->now.is_final && !s->was.is_final)
        add_why(r, list, "proposal.why_final", NULL);
    return true;
}

/* ---- all of them ---- */

static bool walk_one(struct actual_walk *w, const struct indicator_body *declared,
                     struct err *e)
{
    struct req *r = w->r;
    const struct indicator_ref ref = { w->organisation, declared->indicator, 0 };
    struct actual_years years;
    struct series series;

    if (!store_series(r->db, r->mem, &ref, &series, e))
        return e->code == ERR_NOT_FOUND; /* its name is in no plan any more */
    if (!store_actual_years(r->db, r->mem, &ref, &years, e))
        return false;
    for (uint32_t i = 0; i < years.count; i++) {
        const struct actual_of of = { w->organisation, &series, years.years[i] };
        struct actual_view v;

        if (!actual_view_load(r, &of, declared, &v, e) || !w->each(w, declared, &series, &v, e))
            return false;
    }
    return true;
}

bool actual_walk(struct actual_walk *w, struct err *e)
{
    struct indicator_bodies all;

    if (!store_bindings(w->r->db, w->r->mem, w->organisation, &all, e))
        return false;
    for (uint32_t i = 0; i < all.count; i++)
        if (!walk_one(w, &all.rows[i], e))
            return false;
    return true;
}

static bool count_one(struct actual_walk *w, const struct indicator_body *declared,
                      const struct series *series, const struct actual_view *v, struct err *e)
{
    (void)declared;
    (void)series;
    (void)e;
    *(uint32_t *)w->ctx += v->is_news;
    return true;
}

bool actual_news_count(struct req *r, str organisation, uint32_t *out, struct err *e)
{
    struct actual_walk w = {
        .r = r, .organisation = organisation, .ctx = out, .each = count_one
    };

    *out = 0;
    return actual_walk(&w, e);
}

/* ---- what a measure says ---- */

/* ---- voices, as if they were a register ---- */

static void field_begin(struct register_field *f, const char *key, const char *ja,
                        const char *en)
{
    *f = (struct register_field){ .key = str_from(key),
                                  .kind = FIELD_CHOICE,
                                  .label = { str_from(ja), str_from(en) } };
}

static void choice_add(struct register_field *f, str key, str ja, str en)
{
    f->choices[f->choice_count++] = (struct choice){ .key = key, .label = { ja, en } };
}

static void doors_put(struct req *r, struct register_field *f)
{
    field_begin(f, "door", "入口", "Door");
    f->choices = NEW(r->mem, struct choice, DOOR_COUNT);
    for (int d = 0; d < DOOR_COUNT; d++)
        choice_add(f, door_word((enum voice_door)d),
                   str_from(door_label((enum voice_door)d, LANG_JA)),
                   str_from(door_label((enum voice_door)d, LANG_EN)));
}

bool actual_voices_load(struct req *r, str organisation, struct register_def *out,
                        struct err *e)
{
    struct register_field *f = NEW(r->mem, struct register_field, 3);
    struct hearing_stored settings;
    struct organisation_list sections;

    if (!store_hearing(r->db, r->mem, organisation, &settings, e)
        || !store_sections(r->db, r->mem, organisation, &sections, e))
        return false;
    *out = (struct register_def){ .fields = f, .field_count = 3, .date = -1 };
    doors_put(r, &f[0]);
    field_begin(&f[1], "category", "分野", "Category");
    f[1].choices = NEW(r->mem, struct choice, settings.hearing.categories.count);
    for (uint32_t i = 0; i < settings.hearing.categories.count; i++) {
        const struct hearing_item *one = &settings.hearing.categories.rows[i];

        choice_add(&f[1], one->code, one->label[LANG_JA], one->label[LANG_EN]);
    }
    field_begin(&f[2], "section", "担当課", "Section");
    f[2].choices = NEW(r->mem, struct choice, sections.count);
    for (uint32_t i = 0; i < sections.count; i++)
        choice_add(&f[2], sections.rows[i].key, sections.rows[i].name, sections.rows[i].name);
    return true;
}

bool actual_book_load(struct req *r, str organisation, const struct measure_def *d,
                      struct register_def *out, struct err *e)
{
    struct hash record;

    *out = (struct register_def){ 0 };
    if (d->kind == MEASURE_VOICES)
        return actual_voices_load(r, organisation, out, e);
    if (!d->book.n
        || store_book(r->db, r->mem, &(struct book_ref){ organisation, d->book }, out, &record,
                      e))
        return true;
    *out = (struct register_def){ 0 };
    return e->code == ERR_NOT_FOUND;
}

static const struct register_field *field_of(const struct register_def *def, str key)
{
    const int at = def->field_count ? register_field_find(def, key) : -1;

    return at < 0 ? NULL : &def->fields[at];
}

static str field_name(const struct req *r, const struct register_def *def, str key)
{
    const struct register_field *f = field_of(def, key);

    return f ? f->label[r->lang] : key;
}

static str choice_name(const struct req *r, const struct register_field *f, str key)
{
    const struct choice *c = f ? field_choice(f, key) : NULL;

    return c ? c->label[r->lang] : key;
}

static void put_filters(const struct req *r, struct buf *b, const struct measure_def *d,
                        const struct register_def *def)
{
    const char *comma = r->lang == LANG_JA ? "、" : ", ";

    for (uint32_t i = 0; i < d->filter_count; i++) {
        const struct measure_filter *filter = &d->filters[i];
        const struct register_field *f = field_of(def, filter->field);

        buf_fmt(b, "%s%.*s=", i ? "; " : "", STR_ARG(field_name(r, def, filter->field)));
        for (uint32_t k = 0; k < filter->count; k++)
            buf_fmt(b, "%s%.*s", k ? comma : "", STR_ARG(choice_name(r, f, filter->any_of[k])));
    }
}

str actual_measure_text(const struct req *r, const struct binding *b, str name,
                        const struct register_def *def)
{
    const struct measure_def *d = &b->measure;
    struct value *words = value_map(r->mem);
    struct buf of, filters;

    buf_init(&of, r->mem, 64, LIMIT_TEXT_BYTES);
    buf_init(&filters, r->mem, 64, LIMIT_TEXT_BYTES);
    for (uint32_t i = 0; i < d->of_count; i++)
        buf_fmt(&of, "%s%.*s", i ? " / " : "", STR_ARG(field_name(r, def, d->of[i])));
    if (d->kind == MEASURE_SURVEY)
        buf_put(&of, d->question);
    put_filters(r, &filters, d, def);
    value_put_text(r->mem, words, "name",
                   name.n                      ? name
                   : d->kind == MEASURE_SURVEY ? d->survey
                                               : d->book);
    value_put_text(r->mem, words, "value",
                   part_word(r, "measure_value", measure_value_word(d->value)));
    value_put_text(r->mem, words, "of", buf_str(&of));
    value_put_text(r->mem, words, "filter", buf_str(&filters));
    return req_message(r,
                       d->kind == MEASURE_MANUAL ? "measure.says_manual"
                       : filters.n               ? "measure.says_filter"
                       : of.n                    ? "measure.says_of"
                                                 : "measure.says",
                       words);
}

bool actual_put_uses(struct req *r, struct value *map, str organisation, str evidence,
                     struct err *e)
{
    struct value *list = value_put_list(r->mem, map, "uses");
    struct indicator_bodies bound;

    if (!store_bound_to(r->db, r->mem, organisation, evidence, &bound, e))
        return false;
    for (uint32_t i = 0; i < bound.count; i++) {
        const struct indicator_ref ref = { organisation, bound.rows[i].indicator, 0 };
        struct register_def def;
        const struct binding *b = &bound.rows[i].binding;
        struct value *use;
        str name;

        if (!store_indicator_name(r->db, r->mem, &ref, &name, e)) {
            if (e->code != ERR_NOT_FOUND)
                return false;
            continue;
        }
        if (!actual_book_load(r, organisation, &b->measure, &def, e))
            return false;
        use = value_add_map(r->mem, list);
        value_put_text(r->mem, use, "name", name);
        value_put_text(r->mem, use, "url",
                       req_url(r, "/o/%.*s/i/%.*s#made", STR_ARG(organisation),
                               STR_ARG(bound.rows[i].indicator)));
        value_put_text(r->mem, use, "what",
                       actual_measure_text(r, b, req_message(r, "measure.this", NULL), &def));
    }
    value_put_bool(r->mem, map, "has_uses", list->count > 0);
    return true;
}

/* ---- beside the indicators of a sheet ---- */

static bool sheet_actual_find(struct req *r, const struct work_ref *ref,
                              const struct indicator *i, struct sheet_actual *out,
                              struct err *e)
{
    struct series_point *point = NEW(r->mem, struct series_point, 1);
    struct series *series = NEW(r->mem, struct series, 1);
    const struct actual_of of = { ref->organisation, series, ref->fiscal_year };
    struct indicator_body declared;
    struct actual_view *v;

    *point = (struct series_point){ .fiscal_year = ref->fiscal_year, .indicator = *i };
    *series = (struct series){ point, 1 };
    if (!store_binding(r->db, r->mem, ref->organisation, out->key, &declared, e))
        return e->code == ERR_NOT_FOUND;
    out->v = v = arena_raw(r->mem, sizeof *v, 1); /* large, and filled at once */
    return actual_view_load(r, &of, &declared, v, e);
}

bool actual_sheet_load(struct req *r, const struct work_ref *ref, const struct initiative *i,
                       const str *keys, const struct sheet_actual **out, struct err *e)
{
    struct sheet_actual *rows = NEW(r->mem, struct sheet_actual, i->indicator_count);

    *out = rows;
    for (uint32_t k = 0; k < i->indicator_count && !r->at; k++) {
        rows[k].key = keys[k];
        if (!sheet_actual_find(r, ref, &i->indicators[k], &rows[k], e))
            return false;
    }
    return true;
}

static const char *beside_word(const struct actual_view *v, bool always)
{
    if (actual_differs(v))
        return v->indicator.actual.is_set ? "evidence.beside_differs" : "evidence.beside_lacks";
    return always ? "evidence.beside_same" : NULL;
}

void actual_put_beside(const struct req *r, struct value *row, str organisation,
                       const struct sheet_actual *s, bool always)
{
    const struct actual_view *v = s ? s->v : NULL;
    const char *word = v && v->now.has_value ? beside_word(v, always) : NULL;
    struct value *words, *map;

    if (!word) {
        value_put_null(r->mem, row, "evidence");
        return;
    }
    words = value_map(r->mem);
    value_put_dec(r->mem, words, "value", v->now.value);
    value_put_text(r->mem, words, "unit", v->now.unit);
    value_put_text(r->mem, words, "of",
                   v->now.is_ratio ? str_fmt(r->mem, " (%.*s / %.*s)",
                                             STR_ARG(dec_str(r->mem, v->now.numerator)),
                                             STR_ARG(dec_str(r->mem, v->now.denominator)))
                                   : (str){ 0 });
    map = value_put_map(r->mem, row, "evidence");
    value_put_text(r->mem, map, "says", req_message(r, word, words));
    value_put_text(r->mem, map, "url",
                   req_url(r, "/o/%.*s/i/%.*s#made", STR_ARG(organisation), STR_ARG(s->key)));
    value_put_text_or_null(r->mem, map, "decide_url",
                           always && v->is_news ? req_url_with(r,
                                                               req_url(r, "/w/%.*s/proposals",
                                                                       STR_ARG(organisation)),
                                                               "indicator", s->key)
                                                : (str){ 0 });
}
