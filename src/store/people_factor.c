/* The second factor: codes of an app, and recovery codes for the day the telephone is gone. */
#include "store/people_inner.h"

#include <sodium.h>
#include <string.h>

#include "base/banned.h"

enum { RECOVERY_CHARS = 12, RECOVERY_GROUP = 4 };

struct totp {
    str secret, pending; /* "" = none */
    int64_t step;
};

static bool totp_load(struct conn *c, struct arena *a, str account, struct totp *out,
                      struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_TOTP_GET);
    bool found;

    *out = (struct totp){ 0 };
    put_text(&q, account);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return true;
    out->secret = take_text(&q, a);
    out->pending = take_text(&q, a);
    out->step = take_int(&q);
    return true;
}

/* ---- setting up ---- */

static void percent_put(struct buf *b, str s)
{
    static const char PLAIN[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    for (size_t i = 0; i < s.n; i++) {
        if (memchr(PLAIN, s.p[i], sizeof PLAIN - 1))
            buf_put_char(b, s.p[i]);
        else
            buf_fmt(b, "%%%02X", (unsigned char)s.p[i]);
    }
}

static str key_uri(struct arena *a, str login, str secret)
{
    struct buf b;

    buf_init(&b, a, 256, LIMIT_TEXT_BYTES);
    buf_put_c(&b, "otpauth://totp/meguri:");
    percent_put(&b, login);
    buf_fmt(&b, "?secret=%.*s&issuer=meguri&algorithm=SHA1&digits=%d&period=%d",
            STR_ARG(secret), (int)OTP_DIGITS, (int)OTP_SECONDS);
    return buf_str(&b);
}

static bool totp_put(struct conn *c, str account, str pending, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_TOTP_BEGIN);

    put_text(&q, account);
    put_bytes(&q, pending);
    return query_run(&q, e);
}

bool store_totp_begin(struct conn *c, struct arena *a, str account, str *secret_base32,
                      str *uri, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    char key[OTP_KEY_BYTES];
    struct account who;
    struct buf b;

    randombytes_buf(key, sizeof key);
    if (!transaction_begin(c, &t, e) || !store_account(c, a, account, &who, e)
        || !totp_put(c, account, (str){ key, sizeof key }, e))
        return false;
    buf_init(&b, a, 64, 64);
    base32_put(&b, (str){ key, sizeof key });
    *secret_base32 = buf_str(&b);
    *uri = key_uri(a, who.login, *secret_base32);
    return transaction_commit(&t, e);
}

bool store_totp_confirm(struct conn *c, int64_t now_ms, str account, str code, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct totp totp;
    int64_t step;

    if (!transaction_begin(c, &t, e) || !totp_load(c, &mem, account, &totp, e))
        return false;
    if (!totp.pending.n)
        return err_set(e, ERR_CONFLICT,
                       "2段階認証の設定が始まっていません。はじめからやり直してください。");
    if (!otp_check(totp.pending, code, now_ms, 0, &step))
        return err_set(e, ERR_INPUT,
                       "番号が合いません。アプリに今出ている6桁の番号を入れてください。端末の"
                       "時計がずれていると合いません。");
    return account_put_int(c, Q_TOTP_CONFIRM, account, step, e) && transaction_commit(&t, e);
}

bool store_totp_remove(struct conn *c, str account, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    return transaction_begin(c, &t, e) && account_run(c, Q_TOTP_DROP, account, e)
           && account_run(c, Q_RECOVERY_CLEAR, account, e) && transaction_commit(&t, e);
}

/* ---- recovery codes ---- */

/* Sixty random bits need no slow hash; the account makes equal codes of two people differ. */
static struct hash recovery_hash(struct arena *a, str account, str code)
{
    return hash_bytes(str_fmt(a, "%.*s %.*s", STR_ARG(account), STR_ARG(code)));
}

static bool recovery_run(struct conn *c, enum sql statement, str account, struct hash hash,
                         struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);

    put_text(&q, account);
    put_hash(&q, &hash);
    return query_run(&q, e);
}

/* "k3f9-2mqx-8w0t" */
static str recovery_new(struct arena *a)
{
    struct buf b;

    buf_init(&b, a, 16, 16);
    for (int i = 0; i < RECOVERY_CHARS; i++) {
        if (i && i % RECOVERY_GROUP == 0)
            buf_put_char(&b, '-');
        buf_put_char(&b, READABLE[randombytes_uniform(sizeof READABLE - 1)]);
    }
    return buf_str(&b);
}

bool store_recovery_make(struct conn *c, struct arena *a, str account,
                         str codes[RECOVERY_CODES], struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!transaction_begin(c, &t, e) || !account_run(c, Q_RECOVERY_CLEAR, account, e))
        return false;
    for (int i = 0; i < RECOVERY_CODES; i++) {
        codes[i] = recovery_new(a);
        if (!recovery_run(c, Q_RECOVERY_ADD, account,
                          recovery_hash(a, account, readable_fold(a, codes[i])), e))
            return false;
    }
    return transaction_commit(&t, e);
}

bool store_recovery_left(struct conn *c, str account, int *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECOVERY_COUNT);
    int64_t n;

    put_text(&q, account);
    if (!query_number(&q, &n, e))
        return false;
    *out = (int)n;
    return true;
}

static bool recovery_take(struct conn *c, struct arena *a, const struct code_try *given,
                          bool *is_right, struct err *e)
{
    const struct hash hash = recovery_hash(a, given->account, readable_fold(a, given->code));
    int64_t n;

    {
        AUTO(query_end) struct query q = query_on(c, Q_RECOVERY_FIND);

        put_text(&q, given->account);
        put_hash(&q, &hash);
        if (!query_number(&q, &n, e))
            return false;
    }
    *is_right = n > 0;
    return !*is_right || recovery_run(c, Q_RECOVERY_USE, given->account, hash, e);
}

/* ---- at the door ---- */

/* Within a transaction: a right code is used up in it. */
static bool code_take(struct conn *c, struct arena *a, int64_t now_ms,
                      const struct code_try *given, bool *is_right, struct err *e)
{
    struct totp totp;
    int64_t step;

    *is_right = false;
    if (given->code.n > PASSWORD_BYTES || !totp_load(c, a, given->account, &totp, e))
        return given->code.n > PASSWORD_BYTES;
    if (!totp.secret.n)
        return true;
    *is_right = otp_check(totp.secret, given->code, now_ms, totp.step, &step);
    if (*is_right)
        return account_put_int(c, Q_TOTP_STEP, given->account, step, e);
    return recovery_take(c, a, given, is_right, e);
}

bool store_code_check(struct conn *c, int64_t now_ms, const struct code_try *given,
                      struct door_answer *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct tries tries;
    bool is_open, is_right = false;

    *out = (struct door_answer){ .door = DOOR_WRONG };
    if (!transaction_begin(c, &t, e) || !account_is_open(c, given->account, &is_open, e)
        || !tries_load(c, COUNT_CODES, tries_key(COUNT_CODES, given->account, STR("")), now_ms,
                       &tries, e))
        return false;
    out->wait_seconds = tries_wait(&tries, now_ms);
    if (out->wait_seconds) {
        out->door = DOOR_WAIT;
        return true;
    }
    if (is_open && !code_take(c, &mem, now_ms, given, &is_right, e))
        return false;
    if (is_right)
        *out = (struct door_answer){ .door = DOOR_OPEN, .account = given->account };
    return (is_right ? tries_right(c, COUNT_CODES, &tries, now_ms, e)
                     : tries_add(c, COUNT_CODES, &tries, now_ms, e))
           && transaction_commit(&t, e);
}
