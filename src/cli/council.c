/* meguri council: the ward council's seats and meetings, shown, and taken in from a file. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option COUNCIL_OPTIONS[] = {
    { "org", "KEY", NULL, NULL, { "団体の記号", "key of the organisation" } },
    { "apply", NULL, NULL, NULL,
      { "保存する(付けなければ、何が読めたかを表示するだけ)", "store (without it: only show what was read)" } },
    { "reason", "TEXT", NULL, "", { "理由(記録に残る)", "why, kept in the record" } },
    { 0 },
};
/* clang-format on */

struct council_call {
    struct cli *c;
    struct conn *db;
    str org;
    struct stamp stamp;
    struct council council; /* of the file, or as it stands */
    bool apply;
};

static void call_end(struct council_call *k)
{
    conn_close(&k->db);
}

static bool call_begin(struct cli *c, enum store_mode mode, struct council_call *out,
                       struct err *e)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
    const char *org = cli_value(c, "org");
    out->c = c;
    out->apply = cli_is_on(c, "apply");
    out->stamp = (struct stamp){ .who = &OPERATOR,
                                 .now_ms = cli_now_ms(),
                                 .reason = str_from(cli_value(c, "reason")) };
    if (!org || !*org)
        return err_set(e, ERR_INPUT, "--org を指定してください。");
    out->org = str_from(org);
    return store_open(c->data, mode, &out->db, e);
}

/* ---- import ---- */

/* One row of "meetings": {fiscal_year, number, meeting}. The same number says it again. */
static bool meeting_take(struct council_call *k, const struct value *row, uint32_t place,
                         struct err *e)
{
    struct arena *a = k->c->mem;
    struct meeting m;
    struct meeting_save save = { .organisation = k->org, .meeting = &m };
    struct meeting_stored stands;
    struct meeting_ref ref;
    struct meeting_saved saved;

    if (!meeting_read(a, value_get(row, STR("meeting")), &m, e))
        return err_set(e, ERR_INPUT, "meetings の%u番目: %s", place,
                       str_c(a, str_from(e->text)));
    m.fiscal_year = (int)value_int(row, "fiscal_year");
    m.number = (int)value_int(row, "number");
    if (m.fiscal_year < FISCAL_MIN || m.fiscal_year > FISCAL_MAX || m.number < 1)
        return err_set(e, ERR_INPUT, "meetings の%u番目に、年度と番号が必要です。", place);
    ref = (struct meeting_ref){ k->org, m.fiscal_year, m.number, 0 };
    if (store_meeting(k->db, a, &ref, &stands, e))
        save.seen = stands.record;
    else if (e->code != ERR_NOT_FOUND)
        return false;
    if (!meeting_check(&m, &k->council, e))
        return false;
    if (k->apply && !store_meeting_save(k->db, a, &k->stamp, &save, &saved, e))
        return false;
    return cli_put(k->c, str_fmt(a, "meeting/%d/%d\t%.*s\n", m.fiscal_year, m.number,
                                 STR_ARG(m.title)));
}

static bool council_take(struct council_call *k, const struct value *tree, struct err *e)
{
    struct arena *a = k->c->mem;
    struct council_stored stands;
    struct council_save save = { .organisation = k->org, .council = &k->council };
    bool is_same;

    if (store_council(k->db, a, k->org, 0, &stands, e)) {
        save.seen = stands.record;
        k->council = stands.council;
    } else if (e->code != ERR_NOT_FOUND) {
        return false;
    }
    if (!tree)
        return true;
    if (!council_read(a, tree, &k->council, e))
        return false;
    if (k->apply && !store_council_save(k->db, &k->stamp, &save, &is_same, e))
        return false;
    return cli_put(k->c, str_fmt(a, "council\t%.*s\t%u\n", STR_ARG(k->council.title),
                                 k->council.seat_count));
}

static bool file_take(struct council_call *k, struct err *e)
{
    struct cli *c = k->c;
    enum text_encoding encoding;
    const struct value *list;
    struct value *tree;
    uint32_t place = 0;
    str bytes, text;

    if (!file_read(c->mem, c->args[1], LIMIT_JSON_BYTES, &bytes, e)
        || !text_decode(c->mem, file_name(c->mem, c->args[1]), bytes, &text, &encoding, e)
        || !json_load(c->mem, text, &tree, e)
        || !council_take(k, value_get(tree, STR("council")), e))
        return false;
    list = value_get(tree, STR("meetings"));
    for (const struct value *row = list ? list->first : NULL; row; row = row->next)
        if (!meeting_take(k, row, ++place, e))
            return false;
    return true;
}

static int import(struct cli *c)
{
    AUTO(call_end) struct council_call k = { 0 };
    struct err e;

    if (c->arg_count < 2)
        return cli_refuse(c, "取り込むファイルを指定してください。",
                          "name the file to take in");
    if (!call_begin(c, STORE_WRITE, &k, &e) || !file_take(&k, &e))
        return cli_fail(c, &e);
    if (!k.apply)
        (void)cli_put(c, STR("保存していません。保存するには --apply を付けてください。\n"));
    return CLI_FINE;
}

/* ---- show ---- */

static struct value *shown(struct council_call *k, struct err *e)
{
    struct arena *a = k->c->mem;
    const struct meeting_ref all = { .organisation = k->org };
    struct value *v = value_map(a), *list;
    struct council_stored council;
    struct meeting_rows rows;
    struct value *body;

    if (!store_council(k->db, a, k->org, 0, &council, e)
        || !store_meetings(k->db, a, &all, &rows, e))
        return NULL;
    body = council_value(a, &council.council);
    body->key = STR("council");
    value_append(v, body);
    list = value_put_list(a, v, "meetings");
    for (uint32_t i = 0; i < rows.count; i++) {
        struct value *row = value_add_map(a, list);

        value_put_int(a, row, "fiscal_year", rows.rows[i].meeting.fiscal_year);
        value_put_int(a, row, "number", rows.rows[i].meeting.number);
        body = meeting_value(a, &rows.rows[i].meeting);
        body->key = STR("meeting");
        value_append(row, body);
    }
    return v;
}

static void put_text(struct buf *out, const struct value *tree)
{
    const struct value *list = value_get(tree, STR("meetings"));
    const struct value *council = value_get(tree, STR("council"));
    const struct value *seats = value_get(council, STR("seats"));

    buf_fmt(out, "%.*s\t%u\n", STR_ARG(value_text(council, "title")), seats->count);
    for (const struct value *row = list->first; row; row = row->next) {
        const struct value *m = value_get(row, STR("meeting"));

        buf_fmt(out, "%lld/%lld\t%.*s\t%.*s\t%.*s\n", (long long)value_int(row, "fiscal_year"),
                (long long)value_int(row, "number"), STR_ARG(value_text(m, "day")),
                STR_ARG(value_text(m, "state")), STR_ARG(value_text(m, "title")));
    }
}

/* With --format json what import takes again. */
static int show(struct cli *c)
{
    AUTO(call_end) struct council_call k = { 0 };
    const struct value *tree = NULL;
    struct buf b;
    struct err e;

    if (call_begin(c, STORE_READ, &k, &e))
        tree = shown(&k, &e);
    if (!tree)
        return cli_fail(c, &e);
    buf_init(&b, c->mem, 4096, LIMIT_JSON_BYTES);
    if (strcmp(c->format, "json") == 0) {
        json_put(&b, tree);
        buf_put_char(&b, '\n');
    } else {
        put_text(&b, tree);
    }
    (void)cli_put(c, buf_str(&b));
    return CLI_FINE;
}

int cmd_council(struct cli *c)
{
    const str verb = str_from(c->args[0]);

    if (str_eq(verb, STR("import")))
        return import(c);
    if (str_eq(verb, STR("show")))
        return show(c);
    return cli_refuse(c, "council には show か import を指定してください。",
                      "council wants show or import");
}
