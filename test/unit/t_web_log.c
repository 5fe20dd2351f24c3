/* Log lines: what comes from outside stays on its line. */
#include "web/app.h"

#include <string.h>

#include "check.h"

static struct arena mem;

static const char *line(const char *target, const char *text)
{
    struct log_line l = { .id = STR("5f3c-1"),
                          .status = 500,
                          .method = STR("GET"),
                          .target = str_from(target),
                          .micros = -1,
                          .text = text };
    struct buf b;

    buf_init(&b, &mem, 256, 4096);
    log_put(&b, INT64_C(1711929600000), &l);
    return str_c(&mem, buf_str(&b));
}

static void a_line_says_when_which_and_why(void)
{
    CHECK_STR(line("/o/minamo", "データを読めません。"),
              "2024-04-01T09:00:00.000+09:00 5f3c-1 500 GET /o/minamo データを読めません。");
}

static void what_comes_from_outside_cannot_forge_a_line(void)
{
    CHECK_STR(
        line("/", "a\nb\r\tc\x1B[31m\x7F"),
        "2024-04-01T09:00:00.000+09:00 5f3c-1 500 GET / a\\x0Ab\\x0D\\x09c\\x1B[31m\\x7F");
    CHECK_STR(line("/", "a\xC2\x85\u2028\u202Eb"),
              "2024-04-01T09:00:00.000+09:00 5f3c-1 500 GET / "
              "a\\xC2\\x85\\xE2\\x80\\xA8\\xE2\\x80\\xAEb");
    CHECK_STR(line("/", "a\\x0Ab"),
              "2024-04-01T09:00:00.000+09:00 5f3c-1 500 GET / a\\x5Cx0Ab");
    CHECK_STR(line("/", "a\xFFz\xE3\x81"),
              "2024-04-01T09:00:00.000+09:00 5f3c-1 500 GET / a\\xFFz\\xE3\\x81");
}

static void a_request_that_could_not_be_read_has_no_target(void)
{
    struct log_line l = {
        .id = STR("1"), .status = 400, .micros = 12, .bytes = 34, .text = ""
    };
    struct buf b;

    buf_init(&b, &mem, 256, 4096);
    log_put(&b, 0, &l);
    CHECK_STR(str_c(&mem, buf_str(&b)),
              "1970-01-01T09:00:00.000+09:00 1 400 - - 34 bytes 12 us");
}

int main(void)
{
    RUN(a_line_says_when_which_and_why);
    RUN(what_comes_from_outside_cannot_forge_a_line);
    RUN(a_request_that_could_not_be_read_has_no_target);
    arena_done(&mem);
    return DONE();
}
