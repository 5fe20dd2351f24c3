/* Surveys: their records, and the blobs that only this room reads. */
#include "store/survey_inner.h"
#include "store/blob.h"

#include "store/kept.h"

#include "base/banned.h"

/* ---- bodies ---- */

str survey_canonical(struct arena *a, const struct value *tree)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_JSON_BYTES);
    json_put_canonical(&b, tree);
    return b.full ? (str){ 0 } : buf_str(&b);
}

static str hex_of(struct arena *a, struct hash h)
{
    struct buf b;

    buf_init(&b, a, 64, 64);
    hash_put(&b, h);
    return buf_str(&b);
}

static const char *const PLACES[] = { [SURVEY_PUBLIC] = "", [SURVEY_WORKING] = "work/" };

str survey_entity(struct arena *a, str key, enum survey_place place)
{
    return str_fmt(a, "%ssurvey/%.*s", PLACES[place], STR_ARG(key));
}

str survey_entity_answers(struct arena *a, str key, enum survey_place place)
{
    return str_fmt(a, "%ssurvey/%.*s/answers", PLACES[place], STR_ARG(key));
}

/* What everybody may see: each question as a whole. Attributes are left out, whose groups may
 * be small. */
static struct value *answers_value(struct arena *a, const struct survey_take *take,
                                   struct hash definition, struct hash tallies)
{
    struct value *v = value_map(a), *list;
    const bool has_file = take->file.n > 0;

    value_put_text(a, v, "definition", hex_of(a, definition));
    value_put_int(a, v, "rows", (int64_t)take->tally->rows);
    value_put_text(a, v, "tallies", hex_of(a, tallies));
    value_put_text_or_null(a, v, "file",
                           has_file ? hex_of(a, hash_bytes(take->file)) : (str){ 0 });
    value_put_text_or_null(a, v, "file_name", take->file_name);
    list = value_put_list(a, v, "questions");
    for (uint32_t i = 0; i < take->survey->question_count; i++) {
        const struct question *q = &take->survey->questions[i];
        const struct question_tally *t = &take->tally->questions[i];
        struct value *one, *counts;

        if (q->is_attribute || q->kind == QUESTION_TEXT)
            continue;
        one = value_add_map(a, list);
        value_put_text(a, one, "key", q->key);
        value_put_int(a, one, "asked", (int64_t)t->asked);
        value_put_int(a, one, "no_answer", (int64_t)t->no_answer);
        value_put_int(a, one, "base", (int64_t)question_base(q, t));
        value_put_int(a, one, "yes", (int64_t)t->yes);
        counts = value_put_list(a, one, "counts");
        for (uint32_t k = 0; k < q->choice_count; k++)
            value_add_int(a, counts, (int64_t)t->count[k]);
    }
    return v;
}

/* ---- writing ---- */

bool survey_compare(struct conn *c, struct arena *a, struct draft *d, struct record *before,
                    enum change_kind *change, struct err *e)
{
    const struct entity_ref ref = { d->organisation, d->entity, 0 };

    if (!d->body.n)
        return err_set(e, ERR_INPUT, "%.*s が大きすぎます。", STR_ARG(d->entity));
    if (!record_find(c, a, &ref, before, e))
        return false;
    *change = !before->seq                    ? CHANGE_NEW
              : str_eq(before->body, d->body) ? CHANGE_SAME
                                              : CHANGE_CHANGED;
    d->replaces = before->hash;
    return true;
}

/* Questions and choices as the counts need them: the same keys, kinds and codes in their order.
 */
static bool asks_the_same(const struct survey *x, const struct survey *y)
{
    if (x->question_count != y->question_count)
        return false;
    for (uint32_t i = 0; i < x->question_count; i++) {
        const struct question *q = &x->questions[i], *p = &y->questions[i];

        if (!str_eq(q->key, p->key) || q->kind != p->kind || q->choice_count != p->choice_count
            || q->is_attribute != p->is_attribute || q->filter != p->filter
            || q->filter_codes != p->filter_codes)
            return false;
        for (uint32_t k = 0; k < q->choice_count; k++)
            if (!str_eq(q->choices[k].code, p->choices[k].code)
                || q->choices[k].is_yes != p->choices[k].is_yes)
                return false;
    }
    return true;
}

bool survey_may_change(struct conn *c, struct arena *a, const struct survey_change *want,
                       struct err *e)
{
    const struct entity_ref ref = { want->organisation,
                                    survey_entity_answers(a, want->survey->key, want->place),
                                    0 };
    struct record answers;
    struct survey old;
    struct value *tree;

    if (!want->before->seq)
        return true;
    if (!record_find(c, a, &ref, &answers, e) || !body_tree(a, want->before->body, &tree, e)
        || !survey_from_value(a, tree, &old, e))
        return false;
    return (!answers.seq && !want->has_replies) || asks_the_same(&old, want->survey)
           || err_set(e, ERR_INPUT,
                      "回答を取り込んだあとで、問や選択肢を変えることはできません。"
                      "別の key のアンケートにしてください。");
}

bool store_survey_save(struct conn *c, const struct stamp *stamp,
                       const struct survey_save *save, enum change_kind *change, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct draft d = { .organisation = save->organisation, .kind = STR("survey") };
    struct organisation owner;
    struct record before, after;

    d.entity = survey_entity(&mem, save->survey->key, SURVEY_PUBLIC);
    d.body = survey_canonical(&mem, survey_value(&mem, save->survey));
    if (!(save->apply ? transaction_begin(c, &t, e) : transaction_begin_read(c, &t, e))
        || !store_organisation(c, &mem, save->organisation, &owner, e)
        || !survey_compare(c, &mem, &d, &before, change, e)
        || !survey_may_change(c, &mem,
                              &(struct survey_change){ save->organisation, save->survey,
                                                       SURVEY_PUBLIC, &before, false },
                              e))
        return false;
    if (*change == CHANGE_SAME || !save->apply)
        return true;
    return record_commit(c, stamp, &d, &after, e) && transaction_commit(&t, e);
}

bool survey_take_in(struct conn *c, struct arena *a, const struct stamp *stamp,
                    const struct survey_into *into, enum change_kind *change, struct err *e)
{
    const struct survey_take *take = into->take;
    const str tallies = survey_canonical(a, survey_tally_value(a, take->survey, take->tally));
    const struct hash hash = hash_bytes(tallies);
    const struct entity_ref ref = { take->organisation,
                                    survey_entity(a, take->key, into->place), 0 };
    struct draft d = { .organisation = take->organisation, .kind = STR("answers") };
    struct record definition, before, after;

    if (!record_find(c, a, &ref, &definition, e))
        return false;
    if (!definition.seq)
        return err_set(e, ERR_NOT_FOUND, "アンケート「%.*s」は登録されていません。",
                       STR_ARG(take->key));
    d.entity = survey_entity_answers(a, take->key, into->place);
    d.body = survey_canonical(a, answers_value(a, take, definition.hash, hash));
    if (!tallies.n || !survey_compare(c, a, &d, &before, change, e))
        return false;
    if (*change == CHANGE_SAME || !take->apply)
        return true;
    return (!take->file.n || blob_save(c, a, hash_bytes(take->file), take->file, e))
           && blob_save(c, a, hash, tallies, e) && record_commit(c, stamp, &d, &after, e);
}

bool store_survey_take(struct conn *c, const struct stamp *stamp,
                       const struct survey_take *take, enum change_kind *change, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };

    return (take->apply ? transaction_begin(c, &t, e) : transaction_begin_read(c, &t, e))
           && survey_take_in(c, &mem, stamp, &(struct survey_into){ take, SURVEY_PUBLIC },
                             change, e)
           && (!take->apply || *change == CHANGE_SAME || transaction_commit(&t, e));
}

/* ---- tables ---- */

static str key_of(str entity)
{
    str part;

    entity = str_cut(entity, '/', &part);
    (void)str_cut(entity, '/', &part);
    return part;
}

/* What is worked on is read from its records: few, and by few. */
static bool is_working(str entity)
{
    return str_starts(entity, STR("work/"));
}

bool project_survey(const struct spot *s, const struct record *r, const struct value *tree,
                    struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_SURVEY_PUT);

    if (is_working(r->entity))
        return true;
    put_text(&q, s->organisation);
    put_text(&q, key_of(r->entity));
    put_int(&q, value_int(tree, "fiscal_year"));
    put_text(&q, value_text(tree, "title"));
    put_int(&q, r->seq);
    return query_run(&q, e);
}

bool project_answers(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_SURVEY_ANSWERS_PUT);
    const str file = value_text(tree, "file");
    struct hash hash = { { 0 } }, tallies;

    if (is_working(r->entity))
        return true;
    if (!hash_parse(value_text(tree, "tallies"), &tallies)
        || (file.n && !hash_parse(file, &hash)))
        return err_set(e, ERR_INPUT, "アンケートの回答の記録の形が正しくありません。");
    put_text(&q, s->organisation);
    put_text(&q, key_of(r->entity));
    put_int(&q, value_int(tree, "rows"));
    put_hash(&q, &hash);
    put_hash(&q, &tallies);
    put_int(&q, r->seq);
    return query_run(&q, e);
}

/* ---- reading ---- */

static bool load_answers(struct conn *c, struct arena *a, const struct survey_ref *ref,
                         enum survey_place place, struct survey_stored *out, struct err *e)
{
    const struct entity_ref at = { ref->organisation, survey_entity_answers(a, ref->key, place),
                                   ref->when };
    struct record r;
    struct value *tree;
    struct hash tallies;
    str bytes;

    if (!record_find(c, a, &at, &r, e))
        return false;
    if (!r.seq)
        return true;
    if (!body_tree(a, r.body, &tree, e))
        return false;
    if (!hash_parse(value_text(tree, "tallies"), &tallies))
        return err_set(e, ERR_IO, "アンケートの回答の記録が壊れています。");
    if (!hash_parse(value_text(tree, "file"), &out->file))
        out->file = (struct hash){ { 0 } };
    out->has_tally = true;
    out->answers = r.hash;
    out->answered_ms = r.at_ms;
    return blob_load(c, a, tallies, &bytes, e) && json_read_canonical(a, bytes, &tree, e)
           && survey_tally_from_value(a, &out->survey, tree, &out->tally, e);
}

bool survey_load(struct conn *c, struct arena *a, const struct survey_ref *ref,
                 enum survey_place place, struct survey_stored *out, struct err *e)
{
    const struct entity_ref at = { ref->organisation, survey_entity(a, ref->key, place),
                                   ref->when };
    struct record r;
    struct value *tree;

    *out = (struct survey_stored){ 0 };
    if (!record_find(c, a, &at, &r, e))
        return false;
    if (!r.seq)
        return err_set(e, ERR_NOT_FOUND, "アンケート「%.*s」は登録されていません。",
                       STR_ARG(ref->key));
    out->record = r.hash;
    out->at_ms = r.at_ms;
    return body_tree(a, r.body, &tree, e) && survey_from_value(a, tree, &out->survey, e)
           && load_answers(c, a, ref, place, out, e);
}

static bool public_read(struct conn *c, struct arena *a, const void *of, void *out,
                        struct err *e)
{
    return survey_load(c, a, of, SURVEY_PUBLIC, out, e);
}

bool store_survey(struct conn *c, struct arena *a, const struct survey_ref *ref,
                  struct survey_stored *out, struct err *e)
{
    const str name = str_fmt(a, "%.*s/%.*s %lld", STR_ARG(ref->organisation), STR_ARG(ref->key),
                             (long long)ref->when);

    return kept_or_read(c, a,
                        &(struct kept_reader){ KEPT_SURVEY, name, ref, public_read,
                                               sizeof *out },
                        out, e);
}

bool store_surveys(struct conn *c, struct arena *a, str organisation, struct survey_rows *out,
                   struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SURVEY_ROWS);
    bool is_row = true;
    uint32_t room = 0;

    *out = (struct survey_rows){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        struct survey_row *row;

        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        row = &out->rows[out->count++];
        row->key = take_text(&q, a);
        row->title = take_text(&q, a);
        row->fiscal_year = (int)take_int(&q);
        row->rows = (uint64_t)take_int(&q);
    }
    return !is_row;
}

static bool is_loaded(const struct survey_results *all, str key)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (str_eq(all->rows[i].survey.key, key))
            return true;
    return false;
}

/* One more of them, when it has answers; one that is not there is left out. */
static bool result_add(struct conn *c, struct arena *a, const struct survey_ref *ref,
                       struct survey_results *out, struct err *e)
{
    struct survey_stored *row = &out->rows[out->count];

    if (!ref->key.n || is_loaded(out, ref->key))
        return true;
    if (!store_survey(c, a, ref, row, e))
        return e->code == ERR_NOT_FOUND;
    out->count += row->has_tally;
    return true;
}

bool store_survey_results(struct conn *c, struct arena *a, str organisation, int fiscal_year,
                          struct survey_results *out, struct err *e)
{
    struct survey_rows rows;
    uint32_t own;

    if (!store_surveys(c, a, organisation, &rows, e))
        return false;
    *out = (struct survey_results){ .rows = NEW(a, struct survey_stored, 2 * rows.count + 1) };
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct survey_ref ref = { organisation, rows.rows[i].key, 0 };

        if (rows.rows[i].fiscal_year == fiscal_year && rows.rows[i].rows
            && !result_add(c, a, &ref, out, e))
            return false;
    }
    own = out->count;
    for (uint32_t i = 0; i < own; i++) {
        const struct survey_ref ref = { organisation, out->rows[i].survey.previous, 0 };

        if (!result_add(c, a, &ref, out, e))
            return false;
    }
    return true;
}

bool store_survey_file(struct conn *c, struct arena *a, const struct survey_stored *s,
                       str *bytes, struct err *e)
{
    return blob_load(c, a, s->file, bytes, e);
}
