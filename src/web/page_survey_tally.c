/* Counts made by hand: a table for each question, its choices by all and, when asked for, by
 * the groups of attributes. What was typed becomes the same table that a file of counts is, and
 * is read and checked as such; what is wrong leads back to its cell. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/survey_incoming.h"

#include "base/banned.h"

/* clang-format off */
const struct field SURVEY_TALLY_FIELDS[] = {
    { "do", INPUT_LINE, 10, false, { "すること", "What to do" } },
    { "by", INPUT_LINE, 40, false, { "属性", "Attribute" } },
    { "t.*", INPUT_LINE, 12, false, { "人数", "Count" } },
    { 0 },
};
/* clang-format on */

enum { CELLS_MAX = 4500 }; /* inputs of one form: above it a file is better */

/* A column: all, or a group of an attribute. */
struct column_of {
    int32_t attribute; /* -1 = all */
    uint32_t group;    /* choice_count = not known */
};

struct tallying {
    struct req *r;
    struct value *page;
    struct survey_incoming *in;
    const struct survey *s;
    str by; /* key of an attribute, "all", "" */
    struct column_of *columns;
    uint32_t column_count;
    str *cell_name; /* of each row of the table and column: name of its input */
    str *cell_fault;
    uint32_t row_count; /* rows of the table, the headings among them */
};

/* ---- which rows and columns ---- */

static bool is_column(const struct tallying *x, uint32_t question)
{
    const struct question *q = &x->s->questions[question];

    return q->is_attribute && (str_eq(x->by, STR("all")) || str_eq(x->by, q->key));
}

static void columns_find(struct tallying *x)
{
    uint32_t n = 1;

    for (uint32_t i = 0; i < x->s->question_count; i++)
        n += is_column(x, i) ? x->s->questions[i].choice_count + 1 : 0;
    x->columns = NEW(x->r->mem, struct column_of, n);
    x->columns[x->column_count++] = (struct column_of){ -1, 0 };
    for (uint32_t i = 0; i < x->s->question_count; i++)
        for (uint32_t g = 0; is_column(x, i) && g <= x->s->questions[i].choice_count; g++)
            x->columns[x->column_count++] = (struct column_of){ (int32_t)i, g };
}

/* A question has a table of its own unless it stands in the columns. */
static bool is_tabled(const struct tallying *x, uint32_t question)
{
    return x->s->questions[question].kind != QUESTION_TEXT && !is_column(x, question);
}

/* Of several answers with several that count, how many chose any of them is a row of its own.
 */
static bool has_yes_row(const struct question *q)
{
    uint32_t yes = 0;

    for (uint32_t k = 0; k < q->choice_count; k++)
        yes += q->choices[k].is_yes;
    return q->kind == QUESTION_MULTIPLE && yes > 1;
}

static uint32_t rows_of(const struct question *q)
{
    return q->choice_count + 2 + has_yes_row(q);
}

/* What the rows are called: choices, 無回答, 該当, 計. The words of the reader of files. */
static str row_label(const struct question *q, uint32_t row)
{
    if (row < q->choice_count)
        return q->choices[row].label;
    if (row == q->choice_count)
        return STR("無回答");
    return row + 1 < rows_of(q) ? STR("該当") : STR("計");
}

static str column_label(const struct tallying *x, const struct column_of *c)
{
    const struct question *q = c->attribute >= 0 ? &x->s->questions[c->attribute] : NULL;

    if (!q)
        return STR("全体");
    return c->group < q->choice_count ? str_fmt(x->r->mem, "%.*s:%.*s", STR_ARG(q->text),
                                                STR_ARG(q->choices[c->group].label))
                                      : str_fmt(x->r->mem, "%.*s不明", STR_ARG(q->text));
}

static str input_name(const struct tallying *x, uint32_t q, uint32_t row, uint32_t column)
{
    return str_fmt(x->r->mem, "t.%u-%u-%u", q, row, column);
}

/* ---- what was typed, as a table ---- */

static void cell_put(struct buf *b, str s)
{
    buf_put_c(b, ",\"");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_put_char(b, '"');
        buf_put_char(b, s.p[i]);
    }
    buf_put_char(b, '"');
}

static void rows_put(struct tallying *x, struct buf *b, uint32_t at)
{
    const struct question *q = &x->s->questions[at];

    for (uint32_t row = 0; row < rows_of(q); row++) {
        const uint32_t columns = q->is_attribute ? 1 : x->column_count;

        buf_fmt(b, "\"%.*s\"", STR_ARG(q->number));
        cell_put(b, row_label(q, row));
        for (uint32_t c = 0; c < columns; c++) {
            const str name = input_name(x, at, row, c);

            cell_put(b, req_field_fmt(x->r, "%.*s", STR_ARG(name)));
            x->cell_name[x->row_count * x->column_count + c] = name;
        }
        buf_put_char(b, '\n');
        x->row_count++;
    }
}

static str table_of(struct tallying *x)
{
    uint32_t rows = 1;
    struct buf b;

    buf_init(&b, x->r->mem, 4096, LIMIT_TEXT_BYTES);
    buf_put(&b, STR("\"問\",\"選択肢\""));
    for (uint32_t c = 0; c < x->column_count; c++)
        cell_put(&b, column_label(x, &x->columns[c]));
    buf_put_char(&b, '\n');
    for (uint32_t i = 0; i < x->s->question_count; i++)
        rows += is_tabled(x, i) ? rows_of(&x->s->questions[i]) : 0;
    x->cell_name = NEW(x->r->mem, str, (size_t)rows * x->column_count);
    x->row_count = 1;
    for (uint32_t i = 0; i < x->s->question_count; i++)
        if (is_tabled(x, i))
            rows_put(x, &b, i);
    return buf_str(&b);
}

/* Faults of cells become faults of their inputs; the others stay in the list. */
static void faults_to_inputs(struct tallying *x)
{
    for (uint32_t i = 0; i < x->in->file.fault_count; i++) {
        const struct table_fault *f = &x->in->file.faults[i];
        const uint32_t c = f->column - 3; /* after 問 and 選択肢 */

        if (f->severity != SEVERITY_ERROR || f->column < 3 || f->row < 2
            || f->row > x->row_count || c >= x->column_count)
            continue;
        if (x->cell_name[(f->row - 1) * x->column_count + c].n)
            req_fault(x->r, x->cell_name[(f->row - 1) * x->column_count + c], f->message);
    }
}

/* ---- the page ---- */

static void put_columns(const struct tallying *x, struct value *map, const struct question *q)
{
    struct value *list = value_put_list(x->r->mem, map, "columns");

    for (uint32_t c = 0; c < (q->is_attribute ? 1 : x->column_count); c++) {
        const struct column_of *k = &x->columns[c];
        const struct question *by = k->attribute >= 0 ? &x->s->questions[k->attribute] : NULL;
        struct value *one = value_add_map(x->r->mem, list);

        value_put_text(x->r->mem, one, "label",
                       !by ? req_message(x->r, "survey.all", NULL)
                       : k->group < by->choice_count
                           ? by->choices[k->group].label
                           : req_message(x->r, "survey.unknown", NULL));
    }
}

/* What stands in a cell before anything was typed: what was counted last. */
static str stored_count(const struct tallying *x, uint32_t at, uint32_t row,
                        const struct column_of *c)
{
    const struct survey_stored *s = &x->in->work.stored;
    const struct question *q = &x->s->questions[at];
    const struct question_tally *t;
    uint64_t n = 0;

    if (!s->has_tally)
        return (str){ 0 };
    t = &s->tally.questions[at];
    if (c->attribute < 0) {
        n = row < q->choice_count    ? t->count[row]
            : row == q->choice_count ? t->no_answer
            : row + 1 < rows_of(q)   ? t->yes
                                     : t->asked;
        return str_fmt(x->r->mem, "%llu", (unsigned long long)n);
    }
    for (uint32_t k = 0; k < t->by_count; k++) {
        const uint32_t groups = x->s->questions[c->attribute].choice_count + 1;

        if (t->by[k].attribute != (uint32_t)c->attribute)
            continue;
        n = row <= q->choice_count ? t->by[k].count[row * groups + c->group]
                                   : t->by[k].base[c->group];
        return str_fmt(x->r->mem, "%llu", (unsigned long long)n);
    }
    return (str){ 0 };
}

static void put_cell(const struct tallying *x, struct value *list, uint32_t at, uint32_t row,
                     uint32_t column)
{
    struct req *r = x->r;
    const struct question *q = &x->s->questions[at];
    const str name = input_name(x, at, row, column);
    const str error = req_fault_of(r, name);
    struct value *one = value_add_map(r->mem, list), *words = value_map(r->mem);

    value_put_text(r->mem, words, "number", q->number);
    value_put_text(r->mem, words, "row", row_label(q, row));
    value_put_text(r->mem, words, "column", column_label(x, &x->columns[column]));
    value_put_text(r->mem, one, "name", name);
    value_put_text(r->mem, one, "label", req_message(r, "hand.cell", words));
    value_put_text(r->mem, one, "value",
                   r->form ? req_field_fmt(r, "%.*s", STR_ARG(name))
                           : stored_count(x, at, row, &x->columns[column]));
    value_put_text_or_null(r->mem, one, "error", error);
}

static void put_table(const struct tallying *x, struct value *list, uint32_t at)
{
    const struct question *q = &x->s->questions[at];
    struct value *map = value_add_map(x->r->mem, list), *rows;

    value_put_text(x->r->mem, map, "key", q->key);
    value_put_text(x->r->mem, map, "number", q->number);
    value_put_text(x->r->mem, map, "text", q->text);
    put_columns(x, map, q);
    rows = value_put_list(x->r->mem, map, "rows");
    for (uint32_t row = 0; row < rows_of(q); row++) {
        struct value *one = value_add_map(x->r->mem, rows), *cells;

        value_put_text(x->r->mem, one, "label", row_label(q, row));
        cells = value_put_list(x->r->mem, one, "cells");
        for (uint32_t c = 0; c < (q->is_attribute ? 1 : x->column_count); c++)
            put_cell(x, cells, at, row, c);
    }
}

static void put_attributes(const struct tallying *x)
{
    struct req *r = x->r;
    struct value *list = value_put_list(r->mem, x->page, "attributes");
    const str url = req_url(r, "/w/%.*s/surveys/%.*s/tally", STR_ARG(x->in->ref.organisation),
                            STR_ARG(x->in->ref.key));
    uint32_t n = 0;

    for (uint32_t i = 0; i <= x->s->question_count + 1; i++) {
        const bool is_none = i == 0, is_all = i == x->s->question_count + 1;
        const struct question *q = is_none || is_all ? NULL : &x->s->questions[i - 1];
        const str key = is_none ? STR("") : is_all ? STR("all") : q->key;
        struct value *one;

        if ((q && !q->is_attribute) || (is_all && n < 2))
            continue;
        n += q != NULL;
        one = value_add_map(r->mem, list);
        value_put_text(r->mem, one, "label",
                       q ? q->text
                         : req_message(r, is_all ? "hand.by_all" : "hand.by_none", NULL));
        value_put_bool(r->mem, one, "is_name", q != NULL);
        value_put_bool(r->mem, one, "is_now", str_eq(x->by, key));
        value_put_text(r->mem, one, "url", req_url_with(r, url, "by", key));
    }
    value_put_bool(r->mem, x->page, "has_attributes", n > 0);
}

static uint32_t cells_of(const struct tallying *x)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < x->s->question_count; i++)
        n += is_tabled(x, i) ? rows_of(&x->s->questions[i]) * x->column_count : 0;
    return n;
}

static bool tallying_put(struct tallying *x, struct err *e)
{
    struct req *r = x->r;
    const bool is_too_large = cells_of(x) > CELLS_MAX;
    struct organisation o;
    struct value *list;

    if (!staff_put_organisation(r, x->page, &o, e))
        return false;
    page_crumb(r, x->page, o.name, req_url(r, "/w/%.*s", STR_ARG(o.key)));
    page_crumb(r, x->page, x->s->title,
               req_url(r, "/w/%.*s/surveys/%.*s", STR_ARG(o.key), STR_ARG(x->in->ref.key)));
    value_put_text(r->mem, x->page, "title", x->s->title);
    value_put_text(r->mem, x->page, "by", x->by);
    value_put_text(r->mem, x->page, "form_url",
                   req_url(r, "/w/%.*s/surveys/%.*s/tally", STR_ARG(o.key),
                           STR_ARG(x->in->ref.key)));
    value_put_bool(r->mem, x->page, "is_too_large", is_too_large);
    put_attributes(x);
    list = value_put_list(r->mem, x->page, "tables");
    for (uint32_t i = 0; i < x->s->question_count && !is_too_large; i++)
        if (is_tabled(x, i))
            put_table(x, list, i);
    survey_incoming_put(r, x->page, x->in);
    return true;
}

static bool tallying_load(struct tallying *x, str by, struct err *e)
{
    x->in = NEW(x->r->mem, struct survey_incoming, 1);
    if (!survey_incoming_load(x->r, x->in, e))
        return false;
    x->s = &x->in->work.stored.survey;
    x->by = by;
    columns_find(x);
    return true;
}

bool page_survey_tally(struct req *r, struct value *page, struct err *e)
{
    struct tallying x = { .r = r, .page = page };

    return tallying_load(&x, req_query(r, "by"), e) && tallying_put(&x, e);
}

bool act_survey_tally(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct tallying x = { .r = r, .page = page };

    if (!tallying_load(&x, req_field(r, "by"), e))
        return false;
    if (!req_is_fine(r) || cells_of(&x) > CELLS_MAX)
        return tallying_put(&x, e);
    if (!survey_incoming_read(r, x.in, req_message(r, "desk.by_hand", NULL), table_of(&x), e)
        || (str_eq(req_field(r, "do"), STR("store")) && !survey_incoming_keep(r, x.in, e))) {
        if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
            return false;
        req_fault(r, STR("do"), str_dup(r->mem, str_from(e->text)));
    }
    faults_to_inputs(&x);
    out->status = x.in->is_good && req_is_fine(r) ? 200 : 422;
    return tallying_put(&x, e);
}
