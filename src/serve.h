/* The commands that need the web room; the others stand in cli. */
#ifndef MEGURI_SERVE_H
#define MEGURI_SERVE_H

#include "cli/cli.h"

/* meguri serve, meguri routes: two rows for cli_main. */
extern const struct command SERVE_COMMANDS[];
extern const size_t SERVE_COMMANDS_N;

#endif
