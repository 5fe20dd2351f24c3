/* Calls that this tree does without, poisoned: writing one of them after this include is a
 * compile error. Every .c file includes it last.
 *
 * - strcpy strcat sprintf gets have no bound: str, buf_put, buf_fmt
 * - strncpy leaves no end: str_take, str_c
 * - strtok localtime hide a state: str_cut, instant_put
 * - atoi sscanf know no error: dec_parse, dec_read
 * - malloc calloc realloc free know no lifetime: NEW; only base/ itself, which defines
 *   MEGURI_BASE_ROOM, may call them */
#ifndef MEGURI_BANNED_H
#define MEGURI_BANNED_H

/* The headers that declare them come first: a poisoned word may not appear even there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* With _FORTIFY_SOURCE some are macros of glibc's, and clang refuses to poison a macro. */
#undef sprintf
#undef vsprintf
#undef strcpy
#undef strcat
#undef strncpy
#undef gets

#pragma GCC poison strcpy strcat strncpy sprintf vsprintf strtok atoi sscanf gets localtime

#ifndef MEGURI_BASE_ROOM
#pragma GCC poison malloc calloc realloc free
#endif

#endif
