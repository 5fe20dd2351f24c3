/* A form definition from outside: it is refused with a sentence, or a document can be read by
 * it. */
#include "fuzz.h"
#include "ingest_plan.h"

#define SHEET                                                                                 \
    "令和6年度 みなも区運営方針\n取組項目1\n【題】\n(目標) ・参加率【6年度】40% (5年度35%)\n" \
    "(取組の内容) ①広報 ・講座(2回)\n自己評価\t(取組実績) ・講座(1回)\t○ ○:目標達成 "         \
    "×:目標未達成\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct form form;
    struct plan plan;
    struct err e = { 0 };
    str text;

    if (!form_read(&mem, (str){ (const char *)data, size }, &form, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    if (ingest_document(&mem, &form,
                        &(struct document_source){ STR("sheet"), STR(SHEET), { { 0 }, 0 } },
                        &plan, &text, &e))
        check_plan(text, &plan);
    return 0;
}
