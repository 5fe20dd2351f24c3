/* What handlers ask of a request, and the addresses they make. */
#include "web/app.h"
#include "web/route.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/banned.h"
#include "base/format.h"

/* ---- what was asked ---- */

str req_param(const struct req *r, const char *name)
{
    int number = route_param(r->route, name);

    assert(number >= 0);
    return r->params[number];
}

int req_int(const struct req *r, const char *name)
{
    str s = req_param(r, name);
    int n = 0;

    for (size_t i = 0; i < s.n; i++) /* digits, as many as the router lets pass */
        n = n * 10 + (s.p[i] - '0');
    return n;
}

struct hash req_hash(const struct req *r, const char *name)
{
    struct hash h = { { 0 } };
    bool fine = hash_parse(req_param(r, name), &h);

    assert(fine);
    (void)fine;
    return h;
}

str req_query(const struct req *r, const char *name)
{
    return target_param(&r->target, name);
}

struct page_of req_page_of(const struct req *r, uint32_t rows_on_a_page)
{
    enum { PAGES_MAX = 100000 };
    dec page;

    if (!dec_parse(req_query(r, "page"), &page) || page.scale || page.n < 1
        || page.n > PAGES_MAX)
        return (struct page_of){ 0, rows_on_a_page };
    return (struct page_of){ (uint32_t)(page.n - 1) * rows_on_a_page, rows_on_a_page };
}

/* ---- addresses ---- */

static void param_put(struct buf *b, str name, str value)
{
    if (!value.n)
        return;
    buf_put_char(b, str_find_char(buf_str(b), '?') < 0 ? '?' : '&');
    target_encode(b, name);
    buf_put_char(b, '=');
    target_encode(b, value);
}

/* The language is carried along only when the reader chose it: otherwise each reader of a link
 * gets their own. */
static void kept_put(struct buf *b, const struct req *r)
{
    param_put(b, STR("at"), r->at_day);
    if (r->is_lang_chosen)
        param_put(b, STR("lang"), r->lang == LANG_EN ? STR("en") : STR("ja"));
}

static bool is_address(str s)
{
    static const bool REFUSED[0x80] = {
        ['"'] = true, ['\''] = true, ['<'] = true, ['>'] = true, ['\\'] = true, ['^'] = true,
        ['`'] = true, ['{'] = true,  ['|'] = true, ['}'] = true, ['?'] = true,  ['%'] = true,
    };
    bool is_refused = false;

    for (size_t i = 0; i < s.n; i++) { /* to the end: no branch for each byte */
        const unsigned char c = (unsigned char)s.p[i];

        is_refused |= (c <= ' ') | (c > '~') | REFUSED[c & 0x7F];
    }
    return !is_refused && str_starts(s, STR("/"));
}

str req_url(const struct req *r, const char *format, ...)
{
    char path[1024];
    str all, fragment = { 0 };
    ptrdiff_t hash;
    va_list args;
    struct buf b = { .p = path, .cap = sizeof path, .max = sizeof path };
    size_t n;

    va_start(args, format);
    buf_vfmt(&b, format, args);
    va_end(args);
    n = b.n;
    all = buf_str(&b);
    assert(!b.full && is_address(all));
    hash = str_find_char(all, '#');
    if (hash >= 0) {
        fragment = str_skip(all, (size_t)hash);
        all = str_take(all, (size_t)hash);
    }
    buf_init(&b, r->mem, n + 40, sizeof path + 100);
    buf_put(&b, all);
    kept_put(&b, r);
    buf_put(&b, fragment);
    return buf_str(&b);
}

str url_with(struct arena *a, str url, str name, str value)
{
    ptrdiff_t hash = str_find_char(url, '#');
    str fragment = hash < 0 ? (str){ 0 } : str_skip(url, (size_t)hash);
    size_t room = url.n + (name.n + value.n) * 3 + 2;
    struct buf b;

    if (!value.n)
        return url;
    buf_init(&b, a, room, room);
    buf_put(&b, str_take(url, url.n - fragment.n));
    param_put(&b, name, value);
    buf_put(&b, fragment);
    return buf_str(&b);
}

str req_url_with(const struct req *r, str url, const char *name, str value)
{
    return url_with(r->mem, url, str_from(name), value);
}

str req_static(const struct req *r, const char *name)
{
    const struct asset *asset = asset_find(r->assets, str_from(name));

    return asset ? asset->url : (str){ 0 };
}

str req_message(const struct req *r, const char *key, const struct value *tree)
{
    return render_message_from(r->mem, r->assets->templates, str_from(key), tree, r->lang);
}
