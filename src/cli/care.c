/* meguri verify, rebuild, backup, restore: looking after the data. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

static void put_report(struct cli *c, const struct verify_report *r)
{
    const bool ja = c->lang == LANG_JA;
    struct buf out;

    buf_init(&out, c->mem, 4096, SIZE_MAX / 2);
    for (uint32_t i = 0; i < r->fault_count; i++)
        buf_fmt(&out, "%.*s\n", STR_ARG(r->faults[i]));
    buf_fmt(&out,
            ja ? "記録 %llu件、団体 %llu、文書 %llu、署名つき要約 %llu: "
               : "records %llu, organisations %llu, documents %llu, checkpoints %llu: ",
            (unsigned long long)r->records, (unsigned long long)r->organisations,
            (unsigned long long)r->blobs, (unsigned long long)r->checkpoints);
    if (r->fault_count)
        buf_fmt(&out, ja ? "異常が %u 件あります。\n" : "%u faults.\n", r->fault_count);
    else
        buf_put_c(&out, ja ? "すべて保存したときのままです。\n" : "all as it was stored.\n");
    (void)cli_put(c, buf_str(&out));
}

static void put_report_json(struct cli *c, const struct verify_report *r)
{
    struct value *v = value_map(c->mem), *faults;
    struct buf out;

    value_put_int(c->mem, v, "records", (int64_t)r->records);
    value_put_int(c->mem, v, "organisations", (int64_t)r->organisations);
    value_put_int(c->mem, v, "documents", (int64_t)r->blobs);
    value_put_int(c->mem, v, "checkpoints", (int64_t)r->checkpoints);
    faults = value_put_list(c->mem, v, "faults");
    for (uint32_t i = 0; i < r->fault_count; i++)
        value_add_text(c->mem, faults, r->faults[i]);
    buf_init(&out, c->mem, 4096, SIZE_MAX / 2);
    json_put(&out, v);
    buf_put_char(&out, '\n');
    (void)cli_put(c, buf_str(&out));
}

static bool verify(const char *data, struct arena *a, struct verify_report *report,
                   struct err *e)
{
    AUTO(conn_close) struct conn *db = NULL;

    return store_open(data, STORE_WRITE, &db, e) && store_verify(db, a, report, e);
}

int cmd_verify(struct cli *c)
{
    const char *checkpoint = cli_value(c, "checkpoint");
    struct verify_report report;
    struct err e;

    if (checkpoint)
        return verify_checkpoint(c, checkpoint);
    if (cli_value(c, "key"))
        return cli_refuse(c, "--key は --checkpoint と一緒に指定してください。",
                          "--key needs --checkpoint.");
    if (!verify(c->data, c->mem, &report, &e))
        return cli_fail(c, &e);
    if (strcmp(c->format, "json") == 0)
        put_report_json(c, &report);
    else
        put_report(c, &report);
    return report.fault_count ? CLI_FINDINGS : CLI_FINE;
}

int cmd_rebuild(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct err e;

    if (!store_open(c->data, STORE_WRITE, &db, &e) || !store_rebuild(db, &e))
        return cli_fail(c, &e);
    (void)cli_put(c, c->lang == LANG_JA
                         ? STR("表と検索の索引を、記録から作り直しました。\n")
                         : STR("The tables and the search index were made again.\n"));
    return CLI_FINE;
}

/* A copy counts when it was read again and found whole. */
static int copy_verified(struct cli *c, const char *from, const char *to)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct verify_report report;
    struct err e;

    if (!store_open(from, STORE_WRITE, &db, &e) || !store_backup(db, to, &e)
        || !verify(to, c->mem, &report, &e))
        return cli_fail(c, &e);
    put_report(c, &report);
    return report.fault_count ? CLI_FINDINGS : CLI_FINE;
}

int cmd_backup(struct cli *c)
{
    return copy_verified(c, c->data, c->args[0]);
}

/* A damaged copy must not become the data: it is verified before. */
int cmd_restore(struct cli *c)
{
    struct verify_report report;
    struct err e;

    if (!verify(c->args[0], c->mem, &report, &e))
        return cli_fail(c, &e);
    if (report.fault_count) {
        put_report(c, &report);
        (void)cli_refuse(c, "控え %s に異常があるため、戻しませんでした。",
                         "%s has faults and was not restored.", c->args[0]);
        return CLI_FINDINGS;
    }
    return copy_verified(c, c->args[0], c->data);
}
