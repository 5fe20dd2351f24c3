/* The catalogue of indicators that outlive the year: the list, and the form for one of them. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* clang-format off */
const struct field CATALOGUE_FIELDS[] = {
    { "id", INPUT_LINE, 40, false, { "記号", "Key" } },
    { "seen", INPUT_HASH, 0, false, { "見ていた記録", "The record that was seen" } },
    { "title", INPUT_LINE, 200, true, { "名前", "Name" } },
    { "population", INPUT_LINE, 200, false, { "対象", "Population" } },
    { "unit", INPUT_LINE, 20, false, { "単位", "Unit" } },
    { "direction", INPUT_LINE, 10, false, { "向き", "Direction" } },
    { "decimals", INPUT_COUNT, 1, false, { "小数点以下の桁数", "Decimals" } },
    { "definition", INPUT_TEXT, 2000, false, { "定義", "Definition" } },
    { "valid_from", INPUT_DAY, 0, false, { "この定義を使い始めた日", "Defined so since" } },
    { "common", INPUT_LINE, 40, false, { "市の共通指標の番号", "Code of a city-wide indicator" } },
    { "retired", INPUT_FLAG, 0, false, { "新しい取組項目では使わない", "No longer offered" } },
    { 0 },
};
/* clang-format on */

static void put_entry(const struct req *r, struct value *row, str organisation,
                      const struct catalogue_entry *k)
{
    value_put_text(r->mem, row, "name", k->name);
    value_put_text_or_null(r->mem, row, "population", k->population);
    value_put_text_or_null(r->mem, row, "unit", k->unit);
    value_put_text_or_null(r->mem, row, "direction", direction_word(k->direction));
    value_put_text_or_null(r->mem, row, "definition", k->definition);
    staff_put_day(r, row, "valid_label", k->valid_from);
    value_put_bool(r->mem, row, "is_retired", k->is_retired);
    value_put_text(r->mem, row, "url",
                   req_url_with(r, req_url(r, "/w/%.*s/catalogue#edit", STR_ARG(organisation)),
                                "entry", k->id));
}

/* The entry in the form: the one that ?entry= names, or a new one. */
static bool chosen_load(struct req *r, str organisation, struct catalogue_entry *out,
                        struct err *e)
{
    const str id = r->form ? req_field(r, "id") : req_query(r, "entry");

    *out = (struct catalogue_entry){ .decimals = -1 };
    return !id.n || store_catalogue_entry(r->db, r->mem, organisation, id, out, e);
}

static void put_directions(const struct req *r, struct value *map, enum direction chosen)
{
    struct value *list = value_put_list(r->mem, map, "directions");

    for (int d = 0; d < DIRECTION_COUNT; d++) {
        struct value *one = value_add_map(r->mem, list);
        const str word = direction_word((enum direction)d);

        value_put_text(r->mem, one, "value", word);
        value_put_text(r->mem, one, "word", word.n ? word : STR("unknown"));
        value_put_bool(r->mem, one, "is_chosen", chosen == (enum direction)d);
    }
}

static bool direction_typed(const struct req *r, enum direction *out)
{
    const str typed = req_field(r, "direction");

    for (int d = 0; d < DIRECTION_COUNT; d++) {
        if (str_eq(direction_word((enum direction)d), typed)) {
            *out = (enum direction)d;
            return true;
        }
    }
    return false;
}

static void put_form(const struct req *r, struct value *page, const struct catalogue_entry *k)
{
    struct value *form = value_put_map(r->mem, page, "form");
    enum direction direction = k->direction;

    value_put_text_or_null(r->mem, form, "id", k->id);
    value_put_text_or_null(r->mem, form, "seen",
                           hash_is_zero(k->record) ? (str){ 0 } : part_hash(r, k->record));
    page_field(r, form, "title", k->name);
    page_field(r, form, "population", k->population);
    page_field(r, form, "unit", k->unit);
    page_field(r, form, "decimals",
               k->decimals >= 0 ? str_fmt(r->mem, "%d", k->decimals) : (str){ 0 });
    page_field(r, form, "definition", k->definition);
    page_field(r, form, "valid_from", k->valid_from);
    page_field(r, form, "common", k->common);
    value_put_bool(r->mem, form, "is_retired",
                   r->form ? req_field(r, "retired").n > 0 : k->is_retired);
    if (r->form)
        (void)direction_typed(r, &direction);
    put_directions(r, form, direction);
}

static bool catalogue_put(struct req *r, struct value *page, struct err *e)
{
    struct value *words = value_map(r->mem), *list;
    struct organisation organisation;
    struct catalogue_entry chosen;
    struct catalogue_rows rows;

    if (!staff_put_organisation(r, page, &organisation, e)
        || !store_catalogue(r->db, r->mem, organisation.key, &rows, e)
        || !chosen_load(r, organisation.key, &chosen, e))
        return false;
    page_crumb(r, page, organisation.name, req_url(r, "/w/%.*s", STR_ARG(organisation.key)));
    value_put_text(r->mem, words, "name", organisation.name);
    page_title(r, page, req_message(r, "catalogue.title", words));
    list = value_put_list(r->mem, page, "entries");
    for (uint32_t i = 0; i < rows.count; i++)
        put_entry(r, value_add_map(r->mem, list), organisation.key, &rows.rows[i]);
    value_put_bool(r->mem, page, "has_entries", rows.count > 0);
    value_put_bool(r->mem, page, "is_planning",
                   (r->person->duties & DUTY_BIT(DUTY_PLANNING)) != 0);
    value_put_text(r->mem, page, "form_url",
                   req_url(r, "/w/%.*s/catalogue", STR_ARG(organisation.key)));
    put_form(r, page, &chosen);
    return true;
}

bool page_catalogue(struct req *r, struct value *page, struct err *e)
{
    return catalogue_put(r, page, e);
}

static bool entry_of(struct req *r, struct catalogue_entry *k, struct err *e)
{
    dec decimals;

    *k = (struct catalogue_entry){
        .id = req_field(r, "id"),
        .name = req_field(r, "title"),
        .population = req_field(r, "population"),
        .unit = req_field(r, "unit"),
        .decimals = -1,
        .definition = req_field(r, "definition"),
        .valid_from = req_field(r, "valid_from"),
        .common = req_field(r, "common"),
        .is_retired = req_field(r, "retired").n > 0,
    };
    if (dec_parse(req_field(r, "decimals"), &decimals))
        k->decimals = (int)decimals.n;
    if (!direction_typed(r, &k->direction))
        return err_set(e, ERR_INPUT, "向きを選んでください。");
    return !req_field(r, "seen").n || hash_parse(req_field(r, "seen"), &k->record)
           || err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
}

bool act_catalogue(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct actor who = staff_actor(r, DUTY_BIT(DUTY_PLANNING));
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct catalogue_entry k;

    if (!req_is_fine(r))
        return catalogue_put(r, page, e);
    if (entry_of(r, &k, e)
        && store_catalogue_save(r->db, r->mem, &stamp, req_param(r, "org"), &k, e)) {
        out->location = req_url(r, "/w/%.*s/catalogue", STR_ARG(req_param(r, "org")));
        return true;
    }
    if (e->code == ERR_IO || e->code == ERR_DENIED || e->code == ERR_NOT_FOUND)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, STR("title"), str_dup(r->mem, str_from(e->text)));
    return catalogue_put(r, page, e);
}
