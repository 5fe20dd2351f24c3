/* What every page has: the tree under "page". */
#include "web/app.h"
#include "web/parts.h"
#include "web/route.h"

#include <assert.h>
#include <string.h>

#include "base/banned.h"

/* The child map "page", for adding to it. The tree is the handler's own, so it may be written.
 */
static struct value *page_of_tree(struct value *page)
{
    for (struct value *v = page->first; v; v = v->next) {
        if (str_eq(v->key, STR("page")))
            return v;
    }
    assert(false && "a page's tree begins with common_put");
    return page;
}

static struct value *child(struct value *map, const char *key)
{
    for (struct value *v = map->first; v; v = v->next) {
        if (str_eq(v->key, str_from(key)))
            return v;
    }
    return NULL;
}

/* A path in which every byte had to be encoded. */
enum { URL_BYTES_MAX = LIMIT_REQUEST_TARGET * 4 };

/* This page with one parameter of its query replaced ("" = left out). */
static str url_replaced(const struct req *r, const char *name, str value)
{
    str path = r->target.path;
    struct buf b;
    str url;

    buf_init(&b, r->mem, path.n + 64, URL_BYTES_MAX);
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] == '/')
            buf_put_char(&b, '/');
        else
            target_encode(&b, (str){ path.p + i, 1 });
    }
    url = buf_str(&b);
    for (uint32_t i = 0; i < r->target.param_count; i++) {
        const struct target_param *p = &r->target.params[i];

        if (!str_eq(p->name, str_from(name)))
            url = url_with(r->mem, url, p->name, p->value);
    }
    return req_url_with(r, url, name, value);
}

static void put_switch(const struct req *r, struct value *p)
{
    static const struct {
        str lang, label;
    } LANGS[LANG_COUNT] = {
        [LANG_JA] = { STR_INIT("ja"), STR_INIT("日本語") },
        [LANG_EN] = { STR_INIT("en"), STR_INIT("English") },
    };
    struct value *list = value_put_list(r->mem, p, "switch");

    for (int i = 0; i < LANG_COUNT; i++) {
        struct value *m = value_add_map(r->mem, list);

        value_put_text(r->mem, m, "lang", LANGS[i].lang);
        value_put_text(r->mem, m, "label", LANGS[i].label);
        value_put_text(r->mem, m, "url", url_replaced(r, "lang", LANGS[i].lang));
        value_put_bool(r->mem, m, "current", r->lang == (enum lang)i);
    }
}

static void add_kept(const struct req *r, struct value *list, str name, str value)
{
    struct value *m;

    if (!value.n)
        return;
    m = value_add_map(r->mem, list);
    value_put_text(r->mem, m, "name", name);
    value_put_text(r->mem, m, "value", value);
}

static void put_kept(const struct req *r, struct value *p)
{
    struct value *list = value_put_list(r->mem, p, "kept");
    str lang = r->is_lang_chosen ? req_query(r, "lang") : (str){ 0 };

    add_kept(r, list, STR("at"), r->at_day);
    add_kept(r, list, STR("lang"), lang);
    list = value_put_list(r->mem, p, "kept_at");
    for (uint32_t i = 0; i < r->target.param_count; i++) {
        const struct target_param *q = &r->target.params[i];

        if (!str_eq(q->name, STR("at")) && !str_eq(q->name, STR("page")))
            add_kept(r, list, q->name, q->value);
    }
}

/* The door, one's own account, the list of people and the answer to a form are nothing to look
 * back at or to take home. */
static bool is_content(const struct req *r)
{
    return !r->route
           || (!r->route->act && !r->route->has_form && r->route->who != NEED_ACCOUNT
               && r->route->scope < SCOPE_ANY);
}

/* Under which address a page's other shapes are: "/o/minamo.json?at=…". */
static str url_of_shape(const struct req *r, const char *suffix)
{
    str path = str_eq(r->target.path, STR("/")) ? STR("/index") : r->target.path;
    struct req other = *r;

    other.target.path = str_fmt(r->mem, "%.*s%s", STR_ARG(path), suffix);
    return url_replaced(&other, "", (str){ 0 });
}

static void put_data(const struct req *r, struct value *p)
{
    struct value *list = value_put_list(r->mem, p, "data"), *m;

    if (!r->route || r->route->act || !is_content(r))
        return;
    m = value_add_map(r->mem, list);
    value_put_text(r->mem, m, "kind", STR("json"));
    value_put_text(r->mem, m, "url", url_of_shape(r, ".json"));
    if (!r->route->table)
        return;
    m = value_add_map(r->mem, list);
    value_put_text(r->mem, m, "kind", STR("csv"));
    value_put_text(r->mem, m, "url", url_of_shape(r, ".csv"));
}

/* Today in Japan: the first ten characters of the instant. */
static str today(const struct req *r)
{
    struct buf b;

    buf_init(&b, r->mem, 40, 40);
    instant_put(&b, r->now_ms);
    return str_take(buf_str(&b), 10);
}

/* The door leads back to this page; from the door itself, nowhere. */
static str sign_in_url(const struct req *r)
{
    str door = req_url(r, "/sign-in");
    bool is_page = r->route && r->route->page && !r->route->has_form;

    return is_page ? req_url_with(r, door, "to", url_replaced(r, "", (str){ 0 })) : door;
}

/* Without a page of one's work yet, the account. */
static str work_url(const struct req *r)
{
    str none[ROUTE_PARAMS_MAX];
    unsigned allowed;

    return route_find(METHOD_GET, STR("/work"), none, &allowed) ? req_url(r, "/work")
                                                                : req_url(r, "/account");
}

static void put_person(const struct req *r, struct value *p)
{
    struct value *m, *duties;

    value_put_text_or_null(r->mem, p, "csrf", r->csrf);
    value_put_text(r->mem, p, "sign_in", sign_in_url(r));
    if (!r->person) {
        value_put_null(r->mem, p, "person");
        return;
    }
    m = value_put_map(r->mem, p, "person");
    value_put_text(r->mem, m, "account", r->person->account);
    /* Whoever was given no name still needs the way to their account. */
    value_put_text(r->mem, m, "name", r->person->name.n ? r->person->name : r->person->login);
    value_put_text(r->mem, m, "account_url", req_url(r, "/account"));
    value_put_text(r->mem, m, "work_url", work_url(r));
    value_put_text(r->mem, m, "sign_out_url", req_url(r, "/sign-out"));
    duties = value_put_list(r->mem, m, "duties");
    for (int d = 0; d < DUTY_COUNT; d++) {
        if (r->person->duties & DUTY_BIT(d))
            value_add_text(r->mem, duties, duty_word((enum duty)d));
    }
}

void common_put(const struct req *r, struct value *page)
{
    struct arena *a = r->mem;
    struct value *p = value_put_map(a, page, "page");
    const char *help = r->route && r->route->help ? r->route->help : "index";
    str none[ROUTE_PARAMS_MAX];
    unsigned allowed;
    const struct route *top = route_find(METHOD_GET, STR("/"), none, &allowed);

    value_put_text(a, p, "lang", r->lang == LANG_EN ? STR("en") : STR("ja"));
    value_put_text(a, p, "title", r->route ? str_from(r->route->title[r->lang]) : (str){ 0 });
    value_put_text(a, p, "path", r->target.path);
    value_put_list(a, p, "breadcrumb");
    put_switch(r, p);
    value_put_text_or_null(a, p, "at", r->at_day);
    value_put_text(a, p, "at_today", today(r));
    value_put_bool(a, p, "is_content", is_content(r));
    value_put_text(a, p, "url_now", url_replaced(r, "at", (str){ 0 }));
    put_kept(r, p);
    put_data(r, p);
    value_put_null(a, p, "record");
    value_put_null(a, p, "checkpoint");
    value_put_text_or_null(a, p, "css", req_static(r, "meguri.css"));
    value_put_text_or_null(a, p, "icon", req_static(r, "icon.svg"));
    value_put_text_or_null(a, p, "js", req_static(r, "meguri.js"));
    value_put_text(a, p, "home", req_url(r, "/"));
    value_put_text(a, p, "search", STR("/search"));
    value_put_text(a, p, "help", req_url(r, "/help"));
    value_put_text(a, p, "help_here", req_url(r, "/help/%s", help));
    value_put_text(a, p, "version", STR(MEGURI_VERSION));
    put_person(r, p);
    value_put_null(a, p, "errors");
    if (top && !str_eq(r->target.path, STR("/")))
        page_crumb(r, page, str_from(top->title[r->lang]), req_url(r, "/"));
}

struct value *common_errors(const struct req *r, struct value *page)
{
    struct value *errors = child(page_of_tree(page), "errors");

    errors->kind = VALUE_MAP;
    return value_put_list(r->mem, errors, "list");
}

/* ---- what handlers add ---- */

void page_title(const struct req *r, struct value *page, str title)
{
    (void)r;
    child(page_of_tree(page), "title")->text = title;
}

/* Names are as the documents write them, on the English pages too; screen readers want to know
 * in which language that is. */
str page_lang_of(const struct req *r, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] >= 0x80)
            return STR("ja");
    }
    return r->lang == LANG_EN ? STR("en") : STR("ja");
}

void page_crumb(const struct req *r, struct value *page, str label, str url)
{
    struct value *m = value_add_map(r->mem, child(page_of_tree(page), "breadcrumb"));

    value_put_text(r->mem, m, "label", label);
    value_put_text(r->mem, m, "lang", page_lang_of(r, label));
    value_put_text(r->mem, m, "url", url);
}

static struct value *put_record(const struct req *r, struct value *page, str hash,
                                int64_t at_ms)
{
    struct value *m = child(page_of_tree(page), "record");
    struct buf at;

    buf_init(&at, r->mem, 40, 40);
    instant_put(&at, at_ms);
    m->kind = VALUE_MAP;
    value_put_text(r->mem, m, "hash", hash);
    value_put_text(r->mem, m, "at", buf_str(&at));
    value_put_text(r->mem, m, "at_label", part_time_label(r, at_ms));
    return m;
}

void page_record(const struct req *r, struct value *page, struct hash record, int64_t at_ms)
{
    const str hash = part_hash(r, record);

    value_put_text(r->mem, put_record(r, page, hash, at_ms), "url",
                   req_url(r, "/records/%.*s", STR_ARG(hash)));
}

void page_record_kept(const struct req *r, struct value *page, struct hash record,
                      int64_t at_ms)
{
    value_put_null(r->mem, put_record(r, page, part_hash(r, record), at_ms), "url");
}

str page_url_at(const struct req *r, str day)
{
    return url_replaced(r, "at", day);
}

enum { ROOT_SHOWN = 16 }; /* digits of a root that a person compares at a glance */

bool page_checkpoint(struct req *r, struct value *page, str organisation, struct err *e)
{
    struct value *m = child(page_of_tree(page), "checkpoint");
    struct checkpoint_row row;
    str root;

    if (!store_checkpoint(r->db, r->mem, organisation, r->at, &row, e))
        return false;
    if (!row.number)
        return true;
    root = part_hash(r, row.root);
    m->kind = VALUE_MAP;
    value_put_int(r->mem, m, "size", (int64_t)row.size);
    value_put_text(r->mem, m, "root", root);
    value_put_text(r->mem, m, "short", str_take(root, ROOT_SHOWN));
    part_put_time(r, m, row.at_ms);
    value_put_text(r->mem, m, "url", req_url(r, "/o/%.*s/checkpoint", STR_ARG(organisation)));
    return true;
}

static str url_of_page(const struct req *r, uint32_t number)
{
    return url_replaced(r, "page", number > 1 ? str_fmt(r->mem, "%u", number) : (str){ 0 });
}

void page_put_pages(const struct req *r, struct value *map, struct page_of shown,
                    uint32_t total)
{
    uint32_t rows = shown.limit ? shown.limit : LIMIT_PAGE_ROWS;
    uint32_t number = shown.offset / rows + 1, count = total ? (total - 1) / rows + 1 : 1;
    uint32_t last = shown.offset + rows < total ? shown.offset + rows : total;
    struct value *m = value_put_map(r->mem, map, "pages");

    value_put_int(r->mem, m, "page", number);
    value_put_int(r->mem, m, "count", count);
    value_put_int(r->mem, m, "total", total);
    value_put_int(r->mem, m, "from", shown.offset < total ? shown.offset + 1 : 0);
    value_put_int(r->mem, m, "to", shown.offset < total ? last : 0);
    value_put_text_or_null(r->mem, m, "prev",
                           number > 1 ? url_of_page(r, number - 1) : (str){ 0 });
    value_put_text_or_null(r->mem, m, "next",
                           number < count ? url_of_page(r, number + 1) : (str){ 0 });
    value_put_bool(r->mem, m, "is_many", count > 1);
}
