/* Files that the program carries or makes up itself. */
#include "web/app.h"
#include "web/pages.h"

#include "base/banned.h"

static bool asset_serve(const struct req *r, str name, struct file *out, struct err *e)
{
    const struct asset *asset = asset_find(r->assets, name);

    if (!asset)
        return err_set(e, ERR_NOT_FOUND, "ファイル %.*s はありません。", STR_ARG(name));
    out->type = asset->type;
    out->bytes = asset->bytes;
    return true;
}

/* The hash in the address must be that of the bytes: an address then never means two things. */
bool file_static(struct req *r, struct file *out, struct err *e)
{
    if (!asset_serve(r, req_param(r, "name"), out, e))
        return false;
    if (!str_eq(r->target.path, asset_find(r->assets, req_param(r, "name"))->url))
        return err_set(e, ERR_NOT_FOUND,
                       "このファイルは新しくなりました。元のページを読み込み直してください。");
    out->is_immutable = true;
    return true;
}

bool file_icon(struct req *r, struct file *out, struct err *e)
{
    return asset_serve(r, STR("icon.svg"), out, e);
}

/* Nothing here is secret; search results would only repeat themselves. */
bool file_robots(struct req *r, struct file *out, struct err *e)
{
    (void)r;
    (void)e;
    out->type = STR("text/plain; charset=utf-8");
    out->bytes = STR("User-agent: *\nDisallow: /search\nDisallow: /sign-in\n");
    return true;
}

/* That the data answers has been seen by the dispatcher, which asks it for its generation. */
bool file_healthz(struct req *r, struct file *out, struct err *e)
{
    (void)r;
    (void)e;
    out->type = STR("text/plain; charset=utf-8");
    out->bytes = STR("ok\n");
    return true;
}
