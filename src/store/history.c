/* The log, read: lists of records, single ones, trees and proofs. */
#include "store/inner.h"

#include "base/banned.h"

struct record row_listed(struct query *q, struct arena *a)
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
    r.hash = take_hash(q);
    return r;
}

/* The first text after all that begin with the prefix. */
static str after_prefix(struct arena *a, str prefix)
{
    return str_fmt(a, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(prefix)); /* U+10FFFF */
}

bool entity_is_public(str entity)
{
    return str_eq(entity, STR("organisation")) || str_starts(entity, STR("plan/"))
           || str_starts(entity, STR("source/")) || str_starts(entity, STR("survey/"))
           || str_eq(entity, STR("council")) || str_starts(entity, STR("meeting/"))
           || str_starts(entity, STR("opinion/"));
}

bool entity_is_evidence(str entity)
{
    const bool is_book =
        str_starts(entity, STR("register/")) || str_starts(entity, STR("ledger/"));

    return (is_book && str_find(entity, STR("/batch/")) < 0)
           || str_starts(entity, STR("binding/")) || str_starts(entity, STR("actual/"))
           || str_starts(entity, STR("declined/"));
}

/* Which records: the first parameters of a list and of its count. */
static void put_which(struct query *q, struct arena *a, const struct history *what)
{
    if (what->organisation.n)
        put_text(q, what->organisation);
    put_int(q, what->when ? what->when : INT64_MAX);
    if (what->organisation.n && what->entity_prefix.n) {
        put_text(q, what->entity_prefix);
        put_text(q, after_prefix(a, what->entity_prefix));
    } else {
        put_int(q, what->is_public);
    }
}

static bool count_all(struct conn *c, const struct history *what, uint32_t *total,
                      struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end)
    struct query q = query_on(c, !what->organisation.n   ? Q_HISTORY_COUNT
                                 : what->entity_prefix.n ? Q_HISTORY_COUNT_OF_ENTITIES
                                                         : Q_HISTORY_COUNT_OF_ORGANISATION);
    int64_t n;

    put_which(&q, &mem, what);
    if (!query_number(&q, &n, e))
        return false;
    *total = (uint32_t)n;
    return true;
}

bool store_history(struct conn *c, struct arena *a, const struct history *what,
                   struct record_rows *out, struct err *e)
{
    const uint32_t limit = page_limit(what->page);
    AUTO(query_end)
    struct query q = query_on(c, !what->organisation.n   ? Q_HISTORY_ALL
                                 : what->entity_prefix.n ? Q_HISTORY_OF_ENTITIES
                                                         : Q_HISTORY_OF_ORGANISATION);
    bool is_row = true;

    *out = (struct record_rows){ .rows = NEW(a, struct record, limit) };
    if (!what->is_uncounted && !count_all(c, what, &out->total, e))
        return false;
    put_which(&q, a, what);
    put_int(&q, limit);
    put_int(&q, what->page.offset);
    while (query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++] = row_listed(&q, a);
    return !is_row;
}

bool store_record(struct conn *c, struct arena *a, struct hash hash, struct record *out,
                  struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_BY_HASH);
    bool found;

    put_hash(&q, &hash);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "その記録はありません。");
    *out = row_record(&q, a);
    return true;
}

bool store_tree(struct conn *c, str organisation, struct merkle *out, struct err *e)
{
    struct log log;

    if (!log_load(c, organisation, &log, e))
        return false;
    if (!log.tree.size)
        return err_set(e, ERR_NOT_FOUND, "%.*s の記録はありません。", STR_ARG(organisation));
    *out = log.tree;
    return true;
}

static bool leaves_load(struct conn *c, str organisation, struct hash *leaves, uint64_t size,
                        struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_LEAVES);
    bool is_row = true;
    uint64_t n = 0;

    put_text(&q, organisation);
    while (n < size && query_step(&q, &is_row, e) && is_row)
        leaves[n++] = take_hash(&q);
    if (n == size)
        return true;
    return !is_row && err_set(e, ERR_IO, "%.*s の記録が欠けています。", STR_ARG(organisation));
}

bool store_proof(struct conn *c, struct hash record, uint64_t size, struct proof *out,
                 struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct merkle tree, head = { 0 };
    struct record r;
    struct hash *leaves;

    if (!transaction_begin_read(c, &t, e) || !store_record(c, &mem, record, &r, e)
        || !store_tree(c, r.organisation, &tree, e))
        return false;
    size = size ? size : tree.size;
    if (size > tree.size || (uint64_t)r.index >= size)
        return err_set(e, ERR_INPUT, "その記録は、最初の%llu件の中にありません。",
                       (unsigned long long)size);
    leaves = NEW(&mem, struct hash, size);
    if (!leaves_load(c, r.organisation, leaves, size, e))
        return false;
    for (uint64_t i = 0; i < size; i++)
        merkle_add(&head, leaves[i]);
    out->index = (uint64_t)r.index;
    out->size = size;
    out->root = merkle_root(&head);
    merkle_prove(leaves, size, (uint64_t)r.index, &out->path);
    return true;
}
