/* A form definition: what the blocks of a printed form are called, which marks it uses, which
 * words its goals and quantities are written with, and when a comment is mandatory. Forms are
 * data (presets/forms/NAME.json): another city's form is a new file, not new code. How to write
 * one: docs/adding.md and src/ingest/README.md. */
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

/* A spelling as the grammar compares it: folded (text_fold), every kind of bracket as ( ), '*'
 * for any text and FORM_YEAR for 当年度, 本年度, 今年度 or a fiscal year. A spelling in ( )
 * also names its block without the brackets where it stands alone or before a colon. */
struct form_spelling {
    enum form_label label;
    str spelling;
};
enum { FORM_YEAR = '\x01' }; /* written {年度} in the JSON */

/* A mark of the form's judgement scale. */
struct form_mark {
    str symbol;      /* ○, folded */
    int8_t polarity; /* +1, -1 */
};

/* The words of the form's language of goals and quantities, folded. */
enum form_words {
    WORDS_AS_NEEDED, /* 随時 適宜: instead of a quantity */
    WORDS_BASELINE, /* 実績 参考 基準値: what follows or stands in the brackets is a baseline */
    WORDS_TARGET,   /* 目標値 目標: stands before the number that is aimed at */
    WORDS_LAST_YEAR,      /* 前年度 昨年度: the year before the plan's */
    WORDS_AT_LEAST,       /* 以上 超える: at least */
    WORDS_AT_MOST,        /* 以下 以内 未満: at most */
    WORDS_AIM,            /* をめざす, とする: may stand behind the number that is aimed at */
    WORDS_ZERO,           /* ゼロ: the number nought */
    WORDS_MORE,           /* の増 増加: an increase */
    WORDS_LESS,           /* の減 削減: a decrease */
    WORDS_KEEP,           /* 維持: a level to stay at */
    WORDS_LOWER,          /* 苦情 事故: of these, fewer is better */
    WORDS_LOWER_UNLESS,   /* 対応 防止: … but not of what is done about them */
    WORDS_LEVEL,          /* ☆ ★: counted, they are a level */
    WORDS_COUNTER,        /* 回 件 地域: units of quantities */
    WORDS_NOT_A_QUANTITY, /* 月 歳: a number with one of these is none */
    WORDS_AFTER_UNIT,     /* 開催 実施 程度: may follow a unit and is no part of it */
    WORDS_CHANGE,         /* 比較 前年度比: the number is a difference */
    WORDS_ORGANISATION,   /* 区 局 区役所: how the name of an organisation ends */
    WORDS_COUNT
};
struct form_list {
    str *items;
    uint32_t count;
};

struct form {
    str id;      /* "osaka-ward-2019" */
    str name[2]; /* Japanese, English */
    int since; /* western fiscal year from which the form is used; short years (29年度) are read
                  near it */
    struct form_spelling *spellings;
    uint32_t spelling_count;
    struct form_mark *marks;
    uint32_t mark_count;
    struct form_list words[WORDS_COUNT];
    bool improvement_when_negative; /* 課題と改善策 is mandatory when the mark is the negative
                                       one */
};

/* Reads a form from its JSON. False with ERR_INPUT and a sentence that names the place: not
 * JSON, a label or list that is unknown, a spelling twice, no spelling for the initiative, no
 * mark of either kind, an item that is empty or too long. */
MUST bool form_read(struct arena *a, str json, struct form *out, struct err *e);

/* The JSON of a form that is built into the program, by its id; "" when there is none of that
 * name. */
str form_preset(str id);

/* The id of the i-th built-in form, "" past the last. The first is the default of every
 * command. */
str form_preset_id(size_t i);

/* The words by which presets name a label ("purpose", "outline", …) and a list ("as_needed",
 * …). */
str form_label_word(enum form_label label);
str form_words_word(enum form_words list);

#endif
