/* What the files of this room share. A document goes through them in this order:
 *
 *   bytes -> text_decode -> flow_read_text | flow_read_html   one text with separators, and the
 * way back to the source
 *         -> sheet.c    rows, cells, paragraphs; labels cut them into the fields of an
 * initiative
 *         -> list.c     a field into entries, by list marks and lines
 *         -> goal.c activity.c result.c marks.c prose.c       entries into the model
 *         -> year.c     short years, once the document's own year is known
 *
 * Everything here works on views into flow.text: a view's place in the source is found from its
 * pointer (flow_span). */
#ifndef MEGURI_INGEST_INNER_H
#define MEGURI_INGEST_INNER_H

#include "ingest/chars.h"
#include "ingest/flow.h"
#include "ingest/ingest.h"

/* ---- labels (lexicon.c) ---- */

enum label_place {
    PLACE_START,  /* start of a cell, a line, or behind another label */
    PLACE_INSIDE, /* behind a blank, a full stop or a closing bracket */
};
struct label_hit {
    enum form_label label;
    size_t end; /* behind the label and the colon that may follow it */
};
bool lexicon_label(const struct form_index *x, str s, size_t i, enum label_place place,
                   struct label_hit *hit);
/* The legend word (目標達成) at i, the longest; *n its bytes. */
bool lexicon_legend(const struct form_index *x, str s, size_t i, enum form_label *label,
                    size_t *n);
/* The spelling of LABEL_DOCUMENT in a line: *at where its fixed word begins. */
bool lexicon_document(const struct form_index *x, str line, size_t *at);

/* ---- the reader ---- */

struct reader {
    struct arena *a;       /* what stays: the plan */
    struct arena *scratch; /* what one initiative needs */
    const struct form *form;
    struct flow flow;
    struct plan *plan;
    uint32_t initiative_cap, note_cap;
    int number;    /* of the initiative that is read, 0 before the first */
    int year_hint; /* the year of the heading or of the caller, 0 = not known */
};

/* Room for one more in an array that grows in an arena. */
void *grow_slowly(struct arena *a, void *items, uint32_t count, uint32_t *cap, size_t size);
static inline void *grow(struct arena *a, void *items, uint32_t count, uint32_t *cap,
                         size_t size)
{
    return count < *cap ? items : grow_slowly(a, items, count, cap, size);
}
#define GROW(a, items, count, cap) \
    ((items) = grow((a), (items), (count), (cap), sizeof *(items)))

/* A copy that stays, of an array that was grown. */
void *keep(struct arena *a, const void *items, uint32_t count, size_t size);
#define KEEP(a, items, count) keep((a), (items), (count), sizeof *(items))

void note_add(struct reader *r, enum note_kind kind, str view, str subject);
void note_bad_number(struct reader *r, enum dec_fault fault, str view, str subject);
struct text text_of(struct reader *r, str view); /* trimmed, cleaned of separators, with its
                                                    place */
str text_clean(struct reader *r, str view); /* breaks inside joined; the view itself when there
                                               is none */

/* ---- brackets (chars.c) ---- */

/* A pair of brackets that belong together, outermost only, in the order of the text. */
struct pair {
    size_t open, inner, close, end; /* the bracket, behind it, its partner, behind that */
    enum bracket kind;
};
struct pairs {
    struct pair *items;
    uint32_t count;
};

/* In one pass, whatever is opened or closed too often. A pair does not reach over a paragraph's
 * end. */
struct pairs view_pairs(const struct reader *r, str s);
str pair_inside(str s, const struct pair *p);

/* ---- words (words.c) ---- */

size_t word_look_up(const struct form_index *x, uint32_t lists, str s, size_t i);

/* The longest word of several lists (bits 1 << list) at byte i; 0 = none, else its bytes in s.
 * The most that is asked is answered by the first character. */
static inline size_t word_at_any(const struct reader *r, uint32_t lists, str s, size_t i)
{
    const struct form_index *x = r->form->index;
    size_t n;

    if (i >= s.n || !(x->starts[form_start(char_fold(char_at(s, i, &n)))] & lists))
        return 0;
    return word_look_up(x, lists, s, i);
}
static inline size_t word_at(const struct reader *r, enum form_words list, str s, size_t i)
{
    return word_at_any(r, 1u << list, s, i);
}
bool word_in(const struct reader *r, enum form_words list, str s, size_t *at,
             size_t *n); /* the first in s */
bool word_ends(const struct reader *r, enum form_words list, str s, size_t *at); /* the longest
                                                                                    at the end
                                                                                    of s */
bool word_is(const struct reader *r, enum form_words list, str s); /* the whole of s */

/* ---- years (year.c) ---- */

/* Until the document's year is known a short year is kept as it is written: 29年度 is -29,
 * 元年度 is -1. */
enum { YEAR_NONE = 0, YEAR_LAST = -1000 };
/* The fiscal year at byte i: western, short (negative) or YEAR_LAST for 前年度; YEAR_NONE when
 * there is none. */
int year_at(const struct reader *r, str s, size_t i, bool bare, size_t *n);
bool year_is_likely(str s, size_t i); /* hints, for haste */
bool year_may_begin(const struct reader *r, uint32_t c);
/* The first one in s at or behind `from`. */
int year_find(const struct reader *r, str s, size_t from, size_t *at, size_t *n);
int year_western(const struct reader *r, int year); /* as far as it can be known now; 0 = not */
void years_settle(struct reader *r, const struct ingest_hints *hints);

/* ---- numbers and their units (amount.c) ---- */

struct found {
    struct amount amount; /* without its place, which amount_kept finds */
    str written;
    enum dec_fault fault;
    size_t at, unit_at, end; /* bytes of s: the number (with its sign), its unit, and behind
                                that */
    bool is_level;           /* ☆☆☆ */
};
/* The first number in s at or behind `from` that is no fiscal year, no ordinal (第2期) and no
 * part of a word (R1). */
bool amount_find(struct reader *r, str s, size_t from, struct found *out);
/* The number with its place, to be stored. */
struct amount amount_kept(const struct reader *r, const struct found *f);
/* The number with which s ends, behind it at most words of comparison (以上, をめざす, とする).
 */
bool amount_find_last(struct reader *r, str s, struct found *out);
/* - － − ▲ △ */
bool amount_is_minus(uint32_t c);

struct quantity {
    struct amount amount;
    bool at_least, as_needed, is_lost;
    str of; /* 広報紙 */
    enum dec_fault fault;
    size_t text_end; /* of the activity: where its own text ends */
};
/* What the last brackets of an activity hold. False: no quantity; the text is all of s. */
bool last_pair(str s, struct pair *out); /* the brackets that close at the very end of s */
bool quantity_read(struct reader *r, str s, struct quantity *out);

/* ---- names (name.c) ---- */

bool char_is_joint(uint32_t c);     /* : 、 = →, between a word and its number */
size_t skip_joint(str s, size_t i); /* blanks and joints */
str without_joint(str s);           /* … at the end */
str without_particle(str s);        /* を, は, が at the end */
/* Cuts a year and the word behind it from the start; *year is set when it was YEAR_NONE. */
str name_without_year(struct reader *r, str s, int *year);
/* Cuts what leads over to a number from the end: 目標値, 実績:, 平均, 元年度, 【元年度】. */
str name_without_link(struct reader *r, str s, int *year);

/* ---- lists (list.c) ---- */

enum list_class {
    LIST_NONE,
    LIST_DOT,
    LIST_BULLET,
    LIST_CIRCLE,
    LIST_DIAMOND,
    LIST_SQUARE,
    LIST_ARROW,
    LIST_DASH,
    LIST_CIRCLED,
    LIST_PAREN,
    LIST_NUMBER,
    LIST_ITEM,
    LIST_CLASSES,
};
enum gap {
    GAP_NONE,
    GAP_LINE,
    GAP_HARD
}; /* before an entry: nothing or a blank, a line end, a paragraph's end */
struct entry {
    str s;
    enum list_class list;
    enum gap gap;
};
struct entries {
    struct entry *items;
    uint32_t count, cap;
    uint32_t marked;
};
size_t list_mark_at(str s, size_t i, bool line_start, enum list_class *list); /* bytes of the
                                                                                 mark, 0 = none
                                                                               */
struct entries entries_split(struct reader *r, str s);

/* ---- fields of an initiative (sheet.c) ---- */

enum field {
    FIELD_NONE,
    FIELD_TITLE,
    FIELD_PURPOSE,
    FIELD_OUTLINE,
    FIELD_GOAL,
    FIELD_OTHER_GOALS,
    FIELD_ACTIVITIES,
    FIELD_OUTLOOK_ACTIVITIES,
    FIELD_OUTLOOK_GOAL,
    FIELD_MIDYEAR_IMPROVEMENT,
    FIELD_REPORTED,
    FIELD_ACHIEVED,
    FIELD_MARK,
    FIELD_IMPROVEMENT,
    FIELD_COUNT,
};
struct views { /* the pieces of a field, in the order of the document */
    str *items;
    uint32_t count, cap;
};
void sheet_read(struct reader *r);

/* Grammars: the views of a field in, the model out. */
struct outline {
    struct text *items;
    uint32_t count;
    str *folded; /* of each */
};
void outline_read(struct reader *r, const struct views *v, struct outline *out);
/* Pieces that together are a group heading of the activities become one entry. */
void outline_settle(struct reader *r, struct outline *o, const struct activity *acts,
                    uint32_t count);
/* Length in pieces of the outline entry that s is, 0 = none. */
bool outline_has(struct reader *r, const struct outline *o, str s);
void activities_read(struct reader *r, const struct views *v, const struct outline *o,
                     struct activity **out, uint32_t *count);
void goals_read(struct reader *r, const struct views v[2], struct initiative *out);
void goal_read(struct reader *r, str s, enum role role, struct indicator *in);
bool goal_is_complete(struct reader *r, str s); /* has something to aim at; else it may go on,
                                                   or is a heading */
size_t goal_end(struct reader *r, str s); /* where the next goal begins in the same line, s.n =
                                             none */
bool baseline_at(const struct reader *r, str s, size_t i); /* one that needs no brackets begins
                                                              at byte i */
void result_read(struct reader *r, str s, struct result *out);
void results_read(struct reader *r, const struct views *v, struct initiative *out);
struct text prose_read(struct reader *r, const struct views *v); /* paragraphs joined by a line
                                                                    feed */

/* ---- marks (marks.c) ---- */

/* What stands at the start of s and is nothing but marks, brackets and their legend. */
struct marks_at_start {
    size_t reach;     /* the index of what follows them, s.n = all of it is that */
    bool has_mark;    /* a place for a mark, or a word of the legend */
    bool with_legend; /* marks, or colons, and the legend's words */
};
struct marks_at_start marks_at_start(const struct reader *r, str s);
bool marks_named(const struct reader *r, str s);     /* behind names: 運営(○) 広報(×) */
bool marks_explained(const struct reader *r, str s); /* … with their legend: 評価:○ ○:目標達成
                                                      */
void marks_read(struct reader *r, const struct views *v, str subject, struct marked **out,
                uint32_t *count);

/* ---- the lines before the first initiative (head.c) ---- */

void head_line(struct reader *r, str line);

#endif
