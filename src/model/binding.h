/* A binding: where an indicator's actual comes from, as a small declaration that anybody can
 * read, and the five things that say how far the figure can be trusted. And the actual that
 * comes of it, with everything it was counted from. */
#ifndef MEGURI_BINDING_H
#define MEGURI_BINDING_H

#include "base/base.h"
#include "model/rating.h"
#include "model/register.h"
#include "model/survey.h"
#include "model/voice.h"

enum measure_kind {
    MEASURE_REGISTER,
    MEASURE_LEDGER,
    MEASURE_SURVEY, /* share of a survey's question */
    MEASURE_RATING, /* mean or level of a register with "levels" */
    MEASURE_VOICES, /* voices that were received, or the share of them answered in time */
    MEASURE_MANUAL, /* a number with its source document */
    MEASURE_KIND_COUNT
};

enum measure_value {
    GIVES_COUNT,  /* entries */
    GIVES_SUM,    /* of a quantity */
    GIVES_MEAN,   /* of a quantity, over the entries that have it */
    GIVES_RATIO,  /* sum of one quantity over that of another, of entries that have both */
    GIVES_AREAS,  /* areas that have an entry */
    GIVES_LATEST, /* of a quantity that is a state and no flow: its sum in the newest month */
    GIVES_RATE, /* ledger: the newest cumulative amount over the other (collected, assessed) */
    GIVES_INCREASE, /* a sum less that of the year before */
    GIVES_SHARE,    /* survey: who said yes, of those the question counts */
    GIVES_LEVEL,    /* rating: the stars that the mean is worth */
    GIVES_IN_TIME,  /* voices: those answered by their due day, of those whose day is over */
    GIVES_NUMBER,   /* manual */
    GIVES_COUNT_OF_KINDS
};

/* An entry counts when its field is one of these. Of a voice the fields are door, category and
 * section; one with several questions counts, once, when one of them has all that is asked for.
 */
struct measure_filter {
    str field;
    str *any_of;
    uint32_t count;
};

enum { MEASURE_FILTERS_MAX = 8, MEASURE_YEARS_MAX = 60 };

/* What one fiscal year is fed from where years differ: the survey of that year, or the number
 * that somebody entered by hand, from which document, who (an office, never a person) and when
 * (also of MEASURE_VOICES: years before the voices were kept here). */
struct measure_year {
    int fiscal_year;
    str survey;
    bool has_number;
    dec number;
    str source, by, on; /* on: "2024-04-10"; by and on may be empty */
};

struct measure_def {
    enum measure_kind kind;
    enum measure_value value;
    str book;     /* "register/training", "ledger/kokuho", "voices"; "" = survey or manual */
    str survey;   /* key, of MEASURE_SURVEY; "kumin-{year}" is each year's own */
    str question; /* key of its question */
    str of[3];    /* quantities: sum and mean one; ratio and rate two, the rate also the refunds
                     that are taken off */
    uint32_t of_count;
    struct measure_filter filters[MEASURE_FILTERS_MAX];
    uint32_t filter_count;
    bool is_plain;    /* of MEASURE_SURVEY: without the survey's weights, to be compared with
                         years that had none */
    str unit;         /* "%": a ratio is multiplied by 100 */
    uint8_t decimals; /* of ratio, rate, mean, share; half up, as offices round */
    int64_t divide;   /* sums and increases: 1000 for 千円 of 円; 1 otherwise */
    dec number;       /* of MEASURE_MANUAL, with its digits; of every year without one of its
                         own */
    str source;       /* of MEASURE_MANUAL: the document it stands in; "" = only years have
                         numbers */
    struct measure_year *years; /* by fiscal year */
    uint32_t year_count;
};

/* The five data-quality fields, in their words; each may be empty. */
struct data_quality {
    str verified;     /* how it was verified */
    str source;       /* where it comes from */
    str accuracy;     /* how exact it has to be */
    str limits;       /* what it cannot say */
    str compensation; /* what is done about that */
};

struct binding {
    struct measure_def measure;
    struct data_quality quality;
};

/* What evidence of voices is called where that of a register is "register/…". */
extern const str MEASURE_VOICES_BOOK;

/* {measure: {...}, quality: {...}}, or the measure alone. ERR_INPUT with a sentence that names
 * what is wrong: an unknown kind, value or key, a register without its quantities, a number
 * that is none, a manual value without its source. */
MUST bool binding_read(struct arena *a, const struct value *tree, struct binding *out,
                       struct err *e);
/* What records keep; read back by binding_read. */
struct value *binding_value(struct arena *a, const struct binding *b);

/* The entry of a fiscal year, NULL when it has none. */
const struct measure_year *measure_year_of(const struct measure_def *d, int fiscal_year);
/* The survey that feeds a fiscal year: that year's own, or `survey` with the year put in. */
str measure_survey_key(struct arena *a, const struct measure_def *d, int fiscal_year);
/* Does the survey of that key feed one of its years? */
bool measure_uses_survey(const struct measure_def *d, str key);

/* Can that kind of evidence give that value? */
bool measure_gives(enum measure_kind kind, enum measure_value value);

/* As declarations and records write them. */
bool measure_kind_find(str word, enum measure_kind *out);
bool measure_value_find(str word, enum measure_value *out);
str measure_kind_word(enum measure_kind k);
str measure_value_word(enum measure_value v);

/* An actual from the evidence. */
struct measured {
    bool has_value;
    dec value;
    str unit;
    bool is_change; /* an increase over the year before, not a level */
    bool is_ratio;  /* numerator and denominator are set */
    dec numerator, denominator;
    uint64_t entries;  /* that were counted */
    uint64_t pending;  /* left out, as their value is not there yet */
    str as_of;         /* newest month or day that was counted, "" = none */
    bool is_final;     /* nothing more can come: the year is over and nothing pending */
    bool has_interval; /* 95%, in the value's unit: of a share that is a sample's */
    dec low, high;
    bool is_weighted;   /* a share by weights; numerator and denominator are people */
    bool is_manual;     /* entered by hand: */
    str source, by, on; /* ... from which document, by whom, when */
    str why_not;        /* a sentence, where there is no value */
};

/* What the actual was counted from, for its record. */
struct evidence_of {
    str book; /* "register/training", "survey/…", "voices", "" = manual */
    uint32_t batches;
    struct hash digest, newest, binding; /* of all its records, of the newest, of the binding */
    struct hash definition;              /* of the register's or survey's definition */
};
/* Raised when the same evidence would give another figure. */
extern const str MEASURE_RULE;
struct value *measured_value(struct arena *a, const struct measured *m,
                             const struct evidence_of *evidence);
/* Back from a record: value, unit, ratio, counts, dates; false when it is none of ours. */
MUST bool measured_read(const struct value *tree, struct measured *out);

/* Everything that a measure looks at in a fiscal year: the cells of the year and the year
 * before (only of the quantities it needs), the register's thresholds of that year (NULL =
 * none), or the survey that feeds the year and its counts (NULL = not there, not answered), and
 * the records behind it. A register that is not open has no cells. */
struct measure_source {
    struct cells cells;
    const struct rating_levels *levels;
    const struct survey *survey;
    const struct survey_tally *tally;
    struct voice_terms voices; /* of the year */
    str name; /* of the register or the survey, as people call it; "" = not there, or by hand */
    struct evidence_of evidence;
};

/* What stands behind a plan's figures, for the rules of the audit. */
struct bound_source {
    str indicator; /* its name in the plan */
    struct binding binding;
    struct measure_source now, before; /* of the plan's year, of the year before */
    struct cells years;                /* of a ledger's rate: twelve years up to the plan's */
};
struct plan_behind {
    struct bound_source *bound;
    uint32_t bound_count;
    struct survey_counted *surveys; /* of the year with answers, and those before them */
    uint32_t survey_count;
};

/* Is there something for a person to decide? The evidence gives a value that was neither
 * accepted nor, in the same words, declined. Either may be without a value. */
bool measured_is_news(const struct measured *now, const struct measured *accepted,
                      const struct measured *declined);

#endif
