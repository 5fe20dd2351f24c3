/* The voices that t_web_templates looks at: it includes this behind page_watch and act_watch,
 * which are its own. */
#ifndef MEGURI_TEST_WATCH_VOICES_H
#define MEGURI_TEST_WATCH_VOICES_H

#include "voices.h"

/* ---- voices: one in each state, and what comes back of each form ---- */

static const char VOICE_PAGE[] = "/w/minamo/voices/2025/1";

static void voice_page_watch(const char *query)
{
    const char *path = str_c(&site.f.mem, str_fmt(&site.f.mem, "%s%s", VOICE_PAGE, query));

    page_watch(route_of(VOICE_PAGE), path, LANG_JA);
}

/* Two questions, one answered and linked, one sent back; looked at, grouped, withheld. */
static void voice_make(void)
{
    const struct voice_piece pieces[] = { { .summary = STR("待ち時間 06-6123-4567") },
                                          { .summary = STR("いすが足りない") } };
    const struct stamp looking = { &STORES_CLERK, VOICES_NOW, STR("要旨を書くため") };
    const struct voice_ref ref = voice_of(1);
    struct voice_text raw[VOICE_TURNS];

    voice_receive(&site, "待ち時間が長い。いすも足りない。");
    page_watch(route_of("/work"), "/work", LANG_JA);
    voice_page_watch("");
    voice_triage(&site, 1, "待ち時間といす");
    voice_step(&site, 1, "",
               (struct voice_act){
                   .step = VOICE_SPLIT, .part = 1, .pieces = pieces, .piece_count = 2 });
    voice_answer(&site, 1, 1, "番号札を増やします。", VOICE_RETURN);
    voice_answer(&site, 1, 2, "いすを増やします。", VOICE_APPROVE);
    voice_step(&site, 1, "",
               (struct voice_act){ .step = VOICE_LINK,
                                   .part = 2,
                                   .link = { LINK_INITIATIVE, 2024, 1, STR(""), STR("") } });
    voice_step(&site, 1, "",
               (struct voice_act){
                   .step = VOICE_LINK,
                   .part = 2,
                   .link = { LINK_BUDGET, 2026, 0, STR(""), STR("備品購入費") } });
    voice_step(&site, 1, "",
               (struct voice_act){ .step = VOICE_FATE,
                                   .part = 2,
                                   .status = STR("adopted"),
                                   .fate_year = 2026 });
    CHECK(store_voice_look(site.f.c, &site.f.mem, &looking, &ref, raw, &site.f.e));
    voice_page_watch("?done=approve");
}

/* Four more with the same answer: a warning, and earlier answers to take up. */
static void voices_alike_make(void)
{
    for (int i = 2; i <= 5; i++) {
        voice_receive(&site, "番号札がほしい");
        voice_triage(&site, i, "番号札");
        voice_answer(&site, i, 1, "番号札を増やします。", VOICE_APPROVE);
    }
    voice_step(&site, 1, "",
               (struct voice_act){
                   .step = VOICE_GROUP, .group_year = VOICES_YEAR, .group_number = 2 });
    voice_step(&site, 2, "", (struct voice_act){ .step = VOICE_WITHHOLD, .code = STR("2") });
    voice_page_watch("?part=1&models=zzzz");
    voice_page_watch("?part=1");
    voice_page_watch("?part=1&use=2025-000002");
    voice_page_watch("?beside=2025-000003");
    voice_answer(&site, 1, 1, "番号札を増やします。", VOICE_SUBMIT);
    voice_page_watch("");
    page_watch(route_of("/w/minamo/voices/2025/2"), "/w/minamo/voices/2025/2", LANG_JA);
}

static void voice_again(const char *fields)
{
    const struct voice_ref ref = voice_of(1);
    struct voice_stored now;
    struct buf b;

    CHECK(store_voice(site.f.c, &site.f.mem, &ref, &now, &site.f.e));
    buf_init(&b, &site.f.mem, 200, 1000);
    buf_fmt(&b, "%s&seen=", fields);
    hash_put(&b, now.record);
    act_watch(VOICE_PAGE, str_c(&site.f.mem, buf_str(&b)));
}

static void voice_forms_watch(void)
{
    static const char *const EMPTY[] = {
        "step=return&part=1",   "step=fate&part=2",          "step=link&part=2",
        "step=unlink&part=2",   "step=group&part=0&group=x", "step=embargo&part=0",
        "step=withhold&part=0", "step=triage&part=1",        "step=split&part=1",
        "step=draft&part=1",    "step=approve&part=1",       "step=assign&part=1",
        "step=submit&part=1",   "step=publish&part=0",       "step=reopen&part=0",
    };

    for (size_t i = 0; i < sizeof EMPTY / sizeof *EMPTY; i++)
        voice_again(EMPTY[i]);
    act_watch("/w/minamo/voices/2025/1/look", "purpose=a");
    act_watch("/w/minamo/voices/2025/1/look", "purpose=");
    act_watch("/w/minamo/voices/2025/1/disclosure", "purpose=a");
    act_watch("/w/minamo/voices/2025/1/erase", "purpose=");
    act_watch("/w/minamo/voices/new", "nonce=a&door=voice&way=phone&text=a&contact=b");
    act_watch("/w/minamo/voices/new", "nonce=b&door=council&text=&received=x&summary=");
    act_watch("/w/minamo/voices/box", "nonce=c&place=main&month=x&line.1.text=a&line.1.day=x");
    act_watch("/w/minamo/voices/import", "rows=x");
    act_watch("/w/minamo/voices/import",
              "key=0000000000000000000000000000000000000000000000000000000000000000&rows="
              "[{\"door\":\"voice\",\"received\":\"2024-04-01\",\"row\":2,\"text\":\"a\","
              "\"category\":\"none\"}]");
    act_watch("/w/minamo/voices/survey", "survey=x&question=y");
    act_watch("/w/minamo/voices/settings", "categories=x&days=x&holidays=x");
}

/* The first of them, for everybody. */
static void voice_publish(void)
{
    const struct voice_piece pieces[] = { { .summary = STR("待ち時間") },
                                          { .summary = STR("いすが足りない") } };

    voice_step(&site, 1, "同じでよい",
               (struct voice_act){ .step = VOICE_APPROVE, .part = 1, .is_confirmed = true });
    voice_step(&site, 1, "",
               (struct voice_act){ .step = VOICE_PUBLISH, .pieces = pieces, .piece_count = 2 });
    voice_page_watch("");
}

#endif
