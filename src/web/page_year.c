/* A year at a glance: did the ward keep its word? One sentence, one line for each main goal,
 * then what has no result (by name), what the audit found (by rule) and the documents. */
#include "audit/audit.h"
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

/* A plan of thousands of initiatives is shown a piece at a time. */
enum { INITIATIVES_ON_A_PAGE = 200 };

struct year {
    struct req *r;
    struct value *page;
    struct plan_head head;
    struct plan plan;
    struct finding_rows findings;
    uint32_t corrections; /* after it was published */
};

static str initiative_url(const struct year *y, int number)
{
    return req_url(y->r, "/o/%.*s/%d/%d", STR_ARG(y->head.organisation), y->head.fiscal_year,
                   number);
}

static str below_url(const struct year *y, const char *name)
{
    return req_url(y->r, "/o/%.*s/%d/%s", STR_ARG(y->head.organisation), y->head.fiscal_year,
                   name);
}

/* ---- the sentence ---- */

static void put_sentence(const struct year *y)
{
    struct arena *a = y->r->mem;
    struct value *words = value_map(a);
    uint32_t rest = y->head.initiatives - y->head.initiatives_met - y->head.initiatives_not_met;
    str says;

    value_put_int(a, words, "initiatives", y->head.initiatives);
    value_put_int(a, words, "met", y->head.initiatives_met);
    value_put_int(a, words, "not_met", y->head.initiatives_not_met);
    value_put_int(a, words, "indicators", y->head.tally.indicators);
    value_put_int(a, words, "with_result", y->head.tally.with_result);
    value_put_int(a, words, "rest", rest);
    says = req_message(y->r, "year.says", words);
    if (!y->head.initiatives)
        says = req_message(y->r, "year.no_initiative", NULL);
    else if (rest)
        says = str_fmt(a, "%.*s%s%.*s", STR_ARG(says), y->r->lang == LANG_EN ? " " : "",
                       STR_ARG(req_message(y->r, "year.says_rest", words)));
    value_put_text(a, y->page, "sentence", says);
}

/* ---- the table: one row for each main goal ---- */

static uint32_t main_goals(const struct initiative *i)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < i->indicator_count; k++)
        n += i->indicators[k].role == ROLE_MAIN;
    return n;
}

static void add_goal(const struct year *y, struct value *goals, const struct indicator *goal)
{
    struct arena *a = y->r->mem;
    struct value *row = value_add_map(a, goals);

    value_put_bool(a, row, "is_first", goals->count == 1);
    if (!goal) {
        value_put_null(a, row, "verdict");
        return;
    }
    part_put_indicator(y->r, row, part_indicator_url(y->r, y->head.organisation, goal->name.v),
                       goal);
    value_put_markup(a, row, "axis", chart_goal(a, goal, y->r->lang).svg);
}

/* All its indicators, the main ones and the others. */
static void put_strip(const struct year *y, struct value *row, const struct initiative *i)
{
    struct tally t = { 0 };

    model_tally(i, &t);
    part_put_tally(y->r, value_put_map(y->r->mem, row, "tally"), &t);
    value_put_markup(y->r->mem, row, "strip", chart_strip(y->r->mem, &t));
}

static void add_initiative(const struct year *y, struct value *list, const struct initiative *i)
{
    struct arena *a = y->r->mem;
    struct value *row = value_add_map(a, list), *goals;

    value_put_int(a, row, "number", i->number);
    value_put_text(a, row, "title", i->title.v);
    value_put_text(a, row, "initiative_url", initiative_url(y, i->number));
    put_strip(y, row, i);
    value_put_text_or_null(a, row, "mark", mark_word(i->evaluation.mark.mark, true));
    value_put_int(a, row, "goal_count", main_goals(i) ? main_goals(i) : 1);
    goals = value_put_list(a, row, "goals");
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        if (i->indicators[k].role == ROLE_MAIN)
            add_goal(y, goals, &i->indicators[k]);
    }
    if (!goals->count)
        add_goal(y, goals, NULL);
}

/* ---- what has no result ---- */

static bool is_complete(const struct initiative *i)
{
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        if (!i->indicators[k].actual.is_set)
            return false;
    }
    return true;
}

static void add_without_result(const struct year *y, struct value *list,
                               const struct initiative *i)
{
    struct arena *a = y->r->mem;
    struct value *row, *names;

    if (is_complete(i))
        return;
    row = value_add_map(a, list);
    value_put_int(a, row, "number", i->number);
    value_put_text(a, row, "title", i->title.v);
    value_put_text(a, row, "url", initiative_url(y, i->number));
    names = value_put_list(a, row, "indicators");
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        struct value *name;

        if (i->indicators[k].actual.is_set)
            continue;
        name = value_add_map(a, names);
        value_put_text_or_null(a, name, "name", i->indicators[k].name.v);
        value_put_text(a, name, "url",
                       part_indicator_url(y->r, y->head.organisation, i->indicators[k].name.v));
    }
}

static void put_coverage(const struct year *y)
{
    const struct tally *t = &y->head.tally;
    struct value *words = value_map(y->r->mem);
    bool is_full = t->with_result == t->indicators;

    value_put_int(y->r->mem, words, "indicators", t->indicators);
    value_put_int(y->r->mem, words, "without", t->indicators - t->with_result);
    value_put_text(y->r->mem, y->page, "coverage_sentence",
                   req_message(y->r, is_full ? "year.coverage_full" : "year.coverage_says",
                               words));
}

/* All indicators as a flat table: what .csv gives. */
static void add_row(const struct year *y, struct value *table, const struct initiative *i,
                    const struct indicator *indicator)
{
    struct value *row = value_add_map(y->r->mem, table);

    part_put_year(y->r, row, y->head.fiscal_year);
    value_put_int(y->r->mem, row, "initiative", i->number);
    value_put_text(y->r->mem, row, "title", i->title.v);
    part_put_indicator(y->r, row,
                       part_indicator_url(y->r, y->head.organisation, indicator->name.v),
                       indicator);
}

static void put_initiatives(const struct year *y)
{
    struct arena *a = y->r->mem;
    struct page_of shown = req_page_of(y->r, INITIATIVES_ON_A_PAGE);
    struct value *list = value_put_list(a, y->page, "initiatives");
    struct value *without = value_put_list(a, y->page, "without_result");
    struct value *table = value_put_list(a, y->page, "indicators");
    uint32_t n = y->plan.initiative_count;

    page_put_pages(y->r, y->page, shown, n);
    for (uint32_t k = shown.offset; k < n && k < shown.offset + shown.limit; k++) {
        const struct initiative *i = &y->plan.initiatives[k];

        add_initiative(y, list, i);
        add_without_result(y, without, i);
        for (uint32_t m = 0; m < i->indicator_count; m++)
            add_row(y, table, i, &i->indicators[m]);
    }
}

/* ---- what the audit found, by rule ---- */

static uint32_t found_by(const struct year *y, str rule, enum severity severity)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < y->findings.count; k++)
        n += y->findings.rows[k].severity == severity && str_eq(y->findings.rows[k].rule, rule);
    return n;
}

static void add_rule(const struct year *y, struct value *list,
                     const struct audit_rule_info *rule, uint32_t count)
{
    struct arena *a = y->r->mem;
    struct value *row = value_add_map(a, list);

    value_put_text(a, row, "rule", rule->id);
    value_put_text(a, row, "rule_url",
                   str_fmt(a, "%.*s#%.*s", STR_ARG(req_url(y->r, "/rules")),
                           STR_ARG(rule->id)));
    value_put_text(a, row, "severity", severity_word(rule->severity));
    value_put_text(a, row, "title", rule->title[y->r->lang]);
    value_put_int(a, row, "count", count);
}

static void put_findings(const struct year *y)
{
    struct arena *a = y->r->mem;
    struct value *words = value_map(a);
    struct value *list = value_put_list(a, y->page, "rules");
    size_t n;
    const struct audit_rule_info *rules = audit_rules(&n);

    part_put_counts(y->r, words, &y->head.tally);
    value_put_text(a, y->page, "findings_sentence",
                   req_message(y->r, y->findings.count ? "year.findings_says" : "findings.none",
                               words));
    value_put_text(a, y->page, "findings_url", below_url(y, "findings"));
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--) {
        for (size_t k = 0; k < n; k++) {
            uint32_t count = found_by(y, rules[k].id, (enum severity)severity);

            if (count)
                add_rule(y, list, &rules[k], count);
        }
    }
    value_put_bool(a, y->page, "has_findings", list->count > 0);
}

/* ---- the documents ---- */

static void put_documents(const struct year *y)
{
    struct arena *a = y->r->mem;
    struct value *document;

    value_put_text(a, y->page, "state", y->head.state);
    value_put_text(a, y->page, "history_url", below_url(y, "history"));
    value_put_text(a, y->page, "corrections_url", below_url(y, "corrections"));
    value_put_int(a, y->page, "correction_count", y->corrections);
    value_put_text(a, y->page, "promises_url", below_url(y, "commitments"));
    value_put_text(a, y->page, "source_url", below_url(y, "source"));
    if (hash_is_zero(y->head.source)) {
        value_put_null(a, y->page, "document");
        return;
    }
    document = value_put_map(a, y->page, "document");
    value_put_text(a, document, "name", part_file_name(y->head.source_name));
    value_put_text(a, document, "hash", part_hash(y->r, y->head.source));
    value_put_text(a, document, "blob_url", part_blob_url(y->r, y->head.source));
}

static bool year_load(struct year *y, struct err *e)
{
    struct req *r = y->r;
    const struct plan_ref ref = part_plan_ref(r);

    return store_plan_head(r->db, r->mem, &ref, &y->head, e)
           && store_plan(r->db, r->mem, &ref, &y->plan, e)
           && store_findings(r->db, r->mem, &ref, 0, &y->findings, e)
           && store_correction_count(r->db, &ref, &y->corrections, e);
}

bool page_year(struct req *r, struct value *page, struct err *e)
{
    struct year y = { .r = r, .page = page };
    struct value *words;

    if (!year_load(&y, e) || !page_checkpoint(r, page, y.head.organisation, e))
        return false;
    words = value_map(r->mem);
    value_put_text(r->mem, words, "organisation_name", y.head.organisation_name);
    value_put_text(r->mem, words, "year_label", part_year_label(r, y.head.fiscal_year));
    page_title(r, page, req_message(r, "year.title", words));
    part_crumb_organisation(r, page, y.head.organisation, y.head.organisation_name);
    page_record(r, page, y.head.record, y.head.at_ms);
    part_put_organisation(r, page, y.head.organisation, y.head.organisation_name);
    part_put_year(r, page, y.head.fiscal_year);
    put_sentence(&y);
    put_initiatives(&y);
    put_findings(&y);
    put_coverage(&y);
    put_documents(&y);
    return true;
}
