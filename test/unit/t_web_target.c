/* Targets: decoding, suffixes, and what no address of ours looks like. */
#include "web/target.h"

#include "check.h"

static struct arena mem;

static bool parse(const char *raw, struct target *t)
{
    struct err e = { 0 };
    bool fine = target_parse(&mem, str_from(raw), t, &e);

    CHECK(fine || (e.code == ERR_INPUT && e.text[0]));
    return fine;
}

static void a_path_is_decoded(void)
{
    struct target t;

    CHECK(parse("/o/minamo/2023", &t) && str_eq(t.path, STR("/o/minamo/2023"))
          && t.shape == SHAPE_PAGE);
    CHECK(parse("/%E3%81%BF%e3%81%aa", &t) && str_eq(t.path, STR("/みな")));
    CHECK(parse("/a+b", &t) && str_eq(t.path, STR("/a+b")));
    CHECK(parse("/", &t) && str_eq(t.path, STR("/")) && !t.has_slash);
    CHECK(parse("/o/minamo/", &t) && str_eq(t.path, STR("/o/minamo")) && t.has_slash);
}

static void a_suffix_names_the_shape(void)
{
    struct target t;

    CHECK(parse("/o/minamo.json?x=1", &t) && str_eq(t.path, STR("/o/minamo"))
          && t.shape == SHAPE_JSON);
    CHECK(parse("/o/minamo.csv", &t) && str_eq(t.path, STR("/o/minamo"))
          && t.shape == SHAPE_CSV);
    CHECK(parse("/index.json", &t) && str_eq(t.path, STR("/")) && t.shape == SHAPE_JSON);
    CHECK(parse("/.json", &t) && str_eq(t.path, STR("/")) && t.shape == SHAPE_JSON);
    CHECK(parse("/robots.txt", &t) && str_eq(t.path, STR("/robots.txt"))
          && t.shape == SHAPE_PAGE);
}

static void parameters_are_decoded_and_the_first_counts(void)
{
    struct target t;

    CHECK(parse("/search?q=%E5%8C%BA+%E6%B0%91&q=x&empty=&flag&=y&a%20b=c", &t));
    CHECK(str_eq(target_param(&t, "q"), STR("区 民")));
    CHECK(str_eq(target_param(&t, "a b"), STR("c")));
    CHECK(target_param(&t, "empty").n == 0 && target_param(&t, "flag").n == 0);
    CHECK(target_param(&t, "absent").n == 0);
    CHECK(parse("/search?q=%E3%80%80%E5%8C%BA+", &t)
          && str_eq(target_param(&t, "q"), STR("区")));
    CHECK(parse("/search?q=a%0Ab", &t) && str_eq(target_param(&t, "q"), STR("a\nb")));
}

static void what_no_address_looks_like_is_refused(void)
{
    static const char *const BAD[] = {
        "/../etc/passwd", "/a/../b", "/a/./b",   "/%2e%2e/b",  "/a/%2E",     "/a//b",
        "//evil.example", "/a%00b",  "/a%0Ab",   "/a%7Fb",     "/a%2Fb",     "/a%5Cb",
        "/a\\b",          "/%E3%81", "/%FF",     "/%C0%AF",    "/%ED%A0%80", "/a%",
        "/a%4",           "/a%zz",   "/a#b",     "a",          "",           "/s?q=%00",
        "/s?q=%FF",       "/s?q=%",  "/s?%FF=a", "/s?q=a%01b", "/a//",
    };
    struct target t;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        bool fine = parse(BAD[i], &t);

        if (fine)
            printf("# taken: %s\n", BAD[i]);
        CHECK(!fine);
    }
}

static void too_much_is_refused(void)
{
    struct target t;
    struct buf b;

    buf_init(&b, &mem, 64, 4096);
    buf_put_c(&b, "/s?q=");
    for (int i = 0; i < LIMIT_QUERY_BYTES; i++)
        buf_put_char(&b, 'a');
    CHECK(parse(str_c(&mem, buf_str(&b)), &t));
    buf_put_char(&b, 'a');
    CHECK(!parse(str_c(&mem, buf_str(&b)), &t));
    buf_clear(&b);
    buf_put_c(&b, "/s?");
    for (int i = 0; i < TARGET_PARAMS_MAX; i++)
        buf_put_c(&b, "a=b&");
    CHECK(parse(str_c(&mem, buf_str(&b)), &t));
    buf_put_c(&b, "a=b");
    CHECK(!parse(str_c(&mem, buf_str(&b)), &t));
}

static void encoding_is_undone_by_decoding(void)
{
    static const char *const TEXTS[] = { "区民の声", "a b&c=d?e#f/g%h+i", "~-._", "\"<>'" };

    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        struct target t;
        struct buf b;

        buf_init(&b, &mem, 64, 4096);
        buf_put_c(&b, "/s?q=");
        target_encode(&b, str_from(TEXTS[i]));
        CHECK(parse(str_c(&mem, buf_str(&b)), &t)
              && str_eq(target_param(&t, "q"), str_from(TEXTS[i])));
    }
}

int main(void)
{
    RUN(a_path_is_decoded);
    RUN(a_suffix_names_the_shape);
    RUN(parameters_are_decoded_and_the_first_counts);
    RUN(what_no_address_looks_like_is_refused);
    RUN(too_much_is_refused);
    RUN(encoding_is_undone_by_decoding);
    arena_done(&mem);
    return DONE();
}
