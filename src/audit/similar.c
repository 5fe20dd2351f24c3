/* How alike two short Japanese texts are, without a dictionary: shared pairs of neighbouring
 * characters (Dice 1945 over character bigrams), and the longest run of telling characters that
 * both have. */
#include "audit/inner.h"

#include <string.h>

#include "base/banned.h"

/* Words that say that something is done, not what: "…の実施" is in half of all activities and
 * tells nothing. Each is two characters, so that a text is looked through once, pair by pair.
 */
static bool is_generic(uint32_t first, uint32_t second)
{
    /* clang-format off */
    switch (first) {
    case 0x5B9F: return second == 0x65BD; /* 実施 */
    case 0x958B: return second == 0x50AC; /* 開催 */
    case 0x5F37: return second == 0x5316; /* 強化 */
    case 0x63A8: return second == 0x9032; /* 推進 */
    case 0x5145: return second == 0x5B9F; /* 充実 */
    case 0x78BA: return second == 0x4FDD; /* 確保 */
    case 0x4FC3: return second == 0x9032; /* 促進 */
    case 0x53D6: return second == 0x7D44; /* 取組 */
    case 0x5411: return second == 0x4E0A; /* 向上 */
    case 0x5BFE: return second == 0x5FDC || second == 0x8C61; /* 対応 対象 */
    case 0x6D3B: return second == 0x7528 || second == 0x52D5; /* 活用 活動 */
    case 0x691C: return second == 0x8A0E; /* 検討 */
    case 0x5FB9: return second == 0x5E95; /* 徹底 */
    case 0x62E1: return second == 0x5145; /* 拡充 */
    case 0x7D99: return second == 0x7D9A; /* 継続 */
    case 0x652F: return second == 0x63F4; /* 支援 */
    case 0x4E8B: return second == 0x696D; /* 事業 */
    case 0x968F: return second == 0x6642; /* 随時 */
    case 0x4E88: return second == 0x5B9A; /* 予定 */
    default: return false;
    }
    /* clang-format on */
}

bool text_is_telling(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0x4E00 && c <= 0x9FFF)
           || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC
           || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 0x3005;
}

/* Insertion: a text has some dozens of pairs. */
static void sort(uint64_t *v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        const uint64_t x = v[i];
        uint32_t j = i;

        for (; j > 0 && v[j - 1] > x; j--)
            v[j] = v[j - 1];
        v[j] = x;
    }
}

void shape_make(struct arena *a, str text, struct shape *out)
{
    str rest = text_fold(a, text);
    const size_t most = rest.n < SHAPE_CHARS ? rest.n : SHAPE_CHARS;
    size_t len;

    *out = (struct shape){ .all = NEW(a, uint32_t, most),
                           .telling = NEW(a, uint32_t, most),
                           .pairs = NEW(a, uint64_t, most) };
    for (; rest.n && out->n < SHAPE_CHARS; rest = str_skip(rest, len))
        out->all[out->n++] = utf8_first(rest, &len);
    for (uint32_t i = 0; i + 1 < out->n; i++)
        out->pairs[out->pair_count++] = (uint64_t)out->all[i] << 32 | out->all[i + 1];
    for (uint32_t i = 0; i < out->n; i++)
        if (i + 1 < out->n && is_generic(out->all[i], out->all[i + 1]))
            i++; /* both characters tell nothing */
        else if (text_is_telling(out->all[i]))
            out->telling[i] = out->all[i];
    sort(out->pairs, out->pair_count);
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

/* Is this word of two characters a generic one? */
static bool is_generic_word(str word)
{
    size_t first, second;
    uint32_t a, b;

    if (word.n != 6 || ((unsigned char)word.p[0] & 0xC0) == 0x80) /* two kanji, from a
                                                                     character's start */
        return false;
    a = utf8_first(word, &first);
    b = utf8_first(str_skip(word, first), &second);
    return is_generic(a, b);
}

static str without_generic(str word)
{
    while (is_generic_word(str_take(word, 6)))
        word = str_skip(word, 6);
    while (word.n >= 6 && is_generic_word(str_skip(word, word.n - 6)))
        word = str_take(word, word.n - 6);
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
