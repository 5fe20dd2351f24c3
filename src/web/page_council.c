/* The ward council in public: its meetings, who sits on it until when; and one meeting with
 * what members said and what became of it. */
#include "web/council_part.h"
#include "web/opinion_part.h"
#include "web/pages.h"

#include "base/banned.h"

/* ---- the council ---- */

static void put_seats(const struct council_view *v)
{
    struct arena *a = v->r->mem;
    const struct council *c = &v->stored.council;
    struct value *list = value_put_list(a, v->page, "seats");
    struct value *surveys = value_put_list(a, v->page, "surveys");

    for (uint32_t i = 0; i < c->seat_count; i++)
        if (council_sits(&c->seats[i], v->today))
            council_put_seat(v, value_add_map(a, list), &c->seats[i]);
    for (uint32_t i = 0; i < c->survey_count; i++) {
        struct value *one = value_add_map(a, surveys);

        part_put_year(v->r, one, c->surveys[i].fiscal_year);
        value_put_text(a, one, "url",
                       req_url(v->r, "/o/%.*s/surveys/%.*s", STR_ARG(v->ward.key),
                               STR_ARG(c->surveys[i].key)));
    }
    value_put_int(a, v->page, "sitting", list->count);
    value_put_text_or_null(a, v->page, "basis", c->basis);
}

/* Meetings of each year, the newest year first. */
static void put_years(const struct council_view *v, const struct meeting_rows *rows)
{
    struct arena *a = v->r->mem;
    struct value *years = value_put_list(a, v->page, "years"), *list = NULL;
    int year = 0;

    for (uint32_t i = 0; i < rows->count; i++) {
        const struct meeting *m = &rows->rows[i].meeting;

        if (m->fiscal_year != year) {
            struct value *one = value_add_map(a, years);

            year = m->fiscal_year;
            part_put_year(v->r, one, year);
            list = value_put_list(a, one, "meetings");
        }
        council_put_meeting(v, value_add_map(a, list), m);
    }
}

/* All of them in one flat list, for .csv. */
static void put_flat(const struct council_view *v, const struct meeting_rows *rows)
{
    struct value *list = value_put_list(v->r->mem, v->page, "meetings");

    for (uint32_t i = 0; i < rows->count; i++) {
        struct value *one = value_add_map(v->r->mem, list);

        part_put_year(v->r, one, rows->rows[i].meeting.fiscal_year);
        council_put_meeting(v, one, &rows->rows[i].meeting);
    }
}

bool page_council(struct req *r, struct value *page, struct err *e)
{
    const struct meeting_ref all = { .organisation = req_param(r, "org"), .when = r->at };
    struct meeting_rows rows = { 0 };
    struct council_view v;

    if (!council_open(r, page, "council.title", &v, e))
        return false;
    part_crumb_organisation(r, page, v.ward.key, v.ward.name);
    page_crumb(r, page, req_message(r, "opinions.short", NULL),
               req_url(r, "/o/%.*s/voices", STR_ARG(v.ward.key)));
    if (v.has_council && !store_meetings(r->db, r->mem, &all, &rows, e))
        return false;
    if (v.has_council)
        page_record(r, page, v.stored.record, v.stored.at_ms);
    put_seats(&v);
    put_years(&v, &rows);
    put_flat(&v, &rows);
    value_put_text(r->mem, page, "council",
                   v.has_council ? v.stored.council.title
                                 : req_message(r, "council.short", NULL));
    return true;
}

/* ---- one meeting ---- */

static void put_present(const struct council_view *v, const struct meeting *m)
{
    struct arena *a = v->r->mem;
    struct value *list = value_put_list(a, v->page, "present_seats");

    for (uint32_t i = 0; i < m->present_count; i++) {
        const struct council_seat *seat = council_seat(&v->stored.council, m->present[i]);

        if (seat)
            council_put_seat(v, value_add_map(a, list), seat);
    }
}

static void put_papers(const struct council_view *v, const struct meeting *m)
{
    struct arena *a = v->r->mem;
    struct value *agenda = value_put_list(a, v->page, "agenda");
    struct value *documents = value_put_list(a, v->page, "documents");

    for (uint32_t i = 0; i < m->agenda_count; i++)
        value_add_text(a, agenda, m->agenda[i]);
    for (uint32_t i = 0; i < m->document_count; i++) {
        struct value *one = value_add_map(a, documents);

        value_put_text(a, one, "title", m->documents[i].title);
        value_put_text(a, one, "name", m->documents[i].name);
        value_put_text(a, one, "hash", part_hash(v->r, m->documents[i].hash));
        value_put_text(a, one, "url", part_blob_url(v->r, m->documents[i].hash));
    }
    value_put_text_or_null(a, v->page, "minutes", m->minutes);
    council_put_day(v->r, v->page, "published_label", m->published);
}

/* What members said before, at and after it, each with what became of it. */
static bool put_opinions(const struct council_view *v, const struct meeting *m, struct err *e)
{
    struct req *r = v->r;
    const struct voice_filter f = {
        .organisation = v->ward.key,
        .facets = { { FACET_MEETING, str_fmt(r->mem, "%d/%d", m->fiscal_year, m->number) } },
        .facet_count = 1,
        .page = { 0, 500 },
    };
    struct value *list = value_put_list(r->mem, v->page, "opinions");
    struct hearing_stored stored;
    struct opinion_rows rows;

    if (!store_hearing(r->db, r->mem, v->ward.key, &stored, e)
        || !store_opinions(r->db, r->mem, &f, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        opinion_put_row(r, value_add_map(r->mem, list), &stored.hearing, v->ward.key,
                        &rows.rows[i]);
    return true;
}

bool page_meeting(struct req *r, struct value *page, struct err *e)
{
    const struct meeting_ref ref = { req_param(r, "org"), req_int(r, "year"),
                                     req_int(r, "number"), r->at };
    struct value *words = value_map(r->mem);
    struct meeting_stored stored;
    struct council_view v;

    if (!store_meeting(r->db, r->mem, &ref, &stored, e)
        || !council_open(r, page, "council.title", &v, e))
        return false;
    value_put_text(r->mem, words, "name", v.ward.name);
    value_put_text(r->mem, words, "title", stored.meeting.title);
    page_title(r, page, req_message(r, "meeting.title", words));
    part_crumb_organisation(r, page, v.ward.key, v.ward.name);
    page_crumb(r, page, req_message(r, "council.short", NULL), council_url(&v, ""));
    page_record(r, page, stored.record, stored.at_ms);
    part_put_year(r, page, ref.fiscal_year);
    council_put_meeting(&v, page, &stored.meeting);
    put_present(&v, &stored.meeting);
    put_papers(&v, &stored.meeting);
    return put_opinions(&v, &stored.meeting, e) && page_checkpoint(r, page, v.ward.key, e);
}
