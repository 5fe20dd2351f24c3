/* Following one's own voice by its receipt: where it stands, the answer, and once "this did not
 * answer me". Asked for by POST, so that the secret stands in no address, log or history. A
 * wrong number and a wrong secret look alike. */
#include "web/flood.h"
#include "web/opinion_part.h"
#include "web/pages.h"

#include "base/banned.h"

enum { TRIES_A_MINUTE = 20, TRIES_A_SECOND = 200 };

/* clang-format off */
const struct field RECEIPT_FIELDS[] = {
    { "number", INPUT_LINE, 20, true, { "受付番号", "Number" } },
    { "secret", INPUT_SECRET, 60, true, { "確認の文字", "Letters of the receipt" } },
    { 0 },
};
const struct field REOPEN_FIELDS[] = {
    { "number", INPUT_LINE, 20, true, { "受付番号", "Number" } },
    { "secret", INPUT_LINE, 60, true, { "確認の文字", "Letters of the receipt" } },
    { "text", INPUT_FREE, 0, true, { "答えになっていないところ", "What was not answered" } },
    { 0 },
};
/* clang-format on */

struct following {
    struct req *r;
    struct value *page;
    struct organisation ward;
    struct hearing_stored stored;
    struct voice_ref ref;
    bool is_found;
    struct voice_followed voice;
};

static bool following_load(struct following *f, struct err *e)
{
    const str org = req_param(f->r, "org");

    f->ref.organisation = org;
    return store_organisation(f->r->db, f->r->mem, org, &f->ward, e)
           && store_hearing(f->r->db, f->r->mem, org, &f->stored, e);
}

/* ---- what is shown ---- */

static void put_part(const struct following *f, struct value *list, const struct voice_part *p)
{
    struct arena *a = f->r->mem;
    struct value *one = value_add_map(a, list), *answers;
    const struct hearing *h = &f->stored.hearing;

    opinion_put_word(f->r, one, "category", &h->categories, p->category);
    value_put_text(a, one, "state", str_from(part_state_label(p->state, f->r->lang)));
    opinion_put_word(f->r, one, "status", &h->statuses, p->status);
    value_put_text_or_null(a, one, "fate_reason", p->fate_reason);
    value_put_text_or_null(a, one, "fate_year_label", part_year_label(f->r, p->fate_year));
    answers = value_put_list(a, one, "answers");
    for (uint32_t i = 0; i < p->answer_count; i++) {
        struct value *row = value_add_map(a, answers);
        struct buf day;

        buf_init(&day, a, 10, 10);
        date_put(&day, p->answers[i].on);
        opinion_put_day(f->r, row, "day_label", buf_str(&day));
        opinion_put_word(f->r, row, "kind", &h->kinds, p->answers[i].kind);
        value_put_text_or_null(a, row, "text", p->answers[i].text);
    }
}

static void put_day(const struct following *f, struct value *map, const char *key, date d)
{
    struct buf day;

    buf_init(&day, f->r->mem, 10, 10);
    if (d.year)
        date_put(&day, d);
    opinion_put_day(f->r, map, key, buf_str(&day));
}

static void put_voice(const struct following *f)
{
    struct arena *a = f->r->mem;
    struct value *v, *parts;
    const struct voice_followed *got = &f->voice;

    if (!f->is_found) {
        value_put_null(a, f->page, "voice");
        return;
    }
    v = value_put_map(a, f->page, "voice");
    value_put_text(a, v, "number", opinion_number(f->r, f->ref.fiscal_year, f->ref.number));
    put_day(f, v, "received_label", got->received);
    put_day(f, v, "due_label", got->due);
    value_put_bool(a, v, "is_reopened", got->voice.turn_count > 1);
    value_put_bool(a, v, "is_erased", got->is_erased);
    value_put_bool(a, v, "may_reopen", got->may_reopen);
    value_put_bool(a, v, "is_public", got->voice.publication == PUBLICATION_PUBLIC);
    value_put_text(a, v, "url",
                   opinion_url(f->r, f->ward.key, f->ref.fiscal_year, f->ref.number));
    value_put_text(a, v, "reopen_url",
                   req_url(f->r, "/o/%.*s/voices/receipt/reopen", STR_ARG(f->ward.key)));
    value_put_text(a, v, "secret", req_field(f->r, "secret"));
    parts = value_put_list(a, v, "parts");
    for (uint32_t i = 0; i < got->voice.part_count; i++)
        put_part(f, parts, &got->voice.parts[i]);
}

static bool following_put(struct following *f)
{
    struct req *r = f->r;
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "name", f->ward.name);
    page_title(r, f->page, req_message(r, "receipt.title", words));
    opinion_crumb(r, f->page, &f->ward);
    part_put_organisation(r, f->page, f->ward.key, f->ward.name);
    value_put_text(r->mem, f->page, "form_url",
                   req_url(r, "/o/%.*s/voices/receipt", STR_ARG(f->ward.key)));
    page_field(r, f->page, "number", (str){ 0 });
    page_field(r, f->page, "secret", (str){ 0 });
    value_put_text(r->mem, f->page, "text_error", req_fault_of(r, STR("text")));
    value_put_text(r->mem, f->page, "text",
                   r->form && r->route->fields == REOPEN_FIELDS ? req_field(r, "text")
                                                                : (str){ 0 });
    value_put_bool(r->mem, f->page, "is_reopened_now",
                   f->is_found && req_is_fine(r) && r->route->fields == REOPEN_FIELDS);
    put_voice(f);
    return true;
}

bool page_receipt(struct req *r, struct value *page, struct err *e)
{
    struct following f = { .r = r, .page = page };

    return following_load(&f, e) && following_put(&f);
}

/* ---- what was sent ---- */

static bool is_let_try(const struct following *f, struct outcome *out)
{
    const struct flood_rate rate = { "receipt", TRIES_A_MINUTE, TRIES_A_SECOND };
    struct value *words = value_map(f->r->mem);
    int wait_s;

    if (flood_take(f->r->flood, &rate, f->r->address, f->r->now_ms, &wait_s))
        return true;
    value_put_int(f->r->mem, words, "seconds", wait_s);
    req_fault(f->r, (str){ 0 }, req_message(f->r, "send.flood", words));
    out->status = 429;
    return false;
}

/* Finds it by what was typed; beside the number stands why not. False only for what no page can
 * mend. */
static bool find(struct following *f, struct outcome *out, struct err *e)
{
    struct req *r = f->r;

    if (!voice_number_parse(req_field(r, "number"), &f->ref.fiscal_year, &f->ref.number))
        f->ref.fiscal_year = f->ref.number = 0; /* which is found as little as a wrong one */
    f->is_found =
        store_voice_follow(r->db, r->mem, &f->ref, req_field(r, "secret"), &f->voice, e);
    if (f->is_found)
        return true;
    if (e->code != ERR_NOT_FOUND)
        return false;
    req_fault(r, STR("number"), str_dup(r->mem, str_from(e->text)));
    out->status = 422;
    return true;
}

bool act_receipt(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct following f = { .r = r, .page = page };

    if (!following_load(&f, e))
        return false;
    if (req_is_fine(r) && is_let_try(&f, out) && !find(&f, out, e))
        return false;
    return following_put(&f);
}

bool act_reopen(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct stamp stamp = { .who = &ACTOR_RESIDENT, .now_ms = r->now_ms };
    struct following f = { .r = r, .page = page };
    struct voice_reopening what;

    if (!following_load(&f, e))
        return false;
    if (is_let_try(&f, out) && !find(&f, out, e))
        return false;
    if (!f.is_found || !req_is_fine(r))
        return following_put(&f);
    what = (struct voice_reopening){ f.ref, req_field(r, "secret"), req_field(r, "text") };
    if (store_voice_reopen(r->db, &stamp, &what, e))
        return find(&f, out, e) && following_put(&f);
    if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, STR("text"), str_dup(r->mem, str_from(e->text)));
    return following_put(&f);
}
