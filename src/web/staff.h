/* What the pages for those who hold a duty have in common: whose year it is, who acts, what
 * colleagues are called, how what becomes public is audited. */
#ifndef MEGURI_WEB_STAFF_H
#define MEGURI_WEB_STAFF_H

#include "web/page.h"

/* :org and :year of the address; number 0. */
struct work_ref staff_ref(const struct req *r);
/* The reader, acting under the first of `duties` that they hold; role "" when they hold none,
 * which the store then refuses. */
struct actor staff_actor(const struct req *r, unsigned duties);
/* An account's name for colleagues; of the command line and of who was erased, what they are
 * called. */
str staff_name(const struct req *r, str account);
/* "key", "name", "url" of the organisation under "organisation", and the way from the top. */
MUST bool staff_put_organisation(struct req *r, struct value *page, struct organisation *out,
                                 struct err *e);
/* The same, the year under "fiscal_year" and "year_label", and the year's board on the way. */
MUST bool staff_put_year(struct req *r, struct value *page, struct organisation *out,
                         struct err *e);
/* "2025-05-31" as people read it, under `key`; null for "". */
void staff_put_day(const struct req *r, struct value *map, const char *key, str day);
void staff_put_date(const struct req *r, struct value *map, const char *key, date d);
/* Is the day over in Japan? "" never is. */
bool staff_is_over(const struct req *r, str day);
/* A list under `key` of {value, label, is_name}: the sections of the organisation by their
 * names, first "the planning section" with "". */
MUST bool staff_put_sections(struct req *r, struct value *map, const char *key,
                             str organisation, struct err *e);
/* Fills the official side of a move: the plan that the sheets make, linked and audited with
 * last year's. *official lives as long as the request. */
MUST bool staff_audit(struct req *r, struct cycle_move *m, struct err *e);

#endif
