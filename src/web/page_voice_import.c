/* Voices from a table: read first, with what is wrong told by its cell, then taken. What was
 * read goes along in the form, so that what is taken is what was shown. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_view.h"

#include "base/banned.h"
#include "ingest/ingest.h"
#include "web/body.h"

enum { SHOWN_LINES = 5, SHOWN_FAULTS = 50, ROWS_CHARS = 4000000 };

/* clang-format off */
const struct field VOICE_IMPORT_FIELDS[] = {
    { "file", INPUT_FILE, 0, false, { "表のファイル(CSV または Excel)", "File: CSV or Excel" } },
    { "rows", INPUT_TEXT, ROWS_CHARS, false, { "読み取った内容", "What was read" } },
    { "key", INPUT_HASH, 0, false, { "ファイルの印", "Hash of the file" } },
    { 0 },
};

/* The texts of a line as they go along. */
static const char *const KEYS[] = { "way", "category", "place", "text", "contact", "summary", "section" };
/* clang-format on */
enum { KEY_COUNT = sizeof KEYS / sizeof KEYS[0] };

static str *text_of(struct voice_line *l, size_t key)
{
    str *const texts[KEY_COUNT] = { &l->way,     &l->category, &l->place,  &l->text,
                                    &l->contact, &l->summary,  &l->section };

    return texts[key];
}

/* ---- lines along with the form ---- */

static str lines_write(struct req *r, const struct voice_lines *lines)
{
    struct value *list = value_list(r->mem);
    struct buf b;

    for (uint32_t i = 0; i < lines->count; i++) {
        struct voice_line *l = &lines->rows[i];
        struct value *m = value_add_map(r->mem, list);

        for (size_t k = 0; k < KEY_COUNT; k++)
            value_put_text(r->mem, m, KEYS[k], *text_of(l, k));
        value_put_text(r->mem, m, "door", door_word(l->door));
        value_put_text(r->mem, m, "received", hearing_iso(r, l->received));
        value_put_int(r->mem, m, "row", l->row);
    }
    buf_init(&b, r->mem, 4096, LIMIT_UPLOAD_BYTES);
    json_put(&b, list);
    return buf_str(&b);
}

static bool lines_read(struct req *r, str json, struct voice_lines *out, struct err *e)
{
    struct value *list;

    *out = (struct voice_lines){ 0 };
    if (!json_load(r->mem, json, &list, e))
        return false;
    if (list->kind != VALUE_LIST || list->count > LIMIT_VOICE_LINES)
        return err_set(e, ERR_INPUT,
                       "送られた内容が読めません。ファイルを選び直してください。");
    out->rows = NEW(r->mem, struct voice_line, list->count);
    for (const struct value *m = list->first; m; m = m->next) {
        struct voice_line *l = &out->rows[out->count++];

        for (size_t k = 0; k < KEY_COUNT; k++)
            *text_of(l, k) = value_text(m, KEYS[k]);
        if (!door_parse(value_text(m, "door"), &l->door))
            return err_set(e, ERR_INPUT,
                           "送られた内容が読めません。ファイルを選び直してください。");
        l->received = hearing_day(value_text(m, "received"));
        l->row = (uint32_t)value_int(m, "row");
    }
    return true;
}

/* ---- the page ---- */

static void put_fault(const struct req *r, struct value *m, const struct table_fault *f)
{
    struct value *words = value_map(r->mem);
    struct buf b;

    buf_init(&b, r->mem, 16, 40);
    if (f->column)
        ingest_column_put(&b, f->column);
    buf_put_int(&b, f->row);
    value_put_int(r->mem, words, "row", f->row);
    value_put_text(r->mem, m, "cell",
                   f->column ? buf_str(&b) : req_message(r, "hearing.row", words));
    value_put_text_or_null(r->mem, m, "raw", f->raw);
    value_put_text(r->mem, m, "message", f->message);
}

static void put_line(const struct hearing_view *v, struct value *m, const struct voice_line *l)
{
    struct req *r = v->r;
    const struct hearing *h = &v->stored.hearing;

    value_put_int(r->mem, m, "row", l->row);
    staff_put_date(r, m, "received_label", l->received);
    value_put_text(r->mem, m, "door", str_from(door_label(l->door, r->lang)));
    hearing_put_label(r, m, "category", "category_lang",
                      hearing_label(r, &h->categories, l->category));
    value_put_text_or_null(r->mem, m, "section", hearing_section(v, l->section));
    value_put_text(r->mem, m, "text", l->text);
}

/* `lines` NULL: nothing was read yet. */
static void put_read(const struct hearing_view *v, const struct voice_lines *lines, str key)
{
    struct req *r = v->r;
    struct value *m, *list, *words = value_map(r->mem);

    if (!lines) {
        value_put_null(r->mem, v->page, "read");
        return;
    }
    m = value_put_map(r->mem, v->page, "read");
    value_put_int(r->mem, words, "n", lines->count);
    value_put_int(r->mem, words, "errors", lines->errors);
    value_put_text(r->mem, m, "says",
                   req_message(r, lines->errors ? "hearing.read_errors" : "hearing.read_fine",
                               words));
    value_put_bool(r->mem, m, "may_take", !lines->errors && lines->count > 0);
    value_put_text(r->mem, m, "rows", lines->errors ? (str){ 0 } : lines_write(r, lines));
    value_put_text(r->mem, m, "key", key);
    list = value_put_list(r->mem, m, "faults");
    for (uint32_t i = 0; i < lines->fault_count && i < SHOWN_FAULTS; i++)
        put_fault(r, value_add_map(r->mem, list), &lines->faults[i]);
    value_put_bool(r->mem, m, "has_faults", lines->fault_count > 0);
    list = value_put_list(r->mem, m, "lines");
    for (uint32_t i = 0; i < lines->count && i < SHOWN_LINES; i++)
        put_line(v, value_add_map(r->mem, list), &lines->rows[i]);
    value_put_bool(r->mem, m, "has_lines", lines->count > 0);
}

static bool open_page(struct req *r, struct value *page, struct hearing_view *v, struct err *e)
{
    struct form_part f;

    if (!hearing_open(r, page, v, e))
        return false;
    hearing_crumb(v);
    value_put_text(r->mem, page, "import_url", hearing_url(v, "/import"));
    f = form_part_begin(r, value_put_map(r->mem, page, "choose"), VOICE_IMPORT_FIELDS,
                        STR("import"), r->form != NULL);
    form_part_field(&f, "file", (str){ 0 }, (str){ 0 });
    return true;
}

bool page_voice_import(struct req *r, struct value *page, struct err *e)
{
    struct hearing_view v;

    if (!open_page(r, page, &v, e))
        return false;
    put_read(&v, NULL, (str){ 0 });
    hearing_put_taken(&v, NULL);
    return true;
}

/* ---- read, then taken ---- */

static bool file_read(const struct hearing_view *v, const struct form_file *file,
                      struct voice_lines *out, struct err *e)
{
    struct req *r = v->r;
    struct section_name *names = NEW(r->mem, struct section_name, v->sections.count);
    const struct voices_hints hints = {
        .hearing = &v->stored.hearing,
        .sections = names,
        .section_count = v->sections.count,
        .today = v->today,
        .fiscal_year = date_fiscal_year(v->today),
    };
    struct table table;

    for (uint32_t i = 0; i < v->sections.count; i++)
        names[i] = (struct section_name){ v->sections.rows[i].key, v->sections.rows[i].name };
    if (!ingest_table(r->mem, part_file_name(file->file_name), file->bytes, &table, e))
        return false;
    ingest_voices(r->mem, &table, &hints, out);
    return true;
}

static bool lines_take(struct req *r, const struct voice_lines *lines, str key,
                       struct voices_taken *out, struct err *e)
{
    const struct actor who = { r->person->account, duty_word(DUTY_LISTENER) };
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct voice_submission *all = NEW(r->mem, struct voice_submission, lines->count);

    for (uint32_t i = 0; i < lines->count; i++) {
        const struct voice_line *l = &lines->rows[i];

        all[i] = (struct voice_submission){
            .organisation = req_param(r, "org"),
            .stamp = &stamp,
            .door = l->door,
            .way = l->way.n ? l->way : STR("import"),
            .category = l->category,
            .place = l->place,
            .text = l->text,
            .contact = l->contact,
            .received = l->received,
            .summary = l->summary,
            .section = l->section,
            .nonce = str_fmt(r->mem, "import/%.*s/%u", STR_ARG(key), l->row),
        };
    }
    return hearing_take(r, all, lines->count, out, e);
}

static bool take(struct req *r, struct hearing_view *v, struct err *e)
{
    const str key = req_field(r, "key");
    struct voices_taken taken;
    struct voice_lines lines;

    if (!lines_read(r, req_field(r, "rows"), &lines, e)
        || !lines_take(r, &lines, key, &taken, e))
        return false;
    put_read(v, NULL, key);
    hearing_put_taken(v, &taken);
    return true;
}

static bool refused(struct req *r, struct hearing_view *v, struct err *e)
{
    if (!req_refused(r, e, "file"))
        return false;
    put_read(v, NULL, (str){ 0 });
    hearing_put_taken(v, NULL);
    return true;
}

bool act_voice_import(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct hearing_view v;
    struct voice_lines lines;
    struct form_file file;

    (void)out;
    if (!open_page(r, page, &v, e))
        return false;
    if (req_is_fine(r) && req_field(r, "rows").n)
        return take(r, &v, e) || refused(r, &v, e);
    if (!req_file(r, "file", &file)) {
        (void)err_set(e, ERR_INPUT, "表のファイルを選んでください。");
        return refused(r, &v, e);
    }
    if (!req_is_fine(r) || !file_read(&v, &file, &lines, e))
        return refused(r, &v, e);
    put_read(&v, &lines, part_hash(r, hash_bytes(file.bytes)));
    hearing_put_taken(&v, NULL);
    return true;
}
