/* meguri user: who may sign in, and who may do what. There is no account that nobody made: the
 * first administrator is made here, by whoever may write the data file. */
#include "cli/inner.h"

#include <string.h>
#include <time.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option USER_OPTIONS[] = {
    { "name", "NAME", NULL, NULL, { "名前(同僚にだけ見える)", "name, seen by colleagues only" } },
    { "mail", "ADDRESS", NULL, NULL, { "お知らせを送るメールアドレス", "address for the digest" } },
    { "login", "LOGIN", NULL, NULL, { "set: 新しいログイン名", "set: a new login" } },
    { "org", "KEY", NULL, NULL, { "grant, revoke: どの団体の職務か", "grant, revoke: of which organisation" } },
    { "from", "DATE", NULL, "", { "grant: 始まりの日(なければ今日)", "grant: first day (otherwise today)" } },
    { "to", "DATE", NULL, "", { "grant: 最後の日(なければ期限なし)", "grant: last day (otherwise without end)" } },
    { "deputy-of", "LOGIN", NULL, NULL, { "grant: だれの代理か", "grant: whom the account stands in for" } },
    { "reason", "TEXT", NULL, "", { "grant, revoke: 理由(記録に残る)", "grant, revoke: why, kept in the record" } },
    { "generate", NULL, NULL, NULL, { "add, password: 1回だけ使うパスワードを作って表示する(次に変更を求める)", "add, password: make and print a password for one use (must be changed)" } },
    { "must-change", NULL, NULL, NULL, { "password: 次のサインインで変更を求める", "password: must be changed at the next sign-in" } },
    { "end", NULL, NULL, NULL, { "sessions: すべて終わらせる", "sessions: end all of them" } },
    { "set", "NAME=VALUE", NULL, NULL, { "policy: 規則を変える(何回でも)", "policy: change a rule (any number of times)" } },
    { 0 },
};
/* clang-format on */

/* A call of one verb. */
struct user {
    struct cli *c;
    struct conn *db;
    int64_t now_ms;
    struct account who; /* of the login, where the verb needs one that is there */
    struct buf out;
};

static const char *arg(const struct user *u, int i)
{
    return u->c->args[i];
}

static str option(const struct user *u, const char *name)
{
    return str_from(cli_value(u->c, name));
}

static bool show(struct user *u, struct err *e)
{
    struct grant_rows grants;

    if (!store_account(u->db, u->c->mem, u->who.id, &u->who, e)
        || !store_grants(u->db, u->c->mem, u->who.id, STR(""), &grants, e))
        return false;
    user_put(u->c, &u->out, &u->who, &grants);
    return true;
}

/* ---- passwords ---- */

static bool password_put(struct user *u, str password, bool must_change, struct err *e)
{
    const struct new_password p = { .account = u->who.id,
                                    .password = password,
                                    .must_change = must_change };

    return store_password_set(u->db, u->now_ms, &p, e);
}

static bool password_new(struct user *u, struct err *e)
{
    const str password = password_generate(u->c->mem);

    if (!password_put(u, password, true, e))
        return false;
    user_put_password(u->c, &u->out, u->who.login, password);
    return true;
}

static bool do_password(struct user *u, struct err *e)
{
    str password;

    if (cli_is_on(u->c, "generate"))
        return password_new(u, e);
    return password_read(u->c, &password, e)
           && password_put(u, password, cli_is_on(u->c, "must-change"), e);
}

/* ---- accounts ---- */

static bool do_add(struct user *u, struct err *e)
{
    u->who = (struct account){ .login = str_from(arg(u, 1)),
                               .name = option(u, "name"),
                               .mail = option(u, "mail") };
    if (!store_account_add(u->db, u->c->mem, u->now_ms, &u->who, e))
        return false;
    return cli_is_on(u->c, "generate") ? password_new(u, e) : show(u, e);
}

static bool do_set(struct user *u, struct err *e)
{
    if (cli_value(u->c, "name"))
        u->who.name = option(u, "name");
    if (cli_value(u->c, "mail"))
        u->who.mail = option(u, "mail");
    if (cli_value(u->c, "login"))
        u->who.login = option(u, "login");
    return store_account_save(u->db, &u->who, e) && show(u, e);
}

static bool do_disable(struct user *u, struct err *e)
{
    u->who.is_disabled = true;
    return store_account_save(u->db, &u->who, e) && show(u, e);
}

static bool do_enable(struct user *u, struct err *e)
{
    u->who.is_disabled = false;
    return store_account_save(u->db, &u->who, e) && show(u, e);
}

static bool do_erase(struct user *u, struct err *e)
{
    return store_account_erase(u->db, u->who.id, e);
}

static bool do_totp_reset(struct user *u, struct err *e)
{
    return store_totp_remove(u->db, u->who.id, e) && show(u, e);
}

static bool do_list(struct user *u, struct err *e)
{
    struct page_of page = { 0, 200 };
    struct account_rows rows = { .count = 1 };

    for (; rows.count; page.offset += rows.count) {
        AUTO(arena_done) struct arena mem = { 0 };

        if (!store_accounts(u->db, &mem, STR(""), page, &rows, e))
            return false;
        for (uint32_t i = 0; i < rows.count; i++) {
            struct grant_rows grants;

            if (!store_grants(u->db, &mem, rows.rows[i].id, STR(""), &grants, e))
                return false;
            user_put(u->c, &u->out, &rows.rows[i], &grants);
        }
        if (!cli_put(u->c, buf_str(&u->out)))
            return true; /* cli_main tells */
        buf_clear(&u->out);
    }
    return true;
}

static bool do_sessions(struct user *u, struct err *e)
{
    struct session_rows rows;

    if (cli_is_on(u->c, "end"))
        return store_sessions_end(u->db, u->who.id, (struct hash){ { 0 } }, e);
    if (!store_sessions(u->db, u->c->mem, u->now_ms, u->who.id, &rows, e))
        return false;
    user_put_sessions(u->c, &u->out, &rows);
    return true;
}

/* ---- duties ---- */

static bool grant_read(struct user *u, struct grant *g, struct err *e)
{
    *g = (struct grant){ .organisation = option(u, "org"), .account = u->who.id };
    if (!g->organisation.n)
        return err_set(e, ERR_INPUT, "--org で、どの団体の職務かを指定してください。");
    if (!duty_parse(str_from(arg(u, 2)), &g->duty))
        return err_set(e, ERR_INPUT,
                       "職務「%s」はありません。editor head planning mayor reform auditor "
                       "listener administrator のどれかにしてください。",
                       arg(u, 2));
    return true;
}

static struct stamp stamp_of(const struct user *u)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };

    return (struct stamp){ &OPERATOR, u->now_ms, option(u, "reason") };
}

static bool do_grant(struct user *u, struct err *e)
{
    const struct stamp stamp = stamp_of(u);
    struct grant g;
    struct account principal;

    if (!grant_read(u, &g, e))
        return false;
    g.from = option(u, "from");
    g.to = option(u, "to");
    if (cli_value(u->c, "deputy-of")) {
        if (!store_account_by_login(u->db, u->c->mem, option(u, "deputy-of"), &principal, e))
            return false;
        g.deputy_of = principal.id;
    }
    return store_grant_save(u->db, &stamp, &g, e) && show(u, e);
}

static bool do_revoke(struct user *u, struct err *e)
{
    const struct stamp stamp = stamp_of(u);
    struct grant g;

    return grant_read(u, &g, e) && store_grant_end(u->db, &stamp, &g, e) && show(u, e);
}

/* ---- the rules ---- */

static bool rule_set(struct password_policy *p, str setting, struct err *e)
{
    str name, value = str_cut(setting, '=', &name);
    dec n;

    for (size_t i = 0; i < POLICY_RULES; i++) {
        if (!str_eq(name, str_from(POLICY_RULE[i].name)))
            continue;
        if (!dec_parse(value, &n) || n.scale || n.n < POLICY_RULE[i].min
            || n.n > POLICY_RULE[i].max)
            return err_set(e, ERR_INPUT, "%s は%dから%dまでの数です。", POLICY_RULE[i].name,
                           POLICY_RULE[i].min, POLICY_RULE[i].max);
        policy_set(p, i, (int)n.n);
        return true;
    }
    return err_set(e, ERR_INPUT,
                   "規則「%.*s」はありません。meguri user policy で一覧が出ます。",
                   STR_ARG(name));
}

static bool do_policy(struct user *u, struct err *e)
{
    struct password_policy p;
    bool is_changed = false;

    if (!store_policy(u->db, &p, e))
        return false;
    for (int i = 0; i < u->c->given_count; i++) {
        if (strcmp(u->c->given[i].option->name, "set") != 0)
            continue;
        if (!rule_set(&p, str_from(u->c->given[i].value), e))
            return false;
        is_changed = true;
    }
    if (is_changed && !store_policy_save(u->db, &p, e))
        return false;
    user_put_policy(u->c, &u->out, &p);
    return true;
}

/* ---- the table ---- */

static const struct verb {
    const char *name;
    bool (*run)(struct user *u, struct err *e);
    int args;
    bool needs_account;
    enum store_mode mode;
} VERBS[] = {
    { "list", do_list, 1, false, STORE_READ },
    { "add", do_add, 2, false, STORE_CREATE },
    { "set", do_set, 2, true, STORE_WRITE },
    { "grant", do_grant, 3, true, STORE_WRITE },
    { "revoke", do_revoke, 3, true, STORE_WRITE },
    { "password", do_password, 2, true, STORE_WRITE },
    { "disable", do_disable, 2, true, STORE_WRITE },
    { "enable", do_enable, 2, true, STORE_WRITE },
    { "sessions", do_sessions, 2, true, STORE_WRITE },
    { "totp-reset", do_totp_reset, 2, true, STORE_WRITE },
    { "erase", do_erase, 2, true, STORE_WRITE },
    { "policy", do_policy, 1, false, STORE_WRITE },
};

static const struct verb *verb_named(const char *name)
{
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (strcmp(VERBS[i].name, name) == 0)
            return &VERBS[i];
    return NULL;
}

/* What was typed becomes text here; the store takes only UTF-8. */
static bool words_are_text(const struct cli *c, struct err *e)
{
    for (int i = 0; i < c->arg_count; i++)
        if (utf8_valid_prefix(c->args[i], strlen(c->args[i])) != strlen(c->args[i]))
            return err_set(e, ERR_INPUT, "引数が UTF-8 ではありません。");
    for (int i = 0; i < c->given_count; i++)
        if (utf8_valid_prefix(c->given[i].value, strlen(c->given[i].value))
            != strlen(c->given[i].value))
            return err_set(e, ERR_INPUT, "--%s の値が UTF-8 ではありません。",
                           c->given[i].option->name);
    return true;
}

static bool run(struct cli *c, const struct verb *verb, struct err *e)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct user u = { .c = c };
    struct timespec t;

    if (!words_are_text(c, e) || !store_open(c->data, verb->mode, &db, e))
        return false;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    u.now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    u.db = db;
    buf_init(&u.out, c->mem, 1024, SIZE_MAX / 2);
    if (verb->needs_account
        && !store_account_by_login(db, c->mem, str_from(c->args[1]), &u.who, e))
        return false;
    if (!verb->run(&u, e))
        return false;
    (void)cli_put(c, buf_str(&u.out));
    return true;
}

int cmd_user(struct cli *c)
{
    const struct verb *verb = verb_named(c->args[0]);
    struct err e;

    if (!verb || c->arg_count != verb->args)
        return cli_refuse(c, "使い方: meguri user %s", "usage: meguri user %s",
                          c->command->usage);
    return run(c, verb, &e) ? CLI_FINE : cli_fail(c, &e);
}
