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

size_t word_at(const struct reader *r, enum form_words list, str s, size_t i)
{
    const struct form_list *l = &r->form->words[list];
    size_t best = 0;

    for (uint32_t k = 0; k < l->count; k++) {
        size_t end = word_match(s, i, l->items[k]);

        if (end > best)
            best = end;
    }
    return best ? best - i : 0;
}

bool word_in(const struct reader *r, enum form_words list, str s, size_t *at, size_t *n)
{
    for (size_t i = 0, step; i < s.n; i += step) {
        *n = word_at(r, list, s, i);
        if (*n) {
            *at = i;
            return true;
        }
        char_at(s, i, &step);
    }
    return false;
}

bool word_ends(const struct reader *r, enum form_words list, str s, size_t *at)
{
    enum { LONGEST = 60 };
    size_t i = s.n > LONGEST ? s.n - LONGEST : 0;

    while (i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80)
        i++;
    for (size_t step; i < s.n; i += step) {
        const struct form_list *l = &r->form->words[list];

        for (uint32_t k = 0; k < l->count; k++) {
            if (word_match(s, i, l->items[k]) == s.n) {
                *at = i;
                return true;
            }
        }
        char_at(s, i, &step);
    }
    return false;
}

bool word_is(const struct reader *r, enum form_words list, str s)
{
    size_t at;

    return word_ends(r, list, s, &at) && at == 0;
}
