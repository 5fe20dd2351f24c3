/* Characters as the grammar sees them: blanks, brackets of every kind, full and half width.
 * Knows no word. */
#include "ingest/inner.h"

#include "base/banned.h"

uint32_t char_at(str s, size_t i, size_t *n)
{
    unsigned char c = (unsigned char)s.p[i];

    if (c < 0x80) {
        *n = 1;
        return c;
    }
    return utf8_first((str){ s.p + i, s.n - i }, n);
}

uint32_t char_before(str s, size_t i)
{
    size_t n;

    if (i == 0)
        return 0;
    do
        i--;
    while (i > 0 && ((unsigned char)s.p[i] & 0xC0) == 0x80);
    return char_at(s, i, &n);
}

uint32_t char_fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    switch (c) {
    case 0xFF61:
        return 0x3002; /* ｡ 。 */
    case 0xFF62:
        return 0x300C; /* ｢ 「 */
    case 0xFF63:
        return 0x300D; /* ｣ 」 */
    case 0xFF64:
        return 0x3001; /* ､ 、 */
    case 0xFF65:
        return 0x30FB; /* ･ ・ */
    case 0x2236:       /* ∶ */
    case 0xFE55:
        return ':';
    default:
        return c;
    }
}

bool char_is_blank(uint32_t c)
{
    return (c <= ' ' && c != FLOW_ITEM) || c == 0xA0 || c == 0x3000
           || (c >= 0x2000 && c <= 0x200B) || c == 0xFEFF;
}

bool char_is_break(uint32_t c)
{
    return c == '\n' || (c >= FLOW_PARA && c <= FLOW_SOFT);
}

bool char_is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

bool char_is_ascii_word(uint32_t c)
{
    c = char_fold(c);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* clang-format off */
static const struct {
    uint32_t open, close;
    enum bracket kind;
} BRACKETS[] = {
    { '(',    ')',    ROUND },      { 0xFF08, 0xFF09, ROUND },
    { '[',    ']',    SQUARE },     { 0xFF3B, 0xFF3D, SQUARE },
    { 0x3010, 0x3011, LENTICULAR }, { 0x3016, 0x3017, LENTICULAR },
    { 0x3014, 0x3015, TORTOISE },   { 0x3018, 0x3019, TORTOISE },
    { '<',    '>',    ANGLE },      { 0xFF1C, 0xFF1E, ANGLE },
    { 0x3008, 0x3009, ANGLE },      { 0x300A, 0x300B, ANGLE },
    { 0x2329, 0x232A, ANGLE },      { 0x226A, 0x226B, ANGLE },
    { 0x300C, 0x300D, QUOTE },      { 0x300E, 0x300F, QUOTE },
    { 0xFF62, 0xFF63, QUOTE },      { 0x201C, 0x201D, QUOTE },
};
/* clang-format on */

/* Most characters are far from any bracket. */
static bool may_be_bracket(uint32_t c)
{
    return c < 0x80
               ? c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']'
               : (c >= 0x3008 && c <= 0x3019) || c >= 0xFF08 || (c >= 0x201C && c <= 0x232A);
}

enum bracket char_opens(uint32_t c)
{
    for (size_t i = 0; may_be_bracket(c) && i < sizeof BRACKETS / sizeof *BRACKETS; i++)
        if (BRACKETS[i].open == c)
            return BRACKETS[i].kind;
    return BRACKET_NONE;
}

enum bracket char_closes(uint32_t c)
{
    for (size_t i = 0; may_be_bracket(c) && i < sizeof BRACKETS / sizeof *BRACKETS; i++)
        if (BRACKETS[i].close == c)
            return BRACKETS[i].kind;
    return BRACKET_NONE;
}

size_t skip_blanks(str s, size_t i)
{
    for (size_t n; i < s.n && char_is_blank(char_at(s, i, &n)); i += n)
        ;
    return i;
}

static size_t char_bytes_before(str s, size_t i)
{
    size_t n = 1;

    while (n < i && ((unsigned char)s.p[i - n] & 0xC0) == 0x80)
        n++;
    return n;
}

str view_trim(str s)
{
    size_t from = skip_blanks(s, 0), to = s.n;

    while (to > from && char_is_blank(char_before(s, to)))
        to -= char_bytes_before(s, to);
    return (str){ s.p + from, to - from };
}

str view_between(str s, size_t from, size_t to)
{
    return view_trim((str){ s.p + from, to > from ? to - from : 0 });
}

str view_from(str s, size_t i)
{
    return view_between(s, i < s.n ? i : s.n, s.n);
}

bool view_has_break(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (char_is_break((unsigned char)s.p[i]))
            return true;
    return false;
}

/* ---- pairs of brackets ---- */

struct opened {
    size_t at, inner;
    enum bracket kind;
};
struct nest {
    struct arena *a;
    struct opened *stack;
    uint32_t depth, depth_cap;
    uint32_t of_kind[BRACKET_KINDS]; /* open ones of each kind, so that a stray closing one
                                        costs nothing */
    struct pairs out;
    uint32_t out_cap;
};

static void nest_open(struct nest *n, size_t at, size_t inner, enum bracket kind)
{
    GROW(n->a, n->stack, n->depth, &n->depth_cap);
    n->stack[n->depth++] = (struct opened){ at, inner, kind };
    n->of_kind[kind]++;
}

/* Takes back to the partner; what was opened inside it and never closed is plain text.
 * Outermost pairs swallow those that they hold. */
static void nest_close(struct nest *n, size_t at, size_t end, enum bracket kind)
{
    struct opened o;

    if (!n->of_kind[kind])
        return;
    do {
        o = n->stack[--n->depth];
        n->of_kind[o.kind]--;
    } while (o.kind != kind);
    while (n->out.count && n->out.items[n->out.count - 1].open > o.at)
        n->out.count--;
    GROW(n->a, n->out.items, n->out.count, &n->out_cap);
    n->out.items[n->out.count++] = (struct pair){ o.at, o.inner, at, end, kind };
}

struct pairs view_pairs(struct arena *a, str s)
{
    struct nest nest = { .a = a };

    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);
        enum bracket kind = char_opens(c);

        if (c == FLOW_PARA || c == FLOW_ITEM) {
            nest.depth = 0;
            for (int k = 0; k < BRACKET_KINDS; k++)
                nest.of_kind[k] = 0;
        } else if (kind) {
            nest_open(&nest, i, i + n, kind);
        } else if ((kind = char_closes(c)) != BRACKET_NONE) {
            nest_close(&nest, i, i + n, kind);
        }
    }
    return nest.out;
}

str pair_inside(str s, const struct pair *p)
{
    return view_between(s, p->inner, p->close);
}
