/* POST: from a row of the route table to its answer. In this order, each before the next:
 *
 *   1. comes from a page of ours             403
 *   2. the body is a form                    400, 413, 415
 *   3. it brings the csrf of the cookie      403; one of an earlier sign-in is kept
 *   4. who may                               401 and 403, with what was typed kept
 *   5. names and kinds of its fields         422 (a name that is not in the table)
 *   6. the password was given lately         401, with what was typed kept
 *   7. the act
 *
 * So nothing is done, and nothing is told, before it is known who asks and that they meant it.
 */
#include "web/dispatch.h"
#include "web/door.h"
#include "web/fields.h"
#include "web/pages.h"
#include "web/route.h"
#include "web/token.h"

#include <assert.h>

#include "base/banned.h"

/* ---- 1 and 3: is it meant? ---- */

static void refuse_foreign(struct call *c)
{
    struct err e;

    (void)err_set(&e, ERR_DENIED,
                  "この操作は、ほかのサイトのページから送られました。"
                  "巡りのページを開いて、そこから操作してください。");
    answer_error(c, 403, &e, (str){ 0 });
}

static void refuse_csrf(struct call *c)
{
    struct err e;

    if (!c->token.n)
        (void)err_set(&e, ERR_DENIED,
                      "クッキーが届いていません。ブラウザーの設定でこのサイトの"
                      "クッキーを許可してから、ページを開き直してください。");
    else
        (void)
            err_set(&e, ERR_DENIED,
                    "このフォームは、サインインし直す前に開いたものです。ブラウザーの「戻る」で"
                    "戻って入力した内容を控え、ページを開き直してから送ってください。");
    answer_error(c, 403, &e, (str){ 0 });
}

static str csrf_sent(const struct form_data *form)
{
    for (uint32_t i = 0; i < form->field_count; i++) {
        if (str_eq(form->fields[i].name, STR("csrf")))
            return form->fields[i].value;
    }
    return (str){ 0 };
}

/* Who has lost the cookie (the browser was closed) and has nothing to lose by a foreign form
 * signs in first: there the form is kept, and goes on. That it is ours, the browser itself
 * says.
 */
static bool is_meant(const struct call *c, const struct form_data *form)
{
    str sent = csrf_sent(form);

    if (c->token.n)
        return token_eq(sent, c->req.csrf);
    return (c->req.route->who != NEED_PUBLIC || c->req.route->is_anonymous)
           && door_origin(c->http, c->app->config->is_https) == ORIGIN_SAME;
}

/* ---- 2: the body ---- */

static bool form_take(struct call *c, struct form_data *form, struct err *e)
{
    struct body body = { .bytes = c->http->body,
                         .labels = c->req.route->fields,
                         .lang = c->req.lang };

    body.kind = body_kind(http_header_find(c->http, "content-type"), &body.boundary);
    if (body.kind == BODY_OTHER) {
        answer_error(c, 415, NULL, (str){ 0 });
        return false;
    }
    if (body.bytes.n > route_body_max(c->req.route)) {
        answer_error(c, 413, NULL, (str){ 0 });
        return false;
    }
    if (!body_read(c->req.mem, &body, form, e)) {
        answer_error(c, 422, e, (str){ 0 });
        return false;
    }
    return true;
}

/* ---- 7: the act ---- */

void act_errors_put(const struct req *r, struct value *page)
{
    struct value *list = r->faults ? common_errors(r, page) : NULL;

    for (const struct fault *f = r->faults; f; f = f->next) {
        struct value *m = value_add_map(r->mem, list);
        const struct field *row = field_find(r->route->fields, f->name);
        const str label = f->label.n ? f->label
                          : row      ? str_from(row->label[r->lang])
                                     : (str){ 0 };

        value_put_text_or_null(r->mem, m, "name", f->name);
        value_put_text_or_null(r->mem, m, "label", label);
        value_put_text(r->mem, m, "label_lang", page_lang_of(r, label));
        value_put_text(r->mem, m, "text", f->text);
        value_put_text(r->mem, m, "lang", page_lang_of(r, f->text));
    }
}

static void carried_go(struct call *c, const struct carried *carried, struct err *e);

static void outcome_answer(struct call *c, const struct outcome *out, struct value *page,
                           struct err *e)
{
    int status = out->status ? out->status : c->req.faults ? 422 : 200;

    if (out->is_over)
        visitor_leave(c);
    if (out->session.n)
        visitor_enter(c, out->session);
    if (out->carried.to.n) {
        carried_go(c, &out->carried, e);
    } else if (out->location.n) {
        answer_location(c, 303, out->location);
    } else {
        assert(c->req.route->template && "an act without a template leads elsewhere");
        act_errors_put(&c->req, page);
        if (!answer_page(c, status, page, e))
            answer_failure(c, e);
    }
}

static void act_run(struct call *c, struct err *e)
{
    struct value *page = value_map(c->req.mem);
    struct outcome out = { 0 };

    common_put(&c->req, page);
    if (c->req.route->act(&c->req, page, &out, e))
        outcome_answer(c, &out, page, e);
    else if (e->code == ERR_INPUT)
        answer_error(c, 422, e, (str){ 0 });
    else
        answer_failure(c, e);
}

/* 4 to 7. */
static void form_answer(struct call *c, struct form_data *form, struct err *e)
{
    enum access access;

    c->req.form = form;
    c->is_private = c->is_secret = true;
    if (!access_find(c, &access, e)) {
        answer_failure(c, e);
    } else if (access != ACCESS_FINE) {
        answer_access(c, access, e);
    } else if (!fields_check(&c->req, form, e)) {
        answer_error(c, 422, e, (str){ 0 });
    } else if (c->req.route->confirm && !c->person.is_confirmed) {
        answer_access(c, ACCESS_UNCONFIRMED, e);
    } else {
        act_run(c, e);
    }
}

/* ---- what waited goes on ---- */

static bool carried_route(struct call *c, const struct carried *carried, struct err *e)
{
    unsigned allowed;

    if (!target_parse(c->req.mem, carried->to, &c->req.target, e))
        return false;
    c->req.route = route_find(METHOD_POST, c->req.target.path, c->req.params, &allowed);
    /* What is public needs nobody's sign-in, so nothing of it ever waits. */
    return c->req.route && c->req.route->who != NEED_PUBLIC && c->carried++ == 0;
}

/* The act that waited, as the person who has just signed in. Its form came inside one of ours,
 * with our csrf. */
static void carried_go(struct call *c, const struct carried *carried, struct err *e)
{
    struct body body = { .kind = BODY_URLENCODED, .bytes = carried->fields };
    struct form_data *form = NEW(c->req.mem, struct form_data, 1);

    c->req.faults = NULL;
    c->req.waiting = (struct carried){ 0 };
    if (!carried_route(c, carried, e)) {
        answer_error(c, 404, NULL, (str){ 0 });
        return;
    }
    body.labels = c->req.route->fields;
    body.lang = c->req.lang;
    if (!visitor_find(c, e))
        answer_failure(c, e);
    else if (!body_read(c->req.mem, &body, form, e))
        answer_error(c, 422, e, (str){ 0 });
    else
        form_answer(c, form, e);
}

/* A tab that was open while its reader signed in anew elsewhere: the browser says that the form
 * is ours. It waits until they have given their password. */
static bool is_only_stale(const struct call *c)
{
    return c->req.person && c->req.route->who != NEED_PUBLIC
           && !str_eq(c->person.session.how, STR("proxy"))
           && str_eq(http_header_find(c->http, "sec-fetch-site"), STR("same-origin"));
}

static void answer_stale(struct call *c, const struct form_data *form, struct err *e)
{
    c->req.form = form;
    c->is_private = c->is_secret = true;
    answer_access(c, ACCESS_UNCONFIRMED, e);
}

void answer_act(struct call *c, struct err *e)
{
    struct form_data *form = NEW(c->req.mem, struct form_data, 1);

    if (door_origin(c->http, c->app->config->is_https) == ORIGIN_FOREIGN) {
        refuse_foreign(c);
    } else if (form_take(c, form, e)) {
        if (is_meant(c, form))
            form_answer(c, form, e);
        else if (is_only_stale(c))
            answer_stale(c, form, e);
        else
            refuse_csrf(c);
    }
}
