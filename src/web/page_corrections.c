/* What was corrected after a plan had been published: when, why, by which role, and field by
 * field what changed. Nothing that was published disappears without being told here. */
#include "web/changes.h"
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

struct corrected {
    struct req *r;
    struct value *page;
    struct plan_head head;
    struct corrections found;
};

/* The bodies of a record and of the one it replaced; *before NULL when there was none. */
static bool bodies_load(struct req *r, struct hash hash, struct value **before,
                        struct value **after, struct err *e)
{
    struct record now, old;

    *before = NULL;
    if (!store_record(r->db, r->mem, hash, &now, e)
        || !json_read_canonical(r->mem, now.body, after, e))
        return false;
    if (hash_is_zero(now.replaces))
        return true;
    return store_record(r->db, r->mem, now.replaces, &old, e)
           && json_read_canonical(r->mem, old.body, before, e);
}

static bool add_item(const struct corrected *c, struct value *list, const struct record *record,
                     struct err *e)
{
    struct value *before, *after, *row;

    if (!bodies_load(c->r, record->hash, &before, &after, e))
        return false;
    row = value_add_map(c->r->mem, list);
    part_put_record(c->r, row, record);
    changes_put(c->r, row, "changes", before, after);
    return true;
}

/* The records of one decision, in the order in which they were written. */
static bool add_correction(const struct corrected *c, struct value *list,
                           const struct correction *one, struct err *e)
{
    struct req *r = c->r;
    struct value *row = value_add_map(r->mem, list), *items;

    part_put_time(r, row, one->at_ms);
    value_put_text_or_null(r->mem, row, "role_label", part_word(r, "role", one->role));
    value_put_text_or_null(r->mem, row, "reason", one->reason);
    items = value_put_list(r->mem, row, "items");
    for (uint32_t k = one->count; k-- > 0;) {
        if (!add_item(c, items, &one->records[k], e))
            return false;
    }
    return true;
}

static void put_sentence(const struct corrected *c)
{
    struct req *r = c->r;
    struct value *words = value_map(r->mem);
    const char *says = !c->found.published_ms ? "corrections.not_published"
                       : !c->found.count      ? "corrections.none"
                                              : "corrections.says";

    value_put_text(r->mem, words, "year_label", part_year_label(r, c->head.fiscal_year));
    value_put_text(r->mem, words, "published", part_time_label(r, c->found.published_ms));
    value_put_int(r->mem, words, "total", c->found.count);
    page_title(r, c->page, req_message(r, "corrections.title", words));
    value_put_text(r->mem, c->page, "sentence", req_message(r, says, words));
}

bool page_corrections(struct req *r, struct value *page, struct err *e)
{
    enum { ON_A_PAGE = 20 };
    struct corrected c = { .r = r, .page = page };
    const struct page_of shown = req_page_of(r, ON_A_PAGE);
    const struct plan_ref ref = part_plan_ref(r);
    struct value *list;

    if (!store_plan_head(r->db, r->mem, &ref, &c.head, e)
        || !store_corrections(r->db, r->mem, &ref, &c.found, e)
        || !page_checkpoint(r, page, ref.organisation, e))
        return false;
    put_sentence(&c);
    part_crumb_year(r, page, &c.head);
    page_record(r, page, c.head.record, c.head.at_ms);
    part_put_organisation(r, page, c.head.organisation, c.head.organisation_name);
    part_put_year(r, page, c.head.fiscal_year);
    list = value_put_list(r->mem, page, "corrections");
    for (uint32_t k = shown.offset; k < c.found.count && k < shown.offset + shown.limit; k++) {
        if (!add_correction(&c, list, &c.found.rows[k], e))
            return false;
    }
    page_put_pages(r, page, shown, c.found.count);
    value_put_bool(r->mem, page, "is_cut", c.found.is_cut);
    return true;
}
