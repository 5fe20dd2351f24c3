#include "base/str.h"

#include <string.h>

#include "check.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>

static bool is(str got, const char *want)
{
    return str_eq(got, str_from(want));
}

static void views_compare_by_bytes(void)
{
    str none = { NULL, 0 };

    CHECK(str_eq(none, STR("")) && str_eq(none, str_from(NULL)));
    CHECK(!str_eq(STR("a"), STR("b")) && !str_eq(STR("a"), STR("ab")));
    CHECK(str_cmp(STR("a"), STR("ab")) < 0 && str_cmp(STR("b"), STR("ab")) > 0);
    CHECK(str_cmp(STR("\x7F"), STR("あ")) < 0);
    CHECK(str_cmp(none, none) == 0 && str_cmp(none, STR("a")) < 0);
    CHECK(str_starts(STR("令和元年度"), STR("令和")) && !str_starts(STR("令"), STR("令和")));
    CHECK(str_ends(STR("令和元年度"), STR("年度")) && !str_ends(STR("度"), STR("年度")));
    CHECK(str_starts(none, none) && str_ends(STR("a"), none));
}

static void parts_never_reach_past_the_end(void)
{
    CHECK(is(str_skip(STR("abc"), 1), "bc") && is(str_skip(STR("abc"), 9), ""));
    CHECK(is(str_take(STR("abc"), 2), "ab") && is(str_take(STR("abc"), 9), "abc"));
    CHECK(str_skip((str){ NULL, 0 }, 5).n == 0);
}

static void finding_gives_the_first_place(void)
{
    CHECK(str_find(STR("banana"), STR("an")) == 1);
    CHECK(str_find(STR("banana"), STR("")) == 0);
    CHECK(str_find(STR("banana"), STR("bananas")) == -1);
    CHECK(str_find(STR("地域活動協議会"), STR("協議")) == 12);
    CHECK(str_find((str){ NULL, 0 }, STR("a")) == -1);
    CHECK(str_find_char(STR("a,b,c"), ',') == 1 && str_find_char(STR("abc"), ',') == -1);
    CHECK(str_find_char((str){ NULL, 0 }, ',') == -1);
}

static void cutting_walks_over_the_cells(void)
{
    static const char *const want[] = { "a", "", "c" };
    str rest = STR("a,,c"), cell;
    int n = 0;

    while (rest.n) {
        rest = str_cut(rest, ',', &cell);
        CHECK(n < 3 && is(cell, want[n]));
        n++;
    }
    CHECK(n == 3);
}

static void trimming_knows_the_blanks_of_japanese_text(void)
{
    CHECK(is(str_trim(STR(" \t\r\n\u3000\u00A0 取組 内容\u3000\n")), "取組 内容"));
    CHECK(is(str_trim(STR("\u3000\u3000")), ""));
    CHECK(is(str_trim((str){ NULL, 0 }), ""));
    /* U+3001 and U+00A1 share bytes with the blanks, and are none. */
    CHECK(is(str_trim(STR("、¡、")), "、¡、"));
}

static void copies_outlive_their_source(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char source[] = "区役所";
    str copy = str_dup(&a, str_from(source));
    char *c = str_c(&a, (str){ source, 3 });

    memset(source, 'x', sizeof source - 1);
    CHECK(is(copy, "区役所"));
    CHECK_STR(c, "区");
    CHECK(str_dup(&a, (str){ NULL, 0 }).n == 0);
    CHECK_STR(str_c(&a, (str){ NULL, 0 }), "");
    CHECK(is(str_fmt(&a, "%d/%.*s", 5, STR_ARG(STR("中央"))), "5/中央"));
    CHECK(is(STR_CAT(&a, STR("中"), (str){ NULL, 0 }, STR("央"), STR("区")), "中央区"));
    CHECK(STR_CAT(&a, (str){ NULL, 0 }).n == 0);
}

static void a_hash_depends_on_every_byte_and_the_length(void)
{
    char text[40] = { 0 };
    uint64_t empty = str_hash((str){ NULL, 0 });

    for (size_t n = 1; n <= sizeof text; n++) {
        uint64_t plain = str_hash((str){ text, n });

        CHECK(plain != empty && plain != str_hash((str){ text, n - 1 }));
        for (size_t i = 0; i < n; i++) {
            text[i] = 1;
            CHECK(str_hash((str){ text, n }) != plain);
            text[i] = 0;
        }
    }
    /* It stands in files and tests: the same in every process. */
    CHECK(str_hash(STR("meguri")) == str_hash(STR("meguri")));
}

static void a_buffer_grows_to_what_is_put(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;

    buf_init(&b, &a, 0, 1 << 20);
    CHECK(buf_str(&b).n == 0);
    for (int i = 0; i < 1000; i++) {
        buf_put(&b, STR("あ"));
        if (i == 500)
            (void)arena_alloc(&a, 8, 1); /* something lies behind it now */
    }
    CHECK(b.n == 3000 && !b.full);
    for (size_t i = 0; i < 3000; i += 3)
        CHECK(memcmp(b.p + i, "あ", 3) == 0);
    buf_clear(&b);
    buf_put_int(&b, INT64_MIN);
    buf_put_char(&b, ' ');
    buf_put_int(&b, INT64_MAX);
    buf_put_c(&b, " ");
    buf_put_int(&b, 0);
    CHECK(is(buf_str(&b), "-9223372036854775808 9223372036854775807 0"));
}

static void a_full_buffer_holds_whole_characters_and_takes_no_more(void)
{
    for (size_t max = 0; max < 10; max++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct buf b;

        buf_init(&b, &a, 4, max);
        buf_put(&b, STR("あいうえお"));
        CHECK(b.full && b.n == max / 3 * 3);
        buf_put_char(&b, 'x');
        buf_put(&b, STR("x"));
        buf_fmt(&b, "%s", "x");
        CHECK(b.n == max / 3 * 3);
        buf_clear(&b);
        CHECK(!b.full);
    }
}

static void formatting_has_no_length_limit_of_its_own(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;

    buf_init(&b, &a, 0, 1 << 20);
    buf_fmt(&b, "%1000d", 7);
    CHECK(b.n == 1000 && b.p[999] == '7');
    buf_fmt(&b, "%d", 8);
    CHECK(b.n == 1001 && b.p[1000] == '8');
}

#define SAME(...)                                       \
    do {                                                \
        (void)snprintf(want, sizeof want, __VA_ARGS__); \
        got = str_fmt(&a, __VA_ARGS__);                 \
        CHECK(is(got, want) && got.p[got.n] == '\0');   \
    } while (0)

/* The quick way gives what the C library gives. */
static void formatting_is_that_of_printf(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char want[400];
    str got;

    SAME("区役所");
    SAME("100%%, %d%%", 40);
    SAME("%d %d %d", INT_MIN, INT_MAX, 0);
    SAME("%u %zu %llu %lld", UINT_MAX, SIZE_MAX, ULLONG_MAX, LLONG_MIN);
    SAME("<%s|%.*s|%.*s>", "中央", 3, "中央区", 20, "区");
    SAME("%.*s", 0, "");
    SAME("%04d-%02d %5.1f %c %s", 2024, 4, 38.25, 'x', "中央区の防災訓練に参加した世帯の数");
    SAME("%04d-%02d|%06d|%03d|%02lld|%c", 2024, 4, -42, -1234, -7LL, 'x');
    SAME("%x %02x %02x %08llx %lu %ld", 0xabcu, 5u, 0xa5u, 0x1234abcdULL, ULONG_MAX, LONG_MIN);
    SAME("%2d|%-5d|%+d|% d|%#x|%5s|%.2d", 7, 7, 7, 7, 7u, "x", 7);
    SAME("%f %.8f %e %g %.*g %Lf", 0.1, 0.1, 0.1, 0.1, 3, 0.1, (long double)0.1);
}

static void numbers_with_a_point_are_rounded_as_by_printf(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char want[400];
    str got;

    SAME("%.0f %.0f %.0f %.1f %.1f %.2f", 0.5, 1.5, 2.5, 0.25, 0.35, 1.005);
    SAME("%.1f %.1f %.3f %.1f", -0.0, -0.04, 1e300, 9.95);
    SAME("%.1f %.1f %.1f %.*f", (double)NAN, (double)INFINITY, 99999999999999.95, -1, 0.5);
    for (unsigned turn = 0, bits = 1; turn < 100000; turn++) {
        arena_reset(&a);
        bits = bits * 1103515245u + 12345u;
        SAME("%.*f %.1f", (int)(turn % 8), (bits >> 4) / 4096.0, (int)(bits >> 8) / 1000.0);
        SAME("%.2f", ldexp(bits, -(int)(turn % 60)));
    }
}
#undef SAME

static ptrdiff_t find_plainly(str s, str needle)
{
    for (size_t i = 0; i + needle.n <= s.n; i++)
        if (str_starts(str_skip(s, i), needle))
            return (ptrdiff_t)i;
    return -1;
}

/* Of two letters only, so that much begins and ends like the needle. */
static void a_needle_is_found_in_texts_of_every_length(void)
{
    char text[100];
    uint32_t bits = 1;

    for (int turn = 0; turn < 3000; turn++) {
        size_t n = (size_t)turn % sizeof text, from, len;
        str s = { text, n }, needle;

        for (size_t i = 0; i < n; i++) {
            bits = bits * 1103515245u + 12345u;
            text[i] = bits >> 24 & 1 ? 'a' : 'b';
        }
        from = n ? (bits >> 8) % n : 0;
        len = 1 + (bits >> 16) % 40;
        needle = str_take(str_skip(s, from), len);
        CHECK(str_find(s, needle) == find_plainly(s, needle));
        CHECK(str_find(str_take(s, n / 2), needle) == find_plainly(str_take(s, n / 2), needle));
    }
}

int main(void)
{
    RUN(views_compare_by_bytes);
    RUN(parts_never_reach_past_the_end);
    RUN(finding_gives_the_first_place);
    RUN(a_needle_is_found_in_texts_of_every_length);
    RUN(cutting_walks_over_the_cells);
    RUN(trimming_knows_the_blanks_of_japanese_text);
    RUN(copies_outlive_their_source);
    RUN(a_hash_depends_on_every_byte_and_the_length);
    RUN(a_buffer_grows_to_what_is_put);
    RUN(a_full_buffer_holds_whole_characters_and_takes_no_more);
    RUN(formatting_has_no_length_limit_of_its_own);
    RUN(formatting_is_that_of_printf);
    RUN(numbers_with_a_point_are_rounded_as_by_printf);
    return DONE();
}
