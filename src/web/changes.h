/* What one version says differently from another, in the reader's words; shared by the pages of
 * records, versions and corrections. */
#ifndef MEGURI_WEB_CHANGES_H
#define MEGURI_WEB_CHANGES_H

#include "web/page.h"

/* "KEY": [{path, label, before, after, before_runs, after_runs}], field by field, and
 * "has_changes". `before` NULL: nothing was there. What only machines read (ids, pairings) is
 * left out. */
void changes_put(const struct req *r, struct value *map, const char *key,
                 const struct value *before, const struct value *after);

/* The page of two versions of an entity, chosen by ?from= and ?to= among all of them: versions,
 * from, to, sentence, changes. Without a choice the last two. Fails when a record that is asked
 * for is of another entity or of a later day. The caller decides who may see the entity. */
struct versions_of {
    str organisation, entity;
};
MUST bool versions_put(struct req *r, struct value *page, const struct versions_of *of,
                       struct err *e);

#endif
