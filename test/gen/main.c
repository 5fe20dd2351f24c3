/* gen_docs: writes documents in the published form, with the truth about them.
 *
 *   gen_docs --count 300 --out DIR --truth FILE    DIR/doc-000000.txt ..., truth as NDJSON
 *   gen_docs --bytes 200000000 --out DIR           so many bytes of documents (whole ones)
 *   gen_docs --count 1000 --stream                 one after the other on standard output
 *
 *   --seed N          another set of documents (default 1); the same seed, the same bytes
 *   --big             6 to 12 initiatives a document
 *   --html            pages with tables (doc-000000.html) instead of tab-separated text
 *   --unheaded PCT    so many of a hundred documents do not name ward and year
 *
 * Each of the first 20,000 documents names another ward or another year. */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
    uint64_t seed;
    long count, bytes;
    const char *out, *truth;
    bool stream, html;
    struct wish wish;
};

static int usage(void)
{
    fprintf(stderr, "usage: gen_docs [--seed N] [--count N | --bytes N] [--big] [--html]"
                    " [--unheaded PCT]"
                    " (--out DIR [--truth FILE] | --stream)\n");
    return 2;
}

static bool *flag_named(struct options *o, const char *name)
{
    if (strcmp(name, "--stream") == 0)
        return &o->stream;
    if (strcmp(name, "--html") == 0)
        return &o->html;
    return strcmp(name, "--big") == 0 ? &o->wish.big : NULL;
}

static bool read_value(struct options *o, const char *name, const char *value)
{
    long n = strtol(value, NULL, 10);

    if (strcmp(name, "--seed") == 0)
        o->seed = (uint64_t)n;
    else if (strcmp(name, "--count") == 0)
        o->count = n;
    else if (strcmp(name, "--bytes") == 0)
        o->bytes = n;
    else if (strcmp(name, "--unheaded") == 0)
        o->wish.unheaded_pct = (int)n;
    else if (strcmp(name, "--out") == 0)
        o->out = value;
    else if (strcmp(name, "--truth") == 0)
        o->truth = value;
    else
        return false;
    return true;
}

static bool read_options(int argc, char **argv, struct options *o)
{
    for (int i = 1; i < argc; i++) {
        bool *flag = flag_named(o, argv[i]);

        if (flag) {
            *flag = true;
            continue;
        }
        if (i + 1 == argc || !read_value(o, argv[i], argv[i + 1]))
            return false;
        i++;
    }
    return (o->out != NULL) != o->stream && (o->count > 0 || o->bytes > 0);
}

static bool save(const char *dir, const char *name, const struct buf *b)
{
    char path[4096];
    FILE *f;
    bool ok;

    if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path)
        return false;
    f = fopen(path, "wb");
    if (!f)
        return false;
    ok = fwrite(b->p, 1, b->n, f) == b->n;
    return fclose(f) == 0 && ok;
}

/* One document and its truth to where the options say. */
static bool emit(const struct options *o, const struct doc *d, long n, const struct buf *text,
                 FILE *truth)
{
    struct buf line = { 0 };
    char name[64];
    bool ok;

    snprintf(name, sizeof name, "doc-%06ld.%s", n, o->html ? "html" : "txt");
    ok = o->stream ? fwrite(text->p, 1, text->n, stdout) == text->n : save(o->out, name, text);
    if (ok && truth) {
        truth_write(d, name, &line);
        ok = fwrite(line.p, 1, line.n, truth) == line.n;
    }
    buf_done(&line);
    return ok;
}

int main(int argc, char **argv)
{
    struct options o = { .seed = 1 };
    static struct doc d;
    struct pool pool = { 0 };
    struct buf text = { 0 };
    FILE *truth = NULL;
    long written = 0;
    bool ok = true;

    if (!read_options(argc, argv, &o))
        return usage();
    if (o.truth && !(truth = fopen(o.truth, "wb"))) {
        fprintf(stderr, "gen_docs: cannot write %s\n", o.truth);
        return 2;
    }
    for (long n = 0; ok && (o.count ? n < o.count : written < o.bytes); n++) {
        struct rng r = { o.seed * 0x2545f4914f6cdd1du + (uint64_t)n };

        text.n = 0;
        doc_build(&r, &pool, (int)n, &o.wish, &d);
        doc_write(&r, &d, o.html, &text);
        ok = emit(&o, &d, n, &text, truth);
        written += (long)text.n;
    }
    if (truth && fclose(truth) != 0)
        ok = false;
    if (!ok)
        fprintf(stderr, "gen_docs: could not write everything\n");
    buf_done(&text);
    free(pool.mem);
    return ok ? 0 : 2;
}
