/* What `register` and `ledger` say. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

static bool is_json(const struct cli *c)
{
    return strcmp(c->format, "json") == 0;
}

static struct buf begin(const struct register_call *r)
{
    struct buf out;

    buf_init(&out, r->c->mem, 4096, SIZE_MAX / 2);
    return out;
}

static void end_json(const struct register_call *r, const struct value *v)
{
    struct buf out = begin(r);

    json_put(&out, v);
    buf_put_char(&out, '\n');
    (void)cli_put(r->c, buf_str(&out));
}

static str cell_name(struct arena *a, const struct table_fault *f)
{
    struct buf b;

    buf_init(&b, a, 16, 16);
    if (f->column)
        ingest_column_put(&b, f->column);
    if (f->row)
        buf_fmt(&b, "%u", f->row);
    return buf_str(&b);
}

void register_put_dry(const struct register_call *r)
{
    const bool ja = r->c->lang == LANG_JA;

    (void)
        cli_put(r->c,
                ja ? STR("まだ何も保存していません。保存するには --apply を付けてください。\n")
                   : STR("Nothing has been stored yet; --apply stores it.\n"));
}

/* ---- import ---- */

static struct value *faults_value(struct arena *a, struct value *v,
                                  const struct register_call *r,
                                  const struct register_entries *read)
{
    struct value *list = value_put_list(a, v, "faults");

    for (uint32_t i = 0; i < read->fault_count; i++) {
        const struct table_fault *f = &read->faults[i];
        struct value *row = value_add_map(a, list);

        value_put_text(a, row, "severity", severity_word(f->severity));
        value_put_text_or_null(a, row, "cell", cell_name(a, f));
        value_put_int(a, row, "row", f->row);
        value_put_int(a, row, "column", f->column);
        if (!f->row && f->column)
            value_put_text(a, row, "field", r->def.fields[f->column - 1].key);
        value_put_text(a, row, "raw", f->raw);
        value_put_text(a, row, "message", f->message);
    }
    return list;
}

static void import_json(const struct register_call *r, const struct register_entries *read,
                        const struct entries_report *report)
{
    struct arena *a = r->c->mem;
    struct value *v = value_map(a), *changes;

    value_put_text_or_null(a, v, "file", r->file);
    value_put_text(a, v, "organisation", r->ref.organisation);
    value_put_text(a, v, "register", r->ref.book);
    value_put_int(a, v, "rows", read->count);
    value_put_int(a, v, "errors", read->errors);
    value_put_int(a, v, "totals", read->totals);
    value_put_int(a, v, "pending", read->pending);
    (void)faults_value(a, v, r, read);
    value_put_int(a, v, "faults_dropped", read->faults_dropped);
    changes = value_put_map(a, v, "changes");
    value_put_int(a, changes, "new", report->fresh);
    value_put_int(a, changes, "changed", report->changed);
    value_put_int(a, changes, "same", report->same);
    value_put_int(a, changes, "voided", report->voided);
    value_put_int(a, changes, "kept_void", report->kept_void);
    value_put_int(a, v, "records", report->batches);
    value_put_bool(a, v, "applied", r->apply && !read->errors);
    end_json(r, v);
}

/* file:D7: E: 「12回」: … as compilers do. */
static void put_faults(const struct register_call *r, struct buf *out,
                       const struct register_entries *read)
{
    for (uint32_t i = 0; i < read->fault_count; i++) {
        const struct table_fault *f = &read->faults[i];
        const str cell = f->row      ? cell_name(r->c->mem, f)
                         : f->column ? r->def.fields[f->column - 1].label[r->c->lang]
                                     : (str){ 0 };
        const str severity = severity_word(f->severity);

        if (r->file.n)
            buf_fmt(out, "%.*s:", STR_ARG(r->file));
        buf_fmt(out, "%.*s: %.*s: 「%.*s」 %.*s\n", STR_ARG(cell), STR_ARG(severity),
                STR_ARG(f->raw), STR_ARG(f->message));
    }
    if (read->faults_dropped)
        buf_fmt(out, "… %u\n", read->faults_dropped);
}

void register_put_import(const struct register_call *r, const struct register_entries *read,
                         const struct entries_report *report)
{
    const bool ja = r->c->lang == LANG_JA;
    struct buf out = begin(r);

    if (is_json(r->c)) {
        import_json(r, read, report);
        return;
    }
    put_faults(r, &out, read);
    buf_fmt(&out,
            ja ? "%.*s %.*s: 読めた行 %u、誤り %u、合計の行 %u、まだ値のないところ %u\n"
               : "%.*s %.*s: rows %u, errors %u, rows of sums %u, values that are pending %u\n",
            STR_ARG(r->ref.organisation), STR_ARG(r->ref.book), read->count, read->errors,
            read->totals, read->pending);
    if (read->errors)
        buf_put_c(&out,
                  ja ? "誤りがあるので何も保存していません。直してからやり直してください。\n"
                     : "Nothing was stored, as there are errors; mend them first.\n");
    else
        buf_fmt(&out,
                ja ? "新しい %u、変わる %u、同じ %u、取り消す %u、取消のまま %u、記録 %u件\n"
                   : "new %u, changed %u, same %u, voided %u, still void %u, records %u\n",
                report->fresh, report->changed, report->same, report->voided, report->kept_void,
                report->batches);
    (void)cli_put(r->c, buf_str(&out));
    if (!r->apply && !read->errors)
        register_put_dry(r);
}

/* ---- list ---- */

static void list_json(const struct register_call *r, const struct book_rows *rows)
{
    struct arena *a = r->c->mem;
    struct value *v = value_map(a), *list = value_put_list(a, v, "registers");

    for (uint32_t i = 0; i < rows->count; i++) {
        const struct book_row *b = &rows->rows[i];
        struct value *row = value_add_map(a, list);

        value_put_text(a, row, "register", b->book);
        value_put_text(a, row, "name", b->name[r->c->lang]);
        value_put_int(a, row, "entries", (int64_t)b->entries);
        value_put_int(a, row, "batches", b->batches);
        value_put_text_or_null(a, row, "first_month", b->first_month);
        value_put_text_or_null(a, row, "last_month", b->last_month);
    }
    list = value_put_list(a, v, "presets");
    for (size_t i = 0; register_preset_key(i).n; i++)
        value_add_text(a, list, register_preset_key(i));
    end_json(r, v);
}

void register_put_list(const struct register_call *r, const struct book_rows *rows)
{
    struct buf out = begin(r);
    struct err ignored;

    if (is_json(r->c)) {
        list_json(r, rows);
        return;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct book_row *b = &rows->rows[i];

        buf_fmt(&out, "%.*s\t%.*s\t%llu\t%.*s\t%.*s\n", STR_ARG(b->book),
                STR_ARG(b->name[r->c->lang]), (unsigned long long)b->entries,
                STR_ARG(b->first_month), STR_ARG(b->last_month));
    }
    for (size_t i = 0; !r->ref.organisation.n && register_preset_key(i).n; i++) {
        struct register_def d;

        if (register_parse(r->c->mem, register_preset(register_preset_key(i)), &d, &ignored))
            buf_fmt(&out, "%.*s\t%.*s\t%.*s\n", STR_ARG(register_entity(r->c->mem, &d)),
                    STR_ARG(d.name[r->c->lang]), STR_ARG(d.about[r->c->lang]));
    }
    (void)cli_put(r->c, buf_str(&out));
}

/* ---- show, history ---- */

struct value *register_entry_value(struct arena *a, const struct register_def *d,
                                   const struct register_entry *one)
{
    struct value *row = value_map(a), *values;

    value_put_text(a, row, "id", one->id);
    value_put_bool(a, row, "void", one->is_void);
    values = value_put_map(a, row, "values");
    for (uint32_t i = 0; i < d->field_count; i++)
        value_put_text_or_null(a, values, str_c(a, d->fields[i].key), one->values[i].v);
    value_put_text_or_null(a, row, "reason", one->reason);
    value_put_text_or_null(a, row, "note", one->note);
    return row;
}

static void entry_line(const struct register_call *r, struct buf *out,
                       const struct register_entry *one)
{
    buf_put(out, one->id);
    for (uint32_t i = 0; i < r->def.field_count; i++) {
        const struct entry_value *v = &one->values[i];

        buf_fmt(out, "\t%.*s", STR_ARG(v->v));
        if (v->is_pending)
            buf_put_c(out, r->c->lang == LANG_JA ? "(未確定)" : "(pending)");
    }
    if (one->is_void)
        buf_put_c(out, r->c->lang == LANG_JA ? "\t取消" : "\tvoid");
    buf_put_char(out, '\n');
}

static void heading_line(const struct register_call *r, struct buf *out)
{
    buf_put_c(out, "id");
    for (uint32_t i = 0; i < r->def.field_count; i++) {
        const struct register_field *f = &r->def.fields[i];

        buf_fmt(out, "\t%.*s", STR_ARG(f->label[r->c->lang]));
        if (f->unit.n)
            buf_fmt(out, "(%.*s)", STR_ARG(f->unit));
        buf_put_c(out, f->is_required ? "*" : "");
    }
    buf_put_char(out, '\n');
}

void register_put_show(const struct register_call *r, const struct entry_rows *rows)
{
    struct arena *a = r->c->mem;
    struct buf out = begin(r);

    if (is_json(r->c)) {
        struct value *v = value_map(a), *list;

        value_put_text(a, v, "register", r->ref.book);
        value_put_text(a, v, "name", r->def.name[r->c->lang]);
        value_put_int(a, v, "total", rows->total);
        list = value_put_list(a, v, "fields");
        for (uint32_t i = 0; i < r->def.field_count; i++) {
            struct value *f = value_add_map(a, list);

            value_put_text(a, f, "key", r->def.fields[i].key);
            value_put_text(a, f, "label", r->def.fields[i].label[r->c->lang]);
            value_put_text(a, f, "kind", field_kind_word(r->def.fields[i].kind));
            value_put_text_or_null(a, f, "unit", r->def.fields[i].unit);
            value_put_bool(a, f, "required", r->def.fields[i].is_required);
        }
        list = value_put_list(a, v, "entries");
        for (uint32_t i = 0; i < rows->count; i++)
            (void)value_append(list, register_entry_value(a, &r->def, &rows->rows[i].entry));
        end_json(r, v);
        return;
    }
    buf_fmt(&out, "%.*s\t%.*s\t%u\n", STR_ARG(r->ref.book), STR_ARG(r->def.name[r->c->lang]),
            rows->total);
    heading_line(r, &out);
    for (uint32_t i = 0; i < rows->count; i++)
        entry_line(r, &out, &rows->rows[i].entry);
    (void)cli_put(r->c, buf_str(&out));
}

void register_put_versions(const struct register_call *r, const struct entry_versions *rows)
{
    struct arena *a = r->c->mem;
    struct value *list = value_list(a);
    struct buf out = begin(r);

    if (!is_json(r->c))
        heading_line(r, &out);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct entry_version *v = &rows->rows[i];
        struct buf at;

        buf_init(&at, a, 32, 32);
        instant_put(&at, v->at_ms);
        if (is_json(r->c)) {
            struct value *row = register_entry_value(a, &r->def, &v->entry);

            value_put_int(a, row, "batch", v->batch);
            value_put_text(a, row, "at", buf_str(&at));
            value_put_text(a, row, "author", v->author);
            (void)value_append(list, row);
        } else {
            buf_fmt(&out, "%.*s\t%.*s\t%.*s\n  ", STR_ARG(buf_str(&at)), STR_ARG(v->author),
                    STR_ARG(v->entry.reason));
            entry_line(r, &out, &v->entry);
        }
    }
    if (is_json(r->c))
        end_json(r, list);
    else
        (void)cli_put(r->c, buf_str(&out));
}
