/*
 * The whole test library. A test is a static function whose name is a sentence:
 *
 *     static void a_falling_indicator_half_way_is_one_half(void) { CHECK(...); }
 *     int main(void) { RUN(a_falling_indicator_half_way_is_one_half); return DONE(); }
 *
 * It prints TAP. A forgotten RUN is an unused function, which the compiler refuses.
 */
#ifndef MEGURI_TEST_CHECK_H
#define MEGURI_TEST_CHECK_H

#include <stdbool.h>
#include <stdio.h>

static struct {
    int run, failed;  /* tests so far */
    bool is_bad;      /* the running test has a failed CHECK */
    const char *skip; /* why the running test was skipped, or NULL */
} tap;

/* States what must hold; the test goes on, so that one run shows every difference. */
#define CHECK(x) ((x) ? (void)0 : tap_bad(__FILE__, __LINE__, #x))

/* The same of what the rest of the test stands on: without it the test ends here. */
#define NEED(x)                              \
    do {                                     \
        if (!(x)) {                          \
            tap_bad(__FILE__, __LINE__, #x); \
            return;                          \
        }                                    \
    } while (0)

/* The same for two strings that end in NUL, printing both. */
#define CHECK_STR(got, want) tap_same((got), (want), __FILE__, __LINE__)

/* Leaves the test: what it needs is not on this machine. Counted as skipped. */
#define SKIP(why)         \
    do {                  \
        tap.skip = (why); \
        return;           \
    } while (0)

#define RUN(test) tap_run(test, #test)
#define DONE()    (printf("1..%d\n", tap.run), tap.failed ? 1 : 0)

static inline void tap_bad(const char *file, int line, const char *what)
{
    printf("# %s:%d: not so: %s\n", file, line, what);
    tap.is_bad = true;
}

static inline void tap_same(const char *got, const char *want, const char *file, int line)
{
    size_t i = 0;

    while (got[i] && got[i] == want[i])
        i++;
    if (got[i] == want[i])
        return;
    printf("# %s:%d: differs at byte %zu\n#  got: %s\n# want: %s\n", file, line, i, got, want);
    tap.is_bad = true;
}

static inline void tap_run(void (*test)(void), const char *name)
{
    tap.is_bad = false;
    tap.skip = NULL;
    test();
    tap.run++;
    tap.failed += tap.is_bad;
    printf("%sok %d - %s", tap.is_bad ? "not " : "", tap.run, name);
    if (tap.skip && !tap.is_bad)
        printf(" # SKIP %s", tap.skip);
    putchar('\n');
    fflush(stdout);
}

#endif
