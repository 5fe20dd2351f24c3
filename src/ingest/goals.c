/* A field of goals into its goals: by list marks, by lines, and where a line holds several, by
 * their years. */
#include "ingest/inner.h"

#include "base/banned.h"

struct goals {
    struct reader *r;
    struct indicator *items;
    uint32_t count, cap;
    enum role role;
    bool is_over; /* the limit was told */
};

static void goal_add(struct goals *g, str s)
{
    if (!s.n)
        return;
    if (g->count >= LIMIT_INDICATORS) {
        if (!g->is_over)
            note_add(g->r, NOTE_BROKEN, s, STR(""));
        g->is_over = true;
        return;
    }
    GROW(g->r->scratch, g->items, g->count, &g->cap);
    goal_read(g->r, s, g->role, &g->items[g->count++]);
}

/* An entry without a mark goes on with the one before it when it begins with brackets or a
 * baseline, or when that is no goal yet. */
static bool goes_on(struct reader *r, str before, const struct entry *e)
{
    enum bracket opens;
    size_t n;

    if (e->list != LIST_NONE || !before.n || before.n > VIEW_NEAR)
        return false;
    opens = char_opens(char_at(e->s, 0, &n));
    return (opens && opens != QUOTE) || baseline_at(r, e->s, 0) || !goal_is_complete(r, before);
}

static void goals_in_line(struct goals *g, str s)
{
    while (s.n && !g->is_over) {
        size_t end = goal_end(g->r, s);

        goal_add(g, view_between(s, 0, end));
        s = view_from(s, end);
    }
}

/* `open` is an entry with all that went on with it. A text before the first mark may be a
 * heading. */
static void goal_close(struct goals *g, str open, bool is_marked, const struct entries *e)
{
    if (is_marked)
        goal_add(g, open);
    else if (open.n && e->marked && !goal_is_complete(g->r, open))
        note_add(g->r, NOTE_UNREAD, open, STR(""));
    else
        goals_in_line(g, open);
}

static void goals_of_view(struct goals *g, str view)
{
    struct entries e = entries_split(g->r, view);
    str open = { 0 };
    bool is_marked = false;

    for (uint32_t i = 0; i < e.count; i++) {
        const struct entry *now = &e.items[i];

        if (goes_on(g->r, open, now)) {
            open.n = (size_t)(now->s.p + now->s.n - open.p);
            continue;
        }
        goal_close(g, open, is_marked, &e);
        open = now->s;
        is_marked = now->list != LIST_NONE;
    }
    goal_close(g, open, is_marked, &e);
}

void goals_read(struct reader *r, const struct views v[2], struct initiative *out)
{
    struct goals g = { .r = r };

    for (int i = 0; i < 2; i++) {
        g.role = i ? ROLE_OTHER : ROLE_MAIN;
        for (uint32_t k = 0; k < v[i].count; k++)
            goals_of_view(&g, v[i].items[k]);
    }
    out->indicator_count = g.count;
    out->indicators = KEEP(r->a, g.items, g.count);
}
