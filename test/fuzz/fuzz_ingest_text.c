/* A published plan as text: never a crash, every place inside the text, no year left unsettled.
 */
#include "fuzz.h"
#include "ingest_plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_document(data, size);
    return 0;
}
