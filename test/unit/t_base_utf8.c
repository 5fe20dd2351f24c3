#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"

/* The rule of RFC 3629 section 4, written out byte by byte; 0 for none. */
static size_t plain_len(const unsigned char *p, size_t n)
{
    static const struct {
        unsigned char lead_low, lead_high, second_low, second_high, length;
    } FORMS[] = {
        { 0x00, 0x7F, 0x00, 0xFF, 1 }, { 0xC2, 0xDF, 0x80, 0xBF, 2 },
        { 0xE0, 0xE0, 0xA0, 0xBF, 3 }, { 0xE1, 0xEC, 0x80, 0xBF, 3 },
        { 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 },
        { 0xF0, 0xF0, 0x90, 0xBF, 4 }, { 0xF1, 0xF3, 0x80, 0xBF, 4 },
        { 0xF4, 0xF4, 0x80, 0x8F, 4 },
    };

    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        bool good =
            p[0] >= FORMS[i].lead_low && p[0] <= FORMS[i].lead_high && FORMS[i].length <= n;

        for (size_t j = 1; good && j < FORMS[i].length; j++)
            good = p[j] >= (j == 1 ? FORMS[i].second_low : 0x80)
                   && p[j] <= (j == 1 ? FORMS[i].second_high : 0xBF);
        if (good)
            return FORMS[i].length;
    }
    return 0;
}

static size_t plain_prefix(const char *p, size_t n)
{
    size_t i = 0, len;

    while (i < n && (len = plain_len((const unsigned char *)p + i, n - i)) > 0)
        i += len;
    return i;
}

/* Exactly n bytes of its own memory, so that a sanitizer sees a read past them. */
static size_t prefix_alone(const char *p, size_t n)
{
    char *own = malloc(n ? n : 1);
    size_t got;

    if (n)
        memcpy(own, p, n);
    got = utf8_valid_prefix(own, n);
    free(own);
    return got;
}

static void every_sequence_of_three_bytes_is_judged_by_the_rule(void)
{
    /* In the middle of Japanese text, where the fast way runs. */
    char text[64];
    const size_t at = 21;

    for (size_t i = 0; i + 3 <= sizeof text; i += 3)
        memcpy(text + i, "あ", 3);
    text[63] = 'x';
    for (int first = 0x70; first < 256; first++) {
        for (int second = 0; second < 256; second++) {
            for (int third = 0x70; third < 256; third += third < 0x7E || third > 0xC2 ? 7 : 1) {
                text[at] = (char)first;
                text[at + 1] = (char)second;
                text[at + 2] = (char)third;
                CHECK(utf8_valid_prefix(text, sizeof text) == plain_prefix(text, sizeof text));
            }
        }
    }
}

static void valid_text_may_be_cut_anywhere(void)
{
    static const char text[] = "ascii only text, あいうえおかきくけこ漢字、é𠮷𠮷 "
                               "abcdefghijklmnopqrstuvwxyz かな\xF4\x8F\xBF\xBF";
    size_t n = sizeof text - 1;

    for (size_t from = 0; from <= n; from++)
        for (size_t to = from; to <= n; to++)
            CHECK(prefix_alone(text + from, to - from) == plain_prefix(text + from, to - from));
    CHECK(utf8_valid_prefix(text, n) == n);
    CHECK(utf8_valid_prefix(NULL, 0) == 0);
}

static void one_bad_byte_is_found_wherever_it_stands(void)
{
    char text[99];

    for (size_t i = 0; i < sizeof text; i += 3)
        memcpy(text + i, "区", 3);
    for (size_t i = 0; i < sizeof text; i++) {
        char good = text[i];

        text[i] = (char)0xFF;
        CHECK(utf8_valid_prefix(text, sizeof text) == i / 3 * 3);
        text[i] = good;
    }
}

static void code_points_go_out_and_come_back(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;

    buf_init(&b, &a, 0, 8);
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x11000 ? 1 : 97) {
        size_t len = 0;

        if (c == 0xD800)
            c = 0xE000;
        buf_clear(&b);
        utf8_put(&b, c);
        CHECK(utf8_valid_prefix(b.p, b.n) == b.n);
        CHECK(utf8_first(buf_str(&b), &len) == c && len == b.n);
    }
}

static void characters_are_counted_and_taken(void)
{
    str s = STR("令和元年度 86.20%、𠮷野é");

    CHECK(utf8_count(s) == 16);
    CHECK(utf8_count((str){ NULL, 0 }) == 0);
    CHECK(str_eq(utf8_take(s, 5), STR("令和元年度")));
    CHECK(str_eq(utf8_take(s, 0), STR("")));
    CHECK(str_eq(utf8_take(s, 16), s) && str_eq(utf8_take(s, 99), s));
}

static void a_place_is_counted_in_lines_and_characters(void)
{
    str s = STR("一行目\n\n三行目の𠮷です\r\nend");
    uint32_t line, col;

    text_place(s, 0, &line, &col);
    CHECK(line == 1 && col == 1);
    text_place(s, 3, &line, &col);
    CHECK(line == 1 && col == 2);
    text_place(s, 9, &line, &col); /* the line's end belongs to it */
    CHECK(line == 1 && col == 4);
    text_place(s, 10, &line, &col);
    CHECK(line == 2 && col == 1);
    text_place(s, (size_t)str_find(s, STR("です")), &line, &col);
    CHECK(line == 3 && col == 6);
    text_place(s, s.n, &line, &col);
    CHECK(line == 4 && col == 4);
    text_place(s, s.n + 100, &line, &col);
    CHECK(line == 4 && col == 4);
}

static void check_index(str s)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct text_index *x = text_index(&a, s);

    for (size_t at = 0; at <= s.n + 2; at += at < 3000 ? 1 : 611) {
        uint32_t line, col, want_line, want_col;

        if (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
            continue;
        text_place(s, at, &want_line, &want_col);
        text_index_place(x, at, &line, &col);
        CHECK(line == want_line && col == want_col);
    }
}

static void the_index_gives_the_same_places(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;

    check_index((str){ NULL, 0 });
    check_index(STR("\n"));
    check_index(STR("a\n\nb"));
    buf_init(&b, &a, 0, 1 << 20);
    for (int i = 0; i < 3000; i++)
        buf_put(&b, i % 50 == 49 ? STR("取組\n") : i % 7 ? STR("あ𠮷") : STR("x"));
    check_index(buf_str(&b));
    check_index(str_take(buf_str(&b), 1024 - 1024 % 7));
    buf_clear(&b);
    for (int i = 0; i < 1024; i++)
        buf_put(&b, STR("\n\n"));
    check_index(buf_str(&b));
}

int main(void)
{
    RUN(every_sequence_of_three_bytes_is_judged_by_the_rule);
    RUN(valid_text_may_be_cut_anywhere);
    RUN(one_bad_byte_is_found_wherever_it_stands);
    RUN(code_points_go_out_and_come_back);
    RUN(characters_are_counted_and_taken);
    RUN(a_place_is_counted_in_lines_and_characters);
    RUN(the_index_gives_the_same_places);
    return DONE();
}
