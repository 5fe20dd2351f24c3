/* Matching of paths against the route table. The table is short; a linear search over its rows
 * costs less than a page's first query. */
#include "web/route.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"

/* ---- the shape of a parameter is known by its name ---- */

static bool all_of(str s, size_t min, size_t max, const char *characters)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!strchr(characters, s.p[i]))
            return false;
    }
    return s.n >= min && s.n <= max;
}

static bool is_year(str s)
{
    return all_of(s, 4, 4, "0123456789");
}

static bool is_number(str s)
{
    return all_of(s, 1, 5, "0123456789") && s.p[0] != '0';
}

/* A voice's number within its year: an organisation may receive more than 99,999 of them. */
static bool is_voice(str s)
{
    return all_of(s, 1, 7, "0123456789") && s.p[0] != '0';
}

/* 2025-06 */
static bool is_month(str s)
{
    return s.n == 7 && s.p[4] == '-' && all_of(str_take(s, 4), 4, 4, "0123456789")
           && all_of(str_skip(s, 5), 2, 2, "0123456789");
}

static bool is_key(str s)
{
    return all_of(s, 12, 12, "0123456789abcdef");
}

static bool is_hash(str s)
{
    return all_of(s, 64, 64, "0123456789abcdef");
}

static bool is_entry(str s)
{
    return all_of(s, 16, 16, "0123456789abcdef");
}

static bool is_account(str s)
{
    return str_starts(s, STR("u")) && all_of(str_skip(s, 1), 10, 10, "0123456789abcdef");
}

static bool is_file_name(str s)
{
    return all_of(s, 1, 80, "abcdefghijklmnopqrstuvwxyz0123456789-_.") && s.p[0] != '.';
}

static const struct {
    str name;
    bool (*fits)(str s);
} SHAPES[] = {
    { STR_INIT("org"), organisation_key_is_valid },
    { STR_INIT("year"), is_year },
    { STR_INIT("number"), is_number },
    { STR_INIT("voice"), is_voice },
    { STR_INIT("month"), is_month },
    { STR_INIT("meeting"), is_number },
    { STR_INIT("key"), is_key },
    { STR_INIT("hash"), is_hash },
    { STR_INIT("name"), is_file_name },
    { STR_INIT("entry"), is_entry },
    { STR_INIT("account"), is_account },
    { STR_INIT("survey"), survey_key_is_valid },
    { STR_INIT("register"), survey_key_is_valid }, /* the same shape */
};

static bool param_fits(str name, str value)
{
    for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
        if (str_eq(SHAPES[i].name, name))
            return SHAPES[i].fits(value);
    }
    assert(false && "a parameter of the route table has no shape in route.c");
    return false;
}

/* ---- matching ---- */

/* "/o/minamo" gives "o" and leaves "/minamo". */
static str segment_cut(str *path)
{
    str rest = str_skip(*path, 1);
    ptrdiff_t slash = str_find_char(rest, '/');
    str segment = slash < 0 ? rest : str_take(rest, (size_t)slash);

    *path = str_skip(rest, segment.n);
    return segment;
}

static bool path_fits(str pattern, str path, str params[ROUTE_PARAMS_MAX])
{
    int n = 0;

    while (pattern.n && path.n) {
        str want = segment_cut(&pattern), have = segment_cut(&path);

        if (!str_starts(want, STR(":"))) {
            if (!str_eq(want, have))
                return false;
        } else {
            if (!param_fits(str_skip(want, 1), have))
                return false;
            params[n++] = have;
        }
    }
    return !pattern.n && !path.n;
}

const struct route *route_find(enum method method, str path, str params[ROUTE_PARAMS_MAX],
                               unsigned *allowed)
{
    size_t count;
    const struct route *routes = routes_all(&count);

    *allowed = 0;
    for (size_t i = 0; i < count; i++) {
        if (!path_fits(str_from(routes[i].path), path, params))
            continue;
        if (routes[i].method == method)
            return &routes[i];
        *allowed |= 1U << routes[i].method;
    }
    return NULL;
}

int route_param(const struct route *route, const char *name)
{
    str rest = str_from(route->path);
    int n = 0;

    while (rest.n) {
        str piece = segment_cut(&rest);

        if (!str_starts(piece, STR(":")))
            continue;
        if (str_eq(str_skip(piece, 1), str_from(name)))
            return n;
        n++;
    }
    return -1;
}

size_t route_body_max(const struct route *route)
{
    size_t max = LIMIT_REQUEST_BODY;

    for (const struct field *f = route->fields; f && f->name; f++) {
        if (f->kind == INPUT_FILE)
            max = LIMIT_UPLOAD_BYTES;
        else if (f->kind == INPUT_FREE && max < LIMIT_FREE_BODY)
            max = LIMIT_FREE_BODY;
        else if (f->kind == INPUT_CARRY)
            max = (size_t)LIMIT_REQUEST_BODY * 2;
    }
    return max;
}

/* ---- is the table sound? ---- */

static const char *field_fault(const struct route *r)
{
    for (const struct field *f = r->fields; f && f->name; f++) {
        if (!f->label[LANG_JA] || !f->label[LANG_EN])
            return "has a field without a label";
        if (f->is_required && strchr(f->name, '*'))
            return "has a field with a star that is required";
        if (strcmp(f->name, "csrf") == 0)
            return "has a field csrf, which the dispatcher takes";
    }
    return NULL;
}

static const char *who_fault(const struct route *r)
{
    if (r->who == NEED_UNSET)
        return "does not say who may";
    if (!r->duties != (r->who != NEED_DUTY))
        return "needs duties, or NEED_DUTY";
    if (r->who == NEED_DUTY && r->scope < SCOPE_ANY && route_param(r, "org") < 0)
        return "needs a duty for an organisation, and has no :org";
    if (r->scope == SCOPE_ACCOUNT && route_param(r, "account") < 0)
        return "needs a duty for an account's organisations, and has no :account";
    return NULL;
}

static const char *handler_fault(const struct route *r)
{
    int handlers = (r->page != NULL) + (r->file != NULL) + (r->act != NULL);

    if (handlers != 1 || (r->act != NULL) != (r->method == METHOD_POST))
        return "needs one of page and file for GET, an act for POST";
    if (!r->act && (r->fields || r->confirm))
        return "has fields or confirm, and is no act";
    if (r->page && !r->template)
        return "has no template";
    if (r->template && !template_set_has(template_set_builtin(), str_from(r->template)))
        return "names a template that is not there";
    return r->page && !r->help ? "has no place in the manual" : NULL;
}

static const char *row_fault(const struct route *r)
{
    const char *fault = who_fault(r);
    str params[ROUTE_PARAMS_MAX];
    unsigned allowed;

    if (!fault)
        fault = handler_fault(r);
    if (!fault)
        fault = field_fault(r);
    if (fault)
        return fault;
    if (!r->example || !r->title[LANG_JA] || !r->title[LANG_EN])
        return "lacks an example or a title";
    if (route_find(r->method, str_from(r->example), params, &allowed) != r)
        return "has an example that leads to another row";
    return NULL;
}

bool routes_check(struct err *e)
{
    size_t count;
    const struct route *routes = routes_all(&count);

    for (size_t i = 0; i < count; i++) {
        const char *fault = row_fault(&routes[i]);

        if (fault)
            return err_set(e, ERR_INPUT, "routes.c: %s %s", routes[i].path, fault);
    }
    return true;
}
