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
           && (door_cookie(c->http, config->is_https).n
               || door_proxy_login(config, c->http).n);
}

bool visitor_find(struct call *c, struct err *e)
{
    const struct web_config *config = c->app->config;

    (void)e;
    if (!c->http)
        return true;
    if (!c->token.n)
        c->token = door_cookie(c->http, config->is_https);
    c->req.csrf = c->token.n ? token_csrf(c->req.mem, c->token) : (str){ 0 };
    c->req.person = NULL;
    c->req.address = door_address(config, c->http);
    c->req.agent = http_header_find(c->http, "user-agent");
    return true;
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
