/* SHA-1 (FIPS 180-4, section 6.1), for one-time codes alone: RFC 6238 as apps have it knows no
 * other hash. Nothing else here may use it; libsodium does not have it, for that reason. */
#ifndef MEGURI_SHA1_H
#define MEGURI_SHA1_H

#include "base/str.h"

enum { SHA1_BYTES = 20 };
struct sha1 {
    uint8_t b[SHA1_BYTES];
};
struct sha1 sha1_bytes(str s);
/* HMAC (RFC 2104). */
struct sha1 sha1_hmac(str key, str s);

#endif
