/* Answers: headers, compression, ETags, the cache. */
#include "web/dispatch.h"

#include <libdeflate.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* No script and no style that is not a file of ours, no frame around us, no form to elsewhere.
 */
static const char POLICY_PAGE[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'\r\n";

/* A file was perhaps written by somebody else: it may do nothing at all. */
static const char POLICY_FILE[] =
    "Content-Security-Policy: default-src 'none'; sandbox; frame-ancestors 'none'\r\n";

static const char POLICY_ALL[] =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

enum {
    COMPRESS_FROM_BYTES = 1000,
    HEAD_BYTES = 2048,
    FILE_NAME_BYTES = 200,
    ERROR_FIRST_BYTES = 16 * 1024, /* what an error page usually needs */
};

static bool is_compressible(str type)
{
    return str_starts(type, STR("text/")) || str_eq(type, STR("image/svg+xml"))
           || str_starts(type, STR("application/json"))
           || str_starts(type, STR("application/problem+json"));
}

/* The body compressed, or as it is when that does not make it smaller. */
static bool compress(struct call *c, str *body)
{
    size_t room, n;
    char *p;

    if (!c->context || !c->context->gzip || body->n < COMPRESS_FROM_BYTES)
        return false;
    room = libdeflate_gzip_compress_bound(c->context->gzip, body->n);
    p = arena_bytes(c->req.mem, room);
    n = libdeflate_gzip_compress(c->context->gzip, body->p, body->n, p, room);
    if (n == 0 || n >= body->n)
        return false;
    *body = (str){ p, n };
    return true;
}

static void line_put(struct buf *b, const char *name, str value)
{
    if (!value.n)
        return;
    buf_put_c(b, name);
    buf_put(b, STR(": "));
    buf_put(b, value);
    buf_put(b, STR("\r\n"));
}

/* The name may be that of a document somebody brought: it is encoded (RFC 6266, RFC 8187), with
 * a plain one beside it for programs that do not know that form. */
static str disposition(struct arena *a, str name)
{
    struct buf b;

    if (!name.n)
        return (str){ 0 };
    name = str_take(name, FILE_NAME_BYTES);
    name.n = utf8_valid_prefix(name.p, name.n);
    buf_init(&b, a, 64 + name.n * 4, 64 + name.n * 4);
    buf_put(&b, STR("attachment; filename=\""));
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9') || c == '.' || c == '-';

        buf_put_char(&b, is_plain ? c : '_');
    }
    buf_put(&b, STR("\"; filename*=UTF-8''"));
    target_encode(&b, name);
    return buf_str(&b);
}

static str cache_control(const struct call *c, int status, const struct content *content)
{
    if (status >= 400 || c->is_secret)
        return STR("no-store");
    if (c->is_private && !content->is_immutable)
        return STR("private, no-cache");
    return content->is_immutable ? STR("public, max-age=31536000, immutable") : STR("no-cache");
}

static str head_make(struct call *c, int status, const struct content *content, bool is_gzip,
                     str etag)
{
    struct buf b;

    buf_init(&b, c->req.mem, HEAD_BYTES, HEAD_BYTES + LIMIT_REQUEST_TARGET);
    line_put(&b, "Content-Type", content->type);
    line_put(&b, "Content-Encoding", is_gzip ? STR("gzip") : (str){ 0 });
    line_put(&b, "Content-Disposition", disposition(c->req.mem, content->name));
    line_put(&b, "Content-Language",
             content->is_file         ? (str){ 0 }
             : c->req.lang == LANG_EN ? STR("en")
                                      : STR("ja"));
    line_put(&b, "ETag", etag);
    line_put(&b, "Cache-Control", cache_control(c, status, content));
    line_put(&b, "Vary",
             content->is_file ? STR("Accept-Encoding")
                              : STR("Accept, Accept-Encoding, Accept-Language, Cookie"));
    line_put(&b, "Location", content->location);
    line_put(&b, "Allow", content->allow);
    line_put(&b, "Set-Cookie", c->set_cookie);
    /* RFC 9110 11.6.1 wants a challenge; browsers know no scheme for a form and show the page.
     */
    line_put(&b, "WWW-Authenticate", status == 401 ? STR("Form realm=\"meguri\"") : (str){ 0 });
    /* Only where browsers take it: behind TLS. */
    line_put(&b, "Clear-Site-Data",
             c->is_over && c->app->config->is_https ? STR("\"cache\"") : (str){ 0 });
    if (status >= 400)
        line_put(&b, "Request-Id", c->req.id);
    buf_put_c(&b, content->is_file ? POLICY_FILE : POLICY_PAGE);
    buf_put_c(&b, POLICY_ALL);
    return buf_str(&b);
}

/* Status 304 when the reader has these very bytes. */
static void answer_put(struct call *c, int status, const struct cached *what)
{
    str known = c->http ? http_header_find(c->http, "if-none-match") : (str){ 0 };

    c->out->status = status;
    c->out->head = what->head;
    c->out->body = what->body;
    if (status == 200 && known.n && negotiate_matches(known, what->etag)) {
        c->out->status = 304;
        c->out->is_bare = true;
    }
}

void answer_body(struct call *c, int status, const struct content *content, str body)
{
    uint64_t hash = status == 200 ? str_hash(body) : 0;
    bool is_gzip = c->is_gzip && is_compressible(content->type) && compress(c, &body);
    struct cached what = { .body = body };

    if (status == 200)
        what.etag =
            str_fmt(c->req.mem, "\"%016llx%s\"", (unsigned long long)hash, is_gzip ? "-g" : "");
    what.head = head_make(c, status, content, is_gzip, what.etag);
    if (c->is_kept && status == 200)
        cache_put(&c->app->cache, c->generation, c->key, &what);
    answer_put(c, status, &what);
}

bool answer_cached(struct call *c)
{
    struct cached what;
    struct cache_entry *entry = cache_find(&c->app->cache, c->generation, c->key, &what);

    if (!entry)
        return false;
    answer_put(c, 200, &what);
    c->out->release = cache_release;
    c->out->owner = entry;
    return true;
}

void answer_error(struct call *c, int status, const struct err *e, str allow)
{
    struct content content = { .type = STR("text/html; charset=utf-8"), .allow = allow };
    struct value *page = value_map(c->req.mem);
    struct err ignored = { 0 };
    struct buf body;

    buf_init(&body, c->req.mem, ERROR_FIRST_BYTES, LIMIT_ANSWER_BYTES);
    c->req.route = NULL;
    if (!c->req.target.path.n)
        c->req.target.path = STR("/");
    if (c->shape == SHAPE_JSON) {
        content.type = STR("application/problem+json");
        error_problem_put(&body, &c->req, status, e);
    } else {
        common_put(&c->req, page);
        error_put(&c->req, page, status, e);
        /* Without the template nothing but the sentence is left to say. */
        if (!render_html_from(&body, c->req.assets->templates, STR("error"), page, c->req.lang,
                              &ignored)) {
            content.type = STR("text/plain; charset=utf-8");
            buf_put_c(&body, e ? e->text : http_reason(status));
            buf_put_char(&body, '\n');
        }
    }
    answer_body(c, status, &content, buf_str(&body));
}
