/* One-time codes. */
#include "base/otp.h"

#include <sodium.h>
#include <stdio.h>

#include "base/sha1.h"
#include "base/utf8.h"
#include "base/banned.h"

const char READABLE[32 + 1] = "0123456789abcdefghjkmnpqrstvwxyz";

int64_t otp_step(int64_t unix_ms)
{
    return unix_ms / 1000 / OTP_SECONDS;
}

/* RFC 4226, section 5.3: four bytes of the HMAC, from the place that its last half byte says.
 */
struct otp_code otp_code(str key, int64_t step)
{
    enum { MODULO = 1000000 };
    char counter[8];
    struct otp_code out;

    for (int i = 0; i < 8; i++)
        counter[i] = (char)((uint64_t)step >> (56 - 8 * i));
    const struct sha1 h = sha1_hmac(key, (str){ counter, sizeof counter });
    const uint8_t *p = h.b + (h.b[SHA1_BYTES - 1] & 0x0F);
    const uint32_t n =
        (uint32_t)(p[0] & 0x7F) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];

    (void)snprintf(out.digits, sizeof out.digits, "%06u", (unsigned)(n % MODULO));
    return out;
}

bool otp_check(str key, str typed, int64_t unix_ms, int64_t last, int64_t *step)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const str code = readable_fold(&mem, typed);
    const int64_t now = otp_step(unix_ms);

    if (code.n != OTP_DIGITS)
        return false;
    for (int64_t s = now - 1; s <= now + 1; s++) {
        const struct otp_code want = otp_code(key, s);

        if (s > last && sodium_memcmp(want.digits, code.p, OTP_DIGITS) == 0) {
            *step = s;
            return true;
        }
    }
    return false;
}

void base32_put(struct buf *b, str bytes)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t bits = 0;
    int held = 0;

    for (size_t i = 0; i < bytes.n; i++) {
        bits = (bits & 0xFF) << 8 | (uint8_t)bytes.p[i];
        for (held += 8; held >= 5; held -= 5)
            buf_put_char(b, LETTERS[bits >> (held - 5) & 31]);
    }
    if (held)
        buf_put_char(b, LETTERS[bits << (5 - held) & 31]);
}

str readable_fold(struct arena *a, str typed)
{
    const str folded = text_fold(a, typed);
    struct buf b;
    size_t len;

    buf_init(&b, a, folded.n + 1, folded.n + 1);
    for (str s = folded; s.n; s = str_skip(s, len)) {
        const uint32_t c = utf8_first(s, &len);

        if (c == 'o')
            buf_put_char(&b, '0');
        else if (c == 'i' || c == 'l')
            buf_put_char(&b, '1');
        else if (c != '-' && c != 0x30FC && c != '.') /* folding makes one dash of all */
            buf_put(&b, str_take(s, len));
    }
    return buf_str(&b);
}
