/* Mail as bytes, and what a relay answers. (Handing it over: test/e2e/t6300.) */
#include "net/net.h"
#include "check.h"

static struct mail plain(void)
{
    return (struct mail){
        .from = STR("meguri@example.jp"),
        .to = STR("hana@example.jp"),
        .subject = STR("巡り"),
        .text = STR("一行目\n二行目\n"),
        .id = STR("1.u0"),
        .at_ms = INT64_C(1711929600000), /* 2024-04-01 09:00 in Japan, a Monday */
    };
}

static void a_mail_is_the_bytes_that_the_standard_asks_for(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct mail m = plain();
    struct err e;
    str out;

    CHECK(mail_write(&a, &m, &out, &e));
    CHECK_STR(str_c(&a, out), "From: <meguri@example.jp>\r\n"
                              "To: <hana@example.jp>\r\n"
                              "Subject: =?UTF-8?B?5beh44KK?=\r\n"
                              "Date: Mon, 01 Apr 2024 09:00:00 +0900\r\n"
                              "Message-ID: <1.u0@example.jp>\r\n"
                              "MIME-Version: 1.0\r\n"
                              "Content-Type: text/plain; charset=UTF-8\r\n"
                              "Content-Transfer-Encoding: base64\r\n"
                              "Auto-Submitted: auto-generated\r\n"
                              "\r\n"
                              "5LiA6KGM55uuDQrkuozooYznm64NCg==\r\n");
}

static void a_subject_cannot_become_a_header(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct mail m = plain();
    struct err e;
    str out;

    m.subject = STR("x\r\nBcc: other@example.jp");
    CHECK(mail_write(&a, &m, &out, &e) && str_find(out, STR("Bcc")) < 0);
}

static void addresses_that_could_be_two_are_refused(void)
{
    static const char *const BAD[] = { "",        "hana",    "a@",       "@b",
                                       "a@b@c",   "a b@c",   "a@b\r\nX", "a@b>",
                                       "a@b,c@d", "\"a\"@b", "花@b",     "a@[127.0.0.1]" };
    AUTO(arena_done) struct arena a = { 0 };

    CHECK(mail_address_fits(STR("hana.ito+x@mail.example.jp")));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct mail m = plain();
        struct err e;
        str out;

        m.to = str_from(BAD[i]);
        CHECK(!mail_address_fits(m.to));
        CHECK(!mail_write(&a, &m, &out, &e) && e.code == ERR_INPUT);
    }
}

static void a_reply_has_three_digits_and_may_go_on(void)
{
    bool has_more;
    int code;

    CHECK(smtp_reply(STR("250 fine"), &code, &has_more) && code == 250 && !has_more);
    CHECK(smtp_reply(STR("250-SIZE"), &code, &has_more) && code == 250 && has_more);
    CHECK(smtp_reply(STR("354"), &code, &has_more) && code == 354 && !has_more);
    CHECK(!smtp_reply(STR("25"), &code, &has_more) && !smtp_reply(STR(""), &code, &has_more));
    CHECK(!smtp_reply(STR("2500"), &code, &has_more));
    CHECK(!smtp_reply(STR("199 no"), &code, &has_more));
    CHECK(!smtp_reply(STR("600 no"), &code, &has_more));
    CHECK(!smtp_reply(STR("x50 no"), &code, &has_more));
}

static void a_relay_is_a_host_and_a_port(void)
{
    static const char *const ROWS[][3] = {
        { "127.0.0.1:2525", "127.0.0.1", "2525" },
        { "mail.example.jp", "mail.example.jp", "25" },
        { "[::1]:26", "::1", "26" },
        { "[::1]", "::1", "25" },
    };
    static const char *const BAD[] = { "", ":25", "host:", "host:x", "host:123456", "[]:25" };
    AUTO(arena_done) struct arena a = { 0 };
    struct relay r;
    struct err e;

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        CHECK(relay_parse(&a, ROWS[i][0], &r, &e));
        CHECK_STR(r.host, ROWS[i][1]);
        CHECK_STR(r.port, ROWS[i][2]);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        CHECK(!relay_parse(&a, BAD[i], &r, &e) && e.code == ERR_INPUT);
}

int main(void)
{
    RUN(a_mail_is_the_bytes_that_the_standard_asks_for);
    RUN(a_subject_cannot_become_a_header);
    RUN(addresses_that_could_be_two_are_refused);
    RUN(a_reply_has_three_digits_and_may_go_on);
    RUN(a_relay_is_a_host_and_a_port);
    return DONE();
}
