/* Receipts. The secret is made from the form's random key and what was typed, by a key of these
 * data; neither is kept, so the file tells nobody a secret. The same form sent again gives the
 * same secret, and what it is known by finds the voice that is there. */
#include "store/voice_inner.h"

#include <sodium.h>
#include <string.h>

#include "base/otp.h"

#include "base/banned.h"

enum { KEY_BYTES = crypto_auth_hmacsha256_KEYBYTES, NONCE_BYTES = 16, GROUP = 5 };

str voice_nonce(struct arena *a)
{
    uint8_t random[NONCE_BYTES];
    struct buf b;

    randombytes_buf(random, sizeof random);
    buf_init(&b, a, 2 * sizeof random, 2 * sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        buf_fmt(&b, "%02x", random[i]);
    return buf_str(&b);
}

str voice_secret_put(struct arena *a, const char *secret)
{
    struct buf b;

    buf_init(&b, a, 40, 80);
    for (size_t i = 0; secret[i]; i++) {
        if (i && i % GROUP == 0)
            buf_put_char(&b, '-');
        buf_put_char(&b, secret[i]);
    }
    return buf_str(&b);
}

/* ---- the key of these data ---- */

static bool key_get(struct conn *c, struct arena *a, str *key, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_KEY_GET);
    bool found;

    *key = (str){ 0 };
    if (!query_step(&q, &found, e))
        return false;
    if (found)
        *key = take_text(&q, a);
    return true;
}

bool voice_key_need(struct conn *c, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_KEY_ADD);
    uint8_t fresh[KEY_BYTES];
    str key;

    if (!key_get(c, &mem, &key, e))
        return false;
    if (key.n)
        return true;
    randombytes_buf(fresh, sizeof fresh);
    put_bytes(&q, (str){ (const char *)fresh, sizeof fresh });
    return query_run(&q, e);
}

/* ---- marks ---- */

/* What was sent, in a form in which no two can be taken for each other. */
static str sent(struct arena *a, const char *purpose, const struct voice_sending *s)
{
    struct buf b;

    buf_init(&b, a, s->text.n + s->contact.n + 256, SIZE_MAX);
    buf_fmt(&b, "%s/%zu/%zu/%zu/", purpose, s->nonce.n, s->text.n, s->contact.n);
    buf_put(&b, s->organisation);
    buf_put_char(&b, '/');
    buf_put(&b, s->nonce);
    buf_put(&b, s->text);
    buf_put(&b, s->contact);
    return buf_str(&b);
}

/* 26 of the letters that nobody takes for another: 130 bits. */
static void secret_of(const uint8_t *mac, char out[VOICE_SECRET_CHARS + 1])
{
    for (size_t i = 0; i < VOICE_SECRET_CHARS; i++) {
        const size_t bit = i * 5;
        const unsigned two = (unsigned)mac[bit / 8] << 8 | mac[bit / 8 + 1];

        out[i] = READABLE[two >> (11 - bit % 8) & 31];
    }
    out[VOICE_SECRET_CHARS] = '\0';
}

static struct hash secret_hash(struct arena *a, const struct voice_ref *at, str secret)
{
    return hash_bytes(
        str_fmt(a, "receipt/%.*s/%.*s", STR_ARG(at->organisation), STR_ARG(secret)));
}

/* HMAC-SHA-256 of a message with the key of these data. */
static struct hash keyed(str key, str message)
{
    struct hash mac;

    crypto_auth_hmacsha256(mac.b, (const uint8_t *)message.p, message.n,
                           (const uint8_t *)key.p);
    return mac;
}

bool voice_mark_make(struct conn *c, const struct voice_sending *s, struct voice_mark *out,
                     struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct voice_ref at = { s->organisation, 0, 0, 0 };
    struct hash mac;
    str key;

    if (!key_get(c, &mem, &key, e))
        return false;
    if (key.n != KEY_BYTES)
        return err_set(e, ERR_IO, "受付票の鍵がありません。控えから戻してください。");
    mac = keyed(key, sent(&mem, "secret", s));
    secret_of(mac.b, out->secret);
    out->nonce = keyed(key, sent(&mem, "again", s));
    out->secret_hash = secret_hash(&mem, &at, str_from(out->secret));
    return true;
}

bool voice_mark_find(struct conn *c, str organisation, const struct voice_mark *m,
                     int *fiscal_year, int *number, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_RECEIPT_GET);
    bool found;

    *fiscal_year = *number = 0;
    put_text(&q, organisation);
    put_hash(&q, &m->nonce);
    if (!query_step(&q, &found, e))
        return false;
    if (found) {
        *fiscal_year = (int)take_int(&q);
        *number = (int)take_int(&q);
    }
    return true;
}

bool voice_mark_keep(struct conn *c, str organisation, const struct voice_mark *m,
                     int fiscal_year, int number, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_RECEIPT_ADD);

    put_text(&q, organisation);
    put_hash(&q, &m->nonce);
    put_hash(&q, &m->secret_hash);
    put_int(&q, fiscal_year);
    put_int(&q, number);
    return query_run(&q, e);
}

bool voice_mark_forget(struct conn *c, const struct voice_ref *ref, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_RECEIPT_FORGET);
    struct hash random;

    randombytes_buf(random.b, sizeof random.b);
    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    put_hash(&q, &random);
    return query_run(&q, e);
}

/* ---- following ---- */

/* One sentence and the same work for a number that is none and a secret that is wrong: a voice
 * that is not there is compared with a hash that nothing has. */
static bool check_secret(struct conn *c, struct arena *a, const struct voice_ref *ref,
                         str secret, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_RECEIPT_SECRET);
    const struct hash given = secret_hash(a, ref, readable_fold(a, secret));
    struct hash kept = { { 0 } };
    bool found, same;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    if (!query_step(&q, &found, e))
        return false;
    if (found)
        kept = take_hash(&q);
    same = sodium_memcmp(given.b, kept.b, sizeof kept.b) == 0;
    return (found && same)
           || err_set(e, ERR_NOT_FOUND,
                      "受付番号か確認の文字が違います。受付票をもう一度確かめてください。");
}

/* Nothing that is still being written goes out. */
static void hide_work(struct voice *v)
{
    for (uint32_t i = 0; i < v->part_count; i++) {
        struct voice_part *p = &v->parts[i];

        p->kind = p->text = p->writer = p->comment = p->summary = (str){ 0 };
        p->public_summary = (str){ 0 };
        for (uint32_t k = 0; k < p->answer_count; k++)
            p->answers[k].author = p->answers[k].approver = (str){ 0 };
        if (p->state == PART_DRAFTED || p->state == PART_SUBMITTED || p->state == PART_RETURNED)
            p->state = PART_ASSIGNED;
    }
    v->group_year = v->group_number = 0;
    v->member = (str){ 0 };
}

bool store_voice_follow(struct conn *c, struct arena *a, const struct voice_ref *ref,
                        str secret, struct voice_followed *out, struct err *e)
{
    struct voice_stored stored;

    *out = (struct voice_followed){ 0 };
    if (!check_secret(c, a, ref, secret, e) || !store_voice(c, a, ref, &stored, e))
        return false;
    out->voice = stored.voice;
    out->received = stored.voice.turns[0].received;
    out->due = voice_due(&stored.voice);
    out->is_erased = stored.is_erased[0];
    out->may_reopen = stored.voice.turn_count == 1
                      && voice_state_of(&stored.voice) != VOICE_OPEN && !out->is_erased;
    hide_work(&out->voice);
    return true;
}

/* ---- "this did not answer me" ---- */

static bool reopen(struct conn *c, struct arena *a, const struct stamp *stamp,
                   const struct voice_reopening *what, struct err *e)
{
    const struct voice_ref *ref = &what->ref;
    struct voice_keeping k = {
        ref->organisation, ref->fiscal_year, ref->number, 1, what->text, { 0 }, stamp->now_ms
    };
    struct voice_act act = { .step = VOICE_REOPEN };
    const date today = date_of_instant(stamp->now_ms);
    const struct voice_stamp by = { stamp->who->id, today, stamp->reason };
    struct hearing_stored h;
    struct voice_asked who;
    struct voice_stored now;
    struct actor actor = *stamp->who;
    struct stamp as = *stamp;
    bool became_public;

    if (!store_hearing(c, a, ref->organisation, &h, e) || !store_voice(c, a, ref, &now, e)
        || !store_voice_asker(c, stamp,
                              &(struct voice_about){ ref->organisation, &now.voice, 0 }, &who,
                              e)
        || !voice_may(&now.voice, &h.hearing, &who.asker, VOICE_REOPEN, 0, e)
        || !voice_text_fits(&h.hearing, what->text, STR(""), e))
        return false;
    if (now.is_erased[0])
        return err_set(e, ERR_CONFLICT,
                       "受け付けた文章はもう消されています。新しい声として"
                       "お寄せください。");
    act.turn = (struct voice_turn){ .at_ms = stamp->now_ms, .received = today };
    if (voice_role(&who.asker, VOICE_REOPEN) != DUTY_COUNT && !actor_is_machine(stamp->who)
        && !what->secret.n)
        actor.role = duty_word(voice_role(&who.asker, VOICE_REOPEN));
    as.who = &actor;
    return voice_text_keep(c, &k, &act.turn.text, e)
           && voice_apply(a, &now.voice, &h.hearing, &act, &by, e)
           && voice_say(c, &as, ref->organisation, &now.voice, &became_public, e);
}

/* The page was loaded again: the very text stands there already. */
static bool is_said(struct conn *c, struct arena *a, const struct voice_reopening *what,
                    bool *is_same, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_TEXT_GET);
    bool found;

    put_text(&q, what->ref.organisation);
    put_int(&q, what->ref.fiscal_year);
    put_int(&q, what->ref.number);
    put_int(&q, 1);
    if (!query_step(&q, &found, e))
        return false;
    *is_same = false;
    if (found) {
        for (int i = 0; i < 3; i++) /* received_ms, is_erased, salt */
            take_skip(&q);
        *is_same = str_eq(take_text(&q, a), what->text);
    }
    return true;
}

bool store_voice_reopen(struct conn *c, const struct stamp *stamp,
                        const struct voice_reopening *what, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct stamp resident = { &ACTOR_RESIDENT, stamp->now_ms, stamp->reason };
    bool is_same;

    if (!transaction_begin(c, &t, e)
        || (what->secret.n && !check_secret(c, &mem, &what->ref, what->secret, e))
        || !is_said(c, &mem, what, &is_same, e))
        return false;
    return is_same
           || (reopen(c, &mem, what->secret.n ? &resident : stamp, what, e)
               && transaction_commit(&t, e));
}
