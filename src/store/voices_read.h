/* Voices, listed, counted and as the public sees them. Part of store.h; include that. None of
 * these reads more than the rows it gives: lists walk an index of facets, numbers are kept. */
#ifndef MEGURI_STORE_VOICES_READ_H
#define MEGURI_STORE_VOICES_READ_H

#include "model/voice.h"

struct conn;
struct voice_ref;

/* ---- lists ---- */

struct voice_filter {
    str organisation;
    int fiscal_year;              /* 0 = all */
    struct facet_value facets[6]; /* all of them hold; the first is the index's */
    uint32_t facet_count;
    str query;      /* words in summaries and answers; "" = none */
    str due_before; /* "2025-06-18": waiting, and due earlier; "" = any */
    struct page_of page;
};
struct voice_row {
    int fiscal_year, number;
    enum voice_door door;
    date received, due;
    enum voice_state state;
    enum voice_stage stage;
    enum publication publication;
    str category, section, section_name; /* of its first part that waits, or its first */
    str summary;                         /* of its first part; "" before triage */
    uint32_t parts;
    int group_year, group_number;
    bool is_reopened, is_erased;
};
struct voice_rows {
    struct voice_row *rows; /* newest first; due_before: the longest due first */
    uint32_t count;
    uint32_t total; /* on all pages of the list; with several facets or words at most
                       VOICE_TOTAL_MAX ... */
    bool is_more;   /* ... when there are more than that */
};
enum { VOICE_TOTAL_MAX = 500 };
MUST bool store_voices(struct conn *c, struct arena *a, const struct voice_filter *filter,
                       struct voice_rows *out, struct err *e);
/* Those of one group, itself among them. */
MUST bool store_voice_group(struct conn *c, struct arena *a, const struct voice_ref *ref,
                            struct voice_rows *out, struct err *e);

/* "3 voices behind this": voices that are linked to a line. */
struct voice_behind_asked {
    str organisation;
    enum link_kind kind; /* LINK_INITIATIVE: activities and indicators of it too */
    int fiscal_year, number;
    str key;        /* of an indicator or commitment */
    bool is_public; /* only what the public copies say */
};
struct voice_behind {
    int fiscal_year, number; /* of the voice */
    uint32_t part;
    struct voice_link link;
    str summary, status;
    enum voice_stage stage;
    bool is_public; /* has a page */
};
struct voice_behind_rows {
    struct voice_behind *rows; /* newest first */
    uint32_t count;
};
MUST bool store_voices_behind(struct conn *c, struct arena *a,
                              const struct voice_behind_asked *what,
                              struct voice_behind_rows *out, struct err *e);

/* What waits for the account: parts to triage, answer or approve, and voices to be decided on
 * for publication. */
enum voice_wait {
    WAIT_TRIAGE,   /* listener: a part without a section */
    WAIT_ANSWER,   /* editor of its section: assigned, drafted */
    WAIT_RETURNED, /* the same: came back */
    WAIT_APPROVE,  /* head */
    WAIT_PUBLISH,  /* listener: answered, publication undecided */
    WAIT_COUNT
};
str voice_wait_word(enum voice_wait w); /* triage answer returned approve publish */
struct voice_task {
    enum voice_wait wait;
    str organisation, organisation_name;
    int fiscal_year, number;
    uint32_t part; /* 0 = the whole voice */
    str section, summary, comment;
    date due;
    bool is_overdue; /* due before the day of now_ms */
};
struct voice_task_rows {
    struct voice_task *rows; /* overdue first, then by due day; at most VOICE_TASKS_MAX */
    uint32_t count, total;
};
enum { VOICE_TASKS_MAX = 200 };
MUST bool store_voice_tasks(struct conn *c, struct arena *a, str account, int64_t now_ms,
                            struct voice_task_rows *out, struct err *e);

/* ---- numbers ---- */

/* Of one facet: how many voices have each value. Never scans voices. */
struct voice_count {
    str value;
    uint32_t voices;
};
struct voice_counts {
    struct voice_count *rows; /* by value */
    uint32_t count;
};
struct voice_count_asked {
    str organisation;
    int fiscal_year;        /* 0 = all */
    int door;               /* enum voice_door, -1 = all */
    enum voice_facet facet; /* not FACET_DUE of the past: those are counted while they wait */
};
MUST bool store_voice_counts(struct conn *c, struct arena *a,
                             const struct voice_count_asked *asked, struct voice_counts *out,
                             struct err *e);

/* The public numbers. received = answered + waiting = published + withheld + undecided +
 * embargo; answered = in_time + late; withheld = the sum of by_reason. */
struct voice_numbers {
    uint32_t received, answered, waiting, in_time, late, overdue, reopened;
    uint32_t published, withheld, undecided, embargo;
    uint32_t closed;
    int median_days; /* lower and upper median's mean, in tenths: 75 = 7.5 days; -1 = none */
    struct voice_counts by_reason; /* of withheld: numbers of hearing.reasons */
};
/* `overdue`: waiting, due before `today`. door -1 = all; fiscal_year 0 = all. */
MUST bool store_voice_numbers(struct conn *c, struct arena *a,
                              const struct voice_count_asked *asked, date today,
                              struct voice_numbers *out, struct err *e);

/* How the voices of a year stand at the clock, for indicators that are made of them. `digest`
 * is the hash of these very rows (zero when there is none): codes, days and numbers, no text.
 */
struct voice_clock {
    struct voice_terms terms;
    uint32_t voices;
    struct hash digest;
};
MUST bool store_voice_clock(struct conn *c, struct arena *a, str organisation, int fiscal_year,
                            struct voice_clock *out, struct err *e);

/* ---- public copies ---- */

/* List of public copies, published and withheld; facets and words as above (words: in public
 * texts only). FACET_PUBLICATION "public" leaves the withheld out. */
struct opinion_row {
    int fiscal_year, number;
    enum voice_door door;
    str month;    /* of receipt */
    str received; /* day; "" of a withheld one */
    bool is_withheld;
    str reason;                          /* number, of a withheld one */
    str category, summary, kind, status; /* of the first part */
    enum voice_stage stage;
    uint32_t parts;
    int meeting_year, meeting_number;
    int64_t at_ms; /* when this version was written */
    str published; /* the day it became public first; "" of a withheld one */
    struct hash record;
};
struct opinion_rows {
    struct opinion_row *rows; /* newest receipt first */
    uint32_t count, total;
    bool is_more;
};
MUST bool store_opinions(struct conn *c, struct arena *a, const struct voice_filter *filter,
                         struct opinion_rows *out, struct err *e);
/* The newest publications, for a feed: by at_ms, newest first, at most page.limit. */
MUST bool store_opinions_latest(struct conn *c, struct arena *a, str organisation,
                                uint32_t limit, struct opinion_rows *out, struct err *e);
/* One public copy: the body of its record (voice_opinion), and the row. ERR_NOT_FOUND when
 * there is none (also when the voice is there). */
struct opinion {
    struct opinion_row row;
    const struct value *body; /* {door, month, received, way?, place?, meeting?, parts:
                                 [{summary, category, section, answers: [{turn, on, kind,
                                 text}], status, stage, fate_year, fate_reason, links: [..]}],
                                 state, reason} */
};
MUST bool store_opinion(struct conn *c, struct arena *a, const struct voice_ref *ref,
                        struct opinion *out, struct err *e);

#endif
