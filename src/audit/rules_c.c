/* C: the check. Are the results there, do they agree with the mark, can they be right? */
#include "audit/inner.h"

#include <string.h>

#include "base/banned.h"

/* Where the mark is or would be: after the last result. */
static struct span mark_place(const struct audit *x)
{
    const struct initiative *in = x->in;
    const struct span none = { 0 };
    const struct span report =
        in->reported_count ? in->reported[in->reported_count - 1].text.at : none;
    const struct span result =
        in->result_count ? in->results[in->result_count - 1].name.at : report;

    return first_place(in->evaluation.mark.at, result,
                       first_place(in->evaluation.improvement.at, in->at, in->at));
}

static struct span actual_place(const struct audit *x, const struct indicator *i)
{
    return first_place(i->actual.at, i->result.at,
                       first_place(i->name.at, x->in->at, x->in->at));
}

/* Is a result given whose number cannot be read? It stands right behind the result's name. */
static bool has_unread_actual(const struct audit *x, const struct indicator *i)
{
    enum { BEHIND = 24 };
    struct span at = i->result.at;

    if (at.len == 0)
        return false;
    at.len += BEHIND;
    return unread_numbers(x, at) > 0;
}

/* A target that cannot be read is a target: there should be a result for it. */
void rule_c1(struct audit *x, const struct indicator *i)
{
    static const str LEVEL[] = {
        STR_INIT(
            "目標$1に対する実績がありません。実績値か、測っていない理由を書いてください。"),
        STR_INIT("No result is given for the target of $1. Give it, or say why it was not "
                 "measured."),
    };
    static const str OTHER[] = {
        STR_INIT(
            "この目標に対する実績がありません。実績値か、測っていない理由を書いてください。"),
        STR_INIT("No result is given for this goal. Give it, or say why it was not measured."),
    };
    const bool is_increase = i->comparison == COMPARE_GT_BASELINE;

    if (!x->is_evaluated || i->actual.is_set || i->actual_note.n || has_unread_actual(x, i))
        return;
    if (!i->target.is_set && !is_increase && unread_numbers(x, i->goal.at) == 0)
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = first_place(i->name.at, i->target.at, x->in->at),
                  .message = i->target.is_set ? LEVEL : OTHER,
                  .piece = { i->target.is_set ? say_amount(x, &i->target) : say(STR("")) },
              });
}

/* The main goal that speaks against the mark; NULL when none does. ○ (all met) is contradicted
 * by one that is not met, × by nothing less than all of them met. Goals that the numbers cannot
 * judge are left to the people who marked them. */
static const struct indicator *against_mark(const struct initiative *in)
{
    const bool says_met = in->evaluation.mark.mark == MARK_POSITIVE;
    const struct indicator *met = NULL;

    for (uint32_t k = 0; k < in->indicator_count; k++) {
        const struct indicator *i = &in->indicators[k];

        if (i->role != ROLE_MAIN)
            continue;
        if (says_met && i->verdict == VERDICT_NOT_MET)
            return i;
        if (!says_met && i->verdict != VERDICT_MET)
            return NULL;
        met = i;
    }
    return says_met ? NULL : met;
}

void rule_c2(struct audit *x)
{
    static const str NOT_SO_GOOD[] = {
        STR_INIT("評価は「達成」ですが、目標$1に対して実績は$"
                 "2で、数値では達成していません。評価か数値を確認してください。"),
        STR_INIT("The mark says met, but the result is $2 against a target of $1. Check the "
                 "mark or the "
                 "numbers."),
    };
    static const str NOT_SO_BAD[] = {
        STR_INIT("評価は「未達成」ですが、目標$1に対して実績は$"
                 "2で、数値では達成しています。評価か数値を確認してください。"),
        STR_INIT("The mark says not met, but the result is $2 against a target of $1. Check "
                 "the mark or the "
                 "numbers."),
    };
    static const struct said INCREASE = { { STR_INIT("「増」"), STR_INIT("an increase") } };
    const enum mark mark = x->in->evaluation.mark.mark;
    const struct indicator *i = mark == MARK_NONE ? NULL : against_mark(x->in);

    if (!i)
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = first_place(x->in->evaluation.mark.at, i->actual.at, x->in->at),
                  .message = mark == MARK_POSITIVE ? NOT_SO_GOOD : NOT_SO_BAD,
                  .piece = { i->comparison == COMPARE_GT_BASELINE ? INCREASE
                                                                  : say_amount(x, &i->target),
                             say_amount(x, &i->actual) },
              });
}

void rule_c3(struct audit *x)
{
    if (!x->is_evaluated || x->in->evaluation.mark.mark != MARK_NONE)
        return;
    report(x, &(struct report){
                  .subject = number_of(x),
                  .at = mark_place(x),
                  .message =
                      (const str[]){
                          STR("自己評価の印(達成・未達成)"
                              "がありません。元の文書で確かめ、印を付けてください。"),
                          STR("The self-evaluation has no mark (met or not met). Look it "
                              "up in the original "
                              "and put it in.") },
              });
}

/* A level (☆☆) has so few values that an equal one says nothing. */
void rule_c4(struct audit *x, const struct indicator *i)
{
    if (!i->actual.is_set || !i->baseline.is_set || i->actual_is_change
        || i->comparison == COMPARE_LEVEL_GE
        || !dec_eq_written(i->actual.value, i->baseline.value)
        || !measure_same_unit(i->actual.unit, i->baseline.unit))
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = actual_place(x, i),
                  .message =
                      (const str[]){
                          STR("実績$1は、$"
                              "2と最後の桁まで同じです。別の欄の値を写していないか確認して"
                              "ください。"),
                          STR("The result of $1 equals the $2 to the last digit. Check "
                              "that it was not "
                              "copied from the wrong column.") },
                  .piece = { say_amount(x, &i->actual), say_baseline(x, i) },
              });
}

static bool is_midyear_empty(const struct midyear *m)
{
    for (uint32_t i = 0; i < m->activity_count; i++)
        if (m->activities[i].mark != MARK_NONE)
            return false;
    return m->goal.mark == MARK_NONE && m->improvement.v.n == 0 && m->remedy.measure.n == 0;
}

void rule_c5(struct audit *x)
{
    const struct midyear *m = &x->in->midyear;

    if (!x->is_evaluated || !m->is_present || !is_midyear_empty(m))
        return;
    if (m->is_skipped && m->skip_reason.n) /* signed as not held: it says so */
        return;
    report(x, &(struct report){
                  .subject = number_of(x),
                  .at = first_place(m->activity_count ? m->activities[0].at : m->goal.at,
                                    m->goal.at, x->in->at),
                  .message =
                      (const str[]){
                          STR("中間振り返りに何も記入されていません。年度途中の見込みを記"
                              "入し、公表時に印が失われた"
                              "場合は補ってください。"),
                          STR("The mid-year review is empty. Fill in the outlook; if the "
                              "marks were lost in "
                              "publishing, put them back.") },
              });
}

void rule_c7(struct audit *x)
{
    if (x->in->midyear.goal.mark != MARK_POSITIVE || !is_not_met(x->in))
        return;
    report(x,
           &(struct report){
               .subject = number_of(x),
               .at = first_place(x->in->midyear.goal.at, x->in->evaluation.mark.at, x->in->at),
               .message =
                   (const str[]){
                       STR("中間振り返りでは「達成見込み」でしたが、年度末は未達成です。見"
                           "込みが外れた理由を書き、"
                           "次の見込みに生かしてください。"),
                       STR("At mid-year the goal was expected to be met, and it was not. "
                           "Say why the "
                           "outlook was wrong.") },
           });
}

static uint32_t count_of(str s, str what)
{
    uint32_t n = 0;

    for (ptrdiff_t at; (at = str_find(s, what)) >= 0; n++)
        s = str_skip(s, (size_t)at + what.n);
    return n;
}

/* Is the result's name only a shorter form of the goal's, with nothing that bounds it left out?
 */
static bool is_short_form(str goal, str result)
{
    return str_find(goal, result) >= 0
           && count_of(goal, STR("(")) == count_of(result, STR("("));
}

void rule_c9(struct audit *x, const struct indicator *i)
{
    str goal, result;

    if (i->actual_is_change || i->result.v.n == 0 || str_eq(i->name.v, i->result.v))
        return;
    goal = link_name(x->a, i->name.v);
    result = link_name(x->a, i->result.v);
    if (str_eq(goal, result) || is_short_form(goal, result))
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = first_place(i->result.at, i->actual.at, x->in->at),
                  .message =
                      (const str[]){
                          STR("目標では「$1」、実績では「$"
                              "2」と、指標の名前か範囲が違います。同じ定義の値か確認して"
                              "ください。"),
                          STR("The goal says \"$1\", the result \"$2\": the indicator is "
                              "named or bounded "
                              "differently. Check that both are of one definition.") },
                  .piece = { say(i->name.v), say(i->result.v) },
              });
}

/* ---- C10: percentages of a small group ---- */

/* Whose share is it? In "…と思う区政会議の委員の割合" that of 区政会議の委員: the run of nouns
 * and の before の割合. With a group bounded by …のうち, all up to there. "" when the name does
 * not tell. */
static str population(str name)
{
    const ptrdiff_t among = str_find(name, STR("のうち")),
                    share = str_find(name, STR("の割合"));
    str head = str_take(name, among >= 0 ? (size_t)among : share >= 0 ? (size_t)share : 0);
    size_t from = head.n;

    if (among >= 0)
        return head;
    while (from > 0) { /* back over characters of nouns, and over の between them */
        size_t before = from - 1, len;
        uint32_t c;

        while (before > 0 && ((unsigned char)head.p[before] & 0xC0) == 0x80)
            before--;
        c = utf8_first(str_skip(head, before), &len);
        if (!text_is_telling(c) && c != 0x306E) /* の */
            break;
        from = before;
    }
    head = str_skip(head, from);
    return str_starts(head, STR("の")) ? str_skip(head, strlen("の")) : head;
}

/* A share that says something about n: in percent, with decimals, neither nobody nor everybody.
 */
static bool is_telling_share(const struct amount *v)
{
    const dec none = { 0, 0 }, all = { 100, 0 };

    return v->is_set && v->value.scale > 0 && str_eq(v->unit, STR("%"))
           && dec_cmp(v->value, none) > 0 && dec_cmp(v->value, all) < 0;
}

enum { SHARES_MAX = 8 };
struct shares {
    const struct indicator *of[SHARES_MAX];
    dec value[SHARES_MAX];
    size_t n;
};

/* The baselines of the same population and year as that of the k-th indicator; none when an
 * earlier one has it. */
static void gather_shares(const struct initiative *in, uint32_t k, str who, struct shares *s)
{
    for (uint32_t i = 0; i < in->indicator_count && s->n < SHARES_MAX; i++) {
        const struct indicator *o = &in->indicators[i];

        if (!is_telling_share(&o->baseline)
            || o->baseline_year != in->indicators[k].baseline_year
            || !str_eq(population(o->name.v), who))
            continue;
        if (i < k) {
            s->n = 0;
            return;
        }
        s->of[s->n] = o;
        s->value[s->n++] = o->baseline.value;
    }
}

static void report_shares(struct audit *x, str who, const struct shares *s, uint32_t n)
{
    struct buf list;

    buf_init(&list, x->a, 64, 1024);
    for (size_t i = 0; i < s->n; i++) {
        buf_put_c(&list, i ? ", " : "");
        buf_put(&list, say_amount(x, &s->of[i]->baseline).in[LANG_JA]);
    }
    report(x, &(struct report){
                  .subject = s->of[0]->name.v,
                  .at = first_place(s->of[0]->baseline.at, s->of[0]->name.at, x->in->at),
                  .message =
                      (const str[]){
                          STR("「$1」の割合 $2 "
                              "は、回答者が$"
                              "3人かその倍数のときの値です。少人数の割合は1人で大きく"
                              "動くので、人数を書き添えてください。"),
                          STR("The shares of $1 ($2) fit $3 respondents or a multiple of it. "
                              "With so few, "
                              "one person moves the share a lot: give the number of people.") },
                  .piece = { say(who), say(buf_str(&list)), say_count(x, n) },
              });
}

/* Told only when the n found is small for a survey, and so small that percentages made up by
 * chance would hardly fit it. */
void rule_c10(struct audit *x)
{
    enum { N_MIN = 5, N_MAX = 100 };
    const double CHANCE = 0.01;

    for (uint32_t k = 0; k < x->in->indicator_count; k++) {
        const struct indicator *i = &x->in->indicators[k];
        struct shares s = { .n = 0 };
        uint32_t n;
        str who;

        rule_c10_evidence(x, i);
        if (!is_telling_share(&i->baseline))
            continue;
        who = population(i->name.v);
        if (who.n)
            gather_shares(x->in, k, who, &s);
        if (s.n < 2)
            continue;
        n = measure_smallest_n(s.value, s.n, N_MAX);
        if (n >= N_MIN && measure_chance_n(s.value, s.n, n) < CHANCE)
            report_shares(x, who, &s, n);
    }
}
