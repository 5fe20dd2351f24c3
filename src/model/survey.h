/* Surveys (アンケート): what was asked, of whom, and how answers are counted; and what was
 * counted. A definition is data (JSON, docs/surveys.md) and says everything that a share
 * depends on: who was asked and how they were chosen, which answers count as yes, who is asked
 * a question at all, whether those who gave no answer are in the base. Nothing here decides
 * what may be said of the figures (audit_survey does). */
#ifndef MEGURI_SURVEY_H
#define MEGURI_SURVEY_H

#include "base/base.h"

enum sampling {
    SAMPLING_RANDOM,   /* drawn at random from a list of the population */
    SAMPLING_PANEL,    /* people who offered to answer: monitors */
    SAMPLING_EVENT,    /* those who came: to an event, to the counter */
    SAMPLING_EVERYONE, /* all of the population were asked */
    SAMPLING_OPEN,     /* whoever wanted to: a form on the web */
    SAMPLING_COUNT
};

enum question_kind { QUESTION_SINGLE, QUESTION_MULTIPLE, QUESTION_TEXT, QUESTION_KIND_COUNT };

enum {
    SURVEY_QUESTIONS_MAX = 200,
    SURVEY_CHOICES_MAX = 64,  /* of one question: a set of answers is 64 bits */
    SURVEY_MARGINS_MAX = 8,   /* attributes that weights are fitted to */
    SURVEY_SMALL_DEFAULT = 5, /* counts below it are not published by attribute */
};

struct survey_choice {
    str code;    /* as the answer file has it: "1" */
    str label;   /* as the questionnaire has it */
    bool is_yes; /* counts towards the share */
};

struct question {
    str key;    /* [a-z][a-z0-9_-]*, within the survey */
    str number; /* as printed: 問1 */
    str text;
    str column; /* heading in the answer file; the number when the definition gives none */
    enum question_kind kind;
    struct survey_choice *choices;
    uint32_t choice_count;
    bool has_yes;         /* a choice counts as yes: the question gives a share */
    bool is_attribute;    /* sex, age, area: other questions are broken down by it */
    bool no_answer_in;    /* who gave no answer stays in the base; otherwise not */
    uint32_t answers_max; /* of a QUESTION_MULTIPLE; 0 = any number */
    int32_t filter; /* only who answered that question (an earlier one) so ...; -1 = all */
    uint64_t filter_codes; /* ... by one of these choices, a bit each */
    str *indicators;       /* names of the indicators whose actual this share is */
    uint32_t indicator_count;
};

/* What share of the population each choice of an attribute has, in percent, as published. */
struct survey_margin {
    uint32_t question;
    dec *pct; /* of each choice; they add up to 100 */
};

struct survey {
    str key; /* [a-z][a-z0-9-]{1,39} */
    str title;
    int fiscal_year;
    str previous;             /* key of the survey it is compared with, "" = none */
    str population;           /* who: 区内に住む18歳以上の人 */
    uint64_t population_size; /* 0 = not known */
    enum sampling sampling;
    str method;              /* in their words: 郵送とウェブ */
    uint64_t sent, returned; /* sent 0 = not known (a form on the web) */
    date from, to;
    bool is_closed; /* takes no answers by invitation any more, whatever the days say */
    uint64_t small; /* counts by attribute below it are not published */
    struct question *questions;
    uint32_t question_count;
    struct survey_margin *margins; /* none = not weighted */
    uint32_t margin_count;
    str margin_source; /* where the margins are from, and of when */
};

/* Reads a definition. Strict: an unknown key, a code twice, a filter on a later question, a
 * date that does not exist, margins that do not add up to 100, returned above sent or sent
 * above the population: ERR_INPUT with the name of what is wrong. Texts are views into `json`
 * or live in the arena. */
MUST bool survey_read(struct arena *a, str json, struct survey *out, struct err *e);
/* The same from a tree: what json_load or a record gives. */
MUST bool survey_from_value(struct arena *a, const struct value *v, struct survey *out,
                            struct err *e);
/* The tree that survey_from_value reads; what records keep. */
struct value *survey_value(struct arena *a, const struct survey *s);

bool survey_key_is_valid(str key);            /* [a-z][a-z0-9-]{1,39} */
str sampling_word(enum sampling s);           /* random panel event everyone open */
str question_kind_word(enum question_kind k); /* single multiple text */
/* Index of a question by its key, -1 = none. */
int32_t survey_question(const struct survey *s, str key);

/* Questionnaires that are built into the program: presets/surveys/ID.json. */
str survey_preset_id(size_t i); /* "" past the end */
str survey_preset(str id);      /* its JSON, "" when there is none */

/* ---- answers ---- */

/* Answers to one question, a row each. */
struct answer_column {
    uint8_t *codes; /* of a single question: the choice; choice_count = no answer */
    uint64_t *sets; /* of a multiple one: a bit for each choice; 0 = no answer */
};
struct survey_answers {
    uint64_t rows;
    struct answer_column *columns; /* one a question; both NULL for one without answers (text)
                                    */
};

/* ---- what was counted ---- */

/* One question by one attribute. Rows: choices, then no answer; columns: the attribute's
 * choices, then those of whom it is not known. */
struct cross_tally {
    uint32_t attribute; /* index of the question */
    uint64_t *count;    /* [(choices + 1) * (groups + 1)] */
    uint64_t *base;     /* [groups + 1]: who was asked, answered or not */
};

/* Shares by weights, as decimals of 9 digits. */
struct weighted_tally {
    bool is_set;
    dec share, low, high, n_effective, design_effect;
};

struct question_tally {
    uint64_t asked;     /* whom the filter lets through */
    uint64_t no_answer; /* of them */
    uint64_t yes;       /* gave an answer that counts as yes; of several answers, any of them */
    uint64_t *count;    /* of each choice */
    struct cross_tally *by;
    uint32_t by_count;
    struct weighted_tally weighted;
};

struct survey_tally {
    uint64_t rows;                    /* answers */
    struct question_tally *questions; /* one for each question of the definition */
    uint32_t question_count;
    bool is_weighted;
    dec weight_ratio; /* largest weight over smallest */
    uint32_t rounds;  /* of the raking */
    str *merged;      /* categories that were empty and had to be merged, in words */
    uint32_t merged_count;
};

/* A survey with what was counted. */
struct survey_counted {
    const struct survey *survey;
    const struct survey_tally *tally;
};

/* The people whom a question's share is of: those asked, without or with no answer. */
uint64_t question_base(const struct question *q, const struct question_tally *t);

/* Do the counts add up? Each sum that fails is a sentence with both figures and the question:
 * 「男女計 512 ≠ 全体 530(問3)」. Returns how many there are, and puts up to `max` into out. */
uint32_t survey_sums_check(struct arena *a, const struct survey *s,
                           const struct survey_tally *t, str *out, uint32_t max);

/* Columns that are equal, figure by figure, to those of the survey before: a column that was
 * copied. Compared are questions with the same key and the same choices with three counts above
 * 0 or more, as a whole and by each group. Sentences as above. */
uint32_t survey_copies_check(struct arena *a, const struct survey_counted *now,
                             const struct survey_counted *before, str *out, uint32_t max);

/* Both directions; the reader needs the definition that the counts are of. */
struct value *survey_tally_value(struct arena *a, const struct survey *s,
                                 const struct survey_tally *t);
MUST bool survey_tally_from_value(struct arena *a, const struct survey *s,
                                  const struct value *v, struct survey_tally *out,
                                  struct err *e);

#endif
