/* The years of an organisation as they are worked on, and the beginning of the next one. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_part.h"

#include "base/banned.h"

/* clang-format off */
const struct field YEAR_START_FIELDS[] = {
    { "year", INPUT_COUNT, 4, true, { "始める年度", "Year to begin" } },
    { "way", INPUT_LINE, 10, true, { "始め方", "How to begin" } },
    { 0 },
};
/* clang-format on */

struct years {
    struct req *r;
    struct value *page;
    struct organisation organisation;
    struct cycle_rows cycles;
    struct plan_heads plans;
};

static bool years_load(struct years *y, struct err *e)
{
    struct req *r = y->r;

    return staff_put_organisation(r, y->page, &y->organisation, e)
           && store_cycles(r->db, r->mem, y->organisation.key, &y->cycles, e)
           && store_plans(r->db, r->mem, y->organisation.key, &y->plans, e);
}

static void put_cycles(const struct years *y)
{
    struct req *r = y->r;
    struct value *list = value_put_list(r->mem, y->page, "years");

    for (uint32_t i = 0; i < y->cycles.count; i++) {
        const struct cycle *k = &y->cycles.rows[i];
        struct value *row = value_add_map(r->mem, list);
        const int step = phase_step(k->phase);

        part_put_year(r, row, k->fiscal_year);
        value_put_text(r->mem, row, "phase", phase_word(k->phase));
        value_put_text(r->mem, row, "since", part_time_label(r, k->at_ms));
        staff_put_day(r, row, "due_label", step >= 0 ? k->due[step] : (str){ 0 });
        value_put_bool(r->mem, row, "is_overdue", step >= 0 && staff_is_over(r, k->due[step]));
        value_put_text(r->mem, row, "url",
                       req_url(r, "/w/%.*s/%d", STR_ARG(y->organisation.key), k->fiscal_year));
    }
    value_put_bool(r->mem, y->page, "has_years", y->cycles.count > 0);
}

/* The year that is offered: the one after the newest there is, or this one. */
static int next_year(const struct years *y)
{
    struct buf today;
    date d = { 0 };
    int newest = 0;

    buf_init(&today, y->r->mem, 40, 40);
    instant_put(&today, y->r->now_ms);
    if (y->cycles.count)
        newest = y->cycles.rows[0].fiscal_year;
    if (y->plans.count && y->plans.rows[0].fiscal_year > newest)
        newest = y->plans.rows[0].fiscal_year;
    if (newest || !date_parse(str_take(buf_str(&today), 10), &d))
        return newest + 1;
    return date_fiscal_year(d);
}

static bool put_start(const struct years *y)
{
    struct req *r = y->r;
    struct value *ways = value_put_list(r->mem, y->page, "ways");
    static const char *const WAYS[] = { "roll", "import", "empty" };
    const str chosen = r->form ? req_field(r, "way") : STR("roll");

    value_put_bool(r->mem, y->page, "is_planning",
                   (r->person->duties & DUTY_BIT(DUTY_PLANNING)) != 0);
    value_put_text(r->mem, y->page, "start_url",
                   req_url(r, "/w/%.*s/start", STR_ARG(y->organisation.key)));
    value_put_text(r->mem, y->page, "catalogue_url",
                   req_url(r, "/w/%.*s/catalogue", STR_ARG(y->organisation.key)));
    value_put_text(r->mem, y->page, "proposals_url",
                   req_url(r, "/w/%.*s/proposals", STR_ARG(y->organisation.key)));
    value_put_text(r->mem, y->page, "evidence_url",
                   req_url(r, "/w/%.*s/evidence", STR_ARG(y->organisation.key)));
    value_put_text(r->mem, y->page, "surveys_url",
                   req_url(r, "/w/%.*s/surveys", STR_ARG(y->organisation.key)));
    value_put_text(r->mem, y->page, "council_url",
                   req_url(r, "/w/%.*s/council", STR_ARG(y->organisation.key)));
    page_field(r, y->page, "year", str_fmt(r->mem, "%d", next_year(y)));
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        struct value *way = value_add_map(r->mem, ways);

        value_put_text(r->mem, way, "way", str_from(WAYS[i]));
        value_put_bool(r->mem, way, "is_chosen", str_eq(chosen, str_from(WAYS[i])));
    }
    return true;
}

static bool years_put(struct years *y, struct err *e)
{
    struct value *words = value_map(y->r->mem);

    if (!years_load(y, e))
        return false;
    value_put_text(y->r->mem, words, "name", y->organisation.name);
    page_title(y->r, y->page, req_message(y->r, "years.title", words));
    put_cycles(y);
    value_put_text_or_null(y->r->mem, y->page, "voices_url",
                           y->r->person->duties & VOICE_READERS
                               ? req_url(y->r, "/w/%.*s/voices", STR_ARG(y->organisation.key))
                               : (str){ 0 });
    return put_start(y);
}

bool page_years(struct req *r, struct value *page, struct err *e)
{
    struct years y = { .r = r, .page = page };

    return years_put(&y, e);
}

/* ---- beginning ---- */

/* The official plan of the year, and in which phase it stands. */
static bool imported_phase(struct req *r, struct cycle_start *s, struct err *e)
{
    const struct plan_ref ref = { s->ref.organisation, s->ref.fiscal_year, 0 };
    struct plan_head head;

    if (!store_plan_head(r->db, r->mem, &ref, &head, e))
        return false;
    s->from_year = s->ref.fiscal_year;
    if (str_eq(head.state, STR("midyear")))
        s->phase = PHASE_REVIEWED;
    else if (!phase_parse(head.state, &s->phase))
        s->phase = PHASE_DRAFT;
    return true;
}

static bool start_of(struct req *r, struct cycle_start *s, struct err *e)
{
    const str way = req_field(r, "way");
    dec year;

    *s = (struct cycle_start){ .ref.organisation = req_param(r, "org"), .phase = PHASE_DRAFT };
    if (!req_is_fine(r) || !dec_parse(req_field(r, "year"), &year))
        return err_set(e, ERR_INPUT, "始める年度を、西暦の4桁で書いてください。");
    s->ref.fiscal_year = (int)year.n;
    if (str_eq(way, STR("import")))
        return imported_phase(r, s, e);
    s->from_year = str_eq(way, STR("roll")) ? s->ref.fiscal_year - 1 : 0;
    return true;
}

bool act_year_start(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct actor who = staff_actor(r, DUTY_BIT(DUTY_PLANNING));
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct years y = { .r = r, .page = page };
    struct cycle_start s;

    if (start_of(r, &s, e) && store_cycle_start(r->db, r->mem, &stamp, &s, e)) {
        out->location =
            req_url(r, "/w/%.*s/%d", STR_ARG(s.ref.organisation), s.ref.fiscal_year);
        return true;
    }
    if (e->code == ERR_IO || e->code == ERR_DENIED)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, STR("year"), str_dup(r->mem, str_from(e->text)));
    return years_put(&y, e);
}
