/* meguri cycle: the year of a ward from the shell: begin it, see where it stands, move it on,
 * set due dates, give sheets to sections, settle steps and promises. Acts as "cli", whoever
 * sits at the machine; people act in the pages. */
#include "cli/inner.h"

#include <string.h>
#include <time.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option CYCLE_OPTIONS[] = {
    { "from", "YEAR", NULL, NULL, { "写す元の年度(start)", "the year to begin from (start)" } },
    { "empty", NULL, NULL, NULL, { "何も写さずに始める(start)", "begin with nothing (start)" } },
    { "phase", "PHASE", NULL, NULL, { "取り込んだ運営方針の、いまの段階(start)", "phase of an imported plan (start)" } },
    { "title", "TEXT", NULL, "", { "運営方針の題(start)", "title of the plan (start)" } },
    { "form", "ID", NULL, "", { "様式(start)", "form of the plan (start)" } },
    { "plan", "DAY", NULL, NULL, { "計画の期限(due)", "due date of the plan (due)" } },
    { "midyear", "DAY", NULL, NULL, { "中間振り返りの期限(due)", "due date of the mid-year review (due)" } },
    { "evaluation", "DAY", NULL, NULL, { "自己評価の期限(due)", "due date of the self-evaluation (due)" } },
    { "sheet", "NUMBER", NULL, "0", { "採り入れる取組項目(decide)", "the initiative that adopts it (decide)" } },
    { "line", "TEXT", NULL, "", { "採り入れる行(decide)", "the line that adopts it (decide)" } },
    { "reason", "TEXT", NULL, "", { "理由(記録に残る)", "why, kept in the record" } },
    { 0 },
};
/* clang-format on */

/* One call: the data, the year it is about, who and when. */
struct turn {
    struct cli *c;
    struct conn *db;
    struct work_ref ref;
    struct stamp stamp;
};

static const char *arg(const struct turn *t, int i)
{
    return i < t->c->arg_count ? t->c->args[i] : "";
}

/* A whole number of an argument or option; 0 = it is none. */
static int number_of(const char *text)
{
    dec n;

    return dec_parse(str_from(text), &n) && n.scale == 0 && n.n > 0 && n.n < 1000000 ? (int)n.n
                                                                                     : 0;
}

static bool text_fits(const char *text, struct err *e)
{
    return utf8_valid_prefix(text, strlen(text)) == strlen(text)
           || err_set(e, ERR_INPUT, "引数が UTF-8 ではありません。");
}

/* ---- start ---- */

static bool official_exists(struct turn *t, int year)
{
    const struct plan_ref ref = { t->ref.organisation, year, 0 };
    struct plan_head head;
    struct err none;

    return store_plan_head(t->db, t->c->mem, &ref, &head, &none);
}

/* The phase in which the official plan of the year stands. */
static bool phase_of_official(struct turn *t, enum phase *out, struct err *e)
{
    const struct plan_ref ref = { t->ref.organisation, t->ref.fiscal_year, 0 };
    struct plan_head head;

    if (!store_plan_head(t->db, t->c->mem, &ref, &head, e))
        return false;
    *out = str_eq(head.state, STR("midyear")) ? PHASE_REVIEWED : PHASE_DRAFT;
    return *out == PHASE_REVIEWED || phase_parse(head.state, out);
}

static bool start(struct turn *t, struct err *e)
{
    const char *from = cli_value(t->c, "from"), *phase = cli_value(t->c, "phase");
    struct cycle_start s = { .ref = t->ref,
                             .phase = PHASE_DRAFT,
                             .form_id = str_from(cli_value(t->c, "form")),
                             .title = str_from(cli_value(t->c, "title")) };

    if (from)
        s.from_year = number_of(from);
    else if (official_exists(t, t->ref.fiscal_year))
        s.from_year = t->ref.fiscal_year;
    else if (!cli_is_on(t->c, "empty") && official_exists(t, t->ref.fiscal_year - 1))
        s.from_year = t->ref.fiscal_year - 1;
    if (s.from_year == t->ref.fiscal_year && !phase_of_official(t, &s.phase, e))
        return false;
    if (phase && !phase_parse(str_from(phase), &s.phase))
        return err_set(e, ERR_INPUT, "段階「%s」はありません。", phase);
    return store_cycle_start(t->db, t->c->mem, &t->stamp, &s, e);
}

/* ---- move ---- */

static bool move_known(const char *word, enum move *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct buf all;

    if (move_parse(str_from(word), out))
        return true;
    buf_init(&all, &mem, 256, 256);
    for (int m = 0; m < MOVE_COUNT; m++) {
        buf_put_c(&all, m ? " " : "");
        buf_put(&all, move_word((enum move)m));
    }
    return err_set(e, ERR_INPUT, "「%s」という動きはありません: %.*s", word,
                   STR_ARG(buf_str(&all)));
}

/* What becomes public is audited as a document would be. */
static bool audited(struct turn *t, struct cycle_move *m, struct plan *official, struct err *e)
{
    const struct plan_ref last = { t->ref.organisation, t->ref.fiscal_year - 1, 0 };
    struct arena *a = t->c->mem;
    struct plan *previous = NEW(a, struct plan, 1);
    struct findings findings;

    if (!store_work_plan(t->db, a, &t->ref, official, &m->made_of, e))
        return false;
    m->used_previous = store_plan(t->db, a, &last, previous, e);
    if (!m->used_previous && e->code != ERR_NOT_FOUND)
        return false;
    audit_link(a, official);
    if (!audit_with_evidence(t->db, a,
                             &(struct audit_input){ .plan = official,
                                                    .previous =
                                                        m->used_previous ? previous : NULL },
                             &findings, e))
        return false;
    m->official = official;
    m->findings = findings.items;
    m->finding_count = findings.count;
    m->audit_version = audit_version();
    return true;
}

static bool move(struct turn *t, struct err *e)
{
    struct cycle_move m = { .ref = t->ref };
    struct plan official;
    struct cycle k;

    if (!move_known(arg(t, 3), &m.move, e) || !store_cycle(t->db, t->c->mem, &t->ref, &k, e)
        || !audited(t, &m, &official, e))
        return false;
    m.seen = k.record;
    return store_cycle_move(t->db, t->c->mem, &t->stamp, &m, &k, e);
}

/* ---- due, assign, step, decide ---- */

static bool due(struct turn *t, struct err *e)
{
    str days[STEP_COUNT];
    struct cycle k;

    if (!store_cycle(t->db, t->c->mem, &t->ref, &k, e))
        return false;
    for (int s = 0; s < STEP_COUNT; s++) {
        const char *day = cli_value(t->c, step_word((enum step)s).p);

        days[s] = day ? str_from(day) : k.due[s];
    }
    return store_cycle_due(t->db, &t->stamp, &t->ref, days, e);
}

static bool sheet_ref(struct turn *t, struct work_ref *out, struct err *e)
{
    *out = t->ref;
    out->number = number_of(arg(t, 3));
    return out->number
           || err_set(e, ERR_INPUT, "取組項目の番号を指定してください: %s", arg(t, 3));
}

static bool assign(struct turn *t, struct err *e)
{
    struct work_ref ref;
    struct sheet_assign what = { t->ref, &ref.number, 1, str_from(arg(t, 4)) };

    return sheet_ref(t, &ref, e) && store_sheet_assign(t->db, &t->stamp, &what, e);
}

static bool step(struct turn *t, struct err *e)
{
    struct sheet_act act = { 0 };
    struct sheet_copy now;

    if (!sheet_ref(t, &act.ref, e))
        return false;
    if (!step_parse(str_from(arg(t, 4)), &act.step)
        || !step_action_parse(str_from(arg(t, 5)), &act.action))
        return err_set(e, ERR_INPUT,
                       "段階(plan midyear evaluation)と、すること(submit return approve skip "
                       "reopen)を指定してください。");
    if (!store_sheet(t->db, t->c->mem, &act.ref, &now, e))
        return false;
    act.sheet = now.record;
    return store_sheet_act(t->db, &t->stamp, &act, e);
}

static bool decide(struct turn *t, struct err *e)
{
    struct commitment_rows rows;
    struct commitment k = { .id = str_from(arg(t, 3)) };

    if (!store_commitments(t->db, t->c->mem, &t->ref, false, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        if (str_eq(rows.rows[i].id, k.id))
            k = rows.rows[i];
    if (!fate_parse(str_from(arg(t, 4)), &k.fate))
        return err_set(e, ERR_INPUT,
                       "どうするかは open adopted dropped carried done のどれかです: %s",
                       arg(t, 4));
    k.fate_number = number_of(cli_value(t->c, "sheet"));
    k.fate_line = str_from(cli_value(t->c, "line"));
    k.fate_reason = t->stamp.reason;
    return store_commitment_decide(t->db, &t->stamp, &t->ref, &k, e);
}

/* ---- the table ---- */

static bool nothing(struct turn *t, struct err *e)
{
    (void)t;
    (void)e;
    return true;
}

static const struct verb {
    const char *name;
    bool (*run)(struct turn *t, struct err *e);
    int args_min, args_max; /* with the verb */
    enum store_mode mode;
} VERBS[] = {
    { "status", nothing, 2, 3, STORE_READ }, { "start", start, 3, 3, STORE_WRITE },
    { "move", move, 4, 4, STORE_WRITE },     { "due", due, 3, 3, STORE_WRITE },
    { "assign", assign, 4, 5, STORE_WRITE }, { "step", step, 6, 6, STORE_WRITE },
    { "decide", decide, 5, 5, STORE_WRITE },
};

static const struct verb *verb_of(const struct cli *c)
{
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (strcmp(VERBS[i].name, c->args[0]) == 0 && c->arg_count >= VERBS[i].args_min
            && c->arg_count <= VERBS[i].args_max)
            return &VERBS[i];
    return NULL;
}

static bool turn_begin(struct turn *t, const struct verb *verb, struct err *e)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    for (int i = 0; i < t->c->arg_count; i++)
        if (!text_fits(t->c->args[i], e))
            return false;
    for (int i = 0; i < t->c->given_count; i++)
        if (!text_fits(t->c->given[i].value, e))
            return false;
    t->stamp = (struct stamp){ &OPERATOR, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000,
                               str_from(cli_value(t->c, "reason")) };
    t->ref = (struct work_ref){ str_from(arg(t, 1)), number_of(arg(t, 2)), 0 };
    if (t->c->arg_count > 2 && !t->ref.fiscal_year)
        return err_set(e, ERR_INPUT, "年度は西暦で指定してください(例: 2025): %s", arg(t, 2));
    return store_open(t->c->data, verb->mode, &t->db, e);
}

int cmd_cycle(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    const struct verb *verb = verb_of(c);
    struct turn t = { .c = c };
    struct err e;
    bool ok;

    if (!verb)
        return cli_refuse(c, "使い方: meguri cycle %s", "usage: meguri cycle %s",
                          c->command->usage);
    ok = turn_begin(&t, verb, &e);
    db = t.db;
    if (!ok || !verb->run(&t, &e) || !cycle_print(c, db, &t.ref, &e))
        return cli_fail(c, &e);
    return CLI_FINE;
}
