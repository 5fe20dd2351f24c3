/* The ward council and its meetings: records, and the table by which meetings are listed. */
#include "store/blob.h"

#include "base/banned.h"

static const str COUNCIL = STR_INIT("council");
static const str MEETING = STR_INIT("meeting");

static str entity_meeting(struct arena *a, int fiscal_year, int number)
{
    return str_fmt(a, "meeting/%d/%d", fiscal_year, number);
}

/* "meeting/2025/3"; the door has checked the form of it. */
static bool meeting_of(str entity, int *fiscal_year, int *number)
{
    str year, rest = str_cut(str_skip(entity, STR("meeting/").n), '/', &year);
    dec y, n;

    if (!dec_parse(year, &y) || !dec_parse(rest, &n))
        return false;
    *fiscal_year = (int)y.n;
    *number = (int)n.n;
    return true;
}

/* ---- reading ---- */

bool store_council(struct conn *c, struct arena *a, str organisation, as_of when,
                   struct council_stored *out, struct err *e)
{
    const struct entity_ref ref = { organisation, COUNCIL, when };
    struct record r;
    struct value *tree;

    if (!record_find(c, a, &ref, &r, e))
        return false;
    if (!r.seq)
        return err_set(e, ERR_NOT_FOUND, "区政会議は登録されていません。");
    out->record = r.hash;
    out->at_ms = r.at_ms;
    return body_tree(a, r.body, &tree, e) && council_read(a, tree, &out->council, e);
}

bool store_meeting(struct conn *c, struct arena *a, const struct meeting_ref *ref,
                   struct meeting_stored *out, struct err *e)
{
    const struct entity_ref where = { ref->organisation,
                                      entity_meeting(a, ref->fiscal_year, ref->number),
                                      ref->when };
    struct record r;
    struct value *tree;

    if (!record_find(c, a, &where, &r, e))
        return false;
    if (!r.seq)
        return err_set(e, ERR_NOT_FOUND, "%d年度の会議%dは登録されていません。",
                       ref->fiscal_year, ref->number);
    out->record = r.hash;
    out->at_ms = r.at_ms;
    if (!body_tree(a, r.body, &tree, e) || !meeting_read(a, tree, &out->meeting, e))
        return false;
    out->meeting.fiscal_year = ref->fiscal_year;
    out->meeting.number = ref->number;
    return true;
}

/* Which meetings there are today; none was ever taken out. */
static bool meeting_keys(struct conn *c, struct arena *a, const struct meeting_ref *which,
                         struct meeting_ref **keys, uint32_t *count, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_MEETING_LIST);
    bool is_row = true;

    *count = 0;
    *keys = NEW(a, struct meeting_ref, LIMIT_MEETINGS);
    put_text(&q, which->organisation);
    put_int(&q, which->fiscal_year);
    put_int(&q, LIMIT_MEETINGS);
    while (query_step(&q, &is_row, e) && is_row) {
        struct meeting_ref *one = &(*keys)[(*count)++];

        *one = *which;
        one->fiscal_year = (int)take_int(&q);
        one->number = (int)take_int(&q);
    }
    return !is_row;
}

bool store_meetings(struct conn *c, struct arena *a, const struct meeting_ref *which,
                    struct meeting_rows *out, struct err *e)
{
    struct meeting_ref *keys;
    uint32_t count;

    *out = (struct meeting_rows){ 0 };
    if (!meeting_keys(c, a, which, &keys, &count, e))
        return false;
    out->rows = NEW(a, struct meeting_stored, count);
    for (uint32_t i = 0; i < count; i++) {
        if (store_meeting(c, a, &keys[i], &out->rows[out->count], e))
            out->count++;
        else if (!which->when || e->code != ERR_NOT_FOUND) /* it came later than that day */
            return false;
    }
    return true;
}

/* ---- writing ---- */

static bool seat_is_kept(const struct meeting *m, const struct council *c, struct err *e)
{
    for (uint32_t i = 0; i < m->present_count; i++)
        if (!council_seat(c, m->present[i]))
            return err_set(e, ERR_INPUT,
                           "委員「%.*s」は「%.*s」に出席しているので、一覧から外せません。"
                           "任期の終わりを書いてください。",
                           STR_ARG(m->present[i]), STR_ARG(m->title));
    return true;
}

static bool is_seen(struct conn *c, struct arena *a, const struct entity_ref *ref,
                    struct hash seen, struct err *e)
{
    struct record newest;

    if (!record_find(c, a, ref, &newest, e))
        return false;
    return hash_eq(newest.hash, seen)
           || err_set(e, ERR_CONFLICT,
                      "ほかの人が先に保存しました。新しい内容を見てからやり直してください。");
}

/* What stands in the same words is the same, whoever saw what: a double click. */
static bool says_the_same(struct conn *c, struct arena *a, const struct entity_ref *ref,
                          const struct value *tree, bool *is_same, struct err *e)
{
    struct record newest;

    if (!record_find(c, a, ref, &newest, e))
        return false;
    *is_same = newest.seq && str_eq(newest.body, body_put(a, tree));
    return true;
}

bool store_council_save(struct conn *c, const struct stamp *stamp,
                        const struct council_save *save, bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct entity_ref ref = { save->organisation, COUNCIL, 0 };
    const struct meeting_ref all = { .organisation = save->organisation };
    const struct said what = { save->organisation, COUNCIL, COUNCIL,
                               council_value(&mem, save->council) };
    struct meeting_rows meetings;
    struct organisation o;

    if (!transaction_begin(c, &t, e) || !store_organisation(c, &mem, save->organisation, &o, e)
        || !says_the_same(c, &mem, &ref, what.tree, is_same, e))
        return false;
    if (*is_same)
        return true;
    if (!is_seen(c, &mem, &ref, save->seen, e) || !store_meetings(c, &mem, &all, &meetings, e))
        return false;
    for (uint32_t i = 0; i < meetings.count; i++)
        if (!seat_is_kept(&meetings.rows[i].meeting, save->council, e))
            return false;
    return record_say(c, stamp, &what, is_same, e) && transaction_commit(&t, e);
}

/* A paper becomes a public document; the meeting names it. */
static bool file_put(struct conn *c, const struct stamp *stamp, str organisation,
                     const struct meeting_file *file, struct meeting_document *out,
                     struct err *e)
{
    *out = (struct meeting_document){ .title = file->title, .name = file->name };
    if (file->bytes.n > LIMIT_DOCUMENT_BYTES)
        return err_set(e, ERR_INPUT, "資料「%.*s」が大きすぎます。", STR_ARG(file->name));
    return document_save(c, stamp,
                         &(struct open_document){ organisation, file->name, file->bytes },
                         &out->hash, e);
}

/* A meeting that is being saved. */
struct saving {
    struct conn *c;
    struct arena *a;
    const struct stamp *stamp;
    const struct meeting_save *save;
};

static bool files_put(const struct saving *s, struct meeting *m, struct err *e)
{
    const struct meeting_save *save = s->save;
    const uint32_t total = m->document_count + save->file_count;
    struct meeting_document *all = NEW(s->a, struct meeting_document, total);

    if (total > MEETING_DOCUMENTS_MAX)
        return err_set(e, ERR_INPUT, "資料は%d個までです。", MEETING_DOCUMENTS_MAX);
    for (uint32_t i = 0; i < m->document_count; i++)
        all[i] = m->documents[i];
    for (uint32_t i = 0; i < save->file_count; i++)
        if (!file_put(s->c, s->stamp, save->organisation, &save->files[i],
                      &all[m->document_count + i], e))
            return false;
    m->documents = all;
    m->document_count = total;
    return true;
}

/* The next number of the year, or that of a meeting which says the same already. */
static bool number_find(const struct saving *s, struct meeting *m, bool *is_same, struct err *e)
{
    const struct meeting_ref year = { s->save->organisation, m->fiscal_year, 0, 0 };
    const str mine = body_put(s->a, meeting_value(s->a, m));
    struct meeting_rows rows;

    m->number = 1;
    if (!store_meetings(s->c, s->a, &year, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct meeting *one = &rows.rows[i].meeting;

        if (str_eq(body_put(s->a, meeting_value(s->a, one)), mine)) {
            m->number = one->number;
            *is_same = true;
            return true;
        }
        if (one->number >= m->number)
            m->number = one->number + 1;
    }
    return true;
}

/* Its number, when it is new; with the papers that came along. */
static bool meeting_complete(const struct saving *s, struct meeting *m, bool *is_same,
                             struct err *e)
{
    struct council_stored council;

    *is_same = false;
    return store_council(s->c, s->a, s->save->organisation, 0, &council, e)
           && meeting_check(m, &council.council, e) && files_put(s, m, e)
           && (m->number || number_find(s, m, is_same, e));
}

bool store_meeting_save(struct conn *c, struct arena *a, const struct stamp *stamp,
                        const struct meeting_save *save, struct meeting_saved *out,
                        struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct saving s = { c, a, stamp, save };
    struct meeting m = *save->meeting;
    struct said what = { save->organisation, MEETING, { 0 }, NULL };
    struct entity_ref ref = { save->organisation, { 0 }, 0 };

    if (!transaction_begin(c, &t, e) || !meeting_complete(&s, &m, &out->is_same, e))
        return false;
    out->number = m.number;
    if (out->is_same)
        return true;
    what.entity = ref.entity = entity_meeting(a, m.fiscal_year, m.number);
    what.tree = meeting_value(a, &m);
    if (!says_the_same(c, a, &ref, what.tree, &out->is_same, e))
        return false;
    return out->is_same
           || (is_seen(c, a, &ref, save->seen, e)
               && record_say(c, stamp, &what, &out->is_same, e) && transaction_commit(&t, e));
}

/* ---- tables ---- */

bool project_council(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e)
{
    struct council council;

    (void)r; /* found by its name: there is one */
    return council_read(s->a, tree, &council, e);
}

bool project_meeting(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_MEETING_PUT);
    struct meeting m;
    struct buf day;
    int year, number;

    if (!meeting_read(s->a, tree, &m, e))
        return false;
    if (!meeting_of(r->entity, &year, &number))
        return err_set(e, ERR_INPUT, "会議の記録の名前が正しくありません: %.*s",
                       STR_ARG(r->entity));
    buf_init(&day, s->a, 10, 10);
    if (m.day.year)
        date_put(&day, m.day);
    put_text(&q, r->organisation);
    put_int(&q, year);
    put_int(&q, number);
    put_text(&q, buf_str(&day));
    put_text(&q, meeting_state_word(m.state));
    put_text(&q, m.title);
    put_int(&q, r->seq);
    return query_run(&q, e);
}
