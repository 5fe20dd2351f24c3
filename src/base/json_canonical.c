/* The canonical reader: takes exactly the bytes that json_put_canonical writes, so that a body
 * has one tree and a tree one body. Texts without escapes are views. */
#define MEGURI_BASE_ROOM
#include "base/json.h"

#include <string.h>

#include "base/banned.h"
#include "base/json_inner.h"
#include "base/limits.h"
#include "base/utf8.h"

struct reader {
    struct arena *a;
    str whole, rest;
    struct err *e;
};

static bool refuse(struct reader *r, const char *what)
{
    uint32_t line, col;

    text_place(r->whole, r->whole.n - r->rest.n, &line, &col);
    return err_at(r->e, line, col,
                  "記録の本文(正規形の JSON)が %u 行 %u 文字目で壊れています: %s。"
                  "meguri verify で記録を確かめてください。",
                  line, col, what);
}

static bool accept(struct reader *r, char c)
{
    if (r->rest.n == 0 || r->rest.p[0] != c)
        return false;
    r->rest.p++;
    r->rest.n--;
    return true;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character that the escape at p (n bytes are there) stands for; -1 when the writer would
 * not have written it. */
static int unescape(const char *p, size_t n, size_t *used)
{
    static const char SHORT[] = "b\bt\tn\nf\fr\r\"\"\\\\";
    int high, low, c;

    *used = 2;
    if (n < 2)
        return -1;
    for (const char *at = SHORT; *at; at += 2)
        if (p[1] == at[0])
            return (unsigned char)at[1];
    *used = 6;
    if (n < 6 || memcmp(p, "\\u00", 4) != 0)
        return -1;
    high = hex_value(p[4]);
    low = hex_value(p[5]);
    c = high * 16 + low;
    if (high < 0 || high > 1 || low < 0 || memchr("\b\t\n\f\r", c, 5))
        return -1;
    return c;
}

/* The rest of a string in which an escape was met after `plain` bytes. */
static bool read_escaped(struct reader *r, size_t plain, str *out)
{
    struct buf text;

    buf_init(&text, r->a, plain + 32, r->rest.n);
    for (;;) {
        size_t used;
        int c;

        buf_put(&text, str_take(r->rest, plain));
        r->rest = str_skip(r->rest, plain);
        if (accept(r, '"'))
            break;
        c = r->rest.n && r->rest.p[0] == '\\' ? unescape(r->rest.p, r->rest.n, &used) : -1;
        if (c < 0)
            return refuse(r, "文字列の書き方が正規形ではありません");
        buf_put_char(&text, (char)c);
        r->rest = str_skip(r->rest, used);
        plain = json_plain(r->rest);
    }
    *out = buf_str(&text);
    return true;
}

static bool read_string(struct reader *r, str *out)
{
    size_t plain;

    if (!accept(r, '"'))
        return refuse(r, "文字列がここにありません");
    plain = json_plain(r->rest);
    if (plain == r->rest.n || r->rest.p[plain] != '"')
        return read_escaped(r, plain, out);
    *out = (str){ r->rest.p, plain };
    r->rest = str_skip(r->rest, plain + 1);
    return true;
}

static bool read_int(struct reader *r, int64_t *out)
{
    bool minus = accept(r, '-');
    const char *p = r->rest.p;
    int64_t v = 0;
    size_t n = 0;

    while (n < r->rest.n && p[n] >= '0' && p[n] <= '9' && v < JSON_INT_END)
        v = v * 10 + (p[n++] - '0');
    if (n == 0 || v >= JSON_INT_END || (p[0] == '0' && (n > 1 || minus)))
        return refuse(r, "整数の書き方が正規形ではありません");
    r->rest = str_skip(r->rest, n);
    *out = minus ? -v : v;
    return true;
}

static bool read_value(struct reader *r, struct value *v, unsigned depth);

static bool read_list(struct reader *r, struct value *list, unsigned depth)
{
    list->kind = VALUE_LIST;
    if (accept(r, ']'))
        return true;
    do {
        struct value *v = NEW(r->a, struct value, 1);

        if (!read_value(r, v, depth))
            return false;
        value_append(list, v);
    } while (accept(r, ','));
    return accept(r, ']') || refuse(r, "「,」か「]」がここにありません");
}

static bool read_map(struct reader *r, struct value *map, unsigned depth)
{
    map->kind = VALUE_MAP;
    if (accept(r, '}'))
        return true;
    do {
        struct value *v = NEW(r->a, struct value, 1);

        if (!read_string(r, &v->key))
            return false;
        if (map->last && json_key_cmp(map->last->key, v->key) >= 0)
            return refuse(r, "見出し語が順に並んでいないか、二度あります");
        if (!accept(r, ':'))
            return refuse(r, "「:」がここにありません");
        if (!read_value(r, v, depth))
            return false;
        value_append(map, v);
    } while (accept(r, ','));
    return accept(r, '}') || refuse(r, "「,」か「}」がここにありません");
}

static bool read_word(struct reader *r, struct value *v)
{
    if (str_starts(r->rest, STR("null"))) {
        v->kind = VALUE_NULL;
    } else if (str_starts(r->rest, STR("true")) || str_starts(r->rest, STR("false"))) {
        v->kind = VALUE_BOOL;
        v->truth = r->rest.p[0] == 't';
    } else {
        return refuse(r, "値がここにありません");
    }
    r->rest = str_skip(r->rest, v->kind == VALUE_NULL || v->truth ? 4 : 5);
    return true;
}

/* Fills v, whose key may be set. depth: lists and maps around it. */
static bool read_value(struct reader *r, struct value *v, unsigned depth)
{
    char c = r->rest.n ? r->rest.p[0] : '\0';

    if (depth >= LIMIT_JSON_DEPTH) /* where the writer's assert stands */
        return refuse(r, "入れ子が深すぎます");

    if (c == '"') {
        v->kind = VALUE_TEXT;
        return read_string(r, &v->text);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        v->kind = VALUE_INT;
        return read_int(r, &v->number);
    }
    if (c != '[' && c != '{')
        return read_word(r, v);
    accept(r, c);
    return c == '[' ? read_list(r, v, depth + 1) : read_map(r, v, depth + 1);
}

bool json_read_canonical(struct arena *a, str s, struct value **out, struct err *e)
{
    struct reader r = { a, s, s, e };
    struct value *v;

    if (s.n > LIMIT_JSON_BYTES)
        return err_set(e, ERR_INPUT, "記録の本文が大きすぎます(%zu MB)。%d MB までです。",
                       s.n >> 20, LIMIT_JSON_BYTES >> 20);
    r.rest = str_skip(s, utf8_valid_prefix(s.p, s.n));
    if (r.rest.n)
        return refuse(&r, "UTF-8 ではないバイトがあります");
    r.rest = s;
    v = NEW(a, struct value, 1);
    if (!read_value(&r, v, 0))
        return false;
    if (r.rest.n)
        return refuse(&r, "終わりのあとに余分な文字があります");
    *out = v;
    return true;
}
