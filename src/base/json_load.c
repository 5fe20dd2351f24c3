/* Any JSON, by jansson, turned into a value tree. */
#define MEGURI_BASE_ROOM
#include "base/json.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

#include "base/banned.h"
#include "base/json_inner.h"
#include "base/limits.h"
#include "base/utf8.h"

static void drop(json_t **j)
{
    json_decref(*j);
}

/* jansson's complaints that a person can do something about; all others are about signs in the
 * wrong place. */
/* clang-format off */
static const struct {
    enum json_error_code code;
    const char *ja;
} COMPLAINTS[] = {
    { json_error_premature_end_of_input, "途中で終わっています。最後まで写っているか確かめてください" },
    { json_error_end_of_input_expected,  "終わりのあとに余分な文字があります。取り除いてください" },
    { json_error_invalid_utf8,           "UTF-8 ではないバイトがあります。UTF-8 で保存し直してください" },
    { json_error_duplicate_key,          "同じ見出し語が二度あります。一つにしてください" },
    { json_error_numeric_overflow,       "数が大きすぎます。引用符で囲んで文字列にしてください" },
    { json_error_null_character,         "文字列に NUL(\\u0000)があります。取り除いてください" },
    { json_error_null_byte_in_key,       "見出し語に NUL(\\u0000)があります。取り除いてください" },
};
/* clang-format on */

static const char *explain(enum json_error_code code)
{
    for (size_t i = 0; i < sizeof COMPLAINTS / sizeof *COMPLAINTS; i++)
        if (COMPLAINTS[i].code == code)
            return COMPLAINTS[i].ja;
    return "JSON の書き方ではありません。この場所の前後の記号を確かめてください";
}

/* Looks for nesting deeper than the limit before anything is built. Strings are stepped over;
 * all else is jansson's. */
static bool check_depth(str s, struct err *e)
{
    unsigned depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (quoted && c == '\\') {
            i++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '[' || c == '{') && ++depth > LIMIT_FOREIGN_JSON_DEPTH) {
            uint32_t line, col;

            text_place(s, i, &line, &col);
            return err_at(
                e, line, col,
                "JSON の入れ子が深すぎます(%u 行 %u 文字目)。%d 段までにしてください。", line,
                col, LIMIT_FOREIGN_JSON_DEPTH);
        } else if (!quoted && (c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return true;
}

/* The shortest digits that give the number back: at most 17. */
static str real_text(struct arena *a, double v)
{
    char text[40] = "";

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        if (strtod(text, NULL) == v)
            break;
    }
    return str_dup(a, str_from(text));
}

static struct value *turn(struct arena *a, const json_t *j);

static void turn_map(struct arena *a, struct value *map, json_t *j)
{
    map->kind = VALUE_MAP;
    for (void *at = json_object_iter(j); at; at = json_object_iter_next(j, at)) {
        struct value *v = turn(a, json_object_iter_value(at));

        v->key = str_dup(a, str_from(json_object_iter_key(at)));
        value_append(map, v);
    }
}

static void turn_int(struct arena *a, struct value *v, int64_t n)
{
    if (n > -JSON_INT_END && n < JSON_INT_END) {
        v->kind = VALUE_INT;
        v->number = n;
    } else {
        v->kind = VALUE_TEXT;
        v->text = str_fmt(a, "%" PRId64, n);
    }
}

/* The depth was checked. */
static struct value *turn(struct arena *a, const json_t *j)
{
    struct value *v = NEW(a, struct value, 1);

    switch (json_typeof(j)) {
    case JSON_OBJECT:
        turn_map(a, v, (json_t *)(uintptr_t)j); /* its iterator lacks the const */
        break;
    case JSON_ARRAY:
        v->kind = VALUE_LIST;
        for (size_t i = 0; i < json_array_size(j); i++)
            value_append(v, turn(a, json_array_get(j, i)));
        break;
    case JSON_STRING:
        v->kind = VALUE_TEXT;
        v->text = str_dup(a, (str){ json_string_value(j), json_string_length(j) });
        break;
    case JSON_INTEGER:
        turn_int(a, v, json_integer_value(j));
        break;
    case JSON_REAL:
        v->kind = VALUE_TEXT;
        v->text = real_text(a, json_real_value(j));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        v->kind = VALUE_BOOL;
        v->truth = json_is_true(j);
        break;
    case JSON_NULL:
        v->kind = VALUE_NULL;
        break;
    }
    return v;
}

bool json_load(struct arena *a, str s, struct value **out, struct err *e)
{
    AUTO(drop) json_t *j = NULL;
    json_error_t fault;

    if (s.n > LIMIT_JSON_BYTES)
        return err_set(e, ERR_INPUT,
                       "JSON が大きすぎます(%zu MB)。%d MB までです。分けて渡してください。",
                       s.n >> 20, LIMIT_JSON_BYTES >> 20);
    if (!check_depth(s, e))
        return false;
    j = json_loadb(s.n ? s.p : "", s.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
    if (!j)
        return err_at(e, (uint32_t)fault.line, (uint32_t)fault.column,
                      "JSON として読めません(%d 行 %d 文字目): %s。", fault.line, fault.column,
                      explain(json_error_code(&fault)));
    *out = turn(a, j);
    return true;
}
