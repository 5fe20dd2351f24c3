/*
 * A store in a directory of its own for one test, and made-up plans put into it.
 */
#ifndef MEGURI_TEST_STORES_H
#define MEGURI_TEST_STORES_H

#include "models.h"
#include "store/store.h"

struct fixture {
    char dir[64];
    char path[96]; /* of the data file */
    struct conn *c;
    struct arena mem;
    struct err e;
};

/* Makes the directory and an empty store; a failure ends the program. */
void stores_begin(struct fixture *f);
void stores_end(struct fixture *f); /* for AUTO(): closes and removes everything */

extern const struct actor STORES_CLERK;
#define STORES_DAY INT64_C(86400000)
/* 2024-04-01T09:00:00+09:00 */
static const int64_t STORES_NOW = INT64_C(1711929600000);

/* A made-up plan of `initiatives` initiatives for an organisation and year. */
struct plan stores_plan(struct arena *a, uint64_t seed, str organisation, int fiscal_year,
                        uint32_t initiatives);
/* Imports it with one finding; false when the store refuses (f->e). */
bool stores_import(struct fixture *f, const struct plan *p, int64_t now_ms, bool apply,
                   struct import_report *out);

/* Writes into an initiative whatever a step's mandatory blanks lack. */
void stores_fill(struct arena *a, struct initiative *i, enum step step);

#endif
