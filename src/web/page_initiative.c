/* The sheet of one initiative, in the order of the paper form: what was planned, what was
 * expected at mid-year, what came of it. A planned activity and its report stand in one row;
 * each finding stands beside what it is about (sheet.c). */
#include "web/pages.h"
#include "web/pace.h"
#include "web/parts.h"
#include "web/sheet.h"
#include "web/voice_behind.h"

#include "base/banned.h"

static bool sheet_load(struct sheet *s, struct err *e)
{
    struct req *r = s->r;
    const struct plan_ref ref = part_plan_ref(r);
    const int number = req_int(r, "number");

    return store_plan_head(r->db, r->mem, &ref, &s->head, e)
           && store_initiative(r->db, r->mem, &ref, number, &s->row, e)
           && store_findings(r->db, r->mem, &ref, number, &s->findings, e)
           && store_neighbours(r->db, r->mem, &ref, number, &s->neighbours, e);
}

static str sheet_url(const struct sheet *s, int number)
{
    return req_url(s->r, "/o/%.*s/%d/%d", STR_ARG(s->head.organisation), s->head.fiscal_year,
                   number);
}

/* The verdict of the initiative is that of its main goals: the worst of them. */
static void put_verdict(const struct sheet *s)
{
    static const enum verdict WORST_FIRST[VERDICT_COUNT] = {
        VERDICT_NOT_MET,        VERDICT_CANNOT_TELL, VERDICT_NOT_MEASURED,
        VERDICT_NOT_MEASURABLE, VERDICT_MET,
    };
    bool has[VERDICT_COUNT] = { false };
    const struct initiative *i = &s->row.initiative;

    for (uint32_t k = 0; k < i->indicator_count; k++) {
        if (i->indicators[k].role == ROLE_MAIN)
            has[i->indicators[k].verdict] = true;
    }
    for (size_t v = 0; v < VERDICT_COUNT; v++) {
        if (has[WORST_FIRST[v]]) {
            value_put_text(s->r->mem, s->page, "verdict", verdict_word(WORST_FIRST[v]));
            return;
        }
    }
    value_put_null(s->r->mem, s->page, "verdict");
}

/* How many findings there are, and how many indicators have a result. */
static void put_counts(const struct sheet *s)
{
    struct tally t = { 0 };

    model_tally(&s->row.initiative, &t);
    for (uint32_t k = 0; k < s->findings.count; k++)
        t.findings[s->findings.rows[k].severity]++;
    value_put_int(s->r->mem, s->page, "indicator_count", t.indicators);
    value_put_int(s->r->mem, s->page, "with_result", t.with_result);
    part_put_counts(s->r, value_put_map(s->r->mem, s->page, "counts"), &t);
}

static void put_neighbour(const struct sheet *s, const char *key,
                          const struct initiative_name *n)
{
    struct value *map;

    if (!n->number) {
        value_put_null(s->r->mem, s->page, key);
        return;
    }
    map = value_put_map(s->r->mem, s->page, key);
    value_put_int(s->r->mem, map, "number", n->number);
    value_put_text(s->r->mem, map, "title", n->title);
    value_put_text(s->r->mem, map, "url", sheet_url(s, n->number));
}

bool page_initiative(struct req *r, struct value *page, struct err *e)
{
    struct sheet s = { .r = r, .page = page };
    struct value *words;

    if (!sheet_load(&s, e)
        || !actual_sheet_load(r,
                              &(struct work_ref){ s.head.organisation, s.head.fiscal_year, 0 },
                              &s.row.initiative, s.row.keys, &s.actuals, e)
        || !page_checkpoint(r, page, s.head.organisation, e))
        return false;
    words = value_map(r->mem);
    value_put_int(r->mem, words, "number", s.row.initiative.number);
    value_put_text(r->mem, words, "title", s.row.initiative.title.v);
    page_title(r, page, req_message(r, "sheet.title", words));
    part_crumb_year(r, page, &s.head);
    page_record(r, page, s.row.record, s.row.at_ms);
    part_put_organisation(r, page, s.head.organisation, s.head.organisation_name);
    part_put_year(r, page, s.head.fiscal_year);
    value_put_text(r->mem, page, "diff_url",
                   req_url(r, "/o/%.*s/%d/%d/diff", STR_ARG(s.head.organisation),
                           s.head.fiscal_year, s.row.initiative.number));
    scale_put(r, page, s.head.form_id, &s.row.initiative);
    sheet_place_findings(&s);
    sheet_put_plan(&s);
    put_verdict(&s);
    put_counts(&s);
    sheet_put_indicators(&s);
    sheet_put_activities(&s);
    sheet_put_reviews(&s);
    sheet_put_findings(&s);
    if (!voice_behind_put(r, page, "behind",
                          &(struct voice_behind_asked){ .organisation = s.head.organisation,
                                                        .kind = LINK_INITIATIVE,
                                                        .fiscal_year = s.head.fiscal_year,
                                                        .number = s.row.initiative.number,
                                                        .is_public = true },
                          e))
        return false;
    put_neighbour(&s, "previous", &s.neighbours.previous);
    put_neighbour(&s, "next", &s.neighbours.next);
    return true;
}
