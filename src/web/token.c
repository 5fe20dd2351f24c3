/* Tokens: random bytes and message authentication codes, both from libsodium. */
#include "web/token.h"

#include <assert.h>
#include <sodium.h>

#include "base/banned.h"

enum { TOKEN_BYTES = 32 };

static str base64url(struct arena *a, const unsigned char bytes[TOKEN_BYTES])
{
    char *p = arena_bytes(a, SESSION_TOKEN_BYTES + 1);

    sodium_bin2base64(p, SESSION_TOKEN_BYTES + 1, bytes, TOKEN_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (str){ p, SESSION_TOKEN_BYTES };
}

str token_make(struct arena *a)
{
    unsigned char bytes[TOKEN_BYTES];

    randombytes_buf(bytes, sizeof bytes);
    return base64url(a, bytes);
}

bool token_is_well_formed(str token)
{
    for (size_t i = 0; i < token.n; i++) {
        char c = token.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
              || c == '-' || c == '_'))
            return false;
    }
    return token.n == SESSION_TOKEN_BYTES;
}

str token_mac(struct arena *a, str key, str text)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;

    static_assert(crypto_auth_hmacsha256_BYTES == TOKEN_BYTES, "a code is as long as a token");
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.p, key.n);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text.p, text.n);
    crypto_auth_hmacsha256_final(&state, mac);
    return base64url(a, mac);
}

str token_csrf(struct arena *a, str token)
{
    return token_mac(a, token, STR("csrf"));
}

bool token_eq(str a, str b)
{
    return a.n == b.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}
