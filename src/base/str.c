/* String views and growing buffers. */
#define MEGURI_BASE_ROOM
#include "base/str.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"
#include "base/format.h"
#include "base/lanes.h"

/* A view's pointer may be NULL when it is empty; the C library may not be given that. */
static int same(const char *a, const char *b, size_t n)
{
    return n == 0 ? 0 : memcmp(a, b, n);
}

int str_cmp(str a, str b)
{
    int order = same(a.p, b.p, a.n < b.n ? a.n : b.n);

    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

/* The first of sixteen places from byte i on where the word stands, -1 for none of them. */
static ptrdiff_t find_near(str s, size_t i, str word)
{
    const size_t last = word.n - 1;
    uint32_t may = lanes_mask(lanes_equal(lanes_load(s.p + i), (uint8_t)word.p[0])
                              & lanes_equal(lanes_load(s.p + i + last), (uint8_t)word.p[last]));

    for (; may; may &= may - 1) {
        size_t at = i + (size_t)__builtin_ctz(may);

        if (memcmp(s.p + at, word.p, word.n) == 0)
            return (ptrdiff_t)at;
    }
    return -1;
}

/* A word is looked for by its first and its last byte. A longer needle is left to the C
 * library, which is linear in both lengths. */
enum { WORD_BYTES = 32 };

static ptrdiff_t find_word(str s, str word)
{
    const size_t end = s.n - (word.n - 1) - LANES; /* the last sixteen places begin here */
    ptrdiff_t at = -1;

    for (size_t i = 0; at < 0 && i < end; i += LANES)
        at = find_near(s, i, word);
    return at < 0 ? find_near(s, end, word) : at;
}

ptrdiff_t str_find(str s, str needle)
{
    const char *at;

    if (needle.n == 0)
        return 0;
    if (s.n < needle.n)
        return -1;
    if (needle.n <= WORD_BYTES && s.n >= needle.n - 1 + LANES)
        return find_word(s, needle);
    at = memmem(s.p, s.n, needle.p, needle.n);
    return at ? at - s.p : -1;
}

ptrdiff_t str_find_char(str s, char c)
{
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

    return at ? at - s.p : -1;
}

str str_cut(str s, char sep, str *cell)
{
    ptrdiff_t at = str_find_char(s, sep);

    if (at < 0) {
        *cell = s;
        return str_skip(s, s.n);
    }
    *cell = str_take(s, (size_t)at);
    return str_skip(s, (size_t)at + 1);
}

static bool is_ascii_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Bytes of the blank at the start of s, 0 for none. */
static size_t blank_first(str s)
{
    if (s.n && is_ascii_blank(s.p[0]))
        return 1;
    if (str_starts(s, STR("\u00A0")))
        return 2;
    return str_starts(s, STR("\u3000")) ? 3 : 0;
}

static size_t blank_last(str s)
{
    if (s.n && is_ascii_blank(s.p[s.n - 1]))
        return 1;
    if (str_ends(s, STR("\u00A0")))
        return 2;
    return str_ends(s, STR("\u3000")) ? 3 : 0;
}

str str_trim(str s)
{
    size_t n;

    while ((n = blank_first(s)) > 0)
        s = str_skip(s, n);
    while ((n = blank_last(s)) > 0)
        s = str_take(s, s.n - n);
    return s;
}

str str_dup(struct arena *a, str s)
{
    char *p;

    if (s.n == 0)
        return (str){ NULL, 0 };
    p = arena_bytes(a, s.n);
    memcpy(p, s.p, s.n);
    return (str){ p, s.n };
}

char *str_c(struct arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);

    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

str str_cat(struct arena *a, const str *pieces, size_t count)
{
    size_t n = 0;
    char *p, *to;

    for (size_t i = 0; i < count; i++)
        n += pieces[i].n;
    p = to = arena_bytes(a, n);
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].n)
            memcpy(to, pieces[i].p, pieces[i].n);
        to += pieces[i].n;
    }
    return (str){ p, n };
}

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ (h >> 32);
}

static uint64_t word_at(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
    return word;
}

/* Eight bytes at a time, each multiplied in by an odd constant (2^64 / golden ratio). A long
 * text goes by four at a time, so that no multiplication waits for the one before it. */
uint64_t str_hash(str s)
{
    uint64_t h = mix(0, s.n + 1);

    if (s.n >= 64) {
        uint64_t four[4] = { h, h + 1, h + 2, h + 3 };

        for (; s.n >= sizeof four; s = str_skip(s, sizeof four))
            for (size_t i = 0; i < 4; i++)
                four[i] = mix(four[i], word_at(s.p + 8 * i));
        for (size_t i = 0; i < 4; i++)
            h = mix(h, four[i]);
    }
    for (; s.n >= 8; s = str_skip(s, 8))
        h = mix(h, word_at(s.p));
    if (s.n) {
        uint64_t word = 0;

        memcpy(&word, s.p, s.n);
        h = mix(h, word);
    }
    return mix(h, h >> 29);
}

void buf_init(struct buf *b, struct arena *a, size_t first, size_t max)
{
    if (first > max)
        first = max;
    *b = (struct buf){ .a = a, .max = max, .cap = first };
    if (first)
        b->p = arena_bytes(a, first);
}

/* Room for `more` bytes, doubling up to max; false when the cap is in the way. */
static bool reserve(struct buf *b, size_t more)
{
    size_t cap;
    char *p;

    if (more <= b->cap - b->n)
        return true;
    if (b->full || more > b->max - b->n)
        return false;
    cap = b->cap < 32 ? 64 : b->cap * 2;
    while (cap < b->n + more)
        cap *= 2;
    if (cap > b->max)
        cap = b->max;
    if (b->p && arena_extend(b->a, b->p, b->cap, cap)) {
        b->cap = cap;
        return true;
    }
    p = arena_bytes(b->a, cap);
    if (b->p)
        memcpy(p, b->p, b->n);
    b->p = p;
    b->cap = cap;
    return true;
}

/* The longest start of s that fits in `room` and does not split a character. */
static size_t whole_characters(str s, size_t room)
{
    while (room > 0 && ((unsigned char)s.p[room] & 0xC0) == 0x80)
        room--;
    return room;
}

void buf_put_slowly(struct buf *b, str s)
{
    if (b->full || s.n == 0)
        return;
    if (!reserve(b, s.n)) {
        s.n = whole_characters(s, b->max - b->n);
        (void)reserve(b, s.n);
        b->full = true;
    }
    if (s.n)
        memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

char *buf_room_slowly(struct buf *b, size_t more)
{
    return !b->full && reserve(b, more) ? b->p + b->n : NULL;
}

void buf_put_c(struct buf *b, const char *c_string)
{
    buf_put(b, str_from(c_string));
}

void buf_put_uint(struct buf *b, uint64_t v)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    buf_put(b, (str){ digits + at, sizeof digits - at });
}

void buf_put_int(struct buf *b, int64_t v)
{
    if (v < 0)
        buf_put_char(b, '-');
    buf_put_uint(b, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

str buf_str(const struct buf *b)
{
    return (str){ b->p, b->n };
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->full = false;
}
