/* What the pages about people share. Private to the room. */
#ifndef MEGURI_WEB_PEOPLE_H
#define MEGURI_WEB_PEOPLE_H

#include "web/page.h"

/* The name of an account as colleagues see it, a sentence for one that was erased. */
str people_name(const struct req *r, str account);

/* "grants": [{organisation, organisation_name, duty, duty_label, from, to, deputy_of,
 * deputy_name, state, state_label, url}]; state: "now" | "past" | "later". */
MUST bool people_put_grants(const struct req *r, struct value *map,
                            const struct grant_rows *grants, struct err *e);
/* Is one of the duties that of an administrator, in force today? */
bool people_administers(const struct req *r, const struct grant_rows *grants);

#endif
