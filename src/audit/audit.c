/* Runs the rules over a plan and keeps what they find, in the order of the document. Knows no
 * rule by name. */
#include "audit/inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

str audit_version(void)
{
    return STR("3");
}

/* ---- what a rule says ---- */

struct said say(str same)
{
    return (struct said){ { same, same } };
}

struct said say_year(struct audit *x, int year)
{
    struct buf ja, en;

    buf_init(&ja, x->a, 32, 64);
    buf_init(&en, x->a, 16, 64);
    fiscal_put(&ja, year, FISCAL_ERA);
    fiscal_put(&en, year, FISCAL_ENGLISH);
    return (struct said){ { buf_str(&ja), buf_str(&en) } };
}

struct said say_amount(struct audit *x, const struct amount *v)
{
    struct buf b;
    bool is_stars = (str_eq(v->unit, STR("☆")) || str_eq(v->unit, STR("★")))
                    && v->value.scale == 0 && v->value.n >= 1 && v->value.n <= 10;

    buf_init(&b, x->a, 32, 32 + 10 * v->unit.n);
    if (!is_stars)
        dec_put(&b, v->value);
    for (int64_t n = is_stars ? v->value.n : 1; n > 0; n--)
        buf_put(&b, v->unit);
    return say(buf_str(&b));
}

struct said say_count(struct audit *x, uint32_t n)
{
    struct buf b;

    buf_init(&b, x->a, 12, 12);
    buf_put_int(&b, n);
    return say(buf_str(&b));
}

/* Puts the pieces into a sentence. */
static str expand(struct arena *a, str sentence, const struct said *piece, enum lang lang)
{
    size_t most = sentence.n;
    struct buf b;
    ptrdiff_t at;

    for (int i = 0; i < SAID_MAX; i++)
        most += piece[i].in[lang].n;
    buf_init(&b, a, most, 2 * most);
    while ((at = str_find_char(sentence, '$')) >= 0 && (size_t)at + 1 < sentence.n) {
        const int index = sentence.p[at + 1] - '1';

        buf_put(&b, str_take(sentence, (size_t)at));
        if (index >= 0 && index < SAID_MAX)
            buf_put(&b, piece[index].in[lang]);
        sentence = str_skip(sentence, (size_t)at + 2);
    }
    buf_put(&b, sentence);
    return buf_str(&b);
}

struct said say_baseline(struct audit *x, const struct indicator *i)
{
    struct said piece[SAID_MAX] = { { { { NULL, 0 } } } }, whole;

    piece[0] = say_amount(x, &i->baseline);
    if (i->baseline_year == 0)
        return (struct said){ { expand(x->a, STR("基準値$1"), piece, LANG_JA),
                                expand(x->a, STR("baseline of $1"), piece, LANG_EN) } };
    piece[1] = say_year(x, i->baseline_year);
    whole.in[LANG_JA] = expand(x->a, STR("$2実績$1"), piece, LANG_JA);
    whole.in[LANG_EN] = expand(x->a, STR("$2 result of $1"), piece, LANG_EN);
    return whole;
}

static struct finding *next_finding(struct audit *x)
{
    struct findings *f = x->out;

    if (f->count == LIMIT_FINDINGS) {
        f->dropped++;
        return NULL;
    }
    if (f->count == x->room) {
        const uint32_t room = x->room ? 2 * x->room : 64;
        struct finding *items = NEW(x->a, struct finding, room);

        if (f->count)
            memcpy(items, f->items, f->count * sizeof *items);
        f->items = items;
        x->room = room;
    }
    return &f->items[f->count++];
}

void report(struct audit *x, const struct report *r)
{
    struct finding *f = next_finding(x);

    x->out->has_error |= x->rule->severity == SEVERITY_ERROR;
    if (!f)
        return;
    f->rule = x->rule->id;
    f->severity = x->rule->severity;
    f->initiative = x->in ? x->in->number : 0;
    f->subject = r->subject;
    f->at = r->at;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        f->message[lang] = expand(x->a, r->message[lang], r->piece, (enum lang)lang);
}

struct span first_place(struct span a, struct span b, struct span c)
{
    return a.line ? a : b.line ? b : c;
}

str number_of(struct audit *x)
{
    return say_count(x, (uint32_t)x->in->number).in[LANG_JA];
}

/* ---- the run ---- */

static int place_order(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int rule;

    if (x->at.line != y->at.line)
        return x->at.line < y->at.line ? -1 : 1;
    if (x->at.col != y->at.col)
        return x->at.col < y->at.col ? -1 : 1;
    rule = str_cmp(x->rule, y->rule);
    return rule ? rule : str_cmp(x->subject, y->subject);
}

static void run_rule(struct audit *x, const struct rule_run *run)
{
    if (run->initiative)
        run->initiative(x);
    for (uint32_t i = 0; run->indicator && i < x->in->indicator_count; i++)
        run->indicator(x, &x->in->indicators[i]);
    for (uint32_t i = 0; run->planned && i < x->in->planned_count; i++)
        run->planned(x, &x->in->planned[i]);
    for (uint32_t i = 0; run->reported && i < x->in->reported_count; i++)
        run->reported(x, &x->in->reported[i]);
}

void audit_plan(struct arena *a, const struct audit_input *in, struct findings *out)
{
    struct audit x = { .a = a,
                       .plan = in->plan,
                       .evidence = in->evidence,
                       .evidence_count = in->evidence_count,
                       .out = out };
    const int32_t *before = facts_gather(&x, in->previous);
    size_t rules;

    *out = (struct findings){ 0 };
    x.rule = audit_rules(&rules);
    for (const struct audit_rule_info *end = x.rule + rules; x.rule < end; x.rule++)
        if (x.rule->run->plan)
            x.rule->run->plan(&x);
    for (uint32_t k = 0; k < in->plan->initiative_count; k++) {
        x.in = &in->plan->initiatives[k];
        x.before = before && before[k] >= 0 ? &in->previous->initiatives[before[k]] : NULL;
        x.rule = audit_rules(&rules);
        for (const struct audit_rule_info *end = x.rule + rules; x.rule < end; x.rule++)
            run_rule(&x, x.rule->run);
    }
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, place_order);
}
