/* D: what was done, against what was planned to be done. Pairing is by audit_link; thresholds
 * stand there. */
#include "audit/inner.h"

#include "base/banned.h"

static struct span planned_place(const struct audit *x, const struct activity *p)
{
    return first_place(p->text.at, x->in->at, x->in->at);
}

/* A report is looked at where it stands. */
static struct span report_place(const struct audit *x, const struct activity *p)
{
    const struct activity *r = report_of(x, p);

    return first_place(r->quantity.at, r->text.at, p->text.at);
}

void rule_d1(struct audit *x, const struct activity *p)
{
    if (is_explained(p) || !is_unreported(x, p))
        return;
    report(x, &(struct report){
                  .subject = p->text.v,
                  .at = planned_place(x, p),
                  .message =
                      (const str[]){
                          STR("計画したこの取組が、取組実績にありません。実施したなら実績"
                              "を、しなかったなら"
                              "理由を書いてください。"),
                          STR("This planned activity is not reported. Report it, or say "
                              "why it was not "
                              "done.") },
              });
}

void rule_d2(struct audit *x, const struct activity *p)
{
    if (is_explained(p) || !is_short(x, p) || is_replaced(x, p))
        return;
    report(x, &(struct report){
                  .subject = p->text.v,
                  .at = report_place(x, p),
                  .message =
                      (const str[]){ STR("計画$1に対し、実績は$"
                                         "2です。少なかった理由と対応を「課題と改善策」に書いて"
                                         "ください。"),
                                     STR("$1 planned, $2 reported. Explain the shortfall under "
                                         "課題と改善策.") },
                  .piece = { say_amount(x, &p->quantity),
                             say_amount(x, &report_of(x, p)->quantity) },
              });
}

void rule_d3(struct audit *x, const struct activity *p)
{
    const struct activity *r = report_of(x, p);

    if (!r || !p->quantity.is_set || !r->quantity.is_set || p->quantity.unit.n == 0
        || r->quantity.unit.n == 0 || measure_same_unit(p->quantity.unit, r->quantity.unit)
        || is_explained(p) || is_replaced(x, p))
        return;
    report(x, &(struct report){
                  .subject = p->text.v,
                  .at = report_place(x, p),
                  .message =
                      (const str[]){
                          STR("計画は$1、実績は$"
                              "2で、単位が違うため比べられません。計画と同じ単位でも書いて"
                              "ください。"),
                          STR("$1 planned, $2 reported: the units differ and cannot be "
                              "compared. Report "
                              "in the plan's unit too.") },
                  .piece = { say_amount(x, &p->quantity), say_amount(x, &r->quantity) },
              });
}

void rule_d4(struct audit *x, const struct activity *p)
{
    if (is_explained(p) || !is_replaced(x, p))
        return;
    report(x,
           &(struct report){
               .subject = p->text.v,
               .at = first_place(report_of(x, p)->text.at, p->text.at, x->in->at),
               .message =
                   (const str[]){ STR("計画のこの取組が、実績では「$"
                                      "1」に替わっています。替えた理由を書き添えてください。"),
                                  STR("This planned activity is reported as \"$1\". Say why it "
                                      "was replaced.") },
               .piece = { say(report_of(x, p)->text.v) },
           });
}

/* Part of a planned activity that was reported in several lines: they share a run of RUN
 * telling characters which the plan's own report lacks (納付相談や納付督促 reported as two
 * lines). */
static bool is_part_of_plan(struct audit *x, const struct shape *done)
{
    enum { RUN = 4 };

    for (uint32_t k = 0; k < x->in->planned_count; k++) {
        const struct activity *p = &x->in->planned[k];
        struct shape plan, other, part;
        uint32_t start = 0, ignored;

        if (p->pairing != PAIR_SIMILAR)
            continue;
        shape_make(x->a, p->text.v, &plan);
        part.n = shape_common_run(&plan, done, &start);
        if (part.n < RUN)
            continue;
        shape_make(x->a, report_of(x, p)->text.v, &other);
        part = (struct shape){ .all = plan.all + start,
                               .telling = plan.telling + start,
                               .n = part.n };
        if (shape_common_run(&part, &other, &ignored) < part.n)
            return true;
    }
    return false;
}

static bool is_in_plan(const struct initiative *in, str word)
{
    for (uint32_t k = 0; k < in->planned_count; k++)
        if (str_find(in->planned[k].text.v, word) >= 0)
            return true;
    return false;
}

/* The first longer word of the report that no planned activity has, when the report also speaks
 * of planned things; "" when all of it is new. */
static str unplanned_word(const struct initiative *in, str text)
{
    enum { LONG = 4, KNOWN = 3 };
    str word, first = { NULL, 0 };
    bool has_planned = false;

    while (text_next_word(&text, &word)) {
        const bool is_planned = is_in_plan(in, word);

        has_planned |= is_planned && utf8_count(word) >= KNOWN;
        if (!is_planned && first.n == 0 && utf8_count(word) >= LONG)
            first = word;
    }
    return has_planned ? first : (str){ NULL, 0 };
}

void rule_d5(struct audit *x, const struct activity *r)
{
    static const str PART[] = {
        STR_INIT("「$1」は計画にありません。計画にない取組を加えた理由を書き添えてください。"),
        STR_INIT("\"$1\" was not planned. Say why it was added."),
    };
    static const str WHOLE[] = {
        STR_INIT("この実績に当たる取組は計画にありません。加えた理由を書き添えてください。"),
        STR_INIT("What is reported here was not planned. Say why it was added."),
    };
    struct shape done;
    str word;

    if (r->other >= 0 || x->in->planned_count == 0 || r->change_reason.n)
        return;
    shape_make(x->a, r->text.v, &done);
    if (!r->quantity.is_set && is_part_of_plan(x, &done))
        return;
    word = unplanned_word(x->in, r->text.v);
    report(x, &(struct report){
                  .subject = r->text.v,
                  .at = planned_place(x, r),
                  .message = word.n ? PART : WHOLE,
                  .piece = { say(word) },
              });
}

void rule_d6(struct audit *x, const struct activity *p)
{
    const struct activity *r = report_of(x, p);
    const str unit = p->quantity.unit;

    if (!r || !p->quantity.is_set || r->quantity.is_set || is_explained(p) || is_replaced(x, p))
        return;
    if (has_quantity(r->text.v, unit) && !has_quantity(p->text.v, unit))
        return; /* 相談会を4回開催: it stands in the sentence */
    report(x, &(struct report){
                  .subject = p->text.v,
                  .at = first_place(r->text.at, p->text.at, x->in->at),
                  .message = (const str[]){ STR("計画には$"
                                                "1とありますが、実績に数量がありません。実施し"
                                                "た数量を書いてください。"),
                                            STR("$1 planned, but the report gives no quantity. "
                                                "Say how many were done.") },
                  .piece = { say_amount(x, &p->quantity) },
              });
}
