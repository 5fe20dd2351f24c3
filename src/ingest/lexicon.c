/* The form's labels, looked up by their first character and compared while folding, so that the
 * document itself is never folded. Blanks inside a label do not count: 取組項目 1, 自 己 評 価.
 */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

enum { STAR_BYTES = 240 /* what a * may stand for */, YEAR_BUCKET = LEXICON_BUCKETS - 1 };

/* Brackets of every kind are one; quotation marks are none. */
static uint32_t label_char(uint32_t c)
{
    enum bracket kind = char_opens(c);

    if (kind)
        return kind == QUOTE ? c : '(';
    kind = char_closes(c);
    if (kind)
        return kind == QUOTE ? c : ')';
    return char_fold(c);
}

static uint32_t bucket_of(uint32_t c)
{
    return c == FORM_YEAR || c == '*' ? YEAR_BUCKET : c % YEAR_BUCKET;
}

/* A spelling in brackets is also found by what stands in them. */
static uint32_t first_char(str spelling, bool inner)
{
    size_t n;

    return char_at(spelling, inner ? 1 : 0, &n);
}

static void lexeme_add(struct lexicon *x, uint32_t *count, struct lexeme l)
{
    uint32_t at = (*count)++;

    while (at > 0 && x->items[at - 1].spelling.n < l.spelling.n) {
        x->items[at] = x->items[at - 1];
        at--;
    }
    x->items[at] = l;
}

void lexicon_init(struct arena *a, const struct form *form, struct lexicon *out)
{
    struct lexicon sorted = { .items =
                                  NEW(a, struct lexeme, 2 * (size_t)form->spelling_count) };
    uint32_t count = 0, at = 0;

    for (uint32_t i = 0; i < form->spelling_count; i++) {
        str s = form->spellings[i].spelling;
        bool bracketed = s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')';

        lexeme_add(&sorted, &count, (struct lexeme){ s, form->spellings[i].label, bracketed });
        if (bracketed && str_find_char(s, '*') < 0) {
            s = (str){ s.p + 1, s.n - 2 };
            lexeme_add(&sorted, &count, (struct lexeme){ s, form->spellings[i].label, true });
        }
    }
    out->items = NEW(a, struct lexeme, count);
    for (uint32_t b = 0; b < LEXICON_BUCKETS; b++) {
        out->first[b] = (uint16_t)at;
        for (uint32_t i = 0; i < count; i++)
            if (bucket_of(first_char(sorted.items[i].spelling, false)) == b)
                out->items[at++] = sorted.items[i];
    }
    out->first[LEXICON_BUCKETS] = (uint16_t)at;
}

/* 当年度, 本年度, 今年度 or a fiscal year. */
static size_t year_match(str s, size_t i)
{
    static const str WORDS[] = { STR_INIT("当年度"), STR_INIT("本年度"), STR_INIT("今年度") };
    str rest = str_skip(s, i);
    size_t used;
    int year;

    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
        if (str_starts(rest, WORDS[k]))
            return WORDS[k].n;
    return fiscal_parse(rest, 0, false, &year, &used) ? used : 0;
}

/* The end of `spelling` matched at byte i of s, 0 when it does not stand there. A star is tried
 * by the caller. */
static size_t match_plain(str s, size_t i, str spelling)
{
    for (size_t k = 0, kn, n; k < spelling.n; k += kn) {
        uint32_t want = char_at(spelling, k, &kn), c;

        if (k)
            i = skip_blanks(s, i);
        if (i >= s.n)
            return 0;
        if (want == FORM_YEAR) {
            n = year_match(s, i);
            if (!n)
                return 0;
            i += n;
            continue;
        }
        c = label_char(char_at(s, i, &n));
        if (c != want)
            return 0;
        i += n;
    }
    return i;
}

static size_t match(str s, size_t i, str spelling)
{
    ptrdiff_t star = str_find_char(spelling, '*');
    str tail;
    size_t limit, n;

    if (star < 0)
        return match_plain(s, i, spelling);
    tail = str_skip(spelling, (size_t)star + 1);
    i = match_plain(s, i, str_take(spelling, (size_t)star));
    if (star > 0 && !i)
        return 0;
    limit = i + STAR_BYTES < s.n ? i + STAR_BYTES : s.n;
    for (; i < limit; i += n) {
        size_t end = match_plain(s, i, tail);

        if (end)
            return end;
        char_at(s, i, &n);
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
static bool ends_label(const struct lexicon *x, str s, size_t end, const struct lexeme *l)
{
    size_t n, at = end;
    uint32_t c = at < s.n ? label_char(char_at(s, at, &n)) : ' ';
    struct label_hit next;

    if (c == ':' || c == '(' || c == 0x3010)
        return true;
    if (l->is_bracketed || l->label == LABEL_PLAN_ROW) {
        at = skip_blanks(s, end);
        if (at >= s.n)
            return true;
        return l->label == LABEL_PLAN_ROW && lexicon_label(x, s, at, PLACE_START, &next);
    }
    if (char_is_blank(c))
        return true;
    return lexicon_label(x, s, end, PLACE_START, &next);
}

static size_t skip_colon(str s, size_t i)
{
    size_t n, at = skip_blanks(s, i);

    return at < s.n && char_fold(char_at(s, at, &n)) == ':' ? at + n : i;
}

static bool try_lexeme(const struct lexicon *x, const struct lexeme *l, str s, size_t i,
                       enum label_place place, struct label_hit *hit)
{
    bool has_brackets = l->spelling.p[0] == '(';
    size_t end;

    if (is_legend(l->label))
        return false;
    if (place == PLACE_INSIDE && !has_brackets && (l->is_bracketed || !is_column(l->label)))
        return false;
    end = match(s, i, l->spelling);
    if (!end)
        return false;
    if (!has_brackets && l->label != LABEL_INITIATIVE && l->label != LABEL_MANDATORY
        && !ends_label(x, s, end, l))
        return false;
    *hit = (struct label_hit){ l->label,
                               l->label == LABEL_OUTLOOK_GOAL ? end : skip_colon(s, end) };
    return true;
}

bool lexicon_label(const struct lexicon *x, str s, size_t i, enum label_place place,
                   struct label_hit *hit)
{
    size_t n;
    uint32_t buckets[2];

    if (i >= s.n)
        return false;
    buckets[0] = bucket_of(label_char(char_at(s, i, &n)));
    buckets[1] = YEAR_BUCKET;
    for (int b = 0; b < 2; b++)
        for (uint16_t k = x->first[buckets[b]]; k < x->first[buckets[b] + 1]; k++)
            if (try_lexeme(x, &x->items[k], s, i, place, hit))
                return true;
    return false;
}

bool lexicon_legend(const struct lexicon *x, str s, size_t i, enum form_label *label, size_t *n)
{
    size_t len;
    uint32_t b = bucket_of(label_char(char_at(s, i, &len)));

    for (uint16_t k = x->first[b]; k < x->first[b + 1]; k++) {
        const struct lexeme *l = &x->items[k];
        size_t end;

        if (l->label != LABEL_LEGEND_OK && l->label != LABEL_LEGEND_NOT_OK)
            continue;
        end = match_plain(s, i, l->spelling);
        if (end) {
            *label = l->label;
            *n = end - i;
            return true;
        }
    }
    return false;
}

bool lexicon_document(const struct lexicon *x, str line, size_t *at)
{
    for (uint16_t k = x->first[YEAR_BUCKET]; k < x->first[YEAR_BUCKET + 1]; k++) {
        str word = x->items[k].spelling;
        ptrdiff_t star;

        if (x->items[k].label != LABEL_DOCUMENT)
            continue;
        word = str_skip(word, 1);
        star = str_find_char(word, '*');
        if (star >= 0)
            word = str_take(word, (size_t)star);
        for (size_t i = 0, n; word.n && i < line.n; i += n) {
            if (match_plain(line, i, word)) {
                *at = i;
                return true;
            }
            char_at(line, i, &n);
        }
    }
    return false;
}
