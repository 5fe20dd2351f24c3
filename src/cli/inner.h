/* Shared inside the room: the list of all commands, and its help. The functions and options
 * that the table in cli.c names are declared here, command by command. */
#ifndef MEGURI_CLI_INNER_H
#define MEGURI_CLI_INNER_H

#include <stdio.h>

#include "audit/audit.h"
#include "cli/cli.h"
#include "ingest/ingest.h"
#include "store/store.h"

/* The command of this name; NULL when there is none. */
const struct command *command_find(const struct command_list *all, const char *name);

/* What `meguri` alone says: each command with its line, then how to go on. */
void help_all(FILE *to, enum lang lang, const struct command_list *all);

/* What `meguri COMMAND --help` says: usage, what it does, its options, the common options. */
void help_command(FILE *to, enum lang lang, const struct command *command);

/* ---- file.c ---- */

/* The bytes of a file, "-" for standard input, at most `max`: a larger file is refused before
 * memory is taken for it. Errors: ERR_NOT_FOUND, ERR_INPUT (a directory, too large), ERR_IO. */
MUST bool file_read(struct arena *a, const char *path, size_t max, str *out, struct err *e);

/* A file's name as text: bytes that are not UTF-8 become U+FFFD. */
str file_name(struct arena *a, const char *path);

/* ---- document.c: from a file to a linked plan ---- */

/* How documents are read: by the options --form, --org and --year of the command. */
struct reader {
    struct form form;
    struct ingest_hints hints;
};
MUST bool reader_prepare(struct cli *c, struct reader *out, struct err *e);

struct document {
    str bytes; /* of the file */
    str text;  /* decoded; spans refer to it */
    struct plan plan;
};
/* Reads, parses and links one document. ERR_INPUT also for one without any initiative. */
MUST bool reader_read(const struct reader *r, struct arena *a, const char *path,
                      struct document *out, struct err *e);

/* ---- check_text.c, check_json.c, check_sarif.c: how `check` prints; one row of a table each
 * ---- */

/* A document that was read and audited. */
struct checked {
    str file;
    str text; /* decoded; spans refer to it */
    const struct plan *plan;
    const struct findings *findings;
};

/* What `check` has seen so far. */
struct check_sum {
    uint64_t files, unreadable;
    uint64_t findings[SEVERITY_COUNT];
    uint64_t notes;  /* places that were not understood */
    struct buf kept; /* what a form keeps for its end; in the command's arena */
};

/* A form of output. Each function appends to the buffer; NULL = nothing to say. */
struct check_form {
    const char *name; /* as --format calls it */
    void (*begin)(const struct cli *c, struct buf *out);
    /* sum is of what came before */
    void (*document)(const struct cli *c, struct buf *out, const struct checked *d,
                     const struct check_sum *sum);
    void (*unreadable)(const struct cli *c, struct buf *out, str file, const struct err *e,
                       struct check_sum *sum);
    void (*end)(const struct cli *c, struct buf *out, const struct check_sum *sum);
};
extern const struct check_form CHECK_TEXT, CHECK_JSON, CHECK_SARIF;

/* A document that was not taken, as one JSON object and line (check and import). */
void document_error_json(const struct cli *c, struct buf *b, str file, const struct err *e);

/* The sentence for an error in the language of the call. */
str error_text(const struct cli *c, struct arena *a, const struct err *e);

/* ---- import_print.c: what `import` says of each document ---- */

/* A document on its way into the store. */
struct incoming {
    str file;
    struct document document;
    struct findings findings;
    str organisation_name;
    bool used_previous;
};

struct import_sum {
    uint32_t files, fresh, changed, same, refused;
    uint32_t records;
};

/* What became of one document: its changes are those of the report that bear its number. */
void import_put(struct cli *c, struct buf *out, const struct incoming *in, uint32_t number,
                const struct import_report *report, struct import_sum *sum);
/* A document that was not taken. */
void import_put_refused(struct cli *c, struct buf *out, str file, const struct err *e);
void import_put_end(struct cli *c, struct buf *out, const struct import_sum *sum);

/* ---- evidence.c ---- */

/* audit_plan with the surveys of the plan's year that the organisation has stored. */
MUST bool audit_with_evidence(struct conn *db, struct arena *a, const struct audit_input *in,
                              struct findings *out, struct err *e);

/* ---- the commands: one file each ---- */

int cmd_help(struct cli *c); /* help.c */

/* check.c */
int cmd_check(struct cli *c);
extern const struct cli_option CHECK_OPTIONS[];

int cmd_audit(struct cli *c); /* audit.c */

/* import.c */
int cmd_import(struct cli *c);
extern const struct cli_option IMPORT_OPTIONS[];

/* org.c */
int cmd_org(struct cli *c);
extern const struct cli_option ORG_OPTIONS[];

/* cycle.c, cycle_print.c */
int cmd_cycle(struct cli *c);
extern const struct cli_option CYCLE_OPTIONS[];
/* How the year stands, or each of the organisation's years (fiscal_year 0). */
MUST bool cycle_print(struct cli *c, struct conn *db, const struct work_ref *ref,
                      struct err *e);

/* checkpoint.c */
int cmd_checkpoint(struct cli *c);
extern const struct cli_option CHECKPOINT_OPTIONS[];
extern const struct cli_option VERIFY_OPTIONS[];
/* `verify` of a file of checkpoints. */
int verify_checkpoint(struct cli *c, const char *path);

/* digest.c */
int cmd_digest(struct cli *c);
extern const struct cli_option DIGEST_OPTIONS[];

/* user.c */
int cmd_user(struct cli *c);
extern const struct cli_option USER_OPTIONS[];

/* ---- user_password.c, user_print.c: of `user` ---- */

/* A password from the terminal, twice and unseen, or the first line of standard input. */
MUST bool password_read(struct cli *c, str *out, struct err *e);
void user_put(struct cli *c, struct buf *out, const struct account *x,
              const struct grant_rows *grants);
void user_put_sessions(struct cli *c, struct buf *out, const struct session_rows *rows);
void user_put_policy(struct cli *c, struct buf *out, const struct password_policy *p);
void user_put_password(struct cli *c, struct buf *out, str login, str password);

/* council.c */
int cmd_council(struct cli *c);
extern const struct cli_option COUNCIL_OPTIONS[];

/* survey.c */
int cmd_survey(struct cli *c);
extern const struct cli_option SURVEY_OPTIONS[];
/* register.c: `register` and `ledger` */
int cmd_register(struct cli *c);
extern const struct cli_option REGISTER_OPTIONS[];

/* A call of one of its verbs. */
struct register_call {
    struct cli *c;
    struct conn *db;
    struct book_ref ref;
    struct register_def def;
    bool is_new; /* the definition is built in; the organisation has not opened it yet */
    str file;    /* name of the table; "" = typed */
    bool apply;
};
int64_t cli_now_ms(void);
date cli_today(int64_t now_ms);

/* actual.c */
int cmd_actual(struct cli *c);
extern const struct cli_option ACTUAL_OPTIONS[];

/* register_print.c */
void register_put_dry(const struct register_call *r);
void register_put_import(const struct register_call *r, const struct register_entries *read,
                         const struct entries_report *report);
void register_put_list(const struct register_call *r, const struct book_rows *rows);
void register_put_show(const struct register_call *r, const struct entry_rows *rows);
void register_put_versions(const struct register_call *r, const struct entry_versions *rows);
struct value *register_entry_value(struct arena *a, const struct register_def *d,
                                   const struct register_entry *one);

/* voice.c, voice_step.c, voice_text.c, voice_import.c, voice_print.c */
int cmd_voice(struct cli *c);
extern const struct cli_option VOICE_OPTIONS[];

/* care.c, doctor.c */
int cmd_verify(struct cli *c);
int cmd_rebuild(struct cli *c);
int cmd_backup(struct cli *c);
int cmd_restore(struct cli *c);
int cmd_doctor(struct cli *c);

#endif
