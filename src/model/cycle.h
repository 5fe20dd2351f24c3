/* The rules of the yearly cycle as tables: who holds which duty, which states a plan goes
 * through, which steps a sheet goes through, and who may do what in which of them. Pure: the
 * store asks here before it writes, the pages ask here which buttons to show, so the two cannot
 * differ. Words: docs/glossary.md; states: shared words of the records. */
#ifndef MEGURI_CYCLE_H
#define MEGURI_CYCLE_H

#include "base/base.h"

/* ---- duties: what an account is for an organisation, between two days ---- */

enum duty {
    DUTY_EDITOR,        /* 担当: writes the sheets of a section */
    DUTY_HEAD,          /* 課長: approves the sheets of a section */
    DUTY_PLANNING,      /* 企画: collects, opens and closes the steps, proposes */
    DUTY_MAYOR,         /* 区長: adopts and publishes */
    DUTY_REFORM,        /* 市政改革室: reads the working copies of all wards of the city */
    DUTY_AUDITOR,       /* 監査: reads everything, the accesses too */
    DUTY_LISTENER,      /* 広聴: takes voices in, hands them out, decides on publication */
    DUTY_ADMINISTRATOR, /* accounts and duties; no content */
    DUTY_COUNT
};
#define DUTY_BIT(duty) (1u << (duty))
enum {
    DUTIES_NONE = 0,
    DUTIES_ALL = (1 << DUTY_COUNT) - 1,
    /* who may see what is not public yet */
    DUTIES_READ = DUTIES_ALL & ~(1 << DUTY_ADMINISTRATOR),
    DUTIES_WRITE = 1 << DUTY_EDITOR | 1 << DUTY_HEAD | 1 << DUTY_PLANNING,
};

/* editor head planning mayor reform auditor listener administrator; "" is none. */
str duty_word(enum duty d);
/* False when the word is none of them. */
bool duty_parse(str word, enum duty *out);

/* ---- a sheet's steps ---- */

enum step { STEP_PLAN, STEP_MIDYEAR, STEP_EVALUATION, STEP_COUNT };
enum step_status {
    STATUS_OPEN,      /* being written */
    STATUS_SUBMITTED, /* waits for the head; locked */
    STATUS_RETURNED,  /* sent back with a comment; open again */
    STATUS_APPROVED,  /* by the head; locked */
    STATUS_SKIPPED,   /* the mid-year review, signed as skipped with its reason; locked */
    STATUS_COUNT
};
enum step_action {
    ACTION_SUBMIT,
    ACTION_RETURN, /* needs a comment */
    ACTION_APPROVE,
    ACTION_SKIP,   /* needs a reason */
    ACTION_REOPEN, /* needs a reason */
    ACTION_COUNT
};
str step_word(enum step s);               /* plan midyear evaluation */
str step_status_word(enum step_status s); /* open submitted returned approved skipped */
str step_action_word(enum step_action a); /* submit return approve skip reopen */
bool step_parse(str word, enum step *out);
bool step_status_parse(str word, enum step_status *out);
bool step_action_parse(str word, enum step_action *out);

/* ---- a plan's states ---- */

enum phase {
    PHASE_NONE,       /* there is no working copy */
    PHASE_DRAFT,      /* 素案: the plan is being written */
    PHASE_PROPOSAL,   /* 案: waits for adoption */
    PHASE_ADOPTED,    /* 策定 */
    PHASE_REVISING,   /* 改定作業中 */
    PHASE_REVISED,    /* 改定 */
    PHASE_MIDYEAR,    /* 中間振り返り: being written */
    PHASE_REVIEWED,   /* the review is closed and public */
    PHASE_EVALUATION, /* 自己評価: being written */
    PHASE_EVALUATED,  /* waits for publication */
    PHASE_PUBLISHED,  /* 公表 */
    PHASE_CORRECTING, /* reopened after publication */
    PHASE_COUNT
};
/* "" draft proposal adopted revising revised midyear reviewed evaluation evaluated published
 * correcting */
str phase_word(enum phase p);
bool phase_parse(str word, enum phase *out);
/* The state that the official plan shows from then on; "" where reaching the phase publishes
 * nothing: proposal adopted revised midyear (of reviewed) published. */
str phase_official(enum phase p);

enum move {
    MOVE_PROPOSE,         /* draft -> proposal */
    MOVE_SEND_BACK,       /* proposal -> draft; needs a reason */
    MOVE_ADOPT,           /* proposal -> adopted; four eyes */
    MOVE_REVISE,          /* adopted, revised, reviewed -> revising; needs a reason */
    MOVE_ADOPT_REVISION,  /* revising -> revised; four eyes */
    MOVE_OPEN_MIDYEAR,    /* adopted, revised -> midyear */
    MOVE_CLOSE_MIDYEAR,   /* midyear -> reviewed */
    MOVE_OPEN_EVALUATION, /* reviewed, revised -> evaluation */
    MOVE_COMPLETE,        /* evaluation -> evaluated */
    MOVE_RETURN,          /* evaluated -> evaluation; needs a reason */
    MOVE_PUBLISH,         /* evaluated -> published; four eyes */
    MOVE_REOPEN,          /* published -> correcting; needs a reason */
    MOVE_REPUBLISH,       /* correcting -> published; needs a reason; four eyes */
    MOVE_COUNT
};

/* A row of the table of moves. */
struct move_rule {
    enum move move;
    unsigned from; /* bit 1 << phase of each phase it starts in */
    enum phase to;
    unsigned duties; /* who may: DUTY_BIT of each */
    bool needs_reason;
    bool four_eyes;       /* not by who made the move before it */
    bool before_midyear;  /* only while no mid-year review was closed */
    bool after_midyear;   /* only after one was closed */
    unsigned settled;     /* 1 << step of each step that must be approved or skipped on every
                             sheet */
    const char *word;     /* "adopt": in addresses and records */
    const char *label[2]; /* of the button: Japanese, English */
};
const struct move_rule *move_rule(enum move m);
str move_word(enum move m);
bool move_parse(str word, enum move *out);

/* What stands when a move, an action or a change of a sheet is asked for. */
struct cycle_now {
    enum phase phase;
    bool midyear_done;                   /* a mid-year review was closed this year */
    enum step_status status[STEP_COUNT]; /* of the sheet; unused for moves */
    str last_mover;                      /* account that made the last move */
    str submitter;                       /* account that submitted the step last, "" = none */
};
/* Who asks: an account and the duties it holds there (for a sheet: for its section). account ""
 * is nobody in particular (whoever sits at the machine): four eyes cannot be asked of it. */
struct cycle_asker {
    str account;
    unsigned duties;
};

/* May they? False with ERR_DENIED (duty, four eyes) or ERR_CONFLICT (state), in a sentence that
 * says who may or what has to happen first. `reason` is what they wrote: ERR_INPUT where one is
 * needed and none is there. Whether all sheets are settled is the caller's to count. */
MUST bool cycle_may_move(const struct cycle_now *now, const struct cycle_asker *who,
                         enum move m, str reason, struct err *e);
MUST bool cycle_may_act(const struct cycle_now *now, const struct cycle_asker *who, enum step s,
                        enum step_action action, str reason, struct err *e);
/* May they change what that step of a sheet says? */
MUST bool cycle_may_edit(const struct cycle_now *now, const struct cycle_asker *who,
                         enum step s, struct err *e);
/* The status an action leads to. */
enum step_status action_status(enum step_action action);
/* Approved or skipped: nothing is left to do. */
bool status_is_settled(enum step_status status);
/* The step that is written in a phase, -1 for none. While revising it is the plan, while
 * correcting every step that was reopened. */
int phase_step(enum phase p);

#endif
