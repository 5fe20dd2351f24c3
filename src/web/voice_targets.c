/* Where in a plan a voice can lead: the lines of the years that are worked on, and what it is
 * linked to already. */
#include "web/voice_view.h"

#include "web/parts.h"

#include "base/banned.h"

enum { YEARS_OFFERED = 2 };

static void add(struct voice_view *v, str value, str label, const struct voice_link *link)
{
    struct link_targets *t = &v->targets;
    struct arena *a = v->h.r->mem;

    if (t->count == t->room) {
        struct link_target *rows = NEW(a, struct link_target, t->room * 2 + 64);

        if (t->count)
            memcpy(rows, t->rows, t->count * sizeof *rows);
        t->rows = rows;
        t->room = t->room * 2 + 64;
    }
    t->rows[t->count++] = (struct link_target){ value, label, *link };
}

static str label_of(const struct voice_view *v, const struct voice_link *link)
{
    const struct req *r = v->h.r;
    const str year = part_year_label(r, link->fiscal_year);
    const char *kind = link_kind_label(link->kind, r->lang);

    if (link->number)
        return str_fmt(r->mem, "%.*s %s %d %.*s", STR_ARG(year), kind, link->number,
                       STR_ARG(link->text));
    return str_fmt(r->mem, "%.*s %s %.*s", STR_ARG(year), kind, STR_ARG(link->text));
}

static void add_initiative(struct voice_view *v, int year, const struct initiative *i)
{
    struct arena *a = v->h.r->mem;
    struct voice_link link = {
        .kind = LINK_INITIATIVE, .fiscal_year = year, .number = i->number, .text = i->title.v
    };
    const str *keys = indicator_keys(a, i);

    add(v, str_fmt(a, "%d/initiative/%d", year, i->number), label_of(v, &link), &link);
    for (uint32_t k = 0; k < i->planned_count; k++) {
        link.kind = LINK_ACTIVITY;
        link.text = i->planned[k].text.v;
        add(v, str_fmt(a, "%d/activity/%d/%u", year, i->number, k + 1), label_of(v, &link),
            &link);
    }
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        link.kind = LINK_INDICATOR;
        link.key = keys[k];
        link.text = i->indicators[k].name.v;
        add(v, str_fmt(a, "%d/indicator/%d/%.*s", year, i->number, STR_ARG(link.key)),
            label_of(v, &link), &link);
    }
}

static bool add_commitments(struct voice_view *v, int year, struct err *e)
{
    struct req *r = v->h.r;
    const struct work_ref ref = { v->ref.organisation, year, 0 };
    struct commitment_rows rows;

    if (!store_commitments(r->db, r->mem, &ref, false, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct voice_link link = { .kind = LINK_COMMITMENT,
                                         .fiscal_year = year,
                                         .key = rows.rows[i].id,
                                         .text = rows.rows[i].text };

        add(v, str_fmt(r->mem, "%d/commitment/%.*s", year, STR_ARG(link.key)),
            label_of(v, &link), &link);
    }
    return true;
}

static bool add_year(struct voice_view *v, int year, struct err *e)
{
    struct req *r = v->h.r;
    const struct work_ref ref = { v->ref.organisation, year, 0 };
    const struct voice_link budget = { .kind = LINK_BUDGET, .fiscal_year = year };
    struct plan plan;
    int64_t made_of;

    if (!store_work_plan(r->db, r->mem, &ref, &plan, &made_of, e))
        return false;
    for (uint32_t i = 0; i < plan.initiative_count; i++)
        add_initiative(v, year, &plan.initiatives[i]);
    add(v, str_fmt(r->mem, "%d/budget", year), label_of(v, &budget), &budget);
    return add_commitments(v, year, e);
}

bool voice_targets(struct voice_view *v, struct err *e)
{
    struct req *r = v->h.r;
    struct cycle_rows years;

    if (v->has_targets)
        return true;
    v->has_targets = true;
    if (!store_cycles(r->db, r->mem, v->ref.organisation, &years, e))
        return false;
    for (uint32_t i = 0; i < years.count && i < YEARS_OFFERED; i++)
        if (!add_year(v, years.rows[i].fiscal_year, e))
            return false;
    return true;
}

const struct link_target *voice_target(const struct voice_view *v, str value)
{
    for (uint32_t i = 0; i < v->targets.count; i++)
        if (str_eq(v->targets.rows[i].value, value))
            return &v->targets.rows[i];
    return NULL;
}

/* ---- what it is linked to ---- */

/* Where staff see the line; "" of a budget, which has no page. */
static str link_url(const struct voice_view *v, const struct voice_link *k)
{
    struct req *r = v->h.r;
    const struct work_ref year = { v->ref.organisation, k->fiscal_year, 0 };
    struct cycle cycle;
    struct err none;
    const char *door;

    if (k->kind == LINK_BUDGET)
        return (str){ 0 };
    door = store_cycle(r->db, r->mem, &year, &cycle, &none) ? "w" : "o";
    if (k->kind == LINK_COMMITMENT)
        return req_url(r, "/%s/%.*s/%d/commitments", door, STR_ARG(v->ref.organisation),
                       k->fiscal_year);
    if (!k->number)
        return req_url(r, "/%s/%.*s/%d", door, STR_ARG(v->ref.organisation), k->fiscal_year);
    return req_url(r, "/%s/%.*s/%d/%d", door, STR_ARG(v->ref.organisation), k->fiscal_year,
                   k->number);
}

void voice_put_links(const struct voice_view *v, struct value *map, const struct voice_part *p)
{
    struct req *r = v->h.r;
    struct value *list = value_put_list(r->mem, map, "links");

    for (uint32_t i = 0; i < p->link_count; i++) {
        const struct voice_link *k = &p->links[i];
        struct value *m = value_add_map(r->mem, list);

        value_put_text(r->mem, m, "kind", str_from(link_kind_label(k->kind, r->lang)));
        value_put_text(r->mem, m, "year_label", part_year_label(r, k->fiscal_year));
        value_put_text(r->mem, m, "label", k->text.n ? k->text : k->key);
        value_put_text_or_null(r->mem, m, "url", link_url(v, k));
    }
    value_put_bool(r->mem, map, "has_links", p->link_count > 0);
}
