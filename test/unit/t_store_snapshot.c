/* Reads that must see one state: what others commit in between stays outside. */
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

int main(void)
{
    stores_begin(&f);
    import_year(2031);
    RUN(a_snapshot_does_not_see_what_is_committed_meanwhile);
    RUN(reads_of_several_steps_work_inside_one);
    RUN(ending_what_was_not_begun_does_nothing);
    stores_end(&f);
    return DONE();
}
