/* How far a voice has come, and how it got there: the line of steps with their dates first, the
 * history of every step at the end. */
#include "web/voice_view.h"

#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

enum { VERSIONS_SHOWN = 100 };

/* One version of the voice, and who made it. */
struct version {
    struct voice voice;
    const struct record *record;
};

struct versions {
    struct version *rows; /* newest first */
    uint32_t count;
};

static bool versions_load(struct voice_view *v, struct versions *out, struct err *e)
{
    struct req *r = v->h.r;
    const struct versions_asked asked = {
        v->ref.organisation,
        str_fmt(r->mem, "voice/%d/%d", v->ref.fiscal_year, v->ref.number),
        0,
        VERSIONS_SHOWN,
    };
    struct record_rows found;

    if (!store_versions(r->db, r->mem, &asked, &found, e))
        return false;
    out->rows = NEW(r->mem, struct version, found.count);
    for (uint32_t i = 0; i < found.count; i++) {
        struct record *record = NEW(r->mem, struct record, 1);
        struct value *tree;

        if (!store_record(r->db, r->mem, found.rows[i].hash, record, e)
            || !json_read_canonical(r->mem, record->body, &tree, e)
            || !voice_read(r->mem, tree, &out->rows[i].voice, e))
            return false;
        out->rows[i].record = record;
        out->count = i + 1;
    }
    return true;
}

/* ---- the line ---- */

/* The day on which the voice first stood at the stage or beyond; year 0 = it never did. */
static date stage_date(const struct versions *all, enum voice_stage stage)
{
    for (uint32_t i = all->count; i-- > 0;)
        if (voice_stage_of(&all->rows[i].voice) == stage)
            return date_of_instant(all->rows[i].record->at_ms);
    return (date){ 0 };
}

static void put_stage(const struct voice_view *v, struct value *list, enum voice_stage stage,
                      date on, enum voice_stage now)
{
    struct req *r = v->h.r;
    struct value *m = value_add_map(r->mem, list);

    value_put_text(r->mem, m, "label", str_from(stage_label(stage, r->lang)));
    value_put_bool(r->mem, m, "is_done", stage <= now);
    value_put_bool(r->mem, m, "is_now", stage == now);
    staff_put_date(r, m, "date_label", on);
}

static void put_stages(const struct voice_view *v, const struct versions *all)
{
    static const enum voice_stage LINE[] = { STAGE_RECEIVED,   STAGE_ASSIGNED, STAGE_ANSWERED,
                                             STAGE_CONSIDERED, STAGE_ADOPTED,  STAGE_DONE };
    struct value *list = value_put_list(v->h.r->mem, v->h.page, "way");
    const enum voice_stage now = voice_stage_of(&v->stored.voice);
    const bool is_declined = now == STAGE_DECLINED;

    for (size_t i = 0; i < sizeof LINE / sizeof *LINE; i++) {
        date on = stage_date(all, LINE[i]);

        if (is_declined && LINE[i] >= STAGE_ADOPTED)
            break;
        if (LINE[i] == STAGE_RECEIVED)
            on = v->stored.voice.turns[0].received;
        put_stage(v, list, LINE[i], on, now);
    }
    if (is_declined)
        put_stage(v, list, STAGE_DECLINED, stage_date(all, STAGE_DECLINED), now);
}

/* ---- the history ---- */

/* Who writes without an account: whoever sent the voice. */
static str author_name(const struct req *r, str author)
{
    return str_eq(author, ACTOR_RESIDENT.id) ? req_message(r, "hearing.resident", NULL)
                                             : staff_name(r, author);
}

static void put_version(const struct voice_view *v, struct value *m, const struct version *x)
{
    struct req *r = v->h.r;
    const uint32_t part = x->voice.step_part;
    const bool is_handed = x->voice.step == VOICE_ASSIGN || x->voice.step == VOICE_TRIAGE;
    struct value *words = value_map(r->mem);

    part_put_time(r, m, x->record->at_ms);
    value_put_text(r->mem, m, "step", str_from(voice_step_label(x->voice.step, r->lang)));
    value_put_int(r->mem, words, "n", part);
    value_put_text_or_null(r->mem, m, "part",
                           part && x->voice.part_count > 1
                               ? req_message(r, "hearing.question", words)
                               : (str){ 0 });
    value_put_text_or_null(r->mem, m, "section",
                           is_handed && part && part <= x->voice.part_count
                               ? hearing_section(&v->h, x->voice.parts[part - 1].section)
                               : (str){ 0 });
    value_put_text(r->mem, m, "by", author_name(r, x->record->author));
    value_put_text_or_null(r->mem, m, "reason", x->record->reason);
}

bool voice_put_way(struct voice_view *v, struct err *e)
{
    struct value *list = value_put_list(v->h.r->mem, v->h.page, "history");
    struct versions all = { 0 };

    if (!versions_load(v, &all, e))
        return false;
    for (uint32_t i = 0; i < all.count; i++)
        put_version(v, value_add_map(v->h.r->mem, list), &all.rows[i]);
    put_stages(v, &all);
    return true;
}
