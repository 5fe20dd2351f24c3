/* A form definition: what the blocks of a printed form are called, in which order they stand,
 * which marks it uses and when a comment is mandatory. Forms are data
 * (presets/forms/NAME.json): another city's form is a new file, not new code. */
#ifndef MEGURI_FORM_H
#define MEGURI_FORM_H

#include "base/base.h"

/* The things a form can print a label for. */
enum form_label {
    LABEL_INITIATIVE,         /* 取組項目 */
    LABEL_PLAN_COLUMN,        /* 取組の方針・目標内容 */
    LABEL_PURPOSE,            /* (趣旨・目的) */
    LABEL_OUTLINE,            /* (取組の概要) */
    LABEL_GOAL,               /* (目標) */
    LABEL_OTHER_GOALS,        /* <その他…に関する目標> */
    LABEL_ACTIVITIES_COLUMN,  /* 当年度の取組内容 */
    LABEL_ACTIVITIES,         /* (取組内容) (取組の内容) */
    LABEL_PLAN_ROW,           /* 計画 */
    LABEL_MIDYEAR,            /* 中間振り返り */
    LABEL_OUTLOOK_ACTIVITIES, /* 取組内容の実施見込み */
    LABEL_OUTLOOK_GOAL,       /* 目標の達成見込み */
    LABEL_EVALUATION,         /* 自己評価 */
    LABEL_RESULTS_COLUMN,     /* 当年度の取組実績及び目標の達成状況 */
    LABEL_REPORTED,           /* (取組実績) */
    LABEL_ACHIEVED,           /* (目標の達成状況) */
    LABEL_IMPROVEMENT,        /* 課題と改善策 */
    LABEL_MANDATORY,          /* 左記が「×」の場合は必須 */
    LABEL_LEGEND_OK,          /* 実施見込み, 達成見込み, 目標達成 */
    LABEL_LEGEND_NOT_OK,      /* 実施できない見込み, 達成できない見込み, 目標未達成 */
    LABEL_DOCUMENT,           /* …運営方針, 「市政改革プラン2.0」に基づく取組等 */
    LABEL_COUNT
};

struct form_spelling {
    enum form_label label;
    str spelling;   /* as compared: folded (text_fold) */
    bool is_prefix; /* the label may go on: その他…に関する目標 */
};

/* A mark of the form's judgement scale. */
struct form_mark {
    str symbol;      /* ○ */
    int8_t polarity; /* +1, -1 */
};

struct form {
    str id;      /* "osaka-ward-2019" */
    str name[2]; /* Japanese, English */
    struct form_spelling *spellings;
    uint32_t spelling_count;
    struct form_mark *marks;
    uint32_t mark_count;
    str as_needed[8]; /* 随時, 適宜, … folded */
    uint32_t as_needed_count;
    bool improvement_when_negative; /* 課題と改善策 is mandatory when the mark is the negative
                                       one */
};

/* Reads a form from its JSON. False with ERR_INPUT and the place (a label that is unknown, a
 * spelling twice, no marks). */
MUST bool form_read(struct arena *a, str json, struct form *out, struct err *e);

/* The word by which presets name a label ("purpose", "outline", …). */
str form_label_word(enum form_label label);

#endif
