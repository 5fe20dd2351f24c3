/* Answers of a survey as a table, a row a person or counted by hand: whatever comes in, each
 * fault has a sentence and a place in the table, and what has no error can be counted. */
#include "fuzz.h"

#include <stdlib.h>

#include "ingest/ingest.h"
#include "measure/measure.h"

enum { SAID = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct survey_file file;
    struct survey_tally tally;
    struct survey s;
    struct table t;
    struct err e;
    str said[SAID];

    if (!survey_read(&a, survey_preset(STR("residents")), &s, &e))
        abort();
    if (!ingest_table(&a, STR("x"), (str){ (const char *)data, size }, &t, &e))
        return 0;
    ingest_answers(&a, &t, &s, &file);
    for (uint32_t i = 0; i < file.fault_count; i++)
        if (!file.faults[i].message.n || file.faults[i].row > t.count + 1)
            abort();
    if (file.errors)
        return 0;
    if (file.is_tally)
        tally = file.tally;
    else if (!measure_survey(&a, &s, &file.answers, &tally, &e))
        return 0;
    (void)survey_sums_check(&a, &s, &tally, said, SAID);
    return 0;
}
