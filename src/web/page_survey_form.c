/* A survey is defined in the browser: from a preset, from nothing, or as it stands. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/survey_form.h"

#include "base/banned.h"

struct defining {
    struct req *r;
    struct value *page;
    struct organisation organisation;
    struct survey survey; /* what stands in the form */
    struct hash seen;
    bool is_new, has_answers;
};

static int this_year(const struct req *r)
{
    struct buf now;
    date today = { 0 };

    buf_init(&now, r->mem, 40, 40);
    instant_put(&now, r->now_ms);
    return date_parse(str_take(buf_str(&now), 10), &today) ? date_fiscal_year(today) : 0;
}

/* A preset's title without year; its own key is for the section to choose. */
static bool preset_load(struct defining *x, struct err *e)
{
    const str id = req_query(x->r, "preset"), json = survey_preset(id);

    x->is_new = true;
    if (json.n && !survey_read(x->r->mem, json, &x->survey, e))
        return false;
    x->survey.fiscal_year = this_year(x->r);
    (void)str_cut(x->survey.title, '(', &x->survey.title); /* without 「(ひな形)」 */
    return true;
}

static bool stored_load(struct defining *x, struct err *e)
{
    const struct survey_ref ref = { req_param(x->r, "org"), req_param(x->r, "survey"), 0 };
    struct survey_work *work = NEW(x->r->mem, struct survey_work, 1);

    if (!store_survey_work(x->r->db, x->r->mem, &ref, work, e))
        return false;
    x->survey = work->stored.survey;
    x->seen = work->stored.record;
    x->has_answers = work->stored.has_tally || work->used > 0;
    return true;
}

static void put_presets(const struct defining *x)
{
    struct req *r = x->r;
    struct value *list = value_put_list(r->mem, x->page, "presets");

    for (size_t i = 0; x->is_new && survey_preset_id(i).n; i++) {
        struct value *one = value_add_map(r->mem, list);
        const str id = survey_preset_id(i);

        value_put_text(r->mem, one, "word", part_word(r, "survey_preset", id));
        value_put_text(r->mem, one, "url",
                       req_url_with(r,
                                    req_url(r, "/w/%.*s/surveys/new",
                                            STR_ARG(x->organisation.key)),
                                    "preset", id));
    }
}

static bool defining_put(struct defining *x, struct err *e)
{
    struct req *r = x->r;
    struct value *form;

    if (!staff_put_organisation(r, x->page, &x->organisation, e))
        return false;
    page_crumb(r, x->page, x->organisation.name,
               req_url(r, "/w/%.*s", STR_ARG(x->organisation.key)));
    page_crumb(r, x->page, req_message(r, "survey.list", NULL),
               req_url(r, "/w/%.*s/surveys", STR_ARG(x->organisation.key)));
    if (!x->is_new)
        page_title(r, x->page, x->survey.title);
    put_presets(x);
    form = value_put_map(r->mem, x->page, "form");
    value_put_bool(r->mem, form, "is_new", x->is_new);
    value_put_bool(r->mem, form, "is_closed", x->survey.is_closed);
    value_put_bool(r->mem, form, "has_answers", x->has_answers);
    value_put_text(r->mem, form, "url",
                   x->is_new ? req_url(r, "/w/%.*s/surveys/new", STR_ARG(x->organisation.key))
                             : req_url(r, "/w/%.*s/surveys/%.*s/edit",
                                       STR_ARG(x->organisation.key), STR_ARG(x->survey.key)));
    value_put_text_or_null(r->mem, form, "seen",
                           r->form                 ? req_field(r, "seen")
                           : hash_is_zero(x->seen) ? (str){ 0 }
                                                   : part_hash(r, x->seen));
    survey_form_put(r, form, &x->survey, x->is_new);
    return true;
}

bool page_survey_new(struct req *r, struct value *page, struct err *e)
{
    struct defining x = { .r = r, .page = page };

    return preset_load(&x, e) && defining_put(&x, e);
}

bool page_survey_edit(struct req *r, struct value *page, struct err *e)
{
    struct defining x = { .r = r, .page = page };

    return stored_load(&x, e) && defining_put(&x, e);
}

/* ---- saving ---- */

static bool save(struct defining *x, struct err *e)
{
    struct req *r = x->r;
    const struct actor who = staff_actor(r, DUTIES_WRITE);
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct survey s;
    struct survey_work_save todo = { .organisation = req_param(r, "org"), .survey = &s };
    enum change_kind change;
    struct value *tree;

    if (!survey_form_value(r, x->is_new ? (str){ 0 } : x->survey.key, &tree))
        return err_set(e, ERR_INPUT, "足りないところがあります。");
    if (!survey_from_value(r->mem, tree, &s, e))
        return false;
    if (str_eq(s.key, STR("new")))
        return err_set(e, ERR_INPUT, "記号 new は使えません。ほかの記号にしてください。");
    if (req_field(r, "seen").n && !hash_parse(req_field(r, "seen"), &todo.seen))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    if (!store_survey_work_save(r->db, &stamp, &todo, &change, e))
        return false;
    x->survey.key = s.key;
    return true;
}

static bool act(struct defining *x, struct outcome *out, struct err *e)
{
    struct req *r = x->r;

    if (str_eq(req_field(r, "do"), STR("add")))
        return defining_put(x, e);
    if (req_is_fine(r) && save(x, e)) {
        out->location =
            req_url_with(r,
                         req_url(r, "/w/%.*s/surveys/%.*s", STR_ARG(req_param(r, "org")),
                                 STR_ARG(x->survey.key)),
                         "done", STR("saved"));
        return true;
    }
    if (req_is_fine(r)) {
        if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
            return false;
        out->status = e->code == ERR_CONFLICT ? 409 : 422;
        survey_form_refuse(r, e);
    }
    return defining_put(x, e);
}

bool act_survey_new(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct defining x = { .r = r, .page = page, .is_new = true };

    return act(&x, out, e);
}

bool act_survey_edit(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct defining x = { .r = r, .page = page };

    return stored_load(&x, e) && act(&x, out, e);
}
