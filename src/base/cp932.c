/* The walks over the tables of CP932. */
#define MEGURI_BASE_ROOM
#include "base/cp932.h"

#include <string.h>

#include "base/banned.h"

enum { KATAKANA_FIRST = 0xA1, KATAKANA_LAST = 0xDF, KATAKANA_CODE_POINT = 0xFF61 };

/* The character at the start of s and its bytes; 0 for none. */
static unsigned decode_first(str s, size_t *n)
{
    unsigned char lead = (unsigned char)s.p[0], trail;

    *n = 1;
    if (lead >= KATAKANA_FIRST && lead <= KATAKANA_LAST)
        return (unsigned)(lead - KATAKANA_FIRST + KATAKANA_CODE_POINT);
    if (!cp932_is_lead(lead) || s.n < 2)
        return 0;
    *n = 2;
    trail = (unsigned char)s.p[1];
    if (trail < CP932_TRAIL_FIRST)
        return 0;
    return CP932_DECODE[lead < 0xA0 ? lead - 0x81 : lead - 0xC1][trail - CP932_TRAIL_FIRST];
}

/* As utf8_put, for U+0080 to U+FFFF, into memory; gives the end. */
static char *put_code_point(char *p, unsigned c)
{
    if (c < 0x800) {
        *p++ = (char)(0xC0 | c >> 6);
    } else {
        *p++ = (char)(0xE0 | c >> 12);
        *p++ = (char)(0x80 | (c >> 6 & 0x3F));
    }
    *p++ = (char)(0x80 | (c & 0x3F));
    return p;
}

size_t cp932_decode(struct buf *out, str raw)
{
    enum { MOST = 3 }; /* bytes of UTF-8 for one character */
    char some[4096], *to = some;
    str rest = raw;

    while (rest.n) {
        size_t n = 1;

        if ((unsigned char)rest.p[0] < 0x80) {
            *to++ = rest.p[0];
        } else {
            unsigned c = decode_first(rest, &n);

            if (c == 0)
                break;
            to = put_code_point(to, c);
        }
        rest = str_skip(rest, n);
        if (to > some + sizeof some - MOST) {
            buf_put(out, (str){ some, (size_t)(to - some) });
            to = some;
        }
    }
    buf_put(out, (str){ some, (size_t)(to - some) });
    return raw.n - rest.n;
}

/* 0 for none. */
static unsigned find_bytes(uint32_t c)
{
    size_t low = 0, high = CP932_ENCODE_N;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (CP932_ENCODE[middle].character == c)
            return CP932_ENCODE[middle].bytes;
        if (CP932_ENCODE[middle].character < c)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

bool cp932_encode(struct buf *out, uint32_t code_point)
{
    unsigned bytes = code_point < 0x80 ? code_point : find_bytes(code_point);

    if (bytes == 0 && code_point != 0)
        return false;
    if (bytes >= 0x100)
        buf_put_char(out, (char)(bytes >> 8));
    buf_put_char(out, (char)bytes);
    return true;
}
