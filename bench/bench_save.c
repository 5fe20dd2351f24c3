/*
 * What saving a sheet takes: bench_save DIRECTORY makes a ward in a new data file there and
 * measures one editor, fifty editors at once, opening a sheet of a plan with 5 and with 300
 * initiatives, and beside it what the disk's own fsync takes. Two figures a line, for
 * bench/run.
 */
#include "store/store.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    EDITORS = 50,
    SAVES = 20,
    ALONE = 200,
    SMALL = 5,
    LARGE = 300,
    YEAR = 2024,
    SYNCS = 200
};

static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
static const char *path;

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
    fprintf(stderr, "bench_save: %s\n", e->text);
    exit(1);
}

static int by_size(const void *x, const void *y)
{
    const double *a = x, *b = y;

    return (*a > *b) - (*a < *b);
}

static void tell(const char *name, double *ms, int count)
{
    qsort(ms, (size_t)count, sizeof *ms, by_size);
    printf("%s %.2f %.2f\n", name, ms[count / 2], ms[count * 99 / 100]);
}

static struct stamp stamp_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (struct stamp){ &OPERATOR, (int64_t)t.tv_sec * 1000, { 0 } };
}

/* An initiative of the size that wards write. */
static struct initiative sheet_made(struct arena *a, int number)
{
    struct initiative i = { .title.v = str_fmt(a, "取組項目 %d", number),
                            .purpose.v = STR("区民が安心して暮らせるまちをつくる。"),
                            .planned = NEW(a, struct activity, 12),
                            .planned_count = 12,
                            .indicators = NEW(a, struct indicator, 4),
                            .indicator_count = 4 };

    for (uint32_t k = 0; k < i.planned_count; k++)
        i.planned[k] =
            (struct activity){ .text.v = str_fmt(a, "地域の会議と広報紙による周知 その%u", k),
                               .other = -1 };
    for (uint32_t k = 0; k < i.indicator_count; k++)
        i.indicators[k] = (struct indicator){ .name.v = str_fmt(a, "知っている人の割合 %u", k),
                                              .goal.v = STR("前年度より増やす") };
    return i;
}

static void ward_make(struct conn *c, struct arena *a, str key, int sheets)
{
    const struct organisation ward = { key, key, STR("ward"), { 0 } };
    const struct cycle_start start = { .ref = { key, YEAR, 0 },
                                       .phase = PHASE_DRAFT,
                                       .title = STR("運営方針") };
    const struct stamp stamp = stamp_now();
    struct err e;

    must(store_organisation_save(c, &stamp, &ward, &e), &e);
    must(store_cycle_start(c, a, &stamp, &start, &e), &e);
    for (int n = 1; n <= sheets; n++) {
        const struct initiative i = sheet_made(a, n);
        const struct sheet_save save = { .ref = { key, YEAR, 0 }, .initiative = &i };
        struct saved saved;

        must(store_sheet_save(c, a, &stamp, &save, &saved, &e), &e);
    }
}

/* Opens a sheet, changes a line, saves it; gives the time of the save alone. */
static double save_once(struct conn *c, str key, int number, int round)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct stamp stamp = stamp_now();
    struct sheet_save save = { .ref = { key, YEAR, number } };
    struct sheet_copy copy;
    struct saved saved;
    struct err e;
    double began;

    must(store_sheet(c, &mem, &save.ref, &copy, &e), &e);
    copy.initiative.purpose.v = str_fmt(&mem, "目的 %d", round);
    save.seen = copy.record;
    save.initiative = &copy.initiative;
    began = now_ms();
    must(store_sheet_save(c, &mem, &stamp, &save, &saved, &e), &e);
    return now_ms() - began;
}

struct editor {
    pthread_t thread;
    int number;
    double ms[SAVES];
};

static void *edit(void *arg)
{
    AUTO(conn_close) struct conn *c = NULL;
    struct editor *who = arg;
    struct err e;

    must(store_open(path, STORE_WRITE, &c, &e), &e);
    for (int i = 0; i < SAVES; i++)
        who->ms[i] = save_once(c, STR("large"), who->number, i + 1);
    return NULL;
}

/* All at once, each on a sheet of their own; every sheet must hold its editor's last word. */
static void edit_together(struct conn *c)
{
    static struct editor editors[EDITORS];
    static double all[EDITORS * SAVES];
    int lost = 0;

    for (int i = 0; i < EDITORS; i++) {
        editors[i].number = i + 1;
        if (pthread_create(&editors[i].thread, NULL, edit, &editors[i]) != 0)
            exit(1);
    }
    for (int i = 0; i < EDITORS; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct work_ref ref = { STR("large"), YEAR, i + 1 };
        struct sheet_copy copy;
        struct err e;

        (void)pthread_join(editors[i].thread, NULL);
        must(store_sheet(c, &mem, &ref, &copy, &e), &e);
        lost += !str_eq(copy.initiative.purpose.v, str_fmt(&mem, "目的 %d", SAVES));
        for (int k = 0; k < SAVES; k++)
            all[i * SAVES + k] = editors[i].ms[k];
    }
    tell("together", all, EDITORS * SAVES);
    printf("lost %d 0\n", lost);
}

static void open_sheets(struct conn *c, const char *name, str key)
{
    double ms[ALONE];

    for (int i = 0; i < ALONE; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct work_ref ref = { key, YEAR, i % SMALL + 1 };
        struct sheet_copy copy;
        struct err e;
        const double began = now_ms();

        must(store_sheet(c, &mem, &ref, &copy, &e), &e);
        ms[i] = now_ms() - began;
    }
    tell(name, ms, ALONE);
}

/* As much as a save writes, appended and synced, without any of ours. */
static void sync_alone(const char *file)
{
    static char block[16384];
    double ms[SYNCS];
    const int fd = open(file, O_CREAT | O_TRUNC | O_WRONLY, 0600);

    for (int i = 0; fd >= 0 && i < SYNCS; i++) {
        const double began = now_ms();

        if (write(fd, block, sizeof block) != (ssize_t)sizeof block || fdatasync(fd) != 0)
            exit(1);
        ms[i] = now_ms() - began;
    }
    if (fd < 0 || close(fd) != 0 || unlink(file) != 0)
        exit(1);
    tell("fsync", ms, SYNCS);
}

int main(int argc, char **argv)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(conn_close) struct conn *c = NULL;
    double alone[ALONE];
    struct err e;

    if (argc != 2) {
        fputs("bench_save DIRECTORY\n", stderr);
        return 2;
    }
    path = str_c(&mem, str_fmt(&mem, "%s/save.db", argv[1]));
    must(store_open(path, STORE_CREATE, &c, &e), &e);
    ward_make(c, &mem, STR("small"), SMALL);
    ward_make(c, &mem, STR("large"), LARGE);
    for (int i = 0; i < ALONE; i++)
        alone[i] = save_once(c, STR("large"), i % EDITORS + 1, -i - 1);
    tell("alone", alone, ALONE);
    edit_together(c);
    open_sheets(c, "open-5", STR("small"));
    open_sheets(c, "open-300", STR("large"));
    sync_alone(str_c(&mem, str_fmt(&mem, "%s/sync", argv[1])));
    return 0;
}
