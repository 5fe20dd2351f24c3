/* Targets: decoding and normalisation (RFC 3986). What could mean two things is refused instead
 * of being normalised. */
#include "web/target.h"

#include <string.h>

#include "base/banned.h"

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool bad(struct err *e, const char *what)
{
    return err_set(e, ERR_INPUT, "アドレスを読み取れません: %s", what);
}

/* One byte as it is meant, with how many bytes of `s` it takes: 1, or 3 for %XX. 0 for a %
 * without two digits. */
static size_t byte_read(str s, bool is_query, unsigned char *out)
{
    *out = (unsigned char)s.p[0];
    if (*out == '+' && is_query)
        *out = ' ';
    if (*out != '%')
        return 1;
    if (s.n < 3 || hex(s.p[1]) < 0 || hex(s.p[2]) < 0)
        return 0;
    *out = (unsigned char)(hex(s.p[1]) * 16 + hex(s.p[2]));
    return 3;
}

/* What a text area sends may have lines; nothing else needs a control character. */
static bool is_control(unsigned char c, bool is_query)
{
    return c == 0x7F || (c < ' ' && !(is_query && (c == '\t' || c == '\n' || c == '\r')));
}

/* `is_query`: + is a blank, as forms send it. */
static bool decode(struct arena *a, str s, bool is_query, str *out, struct err *e)
{
    char *p = arena_bytes(a, s.n + 1);
    size_t n = 0;

    while (s.n) {
        unsigned char c;
        size_t used = byte_read(s, is_query, &c);

        if (used == 0)
            return bad(e, "% のあとに 16 進数が 2 桁ありません。");
        if (is_control(c, is_query))
            return bad(e, "制御文字があります。");
        p[n++] = (char)c;
        s = str_skip(s, used);
    }
    *out = (str){ p, n };
    return utf8_valid_prefix(p, n) == n || bad(e, "文字コードが UTF-8 ではありません。");
}

/* ---- the path ---- */

static bool segment_is_fine(str s)
{
    return s.n && !str_eq(s, STR(".")) && !str_eq(s, STR("..")) && str_find_char(s, '/') < 0
           && str_find_char(s, '\\') < 0;
}

static bool path_check(struct arena *a, str raw, struct err *e)
{
    str rest = str_skip(raw, 1), segment;

    while (rest.n) {
        rest = str_cut(rest, '/', &segment);
        if (!decode(a, segment, false, &segment, e))
            return false;
        if (!segment_is_fine(segment))
            return bad(e, "空の区切り、. や .. だけの区切り、\\ や %2F は使えません。");
    }
    return true;
}

static str suffix_cut(str path, const char *suffix)
{
    str without = str_take(path, path.n - strlen(suffix));

    /* The twin of the top page is /index.json; /.json means the same. */
    return str_eq(without, STR("/index")) ? STR("/") : without;
}

static void shape_find(struct target *t)
{
    if (str_ends(t->path, STR(".json"))) {
        t->shape = SHAPE_JSON;
        t->path = suffix_cut(t->path, ".json");
    } else if (str_ends(t->path, STR(".csv"))) {
        t->shape = SHAPE_CSV;
        t->path = suffix_cut(t->path, ".csv");
    }
}

static bool path_parse(struct arena *a, str raw, struct target *out, struct err *e)
{
    if (raw.n > 1 && str_ends(raw, STR("/"))) {
        out->has_slash = true;
        raw.n--;
        if (str_ends(raw, STR("/")))
            return bad(e, "空の区切りがあります。");
    }
    if (!str_starts(raw, STR("/")) || str_find_char(raw, '#') >= 0)
        return bad(e, "/ で始まっていないか、# があります。");
    if (!path_check(a, raw, e) || !decode(a, raw, false, &out->path, e))
        return false;
    shape_find(out);
    return true;
}

/* ---- the query ---- */

static bool query_parse(struct arena *a, str raw, struct target *out, struct err *e)
{
    str rest = raw, pair, name, value;

    while (rest.n) {
        rest = str_cut(rest, '&', &pair);
        if (!pair.n)
            continue;
        if (out->param_count == TARGET_PARAMS_MAX)
            return bad(e, "項目が多すぎます。");
        value = str_cut(pair, '=', &name);
        if (!decode(a, name, true, &name, e) || !decode(a, value, true, &value, e))
            return false;
        value = str_trim(value);
        if (value.n > LIMIT_QUERY_BYTES)
            return err_set(e, ERR_INPUT,
                           "入力が長すぎます。%d バイト(日本語で約 %d 字)までにしてください。",
                           LIMIT_QUERY_BYTES, LIMIT_QUERY_BYTES / 3);
        out->params[out->param_count++] = (struct target_param){ name, value };
    }
    return true;
}

bool target_parse(struct arena *a, str raw, struct target *out, struct err *e)
{
    str path;

    out->param_count = 0;
    out->shape = SHAPE_PAGE;
    out->has_slash = false;
    out->query = str_cut(raw, '?', &path);
    return path_parse(a, path, out, e) && query_parse(a, out->query, out, e);
}

str target_param(const struct target *t, const char *name)
{
    for (uint32_t i = 0; i < t->param_count; i++) {
        if (str_eq(t->params[i].name, str_from(name)))
            return t->params[i].value;
    }
    return (str){ 0 };
}

void target_encode(struct buf *b, str s)
{
    static const char HEX[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || (c && strchr("-._~", c))) {
            buf_put_char(b, (char)c);
        } else {
            buf_put_char(b, '%');
            buf_put_char(b, HEX[c >> 4]);
            buf_put_char(b, HEX[c & 15]);
        }
    }
}
