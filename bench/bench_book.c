/*
 * Reading a workbook: bench_book [CELLS] invents one of that many cells (1,000,000 when not
 * given: days, texts, whole numbers, decimals) in memory and reads it. Seconds of one core, the
 * best of five, and what the table takes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ingest/ingest.h"

#include "../test/unit/zips.h"

enum { COLUMNS = 4, TURNS = 5 };

static double now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static str sheet_of(struct arena *a, uint32_t rows)
{
    struct buf b;

    buf_init(&b, a, (size_t)rows * 128 + 1024, SIZE_MAX / 2);
    buf_put_c(&b, "<worksheet xmlns='" ZIP_MAIN "'><sheetData>");
    for (uint32_t r = 1; r <= rows; r++)
        buf_fmt(
            &b,
            "<row r=\"%u\"><c r=\"A%u\" s=\"1\"><v>%u</v></c><c r=\"B%u\" t=\"s\"><v>%u</v></c>"
            "<c r=\"C%u\"><v>%u</v></c><c r=\"D%u\"><v>%u.%u</v></c></row>",
            r, r, 45383 + r % 365, r, r % 1000, r, r % 60, r, r % 97, r % 10);
    buf_put_c(&b, "</sheetData></worksheet>");
    return buf_str(&b);
}

static str strings_of(struct arena *a)
{
    struct buf b;

    buf_init(&b, a, 65536, SIZE_MAX / 2);
    buf_put_c(&b, "<sst xmlns='" ZIP_MAIN "'>");
    for (int i = 0; i < 1000; i++)
        buf_fmt(&b, "<si><t>研修 第%d回</t></si>", i);
    buf_put_c(&b, "</sst>");
    return buf_str(&b);
}

int main(int argc, char **argv)
{
    const uint32_t cells = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
    AUTO(arena_done) struct arena a = { 0 };
    const struct zip_book parts = {
        .styles = "<styleSheet xmlns='" ZIP_MAIN "'><cellXfs><xf numFmtId='0'/>"
                  "<xf numFmtId='14'/></cellXfs></styleSheet>",
        .strings = str_c(&a, strings_of(&a)),
        .sheet = str_c(&a, sheet_of(&a, cells / COLUMNS)),
        .deflate = true,
    };
    const str book = zip_workbook(&a, &parts);
    double best = 1e9;
    size_t bytes = 0;

    for (int i = 0; i < TURNS; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const double begin = now();
        struct table t;
        struct err e;

        if (!ingest_table(&mem, STR("bench.xlsx"), book, &t, &e)
            || t.count != cells / COLUMNS) {
            fprintf(stderr, "bench_book: %s\n", e.text);
            return 1;
        }
        best = now() - begin < best ? now() - begin : best;
        bytes = mem.total;
    }
    printf("%-56s %18.2f\n", "workbook of 1,000,000 cells: seconds of processor", best);
    printf("%-56s %18.1f\n", "  MB of its table", (double)bytes / 1e6);
    return 0;
}
