/* What `meguri survey` knows of a file on its way in, and how it says so. */
#ifndef MEGURI_CLI_SURVEY_INNER_H
#define MEGURI_CLI_SURVEY_INNER_H

#include "cli/inner.h"
#include "measure/measure.h"

enum { SAID_MAX = 100 }; /* sums and copies that are told one by one */

/* A file of answers, read and counted. */
struct survey_incoming {
    str org, key;
    struct survey_stored stored; /* the definition */
    struct survey_stored before; /* the survey it is compared with; has_tally false = none */
    struct survey_file file;
    struct survey_tally tally; /* of the file */
    str sums[SAID_MAX], copies[SAID_MAX];
    uint32_t sum_count, copy_count; /* all of them, also those not told */
    bool is_good;                   /* may be stored */
    bool is_applied;
    bool is_draft; /* goes, or would go, into the working copy */
    enum change_kind change;
};

/* On stdout; false when that cannot be written. */
bool survey_put_import(struct cli *c, const struct survey_incoming *in);
bool survey_put_result(struct cli *c, str org, const struct survey_stored *now,
                       const struct survey_stored *before);

#endif
