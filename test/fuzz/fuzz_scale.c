/* A city's scale from outside: refused with a sentence, or it has levels that fall, the last
 * without a threshold. */
#include "fuzz.h"

#include <stdlib.h>

#include "model/scale.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct scale s;
    struct err e = { 0 };

    if (!scale_read(&mem, (str){ (const char *)data, size }, &s, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    if (s.level_count < 2 || s.level_count > SCALE_LEVELS_MAX || !s.id.n)
        abort();
    for (uint32_t k = 0; k + 2 < s.level_count; k++)
        if (dec_cmp(s.levels[k].at_least, s.levels[k + 1].at_least) <= 0)
            abort();
    return 0;
}
