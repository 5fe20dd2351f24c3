/* Inside the room: what the files of voices share. */
#ifndef MEGURI_STORE_VOICE_INNER_H
#define MEGURI_STORE_VOICE_INNER_H

#include "store/inner.h"

/* ---- names ---- */

str entity_voice(struct arena *a, int fiscal_year, int number);
str entity_opinion(struct arena *a, int fiscal_year, int number);
/* "/look", "/erasure", "/disclosure" of it. */
str entity_of_voice(struct arena *a, int fiscal_year, int number, const char *what);
/* "voice/2025/12", "opinion/2025/12", "voice/2025/12/erasure"; false for another name. */
bool voice_entity_parts(str entity, int *fiscal_year, int *number);

str voice_day(struct arena *a, date d); /* "2025-06-01"; "" for no day */

/* ---- voice.c ---- */

/* The voice as its record holds it; ERR_NOT_FOUND. */
MUST bool voice_load(struct conn *c, struct arena *a, const struct voice_ref *ref,
                     struct voice *out, struct record *r, struct err *e);
MUST bool voice_from_body(struct arena *a, const struct record *r, struct voice *out,
                          struct err *e);
/* Writes a version, and its public copy where that says something else. Within a transaction.
 */
MUST bool voice_say(struct conn *c, const struct stamp *stamp, str organisation,
                    const struct voice *v, bool *became_public, struct err *e);

/* ---- voice_receive.c ---- */

/* SHA-256 of salt, text, a zero byte, contact. */
enum { VOICE_SALT_BYTES = 16 };
struct hash voice_text_hash(str salt, str text, str contact);
/* Keeps a received text with fresh salt; its hash for the record. */
struct voice_keeping {
    str organisation;
    int fiscal_year, number, turn;
    str text, contact;
    int64_t at_ms;
};
MUST bool voice_text_keep(struct conn *c, const struct voice_keeping *k, struct hash *hash,
                          struct err *e);
/* ERR_INPUT: no text, too long. */
MUST bool voice_text_fits(const struct hearing *h, str text, str contact, struct err *e);

/* ---- voice_receipt.c ---- */

/* The receipt of a form: found again, or new. */
struct voice_sending {
    str organisation, nonce, text, contact;
};
struct voice_mark {
    struct hash nonce, secret_hash;
    char secret[VOICE_SECRET_CHARS + 1];
};
MUST bool voice_mark_make(struct conn *c, const struct voice_sending *s, struct voice_mark *out,
                          struct err *e);
/* *number 0: there is none yet. */
MUST bool voice_mark_find(struct conn *c, str organisation, const struct voice_mark *m,
                          int *fiscal_year, int *number, struct err *e);
MUST bool voice_mark_keep(struct conn *c, str organisation, const struct voice_mark *m,
                          int fiscal_year, int number, struct err *e);
/* What the text was known by becomes random: nothing is left that guesses could be tried on.
 * The receipt stays good. */
MUST bool voice_mark_forget(struct conn *c, const struct voice_ref *ref, struct err *e);
/* Makes the key of these data where there is none; within a transaction. */
MUST bool voice_key_need(struct conn *c, struct err *e);

/* ---- voice_words.c ---- */

/* The texts of record `seq` ("" has none), to be narrowed down by the facets. */
struct voice_worded {
    int64_t seq;
    bool is_public;
    str text;
    const struct facet_value *facets;
    uint32_t facet_count;
};
MUST bool voice_words_put(const struct spot *s, const struct voice_worded *w, struct err *e);
/* A facet as one text, with a mark before and behind it. */
str voice_tag(struct arena *a, const struct facet_value *v);
str voice_year_tag(struct arena *a, int fiscal_year);
/* A tag as a word of the index: whose, for whom, what. */
str voice_scope(struct arena *a, str organisation, bool is_public, str tag);
MUST bool voice_words_forget(const struct spot *s, int64_t seq, struct err *e);

/* ---- voice_project.c ---- */

bool project_voice(const struct spot *s, const struct record *r, const struct value *tree,
                   struct err *e);
bool project_opinion(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e);
bool project_erasure(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e);
/* Kinds that have no tables: look, disclosure, hearing. */
bool project_bare(const struct spot *s, const struct record *r, const struct value *tree,
                  struct err *e);

#endif
