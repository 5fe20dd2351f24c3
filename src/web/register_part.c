/* One register in a year: by area and month, in sum, and entry by entry. */
#include "web/register_part.h"

#include <stdio.h>

#include "web/parts.h"

#include "base/banned.h"

enum { MONTHS = 12, ENTRIES_ON_A_PAGE = 50 };

/* ---- by area and month ---- */

static int month_index(str month)
{
    dec m;

    if (month.n != 7 || !dec_parse(str_skip(month, 5), &m))
        return -1;
    return (int)((m.n + 8) % MONTHS); /* April is 0 */
}

struct heat {
    const struct register_view *v;
    int64_t (*count)[MONTHS]; /* one row an area; the last row: without an area */
    int64_t undated;
};

static uint32_t area_row(const struct register_view *v, str area)
{
    for (uint32_t i = 0; i < v->areas.count; i++)
        if (str_eq(v->areas.rows[i].name, area))
            return i;
    return v->areas.count;
}

static void heat_fill(struct heat *h, const struct cells *cells)
{
    for (uint32_t i = 0; i < cells->count; i++) {
        const struct cell *c = &cells->rows[i];
        const int month = month_index(c->month);

        if (c->field.n || c->fiscal_year != h->v->fiscal_year)
            continue;
        if (month < 0)
            h->undated += c->amount.n;
        else
            h->count[area_row(h->v, c->area)][month] += c->amount.n;
    }
}

static int64_t add_heat_row(const struct heat *h, struct value *rows, str label, uint32_t at)
{
    struct arena *a = h->v->r->mem;
    struct value *row = value_add_map(a, rows), *cells;
    int64_t total = 0;

    value_put_text(a, row, "area", label);
    cells = value_put_list(a, row, "cells");
    for (int m = 0; m < MONTHS; m++) {
        struct value *cell = value_add_map(a, cells);
        const int64_t n = h->count[at][m];

        total += n;
        if (n)
            value_put_int(a, cell, "count", n);
        else
            value_put_null(a, cell, "count");
    }
    value_put_int(a, row, "total", total);
    return total;
}

static void put_heat(struct heat *h, struct value *words)
{
    const struct register_view *v = h->v;
    struct arena *a = v->r->mem;
    struct value *heat = value_put_map(a, v->page, "heat"), *list;
    uint32_t empty = 0;
    int64_t total = 0, others;

    list = value_put_list(a, heat, "months");
    for (int m = 0; m < MONTHS; m++) {
        struct value *head = value_add_map(a, list);

        value_put_text(a, head, "label", curve_point_name(a, m, v->r->lang));
    }
    list = value_put_list(a, heat, "rows");
    for (uint32_t i = 0; v->def.area >= 0 && i < v->areas.count; i++) {
        const int64_t n = add_heat_row(h, list, v->areas.rows[i].name, i);

        empty += n == 0;
        total += n;
    }
    others = 0;
    for (int m = 0; m < MONTHS; m++)
        others += h->count[v->areas.count][m];
    if (others || v->def.area < 0 || !v->areas.count)
        total +=
            add_heat_row(h, list, req_message(v->r, "evidence.no_area", NULL), v->areas.count);
    value_put_int(a, words, "total", total + h->undated);
    value_put_int(a, words, "areas", v->areas.count);
    value_put_int(a, words, "empty", empty);
}

/* ---- sums ---- */

/* What a quantity adds up to in a fiscal year; "" where it is too large to say, or where the
 * year has no entry. */
static str sum_of(const struct register_view *v, const struct cells *cells, str field,
                  int fiscal_year)
{
    dec sum = { 0, 0 };
    bool is_there = false, fits = true;

    for (uint32_t k = 0; k < cells->count; k++) {
        if (cells->rows[k].fiscal_year != fiscal_year)
            continue;
        is_there = true;
        if (str_eq(cells->rows[k].field, field))
            fits = fits && dec_add(sum, cells->rows[k].amount, &sum);
    }
    while (sum.scale && sum.n % 10 == 0) {
        sum.n /= 10;
        sum.scale--;
    }
    return is_there && fits ? dec_str(v->r->mem, sum) : (str){ 0 };
}

/* A year that still runs is not compared with a whole one: only what the last one came to. */
static void put_last_year(const struct register_view *v, struct value *row, str sum, str before)
{
    struct arena *a = v->r->mem;
    const date day = date_of_instant(v->r->at ? v->r->at : v->r->now_ms);
    const bool is_over = date_fiscal_year(day) > v->fiscal_year;
    dec now, then, gap;

    value_put_text_or_null(a, row, "before", before);
    value_put_text(a, row, "before_label", part_year_label(v->r, v->fiscal_year - 1));
    if (is_over && dec_parse(sum, &now) && dec_parse(before, &then) && dec_sub(now, then, &gap))
        value_put_text(a, row, "change",
                       str_fmt(a, "%s%.*s", gap.n > 0 ? "+" : "", STR_ARG(dec_str(a, gap))));
    else
        value_put_null(a, row, "change");
}

static void put_quantities(const struct register_view *v, const struct cells *cells)
{
    struct arena *a = v->r->mem;
    struct value *list = value_put_list(a, v->page, "sums");

    for (uint32_t i = 0; i < v->def.field_count; i++) {
        const struct register_field *f = &v->def.fields[i];
        struct value *row;
        str sum;

        if (f->kind != FIELD_QUANTITY || v->def.book == BOOK_COLLECTION)
            continue;
        sum = sum_of(v, cells, f->key, v->fiscal_year);
        row = value_add_map(a, list);
        value_put_text(a, row, "label", f->label[v->r->lang]);
        value_put_text_or_null(a, row, "sum", sum);
        value_put_text(a, row, "unit", f->unit);
        put_last_year(v, row, sum, sum_of(v, cells, f->key, v->fiscal_year - 1));
    }
}

bool register_cells(struct register_view *v, int first_year, int last_year, struct cells *out,
                    struct err *e)
{
    struct req *r = v->r;
    const struct cells_of what = { v->ref, first_year, last_year, NULL, 0, r->at };
    bool is_done = false;

    if (r->at && !store_cells_at(r->db, r->mem, &what, out, &is_done, e))
        return false;
    v->is_past_not = v->is_past_not || (r->at && !is_done);
    return is_done || store_cells(r->db, r->mem, &what, out, e);
}

bool register_put_sums(struct register_view *v, struct err *e)
{
    struct req *r = v->r;
    struct heat heat = { .v = v };
    struct value *words = value_map(r->mem);
    struct cells cells;

    heat.count = arena_alloc(r->mem, sizeof *heat.count, v->areas.count + 1);
    if (!register_cells(v, v->fiscal_year - 1, v->fiscal_year, &cells, e))
        return false;
    heat_fill(&heat, &cells);
    put_quantities(v, &cells);
    value_put_text(r->mem, words, "year", part_year_label(r, v->fiscal_year));
    if (v->def.book == BOOK_COLLECTION)
        value_put_null(r->mem, v->page, "heat");
    else
        put_heat(&heat, words);
    value_put_text(r->mem, v->page, "sentence",
                   !v->fiscal_year ? req_message(r, "evidence.none", NULL)
                   : v->def.book == BOOK_COLLECTION
                       ? req_message(r, "evidence.says_ledger", words)
                   : v->def.area >= 0 && v->areas.count
                       ? req_message(r, "evidence.says_areas", words)
                       : req_message(r, "evidence.says", words));
    return true;
}

/* ---- entries ---- */

str register_value_label(const struct register_view *v, uint32_t field,
                         const struct entry_value *value)
{
    const struct register_field *f = &v->def.fields[field];
    const struct choice *c;
    dec year;

    if (value->is_pending)
        return req_message(v->r, "evidence.pending", NULL);
    if (f->kind == FIELD_YEAR && dec_parse(value->v, &year))
        return part_year_label(v->r, (int)year.n);
    if (f->kind == FIELD_FLAG && value->v.n)
        return str_eq(value->v, STR("yes")) ? STR("○") : STR("×");
    if (f->kind == FIELD_CHOICE && (c = field_choice(f, value->v)) != NULL)
        return c->label[v->r->lang];
    return value->v;
}

static void put_columns(const struct register_view *v)
{
    struct arena *a = v->r->mem;
    struct value *list = value_put_list(a, v->page, "columns");

    for (uint32_t i = 0; i < v->def.field_count; i++) {
        struct value *head = value_add_map(a, list);

        value_put_text(a, head, "label", v->def.fields[i].label[v->r->lang]);
        value_put_text_or_null(a, head, "unit", v->def.fields[i].unit);
        value_put_bool(a, head, "is_number", v->def.fields[i].kind == FIELD_QUANTITY);
    }
}

static void add_entry(const struct register_view *v, struct value *list,
                      const struct register_entry *one)
{
    struct arena *a = v->r->mem;
    struct value *row = value_add_map(a, list), *cells;

    value_put_text(a, row, "id", one->id);
    value_put_bool(a, row, "is_void", one->is_void);
    value_put_text_or_null(a, row, "reason", one->reason);
    value_put_text_or_null(a, row, "note", one->note);
    cells = value_put_list(a, row, "cells");
    for (uint32_t i = 0; i < v->def.field_count; i++) {
        struct value *cell = value_add_map(a, cells);

        value_put_text_or_null(a, cell, "text", register_value_label(v, i, &one->values[i]));
        value_put_bool(a, cell, "is_number", v->def.fields[i].kind == FIELD_QUANTITY);
    }
}

bool register_put_entries(struct register_view *v, struct err *e)
{
    struct req *r = v->r;
    struct value *list = value_put_list(r->mem, v->page, "entries");
    const struct page_of shown = req_page_of(r, ENTRIES_ON_A_PAGE);
    struct entry_filter filter = { .when = r->at, .page = shown };
    struct entry_rows rows;
    char from[16], before[16];
    /* a ledger's year ends with its closing period */
    const int last = v->def.book == BOOK_COLLECTION ? 6 : 4;
    const int n = snprintf(from, sizeof from, "%04d-04", v->fiscal_year);
    const int m = snprintf(before, sizeof before, "%04d-%02d", v->fiscal_year + 1, last);

    filter.from = (str){ from, v->fiscal_year ? (size_t)n : 0 };
    filter.before = (str){ before, v->fiscal_year ? (size_t)m : 0 };
    if (!store_entries(r->db, r->mem, &(struct open_book){ v->ref, &v->def }, &filter, &rows,
                       e))
        return false;
    put_columns(v);
    for (uint32_t i = 0; i < rows.count; i++)
        add_entry(v, list, &rows.rows[i].entry);
    page_put_pages(r, v->page, shown, rows.total);
    return true;
}
