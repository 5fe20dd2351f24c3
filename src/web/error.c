/* Error pages: the same shape as any other page, in the reader's language, with what to do. */
#include "web/app.h"

#include <string.h>

#include "base/banned.h"

static str status_text(const struct req *r, int status)
{
    return str_fmt(r->mem, "%d", status);
}

static str title(const struct req *r, int status)
{
    const char *key = str_c(r->mem, str_fmt(r->mem, "error_title.%d", status));

    return req_message(r, key, NULL);
}

void error_put(const struct req *r, struct value *page, int status, const struct err *e)
{
    value_put_text(r->mem, page, "status", status_text(r, status));
    value_put_text_or_null(r->mem, page, "detail", e ? str_from(e->text) : (str){ 0 });
    value_put_text(r->mem, page, "request", r->id);
    page_title(r, page, title(r, status));
}

void error_problem_put(struct buf *out, const struct req *r, int status, const struct err *e)
{
    struct value *problem = value_map(r->mem);

    value_put_text(r->mem, problem, "type", STR("about:blank"));
    value_put_text(r->mem, problem, "title", title(r, status));
    value_put_int(r->mem, problem, "status", status);
    if (e && *e->text)
        value_put_text(r->mem, problem, "detail", str_from(e->text));
    value_put_text(r->mem, problem, "instance", r->target.path);
    value_put_text(r->mem, problem, "request", r->id);
    json_put(out, problem);
}
