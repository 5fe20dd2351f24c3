/* Reads that must see one state: what others commit in between stays outside, and what one
 * connection keeps of it is never older than the state. */
#include "store/kept.h"
#include "stores.h"

#include "check.h"

static struct fixture f;

static uint32_t plans_of(struct conn *c, const char *organisation)
{
    struct plan_heads heads = { 0 };
    struct err e;

    CHECK(store_plans(c, &f.mem, str_from(organisation), &heads, &e));
    return heads.count;
}

static void import_year(int year)
{
    struct plan p = stores_plan(&f.mem, (uint64_t)year, STR("minamo"), year, 1);
    struct import_report report;

    CHECK(stores_import(&f, &p, STORES_NOW, true, &report));
}

static void a_snapshot_does_not_see_what_is_committed_meanwhile(void)
{
    AUTO(conn_close) struct conn *reader = NULL;
    int64_t before = 0, during = 0, after = 0;
    struct err e;

    CHECK(store_open(f.path, STORE_READ, &reader, &e));
    CHECK(store_snapshot_begin(reader, &e) && store_generation(reader, &before, &e));
    CHECK(plans_of(reader, "minamo") == 1);
    import_year(2032);
    CHECK(plans_of(reader, "minamo") == 1);
    CHECK(store_generation(reader, &during, &e) && during == before);
    store_snapshot_end(reader);
    CHECK(plans_of(reader, "minamo") == 2);
    CHECK(store_generation(reader, &after, &e) && after != before);
}

static void reads_of_several_steps_work_inside_one(void)
{
    const struct plan_ref ref = { STR("minamo"), 2031, 0 };
    struct plan plan;
    struct err e;

    CHECK(store_snapshot_begin(f.c, &e));
    CHECK(store_plan(f.c, &f.mem, &ref, &plan, &e) && plan.initiative_count == 1);
    CHECK(store_plan(f.c, &f.mem, &ref, &plan, &e));
    store_snapshot_end(f.c);
    import_year(2033);
}

static void ending_what_was_not_begun_does_nothing(void)
{
    store_snapshot_end(f.c);
    CHECK(plans_of(f.c, "minamo") > 0);
}

static void revise(uint32_t initiatives, const char *title, int64_t days)
{
    struct plan p = stores_plan(&f.mem, 7, STR("kept"), 2031, initiatives);
    struct import_report report;

    p.initiatives[0].title.v = str_from(title);
    CHECK(stores_import(&f, &p, STORES_NOW + days * STORES_DAY, true, &report));
}

/* The same initiative, read on its own and within a snapshot. */
static void check_one(struct conn *reader, const struct plan_ref *ref, int number)
{
    struct initiative_row alone, within;
    struct finding_rows findings, kept;
    struct err e;

    CHECK(store_initiative(f.c, &f.mem, ref, number, &alone, &e));
    CHECK(store_findings(f.c, &f.mem, ref, number, &findings, &e));
    CHECK(store_initiative(reader, &f.mem, ref, number, &within, &e));
    CHECK(store_findings(reader, &f.mem, ref, number, &kept, &e));
    CHECK(hash_eq(alone.record, within.record) && alone.at_ms == within.at_ms);
    CHECK(str_eq(alone.initiative.title.v, within.initiative.title.v));
    CHECK(alone.initiative.number == within.initiative.number);
    CHECK(alone.initiative.planned_count == within.initiative.planned_count);
    CHECK(findings.count == kept.count);
    for (uint32_t k = 0; k < kept.count; k++)
        CHECK(str_eq(findings.rows[k].message[0], kept.rows[k].message[0]));
    for (uint32_t k = 0; k < within.initiative.indicator_count; k++)
        CHECK(str_eq(within.keys[k],
                     indicator_key(&f.mem, within.initiative.indicators[k].name.v)));
}

static void what_is_kept_of_a_record_is_what_the_record_says(void)
{
    enum { MANY = 200 }; /* more than there is room for */
    AUTO(conn_close) struct conn *reader = NULL;
    const struct plan_ref now = { STR("kept"), 2031, 0 };
    const struct plan_ref then = { STR("kept"), 2031, STORES_NOW };
    struct err e;

    revise(MANY, "前の題", 0);
    CHECK(store_open(f.path, STORE_READ, &reader, &e));
    for (int round = 0; round < 3; round++) {
        CHECK(store_snapshot_begin(reader, &e));
        for (int number = 1; number <= MANY; number++)
            check_one(reader, &now, number);
        check_one(reader, &now, 1);
        store_snapshot_end(reader);
        CHECK(reader->kept_bytes > 0 && reader->kept_bytes <= KEPT_BYTES);
    }
    revise(MANY, "後の題", 1);
    for (int round = 0; round < 2; round++) {
        CHECK(store_snapshot_begin(reader, &e));
        check_one(reader, &now, 1);
        check_one(reader, &then, 1);
        store_snapshot_end(reader);
    }
}

struct two {
    struct organisation owner;
    uint32_t reads; /* how often it was read, of all that was kept */
};

static bool two_read(struct conn *c, struct arena *a, const void *of, void *out, struct err *e)
{
    uint32_t *reads = (uint32_t *)of;
    struct two *two = out;

    two->reads = ++*reads;
    return store_organisation(c, a, STR("kept"), &two->owner, e);
}

/* Else the part could go before the whole, whose names would then be of nobody's memory. */
static void what_is_kept_as_a_whole_borrows_from_nothing_that_is_kept(void)
{
    AUTO(conn_close) struct conn *reader = NULL;
    uint32_t reads = 0;
    const struct kept_reader how = { KEPT_CELLS, STR("two"), &reads, two_read,
                                     sizeof(struct two) };
    struct kept_key part = { .kind = KEPT_ORGANISATION, .name = STR("kept") };
    struct two two;
    struct err e;

    CHECK(store_open(f.path, STORE_READ, &reader, &e));
    CHECK(store_snapshot_begin(reader, &e) && store_generation(reader, &part.record, &e));
    for (int i = 0; i < 3; i++)
        CHECK(kept_or_read(reader, &f.mem, &how, &two, &e) && two.reads == 1
              && two.owner.name.n);
    CHECK(!kept_find(reader, &part));
    CHECK(store_organisation(reader, &f.mem, STR("kept"), &two.owner, &e));
    CHECK(kept_find(reader, &part) != NULL);
    store_snapshot_end(reader);
    CHECK(kept_or_read(reader, &f.mem, &how, &two, &e) && two.reads == 2);
    import_year(2034);
    CHECK(store_snapshot_begin(reader, &e));
    CHECK(kept_or_read(reader, &f.mem, &how, &two, &e) && two.reads == 3);
    store_snapshot_end(reader);
}

static bool nothing_read(struct conn *c, struct arena *a, const void *of, void *out,
                         struct err *e)
{
    uint32_t *reads = (uint32_t *)of;

    ++*reads;
    return store_organisation(c, a, STR("nobody"), out, e);
}

static void what_could_not_be_read_is_not_kept(void)
{
    AUTO(conn_close) struct conn *reader = NULL;
    uint32_t reads = 0;
    const struct kept_reader how = { KEPT_CELLS, STR("none"), &reads, nothing_read,
                                     sizeof(struct organisation) };
    struct organisation o;
    struct err e;

    CHECK(store_open(f.path, STORE_READ, &reader, &e));
    CHECK(store_snapshot_begin(reader, &e));
    for (uint32_t i = 1; i <= 2; i++) {
        CHECK(!kept_or_read(reader, &f.mem, &how, &o, &e) && e.code == ERR_NOT_FOUND);
        CHECK(reads == i);
    }
    CHECK(store_organisation(reader, &f.mem, STR("kept"), &o, &e)); /* keeping goes on */
    store_snapshot_end(reader);
    CHECK(reader->kept_bytes > 0);
}

int main(void)
{
    stores_begin(&f);
    import_year(2031);
    RUN(a_snapshot_does_not_see_what_is_committed_meanwhile);
    RUN(reads_of_several_steps_work_inside_one);
    RUN(ending_what_was_not_begun_does_nothing);
    RUN(what_is_kept_of_a_record_is_what_the_record_says);
    RUN(what_is_kept_as_a_whole_borrows_from_nothing_that_is_kept);
    RUN(what_could_not_be_read_is_not_kept);
    stores_end(&f);
    return DONE();
}
