/* Surveys in the store: their definitions (records survey/<key>), what was answered (records
 * survey/<key>/answers). The answers themselves and counts by attribute could tell who somebody
 * is: they are kept by their hash, beside the records, and no page hands them out.
 *
 * What is still worked on stands under work/survey/<key> and work/survey/<key>/answers, for
 * those who hold a duty; store_survey_release writes the public records from it. */
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

/* The very file that the answers came from; for the one reader of comments, who takes them in
 * as voices. ERR_NOT_FOUND when the answers were typed. */
MUST bool store_survey_file(struct conn *c, struct arena *a, const struct survey_stored *s,
                            str *bytes, struct err *e);

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

/* ---- before it is public ---- */

struct survey_work {
    struct survey_stored stored; /* as it is worked on; without a working copy the public one */
    bool is_working;             /* there is a working copy */
    bool is_public;              /* ... and a public one */
    bool is_waiting; /* the public one lacks something of it (is_public false: all of it) */
    uint64_t invited, used; /* codes that were given out; of them used */
};
/* ERR_NOT_FOUND when the organisation has neither. */
MUST bool store_survey_work(struct conn *c, struct arena *a, const struct survey_ref *ref,
                            struct survey_work *out, struct err *e);

/* Saves the working definition. `seen` is the record that its author saw, zero for a new one:
 * ERR_CONFLICT when there is another by now. ERR_INPUT when answers were taken, or came by
 * invitation, and the new one asks otherwise. */
struct survey_work_save {
    str organisation;
    const struct survey *survey;
    struct hash seen;
};
MUST bool store_survey_work_save(struct conn *c, const struct stamp *stamp,
                                 const struct survey_work_save *save, enum change_kind *change,
                                 struct err *e);
/* As store_survey_take, into the working copy; one that is missing begins as the public one. */
MUST bool store_survey_work_take(struct conn *c, const struct stamp *stamp,
                                 const struct survey_take *take, enum change_kind *change,
                                 struct err *e);
/* Makes what is worked on public, definition and answers in one transaction. CHANGE_SAME when
 * it is already. ERR_NOT_FOUND without a working copy. */
MUST bool store_survey_release(struct conn *c, const struct stamp *stamp,
                               const struct survey_ref *ref, enum change_kind *change,
                               struct err *e);

struct survey_work_row {
    str key, title;
    int fiscal_year;
    bool is_working, is_public, is_closed;
    uint64_t rows; /* answers; 0 = none yet */
};
struct survey_work_rows {
    struct survey_work_row *rows; /* newest year first, then by key */
    uint32_t count;
};
MUST bool store_survey_works(struct conn *c, struct arena *a, str organisation,
                             struct survey_work_rows *out, struct err *e);

/* ---- answers by invitation ---- */

/* Makes `count` codes, each for one answer. They are told only now; what is kept is their hash.
 */
MUST bool store_survey_invite(struct conn *c, struct arena *a, const struct survey_ref *ref,
                              uint32_t count, str *codes, struct err *e);
/* Is the code one that can answer now? ERR_NOT_FOUND: no such code; ERR_CONFLICT: it was used
 * before; ERR_DENIED: the address has tried too many wrong ones lately, with how long to wait.
 * Wrong ones are counted. A code is looked for by its hash, so that the time it takes tells
 * nothing of how much of it was right. */
struct survey_code {
    str code, address; /* address: of the browser */
    int64_t now_ms;
};
MUST bool store_survey_code(struct conn *c, const struct survey_ref *ref,
                            const struct survey_code *code, struct err *e);
/* Keeps an answer (canonical JSON: a list of codes by the question's key) and marks its code as
 * used, both or neither. Fails as store_survey_code. */
MUST bool store_survey_reply(struct conn *c, const struct survey_ref *ref,
                             const struct survey_code *code, str body, struct err *e);
/* All answers that came so, as the CSV that ingest_answers reads: a row an answer, in no order
 * that means anything. */
MUST bool store_survey_replies(struct conn *c, struct arena *a, const struct survey_ref *ref,
                               const struct survey *survey, str *csv, struct err *e);

#endif
