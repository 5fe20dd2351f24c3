/* Bytes to text, and folding for comparison. Stored text never changes; folded text is only
 * ever compared or indexed. */
#ifndef MEGURI_UTF8_H
#define MEGURI_UTF8_H

#include <assert.h>

#include "base/err.h"
#include "base/str.h"

/* Length of the longest valid prefix (RFC 3629: no surrogates, no overlong forms); n when all
 * is valid. Fast on ASCII and on three-byte text: it is run over every byte that comes in. */
size_t utf8_valid_prefix(const char *p, size_t n);

/* The code point at the start of s (s valid and not empty); *len its bytes. Inline, as readers
 * call it for every character. */
static inline uint32_t utf8_first(str s, size_t *len)
{
    const unsigned char *p = (const unsigned char *)s.p;

    assert(s.n > 0);
    if (p[0] < 0x80) {
        *len = 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *len = 2;
        return (p[0] & 0x1FU) << 6 | (p[1] & 0x3FU);
    }
    if (p[0] < 0xF0) {
        *len = 3;
        return (p[0] & 0x0FU) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU);
    }
    *len = 4;
    return (p[0] & 0x07U) << 18 | (p[1] & 0x3FU) << 12 | (p[2] & 0x3FU) << 6 | (p[3] & 0x3FU);
}
void utf8_put(struct buf *b, uint32_t code_point);
size_t utf8_count(str s); /* code points */
str utf8_take(str s, size_t code_points);

enum text_encoding { TEXT_UTF8, TEXT_UTF8_BOM, TEXT_CP932 };

/* The first door. Turns the bytes of a file into text: a BOM is taken off, valid UTF-8 is taken
 * as it is (no copy), otherwise CP932 (Microsoft's Shift_JIS) is tried and converted into the
 * arena. Refused, with line and column: NUL bytes, bytes that are neither, UTF-16, more than
 * LIMIT_DOCUMENT_BYTES, a line over LIMIT_LINE_BYTES. `name` is the file's name for the
 * sentence, which leaves its folders out. Line ends stay as they are. */
MUST bool text_decode(struct arena *a, str name, str bytes, str *out,
                      enum text_encoding *encoding, struct err *e);

/* CP932 bytes of a text; characters that CP932 cannot hold are counted in *lost and the first
 * of them is put in *first_lost (a view into s). The result is usable only when *lost is 0. */
str text_to_cp932(struct arena *a, str s, size_t *lost, str *first_lost);

/* NFKC, lower case, all blanks removed, dashes and wave dashes unified (‐ ‑ – — − ー kept apart
 * from 〜 ～): two spellings of one name fold to the same bytes. For matching and searching
 * only. Returns s itself when nothing changes. */
str text_fold(struct arena *a, str s);

/* Line and column of an offset: 1-based, the column counts characters (code points), as editors
 * show them. Reads the text from its start: for one error. Never in a loop: that is what
 * text_index is for. */
void text_place(str whole, size_t offset, uint32_t *line, uint32_t *col);

/* The same answers in a few hundred nanoseconds each, however long the text and its lines are;
 * costs 4 bytes per line and 4 bytes per KB. The text must stay where it is, and be at most
 * LIMIT_DOCUMENT_BYTES. */
struct text_index {
    str whole;
    uint32_t lines;
    uint32_t *line_start;   /* offset of each line */
    uint32_t *chars_before; /* characters before each 1024th byte */
};
struct text_index *text_index(struct arena *a, str whole);
void text_index_place(const struct text_index *x, size_t offset, uint32_t *line, uint32_t *col);

#endif
