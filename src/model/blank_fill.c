/* A sheet into a filled form and back. Rows are known by their ids; what a form leaves as it
 * was stays as it is, with its place in the document it came from. */
#include "model/blanks_inner.h"

#include "base/banned.h"

/* ---- ids ---- */

static bool is_taken(const str *ids, uint32_t n, str id)
{
    for (uint32_t k = 0; k < n; k++)
        if (str_eq(ids[k], id))
            return true;
    return false;
}

/* Stored ids that can be used stay; the others become "p1", by their place, or "p1x" where
 * another row is called so. */
static void ids_complete(struct arena *a, str *ids, uint32_t n, const char *letter)
{
    for (uint32_t k = 0; k < n; k++)
        if (!blank_row_is_valid(ids[k]) || is_taken(ids, k, ids[k]))
            ids[k] = (str){ 0 };
    for (uint32_t k = 0; k < n; k++) {
        str id = str_fmt(a, "%s%u", letter, k + 1);

        if (ids[k].n)
            continue;
        while (is_taken(ids, n, id))
            id = str_fmt(a, "%.*sx", STR_ARG(id));
        ids[k] = id;
    }
}

str *indicator_ids(struct arena *a, const struct initiative *i)
{
    str *ids = NEW(a, str, i->indicator_count);

    for (uint32_t k = 0; k < i->indicator_count; k++)
        ids[k] = i->indicators[k].id;
    ids_complete(a, ids, i->indicator_count, "i");
    return ids;
}

str *planned_ids(struct arena *a, const struct initiative *i)
{
    str *ids = NEW(a, str, i->planned_count);

    for (uint32_t k = 0; k < i->planned_count; k++)
        ids[k] = i->planned[k].id;
    ids_complete(a, ids, i->planned_count, "p");
    return ids;
}

static bool is_paired(const struct initiative *i, uint32_t reported)
{
    const int32_t plan = i->reported[reported].other;

    return plan >= 0 && (uint32_t)plan < i->planned_count
           && i->planned[plan].other == (int32_t)reported;
}

str *extra_ids(struct arena *a, const struct initiative *i)
{
    str *ids = NEW(a, str, i->reported_count);

    for (uint32_t k = 0; k < i->reported_count; k++)
        ids[k] = i->reported[k].id;
    ids_complete(a, ids, i->reported_count, "x");
    for (uint32_t k = 0; k < i->reported_count; k++)
        if (is_paired(i, k))
            ids[k] = (str){ 0 };
    return ids;
}

/* One mark for each entry of the outline, unless the form that was read has another number of
 * places. */
uint32_t outlook_count(const struct initiative *i)
{
    if (i->midyear.activity_count)
        return i->midyear.activity_count;
    return i->outline_count ? i->outline_count : 1;
}

/* ---- out ---- */

void row_put(struct arena *a, enum step s, enum blank_group g, str id, const void *row,
             struct filled_list *out)
{
    struct putting p = { .a = a };
    size_t n;
    const struct blank *all = blanks(&n);

    if (g == GROUP_INDICATOR)
        p.unit = indicator_unit(row);
    else if (g == GROUP_ACTIVITY)
        p.unit = ((const struct activity *)row)->quantity.unit;
    else if (g == GROUP_RESULT || g == GROUP_EXTRA)
        p.unit = ((const struct told *)row)->quantity.unit;
    else if (g == GROUP_ACTUAL)
        p.unit = ((const struct told_actual *)row)->value.unit;
    for (size_t k = 0; k < n; k++)
        if (all[k].step == s && all[k].group == g)
            filled_set(a, out, filled_name(a, &all[k], id), all[k].way->put(&p, &all[k], row));
}

static void put_rows(struct arena *a, const struct initiative *i, enum blank_group g,
                     struct filled_list *out)
{
    const str *ids = g == GROUP_INDICATOR || g == GROUP_ACTUAL ? indicator_ids(a, i)
                     : g == GROUP_EXTRA                        ? extra_ids(a, i)
                                                               : planned_ids(a, i);

    for (uint32_t k = 0; g == GROUP_INDICATOR && k < i->indicator_count; k++)
        row_put(a, STEP_PLAN, g, ids[k], &i->indicators[k], out);
    for (uint32_t k = 0; g == GROUP_ACTIVITY && k < i->planned_count; k++)
        row_put(a, STEP_PLAN, g, ids[k], &i->planned[k], out);
    for (uint32_t k = 0; g == GROUP_RESULT && k < i->planned_count; k++)
        row_put(a, STEP_EVALUATION, g, ids[k], &(struct told[]){ told_of(i, k) }[0], out);
    for (uint32_t k = 0; g == GROUP_EXTRA && k < i->reported_count; k++)
        if (ids[k].n)
            row_put(a, STEP_EVALUATION, g, ids[k], &(struct told[]){ told_of_extra(i, k) }[0],
                    out);
    for (uint32_t k = 0; g == GROUP_ACTUAL && k < i->indicator_count; k++)
        row_put(a, STEP_EVALUATION, g, ids[k],
                &(struct told_actual[]){ actual_of(&i->indicators[k]) }[0], out);
}

static void put_outlook(struct arena *a, const struct initiative *i, struct filled_list *out)
{
    const struct marked none = { 0 };

    for (uint32_t k = 0; k < outlook_count(i); k++)
        row_put(a, STEP_MIDYEAR, GROUP_OUTLOOK, str_fmt(a, "%u", k + 1),
                k < i->midyear.activity_count ? &i->midyear.activities[k] : &none, out);
}

void blanks_put(struct arena *a, const struct initiative *i, enum step s,
                struct filled_list *out)
{
    *out = (struct filled_list){ 0 };
    row_put(a, s, GROUP_SHEET, (str){ 0 }, i, out);
    if (s == STEP_MIDYEAR)
        put_outlook(a, i, out);
    for (int g = GROUP_SHEET + 1; g < GROUP_COUNT; g++) {
        const bool is_plan = g == GROUP_INDICATOR || g == GROUP_ACTIVITY;

        if (g != GROUP_OUTLOOK && s != STEP_MIDYEAR && is_plan == (s == STEP_PLAN))
            put_rows(a, i, (enum blank_group)g, out);
    }
}

/* ---- in ---- */

static bool is_too_long(struct taking *t, const struct blank *b, str text)
{
    if (!b->limit || utf8_count(text) <= b->limit)
        return false;
    return !take_fault(t, "「%s」が長すぎます(%zu字)。%u字までにしてください。",
                       b->label[LANG_JA], utf8_count(text), b->limit);
}

/* A row is there when one of its blanks was sent. */
static bool has_row(const struct taking *t, enum blank_group g, str id)
{
    size_t n;
    const struct blank *all = blanks(&n);

    if (g == GROUP_SHEET)
        return true;
    for (size_t k = 0; k < n; k++)
        if (all[k].step == t->in->step && all[k].group == g
            && filled_has(t->in->list, filled_name(t->a, &all[k], id)))
            return true;
    return false;
}

/* The unit of a row: as it was sent, otherwise as it stands. */
static str row_unit(struct taking *t, enum blank_group g, str id, const void *row)
{
    struct filled_list now = { 0 };
    str name;

    if (g == GROUP_SHEET || g == GROUP_OUTLOOK)
        return (str){ 0 };
    if (g == GROUP_ACTUAL)
        return ((const struct told_actual *)row)->value.unit;
    name = str_fmt(t->a, "%.*s.%.*s.unit", STR_ARG(blank_group_word(g)), STR_ARG(id));
    if (filled_has(t->in->list, name))
        return str_trim(filled_get(t->in->list, name));
    row_put(t->a, t->in->step, g, id, row, &now);
    return filled_get(&now, name);
}

bool row_take(struct taking *t, enum blank_group g, str id, void *row)
{
    size_t n;
    const struct blank *all = blanks(&n);
    struct putting p = { .a = t->a };
    bool is_fine = true;

    if (!has_row(t, g, id))
        return true;
    p.unit = t->unit = row_unit(t, g, id, row);
    for (size_t k = 0; k < n; k++) {
        const struct blank *b = &all[k];
        str text;

        if (b->step != t->in->step || b->group != g)
            continue;
        t->name = filled_name(t->a, b, id);
        if (!filled_has(t->in->list, t->name) && b->kind != BLANK_FLAG)
            continue;
        text = filled_get(t->in->list, t->name);
        if (str_eq(text, b->way->put(&p, b, row)))
            continue;
        is_fine &= !is_too_long(t, b, text) && b->way->take(t, b, row, text);
    }
    return is_fine;
}

/* ---- the plan ---- */

static int32_t index_of(const str *ids, uint32_t n, str id)
{
    for (uint32_t k = 0; k < n; k++)
        if (str_eq(ids[k], id))
            return (int32_t)k;
    return -1;
}

/* The ids that the form sends for a group, or those of the version before. */
static bool order_read(struct taking *t, enum blank_group g, const str *was, uint32_t was_n,
                       struct rows *out)
{
    const str name = blank_group_word(g);
    str rest = filled_get(t->in->list, name), id;

    out->ids = NEW(t->a, str, BLANK_ROWS_MAX + was_n);
    out->count = 0;
    t->name = name;
    if (!filled_has(t->in->list, name)) {
        for (uint32_t k = 0; k < was_n; k++)
            if (was[k].n)
                out->ids[out->count++] = was[k];
        return true;
    }
    while ((id = filled_next_row(&rest)).n) {
        if (out->count == BLANK_ROWS_MAX + was_n || !blank_row_is_valid(id)
            || is_taken(out->ids, out->count, id))
            return take_fault(t, "行の並びが正しくありません。ページを開き直してください。");
        if (out->count == BLANK_ROWS_MAX && index_of(was, was_n, id) < 0)
            return take_fault(t, "行が多すぎます。%d行までにしてください。", BLANK_ROWS_MAX);
        out->ids[out->count++] = id;
    }
    return true;
}

bool rows_read(struct taking *t, enum blank_group g, const str *was, uint32_t was_n,
               struct rows *out)
{
    if (!order_read(t, g, was, was_n, out))
        return false;
    out->was = NEW(t->a, int32_t, out->count);
    for (uint32_t k = 0; k < out->count; k++)
        out->was[k] = index_of(was, was_n, out->ids[k]);
    return true;
}

bool row_is_empty(struct taking *t, enum blank_group g, str id)
{
    size_t n;
    const struct blank *all = blanks(&n);

    for (size_t k = 0; k < n; k++)
        if (all[k].group == g && all[k].step == t->in->step && all[k].kind != BLANK_CHOICE
            && all[k].kind != BLANK_FLAG
            && str_trim(filled_get(t->in->list, filled_name(t->a, &all[k], id))).n)
            return false;
    return true;
}

/* Where a row of the version before has gone: its new index, -1 = it was taken out. */
static int32_t *moved_to(struct arena *a, const int32_t *from, uint32_t n, uint32_t was_n)
{
    int32_t *to = NEW(a, int32_t, was_n);

    for (uint32_t k = 0; k < was_n; k++)
        to[k] = -1;
    for (uint32_t k = 0; k < n; k++)
        if (from[k] >= 0)
            to[from[k]] = (int32_t)k;
    return to;
}

static bool indicators_take(struct taking *t, struct initiative *out)
{
    const struct initiative *base = t->in->base;
    struct rows rows;
    struct result *results = NEW(t->a, struct result, base->result_count);
    struct indicator *list;
    const int32_t *to;
    int32_t *from;
    bool is_fine = true;
    uint32_t n = 0;

    if (!rows_read(t, GROUP_INDICATOR, indicator_ids(t->a, base), base->indicator_count, &rows))
        return false;
    list = NEW(t->a, struct indicator, rows.count);
    from = NEW(t->a, int32_t, rows.count);
    for (uint32_t k = 0; k < rows.count; k++) {
        if (rows.was[k] < 0 && row_is_empty(t, GROUP_INDICATOR, rows.ids[k]))
            continue;
        if (rows.was[k] >= 0)
            list[n] = base->indicators[rows.was[k]];
        is_fine &= row_take(t, GROUP_INDICATOR, rows.ids[k], &list[n]);
        list[n].id = rows.ids[k];
        list[n].target_lost &= !list[n].target.is_set;
        from[n++] = rows.was[k];
    }
    to = moved_to(t->a, from, n, base->indicator_count);
    for (uint32_t k = 0; k < base->result_count; k++) {
        const int32_t was = base->results[k].indicator;

        results[k] = base->results[k];
        results[k].indicator = was >= 0 ? to[was] : -1;
    }
    out->indicators = list;
    out->indicator_count = n;
    out->results = results;
    return is_fine;
}

static bool activities_take(struct taking *t, struct initiative *out)
{
    const struct initiative *base = t->in->base;
    struct activity *reported = NEW(t->a, struct activity, base->reported_count), *list;
    struct rows rows;
    const int32_t *to;
    int32_t *from;
    bool is_fine = true;
    uint32_t n = 0;

    if (!rows_read(t, GROUP_ACTIVITY, planned_ids(t->a, base), base->planned_count, &rows))
        return false;
    list = NEW(t->a, struct activity, rows.count);
    from = NEW(t->a, int32_t, rows.count);
    for (uint32_t k = 0; k < rows.count; k++) {
        if (rows.was[k] < 0 && row_is_empty(t, GROUP_ACTIVITY, rows.ids[k]))
            continue;
        list[n] =
            rows.was[k] >= 0 ? base->planned[rows.was[k]] : (struct activity){ .other = -1 };
        is_fine &= row_take(t, GROUP_ACTIVITY, rows.ids[k], &list[n]);
        list[n].id = rows.ids[k];
        from[n++] = rows.was[k];
    }
    to = moved_to(t->a, from, n, base->planned_count);
    for (uint32_t k = 0; k < base->reported_count; k++) {
        reported[k] = base->reported[k];
        reported[k].other = is_paired(base, k) ? to[base->reported[k].other] : -1;
    }
    out->planned = list;
    out->planned_count = n;
    out->reported = reported;
    return is_fine;
}

/* ---- the mid-year review ---- */

static bool midyear_take(struct taking *t, struct initiative *out)
{
    const struct midyear *base = &t->in->base->midyear;
    struct midyear *m = &out->midyear;
    const uint32_t n = outlook_count(t->in->base);
    bool is_fine = true, has_mark = base->activity_count > 0;

    m->activities = NEW(t->a, struct marked, n);
    for (uint32_t k = 0; k < n; k++) {
        if (k < base->activity_count)
            m->activities[k] = base->activities[k];
        is_fine &= row_take(t, GROUP_OUTLOOK, str_fmt(t->a, "%u", k + 1), &m->activities[k]);
        has_mark |= m->activities[k].mark != MARK_NONE;
    }
    m->activity_count = has_mark ? n : 0;
    m->is_present |=
        has_mark || m->goal.mark != MARK_NONE || m->improvement.v.n || m->remedy.measure.n;
    return is_fine;
}

/* ---- all of it ---- */

bool blanks_same(struct arena *a, const struct initiative *x, const struct initiative *y,
                 enum step s)
{
    struct filled_list one, other;

    blanks_put(a, x, s, &one);
    blanks_put(a, y, s, &other);
    if (one.count != other.count)
        return false;
    for (uint32_t k = 0; k < one.count; k++)
        if (!filled_has(&other, one.items[k].name)
            || !str_eq(one.items[k].text, filled_get(&other, one.items[k].name)))
            return false;
    return true;
}

/* A name that no blank of the step has: a form of another version of the program. */
static bool names_fit(struct taking *t)
{
    bool is_fine = true;

    for (uint32_t k = 0; k < t->in->list->count; k++) {
        t->name = t->in->list->items[k].name;
        if (!blank_of(t->in->step, t->name))
            is_fine = take_fault(t, "この様式にない欄です。ページを開き直してください。");
    }
    return is_fine;
}

bool blanks_take(struct arena *a, const struct blanks_input *in, struct initiative *out,
                 struct blank_faults *faults)
{
    struct taking t = { .a = a, .in = in, .faults = faults };
    struct initiative made = *in->base;
    bool is_fine = names_fit(&t);

    is_fine &= row_take(&t, GROUP_SHEET, (str){ 0 }, &made);
    if (in->step == STEP_PLAN) { /* both, so that every fault is told */
        is_fine &= indicators_take(&t, &made);
        is_fine &= activities_take(&t, &made);
    } else if (in->step == STEP_MIDYEAR) {
        is_fine &= midyear_take(&t, &made);
    } else {
        is_fine &= results_take(&t, &made);
    }
    if (!is_fine)
        return false;
    *out = blanks_same(a, in->base, &made, in->step) ? *in->base : made;
    return true;
}
