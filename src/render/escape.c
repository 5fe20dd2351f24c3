/* Escaping for HTML text, quoted attributes and SVG. */
#include "render/escape.h"

#include <string.h>

#include "base/lanes.h"

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

/* Which of sixteen bytes may be escaped? Two signs are looked for at a time: & and ' differ in
 * one bit, < and > in another. */
static inline uint32_t may_escape(lanes v)
{
    return lanes_mask(lanes_below(v, 0x20) | lanes_equal(v, '"') | lanes_equal(v | 1, '\'')
                      | lanes_equal(v | 2, '>') | lanes_equal(v, 0x7F));
}

/* The first of them that is escaped, LANES for none: tabs and line ends are not. */
static inline size_t first_escaped(const char *p, uint32_t may)
{
    for (; may; may &= may - 1) {
        const unsigned at = (unsigned)__builtin_ctz(may);

        if (ESCAPES[(unsigned char)p[at]])
            return at;
    }
    return LANES;
}

/* Copies s to `to`, where s.n bytes have room, up to the first byte that is escaped; how many
 * bytes that were. What is behind them there is undefined. */
static size_t copy_plain(char *to, str s)
{
    size_t i = 0;

    for (; s.n >= LANES && i < s.n; i += LANES) {
        lanes v;
        size_t at;

        if (s.n - i < LANES)
            i = s.n - LANES; /* the last sixteen, some of them once more */
        v = lanes_load(s.p + i);
        memcpy(to + i, &v, sizeof v);
        at = first_escaped(s.p + i, may_escape(v));
        if (at < LANES)
            return i + at;
    }
    for (; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c < 128 && ESCAPES[c])
            return i;
        to[i] = s.p[i];
    }
    return s.n;
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
