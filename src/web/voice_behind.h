/* "3 voices behind this": the voices that a line of a plan is linked to. Staff see all of them;
 * everybody sees those that are published, and how many there are in all. */
#ifndef MEGURI_WEB_VOICE_BEHIND_H
#define MEGURI_WEB_VOICE_BEHIND_H

#include "web/page.h"

/* Puts `key`: {says, voices: [{label, url, summary, status, status_lang, line}], others}, null
 * when there is none, or when the page shows a past day. asked->is_public: links and words are
 * those of the public pages. Shown by the template part "voices_behind". */
MUST bool voice_behind_put(struct req *r, struct value *map, const char *key,
                           const struct voice_behind_asked *asked, struct err *e);

#endif
