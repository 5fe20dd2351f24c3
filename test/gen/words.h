/* The vocabulary of the invented wards: tables only. Every text is ours. */
#ifndef MEGURI_GEN_WORDS_H
#define MEGURI_GEN_WORDS_H

#include "gen.h"

/* How the numbers of a kind of indicator look, and where %s in its name is filled from. */
struct indicator_words {
    const char *name; /* with one %s: a topic */
    const char *unit;
    int lo, hi; /* baseline, in units of the last digit */
    int dec;
    enum goal_kind kind; /* GOAL_PLAIN may also be written 以上; GOAL_LE and GOAL_ZERO are
                            "lower is better" */
};

struct word_list {
    const char *const *words;
    int count;
};

extern const struct indicator_words INDICATORS[];
extern const int INDICATOR_COUNT;
extern const struct word_list TOPICS;   /* what people know, use or take part in */
extern const struct word_list THINGS;   /* what a ward does something with */
extern const struct word_list DOINGS;   /* 「%sの更新」: with one %s, a thing */
extern const struct word_list EXTRAS;   /* reported, never planned; unlike any doing */
extern const struct word_list TRAINEES; /* whom a training is for */
extern const struct word_list LESSONS;  /* what it is about */
extern const struct word_list TITLES;   /* with one %s, a topic */
extern const struct word_list PURPOSES; /* with one %s, a topic; ends with 。 */
extern const struct word_list OUTLINES; /* sentences for an outline of one entry */
extern const struct word_list GROUPS;   /* entries of a longer outline; no blank inside */
extern const struct word_list CAUSES;   /* sentences of an improvement */
extern const struct word_list REMEDIES;
extern const struct word_list RATES;       /* 収納率 and its sisters */
extern const struct word_list RATE_BOUNDS; /* how a result narrows a rate: 現年度賦課分 */
extern const struct word_list INCOMES;     /* ends with …の増 */
extern const struct word_list RATINGS;     /* what has stars */
extern const struct word_list VAGUES;      /* a target that holds nothing to test */
extern const struct word_list ZEROS;
extern const struct word_list WARD_HEADS;
extern const struct word_list WARD_TAILS;

const char *word_pick(struct rng *r, const struct word_list *list);

#endif
