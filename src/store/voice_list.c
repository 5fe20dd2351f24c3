/* Lists of voices and of public copies. A list walks the index of one facet, the rarest of
 * those that are asked for, and looks each voice up under the others; what is asked by words,
 * by due day or by group gives its voices first and has them looked up the same way. */
#include "store/voice_inner.h"

#include "base/banned.h"

enum {
    FACETS_MAX = 6,
    IDS_MAX = VOICE_TOTAL_MAX + 1,
    DUE_MAX = 20000, /* overdue voices that are looked through: more is a ward that has given up
                      */
    YEAR_MAX = 9999,
};

/* ---- which ---- */

struct id {
    int fiscal_year, number;
};

/* A list, as it is being answered. */
struct listing {
    struct conn *c;
    struct arena *a;
    const struct voice_filter *filter;
    bool is_public;
    struct facet_value facets[FACETS_MAX]; /* the rarest first */
    uint32_t facet_count;
    int year_from, year_to;
    uint32_t limit;
};

static bool facet_total(struct listing *l, const struct facet_value *v, int64_t *out,
                        struct err *e)
{
    AUTO(query_end) struct query q = query_on(l->c, Q_VOICE_FACET_TOTAL);

    put_text(&q, l->filter->organisation);
    put_int(&q, l->is_public);
    put_text(&q, facet_word(v->facet));
    put_text(&q, v->value);
    put_int(&q, l->year_from);
    put_int(&q, l->year_to);
    return query_number(&q, out, e);
}

/* The rarest facet leads, the others follow rising; *total is how many it has. */
static bool listing_begin(struct listing *l, int64_t *total, struct err *e)
{
    const struct voice_filter *f = l->filter;
    int64_t totals[FACETS_MAX];

    l->year_from = f->fiscal_year;
    l->year_to = f->fiscal_year ? f->fiscal_year : YEAR_MAX;
    l->limit = page_limit(f->page);
    l->facets[0] = (struct facet_value){ FACET_ALL, STR("") };
    l->facet_count = 1;
    if (f->facet_count > FACETS_MAX)
        return err_set(e, ERR_INPUT, "条件は%d個までです。", FACETS_MAX);
    for (uint32_t i = 0; i < f->facet_count; i++)
        l->facets[i] = f->facets[i];
    if (f->facet_count)
        l->facet_count = f->facet_count;
    for (uint32_t i = 0; i < l->facet_count; i++) { /* the rarer ones move to the front */
        const struct facet_value one = l->facets[i];
        uint32_t at = i;

        if (!facet_total(l, &one, &totals[i], e))
            return false;
        for (const int64_t n = totals[i]; at && totals[at - 1] > n; at--) {
            totals[at] = totals[at - 1];
            totals[at - 1] = n;
            l->facets[at] = l->facets[at - 1];
        }
        l->facets[at] = one;
    }
    *total = totals[0];
    return true;
}

/* ---- rows ---- */

static date take_date(struct query *q, struct arena *a)
{
    date d = { 0 };

    return date_parse(take_text(q, a), &d) ? d : (date){ 0 };
}

static struct voice_row row_voice(struct query *q, struct arena *a)
{
    struct voice_row r = { .fiscal_year = (int)take_int(q) };

    r.number = (int)take_int(q);
    (void)door_parse(take_text(q, a), &r.door);
    r.received = take_date(q, a);
    r.due = take_date(q, a);
    (void)voice_state_parse(take_text(q, a), &r.state);
    (void)stage_parse(take_text(q, a), &r.stage);
    (void)publication_parse(take_text(q, a), &r.publication);
    r.category = take_text(q, a);
    r.section = take_text(q, a);
    r.section_name = take_text(q, a);
    r.summary = take_text(q, a);
    r.parts = (uint32_t)take_int(q);
    r.group_year = (int)take_int(q);
    r.group_number = (int)take_int(q);
    r.is_reopened = take_int(q) != 0;
    r.is_erased = take_int(q) != 0;
    return r;
}

static struct opinion_row row_opinion(struct query *q, struct arena *a)
{
    struct opinion_row r = { .fiscal_year = (int)take_int(q) };

    r.number = (int)take_int(q);
    (void)door_parse(take_text(q, a), &r.door);
    r.month = take_text(q, a);
    r.received = take_text(q, a);
    r.reason = take_text(q, a);
    r.is_withheld = r.reason.n > 0;
    r.category = take_text(q, a);
    r.summary = take_text(q, a);
    r.kind = take_text(q, a);
    r.status = take_text(q, a);
    (void)stage_parse(take_text(q, a), &r.stage);
    r.parts = (uint32_t)take_int(q);
    r.meeting_year = (int)take_int(q);
    r.meeting_number = (int)take_int(q);
    r.published = take_text(q, a);
    r.at_ms = take_int(q);
    r.record = take_hash(q);
    return r;
}

static bool voice_row_of(struct listing *l, struct id id, struct voice_row *out, bool *found,
                         struct err *e)
{
    AUTO(query_end) struct query q = query_on(l->c, Q_VOICE_ROW);

    put_text(&q, l->filter->organisation);
    put_int(&q, id.fiscal_year);
    put_int(&q, id.number);
    if (!query_step(&q, found, e))
        return false;
    if (*found)
        *out = row_voice(&q, l->a);
    return true;
}

static bool opinion_row_of(struct listing *l, struct id id, struct opinion_row *out,
                           bool *found, struct err *e)
{
    AUTO(query_end) struct query q = query_on(l->c, Q_OPINION_ROW);

    put_text(&q, l->filter->organisation);
    put_int(&q, id.fiscal_year);
    put_int(&q, id.number);
    if (!query_step(&q, found, e))
        return false;
    if (*found)
        *out = row_opinion(&q, l->a);
    return true;
}

/* ---- by words, by due day, by group ---- */

struct ids {
    struct id *rows;
    uint32_t count;
    bool is_more; /* cut at IDS_MAX */
};

static bool has_facet(struct listing *l, const struct facet_value *v, struct id id, bool *has,
                      struct err *e)
{
    AUTO(query_end) struct query q = query_on(l->c, Q_VOICE_HAS_FACET);

    put_text(&q, l->filter->organisation);
    put_int(&q, l->is_public);
    put_text(&q, facet_word(v->facet));
    put_text(&q, v->value);
    put_int(&q, id.fiscal_year);
    put_int(&q, id.number);
    return query_step(&q, has, e);
}

static bool fits(struct listing *l, struct id id, bool *out, struct err *e)
{
    *out = true;
    for (uint32_t i = 0; *out && i < l->filter->facet_count; i++)
        if (!has_facet(l, &l->filter->facets[i], id, out, e))
            return false;
    return true;
}

/* What the statement gives first, before it is looked up under the facets. */
static bool ids_read(struct listing *l, struct query *q, struct ids *out, struct err *e)
{
    bool is_row = true;

    uint32_t room = 0;

    while (query_step(q, &is_row, e) && is_row) {
        out->rows = rows_grow(l->a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count].fiscal_year = (int)take_int(q);
        out->rows[out->count++].number = (int)take_int(q);
    }
    return !is_row;
}

/* The words, the audience and every facet as one question to the index, so that what is cut off
 * is nothing that would have been found. False when nothing can hold the words. */
static bool match_of(struct listing *l, str *out)
{
    const str whose = l->filter->organisation;
    const struct search what = { .query = l->filter->query };
    struct search_words words;
    struct buf b;

    if (!search_understand(l->a, &what, &words))
        return false;
    buf_init(&b, l->a, 256, SIZE_MAX);
    buf_put(&b, words.match);
    if (l->filter->fiscal_year)
        search_put_scope(&b, voice_scope(l->a, whose, l->is_public,
                                         voice_year_tag(l->a, l->filter->fiscal_year)));
    for (uint32_t i = 0; i < l->facet_count; i++)
        search_put_scope(&b, voice_scope(l->a, whose, l->is_public,
                                         voice_tag(l->a, &l->facets[i])));
    *out = buf_str(&b);
    return true;
}

/* One page, and how many there are. */
static bool ids_by_words(struct listing *l, struct ids *out, uint32_t *total, struct err *e)
{
    AUTO(query_end) struct query count = query_on(l->c, Q_VOICE_WORDS_COUNT);
    AUTO(query_end) struct query q = query_on(l->c, Q_VOICE_IDS_BY_WORDS);
    int64_t n = 0;
    str match;

    *out = (struct ids){ 0 };
    *total = 0;
    if (!match_of(l, &match))
        return true;
    put_text(&count, match);
    put_int(&count, IDS_MAX);
    put_text(&q, match);
    put_int(&q, l->limit);
    put_int(&q, l->filter->page.offset);
    if (!query_number(&count, &n, e) || !ids_read(l, &q, out, e))
        return false;
    out->is_more = n == IDS_MAX;
    *total = out->is_more ? VOICE_TOTAL_MAX : (uint32_t)n;
    return true;
}

/* Those of the first that fit, and of these one page. */
static bool ids_page(struct listing *l, const struct ids *all, struct ids *out, uint32_t *total,
                     struct err *e)
{
    *out = (struct ids){ .rows = NEW(l->a, struct id, l->limit), .is_more = all->is_more };
    *total = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        bool is_fit;

        if (!fits(l, all->rows[i], &is_fit, e))
            return false;
        if (!is_fit)
            continue;
        if (*total >= l->filter->page.offset && out->count < l->limit)
            out->rows[out->count++] = all->rows[i];
        ++*total;
    }
    if (*total > VOICE_TOTAL_MAX)
        *total = VOICE_TOTAL_MAX;
    return true;
}

static bool ids_by_due(struct listing *l, struct ids *out, uint32_t *total, struct err *e)
{
    AUTO(query_end) struct query q = query_on(l->c, Q_VOICE_IDS_BY_DUE);
    struct ids all = { 0 };

    put_text(&q, l->filter->organisation);
    put_text(&q, l->filter->due_before);
    put_int(&q, l->year_from);
    put_int(&q, l->year_to);
    put_int(&q, DUE_MAX);
    if (!ids_read(l, &q, &all, e))
        return false;
    all.is_more = all.count == DUE_MAX;
    return ids_page(l, &all, out, total, e);
}

/* ---- by facets ---- */

static bool ids_by_facets(struct listing *l, uint32_t limit, uint32_t offset, struct ids *out,
                          struct err *e)
{
    const bool one = l->facet_count == 1;
    AUTO(query_end)
    struct query q = query_on(l->c, one ? Q_VOICE_IDS_BY_FACET : Q_VOICE_IDS_BY_FACETS);

    put_text(&q, l->filter->organisation);
    put_int(&q, l->is_public);
    put_text(&q, facet_word(l->facets[0].facet));
    put_text(&q, l->facets[0].value);
    put_int(&q, l->year_from);
    put_int(&q, l->year_to);
    put_int(&q, limit);
    put_int(&q, offset);
    for (uint32_t i = 1; !one && i < FACETS_MAX; i++)
        put_text(&q, i < l->facet_count ? facet_word(l->facets[i].facet) : STR(""));
    for (uint32_t i = 1; !one && i < FACETS_MAX; i++)
        put_text(&q, i < l->facet_count ? l->facets[i].value : STR(""));
    return ids_read(l, &q, out, e);
}

/* One page. Of one facet it is known how many there are; of several the first are looked
 * through once, for the page and for the total. */
static bool ids_of_page(struct listing *l, int64_t lead, struct ids *out, uint32_t *total,
                        struct err *e)
{
    const uint32_t offset = l->filter->page.offset;
    struct ids all = { 0 };

    *total = (uint32_t)lead;
    if (l->facet_count == 1)
        return ids_by_facets(l, l->limit, offset, out, e);
    if (offset >= VOICE_TOTAL_MAX) {
        *total = VOICE_TOTAL_MAX;
        out->is_more = true;
        return ids_by_facets(l, l->limit, offset, out, e);
    }
    if (!ids_by_facets(l, IDS_MAX, 0, &all, e))
        return false;
    out->is_more = all.count == IDS_MAX;
    *total = out->is_more ? VOICE_TOTAL_MAX : all.count;
    if (offset < all.count) {
        out->rows = all.rows + offset;
        out->count = all.count - offset < l->limit ? all.count - offset : l->limit;
    }
    return true;
}

/* One page of what is asked for, and how many there are. */
static bool ids_asked(struct listing *l, struct ids *out, uint32_t *total, struct err *e)
{
    int64_t lead = 0;

    *out = (struct ids){ 0 };
    if (!listing_begin(l, &lead, e))
        return false;
    return l->filter->query.n        ? ids_by_words(l, out, total, e)
           : l->filter->due_before.n ? ids_by_due(l, out, total, e)
                                     : ids_of_page(l, lead, out, total, e);
}

/* ---- the lists ---- */

static bool voices_by_ids(struct listing *l, const struct ids *ids, struct voice_rows *out,
                          struct err *e)
{
    for (uint32_t i = 0; i < ids->count; i++) {
        bool found;

        if (!voice_row_of(l, ids->rows[i], &out->rows[out->count], &found, e))
            return false;
        out->count += found;
    }
    return true;
}

bool store_voices(struct conn *c, struct arena *a, const struct voice_filter *filter,
                  struct voice_rows *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct listing l = { .c = c, .a = a, .filter = filter };
    struct ids ids;

    *out = (struct voice_rows){ 0 };
    if (!transaction_begin_read(c, &t, e) || !ids_asked(&l, &ids, &out->total, e))
        return false;
    out->rows = NEW(a, struct voice_row, ids.count);
    out->is_more = ids.is_more;
    return voices_by_ids(&l, &ids, out, e);
}

bool store_voice_group(struct conn *c, struct arena *a, const struct voice_ref *ref,
                       struct voice_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_IDS_BY_GROUP);
    const struct voice_filter filter = { .organisation = ref->organisation };
    struct listing l = { .c = c, .a = a, .filter = &filter };
    struct id first = { ref->fiscal_year, ref->number };
    struct voice_row own;
    struct ids ids = { 0 };
    bool found;

    *out = (struct voice_rows){ 0 };
    if (!voice_row_of(&l, first, &own, &found, e))
        return false;
    if (found && own.group_number)
        first = (struct id){ own.group_year, own.group_number };
    put_text(&q, ref->organisation);
    put_int(&q, first.fiscal_year);
    put_int(&q, first.number);
    put_int(&q, IDS_MAX);
    if (!ids_read(&l, &q, &ids, e))
        return false;
    query_end(&q);
    out->rows = NEW(a, struct voice_row, ids.count + 1);
    if (!voice_row_of(&l, first, &out->rows[0], &found, e))
        return false;
    out->count = found;
    if (!voices_by_ids(&l, &ids, out, e))
        return false;
    out->total = out->count;
    return true;
}

/* ---- public copies ---- */

bool store_opinions(struct conn *c, struct arena *a, const struct voice_filter *filter,
                    struct opinion_rows *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct voice_filter public = *filter;
    struct listing l = { .c = c, .a = a, .filter = &public, .is_public = true };
    struct ids ids;

    *out = (struct opinion_rows){ 0 };
    public.due_before = (str){ 0 }; /* what waits is nobody else's business */
    if (!transaction_begin_read(c, &t, e) || !ids_asked(&l, &ids, &out->total, e))
        return false;
    out->rows = NEW(a, struct opinion_row, ids.count);
    out->is_more = ids.is_more;
    for (uint32_t i = 0; i < ids.count; i++) {
        bool found;

        if (!opinion_row_of(&l, ids.rows[i], &out->rows[out->count], &found, e))
            return false;
        out->count += found;
    }
    return true;
}

bool store_opinions_latest(struct conn *c, struct arena *a, str organisation, uint32_t limit,
                           struct opinion_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_OPINION_LATEST);
    bool is_row = true;

    *out = (struct opinion_rows){ .rows = NEW(a, struct opinion_row, limit) };
    put_text(&q, organisation);
    put_int(&q, limit);
    while (out->count < limit && query_step(&q, &is_row, e) && is_row)
        out->rows[out->count++] = row_opinion(&q, a);
    out->total = out->count;
    return !is_row || out->count == limit;
}

bool store_opinion(struct conn *c, struct arena *a, const struct voice_ref *ref,
                   struct opinion *out, struct err *e)
{
    const struct entity_ref at = { ref->organisation,
                                   entity_opinion(a, ref->fiscal_year, ref->number),
                                   ref->when };
    const struct voice_filter filter = { .organisation = ref->organisation };
    struct listing l = { .c = c, .a = a, .filter = &filter, .is_public = true };
    struct value *tree;
    struct record r;
    bool found;

    *out = (struct opinion){ 0 };
    if (!opinion_row_of(&l, (struct id){ ref->fiscal_year, ref->number }, &out->row, &found, e)
        || !record_find(c, a, &at, &r, e))
        return false;
    if (!found || !r.seq)
        return err_set(e, ERR_NOT_FOUND, "公開している声 %d-%06d はありません。",
                       ref->fiscal_year, ref->number);
    if (!body_tree(a, r.body, &tree, e))
        return false;
    out->body = tree;
    out->row.at_ms = r.at_ms;
    out->row.record = r.hash;
    return true;
}
