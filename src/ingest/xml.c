/* XML out of a workbook's parts, by expat: events only. A DTD ends the reading at once, so no
 * entity of the document is ever expanded and nothing outside it is asked for. */
#include "ingest/book_inner.h"

#include <expat.h>
#include <string.h>

#include "base/banned.h"

enum { BETWEEN = '\x1F' }; /* namespace and name, as expat hands them over */

struct xml_state {
    XML_Parser parser;
    const struct xml_reader *reader;
    str part; /* its name */
    struct err *e;
    uint32_t depth;
    uint32_t foreign; /* elements that are being passed over */
    bool failed;
};

static const char *plain_name(const char *name)
{
    const char *between = strrchr(name, BETWEEN);

    return between ? between + 1 : name;
}

const char *xml_attr(xml_attrs attrs, const char *name)
{
    for (; *attrs; attrs += 2)
        if (strcmp(attrs[0], name) == 0)
            return attrs[1];
    return NULL;
}

const char *xml_attr_anywhere(xml_attrs attrs, const char *name)
{
    for (; *attrs; attrs += 2)
        if (strcmp(plain_name(attrs[0]), name) == 0)
            return attrs[1];
    return NULL;
}

/* SpreadsheetML, transitional and strict (ECMA-376 parts 4 and 1); relationships of part 2. */
static bool is_own(const char *name, size_t n)
{
    static const str OWN[] = {
        STR_INIT("http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
        STR_INIT("http://purl.oclc.org/ooxml/spreadsheetml/main"),
        STR_INIT("http://schemas.openxmlformats.org/package/2006/relationships"),
    };

    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        if (str_eq((str){ name, n }, OWN[i]))
            return true;
    return false;
}

static void stop(struct xml_state *s)
{
    s->failed = true;
    (void)XML_StopParser(s->parser, XML_FALSE);
}

static void refuse(struct xml_state *s, const char *what)
{
    (void)err_set(s->e, ERR_INPUT, "ブックの中の「%.*s」%s", STR_ARG(sniff_name(s->part)),
                  what);
    stop(s);
}

static void on_open(void *user, const XML_Char *name, const XML_Char **attrs)
{
    struct xml_state *s = user;
    const char *plain = plain_name(name);

    if (s->failed)
        return;
    if (++s->depth > LIMIT_XML_DEPTH) {
        refuse(s, "の入れ子が深すぎます(64段まで)。表計算ソフトで保存し直してください。");
        return;
    }
    if (s->foreign || plain == name || !is_own(name, (size_t)(plain - name) - 1))
        s->foreign++;
    else if (!s->reader->open(s->reader->to, str_from(plain), attrs, s->e))
        stop(s);
}

static void on_close(void *user, const XML_Char *name)
{
    struct xml_state *s = user;

    if (s->failed)
        return;
    s->depth--;
    if (s->foreign)
        s->foreign--;
    else if (!s->reader->close(s->reader->to, str_from(plain_name(name)), s->e))
        stop(s);
}

static void on_text(void *user, const XML_Char *text, int n)
{
    struct xml_state *s = user;

    if (!s->failed && !s->foreign)
        s->reader->text(s->reader->to, (str){ text, (size_t)n });
}

static void on_dtd(void *user, const XML_Char *name, const XML_Char *system,
                   const XML_Char *public, int has_internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_internal;
    refuse(user, "に DTD があります。安全のため読みません。表計算ソフトで保存し直して"
                 "ください。");
}

static bool take_piece(void *to, str piece, bool is_last, struct err *e)
{
    struct xml_state *s = to;
    const enum XML_Status status = XML_Parse(s->parser, piece.p, (int)piece.n, is_last);

    if (s->failed)
        return false;
    return status == XML_STATUS_OK
           || err_set(
               e, ERR_INPUT,
               "ブックの中の「%.*s」が XML として読めません(%lu行目)。壊れているようです。"
               "表計算ソフトで保存し直してください。",
               STR_ARG(sniff_name(s->part)),
               (unsigned long)XML_GetCurrentLineNumber(s->parser));
}

static void parser_done(XML_Parser *parser)
{
    XML_ParserFree(*parser);
}

bool xml_read(const struct zip *z, const struct zip_entry *part,
              const struct xml_reader *reader, struct err *e)
{
    AUTO(parser_done) XML_Parser parser = XML_ParserCreateNS(NULL, BETWEEN);
    struct xml_state s = { .parser = parser, .reader = reader, .part = part->name, .e = e };

    if (!parser)
        return err_set(e, ERR_IO, "XML を読む準備ができません(メモリー不足)。");
    /* who fills many tables on purpose may not know where its entries fall */
    (void)XML_SetHashSalt(parser, (unsigned long)str_hash(z->bytes) | 1);
    XML_SetUserData(parser, &s);
    XML_SetElementHandler(parser, on_open, on_close);
    if (reader->text)
        XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_dtd);
    return zip_read(z, part, take_piece, &s, e);
}
