/* Ratings: thresholds as data, means and stars by exact decimals. */
#include "model/rating.h"

#include <stdlib.h>

#include "base/banned.h"

/* ---- reading ---- */

static bool level_read(const struct value *row, struct rating_levels *out, struct err *e)
{
    const struct value *list = value_get(row, STR("at_least"));

    *out = (struct rating_levels){ .since = (int)value_int(row, "since") };
    if (out->since < FISCAL_MIN || out->since > FISCAL_MAX)
        return err_set(e, ERR_INPUT, "格付けの基準(levels)の since には年度を書いてください。");
    if (!value_dec(row, "full", &out->full) || out->full.n <= 0)
        return err_set(e, ERR_INPUT, "%d年度からの格付けの基準に、満点(full)がありません。",
                       out->since);
    if (!list || list->kind != VALUE_LIST || !list->count || list->count > RATING_LEVELS_MAX)
        return err_set(e, ERR_INPUT,
                       "%d年度からの格付けの基準(at_least)は、1から%d個の点数にしてください。",
                       out->since, RATING_LEVELS_MAX);
    for (const struct value *v = list->first; v; v = v->next, out->count++) {
        dec *at = &out->at_least[out->count];

        if (v->kind != VALUE_TEXT || !dec_parse(v->text, at) || at->n < 0)
            return err_set(e, ERR_INPUT, "%d年度からの格付けの基準の%u番目が数ではありません。",
                           out->since, out->count + 1);
        if ((out->count && dec_cmp(at[-1], *at) >= 0) || dec_cmp(*at, out->full) > 0)
            return err_set(e, ERR_INPUT,
                           "%d年度からの格付けの基準は、小さい順に、満点を超えないように書いて"
                           "ください。",
                           out->since);
    }
    return true;
}

static int by_since(const void *x, const void *y)
{
    const struct rating_levels *a = x, *b = y;

    return (a->since > b->since) - (a->since < b->since);
}

bool rating_scale_read(struct arena *a, const struct value *definition,
                       struct rating_scale *out, struct err *e)
{
    const struct value *list = value_get(definition, STR("levels"));
    struct rating_scale scale = { 0 };

    if (list && list->kind != VALUE_LIST)
        return err_set(e, ERR_INPUT, "格付けの基準(levels)は並びにしてください。");
    scale.rows = NEW(a, struct rating_levels, list ? list->count : 0);
    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        if (!level_read(v, &scale.rows[scale.count], e))
            return false;
        scale.count++;
    }
    if (scale.count)
        qsort(scale.rows, scale.count, sizeof *scale.rows, by_since);
    for (uint32_t i = 1; i < scale.count; i++) {
        if (scale.rows[i].since == scale.rows[i - 1].since)
            return err_set(e, ERR_INPUT, "%d年度からの格付けの基準が2つあります。",
                           scale.rows[i].since);
    }
    *out = scale;
    return true;
}

const struct rating_levels *rating_levels_of(const struct rating_scale *scale, int fiscal_year)
{
    const struct rating_levels *found = NULL;

    for (uint32_t i = 0; i < scale->count && scale->rows[i].since <= fiscal_year; i++)
        found = &scale->rows[i];
    return found;
}

/* ---- means and stars ---- */

__extension__ typedef __int128 wide;

static wide power_of_ten(unsigned n)
{
    wide p = 1;

    while (n--)
        p *= 10;
    return p;
}

/* Scores in units of the ninth decimal: exact, and too small to overflow 128 bits. */
static wide sum_of(const dec *scores, uint32_t count)
{
    wide sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += scores[i].n * power_of_ten((unsigned)(DEC_SCALE_MAX - scores[i].scale));
    return sum;
}

uint32_t rating_stars_of(const struct rating_levels *levels, const dec *scores, uint32_t count)
{
    const wide sum = sum_of(scores, count);
    uint32_t stars = 0;

    if (!count)
        return 0;
    while (stars < levels->count) {
        const dec at = levels->at_least[stars];

        if (sum < at.n * power_of_ten((unsigned)(DEC_SCALE_MAX - at.scale)) * (wide)count)
            break;
        stars++;
    }
    return stars;
}

uint32_t rating_stars(const struct rating_levels *levels, dec mean)
{
    return rating_stars_of(levels, &mean, 1);
}

bool rating_mean(const dec *scores, uint32_t count, uint8_t decimals, dec *mean)
{
    wide sum = sum_of(scores, count), part, rounded;

    if (!count || decimals > DEC_SCALE_MAX)
        return false;
    part = power_of_ten((unsigned)(DEC_SCALE_MAX - decimals)) * (wide)count;
    rounded = sum < 0 ? -((-sum * 2 + part) / (part * 2)) : (sum * 2 + part) / (part * 2);
    if (rounded >= power_of_ten(DEC_DIGITS_MAX) || rounded <= -power_of_ten(DEC_DIGITS_MAX))
        return false;
    *mean = (dec){ (int64_t)rounded, decimals };
    return true;
}
