/* One tree for everything that leaves the program: a page is a value tree, its .json twin is
 * the same tree, a record's body is a value tree in canonical form. Numbers that people quote
 * are text ("86.20"); VALUE_INT is for counts, years and places. */
#ifndef MEGURI_VALUE_H
#define MEGURI_VALUE_H

#include "base/dec.h"
#include "base/str.h"
#include "base/swar.h"

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
    uint32_t tag;               /* value_key_tag of the key; set where it is appended */
    str key;                    /* the name inside a map; empty inside a list */
    str text;                   /* VALUE_TEXT, VALUE_MARKUP; borrowed */
    int64_t number;             /* VALUE_INT */
    struct value *first, *last; /* children, in the order they were put */
    struct value *next;         /* sibling */
    uint32_t count;             /* number of children */
    bool truth;                 /* VALUE_BOOL */
};

struct value *value_map(struct arena *a);  /* a new root */
struct value *value_list(struct arena *a); /* a new root */

/* Tells most keys apart by one comparison, without a look at their bytes. */
static inline uint32_t value_key_tag(str key)
{
    const unsigned char *p = (const unsigned char *)key.p;

    if (!key.n)
        return 0;
    return (uint32_t)key.n << 24 | (uint32_t)p[key.n / 2] << 16 | (uint32_t)p[key.n - 1] << 8
           | p[0];
}

/* Put into a map under a key (a literal or a view that outlives the tree; keys are not copied).
 * Putting a key twice is a bug (assert in the ARENA_DEBUG build, and in json_put_canonical).
 * Texts and markup are borrowed. */
struct value *value_put_tagged(struct arena *a, struct value *map, str key, uint32_t tag,
                               enum value_kind kind);
static inline struct value *value_put(struct arena *a, struct value *map, str key,
                                      enum value_kind kind)
{
    return value_put_tagged(a, map, key, value_key_tag(key), kind);
}

/* Inline: length and tag of a literal key are then known when the program is built. */
static inline void value_put_text(struct arena *a, struct value *map, const char *key, str text)
{
    value_put(a, map, str_from(key), VALUE_TEXT)->text = text;
}

/* "" becomes null. */
static inline void value_put_text_or_null(struct arena *a, struct value *map, const char *key,
                                          str text)
{
    value_put(a, map, str_from(key), text.n ? VALUE_TEXT : VALUE_NULL)->text = text;
}

static inline void value_put_int(struct arena *a, struct value *map, const char *key, int64_t n)
{
    value_put(a, map, str_from(key), VALUE_INT)->number = n;
}

static inline void value_put_bool(struct arena *a, struct value *map, const char *key,
                                  bool truth)
{
    value_put(a, map, str_from(key), VALUE_BOOL)->truth = truth;
}

static inline void value_put_null(struct arena *a, struct value *map, const char *key)
{
    (void)value_put(a, map, str_from(key), VALUE_NULL);
}

static inline void value_put_markup(struct arena *a, struct value *map, const char *key,
                                    str markup)
{
    value_put(a, map, str_from(key), VALUE_MARKUP)->text = markup;
}

/* As text, with the digits it was written with. */
static inline void value_put_dec(struct arena *a, struct value *map, const char *key, dec v)
{
    value_put(a, map, str_from(key), VALUE_TEXT)->text = dec_str(a, v);
}

/* A new child. */
static inline struct value *value_put_map(struct arena *a, struct value *map, const char *key)
{
    return value_put(a, map, str_from(key), VALUE_MAP);
}

static inline struct value *value_put_list(struct arena *a, struct value *map, const char *key)
{
    return value_put(a, map, str_from(key), VALUE_LIST);
}

/* Append to a list. */
struct value *value_add_map(struct arena *a, struct value *list);
struct value *value_add_list(struct arena *a, struct value *list);
void value_add_text(struct arena *a, struct value *list, str text);
void value_add_int(struct arena *a, struct value *list, int64_t n);
void value_add_null(struct arena *a, struct value *list);

/* Puts a node that the caller has filled (kind, key inside a map, content) at the end of a map
 * or list; for readers, whose keys are views and not literals. Gives the child back. */
struct value *value_append(struct value *parent, struct value *child);

/* Are two keys the same? Keys are short: calling memcmp takes longer than their comparison, in
 * which some bytes are looked at twice. */
static inline bool value_key_eq(str a, str b)
{
    const size_t n = a.n, half = SWAR_BYTES / 2;
    uint32_t x[2], y[2];

    if (n != b.n || n == 0 || n > 2 * (size_t)SWAR_BYTES)
        return str_eq(a, b);
    if (n >= SWAR_BYTES)
        return swar_load(a.p) == swar_load(b.p)
               && swar_load(a.p + n - SWAR_BYTES) == swar_load(b.p + n - SWAR_BYTES);
    if (n < half)
        return a.p[0] == b.p[0] && a.p[n / 2] == b.p[n / 2] && a.p[n - 1] == b.p[n - 1];
    memcpy(&x[0], a.p, half);
    memcpy(&x[1], a.p + n - half, half);
    memcpy(&y[0], b.p, half);
    memcpy(&y[1], b.p + n - half, half);
    return x[0] == y[0] && x[1] == y[1];
}

/* Look up; all of them accept NULL or a value of another kind and then give the empty answer.
 */
const struct value *value_get(const struct value *map, str key);
str value_text(const struct value *map, const char *key);    /* "" when absent */
int64_t value_int(const struct value *map, const char *key); /* 0 when absent */
bool value_bool(const struct value *map, const char *key);   /* false when absent */
MUST bool value_dec(const struct value *map, const char *key, dec *out);

#endif
