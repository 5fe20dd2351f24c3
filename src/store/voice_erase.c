/* The received text: read under record, erased for good, handed out on request. */
#include "store/voice_inner.h"

#include "base/banned.h"

enum { RETENTION_BATCH = 200 };
enum { MS_PER_DAY = 24 * 3600 * 1000 };

/* ---- who ---- */

/* `whole`: only with the duty for all of the organisation. */
static bool listener_only(struct conn *c, const struct stamp *stamp,
                          const struct voice_about *about, bool whole, struct actor *as,
                          struct err *e)
{
    struct voice_asked who;

    *as = *stamp->who;
    if (actor_is_machine(stamp->who))
        return true;
    if (!store_voice_asker(c, stamp, about, &who, e))
        return false;
    who.asker.section = whole ? 0 : who.any_section;
    if (!voice_may_look(about->voice, &who.asker, e))
        return whole ? err_set(e, ERR_DENIED, "これができるのは、団体全体の広聴担当だけです。")
                     : false;
    as->role = duty_word(DUTY_LISTENER);
    return true;
}

static bool need_purpose(const struct stamp *stamp, const char *what, struct err *e)
{
    return str_trim(stamp->reason).n > 0
           || err_set(e, ERR_INPUT, "%sを書いてください。記録に残ります。", what);
}

/* ---- reading ---- */

static bool text_of(struct conn *c, struct arena *a, const struct voice_ref *ref, int turn,
                    struct voice_text *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_TEXT_GET);
    bool found;

    *out = (struct voice_text){ 0 };
    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    put_int(&q, turn);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return true;
    out->received_ms = take_int(&q);
    out->is_erased = take_int(&q) != 0;
    take_skip(&q); /* salt */
    if (out->is_erased)
        return true;
    out->text = take_text(&q, a);
    out->contact = take_text(&q, a);
    return true;
}

/* What is written down of a reading. Two for the same purpose are two: the count tells them
 * apart, and so does their time. */
static bool note(struct conn *c, struct arena *a, const struct stamp *stamp,
                 const struct voice_ref *ref, const char *kind, struct err *e)
{
    const str entity = entity_of_voice(a, ref->fiscal_year, ref->number, kind);
    const struct entity_ref at = { ref->organisation, entity, 0 };
    struct said what = { ref->organisation, str_from(kind), entity, NULL };
    struct value *v = value_map(a), *before;
    struct record last;
    bool is_same;
    int64_t count = 0;

    if (!record_find(c, a, &at, &last, e))
        return false;
    if (last.seq) {
        if (!body_tree(a, last.body, &before, e))
            return false;
        count = value_int(before, "count");
    }
    value_put_int(a, v, "count", count + 1);
    value_put_text(a, v, "purpose", stamp->reason);
    what.tree = v;
    return record_say(c, stamp, &what, &is_same, e);
}

/* Written down, and on disk. */
static bool note_alone(struct conn *c, struct arena *a, const struct stamp *stamp,
                       const struct voice_ref *ref, const char *kind, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    const bool whole = str_eq(str_from(kind), STR("disclosure"));
    struct stamp as = *stamp;
    struct actor who;
    struct record r;
    struct voice v;
    const struct voice_about about = { ref->organisation, &v, 0 };

    if (!transaction_begin(c, &t, e) || !voice_load(c, a, ref, &v, &r, e)
        || !listener_only(c, stamp, &about, whole, &who, e))
        return false;
    as.who = &who;
    return note(c, a, &as, ref, kind, e) && transaction_commit(&t, e);
}

bool store_voice_look(struct conn *c, struct arena *a, const struct stamp *stamp,
                      const struct voice_ref *ref, struct voice_text out[VOICE_TURNS],
                      struct err *e)
{
    if (!need_purpose(stamp, "読む目的", e) || !note_alone(c, a, stamp, ref, "look", e))
        return false;
    for (int i = 0; i < VOICE_TURNS; i++)
        if (!text_of(c, a, ref, i, &out[i], e))
            return false;
    return true;
}

/* ---- erasing ---- */

/* Erases one turn; *erased says whether there was something to erase. */
static bool erase_turn(struct conn *c, const struct voice_ref *ref, int turn, bool *erased,
                       struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_TEXT_ERASE);
    struct voice_text now;

    if (!text_of(c, &mem, ref, turn, &now, e))
        return false;
    *erased = now.received_ms && !now.is_erased;
    if (!*erased)
        return true;
    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    put_int(&q, turn);
    return query_run(&q, e);
}

static void turn_put(struct arena *a, struct value *list, int turn, str why)
{
    struct value *v = value_add_map(a, list);

    value_put_int(a, v, "turn", turn);
    value_put_text(a, v, "why", why);
}

/* The tombstone: all turns that are erased now, with those that were before. */
static bool tombstone(struct conn *c, struct arena *a, const struct stamp *stamp,
                      const struct voice_erasing *what, const bool now[VOICE_TURNS],
                      struct err *e)
{
    const struct voice_ref *ref = &what->ref;
    const str entity = entity_of_voice(a, ref->fiscal_year, ref->number, "erasure");
    const struct entity_ref at = { ref->organisation, entity, 0 };
    struct value *v = value_map(a), *list = value_put_list(a, v, "turns"), *before = NULL;
    const struct said said = { ref->organisation, STR("erasure"), entity, v };
    const struct value *old = NULL;
    struct record last;
    bool is_same;

    if (!record_find(c, a, &at, &last, e) || (last.seq && !body_tree(a, last.body, &before, e)))
        return false;
    old = value_get(before, STR("turns"));
    for (const struct value *x = old ? old->first : NULL; x; x = x->next)
        turn_put(a, list, (int)value_int(x, "turn"), value_text(x, "why"));
    for (int i = 0; i < VOICE_TURNS; i++)
        if (now[i])
            turn_put(a, list, i, what->why);
    return record_say(c, stamp, &said, &is_same, e);
}

/* Within a transaction. */
static bool erase(struct conn *c, struct arena *a, const struct stamp *stamp,
                  const struct voice_erasing *what, uint32_t *turns, struct err *e)
{
    bool now[VOICE_TURNS] = { false };
    struct stamp as = *stamp;
    struct actor who;
    struct record r;
    struct voice v;
    const struct voice_about about = { what->ref.organisation, &v, 0 };

    *turns = 0;
    if (!voice_load(c, a, &what->ref, &v, &r, e)
        || !listener_only(c, stamp, &about, true, &who, e))
        return false;
    as.who = &who;
    for (int i = 0; i < VOICE_TURNS; i++) {
        if (!erase_turn(c, &what->ref, i, &now[i], e))
            return false;
        *turns += now[i];
    }
    return !*turns
           || (voice_mark_forget(c, &what->ref, e) && tombstone(c, a, &as, what, now, e));
}

/* busy, pages in the log, pages moved: an empty log has none of them. */
bool store_voice_sweep(struct conn *c, bool *is_swept, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_SWEEP);
    int64_t busy;

    if (!query_number(&q, &busy, e))
        return false;
    *is_swept = busy == 0;
    return true;
}

bool store_voice_erase(struct conn *c, const struct stamp *stamp,
                       const struct voice_erasing *what, struct voice_erased *out,
                       struct err *e)
{
    *out = (struct voice_erased){ 0 };
    if (!str_eq(what->why, STR("request")) && !str_eq(what->why, STR("retention")))
        return err_set(e, ERR_INPUT, "消すわけは request か retention です。");
    if (!need_purpose(stamp, "消す理由", e))
        return false;
    {
        AUTO(arena_done) struct arena mem = { 0 };
        AUTO(transaction_end) struct transaction t = { 0 };

        if (!transaction_begin(c, &t, e) || !erase(c, &mem, stamp, what, &out->turns, e)
            || !transaction_commit(&t, e))
            return false;
    }
    return store_voice_sweep(c, &out->is_swept, e);
}

/* ---- retention ---- */

struct over {
    int fiscal_year, number;
};

static str cutoff(struct arena *a, int64_t now_ms, int days)
{
    return voice_day(a, date_of_instant(now_ms - (int64_t)days * MS_PER_DAY));
}

static bool over_load(struct conn *c, str organisation, str day, struct over *rows,
                      uint32_t *count, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_OVER);
    bool is_row = true;

    *count = 0;
    put_text(&q, organisation);
    put_text(&q, day);
    put_int(&q, RETENTION_BATCH);
    while (*count < RETENTION_BATCH && query_step(&q, &is_row, e) && is_row) {
        rows[*count].fiscal_year = (int)take_int(&q);
        rows[(*count)++].number = (int)take_int(&q);
    }
    return !is_row || *count == RETENTION_BATCH;
}

static bool over_count(struct conn *c, str organisation, str day, uint32_t *count,
                       struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_OVER_COUNT);
    int64_t n;

    put_text(&q, organisation);
    put_text(&q, day);
    if (!query_number(&q, &n, e))
        return false;
    *count = (uint32_t)n;
    return true;
}

/* Some of those whose time is over, in one transaction; *count 0 when there are no more. */
static bool erase_some(struct conn *c, const struct stamp *stamp, str organisation, str day,
                       uint32_t *count, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct over rows[RETENTION_BATCH];
    uint32_t turns;

    if (!transaction_begin(c, &t, e) || !over_load(c, organisation, day, rows, count, e))
        return false;
    for (uint32_t i = 0; i < *count; i++) {
        const struct voice_erasing one = {
            { organisation, rows[i].fiscal_year, rows[i].number, 0 }, STR("retention")
        };

        if (!erase(c, &mem, stamp, &one, &turns, e))
            return false;
    }
    return transaction_commit(&t, e);
}

bool store_voice_retention(struct conn *c, const struct stamp *stamp,
                           const struct voice_retention *what, uint32_t *voices, bool *is_swept,
                           struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct stamp reasoned = *stamp;
    struct hearing_stored h;
    struct organisation o;
    uint32_t some = 0;
    str day;

    *voices = 0;
    *is_swept = true;
    if (!store_organisation(c, &mem, what->organisation, &o, e)
        || !store_hearing(c, &mem, what->organisation, &h, e))
        return false;
    if (!h.hearing.retention_days)
        return true;
    day = cutoff(&mem, stamp->now_ms, h.hearing.retention_days);
    if (!what->apply)
        return over_count(c, what->organisation, day, voices, e);
    if (!reasoned.reason.n)
        reasoned.reason = str_fmt(&mem, "完了から%d日を過ぎたため", h.hearing.retention_days);
    do {
        if (!erase_some(c, &reasoned, what->organisation, day, &some, e))
            return false;
        *voices += some;
    } while (some);
    return !*voices || store_voice_sweep(c, is_swept, e);
}

/* ---- disclosure ---- */

static void texts_put(struct arena *a, struct value *list, const struct voice_text *t)
{
    struct value *v;
    struct buf at;

    if (!t->received_ms)
        return;
    v = value_add_map(a, list);
    buf_init(&at, a, 32, 32);
    instant_put(&at, t->received_ms);
    value_put_text(a, v, "received", buf_str(&at));
    value_put_bool(a, v, "erased", t->is_erased);
    value_put_text(a, v, "text", t->text);
    value_put_text(a, v, "contact", t->contact);
}

/* All versions of an entity, the oldest first. */
static bool versions_put(struct conn *c, struct arena *a, struct value *list,
                         const struct voice_ref *ref, str entity, struct err *e)
{
    const struct versions_asked asked = { ref->organisation, entity, ref->when, 1000 };
    struct record_rows rows;

    if (!store_versions(c, a, &asked, &rows, e))
        return false;
    for (uint32_t i = rows.count; i-- > 0;) {
        struct value *v = value_add_map(a, list), *tree;
        struct record r;
        struct buf at;

        if (!store_record(c, a, rows.rows[i].hash, &r, e) || !body_tree(a, r.body, &tree, e))
            return false;
        buf_init(&at, a, 32, 32);
        instant_put(&at, r.at_ms);
        value_put_text(a, v, "at", buf_str(&at));
        value_put_text(a, v, "role", r.role);
        value_put_text(a, v, "reason", r.reason);
        tree->key = STR("body");
        value_append(v, tree);
    }
    return true;
}

bool store_voice_disclose(struct conn *c, struct arena *a, const struct stamp *stamp,
                          const struct voice_ref *ref, struct value **out, struct err *e)
{
    const int year = ref->fiscal_year, number = ref->number;
    struct value *v = value_map(a), *texts;

    if (!need_purpose(stamp, "開示請求の番号など", e)
        || !note_alone(c, a, stamp, ref, "disclosure", e))
        return false;
    value_put_text(a, v, "organisation", ref->organisation);
    value_put_text(a, v, "voice", str_fmt(a, "%d-%06d", year, number));
    texts = value_put_list(a, v, "texts");
    for (int i = 0; i < VOICE_TURNS; i++) {
        struct voice_text t;

        if (!text_of(c, a, ref, i, &t, e))
            return false;
        texts_put(a, texts, &t);
    }
    *out = v;
    return versions_put(c, a, value_put_list(a, v, "steps"), ref, entity_voice(a, year, number),
                        e)
           && versions_put(c, a, value_put_list(a, v, "public"), ref,
                           entity_opinion(a, year, number), e)
           && versions_put(c, a, value_put_list(a, v, "looks"), ref,
                           entity_of_voice(a, year, number, "look"), e)
           && versions_put(c, a, value_put_list(a, v, "erasures"), ref,
                           entity_of_voice(a, year, number, "erasure"), e)
           && versions_put(c, a, value_put_list(a, v, "disclosures"), ref,
                           entity_of_voice(a, year, number, "disclosure"), e);
}
