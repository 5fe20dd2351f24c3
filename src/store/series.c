/* An indicator over the years. */
#include "store/kept.h"

#include "base/banned.h"

enum { KEY_DIGITS = 12 };

str indicator_key(struct arena *a, str name)
{
    struct buf hex;

    buf_init(&hex, a, 64, 64);
    hash_put(&hex, hash_bytes(text_fold(a, name)));
    return str_take(buf_str(&hex), KEY_DIGITS);
}

str *indicator_keys(struct arena *a, const struct initiative *i)
{
    str *keys = NEW(a, str, i->indicator_count);

    for (uint32_t k = 0; k < i->indicator_count; k++)
        keys[k] = indicator_key(a, i->indicators[k].name.v);
    return keys;
}

/* A series being gathered. */
struct gather {
    struct conn *c;
    struct arena *a;
    const struct indicator_ref *ref;
    struct series *out;
    uint32_t room;
};

static void add(struct gather *g, struct series_point point)
{
    g->out->points =
        rows_grow(g->a, g->out->points, sizeof *g->out->points, g->out->count, &g->room);
    g->out->points[g->out->count++] = point;
}

/* ---- as it stands now: the table says where ---- */

static bool add_row(struct gather *g, struct query *q, struct err *e)
{
    struct series_point point = { .fiscal_year = (int)take_int(q) };
    struct initiative_row row;
    int64_t position;

    point.initiative = (int)take_int(q);
    position = take_int(q);
    if (!initiative_of_record(g->c, g->a, take_int(q), &row, e))
        return false;
    if (position >= row.initiative.indicator_count)
        return err_set(e, ERR_IO,
                       "指標の表が記録と合いません。meguri rebuild で作り直してください。");
    point.indicator = row.initiative.indicators[position];
    point.record = row.record;
    add(g, point);
    return true;
}

static bool gather_now(struct gather *g, struct err *e)
{
    AUTO(query_end) struct query q = query_on(g->c, Q_INDICATOR_SERIES);
    bool is_row = true;

    put_text(&q, g->ref->organisation);
    put_text(&q, g->ref->key);
    while (query_step(&q, &is_row, e) && is_row)
        if (!add_row(g, &q, e))
            return false;
    return !is_row;
}

/* ---- as it stood then: every plan of that day is looked through ---- */

static bool add_initiative(struct gather *g, const struct plan_ref *ref,
                           const struct initiative *of, struct err *e)
{
    struct initiative_row row = { 0 };

    for (uint32_t i = 0; i < of->indicator_count; i++) {
        if (!str_eq(indicator_key(g->a, of->indicators[i].name.v), g->ref->key))
            continue;
        /* read again, for the record that says so */
        if (hash_is_zero(row.record) && !store_initiative(g->c, g->a, ref, of->number, &row, e))
            return false;
        add(g, (struct series_point){ ref->fiscal_year, of->number, of->indicators[i],
                                      row.record });
    }
    return true;
}

static bool add_year(struct gather *g, int fiscal_year, struct err *e)
{
    const struct plan_ref ref = { g->ref->organisation, fiscal_year, g->ref->when };
    struct plan plan;

    if (!store_plan(g->c, g->a, &ref, &plan, e))
        return e->code == ERR_NOT_FOUND; /* it was not there yet */
    for (uint32_t i = 0; i < plan.initiative_count; i++)
        if (!add_initiative(g, &ref, &plan.initiatives[i], e))
            return false;
    return true;
}

static bool gather_then(struct gather *g, struct err *e)
{
    struct plan_heads years; /* of today: a year is never taken out */

    if (!store_plans(g->c, g->a, g->ref->organisation, &years, e))
        return false;
    for (uint32_t i = years.count; i-- > 0;)
        if (!add_year(g, years.rows[i].fiscal_year, e))
            return false;
    return true;
}

bool store_series(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                  struct series *out, struct err *e)
{
    struct gather g = { c, a, ref, out, 0 };

    *out = (struct series){ 0 };
    if (!(ref->when ? gather_then(&g, e) : gather_now(&g, e)))
        return false;
    return out->count > 0
           || err_set(e, ERR_NOT_FOUND, "%.*s にその指標はありません。",
                      STR_ARG(ref->organisation));
}

static bool name_read(struct conn *c, struct arena *a, const void *of, void *name,
                      struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct series series;

    if (!store_series(c, &mem, of, &series, e))
        return false;
    *(str *)name = str_dup(a, series.points[series.count - 1].indicator.name.v);
    return true;
}

bool store_indicator_name(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                          str *name, struct err *e)
{
    const struct kept_reader how = { KEPT_INDICATOR_NAME,
                                     str_fmt(a, "%.*s/%.*s %lld", STR_ARG(ref->organisation),
                                             STR_ARG(ref->key), (long long)ref->when),
                                     ref, name_read, sizeof *name };

    return kept_or_read(c, a, &how, name, e);
}
