/* The working copies of a year, and what becomes official. Part of store.h; include that.
 *
 * Two sets of entities stand in an organisation's log:
 *
 *   work/<year>                        kind "cycle": phase, due dates, where it came from
 *   work/<year>/sheet/<n>              kind "sheet": an initiative as its section writes it
 *   work/<year>/step/<n>/<step>        kind "step": where the sheet's step stands
 *   work/<year>/answer/<n>/<id>        kind "answer": a finding answered with a reason
 *   work/<year>/commitment/<id>        kind "commitment": a sentence of 課題と改善策, its fate
 *   catalogue/<id>                     kind "indicator": one that outlives the year
 *
 *   plan/<year>, plan/<year>/initiative/<n>, plan/<year>/findings, plan/<year>/commitment/<id>
 *
 * The first are read by those who hold a duty; the second by everybody. A move that makes
 * something official (phase_official) writes the second from the first in the same transaction:
 * what the public sees never changes between two such moves. Whether somebody may is decided
 * by model/cycle.h on what stands in the transaction, with the duties the account holds.
 *
 * Everything here is a record and answers ERR_CONFLICT when it does not replace what its author
 * saw. The same thing asked twice (a double click, a lost answer) is one record: the second
 * finds it done and says so (is_same). */
#ifndef MEGURI_STORE_WORK_H
#define MEGURI_STORE_WORK_H

#include "model/model.h"

struct conn;
struct stamp;

struct work_ref {
    str organisation;
    int fiscal_year;
    int number; /* of the sheet, 0 = the year as a whole */
};

/* ---- the year ---- */

struct cycle {
    int fiscal_year;
    enum phase phase;
    bool midyear_done;
    int origin_year; /* rolled over from that year's plan, 0 = none */
    str title, form_id;
    str due[STEP_COUNT]; /* "2024-09-30": sheets are to be approved by; "" = none */
    str mover;           /* account that made the last move */
    struct hash record;
    int64_t at_ms;
    str author, role, reason;
    bool is_signed; /* by store_cycle_move only: the log was signed with what became official */
};
/* ERR_NOT_FOUND when the year has no working copies. */
MUST bool store_cycle(struct conn *c, struct arena *a, const struct work_ref *ref,
                      struct cycle *out, struct err *e);
struct cycle_rows {
    struct cycle *rows; /* newest year first */
    uint32_t count;
};
MUST bool store_cycles(struct conn *c, struct arena *a, str organisation,
                       struct cycle_rows *out, struct err *e);

/* Begins a year (planning): copies the sheets of `from_year` (official; last year's: a
 * roll-over with origin links, where targets and baselines move on (last actual becomes the
 * baseline), results and reviews are emptied and planned lines stay; the same year's: to go on
 * with a plan that was imported, in `phase`), or with from_year 0 begins empty. */
struct cycle_start {
    struct work_ref ref;
    int from_year;
    enum phase phase; /* DRAFT; for an imported plan also ADOPTED or PUBLISHED */
    str form_id, title;
};
MUST bool store_cycle_start(struct conn *c, struct arena *a, const struct stamp *stamp,
                            const struct cycle_start *start, struct err *e);
MUST bool store_cycle_due(struct conn *c, const struct stamp *stamp, const struct work_ref *ref,
                          const str due[STEP_COUNT], struct err *e);
/* A move of the table in model/cycle.h; stamp->reason is its reason. `seen` is the cycle record
 * that its author saw. Publishing moves also write the official records, audited
 * (`findings` of the plan as it becomes official, from the caller, since the store does not
 * audit), and the log's head is signed after them. */
struct cycle_move {
    struct work_ref ref;
    enum move move;
    struct hash seen;
    const struct plan *official; /* linked plan made of the sheets by store_work_plan; NULL for
                                    moves that publish nothing */
    int64_t made_of;             /* store_work_plan's; ERR_CONFLICT when a sheet was written
                                    since: what is published is what was audited */
    const struct finding *findings;
    uint32_t finding_count;
    str audit_version;
    bool used_previous; /* last year's plan was at hand when it was audited */
};
MUST bool store_cycle_move(struct conn *c, struct arena *a, const struct stamp *stamp,
                           const struct cycle_move *move, struct cycle *out, struct err *e);
/* The plan that the sheets make, not linked, not audited. *made_of tells this state of the
 * sheets from later ones. */
MUST bool store_work_plan(struct conn *c, struct arena *a, const struct work_ref *ref,
                          struct plan *out, int64_t *made_of, struct err *e);

/* ---- sheets ---- */

struct sheet_step {
    enum step_status status;
    str comment;        /* of who returned, skipped or reopened it */
    str author;         /* of the last action */
    str submitter;      /* "" = none yet */
    int64_t at_ms;      /* 0 = never touched */
    struct hash record; /* zero = never touched */
    struct hash sheet;  /* the sheet record it was said of */
};
struct sheet_copy {
    int number;
    str section; /* key of the organisation that writes it, "" = the planning section */
    str section_name;
    int origin_year, origin_number; /* 0 = new this year */
    struct initiative initiative;   /* not filled in lists: only its title */
    struct sheet_step steps[STEP_COUNT];
    uint32_t empty[STEP_COUNT]; /* mandatory fields of that step that are empty */
    struct hash record;
    int64_t at_ms;
    str author;
};
MUST bool store_sheet(struct conn *c, struct arena *a, const struct work_ref *ref,
                      struct sheet_copy *out, struct err *e);
struct sheet_rows {
    struct sheet_copy *rows; /* by number */
    uint32_t count;
};
MUST bool store_sheets(struct conn *c, struct arena *a, const struct work_ref *ref,
                       struct sheet_rows *out, struct err *e);
/* The section of a sheet, for the question who may: "" = planning's. */
MUST bool store_sheet_section(struct conn *c, struct arena *a, const struct work_ref *ref,
                              str *section, struct err *e);

/* Saves a sheet: number 0 in `sheet` adds one at the end. `seen` is the record its author
 * changed; what is equal to what stands makes no record (is_same). ERR_CONFLICT when somebody
 * saved in between: the caller shows both. `step` is the part that was written: fields of other
 * parts must be as they stand, ERR_DENIED otherwise. `section` is that of a new sheet; one that
 * is there changes hands by store_sheet_assign alone. A sheet that equals the last one its
 * author added is that one (is_same): a double click adds one. */
struct sheet_save {
    struct work_ref ref;
    enum step step;
    struct hash seen;
    const struct initiative *initiative;
    str section;
};
struct saved {
    struct hash record;
    int number;
    bool is_same;
};
MUST bool store_sheet_save(struct conn *c, struct arena *a, const struct stamp *stamp,
                           const struct sheet_save *save, struct saved *out, struct err *e);
/* Gives sheets to a section ("" = planning's own), all of them or none; planning, in any
 * phase. */
struct sheet_assign {
    struct work_ref ref; /* its number is not looked at */
    const int *numbers;
    uint32_t count;
    str section;
};
MUST bool store_sheet_assign(struct conn *c, const struct stamp *stamp,
                             const struct sheet_assign *what, struct err *e);
/* Takes a sheet out of the year (planning, while the plan is written; with a reason). */
MUST bool store_sheet_drop(struct conn *c, const struct stamp *stamp,
                           const struct work_ref *ref, struct hash seen, struct err *e);

struct sheet_act {
    struct work_ref ref;
    enum step step;
    enum step_action action;
    struct hash sheet; /* the sheet as its author saw it: what is approved is what was read */
};
/* stamp->reason is the comment. */
MUST bool store_sheet_act(struct conn *c, const struct stamp *stamp,
                          const struct sheet_act *act, struct err *e);

/* ---- findings answered ---- */

struct answer {
    int number; /* of the sheet, 0 = the plan */
    str rule, subject;
    str id;     /* 12 hexadecimal digits of SHA-256(rule, subject): answer_id */
    str reason; /* "" takes the answer back */
    str author;
    int64_t at_ms;
    struct hash record;
};
str answer_id(struct arena *a, str rule, str subject);
struct answer_rows {
    struct answer *rows;
    uint32_t count;
};
MUST bool store_answers(struct conn *c, struct arena *a, const struct work_ref *ref,
                        struct answer_rows *out, struct err *e);
MUST bool store_answer_save(struct conn *c, const struct stamp *stamp,
                            const struct work_ref *ref, const struct answer *answer,
                            struct err *e);

/* ---- commitments: what was promised in 課題と改善策 ---- */

enum fate { FATE_OPEN, FATE_ADOPTED, FATE_DROPPED, FATE_CARRIED, FATE_DONE, FATE_COUNT };
str fate_word(enum fate f); /* open adopted dropped carried done */
bool fate_parse(str word, enum fate *out);
struct commitment {
    str id;                     /* "2023-3-midyear-1": year, initiative, step, sentence */
    int made_year, made_number; /* where it was promised */
    enum step made_step;
    str text;                       /* the sentence, as written */
    str cause, measure, owner, due; /* as the form asks; may be "" in imported plans */
    enum fate fate;                 /* in the year asked for */
    int fate_number;                /* the sheet that adopts it, 0 = none */
    str fate_line;                  /* the line of the plan that adopts it */
    str fate_reason;                /* mandatory for DROPPED and CARRIED */
    int years; /* how many years it has been carried: 0 in the year after */
    struct hash record;
};
struct commitment_rows {
    struct commitment *rows; /* oldest first */
    uint32_t count;
};
/* Those that wait for a year's plan: of the official plans before it, with what was decided in
 * this year's working copies (is_official false) or published (true). */
MUST bool store_commitments(struct conn *c, struct arena *a, const struct work_ref *ref,
                            bool is_official, struct commitment_rows *out, struct err *e);
/* What was published of them, as it stood when. */
struct plan_ref;
MUST bool store_commitments_then(struct conn *c, struct arena *a, const struct plan_ref *ref,
                                 struct commitment_rows *out, struct err *e);
MUST bool store_commitment_decide(struct conn *c, const struct stamp *stamp,
                                  const struct work_ref *ref, const struct commitment *decided,
                                  struct err *e);

/* ---- indicators that outlive the year ---- */

struct catalogue_entry {
    str id; /* "" = a new one: then made of the name, as indicator_key */
    str name, population, unit;
    enum direction direction;
    int decimals;               /* -1 = not said */
    str definition, valid_from; /* "2024-04-01" */
    str common;                 /* code of a city-wide indicator, "" = none */
    bool is_retired;
    struct hash record;
    int64_t at_ms;
};
struct catalogue_rows {
    struct catalogue_entry *rows; /* by name */
    uint32_t count;
};
MUST bool store_catalogue(struct conn *c, struct arena *a, str organisation,
                          struct catalogue_rows *out, struct err *e);
MUST bool store_catalogue_entry(struct conn *c, struct arena *a, str organisation, str id,
                                struct catalogue_entry *out, struct err *e);
/* entry->record is what its author saw (zero: a new one); fills id and record. */
MUST bool store_catalogue_save(struct conn *c, struct arena *a, const struct stamp *stamp,
                               str organisation, struct catalogue_entry *entry, struct err *e);

/* ---- what must be done ---- */

enum task_kind {
    TASK_WRITE,    /* an open step of a sheet of mine */
    TASK_RETURNED, /* ... that came back */
    TASK_APPROVE,  /* waits for the head */
    TASK_MOVE,     /* the year waits for me: adopt, publish, propose, close */
    TASK_DECIDE,   /* commitments without a fate */
    TASK_KIND_COUNT
};
struct task {
    enum task_kind kind;
    str organisation, organisation_name;
    int fiscal_year, number;
    enum step step;
    enum move move;
    str title, due, comment;
    int64_t since_ms;
    uint32_t empty; /* mandatory fields */
};
struct task_rows {
    struct task *rows; /* overdue first, then by due date */
    uint32_t count;
};
MUST bool store_tasks(struct conn *c, struct arena *a, str account, int64_t now_ms,
                      struct task_rows *out, struct err *e);
/* What an account wrote last, newest first; records without bodies. */
struct record_rows;
MUST bool store_written_by(struct conn *c, struct arena *a, str account, uint32_t limit,
                           struct record_rows *out, struct err *e);

#endif
