/* The form's labels, looked up by their first character and compared while folding, so that the
 * document itself is never folded. Blanks inside a label do not count: 取組項目 1, 自 己 評 価.
 */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

enum { STAR_BYTES = 240 /* what a * may stand for */ };

/* Brackets of every kind are one; quotation marks are none. */
static uint32_t label_char(uint32_t c)
{
    int bracket;

    if (c > 0x3019 && c < 0xFE55)
        return c; /* kana and ideographs, in haste */
    bracket = char_bracket(c);
    if (!bracket)
        return char_fold(c);
    return bracket == QUOTE || bracket == -QUOTE ? c : bracket > 0 ? '(' : ')';
}

/* 当年度, 本年度, 今年度 or a fiscal year. */
static size_t year_match(str s, size_t i)
{
    static const str WORDS[] = { STR_INIT("当年度"), STR_INIT("本年度"), STR_INIT("今年度") };
    str rest = str_skip(s, i);
    size_t used;
    int year;

    for (size_t k = 0; (unsigned char)rest.p[0] >= 0xE4 && k < sizeof WORDS / sizeof *WORDS;
         k++)
        if (str_starts(rest, WORDS[k]))
            return WORDS[k].n;
    return year_is_likely(s, i) && fiscal_parse(rest, 0, false, &year, &used) ? used : 0;
}

/* The end of `spelling` matched from byte i of s on, blanks before its characters passed over;
 * 0 when it does not stand there. A star is tried by the caller. */
static size_t match_plain(str s, size_t i, str spelling)
{
    for (size_t k = 0, kn, n; k < spelling.n; k += kn) {
        uint32_t want = char_at(spelling, k, &kn);

        i = skip_blanks(s, i);
        if (i >= s.n)
            return 0;
        if (want == FORM_YEAR)
            n = year_match(s, i);
        else
            n = label_char(char_at(s, i, &n)) == want ? n : 0;
        if (!n)
            return 0;
        i += n;
    }
    return i;
}

/* A place where a label is looked for. */
struct spot {
    const struct form_index *x;
    str s;
    size_t i; /* behind the bracket; no blank stands there */
    bool brackets;
    enum label_place place;
    unsigned known;           /* how many of the characters there were read so far */
    uint32_t head[FORM_HEAD]; /* those, folded, without blanks */
    size_t behind[FORM_HEAD]; /* where each ends */
};

/* Reads the next of them, a blank at the end of the text. */
static void spot_read(struct spot *p)
{
    size_t at = p->known ? p->behind[p->known - 1] : p->i, n = 0;
    uint32_t c = at < p->s.n ? char_at(p->s, at, &n) : ' ';

    if (c < 0x3040 || c > 0x9FFF) { /* kana and ideographs are taken in haste */
        at = skip_blanks(p->s, at);
        c = at < p->s.n ? label_char(char_at(p->s, at, &n)) : ' ';
    }
    p->head[p->known] = c;
    p->behind[p->known] = at < p->s.n ? at + n : at;
    p->known++;
}

static uint32_t spot_char(struct spot *p, unsigned k)
{
    while (p->known <= k)
        spot_read(p);
    return p->head[k];
}

static uint64_t spot_key(struct spot *p)
{
    (void)spot_char(p, FORM_KEY - 1);
    return form_key(p->head);
}

/* The first FORM_KEY characters are known to match. */
static bool head_matches(struct spot *p, const struct form_lexeme *l)
{
    for (unsigned k = FORM_KEY; k < l->head_count; k++)
        if (spot_char(p, k) != l->head[k])
            return false;
    return true;
}

/* In brackets the closing one must follow. */
static size_t match_close(const struct spot *p, size_t end)
{
    size_t n;

    if (!end || !p->brackets)
        return end;
    end = skip_blanks(p->s, end);
    return end < p->s.n && char_closes(char_at(p->s, end, &n)) ? end + n : 0;
}

/* The end of the label, up to its star, that stands at the spot; 0 = it does not. */
static size_t before_star(struct spot *p, const struct form_lexeme *l)
{
    const str spelling = str_take(l->spelling, l->star);

    if (str_starts(str_skip(p->s, p->i), str_take(spelling, l->plain_n))) /* as most are */
        return match_plain(p->s, p->i + l->plain_n, str_skip(spelling, l->plain_n));
    if (!head_matches(p, l))
        return 0;
    return match_plain(p->s, l->head_count ? p->behind[l->head_count - 1] : p->i,
                       str_skip(spelling, l->head_n));
}

/* The end of the label that stands at the spot, 0 = it does not. */
static size_t match_label(struct spot *p, const struct form_lexeme *l)
{
    size_t i = before_star(p, l), limit, n;
    str tail = str_skip(l->spelling, l->star + 1);
    uint32_t first;

    if (l->star == l->spelling.n || !i)
        return match_close(p, i);
    limit = i + STAR_BYTES < p->s.n ? i + STAR_BYTES : p->s.n;
    first = char_at(tail, 0, &n);
    for (; i < limit; i += n) {
        bool may = label_char(char_at(p->s, i, &n)) == first;
        size_t end = may ? match_close(p, match_plain(p->s, i, tail)) : 0;

        if (end)
            return end;
    }
    return 0;
}

static bool is_column(enum form_label l)
{
    return l == LABEL_PLAN_COLUMN || l == LABEL_ACTIVITIES_COLUMN
           || l == LABEL_OUTLOOK_ACTIVITIES || l == LABEL_OUTLOOK_GOAL
           || l == LABEL_RESULTS_COLUMN || l == LABEL_IMPROVEMENT || l == LABEL_MANDATORY;
}

static bool is_legend(enum form_label l)
{
    return l == LABEL_LEGEND_OK || l == LABEL_LEGEND_NOT_OK || l == LABEL_DOCUMENT;
}

/* Behind a label without brackets: nothing, a blank, a bracket, a colon, or the next label. */
static bool ends_label(const struct form_index *x, str s, size_t end,
                       const struct form_lexeme *l)
{
    size_t n, at = end;
    uint32_t c = at < s.n ? char_at(s, at, &n) : ' ';
    struct label_hit next;

    if (char_fold(c) == ':' || (char_opens(c) && char_opens(c) != QUOTE))
        return true;
    if (l->is_bracketed || l->label == LABEL_PLAN_ROW) {
        at = skip_blanks(s, end);
        if (at >= s.n)
            return true;
        return l->label == LABEL_PLAN_ROW && lexicon_label(x, s, at, PLACE_START, &next);
    }
    return char_is_blank(c) || lexicon_label(x, s, end, PLACE_START, &next);
}

static size_t skip_colon(str s, size_t i)
{
    size_t n, at = skip_blanks(s, i);

    return at < s.n && char_fold(char_at(s, at, &n)) == ':' ? at + n : i;
}

static bool may_stand(const struct spot *p, const struct form_lexeme *l)
{
    if (is_legend(l->label))
        return false;
    if (p->brackets)
        return l->is_bracketed || p->place == PLACE_START;
    if (p->place == PLACE_START)
        return l->star == l->spelling.n || !l->is_bracketed;
    return !l->is_bracketed && is_column(l->label);
}

static bool try_lexeme(struct spot *p, const struct form_lexeme *l, struct label_hit *hit)
{
    size_t end = may_stand(p, l) ? match_label(p, l) : 0;

    if (!end)
        return false;
    if (!p->brackets && l->label != LABEL_INITIATIVE && l->label != LABEL_MANDATORY
        && !ends_label(p->x, p->s, end, l))
        return false;
    *hit = (struct label_hit){ l->label,
                               l->label == LABEL_OUTLOOK_GOAL ? end : skip_colon(p->s, end) };
    return true;
}

static bool try_bucket(struct spot *p, uint32_t bucket, struct label_hit *hit)
{
    uint64_t key = spot_key(p);

    for (uint16_t k = p->x->first[bucket]; k < p->x->first[bucket + 1]; k++) {
        const struct form_lexeme *l = &p->x->lexemes[k];

        if ((key & l->key_mask) == l->key && try_lexeme(p, l, hit))
            return true;
    }
    return false;
}

bool lexicon_label(const struct form_index *x, str s, size_t i, enum label_place place,
                   struct label_hit *hit)
{
    struct spot p;
    uint32_t c, starts;
    bool brackets;
    size_t n;

    if (i >= s.n)
        return false;
    c = char_at(s, i, &n);
    brackets = char_opens(c) && char_opens(c) != QUOTE;
    if (brackets) {
        i = skip_blanks(s, i + n);
        if (i >= s.n)
            return false;
        c = char_at(s, i, &n);
    }
    c = label_char(c);
    starts = x->starts[form_start(c)];
    if (!(starts & (FORM_START_LABEL | FORM_START_YEAR)))
        return false;
    p = (struct spot){ .x = x, .s = s, .i = i, .brackets = brackets, .place = place };
    if (starts & FORM_START_LABEL && try_bucket(&p, form_bucket(c), hit))
        return true;
    n = starts & FORM_START_YEAR ? year_match(s, p.i) : 0;
    p.i = skip_blanks(s, p.i + n);
    if (!n || p.i >= s.n)
        return false;
    p.known = 0;
    return try_bucket(&p, FORM_BUCKET_YEAR, hit);
}

bool lexicon_legend(const struct form_index *x, str s, size_t i, enum form_label *label,
                    size_t *n)
{
    struct spot p;
    size_t len;
    uint32_t c = label_char(char_at(s, i, &len)), b = form_bucket(c);
    uint64_t key;

    if (!(x->starts[form_start(c)] & FORM_START_MARK))
        return false;
    p = (struct spot){ .x = x, .s = s, .i = i };
    key = spot_key(&p);
    for (uint16_t k = x->first[b]; k < x->first[b + 1]; k++) {
        const struct form_lexeme *l = &x->lexemes[k];
        size_t end;

        if ((l->label != LABEL_LEGEND_OK && l->label != LABEL_LEGEND_NOT_OK)
            || (key & l->key_mask) != l->key)
            continue;
        end = match_label(&p, l);
        if (end) {
            *label = l->label;
            *n = end - i;
            return true;
        }
    }
    return false;
}

/* Does the first character stand there, or a blank before it? */
static bool may_match(str s, size_t i, str word)
{
    size_t n;
    uint32_t c = char_at(s, i, &n), first = char_at(word, 0, &n);

    return c == first || c < 0x3040 || c > 0x9FFF || first == FORM_YEAR;
}

bool lexicon_document(const struct form_index *x, str line, size_t *at)
{
    for (uint16_t k = x->first[FORM_BUCKET_YEAR]; k < x->first[FORM_BUCKET_YEAR + 1]; k++) {
        str word = x->lexemes[k].spelling;
        ptrdiff_t star;

        if (x->lexemes[k].label != LABEL_DOCUMENT)
            continue;
        word = str_skip(word, 1);
        star = str_find_char(word, '*');
        if (star >= 0)
            word = str_take(word, (size_t)star);
        for (size_t i = 0, n; word.n && i < line.n; i += n) {
            if (may_match(line, i, word) && match_plain(line, i, word)) {
                *at = i;
                return true;
            }
            char_at(line, i, &n);
        }
    }
    return false;
}
