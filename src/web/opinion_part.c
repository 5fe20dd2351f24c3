/* Pieces of the public pages of voices. */
#include "web/opinion_part.h"

#include "web/staff.h"

#include "base/banned.h"

str opinion_number(const struct req *r, int fiscal_year, int number)
{
    struct buf b;

    buf_init(&b, r->mem, 16, 32);
    voice_number_put(&b, fiscal_year, number);
    return buf_str(&b);
}

str opinion_url(const struct req *r, str organisation, int fiscal_year, int number)
{
    return req_url(r, "/o/%.*s/voices/%d/%d", STR_ARG(organisation), fiscal_year, number);
}

void opinion_crumb(const struct req *r, struct value *page, const struct organisation *ward)
{
    part_crumb_organisation(r, page, ward->key, ward->name);
    page_crumb(r, page, req_message(r, "opinions.short", NULL),
               req_url(r, "/o/%.*s/voices", STR_ARG(ward->key)));
}

void opinion_put_day(const struct req *r, struct value *map, const char *key, str day)
{
    staff_put_day(r, map, key, day);
}

void opinion_put_month(const struct req *r, struct value *map, const char *key, str month)
{
    date d;

    if (!date_parse(str_fmt(r->mem, "%.*s-01", STR_ARG(month)), &d))
        value_put_null(r->mem, map, key);
    else if (r->lang == LANG_JA)
        value_put_text(r->mem, map, key, str_fmt(r->mem, "%d年%d月", d.year, d.month));
    else
        value_put_text(r->mem, map, key, month);
}

void opinion_put_word(const struct req *r, struct value *map, const char *key,
                      const struct hearing_list *list, str code)
{
    const struct hearing_item *item = hearing_find(list, code);

    value_put_text_or_null(r->mem, map, key, item ? item->label[r->lang] : code);
}

void opinion_put_row(const struct req *r, struct value *map, const struct hearing *h,
                     str organisation, const struct opinion_row *row)
{
    struct arena *a = r->mem;

    value_put_text(a, map, "number", opinion_number(r, row->fiscal_year, row->number));
    value_put_text(a, map, "url", opinion_url(r, organisation, row->fiscal_year, row->number));
    value_put_text(a, map, "door", str_from(door_label(row->door, r->lang)));
    value_put_text(a, map, "month", row->month);
    opinion_put_month(r, map, "month_label", row->month);
    opinion_put_day(r, map, "received_label", row->received);
    value_put_bool(a, map, "is_withheld", row->is_withheld);
    value_put_text_or_null(a, map, "reason", row->reason);
    opinion_put_word(r, map, "reason_label", &h->reasons, row->reason);
    opinion_put_word(r, map, "category", &h->categories, row->category);
    value_put_text_or_null(a, map, "summary", row->summary);
    opinion_put_word(r, map, "kind", &h->kinds, row->kind);
    opinion_put_word(r, map, "status", &h->statuses, row->status);
    value_put_text(a, map, "stage", stage_word(row->stage));
    if (row->parts > 1)
        value_put_int(a, map, "more", row->parts - 1);
    else
        value_put_null(a, map, "more");
}
