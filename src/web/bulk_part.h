/* A table on its way into a register, and what the page shows of it. */
#ifndef MEGURI_WEB_BULK_PART_H
#define MEGURI_WEB_BULK_PART_H

#include "web/body.h"
#include "web/entry_part.h"

struct bulk {
    struct entry_view w;
    str name, bytes; /* of the file, or the pasted text */
    bool is_file, has_table;
    struct table table;
    struct column_choices said;
    struct table_columns columns; /* as they are read */
    struct hash headings;
    struct register_entries read;
    struct entries_report report;
    enum entry_fate *fates; /* one a row of `read` */
    struct hash digest;     /* of what would be stored */
};

/* How a form names what a column is read as: a field's key, "reason.", "void.", "". */
str bulk_to_word(const struct bulk *k, int to);

/* "form": what the page asks for; with a table also its sheets, its columns, what carries it.
 */
MUST bool bulk_put_form(struct bulk *k, bool is_read);
/* "result": counts and sentence, faults by cell, rows with what becomes of them. */
MUST bool bulk_put_result(struct bulk *k, struct err *e);

#endif
