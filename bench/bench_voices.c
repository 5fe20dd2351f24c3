/*
 * Voices: bench_voices FOLDER [VOICES] receives them in batches as the public form does, has
 * some answered and decided on, then asks what pages ask. Prints a line for each: name, median
 * and 99th percentile in milliseconds (of a batch; of a question), or a figure.
 */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BATCH = 256, ROUNDS = 300, MOVED = 400, DEFAULT_VOICES = 100000, SECTIONS = 8 };
static const str WARD = STR_INIT("minamo");
static const struct actor CLERK = { STR_INIT("cli"), STR_INIT("administrator") };
static const int64_t BEGIN_MS = INT64_C(1711929600000); /* 2024-04-01 */

static double wall_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(bool ok, const struct err *e)
{
    if (ok)
        return;
    fprintf(stderr, "bench_voices: %s\n", e->text);
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
    printf("%s %.3f %.3f\n", name, ms[count / 2], ms[count * 99 / 100]);
}

/* ---- a ward and its voices ---- */

static void ward_make(struct conn *c)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct organisation ward = { WARD, STR("みなも区"), STR("ward"), { 0 } };
    const struct stamp stamp = { &CLERK, BEGIN_MS, { 0 } };
    struct err e;

    must(store_organisation_save(c, &stamp, &ward, &e), &e);
    for (int i = 0; i < SECTIONS; i++) {
        const struct organisation section = { str_fmt(&mem, "minamo-%d", i),
                                              str_fmt(&mem, "第%d課", i), STR("section"),
                                              WARD };

        must(store_organisation_save(c, &stamp, &section, &e), &e);
    }
}

static const char *const ABOUT[] = { "街灯", "公園", "窓口", "保育",
                                     "防災", "歩道", "図書", "自転車" };
static const char *const CATEGORIES[] = { "roads",  "roads", "counter",     "children",
                                          "safety", "roads", "information", "other" };

static struct voice_submission submission(struct arena *a, const struct stamp *stamp, int i)
{
    const int kind = i * 7 % 8;

    return (struct voice_submission){
        .organisation = WARD,
        .stamp = stamp,
        .door = i % 5 ? DOOR_VOICE : DOOR_BOX,
        .way = STR("phone"),
        .category = str_from(CATEGORIES[kind]),
        .text = str_fmt(a, "%sのことで困っています。%d番目の声です。早めの対応をお願いします。",
                        ABOUT[kind], i),
        .contact = STR(""),
        .summary = str_fmt(a, "%sについて、%dの%dの改善を求める", ABOUT[kind], i % 97, i),
        .section = i % 3 ? str_fmt(a, "minamo-%d", i % SECTIONS) : (str){ 0 },
    };
}

static void receive_all(struct conn *c, int voices)
{
    double *ms = malloc(sizeof *ms * (size_t)(voices / BATCH + 1)), begin = wall_ms();
    int batches = 0;

    for (int at = 0; at < voices; at += BATCH) {
        AUTO(arena_done) struct arena mem = { 0 };
        /* spread over 300 days of the year */
        const struct stamp stamp = { &CLERK,
                                     BEGIN_MS + INT64_C(86400000) * 300 / voices * at,
                                     { 0 } };
        const uint32_t count = (uint32_t)(voices - at < BATCH ? voices - at : BATCH);
        struct voice_submission s[BATCH];
        const struct voice_submission *all[BATCH];
        struct voice_taken out[BATCH];
        struct err e;

        for (uint32_t i = 0; i < count; i++) {
            s[i] = submission(&mem, &stamp, at + (int)i);
            all[i] = &s[i];
        }
        ms[batches] = wall_ms();
        must(store_voice_receive_many(c, all, count, out, &e), &e);
        ms[batches] = wall_ms() - ms[batches];
        for (uint32_t i = 0; i < count; i++)
            must(out[i].ok, &out[i].why);
        batches++;
    }
    printf("received-a-second %.0f 0\n", voices / (wall_ms() - begin) * 1e3);
    tell("batch", ms, batches);
    free(ms);
}

/* ---- some of them worked on ---- */

static void move(struct conn *c, int year, int number, const struct voice_act *act)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct stamp stamp = { &CLERK, BEGIN_MS + INT64_C(86400000) * 700, { 0 } };
    const struct voice_move m = { { WARD, year, number, 0 }, { { 0 } }, act };
    struct voice_moved out;
    struct err e;

    must(store_voice_move(c, &mem, &stamp, &m, &out, &e), &e);
}

static void work(struct conn *c, int year, int voices)
{
    static double ms[MOVED];
    int moved = 0;

    for (int i = 0; i < MOVED; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct voice_piece piece = { .summary = STR("改善を求める声") };
        const struct voice_act draft = { .step = VOICE_DRAFT,
                                         .part = 1,
                                         .kind = STR("explain"),
                                         .text =
                                             str_fmt(&mem, "現地を確かめました。その%d", i) };
        const struct voice_act submit = { .step = VOICE_SUBMIT, .part = 1 };
        const struct voice_act approve = { .step = VOICE_APPROVE, .part = 1 };
        const struct voice_act publish = { .step = VOICE_PUBLISH,
                                           .pieces = &piece,
                                           .piece_count = 1 };
        const int number = 3 * (i * (voices / 3 / MOVED)) + 2; /* one that has a section */

        if (number > voices)
            break;
        move(c, year, number, &draft);
        move(c, year, number, &submit);
        ms[moved] = wall_ms();
        move(c, year, number, &approve);
        ms[moved] = wall_ms() - ms[moved];
        moved++;
        move(c, year, number, &publish);
    }
    tell("approve", ms, moved);
}

/* ---- what pages ask ---- */

static uint32_t asked(struct conn *c, const char *name, const struct voice_filter *filter,
                      bool is_public)
{
    static double ms[ROUNDS];
    uint32_t total = 0;

    for (int i = 0; i < ROUNDS; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        struct opinion_rows opinions;
        struct voice_rows rows;
        struct err e;

        ms[i] = wall_ms();
        if (is_public)
            must(store_opinions(c, &mem, filter, &opinions, &e), &e);
        else
            must(store_voices(c, &mem, filter, &rows, &e), &e);
        ms[i] = wall_ms() - ms[i];
        total = is_public ? opinions.total : rows.total;
    }
    tell(name, ms, ROUNDS);
    fprintf(stderr, "%s: %u\n", name, total);
    return total;
}

static void ask_lists(struct conn *c, int year)
{
    const struct voice_filter all = { .organisation = WARD, .fiscal_year = year };
    const struct voice_filter one = { .organisation = WARD,
                                      .facets = { { FACET_SECTION, STR("minamo-3") } },
                                      .facet_count = 1 };
    const struct voice_filter three = { .organisation = WARD,
                                        .fiscal_year = year,
                                        .facets = { { FACET_STATE, STR("open") },
                                                    { FACET_CATEGORY, STR("roads") },
                                                    { FACET_SECTION, STR("minamo-3") } },
                                        .facet_count = 3 };
    /* common each, and never together: the whole of the rarest is looked through */
    const struct voice_filter none = { .organisation = WARD,
                                       .facets = { { FACET_STATE, STR("open") },
                                                   { FACET_CATEGORY, STR("safety") },
                                                   { FACET_SECTION, STR("minamo-3") } },
                                       .facet_count = 3 };
    struct voice_filter deep = all;
    const struct voice_filter words = { .organisation = WARD, .query = STR("防災 改善") };
    const struct voice_filter rare = { .organisation = WARD, .query = STR("その77") };
    const struct voice_filter both = { .organisation = WARD,
                                       .query = STR("図書"),
                                       .facets = { { FACET_SECTION, STR("minamo-1") } },
                                       .facet_count = 1 };

    deep.page.offset = 900;
    (void)asked(c, "list", &all, false);
    (void)asked(c, "list-deep", &deep, false);
    (void)asked(c, "filter", &one, false);
    (void)asked(c, "filter-three", &three, false);
    (void)asked(c, "filter-none", &none, false);
    (void)asked(c, "search", &words, false);
    (void)asked(c, "search-rare", &rare, false);
    (void)asked(c, "search-filter", &both, false);
    (void)asked(c, "public", &all, true);
}

static void ask_numbers(struct conn *c, int year)
{
    static double ms[ROUNDS], one[ROUNDS];
    const struct voice_count_asked what = { WARD, year, -1, FACET_MONTH };

    for (int i = 0; i < ROUNDS; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct voice_ref ref = { WARD, year, 1 + i * 37, 0 };
        struct voice_numbers n;
        struct voice_counts counts;
        struct voice_stored v;
        struct err e;

        ms[i] = wall_ms();
        must(store_voice_numbers(c, &mem, &what, date_of_instant(BEGIN_MS), &n, &e), &e);
        must(store_voice_counts(c, &mem, &what, &counts, &e), &e);
        ms[i] = wall_ms() - ms[i];
        one[i] = wall_ms();
        must(store_voice(c, &mem, &ref, &v, &e), &e);
        one[i] = wall_ms() - one[i];
    }
    tell("count", ms, ROUNDS);
    tell("one", one, ROUNDS);
}

int main(int argc, char **argv)
{
    const int voices = argc > 2 ? atoi(argv[2]) : DEFAULT_VOICES;
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(conn_close) struct conn *c = NULL;
    struct store_facts facts;
    struct err e;
    enum { YEAR = 2024 };

    if (argc < 2 || voices < 3 * MOVED) {
        fprintf(stderr, "usage: bench_voices FOLDER [VOICES]\n");
        return 2;
    }
    must(store_open(str_c(&mem, str_fmt(&mem, "%s/voices.db", argv[1])), STORE_CREATE, &c, &e),
         &e);
    must(store_about(c, &mem, &facts, &e), &e);
    if (!facts.records) { /* otherwise they are there from another run */
        ward_make(c);
        receive_all(c, voices);
        work(c, YEAR, voices);
    }
    ask_lists(c, YEAR);
    ask_numbers(c, YEAR);
    return 0;
}
