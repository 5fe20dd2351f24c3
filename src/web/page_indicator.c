/* One indicator over the years: can I believe this number? The sentence and the chart first,
 * then every value with the place it was read from, and how each year's document wrote it. */
#include "web/indicator_part.h"
#include "web/pages.h"
#include "web/pace.h"
#include "web/parts.h"
#include "web/voice_behind.h"

#include "base/banned.h"

struct course {
    struct made *made;
    struct req *r;
    struct value *page;
    str org;
    struct organisation organisation;
    struct series series; /* oldest first */
    bool has_findings;
};

static const struct indicator *newest(const struct course *c)
{
    return &c->series.points[c->series.count - 1].indicator;
}

/* What was published, with the interval that the evidence gives it; where nothing was, what the
 * evidence gives. */
static struct chart_point point_of(const struct course *c, const struct series_point *p)
{
    const struct indicator *i = &p->indicator;
    const struct actual_view *v = made_year(c->made, p->fiscal_year);
    struct chart_point point = { .fiscal_year = p->fiscal_year,
                                 .has_target = i->target.is_set,
                                 .has_actual = i->actual.is_set,
                                 .target = i->target.value,
                                 .actual = i->actual.value,
                                 .verdict = i->verdict };

    if (!v || !v->now.has_value)
        return point;
    if (!point.has_actual) {
        point.has_actual = true;
        point.actual = v->now.value;
        point.verdict = measure_verdict(i, &v->now);
    }
    if (v->now.has_interval && !actual_differs(v)) {
        point.has_interval = true;
        point.low = dec_double(v->now.low);
        point.high = dec_double(v->now.high);
    }
    return point;
}

/* The targets on the way to come, of the newest plan: the path. */
static uint32_t add_path(const struct course *c, struct chart_point *points, uint32_t count)
{
    const struct indicator *i = newest(c);
    const int last = c->series.points[c->series.count - 1].fiscal_year;

    for (uint32_t k = 0; k < i->path_count; k++)
        if (i->path[k].year > last && i->path[k].value.is_set)
            points[count++] = (struct chart_point){ .fiscal_year = i->path[k].year,
                                                    .has_target = true,
                                                    .target = i->path[k].value.value,
                                                    .verdict = VERDICT_NOT_MEASURED,
                                                    .is_ahead = true };
    return count;
}

static void put_chart(const struct course *c)
{
    struct arena *a = c->r->mem;
    uint32_t count = c->series.count;
    struct chart_point *points = NEW(a, struct chart_point, count + newest(c)->path_count);
    struct chart chart;

    for (uint32_t k = 0; k < count; k++)
        points[k] = point_of(c, &c->series.points[k]);
    count = add_path(c, points, count);
    chart =
        chart_series(a, points, count, newest(c)->name.v,
                     newest(c)->target.is_set ? newest(c)->target.unit : newest(c)->actual.unit,
                     c->r->lang);
    value_put_text(a, c->page, "sentence", chart.sentence);
    value_put_markup(a, c->page, "chart", chart.svg);
}

/* Towards the newest plan's target, by the results of all years. */
static void put_pace(const struct course *c)
{
    const struct series_point *last = &c->series.points[c->series.count - 1];
    struct pace_point *values = NEW(c->r->mem, struct pace_point, c->series.count);
    struct pace_in in = { .indicator = newest(c),
                          .fiscal_year = last->fiscal_year,
                          .values = values,
                          .is_total = pace_is_total(newest(c)) };

    for (uint32_t k = 0; k < c->series.count; k++) {
        struct indicator one = c->series.points[k].indicator;

        one.target = newest(c)->target; /* in whose unit the result has to be */
        in.count += pace_point_of(&one, c->series.points[k].fiscal_year, &values[in.count]);
    }
    pace_put(c->r, c->page, &in);
}

/* The name beside the result, where it is not the indicator's own: the definition may have
 * drifted. */
static void put_drift(const struct course *c, struct value *row, const struct indicator *i)
{
    struct arena *a = c->r->mem;
    bool is_drift =
        i->result.v.n && !str_eq(text_fold(a, i->result.v), text_fold(a, i->name.v));

    if (is_drift) {
        value_put_text(a, row, "result_name", i->result.v);
        part_put_diff(c->r, row, NULL, i->name.v, "runs", i->result.v);
    } else {
        value_put_null(a, row, "result_name");
        value_put_null(a, row, "runs");
    }
}

static bool put_findings(struct course *c, struct value *row, const struct plan_head *head,
                         const struct series_point *p, struct err *e)
{
    struct value *list = value_put_list(c->r->mem, row, "findings");
    const struct plan_ref ref = { c->org, p->fiscal_year, c->r->at };
    struct finding_rows found;

    if (!store_findings(c->r->db, c->r->mem, &ref, p->initiative, &found, e))
        return false;
    for (uint32_t k = 0; k < found.count; k++) {
        if (str_eq(found.rows[k].subject, p->indicator.name.v))
            part_put_finding(c->r, value_add_map(c->r->mem, list), head, &found.rows[k]);
    }
    c->has_findings |= list->count > 0;
    return true;
}

/* The voices that asked for it that year. */
static bool put_behind(struct course *c, struct value *row, const struct series_point *p,
                       struct err *e)
{
    const struct voice_behind_asked asked = { .organisation = c->org,
                                              .kind = LINK_INDICATOR,
                                              .fiscal_year = p->fiscal_year,
                                              .key = req_param(c->r, "key"),
                                              .is_public = true };

    return voice_behind_put(c->r, row, "behind", &asked, e);
}

static bool add_row(struct course *c, struct value *rows, const struct series_point *p,
                    struct err *e)
{
    struct arena *a = c->r->mem;
    struct value *row = value_add_map(a, rows);
    const struct plan_ref ref = { c->org, p->fiscal_year, c->r->at };
    struct plan_head head;

    if (!store_plan_head(c->r->db, a, &ref, &head, e))
        return false;
    part_put_year(c->r, row, p->fiscal_year);
    value_put_int(a, row, "initiative", p->initiative);
    part_put_indicator(c->r, row, part_indicator_url(c->r, c->org, p->indicator.name.v),
                       &p->indicator);
    value_put_text_or_null(a, row, "goal", p->indicator.goal.v);
    put_drift(c, row, &p->indicator);
    value_put_text(a, row, "sheet_url",
                   req_url(c->r, "/o/%.*s/%d/%d", STR_ARG(c->org), p->fiscal_year,
                           p->initiative));
    value_put_text_or_null(a, row, "source_url",
                           part_source_url(c->r, &head, p->indicator.name.at));
    value_put_text_or_null(a, row, "actual_source_url",
                           part_source_url(c->r, &head, p->indicator.actual.at));
    return put_findings(c, row, &head, p, e) && put_behind(c, row, p, e);
}

/* Newest first: what people look for. */
static bool put_rows(struct course *c, struct err *e)
{
    struct value *rows = value_put_list(c->r->mem, c->page, "rows");

    for (uint32_t k = c->series.count; k-- > 0;) {
        if (!add_row(c, rows, &c->series.points[k], e))
            return false;
    }
    value_put_bool(c->r->mem, c->page, "has_findings", c->has_findings);
    return true;
}

bool page_indicator(struct req *r, struct value *page, struct err *e)
{
    const struct indicator_ref ref = { req_param(r, "org"), req_param(r, "key"), r->at };
    struct course c = { .r = r, .page = page, .org = ref.organisation };
    struct made made = { .r = r, .page = page, .ref = &ref, .series = &c.series };

    c.made = &made;
    if (!store_organisation_then(r->db, r->mem, c.org, r->at, &c.organisation, e)
        || !store_series(r->db, r->mem, &ref, &c.series, e) || !made_load(&made, e))
        return false;
    page_title(r, page,
               newest(&c)->name.v.n ? newest(&c)->name.v
                                    : req_message(r, "word.nameless", NULL));
    part_crumb_organisation(r, page, c.org, c.organisation.name);
    part_put_organisation(r, page, c.org, c.organisation.name);
    value_put_text_or_null(r->mem, page, "name", newest(&c)->name.v);
    put_chart(&c);
    put_pace(&c);
    return put_rows(&c, e) && made_put(&made, e);
}
