/* A stored document, the very bytes that came in. It is handed out for saving and never shown
 * as a page: what somebody else wrote must not run here. */
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

bool file_blob(struct req *r, struct file *out, struct err *e)
{
    str name;

    if (!store_blob(r->db, r->mem, req_hash(r, "hash"), &out->bytes, &name, e))
        return false;
    out->type = STR("application/octet-stream");
    out->name = part_file_name(name);
    out->is_immutable = true;
    return true;
}
