/* What several rules ask of a plan: its years, whether it was evaluated, what became of a
 * planned activity. */
#include "audit/inner.h"

#include <string.h>

#include "base/banned.h"

/* ---- years ---- */

/* The year that most goals name; the earlier of two that are named equally often. */
static int usual_target_year(const struct plan *p)
{
    enum { YEARS = FISCAL_MAX - FISCAL_MIN + 1 };
    uint32_t named[YEARS] = { 0 };
    int best = 0;

    for (uint32_t k = 0; k < p->initiative_count; k++)
        for (uint32_t i = 0; i < p->initiatives[k].indicator_count; i++) {
            const int year = p->initiatives[k].indicators[i].target_year;

            if (year >= FISCAL_MIN && year <= FISCAL_MAX)
                named[year - FISCAL_MIN]++;
        }
    for (int y = 1; y < YEARS; y++)
        if (named[y] > named[best])
            best = y;
    return named[best] ? best + FISCAL_MIN : 0;
}

static void take_newest(int year, int before, int *newest)
{
    if (year > *newest && (before == 0 || year < before))
        *newest = year;
}

static int newest_known_year(const struct plan *p, int before)
{
    int newest = 0;

    for (uint32_t k = 0; k < p->initiative_count; k++) {
        const struct initiative *in = &p->initiatives[k];

        for (uint32_t i = 0; i < in->indicator_count; i++)
            take_newest(in->indicators[i].baseline_year, before, &newest);
        for (uint32_t j = 0; j < in->result_count; j++)
            take_newest(in->results[j].base_year, before, &newest);
    }
    return newest;
}

/* ---- last year's initiatives ---- */

enum { TITLE_LIKE = 500 };

/* Titles are reworded from year to year; a title half alike under the same number is the same
 * initiative. */
static int32_t title_gain(const void *context, const struct candidate *c)
{
    const struct plan *const *plans = context;
    const int32_t like = shape_likeness(c->left, c->right);
    const bool same_number =
        plans[0]->initiatives[c->i].number == plans[1]->initiatives[c->j].number;

    return like >= TITLE_LIKE + (same_number ? 0 : TITLE_LIKE / 2) ? like : 0;
}

static int32_t *initiatives_before(struct arena *a, const struct plan *now,
                                   const struct plan *before)
{
    const struct plan *plans[2] = { now, before };
    uint64_t cells = LIMIT_PAIRING_CELLS;
    str *titles[2];
    struct two_lists l;

    for (int side = 0; side < 2; side++) {
        titles[side] = NEW(a, str, plans[side]->initiative_count);
        for (uint32_t k = 0; k < plans[side]->initiative_count; k++)
            titles[side][k] = link_name(a, plans[side]->initiatives[k].title.v);
    }
    l = (struct two_lists){ .left = titles[0],
                            .right = titles[1],
                            .left_count = now->initiative_count,
                            .right_count = before->initiative_count,
                            .right_of_left = pair_none(a, now->initiative_count),
                            .left_of_right = pair_none(a, before->initiative_count) };
    pair_equal(a, &l);
    pair_alike(a, &l, title_gain, plans, &cells);
    return l.right_of_left;
}

const int32_t *facts_gather(struct audit *x, const struct plan *previous)
{
    x->year = x->plan->fiscal_year ? x->plan->fiscal_year : usual_target_year(x->plan);
    x->newest_year = newest_known_year(x->plan, x->year);
    for (uint32_t k = 0; k < x->plan->initiative_count && !x->is_evaluated; k++)
        x->is_evaluated = is_evaluated(&x->plan->initiatives[k]);
    if (!previous)
        return NULL;
    x->previous_year =
        previous->fiscal_year ? previous->fiscal_year : usual_target_year(previous);
    return initiatives_before(x->a, x->plan, previous);
}

/* ---- evaluation ---- */

bool is_evaluated(const struct initiative *in)
{
    const struct evaluation *e = &in->evaluation;

    return e->mark.mark != MARK_NONE || e->improvement.v.n || in->reported_count
           || in->result_count;
}

bool is_not_met(const struct initiative *in)
{
    if (in->evaluation.mark.mark != MARK_NONE)
        return in->evaluation.mark.mark == MARK_NEGATIVE;
    for (uint32_t i = 0; i < in->indicator_count; i++)
        if (in->indicators[i].role == ROLE_MAIN && in->indicators[i].verdict == VERDICT_NOT_MET)
            return true;
    return false;
}

uint32_t unread_numbers(const struct audit *x, struct span at)
{
    uint32_t count = 0;

    for (uint32_t k = 0; at.len && k < x->plan->note_count; k++) {
        const struct note *n = &x->plan->notes[k];

        count +=
            n->kind == NOTE_BAD_NUMBER && n->at.off >= at.off && n->at.off < at.off + at.len;
    }
    return count;
}

/* ---- activities ---- */

bool has_quantity(str text, str unit)
{
    static const str COUNTERS[] = { STR_INIT("回"),   STR_INIT("件"),   STR_INIT("人"),
                                    STR_INIT("名"),   STR_INIT("か所"), STR_INIT("箇所"),
                                    STR_INIT("カ所"), STR_INIT("ヶ所"), STR_INIT("地域"),
                                    STR_INIT("校"),   STR_INIT("団体"), STR_INIT("部"),
                                    STR_INIT("枚"),   STR_INIT("%"),    STR_INIT("％"),
                                    STR_INIT("社"),   STR_INIT("世帯"), STR_INIT("時間"),
                                    STR_INIT("本"),   STR_INIT("台") };
    dec value;

    while (text.n) {
        size_t used = 0;

        if (dec_read(text, &value, &used) == DEC_NONE || used == 0) {
            size_t len;

            (void)utf8_first(text, &len);
            text = str_skip(text, len);
            continue;
        }
        text = str_trim(str_skip(text, used));
        if (unit.n && str_starts(text, unit))
            return true;
        for (size_t i = 0; unit.n == 0 && i < sizeof COUNTERS / sizeof *COUNTERS; i++)
            if (str_starts(text, COUNTERS[i]))
                return true;
    }
    return false;
}

const struct activity *report_of(const struct audit *x, const struct activity *planned)
{
    return planned->other >= 0 ? &x->in->reported[planned->other] : NULL;
}

/* "Everything was done as planned": then no line is missing. */
static bool says_all_done(const struct initiative *in)
{
    static const str PHRASES[] = { STR_INIT("計画どおり"),      STR_INIT("計画通り"),
                                   STR_INIT("予定どおり"),      STR_INIT("予定通り"),
                                   STR_INIT("すべて実施"),      STR_INIT("全て実施"),
                                   STR_INIT("取組内容のとおり") };

    for (uint32_t j = 0; j < in->reported_count; j++)
        for (size_t i = 0; i < sizeof PHRASES / sizeof *PHRASES; i++)
            if (in->reported[j].other < 0 && str_find(in->reported[j].text.v, PHRASES[i]) >= 0)
                return true;
    return false;
}

/* Are all words of the planned activity, two at least, in this text? */
static bool tells_of(struct arena *a, str text, str planned)
{
    const str folded = text_fold(a, text);
    str rest = text_fold(a, planned), word;
    uint32_t words = 0;

    for (; text_next_word(&rest, &word); words++)
        if (str_find(folded, word) < 0)
            return false;
    return words >= 2;
}

/* An activity without a quantity may be reported inside a longer report, or by the result it
 * led to: 使用料の確保 by "使用料収入の増". A quantity that was promised has to be reported as
 * one. */
static bool is_told_elsewhere(struct audit *x, const struct activity *planned)
{
    if (planned->quantity.is_set)
        return false;
    for (uint32_t j = 0; j < x->in->reported_count; j++)
        if (x->in->reported[j].pairing != PAIR_SAME
            && tells_of(x->a, x->in->reported[j].text.v, planned->text.v))
            return true;
    for (uint32_t j = 0; j < x->in->result_count; j++)
        if (tells_of(x->a, x->in->results[j].name.v, planned->text.v))
            return true;
    return false;
}

bool is_explained(const struct activity *planned)
{
    return planned->change != CHANGE_NONE && planned->change_reason.n > 0;
}

bool is_unreported(struct audit *x, const struct activity *planned)
{
    return x->is_evaluated && planned->other < 0 && !says_all_done(x->in)
           && !is_told_elsewhere(x, planned);
}

bool is_short(const struct audit *x, const struct activity *planned)
{
    const struct activity *r = report_of(x, planned);

    return r && planned->quantity.is_set && r->quantity.is_set
           && (measure_same_unit(planned->quantity.unit, r->quantity.unit)
               || planned->quantity.unit.n == 0 || r->quantity.unit.n == 0)
           && dec_cmp(r->quantity.value, planned->quantity.value) < 0;
}

/* The part of a text that another one does not begin or end with. */
static struct shape middle(const struct shape *s, uint32_t head, uint32_t tail)
{
    return (struct shape){ .all = s->all + head,
                           .telling = s->telling + head,
                           .n = s->n - head - tail };
}

static bool tells_something(const struct shape *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->telling[i])
            return true;
    return false;
}

bool is_replaced(struct audit *x, const struct activity *planned)
{
    const struct activity *r = report_of(x, planned);
    struct shape plan, done, a, b;
    uint32_t head = 0, tail = 0, start;

    if (!r || planned->pairing != PAIR_SIMILAR)
        return false;
    shape_make(x->a, planned->text.v, &plan);
    shape_make(x->a, r->text.v, &done);
    while (head < plan.n && head < done.n && plan.all[head] == done.all[head])
        head++;
    while (head + tail < plan.n && head + tail < done.n
           && plan.all[plan.n - 1 - tail] == done.all[done.n - 1 - tail])
        tail++;
    a = middle(&plan, head, tail);
    b = middle(&done, head, tail);
    return 2 * (head + tail) >= (plan.n < done.n ? plan.n : done.n) && tells_something(&a)
           && tells_something(&b) && shape_common_run(&a, &b, &start) < 2;
}
