/* One sheet of a workbook into rows. Rows and cells say where they belong (r="B7"); where they
 * do not, they follow the one before. They may come in any order, but no cell twice. */
#include "ingest/book_inner.h"

#include "base/banned.h"

/* What was met of a kind that the reader of the table should know: where first, how often. */
struct met {
    uint32_t row, column, count;
    str raw;
};

struct sheet_reader {
    struct book *b;
    struct table *out;
    uint32_t room, merge_room;
    uint32_t row, column; /* that are being read, 1-based; 0 = none yet */
    bool row_is_hidden;
    str cells[LIMIT_TABLE_COLUMNS];
    uint32_t filled; /* of the row: up to its last cell with a text */
    bool is_hidden[LIMIT_TABLE_COLUMNS];
    /* the cell */
    char type; /* first letters of t: n s b e d, t = str, i = inlineStr */
    uint32_t style;
    bool has_formula, in_value, in_text, in_furigana, in_formula;
    struct arena mem;
    struct buf value, formula;
    struct met formulas, hidden_rows, hidden_columns, scaled;
};

static str cell_name(struct arena *a, uint32_t row, uint32_t column)
{
    struct buf b;

    buf_init(&b, a, 16, 16);
    ingest_column_put(&b, column);
    buf_fmt(&b, "%u", row);
    return buf_str(&b);
}

static bool refuse(const struct sheet_reader *s, const char *what, struct err *e)
{
    return err_set(e, ERR_INPUT, "%.*s: %s", STR_ARG(cell_name(s->b->a, s->row, s->column)),
                   what);
}

static void meet(const struct sheet_reader *s, struct met *m, str raw)
{
    if (!m->count++) {
        m->row = s->row;
        m->column = s->column;
        m->raw = raw;
    }
}

/* ---- places ---- */

/* B7 into column and row; false when it is no such name. */
static bool place_parse(str r, uint32_t *row, uint32_t *column)
{
    uint32_t c = 0;
    size_t n = 0;

    for (; n < r.n && n < 4 && r.p[n] >= 'A' && r.p[n] <= 'Z'; n++)
        c = c * 26 + (uint32_t)(r.p[n] - 'A' + 1);
    *column = c;
    return c && c <= LIMIT_BOOK_COLUMNS && book_uint(str_skip(r, n), LIMIT_BOOK_ROWS, row)
           && *row;
}

static bool rows_reach(struct sheet_reader *s, uint32_t row)
{
    struct table *t = s->out;

    while (s->room < row) {
        const uint32_t held = s->room;

        t->rows = book_grow(s->b->a, t->rows, sizeof *t->rows, s->room, &s->room);
        memset(t->rows + held, 0, (s->room - held) * sizeof *t->rows);
    }
    if (t->count < row)
        t->count = row;
    return true;
}

static bool row_open(struct sheet_reader *s, xml_attrs attrs, struct err *e)
{
    const char *r = xml_attr(attrs, "r");

    s->column = 0;
    s->filled = 0;
    if (r && (!book_uint(str_from(r), LIMIT_BOOK_ROWS, &s->row) || !s->row))
        return err_set(e, ERR_INPUT,
                       "行の番号「%.*s」が正しくありません。表計算ソフトで保存し"
                       "直してください。",
                       STR_ARG(sniff_name(str_from(r))));
    if (!r && ++s->row > LIMIT_BOOK_ROWS)
        return err_set(e, ERR_INPUT, "行が多すぎます(1,048,576行まで)。");
    s->row_is_hidden = book_is_true(xml_attr(attrs, "hidden"));
    memset(s->cells, 0, sizeof s->cells);
    return true;
}

static bool row_close(struct sheet_reader *s, struct err *e)
{
    struct table_row *row;

    if (!s->filled)
        return true;
    (void)rows_reach(s, s->row);
    row = &s->out->rows[s->row - 1];
    if (row->count)
        return err_set(e, ERR_INPUT,
                       "%u行目が2度あります。表計算ソフトで保存し直してください。", s->row);
    row->cells = arena_raw(s->b->a, sizeof *row->cells, s->filled);
    memcpy(row->cells, s->cells, s->filled * sizeof *row->cells);
    row->count = s->filled;
    s->column = 0;
    if (s->row_is_hidden)
        meet(s, &s->hidden_rows, (str){ 0 });
    return true;
}

static bool cell_open(struct sheet_reader *s, xml_attrs attrs, struct err *e)
{
    const char *r = xml_attr(attrs, "r"), *t = xml_attr(attrs, "t");
    uint32_t row;

    s->column++;
    if (r && (!place_parse(str_from(r), &row, &s->column) || row != s->row))
        return err_set(
            e, ERR_INPUT,
            "%u行目にあるセルの名前「%.*s」が正しくありません。表計算ソフトで保存し直して"
            "ください。",
            s->row, STR_ARG(sniff_name(str_from(r))));
    s->type = t ? t[0] : 'n';
    if (t && strcmp(t, "str") == 0)
        s->type = 't';
    if (!book_uint(str_from(xml_attr(attrs, "s")), UINT32_MAX, &s->style))
        s->style = 0;
    s->has_formula = false;
    buf_clear(&s->value);
    buf_clear(&s->formula);
    return true;
}

/* ---- what a cell shows ---- */

static bool number_take(struct sheet_reader *s, str v, str *out, struct err *e)
{
    const struct book *b = s->b;
    const struct cell_format f =
        s->style < b->format_count ? b->formats[s->style] : (struct cell_format){ 0 };

    if (!number_seen(b->a, v, f, b->is_1904, out))
        return refuse(s, "数として読めない値があります。表計算ソフトで保存し直してください。",
                      e);
    if (f.is_scaled)
        meet(s, &s->scaled, *out);
    return true;
}

/* 2024-06-03T00:00:00 of the strict form, as 2024-06-03. */
static str iso_day(struct arena *a, str v)
{
    const ptrdiff_t t = str_find_char(v, 'T');
    str clock;

    if (t < 0)
        return str_dup(a, v);
    clock = str_take(str_skip(v, (size_t)t + 1), 8);
    if (str_eq(clock, STR("00:00:00")))
        return str_dup(a, str_take(v, (size_t)t));
    return str_fmt(a, "%.*s %.*s", (int)t, v.p, STR_ARG(clock));
}

static bool value_take(struct sheet_reader *s, str v, str *out, struct err *e)
{
    struct book *b = s->b;
    uint32_t i;

    switch (s->type) {
    case 's':
        if (!book_uint(str_trim(v), UINT32_MAX, &i) || i >= b->string_count)
            return refuse(s,
                          "文字の番号が正しくありません。表計算ソフトで保存し直してください。",
                          e);
        *out = b->strings[i];
        return true;
    case 'b':
        *out = book_is_true(str_c(&s->mem, str_trim(v))) ? STR("TRUE") : STR("FALSE");
        return true;
    case 'd':
        *out = iso_day(b->a, str_trim(v));
        return true;
    case 'n':
        return number_take(s, str_trim(v), out, e);
    default: /* str, inlineStr, e */
        *out = str_trim(str_dup(b->a, book_unescape(&s->mem, v)));
        return true;
    }
}

/* A formula without a value is its own text: who reads the cell will not take it for a blank.
 */
static str formula_text(struct sheet_reader *s)
{
    return str_fmt(s->b->a, "=%.*s", STR_ARG(buf_str(&s->formula)));
}

static bool cell_close(struct sheet_reader *s, struct err *e)
{
    str text = { 0 };
    bool is_done;

    if (s->value.full)
        return refuse(s, "セルの文字が長すぎます。", e);
    if (s->value.n && !value_take(s, buf_str(&s->value), &text, e))
        return false;
    is_done = s->value.n > 0;
    if (s->has_formula && !is_done && s->type != 't')
        text = formula_text(s);
    arena_reset(&s->mem);
    buf_init(&s->value, &s->mem, 256, LIMIT_TEXT_BYTES);
    buf_init(&s->formula, &s->mem, 64, 128);
    if (!text.n)
        return true;
    if (s->column > LIMIT_TABLE_COLUMNS)
        return refuse(s, "列が多すぎます(256列まで)。いらない列を消してください。", e);
    if (s->cells[s->column - 1].n)
        return refuse(s, "同じセルが2度あります。表計算ソフトで保存し直してください。", e);
    s->cells[s->column - 1] = text;
    if (s->filled < s->column)
        s->filled = s->column;
    if (s->has_formula && is_done)
        meet(s, &s->formulas, text);
    if (s->is_hidden[s->column - 1])
        meet(s, &s->hidden_columns, text);
    return true;
}

/* ---- columns, merged cells ---- */

static void columns_hide(struct sheet_reader *s, xml_attrs attrs)
{
    uint32_t from, to;

    if (!book_is_true(xml_attr(attrs, "hidden"))
        || !book_uint(str_from(xml_attr(attrs, "min")), LIMIT_BOOK_COLUMNS, &from)
        || !book_uint(str_from(xml_attr(attrs, "max")), LIMIT_BOOK_COLUMNS, &to) || !from)
        return;
    for (uint32_t c = from; c <= to && c <= LIMIT_TABLE_COLUMNS; c++)
        s->is_hidden[c - 1] = true;
}

static bool merge_take(struct sheet_reader *s, xml_attrs attrs, struct err *e)
{
    struct table *t = s->out;
    struct table_merge m;
    str first, last = str_cut(str_from(xml_attr(attrs, "ref")), ':', &first);

    if (!last.n) /* one cell is merged with nothing */
        return true;
    if (!place_parse(first, &m.row, &m.column)
        || !place_parse(last, &m.last_row, &m.last_column) || m.last_row < m.row
        || m.last_column < m.column)
        return err_set(e, ERR_INPUT,
                       "結合されたセルの範囲が正しくありません。表計算ソフトで保存し"
                       "直してください。");
    if (t->merge_count == LIMIT_BOOK_MERGES)
        return err_set(e, ERR_INPUT, "結合されたセルが多すぎます。結合を解いてください。");
    if (m.column > LIMIT_TABLE_COLUMNS)
        return true;
    if (m.last_column > LIMIT_TABLE_COLUMNS)
        m.last_column = LIMIT_TABLE_COLUMNS;
    t->merges =
        book_grow(s->b->a, t->merges, sizeof *t->merges, t->merge_count, &s->merge_room);
    t->merges[t->merge_count++] = m;
    return true;
}

static int by_place(const void *x, const void *y)
{
    const struct table_merge *a = x, *b = y;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static bool merges_check(struct sheet_reader *s, struct err *e)
{
    struct table *t = s->out;
    uint32_t *until = NEW(&s->mem, uint32_t, LIMIT_TABLE_COLUMNS + 1);

    if (t->merge_count)
        qsort(t->merges, t->merge_count, sizeof *t->merges, by_place);
    for (uint32_t i = 0; i < t->merge_count; i++)
        for (uint32_t c = t->merges[i].column; c <= t->merges[i].last_column; c++) {
            if (until[c] >= t->merges[i].row)
                return err_set(
                    e, ERR_INPUT,
                    "%.*s: 結合されたセルが重なっています。表計算ソフトで保存し直して"
                    "ください。",
                    STR_ARG(cell_name(s->b->a, t->merges[i].row, c)));
            until[c] = t->merges[i].last_row;
        }
    return true;
}

/* ---- events ---- */

static bool on_open(void *to, str name, xml_attrs attrs, struct err *e)
{
    struct sheet_reader *s = to;

    s->in_value = str_eq(name, STR("v"));
    s->in_text = str_eq(name, STR("t"));
    s->in_formula = str_eq(name, STR("f"));
    s->in_furigana = s->in_furigana || str_eq(name, STR("rPh"));
    s->has_formula = s->has_formula || s->in_formula;
    if (str_eq(name, STR("c")))
        return cell_open(s, attrs, e);
    if (str_eq(name, STR("row")))
        return row_open(s, attrs, e);
    if (str_eq(name, STR("col")))
        columns_hide(s, attrs);
    return !str_eq(name, STR("mergeCell")) || merge_take(s, attrs, e);
}

static void on_text(void *to, str piece)
{
    struct sheet_reader *s = to;

    if (s->in_value || (s->in_text && !s->in_furigana))
        buf_put(&s->value, piece);
    else if (s->in_formula)
        buf_put(&s->formula, piece);
}

static bool on_close(void *to, str name, struct err *e)
{
    struct sheet_reader *s = to;

    s->in_value = s->in_text = s->in_formula = false;
    if (str_eq(name, STR("c")))
        return cell_close(s, e);
    if (str_eq(name, STR("rPh")))
        s->in_furigana = false;
    return !str_eq(name, STR("row")) || row_close(s, e);
}

/* ---- what is told of the sheet ---- */

static void tell(struct sheet_reader *s, const struct met *m, const char *what)
{
    struct table *t = s->out;

    if (m->count)
        t->notes[t->note_count++] =
            (struct table_fault){ SEVERITY_WARNING, m->row, m->column, m->raw,
                                  str_fmt(s->b->a, what, m->count) };
}

static void tell_all(struct sheet_reader *s)
{
    s->out->notes = NEW(s->b->a, struct table_fault, 4);
    tell(s, &s->formulas,
         "計算式のセルです(全部で%u)。計算はせず、保存されている値を読みました。");
    tell(s, &s->hidden_rows, "非表示の行です(全部で%u)。ほかの行と同じように読みました。");
    tell(s, &s->hidden_columns,
         "非表示の列にあるセルです(全部で%u)。ほかの列と同じように読みました。");
    tell(s, &s->scaled,
         "千や百万を単位に表示する書式のセルです(全部で%u)"
         "。表示ではなく、もとの数を読みました。");
}

static void reader_done(struct sheet_reader **s)
{
    arena_done(&(*s)->mem);
}

bool book_sheet_read(struct book *b, const struct book_sheet *sheet, struct table *out,
                     struct err *e)
{
    AUTO(arena_done) struct arena own = { 0 };
    AUTO(reader_done) struct sheet_reader *s = NEW(&own, struct sheet_reader, 1);
    const struct zip_entry *part = zip_find(&b->zip, sheet->path);
    const struct xml_reader reader = { on_open, on_close, on_text, s };

    *out = (struct table){ .encoding = TEXT_UTF8 };
    if (!part)
        return err_set(e, ERR_INPUT,
                       "シート「%.*s」の中身がブックにありません。表計算ソフトで保存し直して"
                       "ください。",
                       STR_ARG(sheet->name));
    s->b = b;
    s->out = out;
    buf_init(&s->value, &s->mem, 256, LIMIT_TEXT_BYTES);
    buf_init(&s->formula, &s->mem, 64, 128);
    if (!xml_read(&b->zip, part, &reader, e) || !merges_check(s, e))
        return false;
    tell_all(s);
    return true;
}
