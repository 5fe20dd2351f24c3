/* The year through its pages: a duty's buttons, a move with its audit, what is refused and how
 * that is told, and that nothing of it shows to those who hold no duty. */
#include "sites.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

static struct site site;
static struct visit planner, mayor, stranger, several;

static bool shows(const struct reply *r, const char *words)
{
    return str_find(r->body, str_from(words)) >= 0;
}

static struct cycle year_now(int year)
{
    const struct work_ref ref = { STR("minamo"), year, 0 };
    struct cycle k = { 0 };

    CHECK(store_cycle(site.f.c, &site.f.mem, &ref, &k, &site.f.e));
    return k;
}

/* Sends a move as the board's form does, from the record that is newest now. */
static struct reply move(const struct visit *who, int year, const char *word,
                         const char *reason)
{
    struct buf fields;

    buf_init(&fields, &site.f.mem, 256, 4096);
    buf_fmt(&fields, "move=%s&reason=%s&seen=", word, reason);
    hash_put(&fields, year_now(year).record);
    return sites_post_as(&site, who,
                         str_c(&site.f.mem, str_fmt(&site.f.mem, "/w/minamo/%d/move", year)),
                         str_c(&site.f.mem, buf_str(&fields)));
}

static void the_board_shows_each_their_buttons(void)
{
    struct reply r = sites_get_as(&site, &mayor, "/w/minamo/2025");

    CHECK(r.status == 200 && shows(&r, "name=\"move\" value=\"adopt\""));
    CHECK(shows(&r, "name=\"move\" value=\"send-back\"") && !shows(&r, "id=\"assign\""));
    r = sites_get_as(&site, &planner, "/w/minamo/2025");
    CHECK(r.status == 200 && !shows(&r, "name=\"move\" value=\"adopt\""));
    CHECK(shows(&r, "name=\"move\" value=\"send-back\"") && shows(&r, "id=\"assign\""));
    r = sites_get_as(&site, &planner, "/w/minamo/2026");
    CHECK(shows(&r, "期限を過ぎています") && shows(&r, "差戻し") && shows(&r, "市民協働課"));
}

static void who_holds_no_duty_sees_nothing_of_it(void)
{
    static const char *const PATHS[] = { "/w/minamo", "/w/minamo/2025", "/w/minamo/catalogue",
                                         "/w/minamo/2025/commitments" };

    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        CHECK(sites_get(&site, PATHS[i]).status == 401);
        CHECK(sites_get_as(&site, &stranger, PATHS[i]).status == 403);
    }
    /* a section without a plan of its own does not stand beside the wards */
    struct reply home = sites_get(&site, "/");
    CHECK(shows(&home, ">minamo</span>") && !shows(&home, ">minamo-shimin</span>"));
    CHECK(sites_get(&site, "/work").status == 401);
    CHECK(sites_get_as(&site, &stranger, "/work").status == 200);
    CHECK(sites_get(&site, "/o/minamo/2026").status == 404);
    CHECK(sites_get(&site, "/o/minamo/2025/commitments").status == 200);
}

static uint32_t times(const struct reply *r, const char *words)
{
    const str needle = str_from(words);
    str rest = r->body;
    uint32_t n = 0;

    for (ptrdiff_t at; (at = str_find(rest, needle)) >= 0; n++)
        rest = str_skip(rest, (size_t)at + needle.n);
    return n;
}

/* Planning here, listening in one of its sections: still one place to go. */
static void an_organisation_of_several_duties_is_listed_once(void)
{
    const struct reply r = sites_get_as(&site, &several, "/work");

    CHECK(r.status == 200 && times(&r, "<a href=\"/w/minamo\"") == 1);
    CHECK(times(&r, "<a href=\"/w/minamo/voices\"") == 1);
}

static void a_move_goes_by_the_rules_and_becomes_public(void)
{
    struct reply r = move(&planner, 2025, "adopt", "");

    CHECK(r.status == 403 && year_now(2025).phase == PHASE_PROPOSAL);
    r = move(&mayor, 2025, "send-back", "");
    CHECK(r.status == 422 && shows(&r, "理由を書いてください"));
    CHECK(move(&stranger, 2025, "adopt", "").status == 403);
    r = move(&mayor, 2025, "adopt", "");
    CHECK(r.status == 303 && str_ends(reply_header(&r, "Location"), STR("/w/minamo/2025")));
    CHECK(year_now(2025).phase == PHASE_ADOPTED);
    r = sites_get(&site, "/o/minamo/2025");
    CHECK(r.status == 200 && shows(&r, "策定"));
    r = move(&mayor, 2025, "publish", "");
    CHECK(r.status == 409 && shows(&r, "策定済み"));
}

static void planning_decides_and_sets_dates(void)
{
    struct reply r = sites_post_as(&site, &planner, "/w/minamo/2026/due",
                                   "plan=2025-02-30&midyear=&evaluation=");

    CHECK(r.status == 422 && shows(&r, "2025-02-30"));
    r = sites_post_as(&site, &planner, "/w/minamo/2026/due",
                      "plan=2025-02-28&midyear=&evaluation=");
    CHECK(r.status == 303 && str_eq(year_now(2026).due[STEP_PLAN], STR("2025-02-28")));
    CHECK(sites_post_as(&site, &mayor, "/w/minamo/2026/due", "plan=").status == 403);
    r = sites_post_as(&site, &planner, "/w/minamo/2026/assign", "section=minamo-shimin");
    CHECK(r.status == 422 && shows(&r, "選んでください"));
    r = sites_post_as(&site, &planner, "/w/minamo/2026/assign",
                      "sheet.2=1&sheet.3=1&section=minamo-shimin");
    CHECK(r.status == 303);
    r = sites_post_as(&site, &planner, "/w/minamo/start", "year=2026&way=roll");
    CHECK(r.status == 409 && shows(&r, "もう始まっています"));
}

static void a_promise_needs_its_reason(void)
{
    const struct work_ref ref = { STR("minamo"), 2026, 0 };
    struct commitment_rows rows;
    struct reply r;
    str id;

    CHECK(store_commitments(site.f.c, &site.f.mem, &ref, false, &rows, &site.f.e));
    CHECK(rows.count > 0 && rows.rows[0].years == 1); /* carried by 2025 */
    id = rows.rows[0].id;
    r = sites_get_as(&site, &planner, "/w/minamo/2026/commitments");
    CHECK(r.status == 200 && shows(&r, "2年目"));
    r = sites_post_as(&site, &planner, "/w/minamo/2026/commitments",
                      str_c(&site.f.mem,
                            str_fmt(&site.f.mem, "id=%.*s&fate=dropped&reason=", STR_ARG(id))));
    CHECK(r.status == 422 && shows(&r, "理由が要ります"));
    r = sites_post_as(&site, &planner, "/w/minamo/2026/commitments",
                      str_c(&site.f.mem, str_fmt(&site.f.mem, "id=%.*s&fate=dropped&reason=x",
                                                 STR_ARG(id))));
    CHECK(r.status == 303);
    CHECK(store_commitments(site.f.c, &site.f.mem, &ref, false, &rows, &site.f.e));
    CHECK(rows.rows[0].fate == FATE_DROPPED);
}

int main(void)
{
    struct visit all;

    sites_begin(&site);
    all = sites_visit(&site, "all");
    sites_work(&site, all.account);
    planner = sites_visit(&site, "planner");
    mayor = sites_visit(&site, "mayor");
    stranger = sites_visit(&site, "stranger");
    several = sites_visit(&site, "several");
    sites_grant(&site, several.account, DUTY_PLANNING, "minamo", "2020-04-01", "");
    sites_grant(&site, several.account, DUTY_LISTENER, "minamo", "2020-04-01", "");
    sites_grant(&site, several.account, DUTY_EDITOR, "minamo-shimin", "2020-04-01", "");
    sites_grant(&site, planner.account, DUTY_PLANNING, "minamo", "2020-04-01", "");
    sites_grant(&site, mayor.account, DUTY_MAYOR, "minamo", "2020-04-01", "");
    sites_grant(&site, stranger.account, DUTY_PLANNING, "komorebi", "2020-04-01", "");
    RUN(the_board_shows_each_their_buttons);
    RUN(who_holds_no_duty_sees_nothing_of_it);
    RUN(an_organisation_of_several_duties_is_listed_once);
    RUN(a_move_goes_by_the_rules_and_becomes_public);
    RUN(planning_decides_and_sets_dates);
    RUN(a_promise_needs_its_reason);
    sites_end(&site);
    return DONE();
}
