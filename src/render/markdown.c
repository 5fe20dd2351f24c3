/* The manual: CommonMark, read by libcmark, written by us, so that raw HTML has no way through,
 * a heading can carry an anchor and a link between pages works on disk and under /help alike.
 */
#include "render/render.h"

#include <cmark.h>
#include <string.h>

#include "render/escape.h"

#include "base/banned.h"

struct writer {
    struct buf *out;
    bool is_after_wide; /* the last byte of text was no ASCII: Japanese */
};

static str literal(cmark_node *node)
{
    return str_from(cmark_node_get_literal(node));
}

/* ---- anchors and addresses ---- */

/* "見出し {#name}" loses its end; the name is in *anchor, "" when there is none. The text nodes
 * are whole (cmark_consolidate_text_nodes), so the anchor stands in the last of them. */
static void anchor_take(struct arena *a, cmark_node *heading, str *anchor)
{
    cmark_node *last = cmark_node_last_child(heading);
    str text, name;
    ptrdiff_t at;

    *anchor = (str){ 0 };
    if (!last || cmark_node_get_type(last) != CMARK_NODE_TEXT)
        return;
    text = literal(last);
    at = str_find(text, STR("{#"));
    if (at < 0 || !str_ends(text, STR("}")))
        return;
    name = str_take(str_skip(text, (size_t)at + 2), text.n - (size_t)at - 3);
    *anchor = str_dup(a, name);
    cmark_node_set_literal(last, str_c(a, str_trim(str_take(text, (size_t)at))));
}

/* page.md#name leads to /help/page#name; what has another scheme than http, https or mailto
 * leads nowhere. */
static void address_put(struct buf *out, str url)
{
    ptrdiff_t md = str_find(url, STR(".md"));
    str page = md < 0 ? url : str_take(url, (size_t)md);

    if (str_find_char(url, ':') >= 0) {
        bool is_web = str_starts(url, STR("https://")) || str_starts(url, STR("http://"))
                      || str_starts(url, STR("mailto:"));

        escape_html(out, is_web ? url : STR("#"));
        return;
    }
    if (md < 0 || str_find_char(page, '/') >= 0) {
        escape_html(out, url);
        return;
    }
    buf_put(out, STR("/help/"));
    escape_html(out, page);
    escape_html(out, str_skip(url, (size_t)md + 3));
}

/* ---- leaves ---- */

static void words_put(struct writer *w, str s)
{
    escape_html(w->out, s);
    if (s.n)
        w->is_after_wide = (unsigned char)s.p[s.n - 1] >= 0x80;
}

static void text_put(struct writer *w, cmark_node *node, bool is_enter)
{
    (void)is_enter;
    words_put(w, literal(node));
}

/* A line break in the source is a blank, but not between two Japanese characters. */
static void softbreak_put(struct writer *w, cmark_node *node, bool is_enter)
{
    cmark_node *next = cmark_node_next(node);
    str after =
        next && cmark_node_get_type(next) == CMARK_NODE_TEXT ? literal(next) : (str){ 0 };

    (void)is_enter;
    if (!(w->is_after_wide && after.n && (unsigned char)after.p[0] >= 0x80))
        buf_put_char(w->out, '\n');
}

static void code_put(struct writer *w, cmark_node *node, bool is_enter)
{
    (void)is_enter;
    buf_put(w->out, STR("<code>"));
    words_put(w, literal(node));
    buf_put(w->out, STR("</code>"));
}

/* It may be wider than the screen: the keyboard must be able to scroll it. */
static void code_block_put(struct writer *w, cmark_node *node, bool is_enter)
{
    buf_put(w->out, STR("<pre tabindex=\"0\">"));
    code_put(w, node, is_enter);
    buf_put(w->out, STR("</pre>\n"));
}

/* ---- what has content ---- */

static void tag_put(struct buf *out, bool is_enter, const char *name)
{
    buf_fmt(out, is_enter ? "<%s>" : "</%s>", name);
}

static void heading_put(struct writer *w, cmark_node *node, bool is_enter)
{
    int level = cmark_node_get_heading_level(node);
    str anchor;

    if (!is_enter) {
        buf_fmt(w->out, "</h%d>\n", level);
        return;
    }
    anchor_take(w->out->a, node, &anchor);
    buf_fmt(w->out, "<h%d", level);
    if (anchor.n) {
        buf_put(w->out, STR(" id=\""));
        escape_html(w->out, anchor);
        buf_put_char(w->out, '"');
    }
    buf_put_char(w->out, '>');
}

/* A paragraph of a tight list is its item's text. */
static void paragraph_put(struct writer *w, cmark_node *node, bool is_enter)
{
    cmark_node *list = cmark_node_parent(cmark_node_parent(node));

    if (list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list))
        return;
    buf_put(w->out, is_enter ? STR("<p>") : STR("</p>\n"));
}

static void link_put(struct writer *w, cmark_node *node, bool is_enter)
{
    if (!is_enter) {
        buf_put(w->out, STR("</a>"));
        return;
    }
    buf_put(w->out, STR("<a href=\""));
    address_put(w->out, str_from(cmark_node_get_url(node)));
    buf_put(w->out, STR("\">"));
}

static void list_put(struct writer *w, cmark_node *node, bool is_enter)
{
    tag_put(w->out, is_enter,
            cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "ol" : "ul");
}

static void rule_put(struct writer *w, cmark_node *node, bool is_enter)
{
    (void)node;
    (void)is_enter;
    buf_put(w->out, STR("<hr>\n"));
}

static void break_put(struct writer *w, cmark_node *node, bool is_enter)
{
    (void)node;
    (void)is_enter;
    buf_put(w->out, STR("<br>\n"));
}

/* Kinds that are one tag around their content, and kinds that need more. What is in neither is
 * dropped with its tags: raw HTML; of an image its description is left. */
static const struct {
    cmark_node_type type;
    const char *tag;
    void (*put)(struct writer *w, cmark_node *node, bool is_enter);
} KINDS[] = {
    { CMARK_NODE_BLOCK_QUOTE, "blockquote", NULL },
    { CMARK_NODE_LIST, NULL, list_put },
    { CMARK_NODE_ITEM, "li", NULL },
    { CMARK_NODE_PARAGRAPH, NULL, paragraph_put },
    { CMARK_NODE_HEADING, NULL, heading_put },
    { CMARK_NODE_THEMATIC_BREAK, NULL, rule_put },
    { CMARK_NODE_CODE_BLOCK, NULL, code_block_put },
    { CMARK_NODE_TEXT, NULL, text_put },
    { CMARK_NODE_SOFTBREAK, NULL, softbreak_put },
    { CMARK_NODE_LINEBREAK, NULL, break_put },
    { CMARK_NODE_CODE, NULL, code_put },
    { CMARK_NODE_EMPH, "em", NULL },
    { CMARK_NODE_STRONG, "strong", NULL },
    { CMARK_NODE_LINK, NULL, link_put },
};

static void node_put(struct writer *w, cmark_node *node, bool is_enter)
{
    cmark_node_type type = cmark_node_get_type(node);

    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (KINDS[i].type != type)
            continue;
        if (KINDS[i].tag)
            tag_put(w->out, is_enter, KINDS[i].tag);
        else
            KINDS[i].put(w, node, is_enter);
    }
    if (type < CMARK_NODE_FIRST_INLINE)
        w->is_after_wide = false;
}

/* The words of the first heading, without its anchor. */
static str title_find(struct arena *a, cmark_node *document)
{
    struct buf title;
    cmark_node *at = cmark_node_first_child(document);

    while (at && cmark_node_get_type(at) != CMARK_NODE_HEADING)
        at = cmark_node_next(at);
    if (!at)
        return (str){ 0 };
    buf_init(&title, a, 64, LIMIT_LINE_BYTES);
    for (at = cmark_node_first_child(at); at; at = cmark_node_next(at))
        buf_put(&title, literal(at));
    return buf_str(&title);
}

str render_markdown(struct arena *a, str source, str *title)
{
    cmark_node *document =
        cmark_parse_document(source.n ? source.p : "", source.n, CMARK_OPT_DEFAULT);
    cmark_iter *iter;
    cmark_event_type event;
    struct writer w = { 0 };
    struct buf out;

    cmark_consolidate_text_nodes(document);
    iter = cmark_iter_new(document);
    buf_init(&out, a, source.n * 2 + 64, LIMIT_DOCUMENT_BYTES);
    w.out = &out;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        node_put(&w, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    }
    cmark_iter_free(iter);
    *title = title_find(a, document);
    cmark_node_free(document);
    return buf_str(&out);
}
