/* What handlers of pages and acts see of a request, and how they answer.
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
 *     page.is_content      it shows what can be looked back at and taken home: no form of the
 *                          door, no account
 *     page.url_now         this page without the as-of day
 *     page.kept            [{name, value}], what a GET form has to carry along: at, lang
 *     page.kept_at         the same for the form that chooses the as-of day: all but at
 *     page.data            [{kind: "json" | "csv", url}], this content as data
 *     page.record          {hash, at, at_label, url} of the record shown, or null
 *     page.css, page.icon, page.js
 *                          addresses of static files, null for one that is not there
 *     page.checkpoint      {size, root, short, at, at_label, url}: the newest signed head of
 *                          the organisation's log on the day shown, or null
 *     page.home, page.search, page.help
 *                          addresses that every page links to
 *     page.help_here       the part of the manual that explains this page
 *     page.version         of the program
 *     page.person          who is signed in: {account, name, duties: ["editor", ...]}, or
 *                          null; duties are those for the object of this row
 *     page.sign_in         the door, which leads back to this page
 *     page.csrf            what every POST form has to send along as "csrf"; null for a
 *                          reader without a cookie, whose pages hold no such form
 *     page.errors          {list: [{name, label, text, lang}]}: what was wrong with the form
 *                          that was sent, or null; page_top lists them and links to #f-NAME
 *
 * An act (a POST row) takes what was sent (req_field), asks the store to do it, and says where
 * to go on (303 See Other). What the store or the act itself cannot take becomes a fault beside
 * its field, and the page is shown again with all that was typed:
 *
 *     bool act_account_name(struct req *r, struct value *page, struct outcome *out,
 *                           struct err *e)
 *     {
 *         if (req_is_fine(r) && store_...(r->db, ..., req_field(r, "name"), e)) {
 *             out->location = req_url(r, "/account");
 *             return true;
 *         }
 *         return req_refused(r, e, "name") && put_account(r, page, e);   status 422
 *     }
 *
 * Before an act is called the dispatcher has checked: where the request comes from (Origin,
 * Sec-Fetch-Site), its csrf token, who may, that the password was given lately (`confirm`), and
 * each field against the row's table. An act's r->db writes; a page's does not.
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

#include "model/scale.h"
#include "render/render.h"
#include "store/store.h"
#include "web/target.h"

struct route;
struct assets;
struct form_data;
struct form_file;
struct fault;
struct flood;
struct intake;

enum { ROUTE_PARAMS_MAX = 4 };

/* Who is signed in. */
struct person {
    str account, name;
    str login;
    struct session session;
    bool is_confirmed;    /* gave the password within policy.reauth_minutes */
    bool must_change;     /* the password, before anything else */
    bool must_add_factor; /* the policy wants a second factor, and there is none */
    unsigned duties;      /* DUTY_BITs for the object of this row: its :org, the section of its
                             sheet; none where the row has no :org */
};

/* What was asked for before somebody had to sign in (or give the password again, or change it),
 * and goes on after it. */
struct carried {
    str to;     /* the address, as it was sent; "" = nothing */
    str fields; /* of a POST: body_write */
    bool is_post;
};

struct req {
    struct arena *mem; /* dies with the request */
    struct conn *db;   /* reads; of an act also writes */
    enum lang lang;
    as_of at;             /* end of the as-of day in Japan, 0 = now */
    str at_day;           /* "2024-06-30", "" = now */
    int64_t now_ms;       /* when the request came */
    struct target target; /* path without .json or .csv, query */
    bool is_lang_chosen;  /* ?lang= was given: links keep it */
    str id;               /* of the request, as the log and error pages name it */
    const struct route *route;
    str params[ROUTE_PARAMS_MAX];    /* in the order of the pattern */
    const struct assets *assets;     /* templates and static files; not for handlers */
    const struct person *person;     /* NULL = nobody is signed in */
    str csrf;                        /* of the reader's cookie, "" = none */
    str address, agent;              /* of the browser */
    const struct form_data *form;    /* what was posted; NULL for a page */
    struct fault *faults;            /* what was wrong with it, in the order found */
    const struct web_config *config; /* for the door alone ... */
    const struct scales *scales;     /* what results are called, by the form */
    str door_key;                    /* ... a key that this process alone has */
    struct carried waiting;          /* ... what goes on after it */
    struct intake *intake;           /* of public forms: what they send is written together, */
    struct flood *flood;             /* ... and not without end */
};

/* The handler of a page. `page` is a map that holds "page" already. */
typedef bool page_fn(struct req *r, struct value *page, struct err *e);

/* The handler of a POST row. */
struct outcome {
    str location; /* set: 303 See Other to this address (req_url) */
    int status;   /* otherwise the page of the row's template from `page`, with this status; 0 =
                     422 when there are faults, 200 when not; 409 for a conflict */
    str session;  /* token of a session that begins with this answer (the door alone) */
    bool is_over; /* the session has ended (the door alone) */
    struct carried carried; /* the act that waited for this one goes on now (the door alone) */
};
typedef bool act_fn(struct req *r, struct value *page, struct outcome *out, struct err *e);

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
 * "org" is an organisation's key, "year" four digits, "number" one to five digits (of a
 * sheet, whose section then counts for SCOPE_OBJECT), "meeting" as "number", "voice" one to
 * seven, "month" is 2025-06, "key" 12, "hash" 64 and "entry" 16 hexadecimal digits, "name" a
 * file name, "survey" and "register" a key of theirs. A name that the row lacks is a bug
 * (assert). */
str req_param(const struct req *r, const char *name);
int req_int(const struct req *r, const char *name); /* of "year", "number", "voice" */
struct hash req_hash(const struct req *r, const char *name);

/* The value of ?name=..., decoded, trimmed, valid UTF-8 of at most LIMIT_QUERY_BYTES (the
 * dispatcher has refused others); "" when absent. Given twice, the first counts. */
str req_query(const struct req *r, const char *name);

/* Rows of a list: ?page=2 is the second page; a number that is none is the first. */
struct page_of req_page_of(const struct req *r, uint32_t rows_on_a_page);

/* ---- what was posted: decoded, valid UTF-8, CRLF as LF, checked against the row's table ----
 */

/* A field of the form, "" when absent. A name that the row's table lacks is a bug (assert). */
str req_field(const struct req *r, const char *name);
/* The same for an indexed name: req_field_fmt(r, "indicator.%u.name", i). */
str req_field_fmt(const struct req *r, const char *format, ...) PRINTF_LIKE(2, 3);
/* The fields whose names fit a pattern of the table ("indicator.*.name"), in the order in which
 * they were sent: how many; the value of number i, and in *key what stands for the star. */
uint32_t req_field_count(const struct req *r, const char *pattern);
str req_field_at(const struct req *r, const char *pattern, uint32_t i, str *key);
/* An uploaded file. False when none was chosen. */
bool req_file(const struct req *r, const char *name, struct form_file *out);
/* The form as it was sent, without csrf and what is secret or a file:
 * application/x-www-form-urlencoded, for drafts. */
str req_form_text(const struct req *r);

/* ---- what is wrong with it ---- */

/* A sentence to be shown beside a field ("" = about the form as a whole). The first sentence
 * about a field counts. */
void req_fault(struct req *r, str name, str sentence);
/* The same where the page itself says what the field is called. */
void req_fault_called(struct req *r, str name, str label, str sentence);
bool req_is_fine(const struct req *r); /* there is no fault */
/* After a refusal of the store: ERR_INPUT becomes a fault of `name` and gives true; faults that
 * were there already give true too. Other errors give false, to be returned. */
bool req_refused(struct req *r, const struct err *e, const char *name);
/* The sentence about a field, "" when there is none. */
str req_fault_of(const struct req *r, str name);
/* What was typed into a field of the form at hand; `otherwise` where nothing was posted, or the
 * form has no such field. */
str req_typed(const struct req *r, const char *name, str otherwise);
/* Puts `name`: {name, value, error, lang}: the value as it was typed, or `value` where nothing
 * was posted; of a secret never what was typed. `name` without a star. */
void page_field(const struct req *r, struct value *map, const char *name, str value);

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
/* "ja" for what holds Japanese letters, else the page's language: sentences of the store and
 * names are Japanese on English pages too, and screen readers want to know. */
str page_lang_of(const struct req *r, str text);
void page_record(const struct req *r, struct value *page, struct hash record, int64_t at_ms);
/* The same of a record that is not for everybody: it has no page of its own to lead to. */
void page_record_kept(const struct req *r, struct value *page, struct hash record,
                      int64_t at_ms);
/* The signed head of the organisation's log, for the foot of a public page. */
MUST bool page_checkpoint(struct req *r, struct value *page, str organisation, struct err *e);

/* A message of assets/messages.tsv in the reader's language, {{name}} filled from `tree`
 * (NULL = none). */
str req_message(const struct req *r, const char *key, const struct value *tree);

/* This page on another day. */
str page_url_at(const struct req *r, str day);

/* "pages": {page, count, total, from, to, prev, next, is_many} for a list of `total` rows; prev
 * and next are addresses or null. Put into `map`. */
void page_put_pages(const struct req *r, struct value *map, struct page_of shown,
                    uint32_t total);

/* ---- the route table (routes.c) ---- */

/* Who may. Checked before the handler is called; a row without one stops the program at
 * start-up. */
enum need {
    NEED_UNSET,
    NEED_PUBLIC,  /* everybody */
    NEED_ACCOUNT, /* who is signed in */
    NEED_DUTY,    /* who holds one of the row's duties today, in its scope */
};

/* For what a duty must be held. */
enum scope {
    SCOPE_OBJECT,  /* for :org; on a row with :number for the section of the sheet
                      :org/:year/:number */
    SCOPE_WITHIN,  /* for :org or any of its sections */
    SCOPE_ANY,     /* for any organisation */
    SCOPE_ACCOUNT, /* for each organisation in which :account holds or will hold a duty; for any
                      when it holds none */
};

enum method {
    METHOD_GET,
    METHOD_POST,
    METHOD_COUNT
}; /* HEAD is GET, OPTIONS comes of the table */

/* One field of a form. */
enum input_kind {
    INPUT_LINE,   /* one line, trimmed */
    INPUT_TEXT,   /* lines; only blanks at the end of all are cut */
    INPUT_FREE,   /* lines, kept as typed: blanks, control characters, all but NUL */
    INPUT_SECRET, /* as typed; never shown again, never kept through a sign-in */
    INPUT_FLAG,   /* a check box: "1", or absent */
    INPUT_COUNT,  /* digits, up to nine of them, or "" */
    INPUT_DAY,    /* "2024-06-30", or "" */
    INPUT_HASH,   /* 64 hexadecimal digits, or "" */
    INPUT_FILE,   /* multipart/form-data */
    INPUT_CARRY,  /* another form, waiting: the door alone */
};
struct field {
    const char *name; /* "purpose"; "indicator.*.name": the star is 1 to 64 of a-z 0-9 _ - */
    enum input_kind kind;
    uint32_t limit;   /* characters; 0 = LIMIT_FIELD_LINE or LIMIT_FIELD_TEXT; of a file bytes,
                         0 = LIMIT_UPLOAD_BYTES */
    bool is_required; /* not for a name with a star */
    const char *label[LANG_COUNT]; /* as the form calls it */
};

struct route {
    enum method method;
    const char *path; /* "/o/:org/:year" */
    enum need who;
    unsigned duties; /* NEED_DUTY: DUTY_BITs, one of which is needed */
    enum scope scope;
    bool unready;      /* also for who has to change the password, or to set up a second
                          factor, first */
    bool has_form;     /* a page with a POST form that is public: its readers get a cookie */
    bool is_anonymous; /* POST of a public form that belongs to nobody: readers who take no
                          cookie may send it, when the browser says that the form is ours */
    bool confirm;      /* POST: needs a password given within policy.reauth_minutes */
    page_fn *page;     /* one of the three: a page, */
    file_fn *file;     /* ... a file, */
    act_fn *act;       /* ... of a POST row: what it does */
    const struct field *fields; /* of an act, ended by a row without a name; NULL = csrf alone
                                 */
    const char *template;       /* "year": assets/templates/year.html; an act that always leads
                                   elsewhere has none */
    const char *table;   /* key of the list of flat maps that .csv gives, NULL = no .csv */
    const char *help;    /* page of the manual and anchor: "year", "sheet#pairing" */
    const char *example; /* a path that exists in the sample data */
    const char *title[LANG_COUNT]; /* breadcrumb, `meguri routes`, docs/routes.md */
};

#endif
