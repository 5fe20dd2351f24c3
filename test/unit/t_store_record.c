/* Records as bytes, the one door, logs and proofs; differences; opening. */
#include "stores.h"
#include "store/inner.h"
#include "check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const str WARD = STR_INIT("271284");

static void the_bytes_of_a_record_are_canonical_json(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *v = value_map(&mem);
    struct value *tree;
    struct err e;
    struct buf b;
    const struct record r = {
        .index = 7,
        .organisation = WARD,
        .kind = STR("plan"),
        .entity = STR("plan/2019"),
        .author = STR("\"cli\""),
        .role = STR("administrator"),
        .reason = STR("改定\n"),
        .at_ms = STORES_NOW,
        .body = STR("{\"a\":1}"),
    };

    value_put_text(&mem, v, "role", r.role);
    value_put_text(&mem, v, "author", r.author);
    value_put_text(&mem, v, "at", STR("2024-04-01T09:00:00.000+09:00"));
    value_put_int(&mem, value_put_map(&mem, v, "body"), "a", 1);
    value_put_text(&mem, v, "entity", r.entity);
    value_put_int(&mem, v, "index", 7);
    value_put_text(&mem, v, "kind", r.kind);
    value_put_text(&mem, v, "organisation", r.organisation);
    value_put_text(&mem, v, "reason", r.reason);
    value_put_null(&mem, v, "replaces");
    buf_init(&b, &mem, 512, 4096);
    json_put_canonical(&b, v);
    CHECK_STR(str_c(&mem, record_bytes(&mem, &r)), str_c(&mem, buf_str(&b)));
    CHECK(json_read_canonical(&mem, record_bytes(&mem, &r), &tree, &e));
}

static void each_record_can_be_proved_to_stand_in_its_log(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 5);
    struct history all = { .organisation = WARD };
    struct import_report report;
    struct record_rows rows;
    struct merkle tree;

    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(store_tree(f.c, WARD, &tree, &f.e) && tree.size == 9);
    CHECK(store_history(f.c, &f.mem, &all, &rows, &f.e) && rows.count == 9 && rows.total == 9);
    for (uint32_t i = 0; i < rows.count; i++) {
        struct record r;
        struct proof p;

        CHECK(store_record(f.c, &f.mem, rows.rows[i].hash, &r, &f.e));
        CHECK(hash_eq(merkle_leaf(record_bytes(&f.mem, &r)), r.hash));
        CHECK(store_proof(f.c, r.hash, 0, &p, &f.e));
        CHECK(p.index == 8 - i && p.size == 9 && hash_eq(p.root, merkle_root(&tree)));
        CHECK(merkle_check(r.hash, p.index, p.size, &p.path, p.root));
        CHECK(!merkle_check(r.hash, p.index ^ 1, p.size, &p.path, p.root));
    }
    CHECK(!store_tree(f.c, STR("nobody"), &tree, &f.e) && f.e.code == ERR_NOT_FOUND);
}

static void history_is_newest_first_and_by_entity(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 2);
    struct history what = { .organisation = WARD,
                            .entity_prefix = STR("plan/2019/initiative/2") };
    struct import_report report;
    struct record_rows rows;

    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    plan.initiatives[1].title.v = STR("次");
    CHECK(stores_import(&f, &plan, STORES_NOW + STORES_DAY, true, &report));
    CHECK(store_history(f.c, &f.mem, &what, &rows, &f.e) && rows.count == 2 && rows.total == 2);
    CHECK(hash_eq(rows.rows[0].replaces, rows.rows[1].hash));
    CHECK(hash_is_zero(rows.rows[1].replaces));
    CHECK(rows.rows[0].at_ms == STORES_NOW + STORES_DAY);
    what = (struct history){ .page = { 0, 3 } };
    CHECK(store_history(f.c, &f.mem, &what, &rows, &f.e) && rows.count == 3 && rows.total == 8);
    CHECK(rows.rows[0].seq == 8 && str_eq(rows.rows[0].kind, STR("findings")));
}

/* ---- the door, by its invariants (commit.c) ---- */

static bool write_one(struct fixture *f, const struct actor *who, const struct draft *d,
                      int64_t now_ms)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct stamp stamp = { who, now_ms, { 0 } };
    struct record out;

    return transaction_begin(f->c, &t, &f->e) && record_commit(f->c, &stamp, d, &out, &f->e)
           && transaction_commit(&t, &f->e);
}

static const struct draft GOOD = {
    .organisation = STR_INIT("minamo"),
    .kind = STR_INIT("organisation"),
    .entity = STR_INIT("organisation"),
    .body = STR_INIT(
        "{\"key\":\"minamo\",\"kind\":\"ward\",\"name\":\"みなも区\",\"parent\":null}"),
};

static void a_writer_without_a_name_or_role_is_refused(void)
{
    static const struct actor NOBODY = { { 0 }, STR_INIT("administrator") };
    static const struct actor NOTHING = { STR_INIT("clerk"), { 0 } };
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);

    CHECK(!write_one(&f, &NOBODY, &GOOD, STORES_NOW) && f.e.code == ERR_DENIED);
    CHECK(!write_one(&f, &NOTHING, &GOOD, STORES_NOW) && f.e.code == ERR_DENIED);
    CHECK(write_one(&f, &STORES_CLERK, &GOOD, STORES_NOW));
}

static void a_body_or_name_out_of_form_is_refused(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct draft d = GOOD;

    d.body = STR("{\"name\": \"みなも区\"}"); /* a blank: not canonical */
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW) && f.e.code == ERR_INPUT);
    d = GOOD;
    d.organisation = STR("Minamo");
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW) && f.e.code == ERR_INPUT);
    d = GOOD;
    d.entity = STR("plan/2019");
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW) && f.e.code == ERR_INPUT);
    d = GOOD;
    d.kind = STR("rumour");
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW) && f.e.code == ERR_INPUT);
    d = GOOD;
    d.kind = STR("plan");
    d.entity = STR("plan/02019");
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW) && f.e.code == ERR_INPUT);
}

static void who_did_not_see_the_newest_record_is_told(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct record newest;
    struct draft d = GOOD;

    CHECK(write_one(&f, &STORES_CLERK, &d, STORES_NOW));
    d.body = STR("{\"key\":\"minamo\",\"kind\":\"ward\",\"name\":\"水面区\",\"parent\":null}");
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW) && f.e.code == ERR_CONFLICT);
    CHECK(record_find(f.c, &f.mem, &(struct entity_ref){ d.organisation, d.entity, 0 }, &newest,
                      &f.e));
    d.replaces = newest.hash;
    CHECK(write_one(&f, &STORES_CLERK, &d, STORES_NOW));
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW) && f.e.code == ERR_CONFLICT);
}

static void a_clock_that_was_set_back_does_not_turn_the_log_round(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct history what = { .organisation = STR("minamo") };
    struct record_rows rows;
    struct draft d = GOOD;

    CHECK(write_one(&f, &STORES_CLERK, &d, STORES_NOW));
    CHECK(store_history(f.c, &f.mem, &what, &rows, &f.e));
    d.replaces = rows.rows[0].hash;
    CHECK(write_one(&f, &STORES_CLERK, &d, STORES_NOW - STORES_DAY));
    CHECK(store_history(f.c, &f.mem, &what, &rows, &f.e));
    CHECK(rows.rows[0].index == 1 && rows.rows[0].at_ms == STORES_NOW);
}

static void a_refused_write_leaves_nothing(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct draft d = { STR_INIT("minamo"),
                       STR_INIT("initiative"),
                       STR_INIT("plan/2019/initiative/1"),
                       { { 0 } },
                       STR_INIT("{}") };
    struct merkle tree;

    CHECK(write_one(&f, &STORES_CLERK, &GOOD, STORES_NOW));
    /* nobody lists it, so it is only kept; the plan that lists it cannot be made from it */
    CHECK(write_one(&f, &STORES_CLERK, &d, STORES_NOW));
    d.kind = STR("plan");
    d.entity = STR("plan/2019");
    d.body = STR("{\"numbers\":[1],\"state\":\"published\"}");
    CHECK(!write_one(&f, &STORES_CLERK, &d, STORES_NOW));
    CHECK(store_tree(f.c, STR("minamo"), &tree, &f.e) && tree.size == 2);
}

/* ---- differences ---- */

static uint32_t diff(struct arena *a, str before, str after, struct field_change **rows)
{
    struct value *x, *y;
    struct err e;
    uint32_t n = 0;
    const bool ok = json_load(a, before, &x, &e) && json_load(a, after, &y, &e);

    CHECK(ok);
    *rows = NULL;
    if (ok)
        record_diff(a, x, y, rows, &n);
    return n;
}

static void what_was_put_in_does_not_make_what_follows_look_changed(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct field_change *rows;
    const uint32_t n =
        diff(&mem, STR("{\"list\":[{\"name\":\"b\",\"x\":1},{\"name\":\"c\",\"x\":2}]}"),
             STR("{\"list\":[{\"name\":\"a\",\"x\":9},{\"name\":\"b\",\"x\":1},"
                 "{\"name\":\"c\",\"x\":3}]}"),
             &rows);

    NEED(n == 3);
    CHECK(str_eq(rows[0].path, STR("list[0]")) && str_eq(rows[0].after, STR("a")));
    CHECK(rows[0].before.n == 0);
    CHECK(str_eq(rows[1].path, STR("list[0].x")) && str_eq(rows[1].after, STR("9")));
    CHECK(str_eq(rows[2].path, STR("list[2].x")));
    CHECK(str_eq(rows[2].before, STR("2")) && str_eq(rows[2].after, STR("3")));
}

static void a_thing_that_was_renamed_is_compared_with_itself(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct field_change *rows;
    const uint32_t n = diff(&mem, STR("{\"list\":[{\"name\":\"a\",\"x\":1}]}"),
                            STR("{\"list\":[{\"name\":\"b\",\"x\":1}]}"), &rows);

    CHECK(n == 1 && str_eq(rows[0].path, STR("list[0].name")));
}

static void places_are_no_change(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct field_change *rows;

    CHECK(diff(&mem, STR("{\"a\":1,\"a_at\":[1,2,3,4],\"at\":[1],\"order\":1}"),
               STR("{\"a\":1,\"a_at\":[9,2,3,4],\"at\":[2],\"order\":2}"), &rows)
          == 0);
}

static void taken_out_and_put_in_are_told(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct field_change *rows;
    const uint32_t n = diff(&mem, STR("{\"a\":\"x\",\"list\":[\"p\",\"q\"]}"),
                            STR("{\"b\":true,\"list\":[\"q\"]}"), &rows);

    NEED(n == 3);
    CHECK(str_eq(rows[0].path, STR("a")) && rows[0].after.n == 0);
    CHECK(str_eq(rows[1].path, STR("list[0]")) && str_eq(rows[1].before, STR("p")));
    CHECK(str_eq(rows[2].path, STR("b")) && str_eq(rows[2].after, STR("true")));
}

/* ---- opening ---- */

static void put_file(const char *path, const char *content)
{
    FILE *f = fopen(path, "wb");

    CHECK(f && fputs(content, f) >= 0 && fclose(f) == 0);
}

static void a_file_that_is_not_ours_is_refused_and_left_alone(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const char *path = str_c(&f.mem, str_fmt(&f.mem, "%s/other", f.dir));
    struct conn *c = NULL;

    CHECK(!store_open(path, STORE_READ, &c, &f.e) && f.e.code == ERR_NOT_FOUND);
    CHECK(access(path, F_OK) != 0);
    put_file(path,
             "これはデータファイルではありません。0123456789012345678901234567890123456789"
             "0123456789012345678901234567890123456789012345678901234567890123456789");
    for (int mode = STORE_READ; mode <= STORE_CREATE; mode++) {
        CHECK(!store_open(path, (enum store_mode)mode, &c, &f.e));
        CHECK(f.e.code == ERR_INPUT);
    }
    put_file(path, "");
    CHECK(!store_open(path, STORE_READ, &c, &f.e) && f.e.code == ERR_INPUT);
}

static void a_reader_cannot_write(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct organisation o = { WARD, STR("区"), STR("ward"), { 0 } };
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, { 0 } };

    conn_close(&f.c);
    CHECK(store_open(f.path, STORE_READ, &f.c, &f.e));
    CHECK(!store_organisation_save(f.c, &stamp, &o, &f.e));
    CHECK(f.e.code == ERR_IO);
}

static void the_generation_moves_with_every_commit_and_only_then(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    AUTO(conn_close) struct conn *other = NULL;
    const struct plan plan = stores_plan(&f.mem, 3, WARD, 2019, 2);
    struct import_report report;
    int64_t before, after;

    CHECK(store_open(f.path, STORE_READ, &other, &f.e));
    CHECK(store_generation(other, &before, &f.e));
    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(store_generation(other, &after, &f.e) && after != before);
    CHECK(stores_import(&f, &plan, STORES_NOW, true, &report));
    CHECK(store_generation(other, &before, &f.e) && after == before);
}

int main(void)
{
    RUN(the_bytes_of_a_record_are_canonical_json);
    RUN(each_record_can_be_proved_to_stand_in_its_log);
    RUN(history_is_newest_first_and_by_entity);
    RUN(a_writer_without_a_name_or_role_is_refused);
    RUN(a_body_or_name_out_of_form_is_refused);
    RUN(who_did_not_see_the_newest_record_is_told);
    RUN(a_clock_that_was_set_back_does_not_turn_the_log_round);
    RUN(a_refused_write_leaves_nothing);
    RUN(what_was_put_in_does_not_make_what_follows_look_changed);
    RUN(a_thing_that_was_renamed_is_compared_with_itself);
    RUN(places_are_no_change);
    RUN(taken_out_and_put_in_are_told);
    RUN(a_file_that_is_not_ours_is_refused_and_left_alone);
    RUN(a_reader_cannot_write);
    RUN(the_generation_moves_with_every_commit_and_only_then);
    return DONE();
}
