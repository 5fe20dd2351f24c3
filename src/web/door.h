/* What the door reads of a request's head: cookie, origin, address. Pure. */
#ifndef MEGURI_WEB_DOOR_H
#define MEGURI_WEB_DOOR_H

#include "web/http.h"
#include "web/web.h"

/* The token of our cookie, "" when there is none or it has not the form of one. Behind TLS the
 * cookie is __Host-meguri: no other host, also no sister one, can set it. */
str door_cookie(const struct http_request *h, bool is_https);
/* The value of Set-Cookie that gives the token, or with "" takes it away. It ends with the
 * browser; how long a session lasts is the store's affair. */
str door_cookie_set(struct arena *a, str token, bool is_https);

/* Where a POST comes from, by Sec-Fetch-Site, Origin, and Referer where both are missing. */
enum door_origin {
    ORIGIN_SAME,    /* from a page of ours: the browser says so */
    ORIGIN_UNKNOWN, /* it says nothing: no browser of the last ten years, or a program */
    ORIGIN_FOREIGN, /* from elsewhere, or the headers disagree */
};
enum door_origin door_origin(const struct http_request *h, bool is_https);

/* Is the other end one of config->trust_from (addresses, separated by commas)? */
bool door_is_trusted(const struct web_config *config, const struct http_request *h);
/* The login that a trusted proxy vouches for, "" when there is none. */
str door_proxy_login(const struct web_config *config, const struct http_request *h);
/* The browser's address: that of the other end, or what a trusted proxy says it is (the last
 * item of X-Forwarded-For). */
str door_address(const struct web_config *config, const struct http_request *h);

#endif
