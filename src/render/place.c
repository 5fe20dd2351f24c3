/* Where in the HTML of a template a byte stands: just enough of the tokenizer of the HTML
 * standard (WHATWG, 13.2.5) to know text from tag from quoted value, over markup that is
 * stricter than it must be. What a page's Content-Security-Policy or the escaping could not
 * bear is refused here, when the program is built. */
#include "render/template.h"

#include <string.h>

#include "base/banned.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void name_add(char *name, size_t size, char c)
{
    size_t n = strlen(name);

    if (n + 1 < size) {
        name[n] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        name[n + 1] = '\0';
    }
}

static const char *tag_end(struct place *p)
{
    p->state = PLACE_TEXT;
    p->is_script = !p->is_end_tag && strcmp(p->tag, "script") == 0;
    if (!p->is_end_tag && strcmp(p->tag, "style") == 0)
        return "a style element is refused by the page's Content-Security-Policy: use a class";
    return NULL;
}

static const char *step_text(struct place *p, char c)
{
    if (c == '<')
        p->state = PLACE_OPEN;
    else if (p->is_script && !is_blank(c))
        return "script inside a page is refused by its Content-Security-Policy: use src=\"\"";
    return NULL;
}

static const char *step_open(struct place *p, char c)
{
    if (is_letter(c)) {
        p->state = PLACE_NAME;
        p->tag[0] = '\0';
        name_add(p->tag, sizeof p->tag, c);
        return NULL;
    }
    if (c == '/' && !p->is_end_tag) {
        p->is_end_tag = true;
        return NULL;
    }
    if (c == '!' && !p->is_end_tag) {
        p->state = PLACE_DECLARATION;
        return NULL;
    }
    return "< must begin a tag: write &lt;";
}

static const char *step_declaration(struct place *p, char c)
{
    if (c == '>')
        p->state = PLACE_TEXT;
    if (c == '-')
        return "an HTML comment would go to every reader: write {{! comment }}";
    return NULL;
}

/* In a tag's name, and after a name or a value. */
static const char *step_after(struct place *p, char c)
{
    if (is_blank(c)) {
        p->state = PLACE_TAG;
        return NULL;
    }
    if (c == '>')
        return tag_end(p);
    if (c == '/')
        p->state = PLACE_AFTER;
    else if (p->state == PLACE_NAME)
        name_add(p->tag, sizeof p->tag, c);
    else
        return "a blank is missing between two attributes";
    return NULL;
}

static const char *step_tag(struct place *p, char c)
{
    if (is_blank(c))
        return NULL;
    if (c == '>' || c == '/')
        return step_after(p, c);
    if (c == '"' || c == '\'' || c == '=' || c == '<')
        return "an attribute's name is missing";
    p->state = PLACE_ATTRIBUTE;
    p->attribute[0] = '\0';
    name_add(p->attribute, sizeof p->attribute, c);
    return NULL;
}

static const char *step_attribute(struct place *p, char c)
{
    if (c == '=') {
        p->state = PLACE_EQUALS;
        if (strcmp(p->attribute, "style") == 0)
            return "a style attribute is refused by the page's Content-Security-Policy: use a "
                   "class";
        if (strncmp(p->attribute, "on", 2) == 0)
            return "an event attribute is refused by the page's Content-Security-Policy";
        if (strcmp(p->attribute, "srcdoc") == 0)
            return "srcdoc holds markup, which a template cannot escape";
        return NULL;
    }
    if (is_blank(c) || c == '>' || c == '/')
        return step_after(p, c);
    if (c == '"' || c == '\'' || c == '<')
        return "a quote or < stands in an attribute's name";
    name_add(p->attribute, sizeof p->attribute, c);
    return NULL;
}

static const char *step_equals(struct place *p, char c)
{
    p->is_value_begun = false;
    if (c == '"')
        p->state = PLACE_DOUBLE;
    else if (c == '\'')
        p->state = PLACE_SINGLE;
    else
        return "an attribute's value must be quoted";
    return NULL;
}

static const char *step_value(struct place *p, char c)
{
    if (c == (p->state == PLACE_DOUBLE ? '"' : '\''))
        p->state = PLACE_AFTER;
    p->is_value_begun = true;
    return NULL;
}

const char *place_step(struct place *p, char c)
{
    switch (p->state) {
    case PLACE_TEXT:
        p->is_end_tag = false;
        return step_text(p, c);
    case PLACE_OPEN:
        return step_open(p, c);
    case PLACE_DECLARATION:
        return step_declaration(p, c);
    case PLACE_NAME:
    case PLACE_AFTER:
        return step_after(p, c);
    case PLACE_TAG:
        return step_tag(p, c);
    case PLACE_ATTRIBUTE:
        return step_attribute(p, c);
    case PLACE_EQUALS:
        return step_equals(p, c);
    case PLACE_DOUBLE:
    case PLACE_SINGLE:
        return step_value(p, c);
    }
    return NULL;
}

void place_settle(struct place *p)
{
    if (p->state == PLACE_NAME || p->state == PLACE_ATTRIBUTE)
        p->state = PLACE_AFTER;
}

static bool is_between_attributes(enum place_state s)
{
    return s == PLACE_TAG || s == PLACE_AFTER;
}

bool place_join(struct place *begin, const struct place *end)
{
    if (begin->is_script != end->is_script)
        return false;
    if (is_between_attributes(begin->state) && is_between_attributes(end->state)) {
        if (end->state == PLACE_AFTER)
            begin->state = PLACE_AFTER;
        return strcmp(begin->tag, end->tag) == 0;
    }
    if (begin->state == PLACE_TEXT)
        return end->state == PLACE_TEXT;
    /* In a value: the section may be left out, so the value may still be unbegun after it. */
    return begin->state == end->state && strcmp(begin->attribute, end->attribute) == 0;
}

bool place_is_address(const struct place *p)
{
    static const char *const NAMES[] = { "href",   "src",        "action", "formaction", "cite",
                                         "poster", "xlink:href", "data",   "ping" };

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (strcmp(p->attribute, NAMES[i]) == 0)
            return true;
    }
    return false;
}
