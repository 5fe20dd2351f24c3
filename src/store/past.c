/* What stood on a day that is over. Records say it; the tables are used where nothing that they
 * were made from has changed since, which is most of them on most days. */
#include "store/inner.h"

#include "base/banned.h"

/* ---- how far back it goes ---- */

bool store_first(struct conn *c, str organisation, int64_t *at_ms, struct err *e)
{
    AUTO(query_end)
    struct query q = query_on(c, organisation.n ? Q_RECORD_FIRST_OF_LOG : Q_RECORD_FIRST);

    if (organisation.n)
        put_text(&q, organisation);
    return query_number(&q, at_ms, e);
}

bool store_first_plan(struct conn *c, str organisation, int fiscal_year, int64_t *at_ms,
                      struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_FIRST_OF_ENTITY);

    put_text(&q, organisation);
    put_text(&q, entity_plan(&mem, fiscal_year));
    return query_number(&q, at_ms, e);
}

/* ---- organisations ---- */

static struct organisation organisation_of(str key, const struct value *tree)
{
    return (struct organisation){ key, value_text(tree, "name"), value_text(tree, "kind"),
                                  value_text(tree, "parent") };
}

bool store_organisation_then(struct conn *c, struct arena *a, str key, as_of when,
                             struct organisation *out, struct err *e)
{
    const struct entity_ref ref = { key, STR("organisation"), when };
    struct record r;
    struct value *tree;

    if (!when)
        return store_organisation(c, a, key, out, e);
    if (!record_find(c, a, &ref, &r, e))
        return false;
    if (!r.seq)
        return err_set(e, ERR_NOT_FOUND, "団体「%.*s」は、その時点では登録されていません。",
                       STR_ARG(key));
    if (!body_tree(a, r.body, &tree, e))
        return false;
    *out = organisation_of(key, tree);
    return true;
}

/* All keys there are today: an organisation is never taken out. */
static bool keys_load(struct conn *c, struct arena *a, str **keys, uint32_t *count,
                      struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_ORGANISATION_KEYS);
    uint32_t room = 0;
    bool is_row = true;

    *keys = NULL;
    *count = 0;
    while (query_step(&q, &is_row, e) && is_row) {
        *keys = rows_grow(a, *keys, sizeof **keys, *count, &room);
        (*keys)[(*count)++] = take_text(&q, a);
    }
    return !is_row;
}

static bool is_asked_for(struct arena *a, const struct organisation *o, str folded)
{
    const str name = text_fold(a, o->name);

    return !folded.n || str_find(name, folded) >= 0 || str_find(o->key, folded) >= 0;
}

/* A section stands in the list when it had a plan of its own. */
static bool is_shown_then(struct conn *c, struct arena *a, const struct organisation *o,
                          as_of when, bool *out, struct err *e)
{
    struct plan_heads years = { .count = 1 };

    if (str_eq(o->kind, STR("section")) && !store_plans_then(c, a, o->key, when, &years, e))
        return false;
    *out = years.count > 0;
    return true;
}

static bool list_then(struct conn *c, struct arena *a, const struct organisations_asked *what,
                      struct organisation_rows *out, struct err *e)
{
    const uint32_t limit = page_limit(what->page);
    const str folded = text_fold(a, what->query);
    uint32_t count;
    str *keys;

    *out = (struct organisation_rows){ .rows = NEW(a, struct organisation_row, limit) };
    if (!keys_load(c, a, &keys, &count, e))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        struct organisation o;
        bool is_shown;

        if (!store_organisation_then(c, a, keys[i], what->when, &o, e)) {
            if (e->code != ERR_NOT_FOUND)
                return false;
            continue;
        }
        if (!is_shown_then(c, a, &o, what->when, &is_shown, e))
            return false;
        if (!is_shown || !is_asked_for(a, &o, folded))
            continue;
        if (out->total >= what->page.offset && out->count < limit)
            out->rows[out->count++].organisation = o;
        out->total++;
    }
    return true;
}

bool store_organisations_then(struct conn *c, struct arena *a,
                              const struct organisations_asked *what,
                              struct organisation_rows *out, struct err *e)
{
    if (!what->when)
        return organisations_shown(c, a, what->query, what->page, out, e);
    if (!list_then(c, a, what, out, e))
        return false;
    for (uint32_t i = 0; i < out->count; i++) {
        struct organisation_row *row = &out->rows[i];
        struct plan_heads years;

        if (!store_plans_then(c, a, row->organisation.key, what->when, &years, e))
            return false;
        row->years = years.rows;
        row->year_count = years.count;
    }
    return true;
}

/* ---- years ---- */

/* Is every record that the plan's rows were made from as old as that? Then they say what stood
 * then. */
static bool is_settled(struct conn *c, const struct plan_head *head, as_of when, bool *settled,
                       struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_PLAN_NEWER_RECORDS);
    int64_t newer;

    put_text(&q, head->organisation);
    put_int(&q, head->fiscal_year);
    put_int(&q, when);
    if (!query_number(&q, &newer, e))
        return false;
    *settled = newer == 0;
    return true;
}

/* The year as it stood then. *was_there false: there was no plan of it yet. */
static bool year_then(struct conn *c, struct arena *a, struct plan_head *head, as_of when,
                      bool *was_there, struct err *e)
{
    const struct plan_ref ref = { head->organisation, head->fiscal_year, when };

    if (!is_settled(c, head, when, was_there, e))
        return false;
    if (*was_there)
        return true;
    *was_there = store_plan_head(c, a, &ref, head, e);
    return *was_there || e->code == ERR_NOT_FOUND;
}

bool store_plans_then(struct conn *c, struct arena *a, str organisation, as_of when,
                      struct plan_heads *out, struct err *e)
{
    uint32_t kept = 0;

    if (!store_plans(c, a, organisation, out, e))
        return false;
    for (uint32_t i = 0; when && i < out->count; i++) {
        struct plan_head head = out->rows[i];
        bool was_there;

        if (!year_then(c, a, &head, when, &was_there, e))
            return false;
        if (was_there)
            out->rows[kept++] = head;
    }
    out->count = when ? kept : out->count;
    return true;
}

/* ---- the log ---- */

bool store_tree_then(struct conn *c, str organisation, as_of when, struct merkle *out,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_LEAVES);
    bool is_row = true;

    if (!when)
        return store_tree(c, organisation, out, e);
    *out = (struct merkle){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        const struct hash leaf = take_hash(&q);

        if (take_int(&q) > when)
            return true;
        merkle_add(out, leaf);
    }
    return !is_row;
}
