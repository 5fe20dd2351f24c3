/* The target of a request taken apart: path and query, decoded and checked. Pure. */
#ifndef MEGURI_WEB_TARGET_H
#define MEGURI_WEB_TARGET_H

#include "base/base.h"

enum { TARGET_PARAMS_MAX = 32 };

enum shape { SHAPE_PAGE, SHAPE_JSON, SHAPE_CSV, SHAPE_COUNT };

struct target_param {
    str name, value; /* decoded, valid UTF-8, the value trimmed */
};

struct target {
    str path; /* decoded, without the suffix: "/o/minamo/2023"; never ends in / but for "/"
                 itself */
    enum shape shape; /* by the suffix: .json, .csv */
    bool has_slash;   /* it ended in a slash that is not the first: the address without it is
                         meant */
    str query;        /* as sent, without the question mark */
    struct target_param params[TARGET_PARAMS_MAX];
    uint32_t param_count;
};

/* False with ERR_INPUT for what no address of ours looks like: an escape that is not %XX or
 * makes NUL, a control character, bytes that are not UTF-8, a backslash, an escaped slash, an
 * empty segment or one of dots alone, a fragment, too many or too long parameters. The sentence
 * is for the reader. */
MUST bool target_parse(struct arena *a, str raw, struct target *out, struct err *e);

/* Value of the first parameter by that name, "" when absent. */
str target_param(const struct target *t, const char *name);

/* Percent-encodes what is not unreserved in RFC 3986 2.3. */
void target_encode(struct buf *b, str s);

#endif
