/* meguri register, meguri ledger: what an organisation counts. A table is read, checked cell by
 * cell and compared with what stands; nothing is stored without --apply, and nothing at all of
 * a table that has an error. */
#include "cli/inner.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option REGISTER_OPTIONS[] = {
    { "org", "KEY", NULL, NULL, { "団体の記号", "key of the organisation" } },
    { "register", "KEY", NULL, NULL, { "台帳の記号(training など。list で一覧)", "key of the register (training, ...; see list)" } },
    { "definition", "FILE", NULL, NULL, { "open: 台帳の定義ファイル(JSON)", "open: a file that defines the register (JSON)" } },
    { "sheet", "NAME|N", NULL, "", { "読むシートの名前か番号(xlsx のとき。なければ最初の表示シート)", "name or place of the sheet of a workbook (otherwise the first that is not hidden)" } },
    { "year", "YEAR", NULL, NULL, { "年のない日付(6月3日)の年度", "fiscal year of days without one (6月3日)" } },
    { "apply", NULL, NULL, NULL, { "保存する(付けなければ、何が変わるかを表示するだけ)", "store (without it: only show what would change)" } },
    { "reason", "TEXT", NULL, "", { "理由(記録に残る。void では必ず)", "why, kept in the record; required by void" } },
    { 0 },
};
/* clang-format on */

int64_t cli_now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

date cli_today(int64_t now_ms)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf b;
    date d = { 0 };

    buf_init(&b, &mem, 32, 32);
    instant_put(&b, now_ms);
    return date_parse(str_take(buf_str(&b), 10), &d) ? d : (date){ 0 };
}

static bool text_option(struct cli *c, const char *name, str *out, struct err *e)
{
    *out = str_from(cli_value(c, name));
    return utf8_valid_prefix(out->p, out->n) == out->n
           || err_set(e, ERR_INPUT, "--%s の値が UTF-8 ではありません。", name);
}

/* An option that must be there. */
static bool need_option(struct cli *c, const char *name, str *out, struct err *e)
{
    return text_option(c, name, out, e)
           && (out->n || err_set(e, ERR_INPUT, "--%s を付けてください。", name));
}

/* Without --apply a data file that is not there is an empty one in memory. */
static bool data_open(struct register_call *r, bool writes, struct err *e)
{
    const char *data = r->c->data;

    if (writes)
        return store_open(data, STORE_WRITE, &r->db, e);
    return access(data, F_OK) == 0 ? store_open(data, STORE_READ, &r->db, e)
                                   : store_open(":memory:", STORE_CREATE, &r->db, e);
}

static str book_name(const struct register_call *r, str key)
{
    return str_fmt(r->c->mem, "%s/%.*s",
                   strcmp(r->c->command->name, "ledger") == 0 ? "ledger" : "register",
                   STR_ARG(key));
}

/* The definition that the organisation keeps, or the built-in one of that name. */
static bool definition_find(struct register_call *r, struct err *e)
{
    struct cli *c = r->c;
    struct organisation known;
    str key, preset;
    struct hash record;

    if (!need_option(c, "org", &r->ref.organisation, e) || !need_option(c, "register", &key, e)
        || !store_organisation(r->db, c->mem, r->ref.organisation, &known, e))
        return false;
    r->ref.book = book_name(r, key);
    if (store_book(r->db, c->mem, &r->ref, &r->def, &record, e))
        return true;
    if (e->code != ERR_NOT_FOUND)
        return false;
    preset = register_preset(key);
    r->is_new = true;
    if (!preset.n)
        return err_set(e, ERR_NOT_FOUND,
                       "台帳「%.*s」はありません。meguri %s list で一覧が出ます。",
                       STR_ARG(key), c->command->name);
    if (!register_parse(c->mem, preset, &r->def, e))
        return false;
    return str_eq(register_entity(c->mem, &r->def), r->ref.book)
           || err_set(e, ERR_NOT_FOUND, "「%.*s」は meguri %s で扱います。", STR_ARG(key),
                      r->def.book == BOOK_REGISTER ? "register" : "ledger");
}

/* The table of the call: a file, and of a workbook a sheet. */
static bool table_read(struct register_call *r, str bytes, struct table *out, struct err *e)
{
    struct table_source source = { .name = r->file, .bytes = bytes };

    return text_option(r->c, "sheet", &source.sheet, e)
           && ingest_table_of(r->c->mem, &source, out, e);
}

static bool hints_of(struct register_call *r, struct entry_hints *out, struct err *e)
{
    const char *year = cli_value(r->c, "year");
    struct areas *areas = NEW(r->c->mem, struct areas, 1);
    size_t used;

    *out = (struct entry_hints){ &r->def, areas, 0 };
    if (year
        && (!fiscal_parse(str_from(year), 0, true, &out->fiscal_year, &used) || year[used])) {
        dec n;

        if (!dec_parse(str_from(year), &n) || n.scale || n.n < FISCAL_MIN || n.n > FISCAL_MAX)
            return err_set(e, ERR_INPUT,
                           "--year の「%s」は年度として読めません。2024 か 令和6年度 のように"
                           "書いてください。",
                           year);
        out->fiscal_year = (int)n.n;
    }
    return store_areas(r->db, r->c->mem, r->ref.organisation, areas, e);
}

static bool stamp_of(struct cli *c, struct stamp *out, struct err *e)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };

    *out = (struct stamp){ &OPERATOR, cli_now_ms(), { 0 } };
    return text_option(c, "reason", &out->reason, e);
}

/* ---- entering ---- */

/* What was read goes in, or is only weighed. */
static int enter(struct register_call *r, const struct register_entries *read, str bytes)
{
    const struct entries_import in = {
        .ref = r->ref,
        .def = &r->def,
        .rows = read->rows,
        .count = read->count,
        .source_name = r->file,
        .bytes = bytes,
        .apply = r->apply && !read->errors,
    };
    struct entries_report report = { 0 };
    struct stamp stamp;
    struct err e = { .code = ERR_NONE };
    bool is_same;

    if (!stamp_of(r->c, &stamp, &e))
        return cli_fail(r->c, &e);
    if (in.apply && r->is_new
        && !store_book_save(r->db, &stamp, r->ref.organisation, &r->def, &is_same, &e))
        return cli_fail(r->c, &e);
    if (!read->errors && !store_entries_import(r->db, &stamp, &in, &report, &e))
        return cli_fail(r->c, &e);
    register_put_import(r, read, &report);
    return read->errors ? CLI_FINDINGS : CLI_FINE;
}

static int do_import(struct register_call *r)
{
    struct cli *c = r->c;
    struct entry_hints hints;
    struct register_entries read;
    struct table table;
    struct err e = { .code = ERR_NONE };
    str bytes;

    r->apply = cli_is_on(c, "apply");
    r->file = file_name(c->mem, c->args[1]);
    if (!file_read(c->mem, c->args[1], LIMIT_DOCUMENT_BYTES, &bytes, &e)
        || !data_open(r, r->apply, &e) || !definition_find(r, &e) || !hints_of(r, &hints, &e)
        || !table_read(r, bytes, &table, &e))
        return cli_fail(c, &e);
    ingest_entries(c->mem, &table, &hints, &read);
    return enter(r, &read, bytes);
}

static bool is_called(const struct register_field *f, str folded)
{
    for (uint32_t i = 0; i < f->heading_count; i++)
        if (str_eq(f->headings[i], folded))
            return true;
    return str_eq(f->key, folded);
}

/* field=value, by the field's key or any of its headings. */
static bool take_pair(struct register_call *r, const char *word, str *texts, struct err *e)
{
    const str all = str_from(word);
    const ptrdiff_t equals = str_find_char(all, '=');
    const str name = str_take(all, equals < 0 ? 0 : (size_t)equals);

    if (equals < 0 || utf8_valid_prefix(all.p, all.n) != all.n)
        return err_set(e, ERR_INPUT, "「項目=値」の形で書いてください(例: 参加者数=12)。");
    for (uint32_t i = 0; i < r->def.field_count; i++)
        if (is_called(&r->def.fields[i], text_fold(r->c->mem, name))) {
            texts[i] = str_skip(all, (size_t)equals + 1);
            return true;
        }
    return err_set(e, ERR_INPUT, "項目「%.*s」はこの台帳にありません。", STR_ARG(name));
}

static int do_add(struct register_call *r)
{
    struct cli *c = r->c;
    str texts[FIELDS_MAX] = { { 0 } };
    struct entry_hints hints;
    struct register_entries read;
    struct stamp stamp;
    struct err e = { .code = ERR_NONE };

    r->apply = true;
    if (!data_open(r, true, &e) || !definition_find(r, &e) || !hints_of(r, &hints, &e)
        || !stamp_of(c, &stamp, &e))
        return cli_fail(c, &e);
    for (int i = 1; i < c->arg_count; i++)
        if (!take_pair(r, c->args[i], texts, &e))
            return cli_fail(c, &e);
    ingest_entry(c->mem, texts, stamp.reason, &hints, &read);
    return enter(r, &read, (str){ 0 });
}

static int do_void(struct register_call *r)
{
    struct cli *c = r->c;
    struct entry_versions versions;
    struct register_entries read = { 0 };
    struct stamp stamp;
    struct err e = { .code = ERR_NONE };

    r->apply = true;
    if (!data_open(r, true, &e) || !definition_find(r, &e) || !stamp_of(c, &stamp, &e)
        || (!stamp.reason.n
            && !err_set(&e, ERR_INPUT, "取り消す訳を --reason で書いてください。"))
        || !store_entry_versions(r->db, c->mem, &(struct open_book){ r->ref, &r->def },
                                 str_from(c->args[1]), &versions, &e))
        return cli_fail(c, &e);
    read.rows = &versions.rows[0].entry;
    read.rows->is_void = true;
    read.rows->reason = stamp.reason;
    read.count = 1;
    return enter(r, &read, (str){ 0 });
}

/* ---- definitions and areas ---- */

static int do_open(struct register_call *r)
{
    struct cli *c = r->c;
    const char *file = cli_value(c, "definition");
    struct stamp stamp;
    struct err e = { .code = ERR_NONE };
    bool is_same;
    str json;

    if (!data_open(r, true, &e) || !stamp_of(c, &stamp, &e))
        return cli_fail(c, &e);
    if (file) {
        if (!need_option(c, "org", &r->ref.organisation, &e)
            || !file_read(c->mem, file, LIMIT_DOCUMENT_BYTES, &json, &e)
            || !register_parse(c->mem, json, &r->def, &e))
            return cli_fail(c, &e);
    } else if (!definition_find(r, &e)) {
        return cli_fail(c, &e);
    }
    if (!store_book_save(r->db, &stamp, r->ref.organisation, &r->def, &is_same, &e))
        return cli_fail(c, &e);
    (void)cli_put(c, str_fmt(c->mem, "%.*s\t%.*s\n", STR_ARG(register_entity(c->mem, &r->def)),
                             STR_ARG(r->def.name[c->lang])));
    return CLI_FINE;
}

/* Two columns: number and name, or names alone. A heading (番号, 地域) is skipped. */
static bool areas_of(struct arena *a, const struct table *t, struct areas *out, struct err *e)
{
    *out = (struct areas){ NEW(a, struct area, t->count), 0 };
    for (uint32_t i = 0; i < t->count; i++) {
        const struct table_row *row = &t->rows[i];
        struct area *one = &out->rows[out->count];

        if (!row->count || (!i && str_find(row->cells[row->count - 1], STR("名")) >= 0)
            || (!i && str_eq(row->cells[row->count - 1], STR("地域"))))
            continue;
        one->name = row->cells[row->count > 1 ? 1 : 0];
        one->key = row->count > 1 ? row->cells[0] : str_fmt(a, "%02u", out->count + 1);
        if (!one->name.n || !one->key.n)
            return err_at(e, i + 1, 1,
                          "番号か名前が空です。番号,名前 のように書いてください。");
        for (uint32_t k = 0; k < out->count; k++)
            if (str_eq(out->rows[k].key, one->key) || str_eq(out->rows[k].name, one->name))
                return err_at(e, i + 1, 1, "「%.*s」は前の行にもあります。",
                              STR_ARG(one->name));
        out->count++;
    }
    return true;
}

static int do_areas(struct register_call *r)
{
    struct cli *c = r->c;
    struct areas areas;
    struct table table;
    struct stamp stamp;
    struct err e = { .code = ERR_NONE };
    bool is_same = false;
    str bytes;

    r->apply = cli_is_on(c, "apply");
    r->file = file_name(c->mem, c->args[1]);
    if (!need_option(c, "org", &r->ref.organisation, &e)
        || !file_read(c->mem, c->args[1], LIMIT_DOCUMENT_BYTES, &bytes, &e)
        || !table_read(r, bytes, &table, &e) || !areas_of(c->mem, &table, &areas, &e)
        || !stamp_of(c, &stamp, &e) || !data_open(r, r->apply, &e))
        return cli_fail(c, &e);
    if (r->apply && !store_areas_save(r->db, &stamp, r->ref.organisation, &areas, &is_same, &e))
        return cli_fail(c, &e);
    for (uint32_t i = 0; i < areas.count; i++)
        (void)cli_put(c, str_fmt(c->mem, "%.*s\t%.*s\n", STR_ARG(areas.rows[i].key),
                                 STR_ARG(areas.rows[i].name)));
    if (!r->apply)
        register_put_dry(r);
    return CLI_FINE;
}

/* ---- looking ---- */

static int do_list(struct register_call *r)
{
    struct cli *c = r->c;
    struct book_rows rows = { 0 };
    struct err e = { .code = ERR_NONE };

    if (!text_option(c, "org", &r->ref.organisation, &e))
        return cli_fail(c, &e);
    if (r->ref.organisation.n
        && (!data_open(r, false, &e)
            || !store_books(r->db, c->mem, r->ref.organisation, &rows, &e)))
        return cli_fail(c, &e);
    register_put_list(r, &rows);
    return CLI_FINE;
}

static int do_show(struct register_call *r)
{
    struct cli *c = r->c;
    struct entry_rows rows = { 0 };
    struct err e = { .code = ERR_NONE };

    if (!data_open(r, false, &e) || !definition_find(r, &e)
        || (!r->is_new
            && !store_entries(r->db, c->mem, &(struct open_book){ r->ref, &r->def },
                              &(struct entry_filter){ 0 }, &rows, &e)))
        return cli_fail(c, &e);
    register_put_show(r, &rows);
    return CLI_FINE;
}

static int do_history(struct register_call *r)
{
    struct cli *c = r->c;
    struct entry_versions rows;
    struct err e = { .code = ERR_NONE };

    if (!data_open(r, false, &e) || !definition_find(r, &e)
        || !store_entry_versions(r->db, c->mem, &(struct open_book){ r->ref, &r->def },
                                 str_from(c->args[1]), &rows, &e))
        return cli_fail(c, &e);
    register_put_versions(r, &rows);
    return CLI_FINE;
}

int cmd_register(struct cli *c)
{
    static const struct {
        const char *name;
        int args; /* at least; with the verb */
        int (*run)(struct register_call *r);
    } VERBS[] = {
        { "list", 1, do_list },   { "show", 1, do_show },       { "open", 1, do_open },
        { "areas", 2, do_areas }, { "import", 2, do_import },   { "add", 2, do_add },
        { "void", 2, do_void },   { "history", 2, do_history },
    };
    struct register_call r = { .c = c };
    int status = CLI_FAILED;

    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++) {
        if (strcmp(VERBS[i].name, c->args[0]) != 0 || c->arg_count < VERBS[i].args)
            continue;
        status = VERBS[i].run(&r);
        conn_close(&r.db);
        return status;
    }
    return cli_refuse(c, "使い方: meguri %s %s", "usage: meguri %s %s", c->command->name,
                      c->command->usage);
}
