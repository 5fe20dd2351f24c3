/* Atom 1.0 (RFC 4287). */
#include "render/feed.h"

#include "render/escape.h"

#include "base/banned.h"

/* Text for XML 1.0: as for HTML, and without the two non-characters that it forbids. */
static void put_escaped(struct buf *out, str s)
{
    const str refused[2] = { STR("\xEF\xBF\xBE"), STR("\xEF\xBF\xBF") };

    while (s.n) {
        const ptrdiff_t a = str_find(s, refused[0]), b = str_find(s, refused[1]);
        const ptrdiff_t at = a < 0 || (b >= 0 && b < a) ? b : a;

        if (at < 0) {
            escape_html(out, s);
            return;
        }
        escape_html(out, str_take(s, (size_t)at));
        buf_put(out, STR("\uFFFD"));
        s = str_skip(s, (size_t)at + refused[0].n);
    }
}

static void put_text(struct buf *out, const char *name, str s)
{
    if (!s.n)
        return;
    buf_fmt(out, "<%s>", name);
    put_escaped(out, s);
    buf_fmt(out, "</%s>\n", name);
}

static void put_link(struct buf *out, const char *rel, str type, str url)
{
    buf_fmt(out, "<link rel=\"%s\" type=\"%.*s\" href=\"", rel, STR_ARG(type));
    put_escaped(out, url);
    buf_put(out, STR("\"/>\n"));
}

/* urn:uuid: the first 122 free bits are those of SHA-256 over the text; 8 in the place of the
 * version says that they are somebody's own choice (RFC 9562, 5.8). */
static void put_id(struct buf *out, str id)
{
    struct hash h = hash_bytes(id);

    h.b[6] = (uint8_t)((h.b[6] & 0x0F) | 0x80);
    h.b[8] = (uint8_t)((h.b[8] & 0x3F) | 0x80);
    buf_put(out, STR("<id>urn:uuid:"));
    for (int i = 0; i < 16; i++)
        buf_fmt(out, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", h.b[i]);
    buf_put(out, STR("</id>\n"));
}

static void put_time(struct buf *out, const char *name, int64_t ms)
{
    buf_fmt(out, "<%s>", name);
    instant_put(out, ms);
    buf_fmt(out, "</%s>\n", name);
}

static void put_entry(struct buf *out, const struct feed_entry *e)
{
    buf_put(out, STR("<entry>\n"));
    put_id(out, e->id);
    put_text(out, "title", e->title.n ? e->title : STR("-"));
    put_link(out, "alternate", STR("text/html"), e->url);
    put_time(out, "published", e->published_ms);
    put_time(out, "updated", e->updated_ms);
    if (e->category.n) {
        buf_put(out, STR("<category term=\""));
        put_escaped(out, e->category);
        buf_put(out, STR("\"/>\n"));
    }
    put_text(out, "summary", e->summary);
    buf_put(out, STR("</entry>\n"));
}

void render_feed(struct buf *out, const struct feed *f)
{
    int64_t updated = f->count ? 0 : f->updated_ms;

    for (uint32_t k = 0; k < f->count; k++)
        updated = f->entries[k].updated_ms > updated ? f->entries[k].updated_ms : updated;
    buf_put(out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                     "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""));
    put_escaped(out, f->lang);
    buf_put(out, STR("\">\n"));
    put_id(out, f->id);
    put_text(out, "title", f->title);
    put_text(out, "subtitle", f->subtitle);
    put_link(out, "self", STR("application/atom+xml"), f->url);
    put_link(out, "alternate", STR("text/html"), f->page_url);
    put_time(out, "updated", updated);
    put_text(out, "rights", f->rights);
    buf_put(out, STR("<author>"));
    put_text(out, "name", f->author);
    buf_put(out, STR("</author>\n<generator>meguri</generator>\n"));
    for (uint32_t k = 0; k < f->count; k++)
        put_entry(out, &f->entries[k]);
    buf_put(out, STR("</feed>\n"));
}
