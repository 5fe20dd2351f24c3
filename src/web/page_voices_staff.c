/* Which voices are there, and which of them wait? Numbers first, then the list with its
 * filters: each choice says how many it leads to. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_part.h"

#include "base/banned.h"

enum { VOICES_ON_A_PAGE = 30, SOON = 7 };

struct listing {
    struct hearing_view v;
    struct voice_filter filter;
    str section; /* the one whose voices are shown, "" = all that may be seen */
};

/* ---- filters ---- */

/* Which of them there are, in the order of the form. The name stands in the address. */
static const struct {
    const char *name, *label; /* label: key of a message */
    enum voice_facet facet;
} FILTERS[] = {
    { "month", "hearing.month", FACET_MONTH },
    { "state", "hearing.state", FACET_STATE },
    { "section", "hearing.section", FACET_SECTION },
    { "category", "hearing.category", FACET_CATEGORY },
    { "door", "hearing.door", FACET_DOOR },
    { "publication", "hearing.publication", FACET_PUBLICATION },
};
enum { FILTER_COUNT = sizeof FILTERS / sizeof FILTERS[0] };

static str state_label(const struct req *r, str word)
{
    enum voice_state s;

    return voice_state_parse(word, &s) ? str_from(voice_state_label(s, r->lang)) : word;
}

static str door_name(const struct req *r, str word)
{
    enum voice_door d;

    return door_parse(word, &d) ? str_from(door_label(d, r->lang)) : word;
}

static str publication_name(const struct req *r, str word)
{
    enum publication p;

    return publication_parse(word, &p) ? str_from(publication_label(p, r->lang)) : word;
}

/* "2025-06" as people read it. */
static str month_label(const struct req *r, str month)
{
    date d;

    if (r->lang != LANG_JA || !date_parse(str_fmt(r->mem, "%.*s-01", STR_ARG(month)), &d))
        return month;
    return str_fmt(r->mem, "%d年%d月", d.year, d.month);
}

/* "2025-06" is in 2025, "2026-03" too; 0 for what is no month. */
static int fiscal_year_of(const struct req *r, str month)
{
    date d;

    return date_parse(str_fmt(r->mem, "%.*s-01", STR_ARG(month)), &d) ? date_fiscal_year(d) : 0;
}

static str value_label(const struct hearing_view *v, enum voice_facet facet, str value)
{
    if (facet == FACET_MONTH)
        return month_label(v->r, value);
    if (facet == FACET_STATE)
        return state_label(v->r, value);
    if (facet == FACET_DOOR)
        return door_name(v->r, value);
    if (facet == FACET_PUBLICATION)
        return publication_name(v->r, value);
    if (!value.n)
        return req_message(v->r, "hearing.none_yet", NULL);
    return facet == FACET_SECTION ? hearing_section(v, value)
                                  : hearing_label(v->r, &v->stored.hearing.categories, value);
}

/* Who holds nothing for the whole organisation sees the voices of their sections alone. */
static bool may_see_section(const struct hearing_view *v, str key)
{
    if (v->whole & VOICE_READERS)
        return true;
    for (uint32_t i = 0; i < v->sections.count; i++)
        if (v->is_own[i] && str_eq(v->sections.rows[i].key, key))
            return true;
    return false;
}

static str section_shown(const struct hearing_view *v)
{
    const str asked = req_query(v->r, "section");

    if (v->whole & VOICE_READERS)
        return asked;
    if (asked.n && may_see_section(v, asked))
        return asked;
    for (uint32_t i = 0; i < v->sections.count; i++)
        if (v->is_own[i])
            return v->sections.rows[i].key;
    return STR("-"); /* the voices of no section */
}

static void add_option(const struct req *r, struct value *options, str value, str label,
                       str chosen)
{
    struct value *m = value_add_map(r->mem, options);

    value_put_text(r->mem, m, "value", value);
    value_put_text(r->mem, m, "label", label);
    value_put_text(r->mem, m, "lang", page_lang_of(r, label));
    value_put_bool(r->mem, m, "is_chosen", str_eq(value, chosen));
}

static struct value *add_filter(const struct req *r, struct value *list, const char *name,
                                const char *label)
{
    struct value *m = value_add_map(r->mem, list);

    value_put_text(r->mem, m, "name", str_from(name));
    value_put_text(r->mem, m, "label", req_message(r, label, NULL));
    return value_put_list(r->mem, m, "options");
}

/* A part without a section has the value "", which in an address says "all". */
static const char NONE_YET[] = "none";

static bool put_filter(const struct listing *l, struct value *list, size_t i, str chosen,
                       struct err *e)
{
    const struct hearing_view *v = &l->v;
    struct req *r = v->r;
    const struct voice_count_asked asked = { v->ward.key, l->filter.fiscal_year, -1,
                                             FILTERS[i].facet };
    struct value *options = add_filter(r, list, FILTERS[i].name, FILTERS[i].label);
    const bool is_section = FILTERS[i].facet == FACET_SECTION;
    struct voice_counts counts;

    if (!store_voice_counts(r->db, r->mem, &asked, &counts, e))
        return false;
    if (!is_section || (v->whole & VOICE_READERS))
        add_option(r, options, STR(""), req_message(r, "hearing.all", NULL), chosen);
    for (uint32_t k = 0; k < counts.count; k++) {
        const str value = counts.rows[k].value;
        const str label = value_label(v, FILTERS[i].facet, value);

        if (!counts.rows[k].voices || (is_section && !may_see_section(v, value)))
            continue;
        add_option(r, options, value.n ? value : str_from(NONE_YET),
                   v->whole & VOICE_READERS
                       ? str_fmt(r->mem, "%.*s (%u)", STR_ARG(label), counts.rows[k].voices)
                       : label,
                   chosen);
    }
    return true;
}

/* The fiscal years of receipt that have a voice, the newest first; the other choices then say
 * how many there are in the year that is chosen. */
static bool put_years(struct listing *l, struct value *list, struct err *e)
{
    const struct hearing_view *v = &l->v;
    struct req *r = v->r;
    const struct voice_count_asked asked = { v->ward.key, 0, -1, FACET_MONTH };
    const str chosen = req_query(r, "year");
    struct value *options = add_filter(r, list, "year", "hearing.fiscal_year");
    struct voice_counts months;
    uint32_t voices = 0;
    dec year_asked;

    if (!store_voice_counts(r->db, r->mem, &asked, &months, e))
        return false;
    if (dec_parse(chosen, &year_asked) && !year_asked.scale && year_asked.n >= FISCAL_MIN
        && year_asked.n <= FISCAL_MAX)
        l->filter.fiscal_year = (int)year_asked.n;
    add_option(r, options, STR(""), req_message(r, "hearing.all", NULL), chosen);
    for (uint32_t i = months.count; i-- > 0;) { /* the newest month stands last */
        const int year = fiscal_year_of(r, months.rows[i].value);
        const str value = str_fmt(r->mem, "%d", year), label = part_year_label(r, year);

        voices += months.rows[i].voices;
        if (!year || (i && fiscal_year_of(r, months.rows[i - 1].value) == year))
            continue;
        add_option(r, options, value,
                   v->whole & VOICE_READERS
                       ? str_fmt(r->mem, "%.*s (%u)", STR_ARG(label), voices)
                       : label,
                   chosen);
        voices = 0;
    }
    return true;
}

static void put_due_filter(const struct listing *l, struct value *list)
{
    static const char *const DUES[] = { "", "overdue", "soon" };
    const struct req *r = l->v.r;
    struct value *options = add_filter(r, list, "due", "hearing.due");

    for (size_t i = 0; i < sizeof DUES / sizeof *DUES; i++)
        add_option(r, options, str_from(DUES[i]),
                   req_message(r,
                               i == 0   ? "hearing.all"
                               : i == 1 ? "hearing.overdue"
                                        : "hearing.soon",
                               NULL),
                   req_query(r, "due"));
}

static bool put_filters(struct listing *l, struct err *e)
{
    struct req *r = l->v.r;
    struct value *list = value_put_list(r->mem, l->v.page, "filters");

    if (!put_years(l, list, e))
        return false;
    for (size_t i = 0; i < FILTER_COUNT; i++) {
        const bool is_section = FILTERS[i].facet == FACET_SECTION;
        const str chosen = is_section ? l->section : req_query(r, FILTERS[i].name);

        if (!put_filter(l, list, i, chosen, e))
            return false;
        if (chosen.n)
            l->filter.facets[l->filter.facet_count++] =
                (struct facet_value){ FILTERS[i].facet,
                                      str_eq(chosen, str_from(NONE_YET)) ? STR("") : chosen };
    }
    put_due_filter(l, list);
    if (str_eq(req_query(r, "due"), STR("overdue")))
        l->filter.due_before = hearing_iso(r, l->v.today);
    else if (str_eq(req_query(r, "due"), STR("soon")))
        l->filter.due_before =
            hearing_iso(r, date_from_number(date_number(l->v.today) + SOON + 1));
    l->filter.query = req_query(r, "q");
    value_put_text(r->mem, l->v.page, "query", l->filter.query);
    return true;
}

/* ---- the list ---- */

static void put_row(const struct hearing_view *v, struct value *row, const struct voice_row *x)
{
    struct req *r = v->r;
    const bool waits = x->state == VOICE_OPEN;

    value_put_text(r->mem, row, "label", voice_label(r, x->fiscal_year, x->number));
    value_put_text(r->mem, row, "url", voice_url(v, x->fiscal_year, x->number, ""));
    value_put_text_or_null(r->mem, row, "summary", x->summary);
    value_put_text(r->mem, row, "state", str_from(voice_state_label(x->state, r->lang)));
    value_put_text(r->mem, row, "stage", stage_word(x->stage));
    value_put_text(r->mem, row, "publication",
                   str_from(publication_label(x->publication, r->lang)));
    value_put_text(r->mem, row, "received", hearing_iso(r, x->received));
    staff_put_date(r, row, "received_label", x->received);
    value_put_text(r->mem, row, "due", hearing_iso(r, x->due));
    staff_put_date(r, row, "due_label", x->due);
    value_put_text_or_null(r->mem, row, "left",
                           waits ? hearing_left(v->r, x->due) : (str){ 0 });
    value_put_bool(r->mem, row, "is_overdue",
                   waits && date_number(x->due) < date_number(v->today));
    value_put_text(r->mem, row, "sections",
                   x->section_name.n ? x->section_name : hearing_section(v, x->section));
    value_put_text(r->mem, row, "category",
                   hearing_label(r, &v->stored.hearing.categories, x->category));
    value_put_text(r->mem, row, "door", str_from(door_label(x->door, r->lang)));
    value_put_int(r->mem, row, "parts", x->parts);
    value_put_bool(r->mem, row, "is_reopened", x->is_reopened);
}

static bool put_list(struct listing *l, struct err *e)
{
    struct req *r = l->v.r;
    const struct page_of shown = req_page_of(r, VOICES_ON_A_PAGE);
    struct value *list = value_put_list(r->mem, l->v.page, "voices");
    struct value *words = value_map(r->mem);
    struct voice_rows rows;

    l->filter.organisation = l->v.ward.key;
    l->filter.page = shown;
    if (!store_voices(r->db, r->mem, &l->filter, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        put_row(&l->v, value_add_map(r->mem, list), &rows.rows[i]);
    value_put_bool(r->mem, l->v.page, "has_voices", rows.count > 0);
    value_put_int(r->mem, words, "n", rows.total);
    value_put_text(r->mem, l->v.page, "found",
                   req_message(r, rows.is_more ? "hearing.found_more" : "hearing.found",
                               words));
    page_put_pages(r, l->v.page, shown, rows.total);
    return true;
}

/* ---- numbers first ---- */

static void put_tally(const struct listing *l, struct value *list, const char *key,
                      uint32_t count, const char *name, const char *value)
{
    const struct req *r = l->v.r;
    struct value *m = value_add_map(r->mem, list);
    const str url = hearing_url(&l->v, "");

    value_put_text(r->mem, m, "label", req_message(r, key, NULL));
    value_put_int(r->mem, m, "count", count);
    value_put_text(r->mem, m, "url", name ? req_url_with(r, url, name, str_from(value)) : url);
    value_put_bool(r->mem, m, "is_shown", name && str_eq(req_query(r, name), str_from(value)));
}

static bool put_numbers(struct listing *l, struct err *e)
{
    struct req *r = l->v.r;
    const struct voice_count_asked asked = { l->v.ward.key, 0, -1, FACET_ALL };
    struct value *words = value_map(r->mem), *list;
    struct voice_numbers n;

    if (!store_voice_numbers(r->db, r->mem, &asked, l->v.today, &n, e))
        return false;
    value_put_int(r->mem, words, "received", n.received);
    value_put_int(r->mem, words, "answered", n.answered);
    value_put_int(r->mem, words, "in_time", n.in_time);
    value_put_text(r->mem, l->v.page, "sentence",
                   req_message(r, n.received ? "hearing.says" : "hearing.says_none", words));
    list = value_put_list(r->mem, l->v.page, "tallies");
    put_tally(l, list, "hearing.waiting", n.waiting, "state", "open");
    put_tally(l, list, "hearing.overdue", n.overdue, "due", "overdue");
    put_tally(l, list, "hearing.undecided", n.undecided, "publication", "undecided");
    put_tally(l, list, "hearing.closed", n.closed, "state", "closed");
    put_tally(l, list, "hearing.received_all", n.received, NULL, NULL);
    return true;
}

static void put_ways_in(const struct hearing_view *v)
{
    static const struct {
        const char *key, *below;
    } WAYS[] = {
        { "new_url", "/new" },           { "box_url", "/box" },
        { "import_url", "/import" },     { "survey_url", "/survey" },
        { "settings_url", "/settings" },
    };
    struct arena *a = v->r->mem;

    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++)
        value_put_text(a, v->page, WAYS[i].key, hearing_url(v, WAYS[i].below));
    value_put_text(a, v->page, "public_url",
                   req_url(v->r, "/o/%.*s/voices", STR_ARG(v->ward.key)));
    value_put_bool(a, v->page, "may_receive", v->r->person->duties & DUTY_BIT(DUTY_LISTENER));
    value_put_text(a, v->page, "list_url", hearing_url(v, ""));
}

bool page_voices_staff(struct req *r, struct value *page, struct err *e)
{
    struct listing l = { 0 };
    struct value *words = value_map(r->mem);

    if (!hearing_open(r, page, &l.v, e))
        return false;
    l.section = section_shown(&l.v);
    value_put_text(r->mem, words, "name", l.v.ward.name);
    page_title(r, page, req_message(r, "hearing.title", words));
    put_ways_in(&l.v);
    return put_numbers(&l, e) && put_filters(&l, e) && put_list(&l, e);
}
