/* What the page of a table that goes into a register shows. */
#include "web/bulk_part.h"

#include "base/base64.h"
#include "web/parts.h"

#include "base/banned.h"

enum { ROWS_SHOWN = 100, FAULTS_SHOWN = 200 };

/* ---- the form ---- */

static void add_target(const struct bulk *k, struct value *list, int to, int chosen, str label)
{
    struct arena *a = k->w.v.r->mem;
    struct value *row = value_add_map(a, list);

    value_put_text(a, row, "value", bulk_to_word(k, to));
    value_put_text(a, row, "label", label);
    value_put_text(a, row, "label_lang", page_lang_of(k->w.v.r, label));
    value_put_bool(a, row, "is_chosen", to == chosen);
}

static str letter_of(struct arena *a, uint32_t column)
{
    struct buf b;

    buf_init(&b, a, 8, 8);
    ingest_column_put(&b, column);
    return buf_str(&b);
}

/* What stands first in a column below its heading: it says more than a heading. */
static str example_in(const struct bulk *k, uint32_t column)
{
    const uint32_t from = k->columns.heading_row > 0 ? (uint32_t)k->columns.heading_row : 0;

    for (uint32_t i = from; i < k->table.count; i++)
        if (column < k->table.rows[i].count && k->table.rows[i].cells[column].n)
            return k->table.rows[i].cells[column];
    return (str){ 0 };
}

static void put_columns(const struct bulk *k, struct value *form)
{
    const struct req *r = k->w.v.r;
    struct value *list = value_put_list(r->mem, form, "columns");

    for (uint32_t i = 0; i < k->columns.count; i++) {
        const struct table_column *c = &k->columns.rows[i];
        struct value *row = value_add_map(r->mem, list), *targets;

        value_put_text(r->mem, row, "name", str_fmt(r->mem, "col.%u", i));
        value_put_text(r->mem, row, "letter", letter_of(r->mem, i + 1));
        value_put_text_or_null(r->mem, row, "heading", c->heading);
        value_put_text_or_null(r->mem, row, "example", example_in(k, i));
        value_put_bool(r->mem, row, "is_nothing", c->to == COLUMN_NOTHING);
        targets = value_put_list(r->mem, row, "targets");
        add_target(k, targets, COLUMN_NOTHING, c->to, req_message(r, "bulk.to_nothing", NULL));
        for (uint32_t f = 0; f < k->w.v.def.field_count; f++)
            add_target(k, targets, (int)f, c->to, k->w.v.def.fields[f].label[r->lang]);
        add_target(k, targets, COLUMN_REASON, c->to, req_message(r, "bulk.to_reason", NULL));
        add_target(k, targets, COLUMN_VOID, c->to, req_message(r, "bulk.to_void", NULL));
    }
}

static void put_sheets(const struct bulk *k, struct value *form)
{
    const struct req *r = k->w.v.r;
    struct value *list = value_put_list(r->mem, form, "sheets");

    for (uint32_t i = 0; k->has_table && i < k->table.sheet_count; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "name", k->table.sheets[i]);
        value_put_bool(r->mem, row, "is_chosen", str_eq(k->table.sheets[i], k->table.sheet));
    }
    value_put_bool(r->mem, form, "has_sheets", list->count > 1);
}

static void put_carried(const struct bulk *k, struct value *form)
{
    const struct req *r = k->w.v.r;
    struct value *map;

    if (!k->is_file || !k->has_table) {
        value_put_null(r->mem, form, "carried");
        return;
    }
    map = value_put_map(r->mem, form, "carried");
    value_put_text(r->mem, map, "bytes", base64_text(r->mem, k->bytes));
    value_put_text(r->mem, map, "file", k->name);
}

bool bulk_put_form(struct bulk *k, bool is_read)
{
    const struct req *r = k->w.v.r;
    struct value *form = value_put_map(r->mem, k->w.v.page, "form"), *fields;

    value_put_text(r->mem, form, "action",
                   req_url(r, "/w/%.*s/evidence/%.*s/bulk", STR_ARG(k->w.v.ref.organisation),
                           STR_ARG(k->w.v.def.key)));
    page_field(r, form, "text", (str){ 0 });
    page_field(r, form, "file", (str){ 0 });
    page_field(r, form, "year", (str){ 0 });
    page_field(r, form, "heading", (str){ 0 });
    put_carried(k, form);
    put_sheets(k, form);
    fields = value_put_list(r->mem, form, "fields");
    for (uint32_t i = 0; i < k->w.v.def.field_count; i++) {
        const struct register_field *f = &k->w.v.def.fields[i];
        struct value *row;

        if (f->is_retired)
            continue;
        row = value_add_map(r->mem, fields);
        value_put_text(r->mem, row, "label", f->label[0]);
        value_put_text_or_null(r->mem, row, "unit", f->unit);
        value_put_bool(r->mem, row, "is_required", f->is_required);
    }
    value_put_bool(r->mem, form, "is_read", is_read);
    if (is_read)
        value_put_text(r->mem, form, "headings", part_hash(r, k->headings));
    else
        value_put_null(r->mem, form, "headings");
    put_columns(k, form);
    return true;
}

/* ---- the result ---- */

static void put_faults(const struct bulk *k, struct value *result, const char *key,
                       enum severity severity)
{
    const struct req *r = k->w.v.r;
    struct value *list = value_put_list(r->mem, result, key);

    for (uint32_t i = 0; i < k->read.fault_count && list->count < FAULTS_SHOWN; i++) {
        const struct table_fault *f = &k->read.faults[i];
        struct value *row;

        if (f->severity != severity)
            continue;
        row = value_add_map(r->mem, list);
        value_put_text(r->mem, row, "cell",
                       str_fmt(r->mem, "%.*s%u",
                               STR_ARG(f->column ? letter_of(r->mem, f->column) : (str){ 0 }),
                               f->row));
        value_put_bool(r->mem, row, "is_row", !f->column);
        value_put_text_or_null(r->mem, row, "raw", f->raw);
        value_put_text(r->mem, row, "message", f->message);
    }
}

/* Cells of an entry that changes, with what stands there now. */
static bool put_before(struct bulk *k, struct value *row, const struct register_entry *one,
                       struct err *e)
{
    const struct req *r = k->w.v.r;
    struct value *list = value_put_list(r->mem, row, "before");
    struct entry_versions versions;

    if (!store_entry_versions(r->db, r->mem, &(struct open_book){ k->w.v.ref, &k->w.v.def },
                              one->id, &versions, e))
        return false;
    for (uint32_t i = 0; i < k->w.v.def.field_count; i++) {
        const struct entry_value *old = &versions.rows[0].entry.values[i];
        struct value *cell;

        if (str_eq(old->v, one->values[i].v) && old->is_pending == one->values[i].is_pending)
            continue;
        cell = value_add_map(r->mem, list);
        value_put_text(r->mem, cell, "label", k->w.v.def.fields[i].label[r->lang]);
        value_put_text_or_null(r->mem, cell, "text", register_value_label(&k->w.v, i, old));
    }
    return true;
}

static bool put_rows(struct bulk *k, struct value *result, struct err *e)
{
    static const char *const WORDS[] = {
        [FATE_FRESH] = "fresh",   [FATE_CHANGED] = "changed",     [FATE_SAME] = "same",
        [FATE_VOIDED] = "voided", [FATE_KEPT_VOID] = "kept_void",
    };
    const struct req *r = k->w.v.r;
    struct value *list = value_put_list(r->mem, result, "rows");

    for (uint32_t i = 0; i < k->read.count && i < ROWS_SHOWN; i++) {
        const struct register_entry *one = &k->read.rows[i];
        struct value *row = value_add_map(r->mem, list);

        value_put_int(r->mem, row, "row", one->row);
        value_put_text(r->mem, row, "fate", str_from(WORDS[k->fates[i]]));
        entry_put_row(&k->w, row, one);
        if (k->fates[i] != FATE_CHANGED)
            value_put_list(r->mem, row, "before");
        else if (!put_before(k, row, one, e))
            return false;
    }
    value_put_bool(r->mem, result, "has_rows", list->count > 0);
    value_put_int(r->mem, result, "more",
                  k->read.count > ROWS_SHOWN ? (int64_t)k->read.count - ROWS_SHOWN : 0);
    return true;
}

static void put_counts(const struct bulk *k, struct value *result)
{
    struct arena *a = k->w.v.r->mem;
    const struct {
        const char *key;
        uint32_t n;
    } COUNTS[] = {
        { "count", k->read.count },       { "fresh", k->report.fresh },
        { "changed", k->report.changed }, { "same", k->report.same },
        { "voided", k->report.voided },   { "kept_void", k->report.kept_void },
        { "pending", k->read.pending },   { "totals", k->read.totals },
        { "errors", k->read.errors },
    };

    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++)
        value_put_int(a, result, COUNTS[i].key, COUNTS[i].n);
}

bool bulk_put_result(struct bulk *k, struct err *e)
{
    const struct req *r = k->w.v.r;
    struct value *result = value_put_map(r->mem, k->w.v.page, "result");
    const bool has_news = k->report.fresh || k->report.changed || k->report.voided;

    put_counts(k, result);
    value_put_bool(r->mem, result, "may_store", !k->read.errors && has_news);
    value_put_bool(r->mem, result, "is_known",
                   !k->read.errors && !has_news && k->read.count > 0);
    value_put_bool(r->mem, result, "is_empty", !k->read.errors && !k->read.count);
    value_put_text(r->mem, result, "digest", part_hash(r, k->digest));
    put_faults(k, result, "faults", SEVERITY_ERROR);
    put_faults(k, result, "remarks", SEVERITY_WARNING);
    value_put_bool(r->mem, result, "has_remarks", k->read.fault_count > k->read.errors);
    value_put_int(r->mem, result, "dropped", k->read.faults_dropped);
    entry_put_columns(&k->w, result);
    return put_rows(k, result, e);
}
