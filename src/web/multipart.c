/* multipart/form-data (RFC 7578, RFC 2046 5.1): parts between lines of "--boundary".
 *
 *     --b CRLF headers CRLF CRLF content CRLF --b ... CRLF --b-- [CRLF anything]
 *
 * Nothing may stand before the first boundary. Content is never looked into: a boundary counts
 * only after CRLF, and a browser chooses one that its content does not hold. */
#include "web/body.h"

#include <string.h>

#include "base/banned.h"

static bool bad(struct err *e, const char *what)
{
    return err_set(e, ERR_INPUT, "送られたフォームを読み取れません: %s", what);
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Does `s` begin with the word, whatever its case? */
static bool begins(str s, str word)
{
    if (s.n < word.n)
        return false;
    for (size_t i = 0; i < word.n; i++) {
        if (lower(s.p[i]) != word.p[i])
            return false;
    }
    return true;
}

struct part {
    str name, file_name, type;
    bool is_file; /* it has a filename parameter, also an empty one */
    bool has_name;
};

/* ---- headers of a part ---- */

/* Browsers write %22, %0D and %0A for what would end the quotes (HTML, multipart/form-data
 * encoding algorithm). */
static str unquote(struct arena *a, str s)
{
    static const struct {
        str escape;
        char c;
    } ESCAPES[] = {
        { STR_INIT("%22"), '"' },
        { STR_INIT("%0D"), '\r' },
        { STR_INIT("%0A"), '\n' },
    };
    char *p = arena_bytes(a, s.n + 1);
    size_t n = 0;

    while (s.n) {
        size_t used = 1;

        p[n] = s.p[0];
        for (size_t i = 0; i < sizeof ESCAPES / sizeof ESCAPES[0]; i++) {
            if (str_starts(s, ESCAPES[i].escape)) {
                p[n] = ESCAPES[i].c;
                used = ESCAPES[i].escape.n;
            }
        }
        n++;
        s = str_skip(s, used);
    }
    return (str){ p, n };
}

/* `; name="text"`: true and the rest; false when that is not what stands there. */
static bool parameter_cut(str *rest, str *name, str *value)
{
    str s = str_trim(*rest);
    ptrdiff_t equals, quote;

    if (!str_starts(s, STR(";")))
        return false;
    s = str_trim(str_skip(s, 1));
    equals = str_find_char(s, '=');
    if (equals <= 0)
        return false;
    *name = str_take(s, (size_t)equals);
    s = str_skip(s, (size_t)equals + 1);
    if (!str_starts(s, STR("\"")))
        return false;
    s = str_skip(s, 1);
    quote = str_find_char(s, '"');
    if (quote < 0)
        return false;
    *value = str_take(s, (size_t)quote);
    *rest = str_skip(s, (size_t)quote + 1);
    return true;
}

/* Some programs send a whole path: only its last part is the name. */
static str last_part(str path)
{
    for (size_t i = path.n; i > 0; i--) {
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
            return str_skip(path, i);
    }
    return path;
}

static bool disposition_read(struct arena *a, str value, struct part *out, struct err *e)
{
    str rest = value, name, text;

    if (!begins(rest, STR("form-data")))
        return bad(e, "form-data でない部分があります。");
    rest = str_skip(rest, strlen("form-data"));
    while (str_trim(rest).n) {
        if (!parameter_cut(&rest, &name, &text))
            return bad(e, "Content-Disposition の書き方が正しくありません。");
        if (str_eq(name, STR("name"))) {
            out->name = unquote(a, text);
            out->has_name = true;
        } else if (str_eq(name, STR("filename"))) {
            out->file_name = last_part(unquote(a, text));
            out->is_file = true;
        }
    }
    return out->has_name || bad(e, "名前のない部分があります。");
}

static bool header_read(struct arena *a, str line, struct part *out, struct err *e)
{
    static const str DISPOSITION = STR_INIT("content-disposition:"),
                     TYPE = STR_INIT("content-type:"),
                     ENCODING = STR_INIT("content-transfer-encoding:");

    if (begins(line, DISPOSITION))
        return !out->has_name
                   ? disposition_read(a, str_trim(str_skip(line, DISPOSITION.n)), out, e)
                   : bad(e, "Content-Disposition が 2 つあります。");
    if (begins(line, TYPE))
        out->type = str_trim(str_skip(line, TYPE.n));
    /* RFC 7578 4.7: deprecated; what it could say would have to be decoded. */
    return !begins(line, ENCODING) || bad(e, "Content-Transfer-Encoding は使えません。");
}

/* The part's headers, up to the empty line. *rest is its content. */
static bool headers_read(struct arena *a, str *rest, struct part *out, struct err *e)
{
    for (;;) {
        ptrdiff_t end = str_find(*rest, STR("\r\n"));
        str line;

        if (end < 0)
            return bad(e, "途中で終わっています。");
        line = str_take(*rest, (size_t)end);
        *rest = str_skip(*rest, (size_t)end + 2);
        if (!line.n)
            return out->has_name || bad(e, "名前のない部分があります。");
        if (!header_read(a, line, out, e))
            return false;
    }
}

/* ---- parts ---- */

static uint32_t count_parts(str bytes, str delimiter)
{
    uint32_t n = 1;
    ptrdiff_t at;

    while (n <= LIMIT_FORM_FIELDS && (at = str_find(bytes, delimiter)) >= 0) {
        bytes = str_skip(bytes, (size_t)at + delimiter.n);
        n++;
    }
    return n;
}

static bool file_add(const struct part *part, str content, struct form_data *out, struct err *e)
{
    if (utf8_valid_prefix(part->file_name.p, part->file_name.n) != part->file_name.n
        || utf8_valid_prefix(part->name.p, part->name.n) != part->name.n
        || utf8_valid_prefix(part->type.p, part->type.n) != part->type.n)
        return bad(e, "ファイルの名前が UTF-8 ではありません。");
    out->files[out->file_count++] = (struct form_file){
        .name = part->name,
        .file_name = part->file_name,
        .type = part->type,
        .bytes = content,
    };
    return true;
}

/* The part at the start of *rest, which is left behind the boundary that ends it. */
static bool part_read(struct arena *a, const struct body *b, str delimiter, str *rest,
                      struct form_data *out, struct err *e)
{
    struct part part = { 0 };
    str content;
    ptrdiff_t end;

    if (!headers_read(a, rest, &part, e))
        return false;
    end = str_find(*rest, delimiter);
    if (end < 0)
        return bad(e, "途中で終わっています。");
    content = str_take(*rest, (size_t)end);
    *rest = str_skip(*rest, (size_t)end + delimiter.n);
    if (part.is_file)
        return file_add(&part, content, out, e);
    return body_add_field(a, b, (struct form_field){ part.name, content }, out, e);
}

bool multipart_read(struct arena *a, const struct body *b, struct form_data *out, struct err *e)
{
    str delimiter = str_fmt(a, "\r\n--%.*s", STR_ARG(b->boundary)), rest = b->bytes;
    uint32_t room = count_parts(rest, delimiter);

    if (room > LIMIT_FORM_FIELDS)
        return err_set(e, ERR_INPUT, "フォームの項目が多すぎます。%d までにしてください。",
                       LIMIT_FORM_FIELDS);
    if (!str_starts(rest, str_skip(delimiter, 2)))
        return bad(e, "区切り(boundary)で始まっていません。");
    rest = str_skip(rest, delimiter.n - 2);
    out->fields = NEW(a, struct form_field, room);
    out->files = NEW(a, struct form_file, room);
    while (!str_starts(rest, STR("--"))) {
        if (!str_starts(rest, STR("\r\n")))
            return bad(e, "区切り(boundary)のあとに改行がありません。");
        rest = str_skip(rest, 2);
        if (!part_read(a, b, delimiter, &rest, out, e))
            return false;
    }
    return true;
}
