/* Passwords. In the numbers of this file:
 *
 *   1. a password is kept as argon2id and nowhere else; it stands in no record, log or
 * sentence;
 *   2. a login that nobody has costs the same work as one that somebody has;
 *   3. at most two are worked on at a time: 64 MiB each, whatever comes in at once;
 *   4. no transaction is open meanwhile: nobody's save waits for somebody's sign-in;
 *   5. a try counts before it is judged (people_throttle.c). */
#include "store/people_inner.h"

#include <pthread.h>
#include <sodium.h>

#include "base/banned.h"

enum {
    PASSES = 3,
    MEMORY = 64 * 1024 * 1024,
    AT_A_TIME = 2,
    GENERATED_CHARS = 20,
    GENERATED_GROUP = 5,
    DAY_MS = 24 * 60 * 60 * 1000,
};

/* 3 */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int used;
} kiln = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 };

/* Without sodium_init the slow, portable code would be used; it is quick when it has been done.
 */
static void kiln_enter(void)
{
    if (sodium_init() < 0)
        abort();
    (void)pthread_mutex_lock(&kiln.lock);
    while (kiln.used == AT_A_TIME)
        (void)pthread_cond_wait(&kiln.freed, &kiln.lock);
    kiln.used++;
    (void)pthread_mutex_unlock(&kiln.lock);
}

static void kiln_leave(void)
{
    (void)pthread_mutex_lock(&kiln.lock);
    kiln.used--;
    (void)pthread_cond_signal(&kiln.freed);
    (void)pthread_mutex_unlock(&kiln.lock);
}

static bool hash_make(struct arena *a, str password, str *out, struct err *e)
{
    char text[crypto_pwhash_STRBYTES];
    int failed;

    kiln_enter();
    failed = crypto_pwhash_str(text, password.p, password.n, PASSES, MEMORY);
    kiln_leave();
    if (failed)
        return err_set(e, ERR_IO,
                       "パスワードを処理するメモリーが足りません(64 MiB 要ります)。");
    *out = str_dup(a, str_from(text));
    return true;
}

/* 2: what is compared with when there is nothing to compare with; made once from bytes that
 * were thrown away. */
static const char NOBODY[crypto_pwhash_STRBYTES] =
    "$argon2id$v=19$m=65536,t=3,p=1$/RHTgJuBRzPvz4/nX9gJaw$i8F/"
    "WdVbWQE6PzRZo6ZkJoKWhEt3IaF9ccJqV/HsdeY";

static bool hash_fits(const char *hash, str password)
{
    bool fits;

    kiln_enter();
    fits = crypto_pwhash_str_verify(hash, password.n ? password.p : "", password.n) == 0;
    kiln_leave();
    return fits;
}

/* ---- what is stored ---- */

struct credential {
    const char *hash; /* NULL = none */
    int64_t at_ms;
};

static bool credential_load(struct conn *c, struct arena *a, str account,
                            struct credential *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CREDENTIAL_GET);
    bool found;

    *out = (struct credential){ 0 };
    put_text(&q, account);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return true;
    out->hash = str_c(a, take_text(&q, a));
    out->at_ms = take_int(&q);
    return true;
}

static bool credential_save(struct conn *c, int64_t now_ms, str account, str hash,
                            struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CREDENTIAL_PUT);

    put_text(&q, account);
    put_text(&q, hash);
    put_int(&q, now_ms);
    return query_run(&q, e);
}

/* ---- a new one ---- */

/* The names and keys of the organisations, folded: みなも区2024 is the first that anybody
 * tries.
 */
static bool organisation_words(struct conn *c, struct arena *a, struct own_words *out,
                               struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_ORGANISATION_WORDS);
    str *words = NULL;
    uint32_t count = 0, room = 0;
    bool is_row = true;

    while (query_step(&q, &is_row, e) && is_row)
        for (int i = 0; i < 2; i++) {
            words = rows_grow(a, words, sizeof *words, count, &room);
            words[count++] = text_fold(a, take_text(&q, a));
        }
    *out = (struct own_words){ words, count };
    return !is_row;
}

static bool password_check(struct conn *c, struct arena *a, const struct account *who,
                           str password, struct err *e)
{
    struct password_policy policy;
    struct own_words own;
    const char *weakness;

    if (!store_policy(c, &policy, e) || !organisation_words(c, a, &own, e))
        return false;
    if (utf8_count(password) < (size_t)policy.min_length)
        return err_set(e, ERR_INPUT,
                       "パスワードは%d文字以上にしてください(%d文字以上を勧めます)。",
                       policy.min_length, policy.advised_length);
    if (password.n > PASSWORD_BYTES)
        return err_set(e, ERR_INPUT, "パスワードは%dバイトまでです。", (int)PASSWORD_BYTES);
    weakness = password_weakness(a, password, who->login, who->name, &own);
    return !weakness || err_set(e, ERR_INPUT, "%s", weakness);
}

/* Who has to change it must not keep it. */
static bool is_another(struct conn *c, struct arena *a, const struct account *who, str password,
                       struct err *e)
{
    struct credential now;

    if (!who->must_change)
        return true;
    if (!credential_load(c, a, who->id, &now, e))
        return false;
    return !now.hash || !hash_fits(now.hash, password)
           || err_set(e, ERR_INPUT, "今のパスワードとは違うものにしてください。");
}

bool store_password_set(struct conn *c, int64_t now_ms, const struct new_password *p,
                        struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct account who;
    str hash;

    if (!store_account(c, &mem, p->account, &who, e)
        || !password_check(c, &mem, &who, p->password, e)
        || !is_another(c, &mem, &who, p->password, e)
        || !hash_make(&mem, p->password, &hash, e))
        return false;
    return transaction_begin(c, &t, e) && credential_save(c, now_ms, p->account, hash, e)
           && account_put_int(c, Q_ACCOUNT_MUST_CHANGE, p->account, p->must_change, e)
           && sessions_drop(c, p->account, p->keep, e) && transaction_commit(&t, e);
}

/* "k3f9m-2mqxa-8w0td-7hz4p" */
str password_generate(struct arena *a)
{
    struct buf b;

    buf_init(&b, a, 32, 32);
    for (int i = 0; i < GENERATED_CHARS; i++) {
        if (i && i % GENERATED_GROUP == 0)
            buf_put_char(&b, '-');
        buf_put_char(&b, READABLE[randombytes_uniform(sizeof READABLE - 1)]);
    }
    return buf_str(&b);
}

/* ---- at the door ---- */

/* The account that the password opens; id "" = none. */
static bool judge(struct conn *c, struct arena *a, const struct door_try *given,
                  struct account *who, struct credential *credential, struct err *e)
{
    const str password = str_take(given->password, PASSWORD_BYTES);
    bool fits;

    *credential = (struct credential){ 0 };
    if (!store_account_by_login(c, a, given->login, who, e)) {
        if (e->code != ERR_NOT_FOUND)
            return false;
        *who = (struct account){ 0 };
    }
    if (who->id.n && !credential_load(c, a, who->id, credential, e))
        return false;
    fits = hash_fits(credential->hash ? credential->hash : NOBODY, password);
    if (!fits || !credential->hash || who->is_disabled || given->password.n > PASSWORD_BYTES)
        *who = (struct account){ 0 };
    return true;
}

/* A password that has come of age opens once more, to be changed. */
static bool note_age(struct conn *c, int64_t now_ms, const struct account *who,
                     const struct credential *credential, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct password_policy policy;

    if (!store_policy(c, &policy, e))
        return false;
    if (!policy.max_age_days || who->must_change
        || now_ms - credential->at_ms < (int64_t)policy.max_age_days * DAY_MS)
        return true;
    return transaction_begin(c, &t, e)
           && account_put_int(c, Q_ACCOUNT_MUST_CHANGE, who->id, 1, e)
           && transaction_commit(&t, e);
}

bool store_password_check(struct conn *c, struct arena *a, int64_t now_ms,
                          const struct door_try *given, struct door_answer *out, struct err *e)
{
    const str login = str_take(given->login, LIMIT_QUERY_BYTES);
    struct credential credential;
    struct account who;

    *out = (struct door_answer){ .door = DOOR_WRONG };
    if (!store_door_knock(c, now_ms, login, given->address, &out->wait_seconds, e))
        return false;
    if (out->wait_seconds) {
        out->door = DOOR_WAIT;
        return true;
    }
    if (!judge(c, a, given, &who, &credential, e))
        return false;
    if (!who.id.n)
        return true;
    *out =
        (struct door_answer){ .door = who.has_totp ? DOOR_CODE : DOOR_OPEN, .account = who.id };
    return store_door_passed(c, now_ms, login, given->address, e)
           && note_age(c, now_ms, &who, &credential, e);
}
