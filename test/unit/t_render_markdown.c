/* The manual's pages: CommonMark with anchors and links, without raw HTML. */
#include "render/render.h"

#include "check.h"

static struct arena mem;

static const char *html(const char *source)
{
    str title;

    return str_c(&mem, render_markdown(&mem, str_from(source), &title));
}

static void common_constructs_become_their_elements(void)
{
    CHECK_STR(html("text *a* **b** `<c>`"),
              "<p>text <em>a</em> <strong>b</strong> <code>&lt;c&gt;</code></p>\n");
    CHECK_STR(html("- a\n- b\n"), "<ul><li>a</li><li>b</li></ul>");
    CHECK_STR(html("1. a\n\n2. b\n"), "<ol><li><p>a</p>\n</li><li><p>b</p>\n</li></ol>");
    CHECK_STR(html("> a\n"), "<blockquote><p>a</p>\n</blockquote>");
    CHECK_STR(html("    meguri check\n"),
              "<pre tabindex=\"0\"><code>meguri check\n</code></pre>\n");
    CHECK_STR(html("a\n\n---\n\nb  \nc"), "<p>a</p>\n<hr>\n<p>b<br>\nc</p>\n");
    CHECK_STR(html(""), "");
}

static void a_heading_may_carry_an_anchor(void)
{
    CHECK_STR(html("## 見出し {#pairing}\n"), "<h2 id=\"pairing\">見出し</h2>\n");
    CHECK_STR(html("# 見出し\n"), "<h1>見出し</h1>\n");
    CHECK_STR(html("# a {#x\" onclick=\"y}\n"), "<h1 id=\"x&quot; onclick=&quot;y\">a</h1>\n");
}

static void the_first_heading_is_the_title(void)
{
    str title;

    render_markdown(&mem, STR("before\n\n# 使い方 `check` {#top}\n\n## other\n"), &title);
    CHECK_STR(str_c(&mem, title), "使い方 check");
    render_markdown(&mem, STR("# 使い方 {#top}\n"), &title);
    CHECK_STR(str_c(&mem, title), "使い方");
    render_markdown(&mem, STR("no heading\n"), &title);
    CHECK(title.n == 0);
}

static void a_link_between_pages_leads_to_help(void)
{
    CHECK_STR(html("[a](sheet.md)"), "<p><a href=\"/help/sheet\">a</a></p>\n");
    CHECK_STR(html("[a](sheet.md#pairing)"), "<p><a href=\"/help/sheet#pairing\">a</a></p>\n");
    CHECK_STR(html("[a](#here)"), "<p><a href=\"#here\">a</a></p>\n");
    CHECK_STR(html("[a](https://example.org/x.md?a&b)"),
              "<p><a href=\"https://example.org/x.md?a&amp;b\">a</a></p>\n");
    CHECK_STR(html("[a](../../x.md)"), "<p><a href=\"../../x.md\">a</a></p>\n");
}

static void nothing_in_a_page_can_run(void)
{
    CHECK_STR(html("<script>alert(1)</script>\n"), "");
    CHECK_STR(html("a <b onclick=\"x\">b</b>"), "<p>a b</p>\n");
    CHECK_STR(html("[a](javascript:alert(1))"), "<p><a href=\"#\">a</a></p>\n");
    CHECK_STR(html("[a](JAVASCRIPT:x)"), "<p><a href=\"#\">a</a></p>\n");
    CHECK_STR(html("[a](<data:text/html,x>)"), "<p><a href=\"#\">a</a></p>\n");
    CHECK_STR(html("![picture of a year](x.png)"), "<p>picture of a year</p>\n");
    CHECK_STR(html("a & b < c"), "<p>a &amp; b &lt; c</p>\n");
}

static void a_line_break_between_japanese_characters_is_no_blank(void)
{
    CHECK_STR(html("運営\n方針"), "<p>運営方針</p>\n");
    CHECK_STR(html("meguri\ncheck"), "<p>meguri\ncheck</p>\n");
    CHECK_STR(html("運営\nmeguri"), "<p>運営\nmeguri</p>\n");
}

int main(void)
{
    RUN(common_constructs_become_their_elements);
    RUN(a_heading_may_carry_an_anchor);
    RUN(the_first_heading_is_the_title);
    RUN(a_link_between_pages_leads_to_help);
    RUN(nothing_in_a_page_can_run);
    RUN(a_line_break_between_japanese_characters_is_no_blank);
    arena_done(&mem);
    return DONE();
}
