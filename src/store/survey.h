/* Surveys in the store: their definitions (records survey/<key>), what was answered (records
 * survey/<key>/answers). The answers themselves and counts by attribute could tell who somebody
 * is: they are kept by their hash, beside the records, and no page hands them out. */
#ifndef MEGURI_STORE_SURVEY_H
#define MEGURI_STORE_SURVEY_H

#include "model/survey.h"
#include "store/store.h"

/* Adds or changes a definition; `apply` false only tells what would change. ERR_NOT_FOUND when
 * the organisation is not there; ERR_INPUT when answers were taken by the definition that is
 * there and the new one asks otherwise (what was counted must stay readable). */
struct survey_save {
    str organisation;
    const struct survey *survey;
    bool apply;
};
MUST bool store_survey_save(struct conn *c, const struct stamp *stamp,
                            const struct survey_save *save, enum change_kind *change,
                            struct err *e);

/* What was answered. The counts' sums have been checked by the caller. */
struct survey_take {
    str organisation, key;
    const struct survey *survey; /* as stored */
    const struct survey_tally *tally;
    str file, file_name; /* the bytes it came from; "" = typed */
    bool apply;
};
MUST bool store_survey_take(struct conn *c, const struct stamp *stamp,
                            const struct survey_take *take, enum change_kind *change,
                            struct err *e);

struct survey_ref {
    str organisation, key;
    as_of when;
};
struct survey_stored {
    struct survey survey;
    struct hash record; /* of the definition */
    int64_t at_ms;
    bool has_tally;
    struct survey_tally tally;
    struct hash answers; /* the record of the answers; zero without */
    int64_t answered_ms; /* when they were taken */
    struct hash file;    /* of the answer file, zero = typed; not handed out by its hash */
};
/* ERR_NOT_FOUND when the organisation has no such survey. */
MUST bool store_survey(struct conn *c, struct arena *a, const struct survey_ref *ref,
                       struct survey_stored *out, struct err *e);

/* The surveys of a fiscal year that have answers, and those that they are compared with. */
struct survey_results {
    struct survey_stored *rows;
    uint32_t count;
};
MUST bool store_survey_results(struct conn *c, struct arena *a, str organisation,
                               int fiscal_year, struct survey_results *out, struct err *e);

struct survey_row {
    str key, title;
    int fiscal_year;
    uint64_t rows; /* answers; 0 = none yet */
};
struct survey_rows {
    struct survey_row *rows; /* newest year first, then by key */
    uint32_t count;
};
MUST bool store_surveys(struct conn *c, struct arena *a, str organisation,
                        struct survey_rows *out, struct err *e);

/* ---- answers by invitation ---- */

/* Makes `count` codes, each for one answer. They are told only now; what is kept is their hash.
 */
MUST bool store_survey_invite(struct conn *c, struct arena *a, const struct survey_ref *ref,
                              uint32_t count, str *codes, struct err *e);
/* Keeps an answer (canonical JSON: a list of codes by the question's key) and marks its code as
 * used, both or neither. ERR_NOT_FOUND: no such code; ERR_CONFLICT: it was used before. */
MUST bool store_survey_reply(struct conn *c, const struct survey_ref *ref, str code, str body,
                             struct err *e);
/* All answers that came so, in no order that means anything. */
MUST bool store_survey_replies(struct conn *c, struct arena *a, const struct survey_ref *ref,
                               str **bodies, uint32_t *count, struct err *e);

#endif
