/* Eight bytes of a text at a time, in one register (SWAR). What is looked for in every byte of
 * a document is looked for this way. Each test gives a word in which the highest bit of a byte
 * says yes. Only the first yes is certain: it may borrow from the bytes behind it. */
#ifndef MEGURI_SWAR_H
#define MEGURI_SWAR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first byte of a text is the lowest of its word. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "texts are searched in little-endian words");

#define SWAR_EACH(b) (UINT64_C(0x0101010101010101) * (uint64_t)(b))

enum { SWAR_BYTES = 8 };

static inline uint64_t swar_load(const char *p)
{
    uint64_t w;

    memcpy(&w, p, sizeof w);
    return w;
}

/* Bytes below `limit`, which is at most 0x80. */
static inline uint64_t swar_below(uint64_t w, unsigned char limit)
{
    return (w - SWAR_EACH(limit)) & ~w & SWAR_EACH(0x80);
}

static inline uint64_t swar_equal(uint64_t w, unsigned char byte)
{
    return swar_below(w ^ SWAR_EACH(byte), 1);
}

/* The index of the first byte of which a test said yes; at least one did. */
static inline size_t swar_first(uint64_t yes)
{
    return (size_t)__builtin_ctzll(yes) / 8;
}

/* How many of the eight begin a character of UTF-8, which is to say are no continuation. */
static inline unsigned swar_characters(uint64_t w)
{
    uint64_t tails = w >> 7 & ~(w >> 6) & SWAR_EACH(1);

    return SWAR_BYTES - (unsigned)(tails * SWAR_EACH(1) >> 56); /* the sum of the bytes */
}

#endif
