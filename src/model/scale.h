/* A judgement scale: which mark a city gives to which result. Scales are data
 * (presets/scales/NAME.json): another city's scale is a new file, not new code. What a scale
 * says of a result is measure_scale's; what people marked is never changed by it. */
#ifndef MEGURI_SCALE_H
#define MEGURI_SCALE_H

#include "base/base.h"

/* What the thresholds are shares of, in percent. */
enum scale_by {
    SCALE_BY_RATE,     /* result against target: 達成率 */
    SCALE_BY_PROGRESS, /* way made against the way from baseline to target */
    SCALE_BY_COUNT
};
/* What a rate is where fewer is better. */
enum scale_lower {
    SCALE_LOWER_INVERSE, /* target / result */
    SCALE_LOWER_MIRROR,  /* 2 - result / target */
    SCALE_LOWER_COUNT
};

struct scale_level {
    str code;           /* ○, A, … as it is printed */
    str label[2];       /* Japanese, English */
    dec at_least;       /* percent; not of the last level, which takes the rest */
    int8_t polarity;    /* +1 counts as met, -1 as not met, 0 as neither */
    bool needs_comment; /* 課題と改善策 is mandatory with it */
};

enum { SCALE_LEVELS_MAX = 12, SCALE_CODE_BYTES = 24, SCALE_LABEL_BYTES = 120 };

struct scale {
    str id;      /* "a-to-d" */
    str name[2]; /* Japanese, English */
    enum scale_by by;
    enum scale_lower lower;
    str *forms; /* ids of the forms it is the scale of */
    uint32_t form_count;
    struct scale_level *levels; /* the best first */
    uint32_t level_count;
};

/* Reads a scale from its JSON. False with ERR_INPUT and a sentence: not JSON, a key that is not
 * known or of the wrong kind, fewer than two levels or more than SCALE_LEVELS_MAX, a code
 * twice, thresholds that do not fall, a last level with one. */
MUST bool scale_read(struct arena *a, str json, struct scale *out, struct err *e);

/* The JSON of the i-th scale that is built into the program, "" past the last. */
str scale_preset(size_t i);

/* The built-in scales, read once by whoever asks often. */
struct scales {
    struct scale *all;
    uint32_t count;
};
void scales_read(struct arena *a, struct scales *out);

/* The scale that goes with a form; NULL when there is none. */
const struct scale *scale_of_form(const struct scales *s, str form_id);

#endif
