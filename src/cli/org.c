/* meguri org: who is there. `add` refuses a key that is taken, `set` changes what is given. */
#include "cli/inner.h"

#include <string.h>
#include <time.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option ORG_OPTIONS[] = {
    { "name", "NAME", NULL, NULL, { "名前", "its name" } },
    { "kind", "KIND", NULL, NULL, { "種類(city ward bureau section)", "city, ward, bureau or section" } },
    { "parent", "KEY", NULL, NULL, { "属する団体の記号(空なら、なし)", "key of the organisation it belongs to (empty: none)" } },
    { "reason", "TEXT", NULL, "", { "変更の理由(記録に残る)", "why, kept in the record" } },
    { 0 },
};
/* clang-format on */

static void put_row(struct buf *out, const struct organisation_row *row, const struct cli *c)
{
    const struct organisation *o = &row->organisation;

    buf_fmt(out, "%.*s\t%.*s\t%.*s\t%.*s\t", STR_ARG(o->key), STR_ARG(o->name),
            STR_ARG(o->kind), STR_ARG(o->parent));
    for (uint32_t i = row->year_count; i-- > 0;) {
        fiscal_put(out, row->years[i].fiscal_year,
                   c->lang == LANG_JA ? FISCAL_SHORT : FISCAL_ENGLISH);
        buf_put_c(out, i ? " " : "");
    }
    buf_put_char(out, '\n');
}

static void put_json(struct buf *out, const struct organisation_row *row)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *v = value_map(&mem), *years;

    value_put_text(&mem, v, "key", row->organisation.key);
    value_put_text(&mem, v, "name", row->organisation.name);
    value_put_text(&mem, v, "kind", row->organisation.kind);
    value_put_text_or_null(&mem, v, "parent", row->organisation.parent);
    years = value_put_list(&mem, v, "fiscal_years");
    for (uint32_t i = row->year_count; i-- > 0;)
        value_add_int(&mem, years, row->years[i].fiscal_year);
    json_put(out, v);
    buf_put_char(out, '\n');
}

static int list(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct page_of page = { 0, 200 };
    struct organisation_rows rows = { .count = 1 };
    struct err e;

    if (!store_open(c->data, STORE_READ, &db, &e))
        return cli_fail(c, &e);
    for (; rows.count; page.offset += rows.count) {
        AUTO(arena_done) struct arena mem = { 0 };
        struct buf out;

        if (!store_organisations(db, &mem, STR(""), page, &rows, &e))
            return cli_fail(c, &e);
        buf_init(&out, &mem, 4096, SIZE_MAX / 2);
        for (uint32_t i = 0; i < rows.count; i++) {
            if (strcmp(c->format, "json") == 0)
                put_json(&out, &rows.rows[i]);
            else
                put_row(&out, &rows.rows[i], c);
        }
        if (!cli_put(c, buf_str(&out)))
            return CLI_FAILED;
    }
    return CLI_FINE;
}

static bool kind_is_known(str kind, struct err *e)
{
    static const str KINDS[] = { STR_INIT("city"), STR_INIT("ward"), STR_INIT("bureau"),
                                 STR_INIT("section") };

    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_eq(kind, KINDS[i]))
            return true;
    return err_set(
        e, ERR_INPUT,
        "種類「%.*s」はありません。city, ward, bureau, section のどれかにしてください。",
        STR_ARG(kind));
}

/* What the options say over what is there. */
static bool apply_options(struct cli *c, struct organisation *o, struct err *e)
{
    const struct {
        const char *option;
        str *field;
    } FIELDS[] = { { "name", &o->name }, { "kind", &o->kind }, { "parent", &o->parent } };

    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        const char *value = cli_value(c, FIELDS[i].option);

        if (!value)
            continue;
        *FIELDS[i].field = str_from(value);
        if (utf8_valid_prefix(value, strlen(value)) != strlen(value))
            return err_set(e, ERR_INPUT, "--%s の値が UTF-8 ではありません。",
                           FIELDS[i].option);
    }
    return kind_is_known(o->kind, e);
}

static bool save(struct cli *c, struct conn *db, const struct organisation *o, struct err *e)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
    struct timespec t;
    struct stamp stamp = { .who = &OPERATOR, .reason = str_from(cli_value(c, "reason")) };

    (void)clock_gettime(CLOCK_REALTIME, &t);
    stamp.now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    return store_organisation_save(db, &stamp, o, e);
}

static bool change(struct cli *c, bool is_new, struct organisation *o, struct err *e)
{
    AUTO(conn_close) struct conn *db = NULL;
    const str key = str_from(c->args[1]);
    bool exists;

    if (!store_open(c->data, is_new ? STORE_CREATE : STORE_WRITE, &db, e))
        return false;
    exists = store_organisation(db, c->mem, key, o, e);
    if (!exists && (e->code != ERR_NOT_FOUND || !is_new))
        return false;
    if (exists && is_new)
        return err_set(e, ERR_INPUT,
                       "「%.*s」はもう登録されています(%.*s)。変えるときは org set です。",
                       STR_ARG(key), STR_ARG(o->name));
    if (is_new) {
        const str name = str_from(c->args[2]);

        if (utf8_valid_prefix(name.p, name.n) != name.n)
            return err_set(e, ERR_INPUT, "名前が UTF-8 ではありません。");
        *o = (struct organisation){ key, name, store_organisation_kind(name), { 0 } };
    }
    return apply_options(c, o, e) && save(c, db, o, e);
}

int cmd_org(struct cli *c)
{
    static const struct {
        const char *name;
        int args;
    } VERBS[] = { { "list", 1 }, { "add", 3 }, { "set", 2 } };
    struct organisation o;
    struct err e;
    size_t verb = 0;

    while (verb < 3 && strcmp(VERBS[verb].name, c->args[0]) != 0)
        verb++;
    if (verb == 3 || c->arg_count != VERBS[verb].args)
        return cli_refuse(c, "使い方: meguri org %s", "usage: meguri org %s",
                          c->command->usage);
    if (verb == 0)
        return list(c);
    if (!change(c, verb == 1, &o, &e))
        return cli_fail(c, &e);
    (void)cli_put(c, str_fmt(c->mem, "%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(o.key),
                             STR_ARG(o.name), STR_ARG(o.kind), STR_ARG(o.parent)));
    return CLI_FINE;
}
