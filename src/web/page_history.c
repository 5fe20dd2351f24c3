/* What changed in a plan, when, why and by which role: its records as a time line, those that
 * were written together under one heading. */
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum { RECORDS_ON_A_PAGE = 100 };

struct timeline {
    struct req *r;
    struct value *page;
    struct plan_head head;
    struct record_rows found; /* newest first */
};

static bool is_same_entry(const struct record *a, const struct record *b)
{
    return a->at_ms == b->at_ms && str_eq(a->author, b->author) && str_eq(a->reason, b->reason);
}

static struct value *add_entry(const struct timeline *t, struct value *entries,
                               const struct record *record)
{
    struct arena *a = t->r->mem;
    struct value *entry = value_add_map(a, entries);

    part_put_time(t->r, entry, record->at_ms);
    value_put_text(a, entry, "author", record->author);
    value_put_text_or_null(a, entry, "role_label", part_word(t->r, "role", record->role));
    value_put_text_or_null(a, entry, "reason", record->reason);
    return value_put_list(a, entry, "records");
}

static void put_entries(const struct timeline *t)
{
    struct value *entries = value_put_list(t->r->mem, t->page, "entries"), *records = NULL;

    for (uint32_t k = 0; k < t->found.count; k++) {
        if (!records || !is_same_entry(&t->found.rows[k - 1], &t->found.rows[k]))
            records = add_entry(t, entries, &t->found.rows[k]);
        part_put_record(t->r, value_add_map(t->r->mem, records), &t->found.rows[k]);
    }
}

static bool put_tree(const struct timeline *t, struct err *e)
{
    struct arena *a = t->r->mem;
    struct value *map = value_put_map(a, t->page, "tree");
    struct merkle tree;

    if (!store_tree_then(t->r->db, t->head.organisation, t->r->at, &tree, e))
        return false;
    value_put_int(a, map, "size", (int64_t)tree.size);
    value_put_text(a, map, "root", part_hash(t->r, merkle_root(&tree)));
    value_put_text(a, map, "checkpoint_url",
                   req_url(t->r, "/o/%.*s/checkpoint", STR_ARG(t->head.organisation)));
    return true;
}

/* On a day before the plan there is an empty page of it, which says when it began. */
static bool head_load(struct timeline *t, const struct plan_ref *ref, struct err *e)
{
    struct plan_ref now = *ref;

    now.when = 0;
    return store_plan_head(t->r->db, t->r->mem, ref, &t->head, e)
           || (ref->when && e->code == ERR_NOT_FOUND
               && store_plan_head(t->r->db, t->r->mem, &now, &t->head, e));
}

bool page_history(struct req *r, struct value *page, struct err *e)
{
    struct timeline t = { .r = r, .page = page };
    struct page_of shown = req_page_of(r, RECORDS_ON_A_PAGE);
    const struct plan_ref ref = part_plan_ref(r);
    const struct history what = {
        ref.organisation, str_fmt(r->mem, "plan/%d", ref.fiscal_year), shown, r->at, true, false
    };
    struct value *words = value_map(r->mem);
    int64_t first;

    if (!head_load(&t, &ref, e)
        || !store_first_plan(r->db, ref.organisation, ref.fiscal_year, &first, e)
        || !store_history(r->db, r->mem, &what, &t.found, e)
        || !page_checkpoint(r, page, ref.organisation, e))
        return false;
    value_put_text(r->mem, words, "year_label", part_year_label(r, ref.fiscal_year));
    value_put_int(r->mem, words, "total", t.found.total);
    page_title(r, page, req_message(r, "history.h1", words));
    part_crumb_year(r, page, &t.head);
    if (t.found.total)
        page_record(r, page, t.head.record, t.head.at_ms);
    part_put_early(r, page, first);
    part_put_organisation(r, page, ref.organisation, t.head.organisation_name);
    part_put_year(r, page, ref.fiscal_year);
    value_put_text(r->mem, page, "sentence", req_message(r, "history.says", words));
    put_entries(&t);
    page_put_pages(r, page, shown, t.found.total);
    return put_tree(&t, e);
}
