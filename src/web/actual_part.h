/* What the evidence gives for an indicator in a year, beside what was published and what
 * somebody accepted: for the indicator's page, the sheet, and the list of proposals. */
#ifndef MEGURI_WEB_ACTUAL_PART_H
#define MEGURI_WEB_ACTUAL_PART_H

#include "measure/measure.h"
#include "web/page.h"

/* One bound indicator in one year, measured. */
struct actual_view {
    int fiscal_year;
    struct actual_state state;
    struct measured now;
    bool has_indicator; /* the year's plan has it: */
    struct indicator indicator;
    bool is_news; /* somebody has to decide */
};
struct actual_of {
    str organisation;
    const struct series *series; /* of the indicator; a year that it lacks has no target */
    int fiscal_year;
};
MUST bool actual_view_load(struct req *r, const struct actual_of *of,
                           const struct indicator_body *declared, struct actual_view *out,
                           struct err *e);
/* The same from a binding that nobody has saved: nothing accepted, nothing declined. */
MUST bool actual_view_try(struct req *r, const struct actual_of *of, const struct binding *b,
                          struct actual_view *out, struct err *e);

/* Does the published result differ from what the evidence gives now, or lack while there is
 * evidence? To the digits that were published. */
bool actual_differs(const struct actual_view *v);

/* "fiscal_year", "year_label", "published", "accepted", "counted", "counted_unit", "numerator",
 * "denominator", "low", "high", "entries", "pending", "as_of", "is_final", "is_weighted",
 * "is_news", "differs", "verdict" and "sure" (words of verdicts; null without a target),
 * "entered" ({source, by, on}, null unless by hand), "why_not", "evidence" ({name, url, digest,
 * newest, newest_url, definition_url, batches, rule}). */
void actual_put(const struct req *r, struct value *row, str organisation,
                const struct actual_view *v);

/* The page of a register, ledger or survey: "register/training", "survey/kumin-2024"; "" for
 * none. */
str actual_evidence_url(const struct req *r, str organisation, str evidence);

/* Why what is proposed differs from what was accepted: a list under "why" of {text}. */
MUST bool actual_put_why(struct req *r, struct value *row, const struct actual_view *v,
                         struct err *e);

/* How many decisions wait in an organisation, for whoever may take them. */
MUST bool actual_news_count(struct req *r, str organisation, uint32_t *out, struct err *e);

/* Each bound indicator in each of its years: calls `each` with the view. */
struct actual_walk {
    struct req *r;
    str organisation;
    void *ctx;
    bool (*each)(struct actual_walk *w, const struct indicator_body *declared,
                 const struct series *series, const struct actual_view *v, struct err *e);
};
MUST bool actual_walk(struct actual_walk *w, struct err *e);

/* "uses": [{name, url, what}]: the indicators that a register, ledger or survey feeds. */
MUST bool actual_put_uses(struct req *r, struct value *map, str organisation, str evidence,
                          struct err *e);

/* The bound indicators of one sheet, as published or as it is written. */
struct sheet_actual {
    const struct actual_view *v; /* NULL = it is not bound */
    str key;                     /* of the indicator */
};
/* One for each indicator of it, in their order; `keys` are theirs (indicator_keys). Nothing for
 * a page of a day that is over. */
MUST bool actual_sheet_load(struct req *r, const struct work_ref *ref,
                            const struct initiative *i, const str *keys,
                            const struct sheet_actual **out, struct err *e);
/* "evidence": {says, url, decide_url} beside an indicator of a sheet; null where there is
 * nothing to say. With `always` also where the evidence says what stands there (for those who
 * write the sheet); decide_url then leads to the proposal. s may be NULL. */
void actual_put_beside(const struct req *r, struct value *row, str organisation,
                       const struct sheet_actual *s, bool always);

/* The measure in words: what is counted, of which evidence, with which filter. def: of the
 * register that it counts, for the names of what it holds; without fields = not known. */
str actual_measure_text(const struct req *r, const struct binding *b, str name,
                        const struct register_def *def);
/* What voices are picked out by, as fields of a register: door, category, section. */
MUST bool actual_voices_load(struct req *r, str organisation, struct register_def *out,
                             struct err *e);
/* The definition of the register or ledger that a measure counts; without fields when there is
 * none. */
MUST bool actual_book_load(struct req *r, str organisation, const struct measure_def *d,
                           struct register_def *out, struct err *e);

#endif
