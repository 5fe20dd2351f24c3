/* Settings of 広聴 (hearing): what categories, ways in, kinds of response, statuses and reasons
 * there are, how the due date is counted, when personal text is erased. All of it is data: a
 * record of the organisation (kind "hearing"), or the preset presets/voices/standard.json as
 * long as it has none. A code that was used keeps its meaning: it is retired, never reused. */
#ifndef MEGURI_HEARING_H
#define MEGURI_HEARING_H

#include "base/base.h"

/* How far a voice has come; the statuses of an organisation each stand at one of them. */
enum voice_stage {
    STAGE_RECEIVED,   /* 受付 */
    STAGE_ASSIGNED,   /* 担当課へ */
    STAGE_ANSWERED,   /* 回答 */
    STAGE_CONSIDERED, /* 検討 */
    STAGE_ADOPTED,    /* 計画・予算に反映: needs a fiscal year and a link */
    STAGE_DONE,       /* 実施: only what was adopted before */
    STAGE_DECLINED,   /* 実施しない: needs a reason */
    STAGE_COUNT
};
str stage_word(enum voice_stage s); /* received assigned answered considered adopted done
                                     * declined
                                     */
bool stage_parse(str word, enum voice_stage *out);

/* One row of any of the lists. */
struct hearing_item {
    str code;               /* as records keep it: [a-z0-9-]+; of a reason its number, "1" */
    str label[2];           /* Japanese, English */
    bool is_retired;        /* not offered any more; still shown */
    bool needs_text;        /* of a kind of response: an answer without a text is refused */
    bool is_final;          /* of a status: nothing more is to come */
    enum voice_stage stage; /* of a status */
};
struct hearing_list {
    struct hearing_item *rows; /* in the order in which they are offered */
    uint32_t count;
};

/* Days on which the office is closed. */
struct holiday {
    date on;  /* year 0: every year */
    str name; /* 元日 */
};

/* The rule of the due date (domain.md: 14 days, counted from the day after receipt). */
struct due_rule {
    int days;           /* 1..365 */
    bool from_same_day; /* the day of receipt is the first; otherwise the day after */
    bool skips_closed;  /* only open days are counted */
    bool rolls; /* a due day that is closed moves to the next open one (roll: next-working-day)
                 */
    bool weekends_closed; /* Saturdays and Sundays are closed */
    struct holiday *holidays;
    uint32_t holiday_count;
};

struct hearing {
    struct hearing_list categories; /* 分野 */
    struct hearing_list ways;       /* 受付方法: web, counter, phone, letter, mail, import, … */
    struct hearing_list boxes;      /* 改善箱 and where each stands */
    struct hearing_list kinds;      /* 回答の種類 */
    struct hearing_list statuses;   /* 対応状況 */
    struct hearing_list reasons;    /* 公開しない理由, numbered */
    bool shows_door[4];             /* which doors (enum voice_door) the public pages offer */
    struct due_rule due;
    int retention_days;   /* personal text is erased so many days after closing; 0 = never */
    bool four_eyes;       /* who wrote an answer does not approve it */
    int template_warning; /* the same answer to so many other voices of the year: a warning */
    int text_max;         /* characters of a received text, at most VOICE_TEXT_MAX */
    int contact_max;      /* characters of a contact */
    int flood_per_minute; /* submissions of one address in a minute */
    int flood_per_second; /* submissions of all in a second */
    const struct value *tree; /* as it was read, for its record */
};

enum {
    VOICE_TEXT_MAX = 1024 * 1024, /* bytes of a received text, whatever the settings say */
    HEARING_ITEMS_MAX = 200,      /* of one list */
    HOLIDAYS_MAX = 2000,
};

/* Reads settings. What a key leaves out is as in the preset; an unknown key, a code twice, a
 * number out of its range, a day that does not exist: ERR_INPUT with a sentence that names the
 * place. At least one status stands at each of answered, adopted, done and declined. */
MUST bool hearing_read(struct arena *a, const struct value *tree, struct hearing *out,
                       struct err *e);
/* The same from JSON (json_load). */
MUST bool hearing_parse(struct arena *a, str json, struct hearing *out, struct err *e);
/* The settings as a record keeps them: complete, so that what held then can be read without the
 * preset of then. */
struct value *hearing_value(struct arena *a, const struct hearing *h);
/* presets/voices/standard.json */
str hearing_preset(void);

/* By code; NULL = there is none. */
const struct hearing_item *hearing_find(const struct hearing_list *list, str code);
/* The first status of a stage that is not retired; NULL = none. */
const struct hearing_item *hearing_status_of(const struct hearing *h, enum voice_stage s);

/* Is the office open on that day? */
bool due_is_open(const struct due_rule *r, date d);
/* The day on which the answer to what was received on `received` is due. With {14, next day}:
 * 2025-04-01 gives 2025-04-15. Never fails for a day that exists: with every day closed, closed
 * days are counted after all (DUE_SEARCH_MAX days without an open one). */
enum { DUE_SEARCH_MAX = 400 };
date due_of(const struct due_rule *r, date received);

#endif
