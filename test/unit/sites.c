/* The program over the sample, without sockets. */
#include "sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "ingest/ingest.h"

static const char *const SAMPLES[SITES_SAMPLES][2] = {
    { "samples/minamo-2022.txt", "minamo" },
    { "samples/minamo-2023.txt", "minamo" },
    { "samples/minamo-2024.html", "minamo" },
    { "samples/komorebi-2024.txt", "komorebi" },
};

static void stop(const char *what, const char *why)
{
    printf("Bail out! %s: %s\n", what, why);
    exit(1);
}

static str load(struct arena *a, const char *path)
{
    enum { ROOM = 1 << 20 };
    char *bytes = arena_bytes(a, ROOM);
    FILE *f = fopen(path, "rb");
    size_t n;

    if (!f)
        stop(path, "not there");
    n = fread(bytes, 1, ROOM, f);
    fclose(f);
    return (str){ bytes, n };
}

static void import(struct site *s, const struct form *form, const char *path, const char *key)
{
    const struct ingest_hints hints = { 0 };
    struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW, .reason = STR("見本") };
    struct arena *a = &s->f.mem;
    struct plan plan;
    struct findings found;
    struct import_item item = { .plan = &plan, .state = STR("published") };
    struct import_batch batch = { &item, 1, true };
    struct import_report report;
    str text;

    item.bytes = load(a, path);
    if (!ingest_document(a, form, str_from(path), item.bytes, &hints, &plan, &text, &s->f.e))
        stop(path, s->f.e.text);
    audit_link(a, &plan);
    audit_plan(a, &(struct audit_input){ .plan = &plan }, &found);
    item.organisation_name = plan.organisation.v;
    plan.organisation_code = str_from(key);
    plan.source_hash = hash_bytes(item.bytes);
    item.findings = found.items;
    item.finding_count = found.count;
    item.audit_version = audit_version();
    if (!store_import(s->f.c, a, &stamp, &batch, &report, &s->f.e))
        stop(path, s->f.e.text);
}

void sites_begin(struct site *s)
{
    struct checkpoint_row signed_head;
    struct form form;

    memset(s, 0, sizeof *s);
    stores_begin(&s->f);
    if (!form_read(&s->f.mem, form_preset(form_preset_id(0)), &form, &s->f.e))
        stop("the first form", s->f.e.text);
    for (int i = 0; i < SITES_SAMPLES; i++)
        import(s, &form, SAMPLES[i][0], SAMPLES[i][1]);
    if (!store_checkpoint_sign(s->f.c, &s->f.mem, STR("minamo"), STORES_NOW, &signed_head,
                               &s->f.e))
        stop("the log of minamo", s->f.e.text);
    s->config.data = s->f.path;
    if (!app_init(&s->app, &s->config, &s->f.e))
        stop("app_init", s->f.e.text);
}

void sites_end(struct site *s)
{
    app_done(&s->app);
    stores_end(&s->f);
}

struct reply sites_ask(struct site *s, const char *method, const char *target, const char *head)
{
    struct arena *a = &s->f.mem;
    AUTO(arena_done) struct arena mem = { 0 };
    str request = str_fmt(a, "%s %s HTTP/1.1\r\nHost: a\r\n%s\r\n", method, target, head);
    struct http_answer answer = { .status = 500 };
    struct http_request r;
    struct reply reply;
    const char *why = "";
    int status;

    if (http_parse(request, &r, &status, &why) != HTTP_READY)
        app_refuse(&s->app, &mem, status, why, &answer);
    else
        app_answer(&s->app, &mem, &r, &answer);
    reply.status = answer.status;
    reply.head = str_dup(a, answer.head);
    reply.sent = str_dup(a, answer.body);
    reply.body = answer.is_bare || strcmp(method, "HEAD") == 0 ? (str){ 0 } : reply.sent;
    if (answer.release)
        answer.release(answer.owner);
    return reply;
}

struct reply sites_get(struct site *s, const char *target)
{
    return sites_ask(s, "GET", target, "");
}

str reply_header(const struct reply *r, const char *name)
{
    str rest = r->head, line, wanted = str_from(name);

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (str_starts(line, wanted) && str_starts(str_skip(line, wanted.n), STR(": ")))
            return str_trim(str_skip(line, wanted.n + 2));
    }
    return (str){ 0 };
}
