/* What may be done to a voice, by whom, and what it makes of it. Pure: the store asks here
 * before it writes, pages ask here which buttons to show, so the two cannot differ. */
#ifndef MEGURI_VOICE_ACT_H
#define MEGURI_VOICE_ACT_H

#include "model/cycle.h"
#include "model/voice.h"

/* ---- who may do what ---- */

struct voice_rule {
    enum voice_step step;
    unsigned part_states; /* 1 << state of the part in which it may be done */
    unsigned whole;       /* DUTY_BITs that may, held for the whole organisation */
    unsigned section; /* DUTY_BITs that may, held for the part's section (or a wider place) */
    bool needs_reason;
    bool of_part; /* `part` must name one; otherwise it is about the whole voice */
    const char *word;
    const char *label[2];
};
const struct voice_rule *voice_rule(enum voice_step s);

struct voice_asker {
    str account;      /* "cli": whoever sits at the machine; "resident": by receipt */
    unsigned whole;   /* duties for the whole organisation */
    unsigned section; /* duties for the part's section; for a step about the whole voice: those
                         held for every one of its sections */
};
/* The duty as which they write, for the stamp; DUTY_COUNT = none that may. */
enum duty voice_role(const struct voice_asker *who, enum voice_step s);
/* May they? `part` from 1, 0 = the whole voice. ERR_DENIED, ERR_CONFLICT with a sentence that
 * says what has to happen first. Whether what they give is complete, voice_apply says. */
MUST bool voice_may(const struct voice *v, const struct hearing *h,
                    const struct voice_asker *who, enum voice_step s, uint32_t part,
                    struct err *e);
/* Raw text: listener of the whole organisation, or of a section that a part belongs to
 * (who->section: duties held for any of its sections). */
MUST bool voice_may_look(const struct voice *v, const struct voice_asker *who, struct err *e);

/* What a step says. Which members it reads:
 *   TRIAGE    category, summary, section ("" = as it is)
 *   ASSIGN    section
 *   SPLIT     pieces (2..VOICE_PARTS_MAX: summary; category, section "" = as the part's)
 *   DRAFT     kind, text
 *   APPROVE   same_answers (how many other voices of the year got the same text; the store
 *             counts), is_confirmed; at or above the warning without it: ERR_CONFLICT
 *   LINK      link            UNLINK   index
 *   FATE      status, fate_year (adopted), link (if kind is set by has_link), stamp's reason
 *   GROUP     group_year, group_number
 *   PUBLISH, EMBARGO  pieces (one for each part: summary = public summary, text = public
 *             answer, "" = as approved)
 *   WITHHOLD  code (number of the reason)
 *   REOPEN    turn (hash, at_ms and received; the due day is counted here) */
struct voice_piece {
    str summary, category, section, text;
};
struct voice_act {
    enum voice_step step;
    uint32_t part; /* from 1; 0 = the whole voice */
    str category, section, summary, kind, text, status, code;
    int fate_year;
    int group_year, group_number;
    struct voice_link link;
    bool has_link;
    uint32_t index; /* of a link, from 1 */
    const struct voice_piece *pieces;
    uint32_t piece_count;
    uint32_t same_answers;
    bool is_confirmed;
    struct voice_turn turn;
};
/* When, by whom and why. */
struct voice_stamp {
    str account;
    date today;
    str reason;
};
/* *v becomes what the step makes of it (voice_may was asked before), or stays as it is and
 * ERR_INPUT, ERR_CONFLICT say what is missing. New texts are borrowed from the act. */
MUST bool voice_apply(struct arena *a, struct voice *v, const struct hearing *h,
                      const struct voice_act *act, const struct voice_stamp *stamp,
                      struct err *e);
/* Would the approval need to be confirmed? */
bool voice_needs_confirmation(const struct hearing *h, uint32_t same_answers);
/* The answer's text as it is compared with others; hash of its folded form. */
struct hash voice_answer_key(struct arena *a, str text);

#endif
