/* Pieces of the page of one register or ledger. */
#ifndef MEGURI_WEB_REGISTER_PART_H
#define MEGURI_WEB_REGISTER_PART_H

#include "web/page.h"

struct register_view {
    struct req *r;
    struct value *page;
    struct book_ref ref;
    struct organisation organisation;
    struct register_def def;
    struct areas areas;
    int *years; /* with entries, newest first */
    uint32_t year_count;
    int fiscal_year;  /* the one that is shown, 0 = there is none */
    str url;          /* of the page */
    bool is_past_not; /* something shown is not as of the day asked for */
};

/* The register that the address names, or the ledger of that key. */
MUST bool register_view_load(struct register_view *v, struct err *e);

/* The cells of years (inclusive) as of the day asked for. Where that would be too many entries
 * to count anew, those of now, and is_past_not is set. */
MUST bool register_cells(struct register_view *v, int first_year, int last_year,
                         struct cells *out, struct err *e);
/* "heat": entries by area and month of the year, with the empty ones; null for a ledger of
 * collection. "sums": what its quantities add up to, and last year's. "sentence". */
MUST bool register_put_sums(struct register_view *v, struct err *e);
/* "curves": chart, sentence, table of the rate by month and year, where it will land; null
 * where the register is no ledger of collection. */
MUST bool register_put_curves(struct register_view *v, struct err *e);
/* "columns", "entries" of the year, "pages". */
MUST bool register_put_entries(struct register_view *v, struct err *e);
/* What a value means in the reader's words: a choice's label, a flag as ○ or ×. */
str register_value_label(const struct register_view *v, uint32_t field,
                         const struct entry_value *value);

#endif
