/* A table of a register: whatever comes in, each entry has a date and no field without a value
 * that its kind allows, and each fault a place. */
#include "fuzz.h"

#include <stdlib.h>

#include "ingest/ingest.h"

static void check_entry(const struct register_def *d, const struct register_entry *one)
{
    if (one->id.n != 16)
        abort();
    for (uint32_t i = 0; i < d->field_count; i++) {
        const struct entry_value *v = &one->values[i];
        dec n;

        if (v->is_pending && v->v.n)
            abort();
        if (d->fields[i].kind == FIELD_QUANTITY && v->v.n
            && (!dec_parse(v->v, &n) || n.n < 0 || n.scale > CELL_SCALE))
            abort();
        if (d->fields[i].kind == FIELD_CHOICE && v->v.n && !field_choice(&d->fields[i], v->v))
            abort();
        if (d->fields[i].is_required && d->fields[i].kind != FIELD_QUANTITY && !v->v.n)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str bytes = { (const char *)data, size };
    struct register_def def;
    struct register_entries out;
    struct table t;
    struct err e;

    if (!register_parse(&a, register_preset(STR("training")), &def, &e))
        abort();
    if (!ingest_table(&a, STR("x"), bytes, &t, &e))
        return 0;
    ingest_entries(&a, &t, &(struct entry_hints){ &def, NULL, 2024 }, &out);
    for (uint32_t i = 0; i < out.count; i++)
        check_entry(&def, &out.rows[i]);
    for (uint32_t i = 0; i < out.fault_count; i++)
        if (!out.faults[i].message.n || out.faults[i].row > t.count + 1)
            abort();
    return 0;
}
