/* One voice as staff see it: first how far it has come, then its questions with what may be
 * done about each. */
#include "web/voice_view.h"

#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* ---- loaded, with who asks ---- */

static bool askers_load(struct voice_view *v, struct err *e)
{
    struct req *r = v->h.r;
    const struct actor who = { r->person->account, { 0 } };
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct voice_about about = { v->ref.organisation, &v->stored.voice, 0 };

    if (!store_voice_asker(r->db, &stamp, &about, &v->whole, e))
        return false;
    for (uint32_t i = 0; i < v->stored.voice.part_count; i++) {
        about.part = i + 1;
        if (!store_voice_asker(r->db, &stamp, &about, &v->part[i], e))
            return false;
    }
    return true;
}

bool voice_view_load(struct req *r, struct value *page, struct voice_view *v, struct err *e)
{
    *v = (struct voice_view){
        .ref = { req_param(r, "org"), req_int(r, "year"), req_int(r, "voice"), 0 },
        .back = VOICE_STEP_COUNT,
    };
    if (!hearing_open(r, page, &v->h, e) || !store_voice(r->db, r->mem, &v->ref, &v->stored, e)
        || !askers_load(v, e))
        return false;
    hearing_crumb(&v->h);
    if ((v->whole.asker.whole | v->whole.any_section) & VOICE_READERS)
        return true;
    return err_set(e, ERR_DENIED, "この声は、担当する課の人と広聴の担当が見られます。");
}

bool voice_view_may(const struct voice_view *v, enum voice_step step, uint32_t part)
{
    const struct voice_asked *who = part ? &v->part[part - 1] : &v->whole;
    struct err ignored;

    return voice_may(&v->stored.voice, &v->h.stored.hearing, &who->asker, step, part, &ignored);
}

/* ---- one question ---- */

static void put_answer(const struct voice_view *v, struct value *m,
                       const struct voice_answer *k)
{
    struct req *r = v->h.r;

    value_put_text(r->mem, m, "label",
                   req_message(r, k->turn ? "hearing.answer_again" : "hearing.answer", NULL));
    staff_put_date(r, m, "date_label", k->on);
    hearing_put_label(r, m, "kind", "kind_lang",
                      hearing_label(r, &v->h.stored.hearing.kinds, k->kind));
    value_put_text(r->mem, m, "writer", staff_name(r, k->author));
    value_put_text(r->mem, m, "approver", staff_name(r, k->approver));
    value_put_text(r->mem, m, "text", k->text);
}

/* The answer that is being written; an approved one stands among the answers. */
static bool put_draft(const struct voice_view *v, struct value *m, const struct voice_part *p,
                      struct err *e)
{
    struct req *r = v->h.r;
    struct value *draft, *words;
    uint32_t count;

    if (!p->text.n || p->state == PART_ANSWERED) {
        value_put_null(r->mem, m, "draft");
        return true;
    }
    if (!store_voice_same_answers(r->db, &v->ref, p->text, &count, e))
        return false;
    draft = value_put_map(r->mem, m, "draft");
    hearing_put_label(r, draft, "kind", "kind_lang",
                      hearing_label(r, &v->h.stored.hearing.kinds, p->kind));
    value_put_text_or_null(r->mem, draft, "writer", staff_name(r, p->writer));
    value_put_text(r->mem, draft, "text", p->text);
    words = value_map(r->mem);
    value_put_int(r->mem, words, "n", count);
    value_put_text_or_null(r->mem, draft, "same",
                           voice_needs_confirmation(&v->h.stored.hearing, count)
                               ? req_message(r, "hearing.same", words)
                               : (str){ 0 });
    return true;
}

static void put_standing(const struct voice_view *v, struct value *m,
                         const struct voice_part *p)
{
    struct req *r = v->h.r;
    const struct hearing *h = &v->h.stored.hearing;

    value_put_text(r->mem, m, "state", str_from(part_state_label(p->state, r->lang)));
    value_put_text_or_null(r->mem, m, "summary", p->summary);
    hearing_put_label(r, m, "category", "category_lang",
                      hearing_label(r, &h->categories, p->category));
    value_put_text_or_null(r->mem, m, "section", hearing_section(&v->h, p->section));
    hearing_put_label(r, m, "status", "status_lang", hearing_label(r, &h->statuses, p->status));
    value_put_text_or_null(r->mem, m, "fate_year_label",
                           p->fate_year ? part_year_label(r, p->fate_year) : (str){ 0 });
    value_put_text_or_null(r->mem, m, "fate_reason", p->fate_reason);
    value_put_text_or_null(r->mem, m, "comment",
                           p->state == PART_RETURNED ? p->comment : (str){ 0 });
}

static bool put_part(struct voice_view *v, struct value *m, uint32_t number, struct err *e)
{
    struct req *r = v->h.r;
    const struct voice_part *p = &v->stored.voice.parts[number - 1];
    struct value *words = value_map(r->mem), *answers;

    value_put_int(r->mem, words, "n", number);
    value_put_int(r->mem, m, "number", number);
    value_put_text(r->mem, m, "title",
                   v->stored.voice.part_count > 1 ? req_message(r, "hearing.question", words)
                                                  : req_message(r, "hearing.content", NULL));
    put_standing(v, m, p);
    answers = value_put_list(r->mem, m, "answers");
    for (uint32_t i = 0; i < p->answer_count; i++)
        put_answer(v, value_add_map(r->mem, answers), &p->answers[i]);
    voice_put_links(v, m, p);
    if (!put_draft(v, m, p, e) || !voice_put_forms(v, m, number, e))
        return false;
    voice_put_lines(v, m, number); /* of those that the forms have loaded */
    return voice_put_models(v, m, number, e);
}

/* ---- the voice ---- */

static void put_meeting(const struct voice_view *v)
{
    struct req *r = v->h.r;
    const struct voice *x = &v->stored.voice;
    struct value *m, *words = value_map(r->mem);

    if (!x->meeting_number) {
        value_put_null(r->mem, v->h.page, "meeting");
        return;
    }
    m = value_put_map(r->mem, v->h.page, "meeting");
    value_put_text(r->mem, words, "year_label", part_year_label(r, x->meeting_year));
    value_put_int(r->mem, words, "n", x->meeting_number);
    value_put_text(r->mem, m, "label", req_message(r, "hearing.meeting", words));
    value_put_text(r->mem, m, "url",
                   req_url(r, "/o/%.*s/council/%d/%d", STR_ARG(v->ref.organisation),
                           x->meeting_year, x->meeting_number));
    value_put_text_or_null(r->mem, m, "member", x->member);
    value_put_text_or_null(r->mem, m, "moment",
                           x->moment == MOMENT_NONE
                               ? (str){ 0 }
                               : str_from(moment_label(x->moment, r->lang)));
}

static void put_publication(const struct voice_view *v)
{
    struct req *r = v->h.r;
    const struct voice *x = &v->stored.voice;

    value_put_text(r->mem, v->h.page, "publication",
                   str_from(publication_label(x->publication, r->lang)));
    hearing_put_label(r, v->h.page, "publication_reason", "publication_lang",
                      hearing_label(r, &v->h.stored.hearing.reasons, x->publication_reason));
    value_put_text_or_null(r->mem, v->h.page, "public_url",
                           x->publication == PUBLICATION_PUBLIC
                               ? req_url(r, "/o/%.*s/voices/%d/%d",
                                         STR_ARG(v->ref.organisation), v->ref.fiscal_year,
                                         v->ref.number)
                               : (str){ 0 });
}

static void put_head(const struct voice_view *v)
{
    struct req *r = v->h.r;
    struct value *page = v->h.page;
    const struct voice *x = &v->stored.voice;
    const struct hearing *h = &v->h.stored.hearing;
    const enum voice_state state = voice_state_of(x);
    const date due = voice_due(x);
    const str label = voice_label(r, v->ref.fiscal_year, v->ref.number);

    page_title(r, page,
               str_fmt(r->mem, "%.*s %.*s", STR_ARG(label), STR_ARG(x->parts[0].summary)));
    value_put_text(r->mem, page, "label", label);
    value_put_text(r->mem, page, "headline", x->parts[0].summary);
    value_put_text(r->mem, page, "state", str_from(voice_state_label(state, r->lang)));
    value_put_bool(r->mem, page, "is_reopened", x->turn_count > 1);
    staff_put_date(r, page, "due_label", due);
    value_put_text_or_null(r->mem, page, "left",
                           state == VOICE_OPEN ? hearing_left(r, due) : (str){ 0 });
    value_put_bool(r->mem, page, "is_overdue",
                   state == VOICE_OPEN && date_number(due) < date_number(v->h.today));
    value_put_text(r->mem, page, "door", str_from(door_label(x->door, r->lang)));
    hearing_put_label(r, page, "way_label", "way_lang", hearing_label(r, &h->ways, x->way));
    hearing_put_label(r, page, "place", "place_lang", hearing_label(r, &h->boxes, x->place));
    staff_put_date(r, page, "received_label", x->turns[0].received);
    value_put_bool(r->mem, page, "has_contact", x->has_contact);
    put_publication(v);
    put_meeting(v);
    page_record_kept(r, page, v->stored.record, v->stored.at_ms);
}

static void put_done(const struct voice_view *v, str done)
{
    struct req *r = v->h.r;
    struct value *words = value_map(r->mem);
    enum voice_step step;

    if (!voice_step_parse(done, &step)) {
        value_put_null(r->mem, v->h.page, "done");
        return;
    }
    value_put_text(r->mem, words, "step", str_from(voice_step_label(step, r->lang)));
    value_put_text(r->mem, v->h.page, "done", req_message(r, "hearing.done", words));
}

/* The received text, and what a disclosure request is answered with: on no other page. */
static void put_raw(const struct voice_view *v)
{
    struct req *r = v->h.r;
    struct value *list = value_put_list(r->mem, v->h.page, "raw");

    for (uint32_t i = 0; v->raw && i < v->stored.voice.turn_count; i++) {
        struct value *m = value_add_map(r->mem, list);

        value_put_text(r->mem, m, "label",
                       req_message(r, i ? "hearing.raw_again" : "hearing.raw", NULL));
        value_put_text(r->mem, m, "when", part_time_label(r, v->raw[i].received_ms));
        value_put_bool(r->mem, m, "is_erased", v->raw[i].is_erased);
        value_put_text(r->mem, m, "text", v->raw[i].text);
        value_put_text_or_null(r->mem, m, "contact", v->raw[i].contact);
    }
    value_put_bool(r->mem, v->h.page, "has_raw", list->count > 0);
    voice_put_disclosed(v, v->disclosed);
}

bool voice_view_put(struct voice_view *v, str done, struct err *e)
{
    struct req *r = v->h.r;
    struct value *parts;

    put_head(v);
    put_done(v, done);
    put_raw(v);
    parts = value_put_list(r->mem, v->h.page, "parts");
    for (uint32_t i = 0; i < v->stored.voice.part_count; i++)
        if (!put_part(v, value_add_map(r->mem, parts), i + 1, e))
            return false;
    voice_put_masks(v);
    return voice_put_forms(v, v->h.page, 0, e) && voice_put_way(v, e) && voice_put_group(v, e)
           && voice_put_personal(v, e);
}
