/* The public door of 市民の声: a text, a receipt, nothing asked about who sends it. What is
 * sent twice by a double click, a reload or after a lost answer is one voice with one receipt:
 * the form's key tells. */
#include "web/flood.h"
#include "web/intake.h"
#include "web/opinion_part.h"
#include "web/pages.h"

#include "base/banned.h"

/* clang-format off */
const struct field VOICE_NEW_FIELDS[] = {
    { "key", INPUT_LINE, 64, true, { "フォームの番号", "Key of the form" } },
    { "category", INPUT_LINE, 40, false, { "分野", "Subject" } },
    { "text", INPUT_FREE, 0, true, { "ご意見", "What you want to say" } },
    { "contact", INPUT_LINE, 1000, false, { "連絡先", "How to reach you" } },
    { 0 },
};
/* clang-format on */

struct sending {
    struct req *r;
    struct value *page;
    struct organisation ward;
    struct hearing_stored stored;
};

static bool sending_load(struct sending *s, struct err *e)
{
    const str org = req_param(s->r, "org");

    return store_organisation(s->r->db, s->r->mem, org, &s->ward, e)
           && store_hearing(s->r->db, s->r->mem, org, &s->stored, e);
}

static void put_categories(const struct sending *s, struct value *form)
{
    struct req *r = s->r;
    const struct hearing_list *all = &s->stored.hearing.categories;
    const str chosen = req_typed(r, "category", (str){ 0 });
    struct value *list = value_put_list(r->mem, form, "categories");

    for (uint32_t i = 0; i < all->count; i++) {
        struct value *one;

        if (all->rows[i].is_retired)
            continue;
        one = value_add_map(r->mem, list);
        value_put_text(r->mem, one, "value", all->rows[i].code);
        value_put_text(r->mem, one, "label", all->rows[i].label[r->lang]);
        value_put_bool(r->mem, one, "is_chosen", str_eq(all->rows[i].code, chosen));
    }
}

static void put_form(const struct sending *s)
{
    struct req *r = s->r;
    const struct hearing *h = &s->stored.hearing;
    struct value *form = value_put_map(r->mem, s->page, "form");

    value_put_text(r->mem, form, "url", req_url(r, "/o/%.*s/voices/new", STR_ARG(s->ward.key)));
    value_put_text(r->mem, form, "key",
                   r->form && req_field(r, "key").n ? req_field(r, "key")
                                                    : voice_nonce(r->mem));
    page_field(r, form, "text", (str){ 0 });
    page_field(r, form, "contact", (str){ 0 });
    value_put_int(r->mem, form, "days", h->due.days);
    value_put_text(r->mem, form, "category_error", req_fault_of(r, STR("category")));
    put_categories(s, form);
}

static void put_receipt(const struct sending *s, const struct voice_receipt *receipt)
{
    struct req *r = s->r;
    struct value *v = value_put_map(r->mem, s->page, "receipt");
    struct buf day;

    value_put_text(r->mem, v, "number",
                   opinion_number(r, receipt->fiscal_year, receipt->number));
    value_put_text(r->mem, v, "secret", voice_secret_put(r->mem, receipt->secret));
    buf_init(&day, r->mem, 10, 10);
    date_put(&day, receipt->due);
    opinion_put_day(r, v, "due_label", buf_str(&day));
    value_put_text(r->mem, v, "follow_url",
                   req_url(r, "/o/%.*s/voices/receipt", STR_ARG(s->ward.key)));
}

static bool sending_put(struct sending *s, const struct voice_receipt *receipt)
{
    struct req *r = s->r;
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "name", s->ward.name);
    page_title(r, s->page, req_message(r, receipt ? "send.title_done" : "send.title", words));
    opinion_crumb(r, s->page, &s->ward);
    part_put_organisation(r, s->page, s->ward.key, s->ward.name);
    value_put_bool(r->mem, s->page, "is_open", s->stored.hearing.shows_door[DOOR_VOICE]);
    if (receipt) {
        put_receipt(s, receipt);
        value_put_null(r->mem, s->page, "form");
    } else {
        value_put_null(r->mem, s->page, "receipt");
        put_form(s);
    }
    return true;
}

bool page_voice_new(struct req *r, struct value *page, struct err *e)
{
    struct sending s = { .r = r, .page = page };

    return sending_load(&s, e) && sending_put(&s, NULL);
}

/* False: too much came from there, or from everywhere; what was typed is shown again. */
static bool is_let_in(const struct sending *s, struct outcome *out)
{
    const struct hearing *h = &s->stored.hearing;
    const struct flood_rate rate = { "voice", h->flood_per_minute, h->flood_per_second };
    struct value *words = value_map(s->r->mem);
    int wait_s;

    if (flood_take(s->r->flood, &rate, s->r->address, s->r->now_ms, &wait_s))
        return true;
    value_put_int(s->r->mem, words, "seconds", wait_s);
    req_fault(s->r, (str){ 0 }, req_message(s->r, "send.flood", words));
    out->status = 429;
    return false;
}

bool act_voice_new(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct stamp stamp = { .who = &ACTOR_RESIDENT, .now_ms = r->now_ms };
    const struct voice_submission one = {
        .organisation = req_param(r, "org"),
        .stamp = &stamp,
        .door = DOOR_VOICE,
        .category = req_field(r, "category"),
        .text = req_field(r, "text"),
        .contact = req_field(r, "contact"),
        .nonce = req_field(r, "key"),
    };
    struct sending s = { .r = r, .page = page };
    struct voice_taken taken;

    if (!sending_load(&s, e))
        return false;
    if (!req_is_fine(r) || !is_let_in(&s, out))
        return sending_put(&s, NULL);
    if (!intake_receive(r->intake, r->db, &one, &taken, e))
        return false;
    if (taken.ok)
        return sending_put(&s, &taken.receipt);
    return req_refused(r, &taken.why, "text") ? sending_put(&s, NULL) : (*e = taken.why, false);
}
