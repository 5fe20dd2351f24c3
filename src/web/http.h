/* HTTP/1.1 over sockets, and nothing of pages: the narrow door between the program and the
 * network (RFC 9110, RFC 9112; docs/decisions says why it is our own).
 *
 * The reader of requests is strict: what two programs could read differently (request
 * smuggling) or what no browser sends is refused, never repaired. It takes Content-Length
 * and no chunked bodies; TLS and HTTP/2 belong to the proxy in front.
 *
 *   http_parse.c   bytes -> struct http_request; pure
 *   http_server.c  sockets: one accepting thread, workers with an epoll each */
#ifndef MEGURI_WEB_HTTP_H
#define MEGURI_WEB_HTTP_H

#include "base/base.h"

enum {
    HTTP_HEADERS_MAX = 64,
    HTTP_HEAD_BYTES = 16 * 1024, /* request line and headers; more is 431 */
    HTTP_METHOD_BYTES = 20,
};

struct http_header {
    str name, value; /* as sent; the value without blanks at its ends */
};

/* One request. All views point into the bytes that were read. */
struct http_request {
    str method;         /* "GET"; a token */
    str target;         /* "/o/minamo?page=2", "*" for OPTIONS; visible ASCII */
    bool is_keep_alive; /* the other side wants the connection to stay */
    bool is_waiting;    /* Expect: 100-continue */
    size_t body_len;
    str body;
    str peer; /* address of the other end, "" when it is not known; the server fills it */
    uint32_t header_count;
    struct http_header headers[HTTP_HEADERS_MAX];
};

/* The first header by that name (lower case), "" when absent. */
str http_header_find(const struct http_request *r, const char *name);

enum http_read {
    HTTP_MORE,    /* what there is is fine so far */
    HTTP_READY,   /* a whole head; *used bytes */
    HTTP_REFUSED, /* *status and *why: 400 411 414 417 431 501 505 */
};

/* Does `bytes` begin with a whole request head? *seen is how far an earlier call with the same
 * start looked (0 at first), so that a head that drips in is scanned once. */
enum http_read http_head_find(str bytes, size_t *seen, size_t *used, int *status,
                              const char **why);

/* Takes a whole head (what http_head_find gave) apart. HTTP_READY or HTTP_REFUSED. *why is
 * English, for the log. */
enum http_read http_parse(str head, struct http_request *out, int *status, const char **why);

/* Reason phrase of a status code, "Unknown" for one that is not in the table. */
const char *http_reason(int status);

/* ---- answers ---- */

struct http_answer {
    int status;
    str head; /* header lines, each ended by CRLF; without Date, Content-Length and Connection,
                 which the server adds */
    str body; /* borrowed until `release` is called */
    bool is_bare; /* HEAD and 304: Content-Length speaks of the body, the body is not sent */
    bool is_last; /* close the connection after it */
    void (*release)(void *owner); /* NULL = the body lives in the request's arena */
    void *owner;
};

/* What the server calls, in the thread of a worker. Both fill *out; what they put there lives
 * in `mem`, which is reset after the answer, or until `release`. */
struct http_handler {
    void (*answer)(void *ctx, struct arena *mem, const struct http_request *r,
                   struct http_answer *out);
    /* A request that could not be read, came too slowly (408) or too much at once (413, 503).
     * `r` may be NULL. */
    void (*refuse)(void *ctx, struct arena *mem, int status, const char *why,
                   struct http_answer *out);
    /* How many bytes may the body of this request have? Asked when its head is here; NULL =
     * LIMIT_REQUEST_BODY. */
    size_t (*body_max)(void *ctx, const struct http_request *r);
    void *ctx;
};

/* ---- the server ---- */

struct http_config {
    const char *host; /* an address, IPv4 or IPv6, or a name */
    uint16_t port;    /* 0 = any free one */
    unsigned threads; /* at least 1 */
    int head_ms;      /* for a whole request head; 0 = LIMIT_HEADER_SECONDS. For tests */
    struct http_handler handler;
    void (*ready)(void *ctx, const char *address); /* "http://127.0.0.1:8080/" */
    void *ready_ctx;
};

/* Serves until SIGINT or SIGTERM, then takes no new connection, finishes the requests in flight
 * (at most HTTP_STOP_SECONDS) and returns true. ERR_IO, with a sentence in Japanese that names
 * the address, when it cannot listen. */
enum { HTTP_STOP_SECONDS = 5 };
MUST bool http_serve(const struct http_config *config, struct err *e);

#endif
