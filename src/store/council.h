/* The ward council in the store: who sits on it, its meetings. Part of store.h; include that.
 *
 *   council              kind "council": the seats and their terms
 *   meeting/<year>/<n>   kind "meeting": one meeting, planned, held or cancelled
 *
 * Both are public from the first word: a council is convened in public. Papers are public
 * documents (records source/<hash>). What members said are voices. */
#ifndef MEGURI_STORE_COUNCIL_H
#define MEGURI_STORE_COUNCIL_H

#include "model/council.h"
#include "model/model.h"

struct conn;
struct stamp;
typedef int64_t as_of; /* store.h */

/* Sets the seats (planning). A seat that a meeting names must stay: ERR_INPUT names the
 * meeting. `seen` is the record that its author changed, zero = the first. */
struct council_save {
    str organisation;
    const struct council *council;
    struct hash seen;
};
MUST bool store_council_save(struct conn *c, const struct stamp *stamp,
                             const struct council_save *save, bool *is_same, struct err *e);
/* ERR_NOT_FOUND when the organisation has none. */
struct council_stored {
    struct council council;
    struct hash record;
    int64_t at_ms;
};
MUST bool store_council(struct conn *c, struct arena *a, str organisation, as_of when,
                        struct council_stored *out, struct err *e);

/* A paper that comes with a meeting: its bytes are kept and named by their hash. */
struct meeting_file {
    str title, name, bytes;
};
struct meeting_save {
    str organisation;
    const struct meeting *meeting;    /* number 0 = the next of its fiscal year */
    struct hash seen;                 /* the record that its author changed, zero = a new one */
    const struct meeting_file *files; /* put behind the documents it names already */
    uint32_t file_count;
};
struct meeting_saved {
    int number;
    bool is_same;
};
/* ERR_CONFLICT when somebody saved in between, ERR_INPUT when it does not fit the council
 * (meeting_check) or holds too many papers. A new meeting that says what another of the same
 * year and day says is that one (*is_same): a double click makes one. */
MUST bool store_meeting_save(struct conn *c, struct arena *a, const struct stamp *stamp,
                             const struct meeting_save *save, struct meeting_saved *out,
                             struct err *e);

struct meeting_ref {
    str organisation;
    int fiscal_year, number;
    as_of when;
};
struct meeting_stored {
    struct meeting meeting;
    struct hash record;
    int64_t at_ms;
};
MUST bool store_meeting(struct conn *c, struct arena *a, const struct meeting_ref *ref,
                        struct meeting_stored *out, struct err *e);
struct meeting_rows {
    struct meeting_stored *rows; /* the newest year first, in it by day, then number */
    uint32_t count;
};
/* Of one fiscal year, 0 = of all (the newest LIMIT_MEETINGS). */
MUST bool store_meetings(struct conn *c, struct arena *a, const struct meeting_ref *which,
                         struct meeting_rows *out, struct err *e);
enum { LIMIT_MEETINGS = 1000 };

#endif
