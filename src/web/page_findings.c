/* What should be mended before this goes out? By severity, within it by initiative; each
 * finding with its place, its sentence and the rule that explains it. */
#include "audit/audit.h"
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum { FINDINGS_ON_A_PAGE = 200 };

struct list {
    struct req *r;
    struct value *page;
    struct plan_head head;
    struct finding *rows; /* the heaviest first, then in the order of the document */
    uint32_t count;
};

/* Sorts by severity and keeps the order of the document within it: three passes, because
 * there are three severities. */
static struct finding *heaviest_first(struct arena *a, const struct finding_rows *in)
{
    struct finding *out = NEW(a, struct finding, in->count);
    uint32_t to = 0;

    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--) {
        for (uint32_t k = 0; k < in->count; k++) {
            if ((int)in->rows[k].severity == severity)
                out[to++] = in->rows[k];
        }
    }
    return out;
}

static uint32_t count_of(const struct list *l, enum severity severity)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < l->count; k++)
        n += l->rows[k].severity == severity;
    return n;
}

static struct value *add_severity(const struct list *l, struct value *severities,
                                  enum severity severity)
{
    struct value *map = value_add_map(l->r->mem, severities);

    value_put_text(l->r->mem, map, "severity", severity_word(severity));
    value_put_int(l->r->mem, map, "count", count_of(l, severity));
    return value_put_list(l->r->mem, map, "groups");
}

/* The title is looked up once for each group. A plan that has lost the initiative since (as
 * of another day) still shows its number. */
static struct value *add_group(const struct list *l, struct value *groups, int number)
{
    struct arena *a = l->r->mem;
    struct value *map = value_add_map(a, groups);
    const struct plan_ref ref = part_plan_ref(l->r);
    struct initiative_row row = { 0 };
    struct err ignored;
    bool is_known = number && store_initiative(l->r->db, a, &ref, number, &row, &ignored);

    value_put_int(a, map, "number", number);
    value_put_text_or_null(a, map, "title", row.initiative.title.v);
    if (is_known)
        value_put_text(a, map, "url",
                       req_url(l->r, "/o/%.*s/%d/%d", STR_ARG(l->head.organisation),
                               l->head.fiscal_year, number));
    else
        value_put_null(a, map, "url");
    return value_put_list(a, map, "findings");
}

static void put_list(const struct list *l, struct page_of shown)
{
    struct value *severities = value_put_list(l->r->mem, l->page, "severities");
    struct value *groups = NULL, *findings = NULL;

    for (uint32_t k = shown.offset; k < l->count && k < shown.offset + shown.limit; k++) {
        const struct finding *f = &l->rows[k], *before = k > shown.offset ? f - 1 : NULL;

        if (!before || before->severity != f->severity) {
            groups = add_severity(l, severities, f->severity);
            before = NULL;
        }
        if (!before || before->initiative != f->initiative)
            findings = add_group(l, groups, f->initiative);
        part_put_finding(l->r, value_add_map(l->r->mem, findings), &l->head, f);
    }
}

/* The same as a flat table: what .csv gives. */
static void put_table(const struct list *l, struct page_of shown)
{
    struct value *table = value_put_list(l->r->mem, l->page, "findings");

    for (uint32_t k = shown.offset; k < l->count && k < shown.offset + shown.limit; k++) {
        struct value *row = value_add_map(l->r->mem, table);

        part_put_year(l->r, row, l->head.fiscal_year);
        value_put_int(l->r->mem, row, "initiative", l->rows[k].initiative);
        part_put_finding(l->r, row, &l->head, &l->rows[k]);
    }
}

static void put_head(const struct list *l)
{
    struct req *r = l->r;
    struct tally t = { 0 };
    struct value *words = value_map(r->mem);

    for (uint32_t k = 0; k < l->count; k++)
        t.findings[l->rows[k].severity]++;
    value_put_text(r->mem, words, "year_label", part_year_label(r, l->head.fiscal_year));
    part_put_counts(r, words, &t);
    page_title(r, l->page, req_message(r, "findings.h1", words));
    part_crumb_year(r, l->page, &l->head);
    page_record(r, l->page, l->head.record, l->head.at_ms);
    part_put_organisation(r, l->page, l->head.organisation, l->head.organisation_name);
    part_put_year(r, l->page, l->head.fiscal_year);
    part_put_counts(r, value_put_map(r->mem, l->page, "counts"), &t);
    value_put_text(r->mem, l->page, "sentence",
                   req_message(r, l->count ? "findings.says" : "findings.none", words));
    value_put_text(r->mem, l->page, "audit_version", audit_version());
}

bool page_findings(struct req *r, struct value *page, struct err *e)
{
    struct list l = { .r = r, .page = page };
    struct page_of shown = req_page_of(r, FINDINGS_ON_A_PAGE);
    const struct plan_ref ref = part_plan_ref(r);
    struct finding_rows found;

    if (!store_plan_head(r->db, r->mem, &ref, &l.head, e)
        || !store_findings(r->db, r->mem, &ref, 0, &found, e))
        return false;
    l.rows = heaviest_first(r->mem, &found);
    l.count = found.count;
    put_head(&l);
    put_list(&l, shown);
    put_table(&l, shown);
    page_put_pages(r, page, shown, l.count);
    return true;
}
