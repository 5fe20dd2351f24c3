/* Shared inside the room: the list of all commands, and its help. The functions and options
 * that the table in cli.c names are declared here, command by command. */
#ifndef MEGURI_CLI_INNER_H
#define MEGURI_CLI_INNER_H

#include <stdio.h>

#include "cli/cli.h"

/* All commands of the program: this room's and main's. */
struct command_list {
    const struct command *part[2];
    size_t count[2];
};

/* What `meguri` alone says: each command with its line, then how to go on. */
void help_all(FILE *to, enum lang lang, const struct command_list *all);

/* What `meguri COMMAND --help` says: usage, what it does, its options, the common options. */
void help_command(FILE *to, enum lang lang, const struct command *command);

#endif
