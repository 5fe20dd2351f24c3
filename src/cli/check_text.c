/* Findings as a compiler prints them: place, severity, rule, sentence; on a terminal the line
 * and a caret too. */
#include "cli/inner.h"

#include <string.h>
#include <unistd.h>

#include "base/banned.h"
#include "base/lanes.h"

static uint32_t steering(const char *p)
{
    lanes v = lanes_load(p);

    return lanes_mask(lanes_below(v, 0x20) | lanes_equal(v, 0x7F) | lanes_equal(v, 0xC2));
}

/* Bytes before the first that may steer a terminal: controls, DEL, and those of two bytes,
 * which begin with C2. */
static size_t visible_run(str s)
{
    size_t i = 0;

    while (s.n - i >= LANES && !steering(s.p + i))
        i += LANES;
    if (s.n - i < LANES && i && !steering(s.p + s.n - LANES))
        return s.n;
    while (i < s.n && (unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7F
           && (unsigned char)s.p[i] != 0xC2)
        i++;
    return i;
}

/* Text of a document may hold anything; what would steer a terminal is shown as a blank. */
static void put_visible(struct buf *b, str s)
{
    while (s.n) {
        size_t len, plain = visible_run(s);

        buf_put(b, str_take(s, plain));
        s = str_skip(s, plain);
        if (!s.n)
            return;
        const uint32_t c = utf8_first(s, &len);
        buf_put(b, c < 0x20 || (c >= 0x7F && c < 0xA0) ? STR(" ") : str_take(s, len));
        s = str_skip(s, len);
    }
}

/* Columns of a terminal: one for ASCII and half-width kana, two for the rest of what Japanese
 * documents hold. */
static unsigned width(uint32_t c)
{
    return c < 0x300 || (c >= 0xFF61 && c <= 0xFF9F) ? 1 : 2;
}

enum { COLUMNS_BEFORE = 36, COLUMNS_ALL = 76 };

/* The end of the last character of s[0, at) that fits into `columns` when going back from `at`.
 */
static size_t back(str s, size_t at, unsigned columns, unsigned *used)
{
    *used = 0;
    while (at > 0 && s.p[at - 1] != '\n') {
        size_t before = at - 1, len;
        unsigned w;

        while (before > 0 && ((unsigned char)s.p[before] & 0xC0) == 0x80)
            before--;
        w = width(utf8_first(str_skip(s, before), &len));
        if (*used + w > columns)
            break;
        *used += w;
        at = before;
    }
    return at;
}

/* The source line around a place, and a caret under it. */
static void put_context(struct buf *b, str text, struct span at)
{
    unsigned before, used = 0;
    size_t from, to = at.off, len;

    if (at.line == 0 || at.off > text.n)
        return;
    from = back(text, at.off, COLUMNS_BEFORE, &before);
    while (to < text.n && text.p[to] != '\n' && text.p[to] != '\r') {
        used += width(utf8_first(str_skip(text, to), &len));
        if (used > COLUMNS_ALL - before)
            break;
        to += len;
    }
    buf_put(b, STR("    "));
    put_visible(b, str_take(str_skip(text, from), to - from));
    buf_put(b, STR("\n    "));
    for (unsigned i = 0; i < before; i++)
        buf_put_char(b, ' ');
    buf_put(b, STR("^\n"));
}

static void put_place(struct buf *b, str file, struct span at)
{
    put_visible(b, file);
    if (at.line) {
        buf_put_char(b, ':');
        buf_put_int(b, at.line);
        buf_put_char(b, ':');
        buf_put_int(b, at.col);
    }
    buf_put(b, STR(": "));
}

/* The subject so far that a reader knows it again. */
static void put_short(struct buf *b, str s)
{
    enum { LONGEST = 28 };
    const str head = utf8_take(s, LONGEST);

    put_visible(b, head);
    if (head.n < s.n)
        buf_put(b, STR("…"));
}

static bool is_number(str s)
{
    dec d;

    return dec_parse(s, &d);
}

static void put_finding(const struct cli *c, struct buf *b, const struct checked *d,
                        const struct finding *f)
{
    put_place(b, d->file, f->at);
    buf_put(b, severity_word(f->severity));
    buf_put_char(b, ' ');
    buf_put(b, f->rule);
    buf_put(b, STR(": "));
    if (f->initiative) {
        buf_put(b, c->lang == LANG_JA ? STR("取組") : STR("initiative "));
        buf_put_int(b, f->initiative);
        if (f->subject.n && !is_number(f->subject)) {
            buf_put(b, STR("「"));
            put_short(b, f->subject);
            buf_put(b, STR("」"));
        }
        buf_put(b, STR(": "));
    }
    put_visible(b, f->message[c->lang]);
    buf_put_char(b, '\n');
}

static void put_note(const struct cli *c, struct buf *b, const struct checked *d,
                     const struct note *n)
{
    static const str SAYS[NOTE_KIND_COUNT][LANG_COUNT] = {
        [NOTE_UNREAD] = { STR_INIT("どの欄としても読めませんでした"),
                          STR_INIT("no field takes this text") },
        [NOTE_BROKEN] = { STR_INIT("様式が崩れています"), STR_INIT("the form is broken here") },
    };

    if (!SAYS[n->kind][c->lang].n)
        return; /* told as a finding */
    put_place(b, d->file, n->at);
    buf_put(b, c->lang == LANG_JA ? STR("注: ") : STR("note: "));
    buf_put(b, SAYS[n->kind][c->lang]);
    buf_put(b, STR("「"));
    put_short(b, str_trim(n->raw));
    buf_put(b, STR("」\n"));
}

static void document(const struct cli *c, struct buf *b, const struct checked *d,
                     const struct check_sum *sum)
{
    const bool with_context = cli_is_on(c, "context") || isatty(STDOUT_FILENO);

    (void)sum;
    for (uint32_t i = 0; i < d->findings->count; i++) {
        put_finding(c, b, d, &d->findings->items[i]);
        if (with_context)
            put_context(b, d->text, d->findings->items[i].at);
    }
    for (uint32_t i = 0; i < d->plan->note_count; i++)
        put_note(c, b, d, &d->plan->notes[i]);
}

/* A file that could not be read is told on stderr, like every failure. */
static void unreadable(const struct cli *c, struct buf *b, str file, const struct err *e,
                       struct check_sum *sum)
{
    struct buf line;

    (void)sum;
    buf_init(&line, b->a, 256, SIZE_MAX / 2);
    put_place(&line, file, (struct span){ .line = e->row, .col = e->col });
    put_visible(&line, error_text(c, b->a, e));
    fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&line)));
}

static void end(const struct cli *c, struct buf *b, const struct check_sum *sum)
{
    const bool ja = c->lang == LANG_JA;

    buf_fmt(b, ja ? "指摘 E %llu W %llu I %llu" : "findings E %llu W %llu I %llu",
            (unsigned long long)sum->findings[SEVERITY_ERROR],
            (unsigned long long)sum->findings[SEVERITY_WARNING],
            (unsigned long long)sum->findings[SEVERITY_INFO]);
    if (sum->notes)
        buf_fmt(b, ja ? "、読めなかった箇所 %llu" : ", places not understood %llu",
                (unsigned long long)sum->notes);
    buf_fmt(b, ja ? "(文書 %llu" : " (documents %llu", (unsigned long long)sum->files);
    if (sum->unreadable)
        buf_fmt(b, ja ? "、うち読めない文書 %llu" : ", of them unreadable %llu",
                (unsigned long long)sum->unreadable);
    buf_put(b, STR(")\n"));
}

const struct check_form CHECK_TEXT = {
    .name = "text", .document = document, .unreadable = unreadable, .end = end
};
