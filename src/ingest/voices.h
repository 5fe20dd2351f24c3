/* A table of voices (a box's list kept in a spreadsheet, the notes of a telephone) into voices
 * to be received. Part of the room's public face beside ingest.h. */
#ifndef MEGURI_INGEST_VOICES_H
#define MEGURI_INGEST_VOICES_H

#include "ingest/ingest.h"
#include "model/voice.h"

/* A section that a row may name. */
struct section_name {
    str key, name;
};
struct voices_hints {
    const struct hearing *hearing;
    const struct section_name *sections;
    uint32_t section_count;
    date today;      /* nothing was received after it */
    int fiscal_year; /* in which days without a year lie; 0 = not known */
};
struct voice_line {
    enum voice_door door;
    str way, category, place; /* codes; way "" = from a table */
    str text, contact, summary;
    str section; /* key; "" = none */
    date received;
    uint32_t row; /* 1-based */
};
struct voice_lines {
    struct voice_line *rows; /* those without an error */
    uint32_t count;
    struct table_fault *faults; /* by row */
    uint32_t fault_count, faults_dropped;
    uint32_t errors; /* with one, nothing is to be taken */
};
enum { LIMIT_VOICE_LINES = 5000 };

/* Columns are found by their headings (in Japanese or English, in any order, below any titles):
 * 本文 is required; 受付日, 入口, 受付方法, 分野, 箱, 連絡先, 要旨, 担当課 may be there. Cells
 * of lists are codes or labels of the settings; a section is its key or name. An empty day is
 * today's. Nothing is guessed: what is no value of its column is an error with its cell and
 * what to write. Rows without a text and anything else are passed over. */
void ingest_voices(struct arena *a, const struct table *t, const struct voices_hints *hints,
                   struct voice_lines *out);

#endif
