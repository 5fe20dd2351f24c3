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
 * store_password_set (or by LDAP, or behind the proxy). Fills id. ERR_INPUT when the login
 * is taken, empty, too long (64 bytes) or holds blanks or controls; for a name of more than 200
 * bytes or with controls; for a mail address that could be more than one. */
MUST bool store_account_add(struct conn *c, struct arena *a, int64_t now_ms,
                            struct account *account, struct err *e);
/* Changes login, name, mail and is_disabled (which ends its sessions). */
MUST bool store_account_save(struct conn *c, const struct account *account, struct err *e);
/* By its id or by its login. ERR_NOT_FOUND. */
MUST bool store_account(struct conn *c, struct arena *a, str id, struct account *out,
                        struct err *e);
MUST bool store_account_by_login(struct conn *c, struct arena *a, str login,
                                 struct account *out, struct err *e);
/* The account of somebody for whom the directory (LDAP) or the proxy vouches, by the login. A
 * login nobody has here is ERR_DENIED, or with may_create becomes an account without a duty;
 * so is one that is disabled. A name or mail that is given replaces what stood there. */
struct external {
    str login, name, mail; /* name and mail may be "": they then stay as they are */
    bool may_create;
};
MUST bool store_account_external(struct conn *c, struct arena *a, int64_t now_ms,
                                 const struct external *who, struct account *out,
                                 struct err *e);
/* Erases the account with its password, second factor, sessions and drafts, for good. Records
 * that name its id stay; pages then say that the person was erased. ERR_NOT_FOUND. */
MUST bool store_account_erase(struct conn *c, str id, struct err *e);
/* By login. `query` as typed: rows whose folded login, name or mail holds it; "" = all. */
struct account_rows {
    struct account *rows;
    uint32_t count, total;
};
MUST bool store_accounts(struct conn *c, struct arena *a, str query, struct page_of page,
                         struct account_rows *out, struct err *e);

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
 * administrator of the organisation (or "cli"): ERR_DENIED. `from` "" is the day of
 * stamp->now_ms in Japan. ERR_NOT_FOUND: no such organisation or account; ERR_INPUT: a day that
 * is none, `to` before `from`, a deputy of oneself or of one who does not hold the duty. One
 * account holds a duty in an organisation once: saving it again replaces it; what is equal to
 * what stands makes no record. g->record is not looked at. */
MUST bool store_grant_save(struct conn *c, const struct stamp *stamp, const struct grant *g,
                           struct err *e);
/* Ends a duty at once: its last day becomes the day before stamp->now_ms, also when it began on
 * this day or later (it then never was in force). ERR_NOT_FOUND when g's account does not hold
 * g's duty there or it has ended; of g only organisation, account and duty are looked at. */
MUST bool store_grant_end(struct conn *c, const struct stamp *stamp, const struct grant *g,
                          struct err *e);
struct grant_rows {
    struct grant *rows;
    uint32_t count;
};
/* All duties of an account ("" = of everybody) in an organisation ("" = anywhere). */
MUST bool store_grants(struct conn *c, struct arena *a, str account, str organisation,
                       struct grant_rows *out, struct err *e);
/* The duties an account holds on a day in Japan, as DUTY_BITs: for the organisation, or for
 * `section` of it ("" = the organisation itself; a section that is none of its own counts as
 * ""). What reaches where:
 *
 *   held in            reaches
 *   a section          itself and what belongs to it, never its ward
 *   a ward or bureau   itself and its sections: every duty
 *   a city             itself and the sections right below it: every duty;
 *                      its wards, bureaus and their sections: REFORM and AUDITOR alone
 *
 * So a section editor holds EDITOR for (ward, section), and nothing for (ward, ""): whether
 * somebody holds anything at all in a ward or its sections is store_duties_within. A deputy
 * holds the duty like the one it stands in for. A disabled account, and one that is not there,
 * holds none. "cli" holds all. */
struct duty_place {
    str organisation, section;
    int64_t now_ms;
};
MUST bool store_duties(struct conn *c, str account, const struct duty_place *at, unsigned *out,
                       struct err *e);
/* The same for the organisation and any of its sections: for pages that show what belongs to
 * all of it (the board, the list of sheets) to whoever writes a part of it. */
MUST bool store_duties_within(struct conn *c, str account, str organisation, int64_t now_ms,
                              unsigned *out, struct err *e);

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
/* ERR_INPUT names the rule and its range. */
MUST bool store_policy_save(struct conn *c, const struct password_policy *p, struct err *e);
/* The rules one by one, for pages and the command: name, range, what it says. */
struct policy_rule {
    const char *name; /* "min_length", ... "totp_required" (0 or 1) */
    int min, max;
    const char *label[LANG_COUNT];
};
enum { POLICY_RULES = 7 };
extern const struct policy_rule POLICY_RULE[POLICY_RULES];
int policy_value(const struct password_policy *p, size_t rule);
void policy_set(struct password_policy *p, size_t rule, int value);

enum { PASSWORD_BYTES = 1024 }; /* the longest that is taken */
/* Kept as argon2id (RFC 9106; 64 MiB, 3 passes, about 0.1 s; at most two at a time in a
 * process, the others wait). ERR_INPUT with a sentence: shorter than the policy, longer than
 * PASSWORD_BYTES, one of the common ones, the login or the name in it, the one that is in force
 * (for an account that must change it). Ends the account's sessions but `keep` (zero = none is
 * kept). */
struct new_password {
    str account, password;
    bool must_change; /* at the next sign-in */
    struct hash keep; /* the session in which it was changed */
};
MUST bool store_password_set(struct conn *c, int64_t now_ms, const struct new_password *p,
                             struct err *e);
/* A password for one use that a person can read out: 20 characters, 100 random bits. */
str password_generate(struct arena *a);

/* How often may somebody try? Five failures of one login from one address are free, then each
 * try waits, from 5 s to 15 minutes, twice as long each time. Tries from other addresses do not
 * make that wait longer, so nobody can lock out a colleague from elsewhere; guesses spread over
 * many addresses meet a second counter of the login alone (20 free, waits up to 1 minute) which
 * does not count for addresses that the login signed in from before, and one of the address
 * alone (100 free, up to 1 minute). Counters stand in the data, without the login's text, and
 * are forgotten a day after the last failure. A try counts before it is judged, so that many at
 * once are no more than many in a row.
 *
 * Who judges a password elsewhere (a directory) knocks first, and says afterwards that it was
 * right. *wait_seconds > 0: not now. */
MUST bool store_door_knock(struct conn *c, int64_t now_ms, str login, str address,
                           int *wait_seconds, struct err *e);
MUST bool store_door_passed(struct conn *c, int64_t now_ms, str login, str address,
                            struct err *e);

/* Who is at the door. Takes the same time whether or not the login exists. A disabled account
 * and one without a password are DOOR_WRONG. A password older than max_age_days opens and sets
 * must_change. */
enum door { DOOR_OPEN, DOOR_CODE, DOOR_WRONG, DOOR_WAIT };
struct door_answer {
    enum door door;   /* OPEN: signed in; CODE: the second factor is asked next */
    str account;      /* of OPEN and CODE */
    int wait_seconds; /* of WAIT: too many failures for this login or from this address */
};
struct door_try {
    str login, password;
    str address; /* of the browser, for the counters */
};
MUST bool store_password_check(struct conn *c, struct arena *a, int64_t now_ms,
                               const struct door_try *given, struct door_answer *out,
                               struct err *e);
/* The second factor: a TOTP code (RFC 6238: SHA-1, 6 digits, 30 s, one step either side, none
 * twice) or one of the recovery codes, which is used up. Blanks and hyphens do not count. Five
 * failures of the account are free, then each try waits, wherever it comes from: only who has
 * the password gets here. The account must be one that store_password_check answered CODE for
 * (or that the directory vouched for). */
struct code_try {
    str account, code, address;
};
MUST bool store_code_check(struct conn *c, int64_t now_ms, const struct code_try *given,
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
/* How many of them have not been used. */
MUST bool store_recovery_left(struct conn *c, str account, int *out, struct err *e);

/* ---- sessions ---- */

struct session {
    struct hash id; /* SHA-256 of the token: all that is stored of it */
    str account;
    int64_t created_ms, seen_ms, reauth_ms; /* reauth: when the password was last given */
    str agent, address;                     /* of the browser, for the list of one's sessions */
    str how;                                /* "password", "totp", "ldap", "proxy" */
};
enum { SESSION_TOKEN_BYTES = 43 }; /* base64url of 32 random bytes */
/* Begins a session at s->created_ms (id, seen_ms and reauth_ms are not looked at: it begins
 * confirmed); `token` goes into the cookie and nowhere else. Sessions that are over are swept
 * away. */
MUST bool store_session_begin(struct conn *c, struct arena *a, const struct session *s,
                              str *token, struct err *e);
/* The session of a token and its account; found false when there is none, it is over by the
 * policy, or its account is disabled. Keeps seen_ms within a minute (one write a minute at
 * most; none on a connection that only reads, and none within a snapshot). */
struct visitor {
    bool found;
    struct session session;
    struct account account;
};
MUST bool store_session_find(struct conn *c, struct arena *a, int64_t now_ms, str token,
                             struct visitor *out, struct err *e);
/* The password (or second factor) was just given again. */
MUST bool store_session_reauth(struct conn *c, int64_t now_ms, struct hash id, struct err *e);
MUST bool store_session_end(struct conn *c, struct hash id, struct err *e);
/* All of an account but `keep` (zero = none of them is kept). */
MUST bool store_sessions_end(struct conn *c, str account, struct hash keep, struct err *e);
struct session_rows {
    struct session *rows; /* newest first */
    uint32_t count;
};
MUST bool store_sessions(struct conn *c, struct arena *a, int64_t now_ms, str account,
                         struct session_rows *out, struct err *e);

/* ---- drafts: what somebody typed and has not saved, one for each form and account ---- */

struct form_draft {
    str account, form; /* form: "minamo/2024/3/plan" */
    struct hash base;  /* the record that was being changed */
    str fields;        /* as sent: application/x-www-form-urlencoded */
    int64_t at_ms;
};
/* ERR_INPUT above LIMIT_REQUEST_BODY. */
MUST bool store_draft_save(struct conn *c, const struct form_draft *d, struct err *e);
/* out->at_ms 0 when there is none. */
MUST bool store_draft(struct conn *c, struct arena *a, str account, str form,
                      struct form_draft *out, struct err *e);
MUST bool store_draft_drop(struct conn *c, str account, str form, struct err *e);

#endif
