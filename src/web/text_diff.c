/* Two versions of a text: letters, a shortest edit script over them, words. */
#include "web/text_diff.h"

#include <string.h>

#include "base/banned.h"

/* ---- letters ---- */

enum script { SCRIPT_OTHER, SCRIPT_WORD, SCRIPT_KANJI, SCRIPT_HIRAGANA, SCRIPT_KATAKANA };

/* A text as letters: at[i] is the offset of letter i, at[n] the end. A number or a Latin word
 * counts as one letter, so that 12 and 13 differ as a whole. mate[i] is 1 + the letter of the
 * other text that it stands for, 0 = it is in this text only. */
struct letters {
    str text;
    uint32_t *at, *mate, *sum; /* sum: a hash, for a quick no */
    uint8_t *script;
    uint32_t n;
};

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static enum script script_of(uint32_t c)
{
    if (is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A))
        return SCRIPT_WORD;
    if ((c >= 0x3400 && c < 0xA000) || c == 0x3005 || (c >= 0xF900 && c < 0xFB00)
        || (c >= 0x20000 && c < 0x32000))
        return SCRIPT_KANJI;
    if (c >= 0x3041 && c < 0x30A0)
        return SCRIPT_HIRAGANA;
    if ((c > 0x30A0 && c <= 0x30FF && c != 0x30FB) || (c >= 0xFF66 && c <= 0xFF9F))
        return SCRIPT_KATAKANA;
    return SCRIPT_OTHER;
}

/* A point or a comma between two digits belongs to the number. */
static bool is_inside_number(str s, size_t i)
{
    return i > 0 && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ',')
           && is_digit((uint8_t)s.p[i - 1]) && is_digit((uint8_t)s.p[i + 1]);
}

static size_t letter_len(str s, enum script *script)
{
    size_t len, end = 0;

    *script = script_of(utf8_first(s, &len));
    if (*script != SCRIPT_WORD)
        return len;
    while (end < s.n
           && (is_inside_number(s, end)
               || script_of(utf8_first(str_skip(s, end), &len)) == SCRIPT_WORD))
        end += is_inside_number(s, end) ? 1 : len;
    return end;
}

static struct letters letters_of(struct arena *a, str s)
{
    struct letters l = { .text = s, .at = NEW(a, uint32_t, s.n + 1) };
    size_t len;

    l.mate = NEW(a, uint32_t, s.n + 1);
    l.sum = NEW(a, uint32_t, s.n + 1);
    l.script = NEW(a, uint8_t, s.n + 1);
    for (size_t i = 0; i < s.n; i += len) {
        enum script script;

        len = letter_len(str_skip(s, i), &script);
        l.script[l.n] = (uint8_t)script;
        l.sum[l.n] = (uint32_t)str_hash(str_take(str_skip(s, i), len));
        l.at[l.n++] = (uint32_t)i;
    }
    l.at[l.n] = (uint32_t)s.n;
    return l;
}

static bool letter_same(const struct letters *x, uint32_t i, const struct letters *y,
                        uint32_t k)
{
    return x->sum[i] == y->sum[k]
           && str_eq(str_take(str_skip(x->text, x->at[i]), x->at[i + 1] - x->at[i]),
                     str_take(str_skip(y->text, y->at[k]), y->at[k + 1] - y->at[k]));
}

static void letters_join(struct letters *x, uint32_t i, struct letters *y, uint32_t k)
{
    x->mate[i] = k + 1;
    y->mate[k] = i + 1;
}

static void letter_part(struct letters *x, uint32_t i, struct letters *y)
{
    if (!x->mate[i])
        return;
    y->mate[x->mate[i] - 1] = 0;
    x->mate[i] = 0;
}

/* ---- the shortest edit script ---- */

/* The part of two texts that lies between their common start and their common end. */
struct middle {
    uint32_t start, end_x, end_y;
};

static struct middle ends_join(struct letters *x, struct letters *y)
{
    struct middle m = { 0, x->n, y->n };

    while (m.start < x->n && m.start < y->n && letter_same(x, m.start, y, m.start)) {
        letters_join(x, m.start, y, m.start);
        m.start++;
    }
    while (m.end_x > m.start && m.end_y > m.start
           && letter_same(x, m.end_x - 1, y, m.end_y - 1)) {
        m.end_x--;
        m.end_y--;
        letters_join(x, m.end_x, y, m.end_y);
    }
    return m;
}

/* How far each diagonal k (= letters taken from x less those from y) reaches in x after d
 * steps: reach[d][k + d]. */
struct script_search {
    const struct letters *x, *y;
    const struct middle *m;
    int32_t **reach;
    int32_t rows, cols;
};

/* Where diagonal k is entered with step d: down (a letter of y) or right (a letter of x). */
static bool is_down(const int32_t *before, int32_t d, int32_t k)
{
    /* before[i] is diagonal i - (d - 1) */
    return k == -d || (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
}

static int32_t entry(const int32_t *before, int32_t d, int32_t k)
{
    return is_down(before, d, k) ? before[k + 1 + d - 1] : before[k - 1 + d - 1] + 1;
}

/* Follows diagonal k of step d; true when both ends are reached. */
static bool follow(const struct script_search *s, int32_t d, int32_t k)
{
    int32_t i = d ? entry(s->reach[d - 1], d, k) : 0;

    while (
        i < s->rows && i - k < s->cols && i - k >= 0
        && letter_same(s->x, s->m->start + (uint32_t)i, s->y, s->m->start + (uint32_t)(i - k)))
        i++;
    s->reach[d][k + d] = i;
    return i >= s->rows && i - k >= s->cols;
}

/* The number of steps of the shortest script, -1 when it is too long. */
static int32_t search(struct arena *a, const struct script_search *s)
{
    for (int32_t d = 0; d <= DIFF_STEPS_MAX; d++) {
        s->reach[d] = NEW(a, int32_t, 2 * (size_t)d + 1);
        for (int32_t k = -d; k <= d; k += 2)
            if (follow(s, d, k))
                return d;
    }
    return -1;
}

/* Joins the letters that the script leaves alone, from its end to its start. */
static void script_join(const struct script_search *s, int32_t d, struct letters *x,
                        struct letters *y)
{
    int32_t i = s->rows, k = s->rows - s->cols;

    for (; d >= 0; d--) {
        const int32_t from = d ? entry(s->reach[d - 1], d, k) : 0;

        for (; i > from; i--)
            letters_join(x, s->m->start + (uint32_t)i - 1, y,
                         s->m->start + (uint32_t)(i - k) - 1);
        if (!d)
            return;
        if (is_down(s->reach[d - 1], d, k)) {
            k++;
        } else {
            k--;
            i--;
        }
    }
}

static void middle_join(struct letters *x, struct letters *y, const struct middle *m)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct script_search s = { .x = x, .y = y, .m = m };
    int32_t d;

    s.rows = (int32_t)(m->end_x - m->start);
    s.cols = (int32_t)(m->end_y - m->start);
    if (!s.rows || !s.cols)
        return;
    s.reach = NEW(&mem, int32_t *, DIFF_STEPS_MAX + 1);
    d = search(&mem, &s);
    if (d >= 0)
        script_join(&s, d, x, y);
}

/* A single letter that happens to stand in both between two changes only unsettles the eye. */
static void islands_part(struct letters *x, struct letters *y)
{
    for (uint32_t i = 1; i + 1 < x->n; i++)
        if (x->mate[i] && !x->mate[i - 1] && !x->mate[i + 1])
            letter_part(x, i, y);
}

/* ---- words ---- */

/* Longest first: what stands behind a noun and begins the next word. */
static const str PARTICLES[] = {
    STR_INIT("から"), STR_INIT("まで"), STR_INIT("より"), STR_INIT("には"), STR_INIT("では"),
    STR_INIT("とは"), STR_INIT("への"), STR_INIT("での"), STR_INIT("との"), STR_INIT("にも"),
    STR_INIT("でも"), STR_INIT("など"), STR_INIT("は"),   STR_INIT("が"),   STR_INIT("を"),
    STR_INIT("に"),   STR_INIT("で"),   STR_INIT("と"),   STR_INIT("も"),   STR_INIT("の"),
    STR_INIT("へ"),   STR_INIT("や"),
};

static uint32_t run_end(const struct letters *l, uint32_t from)
{
    uint32_t end = from + 1;

    while (end < l->n && l->script[end] == l->script[from])
        end++;
    return end;
}

/* Letters of the particle at the start of a run of hiragana that follows something. */
static uint32_t particle_letters(const struct letters *l, uint32_t from)
{
    const str rest = str_skip(l->text, l->at[from]);

    for (size_t i = 0; from && i < sizeof PARTICLES / sizeof *PARTICLES; i++)
        if (str_starts(rest, PARTICLES[i]))
            return (uint32_t)utf8_count(PARTICLES[i]);
    return 0;
}

/* Where the word that begins with letter `from` ends. */
static uint32_t word_end(const struct letters *l, uint32_t from)
{
    const uint32_t end = run_end(l, from);
    uint32_t particle;

    switch ((enum script)l->script[from]) {
    case SCRIPT_KANJI:
        return end - from <= 2 && (!from || l->script[from - 1] != SCRIPT_KANJI) ? end
                                                                                 : from + 1;
    case SCRIPT_HIRAGANA:
        particle =
            from && l->script[from - 1] == SCRIPT_HIRAGANA ? 0 : particle_letters(l, from);
        return particle && from + particle < end ? from + particle : end;
    case SCRIPT_KATAKANA:
        return end;
    case SCRIPT_OTHER:
    case SCRIPT_WORD:
        break;
    }
    return from + 1;
}

/* A word of which a part changed has changed, and so has what stood for it. */
static bool words_part(struct letters *x, struct letters *y)
{
    bool has_parted = false;

    for (uint32_t from = 0, end; from < x->n; from = end) {
        uint32_t mates = 0;

        end = word_end(x, from);
        for (uint32_t i = from; i < end; i++)
            mates += x->mate[i] != 0;
        if (!mates || mates == end - from)
            continue;
        for (uint32_t i = from; i < end; i++)
            letter_part(x, i, y);
        has_parted = true;
    }
    return has_parted;
}

static struct marked_text marks_of(struct arena *a, const struct letters *l)
{
    struct marked_text m = { .text = l->text, .at = l->at, .n = l->n };

    m.is_marked = NEW(a, bool, l->n + 1);
    for (uint32_t i = 0; i < l->n; i++)
        m.is_marked[i] = !l->mate[i];
    return m;
}

void text_diff(struct arena *a, str before, str after, struct marked_text *marked_before,
               struct marked_text *marked_after)
{
    struct letters x = letters_of(a, before), y = letters_of(a, after);
    const struct middle m = ends_join(&x, &y);
    bool has_parted;

    middle_join(&x, &y, &m);
    islands_part(&x, &y);
    islands_part(&y, &x);
    do {
        has_parted = words_part(&x, &y);
        has_parted |= words_part(&y, &x);
    } while (has_parted);
    *marked_before = marks_of(a, &x);
    *marked_after = marks_of(a, &y);
}
