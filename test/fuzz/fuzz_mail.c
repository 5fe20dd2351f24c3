/* Mail: whatever the subject and the text are, the message is lines of ASCII that no relay
 * mistakes; whatever a relay answers, its line has a code or is none. */
#include "fuzz.h"

#include <stdlib.h>

#include "net/net.h"

static void check_line(str line)
{
    enum { LONGEST = 78 };

    if (line.n > LONGEST || str_starts(line, STR(".")))
        abort();
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] < ' ' || line.p[i] > '~')
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    str s = { (const char *)data, size }, out;
    struct mail m = { .from = STR("a@example.jp"), .to = STR("b@example.jp"), .id = STR("1") };
    bool has_more;
    struct err e;
    int code;

    if (smtp_reply(s, &code, &has_more) && (code < 200 || code > 599))
        abort();
    s = str_take(s, utf8_valid_prefix(s.p, s.n));
    m.text = str_cut(s, '\n', &m.subject);
    if (!mail_write(&a, &m, &out, &e))
        abort();
    while (out.n) {
        const ptrdiff_t end = str_find(out, STR("\r\n"));

        if (end < 0)
            abort();
        check_line(str_take(out, (size_t)end));
        out = str_skip(out, (size_t)end + 2);
    }
    m.to = str_take(s, 300);
    if (mail_write(&a, &m, &out, &e) != mail_address_fits(m.to))
        abort();
    return 0;
}
