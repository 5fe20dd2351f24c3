/* Bytes as text, by libsodium. */
#include "base/base64.h"

#include <sodium.h>

#include "base/banned.h"

str base64_text(struct arena *a, str bytes)
{
    const size_t room = sodium_base64_ENCODED_LEN(bytes.n, sodium_base64_VARIANT_ORIGINAL);
    char *text = NEW(a, char, room);

    sodium_bin2base64(text, room, (const unsigned char *)bytes.p, bytes.n,
                      sodium_base64_VARIANT_ORIGINAL);
    return (str){ text, room - 1 };
}

bool base64_is_ascii(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    return true;
}

bool base64_bytes(struct arena *a, str text, str *out)
{
    const size_t room = text.n / 4 * 3 + 3;
    unsigned char *bytes = NEW(a, unsigned char, room);
    const char *end = NULL;
    size_t n = 0;

    if (!base64_is_ascii(text)
        || sodium_base642bin(bytes, room, text.p, text.n, NULL, &n, &end,
                             sodium_base64_VARIANT_ORIGINAL)
               != 0
        || end != text.p + text.n)
        return false;
    *out = (str){ (const char *)bytes, n };
    return true;
}
