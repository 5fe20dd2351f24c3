/* What the public and the staff's pages of the ward council have in common. */
#ifndef MEGURI_WEB_COUNCIL_PART_H
#define MEGURI_WEB_COUNCIL_PART_H

#include "web/parts.h"

struct council_view {
    struct req *r;
    struct value *page;
    struct organisation ward;
    bool has_council;
    struct council_stored stored;
    date today;
};
/* The organisation and its council as of the day asked for; has_council false when it has
 * none. Puts organisation and title "title_key" ({{name}}, {{council}}). */
MUST bool council_open(struct req *r, struct value *page, const char *title_key,
                       struct council_view *out, struct err *e);

/* /o/minamo/council and below */
str council_url(const struct council_view *v, const char *below);
str meeting_url(const struct council_view *v, const struct meeting *m);

/* A seat: key, kind, body, name, from_label, to_label, is_sitting. */
void council_put_seat(const struct council_view *v, struct value *map,
                      const struct council_seat *seat);
/* A meeting: title, group, state, day, day_label, time, place, reason, present, watching, url.
 */
void council_put_meeting(const struct council_view *v, struct value *map,
                         const struct meeting *m);
/* A day as people read it, null for none. */
void council_put_day(const struct req *r, struct value *map, const char *key, date d);
str council_iso(const struct req *r, date d); /* "2025-06-20", "" for none */

#endif
