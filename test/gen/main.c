/* gen_docs: writes documents in the published form, with the truth about them.
 *
 *   gen_docs --count 300 --out DIR --truth FILE    DIR/doc-000000.txt ..., truth as NDJSON
 *   gen_docs --bytes 200000000 --out DIR           so many bytes of documents (whole ones)
 *   gen_docs --count 1000 --stream                 one after the other on standard output
 *
 *   --seed N          another set of documents (default 1); the same seed, the same bytes
 *   --big             6 to 12 initiatives a document
 *   --html            pages with tables (doc-000000.html) instead of tab-separated text
 *   --lines           the text of a table as tools take it out of one: a line for each cell
 *   --pairs           beside each document the one of the year before, DIR/previous-000000.txt;
 *                     the truth is that of `meguri check --previous`
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
    FILE *truth_file;
    bool stream, html, lines, pairs;
    struct wish wish;
};

static int usage(void)
{
    fprintf(stderr, "usage: gen_docs [--seed N] [--count N | --bytes N] [--big] [--html | "
                    "--lines] [--pairs]"
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
    if (strcmp(name, "--lines") == 0)
        return &o->lines;
    if (strcmp(name, "--pairs") == 0)
        return &o->pairs;
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
    return (o->out != NULL) != o->stream && !(o->pairs && o->stream)
           && (o->count > 0 || o->bytes > 0);
}

static enum layout layout_of(const struct options *o)
{
    return o->html ? LAYOUT_HTML : o->lines ? LAYOUT_LINES : LAYOUT_TABS;
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
static bool emit(const struct options *o, const struct doc *d, const struct doc *before, long n,
                 const struct buf *text)
{
    struct buf line = { 0 };
    char name[64];
    bool ok;

    snprintf(name, sizeof name, "doc-%06ld.%s", n, o->html ? "html" : "txt");
    ok = o->stream ? fwrite(text->p, 1, text->n, stdout) == text->n : save(o->out, name, text);
    if (ok && o->truth_file) {
        truth_write(d, before, name, &line);
        ok = fwrite(line.p, 1, line.n, o->truth_file) == line.n;
    }
    buf_done(&line);
    return ok;
}

static bool emit_before(const struct options *o, struct rng *r, struct doc *d, long n)
{
    struct buf text = { 0 };
    char name[64];
    bool ok;

    snprintf(name, sizeof name, "previous-%06ld.%s", n, o->html ? "html" : "txt");
    doc_write(r, d, layout_of(o), &text);
    ok = save(o->out, name, &text);
    buf_done(&text);
    return ok;
}

/* All documents; false when one could not be written. */
static bool generate(const struct options *o)
{
    static struct doc d, before;
    struct pool pool = { 0 };
    struct buf text = { 0 };
    long written = 0;
    bool ok = true;

    for (long n = 0; ok && (o->count ? n < o->count : written < o->bytes); n++) {
        struct rng r = { o->seed * 0x2545f4914f6cdd1du + (uint64_t)n };

        text.n = 0;
        doc_build(&r, &pool, (int)n, &o->wish, &d);
        doc_write(&r, &d, layout_of(o), &text);
        if (o->pairs) {
            doc_previous(&r, &d, &before);
            ok = emit_before(o, &r, &before, n);
        }
        ok = ok && emit(o, &d, o->pairs ? &before : NULL, n, &text);
        written += (long)text.n;
    }
    buf_done(&text);
    free(pool.mem);
    return ok;
}

int main(int argc, char **argv)
{
    struct options o = { .seed = 1 };
    bool ok;

    if (!read_options(argc, argv, &o))
        return usage();
    if (o.truth && !(o.truth_file = fopen(o.truth, "wb"))) {
        fprintf(stderr, "gen_docs: cannot write %s\n", o.truth);
        return 2;
    }
    ok = generate(&o);
    if (o.truth_file && fclose(o.truth_file) != 0)
        ok = false;
    if (!ok)
        fprintf(stderr, "gen_docs: could not write everything\n");
    return ok ? 0 : 2;
}
