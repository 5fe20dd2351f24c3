/* Error texts and how their codes are shown. */
#define MEGURI_BASE_ROOM
#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* clang-format off */
static const struct err_shown SHOWN[] = {
    [ERR_NONE]      = { 200, 0, "none",      "正常",                     "Fine" },
    [ERR_INPUT]     = { 400, 2, "input",     "入力を受け付けられません", "The input cannot be taken" },
    [ERR_NOT_FOUND] = { 404, 2, "not_found", "見つかりません",           "Not found" },
    [ERR_DENIED]    = { 403, 1, "denied",    "許可されていません",       "Not allowed" },
    [ERR_CONFLICT]  = { 409, 1, "conflict",  "ほかの人が先に保存しました", "Somebody else saved first" },
    [ERR_IO]        = { 500, 2, "io",        "読み書きができません",     "Reading or writing failed" },
};
/* clang-format on */

const struct err_shown *err_shown(enum err_code code)
{
    assert((size_t)code < sizeof SHOWN / sizeof *SHOWN);
    return &SHOWN[code];
}

/* vsnprintf cuts at a byte; the last character may be left without its end. */
static void cut_at_character(char *text)
{
    size_t n = strlen(text), start = n;
    unsigned char lead;
    size_t need;

    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    lead = (unsigned char)text[start - 1];
    need = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (n - (start - 1) < need)
        text[start - 1] = '\0';
}

static void fill(struct err *e, enum err_code code, const char *format, va_list args)
{
    int n = vsnprintf(e->text, sizeof e->text, format, args);

    e->code = code;
    if (n < 0)
        e->text[0] = '\0';
    else if ((size_t)n >= sizeof e->text)
        cut_at_character(e->text);
}

void err_set_(struct err *e, enum err_code code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(e, code, format, args);
    va_end(args);
    e->row = 0;
    e->col = 0;
}

void err_at_(struct err *e, uint32_t row, uint32_t col, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(e, ERR_INPUT, format, args);
    va_end(args);
    e->row = row;
    e->col = col;
}
