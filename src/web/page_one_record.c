/* One record: what it changed, field by field, and the proof that the log holds it. */
#include "web/changes.h"
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

struct shown {
    struct req *r;
    struct value *page;
    struct record record;
    struct value *before, *after; /* bodies; before is NULL for the first record */
};

/* ---- what changed ---- */

static bool put_changes(struct shown *s, struct err *e)
{
    struct req *r = s->r;
    struct record before;

    if (!json_read_canonical(r->mem, s->record.body, &s->after, e))
        return false;
    if (!hash_is_zero(s->record.replaces)
        && (!store_record(r->db, r->mem, s->record.replaces, &before, e)
            || !json_read_canonical(r->mem, before.body, &s->before, e)))
        return false;
    changes_put(r, s->page, "changes", s->before, s->after);
    return true;
}

/* ---- the proof ----
 *
 * To the newest head that was signed with the record in it, so that what the proof leads to is
 * what somebody holds in their hands; to the log as it is when nothing was signed yet. */

/* On which side of the value so far each step of an audit path stands (RFC 6962, 2.1.1). */
static bool is_left(uint64_t *index, uint64_t *last)
{
    /* A right edge without a sibling has no step at this height. */
    while (!(*index & 1) && *index == *last) {
        *index >>= 1;
        *last >>= 1;
    }
    return *index & 1;
}

static void put_path(const struct shown *s, struct value *map, const struct proof *proof)
{
    struct arena *a = s->r->mem;
    struct value *list = value_put_list(a, map, "path");
    uint64_t index = proof->index, last = proof->size - 1;

    for (uint32_t k = 0; k < proof->path.n; k++) {
        struct value *step = value_add_map(a, list);

        value_put_text(a, step, "side", is_left(&index, &last) ? STR("left") : STR("right"));
        value_put_text(a, step, "hash", part_hash(s->r, proof->path.step[k]));
        index >>= 1;
        last >>= 1;
    }
}

static void put_signed(const struct shown *s, struct value *map,
                       const struct checkpoint_row *row)
{
    struct req *r = s->r;
    struct value *m;

    if (!row) {
        value_put_null(r->mem, map, "checkpoint");
        return;
    }
    m = value_put_map(r->mem, map, "checkpoint");
    part_put_time(r, m, row->at_ms);
    value_put_text(r->mem, m, "note", row->note);
    value_put_text(r->mem, m, "url",
                   req_url(r, "/o/%.*s/checkpoint", STR_ARG(s->record.organisation)));
}

static bool put_proof(const struct shown *s, struct err *e)
{
    struct req *r = s->r;
    struct value *map = value_put_map(r->mem, s->page, "proof");
    struct checkpoint_row row;
    struct merkle tree;
    struct proof proof;
    bool is_signed;

    if (!store_checkpoint(r->db, r->mem, s->record.organisation, r->at, &row, e))
        return false;
    is_signed = row.size > (uint64_t)s->record.index;
    if (!store_tree_then(r->db, s->record.organisation, r->at, &tree, e)
        || !store_proof(r->db, s->record.hash, is_signed ? row.size : tree.size, &proof, e))
        return false;
    value_put_int(r->mem, map, "index", (int64_t)proof.index);
    value_put_int(r->mem, map, "size", (int64_t)proof.size);
    value_put_text(r->mem, map, "root", part_hash(r, proof.root));
    put_path(s, map, &proof);
    put_signed(s, map, is_signed ? &row : NULL);
    return true;
}

static void put_head(const struct shown *s)
{
    struct req *r = s->r;
    const struct record *record = &s->record;

    part_put_record(r, s->page, record);
    part_put_time(r, s->page, record->at_ms);
    value_put_text(r->mem, s->page, "kind", record->kind);
    if (hash_is_zero(record->replaces)) {
        value_put_null(r->mem, s->page, "replaces");
        value_put_null(r->mem, s->page, "replaces_url");
    } else {
        value_put_text(r->mem, s->page, "replaces", part_hash(r, record->replaces));
        value_put_text(r->mem, s->page, "replaces_url", part_record_url(r, record->replaces));
    }
    value_put_text(r->mem, s->page, "bytes", record_bytes(r->mem, record));
}

/* What is not for everybody is not there; what was written later was not there then. */
static bool may_show(const struct shown *s, struct err *e)
{
    if (!entity_is_public(s->record.entity) && !entity_is_evidence(s->record.entity))
        return err_set(e, ERR_NOT_FOUND, "その記録はありません。");
    return !s->r->at || s->record.at_ms <= s->r->at
           || err_set(e, ERR_NOT_FOUND, "その記録は、その時点ではまだありません。");
}

bool page_one_record(struct req *r, struct value *page, struct err *e)
{
    struct shown s = { .r = r, .page = page };
    struct organisation o = { 0 };
    struct err ignored;
    bool has_name;

    if (!store_record(r->db, r->mem, req_hash(r, "hash"), &s.record, e) || !may_show(&s, e))
        return false;
    has_name =
        store_organisation_then(r->db, r->mem, s.record.organisation, r->at, &o, &ignored);
    part_crumb_organisation(r, page, s.record.organisation, has_name ? o.name : (str){ 0 });
    put_head(&s);
    page_title(r, page, req_message(r, "record.title", page));
    page_record(r, page, s.record.hash, s.record.at_ms);
    return put_changes(&s, e) && put_proof(&s, e)
           && page_checkpoint(r, page, s.record.organisation, e);
}
