/* Bytes in, model and notes out. Reads a published plan from text or HTML by the spellings of a
 * form definition. Pure: no file, clock or database. What is damaged or not understood becomes
 * a note of the plan; only what cannot be taken as a document at all is an error. */
#ifndef MEGURI_INGEST_H
#define MEGURI_INGEST_H

#include "model/model.h"
#include "model/register.h"
#include "model/survey.h"

struct ingest_hints {
    str organisation; /* used when the document names none; "" = not known */
    int fiscal_year;  /* as above; 0 = not known */
};
/* Which bytes, and what is known of them besides. */
struct document_source {
    str name;  /* of the file, for sentences */
    str bytes; /* all of it */
    struct ingest_hints hints;
};

/* Decodes (UTF-8 with or without BOM, CP932), tells text from HTML by what it holds, reads. The
 * plan's spans refer to *text, the decoded document (a view of the bytes or a copy in the
 * arena). Linking of results and pairing of activities is not done here (audit_link). Errors:
 * ERR_INPUT with line and column for bytes that are no text and for a document over a limit. A
 * text in which no initiative is found is not an error: the plan then has none, and a note says
 * so. */
MUST bool ingest_document(struct arena *a, const struct form *form,
                          const struct document_source *source, struct plan *out, str *text,
                          struct err *e);

/* ---- tables: what people keep in spreadsheets ---- */

/* Cells without the blanks around them. A row has as many as were written. */
struct table_row {
    str *cells;
    uint32_t count;
};
/* What is wrong in a table, by its cell. */
struct table_fault {
    enum severity severity; /* error: the row is not taken; warning: it is, look at it */
    uint32_t row, column;   /* 1-based; column 0 = the whole row */
    str raw;                /* what stands there */
    str message;            /* what is wrong and what to write, one Japanese sentence */
};
/* Cells of a workbook that were merged: the first holds what all of them show. 1-based. */
struct table_merge {
    uint32_t row, column, last_row, last_column;
};
struct table {
    struct table_row *rows; /* rows[0] is row 1 of the spreadsheet, empty ones included */
    uint32_t count;
    char separator; /* ',' ';' or TAB, as the first filled line has it; NUL of a workbook */
    enum text_encoding encoding;
    /* of a workbook alone: */
    str sheet;                  /* name of the sheet that was read */
    str *sheets;                /* the names of all, in the order of their tabs */
    uint32_t sheet_count;       /* 0 = the table was no workbook */
    struct table_merge *merges; /* by row, then column; none overlaps another */
    uint32_t merge_count;
    struct table_fault *notes; /* of the sheet as a whole: formulas, what is hidden, other
                                  sheets; warnings with the first cell they are about */
    uint32_t note_count;
};
/* Which bytes, and of a workbook which sheet. */
struct table_source {
    str name;  /* of the file, for sentences */
    str bytes; /* all of it */
    str sheet; /* its name, or its place from 1; "" = the first that is not hidden */
};
/* A table of cells, told apart by what the bytes hold and never by the file's name:
 * - text as RFC 4180 writes it (quotes, doubled quotes, line ends inside quotes), in UTF-8 or
 *   CP932, or in UTF-16 with its mark, as spreadsheets save "Unicode text";
 * - a workbook (ECMA-376 SpreadsheetML, .xlsx, either namespace). A cell is the text that a
 *   person sees in it: numbers are exact decimals of at most 15 digits, 40% where the format
 *   shows percent, days are 2024-06-03 (2024-06 where the format shows no day), TRUE, #N/A.
 *   Formulas are never evaluated: the value that was saved counts; one that has none is its
 *   own text, with = before it. Furigana is no text.
 * Errors: ERR_INPUT, of text with line and column: bytes that are neither (the sentence says
 * what they are: .xls, .ods, PDF, HTML, ...), a quote that never ends or stands in the middle
 * of a cell, a zip file that says two things, is encrypted or grows beyond the limits, XML with
 * a DTD, a sheet that is not there, and more than LIMIT_TABLE_ROWS or LIMIT_TABLE_COLUMNS. */
MUST bool ingest_table_of(struct arena *a, const struct table_source *source, struct table *out,
                          struct err *e);
/* The same of the first sheet. */
MUST bool ingest_table(struct arena *a, str name, str bytes, struct table *out, struct err *e);

/* The letters of a column as spreadsheets show them: 1 is A, 27 is AA. */
void ingest_column_put(struct buf *b, uint32_t column);

struct entry_hints {
    const struct register_def *def;
    const struct areas *areas; /* NULL or empty: any name is taken */
    int fiscal_year; /* in which days without a year lie; 0 = as a title above the headings says
                      */
};
struct register_entries {
    struct register_entry *rows; /* those without an error */
    uint32_t count;
    struct table_fault *faults; /* by row; of a column's heading by the heading's row */
    uint32_t fault_count, faults_dropped;
    uint32_t errors;  /* of the faults, also of those dropped */
    uint32_t totals;  /* rows that were sums: compared, not taken */
    uint32_t pending; /* values that are not there yet */
};
/* Reads the entries of a register from a table, whose columns are found by their headings: one
 * row of them or two (a blank under or beside a merged heading takes what it is merged with),
 * in any order, below any titles. Nothing is guessed: a cell that is no value of its field is
 * an error that says what to write; 調査中, - and a required blank are "no value yet" and never
 * zero; a number with a note in brackets is taken with a warning. Rows with 計, 合計 or 小計
 * are compared with the sum of what stands above them and not taken. */
void ingest_entries(struct arena *a, const struct table *t, const struct entry_hints *hints,
                    struct register_entries *out);

/* What a column is read as: the number of a field (from 0), or one of these. */
enum {
    COLUMN_NOTHING = -1,
    COLUMN_REASON = -2,    /* why an impossible value is right */
    COLUMN_VOID = -3,      /* the row takes an entry back */
    COLUMN_BY_HEADING = -4 /* what its heading says */
};
enum { HEADINGS_FOUND = 0, HEADINGS_NONE = -1 };
/* What somebody who sees the table says of it, where its headings are not ours. */
struct column_choices {
    int heading_row; /* the last row of the headings, from 1; or one of the two above */
    const int *to;   /* one a column; those past `count` by their headings */
    uint32_t count;
};
/* How the columns of a table are understood. */
struct table_column {
    str heading;
    int to;
};
struct table_columns {
    int heading_row; /* as above: a row from 1, or HEADINGS_NONE */
    struct table_column *rows;
    uint32_t count;
};
/* Of a table in which no heading is known, the first row is taken for headings unless a day
 * stands in it; its columns are then read as nothing, or in the order of the fields where it
 * has no headings and as many columns. */
void ingest_columns(struct arena *a, const struct table *t, const struct entry_hints *hints,
                    const struct column_choices *choices, struct table_columns *out);
/* ingest_entries with columns as they were chosen. */
void ingest_entries_by(struct arena *a, const struct table *t, const struct entry_hints *hints,
                       const struct column_choices *choices, struct register_entries *out);

/* The same for entries that were typed as field = text; `texts` has one a field, `reason` may
 * be empty. The row of the faults is 0, their column the field's number from 1. */
void ingest_entry(struct arena *a, const str *texts, str reason,
                  const struct entry_hints *hints, struct register_entries *out);

/* ---- a survey's file ---- */

struct survey_file {
    bool is_tally;                 /* counts made by hand: `tally`; otherwise `answers` */
    struct survey_answers answers; /* complete only without errors */
    struct survey_tally tally;
    uint64_t not_asked; /* answers of people whom a question was not put to; not counted */
    struct table_fault *faults; /* by row */
    uint32_t fault_count, faults_dropped;
    uint32_t errors; /* of the faults, also of those dropped: with one, nothing is to be taken
                      */
};
/* Reads the answers to a survey from a table: a row an answer, columns by their headings (the
 * definition's column, the number, key or text; of several answers one cell "1,3", or a column
 * 問2_1 for each choice with 1 and 0), cells by the choices' codes or labels. Or counts made by
 * hand: a row a choice, with 問, 選択肢, 全体 and a column for each group of an attribute;
 * 無回答 and 計 are rows. No answer is a blank, 無回答 or -; whatever else is no choice or no
 * number is an error with its cell. */
void ingest_answers(struct arena *a, const struct table *t, const struct survey *s,
                    struct survey_file *out);

/* ---- voices ---- */

#include "ingest/voices.h"

#endif
