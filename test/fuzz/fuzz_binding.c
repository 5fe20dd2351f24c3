/* Where an actual comes from, as somebody wrote it: refused, or read again from what records
 * keep of it, to the same bytes. */
#include "fuzz.h"

#include <stdlib.h>

#include "model/binding.h"

static str bytes_of(struct arena *a, const struct binding *b)
{
    struct buf out;

    buf_init(&out, a, 1024, LIMIT_JSON_BYTES);
    json_put_canonical(&out, binding_value(a, b));
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct binding b, back;
    struct value *tree;
    struct err e = { 0 };
    str first;

    if (!json_load(&mem, (str){ (const char *)data, size }, &tree, &e)
        || !binding_read(&mem, tree, &b, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    first = bytes_of(&mem, &b);
    if (!json_read_canonical(&mem, first, &tree, &e) || !binding_read(&mem, tree, &back, &e)
        || !str_eq(first, bytes_of(&mem, &back)))
        abort();
    return 0;
}
