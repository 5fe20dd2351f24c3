/* Finding the row of the route table for a request. */
#ifndef MEGURI_WEB_ROUTE_H
#define MEGURI_WEB_ROUTE_H

#include "web/page.h"

/* The table, in the order in which it is tried. */
const struct route *routes_all(size_t *count);

/* The first row whose method and path fit; params are views into path. NULL when none does;
 * then *allowed has the bit 1 << method set for each method that the path has. */
const struct route *route_find(enum method method, str path, str params[ROUTE_PARAMS_MAX],
                               unsigned *allowed);

/* Is the table sound: who, handler, template where there is a page, titles, an example that
 * leads to the row itself? False with a sentence for the developer: the program then does not
 * start. */
MUST bool routes_check(struct err *e);

/* How large the body of a POST to this row may be: with files, and where another form waits in
 * one of its fields, more than usual. */
size_t route_body_max(const struct route *route);

/* Number of the parameter ":name" in a row's path, -1 for none. */
int route_param(const struct route *route, const char *name);

#endif
