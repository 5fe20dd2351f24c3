/* Voices (市民の声, 改善箱, 区政会議, アンケートの自由意見): what a record says of one, what
 * may be done to it by whom, and what becomes of it then. Pure: the store asks here before it
 * writes, pages ask here which buttons to show, so the two cannot differ.
 *
 * A record never holds the received text, the contact or the secret of the receipt: only their
 * salted hash. They stand in tables of their own and can be erased for good (store/voices.h).
 *
 *   part:  new ─assign─▶ assigned ─draft─▶ drafted ─submit─▶ submitted ─approve─▶ answered
 *                            ▲                 ▲                 │
 *                            └───── reopen     └──── returned ◀─return
 *   voice: open ─ every part answered ─▶ answered ─ every status final ─▶ closed */
#ifndef MEGURI_VOICE_H
#define MEGURI_VOICE_H

#include "model/hearing.h"

/* ---- words ---- */

enum voice_door {
    DOOR_VOICE,   /* 市民の声 */
    DOOR_BOX,     /* 改善箱 */
    DOOR_COUNCIL, /* 区政会議 */
    DOOR_SURVEY,  /* アンケートの自由意見 */
    DOOR_COUNT
};
enum voice_moment { /* of an opinion of the council */
                    MOMENT_NONE,
                    MOMENT_BEFORE,
                    MOMENT_AT,
                    MOMENT_AFTER,
                    MOMENT_COUNT
};
enum part_state {
    PART_NEW,       /* nobody is responsible yet */
    PART_ASSIGNED,  /* a section is */
    PART_DRAFTED,   /* an answer is being written */
    PART_SUBMITTED, /* waits for the head */
    PART_RETURNED,  /* came back with a comment */
    PART_ANSWERED,  /* approved: the office has answered */
    PART_STATE_COUNT
};
enum voice_state { VOICE_OPEN, VOICE_ANSWERED, VOICE_CLOSED, VOICE_STATE_COUNT };
enum publication {
    PUBLICATION_UNDECIDED,
    PUBLICATION_EMBARGO, /* reviewed; becomes public with the approval of the last answer */
    PUBLICATION_PUBLIC,
    PUBLICATION_WITHHELD, /* with a numbered reason */
    PUBLICATION_COUNT
};
enum link_kind {
    LINK_INITIATIVE, /* 取組項目: number */
    LINK_ACTIVITY,   /* 取組内容: number, text = the line */
    LINK_INDICATOR,  /* 指標: key (indicator_key_put), number = the initiative */
    LINK_COMMITMENT, /* 改善の約束: key = its id */
    LINK_BUDGET,     /* 予算: text = the line */
    LINK_KIND_COUNT
};
/* voice box council survey; "" before at after; new assigned drafted submitted returned
 * answered; open answered closed; undecided embargo public withheld; initiative activity
 * indicator commitment budget. A parse is false when there is no such word. */
str door_word(enum voice_door v);
bool door_parse(str word, enum voice_door *out);
str moment_word(enum voice_moment v);
bool moment_parse(str word, enum voice_moment *out);
str part_state_word(enum part_state v);
bool part_state_parse(str word, enum part_state *out);
str voice_state_word(enum voice_state v);
bool voice_state_parse(str word, enum voice_state *out);
str publication_word(enum publication v);
bool publication_parse(str word, enum publication *out);
str link_kind_word(enum link_kind v);
bool link_kind_parse(str word, enum link_kind *out);
/* For people: 市民の声; 受付; 未対応; 公開; … */
const char *door_label(enum voice_door v, unsigned lang);
const char *moment_label(enum voice_moment v, unsigned lang);
const char *part_state_label(enum part_state v, unsigned lang);
const char *voice_state_label(enum voice_state v, unsigned lang);
const char *publication_label(enum publication v, unsigned lang);
const char *link_kind_label(enum link_kind v, unsigned lang);
const char *stage_label(enum voice_stage s, unsigned lang);

/* ---- a voice as its record holds it ---- */

struct voice_link {
    enum link_kind kind;
    int fiscal_year;
    int number; /* of the initiative, 0 = none */
    str key;    /* of the indicator or commitment, "" = none */
    str text;   /* the line of the plan or budget as it stood when it was linked */
};

/* An answer that was approved. A reopened voice gets another one. */
struct voice_answer {
    uint32_t turn; /* what it answers: 0 = as received, 1 = "this did not answer me" */
    str kind;      /* code of hearing.kinds */
    str text;
    str author, approver; /* accounts */
    date on;
    str public_text; /* as reviewed for publication; "" = as approved */
};

enum { VOICE_PARTS_MAX = 20, VOICE_TURNS = 2, VOICE_LINKS_MAX = 20 };

/* One question of a voice; a voice with several is split, so that each is answered. */
struct voice_part {
    str summary;           /* in staff's words; holds no personal data */
    str category, section; /* code of hearing.categories; key of the section; "" = none yet */
    enum part_state state;
    str kind, text, writer; /* the answer as it is being written, and by whom */
    str comment;            /* of who returned it */
    struct voice_answer answers[VOICE_TURNS];
    uint32_t answer_count;
    str status; /* code of hearing.statuses, and as it was defined then: */
    enum voice_stage stage;
    bool is_final;
    str fate_reason; /* why it is declined */
    int fate_year;   /* fiscal year of the plan or budget that adopts it, 0 = none */
    struct voice_link *links;
    uint32_t link_count;
    str public_summary; /* as reviewed for publication */
};

/* What came in: the first time, and once more when the answer was none. */
struct voice_turn {
    struct hash text; /* SHA-256(salt, text, 0x00, contact) */
    int64_t at_ms;    /* when it was written down */
    date received, due;
    date answered; /* the day of the last part's answer; year 0 = not yet */
};

enum voice_step {
    VOICE_RECEIVE, /* made by store_voice_receive_many alone */
    VOICE_TRIAGE,  /* category, summary and, if given, section of a part */
    VOICE_ASSIGN,  /* a section for a part; from another section: a transfer, with its reason */
    VOICE_SPLIT,   /* into parts: the first takes the part's place, the others stand behind */
    VOICE_DRAFT,   /* kind and text of an answer */
    VOICE_SUBMIT,  /* to the head */
    VOICE_RETURN,  /* by the head; needs a reason */
    VOICE_APPROVE, /* by the head: the part is answered */
    VOICE_LINK,    /* one link more */
    VOICE_UNLINK,  /* the link of that index less; needs a reason */
    VOICE_FATE,    /* status; adopted: year and at least one link; declined: reason; done: was
                      adopted before */
    VOICE_GROUP,   /* stands beside another voice; group 0 leaves the group */
    VOICE_PUBLISH, /* public: reviewed summaries, every part answered */
    VOICE_EMBARGO, /* the same review; public when the last part is answered */
    VOICE_WITHHOLD, /* not public, with a numbered reason */
    VOICE_REOPEN,   /* "this did not answer me", once; by the receipt's holder or listener */
    VOICE_STEP_COUNT
};
str voice_step_word(enum voice_step s); /* receive triage assign split draft … */
bool voice_step_parse(str word, enum voice_step *out);
const char *voice_step_label(enum voice_step s, unsigned lang); /* 受付, 振り分け, … */

struct voice {
    int fiscal_year; /* of receipt; not in the body: the entity's name says both */
    int number;
    enum voice_door door;
    str way;                          /* code of hearing.ways */
    str place;                        /* code of hearing.boxes, "" = none */
    int meeting_year, meeting_number; /* of the council, 0 = none */
    str member;                       /* seat of the council, never a name */
    enum voice_moment moment;
    bool has_contact; /* somebody waits to be answered directly */
    struct voice_turn turns[VOICE_TURNS];
    uint32_t turn_count; /* 1 or 2 */
    struct voice_part *parts;
    uint32_t part_count;          /* at least 1 */
    int group_year, group_number; /* the voice it is listed with, 0 = none */
    enum publication publication;
    str publication_reason; /* code of hearing.reasons, of WITHHELD */
    date published;         /* the day it became public first; year 0 = never */
    date closed;            /* the day it was closed; year 0 = it is not */
    enum voice_step step;   /* that made this version */
    uint32_t step_part;     /* of which part, from 1; 0 = the whole voice */
};
/* The body of a record, both ways; a body that is none of ours: ERR_INPUT. */
MUST bool voice_read(struct arena *a, const struct value *tree, struct voice *out,
                     struct err *e);
struct value *voice_value(struct arena *a, const struct voice *v);

/* "2025-000123", and back. */
void voice_number_put(struct buf *b, int fiscal_year, int number);
MUST bool voice_number_parse(str s, int *fiscal_year, int *number);

/* ---- what follows from it ---- */

/* Open while a part is not answered; closed when every part's status is final. */
enum voice_state voice_state_of(const struct voice *v);
/* Where a part stands: before its answer its state says so, after it the stage of its status
 * (at least answered). The whole: the least advanced of its parts. */
enum voice_stage part_stage_of(const struct voice_part *p);
enum voice_stage voice_stage_of(const struct voice *v);
/* Days from the day of receipt to the first answer to all of it; -1 = not answered yet. */
int voice_days(const struct voice *v);
/* Was the first turn answered by its due day? Meaningful when voice_days is not -1. A reopened
 * voice keeps this fact. */
bool voice_in_time(const struct voice *v);
/* Voices that stand alike at the clock: what is counted of them, and nothing that anybody said.
 * Waiting, or answered late, is the same once the day is over. */
struct voice_term {
    str facets; /* the door; then, a line each, category, tab and section of its questions */
    str received, due; /* of the first turn: "2025-06-01" */
    bool in_time;      /* answered by then */
    uint32_t voices;
};
struct voice_terms {
    struct voice_term *rows; /* those of the same facets stand together */
    uint32_t count;
};
/* The term of one voice. */
struct voice_term voice_term_of(struct arena *a, const struct voice *v);

/* The due day that counts now: of the turn that waits; of the last one when none does. */
date voice_due(const struct voice *v);

/* What the public page may say: the public copy, kind "opinion". NULL when nothing may be said
 * yet (undecided, embargo). Withheld: door, month, category of each part and the number of the
 * reason only. */
struct value *voice_opinion(struct arena *a, const struct voice *v);

/* Facets: by what a voice is listed and counted. Values are codes. */
enum voice_facet {
    FACET_ALL,         /* "" : every voice */
    FACET_DOOR,        /* door_word */
    FACET_MONTH,       /* of receipt: "2025-06" */
    FACET_STATE,       /* voice_state_word */
    FACET_STAGE,       /* stage_word */
    FACET_CATEGORY,    /* each of its parts'; a voice counts once for each that it has */
    FACET_SECTION,     /* the same; "" = a part without a section */
    FACET_KIND,        /* of the last answers */
    FACET_STATUS,      /* of its parts */
    FACET_PUBLICATION, /* publication_word */
    FACET_REASON,      /* of a withheld one: the number */
    FACET_TIMING,      /* in-time late waiting (waiting: not answered yet) */
    FACET_DUE,         /* of one that waits: "2025-06-17" */
    FACET_DAYS,        /* of one that was answered: days, four digits: "0012" */
    FACET_REOPENED,    /* "yes": of one that was reopened */
    FACET_MEETING,     /* "2025/3" */
    FACET_PLACE,       /* of the box */
    FACET_WAY,
    FACET_COUNT
};
str facet_word(enum voice_facet f); /* all door month … */
bool facet_parse(str word, enum voice_facet *out);
struct facet_value {
    enum voice_facet facet;
    str value;
};
enum { VOICE_FACETS_MAX = 16 + 4 * VOICE_PARTS_MAX };
/* All of a voice, none twice; at most VOICE_FACETS_MAX. */
uint32_t voice_facets(struct arena *a, const struct voice *v,
                      struct facet_value out[VOICE_FACETS_MAX]);
/* Those that the public lists go by, from a public copy (voice_opinion): door, month, category,
 * section, kind, status, stage, publication, reason, meeting, place. */
uint32_t opinion_facets(struct arena *a, const struct value *opinion,
                        struct facet_value out[VOICE_FACETS_MAX]);

#endif
