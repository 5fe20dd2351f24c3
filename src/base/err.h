/* What went wrong, for the person at the desk. Three kinds of wrong: our bug is an assert; the
 * world (disk, network, another user) is a struct err; the user's data is a finding or a note,
 * collected and never fatal.
 *
 * The text is written once, by the lowest function that knows, in Japanese, and says what to do
 * next. */
#ifndef MEGURI_ERR_H
#define MEGURI_ERR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum err_code {
    ERR_NONE,
    ERR_INPUT,     /* what was given cannot be taken: bad bytes, bad option, a limit passed */
    ERR_NOT_FOUND, /* no such thing */
    ERR_DENIED,    /* not allowed for this person */
    ERR_CONFLICT,  /* somebody else saved first */
    ERR_IO,        /* disk, database, network */
};

struct err {
    enum err_code code;
    uint32_t row, col; /* 1-based line and column in the input, 0 when there is none */
    char text[320];    /* UTF-8, terminated, cut at a character's end; Japanese */
};

/* How a code is shown everywhere: one table, so that the web and the command line cannot
 * differ. */
struct err_shown {
    int http;         /* status of the answer */
    int exit;         /* exit status of the command */
    const char *name; /* stable word for machines: "input", "not_found", … */
    const char *ja;   /* heading, Japanese */
    const char *en;   /* heading, English */
};
const struct err_shown *err_shown(enum err_code code);

/* Fills *e (which may not be NULL) from a printf format. Use the macros: they are the value
 * false, which the analyser can follow. err_at also sets the place. */
void err_set_(struct err *e, enum err_code code, const char *format, ...) PRINTF_LIKE(3, 4);
void err_at_(struct err *e, uint32_t row, uint32_t col, const char *format, ...)
    PRINTF_LIKE(4, 5);
#define err_set(...) (err_set_(__VA_ARGS__), false)
#define err_at(...)  (err_at_(__VA_ARGS__), false) /* always ERR_INPUT */

/* Believed impossible: asserts in a debug build, is the condition's value in a release. */
#ifdef NDEBUG
#error "asserts stay on in release"
#endif

#endif
