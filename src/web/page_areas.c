/* The areas of a ward (地域): what is known of each, and what was held there. The list shows
 * the empty ones too; an area's own page is its chart (地域カルテ), made to fit one sheet. */
#include <stdlib.h>

#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum {
    YEARS_SHOWN = 5,  /* columns of an area's facts */
    FACTS_MAX = 2000, /* of one area: items times days */
    BODIES_MAX = 500, /* of one area */
    HELD_SHOWN = 5,   /* entries of one register on an area's page: it fits one sheet */
};

static const str FACTS = STR_INIT("register/area-facts");
static const str BODIES = STR_INIT("register/area-members");

/* An organisation's registers that say where something was held. */
struct held {
    str book;
    str name;
    struct register_def def;
    struct cells cells; /* number of entries, by month and area, of one fiscal year */
};

struct field_ward {
    struct req *r;
    struct value *page;
    struct organisation organisation;
    struct areas areas;
    int fiscal_year; /* whose entries are counted */
    struct held *held;
    uint32_t held_count;
};

/* ---- what there is ---- */

static bool is_about_areas(str book)
{
    return str_eq(book, FACTS) || str_eq(book, BODIES);
}

static bool held_load(struct field_ward *w, const struct book_row *book, struct err *e)
{
    struct req *r = w->r;
    struct held *h = &w->held[w->held_count];
    const struct book_ref ref = { w->organisation.key, book->book };
    const str number_of_entries = { 0 };
    const struct cells_of what = {
        ref, w->fiscal_year, w->fiscal_year, &number_of_entries, 1, 0
    };
    struct hash record;

    h->book = book->book;
    h->name = book->name[r->lang];
    if (!store_book(r->db, r->mem, &ref, &h->def, &record, e))
        return false;
    if (h->def.area < 0)
        return true;
    w->held_count++;
    return store_cells(r->db, r->mem, &what, &h->cells, e);
}

static int fiscal_year_of_month(struct arena *a, str month)
{
    date d;

    return date_parse(str_fmt(a, "%.*s-01", STR_ARG(month)), &d) ? date_fiscal_year(d) : 0;
}

/* The newest year in which a register that is not about the areas themselves has an entry; a
 * ledger has months to come that say nothing of areas. */
static int newest_year(const struct field_ward *w, const struct book_rows *books)
{
    int newest = 0;

    for (uint32_t k = 0; k < books->count; k++) {
        const int year = fiscal_year_of_month(w->r->mem, books->rows[k].last_month);

        if (str_starts(books->rows[k].book, STR("register/"))
            && !is_about_areas(books->rows[k].book) && year > newest)
            newest = year;
    }
    return newest;
}

/* The year that ?year= names, or the newest. */
static int year_asked_for(const struct field_ward *w, const struct book_rows *books)
{
    dec year;

    if (dec_parse(req_query(w->r, "year"), &year) && !year.scale && year.n >= FISCAL_MIN
        && year.n <= FISCAL_MAX)
        return (int)year.n;
    return newest_year(w, books);
}

static bool ward_load(struct field_ward *w, struct err *e)
{
    struct req *r = w->r;
    struct book_rows books;
    str key = req_param(r, "org");

    if (!store_organisation(r->db, r->mem, key, &w->organisation, e)
        || !store_areas(r->db, r->mem, key, &w->areas, e)
        || !store_books(r->db, r->mem, key, &books, e))
        return false;
    w->fiscal_year = year_asked_for(w, &books);
    w->held = NEW(r->mem, struct held, books.count);
    for (uint32_t k = 0; k < books.count; k++) {
        if (!is_about_areas(books.rows[k].book) && !held_load(w, &books.rows[k], e))
            return false;
    }
    return true;
}

/* How many entries of a register lie in an area. */
static int64_t count_in(const struct cells *cells, str area)
{
    int64_t n = 0;

    for (uint32_t k = 0; k < cells->count; k++) {
        if (str_eq(cells->rows[k].area, area))
            n += cells->rows[k].amount.n;
    }
    return n;
}

static bool bodies_count(const struct field_ward *w, struct cells *out, struct err *e)
{
    const str number_of_entries = { 0 };
    const struct cells_of what = {
        { w->organisation.key, BODIES }, FISCAL_MIN, FISCAL_MAX, &number_of_entries, 1, 0
    };

    return store_cells(w->r->db, w->r->mem, &what, out, e);
}

/* ---- the list ---- */

static void add_area(const struct field_ward *w, struct value *list, const struct area *area,
                     const struct cells *bodies)
{
    struct arena *a = w->r->mem;
    struct value *row = value_add_map(a, list), *held = value_put_list(a, row, "held");
    int64_t sum = 0;

    value_put_text(a, row, "area", area->key);
    value_put_text(a, row, "name", area->name);
    value_put_text(a, row, "url",
                   req_url(w->r, "/o/%.*s/areas/%.*s", STR_ARG(w->organisation.key),
                           STR_ARG(area->key)));
    for (uint32_t k = 0; k < w->held_count; k++) {
        const int64_t n = count_in(&w->held[k].cells, area->name);

        value_put_int(a, value_add_map(a, held), "count", n);
        sum += n;
    }
    value_put_int(a, row, "held_total", sum);
    value_put_int(a, row, "bodies", count_in(bodies, area->name));
}

static void put_columns(const struct field_ward *w)
{
    struct arena *a = w->r->mem;
    struct value *list = value_put_list(a, w->page, "columns");

    for (uint32_t k = 0; k < w->held_count; k++) {
        struct value *column = value_add_map(a, list);

        value_put_text(a, column, "label", w->held[k].name);
        value_put_text(a, column, "register", w->held[k].book);
    }
}

static void put_sentence(const struct field_ward *w, const struct value *rows)
{
    struct arena *a = w->r->mem;
    struct value *words = value_map(a);
    uint32_t empty = 0;

    for (const struct value *row = rows->first; row; row = row->next)
        empty += value_int(row, "held_total") == 0;
    value_put_int(a, words, "areas", w->areas.count);
    value_put_int(a, words, "empty", empty);
    value_put_text(a, words, "year", part_year_label(w->r, w->fiscal_year));
    value_put_text(a, w->page, "sentence",
                   req_message(w->r,
                               !w->areas.count   ? "areas.says_none"
                               : !w->fiscal_year ? "areas.says_no_entry"
                               : empty           ? "areas.says_empty"
                                                 : "areas.says",
                               words));
}

bool page_areas(struct req *r, struct value *page, struct err *e)
{
    struct field_ward w = { .r = r, .page = page };
    struct cells bodies;
    struct value *rows;

    if (!ward_load(&w, e) || !bodies_count(&w, &bodies, e))
        return false;
    part_crumb_organisation(r, page, w.organisation.key, w.organisation.name);
    part_put_organisation(r, page, w.organisation.key, w.organisation.name);
    part_put_year(r, page, w.fiscal_year);
    put_columns(&w);
    rows = value_put_list(r->mem, page, "areas");
    for (uint32_t k = 0; k < w.areas.count; k++)
        add_area(&w, rows, &w.areas.rows[k], &bodies);
    value_put_bool(r->mem, page, "has_areas", w.areas.count > 0);
    put_sentence(&w, rows);
    return true;
}

/* ---- one area: facts ---- */

/* One item over the years: the newest value of each fiscal year. */
struct fact_line {
    uint32_t place; /* in the order of the definition */
    str item, unit, source;
    str values[YEARS_SHOWN];
    str days[YEARS_SHOWN];
};

struct chart_of_area {
    struct field_ward ward;
    const struct area *area;
    int years[YEARS_SHOWN]; /* that have a fact, newest first */
    uint32_t year_count;
    struct fact_line *lines;
    uint32_t line_count;
};

static str field_value(const struct register_def *def, const struct entry_row *row,
                       const char *key)
{
    const int at = register_field_find(def, str_from(key));

    return at < 0 ? (str){ 0 } : row->entry.values[at].v;
}

static struct fact_line *line_of(struct chart_of_area *c, str item)
{
    for (uint32_t k = 0; k < c->line_count; k++) {
        if (str_eq(c->lines[k].item, item))
            return &c->lines[k];
    }
    c->lines[c->line_count].item = item;
    return &c->lines[c->line_count++];
}

static int fiscal_year_of(struct arena *a, str day)
{
    return fiscal_year_of_month(a, str_take(day, 7));
}

/* The column of a year, -1 for one that is older than those shown. Rows come newest day first,
 * so the newest years are met first. */
static int column_of(struct chart_of_area *c, int year)
{
    for (uint32_t k = 0; k < c->year_count; k++) {
        if (c->years[k] == year)
            return (int)k;
    }
    if (c->year_count == YEARS_SHOWN)
        return -1;
    c->years[c->year_count] = year;
    return (int)c->year_count++;
}

static int by_place(const void *x, const void *y)
{
    const struct fact_line *a = x, *b = y;

    return a->place != b->place ? a->place < b->place ? -1 : 1 : str_cmp(a->item, b->item);
}

/* The register's definition names its items in the order in which people read them ("order");
 * those that it does not name follow. */
static void lines_sort(struct chart_of_area *c, const struct register_def *def)
{
    const struct value *order = value_get(def->tree, STR("order"));

    for (uint32_t i = 0; i < c->line_count; i++) {
        struct fact_line *line = &c->lines[i];
        uint32_t place = 0;

        for (const struct value *v = order ? order->first : NULL;
             v && !str_eq(v->text, line->item); v = v->next)
            place++;
        line->place = place;
    }
    qsort(c->lines, c->line_count, sizeof *c->lines, by_place);
}

/* The first value that is met of a year is its newest. */
static void take_facts(struct chart_of_area *c, const struct register_def *def,
                       const struct entry_rows *found)
{
    struct arena *a = c->ward.r->mem;

    c->lines = NEW(a, struct fact_line, found->count);
    for (uint32_t k = 0; k < found->count; k++) {
        const struct entry_row *row = &found->rows[k];
        const str day = field_value(def, row, "date");
        const int column = column_of(c, fiscal_year_of(a, day));
        struct fact_line *line = line_of(c, field_value(def, row, "item"));

        if (!line->unit.n)
            line->unit = field_value(def, row, "unit");
        if (!line->source.n)
            line->source = field_value(def, row, "source");
        if (column < 0 || line->values[column].n)
            continue;
        line->values[column] = field_value(def, row, "value");
        line->days[column] = day;
    }
    lines_sort(c, def);
}

/* What was taken back is not shown. */
static void drop_void(struct entry_rows *rows)
{
    uint32_t kept = 0;

    for (uint32_t k = 0; k < rows->count; k++) {
        if (!rows->rows[k].entry.is_void)
            rows->rows[kept++] = rows->rows[k];
    }
    rows->count = kept;
}

/* What a register says of the area, newest first; no rows when there is no such register. */
static bool entries_of(const struct chart_of_area *c, str book, uint32_t limit,
                       struct register_def *def, struct entry_rows *out, struct err *e)
{
    struct req *r = c->ward.r;
    const struct book_ref ref = { c->ward.organisation.key, book };
    const struct entry_filter filter = { .area = c->area->name, .page = { 0, limit } };
    struct hash record;

    *out = (struct entry_rows){ 0 };
    if (!store_book(r->db, r->mem, &ref, def, &record, e))
        return e->code == ERR_NOT_FOUND;
    if (!store_entries(r->db, r->mem, &(struct open_book){ ref, def }, &filter, out, e))
        return false;
    drop_void(out);
    return true;
}

static void put_facts(const struct chart_of_area *c)
{
    struct req *r = c->ward.r;
    struct arena *a = r->mem;
    struct value *columns = value_put_list(a, c->ward.page, "columns");
    struct value *list = value_put_list(a, c->ward.page, "facts");

    for (uint32_t k = c->year_count; k-- > 0;)
        part_put_year(r, value_add_map(a, columns), c->years[k]);
    for (uint32_t i = 0; i < c->line_count; i++) {
        const struct fact_line *line = &c->lines[i];
        struct value *row = value_add_map(a, list), *cells;

        value_put_text(a, row, "item", line->item);
        value_put_text_or_null(a, row, "unit", line->unit);
        value_put_text_or_null(a, row, "source", line->source);
        cells = value_put_list(a, row, "values");
        for (uint32_t k = c->year_count; k-- > 0;) {
            struct value *cell = value_add_map(a, cells);

            value_put_text_or_null(a, cell, "value", line->values[k]);
            value_put_text_or_null(a, cell, "day", line->days[k]);
        }
    }
    value_put_bool(a, c->ward.page, "has_facts", c->line_count > 0);
}

static bool facts_load(struct chart_of_area *c, struct err *e)
{
    struct register_def def;
    struct entry_rows found;

    if (!entries_of(c, FACTS, FACTS_MAX, &def, &found, e))
        return false;
    if (found.count)
        take_facts(c, &def, &found);
    put_facts(c);
    return true;
}

/* ---- one area: who belongs to it, what was held ---- */

static bool bodies_load(struct chart_of_area *c, struct err *e)
{
    struct req *r = c->ward.r;
    struct arena *a = r->mem;
    struct value *list = value_put_list(a, c->ward.page, "bodies");
    struct register_def def;
    struct entry_rows found;

    if (!entries_of(c, BODIES, BODIES_MAX, &def, &found, e))
        return false;
    for (uint32_t k = 0; k < found.count; k++) {
        struct value *row = value_add_map(a, list);
        const int at = register_field_find(&def, STR("form"));
        const struct choice *form =
            at < 0 ? NULL : field_choice(&def.fields[at], found.rows[k].entry.values[at].v);

        value_put_text(a, row, "name", field_value(&def, &found.rows[k], "partner"));
        value_put_text_or_null(a, row, "form", form ? form->label[r->lang] : (str){ 0 });
        value_put_text_or_null(a, row, "since", field_value(&def, &found.rows[k], "date"));
    }
    return true;
}

/* What an entry is about: its texts and partners, without its day and area. */
static str entry_words(struct arena *a, const struct register_def *def,
                       const struct entry_row *row, enum lang lang)
{
    struct buf b;

    buf_init(&b, a, 128, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < def->field_count; k++) {
        const struct register_field *f = &def->fields[k];
        str words = row->entry.values[k].v;
        const struct choice *choice = field_choice(f, words);

        if (!words.n || (f->kind != FIELD_TEXT && f->kind != FIELD_PARTNER && !choice))
            continue;
        if (buf_str(&b).n)
            buf_put_c(&b, " ");
        buf_put(&b, choice ? choice->label[lang] : words);
    }
    return buf_str(&b);
}

static bool held_put(struct chart_of_area *c, struct value *list, const struct held *h,
                     struct err *e)
{
    struct req *r = c->ward.r;
    struct arena *a = r->mem;
    const int64_t count = count_in(&h->cells, c->area->name);
    struct value *row = value_add_map(a, list), *entries;
    struct register_def def;
    struct entry_rows found = { 0 };

    value_put_text(a, row, "register", h->book);
    value_put_text(a, row, "name", h->name);
    value_put_int(a, row, "count", count);
    entries = value_put_list(a, row, "entries");
    if (count && !entries_of(c, h->book, HELD_SHOWN, &def, &found, e))
        return false;
    for (uint32_t k = 0; k < found.count; k++) {
        const str day = def.date < 0 ? (str){ 0 } : found.rows[k].entry.values[def.date].v;
        struct value *one;

        if (fiscal_year_of(a, day) != c->ward.fiscal_year)
            continue;
        one = value_add_map(a, entries);
        value_put_text(a, one, "day", day);
        value_put_text(a, one, "text", entry_words(a, &def, &found.rows[k], r->lang));
    }
    return true;
}

static bool all_held_put(struct chart_of_area *c, struct err *e)
{
    struct value *list = value_put_list(c->ward.r->mem, c->ward.page, "held");

    for (uint32_t k = 0; k < c->ward.held_count; k++) {
        if (!held_put(c, list, &c->ward.held[k], e))
            return false;
    }
    value_put_bool(c->ward.r->mem, c->ward.page, "has_held", c->ward.held_count > 0);
    return true;
}

bool page_area(struct req *r, struct value *page, struct err *e)
{
    struct chart_of_area c = { .ward = { .r = r, .page = page } };
    const str key = req_param(r, "name");

    if (!ward_load(&c.ward, e))
        return false;
    for (uint32_t k = 0; k < c.ward.areas.count; k++) {
        if (str_eq(c.ward.areas.rows[k].key, key))
            c.area = &c.ward.areas.rows[k];
    }
    if (!c.area)
        return err_set(e, ERR_NOT_FOUND, "「%.*s」という地域はありません。", STR_ARG(key));
    page_title(r, page, str_fmt(r->mem, "%.*s", STR_ARG(c.area->name)));
    part_crumb_organisation(r, page, c.ward.organisation.key, c.ward.organisation.name);
    page_crumb(r, page, req_message(r, "areas.title", NULL),
               req_url(r, "/o/%.*s/areas", STR_ARG(c.ward.organisation.key)));
    part_put_organisation(r, page, c.ward.organisation.key, c.ward.organisation.name);
    value_put_text(r->mem, page, "area", c.area->key);
    value_put_text(r->mem, page, "name", c.area->name);
    part_put_year(r, page, c.ward.fiscal_year);
    return facts_load(&c, e) && bodies_load(&c, e) && all_held_put(&c, e);
}
