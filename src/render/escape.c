/* Escaping for HTML text, quoted attributes and SVG. */
#include "render/escape.h"

#include <string.h>

#include "base/swar.h"

#include "base/banned.h"

/* What a byte becomes; NULL = itself. */
static const char *const ESCAPES[128] = {
    ['&'] = "&amp;", ['<'] = "&lt;",  ['>'] = "&gt;",  ['"'] = "&quot;", ['\''] = "&#39;",
    [0] = "\uFFFD",  [1] = "\uFFFD",  [2] = "\uFFFD",  [3] = "\uFFFD",   [4] = "\uFFFD",
    [5] = "\uFFFD",  [6] = "\uFFFD",  [7] = "\uFFFD",  [8] = "\uFFFD",   [11] = "\uFFFD",
    [12] = "\uFFFD", [14] = "\uFFFD", [15] = "\uFFFD", [16] = "\uFFFD",  [17] = "\uFFFD",
    [18] = "\uFFFD", [19] = "\uFFFD", [20] = "\uFFFD", [21] = "\uFFFD",  [22] = "\uFFFD",
    [23] = "\uFFFD", [24] = "\uFFFD", [25] = "\uFFFD", [26] = "\uFFFD",  [27] = "\uFFFD",
    [28] = "\uFFFD", [29] = "\uFFFD", [30] = "\uFFFD", [31] = "\uFFFD",  [127] = "\uFFFD",
};

/* May one of eight bytes be escaped? Japanese text answers at once: none of its bytes is ASCII.
 * Two signs are looked for at a time: & and ' differ in one bit, < and > in another. */
static inline bool may_escape(uint64_t w)
{
    if ((w & SWAR_EACH(0x80)) == SWAR_EACH(0x80))
        return false;
    return (swar_below(w, 0x20) | swar_equal(w, '"') | swar_equal(w | SWAR_EACH(1), '\'')
            | swar_equal(w | SWAR_EACH(2), '>') | swar_equal(w, 0x7F))
           != 0;
}

/* Copies the eight bytes at `i`; false when one of them may be escaped. */
static inline bool copy_word(char *to, str s, size_t i)
{
    const uint64_t w = swar_load(s.p + i);

    memcpy(to + i, &w, sizeof w);
    return !may_escape(w);
}

/* Copies the bytes from i to `end`, up to the first that is escaped; where it stopped. */
static inline size_t copy_bytes(char *to, str s, size_t i, size_t end)
{
    for (; i < end; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c < 128 && ESCAPES[c])
            return i;
        to[i] = s.p[i];
    }
    return end;
}

/* Copies s to `to`, where s.n bytes have room, up to the first byte that is escaped; how many
 * bytes that were. What lies behind it may have been copied too; the last eight bytes may be
 * copied twice in part. */
static size_t copy_plain(char *to, str s)
{
    size_t i = 0, end, stop;

    for (;;) {
        while (s.n - i >= SWAR_BYTES && copy_word(to, s, i))
            i += SWAR_BYTES;
        end = s.n - i >= SWAR_BYTES ? i + SWAR_BYTES : s.n;
        if (end == s.n && s.n >= SWAR_BYTES && copy_word(to, s, s.n - SWAR_BYTES))
            return s.n;
        stop = copy_bytes(to, s, i, end);
        if (stop < end || stop == s.n)
            return stop;
        i = stop;
    }
}

void escape_html(struct buf *out, str s)
{
    while (s.n) {
        char *to = buf_room(out, s.n);
        size_t n;

        if (!to) {
            out->full = true;
            return;
        }
        n = copy_plain(to, s);
        out->n += n;
        if (n == s.n)
            return;
        buf_put_c(out, ESCAPES[(unsigned char)s.p[n]]);
        s = str_skip(s, n + 1);
    }
}
