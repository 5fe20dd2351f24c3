/* An HTML file into the flow: the same rows, cells and paragraphs as in a text document.
 * libxml2 recognises the markup (events only, no tree); nothing is loaded, whatever the file
 * names: no DTD, no entity, no address.
 *
 * Two things of libxml2 2.9 are quadratic and are therefore limited before: attributes of one
 * tag, and the depth of open tags. A character's place in the source is where libxml2 stands
 * when it reports it; that is checked against the source's bytes, because inside long texts it
 * stands one character earlier. */
#include "ingest/inner.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/banned.h"

enum {
    SNIFF_BYTES = 64 * 1024,
    ATTRIBUTES = 100,  /* of one tag */
    ENTITY_BYTES = 64, /* &CounterClockwiseContourIntegral; and some */
    SPAN_MAX = LIMIT_FIELD_COLUMNS,
};

/* ---- is it HTML? ---- */

static bool starts_tag(str s, const char *name)
{
    str want = str_from(name);

    for (size_t i = 0; i < want.n; i++) {
        if (i >= s.n || (s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]) != want.p[i])
            return false;
    }
    return s.n == want.n || !char_is_ascii_word((unsigned char)s.p[want.n]);
}

/* The first letter of <table>, <td>, <tr>, <body>: most tags of a text document are others. */
static bool may_be_any(char letter)
{
    return letter == 't' || letter == 'T' || letter == 'b' || letter == 'B';
}

bool flow_is_html(str source)
{
    static const char *const FIRST[] = { "<!doctype", "<html",   "<head",  "<body",  "<meta",
                                         "<?xml",     "<!--",    "<main",  "<table", "<article",
                                         "<section",  "<header", "<title", "<h1",    "<h2" };
    static const char *const ANY[] = { "<table", "<td", "<tr", "<body" };
    str s = str_take(view_trim(str_take(source, SNIFF_BYTES)), SNIFF_BYTES);
    const char *at;

    for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++)
        if (starts_tag(s, FIRST[i]))
            return true;
    while (s.n > 1 && (at = memchr(s.p, '<', s.n - 1)) != NULL) {
        s = str_skip(s, (size_t)(at - s.p));
        for (size_t i = 0; may_be_any(s.p[1]) && i < sizeof ANY / sizeof *ANY; i++)
            if (starts_tag(s, ANY[i]))
                return true;
        s = str_skip(s, 1);
    }
    return false;
}

/* ---- elements ---- */

enum element {
    ELEMENT_INLINE,
    ELEMENT_SKIP,
    ELEMENT_BLOCK,
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_BREAK,
    ELEMENT_ITEM,
    ELEMENT_IMAGE,
    ELEMENT_TABLE
};

/* clang-format off */
static const struct {
    str name;
    enum element element;
} ELEMENTS[] = {
    { STR_INIT("td"), ELEMENT_CELL },     { STR_INIT("th"), ELEMENT_CELL },      { STR_INIT("tr"), ELEMENT_ROW },
    { STR_INIT("p"), ELEMENT_BLOCK },     { STR_INIT("div"), ELEMENT_BLOCK },    { STR_INIT("br"), ELEMENT_BREAK },
    { STR_INIT("li"), ELEMENT_ITEM },     { STR_INIT("ul"), ELEMENT_BLOCK },     { STR_INIT("ol"), ELEMENT_BLOCK },
    { STR_INIT("h1"), ELEMENT_BLOCK },    { STR_INIT("h2"), ELEMENT_BLOCK },     { STR_INIT("h3"), ELEMENT_BLOCK },
    { STR_INIT("h4"), ELEMENT_BLOCK },    { STR_INIT("h5"), ELEMENT_BLOCK },     { STR_INIT("h6"), ELEMENT_BLOCK },
    { STR_INIT("dl"), ELEMENT_BLOCK },    { STR_INIT("dt"), ELEMENT_BLOCK },     { STR_INIT("dd"), ELEMENT_BLOCK },
    { STR_INIT("section"), ELEMENT_BLOCK }, { STR_INIT("article"), ELEMENT_BLOCK }, { STR_INIT("header"), ELEMENT_BLOCK },
    { STR_INIT("footer"), ELEMENT_BLOCK }, { STR_INIT("main"), ELEMENT_BLOCK },  { STR_INIT("pre"), ELEMENT_BLOCK },
    { STR_INIT("blockquote"), ELEMENT_BLOCK }, { STR_INIT("caption"), ELEMENT_BLOCK }, { STR_INIT("hr"), ELEMENT_BLOCK },
    { STR_INIT("figure"), ELEMENT_BLOCK }, { STR_INIT("address"), ELEMENT_BLOCK }, { STR_INIT("table"), ELEMENT_TABLE },
    { STR_INIT("form"), ELEMENT_BLOCK },  { STR_INIT("fieldset"), ELEMENT_BLOCK }, { STR_INIT("img"), ELEMENT_IMAGE },
    { STR_INIT("head"), ELEMENT_SKIP },   { STR_INIT("script"), ELEMENT_SKIP },  { STR_INIT("style"), ELEMENT_SKIP },
    { STR_INIT("title"), ELEMENT_SKIP },  { STR_INIT("noscript"), ELEMENT_SKIP }, { STR_INIT("template"), ELEMENT_SKIP },
    { STR_INIT("nav"), ELEMENT_SKIP },    { STR_INIT("rt"), ELEMENT_SKIP },      { STR_INIT("rp"), ELEMENT_SKIP },
    { STR_INIT("select"), ELEMENT_SKIP }, { STR_INIT("textarea"), ELEMENT_BLOCK }, { STR_INIT("svg"), ELEMENT_SKIP },
};
/* clang-format on */

static enum element element_of(const xmlChar *name)
{
    str s = str_from((const char *)name);

    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++)
        if (str_eq(ELEMENTS[i].name, s))
            return ELEMENTS[i].element;
    return ELEMENT_INLINE;
}

struct cook {
    struct arena *a;
    struct flow *f;
    htmlParserCtxtPtr parser;
    struct buf out;
    bool at_break;               /* a separator was put last: blanks that follow say nothing */
    bool blank;                  /* a blank waits for the next text */
    uint32_t depth, skip, cells; /* open tags; of them to be skipped; cells, more than 1 in a
                                    table inside a cell */
    uint32_t col, last_col;      /* of the next cell and of the last one in the row */
    uint32_t down[SPAN_MAX];     /* rows that a cell above still reaches into, by column */
    size_t too_deep;             /* where, + 1 */
};

static size_t position(const struct cook *k)
{
    const xmlParserInput *in = k->parser->input;
    size_t at = (size_t)in->consumed + (size_t)(in->cur - in->base);

    return at < k->f->source.n ? at : k->f->source.n;
}

static void separator(struct cook *k, char c)
{
    flow_run(k->a, k->f, (struct run){ (uint32_t)k->out.n, (uint32_t)position(k), true });
    buf_put_char(&k->out, c);
    k->at_break = true;
    k->blank = false;
}

static void block_edge(struct cook *k)
{
    if (k->at_break && k->out.n)
        return;
    if (!k->cells)
        separator(k, '\n');
    separator(k, FLOW_PARA);
}

/* ---- text ---- */

static bool is_space(char c)
{
    return (unsigned char)c <= ' ';
}

/* Puts a text of the source, blanks taken together. `src` is its place; an entity stands for
 * one character. */
static void put_text(struct cook *k, str s, size_t src, bool is_entity)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i;

        while (i < s.n && is_space(s.p[i]))
            i++;
        if (i > from)
            k->blank = !k->at_break;
        from = i;
        while (i < s.n && !is_space(s.p[i]))
            i++;
        if (i == from)
            continue;
        if (k->blank) {
            flow_run(k->a, k->f,
                     (struct run){ (uint32_t)k->out.n, (uint32_t)(src + from - (from > 0)),
                                   false });
            buf_put_char(&k->out, ' ');
        }
        flow_run(k->a, k->f,
                 (struct run){ (uint32_t)k->out.n, (uint32_t)(src + (is_entity ? 0 : from)),
                               is_entity });
        buf_put(&k->out, (str){ s.p + from, i - from });
        k->blank = k->at_break = false;
    }
}

static bool stands_at(const struct cook *k, size_t at, str s)
{
    return at + s.n <= k->f->source.n && memcmp(k->f->source.p + at, s.p, s.n) == 0;
}

/* Where the entity begins whose last byte stands before `end`. */
static size_t entity_start(const struct cook *k, size_t end)
{
    for (size_t i = end; i > 0 && end - i < ENTITY_BYTES; i--)
        if (k->f->source.p[i - 1] == '&')
            return i - 1;
    return end;
}

static void on_text(void *user, const xmlChar *text, int n)
{
    struct cook *k = user;
    str s = { (const char *)text, (size_t)n };
    size_t end = position(k), last;

    if (k->skip || !s.n)
        return;
    for (last = 1; last < s.n && ((unsigned char)s.p[s.n - last] & 0xC0) == 0x80; last++)
        ;
    if (end >= s.n && stands_at(k, end - s.n, s)) {
        put_text(k, s, end - s.n, false);
    } else if (end + last >= s.n && stands_at(k, end + last - s.n, s)) {
        put_text(k, s, end + last - s.n, false); /* a long text, cut before its last character
                                                  */
    } else if (stands_at(k, end, s)) {
        put_text(k, s, end, false); /* a < that is no tag, not yet passed */
    } else {
        put_text(k, s, entity_start(k, end), true);
        flow_run(k->a, k->f, (struct run){ (uint32_t)k->out.n, (uint32_t)end, false });
    }
}

/* ---- rows and cells ---- */

static uint32_t attribute_number(const xmlChar **atts, const char *name)
{
    dec d;

    for (; atts && atts[0]; atts += 2)
        if (strcmp((const char *)atts[0], name) == 0 && atts[1]
            && dec_parse(str_trim(str_from((const char *)atts[1])), &d) && !d.scale && d.n > 0)
            return d.n < SPAN_MAX ? (uint32_t)d.n : SPAN_MAX;
    return 1;
}

static void row_begin(struct cook *k)
{
    if (k->cells) {
        separator(k, FLOW_LINE);
        return;
    }
    separator(k, '\n');
    k->col = k->last_col = 0;
}

/* Columns into which a cell of a row above reaches are empty here. */
static void cell_begin(struct cook *k, const xmlChar **atts)
{
    uint32_t across = attribute_number(atts, "colspan"),
             rows = attribute_number(atts, "rowspan");

    if (k->cells++) {
        k->blank = !k->at_break;
        return;
    }
    while (k->col < SPAN_MAX && k->down[k->col]) {
        k->down[k->col]--;
        k->col++;
    }
    for (; k->last_col < k->col; k->last_col++)
        separator(k, '\t');
    for (uint32_t i = 0; i < across && k->col + i < SPAN_MAX; i++)
        k->down[k->col + i] = rows - 1;
    k->col = k->col + across < SPAN_MAX ? k->col + across : SPAN_MAX;
    k->at_break = true;
}

static void put_image(struct cook *k, const xmlChar **atts)
{
    size_t at = position(k), from = at;

    for (; atts && atts[0]; atts += 2) {
        if (strcmp((const char *)atts[0], "alt") != 0 || !atts[1])
            continue;
        while (from > 0 && k->f->source.p[from] != '<')
            from--;
        put_text(k, str_from((const char *)atts[1]), from, true);
        flow_run(k->a, k->f, (struct run){ (uint32_t)k->out.n, (uint32_t)at, false });
        return;
    }
}

static void on_start(void *user, const xmlChar *name, const xmlChar **atts)
{
    struct cook *k = user;
    enum element e = element_of(name);

    if (++k->depth > LIMIT_MARKUP_DEPTH && !k->too_deep) {
        k->too_deep = position(k) + 1;
        xmlStopParser(k->parser);
    }
    if (k->skip || e == ELEMENT_SKIP) {
        k->skip += e == ELEMENT_SKIP;
        return;
    }
    if (e == ELEMENT_TABLE && !k->cells)
        memset(k->down, 0, sizeof k->down);
    if (e == ELEMENT_ROW)
        row_begin(k);
    else if (e == ELEMENT_CELL)
        cell_begin(k, atts);
    else if (e == ELEMENT_BREAK)
        separator(k, FLOW_LINE);
    else if (e == ELEMENT_IMAGE)
        put_image(k, atts);
    else if (e != ELEMENT_INLINE)
        block_edge(k);
    if (e == ELEMENT_ITEM)
        separator(k, FLOW_ITEM);
}

static void on_end(void *user, const xmlChar *name)
{
    struct cook *k = user;
    enum element e = element_of(name);

    k->depth -= k->depth > 0;
    if (k->skip) {
        k->skip -= e == ELEMENT_SKIP;
        return;
    }
    if (e == ELEMENT_CELL)
        k->cells -= k->cells > 0;
    else if (e == ELEMENT_TABLE && !k->cells)
        separator(k, '\n');
    else if (e == ELEMENT_BLOCK || e == ELEMENT_ITEM)
        block_edge(k);
}

/* ---- the whole file ---- */

/* Counts the words inside one tag, which is more than it has attributes. *i is moved behind the
 * tag. */
static uint32_t tag_words(str s, size_t *i)
{
    uint32_t words = 0;
    char quote = 0;

    for (; *i < s.n; ++*i) {
        char c = s.p[*i];

        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '>')
            break;
        else if (c == '"' || c == '\'')
            quote = c;
        else
            words += is_space(c) || c == '/' || c == '=';
    }
    return words;
}

static bool check_attributes(str name, const struct flow *f, struct err *e)
{
    str s = f->source;

    for (size_t i = 0; i < s.n; i++) {
        const char *at = memchr(s.p + i, '<', s.n - i);
        size_t tag;

        if (!at)
            return true;
        tag = i = (size_t)(at - s.p);
        if (i + 1 >= s.n || !char_is_ascii_word((unsigned char)s.p[i + 1]))
            continue;
        if (tag_words(s, &i) > 4 * ATTRIBUTES) {
            struct span place = flow_source_span(f, (uint32_t)tag, 1);

            return err_at(
                e, place.line, place.col,
                "%.*s: "
                "1つのタグに属性が%d個を超えて書かれています。HTMLを保存し直してください。",
                STR_ARG(name), ATTRIBUTES);
        }
    }
    return true;
}

static void parser_free(htmlParserCtxtPtr *p)
{
    if (*p)
        htmlFreeParserCtxt(*p);
}

bool flow_read_html(struct arena *a, str name, struct flow *out, struct err *e)
{
    AUTO(parser_free) htmlParserCtxtPtr parser = NULL;
    str source = out->source;
    struct cook k = { .a = a, .f = out, .at_break = true };

    if (!check_attributes(name, out, e))
        return false;
    parser = htmlCreateMemoryParserCtxt(source.p, (int)source.n);
    if (!parser)
        return err_set(e, ERR_INPUT, "%.*s: HTMLとして読めません。", STR_ARG(name));
    buf_init(&k.out, a, source.n / 2 + 64, 2 * source.n + 64);
    k.parser = parser;
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->startElement = on_start;
    parser->sax->endElement = on_end;
    parser->sax->characters = on_text;
    parser->sax->ignorableWhitespace = on_text;
    parser->userData = &k;
    parser->charset = XML_CHAR_ENCODING_UTF8;
    (void)htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR
                                         | HTML_PARSE_NOWARNING | HTML_PARSE_NONET
                                         | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
    flow_run(a, out, (struct run){ 0 });
    (void)htmlParseDocument(parser);
    if (k.too_deep) {
        struct span place = flow_source_span(out, (uint32_t)(k.too_deep - 1), 0);

        return err_at(e, place.line, place.col,
                      "%.*s: タグの入れ子が%d段を超えています。HTMLを保存し直してください。",
                      STR_ARG(name), LIMIT_MARKUP_DEPTH);
    }
    out->text = buf_str(&k.out);
    flow_runs_end(a, out);
    return true;
}
