/* Verification: is everything as it was acknowledged? Every record is hashed again, every log's
 * chain and tree followed, every document unpacked, and the tables are compared with what the
 * records give today. Whatever is wrong is collected; only a file that cannot be read at all is
 * an error. */
#include "store/blob.h"

#include "base/banned.h"

enum { FAULTS_MAX = 1000 };

struct fault {
    str text;
    struct fault *next;
};

struct verify {
    struct conn *c;
    struct arena *a;
    struct verify_report *report;
    struct verifier key; /* of the key file; name "" = there is none */
    struct fault *first, **last;
};

void verify_fault(struct verify *v, str text)
{
    struct fault *one;

    if (v->report->fault_count == FAULTS_MAX)
        return;
    one = NEW(v->a, struct fault, 1);
    one->text = text;
    *v->last = one;
    v->last = &one->next;
    v->report->fault_count++;
}

#define FAULT(v, ...) verify_fault((v), str_fmt((v)->a, __VA_ARGS__))

/* ---- the engine's own check ---- */

static bool check_pages(struct verify *v, struct err *e)
{
    AUTO(query_end) struct query q = query_on(v->c, Q_MIGRATION_INTEGRITY);
    bool is_row = true;

    while (query_step(&q, &is_row, e) && is_row) {
        const str said = take_text(&q, v->a);

        if (!str_eq(said, STR("ok")))
            FAULT(v, "データファイルの構造が壊れています: %.*s", STR_ARG(said));
    }
    return !is_row;
}

/* ---- logs ---- */

/* One log being followed. */
struct walk {
    struct verify *v;
    str organisation;
    struct log log; /* what it should be after the records so far */
    int64_t seq;
    struct heads heads;
};

static void record_fault(struct walk *w, const struct record *r, const char *what)
{
    FAULT(w->v, "%.*s の記録%lld(%.*s): %s", STR_ARG(w->organisation), (long long)r->index,
          STR_ARG(r->entity), what);
}

static bool check_replaced(struct walk *w, const struct record *r, struct err *e)
{
    AUTO(query_end) struct query q = query_on(w->v->c, Q_RECORD_HASH_BEFORE);
    struct hash before = { { 0 } };
    bool found;

    put_text(&q, r->organisation);
    put_text(&q, r->entity);
    put_int(&q, r->seq);
    if (!query_step(&q, &found, e))
        return false;
    if (found)
        before = take_hash(&q);
    if (!hash_eq(before, r->replaces))
        record_fault(w, r, "置き換えた記録の名前が前の記録と合いません。");
    return true;
}

static bool check_record(struct walk *w, struct arena *a, const struct record *r, struct err *e)
{
    const struct hash hash = merkle_leaf(record_bytes(a, r));
    struct value *tree;
    struct err ignored;

    if (!hash_eq(hash, r->hash))
        record_fault(w, r, "中身とハッシュが合いません。書き換えられています。");
    if (!json_read_canonical(a, r->body, &tree, &ignored))
        record_fault(w, r, "中身が正準形の JSON ではありません。");
    if (r->index != (int64_t)w->log.tree.size)
        record_fault(w, r, "番号が続いていません。記録が抜けているか、増えています。");
    if (r->seq <= w->seq)
        record_fault(w, r, "書かれた順番が逆です。");
    if (r->at_ms < w->log.at_ms)
        record_fault(w, r, "前の記録より古い日時です。");
    merkle_add(&w->log.tree, hash);
    w->log.at_ms = r->at_ms;
    w->seq = r->seq;
    w->v->report->records++;
    heads_pass(&w->heads, &w->log.tree);
    return check_replaced(w, r, e);
}

static bool check_log(struct verify *v, str organisation, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct walk w = { .v = v, .organisation = organisation };
    struct hash expected, stored;
    struct log log;
    bool is_row = true;

    w.heads = (struct heads){ .v = v, .c = v->c, .organisation = organisation, .key = v->key };
    if (!heads_begin(&w.heads, v->a, v->report, e))
        return false;
    {
        AUTO(query_end) struct query q = query_on(v->c, Q_RECORD_OF_LOG);

        put_text(&q, organisation);
        while (query_step(&q, &is_row, e) && is_row) {
            struct record r;

            arena_reset(&mem);
            r = row_record(&q, &mem);
            if (!check_record(&w, &mem, &r, e))
                return false;
        }
    }
    if (is_row)
        return false;
    heads_end(&w.heads, w.log.tree.size);
    v->report->organisations++;
    if (!log_load(v->c, organisation, &log, e)) {
        FAULT(v, "%s", e->text);
        return true;
    }
    expected = merkle_root(&w.log.tree);
    stored = merkle_root(&log.tree);
    if (log.tree.size != w.log.tree.size || !hash_eq(expected, stored))
        FAULT(v, "%.*s の記録の木が、記録から作り直したものと合いません。",
              STR_ARG(organisation));
    return true;
}

/* Names are gathered first: following a log runs other statements. */
bool logs_each(struct conn *c, log_fn *visit, void *ctx, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    str *names = NULL;
    uint32_t count = 0, room = 0;
    bool is_row = true;

    {
        AUTO(query_end) struct query q = query_on(c, Q_RECORD_LOGS);

        while (query_step(&q, &is_row, e) && is_row) {
            names = rows_grow(&mem, names, sizeof *names, count, &room);
            names[count++] = take_text(&q, &mem);
        }
    }
    for (uint32_t i = 0; !is_row && i < count; i++)
        if (!visit(ctx, names[i], e))
            return false;
    return !is_row;
}

static bool visit_log(void *ctx, str organisation, struct err *e)
{
    return check_log(ctx, organisation, e);
}

/* A record that belongs to no log (its organisation was changed) is in none of the walks. */
static bool check_count(struct verify *v, struct err *e)
{
    AUTO(query_end) struct query q = query_on(v->c, Q_RECORD_LAST_SEQ);
    int64_t last;

    if (!query_number(&q, &last, e))
        return false;
    if ((uint64_t)last != v->report->records)
        FAULT(v, "記録は通し番号では%lld件あるはずですが、%llu件しかありません。",
              (long long)last, (unsigned long long)v->report->records);
    return true;
}

/* ---- documents ---- */

static str hex_of(struct arena *a, struct hash h)
{
    struct buf b;

    buf_init(&b, a, 64, 64);
    hash_put(&b, h);
    return buf_str(&b);
}

static void check_blob(struct verify *v, struct arena *a, struct query *q)
{
    const struct hash hash = take_hash(q);
    const int64_t size = take_int(q);
    const str packing = take_text(q, a), stored = take_text(q, a);
    str bytes;

    v->report->blobs++;
    if (!blob_unpack(a, packing, stored, (uint64_t)size, &bytes)
        || !hash_eq(hash_bytes(bytes), hash)) {
        const str name = hex_of(a, hash);

        FAULT(v, "保存された文書 %.*s の中身が変わっています。", STR_ARG(name));
    }
}

static bool check_blobs(struct verify *v, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(v->c, Q_BLOB_ALL);
    bool is_row = true;

    while (query_step(&q, &is_row, e) && is_row) {
        arena_reset(&mem);
        check_blob(v, &mem, &q);
    }
    return !is_row;
}

static bool check_blob_names(struct verify *v, struct err *e)
{
    AUTO(query_end) struct query missing = query_on(v->c, Q_COMPARE_BLOB_MISSING);
    AUTO(query_end) struct query unknown = query_on(v->c, Q_COMPARE_BLOB_UNKNOWN);
    bool is_row = true;

    while (query_step(&missing, &is_row, e) && is_row) {
        const str name = take_text(&missing, v->a);

        FAULT(v, "文書がありません: %.*s", STR_ARG(name));
    }
    if (is_row)
        return false;
    is_row = true;
    while (query_step(&unknown, &is_row, e) && is_row) {
        const str name = hex_of(v->a, take_hash(&unknown));

        FAULT(v, "どの記録も名指ししない文書があります: %.*s", STR_ARG(name));
    }
    return !is_row;
}

/* ---- tables ---- */

static const struct {
    enum sql compare;
    const char *what;
} TABLES[] = {
    { Q_COMPARE_LOG, "記録の木" },
    { Q_COMPARE_ORGANISATION, "団体の表" },
    { Q_COMPARE_SOURCE, "文書の表" },
    { Q_COMPARE_PLAN, "運営方針の表" },
    { Q_COMPARE_INITIATIVE, "取組項目の表" },
    { Q_COMPARE_INDICATOR, "指標の表" },
    { Q_COMPARE_ACTIVITY, "取組内容の表" },
    { Q_COMPARE_FINDING, "指摘の表" },
    { Q_COMPARE_PARAGRAPH, "検索の段落の表" },
    { Q_COMPARE_CYCLE, "年度の作業の表" },
    { Q_COMPARE_SHEET, "作業中の取組項目の表" },
    { Q_COMPARE_SHEET_STEP, "提出と承認の表" },
    { Q_COMPARE_FINDING_ANSWER, "指摘への回答の表" },
    { Q_COMPARE_COMMITMENT, "改善の約束の表" },
    { Q_COMPARE_CATALOGUE, "指標の台帳の表" },
    { Q_COMPARE_GRANT, "権限の表" },
    { Q_COMPARE_SURVEY, "アンケートの表" },
    { Q_COMPARE_SURVEY_ANSWERS, "アンケートの回答の表" },
    { Q_COMPARE_BOOK, "台帳の表" },
    { Q_COMPARE_ENTRY_BATCH, "台帳の取り込みの表" },
    { Q_COMPARE_ENTRY, "台帳の内容の表" },
    { Q_COMPARE_ENTRY_CELL, "台帳の集計の表" },
    { Q_COMPARE_AREA, "地域の表" },
    { Q_COMPARE_BINDING, "指標と台帳の結び付きの表" },
    { Q_COMPARE_ACTUAL, "確定した実績の表" },
    { Q_COMPARE_VOICE, "声の表" },
    { Q_COMPARE_VOICE_FACET, "声の一覧の索引" },
    { Q_COMPARE_VOICE_COUNT, "声の件数の表" },
    { Q_COMPARE_VOICE_TERM, "声の期限の表" },
    { Q_COMPARE_VOICE_LINK, "声と計画の結び付きの表" },
    { Q_COMPARE_VOICE_TURN, "声の受付の表" },
    { Q_COMPARE_VOICE_ERASURE, "消した声の表" },
    { Q_COMPARE_VOICE_ANSWER, "声への回答の表" },
    { Q_COMPARE_VOICE_WAIT, "声の仕事の表" },
    { Q_COMPARE_VOICE_WORDS, "声の検索の表" },
    { Q_COMPARE_OPINION, "公開した声の表" },
    { Q_COMPARE_MEETING, "会議の表" },
};

static bool compare_table(struct verify *v, struct conn *shadow, size_t table, struct err *e)
{
    AUTO(query_end) struct query q = query_on(shadow, TABLES[table].compare);
    bool is_row = true;

    while (query_step(&q, &is_row, e) && is_row) {
        const str which = take_text(&q, v->a);

        FAULT(v, "%sが記録と合いません: %.*s(meguri rebuild で作り直せます)",
              TABLES[table].what, STR_ARG(which));
    }
    return !is_row;
}

static bool create_shadows(struct conn *shadow, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(shadow, Q_MIGRATION_DERIVED);
    bool is_row = true;

    while (query_step(&q, &is_row, e) && is_row)
        if (!engine_script(shadow, str_c(&mem, take_text(&q, &mem)), e))
            return false;
    return !is_row;
}

/* What a log cannot be projected into is a fault of that log, not of the verification. */
static bool visit_projection(void *ctx, str organisation, struct err *e)
{
    struct conn *shadow = ctx;

    return project_organisation(shadow, organisation, e);
}

/* A second connection, whose temporary tables stand before the real ones under the same names:
 * the projection that writes the real ones fills them, and both are then compared, all within
 * one state of the file. */
static bool check_tables(struct verify *v, struct err *e)
{
    AUTO(conn_close) struct conn *shadow = NULL;
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!store_open(v->c->address, STORE_WRITE, &shadow, e) || !engine_loosen(shadow, e)
        || !create_shadows(shadow, e) || !transaction_begin_read(shadow, &t, e))
        return false;
    shadow->without_index = true;
    if (!logs_each(shadow, visit_projection, shadow, e)) {
        FAULT(v, "記録から表を作れません: %s", e->text);
        return true;
    }
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++)
        if (!compare_table(v, shadow, i, e))
            return false;
    return true;
}

static void check_index(struct verify *v)
{
    AUTO(query_end) struct query q = query_on(v->c, Q_SEARCH_INDEX_CHECK);
    AUTO(query_end) struct query voices = query_on(v->c, Q_VOICE_INDEX_CHECK);
    struct err said;

    if (!query_run(&q, &said))
        FAULT(v, "検索の索引が段落と合いません(meguri rebuild で作り直せます)。");
    if (!query_run(&voices, &said))
        FAULT(v, "声の検索の索引が文章と合いません(meguri rebuild で作り直せます)。");
}

/* A key file that cannot be read is told; what was signed is then checked by the key that
 * stands beside it. */
static void key_look(struct verify *v)
{
    struct err said;

    if (!store_verifier(v->c, v->a, &v->key, &said))
        FAULT(v, "%s", said.text);
}

bool store_verify(struct conn *c, struct arena *a, struct verify_report *out, struct err *e)
{
    struct verify v = { .c = c, .a = a, .report = out };

    *out = (struct verify_report){ 0 };
    v.last = &v.first;
    key_look(&v);
    if (!check_pages(&v, e) || !logs_each(c, visit_log, &v, e) || !heads_missing(&v, c, a, e)
        || !check_count(&v, e) || !check_blobs(&v, e) || !check_blob_names(&v, e)
        || !check_tables(&v, e) || !verify_voices(&v, c, a, e))
        return false;
    check_index(&v);
    out->faults = NEW(a, str, out->fault_count);
    out->fault_count = 0;
    for (const struct fault *f = v.first; f; f = f->next)
        out->faults[out->fault_count++] = f->text;
    return true;
}
