/* The definition of a register as a form: rows of fields, choices, what is impossible. */
#ifndef MEGURI_WEB_DEFINITION_PART_H
#define MEGURI_WEB_DEFINITION_PART_H

#include "web/page.h"

enum { CHECKS_OFFERED = 4 };

/* A choice that is there already; its key stays, its label may be mended. */
struct form_choice {
    str key, label;
};
/* One row of the form; a row without a label is no field. */
struct form_row {
    str key; /* of a field that is there already, "" = a new one */
    str label, label_en, kind, unit;
    bool is_required, is_identity, is_retired;
    str headings; /* what tables may call it too, 、 between them */
    struct form_choice *choices;
    uint32_t choice_count;
    str new_choices; /* a line each */
};
struct definition_form {
    str key, name, name_en, about, about_en, section, book;
    struct form_row rows[FIELDS_MAX];
    uint32_t row_count;                             /* shown, empty ones too */
    int less[CHECKS_OFFERED], more[CHECKS_OFFERED]; /* rows from 0, -1 = none */
    const struct value *before; /* the tree that is changed or copied, NULL = none */
    bool is_copy;               /* of another register: under a key of its own */
};

/* The form of a definition as it stands, and room for more. */
void definition_form_of(struct arena *a, const struct register_def *d,
                        struct definition_form *out);
/* An empty one. */
void definition_form_new(struct definition_form *out);
/* What was typed; `before` and is_copy of *out are the caller's and stay. */
void definition_form_typed(const struct req *r, struct definition_form *out);

/* The definition that the form says; what is wrong becomes faults of r, and it is false. */
MUST bool definition_form_read(struct req *r, struct definition_form *form,
                               struct register_def *out);

/* "rows", "checks" and the fields of the register itself into `map`. */
void definition_form_put(const struct req *r, struct value *map,
                         const struct definition_form *form);

#endif
