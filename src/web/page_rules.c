/* The rules of the audit in the user's words: what each looks at, an example, and when a
 * finding may stay. */
#include "audit/audit.h"
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

bool page_rules(struct req *r, struct value *page, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "rules");
    size_t n;
    const struct audit_rule_info *rules = audit_rules(&n);

    (void)e; /* nothing is asked that could fail */
    for (size_t k = 0; k < n; k++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_text(r->mem, row, "id", rules[k].id);
        value_put_text(r->mem, row, "severity", severity_word(rules[k].severity));
        value_put_text(r->mem, row, "title", rules[k].title[r->lang]);
        value_put_text(r->mem, row, "explain", rules[k].explain[r->lang]);
        value_put_text(r->mem, row, "example", rules[k].example[r->lang]);
        value_put_text(r->mem, row, "silence", rules[k].silence[r->lang]);
        value_put_bool(r->mem, row, "needs_previous", rules[k].needs_previous);
    }
    value_put_text(r->mem, page, "audit_version", audit_version());
    return true;
}
