/* Which step of the cycle writes which fields of an initiative. */
#include "model/model.h"
#include "base/banned.h"

/* Without what the plan says. */
static void strip_plan(struct arena *a, struct initiative *i)
{
    struct activity *reported = NEW(a, struct activity, i->reported_count);
    struct result *results = NEW(a, struct result, i->result_count);

    for (uint32_t k = 0; k < i->reported_count; k++) {
        reported[k] = i->reported[k];
        reported[k].other = -1;
    }
    for (uint32_t k = 0; k < i->result_count; k++) {
        results[k] = i->results[k];
        results[k].indicator = -1;
    }
    *i = (struct initiative){
        .number = i->number,
        .reported = reported,
        .reported_count = i->reported_count,
        .results = results,
        .result_count = i->result_count,
        .midyear = i->midyear,
        .evaluation = i->evaluation,
        .section = i->section,
    };
}

/* Without what the self-evaluation says. */
static void strip_evaluation(struct arena *a, struct initiative *i)
{
    struct indicator *indicators = NEW(a, struct indicator, i->indicator_count);
    struct activity *planned = NEW(a, struct activity, i->planned_count);

    for (uint32_t k = 0; k < i->indicator_count; k++) {
        struct indicator *to = &indicators[k];

        *to = i->indicators[k];
        to->actual = (struct amount){ 0 };
        to->result = (struct text){ 0 };
        to->actual_is_change = to->actual_is_final = false;
        to->actual_note = (str){ 0 };
        to->verdict = VERDICT_NOT_MEASURED;
    }
    for (uint32_t k = 0; k < i->planned_count; k++) {
        struct activity *to = &planned[k];

        *to = i->planned[k];
        to->other = -1;
        to->pairing = PAIR_NONE;
        to->change = CHANGE_NONE;
        to->change_reason = to->replaced_by = (str){ 0 };
        to->suspended_from = to->suspended_to = to->suspended_order = (str){ 0 };
    }
    i->indicators = indicators;
    i->planned = planned;
    i->reported_count = i->result_count = 0;
    i->evaluation = (struct evaluation){ 0 };
}

static str record_without(struct arena *a, const struct initiative *from, enum step s)
{
    struct initiative i = *from;
    struct buf b;

    switch (s) {
    case STEP_PLAN:
        strip_plan(a, &i);
        break;
    case STEP_MIDYEAR:
        i.midyear = (struct midyear){ 0 };
        break;
    case STEP_EVALUATION:
        strip_evaluation(a, &i);
        break;
    case STEP_COUNT:
        break;
    }
    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, model_initiative_value(a, &i, true));
    return buf_str(&b);
}

bool initiative_differs_only_in(struct arena *a, const struct initiative *x,
                                const struct initiative *y, enum step s)
{
    return str_eq(record_without(a, x, s), record_without(a, y, s));
}
