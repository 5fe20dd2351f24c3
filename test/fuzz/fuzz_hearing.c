/* Settings of 広聴 from outside: refused with a sentence, or read again from what is written of
 * them, to the same bytes; and a due day that is not before the day of receipt. */
#include "fuzz.h"

#include <stdlib.h>

#include "model/hearing.h"

static str bytes_of(struct arena *a, const struct hearing *h)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, hearing_value(a, h));
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const date received = { 2024, 2, 28 };
    struct hearing h, back;
    struct err e = { 0 };
    str first;

    if (!hearing_parse(&mem, (str){ (const char *)data, size }, &h, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    if (date_number(due_of(&h.due, received)) < date_number(received))
        abort();
    first = bytes_of(&mem, &h);
    if (!hearing_parse(&mem, first, &back, &e) || !str_eq(first, bytes_of(&mem, &back)))
        abort();
    return 0;
}
