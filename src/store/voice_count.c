/* Numbers of voices, from counts that are kept; the voices behind a line of a plan. */
#include "store/kept.h"
#include "store/voice_inner.h"

#include "base/banned.h"

enum { YEAR_MAX = 9999, BEHIND_MAX = 500 };

bool store_voice_counts(struct conn *c, struct arena *a, const struct voice_count_asked *asked,
                        struct voice_counts *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_COUNTS);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct voice_counts){ 0 };
    put_text(&q, asked->organisation);
    put_int(&q, 0);
    put_text(&q, facet_word(asked->facet));
    put_text(&q, asked->door < 0 ? STR("") : door_word((enum voice_door)asked->door));
    put_int(&q, asked->fiscal_year);
    put_int(&q, asked->fiscal_year ? asked->fiscal_year : YEAR_MAX);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count].value = take_text(&q, a);
        out->rows[out->count++].voices = (uint32_t)take_int(&q);
    }
    return !is_row;
}

/* ---- the public numbers ---- */

static uint32_t of_value(const struct voice_counts *all, str value)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (str_eq(all->rows[i].value, value))
            return all->rows[i].voices;
    return 0;
}

static uint32_t sum_of(const struct voice_counts *all)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < all->count; i++)
        sum += all->rows[i].voices;
    return sum;
}

static int days_of(str value)
{
    int n = 0;

    for (size_t i = 0; i < value.n; i++)
        n = n * 10 + (value.p[i] - '0');
    return n;
}

/* The days of the voice at a place in the order of days, from 0. */
static int at_place(const struct voice_counts *all, uint32_t place)
{
    uint32_t before = 0;

    for (uint32_t i = 0; i < all->count; i++) {
        before += all->rows[i].voices;
        if (place < before)
            return days_of(all->rows[i].value);
    }
    return 0;
}

static int median_tenths(const struct voice_counts *days)
{
    const uint32_t n = sum_of(days);

    return n ? 5 * (at_place(days, (n - 1) / 2) + at_place(days, n / 2)) : -1;
}

static uint32_t before_day(const struct voice_counts *due, str today)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < due->count && str_cmp(due->rows[i].value, today) < 0; i++)
        sum += due->rows[i].voices;
    return sum;
}

bool store_voice_numbers(struct conn *c, struct arena *a, const struct voice_count_asked *asked,
                         date today, struct voice_numbers *out, struct err *e)
{
    static const enum voice_facet NEEDED[] = { FACET_TIMING, FACET_PUBLICATION, FACET_STATE,
                                               FACET_DUE,    FACET_DAYS,        FACET_REOPENED,
                                               FACET_REASON };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct voice_counts got[FACET_COUNT];

    if (!transaction_begin_read(c, &t, e))
        return false;
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
        struct voice_count_asked one = *asked;

        one.facet = NEEDED[i];
        if (!store_voice_counts(c, a, &one, &got[NEEDED[i]], e))
            return false;
    }
    *out = (struct voice_numbers){
        .received = sum_of(&got[FACET_TIMING]),
        .in_time = of_value(&got[FACET_TIMING], STR("in-time")),
        .late = of_value(&got[FACET_TIMING], STR("late")),
        .waiting = of_value(&got[FACET_TIMING], STR("waiting")),
        .overdue = before_day(&got[FACET_DUE], voice_day(a, today)),
        .reopened = sum_of(&got[FACET_REOPENED]),
        .published = of_value(&got[FACET_PUBLICATION], STR("public")),
        .withheld = of_value(&got[FACET_PUBLICATION], STR("withheld")),
        .undecided = of_value(&got[FACET_PUBLICATION], STR("undecided")),
        .embargo = of_value(&got[FACET_PUBLICATION], STR("embargo")),
        .closed = of_value(&got[FACET_STATE], STR("closed")),
        .median_days = median_tenths(&got[FACET_DAYS]),
        .by_reason = got[FACET_REASON],
    };
    out->answered = out->in_time + out->late;
    return true;
}

/* ---- behind a line ---- */

static struct voice_behind row_behind(struct query *q, struct arena *a, bool is_public)
{
    struct voice_behind r = { .fiscal_year = (int)take_int(q) };
    str summary, shown;

    r.number = (int)take_int(q);
    r.part = (uint32_t)take_int(q);
    (void)link_kind_parse(take_text(q, a), &r.link.kind);
    r.link.fiscal_year = (int)take_int(q);
    r.link.number = (int)take_int(q);
    r.link.key = take_text(q, a);
    r.link.text = take_text(q, a);
    summary = take_text(q, a);
    shown = take_text(q, a);
    r.is_public = shown.n > 0;
    r.summary = is_public || !summary.n ? shown : summary;
    r.status = take_text(q, a);
    (void)stage_parse(take_text(q, a), &r.stage);
    return r;
}

static bool behind_read(struct conn *c, struct arena *a, const struct voice_behind_asked *what,
                        struct voice_behind_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_BEHIND);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct voice_behind_rows){ 0 };
    put_text(&q, what->organisation);
    put_int(&q, what->fiscal_year);
    put_text(&q, link_kind_word(what->kind));
    put_int(&q, what->number);
    put_text(&q, what->key);
    put_int(&q, what->is_public);
    put_int(&q, BEHIND_MAX);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = row_behind(&q, a, what->is_public);
    }
    return !is_row;
}

static bool has_none(struct conn *c, struct arena *a, const void *of, void *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 }; /* not the one that is kept */
    struct voice_behind_rows rows;

    (void)a;
    if (!behind_read(c, &mem, of, &rows, e))
        return false;
    *(bool *)out = rows.count == 0;
    return true;
}

/* Most lines have no voice, and that is kept. What voices say is not: what is erased must not
 * stay in memory either. */
bool store_voices_behind(struct conn *c, struct arena *a, const struct voice_behind_asked *what,
                         struct voice_behind_rows *out, struct err *e)
{
    bool none = false;
    const struct kept_reader how = {
        KEPT_NO_VOICES,
        str_fmt(a, "%.*s/%d/%d/%d/%d/%.*s", STR_ARG(what->organisation), (int)what->kind,
                what->fiscal_year, what->number, what->is_public, STR_ARG(what->key)),
        what, has_none, sizeof none
    };

    *out = (struct voice_behind_rows){ 0 };
    return kept_or_read(c, a, &how, &none, e) && (none || behind_read(c, a, what, out, e));
}

/* ---- at the clock ---- */

static struct voice_term row_term(struct query *q, struct arena *a)
{
    struct voice_term t = { .facets = take_text(q, a) };

    t.received = take_text(q, a);
    t.due = take_text(q, a);
    t.in_time = take_int(q) != 0;
    t.voices = (uint32_t)take_int(q);
    return t;
}

bool store_voice_clock(struct conn *c, struct arena *a, str organisation, int fiscal_year,
                       struct voice_clock *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_TERMS);
    uint32_t room = 0;
    bool is_row = true;
    struct buf all;

    *out = (struct voice_clock){ 0 };
    buf_init(&all, &mem, 1024, SIZE_MAX / 2);
    put_text(&q, organisation);
    put_int(&q, fiscal_year);
    while (query_step(&q, &is_row, e) && is_row) {
        struct voice_term *t;

        out->terms.rows =
            rows_grow(a, out->terms.rows, sizeof *out->terms.rows, out->terms.count, &room);
        t = &out->terms.rows[out->terms.count++];
        *t = row_term(&q, a);
        out->voices += t->voices;
        buf_fmt(&all, "%.*s\n%.*s %.*s %d %u\n", STR_ARG(t->facets), STR_ARG(t->received),
                STR_ARG(t->due), t->in_time, t->voices);
    }
    if (out->terms.count)
        out->digest = hash_bytes(buf_str(&all));
    return !is_row;
}
