/* Steps with a voice: who asks, on what they saw, what it becomes. */
#include "store/voice_inner.h"

#include "base/banned.h"

/* ---- what a step names must be there ---- */

static bool section_exists(struct conn *c, struct arena *a, str organisation, str section,
                           struct err *e)
{
    struct organisation o;

    if (!section.n || str_eq(section, organisation))
        return true;
    return (store_organisation(c, a, section, &o, e) && str_eq(o.parent, organisation))
           || err_set(e, ERR_INPUT, "担当課「%.*s」は、この団体にありません。",
                      STR_ARG(str_take(section, 80)));
}

static bool sections_exist(struct conn *c, struct arena *a, str organisation,
                           const struct voice_act *act, struct err *e)
{
    if (!section_exists(c, a, organisation, act->section, e))
        return false;
    for (uint32_t i = 0; act->step == VOICE_SPLIT && i < act->piece_count; i++)
        if (!section_exists(c, a, organisation, act->pieces[i].section, e))
            return false;
    return true;
}

/* The line of the official plan, or of the year as it is being written. */
static bool initiative_line(struct conn *c, struct arena *a, str organisation,
                            struct voice_link *l, struct err *e)
{
    const struct plan_ref plan = { organisation, l->fiscal_year, 0 };
    const struct work_ref work = { organisation, l->fiscal_year, l->number };
    struct sheet_copy *sheet = NEW(a, struct sheet_copy, 1);
    struct initiative_row *row = NEW(a, struct initiative_row, 1);
    str title;

    if (store_initiative(c, a, &plan, l->number, row, e))
        title = row->initiative.title.v;
    else if (e->code == ERR_NOT_FOUND && store_sheet(c, a, &work, sheet, e))
        title = sheet->initiative.title.v;
    else
        return e->code != ERR_NOT_FOUND
                   ? false
                   : err_set(e, ERR_INPUT, "%d年度の計画に、取組項目%dはありません。",
                             l->fiscal_year, l->number);
    if (!l->text.n)
        l->text = title;
    return true;
}

static bool commitment_line(struct conn *c, struct arena *a, str organisation,
                            struct voice_link *l, struct err *e)
{
    const struct work_ref work = { organisation, l->fiscal_year, 0 };

    for (int official = 0; official < 2; official++) {
        struct commitment_rows rows;

        if (!store_commitments(c, a, &work, official, &rows, e))
            return false;
        for (uint32_t i = 0; i < rows.count; i++)
            if (str_eq(rows.rows[i].id, l->key)) {
                if (!l->text.n)
                    l->text = rows.rows[i].text;
                return true;
            }
    }
    return err_set(e, ERR_INPUT, "%d年度に、その改善の約束はありません。", l->fiscal_year);
}

static bool indicator_line(struct conn *c, struct arena *a, str organisation,
                           struct voice_link *l, struct err *e)
{
    const struct indicator_ref ref = { organisation, l->key, 0 };
    struct catalogue_entry entry;
    struct series series;

    if (store_series(c, a, &ref, &series, e)) {
        if (!l->text.n)
            l->text = series.points[series.count - 1].indicator.name.v;
        return true;
    }
    if (e->code != ERR_NOT_FOUND)
        return false;
    if (store_catalogue_entry(c, a, organisation, l->key, &entry, e)) {
        if (!l->text.n)
            l->text = entry.name;
        return true;
    }
    return e->code != ERR_NOT_FOUND
               ? false
               : err_set(e, ERR_INPUT, "その指標は、この団体にありません。");
}

static bool link_exists(struct conn *c, struct arena *a, str organisation, struct voice_link *l,
                        struct err *e)
{
    switch (l->kind) {
    case LINK_INITIATIVE:
    case LINK_ACTIVITY:
        return initiative_line(c, a, organisation, l, e);
    case LINK_COMMITMENT:
        return commitment_line(c, a, organisation, l, e);
    case LINK_INDICATOR:
        return indicator_line(c, a, organisation, l, e);
    case LINK_BUDGET:
    case LINK_KIND_COUNT:
        break;
    }
    return true;
}

static bool group_exists(struct conn *c, struct arena *a, str organisation,
                         struct voice_act *act, struct err *e)
{
    const struct voice_ref ref = { organisation, act->group_year, act->group_number, 0 };
    struct voice other;
    struct record r;

    if (act->step != VOICE_GROUP || !act->group_number)
        return true;
    if (!voice_load(c, a, &ref, &other, &r, e))
        return false;
    if (other.group_number) { /* the group is called by its first voice */
        act->group_year = other.group_year;
        act->group_number = other.group_number;
    }
    return true;
}

static bool names_fit(struct conn *c, struct arena *a, str organisation, struct voice_act *act,
                      struct err *e)
{
    const bool links = act->step == VOICE_LINK || (act->step == VOICE_FATE && act->has_link);

    return sections_exist(c, a, organisation, act, e)
           && group_exists(c, a, organisation, act, e)
           && (!links || link_exists(c, a, organisation, &act->link, e));
}

/* ---- the same text for many ---- */

bool store_voice_same_answers(struct conn *c, const struct voice_ref *ref, str text,
                              uint32_t *count, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_ANSWER_SAME);
    const struct hash hash = voice_answer_key(&mem, text);
    int64_t n = 0;

    *count = 0;
    if (!str_trim(text).n)
        return true;
    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_hash(&q, &hash);
    put_int(&q, ref->number);
    if (!query_number(&q, &n, e))
        return false;
    *count = (uint32_t)n;
    return true;
}

/* ---- one step ---- */

struct moving {
    struct conn *c;
    struct arena *a;
    const struct stamp *stamp;
    const struct voice_move *move;
    struct voice_act act; /* with what the store fills in */
    struct hearing hearing;
    struct voice voice;
    struct record record; /* of the voice as it stands */
};

/* The step was taken a moment ago by the same account on the version that it saw now: it gives
 * the very body that stands. */
static bool is_taken(struct moving *m)
{
    const struct voice_stamp by = { m->stamp->who->id, date_of_instant(m->record.at_ms),
                                    m->record.reason };
    struct record before;
    struct voice v;
    struct err none;

    if (!hash_eq(m->record.replaces, m->move->seen) || hash_is_zero(m->move->seen)
        || !str_eq(m->record.author, m->stamp->who->id)
        || !store_record(m->c, m->a, m->record.replaces, &before, &none)
        || !voice_from_body(m->a, &before, &v, &none)
        || !voice_apply(m->a, &v, &m->hearing, &m->act, &by, &none))
        return false;
    return str_eq(body_put(m->a, voice_value(m->a, &v)), m->record.body);
}

static bool may(struct moving *m, struct actor *as, struct err *e)
{
    const struct voice_act *act = &m->act;
    const uint32_t part = voice_rule(act->step)->of_part ? act->part : 0;
    const struct voice_about about = { m->move->ref.organisation, &m->voice, part };
    struct voice_asked who;

    if (part > m->voice.part_count)
        return err_set(e, ERR_NOT_FOUND, "この声に%u番目の問いはありません。", part);
    if (!store_voice_asker(m->c, m->stamp, &about, &who, e)
        || !voice_may(&m->voice, &m->hearing, &who.asker, act->step, part, e))
        return false;
    *as = *m->stamp->who;
    if (!actor_is_machine(as))
        as->role = duty_word(voice_role(&who.asker, act->step));
    return true;
}

static bool count_same(struct moving *m, struct voice_moved *out, struct err *e)
{
    if (m->act.step != VOICE_APPROVE)
        return true;
    if (!store_voice_same_answers(m->c, &m->move->ref, m->voice.parts[m->act.part - 1].text,
                                  &out->same_answers, e))
        return false;
    m->act.same_answers = out->same_answers;
    return true;
}

static bool load(struct moving *m, struct err *e)
{
    struct hearing_stored h;

    if (!store_hearing(m->c, m->a, m->move->ref.organisation, &h, e)
        || !voice_load(m->c, m->a, &m->move->ref, &m->voice, &m->record, e))
        return false;
    m->hearing = h.hearing;
    return true;
}

static bool step_take(struct moving *m, struct voice_moved *out, struct err *e)
{
    const struct voice_stamp by = { m->stamp->who->id, date_of_instant(m->stamp->now_ms),
                                    m->stamp->reason };
    const struct voice_ref *ref = &m->move->ref;
    struct stamp stamp = *m->stamp;
    struct record after;
    struct actor as;

    if (!may(m, &as, e) || !names_fit(m->c, m->a, ref->organisation, &m->act, e)
        || !count_same(m, out, e)
        || !voice_apply(m->a, &m->voice, &m->hearing, &m->act, &by, e))
        return false;
    stamp.who = &as;
    if (!voice_say(m->c, &stamp, ref->organisation, &m->voice, &out->became_public, e))
        return false;
    const struct entity_ref at = { ref->organisation,
                                   entity_voice(m->a, ref->fiscal_year, ref->number), 0 };
    if (!record_find(m->c, m->a, &at, &after, e))
        return false;
    out->record = after.hash;
    return true;
}

bool store_voice_move(struct conn *c, struct arena *a, const struct stamp *stamp,
                      const struct voice_move *move, struct voice_moved *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct moving m = { .c = c, .a = a, .stamp = stamp, .move = move, .act = *move->act };

    *out = (struct voice_moved){ 0 };
    if (m.act.step == VOICE_RECEIVE || m.act.step == VOICE_REOPEN)
        return err_set(e, ERR_INPUT, "この操作は、ここではできません。");
    if (!transaction_begin(c, &t, e) || !load(&m, e))
        return false;
    if (!hash_is_zero(move->seen) && !hash_eq(move->seen, m.record.hash)) {
        if (!is_taken(&m))
            return err_set(
                e, ERR_CONFLICT,
                "ほかの人が先に進めました。いまの内容を見てからやり直してください。");
        out->record = m.record.hash;
        return out->is_same = true;
    }
    return step_take(&m, out, e) && transaction_commit(&t, e);
}
