/* Request heads: what is taken, and what is refused with which status. */
#include "web/http.h"

#include <string.h>

#include "check.h"

#define HOST "Host: a\r\n"

/* The status with which a request is refused; 0 = taken, -1 = more is awaited. */
static int verdict(str bytes, struct http_request *out)
{
    size_t seen = 0, used = 0;
    const char *why = "";
    int status = 0;

    switch (http_head_find(bytes, &seen, &used, &status, &why)) {
    case HTTP_MORE:
        return -1;
    case HTTP_REFUSED:
        return status;
    case HTTP_READY:
        break;
    }
    return http_parse(str_take(bytes, used), out, &status, &why) == HTTP_READY ? 0 : status;
}

static int status_of(const char *request)
{
    struct http_request r = { 0 };

    return verdict(str_from(request), &r);
}

static void a_plain_request_is_taken_apart(void)
{
    struct http_request r = { 0 };

    CHECK(verdict(STR("GET /o/minamo?page=2 HTTP/1.1\r\nHost: a\r\nAccept:  text/html "
                      "\r\nX-Empty:\r\n\r\n"),
                  &r)
          == 0);
    CHECK(str_eq(r.method, STR("GET")));
    CHECK(str_eq(r.target, STR("/o/minamo?page=2")));
    CHECK(r.header_count == 3);
    CHECK(str_eq(http_header_find(&r, "accept"), STR("text/html")));
    CHECK(http_header_find(&r, "x-empty").n == 0);
    CHECK(http_header_find(&r, "x-absent").n == 0);
    CHECK(r.is_keep_alive && r.body_len == 0 && !r.is_waiting);
}

static void a_connection_stays_as_the_request_says(void)
{
    struct http_request r = { 0 };

    CHECK(verdict(STR("GET / HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"), &r) == 0
          && !r.is_keep_alive);
    CHECK(verdict(STR("GET / HTTP/1.1\r\n" HOST "Connection: x, Close\r\n\r\n"), &r) == 0
          && !r.is_keep_alive);
    CHECK(verdict(STR("GET / HTTP/1.0\r\n\r\n"), &r) == 0 && !r.is_keep_alive);
    CHECK(verdict(STR("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), &r) == 0
          && r.is_keep_alive);
}

static void a_body_is_announced_by_its_length(void)
{
    struct http_request r = { 0 };

    CHECK(verdict(STR("POST / HTTP/1.1\r\n" HOST
                      "Content-Length: 12\r\nExpect: 100-continue\r\n\r\n"),
                  &r)
          == 0);
    CHECK(r.body_len == 12 && r.is_waiting);
    CHECK(verdict(STR("POST / HTTP/1.1\r\n" HOST "content-LENGTH: 0\r\n\r\n"), &r) == 0
          && r.body_len == 0);
}

static void the_absolute_form_of_a_target_is_its_path(void)
{
    struct http_request r = { 0 };

    CHECK(verdict(STR("GET http://a/b?c HTTP/1.1\r\n" HOST "\r\n"), &r) == 0
          && str_eq(r.target, STR("/b?c")));
    CHECK(verdict(STR("GET http://a HTTP/1.1\r\n" HOST "\r\n"), &r) == 0
          && str_eq(r.target, STR("/")));
    CHECK(verdict(STR("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), &r) == 0
          && str_eq(r.target, STR("*")));
}

static void one_empty_line_before_a_request_is_forgiven(void)
{
    CHECK(status_of("\r\nGET / HTTP/1.1\r\n" HOST "\r\n") == 0);
    CHECK(status_of("\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n") == 400);
}

static void what_two_programs_could_read_differently_is_refused(void)
{
    static const char *const BAD[] = {
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        "GET / HTTP/1.1\n" HOST "\r\n",
        "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\n" HOST "\n",
        "GET / HTTP/1.1\r\n" HOST "X: a\rY: b\r\n\r\n",
        "GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\n X: a\r\n" HOST "\r\n",
        "GET / HTTP/1.1\r\n" HOST "X: a\r\n\tb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\n" HOST "X\r\n\r\n",
        "GET / HTTP/1.1\r\n" HOST ": a\r\n\r\n",
        "GET / HTTP/1.1\r\n" HOST "X Y: a\r\n\r\n",
        "GET / HTTP/1.1\r\n" HOST "X: a\x01\r\n\r\n",
        "GET / HTTP/1.1\r\n" HOST "X: a\x7F\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n" HOST HOST "\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: 4\r\nContent-Length: 4\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: 4, 4\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x10\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: \r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n",
        "GET  / HTTP/1.1\r\n" HOST "\r\n",
        "GET / HTTP/1.1 \r\n" HOST "\r\n",
        "GET /\r\n" HOST "\r\n",
        "GET\r\n" HOST "\r\n",
        "G(T / HTTP/1.1\r\n" HOST "\r\n",
        "GET a HTTP/1.1\r\n" HOST "\r\n",
        "GET /a\x80 HTTP/1.1\r\n" HOST "\r\n",
        "GET * HTTP/1.1\r\n" HOST "\r\n",
        "GET / http/1.1\r\n" HOST "\r\n",
        "GET / HTTP/11\r\n" HOST "\r\n",
        "VERYVERYVERYLONGMETHOD / HTTP/1.1\r\n" HOST "\r\n",
        "\n",
    };

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        if (status_of(BAD[i]) != 400)
            printf("# case %zu: %d\n", i, status_of(BAD[i]));
        CHECK(status_of(BAD[i]) == 400);
    }
    struct http_request r = { 0 };
    CHECK(verdict(STR("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"), &r) == 400);
}

static void what_is_understood_but_not_served_has_its_own_status(void)
{
    CHECK(status_of("GET / HTTP/2.0\r\n" HOST "\r\n") == 505);
    CHECK(status_of("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n") == 411);
    CHECK(status_of("GET / HTTP/1.1\r\n" HOST "Expect: magic\r\n\r\n") == 417);
}

/* `n` times a character between two texts. */
static str padded(struct arena *a, const char *before, size_t n, const char *after)
{
    struct buf b;

    buf_init(&b, a, 64, 1 << 20);
    buf_put_c(&b, before);
    for (size_t i = 0; i < n; i++)
        buf_put_char(&b, 'a');
    buf_put_c(&b, after);
    return buf_str(&b);
}

static void a_long_target_is_414_and_a_large_head_431(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct http_request r = { 0 };

    CHECK(
        verdict(padded(&a, "GET /", LIMIT_REQUEST_TARGET - 1, " HTTP/1.1\r\n" HOST "\r\n"), &r)
        == 0);
    CHECK(verdict(padded(&a, "GET /", LIMIT_REQUEST_TARGET, " HTTP/1.1\r\n" HOST "\r\n"), &r)
          == 414);
    CHECK(verdict(padded(&a, "GET /", LIMIT_REQUEST_TARGET + 100, ""), &r) == 414);
    CHECK(
        verdict(padded(&a, "GET / HTTP/1.1\r\n" HOST "X: ", HTTP_HEAD_BYTES - 100, "\r\n\r\n"),
                &r)
        == 0);
    CHECK(verdict(padded(&a, "GET / HTTP/1.1\r\n" HOST "X: ", HTTP_HEAD_BYTES, "\r\n\r\n"), &r)
          == 431);
    CHECK(verdict(padded(&a, "GET / HTTP/1.1\r\n" HOST "X: ", HTTP_HEAD_BYTES, ""), &r) == 431);
}

static void more_headers_than_the_table_holds_are_431(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct http_request r = { 0 };
    struct buf b;

    buf_init(&b, &a, 64, 1 << 16);
    buf_put_c(&b, "GET / HTTP/1.1\r\n" HOST);
    for (int i = 1; i < HTTP_HEADERS_MAX; i++)
        buf_put_c(&b, "X: y\r\n");
    CHECK(verdict(str_fmt(&a, "%.*s\r\n", STR_ARG(buf_str(&b))), &r) == 0);
    CHECK(verdict(str_fmt(&a, "%.*sX: y\r\n\r\n", STR_ARG(buf_str(&b))), &r) == 431);
}

static void a_head_that_drips_in_is_found_when_it_is_whole(void)
{
    const char whole[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\nrest";
    size_t seen = 0, used = 0;
    const char *why;
    int status;

    for (size_t n = 1; n < sizeof whole - 5; n++)
        CHECK(http_head_find((str){ whole, n }, &seen, &used, &status, &why) == HTTP_MORE);
    CHECK(http_head_find((str){ whole, sizeof whole - 1 }, &seen, &used, &status, &why)
          == HTTP_READY);
    CHECK(used == sizeof whole - 5);
}

int main(void)
{
    RUN(a_plain_request_is_taken_apart);
    RUN(a_connection_stays_as_the_request_says);
    RUN(a_body_is_announced_by_its_length);
    RUN(the_absolute_form_of_a_target_is_its_path);
    RUN(one_empty_line_before_a_request_is_forgiven);
    RUN(what_two_programs_could_read_differently_is_refused);
    RUN(what_is_understood_but_not_served_has_its_own_status);
    RUN(a_long_target_is_414_and_a_large_head_431);
    RUN(more_headers_than_the_table_holds_are_431);
    RUN(a_head_that_drips_in_is_found_when_it_is_whole);
    return DONE();
}
