/* The handlers that routes.c names, one file each: page_home.c holds page_home(). */
#ifndef MEGURI_WEB_PAGES_H
#define MEGURI_WEB_PAGES_H

#include "web/page.h"

page_fn page_home;         /* / */
page_fn page_organisation; /* /o/:org */
page_fn page_year;         /* /o/:org/:year */
page_fn page_initiative;   /* /o/:org/:year/:number */
page_fn page_findings;     /* /o/:org/:year/findings */
page_fn page_history;      /* /o/:org/:year/history */
page_fn page_source;       /* /o/:org/:year/source */
page_fn page_indicator;    /* /o/:org/i/:key */
page_fn page_signed_heads; /* /o/:org/checkpoint; page_checkpoint() is in page.h */
page_fn page_one_record;   /* /records/:hash; page_record() is in page.h */
page_fn page_search;       /* /search */
page_fn page_rules;        /* /rules */
page_fn page_help;         /* /help, /help/:name */

file_fn file_note;    /* /o/:org/checkpoint/note */
/* The door: page_sign_in.c. */
page_fn page_sign_in; /* /sign-in */
act_fn act_sign_in;
act_fn act_sign_out; /* /sign-out */
page_fn page_confirm; /* /confirm: the password again */
act_fn act_confirm;
extern const struct field SIGN_IN_FIELDS[], CONFIRM_FIELDS[];

file_fn file_blob;    /* /blobs/:hash */
file_fn file_static;  /* /static/:key/:name */
file_fn file_icon;    /* /favicon.svg */
file_fn file_robots;  /* /robots.txt */
file_fn file_healthz; /* /healthz */

#endif
