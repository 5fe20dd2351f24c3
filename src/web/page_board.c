/* The board of a year: who has what, since when, what is empty, what is due, and the moves that
 * its reader may make. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* clang-format off */
const struct field BOARD_MOVE_FIELDS[] = {
    { "move", INPUT_LINE, 40, true, { "すること", "What to do" } },
    { "seen", INPUT_HASH, 0, true, { "見ていた記録", "The record that was seen" } },
    { "reason", INPUT_TEXT, 2000, false, { "理由", "Reason" } },
    { 0 },
};
const struct field BOARD_DUE_FIELDS[] = {
    { "plan", INPUT_DAY, 0, false, { "計画の期限", "Due date of the plan" } },
    { "midyear", INPUT_DAY, 0, false, { "中間振り返りの期限", "Due date of the mid-year review" } },
    { "evaluation", INPUT_DAY, 0, false, { "自己評価の期限", "Due date of the self-evaluation" } },
    { 0 },
};
const struct field BOARD_ASSIGN_FIELDS[] = {
    { "sheet.*", INPUT_FLAG, 0, false, { "取組項目", "Initiative" } },
    { "section", INPUT_LINE, 40, false, { "課", "Section" } },
    { 0 },
};
/* clang-format on */

struct board {
    struct req *r;
    struct value *page;
    struct work_ref ref;
    struct organisation organisation;
    struct cycle cycle;
    struct sheet_rows sheets;
    uint32_t open_promises;
};

static bool board_load(struct board *b, struct err *e)
{
    struct req *r = b->r;
    struct commitment_rows promises;

    b->ref = staff_ref(r);
    if (!store_cycle(r->db, r->mem, &b->ref, &b->cycle, e)
        || !store_sheets(r->db, r->mem, &b->ref, &b->sheets, e)
        || !store_commitments(r->db, r->mem, &b->ref, false, &promises, e))
        return false;
    for (uint32_t i = 0; i < promises.count; i++)
        b->open_promises += promises.rows[i].fate == FATE_OPEN;
    return true;
}

/* ---- the matrix ---- */

static bool is_worked_on(const struct board *b, enum step s)
{
    return phase_step(b->cycle.phase) == (int)s || b->cycle.phase == PHASE_CORRECTING;
}

static void put_cell(const struct board *b, struct value *cell, const struct sheet_copy *s,
                     enum step step)
{
    struct arena *a = b->r->mem;
    const struct sheet_step *at = &s->steps[step];
    const bool is_now = is_worked_on(b, step), is_open = !status_is_settled(at->status);
    struct value *words = value_map(a);

    value_put_text(a, cell, "status",
                   is_now || !is_open ? step_status_word(at->status) : STR("later"));
    value_put_bool(a, cell, "is_overdue",
                   is_now && is_open && staff_is_over(b->r, b->cycle.due[step]));
    value_put_int(a, words, "n", s->empty[step]);
    value_put_text_or_null(a, cell, "empty",
                           is_now && is_open && s->empty[step]
                               ? req_message(b->r, "board.empty", words)
                               : (str){ 0 });
    value_put_text_or_null(a, cell, "since",
                           at->at_ms ? part_time_label(b->r, at->at_ms) : (str){ 0 });
    value_put_text_or_null(a, cell, "by", staff_name(b->r, at->author));
    value_put_text_or_null(a, cell, "comment", at->comment);
}

static void put_sheet(const struct board *b, struct value *row, const struct sheet_copy *s)
{
    struct arena *a = b->r->mem;
    struct value *cells;

    value_put_int(a, row, "number", s->number);
    value_put_text(a, row, "field", str_fmt(a, "sheet.%d", s->number));
    value_put_text(a, row, "title",
                   s->initiative.title.v.n ? s->initiative.title.v
                                           : req_message(b->r, "board.untitled", NULL));
    value_put_text(a, row, "url",
                   req_url(b->r, "/w/%.*s/%d/%d", STR_ARG(b->ref.organisation),
                           b->ref.fiscal_year, s->number));
    cells = value_put_list(a, row, "cells");
    for (int step = 0; step < STEP_COUNT; step++)
        put_cell(b, value_add_map(a, cells), s, (enum step)step);
}

/* Sheets under the section that writes them, sections in the order of their first sheet. */
static void put_groups(const struct board *b)
{
    struct arena *a = b->r->mem;
    struct value *groups = value_put_list(a, b->page, "groups");
    bool *done = NEW(a, bool, b->sheets.count);

    for (uint32_t i = 0; i < b->sheets.count; i++) {
        const str section = b->sheets.rows[i].section;
        struct value *group, *rows;

        if (done[i])
            continue;
        group = value_add_map(a, groups);
        value_put_text(a, group, "name",
                       section.n ? b->sheets.rows[i].section_name
                                 : req_message(b->r, "board.planning_section", NULL));
        rows = value_put_list(a, group, "rows");
        for (uint32_t k = i; k < b->sheets.count; k++) {
            if (done[k] || !str_eq(b->sheets.rows[k].section, section))
                continue;
            done[k] = true;
            put_sheet(b, value_add_map(a, rows), &b->sheets.rows[k]);
        }
    }
    value_put_bool(a, b->page, "has_sheets", b->sheets.count > 0);
}

static void put_steps(const struct board *b)
{
    struct arena *a = b->r->mem;
    struct value *steps = value_put_list(a, b->page, "steps");

    for (int s = 0; s < STEP_COUNT; s++) {
        struct value *step = value_add_map(a, steps);
        uint32_t settled = 0;

        for (uint32_t i = 0; i < b->sheets.count; i++)
            settled += status_is_settled(b->sheets.rows[i].steps[s].status);
        value_put_text(a, step, "step", step_word((enum step)s));
        staff_put_day(b->r, step, "due_label", b->cycle.due[s]);
        value_put_bool(a, step, "is_now", is_worked_on(b, (enum step)s));
        value_put_int(a, step, "settled", settled);
        value_put_int(a, step, "count", b->sheets.count);
    }
}

/* ---- moves ---- */

static uint32_t unsettled(const struct board *b, unsigned steps)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->sheets.count; i++)
        for (int s = 0; s < STEP_COUNT; s++)
            n += steps & 1u << s && !status_is_settled(b->sheets.rows[i].steps[s].status);
    return n;
}

/* Why a move that is theirs cannot be made yet; "" when it can. */
static str not_yet(const struct board *b, enum move m)
{
    struct value *words = value_map(b->r->mem);
    const uint32_t n = unsettled(b, move_rule(m)->settled);

    value_put_int(b->r->mem, words, "n", n ? n : b->open_promises);
    if (n)
        return req_message(b->r, "board.not_settled", words);
    if (move_rule(m)->settled && !b->sheets.count)
        return req_message(b->r, "board.no_sheets", NULL);
    if (m == MOVE_PROPOSE && b->open_promises)
        return req_message(b->r, "board.open_promises", words);
    return (str){ 0 };
}

static void put_move(const struct board *b, struct value *row, enum move m)
{
    struct arena *a = b->r->mem;
    const struct move_rule *rule = move_rule(m);

    value_put_text(a, row, "move", move_word(m));
    value_put_text(a, row, "label", str_from(rule->label[b->r->lang]));
    value_put_bool(a, row, "needs_reason", rule->needs_reason);
    value_put_bool(a, row, "is_public", phase_official(rule->to).n > 0);
    value_put_text(a, row, "reason_id", str_fmt(a, "reason-%.*s", STR_ARG(move_word(m))));
    value_put_text_or_null(a, row, "not_yet", not_yet(b, m));
}

/* The moves of this phase that are the reader's; what another must do is said in a sentence. */
static void put_moves(const struct board *b)
{
    struct req *r = b->r;
    struct value *list = value_put_list(r->mem, b->page, "moves");
    const struct cycle_asker who = { r->person->account, r->person->duties };
    const struct cycle_now now = { .phase = b->cycle.phase,
                                   .midyear_done = b->cycle.midyear_done,
                                   .last_mover = b->cycle.mover };
    str denied = { 0 };

    for (int m = 0; m < MOVE_COUNT; m++) {
        struct err why;

        if (!(move_rule((enum move)m)->from & 1u << b->cycle.phase))
            continue;
        if (cycle_may_move(&now, &who, (enum move)m, STR("-"), &why))
            put_move(b, value_add_map(r->mem, list), (enum move)m);
        else if (move_rule((enum move)m)->duties & r->person->duties)
            denied = str_dup(r->mem, str_from(why.text));
    }
    value_put_text_or_null(r->mem, b->page, "denied", denied);
    value_put_bool(r->mem, b->page, "has_moves", list->count > 0);
}

/* ---- the page ---- */

static bool put_planning(const struct board *b, struct err *e)
{
    struct req *r = b->r;
    const bool is_planning = r->person->duties & DUTY_BIT(DUTY_PLANNING);

    value_put_bool(r->mem, b->page, "is_planning", is_planning);
    value_put_bool(r->mem, b->page, "may_add",
                   phase_step(b->cycle.phase) == STEP_PLAN
                       && (r->person->duties & DUTIES_WRITE) != 0);
    for (int s = 0; s < STEP_COUNT; s++)
        page_field(r, b->page, step_word((enum step)s).p, b->cycle.due[s]);
    return staff_put_sections(r, b->page, "sections", b->ref.organisation, e);
}

static void put_addresses(const struct board *b)
{
    struct req *r = b->r;
    static const struct {
        const char *key, *below;
    } ADDRESSES[] = {
        { "move_url", "/move" },
        { "due_url", "/due" },
        { "assign_url", "/assign" },
        { "new_url", "/sheets" },
        { "promises_url", "/commitments" },
    };
    struct plan_head head;
    const struct plan_ref official = { b->ref.organisation, b->ref.fiscal_year, 0 };
    struct err none;

    for (size_t i = 0; i < sizeof ADDRESSES / sizeof *ADDRESSES; i++)
        value_put_text(r->mem, b->page, ADDRESSES[i].key,
                       req_url(r, "/w/%.*s/%d%s", STR_ARG(b->ref.organisation),
                               b->ref.fiscal_year, ADDRESSES[i].below));
    value_put_text_or_null(r->mem, b->page, "public_url",
                           store_plan_head(r->db, r->mem, &official, &head, &none)
                               ? req_url(r, "/o/%.*s/%d", STR_ARG(b->ref.organisation),
                                         b->ref.fiscal_year)
                               : (str){ 0 });
}

static bool board_put(struct board *b, struct err *e)
{
    struct req *r = b->r;
    struct value *words = value_map(r->mem);

    if (!board_load(b, e) || !staff_put_year(r, b->page, &b->organisation, e))
        return false;
    value_put_text(r->mem, words, "name", b->organisation.name);
    value_put_text(r->mem, words, "year_label", part_year_label(r, b->ref.fiscal_year));
    page_title(r, b->page, req_message(r, "board.title", words));
    value_put_text(r->mem, b->page, "phase", phase_word(b->cycle.phase));
    value_put_text(r->mem, b->page, "moved_label", part_time_label(r, b->cycle.at_ms));
    value_put_text(r->mem, b->page, "moved_by", staff_name(r, b->cycle.author));
    value_put_text_or_null(r->mem, b->page, "moved_reason", b->cycle.reason);
    value_put_text(r->mem, b->page, "seen", part_hash(r, b->cycle.record));
    value_put_int(r->mem, b->page, "open_promises", b->open_promises);
    put_addresses(b);
    put_moves(b);
    put_steps(b);
    put_groups(b);
    return put_planning(b, e);
}

bool page_board(struct req *r, struct value *page, struct err *e)
{
    struct board b = { .r = r, .page = page };

    return board_put(&b, e);
}

/* ---- acts ---- */

/* After a refusal: the board again, with the sentence above it. */
static bool again(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct board b = { .r = r, .page = page };
    const enum err_code code = e->code;

    if (code != ERR_INPUT && code != ERR_CONFLICT && code != ERR_DENIED)
        return false;
    req_fault(r, (str){ 0 }, str_dup(r->mem, str_from(e->text)));
    out->status = code == ERR_CONFLICT ? 409 : code == ERR_DENIED ? 403 : 422;
    return board_put(&b, e);
}

static str board_url(const struct req *r)
{
    return req_url(r, "/w/%.*s/%d", STR_ARG(req_param(r, "org")), req_int(r, "year"));
}

bool act_board_move(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct cycle_move m = { .ref = staff_ref(r) };
    struct actor who;
    struct stamp stamp = { .who = &who, .now_ms = r->now_ms, .reason = req_field(r, "reason") };
    struct cycle after;

    out->location = board_url(r);
    if (req_is_fine(r) && move_parse(req_field(r, "move"), &m.move)
        && hash_parse(req_field(r, "seen"), &m.seen)) {
        who = staff_actor(r, move_rule(m.move)->duties);
        if (staff_audit(r, &m, e) && store_cycle_move(r->db, r->mem, &stamp, &m, &after, e))
            return true;
    } else {
        (void)err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    }
    out->location = (str){ 0 };
    return again(r, page, out, e);
}

bool act_board_due(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct work_ref ref = staff_ref(r);
    const struct actor who = staff_actor(r, DUTY_BIT(DUTY_PLANNING));
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct board b = { .r = r, .page = page };
    str due[STEP_COUNT];

    for (int s = 0; s < STEP_COUNT; s++)
        due[s] = req_field(r, step_word((enum step)s).p);
    if (!req_is_fine(r))
        return board_put(&b, e);
    if (!store_cycle_due(r->db, &stamp, &ref, due, e))
        return again(r, page, out, e);
    out->location = board_url(r);
    return true;
}

/* The numbers of the sheets that were ticked; false when one is none. */
static bool ticked(const struct req *r, struct sheet_assign *what)
{
    const uint32_t count = req_field_count(r, "sheet.*");
    int *numbers = NEW(r->mem, int, count);

    for (uint32_t i = 0; i < count; i++) {
        dec number = { 0 };
        str key;

        (void)req_field_at(r, "sheet.*", i, &key);
        if (!dec_parse(key, &number) || number.scale || number.n < 1 || number.n > 99999)
            return false;
        numbers[i] = (int)number.n;
    }
    what->numbers = numbers;
    what->count = count;
    return count > 0;
}

bool act_board_assign(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct actor who = staff_actor(r, DUTY_BIT(DUTY_PLANNING));
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct sheet_assign what = { .ref = staff_ref(r), .section = req_field(r, "section") };

    if (!ticked(r, &what))
        (void)err_set(e, ERR_INPUT, "割り当てる取組項目を選んでください。");
    else if (store_sheet_assign(r->db, &stamp, &what, e)) {
        out->location = board_url(r);
        return true;
    }
    return again(r, page, out, e);
}
