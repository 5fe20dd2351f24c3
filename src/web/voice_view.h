/* One voice as staff see it: loaded with who may do what, its forms, its line of steps. Shared
 * by the pages under /w/:org/voices/:year/:voice. */
#ifndef MEGURI_WEB_VOICE_VIEW_H
#define MEGURI_WEB_VOICE_VIEW_H

#include "web/voice_part.h"

/* What a part can be linked to: a line of a plan that is worked on, or the budget of its year.
 */
struct link_target {
    str value, label; /* in the form; for people */
    str group;        /* its year and initiative, for people */
    struct voice_link link;
};
struct link_targets {
    struct link_target *rows;
    uint32_t count, room;
};

struct voice_view {
    struct hearing_view h;
    struct voice_ref ref;
    struct voice_stored stored;
    struct voice_asked whole;                 /* who asks, of the voice as a whole ... */
    struct voice_asked part[VOICE_PARTS_MAX]; /* ... and of each part */
    enum voice_step back; /* a form that was refused and is shown again; VOICE_STEP_COUNT =
                             none */
    uint32_t back_part;
    const char *back_text;         /* one of page_voice_text.c that was refused; NULL = none */
    const struct voice_text *raw;  /* the received text, on the one page that ever shows it */
    const struct value *disclosed; /* all that is held of it; NULL = not asked */
    struct link_targets targets;
    bool has_targets; /* they were loaded */
};

/* The voice that the address names, with the settings and the way to it. ERR_NOT_FOUND;
 * ERR_DENIED for who holds no duty of any of its sections. */
MUST bool voice_view_load(struct req *r, struct value *page, struct voice_view *v,
                          struct err *e);
/* May the reader do that now? */
bool voice_view_may(const struct voice_view *v, enum voice_step step, uint32_t part);
/* The whole page. `done`: the word of the step that was just made, "" = none. */
MUST bool voice_view_put(struct voice_view *v, str done, struct err *e);

/* Puts "disclosed": all that is held of the voice (store_voice_disclose) as a document, and
 * word for word as "json"; null for NULL. */
void voice_put_disclosed(const struct voice_view *v, const struct value *all);

/* Puts a list "forms" into `map`: what the reader may do with a part (from 1), with the whole
 * voice (0). */
MUST bool voice_put_forms(struct voice_view *v, struct value *map, uint32_t part,
                          struct err *e);
/* The field that a refusal of the step is told beside. */
const char *voice_fault_field(const struct voice_view *v, enum voice_step step);
/* One form of the page's own: its map in `list`, with what is hidden in it. */
struct form_part voice_form_begin(const struct req *r, struct value *list, str id, bool is_back,
                                  const struct field *table);
/* Shown unfolded, also when it was not sent. */
void voice_form_open(struct form_part *f);
void voice_form_hide(struct form_part *f, const char *name, str value);
void voice_form_title(struct form_part *f, str url, str title, str button);

/* Loads them once: initiatives, activities, indicators and commitments of the two newest years
 * that are worked on. */
MUST bool voice_targets(struct voice_view *v, struct err *e);
/* Offers them by year and initiative: those that hold every word of ?lines=, and `chosen`. */
void voice_offer_targets(const struct voice_view *v, struct form_part *f, struct value *choice,
                         str chosen);
/* Puts "lines": {part, query, url, says}, to look for a line; null for who may link nothing. */
void voice_put_lines(struct voice_view *v, struct value *map, uint32_t part);
/* By its value in the form; NULL = there is none. */
const struct link_target *voice_target(const struct voice_view *v, str value);
/* "links" of a part and "has_links". */
void voice_put_links(const struct voice_view *v, struct value *map, const struct voice_part *p);

/* "way": the line of steps with their dates; "history"; "looks". */
MUST bool voice_put_way(struct voice_view *v, struct err *e);

/* What helps to answer a part: earlier answers ("models"), and text found for masking. */
MUST bool voice_put_models(struct voice_view *v, struct value *map, uint32_t part,
                           struct err *e);
/* The text of an answer that was chosen as a model for this part (?use=), "" for none. */
str voice_model_text(struct voice_view *v, uint32_t part);
void voice_put_masks(const struct voice_view *v);
/* What is certain to be personal put out of a summary. */
str voice_masked(const struct voice_view *v, str text);
/* The voices it is listed with, and one that it is compared with (?beside=): "group". */
MUST bool voice_put_group(struct voice_view *v, struct err *e);

/* "personal": looks at the received text and what may be done about it. page_voice_text.c */
MUST bool voice_put_personal(struct voice_view *v, struct err *e);

extern const struct field VOICE_STEP_FIELDS[], VOICE_LOOK_FIELDS[];

#endif
