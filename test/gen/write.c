/* An invented year in the published layouts: the two that real documents mix, with what
 * happens to them on the way (lost marks, wrapped cells, stray blanks). Rows, cells and labels
 * are written here, goals and numbers in goals.c. */
#include "pen.h"

#include <stdio.h>
#include <string.h>

static bool html(const struct pen *p)
{
    return p->layout == LAYOUT_HTML;
}

static const char *const CIRCLED[] = { "①", "②", "③", "④" };

/* How one initiative is laid out. */
struct look {
    bool circled;     /* ① before an outline entry and its activities */
    bool own_rows;    /* labels in a row of their own above the cells, as with markup */
    int review;       /* 0..2 with own rows: which of the known arrangements */
    const char *pgap; /* between </p> and <p> */
};

/* ---- pieces */

static void put_paragraph_end(struct pen *p, const struct look *k, bool last)
{
    if (p->markup)
        pen_put(p, "</p>");
    if (!last)
        pen_put(p, p->markup ? k->pgap : p->gap);
}

static void put_paragraph(struct pen *p)
{
    if (p->markup)
        pen_put(p, "<p>");
}

/* (目標) in half or full width, then a blank or nothing. */
static void put_label(struct pen *p, const char *label)
{
    bool wide = pen_open(p);

    pen_put(p, label);
    pen_close(p, wide);
    if (rng_chance(p->r, 80))
        pen_blank(p);
}

/* The signs of the marks. Where they are numbers, only the legend says which is which. */
static const struct scale {
    const char *act_ok, *act_bad; /* in the outlook of activities */
    const char *ok, *bad;         /* in the outlook of the goal and in the evaluation */
    bool numbered;
} SCALES[] = {
    { "○", "×", "○", "×", false },
    { "〇", "×", "〇", "×", false }, /* the zero that many type for the circle */
    { "ⅰ", "ⅱ", "①", "②", true },
    { "i", "ii", "①", "②", true },
};

static const struct scale *scale_of(const struct pen *p)
{
    return &SCALES[p->scale];
}

static void put_mandatory(struct pen *p, const struct item *it)
{
    pen_put(p, "左記が「");
    pen_put(p, it->lost_marks ? " " : scale_of(p)->bad);
    pen_put(p, "」の場合は必須");
}

/* A text, in a paragraph where the cell is markup; an empty one may be a dash. */
static void put_improvement(struct pen *p, const char *text)
{
    static const char *const dashes[] = { "-", "－", "―" };
    bool paragraph = p->markup && *text && rng_chance(p->r, 80), many = rng_chance(p->r, 30);

    if (!*text && rng_chance(p->r, 8)) {
        pen_put(p, dashes[rng_below(p->r, 3)]);
        return;
    }
    if (!paragraph) {
        pen_text(p, text);
        return;
    }
    while (*text) { /* one paragraph, or one for each sentence */
        const char *stop = many ? strstr(text, "。") : NULL;
        char sentence[2048];

        snprintf(sentence, sizeof sentence, "%.*s", stop ? (int)(stop - text) + 3 : 2047, text);
        text += strlen(sentence);
        pen_put(p, "<p>");
        pen_text(p, sentence);
        pen_put(p, *text ? "</p> " : "</p>");
    }
}

static const char *sign(struct pen *p, enum mark m, bool of_activities)
{
    const struct scale *k = scale_of(p);

    if (m == MARK_BAD)
        return of_activities ? k->act_bad : k->bad;
    if (m == MARK_OK)
        return of_activities ? k->act_ok : k->ok;
    return " ";
}

/* ○ ○:目標達成 ×:目標未達成; what was lost leaves its colon. */
static void put_outcome(struct pen *p, struct item *it, enum mark m, const char *ok,
                        const char *bad)
{
    bool filled = m == MARK_OK || m == MARK_BAD, legend = m != MARK_LOST;
    char t[160];

    if (filled) {
        bool brackets = rng_chance(p->r, 25);

        legend = scale_of(p)->numbered || !rng_chance(p->r, 10);
        it->legend_lost = it->legend_lost || !legend;
        snprintf(t, sizeof t, brackets ? "(%s) " : "%s ", sign(p, m, false));
        pen_put(p, t);
    }
    if (legend)
        snprintf(t, sizeof t, "%s:%s %s:%s", scale_of(p)->ok, ok, scale_of(p)->bad, bad);
    else
        snprintf(t, sizeof t, ":%s %s%s", ok, rng_chance(p->r, 50) ? ":" : "", bad);
    pen_put(p, t);
}

static void put_outlook_legend(struct pen *p, bool lost, bool brackets)
{
    const struct scale *k = scale_of(p);
    char t[160];

    if (lost)
        snprintf(t, sizeof t, " ( )実施見込み ( )実施できない見込み");
    else if (brackets)
        snprintf(t, sizeof t, " (%s)実施見込み (%s)実施できない見込み", k->act_ok, k->act_bad);
    else
        snprintf(t, sizeof t, " %s:実施見込み %s:実施できない見込み", k->act_ok, k->act_bad);
    pen_put(p, t);
}

static void put_outlook(struct pen *p, const struct item *it, const struct look *k)
{
    bool lost = it->mid_act[0] == MARK_LOST, many = it->mid_acts > 1;
    bool filled = it->mid_act[0] == MARK_OK || it->mid_act[0] == MARK_BAD;
    bool numbered = scale_of(p)->numbered;
    bool bare = filled && !numbered && (!many || k->circled) && rng_chance(p->r, 15);

    for (int i = 0; i < it->mid_acts; i++) {
        bool wide;

        pen_put(p, i ? " " : "");
        if (many && k->circled && !lost)
            pen_put(p, CIRCLED[i]);
        if (bare) {
            pen_put(p, sign(p, it->mid_act[i], true));
            continue;
        }
        wide = pen_open(p);
        pen_put(p, sign(p, it->mid_act[i], true));
        pen_close(p, wide);
    }
    if (many && (lost || !numbered) && rng_chance(p->r, 50))
        return; /* several marks, and no room for the legend */
    put_outlook_legend(p, lost, !bare && rng_chance(p->r, 80));
}

/* ---- cells */

static void put_outline(struct pen *p, const struct item *it, const struct look *k)
{
    for (int i = 0; i < it->outlines; i++) {
        if (i)
            pen_put(p, p->gap);
        if (k->circled && it->grouped)
            pen_put(p, CIRCLED[i]);
        pen_text(p, it->outline[i]);
    }
}

static void put_other_label(struct pen *p)
{
    static const char *const names[] = { "その他市政改革プラン2.0(区政編)に関する目標",
                                         "その他区政推進プランに関する目標", "その他の目標" };
    const char *name = names[rng_below(p->r, 3)];
    bool wide = rng_chance(p->r, 20);

    if (p->escaped && !wide)
        pen_text(p, "<");
    else
        pen_put(p, wide ? "＜" : "<");
    pen_put(p, name);
    if (p->escaped && !wide)
        pen_text(p, ">");
    else
        pen_put(p, wide ? "＞" : ">");
    pen_put(p, p->gap);
}

static void put_plan_cell(struct pen *p, struct item *it, const struct look *k)
{
    put_paragraph(p);
    put_label(p, "趣旨・目的");
    pen_text(p, it->purpose);
    put_paragraph_end(p, k, false);
    put_paragraph(p);
    put_label(p, "取組の概要");
    put_outline(p, it, k);
    put_paragraph_end(p, k, false);
    put_paragraph(p);
    put_label(p, "目標");
    pen_put(p, rng_chance(p->r, 40) ? "・" : "");
    goal_write(p, &it->ind[0]);
    put_paragraph_end(p, k, it->inds == 1);
    if (it->inds == 1)
        return;
    put_paragraph(p);
    put_other_label(p);
    for (int i = 1; i < it->inds; i++) {
        pen_put(p, i > 1 ? p->gap : "");
        pen_put(p, "・");
        goal_write(p, &it->ind[i]);
    }
    put_paragraph_end(p, k, true);
}

/* Begins the group `g` when it has a name; says whether the next entry is the first after a
 * label or a heading that already ends with a blank. */
static void put_group(struct pen *p, const struct item *it, const struct look *k, int g)
{
    if (g < 0)
        return;
    if (k->circled && it->outlines > 1)
        pen_put(p, CIRCLED[g]);
    pen_text(p, it->heading[g]);
    pen_put(p, p->gap);
}

static void put_entry(struct pen *p, struct act *a, bool reported)
{
    pen_put(p, "・");
    if (!reported)
        a->line = p->line;
    pen_text(p, reported ? a->done_text : a->text);
    amount_write_brackets(p, reported ? &a->done : &a->plan);
}

static void put_activities(struct pen *p, struct item *it, const struct look *k)
{
    put_paragraph(p);
    put_label(p, rng_chance(p->r, 50) ? "取組内容" : "取組の内容");
    for (int i = 0; i < it->acts; i++) {
        bool first = i == 0 || it->act[i].group != it->act[i - 1].group;

        if (i && first) {
            put_paragraph_end(p, k, false);
            put_paragraph(p);
        } else if (i) {
            pen_put(p, p->gap);
        }
        if (first)
            put_group(p, it, k, it->act[i].group);
        put_entry(p, &it->act[i], false);
    }
    put_paragraph_end(p, k, true);
}

/* The reports in the order in which they will stand: planned ones that happened, then the
 * unplanned. Within a group the order may differ from the plan's. */
static int order_reports(struct pen *p, struct item *it, struct act *order[])
{
    int n = 0;
    bool shuffled = rng_chance(p->r, 20);

    for (int i = 0; i < it->acts; i++)
        if (it->act[i].fate != FATE_MISSING)
            order[n++] = &it->act[i];
    for (int i = 0; i + 1 < n && shuffled; i++) {
        struct act *a = order[i];

        if (a->group == order[i + 1]->group && rng_chance(p->r, 60)) {
            order[i] = order[i + 1];
            order[i + 1] = a;
        }
    }
    for (int i = 0; i < it->extras; i++)
        order[n++] = &it->extra[i];
    return n;
}

static void put_reported(struct pen *p, struct item *it, const struct look *k)
{
    struct act *order[MAX_ACTIVITIES + MAX_EXTRA];
    int n = order_reports(p, it, order);
    bool flat = rng_chance(p->r, 8); /* reported without the headings of the plan */

    put_paragraph(p);
    put_label(p, "取組実績");
    for (int i = 0; i < n; i++) {
        bool first = !flat && (i == 0 || order[i]->group != order[i - 1]->group);

        if (i && first) {
            put_paragraph_end(p, k, false);
            put_paragraph(p);
        } else if (i) {
            pen_put(p, p->gap);
        }
        if (first)
            put_group(p, it, k, order[i]->group);
        put_entry(p, order[i], true);
    }
    put_paragraph_end(p, k, false);
}

static void put_results(struct pen *p, struct item *it, const struct look *k, bool last)
{
    const struct ind *order[MAX_INDICATORS];
    int n = 0;

    for (int i = 0; i < it->inds; i++)
        if (it->ind[i].has_actual
            || (it->ind[i].kind != GOAL_GT && !it->ind[i].is_rate && rng_chance(p->r, 6)))
            order[n++] = &it->ind[i];
    for (int i = n - 1; i > 0 && rng_chance(p->r, 25); i--) {
        int j = rng_below(p->r, i + 1);
        const struct ind *t = order[i];

        order[i] = order[j];
        order[j] = t;
    }
    put_paragraph(p);
    put_label(p, "目標の達成状況");
    for (int i = 0; i < n; i++) {
        pen_put(p, i ? p->gap : "");
        pen_put(p, n > 1 || rng_chance(p->r, 50) ? "・" : "");
        result_write(p, order[i]);
    }
    put_paragraph_end(p, k, last);
}

/* ---- rows: in text a tab parts cells and a line end parts rows; a page has a table a block */

static void begin_block(struct pen *p)
{
    pen_put(p, html(p) ? "<table>\n<tr><td>" : "");
}

static void next_cell(struct pen *p)
{
    static const char *const tabs[] = { " \t", "\t ", "\t　" };

    if (p->layout == LAYOUT_LINES) {
        pen_put(p, p->out->p[p->out->n - 1] == '\n' ? "" : "\n");
        return;
    }
    pen_put(p, html(p) ? "</td><td>" : rng_chance(p->r, 96) ? "\t" : tabs[rng_below(p->r, 3)]);
}

static void next_row(struct pen *p)
{
    pen_put(p, html(p) ? "</td></tr>\n<tr><td>" : "\n");
}

static void end_block(struct pen *p)
{
    pen_put(p, html(p) ? "</td></tr>\n</table>\n" : "\n\n");
}

static void put_cell(struct pen *p, const char *s)
{
    pen_put(p, s);
    next_cell(p);
}

static void put_plan_rows(struct pen *p, struct item *it, const struct look *k)
{
    begin_block(p);
    if (k->own_rows) {
        put_cell(p, "取組の方針・目標内容");
        pen_put(p, rng_chance(p->r, 8) && !html(p) ? "当年度の取組内容\t" : "当年度の取組内容");
        next_row(p);
        put_plan_cell(p, it, k);
        next_cell(p);
        put_activities(p, it, k);
        end_block(p);
        return;
    }
    put_cell(p, "計画");
    pen_put(p, "取組の方針・目標内容 ");
    put_plan_cell(p, it, k);
    next_cell(p);
    pen_put(p, "当年度の取組内容 ");
    put_activities(p, it, k);
    if (p->layout == LAYOUT_TABS && rng_chance(p->r, 80))
        pen_put(p, "\n----\t--\t---");
    end_block(p);
}

/* The three arrangements with labels in cells of their own. */
static void put_midyear_own(struct pen *p, struct item *it, const struct look *k)
{
    bool below = rng_chance(p->r, 50);

    put_cell(p, "中間振り返り");
    put_cell(p, "取組内容の実施見込み");
    if (k->review == 2) {
        pen_put(p, "課題と改善策");
        next_row(p);
        put_cell(p, "取組内容の実施見込み");
    }
    put_outlook(p, it, k);
    next_cell(p);
    if (k->review < 2)
        pen_put(p, "課題と改善策");
    if (k->review == 0)
        pen_put(p, " ");
    if (k->review == 1)
        next_cell(p);
    put_mandatory(p, it);
    if (!below && *it->mid_improvement) {
        pen_put(p, " ");
        pen_text(p, it->mid_improvement);
    }
    next_row(p);
    if (k->review == 0)
        next_cell(p);
    put_cell(p, "目標の達成見込み");
    put_outcome(p, it, it->mid_goal, "達成見込み", "達成できない見込み");
    next_cell(p);
    if (below || !*it->mid_improvement)
        put_improvement(p, it->mid_improvement);
    if (k->review == 1) {
        next_cell(p);
        next_cell(p);
    }
}

static void put_midyear(struct pen *p, struct item *it, const struct look *k)
{
    begin_block(p);
    if (k->own_rows) {
        put_midyear_own(p, it, k);
        end_block(p);
        return;
    }
    put_cell(p, "中間振り返り");
    pen_put(p, "取組内容の実施見込み ");
    put_outlook(p, it, k);
    next_cell(p);
    pen_put(p, "課題と改善策 ");
    put_mandatory(p, it);
    pen_put(p, " ");
    put_improvement(p, it->mid_improvement);
    next_row(p);
    next_cell(p);
    pen_put(p, "目標の達成見込み ");
    put_outcome(p, it, it->mid_goal, "達成見込み", "達成できない見込み");
    next_cell(p);
    end_block(p);
}

static void put_mark(struct pen *p, struct item *it)
{
    put_outcome(p, it, it->mark, "目標達成", "目標未達成");
}

/* The reports, the results and, set to the right in the same cell, the mark. */
static void put_achieved_cell(struct pen *p, struct item *it, const struct look *k, bool mark)
{
    static const char *const right[] = { "<p style=\"text-align: right;\">",
                                         "<p style=\"text-align:right\">",
                                         "<p align=\"right\">" };

    put_reported(p, it, k);
    put_results(p, it, k, !mark || !p->markup);
    if (!mark)
        return;
    pen_put(p, p->markup ? right[rng_chance(p->r, 80) ? 0 : rng_below(p->r, 3)] : " ");
    put_mark(p, it);
    pen_put(p, p->markup ? "</p>" : "");
}

static void put_evaluation_own(struct pen *p, struct item *it, const struct look *k)
{
    if (k->review != 1)
        put_cell(p, "自己評価");
    put_cell(p, "当年度の取組実績及び目標の達成状況");
    pen_put(p, "課題と改善策");
    if (k->review == 0)
        pen_put(p, " ");
    if (k->review == 1)
        next_cell(p);
    if (k->review < 2)
        put_mandatory(p, it);
    next_row(p);
    if (k->review == 2)
        put_cell(p, "自己評価");
    put_achieved_cell(p, it, k, k->review == 0);
    next_cell(p);
    if (k->review == 2) {
        pen_put(p, p->markup ? "<p>課題と改善策 " : "課題と改善策 ");
        put_mandatory(p, it);
        pen_put(p, p->markup ? "</p> " : " ");
    }
    put_improvement(p, it->improvement);
    if (k->review == 0) {
        next_cell(p);
        return;
    }
    if (k->review == 1)
        next_cell(p);
    next_row(p);
    if (k->review == 1)
        put_cell(p, "自己評価");
    next_cell(p);
    put_mark(p, it);
    if (k->review == 2)
        next_cell(p);
}

static void put_evaluation(struct pen *p, struct item *it, const struct look *k)
{
    begin_block(p);
    if (k->own_rows) {
        put_evaluation_own(p, it, k);
        end_block(p);
        return;
    }
    put_cell(p, "自己評価");
    pen_put(p, "当年度の取組実績及び目標の達成状況 ");
    put_achieved_cell(p, it, k, false);
    next_cell(p);
    pen_put(p, "課題と改善策 ");
    put_mandatory(p, it);
    pen_put(p, " ");
    put_improvement(p, it->improvement);
    next_row(p);
    next_cell(p);
    put_mark(p, it);
    next_cell(p);
    end_block(p);
}

/* ---- the document */

/* What parts the entries of a list, and paragraphs. A cell may go on in the next line, in text
 * even after an empty one. */
static void choose_gaps(struct pen *p, struct look *k)
{
    static const char *const breaks[] = { "<br>", "<br />", "<br/>\n" };
    static const char *const plain[] = { "　", "  ", "\n", "\n", "\n\n" };
    static const char *const between[] = { " ", " ", " ", "", "\n", "\n\n" };

    p->gap = " ";
    if (rng_chance(p->r, 30))
        p->gap = p->escaped ? breaks[rng_below(p->r, 3)] : plain[rng_below(p->r, 5)];
    k->pgap = between[rng_below(p->r, 6)];
    if (p->markup && !html(p) && rng_chance(p->r, 10))
        p->gap = "\n";
}

/* The number and the title of an initiative. */
static void put_item_heading(struct pen *p, const struct item *it)
{
    static const char *const wide[] = { "０", "１", "２", "３", "４",
                                        "５", "６", "７", "８", "９" };
    char t[64];

    if (it->number < 10 && rng_chance(p->r, 15))
        snprintf(t, sizeof t, "取組項目%s%s", rng_chance(p->r, 50) ? "　" : "",
                 wide[it->number]);
    else
        snprintf(t, sizeof t, "取組項目%s%d", rng_chance(p->r, 40) ? " " : "", it->number);
    pen_put(p, html(p) ? "<h2>" : rng_chance(p->r, 4) ? "　" : "");
    pen_put(p, t);
    if (html(p)) {
        pen_put(p, "</h2>\n<h3>");
    } else {
        pen_put(p, rng_chance(p->r, 8) ? " \n" : "\n");
        pen_put(p, rng_chance(p->r, 90) ? "\n" : "");
    }
    pen_put(p, "【");
    if (html(p))
        pen_text(p, it->title);
    else
        pen_put(p, it->title); /* a heading is no cell: nothing is escaped */
    pen_put(p, html(p) ? "】</h3>\n" : "】\n\n");
}

static void put_item(struct pen *p, struct item *it)
{
    struct look k = { .review = rng_below(p->r, 3) };

    p->markup = p->layout != LAYOUT_LINES && rng_chance(p->r, 55);
    p->escaped = p->markup || html(p);
    k.own_rows = p->markup || (p->layout != LAYOUT_LINES && rng_chance(p->r, 15));
    k.circled = !it->lost_marks && rng_chance(p->r, 75);
    choose_gaps(p, &k);
    put_item_heading(p, it);
    put_plan_rows(p, it, &k);
    put_midyear(p, it, &k);
    put_evaluation(p, it, &k);
    if (!html(p) && rng_chance(p->r, 15))
        pen_put(p, "\n");
}

static const char PREAMBLE[] =
    "区の目標(何をめざすのか)\n・だれもが安心して暮らし、互いに支え合うまちをつくる。\n\n"
    "区の使命(どのような役割を担うのか)"
    "\n・身近な総合行政の窓口として、区民の声に耳を傾ける。\n\n";

static void put_heading(struct pen *p, const struct doc *d)
{
    const char *end = html(p) ? "</h1>\n" : "\n\n";
    char year[32];

    pen_put(p, html(p) ? "<!DOCTYPE html>\n<html lang=\"ja\">\n<head><meta charset=\"utf-8\">"
                         "<title>運営方針</title></head>\n<body>\n<h1>"
                       : "");
    if (!d->headed) {
        pen_put(p, "「市政改革プラン2.0」に基づく取組等");
        pen_put(p, end);
        return;
    }
    year_text(p, d->year, true, year);
    pen_put(p, year);
    pen_put(p, rng_chance(p->r, 80) ? " " : rng_chance(p->r, 50) ? "　" : "");
    pen_put(p, d->ward);
    pen_put(p, "運営方針");
    pen_put(p, end);
    if (!html(p) && rng_chance(p->r, 10))
        pen_put(p, PREAMBLE); /* what a whole plan has before the part that is read here */
    if (rng_chance(p->r, 70))
        pen_put(p, html(p) ? "<p>「区政推進プラン」に基づく取組等</p>\n"
                           : "「区政推進プラン」に基づく取組等\n\n");
}

void doc_write(struct rng *r, struct doc *d, enum layout layout, struct buf *out)
{
    static const int wide[] = { 0, 0, 0, 30, 100 };
    struct pen p = {
        .out = out, .r = r, .line = 1, .plan_year = d->year, .gap = " ", .layout = layout
    };

    p.crlf = rng_chance(r, 15);
    p.wide_digits = rng_chance(r, 70) ? 0 : wide[rng_below(r, 5)];
    p.wide_brackets = wide[rng_below(r, 5)];
    p.era = rng_below(r, 100) < 60 ? 0 : rng_below(r, 4);
    p.scale = rng_chance(r, 60) ? 0 : rng_below(r, 4);
    p.percent = rng_chance(r, 75) ? "%" : "％";
    if (rng_chance(r, 10))
        buf_text(out, "\xef\xbb\xbf");
    put_heading(&p, d);
    for (int i = 0; i < d->items; i++)
        put_item(&p, &d->item[i]);
    pen_put(&p, html(&p) ? "</body>\n</html>\n" : "");
}
