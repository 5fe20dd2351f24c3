/* The one door through which anything is written. In the numbers of this file:
 *
 *   1. the author is named, and holds on that day the duty as which they write, for the
 *      organisation or the sheet's section; that duty may write such a record (access.c);
 *   2. the entity and its kind agree, and the body is canonical JSON that the kind's reader
 * takes;
 *   3. the record replaces the one that its author saw: it is still the newest of its entity;
 *   4. it is the next of its organisation's log, and not earlier than the one before it;
 *   5. its hash covers all of it, and the organisation's tree grows by that leaf;
 *   6. the tables follow, in the same transaction;
 *   7. what the file gives back is the same, byte for byte.
 *
 * What fails leaves the transaction to be rolled back by whoever began it: there is no record
 * without its rows, and no row without its record. "cli" is whoever sits at the machine and
 * could change the file itself: nothing is refused to it. */
#include "store/inner.h"

#include <assert.h>

#include "base/banned.h"

/* 1 and 2. A draft that is refused here is a mistake of this program, not of its user; it is
 * told and not asserted because a body may come from another program's export one day. */
static bool check_form(struct conn *c, struct arena *a, const struct stamp *stamp,
                       const struct draft *d, struct value **tree, struct err *e)
{
    if (!stamp->who->id.n || !stamp->who->role.n)
        return err_set(e, ERR_DENIED, "誰の書き込みかが分かりません。");
    if (!organisation_key_is_valid(d->organisation))
        return err_set(e, ERR_INPUT,
                       "団体の記号「%.*s」は使えません。6桁の団体コードか、英小文字で始まる"
                       "英数字とハイフン(2~40字)にしてください。",
                       STR_ARG(d->organisation));
    if (!kind_fits(d))
        return err_set(e, ERR_INPUT, "記録の種類と対象が合いません: %.*s", STR_ARG(d->entity));
    return json_read_canonical(a, d->body, tree, e) && access_check(c, stamp, d, *tree, e);
}

/* 3. */
static bool check_replaces(struct conn *c, const struct draft *d, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct entity_ref ref = { d->organisation, d->entity, 0 };
    struct record newest;

    if (!record_find(c, &mem, &ref, &newest, e))
        return false;
    return hash_eq(newest.hash, d->replaces)
           || err_set(e, ERR_CONFLICT,
                      "ほかの人が先に書き換えました(%.*s)。新しい内容を見てからやり直して"
                      "ください。",
                      STR_ARG(d->entity));
}

static bool append(struct conn *c, const struct record *r, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_ADD);

    put_int(&q, r->seq);
    put_text(&q, r->organisation);
    put_int(&q, r->index);
    put_text(&q, r->kind);
    put_text(&q, r->entity);
    put_hash(&q, &r->replaces);
    put_text(&q, r->author);
    put_text(&q, r->role);
    put_int(&q, r->at_ms);
    put_text(&q, r->reason);
    put_text(&q, r->body);
    put_hash(&q, &r->hash);
    return query_run(&q, e);
}

static bool is_same(const struct record *x, const struct record *y)
{
    return x->index == y->index && x->at_ms == y->at_ms && hash_eq(x->hash, y->hash)
           && hash_eq(x->replaces, y->replaces) && str_eq(x->organisation, y->organisation)
           && str_eq(x->kind, y->kind) && str_eq(x->entity, y->entity)
           && str_eq(x->author, y->author) && str_eq(x->role, y->role)
           && str_eq(x->reason, y->reason) && str_eq(x->body, y->body);
}

/* 7. Byte by byte, which says more than hashing it again. */
static bool read_back(struct conn *c, struct arena *a, const struct record *r, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_BY_SEQ);
    struct record stored;
    bool found;

    put_int(&q, r->seq);
    if (!query_step(&q, &found, e))
        return false;
    if (found) {
        stored = row_record(&q, a);
        if (is_same(&stored, r))
            return true;
    }
    return err_set(
        e, ERR_IO,
        "書いた記録が同じものとして読み戻せませんでした(%.*s)。何も保存していません。",
        STR_ARG(r->entity));
}

/* 4 and 5: the place in the log, the hash, the tree. */
static bool take_place(struct conn *c, struct arena *a, struct record *r, struct log *log,
                       struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_LAST_SEQ);

    if (!query_number(&q, &r->seq, e) || !log_load(c, r->organisation, log, e))
        return false;
    r->seq++;
    if (!c->first_new)
        c->first_new = r->seq;
    r->index = (int64_t)log->tree.size;
    /* A clock that was set back must not make the log say that later came first. */
    r->at_ms = r->at_ms > log->at_ms ? r->at_ms : log->at_ms;
    r->hash = merkle_leaf(record_bytes(a, r));
    merkle_add(&log->tree, r->hash);
    log->at_ms = r->at_ms;
    return true;
}

bool record_commit(struct conn *c, const struct stamp *stamp, const struct draft *d,
                   struct record *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *tree;
    struct log log;
    struct record r = {
        .organisation = d->organisation,
        .kind = d->kind,
        .entity = d->entity,
        .replaces = d->replaces,
        .author = stamp->who->id,
        .role = stamp->who->role,
        .at_ms = stamp->now_ms,
        .reason = stamp->reason,
        .body = d->body,
    };

    if (!check_form(c, &mem, stamp, d, &tree, e) || !check_replaces(c, d, e)
        || !take_place(c, &mem, &r, &log, e) || !append(c, &r, e)
        || !log_save(c, r.organisation, &log, e) || !project_record(c, &mem, &r, tree, e)
        || !read_back(c, &mem, &r, e))
        return false;
    *out = r;
    return true;
}
