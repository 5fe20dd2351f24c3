/* What the headers of a request prefer. */
#include "web/app.h"

#include "check.h"

static void the_language_with_the_greatest_weight_wins_and_japanese_otherwise(void)
{
    static const struct {
        const char *header;
        enum lang lang;
    } CASES[] = {
        { "", LANG_JA },
        { "ja", LANG_JA },
        { "en", LANG_EN },
        { "en-GB,en;q=0.9", LANG_EN },
        { "ja,en-US;q=0.9,en;q=0.8", LANG_JA },
        { "en-US,en;q=0.9,ja;q=0.8", LANG_EN },
        { "en;q=0.5, ja;q=0.7", LANG_JA },
        { "EN-us ; Q=0.8 , de", LANG_EN },
        { "de, fr", LANG_JA },
        { "*", LANG_JA },
        { "en;q=0.3, *;q=0.5", LANG_JA },
        { "en;q=0", LANG_JA },
        { "eng", LANG_JA },
        { "en;q=1.000, ja;q=0.999", LANG_EN },
        { ",,;;=", LANG_JA },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        if (negotiate_lang(str_from(CASES[i].header)) != CASES[i].lang)
            printf("# %s\n", CASES[i].header);
        CHECK(negotiate_lang(str_from(CASES[i].header)) == CASES[i].lang);
    }
}

static void json_is_given_to_who_prefers_it(void)
{
    CHECK(!negotiate_json(STR("")));
    CHECK(!negotiate_json(STR("*/*")));
    CHECK(!negotiate_json(
        STR("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")));
    CHECK(negotiate_json(STR("application/json")));
    CHECK(negotiate_json(STR("application/json, text/plain, */*")));
    CHECK(negotiate_json(STR("application/json;q=0.9, text/html;q=0.8")));
    CHECK(!negotiate_json(STR("application/json;q=0.8, text/html")));
    CHECK(!negotiate_json(STR("application/json;q=0.5, */*")));
    CHECK(!negotiate_json(STR("application/json;q=0")));
}

static void gzip_is_used_where_it_is_welcome(void)
{
    CHECK(negotiate_gzip(STR("gzip, deflate, br")));
    CHECK(negotiate_gzip(STR("br;q=1.0, GZIP;q=0.1")));
    CHECK(!negotiate_gzip(STR("")));
    CHECK(!negotiate_gzip(STR("br")));
    CHECK(!negotiate_gzip(STR("gzip;q=0")));
    CHECK(!negotiate_gzip(STR("gzip;q=0.000")));
    CHECK(!negotiate_gzip(STR("gzipped")));
}

static void an_etag_matches_itself_in_any_list(void)
{
    CHECK(negotiate_matches(STR("\"a\""), STR("\"a\"")));
    CHECK(negotiate_matches(STR("\"x\", W/\"a\" ,\"y\""), STR("\"a\"")));
    CHECK(negotiate_matches(STR("*"), STR("\"a\"")));
    CHECK(!negotiate_matches(STR("\"ab\""), STR("\"a\"")));
    CHECK(!negotiate_matches(STR("a"), STR("\"a\"")));
    CHECK(!negotiate_matches(STR(""), STR("\"a\"")));
}

int main(void)
{
    RUN(the_language_with_the_greatest_weight_wins_and_japanese_otherwise);
    RUN(json_is_given_to_who_prefers_it);
    RUN(gzip_is_used_where_it_is_welcome);
    RUN(an_etag_matches_itself_in_any_list);
    return DONE();
}
