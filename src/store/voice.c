/* Voices: their names, one as it stands, what every version goes through. */
#include "store/voice_inner.h"

#include "base/banned.h"

const struct actor ACTOR_RESIDENT = { STR_INIT("resident"), STR_INIT("resident") };

/* ---- names ---- */

str entity_voice(struct arena *a, int fiscal_year, int number)
{
    return str_fmt(a, "voice/%d/%d", fiscal_year, number);
}

str entity_opinion(struct arena *a, int fiscal_year, int number)
{
    return str_fmt(a, "opinion/%d/%d", fiscal_year, number);
}

str entity_of_voice(struct arena *a, int fiscal_year, int number, const char *what)
{
    return str_fmt(a, "voice/%d/%d/%s", fiscal_year, number, what);
}

static int number_of(str part)
{
    int n = 0;

    for (size_t i = 0; i < part.n; i++) {
        if (part.p[i] < '0' || part.p[i] > '9' || n > 99999999)
            return 0;
        n = n * 10 + (part.p[i] - '0');
    }
    return n;
}

bool voice_entity_parts(str entity, int *fiscal_year, int *number)
{
    str part;

    entity = str_cut(entity, '/', &part);
    entity = str_cut(entity, '/', &part);
    *fiscal_year = number_of(part);
    (void)str_cut(entity, '/', &part);
    *number = number_of(part);
    return *fiscal_year && *number;
}

str voice_day(struct arena *a, date d)
{
    return d.year ? str_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day) : (str){ 0 };
}

/* ---- settings ---- */

bool store_hearing(struct conn *c, struct arena *a, str organisation,
                   struct hearing_stored *out, struct err *e)
{
    const struct entity_ref ref = { organisation, STR("hearing"), 0 };
    struct value *tree;
    struct record r;

    *out = (struct hearing_stored){ 0 };
    if (!record_find(c, a, &ref, &r, e))
        return false;
    if (!r.seq)
        return hearing_parse(a, hearing_preset(), &out->hearing, e);
    out->record = r.hash;
    out->at_ms = r.at_ms;
    return body_tree(a, r.body, &tree, e) && hearing_read(a, tree, &out->hearing, e);
}

/* Codes that are gone from a list and that a voice still uses. */
static bool codes_stay(struct conn *c, str organisation, const struct hearing_list *old,
                       const struct hearing_list *new, enum voice_facet facet, struct err *e)
{
    for (uint32_t i = 0; i < old->count; i++) {
        AUTO(query_end) struct query q = query_on(c, Q_VOICE_CODE_USED);
        const str code = old->rows[i].code;
        int64_t used;

        if (hearing_find(new, code))
            continue;
        put_text(&q, organisation);
        put_text(&q, facet_word(facet));
        put_text(&q, code);
        if (!query_number(&q, &used, e))
            return false;
        if (used)
            return err_set(e, ERR_INPUT,
                           "「%.*s」は、もう使われています。消さずに、使わない印(retired)を"
                           "付けてください。",
                           STR_ARG(code));
    }
    return true;
}

static bool all_codes_stay(struct conn *c, str organisation, const struct hearing *old,
                           const struct hearing *new, struct err *e)
{
    return codes_stay(c, organisation, &old->categories, &new->categories, FACET_CATEGORY, e)
           && codes_stay(c, organisation, &old->ways, &new->ways, FACET_WAY, e)
           && codes_stay(c, organisation, &old->boxes, &new->boxes, FACET_PLACE, e)
           && codes_stay(c, organisation, &old->kinds, &new->kinds, FACET_KIND, e)
           && codes_stay(c, organisation, &old->statuses, &new->statuses, FACET_STATUS, e)
           && codes_stay(c, organisation, &old->reasons, &new->reasons, FACET_REASON, e);
}

bool store_hearing_save(struct conn *c, const struct stamp *stamp,
                        const struct hearing_save *save, bool *is_same, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct said what = { save->organisation, STR("hearing"), STR("hearing"),
                               hearing_value(&mem, save->hearing) };
    struct hearing_stored before;
    struct organisation o;

    if (!transaction_begin(c, &t, e) || !store_organisation(c, &mem, save->organisation, &o, e)
        || !store_hearing(c, &mem, save->organisation, &before, e))
        return false;
    if (!hash_eq(before.record, save->seen))
        return err_set(e, ERR_CONFLICT,
                       "ほかの人が先に設定を書き換えました。新しい内容を見てからやり直して"
                       "ください。");
    return all_codes_stay(c, save->organisation, &before.hearing, save->hearing, e)
           && record_say(c, stamp, &what, is_same, e) && transaction_commit(&t, e);
}

/* ---- one voice ---- */

bool voice_from_body(struct arena *a, const struct record *r, struct voice *out, struct err *e)
{
    struct value *tree;

    if (!body_tree(a, r->body, &tree, e) || !voice_read(a, tree, out, e))
        return false;
    return voice_entity_parts(r->entity, &out->fiscal_year, &out->number)
           || err_set(e, ERR_IO, "声の記録の名前が違います: %.*s", STR_ARG(r->entity));
}

bool voice_load(struct conn *c, struct arena *a, const struct voice_ref *ref, struct voice *out,
                struct record *r, struct err *e)
{
    const struct entity_ref at = { ref->organisation,
                                   entity_voice(a, ref->fiscal_year, ref->number), ref->when };

    if (!record_find(c, a, &at, r, e))
        return false;
    if (!r->seq)
        return err_set(e, ERR_NOT_FOUND, "声 %d-%06d はありません。", ref->fiscal_year,
                       ref->number);
    return voice_from_body(a, r, out, e);
}

static bool erased_of(struct conn *c, const struct voice_ref *ref, bool out[VOICE_TURNS],
                      struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_TEXT_ERASED);
    bool is_row = true;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    while (query_step(&q, &is_row, e) && is_row) {
        const int64_t turn = take_int(&q), erased = take_int(&q);

        if (turn >= 0 && turn < VOICE_TURNS)
            out[turn] = erased != 0;
    }
    return !is_row;
}

static bool receipt_of(struct conn *c, const struct voice_ref *ref, bool *found, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_RECEIPT_SECRET);

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    return query_step(&q, found, e);
}

static bool looks_of(struct conn *c, struct arena *a, const struct voice_ref *ref,
                     uint32_t *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_LOOKS);
    int64_t n;

    put_text(&q, ref->organisation);
    put_text(&q, entity_of_voice(a, ref->fiscal_year, ref->number, "look"));
    if (!query_number(&q, &n, e))
        return false;
    *out = (uint32_t)n;
    return true;
}

bool store_voice(struct conn *c, struct arena *a, const struct voice_ref *ref,
                 struct voice_stored *out, struct err *e)
{
    struct record r;

    *out = (struct voice_stored){ 0 };
    if (!voice_load(c, a, ref, &out->voice, &r, e) || !erased_of(c, ref, out->is_erased, e)
        || !receipt_of(c, ref, &out->has_receipt, e) || !looks_of(c, a, ref, &out->looks, e))
        return false;
    out->record = r.hash;
    out->at_ms = r.at_ms;
    out->author = r.author;
    out->role = r.role;
    out->reason = r.reason;
    return true;
}

bool store_voice_section(struct conn *c, struct arena *a, const struct voice_ref *ref,
                         uint32_t part, str *section, struct err *e)
{
    struct record r;
    struct voice v;

    *section = (str){ 0 };
    if (!voice_load(c, a, ref, &v, &r, e))
        return false;
    if (part > v.part_count)
        return err_set(e, ERR_NOT_FOUND, "この声に%u番目の問いはありません。", part);
    *section = v.parts[part ? part - 1 : 0].section;
    for (uint32_t i = 0; !part && i < v.part_count; i++)
        if (!str_eq(v.parts[i].section, *section))
            *section = (str){ 0 };
    return true;
}

/* ---- who asks ---- */

bool store_voice_asker(struct conn *c, const struct stamp *stamp,
                       const struct voice_about *about, struct voice_asked *out, struct err *e)
{
    const struct voice *v = about->voice;
    unsigned all = DUTIES_ALL, held;

    *out = (struct voice_asked){ .asker = { .account = stamp->who->id } };
    if (!access_duties(c, stamp, about->organisation, STR(""), &out->asker.whole, e))
        return false;
    for (uint32_t i = 0; i < v->part_count; i++) {
        if (!access_duties(c, stamp, about->organisation, v->parts[i].section, &held, e))
            return false;
        out->any_section |= held;
        all &= held;
        if (i + 1 == about->part)
            out->asker.section = held;
    }
    if (!about->part)
        out->asker.section = all;
    return true;
}

/* ---- writing ---- */

/* The public copy, where it says something else than the one that stands. A copy that is taken
 * back leaves a record that says nothing. */
static bool opinion_say(struct conn *c, const struct stamp *stamp, str organisation,
                        const struct voice *v, bool *changed, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct said what = { organisation, STR("opinion"),
                         entity_opinion(&mem, v->fiscal_year, v->number),
                         voice_opinion(&mem, v) };
    const struct entity_ref ref = { organisation, what.entity, 0 };
    struct record before;
    struct value *none;
    bool is_same;

    *changed = false;
    if (!what.tree) {
        if (!record_find(c, &mem, &ref, &before, e) || !before.seq)
            return !before.seq;
        none = value_map(&mem);
        value_put_text(&mem, none, "door", door_word(v->door));
        value_put_text(&mem, none, "publication", STR("none"));
        what.tree = none;
    }
    if (!record_say(c, stamp, &what, &is_same, e))
        return false;
    *changed = !is_same;
    return true;
}

bool voice_say(struct conn *c, const struct stamp *stamp, str organisation,
               const struct voice *v, bool *became_public, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct said what = { organisation, STR("voice"),
                               entity_voice(&mem, v->fiscal_year, v->number),
                               voice_value(&mem, v) };
    bool is_same;

    return record_say(c, stamp, &what, &is_same, e)
           && opinion_say(c, stamp, organisation, v, became_public, e);
}
