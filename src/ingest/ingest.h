/* Bytes in, model and notes out. Reads a published plan from text or HTML by the spellings of a
 * form definition. Pure: no file, clock or database. What is damaged or not understood becomes
 * a note of the plan; only what cannot be taken as a document at all is an error. */
#ifndef MEGURI_INGEST_H
#define MEGURI_INGEST_H

#include "model/model.h"

struct ingest_hints {
    str organisation; /* used when the document names none; "" = not known */
    int fiscal_year;  /* as above; 0 = not known */
};

/* Decodes (UTF-8 with or without BOM, CP932), tells text from HTML by what it holds, reads. The
 * plan's spans refer to *text, the decoded document (a view of `bytes` or a copy in the arena).
 * Linking of results and pairing of activities is not done here (audit_link). Errors: ERR_INPUT
 * with line and column for bytes that are no text and for a document over a limit. A text in
 * which no initiative is found is not an error: the plan then has none, and a note says so. */
MUST bool ingest_document(struct arena *a, const struct form *form, str name, str bytes,
                          const struct ingest_hints *hints, struct plan *out, str *text,
                          struct err *e);

#endif
