/* Two versions of an initiative, or of a plan's head, side by side. */
#include "web/changes.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/working.h"

#include "base/banned.h"

struct compared {
    struct req *r;
    struct value *page;
    struct plan_head head; /* as of the day asked for */
    int number;            /* 0 = the head */
};

static void put_head(const struct compared *c)
{
    struct req *r = c->r;
    struct value *words = value_map(r->mem);
    const str base =
        req_url(r, "/o/%.*s/%d", STR_ARG(c->head.organisation), c->head.fiscal_year);

    value_put_text(r->mem, words, "year_label", part_year_label(r, c->head.fiscal_year));
    value_put_int(r->mem, words, "number", c->number);
    page_title(r, c->page, req_message(r, c->number ? "diff.title" : "diff.title_plan", words));
    part_crumb_year(r, c->page, &c->head);
    part_put_organisation(r, c->page, c->head.organisation, c->head.organisation_name);
    part_put_year(r, c->page, c->head.fiscal_year);
    value_put_text(r->mem, c->page, "shows_url",
                   c->number ? req_url(r, "/o/%.*s/%d/%d", STR_ARG(c->head.organisation),
                                       c->head.fiscal_year, c->number)
                             : base);
    value_put_text(r->mem, c->page, "shows_label",
                   req_message(r, c->number ? "diff.shows" : "diff.shows_plan", words));
}

/* ---- a plan's head: which of its initiatives changed between the two ---- */

/* "/o/minamo/2023/1/diff?from=…&to=…" for the versions that stood at the two moments. */
static bool initiative_url(const struct compared *c, str entity, int number, str *url,
                           struct err *e)
{
    struct req *r = c->r;
    const char *NAMES[] = { "from", "to" };

    *url = req_url(r, "/o/%.*s/%d/%d/diff", STR_ARG(c->head.organisation), c->head.fiscal_year,
                   number);
    for (int k = 0; k < 2; k++) {
        const struct value *chosen = value_get(c->page, str_from(NAMES[k]));
        struct versions_asked what = { c->head.organisation, entity, 0, 1 };
        struct record_rows found;

        if (!instant_parse(value_text(chosen, "at"), &what.when)
            || !store_versions(r->db, r->mem, &what, &found, e))
            return false;
        if (found.count)
            *url = req_url_with(r, *url, NAMES[k], part_hash(r, found.rows[0].hash));
    }
    return true;
}

static int number_at_end(str entity)
{
    dec n;
    size_t at = entity.n;

    while (at > 0 && entity.p[at - 1] != '/')
        at--;
    return dec_parse(str_skip(entity, at), &n) ? (int)n.n : 0;
}

static bool is_in(const struct record_rows *rows, uint32_t upto, str entity)
{
    for (uint32_t k = 0; k < upto; k++) {
        if (str_eq(rows->rows[k].entity, entity))
            return true;
    }
    return false;
}

static bool add_initiative(const struct compared *c, struct value *list, const struct record *v,
                           struct err *e)
{
    struct arena *a = c->r->mem;
    const int number = number_at_end(v->entity);
    struct value *row = value_add_map(a, list);
    str url;

    if (!initiative_url(c, v->entity, number, &url, e))
        return false;
    value_put_int(a, row, "number", number);
    value_put_text(a, row, "url", url);
    return true;
}

/* Records of initiatives that were written after the older and not after the newer. */
static bool put_initiatives(const struct compared *c, struct err *e)
{
    enum { LOOKED_AT = 2000 };
    struct req *r = c->r;
    struct value *list = value_put_list(r->mem, c->page, "initiatives");
    const struct value *from = value_get(c->page, STR("from")),
                       *to = value_get(c->page, STR("to"));
    struct history what = { .organisation = c->head.organisation, .page = { 0, LOOKED_AT } };
    struct record_rows rows;
    int64_t since;

    if (c->number || !instant_parse(value_text(from, "at"), &since)
        || !instant_parse(value_text(to, "at"), &what.when))
        return true;
    what.entity_prefix = str_fmt(r->mem, "plan/%d/initiative/", c->head.fiscal_year);
    if (!store_history(r->db, r->mem, &what, &rows, e))
        return false;
    for (uint32_t k = 0; k < rows.count && rows.rows[k].at_ms > since; k++) {
        if (!is_in(&rows, k, rows.rows[k].entity) && !add_initiative(c, list, &rows.rows[k], e))
            return false;
    }
    return true;
}

static bool compare(struct compared *c, struct err *e)
{
    struct req *r = c->r;
    const struct plan_ref ref = part_plan_ref(r);
    struct versions_of of = { .organisation = ref.organisation };

    if (!store_plan_head(r->db, r->mem, &ref, &c->head, e))
        return false;
    of.entity = c->number ? str_fmt(r->mem, "plan/%d/initiative/%d", ref.fiscal_year, c->number)
                          : str_fmt(r->mem, "plan/%d", ref.fiscal_year);
    put_head(c);
    if (!versions_put(r, c->page, &of, e) || !put_initiatives(c, e))
        return false;
    if (!value_get(c->page, STR("versions"))->count)
        return err_set(e, ERR_NOT_FOUND, "%d年度の取組項目%dはありません。", ref.fiscal_year,
                       c->number);
    value_put_bool(r->mem, c->page, "has_initiatives",
                   value_get(c->page, STR("initiatives"))->count > 0);
    return page_checkpoint(r, c->page, ref.organisation, e);
}

bool page_diff(struct req *r, struct value *page, struct err *e)
{
    struct compared c = { .r = r, .page = page, .number = req_int(r, "number") };

    return compare(&c, e);
}

bool page_plan_diff(struct req *r, struct value *page, struct err *e)
{
    struct compared c = { .r = r, .page = page };

    return compare(&c, e);
}

/* The same of a working copy, for those who hold a duty (the row says so). */
bool page_work_diff(struct req *r, struct value *page, struct err *e)
{
    struct versions_of of;
    struct working w;

    if (!working_load(r, &w, e))
        return false;
    working_put(&w, page, "diff.title_work");
    value_put_text(r->mem, page, "shows_url", working_url(&w, ""));
    value_put_text(r->mem, page, "shows_label", req_message(r, "diff.shows_work", NULL));
    value_put_list(r->mem, page, "initiatives");
    value_put_bool(r->mem, page, "has_initiatives", false);
    of.organisation = w.ref.organisation;
    of.entity = str_fmt(r->mem, "work/%d/sheet/%d", w.ref.fiscal_year, w.ref.number);
    return versions_put(r, page, &of, e);
}
