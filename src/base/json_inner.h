/* What the canonical writer and the canonical reader have to agree on. */
#ifndef MEGURI_JSON_INNER_H
#define MEGURI_JSON_INNER_H

#include <string.h>

#include "base/str.h"

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

/* Bytes before the first that a JSON string has to escape: a control, a quote, a backslash.
 * Eight at a time: a byte below 0x20 (or equal to the quote or backslash, then 0 after the xor)
 * borrows into its highest bit, unless it had that bit. */
static inline size_t json_plain(str s)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    size_t i = 0;

    for (; s.n - i >= 8; i += 8) {
        uint64_t w, quote, slash;

        memcpy(&w, s.p + i, 8);
        quote = w ^ (ones * '"');
        slash = w ^ (ones * '\\');
        if ((((w - ones * 0x20) & ~w) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash))
            & high)
            break;
    }
    while (i < s.n && (unsigned char)s.p[i] >= 0x20 && s.p[i] != '"' && s.p[i] != '\\')
        i++;
    return i;
}

#endif
