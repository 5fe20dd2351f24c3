/* What a sheet still lacks before a step can be submitted: by the table of blanks, and by what
 * the form's definition makes mandatory when something was not met or not done. */
#include "model/blanks_inner.h"

#include <stdio.h>

#include "base/banned.h"

struct looking {
    struct arena *a;
    const struct initiative *i;
    struct blank_faults *out;
};

static void missing(struct looking *l, str name, const char *sentence)
{
    blank_fault_add(l->a, l->out, name, str_from(sentence));
}

static void row_missing(struct looking *l, const char *group, str id, const char *blank,
                        const char *sentence)
{
    missing(l, str_fmt(l->a, "%s.%.*s.%s", group, STR_ARG(id), blank), sentence);
}

/* ---- the plan ---- */

static bool has_goal(const struct indicator *i)
{
    return i->target.is_set || i->comparison == COMPARE_GT_BASELINE || i->goal.v.n;
}

static void plan_missing(struct looking *l)
{
    const struct initiative *i = l->i;
    const str *indicators = indicator_ids(l->a, i), *planned = planned_ids(l->a, i);

    if (!i->title.v.n)
        missing(l, STR("title"), "取組項目の名前を書いてください。");
    if (!i->purpose.v.n)
        missing(l, STR("purpose"), "趣旨・目的を書いてください。");
    if (!i->indicator_count)
        missing(l, STR("indicator"), "目標を1つ以上書いてください。");
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        if (!i->indicators[k].name.v.n)
            row_missing(l, "indicator", indicators[k], "name", "指標の名前を書いてください。");
        if (!has_goal(&i->indicators[k]))
            row_missing(l, "indicator", indicators[k], "target",
                        "目標値を書いてください。数値がない目標は「目標の文」に書きます。");
    }
    if (!i->planned_count)
        missing(l, STR("activity"), "取組内容を1つ以上書いてください。");
    for (uint32_t k = 0; k < i->planned_count; k++)
        if (!i->planned[k].text.v.n)
            row_missing(l, "activity", planned[k], "text", "取組を書いてください。");
}

/* ---- 課題と改善策 ---- */

static void remedy_missing(struct looking *l, const struct remedy *r, str improvement,
                           const char *prefix)
{
    const struct {
        str is;
        const char *name, *sentence;
    } PARTS[] = {
        { improvement, "improvement", "課題と改善策を書いてください。" },
        { r->cause, "cause", "原因を書いてください。" },
        { r->measure, "measure", "対策を書いてください。" },
        { r->owner, "owner", "対策を担当する課や係を書いてください。" },
        { r->due, "due", "いつまでに行うかを書いてください。" },
    };

    for (size_t k = 0; k < sizeof PARTS / sizeof *PARTS; k++)
        if (!PARTS[k].is.n)
            missing(l, str_fmt(l->a, "%s%s", prefix, PARTS[k].name), PARTS[k].sentence);
}

static void midyear_missing(struct looking *l, const struct form *form)
{
    const struct midyear *m = &l->i->midyear;
    bool is_negative = m->goal.mark == MARK_NEGATIVE;

    if (m->is_skipped && m->skip_reason.n)
        return;
    for (uint32_t k = 0; k < outlook_count(l->i); k++) {
        const enum mark mark = k < m->activity_count ? m->activities[k].mark : MARK_NONE;

        is_negative |= mark == MARK_NEGATIVE;
        if (mark == MARK_NONE)
            missing(l, str_fmt(l->a, "outlook.%u", k + 1), "実施見込みを選んでください。");
    }
    if (m->goal.mark == MARK_NONE)
        missing(l, STR("outlook_goal"), "目標の達成見込みを選んでください。");
    if (is_negative && form->improvement_when_negative)
        remedy_missing(l, &m->remedy, m->improvement.v, "midyear_");
}

/* ---- the self-evaluation ---- */

static bool is_less(const struct told *t, const struct activity *p)
{
    return p->quantity.is_set && t->quantity.is_set
           && str_eq(p->quantity.unit, t->quantity.unit)
           && dec_cmp(t->quantity.value, p->quantity.value) < 0;
}

static void told_missing(struct looking *l, const struct told *t, const struct activity *p,
                         str id)
{
    const bool is_change = t->status > TOLD_DONE;
    const unsigned change = is_change ? t->status - TOLD_CHANGE : CHANGE_NONE;
    const bool is_counted =
        change != CHANGE_REPLACED && change != CHANGE_CANCELLED && change != CHANGE_SUSPENDED;

    if (t->status == TOLD_NOTHING) {
        row_missing(l, "result", id, "status", "どうなったかを選んでください。");
        return;
    }
    if (is_counted && p->quantity.is_set && !t->quantity.is_set)
        row_missing(l, "result", id, "quantity", "実績の数量を書いてください。");
    if ((is_change || is_less(t, p)) && !t->reason.n)
        row_missing(l, "result", id, "reason",
                    is_less(t, p) ? "計画より少なかった理由を書いてください。"
                                  : "計画と違った理由を書いてください。");
    if (change == CHANGE_REPLACED && !t->replaced_by.n)
        row_missing(l, "result", id, "replaced_by", "替わりに行ったことを書いてください。");
    if (change == CHANGE_SUSPENDED && !t->from.n)
        row_missing(l, "result", id, "from", "休止した日を書いてください。");
    if (change == CHANGE_SUSPENDED && !t->order.n)
        row_missing(l, "result", id, "order", "だれの指示で休止したかを書いてください。");
}

static void results_missing(struct looking *l)
{
    const struct initiative *i = l->i;
    const str *planned = planned_ids(l->a, i), *extras = extra_ids(l->a, i),
              *indicators = indicator_ids(l->a, i);

    for (uint32_t k = 0; k < i->planned_count; k++) {
        const struct told t = told_of(i, k);

        told_missing(l, &t, &i->planned[k], planned[k]);
    }
    for (uint32_t k = 0; k < i->reported_count; k++)
        if (extras[k].n && !i->reported[k].change_reason.n)
            row_missing(l, "extra", extras[k], "reason", "加えた理由を書いてください。");
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        const struct indicator *x = &i->indicators[k];

        if ((x->target.is_set || x->comparison == COMPARE_GT_BASELINE) && !x->actual.is_set
            && !x->actual_note.n)
            row_missing(l, "actual", indicators[k], "value",
                        "実績値を書いてください。測っていないときは、注記にその理由を書きま"
                        "す。");
    }
}

static void evaluation_missing(struct looking *l, const struct form *form)
{
    const struct evaluation *v = &l->i->evaluation;

    results_missing(l);
    if (v->mark.mark == MARK_NONE)
        missing(l, STR("mark"), "目標を達成したかを選んでください。");
    if (v->mark.mark == MARK_NEGATIVE && form->improvement_when_negative)
        remedy_missing(l, &v->remedy, v->improvement.v, "");
}

void sheet_missing(struct arena *a, const struct form *form, const struct initiative *i,
                   enum step s, struct blank_faults *out)
{
    struct looking l = { a, i, out };

    switch (s) {
    case STEP_PLAN:
        plan_missing(&l);
        break;
    case STEP_MIDYEAR:
        midyear_missing(&l, form);
        break;
    case STEP_EVALUATION:
        evaluation_missing(&l, form);
        break;
    case STEP_COUNT:
        break;
    }
}
