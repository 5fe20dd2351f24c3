/* Running text (purpose, improvement): paragraphs are joined by a line feed, a line that was
 * only wrapped is joined without anything. And the clean text of any view. */
#include "ingest/inner.h"

#include "base/banned.h"

enum { WRAP_CHARS = 20 /* a shorter line was not wrapped, it ended */ };

static bool is_ascii(uint32_t c)
{
    return c > ' ' && c < 0x7F;
}

/* What takes the place of blanks and line ends between two characters. */
static str joint(uint32_t before, uint32_t after)
{
    return is_ascii(before) && is_ascii(after) ? STR(" ") : STR("");
}

/* Where the line that begins at i ends. */
static size_t line_end(str s, size_t i)
{
    while ((i = next_control(s, i)) < s.n && !char_is_break((unsigned char)s.p[i]))
        i++;
    return i;
}

str text_clean(struct reader *r, str view)
{
    struct buf b;

    if (line_end(view, 0) == view.n)
        return view;
    buf_init(&b, r->a, view.n, view.n);
    for (size_t i = 0, n; i < view.n; i += n) {
        size_t end = line_end(view, i), next;

        buf_put(&b, view_between(view, i, end));
        next = skip_blanks(view, end);
        if (next < view.n)
            buf_put(&b, joint(char_before(buf_str(&b), b.n), char_at(view, next, &n)));
        n = next > i ? next - i : 1;
    }
    return buf_str(&b);
}

struct text text_of(struct reader *r, str view)
{
    view = view_trim(view);
    return (struct text){ text_clean(r, view), flow_span(&r->flow, view) };
}

/* Was the line cut by its width? Then it is long, does not end a sentence, and its end is a
 * plain line feed. */
static bool is_wrapped(str line, str gap)
{
    uint32_t last = char_before(line, line.n);
    size_t feeds = 0;

    for (size_t i = 0; i < gap.n; i++) {
        if (gap.p[i] == FLOW_PARA || gap.p[i] == FLOW_LINE || gap.p[i] == FLOW_ITEM)
            return false;
        feeds += gap.p[i] == '\n' || gap.p[i] == FLOW_SOFT;
    }
    return feeds == 1 && last != 0x3002 && !char_closes(last) && utf8_count(line) >= WRAP_CHARS;
}

static void put_lines(struct buf *b, str view)
{
    for (size_t i = 0; i < view.n;) {
        size_t end = line_end(view, i), next = skip_blanks(view, end), n;
        str line = view_between(view, i, end);

        while (next < view.n && view.p[next] == FLOW_ITEM)
            next = skip_blanks(view, next + 1);
        buf_put(b, line);
        if (next < view.n && is_wrapped(line, (str){ view.p + end, next - end }))
            buf_put(b, joint(char_before(line, line.n), char_at(view, next, &n)));
        else if (next < view.n && line.n)
            buf_put_char(b, '\n');
        i = next > i ? next : i + 1;
    }
}

struct text prose_read(struct reader *r, const struct views *v)
{
    struct text out = { 0 };
    size_t room = 0;
    struct buf b;

    if (!v->count)
        return out;
    out.at = flow_span(&r->flow, v->items[0]);
    if (v->count == 1 && line_end(v->items[0], 0) == v->items[0].n) {
        out.v = v->items[0];
        return out;
    }
    for (uint32_t i = 0; i < v->count; i++)
        room += v->items[i].n + 1;
    buf_init(&b, r->a, room, room);
    for (uint32_t i = 0; i < v->count; i++) {
        if (i)
            buf_put_char(&b, '\n');
        put_lines(&b, v->items[i]);
    }
    out.v = buf_str(&b);
    return out;
}
