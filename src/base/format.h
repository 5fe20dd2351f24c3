/* What str_fmt and buf_fmt are made of. */
#ifndef MEGURI_FORMAT_H
#define MEGURI_FORMAT_H

#include <stdarg.h>

#include "base/str.h"

/* As buf_fmt, the arguments in a list. */
void buf_vfmt(struct buf *b, const char *format, va_list args) PRINTF_LIKE(2, 0);
void buf_put_uint(struct buf *b, uint64_t v);

#endif
