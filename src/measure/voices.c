/* An actual from voices: how many came, and how many of those whose day is over were answered
 * by then. Only counts, days and codes: nothing that anybody said comes here. */
#include "measure/inner.h"

#include "base/banned.h"

static bool has_any(const struct measure_filter *f, str value)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (str_eq(f->any_of[i], value))
            return true;
    return false;
}

/* Does one question have all that is asked for? Its door is that of the voice. */
static bool question_fits(const struct measure_def *d, str door, str question)
{
    str category;
    const str section = str_cut(question, '\t', &category);

    for (uint32_t i = 0; i < d->filter_count; i++) {
        const struct measure_filter *f = &d->filters[i];

        if (!has_any(f, str_eq(f->field, STR("door"))       ? door
                        : str_eq(f->field, STR("category")) ? category
                                                            : section))
            return false;
    }
    return true;
}

static bool term_fits(const struct measure_def *d, str facets)
{
    str door, question;

    facets = str_cut(facets, '\n', &door);
    do {
        facets = str_cut(facets, '\n', &question);
        if (question_fits(d, door, question))
            return true;
    } while (facets.n);
    return false;
}

struct voices_sum {
    int64_t received, settled, in_time;
    str newest, newest_due; /* day of receipt; due day of those that are settled */
};

static str later(str a, str b)
{
    return str_cmp(a, b) > 0 ? a : b;
}

/* today "": nothing is settled. */
static struct voices_sum sum_of(const struct measure_def *d, const struct voice_terms *terms,
                                str today)
{
    struct voices_sum s = { 0 };
    str facets = { 0 };
    bool fits = false;

    for (uint32_t i = 0; i < terms->count; i++) {
        const struct voice_term *t = &terms->rows[i];

        if (!i || !str_eq(facets, t->facets)) { /* alike ones stand together */
            facets = t->facets;
            fits = term_fits(d, facets);
        }
        if (!fits)
            continue;
        s.received += t->voices;
        s.newest = later(s.newest, t->received);
        if (str_cmp(t->due, today) >= 0)
            continue;
        s.settled += t->voices;
        s.in_time += t->in_time ? t->voices : 0;
        s.newest_due = later(s.newest_due, t->due);
    }
    return s;
}

static void give_share(const struct measure_def *d, const struct voices_sum *s,
                       struct measured *out)
{
    out->entries = (uint64_t)s->settled;
    out->pending = (uint64_t)(s->received - s->settled);
    out->as_of = s->newest_due;
    if (!s->settled) {
        out->why_not = STR("回答の期限が過ぎた声が、この年度にはまだありません。");
        return;
    }
    out->is_ratio = true;
    out->numerator = (dec){ s->in_time, 0 };
    out->denominator = (dec){ s->settled, 0 };
    out->has_value =
        measure_percent(out->numerator, out->denominator, d->decimals, &out->value);
}

static void give_count(const struct voices_sum *s, struct measured *out)
{
    out->value = (dec){ s->received, 0 };
    out->entries = (uint64_t)s->received;
    out->as_of = s->newest;
    out->has_value = true;
}

void measure_voices(const struct measure_input *in, struct measured *out)
{
    const struct measure_def *d = in->def;
    const date t = in->today;
    char day[32] = "";
    struct voices_sum s;

    if (measure_year_of(d, in->fiscal_year)) {
        measure_manual(d, in->fiscal_year, out);
        return;
    }
    *out = (struct measured){ .unit = d->unit };
    if (!in->voices || !in->voices->count) {
        out->why_not = STR("この年度に受け付けた声が、まだありません。");
        return;
    }
    if (t.year)
        (void)snprintf(day, sizeof day, "%04d-%02d-%02d", t.year, t.month, t.day);
    s = sum_of(d, in->voices, str_from(day));
    if (d->value == GIVES_COUNT)
        give_count(&s, out);
    else
        give_share(d, &s, out);
    out->is_final =
        out->has_value && t.year && date_fiscal_year(t) > in->fiscal_year && !out->pending;
}
