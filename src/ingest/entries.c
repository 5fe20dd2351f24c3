/* Rows of a table to entries of a register. */
#include "ingest/entries_inner.h"

#include "base/banned.h"

void entry_fault(struct entry_reader *r, enum severity severity, uint32_t row, int column,
                 str raw, str message)
{
    struct register_entries *o = r->out;

    if (severity == SEVERITY_ERROR) {
        o->errors++;
        r->row_has_error = true;
    }
    if (o->fault_count == LIMIT_TABLE_FAULTS) {
        o->faults_dropped++;
        return;
    }
    if (o->fault_count == r->fault_room) {
        struct table_fault *more;

        r->fault_room = r->fault_room ? r->fault_room * 2 : 16;
        more = NEW(r->a, struct table_fault, r->fault_room);
        if (o->fault_count)
            memcpy(more, o->faults, o->fault_count * sizeof *more);
        o->faults = more;
    }
    o->faults[o->fault_count++] =
        (struct table_fault){ severity, row, (uint32_t)(column + 1), raw, message };
}

static str cell_in(const struct table_row *row, int column)
{
    return column >= 0 && (uint32_t)column < row->count ? row->cells[column] : (str){ 0 };
}

/* ---- sums ---- */

/* What the quantities add up to since the last 小計, and since the top. */
struct sums {
    dec part[FIELDS_MAX], all[FIELDS_MAX];
    uint32_t missing_part[FIELDS_MAX], missing_all[FIELDS_MAX];
};

static void sums_add(const struct register_def *d, struct sums *s,
                     const struct register_entry *one)
{
    for (uint32_t i = 0; i < d->field_count; i++) {
        dec v;

        if (d->fields[i].kind != FIELD_QUANTITY)
            continue;
        if (!dec_parse(one->values[i].v, &v)) {
            s->missing_part[i] += one->values[i].is_pending;
            s->missing_all[i] += one->values[i].is_pending;
            continue;
        }
        /* within a million million each: no sum of a table leaves 64 bits */
        if (!dec_add(s->part[i], v, &s->part[i]) || !dec_add(s->all[i], v, &s->all[i]))
            s->missing_all[i]++;
    }
}

/* Is the row a sum? 1 = of the part above it (小計), 2 = of all. Its word stands in a column
 * that is no quantity. */
static int total_kind(const struct entry_reader *r, const struct table_row *row)
{
    static const str ALL[] = { STR_INIT("計"),     STR_INIT("合計"), STR_INIT("総計"),
                               STR_INIT("総合計"), STR_INIT("累計"), STR_INIT("total"),
                               STR_INIT("年度計"), STR_INIT("全体") };
    static const str PART[] = { STR_INIT("小計"), STR_INIT("中計"), STR_INIT("月計"),
                                STR_INIT("subtotal") };

    for (uint32_t c = 0; c < row->count; c++) {
        const str own = row->cells[c];
        const bool may_be = own.n && own.n < 32 && (own.p[0] < '0' || own.p[0] > '9');
        const str folded = may_be ? text_fold(r->a, own) : (str){ 0 };

        for (size_t i = 0; folded.n && i < sizeof ALL / sizeof *ALL; i++)
            if (str_eq(folded, ALL[i]))
                return 2;
        for (size_t i = 0; folded.n && i < sizeof PART / sizeof *PART; i++)
            if (str_eq(folded, PART[i]))
                return 1;
    }
    return 0;
}

static void check_sum(struct entry_reader *r, struct cell_at at, uint32_t field,
                      const struct sums *s, int kind)
{
    const struct register_field *f = &r->def->fields[field];
    const dec want = kind == 1 ? s->part[field] : s->all[field];
    const uint32_t missing = kind == 1 ? s->missing_part[field] : s->missing_all[field];
    str note = { 0 };
    dec said;

    if (str_starts(at.raw, STR("="))) {
        entry_fault(
            r, SEVERITY_WARNING, at.row, at.column, at.raw,
            str_fmt(r->a,
                    "計算式の結果が保存されていないため、合計を確かめられません。上の行の"
                    "合計は %.*s です。",
                    STR_ARG(dec_str(r->a, want))));
        return;
    }
    if (!at.raw.n || cell_is_pending(r->a, at.raw) || !cell_number(r, f, at, &said, &note))
        return;
    /* 計 may also stand for the part above it */
    if (dec_cmp(said, want) == 0 || (kind == 2 && dec_cmp(said, s->part[field]) == 0))
        return;
    if (missing)
        entry_fault(r, SEVERITY_WARNING, at.row, at.column, at.raw,
                    str_fmt(r->a,
                            "上の行の合計は %.*s ですが、まだ値のない行が%uあるため確かめられ"
                            "ません。",
                            STR_ARG(dec_str(r->a, want)), missing));
    else
        entry_fault(
            r, SEVERITY_ERROR, at.row, at.column, at.raw,
            str_fmt(r->a, "上の行の合計は %.*s です。合計か、上の行のどれかを直してください。",
                    STR_ARG(dec_str(r->a, want))));
}

static void take_total(struct entry_reader *r, uint32_t number, const struct table_row *row,
                       struct sums *s, int kind)
{
    static const struct sums NOTHING = { 0 };

    r->out->totals++;
    for (uint32_t i = 0; i < r->def->field_count; i++)
        if (r->def->fields[i].kind == FIELD_QUANTITY)
            check_sum(r, (struct cell_at){ number, r->column[i], cell_in(row, r->column[i]) },
                      i, s, kind);
    memcpy(s->part, NOTHING.part, sizeof s->part);
    memcpy(s->missing_part, NOTHING.missing_part, sizeof s->missing_part);
}

/* ---- merged cells ---- */

static void merges_meet(struct entry_reader *r, uint32_t number)
{
    const struct table *t = r->table;

    for (; r->merges_met < t->merge_count && t->merges[r->merges_met].row <= number;
         r->merges_met++)
        for (uint32_t c = t->merges[r->merges_met].column;
             c <= t->merges[r->merges_met].last_column; c++)
            r->merge_over[c - 1] = r->merges_met + 1;
}

/* A blank that a merged cell covers shows what that cell holds. A quantity would be counted
 * once for each row: it is refused. */
static str cell_shown(struct entry_reader *r, uint32_t number, const struct table_row *row,
                      uint32_t field)
{
    const int column = r->column[field];
    const str own = cell_in(row, column);
    const uint32_t over = own.n || column < 0 ? 0 : r->merge_over[column];
    const struct table_merge *m = over ? &r->table->merges[over - 1] : NULL;
    str from;

    if (!m || m->last_row < number || m->row > r->table->count)
        return own;
    from = cell_in(&r->table->rows[m->row - 1], (int)m->column - 1);
    if (!from.n)
        return own;
    if (r->def->fields[field].kind == FIELD_QUANTITY) {
        entry_fault(r, SEVERITY_ERROR, number, column, from,
                    STR("結合されたセルです。結合を解いて、1行に1つずつ数を書いてください。"));
        return own;
    }
    entry_fault(r, SEVERITY_WARNING, number, column, from,
                STR("結合されたセルの値を、この行の値として読みました。"));
    return from;
}

/* ---- rows ---- */

static void check_entry(struct entry_reader *r, uint32_t number,
                        const struct register_entry *one)
{
    const int broken = register_entry_check(r->def, one);
    const struct register_field *less, *more;
    uint32_t i, k;

    if (broken < 0)
        return;
    i = r->def->checks[broken].less;
    k = r->def->checks[broken].more;
    less = &r->def->fields[i];
    more = &r->def->fields[k];
    entry_fault(r, SEVERITY_ERROR, number, r->column[i], one->values[i].v,
                str_fmt(r->a,
                        "%.*sが%.*s(%.*s)を超えています。数を直すか、正しければ「理由」の列に"
                        "訳を書いてください。",
                        STR_ARG(less->label[0]), STR_ARG(more->label[0]),
                        STR_ARG(one->values[k].v)));
}

/* A cell under no heading belongs to nothing: say so rather than lose it. */
static void check_stray(struct entry_reader *r, uint32_t number, const struct table_row *row)
{
    for (uint32_t c = 0; c < row->count; c++)
        if (row->cells[c].n && (c >= r->columns || !r->heading_of[c]))
            entry_fault(r, SEVERITY_WARNING, number, (int)c, row->cells[c],
                        STR("見出しのない列に値があります。この値は読みません。"));
}

static void read_void(struct entry_reader *r, uint32_t number, const struct table_row *row,
                      struct register_entry *one)
{
    static const struct register_field VOID = { .kind = FIELD_FLAG };
    const str raw = cell_in(row, r->is_void);
    struct entry_value v = { 0 };
    str note = { 0 };

    one->reason = cell_in(row, r->reason);
    if (!raw.n)
        return;
    cell_read(r, &VOID, (struct cell_at){ number, r->is_void, raw }, &v, &note);
    one->is_void = str_eq(v.v, STR("yes"));
    if (one->is_void && !one->reason.n)
        entry_fault(r, SEVERITY_ERROR, number, r->is_void, raw,
                    STR("取り消す訳を「理由」の列に書いてください。"));
}

/* ※ and 注: a remark under the table. */
static bool is_remark(const struct table_row *row)
{
    return row->count == 1
           && (str_starts(row->cells[0], STR("※")) || str_starts(row->cells[0], STR("注"))
               || str_starts(row->cells[0], STR("(注")) || str_starts(row->cells[0], STR("*")));
}

static void take_row(struct entry_reader *r, uint32_t number, const struct table_row *row,
                     struct sums *s)
{
    const int kind = total_kind(r, row);
    struct register_entry one = { .row = number };

    r->row_has_error = false;
    merges_meet(r, number);
    if (kind) {
        take_total(r, number, row, s, kind);
        return;
    }
    if (is_remark(row)) {
        entry_fault(r, SEVERITY_WARNING, number, 0, row->cells[0],
                    STR("注記の行として読み飛ばしました。"));
        return;
    }
    one.values = NEW(r->a, struct entry_value, r->def->field_count);
    for (uint32_t i = 0; i < r->def->field_count; i++)
        if (r->column[i] >= 0)
            cell_read(r, &r->def->fields[i],
                      (struct cell_at){ number, r->column[i], cell_shown(r, number, row, i) },
                      &one.values[i], &one.note);
    read_void(r, number, row, &one);
    check_stray(r, number, row);
    check_entry(r, number, &one);
    sums_add(r->def, s, &one);
    if (!r->row_has_error)
        r->out->rows[r->out->count++] = one;
}

/* ---- ids ---- */

/* Entries by id, so that equal ones get different ordinals: a table of row + 1. */
struct ids {
    uint32_t *slots;
    uint32_t mask;
};

static bool id_is_new(struct ids *x, const struct register_entries *o, uint32_t i, str id)
{
    uint32_t slot = (uint32_t)str_hash(id) & x->mask;

    for (; x->slots[slot]; slot = (slot + 1) & x->mask)
        if (str_eq(o->rows[x->slots[slot] - 1].id, id))
            return false;
    x->slots[slot] = i + 1;
    return true;
}

static void give_ids(struct entry_reader *r)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct register_entries *o = r->out;
    struct ids x = { .mask = 15 };

    while (x.mask < o->count * 2)
        x.mask = x.mask * 2 + 1;
    x.slots = NEW(&mem, uint32_t, (size_t)x.mask + 1);
    for (uint32_t i = 0; i < o->count; i++) {
        uint32_t ordinal = 0;

        do {
            o->rows[i].id = register_entry_id(r->a, r->def, &o->rows[i], ordinal++);
        } while (!id_is_new(&x, o, i, o->rows[i].id));
    }
}

/* ---- what others call ---- */

static void reader_init(struct entry_reader *r, struct arena *a, const struct table *t,
                        const struct entry_hints *hints, struct register_entries *out)
{
    *out = (struct register_entries){ 0 };
    *r = (struct entry_reader){ .a = a,
                                .table = t,
                                .hints = hints,
                                .def = hints->def,
                                .fiscal_year = hints->fiscal_year,
                                .out = out,
                                .reason = -1,
                                .is_void = -1 };
    for (uint32_t i = 0; i < FIELDS_MAX; i++)
        r->column[i] = -1;
}

void ingest_entries(struct arena *a, const struct table *t, const struct entry_hints *hints,
                    struct register_entries *out)
{
    ingest_entries_by(a, t, hints, NULL, out);
}

void ingest_columns(struct arena *a, const struct table *t, const struct entry_hints *hints,
                    const struct column_choices *choices, struct table_columns *out)
{
    struct entry_reader r;
    struct register_entries ignored;

    reader_init(&r, a, t, hints, &ignored);
    r.choices = choices;
    *out = (struct table_columns){ 0 };
    columns_tell(&r, out);
}

void ingest_entries_by(struct arena *a, const struct table *t, const struct entry_hints *hints,
                       const struct column_choices *choices, struct register_entries *out)
{
    struct entry_reader r;
    struct sums sums = { 0 };

    reader_init(&r, a, t, hints, out);
    r.choices = choices;
    for (uint32_t i = 0; i < t->note_count; i++)
        entry_fault(&r, t->notes[i].severity, t->notes[i].row, (int)t->notes[i].column - 1,
                    t->notes[i].raw, t->notes[i].message);
    if (!columns_find(&r))
        return;
    if (r.heading_row > t->count)
        return;
    out->rows = NEW(a, struct register_entry, t->count - r.heading_row);
    for (uint32_t i = r.heading_row; i < t->count; i++)
        if (t->rows[i].count)
            take_row(&r, i + 1, &t->rows[i], &sums);
    give_ids(&r);
}

void ingest_entry(struct arena *a, const str *texts, str reason,
                  const struct entry_hints *hints, struct register_entries *out)
{
    struct entry_reader r;
    struct register_entry one = { .reason = reason };

    reader_init(&r, a, NULL, hints, out);
    out->rows = NEW(a, struct register_entry, 1);
    one.values = NEW(a, struct entry_value, r.def->field_count);
    for (uint32_t i = 0; i < r.def->field_count; i++) {
        r.column[i] = (int)i;
        cell_read(&r, &r.def->fields[i], (struct cell_at){ 0, (int)i, str_trim(texts[i]) },
                  &one.values[i], &one.note);
    }
    check_entry(&r, 0, &one);
    if (!r.row_has_error)
        out->rows[out->count++] = one;
    give_ids(&r);
}
