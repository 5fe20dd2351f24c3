/* Surveys before they are public: working copies beside the public records, and the release
 * that writes the second from the first (docs/decisions/0025-surveys-in-the-browser.md). */
#include "store/survey_inner.h"

#include "base/banned.h"

static const enum survey_place PLACES[] = { SURVEY_PUBLIC, SURVEY_WORKING };

/* ---- reading ---- */

static bool record_at(struct conn *c, struct arena *a, str organisation, str entity,
                      struct record *out, struct err *e)
{
    const struct entity_ref ref = { organisation, entity, 0 };

    return record_find(c, a, &ref, out, e);
}

static bool count_codes(struct conn *c, const struct survey_ref *ref, struct survey_work *out,
                        struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SURVEY_INVITATION_COUNT);
    bool is_row;

    put_text(&q, ref->organisation);
    put_text(&q, ref->key);
    if (!query_step(&q, &is_row, e))
        return false;
    out->invited = is_row ? (uint64_t)take_int(&q) : 0;
    out->used = is_row ? (uint64_t)take_int(&q) : 0;
    return true;
}

/* What was counted, and of which file: the same in two records of answers. */
static bool same_answers(struct arena *a, const struct record *x, const struct record *y,
                         bool *is_same, struct err *e)
{
    struct value *u, *v;

    *is_same = !x->seq && !y->seq;
    if (!x->seq || !y->seq)
        return true;
    if (!body_tree(a, x->body, &u, e) || !body_tree(a, y->body, &v, e))
        return false;
    *is_same = str_eq(value_text(u, "tallies"), value_text(v, "tallies"))
               && str_eq(value_text(u, "file"), value_text(v, "file"));
    return true;
}

/* The four records of a survey: definition and answers, public and working. */
struct found {
    struct record definition[2], answers[2]; /* by enum survey_place; seq 0 = none */
};

static bool found_load(struct conn *c, struct arena *a, const struct survey_ref *ref,
                       struct found *out, struct err *e)
{
    for (int p = 0; p < 2; p++)
        if (!record_at(c, a, ref->organisation, survey_entity(a, ref->key, PLACES[p]),
                       &out->definition[p], e)
            || !record_at(c, a, ref->organisation,
                          survey_entity_answers(a, ref->key, PLACES[p]), &out->answers[p], e))
            return false;
    return out->definition[0].seq || out->definition[1].seq
           || err_set(e, ERR_NOT_FOUND, "アンケート「%.*s」は登録されていません。",
                      STR_ARG(ref->key));
}

/* Without a working record of answers the public ones stand. */
static bool waits(struct arena *a, const struct found *f, bool *out, struct err *e)
{
    bool is_same = true;

    if (f->answers[SURVEY_WORKING].seq
        && !same_answers(a, &f->answers[SURVEY_PUBLIC], &f->answers[SURVEY_WORKING], &is_same,
                         e))
        return false;
    *out =
        f->definition[SURVEY_WORKING].seq
        && (!is_same
            || !str_eq(f->definition[SURVEY_PUBLIC].body, f->definition[SURVEY_WORKING].body));
    return true;
}

bool store_survey_work(struct conn *c, struct arena *a, const struct survey_ref *ref,
                       struct survey_work *out, struct err *e)
{
    struct found *f = NEW(a, struct found, 1);
    struct survey_stored *public;

    *out = (struct survey_work){ 0 };
    if (!found_load(c, a, ref, f, e) || !waits(a, f, &out->is_waiting, e)
        || !count_codes(c, ref, out, e))
        return false;
    out->is_working = f->definition[SURVEY_WORKING].seq != 0;
    out->is_public = f->definition[SURVEY_PUBLIC].seq != 0;
    if (!survey_load(c, a, ref, out->is_working ? SURVEY_WORKING : SURVEY_PUBLIC, &out->stored,
                     e))
        return false;
    if (out->stored.has_tally || !out->is_working || !f->answers[SURVEY_PUBLIC].seq)
        return true;
    public = NEW(a, struct survey_stored, 1);
    if (!survey_load(c, a, ref, SURVEY_PUBLIC, public, e))
        return false;
    public->survey = out->stored.survey;
    public->record = out->stored.record;
    out->stored = *public;
    return true;
}

/* ---- the list ---- */

static struct survey_work_row *row_find(struct survey_work_rows *rows, str key)
{
    for (uint32_t i = 0; i < rows->count; i++)
        if (str_eq(rows->rows[i].key, key))
            return &rows->rows[i];
    return NULL;
}

static bool add_public(struct conn *c, struct arena *a, str organisation,
                       struct survey_work_rows *out, uint32_t *room, struct err *e)
{
    struct survey_rows rows;

    if (!store_surveys(c, a, organisation, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct survey_row *r = &rows.rows[i];

        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, room);
        out->rows[out->count++] =
            (struct survey_work_row){ r->key, r->title, r->fiscal_year, false,
                                      true,   false,    r->rows };
    }
    return true;
}

/* The keys that have a working copy. Gathered first: reading them runs other statements. */
static bool working_keys(struct conn *c, struct arena *a, str organisation, str **keys,
                         uint32_t *count, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SURVEY_WORK_KEYS);
    bool is_row = true;
    uint32_t room = 0;

    *keys = NULL;
    *count = 0;
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        *keys = rows_grow(a, *keys, sizeof **keys, *count, &room);
        (*keys)[(*count)++] = str_skip(take_text(&q, a), STR("work/survey/").n);
    }
    return !is_row;
}

static bool add_working(struct conn *c, struct arena *a, const struct survey_ref *ref,
                        struct survey_work_rows *out, uint32_t *room, struct err *e)
{
    struct survey_work_row *row = row_find(out, ref->key);
    struct record definition, answers;
    struct value *tree;

    if (!record_at(c, a, ref->organisation, survey_entity(a, ref->key, SURVEY_WORKING),
                   &definition, e)
        || !record_at(c, a, ref->organisation,
                      survey_entity_answers(a, ref->key, SURVEY_WORKING), &answers, e)
        || !body_tree(a, definition.body, &tree, e))
        return false;
    if (!row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, room);
        row = &out->rows[out->count++];
        *row = (struct survey_work_row){ .key = ref->key };
    }
    row->title = value_text(tree, "title");
    row->fiscal_year = (int)value_int(tree, "fiscal_year");
    row->is_closed = value_get(tree, STR("closed")) != NULL;
    row->is_working = true;
    if (!answers.seq)
        return true;
    if (!body_tree(a, answers.body, &tree, e))
        return false;
    row->rows = (uint64_t)value_int(tree, "rows");
    return true;
}

/* Newest year first, then by key; there are a few dozen. */
static void sort_rows(struct survey_work_rows *rows)
{
    for (uint32_t i = 1; i < rows->count; i++) {
        const struct survey_work_row one = rows->rows[i];
        uint32_t k = i;

        for (; k > 0; k--) {
            const struct survey_work_row *before = &rows->rows[k - 1];

            if (before->fiscal_year > one.fiscal_year
                || (before->fiscal_year == one.fiscal_year
                    && str_cmp(before->key, one.key) <= 0))
                break;
            rows->rows[k] = *before;
        }
        rows->rows[k] = one;
    }
}

bool store_survey_works(struct conn *c, struct arena *a, str organisation,
                        struct survey_work_rows *out, struct err *e)
{
    uint32_t room = 0, count;
    str *keys;

    *out = (struct survey_work_rows){ 0 };
    if (!add_public(c, a, organisation, out, &room, e)
        || !working_keys(c, a, organisation, &keys, &count, e))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!add_working(c, a, &(struct survey_ref){ organisation, keys[i], 0 }, out, &room, e))
            return false;
    sort_rows(out);
    return true;
}

/* ---- writing ---- */

static bool work_save_in(struct conn *c, struct arena *a, const struct stamp *stamp,
                         const struct survey_work_save *save, enum change_kind *change,
                         struct err *e)
{
    const struct survey_ref ref = { save->organisation, save->survey->key, 0 };
    struct draft d = { .organisation = save->organisation, .kind = STR("survey") };
    struct survey_change want = { save->organisation, save->survey, SURVEY_WORKING, NULL,
                                  false };
    struct survey_work codes = { 0 };
    struct found *f = NEW(a, struct found, 1);
    struct record before, after;

    if (!found_load(c, a, &ref, f, e) && e->code != ERR_NOT_FOUND)
        return false;
    d.entity = survey_entity(a, ref.key, SURVEY_WORKING);
    d.body = survey_canonical(a, survey_value(a, save->survey));
    want.before =
        &f->definition[f->definition[SURVEY_WORKING].seq ? SURVEY_WORKING : SURVEY_PUBLIC];
    if (!hash_eq(want.before->hash, save->seen))
        return err_set(e, ERR_CONFLICT,
                       "このアンケートは、ほかの人が先に保存しました。開き直して、"
                       "もう一度直してください。");
    want.place = f->answers[SURVEY_WORKING].seq ? SURVEY_WORKING : SURVEY_PUBLIC;
    if (!count_codes(c, &ref, &codes, e) || !survey_compare(c, a, &d, &before, change, e))
        return false;
    want.has_replies = codes.used > 0;
    if (!survey_may_change(c, a, &want, e) || *change == CHANGE_SAME)
        return *change == CHANGE_SAME;
    return record_commit(c, stamp, &d, &after, e);
}

bool store_survey_work_save(struct conn *c, const struct stamp *stamp,
                            const struct survey_work_save *save, enum change_kind *change,
                            struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct organisation owner;

    return transaction_begin(c, &t, e)
           && store_organisation(c, &mem, save->organisation, &owner, e)
           && work_save_in(c, &mem, stamp, save, change, e) && transaction_commit(&t, e);
}

/* A working copy to write answers beside: begins as the public one. */
static bool work_begin(struct conn *c, struct arena *a, const struct stamp *stamp,
                       const struct survey_ref *ref, struct err *e)
{
    struct draft d = { .organisation = ref->organisation, .kind = STR("survey") };
    struct found *f = NEW(a, struct found, 1);
    struct record after;

    if (!found_load(c, a, ref, f, e))
        return false;
    if (f->definition[SURVEY_WORKING].seq)
        return true;
    d.entity = survey_entity(a, ref->key, SURVEY_WORKING);
    d.body = f->definition[SURVEY_PUBLIC].body;
    return record_commit(c, stamp, &d, &after, e);
}

bool store_survey_work_take(struct conn *c, const struct stamp *stamp,
                            const struct survey_take *take, enum change_kind *change,
                            struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct survey_ref ref = { take->organisation, take->key, 0 };
    struct survey_into into = { take, SURVEY_WORKING };
    struct found *f = NEW(&mem, struct found, 1);

    if (!take->apply) { /* nothing is begun for a look */
        if (!transaction_begin_read(c, &t, e) || !found_load(c, &mem, &ref, f, e))
            return false;
        into.place = f->definition[SURVEY_WORKING].seq ? SURVEY_WORKING : SURVEY_PUBLIC;
        return survey_take_in(c, &mem, stamp, &into, change, e);
    }
    return transaction_begin(c, &t, e) && work_begin(c, &mem, stamp, &ref, e)
           && survey_take_in(c, &mem, stamp, &into, change, e) && transaction_commit(&t, e);
}

/* ---- release ---- */

struct release {
    struct conn *c;
    struct arena *a;
    const struct stamp *stamp;
    const struct survey_ref *ref;
    struct found found;
    struct hash definition; /* the public one */
};

static bool release_definition(struct release *x, struct err *e)
{
    const struct record *from = &x->found.definition[SURVEY_WORKING],
                        *to = &x->found.definition[SURVEY_PUBLIC];
    const struct draft d = { x->ref->organisation, STR("survey"),
                             survey_entity(x->a, x->ref->key, SURVEY_PUBLIC), to->hash,
                             from->body };
    struct record after;

    x->definition = to->hash;
    if (str_eq(from->body, to->body))
        return true;
    if (!record_commit(x->c, x->stamp, &d, &after, e))
        return false;
    x->definition = after.hash;
    return true;
}

/* The same answers, of the public definition. */
static bool release_answers(struct release *x, struct err *e)
{
    const struct record *from = &x->found.answers[SURVEY_WORKING],
                        *to = &x->found.answers[SURVEY_PUBLIC];
    struct draft d = { .organisation = x->ref->organisation,
                       .kind = STR("answers"),
                       .replaces = to->hash };
    struct record after;
    struct value *tree;
    struct buf hex;

    if (!from->seq)
        return true;
    if (!body_tree(x->a, from->body, &tree, e))
        return false;
    buf_init(&hex, x->a, 64, 64);
    hash_put(&hex, x->definition);
    for (struct value *v = tree->first; v; v = v->next)
        if (str_eq(v->key, STR("definition")))
            v->text = buf_str(&hex);
    d.entity = survey_entity_answers(x->a, x->ref->key, SURVEY_PUBLIC);
    d.body = survey_canonical(x->a, tree);
    return str_eq(d.body, to->body) || record_commit(x->c, x->stamp, &d, &after, e);
}

bool store_survey_release(struct conn *c, const struct stamp *stamp,
                          const struct survey_ref *ref, enum change_kind *change, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct release x = { .c = c, .a = &mem, .stamp = stamp, .ref = ref };
    bool is_waiting;

    if (!transaction_begin(c, &t, e) || !found_load(c, &mem, ref, &x.found, e)
        || !waits(&mem, &x.found, &is_waiting, e))
        return false;
    if (!x.found.definition[SURVEY_WORKING].seq)
        return err_set(e, ERR_NOT_FOUND, "公表するものがありません。");
    *change = !is_waiting                             ? CHANGE_SAME
              : x.found.definition[SURVEY_PUBLIC].seq ? CHANGE_CHANGED
                                                      : CHANGE_NEW;
    return *change == CHANGE_SAME
           || (release_definition(&x, e) && release_answers(&x, e)
               && transaction_commit(&t, e));
}
