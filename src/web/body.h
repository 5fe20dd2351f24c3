/* The bodies of POST requests taken apart. Pure: bytes to fields.
 *
 * Two kinds of body are read, and strictly: application/x-www-form-urlencoded (WHATWG URL 5.1)
 * and multipart/form-data (RFC 7578). What no browser sends is refused, never repaired. */
#ifndef MEGURI_WEB_BODY_H
#define MEGURI_WEB_BODY_H

#include "web/page.h"

struct form_field {
    str name, value; /* decoded, valid UTF-8, CRLF and CR as LF */
};
struct form_file {
    str name;      /* of the field */
    str file_name; /* as the browser says, without folders; "" = none was chosen */
    str type;      /* as the browser says; not to be trusted */
    str bytes;     /* a view into the body */
};
struct form_data {
    struct form_field *fields; /* in the order in which they were sent */
    uint32_t field_count;
    struct form_file *files;
    uint32_t file_count;
};

enum body_kind { BODY_NONE, BODY_URLENCODED, BODY_MULTIPART, BODY_OTHER };
/* What a Content-Type says; "" is BODY_NONE. *boundary is set for BODY_MULTIPART; one that
 * RFC 2046 5.1.1 does not allow makes it BODY_OTHER. */
enum body_kind body_kind(str content_type, str *boundary);

/* Takes the body of one kind apart. ERR_INPUT, in a sentence: an escape that is not %XX, NUL or
 * another control character than TAB and line ends, bytes that are not UTF-8 (the sentence
 * calls the field by its label in `labels`, a table ended by a row without a name, or NULL),
 * more than LIMIT_FORM_FIELDS, a part without a name or with another encoding, a body that ends
 * before its closing boundary. */
struct body {
    enum body_kind kind;
    str boundary;
    str bytes;
    const struct field *labels;
    enum lang lang;
};
MUST bool body_read(struct arena *a, const struct body *b, struct form_data *out,
                    struct err *e);

/* The fields as application/x-www-form-urlencoded. Only what has to be is escaped, so that
 * Japanese text that travels inside another form does not grow again. What body_read makes of
 * it are the same fields. */
void body_write(struct buf *b, const struct form_data *form);

/* multipart.c */
MUST bool multipart_read(struct arena *a, const struct body *b, struct form_data *out,
                         struct err *e);
/* For both readers: name and value as they were sent, decoded, to one more field. */
MUST bool body_add_field(struct arena *a, const struct body *b, struct form_field field,
                         struct form_data *out, struct err *e);

#endif
