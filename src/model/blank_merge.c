/* Three versions of a filled form into one, blank by blank. Rows are compared by their ids, so
 * a row that one of the two put in or took out moves none of the other's. */
#include "model/blanks_inner.h"

#include "base/banned.h"

struct merging {
    struct arena *a;
    enum step step;
    const struct filled_list *base, *mine, *theirs;
    struct blank_merge *out;
    uint32_t conflict_room, taken_room;
};

static void conflict_add(struct merging *m, const struct blank_conflict *c)
{
    struct blank_merge *o = m->out;
    struct blank_conflict *more;

    if (o->conflict_count == m->conflict_room) {
        m->conflict_room = m->conflict_room ? 2 * m->conflict_room : 8;
        more = NEW(m->a, struct blank_conflict, m->conflict_room);
        if (o->conflict_count)
            memcpy(more, o->conflicts, o->conflict_count * sizeof *more);
        o->conflicts = more;
    }
    o->conflicts[o->conflict_count++] = *c;
}

static void taken_add(struct merging *m, str name)
{
    struct blank_merge *o = m->out;
    str *more;

    if (o->taken_count == m->taken_room) {
        m->taken_room = m->taken_room ? 2 * m->taken_room : 8;
        more = NEW(m->a, str, m->taken_room);
        if (o->taken_count)
            memcpy(more, o->taken, o->taken_count * sizeof *more);
        o->taken = more;
    }
    o->taken[o->taken_count++] = name;
}

/* ---- rows ---- */

struct order {
    str *ids;
    uint32_t count;
};

static struct order order_of(struct arena *a, str text)
{
    struct order o = { .ids = NEW(a, str, text.n / 2 + 1) };
    str id;

    while ((id = filled_next_row(&text)).n)
        o.ids[o.count++] = id;
    return o;
}

static bool order_has(const struct order *o, str id)
{
    for (uint32_t k = 0; k < o->count; k++)
        if (str_eq(o->ids[k], id))
            return true;
    return false;
}

/* Is one order the other without rows that only one of them has? */
static bool is_same_order(const struct order *x, const struct order *y)
{
    uint32_t i = 0, k = 0;

    while (i < x->count && k < y->count) {
        if (!order_has(y, x->ids[i]))
            i++;
        else if (!order_has(x, y->ids[k]))
            k++;
        else if (!str_eq(x->ids[i++], y->ids[k++]))
            return false;
    }
    return true;
}

/* Did this side change a blank of the row? */
static bool is_row_changed(const struct merging *m, enum blank_group g, str id,
                           const struct filled_list *side)
{
    size_t n;
    const struct blank *all = blanks(&n);

    for (size_t k = 0; k < n; k++) {
        const str name = all[k].group == g ? filled_name(m->a, &all[k], id) : (str){ 0 };

        if (name.n && !str_eq(filled_get(m->base, name), filled_get(side, name)))
            return true;
    }
    return false;
}

/* What a row is called: its first text. */
static str row_title(const struct merging *m, enum blank_group g, str id,
                     const struct filled_list *in)
{
    const str name = str_fmt(m->a, "%.*s.%.*s.%s", STR_ARG(blank_group_word(g)), STR_ARG(id),
                             g == GROUP_INDICATOR ? "name" : "text");

    return filled_get(in, name);
}

/* A row of base that one side took out: gone, unless the other side changed it. */
static bool stays(struct merging *m, enum blank_group g, str id, bool in_mine, bool in_theirs)
{
    struct blank_conflict c = { .is_row = true, .base = row_title(m, g, id, m->base) };
    const struct filled_list *other = in_mine ? m->mine : m->theirs;

    if (!in_mine && !in_theirs)
        return false;
    if (!is_row_changed(m, g, id, other))
        return false;
    c.name = str_fmt(m->a, "%.*s.%.*s", STR_ARG(blank_group_word(g)), STR_ARG(id));
    c.mine = in_mine ? row_title(m, g, id, m->mine) : (str){ 0 };
    c.theirs = in_theirs ? row_title(m, g, id, m->theirs) : (str){ 0 };
    conflict_add(m, &c);
    return true;
}

/* Puts the rows of `more` that are not there yet behind the row they stand behind. */
static void insert_new(struct order *to, const struct order *more)
{
    for (uint32_t k = 0; k < more->count; k++) {
        uint32_t at = 0;

        if (order_has(to, more->ids[k]))
            continue;
        for (uint32_t i = 0; k > 0 && i < to->count; i++)
            if (str_eq(to->ids[i], more->ids[k - 1]))
                at = i + 1;
        memmove(to->ids + at + 1, to->ids + at, (to->count - at) * sizeof *to->ids);
        to->ids[at] = more->ids[k];
        to->count++;
    }
}

static struct order without_gone(struct merging *m, enum blank_group g,
                                 const struct order sides[3])
{
    const struct order *base = &sides[0], *mine = &sides[1], *theirs = &sides[2];
    const bool is_mine_moved = !is_same_order(base, mine);
    struct order all = { .ids = NEW(m->a, str, base->count + mine->count + theirs->count + 1) };
    struct order out = { .ids = NEW(m->a, str, base->count + mine->count + theirs->count + 1) };

    insert_new(&all, is_mine_moved ? mine : theirs);
    insert_new(&all, is_mine_moved ? theirs : mine);
    insert_new(&all, base); /* those that both took out, or one of them */
    for (uint32_t k = 0; k < all.count; k++) {
        const str id = all.ids[k];
        const bool in_mine = order_has(mine, id), in_theirs = order_has(theirs, id);

        if (!order_has(base, id) || (in_mine && in_theirs)
            || stays(m, g, id, in_mine, in_theirs))
            out.ids[out.count++] = id;
    }
    return out;
}

static str order_text(struct arena *a, const struct order *o)
{
    struct buf b;

    buf_init(&b, a, 64, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < o->count; k++) {
        buf_put_c(&b, k ? " " : "");
        buf_put(&b, o->ids[k]);
    }
    return buf_str(&b);
}

static void merge_rows(struct merging *m, str name, enum blank_group g)
{
    const str base = filled_get(m->base, name), mine = filled_get(m->mine, name),
              theirs = filled_get(m->theirs, name);
    struct order sides[3], out;

    sides[0] = order_of(m->a, base);
    sides[1] = order_of(m->a, filled_has(m->mine, name) ? mine : base);
    sides[2] = order_of(m->a, theirs);
    out = without_gone(m, g, sides);
    filled_set(m->a, &m->out->list, name, order_text(m->a, &out));
    if (!str_eq(theirs, base))
        taken_add(m, name);
}

/* ---- blanks ---- */

/* A blank of a row that one side does not have is not changed by that side. */
static str side_text(const struct merging *m, const struct filled_list *side, str name)
{
    return filled_has(side, name) ? filled_get(side, name) : filled_get(m->base, name);
}

static void merge_one(struct merging *m, str name)
{
    const str base = filled_get(m->base, name), mine = side_text(m, m->mine, name),
              theirs = side_text(m, m->theirs, name);

    if (str_eq(mine, theirs) || str_eq(theirs, base)) {
        filled_set(m->a, &m->out->list, name, mine);
    } else if (str_eq(mine, base)) {
        filled_set(m->a, &m->out->list, name, theirs);
        taken_add(m, name);
    } else {
        filled_set(m->a, &m->out->list, name, mine);
        conflict_add(m, &(struct blank_conflict){
                            .name = name, .base = base, .mine = mine, .theirs = theirs });
    }
}

static void merge_all(struct merging *m, const struct filled_list *names)
{
    for (uint32_t k = 0; k < names->count; k++) {
        const str name = names->items[k].name;
        enum blank_group g;

        if (filled_has(&m->out->list, name))
            continue;
        if (blank_orders(name, &g))
            merge_rows(m, name, g);
        else
            merge_one(m, name);
    }
}

void blanks_merge(struct arena *a, enum step s, const struct filled_list *base,
                  const struct filled_list *mine, const struct filled_list *theirs,
                  struct blank_merge *out)
{
    struct merging m = {
        .a = a, .step = s, .base = base, .mine = mine, .theirs = theirs, .out = out
    };

    *out = (struct blank_merge){ 0 };
    merge_all(&m, theirs);
    merge_all(&m, mine);
    merge_all(&m, base);
}
