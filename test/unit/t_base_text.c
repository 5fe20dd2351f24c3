#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "check.h"

/* Sentences of the kind that documents hold, with what CP932 has of its own: ①, ㈱, 髙, ～,
 * half-width katakana. */
static const str SENTENCES[] = {
    STR_INIT("令和元年度の取組内容を次のとおり定める。\n・地域の見守り活動（12回）\n"),
    STR_INIT("目標① 85.5％以上～\t㈱みらい・髙橋ビルﾋﾞﾙ\r\n"),
    STR_INIT("plain ascii, then 区\n"),
    STR_INIT("─── 表 ───\n"),
};
enum { SENTENCE_COUNT = sizeof SENTENCES / sizeof *SENTENCES };

struct result {
    bool ok;
    str text;
    enum text_encoding encoding;
    struct err e;
};

static struct result decode(struct arena *a, str bytes)
{
    struct result r = { 0 };
    char *own = malloc(bytes.n ? bytes.n : 1); /* exactly its size, for the sanitizer */

    if (bytes.n)
        memcpy(own, bytes.p, bytes.n);
    r.ok = text_decode(a, STR("plan.txt"), (str){ own, bytes.n }, &r.text, &r.encoding, &r.e);
    if (r.ok)
        r.text = str_dup(a, r.text);
    free(own);
    return r;
}

static bool says(const struct result *r, const char *words)
{
    return strstr(r->e.text, words) != NULL;
}

static void utf_8_is_taken_as_it_is(void)
{
    AUTO(arena_done) struct arena a = { 0 };

    for (size_t i = 0; i < SENTENCE_COUNT; i++) {
        struct result r = decode(&a, SENTENCES[i]);

        CHECK(r.ok && r.encoding == TEXT_UTF8 && str_eq(r.text, SENTENCES[i]));
        r = decode(&a, str_fmt(&a, "\xEF\xBB\xBF%.*s", STR_ARG(SENTENCES[i])));
        CHECK(r.ok && r.encoding == TEXT_UTF8_BOM && str_eq(r.text, SENTENCES[i]));
    }
    CHECK(decode(&a, (str){ NULL, 0 }).ok && decode(&a, STR("\xEF\xBB\xBF")).ok);
}

static void cp932_is_converted_and_back(void)
{
    AUTO(arena_done) struct arena a = { 0 };

    for (size_t i = 0; i < SENTENCE_COUNT; i++) {
        size_t lost = 99;
        str first_lost, bytes = text_to_cp932(&a, SENTENCES[i], &lost, &first_lost);
        struct result r = decode(&a, bytes);

        CHECK(lost == 0 && first_lost.n == 0 && !str_eq(bytes, SENTENCES[i]));
        CHECK(r.ok && r.encoding == TEXT_CP932 && str_eq(r.text, SENTENCES[i]));
    }
}

static void a_large_cp932_file_is_converted_whole(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b, want;
    struct result r;

    buf_init(&b, &a, 0, 1 << 22);
    buf_init(&want, &a, 0, 1 << 22);
    for (int i = 0; i < 100000; i++) {
        buf_put(&b, STR("\x8B\xE6\xB1\n")); /* 区, half-width ア: two bytes and one */
        buf_put(&want, STR("区ｱ\n"));
    }
    r = decode(&a, buf_str(&b));
    CHECK(r.ok && str_eq(r.text, buf_str(&want)));
}

static void what_cp932_cannot_hold_is_counted(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    size_t lost;
    str first_lost, bytes = text_to_cp932(&a, STR("é、𠮷野家、한"), &lost, &first_lost);

    CHECK(lost == 3 && str_eq(first_lost, STR("é")));
    CHECK(str_eq(bytes, STR("?\x81\x41?\x96\xEC\x89\xC6\x81\x41?")));
}

static void one_bad_byte_in_utf_8_is_told_with_its_place(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct result r = decode(&a, STR("一行目の文です\n二行目の\x83文です\n三行目\n"));

    CHECK(!r.ok && r.e.code == ERR_INPUT && r.e.row == 2 && r.e.col == 5);
    CHECK(says(&r, "plan.txt") && says(&r, "2 行 5 文字目") && says(&r, "0x83")
          && says(&r, "UTF-8"));
    CHECK(!says(&r, "CP932"));
    r = decode(&a, STR("\xEF\xBB\xBF"
                       "ab\xFF"));
    CHECK(!r.ok && r.e.row == 1 && r.e.col == 3);
}

static void a_file_cut_inside_a_character_is_told_as_utf_8(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct result r = decode(&a, STR("区の取組\n目標\xE9\x81"));

    CHECK(!r.ok && r.e.row == 2 && r.e.col == 3 && says(&r, "UTF-8"));
}

static void bytes_that_are_neither_are_told_with_their_place(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    /* CP932 text with a lead byte that a line's end follows */
    struct result r = decode(&a, STR("\x8B\xE6\x96\xF0\x8F\x8A\n\x8B\xE6\x82\n\x8B\xE6\n"));

    CHECK(!r.ok && r.e.row == 2 && r.e.col == 2);
    CHECK(says(&r, "CP932") && says(&r, "UTF-8") && says(&r, "0x82"));
}

static void other_encodings_are_named(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct result r = decode(&a, STR("\xFF\xFE\x3A\x53"));

    CHECK(!r.ok && says(&r, "UTF-16"));
    r = decode(&a, STR("\xFE\xFF\x53\x3A"));
    CHECK(!r.ok && says(&r, "UTF-16"));
    r = decode(&a, STR("\0\0\xFE\xFF\0\0\x53\x3A"));
    CHECK(!r.ok && says(&r, "UTF-32"));
    r = decode(&a, STR("a\n\033$B6h\033(B\n"));
    CHECK(!r.ok && says(&r, "ISO-2022-JP") && r.e.row == 2);
    /* 区の取組です。 in EUC-JP */
    r = decode(&a, STR("\xB6\xE8\xA4\xCE\xBC\xE8\xC1\xC8\xA4\xC7\xA4\xB9\xA1\xA3\n"));
    CHECK(!r.ok && says(&r, "EUC-JP"));
}

static void half_width_katakana_alone_is_still_cp932(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    /* ｳｹﾂｹﾊﾞﾝｺﾞｳ, 12 */
    struct result r = decode(&a, STR("\xB3\xB9\xC2\xB9\xCA\xDE\xDD\xBA\xDE\xB3,12\n"));

    CHECK(r.ok && r.encoding == TEXT_CP932 && str_eq(r.text, STR("ｳｹﾂｹﾊﾞﾝｺﾞｳ,12\n")));
}

static void a_nul_byte_is_told_with_its_place(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct result r = decode(&a, STR("ab\ncd\0ef"));

    CHECK(!r.ok && r.e.row == 2 && r.e.col == 3 && says(&r, "NUL"));
}

static void a_long_file_name_leaves_room_for_what_to_do(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct result r = { 0 };
    struct buf name;

    buf_init(&name, &a, 0, 2000);
    buf_put(&name, STR("/a/folder/of/plans/"));
    while (name.n < 1000)
        buf_put(&name, STR("運営方針"));
    r.ok = text_decode(&a, buf_str(&name), STR("ab\0"), &r.text, &r.encoding, &r.e);
    CHECK(!r.ok && says(&r, "「運営") && says(&r, "UTF-8 で保存し直してください。"));
}

static void what_is_too_large_is_refused_before_it_is_read(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    size_t n = (size_t)LIMIT_LINE_BYTES + 10;
    char *bytes = malloc(n);
    struct result r = { 0 };

    memset(bytes, 'x', n);
    bytes[3] = '\n';
    r.ok = text_decode(&a, STR("plan.txt"), (str){ bytes, n }, &r.text, &r.encoding, &r.e);
    CHECK(!r.ok && r.e.row == 2 && says(&r, "2 行目") && says(&r, "長すぎ"));
    bytes[9] = '\n';
    r.ok = text_decode(&a, STR("plan.txt"), (str){ bytes, n }, &r.text, &r.encoding, &r.e);
    CHECK(r.ok);
    r.ok = text_decode(&a, STR("plan.txt"), (str){ bytes, (size_t)LIMIT_DOCUMENT_BYTES + 1 },
                       &r.text, &r.encoding, &r.e);
    CHECK(!r.ok && says(&r, "大きすぎ"));
    free(bytes);
}

/* ---- the published document, where it is ---- */

static bool corpus(struct arena *a, str *out)
{
    FILE *f = fopen("../shared/corpus/osaka-chuo-r01-reform.txt", "rb");
    char *p;
    size_t n;

    if (!f)
        return false;
    p = arena_bytes(a, 1 << 20);
    n = fread(p, 1, 1 << 20, f);
    fclose(f);
    *out = (str){ p, n };
    return true;
}

static void each_line_of_a_published_document_is_known_in_cp932(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    str rest, line, first_lost;
    size_t lost;

    if (!corpus(&a, &rest))
        SKIP("../shared/corpus is not there");
    while (rest.n) {
        struct result r;

        rest = str_cut(rest, '\n', &line);
        r = decode(&a, text_to_cp932(&a, line, &lost, &first_lost));
        CHECK(lost == 0 && r.ok && str_eq(r.text, line));
        if (!r.ok)
            printf("# %s\n", r.e.text);
    }
}

static void a_bad_byte_in_any_line_of_it_is_told_as_utf_8(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    str rest, line;

    if (!corpus(&a, &rest))
        SKIP("../shared/corpus is not there");
    while (rest.n) {
        struct result r;

        rest = str_cut(rest, '\n', &line);
        if (utf8_count(line) < 8 || utf8_count(line) == line.n)
            continue;
        line = utf8_take(line, 8);
        r = decode(&a, str_fmt(&a, "%.*s\xE3%.*s", STR_ARG(utf8_take(line, 4)),
                               STR_ARG(str_skip(line, utf8_take(line, 4).n))));
        CHECK(!r.ok && r.e.row == 1 && r.e.col == 5 && says(&r, "UTF-8") && !says(&r, "CP932"));
    }
}

int main(void)
{
    RUN(utf_8_is_taken_as_it_is);
    RUN(cp932_is_converted_and_back);
    RUN(a_large_cp932_file_is_converted_whole);
    RUN(what_cp932_cannot_hold_is_counted);
    RUN(one_bad_byte_in_utf_8_is_told_with_its_place);
    RUN(a_file_cut_inside_a_character_is_told_as_utf_8);
    RUN(bytes_that_are_neither_are_told_with_their_place);
    RUN(other_encodings_are_named);
    RUN(half_width_katakana_alone_is_still_cp932);
    RUN(a_nul_byte_is_told_with_its_place);
    RUN(a_long_file_name_leaves_room_for_what_to_do);
    RUN(what_is_too_large_is_refused_before_it_is_read);
    RUN(each_line_of_a_published_document_is_known_in_cp932);
    RUN(a_bad_byte_in_any_line_of_it_is_told_as_utf_8);
    return DONE();
}
