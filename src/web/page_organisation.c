/* One organisation: its years, and its indicators side by side over them. */
#include <stdlib.h>

#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum {
    YEARS_IN_TABLE = 5, /* columns of the indicator table; all years stand in the first table */
    INDICATORS_ON_A_PAGE = 100,
};

struct ward {
    struct req *r;
    struct value *page;
    struct organisation organisation;
    struct plan_head *years; /* as of the day asked for, newest first */
    uint32_t year_count;
};

/* One name in the indicator table, and where it stands in each year. */
struct line {
    str folded;
    str name;
    const struct indicator *cells[YEARS_IN_TABLE]; /* NULL = not in that year */
};
struct lines {
    struct line *rows;
    uint32_t count;
    uint32_t *slots; /* hash table of row + 1, as large as `mask` + 1 */
    uint32_t mask;
};

/* ---- years ---- */

/* The years that there were on the day asked for; none on a day before the first record. */
static bool years_load(struct ward *w, struct err *e)
{
    struct req *r = w->r;
    struct plan_heads found;
    int64_t first;

    if (!store_plans_then(r->db, r->mem, w->organisation.key, r->at, &found, e)
        || !store_first(r->db, w->organisation.key, &first, e))
        return false;
    w->years = found.rows;
    w->year_count = found.count;
    part_put_early(r, w->page, first);
    return true;
}

/* By the name it had; by that of today on a day when it was not there yet. */
static bool organisation_load(struct ward *w, struct err *e)
{
    struct req *r = w->r;
    const str key = req_param(r, "org");

    return store_organisation_then(r->db, r->mem, key, r->at, &w->organisation, e)
           || (r->at && e->code == ERR_NOT_FOUND
               && store_organisation(r->db, r->mem, key, &w->organisation, e));
}

static void add_year(const struct ward *w, struct value *list, const struct plan_head *head)
{
    struct req *r = w->r;
    struct value *row = value_add_map(r->mem, list);
    const str key = w->organisation.key;

    part_put_year(r, row, head->fiscal_year);
    value_put_text(r->mem, row, "url",
                   req_url(r, "/o/%.*s/%d", STR_ARG(key), head->fiscal_year));
    value_put_text(r->mem, row, "state", head->state);
    value_put_int(r->mem, row, "initiatives", head->initiatives);
    part_put_tally(r, row, &head->tally);
    part_put_counts(r, row, &head->tally);
    value_put_text(r->mem, row, "findings_url",
                   req_url(r, "/o/%.*s/%d/findings", STR_ARG(key), head->fiscal_year));
    value_put_markup(r->mem, row, "strip", chart_strip(r->mem, &head->tally));
}

static void put_years(const struct ward *w)
{
    struct arena *a = w->r->mem;
    struct value *list = value_put_list(a, w->page, "years"), *words = value_map(a);

    for (uint32_t k = 0; k < w->year_count; k++)
        add_year(w, list, &w->years[k]);
    value_put_bool(a, w->page, "has_years", w->year_count > 0);
    value_put_int(a, words, "year_count", w->year_count);
    if (w->year_count)
        value_put_text(a, words, "latest", part_year_label(w->r, w->years[0].fiscal_year));
    value_put_text(a, w->page, "sentence",
                   req_message(w->r,
                               w->year_count ? "organisation.says" : "organisation.says_none",
                               words));
}

/* ---- indicators over the years ---- */

static void lines_init(struct lines *l, struct arena *a, uint32_t at_most)
{
    uint32_t size = 16;

    while (size < at_most * 2)
        size *= 2;
    l->rows = NEW(a, struct line, at_most);
    l->slots = NEW(a, uint32_t, size);
    l->mask = size - 1;
}

static struct line *line_of(struct lines *l, struct arena *a, str name)
{
    str folded = text_fold(a, name);
    uint32_t slot = (uint32_t)str_hash(folded) & l->mask;

    while (l->slots[slot] && !str_eq(l->rows[l->slots[slot] - 1].folded, folded))
        slot = (slot + 1) & l->mask;
    if (!l->slots[slot]) {
        l->rows[l->count] = (struct line){ .folded = folded, .name = name };
        l->slots[slot] = ++l->count;
    }
    return &l->rows[l->slots[slot] - 1];
}

static uint32_t indicators_of(const struct plan *p)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < p->initiative_count; k++)
        n += p->initiatives[k].indicator_count;
    return n;
}

static void lines_add(struct lines *l, struct arena *a, const struct plan *p, uint32_t column)
{
    for (uint32_t k = 0; k < p->initiative_count; k++) {
        const struct initiative *i = &p->initiatives[k];

        for (uint32_t m = 0; m < i->indicator_count; m++)
            line_of(l, a, i->indicators[m].name.v)->cells[column] = &i->indicators[m];
    }
}

/* Names in the order of the newest sheet; those that it no longer has come after. */
static bool lines_load(const struct ward *w, uint32_t columns, struct lines *out, struct err *e)
{
    struct req *r = w->r;
    struct plan *plans = NEW(r->mem, struct plan, columns);
    uint32_t total = 0;

    for (uint32_t k = 0; k < columns; k++) {
        const struct plan_ref ref = { w->organisation.key, w->years[k].fiscal_year, r->at };

        if (!store_plan(r->db, r->mem, &ref, &plans[k], e))
            return false;
        total += indicators_of(&plans[k]);
    }
    lines_init(out, r->mem, total);
    for (uint32_t k = 0; k < columns; k++)
        lines_add(out, r->mem, &plans[k], k);
    return true;
}

static void add_cell(const struct ward *w, struct value *cells, uint32_t column,
                     const struct indicator *i)
{
    struct arena *a = w->r->mem;
    struct value *cell = value_add_map(a, cells);

    value_put_int(a, cell, "fiscal_year", w->years[column].fiscal_year);
    if (i && i->actual.is_set)
        value_put_dec(a, cell, "actual", i->actual.value);
    else
        value_put_null(a, cell, "actual");
    value_put_text_or_null(a, cell, "actual_unit", i ? i->actual.unit : (str){ 0 });
    value_put_text_or_null(a, cell, "verdict", i ? verdict_word(i->verdict) : (str){ 0 });
}

static bool put_indicators(const struct ward *w, struct err *e)
{
    struct req *r = w->r;
    uint32_t columns = w->year_count < YEARS_IN_TABLE ? w->year_count : YEARS_IN_TABLE;
    struct page_of shown = req_page_of(r, INDICATORS_ON_A_PAGE);
    struct value *heads = value_put_list(r->mem, w->page, "columns");
    struct value *rows = value_put_list(r->mem, w->page, "indicators");
    struct lines lines = { 0 };

    if (!lines_load(w, columns, &lines, e))
        return false;
    /* Oldest on the left, as time goes. */
    for (uint32_t k = columns; k-- > 0;)
        part_put_year(r, value_add_map(r->mem, heads), w->years[k].fiscal_year);
    for (uint32_t k = shown.offset; k < lines.count && k < shown.offset + shown.limit; k++) {
        struct value *row = value_add_map(r->mem, rows), *cells;

        value_put_text_or_null(r->mem, row, "name", lines.rows[k].name);
        value_put_text(r->mem, row, "url",
                       part_indicator_url(r, w->organisation.key, lines.rows[k].name));
        cells = value_put_list(r->mem, row, "cells");
        for (uint32_t c = columns; c-- > 0;)
            add_cell(w, cells, c, lines.rows[k].cells[c]);
    }
    page_put_pages(r, w->page, shown, lines.count);
    return true;
}

/* The surveys' page, where there are any. */
static bool put_surveys(const struct ward *w, struct err *e)
{
    struct survey_rows rows;

    if (!store_surveys(w->r->db, w->r->mem, w->organisation.key, &rows, e))
        return false;
    value_put_text_or_null(w->r->mem, w->page, "surveys_url",
                           rows.count
                               ? req_url(w->r, "/o/%.*s/surveys", STR_ARG(w->organisation.key))
                               : (str){ 0 });
    return true;
}

/* What there is of an organisation besides its plans. */
static void put_more(const struct ward *w)
{
    struct req *r = w->r;
    const str key = w->organisation.key;

    value_put_text(r->mem, w->page, "evidence_url",
                   req_url(r, "/o/%.*s/evidence", STR_ARG(key)));
    value_put_text(r->mem, w->page, "voices_url", req_url(r, "/o/%.*s/voices", STR_ARG(key)));
    value_put_text(r->mem, w->page, "areas_url", req_url(r, "/o/%.*s/areas", STR_ARG(key)));
    value_put_text(r->mem, w->page, "rating_url", req_url(r, "/o/%.*s/rating", STR_ARG(key)));
}

bool page_organisation(struct req *r, struct value *page, struct err *e)
{
    struct ward w = { .r = r, .page = page };

    if (!organisation_load(&w, e) || !years_load(&w, e))
        return false;
    page_title(r, page, w.organisation.name);
    part_put_organisation(r, page, w.organisation.key, w.organisation.name);
    put_years(&w);
    put_more(&w);
    return put_surveys(&w, e) && put_indicators(&w, e);
}
