/* One tree for everything that leaves the program: a page is a value tree, its .json twin is
 * the same tree, a record's body is a value tree in canonical form. Numbers that people quote
 * are text ("86.20"); VALUE_INT is for counts, years and places. */
#ifndef MEGURI_VALUE_H
#define MEGURI_VALUE_H

#include "base/dec.h"
#include "base/str.h"

enum value_kind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_TEXT,
    VALUE_LIST,
    VALUE_MAP,
    VALUE_MARKUP, /* ready-made SVG or HTML; only render/ makes one; not in JSON */
};

struct value {
    enum value_kind kind;
    bool truth;                 /* VALUE_BOOL */
    str key;                    /* the name inside a map; empty inside a list */
    str text;                   /* VALUE_TEXT, VALUE_MARKUP; borrowed */
    int64_t number;             /* VALUE_INT */
    struct value *first, *last; /* children, in the order they were put */
    struct value *next;         /* sibling */
    uint32_t count;             /* number of children */
};

struct value *value_map(struct arena *a);  /* a new root */
struct value *value_list(struct arena *a); /* a new root */

/* Put into a map under a key (a literal or a view that outlives the tree; keys are not copied).
 * Putting a key twice is a bug (assert in the ARENA_DEBUG build, and in json_put_canonical).
 * Texts and markup are borrowed. */
void value_put_text(struct arena *a, struct value *map, const char *key, str text);
void value_put_int(struct arena *a, struct value *map, const char *key, int64_t n);
void value_put_bool(struct arena *a, struct value *map, const char *key, bool truth);
void value_put_null(struct arena *a, struct value *map, const char *key);
void value_put_markup(struct arena *a, struct value *map, const char *key, str markup);
/* "" becomes null. */
void value_put_text_or_null(struct arena *a, struct value *map, const char *key, str text);
/* As text, with the digits it was written with. */
void value_put_dec(struct arena *a, struct value *map, const char *key, dec v);
/* A new child. */
struct value *value_put_map(struct arena *a, struct value *map, const char *key);
struct value *value_put_list(struct arena *a, struct value *map, const char *key);

/* Append to a list. */
struct value *value_add_map(struct arena *a, struct value *list);
struct value *value_add_list(struct arena *a, struct value *list);
void value_add_text(struct arena *a, struct value *list, str text);
void value_add_int(struct arena *a, struct value *list, int64_t n);
void value_add_null(struct arena *a, struct value *list);

/* Puts a node that the caller has filled (kind, key inside a map, content) at the end of a map
 * or list; for readers, whose keys are views and not literals. Gives the child back. */
struct value *value_append(struct value *parent, struct value *child);

/* Look up; all of them accept NULL or a value of another kind and then give the empty answer.
 */
const struct value *value_get(const struct value *map, str key);
str value_text(const struct value *map, const char *key);    /* "" when absent */
int64_t value_int(const struct value *map, const char *key); /* 0 when absent */
bool value_bool(const struct value *map, const char *key);   /* false when absent */
MUST bool value_dec(const struct value *map, const char *key, dec *out);

#endif
