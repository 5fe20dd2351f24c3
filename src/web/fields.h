/* A form against the table of its row: names that are there, kinds, limits. Pure. */
#ifndef MEGURI_WEB_FIELDS_H
#define MEGURI_WEB_FIELDS_H

#include "web/body.h"

/* Something that is wrong with a field. */
struct fault {
    str name; /* "" = with the form as a whole */
    str text;
    str label; /* what the page calls the field; "" = as the row's table does */
    struct fault *next;
};

/* Does a name fit a pattern, in which each star stands for 1 to 64 of a-z 0-9 _ -? Then *key is
 * what stands for its first star. A star ends where the characters that it takes end, so there
 * is one way to read a name. */
bool field_name_fits(str pattern, str name, str *key);

/* The row of a table (ended by a row without a name) that a name fits, NULL for none. */
const struct field *field_find(const struct field *table, str name);

/* Checks r->form against the row's table: values are trimmed as their kind says, and what a
 * kind or a limit does not allow, or a required one that is empty, becomes a fault of r. False
 * with ERR_INPUT for what no form of ours sends: a name that is not in the table, one given
 * twice, a file where a text belongs. */
MUST bool fields_check(struct req *r, struct form_data *form, struct err *e);

/* The form without csrf, secrets and files, to go along while somebody signs in. */
str fields_keep(const struct req *r);

#endif
