/* Answers on their way in: a file, a pasted table, counts typed by hand, answers that came by
 * invitation. All become one table, read and counted by the same functions as from the shell.
 */
#ifndef MEGURI_WEB_SURVEY_INCOMING_H
#define MEGURI_WEB_SURVEY_INCOMING_H

#include "audit/audit.h"
#include "ingest/ingest.h"
#include "web/page.h"

enum { SURVEY_SAID_MAX = 50 }; /* faults, sums and copies that are told one by one */

struct survey_incoming {
    struct survey_ref ref;
    struct survey_work work;
    struct survey_stored before; /* the survey it is compared with; has_tally false = none */
    str bytes, name;             /* what was read */
    struct survey_file file;
    struct survey_tally tally;
    str sums[SURVEY_SAID_MAX], copies[SURVEY_SAID_MAX];
    uint32_t sum_count, copy_count; /* all of them */
    bool is_good;                   /* may be stored */
    bool is_applied;
    enum change_kind change;
};

/* The survey of the address, and the one before it; nothing is read yet. */
MUST bool survey_incoming_load(struct req *r, struct survey_incoming *in, struct err *e);
/* Reads and counts. ERR_INPUT: bytes that are no table; what is wrong inside it is collected.
 */
MUST bool survey_incoming_read(struct req *r, struct survey_incoming *in, str name, str bytes,
                               struct err *e);
/* Stores it beside the working copy, when it is good. */
MUST bool survey_incoming_keep(struct req *r, struct survey_incoming *in, struct err *e);
/* "incoming": {state: bad | same | stored | checked, answers, faults: [{cell, is_error,
 * message}], more, sums, copies, said: [{number, text, sentence}], returned, not_asked}. */
void survey_incoming_put(const struct req *r, struct value *page,
                         const struct survey_incoming *in);

#endif
