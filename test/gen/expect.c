/* What the audit must find in an invented document, by the table of rules alone. Two classes:
 * `certain` findings have to be there; the others may be there or not, because the table leaves
 * room (README.md lists why). Anything else the program finds is a false finding. */
#include "gen.h"

#include <stdio.h>
#include <string.h>

enum { LIKE_STRANGER = 25 };

int num_compare(struct num a, struct num b)
{
    while (a.dec < b.dec)
        a = (struct num){ a.v * 10, a.dec + 1 };
    while (b.dec < a.dec)
        b = (struct num){ b.v * 10, b.dec + 1 };
    return (a.v > b.v) - (a.v < b.v);
}

enum verdict ind_verdict(const struct ind *i)
{
    int order = num_compare(i->actual, i->target);

    if (i->kind == GOAL_VAGUE || i->kind == GOAL_LOST)
        return i->has_actual ? V_NOT_MEASURABLE : V_ANY;
    if (i->target_flaw || i->actual_flaw)
        return V_ANY;
    if (!i->has_actual)
        return V_NOT_MEASURED;
    if (i->kind == GOAL_STARS && i->score_only)
        return V_ANY;
    if (i->kind == GOAL_GT)
        return i->decreased ? V_NOT_MET : V_MET;
    if (i->kind == GOAL_ZERO || i->kind == GOAL_LE)
        return order <= 0 ? V_MET : V_NOT_MET;
    return order >= 0 ? V_MET : V_NOT_MET;
}

/* One finding. `subject` NULL: the table does not fix what it is called. `other`: a second name
 * under which it may appear. */
struct list {
    struct buf *out;
    int item;
    bool any;
};

static void add2(struct list *l, bool certain, const char *rule, const char *subject,
                 const char *other)
{
    char head[96];

    snprintf(head, sizeof head,
             "%s{\"rule\":\"%s\",\"initiative\":%d,\"certain\":%s,\"subject\":",
             l->any ? "," : "", rule, l->item, certain ? "true" : "false");
    buf_text(l->out, head);
    if (other)
        buf_text(l->out, "[");
    json_text(l->out, subject);
    if (other) {
        buf_text(l->out, ",");
        json_text(l->out, other);
        buf_text(l->out, "]");
    }
    buf_text(l->out, "}");
    l->any = true;
}

static void add(struct list *l, bool certain, const char *rule, const char *subject)
{
    add2(l, certain, rule, subject, NULL);
}

/* ---- goals */

static bool has_number(const struct ind *i)
{
    return i->kind == GOAL_PLAIN || i->kind == GOAL_GE || i->kind == GOAL_LE
           || i->kind == GOAL_STARS;
}

static void expect_against_baseline(struct list *l, const struct ind *i)
{
    bool flawed = i->target_flaw || i->base_flaw;
    int order = num_compare(i->target, i->base);

    if (!has_number(i) || !i->has_base)
        return;
    if (strcmp(i->unit, i->base_unit) != 0) {
        add(l, !flawed, "P5", i->name);
        return;
    }
    if (flawed)
        return;
    if (order == 0)
        add(l, true, "P4", i->name);
    if (i->kind == GOAL_LE ? order > 0 : order < 0)
        add(l, true, "P1", i->name);
}

static void expect_of_target(struct list *l, const struct ind *i, int plan_year)
{
    if (i->kind == GOAL_LOST || i->kind == GOAL_VAGUE || i->target_flaw)
        add(l, !i->target_flaw, "P2", i->name);
    if (i->kind == GOAL_LOST || i->kind == GOAL_VAGUE)
        add(l, false, "P3", i->name);
    else if (!i->has_base || i->base_flaw)
        add(l, !i->base_flaw && !i->target_flaw, "P3", i->name);
    expect_against_baseline(l, i);
    if (i->target_year != plan_year)
        add(l, true, "F3", NULL);
    if (i->kind == GOAL_LOST)
        add(l, true, "F1", NULL);
    if (i->target_flaw || i->base_flaw || i->actual_flaw)
        add(l, true, "F2", NULL);
}

static void expect_of_result(struct list *l, const struct ind *i)
{
    bool stars = i->kind == GOAL_STARS;

    if (!i->has_actual || i->actual_flaw) {
        bool sure = i->kind != GOAL_VAGUE && i->kind != GOAL_LOST && i->kind != GOAL_GT
                    && !i->target_flaw && !i->actual_flaw;

        add(l, sure, "C1", i->name);
    }
    if (!i->has_actual)
        return;
    if (i->renamed)
        add2(l, !i->actual_flaw, "C9", i->name, i->result_name);
    else if (i->more_name)
        add2(l, false, "C9", i->name, i->more_name);
    if (i->has_base && !i->base_flaw && !i->actual_flaw && !i->score_only
        && num_compare(i->base, i->actual) == 0)
        add(l, !stars && i->base.dec == i->actual.dec && strcmp(i->unit, i->base_unit) == 0,
            "C4", i->name);
}

/* The newest year that a baseline of the plan has; with `readable`, whose number can be read.
 */
static int newest_baseline(const struct doc *d, bool readable)
{
    int newest = 0;

    for (int k = 0; k < d->items; k++) {
        for (int n = 0; n < d->item[k].inds; n++) {
            const struct ind *i = &d->item[k].ind[n];
            bool number = i->has_base && !i->base_flaw;
            bool year = i->has_base || i->kind == GOAL_LOST || i->kind == GOAL_GT;

            if ((readable ? number : year) && i->base_year > newest)
                newest = i->base_year;
        }
    }
    return newest;
}

static void expect_age(struct list *l, const struct doc *d, const struct ind *i)
{
    if (!i->has_base)
        return;
    if (i->base_year < newest_baseline(d, true))
        add(l, !i->base_flaw, "P8", i->name);
    else if (i->base_year < newest_baseline(d, false) || i->base_year < d->year - 1)
        add(l, false, "P8", i->name);
}

/* ---- activities */

static bool is_near_a_mention(const struct item *it, int n)
{
    for (int i = 0; i < it->acts; i++)
        if (it->mentions[i] && text_likeness(it->act[i].text, it->act[n].text) > LIKE_STRANGER)
            return true;
    return false;
}

static void expect_of_activity(struct list *l, const struct item *it, int n)
{
    const struct act *a = &it->act[n];
    static const char *const rules[] = {
        [FATE_FEWER] = "D2",    [FATE_OTHER_UNIT] = "D3", [FATE_NO_COUNT] = "D6",
        [FATE_REPLACED] = "D4", [FATE_MISSING] = "D1",    [FATE_SAME] = NULL
    };

    if (a->plan.kind == AMOUNT_NONE)
        add(l, true, "P6", a->text);
    if (a->fate == FATE_SAME)
        return;
    add2(l, true, rules[a->fate], a->text, a->fate == FATE_REPLACED ? a->done_text : NULL);
    if ((a->fate == FATE_FEWER || a->fate == FATE_MISSING) && !it->mentions[n])
        add(l, *it->improvement && !is_near_a_mention(it, n), "A2", a->text);
}

/* ---- reviews */

static bool an_other_goal_failed(const struct item *it)
{
    for (int i = 1; i < it->inds; i++)
        if (ind_verdict(&it->ind[i]) == V_NOT_MET)
            return true;
    return false;
}

static void expect_of_mark(struct list *l, const struct item *it)
{
    enum verdict v = ind_verdict(&it->ind[0]);
    bool none = it->mark == MARK_LOST || it->mark == MARK_BLANK;

    if (none)
        add(l, true, "C3", NULL);
    else if (v == V_ANY)
        add(l, false, "C2", NULL);
    else if ((it->mark == MARK_OK && v == V_NOT_MET) || (it->mark == MARK_BAD && v == V_MET))
        add(l, true, "C2", NULL);
    if (*it->improvement)
        return;
    if (it->mark == MARK_BAD || (none && v == V_NOT_MET))
        add(l, true, "A1", NULL);
    else if (none && (v == V_ANY || an_other_goal_failed(it)))
        add(l, false, "A1", NULL);
}

static void expect_of_midyear(struct list *l, const struct item *it)
{
    enum verdict v = ind_verdict(&it->ind[0]);
    bool empty = it->mid_goal == MARK_LOST || it->mid_goal == MARK_BLANK;
    bool failed = it->mark == MARK_BAD || v == V_NOT_MET;

    if (empty)
        add(l, !*it->mid_improvement, "C5", NULL);
    if (it->mid_goal == MARK_OK && failed)
        add(l, !(it->mark == MARK_BAD && v == V_MET) && it->mark != MARK_OK, "C7", NULL);
    if (it->lost_marks)
        add(l, true, "F1", NULL);
    else if (empty || it->mark == MARK_BLANK || it->legend_lost)
        add(l, false, "F1", NULL);
}

/* ---- beside last year's plan */

static void expect_beside(struct list *l, const struct item *it, const struct item *before)
{
    for (int i = 0; i < it->inds; i++) {
        struct ind now = it->ind[i];
        const struct ind *last = &before->ind[i];

        if (!last->has_actual || now.target_flaw
            || (!has_number(&now) && now.kind != GOAL_ZERO))
            continue;
        now.has_actual = true;
        now.actual = last->actual;
        now.actual_flaw = FLAW_NONE;
        now.score_only = last->score_only;
        if (ind_verdict(&now) == V_MET)
            add(l, now.kind != GOAL_ZERO, "P7", now.name);
    }
    if (*it->improvement && strcmp(it->improvement, before->improvement) == 0)
        add(l, true, "A3", NULL);
}

void findings_write(const struct doc *d, const struct doc *previous, struct buf *out)
{
    struct list l = { .out = out };

    buf_text(out, "[");
    for (int k = 0; k < d->items; k++) {
        const struct item *it = &d->item[k];

        l.item = it->number;
        for (int i = 0; i < it->inds; i++) {
            expect_of_target(&l, &it->ind[i], d->year);
            expect_of_result(&l, &it->ind[i]);
            expect_age(&l, d, &it->ind[i]);
        }
        for (int i = 0; i < it->acts; i++)
            expect_of_activity(&l, it, i);
        for (int i = 0; i < it->extras; i++)
            add(&l, true, "D5", it->extra[i].done_text);
        expect_of_midyear(&l, it);
        expect_of_mark(&l, it);
        if (previous)
            expect_beside(&l, it, &previous->item[k]);
    }
    buf_text(out, "]");
}
