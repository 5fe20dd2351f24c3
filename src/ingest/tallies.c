/* A survey's counts made by hand: 問, 選択肢, 全体, then a column for each group (男性, 女性,
 * …). What is read is only counted here; whether the sums hold is asked by survey_sums_check.
 */
#include "ingest/answers_inner.h"

#include "base/banned.h"

enum column_kind { COLUMN_OTHER, COLUMN_QUESTION, COLUMN_CHOICE, COLUMN_TOTAL, COLUMN_GROUP };

/* What a column is. */
struct tally_column {
    enum column_kind kind;
    uint32_t attribute; /* COLUMN_GROUP: index of the question */
    uint32_t group;     /* its choice; choice_count = not known */
};

/* What a row is, besides a choice. */
enum { ROW_SILENT = -1, ROW_SUM = -2, ROW_YES = -3, ROW_UNKNOWN = -4 };

struct tally_reader {
    struct answer_reader *r;
    struct tally_column *columns;
    uint32_t column_count;
    uint64_t *seen; /* of each question: bit of each choice that had a row */
    bool *has_sum;  /* of each question: 計 was given */
    bool *has_yes;  /* of each question: 該当 was given */
};

static bool is_one_of(str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_from(words[i])))
            return true;
    return false;
}
#define IS_ONE_OF(s, words) is_one_of((s), (words), sizeof(words) / sizeof *(words))

static const char *const QUESTION_HEADS[] = { "問",     "設問",     "質問",
                                              "問番号", "設問番号", "question" };
static const char *const CHOICE_HEADS[] = { "選択肢", "回答", "区分", "choice" };
static const char *const TOTAL_HEADS[] = { "全体", "計", "合計", "総数", "total" };
static const char *const SUM_ROWS[] = { "計",       "合計", "全体", "回答者数",
                                        "対象者数", "n",    "total" };
static const char *const SILENT_ROWS[] = { "無回答", "未回答",    "回答なし",
                                           "不明",   "no answer", "noanswer" };
static const char *const YES_ROWS[] = { "該当", "該当者", "yes" };

/* ---- headings ---- */

static bool group_find(struct answer_reader *r, str folded, struct tally_column *out)
{
    for (uint32_t i = 0; i < r->s->question_count; i++) {
        const struct question *q = &r->s->questions[i];
        const str text = text_fold(r->a, q->text);
        str rest = folded;

        if (!q->is_attribute)
            continue;
        if (str_starts(rest, text)) /* 性別:男性, 性別不明 */
            rest = str_skip(rest, text.n);
        if (rest.n && rest.p[0] == ':')
            rest = str_skip(rest, 1);
        *out = (struct tally_column){ COLUMN_GROUP, i, q->choice_count };
        if (rest.n != folded.n && IS_ONE_OF(rest, SILENT_ROWS))
            return true;
        for (out->group = 0; out->group < q->choice_count; out->group++)
            if (str_eq(rest, text_fold(r->a, q->choices[out->group].label)))
                return true;
    }
    return false;
}

static struct tally_column column_kind(struct answer_reader *r, str heading)
{
    const str folded = text_fold(r->a, heading);
    struct tally_column c = { COLUMN_OTHER, 0, 0 };

    if (IS_ONE_OF(folded, QUESTION_HEADS))
        c.kind = COLUMN_QUESTION;
    else if (IS_ONE_OF(folded, CHOICE_HEADS))
        c.kind = COLUMN_CHOICE;
    else if (IS_ONE_OF(folded, TOTAL_HEADS))
        c.kind = COLUMN_TOTAL;
    else if (folded.n && !group_find(r, folded, &c))
        c.kind = COLUMN_OTHER;
    return c;
}

bool tallies_here(struct answer_reader *r, uint32_t row)
{
    const struct table_row *t = &r->table->rows[row];
    bool found[COLUMN_GROUP + 1] = { false };

    for (uint32_t c = 0; c < t->count; c++)
        found[column_kind(r, t->cells[c]).kind] = true;
    r->heading_row = row;
    return found[COLUMN_QUESTION] && found[COLUMN_CHOICE] && found[COLUMN_TOTAL];
}

static void columns_read(struct tally_reader *x)
{
    const struct table_row *t = &x->r->table->rows[x->r->heading_row];

    x->column_count = t->count;
    x->columns = NEW(x->r->a, struct tally_column, t->count);
    for (uint32_t c = 0; c < t->count; c++) {
        x->columns[c] = column_kind(x->r, t->cells[c]);
        if (x->columns[c].kind == COLUMN_OTHER && t->cells[c].n)
            answer_fault(x->r, SEVERITY_WARNING, x->r->heading_row, (int)c,
                         STR("どの属性の区分でもない列です。読んでいません。"));
    }
}

/* An attribute of which some groups have a column and others have not cannot add up. */
static bool has_groups(struct tally_reader *x, uint32_t attribute)
{
    const struct question *q = &x->r->s->questions[attribute];
    uint64_t found = 0;

    for (uint32_t c = 0; c < x->column_count; c++)
        if (x->columns[c].kind == COLUMN_GROUP && x->columns[c].attribute == attribute
            && x->columns[c].group < q->choice_count)
            found |= UINT64_C(1) << x->columns[c].group;
    for (uint32_t i = 0; found && i < q->choice_count; i++)
        if (!(found >> i & 1))
            answer_fault(x->r, SEVERITY_ERROR, x->r->heading_row, -1,
                         str_fmt(x->r->a, "%.*sの区分「%.*s」の列がありません。",
                                 STR_ARG(q->text), STR_ARG(q->choices[i].label)));
    return found != 0;
}

static void crosses_make(struct tally_reader *x)
{
    const struct survey *s = x->r->s;
    struct survey_tally *t = &x->r->out->tally;

    for (uint32_t k = 0; k < s->question_count; k++) {
        const uint32_t groups = s->questions[k].choice_count + 1;

        if (!s->questions[k].is_attribute || !has_groups(x, k))
            continue;
        for (uint32_t i = 0; i < s->question_count; i++) {
            const struct question *q = &s->questions[i];
            struct question_tally *one = &t->questions[i];

            if (q->is_attribute || q->kind == QUESTION_TEXT)
                continue;
            one->by = one->by ? one->by : NEW(x->r->a, struct cross_tally, s->question_count);
            one->by[one->by_count++] = (struct cross_tally){
                k, NEW(x->r->a, uint64_t, ((size_t)q->choice_count + 1) * groups),
                NEW(x->r->a, uint64_t, groups)
            };
        }
    }
}

/* ---- rows ---- */

/* A whole number in a cell. Whatever else stands there is told: never a silent zero. */
static bool number_read(struct tally_reader *x, uint32_t row, uint32_t column, uint64_t *out)
{
    const str cell = answer_cell(x->r, row, column);
    size_t used = 0;
    dec n = { 0, 0 };
    str rest;

    if (dec_read(cell, &n, &used) == DEC_FINE) {
        rest = str_trim(str_skip(cell, used));
        if ((!rest.n || str_eq(rest, STR("人")) || str_eq(rest, STR("件"))) && n.scale == 0
            && n.n >= 0 && n.n <= 1000000000) {
            *out = (uint64_t)n.n;
            return true;
        }
    }
    answer_fault(x->r, SEVERITY_ERROR, row, (int)column,
                 cell.n ? STR("人数ではありません。12 のように数だけを書いてください。"
                              "割合ではなく人数が要ります。")
                        : STR("空欄です。だれもいなければ 0 と書いてください。"));
    return false;
}

static int32_t question_called(struct answer_reader *r, str cell)
{
    const str folded = text_fold(r->a, cell);

    for (uint32_t i = 0; i < r->s->question_count; i++) {
        const struct question *q = &r->s->questions[i];

        if (str_eq(folded, text_fold(r->a, q->number)) || str_eq(folded, q->key)
            || str_eq(folded, text_fold(r->a, q->text)))
            return (int32_t)i;
    }
    return -1;
}

static int row_kind(struct tally_reader *x, const struct question *q, str cell)
{
    const str folded = text_fold(x->r->a, cell);
    const int choice = choice_of(x->r, q, cell);

    if (choice >= 0)
        return choice;
    if (IS_ONE_OF(folded, SUM_ROWS))
        return ROW_SUM;
    if (IS_ONE_OF(folded, YES_ROWS))
        return ROW_YES;
    return folded.n && IS_ONE_OF(folded, SILENT_ROWS) ? ROW_SILENT : ROW_UNKNOWN;
}

static void total_put(struct tally_reader *x, uint32_t i, int kind, uint64_t n)
{
    struct question_tally *t = &x->r->out->tally.questions[i];

    if (kind == ROW_SUM) {
        t->asked = n;
        x->has_sum[i] = true;
    } else if (kind == ROW_SILENT) {
        t->no_answer = n;
    } else if (kind == ROW_YES) {
        t->yes = n;
        x->has_yes[i] = true;
    } else {
        t->count[kind] = n;
        x->seen[i] |= UINT64_C(1) << kind;
    }
}

static void group_put(struct tally_reader *x, uint32_t i, int kind,
                      const struct tally_column *c, uint64_t n)
{
    struct question_tally *t = &x->r->out->tally.questions[i];
    const uint32_t choices = x->r->s->questions[i].choice_count;
    const uint32_t groups = x->r->s->questions[c->attribute].choice_count + 1;

    for (uint32_t k = 0; k < t->by_count; k++) {
        if (t->by[k].attribute != c->attribute)
            continue;
        if (kind == ROW_SUM)
            t->by[k].base[c->group] = n;
        else if (kind != ROW_YES)
            t->by[k]
                .count[(kind == ROW_SILENT ? choices : (uint32_t)kind) * groups + c->group] = n;
    }
}

static void row_read(struct tally_reader *x, uint32_t row, uint32_t i, int kind)
{
    for (uint32_t c = 0; c < x->column_count; c++) {
        const struct tally_column *column = &x->columns[c];
        uint64_t n;

        if (column->kind != COLUMN_TOTAL && column->kind != COLUMN_GROUP)
            continue;
        if (column->kind == COLUMN_GROUP && x->r->s->questions[i].is_attribute)
            continue;
        if (!number_read(x, row, c, &n))
            continue;
        if (column->kind == COLUMN_TOTAL)
            total_put(x, i, kind, n);
        else
            group_put(x, i, kind, column, n);
    }
}

static void rows_read(struct tally_reader *x)
{
    int32_t question = -1;

    for (uint32_t row = x->r->heading_row + 1; row < x->r->table->count; row++) {
        str cell[COLUMN_GROUP + 1] = { { 0 } };
        int kind;

        for (uint32_t c = 0; c < x->column_count; c++)
            cell[x->columns[c].kind] = answer_cell(x->r, row, c);
        if (!x->r->table->rows[row].count)
            continue;
        if (cell[COLUMN_QUESTION].n)
            question = question_called(x->r, cell[COLUMN_QUESTION]);
        if (question < 0) {
            answer_fault(x->r, SEVERITY_ERROR, row, -1,
                         str_fmt(x->r->a, "「%.*s」という問は定義にありません。",
                                 STR_ARG(cell[COLUMN_QUESTION])));
            continue;
        }
        kind = row_kind(x, &x->r->s->questions[question], cell[COLUMN_CHOICE]);
        if (kind == ROW_UNKNOWN)
            answer_fault(x->r, SEVERITY_ERROR, row, -1,
                         str_fmt(x->r->a, "「%.*s」は%.*sの選択肢にありません。",
                                 STR_ARG(cell[COLUMN_CHOICE]),
                                 STR_ARG(x->r->s->questions[question].number)));
        else
            row_read(x, row, (uint32_t)question, kind);
    }
}

/* ---- what follows ---- */

static void fault_question(struct tally_reader *x, const struct question *q, str what)
{
    answer_fault(x->r, SEVERITY_ERROR, x->r->heading_row, -1,
                 str_fmt(x->r->a, "%.*s: %.*s", STR_ARG(q->number), STR_ARG(what)));
}

/* Without 計, of a single question: what the rows add up to. */
static void sums_follow(struct tally_reader *x, uint32_t i)
{
    const struct question *q = &x->r->s->questions[i];
    struct question_tally *t = &x->r->out->tally.questions[i];

    t->asked = t->no_answer;
    for (uint32_t k = 0; k < q->choice_count; k++)
        t->asked += t->count[k];
    for (uint32_t k = 0; k < t->by_count; k++) {
        const uint32_t groups = x->r->s->questions[t->by[k].attribute].choice_count + 1;

        for (uint32_t g = 0; g < groups; g++)
            for (uint32_t row = 0; row <= q->choice_count; row++)
                t->by[k].base[g] += t->by[k].count[row * groups + g];
    }
}

static void yes_follows(struct tally_reader *x, uint32_t i)
{
    const struct question *q = &x->r->s->questions[i];
    struct question_tally *t = &x->r->out->tally.questions[i];
    uint32_t yes = 0;

    if (x->has_yes[i])
        return;
    for (uint32_t k = 0; k < q->choice_count; k++) {
        yes += q->choices[k].is_yes;
        t->yes += q->choices[k].is_yes ? t->count[k] : 0;
    }
    if (q->kind == QUESTION_MULTIPLE && yes > 1)
        fault_question(x, q,
                       STR("いくつでも選べる問なので、どれかを選んだ人の数を「該当」の行に"
                           "書いてください。"));
}

/* An attribute without rows of its own is what the others' column sums say. */
static void attribute_follows(struct tally_reader *x, uint32_t i)
{
    struct survey_tally *t = &x->r->out->tally;
    const struct question *q = &x->r->s->questions[i];

    for (uint32_t k = 0; k < t->question_count; k++)
        for (uint32_t b = 0; b < t->questions[k].by_count; b++) {
            const struct cross_tally *c = &t->questions[k].by[b];

            if (c->attribute != i || x->r->s->questions[k].filter >= 0)
                continue;
            memcpy(t->questions[i].count, c->base, q->choice_count * sizeof *c->base);
            t->questions[i].no_answer = c->base[q->choice_count];
            sums_follow(x, i);
            return;
        }
    fault_question(x, q, STR("この属性の行も列もありません。"));
}

static void question_finish(struct tally_reader *x, uint32_t i)
{
    const struct question *q = &x->r->s->questions[i];

    if (q->kind == QUESTION_TEXT)
        return;
    if (q->is_attribute && !x->seen[i]) {
        attribute_follows(x, i);
        return;
    }
    for (uint32_t k = 0; k < q->choice_count; k++)
        if (!(x->seen[i] >> k & 1))
            fault_question(x, q,
                           str_fmt(x->r->a, "選択肢「%.*s」の行がありません。",
                                   STR_ARG(q->choices[k].label)));
    if (!x->has_sum[i] && q->kind == QUESTION_MULTIPLE)
        fault_question(x, q,
                       STR("いくつでも選べる問なので、たずねた人の数を「計」の行に書いて"
                           "ください。"));
    else if (!x->has_sum[i])
        sums_follow(x, i);
    yes_follows(x, i);
}

void tallies_read(struct answer_reader *r)
{
    const uint32_t n = r->s->question_count;
    struct tally_reader x = { .r = r };
    struct survey_tally *t = &r->out->tally;

    x.seen = NEW(r->a, uint64_t, n);
    x.has_sum = NEW(r->a, bool, n);
    x.has_yes = NEW(r->a, bool, n);
    t->questions = NEW(r->a, struct question_tally, n);
    t->question_count = n;
    for (uint32_t i = 0; i < n; i++)
        t->questions[i].count = NEW(r->a, uint64_t, r->s->questions[i].choice_count);
    columns_read(&x);
    crosses_make(&x);
    rows_read(&x);
    for (uint32_t i = n; i-- > 0;) /* attributes come first and follow from the others */
        question_finish(&x, i);
    for (uint32_t i = 0; i < n; i++) {
        if (r->s->questions[i].filter < 0 && t->questions[i].asked > t->rows)
            t->rows = t->questions[i].asked;
        if (r->s->questions[i].kind == QUESTION_TEXT)
            t->questions[i].asked = 0;
    }
}
