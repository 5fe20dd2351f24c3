/* The interpreter of templates: walks a set's operations over a value tree.
 *
 * Everything that comes from the tree is escaped here, by the kind of operation that the
 * parser chose from the place in the HTML. Only VALUE_MARKUP passes as it is, in text only,
 * and only this room makes it. */
#include "render/template.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "render/escape.h"

#include "base/banned.h"

/* A context of names: a value, and the child found last, where the next search begins.
 * Templates mostly name things in the order in which handlers put them, so most searches end at
 * once. */
struct frame {
    const struct value *v;
    const struct value *hint;
    struct frame *outer;
};

struct walk {
    const struct template_set *set;
    struct buf *out;
    enum lang lang;
    bool is_html;                     /* false: a message as plain text, nothing is escaped */
    const struct render_watch *watch; /* NULL but in tests */
};

/* ---- names ---- */

static const struct value *child_find(struct frame *f, str name, uint32_t tag)
{
    const struct value *from = f->hint ? f->hint : f->v->first;

    for (const struct value *v = from; v; v = v->next) {
        if (v->tag == tag && value_key_eq(v->key, name))
            return f->hint = v;
    }
    for (const struct value *v = f->v->first; v != from; v = v->next) {
        if (v->tag == tag && value_key_eq(v->key, name))
            return f->hint = v;
    }
    return NULL;
}

/* NULL when no context has the name. */
static const struct value *find_name(const struct walk *w, struct frame *f, const struct op *op)
{
    const struct piece *name = w->set->names + op->a;
    const struct value *v = NULL;
    uint32_t tag;
    str first;

    if (op->parts == 0)
        return f->v;
    first = piece_str(w->set, name[0]);
    tag = value_key_tag(first);
    for (; f && !v; f = f->outer) {
        if (f->v && f->v->kind == VALUE_MAP)
            v = child_find(f, first, tag);
    }
    for (uint8_t i = 1; i < op->parts && v; i++)
        v = value_get(v, piece_str(w->set, name[i]));
    return v;
}

static void tell(const struct walk *w, const struct op *op, const struct value *found)
{
    struct buf name;

    buf_init(&name, w->out->a, 64, LIMIT_LINE_BYTES);
    for (uint8_t i = 0; i < op->parts; i++) {
        if (i)
            buf_put_char(&name, '.');
        buf_put(&name, piece_str(w->set, w->set->names[op->a + i]));
    }
    w->watch->look(w->watch->ctx, op->parts ? buf_str(&name) : STR("."), found);
}

static const struct value *find(const struct walk *w, struct frame *f, const struct op *op)
{
    const struct value *v = find_name(w, f, op);

    if (w->watch)
        tell(w, op, v);
    return v;
}

/* Does a section over v give something? A list does when it has an item. */
static bool is_something(const struct value *v)
{
    if (!v)
        return false;
    switch (v->kind) {
    case VALUE_NULL:
        return false;
    case VALUE_BOOL:
        return v->truth;
    case VALUE_INT:
        return v->number != 0;
    case VALUE_TEXT:
    case VALUE_MARKUP:
        return v->text.n > 0;
    case VALUE_LIST:
        return v->first != NULL;
    case VALUE_MAP:
        return true;
    }
    return false;
}

/* ---- values ---- */

/* A page is thousands of short pieces: the usual case, that one fits, stays in this file. */
static void put(struct buf *b, str s)
{
    if (s.n <= b->cap - b->n && !b->full) {
        if (s.n)
            memcpy(b->p + b->n, s.p, s.n);
        b->n += s.n;
    } else {
        buf_put(b, s);
    }
}

static void put_text(const struct walk *w, str s)
{
    if (w->is_html)
        escape_html(w->out, s);
    else
        buf_put(w->out, s);
}

/* Could a browser run this as script? An address without a scheme, or with one of those that
 * only lead somewhere, is harmless. */
static bool is_harmless_address(str s)
{
    static const str SCHEMES[] = { STR_INIT("http"), STR_INIT("https"), STR_INIT("mailto") };
    size_t n = 0;

    while (n < s.n && !memchr(":/?#", s.p[n], 4))
        n++;
    if (n == s.n || s.p[n] != ':')
        return true;
    for (size_t i = 0; i < sizeof SCHEMES / sizeof SCHEMES[0]; i++) {
        if (str_eq(str_take(s, n), SCHEMES[i]))
            return true;
    }
    return false;
}

static void put_value(const struct walk *w, enum op_kind kind, const struct value *v)
{
    switch (v->kind) {
    case VALUE_TEXT:
        put_text(w, kind != OP_ADDRESS || is_harmless_address(v->text) ? v->text : STR("#"));
        break;
    case VALUE_MARKUP:
        if (kind == OP_VALUE && w->is_html)
            buf_put(w->out, v->text);
        else
            put_text(w, v->text);
        break;
    case VALUE_INT:
        buf_put_int(w->out, v->number);
        break;
    case VALUE_BOOL:
        buf_put(w->out, v->truth ? STR("true") : STR("false"));
        break;
    case VALUE_NULL:
    case VALUE_LIST:
    case VALUE_MAP:
        break;
    }
}

/* How many digits a number begins with when all of it is one: [+-]digits[.digits]; 0 = none.
 * *sign: 1 when a sign stands before them. */
static size_t whole_digits(str s, size_t *sign)
{
    size_t n, at;

    *sign = s.n && (s.p[0] == '-' || s.p[0] == '+');
    for (n = 0; *sign + n < s.n && s.p[*sign + n] >= '0' && s.p[*sign + n] <= '9'; n++)
        ;
    at = *sign + n;
    if (at < s.n && s.p[at] != '.')
        return 0;
    for (at++; at < s.n; at++)
        if (s.p[at] < '0' || s.p[at] > '9')
            return 0;
    return n;
}

/* What is no number stands as in an attribute: markup is for OP_VALUE alone. */
static void put_grouped(const struct walk *w, const struct value *v)
{
    enum { GROUP = 3, DIGITS = 24 };
    char digits[DIGITS];
    struct buf b = { .p = digits, .cap = DIGITS, .max = DIGITS };
    str s = v->text;
    size_t n, sign = 0, head;

    if (v->kind == VALUE_INT) {
        buf_put_int(&b, v->number);
        s = buf_str(&b);
    }
    n = v->kind == VALUE_INT || v->kind == VALUE_TEXT ? whole_digits(s, &sign) : 0;
    if (n <= GROUP) {
        put_value(w, OP_ATTRIBUTE, v);
        return;
    }
    head = sign + (n - 1) % GROUP + 1;
    put(w->out, str_take(s, head));
    for (; head < sign + n; head += GROUP) {
        put(w->out, STR(","));
        put(w->out, str_take(str_skip(s, head), GROUP));
    }
    put(w->out, str_skip(s, head));
}

/* ---- the walk ---- */

static void walk(const struct walk *w, uint32_t at, struct frame *f);

/* {{=verdict.*name}}. Words that share their beginning stand beside each other, few of them.
 * One without a message shows itself, so that somebody notices. */
static void walk_word(const struct walk *w, const struct op *op, struct frame *f)
{
    const struct value *v = find(w, f, op);
    str prefix = str_take(piece_str(w->set, w->set->messages[op->b].key), op->prefix);

    if (!v || v->kind != VALUE_TEXT)
        return;
    for (uint32_t i = op->b; i < w->set->message_count; i++) {
        str key = piece_str(w->set, w->set->messages[i].key);

        if (!str_starts(key, prefix))
            break;
        if (str_eq(str_skip(key, prefix.n), v->text)) {
            walk(w, w->set->messages[i].first[w->lang], f);
            return;
        }
    }
    put_text(w, v->text);
}

static void walk_section(const struct walk *w, uint32_t body, const struct value *v,
                         struct frame *f)
{
    struct frame inner = { .v = v, .outer = f };

    if (v->kind != VALUE_LIST) {
        walk(w, body, &inner);
        return;
    }
    for (const struct value *item = v->first; item; item = item->next) {
        inner.v = item;
        inner.hint = NULL;
        walk(w, body, &inner);
    }
}

/* The value of an operation's name, put. */
static void walk_value(const struct walk *w, const struct op *op, struct frame *f)
{
    const struct value *v = find(w, f, op);

    if (v && op->kind == OP_NUMBER)
        put_grouped(w, v);
    else if (v)
        put_value(w, (enum op_kind)op->kind, v);
}

static void walk_if(const struct walk *w, const struct op *op, struct frame *f)
{
    const struct value *v = find(w, f, op);
    const bool is_there = is_something(v);
    const uint32_t body = (uint32_t)(op - w->set->ops) + 1;

    if (op->kind == OP_INVERTED && !is_there)
        walk(w, body, f);
    else if (op->kind == OP_SECTION && is_there)
        walk_section(w, body, v, f);
}

/* From operation `at` to the end of its section, template or message. */
static void walk(const struct walk *w, uint32_t at, struct frame *f)
{
    const struct template_set *set = w->set;

    for (const struct op *op = set->ops + at;; op++) {
        switch ((enum op_kind)op->kind) {
        case OP_RAW:
            put(w->out, (str){ set->text + op->a, op->b });
            break;
        case OP_WORDS:
            put_text(w, (str){ set->text + op->a, op->b });
            break;
        case OP_VALUE:
        case OP_NUMBER:
        case OP_ATTRIBUTE:
        case OP_ADDRESS:
            walk_value(w, op, f);
            break;
        case OP_SECTION:
        case OP_INVERTED:
            walk_if(w, op, f);
            op = set->ops + op->b - 1; /* its OP_END */
            break;
        case OP_PART:
            walk(w, set->templates[op->a].first, f);
            break;
        case OP_MESSAGE:
            walk(w, set->messages[op->a].first[w->lang], f);
            break;
        case OP_WORD:
            walk_word(w, op, f);
            break;
        case OP_END:
        case OP_STOP:
            return;
        }
    }
}

/* ---- sets ---- */

ptrdiff_t template_find(const struct template_set *set, str name)
{
    size_t low = 0, high = set->template_count;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = str_cmp(name, piece_str(set, set->templates[mid].name));

        if (order == 0)
            return (ptrdiff_t)mid;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return -1;
}

bool template_set_has(const struct template_set *set, str name)
{
    return template_find(set, name) >= 0;
}

ptrdiff_t message_find(const struct template_set *set, str key)
{
    size_t low = 0, high = set->message_count;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = str_cmp(key, piece_str(set, set->messages[mid].key));

        if (order == 0)
            return (ptrdiff_t)mid;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return -1;
}

static bool render(const struct walk *w, str name, const struct value *tree, struct err *e)
{
    ptrdiff_t number = template_find(w->set, name);
    struct frame root = { .v = tree };

    if (number < 0)
        return err_set(e, ERR_NOT_FOUND, "テンプレート %.*s がありません。", STR_ARG(name));
    walk(w, w->set->templates[number].first, &root);
    return true;
}

bool render_html_from(struct buf *out, const struct template_set *set, str name,
                      const struct value *tree, enum lang lang, struct err *e)
{
    struct walk w = { .set = set, .out = out, .lang = lang, .is_html = true };

    return render(&w, name, tree, e);
}

bool render_html_watched(struct buf *out, const struct template_set *set, str name,
                         const struct value *tree, const struct render_watch *watch,
                         struct err *e)
{
    struct walk w = { .set = set, .out = out, .is_html = true, .watch = watch };

    return render(&w, name, tree, e);
}

str render_message_from(struct arena *a, const struct template_set *set, str key,
                        const struct value *tree, enum lang lang)
{
    ptrdiff_t number = message_find(set, key);
    struct frame root = { .v = tree };
    struct buf out;
    struct walk w = { .set = set, .out = &out, .lang = lang };

    if (number < 0)
        return key;
    buf_init(&out, a, 128, LIMIT_TEXT_BYTES);
    walk(&w, set->messages[number].first[lang], &root);
    return buf_str(&out);
}
