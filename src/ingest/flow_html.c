/* An HTML file into the flow. */
#include "ingest/inner.h"

#include "base/banned.h"

bool flow_is_html(str source)
{
    (void)source;
    return false;
}

bool flow_read_html(struct arena *a, str name, str source, struct flow *out, struct err *e)
{
    (void)a, (void)source, (void)out;
    return err_set(e, ERR_INPUT, "%.*s: HTML", STR_ARG(name));
}
