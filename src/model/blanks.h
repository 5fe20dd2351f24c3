/* A sheet as a form: the blanks to be filled in, step by step, in the order of the paper form.
 * One table (blanks.c) says what each is called, what may stand in it and what it is for; the
 * pages, the reader of what was posted, the comparison of versions and the list of what is
 * missing all walk that table. Pure: texts in, texts out.
 *
 * A filled form is a list of names and texts: "purpose", "indicator.n3f09a2c1.target". Rows of
 * a group have an id that stays with them from version to version, so that a row put in before
 * them shifts nothing; the order of a group's rows is a blank too ("indicator": "p1 p2"). Texts
 * are as people type them and are kept as typed until they can be taken. */
#ifndef MEGURI_BLANKS_H
#define MEGURI_BLANKS_H

#include "model/model.h"

enum blank_kind {
    BLANK_LINE,   /* one line */
    BLANK_TEXT,   /* several */
    BLANK_NUMBER, /* with its unit or without: 40  1,234  12.50  17回 */
    BLANK_YEAR,   /* a fiscal year: 令和7年度  R7  2025 */
    BLANK_DATE,   /* a day: 令和6年9月30日  2024-09-30 */
    BLANK_CHOICE, /* one of blank_choice */
    BLANK_FLAG,   /* "1" or "" */
    BLANK_ROWS,   /* the order of a group: ids with a blank between */
};

/* What is repeated for each row of something. */
enum blank_group {
    GROUP_SHEET,     /* once */
    GROUP_INDICATOR, /* "indicator.ID.name" */
    GROUP_ACTIVITY,  /* "activity.ID.text" */
    GROUP_OUTLOOK,   /* "outlook.3": a mark for each place the form has */
    GROUP_RESULT,    /* "result.ID.quantity": of each planned line */
    GROUP_EXTRA,     /* "extra.ID.text": done, and not planned */
    GROUP_ACTUAL,    /* "actual.ID.value": of each indicator */
    GROUP_COUNT
};

struct blank_way; /* how it is put and taken; the room's own */
struct words;
struct blank {
    const char *name; /* with * for the row's id: "indicator.*.name" */
    enum step step;
    enum blank_group group;
    enum blank_kind kind;
    bool is_must;   /* always mandatory; what else may be is told by sheet_missing */
    uint32_t limit; /* characters */
    const char *label[LANG_COUNT];
    const char *help[LANG_COUNT]; /* "" = none */
    const struct blank_way *way;
    uint16_t offset; /* of the field in its row */
    const struct words *words;
};
/* The table, in the order of the form. */
const struct blank *blanks(size_t *count);
/* The words a choice may have, "" for past the last; the first is often "". */
str blank_choice(const struct blank *b, size_t i);
bool blank_choice_is(const struct blank *b, str word);
/* The row of the table for a name with an id in it; NULL when there is none in that step. */
const struct blank *blank_of(enum step s, str name);
/* The id in a name of a group's row ("" for a name that has none). */
str blank_row(str name);
/* The first word of a group's names: "indicator"; "" for the sheet. */
str blank_group_word(enum blank_group g);
/* The group whose rows a name orders ("indicator", "activity", "extra"); false for others. */
bool blank_orders(str name, enum blank_group *out);
/* a to z, 0 to 9, _ and -; 1 to 40 of them. */
bool blank_row_is_valid(str id);

/* ---- a filled form ---- */

struct filled {
    str name, text;
};
struct filled_list {
    struct filled *items;
    uint32_t count, room;
    uint32_t *slots; /* 1 + index, by the hash of the name; the room's own */
    uint32_t slot_count;
};
/* Sets a blank (the name is borrowed); a new name goes to the end. */
void filled_set(struct arena *a, struct filled_list *l, str name, str text);
str filled_get(const struct filled_list *l, str name); /* "" when it is not there */
bool filled_has(const struct filled_list *l, str name);
/* "indicator.p1.name" in the arena; of a pattern and an id. */
str filled_name(struct arena *a, const struct blank *b, str row);
/* The next id of an order blank's text; "" at its end. */
str filled_next_row(str *rest);

/* A browser sends no flag that is not set: sets those of the rows that are there to "". */
void filled_flags(struct arena *a, enum step s, struct filled_list *l);

enum { BLANK_ROWS_MAX = 500 }; /* of one group in a form */

/* A sheet as a filled form of a step. Blanks of what has no value are there, with "". */
void blanks_put(struct arena *a, const struct initiative *i, enum step s,
                struct filled_list *out);

/* What cannot be taken: the blank's name and a sentence that says what to write. */
struct blank_fault {
    str name, text;
};
struct blank_faults {
    struct blank_fault *items;
    uint32_t count, room;
};
void blank_fault_add(struct arena *a, struct blank_faults *f, str name, str text);

/* What is read, and against what. */
struct blanks_input {
    const struct form *form;        /* whose marks the sheet gets */
    const struct initiative *base;  /* the version that was changed */
    const struct filled_list *list; /* blanks that are not in it stay as in base, flags of a row
                                       that is there become unset */
    enum step step;
    int fiscal_year; /* of the plan: years without an era are read near it */
};
/* The sheet that a filled form makes of `base`. What says the same stays as it is, with its
 * place in the document it came from. False when a text cannot be taken: `faults` then names
 * every one of them (at least one), and *out is not set. */
MUST bool blanks_take(struct arena *a, const struct blanks_input *in, struct initiative *out,
                      struct blank_faults *faults);

/* Would the two be written alike? Row ids aside: they say nothing to a reader. */
bool blanks_same(struct arena *a, const struct initiative *x, const struct initiative *y,
                 enum step s);

/* ---- three versions ---- */

/* A blank that two people changed in different ways. */
struct blank_conflict {
    str name;
    str base, mine, theirs; /* of a row (name "indicator.ID") that one removed and the other
                               changed: its title, "" where it is removed */
    bool is_row;
};
struct blank_merge {
    struct filled_list list; /* what only one changed is taken; conflicts stand as mine, rows
                                in conflict stay */
    struct blank_conflict *conflicts;
    uint32_t conflict_count;
    str *taken; /* names that only they changed */
    uint32_t taken_count;
};
/* Field by field: of base, both made their own. */
void blanks_merge(struct arena *a, enum step s, const struct filled_list *base,
                  const struct filled_list *mine, const struct filled_list *theirs,
                  struct blank_merge *out);

/* ---- what is missing ---- */

/* The mandatory blanks of a step that are empty, each with a sentence: those of the table; and
 * by the form's definition 課題と改善策 with cause, measure, owner and date where a mark is the
 * negative one, a reason where less was done than planned, what replaced a line that was
 * replaced, the days and the order of a suspension. A review that is signed as skipped lacks
 * nothing but its reason. Appends to `out`. */
void sheet_missing(struct arena *a, const struct form *form, const struct initiative *i,
                   enum step s, struct blank_faults *out);

#endif
