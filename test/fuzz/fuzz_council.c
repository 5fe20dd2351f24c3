/* A council and its meetings as JSON from outside: refused, or read again from what is written
 * of them, to the same bytes. */
#include "fuzz.h"

#include <stdlib.h>

#include "model/council.h"

static str bytes_of(struct arena *a, const struct value *v)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, v);
    return buf_str(&b);
}

static void check_council(struct arena *a, const struct value *tree, struct err *e)
{
    struct council one;
    struct value *again;
    str first;

    if (!council_read(a, tree, &one, e))
        return;
    first = bytes_of(a, council_value(a, &one));
    if (!json_read_canonical(a, first, &again, e) || !council_read(a, again, &one, e)
        || !str_eq(first, bytes_of(a, council_value(a, &one))))
        abort();
}

static void check_meeting(struct arena *a, const struct value *tree, struct err *e)
{
    struct meeting one;
    struct value *again;
    str first;

    if (!meeting_read(a, tree, &one, e))
        return;
    first = bytes_of(a, meeting_value(a, &one));
    if (!json_read_canonical(a, first, &again, e) || !meeting_read(a, again, &one, e)
        || !str_eq(first, bytes_of(a, meeting_value(a, &one))))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *tree;
    struct err e = { 0 };

    if (!json_load(&mem, (str){ (const char *)data, size }, &tree, &e))
        return 0;
    check_council(&mem, tree, &e);
    check_meeting(&mem, tree, &e);
    return 0;
}
