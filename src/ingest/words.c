/* The words of the form's lists (以上, 実績, 随時, …) in a view. Lists are short and views too:
 * a plain search. */
#include "ingest/inner.h"

#include "base/banned.h"

/* Bytes that `word` and s from byte i on have in common, up to the start of a character. */
static size_t common(str s, size_t i, str word)
{
    size_t k = 0;

    while (k < word.n && i + k < s.n && s.p[i + k] == word.p[k])
        k++;
    while (k > 0 && k < word.n && ((unsigned char)word.p[k] & 0xC0) == 0x80)
        k--;
    return k;
}

/* The end of `word` at byte i, 0 = it is not there. Words of a form are folded; blanks inside
 * do not count. */
static size_t word_match(str s, size_t i, str word)
{
    size_t k = common(s, i, word), kn, n;

    for (i += k; k < word.n; k += kn, i += n)
        if (i >= s.n || char_fold(char_at(s, i, &n)) != char_at(word, k, &kn))
            return 0;
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

/* Where `word` begins with which s ends, s.n = it does not. */
static size_t word_match_back(str s, str word)
{
    size_t i = s.n, k = word.n;

    if (str_ends(s, word))
        return i - k;
    while (k > 0 && i > 0 && char_fold(char_before(s, i)) == char_before(word, k)) {
        i = char_start(s, i);
        k = char_start(word, k);
    }
    return k ? s.n : i;
}

bool word_ends(const struct reader *r, enum form_words list, str s, size_t *at)
{
    enum { LONGEST = 60 };
    const struct form_index *x = r->form->index;
    uint32_t slot = form_start(char_fold(char_before(s, s.n)));

    if (!(x->ends[slot] >> list & 1))
        return false;
    for (uint32_t k = x->ending_first[slot]; k < x->ending_first[slot + 1]; k++) {
        size_t from = x->ending[k].list == list ? word_match_back(s, x->ending[k].word) : s.n;

        if (from < s.n && s.n - from <= LONGEST) {
            *at = from; /* the longest comes first */
            return true;
        }
    }
    return false;
}

bool word_is(const struct reader *r, enum form_words list, str s)
{
    return s.n && word_at(r, list, s, 0) == s.n;
}
