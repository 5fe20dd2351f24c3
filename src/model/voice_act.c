/* What a step makes of a voice. */
#include "model/voice_act.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"

enum { SUMMARY_MAX = 4000 };

/* One step on its way. */
struct doing {
    struct arena *a;
    struct voice *v;
    const struct hearing *h;
    const struct voice_act *act;
    const struct voice_stamp *stamp;
    struct voice_part *part; /* NULL = the whole voice */
};

/* ---- what is given ---- */

static bool need_reason(const struct doing *d, const char *why, struct err *e)
{
    return str_trim(d->stamp->reason).n > 0
           || err_set(e, ERR_INPUT, "%sには、理由を書いてください。", why);
}

static bool short_enough(str text, size_t most, const char *what, struct err *e)
{
    return text.n <= most || utf8_count(text) <= most
           || err_set(e, ERR_INPUT, "%sが長すぎます(%zu字まで)。", what, most);
}

/* A code of a list that is offered; what stands already may stay though it was retired. */
static bool known(const struct hearing_list *list, str code, str standing, const char *what,
                  struct err *e)
{
    const struct hearing_item *one = hearing_find(list, code);

    return (one && (!one->is_retired || str_eq(code, standing)))
           || err_set(e, ERR_INPUT, "%s「%.*s」はありません。", what,
                      STR_ARG(str_take(code, 80)));
}

static bool category_fits(const struct doing *d, str code, str standing, struct err *e)
{
    return !code.n || known(&d->h->categories, code, standing, "分野", e);
}

static void status_set(struct voice_part *p, const struct hearing *h, enum voice_stage s)
{
    const struct hearing_item *one = hearing_status_of(h, s);

    if (!one)
        return;
    p->status = one->code;
    p->stage = one->stage;
    p->is_final = one->is_final;
}

/* ---- who is responsible ---- */

static void give(const struct doing *d, struct voice_part *p, str section)
{
    p->section = section;
    if (p->state != PART_NEW)
        return;
    p->state = PART_ASSIGNED;
    status_set(p, d->h, STAGE_ASSIGNED);
}

static bool assign(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;
    const str section = d->act->section;

    if (!section.n)
        return err_set(e, ERR_INPUT, "どの課へ渡すかを選んでください。");
    if (str_eq(section, p->section))
        return err_set(e, ERR_CONFLICT, "もうその課の担当です。");
    if (p->section.n && !need_reason(d, "ほかの課へ移すとき", e))
        return false;
    give(d, p, section);
    return true;
}

static bool triage(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;
    const struct voice_act *act = d->act;

    if (!act->category.n && !act->summary.n && !act->section.n)
        return err_set(e, ERR_INPUT, "分野、要旨、担当課のどれかを入れてください。");
    if (!category_fits(d, act->category, p->category, e)
        || !short_enough(act->summary, SUMMARY_MAX, "要旨", e))
        return false;
    if (act->section.n && !str_eq(act->section, p->section) && !assign(d, e))
        return false;
    if (act->category.n)
        p->category = act->category;
    if (act->summary.n)
        p->summary = act->summary;
    return true;
}

static bool piece_fits(const struct doing *d, const struct voice_piece *one, struct err *e)
{
    if (!str_trim(one->summary).n)
        return err_set(e, ERR_INPUT, "問いごとに要旨を書いてください。");
    return short_enough(one->summary, SUMMARY_MAX, "要旨", e)
           && category_fits(d, one->category, d->part->category, e);
}

static bool split(const struct doing *d, struct err *e)
{
    const struct voice_act *act = d->act;
    const uint32_t more = act->piece_count - 1, index = act->part - 1;
    const struct voice_part whole = *d->part;
    struct voice_part *parts;

    if (act->piece_count < 2 || d->v->part_count + more > VOICE_PARTS_MAX)
        return err_set(e, ERR_INPUT, "問いは2つ以上、声全体で%d個までに分けられます。",
                       VOICE_PARTS_MAX);
    for (uint32_t i = 0; i < act->piece_count; i++)
        if (!piece_fits(d, &act->pieces[i], e))
            return false;
    parts = NEW(d->a, struct voice_part, d->v->part_count + more);
    memcpy(parts, d->v->parts, d->v->part_count * sizeof *parts);
    for (uint32_t i = 0; i < act->piece_count; i++) {
        const struct voice_piece *one = &act->pieces[i];
        struct voice_part *p = &parts[i ? d->v->part_count + i - 1 : index];

        *p = (struct voice_part){ .summary = one->summary,
                                  .category = one->category.n ? one->category : whole.category,
                                  .status = whole.status,
                                  .stage = whole.stage };
        p->state = PART_NEW;
        if (one->section.n || whole.section.n)
            give(d, p, one->section.n ? one->section : whole.section);
    }
    d->v->parts = parts;
    d->v->part_count += more;
    if (d->v->publication == PUBLICATION_EMBARGO) /* what was reviewed is another text now */
        d->v->publication = PUBLICATION_UNDECIDED;
    return true;
}

/* ---- answers ---- */

static bool draft(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;

    if (!d->act->kind.n || !known(&d->h->kinds, d->act->kind, p->kind, "回答の種類", e))
        return d->act->kind.n ? false : err_set(e, ERR_INPUT, "回答の種類を選んでください。");
    if (!short_enough(d->act->text, LIMIT_FIELD_TEXT, "回答", e))
        return false;
    p->kind = d->act->kind;
    p->text = d->act->text;
    p->writer = d->stamp->account;
    p->state = PART_DRAFTED;
    return true;
}

static bool submit(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;
    const struct hearing_item *kind = hearing_find(&d->h->kinds, p->kind);

    if (kind && kind->needs_text && !str_trim(p->text).n)
        return err_set(e, ERR_INPUT, "回答の文章がありません。この種類の回答には要ります。");
    p->comment = (str){ 0 };
    p->state = PART_SUBMITTED;
    return true;
}

bool voice_needs_confirmation(const struct hearing *h, uint32_t same_answers)
{
    return same_answers >= (uint32_t)h->template_warning;
}

static void make_public(const struct doing *d)
{
    d->v->publication = PUBLICATION_PUBLIC;
    if (!d->v->published.year)
        d->v->published = d->stamp->today;
}

/* The last part's answer ends the turn, and what waited for it becomes public. */
static void end_turn(const struct doing *d)
{
    struct voice *v = d->v;

    for (uint32_t i = 0; i < v->part_count; i++)
        if (v->parts[i].state != PART_ANSWERED)
            return;
    v->turns[v->turn_count - 1].answered = d->stamp->today;
    if (v->publication == PUBLICATION_EMBARGO)
        make_public(d);
}

static bool approve(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;

    if (p->text.n && voice_needs_confirmation(d->h, d->act->same_answers)) {
        if (!d->act->is_confirmed)
            return err_set(
                e, ERR_CONFLICT,
                "同じ文章の回答が、この年度にほかに%u件あります。ひな形のままでよければ、"
                "理由を書いて確かめたことを示してください。",
                d->act->same_answers);
        if (!need_reason(d, "同じ文章で答えるとき", e))
            return false;
    }
    assert(p->answer_count < VOICE_TURNS);
    p->answers[p->answer_count++] = (struct voice_answer){
        .turn = d->v->turn_count - 1,
        .kind = p->kind,
        .text = p->text,
        .author = p->writer,
        .approver = d->stamp->account,
        .on = d->stamp->today,
    };
    p->state = PART_ANSWERED;
    if (p->stage < STAGE_ANSWERED)
        status_set(p, d->h, STAGE_ANSWERED);
    end_turn(d);
    return true;
}

static bool send_back(const struct doing *d, struct err *e)
{
    (void)e;
    d->part->comment = d->stamp->reason;
    d->part->state = PART_RETURNED;
    return true;
}

struct hash voice_answer_key(struct arena *a, str text)
{
    return hash_bytes(text_fold(a, str_trim(text)));
}

/* ---- links and what became of it ---- */

static bool link_is(const struct voice_link *x, const struct voice_link *y)
{
    return x->kind == y->kind && x->fiscal_year == y->fiscal_year && x->number == y->number
           && str_eq(x->key, y->key) && str_eq(x->text, y->text);
}

static bool link_fits(const struct voice_link *l, struct err *e)
{
    if (l->fiscal_year < FISCAL_MIN || l->fiscal_year > FISCAL_MAX)
        return err_set(e, ERR_INPUT, "結び付ける計画の年度を入れてください。");
    if ((l->kind == LINK_INITIATIVE || l->kind == LINK_ACTIVITY) && l->number < 1)
        return err_set(e, ERR_INPUT, "取組項目の番号を入れてください。");
    if ((l->kind == LINK_INDICATOR || l->kind == LINK_COMMITMENT) && !l->key.n)
        return err_set(e, ERR_INPUT, "指標か、改善の約束を選んでください。");
    if ((l->kind == LINK_ACTIVITY || l->kind == LINK_BUDGET) && !str_trim(l->text).n)
        return err_set(e, ERR_INPUT, "計画や予算の、どの行かを書いてください。");
    return short_enough(l->text, SUMMARY_MAX, "計画の行", e);
}

static bool link_add(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;
    const struct voice_link *l = &d->act->link;
    struct voice_link *links;

    if (!link_fits(l, e))
        return false;
    if (p->link_count == VOICE_LINKS_MAX)
        return err_set(e, ERR_INPUT, "一つの問いを結び付けられるのは%d行までです。",
                       VOICE_LINKS_MAX);
    for (uint32_t i = 0; i < p->link_count; i++)
        if (link_is(&p->links[i], l))
            return err_set(e, ERR_CONFLICT, "もう結び付いています。");
    links = NEW(d->a, struct voice_link, p->link_count + 1);
    if (p->link_count)
        memcpy(links, p->links, p->link_count * sizeof *links);
    links[p->link_count++] = *l;
    p->links = links;
    return true;
}

static bool unlink_one(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;
    struct voice_link *links = NEW(d->a, struct voice_link, p->link_count);
    uint32_t kept = 0;

    if (d->act->index < 1 || d->act->index > p->link_count)
        return err_set(e, ERR_NOT_FOUND, "%u番目の結び付きはありません。", d->act->index);
    if (p->link_count == 1 && (p->stage == STAGE_ADOPTED || p->stage == STAGE_DONE))
        return err_set(e, ERR_CONFLICT,
                       "計画に反映した行がなくなります。先に、その後の対応を変えてください。");
    for (uint32_t i = 0; i < p->link_count; i++)
        if (i + 1 != d->act->index)
            links[kept++] = p->links[i];
    p->links = links;
    p->link_count = kept;
    return true;
}

static bool adopt(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;

    if (d->act->fate_year < FISCAL_MIN || d->act->fate_year > FISCAL_MAX)
        return err_set(e, ERR_INPUT, "どの年度の計画・予算に反映したかを入れてください。");
    if (d->act->has_link && !link_add(d, e))
        return false;
    if (!p->link_count)
        return err_set(e, ERR_INPUT, "計画・予算のどの行に反映したかを、結び付けてください。");
    p->fate_year = d->act->fate_year;
    return true;
}

static bool fate(const struct doing *d, struct err *e)
{
    struct voice_part *p = d->part;
    const struct hearing_item *to = hearing_find(&d->h->statuses, d->act->status);

    if (!known(&d->h->statuses, d->act->status, p->status, "対応状況", e))
        return false;
    if (to->stage < STAGE_ANSWERED)
        return err_set(e, ERR_INPUT, "回答のあとの対応状況を選んでください。");
    if (to->stage == STAGE_DONE && !p->fate_year)
        return err_set(e, ERR_CONFLICT,
                       "実施済みにする前に、計画・予算に反映した年度と行を入れてください。");
    if (to->stage == STAGE_DECLINED && !need_reason(d, "実施しないとき", e))
        return false;
    if (to->stage == STAGE_ADOPTED && !adopt(d, e))
        return false;
    p->fate_reason = to->stage == STAGE_DECLINED ? d->stamp->reason : (str){ 0 };
    p->status = to->code;
    p->stage = to->stage;
    p->is_final = to->is_final;
    return true;
}

/* ---- the whole voice ---- */

static bool group(const struct doing *d, struct err *e)
{
    struct voice *v = d->v;

    if (d->act->group_year == v->fiscal_year && d->act->group_number == v->number)
        return err_set(e, ERR_INPUT, "自分自身とはまとめられません。");
    v->group_year = d->act->group_number ? d->act->group_year : 0;
    v->group_number = d->act->group_number;
    return true;
}

static bool reviewed(const struct doing *d, enum publication to, struct err *e)
{
    struct voice *v = d->v;

    if (d->act->piece_count != v->part_count)
        return err_set(e, ERR_INPUT, "問いごとに、公開する要旨を書いてください(%u個)。",
                       v->part_count);
    for (uint32_t i = 0; i < v->part_count; i++) {
        const struct voice_piece *one = &d->act->pieces[i];

        if (!str_trim(one->summary).n)
            return err_set(e, ERR_INPUT, "%u番目の問いの、公開する要旨がありません。", i + 1);
        if (!short_enough(one->summary, SUMMARY_MAX, "公開する要旨", e)
            || !short_enough(one->text, LIMIT_FIELD_TEXT, "公開する回答", e))
            return false;
    }
    for (uint32_t i = 0; i < v->part_count; i++) {
        struct voice_part *p = &v->parts[i];

        p->public_summary = d->act->pieces[i].summary;
        if (p->answer_count)
            p->answers[p->answer_count - 1].public_text = d->act->pieces[i].text;
    }
    v->publication = to;
    v->publication_reason = (str){ 0 };
    if (to == PUBLICATION_PUBLIC)
        make_public(d);
    return true;
}

static bool publish(const struct doing *d, struct err *e)
{
    return reviewed(d, PUBLICATION_PUBLIC, e);
}

static bool embargo(const struct doing *d, struct err *e)
{
    return reviewed(d, PUBLICATION_EMBARGO, e);
}

static bool withhold(const struct doing *d, struct err *e)
{
    if (!d->act->code.n)
        return err_set(e, ERR_INPUT, "公開しない理由の番号を選んでください。");
    if (!known(&d->h->reasons, d->act->code, d->v->publication_reason, "公開しない理由", e))
        return false;
    d->v->publication = PUBLICATION_WITHHELD;
    d->v->publication_reason = d->act->code;
    return true;
}

static bool reopen(const struct doing *d, struct err *e)
{
    struct voice *v = d->v;
    struct voice_turn turn = d->act->turn;

    (void)e;
    turn.due = due_of(&d->h->due, turn.received);
    v->turns[v->turn_count++] = turn;
    for (uint32_t i = 0; i < v->part_count; i++) {
        struct voice_part *p = &v->parts[i];

        p->state = p->section.n ? PART_ASSIGNED : PART_NEW;
        p->kind = p->text = p->writer = p->comment = (str){ 0 };
        if (p->stage <= STAGE_ANSWERED || p->stage == STAGE_DECLINED)
            status_set(p, d->h, STAGE_ASSIGNED);
    }
    return true;
}

/* ---- one step ---- */

typedef bool step_fn(const struct doing *d, struct err *e);

static step_fn *const STEPS[VOICE_STEP_COUNT] = {
    [VOICE_TRIAGE] = triage,   [VOICE_ASSIGN] = assign,     [VOICE_SPLIT] = split,
    [VOICE_DRAFT] = draft,     [VOICE_SUBMIT] = submit,     [VOICE_RETURN] = send_back,
    [VOICE_APPROVE] = approve, [VOICE_LINK] = link_add,     [VOICE_UNLINK] = unlink_one,
    [VOICE_FATE] = fate,       [VOICE_GROUP] = group,       [VOICE_PUBLISH] = publish,
    [VOICE_EMBARGO] = embargo, [VOICE_WITHHOLD] = withhold, [VOICE_REOPEN] = reopen,
};

bool voice_apply(struct arena *a, struct voice *v, const struct hearing *h,
                 const struct voice_act *act, const struct voice_stamp *stamp, struct err *e)
{
    const struct voice_rule *rule = voice_rule(act->step);
    struct voice next = *v;
    struct doing d = { a, &next, h, act, stamp, NULL };

    assert(STEPS[act->step]); /* receiving is the store's */
    next.parts = NEW(a, struct voice_part, v->part_count);
    memcpy(next.parts, v->parts, v->part_count * sizeof *next.parts);
    if (rule->of_part)
        d.part = &next.parts[act->part - 1];
    if ((rule->needs_reason && !need_reason(&d, rule->label[0], e)) || !STEPS[act->step](&d, e))
        return false;
    if (voice_state_of(&next) != VOICE_CLOSED)
        next.closed = (date){ 0 };
    else if (!next.closed.year)
        next.closed = stamp->today;
    next.step = act->step;
    next.step_part = rule->of_part ? act->part : 0;
    *v = next;
    return true;
}
