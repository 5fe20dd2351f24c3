/* What the program says to other servers of the house: it asks the directory whether a password
 * is right, and hands mail to the relay. Both only where they were set up; nothing else here or
 * in any other room opens a connection to elsewhere. */
#ifndef MEGURI_NET_H
#define MEGURI_NET_H

#include "base/base.h"

/* ---- the directory (LDAP, Active Directory) ---- */

/* As given on the command line; NULL = not given. Either `bind` (whoever signs in binds by a
 * name made of the login) or `base` and `filter` (the entry is looked for first, by the service
 * account or by nobody, and its name is then bound with the password). */
struct directory {
    const char *uri;    /* "ldaps://ad.example.jp", "ldap://127.0.0.1:389" */
    const char *bind;   /* "uid={login},ou=people,dc=example,dc=jp" or "{login}@example.jp" */
    const char *base;   /* "ou=people,dc=example,dc=jp" */
    const char *filter; /* "(sAMAccountName={login})" */
    const char *service_dn;
    const char *service_password_file; /* its first line is read at each use */
    const char *ca_file;               /* whom to believe instead of the system's list */
    bool start_tls;                    /* ldap://, then TLS before anything is said */
    bool may_create;                   /* whoever is right becomes an account without a duty */
};

/* Are the settings such that they can work and give no password away? ERR_INPUT with a
 * sentence: neither ldap:// nor ldaps://, {login} missing, both or neither of the two ways, a
 * password that would go over the net in clear (ldap:// to another machine without
 * start_tls). Opens nothing. */
MUST bool directory_check(const struct directory *d, struct err *e);

struct directory_answer {
    bool is_right;
    str name, mail; /* displayName or cn, mail; "" when the entry does not say */
};
/* Asks the directory. is_right false: no such login, or another password; an empty password is
 * never right and never asked (a simple bind without one is an anonymous bind, which servers
 * accept: RFC 4513, 5.1.2). ERR_IO within DIRECTORY_SECONDS when it cannot be asked: server
 * down, certificate not believed, service account refused, too many asking already; it is then
 * left alone for a while, and this says so at once. Thread-safe. */
enum { DIRECTORY_SECONDS = 5 };
MUST bool directory_ask(const struct directory *d, struct arena *a, str login, str password,
                        struct directory_answer *out, struct err *e);

/* The template with the login in the place of {login}, escaped so that it stays one value: in a
 * name by RFC 4514 (2.4), in a filter by RFC 4515 (3), as it is in what is no name (no = in
 * it). False for a login that holds a control character. Pure. */
enum directory_escape { ESCAPE_DN, ESCAPE_FILTER };
MUST bool directory_fill(struct arena *a, const char *template, str login,
                         enum directory_escape escape, str *out);

/* ---- mail ---- */

struct mail {
    str from, to; /* addresses: ASCII, one @, no blank, control, < or > */
    str subject;  /* any text of one line */
    str text;     /* lines end with LF */
    str id;       /* unique, letters, digits, dots and hyphens: what stands before the @ of its
                     Message-ID */
    int64_t at_ms;
};
bool mail_address_fits(str address);
/* The whole message (RFC 5322, MIME): lines of ASCII that end with CRLF, none longer than 78
 * characters, none beginning with a dot. ERR_INPUT for an address that does not fit. Pure. */
MUST bool mail_write(struct arena *a, const struct mail *m, str *out, struct err *e);

/* A mail relay of the house (RFC 5321 without TLS and without a password: it is the machine
 * itself, or one of its own network that takes mail from it). */
struct relay {
    const char *host;
    const char *port;
};
/* "127.0.0.1:25", "mail.example.jp" (port 25), "[::1]:25". ERR_INPUT. */
MUST bool relay_parse(struct arena *a, const char *text, struct relay *out, struct err *e);

/* One line of a relay's reply: its code, and whether more lines follow. False when it is none.
 * Pure. */
MUST bool smtp_reply(str line, int *code, bool *has_more);

/* A conversation with a relay. ERR_IO with what it said; nothing waits longer than
 * RELAY_SECONDS for one answer. */
enum { RELAY_SECONDS = 10, RELAY_LINE = 1000 };
struct smtp {
    int fd;
    size_t n; /* bytes that were received and not yet read */
    char bytes[RELAY_LINE];
    char said[200]; /* the last line of the last reply, controls taken out */
};
MUST bool smtp_open(const struct relay *r, struct smtp *s, struct err *e);
/* Hands over one mail. *is_taken false: the relay does not take it (s->said says why), and the
 * next may follow. */
MUST bool smtp_send(struct smtp *s, const struct mail *m, bool *is_taken, struct err *e);
void smtp_close(struct smtp *s); /* for AUTO(); also of one that was never opened ({ .fd = -1 })
                                  */

#endif
