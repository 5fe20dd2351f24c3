/* One's own account: name, password, second factor, sessions. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/people.h"
#include "web/sign_in.h"

#include "base/banned.h"

/* clang-format off */
const struct field ACCOUNT_NAME_FIELDS[] = {
    { "name", INPUT_LINE, 100, true, { "氏名", "Name" } },
    { "mail", INPUT_LINE, 200, false, { "メールアドレス", "E-mail address" } },
    { 0 },
};
const struct field PASSWORD_FIELDS[] = {
    { "login", INPUT_LINE, 64, false, { "ログイン名", "Login" } },
    { "current", INPUT_SECRET, PASSWORD_BYTES, false, { "いまのパスワード", "Current password" } },
    { "new", INPUT_SECRET, PASSWORD_BYTES, true, { "新しいパスワード", "New password" } },
    { "again", INPUT_SECRET, PASSWORD_BYTES, true, { "新しいパスワード(もう一度)", "New password, again" } },
    WAITING_FIELDS,
    { 0 },
};
const struct field SESSION_END_FIELDS[] = {
    { "session", INPUT_HASH, 64, true, { "セッション", "Session" } },
    { 0 },
};
/* clang-format on */

/* ---- what was done, after a redirect ---- */

/* "done": the message done.WORD of ?done=WORD, null when there is none. */
static void put_done(const struct req *r, struct value *page)
{
    static const str WORDS[] = { STR_INIT("name"), STR_INIT("password"), STR_INIT("factor"),
                                 STR_INIT("session") };
    str word = req_query(r, "done");

    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_eq(word, WORDS[i])) {
            value_put_text(r->mem, page, "done", part_word(r, "done", word));
            return;
        }
    }
    value_put_null(r->mem, page, "done");
}

static str account_url(const struct req *r, const char *done)
{
    return req_url_with(r, req_url(r, "/account"), "done", str_from(done));
}

/* ---- the page ---- */

static void put_session(const struct req *r, struct value *list, const struct session *s)
{
    struct value *m = value_add_map(r->mem, list);

    value_put_text(r->mem, m, "session", part_hash(r, s->id));
    part_put_time(r, m, s->created_ms);
    value_put_text(r->mem, m, "seen_label", part_time_label(r, s->seen_ms));
    value_put_text_or_null(r->mem, m, "agent", s->agent);
    value_put_text_or_null(r->mem, m, "address", s->address);
    value_put_bool(r->mem, m, "is_this", hash_eq(s->id, r->person->session.id));
}

static bool put_sessions(const struct req *r, struct value *page, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "sessions");
    struct session_rows found;

    if (!store_sessions(r->db, r->mem, r->now_ms, r->person->account, &found, e))
        return false;
    for (uint32_t i = 0; i < found.count; i++)
        put_session(r, list, &found.rows[i]);
    value_put_bool(r->mem, page, "has_others", found.count > 1);
    return true;
}

bool page_account(struct req *r, struct value *page, struct err *e)
{
    struct account account;
    struct grant_rows grants;

    if (!store_account(r->db, r->mem, r->person->account, &account, e)
        || !store_grants(r->db, r->mem, account.id, (str){ 0 }, &grants, e))
        return false;
    put_done(r, page);
    value_put_text(r->mem, page, "login", account.login);
    value_put_bool(r->mem, page, "has_password", account.has_password);
    value_put_bool(r->mem, page, "has_factor", account.has_totp);
    value_put_text(r->mem, page, "name_url", req_url(r, "/account/name"));
    value_put_text(r->mem, page, "password_url", req_url(r, "/account/password"));
    value_put_text(r->mem, page, "factor_url", req_url(r, "/account/factor"));
    value_put_text(r->mem, page, "session_url", req_url(r, "/account/session-end"));
    value_put_text(r->mem, page, "sessions_url", req_url(r, "/account/sessions-end"));
    value_put_text_or_null(r->mem, page, "people_url",
                           people_administers(r, &grants) ? req_url(r, "/people") : (str){ 0 });
    page_field(r, page, "name", account.name);
    page_field(r, page, "mail", account.mail);
    return people_put_grants(r, page, &grants, e) && put_sessions(r, page, e);
}

bool act_account_name(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct account account;

    if (!store_account(r->db, r->mem, r->person->account, &account, e))
        return false;
    account.name = req_field(r, "name");
    account.mail = req_field(r, "mail");
    if (req_is_fine(r) && store_account_save(r->db, &account, e)) {
        out->location = account_url(r, "name");
        return true;
    }
    return req_refused(r, e, "name") && page_account(r, page, e);
}

/* ---- sessions ---- */

bool act_session_end(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct session_rows own;
    struct hash id;

    (void)page;
    if (!req_is_fine(r) || !hash_parse(req_field(r, "session"), &id))
        return err_set(e, ERR_INPUT,
                       "セッションを読み取れません。ページを開き直してください。");
    if (!store_sessions(r->db, r->mem, r->now_ms, r->person->account, &own, e))
        return false;
    out->location = account_url(r, "session");
    for (uint32_t i = 0; i < own.count; i++) {
        if (hash_eq(own.rows[i].id, id))
            return store_session_end(r->db, id, e);
    }
    return true; /* it is over already, or was never one's own */
}

bool act_sessions_end(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    (void)page;
    out->location = account_url(r, "session");
    return store_sessions_end(r->db, r->person->account, r->person->session.id, e);
}

/* ---- the password ---- */

/* Who has just signed in with a password for one use need not type it again. */
static bool needs_current(const struct req *r)
{
    return !(r->person->must_change && r->person->is_confirmed);
}

bool page_password(struct req *r, struct value *page, struct err *e)
{
    struct password_policy policy;

    if (!store_policy(r->db, &policy, e))
        return false;
    value_put_text(r->mem, page, "form_url", req_url(r, "/account/password"));
    value_put_text(r->mem, page, "login", r->person->login);
    value_put_bool(r->mem, page, "is_first", r->person->must_change);
    value_put_bool(r->mem, page, "needs_current", needs_current(r));
    value_put_int(r->mem, page, "min_length", policy.min_length);
    value_put_int(r->mem, page, "advised_length", policy.advised_length);
    page_field(r, page, "current", (str){ 0 });
    page_field(r, page, "new", (str){ 0 });
    page_field(r, page, "again", (str){ 0 });
    waiting_put(r, page);
    return true;
}

/* Is what was typed as the current one right? A fault when not. */
static bool current_check(struct req *r, struct outcome *out, struct err *e)
{
    const struct door_try given = { r->person->login, req_field(r, "current"), r->address };
    struct door_answer answer;

    if (!needs_current(r) || !req_is_fine(r))
        return true;
    if (!store_password_check(r->db, r->mem, r->now_ms, &given, &answer, e))
        return false;
    if (answer.door == DOOR_WRONG)
        req_fault(r, STR("current"), req_message(r, "password.wrong", NULL));
    else if (answer.door == DOOR_WAIT)
        door_refuse(r, &answer, "door.wrong_password", out);
    return true;
}

bool act_password(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct new_password p = { .account = r->person->account,
                                    .password = req_field(r, "new"),
                                    .keep = r->person->session.id };

    if (req_is_fine(r) && !str_eq(req_field(r, "new"), req_field(r, "again")))
        req_fault(r, STR("again"), req_message(r, "password.differs", NULL));
    if (!current_check(r, out, e))
        return false;
    if (req_is_fine(r) && store_password_set(r->db, r->now_ms, &p, e)) {
        waiting_go(r, out, account_url(r, "password"));
        return true;
    }
    return req_refused(r, e, "new") && page_password(r, page, e);
}
