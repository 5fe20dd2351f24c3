/* Plans into the store and out of it again. */
#include "stores.h"
#include "check.h"

static const str WARD = STR_INIT("271284");

static uint32_t changes(const struct import_report *r, enum change_kind kind)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->change_count; i++)
        n += r->changes[i].kind == kind;
    return n;
}

static void a_plan_is_read_back_as_it_was_stored(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 5);
    const struct plan_ref ref = { WARD, 2019, 0 };
    struct import_report report;
    struct plan back;

    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(report.records == 9); /* organisation, source, 5 initiatives, plan, findings */
    CHECK(changes(&report, CHANGE_NEW) == 9);
    CHECK(store_plan(f.c, &f.mem, &ref, &back, &f.e));
    CHECK(models_same_plan(&plan, &back));
}

static void the_same_plan_again_makes_no_record(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 5);
    struct import_report report;

    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(stores_import(&f, &plan, STORES_NOW + STORES_DAY, true, &report));
    CHECK(report.records == 0);
    CHECK(changes(&report, CHANGE_SAME) == report.change_count);
}

static void a_dry_run_tells_what_would_change_and_stores_nothing(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 2);
    const struct plan_ref ref = { WARD, 2019, 0 };
    struct import_report report;
    struct plan back;
    int64_t generation;

    CHECK(stores_import(&f, &plan, STORES_NOW, false, &report));
    CHECK(report.records == 6 && changes(&report, CHANGE_NEW) == 6);
    CHECK(!store_plan(f.c, &f.mem, &ref, &back, &f.e));
    CHECK(f.e.code == ERR_NOT_FOUND);
    CHECK(store_generation(f.c, &generation, &f.e) && generation == 0);
}

static void a_revision_is_told_field_by_field_and_the_old_state_stays(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 3);
    const struct plan_ref now = { WARD, 2019, 0 }, then = { WARD, 2019, STORES_NOW };
    const struct entity_change *changed = NULL;
    struct import_report report;
    struct initiative_row before, after;

    plan.initiatives[1].title.v = STR("前の題");
    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    plan.initiatives[1].title.v = STR("後の題");
    CHECK(stores_import(&f, &plan, STORES_NOW + STORES_DAY, true, &report));
    CHECK(report.records == 2); /* the initiative and the findings, which judged it anew */
    for (uint32_t i = 0; i < report.change_count; i++)
        if (str_eq(report.changes[i].entity, STR("plan/2019/initiative/2")))
            changed = &report.changes[i];
    CHECK(changed && changed->kind == CHANGE_CHANGED && changed->field_count == 1);
    CHECK(changed && str_eq(changed->fields[0].path, STR("title")));
    CHECK(changed && str_eq(changed->fields[0].before, STR("前の題")));
    CHECK(changed && str_eq(changed->fields[0].after, STR("後の題")));
    CHECK(store_initiative(f.c, &f.mem, &then, 2, &before, &f.e));
    CHECK(store_initiative(f.c, &f.mem, &now, 2, &after, &f.e));
    CHECK(str_eq(before.initiative.title.v, STR("前の題")));
    CHECK(str_eq(after.initiative.title.v, STR("後の題")));
}

static void an_initiative_that_the_revision_drops_is_gone_now_and_there_then(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 3);
    const struct plan_ref now = { WARD, 2019, 0 }, then = { WARD, 2019, STORES_NOW };
    struct import_report report;
    struct initiative_row row;
    struct plan_head head;

    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    plan.initiative_count = 2;
    CHECK(stores_import(&f, &plan, STORES_NOW + STORES_DAY, true, &report));
    CHECK(changes(&report, CHANGE_GONE) == 1);
    CHECK(!store_initiative(f.c, &f.mem, &now, 3, &row, &f.e));
    CHECK(f.e.code == ERR_NOT_FOUND);
    CHECK(store_initiative(f.c, &f.mem, &then, 3, &row, &f.e));
    CHECK(store_plan_head(f.c, &f.mem, &now, &head, &f.e) && head.initiatives == 2);
    CHECK(store_plan_head(f.c, &f.mem, &then, &head, &f.e) && head.initiatives == 3);

    plan.initiative_count = 3; /* and back: its record is the old one */
    CHECK(stores_import(&f, &plan, STORES_NOW + 2 * (int64_t)STORES_DAY, true, &report));
    CHECK(report.records == 2);
    CHECK(store_initiative(f.c, &f.mem, &now, 3, &row, &f.e));
}

static void a_head_says_the_same_from_the_tables_and_from_the_records(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct plan plan = stores_plan(&f.mem, 8, WARD, 2019, 5);
    const struct plan_ref now = { WARD, 2019, 0 }, then = { WARD, 2019, STORES_NOW };
    struct import_report report;
    struct plan_head x, y;

    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(store_plan_head(f.c, &f.mem, &now, &x, &f.e));
    CHECK(store_plan_head(f.c, &f.mem, &then, &y, &f.e));
    CHECK(x.id == y.id && hash_eq(x.record, y.record) && hash_eq(x.source, plan.source_hash));
    CHECK(str_eq(x.organisation_name, STR("みなも区")) && str_eq(x.state, STR("published")));
    CHECK(str_eq(x.reason, STR("試験")) && str_eq(x.author, STR("cli")));
    CHECK(x.at_ms == STORES_NOW && y.at_ms == STORES_NOW);
    CHECK(x.initiatives == 5 && y.initiatives == 5);
    CHECK(x.initiatives_met == y.initiatives_met);
    CHECK(x.initiatives_not_met == y.initiatives_not_met);
    CHECK(x.tally.indicators > 0 && x.tally.indicators == y.tally.indicators);
    CHECK(x.tally.with_result == y.tally.with_result);
    for (int v = 0; v < VERDICT_COUNT; v++)
        CHECK(x.tally.by_verdict[v] == y.tally.by_verdict[v]);
    for (int s = 0; s < SEVERITY_COUNT; s++)
        CHECK(x.tally.findings[s] == y.tally.findings[s]);
    CHECK(x.tally.findings[SEVERITY_INFO] + x.tally.findings[SEVERITY_WARNING]
              + x.tally.findings[SEVERITY_ERROR]
          == 1);
}

static void the_sheets_beside_one_are_named(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct plan plan = stores_plan(&f.mem, 8, WARD, 2019, 3);
    const struct plan_ref refs[] = { { WARD, 2019, 0 }, { WARD, 2019, STORES_NOW } };
    struct import_report report;
    struct neighbours beside;

    plan.initiatives[2].number = 7;
    plan.initiatives[2].title.v = STR("七");
    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    for (int i = 0; i < 2; i++) {
        CHECK(store_neighbours(f.c, &f.mem, &refs[i], 2, &beside, &f.e));
        CHECK(beside.previous.number == 1 && beside.next.number == 7);
        CHECK(str_eq(beside.next.title, STR("七")));
        CHECK(store_neighbours(f.c, &f.mem, &refs[i], 7, &beside, &f.e));
        CHECK(beside.previous.number == 2 && beside.next.number == 0);
        CHECK(store_neighbours(f.c, &f.mem, &refs[i], 5, &beside, &f.e));
        CHECK(beside.previous.number == 2 && beside.next.number == 7);
    }
}

static void findings_are_those_of_the_initiative_asked_for(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct plan plan = stores_plan(&f.mem, 8, WARD, 2019, 2);
    const struct plan_ref now = { WARD, 2019, 0 }, then = { WARD, 2019, STORES_NOW };
    struct finding expected = models_finding(&f.mem, 5);
    struct import_report report;
    struct finding_rows rows;

    expected.initiative = 1;
    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(store_findings(f.c, &f.mem, &now, 0, &rows, &f.e) && rows.count == 1);
    CHECK(models_same_finding(&rows.rows[0], &expected));
    CHECK(store_findings(f.c, &f.mem, &then, 1, &rows, &f.e) && rows.count == 1);
    CHECK(models_same_finding(&rows.rows[0], &expected));
    CHECK(store_findings(f.c, &f.mem, &now, 2, &rows, &f.e) && rows.count == 0);
    CHECK(store_findings(f.c, &f.mem, &then, 2, &rows, &f.e) && rows.count == 0);
}

static void an_indicator_is_found_over_the_years(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct import_report report;
    struct series series;
    struct indicator_ref ref = { WARD, indicator_key(&f.mem, STR("知っている区民の割合")), 0 };

    CHECK(ref.key.n == 12);
    for (int year = 2019; year <= 2021; year++) {
        struct plan plan = stores_plan(&f.mem, (uint64_t)year, WARD, year, 2);
        struct initiative *i = &plan.initiatives[1];

        i->indicators = NEW(&f.mem, struct indicator, 2);
        i->indicator_count = 2;
        i->result_count = 0;
        /* spelled with a blank in one year */
        i->indicators[1].name.v =
            year == 2020 ? STR("知っている 区民の割合") : STR("知っている区民の割合");
        i->indicators[1].target_year = year;
        CHECK(stores_import(&f, &plan, STORES_NOW + year * (int64_t)STORES_DAY, true, &report));
    }
    CHECK(store_series(f.c, &f.mem, &ref, &series, &f.e) && series.count == 3);
    for (uint32_t i = 0; i < series.count; i++) {
        CHECK(series.points[i].fiscal_year == 2019 + (int)i);
        CHECK(series.points[i].initiative == 2);
        CHECK(series.points[i].indicator.target_year == 2019 + (int)i);
    }
    ref.when = STORES_NOW + 2020 * (int64_t)STORES_DAY;
    CHECK(store_series(f.c, &f.mem, &ref, &series, &f.e) && series.count == 2);
    ref.key = STR("000000000000");
    CHECK(!store_series(f.c, &f.mem, &ref, &series, &f.e) && f.e.code == ERR_NOT_FOUND);
}

static void organisations_are_listed_with_their_years(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct organisation_rows rows;
    struct import_report report;
    struct organisation found;
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, { 0 } };
    const struct organisation city = { STR("271004"), STR("巡市"), STR("city"), { 0 } };
    const struct organisation ward = { WARD, STR("み%_も区"), STR("ward"), STR("271004") };

    for (int year = 2019; year <= 2020; year++) {
        const struct plan plan = stores_plan(&f.mem, (uint64_t)year, WARD, year, 1);

        CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    }
    CHECK(store_organisation_save(f.c, &stamp, &city, &f.e));
    CHECK(store_organisation_save(f.c, &stamp, &ward, &f.e));
    CHECK(store_organisations(f.c, &f.mem, STR(""), (struct page_of){ 0 }, &rows, &f.e));
    CHECK(rows.count == 2 && rows.total == 2);
    CHECK(str_eq(rows.rows[0].organisation.name, STR("巡市")) && rows.rows[0].year_count == 0);
    CHECK(str_eq(rows.rows[1].organisation.parent, STR("271004")));
    CHECK(rows.rows[1].year_count == 2 && rows.rows[1].years[0].fiscal_year == 2020);
    CHECK(store_organisations(f.c, &f.mem, STR("%_"), (struct page_of){ 0 }, &rows, &f.e));
    CHECK(rows.count == 1 && rows.total == 1);
    CHECK(store_organisations(f.c, &f.mem, STR("2710"), (struct page_of){ 0 }, &rows, &f.e));
    CHECK(rows.count == 1 && str_eq(rows.rows[0].organisation.key, STR("271004")));
    CHECK(store_organisations(f.c, &f.mem, STR(""), (struct page_of){ 1, 1 }, &rows, &f.e));
    CHECK(rows.count == 1 && rows.total == 2);
    CHECK(store_organisation_named(f.c, &f.mem, STR("巡 市"), &found, &f.e));
    CHECK(str_eq(found.key, STR("271004")));
    CHECK(!store_organisation_named(f.c, &f.mem, STR("巡"), &found, &f.e));
    CHECK(f.e.code == ERR_NOT_FOUND);
}

static void a_parent_must_exist_and_be_another_one(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, { 0 } };
    const struct organisation orphan = { WARD, STR("区"), STR("ward"), STR("271004") };
    const struct organisation self = { WARD, STR("区"), STR("ward"), STR("271284") };
    const struct organisation odd = { STR("271285"), STR("区"), STR("ward"), { 0 } };

    CHECK(!store_organisation_save(f.c, &stamp, &orphan, &f.e) && f.e.code == ERR_NOT_FOUND);
    CHECK(!store_organisation_save(f.c, &stamp, &self, &f.e) && f.e.code == ERR_INPUT);
    CHECK(!store_organisation_save(f.c, &stamp, &odd, &f.e) && f.e.code == ERR_INPUT);
}

static void a_batch_with_one_bad_document_stores_nothing(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct plan good = stores_plan(&f.mem, 1, WARD, 2019, 2);
    struct plan bad = stores_plan(&f.mem, 2, WARD, 2020, 2);
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, { 0 } };
    struct import_item items[2] = {
        { .plan = &good, .state = STR("published"), .bytes = STR("document 1") },
        { .plan = &bad, .state = STR("published"), .bytes = STR("document 2") },
    };
    const struct import_batch batch = { items, 2, true };
    struct import_report report;
    int64_t generation;

    bad.initiatives[1].number = bad.initiatives[0].number;
    CHECK(!store_import(f.c, &f.mem, &stamp, &batch, &report, &f.e));
    CHECK(f.e.code == ERR_INPUT);
    CHECK(store_generation(f.c, &generation, &f.e) && generation == 0);
}

static void what_cannot_be_stored_is_refused_with_a_sentence(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct plan p = stores_plan(&mem, 1, WARD, 2019, 2);
    struct import_item item = { .plan = &p, .state = STR("published") };
    struct err e = { 0 };

    CHECK(import_item_check(&item, &e));
    p.organisation_code = STR("271285");
    CHECK(!import_item_check(&item, &e) && e.code == ERR_INPUT);
    p.organisation_code = WARD;
    p.fiscal_year = 0;
    CHECK(!import_item_check(&item, &e) && e.code == ERR_INPUT);
    p.fiscal_year = 2019;
    item.state = STR("final");
    CHECK(!import_item_check(&item, &e) && e.code == ERR_INPUT);
    item.state = STR("draft");
    p.initiative_count = 0;
    CHECK(!import_item_check(&item, &e) && e.code == ERR_INPUT);
}

static void the_document_comes_back_byte_for_byte(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 1);
    struct import_report report;
    str bytes, name;

    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(store_blob(f.c, &f.mem, plan.source_hash, &bytes, &name, &f.e));
    CHECK(str_eq(bytes, STR("document 3")) && str_eq(name, STR("3.txt")));
    CHECK(!store_blob(f.c, &f.mem, hash_bytes(STR("other")), &bytes, &name, &f.e));
    CHECK(f.e.code == ERR_NOT_FOUND);
}

int main(void)
{
    RUN(a_plan_is_read_back_as_it_was_stored);
    RUN(the_same_plan_again_makes_no_record);
    RUN(a_dry_run_tells_what_would_change_and_stores_nothing);
    RUN(a_revision_is_told_field_by_field_and_the_old_state_stays);
    RUN(an_initiative_that_the_revision_drops_is_gone_now_and_there_then);
    RUN(a_head_says_the_same_from_the_tables_and_from_the_records);
    RUN(the_sheets_beside_one_are_named);
    RUN(findings_are_those_of_the_initiative_asked_for);
    RUN(an_indicator_is_found_over_the_years);
    RUN(organisations_are_listed_with_their_years);
    RUN(a_parent_must_exist_and_be_another_one);
    RUN(a_batch_with_one_bad_document_stores_nothing);
    RUN(what_cannot_be_stored_is_refused_with_a_sentence);
    RUN(the_document_comes_back_byte_for_byte);
    return DONE();
}
