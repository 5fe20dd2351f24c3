/* A store for one test. */
#include "stores.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct actor STORES_CLERK = { STR_INIT("cli"), STR_INIT("administrator") };

void stores_begin(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    (void)snprintf(f->dir, sizeof f->dir, "/tmp/meguri-test-XXXXXX");
    if (!mkdtemp(f->dir)) {
        puts("Bail out! no temporary directory");
        exit(1);
    }
    (void)snprintf(f->path, sizeof f->path, "%s/data.db", f->dir);
    if (!store_open(f->path, STORE_CREATE, &f->c, &f->e)) {
        printf("Bail out! no store: %s\n", f->e.text);
        exit(1);
    }
}

void stores_end(struct fixture *f)
{
    DIR *dir;

    conn_close(&f->c);
    dir = opendir(f->dir);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        char path[400];

        (void)snprintf(path, sizeof path, "%s/%s", f->dir, entry->d_name);
        if (entry->d_name[0] != '.')
            (void)unlink(path);
    }
    if (dir)
        (void)closedir(dir);
    (void)rmdir(f->dir);
    arena_done(&f->mem);
}

struct plan stores_plan(struct arena *a, uint64_t seed, str organisation, int fiscal_year,
                        uint32_t initiatives)
{
    struct plan p = models_plan(a, seed, initiatives);
    const str bytes = str_fmt(a, "document %llu", (unsigned long long)seed);

    p.organisation_code = organisation;
    p.fiscal_year = fiscal_year;
    p.source_hash = hash_bytes(bytes);
    p.source_name = str_fmt(a, "%llu.txt", (unsigned long long)seed);
    return p;
}

bool stores_import(struct fixture *f, const struct plan *p, int64_t now_ms, bool apply,
                   struct import_report *out)
{
    struct finding finding = models_finding(&f->mem, 5);
    const struct stamp stamp = { &STORES_CLERK, now_ms, STR("試験") };
    struct import_item item = {
        .plan = p,
        .organisation_name = STR("みなも区"),
        .state = STR("published"),
        .findings = &finding,
        .finding_count = 1,
        .audit_version = STR("1"),
        .bytes =
            str_fmt(&f->mem, "document %.*s", (int)(p->source_name.n - 4), p->source_name.p),
    };
    const struct import_batch batch = { &item, 1, apply };

    finding.initiative = 1;
    return store_import(f->c, &f->mem, &stamp, &batch, out, &f->e);
}
