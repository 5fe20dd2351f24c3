/* The walks over the tables, against this machine's iconv, which knows the same encoding by
 * another way, and against pairs that JIS X 0208 and Microsoft's extensions print. */
#include "base/cp932.h"

#include <iconv.h>

#include "base/utf8.h"
#include "check.h"

/* What iconv makes of n bytes, as UTF-8; empty when it refuses. */
static size_t ask(iconv_t cd, const char *bytes, size_t n, char out[8])
{
    char *in = (char *)(uintptr_t)bytes, *to = out;
    size_t left = n, room = 8;

    iconv(cd, NULL, NULL, NULL, NULL);
    return iconv(cd, &in, &left, &to, &room) == 0 && left == 0 ? 8 - room : 0;
}

static void every_pair_of_bytes_is_decoded_as_iconv_does(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    iconv_t cd = iconv_open("UTF-8", "CP932");
    struct buf got;

    buf_init(&got, &a, 100, 100);
    for (unsigned lead = 0x80; lead < 0x100; lead++) {
        for (unsigned trail = 0; trail < 0x100; trail++) {
            char pair[2] = { (char)lead, (char)trail }, want[8];
            bool one = lead >= 0xA1 && lead <= 0xDF;
            size_t n = one ? 1 : 2, used, wanted = ask(cd, pair, n, want);

            buf_clear(&got);
            used = cp932_decode(&got, (str){ pair, n });
            CHECK(used == (wanted ? n : 0));
            CHECK(str_eq(buf_str(&got), (str){ want, wanted }));
        }
    }
    iconv_close(cd);
}

static void every_character_is_encoded_as_iconv_does(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    iconv_t cd = iconv_open("CP932", "UTF-8");
    struct buf character, got;

    buf_init(&character, &a, 8, 8);
    buf_init(&got, &a, 8, 8);
    for (uint32_t c = 0; c < 0x11000; c++) {
        char want[8];
        size_t wanted;

        if (c == 0xD800)
            c = 0xE000;
        buf_clear(&character);
        buf_clear(&got);
        utf8_put(&character, c);
        wanted = ask(cd, character.p, character.n, want);
        CHECK(cp932_encode(&got, c) == (wanted > 0));
        CHECK(str_eq(buf_str(&got), (str){ want, wanted }));
    }
    iconv_close(cd);
}

static void printed_pairs_come_out(void)
{
    static const struct {
        str bytes, text;
    } pairs[] = {
        { STR_INIT("\x88\x9F"), STR_INIT("亜") }, { STR_INIT("\x98\x72"), STR_INIT("腕") },
        { STR_INIT("\x98\x9F"), STR_INIT("弌") }, { STR_INIT("\xEA\xA4"), STR_INIT("熙") },
        { STR_INIT("\x82\xA0"), STR_INIT("あ") }, { STR_INIT("\x83\x41"), STR_INIT("ア") },
        { STR_INIT("\x87\x40"), STR_INIT("①") },  { STR_INIT("\x87\x8A"), STR_INIT("㈱") },
        { STR_INIT("\xFB\xFC"), STR_INIT("髙") }, { STR_INIT("\x81\x60"), STR_INIT("～") },
        { STR_INIT("\x81\x7C"), STR_INIT("－") }, { STR_INIT("\xB1\xDE"), STR_INIT("ｱﾞ") },
        { STR_INIT("a\x5C~"), STR_INIT("a\\~") },
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct buf got;

        buf_init(&got, &a, 16, 16);
        CHECK(cp932_decode(&got, pairs[i].bytes) == pairs[i].bytes.n);
        CHECK(str_eq(buf_str(&got), pairs[i].text));
        buf_clear(&got);
        for (str rest = pairs[i].text; rest.n;) {
            size_t n;

            CHECK(cp932_encode(&got, utf8_first(rest, &n)));
            rest = str_skip(rest, n);
        }
        CHECK(str_eq(buf_str(&got), pairs[i].bytes));
    }
}

static void decoding_stops_before_what_is_not_cp932(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf got;

    buf_init(&got, &a, 16, 16);
    CHECK(cp932_decode(&got, STR("ab\x88\x9F\x88")) == 4);
    CHECK(str_eq(buf_str(&got), STR("ab亜")));
    buf_clear(&got);
    CHECK(cp932_decode(&got, STR("\x80")) == 0 && got.n == 0);
    CHECK(cp932_decode(&got, (str){ NULL, 0 }) == 0);
    CHECK(!cp932_encode(&got, 0x20BB7) && !cp932_encode(&got, 0x10FFFF) && got.n == 0);
}

int main(void)
{
    RUN(every_pair_of_bytes_is_decoded_as_iconv_does);
    RUN(every_character_is_encoded_as_iconv_does);
    RUN(printed_pairs_come_out);
    RUN(decoding_stops_before_what_is_not_cp932);
    return DONE();
}
