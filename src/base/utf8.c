/* UTF-8: validation, code points, places. */
#define MEGURI_BASE_ROOM
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"
#include "base/lanes.h"

static bool is_tail(const char *p)
{
    return ((unsigned char)*p & 0xC0) == 0x80;
}

/* Bytes of the character at p, of which n > 0 bytes are there; 0 when it is not valid. */
static size_t char_len(const char *p, size_t n)
{
    unsigned char lead = (unsigned char)p[0], second = n > 1 ? (unsigned char)p[1] : 0;

    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4 || (second & 0xC0) != 0x80)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (n < 3 || !is_tail(p + 2))
        return 0;
    if (lead < 0xF0)
        return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ? 0 : 3;
    if (n < 4 || !is_tail(p + 3))
        return 0;
    return (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) ? 0 : 4;
}

/* Leads that take a closer look: those of four bytes, those that may begin an overlong form or
 * a surrogate (E0, ED), and bytes that are never valid. */
static bool has_odd_lead(lanes v)
{
    return lanes_mask((lanes)(v >= 0xF0) | lanes_equal(v, 0xE0) | lanes_equal(v, 0xED)
                      | lanes_equal(v & 0xFE, 0xC0));
}

/* From byte i, the start of a character, over blocks in which the tails stand just where the
 * leads want them; to the start of a character. */
static size_t skip_plain(const char *p, size_t i, size_t n)
{
    uint32_t open = 0; /* tails that the block before wants in this one */

    for (; n - i >= LANES; i += LANES) {
        lanes v = lanes_load(p + i);
        uint32_t high = lanes_mask(v);
        uint32_t leads = high & lanes_mask(lanes_above(v, (int8_t)0xBF));
        uint32_t threes = high & lanes_mask(lanes_above(v, (int8_t)0xDF));
        uint32_t wanted = open | leads << 1 | threes << 2;

        if ((high ^ leads) != (wanted & 0xFFFF) || has_odd_lead(v))
            break;
        open = wanted >> LANES;
    }
    while (open && is_tail(p + --i))
        ;
    return i;
}

size_t utf8_valid_prefix(const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t stop, len;

        i = skip_plain(p, i, n);
        stop = n - i < 2 * (size_t)LANES ? n : i + 2 * (size_t)LANES;
        for (; i < stop; i += len) {
            len = char_len(p + i, n - i);
            if (len == 0)
                return i;
        }
    }
    return n;
}

void utf8_put(struct buf *b, uint32_t c)
{
    char p[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char LEAD[] = { 0, 0x00, 0xC0, 0xE0, 0xF0 };

    assert(c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF));
    for (size_t i = n - 1; i > 0; i--) {
        p[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    p[0] = (char)(LEAD[n] | c);
    buf_put(b, (str){ p, n });
}

size_t utf8_count(str s)
{
    size_t i = 0, count = 0;

    for (; s.n - i >= LANES; i += LANES)
        count += lanes_sum(lanes_above(lanes_load(s.p + i), (int8_t)0xBF) & 1);
    for (; i < s.n; i++)
        count += !is_tail(s.p + i);
    return count;
}

str utf8_take(str s, size_t code_points)
{
    size_t i = 0;

    for (; s.n - i >= SWAR_BYTES; i += SWAR_BYTES) {
        unsigned here = swar_characters(swar_load(s.p + i));

        if (here > code_points)
            break;
        code_points -= here;
    }
    for (; i < s.n; i++)
        if (!is_tail(s.p + i) && code_points-- == 0)
            return str_take(s, i);
    return s;
}

void text_place(str whole, size_t offset, uint32_t *line, uint32_t *col)
{
    str before = str_take(whole, offset), rest = before, current;
    uint32_t row = 0;

    do {
        ptrdiff_t end = str_find_char(rest, '\n');

        row++;
        current = rest;
        if (end < 0)
            break;
        rest = str_skip(rest, (size_t)end + 1);
    } while (true);
    *line = row;
    *col = (uint32_t)utf8_count(current) + 1;
}

enum { STRIDE = 1024 };

struct text_index *text_index(struct arena *a, str whole)
{
    struct text_index *x = NEW(a, struct text_index, 1);
    size_t lines = 1, blocks = whole.n / STRIDE + 1;
    uint32_t chars = 0;

    assert(whole.n <= UINT32_MAX);
    for (str rest = whole, line; rest.n; lines++)
        rest = str_cut(rest, '\n', &line);
    x->whole = whole;
    x->line_start = NEW(a, uint32_t, lines);
    x->chars_before = NEW(a, uint32_t, blocks);
    for (size_t i = 0; i < blocks; i++) {
        x->chars_before[i] = chars;
        chars += (uint32_t)utf8_count(str_take(str_skip(whole, i * STRIDE), STRIDE));
    }
    for (str rest = whole; x->lines < lines;) {
        ptrdiff_t end = str_find_char(rest, '\n');

        x->line_start[x->lines++] = (uint32_t)(whole.n - rest.n);
        if (end < 0)
            break;
        rest = str_skip(rest, (size_t)end + 1);
    }
    return x;
}

static uint32_t chars_before(const struct text_index *x, size_t offset)
{
    size_t block = offset / STRIDE;
    str part = str_take(str_skip(x->whole, block * STRIDE), offset - block * STRIDE);

    return x->chars_before[block] + (uint32_t)utf8_count(part);
}

void text_index_place(const struct text_index *x, size_t offset, uint32_t *line, uint32_t *col)
{
    uint32_t low = 0, high = x->lines;

    if (offset > x->whole.n)
        offset = x->whole.n;
    while (high - low > 1) { /* line_start[low] <= offset < line_start[high] */
        uint32_t middle = low + (high - low) / 2;

        if (x->line_start[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    *line = low + 1;
    *col = chars_before(x, offset) - chars_before(x, x->line_start[low]) + 1;
}
