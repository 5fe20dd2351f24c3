/* The sheet of one initiative on its way into a value tree; shared by page_initiative.c and
 * sheet.c. */
#ifndef MEGURI_WEB_SHEET_H
#define MEGURI_WEB_SHEET_H

#include "web/actual_part.h"
#include "web/page.h"

/* What a finding stands beside. */
enum place_kind {
    BESIDE_HEAD, /* the initiative as a whole */
    BESIDE_INDICATOR,
    BESIDE_PLANNED,
    BESIDE_REPORTED, /* something reported that was not planned */
    BESIDE_IMPROVEMENT,
};
struct placed {
    enum place_kind kind;
    uint32_t index; /* of the indicator, planned or reported activity */
};

struct sheet {
    struct req *r;
    struct value *page;
    struct plan_head head;
    struct initiative_row row;
    struct finding_rows findings;
    struct neighbours neighbours;
    struct placed *placed;              /* one for each finding */
    const struct sheet_actual *actuals; /* one for each indicator; NULL = not asked */
    bool is_working; /* for those who write it: what the evidence gives stands there always */
};

/* Decides beside what each finding stands: the indicator or activity that is its subject,
 * otherwise the block that its rule is about. */
void sheet_place_findings(struct sheet *s);

/* "number", "title", "purpose", "outline", "source_url"; "midyear" and "evaluation": marks and
 * 課題と改善策. */
void sheet_put_plan(const struct sheet *s);
void sheet_put_reviews(const struct sheet *s);

/* "indicators": the goals in the order of the form, each with its findings. */
void sheet_put_indicators(const struct sheet *s);

/* "groups" of activities: {name, midyear, has_head, activities}, each activity with what was
 * reported of it and how that differs ("change"); "unplanned": reported without a plan. */
void sheet_put_activities(const struct sheet *s);

/* "findings" on the whole, "improvement_findings". */
void sheet_put_findings(const struct sheet *s);

#endif
