/* Escaping, the room's own: every byte of data that becomes HTML or SVG passes here. */
#ifndef MEGURI_RENDER_ESCAPE_H
#define MEGURI_RENDER_ESCAPE_H

#include "base/str.h"

/* For HTML and SVG text and for attribute values quoted by " or ': & < > " ' become references;
 * of the control characters that neither may hold, each becomes U+FFFD (TAB, LF and CR stay).
 */
void escape_html(struct buf *out, str s);

#endif
