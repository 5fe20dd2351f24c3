/* Inside `meguri voice`: a call of one of its verbs, and what they print. */
#ifndef MEGURI_CLI_VOICE_INNER_H
#define MEGURI_CLI_VOICE_INNER_H

#include "cli/inner.h"

struct voice_call {
    struct cli *c;
    struct conn *db;
    struct organisation organisation;
    struct hearing_stored hearing;
    struct voice_ref ref; /* of verbs about one voice */
    struct stamp stamp;
};

/* ---- voice.c: what the verbs share ---- */

/* An option as text, "" when it was not given; must be UTF-8. */
MUST bool voice_option(const struct voice_call *r, const char *name, str *out, struct err *e);
/* An argument as text, by its place behind the verb. */
MUST bool voice_arg(const struct voice_call *r, int i, str *out, struct err *e);
int voice_arg_count(const struct voice_call *r); /* behind the verb */
/* --year as a fiscal year, 0 without. */
MUST bool voice_year(const struct voice_call *r, int *out, struct err *e);
/* A text: --text, or the file that --file names ("-": standard input), as it is. */
MUST bool voice_given_text(const struct voice_call *r, size_t max, str *out, struct err *e);

/* ---- one function a verb ---- */

typedef bool voice_verb(struct voice_call *r, struct err *e);
voice_verb voice_receive, voice_show, voice_list, voice_counts, voice_follow; /* voice.c */
voice_verb voice_step, voice_reopen;                                          /* voice_step.c */
voice_verb voice_import, voice_settings;                             /* voice_import.c */
voice_verb voice_look, voice_erase, voice_retention, voice_disclose; /* voice_text.c */

/* ---- voice_print.c ---- */

bool voice_is_json(const struct voice_call *r);
void voice_put_value(const struct voice_call *r, const struct value *v); /* as JSON, one line */
void voice_put_receipt(const struct voice_call *r, const struct voice_receipt *receipt);
void voice_put_moved(const struct voice_call *r, enum voice_step step,
                     const struct voice_moved *moved);
void voice_put_one(const struct voice_call *r, const struct voice_stored *v);
void voice_put_followed(const struct voice_call *r, const struct voice_followed *f);
void voice_put_rows(const struct voice_call *r, const struct voice_rows *rows);
void voice_put_opinions(const struct voice_call *r, const struct opinion_rows *rows);
void voice_put_counts(const struct voice_call *r, str facet, const struct voice_counts *counts);
void voice_put_numbers(const struct voice_call *r, const struct voice_numbers *n);
str voice_name(const struct voice_call *r, int fiscal_year, int number); /* "2025-000001" */
str voice_date(const struct voice_call *r, date d);                      /* "" for none */

#endif
