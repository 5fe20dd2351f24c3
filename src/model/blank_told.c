/* What became of the plan: between the blanks of the self-evaluation and the reports, results
 * and changes of a sheet. */
#include "model/blanks_inner.h"

#include "base/banned.h"

static const struct activity *report_of(const struct initiative *i, uint32_t planned)
{
    const int32_t at = i->planned[planned].other;

    if (at < 0 || (uint32_t)at >= i->reported_count
        || i->reported[at].other != (int32_t)planned)
        return NULL;
    return &i->reported[at];
}

/* A line that is not told of yet stands there with the words and the unit of the plan, so that
 * only the number has to be written. */
struct told told_of(const struct initiative *i, uint32_t planned)
{
    const struct activity *p = &i->planned[planned], *r = report_of(i, planned);
    struct told t = { .status = p->change != CHANGE_NONE ? TOLD_CHANGE + p->change
                                : r                      ? TOLD_DONE
                                                         : TOLD_NOTHING,
                      .text = r ? r->text.v : p->text.v,
                      .reason = p->change_reason,
                      .replaced_by = p->replaced_by,
                      .from = p->suspended_from,
                      .to = p->suspended_to,
                      .order = p->suspended_order,
                      .quantity = { .unit = p->quantity.unit } };

    if (r && (r->quantity.is_set || r->quantity.unit.n))
        t.quantity = r->quantity;
    return t;
}

struct told told_of_extra(const struct initiative *i, uint32_t reported)
{
    const struct activity *r = &i->reported[reported];

    return (struct told){ .status = TOLD_DONE,
                          .text = r->text.v,
                          .quantity = r->quantity,
                          .reason = r->change_reason };
}

struct told_actual actual_of(const struct indicator *i)
{
    struct told_actual t = { .value = i->actual,
                             .is_final = i->actual_is_final,
                             .is_change = i->actual_is_change,
                             .note = i->actual_note };

    if (!i->actual.is_set)
        t.value = (struct amount){ .unit = indicator_unit(i) };
    return t;
}

/* ---- reports ---- */

static bool is_amount_same(const struct amount *x, const struct amount *y)
{
    return x->is_set == y->is_set
           && (!x->is_set || (dec_eq_written(x->value, y->value) && str_eq(x->unit, y->unit)));
}

static bool is_told_same(const struct told *x, const struct told *y)
{
    return x->status == y->status && str_eq(x->text, y->text) && str_eq(x->reason, y->reason)
           && str_eq(x->replaced_by, y->replaced_by) && str_eq(x->from, y->from)
           && str_eq(x->to, y->to) && str_eq(x->order, y->order)
           && is_amount_same(&x->quantity, &y->quantity);
}

/* Into a report; what says the same keeps its place. */
static void report_write(struct activity *r, const struct told *t, str text, str id)
{
    const bool is_same = str_eq(r->text.v, text) && is_amount_same(&r->quantity, &t->quantity);

    if (is_same && (r->id.n || r->text.at.len))
        return;
    if (!str_eq(r->text.v, text))
        r->text = (struct text){ .v = text };
    if (!is_amount_same(&r->quantity, &t->quantity))
        r->quantity = t->quantity.is_set ? t->quantity : (struct amount){ 0 };
    r->id = id;
}

/* Fewer or more than planned, said with a reason, is that change also where nobody chose it. */
static enum activity_change change_of(const struct told *t, const struct activity *planned)
{
    int order;

    if (t->status > TOLD_DONE)
        return (enum activity_change)(t->status - TOLD_CHANGE);
    if (!t->reason.n || !t->quantity.is_set || !planned->quantity.is_set
        || !str_eq(t->quantity.unit, planned->quantity.unit))
        return CHANGE_NONE;
    order = dec_cmp(t->quantity.value, planned->quantity.value);
    return order < 0 ? CHANGE_FEWER : order > 0 ? CHANGE_MORE : CHANGE_NONE;
}

static bool has_report(const struct told *t)
{
    const enum activity_change change =
        t->status > TOLD_DONE ? (enum activity_change)(t->status - TOLD_CHANGE) : CHANGE_NONE;

    if (change == CHANGE_REPLACED)
        return t->replaced_by.n || t->quantity.is_set;
    if (change == CHANGE_CANCELLED || change == CHANGE_SUSPENDED)
        return t->quantity.is_set;
    return t->status != TOLD_NOTHING || t->quantity.is_set;
}

/* The reports as they are put together anew: those of before in their order, new ones behind.
 */
struct reports {
    struct activity *list; /* room for one of each planned line, of before and of the form */
    uint32_t count;
    bool *is_gone; /* of those of before */
};

static struct activity *report_new(struct reports *to)
{
    struct activity *r = &to->list[to->count++];

    *r = (struct activity){ .other = -1 };
    return r;
}

static void change_write(struct activity *p, const struct told *t)
{
    p->change = change_of(t, p);
    p->change_reason = t->reason;
    p->replaced_by = t->replaced_by;
    p->suspended_from = t->from;
    p->suspended_to = t->to;
    p->suspended_order = t->order;
}

static void planned_tell(struct taking *t, struct initiative *out, uint32_t k,
                         const struct told *told, struct reports *to)
{
    struct activity *p = &out->planned[k];
    const bool is_there = report_of(t->in->base, k) != NULL;
    struct activity *r;
    str text;

    change_write(p, told);
    if (!has_report(told)) {
        if (is_there)
            to->is_gone[p->other] = true;
        p->other = -1;
        return;
    }
    r = is_there ? &to->list[p->other] : report_new(to);
    text = p->change == CHANGE_REPLACED && told->replaced_by.n ? told->replaced_by
           : told->text.n                                      ? told->text
                                                               : p->text.v;
    if (!is_there) {
        r->group = (struct text){ .v = p->group.v };
        r->as_needed = p->as_needed && !told->quantity.is_set;
        r->quantity_of = p->quantity_of;
        r->other = (int32_t)k;
        p->other = (int32_t)(r - to->list);
    }
    report_write(r, told, text, t->row);
}

static bool planned_take(struct taking *t, struct initiative *out, struct reports *to)
{
    const struct initiative *base = t->in->base;
    const str *ids = planned_ids(t->a, base);
    struct activity *list = NEW(t->a, struct activity, base->planned_count);
    bool is_fine = true;

    for (uint32_t k = 0; k < base->planned_count; k++)
        list[k] = base->planned[k];
    out->planned = list;
    for (uint32_t k = 0; k < base->planned_count; k++) {
        const struct told was = told_of(base, k);
        struct told told = was;

        is_fine &= row_take(t, GROUP_RESULT, ids[k], &told);
        t->row = ids[k];
        if (!is_told_same(&was, &told))
            planned_tell(t, out, k, &told, to);
    }
    return is_fine;
}

static bool extras_take(struct taking *t, struct reports *to)
{
    const struct initiative *base = t->in->base;
    const str *was = extra_ids(t->a, base);
    struct rows rows;
    bool is_fine = true;

    if (!rows_read(t, GROUP_EXTRA, was, base->reported_count, &rows))
        return false;
    for (uint32_t k = 0; k < base->reported_count; k++)
        to->is_gone[k] |= was[k].n > 0;
    for (uint32_t k = 0; k < rows.count; k++) {
        const int32_t at = rows.was[k];
        struct told told = { 0 };
        struct activity *r;

        if (at >= 0)
            told = told_of_extra(base, (uint32_t)at);
        else if (row_is_empty(t, GROUP_EXTRA, rows.ids[k]))
            continue;
        is_fine &= row_take(t, GROUP_EXTRA, rows.ids[k], &told);
        r = at >= 0 ? &to->list[at] : report_new(to);
        if (at >= 0)
            to->is_gone[at] = false;
        report_write(r, &told, told.text, rows.ids[k]);
        r->change_reason = told.reason;
    }
    return is_fine;
}

/* Without those that are gone; plans keep pointing at theirs. */
static void reports_close(struct arena *a, struct initiative *out, const struct reports *from,
                          uint32_t was_n)
{
    uint32_t n = 0;

    out->reported = NEW(a, struct activity, from->count);
    for (uint32_t k = 0; k < from->count; k++) {
        const struct activity *r = &from->list[k];

        if (k < was_n && from->is_gone[k])
            continue;
        out->reported[n] = *r;
        if (r->other >= 0)
            out->planned[r->other].other = (int32_t)n;
        n++;
    }
    out->reported_count = n;
}

/* ---- results ---- */

/* The result that the indicator's actual was taken from. */
static bool is_source(const struct result *r, const struct indicator *i, uint32_t index)
{
    return r->indicator == (int32_t)index && is_amount_same(&r->value, &i->actual)
           && r->is_change == i->actual_is_change;
}

static void result_write(struct initiative *out, uint32_t k, const struct indicator *was)
{
    struct indicator *i = &out->indicators[k];
    uint32_t n = 0, at = UINT32_MAX;

    if (is_amount_same(&i->actual, &was->actual)
        && i->actual_is_change == was->actual_is_change)
        return;
    for (uint32_t j = 0; j < out->result_count; j++) {
        if (at == UINT32_MAX && was->actual.is_set && is_source(&out->results[j], was, k)) {
            at = n;
            if (!i->actual.is_set)
                continue; /* taken back */
        }
        out->results[n++] = out->results[j];
    }
    if (i->actual.is_set && at == UINT32_MAX) {
        at = n++;
        out->results[at] =
            (struct result){ .name = { .v = i->name.v }, .indicator = (int32_t)k };
        i->result = out->results[at].name;
    }
    if (i->actual.is_set) {
        out->results[at].value = i->actual;
        out->results[at].is_change = i->actual_is_change;
    } else {
        i->result = (struct text){ 0 };
    }
    out->result_count = n;
}

static bool actuals_take(struct taking *t, struct initiative *out)
{
    const struct initiative *base = t->in->base;
    const str *ids = indicator_ids(t->a, base);
    struct result *results =
        NEW(t->a, struct result, base->result_count + base->indicator_count);
    struct indicator *list = NEW(t->a, struct indicator, base->indicator_count);
    bool is_fine = true;

    for (uint32_t k = 0; k < base->result_count; k++)
        results[k] = base->results[k];
    for (uint32_t k = 0; k < base->indicator_count; k++)
        list[k] = base->indicators[k];
    out->results = results;
    out->indicators = list;
    for (uint32_t k = 0; k < base->indicator_count; k++) {
        struct told_actual told = actual_of(&base->indicators[k]);
        struct indicator *i = &list[k];

        is_fine &= row_take(t, GROUP_ACTUAL, ids[k], &told);
        if (!is_amount_same(&i->actual, &told.value))
            i->actual = told.value.is_set ? told.value : (struct amount){ 0 };
        i->actual_is_change = told.is_change;
        i->actual_is_final = told.is_final;
        i->actual_note = told.note;
        result_write(out, k, &base->indicators[k]);
    }
    return is_fine;
}

bool results_take(struct taking *t, struct initiative *out)
{
    const struct initiative *base = t->in->base;
    struct reports reports = { .count = base->reported_count };
    struct evaluation *v = &out->evaluation;
    bool is_fine;

    reports.list = NEW(t->a, struct activity,
                       (size_t)base->reported_count + base->planned_count + BLANK_ROWS_MAX);
    reports.is_gone = NEW(t->a, bool, base->reported_count);
    for (uint32_t k = 0; k < base->reported_count; k++)
        reports.list[k] = base->reported[k];
    is_fine = planned_take(t, out, &reports);
    is_fine &= extras_take(t, &reports);
    is_fine &= actuals_take(t, out);
    reports_close(t->a, out, &reports, base->reported_count);
    v->is_present |= v->mark.mark != MARK_NONE || v->improvement.v.n || out->reported_count
                     || out->result_count;
    return is_fine;
}
