/* An actual from the cells of a register or ledger, or from a survey's counts: exact decimals
 * throughout, rounded once, half up, at the end. Entries without a value are never counted as
 * zero: they are left out and told. */
#include "measure/inner.h"

#include <assert.h>
#include <math.h>

#include "base/banned.h"

__extension__ typedef __int128 wide; /* sums of ten thousandths leave 64 bits */

enum { UNIT = 10000 }; /* sums are kept in ten thousandths (CELL_SCALE) */

/* What the cells of one year add up to. */
struct sums {
    wide of[3];
    int64_t entries, pending;
    str last;
};

static int64_t ten_thousandths(dec v)
{
    int64_t n = v.n;

    for (int i = v.scale; i < CELL_SCALE; i++)
        n *= 10;
    return n;
}

/* ---- which cells count ---- */

bool facets_fit(struct arena *a, const struct measure_def *d, const struct cell *cell)
{
    struct value *facets;
    struct err ignored;

    if (!d->filter_count)
        return true;
    if (!json_read_canonical(a, cell->facets, &facets, &ignored))
        return false;
    for (uint32_t i = 0; i < d->filter_count; i++) {
        const struct measure_filter *f = &d->filters[i];
        const struct value *v = value_get(facets, f->field);
        const str has = v ? v->text : str_eq(f->field, STR("area")) ? cell->area : (str){ 0 };
        bool fits = false;

        for (uint32_t k = 0; k < f->count && !fits; k++)
            fits = str_eq(f->any_of[k], has);
        if (!fits)
            return false;
    }
    return true;
}

/* "eligible- taken? " lacks taken, which is pending. 0 = has it, 1 = absent, 2 = pending. */
static int lacks(str missing, str field)
{
    while (missing.n) {
        str word;

        missing = str_cut(missing, ' ', &word);
        if (word.n == field.n + 1 && str_starts(word, field))
            return word.p[field.n] == '?' ? 2 : 1;
    }
    return 0;
}

/* Do the entries of the cell have every quantity that is asked for? */
static int lacks_any(const struct measure_def *d, const struct cell *cell)
{
    int worst = 0;

    for (uint32_t i = 0; i < d->of_count; i++) {
        const int one = lacks(cell->missing, d->of[i]);

        worst = one > worst ? one : worst;
    }
    return worst;
}

static bool is_later(str a, str b)
{
    return str_cmp(a, b) > 0;
}

static void add_cell(const struct measure_def *d, const struct cell *cell, struct sums *s)
{
    const int missing = lacks_any(d, cell);

    if (!cell->field.n) {
        s->entries += missing ? 0 : cell->amount.n;
        s->pending += missing == 2 ? cell->amount.n : 0;
        if (!missing && is_later(cell->month, s->last))
            s->last = cell->month;
    }
    for (uint32_t i = 0; i < d->of_count && !missing; i++)
        if (str_eq(cell->field, d->of[i]))
            s->of[i] += ten_thousandths(cell->amount);
}

static struct sums sum_of(struct arena *a, const struct measure_def *d,
                          const struct cells *cells, int fiscal_year)
{
    struct sums s = { .of = { 0 } };

    for (uint32_t i = 0; i < cells->count; i++)
        if (cells->rows[i].fiscal_year == fiscal_year && facets_fit(a, d, &cells->rows[i]))
            add_cell(d, &cells->rows[i], &s);
    return s;
}

/* A ledger's amounts grow over the year: those of its newest month that has them all count. */
static struct sums newest_of(struct arena *a, const struct measure_def *d,
                             const struct cells *cells, int fiscal_year)
{
    struct sums s = { .of = { 0 } };
    str newest = { 0 };

    for (uint32_t i = 0; i < cells->count; i++) {
        const struct cell *c = &cells->rows[i];

        if (c->fiscal_year == fiscal_year && !c->field.n && facets_fit(a, d, c)) {
            if (!lacks_any(d, c) && is_later(c->month, newest))
                newest = c->month;
        }
    }
    for (uint32_t i = 0; i < cells->count; i++) {
        const struct cell *c = &cells->rows[i];

        if (c->fiscal_year == fiscal_year && str_eq(c->month, newest) && facets_fit(a, d, c))
            add_cell(d, c, &s);
    }
    return s;
}

/* ---- values ---- */

/* numerator / denominator with `decimals`, half up; the numerator may be negative. */
static bool divide(wide numerator, wide denominator, uint8_t decimals, dec *out)
{
    wide q;
    const bool is_negative = numerator < 0;

    assert(denominator > 0);
    for (int i = 0; i < decimals; i++)
        numerator *= 10;
    if (is_negative)
        numerator = -numerator;
    q = (2 * numerator + denominator) / (2 * denominator);
    if (q >= (wide)1000000000000000000)
        return false;
    *out = (dec){ (int64_t)(is_negative ? -q : q), decimals };
    return true;
}

bool measure_percent(dec part, dec whole, uint8_t decimals, dec *out)
{
    return divide((wide)ten_thousandths(part) * 100, (wide)ten_thousandths(whole), decimals,
                  out);
}

/* A sum of ten thousandths as a decimal without idle zeros. */
static dec plain(wide n)
{
    dec v = { (int64_t)n, CELL_SCALE };

    while (v.scale && v.n % 10 == 0) {
        v.n /= 10;
        v.scale--;
    }
    return v;
}

static void no_value(struct measured *m, const char *why)
{
    m->why_not = str_from(why);
}

static void give_quotient(const struct measure_def *d, wide numerator, wide denominator,
                          struct measured *m)
{
    const wide factor = str_eq(d->unit, STR("%")) ? 100 : 1;

    m->is_ratio = true;
    m->numerator = plain(numerator);
    m->denominator = plain(denominator);
    if (denominator <= 0)
        no_value(m, "分母が0なので、割合は出せません。");
    else
        m->has_value = divide(numerator * factor, denominator, d->decimals, &m->value);
}

static void give_sum(const struct measure_def *d, wide sum, struct measured *m)
{
    if (d->divide == 1 && !d->decimals) {
        m->value = plain(sum);
        m->has_value = true;
        return;
    }
    m->has_value = divide(sum, (wide)UNIT * d->divide, d->decimals, &m->value);
}

static uint32_t areas_of(struct arena *a, const struct measure_def *d,
                         const struct cells *cells, int fiscal_year)
{
    str *seen = NEW(a, str, cells->count);
    uint32_t n = 0;

    for (uint32_t i = 0; i < cells->count; i++) {
        const struct cell *c = &cells->rows[i];
        bool is_new =
            c->fiscal_year == fiscal_year && !c->field.n && c->area.n && facets_fit(a, d, c);

        for (uint32_t k = 0; k < n && is_new; k++)
            is_new = !str_eq(seen[k], c->area);
        if (is_new)
            seen[n++] = c->area;
    }
    return n;
}

/* The stars that sum / entries is worth: compared without dividing. */
static void give_level(const struct measure_def *d, const struct sums *s,
                       const struct rating_levels *levels, struct measured *m)
{
    uint32_t stars = 0;

    (void)d;
    if (!levels) {
        no_value(m, "この年度の星の基準が台帳の定義にありません。");
        return;
    }
    while (stars < levels->count
           && s->of[0] >= (wide)ten_thousandths(levels->at_least[stars]) * s->entries)
        stars++;
    m->value = (dec){ stars, 0 };
    m->has_value = true;
}

static void give(struct arena *a, const struct measure_input *in, const struct sums *s,
                 struct measured *m)
{
    const struct measure_def *d = in->def;
    struct sums before;

    switch (d->value) {
    case GIVES_COUNT:
        m->value = (dec){ s->entries, 0 };
        m->has_value = true;
        break;
    case GIVES_AREAS:
        m->value = (dec){ areas_of(a, d, in->cells, in->fiscal_year), 0 };
        m->has_value = true;
        break;
    case GIVES_SUM:
    case GIVES_LATEST: /* s is of one month alone */
        give_sum(d, s->of[0], m);
        break;
    case GIVES_MEAN:
        give_quotient(d, s->of[0], (wide)s->entries * UNIT, m);
        break;
    case GIVES_RATIO:
        give_quotient(d, s->of[0], s->of[1], m);
        break;
    case GIVES_RATE:
        give_quotient(d, s->of[0] - s->of[2], s->of[1], m);
        break;
    case GIVES_INCREASE:
        before = sum_of(a, d, in->cells, in->fiscal_year - 1);
        if (before.entries)
            give_sum(d, s->of[0] - before.of[0], m);
        else
            no_value(m, "前の年度の行がないので、増えた額は出せません。");
        break;
    case GIVES_LEVEL:
        give_level(d, s, in->levels, m);
        break;
    case GIVES_SHARE:
    case GIVES_IN_TIME:
    case GIVES_NUMBER:
    case GIVES_COUNT_OF_KINDS:
        break;
    }
}

/* Is the year over? A ledger's when its fourteenth month, May of the next year, is there. */
static bool is_over(const struct measure_input *in, const struct sums *s)
{
    if (in->def->value == GIVES_RATE) {
        char month[16];
        const int n = snprintf(month, sizeof month, "%04d-05", in->fiscal_year + 1);

        return n > 0 && str_cmp(s->last, (str){ month, (size_t)n }) >= 0;
    }
    return in->today.year && date_fiscal_year(in->today) > in->fiscal_year;
}

/* Is there any entry of the year at all? Then none that the filter lets through is a nought
 * that somebody saw, and not a register that nobody kept. */
static bool is_kept(const struct measure_input *in)
{
    for (uint32_t i = 0; i < in->cells->count; i++)
        if (in->cells->rows[i].fiscal_year == in->fiscal_year && !in->cells->rows[i].field.n)
            return true;
    return false;
}

static bool is_countable(const struct measure_def *d)
{
    return d->filter_count && (d->value == GIVES_COUNT || d->value == GIVES_AREAS);
}

void measure_evidence(struct arena *a, const struct measure_input *in, struct measured *out)
{
    const struct sums s = in->def->value == GIVES_RATE || in->def->value == GIVES_LATEST
                              ? newest_of(a, in->def, in->cells, in->fiscal_year)
                              : sum_of(a, in->def, in->cells, in->fiscal_year);

    *out = (struct measured){ .unit = in->def->unit,
                              .is_change = in->def->value == GIVES_INCREASE,
                              .entries = (uint64_t)s.entries,
                              .pending = (uint64_t)s.pending,
                              .as_of = s.last };
    if (!s.entries && !(is_kept(in) && is_countable(in->def))) {
        no_value(out, s.pending ? "この年度の行は、まだどれも値がありません。"
                                : "この年度の行がまだありません。");
        return;
    }
    out->is_final = is_over(in, &s) && !s.pending;
    give(a, in, &s, out);
    if (!out->has_value && !out->why_not.n)
        no_value(out, "値が大きすぎて出せません。");
}

/* ---- surveys ---- */

/* A fraction of 1 in percent, half up. */
static dec percent_of(double share, uint8_t decimals)
{
    double unit = 100;

    for (int i = 0; i < decimals; i++)
        unit *= 10;
    return (dec){ llround(share * unit), decimals };
}

static void give_weighted(const struct measure_def *d, const struct weighted_tally *w,
                          struct measured *out)
{
    const uint8_t digits = d->decimals ? d->decimals : 1;

    out->is_weighted = out->has_interval = out->has_value = true;
    out->value = percent_of(dec_double(w->share), d->decimals);
    out->low = percent_of(dec_double(w->low), digits);
    out->high = percent_of(dec_double(w->high), digits);
}

static void give_share(const struct measure_input *in, const struct question *q,
                       const struct question_tally *t, struct measured *out)
{
    const struct measure_def *d = in->def;
    const uint64_t base = question_base(q, t);
    /* of whom a filter lets through nobody knows how many there are */
    const uint64_t population = q->filter < 0 ? in->survey->population_size : 0;
    const uint8_t digits = d->decimals ? d->decimals : 1;
    struct interval limits;

    out->is_ratio = true;
    out->entries = base;
    out->numerator = (dec){ (int64_t)t->yes, 0 };
    out->denominator = (dec){ (int64_t)base, 0 };
    if (!base) {
        no_value(out, "この設問に答えた人がいません。");
        return;
    }
    if (t->weighted.is_set && !d->is_plain) {
        give_weighted(d, &t->weighted, out);
        return;
    }
    out->has_value = divide((wide)t->yes * 100, (wide)base, d->decimals, &out->value);
    if (population == base
        || !measure_wilson(t->yes, base, population > base ? population : 0, MEASURE_Z95,
                           &limits))
        return; /* everybody answered: no sample */
    out->has_interval = true;
    out->low = percent_of(limits.low, digits);
    out->high = percent_of(limits.high, digits);
}

static bool is_after(date x, date y)
{
    return x.year != y.year     ? x.year > y.year
           : x.month != y.month ? x.month > y.month
                                : x.day > y.day;
}

void measure_survey_share(struct arena *a, const struct measure_input *in, struct measured *out)
{
    const struct survey *s = in->survey;
    const int32_t q = s ? survey_question(s, in->def->question) : -1;
    struct buf day;

    *out = (struct measured){ .unit = in->def->unit.n ? in->def->unit : STR("%") };
    if (!s || s->fiscal_year != in->fiscal_year)
        no_value(out, "この年度の調査が、まだ登録されていません。");
    else if (q < 0 || !s->questions[q].has_yes)
        no_value(out, "この年度の調査に、その設問(割合を出すもの)がありません。");
    else if (!in->tally)
        no_value(out, "この年度の調査は、まだ回答を取り込んでいません。");
    else
        give_share(in, &s->questions[q], &in->tally->questions[q], out);
    if (!s || !s->to.year || !out->entries)
        return;
    buf_init(&day, a, 16, 16);
    date_put(&day, s->to);
    out->as_of = buf_str(&day);
    out->is_final = in->today.year && is_after(in->today, s->to);
}

/* ---- by hand ---- */

void measure_manual(const struct measure_def *d, int fiscal_year, struct measured *out)
{
    const struct measure_year *own = measure_year_of(d, fiscal_year);

    *out = (struct measured){ .unit = d->unit, .is_manual = true };
    if (own) {
        out->value = own->number;
        out->source = own->source;
        out->by = own->by;
        out->as_of = out->on = own->on;
    } else if (d->source.n) {
        out->value = d->number;
        out->source = d->source;
    } else {
        no_value(out, "この年度の値は、まだ入力されていません。");
        return;
    }
    out->has_value = out->is_final = true;
}

struct measure_input measure_input_of(const struct measure_def *def,
                                      const struct measure_source *source, int fiscal_year,
                                      date today)
{
    return (struct measure_input){ def,           &source->cells, fiscal_year,
                                   today,         source->levels, source->survey,
                                   source->tally, &source->voices };
}

void measure_actual(struct arena *a, const struct measure_input *in, struct measured *out)
{
    switch (in->def->kind) {
    case MEASURE_SURVEY:
        measure_survey_share(a, in, out);
        break;
    case MEASURE_VOICES:
        measure_voices(in, out);
        break;
    case MEASURE_MANUAL:
        measure_manual(in->def, in->fiscal_year, out);
        break;
    case MEASURE_REGISTER:
    case MEASURE_LEDGER:
    case MEASURE_RATING:
    case MEASURE_KIND_COUNT:
        measure_evidence(a, in, out);
        break;
    }
}
