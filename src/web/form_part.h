/* A form laid out from the table of its fields: what is asked, how it is called, of which kind
 * it is and whether it must be filled stand once, in the table that also checks what comes
 * back. Shown by the template part "form_fields". */
#ifndef MEGURI_WEB_FORM_PART_H
#define MEGURI_WEB_FORM_PART_H

#include "web/page.h"

struct form_part {
    const struct req *r;
    struct value *map;         /* of the form, in the tree */
    struct value *fields;      /* its list "fields" */
    const struct field *table; /* ended by a row without a name */
    str id;                    /* of this form among those of the page */
    bool is_back;              /* it was sent, refused, and is shown again as it was typed */
};

/* Puts "fields" into `map`. The ids of its inputs are "f-NAME" when it is back (where the list
 * of what is wrong leads) and "ID-NAME" otherwise, so that a page may hold many forms. */
struct form_part form_part_begin(const struct req *r, struct value *map,
                                 const struct field *table, str id, bool is_back);
/* One input: a row of the table by its name (a name that fits a row with a star too). `value`
 * is what stands in it unless the form is back; `hint` stands below the label, "" for
 * none. A flag is ticked when value is "1". */
struct value *form_part_field(struct form_part *f, const char *name, str value, str hint);
/* The same as a choice: options are then added in their order; the first is what is sent when
 * nothing was chosen. */
struct value *form_part_choice(struct form_part *f, const char *name, str value, str hint);
void form_part_option(struct form_part *f, struct value *choice, str value, str label);
/* The same under a heading of its own, behind the others; those of one group are added
 * together.
 */
struct form_group {
    str name;
    str value, label; /* of the option */
};
void form_part_grouped(struct form_part *f, struct value *choice,
                       const struct form_group *option);

#endif
