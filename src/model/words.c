/* The stable words of the JSON contract, one table an enum. They are read by other people's
 * scripts: words are added, never changed. */
#include "model/model.h"
#include "model/inner.h"

#include <assert.h>
#include <string.h>
#include "base/banned.h"

/* clang-format off */
const struct words VERDICT_WORDS = { VERDICT_COUNT, {
    [VERDICT_NOT_MEASURED]   = STR_INIT("not_measured"),
    [VERDICT_MET]            = STR_INIT("met"),
    [VERDICT_NOT_MET]        = STR_INIT("not_met"),
    [VERDICT_CANNOT_TELL]    = STR_INIT("cannot_tell"),
    [VERDICT_NOT_MEASURABLE] = STR_INIT("not_measurable"),
} };
const struct words COMPARISON_WORDS = { COMPARE_COUNT, {
    [COMPARE_GE]          = STR_INIT("ge"),
    [COMPARE_LE]          = STR_INIT("le"),
    [COMPARE_EQ]          = STR_INIT("eq"),
    [COMPARE_GT_BASELINE] = STR_INIT("gt_baseline"),
    [COMPARE_LEVEL_GE]    = STR_INIT("level_ge"),
} };
const struct words DIRECTION_WORDS = { DIRECTION_COUNT, {
    [DIRECTION_HIGHER] = STR_INIT("higher"),
    [DIRECTION_LOWER]  = STR_INIT("lower"),
} };
const struct words ROLE_WORDS = { 2, {
    [ROLE_MAIN]  = STR_INIT("main"),
    [ROLE_OTHER] = STR_INIT("other"),
} };
const struct words OUTLOOK_WORDS = { MARK_COUNT, {
    [MARK_POSITIVE] = STR_INIT("ok"),
    [MARK_NEGATIVE] = STR_INIT("not_ok"),
} };
const struct words EVALUATION_WORDS = { MARK_COUNT, {
    [MARK_POSITIVE] = STR_INIT("met"),
    [MARK_NEGATIVE] = STR_INIT("not_met"),
} };
const struct words SEVERITY_WORDS = { SEVERITY_COUNT, {
    [SEVERITY_INFO]    = STR_INIT("I"),
    [SEVERITY_WARNING] = STR_INIT("W"),
    [SEVERITY_ERROR]   = STR_INIT("E"),
} };
const struct words NOTE_WORDS = { NOTE_KIND_COUNT, {
    [NOTE_LOST_MARK]  = STR_INIT("lost_mark"),
    [NOTE_BAD_NUMBER] = STR_INIT("bad_number"),
    [NOTE_UNREAD]     = STR_INIT("unread"),
    [NOTE_BROKEN]     = STR_INIT("broken"),
} };
const struct words PAIRING_WORDS = { PAIR_COUNT, {
    [PAIR_SAME]    = STR_INIT("same"),
    [PAIR_SIMILAR] = STR_INIT("similar"),
} };
const struct words CHANGE_WORDS = { CHANGE_COUNT, {
    [CHANGE_FEWER]     = STR_INIT("fewer"),
    [CHANGE_MORE]      = STR_INIT("more"),
    [CHANGE_REPLACED]  = STR_INIT("replaced"),
    [CHANGE_CANCELLED] = STR_INIT("cancelled"),
    [CHANGE_SUSPENDED] = STR_INIT("suspended"),
} };
const struct words FAULT_WORDS = { DEC_LONG + 1, {
    [DEC_NONE]       = STR_INIT("no_digit"),
    [DEC_TWO_POINTS] = STR_INIT("two_points"),
    [DEC_SEPARATOR]  = STR_INIT("separator"),
    [DEC_MIXED]      = STR_INIT("mixed_width"),
    [DEC_LONG]       = STR_INIT("too_long"),
} };
/* clang-format on */

str words_at(const struct words *w, unsigned value)
{
    assert(value < w->count);
    return w->word[value];
}

bool words_find(const struct words *w, str word, unsigned *value)
{
    for (unsigned i = 0; i < w->count; i++) {
        if (str_eq(w->word[i], word)) {
            *value = i;
            return true;
        }
    }
    return false;
}

str verdict_word(enum verdict v)
{
    return words_at(&VERDICT_WORDS, v);
}

str comparison_word(enum comparison c)
{
    return words_at(&COMPARISON_WORDS, c);
}

str direction_word(enum direction d)
{
    return words_at(&DIRECTION_WORDS, d);
}

str role_word(enum role r)
{
    return words_at(&ROLE_WORDS, r);
}

str mark_word(enum mark m, bool evaluation)
{
    return words_at(evaluation ? &EVALUATION_WORDS : &OUTLOOK_WORDS, m);
}

str severity_word(enum severity s)
{
    return words_at(&SEVERITY_WORDS, s);
}

str note_word(enum note_kind k)
{
    return words_at(&NOTE_WORDS, k);
}

str pairing_word(enum pairing p)
{
    return words_at(&PAIRING_WORDS, p);
}

str activity_change_word(enum activity_change c)
{
    return words_at(&CHANGE_WORDS, c);
}

bool key_is_fine(str key, const char *more)
{
    enum { KEY_CHARS_MAX = 40 };

    for (size_t i = 0; i < key.n; i++) {
        const char c = key.p[i];
        const bool is_letter = c >= 'a' && c <= 'z';

        if (!is_letter && (i == 0 || !((c >= '0' && c <= '9') || (c && strchr(more, c)))))
            return false;
    }
    return key.n > 0 && key.n <= KEY_CHARS_MAX;
}
