/* SHA-1, its HMAC and one-time codes against the values of FIPS 180, RFC 2202, RFC 4226 and
 * RFC 6238; base 32 against RFC 4648. */
#include "base/base.h"
#include "base/sha1.h"
#include "check.h"

#include <string.h>

static const str KEY = STR_INIT("12345678901234567890"); /* of RFC 4226 and RFC 6238 */

static const char *hex(struct arena *a, struct sha1 h)
{
    struct buf b;

    buf_init(&b, a, 64, 64);
    for (int i = 0; i < SHA1_BYTES; i++)
        buf_fmt(&b, "%02x", h.b[i]);
    return str_c(a, buf_str(&b));
}

static void sha1_gives_the_values_of_the_standard(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char *million = NEW(&a, char, 1000000);

    memset(million, 'a', 1000000);
    CHECK_STR(hex(&a, sha1_bytes(STR("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK_STR(hex(&a, sha1_bytes(STR(""))), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    CHECK_STR(hex(&a,
                  sha1_bytes(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    CHECK_STR(hex(&a, sha1_bytes((str){ million, 1000000 })),
              "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

/* A text that ends just before, at and just after the place of the length. */
static void sha1_takes_texts_of_every_length_round_a_block(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char text[65];

    memset(text, 'a', sizeof text);
    CHECK_STR(hex(&a, sha1_bytes((str){ text, 55 })),
              "c1c8bbdc22796e28c0e15163d20899b65621d65a");
    CHECK_STR(hex(&a, sha1_bytes((str){ text, 56 })),
              "c2db330f6083854c99d4b5bfb6e8f29f201be699");
    CHECK_STR(hex(&a, sha1_bytes((str){ text, 64 })),
              "0098ba824b5c16427bd7a1122a5a442a25ec644d");
}

static void hmac_gives_the_values_of_rfc_2202(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char long_key[80];

    memset(long_key, 0xaa, sizeof long_key);
    CHECK_STR(hex(&a, sha1_hmac(STR("Jefe"), STR("what do ya want for nothing?"))),
              "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    CHECK_STR(hex(&a, sha1_hmac((str){ long_key, sizeof long_key },
                                STR("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

static void counters_give_the_codes_of_rfc_4226(void)
{
    static const char *const CODES[] = { "755224", "287082", "359152", "969429", "338314",
                                         "254676", "287922", "162583", "399871", "520489" };

    for (int i = 0; i < 10; i++)
        CHECK_STR(otp_code(KEY, i).digits, CODES[i]);
}

/* The RFC prints eight digits; six are their end. */
static void times_give_the_codes_of_rfc_6238(void)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } ROWS[] = {
        { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
        { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" }
    };

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        CHECK_STR(otp_code(KEY, otp_step(ROWS[i].seconds * 1000)).digits, ROWS[i].code);
}

static void a_code_holds_one_step_either_side_and_never_twice(void)
{
    enum { NOW = 59 * 1000, STEP_MS = 30 * 1000 };
    int64_t step = 0;

    CHECK(otp_check(KEY, STR("287082"), NOW, 0, &step) && step == 1);
    CHECK(otp_check(KEY, STR("287 082"), NOW + STEP_MS, 0, &step) && step == 1);
    CHECK(otp_check(KEY, STR("２８７０８２"), NOW - STEP_MS, 0, &step) && step == 1);
    CHECK(!otp_check(KEY, STR("287082"), NOW + 2 * STEP_MS, 0, &step));
    CHECK(!otp_check(KEY, STR("969429"), NOW, 0, &step)); /* of the step after the next */
    CHECK(!otp_check(KEY, STR("287082"), NOW, 1, &step));
    CHECK(!otp_check(KEY, STR("287083"), NOW, 0, &step));
    CHECK(!otp_check(KEY, STR("28708"), NOW, 0, &step));
    CHECK(!otp_check(KEY, STR(""), NOW, 0, &step));
    CHECK(!otp_check(KEY, STR("2870822"), NOW, 0, &step));
}

static void base32_gives_the_values_of_rfc_4648(void)
{
    static const char *const PAIRS[][2] = {
        { "", "" },
        { "f", "MY" },
        { "fo", "MZXQ" },
        { "foo", "MZXW6" },
        { "foob", "MZXW6YQ" },
        { "fooba", "MZXW6YTB" },
        { "foobar", "MZXW6YTBOI" },
    };
    AUTO(arena_done) struct arena a = { 0 };

    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        struct buf b;

        buf_init(&b, &a, 64, 64);
        base32_put(&b, str_from(PAIRS[i][0]));
        CHECK_STR(str_c(&a, buf_str(&b)), PAIRS[i][1]);
    }
}

static void what_was_read_out_is_found_however_it_is_typed(void)
{
    AUTO(arena_done) struct arena a = { 0 };

    CHECK(str_eq(readable_fold(&a, STR("K3F9-2MQX-8W0T")), STR("k3f92mqx8w0t")));
    CHECK(str_eq(readable_fold(&a, STR(" k3f9 2mqx 8wot ")), STR("k3f92mqx8w0t")));
    CHECK(str_eq(readable_fold(&a, STR("Ｉl1-oO0")), STR("111000")));
    CHECK(str_eq(readable_fold(&a, STR("--")), STR("")));
}

int main(void)
{
    RUN(sha1_gives_the_values_of_the_standard);
    RUN(sha1_takes_texts_of_every_length_round_a_block);
    RUN(hmac_gives_the_values_of_rfc_2202);
    RUN(counters_give_the_codes_of_rfc_4226);
    RUN(times_give_the_codes_of_rfc_6238);
    RUN(a_code_holds_one_step_either_side_and_never_twice);
    RUN(base32_gives_the_values_of_rfc_4648);
    RUN(what_was_read_out_is_found_however_it_is_typed);
    return DONE();
}
