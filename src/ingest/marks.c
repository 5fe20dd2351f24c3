/* The grammar of marks: places that hold a mark (○, ( ), (×)) and the legend that explains the
 * marks.
 *
 *   marks  = {[index | name] place} {legend}
 *   place  = sign | "(" [sign] ")"
 *   legend = [place] [":"] word                 (○)実施見込み  ×:目標未達成  A:達成
 *
 * Which signs belong to the legend and which are given: legend_claims(). What a sign means:
 * meaning(). */
#include "ingest/inner.h"

#include "base/banned.h"

enum { TOKENS_MAX = 600 /* of one field of marks; each is compared with the legend */ };

enum kind { KIND_PLACE, KIND_COLON, KIND_WORD, KIND_NAME };

struct token {
    enum kind kind;
    str s;
    bool blank_before;
    bool is_bracketed; /* PLACE */
    bool is_legend;    /* PLACE: explains a word */
    bool is_weak;      /* PLACE: a sign that no form uses; it may be a number in a row */
    int8_t polarity; /* PLACE: of the sign on the form's scale, 0 = not on it; WORD: of the word
                      */
    str sign;        /* PLACE; "" = empty brackets */
};
struct tokens {
    struct token *items;
    uint32_t count, cap;
    bool stops_astray; /* a name that no place follows ends the reading: it is prose */
};

/* ---- tokens ---- */

static bool is_index_sign(uint32_t c)
{
    return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x277F);
}

/* Any sign that a form may use: shapes, circled and Roman numbers, a kana, a dash for none. */
static bool is_sign(uint32_t c)
{
    return is_index_sign(c) || (c >= 0x2160 && c <= 0x217F) || (c >= 0x25A0 && c <= 0x25FF)
           || (c >= 0x2605 && c <= 0x2606) || (c >= 0x2713 && c <= 0x2718) || c == 0xD7
           || c == 0x3007 || c == 0x2B55 || c == '-' || c == 0x2212 || c == 0x2015
           || c == 0x30FC || c == 0xFF0D;
}

/* A, 2, ii, ア: a short word that may be a sign. */
static size_t word_sign_at(str s, size_t i)
{
    enum { LONGEST = 3 };
    size_t from = i, n;
    int chars = 0;

    for (; i < s.n && char_is_ascii_word(char_at(s, i, &n)); i += n)
        chars++;
    if (!chars && i < s.n && (char_at(s, i, &n) - 0x30A2) % 2 == 0
        && char_at(s, i, &n) >= 0x30A2 && char_at(s, i, &n) <= 0x30AA) {
        i += n; /* ア イ ウ エ オ */
        chars++;
        if (i < s.n && char_at(s, i, &n) >= 0x3041 && char_at(s, i, &n) <= 0x9FFF)
            return 0;
    }
    return chars > LONGEST ? 0 : i - from;
}

/* The sign at i: one of the form's marks or any other, alone in its word. Its bytes, 0 = none.
 */
static size_t sign_at(const struct reader *r, str s, size_t i, struct token *t)
{
    size_t n, len;
    uint32_t c = char_fold(char_at(s, i, &n));

    t->polarity = 0;
    t->is_weak = true;
    if (is_sign(c))
        len = n;
    else
        len = word_sign_at(s, i);
    if (!(r->form->index->starts[form_start(c)] & FORM_START_MARK))
        return len;
    for (uint32_t k = 0; len <= n && k < r->form->mark_count; k++) {
        if (char_fold(r->form->marks[k].first) == c) {
            t->polarity = r->form->marks[k].polarity;
            t->is_weak = false;
            return n;
        }
    }
    return len;
}

/* ( ), (○), (A): brackets with at most one sign in them. */
static size_t bracket_at(const struct reader *r, str s, size_t i, struct token *t)
{
    size_t len, at;

    if (!char_opens(char_at(s, i, &len)))
        return 0;
    t->is_bracketed = true;
    at = skip_blanks(s, i + len);
    if (at < s.n && (len = sign_at(r, s, at, t)) != 0) {
        t->sign = (str){ s.p + at, len };
        at = skip_blanks(s, at + len);
    }
    if (at >= s.n || !char_closes(char_at(s, at, &len)))
        return 0;
    return at + len - i;
}

/* The token at i, which is no filler. Its bytes, 0 = nothing that belongs to marks. */
static size_t token_at(const struct reader *r, str s, size_t i, struct token *t)
{
    enum form_label word;
    size_t n = bracket_at(r, s, i, t), len;

    t->kind = KIND_PLACE;
    if (n)
        return n;
    t->is_bracketed = false;
    t->sign = (str){ 0 };
    if (lexicon_legend(r->form->index, s, i, &word, &n)) {
        t->kind = KIND_WORD;
        t->polarity = word == LABEL_LEGEND_OK ? 1 : -1;
        return n;
    }
    if (char_fold(char_at(s, i, &len)) == ':' || char_fold(char_at(s, i, &len)) == '=') {
        t->kind = KIND_COLON;
        return len;
    }
    n = sign_at(r, s, i, t);
    t->sign = (str){ s.p + i, n };
    return n;
}

static bool is_filler(uint32_t c)
{
    c = char_fold(c);
    return char_is_blank(c) || c == 0x3001 || c == ',' || c == '/' || c == 0x30FB || c == 0x203B
           || c == 0xFE0F;
}

/* A name before a place: up to the next blank, bracket or colon. */
static size_t name_at(const struct reader *r, str s, size_t i)
{
    const uint8_t ends = HINT_BLANK | HINT_BRACKET | HINT_SIGN;
    size_t from = i;

    for (size_t n; (i = hint_next(&r->flow, s, i, ends)) < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);

        if (char_is_blank(c) || char_bracket(c) || c == 0x3002 || char_fold(c) == ':')
            break;
    }
    return i - from;
}

static size_t skip_fillers(str s, size_t i)
{
    for (size_t n; i < s.n && is_filler(char_at(s, i, &n)); i += n)
        ;
    return i;
}

/* Brackets around a whole legend say nothing: ○ (○:目標達成 ×:目標未達成). */
static size_t frame_at(str s, size_t i)
{
    size_t n;

    return char_bracket(char_at(s, i, &n)) ? n : 0;
}

/* What token_at and frame_at find anything at. */
enum { MAY_BE_MARK = HINT_MARK | HINT_LEGEND | HINT_BRACKET | HINT_SIGN };

/* Does `next` show that the name before it names no place? */
static bool leads_astray(const struct tokens *t, const struct token *next)
{
    return t->count && t->items[t->count - 1].kind == KIND_NAME && next->kind != KIND_COLON
           && (next->kind != KIND_PLACE || next->blank_before);
}

/* Reads tokens as far as they go: the index of the first character that is neither a mark nor
 * its legend nor, with `named`, the name before one; s.n = all of it. */
static size_t tokens_of(const struct reader *r, str s, bool named, struct tokens *out)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        size_t at = skip_fillers(s, i);
        struct token t = { .blank_before = at > i || i == 0 };

        if (at >= s.n)
            break;
        n = hint_at(&r->flow, s, at, MAY_BE_MARK) ? token_at(r, s, at, &t) : 0;
        if (!n && (n = frame_at(s, at)) != 0) {
            i = at;
            continue;
        }
        if (!n && named && (n = name_at(r, s, at)) != 0)
            t.kind = KIND_NAME;
        if (!n || (out->stops_astray && leads_astray(out, &t)))
            return at;
        t.s = (str){ s.p + at, n };
        GROW(r->scratch, out->items, out->count, &out->cap);
        out->items[out->count++] = t;
        i = at;
    }
    return s.n;
}

static bool has_kind(const struct tokens *t, enum kind kind)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->items[i].kind == kind)
            return true;
    return false;
}

static bool has_strong_place(const struct tokens *t)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->items[i].kind == KIND_PLACE
            && (!t->items[i].is_weak || (t->items[i].is_bracketed && !t->items[i].sign.n)))
            return true;
    return false;
}

struct marks_at_start marks_at_start(const struct reader *r, str s)
{
    struct tokens t = { 0 };
    struct marks_at_start m = { .reach = tokens_of(r, s, false, &t) };
    bool word = has_kind(&t, KIND_WORD);

    m.has_mark = word || has_strong_place(&t);
    m.with_legend = word && (has_kind(&t, KIND_PLACE) || has_kind(&t, KIND_COLON));
    return m;
}

/* The place that the name at i stands for: directly behind it, or behind a colon. */
static bool names_place(const struct tokens *t, uint32_t i)
{
    if (i + 2 < t->count && t->items[i + 1].kind == KIND_COLON)
        return t->items[i + 2].kind == KIND_PLACE;
    return i + 1 < t->count && t->items[i + 1].kind == KIND_PLACE
           && !t->items[i + 1].blank_before;
}

static bool has_legend(const struct reader *r, str s)
{
    enum form_label word;

    for (size_t i = 0, n; (i = hint_next(&r->flow, s, i, HINT_LEGEND)) < s.n; i += n) {
        if (lexicon_legend(r->form->index, s, i, &word, &n))
            return true;
        (void)char_at(s, i, &n);
    }
    return false;
}

static bool is_named(const struct reader *r, str s, bool needs_legend)
{
    struct tokens t = { .stops_astray = true };

    if (tokens_of(r, s, true, &t) < s.n || !has_strong_place(&t)
        || (needs_legend && !has_kind(&t, KIND_WORD)))
        return false;
    for (uint32_t i = 0; i < t.count; i++)
        if (t.items[i].kind == KIND_NAME && !names_place(&t, i))
            return false;
    return true;
}

bool marks_named(const struct reader *r, str s)
{
    return is_named(r, s, false);
}

bool marks_explained(const struct reader *r, str s)
{
    return has_legend(r, s) && is_named(r, s, true);
}

/* ---- what is a mark and what is its legend ---- */

/* The place that stands before the legend word at i, with or without a colon between; NULL =
 * none. */
static struct token *place_before(struct tokens *t, uint32_t i, bool *tight)
{
    bool blank = t->items[i].blank_before;

    if (i > 0 && t->items[i - 1].kind == KIND_COLON)
        blank = t->items[--i].blank_before;
    *tight = !blank;
    return i > 0 && t->items[i - 1].kind == KIND_PLACE ? &t->items[i - 1] : NULL;
}

/* A sign touching its word belongs to the legend: ○:目標達成. One with a blank between is a
 * mark that is given, ○ :目標達成 ×:目標未達成, unless the whole legend is written that way,
 * each word with a sign of its own. */
static void legend_claims(struct tokens *t)
{
    bool all_loose = true, tight;

    for (uint32_t i = 0; i < t->count; i++) {
        struct token *w = &t->items[i], *p;

        if (w->kind != KIND_WORD)
            continue;
        p = place_before(t, i, &tight);
        if (p && tight)
            p->is_legend = true;
        all_loose = all_loose && p && !tight
                    && (!p->sign.n || !p->polarity || p->polarity == w->polarity);
    }
    for (uint32_t i = 0; all_loose && i < t->count; i++)
        if (t->items[i].kind == KIND_WORD)
            place_before(t, i, &tight)->is_legend = true;
}

/* The meaning that the legend gives to a sign: +1, -1; 0 = none, or both. */
static int8_t said_by_legend(struct tokens *t, str sign)
{
    int8_t said = 0;
    bool tight;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct token *p =
            t->items[i].kind == KIND_WORD ? place_before(t, i, &tight) : NULL;

        if (!p || !p->is_legend || !str_eq(p->sign, sign))
            continue;
        if (said && said != t->items[i].polarity)
            return 0;
        said = t->items[i].polarity;
    }
    return said;
}

/* The sign before a legend word means that word in this document; the form's scale is for a
 * legend that lost its signs. */
static int8_t meaning(struct tokens *t, const struct token *mark)
{
    int8_t said = mark->sign.n ? said_by_legend(t, mark->sign) : 0;

    return said ? said : mark->polarity;
}

/* Numbers in a row are no marks: ①(○) ②(×), 1 ○ 2 ×. A sign outside brackets is one when the
 * form or the legend knows it and not all the others stand in brackets or are of another kind.
 */
static void drop_indexes(struct tokens *t)
{
    bool others = false;
    size_t n;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct token *k = &t->items[i];

        others = others
                 || (k->kind == KIND_PLACE && !k->is_legend
                     && (k->is_bracketed
                         || (!k->is_weak && !is_index_sign(char_at(k->sign, 0, &n)))));
    }
    for (uint32_t i = 0; i < t->count; i++) {
        struct token *k = &t->items[i];

        if (k->kind != KIND_PLACE || k->is_bracketed || k->is_legend)
            continue;
        if ((others && (k->is_weak || is_index_sign(char_at(k->sign, 0, &n))))
            || (k->is_weak && !said_by_legend(t, k->sign)))
            k->kind = KIND_NAME;
    }
}

static struct marked marked_of(struct reader *r, const struct token *p, int8_t polarity)
{
    return (struct marked){ polarity > 0   ? MARK_POSITIVE
                            : polarity < 0 ? MARK_NEGATIVE
                                           : MARK_NONE,
                            p->sign, flow_span(&r->flow, p->s) };
}

/* The legend's words and the signs before them. */
struct choices {
    uint32_t words, signs;
    const struct token *word, *filled; /* the word whose sign is there, or the only word; that
                                          sign */
};

static struct choices choices_of(struct tokens *t)
{
    struct choices c = { 0 };
    bool tight;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct token *p;

        if (t->items[i].kind != KIND_WORD)
            continue;
        c.words++;
        p = place_before(t, i, &tight);
        if (p && p->sign.n) {
            c.signs++;
            c.filled = p;
            c.word = &t->items[i];
        }
        if (!c.word)
            c.word = &t->items[i];
    }
    return c;
}

/* No place is left beside the legend: was one of its own filled in to choose? (○)実施見込み (
 * )実施できない見込み chooses, ○:目標達成 :目標未達成 does, and so does a word alone; :目標達成
 * ×:目標未達成 is a legend that lost a sign. */
static bool chosen(struct reader *r, struct tokens *t, struct marked *out)
{
    struct choices c = choices_of(t);
    int8_t polarity;

    if (c.words == 1 && !has_kind(t, KIND_COLON)
        && (!c.filled || c.filled->polarity == c.word->polarity)) {
        *out = marked_of(r, c.filled ? c.filled : c.word, c.word->polarity);
        return true;
    }
    if (c.words < 2 || c.signs != 1)
        return false;
    polarity = c.filled->polarity;
    if (!c.filled->is_bracketed && polarity < 0 && c.word->polarity < 0)
        return false;
    if (c.filled->is_bracketed || polarity >= 0)
        polarity = c.word->polarity;
    *out = marked_of(r, c.filled, polarity);
    return true;
}

void marks_read(struct reader *r, const struct views *v, str subject, struct marked **out,
                uint32_t *count)
{
    struct tokens t = { 0 };
    struct marked m;

    for (uint32_t i = 0; i < v->count; i++)
        (void)tokens_of(r, v->items[i], true, &t);
    if (t.count > TOKENS_MAX) {
        note_add(r, NOTE_BROKEN, t.items[TOKENS_MAX].s, subject);
        t.count = TOKENS_MAX;
    }
    legend_claims(&t);
    drop_indexes(&t);
    *out = NEW(r->a, struct marked, t.count + 1);
    *count = 0;
    for (uint32_t i = 0; i < t.count; i++) {
        const struct token *p = &t.items[i];

        if (p->kind != KIND_PLACE || p->is_legend)
            continue;
        (*out)[(*count)++] = marked_of(r, p, meaning(&t, p));
        if (!p->sign.n)
            note_add(r, NOTE_LOST_MARK, p->s, subject);
    }
    if (!*count && chosen(r, &t, &m))
        (*out)[(*count)++] = m;
}
