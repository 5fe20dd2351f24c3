/* Sixteen bytes of a text at a time. For what is done to every byte of a document; swar.h is
 * for short stretches. Vectors of the compiler's own: one instruction each where the processor
 * has them (SSE2 is in every x86-64), loops elsewhere. */
#ifndef MEGURI_LANES_H
#define MEGURI_LANES_H

#include "base/swar.h"

enum { LANES = 16 };

/* Sixteen bytes; the same with a sign, for comparisons; as two words, to look at them. */
typedef uint8_t lanes __attribute__((vector_size(LANES)));
typedef int8_t signed_lanes __attribute__((vector_size(LANES)));
typedef uint64_t lane_words __attribute__((vector_size(LANES)));

static inline lanes lanes_load(const char *p)
{
    lanes v;

    memcpy(&v, p, sizeof v);
    return v;
}

/* A test gives 0xFF in each byte of which it is true, 0 in the others. */
static inline lanes lanes_equal(lanes v, uint8_t byte)
{
    return (lanes)(v == byte);
}

/* Compared as signed bytes, which the processors do best: ASCII is above every other byte. */
static inline lanes lanes_above(lanes v, int8_t byte)
{
    return (lanes)((signed_lanes)v > byte);
}

/* Bytes below `limit`. */
static inline lanes lanes_below(lanes v, uint8_t limit)
{
    return (lanes)(v < limit);
}

/* Bit i is the highest bit of byte i: of a test, whether it is true there. */
static inline uint32_t lanes_mask(lanes v)
{
#ifdef __SSE2__
    typedef char chars __attribute__((vector_size(LANES)));

    return (uint32_t)__builtin_ia32_pmovmskb128((chars)v);
#else
    /* The eight bits gather in the highest byte of the product, none of them carries. */
    const uint64_t gather = UINT64_C(0x0102040810204080);
    lane_words w = (lane_words)v >> 7 & SWAR_EACH(1);

    return (uint32_t)(w[0] * gather >> 56) | (uint32_t)(w[1] * gather >> 56) << 8;
#endif
}

/* How many bits are set. */
static inline unsigned bits_count(uint32_t w)
{
    w -= w >> 1 & 0x55555555;
    w = (w & 0x33333333) + (w >> 2 & 0x33333333);
    return ((w + (w >> 4)) & 0x0F0F0F0F) * UINT32_C(0x01010101) >> 24;
}

/* The sum of bytes that are 255 at most all together. */
static inline unsigned lanes_sum(lanes v)
{
    lane_words w = (lane_words)v;

    return (unsigned)((w[0] + w[1]) * SWAR_EACH(1) >> 56);
}

#endif
