/* Inside the room: the records of a year's working copies, as bodies and as rows. */
#ifndef MEGURI_STORE_WORK_INNER_H
#define MEGURI_STORE_WORK_INNER_H

#include "store/inner.h"

/* ---- work_body.c: what the records say, as trees and back ----
 *
 * Readers give ERR_INPUT with a sentence for a body that is none of theirs. Views point into
 * the tree. */

struct value *work_cycle_value(struct arena *a, const struct cycle *k);
MUST bool work_cycle_read(const struct value *v, struct cycle *out, struct err *e);

struct sheet_body {
    str section;
    int origin_year, origin_number;
    bool is_dropped; /* taken out of the year */
    struct initiative initiative;
};
struct value *work_sheet_value(struct arena *a, const struct sheet_body *s);
MUST bool work_sheet_read(struct arena *a, const struct value *v, struct sheet_body *out,
                          struct err *e);

struct step_body {
    enum step_status status;
    str submitter;
    struct hash sheet; /* the sheet's record that it was said of */
};
struct value *work_step_value(struct arena *a, const struct step_body *s);
MUST bool work_step_read(const struct value *v, struct step_body *out, struct err *e);

struct value *work_answer_value(struct arena *a, const struct answer *w);
MUST bool work_answer_read(const struct value *v, struct answer *out, struct err *e);

struct value *work_commitment_value(struct arena *a, const struct commitment *k);
MUST bool work_commitment_read(const struct value *v, struct commitment *out, struct err *e);

struct value *work_catalogue_value(struct arena *a, const struct catalogue_entry *k);
MUST bool work_catalogue_read(const struct value *v, struct catalogue_entry *out,
                              struct err *e);

/* ---- work_project.c: the same as rows ---- */

MUST bool project_cycle(const struct spot *s, const struct record *r, const struct value *tree,
                        struct err *e);
MUST bool project_sheet(const struct spot *s, const struct record *r, const struct value *tree,
                        struct err *e);
MUST bool project_step(const struct spot *s, const struct record *r, const struct value *tree,
                       struct err *e);
MUST bool project_finding_answer(const struct spot *s, const struct record *r,
                                 const struct value *tree, struct err *e);
MUST bool project_commitment(const struct spot *s, const struct record *r,
                             const struct value *tree, struct err *e);
/* NULL when no form can be read, which is a fault of the program. */
const struct form *work_form(struct conn *c, str id);
MUST bool project_catalogue(const struct spot *s, const struct record *r,
                            const struct value *tree, struct err *e);

/* ---- work.c ---- */

/* One thing to be said within a transaction; `seen` is what its author saw. What is equal to
 * what stands makes no record. */
struct work_say {
    str organisation, kind, entity;
    const struct value *tree;
    bool is_blind; /* nobody saw anything: it replaces whatever stands */
    struct hash seen;
};
struct work_said {
    struct record record; /* that stands now */
    bool is_same;         /* it stood before */
};
MUST bool work_say(struct conn *c, struct arena *a, const struct stamp *stamp,
                   const struct work_say *what, struct work_said *out, struct err *e);
/* Fills the asker for model/cycle.h: the duty the author acts under, when they hold it for the
 * section. */
MUST bool work_asker(struct conn *c, const struct stamp *stamp, str organisation, str section,
                     struct cycle_asker *out, struct err *e);
/* The year and, with a number, the sheet's steps as model/cycle.h wants them. */
void work_now(const struct cycle *k, const struct sheet_copy *s, enum step step,
              struct cycle_now *out);

/* ERR_DENIED unless the author acts as planning; `what` is named in the sentence. */
MUST bool work_planning(struct conn *c, const struct stamp *stamp, str organisation,
                        const char *what, struct err *e);
MUST bool work_cycle_find(struct conn *c, struct arena *a, const struct work_ref *ref,
                          struct cycle *out, bool *found, struct err *e);
/* Writes the year's record; k->record is the one it replaces, zero = it is the first. */
MUST bool work_cycle_say(struct conn *c, struct arena *a, const struct stamp *stamp,
                         const struct work_ref *ref, const struct cycle *k, struct err *e);

/* ---- work_roll.c: a sheet for the next year ---- */

/* What of last year's initiative stays: names, purposes, goals and planned lines; the last
 * actual becomes the baseline, targets take the next point of their path, reports, results and
 * reviews are empty, places of the old document are gone. */
void sheet_roll(struct arena *a, const struct initiative *from, int from_year, int year,
                struct initiative *out);

/* ---- work_promise.c ---- */

/* The sentences of a text of 課題と改善策, in its order: cut at 。 and line ends, list marks
 * taken off. */
struct sentences {
    str *rows;
    uint32_t count;
};
void sentences_of(struct arena *a, str text, struct sentences *out);
/* Publishes what was decided about commitments with the year's plan. */
MUST bool commitments_publish(struct conn *c, struct arena *a, const struct stamp *stamp,
                              const struct work_ref *ref, struct err *e);

#endif
