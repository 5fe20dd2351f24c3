/* The log: one line for each failure, on stderr, for journald or a file to keep. */
#include "web/app.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

/* Control characters of Unicode (C0, DEL, C1), line and paragraph separators, and those that
 * turn the direction of writing: a reader's terminal must not obey a request. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029
           || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void put_quoted(struct buf *b, str s)
{
    while (s.n) {
        size_t len = 1;
        bool is_text = utf8_valid_prefix(s.p, s.n < 4 ? s.n : 4) > 0;
        uint32_t c = is_text ? utf8_first(s, &len) : 0;

        if (!is_text || is_control(c) || c == '\\') {
            for (size_t i = 0; i < len; i++)
                buf_fmt(b, "\\x%02X", (unsigned char)s.p[i]);
        } else {
            buf_put(b, str_take(s, len));
        }
        s = str_skip(s, len);
    }
}

void log_put(struct buf *b, int64_t now_ms, const struct log_line *line)
{
    instant_put(b, now_ms);
    buf_fmt(b, " %.*s %d ", STR_ARG(line->id), line->status);
    put_quoted(b, line->method.n ? line->method : STR("-"));
    buf_put_char(b, ' ');
    put_quoted(b, line->target.n ? line->target : STR("-"));
    if (line->micros >= 0)
        buf_fmt(b, " %zu bytes %lld us", line->bytes, (long long)line->micros);
    if (*line->text) {
        buf_put_char(b, ' ');
        put_quoted(b, str_from(line->text));
    }
}

void log_write(const struct log_line *line)
{
    enum { LINE_BYTES = 8 * 1024 };
    AUTO(arena_done) struct arena mem = { 0 };
    struct timespec now;
    struct buf b;
    str text;

    clock_gettime(CLOCK_REALTIME, &now);
    buf_init(&b, &mem, LINE_BYTES, LINE_BYTES);
    log_put(&b, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, line);
    if (b.full || b.n == LINE_BYTES)
        b.n = LINE_BYTES - 1;
    b.full = false;
    buf_put_char(&b, '\n');
    text = buf_str(&b);
    /* One write, so that lines of two threads do not mix. There is nowhere to say that it
     * failed. */
    (void)!write(STDERR_FILENO, text.p, text.n);
}
