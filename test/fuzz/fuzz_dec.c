/* Numbers: what is read is written and read back as the same, sums undo themselves, order is
 * the order of doubles. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/dec.h"
#include "base/utf8.h"

static void check_pair(dec a, dec b)
{
    dec sum, back;

    if (dec_cmp(a, b) != -dec_cmp(b, a))
        abort();
    if (dec_double(a) < dec_double(b) && dec_cmp(a, b) >= 0)
        abort();
    if (dec_add(a, b, &sum) && dec_sub(sum, b, &back) && dec_cmp(back, a) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    str s = { (const char *)data, size };
    dec last = { 0, 0 };

    s = str_take(s, utf8_valid_prefix(s.p, s.n));
    while (s.n) {
        dec v, back;
        size_t used;

        switch (dec_read(s, &v, &used)) {
        case DEC_FINE:
            if (used == 0 || !dec_parse(dec_str(&a, v), &back) || !dec_eq_written(v, back))
                abort();
            check_pair(v, last);
            last = v;
            break;
        case DEC_NONE:
            if (used != 0)
                abort();
            utf8_first(s, &used);
            break;
        case DEC_TWO_POINTS:
        case DEC_SEPARATOR:
        case DEC_MIXED:
        case DEC_LONG:
            if (used == 0)
                abort();
            break;
        }
        if (used > s.n)
            abort();
        s = str_skip(s, used);
    }
    return 0;
}
