/* What was promised the year before and what this year does about it: decided by planning, and
 * shown to everybody once it is public. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_behind.h"

#include "base/banned.h"

/* clang-format off */
const struct field PROMISE_FIELDS[] = {
    { "id", INPUT_LINE, 80, true, { "約束", "Promise" } },
    { "seen", INPUT_HASH, 0, false, { "見ていた記録", "The record that was seen" } },
    { "fate", INPUT_LINE, 10, true, { "どうするか", "What becomes of it" } },
    { "number", INPUT_COUNT, 5, false, { "採り入れる取組項目", "Initiative that adopts it" } },
    { "line", INPUT_LINE, 400, false, { "採り入れる行", "Line that adopts it" } },
    { "reason", INPUT_TEXT, 2000, false, { "理由", "Reason" } },
    { 0 },
};
/* clang-format on */

/* ---- shared ---- */

/* "2年目": how long it has been waiting; null in its first year. */
static void put_age(const struct req *r, struct value *row, int years)
{
    struct value *words = value_map(r->mem);

    value_put_int(r->mem, words, "n", years + 1);
    value_put_text_or_null(r->mem, row, "age",
                           years ? req_message(r, "promises.age", words) : (str){ 0 });
}

static void put_promise(const struct req *r, struct value *row, const struct commitment *k)
{
    value_put_text(r->mem, row, "id", k->id);
    value_put_text(r->mem, row, "text", k->text);
    value_put_text(r->mem, row, "made_step", step_word(k->made_step));
    value_put_text(r->mem, row, "made_label", part_year_label(r, k->made_year));
    value_put_int(r->mem, row, "made_number", k->made_number);
    value_put_text(r->mem, row, "made_url",
                   req_url(r, "/o/%.*s/%d/%d", STR_ARG(req_param(r, "org")), k->made_year,
                           k->made_number));
    value_put_text(r->mem, row, "fate", fate_word(k->fate));
    value_put_text_or_null(r->mem, row, "fate_line", k->fate_line);
    value_put_text_or_null(r->mem, row, "fate_reason", k->fate_reason);
    put_age(r, row, k->years);
}

/* The voices that asked for it. */
static bool put_behind(struct req *r, struct value *row, const struct commitment *k, int year,
                       bool is_public, struct err *e)
{
    const struct voice_behind_asked asked = { .organisation = req_param(r, "org"),
                                              .kind = LINK_COMMITMENT,
                                              .fiscal_year = year,
                                              .key = k->id,
                                              .is_public = is_public };

    return voice_behind_put(r, row, "behind", &asked, e);
}

static void put_counts(const struct req *r, struct value *page,
                       const struct commitment_rows *rows)
{
    struct value *words = value_map(r->mem);
    int64_t count[FATE_COUNT] = { 0 };

    for (uint32_t i = 0; i < rows->count; i++)
        count[rows->rows[i].fate]++;
    value_put_int(r->mem, words, "total", rows->count);
    for (int f = 0; f < FATE_COUNT; f++)
        value_put_int(r->mem, words, fate_word((enum fate)f).p, count[f]);
    value_put_text(r->mem, page, "sentence",
                   req_message(r, rows->count ? "promises.says" : "promises.none", words));
    value_put_bool(r->mem, page, "has_promises", rows->count > 0);
}

/* ---- for everybody ---- */

bool page_promises(struct req *r, struct value *page, struct err *e)
{
    const struct plan_ref ref = part_plan_ref(r);
    struct value *words = value_map(r->mem), *list = value_put_list(r->mem, page, "promises");
    struct commitment_rows rows;
    struct plan_head head;

    if (!store_plan_head(r->db, r->mem, &ref, &head, e)
        || !store_commitments_then(r->db, r->mem, &ref, &rows, e))
        return false;
    value_put_text(r->mem, words, "name", head.organisation_name);
    value_put_text(r->mem, words, "year_label", part_year_label(r, head.fiscal_year));
    page_title(r, page, req_message(r, "promises.title", words));
    part_put_organisation(r, page, head.organisation, head.organisation_name);
    part_put_year(r, page, head.fiscal_year);
    part_crumb_organisation(r, page, head.organisation, head.organisation_name);
    part_crumb_year(r, page, &head);
    put_counts(r, page, &rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        struct value *row = value_add_map(r->mem, list);
        const int number = rows.rows[i].fate_number;

        put_promise(r, row, &rows.rows[i]);
        if (!put_behind(r, row, &rows.rows[i], ref.fiscal_year, true, e))
            return false;
        value_put_text_or_null(r->mem, row, "fate_url",
                               number ? req_url(r, "/o/%.*s/%d/%d", STR_ARG(ref.organisation),
                                                ref.fiscal_year, number)
                                      : (str){ 0 });
        value_put_int(r->mem, row, "fate_number", number);
    }
    return true;
}

/* ---- for planning ---- */

static bool put_sheets(const struct req *r, struct value *page, const struct sheet_rows *sheets)
{
    struct value *list = value_put_list(r->mem, page, "sheets");

    for (uint32_t i = 0; i < sheets->count; i++) {
        struct value *row = value_add_map(r->mem, list);

        value_put_int(r->mem, row, "value", sheets->rows[i].number);
        value_put_text(r->mem, row, "label", sheets->rows[i].initiative.title.v);
    }
    return true;
}

/* The fates as a choice; the one that stands is chosen. */
static void put_fates(const struct req *r, struct value *row, const struct commitment *k)
{
    struct value *list = value_put_list(r->mem, row, "fates");

    for (int f = 0; f < FATE_COUNT; f++) {
        struct value *one = value_add_map(r->mem, list);

        value_put_text(r->mem, one, "fate", fate_word((enum fate)f));
        value_put_bool(r->mem, one, "is_chosen", k->fate == (enum fate)f);
    }
}

/* The form of one promise: what was typed when it was refused, otherwise what stands. */
static void put_form(const struct req *r, struct value *row, const struct commitment *k)
{
    const bool is_typed = r->form && str_eq(req_field(r, "id"), k->id);
    struct commitment now = *k;

    if (is_typed) {
        (void)fate_parse(req_field(r, "fate"), &now.fate);
        now.fate_reason = req_field(r, "reason");
        now.fate_line = req_field(r, "line");
    }
    put_promise(r, row, &now);
    put_fates(r, row, &now);
    value_put_text_or_null(r->mem, row, "seen",
                           hash_is_zero(k->record) ? (str){ 0 } : part_hash(r, k->record));
    if (k->fate_number)
        value_put_int(r->mem, row, "fate_number", k->fate_number);
    else
        value_put_null(r->mem, row, "fate_number");
}

static bool decisions_put(struct req *r, struct value *page, struct err *e)
{
    const struct work_ref ref = staff_ref(r);
    struct value *words = value_map(r->mem), *list;
    struct organisation organisation;
    struct commitment_rows rows;
    struct sheet_rows sheets;
    struct cycle k;

    if (!store_cycle(r->db, r->mem, &ref, &k, e) || !staff_put_year(r, page, &organisation, e)
        || !store_sheets(r->db, r->mem, &ref, &sheets, e)
        || !store_commitments(r->db, r->mem, &ref, false, &rows, e))
        return false;
    value_put_text(r->mem, words, "name", organisation.name);
    value_put_text(r->mem, words, "year_label", part_year_label(r, ref.fiscal_year));
    page_title(r, page, req_message(r, "promises.title_decide", words));
    page_crumb(r, page, part_year_label(r, ref.fiscal_year),
               req_url(r, "/w/%.*s/%d", STR_ARG(ref.organisation), ref.fiscal_year));
    put_counts(r, page, &rows);
    value_put_bool(r->mem, page, "may_decide",
                   (r->person->duties & DUTY_BIT(DUTY_PLANNING)) && k.phase != PHASE_PUBLISHED);
    value_put_text(r->mem, page, "form_url",
                   req_url(r, "/w/%.*s/%d/commitments", STR_ARG(ref.organisation),
                           ref.fiscal_year));
    list = value_put_list(r->mem, page, "promises");
    for (uint32_t i = 0; i < rows.count; i++) {
        struct value *row = value_add_map(r->mem, list);

        put_form(r, row, &rows.rows[i]);
        if (!put_behind(r, row, &rows.rows[i], ref.fiscal_year, false, e))
            return false;
    }
    return put_sheets(r, page, &sheets);
}

bool page_decisions(struct req *r, struct value *page, struct err *e)
{
    return decisions_put(r, page, e);
}

static bool decided_of(struct req *r, struct commitment *k, struct err *e)
{
    dec number = { 0 };

    *k = (struct commitment){
        .id = req_field(r, "id"),
        .fate_line = req_field(r, "line"),
        .fate_reason = req_field(r, "reason"),
    };
    if (!req_is_fine(r) || !fate_parse(req_field(r, "fate"), &k->fate))
        return err_set(e, ERR_INPUT, "どうするかを選んでください。");
    if (req_field(r, "seen").n && !hash_parse(req_field(r, "seen"), &k->record))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    if (dec_parse(req_field(r, "number"), &number))
        k->fate_number = (int)number.n;
    return true;
}

bool act_decide(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct work_ref ref = staff_ref(r);
    const struct actor who = staff_actor(r, DUTY_BIT(DUTY_PLANNING));
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct commitment k;

    if (decided_of(r, &k, e) && store_commitment_decide(r->db, &stamp, &ref, &k, e)) {
        out->location = req_url(r, "/w/%.*s/%d/commitments#%.*s", STR_ARG(ref.organisation),
                                ref.fiscal_year, STR_ARG(k.id));
        return true;
    }
    if (e->code == ERR_IO || e->code == ERR_DENIED)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, (str){ 0 }, str_dup(r->mem, str_from(e->text)));
    return decisions_put(r, page, e);
}
