/* Voices without a store: due days, settings, what a step makes of a voice, who may take it. */
#include "model/voice_act.h"

#include "check.h"

#include <string.h>

static struct hearing preset(struct arena *a)
{
    struct hearing h = { 0 };
    struct err e;

    CHECK(hearing_parse(a, hearing_preset(), &h, &e));
    return h;
}

static date day(const char *iso)
{
    date d = { 0 };

    CHECK(date_parse(str_from(iso), &d));
    return d;
}

static bool is_day(date d, const char *iso)
{
    const date want = day(iso);

    if (date_number(d) != date_number(want))
        printf("# %04d-%02d-%02d, not %s\n", d.year, d.month, d.day, iso);
    return date_number(d) == date_number(want);
}

/* ---- due days ---- */

static void the_due_day_is_the_fourteenth_after_the_day_of_receipt(void)
{
    static const struct {
        const char *received, *due;
    } CASES[] = {
        { "2025-04-01", "2025-04-15" }, { "2025-12-24", "2026-01-07" }, /* over the new year */
        { "2024-02-15", "2024-02-29" }, { "2024-02-20", "2024-03-05" }, /* a leap year */
        { "2025-02-15", "2025-03-01" }, { "2100-02-20", "2100-03-06" }, /* none */
        { "2000-02-16", "2000-03-01" }, { "2025-03-31", "2025-04-14" }, /* fiscal years */
        { "2026-04-25", "2026-05-09" }, /* long holidays count */
    };
    AUTO(arena_done) struct arena mem = { 0 };
    const struct hearing h = preset(&mem);

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        CHECK(is_day(due_of(&h.due, day(CASES[i].received)), CASES[i].due));
}

static void the_rule_of_the_due_day_is_a_setting(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct hearing h = preset(&mem);
    struct due_rule r = h.due;

    r.from_same_day = true;
    CHECK(is_day(due_of(&r, day("2025-04-01")), "2025-04-14"));
    r = h.due;
    r.rolls = true;
    CHECK(is_day(due_of(&r, day("2025-04-05")), "2025-04-21")); /* Saturday the 19th */
    CHECK(is_day(due_of(&r, day("2026-04-20")), "2026-05-07")); /* 5-04 to 5-06 are closed */
    CHECK(is_day(due_of(&r, day("2025-12-16")), "2026-01-05")); /* 12-30 to 1-03, a Sunday */
    r = h.due;
    r.skips_closed = true;
    r.days = 5;
    CHECK(is_day(due_of(&r, day("2025-06-06")), "2025-06-13")); /* a Friday */
    CHECK(is_day(due_of(&r, day("2026-09-18")), "2026-09-30")); /* 9-21 to 9-23 are closed */
    CHECK(is_day(due_of(&r, day("2025-12-26")), "2026-01-09"));
    r.weekends_closed = false;
    r.holiday_count = 0;
    CHECK(is_day(due_of(&r, day("2025-06-06")), "2025-06-11"));
    r.days = 1;
    CHECK(is_day(due_of(&r, day("2024-02-28")), "2024-02-29"));
}

static void an_office_that_never_opens_still_has_a_due_day(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct holiday all[366];
    struct due_rule r = { .days = 14, .skips_closed = true, .rolls = true };
    int n = 0;

    for (int64_t d = date_number(day("2024-01-01")); d < date_number(day("2025-01-01")); d++) {
        all[n].on = date_from_number(d);
        all[n++].on.year = 0;
    }
    r.holidays = all;
    r.holiday_count = (uint32_t)n;
    CHECK(is_day(due_of(&r, day("2025-04-01")), "2025-04-15"));
}

/* ---- settings ---- */

static void settings_are_read_back_as_they_were_written(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct hearing h = preset(&mem);
    struct hearing again;
    struct buf one, two;
    struct err e;

    buf_init(&one, &mem, 1 << 16, 1 << 20);
    buf_init(&two, &mem, 1 << 16, 1 << 20);
    json_put_canonical(&one, hearing_value(&mem, &h));
    CHECK(hearing_parse(&mem, buf_str(&one), &again, &e));
    json_put_canonical(&two, hearing_value(&mem, &again));
    CHECK(str_eq(buf_str(&one), buf_str(&two)));
    CHECK(h.due.days == 14 && h.four_eyes && h.reasons.count >= 5 && h.shows_door[DOOR_BOX]);
}

static void what_settings_leave_out_is_as_before_and_what_is_wrong_is_named(void)
{
    static const struct {
        const char *json, *said;
    } WRONG[] = {
        { "{\"due\":{\"days\":0}}", "days" },
        { "{\"due\":{\"days\":14,\"from\":\"tomorrow\"}}", "next-day" },
        { "{\"due\":{\"days\":14,\"holidays\":[{\"on\":\"2025-02-30\",\"name\":\"x\"}]}}",
          "2025-02-30" },
        { "{\"categories\":[]}", "categories" },
        { "{\"categories\":[{\"code\":\"A b\",\"label\":{\"ja\":\"x\"}}]}", "code" },
        { "{\"ways\":[{\"code\":\"a\",\"label\":{\"ja\":\"x\"}},{\"code\":\"a\",\"label\":{"
          "\"ja\":\"y\"}}]}",
          "2つ" },
        { "{\"statuses\":[{\"code\":\"a\",\"label\":{\"ja\":\"x\"},\"stage\":\"answered\"}]}",
          "adopted" },
        { "{\"statuses\":[{\"code\":\"a\",\"label\":{\"ja\":\"x\"},\"stage\":\"nowhere\"}]}",
          "stage" },
        { "{\"reason\":[]}", "reason" },
        { "{\"text_max\":\"viel\"}", "text_max" },
        { "{\"doors\":[\"window\"]}", "入口" },
        { "[]", "{ }" },
    };
    AUTO(arena_done) struct arena mem = { 0 };
    struct hearing h;
    struct err e;

    CHECK(hearing_parse(&mem, STR("{\"retention_days\":30}"), &h, &e));
    CHECK(h.retention_days == 30 && h.due.days == 14 && h.categories.count > 3);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        const bool taken = hearing_parse(&mem, str_from(WRONG[i].json), &h, &e);

        CHECK(!taken);
        if (!taken && !strstr(e.text, WRONG[i].said))
            printf("# %s: %s\n", WRONG[i].json, e.text);
        CHECK(taken || (e.code == ERR_INPUT && strstr(e.text, WRONG[i].said)));
    }
}

/* ---- steps ---- */

struct desk {
    struct arena mem;
    struct hearing h;
    struct voice v;
    struct err e;
};

static void desk_end(struct desk *d)
{
    arena_done(&d->mem);
}

static void desk_begin(struct desk *d)
{
    *d = (struct desk){ 0 };
    d->h = preset(&d->mem);
    d->v = (struct voice){ .fiscal_year = 2025,
                           .number = 12,
                           .way = STR("web"),
                           .turn_count = 1,
                           .part_count = 1,
                           .parts = NEW(&d->mem, struct voice_part, 1) };
    d->v.parts[0].status = STR("received");
    d->v.turns[0] =
        (struct voice_turn){ { { 1 } }, 1, day("2025-06-02"), day("2025-06-16"), { 0 } };
}

static bool act_on(struct desk *d, const struct voice_act *act, const char *on,
                   const char *reason)
{
    const struct voice_stamp stamp = { STR("u0000000001"), day(on), str_from(reason) };

    return voice_apply(&d->mem, &d->v, &d->h, act, &stamp, &d->e);
}

static bool act(struct desk *d, struct voice_act what)
{
    return act_on(d, &what, "2025-06-10", "");
}

static void answer(struct desk *d, uint32_t part, const char *on)
{
    const struct voice_act approve = { .step = VOICE_APPROVE, .part = part };

    CHECK(act(d, (struct voice_act){ .step = VOICE_DRAFT,
                                     .part = part,
                                     .kind = STR("explain"),
                                     .text = STR("ご説明します。") }));
    CHECK(act(d, (struct voice_act){ .step = VOICE_SUBMIT, .part = part }));
    CHECK(act_on(d, &approve, on, ""));
}

static void a_voice_is_answered_when_every_part_is(void)
{
    const struct voice_piece pieces[] = { { .summary = STR("一"), .section = STR("a") },
                                          { .summary = STR("二"), .section = STR("b") } };
    AUTO(desk_end) struct desk d;
    desk_begin(&d);

    CHECK(voice_state_of(&d.v) == VOICE_OPEN && voice_stage_of(&d.v) == STAGE_RECEIVED);
    CHECK(act(&d, (struct voice_act){
                      .step = VOICE_SPLIT, .part = 1, .pieces = pieces, .piece_count = 2 }));
    CHECK(d.v.part_count == 2 && d.v.parts[1].state == PART_ASSIGNED);
    answer(&d, 1, "2025-06-10");
    CHECK(voice_state_of(&d.v) == VOICE_OPEN && voice_days(&d.v) == -1);
    answer(&d, 2, "2025-06-17");
    CHECK(voice_state_of(&d.v) == VOICE_ANSWERED && voice_days(&d.v) == 15);
    CHECK(!voice_in_time(&d.v));
}

static void what_was_not_adopted_cannot_be_done(void)
{
    const struct voice_act unlinked = { .step = VOICE_UNLINK, .part = 1, .index = 1 };
    struct voice_act adopt = { .step = VOICE_FATE, .part = 1, .status = STR("adopted") };
    const struct voice_act decline = { .step = VOICE_FATE,
                                       .part = 1,
                                       .status = STR("declined") };
    AUTO(desk_end) struct desk d;
    desk_begin(&d);

    CHECK(act(&d, (struct voice_act){ .step = VOICE_ASSIGN, .part = 1, .section = STR("a") }));
    answer(&d, 1, "2025-06-16");
    CHECK(voice_in_time(&d.v)); /* on the very day */
    CHECK(!act(&d, (struct voice_act){ .step = VOICE_FATE, .part = 1, .status = STR("done") }));
    CHECK(!act(&d, decline) && d.e.code == ERR_INPUT);
    CHECK(!act(&d, adopt)); /* no year */
    adopt.fate_year = 2026;
    CHECK(!act(&d, adopt)); /* no line */
    adopt.has_link = true;
    adopt.link =
        (struct voice_link){ LINK_BUDGET, 2026, 0, { 0 }, STR("街灯の維持 1,200千円") };
    CHECK(act(&d, adopt));
    CHECK(d.v.parts[0].link_count == 1 && voice_stage_of(&d.v) == STAGE_ADOPTED);
    CHECK(voice_state_of(&d.v) == VOICE_ANSWERED && !d.v.closed.year);
    CHECK(!act_on(&d, &unlinked, "2025-06-17", "まちがい") && d.e.code == ERR_CONFLICT);
    CHECK(act(&d, (struct voice_act){ .step = VOICE_FATE, .part = 1, .status = STR("done") }));
    CHECK(voice_state_of(&d.v) == VOICE_CLOSED && d.v.closed.year == 2025);
    CHECK(act_on(&d, &decline, "2025-07-01", "予算がつかなかったため"));
    CHECK(str_eq(d.v.parts[0].fate_reason, STR("予算がつかなかったため")));
}

static void a_failed_step_leaves_the_voice_as_it_was(void)
{
    AUTO(desk_end) struct desk d;
    desk_begin(&d);
    struct buf before, after;

    buf_init(&before, &d.mem, 4096, 1 << 20);
    buf_init(&after, &d.mem, 4096, 1 << 20);
    json_put_canonical(&before, voice_value(&d.mem, &d.v));
    CHECK(!act(&d, (struct voice_act){ .step = VOICE_TRIAGE,
                                       .part = 1,
                                       .summary = STR("x"),
                                       .category = STR("nowhere") }));
    CHECK(!act(&d, (struct voice_act){ .step = VOICE_WITHHOLD, .code = STR("99") }));
    json_put_canonical(&after, voice_value(&d.mem, &d.v));
    CHECK(str_eq(buf_str(&before), buf_str(&after)));
}

static void a_voice_is_read_back_as_it_was_written(void)
{
    AUTO(desk_end) struct desk d;
    desk_begin(&d);
    struct buf one, two;
    struct value *tree;
    struct voice again;

    CHECK(act(&d, (struct voice_act){ .step = VOICE_ASSIGN, .part = 1, .section = STR("a") }));
    answer(&d, 1, "2025-06-16");
    buf_init(&one, &d.mem, 4096, 1 << 20);
    buf_init(&two, &d.mem, 4096, 1 << 20);
    json_put_canonical(&one, voice_value(&d.mem, &d.v));
    CHECK(json_read_canonical(&d.mem, buf_str(&one), &tree, &d.e));
    CHECK(voice_read(&d.mem, tree, &again, &d.e));
    json_put_canonical(&two, voice_value(&d.mem, &again));
    CHECK(str_eq(buf_str(&one), buf_str(&two)));
}

/* ---- what everybody may see ---- */

static bool opinion_has(struct desk *d, const char *text)
{
    struct value *o = voice_opinion(&d->mem, &d->v);
    struct buf b;

    if (!o)
        return false;
    buf_init(&b, &d->mem, 4096, 1 << 20);
    json_put(&b, o);
    return str_find(buf_str(&b), str_from(text)) >= 0;
}

static void the_public_copy_says_what_was_reviewed_and_nothing_else(void)
{
    const struct voice_piece piece = { .summary = STR("公開する要旨"),
                                       .text = STR("公開する回答") };
    AUTO(desk_end) struct desk d;
    desk_begin(&d);

    CHECK(!voice_opinion(&d.mem, &d.v));
    CHECK(act(&d, (struct voice_act){ .step = VOICE_TRIAGE,
                                      .part = 1,
                                      .section = STR("a"),
                                      .category = STR("roads"),
                                      .summary = STR("内輪の要旨") }));
    answer(&d, 1, "2025-06-16");
    CHECK(act(&d,
              (struct voice_act){ .step = VOICE_PUBLISH, .pieces = &piece, .piece_count = 1 }));
    CHECK(opinion_has(&d, "公開する要旨") && opinion_has(&d, "公開する回答"));
    CHECK(!opinion_has(&d, "内輪の要旨") && !opinion_has(&d, "ご説明します"));
    CHECK(!opinion_has(&d, "u0000000001"));
    CHECK(act(&d, (struct voice_act){ .step = VOICE_WITHHOLD, .code = STR("2") }));
    CHECK(!opinion_has(&d, "公開する") && opinion_has(&d, "2025-06")
          && opinion_has(&d, "roads"));
    CHECK(!opinion_has(&d, "2025-06-0"));
}

/* ---- who may ---- */

static void only_the_head_approves_and_not_what_they_wrote(void)
{
    AUTO(desk_end) struct desk d;
    desk_begin(&d);
    const struct voice_asker writer = { STR("u0000000001"), 0, DUTY_BIT(DUTY_HEAD) };
    const struct voice_asker head = { STR("u0000000002"), 0, DUTY_BIT(DUTY_HEAD) };
    const struct voice_asker listener = { STR("u0000000003"), DUTY_BIT(DUTY_LISTENER),
                                          DUTY_BIT(DUTY_LISTENER) };

    CHECK(act(&d, (struct voice_act){ .step = VOICE_ASSIGN, .part = 1, .section = STR("a") }));
    CHECK(!voice_may(&d.v, &d.h, &head, VOICE_APPROVE, 1, &d.e) && d.e.code == ERR_CONFLICT);
    CHECK(act(&d, (struct voice_act){
                      .step = VOICE_DRAFT, .part = 1, .kind = STR("done"), .text = STR("x") }));
    CHECK(act(&d, (struct voice_act){ .step = VOICE_SUBMIT, .part = 1 }));
    CHECK(voice_may(&d.v, &d.h, &head, VOICE_APPROVE, 1, &d.e));
    CHECK(!voice_may(&d.v, &d.h, &writer, VOICE_APPROVE, 1, &d.e) && d.e.code == ERR_DENIED);
    CHECK(!voice_may(&d.v, &d.h, &listener, VOICE_APPROVE, 1, &d.e));
    d.h.four_eyes = false;
    CHECK(voice_may(&d.v, &d.h, &writer, VOICE_APPROVE, 1, &d.e));
}

static void nobody_but_a_listener_reads_the_received_text(void)
{
    AUTO(desk_end) struct desk d;
    desk_begin(&d);

    for (int duty = 0; duty < DUTY_COUNT; duty++) {
        const struct voice_asker who = { STR("u0000000001"), DUTY_BIT(duty), DUTY_BIT(duty) };

        CHECK(voice_may_look(&d.v, &who, &d.e) == (duty == DUTY_LISTENER));
    }
}

static void every_word_is_read_back(void)
{
    for (int s = 0; s < VOICE_STEP_COUNT; s++) {
        enum voice_step back;

        CHECK(voice_step_parse(voice_step_word((enum voice_step)s), &back) && (int)back == s);
        CHECK(voice_rule((enum voice_step)s)->step == (enum voice_step)s);
    }
    for (int f = 0; f < FACET_COUNT; f++) {
        enum voice_facet back;

        CHECK(facet_parse(facet_word((enum voice_facet)f), &back) && (int)back == f);
    }
    int year, number;

    CHECK(voice_number_parse(STR(" 2025-000123 "), &year, &number));
    CHECK(year == 2025 && number == 123);
    CHECK(!voice_number_parse(STR("2025-0"), &year, &number));
    CHECK(!voice_number_parse(STR("2025"), &year, &number));
}

int main(void)
{
    RUN(the_due_day_is_the_fourteenth_after_the_day_of_receipt);
    RUN(the_rule_of_the_due_day_is_a_setting);
    RUN(an_office_that_never_opens_still_has_a_due_day);
    RUN(settings_are_read_back_as_they_were_written);
    RUN(what_settings_leave_out_is_as_before_and_what_is_wrong_is_named);
    RUN(a_voice_is_answered_when_every_part_is);
    RUN(what_was_not_adopted_cannot_be_done);
    RUN(a_failed_step_leaves_the_voice_as_it_was);
    RUN(a_voice_is_read_back_as_it_was_written);
    RUN(the_public_copy_says_what_was_reviewed_and_nothing_else);
    RUN(only_the_head_approves_and_not_what_they_wrote);
    RUN(nobody_but_a_listener_reads_the_received_text);
    RUN(every_word_is_read_back);
    return DONE();
}
