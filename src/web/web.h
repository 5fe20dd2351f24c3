/* The server: routes, pages, the JSON twin of every page. */
#ifndef MEGURI_WEB_H
#define MEGURI_WEB_H

#include "model/model.h"

struct directory;

struct web_config {
    const char *data;   /* address of the store */
    const char *host;   /* "127.0.0.1" */
    uint16_t port;      /* 0 = any free one */
    const char *assets; /* directory to read templates and static files from while developing;
                           NULL = those built in */
    unsigned threads;   /* 0 = some more than there are processors */
    bool is_uncached;   /* every page is rendered anew */
    bool is_https;      /* a proxy in front speaks TLS: cookies are for https alone */
    const char *trust_header; /* "X-Remote-User": the login that a proxy vouches for; NULL = no
                                 header is trusted */
    const char *trust_from;   /* addresses of that proxy, separated by commas */
    const struct directory *directory; /* net/net.h: who has no password here is asked of it;
                                          NULL = there is none */
    bool is_logged; /* a line on stderr for each request, not only for failures */
    void (*ready)(void *ctx, const char *address); /* called once it listens, with
                                                      "http://127.0.0.1:8080/" */
    void *ready_ctx;
};

/* Serves until SIGINT or SIGTERM, then finishes the requests in flight and returns true. */
MUST bool web_serve(const struct web_config *config, struct err *e);

/* The route table, for `meguri routes`, the manual and the tests that walk it. */
struct web_route_info {
    str method, path; /* "GET", "/o/:org/:year" */
    str example;      /* a path that is there when the sample is the data; "" when only the data
                         itself knows one and there is none */
    str title[LANG_COUNT];
    str who;      /* "public" */
    bool is_page; /* it has a .json twin; otherwise it is a file */
    bool has_csv;
};
/* Row `number`, from 0. `data` is the address of the store that examples are taken from where
 * they are not the same everywhere, NULL = none. False past the end. */
MUST bool web_route_at(struct arena *a, size_t number, const char *data,
                       struct web_route_info *out);

#endif
