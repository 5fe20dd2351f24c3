/* A table of voices: whatever comes in, each line has a text and a day that is not to come, and
 * each fault a place. */
#include "fuzz.h"

#include <stdlib.h>

#include "ingest/voices.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str bytes = { (const char *)data, size };
    const date today = { 2025, 7, 1 };
    struct hearing hearing;
    struct voice_lines out;
    struct table t;
    struct err e;

    if (!hearing_parse(&a, hearing_preset(), &hearing, &e))
        abort();
    if (!ingest_table(&a, STR("x"), bytes, &t, &e))
        return 0;
    ingest_voices(&a, &t, &(struct voices_hints){ .hearing = &hearing, .today = today }, &out);
    for (uint32_t i = 0; i < out.count; i++)
        if (!out.rows[i].text.n || !out.rows[i].received.day
            || date_number(out.rows[i].received) > date_number(today)
            || out.rows[i].row > t.count)
            abort();
    for (uint32_t i = 0; i < out.fault_count; i++)
        if (!out.faults[i].message.n || out.faults[i].row > t.count + 1)
            abort();
    return 0;
}
