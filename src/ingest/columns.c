/* Which column is which field: by its heading, in one row or two. */
#include "ingest/entries_inner.h"

#include "base/banned.h"

enum { HEADINGS_WITHIN = 12 }; /* rows of titles that may stand above */

/* What a heading may be besides a field of the definition. */
enum { TO_NOTHING = -1, TO_REASON = -2, TO_VOID = -3 };

/* Without blanks, line ends and the unit in brackets at its end: 受講者数(人). */
static str heading_folded(struct arena *a, str heading, bool with_brackets)
{
    struct buf b;
    str s;
    ptrdiff_t open;

    buf_init(&b, a, heading.n + 1, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < heading.n; i++)
        if (heading.p[i] != '\n' && heading.p[i] != '\r')
            buf_put_char(&b, heading.p[i]);
    s = text_fold(a, buf_str(&b));
    open = str_find_char(s, '(');
    if (!with_brackets && open > 0 && str_ends(s, STR(")")))
        s = str_take(s, (size_t)open);
    return s;
}

static bool is_one_of(str s, const str *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(list[i], s))
            return true;
    return false;
}

static int field_called(const struct entry_reader *r, str folded)
{
    static const str REASONS[] = { STR_INIT("理由"), STR_INIT("reason") };
    static const str VOIDS[] = { STR_INIT("取消"), STR_INIT("取消し"), STR_INIT("void") };

    for (uint32_t i = 0; i < r->def->field_count && folded.n; i++)
        if (is_one_of(folded, r->def->fields[i].headings, r->def->fields[i].heading_count))
            return (int)i;
    if (is_one_of(folded, REASONS, 2))
        return TO_REASON;
    return is_one_of(folded, VOIDS, 3) ? TO_VOID : TO_NOTHING;
}

static int field_of(const struct entry_reader *r, str heading)
{
    const int whole = field_called(r, heading_folded(r->a, heading, true));

    return whole != TO_NOTHING ? whole : field_called(r, heading_folded(r->a, heading, false));
}

static str cell_of(const struct entry_reader *r, uint32_t row, uint32_t column)
{
    const struct table_row *t = &r->table->rows[row];

    return row < r->table->count && column < t->count ? t->cells[column] : (str){ 0 };
}

/* The heading of the upper row that stands over a column: its own, or the merged one to the
 * left whose blank it is. */
static str upper_of(const struct entry_reader *r, uint32_t row, uint32_t column)
{
    for (uint32_t c = column + 1; c-- > 0;) {
        const str s = cell_of(r, row, c);

        if (s.n)
            return s;
    }
    return (str){ 0 };
}

/* The field of a column whose headings are `row` and, when `two`, the row below. */
static int column_field(const struct entry_reader *r, uint32_t row, uint32_t column, bool two)
{
    const str own = cell_of(r, row, column);
    str lower, upper;
    int f;

    if (!two)
        return field_of(r, own);
    lower = cell_of(r, row + 1, column);
    if (!lower.n)
        return field_of(r, own);
    upper = upper_of(r, row, column);
    f = field_of(r, str_fmt(r->a, "%.*s%.*s", STR_ARG(upper), STR_ARG(lower)));
    return f != TO_NOTHING ? f : field_of(r, lower);
}

static uint32_t width_of(const struct entry_reader *r, uint32_t row, bool two)
{
    const uint32_t one = r->table->rows[row].count;
    const uint32_t below = two && row + 1 < r->table->count ? r->table->rows[row + 1].count : 0;

    return one > below ? one : below;
}

/* How many fields the row (or the pair of rows) names. */
static uint32_t score(const struct entry_reader *r, uint32_t row, bool two)
{
    bool seen[FIELDS_MAX] = { false };
    uint32_t n = 0;

    for (uint32_t c = 0; c < width_of(r, row, two); c++) {
        const int f = column_field(r, row, c, two);

        if (f < 0 || seen[f])
            continue;
        seen[f] = true;
        n++;
    }
    return n;
}

/* A fiscal year in a title above the headings: 令和6年度 研修実績. */
static void year_from_titles(struct entry_reader *r, uint32_t headings)
{
    for (uint32_t row = 0; row < headings && !r->fiscal_year; row++)
        for (uint32_t c = 0; c < r->table->rows[row].count && !r->fiscal_year; c++)
            for (str s = r->table->rows[row].cells[c]; s.n && !r->fiscal_year;) {
                size_t n;

                if (fiscal_parse(s, 0, false, &r->fiscal_year, &n))
                    break;
                (void)utf8_first(s, &n);
                s = str_skip(s, n);
            }
}

static void take_column(struct entry_reader *r, int field, uint32_t row, uint32_t column,
                        str heading)
{
    int *to = field == TO_REASON ? &r->reason
              : field == TO_VOID ? &r->is_void
                                 : &r->column[field];
    struct buf letter;

    if (*to < 0) {
        *to = (int)column;
        return;
    }
    buf_init(&letter, r->a, 8, 8);
    ingest_column_put(&letter, (uint32_t)*to + 1);
    entry_fault(r, SEVERITY_ERROR, row + 1, (int)column, heading,
                str_fmt(r->a, "%.*s列と同じ項目の見出しです。どちらか一方にしてください。",
                        STR_ARG(buf_str(&letter))));
}

static void take_columns(struct entry_reader *r, uint32_t row, bool two)
{
    const uint32_t last = two ? row + 1 : row;

    r->columns = width_of(r, row, two);
    r->heading_of = NEW(r->a, uint32_t, r->columns);
    r->heading_row = last + 1;
    for (uint32_t c = 0; c < r->columns; c++) {
        const int f = column_field(r, row, c, two);
        const str lower = two ? cell_of(r, row + 1, c) : (str){ 0 };
        const str heading = lower.n ? lower : cell_of(r, row, c);

        if (f != TO_NOTHING) {
            take_column(r, f, last, c, heading);
            r->heading_of[c] = 1;
        } else if (heading.n) {
            entry_fault(r, SEVERITY_WARNING, last + 1, (int)c, heading,
                        STR("この台帳にない列です。この列は読みません。"));
            r->heading_of[c] = 1;
        }
    }
}

static bool required_are_there(struct entry_reader *r)
{
    bool all = true;

    for (uint32_t i = 0; i < r->def->field_count; i++) {
        const struct register_field *f = &r->def->fields[i];

        if (!f->is_required || f->is_retired || r->column[i] >= 0)
            continue;
        all = false;
        entry_fault(
            r, SEVERITY_ERROR, r->heading_row, -1, f->label[0],
            str_fmt(r->a,
                    "「%.*s」の列がありません。見出しを「%.*s」にした列を作ってください。",
                    STR_ARG(f->label[0]), STR_ARG(f->label[0])));
    }
    return all;
}

bool columns_find(struct entry_reader *r)
{
    const uint32_t rows = r->table->count < HEADINGS_WITHIN ? r->table->count : HEADINGS_WITHIN;
    uint32_t best = 0, best_row = 0;
    bool best_two = false;

    for (uint32_t row = 0; row < rows; row++)
        for (int two = 0; two < 2; two++) {
            const uint32_t n = score(r, row, two);

            if (n <= best)
                continue;
            best = n;
            best_row = row;
            best_two = two;
        }
    if (!best) {
        entry_fault(r, SEVERITY_ERROR, 1, -1, r->table->count ? upper_of(r, 0, 0) : (str){ 0 },
                    str_fmt(r->a,
                            "見出しの行が見つかりません。「%.*s」などの見出しを1行目に書いて"
                            "ください。",
                            STR_ARG(r->def->fields[0].label[0])));
        return false;
    }
    if (!r->fiscal_year)
        year_from_titles(r, best_row);
    take_columns(r, best_row, best_two);
    return required_are_there(r) && !r->out->errors;
}
