/* P: the plan itself. Is the target a target, can it be compared with anything, can the
 * activities be counted? */
#include "audit/inner.h"

#include "base/banned.h"

static struct span goal_place(const struct audit *x, const struct indicator *i)
{
    return first_place(i->target.at, i->name.at, x->in->at);
}

static bool has_target(const struct indicator *i)
{
    return i->comparison != COMPARE_NONE
           && (i->target.is_set || i->comparison == COMPARE_GT_BASELINE);
}

static bool can_compare(const struct indicator *i)
{
    return i->target.is_set && i->baseline.is_set
           && (i->target.unit.n == 0 || i->baseline.unit.n == 0
               || measure_same_unit(i->target.unit, i->baseline.unit));
}

/* Where the document does not tell whether more is better, 以下 still says that less is. */
static enum direction direction_of(const struct indicator *i)
{
    if (i->direction != DIRECTION_UNKNOWN || i->comparison == COMPARE_EQ)
        return i->direction;
    return i->comparison == COMPARE_LE ? DIRECTION_LOWER : DIRECTION_HIGHER;
}

void rule_p1(struct audit *x, const struct indicator *i)
{
    static const str LOWERED[] = {
        STR_INIT("目標$1は$2を下回っています。目標値か、下げた理由を確認してください。"),
        STR_INIT(
            "The target of $1 is below the $2. Check the target, or say why it was lowered."),
    };
    static const str EASED[] = {
        STR_INIT("目標$1は$2を上回っています(少ないほどよい指標です)"
                 "。目標値か、ゆるめた理由を確認してください。"),
        STR_INIT("The target of $1 is above the $2, and lower is better. Check the target, or "
                 "say why it was "
                 "eased."),
    };
    const enum direction direction = direction_of(i);

    if (!can_compare(i) || !measure_is_worse(i->target.value, i->baseline.value, direction))
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = goal_place(x, i),
                  .message = direction == DIRECTION_LOWER ? EASED : LOWERED,
                  .piece = { say_amount(x, &i->target), say_baseline(x, i) },
              });
}

void rule_p2(struct audit *x, const struct indicator *i)
{
    static const str LOST[] = {
        STR_INIT(
            "目標の数値や段階(☆など)が失われています。元の文書で確かめ、書き入れてください。"),
        STR_INIT("The number or the stars of the target were lost. Look them up in the "
                 "original and put "
                 "them back."),
    };
    static const str VAGUE[] = {
        STR_INIT("目標に数値も、達成を確かめられる基準もありません。何をもって達成とするかを書"
                 "いてください。"),
        STR_INIT("The target holds no number and nothing that can be tested. Say what counts "
                 "as met."),
    };

    if (has_target(i) || unread_numbers(x, i->goal.at))
        return; /* a number that cannot be read is told by F2 */
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = goal_place(x, i),
                  .message = i->target_lost ? LOST : VAGUE,
              });
}

/* A target that cannot be read is a target, a baseline that cannot be read a baseline. */
void rule_p3(struct audit *x, const struct indicator *i)
{
    static const str LEVEL[] = {
        STR_INIT("目標$1と比べる基準値(これまでの実績)"
                 "がありません。直近の年度の実績を書き添えてください。"),
        STR_INIT(
            "The target of $1 has no baseline to compare with. Add the latest year's result."),
    };
    static const str UNREAD[] = {
        STR_INIT("目標と比べる基準値(これまでの実績)"
                 "がありません。直近の年度の実績を書き添えてください。"),
        STR_INIT("The target has no baseline to compare with. Add the latest year's result."),
    };
    static const str INCREASE[] = {
        STR_INIT("増やす目標ですが、もとになる実績がありません。直近の年度の実績を書き添えてく"
                 "ださい。"),
        STR_INIT("An increase is aimed at, but not from where. Add the latest year's result."),
    };
    const bool is_increase = i->comparison == COMPARE_GT_BASELINE;

    if (i->baseline.is_set || unread_numbers(x, i->goal.at) != (has_target(i) ? 0 : 1))
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = goal_place(x, i),
                  .message = is_increase        ? INCREASE
                             : i->target.is_set ? LEVEL
                                                : UNREAD,
                  .piece = { i->target.is_set ? say_amount(x, &i->target) : say(STR("")) },
              });
}

void rule_p4(struct audit *x, const struct indicator *i)
{
    if (!can_compare(i) || dec_cmp(i->target.value, i->baseline.value) != 0)
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = goal_place(x, i),
                  .message =
                      (const str[]){
                          STR("目標$1は$"
                              "2と同じです。現状維持を目標とするなら、その理由を書き添えて"
                              "ください。"),
                          STR("The target of $1 equals the $2. If staying there is the "
                              "aim, say why.") },
                  .piece = { say_amount(x, &i->target), say_baseline(x, i) },
              });
}

void rule_p5(struct audit *x, const struct indicator *i)
{
    if (!i->target.is_set || !i->baseline.is_set || can_compare(i))
        return;
    report(x,
           &(struct report){
               .subject = i->name.v,
               .at = goal_place(x, i),
               .message =
                   (const str[]){ STR("目標は$1、基準値は$"
                                      "2で、単位が違います。同じ単位にそろえてください。"),
                                  STR("The target is $1 and the baseline $2: the units differ. "
                                      "Give both in one "
                                      "unit.") },
               .piece = { say_amount(x, &i->target), say_amount(x, &i->baseline) },
           });
}

/* 毎月, 通年: words that say how often as well as a number does. */
static bool says_how_often(str text)
{
    static const str WORDS[] = { STR_INIT("随時"),      STR_INIT("適宜"), STR_INIT("通年"),
                                 STR_INIT("毎月"),      STR_INIT("毎週"), STR_INIT("毎日"),
                                 STR_INIT("隔月"),      STR_INIT("隔週"), STR_INIT("常時"),
                                 STR_INIT("年間を通じ") };

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_find(text, WORDS[i]) >= 0)
            return true;
    return has_quantity(text, STR(""));
}

void rule_p6(struct audit *x, const struct activity *p)
{
    if (p->quantity.is_set || p->as_needed || says_how_often(p->text.v))
        return;
    report(x, &(struct report){
                  .subject = p->text.v,
                  .at = first_place(p->text.at, x->in->at, x->in->at),
                  .message =
                      (const str[]){
                          STR("数量も「随時」もありません。何回・何件行うかを書き、決めら"
                              "れないときは「随時」と"
                              "書いてください。"),
                          STR("Neither a quantity nor \"as needed\" is planned. Say how "
                              "often or how many; "
                              "where that cannot be fixed, write 随時.") },
              });
}

static const struct indicator *same_indicator(struct audit *x, const struct indicator *i)
{
    const struct indicator *old = x->before->indicators;
    const uint32_t n = x->before->indicator_count;
    str key;

    for (uint32_t k = 0; k < n; k++)
        if (str_eq(old[k].name.v, i->name.v))
            return &old[k];
    key = link_name(x->a, i->name.v);
    for (uint32_t k = 0; k < n; k++)
        if (key.n && str_eq(link_name(x->a, old[k].name.v), key))
            return &old[k];
    return NULL;
}

void rule_p7(struct audit *x, const struct indicator *i)
{
    const struct indicator *old = x->before && i->target.is_set ? same_indicator(x, i) : NULL;
    struct indicator asked = *i;

    if (!old || !old->actual.is_set || i->comparison == COMPARE_EQ)
        return;
    asked.actual = old->actual;
    asked.actual_is_change = old->actual_is_change;
    if (measure_judge(&asked) != VERDICT_MET)
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = goal_place(x, i),
                  .message =
                      (const str[]){
                          STR("$1の実績$2は、すでに今年度の目標$"
                              "3に達しています。目標を見直してください。"),
                          STR("The result of $1, $2, already meets this year's target of "
                              "$3. Reconsider "
                              "the target.") },
                  .piece = { x->previous_year
                                 ? say_year(x, x->previous_year)
                                 : (struct said){ { STR("前年度"), STR("last year") } },
                             say_amount(x, &old->actual), say_amount(x, &i->target) },
              });
}

void rule_p8(struct audit *x, const struct indicator *i)
{
    if (!i->baseline.is_set || i->baseline_year == 0 || i->baseline_year >= x->newest_year)
        return;
    report(x,
           &(struct report){
               .subject = i->name.v,
               .at = first_place(i->baseline.at, i->name.at, x->in->at),
               .message =
                   (const str[]){ STR("基準値は$1のものですが、この計画のほかの箇所には$"
                                      "2の実績があります。新しい年度の"
                                      "値があれば改めてください。"),
                                  STR("The baseline is of $1, while elsewhere the plan gives "
                                      "results of $2. Use "
                                      "the newer year's value if there is one.") },
               .piece = { say_year(x, i->baseline_year), say_year(x, x->newest_year) },
           });
}
