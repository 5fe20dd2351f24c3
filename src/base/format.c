/* Formatted text. Most formats of pages and messages know only %s, %.*s, %d and their like:
 * these are done here, in a fraction of the time. Any other goes to the C library. */
#define MEGURI_BASE_ROOM
#include "base/format.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* Where a conversion ends whose name is `name`, when it stands at f; NULL when it does not. */
static const char *conversion(const char *f, const char *name)
{
    size_t n = strlen(name);

    return strncmp(f, name, n) == 0 ? f + n : NULL;
}

/* False at the first conversion that is not known here; what came before it is put. */
static bool put_simple(struct buf *b, const char *f, va_list args)
{
    for (;;) {
        const char *at = strchrnul(f, '%'), *text;

        buf_put(b, (str){ f, (size_t)(at - f) });
        if (!*at)
            return true;
        at++;
        /* The branches differ in the type that they take. NOLINTBEGIN(bugprone-branch-clone) */
        if ((f = conversion(at, "d")) != NULL) {
            buf_put_int(b, va_arg(args, int));
        } else if ((f = conversion(at, "s")) != NULL) {
            buf_put_c(b, va_arg(args, const char *));
        } else if ((f = conversion(at, ".*s")) != NULL) {
            size_t most = (size_t)va_arg(args, int);

            text = va_arg(args, const char *);
            buf_put(b, (str){ text, strnlen(text, most) });
        } else if ((f = conversion(at, "u")) != NULL) {
            buf_put_uint(b, va_arg(args, unsigned));
        } else if ((f = conversion(at, "zu")) != NULL) {
            buf_put_uint(b, va_arg(args, size_t));
        } else if ((f = conversion(at, "llu")) != NULL) {
            buf_put_uint(b, va_arg(args, unsigned long long));
        } else if ((f = conversion(at, "lld")) != NULL) {
            buf_put_int(b, va_arg(args, long long));
        } else if ((f = conversion(at, "%")) != NULL) {
            buf_put_char(b, '%');
        } else {
            return false;
        }
        /* NOLINTEND(bugprone-branch-clone) */
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
    va_list again;

    va_copy(again, args);
    if (!put_simple(b, format, args)) {
        b->n = n;
        b->full = full;
        buf_put(b, print(&mem, format, again));
    }
    va_end(again);
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
