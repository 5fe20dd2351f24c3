/* Receiving: many voices in one transaction, so that the disk is waited for once. */
#include "store/voice_inner.h"

#include <sodium.h>

#include "base/banned.h"

/* ---- received texts ---- */

struct hash voice_text_hash(str salt, str text, str contact)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf b;

    buf_init(&b, &mem, salt.n + text.n + contact.n + 1, SIZE_MAX);
    buf_put(&b, salt);
    buf_put(&b, text);
    buf_put(&b, (str){ "", 1 });
    buf_put(&b, contact);
    return hash_bytes(buf_str(&b));
}

bool voice_text_keep(struct conn *c, const struct voice_keeping *k, struct hash *hash,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_TEXT_ADD);
    char random[VOICE_SALT_BYTES];
    const str salt = { random, sizeof random };

    randombytes_buf(random, sizeof random);
    *hash = voice_text_hash(salt, k->text, k->contact);
    put_text(&q, k->organisation);
    put_int(&q, k->fiscal_year);
    put_int(&q, k->number);
    put_int(&q, k->turn);
    put_int(&q, k->at_ms);
    put_bytes(&q, salt);
    put_bytes(&q, k->text);
    put_bytes(&q, k->contact);
    return query_run(&q, e);
}

bool voice_text_fits(const struct hearing *h, str text, str contact, struct err *e)
{
    if (!str_trim(text).n)
        return err_set(e, ERR_INPUT, "ご意見の文章を書いてください。");
    if (text.n > VOICE_TEXT_MAX || utf8_count(text) > (size_t)h->text_max)
        return err_set(e, ERR_INPUT, "文章が長すぎます(%d字まで、%dバイトまで)。", h->text_max,
                       (int)VOICE_TEXT_MAX);
    return utf8_count(contact) <= (size_t)h->contact_max
           || err_set(e, ERR_INPUT, "連絡先が長すぎます(%d字まで)。", h->contact_max);
}

/* ---- one submission ---- */

/* What a batch knows by now: mostly all of it is of one organisation. */
struct batch {
    struct conn *c;
    struct arena mem; /* of the settings */
    struct hearing_stored hearing;
    str organisation; /* whose settings they are; "" = none yet */
};

static void batch_done(struct batch *b)
{
    arena_done(&b->mem);
}

static bool settings(struct batch *b, str organisation, struct err *e)
{
    struct organisation o;

    if (b->organisation.n && str_eq(b->organisation, organisation))
        return true;
    b->organisation = (str){ 0 };
    arena_reset(&b->mem);
    if (!store_organisation(b->c, &b->mem, organisation, &o, e)
        || !store_hearing(b->c, &b->mem, organisation, &b->hearing, e))
        return false;
    b->organisation = o.key;
    return true;
}

static bool is_resident(const struct voice_submission *s)
{
    return str_eq(s->stamp->who->id, ACTOR_RESIDENT.id);
}

static bool code_fits(const struct hearing_list *list, str code, const char *what,
                      struct err *e)
{
    const struct hearing_item *one = hearing_find(list, code);

    return !code.n || (one && !one->is_retired)
           || err_set(e, ERR_INPUT, "%s「%.*s」はありません。", what,
                      STR_ARG(str_take(code, 80)));
}

static bool section_fits(struct batch *b, struct arena *a, const struct voice_submission *s,
                         struct err *e)
{
    struct organisation o;

    if (!s->section.n)
        return true;
    return (store_organisation(b->c, a, s->section, &o, e)
            && (str_eq(o.parent, s->organisation) || str_eq(o.key, s->organisation)))
           || err_set(e, ERR_INPUT, "担当課「%.*s」は、この団体にありません。",
                      STR_ARG(str_take(s->section, 80)));
}

static bool day_fits(const struct voice_submission *s, date today, struct err *e)
{
    return !s->received.year || date_number(s->received) <= date_number(today)
           || err_set(e, ERR_INPUT, "受け付けた日が、きょうより後です。");
}

static bool door_fits(const struct batch *b, const struct voice_submission *s, struct err *e)
{
    if (is_resident(s) && !b->hearing.hearing.shows_door[s->door])
        return err_set(e, ERR_DENIED, "%sは、いまここでは受け付けていません。",
                       door_label(s->door, 0));
    if (is_resident(s) && (s->summary.n || s->section.n || s->received.year || s->member.n))
        return err_set(e, ERR_INPUT, "入力欄にない項目が送られました。");
    return utf8_count(s->summary) <= 4000
           || err_set(e, ERR_INPUT, "要旨が長すぎます(4000字まで)。");
}

/* As whom they write; staff needs a duty anywhere in the organisation. */
static bool role_of(struct batch *b, const struct voice_submission *s, struct actor *out,
                    struct err *e)
{
    struct voice_asker who = { .account = s->stamp->who->id };
    enum duty duty;

    *out = *s->stamp->who;
    if (is_resident(s) || actor_is_machine(s->stamp->who))
        return true;
    if (!store_duties_within(b->c, who.account, s->organisation, s->stamp->now_ms, &who.section,
                             e))
        return false;
    duty = voice_role(&who, VOICE_RECEIVE);
    if (duty == DUTY_COUNT)
        return err_set(e, ERR_DENIED, "声を受け付けるには、この団体での役割が要ります。");
    out->role = duty_word(duty);
    return true;
}

static bool fits(struct batch *b, struct arena *a, const struct voice_submission *s,
                 struct actor *as, struct err *e)
{
    const struct hearing *h;

    if (!settings(b, s->organisation, e))
        return false;
    h = &b->hearing.hearing;
    return door_fits(b, s, e) && voice_text_fits(h, s->text, s->contact, e)
           && code_fits(&h->categories, s->category, "分野", e)
           && code_fits(&h->boxes, s->place, "改善箱", e)
           && code_fits(&h->ways, s->way, "受付方法", e) && section_fits(b, a, s, e)
           && day_fits(s, date_of_instant(s->stamp->now_ms), e) && role_of(b, s, as, e);
}

static bool last_number(struct conn *c, str organisation, int fiscal_year, int64_t *out,
                        struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_LAST_NUMBER);

    put_text(&q, organisation);
    put_int(&q, fiscal_year);
    return query_number(&q, out, e);
}

static void part_begin(const struct hearing *h, const struct voice_submission *s,
                       struct voice_part *p)
{
    const enum voice_stage stage = s->section.n ? STAGE_ASSIGNED : STAGE_RECEIVED;
    const struct hearing_item *status = hearing_status_of(h, stage);

    *p = (struct voice_part){ .summary = s->summary,
                              .category = s->category,
                              .section = s->section,
                              .state = s->section.n ? PART_ASSIGNED : PART_NEW,
                              .stage = stage,
                              .status = status ? status->code : (str){ 0 } };
}

/* One submission on its way in. */
struct incoming {
    struct batch *batch;
    const struct voice_submission *sent;
    struct actor as;
    struct voice_mark mark;
};

/* A new voice, with its text, its record and its receipt. */
static bool add(struct incoming *in, struct voice_receipt *out, struct err *e)
{
    const struct voice_submission *s = in->sent;
    const struct stamp stamp = { &in->as, s->stamp->now_ms, s->stamp->reason };
    const struct hearing *h = &in->batch->hearing.hearing;
    struct conn *c = in->batch->c;
    struct voice_part part;
    struct voice v = { .door = s->door,
                       .way = s->way.n ? s->way : STR("web"),
                       .place = s->place,
                       .meeting_year = s->meeting_year,
                       .meeting_number = s->meeting_number,
                       .member = s->member,
                       .moment = s->moment,
                       .has_contact = str_trim(s->contact).n > 0,
                       .turn_count = 1,
                       .parts = &part,
                       .part_count = 1 };
    struct voice_turn *turn = &v.turns[0];
    struct voice_keeping k = { s->organisation, 0, 0, 0, s->text, s->contact, stamp.now_ms };
    bool became_public;
    int64_t last;

    turn->received = s->received.year ? s->received : date_of_instant(stamp.now_ms);
    turn->at_ms = stamp.now_ms;
    turn->due = due_of(&h->due, turn->received);
    k.fiscal_year = v.fiscal_year = date_fiscal_year(turn->received);
    if (!last_number(c, s->organisation, v.fiscal_year, &last, e))
        return false;
    k.number = v.number = (int)last + 1;
    part_begin(h, s, &part);
    *out = (struct voice_receipt){ v.fiscal_year, v.number, turn->due, { 0 }, false };
    return voice_text_keep(c, &k, &turn->text, e)
           && voice_say(c, &stamp, s->organisation, &v, &became_public, e)
           && voice_mark_keep(c, s->organisation, &in->mark, v.fiscal_year, v.number, e);
}

/* The receipt that was given before. */
static bool again(struct conn *c, const struct voice_ref *ref, struct voice_receipt *out,
                  struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct record r;
    struct voice v;

    if (!voice_load(c, &mem, ref, &v, &r, e))
        return false;
    *out = (struct voice_receipt){ ref->fiscal_year, ref->number, v.turns[0].due, { 0 }, true };
    return true;
}

/* *why is set where it cannot be taken; false where nothing can be. */
static bool take(struct batch *b, const struct voice_submission *s, struct voice_taken *out,
                 struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct voice_sending sending = { s->organisation,
                                           s->nonce.n ? s->nonce : voice_nonce(&mem), s->text,
                                           s->contact };
    struct incoming in = { .batch = b, .sent = s };
    struct voice_ref known = { .organisation = s->organisation };

    *out = (struct voice_taken){ 0 };
    if (!fits(b, &mem, s, &in.as, &out->why)) {
        *e = out->why;
        return out->why.code != ERR_IO;
    }
    if (!voice_mark_make(b->c, &sending, &in.mark, e)
        || !voice_mark_find(b->c, s->organisation, &in.mark, &known.fiscal_year, &known.number,
                            e))
        return false;
    if (known.number ? !again(b->c, &known, &out->receipt, e) : !add(&in, &out->receipt, e))
        return false;
    for (size_t i = 0; i < sizeof in.mark.secret; i++)
        out->receipt.secret[i] = in.mark.secret[i];
    out->ok = true;
    return true;
}

bool store_voice_receive_many(struct conn *c, const struct voice_submission *const *all,
                              uint32_t count, struct voice_taken *out, struct err *e)
{
    AUTO(batch_done) struct batch b = { .c = c };
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!transaction_begin(c, &t, e) || !voice_key_need(c, e))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!take(&b, all[i], &out[i], e))
            return false;
    return transaction_commit(&t, e);
}

bool store_voice_receive(struct conn *c, const struct voice_submission *one,
                         struct voice_receipt *out, struct err *e)
{
    struct voice_taken taken;

    if (!store_voice_receive_many(c, &one, 1, &taken, e))
        return false;
    if (!taken.ok)
        return *e = taken.why, false;
    *out = taken.receipt;
    return true;
}
