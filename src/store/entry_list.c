/* Entries of registers as lists and as days of a calendar, as they stand and as they stood. */
#include "store/entry_inner.h"
#include "store/kept.h"

#include "base/banned.h"

static struct query query_of(struct conn *c, enum sql statement, const struct book_ref *ref)
{
    struct query q = query_on(c, statement);

    put_text(&q, ref->organisation);
    put_text(&q, ref->book);
    return q;
}

static bool entry_of(struct arena *a, const struct register_def *d, str body,
                     struct register_entry *out, struct err *e)
{
    const struct value *values, *pending;
    struct value *row;

    if (!body_tree(a, body, &row, e))
        return false;
    values = value_get(row, STR("values"));
    pending = value_get(row, STR("pending"));
    *out = (struct register_entry){ .id = value_text(row, "id"),
                                    .is_void = value_bool(row, "void"),
                                    .reason = value_text(row, "reason"),
                                    .note = value_text(row, "note") };
    out->values = NEW(a, struct entry_value, d->field_count);
    for (uint32_t i = 0; i < d->field_count; i++) {
        const struct value *v = value_get(values, d->fields[i].key);

        if (v)
            out->values[i].v = v->text;
        for (const struct value *p = pending ? pending->first : NULL; p; p = p->next)
            if (str_eq(p->text, d->fields[i].key))
                out->values[i].is_pending = true;
    }
    return true;
}

/* '~' sorts behind every day. */
static void put_days(struct query *q, const struct entry_filter *f)
{
    put_text(q, f->from);
    put_text(q, f->before.n ? f->before : STR("~"));
}

static void put_span(struct query *q, const struct entry_filter *f)
{
    put_days(q, f);
    if (f->area.n)
        put_text(q, f->area);
}

/* Do both ends lie between two months? */
static bool of_months(const struct entry_filter *f)
{
    static const size_t MONTH = sizeof "2024-04" - 1;

    return (!f->from.n || f->from.n == MONTH) && (!f->before.n || f->before.n == MONTH);
}

struct list_of {
    const struct open_book *book;
    const struct entry_filter *filter;
};

/* A page of the list as it stands: the index alone knows where it begins. */
static bool list_read(struct conn *c, struct arena *a, const void *of, void *list,
                      struct err *e)
{
    const struct list_of *what = of;
    const struct open_book *book = what->book;
    const struct entry_filter *filter = what->filter;
    struct entry_rows *out = list;
    const bool is_of_area = filter->area.n > 0;
    AUTO(query_end)
    struct query n = query_of(c,
                              is_of_area          ? Q_ENTRY_COUNT_OF_AREA
                              : of_months(filter) ? Q_ENTRY_COUNT_MONTHS
                                                  : Q_ENTRY_COUNT,
                              &book->ref);
    AUTO(query_end)
    struct query q = query_of(c, is_of_area ? Q_ENTRY_OF_AREA : Q_ENTRY_NEWEST, &book->ref);
    const uint32_t limit = page_limit(filter->page);
    int64_t total;
    bool is_row = true;

    *out = (struct entry_rows){ .rows = NEW(a, struct entry_row, limit) };
    put_span(&n, filter);
    if (!query_number(&n, &total, e))
        return false;
    out->total = (uint32_t)total;
    put_span(&q, filter);
    put_int(&q, limit);
    put_int(&q, filter->page.offset);
    while (query_step(&q, &is_row, e) && is_row) {
        struct entry_row *row = &out->rows[out->count++];

        row->batch = (uint32_t)take_int(&q);
        if (!entry_of(a, book->def, take_text(&q, a), &row->entry, e))
            return false;
    }
    return !is_row;
}

static bool entries_now(struct conn *c, struct arena *a, const struct list_of *what,
                        struct entry_rows *out, struct err *e)
{
    const struct entry_filter *f = what->filter;
    const str name =
        str_fmt(a, "%.*s/%.*s %.*s %.*s %u %u %.*s", STR_ARG(what->book->ref.organisation),
                STR_ARG(what->book->ref.book), STR_ARG(f->from), STR_ARG(f->before),
                f->page.offset, f->page.limit, STR_ARG(f->area));

    return kept_or_read(c, a,
                        &(struct kept_reader){ KEPT_ENTRIES, name, what, list_read,
                                               sizeof *out },
                        out, e);
}

/* ---- looked through: what no index knows, and the past ---- */

/* The number of the last batch at a time. */
static bool batch_at(struct conn *c, const struct book_ref *ref, int64_t when, int64_t *out,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_of(c, Q_BATCH_AT, ref);

    put_int(&q, when);
    return query_number(&q, out, e);
}

static int section_field(const struct register_def *d)
{
    for (uint32_t i = 0; i < d->field_count; i++)
        if (d->fields[i].kind == FIELD_SECTION)
            return (int)i;
    return -1;
}

static bool value_is(const struct register_entry *one, int field, str want)
{
    return !want.n || (field >= 0 && str_eq(one->values[field].v, want));
}

/* A choice holds a text where one of its labels does. */
static bool choice_holds(const struct choice *c, str text)
{
    return c && (str_find(c->label[0], text) >= 0 || str_find(c->label[1], text) >= 0);
}

static bool holds(const struct register_def *d, const struct register_entry *one, str text)
{
    if (!text.n || str_find(one->reason, text) >= 0 || str_find(one->note, text) >= 0)
        return true;
    for (uint32_t i = 0; i < d->field_count; i++) {
        const str v = one->values[i].v;

        if (d->fields[i].kind == FIELD_CHOICE
                ? choice_holds(field_choice(&d->fields[i], v), text)
                : str_find(v, text) >= 0)
            return true;
    }
    return false;
}

/* What the database may look for before the rows are read: the text, unless it could be part of
 * a choice's label, which entries do not hold, or is written otherwise in JSON. */
static str wanted_text(struct arena *a, const struct register_def *d, str text)
{
    struct buf b;

    if (!text.n || str_find_char(text, '"') >= 0 || str_find_char(text, '\\') >= 0)
        return STR("%");
    for (uint32_t i = 0; i < d->field_count; i++)
        for (uint32_t k = 0; k < d->fields[i].choice_count; k++)
            if (choice_holds(&d->fields[i].choices[k], text))
                return STR("%");
    buf_init(&b, a, text.n * 2 + 8, LIMIT_TEXT_BYTES);
    buf_put_char(&b, '%');
    like_put(&b, text);
    buf_put_char(&b, '%');
    return buf_str(&b);
}

static bool is_wanted(const struct register_def *d, const struct entry_filter *f,
                      const struct register_entry *one)
{
    return value_is(one, d->area, f->area) && value_is(one, section_field(d), f->section)
           && holds(d, one, f->text);
}

/* Keeps a row where it is on the page that was asked for; all are counted. */
static bool entries_looked(struct conn *c, struct arena *a, const struct open_book *book,
                           const struct entry_filter *filter, struct entry_rows *out,
                           struct err *e)
{
    const struct register_def *d = book->def;
    AUTO(query_end)
    struct query q = query_of(c, filter->when ? Q_ENTRY_ALL_AT : Q_ENTRY_ALL, &book->ref);
    const uint32_t limit = page_limit(filter->page);
    int64_t last = 0;
    bool is_row = true;

    *out = (struct entry_rows){ .rows = NEW(a, struct entry_row, limit) };
    if (filter->when && !batch_at(c, &book->ref, filter->when, &last, e))
        return false;
    put_days(&q, filter);
    put_text(&q, wanted_text(a, d, filter->text));
    if (filter->when)
        put_int(&q, last);
    while (query_step(&q, &is_row, e) && is_row) {
        AUTO(arena_done) struct arena mem = { 0 };
        const uint32_t batch = (uint32_t)take_int(&q);
        const str body = take_text(&q, &mem);
        struct register_entry one;

        if (!entry_of(&mem, d, body, &one, e))
            return false;
        if (!is_wanted(d, filter, &one))
            continue;
        if (out->total >= filter->page.offset && out->count < limit) {
            struct entry_row *row = &out->rows[out->count++];

            row->batch = batch;
            if (!entry_of(a, d, str_dup(a, body), &row->entry, e))
                return false;
        }
        out->total++;
    }
    return !is_row;
}

bool store_entries(struct conn *c, struct arena *a, const struct open_book *book,
                   const struct entry_filter *filter, struct entry_rows *out, struct err *e)
{
    return filter->when || filter->section.n || filter->text.n
               ? entries_looked(c, a, book, filter, out, e)
               : entries_now(c, a, &(struct list_of){ book, filter }, out, e);
}

bool store_entry_last(struct conn *c, struct arena *a, const struct open_book *book,
                      struct register_entry *out, struct err *e)
{
    AUTO(query_end) struct query q = query_of(c, Q_BATCH_NEWEST, &book->ref);
    struct entry_versions versions;
    struct register_entry last;
    bool found;

    *out = (struct register_entry){ 0 };
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return true;
    if (!entry_of(a, book->def, take_text(&q, a), &last, e)
        || !store_entry_versions(c, a, book, last.id, &versions, e))
        return false;
    *out = versions.rows[0].entry;
    return true;
}

/* ---- days ---- */

static bool days_query(struct conn *c, const struct book_ref *ref, const struct entry_filter *f,
                       struct query *q, struct err *e)
{
    int64_t last = 0;

    if (f->when && !batch_at(c, ref, f->when, &last, e))
        return false;
    *q = query_of(c,
                  f->when     ? Q_ENTRY_DAYS_AT
                  : f->area.n ? Q_ENTRY_DAYS_OF_AREA
                              : Q_ENTRY_DAYS,
                  ref);
    put_days(q, f);
    if (f->when || f->area.n)
        put_text(q, f->area);
    if (f->when)
        put_int(q, last);
    return true;
}

bool store_entry_days(struct conn *c, struct arena *a, const struct book_ref *ref,
                      const struct entry_filter *filter, struct entry_days *out, struct err *e)
{
    AUTO(query_end) struct query q = { 0 };
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct entry_days){ 0 };
    if (!days_query(c, ref, filter, &q, e))
        return false;
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count].day = take_text(&q, a);
        out->rows[out->count++].count = take_int(&q);
    }
    return !is_row;
}

/* ---- one entry ---- */

bool store_entry_versions(struct conn *c, struct arena *a, const struct open_book *book, str id,
                          struct entry_versions *out, struct err *e)
{
    AUTO(query_end) struct query q = query_of(c, Q_ENTRY_VERSIONS, &book->ref);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct entry_versions){ 0 };
    put_int(&q, entry_key(id));
    while (query_step(&q, &is_row, e) && is_row) {
        struct entry_version *v;

        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        v = &out->rows[out->count++];
        v->batch = (uint32_t)take_int(&q);
        if (!entry_of(a, book->def, take_text(&q, a), &v->entry, e))
            return false;
        v->at_ms = take_int(&q);
        v->author = take_text(&q, a);
        v->reason = take_text(&q, a);
        v->record = take_hash(&q);
    }
    if (is_row)
        return false;
    return out->count
           || err_set(e, ERR_NOT_FOUND, "台帳「%.*s」に「%.*s」という1件はありません。",
                      STR_ARG(book->ref.book), STR_ARG(id));
}
