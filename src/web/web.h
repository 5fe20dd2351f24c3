/* The server: routes, pages, the JSON twin of every page. */
#ifndef MEGURI_WEB_H
#define MEGURI_WEB_H

#include "model/model.h"

struct web_config {
    const char *data;   /* address of the store */
    const char *host;   /* "127.0.0.1" */
    uint16_t port;      /* 0 = any free one */
    const char *assets; /* directory to read templates and static files from while developing;
                           NULL = those built in */
    unsigned threads;   /* 0 = one for each processor */
    void (*ready)(void *ctx, const char *address); /* called once it listens, with
                                                      "http://127.0.0.1:8080/" */
    void *ready_ctx;
};

/* Serves until SIGINT or SIGTERM, then finishes the requests in flight and returns true. */
MUST bool web_serve(const struct web_config *config, struct err *e);

/* The route table, for `meguri routes`, the manual and the tests that walk it. */
struct web_route_info {
    str method, path, example, title[LANG_COUNT], who;
};
const struct web_route_info *web_routes(size_t *count);

#endif
