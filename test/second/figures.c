/* What src/measure answers, for a second opinion: figures.R asks, and knows the answers from
 * functions of R.
 *
 *   figures < questions > answers
 *
 * A question is one line: its name, then its numbers, separated by blanks; a list stands behind
 * its length. The answer is one line of numbers, or `none` where the function says that there
 * is no answer. Numbers are written so that nothing is lost (%.17g). It decides nothing and
 * knows no value. */
#include "measure/inner.h"
#include "measure/measure.h"
#include "model/rating.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 1 << 20, LIST_MAX = 20000 };

struct asked {
    struct arena *a;
    const char *rest; /* of the line */
};

/* ---- numbers in, numbers out ---- */

static double next(struct asked *q)
{
    char *end;
    const double x = strtod(q->rest, &end);

    if (end == q->rest) {
        fprintf(stderr, "figures: a number is missing\n");
        exit(2);
    }
    q->rest = end;
    return x;
}

static uint64_t whole(struct asked *q)
{
    return (uint64_t)next(q);
}

static uint32_t length(struct asked *q)
{
    const uint64_t n = whole(q);

    if (n > LIST_MAX) {
        fprintf(stderr, "figures: a list is too long\n");
        exit(2);
    }
    return (uint32_t)n;
}

static double *numbers(struct asked *q, uint32_t n)
{
    double *list = NEW(q->a, double, n + 1);

    for (uint32_t i = 0; i < n; i++)
        list[i] = next(q);
    return list;
}

/* "12 2" is 0.12. */
static dec decimal(struct asked *q)
{
    const int64_t n = (int64_t)next(q);

    return (dec){ n, (uint8_t)whole(q) };
}

static void say(double x)
{
    printf("%.17g ", x);
}

static void say_limits(bool is_there, struct interval i)
{
    if (!is_there) {
        printf("none ");
        return;
    }
    say(i.low);
    say(i.high);
}

/* ---- shares ---- */

static void wilson(struct asked *q)
{
    struct interval i = { 0, 0 };
    const uint64_t yes = whole(q), n = whole(q), population = whole(q);

    say_limits(measure_wilson(yes, n, population, next(q), &i), i);
}

static void wilson_share(struct asked *q)
{
    struct interval i = { 0, 0 };
    const double p = next(q), n = next(q);
    const uint64_t population = whole(q);

    say_limits(measure_wilson_share(p, n, population, MEASURE_Z95, &i), i);
}

static void nonresponse(struct asked *q)
{
    struct interval i = { 0, 0 };
    const uint64_t yes = whole(q), n = whole(q);

    say_limits(measure_nonresponse(yes, n, whole(q), &i), i);
}

static void error_of_share(struct asked *q)
{
    const double p = next(q);
    const uint64_t n = whole(q);

    say(measure_share_se(p, n, whole(q)));
}

static void sample_size(struct asked *q)
{
    const uint64_t population = whole(q);

    say(measure_sample_size(population, next(q), MEASURE_Z95));
}

static void difference(struct asked *q)
{
    struct interval i = { 0, 0 };
    struct share a = { whole(q), 0 }, b;
    double z, p;

    a.n = whole(q);
    b.yes = whole(q);
    b.n = whole(q);
    say_limits(measure_difference(a, b, MEASURE_Z95, &i), i);
    if (!measure_z_test(a, b, &z, &p)) {
        printf("none ");
        return;
    }
    say(z);
    say(p);
}

static void detectable(struct asked *q)
{
    const uint64_t n1 = whole(q), n2 = whole(q);
    const double p = next(q), alpha = next(q);

    say(measure_detectable(n1, n2, p, alpha, next(q)));
}

static void smallest_n(struct asked *q)
{
    const uint32_t count = length(q);
    dec *shares = NEW(q->a, dec, count + 1);

    for (uint32_t i = 0; i < count; i++)
        shares[i] = decimal(q);
    say(measure_smallest_n(shares, count, 500));
}

/* ---- distributions ---- */

static void normal(struct asked *q)
{
    say(normal_quantile(next(q)));
    say(normal_cdf(next(q)));
}

static void student(struct asked *q)
{
    const double p = next(q), t = next(q), df = next(q);

    say(t_quantile(p, df));
    say(t_cdf(t, df));
}

static void binomial(struct asked *q)
{
    const int64_t r = (int64_t)next(q), n = (int64_t)next(q);

    say(binomial_cdf(r, n, next(q)));
}

static void beta(struct asked *q)
{
    const double x = next(q), a = next(q);

    say(beta_cdf(x, a, next(q)));
}

/* ---- weights ---- */

/* Rows, margins; of each margin its categories, their shares, and the category of each row. */
static void rake(struct asked *q)
{
    const uint32_t rows = length(q), count = length(q);
    struct margin *margins = NEW(q->a, struct margin, count + 1);
    double *weight = NEW(q->a, double, rows + 1);
    struct raking_report report;
    enum raking done;

    for (uint32_t m = 0; m < count; m++) {
        uint32_t *category = NEW(q->a, uint32_t, rows + 1);

        margins[m].categories = length(q);
        margins[m].share = numbers(q, margins[m].categories);
        for (uint32_t i = 0; i < rows; i++)
            category[i] = length(q);
        margins[m].category = category;
    }
    done = measure_rake(q->a, margins, count, rows, weight, &report);
    if (done != RAKING_DONE) {
        printf("none ");
        return;
    }
    say(measure_design_effect(weight, rows));
    say(measure_weight_ratio(weight, rows));
    for (uint32_t i = 0; i < rows; i++)
        say(weight[i]);
}

static void weighted_share(struct asked *q)
{
    struct weighted yes = { 0, 0, 0 }, all = { 0, 0, 0 };
    struct weighted_share s;
    const uint64_t population = whole(q);
    const uint32_t rows = length(q);

    for (uint32_t i = 0; i < rows; i++) {
        const double w = next(q);
        const bool is_yes = next(q) > 0;

        all = (struct weighted){ all.n + 1, all.sum + w, all.squares + w * w };
        if (is_yes)
            yes = (struct weighted){ yes.n + 1, yes.sum + w, yes.squares + w * w };
    }
    if (!measure_weighted_share(yes, all, population, &s)) {
        printf("none ");
        return;
    }
    say(s.share);
    say(s.design_effect);
    say(s.n_effective);
    say_limits(true, s.limits);
}

/* ---- months, organisations, years ---- */

static void xmr(struct asked *q)
{
    const uint32_t n = length(q);
    const double *value = numbers(q, n);
    uint8_t *signal = NEW(q->a, uint8_t, n + 1);
    struct behaviour b;
    const bool has_limits = measure_xmr(value, n, &b, signal);

    say(b.mean);
    if (!has_limits) {
        printf("none ");
        return;
    }
    say(b.moving_range);
    say(b.low);
    say(b.high);
    for (uint32_t i = 0; i < n; i++)
        say(signal[i]);
}

static void funnel(struct asked *q)
{
    const double theta = next(q);
    const uint64_t n = whole(q);

    say(measure_funnel_limit(theta, n, next(q)));
}

static void discovery(struct asked *q)
{
    const double rate = next(q);
    const uint32_t n = length(q);
    const double *p = numbers(q, n);
    bool *is_flagged = NEW(q->a, bool, n + 1);

    measure_false_discovery(p, n, rate, is_flagged);
    for (uint32_t i = 0; i < n; i++)
        say(is_flagged[i]);
}

/* now, target, years, then to date and final of each. */
static void landing(struct asked *q)
{
    const double now = next(q), target = next(q);
    const uint32_t n = length(q);
    struct past_year *past = NEW(q->a, struct past_year, n + 1);
    struct interval limits = { 0, 0 }, range;
    double chance = 0;

    for (uint32_t i = 0; i < n; i++) {
        past[i].to_date = next(q);
        past[i].final = next(q);
    }
    for (int m = 0; m < LANDING_METHOD_COUNT; m++)
        say(measure_land((enum landing_method)m, past, n, now));
    range = measure_landing_range(past, n);
    say_limits(true, range);
    if (!measure_landing(past, n, now, 0.95, &limits)
        || !measure_landing_chance(past, n, now, target, &chance)) {
        printf("none ");
        return;
    }
    say_limits(true, limits);
    say(chance);
    for (int m = 0; m < LANDING_METHOD_COUNT; m++)
        say(measure_landing_error((enum landing_method)m, past, n));
    say(measure_landing_choice(past, n));
}

/* ---- indicators ---- */

/* Baseline and its year, target and its year, latest and its year. */
static void pace(struct asked *q)
{
    struct indicator *i = NEW(q->a, struct indicator, 1);
    struct pace_point latest;
    struct pace p;

    i->comparison = COMPARE_GE;
    i->baseline = (struct amount){ .value = decimal(q), .is_set = true };
    i->baseline_year = (int)next(q);
    i->target = (struct amount){ .value = decimal(q), .is_set = true };
    i->target_year = (int)next(q);
    latest.value = decimal(q);
    latest.year = (int)next(q);
    measure_pace(&(struct pace_in){ i, i->target_year, &latest, 1, false }, &p);
    say(p.kind);
    say(dec_double(p.planned.value));
    say(dec_double(p.so_far.value));
    say(dec_double(p.needed.value));
}

/* Decimals, thresholds, scores. */
static void rating(struct asked *q)
{
    struct rating_levels levels = { .full = { 1000000, 0 } };
    const uint8_t decimals = (uint8_t)whole(q);
    uint32_t n;
    dec *scores, mean;

    levels.count = length(q);
    for (uint32_t i = 0; i < levels.count; i++)
        levels.at_least[i] = decimal(q);
    n = length(q);
    scores = NEW(q->a, dec, n + 1);
    for (uint32_t i = 0; i < n; i++)
        scores[i] = decimal(q);
    if (!rating_mean(scores, n, decimals, &mean)) {
        printf("none ");
        return;
    }
    say(dec_double(mean));
    say(rating_stars_of(&levels, scores, n));
}

/* ---- tables ---- */

/* is_one_answer, rows, columns, counts by row, base of each column. */
static struct cross cross_of(struct asked *q)
{
    struct cross t = { .is_one_answer = next(q) > 0 };
    uint64_t *count, *base;

    t.rows = length(q);
    t.cols = length(q);
    count = NEW(q->a, uint64_t, (size_t)t.rows *t.cols);
    base = NEW(q->a, uint64_t, t.cols);
    for (uint32_t i = 0; i < t.rows * t.cols; i++)
        count[i] = whole(q);
    for (uint32_t i = 0; i < t.cols; i++)
        base[i] = whole(q);
    t.count = count;
    t.base = base;
    return t;
}

static uint8_t *hide(struct asked *q, const struct cross *t, uint64_t small)
{
    uint8_t *hidden = NEW(q->a, uint8_t, (size_t)(t->rows + 1) * t->cols);

    say(measure_suppress(q->a, t, small, hidden));
    for (uint32_t i = 0; i < (t->rows + 1) * t->cols; i++)
        say(hidden[i]);
    return hidden;
}

static void suppress(struct asked *q)
{
    const uint64_t small = whole(q);
    const struct cross t = cross_of(q);

    (void)hide(q, &t, small);
}

/* Small, a table, the rows that lead to the next (a bit each), that table. */
static void together(struct asked *q)
{
    const uint64_t small = whole(q);
    const struct cross before = cross_of(q);
    const uint64_t codes = whole(q);
    const struct cross after = cross_of(q);
    const uint8_t *hidden_before = hide(q, &before, small), *hidden = hide(q, &after, small);

    say(measure_tells_together(&before, hidden_before, codes, &after, hidden));
}

/* Rows, two columns with their categories, which rows count, weights; then bits of a set. */
static void tabulate(struct asked *q)
{
    const uint32_t rows = length(q);
    struct column columns[2];
    uint8_t *code[2], *is_counted = NEW(q->a, uint8_t, rows + 1);
    uint64_t *count, *sets = NEW(q->a, uint64_t, rows + 1);
    struct tabulation t = { columns, 2, rows, is_counted };
    struct weighted *cells;
    uint32_t size, choices;

    for (uint32_t k = 0; k < 2; k++) {
        columns[k] = (struct column){ .categories = length(q) };
        columns[k].codes = code[k] = NEW(q->a, uint8_t, rows + 1);
        for (uint32_t i = 0; i < rows; i++)
            code[k][i] = (uint8_t)whole(q);
    }
    for (uint32_t i = 0; i < rows; i++)
        is_counted[i] = next(q) > 0;
    size = columns[0].categories * columns[1].categories;
    count = NEW(q->a, uint64_t, size);
    cells = NEW(q->a, struct weighted, size);
    if (!measure_tabulate(q->a, &t, count)
        || !measure_tabulate_weighted(&t, numbers(q, rows), cells)) {
        printf("none ");
        return;
    }
    for (uint32_t i = 0; i < size; i++)
        say((double)count[i]);
    for (uint32_t i = 0; i < size; i++)
        say(cells[i].sum);
    choices = length(q);
    for (uint32_t i = 0; i < rows; i++)
        sets[i] = whole(q);
    t.columns = &columns[1];
    t.column_count = 1;
    count = NEW(q->a, uint64_t, (size_t)choices *columns[1].categories);
    measure_tabulate_sets(sets, choices, &t, count);
    for (uint32_t i = 0; i < choices * columns[1].categories; i++)
        say((double)count[i]);
}

/* ---- lines ---- */

static const struct {
    const char *name;
    void (*answer)(struct asked *q);
} QUESTIONS[] = {
    { "wilson", wilson },
    { "wilson_share", wilson_share },
    { "nonresponse", nonresponse },
    { "error", error_of_share },
    { "sample_size", sample_size },
    { "difference", difference },
    { "detectable", detectable },
    { "smallest_n", smallest_n },
    { "normal", normal },
    { "student", student },
    { "binomial", binomial },
    { "beta", beta },
    { "rake", rake },
    { "weighted_share", weighted_share },
    { "xmr", xmr },
    { "funnel", funnel },
    { "discovery", discovery },
    { "landing", landing },
    { "pace", pace },
    { "rating", rating },
    { "suppress", suppress },
    { "together", together },
    { "tabulate", tabulate },
};

static bool answer(struct arena *a, const char *line)
{
    const size_t n = strcspn(line, " \n");
    struct asked q = { a, line + n };

    for (size_t i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++)
        if (strlen(QUESTIONS[i].name) == n && strncmp(line, QUESTIONS[i].name, n) == 0) {
            QUESTIONS[i].answer(&q);
            putchar('\n');
            return true;
        }
    fprintf(stderr, "figures: nobody answers %.*s\n", (int)n, line);
    return false;
}

int main(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    static char line[LINE_BYTES];

    while (fgets(line, sizeof line, stdin)) {
        if (!answer(&mem, line))
            return 2;
        arena_reset(&mem);
    }
    return 0;
}
