/* A survey's definition as a form: laid out from a definition, and a definition made of what
 * was sent. What the definition must be is asked of the model, never here. */
#ifndef MEGURI_WEB_SURVEY_FORM_H
#define MEGURI_WEB_SURVEY_FORM_H

#include "web/page.h"

enum { SURVEY_FORM_BLANK = 3 /* empty questions of a new survey */ };

/* "head": {fields}, "people": {fields}, "questions": [{n, key_name, key, column_name, column,
 * fields, more: {fields}}], "weights": {fields}. `s` is what stands in it unless it was sent;
 * `s.question_count` 0 with SURVEY_FORM_BLANK questions for a new one. `is_new`: the key is
 * asked. */
void survey_form_put(const struct req *r, struct value *map, const struct survey *s,
                     bool is_new);

/* The definition that was sent, as the tree that survey_from_value reads. What a question lacks
 * is told beside its field: false then. `key` "" = the one that was sent. */
bool survey_form_value(struct req *r, str key, struct value **out);

/* A refusal of the model goes to the question that it names. */
void survey_form_refuse(struct req *r, const struct err *e);

#endif
