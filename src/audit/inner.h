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

/* Kanji, katakana, small latin letter or digit. */
bool text_is_telling(uint32_t c);

/* The next word of a folded text that says what it is about: a run of two or more telling
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
};

/* Pairs free texts that are equal byte for byte: at the same index first, then in their order.
 * Linear. */
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

/* n times -1. */
int32_t *pair_none(struct arena *a, uint32_t n);

#endif
