/* Search in what is official. Part of store.h; include that. */
#ifndef MEGURI_STORE_SEARCH_H
#define MEGURI_STORE_SEARCH_H

#include "store/store.h"

enum hit_kind {
    HIT_TITLE,
    HIT_PURPOSE,
    HIT_OUTLINE,
    HIT_INDICATOR,
    HIT_ACTIVITY,
    HIT_REPORTED,
    HIT_IMPROVEMENT
};
struct hit {
    enum hit_kind kind;
    str organisation, organisation_name;
    int fiscal_year, initiative;
    str text; /* the whole paragraph, as written; the caller marks the words */
};
struct search {
    str query;        /* as typed */
    str organisation; /* key, "" = all */
    int fiscal_year;  /* 0 = all */
    struct page_of page;
    as_of when;
};
struct hits {
    struct hit *rows;
    uint32_t count;
    uint32_t total; /* exact, over all pages */
};
/* Paragraphs that hold every word of the query (words are separated by blanks, full-width ones
 * too; each is matched as a substring after folding, one character or more). The rows are
 * ranked by how often the words occur within a bounded set, newest first among equals. Nothing
 * that is typed is an operator or an error; a query without a word has no hits. In the past:
 * exact as well, newest first; ERR_INPUT where more has changed since than can be read. */
MUST bool store_search(struct conn *c, struct arena *a, const struct search *what,
                       struct hits *out, struct err *e);

#endif
