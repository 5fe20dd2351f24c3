/* Secrets of the door: tokens of cookies, and what is made from them. */
#ifndef MEGURI_WEB_TOKEN_H
#define MEGURI_WEB_TOKEN_H

#include "store/store.h"

/* A new token, as a session's: 32 random bytes in base64url. */
str token_make(struct arena *a);
bool token_is_well_formed(str token);

/* What the forms of a cookie's owner send along: HMAC-SHA-256 of "csrf" under the cookie's
 * token. Nobody without the cookie can make it, and nothing has to be kept. */
str token_csrf(struct arena *a, str token);
/* In the same time wherever they differ. */
bool token_eq(str a, str b);

/* HMAC-SHA-256 of a text under a key, in base64url. */
str token_mac(struct arena *a, str key, str text);

#endif
