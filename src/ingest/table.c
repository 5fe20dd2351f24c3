/* Bytes to a table of cells: a workbook (book.c), or RFC 4180 as spreadsheets write it, with
 * any of three separators. What a cell means is not decided here. */
#include "ingest/book_inner.h"

#include "base/banned.h"

void ingest_column_put(struct buf *b, uint32_t column)
{
    char letters[8];
    size_t n = sizeof letters;

    for (; column && n; column = (column - 1) / 26)
        letters[--n] = (char)('A' + (column - 1) % 26);
    buf_put(b, (str){ letters + n, sizeof letters - n });
}

struct reader_of_cells {
    struct arena *a;
    str whole, rest;
    char separator;
    str scratch[LIMIT_TABLE_COLUMNS]; /* cells of the row that is being read */
};

static bool fail_at(const struct reader_of_cells *r, const char *p, const char *what,
                    struct err *e)
{
    uint32_t line, col;

    text_place(r->whole, (size_t)(p - r->whole.p), &line, &col);
    return err_at(e, line, col, "%s", what);
}

/* The separator that the first filled line has most often outside quotes; a tab is never part
 * of a text, so one is enough. */
static char separator_of(str text)
{
    uint32_t commas = 0, semicolons = 0;
    bool quoted = false, filled = false;

    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];

        if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '\t')
            return '\t';
        else if (!quoted && (c == '\n' || c == '\r') && filled)
            break;
        commas += !quoted && c == ',';
        semicolons += !quoted && c == ';';
        filled = filled || (c != '\n' && c != '\r' && c != ',' && c != ';');
    }
    return semicolons > commas ? ';' : ',';
}

/* A cell in quotes; rest stands behind the closing one. Doubled quotes become one. */
static bool quoted_cell(struct reader_of_cells *r, str *cell, struct err *e)
{
    const char *open = r->rest.p;
    struct buf b;
    bool is_plain = true;

    r->rest = str_skip(r->rest, 1);
    *cell = r->rest;
    for (;;) {
        const ptrdiff_t at = str_find_char(r->rest, '"');

        if (at < 0)
            return fail_at(r, open, "引用符(\")が閉じていません。表を保存し直してください。",
                           e);
        if (is_plain)
            cell->n = (size_t)(r->rest.p - cell->p) + (size_t)at;
        else
            buf_put(&b, str_take(r->rest, (size_t)at));
        r->rest = str_skip(r->rest, (size_t)at + 1);
        if (!r->rest.n || r->rest.p[0] != '"')
            break;
        if (is_plain) {
            buf_init(&b, r->a, cell->n + 64, LIMIT_LINE_BYTES);
            buf_put(&b, *cell);
            is_plain = false;
        }
        buf_put_char(&b, '"');
        r->rest = str_skip(r->rest, 1);
    }
    if (!is_plain)
        *cell = buf_str(&b);
    return true;
}

static bool is_end(const struct reader_of_cells *r)
{
    return !r->rest.n || r->rest.p[0] == '\n' || r->rest.p[0] == '\r';
}

static bool next_cell(struct reader_of_cells *r, str *cell, struct err *e)
{
    size_t n = 0;

    while (r->rest.n && r->rest.p[0] == ' ')
        r->rest = str_skip(r->rest, 1);
    if (r->rest.n && r->rest.p[0] == '"') {
        if (!quoted_cell(r, cell, e))
            return false;
        while (r->rest.n && r->rest.p[0] == ' ')
            r->rest = str_skip(r->rest, 1);
        if (!is_end(r) && r->rest.p[0] != r->separator)
            return fail_at(
                r, r->rest.p,
                "引用符(\")で囲んだ欄のあとに文字があります。欄の中の引用符は \"\" と"
                "2つ重ねてください。",
                e);
    } else {
        while (n < r->rest.n && r->rest.p[n] != r->separator && r->rest.p[n] != '\n'
               && r->rest.p[n] != '\r')
            n++;
        *cell = str_take(r->rest, n);
        r->rest = str_skip(r->rest, n);
    }
    *cell = str_trim(*cell);
    return true;
}

static void skip_line_end(struct reader_of_cells *r)
{
    if (str_starts(r->rest, STR("\r\n")))
        r->rest = str_skip(r->rest, 2);
    else if (r->rest.n)
        r->rest = str_skip(r->rest, 1);
}

/* One row. Empty cells at its end are not counted: spreadsheets add them as they like. */
static bool next_row(struct reader_of_cells *r, struct table_row *row, struct err *e)
{
    uint32_t count = 0, filled = 0;

    for (bool more = true; more;) {
        str cell;

        if (!next_cell(r, &cell, e))
            return false;
        more = r->rest.n && r->rest.p[0] == r->separator;
        if (more)
            r->rest = str_skip(r->rest, 1);
        if (cell.n && count >= LIMIT_TABLE_COLUMNS)
            return fail_at(r, cell.p, "列が多すぎます(256列まで)。いらない列を消してください。",
                           e);
        if (count < LIMIT_TABLE_COLUMNS)
            r->scratch[count++] = cell;
        if (cell.n)
            filled = count;
    }
    skip_line_end(r);
    row->cells = NEW(r->a, str, filled);
    row->count = filled;
    for (uint32_t i = 0; i < filled; i++)
        row->cells[i] = r->scratch[i];
    return true;
}

static uint32_t unit_at(str s, size_t at, bool big)
{
    const unsigned char *p = (const unsigned char *)s.p + at;

    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* Spreadsheets save "Unicode text" as UTF-16 with its mark; what has none stays as it is. */
static bool utf16_decode(struct arena *a, str name, str bytes, str *out, struct err *e)
{
    const bool big = str_starts(bytes, STR("\xFE\xFF"));
    struct buf b;

    *out = bytes;
    if ((!big && !str_starts(bytes, STR("\xFF\xFE"))) || bytes.n > LIMIT_DOCUMENT_BYTES)
        return true;
    buf_init(&b, a, bytes.n + bytes.n / 2, SIZE_MAX);
    for (size_t i = 2; i + 1 < bytes.n; i += 2) {
        uint32_t c = unit_at(bytes, i, big);

        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.n) {
            const uint32_t low = unit_at(bytes, i + 2, big);

            c = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((c - 0xD800) << 10) + low - 0xDC00
                                              : c;
            i += c >= 0x10000 ? 2 : 0;
        }
        if (!c || (c >= 0xD800 && c < 0xE000) || bytes.n % 2)
            return err_set(e, ERR_INPUT,
                           "「%.*s」は UTF-16 のようですが、%zuバイト目が文字として読めません。"
                           "UTF-8 で保存し直してください。",
                           STR_ARG(sniff_name(name)), i + 1);
        utf8_put(&b, c);
    }
    *out = buf_str(&b);
    return true;
}

/* At least as many rows as there are. */
static size_t rows_at_most(str text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n' || text.p[i] == '\r';
    return n;
}

static bool text_table(struct arena *a, str name, str bytes, struct table *out, struct err *e)
{
    struct table t = { 0 };
    struct reader_of_cells *r = NEW(a, struct reader_of_cells, 1);
    size_t room;

    if (!text_decode(a, name, bytes, &r->whole, &t.encoding, e))
        return false;
    r->a = a;
    r->rest = r->whole;
    r->separator = t.separator = separator_of(r->whole);
    room = rows_at_most(r->whole);
    room = room < LIMIT_TABLE_ROWS ? room : LIMIT_TABLE_ROWS;
    t.rows = NEW(a, struct table_row, room);
    while (r->rest.n) {
        if (t.count == room)
            return fail_at(r, r->rest.p, "行が多すぎます(200万行まで)。分けて渡してください。",
                           e);
        if (!next_row(r, &t.rows[t.count++], e))
            return false;
    }
    while (t.count && !t.rows[t.count - 1].count)
        t.count--;
    *out = t;
    return true;
}

bool ingest_table_of(struct arena *a, const struct table_source *source, struct table *out,
                     struct err *e)
{
    static const str ZIP = STR_INIT("PK\x03\x04"), EMPTY_ZIP = STR_INIT("PK\x05\x06");
    str text;

    if (str_starts(source->bytes, ZIP) || str_starts(source->bytes, EMPTY_ZIP))
        return book_read(a, source, out, e);
    if (!sniff_check(source->name, source->bytes, e))
        return false;
    if (source->sheet.n)
        return err_set(e, ERR_INPUT, "「%.*s」はブックではないので、シートを選べません。",
                       STR_ARG(sniff_name(source->name)));
    return utf16_decode(a, source->name, source->bytes, &text, e)
           && text_table(a, source->name, text, out, e);
}

bool ingest_table(struct arena *a, str name, str bytes, struct table *out, struct err *e)
{
    return ingest_table_of(a, &(struct table_source){ name, bytes, { 0 } }, out, e);
}
