/* The domain's structs: what a published plan (運営方針) says, field by field, each with the
 * place it was read from. Plain data: no function here decides anything. Everything lives in
 * the arena it was read into; a str that came from a document is a view into that document's
 * text or a copy in the arena. Words: docs/glossary.md. */
#ifndef MEGURI_MODEL_H
#define MEGURI_MODEL_H

#include "base/base.h"
#include "model/cycle.h"
#include "model/binding.h"
#include "model/form.h"

enum lang { LANG_JA, LANG_EN, LANG_COUNT };

/* Where something stands in its source: byte range of the decoded text, and the line and column
 * (1-based, in characters) of its start. len 0 = it has no place (typed in a page, or not
 * there). */
struct span {
    uint32_t off, len;
    uint32_t line, col;
};

/* A piece of text as the document writes it, without list marks, brackets of its numbers and
 * surrounding blanks. The raw text is the source's bytes at `at`. */
struct text {
    str v; /* "" = absent */
    struct span at;
};

/* A number people quoted: 40%, 17回, 85.96%. */
struct amount {
    bool is_set;
    dec value; /* keeps its decimals: 86.20 */
    str unit;  /* "%", "回", "地域", "☆", "千円"; "" when none is written. ％ is kept as "%" */
    struct span at;
};

enum role { ROLE_MAIN, ROLE_OTHER }; /* (目標) / <その他…に関する目標> */

enum comparison {
    COMPARE_NONE,        /* nothing testable is written (or it was lost) */
    COMPARE_GE,          /* 以上, or a plain number */
    COMPARE_LE,          /* 以下, ゼロをめざす (target 0) */
    COMPARE_EQ,          /* exactly */
    COMPARE_GT_BASELINE, /* an increase without a number: 歳入の増 */
    COMPARE_LEVEL_GE,    /* at least this level: ☆☆☆以上 */
    COMPARE_COUNT
};

enum direction { DIRECTION_UNKNOWN, DIRECTION_HIGHER, DIRECTION_LOWER, DIRECTION_COUNT };

enum verdict {
    VERDICT_NOT_MEASURED, /* 未測定: testable, no result yet */
    VERDICT_MET,          /* 達成 */
    VERDICT_NOT_MET,      /* 未達成 */
    VERDICT_CANNOT_TELL, /* 判定できない: the interval of a sample contains the target, or units
                            differ */
    VERDICT_NOT_MEASURABLE, /* 測定不能: no testable target */
    VERDICT_COUNT
};

/* A line under (目標の達成状況). */
struct result {
    struct text name;
    struct amount value;
    bool is_change; /* the value is a difference to base_year, not a level: 30年度比較 +737千円
                     */
    int base_year;  /* western fiscal year, 0 when not named */
    int32_t indicator; /* index into the initiative's indicators, -1 when it answers none */
};

/* What the target is to be in another year, on the way or after it. */
struct path_point {
    int year; /* western fiscal year */
    struct amount value;
};

/* What is known of how good an indicator's figures are, as UK and Canadian guidance on
 * performance measures asks it; "" = not said. */
struct quality {
    str verified;     /* how and by whom the figure is checked */
    str source;       /* where the figure comes from */
    str accuracy;     /* how exact it is */
    str limits;       /* what it cannot tell */
    str compensation; /* what is done about that */
};

/* How many digits stand behind the point when the figure is shown. */
struct decimals {
    bool is_said;
    int count; /* 0 to DEC_SCALE_MAX */
};

/* A goal: an indicator with its target for the year. */
struct indicator {
    str id;        /* of the row, the same in every version of a sheet; "" = never in a form */
    str catalogue; /* entry of the catalogue of indicators, "" = none */
    struct text name;
    enum role role;
    enum comparison comparison;
    enum direction direction;
    struct amount target;
    int target_year; /* western fiscal year as named beside it, 0 when not named */
    struct amount baseline;
    int baseline_year;
    struct text goal; /* the whole goal, as written */
    bool target_lost; /* a comparison word or bracket stands there, its number or stars do not
                       */
    struct amount actual;  /* of the result that answers it; see audit_link */
    struct text result;    /* that result's name, for definition drift */
    bool actual_is_change; /* the actual is an increase over the year before */
    bool actual_is_final;  /* said to be final; otherwise it may still change */
    str actual_note;       /* to the actual: why there is none, why it is provisional */
    enum verdict verdict;  /* by the numbers alone */
    str population;        /* whom or what the indicator speaks of */
    str definition;        /* how it is counted */
    struct decimals decimals;
    struct path_point *path; /* by year */
    uint32_t path_count;
    struct quality quality;
};

enum pairing { PAIR_NONE, PAIR_SAME, PAIR_SIMILAR, PAIR_COUNT };

/* What became of a planned activity, as its section says. */
enum activity_change {
    CHANGE_NONE, /* as planned, or nothing is said */
    CHANGE_FEWER,
    CHANGE_MORE,
    CHANGE_REPLACED,  /* by what `replaced_by` names */
    CHANGE_CANCELLED, /* not done */
    CHANGE_SUSPENDED, /* by order, between two days */
    CHANGE_COUNT
};

/* One line of 当年度の取組内容 or of 取組実績. */
struct activity {
    str id;            /* of the row, as of an indicator */
    struct text group; /* the outline entry it stands under, "" when none */
    struct text text;  /* without its quantity */
    struct amount quantity;
    bool at_least;   /* 1回以上 */
    bool as_needed;  /* 随時 */
    str quantity_of; /* what stands before the number in its brackets: 広報紙, 受験率; "" when
                        nothing does */
    int32_t other;   /* planned: index of its report; reported: index of its plan; -1 = none */
    enum pairing pairing; /* how well the two texts agree */
    /* planned: what became of it; reported without a plan: only the reason it was added */
    enum activity_change change;
    str change_reason;
    str replaced_by;
    str suspended_from, suspended_to; /* "2020-03-02"; "" = open */
    str suspended_order;              /* by whose order */
};

enum mark { MARK_NONE, MARK_POSITIVE, MARK_NEGATIVE, MARK_COUNT };

/* A mark as written (○ × △ ☆ ①), and what it means on the form's scale. MARK_NONE with a place
 * = its brackets were empty. */
struct marked {
    enum mark mark;
    str symbol;
    struct span at;
};

/* 課題と改善策 in its four parts; "" = not said. */
struct remedy {
    str cause, measure;
    str owner; /* an office, never a person */
    str due;   /* "2024-09-30", or words: 来年度の計画策定まで */
};

struct midyear {               /* 中間振り返り */
    bool is_present;           /* the block stands in the document */
    struct marked *activities; /* one for each place the form has */
    uint32_t activity_count;
    struct marked goal;
    struct text improvement; /* 課題と改善策 */
    struct remedy remedy;
    bool is_skipped; /* signed as not held, with its reason */
    str skip_reason;
};

struct evaluation { /* 自己評価 */
    bool is_present;
    struct marked mark;
    struct text improvement;
    struct remedy remedy;
    struct text activities_text; /* the whole of (取組実績), as written */
};

struct initiative { /* 取組項目 */
    int number;     /* as printed; counted from 1 when the document prints none */
    struct text title;
    struct text purpose;
    struct text *outline;
    uint32_t outline_count;
    struct indicator *indicators;
    uint32_t indicator_count;
    struct activity *planned;
    uint32_t planned_count;
    struct activity *reported;
    uint32_t reported_count;
    struct result *results;
    uint32_t result_count;
    struct midyear midyear;
    struct evaluation evaluation;
    str section;    /* key of the organisation that writes it, "" = not said */
    struct span at; /* its heading */
};

/* What the reader saw and could not take, or found damaged. Nothing is dropped: it is here with
 * its raw text. */
enum note_kind {
    NOTE_LOST_MARK,  /* empty brackets, a comparison word with nothing before it */
    NOTE_BAD_NUMBER, /* digits that are not a number; `fault` says why */
    NOTE_UNREAD,     /* text that no field takes */
    NOTE_BROKEN, /* markup that never closes, half a table, a block twice, too many of something
                  */
    NOTE_KIND_COUNT
};
struct note {
    enum note_kind kind;
    enum dec_fault fault;
    int initiative; /* its number, 0 = before the first */
    str subject;    /* name of the field or indicator it stands in; may be "" */
    str raw;        /* the source's text */
    struct span at;
};

struct plan {                 /* 運営方針 */
    struct text organisation; /* the ward as the document names it, "" when it does not */
    str organisation_code;    /* code or slug under which it is stored, "" before that */
    int fiscal_year;          /* western, 0 = not known */
    struct span fiscal_year_at;
    struct text title;
    str form_id;
    str source_name;         /* file name */
    struct hash source_hash; /* SHA-256 of the file's bytes */
    struct initiative *initiatives;
    uint32_t initiative_count;
    struct note *notes;
    uint32_t note_count;
    uint32_t notes_dropped; /* over LIMIT_NOTES */
};

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_COUNT }; /* I W E */

struct finding {
    str rule; /* "P1" */
    enum severity severity;
    int initiative; /* its number, 0 = the plan */
    str subject;    /* indicator name, activity text, or the initiative's number as text */
    struct span at;
    str message[LANG_COUNT]; /* what was seen and what to do, one or two plain sentences */
};

/* How many indicators of a plan or an initiative have each verdict. */
struct tally {
    uint32_t by_verdict[VERDICT_COUNT];
    uint32_t indicators;
    uint32_t with_result; /* have an actual, also where no target is testable */
    uint32_t findings[SEVERITY_COUNT];
};

/* Stable words of the JSON contract for enums, and back (false when unknown); "" stands for
 * null. verdict: met not_met cannot_tell not_measured not_measurable; comparison: ge le eq
 * gt_baseline level_ge; direction: higher lower; role: main other; mark, as the mid-year review
 * says it: ok not_ok, as the evaluation says it: met not_met; severity: E W I; pairing: same
 * similar; change of an activity: fewer more replaced cancelled suspended. */
str verdict_word(enum verdict v);
str comparison_word(enum comparison c);
str direction_word(enum direction d);
str role_word(enum role r);
str mark_word(enum mark m, bool evaluation);
str severity_word(enum severity s);
str note_word(enum note_kind k); /* lost_mark bad_number unread broken */
str pairing_word(enum pairing p);
str activity_change_word(enum activity_change c);

/* The trees of the records and of `check --format json`: one shape for both (docs:
 * check-output). With `with_places` each thing also carries "at": [offset, length, line,
 * column] and the fields that only a record needs. */
struct value *model_plan_value(struct arena *a, const struct plan *p, bool with_places);
struct value *model_initiative_value(struct arena *a, const struct initiative *i,
                                     bool with_places);
struct value *model_finding_value(struct arena *a, const struct finding *f, enum lang lang);
struct value *model_note_value(struct arena *a, const struct note *n);
/* As records keep them: the head of a plan without its initiatives (each of them is a record of
 * its own), a finding with its place and its message in both languages. */
struct value *model_plan_head_value(struct arena *a, const struct plan *p);
struct value *model_finding_record(struct arena *a, const struct finding *f);

/* Back from a record's tree (with places). Views point into the tree's texts. False with
 * ERR_INPUT when a key has another kind or an unknown word: then the record is not one of ours.
 * model_plan_read reads the head only when the tree has no "initiatives". */
MUST bool model_plan_read(struct arena *a, const struct value *v, struct plan *out,
                          struct err *e);
MUST bool model_initiative_read(struct arena *a, const struct value *v, struct initiative *out,
                                struct err *e);
MUST bool model_finding_read(struct arena *a, const struct value *v, struct finding *out,
                             struct err *e);

/* Do two versions of a sheet differ in nothing but what the step writes? The plan: everything
 * but number, section, reviews and results. The mid-year review: midyear. The self-evaluation:
 * evaluation, reports, results, of an indicator its actual and what is said of it, of a
 * planned activity what became of it. */
bool initiative_differs_only_in(struct arena *a, const struct initiative *x,
                                const struct initiative *y, enum step s);

/* The unit that stands for an indicator as a whole: the target's, or without one that of the
 * first of baseline and actual that has one. */
str indicator_unit(const struct indicator *i);

/* Adds the counts of one initiative. */
void model_tally(const struct initiative *i, struct tally *add_to);

/* 5 digits + check digit of a 全国地方公共団体コード (総務省, JIS X 0401/0402): 27100 -> 4.
 * False when the digit is wrong. */
bool organisation_code_is_valid(str code);
/* A code or a slug: 6 digits with a right check digit, or [a-z][a-z0-9-]{1,39}. */
bool organisation_key_is_valid(str key);

#endif
