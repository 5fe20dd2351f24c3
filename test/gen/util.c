/* Chance, growing bytes and strings for the document generator. Deterministic: the same seed
 * gives the same bytes on every machine. */
#include "gen.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POOL_BYTES = 4 << 20 };

/* SplitMix64 (Steele, Lea, Flood 2014): small, and good enough to vary a document. */
uint64_t rng_next(struct rng *r)
{
    uint64_t z = (r->state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

int rng_below(struct rng *r, int n)
{
    return n > 0 ? (int)(rng_next(r) % (uint64_t)n) : 0;
}

int rng_range(struct rng *r, int lo, int hi)
{
    return lo + rng_below(r, hi - lo + 1);
}

bool rng_chance(struct rng *r, int percent)
{
    return rng_below(r, 100) < percent;
}

static void die(const char *why)
{
    fprintf(stderr, "gen_docs: %s\n", why);
    exit(2);
}

void buf_bytes(struct buf *b, const char *p, size_t n)
{
    if (b->n + n + 1 > b->cap) {
        size_t cap = (b->n + n + 1) * 2;
        char *more = realloc(b->p, cap);

        if (!more)
            die("out of memory");
        b->p = more;
        b->cap = cap;
    }
    memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void buf_text(struct buf *b, const char *s)
{
    buf_bytes(b, s, strlen(s));
}

void buf_done(struct buf *b)
{
    free(b->p);
    *b = (struct buf){ 0 };
}

char *pool_fmt(struct pool *p, const char *fmt, ...)
{
    va_list args;
    int n;
    char *s;

    if (!p->mem && !(p->mem = malloc(POOL_BYTES)))
        die("out of memory");
    s = p->mem + p->used;
    va_start(args, fmt);
    n = vsnprintf(s, POOL_BYTES - p->used, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= POOL_BYTES - p->used)
        die("a document holds too much text");
    p->used += (size_t)n + 1;
    return s;
}

/* The characters of a text as numbers that are equal when the characters are (not code points:
 * the bytes are simply put together). */
static int characters(const char *s, uint32_t out[], int max)
{
    int n = 0;

    for (; *s && n < max; n++) {
        out[n] = (unsigned char)*s++;
        while (((unsigned char)*s & 0xc0) == 0x80)
            out[n] = out[n] << 8 | (unsigned char)*s++;
    }
    return n;
}

const char *text_widened(struct pool *p, const char *s)
{
    char *out = pool_fmt(p, "%s%s%s", s, s, s), *to = out; /* room for three bytes each */

    for (; *s; s++) {
        bool letter = (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z');
        unsigned at = (unsigned)(unsigned char)*s - 0x20; /* U+FF00 + at */

        if (!letter && !(*s >= '0' && *s <= '9')) {
            *to++ = *s;
            continue;
        }
        *to++ = (char)0xef;
        *to++ = (char)(0xbc + at / 64);
        *to++ = (char)(0x80 + at % 64);
    }
    *to = '\0';
    return out;
}

int text_likeness(const char *a, const char *b)
{
    uint32_t x[256], y[256];
    bool taken[256] = { false };
    int nx = characters(a, x, 256), ny = characters(b, y, 256), common = 0;

    if (nx < 2 || ny < 2)
        return strcmp(a, b) == 0 ? 100 : 0;
    for (int i = 0; i + 1 < nx; i++) {
        for (int j = 0; j + 1 < ny; j++) {
            if (taken[j] || x[i] != y[j] || x[i + 1] != y[j + 1])
                continue;
            taken[j] = true;
            common++;
            break;
        }
    }
    return 200 * common / (nx - 1 + ny - 1);
}
