/* The tokenizer of the search index: every two neighbouring characters are a word.
 *
 * Japanese has no blanks between words, and a dictionary misses the names that people look for:
 * with pairs of characters every substring is found, and nothing else is. 区政会議 is indexed
 * as 区政 政会 会議 議, and the query 政会議 asks for 政会 会議 side by side. The last
 * character stands alone at the end, so that a query of one character finds it as the beginning
 * of a word.
 *
 * A text that begins with U+0001 is a list of words to be taken whole, each behind a U+0001:
 * the organisation and the year of a paragraph, to narrow a search.
 *
 * The text is folded here (text_fold), so the index knows one spelling where people use many.
 * Folding moves bytes about; offsets into the original are asked for by highlight() and
 * snippet() only, which nobody calls, so every word says that it is the whole text. */
#include "store/inner.h"

#include <sqlite3.h>

#include "base/banned.h"

static const char WHOLE = '\x01';

struct output {
    int (*word)(void *ctx, int flags, const char *text, int n, int start, int end);
    void *ctx;
    int length; /* of the original text */
};

static int put_word(const struct output *o, str word)
{
    return o->word(o->ctx, 0, word.p, (int)word.n, 0, o->length);
}

static int put_whole_words(const struct output *o, str text)
{
    int code = SQLITE_OK;
    str word;

    while (text.n && code == SQLITE_OK) {
        text = str_cut(text, WHOLE, &word);
        if (word.n)
            code = put_word(o, word);
    }
    return code;
}

/* `ends`: put the last character alone too. */
static int put_pairs(const struct output *o, str text, bool ends)
{
    size_t first = 0, second = 0;

    if (!text.n)
        return SQLITE_OK;
    (void)utf8_first(text, &first);
    while (text.n > first) {
        int code;

        (void)utf8_first(str_skip(text, first), &second);
        code = put_word(o, str_take(text, first + second));
        if (code != SQLITE_OK)
            return code;
        text = str_skip(text, first);
        first = second;
    }
    return ends ? put_word(o, text) : SQLITE_OK;
}

static int tokenize(Fts5Tokenizer *self, void *ctx, int flags, const char *text, int n,
                    int (*word)(void *, int, const char *, int, int, int))
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct output o = { word, ctx, n };
    const str whole = { text, (size_t)n };
    str folded;
    size_t first;

    (void)self;
    if (n <= 0)
        return SQLITE_OK;
    /* The engine hands over what it was given, and that was valid text; a damaged file may hold
     * anything. */
    if (utf8_valid_prefix(text, whole.n) != whole.n)
        return SQLITE_CORRUPT;
    if (text[0] == WHOLE)
        return put_whole_words(&o, whole);
    folded = text_fold(&mem, whole);
    if (!folded.n)
        return SQLITE_OK;
    (void)utf8_first(folded, &first);
    return put_pairs(&o, folded, !(flags & FTS5_TOKENIZE_QUERY) || first == folded.n);
}

static int create(void *ctx, const char **args, int count, Fts5Tokenizer **out)
{
    /* It keeps nothing: any address that is not NULL will do. */
    static const char nothing = 0;

    (void)ctx, (void)args, (void)count;
    *out = (Fts5Tokenizer *)(uintptr_t)&nothing;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *self)
{
    (void)self;
}

/* The engine gives its table of functions through a bound pointer (fts5.html, section 7). */
static fts5_api *api_of(struct conn *c)
{
    struct query q = query_on(c, Q_SEARCH_API);
    fts5_api *api = NULL;
    struct err ignored;
    bool is_row;

    if (q.s && sqlite3_bind_pointer(q.s, 1, (void *)&api, "fts5_api_ptr", NULL) == SQLITE_OK
        && !query_step(&q, &is_row, &ignored))
        api = NULL;
    query_end(&q);
    return api;
}

bool tokenizer_register(struct conn *c, struct err *e)
{
    fts5_tokenizer functions = { create, destroy, tokenize };
    fts5_api *api = api_of(c);

    if (!api || api->iVersion < 2
        || api->xCreateTokenizer(api, "bigram", NULL, &functions, NULL) != SQLITE_OK)
        return err_set(e, ERR_IO, "この機械の SQLite には全文検索(FTS5)がありません。");
    return true;
}
