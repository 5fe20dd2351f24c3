/* A sheet written in the browser: saved once, never lost, never taken over another's text. */
#include "sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static struct site site;
static struct visit one, two, head, stranger;
static const char *const PLAN = "/w/minamo/2025/1/plan";

static void must(bool fine)
{
    if (fine)
        return;
    printf("Bail out! %s\n", site.f.e.text);
    exit(1);
}

static void begin(void)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = 0 };
    struct cycle_start start = { .ref = { STR("minamo"), 2025, 0 },
                                 .from_year = 2024,
                                 .phase = PHASE_DRAFT };
    struct stamp now = stamp;
    static const int FIRST = 1;
    const struct sheet_assign given = { start.ref, &FIRST, 1, STR("mado") };

    sites_begin(&site);
    now.now_ms = site.now_ms;
    sites_section(&site, "mado", "窓口課", "minamo");
    sites_section(&site, "bosai", "防災課", "minamo");
    must(store_cycle_start(site.f.c, &site.f.mem, &now, &start, &site.f.e));
    must(store_sheet_assign(site.f.c, &now, &given, &site.f.e));
    one = sites_visit(&site, "one");
    two = sites_visit(&site, "two");
    head = sites_visit(&site, "head");
    stranger = sites_visit(&site, "stranger");
    sites_grant(&site, one.account, DUTY_EDITOR, "mado", "", "");
    sites_grant(&site, two.account, DUTY_EDITOR, "mado", "", "");
    sites_grant(&site, head.account, DUTY_HEAD, "mado", "", "");
    sites_grant(&site, stranger.account, DUTY_EDITOR, "bosai", "", "");
}

/* ---- what stands there now ---- */

static struct sheet_copy sheet_now(void)
{
    const struct work_ref ref = { STR("minamo"), 2025, 1 };
    struct sheet_copy s;

    must(store_sheet(site.f.c, &site.f.mem, &ref, &s, &site.f.e));
    return s;
}

static const char *seen_now(void)
{
    struct buf b;

    buf_init(&b, &site.f.mem, 80, 80);
    hash_put(&b, sheet_now().record);
    return str_c(&site.f.mem, buf_str(&b));
}

static uint32_t records(void)
{
    const struct history what = { .organisation = STR("minamo"),
                                  .entity_prefix = STR("work/2025/sheet/1") };
    struct record_rows rows;

    must(store_history(site.f.c, &site.f.mem, &what, &rows, &site.f.e));
    return rows.total;
}

static const char *purpose_now(void)
{
    return str_c(&site.f.mem, sheet_now().initiative.purpose.v);
}

static struct reply save(const struct visit *who, const char *seen, const char *fields)
{
    return sites_post_as(&site, who, PLAN,
                         str_c(&site.f.mem,
                               str_fmt(&site.f.mem, "seen=%s&seed=0a1b2c3d&do=save&%s", seen,
                                       fields)));
}

static bool shows(const struct reply *r, const char *text)
{
    return str_find(r->body, str_from(text)) >= 0;
}

/* ---- */

static void the_form_shows_every_blank_with_its_label_and_text(void)
{
    const struct reply r = sites_get_as(&site, &one, PLAN);

    CHECK(r.status == 200);
    CHECK(shows(&r, "<label for=\"f-purpose\">趣旨・目的"));
    CHECK(shows(&r, "name=\"indicator.i1.target\""));
    CHECK(shows(&r, "name=\"activity\" value=\"p1"));
    CHECK(str_find(reply_header(&r, "Cache-Control"), STR("no-store")) >= 0);
}

static void a_save_is_one_record_and_leads_back_to_the_form(void)
{
    const uint32_t before = records();
    const char *seen = seen_now();
    struct reply r = save(&one, seen, "purpose=%E6%97%A9%E3%81%84%E7%AA%93%E5%8F%A3");
    struct reply again;

    CHECK(r.status == 303);
    CHECK_STR(str_c(&site.f.mem, reply_header(&r, "Location")),
              "/w/minamo/2025/1/plan?saved=1");
    CHECK_STR(purpose_now(), "早い窓口");
    CHECK(records() == before + 1);
    r = sites_get_as(&site, &one, "/w/minamo/2025/1/plan?saved=1");
    CHECK(shows(&r, "保存しました"));
    again = save(&one, seen, "purpose=%E6%97%A9%E3%81%84%E7%AA%93%E5%8F%A3"); /* twice */
    CHECK(again.status == 303 && records() == before + 1);
    CHECK_STR(str_c(&site.f.mem, reply_header(&again, "Location")),
              "/w/minamo/2025/1/plan?saved=same");
}

static void a_fault_stands_beside_its_blank_and_nothing_typed_is_lost(void)
{
    const uint32_t before = records();
    struct reply r = save(&one, seen_now(), "indicator.i1.target=about40&purpose=typed-here");

    CHECK(r.status == 422);
    CHECK(shows(&r, "id=\"e-indicator.i1.target\""));
    CHECK(shows(&r, "href=\"#f-indicator.i1.target\""));
    CHECK(shows(&r, "about40") && shows(&r, "typed-here"));
    CHECK(records() == before);
    r = sites_get_as(&site, &one, PLAN);
    CHECK(shows(&r, "書きかけの内容があります") && !shows(&r, "typed-here"));
    r = sites_get_as(&site, &one, "/w/minamo/2025/1/plan?draft=use");
    CHECK(shows(&r, "typed-here"));
    r = sites_get_as(&site, &two, PLAN); /* it is mine alone */
    CHECK(!shows(&r, "書きかけの内容があります"));
    r = sites_post_as(&site, &one, PLAN, "do=discard");
    CHECK(r.status == 303);
    r = sites_get_as(&site, &one, PLAN);
    CHECK(!shows(&r, "書きかけの内容があります"));
}

static void changes_to_different_blanks_come_together(void)
{
    const char *seen = seen_now();
    struct reply r = save(&one, seen, "purpose=by-one");

    CHECK(r.status == 303);
    r = save(&two, seen, "title=by-two");
    CHECK(r.status == 303);
    CHECK_STR(purpose_now(), "by-one");
    CHECK_STR(str_c(&site.f.mem, sheet_now().initiative.title.v), "by-two");
}

static void a_conflict_shows_both_and_is_settled_by_choosing(void)
{
    const char *seen = seen_now();
    uint32_t before;
    struct reply r;

    CHECK(save(&one, seen, "purpose=text-of-one").status == 303);
    before = records();
    r = save(&two, seen, "purpose=text-of-two&outline=also");
    CHECK(r.status == 409);
    CHECK(shows(&r, "text-of-one") && shows(&r, "text-of-two"));
    CHECK(shows(&r, "name=\"pick.1\""));
    CHECK(records() == before);
    r = save(&two, seen_now(),
             "purpose=text-of-two&outline=also&at.1=purpose&pick.1=new&mine.1=text-of-two"
             "&theirs.1=text-of-one&new.1=text-of-both");
    CHECK(r.status == 303);
    CHECK_STR(purpose_now(), "text-of-both");
    CHECK(str_eq(sheet_now().initiative.outline[0].v, STR("also")));
}

static void rows_are_added_moved_and_taken_out_without_saving(void)
{
    const uint32_t before = records();
    struct reply r =
        sites_post_as(&site, &one, PLAN,
                      str_c(&site.f.mem,
                            str_fmt(&site.f.mem,
                                    "seen=%s&seed=0a1b2c3d&activity=p1&activity.p1.text=x"
                                    "&purpose=kept&do=add+activity",
                                    seen_now())));

    CHECK(r.status == 200);
    CHECK(shows(&r, "name=\"activity\" value=\"p1 n0a1b2c3d-2\""));
    CHECK(shows(&r, "kept"));
    CHECK(records() == before);
    r = sites_post_as(&site, &one, PLAN, "do=discard");
}

static void a_new_row_is_one_row_however_often_it_is_sent(void)
{
    const char *seen = seen_now();
    const char *fields = "activity=p1+n1&activity.n1.text=new-line&activity.n1.quantity=3";
    uint32_t planned;

    CHECK(save(&one, seen, fields).status == 303);
    planned = sheet_now().initiative.planned_count;
    CHECK(save(&one, seen, fields).status == 303);
    CHECK(sheet_now().initiative.planned_count == planned);
}

static void another_section_and_a_stranger_are_refused(void)
{
    CHECK(sites_get_as(&site, &stranger, PLAN).status == 403);
    CHECK(sites_get_as(&site, NULL, PLAN).status == 401);
    CHECK(save(&stranger, seen_now(), "purpose=mine").status == 403);
}

static void what_is_sent_after_submitting_is_kept_as_a_draft(void)
{
    const char *seen = seen_now();
    struct reply r =
        sites_post_as(&site, &one, "/w/minamo/2025/1/submit",
                      str_c(&site.f.mem, str_fmt(&site.f.mem, "step=plan&seen=%s", seen)));

    if (r.status != 303)
        printf("# %.*s\n", STR_ARG(str_take(str_skip(r.body, 2500), 1500)));
    CHECK(r.status == 303);
    r = save(&two, seen, "purpose=too-late");
    CHECK(r.status == 409 && shows(&r, "too-late") && shows(&r, "提出済み"));
    r = sites_get_as(&site, &two, PLAN);
    CHECK(shows(&r, "書きかけの内容があります"));
}

static void the_page_of_a_sheet_says_what_may_be_done(void)
{
    struct reply r = sites_get_as(&site, &one, "/w/minamo/2025/1");

    CHECK(r.status == 200);
    CHECK(shows(&r, "提出済み") && !shows(&r, ">承認する"));
    r = sites_get_as(&site, &head, "/w/minamo/2025/1");
    CHECK(shows(&r, ">承認する") && shows(&r, ">差し戻す"));
}

static void a_sheet_comes_back_with_its_comment(void)
{
    const char *fields =
        str_c(&site.f.mem,
              str_fmt(&site.f.mem, "step=plan&seen=%s&comment=look-again", seen_now()));
    struct reply r = sites_post_as(&site, &head, "/w/minamo/2025/1/return", fields);

    CHECK(r.status == 303);
    r = sites_get_as(&site, &one, "/w/minamo/2025/1");
    CHECK(shows(&r, "look-again") && shows(&r, "差戻し"));
    r = sites_post_as(&site, &one, "/w/minamo/2025/1/approve", fields);
    CHECK(r.status == 403);
}

static void a_finding_is_answered_and_folded(void)
{
    const struct sheet_copy s = sheet_now();
    struct reply r = sites_get_as(&site, &one, "/w/minamo/2025/1");
    const bool has_one = shows(&r, "name=\"rule\" value=\"P");

    (void)s;
    CHECK(has_one);
    r = sites_post_as(&site, &one, "/w/minamo/2025/1/answers",
                      "rule=P3&subject=x&reason=because");
    CHECK(r.status == 303);
}

static void a_draft_is_kept_while_it_is_typed(void)
{
    struct reply r =
        sites_post_as(&site, &one, "/w/minamo/2025/1/draft", "step=plan&purpose=half-a-senten");

    CHECK(r.status == 303);
    r = sites_get_as(&site, &one, "/w/minamo/2025/1/plan?draft=use");
    CHECK(shows(&r, "half-a-senten"));
}

int main(void)
{
    begin();
    RUN(the_form_shows_every_blank_with_its_label_and_text);
    RUN(a_save_is_one_record_and_leads_back_to_the_form);
    RUN(a_fault_stands_beside_its_blank_and_nothing_typed_is_lost);
    RUN(changes_to_different_blanks_come_together);
    RUN(a_conflict_shows_both_and_is_settled_by_choosing);
    RUN(rows_are_added_moved_and_taken_out_without_saving);
    RUN(a_new_row_is_one_row_however_often_it_is_sent);
    RUN(another_section_and_a_stranger_are_refused);
    RUN(what_is_sent_after_submitting_is_kept_as_a_draft);
    RUN(the_page_of_a_sheet_says_what_may_be_done);
    RUN(a_sheet_comes_back_with_its_comment);
    RUN(a_finding_is_answered_and_folded);
    RUN(a_draft_is_kept_while_it_is_typed);
    sites_end(&site);
    return DONE();
}
