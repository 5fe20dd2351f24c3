/* What stands in a blank, kind by kind: the field as text, and the text as a field. A text that
 * cannot be taken gives a sentence that says what to write. */
#include "model/blanks_inner.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "base/banned.h"

static const void *field(const void *row, const struct blank *b)
{
    return (const char *)row + b->offset;
}

static void *field_of(void *row, const struct blank *b)
{
    return (char *)row + b->offset;
}

bool take_fault(struct taking *t, const char *format, ...)
{
    enum { SENTENCE = 400 };
    char *text = arena_bytes(t->a, SENTENCE);
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, SENTENCE, format, args);
    va_end(args);
    n = n < 0 ? 0 : n < SENTENCE ? n : SENTENCE - 1;
    blank_fault_add(t->a, t->faults, t->name,
                    (str){ text, utf8_valid_prefix(text, (size_t)n) });
    return false;
}

/* As much of what was typed as a sentence has room for. */
static str shown(str typed)
{
    enum { SHOWN = 30 };

    return utf8_take(typed, SHOWN);
}

/* ---- texts ---- */

static str put_str(const struct putting *p, const struct blank *b, const void *row)
{
    (void)p;
    return *(const str *)field(row, b);
}

static bool take_str(struct taking *t, const struct blank *b, void *row, str text)
{
    (void)t;
    *(str *)field_of(row, b) = text;
    return true;
}
const struct blank_way WAY_STR = { put_str, take_str };

static str put_text(const struct putting *p, const struct blank *b, const void *row)
{
    (void)p;
    return ((const struct text *)field(row, b))->v;
}

static bool take_text(struct taking *t, const struct blank *b, void *row, str text)
{
    (void)t;
    *(struct text *)field_of(row, b) = (struct text){ .v = text };
    return true;
}
const struct blank_way WAY_TEXT = { put_text, take_text };

static str put_bool(const struct putting *p, const struct blank *b, const void *row)
{
    (void)p;
    return *(const bool *)field(row, b) ? STR("1") : (str){ 0 };
}

static bool take_bool(struct taking *t, const struct blank *b, void *row, str text)
{
    (void)t;
    *(bool *)field_of(row, b) = text.n > 0;
    return true;
}
const struct blank_way WAY_BOOL = { put_bool, take_bool };

/* ---- words and marks ---- */

static str put_word(const struct putting *p, const struct blank *b, const void *row)
{
    (void)p;
    return words_at(b->words, *(const unsigned *)field(row, b));
}

static bool take_word(struct taking *t, const struct blank *b, void *row, str text)
{
    return words_find(b->words, text, field_of(row, b))
           || take_fault(t, "「%s」は、選択肢の中から選んでください。", b->label[LANG_JA]);
}
const struct blank_way WAY_WORD = { put_word, take_word };

static str put_mark(const struct putting *p, const struct blank *b, const void *row)
{
    (void)p;
    return words_at(b->words, ((const struct marked *)field(row, b))->mark);
}

/* The symbol that the form prints for a mark. */
static str symbol_of(const struct form *form, enum mark mark)
{
    for (uint32_t i = 0; form && mark != MARK_NONE && i < form->mark_count; i++)
        if ((form->marks[i].polarity > 0) == (mark == MARK_POSITIVE))
            return form->marks[i].symbol;
    return (str){ 0 };
}

static bool take_mark(struct taking *t, const struct blank *b, void *row, str text)
{
    struct marked *m = field_of(row, b);
    unsigned mark;

    if (!words_find(b->words, text, &mark))
        return take_fault(t, "「%s」は、選択肢の中から選んでください。", b->label[LANG_JA]);
    *m = (struct marked){ .mark = (enum mark)mark,
                          .symbol = symbol_of(t->in->form, (enum mark)mark) };
    return true;
}
const struct blank_way WAY_MARK = { put_mark, take_mark };

/* ---- numbers ---- */

/* ％ is kept as %. */
static str unit_of(str typed)
{
    typed = str_trim(typed);
    return str_eq(typed, STR("％")) ? STR("%") : typed;
}

/* "40"; with its own unit where that is not the one of the row: "8件". */
static str amount_str(struct arena *a, const struct amount *m, str unit)
{
    const str digits = dec_str(a, m->value);

    if (str_eq(m->unit, unit))
        return digits;
    return str_fmt(a, "%.*s%.*s", STR_ARG(digits), STR_ARG(m->unit));
}

static str put_amount(const struct putting *p, const struct blank *b, const void *row)
{
    const struct amount *m = field(row, b);

    return m->is_set ? amount_str(p->a, m, p->unit) : (str){ 0 };
}

/* clang-format off */
static const char *const WRONG[DEC_LONG + 1] = {
    [DEC_NONE]       = "数字がありません",
    [DEC_TWO_POINTS] = "小数点が2つあります",
    [DEC_SEPARATOR]  = "桁区切りの位置が違います",
    [DEC_MIXED]      = "全角と半角の数字が混ざっています",
    [DEC_LONG]       = "桁が多すぎます",
};
/* clang-format on */

/* A digit in a unit belongs to it behind a letter (t-CO2); otherwise it is a second number. */
static bool has_number(struct arena *a, str unit)
{
    const str s = text_fold(a, unit);

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9' && (i == 0 || s.p[i - 1] < 'a' || s.p[i - 1] > 'z'))
            return true;
    return false;
}

static bool number_read(struct taking *t, str text, dec *out, str *unit)
{
    size_t used = 0;
    const enum dec_fault fault = dec_read(text, out, &used);

    if (fault != DEC_FINE)
        return take_fault(t,
                          "「%.*s」は数として読めません(%s)。数字で書いてください(例: "
                          "40、1,234、12.50)。",
                          STR_ARG(shown(text)), WRONG[fault]);
    *unit = unit_of(str_skip(text, used));
    if (has_number(t->a, *unit))
        return take_fault(t, "「%.*s」には数が2つあります。1つだけ書いてください。",
                          STR_ARG(shown(text)));
    return true;
}

static bool take_amount(struct taking *t, const struct blank *b, void *row, str text)
{
    enum { UNIT_MAX = 20 };
    struct amount *m = field_of(row, b), read = { .is_set = true };

    text = str_trim(text);
    if (!text.n) {
        *m = (struct amount){ 0 };
        return true;
    }
    if (!number_read(t, text, &read.value, &read.unit))
        return false;
    if (utf8_count(read.unit) > UNIT_MAX)
        return take_fault(t,
                          "「%.*s」は数として読めません。数字のあとには単位だけを書いてくだ"
                          "さい。",
                          STR_ARG(shown(text)));
    if (!read.unit.n)
        read.unit = t->unit;
    *m = read;
    return true;
}
const struct blank_way WAY_AMOUNT = { put_amount, take_amount };

/* The unit of the amount that the row of the table points at. */
static str put_unit_of(const struct putting *p, const struct blank *b, const void *row)
{
    (void)p;
    return ((const struct amount *)field(row, b))->unit;
}

/* That of a number has been taken with it. */
static bool take_unit_of(struct taking *t, const struct blank *b, void *row, str text)
{
    struct amount *m = field_of(row, b);

    (void)t;
    if (!m->is_set)
        m->unit = unit_of(text);
    return true;
}
const struct blank_way WAY_UNIT_OF = { put_unit_of, take_unit_of };

/* That of an indicator as a whole; it stays with the target, also while that has no number. */
static str put_unit(const struct putting *p, const struct blank *b, const void *row)
{
    (void)p, (void)b;
    return indicator_unit(row);
}

static bool take_unit(struct taking *t, const struct blank *b, void *row, str text)
{
    struct indicator *i = row;

    (void)t, (void)b;
    if (!i->target.is_set)
        i->target.unit = unit_of(text);
    return true;
}
const struct blank_way WAY_UNIT = { put_unit, take_unit };

static str put_decimals(const struct putting *p, const struct blank *b, const void *row)
{
    const struct decimals *d = field(row, b);

    return d->is_said ? str_fmt(p->a, "%d", d->count) : (str){ 0 };
}

static bool take_decimals(struct taking *t, const struct blank *b, void *row, str text)
{
    struct decimals *d = field_of(row, b);
    dec n = { 0, 0 };
    str more = { 0 };

    *d = (struct decimals){ 0 };
    text = str_trim(text);
    if (!text.n)
        return true;
    if (!number_read(t, text, &n, &more))
        return false;
    if (n.scale || n.n < 0 || n.n > DEC_SCALE_MAX || (more.n && !str_eq(more, STR("桁"))))
        return take_fault(t, "小数の桁数は、0から%dまでの数で書いてください。", DEC_SCALE_MAX);
    *d = (struct decimals){ .is_said = true, .count = (int)n.n };
    return true;
}
const struct blank_way WAY_DECIMALS = { put_decimals, take_decimals };

/* ---- years and days ---- */

static str year_str(struct arena *a, int year)
{
    struct buf b;

    if (!year)
        return (str){ 0 };
    buf_init(&b, a, 24, 64);
    fiscal_put(&b, year, FISCAL_ERA);
    return buf_str(&b);
}

/* A fiscal year that fills the whole text; also "7" and "2025" without 年度. */
static bool year_read(struct taking *t, str text, int *year)
{
    const int near = t->in->fiscal_year;
    size_t used;

    if (fiscal_parse(text, near, true, year, &used) && used == text.n)
        return true;
    text = str_fmt(t->a, "%.*s年度", STR_ARG(text));
    return fiscal_parse(text, near, true, year, &used) && used == text.n;
}

static str put_year(const struct putting *p, const struct blank *b, const void *row)
{
    return year_str(p->a, *(const int *)field(row, b));
}

static bool take_year(struct taking *t, const struct blank *b, void *row, str text)
{
    int *year = field_of(row, b);

    text = str_trim(text);
    if (text.n)
        return year_read(t, text, year)
               || take_fault(t, "「%.*s」は年度として読めません。例: 令和7年度、R7、2025年度",
                             STR_ARG(shown(text)));
    *year = 0;
    return true;
}
const struct blank_way WAY_YEAR = { put_year, take_year };

static const char *day_fault(enum date_fault f)
{
    switch (f) {
    case DATE_NO_DAY:
        return "その日はありません";
    case DATE_NO_YEAR:
        return "年がありません";
    case DATE_ERA:
        return "その元号にない日です";
    case DATE_WEEKDAY:
        return "曜日が違います";
    case DATE_FINE:
    case DATE_NONE:
        break;
    }
    return "日付ではありません";
}

/* Kept as 2024-09-30, of a month as 2024-09. */
static bool take_day(struct taking *t, const struct blank *b, void *row, str text)
{
    str *to = field_of(row, b);
    enum date_fault fault;
    date d;

    *to = (str){ 0 };
    text = str_trim(text);
    if (!text.n)
        return true;
    fault = date_read(text, t->in->fiscal_year, &d);
    if (fault != DATE_FINE)
        return take_fault(t, "「%.*s」は%s。例: 令和6年9月30日、2024-09-30",
                          STR_ARG(shown(text)), day_fault(fault));
    *to = d.day ? str_fmt(t->a, "%04d-%02d-%02d", d.year, d.month, d.day)
                : str_fmt(t->a, "%04d-%02d", d.year, d.month);
    return true;
}
const struct blank_way WAY_DAY = { put_str, take_day };

/* ---- lists in one blank ---- */

static str put_lines(const struct putting *p, const struct blank *b, const void *row)
{
    const struct initiative *i = row;
    struct buf lines;

    (void)b;
    buf_init(&lines, p->a, 256, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < i->outline_count; k++) {
        buf_put_c(&lines, k ? "\n" : "");
        buf_put(&lines, i->outline[k].v);
    }
    return buf_str(&lines);
}

static uint32_t line_count(str text)
{
    uint32_t n = text.n > 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* The entry of the version before that says the same, with its place. */
static struct text entry_of(const struct initiative *was, str line)
{
    for (uint32_t k = 0; k < was->outline_count; k++)
        if (str_eq(was->outline[k].v, line))
            return was->outline[k];
    return (struct text){ .v = line };
}

static bool take_lines(struct taking *t, const struct blank *b, void *row, str text)
{
    struct initiative *i = row;
    struct text *lines = NEW(t->a, struct text, line_count(text));
    uint32_t n = 0;

    (void)b;
    while (text.n) {
        str line;

        text = str_cut(text, '\n', &line);
        line = str_trim(line);
        if (line.n)
            lines[n++] = entry_of(t->in->base, line);
    }
    i->outline = lines;
    i->outline_count = n;
    return true;
}
const struct blank_way WAY_LINES = { put_lines, take_lines };

/* 令和8年度 45, one a line. */
static str put_path(const struct putting *p, const struct blank *b, const void *row)
{
    const struct indicator *i = row;
    struct buf lines;

    (void)b;
    buf_init(&lines, p->a, 64, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < i->path_count; k++) {
        const struct path_point *at = &i->path[k];

        buf_put_c(&lines, k ? "\n" : "");
        buf_put(&lines, year_str(p->a, at->year));
        buf_put_char(&lines, ' ');
        buf_put(&lines, amount_str(p->a, &at->value, p->unit));
    }
    return buf_str(&lines);
}

/* One line of it. */
static bool point_read(struct taking *t, str line, struct path_point *out)
{
    struct amount m = { .is_set = true };
    size_t used;

    if (!fiscal_parse(line, t->in->fiscal_year, true, &out->year, &used))
        return take_fault(t,
                          "「%.*s」には年度がありません。1行に「令和8年度 45」のように書いて"
                          "ください。",
                          STR_ARG(shown(line)));
    line = str_trim(str_skip(line, used));
    while (str_starts(line, STR(":")) || str_starts(line, STR("：")))
        line = str_trim(str_skip(line, line.p[0] == ':' ? 1 : strlen("：")));
    if (!number_read(t, line, &m.value, &m.unit))
        return false;
    if (!m.unit.n)
        m.unit = t->unit;
    out->value = m;
    return true;
}

static bool take_path(struct taking *t, const struct blank *b, void *row, str text)
{
    struct indicator *i = row;
    struct path_point *path = NEW(t->a, struct path_point, line_count(text));
    uint32_t n = 0;

    (void)b;
    while (text.n) {
        str line;

        text = str_cut(text, '\n', &line);
        line = str_trim(line);
        if (!line.n)
            continue;
        if (!point_read(t, line, &path[n]))
            return false;
        for (uint32_t k = 0; k < n; k++)
            if (path[k].year == path[n].year)
                return take_fault(t, "「%.*s」の年度が2回あります。", STR_ARG(shown(line)));
        n++;
    }
    i->path = path;
    i->path_count = n;
    return true;
}
const struct blank_way WAY_PATH = { put_path, take_path };

/* ---- the order of rows ---- */

static str put_rows(const struct putting *p, const struct blank *b, const void *row)
{
    const struct initiative *i = row;
    const bool is_extra = b->offset == GROUP_EXTRA;
    const str *ids = b->offset == GROUP_INDICATOR  ? indicator_ids(p->a, i)
                     : b->offset == GROUP_ACTIVITY ? planned_ids(p->a, i)
                                                   : extra_ids(p->a, i);
    const uint32_t n = b->offset == GROUP_INDICATOR ? i->indicator_count
                       : is_extra                   ? i->reported_count
                                                    : i->planned_count;
    struct buf list;

    buf_init(&list, p->a, 64, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < n; k++) {
        if (!ids[k].n)
            continue;
        buf_put_c(&list, list.n ? " " : "");
        buf_put(&list, ids[k]);
    }
    return buf_str(&list);
}

/* Rows are taken with what stands in them (blanks_take). */
static bool take_rows(struct taking *t, const struct blank *b, void *row, str text)
{
    (void)t, (void)b, (void)row, (void)text;
    return true;
}
const struct blank_way WAY_ROWS = { put_rows, take_rows };
