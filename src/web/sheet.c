/* The middle of an initiative's sheet: goals beside their results, activities beside their
 * reports, findings beside what they are about. Shows what the audit linked and found; it
 * judges nothing itself. */
#include "web/sheet.h"

#include "web/pace.h"
#include "web/parts.h"

#include "base/banned.h"

/* ---- findings beside their place ---- */

static bool find_indicator(const struct initiative *i, str subject, struct placed *out)
{
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        if (str_eq(i->indicators[k].name.v, subject)) {
            *out = (struct placed){ BESIDE_INDICATOR, k };
            return true;
        }
    }
    return false;
}

static bool find_activity(const struct initiative *i, str subject, struct placed *out)
{
    for (uint32_t k = 0; k < i->planned_count; k++) {
        if (str_eq(i->planned[k].text.v, subject)) {
            *out = (struct placed){ BESIDE_PLANNED, k };
            return true;
        }
    }
    for (uint32_t k = 0; k < i->reported_count; k++) {
        if (str_eq(i->reported[k].text.v, subject)) {
            int32_t plan = i->reported[k].other;

            *out = plan >= 0 ? (struct placed){ BESIDE_PLANNED, (uint32_t)plan }
                             : (struct placed){ BESIDE_REPORTED, k };
            return true;
        }
    }
    return false;
}

/* The rules about marks, outlook and 課題と改善策 have the initiative as their subject. */
static bool is_about_reviews(str rule)
{
    static const str RULES[] = { STR_INIT("A1"), STR_INIT("A2"), STR_INIT("A3"), STR_INIT("C2"),
                                 STR_INIT("C3"), STR_INIT("C5"), STR_INIT("C7") };

    for (size_t k = 0; k < sizeof RULES / sizeof *RULES; k++) {
        if (str_eq(RULES[k], rule))
            return true;
    }
    return false;
}

void sheet_place_findings(struct sheet *s)
{
    s->placed = NEW(s->r->mem, struct placed, s->findings.count);
    for (uint32_t k = 0; k < s->findings.count; k++) {
        const struct finding *f = &s->findings.rows[k];
        struct placed *at = &s->placed[k];

        if (!f->subject.n
            || (!find_indicator(&s->row.initiative, f->subject, at)
                && !find_activity(&s->row.initiative, f->subject, at)))
            at->kind = is_about_reviews(f->rule) ? BESIDE_IMPROVEMENT : BESIDE_HEAD;
    }
}

static void put_placed(const struct sheet *s, struct value *map, const char *key,
                       enum place_kind kind, uint32_t index)
{
    struct value *list = value_put_list(s->r->mem, map, key);

    for (uint32_t k = 0; k < s->findings.count; k++) {
        if (s->placed[k].kind == kind && s->placed[k].index == index)
            part_put_finding(s->r, value_add_map(s->r->mem, list), &s->head,
                             &s->findings.rows[k]);
    }
}

void sheet_put_findings(const struct sheet *s)
{
    put_placed(s, s->page, "findings", BESIDE_HEAD, 0);
    put_placed(s, s->page, "improvement_findings", BESIDE_IMPROVEMENT, 0);
}

/* ---- what it is for, reviews ---- */

void sheet_put_plan(const struct sheet *s)
{
    const struct initiative *i = &s->row.initiative;
    struct value *outline;

    value_put_int(s->r->mem, s->page, "number", i->number);
    value_put_text(s->r->mem, s->page, "title", i->title.v);
    value_put_text_or_null(s->r->mem, s->page, "purpose", i->purpose.v);
    outline = value_put_list(s->r->mem, s->page, "outline");
    for (uint32_t k = 0; k < i->outline_count; k++)
        value_add_text(s->r->mem, outline, i->outline[k].v);
    value_put_text_or_null(s->r->mem, s->page, "source_url",
                           part_source_url(s->r, &s->head, i->at));
}

/* 課題と改善策 in its parts; null when none is said. */
static void put_remedy(const struct sheet *s, struct value *map, const struct remedy *r)
{
    struct arena *a = s->r->mem;
    struct value *m;

    if (!r->cause.n && !r->measure.n && !r->owner.n && !r->due.n) {
        value_put_null(a, map, "remedy");
        return;
    }
    m = value_put_map(a, map, "remedy");
    value_put_text_or_null(a, m, "cause", r->cause);
    value_put_text_or_null(a, m, "measure", r->measure);
    value_put_text_or_null(a, m, "owner", r->owner);
    value_put_text_or_null(a, m, "due", r->due);
}

void sheet_put_reviews(const struct sheet *s)
{
    struct arena *a = s->r->mem;
    const struct midyear *m = &s->row.initiative.midyear;
    const struct evaluation *v = &s->row.initiative.evaluation;
    struct value *map = value_put_map(a, s->page, "midyear"), *marks;

    marks = value_put_list(a, map, "activities");
    for (uint32_t k = 0; k < m->activity_count; k++) {
        if (m->activities[k].mark == MARK_NONE)
            value_add_null(a, marks);
        else
            value_add_text(a, marks, mark_word(m->activities[k].mark, false));
    }
    value_put_text_or_null(a, map, "goal", mark_word(m->goal.mark, false));
    value_put_text_or_null(a, map, "improvement", m->improvement.v);
    value_put_text_or_null(a, map, "skip_reason", m->is_skipped ? m->skip_reason : (str){ 0 });
    put_remedy(s, map, &m->remedy);
    map = value_put_map(a, s->page, "evaluation");
    value_put_text_or_null(a, map, "mark", mark_word(v->mark.mark, true));
    value_put_text_or_null(a, map, "improvement", v->improvement.v);
    put_remedy(s, map, &v->remedy);
}

/* ---- goals ---- */

/* By this sheet alone: what later years brought stands on the indicator's own page. */
static void put_pace(const struct sheet *s, struct value *row, const struct indicator *i)
{
    struct pace_in in = { .indicator = i, .fiscal_year = s->head.fiscal_year };
    struct pace_point own;

    in.values = &own;
    in.count = pace_point_of(i, s->head.fiscal_year, &own);
    in.is_total = pace_is_total(i);
    pace_put(s->r, row, &in);
}

void sheet_put_indicators(const struct sheet *s)
{
    struct arena *a = s->r->mem;
    const struct initiative *i = &s->row.initiative;
    struct value *list = value_put_list(a, s->page, "indicators");

    value_put_bool(a, s->page, "has_indicators", i->indicator_count > 0);
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        const struct indicator *indicator = &i->indicators[k];
        struct value *row = value_add_map(a, list);

        value_put_int(a, row, "index", k + 1);
        part_put_indicator(s->r, row, part_key_url(s->r, s->head.organisation, s->row.keys[k]),
                           indicator);
        value_put_bool(a, row, "is_main", indicator->role == ROLE_MAIN);
        /* The form asks for one outlook, that of the main goal. */
        value_put_text_or_null(a, row, "outlook",
                               indicator->role == ROLE_MAIN
                                   ? mark_word(i->midyear.goal.mark, false)
                                   : (str){ 0 });
        put_pace(s, row, indicator);
        actual_put_beside(s->r, row, s->head.organisation, s->actuals ? &s->actuals[k] : NULL,
                          s->is_working);
        put_placed(s, row, "findings", BESIDE_INDICATOR, k);
    }
}

/* ---- activities ---- */

static void put_quantity(const struct sheet *s, struct value *map, const struct activity *v)
{
    struct arena *a = s->r->mem;

    if (v->quantity.is_set)
        value_put_dec(a, map, "quantity", v->quantity.value);
    else
        value_put_null(a, map, "quantity");
    value_put_text_or_null(a, map, "quantity_of", v->quantity_of);
    value_put_text_or_null(a, map, "unit", v->quantity.unit);
    value_put_bool(a, map, "at_least", v->at_least);
    value_put_bool(a, map, "as_needed", v->as_needed);
}

/* How a report differs from its plan, "" when it does not. The words of messages.tsv. */
static str change_word(const struct activity *plan, const struct activity *report)
{
    int order;

    if (report->pairing == PAIR_SIMILAR)
        return STR("replaced");
    if (!plan->quantity.is_set)
        return (str){ 0 };
    if (!report->quantity.is_set)
        return STR("no_quantity");
    if (!str_eq(plan->quantity.unit, report->quantity.unit))
        return STR("other_unit");
    order = dec_cmp(report->quantity.value, plan->quantity.value);
    return order < 0 ? STR("fewer") : order > 0 ? STR("more") : (str){ 0 };
}

/* "24回" */
static str quantity_text(const struct sheet *s, const struct amount *m)
{
    return str_fmt(s->r->mem, "%.*s%.*s", STR_ARG(dec_str(s->r->mem, m->value)),
                   STR_ARG(m->unit));
}

static bool is_quantity_changed(const struct activity *plan, const struct activity *report)
{
    return plan->quantity.is_set && report->quantity.is_set
           && (!str_eq(plan->quantity.unit, report->quantity.unit)
               || dec_cmp(plan->quantity.value, report->quantity.value) != 0);
}

static void put_reported(const struct sheet *s, struct value *row, const struct activity *plan,
                         const struct activity *report)
{
    struct arena *a = s->r->mem;
    struct value *map = value_put_map(a, row, "reported");
    bool is_changed = is_quantity_changed(plan, report);

    value_put_text(a, map, "text", report->text.v);
    put_quantity(s, map, report);
    value_put_text_or_null(a, map, "change", change_word(plan, report));
    value_put_text_or_null(a, map, "from",
                           is_changed ? quantity_text(s, &plan->quantity) : (str){ 0 });
    value_put_text_or_null(a, map, "to",
                           is_changed ? quantity_text(s, &report->quantity) : (str){ 0 });
    value_put_bool(a, map, "is_replaced", report->pairing == PAIR_SIMILAR);
    if (report->pairing == PAIR_SIMILAR)
        part_put_diff(s->r, map, NULL, plan->text.v, "runs", report->text.v);
    else
        value_put_null(a, map, "runs");
}

/* What the section says became of a planned line; null when it says nothing. */
static void put_told(const struct sheet *s, struct value *row, const struct activity *p)
{
    struct arena *a = s->r->mem;
    struct value *map;

    if (!p->change_reason.n && p->change == CHANGE_NONE) {
        value_put_null(a, row, "told");
        return;
    }
    map = value_put_map(a, row, "told");
    value_put_text_or_null(a, map, "what", activity_change_word(p->change));
    value_put_text_or_null(a, map, "reason", p->change_reason);
    value_put_text_or_null(a, map, "replaced_by", p->replaced_by);
    value_put_text_or_null(a, map, "from_day", p->suspended_from);
    value_put_text_or_null(a, map, "to_day", p->suspended_to);
    value_put_text_or_null(a, map, "order", p->suspended_order);
}

static void add_planned(const struct sheet *s, struct value *list, uint32_t k)
{
    struct arena *a = s->r->mem;
    const struct initiative *i = &s->row.initiative;
    const struct activity *plan = &i->planned[k];
    struct value *row = value_add_map(a, list);

    value_put_text(a, row, "text", plan->text.v);
    put_quantity(s, row, plan);
    put_told(s, row, plan);
    if (plan->other >= 0 && (uint32_t)plan->other < i->reported_count)
        put_reported(s, row, plan, &i->reported[plan->other]);
    else
        value_put_null(a, row, "reported");
    put_placed(s, row, "findings", BESIDE_PLANNED, k);
}

/* ---- groups: an outline entry with the activities under it and its mid-year mark ---- */

/* The form has one mark for the whole initiative, or one for each entry of the outline. */
static str group_mark(const struct initiative *i, str name)
{
    const struct midyear *m = &i->midyear;

    if (m->activity_count != i->outline_count)
        return (str){ 0 };
    for (uint32_t k = 0; k < i->outline_count; k++) {
        if (str_eq(i->outline[k].v, name))
            return mark_word(m->activities[k].mark, false);
    }
    return (str){ 0 };
}

static struct value *add_group(const struct sheet *s, struct value *groups, str name, str mark,
                               bool has_mark)
{
    struct arena *a = s->r->mem;
    struct value *group = value_add_map(a, groups);

    value_put_text_or_null(a, group, "name", name);
    value_put_bool(a, group, "has_head", name.n || has_mark);
    value_put_bool(a, group, "has_mark", has_mark);
    value_put_text_or_null(a, group, "midyear", mark);
    return value_put_list(a, group, "activities");
}

static bool has_mark_for_each(const struct initiative *i)
{
    return i->midyear.activity_count == i->outline_count && i->midyear.activity_count > 0;
}

static bool has_mark_for_all(const struct initiative *i)
{
    const struct midyear *m = &i->midyear;

    return m->activity_count == 1
           && (i->outline_count != 1 || !i->planned_count || !i->planned[0].group.v.n);
}

static void add_unplanned(const struct sheet *s)
{
    struct arena *a = s->r->mem;
    const struct initiative *i = &s->row.initiative;
    struct value *list = value_put_list(a, s->page, "unplanned");

    for (uint32_t k = 0; k < i->reported_count; k++) {
        struct value *row;

        if (i->reported[k].other >= 0)
            continue;
        row = value_add_map(a, list);
        value_put_text(a, row, "text", i->reported[k].text.v);
        put_quantity(s, row, &i->reported[k]);
        value_put_text_or_null(a, row, "reason", i->reported[k].change_reason);
        put_placed(s, row, "findings", BESIDE_REPORTED, k);
    }
    value_put_bool(a, s->page, "has_unplanned", list->count > 0);
}

void sheet_put_activities(const struct sheet *s)
{
    const struct initiative *i = &s->row.initiative;
    struct value *groups = value_put_list(s->r->mem, s->page, "groups"), *list = NULL;
    str name = { 0 };

    if (has_mark_for_all(i))
        list =
            add_group(s, groups, name, mark_word(i->midyear.activities[0].mark, false), true);
    for (uint32_t k = 0; k < i->planned_count; k++) {
        str group = i->planned[k].group.v;

        if (!list || !str_eq(group, name))
            list = add_group(s, groups, group, group_mark(i, group), has_mark_for_each(i));
        name = group;
        add_planned(s, list, k);
    }
    value_put_bool(s->r->mem, s->page, "has_report", i->reported_count > 0);
    value_put_bool(s->r->mem, s->page, "has_activities",
                   i->planned_count + i->reported_count > 0);
    add_unplanned(s);
}
