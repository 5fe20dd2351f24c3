/* The council: terms, meetings, and what may not stand beside each other. */
#include "model/council.h"

#include "check.h"

static struct arena mem;

#define SEATS                                                                               \
    "{\"title\":\"区政会議\",\"seats\":["                                                   \
    "{\"key\":\"a1\",\"kind\":\"公募委員\",\"from\":\"2023-10-01\",\"to\":\"2025-09-30\"}," \
    "{\"key\":\"b1\",\"kind\":\"団体推薦\",\"body\":\"港町会\",\"from\":\"2025-10-01\"}],"  \
    "\"surveys\":[{\"fiscal_year\":2024,\"key\":\"iin-2024\"}]}"

static bool council(const char *json, struct council *out, struct err *e)
{
    struct value *tree = NULL;

    return json_load(&mem, str_from(json), &tree, e) && council_read(&mem, tree, out, e);
}

static bool meeting(const char *json, struct meeting *out, struct err *e)
{
    struct value *tree = NULL;

    return json_load(&mem, str_from(json), &tree, e) && meeting_read(&mem, tree, out, e);
}

/* The sentence of the refusal holds `what`. */
static void refused(const char *json, const char *what)
{
    struct meeting m;
    struct council c;
    struct err e = { 0 };
    const bool is_council = str_find(str_from(json), STR("\"seats\"")) >= 0;

    CHECK(is_council ? !council(json, &c, &e) : !meeting(json, &m, &e));
    CHECK(e.code == ERR_INPUT);
    if (str_find(str_from(e.text), str_from(what)) < 0)
        CHECK_STR(e.text, what);
}

static str canonical(const struct value *v)
{
    struct buf b;

    buf_init(&b, &mem, 1024, 1 << 20);
    json_put_canonical(&b, v);
    return buf_str(&b);
}

static void a_term_holds_on_both_its_days(void)
{
    struct council c;
    struct err e;

    NEED(council(SEATS, &c, &e));
    CHECK(c.seat_count == 2 && c.survey_count == 1);
    CHECK(council_sits(&c.seats[0], (date){ 2023, 10, 1 }));
    CHECK(council_sits(&c.seats[0], (date){ 2025, 9, 30 }));
    CHECK(!council_sits(&c.seats[0], (date){ 2025, 10, 1 }));
    CHECK(council_sitting(&c, (date){ 2025, 10, 1 }) == 1);
    CHECK(council_sitting(&c, (date){ 2023, 9, 30 }) == 0);
}

static void what_is_written_is_read_back_the_same(void)
{
    static const char HELD[] =
        "{\"title\":\"第1回 "
        "全体会\",\"state\":\"held\",\"day\":\"2025-06-20\",\"from\":\"19:00\","
        "\"to\":\"20:30\",\"place\":\"区役所\",\"agenda\":[\"運営方針\",\"防災\"],"
        "\"present\":[\"a1\"],\"watching\":3,\"documents\":[{\"title\":\"資料1\",\"name\":"
        "\"1.pdf\",\"hash\":"
        "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}],"
        "\"minutes\":\"議事の要旨\",\"published\":\"2025-07-10\"}";
    struct meeting m;
    struct council c;
    struct err e;
    struct value *tree = NULL;
    str first;

    NEED(meeting(HELD, &m, &e) && m.agenda_count == 2 && m.document_count == 1);
    first = canonical(meeting_value(&mem, &m));
    NEED(json_read_canonical(&mem, first, &tree, &e) && meeting_read(&mem, tree, &m, &e));
    CHECK(str_eq(canonical(meeting_value(&mem, &m)), first));
    CHECK(m.watching == 3 && m.published.month == 7 && str_eq(m.to, STR("20:30")));
    NEED(council(SEATS, &c, &e) && meeting_check(&m, &c, &e));
    first = canonical(council_value(&mem, &c));
    CHECK(json_read_canonical(&mem, first, &tree, &e) && council_read(&mem, tree, &c, &e));
    CHECK(str_eq(canonical(council_value(&mem, &c)), first));
}

static void who_was_present_sits_on_the_council_that_day(void)
{
    struct meeting m;
    struct council c;
    struct err e;

    CHECK(council(SEATS, &c, &e));
    CHECK(meeting(
        "{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"present\":[\"b1\"]}", &m,
        &e));
    CHECK(!meeting_check(&m, &c, &e) && e.code == ERR_INPUT);
    CHECK(str_find(str_from(e.text), STR("任期の外")) >= 0);
    CHECK(meeting(
        "{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"present\":[\"z\"]}", &m,
        &e));
    CHECK(!meeting_check(&m, &c, &e) && str_find(str_from(e.text), STR("一覧に")) >= 0);
}

static void what_cannot_be_so_is_refused_by_name(void)
{
    refused("{\"title\":\"\",\"seats\":[]}", "名前");
    refused("{\"title\":\"x\",\"seats\":[],\"chair\":1}", "chair");
    refused(
        "{\"title\":\"x\",\"seats\":[{\"key\":\"a\",\"kind\":\"k\",\"from\":\"2025-02-30\"}]}",
        "2025-02-30");
    refused("{\"title\":\"x\",\"seats\":[{\"key\":\"a\",\"kind\":\"k\",\"from\":\"2025-04-02\","
            "\"to\":\"2025-04-01\"}]}",
            "終わりが始まりより前");
    refused(
        "{\"title\":\"x\",\"seats\":[{\"key\":\"a\",\"kind\":\"k\",\"from\":\"2025-04-02\"},"
        "{\"key\":\"a\",\"kind\":\"k\",\"from\":\"2025-04-02\"}]}",
        "2回");
    refused("{\"title\":\"x\",\"seats\":7}", "並び");
    refused("{\"title\":\"t\",\"state\":\"over\"}", "state");
    refused("{\"title\":\"t\",\"state\":\"held\"}", "開催日");
    refused("{\"title\":\"t\",\"state\":\"cancelled\"}", "理由");
    refused(
        "{\"title\":\"t\",\"state\":\"planned\",\"day\":\"2025-06-20\",\"present\":[\"a\"]}",
        "開催していない");
    refused("{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"from\":\"9:00\"}",
            "9:00");
    refused("{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"from\":\"24:00\"}",
            "24:00");
    refused(
        "{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"present\":[\"a\",\"a\"]}",
        "2回");
    refused("{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"watching\":-1}",
            "傍聴");
    refused("{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"published\":"
            "\"2025-06-19\"}",
            "公表日");
    refused(
        "{\"title\":\"t\",\"state\":\"held\",\"day\":\"2025-06-20\",\"documents\":[{\"title\":"
        "\"a\",\"name\":\"b\",\"hash\":\"00\"}]}",
        "ハッシュ");
}

int main(void)
{
    RUN(a_term_holds_on_both_its_days);
    RUN(what_is_written_is_read_back_the_same);
    RUN(who_was_present_sits_on_the_council_that_day);
    RUN(what_cannot_be_so_is_refused_by_name);
    arena_done(&mem);
    return DONE();
}
