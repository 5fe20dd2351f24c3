/* A feed is read back by libxml2 as any reader of feeds would. */
#include "render/feed.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <string.h>

#include "check.h"

static struct arena mem;

static xmlDoc *read_back(const struct feed *f)
{
    struct buf out;
    str s;

    buf_init(&out, &mem, 1024, 1 << 20);
    render_feed(&out, f);
    s = buf_str(&out);
    return xmlReadMemory(s.p, (int)s.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_PEDANTIC);
}

/* The string value of an XPath, "a" standing for Atom's namespace. */
static const char *at(xmlDoc *doc, const char *path)
{
    xmlXPathContext *x = xmlXPathNewContext(doc);
    xmlXPathObject *o;
    xmlChar *s;
    const char *kept;

    xmlXPathRegisterNs(x, BAD_CAST "a", BAD_CAST "http://www.w3.org/2005/Atom");
    o = xmlXPathEval(BAD_CAST path, x);
    s = xmlXPathCastToString(o);
    kept = str_c(&mem, str_from((const char *)s));
    xmlFree(s);
    xmlXPathFreeObject(o);
    xmlXPathFreeContext(x);
    return kept;
}

static void what_the_feed_says_is_read_back(void)
{
    const struct feed_entry entries[] = {
        { STR("minamo/2025/2"), STR("<b>公園 & \"灯り\"</b>"),
          STR("/o/minamo/voices/2025/2?a=1&b=2"), STR("二行\nある]]>"), STR("道路"),
          1750000000000, 1760000000000 },
        { STR("minamo/2025/1"), STR("\x01\xEF\xBF\xBF題"), STR("/o/minamo/voices/2025/1"),
          STR(""), STR(""), 1740000000000, 1740000000000 },
    };
    const struct feed f = {
        STR("minamo"),
        STR("みなも区の市民の声"),
        STR(""),
        STR("/o/minamo/voices/feed"),
        STR("/o/minamo/voices"),
        STR("ja"),
        STR("みなも区"),
        STR("PDL1.0"),
        0,
        entries,
        2,
    };
    xmlDoc *doc = read_back(&f);

    CHECK(doc);
    CHECK_STR(at(doc, "/a:feed/a:title"), "みなも区の市民の声");
    CHECK_STR(at(doc, "/a:feed/@xml:lang"), "ja");
    CHECK_STR(at(doc, "/a:feed/a:updated"), "2025-10-09T17:53:20.000+09:00");
    CHECK_STR(at(doc, "/a:feed/a:author/a:name"), "みなも区");
    CHECK_STR(at(doc, "/a:feed/a:link[@rel='self']/@href"), "/o/minamo/voices/feed");
    CHECK_STR(at(doc, "count(//a:entry)"), "2");
    CHECK_STR(at(doc, "//a:entry[1]/a:title"), "<b>公園 & \"灯り\"</b>");
    CHECK_STR(at(doc, "//a:entry[1]/a:summary"), "二行\nある]]>");
    CHECK_STR(at(doc, "//a:entry[1]/a:link/@href"), "/o/minamo/voices/2025/2?a=1&b=2");
    CHECK_STR(at(doc, "//a:entry[1]/a:category/@term"), "道路");
    CHECK_STR(at(doc, "//a:entry[2]/a:title"), "\uFFFD\uFFFD題");
    CHECK_STR(at(doc, "count(//a:entry[2]/a:summary)"), "0");
    xmlFreeDoc(doc);
}

static void an_entry_keeps_its_id_and_no_two_share_one(void)
{
    const struct feed_entry entries[] = {
        { .id = STR("a"), .title = STR("x") },
        { .id = STR("b"), .title = STR("x") },
    };
    struct feed f = {
        .id = STR("f"), .title = STR("t"), .lang = STR("ja"), .entries = entries, .count = 2
    };
    xmlDoc *doc = read_back(&f);
    const char *first = at(doc, "//a:entry[1]/a:id"), *again;

    CHECK(strncmp(first, "urn:uuid:", 9) == 0 && strlen(first) == 9 + 36);
    CHECK(first[9 + 14] == '8' && strchr("89ab", first[9 + 19])); /* RFC 9562: version, variant
                                                                   */
    CHECK(strcmp(first, at(doc, "//a:entry[2]/a:id")) != 0);
    xmlFreeDoc(doc);
    f.count = 1;
    doc = read_back(&f);
    again = at(doc, "//a:entry[1]/a:id");
    CHECK_STR(again, first);
    xmlFreeDoc(doc);
}

static void an_empty_feed_is_a_feed(void)
{
    const struct feed f = { .id = STR("f"),
                            .title = STR("t"),
                            .lang = STR("ja"),
                            .author = STR("a"),
                            .updated_ms = 1740000000000 };
    xmlDoc *doc = read_back(&f);

    CHECK(doc);
    CHECK_STR(at(doc, "/a:feed/a:updated"), "2025-02-20T06:20:00.000+09:00");
    CHECK_STR(at(doc, "count(//a:entry)"), "0");
    xmlFreeDoc(doc);
}

int main(void)
{
    RUN(what_the_feed_says_is_read_back);
    RUN(an_entry_keeps_its_id_and_no_two_share_one);
    RUN(an_empty_feed_is_a_feed);
    arena_done(&mem);
    xmlCleanupParser();
    return DONE();
}
