/* One voice in public: what became of it at first sight, then what was said and answered. Its
 * tree is made from the public copy alone. */
#include "web/opinion_part.h"
#include "web/pages.h"

#include "base/banned.h"

struct told {
    struct req *r;
    struct value *page;
    struct organisation ward;
    struct hearing_stored stored;
    struct voice_ref ref;
    struct opinion opinion;
};

/* ---- the line of steps ---- */

static void put_step(const struct told *t, struct value *list, enum voice_stage stage, str day,
                     bool is_done)
{
    struct value *one = value_add_map(t->r->mem, list);

    value_put_text(t->r->mem, one, "stage", stage_word(stage));
    value_put_text(t->r->mem, one, "label", str_from(stage_label(stage, t->r->lang)));
    opinion_put_day(t->r, one, "day_label", day);
    value_put_bool(t->r->mem, one, "is_done", is_done);
    value_put_bool(t->r->mem, one, "is_now", t->opinion.row.stage == stage);
}

/* The last day on which a part was answered, "" = not yet. */
static str answered_on(const struct value *parts)
{
    str last = { 0 };

    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next) {
        const struct value *answers = value_get(p, STR("answers"));

        for (const struct value *one = answers ? answers->first : NULL; one; one = one->next) {
            const str on = value_text(one, "on");

            if (str_cmp(on, last) > 0)
                last = on;
        }
    }
    return last;
}

/* Received, answered, and what follows: considered, adopted, done; or declined. */
static void put_steps(const struct told *t)
{
    const enum voice_stage now = t->opinion.row.stage;
    const struct value *parts = value_get(t->opinion.body, STR("parts"));
    struct value *list = value_put_list(t->r->mem, t->page, "steps");
    const str answered = answered_on(parts);

    put_step(t, list, STAGE_RECEIVED, t->opinion.row.received, true);
    put_step(t, list, STAGE_ANSWERED, answered, answered.n > 0);
    if (now == STAGE_DECLINED) {
        put_step(t, list, STAGE_DECLINED, (str){ 0 }, true);
        return;
    }
    if (now < STAGE_CONSIDERED)
        return;
    put_step(t, list, STAGE_CONSIDERED, (str){ 0 }, true);
    put_step(t, list, STAGE_ADOPTED, (str){ 0 }, now >= STAGE_ADOPTED);
    put_step(t, list, STAGE_DONE, (str){ 0 }, now == STAGE_DONE);
}

/* ---- parts ---- */

static str link_url(const struct told *t, enum link_kind kind, const struct value *v)
{
    const str org = t->ward.key, key = value_text(v, "key");
    const int year = (int)value_int(v, "fiscal_year"), number = (int)value_int(v, "number");

    switch (kind) {
    case LINK_INITIATIVE:
    case LINK_ACTIVITY:
        return req_url(t->r, "/o/%.*s/%d/%d", STR_ARG(org), year, number);
    case LINK_INDICATOR:
        return req_url(t->r, "/o/%.*s/i/%.*s", STR_ARG(org), STR_ARG(key));
    case LINK_COMMITMENT:
        return req_url(t->r, "/o/%.*s/%d/commitments", STR_ARG(org), year);
    case LINK_BUDGET:
    case LINK_KIND_COUNT:
        break;
    }
    return (str){ 0 };
}

static void put_links(const struct told *t, struct value *map, const struct value *part)
{
    const struct value *from = value_get(part, STR("links"));
    struct value *list = value_put_list(t->r->mem, map, "links");

    for (const struct value *v = from ? from->first : NULL; v; v = v->next) {
        enum link_kind kind;
        struct value *one;

        if (!link_kind_parse(value_text(v, "kind"), &kind))
            continue;
        one = value_add_map(t->r->mem, list);
        value_put_text(t->r->mem, one, "kind", link_kind_word(kind));
        value_put_text(t->r->mem, one, "label", str_from(link_kind_label(kind, t->r->lang)));
        part_put_year(t->r, one, (int)value_int(v, "fiscal_year"));
        value_put_text_or_null(t->r->mem, one, "text", value_text(v, "text"));
        value_put_text_or_null(t->r->mem, one, "url", link_url(t, kind, v));
    }
}

static void put_answers(const struct told *t, struct value *map, const struct value *part)
{
    const struct value *from = value_get(part, STR("answers"));
    struct value *list = value_put_list(t->r->mem, map, "answers");

    for (const struct value *v = from ? from->first : NULL; v; v = v->next) {
        struct value *one = value_add_map(t->r->mem, list);

        opinion_put_day(t->r, one, "day_label", value_text(v, "on"));
        opinion_put_word(t->r, one, "kind", &t->stored.hearing.kinds, value_text(v, "kind"));
        value_put_text_or_null(t->r->mem, one, "text", value_text(v, "text"));
        value_put_bool(t->r->mem, one, "is_again", value_int(v, "turn") > 0);
    }
}

static str section_name(const struct told *t, const struct organisation_list *sections, str key)
{
    (void)t;
    for (uint32_t i = 0; i < sections->count; i++)
        if (str_eq(sections->rows[i].key, key))
            return sections->rows[i].name;
    return key;
}

static bool put_parts(const struct told *t, struct err *e)
{
    struct arena *a = t->r->mem;
    const struct value *parts = value_get(t->opinion.body, STR("parts"));
    struct value *list = value_put_list(a, t->page, "parts");
    struct organisation_list sections;

    if (!store_sections(t->r->db, a, t->ward.key, &sections, e))
        return false;
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next) {
        struct value *one = value_add_map(a, list);
        const int year = (int)value_int(p, "fate_year");

        opinion_put_word(t->r, one, "category", &t->stored.hearing.categories,
                         value_text(p, "category"));
        value_put_text_or_null(a, one, "summary", value_text(p, "summary"));
        value_put_text_or_null(a, one, "section",
                               section_name(t, &sections, value_text(p, "section")));
        opinion_put_word(t->r, one, "status", &t->stored.hearing.statuses,
                         value_text(p, "status"));
        value_put_text_or_null(a, one, "stage", value_text(p, "stage"));
        value_put_text_or_null(a, one, "fate_reason", value_text(p, "fate_reason"));
        value_put_text_or_null(a, one, "fate_year_label", part_year_label(t->r, year));
        put_answers(t, one, p);
        put_links(t, one, p);
    }
    value_put_bool(a, t->page, "is_many", parts && parts->count > 1);
    return true;
}

static void put_meeting(const struct told *t)
{
    const struct opinion_row *row = &t->opinion.row;
    const struct value *v = value_get(t->opinion.body, STR("meeting"));
    struct value *one;

    if (!row->meeting_number) {
        value_put_null(t->r->mem, t->page, "meeting");
        return;
    }
    one = value_put_map(t->r->mem, t->page, "meeting");
    value_put_text(t->r->mem, one, "url",
                   req_url(t->r, "/o/%.*s/council/%d/%d", STR_ARG(t->ward.key),
                           row->meeting_year, row->meeting_number));
    part_put_year(t->r, one, row->meeting_year);
    value_put_int(t->r->mem, one, "number", row->meeting_number);
    value_put_text_or_null(t->r->mem, one, "moment", value_text(v, "moment"));
}

static bool told_put(struct told *t, struct err *e)
{
    struct req *r = t->r;
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "name", t->ward.name);
    value_put_text(r->mem, words, "number",
                   opinion_number(r, t->ref.fiscal_year, t->ref.number));
    page_title(r, t->page, req_message(r, "opinion.title", words));
    opinion_crumb(r, t->page, &t->ward);
    part_put_organisation(r, t->page, t->ward.key, t->ward.name);
    page_record(r, t->page, t->opinion.row.record, t->opinion.row.at_ms);
    opinion_put_row(r, t->page, &t->stored.hearing, t->ward.key, &t->opinion.row);
    value_put_bool(r->mem, t->page, "in_time", value_bool(t->opinion.body, "in_time"));
    value_put_bool(r->mem, t->page, "is_reopened", value_bool(t->opinion.body, "reopened"));
    opinion_put_word(r, t->page, "place", &t->stored.hearing.boxes,
                     value_text(t->opinion.body, "place"));
    put_steps(t);
    put_meeting(t);
    return put_parts(t, e) && page_checkpoint(r, t->page, t->ward.key, e);
}

bool page_opinion(struct req *r, struct value *page, struct err *e)
{
    struct told t = { .r = r, .page = page };

    t.ref = (struct voice_ref){ req_param(r, "org"), req_int(r, "year"), req_int(r, "voice"),
                                r->at };
    return store_organisation(r->db, r->mem, t.ref.organisation, &t.ward, e)
           && store_hearing(r->db, r->mem, t.ref.organisation, &t.stored, e)
           && store_opinion(r->db, r->mem, &t.ref, &t.opinion, e) && told_put(&t, e);
}
