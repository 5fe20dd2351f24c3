/* Workbooks: a zip file as it comes, or the parts of one: what stands before the first NUL is
 * the styles, then the shared strings, then the sheet. Checksums would keep a fuzzer out of
 * these. Whatever comes in, a table has no row beyond its limits and no cell that is not text.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "ingest/ingest.h"

#include "../unit/zips.h"

static void check_table(const struct table *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct table_row *row = &t->rows[i];

        if (row->count > LIMIT_TABLE_COLUMNS)
            abort();
        for (uint32_t c = 0; c < row->count; c++)
            if (utf8_valid_prefix(row->cells[c].p, row->cells[c].n) != row->cells[c].n)
                abort();
    }
    for (uint32_t i = 0; i < t->note_count; i++)
        if (!t->notes[i].message.n || t->notes[i].column > LIMIT_TABLE_COLUMNS)
            abort();
}

static str book_of(struct arena *a, str all)
{
    str styles, strings;

    all = str_cut(all, '\0', &styles);
    all = str_cut(all, '\0', &strings);
    return zip_workbook(a, &(struct zip_book){ NULL, str_c(a, styles), str_c(a, strings),
                                               str_c(a, all), false });
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str all = { (const char *)data, size };
    const bool is_zip = str_starts(all, STR("PK"));
    struct register_def def;
    struct register_entries out;
    struct table t;
    struct err e;

    if (!register_parse(&a, register_preset(STR("training")), &def, &e))
        abort();
    if (!ingest_table(&a, STR("x"), is_zip ? all : book_of(&a, all), &t, &e))
        return 0;
    check_table(&t);
    ingest_entries(&a, &t, &(struct entry_hints){ &def, NULL, 2024 }, &out);
    return 0;
}
