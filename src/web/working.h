/* A sheet as its section writes it, on its way into pages: loaded with the state of its year,
 * judged on the fly, with who may do what. Shared by the pages under /w/. */
#ifndef MEGURI_WEB_WORKING_H
#define MEGURI_WEB_WORKING_H

#include "audit/audit.h"
#include "model/blanks.h"
#include "web/page.h"

struct working {
    struct req *r;
    struct work_ref ref;
    struct organisation ward;
    struct cycle cycle;
    struct sheet_copy sheet;
    struct form form;
    struct cycle_asker who;
    struct plan plan; /* of this sheet alone, linked; after working_audit */
    struct findings findings;
    struct answer_rows answers;
};

/* The sheet that the address names. ERR_NOT_FOUND. */
MUST bool working_load(struct req *r, struct working *w, struct err *e);
/* Links and judges it, with last year's where it came from; loads the answers. */
MUST bool working_audit(struct working *w, struct err *e);
/* Links and judges one version of it, as it would be saved. */
void working_link(struct working *w, struct initiative *i);

/* What stands for a step of it. */
struct cycle_now working_now(const struct working *w, enum step s);
/* May the reader write the step? *why is the sentence that says no. */
bool working_may_edit(const struct working *w, enum step s, str *why);

/* Title, way from the top, organisation, year. */
void working_put(const struct working *w, struct value *page, const char *title_key);
/* /w/minamo/2024/3 and below: "" or "/plan". */
str working_url(const struct working *w, const char *below);
/* The name of an account for colleagues; "(削除された利用者)" when it is gone. */
str working_name(const struct req *r, str account);
/* Who writes now, with the strongest duty of `duties` they hold; role "" when none. */
struct actor working_actor(const struct working *w, unsigned duties);

#endif
