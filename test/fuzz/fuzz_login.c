/* A login that somebody typed, in the names and filters of a directory: it stays one value.
 * What stands round it is there unchanged, and nothing in it has a meaning. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "net/net.h"

/* In a filter every sign that means something is two hexadecimal digits behind a backslash. */
static void check_filter(str value)
{
    for (size_t i = 0; i < value.n; i++) {
        if (strchr("*()", value.p[i]))
            abort();
        if (value.p[i] != '\\')
            continue;
        if (i + 2 >= value.n || !strchr("0123456789abcdef", value.p[i + 1])
            || !strchr("0123456789abcdef", value.p[i + 2]))
            abort();
        i += 2;
    }
}

/* In a name it stands behind a backslash. */
static void check_name(str value)
{
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '\\') {
            if (++i == value.n)
                abort();
        } else if (strchr("\"+,;<>=", value.p[i])) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    str login = { (const char *)data, size }, out;

    login = str_take(login, utf8_valid_prefix(login.p, login.n));
    login = str_take(login, 4096);
    if (directory_fill(&a, "(u={login})", login, ESCAPE_FILTER, &out)) {
        if (!str_starts(out, STR("(u=")) || !str_ends(out, STR(")")))
            abort();
        check_filter((str){ out.p + 3, out.n - 4 });
    }
    if (directory_fill(&a, "u={login},dc=jp", login, ESCAPE_DN, &out)) {
        if (!str_starts(out, STR("u=")) || !str_ends(out, STR(",dc=jp")))
            abort();
        check_name((str){ out.p + 2, out.n - 8 });
    }
    return 0;
}
