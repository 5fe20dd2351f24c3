/* Texts cut into runs, some of them marked: the words of a query in what the search found, and
 * what differs between two versions of a text. Text is cut at characters, because Japanese
 * has no blanks between words. */
#include "web/parts.h"
#include "web/text_diff.h"

#include "base/banned.h"

enum { QUERY_WORDS_MAX = 16 };

/* Grows a list of {text, is_marked}; neighbours of one kind become one run. */
struct runs {
    const struct req *r;
    struct value *list;
    str whole;
    size_t from; /* where the run that grows begins */
    bool is_marked;
};

static void runs_flush(struct runs *s, size_t to)
{
    struct value *run;

    if (to <= s->from)
        return;
    run = value_add_map(s->r->mem, s->list);
    value_put_text(s->r->mem, run, "text", str_take(str_skip(s->whole, s->from), to - s->from));
    value_put_bool(s->r->mem, run, "is_marked", s->is_marked);
    s->from = to;
}

/* The text is marked (or not) from offset `at` on. */
static void runs_turn(struct runs *s, size_t at, bool is_marked)
{
    if (is_marked == s->is_marked)
        return;
    runs_flush(s, at);
    s->is_marked = is_marked;
}

/* ---- words of a query ---- */

/* A text as the search compares it, with the way back: the byte folded.p[i] comes from the
 * character at text.p[origin[i]]. origin has one entry more, the end. */
struct folded {
    str text;
    uint32_t *origin;
};

/* Length of the first character with the marks that belong to it: half-width katakana carry
 * theirs behind them (ｶﾞ), and folding joins the two. */
static size_t cluster_len(str s)
{
    size_t len, more;

    utf8_first(s, &len);
    while (len < s.n) {
        uint32_t c = utf8_first(str_skip(s, len), &more);

        if (c != 0xFF9E && c != 0xFF9F && c != 0x3099 && c != 0x309A
            && !(c >= 0x300 && c < 0x370))
            break;
        len += more;
    }
    return len;
}

static struct folded fold_with_origin(struct arena *a, str s)
{
    struct folded out;
    struct buf b;
    size_t room = 4 * s.n + 64; /* one character can fold to several: ㍿ to 株式会社 */

    buf_init(&b, a, s.n + 16, room);
    out.origin = NEW(a, uint32_t, room + 1);
    for (size_t at = 0; at < s.n;) {
        size_t len = cluster_len(str_skip(s, at)), before = b.n;

        buf_put(&b, text_fold(a, str_take(str_skip(s, at), len)));
        for (size_t i = before; i < b.n; i++)
            out.origin[i] = (uint32_t)at;
        at += len;
    }
    out.origin[b.n] = (uint32_t)s.n;
    out.text = buf_str(&b);
    return out;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000;
}

/* The words of a query, folded. */
static size_t words_read(struct arena *a, str query, str *words)
{
    size_t n = 0, len;

    query = str_trim(query);
    while (query.n && n < QUERY_WORDS_MAX) {
        size_t end = 0;

        while (end < query.n && !is_blank(utf8_first(str_skip(query, end), &len)))
            end += len;
        words[n] = text_fold(a, str_take(query, end));
        n += words[n].n > 0;
        query = str_trim(str_skip(query, end));
    }
    return n;
}

/* Length of the longest word that stands at the start of s, 0 for none. */
static size_t word_at(str s, const str *words, size_t n)
{
    size_t best = 0;

    for (size_t i = 0; i < n; i++) {
        if (words[i].n > best && str_starts(s, words[i]))
            best = words[i].n;
    }
    return best;
}

/* Byte offset `count` characters before (or after) `at`. */
static size_t step_back(str s, size_t at, size_t count)
{
    while (at > 0 && count--) {
        do
            at--;
        while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80);
    }
    return at;
}

static size_t step_on(str s, size_t at, size_t count)
{
    return at + utf8_take(str_skip(s, at), count).n;
}

/* Cuts the text down to the surroundings of its first hit. */
static str excerpt(const struct req *r, str text, const struct folded *f, const str *words,
                   size_t n, size_t room)
{
    size_t hit = 0, from, to;

    while (hit < f->text.n && !word_at(str_skip(f->text, hit), words, n))
        hit++;
    hit = hit < f->text.n ? f->origin[hit] : 0;
    if (utf8_count(text) <= room)
        return text;
    from = step_back(text, hit, room / 3);
    to = step_on(text, from, room);
    return str_fmt(r->mem, "%s%.*s%s", from ? "…" : "",
                   STR_ARG(str_take(str_skip(text, from), to - from)), to < text.n ? "…" : "");
}

void part_put_marked(const struct req *r, struct value *map, const char *key, str text,
                     str query, size_t room)
{
    struct runs s = { .r = r, .list = value_put_list(r->mem, map, key) };
    str words[QUERY_WORDS_MAX];
    size_t n = words_read(r->mem, query, words), marked_to = 0;
    struct folded f = fold_with_origin(r->mem, text);

    s.whole = text;
    if (room) {
        s.whole = excerpt(r, text, &f, words, n, room);
        f = fold_with_origin(r->mem, s.whole);
    }
    for (size_t i = 0; i < f.text.n; i++) {
        size_t len = word_at(str_skip(f.text, i), words, n);

        if (i + len > marked_to && len)
            marked_to = i + len;
        if (i == 0 || f.origin[i] != f.origin[i - 1])
            runs_turn(&s, f.origin[i], i < marked_to);
    }
    if (marked_to < f.text.n)
        runs_turn(&s, f.origin[marked_to], false);
    runs_flush(&s, s.whole.n);
}

/* ---- two versions of a text ---- */

static void put_side(const struct req *r, struct value *map, const char *key,
                     const struct marked_text *m)
{
    struct runs s = { .r = r, .list = value_put_list(r->mem, map, key), .whole = m->text };

    for (uint32_t i = 0; i < m->n; i++)
        runs_turn(&s, m->at[i], m->is_marked[i]);
    runs_flush(&s, m->text.n);
}

void part_put_diff(const struct req *r, struct value *map, const char *key_before, str before,
                   const char *key_after, str after)
{
    struct marked_text x, y;

    text_diff(r->mem, before, after, &x, &y);
    if (key_before)
        put_side(r, map, key_before, &x);
    if (key_after)
        put_side(r, map, key_after, &y);
}
