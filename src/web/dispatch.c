/* From a request to its answer:
 *
 *   cache ── has it ──────────────────────────────────────────────► answer
 *     │
 *   visitor ─► target ─► language, as-of ─► row of the route table ─► who may ─► page ─► tree
 *                │               │                  │    │              │         │       │
 *                └───────────────┴── wrong: error page ◄─┼──────────────┴─────────┘       ├─►
 * template │                                ├─► .json └─► POST: act.c                  └─► .csv
 */
#include "web/dispatch.h"
#include "web/route.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/banned.h"

/* ---- time ---- */

static int64_t clock_us(clockid_t which)
{
    struct timespec t;

    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t day_in_japan(int64_t unix_ms)
{
    return (unix_ms + INT64_C(9) * 3600 * 1000) / (INT64_C(24) * 3600 * 1000);
}

/* ---- the beginning ---- */

static str request_id(struct app *app, struct arena *mem)
{
    uint64_t n = atomic_fetch_add(&app->requests, 1);

    return str_fmt(mem, "%08llx-%llu", (unsigned long long)(app->started_ms / 1000),
                   (unsigned long long)n);
}

static void call_init(struct call *c, struct app *app, struct arena *mem,
                      const struct http_request *http, struct http_answer *out)
{
    *c = (struct call){ .app = app, .http = http, .out = out };
    c->req.mem = mem;
    c->req.now_ms = clock_us(CLOCK_REALTIME) / 1000;
    c->req.id = request_id(app, mem);
    c->req.assets = &app->assets;
    c->req.config = app->config;
    c->req.door_key = app->door_key;
    c->req.scales = &app->scales;
    c->req.intake = &app->intake;
    c->req.flood = app->flood;
    if (!http)
        return;
    c->req.lang = negotiate_lang(http_header_find(http, "accept-language"));
    c->shape = negotiate_json(http_header_find(http, "accept")) ? SHAPE_JSON : SHAPE_PAGE;
    c->is_gzip = negotiate_gzip(http_header_find(http, "accept-encoding"));
}

/* Everything that the answer depends on besides the data: the address and what the headers
 * prefer. */
static str cache_key(const struct call *c)
{
    return str_fmt(c->req.mem, "%c%c%c%.*s", c->req.lang == LANG_EN ? 'e' : 'j',
                   c->shape == SHAPE_JSON ? 'd' : 'p', c->is_gzip ? 'g' : 'i',
                   STR_ARG(c->http->target));
}

/* ---- what was asked ---- */

static bool lang_take(struct req *r, struct err *e)
{
    str lang = req_query(r, "lang");

    if (!lang.n)
        return true;
    if (!str_eq(lang, STR("ja")) && !str_eq(lang, STR("en")))
        return err_set(e, ERR_INPUT, "lang には ja か en を指定してください。");
    r->lang = str_eq(lang, STR("en")) ? LANG_EN : LANG_JA;
    r->is_lang_chosen = true;
    return true;
}

/* The end of that day in Japan: what was known when people went home. */
static bool at_take(struct req *r, struct err *e)
{
    str day = req_query(r, "at");
    str instant;
    date parsed;

    if (!day.n)
        return true;
    instant = str_fmt(r->mem, "%.*sT23:59:59.999+09:00", STR_ARG(day));
    if (!date_parse(day, &parsed) || !instant_parse(instant, &r->at))
        return err_set(
            e, ERR_INPUT,
            "日付「%.*s」を読み取れません。2024-06-30 のように、年-月-日で入れてください。",
            STR_ARG(day));
    if (day_in_japan(r->at) > day_in_japan(r->now_ms))
        return err_set(e, ERR_INPUT, "%.*s はまだ来ていません。今日までの日を選んでください。",
                       STR_ARG(day));
    r->at_day = day;
    return true;
}

static bool request_take(struct call *c, struct err *e)
{
    struct req *r = &c->req;

    if (!target_parse(r->mem, c->http->target, &r->target, e))
        return false;
    if (r->target.shape != SHAPE_PAGE)
        c->shape = r->target.shape;
    return lang_take(r, e) && at_take(r, e);
}

/* ---- pages ---- */

enum { PAGE_FIRST_BYTES = 64 * 1024 }; /* what a page usually needs */

static str file_name(const struct call *c, const char *suffix)
{
    str path = str_skip(c->req.target.path, 1);
    char *name = str_c(c->req.mem, path.n ? path : STR("index"));

    for (char *p = name; *p; p++) {
        if (*p == '/')
            *p = '-';
    }
    return str_fmt(c->req.mem, "%s%s", name, suffix);
}

/* The tree in the shape that was asked for. */
static bool page_write(struct call *c, const struct value *page, struct buf *body,
                       struct content *content, struct err *e)
{
    switch (c->shape) {
    case SHAPE_JSON:
        content->type = STR("application/json");
        json_put(body, page);
        buf_put_char(body, '\n');
        return true;
    case SHAPE_CSV:
        content->type = STR("text/csv; charset=utf-8; header=present");
        content->name = file_name(c, ".csv");
        render_csv(body, value_get(page, str_from(c->req.route->table)));
        return true;
    case SHAPE_PAGE:
    case SHAPE_COUNT:
        break;
    }
    content->type = STR("text/html; charset=utf-8");
    return render_html_from(body, c->req.assets->templates, str_from(c->req.route->template),
                            page, c->req.lang, e);
}

bool answer_page(struct call *c, int status, const struct value *page, struct err *e)
{
    struct content content = { 0 };
    struct buf body;

    buf_init(&body, c->req.mem, PAGE_FIRST_BYTES, LIMIT_ANSWER_BYTES);
    if (!page_write(c, page, &body, &content, e))
        return false;
    if (body.full)
        return err_set(e, ERR_INPUT, "このページは大きすぎて表示できません。");
    answer_body(c, status, &content, buf_str(&body));
    return true;
}

static bool page_answer(struct call *c, struct err *e)
{
    struct value *page = value_map(c->req.mem);

    common_put(&c->req, page);
    return c->req.route->page(&c->req, page, e) && answer_page(c, 200, page, e);
}

static bool file_answer(struct call *c, struct err *e)
{
    struct file file = { 0 };
    struct content content = { .is_file = true };

    if (!c->req.route->file(&c->req, &file, e))
        return false;
    content.type = file.type;
    content.name = file.name;
    content.is_immutable = file.is_immutable;
    answer_body(c, 200, &content, file.bytes);
    return true;
}

/* ---- routes ---- */

static bool has_shape(const struct route *route, enum shape suffix)
{
    if (suffix == SHAPE_CSV)
        return route->table != NULL;
    return suffix == SHAPE_PAGE || route->page;
}

static str allow_put(struct arena *mem, unsigned methods)
{
    return str_fmt(mem, "%s%sOPTIONS", methods & 1U << METHOD_GET ? "GET, HEAD, " : "",
                   methods & 1U << METHOD_POST ? "POST, " : "");
}

static void answer_no_route(struct call *c, unsigned allowed)
{
    if (allowed)
        answer_error(c, 405, NULL, allow_put(c->req.mem, allowed));
    else
        answer_error(c, 404, NULL, (str){ 0 });
}

void answer_location(struct call *c, int status, str location)
{
    struct content content = { .type = STR("text/plain; charset=utf-8"), .location = location };

    answer_body(c, status, &content, STR("\n"));
}

static void answer_redirect(struct call *c)
{
    str path;

    str_cut(c->http->target, '?', &path);
    path.n--;
    answer_location(c, 308,
                    str_fmt(c->req.mem, "%.*s%s%.*s", STR_ARG(path),
                            c->req.target.query.n ? "?" : "", STR_ARG(c->req.target.query)));
}

void answer_failure(struct call *c, const struct err *e)
{
    answer_error(c, err_shown(e->code)->http, e, (str){ 0 });
}

static enum method method_of(str method)
{
    if (str_eq(method, STR("GET")) || str_eq(method, STR("HEAD")))
        return METHOD_GET;
    return str_eq(method, STR("POST")) ? METHOD_POST : METHOD_COUNT;
}

static void answer_get(struct call *c, struct err *e)
{
    const struct route *route = c->req.route;
    enum access access;

    if (!access_find(c, &access, e)) {
        answer_failure(c, e);
    } else if (access != ACCESS_FINE) {
        answer_access(c, access, e);
    } else {
        if (route->has_form || c->req.person)
            visitor_greet(c);
        if (!(route->page ? page_answer(c, e) : file_answer(c, e)))
            answer_failure(c, e);
    }
}

static void answer_route(struct call *c, struct err *e)
{
    unsigned allowed;
    const struct route *route =
        route_find(method_of(c->http->method), c->req.target.path, c->req.params, &allowed);

    if (!route) {
        answer_no_route(c, allowed);
        return;
    }
    c->req.route = route;
    if (!has_shape(route, c->req.target.shape)) {
        answer_error(c, 404, NULL, (str){ 0 });
        return;
    }
    c->is_kept = c->is_kept && route->method == METHOD_GET && route->who == NEED_PUBLIC
                 && !route->has_form;
    if (route->act)
        answer_act(c, e);
    else
        answer_get(c, e);
}

static void answer_options(struct call *c)
{
    struct content content = { .type = STR("text/plain; charset=utf-8") };
    str params[ROUTE_PARAMS_MAX];
    unsigned allowed;

    (void)route_find(METHOD_COUNT, c->req.target.path, params, &allowed);
    if (str_eq(c->http->target, STR("*")))
        allowed = 1U << METHOD_GET;
    content.allow = allow_put(c->req.mem, allowed);
    if (allowed)
        answer_body(c, 204, &content, (str){ 0 });
    else
        answer_error(c, 404, NULL, (str){ 0 });
}

/* ---- the whole ---- */

static void answer_new(struct call *c, struct err *e)
{
    bool is_options = str_eq(c->http->method, STR("OPTIONS"));

    if (c->app->config->assets) {
        if (!assets_load(c->req.mem, c->app->config->assets, &c->disk, e)) {
            answer_error(c, 500, e, (str){ 0 });
            return;
        }
        c->req.assets = &c->disk;
    }
    if (is_options && str_eq(c->http->target, STR("*"))) {
        answer_options(c);
        return;
    }
    if (!request_take(c, e)) {
        answer_failure(c, e);
        return;
    }
    if (c->req.target.has_slash)
        answer_redirect(c);
    else if (is_options)
        answer_options(c);
    else
        answer_route(c, e);
}

static void log_call(const struct call *c, int64_t begin_us, const char *text)
{
    struct log_line line = { .id = c->req.id, .status = c->out->status, .text = text };

    /* What only the client did wrong is its own affair, and would let anybody fill the log. */
    if (c->out->status != 500 && !c->app->config->is_logged)
        return;
    if (c->http) {
        line.method = c->http->method;
        line.target = c->http->target;
    }
    line.bytes = c->out->is_bare ? 0 : c->out->body.n;
    line.micros = begin_us ? clock_us(CLOCK_MONOTONIC) - begin_us : -1;
    log_write(&line);
}

/* What decides whether the cache has the answer. False when the data cannot be reached. */
static bool data_take(struct call *c, struct err *e)
{
    if (!context_take(c->app, &c->context, e))
        return false;
    c->req.db = c->context->db;
    if (!c->is_kept)
        return true;
    c->key = cache_key(c);
    c->generation[1] = day_in_japan(c->req.now_ms);
    return store_generation(c->req.db, &c->generation[0], e);
}

/* The page sees one state of the data, and the cache knows which. */
static void answer_read(struct call *c, struct err *e)
{
    if (!store_snapshot_begin(c->req.db, e)
        || (c->is_kept && !store_generation(c->req.db, &c->generation[0], e))) {
        c->is_kept = false;
        answer_failure(c, e);
    } else {
        answer_new(c, e);
    }
    store_snapshot_end(c->req.db);
}

/* Who asks is found before the snapshot, as that may note when they were last here. */
static bool visitor_take(struct call *c, bool is_post, struct err *e)
{
    if (is_post || visitor_is_known(c)) {
        if (!context_write(c->app, c->context, e))
            return false;
        c->req.db = c->context->writer;
    }
    if (!visitor_find(c, e))
        return false;
    if (!is_post)
        c->req.db = c->context->db;
    return true;
}

static void answer_made(struct call *c, struct err *e)
{
    bool is_post = method_of(c->http->method) == METHOD_POST;

    if (!visitor_take(c, is_post, e)) {
        c->is_kept = false;
        answer_failure(c, e);
    } else if (is_post) {
        answer_new(c, e);
    } else {
        answer_read(c, e);
    }
}

/* A form with files may be larger than others. */
size_t app_body_max(void *ctx, const struct http_request *h)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct route *route;
    str params[ROUTE_PARAMS_MAX];
    struct target target;
    struct err ignored;
    unsigned allowed;

    (void)ctx;
    if (!target_parse(&mem, h->target, &target, &ignored))
        return LIMIT_REQUEST_BODY;
    route = route_find(method_of(h->method), target.path, params, &allowed);
    return route ? route_body_max(route) : LIMIT_REQUEST_BODY;
}

void app_answer(void *ctx, struct arena *mem, const struct http_request *h,
                struct http_answer *out)
{
    struct app *app = ctx;
    int64_t begin_us = clock_us(CLOCK_MONOTONIC);
    struct err e = { 0 };
    struct call c;

    call_init(&c, app, mem, h, out);
    c.is_kept = !app->config->is_uncached && !app->config->assets && !visitor_is_known(&c);
    if (!data_take(&c, &e)) {
        c.is_kept = false;
        answer_failure(&c, &e);
    } else if (!c.is_kept || method_of(h->method) != METHOD_GET || !answer_cached(&c)) {
        answer_made(&c, &e);
    }
    if (c.context)
        context_give(app, c.context);
    log_call(&c, begin_us, e.text);
}

void app_refuse(void *ctx, struct arena *mem, int status, const char *why,
                struct http_answer *out)
{
    struct call c;

    call_init(&c, ctx, mem, NULL, out);
    answer_error(&c, status, NULL, (str){ 0 });
    log_call(&c, 0, why);
}
