/* The ward council (区政会議): who sits on it and until when, its meetings, what was on the
 * table, who came, what came of it. A member is a seat: the kind of seat (drawn from
 * applicants, proposed by an association, of learning, …) and its term say what a reader wants
 * to know; a name may stand beside it where the city publishes names, and need not. What
 * members said are voices (model/voice.h) that name a meeting and a seat. */
#ifndef MEGURI_COUNCIL_H
#define MEGURI_COUNCIL_H

#include "base/base.h"

enum {
    COUNCIL_SEATS_MAX = 500,
    MEETING_AGENDA_MAX = 60,
    MEETING_DOCUMENTS_MAX = 100,
};

struct council_seat {
    str key;       /* [a-z][a-z0-9-]{0,39}, within the council */
    str kind;      /* in their words: 公募委員, 団体推薦, 学識 */
    str body;      /* who proposed it: 港町地域活動協議会; "" = nobody */
    str name;      /* "" = not published */
    date from, to; /* the term, both days in it; `to` 0 = open */
};
struct council_survey {
    int fiscal_year;
    str key; /* of the yearly survey among the members */
};
struct council {
    str title; /* 区政会議 */
    str basis; /* by what it exists: the name of an ordinance; "" = not said */
    struct council_seat *seats;
    uint32_t seat_count;
    struct council_survey *surveys;
    uint32_t survey_count;
};

enum meeting_state { MEETING_PLANNED, MEETING_HELD, MEETING_CANCELLED, MEETING_STATE_COUNT };
str meeting_state_word(enum meeting_state s); /* planned held cancelled */
bool meeting_state_parse(str word, enum meeting_state *out);

struct meeting_document {
    str title;
    str name;         /* the file's */
    struct hash hash; /* of its bytes, a public document of the organisation */
};
struct meeting {
    int fiscal_year, number; /* of the record; not in its body */
    str title;               /* 第1回 全体会 */
    str group;               /* 部会; "" = the whole council */
    enum meeting_state state;
    date day;
    str from, to; /* "19:00"; "" = not said */
    str place;
    str reason; /* why it was cancelled */
    str *agenda;
    uint32_t agenda_count;
    str *present; /* keys of seats */
    uint32_t present_count;
    uint32_t watching; /* people who listened */
    struct meeting_document *documents;
    uint32_t document_count;
    str minutes;    /* text: the summary of what was said */
    date published; /* of the minutes; 0 = not yet */
};

/* Read bodies of records (and files of `meguri council import`). Strict: ERR_INPUT with the
 * name of what is wrong: an unknown key, a seat twice, a term that ends before it begins, a
 * meeting that was held without a day or in the future of nothing, a cancelled one without its
 * reason, somebody present at one that was not held. Texts are views into the tree. */
MUST bool council_read(struct arena *a, const struct value *v, struct council *out,
                       struct err *e);
MUST bool meeting_read(struct arena *a, const struct value *v, struct meeting *out,
                       struct err *e);
/* The trees that they read. */
struct value *council_value(struct arena *a, const struct council *c);
struct value *meeting_value(struct arena *a, const struct meeting *m);

/* NULL when there is none by that key. */
const struct council_seat *council_seat(const struct council *c, str key);
/* Does the seat's term hold that day? */
bool council_sits(const struct council_seat *seat, date day);
/* How many seats' terms hold that day. */
uint32_t council_sitting(const struct council *c, date day);

/* Against the council: ERR_INPUT naming a seat that does not exist, or whose term does not hold
 * on the day of the meeting. */
MUST bool meeting_check(const struct meeting *m, const struct council *c, struct err *e);

#endif
