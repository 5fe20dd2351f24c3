/* Voices in the pages of staff: who sees which, where the received text stands and where never,
 * what a refused form keeps, what is received twice and is one. */
#include "voices.h"

static struct site site;

static const char RAW[] = "みなも太郎の秘密の住所";
static const char PAGE[] = "/w/minamo/voices/2025/1";

/* An account with one duty. */
static struct visit hire(const char *login, enum duty duty, const char *place)
{
    const struct visit v = sites_visit(&site, login);

    sites_grant(&site, v.account, duty, place, "2020-04-01", "");
    return v;
}

static bool says(struct reply r, const char *words)
{
    return str_find(r.body, str_from(words)) >= 0;
}

static str seen(int number)
{
    const struct voice_ref ref = voice_of(number);
    struct voice_stored v;
    struct buf b;

    CHECK(store_voice(site.f.c, &site.f.mem, &ref, &v, &site.f.e));
    buf_init(&b, &site.f.mem, 80, 80);
    hash_put(&b, v.record);
    return buf_str(&b);
}

static int64_t records(void)
{
    struct store_facts facts;

    CHECK(store_about(site.f.c, &site.f.mem, &facts, &site.f.e));
    return (int64_t)facts.records;
}

static const char *with_seen(const char *fields, str hash)
{
    return str_c(&site.f.mem, str_fmt(&site.f.mem, "%s&seen=%.*s", fields, STR_ARG(hash)));
}

/* ---- who ---- */

static void a_voice_is_seen_by_its_section_and_by_who_holds_a_duty_for_the_whole(void)
{
    static const struct {
        enum duty duty;
        const char *place;
        int status;
    } WHO[] = {
        { DUTY_LISTENER, "minamo", 200 },   { DUTY_PLANNING, "minamo", 200 },
        { DUTY_AUDITOR, "minamo", 200 },    { DUTY_EDITOR, "minamo-mado", 200 },
        { DUTY_HEAD, "minamo-mado", 200 },  { DUTY_EDITOR, "minamo-hoken", 403 },
        { DUTY_HEAD, "minamo-hoken", 403 }, { DUTY_EDITOR, "komorebi", 403 },
        { DUTY_LISTENER, "komorebi", 403 }, { DUTY_ADMINISTRATOR, "minamo", 403 },
    };

    for (size_t i = 0; i < sizeof WHO / sizeof *WHO; i++) {
        const char *login = str_c(&site.f.mem, str_fmt(&site.f.mem, "who-%zu", i));
        const struct visit v = hire(login, WHO[i].duty, WHO[i].place);
        const struct reply r = sites_get_as(&site, &v, PAGE);

        if (r.status != WHO[i].status)
            printf("# %s of %s: %d\n", duty_word(WHO[i].duty).p, WHO[i].place, r.status);
        CHECK(r.status == WHO[i].status);
    }
    CHECK(sites_get(&site, PAGE).status == 401);
}

static void the_list_of_a_section_holds_its_voices_alone(void)
{
    const struct visit mado = hire("mado", DUTY_EDITOR, "minamo-mado");
    const struct visit hoken = hire("hoken", DUTY_EDITOR, "minamo-hoken");

    CHECK(says(sites_get_as(&site, &mado, "/w/minamo/voices"), "待ち時間が長い"));
    CHECK(!says(sites_get_as(&site, &hoken, "/w/minamo/voices"), "待ち時間が長い"));
    CHECK(!says(sites_get_as(&site, &hoken, "/w/minamo/voices?section=minamo-mado"),
                "待ち時間が長い"));
    CHECK(!says(sites_get_as(&site, &hoken, "/w/minamo/voices.json?q=%E5%BE%85%E3%81%A1"),
                "待ち時間が長い"));
}

/* ---- the received text ---- */

static void no_get_shows_what_was_received(void)
{
    static const char *const PATHS[] = {
        "/w/minamo/voices",
        "/w/minamo/voices.json",
        "/w/minamo/voices.csv",
        "/w/minamo/voices/2025/1",
        "/w/minamo/voices/2025/1.json",
        "/w/minamo/voices?q=%E7%A7%98%E5%AF%86",
        "/work",
        "/o/minamo/voices",
        "/w/minamo/voices/2025/1/look",
    };
    const struct visit v = hire("koho", DUTY_LISTENER, "minamo");

    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        CHECK(!says(sites_get_as(&site, &v, PATHS[i]), "秘密の住所"));
}

static void it_is_shown_for_a_purpose_that_is_written_down_first(void)
{
    const struct visit koho = hire("koho-2", DUTY_LISTENER, "minamo");
    const struct visit editor = hire("editor", DUTY_EDITOR, "minamo-mado");
    const char *path = "/w/minamo/voices/2025/1/look";
    const int64_t before = records();
    struct reply r = sites_post_as(&site, &koho, path, "purpose=");

    CHECK(r.status == 422 && !says(r, RAW) && records() == before);
    r = sites_post_as(&site, &editor, path, "purpose=a");
    CHECK(r.status == 403 && !says(r, RAW) && records() == before);
    r = sites_post_as(&site, &koho, path, "purpose=%E8%A6%81%E6%97%A8");
    CHECK(r.status == 200 && says(r, RAW) && records() == before + 1);
    CHECK(says(sites_get_as(&site, &editor, PAGE), "要旨")); /* everybody sees who read it */
}

/* ---- steps ---- */

static void a_step_sent_twice_is_one_record_and_a_slower_one_keeps_its_text(void)
{
    const struct visit one = hire("one", DUTY_EDITOR, "minamo-mado");
    const struct visit two = hire("two", DUTY_EDITOR, "minamo-mado");
    const str was = seen(1);
    const char *draft = with_seen("step=draft&part=1&kind=explain&text=mine", was);
    const int64_t before = records();
    struct reply r;

    CHECK(sites_post_as(&site, &one, PAGE, draft).status == 303);
    CHECK(sites_post_as(&site, &one, PAGE, draft).status == 303);
    CHECK(records() == before + 1);
    r = sites_post_as(&site, &two, PAGE,
                      with_seen("step=draft&part=1&kind=explain&text=theirs", was));
    CHECK(r.status == 409 && says(r, "theirs") && says(r, "mine") && records() == before + 1);
    CHECK(says(r, str_c(&site.f.mem, seen(1)))); /* the form goes on from what stands now */
}

static void a_refused_step_stands_in_its_form_as_it_was_typed(void)
{
    const struct visit v = hire("typist", DUTY_EDITOR, "minamo-mado");
    const struct reply r = sites_post_as(
        &site, &v, PAGE,
        with_seen("step=draft&part=1&kind=&text=%3Cscript%3Ealert(1)%3C/script%3E", seen(1)));

    CHECK(r.status == 422 && says(r, "id=\"e-kind\"") && says(r, "href=\"#f-kind\""));
    CHECK(says(r, "&lt;script&gt;alert(1)") && !says(r, "<script>alert(1)"));
}

static void what_no_form_of_the_page_sends_is_refused(void)
{
    static const char *const FORMS[] = {
        "step=receive&part=0", "step=draft&part=0",   "step=draft&part=9",
        "step=publish&part=1", "step=nothing&part=1", "step=draft&part=1&seen=x",
    };
    const struct visit v = hire("forger", DUTY_LISTENER, "minamo");
    const int64_t before = records();

    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        const int status = sites_post_as(&site, &v, PAGE, with_seen(FORMS[i], seen(1))).status;

        if (status != 422)
            printf("# %s: %d\n", FORMS[i], status);
        CHECK(status == 422);
    }
    CHECK(records() == before);
}

/* ---- coming in ---- */

static void an_entry_sent_twice_is_one_voice_with_one_receipt(void)
{
    const struct visit v = hire("counter", DUTY_LISTENER, "minamo");
    const char *fields = "nonce=0a0b&door=voice&way=counter&text=twice";
    const struct reply a = sites_post_as(&site, &v, "/w/minamo/voices/new", fields);
    const int64_t after = records();
    const struct reply b = sites_post_as(&site, &v, "/w/minamo/voices/new", fields);

    CHECK(a.status == 200 && b.status == 200 && records() == after);
    CHECK(says(a, "class=\"secret\"") && says(b, "class=\"secret\""));
}

static void slips_are_received_line_by_line_and_none_twice(void)
{
    const struct visit v = hire("box", DUTY_LISTENER, "minamo");
    const char *bad = "nonce=0c0d&place=main&month=2025-02&line.1.text=a&line.1.day=3"
                      "&line.2.text=b&line.2.day=30";
    const char *good = "nonce=0c0d&place=main&month=2025-02&line.1.text=a&line.1.day=3"
                       "&line.2.text=b&line.2.day=28";
    const int64_t before = records();
    const struct reply r = sites_post_as(&site, &v, "/w/minamo/voices/box", bad);

    CHECK(r.status == 422 && says(r, "id=\"e-line.2.day\"") && says(r, ">a</textarea>"));
    CHECK(records() == before);
    CHECK(sites_post_as(&site, &v, "/w/minamo/voices/box", good).status == 303);
    CHECK(records() == before + 2);
    CHECK(sites_post_as(&site, &v, "/w/minamo/voices/box", good).status == 303);
    CHECK(records() == before + 2);
}

static void settings_are_saved_as_lines_and_a_slower_save_is_told(void)
{
    const struct visit v = hire("settings", DUTY_LISTENER, "minamo");
    const char *path = "/w/minamo/voices/settings";
    const char *fields =
        "categories=roads+|+a+|+b%0Acounter+|+c+|+d%0A&ways=web+|+w+|+w%0Abox+|+b+|+b%0A"
        "counter+|+c+|+c%0Aimport+|+i+|+i%0Asurvey+|+s+|+s%0Aphone+|+p+|+p%0A&boxes=main+|+m+|+"
        "m"
        "&kinds=explain+|+e+|+e&statuses=received+|+r+|+r+|+received%0A"
        "assigned+|+a+|+a+|+assigned%0Aanswered+|+x+|+x+|+answered%0A"
        "considered+|+c+|+c+|+considered%0Aadopted+|+p+|+p+|+adopted%0A"
        "done+|+d+|+d+|+done+|+final%0Adeclined+|+n+|+n+|+declined+|+final"
        "&reasons=1+|+r+|+r&door.voice=1&days=10&template_warning=3&text_max=1000&contact_max="
        "100"
        "&flood_per_minute=10&flood_per_second=100&retention_days=0&holidays=01-01+x";
    struct hearing_stored h;
    struct reply r = sites_post_as(&site, &v, path, fields);

    if (r.status != 303)
        printf("# %d %.*s\n", r.status, (int)(r.body.n < 3000 ? r.body.n : 3000), r.body.p);
    CHECK(r.status == 303);
    CHECK(store_hearing(site.f.c, &site.f.mem, STR("minamo"), &h, &site.f.e));
    CHECK(h.hearing.due.days == 10 && h.hearing.due.holiday_count == 1);
    CHECK(h.hearing.categories.count == 2 && h.hearing.text_max == 1000);
    CHECK(sites_post_as(&site, &v, path, fields).status == 303); /* the same is no change */
    r = sites_post_as(&site, &v, path,
                      str_c(&site.f.mem, str_fmt(&site.f.mem, "%s&rolls=1", fields)));
    CHECK(r.status == 409); /* it saw the preset, which stands no more */
}

int main(void)
{
    sites_begin(&site);
    sites_section(&site, "minamo-mado", "窓口サービス課", "minamo");
    sites_section(&site, "minamo-hoken", "保険年金課", "minamo");
    voice_receive(&site, RAW);
    voice_step(&site, 1, "",
               (struct voice_act){ .step = VOICE_TRIAGE,
                                   .part = 1,
                                   .category = STR("counter"),
                                   .section = STR("minamo-mado"),
                                   .summary = STR("待ち時間が長い") });
    RUN(a_voice_is_seen_by_its_section_and_by_who_holds_a_duty_for_the_whole);
    RUN(the_list_of_a_section_holds_its_voices_alone);
    RUN(no_get_shows_what_was_received);
    RUN(it_is_shown_for_a_purpose_that_is_written_down_first);
    RUN(a_step_sent_twice_is_one_record_and_a_slower_one_keeps_its_text);
    RUN(a_refused_step_stands_in_its_form_as_it_was_typed);
    RUN(what_no_form_of_the_page_sends_is_refused);
    RUN(an_entry_sent_twice_is_one_voice_with_one_receipt);
    RUN(slips_are_received_line_by_line_and_none_twice);
    RUN(settings_are_saved_as_lines_and_a_slower_save_is_told);
    sites_end(&site);
    return DONE();
}
