/* Inside the room: how the structs of model.h stand in JSON, as tables. One row a field, read
 * by the writer and by the reader, so that the two cannot differ. */
#ifndef MEGURI_MODEL_INNER_H
#define MEGURI_MODEL_INNER_H

#include "model/model.h"

/* The words of one enum; an empty word is null in JSON. */
struct words {
    uint8_t count;
    str word[12];
};
extern const struct words VERDICT_WORDS, COMPARISON_WORDS, DIRECTION_WORDS, ROLE_WORDS;
extern const struct words OUTLOOK_WORDS, EVALUATION_WORDS, SEVERITY_WORDS, NOTE_WORDS;
extern const struct words PAIRING_WORDS, FAULT_WORDS, CHANGE_WORDS;

/* The word of a value, and back: false when there is no such word. */
str words_at(const struct words *w, unsigned value);
bool words_find(const struct words *w, str word, unsigned *value);

/* Is it a key that people gave to something in a definition: a small letter, then small
 * letters, digits and what `more` has ("-"), 40 characters at most? */
bool key_is_fine(str key, const char *more);

enum shape_kind {
    SHAPE_TEXT,   /* struct text: text or null; second key: its place */
    SHAPE_STR,    /* str: text or null */
    SHAPE_AMOUNT, /* struct amount: digits or null; second key: place, third: unit or null */
    SHAPE_SHARED, /* the same, but the unit stands in "unit" of the whole when the two are equal
                   */
    SHAPE_UNIT, /* the unit of the whole: that of target, baseline or actual, the first that has
                   one */
    SHAPE_NUMBER,   /* int */
    SHAPE_COUNT,    /* uint32_t */
    SHAPE_YEAR,     /* int, 0 is null */
    SHAPE_INDEX,    /* int32_t, -1 is null */
    SHAPE_DECIMALS, /* struct decimals: int, null when not said */
    SHAPE_BOOL,
    SHAPE_WORD,   /* an enum, by its words */
    SHAPE_MARK,   /* struct marked: word or null; second key: place, third: symbol */
    SHAPE_SPAN,   /* struct span: [offset, length, line, column] */
    SHAPE_LINE,   /* line of a struct span, null when it has no place */
    SHAPE_COLUMN, /* its column */
    SHAPE_HASH,   /* struct hash: hexadecimal digits or null */
    SHAPE_TEXTS,  /* struct text array: [text]; second key: their places */
    SHAPE_MARKS,  /* struct marked array: [word or null]; second key: places, third: symbols */
    SHAPE_MAP,    /* a struct inside this one; IN_RECORD: no key when it holds nothing */
    SHAPE_LIST,   /* an array of structs */
    SHAPE_ACTIVITIES, /* planned and reported activities of an initiative, paired */
    SHAPE_KIND_COUNT
};

enum shape_when {
    IN_BOTH,   /* in `check` and in records, null when absent */
    IN_CHECK,  /* in `check` only: follows from other fields, so it is not read back */
    IN_RECORD, /* in records only, left out when it holds nothing */
};

struct shape;

struct shape_row {
    const char *key;
    enum shape_kind kind;
    enum shape_when when;
    uint16_t offset;       /* of the field in its struct */
    uint16_t count_offset; /* of the number of elements, for lists */
    const char *key_at;    /* second key, in records only */
    const char *key_more;  /* third key */
    const struct words *words;
    const struct shape *of; /* of the inner struct or the elements */
};

struct shape {
    size_t size; /* of the struct */
    const struct shape_row *rows;
    uint32_t row_count;
};
extern const struct shape PLAN_HEAD_SHAPE, PLAN_INITIATIVES_SHAPE, INITIATIVE_SHAPE;
extern const struct shape INDICATOR_SHAPE, ACTIVITY_SHAPE, ACTIVITY_PLACE_SHAPE, REPORT_SHAPE;
extern const struct shape RESULT_SHAPE, NOTE_SHAPE, FINDING_SHAPE;

/* Writes the rows of a struct into a map; reads them back into a zeroed struct. */
void shape_put(struct arena *a, struct value *map, const struct shape *s, const void *from,
               bool is_record);
MUST bool shape_get(struct arena *a, const struct value *map, const struct shape *s, void *to,
                    struct err *e);

/* Planned activities with their reports inside ("activities") and reports that answer none
 * ("unplanned"). */
void activities_put(struct arena *a, struct value *map, const struct initiative *i,
                    bool is_record);
MUST bool activities_get(struct arena *a, const struct value *map, struct initiative *i,
                         struct err *e);

#endif
