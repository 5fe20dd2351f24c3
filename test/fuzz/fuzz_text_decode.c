/* The first door: text is valid UTF-8 without NUL, a refusal has a sentence; then folding,
 * which is idempotent, and CP932 out. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/utf8.h"

static void check_places(struct arena *a, str text)
{
    const struct text_index *x = text_index(a, text);
    size_t step = text.n / 16 + 1;

    for (size_t at = 0; at <= text.n; at += step) {
        uint32_t line, col, want_line, want_col;

        text_place(text, at, &want_line, &want_col);
        text_index_place(x, at, &line, &col);
        if (line != want_line || col != want_col)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    enum text_encoding encoding;
    struct err e = { 0 };
    str text, folded, lost_at;
    size_t lost;

    if (!text_decode(&a, STR("plan.txt"), (str){ (const char *)data, size }, &text, &encoding,
                     &e)) {
        if (e.code != ERR_INPUT || e.row == 0
            || utf8_valid_prefix(e.text, str_from(e.text).n) == 0)
            abort();
        return 0;
    }
    if (utf8_valid_prefix(text.p, text.n) != text.n || str_find_char(text, '\0') >= 0)
        abort();
    check_places(&a, text);
    folded = text_fold(&a, text);
    if (utf8_valid_prefix(folded.p, folded.n) != folded.n)
        abort();
    /* Stretches of marks are cut at a length that no text has; there the second fold may go on.
     */
    if (size < 200 && !str_eq(text_fold(&a, folded), folded))
        abort();
    (void)text_to_cp932(&a, text, &lost, &lost_at);
    if ((lost == 0) != (lost_at.n == 0))
        abort();
    return 0;
}
