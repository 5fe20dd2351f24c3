/* Rules that look at the evidence behind a sheet: how many answered, what a forecast says, what
 * the figures give. Without evidence they have nothing to say. */
#include "audit/inner.h"

#include <math.h>

#include "base/banned.h"

/* The evidence of an indicator; NULL when there is none. */
static const struct audit_evidence *evidence_of(struct audit *x, const struct indicator *i)
{
    str name;

    if (!x->evidence_count) /* as in `check`: the name need not be looked at */
        return NULL;
    name = link_name(x->a, i->name.v);
    for (uint32_t k = 0; k < x->evidence_count && name.n; k++)
        if (str_eq(link_name(x->a, x->evidence[k].indicator), name))
            return &x->evidence[k];
    return NULL;
}

static bool is_percent(const struct amount *m)
{
    return m->is_set && str_eq(m->unit, STR("%"));
}

/* Is the survey before the one that the baseline is of? */
static bool is_of_baseline(const struct audit_evidence *v, const struct indicator *i)
{
    return v->n_before > 0 && (i->baseline_year == 0 || i->baseline_year == v->year_before);
}

static struct said say_points(struct audit *x, double points)
{
    return say(dec_str(x->a, (dec){ llround(points * 10), 1 }));
}

static struct said say_people(struct audit *x, uint64_t n)
{
    return say(str_fmt(x->a, "%llu", (unsigned long long)n));
}

/* The target cannot be told from the baseline by a survey of this size. */
void rule_p9(struct audit *x, const struct indicator *i)
{
    const struct audit_evidence *v = evidence_of(x, i);
    const uint64_t before = v ? v->n_before ? v->n_before : v->n : 0;
    uint64_t worth_before, worth_now;
    double least, apart;

    if (!before || !is_percent(&i->target) || !is_percent(&i->baseline)
        || dec_cmp(i->target.value, i->baseline.value) == 0)
        return;
    worth_before = measure_worth(before, v->n_before ? v->population_before : v->population);
    worth_now = measure_worth(v->n ? v->n : before, v->population);
    least =
        100
        * measure_detectable(worth_before, worth_now,
                             fmin(fmax(dec_double(i->baseline.value) / 100, 0), 1), 0.05, 0.8);
    apart = fabs(dec_double(i->target.value) - dec_double(i->baseline.value));
    if (apart >= least)
        return;
    report(
        x,
        &(struct report){
            .subject = i->name.v,
            .at = first_place(i->target.at, i->name.at, x->in->at),
            .message =
                (const str[]){
                    STR("目標と基準値の差$1ポイントは、もとになる「$2」(回答$3人)で区別"
                        "できる差の目安$4ポイントより小さいため、達成したかどうかを"
                        "確かめられません。回答数を増やすか、目標を見直してください。"),
                    STR("Target and baseline are $1 points apart; the survey behind them "
                        "($2, $3 answers) can tell about $4. Ask more people, or set another "
                        "target.") },
            .piece = { say_points(x, apart), say(v->source), say_people(x, before),
                       say_points(x, least) },
        });
}

/* Everybody answered: what they said is no sample. */
static bool is_whole(uint64_t n, uint64_t population)
{
    return population && n >= population;
}

/* As many answers of an endless population as these are worth: where nearly everybody answered,
 * a small change is a change. */
static struct share worth_of(uint64_t yes, uint64_t n, uint64_t population)
{
    const uint64_t worth = n ? measure_worth(n, population) : 0;

    if (!n)
        return (struct share){ 0, 0 };
    return (struct share){ (uint64_t)llround((double)yes / (double)n * (double)worth), worth };
}

/* A change that the two surveys cannot tell from chance. */
void rule_c6(struct audit *x, const struct indicator *i)
{
    const struct audit_evidence *v = evidence_of(x, i);
    double z, p;

    if (!v || !v->n || !is_percent(&i->actual) || !is_percent(&i->baseline)
        || !is_of_baseline(v, i)
        || (is_whole(v->n, v->population) && is_whole(v->n_before, v->population_before))
        || dec_cmp(i->actual.value, i->baseline.value) == 0
        || !measure_z_test(worth_of(v->yes, v->n, v->population),
                           worth_of(v->yes_before, v->n_before, v->population_before), &z, &p)
        || p < 0.05)
        return;
    report(
        x,
        &(struct report){
            .subject = i->name.v,
            .at = first_place(i->actual.at, i->name.at, x->in->at),
            .message =
                (const str[]){
                    STR("実績$1と$2の差は、回答数($3人と$4人)から見て誤差の範囲です。"
                        "増えた、減ったと書くときは、そのことを添えてください。"),
                    STR("The result of $1 and the $2 differ by no more than the error of two "
                        "surveys with $3 and $4 answers. Say so where a change is claimed.") },
            .piece = { say_amount(x, &i->actual), say_baseline(x, i), say_people(x, v->n),
                       say_people(x, v->n_before) },
        });
}

/* What the figures up to now foretell, against the outlook that was written. */
void rule_c8(struct audit *x, const struct indicator *i)
{
    const struct audit_evidence *v = evidence_of(x, i);
    const enum mark outlook = x->in->midyear.goal.mark;
    bool is_above, is_below;

    if (!v || !v->has_forecast || i->role != ROLE_MAIN || i->comparison != COMPARE_GE
        || !i->target.is_set)
        return;
    is_above = dec_cmp(v->forecast_low, i->target.value) >= 0;
    is_below = dec_cmp(v->forecast_high, i->target.value) < 0;
    if (!(outlook == MARK_POSITIVE && is_below) && !(outlook == MARK_NEGATIVE && is_above))
        return;
    report(
        x,
        &(struct report){
            .subject = i->name.v,
            .at = first_place(x->in->midyear.goal.at, i->name.at, x->in->at),
            .message =
                (const str[]){
                    STR("中間振り返りの見込みは、$1から見た年度末の予測$2~$3と合いません"
                        "(目標$4)。見込みを見直すか、理由を書いてください。"),
                    STR("The outlook of the mid-year review disagrees with the forecast from "
                        "$1, $2 to $3 (target $4). Look at it again, or give the reason.") },
            .piece = { say(v->source), say(dec_str(x->a, v->forecast_low)),
                       say(dec_str(x->a, v->forecast_high)), say_amount(x, &i->target) },
        });
}

/* Is the published percentage a rounding of 100 k / n for a whole k? */
void rule_c10_evidence(struct audit *x, const struct indicator *i)
{
    const struct audit_evidence *v = evidence_of(x, i);

    if (!v || !v->n || v->n > 100000 || v->is_weighted || !is_percent(&i->actual)
        || i->actual_is_change || measure_share_fits(i->actual.value, v->n))
        return;
    report(x,
           &(struct report){
               .subject = i->name.v,
               .at = first_place(i->actual.at, i->name.at, x->in->at),
               .message =
                   (const str[]){
                       STR("実績$1は、「$2」の回答$3人のうち何人であっても出ない割合です。"
                           "人数か割合を確かめてください。"),
                       STR("No number of people out of the $3 who answered $2 gives $1. Check "
                           "the number or the share.") },
               .piece = { say_amount(x, &i->actual), say(v->source), say_people(x, v->n) },
           });
}

/* Does the published figure say what the evidence gives, to the digits that it has? */
static bool says(dec published, dec given)
{
    double unit = 1;

    for (int k = 0; k < published.scale; k++)
        unit /= 10;
    return fabs(dec_double(published) - dec_double(given)) <= unit / 2 * (1 + 1e-9);
}

void rule_c11(struct audit *x, const struct indicator *i)
{
    const struct audit_evidence *v = evidence_of(x, i);
    struct amount given;

    if (!v || !v->value.is_set || !i->actual.is_set || i->actual_is_change != v->is_change
        || !measure_same_unit(i->actual.unit, v->value.unit)
        || says(i->actual.value, v->value.value)
        || (v->is_weighted && says(i->actual.value, v->unweighted)))
        return;
    given = v->value;
    given.value = v->shown;
    report(
        x,
        &(struct report){
            .subject = i->name.v,
            .at = first_place(i->actual.at, i->name.at, x->in->at),
            .message =
                (const str[]){
                    STR("実績$1は、「$2」から計算した$3と違います。どちらかを直すか、違う"
                        "理由を書いてください。"),
                    STR("The result of $1 is not what $2 gives, $3. Mend one of them, or say "
                        "why they differ.") },
            .piece = { say_amount(x, &i->actual), say(v->source), say_amount(x, &given) },
        });
}

/* ---- evidence of what is bound ---- */

enum { OUTLOOK_POINT = 5, CURVES_MAX = 12 }; /* the outlook is written on September's figures */

/* What the measure gives before it is rounded, so that any rounding of it is right. */
static double unrounded(const struct measured *m)
{
    const double factor = str_eq(m->unit, STR("%")) ? 100 : 1;

    if (!m->is_ratio || m->is_weighted || m->denominator.n <= 0)
        return dec_double(m->value);
    return factor * dec_double(m->numerator) / dec_double(m->denominator);
}

static dec nine(double v)
{
    return (dec){ llround(v * 1e9), 9 };
}

/* yes of n of a survey; nothing for other evidence, which is no sample. */
static void take_counts(const struct measure_input *in, const struct measured *m, uint64_t *yes,
                        uint64_t *n, uint64_t *population)
{
    const int32_t q = in->survey ? survey_question(in->survey, in->def->question) : -1;

    if (in->def->kind != MEASURE_SURVEY || !m->is_ratio || !m->has_value)
        return;
    *yes = (uint64_t)m->numerator.n;
    *n = (uint64_t)m->denominator.n;
    if (q >= 0 && in->survey->questions[q].filter < 0)
        *population = in->survey->population_size;
}

/* years: of a ledger's rate, the plan's the last; else empty. */
static void take_forecast(struct arena *a, const struct measure_input *now,
                          const struct cells *years, struct audit_evidence *out)
{
    struct rate_curve *curves = NEW(a, struct rate_curve, CURVES_MAX);
    struct past_year past[CURVES_MAX];
    struct landed landed;
    uint32_t count = 0;
    int point;

    if (!years->count || now->def->value != GIVES_RATE)
        return;
    for (int year = now->fiscal_year - CURVES_MAX + 1; year <= now->fiscal_year; year++) {
        measure_rate_curve(a, now->def, years, year, &curves[count]);
        count += measure_curve_point(&curves[count]) >= 0 || year == now->fiscal_year;
    }
    point = measure_curve_point(&curves[count - 1]);
    if (!measure_curve_landing(curves, count, point > OUTLOOK_POINT ? OUTLOOK_POINT : point,
                               past, &landed))
        return;
    out->has_forecast = true;
    out->forecast_low = (dec){ (int64_t)floor(landed.low * 100 + 0.5), 2 };
    out->forecast_high = (dec){ (int64_t)floor(landed.high * 100 + 0.5), 2 };
}

static void of_bound(struct arena *a, const struct bound_source *b, int fiscal_year, date today,
                     struct audit_evidence *out)
{
    const struct measure_def *d = &b->binding.measure;
    const struct measure_input this_year = measure_input_of(d, &b->now, fiscal_year, today),
                               last_year =
                                   measure_input_of(d, &b->before, fiscal_year - 1, today);
    struct measured now, before;

    *out = (struct audit_evidence){ .indicator = b->indicator, .source = b->now.name };
    measure_actual(a, &this_year, &now);
    measure_actual(a, &last_year, &before);
    out->value = (struct amount){ .is_set = now.has_value,
                                  .value = nine(unrounded(&now)),
                                  .unit = now.unit };
    out->shown = now.value;
    out->is_change = now.is_change;
    out->is_weighted = now.is_weighted;
    if (now.is_weighted && now.denominator.n > 0)
        out->unweighted = nine(100 * dec_double(now.numerator) / dec_double(now.denominator));
    take_counts(&this_year, &now, &out->yes, &out->n, &out->population);
    take_counts(&last_year, &before, &out->yes_before, &out->n_before, &out->population_before);
    out->year_before = fiscal_year - 1;
    take_forecast(a, &this_year, &b->years, out);
}

/* ---- evidence of surveys ---- */

static struct audit_evidence of_question(const struct survey_counted *now, uint32_t question,
                                         const struct survey_counted *before)
{
    const struct question *q = &now->survey->questions[question];
    const struct question_tally *t = &now->tally->questions[question];
    const int32_t at = before ? survey_question(before->survey, q->key) : -1;
    struct audit_evidence v = { .source = now->survey->title, .yes = t->yes };
    double share;

    v.n = question_base(q, t);
    v.population = q->filter < 0 ? now->survey->population_size : 0;
    v.is_weighted = t->weighted.is_set;
    share = v.n ? 100 * (double)v.yes / (double)v.n : 0;
    v.unweighted = nine(share);
    v.value = (struct amount){ .is_set = v.n > 0, .value = v.unweighted, .unit = STR("%") };
    if (v.is_weighted)
        v.value.value = nine(100 * dec_double(t->weighted.share));
    v.shown = (dec){ (int64_t)floor(dec_double(v.value.value) * 10 + 0.5), 1 };
    if (at >= 0) {
        v.yes_before = before->tally->questions[at].yes;
        v.n_before =
            question_base(&before->survey->questions[at], &before->tally->questions[at]);
        v.year_before = before->survey->fiscal_year;
        v.population_before = q->filter < 0 ? before->survey->population_size : 0;
    }
    return v;
}

static const struct survey_counted *survey_before(const struct survey_counted *all,
                                                  uint32_t count, const struct survey *s)
{
    for (uint32_t i = 0; i < count && s->previous.n; i++)
        if (str_eq(all[i].survey->key, s->previous))
            return &all[i];
    return NULL;
}

/* By the questions whose share an indicator is; how many. */
static uint32_t of_surveys(int fiscal_year, const struct survey_counted *all, uint32_t count,
                           struct audit_evidence *out)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct survey *s = all[i].survey;

        for (uint32_t k = 0; k < s->question_count && s->fiscal_year == fiscal_year; k++)
            for (uint32_t m = 0; m < s->questions[k].indicator_count; m++) {
                out[n] = of_question(&all[i], k, survey_before(all, count, s));
                out[n++].indicator = s->questions[k].indicators[m];
            }
    }
    return n;
}

void audit_behind(struct arena *a, const struct plan_behind *behind, date today,
                  struct audit_input *with)
{
    const int year = with->plan->fiscal_year;
    struct audit_evidence *rows;
    uint32_t most = behind->bound_count;

    for (uint32_t i = 0; i < behind->survey_count; i++)
        for (uint32_t k = 0; k < behind->surveys[i].survey->question_count; k++)
            most += behind->surveys[i].survey->questions[k].indicator_count;
    rows = NEW(a, struct audit_evidence, most);
    for (uint32_t i = 0; i < behind->bound_count; i++)
        of_bound(a, &behind->bound[i], year, today, &rows[i]);
    with->evidence = rows;
    with->evidence_count =
        behind->bound_count
        + of_surveys(year, behind->surveys, behind->survey_count, rows + behind->bound_count);
}
