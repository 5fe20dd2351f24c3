/* Formatted text. Most formats of pages and messages know only %s, %.*s, %d, %02d, %.1f and
 * their like: these are done here, in a fraction of the time. Any other goes to the C library.
 */
#define MEGURI_BASE_ROOM
#include "base/format.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum length { AS_INT, AS_LONG, AS_LONG_LONG, AS_SIZE };

/* One conversion as it was written: %[0][width][.precision][length]letter. */
struct conversion {
    int zeros;     /* at least so many digits, 0 in front; 0 = as they come */
    int precision; /* -1 = none */
    enum length length;
    char letter;
};
enum { DIGITS_MAX = 20, PLACES_MAX = 6 }; /* of a 64-bit number; behind a point */

/* A list by itself cannot be handed on by address: as a parameter it may be an array. */
struct arguments {
    va_list list;
};

static const char *read_length(const char *f, struct conversion *c)
{
    c->length = AS_INT;
    if (*f == 'z') {
        c->length = AS_SIZE;
        return f + 1;
    }
    for (; *f == 'l' && c->length < AS_LONG_LONG; f++)
        c->length++;
    return f;
}

/* What stands behind a %; gives where the format goes on, NULL for a conversion that is not
 * done here. */
static const char *read_conversion(const char *f, struct conversion *c, struct arguments *args)
{
    c->zeros = 0;
    c->precision = -1;
    if (f[0] == '0' && f[1] >= '1' && f[1] <= '9') {
        c->zeros = f[1] - '0';
        f += 2;
    }
    if (f[0] == '.' && f[1] == '*') {
        c->precision = va_arg(args->list, int);
        f += 2;
    } else if (f[0] == '.' && f[1] >= '0' && f[1] <= '9') {
        c->precision = f[1] - '0';
        f += 2;
    }
    f = read_length(f, c);
    c->letter = *f;
    return *f ? f + 1 : NULL;
}

/* Two loops, so that the compiler knows what it divides by. */
static void put_digits(struct buf *b, uint64_t v, bool is_hex, int least)
{
    char digits[DIGITS_MAX];
    int at = DIGITS_MAX;

    for (; is_hex && v; v /= 16)
        digits[--at] = "0123456789abcdef"[v % 16];
    for (; v; v /= 10)
        digits[--at] = (char)('0' + v % 10);
    while (DIGITS_MAX - at < least || at == DIGITS_MAX)
        digits[--at] = '0';
    buf_put(b, (str){ digits + at, (size_t)(DIGITS_MAX - at) });
}

static uint64_t take_unsigned(const struct conversion *c, struct arguments *args)
{
    switch (c->length) {
    case AS_LONG:
        return va_arg(args->list, unsigned long);
    case AS_LONG_LONG:
        return va_arg(args->list, unsigned long long);
    case AS_SIZE:
        return va_arg(args->list, size_t);
    case AS_INT:
        break;
    }
    return va_arg(args->list, unsigned);
}

static int64_t take_signed(const struct conversion *c, struct arguments *args)
{
    switch (c->length) {
    case AS_LONG:
        return va_arg(args->list, long);
    case AS_LONG_LONG:
        return va_arg(args->list, long long);
    case AS_SIZE:
        return va_arg(args->list, ptrdiff_t);
    case AS_INT:
        break;
    }
    return va_arg(args->list, int);
}

static bool put_signed(struct buf *b, const struct conversion *c, int64_t v)
{
    const bool is_below = v < 0;

    if (is_below)
        buf_put_char(b, '-');
    put_digits(b, is_below ? 0 - (uint64_t)v : (uint64_t)v, false, c->zeros - is_below);
    return true;
}

static bool put_string(struct buf *b, const struct conversion *c, const char *text)
{
    buf_put(b, (str){ text,
                      c->precision < 0 ? strlen(text) : strnlen(text, (size_t)c->precision) });
    return true;
}

/* As the C library rounds: by the exact binary value, a half to the even digit. What the
 * multiplication loses, fma tells, so that a product that only looks like a half is seen. */
static bool put_fixed(struct buf *b, const struct conversion *c, double v)
{
    static const double POWERS[PLACES_MAX + 1] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };
    const double limit = 1e15; /* below it a double tells halves apart */
    double scaled, lost, whole, rest;
    uint64_t n, power;

    if (c->precision < 0 || c->precision > PLACES_MAX
        || !(fabs(v) * POWERS[c->precision] < limit))
        return false;
    power = (uint64_t)POWERS[c->precision];
    scaled = fabs(v) * (double)power;
    lost = fma(fabs(v), (double)power, -scaled);
    whole = floor(scaled);
    rest = scaled - whole;
    n = (uint64_t)whole;
    if (rest > 0.5 || (rest == 0.5 && (lost > 0 || (lost == 0 && n % 2 == 1))))
        n++;
    if (signbit(v))
        buf_put_char(b, '-');
    put_digits(b, n / power, false, 0);
    if (c->precision) {
        buf_put_char(b, '.');
        put_digits(b, n % power, false, c->precision);
    }
    return true;
}

/* False for a conversion that is not done here. */
static bool put_conversion(struct buf *b, const struct conversion *c, struct arguments *args)
{
    const bool is_whole = c->precision < 0;

    switch (c->letter) {
    case 's':
        return !c->zeros && put_string(b, c, va_arg(args->list, const char *));
    case 'd':
        return is_whole && put_signed(b, c, take_signed(c, args));
    case 'u':
    case 'x':
        if (is_whole)
            put_digits(b, take_unsigned(c, args), c->letter == 'x', c->zeros);
        return is_whole;
    case 'f':
        return !c->zeros && !c->length && put_fixed(b, c, va_arg(args->list, double));
    case 'c':
        if (is_whole && !c->zeros)
            buf_put_char(b, (char)va_arg(args->list, int));
        return is_whole && !c->zeros;
    case '%':
        buf_put_char(b, '%');
        return true;
    default:
        return false;
    }
}

/* False at the first conversion that is not known here; what came before it is put. */
static bool put_simple(struct buf *b, const char *f, struct arguments *args)
{
    for (;;) {
        const char *at = strchrnul(f, '%');
        struct conversion c;

        buf_put(b, (str){ f, (size_t)(at - f) });
        if (!*at)
            return true;
        f = read_conversion(at + 1, &c, args);
        if (!f || !put_conversion(b, &c, args))
            return false;
    }
}

/* By the C library: how long it is, then the text. */
static str print(struct arena *a, const char *format, va_list args)
{
    va_list again;
    char *p;
    int n;

    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    p = arena_bytes(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (str){ p, (size_t)n };
}

void buf_vfmt(struct buf *b, const char *format, va_list args)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const size_t n = b->n;
    const bool full = b->full;
    struct arguments again;

    va_copy(again.list, args);
    if (!put_simple(b, format, &again)) {
        b->n = n;
        b->full = full;
        buf_put(b, print(&mem, format, args));
    }
    va_end(again.list);
}

void buf_fmt(struct buf *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vfmt(b, format, args);
    va_end(args);
}

str str_fmt(struct arena *a, const char *format, ...)
{
    enum { FIRST = 64 };
    va_list args;
    struct buf b;

    va_start(args, format);
    buf_init(&b, a, FIRST, SIZE_MAX / 2);
    buf_vfmt(&b, format, args);
    va_end(args);
    buf_put_char(&b, '\0');
    return str_take(buf_str(&b), b.n - 1);
}
