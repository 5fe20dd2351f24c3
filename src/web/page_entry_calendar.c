/* The entries of a register in a month, day by day, as they stand or stood; an empty day leads
 * to the line with that day in it. */
#include "web/entry_part.h"
#include "web/pages.h"
#include "web/parts.h"

#include "base/banned.h"

enum { DAYS_A_WEEK = 7 };

struct month_view {
    struct entry_view w;
    date first;        /* of the month */
    int64_t count[32]; /* by day; 0 = those of the month that name no day */
    int64_t total;
};

static str day_str(struct arena *a, date d)
{
    struct buf b;

    buf_init(&b, a, 16, 16);
    date_put(&b, d);
    return buf_str(&b);
}

static str month_str(struct arena *a, date d)
{
    return str_take(day_str(a, d), 7);
}

static date month_after(date d, int months)
{
    const int n = d.year * 12 + d.month - 1 + months;

    return (date){ (int16_t)(n / 12), (int8_t)(n % 12 + 1), 1 };
}

/* ?month=2024-06, or that of the newest entry, or this month. */
static bool month_choose(struct month_view *m, struct err *e)
{
    const struct req *r = m->w.v.r;
    struct entry_filter newest = { .when = r->at, .page = { 0, 1 } };
    struct entry_rows rows;
    str day = req_query(r, "month");
    date d;

    if (date_read(day, 0, &d) != DATE_FINE) {
        if (!store_entries(r->db, r->mem, &(struct open_book){ m->w.v.ref, &m->w.v.def },
                           &newest, &rows, e))
            return false;
        day = rows.count ? rows.rows[0].entry.values[m->w.v.def.date].v : (str){ 0 };
        if (date_read(day, 0, &d) != DATE_FINE)
            d = date_of_instant(r->now_ms);
    }
    m->first = (date){ d.year, d.month, 1 };
    return true;
}

static bool days_load(struct month_view *m, struct err *e)
{
    const struct req *r = m->w.v.r;
    const struct entry_filter month = { .from = month_str(r->mem, m->first),
                                        .before = month_str(r->mem, month_after(m->first, 1)),
                                        .when = r->at };
    struct entry_days days;

    if (!store_entry_days(r->db, r->mem, &m->w.v.ref, &month, &days, e))
        return false;
    for (uint32_t i = 0; i < days.count; i++) {
        date d;
        const bool is_day = date_parse(days.rows[i].day, &d);

        m->count[is_day ? d.day : 0] += days.rows[i].count;
        m->total += days.rows[i].count;
    }
    return true;
}

/* ---- the grid ---- */

static str list_url(const struct month_view *m, str day)
{
    const struct req *r = m->w.v.r;

    return req_url_with(r, req_url_with(r, m->w.url, "from", day), "to", day);
}

static str line_url(const struct month_view *m, str day)
{
    const struct req *r = m->w.v.r;
    const char *name = str_c(r->mem, str_fmt(r->mem, "v.%.*s",
                                             STR_ARG(m->w.v.def.fields[m->w.v.def.date].key)));

    return req_url_with(r, m->w.url, name, day);
}

static void put_day(const struct month_view *m, struct value *week, date d, bool is_in)
{
    const struct req *r = m->w.v.r;
    struct value *cell = value_add_map(r->mem, week);
    const str day = day_str(r->mem, d);
    const int64_t n = is_in ? m->count[d.day] : 0;

    value_put_bool(r->mem, cell, "is_in", is_in);
    value_put_int(r->mem, cell, "number", d.day);
    value_put_text(r->mem, cell, "day", day);
    if (n)
        value_put_int(r->mem, cell, "count", n);
    else
        value_put_null(r->mem, cell, "count");
    value_put_text(r->mem, cell, "url", n ? list_url(m, day) : line_url(m, day));
}

static void put_weeks(const struct month_view *m)
{
    const struct req *r = m->w.v.r;
    struct value *list = value_put_list(r->mem, m->w.v.page, "weeks");
    const date next = month_after(m->first, 1);
    int64_t day = date_number(m->first) - date_weekday(m->first);

    while (day < date_number(next)) {
        struct value *week = value_put_list(r->mem, value_add_map(r->mem, list), "days");

        for (int i = 0; i < DAYS_A_WEEK; i++, day++) {
            const date d = date_from_number(day);

            put_day(m, week, d, d.month == m->first.month && d.year == m->first.year);
        }
    }
}

static void put_heads(const struct month_view *m)
{
    static const char *const WORDS[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };
    struct value *list = value_put_list(m->w.v.r->mem, m->w.v.page, "weekdays");

    for (int i = 0; i < DAYS_A_WEEK; i++)
        value_add_text(m->w.v.r->mem, list, str_from(WORDS[i]));
}

static str month_url(const struct month_view *m, date d)
{
    const struct req *r = m->w.v.r;

    return req_url_with(r,
                        req_url(r, "/w/%.*s/evidence/%.*s/calendar",
                                STR_ARG(m->w.v.ref.organisation), STR_ARG(m->w.v.def.key)),
                        "month", month_str(r->mem, d));
}

bool page_entry_calendar(struct req *r, struct value *page, struct err *e)
{
    struct month_view m = { 0 };
    struct value *words = value_map(r->mem);

    if (!entry_view_load(&m.w, r, page, "calendar", e) || !month_choose(&m, e)
        || !days_load(&m, e))
        return false;
    value_put_text(r->mem, words, "month",
                   r->lang == LANG_JA ? str_fmt(r->mem, "%d年%d月", m.first.year, m.first.month)
                                      : month_str(r->mem, m.first));
    value_put_int(r->mem, words, "total", m.total);
    value_put_int(r->mem, words, "undated", m.count[0]);
    value_put_text(r->mem, page, "month", value_text(words, "month"));
    value_put_text(r->mem, page, "sentence", req_message(r, "calendar.says", words));
    value_put_text_or_null(r->mem, page, "undated",
                           m.count[0] ? req_message(r, "calendar.undated", words) : (str){ 0 });
    value_put_text(r->mem, page, "before_url", month_url(&m, month_after(m.first, -1)));
    value_put_text(r->mem, page, "after_url", month_url(&m, month_after(m.first, 1)));
    put_heads(&m);
    put_weeks(&m);
    return true;
}
