/* Request heads and targets: whatever comes in pieces is judged as it would be in one, and what
 * was taken holds what the guard promises. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "web/app.h"
#include "web/door.h"
#include "web/http.h"
#include "web/target.h"
#include "web/token.h"

static enum http_read find(str bytes, size_t piece, size_t *used, int *status)
{
    const char *why;
    size_t seen = 0;

    for (size_t n = piece; n < bytes.n; n += piece) {
        enum http_read r = http_head_find(str_take(bytes, n), &seen, used, status, &why);

        if (r != HTTP_MORE)
            return r;
    }
    return http_head_find(bytes, &seen, used, status, &why);
}

static void check_request(const struct http_request *r, str head)
{
    if (r->header_count > HTTP_HEADERS_MAX || r->target.n > LIMIT_REQUEST_TARGET
        || !r->target.n)
        abort();
    for (uint32_t i = 0; i < r->header_count; i++) {
        str v = r->headers[i].value;

        if (str_find_char(v, '\n') >= 0 || str_find_char(v, '\r') >= 0
            || str_find_char(v, '\0') >= 0)
            abort();
        if (r->headers[i].name.p < head.p || v.p + v.n > head.p + head.n)
            abort();
    }
}

/* What stands in single headers: a token that is one, an address that can be logged. */
static void check_headers(const struct http_request *r)
{
    static const char *const NAMES[] = { "accept", "accept-language", "accept-encoding",
                                         "if-none-match" };
    const str token = door_cookie(r, false);

    if (token.n && !token_is_well_formed(token))
        abort();
    (void)door_origin(r, true);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const str value = http_header_find(r, NAMES[i]);

        (void)negotiate_lang(value);
        (void)negotiate_json(value);
        (void)negotiate_gzip(value);
        if (negotiate_matches(value, STR("\"0\"")) && str_find_char(value, '0') < 0
            && str_find_char(value, '*') < 0)
            abort();
    }
}

static void check_target(str raw)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct target t;
    struct err e;

    if (!target_parse(&a, raw, &t, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return;
    }
    if (!str_starts(t.path, STR("/")) || str_find(t.path, STR("//")) >= 0
        || str_find(t.path, STR("/../")) >= 0 || str_ends(t.path, STR("/.."))
        || str_find_char(t.path, '\0') >= 0
        || utf8_valid_prefix(t.path.p, t.path.n) != t.path.n)
        abort();
    for (uint32_t i = 0; i < t.param_count; i++) {
        if (t.params[i].value.n > LIMIT_QUERY_BYTES)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str bytes = { (const char *)data, size };
    size_t used = 0, used_dripped = 0;
    int status = 0, status_dripped = 0;
    const char *why;
    struct http_request r;
    enum http_read whole = find(bytes, size + 1, &used, &status);

    /* A head in pieces may be refused earlier, by its length, than one that is there at once.
     */
    if (size < HTTP_HEAD_BYTES && size < LIMIT_REQUEST_TARGET) {
        enum http_read dripped = find(bytes, 1, &used_dripped, &status_dripped);

        if (dripped != whole || used != used_dripped || status != status_dripped)
            abort();
    }
    if (whole != HTTP_READY)
        return 0;
    if (used > size)
        abort();
    if (http_parse(str_take(bytes, used), &r, &status, &why) == HTTP_READY) {
        check_request(&r, str_take(bytes, used));
        check_headers(&r);
        if (!str_eq(r.target, STR("*")))
            check_target(r.target);
    }
    return 0;
}
