/* Folding for comparison. Almost every character of a Japanese document folds to itself, so a
 * quick check walks over it and gives the view back; full-width letters and half-width
 * katakana, which people mix freely, are folded by table; the rest goes to utf8proc, a stretch
 * at a time. */
#define MEGURI_BASE_ROOM
#include "base/utf8.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

#include "base/banned.h"

/* A stretch for utf8proc: its sorting of combining marks is quadratic, so a text of nothing
 * else is cut here. */
enum { STRETCH = 256 };

enum {
    DASH = 0x30FC, /* ー: as a letter it keeps センター one word */
    WAVE = '~',
    DAKUTEN = 0xFF9E, /* ﾞ */
    HANDAKUTEN = 0xFF9F,
};

enum turn { TURN_SAME, TURN_DROP, TURN_MAP, TURN_SLOW };

/* U+FF61 to U+FF9D, half-width katakana, in full width. */
static const uint16_t KATAKANA[] = {
    0x3002, 0x300C, 0x300D, 0x3001, 0x30FB, 0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9,
    0x30E3, 0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB,
    0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1,
    0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5,
    0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6, 0x30E8, 0x30E9,
    0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3,
};

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000
           || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x1680
           || c == 0xFEFF || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* The last step for every character, after NFKC has done its own. */
static uint32_t unify(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if (c < 0x80)
        return c == '-' ? DASH : c;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500)
        return DASH;
    if (c == 0x301C)
        return WAVE;
    if (c >= 0x3000 && c <= 0x9FFF)
        return c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static enum turn turn_ascii(uint32_t c, uint32_t *to)
{
    if (is_blank(c))
        return TURN_DROP;
    *to = unify(c);
    return *to == c ? TURN_SAME : TURN_MAP;
}

/* U+3000 to U+30FF: signs and kana. */
static enum turn turn_kana(uint32_t c, uint32_t *to)
{
    if (c == 0x3000)
        return TURN_DROP;
    if (c == 0x301C) {
        *to = WAVE;
        return TURN_MAP;
    }
    if (c < 0x3040)
        return c <= 0x3029 || c == 0x3030 ? TURN_SAME : TURN_SLOW;
    /* Combining and free-standing voice marks, the ligatures, and the two places without a
     * character. */
    if ((c >= 0x3097 && c <= 0x309C) || c == 0x309F || c == 0x30FF || c == 0x3040)
        return TURN_SLOW;
    return TURN_SAME;
}

/* The katakana one code point on is the voiced one, two on the half-voiced one; ウ alone is far
 * from its ヴ. */
static bool voice(uint32_t kana, uint32_t mark, uint32_t *to)
{
    bool ha_row = kana >= 0x30CF && kana <= 0x30DB;

    if (mark == HANDAKUTEN) {
        *to = kana + 2;
        return ha_row;
    }
    *to = kana == 0x30A6 ? 0x30F4 : kana + 1;
    return ha_row || kana == 0x30A6 || (kana >= 0x30AB && kana <= 0x30C8 && kana != 0x30C3);
}

/* U+FF01 to U+FF9D; *n grows by the voice mark that a half-width katakana takes along. */
static enum turn turn_wide(uint32_t c, str rest, uint32_t *to, size_t *n)
{
    uint32_t mark, voiced;
    size_t mark_n;

    if (c <= 0xFF5E) {
        *to = unify(c - 0xFEE0);
        return TURN_MAP;
    }
    if (c <= 0xFF60)
        return TURN_SLOW;
    *to = KATAKANA[c - 0xFF61];
    if (rest.n < 3)
        return TURN_MAP;
    mark = utf8_first(rest, &mark_n);
    if (mark != DAKUTEN && mark != HANDAKUTEN)
        return TURN_MAP;
    if (!voice(*to, mark, &voiced))
        return TURN_SLOW;
    *to = voiced;
    *n += mark_n;
    return TURN_MAP;
}

/* What becomes of the character at the start of s; *n its bytes, *to for TURN_MAP. */
static enum turn turn_first(str s, uint32_t *to, size_t *n)
{
    uint32_t c = utf8_first(s, n);

    if (c < 0x80)
        return turn_ascii(c, to);
    if (c >= 0x4E00 && c <= 0x9FFF) /* the common ideographs, all stable */
        return TURN_SAME;
    if (c >= 0x3000 && c <= 0x30FF)
        return turn_kana(c, to);
    if (c >= 0xFF01 && c <= 0xFF9D)
        return turn_wide(c, str_skip(s, *n), to, n);
    if (c >= 0x25A0 && c <= 0x25FF) /* ○ △ ● ■ */
        return TURN_SAME;
    return TURN_SLOW;
}

/* ---- the slow way ---- */

static utf8proc_option_t options_of(int flags)
{
    /* utf8proc declares its flags as an enum.
     * NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange) */
    return (utf8proc_option_t)flags;
}

static utf8proc_ssize_t normalise(struct arena *a, str s, utf8proc_option_t options,
                                  utf8proc_int32_t **out)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.p;
    utf8proc_ssize_t n = utf8proc_decompose(p, (utf8proc_ssize_t)s.n, NULL, 0, options);

    assert(n >= 0); /* s is valid */
    *out = NEW(a, utf8proc_int32_t, (size_t)n + 1);
    n = utf8proc_decompose(p, (utf8proc_ssize_t)s.n, *out, n, options);
    assert(n >= 0);
    return n;
}

/* NFKD first, so that ゛ and its like show the blank inside them; then our own step; then
 * composed again, for what now stands side by side. */
static void fold_stretch(struct buf *out, str s)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const int base = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_IGNORE;
    const utf8proc_option_t apart = options_of(base | UTF8PROC_DECOMPOSE);
    const utf8proc_option_t together = options_of(base | UTF8PROC_COMPOSE);
    utf8proc_int32_t *c;
    utf8proc_ssize_t n = normalise(&mem, s, apart, &c);
    struct buf own;

    buf_init(&own, &mem, s.n, SIZE_MAX);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        if (!is_blank((uint32_t)c[i]))
            utf8_put(&own, unify((uint32_t)c[i]));
    n = normalise(&mem, buf_str(&own), together, &c);
    n = utf8proc_normalize_utf32(c, n, together);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        utf8_put(out, (uint32_t)c[i]);
}

/* A slow stretch begins at the last character before it that was kept, with which a mark may
 * combine, and ends before the next character that combines with nothing. */
static size_t stretch_len(str s)
{
    size_t at = 0;
    uint32_t to;

    for (size_t count = 0; at < s.n && count < STRETCH; count++) {
        size_t n;
        enum turn turn = turn_first(str_skip(s, at), &to, &n);

        if (turn != TURN_SLOW && turn != TURN_DROP && count > 0)
            break;
        at += n;
    }
    return at;
}

/* Bytes of the character at p when a look at them shows
 * that it folds to itself, 0 when it takes more: the quick part of turn_first. */
static size_t quick_len(const unsigned char *p)
{
    if (p[0] < 0x80)
        return p[0] > ' ' && p[0] != '-' && (p[0] < 'A' || p[0] > 'Z');
    if (p[0] > 0xE4 && p[0] < 0xEA) /* U+5000 to U+9FFF */
        return 3;
    if (p[0] == 0xE3 && p[1] == 0x81) /* U+3040 to U+307F */
        return p[2] > 0x80 ? 3 : 0;
    if (p[0] == 0xE3 && p[1] == 0x82) /* U+3080 to U+30BF */
        return p[2] < 0x97 || p[2] > 0x9F ? 3 : 0;
    if (p[0] == 0xE3 && p[1] == 0x83) /* U+30C0 to U+30FF */
        return p[2] < 0xBF ? 3 : 0;
    return p[0] == 0xE4 && p[1] >= 0xB8 ? 3 : 0; /* U+4E00 to U+4FFF */
}

/* How much of s folds to itself at a look; *last is where the last character of that begins. */
static size_t quick_run(str s, size_t *last)
{
    size_t at = 0, n;

    *last = 0;
    while (at < s.n && (n = quick_len((const unsigned char *)s.p + at)) > 0) {
        *last = at;
        at += n;
    }
    return at;
}

/* A fold under way. A mark may combine with the last character that was kept, so its place is
 * remembered on both sides. */
struct fold {
    str s;
    size_t at; /* so far, in s */
    struct buf out;
    size_t base_in, base_out;
};

static void keep(struct fold *f, str s, size_t last)
{
    f->base_in = f->at + last;
    f->base_out = f->out.n + last;
    buf_put(&f->out, s);
    f->at += s.n;
}

static void fold_slow(struct fold *f)
{
    size_t n = f->at - f->base_in + stretch_len(str_skip(f->s, f->at));

    f->out.n = f->base_out;
    fold_stretch(&f->out, str_take(str_skip(f->s, f->base_in), n));
    f->at = f->base_in + n;
    f->base_in = f->at;
    f->base_out = f->out.n;
}

static void fold_next(struct fold *f)
{
    str rest = str_skip(f->s, f->at);
    uint32_t to;
    size_t n;

    switch (turn_first(rest, &to, &n)) {
    case TURN_SAME:
        keep(f, str_take(rest, n), 0);
        break;
    case TURN_MAP:
        f->base_in = f->at;
        f->base_out = f->out.n;
        utf8_put(&f->out, to);
        f->at += n;
        break;
    case TURN_DROP:
        f->at += n;
        break;
    case TURN_SLOW:
        fold_slow(f);
        break;
    }
}

str text_fold(struct arena *a, str s)
{
    struct fold f = { .s = s };
    size_t last, run = quick_run(s, &last);

    if (run == s.n)
        return s;
    buf_init(&f.out, a, s.n + 16, SIZE_MAX);
    while (f.at < s.n) {
        if (run)
            keep(&f, str_take(str_skip(s, f.at), run), last);
        else
            fold_next(&f);
        run = quick_run(str_skip(s, f.at), &last);
    }
    return str_eq(buf_str(&f.out), s) ? s : buf_str(&f.out);
}
