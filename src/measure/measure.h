/* Statistics and judging: numbers in, numbers out. */
#ifndef MEGURI_MEASURE_H
#define MEGURI_MEASURE_H

#include "model/binding.h"
#include "model/model.h"
#include "model/scale.h"
#include "model/survey.h"

/* The verdict that the numbers give, by exact decimals. No testable target: NOT_MEASURABLE; no
 * actual: NOT_MEASURED. GE: met when actual >= target; LE: actual <= target; EQ: equal in
 * value; LEVEL_GE as GE on the level. GT_BASELINE: an actual that is a change is met when it is
 * above 0; otherwise it is compared with the baseline (CANNOT_TELL without one). CANNOT_TELL
 * also when the units differ, and when a change is to answer a level. A unit that is left out
 * on one side is taken to be the other's, except beside a level. */
enum verdict measure_judge(const struct indicator *i);

/* The same with an actual from the evidence in place of the published one. */
enum verdict measure_verdict(const struct indicator *i, const struct measured *m);
/* The third verdict: CANNOT_TELL where the interval of a sample contains the target; otherwise
 * measure_verdict. */
enum verdict measure_verdict_sure(const struct indicator *i, const struct measured *m);

/* Is value `a` worse than `b` for this direction? False for DIRECTION_UNKNOWN. */
bool measure_is_worse(dec a, dec b, enum direction direction);

/* Smallest n for which every share (with its number of decimals) is a rounded k/n with whole
 * k: 63.6 and 81.8 -> 11. Searched up to `limit`; 0 when there is none. Rounding half up, as
 * offices do. (Rule C10.) */
uint32_t measure_smallest_n(const dec *shares_pct, size_t count, uint32_t limit);

/* Is the percentage, with its decimals, a rounding of 100 k / n for a whole k from 0 to n? n up
 * to 40,000,000. */
bool measure_share_fits(dec share_pct, uint64_t n);

/* How many n up to `n` would explain as many made-up shares with as many decimals by mere
 * chance: the sum over m <= n of the product of min(1, (m + 1) / (100 * 10^decimals + 1)). Well
 * below 1 = the n found says something. */
double measure_chance_n(const dec *shares_pct, size_t count, uint32_t n);

/* Do two spellings name one unit? 人 and 名, ％ and %, 箇所 and か所. Units are never
 * converted. */
bool measure_same_unit(str a, str b);

/* ---- a city's scale (scale.c) ---- */

enum scale_answer {
    SCALE_TOLD,
    SCALE_NO_TARGET,
    SCALE_NO_ACTUAL,
    SCALE_NO_BASELINE, /* the scale goes by progress */
    SCALE_UNITS,       /* of different things, or a difference against a level */
    SCALE_ZERO_TARGET, /* no share of nought; a result of nought where fewer is better is told
                        */
    SCALE_NEGATIVE,    /* no share of numbers below nought */
    SCALE_NO_WAY,      /* the target is no better than the baseline: no way to make */
    SCALE_LEVELS,      /* ☆☆☆ is no number to take a share of */
    SCALE_TOO_LARGE,
    SCALE_ANSWER_COUNT
};
/* The level that a result reaches; *level NULL, with the reason, when that cannot be told.
 * Shares are compared exactly. */
enum scale_answer measure_scale(const struct scale *s, const struct indicator *i,
                                const struct scale_level **level);

/* ---- surveys (survey.c); shares and their limits are fractions of 1 ---- */

struct interval {
    double low, high;
};

/* yes of n answers. */
struct share {
    uint64_t yes, n;
};

/* The normal quantile for 95%. */
extern const double MEASURE_Z95;

/* Wilson's score interval (Wilson 1927; Newcombe 1998, Stat Med 17:857). With a known
 * population (0 = not known) n counts as n (N - 1) / (N - n), which multiplies the standard
 * error by sqrt((N - n) / (N - 1)). False for n = 0 or counts that cannot be. */
MUST bool measure_wilson(uint64_t yes, uint64_t n, uint64_t population, double z,
                         struct interval *out);

/* The same for a share that is no count: p of an n that need not be whole (a weighted share
 * with its effective n). False for n <= 0, p outside 0 to 1, or a population below n. */
MUST bool measure_wilson_share(double p, double n, uint64_t population, double z,
                               struct interval *out);

/* Between which shares of all that were asked the answer lies, whatever those who did not
 * answer think: yes / sent to (yes + sent - n) / sent. False for sent = 0 or counts that cannot
 * be. */
MUST bool measure_nonresponse(uint64_t yes, uint64_t n, uint64_t sent, struct interval *out);

/* Standard error of a share p of n, finite-population corrected where the population is known.
 * n > 0. */
double measure_share_se(double p, uint64_t n, uint64_t population);

/* How many answers of an endless population n answers of this one are worth: n (N - 1) / (N -
 * n); population 0 = n. At most 10^15, which everybody is worth. */
uint64_t measure_worth(uint64_t n, uint64_t population);

/* Answers needed for a margin (0.05 = 5 points) at p = 1/2; to be rounded up. population 0 =
 * without limit. */
double measure_sample_size(uint64_t population, double margin, double z);

/* Interval of the difference of two shares, a - b (Newcombe 1998, Stat Med 17:873, method 10).
 * False for n = 0. */
MUST bool measure_difference(struct share a, struct share b, double z, struct interval *out);

/* Pooled z test of two shares, two-sided. False for n = 0, and where nobody or everybody said
 * yes: there is no answer. */
MUST bool measure_z_test(struct share a, struct share b, double *z, double *p);

/* The smallest change that two surveys of n1 and n2 answers tell apart: (z(1 - alpha/2) +
 * z(power)) * sqrt(p (1 - p) (1/n1 + 1/n2)), as a fraction of 1. */
double measure_detectable(uint64_t n1, uint64_t n2, double p, double alpha, double power);

/* ---- weights (weight.c) ---- */

/* A known margin of the population: what share each category has, and which category each
 * answer is in. */
struct margin {
    const uint32_t *category; /* of each row, < categories */
    const double *share;      /* of each category; they add up to 1 */
    uint32_t categories;
};

enum raking {
    RAKING_DONE,
    RAKING_EMPTY,  /* nobody in a category that the population has: merge it with another one,
                      and say so */
    RAKING_NO_END, /* no agreement in 100 rounds: refuse the weights */
};
struct raking_report {
    uint32_t rounds;
    uint32_t empty_margin, empty_category; /* of RAKING_EMPTY */
};

/* Iterative proportional fitting (Deming and Stephan 1940) until no margin is off by 1e-10.
 * weight[rows] is filled in; the weights add up to rows. */
enum raking measure_rake(struct arena *a, const struct margin *margins, uint32_t margin_count,
                         uint32_t rows, double *weight, struct raking_report *report);

/* n * sum(w^2) / sum(w)^2 (Kish 1965); n divided by it is the effective n. */
double measure_design_effect(const double *weight, uint32_t rows);

/* Largest weight over smallest: above 5 deserves a warning. Infinite when a weight is 0. */
double measure_weight_ratio(const double *weight, uint32_t rows);

/* ---- monthly counts (behaviour.c); never for cumulative series ---- */

enum {
    SIGNAL_OUTSIDE = 1,
    SIGNAL_RUN = 2
}; /* beyond a limit; one of eight in a row on one side of the mean */

struct behaviour {
    double mean, moving_range, low, high;
};

/* Limits mean -+ 3/d2 times the mean moving range (Shewhart; Wheeler 1993: XmR). signal[n] is
 * filled in. With fewer than 8 values only the mean: false. */
MUST bool measure_xmr(const double *value, uint32_t n, struct behaviour *out, uint8_t *signal);

/* ---- comparing organisations (compare.c) ---- */

/* Exact binomial limit of a funnel plot at probability p around the share theta for n cases,
 * interpolated (Spiegelhalter 2005, Stat Med 24:1185, A.1.1), as a share. */
double measure_funnel_limit(double theta, uint64_t n, double p);

/* Which of many p values are worth a look at this false discovery rate (Benjamini and Hochberg
 * 1995). */
void measure_false_discovery(const double *p, uint32_t n, double rate, bool *is_flagged);

/* ---- actuals from the evidence (evidence.c) ---- */

struct measure_input {
    const struct measure_def *def; /* of a register, ledger or rating */
    const struct cells *cells;     /* of the fiscal year and, for an increase, the one before */
    int fiscal_year;
    date today;                         /* year 0 = not known: then nothing is final */
    const struct rating_levels *levels; /* of that year; NULL = none */
    const struct survey *survey; /* of MEASURE_SURVEY: the one that feeds the year; NULL = none
                                  */
    const struct survey_tally *tally; /* what was answered; NULL = nothing yet */
    const struct voice_terms *voices; /* of MEASURE_VOICES: of the year; NULL = none */
};
/* Of what stands behind the measure in that year, which must outlive it. */
struct measure_input measure_input_of(const struct measure_def *def,
                                      const struct measure_source *source, int fiscal_year,
                                      date today);
/* The actual of a fiscal year, whatever it comes from: one of those below. */
void measure_actual(struct arena *a, const struct measure_input *in, struct measured *out);
/* The actual of a fiscal year. Sums are exact; quotients are rounded once, half up. Entries
 * without one of the quantities are left out of all of them, and counted when pending. No
 * entry, nothing to divide by, no year before: no value, with the reason; a count with a filter
 * is 0 when the register was kept that year. A rate takes the newest month that has all amounts
 * (a third quantity is taken off the first: 還付), and is final with May of the next year
 * (出納整理); the others are when the year is over and nothing is pending. The latest of a
 * state (登録者数) is that of the newest month that has it. */
void measure_evidence(struct arena *a, const struct measure_input *in, struct measured *out);
/* The share of a survey's question in percent, by its weights where it has them (and the
 * measure does not want it plain), with the 95% interval of a sample (none where everybody
 * answered). A survey of another year, without answers or without that question gives no value.
 * Final when its last day is over. */
void measure_survey_share(struct arena *a, const struct measure_input *in,
                          struct measured *out);
/* Voices received in the fiscal year: how many, or the share answered by their due day. A voice
 * is in the share from the day after its due day on, answered or not; until then it is pending,
 * also when it was answered already: of voices that can still be late, those answered early are
 * all in time, and counting them alone would flatter. One that still waits when its day is over
 * counts as not answered in time; whether it waits or was late changes nothing any more. The
 * due day is that of the first turn, as the rule of holidays gave it at receipt; being reopened
 * changes nothing. Final when the year is over and nothing is pending; a year with a number of
 * its own is measure_manual's. As of: the newest due day (of a count: day of receipt) that was
 * counted. */
void measure_voices(const struct measure_input *in, struct measured *out);
/* What was entered by hand for that year, or for every year; final. */
void measure_manual(const struct measure_def *d, int fiscal_year, struct measured *out);

struct month_value {
    str month; /* "2024-04" */
    dec value;
};
/* What a count or a sum of a register is month by month, from the first to the last month with
 * an entry (nought between them where none counts), months before `before` ("" = all): how
 * many; 0 also when a sum is too large. Not for amounts that grow from month to month. */
uint32_t measure_months(struct arena *a, const struct measure_def *d, const struct cells *cells,
                        str before, struct month_value **out);

/* ---- where a cumulative rate will land (landing.c); rates in percent, between 0 and 100 ----
 */

struct past_year {
    double to_date, final;
};
enum landing_method { LANDING_ADDITIVE, LANDING_RATIO, LANDING_LOGIT, LANDING_METHOD_COUNT };
enum { LANDING_YEARS_MIN = 3 };

/* now + mean(F - R); now * sum F / sum R; logit^-1(logit now + mean(logit F - logit R)). count
 * > 0. */
double measure_land(enum landing_method method, const struct past_year *past, uint32_t count,
                    double now);

/* The method with the least squared error when each past year is foretold from the others.
 * count >= LANDING_YEARS_MIN. */
enum landing_method measure_landing_choice(const struct past_year *past, uint32_t count);

/* How far that method was off on average (root mean square, in points) when each past year was
 * foretold from the others. count >= LANDING_YEARS_MIN. */
double measure_landing_error(enum landing_method method, const struct past_year *past,
                             uint32_t count);

/* Prediction interval of the additive landing: -+ t(count - 1) s sqrt(1 + 1/count). False with
 * fewer than LANDING_YEARS_MIN years: then only measure_landing_range can be shown. */
MUST bool measure_landing(const struct past_year *past, uint32_t count, double now,
                          double confidence, struct interval *out);

/* The chance that the target is reached, by the same distribution. False as above. */
MUST bool measure_landing_chance(const struct past_year *past, uint32_t count, double now,
                                 double target, double *chance);

/* The same two of another method, each on the scale on which it adds: logit for LANDING_LOGIT;
 * for LANDING_RATIO the regression through the origin whose variance grows with the rate to
 * date (Royall 1970, Biometrika 57:377), -+ t(count - 1) s sqrt(r + r^2 / sum R). */
MUST bool measure_landing_by(enum landing_method method, const struct past_year *past,
                             uint32_t count, double now, double confidence,
                             struct interval *out);
MUST bool measure_landing_chance_by(enum landing_method method, const struct past_year *past,
                                    uint32_t count, double now, double target, double *chance);

/* Least and largest F - R of the past years. count > 0. */
struct interval measure_landing_range(const struct past_year *past, uint32_t count);

/* ---- a ledger of collection, month by month (curve.c) ---- */

enum { RATE_POINTS = 14 }; /* April to March, then the closing period's April and May */

/* A fiscal year's rate at the end of each month, in percent. */
struct rate_curve {
    int fiscal_year;
    bool has[RATE_POINTS];
    dec value[RATE_POINTS];
    bool is_suspended[RATE_POINTS]; /* collection stood still by order */
};
/* def: of GIVES_RATE; its filter and its refund count as in measure_evidence. A month without
 * both amounts has no rate. */
void measure_rate_curve(struct arena *a, const struct measure_def *d, const struct cells *cells,
                        int fiscal_year, struct rate_curve *out);
/* The newest month that has a rate, 0 = April; -1 = there is none. */
int measure_curve_point(const struct rate_curve *c);

/* Where a year will land, from its rate at a point and the years before at the same point. */
struct landed {
    uint32_t years; /* past years that have both figures */
    enum landing_method method;
    double error;             /* how far it was off on average, in points (backtest) */
    double low, middle, high; /* 95% */
};
/* curves: oldest first, the last is the year that is told of; point 0 to RATE_POINTS - 2.
 * False with fewer than LANDING_YEARS_MIN past years, or no rate at that point. *past is filled
 * in with the years that were used (room for `count`). */
MUST bool measure_curve_landing(const struct rate_curve *curves, uint32_t count, int point,
                                struct past_year *past, struct landed *out);

#include "measure/count.h"
#include "measure/pace.h"

#endif
