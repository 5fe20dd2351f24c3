/* CSV (RFC 4180) of a list of flat maps: UTF-8 with BOM and CRLF, as spreadsheet programs in
 * Japan expect it. */
#include "render/render.h"

#include "base/banned.h"

/* Would a spreadsheet program run this text instead of showing it? Numbers it may read. */
static bool is_formula(str s)
{
    dec number;

    if (!s.n || str_find(STR("=+-@\t\r"), str_take(s, 1)) < 0)
        return false;
    return !dec_parse(s, &number);
}

static void put_cell(struct buf *out, str s)
{
    bool must_quote = str_find_char(s, '"') >= 0 || str_find_char(s, ',') >= 0
                      || str_find_char(s, '\n') >= 0 || str_find_char(s, '\r') >= 0;

    if (!must_quote) {
        buf_put(out, s);
        return;
    }
    buf_put_char(out, '"');
    while (s.n) {
        str piece;
        bool has_quote = str_find_char(s, '"') >= 0;

        s = str_cut(s, '"', &piece);
        buf_put(out, piece);
        if (has_quote)
            buf_put(out, STR("\"\""));
    }
    buf_put_char(out, '"');
}

/* Lists, maps and markup have no form in a flat table: their cell is empty. */
static void put_value(struct buf *out, const struct value *v)
{
    if (!v)
        return;
    switch (v->kind) {
    case VALUE_TEXT:
        put_cell(out,
                 is_formula(v->text) ? str_fmt(out->a, "'%.*s", STR_ARG(v->text)) : v->text);
        break;
    case VALUE_INT:
        buf_put_int(out, v->number);
        break;
    case VALUE_BOOL:
        buf_put(out, v->truth ? STR("true") : STR("false"));
        break;
    case VALUE_NULL:
    case VALUE_LIST:
    case VALUE_MAP:
    case VALUE_MARKUP:
        break;
    }
}

static bool is_column(const struct value *v)
{
    return v->kind != VALUE_LIST && v->kind != VALUE_MAP && v->kind != VALUE_MARKUP;
}

void render_csv(struct buf *out, const struct value *rows)
{
    const struct value *first = rows ? rows->first : NULL;
    bool is_begun = false;

    buf_put(out, STR("\uFEFF"));
    if (!first)
        return;
    for (const struct value *v = first->first; v; v = v->next) {
        if (!is_column(v))
            continue;
        if (is_begun)
            buf_put_char(out, ',');
        put_cell(out, v->key);
        is_begun = true;
    }
    buf_put(out, STR("\r\n"));
    for (const struct value *row = first; row; row = row->next) {
        is_begun = false;
        for (const struct value *v = first->first; v; v = v->next) {
            if (!is_column(v))
                continue;
            if (is_begun)
                buf_put_char(out, ',');
            put_value(out, value_get(row, v->key));
            is_begun = true;
        }
        buf_put(out, STR("\r\n"));
    }
}
