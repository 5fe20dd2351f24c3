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
    uint32_t first;  /* its first character, by which a reader knows it */
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
    WORDS_QUALIFIER,      /* 平均 約 計: directly before a number, no part of a name */
    WORDS_AFTER_YEAR,     /* 末 時点 の: leads from a year to the name */
    WORDS_NO_RESULT,      /* 未測定 集計中: stands where a result should */
    WORDS_CHANGE,         /* 比較 前年度比: the number is a difference */
    WORDS_ORGANISATION,   /* 区 局 区役所: how the name of an organisation ends */
    WORDS_COUNT
};
struct form_list {
    str *items;
    uint32_t count;
};

/* How a reader finds the form's words without trying each at every character: what may begin
 * with a character. Bit i of starts[form_start(c)] is set when a word of list i begins with c
 * (folded), FORM_START_LABEL when a label does (behind its bracket), FORM_START_YEAR when
 * {年度} does, FORM_START_MARK when a mark or a legend does. Characters share slots: a set bit
 * is a hint, a clear one is certain. */
enum { FORM_STARTS = 4096 };
#define FORM_START_LABEL (1u << 31)
#define FORM_START_MARK  (1u << 30)
#define FORM_START_YEAR  (1u << 29)
static inline uint32_t form_start(uint32_t c)
{
    return (c ^ (c >> 12) * 0x5A5u) % FORM_STARTS;
}
_Static_assert(WORDS_COUNT < 29, "a list has a bit of its own");

enum { FORM_HEAD = 6 };

/* The first three characters in one number, so that most labels are told from a text at once.
 */
enum { FORM_KEY = 3 };
static inline uint64_t form_key(const uint32_t head[FORM_HEAD])
{
    return (uint64_t)head[0] << 42 | (uint64_t)head[1] << 21 | head[2];
}

/* The labels by their first character, those in brackets by the one behind the bracket. */
struct form_lexeme {
    str spelling; /* without the brackets around it, and without FORM_YEAR at its start */
    enum form_label label;
    bool is_bracketed; /* in the form */
    uint8_t bucket;
    uint8_t head_count; /* characters before the first that may be anything, up to FORM_HEAD */
    uint8_t head_n;     /* their bytes in the spelling */
    uint32_t head[FORM_HEAD];
    uint64_t key, key_mask; /* form_key of the head, and which bits of it are meant */
    size_t star;    /* where the '*' stands in the spelling, its end when there is none */
    size_t plain_n; /* bytes before the first '*' or FORM_YEAR */
};
enum {
    FORM_BUCKETS = 256,
    FORM_BUCKET_YEAR = FORM_BUCKETS - 1 /* begins with FORM_YEAR or '*' */
};
static inline uint32_t form_bucket(uint32_t c)
{
    return c == FORM_YEAR || c == '*' ? FORM_BUCKET_YEAR : c % FORM_BUCKET_YEAR;
}
/* The words of all lists by the slot of their first character, and by that of their last. */
struct form_word {
    str word;
    enum form_words list;
};
struct form_index {
    struct form_lexeme *lexemes;          /* bucket by bucket, in each the longest first */
    uint16_t first[FORM_BUCKETS + 1];     /* of each bucket */
    struct form_word *words;              /* slot by slot, in each the longest first */
    uint16_t word_first[FORM_STARTS + 1]; /* of each slot */
    struct form_word *ending;             /* the same by the slot of their last character */
    uint16_t ending_first[FORM_STARTS + 1];
    uint32_t starts[FORM_STARTS];
    uint16_t *used; /* the slots of starts that are not 0 */
    uint32_t used_count;
    uint32_t ends[FORM_STARTS]; /* by its last character: a bit for each list a word is in */
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
    const struct form_index *index;
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
