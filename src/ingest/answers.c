/* A survey's answers from a table, a row each. Columns are found by their headings, in any
 * order, below any titles; a cell is a choice's code or label. Nothing is guessed: a cell that
 * is no choice is told with its place. */
#include "ingest/answers_inner.h"

#include "base/banned.h"

enum { TITLES_MAX = 12 }; /* rows that may stand above the headings */

/* Where the answers to a question stand: one column, or one for each choice. */
struct place {
    int column;                        /* -1 = none */
    int of_choice[SURVEY_CHOICES_MAX]; /* -1 = none */
    bool is_split;
};

static void fault_add(struct answer_reader *r, struct table_fault fault)
{
    struct survey_file *out = r->out;

    out->errors += fault.severity == SEVERITY_ERROR;
    if (out->fault_count == LIMIT_TABLE_FAULTS) {
        out->faults_dropped++;
        return;
    }
    out->faults =
        r->fault_room ? out->faults : NEW(r->a, struct table_fault, LIMIT_TABLE_FAULTS);
    r->fault_room = LIMIT_TABLE_FAULTS;
    out->faults[out->fault_count++] = fault;
}

void answer_fault(struct answer_reader *r, enum severity severity, uint32_t row, int column,
                  str message)
{
    fault_add(r, (struct table_fault){
                     .severity = severity,
                     .row = row + 1,
                     .column = (uint32_t)(column + 1),
                     .raw = column < 0 ? (str){ 0 } : answer_cell(r, row, (uint32_t)column),
                     .message = str_dup(r->a, message),
                 });
}

str answer_cell(const struct answer_reader *r, uint32_t row, uint32_t column)
{
    const struct table_row *t = &r->table->rows[row];

    return column < t->count ? t->cells[column] : (str){ 0 };
}

/* ---- one cell ---- */

static bool is_silent(str folded)
{
    static const str WORDS[] = { STR_INIT("無回答"), STR_INIT("未回答"), STR_INIT("回答なし"),
                                 STR_INIT("不明"),   STR_INIT("na"),     STR_INIT("n/a"),
                                 STR_INIT("ー"),     STR_INIT("―"),      STR_INIT("*") };

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq(WORDS[i], folded))
            return true;
    return false;
}

/* "1:はい", "1.はい", "01", "1.0" for the code 1. */
static bool names_code(str folded, str code, str label)
{
    str rest;

    while (folded.n > code.n && folded.p[0] == '0')
        folded = str_skip(folded, 1);
    if (!str_starts(folded, code))
        return false;
    rest = str_skip(folded, code.n);
    if (!rest.n || str_eq(rest, STR(".0")))
        return true;
    if (strchr(":.)", rest.p[0]) || str_starts(rest, STR("、")))
        rest = str_skip(rest, rest.p[0] & 0x80 ? 3 : 1);
    return str_eq(rest, label);
}

/* The slow way, for spellings that differ from the definition's. */
static int choice_folded(struct answer_reader *r, const struct question *q, str cell)
{
    const str folded = text_fold(&r->scratch, cell);
    int found = is_silent(folded) ? CHOICE_NONE : CHOICE_UNKNOWN;

    for (uint32_t i = 0; i < q->choice_count; i++) {
        const str code = text_fold(&r->scratch, q->choices[i].code);
        const str label = text_fold(&r->scratch, q->choices[i].label);

        if (str_eq(folded, label) || names_code(folded, code, label)) {
            found = (int)i;
            break;
        }
    }
    arena_reset(&r->scratch);
    return found;
}

int choice_of(struct answer_reader *r, const struct question *q, str cell)
{
    if (!cell.n)
        return CHOICE_NONE;
    for (uint32_t i = 0; i < q->choice_count; i++)
        if (str_eq(cell, q->choices[i].code))
            return (int)i;
    for (uint32_t i = 0; i < q->choice_count; i++)
        if (str_eq(cell, q->choices[i].label))
            return (int)i;
    return choice_folded(r, q, cell);
}

static void fault_choice(struct answer_reader *r, uint32_t row, int column,
                         const struct question *q, str what)
{
    answer_fault(r, SEVERITY_ERROR, row, column,
                 str_fmt(r->a,
                         "「%.*s」は%.*sの選択肢にありません。%.*sから%.*sのどれかを書くか、"
                         "無回答なら空欄にしてください。",
                         STR_ARG(what), STR_ARG(q->number), STR_ARG(q->choices[0].code),
                         STR_ARG(q->choices[q->choice_count - 1].code)));
}

static uint8_t single_read(struct answer_reader *r, uint32_t row, int column,
                           const struct question *q)
{
    const str cell = answer_cell(r, row, (uint32_t)column);
    const int choice = choice_of(r, q, cell);

    if (choice == CHOICE_UNKNOWN)
        fault_choice(r, row, column, q, cell);
    return choice < 0 ? (uint8_t)q->choice_count : (uint8_t)choice;
}

/* Bytes up to the next sign between answers: , ; / | blank 、 ・ */
static size_t piece_length(str s, size_t *sign)
{
    static const str SIGNS[] = { STR_INIT(","),  STR_INIT(";"),  STR_INIT("/"),  STR_INIT("|"),
                                 STR_INIT(" "),  STR_INIT("\n"), STR_INIT("、"), STR_INIT("・"),
                                 STR_INIT("，"), STR_INIT("；"), STR_INIT("　") };

    for (size_t at = 0; at < s.n; at++)
        for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
            if (str_starts(str_skip(s, at), SIGNS[i])) {
                *sign = SIGNS[i].n;
                return at;
            }
    *sign = 0;
    return s.n;
}

/* Several answers in one cell: 1,3 or labels. */
static uint64_t several_read(struct answer_reader *r, uint32_t row, int column,
                             const struct question *q)
{
    str rest = answer_cell(r, row, (uint32_t)column);
    const int whole = choice_of(r, q, rest);
    uint64_t set = whole >= 0 ? UINT64_C(1) << whole : 0;
    size_t n, sign;

    if (whole != CHOICE_UNKNOWN)
        return set;
    for (; rest.n; rest = str_skip(rest, n + sign)) {
        str piece;
        int choice;

        n = piece_length(rest, &sign);
        piece = str_trim(str_take(rest, n));
        choice = choice_of(r, q, piece);
        if (choice == CHOICE_UNKNOWN)
            fault_choice(r, row, column, q, piece);
        set |= choice >= 0 ? UINT64_C(1) << choice : 0;
    }
    return set;
}

static bool is_ticked(struct answer_reader *r, uint32_t row, int column)
{
    static const str TICKS[] = { STR_INIT("1"),   STR_INIT("○"), STR_INIT("〇"),
                                 STR_INIT("◯"),   STR_INIT("x"), STR_INIT("true"),
                                 STR_INIT("はい") };
    static const str BLANKS[] = { STR_INIT("0"), STR_INIT("false"), STR_INIT("いいえ") };
    const str cell = answer_cell(r, row, (uint32_t)column);
    str folded;

    if (!cell.n || str_eq(cell, STR("0")))
        return false;
    if (str_eq(cell, STR("1")))
        return true;
    folded = text_fold(r->a, cell);
    for (size_t i = 0; i < sizeof TICKS / sizeof *TICKS; i++)
        if (str_eq(TICKS[i], folded))
            return true;
    for (size_t i = 0; i < sizeof BLANKS / sizeof *BLANKS; i++)
        if (str_eq(BLANKS[i], folded))
            return false;
    if (!is_silent(folded))
        answer_fault(r, SEVERITY_ERROR, row, column,
                     STR("選んだなら 1、選ばなかったなら 0 か空欄にしてください。"));
    return false;
}

static uint64_t split_read(struct answer_reader *r, uint32_t row, const struct place *p,
                           const struct question *q)
{
    uint64_t set = 0;

    for (uint32_t i = 0; i < q->choice_count; i++)
        set |= (uint64_t)is_ticked(r, row, p->of_choice[i]) << i;
    return set;
}

/* ---- headings ---- */

static int column_called(const struct answer_reader *r, uint32_t row, str name)
{
    const struct table_row *t = &r->table->rows[row];
    const str folded = text_fold(r->a, name);

    for (uint32_t c = 0; c < t->count; c++)
        if (str_eq(text_fold(r->a, t->cells[c]), folded))
            return (int)c;
    return -1;
}

/* 問2_1, 問2-1, 問2(紙), 問2_紙 */
static int column_of_choice(const struct answer_reader *r, uint32_t row,
                            const struct question *q, uint32_t choice)
{
    const str names[] = {
        str_fmt(r->a, "%.*s_%.*s", STR_ARG(q->column), STR_ARG(q->choices[choice].code)),
        str_fmt(r->a, "%.*s-%.*s", STR_ARG(q->column), STR_ARG(q->choices[choice].code)),
        str_fmt(r->a, "%.*s(%.*s)", STR_ARG(q->column), STR_ARG(q->choices[choice].code)),
        str_fmt(r->a, "%.*s_%.*s", STR_ARG(q->column), STR_ARG(q->choices[choice].label)),
        str_fmt(r->a, "%.*s(%.*s)", STR_ARG(q->column), STR_ARG(q->choices[choice].label)),
    };
    int column = -1;

    for (size_t i = 0; i < sizeof names / sizeof *names && column < 0; i++)
        column = column_called(r, row, names[i]);
    return column;
}

static struct place place_of(const struct answer_reader *r, uint32_t row,
                             const struct question *q)
{
    struct place p = { .column = column_called(r, row, q->column) };

    if (p.column < 0)
        p.column = column_called(r, row, q->number);
    if (p.column < 0)
        p.column = column_called(r, row, q->key);
    if (p.column < 0)
        p.column = column_called(r, row, q->text);
    if (p.column >= 0 || q->kind != QUESTION_MULTIPLE)
        return p;
    p.is_split = true;
    for (uint32_t i = 0; i < q->choice_count; i++) {
        p.of_choice[i] = column_of_choice(r, row, q, i);
        p.is_split = p.is_split && p.of_choice[i] >= 0;
    }
    return p;
}

static uint32_t found_in(const struct answer_reader *r, uint32_t row)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->s->question_count; i++) {
        const struct place p = place_of(r, row, &r->s->questions[i]);

        n += p.column >= 0 || p.is_split;
    }
    return n;
}

/* The row in which most questions are found. */
static uint32_t headings_find(const struct answer_reader *r)
{
    uint32_t best = 0, best_row = UINT32_MAX;

    for (uint32_t row = 0; row < r->table->count && row < TITLES_MAX; row++) {
        const uint32_t n = found_in(r, row);

        if (n > best) {
            best = n;
            best_row = row;
        }
    }
    return best_row;
}

/* ---- rows ---- */

static bool is_total(struct answer_reader *r, uint32_t row)
{
    static const str WORDS[] = { STR_INIT("計"), STR_INIT("合計"), STR_INIT("総計"),
                                 STR_INIT("小計"), STR_INIT("total") };
    const str folded = text_fold(&r->scratch, answer_cell(r, row, 0));
    bool found = false;

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        found = found || str_eq(WORDS[i], folded);
    arena_reset(&r->scratch);
    return found;
}

/* Did a row answer a question that its other answers say it was not asked? */
static bool is_beside_filter(const struct answer_reader *r, const struct question *q,
                             const struct answer_column *c, uint64_t at)
{
    const struct answer_column *from = &r->out->answers.columns[q->filter];
    const bool gave = c->sets ? c->sets[at] != 0 : c->codes[at] != q->choice_count;
    uint64_t set;

    if (!gave || (!from->sets && !from->codes))
        return false;
    set = from->sets ? from->sets[at] : 0;
    if (from->codes && from->codes[at] < r->s->questions[q->filter].choice_count)
        set = UINT64_C(1) << from->codes[at];
    return !(set & q->filter_codes);
}

static void row_check(struct answer_reader *r, uint32_t row, uint32_t i, const struct place *p,
                      uint64_t at)
{
    const struct question *q = &r->s->questions[i];
    const struct answer_column *c = &r->out->answers.columns[i];
    const int column = p->is_split ? p->of_choice[0] : p->column;

    if (q->filter >= 0 && is_beside_filter(r, q, c, at)) {
        r->out->not_asked++;
        answer_fault(r, SEVERITY_WARNING, row, column,
                     str_fmt(r->a,
                             "%.*sは、%.*sの答えからみて対象でない人の回答です。数えません。",
                             STR_ARG(q->number), STR_ARG(r->s->questions[q->filter].number)));
    }
    if (c->sets && q->answers_max
        && (uint32_t)__builtin_popcountll(c->sets[at]) > q->answers_max)
        answer_fault(r, SEVERITY_WARNING, row, column,
                     str_fmt(r->a, "%.*sは%uつまでですが、それより多く選ばれています。",
                             STR_ARG(q->number), q->answers_max));
}

static void row_read(struct answer_reader *r, uint32_t row, const struct place *places,
                     uint64_t at)
{
    for (uint32_t i = 0; i < r->s->question_count; i++) {
        const struct question *q = &r->s->questions[i];
        struct answer_column *c = &r->out->answers.columns[i];

        if (c->codes)
            c->codes[at] = single_read(r, row, places[i].column, q);
        else if (c->sets)
            c->sets[at] = places[i].is_split ? split_read(r, row, &places[i], q)
                                             : several_read(r, row, places[i].column, q);
        if ((c->codes || c->sets) && (q->filter >= 0 || q->answers_max))
            row_check(r, row, i, &places[i], at);
    }
}

/* Columns for the answers; a question that the file lacks is told. */
static void columns_make(struct answer_reader *r, struct place *places, uint64_t rows)
{
    r->out->answers.columns = NEW(r->a, struct answer_column, r->s->question_count);
    for (uint32_t i = 0; i < r->s->question_count; i++) {
        const struct question *q = &r->s->questions[i];

        places[i] = place_of(r, r->heading_row, q);
        if (q->kind == QUESTION_TEXT)
            continue;
        if (places[i].column < 0 && !places[i].is_split) {
            answer_fault(r, SEVERITY_ERROR, r->heading_row, -1,
                         str_fmt(r->a,
                                 "「%.*s」の列がありません。見出しを定義の column と同じにして"
                                 "ください。",
                                 STR_ARG(q->column)));
            continue;
        }
        if (q->kind == QUESTION_SINGLE)
            r->out->answers.columns[i].codes = NEW(r->a, uint8_t, rows);
        else
            r->out->answers.columns[i].sets = NEW(r->a, uint64_t, rows);
    }
}

/* A blank under a merged cell looks like no answer and is none. */
static void merges_refuse(struct answer_reader *r)
{
    for (uint32_t i = 0; i < r->table->merge_count; i++) {
        const struct table_merge *m = &r->table->merges[i];

        if (m->last_row > r->heading_row + 1 && m->row <= r->table->count)
            answer_fault(r, SEVERITY_ERROR, m->row - 1, (int)m->column - 1,
                         STR("結合されたセルです。結合を解いて、回答を1つのセルに1つずつ書いて"
                             "ください。"));
    }
}

static void rows_read(struct answer_reader *r)
{
    struct place *places = NEW(r->a, struct place, r->s->question_count);
    uint64_t at = 0;

    columns_make(r, places, r->table->count);
    merges_refuse(r);
    for (uint32_t row = r->heading_row + 1; row < r->table->count; row++) {
        if (!r->table->rows[row].count)
            continue;
        if (is_total(r, row)) {
            answer_fault(r, SEVERITY_WARNING, row, -1,
                         STR("合計の行とみて、回答に数えていません。"));
            continue;
        }
        row_read(r, row, places, at++);
    }
    r->out->answers.rows = at;
}

void ingest_answers(struct arena *a, const struct table *t, const struct survey *s,
                    struct survey_file *out)
{
    struct answer_reader r = { .a = a, .table = t, .s = s, .out = out };
    uint32_t row = 0;

    *out = (struct survey_file){ 0 };
    for (uint32_t i = 0; i < t->note_count; i++)
        fault_add(&r, t->notes[i]);
    while (row < t->count && row < TITLES_MAX && !tallies_here(&r, row))
        row++;
    if (row < t->count && row < TITLES_MAX) {
        out->is_tally = true;
        tallies_read(&r);
    } else {
        r.heading_row = headings_find(&r);
        if (r.heading_row == UINT32_MAX)
            answer_fault(&r, SEVERITY_ERROR, 0, -1,
                         STR("見出しの行が見つかりません。1行目に問の番号(F1、問1 など)を"
                             "書いてください。"));
        else
            rows_read(&r);
    }
    arena_done(&r.scratch);
}
