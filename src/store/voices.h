/* Voices in the store. Part of store.h; include that.
 *
 *   voice/<year>/<n>             kind "voice": as staff see it; every step replaces it
 *   voice/<year>/<n>/look        kind "look": somebody read the received text, and why
 *   voice/<year>/<n>/erasure     kind "erasure": which turns were erased, why
 *   voice/<year>/<n>/disclosure  kind "disclosure": exported for a disclosure request
 *   opinion/<year>/<n>           kind "opinion": the public copy, the only one that the public
 *                                pages read
 *   hearing                      kind "hearing": the settings
 *
 * <year> is the fiscal year of receipt, <n> counts within organisation and year.
 *
 * Apart from the records stand, in tables of their own that no rebuild makes and no log holds:
 * the received text and contact with their salt (voice_text), and what a receipt is known by
 * (voice_receipt: hashes only). store_verify compares them with the records: a row must have
 * the hash that the record names, an erased row must have its erasure. Erasing overwrites the
 * bytes in the data file and empties the write-ahead log. */
#ifndef MEGURI_STORE_VOICES_H
#define MEGURI_STORE_VOICES_H

#include "model/voice_act.h"

struct conn;
struct stamp;
struct record;
typedef int64_t as_of; /* store.h */

/* ---- settings ---- */

struct hearing_stored {
    struct hearing hearing;
    struct hash record; /* zero = the preset holds */
    int64_t at_ms;
};
MUST bool store_hearing(struct conn *c, struct arena *a, str organisation,
                        struct hearing_stored *out, struct err *e);
/* listener or planning of the whole organisation. ERR_CONFLICT when `seen` is not what stands;
 * ERR_INPUT when a code that a voice uses is gone (it must be retired). What is equal makes no
 * record (is_same). */
struct hearing_save {
    str organisation;
    struct hash seen;
    const struct hearing *hearing;
};
MUST bool store_hearing_save(struct conn *c, const struct stamp *stamp,
                             const struct hearing_save *save, bool *is_same, struct err *e);

/* ---- receiving ---- */

struct voice_submission {
    str organisation;
    const struct stamp *stamp; /* ACTOR_RESIDENT for the public form */
    enum voice_door door;
    str way;                  /* code; "" = "web" */
    str category, place;      /* codes; "" = none */
    enum voice_moment moment; /* council: */
    int meeting_year, meeting_number;
    str member;           /* seat, never a name */
    str text, contact;    /* as typed; a text of blanks alone is refused */
    date received;        /* year 0: the day of stamp->now_ms in Japan; not after it */
    str summary, section; /* by staff who enter it; "" from the public */
    /* The form's random key (voice_nonce), or what names a row of an import. The same key with
     * the same text is the same voice: a double click, a reload or a lost answer gives the
     * first receipt again. "" = always a new voice. */
    str nonce;
};
/* "resident", role "resident": may send voices and reopen their own by the receipt. */
extern const struct actor ACTOR_RESIDENT;

enum { VOICE_SECRET_CHARS = 26 };
struct voice_receipt {
    int fiscal_year, number;
    date due;
    char secret[VOICE_SECRET_CHARS + 1]; /* base32, terminated, without groups; told only now
                                          */
    bool is_same;                        /* it was there already */
};
struct voice_taken {
    bool ok;
    struct err why; /* where not ok */
    struct voice_receipt receipt;
};
/* Takes many in one transaction, of any organisations: all that are ok are on disk when it
 * returns true, or (false) none of them. One that cannot be taken (ERR_INPUT: no text, too
 * long, an unknown code, a door that is closed, a day to come; ERR_DENIED; ERR_NOT_FOUND: no
 * such organisation) does not keep the others out. */
MUST bool store_voice_receive_many(struct conn *c, const struct voice_submission *const *all,
                                   uint32_t count, struct voice_taken *out, struct err *e);
/* One. */
MUST bool store_voice_receive(struct conn *c, const struct voice_submission *one,
                              struct voice_receipt *out, struct err *e);
/* A fresh random key for a form, 32 hexadecimal digits; needs no data. */
str voice_nonce(struct arena *a);
/* "ABCDEF-GHIJKL-…": the secret as it is shown; typed blanks, hyphens and the case of letters
 * do not count. */
str voice_secret_put(struct arena *a, const char *secret);

/* ---- following by receipt ---- */

struct voice_ref {
    str organisation;
    int fiscal_year, number;
    as_of when; /* 0 = now */
};
/* What whoever holds the receipt may see: steps with their days, and the answers to them. */
struct voice_followed {
    struct voice voice; /* parts hold only category, section, state, answers, status, fate and
                           links: no working text */
    date received, due;
    bool may_reopen; /* answered, not reopened yet, the text not erased */
    bool is_erased;
};
/* ERR_NOT_FOUND with one sentence for a wrong number and a wrong secret alike, after the same
 * work. (Throttling is the caller's.) */
MUST bool store_voice_follow(struct conn *c, struct arena *a, const struct voice_ref *ref,
                             str secret, struct voice_followed *out, struct err *e);
/* "This did not answer me", once. ERR_CONFLICT when it was said before or is not answered. */
struct voice_reopening {
    struct voice_ref ref;
    str secret; /* of the receipt; "" when staff does it (listener) */
    str text;   /* what was not answered; as typed */
};
MUST bool store_voice_reopen(struct conn *c, const struct stamp *stamp,
                             const struct voice_reopening *what, struct err *e);

/* ---- working ---- */

struct voice_stored {
    struct voice voice;
    bool is_erased[VOICE_TURNS];
    struct hash record; /* the version that it shows; `seen` of the next step */
    int64_t at_ms;
    str author, role, reason;
    bool has_receipt;
    uint32_t looks; /* how often the received text was read */
};
/* ERR_NOT_FOUND. */
MUST bool store_voice(struct conn *c, struct arena *a, const struct voice_ref *ref,
                      struct voice_stored *out, struct err *e);
/* The section of a part ("" = none yet), for the question who may; the whole voice (part 0):
 * the section that all parts share, "" where they differ. */
MUST bool store_voice_section(struct conn *c, struct arena *a, const struct voice_ref *ref,
                              uint32_t part, str *section, struct err *e);
/* What is asked about: one part of a voice, or (part 0) all of it. */
struct voice_about {
    str organisation;
    const struct voice *voice;
    uint32_t part;
};
/* What the account may do here, as voice_may and voice_apply ask. `section` is filled for the
 * part, of all of it with what is held for each. */
struct voice_asked {
    struct voice_asker asker;
    unsigned any_section; /* duties held for any of its sections: voice_may_look */
};
MUST bool store_voice_asker(struct conn *c, const struct stamp *stamp,
                            const struct voice_about *about, struct voice_asked *out,
                            struct err *e);

/* One step (model/voice.h says what each reads). stamp->who->role is set by the store to the
 * duty that may; stamp->reason is the reason. `seen` is the record its author saw (zero: the
 * machine does not look). The same step asked twice is one record (is_same). A section must be
 * one of the organisation's; a link must name what is in the official plan or in the working
 * copies of its year (its text is filled in where it is ""). */
struct voice_move {
    struct voice_ref ref;
    struct hash seen;
    const struct voice_act *act;
};
struct voice_moved {
    struct hash record;
    bool is_same;
    bool became_public;    /* the public copy was written or changed */
    uint32_t same_answers; /* of APPROVE: other voices of the year with the same text */
};
MUST bool store_voice_move(struct conn *c, struct arena *a, const struct stamp *stamp,
                           const struct voice_move *move, struct voice_moved *out,
                           struct err *e);
/* How many other voices of the year were answered with that very text (after folding). */
MUST bool store_voice_same_answers(struct conn *c, const struct voice_ref *ref, str text,
                                   uint32_t *count, struct err *e);

/* ---- the received text ---- */

struct voice_text {
    str text, contact; /* as typed; "" when erased */
    int64_t received_ms;
    bool is_erased;
};
/* Reads it, having written down who did and why: the record is on disk before the text is
 * given. listener only (voice_may_look); ERR_INPUT without a purpose (stamp->reason). */
MUST bool store_voice_look(struct conn *c, struct arena *a, const struct stamp *stamp,
                           const struct voice_ref *ref, struct voice_text out[VOICE_TURNS],
                           struct err *e);
/* Erases the received texts for good, and leaves a tombstone. listener of the whole
 * organisation; stamp->reason is mandatory. `why`: "request" or "retention". What is erased
 * already is left (is_same). is_swept: the write-ahead log is empty, so that no copy is left in
 * the data's files; false: a reader held it, the next store_voice_sweep does it. */
struct voice_erasing {
    struct voice_ref ref;
    str why;
};
struct voice_erased {
    uint32_t turns; /* erased now */
    bool is_swept;
};
MUST bool store_voice_erase(struct conn *c, const struct stamp *stamp,
                            const struct voice_erasing *what, struct voice_erased *out,
                            struct err *e);
MUST bool store_voice_sweep(struct conn *c, bool *is_swept, struct err *e);
/* Those whose time is over: closed `retention_days` or longer before now. apply false only
 * counts. In batches, each a transaction. */
struct voice_retention {
    str organisation;
    bool apply;
};
MUST bool store_voice_retention(struct conn *c, const struct stamp *stamp,
                                const struct voice_retention *what, uint32_t *voices,
                                bool *is_swept, struct err *e);
/* Everything that is held of one voice, for a disclosure request: received texts, contact, all
 * versions, looks. Written down first, as a look is. A tree for JSON. */
MUST bool store_voice_disclose(struct conn *c, struct arena *a, const struct stamp *stamp,
                               const struct voice_ref *ref, struct value **out, struct err *e);

#include "store/voices_read.h"

#endif
