/* One request on its way to its answer. Private to dispatch.c and answer.c. */
#ifndef MEGURI_WEB_DISPATCH_H
#define MEGURI_WEB_DISPATCH_H

#include "web/app.h"

struct call {
    struct app *app;
    const struct http_request *http; /* NULL: the request could not be read */
    struct http_answer *out;
    struct context *context; /* NULL until it is needed */
    struct req req;
    enum shape shape;
    bool is_gzip;
    bool is_kept;          /* the answer may go into the cache */
    int64_t generation[2]; /* of the store, and the day in Japan */
    str key;               /* in the cache */
    struct assets disk;    /* with --assets */
};

/* What an answer says of its bytes. */
struct content {
    str type;
    str name;     /* not "": saved under this name */
    bool is_file; /* no page: it may load nothing and run nothing */
    bool is_immutable;
    str location; /* of a redirect, "" = none */
    str allow;    /* of a 405, "" = none */
};

/* Makes the answer of `body`: compresses, gives it an ETag, all headers, keeps it in the cache
 * when the call may be kept, and answers 304 when the reader has it. */
void answer_body(struct call *c, int status, const struct content *content, str body);

/* An answer from the cache. False when it has none. */
MUST bool answer_cached(struct call *c);

/* The error page or problem of a status. `e` may be NULL; `allow` "" = no Allow header. */
void answer_error(struct call *c, int status, const struct err *e, str allow);

#endif
