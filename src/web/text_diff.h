/* What differs between two versions of a Japanese text, in words. Pure. */
#ifndef MEGURI_WEB_TEXT_DIFF_H
#define MEGURI_WEB_TEXT_DIFF_H

#include "base/base.h"

/* A text in pieces, each of them marked or not: piece i begins at at[i] and ends at at[i + 1].
 */
struct marked_text {
    str text;
    uint32_t *at; /* n + 1 of them */
    bool *is_marked;
    uint32_t n;
};

/* Marks in each text what the other does not have. Letters are aligned by a shortest edit
 * script (Myers 1986, Algorithmica 1:251), a number or Latin word being one letter; what is
 * then marked grows to whole words. A word ends where the script changes (kanji, hiragana,
 * katakana) and behind a particle; a run of more than two kanji is several words that nobody
 * can tell apart without a dictionary, so there each character stands for itself. Texts that
 * differ in more than DIFF_STEPS_MAX letters are marked from the first difference to the last.
 */
enum { DIFF_STEPS_MAX = 1000 };
void text_diff(struct arena *a, str before, str after, struct marked_text *marked_before,
               struct marked_text *marked_after);

#endif
