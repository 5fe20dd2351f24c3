/* What a template or a message may not do, and that the sentence names the place. */
#include "render/render.h"

#include <string.h>

#include "check.h"

static struct arena mem;

/* The mistake in a template, "" when there is none. */
static const char *mistake(const char *page)
{
    struct template_source sources[] = { { STR("fine"), STR("<b>{{x}}</b>") },
                                         { STR("flag"), STR("{{#x}} lang=\"en\"{{/x}}") },
                                         { STR("page"), str_from(page) } };
    const struct template_set *set;
    struct err e = { 0 };

    return template_set_make(&mem, sources, 3, STR("known\tあ\ta\nword.a\tあ\ta\n"), &set, &e)
               ? ""
               : str_c(&mem, str_from(e.text));
}

static const char *message_mistake(const char *tsv)
{
    const struct template_set *set;
    struct err e = { 0 };

    return template_set_make(&mem, NULL, 0, str_from(tsv), &set, &e)
               ? ""
               : str_c(&mem, str_from(e.text));
}

static void every_construct_is_taken_where_it_may_stand(void)
{
    static const char *const FINE[] = {
        "",
        "<!DOCTYPE html>\n<html lang=\"{{l}}\"><title>{{t}} | {{=known}}</title>",
        "<p id=\"a-{{x.y.z}}\" class='b {{c}}'>{{.}}</p>",
        "<li{{#c}} aria-current=\"page\"{{/c}}>{{x}}</li>",
        "<input {{#c}}checked {{/c}}name=\"{{n}}\">",
        "<input required{{#c}} disabled{{/c}}>",
        "<p{{>flag}}>x</p>",
        "<p class=\"{{#a}}b{{/a}}{{^a}}c{{/a}}\">",
        "<script src=\"{{u}}\"></script>",
        "<use href=\"#s-{{v}}\"/><br/>",
        "{{#a}}<td>{{/a}}{{#b}}{{>fine}}{{/b}}",
        "{{=word.*x}} a } b { c }} d",
        "<p data-x=\"a>b\">",
    };

    for (size_t i = 0; i < sizeof FINE / sizeof FINE[0]; i++)
        CHECK_STR(mistake(FINE[i]), "");
}

/* clang-format off */
static const char *const WRONG[][2] = {
    { "<p>\n  {{x",                        "page.html:2:3: {{ without }}" },
    { "{{x\n}}",                           "page.html:1:1: {{ without }}" },
    { "{{{x}}}",                           "page.html:1:1: there is no raw form: x" },
    { "{{&x}}",                            "page.html:1:1: there is no raw form: x" },
    { "{{}}",                              "page.html:1:1: a name is missing" },
    { "{{X}}",                             "page.html:1:1: a name is lower case letters, digits and _: X" },
    { "{{a..b}}",                          "page.html:1:1: not a name: a..b" },
    { "{{a.}}",                            "page.html:1:1: a name is missing: a." },
    { "日本{{#x}}",                        "page.html:1:3: this section does not end: x" },
    { "a\n{{/x}}",                         "page.html:2:1: this section was not begun: x" },
    { "{{#x}}{{#y}}{{/x}}{{/y}}",          "page.html:1:13: another section must end first: y" },
    { "{{=unknown}}",                      "page.html:1:1: no such message in messages.tsv: unknown" },
    { "{{=unknown.*x}}",                   "page.html:1:1: no message begins so in messages.tsv: unknown.*x" },
    { "{{>nowhere}}",                      "page.html:1:1: no such template: nowhere" },
    { "{{>page}}",                         "page.html: parts contain one another, or too deep" },
    { "<p class={{x}}>",                   "page.html:1:10: an attribute's value must be quoted: x" },
    { "<p class=x>",                       "page.html:1:10: an attribute's value must be quoted" },
    { "<p {{x}}>",                         "page.html:1:4: a value cannot be the name of a tag or an attribute: x" },
    { "<{{x}}>",                           "page.html:1:2: a value cannot be the name of a tag or an attribute: x" },
    { "<p {{=known}}>",                    "page.html:1:4: a value cannot be the name of a tag or an attribute: known" },
    { "<p id=\"a\"class=\"b\">",           "page.html:1:10: a blank is missing between two attributes" },
    { "<p{{#x}}id=\"a\"{{/x}}>",           "page.html:1:9: a blank is missing between two attributes" },
    { "<p {{#x}}>{{/x}}",                  "page.html:1:11: a section must end where it began: in text, between attributes or in the same value: x" },
    { "{{#x}}<p {{/x}}>",                  "page.html:1:10: a section must end where it began: in text, between attributes or in the same value: x" },
    { "<p id=\"{{#x}}\" {{/x}}>",          "page.html:1:16: a section must end where it began: in text, between attributes or in the same value: x" },
    { "<p id=\"{{>fine}}\">",              "page.html:1:8: a part can stand in text or between attributes: fine" },
    { "<p style=\"{{x}}\">",               "page.html:1:9: a style attribute is refused by the page's Content-Security-Policy: use a class" },
    { "<p onclick=\"{{x}}\">",             "page.html:1:11: an event attribute is refused by the page's Content-Security-Policy" },
    { "<iframe srcdoc=\"{{x}}\">",         "page.html:1:15: srcdoc holds markup, which a template cannot escape" },
    { "<script>{{x}}</script>",            "page.html:1:9: a value cannot stand in a script: x" },
    { "<script>go()</script>",             "page.html:1:9: script inside a page is refused by its Content-Security-Policy: use src=\"\"" },
    { "<style>",                           "page.html:1:7: a style element is refused by the page's Content-Security-Policy: use a class" },
    { "<!-- {{x}} -->",                    "page.html:1:3: an HTML comment would go to every reader: write {{! comment }}" },
    { "a < b",                             "page.html:1:4: < must begin a tag: write &lt;" },
    { "<p id=\"a",                         "page.html:1:9: the template ends inside a tag or a script" },
    { "<p \"a\">",                         "page.html:1:4: an attribute's name is missing" },
};
/* clang-format on */

static void what_a_template_may_not_do_is_refused_with_its_place(void)
{
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
        CHECK_STR(mistake(WRONG[i][0]), WRONG[i][1]);
}

static void a_part_between_attributes_may_hold_no_value(void)
{
    CHECK_STR(mistake("<p{{>fine}}>"),
              "fine.html:1:1: a blank is missing between two attributes");
    struct template_source sources[] = { { STR("a"), STR(" id=\"{{x}}\"") },
                                         { STR("b"), STR("<p{{>a}}>") } };
    const struct template_set *set;
    struct err e = { 0 };

    CHECK(!template_set_make(&mem, sources, 2, STR(""), &set, &e));
    CHECK_STR(e.text, "a.html:1:6: a part that stands between attributes holds no value: x");
}

static void parts_that_contain_one_another_are_refused(void)
{
    struct template_source sources[] = { { STR("a"), STR("{{>b}}") },
                                         { STR("b"), STR("{{>c}}") },
                                         { STR("c"), STR("{{#x}}{{>a}}{{/x}}") } };
    const struct template_set *set;
    struct err e = { 0 };

    CHECK(!template_set_make(&mem, sources, 3, STR(""), &set, &e));
    CHECK_STR(e.text, "a.html: parts contain one another, or too deep");
}

static void a_message_needs_its_key_and_both_texts(void)
{
    CHECK_STR(message_mistake("# comment\n\na.b_1\tあ {{x}}\ta {{x}}"), "");
    CHECK_STR(message_mistake("a\tあ\n"), "messages.tsv:1:1: the English text is missing: a");
    CHECK_STR(message_mistake("ok\tあ\ta\na\t \ta\n"),
              "messages.tsv:2:1: the Japanese text is missing: a");
    CHECK_STR(message_mistake("a\tあ\ta\tb\n"),
              "messages.tsv:1:1: more than key, Japanese and English: a");
    CHECK_STR(message_mistake("a\tあ\ta\na\tい\ti\n"),
              "messages.tsv:2:1: this key is there twice: a");
    CHECK_STR(message_mistake("A b\tあ\ta\n"),
              "messages.tsv:1:1: a key is letters, digits, _ and .: A b");
    CHECK_STR(message_mistake("a\tあ{{x\ta\n"), "messages.tsv:1:4: {{ without }}");
    CHECK_STR(message_mistake("a\tあ{{=a}}\ta\n"),
              "messages.tsv:1:4: a message cannot hold another one: a");
    CHECK_STR(message_mistake("a\tあ\t{{>a}}\n"),
              "messages.tsv:1:5: a message cannot hold a template: a");
}

static void a_source_that_is_not_utf_8_is_refused(void)
{
    CHECK_STR(mistake("abc\xFF"), "page: not UTF-8 at byte 3");
    CHECK_STR(message_mistake("a\t\x83\x65\ta\n"), "messages.tsv: not UTF-8 at byte 2");
}

static void a_template_is_there_once(void)
{
    struct template_source sources[] = { { STR("a"), STR("") }, { STR("a"), STR("") } };
    const struct template_set *set;
    struct err e = { 0 };

    CHECK(!template_set_make(&mem, sources, 2, STR(""), &set, &e));
    CHECK_STR(e.text, "a.html:1:1: this template is there twice: a");
}

int main(void)
{
    RUN(every_construct_is_taken_where_it_may_stand);
    RUN(what_a_template_may_not_do_is_refused_with_its_place);
    RUN(a_part_between_attributes_may_hold_no_value);
    RUN(parts_that_contain_one_another_are_refused);
    RUN(a_message_needs_its_key_and_both_texts);
    RUN(a_source_that_is_not_utf_8_is_refused);
    RUN(a_template_is_there_once);
    arena_done(&mem);
    return DONE();
}
