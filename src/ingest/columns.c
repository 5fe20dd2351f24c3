/* Which column is which field: by its heading, in one row or two. */
#include "ingest/entries_inner.h"

#include "base/banned.h"

enum { HEADINGS_WITHIN = 12 }; /* rows of titles that may stand above */

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
        return COLUMN_REASON;
    return is_one_of(folded, VOIDS, 3) ? COLUMN_VOID : COLUMN_NOTHING;
}

static int field_of(const struct entry_reader *r, str heading)
{
    const int whole = field_called(r, heading_folded(r->a, heading, true));

    return whole != COLUMN_NOTHING ? whole
                                   : field_called(r, heading_folded(r->a, heading, false));
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
    return f != COLUMN_NOTHING ? f : field_of(r, lower);
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
    int *to = field == COLUMN_REASON ? &r->reason
              : field == COLUMN_VOID ? &r->is_void
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

static bool is_chosen(const struct entry_reader *r, uint32_t column)
{
    return r->choices && column < r->choices->count
           && r->choices->to[column] != COLUMN_BY_HEADING;
}

static void take_columns(struct entry_reader *r, uint32_t row, bool two)
{
    const uint32_t last = two ? row + 1 : row;

    r->columns = width_of(r, row, two);
    r->heading_of = NEW(r->a, uint32_t, r->columns);
    r->heading_row = last + 1;
    for (uint32_t c = 0; c < r->columns; c++) {
        const int f = column_to(r, row, c, two);
        const str lower = two ? cell_of(r, row + 1, c) : (str){ 0 };
        const str heading = lower.n ? lower : cell_of(r, row, c);

        if (f != COLUMN_NOTHING) {
            take_column(r, f, last, c, heading);
            r->heading_of[c] = 1;
        } else if (is_chosen(r, c)) {
            r->heading_of[c] = 1; /* somebody said so */
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

/* The headings that name most fields: one row of them, or two. */
static uint32_t headings_best(const struct entry_reader *r, uint32_t *best_row, bool *best_two)
{
    const uint32_t rows = r->table->count < HEADINGS_WITHIN ? r->table->count : HEADINGS_WITHIN;
    uint32_t best = 0;

    *best_row = 0;
    *best_two = false;
    for (uint32_t row = 0; row < rows; row++)
        for (int two = 0; two < 2; two++) {
            const uint32_t n = score(r, row, two);

            if (n <= best)
                continue;
            best = n;
            *best_row = row;
            *best_two = two;
        }
    return best;
}

/* Somebody said which row it is: the row above belongs to it where both together name more. */
static void headings_chosen(const struct entry_reader *r, uint32_t *row, bool *two)
{
    *row = (uint32_t)r->choices->heading_row - 1;
    *two = *row > 0 && score(r, *row - 1, true) > score(r, *row, false);
    *row -= *two;
}

bool headings_find(const struct entry_reader *r, uint32_t *row, bool *two)
{
    const int said = r->choices ? r->choices->heading_row : HEADINGS_FOUND;

    if (said > 0 && (uint32_t)said <= r->table->count) {
        headings_chosen(r, row, two);
        return true;
    }
    return said != HEADINGS_NONE && headings_best(r, row, two) > 0;
}

int column_to(const struct entry_reader *r, uint32_t row, uint32_t column, bool two)
{
    const struct column_choices *said = r->choices;

    if (said && column < said->count && said->to[column] != COLUMN_BY_HEADING)
        return said->to[column];
    return said && said->heading_row == HEADINGS_NONE ? COLUMN_NOTHING
                                                      : column_field(r, row, column, two);
}

/* A table without headings, whose columns somebody named. */
static void take_unheaded(struct entry_reader *r)
{
    r->columns = r->choices->count;
    r->heading_of = NEW(r->a, uint32_t, r->columns);
    r->heading_row = 0;
    for (uint32_t c = 0; c < r->columns; c++) {
        const int f = column_to(r, 0, c, false);

        r->heading_of[c] = 1;
        if (f != COLUMN_NOTHING)
            take_column(r, f, 0, c, (str){ 0 });
    }
}

bool columns_find(struct entry_reader *r)
{
    const bool is_unheaded = r->choices && r->choices->heading_row == HEADINGS_NONE;
    uint32_t row;
    bool two;

    if (is_unheaded) {
        take_unheaded(r);
    } else if (headings_find(r, &row, &two)) {
        if (!r->fiscal_year)
            year_from_titles(r, row);
        take_columns(r, row, two);
    } else {
        entry_fault(r, SEVERITY_ERROR, 1, -1, r->table->count ? upper_of(r, 0, 0) : (str){ 0 },
                    str_fmt(r->a,
                            "見出しの行が見つかりません。「%.*s」などの見出しを1行目に書いて"
                            "ください。",
                            STR_ARG(r->def->fields[0].label[0])));
        return false;
    }
    return required_are_there(r) && !r->out->errors;
}

/* ---- how a table would be understood ---- */

static uint32_t widest(const struct table *t)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->count && i < HEADINGS_WITHIN; i++)
        n = t->rows[i].count > n ? t->rows[i].count : n;
    return n;
}

/* Headings that nobody knows are headings all the same, unless a day stands among them. */
static bool first_is_data(const struct entry_reader *r)
{
    const struct table_row *row = r->table->count ? &r->table->rows[0] : NULL;

    for (uint32_t c = 0; row && c < row->count; c++) {
        date d;

        if (date_read(row->cells[c], 2000, &d) == DATE_FINE)
            return true;
    }
    return false;
}

static void columns_unheaded(const struct entry_reader *r, struct table_columns *out)
{
    const bool in_order = out->count == r->def->field_count;

    out->heading_row = HEADINGS_NONE;
    for (uint32_t c = 0; c < out->count; c++) {
        const bool is_said =
            r->choices && c < r->choices->count && r->choices->to[c] != COLUMN_BY_HEADING;

        out->rows[c].to = is_said ? r->choices->to[c] : in_order ? (int)c : COLUMN_NOTHING;
    }
}

void columns_tell(const struct entry_reader *r, struct table_columns *out)
{
    const bool is_unheaded = r->choices && r->choices->heading_row == HEADINGS_NONE;
    uint32_t row = 0;
    bool two = false;
    const bool is_known = headings_find(r, &row, &two);

    out->count = is_known ? width_of(r, row, two) : widest(r->table);
    out->rows = NEW(r->a, struct table_column, out->count);
    if (is_unheaded || (!is_known && first_is_data(r))) {
        columns_unheaded(r, out);
        return;
    }
    out->heading_row = (int)row + 1 + two;
    for (uint32_t c = 0; c < out->count; c++) {
        const str lower = two ? cell_of(r, row + 1, c) : (str){ 0 };

        out->rows[c].heading = lower.n ? lower : cell_of(r, row, c);
        out->rows[c].to = column_to(r, row, c, two);
    }
}
