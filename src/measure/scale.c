/* Which level of a city's scale a result reaches: shares are compared by multiplying across, in
 * whole numbers, so that 79.99% is not 80%. */
#include "measure/measure.h"

#include "base/banned.h"

/* share = part / whole, both exact. */
struct ratio {
    dec part, whole;
};

static int sign_of(dec v)
{
    return (v.n > 0) - (v.n < 0);
}

/* n at `scale` decimals. False when it does not fit. */
static bool at_scale(dec v, int scale, int64_t *out)
{
    *out = v.n;
    for (int k = v.scale; k < scale; k++)
        if (__builtin_mul_overflow(*out, (int64_t)10, out))
            return false;
    return true;
}

/* part / whole >= percent / 100, for a whole above nought: part * 100 >= percent * whole. */
static bool reaches(const struct ratio *r, dec percent, bool *is_known)
{
    const int scale = r->part.scale > r->whole.scale ? r->part.scale : r->whole.scale;
    int64_t part, whole, left, right, hundred = 100;

    *is_known = at_scale(r->part, scale, &part) && at_scale(r->whole, scale, &whole);
    for (int k = 0; k < percent.scale; k++)
        hundred *= 10;
    *is_known = *is_known && !__builtin_mul_overflow(part, hundred, &left)
                && !__builtin_mul_overflow(whole, percent.n, &right);
    return *is_known && left >= right;
}

static bool is_lower(const struct indicator *i)
{
    return i->comparison == COMPARE_LE || i->direction == DIRECTION_LOWER;
}

/* 達成率. A target of nought is reached by nought alone; how far anything else is from it no
 * share can tell. */
static enum scale_answer rate_of(const struct scale *s, const struct indicator *i,
                                 struct ratio *r)
{
    const dec target = i->target.value, actual = i->actual.value;

    if (sign_of(target) < 0 || sign_of(actual) < 0)
        return SCALE_NEGATIVE;
    if (!is_lower(i)) {
        *r = (struct ratio){ actual, target };
        return sign_of(target) ? SCALE_TOLD : SCALE_ZERO_TARGET;
    }
    if (sign_of(target) == 0) {
        *r = (struct ratio){ { 1, 0 }, { 1, 0 } };
        return sign_of(actual) ? SCALE_ZERO_TARGET : SCALE_TOLD;
    }
    if (s->lower == SCALE_LOWER_MIRROR) {
        *r = (struct ratio){ target, target };
        /* 2 - actual / target = (2 target - actual) / target */
        return dec_sub(target, actual, &r->part) && dec_add(r->part, target, &r->part)
                   ? SCALE_TOLD
                   : SCALE_TOO_LARGE;
    }
    *r = (struct ratio){ target, actual };
    if (sign_of(actual) == 0)
        *r = (struct ratio){ { 1000000, 0 }, { 1, 0 } }; /* none at all is beyond any share */
    return SCALE_TOLD;
}

static enum scale_answer progress_of(const struct indicator *i, struct ratio *r)
{
    if (!i->baseline.is_set)
        return SCALE_NO_BASELINE;
    if (!measure_same_unit(i->baseline.unit, i->target.unit) && i->baseline.unit.n
        && i->target.unit.n)
        return SCALE_UNITS;
    if (!dec_sub(i->actual.value, i->baseline.value, &r->part)
        || !dec_sub(i->target.value, i->baseline.value, &r->whole))
        return SCALE_TOO_LARGE;
    /* a target that is no better than the baseline was */
    if (sign_of(r->whole) == 0 || (i->comparison == COMPARE_GE && sign_of(r->whole) < 0)
        || (i->comparison == COMPARE_LE && sign_of(r->whole) > 0))
        return SCALE_NO_WAY;
    if (sign_of(r->whole) < 0) {
        r->whole.n = -r->whole.n;
        r->part.n = -r->part.n;
    }
    return SCALE_TOLD;
}

static enum scale_answer ratio_of(const struct scale *s, const struct indicator *i,
                                  struct ratio *r)
{
    if (i->comparison == COMPARE_NONE || i->comparison == COMPARE_GT_BASELINE
        || !i->target.is_set)
        return SCALE_NO_TARGET;
    if (i->comparison == COMPARE_LEVEL_GE)
        return SCALE_LEVELS;
    if (!i->actual.is_set)
        return SCALE_NO_ACTUAL;
    if (i->actual_is_change
        || (i->actual.unit.n && i->target.unit.n
            && !measure_same_unit(i->actual.unit, i->target.unit)))
        return SCALE_UNITS;
    return s->by == SCALE_BY_RATE ? rate_of(s, i, r) : progress_of(i, r);
}

enum scale_answer measure_scale(const struct scale *s, const struct indicator *i,
                                const struct scale_level **level)
{
    struct ratio r;
    enum scale_answer answer = ratio_of(s, i, &r);
    bool is_found = false, is_known;

    *level = NULL;
    for (uint32_t k = 0; answer == SCALE_TOLD && !is_found; k++) {
        is_found = k + 1 == s->level_count || reaches(&r, s->levels[k].at_least, &is_known);
        if (is_found)
            *level = &s->levels[k];
        else if (!is_known)
            answer = SCALE_TOO_LARGE;
    }
    return answer;
}
