/* Accounts: who is there. */
#include "store/people_inner.h"

#include <sodium.h>

#include "base/banned.h"

enum { LOGIN_BYTES = 64, NAME_BYTES = 200, MAIL_BYTES = 254, ID_BYTES = 5, DAY_CHARS = 10 };

str day_of(struct arena *a, int64_t now_ms)
{
    struct buf b;

    buf_init(&b, a, 40, 40);
    instant_put(&b, now_ms);
    return str_take(buf_str(&b), DAY_CHARS);
}

bool account_run(struct conn *c, enum sql statement, str account, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);

    put_text(&q, account);
    return query_run(&q, e);
}

bool account_put_int(struct conn *c, enum sql statement, str account, int64_t n, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);

    put_text(&q, account);
    put_int(&q, n);
    return query_run(&q, e);
}

bool account_is_open(struct conn *c, str id, bool *is_open, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_ACCOUNT_IS_OPEN);
    int64_t n;

    put_text(&q, id);
    if (!query_number(&q, &n, e))
        return false;
    *is_open = n > 0;
    return true;
}

/* ---- what may be written ---- */

/* A control, or a blank of any width? */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200F);
}

static bool text_is_plain(str s, bool with_blanks)
{
    size_t len;

    for (; s.n; s = str_skip(s, len)) {
        const uint32_t c = utf8_first(s, &len);

        if (is_control(c) || (!with_blanks && is_blank(c)))
            return false;
    }
    return true;
}

/* One @ with something on both sides, and nothing that could end a header line or begin another
 * address. */
static bool mail_is_plain(str mail)
{
    static const char NOT[] = "<>()[],;:\\\"";
    const ptrdiff_t at = str_find_char(mail, '@');

    if (at <= 0 || (size_t)at + 1 == mail.n
        || str_find_char(str_skip(mail, (size_t)at + 1), '@') >= 0)
        return false;
    for (size_t i = 0; i < sizeof NOT - 1; i++)
        if (str_find_char(mail, NOT[i]) >= 0)
            return false;
    for (size_t i = 0; i < mail.n; i++)
        if ((unsigned char)mail.p[i] >= 0x80)
            return false; /* relays take ASCII */
    return text_is_plain(mail, false);
}

static bool account_check(const struct account *x, struct err *e)
{
    if (!x->login.n || x->login.n > LOGIN_BYTES || !text_is_plain(x->login, false))
        return err_set(e, ERR_INPUT,
                       "ログイン名は1文字以上%dバイトまでで、空白や制御文字を含まないものにして"
                       "ください。",
                       (int)LOGIN_BYTES);
    if (x->name.n > NAME_BYTES || !text_is_plain(x->name, true))
        return err_set(e, ERR_INPUT,
                       "名前は%dバイトまでで、制御文字を含まないものにしてください。",
                       (int)NAME_BYTES);
    if (x->mail.n > MAIL_BYTES || (x->mail.n && !mail_is_plain(x->mail)))
        return err_set(e, ERR_INPUT, "メールアドレスは name@example.jp の形で書いてください。");
    return true;
}

/* ---- rows ---- */

static struct account row_account(struct query *q, struct arena *a)
{
    struct account x = { .id = take_text(q, a) };

    x.login = take_text(q, a);
    x.name = take_text(q, a);
    x.mail = take_text(q, a);
    x.is_disabled = take_int(q) != 0;
    x.must_change = take_int(q) != 0;
    x.created_ms = take_int(q);
    x.seen_ms = take_int(q);
    x.has_password = take_int(q) != 0;
    x.has_totp = take_int(q) != 0;
    return x;
}

static bool find(struct conn *c, struct arena *a, enum sql statement, str by,
                 struct account *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);
    bool found;

    put_text(&q, by);
    if (!query_step(&q, &found, e))
        return false;
    *out = found ? row_account(&q, a) : (struct account){ 0 };
    return true;
}

bool store_account(struct conn *c, struct arena *a, str id, struct account *out, struct err *e)
{
    return find(c, a, Q_ACCOUNT_GET, id, out, e)
           && (out->id.n || err_set(e, ERR_NOT_FOUND, "その利用者は登録されていません。"));
}

bool store_account_by_login(struct conn *c, struct arena *a, str login, struct account *out,
                            struct err *e)
{
    return find(c, a, Q_ACCOUNT_BY_LOGIN, text_fold(a, login), out, e)
           && (out->id.n
               || err_set(e, ERR_NOT_FOUND, "ログイン名「%.*s」の利用者は登録されていません。",
                          STR_ARG(login)));
}

/* Words to look for: a blank between them, which folding leaves in none of them. */
static str words_of(struct arena *a, const struct account *x)
{
    const str login = text_fold(a, x->login), name = text_fold(a, x->name),
              mail = text_fold(a, x->mail);

    return str_fmt(a, "%.*s %.*s %.*s", STR_ARG(login), STR_ARG(name), STR_ARG(mail));
}

static bool login_is_free(struct conn *c, struct arena *a, const struct account *x,
                          struct err *e)
{
    struct account other;

    if (!find(c, a, Q_ACCOUNT_BY_LOGIN, text_fold(a, x->login), &other, e))
        return false;
    return !other.id.n || str_eq(other.id, x->id)
           || err_set(e, ERR_INPUT, "ログイン名「%.*s」はもう使われています。",
                      STR_ARG(x->login));
}

/* ---- writing ---- */

static str id_new(struct arena *a)
{
    unsigned char bytes[ID_BYTES];
    char hex[2 * ID_BYTES + 1];

    randombytes_buf(bytes, sizeof bytes);
    return str_fmt(a, "u%s", sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes));
}

static bool add(struct conn *c, struct arena *a, int64_t now_ms, struct account *x,
                struct err *e)
{
    const str folded = text_fold(a, x->login), words = words_of(a, x);
    AUTO(query_end) struct query q = query_on(c, Q_ACCOUNT_ADD);

    x->id = id_new(a);
    x->created_ms = now_ms;
    put_text(&q, x->id);
    put_text(&q, x->login);
    put_text(&q, folded);
    put_text(&q, x->name);
    put_text(&q, x->mail);
    put_text(&q, words);
    put_int(&q, x->is_disabled);
    put_int(&q, x->must_change);
    put_int(&q, now_ms);
    return query_run(&q, e);
}

bool store_account_add(struct conn *c, struct arena *a, int64_t now_ms, struct account *account,
                       struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    account->id = STR("");
    return account_check(account, e) && transaction_begin(c, &t, e)
           && login_is_free(c, a, account, e) && add(c, a, now_ms, account, e)
           && transaction_commit(&t, e);
}

static bool save(struct conn *c, struct arena *a, const struct account *x, struct err *e)
{
    const str folded = text_fold(a, x->login), words = words_of(a, x);
    AUTO(query_end) struct query q = query_on(c, Q_ACCOUNT_SAVE);

    put_text(&q, x->id);
    put_text(&q, x->login);
    put_text(&q, folded);
    put_text(&q, x->name);
    put_text(&q, x->mail);
    put_text(&q, words);
    put_int(&q, x->is_disabled);
    return query_run(&q, e);
}

bool store_account_save(struct conn *c, const struct account *account, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct account before;

    if (!account_check(account, e) || !transaction_begin(c, &t, e)
        || !store_account(c, &mem, account->id, &before, e)
        || !login_is_free(c, &mem, account, e) || !save(c, &mem, account, e))
        return false;
    if (account->is_disabled && !sessions_drop(c, account->id, (struct hash){ { 0 } }, e))
        return false;
    return transaction_commit(&t, e);
}

bool store_account_erase(struct conn *c, str id, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct account before;

    return transaction_begin(c, &t, e) && store_account(c, &mem, id, &before, e)
           && account_run(c, Q_ACCOUNT_ERASE, id, e) && transaction_commit(&t, e);
}

/* ---- those for whom somebody else vouches ---- */

static bool external_new(struct conn *c, struct arena *a, int64_t now_ms,
                         const struct external *who, struct account *out, struct err *e)
{
    if (!who->may_create)
        return err_set(
            e, ERR_DENIED,
            "「%.*s」はこのシステムに登録されていません。管理者に登録を頼んでください。",
            STR_ARG(who->login));
    *out = (struct account){ .login = who->login, .name = who->name, .mail = who->mail };
    return store_account_add(c, a, now_ms, out, e);
}

bool store_account_external(struct conn *c, struct arena *a, int64_t now_ms,
                            const struct external *who, struct account *out, struct err *e)
{
    struct account now;

    if (!find(c, a, Q_ACCOUNT_BY_LOGIN, text_fold(a, who->login), out, e))
        return false;
    if (!out->id.n)
        return external_new(c, a, now_ms, who, out, e);
    if (out->is_disabled)
        return err_set(e, ERR_DENIED,
                       "この利用者は停止されています。管理者に確かめてください。");
    now = *out;
    now.name = who->name.n ? who->name : now.name;
    now.mail = who->mail.n ? who->mail : now.mail;
    if (str_eq(now.name, out->name) && str_eq(now.mail, out->mail))
        return true;
    *out = now;
    return store_account_save(c, out, e);
}

/* ---- lists ---- */

static bool count(struct conn *c, str pattern, uint32_t *total, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_ACCOUNT_COUNT);
    int64_t n;

    put_text(&q, pattern);
    if (!query_number(&q, &n, e))
        return false;
    *total = (uint32_t)n;
    return true;
}

bool store_accounts(struct conn *c, struct arena *a, str query, struct page_of page,
                    struct account_rows *out, struct err *e)
{
    const uint32_t limit = page_limit(page);
    struct buf pattern;
    bool is_row = true;

    buf_init(&pattern, a, 64, LIMIT_TEXT_BYTES);
    buf_put_char(&pattern, '%');
    like_put(&pattern, text_fold(a, query));
    buf_put_char(&pattern, '%');
    *out = (struct account_rows){ .rows = NEW(a, struct account, limit) };
    if (!count(c, buf_str(&pattern), &out->total, e))
        return false;
    AUTO(query_end) struct query q = query_on(c, Q_ACCOUNT_LIST);
    put_text(&q, buf_str(&pattern));
    put_int(&q, limit);
    put_int(&q, page.offset);
    while (query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++] = row_account(&q, a);
    return !is_row;
}
