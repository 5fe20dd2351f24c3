/* String views and growing buffers. A str is valid UTF-8, not terminated, not owned. Bytes
 * become a str at two doors only, the HTTP body and the file (utf8.h, text_decode). Lengths are
 * bytes. */
#ifndef MEGURI_STR_H
#define MEGURI_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct {
    const char *p; /* may be NULL when n is 0 */
    size_t n;
} str;
/* A literal; one in a static table; what "%.*s" takes. */
#define STR(literal)      ((str){ (literal), sizeof(literal) - 1 })
#define STR_INIT(literal) { (literal), sizeof(literal) - 1 }
#define STR_ARG(s)        (int)(s).n, ((s).n ? (s).p : "")

/* NULL gives the empty view. Inline: of a literal the length is known. */
static inline str str_from(const char *c_string)
{
    return c_string ? (str){ c_string, strlen(c_string) } : (str){ NULL, 0 };
}

int str_cmp(str a, str b); /* byte order, as memcmp; a prefix sorts first */
bool str_ends(str s, str suffix);
ptrdiff_t str_find(str s, str needle);  /* offset of the first occurrence, -1 for none; "" is
                                           found at 0 */
ptrdiff_t str_find_char(str s, char c); /* -1 for none */

/* Same bytes. */
static inline bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

/* Without its first n bytes (all, if shorter). */
static inline str str_skip(str s, size_t n)
{
    if (n > s.n)
        n = s.n;
    return (str){ n ? s.p + n : s.p, s.n - n };
}

/* Its first n bytes (all, if shorter). */
static inline str str_take(str s, size_t n)
{
    return (str){ s.p, n < s.n ? n : s.n };
}

/* The part before the first `sep` goes to *cell, the rest after it is returned (empty when
 * there is none left): while (rest.n) { rest = str_cut(rest, ',', &cell); … } */
str str_cut(str s, char sep, str *cell);

/* Without blanks at both ends; blanks are space, TAB, CR, LF, U+00A0 and U+3000 (the full-width
 * space of Japanese text). */
str str_trim(str s);

str str_dup(struct arena *a, str s); /* a copy in the arena */
char *str_c(struct arena *a, str s); /* a terminated copy, for system calls */
str str_fmt(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
/* The pieces one behind the other. STR_CAT(a, x, y, z) is str_fmt for texts alone, several
 * times as fast: for what is made hundreds of times for a page. */
str str_cat(struct arena *a, const str *pieces, size_t count);
#define STR_CAT(a, ...)                        \
    str_cat((a), (const str[]){ __VA_ARGS__ }, \
            sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
uint64_t str_hash(str s); /* 64 bits, the same in every process; not for secrets */

/* A buffer that grows in an arena up to a cap given at birth. Past the cap it keeps what
 * fitted, in whole characters, takes nothing more and sets `full`: the caller looks once, at
 * the end. */
struct buf {
    struct arena *a;
    char *p;
    size_t n, cap;
    size_t max; /* never longer than this */
    bool full;  /* something did not fit */
};
void buf_init(struct buf *b, struct arena *a, size_t first, size_t max);
void buf_put_slowly(struct buf *b, str s); /* the two below where there is no room yet */

static inline void buf_put(struct buf *b, str s)
{
    if (b->full || s.n > b->cap - b->n) {
        buf_put_slowly(b, s);
    } else if (s.n) {
        memcpy(b->p + b->n, s.p, s.n);
        b->n += s.n;
    }
}

static inline void buf_put_char(struct buf *b, char c)
{
    if (b->full || b->n == b->cap)
        buf_put_slowly(b, (str){ &c, 1 });
    else
        b->p[b->n++] = c;
}

/* Where the caller may write up to `more` bytes and then add what it wrote to b->n; NULL when
 * that would pass the cap. */
char *buf_room_slowly(struct buf *b, size_t more);
static inline char *buf_room(struct buf *b, size_t more)
{
    return b->full || more > b->cap - b->n ? buf_room_slowly(b, more) : b->p + b->n;
}

void buf_put_c(struct buf *b, const char *c_string);
void buf_fmt(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_put_int(struct buf *b, int64_t v);
str buf_str(const struct buf *b); /* what it holds; valid until the next put */
void buf_clear(struct buf *b);    /* empty again, memory kept */

#endif
