/* A table of voices into voices to be received. */
#include "ingest/voices.h"

#include "base/banned.h"

enum { HEADINGS_WITHIN = 12 }; /* rows of titles that may stand above */

enum column {
    COLUMN_TEXT,
    COLUMN_RECEIVED,
    COLUMN_DOOR,
    COLUMN_WAY,
    COLUMN_CATEGORY,
    COLUMN_PLACE,
    COLUMN_CONTACT,
    COLUMN_SUMMARY,
    COLUMN_SECTION,
    COLUMN_COUNT
};

/* As headings are written, folded; parted by blanks. */
static const char *const HEADINGS[COLUMN_COUNT] = {
    [COLUMN_TEXT] = "本文 声 意見 ご意見 内容 声の内容 意見の内容 ご意見の内容 text",
    [COLUMN_RECEIVED] = "受付日 受付年月日 受付日時 日付 年月日 投函日 received date",
    [COLUMN_DOOR] = "入口 種別 door",
    [COLUMN_WAY] = "受付方法 方法 way",
    [COLUMN_CATEGORY] = "分野 分類 category",
    [COLUMN_PLACE] = "箱 改善箱 設置場所 場所 place",
    [COLUMN_CONTACT] = "連絡先 contact",
    [COLUMN_SUMMARY] = "要旨 概要 件名 summary",
    [COLUMN_SECTION] = "担当課 担当 所管課 所管 課 section",
};

struct reader {
    struct arena *a;
    const struct table *t;
    const struct voices_hints *hints;
    struct voice_lines *out;
    uint32_t fault_room;
    int column[COLUMN_COUNT]; /* from 0, -1 = the table has none */
    uint32_t row;             /* 1-based, the one that is read */
    bool is_bad;              /* it has an error */
};

/* ---- faults ---- */

static void fault(struct reader *r, int column, str raw, str message)
{
    struct voice_lines *out = r->out;

    out->errors++;
    r->is_bad = true;
    if (out->fault_count == LIMIT_TABLE_FAULTS) {
        out->faults_dropped++;
        return;
    }
    if (out->fault_count == r->fault_room) {
        struct table_fault *rows = NEW(r->a, struct table_fault, r->fault_room * 2 + 16);

        if (out->fault_count)
            memcpy(rows, out->faults, out->fault_count * sizeof *rows);
        out->faults = rows;
        r->fault_room = r->fault_room * 2 + 16;
    }
    out->faults[out->fault_count++] = (struct table_fault){
        .severity = SEVERITY_ERROR,
        .row = r->row,
        .column = (uint32_t)(column + 1),
        .raw = raw,
        .message = message,
    };
}

/* ---- cells ---- */

static str cell_at(const struct reader *r, uint32_t row, uint32_t column)
{
    const struct table_row *cells = &r->t->rows[row];

    return column < cells->count ? cells->cells[column] : (str){ 0 };
}

static str cell(const struct reader *r, enum column c)
{
    return r->column[c] < 0 ? (str){ 0 } : cell_at(r, r->row - 1, (uint32_t)r->column[c]);
}

static bool is_word_of(str words, str word)
{
    str one;

    while (words.n) {
        words = str_cut(words, ' ', &one);
        if (str_eq(one, word))
            return true;
    }
    return false;
}

/* ---- headings ---- */

static void headings_read(struct reader *r, uint32_t row)
{
    for (int c = 0; c < COLUMN_COUNT; c++)
        r->column[c] = -1;
    for (uint32_t i = 0; i < r->t->rows[row].count; i++) {
        const str word = text_fold(r->a, cell_at(r, row, i));

        for (int c = 0; c < COLUMN_COUNT; c++)
            if (word.n && r->column[c] < 0 && is_word_of(str_from(HEADINGS[c]), word))
                r->column[c] = (int)i;
    }
}

/* The first row with the heading of the text, and one more heading or none else in it. */
static bool headings_find(struct reader *r, uint32_t *first)
{
    for (uint32_t row = 0; row < r->t->count && row < HEADINGS_WITHIN; row++) {
        headings_read(r, row);
        *first = row + 1;
        if (r->column[COLUMN_TEXT] >= 0)
            return true;
    }
    r->row = 1;
    fault(r, -1, (str){ 0 },
          STR("「本文」(または「声」「意見」)という見出しの列がありません。"
              "見出しの行を先頭に書いてください。"));
    return false;
}

/* ---- values ---- */

/* "分野に「…」はありません。…のどれかを書いてください。" */
static void unknown(struct reader *r, enum column c, str raw, const struct hearing_list *list)
{
    struct buf b;

    buf_init(&b, r->a, 200, 4000);
    buf_fmt(&b, "「%.*s」は設定にありません。", STR_ARG(raw));
    for (uint32_t i = 0; i < list->count; i++)
        buf_fmt(&b, "%s%.*s", i ? "、" : "", STR_ARG(list->rows[i].label[0]));
    buf_put_c(&b, list->count ? "のどれかを書いてください。" : "広聴の設定に加えてください。");
    fault(r, r->column[c], raw, buf_str(&b));
}

static str code_read(struct reader *r, enum column c, const struct hearing_list *list)
{
    const str raw = cell(r, c), word = text_fold(r->a, raw);

    for (uint32_t i = 0; word.n && i < list->count; i++) {
        const struct hearing_item *item = &list->rows[i];

        if (str_eq(word, text_fold(r->a, item->code))
            || str_eq(word, text_fold(r->a, item->label[0]))
            || str_eq(word, text_fold(r->a, item->label[1])))
            return item->code;
    }
    if (word.n)
        unknown(r, c, raw, list);
    return (str){ 0 };
}

/* Opinions of the council come in with their meeting. */
static enum voice_door door_read(struct reader *r)
{
    static const enum voice_door DOORS[] = { DOOR_VOICE, DOOR_BOX, DOOR_SURVEY };
    const str raw = cell(r, COLUMN_DOOR), word = text_fold(r->a, raw);

    for (size_t i = 0; word.n && i < sizeof DOORS / sizeof *DOORS; i++)
        if (str_eq(word, door_word(DOORS[i]))
            || str_eq(word, text_fold(r->a, str_from(door_label(DOORS[i], 0))))
            || str_eq(word, text_fold(r->a, str_from(door_label(DOORS[i], 1)))))
            return DOORS[i];
    if (word.n)
        fault(r, r->column[COLUMN_DOOR], raw,
              STR("入口は「市民の声」「改善箱」「アンケート」のどれかを書いてください。"));
    return DOOR_VOICE;
}

static date day_read(struct reader *r)
{
    const str raw = cell(r, COLUMN_RECEIVED);
    date d = r->hints->today;

    if (!raw.n)
        return d;
    if (date_read(raw, r->hints->fiscal_year, &d) != DATE_FINE || !d.day)
        fault(r, r->column[COLUMN_RECEIVED], raw,
              STR("日付を「2025-06-03」や「令和7年6月3日」の形で書いてください。"));
    else if (date_number(d) > date_number(r->hints->today))
        fault(r, r->column[COLUMN_RECEIVED], raw, STR("きょうより後の日付です。"));
    return d;
}

static str section_read(struct reader *r)
{
    const str raw = cell(r, COLUMN_SECTION), word = text_fold(r->a, raw);

    for (uint32_t i = 0; word.n && i < r->hints->section_count; i++) {
        const struct section_name *s = &r->hints->sections[i];

        if (str_eq(raw, s->key) || str_eq(word, text_fold(r->a, s->name)))
            return s->key;
    }
    if (word.n)
        fault(r, r->column[COLUMN_SECTION], raw,
              str_fmt(r->a, "「%.*s」という課はありません。課の名前か記号を書いてください。",
                      STR_ARG(raw)));
    return (str){ 0 };
}

/* ---- rows ---- */

static bool is_empty(const struct reader *r)
{
    const struct table_row *row = &r->t->rows[r->row - 1];

    for (uint32_t i = 0; i < row->count; i++)
        if (row->cells[i].n)
            return false;
    return true;
}

static void row_read(struct reader *r)
{
    const struct hearing *h = r->hints->hearing;
    struct voice_line line = { .row = r->row };

    r->is_bad = false;
    line.text = cell(r, COLUMN_TEXT);
    line.contact = cell(r, COLUMN_CONTACT);
    line.summary = cell(r, COLUMN_SUMMARY);
    line.door = door_read(r);
    line.way = code_read(r, COLUMN_WAY, &h->ways);
    line.category = code_read(r, COLUMN_CATEGORY, &h->categories);
    line.place = code_read(r, COLUMN_PLACE, &h->boxes);
    line.received = day_read(r);
    line.section = section_read(r);
    if (!line.text.n)
        fault(r, r->column[COLUMN_TEXT], (str){ 0 }, STR("本文がありません。"));
    else if (utf8_count(line.text) > (size_t)h->text_max)
        fault(r, r->column[COLUMN_TEXT], (str){ 0 },
              str_fmt(r->a, "本文が長すぎます(%d字まで)。", h->text_max));
    if (!r->is_bad)
        r->out->rows[r->out->count++] = line;
}

void ingest_voices(struct arena *a, const struct table *t, const struct voices_hints *hints,
                   struct voice_lines *out)
{
    struct reader r = { .a = a, .t = t, .hints = hints, .out = out };
    uint32_t first, lines = 0;

    *out = (struct voice_lines){ 0 };
    if (!headings_find(&r, &first))
        return;
    out->rows =
        NEW(a, struct voice_line,
            t->count - first < LIMIT_VOICE_LINES ? t->count - first : LIMIT_VOICE_LINES);
    for (r.row = first + 1; r.row <= t->count; r.row++) {
        if (is_empty(&r))
            continue;
        if (lines++ == LIMIT_VOICE_LINES) {
            fault(&r, -1, (str){ 0 },
                  str_fmt(a, "一度に取り込めるのは%d件までです。表を分けてください。",
                          LIMIT_VOICE_LINES));
            return;
        }
        row_read(&r);
    }
}
