/* Between the table of blanks and its readers and writers. Private to the room. */
#ifndef MEGURI_BLANKS_INNER_H
#define MEGURI_BLANKS_INNER_H

#include "model/blanks.h"
#include "model/inner.h"

/* What the form asks of a planned line, or of one that was not planned: between the blanks and
 * the activities they make. */
enum { TOLD_NOTHING, TOLD_DONE, TOLD_CHANGE = 1 /* + enum activity_change */ };
struct told {
    unsigned status; /* of TOLD_WORDS: nothing, done, then the changes in their order */
    str text, reason, replaced_by, from, to, order;
    struct amount quantity;
};
struct told_actual {
    struct amount value;
    bool is_final, is_change;
    str note;
};
extern const struct words TOLD_WORDS;

/* One blank on its way out. */
struct putting {
    struct arena *a;
    str unit; /* that stands in the row's blank of that name */
};
/* One blank on its way in. */
struct taking {
    struct arena *a;
    const struct blanks_input *in;
    struct blank_faults *faults;
    str name; /* of the blank, with the row's id */
    str row;  /* the id of the planned line that is told of */
    str unit;
};
struct blank_way {
    str (*put)(const struct putting *p, const struct blank *b, const void *row);
    /* False when a fault was added. */
    bool (*take)(struct taking *t, const struct blank *b, void *row, str text);
};
extern const struct blank_way WAY_STR, WAY_TEXT, WAY_AMOUNT, WAY_YEAR, WAY_DAY, WAY_WORD;
extern const struct blank_way WAY_MARK, WAY_BOOL, WAY_DECIMALS, WAY_UNIT_OF, WAY_UNIT;
extern const struct blank_way WAY_LINES, WAY_PATH, WAY_ROWS;

/* A sentence about the blank that is being taken. */
bool take_fault(struct taking *t, const char *format, ...) PRINTF_LIKE(2, 3);

/* The ids of rows as a form names them: the stored one, or (of a row that was never in a form)
 * one made of its place. */
str *indicator_ids(struct arena *a, const struct initiative *i);
str *planned_ids(struct arena *a, const struct initiative *i);
str *extra_ids(struct arena *a, const struct initiative *i); /* of reports, "" for those with a
                                                                 plan */
uint32_t outlook_count(const struct initiative *i);

/* The answers of a planned line as the sheet holds them, and of its indicator. */
struct told told_of(const struct initiative *i, uint32_t planned);
struct told told_of_extra(const struct initiative *i, uint32_t reported);
struct told_actual actual_of(const struct indicator *i);

/* The rows of a group as a form sends them. */
struct rows {
    str *ids;
    int32_t *was; /* index in the version before, -1 = new */
    uint32_t count;
};
/* By the ids of the version before ("" = no row of this group). */
MUST bool rows_read(struct taking *t, enum blank_group g, const str *was, uint32_t was_n,
                    struct rows *out);
/* Was nothing written into the row? Choices and flags do not count. */
bool row_is_empty(struct taking *t, enum blank_group g, str id);

/* Results of a filled form into the sheet (told.c). */
MUST bool results_take(struct taking *t, struct initiative *out);

/* Every blank of one row of a group, from the table. */
MUST bool row_take(struct taking *t, enum blank_group g, str id, void *row);
void row_put(struct arena *a, enum step s, enum blank_group g, str id, const void *row,
             struct filled_list *out);

#endif
