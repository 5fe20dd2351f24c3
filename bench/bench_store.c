/*
 * What the store alone takes: bench_store DATA FILE... imports the documents into a new data
 * file and prints the processor time of each part, then asks what pages ask. Reading and
 * auditing are not counted. For whoever works on the store; the table of bench/run is for
 * everybody else.
 */
#include "audit/audit.h"
#include "ingest/ingest.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, ROUNDS = 2000, WORDS = 64 };

static double cpu_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double wall_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool ok, const struct err *e)
{
    if (ok)
        return;
    fprintf(stderr, "bench_store: %s\n", e->text);
    exit(1);
}

static str slurp(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    long size = -1;
    char *p;

    if (!f || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0) {
        perror(path);
        exit(1);
    }
    if (fseek(f, 0, SEEK_SET) != 0)
        exit(1);
    p = arena_alloc(a, 1, (size_t)size);
    if (fread(p, 1, (size_t)size, f) != (size_t)size)
        exit(1);
    (void)fclose(f);
    return (str){ p, (size_t)size };
}

struct loaded {
    struct plan plan;
    struct findings findings;
    str bytes;
};

static void load(struct arena *a, const struct form *form, const char *path, struct loaded *out)
{
    struct err e = { .code = ERR_NONE };
    str key;
    str text;

    out->bytes = slurp(a, path);
    must(ingest_document(a, form,
                         &(struct document_source){ str_from(path), out->bytes, { { 0 }, 0 } },
                         &out->plan, &text, &e),
         &e);
    out->plan.source_hash = hash_bytes(out->bytes);
    audit_link(a, &out->plan);
    audit_plan(a, &(struct audit_input){ .plan = &out->plan, .previous = NULL },
               &out->findings);
    key = indicator_key(a, out->plan.organisation.v);
    out->plan.organisation_code = str_fmt(a, "ward-%.*s", STR_ARG(key));
}

static void import(struct conn *c, int n, char **paths)
{
    static const struct actor who = { STR_INIT("bench"), STR_INIT("administrator") };
    AUTO(arena_done) struct arena forms = { 0 };
    struct form form;
    struct err e = { .code = ERR_NONE };
    double cpu = 0, wall = 0;

    must(form_read(&forms, form_preset(form_preset_id(0)), &form, &e), &e);
    for (int from = 0; from < n; from += BATCH) {
        AUTO(arena_done) struct arena mem = { 0 };
        const size_t count = (size_t)(n - from < BATCH ? n - from : BATCH);
        struct loaded *docs = NEW(&mem, struct loaded, count);
        struct import_item *items = NEW(&mem, struct import_item, count);
        const struct import_batch batch = { items, count, true };
        const struct stamp stamp = { &who, 1700000000000, { 0 } };
        struct import_report report;
        double t;

        for (size_t i = 0; i < count; i++) {
            load(&mem, &form, paths[(size_t)from + i], &docs[i]);
            items[i] = (struct import_item){ .plan = &docs[i].plan,
                                             .organisation_name = docs[i].plan.organisation.v,
                                             .state = STR("published"),
                                             .findings = docs[i].findings.items,
                                             .finding_count = docs[i].findings.count,
                                             .audit_version = audit_version(),
                                             .bytes = docs[i].bytes };
        }
        t = cpu_now();
        wall -= wall_now();
        must(store_import(c, &mem, &stamp, &batch, &report, &e), &e);
        cpu += cpu_now() - t;
        wall += wall_now();
    }
    printf("import: %.2f ms of processor a document, %.0f a second of wall time\n",
           cpu * 1e3 / n, n / wall);
}

static int by_size(const void *x, const void *y)
{
    const double *a = x, *b = y;

    return (*a > *b) - (*a < *b);
}

static void report(const char *what, double *times, size_t n)
{
    qsort(times, n, sizeof *times, by_size);
    printf("%-34s median %8.1f us   p95 %8.1f   worst %8.1f\n", what, times[n / 2] * 1e6,
           times[n * 95 / 100] * 1e6, times[n - 1] * 1e6);
}

static void pages(struct conn *c)
{
    static double head[ROUNDS], sheet[ROUNDS], found[ROUNDS], series[ROUNDS];
    AUTO(arena_done) struct arena mem = { 0 };
    struct organisation_rows orgs;
    struct err e = { .code = ERR_NONE };

    must(store_organisations(c, &mem, STR(""), (struct page_of){ 0, 1 }, &orgs, &e), &e);
    for (int i = 0; i < ROUNDS; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        const struct organisation_row *o = &orgs.rows[0];
        const struct plan_ref ref = { o->organisation.key, o->years[0].fiscal_year, 0 };
        struct indicator_ref which = { o->organisation.key, { 0 }, 0 };
        struct initiative_row row;
        struct finding_rows findings;
        struct plan_head h;
        struct series points;
        double t = cpu_now();

        must(store_plan_head(c, &a, &ref, &h, &e), &e);
        head[i] = cpu_now() - t;
        t = cpu_now();
        must(store_initiative(c, &a, &ref, 1, &row, &e), &e);
        sheet[i] = cpu_now() - t;
        t = cpu_now();
        must(store_findings(c, &a, &ref, 1, &findings, &e), &e);
        found[i] = cpu_now() - t;
        which.key = row.keys[0];
        t = cpu_now();
        must(store_series(c, &a, &which, &points, &e), &e);
        series[i] = cpu_now() - t;
    }
    report("head of a plan", head, ROUNDS);
    report("an initiative", sheet, ROUNDS);
    report("its findings", found, ROUNDS);
    report("an indicator over the years", series, ROUNDS);
}

/* One word a line of bench/words.txt. */
static void searches(struct conn *c)
{
    static double times[WORDS * 8];
    AUTO(arena_done) struct arena mem = { 0 };
    struct err e = { .code = ERR_NONE };
    const str words = slurp(&mem, "bench/words.txt");
    size_t n = 0;

    for (int round = 0; round < 2; round++) {
        str rest = words, word;

        n = 0;
        while (rest.n && n < sizeof times / sizeof *times) {
            AUTO(arena_done) struct arena a = { 0 };
            struct search what = { .page = { 0, 20 } };
            struct hits hits;
            double t;

            rest = str_cut(rest, '\n', &word);
            if (!word.n)
                continue;
            what.query = word;
            t = cpu_now();
            must(store_search(c, &a, &what, &hits, &e), &e);
            times[n] = cpu_now() - t;
            if (round && getenv("BENCH_WORDS"))
                printf("  %-24.*s %8u hits %8.2f ms\n", STR_ARG(word), hits.total,
                       times[n] * 1e3);
            n++;
        }
    }
    report("search, 20 hits", times, n);
}

int main(int argc, char **argv)
{
    struct conn *c;
    struct err e = { .code = ERR_NONE };
    double t;

    if (argc < 2) {
        fputs("usage: bench_store DATA [FILE...]\n", stderr);
        return 2;
    }
    t = cpu_now();
    must(store_open(argv[1], STORE_CREATE, &c, &e), &e);
    printf("open: %.1f ms\n", (cpu_now() - t) * 1e3);
    if (argc > 2)
        import(c, argc - 2, argv + 2);
    pages(c);
    searches(c);
    conn_close(&c);
    return 0;
}
