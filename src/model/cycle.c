/* The rules of the yearly cycle: tables, and the three questions asked of them. */
#include "model/cycle.h"

#include <assert.h>

#include "model/inner.h"
#include "base/banned.h"

/* clang-format off */
static const struct words DUTY_WORDS = { DUTY_COUNT, {
    [DUTY_EDITOR]        = STR_INIT("editor"),
    [DUTY_HEAD]          = STR_INIT("head"),
    [DUTY_PLANNING]      = STR_INIT("planning"),
    [DUTY_MAYOR]         = STR_INIT("mayor"),
    [DUTY_REFORM]        = STR_INIT("reform"),
    [DUTY_AUDITOR]       = STR_INIT("auditor"),
    [DUTY_LISTENER]      = STR_INIT("listener"),
    [DUTY_ADMINISTRATOR] = STR_INIT("administrator"),
} };
static const struct words STEP_WORDS = { STEP_COUNT, {
    [STEP_PLAN]       = STR_INIT("plan"),
    [STEP_MIDYEAR]    = STR_INIT("midyear"),
    [STEP_EVALUATION] = STR_INIT("evaluation"),
} };
static const struct words STATUS_WORDS = { STATUS_COUNT, {
    [STATUS_OPEN]      = STR_INIT("open"),
    [STATUS_SUBMITTED] = STR_INIT("submitted"),
    [STATUS_RETURNED]  = STR_INIT("returned"),
    [STATUS_APPROVED]  = STR_INIT("approved"),
    [STATUS_SKIPPED]   = STR_INIT("skipped"),
} };
static const struct words PHASE_WORDS = { PHASE_COUNT, {
    [PHASE_DRAFT]      = STR_INIT("draft"),
    [PHASE_PROPOSAL]   = STR_INIT("proposal"),
    [PHASE_ADOPTED]    = STR_INIT("adopted"),
    [PHASE_REVISING]   = STR_INIT("revising"),
    [PHASE_REVISED]    = STR_INIT("revised"),
    [PHASE_MIDYEAR]    = STR_INIT("midyear"),
    [PHASE_REVIEWED]   = STR_INIT("reviewed"),
    [PHASE_EVALUATION] = STR_INIT("evaluation"),
    [PHASE_EVALUATED]  = STR_INIT("evaluated"),
    [PHASE_PUBLISHED]  = STR_INIT("published"),
    [PHASE_CORRECTING] = STR_INIT("correcting"),
} };

#define IN(phase) (1u << PHASE_##phase)
#define BY(duty)  DUTY_BIT(DUTY_##duty)
#define ALL_STEPS ((1u << STEP_COUNT) - 1)
static const struct move_rule MOVES[MOVE_COUNT] = {
    /* move, from, to, duties, reason, four eyes, before/after the review, settled, word, labels */
    { MOVE_PROPOSE, IN(DRAFT), PHASE_PROPOSAL, BY(PLANNING),
      false, false, false, false, 1u << STEP_PLAN, "propose", { "案として提出する", "Propose" } },
    { MOVE_SEND_BACK, IN(PROPOSAL), PHASE_DRAFT, BY(PLANNING) | BY(MAYOR),
      true, false, false, false, 0, "send-back", { "素案に差し戻す", "Send back to draft" } },
    { MOVE_ADOPT, IN(PROPOSAL), PHASE_ADOPTED, BY(MAYOR),
      false, true, false, false, 0, "adopt", { "策定する", "Adopt" } },
    { MOVE_REVISE, IN(ADOPTED) | IN(REVISED) | IN(REVIEWED), PHASE_REVISING, BY(PLANNING),
      true, false, false, false, 0, "revise", { "改定を始める", "Begin a revision" } },
    { MOVE_ADOPT_REVISION, IN(REVISING), PHASE_REVISED, BY(MAYOR),
      false, true, false, false, 1u << STEP_PLAN, "adopt-revision", { "改定を決定する", "Adopt the revision" } },
    { MOVE_OPEN_MIDYEAR, IN(ADOPTED) | IN(REVISED), PHASE_MIDYEAR, BY(PLANNING),
      false, false, true, false, 0, "open-midyear", { "中間振り返りを始める", "Open the mid-year review" } },
    { MOVE_CLOSE_MIDYEAR, IN(MIDYEAR), PHASE_REVIEWED, BY(PLANNING),
      false, false, false, false, 1u << STEP_MIDYEAR, "close-midyear", { "中間振り返りを締める", "Close the mid-year review" } },
    { MOVE_OPEN_EVALUATION, IN(REVIEWED) | IN(REVISED), PHASE_EVALUATION, BY(PLANNING),
      false, false, false, true, 0, "open-evaluation", { "自己評価を始める", "Open the self-evaluation" } },
    { MOVE_COMPLETE, IN(EVALUATION), PHASE_EVALUATED, BY(PLANNING),
      false, false, false, false, 1u << STEP_EVALUATION, "complete", { "自己評価を締める", "Complete the self-evaluation" } },
    { MOVE_RETURN, IN(EVALUATED), PHASE_EVALUATION, BY(PLANNING) | BY(MAYOR),
      true, false, false, false, 0, "return", { "自己評価に差し戻す", "Return to the self-evaluation" } },
    { MOVE_PUBLISH, IN(EVALUATED), PHASE_PUBLISHED, BY(MAYOR),
      false, true, false, false, 0, "publish", { "公表する", "Publish" } },
    { MOVE_REOPEN, IN(PUBLISHED), PHASE_CORRECTING, BY(PLANNING),
      true, false, false, false, 0, "reopen", { "訂正のために開き直す", "Reopen for a correction" } },
    { MOVE_REPUBLISH, IN(CORRECTING), PHASE_PUBLISHED, BY(MAYOR),
      true, true, false, false, ALL_STEPS, "republish", { "訂正を公表する", "Publish the correction" } },
};

/* How an action is bound: from which statuses, by whom, with a reason. */
static const struct action_rule {
    unsigned from; /* 1 << status */
    unsigned duties;
    bool needs_reason;
    enum step_status to;
    const char *word;
} ACTIONS[ACTION_COUNT] = {
    [ACTION_SUBMIT]  = { 1u << STATUS_OPEN | 1u << STATUS_RETURNED, DUTIES_WRITE, false,
                         STATUS_SUBMITTED, "submit" },
    [ACTION_RETURN]  = { 1u << STATUS_SUBMITTED | 1u << STATUS_APPROVED, BY(HEAD) | BY(PLANNING),
                         true, STATUS_RETURNED, "return" },
    [ACTION_APPROVE] = { 1u << STATUS_SUBMITTED, BY(HEAD), false, STATUS_APPROVED, "approve" },
    [ACTION_SKIP]    = { 1u << STATUS_OPEN | 1u << STATUS_RETURNED, BY(HEAD), true,
                         STATUS_SKIPPED, "skip" },
    [ACTION_REOPEN]  = { 1u << STATUS_APPROVED | 1u << STATUS_SKIPPED, BY(PLANNING), true,
                         STATUS_RETURNED, "reopen" },
};

/* For the sentences. */
static const char *const DUTY_NAMES[DUTY_COUNT] = {
    [DUTY_EDITOR] = "担当", [DUTY_HEAD] = "課長", [DUTY_PLANNING] = "企画担当",
    [DUTY_MAYOR] = "区長", [DUTY_REFORM] = "市政改革室", [DUTY_AUDITOR] = "監査",
    [DUTY_LISTENER] = "広聴担当", [DUTY_ADMINISTRATOR] = "管理者",
};
static const char *const PHASE_NAMES[PHASE_COUNT] = {
    [PHASE_NONE] = "作業前", [PHASE_DRAFT] = "素案", [PHASE_PROPOSAL] = "案",
    [PHASE_ADOPTED] = "策定済み", [PHASE_REVISING] = "改定作業中", [PHASE_REVISED] = "改定済み",
    [PHASE_MIDYEAR] = "中間振り返り中", [PHASE_REVIEWED] = "中間振り返り済み",
    [PHASE_EVALUATION] = "自己評価中", [PHASE_EVALUATED] = "自己評価済み",
    [PHASE_PUBLISHED] = "公表済み", [PHASE_CORRECTING] = "訂正作業中",
};
static const char *const STATUS_NAMES[STATUS_COUNT] = {
    [STATUS_OPEN] = "記入中", [STATUS_SUBMITTED] = "提出済み", [STATUS_RETURNED] = "差戻し",
    [STATUS_APPROVED] = "承認済み", [STATUS_SKIPPED] = "実施しないと署名済み",
};
static const char *const STEP_NAMES[STEP_COUNT] = {
    [STEP_PLAN] = "計画", [STEP_MIDYEAR] = "中間振り返り", [STEP_EVALUATION] = "自己評価",
};
/* clang-format on */

/* ---- words ---- */

str duty_word(enum duty d)
{
    return words_at(&DUTY_WORDS, d);
}

str step_word(enum step s)
{
    return words_at(&STEP_WORDS, s);
}

str step_status_word(enum step_status s)
{
    return words_at(&STATUS_WORDS, s);
}

str step_action_word(enum step_action a)
{
    return str_from(ACTIONS[a].word);
}

str phase_word(enum phase p)
{
    return words_at(&PHASE_WORDS, p);
}

#define PARSE(name, words, type)                            \
    bool name(str word, type *out)                          \
    {                                                       \
        unsigned found;                                     \
                                                            \
        if (!word.n || !words_find(&(words), word, &found)) \
            return false;                                   \
        *out = (type)found;                                 \
        return true;                                        \
    }

PARSE(duty_parse, DUTY_WORDS, enum duty)
PARSE(step_parse, STEP_WORDS, enum step)
PARSE(step_status_parse, STATUS_WORDS, enum step_status)
PARSE(phase_parse, PHASE_WORDS, enum phase)

bool step_action_parse(str word, enum step_action *out)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (str_eq(str_from(ACTIONS[i].word), word)) {
            *out = (enum step_action)i;
            return true;
        }
    }
    return false;
}

bool move_parse(str word, enum move *out)
{
    for (int i = 0; i < MOVE_COUNT; i++) {
        if (str_eq(str_from(MOVES[i].word), word)) {
            *out = (enum move)i;
            return true;
        }
    }
    return false;
}

const struct move_rule *move_rule(enum move m)
{
    assert(m < MOVE_COUNT && MOVES[m].move == m);
    return &MOVES[m];
}

str move_word(enum move m)
{
    return str_from(move_rule(m)->word);
}

str phase_official(enum phase p)
{
    switch (p) {
    case PHASE_PROPOSAL:
    case PHASE_ADOPTED:
    case PHASE_REVISED:
    case PHASE_PUBLISHED:
        return phase_word(p);
    case PHASE_REVIEWED:
        return STR("midyear");
    case PHASE_NONE:
    case PHASE_DRAFT:
    case PHASE_REVISING:
    case PHASE_MIDYEAR:
    case PHASE_EVALUATION:
    case PHASE_EVALUATED:
    case PHASE_CORRECTING:
    case PHASE_COUNT:
        break;
    }
    return (str){ 0 };
}

int phase_step(enum phase p)
{
    switch (p) {
    case PHASE_DRAFT:
    case PHASE_REVISING:
        return STEP_PLAN;
    case PHASE_MIDYEAR:
        return STEP_MIDYEAR;
    case PHASE_EVALUATION:
        return STEP_EVALUATION;
    case PHASE_NONE:
    case PHASE_PROPOSAL:
    case PHASE_ADOPTED:
    case PHASE_REVISED:
    case PHASE_REVIEWED:
    case PHASE_EVALUATED:
    case PHASE_PUBLISHED:
    case PHASE_CORRECTING:
    case PHASE_COUNT:
        break;
    }
    return -1;
}

enum step_status action_status(enum step_action action)
{
    return ACTIONS[action].to;
}

bool status_is_settled(enum step_status status)
{
    return status == STATUS_APPROVED || status == STATUS_SKIPPED;
}

/* ---- may they? ---- */

/* The same person on both sides of a check that asks for two. */
static bool is_same_person(str one, str other)
{
    return one.n && str_eq(one, other);
}

/* "企画担当か区長": the duties of a set, for a sentence. */
static void names_put(struct buf *b, unsigned duties)
{
    bool first = true;

    for (int d = 0; d < DUTY_COUNT; d++) {
        if (!(duties & DUTY_BIT(d)))
            continue;
        buf_put_c(b, first ? "" : "か");
        buf_put_c(b, DUTY_NAMES[d]);
        first = false;
    }
}

static bool check_duty(const struct cycle_asker *who, unsigned duties, const char *what,
                       struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf names;

    if (who->duties & duties)
        return true;
    buf_init(&names, &mem, 128, 256);
    names_put(&names, duties);
    return err_set(e, ERR_DENIED, "「%s」ができるのは、%.*sです。", what,
                   STR_ARG(buf_str(&names)));
}

static bool check_reason(bool is_needed, str reason, const char *what, struct err *e)
{
    return !is_needed || str_trim(reason).n
           || err_set(e, ERR_INPUT, "「%s」には理由が要ります。理由を書いてください。", what);
}

bool cycle_may_move(const struct cycle_now *now, const struct cycle_asker *who, enum move m,
                    str reason, struct err *e)
{
    const struct move_rule *rule = move_rule(m);
    const char *what = rule->label[0];

    if (!check_duty(who, rule->duties, what, e))
        return false;
    if (!(rule->from & 1u << now->phase))
        return err_set(e, ERR_CONFLICT, "いまは「%s」です。「%s」はこの段階ではできません。",
                       PHASE_NAMES[now->phase], what);
    if (rule->before_midyear && now->midyear_done)
        return err_set(e, ERR_CONFLICT, "この年度の中間振り返りは締めてあります。");
    if (rule->after_midyear && !now->midyear_done)
        return err_set(e, ERR_CONFLICT,
                       "先に中間振り返りを行ってください。行わない取組は、課長が理由を付けて"
                       "「実施しない」と署名します。");
    if (rule->four_eyes && is_same_person(now->last_mover, who->account))
        return err_set(e, ERR_DENIED,
                       "「%s」は、前の段階に進めた人とは別の人が行います(二人の目で確かめるた"
                       "め)。",
                       what);
    return check_reason(rule->needs_reason, reason, what, e);
}

/* Is the step one that is worked on in this phase? */
static bool is_phase_of(enum phase p, enum step s)
{
    return p == PHASE_CORRECTING || phase_step(p) == (int)s;
}

static bool check_phase(const struct cycle_now *now, enum step s, struct err *e)
{
    assert(now->phase < PHASE_COUNT && s < STEP_COUNT);
    return is_phase_of(now->phase, s)
           || err_set(e, ERR_CONFLICT, "いまは「%s」なので、%sの欄は変えられません。",
                      PHASE_NAMES[now->phase], STEP_NAMES[s]);
}

bool cycle_may_act(const struct cycle_now *now, const struct cycle_asker *who, enum step s,
                   enum step_action action, str reason, struct err *e)
{
    static const char *const LABELS[ACTION_COUNT] = {
        [ACTION_SUBMIT] = "提出する",  [ACTION_RETURN] = "差し戻す",
        [ACTION_APPROVE] = "承認する", [ACTION_SKIP] = "実施しないと署名する",
        [ACTION_REOPEN] = "開き直す",
    };
    const struct action_rule *rule = &ACTIONS[action];
    const char *what = LABELS[action];

    if (!check_duty(who, rule->duties, what, e) || !check_phase(now, s, e))
        return false;
    if (action == ACTION_SKIP && s != STEP_MIDYEAR)
        return err_set(e, ERR_CONFLICT, "省けるのは中間振り返りだけです。");
    if (!(rule->from & 1u << now->status[s]))
        return err_set(e, ERR_CONFLICT, "%sは「%s」です。「%s」はいまはできません。",
                       STEP_NAMES[s], STATUS_NAMES[now->status[s]], what);
    if (action == ACTION_APPROVE && is_same_person(now->submitter, who->account))
        return err_set(e, ERR_DENIED,
                       "自分が提出したものは承認できません。ほかの課長か代理が承認します。");
    return check_reason(rule->needs_reason, reason, what, e);
}

bool cycle_may_edit(const struct cycle_now *now, const struct cycle_asker *who, enum step s,
                    struct err *e)
{
    if (!check_duty(who, DUTIES_WRITE, "記入", e) || !check_phase(now, s, e))
        return false;
    return now->status[s] == STATUS_OPEN || now->status[s] == STATUS_RETURNED
           || err_set(e, ERR_CONFLICT,
                      "%sは「%s」なので変えられません。直すときは、課長か企画担当に差戻しを"
                      "頼んでください。",
                      STEP_NAMES[s], STATUS_NAMES[now->status[s]]);
}
