/* The command line: one table of commands, one file per command, one way to read options.
 *
 * A command is a row of the table in cli.c and one function. It gets its settings resolved and
 * its options parsed, prints results to stdout and everything else to stderr, and returns its
 * exit status: 0 fine, 1 findings or a refusal, 2 could not do it. */
#ifndef MEGURI_CLI_H
#define MEGURI_CLI_H

#include "model/model.h"

enum cli_exit { CLI_FINE = 0, CLI_FINDINGS = 1, CLI_FAILED = 2 };

/* One option of a command, or one of the options that every command has. A row with a `value`
 * takes one
 * (--previous FILE or --previous=FILE); one without is a switch. What counts, in this order:
 * the option, the environment variable `env` when it is set and not empty, the `fallback`. */
struct cli_option {
    const char *name;             /* without the dashes; NULL ends a table */
    const char *value;            /* what the help calls its value; NULL = a switch */
    const char *env;              /* NULL = none */
    const char *fallback;         /* NULL = none */
    const char *help[LANG_COUNT]; /* half a line each */
};

struct cli;

/* A row of the table of commands. */
struct command {
    const char *name;
    int (*run)(struct cli *c);
    const struct cli_option *options; /* its own; NULL = only the common ones */
    const char *formats;    /* what --format may be, blanks between, the default first; NULL =
                               prints no results */
    int args_min, args_max; /* arguments besides options; args_max -1 = any number */
    const char *usage;      /* the line after the name: "[OPTION...] FILE..." */
    const char *summary[LANG_COUNT]; /* what it does, one line */
};

/* All commands of the program: this room's and main's. */
struct command_list {
    const struct command *part[2];
    size_t count[2];
};

enum { CLI_OPTIONS_MAX = 32 }; /* options given in one call */

/* What a running command knows. */
struct cli {
    struct arena *mem; /* dies when the command ends; work on many documents takes arenas of its
                          own */
    const struct command_list *all;
    const struct command *command;
    enum lang lang;     /* --lang, MEGURI_LANG, Japanese */
    const char *data;   /* --data, MEGURI_DATA, meguri.db */
    const char *format; /* one of the command's formats; NULL when it has none */
    char **args;        /* the arguments that are no options, in their order; "-" is one */
    int arg_count;
    struct {
        const struct cli_option *option;
        const char *value; /* "" for a switch */
    } given[CLI_OPTIONS_MAX];
    int given_count;
    int write_error; /* errno of the first failed write to stdout, 0 = none */
};

/* Value of an option of this command or of a common one, by the order stated at struct
 * cli_option; of an option given twice the last counts. NULL when there is none. A name that
 * the command does not have is a bug (assert). */
const char *cli_value(const struct cli *c, const char *name);
bool cli_is_on(const struct cli *c, const char *name); /* was the switch given? */

/* Says one sentence on stderr, in the language of the call, after "meguri COMMAND: ", and is
 * CLI_FAILED: return cli_refuse(c, "%s は…", "%s is …", name); both formats take the same
 * arguments in the same order. */
int cli_refuse(const struct cli *c, const char *ja, const char *en, ...) PRINTF_LIKE(2, 4)
    PRINTF_LIKE(3, 4);

/* Puts results on stdout. False when they cannot be written: then there is no point in going
 * on, and the program ends with a sentence and CLI_FAILED whatever the command returns. */
bool cli_put(struct cli *c, str s);

/* Says what went wrong and is the exit status for it (err_shown). */
int cli_fail(const struct cli *c, const struct err *e);

/* The whole program: finds the command in the table of this room or among `more` (main's own:
 * those that need another room), reads options, runs it, flushes stdout and notices when that
 * fails. The result is the exit status. */
int cli_main(int argc, char **argv, const struct command *more, size_t more_count);

/* The table of this room's commands, for help, tests and docs. */
const struct command *cli_commands(size_t *count);

/* The options that every command has, ended by a NULL name. */
const struct cli_option *cli_common_options(void);

#endif
