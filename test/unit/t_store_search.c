/* Search: what is found, how it is counted, and that nothing typed is an operator. */
#include "stores.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

static const str WARD = STR_INIT("271284"), CITY = STR_INIT("271004");

/* A plan whose initiatives have the given texts as their purpose. */
static void store_texts(struct fixture *f, str organisation, int fiscal_year, const str *texts,
                        uint32_t count)
{
    const uint64_t seed = (uint64_t)fiscal_year;
    struct plan p = { .organisation_code = organisation, .fiscal_year = fiscal_year };
    struct import_report report;

    p.source_name = str_fmt(&f->mem, "%llu.txt", (unsigned long long)seed);
    p.source_hash = hash_bytes(str_fmt(&f->mem, "document %llu", (unsigned long long)seed));
    p.initiatives = NEW(&f->mem, struct initiative, count);
    p.initiative_count = count;
    for (uint32_t i = 0; i < count; i++) {
        p.initiatives[i].number = (int)i + 1;
        p.initiatives[i].purpose.v = texts[i];
    }
    CHECK(stores_import(f, &p, STORES_NOW + fiscal_year, true, &report));
}

static struct hits find_in(struct fixture *f, const char *query, str organisation, int year)
{
    const struct search what = { str_from(query), organisation, year, { 0, 20 }, 0 };
    struct hits hits = { 0 };

    CHECK(store_search(f->c, &f->mem, &what, &hits, &f->e));
    return hits;
}

static uint32_t total(struct fixture *f, const char *query)
{
    const struct hits hits = find_in(f, query, (str){ 0 }, 0);

    CHECK(hits.count == (hits.total < 20 ? hits.total : 20));
    return hits.total;
}

static const str TEXTS[] = {
    STR_INIT("区政会議の委員が意見を出せる会議にする。"),
    STR_INIT("ＰＤＣＡを意識する職員"),
    STR_INIT("ｶﾞｲﾄﾞﾌﾞｯｸ 100％ (令和元年度)"),
    STR_INIT("a AND b OR NOT c NEAR(d) \"quoted\" * ^ - +"),
    STR_INIT("𠮷野家の区"),
    STR_INIT("区"),
};
enum { COUNT = sizeof TEXTS / sizeof *TEXTS };

static void every_substring_is_found_and_nothing_else(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    store_texts(&f, WARD, 2019, TEXTS, COUNT);

    CHECK(total(&f, "区政会議") == 1);
    CHECK(total(&f, "政会") == 1);
    CHECK(total(&f, "会議") == 1);
    CHECK(total(&f, "議会") == 0); /* both pairs' characters are there, not side by side */
    CHECK(total(&f, "区政会議の委員が意見を出せる会議にする。") == 1);
    CHECK(total(&f, "区会議") == 0);
    CHECK(total(&f, "𠮷野") == 1);
}

static void one_character_is_found_wherever_it_stands(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    store_texts(&f, WARD, 2019, TEXTS, COUNT);

    CHECK(total(&f, "区") == 3); /* at the start, at the end, alone */
    CHECK(total(&f, "議") == 1);
    CHECK(total(&f, "。") == 1);
    CHECK(total(&f, "𠮷") == 1);
    CHECK(total(&f, "鬱") == 0);
}

static void other_spellings_of_the_same_are_found(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    store_texts(&f, WARD, 2019, TEXTS, COUNT);

    CHECK(total(&f, "pdca") == 1);
    CHECK(total(&f, "ＰＤＣＡ") == 1);
    CHECK(total(&f, "ガイドブック") == 1);
    CHECK(total(&f, "100%") == 1);
    CHECK(total(&f, "ブック100") == 1); /* the blank between them does not count */
}

static void every_word_has_to_be_there(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    store_texts(&f, WARD, 2019, TEXTS, COUNT);

    CHECK(total(&f, "委員 会議") == 1);
    CHECK(total(&f, "会議　委員") == 1); /* a full-width blank */
    CHECK(total(&f, "会議 会議") == 1);
    CHECK(total(&f, "会議 職員") == 0);
    CHECK(total(&f, "区 野") == 1);
}

static void nothing_typed_is_an_operator_or_an_error(void)
{
    static const char *const QUERIES[] = {
        "AND",     "OR",         "NOT c",
        "NEAR(d)", "\"quoted\"", "\"",
        "\"\"",    "*",          "^",
        "-",       "+",          "(",
        ")",       "text:区",    "{text",
        "a*",      "区*",        "%",
        "_",       "'",          "';--",
        "\\",      ":",          "a:b:c",
        "\x01o",   "\x7F",       "\xEF\xBB\xBF",
        "𠮷",      "\xCC\x88",   "\x01o271284",
    };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    store_texts(&f, WARD, 2019, TEXTS, COUNT);

    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++)
        (void)total(&f, QUERIES[i]); /* CHECKs that it does not fail */
    CHECK(total(&f, "AND") == 1);
    CHECK(total(&f, "\"quoted\"") == 1);
    CHECK(total(&f, "NEAR(d)") == 1);
    CHECK(total(&f, "*") == 1);
    CHECK(total(&f, "区*") == 0);
    CHECK(total(&f, "\x01o271284") == 0); /* the word by which a search is narrowed */
}

static void what_holds_no_word_finds_nothing(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    store_texts(&f, WARD, 2019, TEXTS, COUNT);
    const struct search nul = { { "区\0政", 7 }, { 0 }, 0, { 0 }, 0 };
    struct hits hits;

    CHECK(total(&f, "") == 0);
    CHECK(total(&f, " 　\t\n") == 0);
    CHECK(store_search(f.c, &f.mem, &nul, &hits, &f.e) && hits.total == 0);
}

static void a_query_as_long_as_it_may_be_is_answered(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    char many[LIMIT_QUERY_BYTES + 40];
    size_t n = 0;

    store_texts(&f, WARD, 2019, TEXTS, COUNT);
    while (n < sizeof many - 1) { /* two hundred different words */
        many[n] = (char)('a' + (n / 2) % 26);
        many[n + 1] = (n / 2) % 3 ? ' ' : (char)('0' + (n / 2) % 10);
        n += 2;
    }
    many[sizeof many - 1] = '\0';
    CHECK(total(&f, many) == 0);
}

static void a_search_is_narrowed_to_an_organisation_and_a_year(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    store_texts(&f, WARD, 2019, TEXTS, COUNT);
    store_texts(&f, WARD, 2020, TEXTS, 1);
    store_texts(&f, CITY, 2021, TEXTS, 1);

    CHECK(find_in(&f, "会議", (str){ 0 }, 0).total == 3);
    CHECK(find_in(&f, "会議", WARD, 0).total == 2);
    CHECK(find_in(&f, "会議", WARD, 2020).total == 1);
    CHECK(find_in(&f, "会議", (str){ 0 }, 2021).total == 1);
    CHECK(find_in(&f, "会議", CITY, 2020).total == 0);
    CHECK(find_in(&f, "会議", STR("nobody"), 0).total == 0);
    CHECK(find_in(&f, "会議", STR("271284\" OR \"a"), 0).total == 0);
}

static void a_hit_says_where_it_stands(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct hits hits;

    store_texts(&f, WARD, 2019, TEXTS, COUNT);
    hits = find_in(&f, "職員", (str){ 0 }, 0);
    CHECK(hits.count == 1);
    CHECK(hits.rows[0].kind == HIT_PURPOSE && hits.rows[0].initiative == 2);
    CHECK(hits.rows[0].fiscal_year == 2019 && str_eq(hits.rows[0].organisation, WARD));
    CHECK(str_eq(hits.rows[0].organisation_name, STR("みなも区")));
    CHECK(str_eq(hits.rows[0].text, TEXTS[1]));
}

static void more_occurrences_come_first_then_the_newer(void)
{
    static const str A[] = { STR_INIT("防災"), STR_INIT("防災と防災と防災") };
    static const str B[] = { STR_INIT("防災の訓練") };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct hits hits;

    store_texts(&f, WARD, 2019, A, 2);
    store_texts(&f, WARD, 2020, B, 1);
    hits = find_in(&f, "防災", (str){ 0 }, 0);
    CHECK(hits.count == 3);
    CHECK(str_eq(hits.rows[0].text, A[1]));
    CHECK(str_eq(hits.rows[1].text, B[0]));
    CHECK(str_eq(hits.rows[2].text, A[0]));
}

/* Goes through all pages of a search; every hit must come exactly once. */
static void walk_pages(struct fixture *f, uint32_t per_page, uint32_t expected)
{
    struct search what = { STR("防災"), { 0 }, 0, { 0, per_page }, 0 };
    bool *seen = NEW(&f->mem, bool, expected + 1);
    uint32_t n = 0;

    for (;; what.page.offset += per_page) {
        struct hits hits;

        CHECK(store_search(f->c, &f->mem, &what, &hits, &f->e));
        CHECK(hits.total == expected);
        for (uint32_t i = 0; i < hits.count; i++, n++) {
            CHECK(!seen[hits.rows[i].initiative]);
            seen[hits.rows[i].initiative] = true;
        }
        if (hits.count < per_page)
            break;
    }
    CHECK(n == expected);
}

static void the_pages_of_a_list_hold_each_hit_once(void)
{
    enum { HITS = 700 };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    str *texts = NEW(&f.mem, str, HITS);

    for (int i = 0; i < HITS; i++)
        texts[i] = i % 7 ? STR("防災") : STR("防災と防災");
    store_texts(&f, WARD, 2019, texts, HITS);
    walk_pages(&f, 50, HITS);
    walk_pages(&f, 37, HITS); /* a page across the end of the ranked part */
    walk_pages(&f, 1000, HITS);
}

static void a_revision_is_found_by_its_new_words_only(void)
{
    static const str OLD[] = { STR_INIT("古い言葉"), STR_INIT("動かない") };
    static const str NEW_[] = { STR_INIT("新しい言葉"), STR_INIT("動かない") };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);

    store_texts(&f, WARD, 2019, OLD, 2);
    CHECK(total(&f, "古い") == 1);
    store_texts(&f, WARD, 2019, NEW_, 2);
    CHECK(total(&f, "古い") == 0);
    CHECK(total(&f, "新しい") == 1);
    CHECK(total(&f, "動かない") == 1);
    store_texts(&f, WARD, 2019, NEW_, 1); /* the second is dropped … */
    CHECK(total(&f, "動かない") == 0);
    store_texts(&f, WARD, 2019, NEW_, 2); /* … and listed again: its record is an old one */
    CHECK(total(&f, "動かない") == 1);
}

static void two_revisions_in_one_batch_leave_the_last(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct initiative first = { .number = 1, .purpose.v = STR("先の案") };
    struct initiative second = { .number = 1, .purpose.v = STR("後の案") };
    struct plan plans[2] = { { .initiatives = &first }, { .initiatives = &second } };
    struct import_item items[2];
    const struct import_batch batch = { items, 2, true };
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, { 0 } };
    struct import_report report;

    for (int i = 0; i < 2; i++) {
        plans[i].organisation_code = WARD;
        plans[i].fiscal_year = 2019;
        plans[i].initiative_count = 1;
        plans[i].source_name = STR("a.txt");
        plans[i].source_hash = hash_bytes(STR("a"));
        items[i] = (struct import_item){ .plan = &plans[i],
                                         .state = STR("published"),
                                         .bytes = STR("a") };
    }
    CHECK(store_import(f.c, &f.mem, &stamp, &batch, &report, &f.e));
    CHECK(total(&f, "先の案") == 0);
    CHECK(total(&f, "後の案") == 1);
}

int main(void)
{
    RUN(every_substring_is_found_and_nothing_else);
    RUN(one_character_is_found_wherever_it_stands);
    RUN(other_spellings_of_the_same_are_found);
    RUN(every_word_has_to_be_there);
    RUN(nothing_typed_is_an_operator_or_an_error);
    RUN(what_holds_no_word_finds_nothing);
    RUN(a_query_as_long_as_it_may_be_is_answered);
    RUN(a_search_is_narrowed_to_an_organisation_and_a_year);
    RUN(a_hit_says_where_it_stands);
    RUN(more_occurrences_come_first_then_the_newer);
    RUN(the_pages_of_a_list_hold_each_hit_once);
    RUN(a_revision_is_found_by_its_new_words_only);
    RUN(two_revisions_in_one_batch_leave_the_last);
    return DONE();
}
