/* What the readers of a survey's file share: answers a row each (answers.c), counts made by
 * hand (tallies.c). */
#ifndef MEGURI_INGEST_ANSWERS_INNER_H
#define MEGURI_INGEST_ANSWERS_INNER_H

#include "ingest/ingest.h"

struct answer_reader {
    struct arena *a;
    struct arena scratch; /* reset after each cell that was hard to read */
    const struct table *table;
    const struct survey *s;
    struct survey_file *out;
    uint32_t fault_room;
    uint32_t heading_row; /* 0-based */
};

/* row and column 0-based; column -1 = the whole row. */
void answer_fault(struct answer_reader *r, enum severity severity, uint32_t row, int column,
                  str message);
str answer_cell(const struct answer_reader *r, uint32_t row, uint32_t column);

enum { CHOICE_NONE = -1, CHOICE_UNKNOWN = -2 }; /* gave no answer; is no choice */
/* Which choice a cell names: by its code, its label, both (1:はい), in any width. */
int choice_of(struct answer_reader *r, const struct question *q, str cell);

/* A row of headings that tallies.c can read: 問, 選択肢, 全体. */
bool tallies_here(struct answer_reader *r, uint32_t row);
void tallies_read(struct answer_reader *r);

#endif
