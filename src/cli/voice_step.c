/* Steps with one voice: triage, answers, links, publication. */
#include "cli/voice_inner.h"

#include <string.h>

#include "base/banned.h"

/* A whole number of an option; `absent` when it was not given. */
static bool number_of(const struct voice_call *r, const char *name, int absent, int *out,
                      struct err *e)
{
    str s;
    dec n;

    *out = absent;
    if (!voice_option(r, name, &s, e) || !s.n)
        return !s.n;
    if (!dec_parse(s, &n) || n.scale || n.n < 0 || n.n > 1000000)
        return err_set(e, ERR_INPUT, "--%s は整数で書いてください。", name);
    *out = (int)n.n;
    return true;
}

/* --link, --plan-year, --initiative, --key, --line */
static bool link_of(const struct voice_call *r, struct voice_act *act, struct err *e)
{
    str kind;

    if (!voice_option(r, "link", &kind, e)
        || !number_of(r, "plan-year", 0, &act->link.fiscal_year, e)
        || !number_of(r, "initiative", 0, &act->link.number, e)
        || !voice_option(r, "key", &act->link.key, e)
        || !voice_option(r, "line", &act->link.text, e))
        return false;
    act->fate_year = act->link.fiscal_year;
    act->has_link = kind.n > 0;
    if (!kind.n)
        return act->step != VOICE_LINK
               || err_set(e, ERR_INPUT, "--link で、何に結び付けるかを指定してください。");
    return link_kind_parse(kind, &act->link.kind)
           || err_set(
               e, ERR_INPUT,
               "--link は initiative activity indicator commitment budget のどれかです。");
}

/* The arguments behind the number are summaries: of a split, or as they are published. */
static bool pieces_of(const struct voice_call *r, struct voice_act *act, struct err *e)
{
    const int count = voice_arg_count(r) - 1;
    struct voice_piece *pieces = NEW(r->c->mem, struct voice_piece, (size_t)(count + 1));
    str answer;

    if (!voice_option(r, "answer", &answer, e))
        return false;
    for (int i = 0; i < count; i++) {
        if (!voice_arg(r, i + 1, &pieces[i].summary, e))
            return false;
        pieces[i].text = answer;
    }
    act->pieces = pieces;
    act->piece_count = (uint32_t)count;
    return true;
}

static bool group_of(const struct voice_call *r, struct voice_act *act, struct err *e)
{
    str other;

    if (!voice_arg(r, 1, &other, e))
        return false;
    return str_eq(other, STR("none"))
           || voice_number_parse(other, &act->group_year, &act->group_number)
           || err_set(e, ERR_INPUT, "まとめる相手の受付番号か、none を書いてください。");
}

static bool index_of(const struct voice_call *r, struct voice_act *act, struct err *e)
{
    str text;
    dec n;

    if (!voice_arg(r, 1, &text, e))
        return false;
    if (!dec_parse(text, &n) || n.scale || n.n < 1 || n.n > VOICE_LINKS_MAX)
        return err_set(e, ERR_INPUT, "外す結び付きの番号(1から)を書いてください。");
    act->index = (uint32_t)n.n;
    return true;
}

/* What each step reads (model/voice_act.h). */
static bool act_fill(const struct voice_call *r, struct voice_act *act, struct err *e)
{
    if (!voice_option(r, "category", &act->category, e)
        || !voice_option(r, "section", &act->section, e)
        || !voice_option(r, "summary", &act->summary, e)
        || !voice_option(r, "kind", &act->kind, e)
        || !voice_option(r, "status", &act->status, e)
        || !voice_option(r, "code", &act->code, e))
        return false;
    switch (act->step) {
    case VOICE_SPLIT:
    case VOICE_PUBLISH:
    case VOICE_EMBARGO:
        return pieces_of(r, act, e);
    case VOICE_DRAFT:
        return voice_given_text(r, VOICE_TEXT_MAX, &act->text, e);
    case VOICE_LINK:
    case VOICE_FATE:
        return link_of(r, act, e);
    case VOICE_UNLINK:
        return index_of(r, act, e);
    case VOICE_GROUP:
        return group_of(r, act, e);
    case VOICE_APPROVE:
        act->is_confirmed = cli_is_on(r->c, "confirm");
        return true;
    case VOICE_RECEIVE:
    case VOICE_TRIAGE:
    case VOICE_ASSIGN:
    case VOICE_SUBMIT:
    case VOICE_RETURN:
    case VOICE_WITHHOLD:
    case VOICE_REOPEN:
    case VOICE_STEP_COUNT:
        break;
    }
    return true;
}

bool voice_step(struct voice_call *r, struct err *e)
{
    const char *verb = r->c->args[0];
    const bool is_transfer = strcmp(verb, "transfer") == 0;
    struct voice_act act = { 0 };
    const struct voice_move move = { r->ref, { { 0 } }, &act };
    struct voice_moved moved;
    int part;

    if (!voice_step_parse(is_transfer ? STR("assign") : str_from(verb), &act.step))
        return err_set(e, ERR_INPUT, "「%s」という操作はありません。", verb);
    if (!number_of(r, "part", 1, &part, e) || !act_fill(r, &act, e))
        return false;
    act.part = (uint32_t)part;
    if (!store_voice_move(r->db, r->c->mem, &r->stamp, &move, &moved, e))
        return false;
    voice_put_moved(r, act.step, &moved);
    return true;
}

bool voice_reopen(struct voice_call *r, struct err *e)
{
    struct voice_reopening what = { .ref = r->ref };
    const struct voice_moved moved = { 0 };

    if (!voice_option(r, "secret", &what.secret, e)
        || !voice_given_text(r, VOICE_TEXT_MAX, &what.text, e)
        || !store_voice_reopen(r->db, &r->stamp, &what, e))
        return false;
    voice_put_moved(r, VOICE_REOPEN, &moved);
    return true;
}
