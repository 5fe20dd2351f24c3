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
    int64_t now_ms; /* of accounts and sessions that are made: the real clock's, as the app's */
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

/* ---- people ---- */

struct visit {
    str account, cookie; /* the header line "Cookie: meguri=...\r\n" */
    str csrf;
};
/* A new account named like its login, with a session and no password. */
struct visit sites_visit(struct site *s, const char *login);
/* Gives it a password; a second factor, whose secret is given back in base 32, and the code
 * that an app would show at a time. */
void sites_password(struct site *s, str account, const char *password);
str sites_factor(struct site *s, str account);
str sites_code(struct site *s, str secret, int64_t now_ms);
/* Gives it a duty in force from `from` to `to` ("" = today on, without end). */
void sites_grant(struct site *s, str account, enum duty duty, const char *organisation,
                 const char *from, const char *to);
/* A ward's section. */
void sites_section(struct site *s, const char *key, const char *name, const char *ward);

/* A page as that person sees it; NULL = nobody. */
struct reply sites_get_as(struct site *s, const struct visit *v, const char *target);
/* A form of a page of ours, with csrf in front of `fields` ("a=b&c=d"; "" = none). */
struct reply sites_post_as(struct site *s, const struct visit *v, const char *target,
                           const char *fields);
/* Any request with a body. */
struct reply sites_send(struct site *s, const char *method, const char *target,
                        const char *head, str body);

/* The value of a header line of the answer, "" when it is not there. */
str reply_header(const struct reply *r, const char *name);

/* Gives an account every duty in minamo, whose year 2025 is then proposed and whose year 2026
 * is being written. */
void sites_work(struct site *s, str account);

#endif
