/* What the server holds while it runs, and the pieces that dispatch.c puts together. Private to
 * the room. Handlers see none of it (page.h). */
#ifndef MEGURI_WEB_APP_H
#define MEGURI_WEB_APP_H

#include <pthread.h>
#include <stdatomic.h>

#include "web/cache.h"
#include "web/flood.h"
#include "web/http.h"
#include "web/intake.h"
#include "web/page.h"
#include "web/web.h"

struct libdeflate_compressor;

/* One static file, ready to be sent. */
struct asset {
    str name; /* "meguri.css" */
    str url;  /* "/static/0123456789ab/meguri.css" */
    str type;
    str bytes;
};

/* Templates and static files: those built in, or those of a directory as it is now. */
struct assets {
    const struct template_set *templates;
    const struct asset *files;
    size_t file_count;
};

/* What one request borrows at a time: at most as many exist as requests run at once. */
struct context {
    struct conn *db;     /* reads */
    struct conn *writer; /* for who is signed in, and for acts; NULL until it is needed */
    struct libdeflate_compressor *gzip;
    struct context *next;
};

struct app {
    const struct web_config *config;
    struct arena mem; /* as long as the server */
    struct assets assets;
    struct cache cache;
    pthread_mutex_t lock; /* of `idle`, and of `mem` for new contexts */
    struct context *idle;
    int64_t started_ms; /* request ids begin with it */
    str door_key;       /* random; see page_sign_in.c */
    struct scales scales;
    atomic_uint_fast64_t requests;
    struct intake intake; /* voices that come in at the same time */
    struct flood *flood;  /* of the public forms */
};

/* Everything that can fail before the first request: the route table, the data, the assets. */
MUST bool app_init(struct app *app, const struct web_config *config, struct err *e);
void app_done(struct app *app);

/* Takes a context, opening the data anew when none is free. */
MUST bool context_take(struct app *app, struct context **out, struct err *e);
/* Opens its writer when that has not been done. */
MUST bool context_write(struct app *app, struct context *c, struct err *e);
void context_give(struct app *app, struct context *c);

/* The functions of struct http_handler; ctx is the app. */
size_t app_body_max(void *ctx, const struct http_request *h);
void app_answer(void *ctx, struct arena *mem, const struct http_request *h,
                struct http_answer *out);
void app_refuse(void *ctx, struct arena *mem, int status, const char *why,
                struct http_answer *out);

/* ---- assets.c ---- */

/* The files built in. Takes memory for addresses only. */
void assets_builtin(struct arena *a, struct assets *out);
/* Those of a directory as it is now; ERR_IO, or ERR_INPUT for a mistake in a template. */
MUST bool assets_load(struct arena *a, const char *directory, struct assets *out,
                      struct err *e);
const struct asset *asset_find(const struct assets *assets, str name);

/* ---- negotiate.c: what the request's headers prefer; pure ---- */

enum lang negotiate_lang(str accept_language);
bool negotiate_json(str accept); /* JSON rather than HTML? */
bool negotiate_gzip(str accept_encoding);
bool negotiate_matches(str if_none_match, str etag);

/* ---- req.c ---- */

/* `url` with one more parameter before its fragment; "" as the value leaves it out. */
str url_with(struct arena *a, str url, str name, str value);

/* ---- common.c: what every page has ---- */

/* Fills page.* before the handler runs. */
void common_put(const struct req *r, struct value *page);
/* The new list page.errors.list of a tree. */
struct value *common_errors(const struct req *r, struct value *page);

/* ---- error.c ---- */

/* The tree of an error page, and its .json twin as RFC 9457 asks (problem details). */
void error_put(const struct req *r, struct value *page, int status, const struct err *e);
void error_problem_put(struct buf *out, const struct req *r, int status, const struct err *e);

/* ---- log.c: stderr, one line at a time ---- */

struct log_line {
    str id;
    int status;
    str method, target; /* "" when the request could not be read */
    size_t bytes;
    int64_t micros;   /* -1 = not measured */
    const char *text; /* why it failed, "" when it did not */
};
/* What came from outside cannot begin a line or move the cursor: control characters are written
 * as \xNN. */
void log_put(struct buf *b, int64_t now_ms, const struct log_line *line);
void log_write(const struct log_line *line);

#endif
