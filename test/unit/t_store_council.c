/* The council and its meetings in the store: kept, listed, refused by name, rebuilt the same.
 */
#include "stores.h"
#include "check.h"

#include <string.h>

struct kept {
    struct fixture f;
    struct stamp stamp;
    struct council council;
    struct hash council_record;
};

static struct council_seat SEATS[] = {
    { STR_INIT("a1"), STR_INIT("公募委員"), { 0 }, { 0 }, { 2023, 10, 1 }, { 2025, 9, 30 } },
    { STR_INIT("b1"), STR_INIT("団体推薦"), STR_INIT("港町会"), { 0 }, { 2023, 10, 1 }, { 0 } },
};

static bool save_council(struct kept *k, uint32_t seats, bool *is_same)
{
    struct council_save save = { STR("minamo"), &k->council, k->council_record };

    k->council.seat_count = seats;
    return store_council_save(k->f.c, &k->stamp, &save, is_same, &k->f.e);
}

static void begin(struct kept *k)
{
    const struct organisation o = { STR("minamo"), STR("みなも区"), STR("ward"), { 0 } };
    struct council_stored stored;
    bool is_same;

    memset(k, 0, sizeof *k);
    stores_begin(&k->f);
    k->stamp = (struct stamp){ .who = &STORES_CLERK, .now_ms = STORES_NOW };
    CHECK(store_organisation_save(k->f.c, &k->stamp, &o, &k->f.e));
    CHECK(!store_council(k->f.c, &k->f.mem, STR("minamo"), 0, &stored, &k->f.e)
          && k->f.e.code == ERR_NOT_FOUND);
    k->council = (struct council){ .title = STR("区政会議"), .seats = SEATS };
    CHECK(save_council(k, 2, &is_same) && !is_same);
    CHECK(store_council(k->f.c, &k->f.mem, STR("minamo"), 0, &stored, &k->f.e));
    k->council_record = stored.record;
}

static struct meeting meeting(const char *title, date day)
{
    static str present[] = { STR_INIT("a1"), STR_INIT("b1") };

    return (struct meeting){ .fiscal_year = 2024,
                             .title = str_from(title),
                             .state = MEETING_HELD,
                             .day = day,
                             .present = present,
                             .present_count = 2 };
}

static bool save(struct kept *k, const struct meeting *m, struct hash seen, int *number,
                 bool *is_same)
{
    const struct meeting_file paper = { STR("資料1"), STR("1.txt"), STR("運営方針の案") };
    struct meeting_saved saved = { 0 };
    const struct meeting_save what = { STR("minamo"), m, seen, &paper, m->number ? 0 : 1 };

    const bool ok = store_meeting_save(k->f.c, &k->f.mem, &k->stamp, &what, &saved, &k->f.e);

    *number = saved.number;
    *is_same = saved.is_same;
    return ok;
}

static void a_meeting_is_found_with_its_papers(void)
{
    struct kept k;
    struct meeting m = meeting("第1回", (date){ 2024, 6, 20 });
    struct meeting_ref ref = { STR("minamo"), 2024, 1, 0 };
    struct meeting_stored got;
    int number = 0;
    bool is_same;
    str bytes, name;

    begin(&k);
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same) && number == 1 && !is_same);
    CHECK(store_meeting(k.f.c, &k.f.mem, &ref, &got, &k.f.e));
    CHECK(got.meeting.present_count == 2 && got.meeting.document_count == 1);
    CHECK(store_blob(k.f.c, &k.f.mem, got.meeting.documents[0].hash, &bytes, &name, &k.f.e));
    CHECK(str_eq(bytes, STR("運営方針の案")) && str_eq(name, STR("1.txt")));
    ref.number = 2;
    CHECK(!store_meeting(k.f.c, &k.f.mem, &ref, &got, &k.f.e) && k.f.e.code == ERR_NOT_FOUND);
    stores_end(&k.f);
}

static void a_double_click_makes_one_meeting(void)
{
    struct kept k;
    struct meeting m = meeting("第1回", (date){ 2024, 6, 20 });
    struct meeting_rows rows;
    const struct meeting_ref all = { STR("minamo"), 0, 0, 0 };
    int number = 0;
    bool is_same;

    begin(&k);
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same) && !is_same);
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same) && is_same && number == 1);
    m.title = STR("第2回");
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same) && !is_same && number == 2);
    CHECK(store_meetings(k.f.c, &k.f.mem, &all, &rows, &k.f.e) && rows.count == 2);
    stores_end(&k.f);
}

static void somebody_elses_change_is_not_written_over(void)
{
    struct kept k;
    struct meeting m = meeting("第1回", (date){ 2024, 6, 20 });
    const struct meeting_ref ref = { STR("minamo"), 2024, 1, 0 };
    struct meeting_stored first;
    int number = 0;
    bool is_same;

    begin(&k);
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same));
    CHECK(store_meeting(k.f.c, &k.f.mem, &ref, &first, &k.f.e));
    m.number = 1;
    m.minutes = STR("要旨");
    CHECK(save(&k, &m, first.record, &number, &is_same) && !is_same);
    m.minutes = STR("別の要旨");
    CHECK(!save(&k, &m, first.record, &number, &is_same) && k.f.e.code == ERR_CONFLICT);
    stores_end(&k.f);
}

static void who_does_not_sit_cannot_have_been_present(void)
{
    struct kept k;
    struct meeting m = meeting("第9回", (date){ 2025, 10, 2 }); /* a1's term is over */
    int number = 0;
    bool is_same;

    begin(&k);
    CHECK(!save(&k, &m, (struct hash){ 0 }, &number, &is_same) && k.f.e.code == ERR_INPUT);
    m = meeting("第1回", (date){ 2024, 6, 20 });
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same));
    CHECK(!save_council(&k, 1, &is_same) && k.f.e.code == ERR_INPUT); /* b1 was present */
    stores_end(&k.f);
}

static void what_was_known_on_a_day_is_shown_for_it(void)
{
    struct kept k;
    struct meeting m = meeting("第1回", (date){ 2024, 6, 20 });
    struct meeting_ref all = { STR("minamo"), 2024, 0, 0 };
    struct meeting_rows rows;
    int number = 0;
    bool is_same;

    begin(&k);
    k.stamp.now_ms += STORES_DAY;
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same));
    all.when = STORES_NOW + 1;
    CHECK(store_meetings(k.f.c, &k.f.mem, &all, &rows, &k.f.e) && rows.count == 0);
    all.when = STORES_NOW + STORES_DAY;
    CHECK(store_meetings(k.f.c, &k.f.mem, &all, &rows, &k.f.e) && rows.count == 1);
    stores_end(&k.f);
}

static void the_tables_are_those_of_the_records(void)
{
    struct kept k;
    struct meeting m = meeting("第1回", (date){ 2024, 6, 20 });
    struct verify_report report;
    int number = 0;
    bool is_same;

    begin(&k);
    CHECK(save(&k, &m, (struct hash){ 0 }, &number, &is_same));
    CHECK(store_verify(k.f.c, &k.f.mem, &report, &k.f.e) && report.fault_count == 0);
    CHECK(store_rebuild(k.f.c, &k.f.e));
    CHECK(store_verify(k.f.c, &k.f.mem, &report, &k.f.e) && report.fault_count == 0);
    stores_end(&k.f);
}

int main(void)
{
    RUN(a_meeting_is_found_with_its_papers);
    RUN(a_double_click_makes_one_meeting);
    RUN(somebody_elses_change_is_not_written_over);
    RUN(who_does_not_sit_cannot_have_been_present);
    RUN(what_was_known_on_a_day_is_shown_for_it);
    RUN(the_tables_are_those_of_the_records);
    return DONE();
}
