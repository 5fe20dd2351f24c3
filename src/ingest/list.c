/* A field into its entries. A list mark stands at the start, behind a blank or behind what
 * ended an entry; the same sign inside a word (自治会・町会) or inside brackets is none. */
#include "ingest/inner.h"

#include "base/banned.h"

/* The class of a sign that marks entries by itself. */
static enum list_class sign_class(uint32_t c)
{
    /* clang-format off */
    switch (c) {
    case 0x30FB: case 0xFF65: case 0x00B7:                           return LIST_DOT;     /* ・ ･ · */
    case 0x25CF: case 0x2022: case 0x2219: case 0x25E6:              return LIST_BULLET;  /* ● • ∙ ◦ */
    case 0x25CB: case 0x25EF: case 0x25CE: case 0x3007:              return LIST_CIRCLE;  /* ○ ◯ ◎ 〇 */
    case 0x25C6: case 0x25C7: case 0x2756:                           return LIST_DIAMOND; /* ◆ ◇ ❖ */
    case 0x25A0: case 0x25A1: case 0x25AA: case 0x25AB:              return LIST_SQUARE;  /* ■ □ ▪ ▫ */
    case 0x25B6: case 0x25B7: case 0x25BA: case 0x27A2: case 0x2713: return LIST_ARROW;   /* ▶ ▷ ► ➢ ✓ */
    case '-': case 0xFF0D: case 0x2013: case 0x2014: case 0x2212:                         /* - － – — − */
    case '*': case 0xFF0A:                                           return LIST_DASH;    /* * ＊ */
    case FLOW_ITEM:                                                  return LIST_ITEM;
    default:                                                         return LIST_NONE;
    }
    /* clang-format on */
}

static bool is_circled(uint32_t c)
{
    return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x277F)
           || (c >= 0x3251 && c <= 0x325F) || (c >= 0x2474 && c <= 0x249B)
           || (c >= 0x24EB && c <= 0x24F4) || (c >= 0x32D0 && c <= 0x32D9);
}

/* The number at i: one or two digits, or one kana or letter (ア, a); its bytes, 0 = none. */
static size_t ordinal_at(str s, size_t i, bool letters)
{
    size_t n = 0, from = i;
    int digits = 0;

    for (; i < s.n && digits < 3 && char_is_digit(char_at(s, i, &n)); i += n)
        digits++;
    if (digits)
        return digits < 3 ? i - from : 0;
    if (!letters || i >= s.n)
        return 0;
    {
        uint32_t c = char_fold(char_at(s, i, &n));

        return (c >= 0x30A2 && c <= 0x30B3) || (c >= 'a' && c <= 'j') ? n : 0;
    }
}

/* (1) （ア） at the bracket at i. */
static size_t paren_at(str s, size_t i)
{
    size_t n, end = i, inner;

    if (char_opens(char_at(s, i, &n)) != ROUND)
        return 0;
    inner = ordinal_at(s, i + n, true);
    end = i + n + inner;
    if (!inner || end >= s.n || char_closes(char_at(s, end, &n)) != ROUND)
        return 0;
    return end + n - i;
}

/* 1. １． 1) ア. at i; 1.5% is a number. */
static size_t number_at(str s, size_t i)
{
    size_t n, len = ordinal_at(s, i, true);
    uint32_t c;

    if (!len || i + len >= s.n)
        return 0;
    c = char_fold(char_at(s, i + len, &n));
    if (c != '.' && c != ')' && c != 0x3001)
        return 0;
    len += n;
    if (c == '.' && i + len < s.n && char_is_digit(char_at(s, i + len, &n)))
        return 0;
    return c == 0x3001 && i + len < s.n && !char_is_blank(char_at(s, i + len, &n)) ? 0 : len;
}

static size_t sign_at(str s, size_t i, bool line_start, enum list_class *list)
{
    size_t n;
    uint32_t c = char_at(s, i, &n);
    enum list_class of_sign;

    if (is_circled(c)) {
        *list = LIST_CIRCLED;
        return n;
    }
    of_sign = sign_class(c);
    if (of_sign == LIST_NONE || (of_sign == LIST_DASH && !line_start))
        return 0; /* in the middle of a line a dash parts words */
    *list = of_sign;
    return n;
}

/* Most texts begin with an ideograph or with kana behind コ, of which none is a mark. */
static bool may_be_mark(uint32_t c)
{
    return c <= 0x30B3 || c >= 0xFF00 || c == 0x30FB || (c >= 0x3200 && c < 0x3300);
}

size_t list_mark_at(str s, size_t i, bool line_start, enum list_class *list)
{
    size_t n, next, len;
    uint32_t c = char_at(s, i, &n);

    if (!may_be_mark(c))
        return 0;
    n = sign_at(s, i, line_start, list);
    if (!n && (n = paren_at(s, i)) != 0)
        *list = LIST_PAREN;
    if (!n && (n = number_at(s, i)) != 0)
        *list = LIST_NUMBER;
    if (!n)
        return 0;
    next = skip_blanks(s, i + n);
    if (next >= s.n)
        return *list == LIST_ITEM ? n : 0;
    c = char_fold(char_at(s, next, &len));
    if (c == ':' || (*list == LIST_DASH && (char_is_digit(c) || c == '-')))
        return 0; /* a legend, a negative number, a rule */
    return n;
}

/* ---- splitting ---- */

struct split {
    struct reader *r;
    str s;
    struct pairs pairs;
    uint32_t pair; /* the first that does not end before i */
    struct entries out;
    size_t from; /* of the entry that is open */
    enum list_class list;
    enum gap gap;
    uint32_t seen[LIST_CLASSES];
    bool blank_after; /* the first mark has a blank behind it */
};

static void entry_end(struct split *x, size_t to)
{
    str s = view_between(x->s, x->from, to);

    if (!s.n && x->list == LIST_NONE)
        return;
    GROW(x->r->scratch, x->out.items, x->out.count, &x->out.cap);
    x->out.items[x->out.count++] = (struct entry){ s, x->list, x->gap };
    x->out.marked += x->list != LIST_NONE;
}

static void entry_begin(struct split *x, size_t at, enum list_class list, enum gap gap)
{
    x->from = at;
    x->list = list;
    x->gap = gap;
}

/* The outermost brackets that hold byte i, NULL for none. Asked in the order of the text. */
static const struct pair *pair_over(struct split *x, size_t i)
{
    while (x->pair < x->pairs.count && x->pairs.items[x->pair].end <= i)
        x->pair++;
    if (x->pair < x->pairs.count && x->pairs.items[x->pair].open < i)
        return &x->pairs.items[x->pair];
    return NULL;
}

/* Brackets that end an entry hold a number or 随時: (12回)・次の. 「A」・「B」 is a word. */
static bool ends_entry(struct split *x, size_t i)
{
    const struct pair *p = x->pair > 0 ? &x->pairs.items[x->pair - 1] : NULL;
    struct found f;
    str inside;

    if (x->pair < x->pairs.count && x->pairs.items[x->pair].end == i)
        p = &x->pairs.items[x->pair];
    if (!p || p->end != i || p->kind == QUOTE)
        return false;
    inside = pair_inside(x->s, p);
    return word_is(x->r, WORDS_AS_NEEDED, inside) || amount_find(x->r, inside, 0, &f);
}

/* In the middle of a line: behind a blank, a full stop or brackets that end an entry. */
static bool may_stand(struct split *x, size_t i, enum list_class list, size_t n)
{
    uint32_t before = char_before(x->s, i), after;
    size_t len;
    bool blank = char_is_blank(before);

    if (list == LIST_ITEM)
        return true;
    if (list == LIST_PAREN || list == LIST_NUMBER)
        return blank && x->seen[list] > 0;
    if (list == LIST_CIRCLE && !x->seen[list])
        return false;
    if (i + n >= x->s.n)
        return false;
    after = char_at(x->s, i + n, &len);
    if (blank && char_is_blank(after))
        return x->blank_after || x->out.marked + (x->list != LIST_NONE) == 0;
    return blank || before == 0x3002 || (char_closes(before) && ends_entry(x, i));
}

static void take_mark(struct split *x, size_t i, size_t n, enum list_class list)
{
    size_t len;
    bool first = x->out.marked == 0 && x->list == LIST_NONE;

    entry_end(x, i);
    if (first && i + n < x->s.n)
        x->blank_after = char_is_blank(char_at(x->s, i + n, &len));
    x->seen[list]++;
    entry_begin(x, i + n, list, x->list == LIST_NONE && x->from == i ? x->gap : GAP_NONE);
}

static enum gap gap_of(uint32_t c, enum gap so_far, uint32_t *lines)
{
    if (c == FLOW_PARA || c == FLOW_LINE)
        return GAP_HARD;
    if (c == '\n' && ++*lines > 1)
        return GAP_HARD;
    return so_far > GAP_LINE ? so_far : GAP_LINE;
}

/* Skips blanks and separators from i; says what kind of gap they are. */
static size_t skip_gap(str s, size_t i, enum gap *gap)
{
    uint32_t lines = 0;

    *gap = GAP_NONE;
    for (size_t n; i < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);

        if (!char_is_blank(c))
            break;
        if (char_is_break(c))
            *gap = gap_of(c, *gap, &lines);
    }
    return i;
}

/* What stands at a place where a mark may stand. */
static size_t try_mark(struct split *x, size_t i, bool line_start)
{
    enum list_class list = LIST_NONE;
    size_t n = list_mark_at(x->s, i, line_start, &list);
    const struct pair *over = n ? pair_over(x, i) : NULL;

    if (!n || (over && !line_start) || (!line_start && !may_stand(x, i, list, n)))
        return 0;
    take_mark(x, i, n, list);
    return n;
}

/* What can stand before a list mark in the middle of a line, and FLOW_ITEM, which is one. */
enum { BEFORE_MARK = HINT_BLANK | HINT_BRACKET | HINT_SIGN };

struct entries entries_split(struct reader *r, str s)
{
    struct split x = { .r = r, .s = s, .pairs = view_pairs(r, s) };
    bool line_start = true, may = true;

    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t c;
        enum gap gap;

        if (!may && (i = hint_next(&r->flow, s, i, BEFORE_MARK)) == s.n)
            break;
        c = char_at(s, i, &n);
        if (char_is_break(c)) {
            size_t next = skip_gap(s, i, &gap);

            entry_end(&x, i);
            entry_begin(&x, next, LIST_NONE, gap);
            n = next - i;
            line_start = may = true;
            continue;
        }
        if (char_is_blank(c)) {
            may = true;
            continue;
        }
        if (c == FLOW_ITEM || (may && hint_at(&r->flow, s, i, HINT_FIRST))) {
            size_t mark = try_mark(&x, i, line_start);

            if (mark)
                n = mark;
        }
        line_start = false;
        may = c == 0x3002 || char_closes(c);
    }
    entry_end(&x, s.n);
    return x.out;
}
