/* Who may: the row of the route table, and nothing else. */
#include "web/dispatch.h"
#include "web/pages.h"
#include "web/route.h"

#include "base/banned.h"

/* The section of the sheet that the address names; "" for one that is not there: the duty then
 * has to be held for the organisation, so that who may not see a sheet does not learn whether
 * there is one. */
static bool section_find(const struct req *r, str *section, struct err *e)
{
    struct work_ref ref = { .organisation = req_param(r, "org") };

    *section = (str){ 0 };
    if (route_param(r->route, "year") < 0 || route_param(r->route, "number") < 0)
        return true;
    ref.fiscal_year = req_int(r, "year");
    ref.number = req_int(r, "number");
    if (store_sheet_section(r->db, r->mem, &ref, section, e))
        return true;
    *section = (str){ 0 };
    return e->code == ERR_NOT_FOUND;
}

static str today(const struct req *r)
{
    struct buf b;

    buf_init(&b, r->mem, 40, 40);
    instant_put(&b, r->now_ms);
    return str_take(buf_str(&b), 10);
}

/* Held today, for any organisation. */
static bool duties_anywhere(const struct req *r, str account, unsigned *duties, struct err *e)
{
    struct grant_rows held;

    *duties = DUTIES_NONE;
    if (!store_grants(r->db, r->mem, account, (str){ 0 }, &held, e))
        return false;
    for (uint32_t i = 0; i < held.count; i++) {
        const struct duty_place at = { held.rows[i].organisation, (str){ 0 }, r->now_ms };
        unsigned here;

        if (!store_duties(r->db, account, &at, &here, e))
            return false;
        *duties |= here;
    }
    return true;
}

/* Held for every organisation in which the account that the address names holds a duty, or
 * will.
 */
static bool duties_over(const struct req *r, str account, unsigned *duties, struct err *e)
{
    struct grant_rows held;

    if (!duties_anywhere(r, account, duties, e)
        || !store_grants(r->db, r->mem, req_param(r, "account"), (str){ 0 }, &held, e))
        return false;
    for (uint32_t i = 0; i < held.count; i++) {
        const struct duty_place at = { held.rows[i].organisation, (str){ 0 }, r->now_ms };
        unsigned here;

        if (held.rows[i].to.n && str_cmp(held.rows[i].to, today(r)) < 0)
            continue;
        if (!store_duties(r->db, account, &at, &here, e))
            return false;
        *duties &= here;
    }
    return true;
}

static bool duties_find(const struct req *r, str account, unsigned *duties, struct err *e)
{
    struct duty_place at = { .now_ms = r->now_ms };

    if (r->route->scope == SCOPE_ANY)
        return duties_anywhere(r, account, duties, e);
    if (r->route->scope == SCOPE_ACCOUNT)
        return duties_over(r, account, duties, e);
    *duties = DUTIES_NONE;
    if (route_param(r->route, "org") < 0)
        return true;
    if (r->route->scope == SCOPE_WITHIN)
        return store_duties_within(r->db, account, req_param(r, "org"), r->now_ms, duties, e);
    at.organisation = req_param(r, "org");
    return section_find(r, &at.section, e) && store_duties(r->db, account, &at, duties, e);
}

bool access_find(struct call *c, enum access *out, struct err *e)
{
    const struct route *route = c->req.route;
    const struct person *person = c->req.person;

    *out = ACCESS_DENIED;
    switch (route->who) {
    case NEED_PUBLIC:
        *out = ACCESS_FINE;
        return true;
    case NEED_ACCOUNT:
    case NEED_DUTY:
        break;
    case NEED_UNSET: /* routes_check lets no such row start */
        return true;
    }
    c->is_private = c->is_secret = true;
    if (!person) {
        *out = ACCESS_SIGN_IN;
        return true;
    }
    if (!duties_find(&c->req, person->account, &c->person.duties, e))
        return false;
    if (!route->unready && (person->must_change || person->must_add_factor))
        *out = ACCESS_UNREADY;
    else if (route->who == NEED_ACCOUNT || (c->person.duties & route->duties))
        *out = ACCESS_FINE;
    return true;
}

/* ---- the answer to who may not yet ---- */

/* The page of another row in the place of the one that was asked for. */
static void answer_instead(struct call *c, int status, const char *path, struct err *e)
{
    struct value *page = value_map(c->req.mem);
    str params[ROUTE_PARAMS_MAX];
    unsigned allowed;

    c->req.route = route_find(METHOD_GET, str_from(path), params, &allowed);
    c->req.form = NULL;
    c->req.faults = NULL;
    visitor_greet(c);
    common_put(&c->req, page);
    if (!c->req.route->page(&c->req, page, e) || !answer_page(c, status, page, e))
        answer_failure(c, e);
}

static const char *page_instead(const struct call *c, enum access access)
{
    if (access == ACCESS_SIGN_IN)
        return "/sign-in";
    if (access == ACCESS_UNCONFIRMED)
        return "/confirm";
    return c->person.must_change ? "/account/password" : "/account/factor";
}

void answer_access(struct call *c, enum access access, struct err *e)
{
    bool is_post = c->req.form != NULL;

    if (access == ACCESS_DENIED) {
        answer_error(c, 403, NULL, (str){ 0 });
        return;
    }
    if (c->shape != SHAPE_PAGE) {
        answer_error(c, access == ACCESS_SIGN_IN ? 401 : 403, NULL, (str){ 0 });
        return;
    }
    if (!c->req.waiting.to.n)
        c->req.waiting = (struct carried){
            .to = c->http->target,
            .fields = is_post ? req_form_text(&c->req) : (str){ 0 },
            .is_post = is_post,
        };
    answer_instead(c, access == ACCESS_SIGN_IN ? 401 : 403, page_instead(c, access), e);
}
