/* All that is held of a voice, as a page that can be printed and handed out: what was received,
 * what was answered, what was made of it and who read it, then the records word for word. */
#include "web/voice_view.h"

#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* 課長; 管理者; (声を寄せた人) */
static str role_label(const struct req *r, str role)
{
    enum duty duty;

    if (str_eq(role, ACTOR_RESIDENT.role))
        return req_message(r, "hearing.resident", NULL);
    return part_word(r, duty_parse(role, &duty) ? "duty" : "role", role);
}

/* When a record was written, and under which duty: the office answers for it, not a person. */
static void put_written(const struct req *r, struct value *m, const struct value *record)
{
    const str role = value_text(record, "role");
    int64_t at_ms = 0;

    if (instant_parse(value_text(record, "at"), &at_ms))
        part_put_time(r, m, at_ms);
    value_put_text_or_null(r->mem, m, "role", role.n ? role_label(r, role) : (str){ 0 });
    value_put_text_or_null(r->mem, m, "reason", value_text(record, "reason"));
}

static const struct value *list_of(const struct value *all, const char *key)
{
    const struct value *list = value_get(all, str_from(key));

    return list ? list->first : NULL;
}

static void put_texts(const struct req *r, struct value *map, const struct value *all)
{
    struct value *list = value_put_list(r->mem, map, "texts");

    for (const struct value *t = list_of(all, "texts"); t; t = t->next) {
        struct value *m = value_add_map(r->mem, list);
        int64_t at_ms = 0;

        value_put_text(r->mem, m, "label",
                       req_message(r, list->count > 1 ? "hearing.raw_again" : "hearing.raw",
                                   NULL));
        value_put_text_or_null(r->mem, m, "when",
                               instant_parse(value_text(t, "received"), &at_ms)
                                   ? part_time_label(r, at_ms)
                                   : (str){ 0 });
        value_put_bool(r->mem, m, "is_erased", value_bool(t, "erased"));
        value_put_text(r->mem, m, "text", value_text(t, "text"));
        value_put_text_or_null(r->mem, m, "contact", value_text(t, "contact"));
    }
}

static void put_parts(const struct voice_view *v, struct value *map)
{
    const struct req *r = v->h.r;
    const struct hearing *h = &v->h.stored.hearing;
    struct value *list = value_put_list(r->mem, map, "parts");

    for (uint32_t i = 0; i < v->stored.voice.part_count; i++) {
        const struct voice_part *p = &v->stored.voice.parts[i];
        struct value *m = value_add_map(r->mem, list), *answers;

        value_put_text_or_null(r->mem, m, "summary", p->summary);
        value_put_text_or_null(r->mem, m, "section", hearing_section(&v->h, p->section));
        hearing_put_label(r, m, "category", "category_lang",
                          hearing_label(r, &h->categories, p->category));
        hearing_put_label(r, m, "status", "status_lang",
                          hearing_label(r, &h->statuses, p->status));
        answers = value_put_list(r->mem, m, "answers");
        for (uint32_t k = 0; k < p->answer_count; k++) {
            struct value *one = value_add_map(r->mem, answers);

            staff_put_date(r, one, "date_label", p->answers[k].on);
            value_put_text(r->mem, one, "text", p->answers[k].text);
        }
    }
}

/* "steps", "looks", "erasures", "disclosures": when, under which duty, why. */
static void put_records(const struct req *r, struct value *list, const struct value *all,
                        const char *key, const char *what)
{
    for (const struct value *x = list_of(all, key); x; x = x->next) {
        const struct value *body = value_get(x, STR("body"));
        struct value *m = value_add_map(r->mem, list);
        enum voice_step step;

        put_written(r, m, x);
        if (what)
            value_put_text(r->mem, m, "what", part_word(r, "hearing_text", str_from(what)));
        else
            value_put_text(r->mem, m, "what",
                           voice_step_parse(value_text(body, "step"), &step)
                               ? str_from(voice_step_label(step, r->lang))
                               : (str){ 0 });
    }
}

void voice_put_disclosed(const struct voice_view *v, const struct value *all)
{
    struct req *r = v->h.r;
    struct value *map, *list;
    struct buf b;

    if (!all) {
        value_put_null(r->mem, v->h.page, "disclosed");
        return;
    }
    map = value_put_map(r->mem, v->h.page, "disclosed");
    value_put_text(r->mem, map, "url", voice_url(&v->h, v->ref.fiscal_year, v->ref.number, ""));
    value_put_text(r->mem, map, "purpose", req_field(r, "purpose"));
    value_put_text(r->mem, map, "made", part_time_label(r, r->now_ms));
    put_texts(r, map, all);
    put_parts(v, map);
    put_records(r, value_put_list(r->mem, map, "steps"), all, "steps", NULL);
    list = value_put_list(r->mem, map, "uses");
    put_records(r, list, all, "looks", "look");
    put_records(r, list, all, "erasures", "erasure");
    put_records(r, list, all, "disclosures", "disclosure");
    buf_init(&b, r->mem, 4096, LIMIT_ANSWER_BYTES);
    json_put(&b, all);
    value_put_text(r->mem, map, "json", buf_str(&b));
}
