/* Starting and stopping: what must be there before the first request, and what requests borrow.
 */
#include "web/app.h"
#include "web/route.h"
#include "web/token.h"

#include <libdeflate.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

enum { COMPRESSION_LEVEL = 1, THREADS_MAX = 64 };

/* ---- contexts ---- */

static bool context_open(struct app *app, struct context **out, struct err *e)
{
    struct context *c;
    struct conn *db;

    if (!store_open(app->config->data, STORE_READ, &db, e))
        return false;
    pthread_mutex_lock(&app->lock);
    c = NEW(&app->mem, struct context, 1);
    pthread_mutex_unlock(&app->lock);
    c->db = db;
    c->gzip = libdeflate_alloc_compressor(COMPRESSION_LEVEL);
    *out = c;
    return true;
}

bool context_take(struct app *app, struct context **out, struct err *e)
{
    struct context *c;

    pthread_mutex_lock(&app->lock);
    c = app->idle;
    if (c)
        app->idle = c->next;
    pthread_mutex_unlock(&app->lock);
    if (!c)
        return context_open(app, out, e);
    *out = c;
    return true;
}

bool context_write(struct app *app, struct context *c, struct err *e)
{
    return c->writer || store_open(app->config->data, STORE_WRITE, &c->writer, e);
}

void context_give(struct app *app, struct context *c)
{
    pthread_mutex_lock(&app->lock);
    c->next = app->idle;
    app->idle = c;
    pthread_mutex_unlock(&app->lock);
}

/* ---- the app ---- */

bool app_init(struct app *app, const struct web_config *config, struct err *e)
{
    struct context *first;
    struct timespec now;

    *app = (struct app){ .config = config };
    pthread_mutex_init(&app->lock, NULL);
    cache_init(&app->cache, LIMIT_PAGE_CACHE_BYTES);
    intake_init(&app->intake);
    app->flood = NEW(&app->mem, struct flood, 1);
    flood_init(app->flood);
    clock_gettime(CLOCK_REALTIME, &now);
    app->started_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    app->door_key = token_make(&app->mem);
    scales_read(&app->mem, &app->scales);
    assets_builtin(&app->mem, &app->assets);
    if (!routes_check(e) || !context_open(app, &first, e))
        return false;
    context_give(app, first);
    if (config->assets) {
        AUTO(arena_done) struct arena mem = { 0 };
        struct assets ignored;

        return assets_load(&mem, config->assets, &ignored, e);
    }
    return true;
}

void app_done(struct app *app)
{
    for (struct context *c = app->idle; c; c = c->next) {
        conn_close(&c->db);
        conn_close(&c->writer);
        libdeflate_free_compressor(c->gzip);
    }
    cache_done(&app->cache);
    intake_done(&app->intake);
    if (app->flood)
        flood_done(app->flood);
    pthread_mutex_destroy(&app->lock);
    arena_done(&app->mem);
}

/* More than the processors: who waits for the disk, or for one of the two passwords that are
 * worked on at a time, keeps no page waiting. */
static unsigned threads_of(const struct web_config *config)
{
    enum { BESIDE = 6 };
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = config->threads;

    if (n == 0)
        n = (processors > 0 ? (unsigned)processors : 1) + BESIDE;
    return n < THREADS_MAX ? n : THREADS_MAX;
}

bool web_serve(const struct web_config *config, struct err *e)
{
    struct app app;
    struct http_config http = {
        .host = config->host,
        .port = config->port,
        .threads = threads_of(config),
        .handler = { .answer = app_answer,
                     .refuse = app_refuse,
                     .body_max = app_body_max,
                     .ctx = &app },
        .ready = config->ready,
        .ready_ctx = config->ready_ctx,
    };
    bool fine = app_init(&app, config, e) && http_serve(&http, e);

    app_done(&app);
    return fine;
}
