/* A sheet for the next year, made of what last year's left: a list of what stays, so that a
 * field nobody thought of is empty and not last year's. */
#include "store/work_inner.h"

#include "base/banned.h"

static struct text text_only(struct text t)
{
    return (struct text){ .v = t.v };
}

static struct amount amount_only(struct amount m)
{
    m.at = (struct span){ 0 };
    return m;
}

/* The target of the year: the path's point for it, or else last year's. */
static void roll_target(struct indicator *to, const struct indicator *from, int from_year,
                        int year)
{
    to->target = amount_only(from->target);
    to->target_year = from->target_year == from_year ? year : from->target_year;
    for (uint32_t i = 0; i < from->path_count; i++)
        if (from->path[i].year == year) {
            to->target = amount_only(from->path[i].value);
            to->target_year = year;
        }
}

/* The last actual is where the year begins; an increase is no level and cannot be one. */
static void roll_baseline(struct indicator *to, const struct indicator *from, int from_year)
{
    if (from->actual.is_set && !from->actual_is_change) {
        to->baseline = amount_only(from->actual);
        to->baseline_year = from_year;
    } else if (from->comparison != COMPARE_GT_BASELINE) {
        to->baseline = amount_only(from->baseline);
        to->baseline_year = from->baseline_year;
    }
}

static struct indicator roll_indicator(const struct indicator *from, int from_year, int year)
{
    struct indicator to = {
        .id = from->id,
        .catalogue = from->catalogue,
        .name = text_only(from->name),
        .role = from->role,
        .comparison = from->comparison,
        .direction = from->direction,
        .goal = text_only(from->goal),
        .target_lost = from->target_lost,
        .population = from->population,
        .definition = from->definition,
        .decimals = from->decimals,
        .path = from->path,
        .path_count = from->path_count,
        .quality = from->quality,
    };

    if (from->target.is_set) /* its words name the old number */
        to.goal = (struct text){ .v = { 0 } };
    roll_target(&to, from, from_year, year);
    roll_baseline(&to, from, from_year);
    to.verdict = to.comparison == COMPARE_NONE ? VERDICT_NOT_MEASURABLE : VERDICT_NOT_MEASURED;
    return to;
}

static struct activity roll_activity(const struct activity *from)
{
    return (struct activity){
        .id = from->id,
        .group = text_only(from->group),
        .text = text_only(from->text),
        .quantity = amount_only(from->quantity),
        .at_least = from->at_least,
        .as_needed = from->as_needed,
        .quantity_of = from->quantity_of,
        .other = -1,
    };
}

void sheet_roll(struct arena *a, const struct initiative *from, int from_year, int year,
                struct initiative *out)
{
    *out = (struct initiative){
        .number = from->number,
        .title = text_only(from->title),
        .purpose = text_only(from->purpose),
        .outline = NEW(a, struct text, from->outline_count),
        .outline_count = from->outline_count,
        .indicators = NEW(a, struct indicator, from->indicator_count),
        .indicator_count = from->indicator_count,
        .planned = NEW(a, struct activity, from->planned_count),
        .planned_count = from->planned_count,
        .section = from->section,
    };
    for (uint32_t i = 0; i < from->outline_count; i++)
        out->outline[i] = text_only(from->outline[i]);
    for (uint32_t i = 0; i < from->indicator_count; i++)
        out->indicators[i] = roll_indicator(&from->indicators[i], from_year, year);
    for (uint32_t i = 0; i < from->planned_count; i++)
        out->planned[i] = roll_activity(&from->planned[i]);
}
