/* What the pages have in common on which registers and ledgers are entered by their sections:
 * the register with what the reader may do there, its line of inputs, its words. */
#ifndef MEGURI_WEB_ENTRY_PART_H
#define MEGURI_WEB_ENTRY_PART_H

#include "ingest/ingest.h"
#include "web/register_part.h"

/* May enter; may say what a register holds. */
enum {
    DUTIES_ENTER = DUTIES_WRITE | DUTY_BIT(DUTY_ADMINISTRATOR),
    DUTIES_DEFINE = DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_ADMINISTRATOR),
};

struct entry_view {
    struct register_view v;
    struct hash record; /* of the definition */
    unsigned duties;    /* of the reader for the entries of this register */
    bool may_enter, may_define;
    str url; /* of the entry page: /w/:org/evidence/:register */
};

/* The register that the address names, with title, way from the top and the places to go from
 * there: "name", "about", "may_enter", "may_define", "places" [{word, url, is_here}]; `here` is
 * the word of the page at hand. */
MUST bool entry_view_load(struct entry_view *w, struct req *r, struct value *page,
                          const char *here, struct err *e);

/* Has it two quantities of which one is planned and the other done, that add up over a year? */
bool entry_has_pair(const struct register_def *d);

/* The reader as who enters; ERR_DENIED for one who may not. */
MUST bool entry_actor(const struct entry_view *w, unsigned duties, struct actor *out,
                      struct err *e);

/* Days without a year lie in the fiscal year of today. */
void entry_hints(const struct entry_view *w, struct entry_hints *out);

/* What was typed into the line, one text a field; the arena's. */
str *entry_typed(const struct entry_view *w);
/* The values of an entry as they could be typed. */
str *entry_texts(const struct entry_view *w, const struct register_entry *one);

/* What the reader of entries found wrong becomes a fault beside its field. *is_reason: a reason
 * would let the entry pass. */
void entry_faults(const struct entry_view *w, const struct register_entries *read);

/* "fields" of a line into `map`: {name, label, unit, is_required, hint, value, error, lang,
 * options, list, is_choice, is_number}; `texts` as entry_typed gives them. `recent` are entries
 * whose words are offered again. */
MUST bool entry_put_fields(struct entry_view *w, struct value *map, const str *texts,
                           const struct entry_rows *recent, struct err *e);

/* An entry in a few words: what tells it from the others. */
str entry_words(const struct entry_view *w, const struct register_entry *one);

/* The cells of an entry under "cells", its marks (is_void, reason, note) and its address. */
void entry_put_row(const struct entry_view *w, struct value *row,
                   const struct register_entry *one);
/* The columns of entry_put_row. */
void entry_put_columns(const struct entry_view *w, struct value *map);

#endif
