/* SHA-1 and HMAC over it, in the words of FIPS 180-4 and RFC 2104. */
#include "base/sha1.h"

#include <string.h>

#include "base/banned.h"

enum { BLOCK = 64, ROUNDS = 80, LENGTH_BYTES = 8 };

struct state {
    uint32_t h[5];
    uint8_t block[BLOCK];
    size_t n;       /* bytes waiting in block */
    uint64_t total; /* bytes given */
};

static uint32_t rotate(uint32_t x, int bits)
{
    return x << bits | x >> (32 - bits);
}

static void expand(const uint8_t *block, uint32_t w[ROUNDS])
{
    for (size_t i = 0; i < 16; i++, block += 4)
        w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8
               | block[3];
    for (int i = 16; i < ROUNDS; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

/* Ch, Parity, Maj, Parity: twenty rounds each. */
static uint32_t mix(int quarter, uint32_t b, uint32_t c, uint32_t d)
{
    if (quarter == 0)
        return (b & c) | (~b & d);
    return quarter == 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
}

static void compress(struct state *s)
{
    static const uint32_t K[4] = { 0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6 };
    uint32_t w[ROUNDS], v[5];

    expand(s->block, w);
    memcpy(v, s->h, sizeof v);
    for (int i = 0; i < ROUNDS; i++) {
        const int quarter = i / 20;
        const uint32_t t =
            rotate(v[0], 5) + mix(quarter, v[1], v[2], v[3]) + v[4] + K[quarter] + w[i];

        v[4] = v[3];
        v[3] = v[2];
        v[2] = rotate(v[1], 30);
        v[1] = v[0];
        v[0] = t;
    }
    for (int i = 0; i < 5; i++)
        s->h[i] += v[i];
}

static void put_byte(struct state *s, uint8_t byte)
{
    s->block[s->n++] = byte;
    if (s->n == BLOCK) {
        compress(s);
        s->n = 0;
    }
}

static void put(struct state *s, str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        put_byte(s, (uint8_t)bytes.p[i]);
    s->total += bytes.n;
}

static struct sha1 end(struct state *s)
{
    const uint64_t bits = s->total * 8;
    struct sha1 out;

    put_byte(s, 0x80);
    while (s->n != BLOCK - LENGTH_BYTES)
        put_byte(s, 0);
    for (int i = LENGTH_BYTES - 1; i >= 0; i--)
        put_byte(s, (uint8_t)(bits >> (8 * i)));
    for (int i = 0; i < SHA1_BYTES; i++)
        out.b[i] = (uint8_t)(s->h[i / 4] >> (24 - i % 4 * 8));
    return out;
}

static struct state begin(void)
{
    return (struct state){
        .h = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0 },
    };
}

struct sha1 sha1_bytes(str s)
{
    struct state state = begin();

    put(&state, s);
    return end(&state);
}

/* H(key ^ pad, text) */
static struct sha1 padded(const uint8_t key[BLOCK], uint8_t pad, str text)
{
    struct state s = begin();
    char block[BLOCK];

    for (int i = 0; i < BLOCK; i++)
        block[i] = (char)(key[i] ^ pad);
    put(&s, (str){ block, sizeof block });
    put(&s, text);
    return end(&s);
}

struct sha1 sha1_hmac(str key, str s)
{
    uint8_t block[BLOCK] = { 0 };
    struct sha1 inner;

    if (key.n > BLOCK) {
        inner = sha1_bytes(key);
        memcpy(block, inner.b, sizeof inner.b);
    } else if (key.n) {
        memcpy(block, key.p, key.n);
    }
    inner = padded(block, 0x36, s);
    return padded(block, 0x5C, (str){ (const char *)inner.b, sizeof inner.b });
}
