/* CP932, Microsoft's Shift_JIS: the tables that tools/cp932.c writes while the program is
 * built, and the two walks over them. Only text.c includes this; everybody else decodes by
 * text_decode. */
#ifndef MEGURI_CP932_H
#define MEGURI_CP932_H

#include "base/str.h"

/* A character is one byte (ASCII, half-width katakana) or a lead byte and a trail byte. */
enum { CP932_LEADS = 60, CP932_TRAIL_FIRST = 0x40, CP932_TRAILS = 0x100 - CP932_TRAIL_FIRST };

static inline bool cp932_is_lead(unsigned char c)
{
    return (c >= 0x81 && c <= 0x9F) || (c >= 0xE0 && c <= 0xFC);
}

/* The character of a pair by lead (81…9F, E0…FC are 0…59) and trail - CP932_TRAIL_FIRST; 0 for
 * none. All of CP932 lies in the first 65,536 characters. */
extern const uint16_t CP932_DECODE[CP932_LEADS][CP932_TRAILS];

/* The bytes of a character: one when below 0x100, else the lead in the upper half. By
 * character; without ASCII, with characters that Windows takes for one of CP932's (〜 for ～).
 */
struct cp932_pair {
    uint16_t character, bytes;
};
extern const struct cp932_pair CP932_ENCODE[];
extern const size_t CP932_ENCODE_N;

/* Puts the text of `raw` into `out` as UTF-8 up to the first byte that is not CP932; gives how
 * many bytes that is, raw.n when all is well. */
size_t cp932_decode(struct buf *out, str raw);

/* Puts one character's bytes; false, with nothing put, when CP932 does not have it. */
bool cp932_encode(struct buf *out, uint32_t code_point);

#endif
