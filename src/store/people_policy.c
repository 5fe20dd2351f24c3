/* The rules for passwords and sessions: one row of settings, one table of what each may be. */
#include "store/people_inner.h"

#include <assert.h>
#include <stddef.h>

#include "base/banned.h"

/* clang-format off */
const struct policy_rule POLICY_RULE[POLICY_RULES] = {
    { "min_length", 8, 64, { "パスワードの最短の文字数", "shortest password, in characters" } },
    { "advised_length", 8, 128, { "勧める文字数", "advised length, in characters" } },
    { "max_age_days", 0, 3650, { "変更を求めるまでの日数(0=求めない)", "days until a password must be changed (0 = never)" } },
    { "idle_minutes", 1, 1440, { "操作がないとサインアウトするまでの分数", "minutes without a request that end a session" } },
    { "absolute_hours", 1, 168, { "サインインが続く時間の上限(時間)", "hours after which a session ends" } },
    { "reauth_minutes", 1, 240, { "承認のためのパスワードの再入力が有効な分数", "minutes for which a password given again counts" } },
    { "totp_required", 0, 1, { "全員に2段階認証を求める(1=求める)", "everybody needs a second factor (1 = yes)" } },
};
/* clang-format on */

static int *rule_field(struct password_policy *p, size_t rule)
{
    int *const fields[POLICY_RULES] = {
        &p->min_length,   &p->advised_length, &p->max_age_days,
        &p->idle_minutes, &p->absolute_hours, &p->reauth_minutes
    };

    assert(rule < POLICY_RULES - 1);
    return fields[rule];
}

int policy_value(const struct password_policy *p, size_t rule)
{
    struct password_policy copy = *p;

    return rule == POLICY_RULES - 1 ? p->totp_required : *rule_field(&copy, rule);
}

void policy_set(struct password_policy *p, size_t rule, int value)
{
    if (rule == POLICY_RULES - 1)
        p->totp_required = value != 0;
    else
        *rule_field(p, rule) = value;
}

bool store_policy(struct conn *c, struct password_policy *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_POLICY_GET);
    bool is_row;

    *out = (struct password_policy){ 0 };
    if (!query_step(&q, &is_row, e))
        return false;
    if (!is_row)
        return err_set(e, ERR_IO,
                       "パスワードの規則がデータにありません。データが壊れています。");
    for (size_t i = 0; i < POLICY_RULES; i++)
        policy_set(out, i, (int)take_int(&q));
    return true;
}

static bool policy_check(const struct password_policy *p, struct err *e)
{
    for (size_t i = 0; i < POLICY_RULES; i++) {
        const int value = policy_value(p, i);

        if (value < POLICY_RULE[i].min || value > POLICY_RULE[i].max)
            return err_set(e, ERR_INPUT, "%s(%s)は%dから%dまでです。",
                           POLICY_RULE[i].label[LANG_JA], POLICY_RULE[i].name,
                           POLICY_RULE[i].min, POLICY_RULE[i].max);
    }
    if (p->advised_length < p->min_length)
        return err_set(e, ERR_INPUT,
                       "勧める文字数(advised_length)は最短の文字数(min_length)以上にして"
                       "ください。");
    return true;
}

bool store_policy_save(struct conn *c, const struct password_policy *p, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!policy_check(p, e) || !transaction_begin(c, &t, e))
        return false;
    {
        AUTO(query_end) struct query q = query_on(c, Q_POLICY_PUT);

        for (size_t i = 0; i < POLICY_RULES; i++)
            put_int(&q, policy_value(p, i));
        if (!query_run(&q, e))
            return false;
    }
    return transaction_commit(&t, e);
}
