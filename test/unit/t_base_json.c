#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "check.h"

static str canonical(struct arena *a, const struct value *v)
{
    struct buf b;

    buf_init(&b, a, 64, 1 << 20);
    json_put_canonical(&b, v);
    return buf_str(&b);
}

/* Read from memory of exactly its size, for the sanitizer; the copy lives on, as texts are
 * views. */
static bool read_alone(struct arena *a, str s, struct value **out, struct err *e)
{
    struct value *v;
    char *own = malloc(s.n ? s.n : 1);
    bool ok;

    if (s.n)
        memcpy(own, s.p, s.n);
    ok = json_read_canonical(a, (str){ own, s.n }, &v, e);
    if (ok) {
        str again = canonical(a, v);

        CHECK(str_eq(again, s));
        ok = json_read_canonical(a, str_dup(a, s), out, e);
    }
    free(own);
    return ok;
}

static void a_tree_is_written_with_sorted_keys_and_no_blanks(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *map = value_map(&a), *list;
    struct buf b;

    value_put_text(&a, map, "name", STR("中央区 \"x\"\\\n\x01/"));
    value_put_int(&a, map, "b", -7);
    list = value_put_list(&a, map, "a");
    value_add_null(&a, list);
    value_put_bool(&a, value_add_map(&a, list), "t", true);
    (void)value_add_map(&a, list);
    (void)value_add_list(&a, list);
    CHECK(str_eq(canonical(&a, map), STR("{\"a\":[null,{\"t\":true},{},[]],\"b\":-7,"
                                         "\"name\":\"中央区 \\\"x\\\"\\\\\\n\\u0001/\"}")));
    buf_init(&b, &a, 64, 1 << 20);
    json_put(&b, map);
    CHECK(str_starts(buf_str(&b), STR("{\"name\":\"中央区")));
}

static void markup_stays_out_of_json(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *map = value_map(&a);
    struct buf b;

    value_put_markup(&a, map, "chart", STR("<svg/>"));
    value_put_int(&a, map, "n", 1);
    value_put_markup(&a, map, "z", STR("<svg/>"));
    buf_init(&b, &a, 64, 1 << 20);
    json_put(&b, map);
    CHECK(str_eq(buf_str(&b), STR("{\"n\":1}")));
    CHECK(str_eq(canonical(&a, map), STR("{\"n\":1}")));
}

static void every_control_is_escaped_as_the_rfc_says(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;

    buf_init(&b, &a, 64, 1 << 20);
    json_put_string(&b, STR("\b\t\n\f\r\"\\\x1F\x7F\u2028"));
    CHECK(str_eq(buf_str(&b), STR("\"\\b\\t\\n\\f\\r\\\"\\\\\\u001f\x7F\u2028\"")));
    /* Wherever in a word of eight bytes it stands. */
    for (size_t at = 0; at < 20; at++) {
        for (int c = 0; c < 256; c++) {
            char text[20];
            bool escaped = c < 0x20 || c == '"' || c == '\\';

            memset(text, 'x', sizeof text);
            text[at] = (char)c;
            buf_clear(&b);
            json_put_string(&b, (str){ text, sizeof text });
            CHECK((b.n > sizeof text + 2) == escaped);
        }
    }
}

static void keys_are_ordered_by_utf_16_units(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    /* the example of RFC 8785 section 3.2.3, in its order */
    static const char *const keys[] = {
        "\r", "1", "\xC2\x80", "ö", "€", "\U0001F600", "\uFB33"
    };
    enum { N = sizeof keys / sizeof *keys };
    struct value *map = value_map(&a), *back;
    const struct value *at;
    struct err e;

    for (int i = 0; i < N; i++)
        value_put_int(&a, map, keys[(i * 3 + 1) % N], i);
    CHECK(read_alone(&a, canonical(&a, map), &back, &e));
    at = back->first;
    for (int i = 0; i < N; i++, at = at->next)
        CHECK(str_eq(at->key, str_from(keys[i])));
}

static void a_map_of_many_keys_is_sorted_too(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *map = value_map(&a), *back;
    struct err e;

    for (int i = 0; i < 500; i++)
        value_put_int(&a, map, str_c(&a, str_fmt(&a, "%d", i * 7919 % 1000)), i);
    CHECK(read_alone(&a, canonical(&a, map), &back, &e) && back->count == 500);
}

static void what_the_writer_would_not_write_is_refused(void)
{
    static const str bad[] = {
        STR_INIT(""),
        STR_INIT(" {}"),
        STR_INIT("{} "),
        STR_INIT("{}\n"),
        STR_INIT("{ }"),
        STR_INIT("[1, 2]"),
        STR_INIT("[1,]"),
        STR_INIT("[1"),
        STR_INIT("[1}"),
        STR_INIT("{\"b\":1,\"a\":2}"),
        STR_INIT("{\"a\":1,\"a\":2}"),
        STR_INIT("{\"a\":1,}"),
        STR_INIT("{\"a\"}"),
        STR_INIT("{a:1}"),
        STR_INIT("{\"a\":}"),
        STR_INIT("1.0"),
        STR_INIT("1e3"),
        STR_INIT("01"),
        STR_INIT("-0"),
        STR_INIT("-"),
        STR_INIT("+1"),
        STR_INIT("9007199254740992"),
        STR_INIT("-9007199254740992"),
        STR_INIT("99999999999999999999999"),
        STR_INIT("\"\\u0041\""),
        STR_INIT("\"\\u000a\""),
        STR_INIT("\"\\u001F\""),
        STR_INIT("\"\\u3042\""),
        STR_INIT("\"\\/\""),
        STR_INIT("\"\\"),
        STR_INIT("\"\\u00"),
        STR_INIT("\"a"),
        STR_INIT("\"\n\""),
        STR_INIT("\"\xFF\""),
        STR_INIT("\"\xED\xA0\x80\""),
        STR_INIT("nul"),
        STR_INIT("True"),
        STR_INIT("truefalse"),
        STR_INIT("\xEF\xBB\xBF{}"),
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct value *v = NULL;
        struct err e = { 0 };

        CHECK(!read_alone(&a, bad[i], &v, &e) && v == NULL);
        CHECK(e.code == ERR_INPUT && e.row >= 1 && e.col >= 1 && strstr(e.text, "verify"));
    }
}

static void what_the_writer_writes_is_read(void)
{
    static const char *const good[] = {
        "{}",
        "[]",
        "0",
        "-1",
        "9007199254740991",
        "-9007199254740991",
        "\"\"",
        "true",
        "false",
        "null",
        "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u001f\"",
        "[[[[]]],{}]",
        "{\"\":1}",
        "{\"a\":[1,2,\"三\"],\"b\":{\"c\":null}}",
        "\"長い文字列です。\\nそして次の行です。\\\"引用\\\"です。\"",
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct value *v;
        struct err e;

        CHECK(read_alone(&a, str_from(good[i]), &v, &e));
    }
}

static void texts_without_escapes_are_views(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    str s = STR("{\"k\":\"区の取組\"}");
    struct value *v;
    struct err e;

    CHECK(json_read_canonical(&a, s, &v, &e));
    CHECK(v->first->text.p == s.p + 6 && v->first->key.p == s.p + 2);
}

static str nested(struct arena *a, int depth)
{
    struct buf b;

    buf_init(&b, a, 0, 1 << 24);
    for (int i = 0; i < depth; i++)
        buf_put_char(&b, '[');
    for (int i = 0; i < depth; i++)
        buf_put_char(&b, ']');
    return buf_str(&b);
}

static void depth_is_limited_in_both_readers(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *v;
    struct err e = { 0 };

    CHECK(read_alone(&a, nested(&a, LIMIT_JSON_DEPTH), &v, &e));
    CHECK(!read_alone(&a, nested(&a, LIMIT_JSON_DEPTH + 1), &v, &e));
    CHECK(e.col == LIMIT_JSON_DEPTH + 1);
    CHECK(!read_alone(&a, nested(&a, 1000000), &v, &e));
    CHECK(json_load(&a, nested(&a, LIMIT_FOREIGN_JSON_DEPTH), &v, &e));
    CHECK(!json_load(&a, nested(&a, LIMIT_FOREIGN_JSON_DEPTH + 1), &v, &e));
    CHECK(e.row == 1 && e.col == LIMIT_FOREIGN_JSON_DEPTH + 1);
    CHECK(!json_load(&a, nested(&a, 1000000), &v, &e));
    CHECK(json_load(&a, STR("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[\""), &v, &e));
}

static void foreign_json_becomes_a_tree(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *v;
    struct err e;

    CHECK(json_load(
        &a,
        STR(" {\"b\" : [1, -2, 86.20, 337.97638700000005, 1e3, 0.1],\n"
            " \"a\":\"\\u4E2D\\u592e\\/\\ud83d\\ude00\", \"t\":true,\"f\":false,\"n\":null,"
            " \"big\":9007199254740993, \"m\":{}} "),
        &v, &e));
    CHECK(str_eq(
        canonical(&a, v),
        STR("{\"a\":\"中央/😀\",\"b\":[1,-2,\"86.2\",\"337.97638700000005\",\"1000\",\"0.1\"],"
            "\"big\":\"9007199254740993\",\"f\":false,\"m\":{},\"n\":null,\"t\":true}")));
    CHECK(str_eq(v->first->key, STR("b")));
    CHECK(json_load(&a, STR("\"x\""), &v, &e) && v->kind == VALUE_TEXT);
}

static void broken_json_is_told_with_its_place(void)
{
    static const struct {
        str text;
        uint32_t row;
        const char *words;
    } bad[] = {
        { STR_INIT(""), 1, "途中" },
        { STR_INIT("{\n\"a\": 1,\n\"b\" 2}"), 3, "書き方" },
        { STR_INIT("{\"a\":[1,2"), 1, "途中" },
        { STR_INIT("{\"a\":1,\n\"a\":2}"), 2, "二度" },
        { STR_INIT("\n\n[\"\xFF\"]"), 3, "UTF-8" },
        { STR_INIT("[1] x"), 1, "余分" },
        { STR_INIT("99999999999999999999"), 1, "大きすぎ" },
        { STR_INIT("1e999"), 1, "大きすぎ" },
        { STR_INIT("\"\\u0000\""), 1, "NUL" },
        { STR_INIT("[01]"), 1, "" },
        { STR_INIT("{'a':1}"), 1, "書き方" },
        { STR_INIT("[NaN]"), 1, "書き方" },
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct value *v = NULL;
        struct err e = { 0 };

        CHECK(!json_load(&a, bad[i].text, &v, &e) && v == NULL);
        CHECK(e.code == ERR_INPUT && e.row == bad[i].row && strstr(e.text, bad[i].words));
        if (e.row != bad[i].row || !strstr(e.text, bad[i].words))
            printf("# %zu: %u:%u %s\n", i, e.row, e.col, e.text);
    }
}

int main(void)
{
    RUN(a_tree_is_written_with_sorted_keys_and_no_blanks);
    RUN(markup_stays_out_of_json);
    RUN(every_control_is_escaped_as_the_rfc_says);
    RUN(keys_are_ordered_by_utf_16_units);
    RUN(a_map_of_many_keys_is_sorted_too);
    RUN(what_the_writer_would_not_write_is_refused);
    RUN(what_the_writer_writes_is_read);
    RUN(texts_without_escapes_are_views);
    RUN(depth_is_limited_in_both_readers);
    RUN(foreign_json_becomes_a_tree);
    RUN(broken_json_is_told_with_its_place);
    return DONE();
}
