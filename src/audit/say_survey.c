/* What may be said of a survey's share, and what must be said beside it. The words decide what
 * the public believes, so they stand here in one place, in both languages, and follow from the
 * sampling and the counts alone. */
#include "audit/inner.h"

#include <math.h>

#include "base/banned.h"

/* Ratio above which weights deserve a warning (statistics.md). */
#define WEIGHT_RATIO_WARN 5

enum { TENTHS = 10 };

struct saying {
    struct arena *a;
    const struct survey *s;
    const struct question *q;
    const struct question_tally *t;
    struct survey_said *out;
};

/* ---- figures ---- */

/* part of whole in percent, exact, rounded half up to one decimal, as offices do. */
static dec percent(uint64_t part, uint64_t whole)
{
    return (dec){ (int64_t)((part * 2000 + whole) / (2 * whole)), 1 };
}

static dec tenths(double v)
{
    return (dec){ (int64_t)floor(v * (double)TENTHS + 0.5), 1 };
}

static str count_str(struct arena *a, uint64_t n)
{
    char digits[32];
    const int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    struct buf b;

    buf_init(&b, a, 40, 40);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            buf_put_char(&b, ',');
        buf_put_char(&b, digits[i]);
    }
    return buf_str(&b);
}

/* "+3.0", "-0.5" without the sign. */
static str points(struct arena *a, dec v)
{
    return dec_str(a, (dec){ v.n < 0 ? -v.n : v.n, v.scale });
}

/* 「毎号読む」「ときどき読む」 */
static str yes_labels(const struct saying *x, enum lang lang)
{
    struct buf b;

    buf_init(&b, x->a, 128, LIMIT_TEXT_BYTES);
    for (uint32_t i = 0; i < x->q->choice_count; i++) {
        if (!x->q->choices[i].is_yes)
            continue;
        if (lang == LANG_EN && b.n)
            buf_put_c(&b, " or ");
        buf_fmt(&b, "「%.*s」", STR_ARG(x->q->choices[i].label));
    }
    return buf_str(&b);
}

/* Did everybody of the population answer? */
static bool is_whole(const struct survey *s, const struct question *q, uint64_t n)
{
    return q->filter < 0 && s->population_size && n >= s->population_size;
}

static bool share_find(const struct saying *x)
{
    struct survey_said *out = x->out;
    struct interval limits;

    out->yes = x->t->yes;
    out->n = question_base(x->q, x->t);
    /* A filter's population is not known, only that of the whole survey. */
    if (!x->q->has_yes
        || !measure_wilson(out->yes, out->n, x->q->filter < 0 ? x->s->population_size : 0,
                           MEASURE_Z95, &limits))
        return false;
    out->has_share = true;
    out->is_whole = is_whole(x->s, x->q, out->n);
    out->share = percent(out->yes, out->n);
    out->low = tenths(100 * limits.low);
    out->high = tenths(100 * limits.high);
    if (!x->t->weighted.is_set)
        return true;
    out->of_population = x->s->sampling == SAMPLING_RANDOM;
    out->share = tenths(100 * dec_double(x->t->weighted.share));
    out->low = tenths(100 * dec_double(x->t->weighted.low));
    out->high = tenths(100 * dec_double(x->t->weighted.high));
    return true;
}

/* ---- the share ---- */

/* "。95%区間61.7~69.8%", or that everybody answered. */
static str spread(const struct saying *x, enum lang lang)
{
    const struct survey_said *out = x->out;
    const str low = dec_str(x->a, out->low), high = dec_str(x->a, out->high);

    if (out->is_whole)
        return lang == LANG_JA ? STR("。全員の答え") : STR("; everybody answered");
    return lang == LANG_JA
               ? str_fmt(x->a, "。95%%区間%.*s~%.*s%%", STR_ARG(low), STR_ARG(high))
               : str_fmt(x->a, "; 95%% interval %.*s to %.*s%%", STR_ARG(low), STR_ARG(high));
}

static void say_share(const struct saying *x)
{
    struct survey_said *out = x->out;
    struct arena *a = x->a;
    const str p = dec_str(a, out->share), n = count_str(a, out->n),
              yes = count_str(a, out->yes);
    const bool is_weighted = x->t->weighted.is_set;
    const str of_ja = out->of_population ? str_fmt(a, "対象者(%.*s)", STR_ARG(x->s->population))
                      : x->q->filter >= 0 ? STR("この問に答えた人")
                                          : STR("回答者");
    const str of_en = out->of_population
                          ? str_fmt(a, "of the population (%.*s)", STR_ARG(x->s->population))
                      : x->q->filter >= 0 ? STR("of those who answered this question")
                                          : STR("of those who answered");

    out->sentence[LANG_JA] =
        str_fmt(a, "%.*sの%.*s%%(%s%.*s人中%.*s人%.*s)が%.*sと%s。", STR_ARG(of_ja), STR_ARG(p),
                is_weighted ? "重み付け前は" : "", STR_ARG(n), STR_ARG(yes),
                STR_ARG(spread(x, LANG_JA)), STR_ARG(yes_labels(x, LANG_JA)),
                out->of_population ? "答えると推定されます" : "答えました");
    out->sentence[LANG_EN] = str_fmt(a, "%.*s%% %.*s (%s%.*s of %.*s%.*s) %s %.*s.", STR_ARG(p),
                                     STR_ARG(of_en), is_weighted ? "before weighting " : "",
                                     STR_ARG(yes), STR_ARG(n), STR_ARG(spread(x, LANG_EN)),
                                     out->of_population ? "are estimated to say" : "said",
                                     STR_ARG(yes_labels(x, LANG_EN)));
}

static void say_caution(const struct saying *x)
{
    /* clang-format off */
    static const str WHY[SAMPLING_COUNT][LANG_COUNT] = {
        [SAMPLING_RANDOM] = { STR_INIT("無作為に選んだ調査ですが、答えた人のかたよりを直していません。"),
                              STR_INIT("The sample was drawn at random, but who answered was not corrected for.") },
        [SAMPLING_PANEL] = { STR_INIT("応募して登録した人への調査です。"),
                             STR_INIT("Asked were people who had offered to answer.") },
        [SAMPLING_EVENT] = { STR_INIT("その場に来た人への調査です。"),
                             STR_INIT("Asked were people who came.") },
        [SAMPLING_EVERYONE] = { STR_INIT("全員にたずねましたが、答えなかった人がいます。"),
                                STR_INIT("Everyone was asked, but not all answered.") },
        [SAMPLING_OPEN] = { STR_INIT("だれでも答えられる調査です。"),
                            STR_INIT("Whoever wanted to could answer.") },
    };
    /* clang-format on */
    struct survey_said *out = x->out;

    if (out->of_population || out->is_whole
        || (x->s->sampling == SAMPLING_EVERYONE && x->s->sent && x->t->asked == x->s->sent
            && x->t->no_answer == 0))
        return;
    out->caution[LANG_JA] =
        str_fmt(x->a, "これは回答者の割合で、%.*s全体の割合ではありません。%.*s",
                STR_ARG(x->s->population), STR_ARG(WHY[x->s->sampling][LANG_JA]));
    out->caution[LANG_EN] = str_fmt(
        x->a,
        "This is the share of those who answered, not of the whole population (%.*s). %.*s",
        STR_ARG(x->s->population), STR_ARG(WHY[x->s->sampling][LANG_EN]));
}

static void say_bounds(const struct saying *x)
{
    struct survey_said *out = x->out;
    struct arena *a = x->a;
    struct interval ignored;
    str sent, worst, best;

    if (x->q->filter >= 0 || out->n >= x->s->sent
        || !measure_nonresponse(out->yes, out->n, x->s->sent, &ignored))
        return;
    out->has_bounds = true;
    out->worst = percent(out->yes, x->s->sent);
    out->best = percent(out->yes + x->s->sent - out->n, x->s->sent);
    sent = count_str(a, x->s->sent);
    worst = dec_str(a, out->worst);
    best = dec_str(a, out->best);
    out->bounds[LANG_JA] = str_fmt(
        a,
        "たずねた%.*s人全体では、答えなかった人の考えしだいで%.*s%%から%.*s%%まであり得ます。",
        STR_ARG(sent), STR_ARG(worst), STR_ARG(best));
    out->bounds[LANG_EN] = str_fmt(a,
                                   "Of all %.*s who were asked it may be anything from %.*s%% "
                                   "to %.*s%%, whatever the others think.",
                                   STR_ARG(sent), STR_ARG(worst), STR_ARG(best));
}

/* ---- change ---- */

static void say_next(const struct saying *x)
{
    struct survey_said *out = x->out;
    const double p = (double)out->yes / (double)out->n;
    const uint64_t n = measure_worth(out->n, x->q->filter < 0 ? x->s->population_size : 0);
    const str least = dec_str(x->a, tenths(100 * measure_detectable(n, n, p, 0.05, 0.8)));

    if (out->is_whole)
        return;

    out->next[LANG_JA] =
        str_fmt(x->a,
                "次も同じ数の人が答えるとき、区別できる差の目安は%.*sポイント"
                "です。これより小さい目標の差は、この調査では確かめられません。",
                STR_ARG(least));
    out->next[LANG_EN] =
        str_fmt(x->a,
                "If as many answer next time, a change of about %.*s points can "
                "be told apart; a target closer than that cannot be judged by "
                "this survey.",
                STR_ARG(least));
}

/* Was the same asked? The words of the question and what counts as yes. */
static bool is_comparable(struct arena *a, const struct question *now,
                          const struct question *then)
{
    bool same = now->choice_count == then->choice_count && then->has_yes
                && now->no_answer_in == then->no_answer_in
                && str_eq(text_fold(a, now->text), text_fold(a, then->text));

    for (uint32_t i = 0; same && i < now->choice_count; i++)
        same = now->choices[i].is_yes == then->choices[i].is_yes
               && str_eq(text_fold(a, now->choices[i].label),
                         text_fold(a, then->choices[i].label));
    return same;
}

static void say_not_comparable(const struct saying *x, const struct survey *before)
{
    x->out->changed[LANG_JA] =
        str_fmt(x->a, "前回(%.*s)とは問か選択肢が違うため、比べられません。",
                STR_ARG(before->title));
    x->out->changed[LANG_EN] =
        str_fmt(x->a,
                "Question or choices differ from last time (%.*s), so they are not compared.",
                STR_ARG(before->title));
}

/* The test is of the counts, also where the share itself is weighted. */
static const char *of_counts(const struct saying *x, enum lang lang)
{
    static const char *const WORDS[LANG_COUNT] = { "(重み付け前)", " (before weighting)" };

    return x->t->weighted.is_set ? WORDS[lang] : "";
}

static void say_same(const struct saying *x)
{
    struct survey_said *out = x->out;
    const str change = points(x->a, out->change), least = dec_str(x->a, out->detectable);

    out->changed[LANG_JA] = str_fmt(
        x->a,
        "前回との差%s %.*sポイントは、この調査の回答数では区別できません(区別できる差の目安 "
        "%.*sポイント)。",
        of_counts(x, LANG_JA), STR_ARG(change), STR_ARG(least));
    out->changed[LANG_EN] =
        str_fmt(x->a,
                "The change%s of %.*s points since last time cannot be told "
                "from chance with this many answers (about %.*s points could).",
                of_counts(x, LANG_EN), STR_ARG(change), STR_ARG(least));
}

static void say_different(const struct saying *x)
{
    struct survey_said *out = x->out;
    const bool is_up = out->change.n >= 0;
    const str before = dec_str(x->a, out->before), change = points(x->a, out->change),
              low = dec_str(x->a, out->change_low), high = dec_str(x->a, out->change_high);

    out->changed[LANG_JA] = str_fmt(
        x->a,
        "前回の%.*s%%から%.*sポイント%sました%s。偶然では説明しにくい差です(差の95%%区間 "
        "%.*s~%.*sポイント)。",
        STR_ARG(before), STR_ARG(change), is_up ? "上がり" : "下がり", of_counts(x, LANG_JA),
        STR_ARG(low), STR_ARG(high));
    out->changed[LANG_EN] = str_fmt(
        x->a,
        "%s by %.*s points from %.*s%% last time%s; hardly by chance (95%% interval of the "
        "difference %.*s to %.*s points).",
        is_up ? "Up" : "Down", STR_ARG(change), STR_ARG(before), of_counts(x, LANG_EN),
        STR_ARG(low), STR_ARG(high));
}

/* Everybody answered both times: the difference is what it is. */
static void say_whole_change(const struct saying *x)
{
    struct survey_said *out = x->out;
    const bool is_up = out->change.n >= 0;
    const str before = dec_str(x->a, out->before), change = points(x->a, out->change);

    out->is_different = out->change.n != 0;
    out->changed[LANG_JA] =
        out->change.n
            ? str_fmt(x->a,
                      "前回の%.*s%%から%.*sポイント%sました。どちらも全員の答えなので、"
                      "調査の誤差はありません。",
                      STR_ARG(before), STR_ARG(change), is_up ? "上がり" : "下がり")
            : STR("前回と同じ割合です。どちらも全員の答えです。");
    out->changed[LANG_EN] =
        out->change.n
            ? str_fmt(
                  x->a,
                  "%s by %.*s points from %.*s%% last time; everybody answered both times, so "
                  "there is no error of sampling.",
                  is_up ? "Up" : "Down", STR_ARG(change), STR_ARG(before))
            : STR("The same as last time; everybody answered both times.");
}

static void say_change(const struct saying *x, const struct survey_counted *before)
{
    struct survey_said *out = x->out;
    const int32_t at = survey_question(before->survey, x->q->key);
    const struct share now = { out->yes, out->n };
    struct interval difference;
    struct share then;
    double z, p = 1, pooled;

    if (at < 0)
        return;
    if (!is_comparable(x->a, x->q, &before->survey->questions[at])) {
        say_not_comparable(x, before->survey);
        return;
    }
    then.yes = before->tally->questions[at].yes;
    then.n = question_base(&before->survey->questions[at], &before->tally->questions[at]);
    if (!measure_difference(now, then, MEASURE_Z95, &difference))
        return;
    pooled = (double)(now.yes + then.yes) / (double)(now.n + then.n);
    out->has_change = true;
    out->is_different = measure_z_test(now, then, &z, &p) && p < 0.05;
    out->before = percent(then.yes, then.n);
    /* of the figures as they are printed, so that the reader's subtraction gives the same */
    out->change = (dec){ percent(now.yes, now.n).n - out->before.n, 1 };
    out->change_low = tenths(100 * difference.low);
    out->change_high = tenths(100 * difference.high);
    out->detectable = tenths(100 * measure_detectable(now.n, then.n, pooled, 0.05, 0.8));
    if (out->is_whole && is_whole(before->survey, &before->survey->questions[at], then.n))
        say_whole_change(x);
    else if (out->is_different)
        say_different(x);
    else
        say_same(x);
}

/* ---- weights ---- */

static void say_weighting(const struct saying *x, const struct survey_tally *all)
{
    struct survey_said *out = x->out;
    struct arena *a = x->a;
    const double ratio = dec_double(all->weight_ratio);
    const str n = dec_str(a, tenths(dec_double(x->t->weighted.n_effective))),
              source = x->s->margin_source, times = dec_str(a, tenths(ratio));
    struct buf merged;

    buf_init(&merged, a, 256, LIMIT_TEXT_BYTES);
    for (uint32_t i = 0; i < all->merged_count; i++)
        buf_fmt(&merged, " %.*s。", STR_ARG(all->merged[i]));
    out->weighting[LANG_JA] = str_fmt(
        a, "%.*sに合わせて重み付けしました(精度は%.*s人分)。%s%.*s", STR_ARG(source),
        STR_ARG(n),
        ratio > WEIGHT_RATIO_WARN
            ? str_c(a, str_fmt(a, "重みの比が%.*s倍あり、少ない人の答えが大きく効いています。",
                               STR_ARG(times)))
            : "",
        STR_ARG(buf_str(&merged)));
    out->weighting[LANG_EN] = str_fmt(
        a, "Weighted to %.*s (as good as %.*s answers).%s%.*s", STR_ARG(source), STR_ARG(n),
        ratio > WEIGHT_RATIO_WARN
            ? str_c(a, str_fmt(a,
                               " The largest weight is %.*s times the smallest: few people's "
                               "answers count for much.",
                               STR_ARG(times)))
            : "",
        STR_ARG(buf_str(&merged)));
}

void audit_survey_say(struct arena *a, const struct survey_counted *now, uint32_t question,
                      const struct survey_counted *before, struct survey_said *out)
{
    const struct saying x = { a, now->survey, &now->survey->questions[question],
                              &now->tally->questions[question], out };

    *out = (struct survey_said){ 0 };
    if (!share_find(&x))
        return;
    say_share(&x);
    say_caution(&x);
    say_bounds(&x);
    say_next(&x);
    if (before && before->survey && before->tally)
        say_change(&x, before);
    if (x.t->weighted.is_set)
        say_weighting(&x, now->tally);
}
