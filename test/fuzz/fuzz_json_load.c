/* Foreign JSON: whatever is taken can be written canonically, and reads back as the same. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *v;
    struct buf once, again;
    struct err e;

    if (!json_load(&a, (str){ (const char *)data, size }, &v, &e)) {
        if (e.code != ERR_INPUT || e.row == 0 || !e.text[0])
            abort();
        return 0;
    }
    buf_init(&once, &a, size, SIZE_MAX);
    json_put_canonical(&once, v);
    if (!json_read_canonical(&a, buf_str(&once), &v, &e))
        abort();
    buf_init(&again, &a, size, SIZE_MAX);
    json_put_canonical(&again, v);
    if (!str_eq(buf_str(&once), buf_str(&again)))
        abort();
    return 0;
}
