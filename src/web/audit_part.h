/* The audit of a plan with the evidence that the store holds behind it. */
#ifndef MEGURI_WEB_AUDIT_PART_H
#define MEGURI_WEB_AUDIT_PART_H

#include "audit/audit.h"
#include "web/page.h"

MUST bool evidence_audit(struct req *r, const struct audit_input *in, struct findings *out,
                         struct err *e);

#endif
