/* Surveys in the store: kept, found again as they were, never handed out. */
#include "stores.h"
#include "check.h"

#include <string.h>

#define DEFINITION                                                                             \
    "{\"key\":\"kumin-2024\",\"title\":\"区民アンケート\",\"fiscal_year\":2024,"               \
    "\"population\":{"                                                                         \
    "\"description\":\"区民\"},\"sampling\":\"random\",\"sent\":20,\"questions\":[{\"key\":"   \
    "\"sex\","                                                                                 \
    "\"number\":\"F1\",\"text\":\"性別\",\"kind\":\"single\",\"attribute\":true,\"choices\":[" \
    "{"                                                                                        \
    "\"code\":\"1\",\"label\":\"男性\"},{\"code\":\"2\",\"label\":\"女性\"}]},{\"key\":"       \
    "\"q1\","                                                                                  \
    "\"number\":\"問1\",\"text\":\"%s\",\"kind\":\"single\",\"no_answer\":\"out\","            \
    "\"choices\":[{"                                                                           \
    "\"code\":\"1\",\"label\":\"はい\",\"yes\":true},{\"code\":\"%d\",\"label\":\"いいえ\"}]}" \
    "]}"

static const str FILE_BYTES = STR_INIT("F1,問1\n1,1\n2,2\n1,1\n");

struct kept {
    struct fixture f;
    struct stamp stamp;
    struct survey s;
};

static struct survey definition(struct arena *a, const char *text, int code)
{
    struct survey s;
    struct err e;

    CHECK(survey_read(a, str_fmt(a, DEFINITION, text, code), &s, &e));
    return s;
}

static bool save(struct kept *k, bool apply, enum change_kind *change)
{
    const struct survey_save what = { STR("minamo"), &k->s, apply };

    return store_survey_save(k->f.c, &k->stamp, &what, change, &k->f.e);
}

static struct survey_tally counted(struct arena *a, const struct survey *s, uint64_t yes)
{
    struct survey_tally t = { .rows = 3, .question_count = 2 };

    t.questions = NEW(a, struct question_tally, s->question_count);
    for (int i = 0; i < 2; i++)
        t.questions[i] = (struct question_tally){ .asked = 3, .count = NEW(a, uint64_t, 2) };
    t.questions[0].count[0] = 2;
    t.questions[0].count[1] = 1;
    t.questions[1].count[0] = t.questions[1].yes = yes;
    t.questions[1].count[1] = 3 - yes;
    return t;
}

static bool take(struct kept *k, uint64_t yes, bool apply, enum change_kind *change)
{
    const struct survey_tally t = counted(&k->f.mem, &k->s, yes);
    const struct survey_take what = { STR("minamo"), STR("kumin-2024"), &k->s, &t,
                                      FILE_BYTES,    STR("kaitou.csv"), apply };

    return store_survey_take(k->f.c, &k->stamp, &what, change, &k->f.e);
}

static void begin(struct kept *k)
{
    const struct organisation o = { STR("minamo"), STR("みなも区"), STR("ward"), { 0 } };

    memset(k, 0, sizeof *k);
    stores_begin(&k->f);
    k->stamp = (struct stamp){ .who = &STORES_CLERK, .now_ms = STORES_NOW };
    CHECK(store_organisation_save(k->f.c, &k->stamp, &o, &k->f.e));
    k->s = definition(&k->f.mem, "知っていますか", 2);
}

static void what_was_kept_is_found_again(void)
{
    struct kept k;
    struct survey_stored got;
    struct survey_rows rows;
    struct verify_report report;
    enum change_kind change;
    const struct survey_ref ref = { STR("minamo"), STR("kumin-2024"), 0 };

    begin(&k);
    CHECK(save(&k, true, &change) && change == CHANGE_NEW);
    CHECK(save(&k, true, &change) && change == CHANGE_SAME);
    CHECK(store_survey(k.f.c, &k.f.mem, &ref, &got, &k.f.e) && !got.has_tally);
    CHECK(take(&k, 2, true, &change) && change == CHANGE_NEW);
    CHECK(take(&k, 2, true, &change) && change == CHANGE_SAME);
    CHECK(store_survey(k.f.c, &k.f.mem, &ref, &got, &k.f.e) && got.has_tally);
    CHECK(got.tally.questions[1].yes == 2 && str_eq(got.survey.title, STR("区民アンケート")));
    CHECK(hash_eq(got.file, hash_bytes(FILE_BYTES)));
    CHECK(store_surveys(k.f.c, &k.f.mem, STR("minamo"), &rows, &k.f.e));
    CHECK(rows.count == 1 && rows.rows[0].rows == 3 && rows.rows[0].fiscal_year == 2024);
    CHECK(store_verify(k.f.c, &k.f.mem, &report, &k.f.e) && report.fault_count == 0);
    CHECK(store_rebuild(k.f.c, &k.f.e));
    CHECK(store_surveys(k.f.c, &k.f.mem, STR("minamo"), &rows, &k.f.e) && rows.count == 1);
    stores_end(&k.f);
}

static void a_dry_run_keeps_nothing(void)
{
    struct kept k;
    struct survey_rows rows;
    enum change_kind change;

    begin(&k);
    CHECK(save(&k, false, &change) && change == CHANGE_NEW);
    CHECK(store_surveys(k.f.c, &k.f.mem, STR("minamo"), &rows, &k.f.e) && rows.count == 0);
    CHECK(!take(&k, 2, true, &change) && k.f.e.code == ERR_NOT_FOUND);
    stores_end(&k.f);
}

static void answers_and_counts_are_nobodys_to_read(void)
{
    struct kept k;
    enum change_kind change;
    str bytes, name;

    begin(&k);
    CHECK(save(&k, true, &change) && take(&k, 2, true, &change));
    CHECK(!store_blob(k.f.c, &k.f.mem, hash_bytes(FILE_BYTES), &bytes, &name, &k.f.e));
    CHECK(k.f.e.code == ERR_NOT_FOUND);
    stores_end(&k.f);
}

static void the_record_tells_no_group(void)
{
    struct kept k;
    enum change_kind change;
    struct survey_stored got;
    struct record r;
    const struct survey_ref ref = { STR("minamo"), STR("kumin-2024"), 0 };

    begin(&k);
    CHECK(save(&k, true, &change) && take(&k, 2, true, &change));
    CHECK(store_survey(k.f.c, &k.f.mem, &ref, &got, &k.f.e));
    CHECK(store_record(k.f.c, &k.f.mem, got.answers, &r, &k.f.e));
    CHECK(str_find(r.body, STR("\"yes\":2")) > 0 && str_find(r.body, STR("sex")) < 0);
    stores_end(&k.f);
}

static void corrected_answers_leave_the_old_ones_readable(void)
{
    struct kept k;
    enum change_kind change;
    struct survey_stored got;
    struct verify_report report;
    struct survey_ref ref = { STR("minamo"), STR("kumin-2024"), STORES_NOW };

    begin(&k);
    CHECK(save(&k, true, &change) && take(&k, 2, true, &change));
    k.stamp.now_ms += 1000;
    CHECK(take(&k, 1, true, &change) && change == CHANGE_CHANGED);
    CHECK(store_survey(k.f.c, &k.f.mem, &ref, &got, &k.f.e));
    CHECK(got.tally.questions[1].yes == 2);
    ref.when = 0;
    CHECK(store_survey(k.f.c, &k.f.mem, &ref, &got, &k.f.e));
    CHECK(got.tally.questions[1].yes == 1);
    CHECK(store_verify(k.f.c, &k.f.mem, &report, &k.f.e) && report.fault_count == 0);
    stores_end(&k.f);
}

static void after_answers_the_questions_stand(void)
{
    struct kept k;
    enum change_kind change;

    begin(&k);
    CHECK(save(&k, true, &change) && take(&k, 2, true, &change));
    k.s = definition(&k.f.mem, "ご存じですか", 2); /* wording may be mended */
    CHECK(save(&k, true, &change) && change == CHANGE_CHANGED);
    k.s = definition(&k.f.mem, "ご存じですか", 3);
    CHECK(!save(&k, true, &change) && k.f.e.code == ERR_INPUT);
    CHECK(strstr(k.f.e.text, "変えることはできません"));
    stores_end(&k.f);
}

int main(void)
{
    RUN(what_was_kept_is_found_again);
    RUN(a_dry_run_keeps_nothing);
    RUN(answers_and_counts_are_nobodys_to_read);
    RUN(the_record_tells_no_group);
    RUN(corrected_answers_leave_the_old_ones_readable);
    RUN(after_answers_the_questions_stand);
    return DONE();
}
