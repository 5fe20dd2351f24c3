/* Organisations: their records, and who is there. */
#include "store/kept.h"

#include "base/banned.h"

struct value *organisation_value(struct arena *a, const struct organisation *o)
{
    struct value *v = value_map(a);

    value_put_text(a, v, "key", o->key);
    value_put_text(a, v, "name", o->name);
    value_put_text(a, v, "kind", o->kind);
    value_put_text_or_null(a, v, "parent", o->parent);
    return v;
}

str store_organisation_kind(str name)
{
    static const struct {
        str ending, kind;
    } ENDINGS[] = {
        { STR_INIT("区"), STR_INIT("ward") },    { STR_INIT("市"), STR_INIT("city") },
        { STR_INIT("町"), STR_INIT("city") },    { STR_INIT("村"), STR_INIT("city") },
        { STR_INIT("局"), STR_INIT("bureau") },  { STR_INIT("部"), STR_INIT("bureau") },
        { STR_INIT("課"), STR_INIT("section") }, { STR_INIT("担当"), STR_INIT("section") },
    };

    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (str_ends(name, ENDINGS[i].ending))
            return ENDINGS[i].kind;
    return STR("ward");
}

static struct organisation row_organisation(struct query *q, struct arena *a)
{
    struct organisation o;

    o.key = take_text(q, a);
    o.name = take_text(q, a);
    o.kind = take_text(q, a);
    o.parent = take_text(q, a);
    return o;
}

static bool organisation_read(struct conn *c, struct arena *a, const void *of, void *out,
                              struct err *e)
{
    const str key = *(const str *)of;
    AUTO(query_end) struct query q = query_on(c, Q_ORGANISATION_GET);
    bool found;

    put_text(&q, key);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "団体「%.*s」は登録されていません。", STR_ARG(key));
    *(struct organisation *)out = row_organisation(&q, a);
    return true;
}

bool store_organisation(struct conn *c, struct arena *a, str key, struct organisation *out,
                        struct err *e)
{
    return kept_or_read(c, a,
                        &(struct kept_reader){ KEPT_ORGANISATION, key, &key, organisation_read,
                                               sizeof *out },
                        out, e);
}

bool store_sections(struct conn *c, struct arena *a, str organisation,
                    struct organisation_list *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_ORGANISATION_BELOW);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct organisation_list){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        const struct organisation o = row_organisation(&q, a);

        if (!str_eq(o.kind, STR("section")))
            continue;
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = o;
    }
    return !is_row;
}

void like_put(struct buf *b, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '\\')
            buf_put_char(b, '\\');
        buf_put_char(b, text.p[i]);
    }
}

bool store_organisation_named(struct conn *c, struct arena *a, str name,
                              struct organisation *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_ORGANISATION_BY_NAME);
    const str folded = text_fold(a, name);
    bool found;

    /* "folded name, blank, key": see project_one; '!' is the character after the blank */
    put_text(&q, str_fmt(a, "%.*s ", STR_ARG(folded)));
    put_text(&q, str_fmt(a, "%.*s!", STR_ARG(folded)));
    if (!query_step(&q, &found, e))
        return false;
    if (!found || !name.n)
        return err_set(e, ERR_NOT_FOUND, "「%.*s」という団体は登録されていません。",
                       STR_ARG(name));
    *out = row_organisation(&q, a);
    return true;
}

uint32_t page_limit(struct page_of page)
{
    return page.limit ? page.limit : LIMIT_PAGE_ROWS;
}

static bool count_matching(struct conn *c, enum sql statement, str pattern, uint32_t *total,
                           struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);
    int64_t n;

    put_text(&q, pattern);
    if (!query_number(&q, &n, e))
        return false;
    *total = (uint32_t)n;
    return true;
}

/* Which of them, and where the page begins. */
struct matching {
    enum sql list, count;
    str pattern;
    struct page_of page;
};

static bool list_matching(struct conn *c, struct arena *a, const struct matching *m,
                          struct organisation_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, m->list);
    const uint32_t limit = page_limit(m->page);
    bool is_row = true;

    out->rows = NEW(a, struct organisation_row, limit);
    out->count = 0;
    put_text(&q, m->pattern);
    put_int(&q, limit);
    put_int(&q, m->page.offset);
    while (query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++].organisation = row_organisation(&q, a);
    return !is_row;
}

static bool organisations_load(struct conn *c, struct arena *a, struct matching *m,
                               struct organisation_rows *out, struct err *e)
{
    struct buf pattern;

    buf_init(&pattern, a, 64, LIMIT_TEXT_BYTES);
    buf_put_char(&pattern, '%');
    like_put(&pattern, text_fold(a, m->pattern));
    buf_put_char(&pattern, '%');
    m->pattern = buf_str(&pattern);
    if (!count_matching(c, m->count, m->pattern, &out->total, e)
        || !list_matching(c, a, m, out, e))
        return false;
    for (uint32_t i = 0; i < out->count; i++) {
        struct organisation_row *row = &out->rows[i];
        struct plan_heads years;

        if (!store_plans(c, a, row->organisation.key, &years, e))
            return false;
        row->years = years.rows;
        row->year_count = years.count;
    }
    return true;
}

bool store_organisations(struct conn *c, struct arena *a, str query, struct page_of page,
                         struct organisation_rows *out, struct err *e)
{
    struct matching m = { Q_ORGANISATION_LIST, Q_ORGANISATION_COUNT, query, page };

    return organisations_load(c, a, &m, out, e);
}

bool organisations_shown(struct conn *c, struct arena *a, str query, struct page_of page,
                         struct organisation_rows *out, struct err *e)
{
    struct matching m = { Q_ORGANISATION_SHOWN, Q_ORGANISATION_SHOWN_COUNT, query, page };

    return organisations_load(c, a, &m, out, e);
}
