/* A register filled from a table: pasted, or a file. First a dry run that shows how each column
 * was understood, what would be stored and what is wrong in which cell; then one button stores
 * all of it or nothing.
 *
 *  1. Nothing is kept between the two: the table travels in the form.
 *  2. What is stored is what was shown: a digest of it goes along, and when something changed
 *     meanwhile it is shown again.
 *  3. Who said of a heading what it means is not asked again for the next table. */
#include "web/bulk_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/base64.h"

#include "base/banned.h"

enum { PASTED_MAX = 1000000 };

/* clang-format off */
const struct field ENTRY_BULK_FIELDS[] = {
    { "do", INPUT_LINE, 10, false, { "操作", "What to do" } },
    { "text", INPUT_TEXT, PASTED_MAX, false, { "貼り付けた表", "The pasted table" } },
    { "file", INPUT_FILE, LIMIT_BULK_BYTES, false, { "ファイル", "File" } },
    { "carried", INPUT_TEXT, LIMIT_BULK_BYTES * 2, false, { "読み込んだファイル", "The file that was read" } },
    { "carried_name", INPUT_LINE, 400, false, { "読み込んだファイルの名前", "Its name" } },
    { "sheet", INPUT_LINE, 100, false, { "シート", "Sheet" } },
    { "year", INPUT_LINE, 20, false, { "年のない日付の年度", "Fiscal year of days without one" } },
    { "heading", INPUT_LINE, 4, false, { "見出しの行", "Row of the headings" } },
    { "headings", INPUT_HASH, 0, false, { "見出し", "Headings" } },
    { "col.*", INPUT_LINE, 60, false, { "列", "Column" } },
    { "digest", INPUT_HASH, 0, false, { "表示した内容", "What was shown" } },
    { 0 },
};
/* clang-format on */

/* ---- the table that was sent ---- */

static bool source_take(struct bulk *k)
{
    struct req *r = k->w.v.r;
    struct form_file file;

    if (req_file(r, "file", &file)) {
        k->name = file.file_name;
        k->bytes = file.bytes;
        k->is_file = true;
    } else if (req_field(r, "carried").n) {
        k->is_file = true;
        k->name = req_field(r, "carried_name");
        if (!base64_bytes(r->mem, req_field(r, "carried"), &k->bytes))
            req_fault(r, STR("file"), req_message(r, "bulk.broken", NULL));
    } else {
        k->name = req_message(r, "bulk.pasted", NULL);
        k->bytes = req_field(r, "text");
    }
    if (!k->bytes.n && req_is_fine(r))
        req_fault(r, STR("text"), req_message(r, "bulk.nothing", NULL));
    return req_is_fine(r);
}

/* 令和6年度, 2024; "" = as the table says. */
static bool year_take(struct bulk *k, int *out)
{
    struct req *r = k->w.v.r;
    const str typed = req_field(r, "year");
    size_t used;
    dec n;

    *out = 0;
    if (!typed.n || (fiscal_parse(typed, 0, true, out, &used) && used == typed.n))
        return true;
    if (dec_read(typed, &n, &used) == DEC_FINE && used == typed.n && !n.scale
        && n.n >= FISCAL_MIN && n.n <= FISCAL_MAX) {
        *out = (int)n.n;
        return true;
    }
    req_fault(r, STR("year"), req_message(r, "bulk.year_fault", NULL));
    return false;
}

static bool table_take(struct bulk *k)
{
    struct req *r = k->w.v.r;
    struct table_source source = { .sheet = req_field(r, "sheet") };
    struct err e = { .code = ERR_NONE };

    if (!source_take(k))
        return false;
    source.name = k->name;
    source.bytes = k->bytes;
    k->has_table = ingest_table_of(r->mem, &source, &k->table, &e);
    if (!k->has_table)
        req_fault(r, k->is_file ? STR("file") : STR("text"), str_from(e.text));
    return k->has_table;
}

/* ---- its columns ---- */

static int to_of(const struct bulk *k, str word)
{
    const int field = register_field_find(&k->w.v.def, word);

    if (field >= 0)
        return field;
    if (str_eq(word, STR("reason.")))
        return COLUMN_REASON;
    return str_eq(word, STR("void.")) ? COLUMN_VOID : COLUMN_NOTHING;
}

str bulk_to_word(const struct bulk *k, int to)
{
    if (to >= 0)
        return k->w.v.def.fields[to].key;
    /* no key of a field has a point */
    return to == COLUMN_REASON ? STR("reason.") : to == COLUMN_VOID ? STR("void.") : (str){ 0 };
}

/* 0 = found by themselves, "-" = there are none. */
static int heading_take(struct bulk *k)
{
    struct req *r = k->w.v.r;
    const str typed = req_field(r, "heading");
    dec n;
    size_t used;

    if (!typed.n)
        return HEADINGS_FOUND;
    if (dec_read(typed, &n, &used) == DEC_FINE && used == typed.n && !n.scale && n.n >= 0
        && n.n <= k->table.count)
        return n.n ? (int)n.n : HEADINGS_NONE;
    req_fault(r, STR("heading"), req_message(r, "bulk.heading_fault", NULL));
    return HEADINGS_FOUND;
}

static struct hash headings_hash(const struct bulk *k)
{
    struct buf b;

    buf_init(&b, k->w.v.r->mem, 400, LIMIT_LINE_BYTES);
    buf_fmt(&b, "%d", k->columns.heading_row);
    for (uint32_t i = 0; i < k->columns.count; i++)
        buf_fmt(&b, "\t%.*s", STR_ARG(k->columns.rows[i].heading));
    return hash_bytes(buf_str(&b));
}

/* The selects of the form, when they were about these headings. */
static bool columns_sent(const struct bulk *k, int *to)
{
    const struct req *r = k->w.v.r;
    struct hash said;
    bool any = false;

    if (!hash_parse(req_field(r, "headings"), &said) || !hash_eq(said, headings_hash(k)))
        return false;
    for (uint32_t i = 0; i < k->columns.count; i++) {
        const char *name = str_c(r->mem, str_fmt(r->mem, "col.%u", i));

        to[i] = k->columns.rows[i].to;
        if (!req_field_count(r, name))
            continue;
        to[i] = to_of(k, req_field(r, name));
        any = true;
    }
    return any;
}

static str memory_key(const struct bulk *k)
{
    return str_fmt(k->w.v.r->mem, "columns/%.*s/%.*s", STR_ARG(k->w.v.ref.organisation),
                   STR_ARG(k->w.v.ref.book));
}

/* What was said of a heading before; headings that nothing knows are looked up alone. */
static bool columns_remembered(const struct bulk *k, int *to, struct err *e)
{
    const struct req *r = k->w.v.r;
    struct form_draft memory;

    if (!store_draft(r->db, r->mem, r->person->account, memory_key(k), &memory, e))
        return false;
    for (uint32_t i = 0; i < k->columns.count; i++) {
        str rest = memory.fields;

        to[i] = k->columns.rows[i].to;
        while (rest.n && to[i] == COLUMN_NOTHING && k->columns.rows[i].heading.n) {
            str line, heading;

            rest = str_cut(rest, '\n', &line);
            line = str_cut(line, '\t', &heading);
            if (str_eq(heading, k->columns.rows[i].heading))
                to[i] = to_of(k, line);
        }
    }
    return true;
}

static bool columns_remember(const struct bulk *k, struct err *e)
{
    const struct req *r = k->w.v.r;
    struct form_draft memory = { .account = r->person->account,
                                 .form = memory_key(k),
                                 .at_ms = r->now_ms };
    struct buf b;

    buf_init(&b, r->mem, 400, LIMIT_REQUEST_BODY);
    for (uint32_t i = 0; i < k->columns.count; i++) {
        const struct table_column *c = &k->columns.rows[i];

        if (c->heading.n && str_find_char(c->heading, '\n') < 0
            && str_find_char(c->heading, '\t') < 0)
            buf_fmt(&b, "%.*s\t%.*s\n", STR_ARG(c->heading), STR_ARG(bulk_to_word(k, c->to)));
    }
    memory.fields = buf_str(&b);
    memory.base = hash_bytes(memory.fields);
    return !memory.fields.n || store_draft_save(r->db, &memory, e);
}

static bool columns_take(struct bulk *k, struct entry_hints *hints, struct err *e)
{
    struct req *r = k->w.v.r;
    struct column_choices *said = &k->said;
    int *to;

    *said = (struct column_choices){ .heading_row = heading_take(k) };
    ingest_columns(r->mem, &k->table, hints, said, &k->columns);
    said->heading_row = k->columns.heading_row;
    said->count = k->columns.count;
    said->to = to = NEW(r->mem, int, k->columns.count);
    if (!columns_sent(k, to) && !columns_remembered(k, to, e))
        return false;
    k->headings = headings_hash(k);
    for (uint32_t i = 0; i < k->columns.count; i++)
        k->columns.rows[i].to = to[i];
    return true;
}

/* ---- what would become of it ---- */

static struct hash digest_of(const struct bulk *k)
{
    struct arena *a = k->w.v.r->mem;
    const struct batch_source none = { { 0 }, { { 0 } } };
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, entries_value(a, &k->w.v.def, k->read.rows, k->read.count, &none));
    buf_fmt(&b, " %u %u %u %u %u", k->report.fresh, k->report.changed, k->report.same,
            k->report.voided, k->report.kept_void);
    return hash_bytes(buf_str(&b));
}

static bool entries_weigh(struct bulk *k, bool apply, struct err *e)
{
    struct req *r = k->w.v.r;
    struct actor who;
    const struct stamp stamp = { &who, r->now_ms, { 0 } };
    struct entries_import in = {
        .ref = k->w.v.ref,
        .def = &k->w.v.def,
        .rows = k->read.rows,
        .count = k->read.count,
        .source_name = k->name,
        .bytes = k->bytes,
        .apply = apply,
    };

    in.fates = k->fates = NEW(r->mem, enum entry_fate, k->read.count);
    return entry_actor(&k->w, DUTIES_ENTER, &who, e)
           && store_entries_import(r->db, &stamp, &in, &k->report, e);
}

/* Everything up to the dry run. *is_read: there is one to show. */
static bool bulk_read(struct bulk *k, bool *is_read, struct err *e)
{
    struct req *r = k->w.v.r;
    struct entry_hints hints;

    *is_read = false;
    entry_hints(&k->w, &hints);
    if (!req_is_fine(r) || !year_take(k, &hints.fiscal_year) || !table_take(k))
        return true;
    if (!columns_take(k, &hints, e))
        return false;
    ingest_entries_by(r->mem, &k->table, &hints, &k->said, &k->read);
    if (!entries_weigh(k, false, e))
        return false;
    k->digest = digest_of(k);
    *is_read = true;
    return true;
}

static bool has_news(const struct bulk *k)
{
    return k->report.fresh || k->report.changed || k->report.voided;
}

static str stored_url(const struct bulk *k)
{
    const struct req *r = k->w.v.r;
    const struct {
        const char *name;
        uint32_t n;
    } COUNTS[] = { { "fresh", k->report.fresh },
                   { "changed", k->report.changed },
                   { "voided", k->report.voided },
                   { "same", k->report.same + k->report.kept_void } };
    str url = k->w.url;

    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++)
        url = req_url_with(r, url, COUNTS[i].name, str_fmt(r->mem, "%u", COUNTS[i].n));
    return url;
}

/* Stores what was shown; *is_done: it is stored, or was already. */
static bool bulk_store(struct bulk *k, bool *is_done, struct err *e)
{
    struct req *r = k->w.v.r;
    struct hash shown;

    *is_done = false;
    if (!str_eq(req_field(r, "do"), STR("store")) || k->read.errors || !k->read.count)
        return true;
    *is_done = true;
    if (!has_news(k)) /* the second half of a double click */
        return true;
    if (!hash_parse(req_field(r, "digest"), &shown) || !hash_eq(shown, k->digest)) {
        *is_done = false;
        req_fault(r, (str){ 0 }, req_message(r, "bulk.changed_since", NULL));
        return true;
    }
    return entries_weigh(k, true, e) && columns_remember(k, e);
}

static bool bulk_page(struct bulk *k, bool is_read, struct err *e)
{
    return bulk_put_form(k, is_read) && (!is_read || bulk_put_result(k, e));
}

bool page_entry_bulk(struct req *r, struct value *page, struct err *e)
{
    struct bulk k = { 0 };

    if (!entry_view_load(&k.w, r, page, "bulk", e))
        return false;
    value_put_null(r->mem, page, "result");
    return bulk_page(&k, false, e);
}

bool act_entry_bulk(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct bulk k = { 0 };
    struct actor who;
    bool is_read, is_done = false;

    if (!entry_view_load(&k.w, r, page, "bulk", e) || !entry_actor(&k.w, DUTIES_ENTER, &who, e)
        || !bulk_read(&k, &is_read, e) || (is_read && !bulk_store(&k, &is_done, e)))
        return false;
    if (is_done) {
        out->location = stored_url(&k);
        return true;
    }
    if (!is_read)
        value_put_null(r->mem, page, "result");
    return bulk_page(&k, is_read, e);
}
