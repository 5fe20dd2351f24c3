/* The door's view of a request's head. */
#include "web/door.h"
#include "web/token.h"

#include "base/banned.h"

/* ---- the cookie ---- */

static str cookie_name(bool is_https)
{
    return is_https ? STR("__Host-meguri") : STR("meguri");
}

str door_cookie(const struct http_request *h, bool is_https)
{
    str rest = http_header_find(h, "cookie"), pair, name, value;

    while (rest.n) {
        rest = str_cut(rest, ';', &pair);
        value = str_cut(str_trim(pair), '=', &name);
        if (str_eq(name, cookie_name(is_https)))
            return token_is_well_formed(value) ? value : (str){ 0 };
    }
    return (str){ 0 };
}

str door_cookie_set(struct arena *a, str token, bool is_https)
{
    str name = cookie_name(is_https);

    return str_fmt(a, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", STR_ARG(name),
                   STR_ARG(token), is_https ? "; Secure" : "", token.n ? "" : "; Max-Age=0");
}

/* ---- where it comes from ---- */

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_same_word(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    }
    return true;
}

/* Is it an address of ours: the scheme, and the Host of this very request? */
static bool is_ours(str address, str host, bool is_https)
{
    str rest;

    if (str_starts(address, STR("https://")))
        rest = str_skip(address, 8);
    else if (!is_https && str_starts(address, STR("http://")))
        rest = str_skip(address, 7);
    else
        return false;
    return host.n && is_same_word(str_take(rest, host.n), host)
           && (rest.n == host.n || rest.p[host.n] == '/');
}

enum door_origin door_origin(const struct http_request *h, bool is_https)
{
    str site = http_header_find(h, "sec-fetch-site"), host = http_header_find(h, "host");
    str origin = http_header_find(h, "origin"), referer = http_header_find(h, "referer");

    if (site.n && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
        return ORIGIN_FOREIGN;
    if (origin.n && !is_ours(origin, host, is_https))
        return ORIGIN_FOREIGN;
    if (str_eq(site, STR("same-origin")) || origin.n)
        return ORIGIN_SAME;
    if (referer.n && !is_ours(referer, host, is_https))
        return ORIGIN_FOREIGN;
    return ORIGIN_UNKNOWN;
}

/* ---- behind a proxy ---- */

/* An IPv4 address that came to an IPv6 socket is the same address. */
static str plain_address(str s)
{
    return str_starts(s, STR("::ffff:")) ? str_skip(s, 7) : s;
}

bool door_is_trusted(const struct web_config *config, const struct http_request *h)
{
    str rest = str_from(config->trust_from), address;

    while (rest.n && h->peer.n) {
        rest = str_cut(rest, ',', &address);
        if (str_eq(plain_address(str_trim(address)), plain_address(h->peer)))
            return true;
    }
    return false;
}

str door_proxy_login(const struct web_config *config, const struct http_request *h)
{
    if (!config->trust_header || !door_is_trusted(config, h))
        return (str){ 0 };
    return http_header_find(h, config->trust_header);
}

str door_address(const struct web_config *config, const struct http_request *h)
{
    enum { ADDRESS_BYTES = 45 };
    str rest, item = { 0 };

    if (!door_is_trusted(config, h))
        return plain_address(h->peer);
    rest = http_header_find(h, "x-forwarded-for");
    while (rest.n)
        rest = str_cut(rest, ',', &item);
    item = str_trim(item);
    return item.n && item.n <= ADDRESS_BYTES ? plain_address(item) : plain_address(h->peer);
}
