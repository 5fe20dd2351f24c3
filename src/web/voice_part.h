/* What the staff's pages of voices have in common: whose they are, what codes are called, who
 * may see which of them. */
#ifndef MEGURI_WEB_VOICE_PART_H
#define MEGURI_WEB_VOICE_PART_H

#include "web/form_part.h"

/* Who reads what staff write about voices; none of it holds what was received. */
enum {
    VOICE_READERS = DUTY_BIT(DUTY_LISTENER) | DUTY_BIT(DUTY_EDITOR) | DUTY_BIT(DUTY_HEAD)
                    | DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_AUDITOR),
};

/* An organisation's hearing, as the reader sees it. */
struct hearing_view {
    struct req *r;
    struct value *page;
    struct organisation ward;
    struct hearing_stored stored;
    struct organisation_list sections;
    bool *is_own;   /* of each section: the reader holds one of VOICE_READERS for it */
    unsigned whole; /* duties for the whole organisation */
    date today;
};
/* Loads them, puts the organisation and the way from the top. */
MUST bool hearing_open(struct req *r, struct value *page, struct hearing_view *out,
                       struct err *e);
/* Puts the list of voices on the way, for pages below it. */
void hearing_crumb(const struct hearing_view *v);
/* /w/minamo/voices and below: "", "/new" */
str hearing_url(const struct hearing_view *v, const char *below);
str voice_url(const struct hearing_view *v, int fiscal_year, int number, const char *below);
/* "2025-000123" */
str voice_label(const struct req *r, int fiscal_year, int number);

/* What a code is called in the reader's language; the code itself when the settings no longer
 * know it, "" for "". */
str hearing_label(const struct req *r, const struct hearing_list *list, str code);
/* The name of a section by its key; the key when it is gone. */
str hearing_section(const struct hearing_view *v, str key);
/* Puts `key` and `key`_lang: a text that may be Japanese on an English page; null for "". */
void hearing_put_label(const struct req *r, struct value *map, const char *key,
                       const char *key_lang, str label);
str hearing_iso(const struct req *r, date d); /* "2025-06-17", "" for none */
/* "あと3日", "2日過ぎています", "きょうまで" */
str hearing_left(const struct req *r, date due);

/* Options of a choice: what is offered (not retired), and what stands in it already. */
void hearing_options(const struct hearing_view *v, struct form_part *f, struct value *choice,
                     const struct hearing_list *list);
void hearing_sections(const struct hearing_view *v, struct form_part *f, struct value *choice);

/* Many that came at once, from a table or a survey, in several transactions. Each names its row
 * in its nonce, so that what was taken before is not taken again. */
struct voices_taken {
    uint32_t new_ones, same_ones;
    str why; /* of the first that was refused, "" = none */
    uint32_t refused;
};
MUST bool hearing_take(struct req *r, const struct voice_submission *all, uint32_t count,
                       struct voices_taken *out, struct err *e);
/* Puts "taken": {says, refused} or null. */
void hearing_put_taken(const struct hearing_view *v, const struct voices_taken *taken);

/* A date as a form gives it; year 0 for "" and what is none. */
date hearing_day(str iso);

#endif
