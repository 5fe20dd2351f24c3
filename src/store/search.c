/* Search: words into a query of the index, hits into rows, and which of them come first.
 *
 * Counting is exact and cheap; ranking all hits of a frequent word is not (36 ms and more for
 * one of 60,000). So the newest RANKED hits are ranked by how often the words occur in them,
 * and the rest follow newest first: every page of the list is cut from one and the same order.
 */
#include "store/inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum {
    RANKED = 256,
    WORDS_MAX = LIMIT_QUERY_BYTES, /* a word has a byte at least */
};

/* ---- the query ---- */

/* Blanks as text_fold knows them; it takes them out, so they are cut at before folding. */
static size_t blank_at(str s)
{
    static const str WIDE[] = { STR_INIT("\xE3\x80\x80"), STR_INIT("\xC2\xA0") };

    if (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r'))
        return 1;
    for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++)
        if (str_starts(s, WIDE[i]))
            return WIDE[i].n;
    return 0;
}

static str next_word(str *rest)
{
    size_t n = 0;
    str word;

    while (rest->n && blank_at(*rest))
        *rest = str_skip(*rest, blank_at(*rest));
    while (n < rest->n && !blank_at(str_skip(*rest, n)))
        n++;
    word = str_take(*rest, n);
    *rest = str_skip(*rest, n);
    return word;
}

static bool is_known(const struct search_words *w, str folded)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (str_eq(w->folded[i], folded))
            return true;
    return false;
}

/* False when no paragraph can hold what was asked: it has no words, or one with a NUL byte. */
static bool words_of(struct arena *a, str query, struct search_words *out)
{
    str rest = str_take(query, LIMIT_QUERY_BYTES);

    rest = str_take(rest, utf8_valid_prefix(rest.p, rest.n)); /* the cut may split a character
                                                               */
    *out = (struct search_words){ .folded = NEW(a, str, WORDS_MAX) };
    if (str_find_char(rest, '\0') >= 0)
        return false;
    while (rest.n) {
        const str folded = text_fold(a, next_word(&rest));

        if (folded.n && !is_known(out, folded))
            out->folded[out->count++] = folded;
    }
    return out->count > 0;
}

/* A string of the index's query language: in quotes, quotes doubled, so that nothing in it is
 * an operator. */
static void put_quoted(struct buf *b, str word)
{
    buf_put_char(b, '"');
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '"')
            buf_put_char(b, '"');
        buf_put_char(b, word.p[i]);
    }
    buf_put_char(b, '"');
}

void search_put_scope(struct buf *b, str word)
{
    buf_put_c(b, " AND {scope} : ");
    put_quoted(b, word);
}

/* {text} : ("区政" AND "会議") AND {scope} : "<U+0001>o271284" */
static str match_of(struct arena *a, const struct search *what, const struct search_words *w)
{
    struct buf b;

    buf_init(&b, a, 256, SIZE_MAX);
    buf_put_c(&b, "{text} : (");
    for (uint32_t i = 0; i < w->count; i++) {
        buf_put_c(&b, i ? " AND " : "");
        put_quoted(&b, w->folded[i]);
        if (utf8_count(w->folded[i]) == 1)
            buf_put_c(&b, " *"); /* one character: the beginning of a pair */
    }
    buf_put_c(&b, ")");
    if (what->organisation.n)
        search_put_scope(&b, str_fmt(a, "\x01o%.*s", STR_ARG(what->organisation)));
    if (what->fiscal_year)
        search_put_scope(&b, str_fmt(a, "\x01y%d", what->fiscal_year));
    return buf_str(&b);
}

bool search_understand(struct arena *a, const struct search *what, struct search_words *out)
{
    if (!words_of(a, what->query, out))
        return false;
    out->match = match_of(a, what, out);
    return true;
}

/* ---- hits ---- */

struct ranked {
    int64_t id;
    uint32_t score;
};

struct ids {
    struct ranked *rows;
    uint32_t count;
};

static bool count_hits(struct conn *c, str match, uint32_t *total, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SEARCH_COUNT);
    int64_t n;

    put_text(&q, match);
    if (!query_number(&q, &n, e))
        return false;
    *total = (uint32_t)n;
    return true;
}

/* Into rows that have room for page.limit. */
static bool newest(struct conn *c, str match, struct page_of page, struct ids *out,
                   struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SEARCH_NEWEST);
    bool is_row = true;

    out->count = 0;
    put_text(&q, match);
    put_int(&q, page.limit);
    put_int(&q, page.offset);
    while (query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++].id = take_int(&q);
    return !is_row;
}

static uint32_t occurrences(str text, str word)
{
    uint32_t n = 0;

    for (;;) {
        const ptrdiff_t at = str_find(text, word);

        if (at < 0)
            return n;
        n++;
        text = str_skip(text, (size_t)at + word.n);
    }
}

bool search_words_stand_in(const struct search_words *w, str folded)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (str_find(folded, w->folded[i]) < 0)
            return false;
    return true;
}

static bool score(struct conn *c, const struct search_words *w, struct ranked *hit,
                  struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_PARAGRAPH_TEXT);
    bool found;
    str folded;

    put_int(&q, hit->id);
    if (!query_step(&q, &found, e) || !found)
        return !found;
    folded = text_fold(&mem, take_text(&q, &mem));
    for (uint32_t i = 0; i < w->count; i++)
        hit->score += occurrences(folded, w->folded[i]);
    return true;
}

static int by_rank(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;

    if (a->score != b->score)
        return a->score < b->score ? 1 : -1;
    return (a->id < b->id) - (a->id > b->id);
}

/* What is asked, understood. */
struct asked {
    struct search_words words;
    struct page_of page;
};

/* The newest RANKED hits in the order of their rank, with room behind them for a page. */
static bool ranked_ids(struct conn *c, struct arena *a, const struct asked *q, struct ids *out,
                       struct err *e)
{
    out->rows = NEW(a, struct ranked, RANKED + q->page.limit);
    if (!newest(c, q->words.match, (struct page_of){ 0, RANKED }, out, e))
        return false;
    for (uint32_t i = 0; i < out->count; i++)
        if (!score(c, &q->words, &out->rows[i], e))
            return false;
    qsort(out->rows, out->count, sizeof *out->rows, by_rank);
    return true;
}

/* The ids of one page: from the ranked part, from the rest, or across the two. */
static bool page_ids(struct conn *c, struct arena *a, const struct asked *q, struct ids *out,
                     struct err *e)
{
    const uint32_t end = q->page.offset + q->page.limit;
    struct ids all, rest = { 0 };

    if (q->page.offset >= RANKED) {
        out->rows = NEW(a, struct ranked, q->page.limit);
        return newest(c, q->words.match, q->page, out, e);
    }
    if (!ranked_ids(c, a, q, &all, e))
        return false;
    rest.rows = all.rows + all.count;
    if (all.count == RANKED && end > RANKED
        && !newest(c, q->words.match, (struct page_of){ RANKED, end - RANKED }, &rest, e))
        return false;
    all.count += rest.count;
    if (q->page.offset >= all.count)
        return true;
    out->rows = all.rows + q->page.offset;
    out->count = all.count - q->page.offset;
    out->count = out->count < q->page.limit ? out->count : q->page.limit;
    return true;
}

static bool hit_load(struct conn *c, struct arena *a, int64_t id, struct hits *out,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_PARAGRAPH_GET);
    struct hit *h = &out->rows[out->count];
    bool found;

    put_int(&q, id);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_IO,
                       "検索の索引が記録と合いません。meguri rebuild で作り直してください。");
    h->kind = (enum hit_kind)take_int(&q);
    h->organisation = take_text(&q, a);
    h->organisation_name = take_text(&q, a);
    h->fiscal_year = (int)take_int(&q);
    h->initiative = (int)take_int(&q);
    h->text = take_text(&q, a);
    out->count++;
    return true;
}

bool store_search(struct conn *c, struct arena *a, const struct search *what, struct hits *out,
                  struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct asked q = { .page = { what->page.offset, page_limit(what->page) } };
    struct ids ids = { 0 };

    *out = (struct hits){ 0 };
    if (!search_understand(a, what, &q.words))
        return true;
    if (what->when)
        return transaction_begin_read(c, &t, e) && search_past(c, a, what, &q.words, out, e);
    if (!transaction_begin_read(c, &t, e) || !count_hits(c, q.words.match, &out->total, e)
        || !page_ids(c, a, &q, &ids, e))
        return false;
    out->rows = NEW(a, struct hit, ids.count);
    for (uint32_t i = 0; i < ids.count; i++)
        if (!hit_load(c, a, ids.rows[i].id, out, e))
            return false;
    return true;
}
