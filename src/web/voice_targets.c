/* Where in a plan a voice can lead: the lines of the years that are worked on, and what it is
 * linked to already. */
#include "web/voice_view.h"

#include "web/parts.h"

#include "base/banned.h"

enum { YEARS_OFFERED = 2 };

static void add(struct voice_view *v, str value, str group, const struct voice_link *link)
{
    struct link_targets *t = &v->targets;
    struct arena *a = v->h.r->mem;
    const char *kind = link_kind_label(link->kind, v->h.r->lang);

    if (t->count == t->room) {
        struct link_target *rows = NEW(a, struct link_target, t->room * 2 + 64);

        if (t->count)
            memcpy(rows, t->rows, t->count * sizeof *rows);
        t->rows = rows;
        t->room = t->room * 2 + 64;
    }
    t->rows[t->count++] =
        (struct link_target){ value, str_fmt(a, "%s %.*s", kind, STR_ARG(link->text)), group,
                              *link };
}

/* 令和7年度 3 窓口で待たせない; 令和7年度 予算、改善の約束 */
static str group_of(const struct voice_view *v, int year, const struct initiative *i)
{
    const struct req *r = v->h.r;
    const str label = part_year_label(r, year);

    if (i)
        return str_fmt(r->mem, "%.*s %d %.*s", STR_ARG(label), i->number, STR_ARG(i->title.v));
    return str_fmt(r->mem, "%.*s %.*s", STR_ARG(label),
                   STR_ARG(req_message(r, "hearing.lines_other", NULL)));
}

static void add_initiative(struct voice_view *v, int year, const struct initiative *i)
{
    struct arena *a = v->h.r->mem;
    struct voice_link link = {
        .kind = LINK_INITIATIVE, .fiscal_year = year, .number = i->number, .text = i->title.v
    };
    const str *keys = indicator_keys(a, i), group = group_of(v, year, i);

    add(v, str_fmt(a, "%d/initiative/%d", year, i->number), group, &link);
    for (uint32_t k = 0; k < i->planned_count; k++) {
        link.kind = LINK_ACTIVITY;
        link.text = i->planned[k].text.v;
        add(v, str_fmt(a, "%d/activity/%d/%u", year, i->number, k + 1), group, &link);
    }
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        link.kind = LINK_INDICATOR;
        link.key = keys[k];
        link.text = i->indicators[k].name.v;
        add(v, str_fmt(a, "%d/indicator/%d/%.*s", year, i->number, STR_ARG(link.key)), group,
            &link);
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
            group_of(v, year, NULL), &link);
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
    add(v, str_fmt(r->mem, "%d/budget", year), group_of(v, year, NULL), &budget);
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

/* ---- offered ---- */

/* Does the line, or what it stands under, hold every word? `words` is folded. */
static bool has_words(struct arena *a, const struct link_target *t, str words)
{
    const str text =
        text_fold(a, str_fmt(a, "%.*s %.*s", STR_ARG(t->group), STR_ARG(t->label)));

    while (words.n) {
        str word;

        words = str_cut(words, ' ', &word);
        if (word.n && str_find(text, word) < 0)
            return false;
    }
    return true;
}

static str words_asked(const struct req *r)
{
    return text_fold(r->mem, req_query(r, "lines"));
}

void voice_offer_targets(const struct voice_view *v, struct form_part *f, struct value *choice,
                         str chosen)
{
    const struct req *r = v->h.r;
    const str words = words_asked(r);

    for (uint32_t i = 0; i < v->targets.count; i++) {
        const struct link_target *t = &v->targets.rows[i];

        if (str_eq(t->value, chosen) || has_words(r->mem, t, words))
            form_part_grouped(f, choice, &(struct form_group){ t->group, t->value, t->label });
    }
}

void voice_put_lines(struct voice_view *v, struct value *map, uint32_t part)
{
    const struct req *r = v->h.r;
    const str words = words_asked(r);
    struct value *m, *told = value_map(r->mem);
    uint32_t found = 0;

    if (!voice_view_may(v, VOICE_LINK, part) && !voice_view_may(v, VOICE_FATE, part)) {
        value_put_null(r->mem, map, "lines");
        return;
    }
    for (uint32_t i = 0; i < v->targets.count; i++)
        found += has_words(r->mem, &v->targets.rows[i], words);
    m = value_put_map(r->mem, map, "lines");
    value_put_int(r->mem, m, "part", part);
    value_put_text_or_null(r->mem, m, "query", req_query(r, "lines"));
    value_put_text(r->mem, m, "url", voice_url(&v->h, v->ref.fiscal_year, v->ref.number, ""));
    value_put_int(r->mem, told, "n", found);
    value_put_text(r->mem, m, "says", req_message(r, "hearing.lines_found", told));
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
