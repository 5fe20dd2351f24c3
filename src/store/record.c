/* Records as bytes and as rows; logs. */
#include "store/inner.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"

/* ---- bytes ---- */

static void put_member(struct buf *b, const char *key, str text)
{
    buf_put_char(b, ',');
    buf_put_char(b, '"');
    buf_put_c(b, key);
    buf_put_c(b, "\":");
    json_put_string(b, text);
}

/* The keys stand in the order of canonical JSON, so the body, canonical itself, goes in as it
 * is. (t_store_record.c compares with the writer that sorts.) */
str record_bytes(struct arena *a, const struct record *r)
{
    struct buf b;

    buf_init(&b, a, r->body.n + 1024, SIZE_MAX);
    buf_put_c(&b, "{\"at\":\"");
    instant_put(&b, r->at_ms);
    buf_put_char(&b, '"');
    put_member(&b, "author", r->author);
    buf_put_c(&b, ",\"body\":");
    buf_put(&b, r->body);
    put_member(&b, "entity", r->entity);
    buf_put_c(&b, ",\"index\":");
    buf_put_int(&b, r->index);
    put_member(&b, "kind", r->kind);
    put_member(&b, "organisation", r->organisation);
    put_member(&b, "reason", r->reason);
    buf_put_c(&b, ",\"replaces\":");
    if (hash_is_zero(r->replaces)) {
        buf_put_c(&b, "null");
    } else {
        buf_put_char(&b, '"');
        hash_put(&b, r->replaces);
        buf_put_char(&b, '"');
    }
    put_member(&b, "role", r->role);
    buf_put_char(&b, '}');
    return buf_str(&b);
}

str body_put(struct arena *a, const struct value *tree)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, tree);
    return b.full ? (str){ 0 } : buf_str(&b);
}

/* ---- rows ---- */

struct record row_record(struct query *q, struct arena *a)
{
    struct record r = { .seq = take_int(q), .index = take_int(q) };

    r.organisation = take_text(q, a);
    r.kind = take_text(q, a);
    r.entity = take_text(q, a);
    r.replaces = take_hash(q);
    r.author = take_text(q, a);
    r.role = take_text(q, a);
    r.at_ms = take_int(q);
    r.reason = take_text(q, a);
    r.body = take_text(q, a);
    r.hash = take_hash(q);
    return r;
}

/* The same without organisation and entity, which the caller asked by. */
static struct record row_found(struct query *q, struct arena *a)
{
    struct record r = { .seq = take_int(q), .index = take_int(q) };

    r.kind = take_text(q, a);
    r.replaces = take_hash(q);
    r.author = take_text(q, a);
    r.role = take_text(q, a);
    r.at_ms = take_int(q);
    r.reason = take_text(q, a);
    r.body = take_text(q, a);
    r.hash = take_hash(q);
    return r;
}

bool record_find(struct conn *c, struct arena *a, const struct entity_ref *ref,
                 struct record *out, struct err *e)
{
    AUTO(query_end)
    struct query q = query_on(c, ref->when ? Q_RECORD_AS_OF : Q_RECORD_NEWEST);
    bool found;

    put_text(&q, ref->organisation);
    put_text(&q, ref->entity);
    if (ref->when)
        put_int(&q, ref->when);
    if (!query_step(&q, &found, e))
        return false;
    *out = found ? row_found(&q, a) : (struct record){ 0 };
    out->organisation = ref->organisation;
    out->entity = ref->entity;
    return true;
}

bool record_find_seq(struct conn *c, const struct entity_ref *ref, int64_t *seq, struct err *e)
{
    AUTO(query_end)
    struct query q = query_on(c, ref->when ? Q_RECORD_AS_OF_SEQ : Q_RECORD_NEWEST_SEQ);

    put_text(&q, ref->organisation);
    put_text(&q, ref->entity);
    if (ref->when)
        put_int(&q, ref->when);
    return query_number(&q, seq, e);
}

/* ---- logs ---- */

enum { PEAKS = 64 };

/* Peaks are kept as the bits of the size say, the largest first. */
static bool peaks_unpack(str bytes, struct merkle *tree)
{
    size_t at = 0;

    for (int i = PEAKS - 1; i >= 0; i--) {
        if (!(tree->size >> i & 1))
            continue;
        if (at + sizeof tree->peaks[i].b > bytes.n)
            return false;
        memcpy(tree->peaks[i].b, bytes.p + at, sizeof tree->peaks[i].b);
        at += sizeof tree->peaks[i].b;
    }
    return at == bytes.n;
}

bool log_load(struct conn *c, str organisation, struct log *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_LOG_GET);
    bool found;

    memset(out, 0, sizeof *out);
    put_text(&q, organisation);
    if (!query_step(&q, &found, e) || !found)
        return !found;
    out->tree.size = (uint64_t)take_int(&q);
    out->at_ms = take_int(&q);
    if (!peaks_unpack(take_text(&q, &mem), &out->tree))
        return err_set(e, ERR_IO,
                       "%.*s の記録の木が壊れています。meguri rebuild で作り直してください。",
                       STR_ARG(organisation));
    return true;
}

bool log_save(struct conn *c, str organisation, const struct log *log, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_LOG_PUT);
    char bytes[PEAKS * sizeof(struct hash)];
    size_t n = 0;

    for (int i = PEAKS - 1; i >= 0; i--) {
        if (!(log->tree.size >> i & 1))
            continue;
        memcpy(bytes + n, log->tree.peaks[i].b, sizeof log->tree.peaks[i].b);
        n += sizeof log->tree.peaks[i].b;
    }
    put_text(&q, organisation);
    put_int(&q, (int64_t)log->tree.size);
    put_int(&q, log->at_ms);
    put_bytes(&q, (str){ bytes, n });
    return query_run(&q, e);
}

/* ---- entities ---- */

str entity_plan(struct arena *a, int fiscal_year)
{
    return str_fmt(a, "plan/%d", fiscal_year);
}

str entity_initiative(struct arena *a, int fiscal_year, int number)
{
    return str_fmt(a, "plan/%d/initiative/%d", fiscal_year, number);
}

str entity_findings(struct arena *a, int fiscal_year)
{
    return str_fmt(a, "plan/%d/findings", fiscal_year);
}

str entity_source(struct arena *a, struct hash source)
{
    struct buf b;

    buf_init(&b, a, 80, 80);
    buf_put_c(&b, "source/");
    hash_put(&b, source);
    return buf_str(&b);
}

str entity_cycle(struct arena *a, int fiscal_year)
{
    return str_fmt(a, "work/%d", fiscal_year);
}

str entity_sheet(struct arena *a, int fiscal_year, int number)
{
    return str_fmt(a, "work/%d/sheet/%d", fiscal_year, number);
}

str entity_step(struct arena *a, int fiscal_year, int number, enum step s)
{
    const str word = step_word(s);

    return str_fmt(a, "work/%d/step/%d/%.*s", fiscal_year, number, STR_ARG(word));
}

str entity_answer(struct arena *a, int fiscal_year, int number, str id)
{
    return str_fmt(a, "work/%d/answer/%d/%.*s", fiscal_year, number, STR_ARG(id));
}

str entity_commitment(struct arena *a, int fiscal_year, bool is_official, str id)
{
    return str_fmt(a, "%s/%d/commitment/%.*s", is_official ? "plan" : "work", fiscal_year,
                   STR_ARG(id));
}

str entity_catalogue(struct arena *a, str id)
{
    return str_fmt(a, "catalogue/%.*s", STR_ARG(id));
}

static int part_number(str part)
{
    dec n;

    return part.n < 10 && dec_parse(part, &n) && n.scale == 0 ? (int)n.n : 0;
}

void entity_parts(str entity, int *fiscal_year, int *number)
{
    static const str NUMBERED[] = { STR_INIT("initiative"), STR_INIT("sheet"), STR_INIT("step"),
                                    STR_INIT("answer") };
    str part;

    *fiscal_year = *number = 0;
    entity = str_cut(entity, '/', &part);
    if (!str_eq(part, STR("plan")) && !str_eq(part, STR("work")))
        return;
    entity = str_cut(entity, '/', &part);
    *fiscal_year = part_number(part);
    entity = str_cut(entity, '/', &part);
    for (size_t i = 0; i < sizeof NUMBERED / sizeof *NUMBERED; i++)
        if (str_eq(part, NUMBERED[i])) {
            (void)str_cut(entity, '/', &part);
            *number = part_number(part);
            return;
        }
}
