/* What a request's headers prefer (RFC 9110 12.5, weights; RFC 4647 3.3.1, language ranges).
 * Pure. Headers are wishes: one that cannot be read is not there. */
#include "web/app.h"

#include <string.h>

#include "base/banned.h"

enum { WEIGHT_ONE = 1000 }; /* weights have at most three decimals */

/* "0.8" is 800; what is no weight counts as 1. */
static int weight_read(str s)
{
    int weight = 0, unit = 100;

    if (!s.n || (s.p[0] != '0' && s.p[0] != '1'))
        return WEIGHT_ONE;
    if (s.p[0] == '1')
        return WEIGHT_ONE;
    for (size_t i = 2; i < s.n && i < 5 && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
        weight += (s.p[i] - '0') * unit;
        unit /= 10;
    }
    return weight;
}

/* One item of a list like "en-US;q=0.8": its word, and its weight in thousandths. The rest is
 * returned. */
static str item_cut(str list, str *word, int *weight)
{
    str item, rest = str_cut(list, ',', &item), parameter;

    item = str_cut(item, ';', word);
    *word = str_trim(*word);
    *weight = WEIGHT_ONE;
    while (item.n) {
        item = str_cut(item, ';', &parameter);
        parameter = str_trim(parameter);
        if (str_starts(parameter, STR("q=")) || str_starts(parameter, STR("Q=")))
            *weight = weight_read(str_skip(parameter, 2));
    }
    return rest;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_word(str s, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i < n; i++) {
        if (i >= s.n || lower(s.p[i]) != word[i])
            return false;
    }
    return s.n == n;
}

/* "en" and "en-GB", not "eng". */
static bool is_range_of(str s, const char *lang)
{
    return is_word(str_take(s, 2), lang) && (s.n == 2 || s.p[2] == '-');
}

enum lang negotiate_lang(str accept_language)
{
    int ja = -1, en = -1, any = 0, weight;
    str rest = accept_language, word;

    while (rest.n) {
        rest = item_cut(rest, &word, &weight);
        if (is_range_of(word, "ja") && weight > ja)
            ja = weight;
        else if (is_range_of(word, "en") && weight > en)
            en = weight;
        else if (is_word(word, "*"))
            any = weight;
    }
    if (ja < 0)
        ja = any;
    if (en < 0)
        en = any;
    return en > ja ? LANG_EN : LANG_JA;
}

bool negotiate_json(str accept)
{
    int json = 0, html = 0, any = 0, weight;
    str rest = accept, word;

    while (rest.n) {
        rest = item_cut(rest, &word, &weight);
        if (is_word(word, "application/json") || is_word(word, "application/problem+json"))
            json = weight;
        else if (is_word(word, "text/html") || is_word(word, "application/xhtml+xml"))
            html = weight;
        else if (is_word(word, "*/*") || is_word(word, "text/*"))
            any = weight;
    }
    return json > html && json >= any;
}

bool negotiate_gzip(str accept_encoding)
{
    int gzip = 0, weight;
    str rest = accept_encoding, word;

    while (rest.n) {
        rest = item_cut(rest, &word, &weight);
        if (is_word(word, "gzip") || is_word(word, "x-gzip"))
            gzip = weight;
    }
    return gzip > 0;
}

/* RFC 9110 13.1.2: compared weakly, so W/ does not count. */
bool negotiate_matches(str if_none_match, str etag)
{
    str rest = if_none_match, item;

    while (rest.n) {
        rest = str_cut(rest, ',', &item);
        item = str_trim(item);
        if (str_starts(item, STR("W/")))
            item = str_skip(item, 2);
        if (str_eq(item, etag) || str_eq(item, STR("*")))
            return true;
    }
    return false;
}
