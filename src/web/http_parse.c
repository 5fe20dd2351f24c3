/* Request heads, bytes to struct (RFC 9112). Pure: no socket, no clock, no memory of its own.
 *
 * Refused with 400 where a lenient reader would guess: a line that ends in LF alone, a CR
 * alone, a folded line, a blank before the colon, Content-Length twice or beside
 * Transfer-Encoding, control characters, no Host or two of them. Each of these has been used to
 * make a proxy and a server see different requests. */
#include "web/http.h"

#include <string.h>

#include "base/banned.h"

static enum http_read refuse(int *status, int code, const char **why, const char *what)
{
    *status = code;
    *why = what;
    return HTTP_REFUSED;
}

/* ---- the end of the head ---- */

/* The most that a request line may take: method, blank, target, blank, HTTP/1.1. */
enum { REQUEST_LINE_BYTES = HTTP_METHOD_BYTES + 1 + LIMIT_REQUEST_TARGET + 1 + 8 };

static bool is_first_line(str bytes, size_t end)
{
    return !memchr(bytes.p, '\n', end);
}

enum http_read http_head_find(str bytes, size_t *seen, size_t *used, int *status,
                              const char **why)
{
    size_t begin = str_starts(bytes, STR("\r\n")) ? 2 : 0; /* RFC 9112 2.2: one empty line
                                                              before */

    for (size_t i = *seen > begin ? *seen : begin; i < bytes.n; i++) {
        if (bytes.p[i] != '\n')
            continue;
        if (i == begin)
            return refuse(status, 400, why, "empty request");
        if (bytes.p[i - 1] != '\r')
            return refuse(status, 400, why, "a line ends in LF without CR");
        if (i >= begin + 3 && bytes.p[i - 2] == '\n') {
            *used = i + 1;
            return i + 1 > HTTP_HEAD_BYTES ? refuse(status, 431, why, "head too large")
                                           : HTTP_READY;
        }
    }
    *seen = bytes.n;
    if (bytes.n > REQUEST_LINE_BYTES + begin
        && is_first_line(str_skip(bytes, begin), REQUEST_LINE_BYTES))
        return refuse(status, 414, why, "target too long");
    if (bytes.n >= HTTP_HEAD_BYTES)
        return refuse(status, 431, why, "head too large");
    return HTTP_MORE;
}

/* ---- characters ---- */

/* RFC 9110 5.6.2: what a method or a header's name is made of. */
static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
              || (c && strchr("!#$%&'*+-.^_`|~", c))))
            return false;
    }
    return s.n > 0;
}

/* RFC 9110 5.5: visible characters, blanks and bytes above ASCII. */
static bool is_field_value(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if ((c < ' ' && c != '\t') || c == 0x7F)
            return false;
    }
    return true;
}

static bool is_visible(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] <= ' ' || s.p[i] > '~') /* bytes above ASCII are negative or above '~' */
            return false;
    }
    return s.n > 0;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_same_word(str s, str word)
{
    if (s.n != word.n)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (lower(s.p[i]) != word.p[i])
            return false;
    }
    return true;
}

static str trim_blanks(str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_skip(s, 1);
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* ---- the request line ---- */

/* "http://host/path" is "/path" (RFC 9112 3.2.2: a server must take the absolute form). */
static bool target_take(str target, bool is_options, str *out)
{
    ptrdiff_t slash;

    if (is_options && str_eq(target, STR("*"))) {
        *out = target;
        return true;
    }
    if (str_starts(target, STR("http://")) || str_starts(target, STR("https://"))) {
        target = str_skip(target, (size_t)str_find(target, STR("//")) + 2);
        slash = str_find_char(target, '/');
        target = slash < 0 ? STR("/") : str_skip(target, (size_t)slash);
    }
    *out = target;
    return str_starts(target, STR("/"));
}

static enum http_read request_line(str line, struct http_request *out, int *status,
                                   const char **why)
{
    str target, version = str_cut(str_cut(line, ' ', &out->method), ' ', &target);

    if (!is_token(out->method) || out->method.n > HTTP_METHOD_BYTES)
        return refuse(status, 400, why, "not a method");
    if (!is_visible(target))
        return refuse(status, 400, why, "not a target");
    if (target.n > LIMIT_REQUEST_TARGET)
        return refuse(status, 414, why, "target too long");
    if (version.n != 8 || !str_starts(version, STR("HTTP/")) || version.p[6] != '.'
        || version.p[5] < '0' || version.p[5] > '9' || version.p[7] < '0' || version.p[7] > '9')
        return refuse(status, 400, why, "not a version of HTTP");
    if (version.p[5] != '1')
        return refuse(status, 505, why, "not HTTP/1");
    if (!target_take(target, str_eq(out->method, STR("OPTIONS")), &out->target))
        return refuse(status, 400, why, "not a target");
    out->is_keep_alive = version.p[7] != '0';
    return HTTP_READY;
}

/* ---- headers ---- */

static enum http_read header_line(str line, struct http_request *out, int *status,
                                  const char **why)
{
    struct http_header *h = &out->headers[out->header_count];
    ptrdiff_t colon = str_find_char(line, ':');

    if (line.p[0] == ' ' || line.p[0] == '\t')
        return refuse(status, 400, why, "a folded header line");
    if (colon < 0 || !is_token(str_take(line, (size_t)colon)))
        return refuse(status, 400, why, "not the name of a header");
    if (out->header_count == HTTP_HEADERS_MAX)
        return refuse(status, 431, why, "too many headers");
    h->name = str_take(line, (size_t)colon);
    h->value = trim_blanks(str_skip(line, (size_t)colon + 1));
    if (!is_field_value(h->value))
        return refuse(status, 400, why, "a control character in a header");
    out->header_count++;
    return HTTP_READY;
}

static uint32_t header_count(const struct http_request *r, str name)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->header_count; i++)
        n += is_same_word(r->headers[i].name, name);
    return n;
}

str http_header_find(const struct http_request *r, const char *name)
{
    str wanted = str_from(name);

    for (uint32_t i = 0; i < r->header_count; i++) {
        if (is_same_word(r->headers[i].name, wanted))
            return r->headers[i].value;
    }
    return (str){ 0 };
}

/* Is `word` in a header whose value is a list: Connection: keep-alive, Upgrade? */
static bool has_word(const struct http_request *r, str name, str word)
{
    for (uint32_t i = 0; i < r->header_count; i++) {
        str rest = r->headers[i].value, item;

        if (!is_same_word(r->headers[i].name, name))
            continue;
        while (rest.n) {
            rest = str_cut(rest, ',', &item);
            if (is_same_word(trim_blanks(item), word))
                return true;
        }
    }
    return false;
}

static bool length_read(str s, size_t *out)
{
    size_t n = 0;

    if (s.n == 0 || s.n > 15)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        n = n * 10 + (size_t)(s.p[i] - '0');
    }
    *out = n;
    return true;
}

/* RFC 9112 6.3, without its leniency. */
static enum http_read body_length(struct http_request *r, int *status, const char **why)
{
    uint32_t lengths = header_count(r, STR("content-length"));

    if (header_count(r, STR("transfer-encoding"))) {
        if (lengths)
            return refuse(status, 400, why, "Content-Length beside Transfer-Encoding");
        return refuse(status, 411, why, "a body without Content-Length");
    }
    if (lengths > 1)
        return refuse(status, 400, why, "Content-Length more than once");
    if (lengths && !length_read(http_header_find(r, "content-length"), &r->body_len))
        return refuse(status, 400, why, "Content-Length is not a number");
    return HTTP_READY;
}

static enum http_read headers_check(struct http_request *r, int *status, const char **why)
{
    uint32_t hosts = header_count(r, STR("host"));
    str expect = http_header_find(r, "expect");

    if (hosts > 1 || (hosts == 0 && r->is_keep_alive)) /* HTTP/1.0 may do without */
        return refuse(status, 400, why, "not exactly one Host");
    if (expect.n && !is_same_word(expect, STR("100-continue")))
        return refuse(status, 417, why, "an expectation that is not 100-continue");
    r->is_waiting = expect.n > 0;
    if (has_word(r, STR("connection"), STR("close")))
        r->is_keep_alive = false;
    else if (has_word(r, STR("connection"), STR("keep-alive")))
        r->is_keep_alive = true;
    return body_length(r, status, why);
}

/* The next line without its CRLF. False when a CR stands alone inside it. */
static bool line_cut(str *rest, str *line)
{
    *rest = str_cut(*rest, '\n', line);
    line->n--; /* http_head_find has seen that each LF follows a CR */
    return str_find_char(*line, '\r') < 0;
}

enum http_read http_parse(str head, struct http_request *out, int *status, const char **why)
{
    str rest = str_starts(head, STR("\r\n")) ? str_skip(head, 2) : head, line;

    out->header_count = 0;
    out->body_len = 0;
    out->body = (str){ 0 };
    out->peer = (str){ 0 };
    if (!line_cut(&rest, &line))
        return refuse(status, 400, why, "CR without LF");
    if (request_line(line, out, status, why) == HTTP_REFUSED)
        return HTTP_REFUSED;
    while (rest.n > 2) { /* the empty line ends it */
        if (!line_cut(&rest, &line))
            return refuse(status, 400, why, "CR without LF");
        if (header_line(line, out, status, why) == HTTP_REFUSED)
            return HTTP_REFUSED;
    }
    return headers_check(out, status, why);
}

/* ---- words ---- */

const char *http_reason(int status)
{
    static const struct {
        int status;
        const char *reason;
    } REASONS[] = {
        { 200, "OK" },
        { 204, "No Content" },
        { 301, "Moved Permanently" },
        { 303, "See Other" },
        { 304, "Not Modified" },
        { 308, "Permanent Redirect" },
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 406, "Not Acceptable" },
        { 408, "Request Timeout" },
        { 409, "Conflict" },
        { 411, "Length Required" },
        { 413, "Content Too Large" },
        { 414, "URI Too Long" },
        { 415, "Unsupported Media Type" },
        { 417, "Expectation Failed" },
        { 422, "Unprocessable Content" },
        { 429, "Too Many Requests" },
        { 431, "Request Header Fields Too Large" },
        { 500, "Internal Server Error" },
        { 501, "Not Implemented" },
        { 503, "Service Unavailable" },
        { 505, "HTTP Version Not Supported" },
    };

    for (size_t i = 0; i < sizeof REASONS / sizeof REASONS[0]; i++) {
        if (REASONS[i].status == status)
            return REASONS[i].reason;
    }
    return "Unknown";
}
