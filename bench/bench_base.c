/*
 * How fast the ground floor is, and what our two own JSON parts save against jansson: one line
 * a measure, megabytes a second and the ratio to the line it is compared with, all in one run.
 *
 *   bench_base FILE      a document in UTF-8, for instance samples/minamo-2023.txt
 *
 * The body is a record as the program keeps it: one map a line of the document, with its place.
 */
#include <iconv.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

enum { TEXT_BYTES = 8 * 1024 * 1024, BODY_BYTES = 64 * 1024 };

static const double SECONDS = 0.25; /* at least, for each measure */

/* What the measures work on. */
struct job {
    str text;           /* the document, many times over */
    str cp932;          /* the same in CP932 */
    str body;           /* canonical JSON, as long as that of a plan */
    struct value *tree; /* the same as a tree */
    json_t *jansson;    /* the same in jansson's */
    struct arena *work; /* reset after each turn */
    size_t checked;     /* something that depends on every result, so that none is left out */
};

static void validate(struct job *j)
{
    j->checked += utf8_valid_prefix(j->text.p, j->text.n);
}

/* The reference for validate: the length rules alone, byte by byte. */
static void validate_plain(struct job *j)
{
    const unsigned char *p = (const unsigned char *)j->text.p, *end = p + j->text.n;

    while (p < end) {
        size_t n = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;

        for (size_t i = 1; i < n; i++)
            if ((p[i] & 0xC0) != 0x80)
                return;
        p += n;
    }
    j->checked += (size_t)(p - (const unsigned char *)j->text.p);
}

static void decode(struct job *j, str bytes)
{
    enum text_encoding encoding;
    struct err e;
    str out;

    if (text_decode(j->work, STR("bench"), bytes, &out, &encoding, &e))
        j->checked += out.n;
}

static void decode_utf8(struct job *j)
{
    decode(j, j->text);
}

static void decode_cp932(struct job *j)
{
    decode(j, j->cp932);
}

/* The reference for decode_cp932: glibc's, into memory that is there already. */
static void iconv_cp932(struct job *j)
{
    iconv_t cd = iconv_open("UTF-8", "CP932");
    char *in = (char *)(uintptr_t)j->cp932.p, *out = arena_bytes(j->work, j->cp932.n * 2),
         *to = out;
    size_t left = j->cp932.n, room = j->cp932.n * 2;

    iconv(cd, &in, &left, &to, &room);
    iconv_close(cd);
    j->checked += (size_t)(to - out);
}

static void fold(struct job *j)
{
    for (str rest = j->text, line; rest.n;) {
        rest = str_cut(rest, '\n', &line);
        j->checked += text_fold(j->work, line).n;
    }
}

static void count(struct job *j)
{
    j->checked += utf8_count(j->text);
}

static void place(struct job *j)
{
    j->checked += text_index(j->work, j->text)->lines;
}

static void hash(struct job *j)
{
    j->checked += hash_bytes(j->body).b[0];
}

static void read_canonical(struct job *j)
{
    struct value *v;
    struct err e;

    if (json_read_canonical(j->work, j->body, &v, &e))
        j->checked += v->count;
}

static void load(struct job *j)
{
    struct value *v;
    struct err e;

    if (json_load(j->work, j->body, &v, &e))
        j->checked += v->count;
}

static void jansson_read(struct job *j)
{
    json_t *v = json_loadb(j->body.p, j->body.n, JSON_REJECT_DUPLICATES, NULL);

    j->checked += json_object_size(v);
    json_decref(v);
}

static void write_canonical(struct job *j)
{
    struct buf b;

    buf_init(&b, j->work, j->body.n, SIZE_MAX);
    json_put_canonical(&b, j->tree);
    j->checked += b.n;
}

static void jansson_write(struct job *j)
{
    char *p = json_dumps(j->jansson, JSON_SORT_KEYS | JSON_COMPACT);

    j->checked += strlen(p);
    free(p);
}

static size_t text_bytes(const struct job *j)
{
    return j->text.n;
}

static size_t cp932_bytes(const struct job *j)
{
    return j->cp932.n;
}

static size_t body_bytes(const struct job *j)
{
    return j->body.n;
}

/* clang-format off */
static const struct measure {
    const char *name;
    void (*run)(struct job *);
    size_t (*bytes)(const struct job *); /* that one run reads or writes */
    int reference; /* lines above, 0 = itself */
} MEASURES[] = {
    { "UTF-8, lead bytes only",      validate_plain,  text_bytes,  0 },
    { "utf8_valid_prefix",           validate,        text_bytes,  1 },
    { "text_decode, UTF-8",          decode_utf8,     text_bytes,  2 },
    { "utf8_count",                  count,           text_bytes,  3 },
    { "text_index",                  place,           text_bytes,  4 },
    { "text_fold, line by line",     fold,            text_bytes,  5 },
    { "CP932 by iconv",              iconv_cp932,     cp932_bytes, 0 },
    { "text_decode, CP932",          decode_cp932,    cp932_bytes, 1 },
    { "SHA-256",                     hash,            body_bytes,  0 },
    { "jansson, read and free",      jansson_read,    body_bytes,  0 },
    { "json_load (jansson + tree)",  load,            body_bytes,  1 },
    { "json_read_canonical",         read_canonical,  body_bytes,  2 },
    { "jansson, write sorted",       jansson_write,   body_bytes,  0 },
    { "json_put_canonical",          write_canonical, body_bytes,  1 },
};
/* clang-format on */
enum { MEASURE_COUNT = sizeof MEASURES / sizeof *MEASURES };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Megabytes a second of processor time: the best turn, which others on the machine disturbed
 * least. */
static double speed(const struct measure *m, struct job *j)
{
    double begin = now(), best = 1e9;
    size_t bytes = m->bytes(j);

    for (double at = begin; at - begin < SECONDS;) {
        double next;

        m->run(j);
        arena_reset(j->work);
        next = now();
        if (next - at < best)
            best = next - at;
        at = next;
    }
    return (double)bytes / best / 1e6;
}

static void add_line(struct arena *a, struct value *blocks, str line, int64_t row)
{
    struct value *v = value_add_map(a, blocks);

    value_put_int(a, v, "column", 1);
    value_put_text(a, v, "kind", row % 3 ? STR("paragraph") : STR("heading"));
    value_put_int(a, v, "line", row);
    value_put_text(a, v, "text", line);
}

static struct value *record(struct arena *a, str text)
{
    struct value *map = value_map(a), *blocks;
    str rest, line;
    int64_t row = 0;
    size_t bytes = 0;

    value_put_text(a, map, "actor", STR("企画"));
    blocks = value_put_list(a, map, "blocks");
    for (rest = text; rest.n && bytes < BODY_BYTES; bytes += line.n) {
        rest = str_cut(rest, '\n', &line);
        add_line(a, blocks, line, ++row);
    }
    value_put_int(a, map, "year", 2023);
    return map;
}

static str read_file(struct arena *a, const char *name)
{
    FILE *f = fopen(name, "rb");
    char *p = arena_bytes(a, TEXT_BYTES);
    size_t n = f ? fread(p, 1, TEXT_BYTES, f) : 0;

    if (f)
        fclose(f);
    return (str){ p, n };
}

/* In the columns of bench/run. */
static void print_row(const struct measure *m, double speed_mb, double ratio)
{
    char name[80], value[40];

    snprintf(name, sizeof name, "%s%s: MB a second of one core", m->reference ? "  " : "",
             m->name);
    snprintf(value, sizeof value, m->reference ? "%.0f; %.2f" : "%.0f", speed_mb, ratio);
    printf("%-56s %18s\n", name, value);
}

int main(int argc, char **argv)
{
    struct arena a = { 0 }, work = { 0 };
    str one = argc == 2 ? read_file(&a, argv[1]) : (str){ NULL, 0 }, first_lost;
    struct job j = { .work = &work };
    double speeds[MEASURE_COUNT];
    struct buf b;
    size_t lost;

    if (one.n == 0) {
        fprintf(stderr, "usage: bench_base FILE\n");
        return 1;
    }
    buf_init(&b, &a, TEXT_BYTES, TEXT_BYTES);
    while (!b.full)
        buf_put(&b, one);
    j.text = buf_str(&b);
    j.cp932 = text_to_cp932(&a, j.text, &lost, &first_lost);
    j.tree = record(&a, j.text);
    buf_init(&b, &a, 0, SIZE_MAX);
    json_put_canonical(&b, j.tree);
    j.body = buf_str(&b);
    j.jansson = json_loadb(j.body.p, j.body.n, 0, NULL);
    for (int i = 0; i < MEASURE_COUNT; i++) {
        speeds[i] = speed(&MEASURES[i], &j);
        print_row(&MEASURES[i], speeds[i], speeds[i] / speeds[i - MEASURES[i].reference]);
    }
    json_decref(j.jansson);
    arena_done(&work);
    arena_done(&a);
    return j.checked == 0;
}
