/* Documents in the published form, together with the truth about them. Written from the
 * contract (docs of `check --format json`), the table of rules and the form itself, and from
 * no parser: what the generator says is what a careful reader of its document would say.
 *
 *   build.c   invents a year of a ward            words.c   the vocabulary
 *   before.c  and the year before it
 *   write.c   writes it in a published layout     goals.c   the spellings of one goal
 *   expect.c  what the audit must find            truth.c   all of it as one JSON line
 *
 * Uses the C library only, so that an error of the program's own rooms cannot hide here. */
#ifndef MEGURI_GEN_H
#define MEGURI_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- util.c: chance, growing bytes, strings that live as long as a document */

struct rng {
    uint64_t state;
};
uint64_t rng_next(struct rng *r);
int rng_below(struct rng *r, int n);          /* 0..n-1 */
int rng_range(struct rng *r, int lo, int hi); /* lo..hi, both included */
bool rng_chance(struct rng *r, int percent);  /* true in so many of a hundred */

struct buf {
    char *p; /* always ends with a NUL */
    size_t n, cap;
};
void buf_bytes(struct buf *b, const char *p, size_t n);
void buf_text(struct buf *b, const char *s);
void buf_done(struct buf *b);

/* Strings of one document; emptied before the next. */
struct pool {
    char *mem;
    size_t used;
};
char *pool_fmt(struct pool *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The text with its ASCII letters and digits in full width. */
const char *text_widened(struct pool *p, const char *s);

/* Share of common character pairs (Dice), 0..100: how alike two texts are to the eye. */
int text_likeness(const char *a, const char *b);

/* ---- the invented year */

enum {
    MAX_ITEMS = 12,
    MAX_INDICATORS = 14,
    MAX_GROUPS = 4,
    MAX_ACTIVITIES = 20,
    MAX_EXTRA = 3
};

struct num {
    long v;  /* the value times 10^dec */
    int dec; /* digits behind the point */
};

enum goal_kind {
    GOAL_PLAIN, /* 40% */
    GOAL_GE,    /* 85%以上 */
    GOAL_LE,    /* 18分以下 */
    GOAL_ZERO,  /* 発生件数ゼロをめざす */
    GOAL_GT,    /* …の増 */
    GOAL_STARS, /* ☆☆☆以上 */
    GOAL_LOST,  /* 以上, its stars or number lost */
    GOAL_VAGUE  /* さらなる充実を図る */
};

enum flaw { FLAW_NONE, FLAW_TWO_POINTS, FLAW_SEPARATOR }; /* a number that can't be read */

struct ind {
    const char *name;
    const char *result_name; /* as the result names it; differs after a drift */
    enum goal_kind kind;
    bool is_rate;     /* 令和元年度収納率 86.20% 参考平成30年度実績85.96% */
    bool aimed_count; /* 【元年度 1件】(目標活用件数 1件) */
    bool has_base, has_actual;
    bool renamed;    /* ... and is another or narrower thing by it (C9) */
    bool score_only; /* stars: the result gives a score and no stars */
    enum flaw target_flaw, base_flaw, actual_flaw;
    const char *unit, *base_unit;
    struct num target, base, actual;
    bool decreased;        /* …の増: it became less: 30年度比較 △120千円 */
    const char *more_name; /* …の増: a second line of income that grew, by `more` */
    struct num more;
    int target_year, base_year;
    int line; /* where its name begins, set by the writer */
};

enum amount_kind { AMOUNT_NONE, AMOUNT_AS_NEEDED, AMOUNT_COUNT };

struct amount {
    enum amount_kind kind;
    int value;
    const char *unit;
    const char *lead; /* 広報紙 in (広報紙 12回), or "" */
    bool at_least;    /* 1回以上 */
};

enum fate {
    FATE_SAME,
    FATE_FEWER,
    FATE_OTHER_UNIT,
    FATE_NO_COUNT,
    FATE_REPLACED,
    FATE_MISSING
};

struct act {
    const char *text;
    int group; /* index of the heading it stands under, -1 = none */
    struct amount plan, done;
    enum fate fate;
    const char *done_text;
    int line;
};

enum mark { MARK_LOST, MARK_OK, MARK_BAD, MARK_BLANK }; /* BLANK: place and legend, no mark */

struct item {
    int number;
    const char *title, *purpose;
    const char *outline[MAX_GROUPS];
    int outlines;
    bool grouped;                    /* activities stand under headings */
    const char *heading[MAX_GROUPS]; /* the outline's entries, or a single one of its own */
    struct ind ind[MAX_INDICATORS];  /* the first is the main goal */
    int inds;
    struct act act[MAX_ACTIVITIES];
    int acts;
    struct act extra[MAX_EXTRA]; /* reported, not planned: done_text and done */
    int extras;
    bool lost_marks; /* every mark of the item was lost */
    enum mark mid_act[MAX_GROUPS];
    int mid_acts;
    enum mark mid_goal, mark;
    const char *mid_improvement, *improvement; /* "" = not written */
    bool mentions[MAX_ACTIVITIES];             /* the improvement names this shortfall */
    bool legend_lost; /* set by the writer: marks kept, those of a legend lost */
};

struct doc {
    const char *ward;
    int year;    /* western fiscal year */
    bool headed; /* the first heading names ward and year */
    struct item item[MAX_ITEMS];
    int items;
};

enum verdict { V_MET, V_NOT_MET, V_NOT_MEASURED, V_NOT_MEASURABLE, V_ANY };

/* ---- build.c: `index` chooses ward and year (20,000 of them differ), `r` all the rest */
struct wish {
    bool big;         /* many initiatives with many goals */
    int unheaded_pct; /* so many of a hundred documents do not name ward and year */
};
void doc_build(struct rng *r, struct pool *pool, int index, const struct wish *wish,
               struct doc *out);

/* The year before `now`, of the same ward: the same goals, aimed at and reached a year
 * earlier. Where `now` names last year's actual as its baseline, that is what was reached. */
void doc_previous(struct rng *r, const struct doc *now, struct doc *out);

/* ---- write.c: the document's bytes; sets the line of each indicator and activity */
enum layout {
    LAYOUT_TABS,  /* tab-separated rows, as published */
    LAYOUT_HTML,  /* a page with tables */
    LAYOUT_LINES, /* text taken out of a table by a tool: every cell in lines of its own */
};
void doc_write(struct rng *r, struct doc *d, enum layout layout, struct buf *out);

/* ---- expect.c, truth.c */
int num_compare(struct num a, struct num b);
enum verdict ind_verdict(const struct ind *i);
void num_text(struct num n, char out[32]); /* 1200, 86.20 */
/* `previous` NULL: the audit does not know it, and P7 and A3 say nothing. */
void findings_write(const struct doc *d, const struct doc *previous, struct buf *out);
void truth_write(const struct doc *d, const struct doc *previous, const char *file,
                 struct buf *out);

/* JSON of a string, in quotes; null for NULL and "". */
void json_text(struct buf *b, const char *s);

#endif
