/* The versions of an entity, what one says differently from another, and what was corrected
 * after a plan had been published. Part of store.h; include that. */
#ifndef MEGURI_STORE_VERSIONS_H
#define MEGURI_STORE_VERSIONS_H

#include "model/model.h"

struct conn;
struct plan_ref;
struct record;
struct record_rows;
typedef int64_t as_of; /* store.h */

struct field_change {
    str path; /* "indicators[2].target" */
    str before, after;
};
/* Field by field, what a record changed against the one it replaces (or any two of them). What
 * was put in or taken out as a whole is told by its name, then by what it holds. */
void record_diff(struct arena *a, const struct value *before, const struct value *after,
                 struct field_change **rows, uint32_t *count);

/* All records of one entity ("plan/2019/initiative/3"), newest first, without bodies; up to
 * `limit` of them, `total` counts all. */
struct versions_asked {
    str organisation, entity;
    as_of when;
    uint32_t limit;
};
MUST bool store_versions(struct conn *c, struct arena *a, const struct versions_asked *what,
                         struct record_rows *out, struct err *e);

/* What was written together (one decision) to a plan or its initiatives after the plan was
 * first published. */
struct correction {
    int64_t at_ms;
    str author, role, reason;
    const struct record *records; /* of the plan's head and of initiatives; without bodies */
    uint32_t count;
};
struct corrections {
    int64_t published_ms;    /* first published, 0 = it is not */
    struct correction *rows; /* newest first */
    uint32_t count;
    bool is_cut; /* over LIMIT_CORRECTED records: older ones are left out */
};
enum { LIMIT_CORRECTED = 2000 };
MUST bool store_corrections(struct conn *c, struct arena *a, const struct plan_ref *ref,
                            struct corrections *out, struct err *e);
/* How many there are; cheap enough for every page of the year. */
MUST bool store_correction_count(struct conn *c, const struct plan_ref *ref, uint32_t *out,
                                 struct err *e);

#endif
