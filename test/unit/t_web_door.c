/* The door: signing in, sessions, csrf, what waits and goes on, the proxy; and what somebody
 * with bad intentions tries. */
#include "sites.h"

#include <string.h>

#include "check.h"
#include "web/token.h"

static struct site site;
static struct visit boss, clerk;

static const char PASSWORD[] = "a-long-passphrase-of-mine";

static bool has(str text, const char *part)
{
    if (str_find(text, str_from(part)) >= 0)
        return true;
    printf("# lacks \"%s\": %.*s\n", part, (int)(text.n < 300 ? text.n : 300),
           text.n ? text.p : "");
    return false;
}

static bool lacks(str text, const char *part)
{
    return str_find(text, str_from(part)) < 0;
}

/* Who comes to the door as a browser does: the cookie that the sign-in page gave, its csrf. */
static struct visit at_the_door(void)
{
    struct reply page = sites_get(&site, "/sign-in");
    str token = str_take(str_skip(reply_header(&page, "Set-Cookie"), strlen("meguri=")),
                         SESSION_TOKEN_BYTES);

    return (struct visit){ .cookie =
                               str_fmt(&site.f.mem, "Cookie: meguri=%.*s\r\n", STR_ARG(token)),
                           .csrf = token_csrf(&site.f.mem, token) };
}

/* The visit that an answer begins. */
static struct visit entered(const struct reply *r)
{
    str cookie = reply_header(r, "Set-Cookie");
    str token = str_take(str_skip(cookie, strlen("meguri=")), SESSION_TOKEN_BYTES);

    return (struct visit){ .cookie =
                               str_fmt(&site.f.mem, "Cookie: meguri=%.*s\r\n", STR_ARG(token)),
                           .csrf = token_csrf(&site.f.mem, token) };
}

/* A form with a value that has to be encoded behind `before`. */
static const char *with(const char *before, str value, const char *after)
{
    struct buf b;

    buf_init(&b, &site.f.mem, 256, 1 << 20);
    buf_put_c(&b, before);
    target_encode(&b, value);
    buf_put_c(&b, after);
    return str_c(&site.f.mem, buf_str(&b));
}

static const char *person_path(str account, const char *tail)
{
    return str_c(&site.f.mem, str_fmt(&site.f.mem, "/people/%.*s%s", STR_ARG(account), tail));
}

/* ---- in and out ---- */

static void the_right_password_opens_and_gives_a_new_cookie(void)
{
    struct visit v = at_the_door(), in;
    struct reply r =
        sites_post_as(&site, &v, "/sign-in",
                      "login=boss&password=a-long-passphrase-of-mine&to=/o/minamo");
    str cookie = reply_header(&r, "Set-Cookie");

    CHECK(r.status == 303 && str_eq(reply_header(&r, "Location"), STR("/o/minamo")));
    CHECK(has(cookie, "; Path=/; HttpOnly; SameSite=Lax") && lacks(cookie, "Secure"));
    in = entered(&r);
    CHECK(!str_eq(in.cookie, v.cookie)); /* fixation: the token from before is no session */
    CHECK(sites_get_as(&site, &in, "/account").status == 200);
    CHECK(sites_get_as(&site, &v, "/account").status == 401);
}

static void a_wrong_one_is_one_sentence_that_does_not_tell_which(void)
{
    struct visit v = at_the_door();
    struct reply wrong =
        sites_post_as(&site, &v, "/sign-in", "login=boss&password=something-else-entirely");
    struct reply nobody =
        sites_post_as(&site, &v, "/sign-in", "login=nobody-at-all&password=something-else");

    CHECK(wrong.status == 422 && nobody.status == 422);
    CHECK(has(wrong.body, "ログイン名かパスワードが違います。"));
    CHECK(has(nobody.body, "ログイン名かパスワードが違います。"));
    CHECK(lacks(wrong.body, "something-else"));
    CHECK(!reply_header(&wrong, "Set-Cookie").n);
    CHECK(has(wrong.body, "value=\"boss\"")); /* what is no secret stays */
}

static void many_wrong_ones_have_to_wait(void)
{
    struct visit v = at_the_door();
    struct reply r = { 0 };

    (void)sites_visit(&site, "unlucky");
    for (int i = 0; i < 7; i++)
        r = sites_post_as(&site, &v, "/sign-in", "login=unlucky&password=wrong-wrong-wrong");
    CHECK(r.status == 429 && has(r.body, "秒お待ちください"));
}

static void the_second_factor_is_asked_for_and_its_ticket_cannot_be_made(void)
{
    struct visit v = at_the_door(), other = at_the_door();
    const struct visit careful = sites_visit(&site, "careful");
    str secret, ticket, code;
    struct reply r;
    ptrdiff_t at;

    sites_password(&site, careful.account, PASSWORD);
    secret = sites_factor(&site, careful.account);
    code = sites_code(&site, secret, site.now_ms);
    r = sites_post_as(&site, &v, "/sign-in",
                      "login=careful&password=a-long-passphrase-of-mine&to=/o/komorebi");
    CHECK(r.status == 200 && !reply_header(&r, "Set-Cookie").n);
    CHECK(has(r.body, "autocomplete=\"one-time-code\""));
    at = str_find(r.body, STR("name=\"ticket\" value=\""));
    CHECK(at >= 0);
    ticket = str_skip(r.body, (size_t)at + strlen("name=\"ticket\" value=\""));
    ticket = str_take(ticket, (size_t)str_find_char(ticket, '"'));

    /* another cookie; another account in it; a wrong code */
    r = sites_post_as(&site, &other, "/sign-in",
                      with(with("ticket=", ticket, "&code="), code, ""));
    CHECK(r.status == 422 && !reply_header(&r, "Set-Cookie").n);
    ticket = str_dup(&site.f.mem, ticket);
    r = sites_post_as(&site, &v, "/sign-in",
                      with("ticket=u0000000000", str_skip(ticket, 11), "&code=1"));
    CHECK(r.status == 422 && has(r.body, "もう一度、ログイン名とパスワード"));
    r = sites_post_as(&site, &v, "/sign-in", with("ticket=", ticket, "&code=000000"));
    CHECK(r.status == 422 && has(r.body, "確認コードが違います"));
    r = sites_post_as(&site, &v, "/sign-in",
                      with(with("ticket=", ticket, "&to=/o/komorebi&code="), code, ""));
    CHECK(r.status == 303 && str_eq(reply_header(&r, "Location"), STR("/o/komorebi")));
}

static void a_place_to_go_on_to_is_one_of_ours(void)
{
    static const char *const FOREIGN[] = { "//evil.example/", "https%3A%2F%2Fevil.example",
                                           "/%5Cevil.example", "javascript%3Aalert(1)",
                                           "/a%0d%0aSet-Cookie:x=y" };

    for (size_t i = 0; i < sizeof FOREIGN / sizeof FOREIGN[0]; i++) {
        struct visit v = at_the_door();
        str form = str_fmt(&site.f.mem, "login=boss&password=%s&to=%s", PASSWORD, FOREIGN[i]);
        struct reply r = sites_post_as(&site, &v, "/sign-in", str_c(&site.f.mem, form));

        CHECK(lacks(reply_header(&r, "Location"), "evil") && lacks(r.head, "x=y"));
        CHECK(r.status == 303 || r.status == 422);
    }
}

static void signing_out_ends_the_session_and_takes_the_cookie(void)
{
    struct visit v = sites_visit(&site, "leaver");
    struct reply r;

    CHECK(sites_get_as(&site, &v, "/account").status == 200);
    r = sites_post_as(&site, &v, "/sign-out", "");
    CHECK(r.status == 303 && has(reply_header(&r, "Set-Cookie"), "Max-Age=0"));
    CHECK(sites_get_as(&site, &v, "/account").status == 401);
}

static void who_must_change_the_password_does_so_first_and_then_goes_on(void)
{
    struct visit v = sites_visit(&site, "fresh");
    const struct new_password p = { .account = v.account,
                                    .password = STR("for-one-use-only-xyz"),
                                    .must_change = true };
    struct reply r;

    CHECK(store_password_set(site.f.c, site.now_ms, &p, &site.f.e));
    v = at_the_door();
    r = sites_post_as(&site, &v, "/sign-in", "login=fresh&password=for-one-use-only-xyz");
    v = entered(&r);
    r = sites_get_as(&site, &v, "/account");
    CHECK(r.status == 403 && has(r.body, "最初のサインインです"));
    CHECK(has(r.body, "autocomplete=\"new-password\""));
    CHECK(sites_post_as(&site, &v, "/account/name", "name=x").status == 403);
    CHECK(sites_get_as(&site, &v, "/o/minamo").status == 200);
    r = sites_post_as(&site, &v, "/account/password",
                      "new=eight-words-and-more&again=eight-words-and-less");
    CHECK(r.status == 422 && has(r.body, "2 回で違います"));
    r = sites_post_as(&site, &v, "/account/password",
                      "new=eight-words-and-more&again=eight-words-and-more&to=/account");
    CHECK(r.status == 303);
    CHECK(sites_get_as(&site, &v, "/account").status == 200);
}

/* ---- nothing typed is lost ---- */

static void a_form_whose_session_is_over_waits_in_the_sign_in_and_goes_on(void)
{
    struct visit v = sites_visit(&site, "slow"), in;
    const char *carry;
    struct account now;
    struct reply r;

    sites_password(&site, v.account, PASSWORD);
    v = at_the_door();
    r = sites_post_as(&site, &v, "/sign-in", "login=slow&password=a-long-passphrase-of-mine");
    v = entered(&r);
    CHECK(store_sessions_end(site.f.c, v.account, (struct hash){ { 0 } }, &site.f.e));
    CHECK(store_account_by_login(site.f.c, &site.f.mem, STR("slow"), &now, &site.f.e));
    CHECK(store_sessions_end(site.f.c, now.id, (struct hash){ { 0 } }, &site.f.e));

    r = sites_post_as(&site, &v, "/account/name",
                      "name=%E5%B1%B1+%26+%E5%B7%9D%3D100%25&mail=");
    CHECK(r.status == 401 && has(r.body, "入力した内容は残っています"));
    CHECK(has(r.body, "name=\"carry\" value=\"name=山+%26+川%3D100%25&amp;mail=\""));
    CHECK(has(r.body, "name=\"to\" value=\"/account/name\""));

    carry = with("to=/account/name&post=1&carry=", STR("name=山+%26+川%3D100%25&mail="),
                 "&login=slow&password=wrong-password");
    r = sites_post_as(&site, &v, "/sign-in", carry);
    CHECK(r.status == 422 && has(r.body, "name=\"carry\" value=\"name=山"));
    carry = with("to=/account/name&post=1&carry=", STR("name=山+%26+川%3D100%25&mail="),
                 "&login=slow&password=a-long-passphrase-of-mine");
    r = sites_post_as(&site, &v, "/sign-in", carry);
    CHECK(r.status == 303 && has(reply_header(&r, "Location"), "/account?done=name"));
    in = entered(&r);
    CHECK(has(sites_get_as(&site, &in, "/account").body, "山 &amp; 川=100%"));
}

static void what_waits_is_judged_as_if_it_came_alone(void)
{
    struct visit v = at_the_door();
    struct reply r;

    /* an unknown field; an act that the person may not; the door itself again */
    r = sites_post_as(&site, &v, "/sign-in",
                      "login=clerk&password=a-long-passphrase-of-mine&post=1&to=/account/name"
                      "&carry=nonsense%3D1");
    CHECK(r.status == 422);
    v = at_the_door();
    r = sites_post_as(&site, &v, "/sign-in",
                      "login=clerk&password=a-long-passphrase-of-mine&post=1&to=/people/new"
                      "&carry=login%3Dx%26name%3Dx");
    CHECK(r.status == 403);
    v = at_the_door();
    r = sites_post_as(
        &site, &v, "/sign-in",
        "login=clerk&password=a-long-passphrase-of-mine&post=1&to=/sign-in&carry=");
    CHECK(r.status == 404);
    CHECK(!store_account_by_login(site.f.c, &site.f.mem, STR("x"), &(struct account){ 0 },
                                  &site.f.e));
}

static void what_matters_asks_for_the_password_again_and_then_happens(void)
{
    struct visit v = at_the_door();
    struct account made;
    struct session_rows own;
    struct reply r =
        sites_post_as(&site, &v, "/sign-in", "login=boss&password=a-long-passphrase-of-mine");
    const char *path = person_path(clerk.account, "/password");

    v = entered(&r);
    CHECK(store_sessions(site.f.c, &site.f.mem, site.now_ms, boss.account, &own, &site.f.e));
    for (uint32_t i = 0; i < own.count; i++) /* long enough ago, and still not idle */
        CHECK(store_session_reauth(site.f.c, site.now_ms - INT64_C(20) * 60 * 1000,
                                   own.rows[i].id, &site.f.e));
    r = sites_post_as(&site, &v, path, "");
    CHECK(r.status == 403 && has(r.body, "ご本人であることを確かめます"));
    CHECK(lacks(r.body, "class=\"secret\""));
    r = sites_post_as(&site, &v, "/confirm",
                      with("post=1&to=", str_from(path), "&password=wrong-one-here"));
    CHECK(r.status == 422 && has(r.body, "パスワードが違います"));
    r = sites_post_as(&site, &v, "/confirm",
                      with("post=1&to=", str_from(path),
                           "&password=a-long-passphrase-of-mine"));
    CHECK(r.status == 200 && has(r.body, "class=\"secret\""));
    CHECK(store_account(site.f.c, &site.f.mem, clerk.account, &made, &site.f.e)
          && made.must_change);
    sites_password(&site, clerk.account, PASSWORD);
}

static void a_form_from_before_another_sign_in_is_kept_too(void)
{
    struct visit then = sites_visit(&site, "two-tabs"), now;
    struct account account;
    struct reply r;

    sites_password(&site, then.account, PASSWORD);
    now = at_the_door();
    r = sites_post_as(&site, &now, "/sign-in",
                      "login=two-tabs&password=a-long-passphrase-of-mine");
    now = entered(&r);
    now.csrf = then.csrf;
    r = sites_post_as(&site, &now, "/account/name", "name=typed-before");
    CHECK(r.status == 403 && has(r.body, "name=\"carry\" value=\"name=typed-before\""));
    CHECK(store_account(site.f.c, &site.f.mem, then.account, &account, &site.f.e));
    CHECK(str_eq(account.name, STR("two-tabs")));
}

/* ---- forged ---- */

static int post_from(const struct visit *v, const char *origin)
{
    str head = str_fmt(&site.f.mem, "Content-Type: application/x-www-form-urlencoded\r\n%s%.*s",
                       origin, STR_ARG(v->cookie));
    str body = str_fmt(&site.f.mem, "csrf=%.*s&name=evil", STR_ARG(v->csrf));

    return sites_send(&site, "POST", "/account/name", str_c(&site.f.mem, head), body).status;
}

static void a_form_without_the_csrf_of_its_cookie_is_refused(void)
{
    struct visit v = sites_visit(&site, "victim"), w = sites_visit(&site, "attacker");
    struct visit wrong = { .cookie = v.cookie, .csrf = w.csrf }, none = v;
    struct account account;
    struct reply r;

    CHECK(sites_post_as(&site, &wrong, "/account/name", "name=evil").status == 403);
    CHECK(post_from(&wrong, "Origin: http://a\r\n") == 403);
    none.csrf = (str){ 0 };
    CHECK(post_from(&none, "") == 403);
    CHECK(sites_post_as(&site, NULL, "/sign-in", "login=attacker&password=x").status == 403);
    r = sites_post_as(&site, NULL, "/sign-in", "login=attacker&password=x");
    CHECK(has(r.body, "クッキー"));
    CHECK(store_account(site.f.c, &site.f.mem, v.account, &account, &site.f.e));
    CHECK(str_eq(account.name, STR("victim")));
}

static void a_form_from_elsewhere_is_refused_even_with_the_right_csrf(void)
{
    struct visit v = sites_visit(&site, "visited");

    CHECK(post_from(&v, "Origin: http://evil.example\r\n") == 403);
    CHECK(post_from(&v, "Origin: null\r\n") == 403);
    CHECK(post_from(&v, "Origin: http://a.evil.example\r\n") == 403);
    CHECK(post_from(&v, "Origin: http://a:8080\r\n") == 403);
    CHECK(post_from(&v, "Sec-Fetch-Site: cross-site\r\n") == 403);
    CHECK(post_from(&v, "Sec-Fetch-Site: same-site\r\nOrigin: http://a\r\n") == 403);
    CHECK(post_from(&v, "Referer: http://evil.example/x\r\n") == 403);
    CHECK(post_from(&v, "") == 303);
    CHECK(post_from(&v, "Origin: http://a\r\n") == 303);
    CHECK(post_from(&v, "Referer: http://a/account\r\n") == 303);
}

static void a_made_up_cookie_is_nobody(void)
{
    static const char *const COOKIES[] = {
        "Cookie: meguri=\r\n",
        "Cookie: meguri=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
        "Cookie: meguri=' OR 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
        "Cookie: __Host-meguri=x; a=b; ;;=\r\n",
        "Cookie: meguri\r\n",
    };

    for (size_t i = 0; i < sizeof COOKIES / sizeof COOKIES[0]; i++)
        CHECK(sites_ask(&site, "GET", "/account", COOKIES[i]).status == 401);
}

static void who_is_shut_out_is_out_at_once(void)
{
    struct visit v = sites_visit(&site, "former");
    struct account a;

    CHECK(sites_get_as(&site, &v, "/account").status == 200);
    CHECK(store_account(site.f.c, &site.f.mem, v.account, &a, &site.f.e));
    a.is_disabled = true;
    CHECK(store_account_save(site.f.c, &a, &site.f.e));
    CHECK(sites_get_as(&site, &v, "/account").status == 401);
}

static void no_other_method_acts(void)
{
    struct visit v = sites_visit(&site, "curious");
    const char *cookie = str_c(&site.f.mem, v.cookie);
    const char *override =
        str_c(&site.f.mem,
              str_fmt(&site.f.mem, "%.*sX-HTTP-Method-Override: POST\r\n", STR_ARG(v.cookie)));

    CHECK(sites_ask(&site, "GET", "/sign-out", cookie).status == 405);
    CHECK(sites_ask(&site, "GET", "/sign-out", override).status == 405);
    CHECK(sites_ask(&site, "GET", "/account/sessions-end?csrf=x", cookie).status == 405);
    CHECK(sites_ask(&site, "PUT", "/account/name", cookie).status == 405);
    CHECK(sites_post_as(&site, &v, "/account/name", "name=x&_method=DELETE").status == 422);
    CHECK(sites_post_as(&site, &v, "/account", "name=x").status == 405);
    CHECK(sites_get_as(&site, &v, "/account").status == 200);
}

static void a_name_or_kind_that_no_form_of_ours_has_is_refused(void)
{
    struct visit v = sites_visit(&site, "typist");
    struct reply r;

    CHECK(sites_post_as(&site, &v, "/account/name", "name=a&name=b").status == 422);
    CHECK(sites_post_as(&site, &v, "/account/name", "name=a&is_admin=1").status == 422);
    r = sites_post_as(&site, &v, "/account/name", "name=%FF");
    CHECK(r.status == 422 && has(r.body, "「氏名」を読み取れません"));
    r = sites_post_as(&site, &v, "/account/name", "name=&mail=x");
    CHECK(r.status == 422 && has(r.body, "<a href=\"#f-name\" lang=\"ja\">氏名</a>"));
    CHECK(has(r.body, "aria-invalid=\"true\" aria-describedby=\"e-name\""));
    CHECK(has(r.body, "value=\"x\""));
    CHECK(sites_send(&site, "POST", "/account/name",
                     str_c(&site.f.mem, str_fmt(&site.f.mem, "%.*sContent-Type: text/plain\r\n",
                                                STR_ARG(v.cookie))),
                     STR("name=x"))
              .status
          == 415);
}

static void the_same_form_twice_is_done_once(void)
{
    struct history of = { .organisation = STR("minamo"), .entity_prefix = STR("grant/") };
    struct visit v = at_the_door();
    struct record_rows before, after;
    const char *path = person_path(clerk.account, "/duty");
    struct reply r =
        sites_post_as(&site, &v, "/sign-in", "login=boss&password=a-long-passphrase-of-mine");

    v = entered(&r);
    CHECK(store_history(site.f.c, &site.f.mem, &of, &before, &site.f.e));
    for (int i = 0; i < 2; i++)
        CHECK(sites_post_as(&site, &v, path,
                            "organisation=minamo&duty=editor&from=2024-04-01&reason=x")
                  .status
              == 303);
    CHECK(store_history(site.f.c, &site.f.mem, &of, &after, &site.f.e));
    CHECK(after.total == before.total + 1);
}

/* ---- what is kept where ---- */

static void a_page_for_one_reader_is_kept_by_nobody_else(void)
{
    struct visit v = sites_visit(&site, "reader");
    struct reply open = sites_get(&site, "/o/minamo"), mine, own;

    CHECK(str_eq(reply_header(&open, "Cache-Control"), STR("no-cache")));
    CHECK(has(reply_header(&open, "Vary"), "Cookie"));
    mine = sites_get_as(&site, &v, "/o/minamo");
    CHECK(str_eq(reply_header(&mine, "Cache-Control"), STR("private, no-cache")));
    CHECK(has(mine.body, ">reader</a>") && lacks(sites_get(&site, "/o/minamo").body, "reader"));
    own = sites_get_as(&site, &v, "/account");
    CHECK(str_eq(reply_header(&own, "Cache-Control"), STR("no-store")));
    CHECK(str_eq(reply_header(&(struct reply){ .head = sites_get(&site, "/account").head },
                              "Cache-Control"),
                 STR("no-store")));
}

static void every_answer_to_a_form_carries_the_security_headers(void)
{
    struct visit v = sites_visit(&site, "watcher");
    struct reply all[] = {
        sites_post_as(&site, &v, "/account/name", "name=x"),
        sites_post_as(&site, &v, "/account/name", "nonsense=x"),
        sites_post_as(&site, NULL, "/account/name", "name=x"),
        sites_post_as(&site, NULL, "/sign-in", "login=x"),
        sites_post_as(&site, &v, "/people/new", "login=x&name=x"),
        sites_post_as(&site, &v, "/nowhere", ""),
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        str policy = reply_header(&all[i], "Content-Security-Policy");

        CHECK(has(policy, "form-action 'self'") && has(policy, "frame-ancestors 'none'"));
        CHECK(str_eq(reply_header(&all[i], "X-Content-Type-Options"), STR("nosniff")));
        CHECK(str_eq(reply_header(&all[i], "Cache-Control"), STR("no-store")));
    }
}

/* ---- proxies ---- */

static void behind_tls_the_cookie_is_for_https_and_this_host_alone(void)
{
    struct reply r;

    site.config.is_https = true;
    r = sites_get(&site, "/sign-in");
    CHECK(str_starts(reply_header(&r, "Set-Cookie"), STR("__Host-meguri=")));
    CHECK(has(reply_header(&r, "Set-Cookie"), "; Path=/; HttpOnly; SameSite=Lax; Secure"));
    CHECK(sites_get_as(&site, &boss, "/account").status == 401); /* the plain cookie */
    site.config.is_https = false;
}

static void a_login_in_a_header_counts_from_the_proxy_alone(void)
{
    struct reply r;

    CHECK(sites_ask(&site, "GET", "/account", "X-Remote-User: boss\r\n").status == 401);
    site.config.trust_header = "x-remote-user";
    site.config.trust_from = "192.0.2.7, 10.0.0.1";
    CHECK(sites_ask(&site, "GET", "/account", "X-Remote-User: boss\r\n").status == 401);
    site.config.trust_from = "192.0.2.7,127.0.0.1";
    r = sites_ask(&site, "GET", "/account", "X-Remote-User: boss\r\n");
    CHECK(r.status == 200 && reply_header(&r, "Set-Cookie").n);
    CHECK(sites_ask(&site, "GET", "/account", "X-Remote-User: nobody-here\r\n").status == 401);
    CHECK(sites_ask(&site, "GET", "/account", "X-Remote-User: \r\n").status == 401);
    site.config.trust_header = site.config.trust_from = NULL;
}

int main(void)
{
    sites_begin(&site);
    boss = sites_visit(&site, "boss");
    sites_password(&site, boss.account, PASSWORD);
    sites_grant(&site, boss.account, DUTY_ADMINISTRATOR, "minamo", "2024-04-01", "");
    clerk = sites_visit(&site, "clerk");
    sites_password(&site, clerk.account, PASSWORD);
    RUN(the_right_password_opens_and_gives_a_new_cookie);
    RUN(a_wrong_one_is_one_sentence_that_does_not_tell_which);
    RUN(many_wrong_ones_have_to_wait);
    RUN(the_second_factor_is_asked_for_and_its_ticket_cannot_be_made);
    RUN(a_place_to_go_on_to_is_one_of_ours);
    RUN(signing_out_ends_the_session_and_takes_the_cookie);
    RUN(who_must_change_the_password_does_so_first_and_then_goes_on);
    RUN(a_form_whose_session_is_over_waits_in_the_sign_in_and_goes_on);
    RUN(what_waits_is_judged_as_if_it_came_alone);
    RUN(what_matters_asks_for_the_password_again_and_then_happens);
    RUN(a_form_from_before_another_sign_in_is_kept_too);
    RUN(a_form_without_the_csrf_of_its_cookie_is_refused);
    RUN(a_form_from_elsewhere_is_refused_even_with_the_right_csrf);
    RUN(a_made_up_cookie_is_nobody);
    RUN(who_is_shut_out_is_out_at_once);
    RUN(no_other_method_acts);
    RUN(a_name_or_kind_that_no_form_of_ours_has_is_refused);
    RUN(the_same_form_twice_is_done_once);
    RUN(a_page_for_one_reader_is_kept_by_nobody_else);
    RUN(every_answer_to_a_form_carries_the_security_headers);
    RUN(behind_tls_the_cookie_is_for_https_and_this_host_alone);
    RUN(a_login_in_a_header_counts_from_the_proxy_alone);
    sites_end(&site);
    return DONE();
}
