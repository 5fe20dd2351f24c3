/* What was signed holds against whoever has the data file and another program: records changed
 * with right hashes, taken off the end, whole logs gone. And the key lies where it should. */
#include "stores.h"
#include "check.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const str WARD = STR_INIT("271284");

static void fill(struct fixture *f, int year, int64_t now_ms)
{
    const struct plan p = stores_plan(&f->mem, (uint64_t)year, WARD, year, 3);
    struct import_report report;

    CHECK(stores_import(f, &p, now_ms, true, &report));
}

static struct checkpoint_row sign(struct fixture *f, int64_t now_ms)
{
    struct checkpoint_row row = { 0 };

    CHECK(store_checkpoint_sign(f->c, &f->mem, WARD, now_ms, &row, &f->e));
    return row;
}

static void tamper(struct fixture *f, const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;

    CHECK(sqlite3_open(f->path, &db) == SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        CHECK_STR(said, "");
    sqlite3_free(said);
    CHECK(sqlite3_close(db) == SQLITE_OK);
}

static uint32_t faults(struct fixture *f)
{
    struct verify_report report = { 0 };

    CHECK(store_verify(f->c, &f->mem, &report, &f->e));
    return report.fault_count;
}

/* Is there a fault, and does one say so? */
static void finds(struct fixture *f, const char *words)
{
    struct verify_report report = { 0 };

    CHECK(store_verify(f->c, &f->mem, &report, &f->e));
    for (uint32_t i = 0; i < report.fault_count; i++)
        if (str_find(report.faults[i], str_from(words)) >= 0)
            return;
    for (uint32_t i = 0; i < report.fault_count; i++)
        printf("#   %.*s\n", STR_ARG(report.faults[i]));
    CHECK_STR("(no such fault)", words);
}

static void the_head_is_signed_and_verified(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct checkpoint_row row, again, newest;
    struct signed_checkpoint note;
    struct merkle tree;
    struct verifier key;
    str rest;

    CHECK(!store_checkpoint_sign(f.c, &f.mem, WARD, STORES_NOW, &row, &f.e));
    CHECK(f.e.code == ERR_NOT_FOUND);
    fill(&f, 2019, STORES_NOW);
    row = sign(&f, STORES_NOW + 5);
    again = sign(&f, STORES_NOW + 6);
    CHECK(row.number == 1 && again.number == 1 && again.at_ms == row.at_ms);
    CHECK(store_tree(f.c, WARD, &tree, &f.e) && row.size == tree.size);
    rest = row.note;
    CHECK(checkpoint_read(&rest, &note, &f.e) && rest.n == 0);
    CHECK(hash_eq(note.checkpoint.root, merkle_root(&tree)));
    CHECK(store_verifier(f.c, &f.mem, &key, &f.e));
    CHECK(checkpoint_check(&note, &key) == SIGNATURE_GOOD);
    fill(&f, 2020, STORES_NOW + 10);
    CHECK(sign(&f, STORES_NOW + 11).number == 2);
    CHECK(store_checkpoint(f.c, &f.mem, WARD, STORES_NOW + 7, &newest, &f.e));
    CHECK(newest.number == 1);
    CHECK(store_checkpoint(f.c, &f.mem, WARD, 0, &newest, &f.e) && newest.number == 2);
    CHECK(store_checkpoint(f.c, &f.mem, WARD, STORES_NOW, &newest, &f.e) && !newest.number);
    CHECK(faults(&f) == 0);
}

static void the_key_is_beside_the_data_for_its_owner_alone(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const char *path = str_c(&f.mem, str_fmt(&f.mem, "%s.key", f.path));
    struct verifier key, again;
    struct stat about;
    bool is_new;

    CHECK(store_verifier(f.c, &f.mem, &key, &f.e) && key.name.n == 0);
    CHECK(!store_key(f.c, &f.mem, STR("a b"), &key, &is_new, &f.e));
    CHECK(f.e.code == ERR_INPUT && stat(path, &about) != 0);
    CHECK(store_key(f.c, &f.mem, STR("plan.example.jp"), &key, &is_new, &f.e) && is_new);
    CHECK(stat(path, &about) == 0 && (about.st_mode & 0777) == 0600);
    CHECK(store_key(f.c, &f.mem, (str){ 0 }, &again, &is_new, &f.e) && !is_new);
    CHECK(verifier_eq(&key, &again) && str_eq(key.name, STR("plan.example.jp")));
    CHECK(!store_key(f.c, &f.mem, STR("other"), &again, &is_new, &f.e));
    CHECK(f.e.code == ERR_CONFLICT);
    CHECK(chmod(path, 0644) == 0);
    CHECK(!store_key(f.c, &f.mem, (str){ 0 }, &again, &is_new, &f.e));
    CHECK(f.e.code == ERR_INPUT && strstr(f.e.text, "chmod 600"));
    finds(&f, "chmod 600");
}

/* Records of the last import taken away, and the tables made again: hashes, chain, numbers and
 * tables all agree, and only the signature knows that there was more. */
static void records_taken_off_the_end_are_seen_through_a_signature_only(void)
{
    static const char CUT[] = "DELETE FROM record WHERE seq > 7;"
                              "DELETE FROM paragraph WHERE fiscal_year = 2020;"
                              "DELETE FROM blob WHERE hash IN"
                              " (SELECT source FROM plan WHERE fiscal_year = 2020)";

    for (int is_signed = 0; is_signed < 2; is_signed++) {
        AUTO(stores_end) struct fixture f;
        stores_begin(&f);

        fill(&f, 2019, STORES_NOW);
        fill(&f, 2020, STORES_NOW + 1);
        if (is_signed)
            (void)sign(&f, STORES_NOW + 2);
        tamper(&f, CUT);
        CHECK(store_rebuild(f.c, &f.e));
        if (is_signed)
            finds(&f, "記録が7件しかありません");
        else
            CHECK(faults(&f) == 0);
    }
}

/* Another history of the same ward, right in itself, put in the place of the first. */
static void a_log_written_anew_is_seen_through_a_signature(void)
{
    AUTO(stores_end) struct fixture f;
    AUTO(stores_end) struct fixture other;
    stores_begin(&f);
    stores_begin(&other);
    const char *sql = str_c(&f.mem, str_fmt(&f.mem,
                                            "ATTACH '%s' AS other; DELETE FROM record;"
                                            "INSERT INTO record SELECT * FROM other.record",
                                            other.path));

    fill(&f, 2019, STORES_NOW);
    fill(&other, 2019, STORES_NOW);
    (void)sign(&f, STORES_NOW + 1);
    fill(&f, 2020, STORES_NOW + 2);
    fill(&other, 2020, STORES_NOW + 3);
    (void)sign(&f, STORES_NOW + 4);
    CHECK(faults(&f) == 0);
    tamper(&f, sql);
    CHECK(store_rebuild(f.c, &f.e));
    /* The first records are the same: the signature of them narrows it down. */
    finds(&f, "8件目から13件目までの記録のどれかが、署名したあとで変えられています");
    tamper(&f, "DELETE FROM checkpoint");
    CHECK(faults(&f) == 0);
}

static const struct {
    const char *sql, *says;
} CHANGES[] = {
    { "UPDATE checkpoint SET note = replace(note, char(10) || '7' || char(10), char(10) || '6' "
      "|| char(10)) WHERE number = 1",
      "この件数のものではありません" },
    { "UPDATE checkpoint SET note = note || 'x' WHERE number = 1", "この件数のもの" },
    { "UPDATE checkpoint SET note = substr(note, 1, 60) WHERE number = 1", "読めません" },
    { "UPDATE checkpoint SET verifier = 'x' WHERE number = 1", "公開鍵" },
    { "UPDATE checkpoint SET size = 6 WHERE number = 1", "この件数のものではありません" },
    { "UPDATE checkpoint SET organisation = '271004'", "消されています" },
    { "DELETE FROM checkpoint WHERE number = 1", "通し番号では2件" },
    { "UPDATE checkpoint SET note = replace(note, '271284', '271285'), organisation = '271284'",
      "この団体" },
};

static void every_change_to_what_was_signed_is_found(void)
{
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        AUTO(stores_end) struct fixture f;
        stores_begin(&f);

        fill(&f, 2019, STORES_NOW);
        (void)sign(&f, STORES_NOW + 1);
        fill(&f, 2020, STORES_NOW + 2);
        (void)sign(&f, STORES_NOW + 3);
        tamper(&f, CHANGES[i].sql);
        finds(&f, CHANGES[i].says);
    }
}

/* Whoever rewrote the log can sign it anew with a key of their own; it is not ours. */
static void a_signature_by_another_key_is_told(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const char *path = str_c(&f.mem, str_fmt(&f.mem, "%s.key", f.path));

    fill(&f, 2019, STORES_NOW);
    (void)sign(&f, STORES_NOW + 1);
    CHECK(remove(path) == 0);
    CHECK(faults(&f) == 0); /* no key beside a copy: the signature is checked by its own */
    (void)sign(&f, STORES_NOW + 2);
    finds(&f, "による署名ではありません");
}

static void a_rebuild_keeps_what_was_signed(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct checkpoint_list what = { .organisation = WARD };
    struct checkpoint_rows rows;

    fill(&f, 2019, STORES_NOW);
    (void)sign(&f, STORES_NOW + 1);
    CHECK(store_rebuild(f.c, &f.e));
    CHECK(store_checkpoints(f.c, &f.mem, &what, &rows, &f.e));
    CHECK(rows.count == 1 && rows.total == 1);
    CHECK(faults(&f) == 0);
}

static void a_record_is_proved_to_an_older_head(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct history all = { .organisation = WARD };
    struct checkpoint_row row;
    struct record_rows rows;
    struct proof p;

    fill(&f, 2019, STORES_NOW);
    row = sign(&f, STORES_NOW + 1);
    fill(&f, 2020, STORES_NOW + 2);
    CHECK(store_history(f.c, &f.mem, &all, &rows, &f.e));
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct record *r = &rows.rows[i];

        if ((uint64_t)r->index >= row.size) {
            CHECK(!store_proof(f.c, r->hash, row.size, &p, &f.e) && f.e.code == ERR_INPUT);
            continue;
        }
        CHECK(store_proof(f.c, r->hash, row.size, &p, &f.e));
        CHECK(p.size == row.size && hash_eq(p.root, row.root));
        CHECK(merkle_check(r->hash, p.index, p.size, &p.path, row.root));
    }
}

static void a_signature_is_a_new_generation(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    int64_t before, after;

    fill(&f, 2019, STORES_NOW);
    CHECK(store_generation(f.c, &before, &f.e));
    (void)sign(&f, STORES_NOW + 1);
    CHECK(store_generation(f.c, &after, &f.e) && after != before);
}

int main(void)
{
    RUN(the_head_is_signed_and_verified);
    RUN(the_key_is_beside_the_data_for_its_owner_alone);
    RUN(records_taken_off_the_end_are_seen_through_a_signature_only);
    RUN(a_log_written_anew_is_seen_through_a_signature);
    RUN(every_change_to_what_was_signed_is_found);
    RUN(a_signature_by_another_key_is_told);
    RUN(a_rebuild_keeps_what_was_signed);
    RUN(a_record_is_proved_to_an_older_head);
    RUN(a_signature_is_a_new_generation);
    return DONE();
}
