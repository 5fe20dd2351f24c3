/* JSON in and out. Canonical JSON (RFC 8785 restricted to what records use: objects, arrays,
 * strings, integers below 2^53, true, false, null; keys sorted by code unit; no blanks; no
 * number with a point or an exponent) is the only form in which a record is stored and hashed.
 */
#ifndef MEGURI_JSON_H
#define MEGURI_JSON_H

#include "base/err.h"
#include "base/value.h"

void json_put(struct buf *b, const struct value *v); /* keys in the order put, one line; for
                                                        people and APIs */
void json_put_canonical(struct buf *b, const struct value *v); /* keys sorted */
void json_put_string(struct buf *b, str s); /* with quotes, escaped as RFC 8785 demands */

/* Reads canonical JSON and nothing else: bytes that json_put_canonical would not have written
 * are refused, so a body has exactly one tree and a tree exactly one body. Texts without
 * escapes are views into `s`. Depth up to LIMIT_JSON_DEPTH. */
MUST bool json_read_canonical(struct arena *a, str s, struct value **out, struct err *e);

/* Reads any RFC 8259 JSON (presets, request bodies, files of other programs) with jansson:
 * duplicate keys and invalid UTF-8 are refused. A number with a point or an exponent becomes
 * VALUE_TEXT with 17 significant digits at most. Errors carry line and column. */
MUST bool json_load(struct arena *a, str s, struct value **out, struct err *e);

#endif
