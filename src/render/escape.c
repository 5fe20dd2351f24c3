/* Escaping for HTML text, quoted attributes and SVG. */
#include "render/escape.h"

#include <string.h>

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

/* Has none of eight bytes a value below 0x40 or 0x7F? All that is escaped lies there, and
 * Japanese text does not: it passes eight bytes at a time. (A byte below 0x40 has both upper
 * bits clear.) */
static bool is_plain(const char *p)
{
    const uint64_t top = UINT64_C(0x8080808080808080);
    uint64_t w, del;

    memcpy(&w, p, 8);
    del = w ^ UINT64_C(0x7F7F7F7F7F7F7F7F); /* a zero byte where DEL stands */
    return !(~(w | w << 1) & top) && !((del - UINT64_C(0x0101010101010101)) & ~del & top);
}

static size_t plain_run(const char *p, size_t n)
{
    size_t i = 0;

    for (;;) {
        while (i + 8 <= n && is_plain(p + i))
            i += 8;
        for (size_t end = i + 8 < n ? i + 8 : n; i < end; i++) {
            unsigned char c = (unsigned char)p[i];

            if (c < 128 && ESCAPES[c])
                return i;
        }
        if (i == n)
            return n;
    }
}

void escape_html(struct buf *out, str s)
{
    while (s.n) {
        size_t n = plain_run(s.p, s.n);

        buf_put(out, str_take(s, n));
        if (n == s.n)
            return;
        buf_put_c(out, ESCAPES[(unsigned char)s.p[n]]);
        s = str_skip(s, n + 1);
    }
}
