/* One-time codes of six digits (RFC 4226, RFC 6238), and the letters in which their key and
 * recovery codes are shown. */
#ifndef MEGURI_OTP_H
#define MEGURI_OTP_H

#include "base/str.h"

enum { OTP_DIGITS = 6, OTP_SECONDS = 30, OTP_KEY_BYTES = 20 };

/* The step of time that an instant lies in. */
int64_t otp_step(int64_t unix_ms);
/* The code of a step, "287082". */
struct otp_code {
    char digits[OTP_DIGITS + 1];
};
struct otp_code otp_code(str key, int64_t step);
/* Takes a code that was typed (blanks and hyphens do not count) when it is that of the step of
 * the instant or of one beside it, and later than `last`; *step is then its step. */
MUST bool otp_check(str key, str typed, int64_t unix_ms, int64_t last, int64_t *step);

/* RFC 4648, section 6, without padding: how apps take a key. */
void base32_put(struct buf *b, str bytes);
/* Letters that cannot be taken for each other when read out or written down (no i l o u):
 * Crockford's base 32. */
extern const char READABLE[32 + 1];
/* A typed code as it was given out: small letters, without blanks and hyphens, o read as 0, i
 * and l as 1. Full-width letters are read as well. */
str readable_fold(struct arena *a, str typed);

#endif
