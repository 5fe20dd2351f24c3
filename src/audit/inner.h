/* Shared inside the room: likeness of texts, the assignment, and what a rule sees and says. */
#ifndef MEGURI_AUDIT_INNER_H
#define MEGURI_AUDIT_INNER_H

#include "audit/audit.h"
#include "measure/measure.h"

/* ---- similar.c: how alike two short texts are ---- */

enum {
    SHAPE_CHARS = 240,    /* a text is compared by its first characters, up to this many */
    LIKENESS_SAME = 1000, /* likeness is in thousandths */
};

/* A text made ready for comparison, folded. */
struct shape {
    uint32_t *all;     /* its characters */
    uint32_t *telling; /* the same, 0 where a character tells nothing: kana of grammar, signs,
                          words like 実施 */
    uint64_t *pairs;   /* its pairs of neighbouring characters, sorted */
    uint32_t n, pair_count;
};
void shape_make(struct arena *a, str text, struct shape *out);

/* Dice's coefficient over the pairs: 0 nothing in common … LIKENESS_SAME. */
int32_t shape_likeness(const struct shape *a, const struct shape *b);

/* Length of the longest run of telling characters that both have; it starts at *start in a
 * (untouched when 0). */
uint32_t shape_common_run(const struct shape *a, const struct shape *b, uint32_t *start);

/* Kanji, katakana, latin letter or digit. */
bool text_is_telling(uint32_t c);

/* The next word of a text that says what it is about: a run of two or more telling
 * characters, without words like 実施 at its ends. False at the end. */
bool text_next_word(str *rest, str *word);

/* ---- assign.c ---- */

/* Pairs rows with columns, each at most once, so that the sum of gain[row * cols + col] is
 * largest; a gain of 0 pairs nothing. Gains are not negative. col_of_row[row] is -1 for none.
 */
void assign(struct arena *a, const int32_t *gain, uint32_t rows, uint32_t cols,
            int32_t *col_of_row);

/* ---- pair.c ---- */

/* Two lists of texts and who is paired with whom; -1 = nobody yet. An empty text pairs with
 * nothing. */
struct two_lists {
    const str *left, *right;
    uint32_t left_count, right_count;
    int32_t *right_of_left, *left_of_right;
    const str *left_group, *right_group; /* the headings the texts stand under; NULL = none */
};

/* Pairs free texts that are equal byte for byte: under the same heading first, then wherever
 * they stand, in their order. Linear. */
void pair_equal(struct arena *a, const struct two_lists *l);

/* Two free texts that might be paired. */
struct candidate {
    uint32_t i, j; /* indexes in their lists */
    const struct shape *left, *right;
};
/* What pairing them gains; 0 = must not be paired. */
typedef int32_t pair_gain(const void *context, const struct candidate *c);

/* Pairs the free texts that are left, as one assignment over all pairs. *cells is how many
 * pairs may still be compared in this document (LIMIT_PAIRING_CELLS at first); when it does not
 * suffice, nothing more is paired. */
void pair_alike(struct arena *a, const struct two_lists *l, pair_gain *gain,
                const void *context, uint64_t *cells);

/* ---- link.c ---- */

/* A name of an indicator as it is compared: folded, without year before it, quotation marks and
 * the words by which a sentence goes on (において, の増). Brackets stay: what stands in them
 * bounds the thing named. */
str link_name(struct arena *a, str name);

/* ---- audit.c: what a rule sees and says ---- */

/* One run of the audit, as a rule's function sees it. */
struct audit {
    struct arena *a;
    const struct plan *plan;
    const struct initiative *in;     /* the initiative looked at; NULL in a rule of the plan */
    const struct initiative *before; /* the same initiative last year, NULL when not known */
    const struct audit_rule_info *rule;
    int year; /* fiscal year of the plan; when it names none, the year most of its goals name;
                 or 0 */
    int newest_year; /* the newest year before it of which the plan gives a figure; 0 = none */
    int previous_year; /* fiscal year of last year's plan, 0 = not known */
    bool is_evaluated; /* the year was evaluated: an initiative has a self-evaluation */
    const struct audit_evidence *evidence;
    uint32_t evidence_count;
    struct findings *out;
    uint32_t room; /* findings that out->items can hold */
};

/* A rule is one function: of the plan, of each initiative, each indicator, each planned or each
 * reported activity. */
struct rule_run {
    void (*plan)(struct audit *x);
    void (*initiative)(struct audit *x);
    void (*indicator)(struct audit *x, const struct indicator *i);
    void (*planned)(struct audit *x, const struct activity *p);
    void (*reported)(struct audit *x, const struct activity *r);
};

/* A piece of a sentence, in each language. */
struct said {
    str in[LANG_COUNT];
};
struct said say(str same);                       /* the same in every language */
struct said say_year(struct audit *x, int year); /* 平成29年度, FY2017 */
struct said say_amount(struct audit *x, const struct amount *v); /* 86.20%, ☆☆☆ */
struct said say_count(struct audit *x, uint32_t n);
struct said say_baseline(struct audit *x, const struct indicator *i); /* 平成29年度実績36.4%;
                                                                         基準値36.4% without a
                                                                         year */

enum { SAID_MAX = 4 };
/* What a rule found: about what, where, and the sentences, in which $1 … $4 stand for pieces.
 */
struct report {
    str subject;
    struct span at;
    const str *message; /* [LANG_COUNT] */
    struct said piece[SAID_MAX];
};
void report(struct audit *x, const struct report *r);

/* The place of the first that has one. */
struct span first_place(struct span a, struct span b, struct span c);
/* The initiative's number, as the subject of a finding about the whole of it. */
str number_of(struct audit *x);

/* ---- facts.c: what several rules ask ---- */

/* Fills in the facts of the whole plan; per initiative the index of last year's, NULL without a
 * previous plan. */
const int32_t *facts_gather(struct audit *x, const struct plan *previous);
/* Does the initiative have anything in its self-evaluation? */
bool is_evaluated(const struct initiative *in);
/* Not met: by the mark; without a mark, by the numbers of its main goals. */
bool is_not_met(const struct initiative *in);
/* How many numbers in this place cannot be read (F2)? */
uint32_t unread_numbers(const struct audit *x, struct span at);
/* The report of a planned activity; NULL = none. */
const struct activity *report_of(const struct audit *x, const struct activity *planned);
/* Does the section itself say what became of the planned activity, and why? Then there is
 * nothing left to ask of the line. */
bool is_explained(const struct activity *planned);
/* D1: planned, and reported nowhere, also not within a longer report or by a result. */
bool is_unreported(struct audit *x, const struct activity *planned);
/* D2: reported with a smaller quantity. */
bool is_short(const struct audit *x, const struct activity *planned);
/* D4: what stands in the report's place is something else of the same kind. */
bool is_replaced(struct audit *x, const struct activity *planned);
/* Does a number with this unit stand in the text? With unit "" any counter that quantities use.
 */
bool has_quantity(str text, str unit);

/* ---- the rules, by letter: each is described in its row of the table in rules.c ---- */
void rule_p1(struct audit *x, const struct indicator *i);
void rule_p2(struct audit *x, const struct indicator *i);
void rule_p3(struct audit *x, const struct indicator *i);
void rule_p4(struct audit *x, const struct indicator *i);
void rule_p5(struct audit *x, const struct indicator *i);
void rule_p6(struct audit *x, const struct activity *p);
void rule_p7(struct audit *x, const struct indicator *i);
void rule_p8(struct audit *x, const struct indicator *i);
void rule_d1(struct audit *x, const struct activity *p);
void rule_d2(struct audit *x, const struct activity *p);
void rule_d3(struct audit *x, const struct activity *p);
void rule_d4(struct audit *x, const struct activity *p);
void rule_d5(struct audit *x, const struct activity *r);
void rule_d6(struct audit *x, const struct activity *p);
void rule_c1(struct audit *x, const struct indicator *i);
void rule_c2(struct audit *x);
void rule_c3(struct audit *x);
void rule_c4(struct audit *x, const struct indicator *i);
void rule_c5(struct audit *x);
void rule_c7(struct audit *x);
void rule_c9(struct audit *x, const struct indicator *i);
void rule_c10(struct audit *x);
void rule_c10_evidence(struct audit *x, const struct indicator *i); /* a part of C10 */
void rule_p9(struct audit *x, const struct indicator *i);
void rule_c6(struct audit *x, const struct indicator *i);
void rule_c8(struct audit *x, const struct indicator *i);
void rule_c11(struct audit *x, const struct indicator *i);
void rule_a1(struct audit *x);
void rule_a2(struct audit *x, const struct activity *p);
void rule_a3(struct audit *x);
void rule_f1(struct audit *x);
void rule_f2(struct audit *x);
void rule_f3(struct audit *x, const struct indicator *i);

/* n times -1. */
int32_t *pair_none(struct arena *a, uint32_t n);

#endif
