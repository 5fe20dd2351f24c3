/* JSON in and out. Canonical JSON (RFC 8785 restricted to what records use: objects, arrays,
 * strings, integers below 2^53, true, false, null; keys sorted by code unit; no blanks; no
 * number with a point or an exponent) is the only form in which a record is stored and hashed.
 */
#ifndef MEGURI_JSON_H
#define MEGURI_JSON_H

#include "base/err.h"
#include "base/value.h"

/* Keys in the order put, one line; for people and APIs. VALUE_MARKUP is left out. A tree deeper
 * than LIMIT_JSON_DEPTH is a bug (assert). */
void json_put(struct buf *b, const struct value *v);

/* The same, canonical. A key put twice and an integer beyond 2^53 are bugs (assert). */
void json_put_canonical(struct buf *b, const struct value *v);

/* With quotes; escaped as RFC 8785 demands and no more. */
void json_put_string(struct buf *b, str s);

/* Reads canonical JSON and nothing else: bytes that json_put_canonical would not have written
 * are refused, so a body has exactly one tree and a tree exactly one body. Texts without
 * escapes are views into `s`. Up to LIMIT_JSON_BYTES, at most LIMIT_JSON_DEPTH deep. */
MUST bool json_read_canonical(struct arena *a, str s, struct value **out, struct err *e);

/* Reads any RFC 8259 JSON (presets, request bodies, files of other programs) with jansson:
 * duplicate keys, NUL and invalid UTF-8 are refused, as is more than LIMIT_JSON_BYTES or
 * LIMIT_FOREIGN_JSON_DEPTH. A number that canonical JSON cannot hold becomes VALUE_TEXT: one
 * with a point or an exponent as the shortest digits that give the same double (86.20 becomes
 * "86.2"), an integer beyond 2^53 as it stands; one beyond 64 bits is refused. So each tree
 * from here may go to json_put_canonical. Errors carry line and column. */
MUST bool json_load(struct arena *a, str s, struct value **out, struct err *e);

#endif
