/* What a page handler sees of a request, and how it fills its page.
 *
 * A page is data first: the handler asks the store and fills one value tree; the dispatcher
 * turns that tree into HTML (the row's template), into its .json twin and, where the row
 * names a table, into CSV. No handler writes markup, sets a header or decides access.
 *
 *     bool page_year(struct req *r, struct value *page, struct err *e)
 *     {
 *         const struct plan_ref ref = { req_param(r, "org"), req_int(r, "year"), r->at };
 *         struct plan_head head;
 *
 *         if (!store_plan_head(r->db, r->mem, &ref, &head, e))
 *             return false;
 *         page_title(r, page, str_fmt(r->mem, …));
 *         page_crumb(r, page, head.organisation_name, req_url(r, "/o/%.*s", …));
 *         page_record(r, page, head.record, head.at_ms);
 *         …
 *     }
 *
 * What the dispatcher itself puts into every tree stands under the key "page", before the
 * handler is called (page_title and its friends add to it):
 *
 *     page.lang            "ja" | "en"
 *     page.title           the row's title until page_title gives a better one
 *     page.path            "/o/minamo/2023"
 *     page.breadcrumb      [{label, lang, url}], from the top to the page above this one
 *     page.switch          [{lang, label, url, current}], one for each language
 *     page.at              the as-of day "2024-06-30", null = now
 *     page.at_today        today in Japan, the last day that can be asked for
 *     page.url_now         this page without the as-of day
 *     page.kept            [{name, value}], what a GET form has to carry along: at, lang
 *     page.kept_at         the same for the form that chooses the as-of day: all but at
 *     page.data            [{kind: "json" | "csv", url}], this content as data
 *     page.record          {hash, at, at_label, url} of the record shown, null when there is
 * none page.css, page.icon, page.js   addresses of static files, null for one that is not there
 *     page.checkpoint      {size, root, short, at, at_label, url}: the newest signed head of the
 *                          organisation's log on the day shown; null when there is none
 *     page.home, page.search, page.help   addresses that every page links to
 *     page.help_here       the part of the manual that explains this page
 *     page.version         of the program
 *
 * An error is a page too, template "error": its tree has besides "page"
 *
 *     status               "404"; the words are messages error_title.404, error_do.404
 *     detail               the sentence of struct err, Japanese; null when there is none
 *     request              the id under which the log knows it
 *
 * Put null for what is absent: a template may use only names that are there, and a test
 * compares the names of each template with those of its trees, both ways. */
#ifndef MEGURI_WEB_PAGE_H
#define MEGURI_WEB_PAGE_H

#include "render/render.h"
#include "store/store.h"
#include "web/target.h"

struct route;
struct assets;

enum { ROUTE_PARAMS_MAX = 4 };

struct req {
    struct arena *mem; /* dies with the request */
    struct conn *db;
    enum lang lang;
    as_of at;             /* end of the as-of day in Japan, 0 = now */
    str at_day;           /* "2024-06-30", "" = now */
    int64_t now_ms;       /* when the request came */
    struct target target; /* path without .json or .csv, query */
    bool is_lang_chosen;  /* ?lang= was given: links keep it */
    str id;               /* of the request, as the log and error pages name it */
    const struct route *route;
    str params[ROUTE_PARAMS_MAX]; /* in the order of the pattern */
    const struct assets *assets;  /* templates and static files; not for handlers */
};

/* The handler of a page. `page` is a map that holds "page" already. */
typedef bool page_fn(struct req *r, struct value *page, struct err *e);

/* The handler of a file: bytes that are no page (a document as it came in, the icon). */
struct file {
    str type;          /* "text/plain; charset=utf-8" */
    str bytes;         /* lives as long as the request's arena, or the program */
    str name;          /* not "": offered for saving under this name */
    bool is_immutable; /* the address names the bytes by their hash: browsers keep it for a year
                        */
};
typedef bool file_fn(struct req *r, struct file *out, struct err *e);

/* ---- what was asked ---- */

/* The piece of the path that the row calls ":name". Its shape has been checked by the router:
 * "org" is an organisation's key, "year" four digits, "number" one to five digits, "key" 12 and
 * "hash" 64 hexadecimal digits, "name" a file name. A name that the row lacks is a bug
 * (assert). */
str req_param(const struct req *r, const char *name);
int req_int(const struct req *r, const char *name); /* of "year" or "number" */
struct hash req_hash(const struct req *r, const char *name);

/* The value of ?name=..., decoded, trimmed, valid UTF-8 of at most LIMIT_QUERY_BYTES (the
 * dispatcher has refused others); "" when absent. Given twice, the first counts. */
str req_query(const struct req *r, const char *name);

/* Rows of a list: ?page=2 is the second page; a number that is none is the first. */
struct page_of req_page_of(const struct req *r, uint32_t rows_on_a_page);

/* ---- addresses: the only place where they are made; all keep the as-of day and the chosen
 * language ---- */

/* A path of this site from a printf format; its pieces are keys and numbers (an assert refuses
 * other bytes). A fragment may follow. */
str req_url(const struct req *r, const char *format, ...) PRINTF_LIKE(2, 3);
/* `url` with one more parameter, percent-encoded; "" as the value leaves it out. */
str req_url_with(const struct req *r, str url, const char *name, str value);
/* A static file by its name in assets/static; "" when there is none. */
str req_static(const struct req *r, const char *name);

/* ---- what every page has ---- */

/* Adds to "page": the title; one step of the way from the top to the page above this one, in
 * the order of the calls; the record that is shown. Texts are borrowed. */
void page_title(const struct req *r, struct value *page, str title);
void page_crumb(const struct req *r, struct value *page, str label, str url);
void page_record(const struct req *r, struct value *page, struct hash record, int64_t at_ms);
/* The signed head of the organisation's log, for the foot of a public page. */
MUST bool page_checkpoint(struct req *r, struct value *page, str organisation, struct err *e);

/* A message of assets/messages.tsv in the reader's language, {{name}} filled from `tree`
 * (NULL = none). */
str req_message(const struct req *r, const char *key, const struct value *tree);

/* "pages": {page, count, total, from, to, prev, next, is_many} for a list of `total` rows; prev
 * and next are addresses or null. Put into `map`. */
void page_put_pages(const struct req *r, struct value *map, struct page_of shown,
                    uint32_t total);

/* ---- the route table (routes.c) ---- */

/* Who may. Checked before the handler is called; a row without one stops the program at
 * start-up. */
enum need { NEED_UNSET, NEED_PUBLIC };

enum method {
    METHOD_GET,
    METHOD_POST,
    METHOD_COUNT
}; /* HEAD is GET, OPTIONS comes of the table */

struct route {
    enum method method;
    const char *path; /* "/o/:org/:year" */
    enum need who;
    page_fn *page;        /* either this ... */
    file_fn *file;        /* ... or this */
    const char *template; /* "year": assets/templates/year.html */
    const char *table;    /* key of the list of flat maps that .csv gives, NULL = no .csv */
    const char *help;     /* page of the manual and anchor: "year", "sheet#pairing" */
    const char *example;  /* a path that exists in the sample data */
    const char *title[LANG_COUNT]; /* breadcrumb, `meguri routes`, docs/routes.md */
};

#endif
