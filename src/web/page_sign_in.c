/* Signing in and out, and giving the password again.
 *
 *          password right                         code right
 * /sign-in ──────────────► second factor? ─ yes ─► asks the code ───────► session, new token
 *    ▲                          │ no                     │ wrong                │
 *    └── wrong: one sentence    └────────────────────────┼──────────────────────┤
 *        that does not tell which                        └─ asks again          ▼
 *                                                             what waited, else /work
 *
 * Between the two steps nothing is kept here: the form carries a ticket that says whose
 * password was right, until when, and for which cookie; a code of this server under a key of
 * its own makes sure that nobody else wrote it. */
#include "web/pages.h"
#include "web/route.h"
#include "web/sign_in.h"
#include "web/token.h"

#include "base/banned.h"

/* clang-format off */
const struct field SIGN_IN_FIELDS[] = {
    { "login", INPUT_LINE, 64, false, { "ログイン名", "Login" } },
    { "password", INPUT_SECRET, 1024, false, { "パスワード", "Password" } },
    { "code", INPUT_LINE, 64, false, { "確認コード", "Code" } },
    { "ticket", INPUT_LINE, 200, false, { "引換証", "Ticket" } },
    WAITING_FIELDS,
    { 0 },
};
const struct field CONFIRM_FIELDS[] = {
    { "login", INPUT_LINE, 64, false, { "ログイン名", "Login" } },
    { "password", INPUT_SECRET, 1024, true, { "パスワード", "Password" } },
    WAITING_FIELDS,
    { 0 },
};
/* clang-format on */

enum { TICKET_MS = 10 * 60 * 1000, AGENT_BYTES = 200 };

/* ---- what waits ---- */

/* An address of this site, as a browser would send it: no scheme, no host, nothing that a
 * header or another program could take for more. */
static bool is_local(const struct req *r, str to)
{
    struct target target;
    struct err ignored;

    for (size_t i = 0; i < to.n; i++) {
        if (to.p[i] <= ' ' || to.p[i] > '~' || to.p[i] == '\\')
            return false;
    }
    return to.n && !str_starts(to, STR("//")) && target_parse(r->mem, to, &target, &ignored);
}

static struct carried waiting_of(const struct req *r)
{
    struct carried w = r->waiting;

    if (!w.to.n && r->form)
        w = (struct carried){ req_field(r, "to"), req_field(r, "carry"),
                              req_field(r, "post").n > 0 };
    else if (!w.to.n)
        w = (struct carried){ .to = req_query(r, "to") };
    return is_local(r, w.to) ? w : (struct carried){ 0 };
}

void waiting_put(const struct req *r, struct value *page)
{
    const struct carried w = waiting_of(r);
    struct value *m;

    if (!w.to.n) {
        value_put_null(r->mem, page, "waiting");
        return;
    }
    m = value_put_map(r->mem, page, "waiting");
    value_put_text(r->mem, m, "to", w.to);
    value_put_text(r->mem, m, "carry", w.fields);
    value_put_bool(r->mem, m, "is_post", w.is_post);
}

void waiting_go(struct req *r, struct outcome *out, str otherwise)
{
    const struct carried w = waiting_of(r);

    if (w.is_post)
        out->carried = w;
    else
        out->location = w.to.n ? w.to : otherwise;
}

/* ---- words ---- */

void door_refuse(struct req *r, const struct door_answer *answer, const char *wrong,
                 struct outcome *out)
{
    struct value *words = value_map(r->mem);

    value_put_int(r->mem, words, "n", answer->wait_seconds);
    req_fault(r, (str){ 0 },
              req_message(r, answer->door == DOOR_WAIT ? "door.wait" : wrong, words));
    if (answer->door == DOOR_WAIT)
        out->status = 429;
}

static void password_refuse(struct req *r, const struct password_said *said, const char *wrong,
                            struct outcome *out)
{
    if (!said->said.n) {
        door_refuse(r, &said->answer, wrong, out);
        return;
    }
    req_fault(r, (str){ 0 }, said->said);
    out->status = said->status;
}

/* ---- the ticket between the two steps ---- */

static str ticket_mac(const struct req *r, str text)
{
    return token_mac(r->mem, r->door_key,
                     str_fmt(r->mem, "%.*s %.*s", STR_ARG(r->csrf), STR_ARG(text)));
}

static str ticket_make(const struct req *r, str account, str how)
{
    str text = str_fmt(r->mem, "%.*s %.*s %lld", STR_ARG(account), STR_ARG(how),
                       (long long)r->now_ms + TICKET_MS);

    return str_fmt(r->mem, "%.*s %.*s", STR_ARG(text), STR_ARG(ticket_mac(r, text)));
}

static bool ticket_read(const struct req *r, str ticket, str *account, str *how)
{
    str until, mac, text = ticket;
    dec ms;

    mac = str_cut(str_cut(str_cut(ticket, ' ', account), ' ', how), ' ', &until);
    if (mac.n + 1 >= text.n)
        return false;
    text.n -= mac.n + 1;
    return token_eq(mac, ticket_mac(r, text)) && dec_parse(until, &ms) && ms.n > r->now_ms;
}

/* ---- the page ---- */

static void put_sign_in(const struct req *r, struct value *page, str ticket)
{
    value_put_text(r->mem, page, "form_url", req_url(r, "/sign-in"));
    value_put_bool(r->mem, page, "is_code", ticket.n > 0);
    value_put_text_or_null(r->mem, page, "ticket", ticket);
    page_field(r, page, "login", (str){ 0 });
    page_field(r, page, "password", (str){ 0 });
    page_field(r, page, "code", (str){ 0 });
    waiting_put(r, page);
}

bool page_sign_in(struct req *r, struct value *page, struct err *e)
{
    (void)e;
    put_sign_in(r, page, (str){ 0 });
    return true;
}

/* ---- the act ---- */

static str agent_of(const struct req *r)
{
    str agent = str_take(r->agent, AGENT_BYTES);

    agent.n = utf8_valid_prefix(agent.p, agent.n);
    return agent;
}

static str first_page(const struct req *r)
{
    str none[ROUTE_PARAMS_MAX];
    unsigned allowed;
    bool has_work = route_find(METHOD_GET, STR("/work"), none, &allowed);

    return has_work ? req_url(r, "/work") : req_url(r, "/account");
}

static bool enter(struct req *r, str account, str how, struct outcome *out, struct err *e)
{
    const struct session session = { .account = account,
                                     .created_ms = r->now_ms,
                                     .agent = agent_of(r),
                                     .address = r->address,
                                     .how = how };

    waiting_go(r, out, first_page(r));
    return store_session_begin(r->db, r->mem, &session, &out->session, e);
}

/* The first step. */
static bool give_password(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct door_try given = { req_field(r, "login"), req_field(r, "password"),
                                    r->address };
    struct password_said said;

    if (!req_is_fine(r)) {
        put_sign_in(r, page, (str){ 0 });
        return true;
    }
    if (!password_judge(r, &given, &said, e))
        return false;
    if (said.answer.door == DOOR_OPEN)
        return enter(r, said.answer.account, said.how, out, e);
    if (said.answer.door == DOOR_CODE) {
        put_sign_in(r, page, ticket_make(r, said.answer.account, STR("totp")));
        return true;
    }
    password_refuse(r, &said, "door.wrong", out);
    put_sign_in(r, page, (str){ 0 });
    return true;
}

/* The second. */
static bool give_code(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct code_try given = { .code = req_field(r, "code"), .address = r->address };
    str ticket = req_field(r, "ticket"), how;
    struct door_answer answer;

    if (!ticket_read(r, ticket, &given.account, &how)) {
        req_fault(r, (str){ 0 }, req_message(r, "door.late", NULL));
        put_sign_in(r, page, (str){ 0 });
        return true;
    }
    if (!req_is_fine(r)) {
        put_sign_in(r, page, ticket);
        return true;
    }
    if (!store_code_check(r->db, r->now_ms, &given, &answer, e))
        return false;
    if (answer.door == DOOR_OPEN)
        return enter(r, given.account, how, out, e);
    door_refuse(r, &answer, "door.wrong_code", out);
    put_sign_in(r, page, ticket);
    return true;
}

bool act_sign_in(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    return req_field(r, "ticket").n ? give_code(r, page, out, e)
                                    : give_password(r, page, out, e);
}

bool act_sign_out(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    (void)page;
    out->is_over = true;
    out->location = req_url(r, "/");
    return !r->person || store_session_end(r->db, r->person->session.id, e);
}

/* ---- the password again ---- */

bool page_confirm(struct req *r, struct value *page, struct err *e)
{
    (void)e;
    value_put_text(r->mem, page, "form_url", req_url(r, "/confirm"));
    value_put_text(r->mem, page, "login", r->person->login);
    page_field(r, page, "password", (str){ 0 });
    waiting_put(r, page);
    return true;
}

bool act_confirm(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct door_try given = { r->person->login, req_field(r, "password"), r->address };
    struct password_said said;

    if (!req_is_fine(r))
        return page_confirm(r, page, e);
    if (!password_judge(r, &given, &said, e))
        return false;
    if (said.answer.door == DOOR_OPEN || said.answer.door == DOOR_CODE) {
        waiting_go(r, out, req_url(r, "/account"));
        return store_session_reauth(r->db, r->now_ms, r->person->session.id, e);
    }
    password_refuse(r, &said, "door.wrong_password", out);
    return page_confirm(r, page, e);
}
