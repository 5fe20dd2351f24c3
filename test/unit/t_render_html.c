/* Templates over value trees: what each construct gives, and that nothing a tree says becomes
 * markup. */
#include "render/escape.h"
#include "render/render.h"

#include <string.h>

#include "check.h"

static const char MESSAGES[] = "# a comment\n"
                               "hello\tこんにちは、{{name}}さん\tHello, {{name}}\n"
                               "sign\tA < B & C\tA < B & C\n"
                               "verdict.met\t達成\tmet\n"
                               "verdict.not_met\t未達成\tnot met\n";

static struct arena mem;

/* What `page` gives with `part` beside it. */
static const char *render(const char *page, const char *part, const struct value *tree,
                          enum lang lang)
{
    struct template_source sources[] = { { STR("page"), str_from(page) },
                                         { STR("part"), str_from(part) } };
    const struct template_set *set;
    struct err e = { 0 };
    struct buf out;

    buf_init(&out, &mem, 64, 1 << 20);
    if (!template_set_make(&mem, sources, 2, str_from(MESSAGES), &set, &e)
        || !render_html_from(&out, set, STR("page"), tree, lang, &e))
        return str_c(&mem, str_from(e.text));
    return str_c(&mem, buf_str(&out));
}

static const char *ja(const char *page, const struct value *tree)
{
    return render(page, "", tree, LANG_JA);
}

static struct value *sample(void)
{
    struct value *t = value_map(&mem), *ward = value_put_map(&mem, t, "ward"), *list;

    value_put_text(&mem, t, "name", STR("みなも区"));
    value_put_text(&mem, t, "empty", STR(""));
    value_put_null(&mem, t, "nothing");
    value_put_bool(&mem, t, "yes", true);
    value_put_bool(&mem, t, "no", false);
    value_put_int(&mem, t, "zero", 0);
    value_put_int(&mem, t, "count", -42);
    value_put_text(&mem, t, "verdict", STR("not_met"));
    value_put_text(&mem, ward, "name", STR("こもれび区"));
    value_put_int(&mem, ward, "year", 2023);
    list = value_put_list(&mem, t, "items");
    value_put_text(&mem, value_add_map(&mem, list), "title", STR("一"));
    value_put_text(&mem, value_add_map(&mem, list), "title", STR("二"));
    value_put_list(&mem, t, "none");
    list = value_put_list(&mem, t, "words");
    value_add_text(&mem, list, STR("a"));
    value_add_text(&mem, list, STR("b"));
    value_put_markup(&mem, t, "chart", STR("<svg></svg>"));
    return t;
}

static void a_name_gives_its_value(void)
{
    CHECK_STR(ja("{{name}} {{ name }} {{count}} {{yes}} {{no}}", sample()),
              "みなも区 みなも区 -42 true false");
    CHECK_STR(ja("[{{nothing}}{{empty}}{{absent}}{{items}}{{ward}}]", sample()), "[]");
    CHECK_STR(ja("{{ward.name}} {{ward.year}} [{{ward.absent}}{{name.x}}]", sample()),
              "こもれび区 2023 []");
}

static void a_section_gives_each_item_of_a_list(void)
{
    CHECK_STR(ja("{{#items}}<li>{{title}}</li>{{/items}}", sample()), "<li>一</li><li>二</li>");
    CHECK_STR(ja("{{#words}}{{.}},{{/words}}", sample()), "a,b,");
    CHECK_STR(ja("[{{#none}}x{{/none}}]", sample()), "[]");
}

static void a_section_gives_once_what_is_something(void)
{
    CHECK_STR(ja("{{#yes}}y{{/yes}}{{#name}}n{{/name}}{{#ward}}w{{/ward}}{{#count}}c{{/count}}"
                 "{{#chart}}s{{/chart}}",
                 sample()),
              "ynwcs");
    CHECK_STR(
        ja("[{{#no}}x{{/no}}{{#zero}}x{{/zero}}{{#empty}}x{{/empty}}{{#nothing}}x{{/nothing}}"
           "{{#absent}}x{{/absent}}]",
           sample()),
        "[]");
}

static void an_inverted_section_gives_what_the_section_would_not(void)
{
    CHECK_STR(ja("{{^no}}1{{/no}}{{^zero}}2{{/zero}}{{^empty}}3{{/empty}}{{^none}}4{{/none}}"
                 "{{^nothing}}5{{/nothing}}{{^absent}}6{{/absent}}{{^yes}}x{{/"
                 "yes}}{{^items}}x{{/items}}",
                 sample()),
              "123456");
}

static void a_name_the_inner_context_lacks_is_looked_up_outside(void)
{
    CHECK_STR(ja("{{#ward}}{{name}} {{count}}{{/ward}}", sample()), "こもれび区 -42");
    CHECK_STR(ja("{{#items}}{{#yes}}{{title}}{{name}} {{/yes}}{{/items}}", sample()),
              "一みなも区 二みなも区 ");
}

static void an_inner_null_hides_an_outer_value(void)
{
    struct value *t = sample(), *inner = value_put_map(&mem, t, "inner");

    value_put_null(&mem, inner, "name");
    CHECK_STR(ja("[{{#inner}}{{name}}{{/inner}}]", t), "[]");
}

static void names_are_found_in_any_order(void)
{
    CHECK_STR(ja("{{count}}{{name}}{{verdict}}{{name}}{{name}}{{count}}", sample()),
              "-42みなも区not_metみなも区みなも区-42");
}

static void a_part_is_rendered_in_the_same_context(void)
{
    CHECK_STR(render("{{#items}}{{>part}}{{/items}}", "<b>{{title}}/{{name}}</b>", sample(),
                     LANG_JA),
              "<b>一/みなも区</b><b>二/みなも区</b>");
    CHECK_STR(render("<p{{>part}}>x</p>", "{{#yes}} lang=\"en\"{{/yes}}", sample(), LANG_JA),
              "<p lang=\"en\">x</p>");
}

static void a_message_comes_in_the_language_of_the_page(void)
{
    CHECK_STR(render("<p title=\"{{=hello}}\">{{=hello}}</p>", "", sample(), LANG_JA),
              "<p title=\"こんにちは、みなも区さん\">こんにちは、みなも区さん</p>");
    CHECK_STR(render("{{#ward}}{{=hello}}{{/ward}}", "", sample(), LANG_EN),
              "Hello, こもれび区");
    CHECK_STR(render("{{=sign}}", "", sample(), LANG_EN), "A &lt; B &amp; C");
}

static void a_word_is_the_message_that_the_value_names(void)
{
    struct value *odd = value_map(&mem);

    CHECK_STR(render("{{=verdict.*verdict}}", "", sample(), LANG_JA), "未達成");
    CHECK_STR(render("{{=verdict.*verdict}}", "", sample(), LANG_EN), "not met");
    CHECK_STR(render("[{{=verdict.*nothing}}{{=verdict.*absent}}]", "", sample(), LANG_EN),
              "[]");
    value_put_text(&mem, odd, "verdict", STR("<new>"));
    CHECK_STR(render("{{=verdict.*verdict}}", "", odd, LANG_EN), "&lt;new&gt;");
}

static void a_message_as_plain_text_is_not_escaped(void)
{
    struct err e = { 0 };
    const struct template_set *set;
    struct value *t = value_map(&mem);

    value_put_text(&mem, t, "name", STR("<A&B>"));
    CHECK(template_set_make(&mem, NULL, 0, str_from(MESSAGES), &set, &e));
    CHECK_STR(str_c(&mem, render_message_from(&mem, set, STR("hello"), t, LANG_EN)),
              "Hello, <A&B>");
    CHECK_STR(str_c(&mem, render_message_from(&mem, set, STR("hello"), NULL, LANG_EN)),
              "Hello, ");
    CHECK_STR(str_c(&mem, render_message_from(&mem, set, STR("no.such"), t, LANG_EN)),
              "no.such");
}

static void a_line_with_only_a_section_tag_leaves_nothing(void)
{
    CHECK_STR(ja("<ul>\n  {{#items}}\n<li>{{title}}</li>\n  {{/items}}\n{{! why }}\n</ul>\n",
                 sample()),
              "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n");
    CHECK_STR(ja("{{name}}\n{{count}}\n", sample()), "みなも区\n-42\n");
    CHECK_STR(ja("a {{#yes}}\nb{{/yes}}\n", sample()), "a \nb\n");
    CHECK_STR(ja("{{! two\nlines }}x", sample()), "x");
}

static const char *const NAUGHTY[][2] = {
    { "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;" },
    { "\" onmouseover=\"x", "&quot; onmouseover=&quot;x" },
    { "' onfocus='x", "&#39; onfocus=&#39;x" },
    { "a & b &amp; c", "a &amp; b &amp;amp; c" },
    { "</title><svg/onload=x>", "&lt;/title&gt;&lt;svg/onload=x&gt;" },
    { "{{name}}", "{{name}}" },
    { "-->]]>", "--&gt;]]&gt;" },
    { "区民の声<1>「達成」", "区民の声&lt;1&gt;「達成」" },
    { "abcdefg<", "abcdefg&lt;" },
    { "abcdefgh<", "abcdefgh&lt;" },
    { "区区区区区区&", "区区区区区区&amp;" },
    { "a\x01z\x1B\x7F.", "a\uFFFDz\uFFFD\uFFFD." },
    { "tab\tline\nreturn\r", "tab\tline\nreturn\r" },
    { "\u202Eright to left", "\u202Eright to left" },
    { "𠮷野家", "𠮷野家" },
};

static void what_a_value_says_stays_text(void)
{
    for (size_t i = 0; i < sizeof NAUGHTY / sizeof NAUGHTY[0]; i++) {
        struct value *t = value_map(&mem);

        value_put_text(&mem, t, "x", str_from(NAUGHTY[i][0]));
        CHECK_STR(ja("<p>{{x}}</p>", t),
                  str_c(&mem, str_fmt(&mem, "<p>%s</p>", NAUGHTY[i][1])));
        CHECK_STR(ja("<p id=\"{{x}}\">", t),
                  str_c(&mem, str_fmt(&mem, "<p id=\"%s\">", NAUGHTY[i][1])));
        CHECK_STR(ja("<p id='{{x}}'>", t),
                  str_c(&mem, str_fmt(&mem, "<p id='%s'>", NAUGHTY[i][1])));
        CHECK_STR(ja("{{#x}}{{.}}{{/x}}", t), NAUGHTY[i][1]);
    }
}

/* What one byte becomes, by the rule. */
static void put_escaped(struct buf *b, char c)
{
    switch (c) {
    case '&':
        buf_put_c(b, "&amp;");
        break;
    case '<':
        buf_put_c(b, "&lt;");
        break;
    case '>':
        buf_put_c(b, "&gt;");
        break;
    case '"':
        buf_put_c(b, "&quot;");
        break;
    case '\'':
        buf_put_c(b, "&#39;");
        break;
    default:
        if (c == 0x7F || ((unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r'))
            buf_put_c(b, "\uFFFD");
        else
            buf_put_char(b, c);
    }
}

/* Texts go through eight bytes at a time. */
static void each_byte_is_escaped_wherever_it_stands(void)
{
    for (size_t n = 1; n <= 20; n++) {
        for (size_t at = 0; at < n; at++) {
            for (int c = 0; c < 0x80; c++) {
                char text[20];
                struct buf want, got;

                memset(text, at % 2 ? 'a' : '%', sizeof text);
                text[at] = (char)c;
                text[n - 1 - at] = at == n - 1 - at ? (char)c : '7';
                buf_init(&want, &mem, 256, 256);
                buf_init(&got, &mem, 1, 256);
                for (size_t i = 0; i < n; i++)
                    put_escaped(&want, text[i]);
                escape_html(&got, (str){ text, n });
                CHECK(str_eq(buf_str(&want), buf_str(&got)));
            }
        }
        arena_reset(&mem);
    }
}

static void markup_passes_in_text_and_is_escaped_in_an_attribute(void)
{
    CHECK_STR(ja("{{chart}}<p title=\"{{chart}}\">", sample()),
              "<svg></svg><p title=\"&lt;svg&gt;&lt;/svg&gt;\">");
}

static void an_address_that_could_run_script_becomes_a_fragment(void)
{
    static const char *const ADDRESSES[][2] = {
        { "/o/minamo/2023?at=2024-06-30", "/o/minamo/2023?at=2024-06-30" },
        { "https://example.org/", "https://example.org/" },
        { "mailto:a@example.org", "mailto:a@example.org" },
        { "#goals", "#goals" },
        { "?q=a:b", "?q=a:b" },
        { "./a:b", "./a:b" },
        { "javascript:alert(1)", "#" },
        { "JavaScript:alert(1)", "#" },
        { " javascript:alert(1)", "#" },
        { "java\nscript:alert(1)", "#" },
        { "data:text/html,x", "#" },
        { "vbscript:x", "#" },
    };

    for (size_t i = 0; i < sizeof ADDRESSES / sizeof ADDRESSES[0]; i++) {
        struct value *t = value_map(&mem);

        value_put_text(&mem, t, "u", str_from(ADDRESSES[i][0]));
        CHECK_STR(ja("<a href=\"{{u}}\">", t),
                  str_c(&mem, str_fmt(&mem, "<a href=\"%s\">", ADDRESSES[i][1])));
        CHECK_STR(ja("<a href=\"{{#yes}}/{{/yes}}{{u}}\">", t),
                  str_c(&mem, str_fmt(&mem, "<a href=\"%s\">", ADDRESSES[i][1])));
    }
}

static void an_unknown_template_is_not_found(void)
{
    struct err e = { 0 };
    struct buf out;

    buf_init(&out, &mem, 64, 64);
    CHECK(!render_html(&out, STR("no such"), sample(), LANG_JA, &e));
    CHECK(e.code == ERR_NOT_FOUND);
}

static void thousands_stand_apart_in_numbers_and_in_nothing_else(void)
{
    static const char *const PAIRS[][2] = {
        { "0", "0" },
        { "999", "999" },
        { "1000", "1,000" },
        { "-2292000000", "-2,292,000,000" },
        { "+737000", "+737,000" },
        { "123456.7800", "123,456.7800" },
        { "12.345678", "12.345678" },
        { "0123456", "0,123,456" },
        { "2024-04", "2024-04" },
        { "1000件", "1000件" },
        { "1,000", "1,000" },
        { "", "" },
        { "-", "-" },
        { "12345.", "12,345." },
        { ".12345", ".12345" },
        { "1e5000", "1e5000" },
        { "<b>12345", "&lt;b&gt;12345" },
        { "123456789012345678901234567890", "123,456,789,012,345,678,901,234,567,890" },
    };

    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        struct value *t = value_map(&mem);

        value_put_text(&mem, t, "x", str_from(PAIRS[i][0]));
        CHECK_STR(ja("{{,x}}", t), PAIRS[i][1]);
        CHECK_STR(ja("<p title=\"{{, x }}\">", t),
                  str_c(&mem, str_fmt(&mem, "<p title=\"%s\">", PAIRS[i][1])));
    }
}

static void a_number_with_thousands_apart_may_be_whole_or_missing(void)
{
    struct value *t = sample();

    value_put_int(&mem, t, "least", INT64_MIN);
    value_put_int(&mem, t, "votes", 82105);
    CHECK_STR(ja("{{,least}} {{,votes}} {{,count}} {{,zero}} {{,yes}}[{{,nothing}}{{,absent}}]",
                 t),
              "-9,223,372,036,854,775,808 82,105 -42 0 true[]");
    CHECK_STR(ja("{{,chart}}<p title=\"{{,chart}}\">", t),
              "&lt;svg&gt;&lt;/svg&gt;<p title=\"&lt;svg&gt;&lt;/svg&gt;\">");
    CHECK(strstr(ja("<a href=\"{{,votes}}\">", t), "an address does not begin with a number"));
}

int main(void)
{
    RUN(a_name_gives_its_value);
    RUN(a_section_gives_each_item_of_a_list);
    RUN(a_section_gives_once_what_is_something);
    RUN(an_inverted_section_gives_what_the_section_would_not);
    RUN(a_name_the_inner_context_lacks_is_looked_up_outside);
    RUN(an_inner_null_hides_an_outer_value);
    RUN(names_are_found_in_any_order);
    RUN(a_part_is_rendered_in_the_same_context);
    RUN(a_message_comes_in_the_language_of_the_page);
    RUN(a_word_is_the_message_that_the_value_names);
    RUN(a_message_as_plain_text_is_not_escaped);
    RUN(a_line_with_only_a_section_tag_leaves_nothing);
    RUN(what_a_value_says_stays_text);
    RUN(each_byte_is_escaped_wherever_it_stands);
    RUN(markup_passes_in_text_and_is_escaped_in_an_attribute);
    RUN(an_address_that_could_run_script_becomes_a_fragment);
    RUN(an_unknown_template_is_not_found);
    arena_done(&mem);
    RUN(thousands_stand_apart_in_numbers_and_in_nothing_else);
    RUN(a_number_with_thousands_apart_may_be_whole_or_missing);
    return DONE();
}
