/* How an indicator is measured, decided in the browser: first the source, then what is counted
 * of it; the value that comes of it is shown for every year before anything is saved. */
#include "web/actual_part.h"
#include "web/bind_form.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

struct deciding {
    struct req *r;
    struct value *page;
    struct organisation organisation;
    struct indicator_ref ref;
    struct series series;
    struct indicator_body declared; /* record zero = nothing yet */
    struct bind_form form;
    struct actual_years years;
    bool may;
    struct actor who;
};

/* ---- loading ---- */

static bool duties_find(struct deciding *d, struct err *e)
{
    struct req *r = d->r;
    struct duty_place at = { d->ref.organisation, { 0 }, r->now_ms };
    unsigned held;

    d->who = (struct actor){ r->person->account, { 0 } };
    if (!store_indicator_section(r->db, r->mem, d->ref.organisation, d->ref.key, &at.section, e)
        || !store_duties(r->db, r->person->account, &at, &held, e))
        return false;
    for (int k = 0; k < DUTY_COUNT && !d->who.role.n; k++)
        if (held & DUTIES_WRITE & DUTY_BIT(k))
            d->who.role = duty_word((enum duty)k);
    d->may = d->who.role.n > 0;
    return true;
}

static bool binding_load(struct deciding *d, struct binding *out, struct err *e)
{
    struct req *r = d->r;

    *out = (struct binding){ .measure.kind = MEASURE_KIND_COUNT };
    if (!store_binding(r->db, r->mem, d->ref.organisation, d->ref.key, &d->declared, e))
        return e->code == ERR_NOT_FOUND;
    return binding_read(r->mem, d->declared.tree, out, e);
}

static bool years_find(struct deciding *d, struct err *e)
{
    if (!store_actual_years(d->r->db, d->r->mem, &d->ref, &d->years, e))
        return false;
    if (d->years.count) {
        d->form.first_year = d->years.years[0];
        d->form.last_year = d->years.years[d->years.count - 1];
    }
    return true;
}

static bool deciding_load(struct deciding *d, struct err *e)
{
    struct req *r = d->r;
    struct binding standing;

    d->ref = (struct indicator_ref){ req_param(r, "org"), req_param(r, "key"), 0 };
    return staff_put_organisation(r, d->page, &d->organisation, e)
           && store_series(r->db, r->mem, &d->ref, &d->series, e) && duties_find(d, e)
           && binding_load(d, &standing, e)
           && bind_form_load(r, d->ref.organisation, &standing, &d->form, e)
           && years_find(d, e);
}

/* ---- the page ---- */

static bool put_preview(struct deciding *d, const struct binding *b, struct err *e)
{
    struct req *r = d->r;
    struct value *map = value_put_map(r->mem, d->page, "preview"), *list;

    list = value_put_list(r->mem, map, "years");
    for (uint32_t i = d->years.count; i-- > 0;) {
        const struct actual_of of = { d->ref.organisation, &d->series, d->years.years[i] };
        struct actual_view v;

        if (!actual_view_try(r, &of, b, &v, e))
            return false;
        actual_put(r, value_add_map(r->mem, list), d->ref.organisation, &v);
    }
    value_put_text(r->mem, map, "what",
                   actual_measure_text(r, b, req_message(r, "measure.this", NULL),
                                       &d->form.def));
    return true;
}

static bool deciding_put(struct deciding *d, const struct binding *shown, struct err *e)
{
    struct req *r = d->r;
    const str name = d->series.points[d->series.count - 1].indicator.name.v;
    struct value *words = value_map(r->mem);

    page_crumb(r, d->page, d->organisation.name,
               req_url(r, "/w/%.*s", STR_ARG(d->organisation.key)));
    value_put_text(r->mem, words, "name", name);
    page_title(r, d->page, req_message(r, "bind.title", words));
    value_put_text(r->mem, d->page, "name", name);
    value_put_text(r->mem, d->page, "indicator_url",
                   req_url(r, "/o/%.*s/i/%.*s", STR_ARG(d->ref.organisation),
                           STR_ARG(d->ref.key)));
    value_put_text(r->mem, d->page, "form_url",
                   req_url(r, "/w/%.*s/i/%.*s", STR_ARG(d->ref.organisation),
                           STR_ARG(d->ref.key)));
    value_put_bool(r->mem, d->page, "may", d->may);
    value_put_text_or_null(r->mem, d->page, "done",
                           r->form ? (str){ 0 } : req_query(r, "done"));
    value_put_text_or_null(r->mem, d->page, "seen",
                           hash_is_zero(d->declared.record) ? (str){ 0 }
                                                            : part_hash(r, d->declared.record));
    bind_form_put(r, d->page, &d->form);
    if (shown)
        return put_preview(d, shown, e);
    value_put_null(r->mem, d->page, "preview");
    return true;
}

bool page_bind(struct req *r, struct value *page, struct err *e)
{
    struct deciding d = { .r = r, .page = page };

    if (!deciding_load(&d, e))
        return false;
    return deciding_put(&d, d.form.is_complete ? &d.form.binding : NULL, e);
}

/* ---- saving ---- */

static bool save(struct deciding *d, struct err *e)
{
    struct req *r = d->r;
    const struct stamp stamp = { .who = &d->who,
                                 .now_ms = r->now_ms,
                                 .reason = req_field(r, "reason") };
    const str seen = req_field(r, "seen");
    bool is_same;

    if (!hash_is_zero(d->declared.record) && !str_eq(seen, part_hash(r, d->declared.record)))
        return err_set(e, ERR_CONFLICT,
                       "開いているあいだに、別の人が測り方を変えました。ページを開き直して"
                       "確かめてください。");
    return store_binding_save(r->db, &stamp, &d->ref, binding_value(r->mem, &d->form.binding),
                              &is_same, e);
}

bool act_bind(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct deciding d = { .r = r, .page = page };
    bool is_read, is_save;

    if (!deciding_load(&d, e))
        return false;
    is_save = str_eq(req_field(r, "do"), STR("save"));
    is_read = req_is_fine(r) && bind_form_read(r, &d.form, e);
    if (!req_is_fine(r) || (is_read && !is_save))
        return deciding_put(&d, is_read ? &d.form.binding : NULL, e);
    if (is_read && save(&d, e)) {
        out->location = req_url_with(r,
                                     req_url(r, "/w/%.*s/i/%.*s", STR_ARG(d.ref.organisation),
                                             STR_ARG(d.ref.key)),
                                     "done", STR("save"));
        return true;
    }
    if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, (str){ 0 }, str_dup(r->mem, str_from(e->text)));
    return deciding_put(&d, NULL, e);
}
