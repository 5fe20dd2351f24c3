/* Sessions: who is signed in, in which browser. The token is random and stands in the browser
 * alone; here stands its SHA-256, so that whoever reads the data cannot sign in with it. */
#include "store/people_inner.h"

#include <assert.h>
#include <sodium.h>

#include "base/banned.h"

enum {
    TOKEN_RANDOM = 32,
    AGENT_CHARS = 200,
    MINUTE_MS = 60 * 1000,
    HOUR_MS = 60 * MINUTE_MS,
};
_Static_assert(sodium_base64_ENCODED_LEN(TOKEN_RANDOM, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
                   == SESSION_TOKEN_BYTES + 1,
               "a token is 32 bytes in base64url");

/* Those seen and begun before are over. */
struct limits {
    int64_t seen, created;
};

static bool limits_of(struct conn *c, int64_t now_ms, struct limits *out, struct err *e)
{
    struct password_policy p;

    if (!store_policy(c, &p, e))
        return false;
    out->seen = now_ms - (int64_t)p.idle_minutes * MINUTE_MS;
    out->created = now_ms - (int64_t)p.absolute_hours * HOUR_MS;
    return true;
}

static str token_new(struct arena *a)
{
    unsigned char bytes[TOKEN_RANDOM];
    char text[SESSION_TOKEN_BYTES + 1];

    randombytes_buf(bytes, sizeof bytes);
    (void)sodium_bin2base64(text, sizeof text, bytes, sizeof bytes,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_dup(a, (str){ text, SESSION_TOKEN_BYTES });
}

static struct session row_session(struct query *q, struct arena *a)
{
    struct session s = { .id = take_hash(q) };

    s.account = take_text(q, a);
    s.created_ms = take_int(q);
    s.seen_ms = take_int(q);
    s.reauth_ms = take_int(q);
    s.agent = take_text(q, a);
    s.address = take_text(q, a);
    s.how = take_text(q, a);
    return s;
}

/* ---- beginning ---- */

static bool add(struct conn *c, const struct session *s, struct hash id, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SESSION_ADD);

    put_hash(&q, &id);
    put_text(&q, s->account);
    put_int(&q, s->created_ms);
    put_text(&q, utf8_take(s->agent, AGENT_CHARS));
    put_text(&q, s->address);
    put_text(&q, s->how);
    return query_run(&q, e);
}

static bool sweep(struct conn *c, int64_t now_ms, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SESSION_SWEEP);
    struct limits limits;

    if (!limits_of(c, now_ms, &limits, e))
        return false;
    put_int(&q, limits.seen);
    put_int(&q, limits.created);
    return query_run(&q, e);
}

bool store_session_begin(struct conn *c, struct arena *a, const struct session *s, str *token,
                         struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    bool is_open;

    *token = token_new(a);
    if (!transaction_begin(c, &t, e) || !account_is_open(c, s->account, &is_open, e))
        return false;
    if (!is_open)
        return err_set(e, ERR_DENIED,
                       "この利用者は停止されています。管理者に確かめてください。");
    return sweep(c, s->created_ms, e) && add(c, s, hash_bytes(*token), e)
           && account_put_int(c, Q_ACCOUNT_SEEN, s->account, s->created_ms, e)
           && transaction_commit(&t, e);
}

/* ---- finding ---- */

static bool load(struct conn *c, struct arena *a, struct hash id, struct visitor *out,
                 struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SESSION_GET);

    put_hash(&q, &id);
    if (!query_step(&q, &out->found, e))
        return false;
    if (out->found)
        out->session = row_session(&q, a);
    return true;
}

static bool put_time(struct conn *c, enum sql statement, struct hash id, int64_t now_ms,
                     struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!transaction_begin(c, &t, e))
        return false;
    {
        AUTO(query_end) struct query q = query_on(c, statement);

        put_hash(&q, &id);
        put_int(&q, now_ms);
        if (!query_run(&q, e))
            return false;
    }
    return transaction_commit(&t, e);
}

/* A page goes on when this cannot be written: then the session merely ends earlier. */
static void touch(struct conn *c, int64_t now_ms, struct session *s)
{
    struct err ignored;

    if (c->mode == STORE_READ || c->is_snapshot || now_ms - s->seen_ms < MINUTE_MS)
        return;
    if (put_time(c, Q_SESSION_SEEN, s->id, now_ms, &ignored))
        s->seen_ms = now_ms;
}

bool store_session_find(struct conn *c, struct arena *a, int64_t now_ms, str token,
                        struct visitor *out, struct err *e)
{
    struct limits limits;

    *out = (struct visitor){ 0 };
    if (token.n != SESSION_TOKEN_BYTES)
        return true;
    if (!load(c, a, hash_bytes(token), out, e) || !limits_of(c, now_ms, &limits, e))
        return false;
    if (!out->found)
        return true;
    out->found =
        out->session.seen_ms >= limits.seen && out->session.created_ms >= limits.created;
    if (!out->found)
        return true;
    if (!store_account(c, a, out->session.account, &out->account, e))
        return false;
    out->found = !out->account.is_disabled;
    if (out->found)
        touch(c, now_ms, &out->session);
    return true;
}

bool store_session_reauth(struct conn *c, int64_t now_ms, struct hash id, struct err *e)
{
    return put_time(c, Q_SESSION_REAUTH, id, now_ms, e);
}

/* ---- ending ---- */

bool store_session_end(struct conn *c, struct hash id, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!transaction_begin(c, &t, e))
        return false;
    {
        AUTO(query_end) struct query q = query_on(c, Q_SESSION_END);

        put_hash(&q, &id);
        if (!query_run(&q, e))
            return false;
    }
    return transaction_commit(&t, e);
}

bool sessions_drop(struct conn *c, str account, struct hash keep, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SESSION_END_ALL);

    put_text(&q, account);
    put_bytes(&q, (str){ (const char *)keep.b, sizeof keep.b }); /* zeros, too, are a value */
    return query_run(&q, e);
}

bool store_sessions_end(struct conn *c, str account, struct hash keep, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    return transaction_begin(c, &t, e) && sessions_drop(c, account, keep, e)
           && transaction_commit(&t, e);
}

bool store_sessions(struct conn *c, struct arena *a, int64_t now_ms, str account,
                    struct session_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SESSION_LIST);
    struct limits limits;
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct session_rows){ 0 };
    if (!limits_of(c, now_ms, &limits, e))
        return false;
    put_text(&q, account);
    put_int(&q, limits.seen);
    put_int(&q, limits.created);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = row_session(&q, a);
    }
    return !is_row;
}
