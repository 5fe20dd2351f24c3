/* A text document into the flow: cells may carry <p> paragraphs, <br>, inline tags and
 * entities, as city web sites write them out; a spreadsheet puts cells with line ends into
 * quotes; rows may stand between bars (| … | … |). A document without any of it is the flow
 * itself, without a copy. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

enum { TAG_BYTES = 512 }; /* a longer tag is text */

enum tag_kind { TAG_NONE, TAG_PARA, TAG_BREAK, TAG_ITEM, TAG_INLINE };

/* clang-format off */
static const struct {
    str name;
    enum tag_kind kind;
} TAGS[] = {
    { STR_INIT("p"), TAG_PARA },       { STR_INIT("div"), TAG_PARA },    { STR_INIT("br"), TAG_BREAK },
    { STR_INIT("li"), TAG_ITEM },      { STR_INIT("ul"), TAG_PARA },     { STR_INIT("ol"), TAG_PARA },
    { STR_INIT("span"), TAG_INLINE },  { STR_INIT("b"), TAG_INLINE },    { STR_INIT("strong"), TAG_INLINE },
    { STR_INIT("em"), TAG_INLINE },    { STR_INIT("i"), TAG_INLINE },    { STR_INIT("u"), TAG_INLINE },
    { STR_INIT("font"), TAG_INLINE },  { STR_INIT("a"), TAG_INLINE },    { STR_INIT("sup"), TAG_INLINE },
    { STR_INIT("sub"), TAG_INLINE },   { STR_INIT("small"), TAG_INLINE }, { STR_INIT("big"), TAG_INLINE },
    { STR_INIT("s"), TAG_INLINE },     { STR_INIT("del"), TAG_INLINE },  { STR_INIT("ins"), TAG_INLINE },
    { STR_INIT("h1"), TAG_PARA },      { STR_INIT("h2"), TAG_PARA },     { STR_INIT("h3"), TAG_PARA },
    { STR_INIT("h4"), TAG_PARA },      { STR_INIT("h5"), TAG_PARA },     { STR_INIT("h6"), TAG_PARA },
    { STR_INIT("blockquote"), TAG_PARA }, { STR_INIT("wbr"), TAG_INLINE }, { STR_INIT("ruby"), TAG_INLINE },
};
static const struct {
    str name;
    uint32_t c;
} ENTITIES[] = {
    { STR_INIT("lt"), '<' },   { STR_INIT("gt"), '>' },      { STR_INIT("amp"), '&' },
    { STR_INIT("quot"), '"' }, { STR_INIT("apos"), '\'' },   { STR_INIT("nbsp"), 0xA0 },
    { STR_INIT("times"), 0xD7 }, { STR_INIT("middot"), 0xB7 }, { STR_INIT("bull"), 0x2022 },
    { STR_INIT("hellip"), 0x2026 }, { STR_INIT("ldquo"), 0x201C }, { STR_INIT("rdquo"), 0x201D },
    { STR_INIT("minus"), 0x2212 }, { STR_INIT("ge"), 0x2265 }, { STR_INIT("le"), 0x2264 },
    { STR_INIT("ensp"), 0x2002 }, { STR_INIT("emsp"), 0x2003 }, { STR_INIT("star"), 0x2606 },
    { STR_INIT("starf"), 0x2605 },
};
/* clang-format on */

struct tag {
    enum tag_kind kind;
    bool is_end;
    size_t n; /* its bytes */
};

static enum tag_kind tag_of(str name)
{
    char low[12];

    if (name.n >= sizeof low)
        return TAG_NONE;
    for (size_t i = 0; i < name.n; i++)
        low[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32) : name.p[i];
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
        if (str_eq(TAGS[i].name, (str){ low, name.n }))
            return TAGS[i].kind;
    return TAG_NONE;
}

/* The tag at the '<' of s. TAG_NONE: it is text (<その他…>, 5<8) or never closes in its line.
 */
static struct tag tag_read(str s)
{
    struct tag t = { .is_end = s.n > 1 && s.p[1] == '/' };
    size_t from = t.is_end ? 2 : 1, i = from;

    s = str_take(s, TAG_BYTES);
    while (i < s.n && char_is_ascii_word((unsigned char)s.p[i]))
        i++;
    t.kind = i > from ? tag_of((str){ s.p + from, i - from }) : TAG_NONE;
    while (t.kind && i < s.n && s.p[i] != '>') {
        if (s.p[i] == '<' || s.p[i] == '\n' || s.p[i] == '\t')
            return (struct tag){ 0 };
        i++;
    }
    if (i >= s.n)
        return (struct tag){ 0 };
    t.n = i + 1;
    return t;
}

/* 99 = no digit of any base. */
static uint32_t digit_value(char d)
{
    if (d >= '0' && d <= '9')
        return (uint32_t)(d - '0');
    if (d >= 'a' && d <= 'f')
        return (uint32_t)(d - 'a') + 10;
    return d >= 'A' && d <= 'F' ? (uint32_t)(d - 'A') + 10 : 99;
}

/* &#123; or &#x7b;, s from behind the '#'. 0 = it is none. */
static uint32_t entity_number(str s, size_t *n)
{
    uint32_t base = s.n && (s.p[0] == 'x' || s.p[0] == 'X') ? 16 : 10, c = 0;
    size_t i = base == 16 ? 1 : 0;

    for (; i < s.n && i < 9; i++) {
        uint32_t v = digit_value(s.p[i]);

        if (v >= base)
            break;
        c = c * base + v;
    }
    if (i >= s.n || s.p[i] != ';' || c < ' ' || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *n = i + 1;
    return c;
}

/* The character that the entity at the '&' of s stands for, 0 = it is plain text; *n its bytes.
 */
static uint32_t entity_read(str s, size_t *n)
{
    str name = str_skip(s, 1);

    if (name.n && name.p[0] == '#') {
        uint32_t c = entity_number(str_skip(name, 1), n);

        *n += 2;
        return c;
    }
    for (size_t i = 0; i < sizeof ENTITIES / sizeof *ENTITIES; i++) {
        str e = ENTITIES[i].name;

        if (str_starts(name, e) && name.n > e.n && name.p[e.n] == ';') {
            *n = e.n + 2;
            return ENTITIES[i].c;
        }
    }
    return 0;
}

struct cook {
    struct arena *a;
    struct flow *f;
    struct buf out;
    size_t i;          /* in the source */
    size_t para_at;    /* the <p> that is open, + 1; 0 = none */
    size_t para_tag_n; /* its bytes */
    size_t quote_end;  /* where the quotes around this cell close, 0 = there are none */
    size_t line;       /* where this line begins in the source */
    bool is_barred;    /* its cells stand between bars */
};

static void put(struct cook *k, str bytes, size_t src, bool is_entity)
{
    flow_run(k->a, k->f, (struct run){ (uint32_t)k->out.n, (uint32_t)src, is_entity });
    buf_put(&k->out, bytes);
}

/* A tag, an entity or a line's end took `n` bytes: what follows is another run. */
static void go_on(struct cook *k, size_t n)
{
    k->i += n;
    flow_run(k->a, k->f, (struct run){ (uint32_t)k->out.n, (uint32_t)k->i, false });
}

static void close_para(struct cook *k, bool is_broken)
{
    if (k->para_at && is_broken)
        flow_broken(k->a, k->f, k->para_at - 1, k->para_tag_n);
    k->para_at = 0;
}

static void cook_tag(struct cook *k, struct tag t)
{
    static const char SIGN[] = {
        [TAG_PARA] = FLOW_PARA, [TAG_BREAK] = FLOW_LINE, [TAG_ITEM] = FLOW_ITEM
    };

    if (t.kind == TAG_PARA) {
        k->para_at = t.is_end ? 0 : k->i + 1;
        k->para_tag_n = t.n;
    }
    if (t.kind == TAG_ITEM && t.is_end)
        t.kind = TAG_PARA;
    if (t.kind != TAG_INLINE)
        put(k, (str){ &SIGN[t.kind], 1 }, k->i, true);
    go_on(k, t.n);
}

static void cook_entity(struct cook *k, uint32_t c, size_t n)
{
    struct buf b;

    buf_init(&b, k->a, 8, 8);
    utf8_put(&b, c);
    put(k, buf_str(&b), k->i, true);
    go_on(k, n);
}

/* A line end inside an open paragraph is a soft one, unless the next line is a row of its own:
 * then the tag was never closed. */
static char line_end(struct cook *k)
{
    str rest = str_skip(k->f->source, k->i + 1);
    const char *end = memchr(rest.p, '\n', rest.n);
    str line = end ? str_take(rest, (size_t)(end - rest.p)) : rest;

    if (!k->para_at)
        return '\n';
    if (!str_starts(line, STR("<p")) && str_find_char(line, '\t') < 0)
        return FLOW_SOFT;
    if (str_find(line, STR("</p>")) >= 0 && !str_starts(line, STR("<p")))
        return FLOW_SOFT; /* the cell's last line: its end and the next cells follow */
    close_para(k, true);
    return '\n';
}

/* ---- quotes around a cell ---- */

static bool ends_cell(str s, size_t i)
{
    return i >= s.n || s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r';
}

/* Where the quotes close that open at byte i, the start of a cell; 0 = they do not enclose it.
 * Quotes inside are doubled. */
static size_t quote_close(str s, size_t i)
{
    for (size_t at = i + 1; at < s.n && s.p[at] != '\t'; at++) {
        if (s.p[at] != '"')
            continue;
        if (at + 1 < s.n && s.p[at + 1] == '"' && at > i + 1)
            at++;
        else
            return ends_cell(s, at + 1) ? at : 0;
    }
    return 0;
}

static void cook_quote(struct cook *k)
{
    str s = k->f->source;
    bool at_start = k->i == 0 || ends_cell(s, k->i - 1);

    if (k->quote_end && k->i == k->quote_end) {
        k->quote_end = 0;
        go_on(k, 1);
    } else if (k->quote_end && s.p[k->i + 1] == '"') {
        buf_put_char(&k->out, '"');
        go_on(k, 2);
    } else if (!k->quote_end && at_start && (k->quote_end = quote_close(s, k->i)) != 0) {
        go_on(k, 1);
    } else {
        buf_put_char(&k->out, '"');
        k->i++;
    }
}

/* ---- bars around cells ---- */

static bool is_blank_between(str s, size_t from, size_t to)
{
    while (from < to && (s.p[from] == ' ' || s.p[from] == '\r'))
        from++;
    return from >= to;
}

static size_t line_end_from(str s, size_t i)
{
    const char *end = i < s.n ? memchr(s.p + i, '\n', s.n - i) : NULL;

    return end ? (size_t)(end - s.p) : s.n;
}

/* A row begins and ends with a bar. */
static bool is_row(str s, size_t first, size_t end)
{
    while (end > first + 1 && (s.p[end - 1] == ' ' || s.p[end - 1] == '\r'))
        end--;
    return end > first + 1 && s.p[end - 1] == '|';
}

static void cook_bar(struct cook *k)
{
    str s = k->f->source;
    size_t end = line_end_from(s, k->i);

    if (is_blank_between(s, k->line, k->i)) {
        k->is_barred = is_row(s, k->i, end);
        if (k->is_barred) {
            go_on(k, 1);
            return;
        }
    }
    if (k->is_barred && is_blank_between(s, k->i + 1, end)) {
        go_on(k, 1);
        return;
    }
    buf_put_char(&k->out, k->is_barred ? '\t' : '|');
    k->i++;
}

/* ---- one byte that is not simply taken ---- */

static char cook_line_end(struct cook *k)
{
    k->line = k->i + 1;
    k->is_barred = false;
    return k->quote_end ? FLOW_LINE : line_end(k);
}

/* CR alone ends a line too, as old systems wrote them. */
static char cook_control(struct cook *k, char c)
{
    str s = k->f->source;

    if (c == '\n' || (c == '\r' && (k->i + 1 >= s.n || s.p[k->i + 1] != '\n')))
        return cook_line_end(k);
    if (c == '\t') {
        close_para(k, true);
        return c;
    }
    return c == '\f' || c == '\v' ? '\n' : ' ';
}

static void cook_sign(struct cook *k, char c)
{
    str rest = str_skip(k->f->source, k->i);
    size_t n = 0;
    uint32_t entity;
    struct tag t;

    if (c == '<' && (t = tag_read(rest)).kind) {
        cook_tag(k, t);
    } else if (c == '&' && (entity = entity_read(rest, &n)) != 0) {
        cook_entity(k, entity, n);
    } else if (c == '"') {
        cook_quote(k);
    } else if (c == '|') {
        cook_bar(k);
    } else {
        buf_put_char(&k->out, (unsigned char)c < ' ' ? cook_control(k, c) : c);
        k->i++;
    }
}

/* Bytes that are not simply taken: 2 = only in a text that has to be rewritten, 1 = as they are
 * where nothing else has. */
/* clang-format off */
static const uint8_t SIGNS[256] = {
    2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    ['&'] = 2, ['<'] = 2, ['"'] = 2, ['|'] = 2,
};
/* clang-format on */

/* The next byte at or behind i that is not simply taken, s.n = none. The quote and '&', and '<'
 * and '|', differ in one bit: each two are looked for at once. */
static size_t next_sign(str s, size_t i)
{
    for (; s.n - i >= LANES; i += LANES) {
        lanes v = lanes_load(s.p + i);
        uint32_t signs =
            lanes_mask(lanes_below(v, ' ') | lanes_equal(v | ('"' ^ '&'), '"' | '&')
                       | lanes_equal(v | ('<' ^ '|'), '<' | '|'));

        if (signs)
            return i + (size_t)__builtin_ctz(signs);
    }
    while (i < s.n && !SIGNS[(unsigned char)s.p[i]])
        i++;
    return i;
}

static bool is_plain(str s)
{
    size_t i = next_sign(s, 0);

    while (i < s.n && SIGNS[(unsigned char)s.p[i]] < 2)
        i = next_sign(s, i + 1);
    return i == s.n;
}

void flow_read_text(struct arena *a, struct flow *out)
{
    struct cook k = { .a = a, .f = out };
    str source = out->source;

    out->text = source;
    if (is_plain(source))
        return;
    buf_init(&k.out, a, source.n + 1, source.n + 1);
    flow_run(a, out, (struct run){ 0 });
    while (k.i < source.n) {
        size_t from = k.i;

        k.i = next_sign(source, from);
        buf_put(&k.out, (str){ source.p + from, k.i - from });
        if (k.i < source.n)
            cook_sign(&k, source.p[k.i]);
    }
    close_para(&k, true);
    out->text = buf_str(&k.out);
    flow_runs_end(a, out);
}
