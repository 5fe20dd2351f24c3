/* The audit of a plan with what the store holds behind its figures. */
#include "web/audit_part.h"

#include "base/banned.h"

static date day_of(struct arena *a, int64_t at_ms)
{
    struct buf b;
    date d = { 0 };

    buf_init(&b, a, 32, 32);
    instant_put(&b, at_ms);
    return date_parse(str_take(buf_str(&b), 10), &d) ? d : (date){ 0 };
}

bool evidence_audit(struct req *r, const struct audit_input *in, struct findings *out,
                    struct err *e)
{
    struct audit_input with = *in;
    struct plan_behind behind;

    if (!store_plan_behind(r->db, r->mem, in->plan, &behind, e))
        return false;
    audit_behind(r->mem, &behind, day_of(r->mem, r->now_ms), &with);
    audit_plan(r->mem, &with, out);
    return true;
}
