/* The strict zip reader. A zip file has two tables of contents, the headers before each entry
 * and the directory at its end; readers that believe different ones can be shown different
 * files. Here both must say the same, and the entries must fill the file without a gap:
 *
 *   [header name extra | packed bytes | descriptor?]...  [directory]  [end of directory]
 *   0                                                                                  n
 */
#include "ingest/book_inner.h"

#include <zlib.h>

#include "base/banned.h"

enum {
    LOCAL_HEAD = 30,
    CENTRAL_HEAD = 46,
    END_HEAD = 22,
    MARK_LOCAL = 0x04034B50,
    MARK_CENTRAL = 0x02014B50,
    MARK_END = 0x06054B50,
    MARK_DESCRIPTOR = 0x08074B50,
    FLAG_ENCRYPTED = 0x0001,
    FLAG_DESCRIPTOR = 0x0008,
    FLAG_PATCH = 0x0020,
    FLAG_STRONG = 0x0040,
    FLAG_MASKED = 0x2000,
};

static uint16_t u16(str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;

    return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t u32(str s, size_t at)
{
    return u16(s, at) | (uint32_t)u16(s, at + 2) << 16;
}

static uint64_t u64(str s, size_t at)
{
    return u32(s, at) | (uint64_t)u32(s, at + 4) << 32;
}

static bool broken(struct err *e, const char *what)
{
    return err_set(e, ERR_INPUT,
                   "ブックの中身(ZIP)を安全に読めません: %s。表計算ソフトで開いて、xlsx として"
                   "保存し直してください。",
                   what);
}

/* ---- the end, and where the directory is ---- */

struct directory {
    size_t at, size;
    uint32_t count;
};

static bool end_find(str bytes, struct directory *out, struct err *e)
{
    const size_t most = UINT16_MAX; /* of a comment */
    size_t at;

    if (bytes.n < END_HEAD)
        return broken(e, "途中で切れています");
    for (at = bytes.n - END_HEAD;; at--) {
        if (u32(bytes, at) == MARK_END && u16(bytes, at + 20) == bytes.n - END_HEAD - at)
            break;
        if (!at || bytes.n - END_HEAD - at == most)
            return broken(e, "終わりの印がないか、終わりのあとに余分なデータがあります");
    }
    if (u16(bytes, at + 4) || u16(bytes, at + 6) || u16(bytes, at + 8) != u16(bytes, at + 10))
        return broken(e, "複数のファイルに分割されています");
    *out = (struct directory){ u32(bytes, at + 16), u32(bytes, at + 12), u16(bytes, at + 10) };
    if (out->size > at || out->at != at - out->size)
        return broken(e, "前か途中に余分なデータがあるか、目次の位置が違います");
    if (out->count > LIMIT_ZIP_ENTRIES)
        return broken(e, "中のファイルが多すぎます(2,000個まで)");
    return true;
}

/* ---- names ---- */

static bool name_check(str name, struct err *e)
{
    str rest = name;

    if (!name.n || name.p[0] == '/' || str_find_char(name, '\\') >= 0
        || str_find_char(name, ':') >= 0 || str_find_char(name, '\0') >= 0
        || utf8_valid_prefix(name.p, name.n) != name.n)
        return broken(e, "中のファイルの名前が絶対パスか、使えない文字を含みます");
    while (rest.n) {
        str part;

        rest = str_cut(rest, '/', &part);
        if (str_eq(part, STR("..")) || str_eq(part, STR(".")))
            return broken(e, "中のファイルの名前が別の場所を指しています(..)");
    }
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int name_cmp(str a, str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return (unsigned char)lower(a.p[i]) < (unsigned char)lower(b.p[i]) ? -1 : 1;
    return a.n < b.n ? -1 : a.n > b.n;
}

static int by_name(const void *x, const void *y)
{
    const struct zip_entry *const *a = x, *const *b = y;

    return name_cmp((*a)->name, (*b)->name);
}

static bool names_differ(const struct zip *z, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct zip_entry **sorted = NEW(&mem, const struct zip_entry *, z->count);

    for (uint32_t i = 0; i < z->count; i++)
        sorted[i] = &z->entries[i];
    qsort(sorted, z->count, sizeof(struct zip_entry *), by_name);
    for (uint32_t i = 1; i < z->count; i++)
        if (name_cmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            return broken(e, "同じ名前のファイルが2つあります");
    return true;
}

const struct zip_entry *zip_find(const struct zip *z, str name)
{
    for (uint32_t i = 0; i < z->count; i++)
        if (name_cmp(z->entries[i].name, name) == 0)
            return &z->entries[i];
    return NULL;
}

/* ---- one entry ---- */

/* What a header says of an entry, the directory's or its own. */
struct said {
    uint16_t flags, method;
    uint32_t crc;
    uint64_t packed, size, local;
    str name;
};

/* Lengths that stand in the extra field (APPNOTE 4.5.3, zip64): size, packed, place, those that
 * the header gives as all ones. */
static bool extra_take(str extra, struct said *s, struct err *e)
{
    uint64_t *const fields[] = { &s->size, &s->packed, &s->local };

    while (extra.n >= 4) {
        const uint16_t id = u16(extra, 0);
        const size_t n = u16(extra, 2);
        str body = str_take(str_skip(extra, 4), n);

        if (n > extra.n - 4)
            return broken(e, "見出しの追加欄が壊れています");
        for (int i = 0; id == 1 && i < 3; i++) {
            if (*fields[i] != UINT32_MAX || body.n < 8)
                continue;
            *fields[i] = u64(body, 0);
            body = str_skip(body, 8);
        }
        extra = str_skip(extra, 4 + n);
    }
    return true;
}

/* `at` is where crc, packed and size stand; the name and the extra field follow the head. */
static bool said_take(str bytes, size_t at, size_t head, struct said *out, struct err *e)
{
    const bool is_central = head == CENTRAL_HEAD;
    const size_t base = is_central ? at + 2 : at;
    const size_t name = u16(bytes, base + 26), extra = u16(bytes, base + 28);

    if (at + head + name + extra > bytes.n)
        return broken(e, "途中で切れています");
    out->flags = u16(bytes, base + 6);
    out->method = u16(bytes, base + 8);
    out->crc = u32(bytes, base + 14);
    out->packed = u32(bytes, base + 18);
    out->size = u32(bytes, base + 22);
    out->local = is_central ? u32(bytes, at + 42) : 0;
    out->name = (str){ bytes.p + at + head, name };
    return extra_take((str){ bytes.p + at + head + name, extra }, out, e);
}

static bool entry_check(const struct said *s, struct err *e)
{
    if (s->flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED))
        return broken(e, "パスワードで保護されています。保護を外してください");
    if ((s->method != 0 && s->method != 8) || s->flags & FLAG_PATCH)
        return broken(e, "知らない圧縮方式です");
    if (s->size > LIMIT_ZIP_BYTES || s->packed > LIMIT_DOCUMENT_BYTES)
        return broken(e, "展開すると大きすぎます(200 MB まで)");
    if (s->size > s->packed * LIMIT_ZIP_RATIO)
        return broken(e, "圧縮率が高すぎます(100倍まで)");
    return (s->method || s->size == s->packed)
           || broken(e, "圧縮していないのに長さが合いません");
}

/* The entry's own header says what the directory says; with a descriptor it may leave the
 * lengths to it. */
static bool local_agrees(str bytes, const struct said *central, struct zip_entry *out,
                         struct err *e)
{
    struct said s;
    bool leaves;

    if (central->local > bytes.n - LOCAL_HEAD
        || u32(bytes, (size_t)central->local) != MARK_LOCAL)
        return broken(e, "目次が指す場所にファイルがありません");
    if (!said_take(bytes, (size_t)central->local, LOCAL_HEAD, &s, e))
        return false;
    leaves = s.flags & FLAG_DESCRIPTOR && !s.crc && !s.packed && !s.size;
    if (s.flags != central->flags || s.method != central->method
        || !str_eq(s.name, central->name)
        || (!leaves
            && (s.crc != central->crc || s.packed != central->packed
                || s.size != central->size)))
        return broken(e, "目次とファイルの見出しが食い違っています");
    out->data = (size_t)central->local + LOCAL_HEAD + s.name.n
                + u16(bytes, (size_t)central->local + 28);
    out->end = out->data + out->packed;
    return out->end <= bytes.n || broken(e, "途中で切れています");
}

/* One row of the directory; *at goes behind it. */
static bool entry_take(const struct directory *d, str bytes, size_t *at, struct zip_entry *out,
                       struct err *e)
{
    const size_t end = d->at + d->size;
    struct said s;

    if (*at + CENTRAL_HEAD > end || u32(bytes, *at) != MARK_CENTRAL)
        return broken(e, "目次が壊れています");
    if (!said_take((str){ bytes.p, end }, *at, CENTRAL_HEAD, &s, e) || !name_check(s.name, e)
        || !entry_check(&s, e))
        return false;
    *at += CENTRAL_HEAD + s.name.n + (size_t)u16(bytes, *at + 30) + u16(bytes, *at + 32);
    *out = (struct zip_entry){ .name = s.name,
                               .local = (size_t)s.local,
                               .packed = (size_t)s.packed,
                               .size = (size_t)s.size,
                               .crc = s.crc,
                               .is_deflated = s.method == 8,
                               .has_descriptor = (s.flags & FLAG_DESCRIPTOR) != 0 };
    return local_agrees((str){ bytes.p, d->at }, &s, out, e);
}

/* ---- all of them ---- */

static int by_place(const void *x, const void *y)
{
    const struct zip_entry *a = x, *b = y;

    return a->local < b->local ? -1 : a->local > b->local;
}

/* Behind an entry comes the next one, or its descriptor: checksum and lengths of 4 or 8 bytes,
 * with or without a mark. */
static bool is_descriptor(str bytes, const struct zip_entry *x, size_t gap)
{
    const size_t mark = gap % 8 == 0 ? 4 : 0;
    const size_t wide = gap - mark == 20 ? 8 : 4, at = x->end + mark;

    if (!x->has_descriptor || gap < 12 || gap > 24 || gap % 4)
        return false;
    if ((mark && u32(bytes, x->end) != MARK_DESCRIPTOR) || u32(bytes, at) != x->crc)
        return false;
    return wide == 8 ? u64(bytes, at + 4) == x->packed && u64(bytes, at + 12) == x->size
                     : u32(bytes, at + 4) == x->packed && u32(bytes, at + 8) == x->size;
}

static bool entries_fill(const struct zip *z, size_t directory, struct err *e)
{
    size_t at = 0, total = 0;

    for (uint32_t i = 0; i < z->count; i++) {
        const struct zip_entry *x = &z->entries[i];
        const size_t next = i + 1 < z->count ? z->entries[i + 1].local : directory;

        if (x->local != at)
            return broken(e, "前に余分なデータがあります");
        if (x->end > next)
            return broken(e, "中のファイルが重なっています");
        if (x->end != next && !is_descriptor(z->bytes, x, next - x->end))
            return broken(e, "ファイルの間に余分なデータがあります");
        at = next;
        total += x->size;
    }
    if (total > LIMIT_ZIP_BYTES)
        return broken(e, "展開すると大きすぎます(200 MB まで)");
    return at == directory || broken(e, "前に余分なデータがあります");
}

bool zip_open(struct arena *a, str bytes, struct zip *out, struct err *e)
{
    struct zip z = { .bytes = bytes };
    struct directory d = { 0 };
    size_t at;

    if (!end_find(bytes, &d, e))
        return false;
    z.entries = NEW(a, struct zip_entry, d.count);
    at = d.at;
    for (; z.count < d.count; z.count++)
        if (!entry_take(&d, bytes, &at, &z.entries[z.count], e))
            return false;
    if (at != d.at + d.size)
        return broken(e, "目次に余分なデータがあります");
    qsort(z.entries, z.count, sizeof *z.entries, by_place);
    if (!entries_fill(&z, d.at, e) || !names_differ(&z, e))
        return false;
    *out = z;
    return true;
}

/* ---- inflating ---- */

static void inflate_done(z_stream *s)
{
    (void)inflateEnd(s);
}

/* Stored bytes are their own piece. */
static bool read_stored(const struct zip *z, const struct zip_entry *x, zip_sink *sink,
                        void *to, struct err *e)
{
    const str all = { z->bytes.p + x->data, x->size };

    if (crc32(0, (const Bytef *)all.p, (uInt)all.n) != x->crc)
        return broken(e, "検査値が合いません(壊れています)");
    return sink(to, all, true, e);
}

/* Inflates until a piece is full or the entry ends; the directory's length is the most there
 * may be. */
static bool next_piece(z_stream *s, const struct zip_entry *x, bool *is_end, struct err *e)
{
    const int r = inflate(s, Z_NO_FLUSH);

    *is_end = r == Z_STREAM_END;
    if (r != Z_OK && r != Z_STREAM_END)
        return broken(e, "圧縮されたデータが壊れています");
    if (s->total_out > x->size || (*is_end && (s->total_out != x->size || s->avail_in)))
        return broken(e, "展開した長さが目次と合いません");
    return true;
}

bool zip_read(const struct zip *z, const struct zip_entry *x, zip_sink *sink, void *to,
              struct err *e)
{
    enum { PIECE = 64 * 1024 };
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(inflate_done) z_stream s = { 0 };
    char *piece = arena_bytes(&mem, PIECE);
    uLong crc = 0;
    bool is_end = false;

    if (!x->is_deflated)
        return read_stored(z, x, sink, to, e);
    if (inflateInit2(&s, -MAX_WBITS) != Z_OK)
        return err_set(e, ERR_IO, "展開の準備ができません(メモリー不足)。");
    s.next_in = (z_const Bytef *)(uintptr_t)(z->bytes.p + x->data);
    s.avail_in = (uInt)x->packed;
    while (!is_end) {
        str got = { piece, 0 };

        s.next_out = (Bytef *)piece;
        s.avail_out = PIECE;
        if (!next_piece(&s, x, &is_end, e))
            return false;
        got.n = PIECE - s.avail_out;
        crc = crc32(crc, (const Bytef *)got.p, (uInt)got.n);
        if (is_end && crc != x->crc)
            return broken(e, "検査値が合いません(壊れています)");
        if (!is_end && !got.n)
            return broken(e, "途中で切れています");
        if (!sink(to, got, is_end, e))
            return false;
    }
    return true;
}
