/* The truth of a document as one line of JSON, in the shape of `meguri check --format json`.
 * A key that is absent is not compared; a list where one value is expected means "any of
 * these" (README.md says where and why). */
#include "gen.h"

#include <stdio.h>

void json_text(struct buf *b, const char *s)
{
    if (!s || !*s) {
        buf_text(b, "null");
        return;
    }
    buf_text(b, "\"");
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            buf_text(b, "\\");
        buf_bytes(b, s, 1);
    }
    buf_text(b, "\"");
}

void num_text(struct num n, char out[32])
{
    long unit = 1;

    for (int i = 0; i < n.dec; i++)
        unit *= 10;
    if (n.dec)
        snprintf(out, 32, "%ld.%0*ld", n.v / unit, n.dec, n.v % unit);
    else
        snprintf(out, 32, "%ld", n.v);
}

static void key_text(struct buf *b, const char *key, const char *s)
{
    buf_text(b, "\"");
    buf_text(b, key);
    buf_text(b, "\":");
    json_text(b, s);
    buf_text(b, ",");
}

/* One of two values; NULL stands for null. */
static void key_either(struct buf *b, const char *key, const char *s, const char *t)
{
    buf_text(b, "\"");
    buf_text(b, key);
    buf_text(b, "\":[");
    json_text(b, s);
    buf_text(b, ",");
    json_text(b, t);
    buf_text(b, "],");
}

static void key_int(struct buf *b, const char *key, int v)
{
    char t[64];

    snprintf(t, sizeof t, "\"%s\":%d,", key, v);
    buf_text(b, t);
}

static void key_num(struct buf *b, const char *key, struct num n)
{
    char t[32];

    num_text(n, t);
    key_text(b, key, t);
}

/* Ends an object whose members all end with a comma. */
static void object_end(struct buf *b)
{
    if (b->p[b->n - 1] == ',')
        b->n--;
    buf_text(b, "}");
}

static void stars_either(struct buf *b, const char *key, struct num n)
{
    static const char *const stars[] = { "", "☆", "☆☆", "☆☆☆", "☆☆☆☆", "☆☆☆☆☆" };
    char digits[32];

    num_text(n, digits);
    key_either(b, key, digits, stars[n.v < 0 || n.v > 5 ? 0 : n.v]);
}

static void target_write(struct buf *b, const struct ind *i)
{
    static const char *const comparison[] = {
        [GOAL_PLAIN] = "ge", [GOAL_GE] = "ge",          [GOAL_LE] = "le",
        [GOAL_ZERO] = "le",  [GOAL_GT] = "gt_baseline", [GOAL_STARS] = "level_ge",
        [GOAL_LOST] = NULL,  [GOAL_VAGUE] = NULL
    };
    bool number = i->kind == GOAL_PLAIN || i->kind == GOAL_GE || i->kind == GOAL_LE;

    if (i->kind != GOAL_LOST && !i->target_flaw)
        key_text(b, "comparison", comparison[i->kind]);
    if (i->kind == GOAL_PLAIN)
        key_either(b, "direction", "higher", NULL);
    else if (i->kind == GOAL_LE || i->kind == GOAL_ZERO)
        key_text(b, "direction", "lower");
    else if (i->kind != GOAL_LOST && i->kind != GOAL_VAGUE)
        key_text(b, "direction", "higher");
    if (i->kind == GOAL_STARS)
        stars_either(b, "target", i->target);
    else if (number && !i->target_flaw)
        key_num(b, "target", i->target);
    else if (!i->target_flaw)
        key_text(b, "target", i->kind == GOAL_ZERO ? "0" : NULL);
    if (number && !i->target_flaw)
        key_text(b, "unit", i->unit);
    else if (i->kind == GOAL_ZERO)
        key_either(b, "unit", i->unit, NULL);
    key_int(b, "target_year", i->target_year);
}

static void baseline_write(struct buf *b, const struct ind *i)
{
    char year[16];

    snprintf(year, sizeof year, "%d", i->base_year);
    if (i->kind == GOAL_STARS && i->has_base)
        stars_either(b, "baseline", i->base);
    else if (i->has_base && !i->base_flaw)
        key_num(b, "baseline", i->base);
    else if (!i->base_flaw)
        key_text(b, "baseline", NULL);
    if (i->has_base)
        key_int(b, "baseline_year", i->base_year);
    else if (i->kind != GOAL_LOST && i->kind != GOAL_GT)
        key_text(b, "baseline_year", NULL);
}

/* The increase; of two, either or their sum; a decrease with or without its sign. */
static void increase_either(struct buf *b, const struct ind *i)
{
    char first[32], second[32] = "", sum[32] = "";

    num_text(i->actual, first);
    if (i->more.v) {
        num_text(i->more, second);
        num_text((struct num){ i->actual.v + i->more.v, 0 }, sum);
    } else if (i->decreased) {
        snprintf(second, sizeof second, "-%.30s", first);
    }
    buf_text(b, "\"actual\":[");
    json_text(b, first);
    buf_text(b, *second ? "," : "");
    if (*second)
        json_text(b, second);
    buf_text(b, *sum ? "," : "");
    if (*sum)
        json_text(b, sum);
    buf_text(b, "],");
}

static void indicator_write(struct buf *b, const struct ind *i, bool is_main)
{
    static const char *const verdicts[] = { [V_MET] = "met",
                                            [V_NOT_MET] = "not_met",
                                            [V_NOT_MEASURED] = "not_measured",
                                            [V_NOT_MEASURABLE] = "not_measurable" };
    enum verdict v = ind_verdict(i);

    buf_text(b, "{");
    key_text(b, "name", i->name);
    key_text(b, "role", is_main ? "main" : "other");
    target_write(b, i);
    baseline_write(b, i);
    if (!i->has_actual)
        key_text(b, "actual", NULL);
    else if (i->kind == GOAL_GT)
        increase_either(b, i);
    else if (i->kind == GOAL_STARS && !i->score_only)
        stars_either(b, "actual", i->actual);
    else if (!i->actual_flaw)
        key_num(b, "actual", i->actual);
    if (v != V_ANY)
        key_text(b, "verdict", verdicts[v]);
    key_int(b, "line", i->line);
    object_end(b);
}

static void amount_write(struct buf *b, const struct amount *a)
{
    char digits[32] = "";

    if (a->kind == AMOUNT_COUNT)
        snprintf(digits, sizeof digits, "%d", a->value);
    key_text(b, "quantity", digits);
    key_text(b, "unit", a->kind == AMOUNT_COUNT ? a->unit : NULL);
}

static void activity_write(struct buf *b, const struct item *it, const struct act *a)
{
    buf_text(b, "{");
    key_text(b, "group", a->group >= 0 ? it->heading[a->group] : NULL);
    key_text(b, "text", a->text);
    amount_write(b, &a->plan);
    buf_text(b,
             a->plan.kind == AMOUNT_AS_NEEDED ? "\"as_needed\":true," : "\"as_needed\":false,");
    if (a->fate == FATE_MISSING) {
        key_text(b, "reported", NULL);
    } else {
        buf_text(b, "\"reported\":{");
        key_text(b, "text", a->done_text);
        amount_write(b, &a->done);
        object_end(b);
        buf_text(b, ",");
    }
    key_int(b, "line", a->line);
    object_end(b);
}

static const char *mark_word(enum mark m, bool evaluation)
{
    if (m == MARK_OK)
        return evaluation ? "met" : "ok";
    if (m == MARK_BAD)
        return evaluation ? "not_met" : "not_ok";
    return NULL;
}

static void reviews_write(struct buf *b, const struct item *it)
{
    buf_text(b, "\"midyear\":{\"activities\":[");
    for (int i = 0; i < it->mid_acts; i++) {
        buf_text(b, i ? "," : "");
        json_text(b, mark_word(it->mid_act[i], false));
    }
    buf_text(b, "],");
    key_text(b, "goal", mark_word(it->mid_goal, false));
    key_text(b, "improvement", it->mid_improvement);
    object_end(b);
    buf_text(b, ",\"evaluation\":{");
    key_text(b, "mark", mark_word(it->mark, true));
    key_text(b, "improvement", it->improvement);
    object_end(b);
}

static void item_write(struct buf *b, const struct item *it)
{
    buf_text(b, "{");
    key_int(b, "number", it->number);
    key_text(b, "title", it->title);
    key_text(b, "purpose", it->purpose);
    buf_text(b, "\"outline\":[");
    for (int i = 0; i < it->outlines; i++) {
        buf_text(b, i ? "," : "");
        json_text(b, it->outline[i]);
    }
    buf_text(b, "],\"indicators\":[");
    for (int i = 0; i < it->inds; i++) {
        buf_text(b, i ? "," : "");
        indicator_write(b, &it->ind[i], i == 0);
    }
    buf_text(b, "],\"activities\":[");
    for (int i = 0; i < it->acts; i++) {
        buf_text(b, i ? "," : "");
        activity_write(b, it, &it->act[i]);
    }
    buf_text(b, "],\"unplanned\":[");
    for (int i = 0; i < it->extras; i++) {
        buf_text(b, i ? ",{" : "{");
        key_text(b, "text", it->extra[i].done_text);
        amount_write(b, &it->extra[i].done);
        object_end(b);
    }
    buf_text(b, "],");
    reviews_write(b, it);
    buf_text(b, "}");
}

void truth_write(const struct doc *d, const struct doc *previous, const char *file,
                 struct buf *out)
{
    buf_text(out, "{");
    key_text(out, "file", file);
    buf_text(out, "\"plan\":{");
    key_text(out, "organisation", d->headed ? d->ward : NULL);
    key_int(out, "fiscal_year", d->year);
    buf_text(out, "\"initiatives\":[");
    for (int i = 0; i < d->items; i++) {
        buf_text(out, i ? "," : "");
        item_write(out, &d->item[i]);
    }
    buf_text(out, "]},\"findings\":");
    findings_write(d, previous, out);
    buf_text(out, "}\n");
}
