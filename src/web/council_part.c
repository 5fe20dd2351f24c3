/* Pieces of the pages of the ward council. */
#include "web/council_part.h"

#include "web/staff.h"

#include "base/banned.h"

str council_iso(const struct req *r, date d)
{
    struct buf b;

    buf_init(&b, r->mem, 10, 10);
    if (d.year)
        date_put(&b, d);
    return buf_str(&b);
}

void council_put_day(const struct req *r, struct value *map, const char *key, date d)
{
    staff_put_day(r, map, key, council_iso(r, d));
}

static date day_shown(const struct req *r)
{
    struct buf now;
    date d;

    buf_init(&now, r->mem, 40, 40);
    instant_put(&now, r->at ? r->at : r->now_ms);
    return date_parse(str_take(buf_str(&now), 10), &d) ? d : (date){ 0 };
}

bool council_open(struct req *r, struct value *page, const char *title_key,
                  struct council_view *out, struct err *e)
{
    const str org = req_param(r, "org");
    struct value *words = value_map(r->mem);

    *out = (struct council_view){ .r = r, .page = page, .today = day_shown(r) };
    if (!store_organisation(r->db, r->mem, org, &out->ward, e))
        return false;
    out->has_council = store_council(r->db, r->mem, org, r->at, &out->stored, e);
    if (!out->has_council && e->code != ERR_NOT_FOUND)
        return false;
    value_put_text(r->mem, words, "name", out->ward.name);
    value_put_text(r->mem, words, "council",
                   out->has_council ? out->stored.council.title
                                    : req_message(r, "council.short", NULL));
    page_title(r, page, req_message(r, title_key, words));
    part_put_organisation(r, page, out->ward.key, out->ward.name);
    value_put_bool(r->mem, page, "has_council", out->has_council);
    return true;
}

str council_url(const struct council_view *v, const char *below)
{
    return req_url(v->r, "/o/%.*s/council%s", STR_ARG(v->ward.key), below);
}

str meeting_url(const struct council_view *v, const struct meeting *m)
{
    return req_url(v->r, "/o/%.*s/council/%d/%d", STR_ARG(v->ward.key), m->fiscal_year,
                   m->number);
}

void council_put_seat(const struct council_view *v, struct value *map,
                      const struct council_seat *seat)
{
    struct arena *a = v->r->mem;

    value_put_text(a, map, "key", seat->key);
    value_put_text(a, map, "kind", seat->kind);
    value_put_text_or_null(a, map, "body", seat->body);
    value_put_text_or_null(a, map, "name", seat->name);
    council_put_day(v->r, map, "from_label", seat->from);
    council_put_day(v->r, map, "to_label", seat->to);
    value_put_text_or_null(a, map, "from", council_iso(v->r, seat->from));
    value_put_text_or_null(a, map, "to", council_iso(v->r, seat->to));
    value_put_bool(a, map, "is_sitting", council_sits(seat, v->today));
}

static str time_text(const struct req *r, const struct meeting *m)
{
    if (!m->from.n)
        return (str){ 0 };
    return str_fmt(r->mem, "%.*s–%.*s", STR_ARG(m->from), STR_ARG(m->to));
}

void council_put_meeting(const struct council_view *v, struct value *map,
                         const struct meeting *m)
{
    struct arena *a = v->r->mem;

    value_put_text(a, map, "title", m->title);
    value_put_text_or_null(a, map, "group", m->group);
    value_put_text(a, map, "state", meeting_state_word(m->state));
    value_put_text_or_null(a, map, "day", council_iso(v->r, m->day));
    council_put_day(v->r, map, "day_label", m->day);
    value_put_text_or_null(a, map, "time", time_text(v->r, m));
    value_put_text_or_null(a, map, "place", m->place);
    value_put_text_or_null(a, map, "reason", m->reason);
    value_put_int(a, map, "present", m->present_count);
    value_put_int(a, map, "seats", council_sitting(&v->stored.council, m->day));
    value_put_int(a, map, "watching", m->watching);
    value_put_int(a, map, "documents_count", m->document_count);
    value_put_bool(a, map, "has_minutes", m->minutes.n > 0);
    value_put_text(a, map, "url", meeting_url(v, m));
}
