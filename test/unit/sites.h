/*
 * The whole program but its sockets, over the sample: requests in, answers out.
 */
#ifndef MEGURI_TEST_SITES_H
#define MEGURI_TEST_SITES_H

#include "stores.h"
#include "web/app.h"

struct site {
    struct fixture f;
    struct web_config config;
    struct app app;
};

/* Imports samples/ into a store of its own and starts the app over it; a failure ends the
 * program. The working directory is the project's root. */
void sites_begin(struct site *s);
void sites_end(struct site *s);

/* The documents of the sample. */
enum { SITES_SAMPLES = 4 };

struct reply {
    int status;
    str head, body; /* in the site's arena; a body that is not sent is empty */
    str sent;       /* the body as the handler gave it, also where HEAD or 304 keeps it back */
};

/* `head` are header lines, each ended by \r\n. */
struct reply sites_ask(struct site *s, const char *method, const char *target,
                       const char *head);
struct reply sites_get(struct site *s, const char *target);

/* The value of a header line of the answer, "" when it is not there. */
str reply_header(const struct reply *r, const char *name);

#endif
