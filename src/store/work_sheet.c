/* Sheets: read, saved, assigned, dropped; their steps submitted, sent back, approved. */
#include "store/work_inner.h"

#include "model/blanks.h"

#include "base/banned.h"

/* ---- reading ---- */

/* Columns of sheet_row and sheet_rows. */
static struct sheet_copy row_sheet(struct query *q, struct arena *a)
{
    struct sheet_copy s = { .number = (int)take_int(q) };

    s.section = take_text(q, a);
    s.section_name = take_text(q, a);
    s.origin_year = (int)take_int(q);
    s.origin_number = (int)take_int(q);
    s.initiative.number = s.number;
    s.initiative.title.v = take_text(q, a);
    for (int i = 0; i < STEP_COUNT; i++)
        s.empty[i] = (uint32_t)take_int(q);
    s.record = take_hash(q);
    s.at_ms = take_int(q);
    s.author = take_text(q, a);
    return s;
}

/* Columns of sheet_step_rows and sheet_step_of_sheet; *number is the sheet's. */
static struct sheet_step row_step(struct query *q, struct arena *a, int *number,
                                  enum step *which)
{
    struct sheet_step s = { 0 };

    *number = (int)take_int(q);
    *which = STEP_PLAN;
    if (!step_parse(take_text(q, a), which) || !step_status_parse(take_text(q, a), &s.status))
        s.status = STATUS_OPEN; /* a changed table: verification says so */
    s.submitter = take_text(q, a);
    s.sheet = take_hash(q);
    s.record = take_hash(q);
    s.at_ms = take_int(q);
    s.author = take_text(q, a);
    s.comment = take_text(q, a);
    return s;
}

static bool steps_load(struct conn *c, struct arena *a, const struct work_ref *ref,
                       struct sheet_copy *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_STEP_OF_SHEET);
    bool is_row = true;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    while (query_step(&q, &is_row, e) && is_row) {
        int number;
        enum step which;
        const struct sheet_step s = row_step(&q, a, &number, &which);

        out->steps[which] = s;
    }
    return !is_row;
}

static bool sheet_missing_here(const struct work_ref *ref, struct err *e)
{
    return err_set(e, ERR_NOT_FOUND, "%d年度の作業に、取組項目%dはありません。",
                   ref->fiscal_year, ref->number);
}

static bool body_load(struct query *q, struct arena *a, struct sheet_copy *out, struct err *e)
{
    struct sheet_body body;
    struct value *tree;

    if (!body_tree(a, take_text(q, a), &tree, e) || !work_sheet_read(a, tree, &body, e))
        return false;
    out->initiative = body.initiative;
    return true;
}

bool store_sheet(struct conn *c, struct arena *a, const struct work_ref *ref,
                 struct sheet_copy *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_ROW);
    bool found;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return sheet_missing_here(ref, e);
    *out = row_sheet(&q, a);
    return body_load(&q, a, out, e) && steps_load(c, a, ref, out, e);
}

/* Both lists are in the order of their numbers. */
static bool steps_merge(struct conn *c, struct arena *a, const struct work_ref *ref,
                        struct sheet_rows *rows, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_STEP_ROWS);
    uint32_t at = 0;
    bool is_row = true;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    while (query_step(&q, &is_row, e) && is_row) {
        int number;
        enum step which;
        const struct sheet_step s = row_step(&q, a, &number, &which);

        while (at < rows->count && rows->rows[at].number < number)
            at++;
        if (at < rows->count && rows->rows[at].number == number)
            rows->rows[at].steps[which] = s;
    }
    return !is_row;
}

bool store_sheets(struct conn *c, struct arena *a, const struct work_ref *ref,
                  struct sheet_rows *out, struct err *e)
{
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct sheet_rows){ 0 };
    {
        AUTO(query_end) struct query q = query_on(c, Q_SHEET_ROWS);

        put_text(&q, ref->organisation);
        put_int(&q, ref->fiscal_year);
        while (query_step(&q, &is_row, e) && is_row) {
            out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
            out->rows[out->count++] = row_sheet(&q, a);
        }
    }
    return !is_row && steps_merge(c, a, ref, out, e);
}

bool store_sheet_section(struct conn *c, struct arena *a, const struct work_ref *ref,
                         str *section, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_SECTION);
    bool found;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, ref->number);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return sheet_missing_here(ref, e);
    *section = take_text(&q, a);
    return true;
}

/* ---- saving ---- */

static bool section_fits(struct conn *c, struct arena *a, str ward, str section, struct err *e)
{
    struct organisation o;

    if (!section.n)
        return true;
    if (!store_organisation(c, a, section, &o, e))
        return false;
    return str_eq(o.parent, ward)
           || err_set(e, ERR_INPUT, "「%.*s」はこの団体の課ではありません。", STR_ARG(section));
}

/* The number of a sheet that is added: none before it had it, dropped ones neither. */
static bool number_next(struct conn *c, struct arena *a, const struct work_ref *ref, int *out,
                        struct err *e)
{
    struct record r;
    int64_t last;

    {
        AUTO(query_end) struct query q = query_on(c, Q_SHEET_LAST_NUMBER);

        put_text(&q, ref->organisation);
        put_int(&q, ref->fiscal_year);
        if (!query_number(&q, &last, e))
            return false;
    }
    do {
        const struct entity_ref name = { ref->organisation,
                                         entity_sheet(a, ref->fiscal_year, (int)++last), 0 };

        if (!record_find(c, a, &name, &r, e))
            return false;
    } while (r.seq);
    *out = (int)last;
    return last <= LIMIT_INITIATIVES
           || err_set(e, ERR_INPUT, "取組項目が多すぎます(%d件まで)。", LIMIT_INITIATIVES);
}

/* What is being saved, and what stood there. */
struct saving {
    struct conn *c;
    struct arena *a;
    const struct stamp *stamp;
    const struct sheet_save *what;
    struct work_ref ref; /* with the number it gets */
    struct cycle cycle;
    struct sheet_copy before; /* number 0 = it is new */
    struct sheet_body body;
};

/* A double click on "add": the last sheet says the same, by the same author. */
static bool is_added_already(struct saving *s, struct saved *out, struct err *e)
{
    struct work_ref last = s->ref;
    struct initiative mine = *s->what->initiative;
    struct sheet_copy there;
    struct err none;

    (void)e;
    last.number = s->ref.number - 1;
    if (!mine.title.v.n || !last.number || !store_sheet(s->c, s->a, &last, &there, &none)
        || !str_eq(there.author, s->stamp->who->id))
        return false;
    mine.number = there.number;
    mine.section = there.section;
    if (!str_eq(body_put(s->a, model_initiative_value(s->a, &mine, true)),
                body_put(s->a, model_initiative_value(s->a, &there.initiative, true))))
        return false;
    *out = (struct saved){ there.record, there.number, true };
    return true;
}

static bool saving_load(struct saving *s, struct err *e)
{
    const struct sheet_save *w = s->what;

    s->ref = w->ref;
    s->body = (struct sheet_body){ .section = w->section, .initiative = *w->initiative };
    if (!store_cycle(s->c, s->a, &s->ref, &s->cycle, e))
        return false;
    if (!s->ref.number) {
        return section_fits(s->c, s->a, s->ref.organisation, w->section, e)
               && number_next(s->c, s->a, &s->ref, &s->ref.number, e);
    }
    if (!store_sheet(s->c, s->a, &s->ref, &s->before, e))
        return false;
    s->body.section = s->before.section;
    s->body.origin_year = s->before.origin_year;
    s->body.origin_number = s->before.origin_number;
    return true;
}

static bool saving_check(struct saving *s, struct err *e)
{
    const struct sheet_save *w = s->what;
    struct cycle_asker who;
    struct cycle_now now;

    work_now(&s->cycle, &s->before, w->step, &now);
    if (!work_asker(s->c, s->stamp, s->ref.organisation, s->body.section, &who, e)
        || !cycle_may_edit(&now, &who, w->step, e))
        return false;
    if (!s->before.number)
        return w->step == STEP_PLAN
               || err_set(e, ERR_CONFLICT, "取組項目を加えられるのは、計画を書く間だけです。");
    return initiative_differs_only_in(s->a, &s->before.initiative, &s->body.initiative, w->step)
           || err_set(e, ERR_DENIED, "いまの段階で変えられない欄が変わっています。");
}

bool store_sheet_save(struct conn *c, struct arena *a, const struct stamp *stamp,
                      const struct sheet_save *save, struct saved *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct saving s = { .c = c, .a = a, .stamp = stamp, .what = save };
    struct work_say what = { .kind = STR("sheet"), .seen = save->seen };
    struct work_said r;

    if (!transaction_begin(c, &t, e) || !saving_load(&s, e))
        return false;
    s.body.initiative.number = s.ref.number;
    s.body.initiative.section = s.body.section;
    if (!saving_check(&s, e))
        return false;
    if (!s.before.number && is_added_already(&s, out, e))
        return true;
    what.organisation = s.ref.organisation;
    what.entity = entity_sheet(a, s.ref.fiscal_year, s.ref.number);
    what.tree = work_sheet_value(a, &s.body);
    *out = (struct saved){ .number = s.ref.number };
    if (!work_say(c, a, stamp, &what, &r, e))
        return false;
    out->record = r.record.hash;
    out->is_same = r.is_same;
    return out->is_same || transaction_commit(&t, e);
}

/* ---- whose it is, and whether it stays ---- */

/* A change by planning of what a sheet's record says beside the initiative. */
static bool sheet_restate(struct conn *c, const struct stamp *stamp, const struct work_ref *ref,
                          struct hash seen, const struct sheet_body *body, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct work_say what = {
        .organisation = ref->organisation,
        .kind = STR("sheet"),
        .entity = entity_sheet(&mem, ref->fiscal_year, ref->number),
        .tree = work_sheet_value(&mem, body),
        .seen = seen,
    };
    struct work_said r;

    return work_say(c, &mem, stamp, &what, &r, e);
}

static struct sheet_body body_of(const struct sheet_copy *s)
{
    return (struct sheet_body){
        .section = s->section,
        .origin_year = s->origin_year,
        .origin_number = s->origin_number,
        .initiative = s->initiative,
    };
}

static bool assign_one(struct conn *c, const struct stamp *stamp, const struct work_ref *ref,
                       str section, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct sheet_copy now;
    struct sheet_body body;

    if (!store_sheet(c, &mem, ref, &now, e))
        return false;
    body = body_of(&now);
    body.section = body.initiative.section = section;
    return sheet_restate(c, stamp, ref, now.record, &body, e);
}

bool store_sheet_assign(struct conn *c, const struct stamp *stamp,
                        const struct sheet_assign *what, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct work_ref ref = what->ref;

    if (!transaction_begin(c, &t, e)
        || !work_planning(c, stamp, ref.organisation, "課に割り当てる", e)
        || !section_fits(c, &mem, ref.organisation, what->section, e))
        return false;
    for (uint32_t i = 0; i < what->count; i++) {
        ref.number = what->numbers[i];
        if (!assign_one(c, stamp, &ref, what->section, e))
            return false;
    }
    return transaction_commit(&t, e);
}

bool store_sheet_drop(struct conn *c, const struct stamp *stamp, const struct work_ref *ref,
                      struct hash seen, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct sheet_copy now;
    struct sheet_body body;
    struct cycle k;

    if (!str_trim(stamp->reason).n)
        return err_set(e, ERR_INPUT,
                       "取組項目を外すには理由が要ります。理由を書いてください。");
    if (!transaction_begin(c, &t, e)
        || !work_planning(c, stamp, ref->organisation, "取組項目を外す", e)
        || !store_cycle(c, &mem, ref, &k, e) || !store_sheet(c, &mem, ref, &now, e))
        return false;
    if (phase_step(k.phase) != STEP_PLAN)
        return err_set(e, ERR_CONFLICT, "取組項目を外せるのは、計画を書く間だけです。");
    body = body_of(&now);
    body.is_dropped = true;
    return sheet_restate(c, stamp, ref, seen, &body, e) && transaction_commit(&t, e);
}

/* ---- steps ---- */

/* "Not held" stands in the sheet itself, so that it becomes public with it. */
static bool skip_put(struct conn *c, struct arena *a, const struct stamp *stamp,
                     const struct sheet_act *act, struct sheet_copy *now, struct err *e)
{
    const bool is_skipped = act->action == ACTION_SKIP;
    struct sheet_body body = body_of(now);
    struct sheet_copy after;

    body.initiative.midyear.is_present = true;
    body.initiative.midyear.is_skipped = is_skipped;
    body.initiative.midyear.skip_reason = is_skipped ? stamp->reason : (str){ 0 };
    if (!sheet_restate(c, stamp, &act->ref, now->record, &body, e)
        || !store_sheet(c, a, &act->ref, &after, e))
        return false;
    now->record = after.record;
    return true;
}

static bool step_say(struct conn *c, struct arena *a, const struct stamp *stamp,
                     const struct sheet_act *act, const struct sheet_copy *now, struct err *e)
{
    const struct sheet_step *before = &now->steps[act->step];
    const struct step_body body = {
        .status = action_status(act->action),
        .submitter = act->action == ACTION_SUBMIT ? stamp->who->id : before->submitter,
        .sheet = now->record,
    };
    const struct work_say what = {
        .organisation = act->ref.organisation,
        .kind = STR("step"),
        .entity = entity_step(a, act->ref.fiscal_year, act->ref.number, act->step),
        .tree = work_step_value(a, &body),
        .seen = before->record,
    };
    struct work_said r;

    return work_say(c, a, stamp, &what, &r, e);
}

/* The same person asked for the same thing a moment ago. */
static bool is_done(const struct stamp *stamp, const struct sheet_act *act,
                    const struct sheet_copy *now)
{
    const struct sheet_step *s = &now->steps[act->step];

    return s->status == action_status(act->action) && str_eq(s->author, stamp->who->id)
           && (hash_eq(s->sheet, act->sheet) || act->action == ACTION_SKIP);
}

/* Nothing mandatory may be empty; the sentence of the first such field says what to write. */
static bool check_filled(struct conn *c, const struct sheet_act *act, const struct cycle *k,
                         const struct sheet_copy *now, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct form *form = work_form(c, k->form_id);
    struct blank_faults faults = { 0 };

    if (form)
        sheet_missing(&mem, form, &now->initiative, act->step, &faults);
    return !faults.count
           || err_set(e, ERR_INPUT, "必ず書く欄が%u個空いています。%.*s", faults.count,
                      STR_ARG(faults.items[0].text));
}

static bool act_check(struct conn *c, const struct stamp *stamp, const struct sheet_act *act,
                      const struct cycle *k, const struct sheet_copy *now, struct err *e)
{
    struct cycle_asker who;
    struct cycle_now state;

    work_now(k, now, act->step, &state);
    if (!work_asker(c, stamp, act->ref.organisation, now->section, &who, e)
        || !cycle_may_act(&state, &who, act->step, act->action, stamp->reason, e))
        return false;
    if (!hash_eq(now->record, act->sheet))
        return err_set(e, ERR_CONFLICT,
                       "読んだあとで、ほかの人が書き換えました。新しい内容を見てからやり直して"
                       "ください。");
    return act->action != ACTION_SUBMIT || check_filled(c, act, k, now, e);
}

bool store_sheet_act(struct conn *c, const struct stamp *stamp, const struct sheet_act *act,
                     struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct sheet_copy now;
    struct cycle k;

    if (!transaction_begin(c, &t, e) || !store_cycle(c, &mem, &act->ref, &k, e)
        || !store_sheet(c, &mem, &act->ref, &now, e))
        return false;
    if (is_done(stamp, act, &now))
        return true;
    if (!act_check(c, stamp, act, &k, &now, e))
        return false;
    if (act->action == ACTION_SKIP || now.steps[act->step].status == STATUS_SKIPPED) {
        if (!skip_put(c, &mem, stamp, act, &now, e))
            return false;
    }
    return step_say(c, &mem, stamp, act, &now, e) && transaction_commit(&t, e);
}

/* ---- findings answered ---- */

str answer_id(struct arena *a, str rule, str subject)
{
    struct buf b;

    buf_init(&b, a, 64, 64);
    hash_put(&b, hash_bytes(str_fmt(a, "%.*s\n%.*s", STR_ARG(rule), STR_ARG(subject))));
    return str_take(buf_str(&b), 12);
}

bool store_answers(struct conn *c, struct arena *a, const struct work_ref *ref,
                   struct answer_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_FINDING_ANSWER_ROWS);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct answer_rows){ 0 };
    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    while (query_step(&q, &is_row, e) && is_row) {
        struct answer w = { .number = (int)take_int(&q) };

        w.id = take_text(&q, a);
        w.rule = take_text(&q, a);
        w.subject = take_text(&q, a);
        w.reason = take_text(&q, a);
        w.author = take_text(&q, a);
        w.at_ms = take_int(&q);
        w.record = take_hash(&q);
        if (ref->number && w.number != ref->number)
            continue;
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = w;
    }
    return !is_row;
}

bool store_answer_save(struct conn *c, const struct stamp *stamp, const struct work_ref *ref,
                       const struct answer *answer, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct work_say what = { .organisation = ref->organisation, .kind = STR("answer") };
    struct cycle_asker who;
    struct cycle k;
    struct work_said r;
    str section = { 0 }, id = answer_id(&mem, answer->rule, answer->subject);

    if (!transaction_begin(c, &t, e) || !store_cycle(c, &mem, ref, &k, e)
        || (ref->number && !store_sheet_section(c, &mem, ref, &section, e))
        || !work_asker(c, stamp, ref->organisation, section, &who, e))
        return false;
    if (!(who.duties & DUTIES_WRITE))
        return err_set(e, ERR_DENIED, "指摘に答えられるのは、担当か課長か企画担当です。");
    what.entity = entity_answer(&mem, ref->fiscal_year, ref->number, id);
    what.tree = work_answer_value(&mem, answer);
    what.is_blind = true;
    return work_say(c, &mem, stamp, &what, &r, e) && transaction_commit(&t, e);
}
