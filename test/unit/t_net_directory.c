/* Names and filters made of what somebody typed, and settings that cannot work. (Asking a real
 * directory: test/e2e/t6200.) */
#include "net/net.h"
#include "check.h"

static const char NAME[] = "uid={login},ou=people,dc=jp",
                  FILTER[] = "(|(uid={login})(mail={login}))";

static void a_login_stays_one_value_of_a_name(void)
{
    static const char *const ROWS[][2] = {
        { "hana", "uid=hana,ou=people,dc=jp" },
        { "ka,na+(1)", "uid=ka\\,na\\+(1),ou=people,dc=jp" },
        { "a\"b;c<d>e=f\\g", "uid=a\\\"b\\;c\\<d\\>e\\=f\\\\g,ou=people,dc=jp" },
        { "#1", "uid=\\#1,ou=people,dc=jp" },
        { " a ", "uid=\\ a\\ ,ou=people,dc=jp" },
        { "花", "uid=花,ou=people,dc=jp" },
    };
    AUTO(arena_done) struct arena a = { 0 };
    str out;

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        CHECK(directory_fill(&a, NAME, str_from(ROWS[i][0]), ESCAPE_DN, &out));
        CHECK_STR(str_c(&a, out), ROWS[i][1]);
    }
    CHECK(directory_fill(&a, "{login}@example.jp", STR("ha,na"), ESCAPE_DN, &out));
    CHECK_STR(str_c(&a, out), "ha,na@example.jp");
}

static void a_login_stays_one_value_of_a_filter(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    str out;

    CHECK(directory_fill(&a, FILTER, STR("*)(uid=\\x"), ESCAPE_FILTER, &out));
    CHECK_STR(str_c(&a, out), "(|(uid=\\2a\\29\\28uid=\\5cx)(mail=\\2a\\29\\28uid=\\5cx))");
    CHECK(!directory_fill(&a, FILTER, (str){ "a\0b", 3 }, ESCAPE_FILTER, &out));
    CHECK(!directory_fill(&a, NAME, STR("a\nb"), ESCAPE_DN, &out));
}

static void settings_work_or_say_why_not(void)
{
    static const struct {
        struct directory d;
        bool works;
    } ROWS[] = {
        { { .uri = "ldaps://ad.example.jp", .bind = NAME }, true },
        { { .uri = "ldap://ad.example.jp", .bind = NAME, .start_tls = true }, true },
        { { .uri = "ldap://127.0.0.1:389/", .bind = NAME }, true },
        { { .uri = "ldap://[::1]:389", .bind = NAME }, true },
        { { .uri = "ldaps://ad.example.jp", .base = "dc=jp", .filter = FILTER }, true },
        { { .uri = "ldap://ad.example.jp", .bind = NAME }, false },
        { { .uri = "ldap://127.0.0.1.example.jp", .bind = NAME }, false },
        { { .uri = "ldaps://a ldap://b", .bind = NAME }, false },
        { { .uri = "ad.example.jp", .bind = NAME }, false },
        { { .uri = "ldaps://ad.example.jp" }, false },
        { { .uri = "ldaps://ad.example.jp", .bind = "uid=x" }, false },
        { { .uri = "ldaps://ad.example.jp", .bind = NAME, .filter = FILTER }, false },
        { { .uri = "ldaps://ad.example.jp", .filter = FILTER }, false },
        { { .uri = "ldaps://ad.example.jp", .base = "dc=jp", .filter = "(uid=x)" }, false },
    };

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct err e = { 0 };

        CHECK(directory_check(&ROWS[i].d, &e) == ROWS[i].works);
        CHECK(ROWS[i].works || (e.code == ERR_INPUT && e.text[0]));
    }
}

static void nobody_is_asked_without_a_password(void)
{
    static const struct directory NOWHERE = { .uri = "ldap://127.0.0.1:1", .bind = NAME };
    AUTO(arena_done) struct arena a = { 0 };
    struct directory_answer out;
    struct err e = { 0 };

    CHECK(directory_ask(&NOWHERE, &a, STR("hana"), STR(""), &out, &e) && !out.is_right);
    CHECK(directory_ask(&NOWHERE, &a, STR(""), STR("x"), &out, &e) && !out.is_right);
    CHECK(directory_ask(&NOWHERE, &a, STR("hana"), (str){ "\0x", 2 }, &out, &e));
    CHECK(!out.is_right);
}

static void a_directory_that_is_down_is_said_to_be_and_left_alone(void)
{
    static const struct directory NOWHERE = { .uri = "ldap://127.0.0.1:1", .bind = NAME };
    AUTO(arena_done) struct arena a = { 0 };
    struct directory_answer out;
    struct err e = { 0 };

    for (int i = 0; i < 3; i++) {
        CHECK(!directory_ask(&NOWHERE, &a, STR("hana"), STR("x"), &out, &e));
        CHECK(e.code == ERR_IO && !out.is_right);
    }
}

int main(void)
{
    RUN(a_login_stays_one_value_of_a_name);
    RUN(a_login_stays_one_value_of_a_filter);
    RUN(settings_work_or_say_why_not);
    RUN(nobody_is_asked_without_a_password);
    RUN(a_directory_that_is_down_is_said_to_be_and_left_alone);
    return DONE();
}
