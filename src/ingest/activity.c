/* The grammar of outlines and activities:
 *
 *   outline    = entry {entry}            entries by list marks, lines, or the blanks between
 * them activities = {[group] activity {activity}} activity   = [list mark] text [(quantity)]
 *
 * A group is a heading between the entries: a line of its own, what follows the brackets of an
 * entry, an entry of the outline, or an entry with another list mark (①) than those under it
 * (・). */
#include "ingest/inner.h"

#include "base/banned.h"

enum { OUTLINE_LOOKED_AT = 200 /* entries that are compared with headings */ };

/* ---- outline ---- */

struct pieces {
    struct reader *r;
    struct text *items;
    uint32_t count, cap;
};

static void piece_add(struct pieces *p, str s)
{
    s = view_trim(s);
    if (!s.n)
        return;
    GROW(p->r->scratch, p->items, p->count, &p->cap);
    p->items[p->count++] = text_of(p->r, s);
}

/* A blank parts two entries unless it stands between letters (C B / S B), behind a comma, or
 * inside brackets. */
static bool blank_parts(str s, size_t from, size_t to)
{
    size_t n;
    uint32_t before = char_before(s, from), after = char_at(s, to, &n);

    if (before == 0x3001 || before == 0xFF0C || before == ',')
        return false;
    return !(before < 0x80 && after < 0x80) || before == ')' || after == '(' || before == '>';
}

/* Sentences end with 。; a line that holds one is parted behind it only. */
static bool has_sentence(str s)
{
    return str_find(s, STR("。")) >= 0;
}

static void pieces_by_blanks(struct pieces *p, str s)
{
    struct pairs pairs = view_pairs(p->r, s);
    bool prose = has_sentence(s);
    size_t from = 0;
    uint32_t next = 0;

    for (size_t i = 0, n; i < s.n; i += n) {
        size_t end;

        while (next < pairs.count && pairs.items[next].end <= i)
            next++;
        if (next < pairs.count && pairs.items[next].open == i) {
            n = pairs.items[next].end - i;
            continue;
        }
        if (!char_is_blank(char_at(s, i, &n)))
            continue;
        end = skip_blanks(s, i);
        if (end < s.n && (prose ? char_before(s, i) == 0x3002 : blank_parts(s, i, end))) {
            piece_add(p, view_between(s, from, i));
            from = end;
        }
        n = end - i;
    }
    piece_add(p, str_skip(s, from));
}

/* Lines of a sentence that was wrapped go together. */
static bool line_goes_on(str line, const struct entry *next)
{
    return next->list == LIST_NONE && next->gap == GAP_LINE && has_sentence(next->s)
           && !str_ends(line, STR("。"));
}

static void outline_of_view(struct pieces *p, str view)
{
    struct entries e = entries_split(p->r, view);

    for (uint32_t i = 0; i < e.count; i++) {
        str s = e.items[i].s;

        while (i + 1 < e.count && line_goes_on(s, &e.items[i + 1])) {
            i++;
            s.n = (size_t)(e.items[i].s.p + e.items[i].s.n - s.p);
        }
        if (e.items[i].list != LIST_NONE)
            piece_add(p, s);
        else
            pieces_by_blanks(p, s);
    }
}

void outline_read(struct reader *r, const struct views *v, struct outline *out)
{
    struct pieces p = { .r = r };

    for (uint32_t i = 0; i < v->count; i++)
        outline_of_view(&p, v->items[i]);
    *out = (struct outline){ .items = p.items,
                             .count = p.count,
                             .folded = NEW(r->scratch, str, p.count) };
    for (uint32_t i = 0; i < p.count; i++)
        out->folded[i] = text_fold(r->scratch, p.items[i].v);
}

/* How many pieces from i on are together the folded text; 0 = they are not. */
static uint32_t pieces_match(const struct outline *o, uint32_t i, str folded)
{
    uint32_t n = 0;

    while (i + n < o->count && folded.n && str_starts(folded, o->folded[i + n])) {
        folded = str_skip(folded, o->folded[i + n].n);
        n++;
    }
    return folded.n ? 0 : n;
}

bool outline_has(struct reader *r, const struct outline *o, str s)
{
    str folded = text_fold(r->scratch, s);

    for (uint32_t i = 0; folded.n && i < o->count && i < OUTLINE_LOOKED_AT; i++)
        if (pieces_match(o, i, folded))
            return true;
    return false;
}

static void pieces_join(struct reader *r, struct outline *o, uint32_t at, uint32_t n)
{
    struct text *first = &o->items[at], *last = &o->items[at + n - 1];

    if (first->v.p < last->v.p)
        *first = text_of(r, (str){ first->v.p, (size_t)(last->v.p + last->v.n - first->v.p) });
    for (uint32_t i = at + 1; i + n - 1 < o->count; i++) {
        o->items[i] = o->items[i + n - 1];
        o->folded[i] = o->folded[i + n - 1];
    }
    o->count -= n - 1;
}

void outline_settle(struct reader *r, struct outline *o, const struct activity *acts,
                    uint32_t count)
{
    str last = { 0 };

    for (uint32_t k = 0; k < count && o->count > 1 && o->count <= OUTLINE_LOOKED_AT; k++) {
        str folded;

        if (!acts[k].group.v.n || acts[k].group.v.p == last.p)
            continue;
        last = acts[k].group.v;
        folded = text_fold(r->scratch, last);
        for (uint32_t i = 0; i < o->count; i++) {
            uint32_t n = pieces_match(o, i, folded);

            if (n > 1)
                pieces_join(r, o, i, n);
            if (n)
                break;
        }
    }
}

/* ---- activities ---- */

struct doing {
    struct reader *r;
    const struct outline *outline;
    struct activity *items;
    uint32_t count, cap;
    struct entries e;
    enum list_class upper;    /* marks the groups, LIST_NONE = groups have none */
    struct text group;        /* the heading it stands under */
    str open;                 /* the activity that may still go on */
    struct quantity quantity; /* of the open one */
    bool open_is_done;        /* it has its quantity */
    size_t widest;            /* line of the field, in bytes */
};

static void activity_add(struct doing *d, str s, const struct quantity *q)
{
    struct reader *r = d->r;
    struct activity *a;

    if (d->count >= LIMIT_ACTIVITIES) {
        if (d->count++ == LIMIT_ACTIVITIES)
            note_add(r, NOTE_BROKEN, s, STR(""));
        return;
    }
    GROW(r->scratch, d->items, d->count, &d->cap);
    a = &d->items[d->count++];
    *a = (struct activity){ .other = -1 };
    a->text = text_of(r, view_between(s, 0, q->text_end));
    a->group = d->group;
    a->quantity = q->amount;
    a->at_least = q->at_least;
    a->as_needed = q->as_needed;
    a->quantity_of = q->of;
    if (q->fault != DEC_FINE)
        note_bad_number(r, q->fault, view_from(s, q->text_end), a->text.v);
    if (q->is_lost)
        note_add(r, NOTE_LOST_MARK, view_from(s, q->text_end), a->text.v);
}

/* An activity that may go on in the next entry. */
static void activity_open(struct doing *d, str s)
{
    d->open = s;
    d->open_is_done = quantity_read(d->r, s, &d->quantity);
}

static void activity_close(struct doing *d)
{
    if (d->open.n)
        activity_add(d, d->open, &d->quantity);
    d->open = (str){ 0 };
}

/* Headings are often set in brackets: 【…】, <…>. */
static str without_frame(str s)
{
    size_t n, last;

    if (!s.n)
        return s;
    last = s.n;
    do
        last--;
    while (last > 0 && ((unsigned char)s.p[last] & 0xC0) == 0x80);
    {
        enum bracket open = char_opens(char_at(s, 0, &n)),
                     close = char_closes(char_at(s, last, &(size_t){ 0 }));

        if (!open || open != close || open == QUOTE || open == ROUND)
            return s;
        s = view_between(s, n, last);
        return s;
    }
}

/* The brackets in s that hold a quantity and have a blank and more text behind them: an entry
 * ends there. */
static size_t quantity_inside_ends(struct doing *d, str s)
{
    struct pairs pairs = view_pairs(d->r, view_near(s));

    for (uint32_t i = 0; i < pairs.count; i++) {
        const struct pair *p = &pairs.items[i];
        struct quantity q;
        size_t n;

        if (p->end >= s.n || !char_is_blank(char_at(s, p->end, &n)))
            continue;
        if (quantity_read(d->r, str_take(s, p->end), &q))
            return p->end;
    }
    return 0;
}

/* An entry without a quantity whose last words are an entry of the outline: a group heading
 * behind a blank. */
static size_t outline_tail(struct doing *d, str s)
{
    enum { BLANKS = 8 };
    size_t at[BLANKS], seen = 0;

    for (size_t i = 0, n; i < s.n; i += n)
        if (char_is_blank(char_at(s, i, &n)))
            at[seen++ % BLANKS] = i;
    for (size_t k = 0; k < BLANKS && k < seen; k++)
        if (outline_has(d->r, d->outline, view_from(s, at[k])))
            return at[k];
    return 0;
}

/* Opens an activity, but for the heading of the next group that stands behind it in the same
 * line. */
static str activity_open_cut(struct doing *d, str s)
{
    size_t end;

    activity_open(d, s);
    if (d->open_is_done)
        return (str){ 0 };
    end = quantity_inside_ends(d, s);
    if (!end)
        end = outline_tail(d, s);
    if (!end)
        return (str){ 0 };
    activity_open(d, view_between(s, 0, end));
    return view_from(s, end);
}

static bool next_is_marked(const struct doing *d, uint32_t i)
{
    return i + 1 < d->e.count && d->e.items[i + 1].list != LIST_NONE;
}

static void set_group(struct doing *d, str s)
{
    activity_close(d);
    d->group = text_of(d->r, without_frame(s));
}

static void take_marked(struct doing *d, uint32_t i)
{
    const struct entry *e = &d->e.items[i];
    str tail;

    activity_close(d);
    if (e->list == d->upper && next_is_marked(d, i) && d->e.items[i + 1].list != d->upper) {
        set_group(d, e->s);
        return;
    }
    tail = activity_open_cut(d, e->s);
    if (!tail.n)
        return;
    if (next_is_marked(d, i)) {
        set_group(d, tail);
    } else {
        activity_close(d);
        note_add(d->r, NOTE_UNREAD, tail, STR(""));
    }
}

/* An entry without a mark among marked ones goes on with the one before it, or heads the next
 * group. */
static bool goes_on(const struct doing *d, uint32_t i)
{
    const struct entry *e = &d->e.items[i];
    size_t n;
    struct quantity q;

    if (!d->open.n || outline_has(d->r, d->outline, e->s))
        return false;
    if (char_opens(char_at(e->s, 0, &n)) == ROUND && !d->open_is_done)
        return true;
    if (d->open_is_done)
        return false;
    if (!next_is_marked(d, i) || quantity_read(d->r, e->s, &q))
        return true;
    return e->gap == GAP_LINE && d->open.n * 5 >= d->widest * 4;
}

static void take_plain(struct doing *d, uint32_t i)
{
    const struct entry *e = &d->e.items[i];

    if (goes_on(d, i)) {
        activity_open(d, (str){ d->open.p, (size_t)(e->s.p + e->s.n - d->open.p) });
        return;
    }
    activity_close(d);
    if (next_is_marked(d, i) || outline_has(d->r, d->outline, e->s))
        set_group(d, e->s);
    else
        note_add(d->r, NOTE_UNREAD, e->s, STR(""));
}

/* No list mark at all: lines, and in a line the brackets of the quantities, part the entries.
 */
static void take_unmarked_field(struct doing *d, uint32_t i)
{
    str s = d->e.items[i].s;

    if (outline_has(d->r, d->outline, s)) {
        set_group(d, s);
        return;
    }
    while (s.n && d->count <= LIMIT_ACTIVITIES) {
        size_t end = quantity_inside_ends(d, s);

        activity_open(d, end ? view_between(s, 0, end) : s);
        activity_close(d);
        s = end ? view_from(s, end) : (str){ 0 };
    }
}

/* The mark of the groups is the first one, when another follows it directly. */
static enum list_class upper_of(const struct entries *e)
{
    uint32_t i = 0;

    while (i < e->count && e->items[i].list == LIST_NONE)
        i++;
    if (i + 1 >= e->count || e->items[i + 1].list == LIST_NONE
        || e->items[i + 1].list == e->items[i].list)
        return LIST_NONE;
    return e->items[i].list;
}

static void activities_of_view(struct doing *d, str view)
{
    d->e = entries_split(d->r, view);
    d->upper = upper_of(&d->e);
    d->widest = 0;
    for (uint32_t i = 0; i < d->e.count; i++)
        if (d->e.items[i].s.n > d->widest)
            d->widest = d->e.items[i].s.n;
    for (uint32_t i = 0; i < d->e.count; i++) {
        if (d->e.items[i].list != LIST_NONE)
            take_marked(d, i);
        else if (d->e.marked)
            take_plain(d, i);
        else
            take_unmarked_field(d, i);
    }
    activity_close(d);
}

void activities_read(struct reader *r, const struct views *v, const struct outline *o,
                     struct activity **out, uint32_t *count)
{
    struct doing d = { .r = r, .outline = o };

    for (uint32_t i = 0; i < v->count; i++)
        activities_of_view(&d, v->items[i]);
    *count = d.count > LIMIT_ACTIVITIES ? LIMIT_ACTIVITIES : d.count;
    *out = KEEP(r->a, d.items, *count);
}
