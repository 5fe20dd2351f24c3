/* What the canonical writer and the canonical reader have to agree on. */
#ifndef MEGURI_JSON_INNER_H
#define MEGURI_JSON_INNER_H

#include <string.h>

#include "base/str.h"
#include "base/swar.h"

/* Integers of canonical JSON lie between -2^53 and 2^53, both excluded: what every reader of
 * JSON holds exactly. */
#define JSON_INT_END (INT64_C(1) << 53)

/* Keys are ordered by UTF-16 code units (RFC 8785 section 3.2.3). That is the order of the
 * bytes of UTF-8 but for one thing: characters above U+FFFF (first byte F0 and up), being
 * surrogates there, come before U+E000 to U+FFFF (first byte EE and EF). */
static inline int json_key_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    unsigned char x, y;

    while (i < n && a.p[i] == b.p[i])
        i++;
    if (i == n)
        return (a.n > b.n) - (a.n < b.n);
    x = (unsigned char)a.p[i];
    y = (unsigned char)b.p[i];
    if (x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0))
        return x >= 0xF0 ? -1 : 1;
    return x < y ? -1 : 1;
}

/* Does a JSON string have to escape one of these eight bytes: a control, a quote, a backslash?
 */
static inline bool json_has_special(uint64_t w)
{
    return (swar_below(w, 0x20) | swar_equal(w, '"') | swar_equal(w, '\\')) != 0;
}

static inline bool json_is_special(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/* Bytes before the first that a JSON string has to escape. */
static inline size_t json_plain(str s)
{
    size_t i = 0;

    while (s.n - i >= SWAR_BYTES && !json_has_special(swar_load(s.p + i)))
        i += SWAR_BYTES;
    while (i < s.n && !json_is_special(s.p[i]))
        i++;
    return i;
}

/* Copies s to `to`. False when a JSON string has to escape a byte of it: then what was copied
 * is not all. The last eight bytes, or the last four, may be looked at twice. */
static inline bool json_copy_plain(char *to, str s)
{
    const size_t half = SWAR_BYTES / 2;
    uint32_t first, last;
    uint64_t w = SWAR_EACH(' ');
    size_t i = 0;

    for (; i + SWAR_BYTES < s.n; i += SWAR_BYTES) {
        w = swar_load(s.p + i);
        if (json_has_special(w))
            return false;
        memcpy(to + i, &w, sizeof w);
    }
    if (s.n >= SWAR_BYTES) {
        w = swar_load(s.p + s.n - sizeof w);
        memcpy(to + s.n - sizeof w, &w, sizeof w);
    } else if (s.n >= half) {
        memcpy(&first, s.p, half);
        memcpy(&last, s.p + s.n - half, half);
        memcpy(to, &first, half);
        memcpy(to + s.n - half, &last, half);
        w = (uint64_t)first << 32 | last;
    } else {
        for (; i < s.n; i++) {
            to[i] = s.p[i];
            w = w << 8 | (unsigned char)s.p[i];
        }
    }
    return !json_has_special(w);
}

#endif
