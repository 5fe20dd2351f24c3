/* Registers and ledgers of an organisation, what is entered into them, and the actuals that
 * come of it. Part of store.h; include that.
 *
 *   register/<key>, ledger/<key>            kind "register", "ledger": the definition
 *   register/<key>/batch/<n>, ledger/...    kind "entries": entries added, changed, voided
 * together areas                                   kind "areas": the 地域 of the organisation
 *
 * A batch names the kinds of its fields, so the tables follow from the batches alone. An entry
 * is known by its id; the batch with the largest number says how it stands. `entry_cell` keeps
 * what standing entries add up to, brought up to date by each batch: an indicator is answered
 * from it, however many entries there are. */
#ifndef MEGURI_STORE_REGISTERS_H
#define MEGURI_STORE_REGISTERS_H

#include "model/model.h"
#include "model/binding.h"
#include "model/register.h"

struct conn;
struct stamp;
struct duty_place;

/* A register or ledger: organisation's key, and "register/training". */
struct book_ref {
    str organisation, book;
};
/* One that was opened, with its definition as store_book gives it. */
struct open_book {
    struct book_ref ref;
    const struct register_def *def;
};

/* Adds a definition or changes it; one that says the same makes no record (*is_same). Of a
 * register that has entries only what leaves them true may change (register_may_become):
 * ERR_INPUT. */
MUST bool store_book_save(struct conn *c, const struct stamp *stamp, str organisation,
                          const struct register_def *d, bool *is_same, struct err *e);
/* The same by somebody who looked at the definition before. ERR_CONFLICT when another one
 * stands there by now. */
struct book_change {
    str organisation;
    const struct register_def *def;
    const struct hash *seen; /* the record they saw, zero = there was none; NULL = whatever
                                stands there */
};
MUST bool store_book_change(struct conn *c, const struct stamp *stamp,
                            const struct book_change *change, bool *is_same, struct err *e);
/* What an account may do with the entries of a register: its duties for the section that keeps
 * it, or, of one that all sections keep, those in the organisation or any of its sections. */
MUST bool store_book_duties(struct conn *c, str account, const struct duty_place *at,
                            unsigned *out, struct err *e);

struct book_row {
    str book;
    str name[2];
    struct hash record; /* of the definition */
    int64_t at_ms;
    uint32_t batches;
    uint64_t entries;            /* standing */
    str first_month, last_month; /* "2024-04"; "" = no dated entry */
};
struct book_rows {
    struct book_row *rows; /* by `book` */
    uint32_t count;
};
MUST bool store_books(struct conn *c, struct arena *a, str organisation, struct book_rows *out,
                      struct err *e);
/* The definition; ERR_NOT_FOUND when the organisation keeps no such register. */
MUST bool store_book(struct conn *c, struct arena *a, const struct book_ref *ref,
                     struct register_def *out, struct hash *record, struct err *e);

MUST bool store_areas_save(struct conn *c, const struct stamp *stamp, str organisation,
                           const struct areas *areas, bool *is_same, struct err *e);
/* In the order of their list; none is no error. */
MUST bool store_areas(struct conn *c, struct arena *a, str organisation, struct areas *out,
                      struct err *e);

/* ---- entering ---- */

enum entry_fate { FATE_FRESH, FATE_CHANGED, FATE_SAME, FATE_VOIDED, FATE_KEPT_VOID };
struct entries_import {
    struct book_ref ref;
    const struct register_def *def;
    const struct register_entry *rows; /* each with its id */
    uint32_t count;
    str source_name;        /* of the file, "" = typed */
    str bytes;              /* of the file; kept when something changed */
    bool apply;             /* false: only tell */
    bool revives;           /* who enters by hand may bring back what was taken back */
    enum entry_fate *fates; /* what becomes of each row; NULL = not asked for */
};
struct entries_report {
    uint32_t fresh, changed, same, voided; /* voided: taken back now */
    uint32_t kept_void; /* taken back before: a file that still has them does not bring them
                           back */
    uint32_t batches;   /* records appended (or that would be) */
};
/* Enters rows, in one transaction. What stands already in the same words changes nothing;
 * another value under the same id is a new version; is_void takes an entry back and keeps its
 * history. */
MUST bool store_entries_import(struct conn *c, const struct stamp *stamp,
                               const struct entries_import *in, struct entries_report *out,
                               struct err *e);

/* ---- looking ---- */

struct entry_row {
    struct register_entry entry; /* values in the order of the definition's fields */
    uint32_t batch;
};
struct entry_rows {
    struct entry_row *rows; /* the newest day first */
    uint32_t count, total;
};
struct entry_filter {
    str from, before; /* days or months, [from, before); "" = from the first, to the last */
    str area;         /* only those of this area; "" = all */
    str section;      /* only those of this section (担当), as entries name it; "" = all */
    str text;         /* only those in which a value, a reason or a note holds it; "" = all */
    int64_t when;     /* as they stood at that time (as_of); 0 = now */
    struct page_of page;
};
MUST bool store_entries(struct conn *c, struct arena *a, const struct open_book *book,
                        const struct entry_filter *filter, struct entry_rows *out,
                        struct err *e);

/* The entry that was entered last, by hand or by table; id "" = there is none. */
MUST bool store_entry_last(struct conn *c, struct arena *a, const struct open_book *book,
                           struct register_entry *out, struct err *e);

/* How many entries stand on each day (or in each month, where they name no day). */
struct entry_day {
    str day;
    int64_t count;
};
struct entry_days {
    struct entry_day *rows; /* by day */
    uint32_t count;
};
/* Of the filter only from, before, when and area count. */
MUST bool store_entry_days(struct conn *c, struct arena *a, const struct book_ref *ref,
                           const struct entry_filter *filter, struct entry_days *out,
                           struct err *e);

struct entry_version {
    struct register_entry entry;
    uint32_t batch;
    int64_t at_ms;
    str author, reason;
    struct hash record;
};
struct entry_versions {
    struct entry_version *rows; /* newest first */
    uint32_t count;
};
/* ERR_NOT_FOUND when there is no such entry. */
MUST bool store_entry_versions(struct conn *c, struct arena *a, const struct open_book *book,
                               str id, struct entry_versions *out, struct err *e);

/* ---- counting ---- */

struct cells_of {
    struct book_ref ref;
    int first_year, last_year; /* fiscal, inclusive */
    const str *fields; /* only these ("" = the number of entries); NULL = all, in a fixed order
                        */
    uint32_t field_count;
    int64_t when; /* store_cells_at: as they stood at that time (as_of) */
};
MUST bool store_cells(struct conn *c, struct arena *a, const struct cells_of *what,
                      struct cells *out, struct err *e);
/* The same as the entries stood at what->when, all quantities: counted anew from the entries,
 * so not for more than LIMIT_PAST_ENTRIES of them: *is_done is then false. */
MUST bool store_cells_at(struct conn *c, struct arena *a, const struct cells_of *what,
                         struct cells *out, bool *is_done, struct err *e);
/* Fiscal years that have entries, newest first. */
MUST bool store_book_years(struct conn *c, struct arena *a, const struct book_ref *ref,
                           int **years, uint32_t *count, struct err *e);

/* The records that a register consists of: their number, SHA-256 over their hashes in order,
 * the newest of them and its time. All zero when it has none. */
struct evidence_state {
    uint32_t batches;
    struct hash digest, newest;
    int64_t at_ms;
};
MUST bool store_evidence(struct conn *c, const struct book_ref *ref, struct evidence_state *out,
                         struct err *e);

#endif
