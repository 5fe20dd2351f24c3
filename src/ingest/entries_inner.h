/* What the readers of a register's table share: columns by their headings (columns.c), one cell
 * as a value of its field (cell.c), rows as entries (entries.c). */
#ifndef MEGURI_INGEST_ENTRIES_INNER_H
#define MEGURI_INGEST_ENTRIES_INNER_H

#include "ingest/ingest.h"

/* One table on its way to entries. */
struct entry_reader {
    struct arena *a;
    const struct table *table; /* NULL: typed */
    const struct entry_hints *hints;
    const struct column_choices *choices; /* NULL: all by their headings */
    const struct register_def *def;
    int fiscal_year;
    struct register_entries *out;
    uint32_t fault_room;
    bool row_has_error;
    /* columns by number from 0, -1 = the table has none */
    int column[FIELDS_MAX];
    int reason, is_void;
    uint32_t *heading_of; /* of each column: 1 = it is a field's, the reason's or the void's */
    uint32_t heading_row; /* 1-based, the last of the headings; 0 = none found */
    uint32_t columns;     /* of the headings */
    /* merged cells, as the rows go by: which of them lies over a column, 0 = none */
    uint32_t merge_over[LIMIT_TABLE_COLUMNS], merges_met;
};

/* column 0-based, -1 = the whole row. */
void entry_fault(struct entry_reader *r, enum severity severity, uint32_t row, int column,
                 str raw, str message);

/* Finds the headings. False when the table has none or lacks a required column: told as faults.
 */
MUST bool columns_find(struct entry_reader *r);

/* Which rows hold the headings: *row from 0, *two when they are two; false when no heading is
 * known. */
MUST bool headings_find(const struct entry_reader *r, uint32_t *row, bool *two);
/* How one column is understood: a field, or one of COLUMN_*. */
int column_to(const struct entry_reader *r, uint32_t row, uint32_t column, bool two);

/* What ingest_columns tells. */
void columns_tell(const struct entry_reader *r, struct table_columns *out);

/* The place and text of a cell while it is read. */
struct cell_at {
    uint32_t row;
    int column;
    str raw;
};
/* Reads one cell as a value of the field; faults are told. *note gets what stood beside the
 * value. */
void cell_read(struct entry_reader *r, const struct register_field *f, struct cell_at at,
               struct entry_value *out, str *note);
/* 調査中, -, 未集計 …: there is no value yet. */
bool cell_is_pending(struct arena *a, str raw);
/* The number at the start of a cell of the field, and what follows it. */
MUST bool cell_number(struct entry_reader *r, const struct register_field *f, struct cell_at at,
                      dec *out, str *note);

#endif
