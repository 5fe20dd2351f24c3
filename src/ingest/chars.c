/* Characters as the grammar sees them: blanks, brackets of every kind, full and half width.
 * Knows no word. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

uint32_t char_fold_rare(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) {
        c -= 0xFEE0;
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
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

/* clang-format off */
const int8_t CHAR_BRACKETS[26] = {
    [0x08] = ANGLE,      -ANGLE,      ANGLE,      -ANGLE,      /* 〈〉《》 */
    [0x0C] = QUOTE,      -QUOTE,      QUOTE,      -QUOTE,      /* 「」『』 */
    [0x10] = LENTICULAR, -LENTICULAR,                          /* 【】 */
    [0x14] = TORTOISE,   -TORTOISE,   LENTICULAR, -LENTICULAR, /* 〔〕〖〗 */
    [0x18] = TORTOISE,   -TORTOISE,                            /* 〘〙 */
};
static const struct {
    uint32_t open, close;
    enum bracket kind;
} BRACKETS[] = {
    { '(',    ')',    ROUND },      { 0xFF08, 0xFF09, ROUND },
    { '[',    ']',    SQUARE },     { 0xFF3B, 0xFF3D, SQUARE },
    { '<',    '>',    ANGLE },      { 0xFF1C, 0xFF1E, ANGLE },
    { 0x2329, 0x232A, ANGLE },      { 0x226A, 0x226B, ANGLE },
    { 0xFF62, 0xFF63, QUOTE },      { 0x201C, 0x201D, QUOTE },
};
/* clang-format on */

int char_bracket_rare(uint32_t c)
{
    for (size_t i = 0; i < sizeof BRACKETS / sizeof *BRACKETS; i++) {
        if (BRACKETS[i].open == c)
            return (int)BRACKETS[i].kind;
        if (BRACKETS[i].close == c)
            return -(int)BRACKETS[i].kind;
    }
    return 0;
}

str view_trim_blanks(str s)
{
    size_t from = skip_blanks(s, 0), to = s.n;

    while (to > from && blank_before(s, to))
        to = char_start(s, to);
    return (str){ s.p + from, to - from };
}

str view_near(str s)
{
    size_t n = VIEW_NEAR;

    if (s.n <= n)
        return s;
    while (((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return str_take(s, n);
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

    if (!n->stack || !n->of_kind[kind])
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

struct pairs view_pairs(const struct reader *r, str s)
{
    struct nest nest = { .a = r->scratch };

    for (size_t i = 0, n; (i = hint_next(&r->flow, s, i, HINT_BRACKET)) < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);
        int kind = char_bracket(c);

        if (c == FLOW_PARA || c == FLOW_ITEM) {
            nest.depth = 0;
            for (int k = 0; k < BRACKET_KINDS; k++)
                nest.of_kind[k] = 0;
        } else if (kind > 0) {
            nest_open(&nest, i, i + n, (enum bracket)kind);
        } else if (kind < 0) {
            nest_close(&nest, i, i + n, (enum bracket) - kind);
        }
    }
    return nest.out;
}

str pair_inside(str s, const struct pair *p)
{
    return view_between(s, p->inner, p->close);
}
