/* People: accounts, duties, sessions, drafts. What is decided (who holds which duty, from when
 * to when, given by whom) are records of the organisation: kind "grant", entity
 * "grant/<account>/<duty>". What is secret, personal or passing (names, passwords, second
 * factors, sessions, drafts) lives in tables of its own that are no records: they can be erased
 * for good, and no log, export or rebuild holds them. An account's id says nothing of its
 * owner; records name only that. Part of store.h; include that. */
#ifndef MEGURI_STORE_PEOPLE_H
#define MEGURI_STORE_PEOPLE_H

#include "model/model.h"

struct conn;
struct stamp;

/* ---- accounts ---- */

struct account {
    str id;    /* "u" and 10 hexadecimal digits, random; the author of records */
    str login; /* what is typed at the door; folded for comparison; unique */
    str name;  /* shown to colleagues only */
    str mail;  /* for the digest; may be "" */
    bool is_disabled;
    bool must_change; /* the password, at the next sign-in */
    bool has_password, has_totp;
    int64_t created_ms, seen_ms; /* last signed in, 0 = never */
};

/* A new account without a password and without a duty: it can sign in only after
 * store_password_set (or by LDAP, or behind the proxy). Fills id. ERR_CONFLICT when the login
 * is taken, ERR_INPUT for one that is empty, too long (64 bytes) or holds blanks or controls.
 */
MUST bool store_account_add(struct conn *c, struct arena *a, int64_t now_ms,
                            struct account *account, struct err *e);
/* Changes login, name, mail and is_disabled (which ends its sessions). */
MUST bool store_account_save(struct conn *c, int64_t now_ms, const struct account *account,
                             struct err *e);
/* By its id or by its login. ERR_NOT_FOUND. */
MUST bool store_account(struct conn *c, struct arena *a, str id, struct account *out,
                        struct err *e);
MUST bool store_account_by_login(struct conn *c, struct arena *a, str login,
                                 struct account *out, struct err *e);
struct account_rows {
    struct account *rows;
    uint32_t count, total;
};
MUST bool store_accounts(struct conn *c, struct arena *a, str query, uint32_t offset,
                         uint32_t limit, struct account_rows *out, struct err *e);

/* ---- duties ---- */

struct grant {
    str organisation; /* ward, section, city: the duty holds there and in what belongs to it */
    str account;
    enum duty duty;
    str from, to;  /* "2024-04-01", both inclusive; to "" = without end */
    str deputy_of; /* account it stands in for, "" = none */
    struct hash record;
};
/* Gives or changes a duty; ending one is a `to` in the past. A record: stamp->who must be an
 * administrator of the organisation (or "cli"). */
MUST bool store_grant_save(struct conn *c, const struct stamp *stamp, const struct grant *g,
                           struct err *e);
struct grant_rows {
    struct grant *rows;
    uint32_t count;
};
/* All duties of an account ("" = of everybody) in an organisation ("" = anywhere). */
MUST bool store_grants(struct conn *c, struct arena *a, str account, str organisation,
                       struct grant_rows *out, struct err *e);
/* The duties an account holds on a day for an organisation, its own and those of what it
 * belongs to (a ward's duty holds in its sections, a city's in its wards; EDITOR and HEAD of a
 * city do not reach into its wards), as DUTY_BITs. For `section` "" = the organisation itself.
 * A disabled account holds none. "cli" holds all. */
MUST bool store_duties(struct conn *c, str account, str organisation, str section,
                       int64_t now_ms, unsigned *out, struct err *e);

/* ---- passwords, second factors ---- */

/* The rules for passwords, since some cities have their own; stored as one row of settings. */
struct password_policy {
    int min_length;     /* characters; 8 */
    int advised_length; /* 15 */
    int max_age_days;   /* 0 = no forced change */
    int idle_minutes;   /* of a session; 30 */
    int absolute_hours; /* of a session; 12 */
    int reauth_minutes; /* how long a confirmed password counts for approvals; 15 */
    bool totp_required;
};
MUST bool store_policy(struct conn *c, struct password_policy *out, struct err *e);
MUST bool store_policy_save(struct conn *c, const struct password_policy *p, struct err *e);

/* argon2id (RFC 9106; libsodium's MODERATE limits: 64 MiB here, see people.c). ERR_INPUT with a
 * sentence: shorter than the policy, one of the common ones, the login or the name in it. Ends
 * the account's other sessions. */
MUST bool store_password_set(struct conn *c, int64_t now_ms, str account, str password,
                             bool must_change, struct err *e);

/* Who is at the door. Takes the same time whether or not the login exists. */
enum door { DOOR_OPEN, DOOR_CODE, DOOR_WRONG, DOOR_WAIT };
struct door_answer {
    enum door door;   /* OPEN: signed in; CODE: the second factor is asked next */
    str account;      /* of OPEN and CODE */
    int wait_seconds; /* of WAIT: too many failures for this login or from this address */
};
MUST bool store_password_check(struct conn *c, struct arena *a, int64_t now_ms, str login,
                               str password, str address, struct door_answer *out,
                               struct err *e);
/* The second factor: a TOTP code (RFC 6238: SHA-1, 6 digits, 30 s, one step either side, none
 * twice) or one of the recovery codes, which is used up. */
MUST bool store_code_check(struct conn *c, int64_t now_ms, str account, str code, str address,
                           struct door_answer *out, struct err *e);
/* A new secret that is not in force until a code made with it was given back; its
 * otpauth:// address (Key URI) for an app. */
MUST bool store_totp_begin(struct conn *c, struct arena *a, str account, str *secret_base32,
                           str *key_uri, struct err *e);
MUST bool store_totp_confirm(struct conn *c, int64_t now_ms, str account, str code,
                             struct err *e);
MUST bool store_totp_remove(struct conn *c, str account, struct err *e);
/* Ten new recovery codes, shown once; the old ones are void. */
enum { RECOVERY_CODES = 10 };
MUST bool store_recovery_make(struct conn *c, struct arena *a, str account,
                              str codes[RECOVERY_CODES], struct err *e);

/* ---- sessions ---- */

struct session {
    struct hash id; /* SHA-256 of the token: all that is stored of it */
    str account;
    int64_t created_ms, seen_ms, reauth_ms; /* reauth: when the password was last given */
    str agent, address;                     /* of the browser, for the list of one's sessions */
    str how;                                /* "password", "totp", "ldap", "proxy" */
};
enum { SESSION_TOKEN_BYTES = 43 }; /* base64url of 32 random bytes */
/* Begins a session; `token` goes into the cookie and nowhere else. */
MUST bool store_session_begin(struct conn *c, struct arena *a, const struct session *s,
                              str *token, struct err *e);
/* The session of a token and its account; *found false when there is none, it is over by the
 * policy, or its account is disabled. Keeps seen_ms within a minute (one write a minute at
 * most). */
MUST bool store_session_find(struct conn *c, struct arena *a, int64_t now_ms, str token,
                             struct session *out, struct account *account, bool *found,
                             struct err *e);
/* The password (or second factor) was just given again. */
MUST bool store_session_reauth(struct conn *c, int64_t now_ms, struct hash id, struct err *e);
MUST bool store_session_end(struct conn *c, struct hash id, struct err *e);
/* All of an account but `keep` (zero = none of them is kept). */
MUST bool store_sessions_end(struct conn *c, str account, struct hash keep, struct err *e);
struct session_rows {
    struct session *rows; /* newest first */
    uint32_t count;
};
MUST bool store_sessions(struct conn *c, struct arena *a, str account, struct session_rows *out,
                         struct err *e);

/* ---- drafts: what somebody typed and has not saved, one for each form and account ---- */

struct form_draft {
    str account, form; /* form: "minamo/2024/3/plan" */
    struct hash base;  /* the record that was being changed */
    str fields;        /* as sent: application/x-www-form-urlencoded */
    int64_t at_ms;
};
MUST bool store_draft_save(struct conn *c, const struct form_draft *d, struct err *e);
/* *found false when there is none. */
MUST bool store_draft(struct conn *c, struct arena *a, str account, str form,
                      struct form_draft *out, bool *found, struct err *e);
MUST bool store_draft_drop(struct conn *c, str account, str form, struct err *e);

#endif
