/* One voice as staff see it, and the steps that are made with it. What a step needs and who may
 * make it, model/voice_act.h says and the store asks; here a form becomes a step, and what was
 * refused is shown again with all that was typed. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/voice_view.h"

#include "base/banned.h"

bool page_voice_staff(struct req *r, struct value *page, struct err *e)
{
    struct voice_view *v = NEW(r->mem, struct voice_view, 1);

    return voice_view_load(r, page, v, e) && voice_view_put(v, req_query(r, "done"), e);
}

/* ---- from the form to the step ---- */

static int number_of(str digits)
{
    dec n;

    return dec_parse(digits, &n) && !n.scale && n.n >= 0 && n.n < 1000000 ? (int)n.n : 0;
}

/* "piece.1.summary", "piece.2.summary", …: those that are filled. */
static void split_read(const struct req *r, struct voice_act *act)
{
    struct voice_piece *pieces = NEW(r->mem, struct voice_piece, VOICE_PARTS_MAX);

    for (uint32_t i = 1; i <= VOICE_PARTS_MAX; i++) {
        const str summary = req_field_fmt(r, "piece.%u.summary", i);

        if (summary.n)
            pieces[act->piece_count++].summary = summary;
    }
    act->pieces = pieces;
}

/* One for each part, filled or not. */
static void public_read(const struct req *r, struct voice_act *act, uint32_t parts)
{
    struct voice_piece *pieces = NEW(r->mem, struct voice_piece, parts);

    for (uint32_t i = 0; i < parts; i++)
        pieces[i] = (struct voice_piece){
            .summary = req_field_fmt(r, "public.%u.summary", i + 1),
            .text = req_field_fmt(r, "public.%u.text", i + 1),
        };
    act->pieces = pieces;
    act->piece_count = parts;
}

static bool link_read(struct voice_view *v, struct voice_act *act, struct err *e)
{
    struct req *r = v->h.r;
    const struct link_target *target;

    if (!req_field(r, "target").n)
        return true;
    if (!voice_targets(v, e))
        return false;
    target = voice_target(v, req_field(r, "target"));
    if (!target)
        return err_set(e, ERR_INPUT,
                       "選んだ行は、いまの計画にありません。もう一度選んでください。");
    act->link = target->link;
    if (act->link.kind == LINK_BUDGET)
        act->link.text = req_field(r, "line");
    act->has_link = true;
    return true;
}

static bool group_read(const struct req *r, struct voice_act *act, struct err *e)
{
    const str group = req_field(r, "group");

    if (!group.n || voice_number_parse(group, &act->group_year, &act->group_number))
        return true;
    return err_set(e, ERR_INPUT, "声の番号を「2025-000123」の形で書いてください。");
}

static bool act_read(struct voice_view *v, struct voice_act *act, struct err *e)
{
    const struct req *r = v->h.r;

    act->category = req_field(r, "category");
    act->section = req_field(r, "section");
    act->summary = req_field(r, "summary");
    act->kind = req_field(r, "kind");
    act->text = req_field(r, "text");
    act->status = req_field(r, "status");
    act->code = req_field(r, "code");
    act->fate_year = number_of(req_field(r, "fate_year"));
    act->index = (uint32_t)number_of(req_field(r, "index"));
    act->is_confirmed = req_field(r, "confirmed").n > 0;
    if (act->step == VOICE_SPLIT)
        split_read(r, act);
    else if (act->step == VOICE_PUBLISH || act->step == VOICE_EMBARGO)
        public_read(r, act, v->stored.voice.part_count);
    else if (act->step == VOICE_LINK || act->step == VOICE_FATE)
        return link_read(v, act, e);
    else if (act->step == VOICE_GROUP)
        return group_read(r, act, e);
    return true;
}

/* ---- done ---- */

static bool move(struct voice_view *v, const struct voice_act *act, struct err *e)
{
    struct req *r = v->h.r;
    const struct actor who = { r->person->account, { 0 } };
    const struct stamp stamp = { &who, r->now_ms, req_field(r, "reason") };
    struct voice_move move = { .ref = v->ref, .act = act };
    const struct voice_reopening again = { .ref = v->ref, .text = req_field(r, "again") };
    struct voice_moved moved;

    if (act->step == VOICE_REOPEN)
        return store_voice_reopen(r->db, &stamp, &again, e);
    if (!hash_parse(req_field(r, "seen"), &move.seen))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    return store_voice_move(r->db, r->mem, &stamp, &move, &moved, e);
}

/* The page again, with the sentence beside its field and the form as it was typed. */
static bool again(struct voice_view *v, struct outcome *out, struct err *e)
{
    struct req *r = v->h.r;
    const enum err_code code = e->code;

    if (code != ERR_INPUT && code != ERR_CONFLICT && code != ERR_DENIED)
        return false;
    req_fault(r, str_from(code == ERR_INPUT ? voice_fault_field(v, v->back) : ""),
              str_dup(r->mem, str_from(e->text)));
    out->status = code == ERR_CONFLICT ? 409 : code == ERR_DENIED ? 403 : 422;
    return voice_view_put(v, (str){ 0 }, e);
}

bool act_voice_step(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct voice_view *v = NEW(r->mem, struct voice_view, 1);
    struct voice_act act = { .part = (uint32_t)number_of(req_field(r, "part")) };

    if (!voice_view_load(r, page, v, e))
        return false;
    if (!voice_step_parse(req_field(r, "step"), &act.step) || act.step == VOICE_RECEIVE
        || act.part > v->stored.voice.part_count
        || voice_rule(act.step)->of_part != (act.part > 0))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    v->back = act.step;
    v->back_part = act.part;
    if (!req_is_fine(r))
        return voice_view_put(v, (str){ 0 }, e);
    if (!act_read(v, &act, e) || !move(v, &act, e))
        return again(v, out, e);
    out->location = req_url_with(r, voice_url(&v->h, v->ref.fiscal_year, v->ref.number, ""),
                                 "done", voice_step_word(act.step));
    return true;
}
