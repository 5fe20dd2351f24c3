/* The first door for text: the bytes of a file become a str or a sentence that says why not. */
#define MEGURI_BASE_ROOM
#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"
#include "base/cp932.h"
#include "base/limits.h"

/* The name in a sentence: without its folders, and so short that the rest of the sentence has
 * room in struct err. */
static str shown(str name)
{
    enum { ROOM = 72 };

    for (ptrdiff_t slash;
         (slash = str_find_char(name, '/')) >= 0 && (size_t)slash + 1 < name.n;)
        name = str_skip(name, (size_t)slash + 1);
    while (name.n > ROOM)
        name = utf8_take(name, utf8_count(name) - 1);
    return name;
}

/* Offset of ESC $ B or ESC $ @, the shift to two-byte characters of ISO-2022-JP; -1 for none.
 */
static ptrdiff_t find_jis(str s)
{
    for (str rest = s;; rest = str_skip(rest, 1)) {
        ptrdiff_t at = str_find_char(rest, '\033');

        if (at < 0)
            return -1;
        rest = str_skip(rest, (size_t)at);
        if (str_starts(rest, STR("\033$B")) || str_starts(rest, STR("\033$@")))
            return rest.p - s.p;
    }
}

/* An offset in bytes that may be no text: line, and column in bytes. */
static void byte_place(const char *bytes, size_t offset, uint32_t *line, uint32_t *col)
{
    str rest = { bytes, offset };

    *line = 1;
    for (ptrdiff_t end; (end = str_find_char(rest, '\n')) >= 0; ++*line)
        rest = str_skip(rest, (size_t)end + 1);
    *col = (uint32_t)rest.n + 1;
}

static bool check_size(str name, str bytes, struct err *e)
{
    if (bytes.n > LIMIT_DOCUMENT_BYTES)
        return err_set(e, ERR_INPUT,
                       "「%.*s」は大きすぎます(%zu MB)。1 つのファイルは %d MB "
                       "までです。分けて渡してください。",
                       STR_ARG(name), bytes.n >> 20, LIMIT_DOCUMENT_BYTES >> 20);
    /* UTF-32 little-endian begins with the mark of UTF-16. */
    if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))
        || str_starts(bytes, STR("\0\0\xFE\xFF")))
        return err_at(
            e, 1, 1,
            "「%.*s」は UTF-16 か UTF-32 で書かれています。UTF-8 で保存し直してください。",
            STR_ARG(name));
    return true;
}

static bool check_controls(str name, str raw, struct err *e)
{
    uint32_t row, col;
    ptrdiff_t at = str_find_char(raw, '\0');

    if (at >= 0) {
        byte_place(raw.p, (size_t)at, &row, &col);
        return err_at(e, row, col,
                      "「%.*s」の %u 行 %u バイト目に NUL(値 0 "
                      "のバイト)があります。文書ではないファイルか、"
                      "壊れたファイルです。元の文書を UTF-8 で保存し直してください。",
                      STR_ARG(name), row, col);
    }
    at = find_jis(raw);
    if (at >= 0) {
        byte_place(raw.p, (size_t)at, &row, &col);
        return err_at(e, row, col,
                      "「%.*s」は JIS(ISO-2022-JP)で書かれています(%u 行目)。UTF-8 "
                      "で保存し直してください。",
                      STR_ARG(name), row);
    }
    return true;
}

static bool check_lines(str name, str raw, struct err *e)
{
    uint32_t row = 1;
    str rest = raw, line;

    if (raw.n <= LIMIT_LINE_BYTES)
        return true;
    for (; rest.n; row++) {
        rest = str_cut(rest, '\n', &line);
        if (line.n > LIMIT_LINE_BYTES)
            return err_at(e, row, 1,
                          "「%.*s」の %u 行目が長すぎます(%zu MB)。1 行は %d MB "
                          "までです。改行を入れてください。",
                          STR_ARG(name), row, line.n >> 20, LIMIT_LINE_BYTES >> 20);
    }
    return true;
}

/* Characters of several bytes that are good UTF-8, against bytes that are none: real CP932 text
 * has hardly any of the former, UTF-8 text with a broken place hardly any of the latter. */
static bool is_mostly_utf8(str raw)
{
    enum { CLEAR = 1000 }; /* so far ahead, the rest need not be counted */
    size_t good = 0, bad = 0;

    while (raw.n && bad < good + CLEAR) {
        size_t n = utf8_valid_prefix(raw.p, raw.n);

        for (size_t i = 0; i < n; i++)
            good += (unsigned char)raw.p[i] >= 0xC2;
        bad += n < raw.n;
        raw = str_skip(raw, n + 1);
    }
    return good > bad;
}

static bool bad_utf8(str name, str raw, struct err *e)
{
    size_t at = utf8_valid_prefix(raw.p, raw.n);
    uint32_t row, col;

    text_place(raw, at, &row, &col);
    return err_at(e, row, col,
                  "「%.*s」の %u 行 %u 文字目に UTF-8 として読めないバイト 0x%02X があります。"
                  "その場所を直すか、元の文書を UTF-8 で保存し直してください。",
                  STR_ARG(name), row, col, (unsigned char)raw.p[at]);
}

/* EUC-JP has all its characters in pairs of bytes from A1 to FE, and hiragana, which no
 * Japanese text is without, as A4 and another. Read as CP932 they would be rows of half-width
 * katakana. */
static bool is_euc(str raw)
{
    size_t pairs = 0, hiragana = 0;

    for (size_t i = 0; i < raw.n; i++) {
        unsigned char c = (unsigned char)raw.p[i];

        if (c < 0x80)
            continue;
        if (c < 0xA1 || i + 1 == raw.n || (unsigned char)raw.p[i + 1] < 0xA1)
            return false;
        pairs++;
        hiragana += c == 0xA4;
        i++;
    }
    return hiragana * 5 > pairs;
}

static bool from_cp932(struct arena *a, str name, str raw, str *out, struct err *e)
{
    struct buf text;
    uint32_t row, col;
    size_t at;

    if (is_euc(raw))
        return err_at(
            e, 1, 1, "「%.*s」は EUC-JP で書かれているようです。UTF-8 で保存し直してください。",
            STR_ARG(name));
    buf_init(&text, a, raw.n + raw.n / 2, SIZE_MAX); /* two bytes become three */
    at = cp932_decode(&text, raw);
    if (at < raw.n) {
        text_place(buf_str(&text), text.n, &row, &col);
        return err_at(
            e, row, col,
            "「%.*s」の文字コードが分かりません(%u 行 %u 文字目のバイト 0x%02X は UTF-8 でも "
            "CP932(Shift_JIS)でもありません)。UTF-8 で保存し直してください。",
            STR_ARG(name), row, col, (unsigned char)raw.p[at]);
    }
    *out = buf_str(&text);
    return true;
}

bool text_decode(struct arena *a, str name, str bytes, str *out, enum text_encoding *encoding,
                 struct err *e)
{
    str raw = bytes;
    bool bom = str_starts(bytes, STR("\xEF\xBB\xBF"));

    name = shown(name);
    if (bom)
        raw = str_skip(raw, 3);
    if (!check_size(name, bytes, e) || !check_controls(name, raw, e)
        || !check_lines(name, raw, e))
        return false;
    if (utf8_valid_prefix(raw.p, raw.n) == raw.n) {
        *out = raw;
        *encoding = bom ? TEXT_UTF8_BOM : TEXT_UTF8;
        return true;
    }
    if (bom || is_mostly_utf8(raw))
        return bad_utf8(name, raw, e);
    if (!from_cp932(a, name, raw, out, e))
        return false;
    *encoding = TEXT_CP932;
    return true;
}

str text_to_cp932(struct arena *a, str s, size_t *lost, str *first_lost)
{
    struct buf out;

    *lost = 0;
    *first_lost = (str){ NULL, 0 };
    buf_init(&out, a, s.n, s.n); /* no character is longer in CP932 */
    for (size_t len; s.n; s = str_skip(s, len)) {
        if (cp932_encode(&out, utf8_first(s, &len)))
            continue;
        if ((*lost)++ == 0)
            *first_lost = str_take(s, len);
        buf_put_char(&out, '?');
    }
    return buf_str(&out);
}
