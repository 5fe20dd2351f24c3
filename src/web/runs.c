/* Texts cut into runs, some of them marked: the words of a query in what the search found, and
 * what differs between two versions of a text. Text is cut at characters, because Japanese
 * has no blanks between words. */
#include "web/parts.h"

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

/* A text as letters: at[i] is the offset of letter i, at[n] the end. A number or a Latin word
 * counts as one letter, so that 12 and 13 differ as a whole. mate[i] is 1 + the letter of the
 * other text that it stands for, 0 = it is in this text only. */
struct letters {
    str text;
    uint32_t *at, *mate;
    uint32_t n;
};

static bool is_of_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || c == '.';
}

static size_t letter_len(str s)
{
    size_t len = 0;

    while (len < s.n && is_of_word(s.p[len]))
        len++;
    if (!len)
        utf8_first(s, &len);
    return len;
}

static struct letters letters_of(struct arena *a, str s)
{
    struct letters l = { .text = s, .at = NEW(a, uint32_t, s.n + 1) };

    for (size_t i = 0; i < s.n; i += letter_len(str_skip(s, i)))
        l.at[l.n++] = (uint32_t)i;
    l.at[l.n] = (uint32_t)s.n;
    l.mate = NEW(a, uint32_t, l.n + 1);
    return l;
}

static bool letter_same(const struct letters *x, uint32_t i, const struct letters *y,
                        uint32_t k)
{
    return str_eq(str_take(str_skip(x->text, x->at[i]), x->at[i + 1] - x->at[i]),
                  str_take(str_skip(y->text, y->at[k]), y->at[k + 1] - y->at[k]));
}

static void letters_join(struct letters *x, uint32_t i, struct letters *y, uint32_t k)
{
    x->mate[i] = k + 1;
    y->mate[k] = i + 1;
}

/* The part of two texts that lies between their common start and their common end. */
struct middle {
    uint32_t start, end_x, end_y;
};

static struct middle ends_join(struct letters *x, struct letters *y)
{
    struct middle m = { 0, x->n, y->n };

    while (m.start < x->n && m.start < y->n && letter_same(x, m.start, y, m.start)) {
        letters_join(x, m.start, y, m.start);
        m.start++;
    }
    while (m.end_x > m.start && m.end_y > m.start
           && letter_same(x, m.end_x - 1, y, m.end_y - 1)) {
        m.end_x--;
        m.end_y--;
        letters_join(x, m.end_x, y, m.end_y);
    }
    return m;
}

/* Joins the letters that stand in both middles, by their longest common subsequence. */
static void middle_join(struct arena *a, struct letters *x, struct letters *y,
                        const struct middle *m)
{
    uint32_t rows = m->end_x - m->start, cols = m->end_y - m->start, i, k;
    size_t width = (size_t)cols + 1;
    uint16_t *best; /* best[i * width + k]: length of it from row i and column k on */

    if (!rows || !cols || (uint64_t)rows * cols > DIFF_CELLS_MAX || rows > UINT16_MAX)
        return;
    best = NEW(a, uint16_t, (rows + 1) * width);
    for (i = rows; i-- > 0;) {
        for (k = cols; k-- > 0;) {
            uint16_t *at = best + i * width + k;

            if (letter_same(x, m->start + i, y, m->start + k))
                at[0] = (uint16_t)(at[width + 1] + 1);
            else
                at[0] = at[width] > at[1] ? at[width] : at[1];
        }
    }
    for (i = k = 0; i < rows && k < cols;) {
        const uint16_t *at = best + i * width + k;

        if (letter_same(x, m->start + i, y, m->start + k))
            letters_join(x, m->start + i++, y, m->start + k++);
        else if (at[width] >= at[1])
            i++;
        else
            k++;
    }
}

/* A single letter that happens to stand in both between two changes only unsettles the eye. */
static void islands_part(struct letters *x, struct letters *y)
{
    for (uint32_t i = 1; i + 1 < x->n; i++) {
        if (x->mate[i] && !x->mate[i - 1] && !x->mate[i + 1]) {
            y->mate[x->mate[i] - 1] = 0;
            x->mate[i] = 0;
        }
    }
}

static void put_side(const struct req *r, struct value *map, const char *key,
                     const struct letters *l)
{
    struct runs s = { .r = r, .list = value_put_list(r->mem, map, key), .whole = l->text };

    for (uint32_t i = 0; i < l->n; i++)
        runs_turn(&s, l->at[i], !l->mate[i]);
    runs_flush(&s, l->text.n);
}

void part_put_diff(const struct req *r, struct value *map, const char *key_before, str before,
                   const char *key_after, str after)
{
    struct letters x = letters_of(r->mem, before), y = letters_of(r->mem, after);
    struct middle m = ends_join(&x, &y);

    middle_join(r->mem, &x, &y, &m);
    islands_part(&x, &y);
    islands_part(&y, &x);
    if (key_before)
        put_side(r, map, key_before, &x);
    if (key_after)
        put_side(r, map, key_after, &y);
}
