/* The definition of a register from outside: refused with a sentence, or what it keeps for its
 * record is read again to a definition of the same fields that old entries may stay under. */
#include "fuzz.h"

#include <stdlib.h>

#include "model/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct register_def d, back;
    struct err e = { 0 };
    int field = -1;

    if (!register_parse(&mem, (str){ (const char *)data, size }, &d, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    if (!register_read(&mem, d.tree, &back, &e) || back.field_count != d.field_count
        || !str_eq(register_entity(&mem, &d), register_entity(&mem, &back)))
        abort();
    if (!register_may_become(&d, &back, &field, &e))
        abort();
    for (uint32_t i = 0; i < d.field_count; i++)
        if (register_field_find(&d, d.fields[i].key) != (int)i)
            abort();
    return 0;
}
