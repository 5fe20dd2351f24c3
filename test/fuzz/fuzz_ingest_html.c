/* The same as HTML: whatever the bytes are, they come inside a page, so that libxml2 sees them.
 */
#include "fuzz.h"
#include "ingest_plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf page;

    buf_init(&page, &mem, size + 32, size + 32);
    buf_put_c(&page, "<html>");
    buf_put(&page, (str){ (const char *)data, size });
    check_document((const uint8_t *)page.p, page.n);
    return 0;
}
