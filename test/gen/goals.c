/* One goal, one result, one quantity, in any spelling that published plans use for them. */
#include "pen.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

/* ---- the pen */

void pen_put(struct pen *p, const char *s)
{
    for (; *s; s++) {
        if (*s == '\n') {
            p->line++;
            buf_text(p->out, p->crlf ? "\r\n" : "\n");
        } else {
            buf_bytes(p->out, s, 1);
        }
    }
}

void pen_text(struct pen *p, const char *s)
{
    if (!p->escaped) {
        pen_put(p, s);
        return;
    }
    for (; *s; s++) {
        if (*s == '&')
            pen_put(p, "&amp;");
        else if (*s == '<')
            pen_put(p, "&lt;");
        else if (*s == '>')
            pen_put(p, "&gt;");
        else
            buf_bytes(p->out, s, 1);
    }
}

void pen_blank(struct pen *p)
{
    static const char *const plain[] = { " ", " ", " ", " ", "　", "  " };
    static const char *const entity[] = { "&nbsp;", "&#12288;", "&#x3000;" };

    if (p->escaped && rng_chance(p->r, 4))
        pen_put(p, entity[rng_below(p->r, 3)]);
    else
        pen_put(p, plain[rng_below(p->r, 6)]);
}

void pen_gap(struct pen *p)
{
    if (rng_chance(p->r, 50))
        pen_blank(p);
}

bool pen_open(struct pen *p)
{
    bool wide = rng_chance(p->r, p->wide_brackets);

    pen_put(p, wide ? "（" : "(");
    return wide;
}

void pen_close(struct pen *p, bool wide)
{
    pen_put(p, wide ? "）" : ")");
}

/* ---- years and numbers */

static const char *const WIDE[] = {
    "０", "１", "２", "３", "４", "５", "６", "７", "８", "９"
};

static void put_digits(struct pen *p, const char *s, bool wide)
{
    for (; *s; s++) {
        if (wide && *s >= '0' && *s <= '9')
            pen_put(p, WIDE[*s - '0']);
        else if (wide && *s == '.')
            pen_put(p, "．");
        else if (wide && *s == ',')
            pen_put(p, "，");
        else
            buf_bytes(p->out, s, 1);
    }
}

enum era { ERA_SHORT, ERA_FULL, ERA_LATIN, ERA_WESTERN, ERA_COUNT };

/* 元年度, 令和元年度, R1, 2019年度; with `full` never a spelling that needs context. */
void year_text(struct pen *p, int year, bool full, char out[32])
{
    enum era era = (enum era)(rng_chance(p->r, 80) ? p->era : rng_below(p->r, ERA_COUNT));
    bool reiwa = year >= 2019
                 && !(year == 2019 && p->plan_year == 2019 && p->era == ERA_FULL
                      && p->wide_brackets == 30); /* 平成31年度, throughout */
    int n = reiwa ? year - 2018 : year - 1988;
    char digits[16];

    if (full && era != ERA_WESTERN)
        era = ERA_FULL;
    snprintf(digits, sizeof digits, "%d", n);
    if (reiwa && n == 1 && era != ERA_LATIN)
        snprintf(digits, sizeof digits, "元");
    if (era == ERA_WESTERN)
        snprintf(out, 32, "%d年度", year);
    else if (era == ERA_LATIN)
        snprintf(out, 32, "%c%s%s", reiwa ? 'R' : 'H', digits,
                 rng_chance(p->r, 50) ? "年度" : "");
    else
        snprintf(out, 32, "%s%s年度", era == ERA_SHORT ? "" : reiwa ? "令和" : "平成", digits);
}

/* True when a number must not follow the year at once: R5 40% and not R540%. */
static bool put_year(struct pen *p, int year, bool full)
{
    char t[32];

    year_text(p, year, full, t);
    put_digits(p, t, rng_chance(p->r, p->wide_digits));
    return t[strlen(t) - 1] >= '0' && t[strlen(t) - 1] <= '9';
}

/* 1200 -> 1,200, when the number is whole and long enough. */
static void separate(char t[40])
{
    size_t n = strlen(t);

    if (strchr(t, '.'))
        return;
    for (size_t end = n; end > 3; end -= 3) {
        memmove(t + end - 2, t + end - 3, n - (end - 3) + 1);
        t[end - 3] = ',';
        n++;
    }
}

/* Digits that are no number: 45..9, 1,2. */
static void spoil(char t[40], enum flaw flaw)
{
    char *point = strchr(t, '.');
    size_t n = strlen(t);

    if (flaw == FLAW_SEPARATOR && !point && n >= 2 && n < 4) {
        memmove(t + 2, t + 1, n);
        t[1] = ',';
    } else if (point) {
        memmove(point + 1, point, n - (size_t)(point - t) + 1);
    } else {
        memcpy(t + n, "..0", 4);
    }
}

static void put_number(struct pen *p, struct num n, const char *unit, enum flaw flaw)
{
    char t[40];

    num_text(n, t);
    if (flaw)
        spoil(t, flaw);
    else if (rng_chance(p->r, 60))
        separate(t);
    put_digits(p, t, rng_chance(p->r, p->wide_digits));
    pen_put(p, strcmp(unit, "%") == 0 ? p->percent : unit);
}

static void put_stars(struct pen *p, struct num n)
{
    for (long i = 0; i < n.v; i++)
        pen_put(p, "☆");
}

/* ---- goals */

static void put_target(struct pen *p, const struct ind *i)
{
    if (i->kind == GOAL_LOST) {
        pen_put(p, "以上");
    } else if (i->kind == GOAL_STARS) {
        put_stars(p, i->target);
        pen_put(p, "以上");
    } else {
        put_number(p, i->target, i->unit, i->target_flaw);
        pen_put(p, i->kind == GOAL_GE ? "以上" : i->kind == GOAL_LE ? "以下" : "");
    }
}

/* (29年度14.4%), (29年度実績:63.6%), (30年度実績: ) */
static void put_baseline(struct pen *p, const struct ind *i)
{
    static const char *const ties[] = { "実績:", "実績：", "実績:", "実績", " ", "", "実績 " };
    bool wide = pen_open(p), needs_tie = put_year(p, i->base_year, false);
    int tie = rng_below(p->r, 7);

    pen_put(p, ties[needs_tie && tie == 5 ? 4 : tie]);
    if (i->kind == GOAL_LOST)
        pen_put(p, " ");
    else if (i->kind == GOAL_STARS)
        put_stars(p, i->base);
    else
        put_number(p, i->base, i->base_unit, i->base_flaw);
    pen_close(p, wide);
}

static void put_aimed(struct pen *p, const struct ind *i)
{
    bool wide = pen_open(p);

    pen_put(p, strcmp(i->unit, "件") == 0 ? "目標活用件数" : "目標値");
    pen_blank(p);
    put_number(p, i->target, i->unit, FLAW_NONE);
    pen_close(p, wide);
}

static void put_rate_goal(struct pen *p, struct ind *i)
{
    put_year(p, i->target_year, true);
    pen_text(p, i->name);
    pen_blank(p);
    put_target(p, i);
    pen_blank(p);
    pen_put(p, "参考");
    pen_gap(p);
    put_year(p, i->base_year, true);
    pen_put(p, "実績");
    put_number(p, i->base, i->base_unit, FLAW_NONE);
}

static const char *target_words(struct pen *p, const struct ind *i)
{
    return word_pick(p->r, i->kind == GOAL_ZERO ? &ZEROS : &VAGUES);
}

void goal_write(struct pen *p, struct ind *i)
{
    bool words = i->kind == GOAL_ZERO || i->kind == GOAL_VAGUE;
    bool inside = !words && (i->aimed_count || rng_chance(p->r, 25));

    i->line = p->line;
    if (i->is_rate) {
        put_rate_goal(p, i);
        return;
    }
    if (i->kind != GOAL_GT) {
        pen_text(p, i->name);
        pen_gap(p);
    }
    pen_put(p, "【");
    put_year(p, i->target_year, false);
    if (inside && i->kind != GOAL_GT) {
        pen_blank(p);
        put_target(p, i);
    }
    pen_put(p, "】");
    if (!inside || i->kind == GOAL_GT)
        pen_gap(p);
    if (i->kind == GOAL_GT)
        pen_text(p, i->name);
    else if (words)
        pen_put(p, target_words(p, i));
    else if (!inside)
        put_target(p, i);
    if (i->has_base || i->kind == GOAL_LOST) {
        pen_gap(p);
        put_baseline(p, i);
    } else if (i->aimed_count) {
        put_aimed(p, i);
    }
}

/* ---- results and quantities */

static void put_score(struct pen *p, const struct ind *i)
{
    bool wide = pen_open(p);

    pen_put(p, "評価点");
    put_number(p, i->score_only ? i->actual : (struct num){ 20 + i->actual.v * 5, 1 }, "",
               FLAW_NONE);
    pen_close(p, wide);
}

static void put_increase(struct pen *p, const struct ind *i, struct num by)
{
    static const char *const plus[] = { "+ ", "+", "＋" };
    static const char *const minus[] = { "△", "▲", "- " };
    bool wide = pen_open(p);

    put_year(p, i->base_year, false);
    pen_put(p, "比較 ");
    pen_put(p, i->decreased ? minus[rng_below(p->r, 3)] : plus[rng_below(p->r, 3)]);
    put_number(p, by, i->unit, FLAW_NONE);
    pen_close(p, wide);
}

void result_write(struct pen *p, const struct ind *i)
{
    if (i->is_rate && rng_chance(p->r, 75))
        put_year(p, i->target_year, true);
    pen_text(p, i->result_name);
    if (!i->has_actual) {
        pen_put(p, rng_chance(p->r, 50) ? " －" : " -"); /* nothing to report yet */
        return;
    }
    if (i->kind == GOAL_GT) {
        put_increase(p, i, i->actual);
        if (!i->more.v)
            return;
        pen_put(p, p->gap);
        pen_put(p, "・");
        pen_text(p, i->more_name);
        put_increase(p, i, i->more);
        return;
    }
    if (rng_chance(p->r, 30))
        pen_put(p, rng_chance(p->r, 50) ? ":" : "：");
    else
        pen_blank(p);
    if (i->score_only) {
        put_score(p, i);
    } else if (i->kind == GOAL_STARS) {
        put_stars(p, i->actual);
        if (rng_chance(p->r, 50))
            put_score(p, i);
    } else {
        put_number(p, i->actual, i->unit, i->actual_flaw);
    }
}

void amount_write_brackets(struct pen *p, const struct amount *a)
{
    bool wide;

    if (a->kind == AMOUNT_NONE)
        return;
    if (rng_chance(p->r, 25))
        pen_blank(p);
    wide = pen_open(p);
    if (a->kind == AMOUNT_AS_NEEDED) {
        pen_put(p, "随時");
    } else {
        pen_put(p, a->lead);
        put_number(p, (struct num){ a->value, 0 }, a->unit, FLAW_NONE);
        pen_put(p, a->at_least ? "以上" : "");
    }
    pen_close(p, wide);
}
