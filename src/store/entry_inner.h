/* What the files of registers share: records of theirs into tables (entry.c), the names of
 * batches and entries. */
#ifndef MEGURI_STORE_ENTRY_INNER_H
#define MEGURI_STORE_ENTRY_INNER_H

#include "store/inner.h"

MUST bool project_book(const struct spot *s, const struct record *r, const struct value *tree,
                       struct err *e);
MUST bool project_entries(const struct spot *s, const struct record *r,
                          const struct value *tree, struct err *e);
MUST bool project_areas(const struct spot *s, const struct record *r, const struct value *tree,
                        struct err *e);
MUST bool project_binding(const struct spot *s, const struct record *r,
                          const struct value *tree, struct err *e);
MUST bool project_actual(const struct spot *s, const struct record *r, const struct value *tree,
                         struct err *e);
/* "register/training/batch/3" is batch 3 of "register/training". */
bool entity_batch(str entity, str *book, int64_t *number);
/* The id of an entry (16 hexadecimal digits) as entry.key; 0 for what is no id. */
int64_t entry_key(str id);

#endif
