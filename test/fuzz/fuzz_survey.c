/* A survey definition from outside: refused with a sentence, or it is read again from what is
 * written of it, and gives the same bytes. */
#include "fuzz.h"

#include <stdlib.h>

#include "model/survey.h"

static str bytes_of(struct arena *a, const struct survey *s)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, survey_value(a, s));
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct survey s, back;
    struct value *v;
    struct err e = { 0 };
    str first;

    if (!survey_read(&mem, (str){ (const char *)data, size }, &s, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    first = bytes_of(&mem, &s);
    if (!json_read_canonical(&mem, first, &v, &e) || !survey_from_value(&mem, v, &back, &e)
        || !str_eq(first, bytes_of(&mem, &back)))
        abort();
    return 0;
}
