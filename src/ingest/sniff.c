/* What a file is that is no table: told by its first bytes, with what to do about it. */
#include "ingest/book_inner.h"

#include "base/banned.h"

str sniff_name(str name)
{
    enum { ROOM = 72 };

    for (ptrdiff_t slash;
         (slash = str_find_char(name, '/')) >= 0 && (size_t)slash + 1 < name.n;)
        name = str_skip(name, (size_t)slash + 1);
    while (name.n > ROOM)
        name = utf8_take(name, utf8_count(name) - 1);
    return name;
}

static bool says(struct err *e, str name, const char *what)
{
    return err_set(e, ERR_INPUT, "「%.*s」は%s", STR_ARG(sniff_name(name)), what);
}

/* A name in UTF-16 little-endian, as OLE writes its streams. */
static bool has_stream(str bytes, const char *stream)
{
    char wide[64];
    size_t n = 0;

    for (; stream[n] && 2 * n + 1 < sizeof wide; n++) {
        wide[2 * n] = stream[n];
        wide[2 * n + 1] = '\0';
    }
    return str_find(bytes, (str){ wide, 2 * n }) >= 0;
}

static bool sniff_ole(str name, str bytes, struct err *e)
{
    if (has_stream(bytes, "EncryptedPackage"))
        return says(e, name,
                    "パスワードで保護されたブックです。Excel でパスワードを外して保存し直して"
                    "ください。");
    if (has_stream(bytes, "WordDocument"))
        return says(e, name, "Word の文書です。表を xlsx か CSV にしてください。");
    return says(e, name,
                "古い Excel の形式(.xls)です。Excel で開いて「Excel ブック(.xlsx)」か"
                "「CSV UTF-8」として保存し直してください。");
}

/* The start of a text in lower case, behind a BOM and blanks. */
static str head_of(struct arena *a, str bytes)
{
    struct buf b;

    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_skip(bytes, 3);
    while (bytes.n && (unsigned char)bytes.p[0] <= ' ')
        bytes = str_skip(bytes, 1);
    bytes = str_take(bytes, 512);
    buf_init(&b, a, bytes.n + 1, 1024);
    for (size_t i = 0; i < bytes.n; i++)
        buf_put_char(&b, bytes.p[i] >= 'A' && bytes.p[i] <= 'Z' ? (char)(bytes.p[i] + 32)
                                                                : bytes.p[i]);
    return buf_str(&b);
}

static bool sniff_markup(str name, str bytes, struct err *e)
{
    static const str HTML[] = { STR_INIT("<!doctype html"), STR_INIT("<html"),
                                STR_INIT("<head"),          STR_INIT("<meta"),
                                STR_INIT("<table"),         STR_INIT("<body") };
    AUTO(arena_done) struct arena mem = { 0 };
    const str head = head_of(&mem, bytes);

    for (size_t i = 0; i < sizeof HTML / sizeof *HTML; i++)
        if (str_starts(head, HTML[i])
            || (str_starts(head, STR("<?xml")) && str_find(head, HTML[i]) >= 0))
            return says(
                e, name,
                "HTML(ウェブページ)です。名前が .csv や .xls でも中身は表ではありません。"
                "Excel で開いて xlsx か CSV として保存し直してください。");
    if (str_starts(head, STR("<?xml")) || str_starts(head, STR("<workbook")))
        return says(e, name,
                    "XML です。Excel で開いて xlsx か CSV として保存し直してください。");
    if (str_starts(head, STR("{\\rtf")))
        return says(e, name, "リッチテキスト(RTF)です。表を xlsx か CSV にしてください。");
    return true;
}

bool sniff_check(str name, str bytes, struct err *e)
{
    if (str_starts(bytes, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return sniff_ole(name, bytes, e);
    if (str_starts(bytes, STR("\x09\x08")) || str_starts(bytes, STR("\x09\x04\x06\0")))
        return says(e, name,
                    "とても古い Excel の形式(.xls)です。Excel で開いて xlsx か CSV として"
                    "保存し直してください。");
    if (str_starts(bytes, STR("%PDF-")))
        return says(
            e, name,
            "PDF です。PDF の表は読めません。もとの表を xlsx か CSV で用意してください。");
    if (str_starts(bytes, STR("\x89PNG")) || str_starts(bytes, STR("\xFF\xD8\xFF"))
        || str_starts(bytes, STR("GIF8")))
        return says(e, name, "画像です。もとの表を xlsx か CSV で用意してください。");
    if (str_starts(bytes, STR("\x1F\x8B")) || str_starts(bytes, STR("7z\xBC\xAF"))
        || str_starts(bytes, STR("Rar!")))
        return says(e, name, "圧縮されたファイルです。展開してから中の表を渡してください。");
    return sniff_markup(name, bytes, e);
}

/* The type that OpenDocument and EPUB write as their first entry. */
static bool is_open_document(const struct zip *z)
{
    const struct zip_entry *x = z->count ? &z->entries[0] : NULL;

    return x && str_eq(x->name, STR("mimetype")) && !x->is_deflated
           && str_starts((str){ z->bytes.p + x->data, x->size },
                         STR("application/vnd.oasis.opendocument"));
}

bool sniff_archive(const struct zip *z, str name, struct err *e)
{
    if (is_open_document(z))
        return says(
            e, name,
            "OpenDocument(.ods など)です。LibreOffice で開いて「Excel 2007-365(.xlsx)」か"
            "CSV として保存し直してください。");
    if (zip_find(z, STR("xl/workbook.bin")))
        return says(e, name,
                    "バイナリ形式の Excel ブック(.xlsb)です。xlsx か CSV として保存し直して"
                    "ください。");
    if (zip_find(z, STR("word/document.xml")))
        return says(e, name, "Word の文書です。表を xlsx か CSV にしてください。");
    if (zip_find(z, STR("ppt/presentation.xml")))
        return says(e, name, "PowerPoint の文書です。表を xlsx か CSV にしてください。");
    return says(e, name,
                "ZIP ファイルですが、Excel のブック(xlsx)ではありません。展開してから中の表を"
                "渡してください。");
}
