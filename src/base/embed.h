/*
 * Files that were put into the program at build time by tools/embed.c: templates, style
 * sheets, presets, migrations. The table and its bytes live as long as the program.
 */
#ifndef MEGURI_BASE_EMBED_H
#define MEGURI_BASE_EMBED_H

#include <stddef.h>

struct embedded {
    const char *name; /* path below the root that meson.build gave; NULL ends a table */
    const unsigned char *data; /* first byte; the byte after the last one is NUL */
    const unsigned char *end;  /* one past the last byte: the length is end - data */
};

#endif
