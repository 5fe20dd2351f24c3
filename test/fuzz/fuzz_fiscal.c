/* Fiscal years and days: what is understood is in range and exists, covers part of the text,
 * and does not depend on what was behind it being there; the first byte gives the context. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/utf8.h"

static void check(str s, int context, bool bare)
{
    int year = -1, beyond = -1;
    size_t used = 0, used_beyond = 0;

    if (!fiscal_parse(s, context, bare, &year, &used)) {
        if (year != -1 || used != 0)
            abort();
    } else {
        if (year < FISCAL_MIN || year > FISCAL_MAX || used == 0 || used > s.n)
            abort();
        if (fiscal_parse_beyond(s, context, &beyond, &used_beyond))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str s = { (const char *)data, size };
    date d;
    int64_t ms;
    int context;

    if (size == 0)
        return 0;
    context = data[0] < 100 ? 0 : 1900 + data[0];
    s = str_skip(s, 1);
    s = str_take(s, utf8_valid_prefix(s.p, s.n));
    check(s, context, false);
    check(s, context, true);
    if (date_parse(s, &d) && (d.year < 1868 || d.month < 1 || d.day < 1))
        abort();
    if (date_read(s, context, &d) == DATE_FINE && d.day) {
        const date same = date_from_number(date_number(d));

        if (same.year != d.year || same.month != d.month || same.day != d.day)
            abort(); /* no such day */
    }
    if (instant_parse(s, &ms) && (ms < INSTANT_MIN || ms > INSTANT_MAX))
        abort();
    return 0;
}
