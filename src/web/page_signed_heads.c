/* Signed heads of an organisation's log: what a resident keeps to be able to tell later that
 * nothing was altered. The note itself is a file, byte for byte as it was signed. */
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

struct heads_page {
    struct req *r;
    struct value *page;
    struct organisation organisation;
    struct checkpoint_row newest;
    struct checkpoint_rows rows;
};

static str note_url(const struct heads_page *h, const struct checkpoint_row *row)
{
    const struct req *r = h->r;

    return req_url_with(r, req_url(r, "/o/%.*s/checkpoint/note", STR_ARG(row->organisation)),
                        "size", str_fmt(r->mem, "%llu", (unsigned long long)row->size));
}

static void put_row(const struct heads_page *h, struct value *map,
                    const struct checkpoint_row *row)
{
    value_put_int(h->r->mem, map, "size", (int64_t)row->size);
    value_put_text(h->r->mem, map, "root", part_hash(h->r, row->root));
    part_put_time(h->r, map, row->at_ms);
    value_put_text(h->r->mem, map, "note_url", note_url(h, row));
}

/* The newest one whole, and how many records came after it. */
static bool put_newest(const struct heads_page *h, struct err *e)
{
    struct arena *a = h->r->mem;
    struct value *map;
    struct merkle tree;

    if (!h->newest.number) {
        value_put_null(a, h->page, "newest");
        return true;
    }
    if (!store_tree_then(h->r->db, h->organisation.key, h->r->at, &tree, e))
        return false;
    map = value_put_map(a, h->page, "newest");
    put_row(h, map, &h->newest);
    value_put_text(a, map, "note", h->newest.note);
    value_put_text(a, map, "verifier", h->newest.verifier);
    value_put_int(a, map, "behind",
                  tree.size > h->newest.size ? (int64_t)(tree.size - h->newest.size) : 0);
    return true;
}

static bool heads_load(struct heads_page *h, struct page_of shown, struct err *e)
{
    struct req *r = h->r;
    const struct checkpoint_list what = { req_param(r, "org"), r->at, shown };

    return store_organisation(r->db, r->mem, what.organisation, &h->organisation, e)
           && store_checkpoint(r->db, r->mem, what.organisation, r->at, &h->newest, e)
           && store_checkpoints(r->db, r->mem, &what, &h->rows, e)
           && page_checkpoint(r, h->page, what.organisation, e);
}

bool page_signed_heads(struct req *r, struct value *page, struct err *e)
{
    struct heads_page h = { .r = r, .page = page };
    const struct page_of shown = req_page_of(r, LIMIT_PAGE_ROWS);
    struct value *list;

    if (!heads_load(&h, shown, e))
        return false;
    part_crumb_organisation(r, page, h.organisation.key, h.organisation.name);
    part_put_organisation(r, page, h.organisation.key, h.organisation.name);
    page_title(r, page,
               req_message(r, "checkpoint.title", value_get(page, STR("organisation"))));
    list = value_put_list(r->mem, page, "rows");
    for (uint32_t k = 0; k < h.rows.count; k++)
        put_row(&h, value_add_map(r->mem, list), &h.rows.rows[k]);
    value_put_bool(r->mem, page, "has_rows", h.rows.count > 0);
    page_put_pages(r, page, shown, h.rows.total);
    return put_newest(&h, e);
}

/* ---- the file ---- */

static bool size_read(str text, uint64_t *size)
{
    dec n;

    if (!dec_parse(text, &n) || n.scale || n.n < 0)
        return false;
    *size = (uint64_t)n.n;
    return true;
}

/* ?size= names an older one; without it the newest of the day. */
static bool note_find(struct req *r, str organisation, struct checkpoint_row *row,
                      struct err *e)
{
    const str size = req_query(r, "size");
    struct checkpoint_list what = { organisation, r->at, { 0 } };
    struct checkpoint_rows rows;
    uint64_t wanted = 0;

    if (!size.n)
        return store_checkpoint(r->db, r->mem, organisation, r->at, row, e);
    if (!size_read(size, &wanted))
        return err_set(e, ERR_INPUT, "size には記録の件数を数字で入れてください。");
    do {
        if (!store_checkpoints(r->db, r->mem, &what, &rows, e))
            return false;
        for (uint32_t k = 0; k < rows.count; k++) {
            if (rows.rows[k].size == wanted) {
                *row = rows.rows[k];
                return true;
            }
        }
        what.page.offset += rows.count;
    } while (rows.count && rows.rows[rows.count - 1].size > wanted);
    return true;
}

bool file_note(struct req *r, struct file *out, struct err *e)
{
    const str organisation = req_param(r, "org");
    struct checkpoint_row row = { 0 };

    if (!note_find(r, organisation, &row, e))
        return false;
    if (!row.number)
        return err_set(e, ERR_NOT_FOUND, "その署名つき要約はありません。");
    out->type = STR("text/plain; charset=utf-8");
    out->bytes = row.note;
    out->name = str_fmt(r->mem, "%.*s-%llu.note.txt", STR_ARG(organisation),
                        (unsigned long long)row.size);
    return true;
}
