/* Hints: what each character of the flow may be, found out once for all questions that the
 * grammar asks of it. Most characters of a plan are prose and have none, so the next bracket or
 * digit is found eight bytes at a time. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

/* Words that word_in looks for. */
#define SEARCHED                                                                               \
    (1u << WORDS_AS_NEEDED | 1u << WORDS_BASELINE | 1u << WORDS_TARGET | 1u << WORDS_LAST_YEAR \
     | 1u << WORDS_AT_LEAST | 1u << WORDS_AT_MOST | 1u << WORDS_ZERO | 1u << WORDS_MORE        \
     | 1u << WORDS_LESS | 1u << WORDS_KEEP | 1u << WORDS_LOWER | 1u << WORDS_LOWER_UNLESS      \
     | 1u << WORDS_CHANGE)
#define CUTTING (FORM_START_LABEL | FORM_START_YEAR | FORM_START_MARK)
#define NUMBERS (1u << WORDS_LEVEL | 1u << WORDS_LAST_YEAR)

/* clang-format off */
static const struct {
    uint32_t from, to;
    uint8_t hints;
} RANGES[] = {
    { 0x00, 0x1F, HINT_BLANK },
    { FLOW_PARA, FLOW_PARA, HINT_BRACKET },  { FLOW_ITEM, FLOW_ITEM, HINT_BRACKET | HINT_SIGN },
    { ' ', ' ', HINT_BLANK },                { 0xA0, 0xA0, HINT_BLANK },
    { 0x2000, 0x200B, HINT_BLANK },          { 0x3000, 0x3000, HINT_BLANK },
    { 0xFEFF, 0xFEFF, HINT_BLANK },
    { ':', ':', HINT_SIGN },                 { 0x3002, 0x3002, HINT_SIGN }, /* 。 */
    { 0xFF61, 0xFF61, HINT_SIGN },           { 0x203B, 0x203B, HINT_SIGN }, /* ※ */
    { '(', ')', HINT_BRACKET },              { '<', '>', HINT_BRACKET },
    { '[', ']', HINT_BRACKET },              { 0x201C, 0x201D, HINT_BRACKET },
    { 0x226A, 0x226B, HINT_BRACKET },        { 0x2329, 0x232A, HINT_BRACKET },
    { 0x3008, 0x3019, HINT_BRACKET },        { 0xFF62, 0xFF63, HINT_BRACKET },
    { '0', '9', HINT_NUMBER },               { 0x5143, 0x5143, HINT_NUMBER }, /* 元 */
    { 0x4EE4, 0x4EE4, HINT_NUMBER },         { 0x5E73, 0x5E73, HINT_NUMBER }, /* 令 平 */
    { 0x662D, 0x662D, HINT_NUMBER },         { 0x32FF, 0x32FF, HINT_NUMBER }, /* 昭 ㋿ */
    { 0x337B, 0x337B, HINT_NUMBER },                                          /* ㍻ */
    { 'f', 'f', HINT_NUMBER },               { 'h', 'h', HINT_NUMBER },
    { 'r', 's', HINT_NUMBER },
    { '0', '9', HINT_MARK },                 { 'a', 'z', HINT_MARK },
    { 0x30A2, 0x30AA, HINT_MARK },           { ',', '/', HINT_MARK }, /* , - . / */
    { 0x3001, 0x3001, HINT_MARK },           { 0x30FB, 0x30FC, HINT_MARK }, /* 、 ・ ー */
    { '=', '=', HINT_MARK },                 { 0xD7, 0xD7, HINT_MARK }, /* × */
    { 0x2015, 0x2015, HINT_MARK },           { 0x2160, 0x217F, HINT_MARK }, /* ― Ⅰ ⅰ */
    { 0x2212, 0x2212, HINT_MARK },           { 0x2460, 0x2473, HINT_MARK }, /* − ① */
    { 0x25A0, 0x25FF, HINT_MARK },           { 0x2605, 0x2606, HINT_MARK }, /* ○ ☆ */
    { 0x2713, 0x2718, HINT_MARK },           { 0x2776, 0x277F, HINT_MARK }, /* ✓ ❶ */
    { 0x2B55, 0x2B55, HINT_MARK },           { 0x3007, 0x3007, HINT_MARK }, /* ⭕ 〇 */
    { 0xFE0F, 0xFE0F, HINT_MARK },
    { 0x30A2, 0x30B3, HINT_FIRST },          { 'a', 'j', HINT_FIRST }, /* ア a: list marks */
    { '0', '9', HINT_FIRST },                { '*', '-', HINT_FIRST },
    { ':', ':', HINT_FIRST },                { 0xB7, 0xB7, HINT_FIRST }, /* · */
    { 0x2013, 0x2014, HINT_FIRST },          { 0x2022, 0x2022, HINT_FIRST }, /* – — • */
    { 0x2212, 0x2212, HINT_FIRST },          { 0x2219, 0x2219, HINT_FIRST }, /* − ∙ */
    { 0x2460, 0x249B, HINT_FIRST },          { 0x24EB, 0x24F4, HINT_FIRST }, /* ① ⑴ ⓫ */
    { 0x25A0, 0x25FF, HINT_FIRST },          { 0x2713, 0x2713, HINT_FIRST }, /* ■ ● ✓ */
    { 0x2756, 0x2756, HINT_FIRST },          { 0x2776, 0x277F, HINT_FIRST }, /* ❖ ❶ */
    { 0x27A2, 0x27A2, HINT_FIRST },          { 0x3007, 0x3007, HINT_FIRST }, /* ➢ 〇 */
    { 0x30FB, 0x30FB, HINT_FIRST },          { 0x3251, 0x325F, HINT_FIRST }, /* ・ ㉑ */
    { 0x32D0, 0x32D9, HINT_FIRST },                                          /* ㋐ */
};
/* What char_fold changes: capitals, full width, and two colons. */
static const struct {
    uint32_t from, to;
} FOLDED[] = { { 'A', 'Z' }, { 0xFF01, 0xFF65 }, { 0x2236, 0x2236 }, { 0xFE55, 0xFE55 } };
/* clang-format on */

/* The hints of a character by its slot; characters share slots, as in form_index. */
static void table_make(const struct form_index *x, uint8_t table[FORM_STARTS])
{
    memset(table, 0, FORM_STARTS);
    for (uint32_t i = 0; i < x->used_count; i++) {
        uint32_t starts = x->starts[x->used[i]];

        table[x->used[i]] =
            (uint8_t)((starts & NUMBERS ? HINT_NUMBER : 0) | (starts & SEARCHED ? HINT_WORD : 0)
                      | (starts & FORM_START_MARK ? HINT_LEGEND : 0)
                      | (starts & CUTTING ? HINT_FIRST : 0));
    }
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
        for (uint32_t c = RANGES[i].from; c <= RANGES[i].to; c++)
            table[form_start(c)] |=
                RANGES[i].hints | (RANGES[i].hints & HINT_BRACKET ? HINT_FIRST : 0);
    for (size_t i = 0; i < sizeof FOLDED / sizeof *FOLDED; i++)
        for (uint32_t c = FOLDED[i].from; c <= FOLDED[i].to; c++)
            table[form_start(c)] |= table[form_start(char_fold(c))];
}

void hints_make(struct arena *a, const struct form *form, struct flow *f)
{
    const str text = f->text;
    uint8_t table[FORM_STARTS], *hints = arena_raw(a, 1, text.n + LANES);
    /* form_start of a character of three bytes: the bits of the first stir those of the others
     */
    uint32_t stirs[16];

    table_make(form->index, table);
    for (uint32_t i = 0; i < 16; i++)
        stirs[i] = form_start(i << 12);
    for (size_t i = 0, n; i < text.n; i += n) {
        const unsigned char *p = (const unsigned char *)text.p + i;
        uint32_t here; /* of the character's first byte; the others have none */

        if (p[0] < 0x80) {
            n = 1;
            here = table[p[0]];
        } else if (p[0] >= 0xE0 && p[0] < 0xF0) {
            n = 3;
            here = table[((p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)) ^ stirs[p[0] & 15]];
        } else {
            here = table[form_start(char_at(text, i, &n))];
        }
        memcpy(hints + i, &here, sizeof here);
    }
    memset(hints + text.n, 0, LANES);
    f->hints = hints;
}
