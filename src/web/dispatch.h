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
    str token;             /* of the reader's cookie, "" = none */
    struct person person;  /* where req.person points to */
    bool is_private;       /* the answer is for this reader alone: no shared cache keeps it */
    bool is_secret;        /* not even their own browser does */
    str set_cookie;        /* value of a Set-Cookie, "" = none */
    bool is_over;          /* the session has ended: the browser forgets what it kept */
    uint32_t carried;      /* acts that went on after a sign-in: at most one */
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

/* A page of the row's template from its tree, in the shape that was asked for. */
MUST bool answer_page(struct call *c, int status, const struct value *page, struct err *e);

/* Redirects: 308 to the same with another address, 303 after an act. */
void answer_location(struct call *c, int status, str location);

/* ---- visitor.c: who asks ---- */

/* Sets c->token, req.csrf, req.address, req.agent and req.person. False when the data cannot be
 * asked. */
MUST bool visitor_find(struct call *c, struct err *e);
/* Does the request carry what could be a session? Its answer then is no page for everybody. */
bool visitor_is_known(const struct call *c);
/* The reader has a cookie from now on: takes a new token where there is none. */
void visitor_greet(struct call *c);
/* A session begins with this answer, or ends. */
void visitor_enter(struct call *c, str token);
void visitor_leave(struct call *c);

/* ---- access.c: who may ---- */

enum access {
    ACCESS_FINE,
    ACCESS_SIGN_IN,     /* nobody is signed in */
    ACCESS_UNREADY,     /* has to change the password, or set up a second factor, first */
    ACCESS_UNCONFIRMED, /* gave the password too long ago */
    ACCESS_DENIED,
};
/* May req.person do what req.route says? Sets the person's duties. Looks at the row alone, and
 * at whose object it is; never at whether the object is there, so that a refusal tells nothing.
 */
MUST bool access_find(struct call *c, enum access *out, struct err *e);
/* The answer to who may not yet: the page of what has to be done first, which keeps what was
 * asked for; or 403. */
void answer_access(struct call *c, enum access access, struct err *e);

/* ---- act.c: POST ---- */

/* Fills page.errors from the faults. */
void act_errors_put(const struct req *r, struct value *page);

/* From a POST row to its answer. req.route is set. */
void answer_act(struct call *c, struct err *e);

/* The error page or problem of a status. `e` may be NULL; `allow` "" = no Allow header. */
void answer_error(struct call *c, int status, const struct err *e, str allow);
void answer_failure(struct call *c, const struct err *e); /* the status is that of its code */

#endif
