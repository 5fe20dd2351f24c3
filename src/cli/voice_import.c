/* A table of voices, and the settings of 広聴. */
#include "cli/voice_inner.h"

#include <string.h>

#include "ingest/ingest.h"

#include "base/banned.h"

/* ---- a table ---- */

struct table_call {
    struct voice_call *r;
    str file;
    struct voice_lines lines;
    uint32_t fresh, same;
};

static bool hints_of(struct voice_call *r, struct voices_hints *out, struct err *e)
{
    struct organisation_list sections;
    struct section_name *names;

    *out = (struct voices_hints){ .hearing = &r->hearing.hearing,
                                  .today = date_of_instant(r->stamp.now_ms) };
    if (!voice_year(r, &out->fiscal_year, e)
        || !store_sections(r->db, r->c->mem, r->organisation.key, &sections, e))
        return false;
    names = NEW(r->c->mem, struct section_name, sections.count);
    for (uint32_t i = 0; i < sections.count; i++)
        names[i] = (struct section_name){ sections.rows[i].key, sections.rows[i].name };
    out->sections = names;
    out->section_count = sections.count;
    return true;
}

static bool is_like(const struct voice_line *x, const struct voice_line *y)
{
    return x->door == y->door && date_number(x->received) == date_number(y->received)
           && str_eq(x->text, y->text) && str_eq(x->contact, y->contact);
}

/* What a row is known by when the table is read again: its day and door, and which of the equal
 * ones it is. (The text goes into the receipt's mark by itself.) */
static str nonce_of(const struct table_call *t, uint32_t at)
{
    const struct voice_line *line = &t->lines.rows[at];
    const str door = door_word(line->door);
    uint32_t ordinal = 0;

    for (uint32_t i = 0; i < at; i++)
        ordinal += is_like(&t->lines.rows[i], line);
    return str_fmt(t->r->c->mem, "table/%.*s/%lld/%u", STR_ARG(door),
                   (long long)date_number(line->received), ordinal);
}

static bool take_all(struct table_call *t, struct err *e)
{
    struct voice_call *r = t->r;
    const uint32_t count = t->lines.count;
    struct voice_submission *all = NEW(r->c->mem, struct voice_submission, count);
    const struct voice_submission **list =
        NEW(r->c->mem, const struct voice_submission *, count);
    struct voice_taken *out = NEW(r->c->mem, struct voice_taken, count);

    for (uint32_t i = 0; i < count; i++) {
        const struct voice_line *line = &t->lines.rows[i];

        all[i] = (struct voice_submission){ .organisation = r->organisation.key,
                                            .stamp = &r->stamp,
                                            .door = line->door,
                                            .way = line->way.n ? line->way : STR("import"),
                                            .category = line->category,
                                            .place = line->place,
                                            .text = line->text,
                                            .contact = line->contact,
                                            .received = line->received,
                                            .summary = line->summary,
                                            .section = line->section,
                                            .nonce = nonce_of(t, i) };
        list[i] = &all[i];
    }
    if (!store_voice_receive_many(r->db, list, count, out, e))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!out[i].ok)
            return *e = out[i].why, false;
        t->same += out[i].receipt.is_same;
        t->fresh += !out[i].receipt.is_same;
    }
    return true;
}

static void put_json(const struct table_call *t, bool applied)
{
    struct arena *a = t->r->c->mem;
    struct value *v = value_map(a), *list;

    value_put_text(a, v, "file", t->file);
    value_put_int(a, v, "rows", t->lines.count);
    value_put_int(a, v, "errors", t->lines.errors);
    list = value_put_list(a, v, "faults");
    for (uint32_t i = 0; i < t->lines.fault_count; i++) {
        const struct table_fault *f = &t->lines.faults[i];
        struct value *one = value_add_map(a, list);

        value_put_text(a, one, "severity", severity_word(f->severity));
        value_put_int(a, one, "row", f->row);
        value_put_int(a, one, "column", f->column);
        value_put_text(a, one, "raw", f->raw);
        value_put_text(a, one, "message", f->message);
    }
    value_put_int(a, v, "new", t->fresh);
    value_put_int(a, v, "same", t->same);
    value_put_bool(a, v, "applied", applied);
    voice_put_value(t->r, v);
}

static void put_text(const struct table_call *t, bool applied)
{
    const bool ja = t->r->c->lang == LANG_JA;
    struct buf out;

    buf_init(&out, t->r->c->mem, 4096, SIZE_MAX / 2);
    for (uint32_t i = 0; i < t->lines.fault_count; i++) {
        const struct table_fault *f = &t->lines.faults[i];

        buf_fmt(&out, "%.*s:%u:%u: %.*s\n", STR_ARG(t->file), f->row, f->column,
                STR_ARG(f->message));
    }
    if (applied)
        buf_fmt(&out,
                ja ? "受け付けた声 %u 件、前に受け付けた声 %u 件\n"
                   : "%u voices received, %u were there already\n",
                t->fresh, t->same);
    else if (t->lines.errors)
        buf_fmt(&out,
                ja ? "誤りが %u か所あるため、何も受け付けていません。\n"
                   : "%u errors; nothing was received.\n",
                t->lines.errors);
    else
        buf_fmt(&out,
                ja ? "声 %u 件。まだ何も保存していません。保存するには --apply を付けて"
                     "ください。\n"
                   : "%u voices. Nothing has been stored yet; --apply stores them.\n",
                t->lines.count);
    (void)cli_put(t->r->c, buf_str(&out));
}

bool voice_import(struct voice_call *r, struct err *e)
{
    const bool apply = cli_is_on(r->c, "apply");
    struct table_call t = { .r = r };
    struct table_source source;
    struct voices_hints hints;
    struct table table;
    str name, bytes;

    if (!voice_arg(r, 0, &name, e))
        return false;
    if (!name.n)
        return err_set(e, ERR_INPUT, "取り込む表のファイルを指定してください。");
    t.file = file_name(r->c->mem, r->c->args[1]);
    source = (struct table_source){ .name = t.file };
    if (!file_read(r->c->mem, r->c->args[1], LIMIT_DOCUMENT_BYTES, &bytes, e)
        || !voice_option(r, "sheet", &source.sheet, e))
        return false;
    source.bytes = bytes;
    if (!ingest_table_of(r->c->mem, &source, &table, e) || !hints_of(r, &hints, e))
        return false;
    ingest_voices(r->c->mem, &table, &hints, &t.lines);
    if (apply && !t.lines.errors && !take_all(&t, e))
        return false;
    if (voice_is_json(r))
        put_json(&t, apply && !t.lines.errors);
    else
        put_text(&t, apply && !t.lines.errors);
    return !t.lines.errors
           || err_set(e, ERR_INPUT,
                      "表に誤りがあります。直してからもう一度取り込んでください。");
}

/* ---- settings ---- */

static bool settings_import(struct voice_call *r, struct err *e)
{
    struct hearing_save save = { r->organisation.key, r->hearing.record, NULL };
    struct hearing h;
    bool is_same = false;
    str json;

    if (voice_arg_count(r) < 2)
        return err_set(e, ERR_INPUT, "設定のファイル(JSON)を指定してください。");
    if (!file_read(r->c->mem, r->c->args[2], LIMIT_DOCUMENT_BYTES, &json, e)
        || !hearing_parse(r->c->mem, json, &h, e))
        return false;
    save.hearing = &h;
    if (!store_hearing_save(r->db, &r->stamp, &save, &is_same, e))
        return false;
    (void)cli_put(r->c, is_same ? (r->c->lang == LANG_JA ? STR("設定は同じです。\n")
                                                         : STR("The settings are the same.\n"))
                                : (r->c->lang == LANG_JA ? STR("設定を保存しました。\n")
                                                         : STR("Settings stored.\n")));
    return true;
}

/* Always JSON: what `import` takes. */
bool voice_settings(struct voice_call *r, struct err *e)
{
    str verb;

    if (!voice_arg(r, 0, &verb, e))
        return false;
    if (str_eq(verb, STR("import")))
        return settings_import(r, e);
    if (!str_eq(verb, STR("show")))
        return err_set(e, ERR_INPUT,
                       "settings のあとに show か import FILE を書いてください。");
    voice_put_value(r, hearing_value(r->c->mem, &r->hearing.hearing));
    return true;
}
