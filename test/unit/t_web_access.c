/* Who may: every row of the route table x everybody who could ask. What is expected is worked
 * out from the row and from who holds what, here, by rules of our own; what is refused must
 * leave the data as it is. And what is not public yet is nowhere in what everybody can read. */
#include "sites.h"

#include <string.h>

#include "check.h"
#include "web/dispatch.h"
#include "web/pages.h"
#include "web/route.h"

static struct site site;

/* ---- who asks ---- */

enum state { STATE_NOW, STATE_PAST, STATE_LATER, STATE_SHUT };

/* Somebody, and the one duty that they hold. */
struct somebody {
    const char *login, *place; /* place: NULL = no duty */
    enum duty duty;
    enum state state;
    struct visit visit;
};

#define EACH_DUTY(prefix, place, state)                                               \
    { prefix "-editor", place, DUTY_EDITOR, state, { { 0 }, { 0 }, { 0 } } },         \
        { prefix "-head", place, DUTY_HEAD, state, { { 0 }, { 0 }, { 0 } } },         \
        { prefix "-planning", place, DUTY_PLANNING, state, { { 0 }, { 0 }, { 0 } } }, \
        { prefix "-mayor", place, DUTY_MAYOR, state, { { 0 }, { 0 }, { 0 } } },       \
        { prefix "-reform", place, DUTY_REFORM, state, { { 0 }, { 0 }, { 0 } } },     \
        { prefix "-auditor", place, DUTY_AUDITOR, state, { { 0 }, { 0 }, { 0 } } },   \
        { prefix "-listener", place, DUTY_LISTENER, state, { { 0 }, { 0 }, { 0 } } }, \
    {                                                                                 \
        prefix "-administrator", place, DUTY_ADMINISTRATOR, state,                    \
        {                                                                             \
            { 0 }, { 0 }, { 0 }                                                       \
        }                                                                             \
    }

static struct somebody people[] = {
    { .login = "nobody-yet" },
    EACH_DUTY("ward", "minamo", STATE_NOW),
    EACH_DUTY("section", "minamo-kikaku", STATE_NOW),
    EACH_DUTY("beside", "minamo-hoken", STATE_NOW),
    EACH_DUTY("other", "komorebi", STATE_NOW),
    EACH_DUTY("city", "kawabe", STATE_NOW),
    EACH_DUTY("former", "minamo", STATE_PAST),
    EACH_DUTY("coming", "minamo", STATE_LATER),
    EACH_DUTY("shut", "minamo", STATE_SHUT),
};
enum { PEOPLE = sizeof people / sizeof people[0] };

static void person_make(struct somebody *p)
{
    struct account a;

    p->visit = sites_visit(&site, p->login);
    if (!p->place)
        return;
    if (p->state == STATE_PAST)
        sites_grant(&site, p->visit.account, p->duty, p->place, "2020-04-01", "2021-03-31");
    else if (p->state == STATE_LATER)
        sites_grant(&site, p->visit.account, p->duty, p->place, "2090-04-01", "");
    else
        sites_grant(&site, p->visit.account, p->duty, p->place, "2020-04-01", "");
    if (p->state != STATE_SHUT)
        return;
    CHECK(store_account(site.f.c, &site.f.mem, p->visit.account, &a, &site.f.e));
    a.is_disabled = true;
    CHECK(store_account_save(site.f.c, &a, &site.f.e));
}

/* ---- what there is: two wards of a city; a sheet of a section that nobody may know of ---- */

static const char SECRET[] = "まだ秘密の素案";

static void organisation_make(const char *key, const char *name, const char *kind,
                              const char *parent)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = site.now_ms };
    const struct organisation o = { str_from(key), str_from(name), str_from(kind),
                                    str_from(parent) };

    CHECK(store_organisation_save(site.f.c, &stamp, &o, &site.f.e));
}

static void sheet_make(void)
{
    const struct actor planning = { people[3].visit.account, duty_word(DUTY_PLANNING) };
    const struct stamp stamp = { &planning, site.now_ms, STR("内緒の理由") };
    struct initiative i = { .title.v = str_from(SECRET) };
    const struct cycle_start start = { .ref = { STR("minamo"), 2025, 0 },
                                       .phase = PHASE_DRAFT,
                                       .title = STR("内緒の計画") };
    const struct sheet_save save = { .ref = start.ref,
                                     .initiative = &i,
                                     .section = STR("minamo-kikaku") };
    struct saved saved = { 0 };

    stores_fill(&site.f.mem, &i, STEP_PLAN);
    if (!store_cycle_start(site.f.c, &site.f.mem, &stamp, &start, &site.f.e)
        || !store_sheet_save(site.f.c, &site.f.mem, &stamp, &save, &saved, &site.f.e))
        printf("# %s\n", site.f.e.text);
    CHECK(saved.number == 1);
}

static void everything_make(void)
{
    organisation_make("kawabe", "川辺市", "city", "");
    organisation_make("minamo", "みなも区", "ward", "kawabe");
    organisation_make("komorebi", "こもれび区", "ward", "kawabe");
    sites_section(&site, "minamo-kikaku", "企画課", "minamo");
    sites_section(&site, "minamo-hoken", "保健課", "minamo");
    for (int i = 0; i < PEOPLE; i++)
        person_make(&people[i]);
    sheet_make();
}

/* ---- what the row says of them ---- */

/* For the sheet of minamo-kikaku, or for the ward where the row has no sheet. */
static bool reaches_object(const struct somebody *p, bool has_sheet)
{
    if (strcmp(p->place, "minamo") == 0)
        return true;
    if (strcmp(p->place, "minamo-kikaku") == 0)
        return has_sheet;
    return strcmp(p->place, "kawabe") == 0
           && (p->duty == DUTY_REFORM || p->duty == DUTY_AUDITOR);
}

static bool reaches(const struct somebody *p, const struct route *r)
{
    if (!p->place || p->state != STATE_NOW)
        return false;
    switch (r->scope) {
    case SCOPE_ANY:
        return true;
    case SCOPE_ACCOUNT: /* of an account of the ward */
    case SCOPE_OBJECT:
        return reaches_object(p, route_param(r, "number") >= 0);
    case SCOPE_WITHIN:
        return reaches_object(p, false) || strncmp(p->place, "minamo-", 7) == 0;
    }
    return false;
}

static enum access expected(const struct somebody *p, const struct route *r)
{
    if (r->who == NEED_PUBLIC)
        return ACCESS_FINE;
    if (!p || p->state == STATE_SHUT)
        return ACCESS_SIGN_IN;
    if (r->who == NEED_ACCOUNT)
        return ACCESS_FINE;
    return reaches(p, r) && (r->duties & DUTY_BIT(p->duty)) ? ACCESS_FINE : ACCESS_DENIED;
}

/* ---- asking ---- */

/* The row's pattern with the sheet, the ward and the account of this test in it; what else it
 * has as in its example. */
static const char *path_of(const struct route *r)
{
    static const struct {
        str name, value;
    } VALUES[] = {
        { STR_INIT(":org"), STR_INIT("minamo") },
        { STR_INIT(":year"), STR_INIT("2025") },
        { STR_INIT(":number"), STR_INIT("1") },
    };
    str rest = str_skip(str_from(r->path), 1), example = str_skip(str_from(r->example), 1);
    struct buf b;

    buf_init(&b, &site.f.mem, 200, 400);
    do {
        str piece, value;

        rest = str_cut(rest, '/', &piece);
        example = str_cut(example, '/', &value);
        for (size_t i = 0; i < sizeof VALUES / sizeof VALUES[0]; i++) {
            if (str_eq(piece, VALUES[i].name))
                value = VALUES[i].value;
        }
        buf_put_char(&b, '/');
        buf_put(&b, str_eq(piece, STR(":account")) ? people[1].visit.account : value);
    } while (rest.n);
    return str_c(&site.f.mem, buf_str(&b));
}

static int64_t records_now(void)
{
    struct store_facts facts;

    return store_about(site.f.c, &site.f.mem, &facts, &site.f.e) ? (int64_t)facts.records : -1;
}

static struct reply ask(const struct somebody *p, const struct route *r, const char *path)
{
    const struct visit *v = p ? &p->visit : NULL;

    return r->method == METHOD_POST ? sites_post_as(&site, v, path, "")
                                    : sites_get_as(&site, v, path);
}

static bool is_refusal(int status)
{
    return status == 401 || status == 403;
}

/* A row and somebody: refused when it should be, and let through when not. An act that would be
 * let through is not sent: what it then does is not this test's affair. */
static void pair_check(const struct somebody *p, const struct route *r, const char *path)
{
    enum access wanted = expected(p, r);
    struct reply reply;

    if (wanted == ACCESS_FINE && r->method == METHOD_POST)
        return;
    reply = ask(p, r, path);
    if (wanted == ACCESS_FINE ? is_refusal(reply.status)
                              : reply.status != (wanted == ACCESS_SIGN_IN ? 401 : 403)) {
        printf("# %s %s as %s: %d\n", r->method == METHOD_POST ? "POST" : "GET", path,
               p ? p->login : "(nobody)", reply.status);
        CHECK(false && "the row is obeyed");
    }
    CHECK(wanted == ACCESS_FINE || str_find(reply.body, str_from(SECRET)) < 0);
}

static void every_row_is_obeyed_for_everybody(void)
{
    int64_t before = records_now();
    size_t count;
    const struct route *rows = routes_all(&count);

    for (size_t i = 0; i < count; i++) {
        const char *path = path_of(&rows[i]);

        pair_check(NULL, &rows[i], path);
        for (int k = 0; k < PEOPLE; k++)
            pair_check(&people[k], &rows[i], path);
    }
    CHECK(records_now() == before);
}

/* What is let through is decided by the row too, act or not: asked of the dispatcher itself. */
static void every_row_lets_in_whom_it_says(void)
{
    size_t count;
    const struct route *rows = routes_all(&count);

    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < PEOPLE; k++) {
            struct call c = { .app = &site.app };
            unsigned allowed;
            enum access got = ACCESS_DENIED;

            if (people[k].state == STATE_SHUT)
                continue;
            c.person.account = people[k].visit.account;
            c.req = (struct req){
                .mem = &site.f.mem, .db = site.f.c, .now_ms = site.now_ms, .person = &c.person
            };
            c.req.route =
                route_find(rows[i].method, str_from(path_of(&rows[i])), c.req.params, &allowed);
            CHECK(c.req.route == &rows[i] && access_find(&c, &got, &site.f.e));
            if (got != expected(&people[k], &rows[i]))
                printf("# %s as %s: %d\n", rows[i].path, people[k].login, (int)got);
            CHECK(got == expected(&people[k], &rows[i]));
        }
    }
}

/* The twins of a page are the page: .json and .csv are refused as it is. */
static void the_twins_are_refused_like_the_page(void)
{
    size_t count;
    const struct route *rows = routes_all(&count);

    for (size_t i = 0; i < count; i++) {
        const char *path = path_of(&rows[i]);
        str json = str_fmt(&site.f.mem, "%s.json", path), csv;

        if (rows[i].who == NEED_PUBLIC || !rows[i].page)
            continue;
        csv = str_fmt(&site.f.mem, "%s.csv", path);
        CHECK(sites_get(&site, str_c(&site.f.mem, json)).status == 401);
        if (rows[i].table)
            CHECK(sites_get(&site, str_c(&site.f.mem, csv)).status == 401);
        if (rows[i].who == NEED_DUTY)
            CHECK(sites_get_as(&site, &people[0].visit, str_c(&site.f.mem, json)).status
                  == 403);
    }
}

/* Whether a sheet, a year, a ward is there is not told to who may not see it. */
static void a_refusal_does_not_tell_what_is_there(void)
{
    static const char *const PATHS[] = { "/w/minamo/2025/1", "/w/minamo/2025/77",
                                         "/w/minamo/2099/1", "/w/nowhere/2025/1" };

    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        CHECK(sites_get(&site, PATHS[i]).status == 401);
        for (int k = 0; k < PEOPLE; k++) {
            if (people[k].place && strcmp(people[k].place, "komorebi") == 0)
                CHECK(sites_get_as(&site, &people[k].visit, PATHS[i]).status == 403);
        }
    }
}

/* ---- nothing leaks ---- */

static void reply_is_clean(const char *path)
{
    static const char *const NEVER[] = { "まだ秘密の素案", "内緒の", "work/2025", "grant/u" };
    struct reply r = sites_get(&site, path);

    for (size_t i = 0; i < sizeof NEVER / sizeof NEVER[0]; i++) {
        if (str_find(r.body, str_from(NEVER[i])) >= 0)
            printf("# %s holds %s\n", path, NEVER[i]);
        CHECK(str_find(r.body, str_from(NEVER[i])) < 0);
    }
}

static void what_is_not_public_is_on_no_public_page(void)
{
    static const char *const MORE[] = {
        "/search?q=%E7%A7%98%E5%AF%86%E3%81%AE%E7%B4%A0%E6%A1%88", /* 秘密の素案 */
        "/search.json?q=%E5%86%85%E7%B7%92",                       /* 内緒 */
        "/o/minamo/2025",
        "/o/minamo/2025/1",
        "/o/minamo/2025/history",
        "/o/minamo/2024/history.json",
        "/?page=2",
    };
    struct web_route_info r;

    for (size_t i = 0; web_route_at(&site.f.mem, i, site.f.path, &r); i++) {
        if (!str_eq(r.who, STR("public")) || !str_eq(r.method, STR("GET")))
            continue;
        reply_is_clean(str_c(&site.f.mem, r.example));
        if (r.is_page)
            reply_is_clean(str_eq(r.example, STR("/"))
                               ? "/index.json"
                               : str_c(&site.f.mem,
                                       str_fmt(&site.f.mem, "%.*s.json", STR_ARG(r.example))));
    }
    for (size_t i = 0; i < sizeof MORE / sizeof MORE[0]; i++)
        reply_is_clean(MORE[i]);
}

static void a_record_that_is_not_public_is_not_there_for_anybody_without_a_duty(void)
{
    const struct history all = { .page = { 0, 1000 } };
    struct record_rows rows;
    int hidden = 0;

    CHECK(store_history(site.f.c, &site.f.mem, &all, &rows, &site.f.e));
    for (uint32_t i = 0; i < rows.count; i++) {
        struct buf path;

        if (!str_starts(rows.rows[i].entity, STR("work/"))
            && !str_starts(rows.rows[i].entity, STR("grant/")))
            continue;
        buf_init(&path, &site.f.mem, 100, 100);
        buf_put(&path, STR("/records/"));
        hash_put(&path, rows.rows[i].hash);
        CHECK(sites_get(&site, str_c(&site.f.mem, buf_str(&path))).status == 404);
        buf_put(&path, STR(".json"));
        CHECK(sites_get(&site, str_c(&site.f.mem, buf_str(&path))).status == 404);
        CHECK(sites_get_as(&site, &people[0].visit, str_c(&site.f.mem, buf_str(&path))).status
              == 404);
        hidden++;
    }
    CHECK(hidden > PEOPLE / 2);
}

int main(void)
{
    sites_begin(&site);
    everything_make();
    RUN(every_row_is_obeyed_for_everybody);
    RUN(every_row_lets_in_whom_it_says);
    RUN(the_twins_are_refused_like_the_page);
    RUN(a_refusal_does_not_tell_what_is_there);
    RUN(what_is_not_public_is_on_no_public_page);
    RUN(a_record_that_is_not_public_is_not_there_for_anybody_without_a_duty);
    sites_end(&site);
    return DONE();
}
