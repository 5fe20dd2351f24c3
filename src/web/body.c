/* application/x-www-form-urlencoded, and what both kinds of body share. */
#include "web/body.h"
#include "web/fields.h"

#include <string.h>

#include "base/banned.h"

/* ---- which kind ---- */

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_word(str s, str word)
{
    if (s.n != word.n)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (lower(s.p[i]) != word.p[i])
            return false;
    }
    return true;
}

/* RFC 2046 5.1.1: 1 to 70 of these, no blank at the end. */
static bool is_boundary(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
              || (c && strchr("'()+_,-./:=? ", c))))
            return false;
    }
    return s.n >= 1 && s.n <= 70 && s.p[s.n - 1] != ' ';
}

enum body_kind body_kind(str content_type, str *boundary)
{
    str type, rest = str_cut(content_type, ';', &type), parameter, name, value;

    type = str_trim(type);
    if (!type.n)
        return BODY_NONE;
    if (is_word(type, STR("application/x-www-form-urlencoded")))
        return BODY_URLENCODED;
    if (!is_word(type, STR("multipart/form-data")))
        return BODY_OTHER;
    while (rest.n) {
        rest = str_cut(rest, ';', &parameter);
        value = str_trim(str_cut(parameter, '=', &name));
        if (!is_word(str_trim(name), STR("boundary")))
            continue;
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_take(str_skip(value, 1), value.n - 2);
        *boundary = value;
        return is_boundary(value) ? BODY_MULTIPART : BODY_OTHER;
    }
    return BODY_OTHER;
}

/* ---- one field ---- */

/* CRLF, and CR alone, are one LF. Writes over what it reads, which is a copy of ours. */
static str line_ends(char *p, size_t n)
{
    size_t to = 0;

    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\r') {
            p[to++] = '\n';
            i += i + 1 < n && p[i + 1] == '\n';
        } else {
            p[to++] = p[i];
        }
    }
    return (str){ p, to };
}

/* What a text that is kept as typed may hold: all but NUL, which no browser sends. */
static bool is_kept_as_typed(const struct body *b, str name)
{
    const struct field *f = b->labels ? field_find(b->labels, name) : NULL;

    return f && f->kind == INPUT_FREE;
}

/* C0 but TAB and LF, and DEL. */
static bool has_control(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7F)
            return true;
    }
    return false;
}

static bool refuse_text(const struct body *b, str name, const char *what, struct err *e)
{
    const struct field *f = b->labels ? field_find(b->labels, name) : NULL;

    if (!f)
        return err_set(e, ERR_INPUT, "送られたフォームを読み取れません: %s", what);
    return err_set(e, ERR_INPUT, "「%s」を読み取れません: %s", f->label[b->lang], what);
}

bool body_add_field(struct arena *a, const struct body *b, struct form_field field,
                    struct form_data *out, struct err *e)
{
    char *copy = arena_bytes(a, field.value.n + 1);

    if (!field.name.n || utf8_valid_prefix(field.name.p, field.name.n) != field.name.n
        || has_control(field.name))
        return err_set(e, ERR_INPUT, "送られたフォームに、名前のない項目があります。");
    if (field.value.n)
        memcpy(copy, field.value.p, field.value.n);
    field.value = line_ends(copy, field.value.n);
    if (utf8_valid_prefix(field.value.p, field.value.n) != field.value.n)
        return refuse_text(b, field.name, "文字コードが UTF-8 ではありません。", e);
    if (is_kept_as_typed(b, field.name) ? str_find_char(field.value, 0) >= 0
                                        : has_control(field.value))
        return refuse_text(b, field.name, "制御文字があります。", e);
    out->fields[out->field_count++] = field;
    return true;
}

/* ---- application/x-www-form-urlencoded ---- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool decode(struct arena *a, str s, str *out)
{
    char *p = arena_bytes(a, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] == '+' ? ' ' : s.p[i];

        if (c == '%') {
            if (i + 2 >= s.n || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0)
                return false;
            c = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
            i += 2;
        }
        p[n++] = c;
    }
    *out = (str){ p, n };
    return true;
}

static uint32_t count_pairs(str s)
{
    uint32_t n = 0;

    for (size_t i = 0; i < s.n && n <= LIMIT_FORM_FIELDS; i++)
        n += s.p[i] == '&';
    return n + 1;
}

static bool urlencoded_read(struct arena *a, const struct body *b, struct form_data *out,
                            struct err *e)
{
    uint32_t room = count_pairs(b->bytes);
    str rest = b->bytes, pair;

    if (room > LIMIT_FORM_FIELDS)
        return err_set(e, ERR_INPUT, "フォームの項目が多すぎます。%d までにしてください。",
                       LIMIT_FORM_FIELDS);
    out->fields = NEW(a, struct form_field, room);
    while (rest.n) {
        struct form_field field;

        rest = str_cut(rest, '&', &pair);
        if (!pair.n)
            continue;
        field.value = str_cut(pair, '=', &field.name);
        if (!decode(a, field.name, &field.name) || !decode(a, field.value, &field.value))
            return err_set(e, ERR_INPUT,
                           "送られたフォームを読み取れません: %% のあとに 16 "
                           "進数が 2 桁ありません。");
        if (!body_add_field(a, b, field, out, e))
            return false;
    }
    return true;
}

bool body_read(struct arena *a, const struct body *b, struct form_data *out, struct err *e)
{
    *out = (struct form_data){ 0 };
    switch (b->kind) {
    case BODY_NONE:
        if (!b->bytes.n)
            return true;
        break;
    case BODY_URLENCODED:
        return urlencoded_read(a, b, out, e);
    case BODY_MULTIPART:
        return multipart_read(a, b, out, e);
    case BODY_OTHER:
        break;
    }
    return err_set(e, ERR_INPUT, "フォームの形式(Content-Type)を読み取れません。");
}

/* ---- out ---- */

static void put_escaped(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if ((unsigned char)c < ' ' || (c && strchr("%&=+", c)))
            buf_fmt(b, "%%%02X", (unsigned char)c);
        else
            buf_put_char(b, c == ' ' ? '+' : c);
    }
}

void body_write(struct buf *b, const struct form_data *form)
{
    for (uint32_t i = 0; i < form->field_count; i++) {
        if (b->n)
            buf_put_char(b, '&');
        put_escaped(b, form->fields[i].name);
        buf_put_char(b, '=');
        put_escaped(b, form->fields[i].value);
    }
}
