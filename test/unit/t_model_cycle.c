/* The rules of the year, held against tables that were written from the words of the domain and
 * not from the program's: every move in every phase by every duty, every action on every status
 * in every phase by every duty. */
#include "model/model.h"
#include "check.h"

/* Who: one letter each, e h p m r a x in the order of enum duty. */
static const char DUTY_LETTERS[] = "ehpmralx";

/* What the domain allows: move, phase it starts in, phase it ends in, who; then what it asks:
 * R a reason, 2 another person than the one before, < before and > after the review was closed.
 */
static const struct {
    const char *move, *from, *to, *who, *asks;
} ALLOWED[] = {
    { "propose", "draft", "proposal", "p", "" },
    { "send-back", "proposal", "draft", "pm", "R" },
    { "adopt", "proposal", "adopted", "m", "2" },
    { "revise", "adopted", "revising", "p", "R" },
    { "revise", "revised", "revising", "p", "R" },
    { "revise", "reviewed", "revising", "p", "R" },
    { "adopt-revision", "revising", "revised", "m", "2" },
    { "open-midyear", "adopted", "midyear", "p", "<" },
    { "open-midyear", "revised", "midyear", "p", "<" },
    { "close-midyear", "midyear", "reviewed", "p", "" },
    { "open-evaluation", "reviewed", "evaluation", "p", ">" },
    { "open-evaluation", "revised", "evaluation", "p", ">" },
    { "complete", "evaluation", "evaluated", "p", "" },
    { "return", "evaluated", "evaluation", "pm", "R" },
    { "publish", "evaluated", "published", "m", "2" },
    { "reopen", "published", "correcting", "p", "R" },
    { "republish", "correcting", "published", "m", "R2" },
};
enum { ALLOWED_COUNT = sizeof ALLOWED / sizeof *ALLOWED };

/* Row of the table, -1 = not allowed in that phase. */
static int allowed(enum move m, enum phase from)
{
    for (int i = 0; i < ALLOWED_COUNT; i++)
        if (str_eq(str_from(ALLOWED[i].move), move_word(m))
            && str_eq(str_from(ALLOWED[i].from), phase_word(from)))
            return i;
    return -1;
}

static bool has(const char *letters, char one)
{
    return str_find_char(str_from(letters), one) >= 0;
}

/* Somebody may do a move in some phase: it was asked whether it is theirs before whether it is
 * time, so ask everywhere. */
static bool is_theirs(enum move m, char letter)
{
    for (int i = 0; i < ALLOWED_COUNT; i++)
        if (str_eq(str_from(ALLOWED[i].move), move_word(m)) && has(ALLOWED[i].who, letter))
            return true;
    return false;
}

static void check_move(enum move m, enum phase phase, int duty, bool midyear_done)
{
    const struct cycle_now now = { .phase = phase,
                                   .midyear_done = midyear_done,
                                   .last_mover = STR("u0000000001") };
    const struct cycle_asker who = { STR("u0000000002"), DUTY_BIT(duty) };
    const int row = allowed(m, phase);
    const bool in_time = row >= 0 && !(has(ALLOWED[row].asks, '<') && midyear_done)
                         && !(has(ALLOWED[row].asks, '>') && !midyear_done);
    struct err e = { 0 };
    const bool got = cycle_may_move(&now, &who, m, STR("理由"), &e);

    CHECK(got == (in_time && has(ALLOWED[row].who, DUTY_LETTERS[duty])));
    if (!got)
        CHECK(e.code == (is_theirs(m, DUTY_LETTERS[duty]) ? ERR_CONFLICT : ERR_DENIED));
    if (!got)
        CHECK(e.text[0] != '\0');
    if (row >= 0)
        CHECK(str_eq(phase_word(move_rule(m)->to), str_from(ALLOWED[row].to)));
}

static void every_move_in_every_phase_by_every_duty(void)
{
    for (int m = 0; m < MOVE_COUNT; m++)
        for (int p = 0; p < PHASE_COUNT; p++)
            for (int d = 0; d < DUTY_COUNT; d++)
                for (int done = 0; done < 2; done++)
                    check_move((enum move)m, (enum phase)p, d, done);
}

static void a_move_asks_for_a_reason_and_for_a_second_person(void)
{
    for (int i = 0; i < ALLOWED_COUNT; i++) {
        struct cycle_now now = { .midyear_done = has(ALLOWED[i].asks, '>'),
                                 .last_mover = STR("u0000000001") };
        struct cycle_asker who = { STR("u0000000002"), DUTIES_ALL };
        struct err e = { 0 };
        enum move m;

        CHECK(move_parse(str_from(ALLOWED[i].move), &m));
        CHECK(phase_parse(str_from(ALLOWED[i].from), &now.phase));
        CHECK(cycle_may_move(&now, &who, m, STR("　 \n"), &e) == !has(ALLOWED[i].asks, 'R'));
        if (has(ALLOWED[i].asks, 'R'))
            CHECK(e.code == ERR_INPUT);
        who.account = now.last_mover;
        CHECK(cycle_may_move(&now, &who, m, STR("理由"), &e) == !has(ALLOWED[i].asks, '2'));
        if (has(ALLOWED[i].asks, '2'))
            CHECK(e.code == ERR_DENIED);
        /* whoever sits at the machine is no person that could be the same twice */
        now.last_mover = who.account = STR("");
        CHECK(cycle_may_move(&now, &who, m, STR("理由"), &e));
    }
}

/* Which step is written in which phase. */
static const struct {
    const char *phase, *steps; /* p m e */
} WRITTEN[] = {
    { "draft", "p" },      { "revising", "p" },     { "midyear", "m" },
    { "evaluation", "e" }, { "correcting", "pme" },
};
static const char STEP_LETTERS[] = "pme";

static bool is_written(enum phase p, enum step s)
{
    for (size_t i = 0; i < sizeof WRITTEN / sizeof *WRITTEN; i++)
        if (str_eq(str_from(WRITTEN[i].phase), phase_word(p)))
            return has(WRITTEN[i].steps, STEP_LETTERS[s]);
    return false;
}

/* Action, statuses it starts in (o open, s submitted, r returned, a approved, k skipped), the
 * status it leads to, who, R = needs a reason. */
static const struct {
    const char *action, *from, *to, *who, *asks;
} ACTED[] = {
    { "submit", "or", "submitted", "ehp", "" }, { "return", "sa", "returned", "hp", "R" },
    { "approve", "s", "approved", "h", "" },    { "skip", "or", "skipped", "h", "R" },
    { "reopen", "ak", "returned", "p", "R" },
};
static const char STATUS_LETTERS[] = "osrak";

static void check_act(enum step_action act, const struct cycle_now *now, enum step s, int duty)
{
    const struct cycle_asker who = { STR("u0000000002"), DUTY_BIT(duty) };
    const bool is_mine = has(ACTED[act].who, DUTY_LETTERS[duty]);
    const bool fits = is_written(now->phase, s)
                      && has(ACTED[act].from, STATUS_LETTERS[now->status[s]])
                      && (act != ACTION_SKIP || s == STEP_MIDYEAR);
    struct err e = { 0 };

    CHECK(cycle_may_act(now, &who, s, act, STR("理由"), &e) == (is_mine && fits));
    CHECK(is_mine ? fits || e.code == ERR_CONFLICT : e.code == ERR_DENIED);
    if (is_mine && fits)
        CHECK(cycle_may_act(now, &who, s, act, STR(""), &e) == !has(ACTED[act].asks, 'R'));
}

static void check_edit(const struct cycle_now *now, enum step s, int duty)
{
    const struct cycle_asker who = { STR("u0000000002"), DUTY_BIT(duty) };
    struct err e = { 0 };

    CHECK(cycle_may_edit(now, &who, s, &e)
          == (has("ehp", DUTY_LETTERS[duty]) && is_written(now->phase, s)
              && has("or", STATUS_LETTERS[now->status[s]])));
}

static void check_sheet(enum phase p, enum step s, enum step_status status)
{
    struct cycle_now now = { .phase = p, .submitter = STR("u0000000001") };

    now.status[s] = status;
    for (int d = 0; d < DUTY_COUNT; d++) {
        for (int act = 0; act < ACTION_COUNT; act++)
            check_act((enum step_action)act, &now, s, d);
        check_edit(&now, s, d);
    }
}

static void every_action_on_every_status_in_every_phase_by_every_duty(void)
{
    for (int p = 0; p < PHASE_COUNT; p++)
        for (int s = 0; s < STEP_COUNT; s++)
            for (int status = 0; status < STATUS_COUNT; status++)
                check_sheet((enum phase)p, (enum step)s, (enum step_status)status);
}

static void nobody_approves_what_they_submitted(void)
{
    struct cycle_now now = { .phase = PHASE_DRAFT, .submitter = STR("u0000000001") };
    struct cycle_asker who = { STR("u0000000001"), DUTIES_ALL };
    struct err e = { 0 };

    now.status[STEP_PLAN] = STATUS_SUBMITTED;
    CHECK(!cycle_may_act(&now, &who, STEP_PLAN, ACTION_APPROVE, STR(""), &e));
    CHECK(e.code == ERR_DENIED);
    CHECK(cycle_may_act(&now, &who, STEP_PLAN, ACTION_RETURN, STR("まだです"), &e));
    who.account = STR("u0000000002");
    CHECK(cycle_may_act(&now, &who, STEP_PLAN, ACTION_APPROVE, STR(""), &e));
}

static void the_actions_lead_where_the_table_says(void)
{
    for (int a = 0; a < ACTION_COUNT; a++) {
        CHECK(str_eq(step_action_word((enum step_action)a), str_from(ACTED[a].action)));
        CHECK(str_eq(step_status_word(action_status((enum step_action)a)),
                     str_from(ACTED[a].to)));
    }
    for (int s = 0; s < STATUS_COUNT; s++)
        CHECK(status_is_settled((enum step_status)s) == has("ak", STATUS_LETTERS[s]));
}

/* Before a plan leaves the hands of those who write it, every sheet's step is settled; a
 * correction settles whatever was opened again. */
static void what_is_written_is_settled_before_it_moves_on(void)
{
    static const struct {
        const char *move;
        unsigned steps;
    } SETTLED[] = {
        { "propose", 1u << STEP_PLAN },
        { "adopt-revision", 1u << STEP_PLAN },
        { "close-midyear", 1u << STEP_MIDYEAR },
        { "complete", 1u << STEP_EVALUATION },
        { "republish", 1u << STEP_PLAN | 1u << STEP_MIDYEAR | 1u << STEP_EVALUATION },
    };

    for (int m = 0; m < MOVE_COUNT; m++) {
        unsigned want = 0;

        for (size_t i = 0; i < sizeof SETTLED / sizeof *SETTLED; i++)
            if (str_eq(str_from(SETTLED[i].move), move_word((enum move)m)))
                want = SETTLED[i].steps;
        CHECK(move_rule((enum move)m)->settled == want);
    }
}

static void what_becomes_public_and_as_what(void)
{
    static const struct {
        const char *phase, *state;
    } PUBLIC[] = {
        { "proposal", "proposal" }, { "adopted", "adopted" },     { "revised", "revised" },
        { "reviewed", "midyear" },  { "published", "published" },
    };

    for (int p = 0; p < PHASE_COUNT; p++) {
        str want = { 0 };

        for (size_t i = 0; i < sizeof PUBLIC / sizeof *PUBLIC; i++)
            if (str_eq(str_from(PUBLIC[i].phase), phase_word((enum phase)p)))
                want = str_from(PUBLIC[i].state);
        CHECK(str_eq(phase_official((enum phase)p), want));
    }
}

static void words_are_read_back_and_strangers_are_not(void)
{
    for (int p = PHASE_DRAFT; p < PHASE_COUNT; p++) {
        enum phase back;

        CHECK(phase_parse(phase_word((enum phase)p), &back) && back == (enum phase)p);
    }
    for (int d = 0; d < DUTY_COUNT; d++) {
        enum duty back;

        CHECK(duty_parse(duty_word((enum duty)d), &back) && back == (enum duty)d);
    }
    for (int s = 0; s < STEP_COUNT; s++) {
        enum step back;

        CHECK(step_parse(step_word((enum step)s), &back) && back == (enum step)s);
    }
    for (int s = 0; s < STATUS_COUNT; s++) {
        enum step_status back;

        CHECK(step_status_parse(step_status_word((enum step_status)s), &back)
              && back == (enum step_status)s);
    }
    enum move m;
    enum phase p;
    enum step_action a;
    CHECK(!move_parse(STR(""), &m) && !move_parse(STR("Adopt"), &m));
    CHECK(!phase_parse(STR(""), &p) && !step_action_parse(STR("approve "), &a));
}

/* The sentences say who may, or what has to happen first. */
static void a_refusal_says_what_to_do(void)
{
    const struct cycle_now now = { .phase = PHASE_PROPOSAL, .last_mover = STR("u1") };
    struct cycle_asker who = { STR("u1"), DUTY_BIT(DUTY_EDITOR) };
    struct err e = { 0 };

    CHECK(!cycle_may_move(&now, &who, MOVE_SEND_BACK, STR("x"), &e));
    CHECK_STR(e.text, "「素案に差し戻す」ができるのは、企画担当か区長です。");
    who.duties = DUTY_BIT(DUTY_MAYOR);
    CHECK(!cycle_may_move(&now, &who, MOVE_PUBLISH, STR(""), &e));
    CHECK_STR(e.text, "いまは「案」です。「公表する」はこの段階ではできません。");
    CHECK(!cycle_may_move(&now, &who, MOVE_ADOPT, STR(""), &e));
    CHECK(str_find(str_from(e.text), STR("別の人")) > 0);
    CHECK(!cycle_may_move(&now, &who, MOVE_SEND_BACK, STR(""), &e));
    CHECK(str_find(str_from(e.text), STR("理由")) > 0);
}

int main(void)
{
    RUN(every_move_in_every_phase_by_every_duty);
    RUN(a_move_asks_for_a_reason_and_for_a_second_person);
    RUN(every_action_on_every_status_in_every_phase_by_every_duty);
    RUN(nobody_approves_what_they_submitted);
    RUN(the_actions_lead_where_the_table_says);
    RUN(what_is_written_is_settled_before_it_moves_on);
    RUN(what_becomes_public_and_as_what);
    RUN(words_are_read_back_and_strangers_are_not);
    RUN(a_refusal_says_what_to_do);
    return DONE();
}
