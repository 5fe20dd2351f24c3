/* A filled form into a value tree, for the pages that ask and for those that ask again. */
#ifndef MEGURI_WEB_SHEET_FORM_H
#define MEGURI_WEB_SHEET_FORM_H

#include "web/actual_part.h"
#include "web/working.h"

struct sheet_form {
    const struct working *w;
    enum step step;
    const struct filled_list *list;
    const struct blank_faults *faults;
    const struct catalogue_rows *catalogue;
    const struct sheet_actual *actuals; /* one for each indicator of the saved sheet */
};

/* "parts": the form in the order of the paper one, each {key, blanks, rows, order, add}. A row
 * has {id, legend, facts, planned, planned_unit, blanks, more, up, down, remove, findings,
 * evidence}; a
 * blank {name, label, help, value, error, is_must, is_line, is_text, is_choice, is_flag, lines,
 * choices}. */
void sheet_form_put(const struct sheet_form *f, struct value *page);
/* "faults": [{name, label, text}]. */
void sheet_form_put_faults(const struct sheet_form *f, struct value *page);
/* "missing": the same, of what is mandatory and empty in the sheet as it is saved. */
void sheet_form_put_missing(const struct working *w, enum step s, struct value *map);
/* What a blank is called, with its row: 取組 2 数量. */
str sheet_form_label(const struct req *r, const struct initiative *i, enum step s, str name);

#endif
