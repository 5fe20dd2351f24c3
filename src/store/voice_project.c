/* Voices into tables. What a voice had there is known from the record that its rows were made
 * from, so each row is taken back by its key: a voice costs the same however many there are. */
#include "store/voice_inner.h"

#include "base/banned.h"

/* Whose rows: a voice, or its public copy. */
struct shelf {
    const struct spot *s;
    bool is_public;
    str door;
};

/* ---- facets and counts ---- */

static void put_facet(struct query *q, const struct shelf *f, const struct facet_value *v)
{
    put_text(q, f->s->organisation);
    put_int(q, f->is_public);
    put_text(q, facet_word(v->facet));
    put_text(q, v->value);
    put_int(q, f->s->fiscal_year);
}

/* Waiting days are many values that change: listed, and counted only by their sum. */
static bool is_listed(const struct facet_value *v)
{
    return v->facet != FACET_DAYS; /* nobody asks for those of 12 days */
}

static bool facet_run(const struct shelf *f, const struct facet_value *v, enum sql statement,
                      struct err *e)
{
    AUTO(query_end) struct query q = query_on(f->s->c, statement);

    put_facet(&q, f, v);
    put_int(&q, f->s->number);
    return query_run(&q, e);
}

static bool count_run(const struct shelf *f, const struct facet_value *v, enum sql statement,
                      struct err *e)
{
    AUTO(query_end) struct query q = query_on(f->s->c, statement);

    put_facet(&q, f, v);
    put_text(&q, f->door);
    return query_run(&q, e);
}

static bool facet_add(const struct shelf *f, const struct facet_value *v, struct err *e)
{
    return (!is_listed(v) || facet_run(f, v, Q_VOICE_FACET_ADD, e))
           && count_run(f, v, Q_VOICE_COUNT_MORE, e);
}

static bool facet_drop(const struct shelf *f, const struct facet_value *v, struct err *e)
{
    return (!is_listed(v) || facet_run(f, v, Q_VOICE_FACET_DROP, e))
           && count_run(f, v, Q_VOICE_COUNT_LESS, e) && count_run(f, v, Q_VOICE_COUNT_NONE, e);
}

static bool has_value(const struct facet_value *rows, uint32_t count,
                      const struct facet_value *v)
{
    for (uint32_t i = 0; i < count; i++)
        if (rows[i].facet == v->facet && str_eq(rows[i].value, v->value))
            return true;
    return false;
}

/* Only what is different is written. */
struct facet_set {
    struct facet_value rows[VOICE_FACETS_MAX];
    uint32_t count;
};

static bool facets_change(const struct shelf *f, const struct facet_set *before,
                          const struct facet_set *after, struct err *e)
{
    for (uint32_t i = 0; i < before->count; i++)
        if (!has_value(after->rows, after->count, &before->rows[i])
            && !facet_drop(f, &before->rows[i], e))
            return false;
    for (uint32_t i = 0; i < after->count; i++)
        if (!has_value(before->rows, before->count, &after->rows[i])
            && !facet_add(f, &after->rows[i], e))
            return false;
    return true;
}

/* ---- at the clock ---- */

static bool term_run(const struct spot *s, const struct voice_term *t, enum sql statement,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, statement);

    put_text(&q, s->organisation);
    put_int(&q, s->fiscal_year);
    put_text(&q, t->facets);
    put_text(&q, t->received);
    put_text(&q, t->due);
    put_int(&q, t->in_time);
    return query_run(&q, e);
}

/* `old` without a turn: it has no row yet. Most steps change nothing here. */
static bool term_change(const struct spot *s, const struct voice *old, const struct voice *v,
                        struct err *e)
{
    const struct voice_term after = voice_term_of(s->a, v);

    if (old->turn_count) {
        const struct voice_term before = voice_term_of(s->a, old);

        if (str_eq(before.facets, after.facets) && str_eq(before.received, after.received)
            && str_eq(before.due, after.due) && before.in_time == after.in_time)
            return true;
        if (!term_run(s, &before, Q_VOICE_TERM_LESS, e)
            || !term_run(s, &before, Q_VOICE_TERM_NONE, e))
            return false;
    }
    return term_run(s, &after, Q_VOICE_TERM_MORE, e);
}

/* ---- what waits ---- */

static const char *wait_of(const struct voice_part *p)
{
    switch (p->state) {
    case PART_NEW:
        return "triage";
    case PART_ASSIGNED:
    case PART_DRAFTED:
        return "answer";
    case PART_RETURNED:
        return "returned";
    case PART_SUBMITTED:
        return "approve";
    case PART_ANSWERED:
    case PART_STATE_COUNT:
        break;
    }
    return NULL;
}

struct waiting {
    const char *wait;
    uint32_t part;
    str section, summary, comment;
};

static bool wait_run(const struct spot *s, const struct voice *v, const struct waiting *w,
                     bool adds, struct err *e)
{
    AUTO(query_end)
    struct query q = query_on(s->c, adds ? Q_VOICE_WAIT_ADD : Q_VOICE_WAIT_DROP);

    put_text(&q, s->organisation);
    put_text(&q, str_from(w->wait));
    put_text(&q, w->section);
    put_text(&q, voice_day(s->a, voice_due(v)));
    put_int(&q, s->fiscal_year);
    put_int(&q, s->number);
    put_int(&q, w->part);
    if (adds) {
        put_text(&q, w->summary);
        put_text(&q, w->comment);
    }
    return query_run(&q, e);
}

static bool waits_run(const struct spot *s, const struct voice *v, bool adds, struct err *e)
{
    const struct waiting whole = { "publish", 0, { 0 }, v->parts[0].summary, { 0 } };

    for (uint32_t i = 0; i < v->part_count; i++) {
        const struct voice_part *p = &v->parts[i];
        const struct waiting w = { wait_of(p), i + 1, p->section, p->summary, p->comment };

        if (w.wait && !wait_run(s, v, &w, adds, e))
            return false;
    }
    return voice_state_of(v) == VOICE_OPEN || v->publication != PUBLICATION_UNDECIDED
           || wait_run(s, v, &whole, adds, e);
}

/* ---- answers ---- */

static bool answer_run(const struct spot *s, const struct voice_answer *one, uint32_t part,
                       bool adds, struct err *e)
{
    AUTO(query_end)
    struct query q = query_on(s->c, adds ? Q_VOICE_ANSWER_ADD : Q_VOICE_ANSWER_DROP);
    const struct hash hash = voice_answer_key(s->a, one->text);

    put_text(&q, s->organisation);
    put_int(&q, s->fiscal_year);
    put_hash(&q, &hash);
    put_int(&q, s->number);
    put_int(&q, part);
    return query_run(&q, e);
}

static bool answers_run(const struct spot *s, const struct voice *v, bool adds, struct err *e)
{
    for (uint32_t i = 0; i < v->part_count; i++)
        for (uint32_t k = 0; k < v->parts[i].answer_count; k++) {
            const struct voice_answer *one = &v->parts[i].answers[k];

            if (one->text.n && !answer_run(s, one, i + 1, adds, e))
                return false;
        }
    return true;
}

/* ---- links and turns ---- */

static bool link_add(const struct spot *s, const struct voice *v, uint32_t part, uint32_t at,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, Q_VOICE_LINK_ADD);
    const struct voice_part *p = &v->parts[part];
    const struct voice_link *l = &p->links[at];
    const bool is_public = v->publication == PUBLICATION_PUBLIC;

    put_int(&q, part + 1);
    put_int(&q, at);
    put_text(&q, link_kind_word(l->kind));
    put_int(&q, l->fiscal_year);
    put_int(&q, l->number);
    put_text(&q, l->key);
    put_text(&q, l->text);
    put_text(&q, p->summary);
    put_text(&q, is_public ? p->public_summary : (str){ 0 });
    put_text(&q, p->status);
    put_text(&q, stage_word(part_stage_of(p)));
    return query_run(&q, e);
}

static bool links_put(const struct spot *s, const struct voice *v, bool had_some, struct err *e)
{
    AUTO(query_end) struct query drop = query_at_number(s, Q_VOICE_LINK_DROP);

    if (had_some && !query_run(&drop, e))
        return false;
    for (uint32_t i = 0; i < v->part_count; i++)
        for (uint32_t k = 0; k < v->parts[i].link_count; k++)
            if (!link_add(s, v, i, k, e))
                return false;
    return true;
}

static bool turns_put(const struct spot *s, const struct voice *v, uint32_t known,
                      struct err *e)
{
    for (uint32_t i = known; i < v->turn_count; i++) {
        AUTO(query_end) struct query q = query_at_number(s, Q_VOICE_TURN_PUT);

        put_int(&q, i);
        put_hash(&q, &v->turns[i].text);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

/* ---- the voice's row and words ---- */

/* The part that a list shows: the first that waits, or the first. */
static const struct voice_part *part_shown(const struct voice *v)
{
    for (uint32_t i = 0; i < v->part_count; i++)
        if (v->parts[i].state != PART_ANSWERED)
            return &v->parts[i];
    return &v->parts[0];
}

static bool row_put(const struct spot *s, const struct voice *v, int64_t seq, struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, Q_VOICE_PUT);
    const struct voice_part *p = part_shown(v);

    put_text(&q, door_word(v->door));
    put_text(&q, voice_day(s->a, v->turns[0].received));
    put_text(&q, voice_day(s->a, voice_due(v)));
    put_text(&q, voice_state_word(voice_state_of(v)));
    put_text(&q, stage_word(voice_stage_of(v)));
    put_text(&q, publication_word(v->publication));
    put_text(&q, p->category);
    put_text(&q, p->section);
    put_text(&q, v->parts[0].summary);
    put_int(&q, v->part_count);
    put_int(&q, v->group_year);
    put_int(&q, v->group_number);
    put_int(&q, v->turn_count > 1);
    put_text(&q, voice_day(s->a, v->closed));
    put_int(&q, seq);
    return query_run(&q, e);
}

static void line_put(struct buf *b, str text)
{
    if (!text.n)
        return;
    if (b->n)
        buf_put_char(b, '\n');
    buf_put(b, text);
}

static str words_of(struct arena *a, const struct voice *v)
{
    struct buf b;

    buf_init(&b, a, 256, LIMIT_JSON_BYTES);
    for (uint32_t i = 0; i < v->part_count; i++) {
        const struct voice_part *p = &v->parts[i];

        line_put(&b, p->summary);
        line_put(&b, p->public_summary);
        if (p->state != PART_ANSWERED)
            line_put(&b, p->text);
        for (uint32_t k = 0; k < p->answer_count; k++)
            line_put(&b, p->answers[k].text);
    }
    return buf_str(&b);
}

/* ---- one voice ---- */

static bool statement_record(const struct spot *s, enum sql statement, int64_t *seq,
                             struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, statement);

    return query_number(&q, seq, e);
}

static bool body_of(const struct spot *s, int64_t seq, struct record *r, struct value **tree,
                    struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_RECORD_BY_SEQ);
    bool found;

    put_int(&q, seq);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_IO,
                       "声の表が記録と合いません。meguri rebuild で作り直してください。");
    *r = row_record(&q, s->a);
    return body_tree(s->a, r->body, tree, e);
}

/* The voice as its rows show it; turn_count 0 when it has none. */
static bool shown(const struct spot *s, struct voice *out, int64_t *seq, struct err *e)
{
    struct record r;
    struct value *tree;

    *out = (struct voice){ 0 };
    if (!statement_record(s, Q_VOICE_RECORD, seq, e) || !*seq)
        return !*seq;
    return body_of(s, *seq, &r, &tree, e) && voice_read(s->a, tree, out, e);
}

static bool has_links(const struct voice *v)
{
    for (uint32_t i = 0; i < v->part_count; i++)
        if (v->parts[i].link_count)
            return true;
    return false;
}

static bool take_back(const struct spot *s, const struct voice *old, int64_t seq, struct err *e)
{
    return waits_run(s, old, false, e) && answers_run(s, old, false, e)
           && voice_words_forget(s, seq, e);
}

bool project_voice(const struct spot *s, const struct record *r, const struct value *tree,
                   struct err *e)
{
    struct spot at = *s;
    struct shelf shelf = { &at, false, { 0 } };
    struct facet_set before = { .count = 0 }, after = { .count = 0 };
    struct voice old, v;
    int64_t seq;

    if (!voice_entity_parts(r->entity, &at.fiscal_year, &at.number)
        || !voice_read(s->a, tree, &v, e) || !shown(&at, &old, &seq, e))
        return e->code != ERR_NONE ? false
                                   : err_set(e, ERR_INPUT, "声の記録の名前が違います。");
    if (old.turn_count && !take_back(&at, &old, seq, e))
        return false;
    before.count = old.turn_count ? voice_facets(s->a, &old, before.rows) : 0;
    after.count = voice_facets(s->a, &v, after.rows);
    shelf.door = door_word(v.door);
    const struct voice_worded words = { r->seq, false, words_of(s->a, &v), after.rows,
                                        after.count };
    return row_put(&at, &v, r->seq, e) && facets_change(&shelf, &before, &after, e)
           && term_change(&at, &old, &v, e) && waits_run(&at, &v, true, e)
           && answers_run(&at, &v, true, e) && links_put(&at, &v, has_links(&old), e)
           && turns_put(&at, &v, old.turn_count, e) && voice_words_put(&at, &words, e);
}

/* ---- public copies ---- */

static bool is_shown(const struct value *tree)
{
    return !str_eq(value_text(tree, "publication"), STR("none"));
}

static bool opinion_row(const struct spot *s, const struct value *tree, int64_t seq,
                        struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, Q_OPINION_PUT);
    const struct value *parts = value_get(tree, STR("parts"));
    const struct value *first = parts ? parts->first : NULL;
    const struct value *answers = value_get(first, STR("answers"));
    const struct value *meeting = value_get(tree, STR("meeting"));

    put_text(&q, value_text(tree, "door"));
    put_text(&q, value_text(tree, "month"));
    put_text(&q, value_text(tree, "received"));
    put_text(&q, value_text(tree, "reason"));
    put_text(&q, value_text(first, "category"));
    put_text(&q, value_text(first, "summary"));
    put_text(&q, value_text(answers ? answers->last : NULL, "kind"));
    put_text(&q, value_text(first, "status"));
    put_text(&q, value_text(first, "stage"));
    put_int(&q, parts ? parts->count : 0);
    put_int(&q, value_int(meeting, "fiscal_year"));
    put_int(&q, value_int(meeting, "number"));
    put_text(&q, value_text(tree, "published"));
    put_int(&q, seq);
    return query_run(&q, e);
}

static str opinion_words(struct arena *a, const struct value *tree)
{
    const struct value *parts = value_get(tree, STR("parts"));
    struct buf b;

    buf_init(&b, a, 256, LIMIT_JSON_BYTES);
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next) {
        const struct value *answers = value_get(p, STR("answers"));

        line_put(&b, value_text(p, "summary"));
        for (const struct value *x = answers ? answers->first : NULL; x; x = x->next)
            line_put(&b, value_text(x, "text"));
    }
    return buf_str(&b);
}

static bool opinion_drop(const struct spot *s, struct err *e)
{
    AUTO(query_end) struct query q = query_at_number(s, Q_OPINION_DROP);

    return query_run(&q, e);
}

bool project_opinion(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e)
{
    struct spot at = *s;
    struct shelf shelf = { &at, true, value_text(tree, "door") };
    struct facet_set before = { .count = 0 }, after = { .count = 0 };
    struct record old;
    struct value *was;
    int64_t seq;

    if (!voice_entity_parts(r->entity, &at.fiscal_year, &at.number))
        return err_set(e, ERR_INPUT, "声の記録の名前が違います。");
    if (!statement_record(&at, Q_OPINION_RECORD, &seq, e))
        return false;
    if (seq) {
        if (!body_of(&at, seq, &old, &was, e) || !voice_words_forget(&at, seq, e))
            return false;
        before.count = opinion_facets(s->a, was, before.rows);
    }
    if (is_shown(tree))
        after.count = opinion_facets(s->a, tree, after.rows);
    if (!facets_change(&shelf, &before, &after, e))
        return false;
    if (!is_shown(tree))
        return opinion_drop(&at, e);
    const struct voice_worded words = { r->seq, true, opinion_words(s->a, tree), after.rows,
                                        after.count };
    return opinion_row(&at, tree, r->seq, e) && voice_words_put(&at, &words, e);
}

/* ---- tombstones ---- */

bool project_erasure(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e)
{
    struct spot at = *s;
    const struct value *turns = value_get(tree, STR("turns"));

    if (!voice_entity_parts(r->entity, &at.fiscal_year, &at.number))
        return err_set(e, ERR_INPUT, "声の記録の名前が違います。");
    for (const struct value *v = turns ? turns->first : NULL; v; v = v->next) {
        AUTO(query_end) struct query q = query_at_number(&at, Q_VOICE_ERASURE_PUT);

        put_int(&q, value_int(v, "turn"));
        put_text(&q, value_text(v, "why"));
        put_int(&q, r->seq);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

bool project_bare(const struct spot *s, const struct record *r, const struct value *tree,
                  struct err *e)
{
    (void)s, (void)r, (void)tree, (void)e;
    return true;
}
