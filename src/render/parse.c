/* The template parser: sources in, one table of operations out. tools/tmpl.c runs it when
 * the program is built, the server runs it on every request with --assets.
 *
 * Mistakes are the developer's, so the sentences are English and begin with file:line:column.
 */
#include "render/template.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* The set while it grows. The arrays are as long as the sources can possibly need. */
struct maker {
    struct op *ops;
    struct piece *names;
    struct template_entry *templates;
    struct message_entry *messages;
    char *text;
    const struct template_source *sources; /* sorted, as the templates */
    struct op unused;                      /* where a parser that only checks writes */
    struct template_set set;
};

/* One template or one translation on its way through the parser. */
struct parser {
    struct maker *to;
    str name;   /* of the template, for sentences */
    str whole;  /* what a place counts lines in */
    str source; /* the part of it that is parsed */
    size_t at;  /* the next byte of source */
    bool is_message;
    bool is_check; /* a part between attributes: adds nothing, only sees whether it fits */
    struct place place;
    struct {
        str name;
        uint32_t op;
        size_t at;
        struct place place;
    } open[TEMPLATE_NEST_MAX]; /* sections that have begun */
    uint32_t depth;
    struct err *e;
};

static const str MESSAGES_FILE = STR_INIT("messages.tsv");

static bool complain(const struct parser *p, size_t at, const char *what, str about)
{
    uint32_t line, col;

    text_place(p->whole, (size_t)(p->source.p - p->whole.p) + at, &line, &col);
    return err_at(p->e, line, col, "%.*s%s:%u:%u: %s%s%.*s",
                  STR_ARG(p->is_message ? MESSAGES_FILE : p->name),
                  p->is_message ? "" : ".html", line, col, what, about.n ? ": " : "",
                  STR_ARG(about));
}

/* ---- the set ---- */

static struct piece text_add(struct maker *m, str s)
{
    struct piece p = { m->set.text_len, (uint32_t)s.n };

    if (s.n)
        memcpy(m->text + p.off, s.p, s.n);
    m->set.text_len += p.len;
    return p;
}

static struct op *op_add(struct parser *p, enum op_kind kind)
{
    struct op *op = p->is_check ? &p->to->unused : &p->to->ops[p->to->set.op_count++];

    assert(op); /* what is not only checked has room */
    op->kind = (uint8_t)kind;
    return op;
}

/* Adds own bytes to the operation before, when that ends where these begin. */
static void literal_add(struct parser *p, str s)
{
    struct maker *m = p->to;
    enum op_kind kind = p->is_message ? OP_WORDS : OP_RAW;
    struct op *last = m->set.op_count ? &m->ops[m->set.op_count - 1] : NULL;
    struct piece at;

    if (s.n == 0 || p->is_check)
        return;
    at = text_add(m, s);
    if (last && last->kind == kind && last->a + last->b == at.off) {
        last->b += at.len;
        return;
    }
    last = op_add(p, kind);
    last->a = at.off;
    last->b = at.len;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* {{.}} or {{a.b}}: a run of pieces. */
static bool path_add(struct parser *p, size_t at, str path, struct op *op)
{
    struct maker *m = p->to;
    str rest = path, piece;

    op->a = m->set.name_count;
    if (p->is_check || str_eq(path, STR(".")))
        return true;
    if (!path.n || path.p[path.n - 1] == '.')
        return complain(p, at, "a name is missing", path);
    while (rest.n) {
        rest = str_cut(rest, '.', &piece);
        for (size_t i = 0; i < piece.n; i++) {
            if (!is_name_char(piece.p[i]))
                return complain(p, at, "a name is lower case letters, digits and _", path);
        }
        if (!piece.n || op->parts == TEMPLATE_PARTS_MAX)
            return complain(p, at, "not a name", path);
        m->names[m->set.name_count++] = text_add(m, piece);
        op->parts++;
    }
    return true;
}

/* ---- one tag ---- */

static bool section_begin(struct parser *p, size_t at, str name, bool is_inverted)
{
    struct op *op;

    if (p->depth == TEMPLATE_NEST_MAX)
        return complain(p, at, "sections are nested too deep", name);
    place_settle(&p->place);
    p->open[p->depth].name = name;
    p->open[p->depth].op = p->to->set.op_count;
    p->open[p->depth].at = at;
    p->open[p->depth++].place = p->place;
    op = op_add(p, is_inverted ? OP_INVERTED : OP_SECTION);
    return path_add(p, at, name, op);
}

static bool section_end(struct parser *p, size_t at, str name)
{
    if (p->depth == 0)
        return complain(p, at, "this section was not begun", name);
    p->depth--;
    if (!str_eq(p->open[p->depth].name, name))
        return complain(p, at, "another section must end first", p->open[p->depth].name);
    place_settle(&p->place);
    if (!place_join(&p->open[p->depth].place, &p->place))
        return complain(p, at,
                        "a section must end where it began: in text, between attributes "
                        "or in the same value",
                        name);
    p->place = p->open[p->depth].place;
    op_add(p, OP_END);
    if (!p->is_check)
        p->to->ops[p->open[p->depth].op].b = p->to->set.op_count;
    return true;
}

/* Where may a value stand? NULL, or why not here. */
static const char *value_refusal(const struct parser *p)
{
    switch (p->place.state) {
    case PLACE_TEXT:
        return p->place.is_script ? "a value cannot stand in a script" : NULL;
    case PLACE_DOUBLE:
    case PLACE_SINGLE:
        return NULL;
    case PLACE_EQUALS:
        return "an attribute's value must be quoted";
    case PLACE_OPEN:
    case PLACE_DECLARATION:
    case PLACE_NAME:
    case PLACE_TAG:
    case PLACE_AFTER:
    case PLACE_ATTRIBUTE:
        break;
    }
    return "a value cannot be the name of a tag or an attribute";
}

static bool value_add(struct parser *p, size_t at, str name, enum op_kind kind)
{
    const char *refusal = value_refusal(p);

    if (refusal)
        return complain(p, at, refusal, name);
    if (p->place.state != PLACE_TEXT) {
        kind = kind == OP_VALUE ? OP_ATTRIBUTE : kind;
        if (place_is_address(&p->place) && !p->place.is_value_begun) {
            if (kind == OP_NUMBER)
                return complain(p, at, "an address does not begin with a number", name);
            kind = OP_ADDRESS;
        }
        p->place.is_value_begun = true;
    }
    return path_add(p, at, name, op_add(p, kind));
}

/* {{=verdict.*name}}: one of the messages that begin with "verdict.", by the value of name. */
static bool word_add(struct parser *p, size_t at, str key, size_t prefix)
{
    const struct template_set *set = &p->to->set;
    struct op *op;

    for (uint32_t i = 0; i < set->message_count; i++) {
        if (prefix == 0
            || !str_starts(piece_str(set, set->messages[i].key), str_take(key, prefix)))
            continue;
        op = op_add(p, OP_WORD);
        op->b = i;
        op->prefix = (uint16_t)prefix;
        return path_add(p, at, str_skip(key, prefix + 1), op);
    }
    return complain(p, at, "no message begins so in messages.tsv", key);
}

static bool message_add(struct parser *p, size_t at, str key)
{
    const char *refusal = value_refusal(p);
    ptrdiff_t star = str_find_char(key, '*');
    ptrdiff_t number;

    if (p->is_message)
        return complain(p, at, "a message cannot hold another one", key);
    if (refusal)
        return complain(p, at, refusal, key);
    p->place.is_value_begun = true;
    if (star >= 0)
        return word_add(p, at, key, (size_t)star);
    number = message_find(&p->to->set, key);
    if (number < 0)
        return complain(p, at, "no such message in messages.tsv", key);
    op_add(p, OP_MESSAGE)->a = (uint32_t)number;
    return true;
}

static bool parse(struct parser *p);

static bool part_add(struct parser *p, size_t at, str name)
{
    ptrdiff_t number = template_find(&p->to->set, name);
    struct parser part = { .to = p->to, .is_check = true, .e = p->e };

    if (p->is_message)
        return complain(p, at, "a message cannot hold a template", name);
    if (number < 0)
        return complain(p, at, "no such template", name);
    op_add(p, OP_PART)->a = (uint32_t)number;
    place_settle(&p->place);
    if (p->place.state == PLACE_TEXT && !p->place.is_script)
        return true;
    if (p->place.state != PLACE_TAG && p->place.state != PLACE_AFTER)
        return complain(p, at, "a part can stand in text or between attributes", name);
    /* Between attributes: the part must fit there as it is written, so nothing of it may come
     * from data. */
    part.name = p->to->sources[number].name;
    part.whole = part.source = p->to->sources[number].text;
    part.place = p->place;
    if (!parse(&part))
        return false;
    p->place = part.place;
    return true;
}

/* What a part between attributes may hold besides its own bytes. */
static bool tag_check(struct parser *p, size_t at, str inside)
{
    str name = str_trim(str_skip(inside, 1));

    switch (inside.n ? inside.p[0] : ' ') {
    case '!':
        return true;
    case '#':
    case '^':
        return section_begin(p, at, name, false);
    case '/':
        return section_end(p, at, name);
    default:
        return complain(p, at, "a part that stands between attributes holds no value", inside);
    }
}

/* `inside` is what stands between {{ and }}. */
static bool tag_add(struct parser *p, size_t at, str inside)
{
    str name = str_trim(str_skip(inside, 1));

    if (p->is_check)
        return tag_check(p, at, inside);
    switch (inside.n ? inside.p[0] : ' ') {
    case '!':
        return true;
    case '#':
        return section_begin(p, at, name, false);
    case '^':
        return section_begin(p, at, name, true);
    case '/':
        return section_end(p, at, name);
    case '>':
        return part_add(p, at, name);
    case '=':
        return message_add(p, at, name);
    case ',':
        return value_add(p, at, name, OP_NUMBER);
    case '{':
    case '&':
        return complain(p, at, "there is no raw form", name);
    default:
        return value_add(p, at, str_trim(inside), OP_VALUE);
    }
}

/* ---- text between tags ---- */

/* Is only this tag, and no value, message or part's text, on its line? Then the line leaves
 * nothing behind. *begin and *end become the whole line with its break. */
static bool is_alone(str s, char kind, size_t *begin, size_t *end)
{
    size_t b = *begin, e = *end;

    if (!memchr("#^/!>", kind, 5))
        return false;
    while (b > 0 && (s.p[b - 1] == ' ' || s.p[b - 1] == '\t'))
        b--;
    while (e < s.n && (s.p[e] == ' ' || s.p[e] == '\t' || s.p[e] == '\r'))
        e++;
    if ((b > 0 && s.p[b - 1] != '\n') || (e < s.n && s.p[e] != '\n'))
        return false;
    *begin = b;
    *end = e < s.n ? e + 1 : e;
    return true;
}

static bool literal(struct parser *p, size_t from, size_t to)
{
    for (size_t i = from; i < to && !p->is_message; i++) {
        const char *wrong = place_step(&p->place, p->source.p[i]);

        if (wrong)
            return complain(p, i, wrong, (str){ 0 });
    }
    literal_add(p, str_take(str_skip(p->source, from), to - from));
    return true;
}

/* One tag with the text before it. False also when a mistake was found. */
static bool parse_next(struct parser *p, ptrdiff_t tag)
{
    size_t begin = p->at + (size_t)tag, end, line_begin = begin, line_end;
    str rest = str_skip(p->source, begin + 2);
    ptrdiff_t close = str_find(rest, STR("}}"));
    str inside;

    if (close < 0)
        return complain(p, begin, "{{ without }}", (str){ 0 });
    inside = str_take(rest, (size_t)close);
    end = begin + 2 + (size_t)close + 2;
    if (str_find(inside, STR("{{")) >= 0 || str_find_char(inside, '\n') >= 0) {
        if (!str_starts(inside, STR("!")))
            return complain(p, begin, "{{ without }}", (str){ 0 });
    }
    line_end = end;
    if (p->is_message
        || !is_alone(p->source, inside.n ? inside.p[0] : ' ', &line_begin, &line_end)
        || line_begin < p->at) {
        line_begin = begin;
        line_end = end;
    }
    if (!literal(p, p->at, line_begin) || !tag_add(p, begin, inside))
        return false;
    p->at = line_end;
    return true;
}

static bool parse(struct parser *p)
{
    ptrdiff_t tag;

    while ((tag = str_find(str_skip(p->source, p->at), STR("{{"))) >= 0) {
        if (!parse_next(p, tag))
            return false;
    }
    if (!literal(p, p->at, p->source.n))
        return false;
    if (p->depth)
        return complain(p, p->open[p->depth - 1].at, "this section does not end",
                        p->open[p->depth - 1].name);
    if (p->is_check)
        return p->place.state == PLACE_TAG || p->place.state == PLACE_AFTER
               || complain(p, p->source.n, "the part does not end between attributes",
                           (str){ 0 });
    if (p->place.state != PLACE_TEXT || p->place.is_script)
        return complain(p, p->source.n, "the template ends inside a tag or a script",
                        (str){ 0 });
    op_add(p, OP_STOP);
    return true;
}

/* ---- messages.tsv ---- */

/* Capitals end keys that are made from words of the JSON contract: severity.E. */
static bool is_message_key(str key)
{
    for (size_t i = 0; i < key.n; i++) {
        if (!is_name_char(key.p[i]) && key.p[i] != '.' && !(key.p[i] >= 'A' && key.p[i] <= 'Z'))
            return false;
    }
    return key.n > 0;
}

static bool message_parse(struct maker *m, str whole, str line, struct err *e)
{
    struct parser p = { .to = m, .whole = whole, .source = line, .is_message = true, .e = e };
    struct message_entry *entry = &m->messages[m->set.message_count];
    str key, rest = str_cut(line, '\t', &key);

    if (m->set.message_count == TEMPLATE_MESSAGES_MAX)
        return complain(&p, 0, "too many messages", key);
    if (!is_message_key(key))
        return complain(&p, 0, "a key is letters, digits, _ and .", key);
    for (uint32_t i = 0; i < m->set.message_count; i++) {
        if (str_eq(piece_str(&m->set, m->messages[i].key), key))
            return complain(&p, 0, "this key is there twice", key);
    }
    entry->key = text_add(m, key);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        rest = str_cut(rest, '\t', &p.source);
        if (!str_trim(p.source).n) {
            p.source = line;
            return complain(&p, 0,
                            lang == LANG_JA ? "the Japanese text is missing"
                                            : "the English text is missing",
                            key);
        }
        entry->first[lang] = m->set.op_count;
        p.at = 0;
        if (!parse(&p))
            return false;
    }
    if (rest.n) {
        p.source = line;
        return complain(&p, 0, "more than key, Japanese and English", key);
    }
    m->set.message_count++;
    return true;
}

static int by_key(const void *a, const void *b, void *text)
{
    const struct template_set set = { .text = text };

    return str_cmp(piece_str(&set, ((const struct message_entry *)a)->key),
                   piece_str(&set, ((const struct message_entry *)b)->key));
}

static bool messages_parse(struct maker *m, str messages, struct err *e)
{
    str rest = messages, line;

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (line.n && line.p[0] != '#' && !message_parse(m, messages, line, e))
            return false;
    }
    qsort_r(m->messages, m->set.message_count, sizeof *m->messages, by_key, m->text);
    return true;
}

/* ---- templates ---- */

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct template_source *)a)->name,
                   ((const struct template_source *)b)->name);
}

static bool templates_parse(struct maker *m, struct arena *a,
                            const struct template_source *sources, size_t n, struct err *e)
{
    struct template_source *sorted = NEW(a, struct template_source, n);

    if (n)
        memcpy(sorted, sources, n * sizeof *sources);
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 0; i < n; i++)
        m->templates[i].name = text_add(m, sorted[i].name);
    m->set.template_count = (uint32_t)n;
    m->sources = sorted;
    for (size_t i = 0; i < n; i++) {
        struct parser p = { .to = m,
                            .name = sorted[i].name,
                            .whole = sorted[i].text,
                            .source = sorted[i].text,
                            .e = e };

        if (i && str_eq(sorted[i].name, sorted[i - 1].name))
            return complain(&p, 0, "this template is there twice", sorted[i].name);
        m->templates[i].first = m->set.op_count;
        if (!parse(&p))
            return false;
    }
    return true;
}

/* Depth of the walk through template `number` with its parts (invariant 3); more than
 * TEMPLATE_DEPTH_MAX when it is deeper or contains itself. known[]: the depths found so far, 0
 * = not yet. A template that is being looked at counts as too deep. */
static uint32_t depth_of(const struct template_set *set, uint32_t number, uint8_t *known)
{
    uint32_t here = 1, most = 1;

    if (known[number])
        return known[number];
    known[number] = TEMPLATE_DEPTH_MAX + 1;
    for (uint32_t i = set->templates[number].first; set->ops[i].kind != OP_STOP; i++) {
        const struct op *op = &set->ops[i];
        uint32_t inside = here;

        if (op->kind == OP_PART)
            inside += depth_of(set, op->a, known);
        here += op->kind == OP_SECTION || op->kind == OP_INVERTED;
        here -= op->kind == OP_END;
        if (here > inside)
            inside = here;
        if (inside > most)
            most = inside;
    }
    if (most <= TEMPLATE_DEPTH_MAX)
        known[number] = (uint8_t)most;
    return most;
}

static bool depths_check(const struct template_set *set, struct arena *a, struct err *e)
{
    uint8_t *known = NEW(a, uint8_t, set->template_count);

    for (uint32_t i = 0; i < set->template_count; i++) {
        if (depth_of(set, i, known) > TEMPLATE_DEPTH_MAX)
            return err_set(e, ERR_INPUT, "%.*s.html: parts contain one another, or too deep",
                           STR_ARG(piece_str(set, set->templates[i].name)));
    }
    return true;
}

/* ---- how much room is needed ---- */

struct need {
    size_t bytes, tags, dots, lines;
};

static bool count(struct need *need, str file, str s, struct err *e)
{
    size_t valid = utf8_valid_prefix(s.p, s.n);

    if (valid < s.n)
        return err_set(e, ERR_INPUT, "%.*s: not UTF-8 at byte %zu", STR_ARG(file), valid);
    need->bytes += s.n;
    if (need->bytes > TEMPLATE_BYTES_MAX)
        return err_set(e, ERR_INPUT, "%.*s: the templates together pass %d bytes",
                       STR_ARG(file), TEMPLATE_BYTES_MAX);
    for (size_t i = 0; i < s.n; i++) {
        need->dots += s.p[i] == '.';
        need->lines += s.p[i] == '\n';
        need->tags += i && s.p[i] == '{' && s.p[i - 1] == '{';
    }
    return true;
}

bool template_set_make(struct arena *a, const struct template_source *sources, size_t n,
                       str messages, const struct template_set **out, struct err *e)
{
    struct need need = { 0 };
    struct maker m = { 0 };
    struct template_set *set;

    if (!count(&need, MESSAGES_FILE, messages, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!count(&need, sources[i].name, sources[i].text, e))
            return false;
        need.bytes += sources[i].name.n;
    }
    /* A tag is one operation with at most one literal before it; each template and translation
     * has one literal and one OP_STOP more. The last line of the messages may lack its break.
     */
    m.ops = NEW(a, struct op, 2 * need.tags + 2 * n + 4 * (need.lines + 1));
    m.names = NEW(a, struct piece, need.tags + need.dots);
    m.templates = NEW(a, struct template_entry, n);
    m.messages = NEW(a, struct message_entry, need.lines + 1);
    m.text = arena_alloc(a, 1, need.bytes + 1);
    m.set = (struct template_set){ .text = m.text,
                                   .ops = m.ops,
                                   .names = m.names,
                                   .templates = m.templates,
                                   .messages = m.messages };
    if (!messages_parse(&m, messages, e) || !templates_parse(&m, a, sources, n, e)
        || !depths_check(&m.set, a, e))
        return false;
    set = NEW(a, struct template_set, 1);
    *set = m.set;
    *out = set;
    return true;
}
