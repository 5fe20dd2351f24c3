/* The grammar of marks: places that hold a mark (○, ( ), (×)) and the legend that explains the
 * marks.
 *
 *   marks  = {[index | name] place} {legend}
 *   place  = mark | "(" [mark] ")"
 *   legend = [place] [":"] word                 (○)実施見込み  ×:目標未達成
 *
 * Which marks belong to the legend, and which are given: see legend_claims(). */
#include "ingest/inner.h"

#include "base/banned.h"

enum sign { SIGN_PLACE, SIGN_COLON, SIGN_WORD, SIGN_NAME, SIGN_INDEX };

struct token {
    enum sign sign;
    str s;
    bool blank_before;
    bool is_bracketed; /* PLACE */
    str symbol;        /* PLACE; "" = empty brackets */
    int8_t polarity;   /* of the symbol on the form's scale; WORD: of the word */
    bool is_legend;    /* PLACE: explains a word */
};
struct tokens {
    struct token *items;
    uint32_t count, cap;
};

static size_t mark_at(const struct reader *r, str s, size_t i, int8_t *polarity)
{
    size_t n;
    uint32_t c = char_fold(char_at(s, i, &n));

    for (uint32_t k = 0; k < r->form->mark_count; k++) {
        size_t len;

        if (char_at(r->form->marks[k].symbol, 0, &len) == c) {
            *polarity = r->form->marks[k].polarity;
            return n;
        }
    }
    return 0;
}

static bool is_index_char(uint32_t c)
{
    return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x277F);
}

static bool is_filler(uint32_t c)
{
    c = char_fold(c);
    return char_is_blank(c) || c == 0x3001 || c == ',' || c == '/' || c == 0x30FB || c == 0x203B
           || c == 0xFE0F;
}

/* ( ), (○): brackets with at most one sign in them. *n 0 = it is something else. */
static struct token bracket_at(const struct reader *r, str s, size_t i, size_t *n)
{
    struct token t = { .sign = SIGN_PLACE, .is_bracketed = true };
    size_t len, at;
    uint32_t c = char_at(s, i, &len);

    *n = 0;
    if (!char_opens(c))
        return t;
    at = skip_blanks(s, i + len);
    if (at < s.n && (len = mark_at(r, s, at, &t.polarity)) != 0) {
        t.symbol = (str){ s.p + at, len };
        at = skip_blanks(s, at + len);
    } else if (at < s.n) {
        c = char_at(s, at, &len);
        if (c == '-' || c == 0x2212 || c == 0x30FC || c == 0x2015 || c == 0xFF0D) {
            t.symbol = (str){ s.p + at, len };
            at = skip_blanks(s, at + len);
        }
    }
    if (at >= s.n || !char_closes(char_at(s, at, &len)))
        return t;
    *n = at + len - i;
    t.s = (str){ s.p + i, *n };
    return t;
}

/* The token at i that is no filler; *n 0 = nothing that belongs to marks. */
static struct token token_at(const struct reader *r, str s, size_t i, size_t *n)
{
    struct token t = bracket_at(r, s, i, n);
    enum form_label word;
    size_t len;
    uint32_t c;

    if (*n)
        return t;
    t = (struct token){ .sign = SIGN_WORD };
    if (lexicon_legend(r->form->index, s, i, &word, n)) {
        t.polarity = word == LABEL_LEGEND_OK ? 1 : -1;
        t.s = (str){ s.p + i, *n };
        return t;
    }
    c = char_at(s, i, &len);
    *n = len;
    t.s = (str){ s.p + i, len };
    if (char_fold(c) == ':' || c == '=' || c == 0xFF1D) {
        t.sign = SIGN_COLON;
    } else if (mark_at(r, s, i, &t.polarity)) {
        t.sign = SIGN_PLACE;
        t.symbol = t.s;
    } else if (is_index_char(c) || char_is_digit(c)) {
        t.sign = SIGN_INDEX;
    } else {
        *n = 0;
    }
    return t;
}

/* A name before a place: up to the next blank or bracket. */
static size_t name_at(str s, size_t i)
{
    size_t from = i;

    for (size_t n; i < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);

        if (char_is_blank(c) || char_opens(c) || c == 0x3002)
            break;
    }
    return i - from;
}

/* False: something stands there that is no mark (with `named`: and no name before one). */
static bool tokens_of(const struct reader *r, str s, bool named, struct tokens *out,
                      size_t *reach)
{
    bool blank = true;

    *reach = s.n;
    for (size_t i = 0, n; i < s.n; i += n, blank = false) {
        struct token t;
        uint32_t c = char_at(s, i, &n);

        while (i < s.n && is_filler(c)) {
            blank = true;
            i += n;
            c = i < s.n ? char_at(s, i, &n) : 0;
        }
        if (i >= s.n)
            return true;
        t = token_at(r, s, i, &n);
        if (!n && named && (n = name_at(s, i)) != 0)
            t = (struct token){ .sign = SIGN_NAME, .s = { s.p + i, n } };
        if (!n) {
            *reach = i;
            return false;
        }
        t.blank_before = blank;
        GROW(r->scratch, out->items, out->count, &out->cap);
        out->items[out->count++] = t;
    }
    return true;
}

static bool has_sign(const struct tokens *t, enum sign sign)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->items[i].sign == sign)
            return true;
    return false;
}

bool marks_only(const struct reader *r, str s)
{
    struct tokens t = { 0 };
    size_t reach;

    return tokens_of(r, s, false, &t, &reach)
           && (has_sign(&t, SIGN_PLACE) || has_sign(&t, SIGN_WORD));
}

bool marks_with_legend(const struct reader *r, str s, size_t *reach)
{
    struct tokens t = { 0 };

    return tokens_of(r, s, false, &t, reach) && has_sign(&t, SIGN_WORD);
}

bool marks_named(const struct reader *r, str s)
{
    struct tokens t = { 0 };
    size_t reach;

    if (!tokens_of(r, s, true, &t, &reach) || !has_sign(&t, SIGN_PLACE))
        return false;
    for (uint32_t i = 0; i < t.count; i++)
        if (t.items[i].sign == SIGN_NAME
            && (i + 1 >= t.count || t.items[i + 1].sign != SIGN_PLACE
                || t.items[i + 1].blank_before))
            return false;
    return true;
}

/* ---- what is a mark and what is its legend ---- */

/* The place that stands before the legend word at i, with or without a colon between; NULL =
 * none. */
static struct token *place_before(struct tokens *t, uint32_t i, bool *tight)
{
    bool blank = t->items[i].blank_before;

    if (i > 0 && t->items[i - 1].sign == SIGN_COLON)
        blank = t->items[--i].blank_before;
    *tight = !blank;
    return i > 0 && t->items[i - 1].sign == SIGN_PLACE ? &t->items[i - 1] : NULL;
}

/* A place touching its word belongs to the legend: ○:目標達成. One with a blank between is a
 * mark that is given, ○ :目標達成 ×:目標未達成, unless the whole legend is written that way,
 * each word with its own sign. */
static void legend_claims(struct tokens *t)
{
    bool all_loose = true, tight;

    for (uint32_t i = 0; i < t->count; i++) {
        struct token *w = &t->items[i], *p;

        if (w->sign != SIGN_WORD)
            continue;
        p = place_before(t, i, &tight);
        if (p && tight)
            p->is_legend = true;
        all_loose = all_loose && p && !tight && (!p->symbol.n || p->polarity == w->polarity);
    }
    for (uint32_t i = 0; all_loose && i < t->count; i++)
        if (t->items[i].sign == SIGN_WORD)
            place_before(t, i, &tight)->is_legend = true;
}

/* ①(○) ②(×), ① ○ ② ×: circled numbers beside other marks number the places. */
static void drop_indexes(struct tokens *t)
{
    bool others = false;
    size_t n;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct token *k = &t->items[i];

        others = others
                 || (k->sign == SIGN_PLACE && !k->is_legend
                     && (k->is_bracketed || !is_index_char(char_at(k->symbol, 0, &n))));
    }
    for (uint32_t i = 0; i < t->count; i++) {
        struct token *k = &t->items[i];

        if (k->sign == SIGN_PLACE && !k->is_bracketed && !k->is_legend && others
            && is_index_char(char_at(k->symbol, 0, &n)))
            k->sign = SIGN_INDEX;
    }
}

/* The legend says what a sign means, if it gives both words their own; else the form's scale
 * does. */
static int8_t meaning(struct tokens *t, const struct token *mark)
{
    int8_t said = 0;
    bool tight;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct token *p =
            t->items[i].sign == SIGN_WORD ? place_before(t, i, &tight) : NULL;

        if (!p || !p->is_legend || !str_eq(p->symbol, mark->symbol))
            continue;
        if (said && said != t->items[i].polarity)
            return mark->polarity;
        said = t->items[i].polarity;
    }
    return said ? said : mark->polarity;
}

static struct marked marked_of(struct reader *r, const struct token *p, int8_t polarity)
{
    return (struct marked){ polarity > 0   ? MARK_POSITIVE
                            : polarity < 0 ? MARK_NEGATIVE
                                           : MARK_NONE,
                            p->symbol, flow_span(&r->flow, p->s) };
}

/* No place is left beside the legend: was one of its own places filled in to choose?
 * (○)実施見込み ( )実施できない見込み chooses, and so does a word alone; :目標達成 ×:目標未達成
 * is a legend that lost a sign. */
static bool choice(struct reader *r, struct tokens *t, struct marked *out)
{
    const struct token *filled = NULL, *word = NULL;
    uint32_t words = 0, signs = 0;
    bool tight;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct token *p;

        if (t->items[i].sign != SIGN_WORD)
            continue;
        words++;
        p = place_before(t, i, &tight);
        if (p && p->symbol.n) {
            signs++;
            filled = p;
        }
        if (!signs || (p && p == filled))
            word = &t->items[i];
    }
    if (words == 1 && !has_sign(t, SIGN_COLON)
        && (!filled || filled->polarity == word->polarity)) {
        *out = marked_of(r, word, word->polarity);
        out->symbol = filled ? filled->symbol : (str){ 0 };
        return true;
    }
    if (words < 2 || signs != 1)
        return false;
    if (filled->is_bracketed || (filled->polarity > 0 && word->polarity < 0)) {
        *out = marked_of(r, filled, word->polarity);
        return true;
    }
    if (filled->polarity < 0 && word->polarity < 0)
        return false;
    *out = marked_of(r, filled, filled->polarity);
    return true;
}

void marks_read(struct reader *r, const struct views *v, str subject, struct marked **out,
                uint32_t *count)
{
    struct tokens t = { 0 };
    struct marked m;
    size_t reach;

    for (uint32_t i = 0; i < v->count; i++)
        (void)tokens_of(r, v->items[i], true, &t, &reach);
    legend_claims(&t);
    drop_indexes(&t);
    *out = NEW(r->a, struct marked, t.count + 1);
    *count = 0;
    for (uint32_t i = 0; i < t.count; i++) {
        const struct token *p = &t.items[i];

        if (p->sign != SIGN_PLACE || p->is_legend)
            continue;
        (*out)[(*count)++] = marked_of(r, p, meaning(&t, p));
        if (!p->symbol.n)
            note_add(r, NOTE_LOST_MARK, p->s, subject);
    }
    if (!*count && choice(r, &t, &m))
        (*out)[(*count)++] = m;
}
