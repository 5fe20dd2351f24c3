/* An actual from the cells of a register or ledger, or from a survey's counts: exact decimals
 * throughout, rounded once, half up, at the end. Entries without a value are never counted as
 * zero: they are left out and told. */
#include "measure/inner.h"

#include <assert.h>

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

static bool facets_fit(struct arena *a, const struct measure_def *d, const struct cell *cell)
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
    const struct sums s = in->def->value == GIVES_RATE
                              ? newest_of(a, in->def, in->cells, in->fiscal_year)
                              : sum_of(a, in->def, in->cells, in->fiscal_year);

    *out = (struct measured){ .unit = in->def->unit,
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

void measure_survey_share(const struct measure_def *d, uint64_t yes, uint64_t base,
                          struct measured *out)
{
    *out = (struct measured){ .unit = d->unit.n ? d->unit : STR("%"), .entries = base };
    out->is_ratio = true;
    out->is_final = true;
    out->numerator = (dec){ (int64_t)yes, 0 };
    out->denominator = (dec){ (int64_t)base, 0 };
    if (base)
        out->has_value = divide((wide)yes * 100, (wide)base, d->decimals, &out->value);
    else
        no_value(out, "この設問に答えた人がいません。");
}

void measure_manual(const struct measure_def *d, struct measured *out)
{
    *out = (struct measured){
        .has_value = true, .value = d->number, .unit = d->unit, .is_final = true
    };
}
