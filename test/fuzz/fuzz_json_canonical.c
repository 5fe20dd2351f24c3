/* The canonical reader: what it takes, the writer gives back byte for byte. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    str s = { (const char *)data, size };
    struct value *v;
    struct buf again;
    struct err e;

    if (!json_read_canonical(&a, s, &v, &e))
        return 0;
    buf_init(&again, &a, size, SIZE_MAX);
    json_put_canonical(&again, v);
    if (!str_eq(buf_str(&again), s))
        abort();
    return 0;
}
