/* Who asks: from the cookie, or the header of a trusted proxy, to a person.
 *
 * 1. A token is made here only, at random; what a browser brings is never taken for a session
 *    that begins (fixation): a session's token is new.
 * 2. The same cookie serves before the sign-in: its token then is no session's, and the sign-in
 *    form's csrf comes of it.
 * 3. A person behind a proxy has no session of ours: the proxy says at each request who it is.
 */
#include "web/dispatch.h"
#include "web/door.h"
#include "web/token.h"

#include "base/banned.h"

bool visitor_is_known(const struct call *c)
{
    const struct web_config *config = c->app->config;

    return c->http
           && (door_cookie(c->http, config->is_https).n || door_proxy_login(config, c->http).n);
}

static void person_take(struct call *c, const struct account *account,
                        const struct session *session, const struct password_policy *policy)
{
    const int64_t confirmed_ms = (int64_t)policy->reauth_minutes * 60 * 1000;
    bool is_own = str_eq(session->how, STR("password")) || str_eq(session->how, STR("totp"));

    c->person = (struct person){
        .account = account->id,
        .name = account->name,
        .login = account->login,
        .session = *session,
        .is_confirmed = str_eq(session->how, STR("proxy"))
                        || c->req.now_ms - session->reauth_ms <= confirmed_ms,
        .must_change = is_own && account->must_change,
        .must_add_factor = is_own && policy->totp_required && !account->has_totp,
    };
    c->req.person = &c->person;
    c->is_private = true;
}

static bool proxy_find(struct call *c, str login, const struct password_policy *policy,
                       struct err *e)
{
    const struct session none = { .how = STR("proxy"), .created_ms = c->req.now_ms };
    struct account account;

    if (!store_account_by_login(c->req.db, c->req.mem, login, &account, e))
        return e->code == ERR_NOT_FOUND || e->code == ERR_INPUT;
    if (!account.is_disabled)
        person_take(c, &account, &none, policy);
    return true;
}

static bool session_find(struct call *c, const struct password_policy *policy, struct err *e)
{
    struct visitor visitor;

    if (!store_session_find(c->req.db, c->req.mem, c->req.now_ms, c->token, &visitor, e))
        return false;
    if (visitor.found)
        person_take(c, &visitor.account, &visitor.session, policy);
    return true;
}

bool visitor_find(struct call *c, struct err *e)
{
    const struct web_config *config = c->app->config;
    struct password_policy policy;
    str login;

    if (!c->http)
        return true;
    if (!c->token.n)
        c->token = door_cookie(c->http, config->is_https);
    c->req.csrf = c->token.n ? token_csrf(c->req.mem, c->token) : (str){ 0 };
    c->req.person = NULL;
    c->req.address = door_address(config, c->http);
    c->req.agent = http_header_find(c->http, "user-agent");
    login = door_proxy_login(config, c->http);
    if (!c->token.n && !login.n)
        return true;
    if (!store_policy(c->req.db, &policy, e))
        return false;
    return login.n ? proxy_find(c, login, &policy, e) : session_find(c, &policy, e);
}

void visitor_enter(struct call *c, str token)
{
    c->token = token;
    c->req.csrf = token_csrf(c->req.mem, token);
    c->set_cookie = door_cookie_set(c->req.mem, token, c->app->config->is_https);
    c->is_private = true;
    c->is_kept = false;
}

void visitor_greet(struct call *c)
{
    if (!c->token.n)
        visitor_enter(c, token_make(c->req.mem));
}

void visitor_leave(struct call *c)
{
    c->set_cookie = door_cookie_set(c->req.mem, (str){ 0 }, c->app->config->is_https);
    c->is_over = true;
    c->is_private = true;
}
