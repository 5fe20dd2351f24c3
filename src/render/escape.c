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

/* Copies s to `to`, where s.n bytes have room, up to the first byte that is escaped; how many
 * bytes that were. The last eight may be copied twice in part. */
static size_t copy_plain(char *to, str s)
{
    size_t i = 0, end;
    uint64_t w;

    for (;;) {
        for (; s.n - i >= SWAR_BYTES; i += SWAR_BYTES) {
            w = swar_load(s.p + i);
            if (may_escape(w))
                break;
            memcpy(to + i, &w, sizeof w);
        }
        end = s.n - i >= SWAR_BYTES ? i + SWAR_BYTES : s.n;
        if (end == s.n && s.n >= SWAR_BYTES) {
            w = swar_load(s.p + s.n - SWAR_BYTES);
            memcpy(to + s.n - SWAR_BYTES, &w, sizeof w);
            if (!may_escape(w))
                return s.n;
        }
        for (; i < end; i++) {
            const unsigned char c = (unsigned char)s.p[i];

            if (c < 128 && ESCAPES[c])
                return i;
            to[i] = s.p[i];
        }
        if (i == s.n)
            return i;
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
