/* meguri import: reads and audits documents and stores them, a batch at a time. While one batch
 * is being written (a thread of its own: every batch waits for the disk), the next one is read.
 * A document is acknowledged, by its line on stdout, after its batch is on disk.
 *
 * One document that cannot be taken stops nobody: it is told, nothing of it is stored, and the
 * exit status says so. What goes wrong with the data file itself ends the run. */
#include "cli/inner.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option IMPORT_OPTIONS[] = {
    { "apply", NULL, NULL, NULL,
      { "保存する(付けなければ、何が変わるかを表示するだけ)", "store (without it: only show what would change)" } },
    { "org", "KEY", NULL, NULL,
      { "団体の記号(6桁の団体コード、または英数字)。文書の団体名から決めないとき", "key of the organisation (6-digit code or slug), instead of the document's name" } },
    { "org-name", "NAME", NULL, NULL,
      { "団体の名前(文書に名前がないとき)", "name of the organisation, where the document gives none" } },
    { "year", "YEAR", NULL, NULL,
      { "文書に年度がないときの年度(2019、令和元年度 など)", "the fiscal year, where the document names none (2019, 令和元年度)" } },
    { "form", "NAME|FILE", NULL, NULL,
      { "様式の名前か、様式の定義ファイル", "name of a form, or a file that defines one" } },
    { "state", "STATE", NULL, "published",
      { "段階(draft proposal adopted revised midyear evaluated published)", "draft proposal adopted revised midyear evaluated published" } },
    { "reason", "TEXT", NULL, "",
      { "取り込みの理由(記録に残る)", "why, kept in the record" } },
    { 0 },
};
/* clang-format on */

enum {
    BATCH_ITEMS = 64,               /* documents of one transaction */
    BATCH_BYTES = 16 * 1024 * 1024, /* or fewer, when they are large */
    OUT_FIRST = 16 * 1024,          /* room for what is said of a batch */
};

struct batch {
    struct arena mem;
    struct incoming items[BATCH_ITEMS];
    uint32_t count;
    size_t bytes;
    /* what the store said */
    struct import_report report;
    struct err e;
    bool ok;
};

struct run {
    struct cli *c;
    struct reader reader;
    struct stamp stamp;
    str org, org_name, state;
    bool apply;
    struct conn *reads, *writes;
    struct batch batches[2];
    struct batch *filling;
    struct batch *writing; /* being written by the thread, NULL = none */
    pthread_t thread;
    struct import_sum sum;
    int status;
    bool is_broken; /* the data file cannot be used: stop */
};

static int64_t now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- whose document is it? ---- */

/* The same name for the same organisation on every machine: Japanese names make no slug. */
static str key_from_name(struct arena *a, str name)
{
    const str kind = store_organisation_kind(name);
    struct buf hex;

    buf_init(&hex, a, 64, 64);
    hash_put(&hex, hash_bytes(text_fold(a, name)));
    return str_fmt(a, "%.*s-%.*s", STR_ARG(kind), STR_ARG(str_take(buf_str(&hex), 8)));
}

/* 大阪市中央区 and 中央区 are one name, 中央区 and 北区 are not. */
static bool names_agree(struct arena *a, str x, str y)
{
    x = text_fold(a, x);
    y = text_fold(a, y);
    return !x.n || !y.n || str_ends(x, y) || str_ends(y, x);
}

static bool known_by_key(struct run *r, struct arena *a, struct incoming *in, struct err *e)
{
    const str said = in->document.plan.organisation.v;
    struct organisation known;

    in->document.plan.organisation_code = r->org;
    in->organisation_name = r->org_name.n ? r->org_name : said;
    if (!store_organisation(r->reads, a, r->org, &known, e))
        return e->code == ERR_NOT_FOUND;
    in->organisation_name = known.name;
    return names_agree(a, known.name, said)
           || err_set(
               e, ERR_INPUT,
               "文書の団体名「%.*s」が、--org %.*s として登録されている「%.*s」と違います。",
               STR_ARG(said), STR_ARG(r->org), STR_ARG(known.name));
}

static bool known_by_name(struct run *r, struct arena *a, struct incoming *in, struct err *e)
{
    struct plan *p = &in->document.plan;
    struct organisation known;

    if (!p->organisation.v.n)
        return err_set(e, ERR_INPUT,
                       "文書に団体名がありません。--org 271284 のように団体の記号を指定して"
                       "ください(新しい団体なら --org-name で名前も)。");
    in->organisation_name = p->organisation.v;
    if (store_organisation_named(r->reads, a, p->organisation.v, &known, e)) {
        p->organisation_code = known.key;
        return true;
    }
    p->organisation_code = key_from_name(a, p->organisation.v);
    return e->code == ERR_NOT_FOUND;
}

/* ---- last year ---- */

static const struct plan *plan_of_batch(const struct batch *b, str organisation, int year)
{
    for (uint32_t i = b ? b->count : 0; i-- > 0;) {
        const struct plan *p = &b->items[i].document.plan;

        if (p->fiscal_year == year && str_eq(p->organisation_code, organisation))
            return p;
    }
    return NULL;
}

/* Last year's plan: one that is about to be stored, or the store's. NULL = there is none. */
static bool find_previous(struct run *r, struct arena *a, const struct plan *p,
                          const struct plan **previous, struct err *e)
{
    const struct plan_ref ref = { p->organisation_code, p->fiscal_year - 1, 0 };
    struct plan *stored;

    *previous = plan_of_batch(r->filling, ref.organisation, ref.fiscal_year);
    if (!*previous)
        *previous = plan_of_batch(r->writing, ref.organisation, ref.fiscal_year);
    if (*previous)
        return true;
    stored = NEW(a, struct plan, 1);
    if (!store_plan(r->reads, a, &ref, stored, e))
        return e->code == ERR_NOT_FOUND;
    *previous = stored;
    return true;
}

/* ---- writing ---- */

static struct import_item item_of(const struct run *r, const struct incoming *in)
{
    return (struct import_item){
        .plan = &in->document.plan,
        .organisation_name = in->organisation_name,
        .state = r->state,
        .findings = in->findings.items,
        .finding_count = in->findings.count,
        .audit_version = audit_version(),
        .used_previous = in->used_previous,
        .bytes = in->document.bytes,
    };
}

static void store_batch(struct run *r, struct batch *b)
{
    struct import_item items[BATCH_ITEMS];
    const struct import_batch all = { items, b->count, r->apply };

    for (uint32_t i = 0; i < b->count; i++)
        items[i] = item_of(r, &b->items[i]);
    b->ok = store_import(r->writes, &b->mem, &r->stamp, &all, &b->report, &b->e);
}

static void *store_batch_thread(void *arg)
{
    struct run *r = arg;

    store_batch(r, r->writing);
    return NULL;
}

static void refuse(struct run *r, str file, const struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf out;
    const int status = err_shown(e->code)->exit;

    buf_init(&out, &mem, 512, SIZE_MAX / 2);
    import_put_refused(r->c, &out, file, e);
    (void)cli_put(r->c, buf_str(&out));
    r->sum.refused++;
    r->status = status > r->status ? status : r->status;
}

static void acknowledge(struct run *r, struct batch *b)
{
    struct buf out;

    buf_init(&out, &b->mem, OUT_FIRST, SIZE_MAX / 2);
    for (uint32_t i = 0; i < b->count; i++)
        import_put(r->c, &out, &b->items[i], i, &b->report, &r->sum);
    r->sum.records += b->report.records;
    r->is_broken = !cli_put(r->c, buf_str(&out)) || r->is_broken;
}

/* One document that the store refuses would take its whole batch along: each for itself, then.
 */
static void store_singly(struct run *r, struct batch *b)
{
    static const struct batch EMPTY = { 0 };
    AUTO(arena_done) struct arena mem = { 0 };
    struct batch *one = NEW(&mem, struct batch, 1);

    for (uint32_t i = 0; i < b->count && !r->is_broken; i++) {
        *one = EMPTY;
        one->items[0] = b->items[i];
        one->count = 1;
        store_batch(r, one);
        if (one->ok)
            acknowledge(r, one);
        else
            refuse(r, one->items[0].file, &one->e);
        r->is_broken = r->is_broken || (!one->ok && one->e.code == ERR_IO);
        arena_done(&one->mem);
    }
}

static void show_progress(const struct run *r)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%u/%d", r->sum.files, r->c->arg_count);
}

/* Says what became of a batch, and empties it. */
static void settle(struct run *r, struct batch *b)
{
    if (b->ok)
        acknowledge(r, b);
    else if (b->e.code == ERR_INPUT && b->count > 1)
        store_singly(r, b);
    else if (b->count)
        refuse(r, b->items[0].file, &b->e);
    r->is_broken = r->is_broken || (!b->ok && b->e.code == ERR_IO);
    arena_reset(&b->mem);
    b->count = 0;
    b->bytes = 0;
    show_progress(r);
}

static void wait_for_writer(struct run *r)
{
    struct batch *b = r->writing;

    if (!b)
        return;
    (void)pthread_join(r->thread, NULL);
    r->writing = NULL;
    settle(r, b);
}

/* Hands the batch over and goes on with the other one. A dry run reads and writes by one
 * connection, so it stays in one thread. */
static void hand_over(struct run *r)
{
    struct batch *full = r->filling;

    wait_for_writer(r);
    if (!full->count || r->is_broken)
        return;
    if (!r->apply) {
        store_batch(r, full);
        settle(r, full);
        return;
    }
    r->filling = full == &r->batches[0] ? &r->batches[1] : &r->batches[0];
    r->writing = full;
    if (pthread_create(&r->thread, NULL, store_batch_thread, r) != 0) {
        store_batch(r, full);
        r->writing = NULL;
        settle(r, full);
    }
}

/* ---- reading ---- */

/* The data file is opened when there is something to store: a run of bad documents makes none.
 * A dry run without a data file looks at an empty one in memory. */
static bool open_store(struct run *r, struct err *e)
{
    const char *data = r->c->data;

    if (r->reads)
        return true;
    if (r->apply)
        return store_open(data, STORE_CREATE, &r->writes, e)
               && store_open(data, STORE_READ, &r->reads, e);
    if (access(data, F_OK) == 0 ? !store_open(data, STORE_READ, &r->reads, e)
                                : !store_open(":memory:", STORE_CREATE, &r->reads, e))
        return false;
    r->writes = r->reads;
    return true;
}

static bool prepare_document(struct run *r, struct arena *a, const char *path,
                             struct incoming *in, struct err *e)
{
    const struct plan *previous = NULL;
    struct import_item item;

    in->file = file_name(a, path);
    if (!reader_read(&r->reader, a, path, &in->document, e))
        return false;
    in->document.plan.source_hash = hash_bytes(in->document.bytes);
    if (!open_store(r, e)) {
        r->is_broken = true;
        return false;
    }
    if (!(r->org.n ? known_by_key(r, a, in, e) : known_by_name(r, a, in, e)))
        return false;
    item = item_of(r, in);
    if (!import_item_check(&item, e) || !find_previous(r, a, &in->document.plan, &previous, e))
        return false;
    in->used_previous = previous != NULL;
    return audit_with_evidence(r->reads, a,
                               &(struct audit_input){ .plan = &in->document.plan,
                                                      .previous = previous },
                               &in->findings, e);
}

/* A second document of one plan replaces the first; whoever meant two wards must be told. */
static void warn_twice(const struct run *r, const struct incoming *in)
{
    const struct plan *p = &in->document.plan;

    if (plan_of_batch(r->filling, p->organisation_code, p->fiscal_year)
        || plan_of_batch(r->writing, p->organisation_code, p->fiscal_year))
        (void)
            cli_refuse(r->c,
                       "注意: %.*s は、先に読んだ文書と団体も年度も同じです。あとの文書を改定と"
                       "して扱います。",
                       "note: %.*s is of the same organisation and year as a document before "
                       "it; the later one is taken as a revision.",
                       STR_ARG(in->file));
}

static void take(struct run *r, const char *path)
{
    struct batch *b = r->filling;
    struct incoming *in = &b->items[b->count];
    struct err e = { .code = ERR_NONE };

    r->sum.files++;
    *in = (struct incoming){ 0 };
    if (!prepare_document(r, &b->mem, path, in, &e)) {
        refuse(r, in->file, &e);
        return;
    }
    warn_twice(r, in);
    b->count++;
    b->bytes += in->document.bytes.n;
    if (b->count == BATCH_ITEMS || b->bytes >= BATCH_BYTES)
        hand_over(r);
}

static bool text_option(struct cli *c, const char *name, str *out, struct err *e)
{
    const char *value = cli_value(c, name);

    *out = str_from(value);
    return utf8_valid_prefix(out->p, out->n) == out->n
           || err_set(e, ERR_INPUT, "--%s の値が UTF-8 ではありません。", name);
}

static bool prepare(struct run *r, struct err *e)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };

    r->stamp = (struct stamp){ &OPERATOR, now_ms(), { 0 } };
    r->apply = cli_is_on(r->c, "apply");
    r->filling = &r->batches[0];
    if (!text_option(r->c, "org", &r->org, e) || !text_option(r->c, "state", &r->state, e)
        || !text_option(r->c, "org-name", &r->org_name, e)
        || !text_option(r->c, "reason", &r->stamp.reason, e)
        || !reader_prepare(r->c, &r->reader, e))
        return false;
    r->reader.hints.organisation = r->org_name;
    return !r->org.n || organisation_key_is_valid(r->org)
           || err_set(e, ERR_INPUT,
                      "--org の「%.*s」は団体の記号として使えません。6桁の団体コード(最後は検査"
                      "数字)か、英小文字で始まる英数字とハイフン(2~40字)にしてください。",
                      STR_ARG(r->org));
}

static int finish(struct run *r)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf out;

    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    buf_init(&out, &mem, 512, SIZE_MAX / 2);
    import_put_end(r->c, &out, &r->sum);
    (void)cli_put(r->c, buf_str(&out));
    if (r->writes != r->reads)
        conn_close(&r->writes);
    conn_close(&r->reads);
    arena_done(&r->batches[0].mem);
    arena_done(&r->batches[1].mem);
    return r->status;
}

int cmd_import(struct cli *c)
{
    struct run *r = NEW(c->mem, struct run, 1);
    struct err e = { .code = ERR_NONE };

    r->c = c;
    if (!prepare(r, &e))
        return cli_fail(c, &e);
    for (int i = 0; i < c->arg_count && !r->is_broken; i++)
        take(r, c->args[i]);
    hand_over(r);
    wait_for_writer(r);
    return finish(r);
}
