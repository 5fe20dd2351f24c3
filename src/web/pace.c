/* measure_pace in the reader's words: one sentence. */
#include "web/pace.h"
#include "web/parts.h"

#include "base/banned.h"

static const char *const KIND_WORDS[PACE_KIND_COUNT] = {
    [PACE_NOTHING] = NULL,        [PACE_LEVEL] = "level",   [PACE_NO_BASELINE] = "no_baseline",
    [PACE_NO_YEARS] = "no_years", [PACE_UNITS] = "units",   [PACE_BELOW_START] = "below_start",
    [PACE_KEEP] = "keep",         [PACE_FELL] = "fell",     [PACE_NO_VALUE] = "no_value",
    [PACE_REACHED] = "reached",   [PACE_LATE] = "late",     [PACE_STILL] = "still",
    [PACE_AWAY] = "away",         [PACE_BEHIND] = "behind", [PACE_ENOUGH] = "enough",
};

bool pace_point_of(const struct indicator *i, int fiscal_year, struct pace_point *out)
{
    const bool is_fit = i->actual.is_set && !i->actual_is_change
                        && (!i->actual.unit.n || !i->target.unit.n
                            || measure_same_unit(i->actual.unit, i->target.unit));

    *out = (struct pace_point){ fiscal_year, i->actual.value };
    return is_fit;
}

bool pace_is_total(const struct indicator *i)
{
    static const str WORDS[] = { STR_INIT("累計"), STR_INIT("累積") };

    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++) {
        if (str_find(i->name.v, WORDS[k]) >= 0 || str_find(i->goal.v, WORDS[k]) >= 0)
            return true;
    }
    return false;
}

/* A percentage moves in points. */
static str unit_of_rate(const struct req *r, const struct indicator *i)
{
    return measure_same_unit(i->target.unit, STR("%")) ? req_message(r, "word.points", NULL)
                                                       : i->target.unit;
}

/* "+1.25", "−0.5"; "" for a rate that there is not. */
static str signed_text(const struct req *r, const struct pace_rate *rate)
{
    struct buf b;

    buf_init(&b, r->mem, 32, 64);
    if (rate->value.n > 0)
        buf_put_char(&b, '+');
    dec_put(&b, rate->value);
    return buf_str(&b);
}

static void put_rate(const struct req *r, struct value *words, const char *key,
                     const struct pace_rate *rate, str unit)
{
    const bool is_english = r->lang == LANG_EN;
    const str about = is_english ? STR("about ") : STR("約");

    value_put_text(r->mem, words, key,
                   STR_CAT(r->mem, rate->is_exact ? STR("") : about, signed_text(r, rate),
                           is_english ? STR(" ") : STR(""), unit));
}

static void put_point(const struct req *r, struct value *words, const char *key,
                      const char *key_label, const struct pace_point *p, str unit)
{
    value_put_text(r->mem, words, key, STR_CAT(r->mem, dec_str(r->mem, p->value), unit));
    value_put_text(r->mem, words, key_label, part_year_label(r, p->year));
}

static str sentence(const struct req *r, const struct indicator *i, const struct pace *p)
{
    struct value *words = value_map(r->mem);
    const str unit = unit_of_rate(r, i);
    const char *kind = KIND_WORDS[p->kind];
    str text;

    if (p->kind == PACE_KEEP)
        kind = !p->value_count ? "keep" : p->is_met ? "keep_met" : "keep_not";
    put_point(r, words, "baseline", "baseline_label", &p->baseline, i->target.unit);
    put_point(r, words, "target", "target_label", &p->target, i->target.unit);
    put_point(r, words, "latest", "latest_label", &p->latest, i->target.unit);
    put_rate(r, words, "planned", &p->planned, unit);
    put_rate(r, words, "so_far", &p->so_far, unit);
    put_rate(r, words, "needed", &p->needed, unit);
    value_put_int(r->mem, words, "years_left", p->years_left);
    text = req_message(r, str_c(r->mem, STR_CAT(r->mem, STR("pace."), str_from(kind))), words);
    if (p->value_count == 1 && (p->kind == PACE_BEHIND || p->kind == PACE_ENOUGH))
        text = STR_CAT(r->mem, text, r->lang == LANG_EN ? STR(" ") : STR(""),
                       req_message(r, "pace.single", words));
    return text;
}

/* Rates as data: null where the kind has none. */
static void put_data(const struct req *r, struct value *map, const char *key,
                     const struct pace_rate *rate, bool has)
{
    if (has)
        value_put_dec(r->mem, map, key, rate->value);
    else
        value_put_null(r->mem, map, key);
}

void pace_put(const struct req *r, struct value *map, const struct pace_in *in)
{
    struct value *m;
    struct pace p;

    measure_pace(in, &p);
    if (p.kind == PACE_NOTHING) {
        value_put_null(r->mem, map, "pace");
        return;
    }
    m = value_put_map(r->mem, map, "pace");
    value_put_text(r->mem, m, "kind", str_from(KIND_WORDS[p.kind]));
    value_put_text(r->mem, m, "sentence", sentence(r, in->indicator, &p));
    put_data(r, m, "planned", &p.planned, p.kind >= PACE_NO_VALUE);
    put_data(r, m, "so_far", &p.so_far, p.kind >= PACE_REACHED);
    put_data(r, m, "needed", &p.needed, p.kind >= PACE_STILL);
    value_put_text_or_null(r->mem, m, "unit", unit_of_rate(r, in->indicator));
    if (p.kind >= PACE_REACHED)
        value_put_int(r->mem, m, "years_left", p.years_left);
    else
        value_put_null(r->mem, m, "years_left");
}

/* ---- what a scale says ---- */

static const char *const ANSWER_WORDS[SCALE_ANSWER_COUNT] = {
    [SCALE_TOLD] = "told",           [SCALE_NO_TARGET] = "no_target",
    [SCALE_NO_ACTUAL] = "no_actual", [SCALE_NO_BASELINE] = "no_baseline",
    [SCALE_UNITS] = "units",         [SCALE_ZERO_TARGET] = "zero_target",
    [SCALE_NEGATIVE] = "negative",   [SCALE_NO_WAY] = "no_way",
    [SCALE_LEVELS] = "levels",       [SCALE_TOO_LARGE] = "too_large",
};

/* The worst level of the main goals; one that cannot be told makes the whole so. False when
 * there is no main goal. */
static bool worst_of(const struct scale *s, const struct initiative *i,
                     const struct scale_level **worst, enum scale_answer *answer)
{
    bool has_main = false;

    *worst = NULL;
    *answer = SCALE_TOLD;
    for (uint32_t k = 0; k < i->indicator_count && *answer == SCALE_TOLD; k++) {
        const struct scale_level *level;

        if (i->indicators[k].role != ROLE_MAIN)
            continue;
        has_main = true;
        *answer = measure_scale(s, &i->indicators[k], &level);
        if (!*worst || (level && level > *worst))
            *worst = level;
    }
    return has_main;
}

void scale_put(const struct req *r, struct value *map, str form_id, const struct initiative *i)
{
    const struct scale_level *level;
    enum scale_answer answer;
    const struct scale *scale = scale_of_form(r->scales, form_id);
    struct value *m;

    if (!scale || !worst_of(scale, i, &level, &answer)) {
        value_put_null(r->mem, map, "scale");
        return;
    }
    if (answer != SCALE_TOLD)
        level = NULL;
    m = value_put_map(r->mem, map, "scale");
    value_put_text(r->mem, m, "name", scale->name[r->lang]);
    value_put_text_or_null(r->mem, m, "code", level ? level->code : (str){ 0 });
    value_put_text_or_null(r->mem, m, "label", level ? level->label[r->lang] : (str){ 0 });
    value_put_bool(r->mem, m, "needs_comment", level && level->needs_comment);
    value_put_text(r->mem, m, "sentence",
                   req_message(r,
                               str_c(r->mem, str_fmt(r->mem, "scale.%s", ANSWER_WORDS[answer])),
                               m));
}
