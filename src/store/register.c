/* What pages and commands ask of registers and ledgers. */
#include "store/kept.h"

#include "base/banned.h"

static struct query query_of(struct conn *c, enum sql statement, const struct book_ref *ref)
{
    struct query q = query_on(c, statement);

    put_text(&q, ref->organisation);
    put_text(&q, ref->book);
    return q;
}

static bool books_read(struct conn *c, struct arena *a, const void *of, void *books,
                       struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_BOOK_LIST);
    const str organisation = *(const str *)of;
    struct book_rows *out = books;
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct book_rows){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        struct book_row *b;

        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        b = &out->rows[out->count++];
        b->book = take_text(&q, a);
        b->name[0] = take_text(&q, a);
        b->name[1] = take_text(&q, a);
        b->record = take_hash(&q);
        b->at_ms = take_int(&q);
        b->batches = (uint32_t)take_int(&q);
        b->entries = (uint64_t)take_int(&q);
        b->first_month = take_text(&q, a);
        b->last_month = take_text(&q, a);
    }
    return !is_row;
}

bool store_books(struct conn *c, struct arena *a, str organisation, struct book_rows *out,
                 struct err *e)
{
    const struct kept_reader how = { KEPT_BOOKS, organisation, &organisation, books_read,
                                     sizeof *out };
    struct book_row *own; /* who looks at another day writes into them */

    if (!kept_or_read(c, a, &how, out, e))
        return false;
    own = NEW(a, struct book_row, out->count);
    for (uint32_t i = 0; i < out->count; i++)
        own[i] = out->rows[i];
    out->rows = own;
    return true;
}

struct book_kept {
    struct register_def def;
    struct hash record;
};

static bool book_read(struct conn *c, struct arena *a, const void *of, void *out, struct err *e)
{
    const struct book_ref *ref = of;
    struct book_kept *book = out;
    const struct entity_ref entity = { ref->organisation, ref->book, 0 };
    struct record r;
    struct value *tree;

    if (!record_find(c, a, &entity, &r, e))
        return false;
    if (!r.seq)
        return err_set(e, ERR_NOT_FOUND,
                       "台帳「%.*s」はこの団体にありません。meguri register open で作れます。",
                       STR_ARG(ref->book));
    book->record = r.hash;
    return body_tree(a, r.body, &tree, e) && register_read(a, tree, &book->def, e);
}

static str name_of(struct arena *a, const struct book_ref *ref)
{
    return str_fmt(a, "%.*s/%.*s", STR_ARG(ref->organisation), STR_ARG(ref->book));
}

bool store_book(struct conn *c, struct arena *a, const struct book_ref *ref,
                struct register_def *out, struct hash *record, struct err *e)
{
    struct book_kept book;
    const struct kept_reader how = { KEPT_BOOK, name_of(a, ref), ref, book_read, sizeof book };

    if (!kept_or_read(c, a, &how, &book, e))
        return false;
    *out = book.def;
    *record = book.record;
    return true;
}

static bool area_rows_read(struct conn *c, struct arena *a, const void *of, void *areas,
                           struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_AREA_LIST);
    const str organisation = *(const str *)of;
    struct areas *out = areas;
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct areas){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count].key = take_text(&q, a);
        out->rows[out->count++].name = take_text(&q, a);
    }
    return !is_row;
}

bool store_areas(struct conn *c, struct arena *a, str organisation, struct areas *out,
                 struct err *e)
{
    return kept_or_read(c, a,
                        &(struct kept_reader){ KEPT_AREAS, organisation, &organisation,
                                               area_rows_read, sizeof *out },
                        out, e);
}

/* ---- counting ---- */

static dec amount_of(str field, int64_t n)
{
    return field.n ? (dec){ n, CELL_SCALE } : (dec){ n, 0 };
}

static bool cells_take(struct query *q, struct arena *a, struct cells *out, uint32_t *room,
                       struct err *e)
{
    bool is_row = true;

    while (query_step(q, &is_row, e) && is_row) {
        struct cell *cell;

        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, room);
        cell = &out->rows[out->count++];
        cell->fiscal_year = (int)take_int(q);
        cell->month = take_text(q, a);
        cell->area = take_text(q, a);
        cell->facets = take_text(q, a);
        cell->missing = take_text(q, a);
        cell->field = take_text(q, a);
        cell->amount = amount_of(cell->field, take_int(q));
    }
    return !is_row;
}

static bool cells_read(struct conn *c, struct arena *a, const void *of, void *cells,
                       struct err *e)
{
    const struct cells_of *what = of;
    struct cells *out = cells;
    uint32_t room = 0;

    *out = (struct cells){ 0 };
    if (!what->fields) {
        AUTO(query_end) struct query q = query_of(c, Q_CELL_ALL, &what->ref);

        put_int(&q, what->first_year);
        put_int(&q, what->last_year);
        return cells_take(&q, a, out, &room, e);
    }
    for (uint32_t i = 0; i < what->field_count; i++) {
        AUTO(query_end) struct query q = query_of(c, Q_CELL_OF_FIELD, &what->ref);

        put_int(&q, what->first_year);
        put_int(&q, what->last_year);
        put_text(&q, what->fields[i]);
        if (!cells_take(&q, a, out, &room, e))
            return false;
    }
    return true;
}

bool store_cells(struct conn *c, struct arena *a, const struct cells_of *what,
                 struct cells *out, struct err *e)
{
    struct kept_reader how = { KEPT_CELLS, { 0 }, what, cells_read, sizeof *out };
    struct buf name;

    buf_init(&name, a, 128, LIMIT_TEXT_BYTES);
    buf_fmt(&name, "%.*s/%.*s %d %d%s", STR_ARG(what->ref.organisation),
            STR_ARG(what->ref.book), what->first_year, what->last_year,
            what->fields ? "" : "*");
    for (uint32_t i = 0; what->fields && i < what->field_count; i++)
        buf_fmt(&name, " %.*s", STR_ARG(what->fields[i]));
    how.name = buf_str(&name);
    return kept_or_read(c, a, &how, out, e);
}

/* Fiscal years that have entries. */
struct years {
    int *years;
    uint32_t count;
};

static bool years_read(struct conn *c, struct arena *a, const void *of, void *out,
                       struct err *e)
{
    AUTO(query_end) struct query q = query_of(c, Q_CELL_YEARS, of);
    struct years *all = out;
    uint32_t room = 0;
    bool is_row = true;

    *all = (struct years){ 0 };
    while (query_step(&q, &is_row, e) && is_row) {
        all->years = rows_grow(a, all->years, sizeof *all->years, all->count, &room);
        all->years[all->count++] = (int)take_int(&q);
    }
    return !is_row;
}

bool store_book_years(struct conn *c, struct arena *a, const struct book_ref *ref, int **years,
                      uint32_t *count, struct err *e)
{
    const struct kept_reader how = { KEPT_BOOK_YEARS, name_of(a, ref), ref, years_read,
                                     sizeof(struct years) };
    struct years all;

    if (!kept_or_read(c, a, &how, &all, e))
        return false;
    *years = all.years;
    *count = all.count;
    return true;
}

bool store_evidence(struct conn *c, const struct book_ref *ref, struct evidence_state *out,
                    struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_of(c, Q_BATCH_HASHES, ref);
    struct buf all;
    bool is_row = true;

    *out = (struct evidence_state){ 0 };
    buf_init(&all, &mem, 1024, SIZE_MAX / 2);
    while (query_step(&q, &is_row, e) && is_row) {
        out->newest = take_hash(&q);
        out->at_ms = take_int(&q);
        out->batches++;
        buf_put(&all, (str){ (const char *)out->newest.b, sizeof out->newest.b });
    }
    if (out->batches)
        out->digest = hash_bytes(buf_str(&all));
    return !is_row;
}
