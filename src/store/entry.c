/* Registers into tables: definitions, batches, the versions of each entry, and the cells that
 * standing entries add up to.
 *
 *   1. an entry stands as the batch with the largest number says, whatever order they come in;
 *   2. a cell holds what its standing entries add up to: who leaves one is taken off, who comes
 * is added, in the same transaction as the batch;
 *   3. a cell without entries is not there. */
#include "store/entry_inner.h"

#include "base/banned.h"

enum { PLACES_OF_RECORD = 16384 }; /* entry.place: as the statements have it */

/* A batch that is being projected. */
struct intake {
    struct conn *c;
    struct arena *a;
    str organisation, book;
    const struct value *kinds; /* sorted by key, as canonical JSON is */
    int64_t batch, shelf;
    int64_t place;       /* of the row that is being taken */
    struct delta *slots; /* hash table of what changes in the cells */
    uint32_t mask, used;
};

/* What is added to one cell. */
struct delta {
    str group; /* year, month, area, facets, missing */
    str field;
    int64_t amount;
    int year;
    str month, area, facets, missing;
};

/* ---- cells ---- */

static bool slots_grow(struct intake *in)
{
    struct delta *old = in->slots;
    const uint32_t size = old ? in->mask + 1 : 0;

    in->mask = size ? size * 2 - 1 : 255;
    in->slots = NEW(in->a, struct delta, (size_t)in->mask + 1);
    for (uint32_t i = 0; i < size; i++) {
        uint32_t at;

        if (!old[i].group.n)
            continue;
        at = (uint32_t)(str_hash(old[i].group) ^ str_hash(old[i].field)) & in->mask;
        while (in->slots[at].group.n)
            at = (at + 1) & in->mask;
        in->slots[at] = old[i];
    }
    return true;
}

static struct delta *delta_of(struct intake *in, const struct delta *want)
{
    uint32_t at;

    if (!in->slots || in->used * 2 > in->mask)
        (void)slots_grow(in);
    at = (uint32_t)(str_hash(want->group) ^ str_hash(want->field)) & in->mask;
    while (in->slots[at].group.n
           && !(str_eq(in->slots[at].group, want->group)
                && str_eq(in->slots[at].field, want->field)))
        at = (at + 1) & in->mask;
    if (!in->slots[at].group.n) {
        in->slots[at] = *want;
        in->slots[at].group = str_dup(in->a, want->group);
        in->slots[at].month = str_dup(in->a, want->month);
        in->slots[at].area = str_dup(in->a, want->area);
        in->slots[at].facets = str_dup(in->a, want->facets);
        in->slots[at].missing = str_dup(in->a, want->missing);
        in->slots[at].field = str_dup(in->a, want->field);
        in->used++;
    }
    return &in->slots[at];
}

static bool add_amount(struct intake *in, const struct delta *want, int64_t amount,
                       struct err *e)
{
    struct delta *d = delta_of(in, want);

    return !__builtin_add_overflow(d->amount, amount, &d->amount)
           || err_set(e, ERR_INPUT, "台帳の合計が大きすぎます(%.*s)。", STR_ARG(in->book));
}

/* The quantity times 10000; false when it is no number of that size. */
static bool scaled(str text, int64_t *out)
{
    dec v;

    if (!dec_parse(text, &v) || v.scale > CELL_SCALE)
        return false;
    *out = v.n;
    for (int i = v.scale; i < CELL_SCALE; i++)
        if (__builtin_mul_overflow(*out, INT64_C(10), out))
            return false;
    return true;
}

static bool is_pending(const struct value *row, str field)
{
    const struct value *list = value_get(row, STR("pending"));

    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        if (str_eq(v->text, field))
            return true;
    return false;
}

static str first_of_kind(const struct intake *in, const struct value *row, str kind)
{
    const struct value *values = value_get(row, STR("values")), *v;

    for (const struct value *k = in->kinds ? in->kinds->first : NULL; k; k = k->next)
        if (str_eq(k->text, kind) && (v = value_get(values, k->key)) != NULL)
            return v->text;
    return (str){ 0 };
}

/* The fiscal year an entry belongs to: the one it names, or that of its day. */
static int year_of(const struct intake *in, const struct value *row, str day)
{
    const str named = first_of_kind(in, row, STR("year"));
    dec year;
    date d;

    if (dec_parse(named, &year))
        return (int)year.n;
    if (day.n == 7)
        day = str_fmt(in->a, "%.*s-01", STR_ARG(day));
    return date_parse(day, &d) ? date_fiscal_year(d) : 0;
}

/* Choices, flags, section and named year of a row as canonical JSON, and the quantities that it
 * lacks. */
static void describe(const struct intake *in, const struct value *row, struct delta *d)
{
    const struct value *values = value_get(row, STR("values"));
    struct value *facets = value_map(in->a);
    struct buf json, missing;

    buf_init(&missing, in->a, 64, 4096);
    for (const struct value *k = in->kinds ? in->kinds->first : NULL; k; k = k->next) {
        const struct value *v = value_get(values, k->key);
        const bool is_facet = str_eq(k->text, STR("choice")) || str_eq(k->text, STR("flag"))
                              || str_eq(k->text, STR("section"))
                              || str_eq(k->text, STR("year"));

        if (is_facet && v) {
            struct value *one = NEW(in->a, struct value, 1);

            one->kind = VALUE_TEXT;
            one->key = k->key;
            one->text = v->text;
            (void)value_append(facets, one);
        }
        if (str_eq(k->text, STR("quantity")) && !v)
            buf_fmt(&missing, "%.*s%c ", STR_ARG(k->key), is_pending(row, k->key) ? '?' : '-');
    }
    buf_init(&json, in->a, 64, LIMIT_TEXT_BYTES);
    json_put_canonical(&json, facets);
    d->facets = buf_str(&json);
    d->missing = buf_str(&missing);
}

/* Adds (sign 1) or takes off (sign -1) what a row counts for. */
static bool count_row(struct intake *in, const struct value *row, int sign, struct err *e)
{
    const struct value *values = value_get(row, STR("values"));
    const str day = first_of_kind(in, row, STR("date"));
    struct delta d = { .month = str_take(day, 7),
                       .area = first_of_kind(in, row, STR("area")),
                       .year = year_of(in, row, day) };

    if (value_bool(row, "void"))
        return true;
    describe(in, row, &d);
    d.group = str_fmt(in->a, "%d\x1F%.*s\x1F%.*s\x1F%.*s\x1F%.*s", d.year, STR_ARG(d.month),
                      STR_ARG(d.area), STR_ARG(d.facets), STR_ARG(d.missing));
    if (!add_amount(in, &d, sign, e))
        return false;
    for (const struct value *k = in->kinds ? in->kinds->first : NULL; k; k = k->next) {
        const struct value *v = value_get(values, k->key);
        int64_t amount;

        if (!v || !str_eq(k->text, STR("quantity")))
            continue;
        if (!scaled(v->text, &amount))
            return err_set(e, ERR_INPUT, "記録の数「%.*s」を読めません(%.*s)。",
                           STR_ARG(v->text), STR_ARG(in->book));
        d.field = k->key;
        if (!add_amount(in, &d, sign * amount, e))
            return false;
    }
    return true;
}

static struct query cell_query(const struct intake *in, enum sql statement,
                               const struct delta *d, bool with_field)
{
    struct query q = query_on(in->c, statement);

    put_text(&q, in->organisation);
    put_text(&q, in->book);
    put_int(&q, d->year);
    if (with_field)
        put_text(&q, d->field);
    put_text(&q, d->month);
    put_text(&q, d->area);
    put_text(&q, d->facets);
    put_text(&q, d->missing);
    return q;
}

static bool cell_add(const struct intake *in, const struct delta *d, struct err *e)
{
    AUTO(query_end) struct query q = cell_query(in, Q_CELL_ADD, d, true);

    put_int(&q, d->amount);
    return query_run(&q, e);
}

/* 3. */
static bool cell_drop_empty(const struct intake *in, const struct delta *d, struct err *e)
{
    int64_t left = 0;

    {
        AUTO(query_end) struct query q = cell_query(in, Q_CELL_AMOUNT, d, true);

        if (!query_number(&q, &left, e))
            return false;
    }
    if (left)
        return true;
    AUTO(query_end) struct query q = cell_query(in, Q_CELL_DROP, d, false);
    return query_run(&q, e);
}

static bool cells_put(const struct intake *in, struct err *e)
{
    for (uint32_t i = 0; in->slots && i <= in->mask; i++)
        if (in->slots[i].group.n && !cell_add(in, &in->slots[i], e))
            return false;
    for (uint32_t i = 0; in->slots && i <= in->mask; i++) {
        const struct delta *d = &in->slots[i];

        if (d->group.n && !d->field.n && d->amount <= 0 && !cell_drop_empty(in, d, e))
            return false;
    }
    return true;
}

/* ---- entries ---- */

static bool is_id(str id)
{
    for (size_t i = 0; i < id.n; i++)
        if ((id.p[i] < '0' || id.p[i] > '9') && (id.p[i] < 'a' || id.p[i] > 'f'))
            return false;
    return id.n == 16;
}

int64_t entry_key(str id)
{
    uint64_t n = 0;

    if (!is_id(id))
        return 0;
    for (size_t i = 0; i < id.n; i++)
        n = n << 4 | (uint64_t)(id.p[i] <= '9' ? id.p[i] - '0' : id.p[i] - 'a' + 10);
    return (int64_t)n;
}

struct standing {
    int64_t place, batch; /* 0 = there is none yet */
    str body;
};

static bool standing_find(struct intake *in, struct arena *a, str id, struct standing *out,
                          struct err *e)
{
    AUTO(query_end) struct query q = query_on(in->c, Q_ENTRY_CURRENT);
    bool found;

    *out = (struct standing){ 0 };
    if (in->c->entries_are_new)
        return true;
    put_int(&q, entry_key(id));
    put_int(&q, in->shelf);
    if (!query_step(&q, &found, e))
        return false;
    if (found) {
        out->place = take_int(&q);
        out->batch = take_int(&q);
        take_skip(&q);
        out->body = take_text(&q, a);
    }
    return true;
}

static bool supersede(struct intake *in, const struct standing *s, struct err *e)
{
    AUTO(query_end) struct query q = query_on(in->c, Q_ENTRY_SUPERSEDE);
    struct value *old;

    put_int(&q, s->place);
    return query_run(&q, e) && body_tree(in->a, s->body, &old, e) && count_row(in, old, -1, e);
}

static bool entry_add(struct intake *in, struct arena *a, const struct value *row,
                      bool is_current, struct err *e)
{
    AUTO(query_end) struct query q = query_on(in->c, Q_ENTRY_ADD);
    struct buf body;

    buf_init(&body, a, 256, LIMIT_JSON_BYTES);
    json_put_canonical(&body, row);
    put_int(&q, in->place);
    put_int(&q, in->shelf);
    put_int(&q, entry_key(value_text(row, "id")));
    put_int(&q, in->batch);
    put_int(&q, is_current);
    put_int(&q, value_bool(row, "void"));
    put_text(&q, first_of_kind(in, row, STR("date")));
    put_text(&q, first_of_kind(in, row, STR("area")));
    put_text(&q, buf_str(&body));
    return query_run(&q, e);
}

static bool take_row(struct intake *in, const struct value *row, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const str id = value_text(row, "id");
    struct standing s;

    if (!is_id(id))
        return err_set(e, ERR_INPUT, "台帳の記録に id のない行があります(%.*s)。",
                       STR_ARG(in->book));
    if (!standing_find(in, &mem, id, &s, e))
        return false;
    if (s.batch >= in->batch) /* 1: an older batch that comes late */
        return entry_add(in, &mem, row, false, e);
    if (s.batch && !supersede(in, &s, e))
        return false;
    return entry_add(in, &mem, row, true, e) && count_row(in, row, 1, e);
}

static bool batch_put(const struct intake *in, const struct record *r, const struct value *tree,
                      struct err *e)
{
    AUTO(query_end) struct query q = query_on(in->c, Q_BATCH_PUT);
    const struct value *rows = value_get(tree, STR("rows"));
    struct hash source = { { 0 } };

    if (!hash_parse(value_text(tree, "source"), &source))
        source = (struct hash){ { 0 } }; /* typed */
    put_text(&q, in->organisation);
    put_text(&q, in->book);
    put_int(&q, in->batch);
    put_int(&q, in->shelf);
    put_int(&q, rows ? rows->count : 0);
    put_hash(&q, &source);
    put_text_or_null(&q, value_text(tree, "source_name"));
    put_int(&q, r->seq);
    put_hash(&q, &r->hash);
    return query_run(&q, e);
}

/* All batches of a register stand where its first one says: its record is never another one,
 * whatever order they are projected in. */
static bool shelf_find(struct intake *in, struct err *e)
{
    AUTO(query_end) struct query q = query_on(in->c, Q_BATCH_FIRST);

    put_text(&q, in->organisation);
    put_text(&q, str_fmt(in->a, "%.*s/batch/1", STR_ARG(in->book)));
    if (!query_number(&q, &in->shelf, e))
        return false;
    return in->shelf
           || err_set(e, ERR_INPUT, "台帳の記録が1番から始まっていません(%.*s)。",
                      STR_ARG(in->book));
}

bool project_entries(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e)
{
    struct intake in = { .c = s->c, .a = s->a, .organisation = r->organisation };
    const struct value *rows = value_get(tree, STR("rows"));

    if (!entity_batch(r->entity, &in.book, &in.batch))
        return err_set(e, ERR_INPUT, "台帳の記録の名前が正しくありません: %.*s",
                       STR_ARG(r->entity));
    in.kinds = value_get(tree, STR("kinds"));
    if (rows && rows->count > PLACES_OF_RECORD)
        return err_set(e, ERR_INPUT, "台帳の記録の行が多すぎます(%.*s)。", STR_ARG(in.book));
    if (!shelf_find(&in, e) || !batch_put(&in, r, tree, e))
        return false;
    in.place = r->seq * PLACES_OF_RECORD;
    for (const struct value *row = rows ? rows->first : NULL; row; row = row->next, in.place++)
        if (!take_row(&in, row, e))
            return false;
    return cells_put(&in, e);
}

/* ---- cells of a day that is over ---- */

/* The entries of the span as they stood, each counted as the batch that wrote it says. */
static bool past_count(struct intake *in, struct query *q, bool *is_done, struct err *e)
{
    uint32_t count = 0;
    bool is_row = true;

    *is_done = true;
    while (query_step(q, &is_row, e) && is_row) {
        struct value *row;

        if (++count > LIMIT_PAST_ENTRIES) {
            *is_done = false;
            return true;
        }
        take_skip(q); /* batch */
        if (!body_tree(in->a, take_text(q, in->a), &row, e) || !count_row(in, row, 1, e))
            return false;
    }
    return !is_row;
}

static bool has_amount(const struct delta *d, const struct cells_of *what)
{
    return d->group.n && d->year >= what->first_year && d->year <= what->last_year
           && (d->amount || d->field.n);
}

static int by_place(const void *x, const void *y)
{
    const struct cell *a = x, *b = y;
    const int order[] = { a->fiscal_year - b->fiscal_year, str_cmp(a->field, b->field),
                          str_cmp(a->month, b->month), str_cmp(a->area, b->area),
                          str_cmp(a->facets, b->facets) };

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i])
            return order[i];
    return str_cmp(a->missing, b->missing);
}

static void past_cells(const struct intake *in, const struct cells_of *what, struct cells *out)
{
    out->rows = NEW(in->a, struct cell, in->used);
    for (uint32_t i = 0; in->slots && i <= in->mask; i++) {
        const struct delta *d = &in->slots[i];

        if (has_amount(d, what))
            out->rows[out->count++] = (struct cell){
                d->year,
                d->month,
                d->area,
                d->facets,
                d->missing,
                d->field,
                { d->amount, d->field.n ? CELL_SCALE : 0 },
            };
    }
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, by_place);
}

/* The kinds of the fields, as a batch would name them. */
static const struct value *kinds_of(struct arena *a, const struct register_def *d)
{
    const struct batch_source none = { { 0 }, { { 0 } } };

    return value_get(entries_value(a, d, NULL, 0, &none), STR("kinds"));
}

bool store_cells_at(struct conn *c, struct arena *a, const struct cells_of *what,
                    struct cells *out, bool *is_done, struct err *e)
{
    AUTO(query_end)
    struct query last = query_on(c, Q_BATCH_AT), q = query_on(c, Q_ENTRY_ALL_AT);
    struct intake in = { .c = c, .a = a, .book = what->ref.book };
    struct register_def d;
    struct hash record;

    *out = (struct cells){ 0 };
    put_text(&last, what->ref.organisation);
    put_text(&last, what->ref.book);
    put_int(&last, what->when);
    if (!store_book(c, a, &what->ref, &d, &record, e) || !query_number(&last, &in.batch, e))
        return false;
    in.kinds = kinds_of(a, &d);
    put_text(&q, what->ref.organisation);
    put_text(&q, what->ref.book);
    /* a year of its own is named by the entry: its closing months lie in the next */
    put_text(&q, str_fmt(a, "%04d-04", what->first_year));
    put_text(&q, str_fmt(a, "%04d-04", what->last_year + 2));
    put_text(&q, STR("%"));
    put_int(&q, in.batch);
    if (!past_count(&in, &q, is_done, e))
        return false;
    if (*is_done)
        past_cells(&in, what, out);
    return true;
}

/* ---- definitions, areas ---- */

bool project_book(const struct spot *s, const struct record *r, const struct value *tree,
                  struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_BOOK_PUT);
    struct register_def d;

    if (!register_read(s->a, tree, &d, e))
        return false;
    put_text(&q, r->organisation);
    put_text(&q, r->entity);
    put_text(&q, d.name[0]);
    put_text(&q, d.name[1]);
    put_int(&q, r->seq);
    return query_run(&q, e);
}

bool project_areas(const struct spot *s, const struct record *r, const struct value *tree,
                   struct err *e)
{
    struct areas areas;

    {
        AUTO(query_end) struct query q = query_on(s->c, Q_AREA_DROP);

        put_text(&q, r->organisation);
        if (!query_run(&q, e))
            return false;
    }
    if (!areas_read(s->a, tree, &areas, e))
        return false;
    AUTO(query_end) struct query q = query_on(s->c, Q_AREA_ADD);
    for (uint32_t i = 0; i < areas.count; i++) {
        query_again(&q);
        put_text(&q, r->organisation);
        put_int(&q, i);
        put_text(&q, areas.rows[i].key);
        put_text(&q, areas.rows[i].name);
        put_int(&q, r->seq);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

/* ---- bindings, accepted actuals ---- */

bool project_binding(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_BINDING_PUT);
    const struct value *m = value_get(tree, STR("measure"));
    str kind = value_text(m, "kind");

    put_text(&q, r->organisation);
    put_text(&q, str_skip(r->entity, STR("binding/").n));
    if (str_eq(kind, STR("rating")))
        kind = STR("register");
    put_text(&q, str_eq(kind, STR("manual"))
                     ? (str){ 0 }
                     : str_fmt(s->a, "%.*s/%.*s", STR_ARG(kind),
                               STR_ARG(value_text(m, str_c(s->a, kind)))));
    put_int(&q, r->seq);
    return query_run(&q, e);
}

bool project_actual(const struct spot *s, const struct record *r, const struct value *tree,
                    struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_ACTUAL_PUT);
    str year, key = str_cut(str_skip(r->entity, STR("actual/").n), '/', &year);
    dec n;

    if (!dec_parse(year, &n))
        return err_set(e, ERR_INPUT, "実績の記録の名前が正しくありません: %.*s",
                       STR_ARG(r->entity));
    put_text(&q, r->organisation);
    put_int(&q, n.n);
    put_text(&q, key);
    put_text(&q, value_text(tree, "value"));
    put_text_or_null(&q, value_text(tree, "unit"));
    put_int(&q, value_bool(tree, "is_final"));
    put_int(&q, r->seq);
    return query_run(&q, e);
}

/* ---- names ---- */

bool entity_batch(str entity, str *book, int64_t *number)
{
    static const str BATCH = STR_INIT("/batch/");
    const ptrdiff_t at = str_find(entity, BATCH);
    dec n;

    if (at < 0 || !dec_parse(str_skip(entity, (size_t)at + BATCH.n), &n) || n.scale || n.n < 1)
        return false;
    *book = str_take(entity, (size_t)at);
    *number = n.n;
    return true;
}
