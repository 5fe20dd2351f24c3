/* How alike two short Japanese texts are, without a dictionary: shared pairs of neighbouring
 * characters (Dice 1945 over character bigrams), and the longest run of telling characters that
 * both have. */
#include "audit/inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Words that say that something is done, not what: "…の実施" is in half of all activities and
 * tells nothing. */
static const str GENERIC[] = {
    STR_INIT("実施"), STR_INIT("開催"), STR_INIT("強化"), STR_INIT("推進"), STR_INIT("充実"),
    STR_INIT("確保"), STR_INIT("促進"), STR_INIT("取組"), STR_INIT("向上"), STR_INIT("対応"),
    STR_INIT("活用"), STR_INIT("検討"), STR_INIT("徹底"), STR_INIT("拡充"), STR_INIT("継続"),
    STR_INIT("活動"), STR_INIT("支援"), STR_INIT("事業"), STR_INIT("随時"), STR_INIT("予定"),
    STR_INIT("対象"),
};

bool text_is_telling(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0x4E00 && c <= 0x9FFF)
           || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC
           || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 0x3005;
}

static size_t generic_at(str s)
{
    for (size_t i = 0; i < sizeof GENERIC / sizeof *GENERIC; i++)
        if (str_starts(s, GENERIC[i]))
            return GENERIC[i].n;
    return 0;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

void shape_make(struct arena *a, str text, struct shape *out)
{
    str rest = text_fold(a, text);
    size_t len, skip = 0;

    *out = (struct shape){ .all = NEW(a, uint32_t, SHAPE_CHARS),
                           .telling = NEW(a, uint32_t, SHAPE_CHARS),
                           .pairs = NEW(a, uint64_t, SHAPE_CHARS) };
    for (; rest.n && out->n < SHAPE_CHARS; rest = str_skip(rest, len)) {
        const uint32_t c = utf8_first(rest, &len);

        if (skip == 0)
            skip = generic_at(rest);
        out->all[out->n] = c;
        out->telling[out->n++] = skip == 0 && text_is_telling(c) ? c : 0;
        skip -= skip < len ? skip : len;
    }
    for (uint32_t i = 0; i + 1 < out->n; i++)
        out->pairs[i] = (uint64_t)out->all[i] << 32 | out->all[i + 1];
    out->pair_count = out->n ? out->n - 1 : 0;
    qsort(out->pairs, out->pair_count, sizeof *out->pairs, by_value);
}

int32_t shape_likeness(const struct shape *a, const struct shape *b)
{
    uint32_t i = 0, j = 0;
    int32_t both = 0;

    if (a->pair_count + b->pair_count == 0) /* texts of one character */
        return a->n == b->n && a->n && a->all[0] == b->all[0] ? LIKENESS_SAME : 0;
    while (i < a->pair_count && j < b->pair_count) {
        if (a->pairs[i] < b->pairs[j]) {
            i++;
        } else if (a->pairs[i] > b->pairs[j]) {
            j++;
        } else {
            both++;
            i++;
            j++;
        }
    }
    return 2 * LIKENESS_SAME * both / (int32_t)(a->pair_count + b->pair_count);
}

uint32_t shape_common_run(const struct shape *a, const struct shape *b, uint32_t *start)
{
    uint16_t len[2][SHAPE_CHARS + 1] = { { 0 } };
    uint32_t best = 0;

    for (uint32_t i = 0; i < a->n; i++) {
        const uint16_t *above = len[i & 1];
        uint16_t *here = len[(i + 1) & 1];

        for (uint32_t j = 0; j < b->n; j++) {
            const bool same = a->telling[i] && a->telling[i] == b->telling[j];

            here[j + 1] = same ? (uint16_t)(above[j] + 1) : 0;
            if (here[j + 1] > best) {
                best = here[j + 1];
                *start = i + 1 - best;
            }
        }
    }
    return best;
}

/* 及び and 並びに join words; their kanji belong to neither. */
static size_t joint_at(str s)
{
    return str_starts(s, STR("及び"))     ? strlen("及び")
           : str_starts(s, STR("並びに")) ? strlen("並びに")
                                          : 0;
}

static str without_generic(str word)
{
    size_t n;

    while (word.n && (n = generic_at(word)) > 0)
        word = str_skip(word, n);
    for (size_t i = 0; i < sizeof GENERIC / sizeof *GENERIC; i++)
        if (str_ends(word, GENERIC[i]))
            word = str_take(word, word.n - GENERIC[i].n);
    return word;
}

bool text_next_word(str *rest, str *word)
{
    size_t len;

    while (rest->n) {
        const char *from = rest->p;

        while (rest->n && joint_at(*rest) == 0 && text_is_telling(utf8_first(*rest, &len)))
            *rest = str_skip(*rest, len);
        *word = without_generic((str){ from, (size_t)(rest->p - from) });
        if (rest->n) { /* what ended the word */
            (void)utf8_first(*rest, &len);
            *rest = str_skip(*rest, joint_at(*rest) ? joint_at(*rest) : len);
        }
        if (word->n && utf8_count(*word) >= 2)
            return true;
    }
    return false;
}
