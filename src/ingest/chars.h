/* Characters as the grammar sees them, and views of them. Every byte of a document goes through
 * the short functions here several times, so they stand in the header. */
#ifndef MEGURI_INGEST_CHARS_H
#define MEGURI_INGEST_CHARS_H

#include "base/base.h"
#include "base/lanes.h"

/* Separators of the flow, besides TAB (next cell) and LF (next row or line). */
enum {
    FLOW_ITEM = '\x1c', /* a list item of HTML begins: a list mark without a sign */
    FLOW_PARA = '\x1d', /* a paragraph ends */
    FLOW_LINE = '\x1e', /* <br> */
    FLOW_SOFT = '\x1f', /* a line end inside a paragraph whose tag is open */
};

enum bracket { BRACKET_NONE, ROUND, SQUARE, LENTICULAR, TORTOISE, ANGLE, QUOTE, BRACKET_KINDS };

/* The code point at byte i < s.n; *n its bytes. s is valid UTF-8. */
static inline uint32_t char_at(str s, size_t i, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s.p + i;

    if (p[0] < 0x80) {
        *n = 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *n = 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) { /* almost all: the marks of lead and tails are taken off at once */
        *n = 3;
        return ((uint32_t)p[0] << 12) + ((uint32_t)p[1] << 6) + p[2] - (0xE0u << 12)
               - (0x80u << 6) - 0x80u;
    }
    *n = 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12
           | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3Fu);
}

/* Where the character begins that ends at byte i > 0. */
static inline size_t char_start(str s, size_t i)
{
    do
        i--;
    while (i > 0 && ((unsigned char)s.p[i] & 0xC0) == 0x80);
    return i;
}

/* The character that ends at byte i, 0 at the start. */
static inline uint32_t char_before(str s, size_t i)
{
    size_t n;

    return i ? char_at(s, char_start(s, i), &n) : 0;
}

uint32_t char_fold_rare(uint32_t c);

/* Full width to ASCII, capitals to small letters; brackets keep their kind. */
static inline uint32_t char_fold(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    return c < 0x2236 || (c > 0x2236 && c < 0xFE55) ? c : char_fold_rare(c);
}

/* Blanks and every separator but FLOW_ITEM. */
static inline bool char_is_blank(uint32_t c)
{
    if (c < 0x80)
        return c <= ' ' && c != FLOW_ITEM;
    if (c >= 0x3000) /* almost all */
        return c == 0x3000 || c == 0xFEFF;
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200B);
}

/* The index of the next control character at or behind i, s.n = none. */
static inline size_t next_control(str s, size_t i)
{
    for (; i + LANES <= s.n; i += LANES) {
        uint32_t found = lanes_mask(lanes_below(lanes_load(s.p + i), ' '));

        if (found)
            return i + (size_t)__builtin_ctz(found);
    }
    while (i < s.n && (unsigned char)s.p[i] >= ' ')
        i++;
    return i;
}

/* LF, FLOW_PARA, FLOW_LINE, FLOW_SOFT. */
static inline bool char_is_break(uint32_t c)
{
    return c == '\n' || (c >= FLOW_PARA && c <= FLOW_SOFT);
}

/* Half or full width. */
static inline bool char_is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* Letters and digits of ASCII, half or full width. */
static inline bool char_is_ascii_word(uint32_t c)
{
    c = char_fold(c);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* The kind of bracket that c opens, negative for one that it closes. */
extern const int8_t CHAR_BRACKETS[26]; /* of U+3000 to U+3019 */
int char_bracket_rare(uint32_t c);
static inline int char_bracket_ascii(uint32_t c)
{
    if (c == '(' || c == ')')
        return c == '(' ? ROUND : -ROUND;
    return c < '<' || c >= 'a' ? 0 : char_bracket_rare(c);
}
static inline int char_bracket(uint32_t c)
{
    if (c >= 0x3000 + sizeof CHAR_BRACKETS && c < 0xFF08) /* almost all */
        return 0;
    if (c < 0x80)
        return char_bracket_ascii(c);
    if (c >= 0x3000 && c < 0xFF08)
        return CHAR_BRACKETS[c - 0x3000];
    if (c == 0xFF08 || c == 0xFF09) /* （ ） */
        return c == 0xFF08 ? ROUND : -ROUND;
    return c >= 0x201C && c <= 0xFF63 ? char_bracket_rare(c) : 0;
}
static inline enum bracket char_opens(uint32_t c)
{
    int b = char_bracket(c);

    return b > 0 ? (enum bracket)b : BRACKET_NONE;
}
static inline enum bracket char_closes(uint32_t c)
{
    int b = char_bracket(c);

    return b < 0 ? (enum bracket) - b : BRACKET_NONE;
}

/* Bytes of the blank at byte i < s.n, 0 = none stands there. */
static inline size_t blank_at(str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.p + i;
    size_t n;

    if (p[0] > ' ' && p[0] != 0xC2 && p[0] != 0xE2 && p[0] != 0xE3 && p[0] != 0xEF)
        return 0; /* most characters, by their first byte */
    return char_is_blank(char_at(s, i, &n)) ? n : 0;
}

/* The index of the next character, at or behind i, that is no blank. */
static inline size_t skip_blanks(str s, size_t i)
{
    for (size_t n; i < s.n && (n = blank_at(s, i)) != 0; i += n)
        ;
    return i;
}

/* Does a blank end at byte i > 0? All of them end in a control, a space, 80 to 8B, A0 or BF. */
static inline bool blank_before(str s, size_t i)
{
    unsigned char last = (unsigned char)s.p[i - 1];

    if (last > ' ' && last != 0xA0 && last != 0xBF && (last < 0x80 || last > 0x8B))
        return false;
    return char_is_blank(char_before(s, i));
}

/* Without blanks and separators at both ends. Most texts have none. */
str view_trim_blanks(str s);
static inline str view_trim(str s)
{
    if (!s.n || (!blank_at(s, 0) && !blank_before(s, s.n)))
        return s;
    return view_trim_blanks(s);
}

/* The part [from, to) of s, trimmed; the empty view of nothing stays without a pointer. */
static inline str view_between(str s, size_t from, size_t to)
{
    if (!s.n)
        return s;
    return view_trim((str){ s.p + from, to > from ? to - from : 0 });
}

/* The rest, trimmed. */
static inline str view_from(str s, size_t i)
{
    return view_between(s, i < s.n ? i : s.n, s.n);
}

/* An entry is shorter than this. What is looked for from the start of a text again and again is
 * looked for within so many bytes, so that no text takes quadratic time. */
enum { VIEW_NEAR = 1024 };
str view_near(str s); /* its first VIEW_NEAR bytes, whole characters */

#endif
