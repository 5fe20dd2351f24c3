/*
 * A register of many entries: bench_entries DATA adds one entry after the other to
 * register/training of the organisation minamo in that file, and asks after each what the
 * indicator taken : eligible now is. Two figures a line, for bench/run.
 */
#include "measure/measure.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TURNS = 100, YEAR = 2023 };

static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
static const struct book_ref TRAINING = { STR_INIT("minamo"), STR_INIT("register/training") };
static const str MEASURE =
    STR_INIT("{\"kind\":\"register\",\"register\":\"training\",\"value\":\"ratio\","
             "\"of\":[\"taken\",\"eligible\"],\"unit\":\"%\",\"decimals\":1}");

static double now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(bool ok, const struct err *e)
{
    if (ok)
        return;
    fprintf(stderr, "bench_entries: %s\n", e->text);
    exit(1);
}

static int by_size(const void *x, const void *y)
{
    const double *a = x, *b = y;

    return (*a > *b) - (*a < *b);
}

static void tell(const char *name, double *ms)
{
    qsort(ms, TURNS, sizeof *ms, by_size);
    printf("%s %.2f %.2f\n", name, ms[TURNS / 2], ms[TURNS * 99 / 100]);
}

static void enter(struct conn *db, struct arena *a, const struct register_def *d, int turn)
{
    struct register_entry one = { .values = NEW(a, struct entry_value, d->field_count) };
    struct entries_import in = {
        .ref = TRAINING, .def = d, .rows = &one, .count = 1, .apply = true
    };
    struct stamp stamp = { &OPERATOR, 0, { 0 } };
    struct entries_report report;
    struct timespec t;
    struct err e;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    stamp.now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    one.values[d->date].v = STR("2023-06-03");
    one.values[register_field_find(d, STR("title"))].v =
        str_fmt(a, "追加 %lld-%d", (long long)stamp.now_ms, turn);
    one.values[register_field_find(d, STR("eligible"))].v = STR("30");
    one.values[register_field_find(d, STR("taken"))].v = STR("28");
    one.id = register_entry_id(a, d, &one, 0);
    must(store_entries_import(db, &stamp, &in, &report, &e), &e);
}

/* The indicator, and how many entries it was counted from: each turn one more. */
static int64_t ask(struct conn *db, struct arena *a, const struct measure_def *m)
{
    struct measure_source source;
    struct measured out;
    struct err e;

    must(store_measure_source(db, a, &(struct evidence_year){ TRAINING.organisation, YEAR }, m,
                              &source, &e),
         &e);
    measure_evidence(a,
                     &(struct measure_input){ .def = m,
                                              .cells = &source.cells,
                                              .fiscal_year = YEAR,
                                              .today = { 2024, 4, 1 } },
                     &out);
    return out.has_value ? out.denominator.n : 0;
}

int main(int argc, char **argv)
{
    struct conn *db = NULL;
    double entered[TURNS], asked[TURNS];
    struct arena a = { 0 };
    struct register_def d;
    struct binding b;
    struct hash record;
    struct value *tree;
    struct err e = { .code = ERR_NONE };
    int64_t before = 0;

    if (argc != 2) {
        fprintf(stderr, "bench_entries DATA\n");
        return 2;
    }
    must(store_open(argv[1], STORE_WRITE, &db, &e), &e);
    must(store_book(db, &a, &TRAINING, &d, &record, &e), &e);
    must(json_load(&a, MEASURE, &tree, &e) && binding_read(&a, tree, &b, &e), &e);
    for (int i = 0; i < TURNS; i++) {
        const double begin = now_ms();
        double middle;
        int64_t eligible;

        enter(db, &a, &d, i);
        middle = now_ms();
        eligible = ask(db, &a, &b.measure);
        entered[i] = middle - begin;
        asked[i] = now_ms() - middle;
        if (eligible <= before) {
            fprintf(stderr, "bench_entries: the indicator did not follow the entry\n");
            return 1;
        }
        before = eligible;
    }
    tell("indicator", asked);
    tell("entered", entered);
    conn_close(&db);
    arena_done(&a);
    return 0;
}
