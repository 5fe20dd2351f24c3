/* Search in what stood on a day that is over. The index knows today's paragraphs only, so the
 * answer has two parts that do not overlap: hits of the index in records that stood then
 * already, and the records that have been replaced or taken out since, read one by one. The
 * second part is small for a day not long ago; where it is not, the answer is refused with what
 * to do rather than late or incomplete. Newest first: no rank. */
#include "store/inner.h"

#include <stdlib.h>

#include "base/banned.h"

enum { REPLACED_MAX = 20000 }; /* initiatives read one by one: about a second */

/* An initiative of a plan. */
struct sheet_name {
    str organisation;
    int fiscal_year, number;
};

struct sheet_names {
    struct sheet_name *rows;
    uint32_t count, room;
};

struct past {
    struct conn *c;
    struct arena *a;
    const struct search *what;
    const struct search_words *words;
    struct sheet_names changed;  /* have a record after the day, or are not shown any more */
    struct sheet_names unlisted; /* shown today and not then, though nothing of them changed */
    int64_t *ids;                /* of hits: record and number of the paragraph */
    uint32_t count, room;
};

static void name_add(struct past *p, struct sheet_names *to, struct sheet_name name)
{
    to->rows = rows_grow(p->a, to->rows, sizeof *to->rows, to->count, &to->room);
    to->rows[to->count++] = name;
}

static void id_add(struct past *p, int64_t id)
{
    p->ids = rows_grow(p->a, p->ids, sizeof *p->ids, p->count, &p->room);
    p->ids[p->count++] = id;
}

static int by_name(const void *x, const void *y)
{
    const struct sheet_name *a = x, *b = y;
    const int order = str_cmp(a->organisation, b->organisation);

    if (order)
        return order;
    if (a->fiscal_year != b->fiscal_year)
        return a->fiscal_year < b->fiscal_year ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static void names_sort(struct sheet_names *names)
{
    if (names->count)
        qsort(names->rows, names->count, sizeof *names->rows, by_name);
}

static bool names_have(const struct sheet_names *names, const struct sheet_name *one)
{
    return names->count
           && bsearch(one, names->rows, names->count, sizeof *names->rows, by_name) != NULL;
}

static bool is_wanted(const struct past *p, const struct sheet_name *n)
{
    return (!p->what->organisation.n || str_eq(p->what->organisation, n->organisation))
           && (!p->what->fiscal_year || p->what->fiscal_year == n->fiscal_year);
}

/* ---- what has changed since ---- */

/* Entities of a kind with a record after the day, each once. */
static bool changed_since(struct past *p, const char *kind, struct sheet_names *out,
                          struct err *e)
{
    AUTO(query_end) struct query q = query_on(p->c, Q_RECORD_ENTITIES_SINCE);
    bool is_row = true;

    put_int(&q, p->what->when);
    put_text(&q, str_from(kind));
    while (query_step(&q, &is_row, e) && is_row) {
        struct sheet_name n = { .organisation = take_text(&q, p->a) };

        entity_parts(take_text(&q, p->a), &n.fiscal_year, &n.number);
        if (is_wanted(p, &n))
            name_add(p, out, n);
        if (out->count > REPLACED_MAX)
            return err_set(e, ERR_INPUT,
                           "その日からの変更が多く、一度には探せません。団体か年度を選んで"
                           "ください。");
    }
    return !is_row;
}

static const struct value *numbers_of(struct past *p, const struct sheet_name *plan, as_of when,
                                      bool *is_fine, struct err *e)
{
    const struct entity_ref ref = { plan->organisation, entity_plan(p->a, plan->fiscal_year),
                                    when };
    struct record r;
    struct value *tree;

    *is_fine =
        record_find(p->c, p->a, &ref, &r, e) && (!r.seq || body_tree(p->a, r.body, &tree, e));
    return *is_fine && r.seq ? value_get(tree, STR("numbers")) : NULL;
}

static bool holds(const struct value *numbers, int64_t number)
{
    for (const struct value *v = numbers ? numbers->first : NULL; v; v = v->next)
        if (v->number == number)
            return true;
    return false;
}

/* A plan whose list of initiatives may have changed since. */
static bool compare_lists(struct past *p, const struct sheet_name *plan, struct err *e)
{
    const struct value *then, *now;
    struct sheet_name one = *plan;
    bool is_fine;

    then = numbers_of(p, plan, p->what->when, &is_fine, e);
    if (!is_fine)
        return false;
    now = numbers_of(p, plan, 0, &is_fine, e);
    for (const struct value *v = then ? then->first : NULL; v; v = v->next) {
        one.number = (int)v->number;
        if (!holds(now, v->number))
            name_add(p, &p->changed, one);
    }
    for (const struct value *v = now ? now->first : NULL; v; v = v->next) {
        one.number = (int)v->number;
        if (!holds(then, v->number))
            name_add(p, &p->unlisted, one);
    }
    return is_fine;
}

static bool changes_load(struct past *p, struct err *e)
{
    struct sheet_names plans = { 0 };

    if (!changed_since(p, "initiative", &p->changed, e) || !changed_since(p, "plan", &plans, e))
        return false;
    for (uint32_t i = 0; i < plans.count; i++)
        if (!compare_lists(p, &plans.rows[i], e))
            return false;
    names_sort(&p->changed);
    names_sort(&p->unlisted);
    return true;
}

/* ---- the two parts ---- */

/* Hits of the index in records that stood then. */
static bool index_part(struct past *p, str match, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(p->c, Q_SEARCH_STOOD);
    bool is_row = true;

    put_text(&q, match);
    put_int(&q, p->what->when);
    while (query_step(&q, &is_row, e) && is_row) {
        const int64_t id = take_int(&q);
        struct sheet_name n;

        arena_reset(&mem);
        n.organisation = take_text(&q, &mem);
        n.fiscal_year = (int)take_int(&q);
        n.number = (int)take_int(&q);
        if (!names_have(&p->unlisted, &n))
            id_add(p, id);
    }
    return !is_row;
}

struct reading {
    struct past *p;
    struct arena *a; /* of one initiative */
    int64_t first;   /* id of its first paragraph */
};

static bool take_paragraph(void *ctx, int64_t number, enum hit_kind kind, str text,
                           struct err *e)
{
    const struct reading *r = ctx;

    (void)kind;
    (void)e;
    if (search_words_stand_in(r->p->words, text_fold(r->a, text)))
        id_add(r->p, r->first + number);
    return true;
}

static bool read_one(struct past *p, struct arena *mem, const struct sheet_name *n,
                     struct err *e)
{
    const struct plan_ref ref = { n->organisation, n->fiscal_year, p->what->when };
    const struct entity_ref entity = { n->organisation,
                                       entity_initiative(mem, n->fiscal_year, n->number),
                                       p->what->when };
    struct reading reading = { p, mem, 0 };
    struct initiative_row row;
    struct record r;

    /* also when the plan of then did not list it */
    if (!store_initiative(p->c, mem, &ref, n->number, &row, e))
        return e->code == ERR_NOT_FOUND;
    if (!record_find(p->c, mem, &entity, &r, e))
        return false;
    reading.first = paragraph_id(r.seq, 0);
    return paragraphs_each(&row.initiative, take_paragraph, &reading, e);
}

static bool replaced_part(struct past *p, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };

    for (uint32_t i = 0; i < p->changed.count; i++) {
        arena_reset(&mem);
        if (i && by_name(&p->changed.rows[i - 1], &p->changed.rows[i]) == 0)
            continue;
        if (!read_one(p, &mem, &p->changed.rows[i], e))
            return false;
    }
    return true;
}

/* ---- the rows of a page ---- */

struct wanted {
    struct arena *a;
    int64_t number;
    struct hit *hit;
};

static bool keep_paragraph(void *ctx, int64_t number, enum hit_kind kind, str text,
                           struct err *e)
{
    struct wanted *w = ctx;

    (void)e;
    if (number == w->number) {
        w->hit->kind = kind;
        w->hit->text = str_dup(w->a, text);
    }
    return true;
}

static bool hit_read(struct past *p, int64_t id, struct hit *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(p->c, Q_RECORD_BY_SEQ);
    struct wanted wanted = { p->a, id - paragraph_id(paragraph_record(id), 0), out };
    struct initiative initiative;
    struct organisation o;
    struct value *tree;
    struct record r;
    bool found;

    put_int(&q, paragraph_record(id));
    if (!query_step(&q, &found, e) || !found)
        return found && err_set(e, ERR_IO, "検索した記録がありません。");
    r = row_record(&q, &mem);
    if (!body_tree(&mem, r.body, &tree, e)
        || !model_initiative_read(&mem, tree, &initiative, e))
        return false;
    out->organisation = str_dup(p->a, r.organisation);
    out->organisation_name =
        store_organisation_then(p->c, p->a, out->organisation, p->what->when, &o, e)
            ? o.name
            : out->organisation;
    entity_parts(r.entity, &out->fiscal_year, &out->initiative);
    return paragraphs_each(&initiative, keep_paragraph, &wanted, e);
}

static int newest_first(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return (a < b) - (a > b);
}

static bool page_read(struct past *p, struct hits *out, struct err *e)
{
    const uint32_t from = p->what->page.offset, limit = page_limit(p->what->page);

    out->total = p->count;
    out->rows = NEW(p->a, struct hit, limit);
    if (p->count)
        qsort(p->ids, p->count, sizeof *p->ids, newest_first);
    for (uint32_t i = from; i < p->count && i - from < limit; i++)
        if (!hit_read(p, p->ids[i], &out->rows[out->count++], e))
            return false;
    return true;
}

bool search_past(struct conn *c, struct arena *a, const struct search *what,
                 const struct search_words *words, struct hits *out, struct err *e)
{
    struct past p = { .c = c, .a = a, .what = what, .words = words };

    return changes_load(&p, e) && index_part(&p, words->match, e) && replaced_part(&p, e)
           && page_read(&p, out, e);
}
