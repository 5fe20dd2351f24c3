/* One cell of a table as a value of its field. Whatever is not plainly a value is told with
 * what to write instead; nothing becomes zero. */
#include "ingest/entries_inner.h"

#include "base/banned.h"

static void refuse(struct entry_reader *r, struct cell_at at, str message)
{
    entry_fault(r, SEVERITY_ERROR, at.row, at.column, at.raw, message);
}

static void warn(struct entry_reader *r, struct cell_at at, str message)
{
    entry_fault(r, SEVERITY_WARNING, at.row, at.column, at.raw, message);
}

bool cell_is_pending(struct arena *a, str raw)
{
    static const str WORDS[] = {
        STR_INIT("調査中"),   STR_INIT("集計中"), STR_INIT("確認中"), STR_INIT("未集計"),
        STR_INIT("未確定"),   STR_INIT("未定"),   STR_INIT("不明"),   STR_INIT("未調査"),
        STR_INIT("n/a"),      STR_INIT("na"),     STR_INIT("-"),      STR_INIT("ー"),
        STR_INIT("―"),        STR_INIT("‐"),      STR_INIT("–"),      STR_INIT("—"),
        STR_INIT("−"),        STR_INIT("─"),      STR_INIT("一"),     STR_INIT("…"),
        STR_INIT("..."),      STR_INIT("*"),      STR_INIT("**"),     STR_INIT("--"),
        STR_INIT("---"),      STR_INIT("ーー"),   STR_INIT("空白"),   STR_INIT("(調査中)"),
        STR_INIT("(集計中)"),
    };
    str folded;

    if (raw.n && raw.p[0] >= '0' && raw.p[0] <= '9') /* as most cells begin, and none of these
                                                      */
        return false;
    folded = text_fold(a, raw);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq(folded, WORDS[i]) || str_eq(raw, WORDS[i]))
            return true;
    return false;
}

/* ---- numbers ---- */

static str number_fault(const struct entry_reader *r, enum dec_fault fault)
{
    switch (fault) {
    case DEC_TWO_POINTS:
        return STR("小数点が2つあります。12.3 のように書いてください。");
    case DEC_SEPARATOR:
        return STR("桁区切りの位置が正しくありません。1,200 か 1200 と書いてください。");
    case DEC_MIXED:
        return STR("半角と全角の数字が混ざっています。どちらかにそろえてください。");
    case DEC_LONG:
        return STR("桁が多すぎます。18桁まで、小数点以下は9桁までにしてください。");
    case DEC_FINE:
    case DEC_NONE:
        break;
    }
    return str_fmt(r->a, "%s",
                   "数ではありません。12 のように数だけを書くか、まだなら「調査中」と書いて"
                   "ください。");
}

/* Do two spellings name one unit of counting? */
static bool is_unit(struct arena *a, str field_unit, str written)
{
    static const str SAME[][3] = {
        { STR_INIT("人"), STR_INIT("名"), STR_INIT("人") },
        { STR_INIT("回"), STR_INIT("回数"), STR_INIT("度") },
        { STR_INIT("件"), STR_INIT("件数"), STR_INIT("件") },
        { STR_INIT("地域"), STR_INIT("地区"), STR_INIT("地域") },
        { STR_INIT("部"), STR_INIT("枚"), STR_INIT("部") },
        { STR_INIT("時間"), STR_INIT("h"), STR_INIT("時間") },
    };
    const str folded = text_fold(a, written);

    if (str_eq(folded, text_fold(a, field_unit)))
        return true;
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
        if (str_eq(field_unit, SAME[i][0]))
            for (int k = 1; k < 3; k++)
                if (str_eq(folded, SAME[i][k]))
                    return true;
    return false;
}

/* What follows a number: its unit, and a note in brackets. */
static bool after_number(struct entry_reader *r, const struct register_field *f,
                         struct cell_at at, str rest, str *note)
{
    ptrdiff_t open = str_find_char(rest, '(');
    const ptrdiff_t wide = str_find(rest, STR("（"));
    str unit;

    if (wide >= 0 && (open < 0 || wide < open))
        open = wide;
    unit = str_trim(open < 0 ? rest : str_take(rest, (size_t)open));
    if (unit.n && !is_unit(r->a, f->unit, unit)) {
        refuse(r, at,
               f->unit.n
                   ? str_fmt(r->a,
                             "数のあとの「%.*s」が分かりません。単位は「%.*s」です。数だけを"
                             "書いてください。",
                             STR_ARG(unit), STR_ARG(f->unit))
                   : str_fmt(r->a, "数のあとの「%.*s」が分かりません。数だけを書いてください。",
                             STR_ARG(unit)));
        return false;
    }
    if (open >= 0)
        *note = str_skip(rest, (size_t)open);
    return true;
}

static bool take_prefix(str *s, str prefix)
{
    if (!str_starts(*s, prefix))
        return false;
    *s = str_trim(str_skip(*s, prefix.n));
    return true;
}

bool cell_number(struct entry_reader *r, const struct register_field *f, struct cell_at at,
                 dec *out, str *note)
{
    str s = str_trim(at.raw);
    const bool about = take_prefix(&s, STR("約")) || take_prefix(&s, STR("およそ"));
    enum dec_fault fault;
    size_t used;

    if (str_eq(f->unit, STR("円")) && !take_prefix(&s, STR("¥")) && !take_prefix(&s, STR("￥")))
        (void)take_prefix(&s, STR("\\"));
    fault = dec_read(s, out, &used);
    if (fault != DEC_FINE) {
        refuse(r, at, number_fault(r, fault));
        return false;
    }
    if (!after_number(r, f, at, str_trim(str_skip(s, used)), note))
        return false;
    if (about)
        *note = at.raw;
    return true;
}

static void read_quantity(struct entry_reader *r, const struct register_field *f,
                          struct cell_at at, struct entry_value *out, str *note)
{
    static const int64_t MOST = INT64_C(1000000000000);
    str beside = { 0 };
    struct buf said;
    dec v;

    if (!cell_number(r, f, at, &v, &beside))
        return;
    if (v.n < 0) {
        refuse(r, at, STR("0より小さい数です。0以上の数を書いてください。"));
        return;
    }
    if (v.scale > CELL_SCALE || dec_cmp(v, (dec){ MOST, 0 }) >= 0) {
        refuse(r, at,
               STR("数が大きすぎるか、小数が細かすぎます。1兆より小さく、小数は4桁"
                   "までにしてください。"));
        return;
    }
    out->v = dec_str(r->a, v);
    if (!beside.n)
        return;
    *note = at.raw;
    buf_init(&said, r->a, 64, 1024);
    buf_fmt(&said, "%.*s と読みました。「%.*s」は数に入れていません。", STR_ARG(out->v),
            STR_ARG(beside));
    buf_put_c(&said, "数え方が違うときは、数だけを書いてください。");
    warn(r, at, buf_str(&said));
}

/* ---- the other kinds ---- */

static str date_sentence(struct entry_reader *r, enum date_fault fault)
{
    switch (fault) {
    case DATE_NO_DAY:
        return STR("この日付はありません。暦にある日を書いてください。");
    case DATE_NO_YEAR:
        return STR("年がありません。2024-06-03 のように年から書くか、年度を指定してください。");
    case DATE_ERA:
        return STR("この元号にはない日です。元号か西暦を確かめてください。");
    case DATE_WEEKDAY:
        return STR("曜日が日付と合いません。日付か曜日を直してください。");
    case DATE_FINE:
    case DATE_NONE:
        break;
    }
    return str_fmt(r->a, "%s",
                   "日付として読めません。2024-06-03、令和6年6月3日 のように書いてください。");
}

/* 45383: a day of this century or the last, whose format was lost on the way. */
static bool is_serial(str raw)
{
    dec n;

    return dec_parse(raw, &n) && !n.scale && n.n > 10000 && n.n < 80000;
}

static void read_date(struct entry_reader *r, const struct register_field *f, struct cell_at at,
                      struct entry_value *out, str *note)
{
    date d;
    const enum date_fault fault = date_read(at.raw, r->fiscal_year, &d);
    struct buf b;

    (void)f;
    (void)note;
    if (fault != DATE_FINE) {
        refuse(r, at,
               is_serial(at.raw)
                   ? STR("日付として読めません。表計算ソフトの日付の通し番号のよう"
                         "です。日付の書式にしてから保存し直してください。")
                   : date_sentence(r, fault));
        return;
    }
    buf_init(&b, r->a, 16, 16);
    if (d.day)
        date_put(&b, d);
    else
        buf_fmt(&b, "%04d-%02d", d.year, d.month);
    out->v = buf_str(&b);
}

static void read_year(struct entry_reader *r, const struct register_field *f, struct cell_at at,
                      struct entry_value *out, str *note)
{
    const str s = str_trim(at.raw);
    int year;
    size_t used;
    dec n;

    (void)f;
    (void)note;
    if (fiscal_parse(s, r->fiscal_year, true, &year, &used) && used == s.n) {
        out->v = str_fmt(r->a, "%d", year);
        return;
    }
    if (dec_read(s, &n, &used) == DEC_FINE && used == s.n && !n.scale && n.n >= FISCAL_MIN
        && n.n <= FISCAL_MAX)
        out->v = str_fmt(r->a, "%d", (int)n.n);
    else
        refuse(r, at, STR("年度として読めません。令和6年度 か 2024 のように書いてください。"));
}

/* 中央地域 and 中央 are one area. */
static bool same_area(struct arena *a, str known, str written)
{
    static const str ENDS[] = { STR_INIT("地域"), STR_INIT("地区"), STR_INIT("校区"),
                                STR_INIT("連合") };
    str x = text_fold(a, known), y = text_fold(a, written);

    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        if (str_ends(x, ENDS[i]) && x.n > ENDS[i].n)
            x = str_take(x, x.n - ENDS[i].n);
        if (str_ends(y, ENDS[i]) && y.n > ENDS[i].n)
            y = str_take(y, y.n - ENDS[i].n);
    }
    return str_eq(x, y);
}

static void read_area(struct entry_reader *r, const struct register_field *f, struct cell_at at,
                      struct entry_value *out, str *note)
{
    const struct areas *known = r->hints->areas;

    (void)f;
    (void)note;
    out->v = str_trim(at.raw);
    if (!known || !known->count)
        return;
    for (uint32_t i = 0; i < known->count; i++)
        if (str_eq(known->rows[i].key, out->v)
            || same_area(r->a, known->rows[i].name, out->v)) {
            out->v = known->rows[i].name;
            return;
        }
    out->v = (str){ 0 };
    refuse(
        r, at,
        str_fmt(r->a,
                "この地域は登録されていません。登録されている%uの地域の名前(「%.*s」など)を、"
                "1行に1つ書いてください。",
                known->count, STR_ARG(known->rows[0].name)));
}

static void read_choice(struct entry_reader *r, const struct register_field *f,
                        struct cell_at at, struct entry_value *out, str *note)
{
    const str folded = text_fold(r->a, at.raw);
    struct buf b;

    (void)note;
    for (uint32_t i = 0; i < f->choice_count; i++)
        for (uint32_t k = 0; k < f->choices[i].spelling_count; k++)
            if (str_eq(f->choices[i].spellings[k], folded)) {
                out->v = f->choices[i].key;
                return;
            }
    buf_init(&b, r->a, 256, 2048);
    buf_fmt(&b, "「%.*s」の選択肢にありません。", STR_ARG(f->label[0]));
    for (uint32_t i = 0; i < f->choice_count; i++)
        buf_fmt(&b, "%s%.*s", i ? "、" : "", STR_ARG(f->choices[i].label[0]));
    buf_put_c(&b, " のどれかを書いてください。");
    refuse(r, at, buf_str(&b));
}

static void read_flag(struct entry_reader *r, const struct register_field *f, struct cell_at at,
                      struct entry_value *out, str *note)
{
    static const str YES[] = { STR_INIT("○"),      STR_INIT("〇"), STR_INIT("有"),
                               STR_INIT("あり"),   STR_INIT("済"), STR_INIT("はい"),
                               STR_INIT("yes"),    STR_INIT("1"),  STR_INIT("true"),
                               STR_INIT("対応済"), STR_INIT("レ"), STR_INIT("✓"),
                               STR_INIT("o") };
    static const str NO[] = { STR_INIT("×"),      STR_INIT("✕"),  STR_INIT("無"),
                              STR_INIT("なし"),   STR_INIT("未"), STR_INIT("いいえ"),
                              STR_INIT("no"),     STR_INIT("0"),  STR_INIT("false"),
                              STR_INIT("未対応"), STR_INIT("x") };
    const str folded = text_fold(r->a, at.raw);

    (void)f;
    (void)note;
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++)
        if (str_eq(folded, YES[i]))
            out->v = STR("yes");
    for (size_t i = 0; i < sizeof NO / sizeof *NO; i++)
        if (str_eq(folded, NO[i]))
            out->v = STR("no");
    if (!out->v.n)
        refuse(r, at, STR("○ か × のどちらかを書いてください。"));
}

static void read_text(struct entry_reader *r, const struct register_field *f, struct cell_at at,
                      struct entry_value *out, str *note)
{
    enum { TEXT_MAX = 2000 }; /* characters; a register's line is no report */

    (void)f;
    (void)note;
    if (utf8_count(at.raw) > TEXT_MAX) {
        refuse(r, at, STR("長すぎます。2000字までにしてください。"));
        return;
    }
    out->v = at.raw;
}

/* What a spreadsheet shows instead of a value, and a formula whose value was not saved. */
static bool refuse_formula(struct entry_reader *r, struct cell_at at)
{
    static const str ERRORS[] = { STR_INIT("#N/A"),    STR_INIT("#DIV/0!"),
                                  STR_INIT("#REF!"),   STR_INIT("#NAME?"),
                                  STR_INIT("#VALUE!"), STR_INIT("#NUM!"),
                                  STR_INIT("#NULL!"),  STR_INIT("#SPILL!"),
                                  STR_INIT("#CALC!"),  STR_INIT("#GETTING_DATA") };

    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (str_eq(at.raw, ERRORS[i])) {
            refuse(r, at,
                   STR("表計算のエラーです。計算式を直すか、値を書いてください。まだなら「調査"
                       "中」と"
                       "書いてください。"));
            return true;
        }
    if (!str_starts(at.raw, STR("=")))
        return false;
    refuse(r, at,
           STR("計算式の結果が保存されていません。表計算ソフトで開いて保存し直すか、値を書いて"
               "ください。"));
    return true;
}

typedef void read_kind(struct entry_reader *r, const struct register_field *f,
                       struct cell_at at, struct entry_value *out, str *note);

void cell_read(struct entry_reader *r, const struct register_field *f, struct cell_at at,
               struct entry_value *out, str *note)
{
    static read_kind *const READERS[FIELD_KIND_COUNT] = {
        [FIELD_DATE] = read_date,         [FIELD_AREA] = read_area,
        [FIELD_SECTION] = read_text,      [FIELD_PARTNER] = read_text,
        [FIELD_QUANTITY] = read_quantity, [FIELD_TEXT] = read_text,
        [FIELD_CHOICE] = read_choice,     [FIELD_FLAG] = read_flag,
        [FIELD_YEAR] = read_year,
    };
    const bool is_pending = at.raw.n && cell_is_pending(r->a, at.raw);

    *out = (struct entry_value){ 0 };
    if (refuse_formula(r, at))
        return;
    if (f->kind == FIELD_QUANTITY
        && (is_pending || (!at.raw.n && f->is_required && !f->is_retired))) {
        out->is_pending = true;
        r->out->pending++;
        warn(r, at,
             at.raw.n ? STR("まだ値がないものとして取り込みます(0ではありません)。")
                      : STR("空欄です。まだ値がないものとして取り込みます(0ではありません)。"));
        return;
    }
    if (!at.raw.n || is_pending) {
        if (f->is_required && !f->is_retired)
            refuse(r, at,
                   str_fmt(r->a, "「%.*s」は必ず書いてください。", STR_ARG(f->label[0])));
        return;
    }
    READERS[f->kind](r, f, at, out, note);
}
