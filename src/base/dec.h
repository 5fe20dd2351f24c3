/* Exact decimals, for every number that people quote: 86.20% stays 86.20%. No binary floating
 * point. */
#ifndef MEGURI_DEC_H
#define MEGURI_DEC_H

#include "base/str.h"

/* The value n / 10^scale. scale 0…9, |n| < 10^18. Equal values may have different scales (86.2
 * and 86.20). */
typedef struct {
    int64_t n;
    uint8_t scale;
} dec;

enum { DEC_SCALE_MAX = 9, DEC_DIGITS_MAX = 18 };

/* Reads the whole of s: [+-]digits[.digits], ASCII, no blanks, no exponent. False when it is
 * anything else or passes the limits; *out is then untouched. */
MUST bool dec_parse(str s, dec *out);

enum dec_fault {
    DEC_FINE,
    DEC_NONE,       /* no digit at the start of s */
    DEC_TWO_POINTS, /* 12.3.4 */
    DEC_SEPARATOR,  /* a thousands separator in the wrong place: 1,20 */
    DEC_MIXED,      /* half-width and full-width digits in one number: 1２ */
    DEC_LONG,       /* more than 18 digits, or more than 9 after the point */
};

/* Reads a number as a Japanese document writes it from the start of s: an optional sign (+ - ＋
 * － − ▲ △, the triangles are minus), digits half- or full-width, thousands separators (, or
 * ，), one point (. or ．). *used is the number of bytes it covers, also for a fault (then the
 * whole run of number characters, so that the reader can show and skip it). *out is set only
 * for DEC_FINE. A separator or a point that no digit follows does not belong to the number. */
enum dec_fault dec_read(str s, dec *out, size_t *used);

int dec_cmp(dec a, dec b);                 /* <0, 0, >0; exact for all scales */
bool dec_eq_written(dec a, dec b);         /* same value and same number of decimals */
MUST bool dec_add(dec a, dec b, dec *out); /* scale = the larger; false on overflow */
MUST bool dec_sub(dec a, dec b, dec *out);
double dec_double(dec v);           /* for statistics and charts only */
void dec_put(struct buf *b, dec v); /* "86.20", "-0.5", "737"; what dec_parse reads back */
str dec_str(struct arena *a, dec v);

#endif
