/* meguri doctor: what this program, this machine and this data file are like; the first thing
 * to look at when something seems wrong. */
#include "cli/inner.h"

#include <libgen.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>

#include "base/banned.h"

static str bytes_text(struct arena *a, uint64_t n)
{
    return str_fmt(a, "%.1f MB", (double)n / 1e6);
}

static void put_program(struct arena *a, struct value *v)
{
    struct utsname machine;

    value_put_text(a, v, "program", STR("meguri " MEGURI_VERSION));
    value_put_text(a, v, "audit", audit_version());
    if (uname(&machine) == 0)
        value_put_text(a, v, "machine",
                       str_fmt(a, "%s %s %s", machine.sysname, machine.release,
                               machine.machine));
}

static void put_space(struct arena *a, struct value *v, const char *data)
{
    char *path = str_c(a, str_from(data));
    struct statvfs disk;

    if (statvfs(dirname(path), &disk) == 0)
        value_put_text(a, v, "free_space",
                       bytes_text(a, (uint64_t)disk.f_bavail * disk.f_frsize));
}

static void put_data(struct arena *a, struct value *v, const struct store_facts *f)
{
    value_put_text(a, v, "engine", f->engine);
    value_put_int(a, v, "form_of_data", f->form);
    value_put_int(a, v, "records", (int64_t)f->records);
    value_put_int(a, v, "organisations", (int64_t)f->organisations);
    value_put_int(a, v, "plans", (int64_t)f->plans);
    value_put_int(a, v, "documents", (int64_t)f->blobs);
    value_put_text(a, v, "size", bytes_text(a, f->bytes));
}

static void put_limits(struct arena *a, struct value *v)
{
    value_put_text(a, v, "limit_document", bytes_text(a, LIMIT_DOCUMENT_BYTES));
    value_put_text(a, v, "limit_line", bytes_text(a, LIMIT_LINE_BYTES));
    value_put_int(a, v, "limit_initiatives", LIMIT_INITIATIVES);
    value_put_int(a, v, "limit_request_body", LIMIT_REQUEST_BODY);
    value_put_int(a, v, "limit_connections", LIMIT_CONNECTIONS);
}

static void print(struct cli *c, const struct value *v)
{
    struct buf out;

    buf_init(&out, c->mem, 4096, SIZE_MAX / 2);
    if (strcmp(c->format, "json") == 0) {
        json_put(&out, v);
        buf_put_char(&out, '\n');
    } else {
        for (const struct value *row = v->first; row; row = row->next) {
            if (row->kind == VALUE_TEXT)
                buf_fmt(&out, "%-20.*s %.*s\n", STR_ARG(row->key), STR_ARG(row->text));
            else
                buf_fmt(&out, "%-20.*s %lld\n", STR_ARG(row->key), (long long)row->number);
        }
    }
    (void)cli_put(c, buf_str(&out));
}

int cmd_doctor(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct value *v = value_map(c->mem);
    struct store_facts facts;
    struct err e = { .code = ERR_NONE };

    put_program(c->mem, v);
    value_put_text(c->mem, v, "data", str_from(c->data));
    put_space(c->mem, v, c->data);
    if (store_open(c->data, STORE_READ, &db, &e) && store_about(db, c->mem, &facts, &e))
        put_data(c->mem, v, &facts);
    put_limits(c->mem, v);
    print(c, v);
    return e.code == ERR_NONE ? CLI_FINE : cli_fail(c, &e);
}
