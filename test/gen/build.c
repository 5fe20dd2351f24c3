/* Invents the year of a ward: what was aimed at, planned, reported and judged. Only facts; how
 * they are spelled is the writer's business. */
#include "gen.h"
#include "words.h"

#include <string.h>

enum {
    LIKE_REPLACED = 62, /* a replaced activity is at least as like its plan as this */
    LIKE_STRANGER = 25  /* texts that must not be taken for each other are at most so like */
};

/* ---- numbers and goals */

/* Whether a name could be taken for another of the item: one is the start of the other. */
static bool name_is_taken(const struct item *it, const char *name)
{
    for (int i = 0; i < it->inds; i++) {
        const char *other = it->ind[i].name;
        size_t a = strlen(name), b = strlen(other);

        if (strncmp(name, other, a < b ? a : b) == 0)
            return true;
    }
    return false;
}

static struct num moved(struct rng *r, struct num from, int lo_pct, int hi_pct)
{
    long by = from.v * rng_range(r, lo_pct, hi_pct) / 100;
    struct num to = { from.v + (by ? by : (hi_pct > 0 ? 1 : -1)), from.dec };

    if (to.v < 1)
        to.v = 1;
    return to;
}

/* A share never passes 100%, a score of five points never 5. */
static struct num capped(struct num n, const char *unit)
{
    long top = strcmp(unit, "%") == 0 ? 100 : strcmp(unit, "点") == 0 ? 5 : 0;

    for (int i = 0; i < n.dec; i++)
        top *= 10;
    if (top && n.v > top)
        n.v = top;
    return n;
}

/* Targets of shares are mostly round: 40%, though the baseline was 36.4%. */
static struct num rounded(struct rng *r, struct num n)
{
    if (n.dec == 1 && rng_chance(r, 65))
        n = (struct num){ (n.v + 9) / 10, 0 };
    return n;
}

static void set_target(struct rng *r, struct ind *i)
{
    bool lower = i->kind == GOAL_LE;
    int what = rng_below(r, 100);

    if (what < 12)
        i->target = i->base; /* to stay where one is */
    else if (what < 27)
        i->target = lower ? moved(r, i->base, 5, 30) : moved(r, i->base, -25, -5);
    else
        i->target = lower ? moved(r, i->base, -30, -5) : moved(r, i->base, 3, 30);
    if (what >= 12)
        i->target = rounded(r, i->target);
    i->target = capped(i->target, i->unit);
}

static void set_actual(struct rng *r, struct ind *i)
{
    int what = rng_below(r, 100);

    if (what < 10 && i->has_base)
        i->actual = i->base; /* copied from the wrong column, or by chance */
    else if (what < 25)
        i->actual = i->target; /* exactly met */
    else
        i->actual = moved(r, i->target, -20, 20);
    if (i->actual.dec < i->base.dec && what >= 25) {
        i->actual.v = i->actual.v * 10 + rng_range(r, 1, 9);
        i->actual.dec++;
    }
    i->actual = capped(i->actual, i->unit);
}

static void set_flaws(struct rng *r, struct ind *i)
{
    enum flaw flaw = rng_chance(r, 50) ? FLAW_TWO_POINTS : FLAW_SEPARATOR;
    int where = rng_below(r, 100);

    if (i->kind != GOAL_PLAIN || i->is_rate)
        return;
    if (where == 0 && !i->aimed_count)
        i->target_flaw = flaw;
    else if (where == 1 && i->has_base)
        i->base_flaw = flaw;
    else if (where == 2 && i->has_actual)
        i->actual_flaw = flaw;
}

static void build_plain(struct rng *r, struct pool *pool, const struct doc *d, struct item *it)
{
    struct ind *i = &it->ind[it->inds];
    const struct indicator_words *w;
    const char *name;

    do {
        w = &INDICATORS[rng_below(r, INDICATOR_COUNT)];
        name = pool_fmt(pool, w->name, word_pick(r, &TOPICS));
    } while (name_is_taken(it, name));
    *i = (struct ind){ .name = name, .result_name = name, .kind = w->kind, .unit = w->unit };
    i->base_unit = w->unit;
    i->base = (struct num){ rng_range(r, w->lo, w->hi), w->dec };
    i->target_year = d->year;
    i->base_year = d->year - (rng_chance(r, 70) ? 1 : rng_range(r, 2, 3));
    i->has_base = rng_chance(r, 88);
    if (i->kind == GOAL_PLAIN && rng_chance(r, 15))
        i->kind = GOAL_GE;
    set_target(r, i);
    if (i->kind == GOAL_ZERO)
        i->target = (struct num){ 0, 0 };
    i->aimed_count = !i->has_base && i->kind == GOAL_PLAIN && rng_chance(r, 60);
    i->has_actual = rng_chance(r, 55);
    set_actual(r, i);
    if (i->kind == GOAL_ZERO)
        i->actual = (struct num){ rng_below(r, 3), 0 };
    if (i->has_base && i->kind == GOAL_PLAIN && rng_chance(r, 3))
        i->base_unit = strcmp(i->unit, "件") == 0 ? "団体" : "件";
    i->renamed = i->has_actual && rng_chance(r, 4);
    if (i->renamed)
        i->result_name = pool_fmt(pool, "%s(%s)", name, word_pick(r, &RATE_BOUNDS));
    else if (rng_chance(r, 4))
        i->result_name = text_widened(pool, name);
    set_flaws(r, i);
}

static void build_rate(struct rng *r, struct pool *pool, const struct doc *d, struct ind *i)
{
    const char *name = word_pick(r, &RATES);

    *i = (struct ind){ .name = name, .result_name = name, .unit = "%", .base_unit = "%" };
    i->kind = GOAL_PLAIN;
    i->is_rate = true;
    i->has_base = true;
    i->base = (struct num){ rng_range(r, 6000, 9500), 2 };
    i->target = (struct num){ i->base.v + rng_range(r, 2, 80), 2 };
    if (rng_chance(r, 30))
        i->target.v = (i->target.v + 9) / 10 * 10; /* 86.20, its zero kept */
    i->target_year = d->year;
    i->base_year = d->year - 1;
    i->has_actual = rng_chance(r, 80);
    i->actual = (struct num){ i->target.v + rng_range(r, -60, 40), 2 };
    if (rng_chance(r, 10))
        i->actual = i->base;
    i->renamed = rng_chance(r, 30);
    if (i->renamed)
        i->result_name = pool_fmt(pool, "%s(%s)", name, word_pick(r, &RATE_BOUNDS));
}

static void build_income(struct rng *r, const struct doc *d, struct ind *i)
{
    const char *name = word_pick(r, &INCOMES);

    *i = (struct ind){ .name = name, .result_name = name, .kind = GOAL_GT, .unit = "千円" };
    i->target_year = d->year;
    i->base_year = d->year - 1; /* named in the result: 30年度比較 */
    i->has_actual = rng_chance(r, 80);
    i->actual = (struct num){ rng_range(r, 12, 3000), 0 };
    i->decreased = rng_chance(r, 12);
    if (i->decreased || !rng_chance(r, 40))
        return;
    i->more = (struct num){ rng_range(r, 12, 900), 0 };
    do {
        i->more_name = word_pick(r, &INCOMES);
    } while (strcmp(i->more_name, name) == 0);
}

static void build_stars(struct rng *r, const struct doc *d, struct item *it)
{
    struct ind *i = &it->ind[0];
    const char *name = word_pick(r, &RATINGS);

    *i = (struct ind){ .name = name, .result_name = name, .kind = GOAL_STARS };
    i->unit = i->base_unit = "☆";
    if (it->lost_marks)
        i->kind = GOAL_LOST;
    i->has_base = i->kind == GOAL_STARS;
    i->target_year = d->year;
    i->base_year = d->year - 1;
    i->base = (struct num){ rng_range(r, 1, 3), 0 };
    i->target = (struct num){ rng_range(r, 2, 4), 0 };
    i->has_actual = rng_chance(r, 85);
    i->score_only = i->kind == GOAL_LOST || rng_chance(r, 25);
    i->actual = i->score_only ? (struct num){ rng_range(r, 20, 45), 1 }
                              : (struct num){ rng_range(r, 1, 4), 0 };
}

static void build_vague(struct rng *r, struct pool *pool, const struct doc *d, struct ind *i)
{
    const char *name = pool_fmt(pool, "%sに関わる人々の輪", word_pick(r, &TOPICS));

    *i = (struct ind){ .name = name, .result_name = name, .kind = GOAL_VAGUE, .unit = "" };
    i->target_year = d->year;
}

static void build_indicators(struct rng *r, struct pool *pool, const struct doc *d,
                             struct item *it, bool big)
{
    int main_kind = rng_below(r, 100), others = rng_below(r, big ? MAX_INDICATORS : 9);

    it->inds = 0;
    if (main_kind < 15)
        build_rate(r, pool, d, &it->ind[0]);
    else if (main_kind < 27)
        build_income(r, d, &it->ind[0]);
    else if (main_kind < 42)
        build_stars(r, d, it);
    else
        build_plain(r, pool, d, it);
    it->inds = 1;
    if (main_kind < 27 && rng_chance(r, 60))
        others = 0; /* as in the published ones: a goal that stands alone */
    while (others-- > 0 && it->inds < MAX_INDICATORS - 1) {
        build_plain(r, pool, d, it);
        it->inds++;
    }
    if (it->inds > 1 && rng_chance(r, 8))
        build_vague(r, pool, d, &it->ind[it->inds++]);
    if (d->headed && rng_chance(r, 4))
        it->ind[rng_below(r, it->inds)].target_year--; /* left from the year before */
}

/* ---- activities */

static bool text_is_taken(const struct item *it, const char *text)
{
    for (int i = 0; i < it->acts; i++)
        if (strcmp(it->act[i].text, text) == 0)
            return true;
    return false;
}

static bool has_twin(const struct item *it, int n)
{
    for (int i = 0; i < it->acts; i++)
        if (i != n && strcmp(it->act[i].text, it->act[n].text) == 0)
            return true;
    return false;
}

static struct amount invent_amount(struct rng *r)
{
    static const char *const units[] = {
        "回", "回",   "回", "回",   "回", "地域", "名", "人",
        "校", "団体", "日", "か所", "冊", "件",   "部", "世帯"
    };
    static const char *const leads[] = { "広報紙 ", "年", "計" };
    struct amount a = { .kind = AMOUNT_COUNT, .lead = "", .unit = "回" };
    int what = rng_below(r, 100);

    if (what < 25)
        return (struct amount){ .kind = AMOUNT_AS_NEEDED, .lead = "", .unit = "" };
    if (what < 30)
        return (struct amount){ .kind = AMOUNT_NONE, .lead = "", .unit = "" };
    if (what < 36) {
        a.lead = rng_chance(r, 50) ? "受講率" : "受験率";
        a.value = rng_chance(r, 70) ? 100 : rng_range(r, 80, 99);
        a.unit = "%";
        return a;
    }
    a.unit = units[rng_below(r, (int)(sizeof units / sizeof units[0]))];
    a.value = rng_chance(r, 80) ? rng_range(r, 1, 24) : rng_range(r, 25, 3000);
    a.at_least = rng_chance(r, 8);
    if (strcmp(a.unit, "回") == 0 && rng_chance(r, 25))
        a.lead = leads[rng_below(r, 3)];
    else if (strcmp(a.unit, "人") == 0 && rng_chance(r, 20))
        a.lead = "延べ";
    else if (strcmp(a.unit, "地域") == 0 && rng_chance(r, 20))
        a.lead = "全";
    return a;
}

/* Whether no text of the item but its own could be taken for `text`. */
static bool is_stranger(const struct item *it, const char *text, int own)
{
    for (int i = 0; i < it->acts; i++)
        if (i != own && text_likeness(it->act[i].text, text) > LIKE_STRANGER)
            return false;
    return true;
}

/* A training gives place to one for the same people, about the same thing, in another form. */
static bool replace_training(struct rng *r, struct pool *pool, struct item *it, int n)
{
    struct act *a = &it->act[n];
    const char *who = word_pick(r, &TRAINEES);
    const char *lesson = word_pick(r, &LESSONS);

    if (a->plan.kind != AMOUNT_COUNT)
        return false;
    a->text = pool_fmt(pool, "%s%sの基礎を学ぶ研修会の開催", who, lesson);
    a->done_text = pool_fmt(pool, "%s%sの基礎を学ぶ%sの開催", who, lesson,
                            rng_chance(r, 50) ? "演習" : "見学会");
    return text_likeness(a->text, a->done_text) >= LIKE_REPLACED && is_stranger(it, a->text, n)
           && is_stranger(it, a->done_text, n);
}

static void set_fate(struct rng *r, struct pool *pool, struct item *it, int n)
{
    struct act *a = &it->act[n], before = *a;
    int what = rng_below(r, 100);

    a->fate = FATE_SAME;
    if (what < 6) {
        a->fate = FATE_MISSING;
    } else if (what < 10) {
        a->fate = FATE_REPLACED;
        if (!replace_training(r, pool, it, n))
            *a = before;
    } else if (a->plan.kind == AMOUNT_COUNT && what < 20 && a->plan.value > 2) {
        a->fate = FATE_FEWER;
        a->done.value = rng_range(r, 1, a->plan.value - 1);
    } else if (a->plan.kind == AMOUNT_COUNT && what < 24) {
        a->fate = FATE_OTHER_UNIT;
        a->done.unit = strcmp(a->plan.unit, "地域") == 0 ? "回" : "地域";
        a->done.value = rng_range(r, 1, 30);
        a->done.lead = "";
    } else if (a->plan.kind == AMOUNT_COUNT && what < 28) {
        a->fate = FATE_NO_COUNT;
        a->done = (struct amount){ .kind = AMOUNT_NONE, .lead = "", .unit = "" };
    } else if (a->plan.kind == AMOUNT_COUNT && what < 38 && strcmp(a->plan.unit, "%") != 0) {
        a->done.value += rng_range(r, 1, 5); /* more than planned */
    } else if (a->plan.kind != AMOUNT_COUNT && what < 25) {
        a->done = (struct amount){ AMOUNT_COUNT, rng_range(r, 1, 400), "件", "", false };
    }
    a->done.at_least = false;
}

/* A missing activity and a report of something new must be unlike each other, else a reader
 * could take one for the other's replacement. */
static void keep_missing_apart(struct item *it)
{
    for (int i = 0; i < it->acts; i++) {
        struct act *a = &it->act[i];

        if (a->fate != FATE_MISSING)
            continue;
        for (int j = 0; j < it->acts; j++)
            if (j != i && it->act[j].fate == FATE_REPLACED
                && text_likeness(a->text, it->act[j].done_text) > LIKE_STRANGER)
                a->fate = FATE_SAME;
        for (int j = 0; j < it->extras; j++)
            if (text_likeness(a->text, it->extra[j].done_text) > LIKE_STRANGER)
                a->fate = FATE_SAME;
    }
}

static void build_extras(struct rng *r, struct item *it)
{
    int n = rng_chance(r, 22) ? rng_range(r, 1, 2) : 0, first = rng_below(r, EXTRAS.count);

    it->extras = 0;
    for (int k = 0; k < n; k++) {
        const char *text = EXTRAS.words[(first + k) % EXTRAS.count];
        struct act *a = &it->extra[it->extras];

        if (!is_stranger(it, text, -1))
            continue;
        *a = (struct act){ .done_text = text, .group = it->grouped ? it->outlines - 1 : -1 };
        a->done = invent_amount(r);
        a->done.at_least = false;
        it->extras++;
    }
}

/* Where a text is planned twice, both are done as planned: which of two equal lines a single
 * report belongs to, nobody could say. */
static void settle_twins(struct item *it)
{
    for (int i = 0; i < it->acts; i++) {
        struct act *a = &it->act[i];

        if (!has_twin(it, i))
            continue;
        a->fate = FATE_SAME;
        a->done = a->plan;
        a->done.at_least = false;
        a->done_text = a->text;
    }
}

static void plan_activity(struct rng *r, struct pool *pool, struct item *it, int group)
{
    struct act *a = &it->act[it->acts];
    const char *text;

    do {
        text = pool_fmt(pool, word_pick(r, &DOINGS), word_pick(r, &THINGS));
    } while (text_is_taken(it, text));
    if (group > 0 && rng_chance(r, 3) && !has_twin(it, 0))
        text = it->act[0].text; /* the same thing, under another heading */
    *a = (struct act){ .text = text, .done_text = text };
    a->group = it->grouped ? group : -1;
    a->plan = invent_amount(r);
    a->done = a->plan;
    it->acts++;
}

static void build_activities(struct rng *r, struct pool *pool, struct item *it, bool big)
{
    int groups = it->outlines;
    int per_group = groups > 1 ? rng_range(r, 1, 4) : rng_range(r, 2, big ? MAX_ACTIVITIES : 9);

    it->acts = 0;
    for (int g = 0; g < groups; g++)
        for (int k = 0; k < per_group && it->acts < MAX_ACTIVITIES; k++)
            plan_activity(r, pool, it, g);
    for (int i = 0; i < it->acts; i++)
        set_fate(r, pool, it, i);
    settle_twins(it);
    for (int i = 0; i < it->acts; i++)
        if (it->act[i].fate != FATE_REPLACED && !has_twin(it, i) && rng_chance(r, 4))
            it->act[i].done_text = text_widened(pool, it->act[i].text);
    build_extras(r, it);
    keep_missing_apart(it);
}

/* ---- reviews */

static const char *sentences(struct rng *r, struct pool *pool)
{
    const char *cause = word_pick(r, &CAUSES), *remedy = word_pick(r, &REMEDIES);

    return rng_chance(r, 30) ? remedy : pool_fmt(pool, "%s%s", cause, remedy);
}

static void build_midyear(struct rng *r, struct pool *pool, struct item *it)
{
    it->mid_acts = it->outlines > 1 && rng_chance(r, 60) ? it->outlines : 1;
    for (int i = 0; i < it->mid_acts; i++)
        it->mid_act[i] = it->lost_marks ? MARK_LOST : rng_chance(r, 80) ? MARK_OK : MARK_BAD;
    it->mid_goal = it->lost_marks ? MARK_LOST : rng_chance(r, 75) ? MARK_OK : MARK_BAD;
    it->mid_improvement =
        rng_chance(r, it->mid_goal == MARK_BAD ? 80 : 20) ? sentences(r, pool) : "";
    if (it->lost_marks || !rng_chance(r, 5))
        return;
    for (int i = 0; i < it->mid_acts; i++)
        it->mid_act[i] = MARK_BLANK; /* the review was never filled in */
    it->mid_goal = MARK_BLANK;
    it->mid_improvement = "";
}

static void build_evaluation(struct rng *r, struct pool *pool, struct item *it)
{
    enum verdict v = ind_verdict(&it->ind[0]);
    bool met = v == V_MET || (v != V_NOT_MET && rng_chance(r, 60));

    it->mark = it->lost_marks ? MARK_LOST : met ? MARK_OK : MARK_BAD;
    if (!it->lost_marks && rng_chance(r, 8))
        it->mark = met ? MARK_BAD : MARK_OK; /* against the numbers */
    if (!it->lost_marks && rng_chance(r, 5))
        it->mark = MARK_BLANK;
    it->improvement = rng_chance(r, met ? 35 : 75) ? sentences(r, pool) : "";
    for (int i = 0; i < it->acts && *it->improvement; i++) {
        struct act *a = &it->act[i];

        it->mentions[i] =
            (a->fate == FATE_FEWER || a->fate == FATE_MISSING) && rng_chance(r, 30);
        if (it->mentions[i])
            it->improvement = pool_fmt(pool, "%s%sについては、会場の都合により予定を下回った。",
                                       it->improvement, a->text);
    }
}

static void build_head(struct rng *r, struct pool *pool, struct item *it)
{
    int first = rng_below(r, GROUPS.count);

    it->title = pool_fmt(pool, word_pick(r, &TITLES), word_pick(r, &TOPICS));
    it->purpose = pool_fmt(pool, word_pick(r, &PURPOSES), word_pick(r, &TOPICS));
    it->outlines = rng_chance(r, 45) ? 1 : rng_range(r, 2, MAX_GROUPS);
    it->grouped = it->outlines > 1 || rng_chance(r, 20);
    for (int i = 0; i < it->outlines; i++) {
        it->heading[i] = GROUPS.words[(first + i) % GROUPS.count];
        it->outline[i] = it->outlines > 1 ? it->heading[i] : word_pick(r, &OUTLINES);
    }
}

void doc_build(struct rng *r, struct pool *pool, int index, const struct wish *wish,
               struct doc *out)
{
    int ward = index / 8, heads = WARD_HEADS.count, marks = rng_below(r, 3);

    memset(out, 0, sizeof *out);
    pool->used = 0;
    out->ward = pool_fmt(pool, "%s%s", WARD_HEADS.words[ward % heads],
                         WARD_TAILS.words[ward / heads % WARD_TAILS.count]);
    out->year = 2018 + index % 8;
    out->headed = !rng_chance(r, wish->unheaded_pct);
    out->items = wish->big ? rng_range(r, 6, MAX_ITEMS) : rng_range(r, 2, 6);
    for (int i = 0; i < out->items; i++) {
        struct item *it = &out->item[i];

        it->number = i + 1;
        it->lost_marks = marks == 0 || (marks == 1 && rng_chance(r, 40));
        build_head(r, pool, it);
        build_indicators(r, pool, out, it, wish->big);
        build_activities(r, pool, it, wish->big);
        build_midyear(r, pool, it);
        build_evaluation(r, pool, it);
    }
}
