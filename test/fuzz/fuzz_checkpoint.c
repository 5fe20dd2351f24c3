/* A file that somebody says is a signed checkpoint: each note in it is read, or refused with a
 * sentence and its line; a key that was read is written as it was. */
#include <stdlib.h>

#include "base/sign.h"
#include "base/utf8.h"
#include "fuzz.h"

static void check_key(str line)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct verifier v;
    struct buf b;
    struct err e;

    if (!verifier_read(line, &v, &e))
        return;
    buf_init(&b, &mem, 256, 4096);
    verifier_put(&b, &v);
    if (!str_eq(buf_str(&b), line))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct verifier NOBODY = { .name = STR_INIT("nobody") };
    str rest = { (const char *)data, size };
    struct signed_checkpoint n;
    struct err e = { 0 };

    if (utf8_valid_prefix(rest.p, rest.n) != rest.n)
        return 0; /* the file's first door refuses it */
    check_key(rest);
    while (rest.n) {
        const size_t before = rest.n;

        if (!checkpoint_read(&rest, &n, &e)) {
            if (e.code != ERR_INPUT || !e.text[0] || !e.row)
                abort();
            return 0;
        }
        if (rest.n >= before || checkpoint_check(&n, &NOBODY) == SIGNATURE_GOOD)
            abort();
    }
    return 0;
}
