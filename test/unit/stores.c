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

static void fill_plan(struct arena *a, struct initiative *i)
{
    if (!i->title.v.n)
        i->title.v = STR("題");
    if (!i->purpose.v.n)
        i->purpose.v = STR("目的");
    if (!i->indicator_count) {
        i->indicators = NEW(a, struct indicator, 1);
        i->indicators[0] = (struct indicator){ .name.v = STR("割合") };
        i->indicator_count = 1;
    }
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        if (!i->indicators[k].name.v.n)
            i->indicators[k].name.v = STR("割合");
        if (!i->indicators[k].goal.v.n)
            i->indicators[k].goal.v = STR("割合の増");
    }
    if (!i->planned_count) {
        i->planned = NEW(a, struct activity, 1);
        i->planned[0] = (struct activity){ .text.v = STR("会議"), .other = -1 };
        i->planned_count = 1;
    }
    for (uint32_t k = 0; k < i->planned_count; k++)
        if (!i->planned[k].text.v.n)
            i->planned[k].text.v = STR("会議");
}

static void fill_midyear(struct arena *a, struct initiative *i)
{
    struct midyear *m = &i->midyear;

    m->is_present = true;
    m->activity_count = i->outline_count ? i->outline_count : 1;
    m->activities = NEW(a, struct marked, m->activity_count);
    for (uint32_t k = 0; k < m->activity_count; k++)
        m->activities[k] = (struct marked){ MARK_POSITIVE, STR("①"), { 0 } };
    m->goal = (struct marked){ MARK_POSITIVE, STR("①"), { 0 } };
}

static void fill_evaluation(struct arena *a, struct initiative *i)
{
    i->reported = NEW(a, struct activity, i->planned_count);
    i->reported_count = i->planned_count;
    for (uint32_t k = 0; k < i->planned_count; k++) {
        i->reported[k] = i->planned[k];
        i->reported[k].change = CHANGE_NONE;
        i->planned[k].change = CHANGE_NONE;
        i->reported[k].other = i->planned[k].other = (int32_t)k;
    }
    for (uint32_t k = 0; k < i->indicator_count; k++)
        if (!i->indicators[k].actual.is_set)
            i->indicators[k].actual_note = STR("まだ測っていない");
    i->evaluation.is_present = true;
    i->evaluation.mark = (struct marked){ MARK_POSITIVE, STR("○"), { 0 } };
}

void stores_fill(struct arena *a, struct initiative *i, enum step step)
{
    if (step == STEP_PLAN)
        fill_plan(a, i);
    else if (step == STEP_MIDYEAR)
        fill_midyear(a, i);
    else
        fill_evaluation(a, i);
}
