/* Accounts, duties and drafts: who is there, who holds what where and when. */
#include "stores.h"
#include "check.h"

#include <sqlite3.h>

static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };

static void organisation(struct fixture *f, const char *key, const char *kind,
                         const char *parent)
{
    const struct stamp stamp = { &OPERATOR, STORES_NOW, STR("") };
    const struct organisation o = { str_from(key), str_from(key), str_from(kind),
                                    str_from(parent) };

    CHECK(store_organisation_save(f->c, &stamp, &o, &f->e));
}

/* A city with two wards; a ward with two sections, one of them with a team; a section of the
 * city's own. */
static void city(struct fixture *f)
{
    organisation(f, "shi", "city", "");
    organisation(f, "minamo", "ward", "shi");
    organisation(f, "kawabe", "ward", "shi");
    organisation(f, "shimin", "section", "minamo");
    organisation(f, "madoguchi", "section", "shimin");
    organisation(f, "hoken", "section", "minamo");
    organisation(f, "shi-somu", "section", "shi");
}

static str account(struct fixture *f, const char *login)
{
    struct account x = { .login = str_from(login) };

    CHECK(store_account_add(f->c, &f->mem, STORES_NOW, &x, &f->e));
    return x.id;
}

static bool give(struct fixture *f, struct grant g)
{
    const struct stamp stamp = { &OPERATOR, STORES_NOW, STR("任命") };

    return store_grant_save(f->c, &stamp, &g, &f->e);
}

static unsigned held(struct fixture *f, str account_id, const char *where, const char *section)
{
    const struct duty_place at = { str_from(where), str_from(section), STORES_NOW };
    unsigned out = 0;

    CHECK(store_duties(f->c, account_id, &at, &out, &f->e));
    return out;
}

/* ---- accounts ---- */

static void an_account_is_found_by_its_login_however_it_is_typed(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct account x = { .login = STR("Hana.Ito"),
                         .name = STR("試験 一"),
                         .mail = STR("a@example.jp") };
    struct account found;

    CHECK(store_account_add(f.c, &f.mem, STORES_NOW, &x, &f.e));
    CHECK(x.id.n == 11 && x.id.p[0] == 'u');
    CHECK(store_account_by_login(f.c, &f.mem, STR("ｈａｎａ.ito"), &found, &f.e));
    CHECK(str_eq(found.id, x.id) && str_eq(found.login, STR("Hana.Ito")));
    CHECK(str_eq(found.name, x.name) && str_eq(found.mail, x.mail));
    CHECK(!found.has_password && !found.has_totp && !found.is_disabled && !found.seen_ms);
    CHECK(!store_account_by_login(f.c, &f.mem, STR("hana"), &found, &f.e));
    CHECK(f.e.code == ERR_NOT_FOUND);
}

static void a_login_belongs_to_one(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct account x = { .login = STR("HANA") };

    (void)account(&f, "hana");
    CHECK(!store_account_add(f.c, &f.mem, STORES_NOW, &x, &f.e) && f.e.code == ERR_INPUT);
    x.id = account(&f, "jun");
    CHECK(!store_account_save(f.c, &x, &f.e) && f.e.code == ERR_INPUT);
    x.login = STR("JUN");
    CHECK(store_account_save(f.c, &x, &f.e));
}

static void what_could_be_more_than_one_thing_is_refused(void)
{
    static const struct account BAD[] = {
        { .login = STR_INIT("") },
        { .login = STR_INIT("a b") },
        { .login = STR_INIT("a\u3000b") },
        { .login = STR_INIT("a\nb") },
        { .login = STR_INIT("a\x7f") },
        { .login =
              STR_INIT("12345678901234567890123456789012345678901234567890123456789012345") },
        { .login = STR_INIT("a"), .name = STR_INIT("x\ny") },
        { .login = STR_INIT("a"), .mail = STR_INIT("no address") },
        { .login = STR_INIT("a"), .mail = STR_INIT("a@b\r\nBcc: c@d") },
        { .login = STR_INIT("a"), .mail = STR_INIT("a@b,c@d") },
        { .login = STR_INIT("a"), .mail = STR_INIT("a@b>") },
        { .login = STR_INIT("a"), .mail = STR_INIT("@b") },
        { .login = STR_INIT("a"), .mail = STR_INIT("a@") },
    };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct account x = BAD[i];

        if (store_account_add(f.c, &f.mem, STORES_NOW, &x, &f.e) || f.e.code != ERR_INPUT)
            CHECK_STR(str_c(&f.mem, BAD[i].mail), "a refusal");
    }
}

static void the_list_is_by_login_and_finds_names_and_mail(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct account x = { .login = STR("c"),
                         .name = STR("川辺 試子"),
                         .mail = STR("x@example.jp") };
    struct account_rows rows;

    (void)account(&f, "b");
    CHECK(store_account_add(f.c, &f.mem, STORES_NOW, &x, &f.e));
    (void)account(&f, "a%");
    CHECK(store_accounts(f.c, &f.mem, STR(""), (struct page_of){ 0, 2 }, &rows, &f.e));
    CHECK(rows.total == 3 && rows.count == 2 && str_eq(rows.rows[0].login, STR("a%")));
    CHECK(store_accounts(f.c, &f.mem, STR("川辺試"), (struct page_of){ 0, 0 }, &rows, &f.e));
    CHECK(rows.total == 1 && rows.count == 1 && str_eq(rows.rows[0].login, STR("c")));
    CHECK(store_accounts(f.c, &f.mem, STR("%"), (struct page_of){ 0, 0 }, &rows, &f.e));
    CHECK(rows.total == 1);
}

static void whom_the_directory_knows_is_found_or_made_when_that_is_wanted(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct external who = { STR("Hana"), STR("花"), STR("h@example.jp"), false };
    struct account x, again;

    CHECK(!store_account_external(f.c, &f.mem, STORES_NOW, &who, &x, &f.e));
    CHECK(f.e.code == ERR_DENIED);
    who.may_create = true;
    CHECK(store_account_external(f.c, &f.mem, STORES_NOW, &who, &x, &f.e));
    who = (struct external){ STR("HANA"), STR("華"), STR(""), false };
    CHECK(store_account_external(f.c, &f.mem, STORES_NOW, &who, &again, &f.e));
    CHECK(str_eq(x.id, again.id) && str_eq(again.name, STR("華")));
    CHECK(str_eq(again.mail, STR("h@example.jp")));
    again.is_disabled = true;
    CHECK(store_account_save(f.c, &again, &f.e));
    CHECK(!store_account_external(f.c, &f.mem, STORES_NOW, &who, &x, &f.e));
    CHECK(f.e.code == ERR_DENIED);
}

/* ---- duties ---- */

#define BIT(duty) DUTY_BIT(DUTY_##duty)

static void a_duty_reaches_what_belongs_to_its_organisation(void)
{
    static const struct {
        const char *in, *where, *section;
        unsigned reached; /* of all duties held in `in` */
    } ROWS[] = {
        { "shimin", "minamo", "shimin", DUTIES_ALL },
        { "shimin", "minamo", "madoguchi", DUTIES_ALL },
        { "shimin", "minamo", "hoken", 0 },
        { "shimin", "minamo", "", 0 },
        { "shimin", "shimin", "", DUTIES_ALL },
        { "minamo", "minamo", "", DUTIES_ALL },
        { "minamo", "minamo", "shimin", DUTIES_ALL },
        { "minamo", "minamo", "madoguchi", DUTIES_ALL },
        { "minamo", "kawabe", "", 0 },
        { "minamo", "kawabe", "shimin", 0 }, /* not a section of that ward */
        { "minamo", "shi", "", 0 },
        { "shi", "shi", "", DUTIES_ALL },
        { "shi", "shi", "shi-somu", DUTIES_ALL },
        { "shi", "minamo", "", BIT(REFORM) | BIT(AUDITOR) },
        { "shi", "minamo", "shimin", BIT(REFORM) | BIT(AUDITOR) },
        { "shi", "minamo", "madoguchi", BIT(REFORM) | BIT(AUDITOR) },
        { "shi-somu", "shi", "", 0 },
        { "shi-somu", "minamo", "", 0 },
        { "minamo", "nowhere", "", 0 },
    };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);

    city(&f);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        const str who = account(&f, str_c(&f.mem, str_fmt(&f.mem, "a%zu", i)));

        for (int d = 0; d < DUTY_COUNT; d++)
            CHECK(give(&f, (struct grant){ .organisation = str_from(ROWS[i].in),
                                           .account = who,
                                           .duty = (enum duty)d }));
        if (held(&f, who, ROWS[i].where, ROWS[i].section) != ROWS[i].reached)
            CHECK_STR(str_c(&f.mem, str_fmt(&f.mem, "%s -> %s/%s", ROWS[i].in, ROWS[i].where,
                                            ROWS[i].section)),
                      "reaches what the table says");
    }
}

static void duties_within_a_ward_are_those_of_its_sections_too(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    unsigned out = 0;

    city(&f);
    const str who = account(&f, "hana");
    CHECK(give(&f, (struct grant){ STR("madoguchi"), who, DUTY_EDITOR, .from = STR("") }));
    CHECK(give(&f, (struct grant){ STR("minamo"), who, DUTY_PLANNING, .from = STR("") }));
    CHECK(store_duties_within(f.c, who, STR("minamo"), STORES_NOW, &out, &f.e));
    CHECK(out == (BIT(EDITOR) | BIT(PLANNING)));
    CHECK(store_duties_within(f.c, who, STR("kawabe"), STORES_NOW, &out, &f.e) && !out);
    CHECK(store_duties_within(f.c, who, STR("shi"), STORES_NOW, &out, &f.e) && !out);
}

/* STORES_NOW is 2024-04-01 in Japan. */
static void a_duty_holds_from_its_first_to_its_last_day(void)
{
    static const struct {
        const char *from, *to;
        bool holds;
    } ROWS[] = {
        { "", "", true },
        { "2024-04-01", "2024-04-01", true },
        { "2024-04-02", "", false },
        { "2023-04-01", "2024-03-31", false },
        { "2023-04-01", "2025-03-31", true },
    };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);

    city(&f);
    const str who = account(&f, "hana");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        CHECK(give(&f, (struct grant){ .organisation = STR("minamo"),
                                       .account = who,
                                       .duty = DUTY_HEAD,
                                       .from = str_from(ROWS[i].from),
                                       .to = str_from(ROWS[i].to) }));
        CHECK((held(&f, who, "minamo", "") == BIT(HEAD)) == ROWS[i].holds);
    }
}

static void who_is_disabled_or_erased_holds_nothing(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct account x;
    struct verify_report report;

    city(&f);
    const str who = account(&f, "hana");
    CHECK(give(&f, (struct grant){ STR("minamo"), who, DUTY_HEAD, .from = STR("") }));
    CHECK(store_account(f.c, &f.mem, who, &x, &f.e));
    x.is_disabled = true;
    CHECK(store_account_save(f.c, &x, &f.e) && !held(&f, who, "minamo", ""));
    x.is_disabled = false;
    CHECK(store_account_save(f.c, &x, &f.e) && held(&f, who, "minamo", ""));
    CHECK(store_account_erase(f.c, who, &f.e) && !held(&f, who, "minamo", ""));
    CHECK(!store_account_erase(f.c, who, &f.e) && f.e.code == ERR_NOT_FOUND);
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
    CHECK(held(&f, STR("cli"), "minamo", "") == DUTIES_ALL);
}

static void only_an_administrator_of_the_organisation_gives_duties(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);

    city(&f);
    const str boss = account(&f, "boss"), who = account(&f, "hana");
    const struct actor actor = { boss, STR("administrator") };
    const struct stamp stamp = { &actor, STORES_NOW, STR("") };
    const struct grant in_section = { STR("shimin"), who, DUTY_EDITOR, .from = STR("") };
    const struct grant in_other = { STR("kawabe"), who, DUTY_EDITOR, .from = STR("") };

    CHECK(!store_grant_save(f.c, &stamp, &in_section, &f.e) && f.e.code == ERR_DENIED);
    CHECK(give(&f, (struct grant){ STR("minamo"), boss, DUTY_ADMINISTRATOR, .from = STR("") }));
    CHECK(store_grant_save(f.c, &stamp, &in_section, &f.e));
    CHECK(!store_grant_save(f.c, &stamp, &in_other, &f.e) && f.e.code == ERR_DENIED);
    CHECK(!store_grant_end(f.c, &stamp, &in_other, &f.e) && f.e.code == ERR_DENIED);
    CHECK(store_grant_end(f.c, &stamp, &in_section, &f.e));
    CHECK(!held(&f, who, "minamo", "shimin"));
    CHECK(!store_grant_end(f.c, &stamp, &in_section, &f.e) && f.e.code == ERR_NOT_FOUND);
}

static void days_and_deputies_that_cannot_be_are_refused(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);

    city(&f);
    const str head = account(&f, "head"), who = account(&f, "hana");
    struct grant g = { STR("shimin"), who, DUTY_HEAD, STR("2024-02-30"), .to = STR("") };

    CHECK(!give(&f, g) && f.e.code == ERR_INPUT);
    g.from = STR("2024-04-01");
    g.to = STR("2024-03-31");
    CHECK(!give(&f, g) && f.e.code == ERR_INPUT);
    g.to = STR("");
    g.deputy_of = who;
    CHECK(!give(&f, g) && f.e.code == ERR_INPUT);
    g.deputy_of = head; /* who is no head yet */
    CHECK(!give(&f, g) && f.e.code == ERR_INPUT);
    CHECK(give(&f, (struct grant){ STR("shimin"), head, DUTY_HEAD, .from = STR("") }));
    CHECK(give(&f, g) && held(&f, who, "minamo", "shimin") == BIT(HEAD));
    g.account = STR("u0000000000");
    CHECK(!give(&f, g) && f.e.code == ERR_NOT_FOUND);
    g.account = who;
    g.organisation = STR("nowhere");
    CHECK(!give(&f, g) && f.e.code == ERR_NOT_FOUND);
}

static void a_duty_is_a_record_and_saying_it_again_is_none(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct history what = { .organisation = STR("shimin"),
                                  .entity_prefix = STR("grant/") };
    struct record_rows rows;
    struct grant_rows grants;

    city(&f);
    const str who = account(&f, "hana");
    const struct grant g = { STR("shimin"), who, DUTY_EDITOR, STR("2024-04-01"),
                             .to = STR("2025-03-31") };
    CHECK(give(&f, g) && give(&f, g));
    CHECK(store_history(f.c, &f.mem, &what, &rows, &f.e) && rows.total == 1);
    CHECK(str_eq(rows.rows[0].author, STR("cli")) && str_eq(rows.rows[0].reason, STR("任命")));
    CHECK(store_grants(f.c, &f.mem, who, STR(""), &grants, &f.e) && grants.count == 1);
    CHECK(str_eq(grants.rows[0].to, STR("2025-03-31")) && grants.rows[0].duty == DUTY_EDITOR);
    CHECK(hash_eq(grants.rows[0].record, rows.rows[0].hash));
    CHECK(store_rebuild(f.c, &f.e) && held(&f, who, "minamo", "shimin") == BIT(EDITOR));
}

/* ---- drafts ---- */

static void a_draft_is_kept_until_it_is_dropped_and_goes_with_its_account(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const str who = account(&f, "hana");
    struct form_draft d = { who, STR("minamo/2024/3/plan"), hash_bytes(STR("x")),
                            STR("title=%E6%A1%88"), STORES_NOW };
    struct form_draft got;

    CHECK(store_draft(f.c, &f.mem, who, d.form, &got, &f.e) && !got.at_ms);
    CHECK(store_draft_save(f.c, &d, &f.e));
    d.fields = STR("title=2");
    CHECK(store_draft_save(f.c, &d, &f.e));
    CHECK(store_rebuild(f.c, &f.e));
    CHECK(store_draft(f.c, &f.mem, who, d.form, &got, &f.e));
    CHECK(str_eq(got.fields, d.fields) && hash_eq(got.base, d.base) && got.at_ms == STORES_NOW);
    CHECK(store_draft_drop(f.c, who, d.form, &f.e));
    CHECK(store_draft(f.c, &f.mem, who, d.form, &got, &f.e) && !got.at_ms);
    CHECK(store_draft_save(f.c, &d, &f.e) && store_account_erase(f.c, who, &f.e));
    CHECK(store_draft(f.c, &f.mem, who, d.form, &got, &f.e) && !got.at_ms);
    d.fields.n = LIMIT_REQUEST_BODY + 1;
    CHECK(!store_draft_save(f.c, &d, &f.e) && f.e.code == ERR_INPUT);
}

static void a_changed_duty_is_found_by_verification(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct verify_report report;
    sqlite3 *db = NULL;

    city(&f);
    const str who = account(&f, "hana");
    CHECK(give(&f, (struct grant){ STR("shimin"), who, DUTY_EDITOR, .from = STR("") }));
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
    CHECK(sqlite3_open(f.path, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "UPDATE grant_row SET duty = 'administrator'", NULL, NULL, NULL)
          == SQLITE_OK);
    CHECK(sqlite3_close(db) == SQLITE_OK);
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 2);
    CHECK(str_find(report.faults[0], STR("権限の表")) >= 0);
    CHECK(str_find(report.faults[0], STR("shimin grant/u")) >= 0);
}

int main(void)
{
    RUN(an_account_is_found_by_its_login_however_it_is_typed);
    RUN(a_login_belongs_to_one);
    RUN(what_could_be_more_than_one_thing_is_refused);
    RUN(the_list_is_by_login_and_finds_names_and_mail);
    RUN(whom_the_directory_knows_is_found_or_made_when_that_is_wanted);
    RUN(a_duty_reaches_what_belongs_to_its_organisation);
    RUN(duties_within_a_ward_are_those_of_its_sections_too);
    RUN(a_duty_holds_from_its_first_to_its_last_day);
    RUN(who_is_disabled_or_erased_holds_nothing);
    RUN(only_an_administrator_of_the_organisation_gives_duties);
    RUN(days_and_deputies_that_cannot_be_are_refused);
    RUN(a_duty_is_a_record_and_saying_it_again_is_none);
    RUN(a_draft_is_kept_until_it_is_dropped_and_goes_with_its_account);
    RUN(a_changed_duty_is_found_by_verification);
    return DONE();
}
