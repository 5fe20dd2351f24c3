/* Who may take which step with a voice, and when: one table. */
#include "model/voice_act.h"

#include <assert.h>

#include "base/banned.h"

#define IN(state)    (1u << PART_##state)
#define BY(duty)     DUTY_BIT(DUTY_##duty)
#define WRITABLE     (IN(NEW) | IN(ASSIGNED) | IN(DRAFTED) | IN(RETURNED))
#define ANY_STATE    ((1u << PART_STATE_COUNT) - 1)
#define STAFF        (BY(LISTENER) | BY(PLANNING) | BY(EDITOR) | BY(HEAD))
#define SECTION_TEAM (BY(EDITOR) | BY(HEAD) | BY(LISTENER))

/* clang-format off */
static const struct voice_rule RULES[VOICE_STEP_COUNT] = {
    /* step, states of the part, duties for the whole, for its section, reason, of a part, word, labels */
    { VOICE_RECEIVE,  0, STAFF, STAFF, false, false, "receive", { "受付", "Received" } },
    { VOICE_TRIAGE,   WRITABLE, BY(LISTENER), SECTION_TEAM,
      false, true, "triage", { "分野と要旨", "Sort" } },
    { VOICE_ASSIGN,   WRITABLE, BY(LISTENER), BY(LISTENER) | BY(HEAD),
      false, true, "assign", { "担当課へ渡す", "Give to a section" } },
    { VOICE_SPLIT,    WRITABLE, BY(LISTENER), BY(LISTENER) | BY(HEAD),
      false, true, "split", { "問いごとに分ける", "Split" } },
    { VOICE_DRAFT,    IN(ASSIGNED) | IN(DRAFTED) | IN(RETURNED), BY(LISTENER), SECTION_TEAM,
      false, true, "draft", { "回答案を書く", "Write an answer" } },
    { VOICE_SUBMIT,   IN(DRAFTED), BY(LISTENER), SECTION_TEAM,
      false, true, "submit", { "承認を求める", "Submit" } },
    { VOICE_RETURN,   IN(SUBMITTED), 0, BY(HEAD),
      true, true, "return", { "差し戻す", "Send back" } },
    { VOICE_APPROVE,  IN(SUBMITTED), 0, BY(HEAD),
      false, true, "approve", { "承認して回答する", "Approve" } },
    { VOICE_LINK,     ANY_STATE, BY(LISTENER) | BY(PLANNING), SECTION_TEAM,
      false, true, "link", { "計画に結び付ける", "Link" } },
    { VOICE_UNLINK,   ANY_STATE, BY(LISTENER) | BY(PLANNING), SECTION_TEAM,
      true, true, "unlink", { "結び付きを外す", "Unlink" } },
    { VOICE_FATE,     IN(ANSWERED), BY(LISTENER) | BY(PLANNING), BY(LISTENER) | BY(HEAD),
      false, true, "fate", { "その後の対応", "What became of it" } },
    { VOICE_GROUP,    0, BY(LISTENER), BY(LISTENER),
      false, false, "group", { "同じ趣旨の声と並べる", "Group" } },
    { VOICE_PUBLISH,  0, BY(LISTENER), BY(LISTENER),
      false, false, "publish", { "公開する", "Publish" } },
    { VOICE_EMBARGO,  0, BY(LISTENER), BY(LISTENER),
      false, false, "embargo", { "回答後に公開する", "Publish once answered" } },
    { VOICE_WITHHOLD, 0, BY(LISTENER), BY(LISTENER),
      false, false, "withhold", { "公開しない", "Do not publish" } },
    { VOICE_REOPEN,   0, BY(LISTENER), BY(LISTENER),
      false, false, "reopen", { "回答になっていないとの申し出", "This did not answer me" } },
};
/* clang-format on */

const struct voice_rule *voice_rule(enum voice_step s)
{
    assert(RULES[s].step == s);
    return &RULES[s];
}

str voice_step_word(enum voice_step s)
{
    return str_from(RULES[s].word);
}

bool voice_step_parse(str word, enum voice_step *out)
{
    for (int i = 0; i < VOICE_STEP_COUNT; i++)
        if (str_eq(str_from(RULES[i].word), word))
            return *out = (enum voice_step)i, true;
    return false;
}

const char *voice_step_label(enum voice_step s, unsigned lang)
{
    return RULES[s].label[lang];
}

static bool is_machine(const struct voice_asker *who)
{
    return str_eq(who->account, STR("cli"));
}

static bool is_resident(const struct voice_asker *who)
{
    return str_eq(who->account, STR("resident"));
}

enum duty voice_role(const struct voice_asker *who, enum voice_step s)
{
    /* the duty that says most about why they may */
    static const enum duty ORDER[] = { DUTY_HEAD, DUTY_LISTENER, DUTY_EDITOR, DUTY_PLANNING };
    const struct voice_rule *rule = voice_rule(s);
    const unsigned may = (who->whole & rule->whole) | (who->section & rule->section);

    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++)
        if (may & DUTY_BIT(ORDER[i]))
            return ORDER[i];
    return DUTY_COUNT;
}

static bool may_by_duty(const struct voice_asker *who, enum voice_step s, struct err *e)
{
    const struct voice_rule *rule = voice_rule(s);

    if (is_machine(who) || (is_resident(who) && (s == VOICE_RECEIVE || s == VOICE_REOPEN))
        || voice_role(who, s) != DUTY_COUNT)
        return true;
    return err_set(e, ERR_DENIED, "「%s」ができるのは、%sです。", rule->label[0],
                   !(rule->section & BY(LISTENER)) ? "担当課の課長"
                   : rule->section & BY(EDITOR)    ? "担当課と広聴担当"
                   : rule->section & BY(HEAD)      ? "担当課の課長と広聴担当"
                                                   : "広聴担当");
}

static bool may_in_state(const struct voice *v, enum voice_step s, uint32_t part, struct err *e)
{
    const struct voice_rule *rule = voice_rule(s);
    enum part_state state;

    if (!rule->of_part)
        return true;
    if (part < 1 || part > v->part_count)
        return err_set(e, ERR_NOT_FOUND, "この声に%u番目の問いはありません(%u個)。", part,
                       v->part_count);
    state = v->parts[part - 1].state;
    return (rule->part_states & (1u << state))
           || err_set(e, ERR_CONFLICT, "「%s」は、いまの段階(%s)ではできません。",
                      rule->label[0], part_state_label(state, 0));
}

static bool may_publish(const struct voice *v, enum voice_step s, struct err *e)
{
    bool is_answered = true;

    for (uint32_t i = 0; i < v->part_count; i++)
        is_answered = is_answered && v->parts[i].answer_count > 0;
    if (s == VOICE_PUBLISH && !is_answered)
        return err_set(e, ERR_CONFLICT,
                       "まだ回答していない問いがあります。回答後に公開する、を選べます。");
    if (s == VOICE_EMBARGO && is_answered)
        return err_set(e, ERR_CONFLICT, "もう回答しています。公開する、を選んでください。");
    return true;
}

static bool may_reopen(const struct voice *v, struct err *e)
{
    if (v->turn_count > 1)
        return err_set(e, ERR_CONFLICT,
                       "「回答になっていない」との申し出は一度だけで、もう受け付けています。");
    return voice_state_of(v) != VOICE_OPEN
           || err_set(e, ERR_CONFLICT, "まだ回答していません。回答をお待ちください。");
}

bool voice_may(const struct voice *v, const struct hearing *h, const struct voice_asker *who,
               enum voice_step s, uint32_t part, struct err *e)
{
    if (!may_by_duty(who, s, e) || !may_in_state(v, s, part, e))
        return false;
    if (s == VOICE_PUBLISH || s == VOICE_EMBARGO)
        return may_publish(v, s, e);
    if (s == VOICE_APPROVE && h->four_eyes && !is_machine(who)
        && str_eq(v->parts[part - 1].writer, who->account))
        return err_set(e, ERR_DENIED,
                       "回答案を書いた本人は承認できません。ほかの人が承認してください。");
    return s != VOICE_REOPEN || may_reopen(v, e);
}

bool voice_may_look(const struct voice *v, const struct voice_asker *who, struct err *e)
{
    (void)v;
    if (is_machine(who) || ((who->whole | who->section) & BY(LISTENER)))
        return true;
    return err_set(
        e, ERR_DENIED,
        "受け付けた文章そのものを読めるのは、広聴担当だけです。要旨を使ってください。");
}
