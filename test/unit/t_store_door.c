/* Passwords, second factors, waits and sessions. */
#include "stores.h"
#include "store/people_inner.h"
#include "check.h"

#include <time.h>

static const str GOOD = STR_INIT("うみと山と37番の窓"), HERE = STR_INIT("192.0.2.1"),
                 ELSEWHERE = STR_INIT("192.0.2.2");
static const int64_t SECOND = 1000, MINUTE = 60000, HOUR = 3600000;

static str account(struct fixture *f, const char *login)
{
    struct account x = { .login = str_from(login) };

    CHECK(store_account_add(f->c, &f->mem, STORES_NOW, &x, &f->e));
    return x.id;
}

static bool set(struct fixture *f, str id, str password, bool must_change)
{
    const struct new_password p = { .account = id,
                                    .password = password,
                                    .must_change = must_change };

    return store_password_set(f->c, STORES_NOW, &p, &f->e);
}

static struct door_answer try_at(struct fixture *f, int64_t now_ms, const char *login,
                                 str password, str address)
{
    const struct door_try given = { str_from(login), password, address };
    struct door_answer answer = { 0 };

    CHECK(store_password_check(f->c, &f->mem, now_ms, &given, &answer, &f->e));
    return answer;
}

/* ---- passwords ---- */

static void the_right_password_opens_and_no_other(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana");
    struct door_answer a;

    CHECK(try_at(&f, STORES_NOW, "hana", STR(""), HERE).door == DOOR_WRONG);
    CHECK(set(&f, id, GOOD, false));
    a = try_at(&f, STORES_NOW, "ＨＡＮＡ", GOOD, HERE);
    CHECK(a.door == DOOR_OPEN && str_eq(a.account, id));
    a = try_at(&f, STORES_NOW, "hana", STR("うみと山と38番の窓"), HERE);
    CHECK(a.door == DOOR_WRONG && !a.account.n);
    CHECK(try_at(&f, STORES_NOW, "nobody", GOOD, HERE).door == DOOR_WRONG);
}

static void who_is_disabled_stays_outside_and_is_not_told_why(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct account x = { .id = account(&f, "hana"), .login = STR("hana"), .is_disabled = true };

    CHECK(set(&f, x.id, GOOD, false) && store_account_save(f.c, &x, &f.e));
    CHECK(try_at(&f, STORES_NOW, "hana", GOOD, HERE).door == DOOR_WRONG);
}

static void passwords_that_everybody_tries_are_refused(void)
{
    static const char *const BAD[] = {
        "short",
        "password",
        "Password1!",
        "P@ssw0rd2024",
        "passwordpassword",
        "qwertyuiop",
        "qwerty12345",
        "1qaz2wsx3edc",
        "asdfghjkl;",
        "abcdefgh",
        "12345678",
        "0987654321",
        "1990-01-01",
        "09012345678",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "sakura2019",
        "Osaka#1234",
        "welcome123",
        "letmein!!",
        "admin12345",
        "administrator",
        "iloveyou99",
        "meguri2026",
        "5unsh1ne",
        "パスワード123",
        "ｐａｓｓｗｏｒｄ",
        "さくらさくら2024",
        "運営方針2024",
        "minamo2024",
        "みなも区2024",
        "hana.ito99xk7z",
        "kkhana.itokk",
        "花子の大切な日々",
        "Dr4g0n_Dr4g0n",
        "trustno1trust",
        "login-admin-1",
        "P-A-S-S-W-O-R-D",
        "monkey dragon 7",
        "zaq12wsx",
    };
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
    const struct stamp stamp = { &OPERATOR, STORES_NOW, STR("") };
    const struct organisation ward = { STR("minamo"), STR("みなも区"), STR("ward"), STR("") };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct account x = { .login = STR("hana.ito"), .name = STR("伊藤\u3000花子") };

    CHECK(store_organisation_save(f.c, &stamp, &ward, &f.e));
    CHECK(store_account_add(f.c, &f.mem, STORES_NOW, &x, &f.e));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        if (set(&f, x.id, str_from(BAD[i]), false) || f.e.code != ERR_INPUT)
            CHECK_STR(BAD[i], "a refusal");
}

static void passwords_that_nobody_thinks_of_are_taken(void)
{
    static const char *const FINE[] = {
        "k3f9m2mqxa",  "correct horse battery staple", "こうやどうふと猫背の自転車",
        "vT7#pq!xLz",  "まどぐちに37人ならんだ",       "the river bends twice before Tuesday",
        "aB3$aB3$xQ9",
    };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct own_words none = { NULL, 0 };

    for (size_t i = 0; i < sizeof FINE / sizeof *FINE; i++) {
        const char *why =
            password_weakness(&f.mem, str_from(FINE[i]), STR("hana"), STR("伊藤 花子"), &none);

        if (why)
            CHECK_STR(FINE[i], why);
    }
    for (int i = 0; i < 50; i++)
        CHECK(
            !password_weakness(&f.mem, password_generate(&f.mem), STR("hana"), STR(""), &none));
}

static void a_password_for_one_use_must_be_changed_for_another(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana"), once = password_generate(&f.mem);
    struct account x;

    NEED(set(&f, id, once, true) && store_account(f.c, &f.mem, id, &x, &f.e) && x.must_change);
    CHECK(try_at(&f, STORES_NOW, "hana", once, HERE).door == DOOR_OPEN);
    CHECK(!set(&f, id, once, false) && f.e.code == ERR_INPUT);
    CHECK(set(&f, id, GOOD, false) && store_account(f.c, &f.mem, id, &x, &f.e));
    CHECK(!x.must_change && x.has_password);
}

static void the_rules_are_kept_and_stay_in_their_ranges(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana");
    struct password_policy p;
    struct account x;

    CHECK(store_policy(f.c, &p, &f.e));
    CHECK(p.min_length == 8 && p.advised_length == 15 && p.max_age_days == 0);
    p.min_length = 12;
    p.max_age_days = 90;
    CHECK(store_policy_save(f.c, &p, &f.e) && store_policy(f.c, &p, &f.e)
          && p.min_length == 12);
    CHECK(!set(&f, id, GOOD, false) && f.e.code == ERR_INPUT); /* eleven characters */
    CHECK(set(&f, id, STR("うみと山と37番の窓とねこ"), false));
    CHECK(try_at(&f, STORES_NOW + INT64_C(91) * STORES_DAY, "hana",
                 STR("うみと山と37番の窓とねこ"), HERE)
              .door
          == DOOR_OPEN);
    CHECK(store_account(f.c, &f.mem, id, &x, &f.e) && x.must_change);
    p.min_length = 7;
    CHECK(!store_policy_save(f.c, &p, &f.e) && f.e.code == ERR_INPUT);
    p.min_length = 20;
    CHECK(!store_policy_save(f.c, &p, &f.e) && f.e.code == ERR_INPUT); /* above the advised */
}

static double seconds_of(struct fixture *f, const char *login)
{
    struct timespec from, to;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    (void)try_at(f, STORES_NOW, login, STR("falsch falsch"), HERE);
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* Work, not waiting, is compared: the machine may be busy with other things. */
static void an_unknown_login_costs_the_same_work(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    double known, unknown, empty;

    CHECK(set(&f, account(&f, "hana"), GOOD, false));
    (void)account(&f, "jun"); /* without a password */
    (void)seconds_of(&f, "hana");
    known = seconds_of(&f, "hana");
    unknown = seconds_of(&f, "nobody");
    empty = seconds_of(&f, "jun");
    CHECK(known > 0.01 && unknown > known / 2 && unknown < known * 2);
    CHECK(empty > known / 2 && empty < known * 2);
}

/* ---- waits ---- */

static void failures_wait_longer_each_time_and_a_restart_does_not_help(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    int64_t now = STORES_NOW;
    int waits[8] = { 0 };

    for (int i = 0; i < 5; i++) {
        int wait = -1;

        CHECK(store_door_knock(f.c, now, STR("hana"), HERE, &wait, &f.e) && wait == 0);
    }
    conn_close(&f.c);
    CHECK(store_open(f.path, STORE_WRITE, &f.c, &f.e));
    for (int i = 0; i < 8; i++) {
        CHECK(store_door_knock(f.c, now, STR("hana"), HERE, &waits[i], &f.e) && waits[i] > 0);
        now += waits[i] * SECOND;
        CHECK(store_door_knock(f.c, now, STR("HANA"), HERE, &waits[i], &f.e) && !waits[i]);
        CHECK(store_door_knock(f.c, now, STR("hana"), HERE, &waits[i], &f.e));
    }
    CHECK(waits[0] == 10 && waits[1] == 20 && waits[2] == 40 && waits[7] == 900);
}

static void the_right_password_waits_as_well_and_then_begins_anew(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct door_answer a;

    CHECK(set(&f, account(&f, "hana"), GOOD, false));
    for (int i = 0; i < 5; i++)
        CHECK(try_at(&f, STORES_NOW, "hana", STR("falsch"), HERE).door == DOOR_WRONG);
    a = try_at(&f, STORES_NOW, "hana", GOOD, HERE);
    CHECK(a.door == DOOR_WAIT && a.wait_seconds == 5 && !a.account.n);
    CHECK(try_at(&f, STORES_NOW + 5 * SECOND, "hana", GOOD, HERE).door == DOOR_OPEN);
    for (int i = 0; i < 5; i++)
        CHECK(try_at(&f, STORES_NOW + 6 * SECOND, "hana", STR("falsch"), HERE).door
              == DOOR_WRONG);
}

static void nobody_is_locked_out_from_elsewhere(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    int wait;

    CHECK(set(&f, account(&f, "hana"), GOOD, false));
    CHECK(try_at(&f, STORES_NOW, "hana", GOOD, HERE).door == DOOR_OPEN);
    for (int i = 0; i < 200; i++) /* from everywhere, until the login itself waits */
        CHECK(store_door_knock(f.c, STORES_NOW, STR("hana"),
                               str_fmt(&f.mem, "198.51.100.%d", i), &wait, &f.e));
    CHECK(wait > 0);
    CHECK(store_door_knock(f.c, STORES_NOW, STR("hana"), ELSEWHERE, &wait, &f.e) && wait > 0
          && wait <= 60);
    CHECK(try_at(&f, STORES_NOW, "hana", GOOD, HERE).door == DOOR_OPEN);
}

static void guessing_many_logins_from_one_address_waits_too(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    int wait = 0, tries = 0;

    while (!wait && tries < 1000)
        CHECK(store_door_knock(f.c, STORES_NOW, str_fmt(&f.mem, "a%d", tries++), HERE, &wait,
                               &f.e));
    CHECK(tries == 101 && wait > 0 && wait <= 60);
    CHECK(store_door_knock(f.c, STORES_NOW, STR("a1"), ELSEWHERE, &wait, &f.e) && !wait);
}

static void failures_are_forgotten_after_a_day(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    int wait;

    for (int i = 0; i < 5; i++)
        CHECK(store_door_knock(f.c, STORES_NOW, STR("hana"), HERE, &wait, &f.e) && !wait);
    for (int i = 0; i < 5; i++)
        CHECK(store_door_knock(f.c, STORES_NOW + STORES_DAY + SECOND, STR("hana"), HERE, &wait,
                               &f.e)
              && !wait);
}

/* ---- the second factor ---- */

/* The key as an app has it, from the base 32 that was shown. */
static str key_of(struct arena *a, str base32)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf b;
    uint32_t bits = 0;
    int held = 0;

    buf_init(&b, a, 64, 64);
    for (size_t i = 0; i < base32.n; i++) {
        bits = bits << 5 | (uint32_t)(strchr(LETTERS, base32.p[i]) - LETTERS);
        held += 5;
        if (held >= 8) {
            held -= 8;
            buf_put_char(&b, (char)(bits >> held & 0xFF));
        }
    }
    return buf_str(&b);
}

static enum door code_at(struct fixture *f, int64_t now_ms, str id, str code)
{
    const struct code_try given = { id, code, HERE };
    struct door_answer answer = { 0 };

    CHECK(store_code_check(f->c, now_ms, &given, &answer, &f->e));
    return answer.door;
}

static str code_for(struct fixture *f, str key, int64_t now_ms)
{
    return str_fmt(&f->mem, "%s", otp_code(key, otp_step(now_ms)).digits);
}

static void a_second_factor_holds_once_it_was_confirmed(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana@x");
    const int64_t later = STORES_NOW + 5 * MINUTE;
    str secret, uri, key;

    CHECK(set(&f, id, GOOD, false));
    CHECK(store_totp_begin(f.c, &f.mem, id, &secret, &uri, &f.e) && secret.n == 32);
    CHECK(str_starts(uri, STR("otpauth://totp/meguri:hana%40x?secret=")));
    CHECK(str_find(uri, secret) > 0 && str_find(uri, STR("&issuer=meguri")) > 0);
    key = key_of(&f.mem, secret);
    CHECK(try_at(&f, STORES_NOW, "hana@x", GOOD, HERE).door == DOOR_OPEN);
    CHECK(!store_totp_confirm(f.c, STORES_NOW, id, STR("000000x"), &f.e));
    CHECK(f.e.code == ERR_INPUT);
    CHECK(store_totp_confirm(f.c, STORES_NOW, id, code_for(&f, key, STORES_NOW), &f.e));
    CHECK(try_at(&f, STORES_NOW, "hana@x", GOOD, HERE).door == DOOR_CODE);
    CHECK(code_at(&f, STORES_NOW, id, code_for(&f, key, STORES_NOW)) == DOOR_WRONG); /* used */
    CHECK(code_at(&f, later, id, code_for(&f, key, later)) == DOOR_OPEN);
    CHECK(code_at(&f, later, id, code_for(&f, key, later)) == DOOR_WRONG);
    CHECK(store_totp_remove(f.c, id, &f.e));
    CHECK(try_at(&f, later, "hana@x", GOOD, HERE).door == DOOR_OPEN);
}

static void a_new_secret_leaves_the_old_in_force_until_it_is_confirmed(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana");
    const int64_t later = STORES_NOW + 5 * MINUTE;
    str first, second, uri;

    CHECK(store_totp_begin(f.c, &f.mem, id, &first, &uri, &f.e));
    CHECK(store_totp_confirm(f.c, STORES_NOW, id,
                             code_for(&f, key_of(&f.mem, first), STORES_NOW), &f.e));
    CHECK(store_totp_begin(f.c, &f.mem, id, &second, &uri, &f.e) && !str_eq(first, second));
    CHECK(code_at(&f, later, id, code_for(&f, key_of(&f.mem, first), later)) == DOOR_OPEN);
}

static void codes_that_are_guessed_wait(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana");
    str secret, uri, key;

    CHECK(store_totp_begin(f.c, &f.mem, id, &secret, &uri, &f.e));
    key = key_of(&f.mem, secret);
    CHECK(store_totp_confirm(f.c, STORES_NOW - HOUR, id, code_for(&f, key, STORES_NOW - HOUR),
                             &f.e));
    for (int i = 0; i < 5; i++)
        CHECK(code_at(&f, STORES_NOW, id, STR("abcdef")) == DOOR_WRONG);
    CHECK(code_at(&f, STORES_NOW, id, code_for(&f, key, STORES_NOW)) == DOOR_WAIT);
    CHECK(code_at(&f, STORES_NOW + 5 * SECOND, id, code_for(&f, key, STORES_NOW)) == DOOR_OPEN);
}

static void a_recovery_code_opens_once(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana"), other = account(&f, "jun");
    str codes[RECOVERY_CODES], again[RECOVERY_CODES], secret, uri, key;
    int left;

    CHECK(store_totp_begin(f.c, &f.mem, id, &secret, &uri, &f.e));
    key = key_of(&f.mem, secret);
    CHECK(store_totp_confirm(f.c, STORES_NOW, id, code_for(&f, key, STORES_NOW), &f.e));
    CHECK(store_recovery_make(f.c, &f.mem, id, codes, &f.e));
    for (int i = 0; i < RECOVERY_CODES; i++)
        for (int k = 0; k < i; k++)
            CHECK(!str_eq(codes[i], codes[k]));
    CHECK(code_at(&f, STORES_NOW, other, codes[0]) == DOOR_WRONG);
    CHECK(code_at(&f, STORES_NOW, id, codes[0]) == DOOR_OPEN);
    CHECK(code_at(&f, STORES_NOW, id, codes[0]) == DOOR_WRONG);
    CHECK(store_recovery_left(f.c, id, &left, &f.e) && left == RECOVERY_CODES - 1);
    CHECK(store_recovery_make(f.c, &f.mem, id, again, &f.e));
    CHECK(code_at(&f, STORES_NOW, id, codes[1]) == DOOR_WRONG);
    CHECK(code_at(&f, STORES_NOW, id, again[9]) == DOOR_OPEN);
}

/* ---- sessions ---- */

static str begin(struct fixture *f, str id, int64_t now_ms)
{
    const struct session s = { .account = id,
                               .created_ms = now_ms,
                               .agent = STR("test"),
                               .address = HERE,
                               .how = STR("password") };
    str token;

    CHECK(store_session_begin(f->c, &f->mem, &s, &token, &f->e));
    return token;
}

static struct visitor visit(struct fixture *f, int64_t now_ms, str token)
{
    struct visitor v;

    CHECK(store_session_find(f->c, &f->mem, now_ms, token, &v, &f->e));
    return v;
}

static void a_token_is_the_session_and_stands_nowhere(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana"), token = begin(&f, id, STORES_NOW);
    const struct visitor v = visit(&f, STORES_NOW, token);

    CHECK(token.n == SESSION_TOKEN_BYTES && v.found && str_eq(v.account.id, id));
    CHECK(hash_eq(v.session.id, hash_bytes(token)) && v.session.reauth_ms == STORES_NOW);
    CHECK(v.account.seen_ms == STORES_NOW);
    CHECK(!visit(&f, STORES_NOW, STR("")).found);
    CHECK(!visit(&f, STORES_NOW, STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).found);
    CHECK(!visit(&f, STORES_NOW, str_take(token, 42)).found);
    CHECK(!str_eq(token, begin(&f, id, STORES_NOW)));
}

static void a_session_ends_when_nobody_is_there_and_after_its_hours(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana");
    str token = begin(&f, id, STORES_NOW);
    int64_t now = STORES_NOW;

    CHECK(visit(&f, now + 30 * MINUTE, token).found);
    CHECK(!visit(&f, now + 61 * MINUTE, token).found);
    token = begin(&f, id, STORES_NOW);
    for (; now <= STORES_NOW + 12 * HOUR; now += 20 * MINUTE)
        CHECK(visit(&f, now, token).found);
    CHECK(!visit(&f, STORES_NOW + 12 * HOUR + 1, token).found);
}

static void what_is_read_only_does_not_write(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str token = begin(&f, account(&f, "hana"), STORES_NOW);
    AUTO(conn_close) struct conn *reader = NULL;
    struct visitor v;

    CHECK(store_open(f.path, STORE_READ, &reader, &f.e));
    CHECK(store_session_find(reader, &f.mem, STORES_NOW + 5 * MINUTE, token, &v, &f.e));
    CHECK(v.found && v.session.seen_ms == STORES_NOW);
    CHECK(store_snapshot_begin(f.c, &f.e));
    CHECK(visit(&f, STORES_NOW + 5 * MINUTE, token).session.seen_ms == STORES_NOW);
    store_snapshot_end(f.c);
    CHECK(visit(&f, STORES_NOW + 5 * MINUTE, token).session.seen_ms == STORES_NOW + 5 * MINUTE);
    CHECK(visit(&f, STORES_NOW + 5 * MINUTE + 30 * SECOND, token).session.seen_ms
          == STORES_NOW + 5 * MINUTE);
}

static void a_new_password_ends_the_other_sessions(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str id = account(&f, "hana"), mine = begin(&f, id, STORES_NOW),
              other = begin(&f, id, STORES_NOW);
    const struct new_password p = { id, GOOD, false, hash_bytes(mine) };
    struct session_rows rows;

    CHECK(store_sessions(f.c, &f.mem, STORES_NOW, id, &rows, &f.e) && rows.count == 2);
    CHECK(store_password_set(f.c, STORES_NOW, &p, &f.e));
    CHECK(visit(&f, STORES_NOW, mine).found && !visit(&f, STORES_NOW, other).found);
    CHECK(set(&f, id, STR("べつのことばを4つならべる"), false));
    CHECK(!visit(&f, STORES_NOW, mine).found);
}

static void sessions_end_one_by_one_all_at_once_and_with_the_account(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct account x = { .id = account(&f, "hana"), .login = STR("hana") };
    const str one = begin(&f, x.id, STORES_NOW), two = begin(&f, x.id, STORES_NOW),
              three = begin(&f, x.id, STORES_NOW);
    const struct session refused = { .account = x.id, .created_ms = STORES_NOW };
    str token;

    CHECK(store_session_end(f.c, hash_bytes(one), &f.e) && !visit(&f, STORES_NOW, one).found);
    CHECK(store_sessions_end(f.c, x.id, hash_bytes(two), &f.e));
    CHECK(visit(&f, STORES_NOW, two).found && !visit(&f, STORES_NOW, three).found);
    CHECK(store_session_reauth(f.c, STORES_NOW + MINUTE, hash_bytes(two), &f.e));
    CHECK(visit(&f, STORES_NOW + MINUTE, two).session.reauth_ms == STORES_NOW + MINUTE);
    x.is_disabled = true;
    CHECK(store_account_save(f.c, &x, &f.e) && !visit(&f, STORES_NOW, two).found);
    CHECK(!store_session_begin(f.c, &f.mem, &refused, &token, &f.e) && f.e.code == ERR_DENIED);
}

int main(void)
{
    RUN(the_right_password_opens_and_no_other);
    RUN(who_is_disabled_stays_outside_and_is_not_told_why);
    RUN(passwords_that_everybody_tries_are_refused);
    RUN(passwords_that_nobody_thinks_of_are_taken);
    RUN(a_password_for_one_use_must_be_changed_for_another);
    RUN(the_rules_are_kept_and_stay_in_their_ranges);
    RUN(an_unknown_login_costs_the_same_work);
    RUN(failures_wait_longer_each_time_and_a_restart_does_not_help);
    RUN(the_right_password_waits_as_well_and_then_begins_anew);
    RUN(nobody_is_locked_out_from_elsewhere);
    RUN(guessing_many_logins_from_one_address_waits_too);
    RUN(failures_are_forgotten_after_a_day);
    RUN(a_second_factor_holds_once_it_was_confirmed);
    RUN(a_new_secret_leaves_the_old_in_force_until_it_is_confirmed);
    RUN(codes_that_are_guessed_wait);
    RUN(a_recovery_code_opens_once);
    RUN(a_token_is_the_session_and_stands_nowhere);
    RUN(a_session_ends_when_nobody_is_there_and_after_its_hours);
    RUN(what_is_read_only_does_not_write);
    RUN(a_new_password_ends_the_other_sessions);
    RUN(sessions_end_one_by_one_all_at_once_and_with_the_account);
    return DONE();
}
