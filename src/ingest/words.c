/* The words of the form's lists (以上, 実績, 随時, …) in a view. Lists are short and views too:
 * a plain search. */
#include "ingest/inner.h"

#include "base/banned.h"

/* The end of `word` at byte i, 0 = it is not there. Words of a form are folded; blanks inside
 * do not count. */
static size_t word_match(str s, size_t i, str word)
{
    for (size_t k = 0, kn, n; k < word.n; k += kn) {
        uint32_t want = char_at(word, k, &kn);

        if (i >= s.n || char_fold(char_at(s, i, &n)) != want)
            return 0;
        i += n;
    }
    return i;
}

static bool may_begin(const struct reader *r, enum form_words list, uint32_t c)
{
    return r->form->index->starts[form_start(char_fold(c))] >> list & 1;
}

size_t word_look_up(const struct form_index *x, uint32_t lists, str s, size_t i)
{
    size_t len;
    uint32_t slot = form_start(char_fold(char_at(s, i, &len)));

    for (uint32_t k = x->word_first[slot]; k < x->word_first[slot + 1]; k++) {
        size_t end = lists >> x->words[k].list & 1 ? word_match(s, i, x->words[k].word) : 0;

        if (end)
            return end - i; /* the longest comes first */
    }
    return 0;
}

bool word_in(const struct reader *r, enum form_words list, str s, size_t *at, size_t *n)
{
    for (size_t i = 0, step; (i = hint_next(&r->flow, s, i, HINT_WORD)) < s.n; i += step) {
        if (!may_begin(r, list, char_at(s, i, &step)))
            continue;
        *n = word_at(r, list, s, i);
        if (*n) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* A word of the list that goes from byte i to the end of s. */
static bool word_to_end(const struct reader *r, enum form_words list, str s, size_t i)
{
    const struct form_index *x = r->form->index;
    size_t len;
    uint32_t slot = form_start(char_fold(char_at(s, i, &len)));

    for (uint32_t k = x->word_first[slot]; k < x->word_first[slot + 1]; k++)
        if (x->words[k].list == list && word_match(s, i, x->words[k].word) == s.n)
            return true;
    return false;
}

bool word_ends(const struct reader *r, enum form_words list, str s, size_t *at)
{
    enum { LONGEST = 60 };
    size_t i = s.n > LONGEST ? s.n - LONGEST : 0;
    uint32_t last = form_start(char_fold(char_before(s, s.n)));

    if (!(r->form->index->ends[last] >> list & 1))
        return false;
    while (i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80)
        i++;
    for (size_t step; i < s.n; i += step) {
        if (!may_begin(r, list, char_at(s, i, &step)))
            continue;
        if (word_to_end(r, list, s, i)) {
            *at = i;
            return true;
        }
    }
    return false;
}

bool word_is(const struct reader *r, enum form_words list, str s)
{
    return s.n && word_at(r, list, s, 0) == s.n;
}
