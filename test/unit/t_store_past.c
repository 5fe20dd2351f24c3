/* What stood on a day that is over: each answer of then is the answer that was given then. A
 * store is asked while it is being written, and again, as of those days, when all has been
 * changed. */
#include "stores.h"
#include "check.h"

#include <string.h>

static const str WARD = STR_INIT("271284");
static const str OTHER = STR_INIT("271004");

enum { DAYS = 6 };

static int64_t day(int n)
{
    return STORES_NOW + n * (int64_t)STORES_DAY;
}

static void import(struct fixture *f, const struct plan *p, int n)
{
    struct import_report report;

    CHECK(stores_import(f, p, day(n), true, &report));
}

/* One change a day: a plan, an initiative renamed, one taken out, a second ward, a new name,
 * one put back. */
static void change(struct fixture *f, int n)
{
    const struct stamp stamp = { &STORES_CLERK, day(n), STR("名称変更") };
    const struct organisation renamed = { WARD, STR("みなと区"), STR("ward"), { 0 } };
    struct plan p = stores_plan(&f->mem, 1, WARD, 2019, 4);
    struct plan other = stores_plan(&f->mem, 2, OTHER, 2020, 3);

    /* The index takes U+0001 for a mark of its own; no document that was read holds one. */
    p.initiatives[1].midyear.improvement.v = STR("会議を減らす");
    p.initiatives[2].purpose.v = STR("窓口を明るくする");
    p.initiatives[1].title.v = n == 0 ? STR("窓口の改善") : STR("会議の改善");
    if (n == 2 || n == 3 || n == 4)
        p.initiative_count = 3;
    if (n == 3)
        import(f, &other, n);
    else if (n == 4)
        CHECK(store_organisation_save(f->c, &stamp, &renamed, &f->e));
    else
        import(f, &p, n);
}

/* Everything that can be asked, in one text. */
static str answers(struct fixture *f, as_of when)
{
    const struct organisations_asked all = { .when = when };
    static const char *const QUERIES[] = { "窓口", "の改善", "会議", "明るく 窓口", "の" };
    struct organisation_rows rows;
    struct buf b;

    buf_init(&b, &f->mem, 4096, 1 << 20);
    CHECK(store_organisations_then(f->c, &f->mem, &all, &rows, &f->e));
    buf_fmt(&b, "%u organisations\n", rows.total);
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct organisation_row *row = &rows.rows[i];
        struct merkle tree;

        buf_fmt(&b, "%.*s %.*s\n", STR_ARG(row->organisation.key),
                STR_ARG(row->organisation.name));
        CHECK(store_tree_then(f->c, row->organisation.key, when, &tree, &f->e));
        buf_fmt(&b, "  %llu ", (unsigned long long)tree.size);
        hash_put(&b, merkle_root(&tree));
        for (uint32_t k = 0; k < row->year_count; k++) {
            const struct plan_head *head = &row->years[k];

            buf_fmt(&b, "\n  %d %u %u %u ", head->fiscal_year, head->initiatives,
                    head->tally.indicators, head->tally.findings[SEVERITY_ERROR]);
            hash_put(&b, head->record);
        }
        buf_put_c(&b, "\n");
    }
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++) {
        const struct search what = { .query = str_from(QUERIES[i]), .when = when };
        struct hits hits;

        CHECK(store_search(f->c, &f->mem, &what, &hits, &f->e));
        buf_fmt(&b, "%s: %u\n", QUERIES[i], hits.total);
    }
    {
        const struct history what = { .when = when, .page = { 0, 100 } };
        struct record_rows records;

        CHECK(store_history(f->c, &f->mem, &what, &records, &f->e));
        buf_fmt(&b, "%u records, %u listed\n", records.total, records.count);
    }
    return buf_str(&b);
}

static void every_day_answers_later_as_it_answered_then(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    str then[DAYS];

    for (int n = 0; n < DAYS; n++) {
        change(&f, n);
        then[n] = answers(&f, 0);
        CHECK(str_eq(answers(&f, day(n)), then[n]));
    }
    for (int n = 0; n < DAYS; n++)
        CHECK_STR(str_c(&f.mem, answers(&f, day(n) + STORES_DAY / 2)), str_c(&f.mem, then[n]));
    /* and they do differ */
    for (int n = 1; n < DAYS; n++)
        CHECK(!str_eq(then[n - 1], then[n]));
}

static void before_the_first_record_there_is_nothing(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct search what = { .query = STR("の"), .when = day(0) - 1 };
    const struct organisations_asked all = { .when = day(0) - 1 };
    struct organisation_rows rows;
    struct organisation o;
    struct merkle tree;
    struct hits hits;
    int64_t first;

    CHECK(store_first(f.c, (str){ 0 }, &first, &f.e) && first == 0);
    change(&f, 0);
    change(&f, 3);
    CHECK(store_first(f.c, (str){ 0 }, &first, &f.e) && first == day(0));
    CHECK(store_first(f.c, OTHER, &first, &f.e) && first == day(3));
    CHECK(store_first(f.c, STR("nobody"), &first, &f.e) && first == 0);
    CHECK(store_first_plan(f.c, OTHER, 2020, &first, &f.e) && first == day(3));
    CHECK(store_organisations_then(f.c, &f.mem, &all, &rows, &f.e) && rows.total == 0);
    CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e) && hits.total == 0);
    CHECK(store_tree_then(f.c, WARD, day(0) - 1, &tree, &f.e) && tree.size == 0);
    CHECK(!store_organisation_then(f.c, &f.mem, OTHER, day(2), &o, &f.e));
    CHECK(f.e.code == ERR_NOT_FOUND);
}

static bool has_text(const struct hits *h, const char *text)
{
    for (uint32_t i = 0; i < h->count; i++)
        if (str_eq(h->rows[i].text, str_from(text)))
            return true;
    return false;
}

static void a_search_of_then_shows_the_words_of_then(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct search what = { .query = STR("窓口の改善"), .when = day(0) };
    struct hits hits;

    for (int n = 0; n < DAYS; n++)
        change(&f, n);
    CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e));
    CHECK(hits.total == 1 && has_text(&hits, "窓口の改善"));
    CHECK(hits.rows[0].fiscal_year == 2019 && hits.rows[0].initiative == 2);
    CHECK(str_eq(hits.rows[0].organisation_name, STR("みなも区")));
    what.organisation = OTHER;
    CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e) && hits.total == 0);
    what.organisation = WARD;
    what.fiscal_year = 2018;
    CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e) && hits.total == 0);
    what.fiscal_year = 2019;
    CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e) && hits.total == 1);
    what.when = 0;
    CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e) && hits.total == 0);
}

/* Every page of the list, put together, is the whole of it, each hit once. */
static void pages_of_a_past_search_do_not_overlap(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct search what = { .query = STR("の"), .when = day(2), .page = { 0, 3 } };
    uint32_t seen = 0;
    struct hits hits;
    str last = { 0 };

    for (int n = 0; n < DAYS; n++)
        change(&f, n);
    do {
        CHECK(store_search(f.c, &f.mem, &what, &hits, &f.e));
        if (hits.count)
            CHECK(!str_eq(hits.rows[0].text, last));
        last = hits.count ? hits.rows[hits.count - 1].text : last;
        seen += hits.count;
        what.page.offset += 3;
    } while (hits.count);
    CHECK(seen == hits.total && seen > 3);
}

static void an_indicator_is_followed_as_it_was_known(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct plan p = stores_plan(&f.mem, 5, WARD, 2019, 2);
    struct indicator_ref ref = { .organisation = WARD };
    struct series then, now;

    p.initiatives[0].indicators = NEW(&f.mem, struct indicator, 1);
    p.initiatives[0].indicators[0] = (struct indicator){ .name.v = STR("割合") };
    p.initiatives[0].indicator_count = 1;
    p.initiatives[0].result_count = 0;
    p.initiatives[1].indicator_count = p.initiatives[1].result_count = 0;
    import(&f, &p, 0);
    p = stores_plan(&f.mem, 6, WARD, 2020, 1);
    p.initiatives[0].indicators = NEW(&f.mem, struct indicator, 1);
    p.initiatives[0].indicators[0] = (struct indicator){ .name.v = STR("割 合") };
    p.initiatives[0].indicator_count = 1;
    p.initiatives[0].result_count = 0;
    import(&f, &p, 1);
    ref.key = indicator_key(&f.mem, STR("割合"));
    CHECK(store_series(f.c, &f.mem, &ref, &now, &f.e) && now.count == 2);
    ref.when = day(1);
    CHECK(store_series(f.c, &f.mem, &ref, &then, &f.e) && then.count == 2);
    for (uint32_t i = 0; i < now.count && i < then.count; i++)
        CHECK(now.points[i].fiscal_year == then.points[i].fiscal_year
              && hash_eq(now.points[i].record, then.points[i].record));
    ref.when = day(0);
    CHECK(store_series(f.c, &f.mem, &ref, &then, &f.e) && then.count == 1);
    ref.when = day(0) - 1;
    CHECK(!store_series(f.c, &f.mem, &ref, &then, &f.e) && f.e.code == ERR_NOT_FOUND);
}

static void what_is_for_everybody_is_told_by_its_name(void)
{
    CHECK(entity_is_public(STR("organisation")) && entity_is_public(STR("plan/2023")));
    CHECK(entity_is_public(STR("plan/2023/initiative/1"))
          && entity_is_public(STR("source/ab")));
    CHECK(!entity_is_public(STR("work/2023")) && !entity_is_public(STR("grant/u1/head")));
    CHECK(!entity_is_public(STR("planning")) && !entity_is_public(STR("")));
    CHECK(entity_is_evidence(STR("register/training"))
          && entity_is_evidence(STR("actual/2024/0123456789ab")));
    CHECK(!entity_is_evidence(STR("register/training/batch/1"))
          && !entity_is_evidence(STR("work/2024")));
    CHECK(!entity_is_public(STR("organisations")) && !entity_is_public(STR("catalogue/x")));
}

int main(void)
{
    RUN(every_day_answers_later_as_it_answered_then);
    RUN(before_the_first_record_there_is_nothing);
    RUN(a_search_of_then_shows_the_words_of_then);
    RUN(pages_of_a_past_search_do_not_overlap);
    RUN(an_indicator_is_followed_as_it_was_known);
    RUN(what_is_for_everybody_is_told_by_its_name);
    return DONE();
}
