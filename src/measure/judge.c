/* Met or not met, by the numbers alone: exact decimals against exact decimals. What people
 * marked is not looked at here; a contradiction between the two is for the audit to tell. */
#include "measure/measure.h"

#include "base/banned.h"

/* Spellings of one unit. Units are not converted: 千円 and 円 are different units, as a careful
 * reader would not compare them without asking. */
static const struct {
    str spelling, unit;
} UNITS[] = {
    { STR_INIT("％"), STR_INIT("%") },      { STR_INIT("パーセント"), STR_INIT("%") },
    { STR_INIT("人"), STR_INIT("名") },     { STR_INIT("箇所"), STR_INIT("か所") },
    { STR_INIT("個所"), STR_INIT("か所") }, { STR_INIT("カ所"), STR_INIT("か所") },
    { STR_INIT("ヵ所"), STR_INIT("か所") }, { STR_INIT("ヶ所"), STR_INIT("か所") },
    { STR_INIT("ケ所"), STR_INIT("か所") }, { STR_INIT("★"), STR_INIT("☆") },
};

static str unit_of(str spelling)
{
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (str_eq(UNITS[i].spelling, spelling))
            return UNITS[i].unit;
    return spelling;
}

bool measure_same_unit(str a, str b)
{
    return str_eq(a, b) || str_eq(unit_of(a), unit_of(b));
}

bool measure_is_worse(dec a, dec b, enum direction direction)
{
    const int order = dec_cmp(a, b);

    return (direction == DIRECTION_HIGHER && order < 0)
           || (direction == DIRECTION_LOWER && order > 0);
}

static enum verdict met_if(bool is_met)
{
    return is_met ? VERDICT_MET : VERDICT_NOT_MET;
}

/* A unit that is left out is the one just read beside it; for a level (☆☆☆) a bare number may
 * be points, so it is not. */
static bool can_compare(const struct indicator *i, const struct amount *with)
{
    if (measure_same_unit(i->actual.unit, with->unit))
        return true;
    return i->comparison != COMPARE_LEVEL_GE && (i->actual.unit.n == 0 || with->unit.n == 0);
}

/* 歳入の増: an increase of any size. */
static enum verdict judge_increase(const struct indicator *i)
{
    static const dec ZERO = { 0, 0 };

    if (i->actual_is_change)
        return met_if(dec_cmp(i->actual.value, ZERO) > 0);
    if (!i->baseline.is_set || !can_compare(i, &i->baseline))
        return VERDICT_CANNOT_TELL;
    return met_if(dec_cmp(i->actual.value, i->baseline.value) > 0);
}

enum verdict measure_judge(const struct indicator *i)
{
    const bool is_increase = i->comparison == COMPARE_GT_BASELINE;
    int order;

    if (i->comparison == COMPARE_NONE || (!is_increase && !i->target.is_set))
        return VERDICT_NOT_MEASURABLE;
    if (!i->actual.is_set)
        return VERDICT_NOT_MEASURED;
    if (is_increase)
        return judge_increase(i);
    if (i->actual_is_change || !can_compare(i, &i->target))
        return VERDICT_CANNOT_TELL;
    order = dec_cmp(i->actual.value, i->target.value);
    if (i->comparison == COMPARE_LE)
        return met_if(order <= 0);
    if (i->comparison == COMPARE_EQ)
        return met_if(order == 0);
    return met_if(order >= 0);
}

enum verdict measure_verdict(const struct indicator *i, const struct measured *m)
{
    struct indicator with = *i;

    with.actual = (struct amount){ .is_set = m->has_value, .value = m->value, .unit = m->unit };
    with.actual_is_change = m->is_change;
    return measure_judge(&with);
}

enum verdict measure_verdict_sure(const struct indicator *i, const struct measured *m)
{
    const enum verdict v = measure_verdict(i, m);

    if ((v != VERDICT_MET && v != VERDICT_NOT_MET) || !m->has_interval || !i->target.is_set)
        return v;
    return dec_cmp(m->low, i->target.value) < 0 && dec_cmp(m->high, i->target.value) >= 0
               ? VERDICT_CANNOT_TELL
               : v;
}
