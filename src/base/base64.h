/* Bytes as text (RFC 4648 4, with padding), so that they can travel inside a form. */
#ifndef MEGURI_BASE64_H
#define MEGURI_BASE64_H

#include "base/arena.h"
#include "base/str.h"

str base64_text(struct arena *a, str bytes);
/* libsodium takes some bytes beyond ASCII for letters of base64: ask this first. */
bool base64_is_ascii(str text);
/* Back. False for what base64_text does not write. */
bool base64_bytes(struct arena *a, str text, str *out);

#endif
