/* What the files about surveys share: where a survey stands, and how its records are made. */
#ifndef MEGURI_STORE_SURVEY_INNER_H
#define MEGURI_STORE_SURVEY_INNER_H

#include "store/inner.h"

enum survey_place {
    SURVEY_PUBLIC, /* survey/<key> */
    SURVEY_WORKING /* work/survey/<key>, for those who hold a duty */
};
str survey_entity(struct arena *a, str key, enum survey_place place);
str survey_entity_answers(struct arena *a, str key, enum survey_place place);

/* Canonical JSON, "" when it is too large. */
str survey_canonical(struct arena *a, const struct value *tree);

/* The newest record of the draft's entity, and whether the draft says something else; the draft
 * replaces it. */
MUST bool survey_compare(struct conn *c, struct arena *a, struct draft *d,
                         struct record *before, enum change_kind *change, struct err *e);

struct survey_change {
    str organisation;
    const struct survey *survey;
    enum survey_place place;
    const struct record *before; /* seq 0 = new */
    bool has_replies;            /* some came by invitation */
};
/* ERR_INPUT when answers are there and the new definition asks otherwise. */
MUST bool survey_may_change(struct conn *c, struct arena *a, const struct survey_change *want,
                            struct err *e);

struct survey_into {
    const struct survey_take *take;
    enum survey_place place;
};
/* Within a transaction of the caller. */
MUST bool survey_take_in(struct conn *c, struct arena *a, const struct stamp *stamp,
                         const struct survey_into *into, enum change_kind *change,
                         struct err *e);
MUST bool survey_load(struct conn *c, struct arena *a, const struct survey_ref *ref,
                      enum survey_place place, struct survey_stored *out, struct err *e);

#endif
