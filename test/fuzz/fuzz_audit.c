/* A document through reading, linking and the audit: what must hold of every finding, whatever
 * the bytes are. The document stands beside itself as last year's, so that those rules run too.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "ingest/ingest.h"

static void check_pairs(const struct initiative *in)
{
    for (uint32_t i = 0; i < in->planned_count; i++) {
        const int32_t other = in->planned[i].other;

        assert((other < 0) == (in->planned[i].pairing == PAIR_NONE));
        assert(other < 0
               || ((uint32_t)other < in->reported_count
                   && in->reported[other].other == (int32_t)i));
    }
    for (uint32_t j = 0; j < in->result_count; j++)
        assert(in->results[j].indicator < (int32_t)in->indicator_count);
}

static void check_findings(const struct findings *f, str text)
{
    for (uint32_t i = 0; i < f->count; i++) {
        const struct finding *x = &f->items[i];

        assert(x->at.off <= text.n);
        assert(i == 0 || x[-1].at.line <= x->at.line);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const str m = x->message[lang];

            assert(m.n > 0 && utf8_valid_prefix(m.p, m.n) == m.n);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct form form;
    struct plan plan;
    struct findings findings;
    struct err e;
    str text;

    if (!form_read(&a, form_preset(form_preset_id(0)), &form, &e))
        abort();
    if (!ingest_document(&a, &form,
                         &(struct document_source){
                             STR("document"), { (const char *)data, size }, { { 0 }, 0 } },
                         &plan, &text, &e))
        return 0;
    audit_link(&a, &plan);
    for (uint32_t k = 0; k < plan.initiative_count; k++)
        check_pairs(&plan.initiatives[k]);
    audit_plan(&a, &(struct audit_input){ .plan = &plan, .previous = &plan }, &findings);
    check_findings(&findings, text);
    return 0;
}
