/* What stood on a day that is over: organisations, their years and the log, as they were known
 * at an instant (inclusive). `when` 0 is now everywhere. Part of store.h; include that. */
#ifndef MEGURI_STORE_PAST_H
#define MEGURI_STORE_PAST_H

#include "model/model.h"

struct conn;
typedef int64_t as_of; /* store.h */

/* When the first record of an organisation ("" = of all) was written; 0 when there is none. */
MUST bool store_first(struct conn *c, str organisation, int64_t *at_ms, struct err *e);
/* The same of one year's plan of the organisation. */
MUST bool store_first_plan(struct conn *c, str organisation, int fiscal_year, int64_t *at_ms,
                           struct err *e);

/* store_organisation as it was then. ERR_NOT_FOUND when it was not there yet. */
MUST bool store_organisation_then(struct conn *c, struct arena *a, str key, as_of when,
                                  struct organisation *out, struct err *e);
/* store_organisations for those who look for a plan: those that there were, by the names they
 * had; a ward's section stands there when it has a plan of its own. */
struct organisations_asked {
    str query; /* "" = all */
    struct page_of page;
    as_of when;
};
MUST bool store_organisations_then(struct conn *c, struct arena *a,
                                   const struct organisations_asked *what,
                                   struct organisation_rows *out, struct err *e);
/* store_plans: the years that there were, each with the counts of then. */
MUST bool store_plans_then(struct conn *c, struct arena *a, str organisation, as_of when,
                           struct plan_heads *out, struct err *e);
/* store_tree: size and root of the log as it was then; size 0 before its first record. */
MUST bool store_tree_then(struct conn *c, str organisation, as_of when, struct merkle *out,
                          struct err *e);

/* Is a record of this entity for everybody? Working copies and duties are not. */
bool entity_is_public(str entity);
/* Does it say where an actual comes from: a register's or ledger's definition, a binding, an
 * actual, one that was declined? Everybody may read such a record by its hash; lists leave them
 * out. What was entered into a register is shown by the register's own page alone. */
bool entity_is_evidence(str entity);

#endif
